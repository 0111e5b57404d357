/* people_views.h -- what an administrator hands in and is shown. */
#ifndef PEOPLE_VIEWS_H
#define PEOPLE_VIEWS_H

#include "bureau/people/people_acts.h"
#include "platform/page.h"

enum {
    PEOPLE_LICENCE_SOON_SECONDS = 30 * SECONDS_PER_DAY, /* from then on it stands out */
    PEOPLE_EXCEPTION_DAYS_MAX = 85 /* of one desk, each with six intervals: 512 rows are read */
};

/* ---- people: forms ---- */

#define PEOPLE_SEARCH_FORM(F)                                                                      \
    F(text, q, OPTIONAL, 0, 60, T("Name or sign-in name"), "")                                     \
    F(number, team_id, OPTIONAL, 0, INT64_MAX, T("Team"), "")                                      \
    F(word, has_role, OPTIONAL, 0, 16, T("Role"), "")                                              \
    F(word, heed, OPTIONAL, 0, 16, T("Only"), "")                                                  \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "")                                               \
    F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(people_search, PEOPLE_SEARCH_FORM)

#define PEOPLE_ADD_FORM(F)                                                                         \
    F(text, login, REQUIRED, 2, 40, T("Sign-in name"), T("Small letters, digits, - _ and ."))      \
    F(text, name, REQUIRED, 1, 60, T("Full name"), "")                                             \
    F(secret, password, OPTIONAL, 1, 200, T("First password"),                                     \
      T("Leave it empty and one is made for you and shown once."))                                 \
    F(word, role, REQUIRED, 2, 16, T("Role"), "")                                                  \
    F(word, division, OPTIONAL, 0, 12, T("District"),                                              \
      T("Where a consultant or clerk serves, or what a supervisor watches."))                      \
    F(word, profession, OPTIONAL, 0, 16, T("Profession"), T("For consultants and leaders."))       \
    F(number, team, OPTIONAL, 0, INT64_MAX, T("Team"), T("For consultants and leaders."))          \
    F(inside, hash, OPTIONAL, 0, 0, "", "")                                                        \
    F(inside, made, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(people_add, PEOPLE_ADD_FORM)

#define PEOPLE_WHOM_FORM(F) F(number, person, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(people_whom, PEOPLE_WHOM_FORM)

#define PEOPLE_NAME_FORM(F)                                                                        \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(text, name, REQUIRED, 1, 60, T("Full name"), "")
FORM_STRUCT(people_name, PEOPLE_NAME_FORM)

#define PEOPLE_PHONE_FORM(F)                                                                       \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(phone, phone, OPTIONAL, 7, 12, T("Mobile number"),                                           \
      T("For text messages about duty, deadlines and warnings."))                                  \
    F(flag, remove, OPTIONAL, 0, 1, T("Take the number off: no more text messages"), "")
FORM_STRUCT(people_phone, PEOPLE_PHONE_FORM)

#define PEOPLE_SERVICE_FORM(F)                                                                     \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, profession, REQUIRED, 2, 16, T("Profession"), "")                                      \
    F(number, team, REQUIRED, 1, INT64_MAX, T("Team"), "")                                         \
    F(word, division, REQUIRED, 2, 12, T("District"), "")                                          \
    F(words, fields, OPTIONAL, 0, 2000, T("Fields of law this person answers"), "")                \
    F(words, languages, REQUIRED, 1, 200, T("Languages"), "")                                      \
    F(number, capacity, REQUIRED, 1, PEOPLE_CAPACITY_MAX, T("Conversations at once"), "")          \
    F(number, written_capacity, REQUIRED, 1, 100, T("Open written questions at once"), "")         \
    F(text, licence, OPTIONAL, 2, 40, T("Licence number"),                                         \
      T("Whoever changes the number, its last day or the profession must check it anew."))         \
    F(day, licence_until, OPTIONAL, 10, 10, T("Licence valid until"),                              \
      T("The last day. Leave it empty if it does not run out."))
FORM_STRUCT(people_service, PEOPLE_SERVICE_FORM)

#define PEOPLE_ROLES_FORM(F)                                                                       \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(words, roles, OPTIONAL, 0, 100, T("Roles"), "")                                              \
    F(word, scope, OPTIONAL, 0, 12, T("Watches and keeps"),                                        \
      T("For supervisors, administrators and clerks: the whole city, or one district."))           \
    F(text, place, OPTIONAL, 1, 60, T("Street or village"),                                        \
      T("Only if it is no more than that: its name, or its code. Empty: all of what is chosen "    \
        "above."))
FORM_STRUCT(people_roles, PEOPLE_ROLES_FORM)

#define PEOPLE_REASON_FORM(F)                                                                      \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(text, reason, REQUIRED, 2, 200, T("Why?"), "")
FORM_STRUCT(people_reason, PEOPLE_REASON_FORM)

#define PEOPLE_PASSWORD_FORM(F)                                                                    \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(inside, hash, OPTIONAL, 0, 0, "", "")                                                        \
    F(inside, made, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(people_password, PEOPLE_PASSWORD_FORM)

/* ---- teams, fields of law, hours: forms ---- */

#define PEOPLE_TEAM_ADD_FORM(F)                                                                    \
    F(text, name, REQUIRED, 2, 60, T("Name in Chinese"), "")                                       \
    F(text, name_en, REQUIRED, 2, 80, T("Name in English"), "")                                    \
    F(word, kind, REQUIRED, 2, 16, T("Kind"), "")                                                  \
    F(word, division, REQUIRED, 2, 12, T("District"), "")
FORM_STRUCT(people_team_add, PEOPLE_TEAM_ADD_FORM)

#define PEOPLE_WHICH_TEAM_FORM(F) F(number, team, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(people_which_team, PEOPLE_WHICH_TEAM_FORM)

#define PEOPLE_TEAM_SAVE_FORM(F)                                                                   \
    F(number, team, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(text, name, REQUIRED, 2, 60, T("Name in Chinese"), "")                                       \
    F(text, name_en, REQUIRED, 2, 80, T("Name in English"), "")                                    \
    F(word, kind, REQUIRED, 2, 16, T("Kind"), "")                                                  \
    F(word, division, REQUIRED, 2, 12, T("District"), "")                                          \
    F(number, leader, OPTIONAL, 0, INT64_MAX, T("Leader"), T("One of the team's members."))        \
    F(number, parent, OPTIONAL, 0, INT64_MAX, T("Belongs to"),                                     \
      T("Its leader sees the figures of this team too, and may look in on its consultations."))    \
    F(flag, is_active, OPTIONAL, 0, 1, T("In use"), "")
FORM_STRUCT(people_team_save, PEOPLE_TEAM_SAVE_FORM)

#define PEOPLE_FIELD_TEXTS(F)                                                                      \
    F(text, name, REQUIRED, 1, 40, T("Name in Chinese"), "")                                       \
    F(text, name_en, REQUIRED, 2, 60, T("Name in English"), "")                                    \
    F(text, hint_zh, OPTIONAL, 0, 120, T("Hint in Chinese"),                                       \
      T("What belongs here, in words residents use."))                                             \
    F(text, hint_en, OPTIONAL, 0, 160, T("Hint in English"), "")                                   \
    F(word, profession, REQUIRED, 2, 16, T("Who answers it"), "")                                  \
    F(text, words, OPTIONAL, 0, 400, T("Search words"),                                            \
      T("What people type when they mean this, with blanks between."))

#define PEOPLE_FIELD_ADD_FORM(F)                                                                   \
    F(code, field, REQUIRED, 2, 32, T("Short code"), T("Small letters, for programs: labour"))     \
    PEOPLE_FIELD_TEXTS(F)
FORM_STRUCT(people_field_add, PEOPLE_FIELD_ADD_FORM)

#define PEOPLE_WHICH_FIELD_FORM(F) F(word, field, REQUIRED, 1, 32, "", "")
FORM_STRUCT(people_which_field, PEOPLE_WHICH_FIELD_FORM)

#define PEOPLE_FIELD_SAVE_FORM(F)                                                                  \
    F(word, field, REQUIRED, 1, 32, "", "")                                                        \
    PEOPLE_FIELD_TEXTS(F)                                                                          \
    F(number, position, REQUIRED, 0, 10000, T("Place in the list"), T("Smaller comes first."))     \
    F(flag, is_active, OPTIONAL, 0, 1, T("In use"), T("Residents can choose it."))
FORM_STRUCT(people_field_save, PEOPLE_FIELD_SAVE_FORM)

#define PEOPLE_HOURS_FORM(F) PEOPLE_WEEK_FIELDS(F)
FORM_STRUCT(people_hours, PEOPLE_HOURS_FORM)

#define PEOPLE_EXCEPTION_FORM(F) PEOPLE_SPECIAL_FIELDS(F)
FORM_STRUCT(people_exception, PEOPLE_EXCEPTION_FORM)

#define PEOPLE_DAY_FORM(F) F(day, day, REQUIRED, 10, 10, T("Day"), "")
FORM_STRUCT(people_day, PEOPLE_DAY_FORM)

/* ---- what acts tell back ---- */

#define PEOPLE_ADDED_VIEW(V)                                                                       \
    V(api, ident, person, _)                                                                       \
    V(api, text, login, _)                                                                         \
    V(api, maybe, password, _) /* only if it was made here, and only this once */
VIEW_STRUCT(people_added, PEOPLE_ADDED_VIEW)

#define PEOPLE_TEAM_ADDED_VIEW(V) V(api, ident, team, _)
VIEW_STRUCT(people_team_added, PEOPLE_TEAM_ADDED_VIEW)

/* ---- people: views ---- */

#define PEOPLE_ROW_VIEW(V)                                                                         \
    V(api, ident, person, _)                                                                       \
    V(api, text, login, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, words, roles, _)                                                                        \
    V(page, text, role_names, _)                                                                   \
    V(api, maybe, profession, _)                                                                   \
    V(page, text, profession_name, _)                                                              \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, text, standing, _)                                                                      \
    V(page, flag, is_suspended, _)                                                                 \
    V(page, flag, is_on_line, _)                                                                   \
    V(page, flag, is_consultant, _)                                                                \
    V(api, flag, is_verified, _)                                                                   \
    V(api, time, licence_until, _)                                                                 \
    V(page, time, licence_day, _)                                                                  \
    V(api, flag, licence_soon, _)                                                                  \
    V(api, flag, licence_over, _)
VIEW_STRUCT(people_row, PEOPLE_ROW_VIEW)

#define PEOPLE_PEOPLE_VIEW(V)                                                                      \
    V(api, list, people, people_row)                                                               \
    V(api, maybe, next, _)                                                                         \
    V(page, text, q, _)                                                                            \
    V(page, text, team, _)                                                                         \
    V(page, text, role, _)                                                                         \
    V(page, text, heed, _)                                                                         \
    V(page, flag, is_bounded, _)                                                                   \
    V(page, flag, is_adding, _) /* the form to add came back */                                    \
    V(page, choices, team_choices, _)                                                              \
    V(page, choices, role_choices, _)                                                              \
    V(page, choices, heed_choices, _)                                                              \
    V(page, choices, new_roles, _)                                                                 \
    V(page, choices, new_teams, _)                                                                 \
    V(page, choices, divisions, _)                                                                 \
    V(page, choices, professions, _)
VIEW_STRUCT(people_people, PEOPLE_PEOPLE_VIEW)

#define PEOPLE_NOTE_VIEW(V)                                                                        \
    V(api, time, at, _)                                                                            \
    V(api, text, deed, _)                                                                          \
    V(page, text, deed_name, _)                                                                    \
    V(api, text, by, _)                                                                            \
    V(api, text, reason, _)
VIEW_STRUCT(people_note, PEOPLE_NOTE_VIEW)

#define PEOPLE_PERSON_VIEW(V)                                                                      \
    V(api, part, who, people_row)                                                                  \
    V(api, maybe, licence, _)                                                                      \
    V(api, time, verified_at, _)                                                                   \
    V(api, maybe, phone_masked, _)                                                                 \
    V(api, number, capacity, _)                                                                    \
    V(api, number, written_capacity, _)                                                            \
    V(api, maybe, division, _)                                                                     \
    V(api, words, fields, _)                                                                       \
    V(api, words, languages, _)                                                                    \
    V(api, maybe, scope, _)                                                                        \
    V(api, number, sessions, _)                                                                    \
    V(api, list, notes, people_note)                                                               \
    V(page, ident, person, _)                                                                      \
    V(page, text, given, _) /* a password just made: shown once */                                 \
    V(page, text, capacity_text, _)                                                                \
    V(page, text, written_capacity_text, _)                                                        \
    V(page, text, licence_until_text, _)                                                           \
    V(page, text, scope_name, _)                                                                   \
    V(page, text, scope_place, _) /* below a district: as it is typed */                           \
    V(page, flag, is_oneself, _)                                                                   \
    V(page, flag, may_verify, _)                                                                   \
    V(page, choices, professions, _)                                                               \
    V(page, choices, teams, _)                                                                     \
    V(page, choices, divisions, _)                                                                 \
    V(page, choices, field_choices, _)                                                             \
    V(page, choices, language_choices, _)                                                          \
    V(page, choices, role_choices, _)                                                              \
    V(page, choices, scopes, _)
VIEW_STRUCT(people_person, PEOPLE_PERSON_VIEW)

/* ---- teams, fields, hours: views ---- */

#define PEOPLE_TEAM_ROW_VIEW(V)                                                                    \
    V(api, ident, team, _)                                                                         \
    V(api, text, code, _)                                                                          \
    V(api, text, name_zh, _)                                                                       \
    V(api, text, name_en, _)                                                                       \
    V(page, text, name, _)                                                                         \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, maybe, leader, _)                                                                       \
    V(api, number, members, _)                                                                     \
    V(api, flag, is_active, _)
VIEW_STRUCT(people_team_row, PEOPLE_TEAM_ROW_VIEW)

#define PEOPLE_TEAMS_VIEW(V)                                                                       \
    V(api, list, teams, people_team_row)                                                           \
    V(page, flag, is_adding, _)                                                                    \
    V(page, choices, kinds, _)                                                                     \
    V(page, choices, divisions, _)
VIEW_STRUCT(people_teams, PEOPLE_TEAMS_VIEW)

#define PEOPLE_TEAM_VIEW(V)                                                                        \
    V(api, part, team, people_team_row)                                                            \
    V(page, ident, number, _)                                                                      \
    V(page, text, active_text, _)                                                                  \
    V(page, choices, kinds, _)                                                                     \
    V(page, choices, divisions, _)                                                                 \
    V(page, choices, leaders, _)                                                                   \
    V(page, choices, parents, _)
VIEW_STRUCT(people_team, PEOPLE_TEAM_VIEW)

#define PEOPLE_FIELD_ROW_VIEW(V)                                                                   \
    V(api, text, field, _)                                                                         \
    V(api, text, name_zh, _)                                                                       \
    V(api, text, name_en, _)                                                                       \
    V(api, text, hint_zh, _)                                                                       \
    V(api, text, hint_en, _)                                                                       \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, text, words, _)                                                                         \
    V(api, number, position, _)                                                                    \
    V(api, flag, is_active, _)
VIEW_STRUCT(people_field_row, PEOPLE_FIELD_ROW_VIEW)

#define PEOPLE_FIELDS_VIEW(V)                                                                      \
    V(api, list, fields, people_field_row)                                                         \
    V(page, flag, may_change, _)                                                                   \
    V(page, flag, is_adding, _)                                                                    \
    V(page, choices, professions, _)
VIEW_STRUCT(people_fields, PEOPLE_FIELDS_VIEW)

#define PEOPLE_FIELD_VIEW(V)                                                                       \
    V(api, part, law_field, people_field_row)                                                      \
    V(page, text, field, _)                                                                        \
    V(page, text, position_text, _)                                                                \
    V(page, text, active_text, _)                                                                  \
    V(page, choices, professions, _)
VIEW_STRUCT(people_field, PEOPLE_FIELD_VIEW)

#define PEOPLE_DAY_VIEW(V)                                                                         \
    V(api, text, day, _)                                                                           \
    V(page, time, at, _)                                                                           \
    V(page, text, weekday_name, _)                                                                 \
    V(api, text, kind, _) /* normal, holiday, makeup, unknown */                                   \
    V(page, text, kind_name, _)                                                                    \
    V(page, text, kind_css, _)                                                                     \
    V(api, maybe, hours, _)                                                                        \
    V(api, maybe, why, _) /* of a special day */                                                   \
    V(page, flag, is_unknown, _)
VIEW_STRUCT(people_day, PEOPLE_DAY_VIEW)

#define PEOPLE_SPECIAL_VIEW(V)                                                                     \
    V(api, text, day, _)                                                                           \
    V(page, time, at, _)                                                                           \
    V(api, maybe, hours, _)                                                                        \
    V(api, text, why, _)
VIEW_STRUCT(people_special, PEOPLE_SPECIAL_VIEW)

#define PEOPLE_WEEKDAY_VIEW(V)                                                                     \
    V(page, text, field, _)                                                                        \
    V(page, text, label, _)                                                                        \
    V(page, text, value, _) /* as typed, if it came back */                                        \
    V(page, flag, is_wrong, _)                                                                     \
    V(page, text, wrong, _)
VIEW_STRUCT(people_weekday, PEOPLE_WEEKDAY_VIEW)

#define PEOPLE_HOURS_VIEW(V)                                                                       \
    V(api, flag, round_the_clock, _)                                                               \
    V(api, text, monday, _)                                                                        \
    V(api, text, tuesday, _)                                                                       \
    V(api, text, wednesday, _)                                                                     \
    V(api, text, thursday, _)                                                                      \
    V(api, text, friday, _)                                                                        \
    V(api, text, saturday, _)                                                                      \
    V(api, text, sunday, _)                                                                        \
    V(api, text, holiday, _)                                                                       \
    V(api, list, special, people_special)                                                          \
    V(api, list, days, people_day)                                                                 \
    V(api, maybe, year_missing, _)                                                                 \
    V(page, flag, may_change, _)                                                                   \
    V(page, text, round_text, _)                                                                   \
    V(page, list, week, people_weekday)                                                            \
    V(page, flag, is_open_now, _)
VIEW_STRUCT(people_hours, PEOPLE_HOURS_VIEW)

/* ---- shared by the files of this room ---- */

/* people_scope.c; see also people_acts.h */
/* act_unknown, as if there were no such person, team: if not within the scope. */
struct outcome people_need_staff(struct scene *scene, id person_id,
                                 struct people_find_staff_row *row);
struct outcome people_need_team(struct scene *scene, id team_id,
                                struct people_find_any_team_row *team);
/* A team in use within the scope.  `before`: the team somebody serves in already stays good. */
struct outcome people_need_open_team(struct scene *scene, id team_id, id before,
                                     struct people_find_any_team_row *team);
/* Somebody beyond the scope keeps the team they lead (0: nobody does). */
struct outcome people_may_move_leader(struct scene *scene, id leader_id);

/* people_hours.c: "09:00-12:00, 13:30-17:00" and back; "" is closed. */
struct str people_hours_of_day(const struct people_hours_form *f, int day);

/* people_admin_acts.c, people_place_acts.c, people_hours.c */
extern const struct act people_act_add, people_act_name, people_act_phone, people_act_service,
    people_act_roles, people_act_verify, people_act_suspend, people_act_reinstate,
    people_act_password, people_act_sessions;
extern const struct act people_act_team_add, people_act_team_save, people_act_field_add,
    people_act_field_save;
extern const struct act people_act_hours, people_act_exception, people_act_exception_drop;

/* Makes somebody the leader of a team, or nobody (0): roles of both follow. */
struct outcome people_set_leader(struct scene *scene, const struct people_find_any_team_row *team,
                                 id leader_id);
/* The sealed cookie in which a password that was made travels to the page that shows it once. */
struct str people_given_take(struct scene *scene, id person_id);

extern const struct reason people_field_taken;
extern const struct reason people_field_code;
extern const struct reason people_needs_service;
extern const struct reason people_needs_scope, people_unknown_place, people_several_places;
extern const struct reason people_needs_licence;
extern const struct reason people_oneself;
extern const struct reason people_team_not_empty;
extern const struct reason people_team_layers;
extern const struct reason people_leader_elsewhere;
extern const struct reason people_leader_beyond;
extern const struct reason people_hours_text;
extern const struct reason people_too_many_exceptions;

/* people_watch.c */
struct outcome people_health(struct scene *scene, struct out *out);
struct outcome people_metrics(struct scene *scene, struct out *out);

/* people_show.c, people_show_places.c */
struct outcome people_show_people(struct request *request, const void *query, void *view);
struct outcome people_show_person(struct request *request, const void *query, void *view);
struct outcome people_show_teams(struct request *request, const void *query, void *view);
struct outcome people_show_team(struct request *request, const void *query, void *view);
struct outcome people_show_fields(struct request *request, const void *query, void *view);
struct outcome people_show_field(struct request *request, const void *query, void *view);
struct outcome people_show_hours(struct request *request, const void *query, void *view);

#endif
