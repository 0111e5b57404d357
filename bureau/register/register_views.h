/* register_views.h -- what the register shows: to applicants, to administrators and to everybody.
 */
#ifndef REGISTER_VIEWS_H
#define REGISTER_VIEWS_H

#include "bureau/directory/directory_acts.h"
#include "bureau/register/register_parts.h"

/* ---- queries of pages ---- */

#define REGISTER_SIFT_FORM(F) F(word, state, OPTIONAL, 0, 16, T("State"), "")
FORM_STRUCT(register_sift, REGISTER_SIFT_FORM)

/* ---- what acts tell back ---- */

#define REGISTER_APPLIED_VIEW(V) V(api, text, reference, _)
VIEW_STRUCT(register_applied, REGISTER_APPLIED_VIEW)

#define REGISTER_ATTACHED_VIEW(V) V(api, ident, file, _)
VIEW_STRUCT(register_attached, REGISTER_ATTACHED_VIEW)

/* ---- an application ---- */

#define REGISTER_EVIDENCE_VIEW(V)                                                                  \
    V(api, ident, file, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, type, _)                                                                          \
    V(api, number, bytes, _)                                                                       \
    V(page, text, size, _)                                                                         \
    V(page, flag, is_image, _)                                                                     \
    V(page, flag, is_open, _) /* this administrator looked at it a moment ago */                   \
    V(page, text, reference, _)
VIEW_STRUCT(register_evidence, REGISTER_EVIDENCE_VIEW)

#define REGISTER_APPLICATION_VIEW(V)                                                               \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, text, name, _)                                                                          \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, text, licence, _)                                                                       \
    V(api, time, licence_until, _)                                                                 \
    V(page, time, licence_day, _)                                                                  \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, words, fields, _)                                                                       \
    V(page, text, field_names, _)                                                                  \
    V(api, words, languages, _)                                                                    \
    V(page, text, language_names, _)                                                               \
    V(api, words, associations, _)                                                                 \
    V(page, text, association_names, _)                                                            \
    V(api, maybe, statement, _)                                                                    \
    V(api, maybe, words, _) /* what is missing, or why it was refused */                           \
    V(api, time, made_at, _)                                                                       \
    V(api, time, handed_in_at, _)                                                                  \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(api, flag, is_late, _)                                                                       \
    V(api, list, files, register_evidence)
VIEW_STRUCT(register_application, REGISTER_APPLICATION_VIEW)

#define REGISTER_APPLICATION_ROW_VIEW(V)                                                           \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, maybe, name, _)                                                                         \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, maybe, division, _)                                                                     \
    V(page, text, division_name, _)                                                                \
    V(api, time, handed_in_at, _)                                                                  \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(api, flag, is_late, _)                                                                       \
    V(api, number, files, _)
VIEW_STRUCT(register_application_row, REGISTER_APPLICATION_ROW_VIEW)

/* ---- pages of applicants ---- */

#define REGISTER_VOLUNTEER_VIEW(V)                                                                 \
    V(api, list, applications, register_application_row)                                           \
    V(api, maybe, account, _) /* the sign-in name of an account that waits for its password */     \
    V(page, flag, is_resident, _)                                                                  \
    V(page, flag, is_staff, _)                                                                     \
    V(page, flag, is_consultant, _)                                                                \
    V(page, flag, may_apply, _)
VIEW_STRUCT(register_volunteer, REGISTER_VOLUNTEER_VIEW)

#define REGISTER_FORM_VIEW(V)                                                                      \
    V(api, maybe, reference, _)                                                                    \
    V(api, flag, is_renewal, _)                                                                    \
    V(page, text, division, _)                                                                     \
    V(page, text, name, _)                                                                         \
    V(page, text, licence, _)                                                                      \
    V(page, text, licence_until, _)                                                                \
    V(page, text, statement, _)                                                                    \
    V(page, text, agrees, _)                                                                       \
    V(api, choices, professions, _)                                                                \
    V(api, choices, divisions, _)                                                                  \
    V(api, choices, fields, _)                                                                     \
    V(api, choices, languages, _)                                                                  \
    V(api, choices, associations, _)
VIEW_STRUCT(register_form, REGISTER_FORM_VIEW)

#define REGISTER_MINE_VIEW(V)                                                                      \
    V(api, part, application, register_application)                                                \
    V(api, flag, can_change, _)                                                                    \
    V(api, flag, can_hand_in, _)                                                                   \
    V(api, flag, can_withdraw, _)                                                                  \
    V(api, flag, is_renewal, _)                                                                    \
    V(api, maybe, account, _)                                                                      \
    V(page, text, reference, _)                                                                    \
    V(page, flag, has_files, _)
VIEW_STRUCT(register_mine, REGISTER_MINE_VIEW)

/* ---- pages of administrators ---- */

#define REGISTER_APPLICATIONS_VIEW(V)                                                              \
    V(api, list, applications, register_application_row)                                           \
    V(api, number, submitted, _)                                                                   \
    V(api, number, missing, _)                                                                     \
    V(api, number, late, _)                                                                        \
    V(page, text, state, _)                                                                        \
    V(page, choices, states, _)                                                                    \
    V(page, flag, has_more, _)
VIEW_STRUCT(register_applications, REGISTER_APPLICATIONS_VIEW)

#define REGISTER_CHECK_VIEW(V)                                                                     \
    V(api, part, application, register_application)                                                \
    V(api, maybe, phone_masked, _)                                                                 \
    V(api, ident, account, _)                                                                      \
    V(api, flag, is_renewal, _)                                                                    \
    V(api, maybe, holder, _) /* who has this licence number already */                             \
    V(api, ident, holder_id, _)                                                                    \
    V(page, text, reference, _)                                                                    \
    V(page, flag, can_decide, _)                                                                   \
    V(page, flag, can_refuse, _)                                                                   \
    V(page, text, login, _)                                                                        \
    V(page, ident, team, _)                                                                        \
    V(page, choices, teams, _)
VIEW_STRUCT(register_check, REGISTER_CHECK_VIEW)

#define REGISTER_MEMBERS_VIEW(V)                                                                   \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, words, belongs_to, _) /* which of them */                                               \
    V(api, choices, associations, _)
VIEW_STRUCT(register_members, REGISTER_MEMBERS_VIEW)

/* ---- importing ---- */

#define REGISTER_IMPORT_PAGE_FORM(F)                                                               \
    F(number, import, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, show, OPTIONAL, 0, 16, T("Rows"), "")                                                  \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(register_import_page, REGISTER_IMPORT_PAGE_FORM)

#define REGISTER_TABLED_VIEW(V) V(api, ident, import, _)
VIEW_STRUCT(register_tabled, REGISTER_TABLED_VIEW)

#define REGISTER_IMPORT_ROW_VIEW(V)                                                                \
    V(api, ident, import, _)                                                                       \
    V(api, text, file_name, _)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, time, begun_at, _)                                                                      \
    V(api, time, done_at, _)                                                                       \
    V(api, number, added, _)                                                                       \
    V(api, number, changed, _)                                                                     \
    V(api, number, left_out, _)
VIEW_STRUCT(register_import_row, REGISTER_IMPORT_ROW_VIEW)

#define REGISTER_IMPORTS_VIEW(V)                                                                   \
    V(api, list, imports, register_import_row)                                                     \
    V(page, text, example, _)
VIEW_STRUCT(register_imports, REGISTER_IMPORTS_VIEW)

#define REGISTER_PROBLEM_VIEW(V)                                                                   \
    V(api, text, column, _)                                                                        \
    V(api, text, text, _)
VIEW_STRUCT(register_problem, REGISTER_PROBLEM_VIEW)

#define REGISTER_PLANNED_VIEW(V)                                                                   \
    V(api, number, row, _)                                                                         \
    V(api, text, verdict, _)                                                                       \
    V(page, text, verdict_name, _)                                                                 \
    V(page, text, verdict_css, _)                                                                  \
    V(api, maybe, login, _)                                                                        \
    V(api, maybe, name, _)                                                                         \
    V(api, maybe, changes, _)                                                                      \
    V(api, list, problems, register_problem)
VIEW_STRUCT(register_planned, REGISTER_PLANNED_VIEW)

#define REGISTER_IMPORT_VIEW(V)                                                                    \
    V(api, ident, import, _)                                                                       \
    V(api, text, file_name, _)                                                                     \
    V(api, number, add, _)                                                                         \
    V(api, number, change, _)                                                                      \
    V(api, number, same, _)                                                                        \
    V(api, number, wrong, _)                                                                       \
    V(api, maybe, unused, _)                                                                       \
    V(api, maybe, plan, _)                                                                         \
    V(api, list, rows, register_planned)                                                           \
    V(api, maybe, next, _)                                                                         \
    V(api, time, begun_at, _)                                                                      \
    V(api, number, rows_all, _)                                                                    \
    V(api, number, rows_done, _)                                                                   \
    V(api, time, done_at, _)                                                                       \
    V(api, number, added, _)                                                                       \
    V(api, number, changed, _)                                                                     \
    V(api, number, left_out, _)                                                                    \
    V(api, maybe, rows_left, _)                                                                    \
    V(page, ident, number, _)                                                                      \
    V(page, text, show, _)                                                                         \
    V(page, choices, shows, _)                                                                     \
    V(page, flag, has_rows, _)                                                                     \
    V(page, flag, may_import, _)
VIEW_STRUCT(register_import, REGISTER_IMPORT_VIEW)

/* ---- what everybody may read ---- */

#define REGISTER_DIRECTORY_FORM(F)                                                                 \
    F(text, q, OPTIONAL, 0, 40, T("Full name"), "")                                                \
    F(word, profession, OPTIONAL, 0, 16, T("Profession"), "")                                      \
    F(word, division, OPTIONAL, 0, 12, T("District"), "")                                          \
    F(word, field, OPTIONAL, 0, 32, T("Field of law"), "")                                         \
    F(word, language, OPTIONAL, 0, 8, T("Language"), "")                                           \
    F(word, order, OPTIONAL, 0, 16, T("In which order"), "")                                       \
    F(word, near, OPTIONAL, 0, 12, T("Close to"), "")                                              \
    F(flag, free, OPTIONAL, 0, 1, T("Only who is on line now"), "")                                \
    F(number, after, OPTIONAL, 0, 100000, "", "") /* so many before */                             \
    F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(register_directory, REGISTER_DIRECTORY_FORM)

#define REGISTER_WHO_FORM(F) F(number, person, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(register_who, REGISTER_WHO_FORM)

#define REGISTER_LISTING_VIEW(V)                                                                   \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, team, _)                                                                          \
    V(api, flag, is_on_line, _)                                                                    \
    V(api, number, served, _)                                                                      \
    V(api, maybe, stars, _) /* once enough have rated */
VIEW_STRUCT(register_listing, REGISTER_LISTING_VIEW)

#define REGISTER_DIRECTORY_VIEW(V)                                                                 \
    V(api, list, people, register_listing)                                                         \
    V(api, maybe, next, _)                                                                         \
    V(page, text, q, _)                                                                            \
    V(page, text, profession, _)                                                                   \
    V(page, text, division, _)                                                                     \
    V(page, text, field, _)                                                                        \
    V(page, text, language, _)                                                                     \
    V(page, text, order, _)                                                                        \
    V(page, text, near, _)                                                                         \
    V(page, flag, is_free, _)                                                                      \
    V(page, flag, is_bounded, _)                                                                   \
    V(page, choices, orders, _)                                                                    \
    V(page, choices, nears, _)                                                                     \
    V(page, choices, professions, _)                                                               \
    V(page, choices, divisions, _)                                                                 \
    V(page, choices, fields, _)                                                                    \
    V(page, choices, languages, _)
VIEW_STRUCT(register_directory, REGISTER_DIRECTORY_VIEW)

#define REGISTER_SANCTION_VIEW(V)                                                                  \
    V(api, text, measure, _)                                                                       \
    V(page, text, measure_name, _)                                                                 \
    V(api, text, ground, _)                                                                        \
    V(api, time, from_at, _)                                                                       \
    V(api, time, until_at, _)
VIEW_STRUCT(register_sanction, REGISTER_SANCTION_VIEW)

#define REGISTER_PROFILE_VIEW(V)                                                                   \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, visit, _) /* the item to make an appointment for */                               \
    V(api, text, team, _)                                                                          \
    V(api, text, licence, _)                                                                       \
    V(api, text, licence_state, _) /* valid, expires, expired, suspended, unchecked */             \
    V(api, flag, can_serve, _) /* today: may be asked */ \
    V(page, text, licence_name, _)                                                                 \
    V(page, text, licence_css, _)                                                                  \
    V(api, time, licence_until, _)                                                                 \
    V(page, time, licence_day, _)                                                                  \
    V(api, time, verified_at, _)                                                                   \
    V(api, words, fields, _)                                                                       \
    V(page, text, field_names, _)                                                                  \
    V(api, words, languages, _)                                                                    \
    V(page, text, language_names, _)                                                               \
    V(api, text, associations, _)                                                                  \
    V(api, number, served, _)                                                                      \
    V(api, number, answered, _)                                                                    \
    V(api, number, in_time, _)                                                                     \
    V(api, some, in_time_percent, _)                                                               \
    V(api, time, since, _)                                                                         \
    V(api, maybe, stars, _) /* "4.6", only when enough people have rated */                        \
    V(api, number, ratings, _)                                                                     \
    V(api, list, sanctions, register_sanction)                                                     \
    V(api, list, credits, directory_credit)                                                        \
    V(page, flag, has_percent, _)
VIEW_STRUCT(register_profile, REGISTER_PROFILE_VIEW)

#define REGISTER_OWN_VIEW(V)                                                                       \
    V(api, part, profile, register_profile)                                                        \
    V(api, flag, is_listed, _)                                                                     \
    V(page, text, listed_text, _)                                                                  \
    V(page, ident, person, _)                                                                      \
    V(page, flag, is_expiring, _)                                                                  \
    V(page, flag, is_over, _)
VIEW_STRUCT(register_own, REGISTER_OWN_VIEW)

/* ---- teams ---- */

#define REGISTER_WHICH_TEAM_FORM(F) F(number, team, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(register_which_team, REGISTER_WHICH_TEAM_FORM)

#define REGISTER_TEAM_VIEW(V)                                                                      \
    V(api, ident, team, _)                                                                         \
    V(api, ident, parent, _)                                                                       \
    V(api, number, layer, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, maybe, leader, _)                                                                       \
    V(api, number, members, _)                                                                     \
    V(api, number, on_line, _)                                                                     \
    V(api, some, rostered, _) /* null: there is no roster */                                       \
    V(page, text, rostered_text, _)                                                                \
    V(api, number, served, _) /* this month */                                                     \
    V(api, maybe, stars, _)                                                                        \
    V(api, number, expiring, _)      /* licences within 60 days, or over */                        \
    V(api, number, members_below, _) /* with all teams below, itself included */                   \
    V(api, number, on_line_below, _)                                                               \
    V(api, number, served_below, _)                                                                \
    V(page, flag, has_below, _)                                                                    \
    V(page, flag, is_below, _)                                                                     \
    V(page, flag, may_trace, _) /* may see the cases behind a number */
VIEW_STRUCT(register_team, REGISTER_TEAM_VIEW)

/* team_table.html: a row a team. */
#define REGISTER_TEAM_TABLE_VIEW(V)                                                                \
    V(page, text, heading, _) /* where what the table shows is said */                             \
    V(page, list, teams, register_team)
VIEW_STRUCT(register_team_table, REGISTER_TEAM_TABLE_VIEW)

#define REGISTER_TEAMS_VIEW(V)                                                                     \
    V(api, list, teams, register_team)                                                             \
    V(page, part, table, register_team_table)                                                      \
    V(page, time, month, _)
VIEW_STRUCT(register_teams, REGISTER_TEAMS_VIEW)

#define REGISTER_MEMBER_VIEW(V)                                                                    \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, flag, is_on_line, _)                                                                    \
    V(api, flag, is_rostered, _)                                                                   \
    V(page, flag, has_page, _)                                                                     \
    V(api, text, licence_state, _)                                                                 \
    V(page, text, licence_name, _)                                                                 \
    V(page, text, licence_css, _)                                                                  \
    V(page, time, licence_day, _)                                                                  \
    V(api, number, served, _)                                                                      \
    V(api, maybe, stars, _)                                                                        \
    V(page, ident, team, _)                                                                        \
    V(page, flag, may_trace, _)
VIEW_STRUCT(register_member, REGISTER_MEMBER_VIEW)

#define REGISTER_TEAM_PAGE_VIEW(V)                                                                 \
    V(api, part, team, register_team)                                                              \
    V(api, list, below, register_team)                                                             \
    V(page, part, table, register_team_table)                                                      \
    V(api, list, members, register_member)                                                         \
    V(page, flag, has_below, _)                                                                    \
    V(page, flag, has_members, _)                                                                  \
    V(page, time, month, _)
VIEW_STRUCT(register_team_page, REGISTER_TEAM_PAGE_VIEW)

/* ---- GET /teams/{team}/people, /teams/{team}/cases: behind a number ---- */

#define REGISTER_TEAM_PEOPLE_FORM(F)                                                               \
    F(number, team, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(word, which, REQUIRED, 1, 16, "", "")                                                        \
    F(flag, below, OPTIONAL, 0, 1, "", "")                                                         \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(register_team_people, REGISTER_TEAM_PEOPLE_FORM)

#define REGISTER_TEAM_CASES_FORM(F)                                                                \
    REGISTER_TEAM_PEOPLE_FORM(F)                                                                   \
    F(number, person, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(register_team_cases, REGISTER_TEAM_CASES_FORM)

#define REGISTER_TEAM_PERSON_VIEW(V)                                                               \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, flag, is_on_line, _)                                                                    \
    V(api, flag, is_rostered, _)                                                                   \
    V(page, flag, has_page, _)                                                                     \
    V(api, text, licence_state, _)                                                                 \
    V(page, text, licence_name, _)                                                                 \
    V(page, text, licence_css, _)                                                                  \
    V(page, time, licence_day, _)
VIEW_STRUCT(register_team_person, REGISTER_TEAM_PERSON_VIEW)

#define REGISTER_TEAM_PEOPLE_VIEW(V)                                                               \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, text, which, _)                                                                         \
    V(page, text, title, _)                                                                        \
    V(api, flag, below, _)                                                                         \
    V(api, list, people, register_team_person)                                                     \
    V(api, ident, next, _)                                                                         \
    V(page, text, more, _)
VIEW_STRUCT(register_team_people, REGISTER_TEAM_PEOPLE_VIEW)

/* A case that was counted and is not for this reader says so and no more. */
#define REGISTER_TEAM_CASE_VIEW(V)                                                                 \
    V(api, maybe, reference, _)                                                                    \
    V(api, maybe, field, _)                                                                        \
    V(page, text, field_name, _)                                                                   \
    V(api, maybe, consultant, _)                                                                   \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, time, served_at, _)                                                                     \
    V(api, number, stars, _)                                                                       \
    V(page, flag, is_open, _) /* may be looked at */                                               \
    V(api, flag, withheld, _)
VIEW_STRUCT(register_team_case, REGISTER_TEAM_CASE_VIEW)

#define REGISTER_TEAM_CASES_VIEW(V)                                                                \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, text, which, _)                                                                         \
    V(page, text, title, _)                                                                        \
    V(page, text, member, _) /* "" of the whole team */                                            \
    V(api, flag, below, _)                                                                         \
    V(api, list, cases, register_team_case)                                                        \
    V(api, ident, next, _)                                                                         \
    V(page, text, more, _)
VIEW_STRUCT(register_team_cases, REGISTER_TEAM_CASES_VIEW)

/* register_team_behind.c */
struct outcome register_show_team_people(struct request *request, const void *query, void *view);
struct outcome register_show_team_cases(struct request *request, const void *query, void *view);

/* ---- shared ---- */

/* register_public.c */
struct str register_stars(struct scene *scene, int64_t stars_sum, int64_t count); /* or "" */

/* register_show.c */
struct outcome register_show_application(struct scene *scene, const struct register_case *c,
                                         const struct register_application_view **view);
struct outcome register_names_of_fields(struct scene *scene, struct str codes, struct str *names);
struct str register_names_of_languages(struct scene *scene, struct str codes);
struct outcome register_association_choices(struct scene *scene, struct str chosen,
                                            struct people_choice_list *list);
struct outcome register_find_own_account(struct scene *scene, struct str *login);

/* register_mine.c, register_desk.c */
/* All consultants of the actor's scope as CSV, or a refusal when it has more than `bytes_max`. */
struct outcome register_export(struct scene *scene, size_t bytes_max, struct str *csv);
extern const struct page register_mine_pages[], register_admin_pages[], register_import_pages[];
extern const struct page register_public_pages[], register_team_pages[];
extern const struct page register_own_pages[], register_members_pages[];

#endif
