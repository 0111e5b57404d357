/* consultation_board_views.h -- what leaders and supervisors see of everybody's work. */
#ifndef CONSULTATION_BOARD_VIEWS_H
#define CONSULTATION_BOARD_VIEWS_H

#include "bureau/ladder/ladder_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "platform/known.h"
#include "service/consultation/consultation_views.h"

/* ---- what may stand behind '?' ---- */

#define CONSULTATION_BOARD_BOUNDS(F)                                                               \
    F(word, district, OPTIONAL, 0, 12, T("District"), "")                                          \
    F(word, team, OPTIONAL, 0, 20, T("Team"), "")                                                  \
    F(word, field, OPTIONAL, 0, 32, T("Field of law"), "")                                         \
    F(word, profession, OPTIONAL, 0, 16, T("Profession"), "")

#define CONSULTATION_BOARD_FORM(F)                                                                 \
    CONSULTATION_BOARD_BOUNDS(F)                                                                   \
    F(word, passed, OPTIONAL, 0, 8, "", "") F(number, called, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(consultation_board, CONSULTATION_BOARD_FORM)

#define CONSULTATION_BOARD_PEOPLE_FORM(F)                                                          \
    CONSULTATION_BOARD_BOUNDS(F)                                                                   \
    F(word, after, OPTIONAL, 0, 44, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(consultation_board_people, CONSULTATION_BOARD_PEOPLE_FORM)

#define CONSULTATION_BOARD_QUEUE_FORM(F)                                                           \
    F(number, desk, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(consultation_board_queue, CONSULTATION_BOARD_QUEUE_FORM)

#define CONSULTATION_BOARD_HALL_FORM(F)                                                            \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(word, which, OPTIONAL, 0, 8, "", "")                                                         \
    F(day, day, OPTIONAL, 10, 10, "", "")                                                          \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(consultation_board_hall, CONSULTATION_BOARD_HALL_FORM)

#define CONSULTATION_BOARD_CASES_FORM(F)                                                           \
    CONSULTATION_BOARD_BOUNDS(F)                                                                   \
    F(word, channel, OPTIONAL, 0, 16, "", "")                                                      \
    F(word, list, REQUIRED, 1, 16, "", "")                                                         \
    F(number, consultant, OPTIONAL, 1, INT64_MAX, "", "") /* whose, of the list "held" */          \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(consultation_board_cases, CONSULTATION_BOARD_CASES_FORM)

/* consultation_board_bounds.c: what they may say. */
extern const struct query_known consultation_bounds_known[], consultation_people_known[],
    consultation_cases_known[];
/* consultation_board_people.c: where a list of people goes on. */
struct outcome consultation_knows_place(struct scene *scene, struct str after, bool *known);

#define CONSULTATION_FOLLOW_BOARD_FORM(F) F(number, after, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(consultation_follow_board, CONSULTATION_FOLLOW_BOARD_FORM)

/* ---- GET /board ---- */

/* One line of numbers: of all, or of one district, team, field, profession or channel. */
#define CONSULTATION_BOARD_ROW_VIEW(V)                                                             \
    V(api, text, code, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, number, on_line, _)                                                                     \
    V(api, number, rostered, _) /* meant to be there now */                                        \
    V(api, number, kept, _)     /* and on line */                                                  \
    V(page, number, on_line_rate, _)                                                               \
    V(api, number, waiting, _)                                                                     \
    V(api, number, longest_wait_seconds, _)                                                        \
    V(api, maybe, longest, _)  /* which case that is: its reference */                             \
    V(api, number, at_hall, _) /* with a number, waiting for a window */                           \
    V(api, number, talking, _)                                                                     \
    V(api, number, written, _)                                                                     \
    V(api, number, at_risk, _)                                                                     \
    V(api, number, overdue, _)                                                                     \
    V(api, number, answered_today, _)                                                              \
    V(api, number, closed_today, _)                                                                \
    V(api, number, left_today, _)   /* who had waited live and got neither talk nor answer */      \
    V(api, number, left_percent, _) /* of the waits that are over today */                         \
    V(api, number, rated_today, _)                                                                 \
    V(api, maybe, mean_today, _)                                                                   \
    V(api, number, rated_30_days, _)                                                               \
    V(api, maybe, mean_30_days, _)                                                                 \
    V(api, maybe, leader, _)  /* of a team */                                                      \
    V(api, number, below, _)  /* seen teams below a team, whose numbers are in these */            \
    V(api, flag, is_alone, _) /* a team without those below it */                                  \
    V(page, number, longest_wait_minutes, _)                                                       \
    V(page, text, district, _) /* what the links of this line are bound by */                      \
    V(page, text, team, _)                                                                         \
    V(page, text, field, _)                                                                        \
    V(page, text, profession, _)                                                                   \
    V(page, text, channel, _)
VIEW_STRUCT(consultation_board_row, CONSULTATION_BOARD_ROW_VIEW)

/* A team above the layer that is shown, the outermost first. */
#define CONSULTATION_BOARD_ABOVE_VIEW(V)                                                           \
    V(api, ident, team, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(page, flag, is_here, _)                                                                      \
    V(page, text, district, _)                                                                     \
    V(page, text, field, _)                                                                        \
    V(page, text, profession, _)
VIEW_STRUCT(consultation_board_above, CONSULTATION_BOARD_ABOVE_VIEW)

#define CONSULTATION_BOARD_TABLE_VIEW(V)                                                           \
    V(page, text, anchor, _)                                                                       \
    V(page, text, title, _)                                                                        \
    V(page, flag, is_open, _)    /* not folded to begin with */                                    \
    V(page, flag, has_people, _) /* nobody is on line for one channel only */                      \
    V(page, flag, has_layers, _) /* of teams */                                                    \
    V(page, list, above, consultation_board_above)                                                 \
    V(page, list, rows, consultation_board_row)
VIEW_STRUCT(consultation_board_table, CONSULTATION_BOARD_TABLE_VIEW)

#define CONSULTATION_BOARD_VIEW(V)                                                                 \
    V(api, time, at, _)                                                                            \
    V(api, part, total, consultation_board_row)                                                    \
    V(api, list, districts, consultation_board_row)                                                \
    V(api, list, teams, consultation_board_row) /* one layer of them */                            \
    V(api, list, above, consultation_board_above)                                                  \
    V(api, list, fields, consultation_board_row)                                                   \
    V(api, list, professions, consultation_board_row)                                              \
    V(api, list, channels, consultation_board_row)                                                 \
    V(api, list, alarms, supervision_alarm)                                                        \
    V(api, number, alarms_open, _)                                                                 \
    V(api, number, alarms_unseen, _)                                                               \
    V(page, list, tables, consultation_board_table)                                                \
    V(page, choices, district_choices, _)                                                          \
    V(page, choices, team_choices, _)                                                              \
    V(page, choices, field_choices, _)                                                             \
    V(page, choices, profession_choices, _)                                                        \
    V(page, flag, is_bounded, _)                                                                   \
    V(page, flag, is_leader, _)                                                                    \
    V(api, number, ladder_raised, _) /* desks whose overflow ladder is up */                       \
    V(api, list, ladder_desks, ladder_desk_row)                                                    \
    V(page, flag, may_call, _)                                                                     \
    V(page, text, called, _) /* the place a backup was just called in for */                       \
    V(page, text, passed, _) /* the reference of a case that was just given to somebody else */    \
    V(page, number, stream_after, _)
VIEW_STRUCT(consultation_board, CONSULTATION_BOARD_VIEW)

/* ---- GET /board/cases ---- */

#define CONSULTATION_BOARD_CASE_ROW_VIEW(V)                                                        \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, text, profession, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, maybe, consultant, _)                                                                   \
    V(api, time, asked_at, _)                                                                      \
    V(api, number, waited_seconds, _) /* of those who wait; else 0 */                              \
    V(page, number, waited_minutes, _)                                                             \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(api, flag, at_risk, _)                                                                       \
    V(api, flag, overdue, _)                                                                       \
    V(api, number, stars, _)
VIEW_STRUCT(consultation_board_case_row, CONSULTATION_BOARD_CASE_ROW_VIEW)

#define CONSULTATION_BOARD_CASES_VIEW(V)                                                           \
    V(api, text, list, _)                                                                          \
    V(page, text, list_name, _)                                                                    \
    V(page, text, bounds, _) /* in words */                                                        \
    V(api, list, consultations, consultation_board_case_row)                                       \
    V(api, maybe, next, _)                                                                         \
    V(page, text, district, _)                                                                     \
    V(page, text, team, _)                                                                         \
    V(page, text, field, _)                                                                        \
    V(page, text, profession, _)                                                                   \
    V(page, text, channel, _)                                                                      \
    V(page, number, consultant, _)                                                                 \
    V(page, flag, is_held, _)                                                                      \
    V(page, flag, is_waiting, _)                                                                   \
    V(page, flag, is_written, _)                                                                   \
    V(page, flag, is_rated, _)
VIEW_STRUCT(consultation_board_cases, CONSULTATION_BOARD_CASES_VIEW)

/* ---- GET /board/consultants ---- */

#define CONSULTATION_BOARD_PERSON_VIEW(V)                                                          \
    V(api, ident, id, _)                                                                           \
    V(api, text, name, _)                                                                          \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, number, talks, _)                                                                       \
    V(api, number, capacity, _)                                                                    \
    V(api, time, since, _)
VIEW_STRUCT(consultation_board_person, CONSULTATION_BOARD_PERSON_VIEW)

#define CONSULTATION_BOARD_CONSULTANTS_VIEW(V)                                                     \
    V(page, text, bounds, _)                                                                       \
    V(api, list, consultants, consultation_board_person)                                           \
    V(api, maybe, next, _)                                                                         \
    V(page, text, more, _) /* "" at the end */
VIEW_STRUCT(consultation_board_consultants, CONSULTATION_BOARD_CONSULTANTS_VIEW)

#define CONSULTATION_BOARD_HISTORY_VIEW(V)                                                         \
    V(api, time, at, _)                                                                            \
    V(api, text, name, _)                                                                          \
    V(api, text, result, _)                                                                        \
    V(page, text, result_name, _)                                                                  \
    V(api, text, reason, _)                                                                        \
    V(api, text, why, _)                                                                           \
    V(page, text, why_words, _)                                                                    \
    V(api, number, candidates, _)
VIEW_STRUCT(consultation_board_history, CONSULTATION_BOARD_HISTORY_VIEW)

/* ---- GET /board/consultations/{reference}: everything but what was written ---- */

#define CONSULTATION_BOARD_CASE_VIEW(V)                                                            \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, language, _)                                                                      \
    V(page, text, language_name, _)                                                                \
    V(api, text, channel, _)                                                                       \
    V(api, flag, cared_for, _)                                                                     \
    V(api, time, asked_at, _)                                                                      \
    V(page, number, waited_minutes, _) /* of those who wait */                                     \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(api, flag, due_provisional, _)                                                               \
    V(api, flag, at_risk, _)                                                                       \
    V(api, flag, overdue, _)                                                                       \
    V(api, maybe, consultant, _)                                                                   \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, time, talk_at, _)                                                                       \
    V(api, time, answered_at, _)                                                                   \
    V(api, time, closed_at, _)                                                                     \
    V(api, number, messages, _)                                                                    \
    V(api, number, stars, _)                                                                       \
    V(api, text, rating_text, _)                                                                   \
    V(api, list, history, consultation_board_history)                                              \
    V(api, flag, can_reassign, _)                                                                  \
    V(api, flag, can_whisper, _)                                                                   \
    V(api, flag, can_take_over, _) /* is a consultant too */                                       \
    V(api, number, given, _) /* sent back, it says what one saw before giving or taking it */      \
    V(page, choices, consultants, _)                                                               \
    V(page, flag, has_consultants, _)                                                              \
    V(page, flag, has_leave, _) /* looked in lately: may read on */                                \
    V(api, maybe, handed_to, _) /* it was given to this team or district */                        \
    V(page, time, handed_by, _) /* until when they may take it up; 0: no more */                   \
    V(page, flag, can_see_handed, _)                                                               \
    V(page, flag, can_hand, _)                                                                     \
    V(page, choices, bodies, _)
VIEW_STRUCT(consultation_board_case, CONSULTATION_BOARD_CASE_VIEW)

/* ---- GET /board/rostered: who is meant to be there now ---- */

#define CONSULTATION_BOARD_DUTY_VIEW(V)                                                            \
    V(api, ident, id, _)                                                                           \
    V(api, text, name, _)                                                                          \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(page, text, division_name, _)                                                                \
    V(api, time, until, _)                                                                         \
    V(api, flag, is_on_line, _)
VIEW_STRUCT(consultation_board_duty, CONSULTATION_BOARD_DUTY_VIEW)

#define CONSULTATION_BOARD_ROSTERED_VIEW(V)                                                        \
    V(page, text, bounds, _)                                                                       \
    V(api, list, people, consultation_board_duty)                                                  \
    V(api, maybe, next, _)                                                                         \
    V(page, text, more, _) /* "" at the end */
VIEW_STRUCT(consultation_board_rostered, CONSULTATION_BOARD_ROSTERED_VIEW)

/* ---- GET /board/ladder/{desk}/waiting: who waits for one desk of the overflow ladder ---- */

/* Whoever waits beyond what this reader watches is counted and not named. */
#define CONSULTATION_BOARD_QUEUED_VIEW(V)                                                          \
    V(api, maybe, reference, _)                                                                    \
    V(api, maybe, field, _)                                                                        \
    V(page, text, field_name, _)                                                                   \
    V(page, text, division_name, _)                                                                \
    V(api, number, waited_seconds, _)                                                              \
    V(page, number, waited_minutes, _)                                                             \
    V(api, flag, withheld, _)
VIEW_STRUCT(consultation_board_queued, CONSULTATION_BOARD_QUEUED_VIEW)

#define CONSULTATION_BOARD_QUEUE_VIEW(V)                                                           \
    V(api, ident, desk, _)                                                                         \
    V(page, text, division_name, _)                                                                \
    V(page, text, profession_name, _)                                                              \
    V(api, list, consultations, consultation_board_queued)                                         \
    V(api, ident, next, _)                                                                         \
    V(page, text, more, _) /* "" at the end */
VIEW_STRUCT(consultation_board_queue, CONSULTATION_BOARD_QUEUE_VIEW)

/* ---- GET /board/halls/{hall}/numbers, …/waiting: the numbers behind a figure of a hall ---- */

#define CONSULTATION_BOARD_NUMBERED_VIEW(V)                                                        \
    V(api, text, ticket, _) /* as it is called out: anybody may see it */                          \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(api, part, question, consultation_board_queued)
VIEW_STRUCT(consultation_board_numbered, CONSULTATION_BOARD_NUMBERED_VIEW)

#define CONSULTATION_BOARD_HALL_VIEW(V)                                                            \
    V(api, ident, hall, _)                                                                         \
    V(api, text, day, _)                                                                           \
    V(page, time, at, _)                                                                           \
    V(page, text, title, _)                                                                        \
    V(page, flag, is_waiting, _) /* who still waits, and not how long others did */                \
    V(page, text, hall_name, _)                                                                    \
    V(api, list, numbers, consultation_board_numbered)                                             \
    V(api, ident, next, _)                                                                         \
    V(page, text, more, _) /* "" at the end */
VIEW_STRUCT(consultation_board_hall, CONSULTATION_BOARD_HALL_VIEW)

/* ---- GET /board/month: this month so far ---- */

#define CONSULTATION_BOARD_MONTH_VIEW(V)                                                           \
    V(api, time, from, _)                                                                          \
    V(api, time, at, _)                                                                            \
    V(page, text, bounds, _)                                                                       \
    V(api, number, answered, _)                                                                    \
    V(api, number, closed, _)                                                                      \
    V(api, number, rated, _)                                                                       \
    V(api, maybe, mean, _)                                                                         \
    V(page, text, district, _)                                                                     \
    V(page, text, team, _)                                                                         \
    V(page, text, field, _)                                                                        \
    V(page, text, profession, _)
VIEW_STRUCT(consultation_board_month, CONSULTATION_BOARD_MONTH_VIEW)

/* ---- shared by the files of the board ---- */

/* What one watcher may see, and what was chosen of it. */
struct consultation_bounds {
    struct str scope, district, field, profession, channel; /* channel: of a list of cases */
    id team_scope, team;                                    /* team < 0: none is chosen */
    id above; /* the chosen team once more if those below come with it; else -1 */
    bool is_alone;
};
/* Before the number of a team that is meant without those below it. */
#define CONSULTATION_TEAM_ALONE "own-"
/* The chosen team as a link says it; "" for none. */
struct str consultation_bounds_team(struct scene *scene, const struct consultation_bounds *bounds);

/* For this person; `f` has the four bounds or is NULL. */
struct consultation_bounds consultation_bounds_of(const struct scene *scene, struct str district,
                                                  struct str team, struct str field,
                                                  struct str profession);
/* Whether places are told apart by street, and of which district. */
bool consultation_bounds_by_street(const struct consultation_bounds *b);
struct str consultation_bounds_district(const struct consultation_bounds *b);
/* "Huangpu · Labour": what was chosen, in words. */
struct outcome consultation_bounds_words(struct scene *scene,
                                         const struct consultation_bounds *bounds,
                                         struct str *words);
struct outcome consultation_board_district_name(struct scene *scene, struct str district,
                                                struct str *name);
struct str consultation_board_profession_name(struct scene *scene, struct str profession);
struct outcome consultation_board_team_name(struct scene *scene, id team_id, struct str *name);
moment consultation_today(moment now); /* when this day began in Shanghai */
moment consultation_this_month(moment now);
/* Fills what the board says of the overflow ladder. */
struct outcome consultation_board_ladder(struct scene *scene,
                                         const struct consultation_board_form *f,
                                         struct consultation_board_view *v);
/* One digit behind the point, rounded; "" of none. */
struct str consultation_mean(struct scene *scene, int64_t sum, int64_t count);

enum {
    CONSULTATION_CITY_DIGITS = 2, /* of the code of a division */
    CONSULTATION_DISTRICT_DIGITS = 6,
    CONSULTATION_STREET_DIGITS = 9,
    CONSULTATION_RATED_SECONDS = 30 * SECONDS_PER_DAY,
    CONSULTATION_SHIFT_SECONDS = 2 * SECONDS_PER_DAY /* no shift is longer */
};

/* consultation_board.c, consultation_board_cases.c, consultation_board_case.c */
struct outcome consultation_show_board(struct request *request, const void *query, void *view);
struct outcome consultation_show_board_cases(struct request *request, const void *query,
                                             void *view);
struct outcome consultation_show_board_consultants(struct request *request, const void *query,
                                                   void *view);
struct outcome consultation_show_board_case(struct request *request, const void *query, void *view);

/* consultation_board_more.c */
struct outcome consultation_show_board_rostered(struct request *request, const void *query,
                                                void *view);
struct outcome consultation_show_board_queue(struct request *request, const void *query,
                                             void *view);
/* consultation_board_hall.c */
struct outcome consultation_show_board_hall(struct request *request, const void *query, void *view);
struct outcome consultation_show_board_month(struct request *request, const void *query,
                                             void *view);

#endif
