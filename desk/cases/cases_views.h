/* cases_views.h -- what is shown of cases, and what is asked of them. */
#ifndef CASES_VIEWS_H
#define CASES_VIEWS_H

#include "desk/cases/cases_apply_views.h"
#include "desk/cases/cases_inquire_views.h"
#include "desk/cases/cases_parts.h"
#include "desk/identity/identity_acts.h"

/* ---- what may stand in an address ---- */

#define CASES_LETTER_FORM(F)                                                                       \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, letter, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(cases_letter, CASES_LETTER_FORM)

#define CASES_ITEM_FORM(F) F(word, item, REQUIRED, 2, 40, T("Short code"), "")
FORM_STRUCT(cases_item, CASES_ITEM_FORM)

/* `reference` goes to that case. */
#define CASES_SIFT_FORM(F)                                                                         \
    F(word, turn, OPTIONAL, 0, 12, T("Who has to act?"), "")                                       \
    F(word, reference, OPTIONAL, 0, 20, T("Reference"), "")
FORM_STRUCT(cases_sift, CASES_SIFT_FORM)

/* ---- answers of acts ---- */

#define CASES_ATTACHED_VIEW(V) V(api, ident, file, _)
VIEW_STRUCT(cases_attached, CASES_ATTACHED_VIEW)

/* ---- GET /items/{item}/apply ---- */

#define CASES_APPLY_VIEW(V)                                                                        \
    V(api, text, item, _)                                                                          \
    V(api, text, item_name, _)                                                                     \
    V(api, ident, version, _)                                                                      \
    V(api, list, fees, cases_fee)                                                                  \
    V(api, list, questions, cases_question)                                                        \
    V(api, choices, divisions, _)                                                                  \
    V(page, text, talk, _) /* it came out of */                                                    \
    V(page, flag, is_resident, _)                                                                  \
    V(page, text, phone_masked, _)                                                                 \
    V(page, text, phone, _) /* as typed, of who has proved none */                                 \
    V(page, text, phone_wrong, _)                                                                  \
    V(page, flag, phone_missing, _)                                                                \
    V(page, flag, has_wrong_answers, _) /* beside what the form itself says */                     \
    V(page, text, next, _)
VIEW_STRUCT(cases_apply, CASES_APPLY_VIEW)

/* ---- a case ---- */

#define CASES_ANSWER_VIEW(V)                                                                       \
    V(api, text, field, _)                                                                         \
    V(api, text, label, _)                                                                         \
    V(api, text, answer, _)                                                                        \
    V(page, text, text, _) /* as people read it */
VIEW_STRUCT(cases_answer, CASES_ANSWER_VIEW)

#define CASES_STEP_VIEW(V)                                                                         \
    V(api, time, at, _)                                                                            \
    V(api, text, action, _)                                                                        \
    V(api, text, outcome, _)                                                                       \
    V(page, text, outcome_name, _)                                                                 \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(api, text, by, _) /* applicant, officer, lead, agent, clock */                               \
    V(page, text, by_name, _)                                                                      \
    V(api, maybe, words, _)                                                                        \
    V(page, time, until, _)
VIEW_STRUCT(cases_step, CASES_STEP_VIEW)

#define CASES_PAPER_VIEW(V)                                                                        \
    V(api, ident, file, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, type, _)                                                                          \
    V(api, text, material, _)                                                                      \
    V(page, text, material_name, _)                                                                \
    V(page, text, size, _)                                                                         \
    V(page, text, reference, _)                                                                    \
    V(page, flag, may_drop, _)                                                                     \
    V(page, flag, is_office, _)
VIEW_STRUCT(cases_paper, CASES_PAPER_VIEW)

#define CASES_LETTER_VIEW(V)                                                                       \
    V(api, ident, letter, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, time, at, _)                                                                            \
    V(api, time, read_at, _)                                                                       \
    V(page, text, reference, _)                                                                    \
    V(page, flag, is_office, _)
VIEW_STRUCT(cases_letter, CASES_LETTER_VIEW)

#define CASES_ACTION_VIEW(V)                                                                       \
    V(api, text, action, _)                                                                        \
    V(api, text, label, _)                                                                         \
    V(api, text, outcome, _)                                                                       \
    V(api, flag, asks, _)                                                                          \
    V(page, flag, ends, _)                                                                         \
    V(page, text, reference, _)                                                                    \
    V(page, text, words, _)                                                                        \
    V(page, number, seen, _)
VIEW_STRUCT(cases_action, CASES_ACTION_VIEW)

/* What whoever is served first need not show. */
#define CASES_SPARED_VIEW(V) V(api, text, name, _)
VIEW_STRUCT(cases_spared, CASES_SPARED_VIEW)

/* The four axes: who must act, by when, how the last step ended, the moments. */
#define CASES_AXES_VIEW(V)                                                                         \
    V(api, text, reference, _)                                                                     \
    V(api, text, item, _)                                                                          \
    V(api, ident, version, _)                                                                      \
    V(page, text, item_name, _)                                                                    \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(api, text, turn, _)                                                                          \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(page, text, handler_name, _)                                                                 \
    V(api, time, due_at, _)                                                                        \
    V(page, time, until, _)                                                                        \
    V(api, time, promise_at, _)                                                                    \
    V(page, time, promise_day, _)                                                                  \
    V(api, flag, is_paused, _)                                                                     \
    V(api, text, outcome, _)                                                                       \
    V(page, text, outcome_name, _)                                                                 \
    V(api, time, opened_at, _)                                                                     \
    V(api, time, since_at, _)                                                                      \
    V(page, text, shown_name, _)                                                                   \
    V(page, text, shown_css, _)                                                                    \
    V(api, flag, is_late, _)                                                                       \
    V(api, flag, is_first, _)                                                                      \
    V(api, flag, wants_visit, _)
VIEW_STRUCT(cases_axes, CASES_AXES_VIEW)

/* Somebody comes to the applicant. */
#define CASES_VISIT_VIEW(V)                                                                        \
    V(api, ident, visit, _)                                                                        \
    V(api, text, state, _)                                                                         \
    V(api, time, starts_at, _)                                                                     \
    V(api, time, ends_at, _)                                                                       \
    V(page, text, hours, _) /* 09:30–10:30 */                                                      \
    V(api, text, visitor_name, _)                                                                  \
    V(api, text, place, _)                                                                         \
    V(api, text, words, _)                                                                         \
    V(api, text, end_words, _)                                                                     \
    V(page, flag, is_planned, _)                                                                   \
    V(page, flag, is_done, _)
VIEW_STRUCT(cases_visit, CASES_VISIT_VIEW)

/* What else belongs to a case. */
#define CASES_LINK_VIEW(V)                                                                         \
    V(api, text, kind, _) /* talk, same, split, whole */                                           \
    V(api, text, reference, _)                                                                     \
    V(page, text, name, _) /* what it is, as people read it */                                     \
    V(page, text, path, _) /* "": the reader has no page of it */                                  \
    V(page, text, of, _)   /* the case it belongs to */                                            \
    V(page, flag, may_drop, _)
VIEW_STRUCT(cases_link, CASES_LINK_VIEW)

/* An original on paper, and who holds it. */
#define CASES_ORIGINAL_VIEW(V)                                                                     \
    V(api, ident, original, _)                                                                     \
    V(page, text, reference, _)                                                                    \
    V(api, text, what, _)                                                                          \
    V(api, number, pages, _)                                                                       \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, maybe, holder, _)                                                                       \
    V(api, maybe, place, _)                                                                        \
    V(api, time, taken_at, _)                                                                      \
    V(api, time, since_at, _)                                                                      \
    V(api, time, given_at, _)                                                                      \
    V(page, flag, is_held, _)                                                                      \
    V(page, flag, may_have, _)                                                                     \
    V(page, flag, may_give, _)
VIEW_STRUCT(cases_original, CASES_ORIGINAL_VIEW)

#define CASES_CASE_VIEW(V)                                                                         \
    V(api, part, axes, cases_axes)                                                                 \
    V(api, list, fees, cases_fee)                                                                  \
    V(api, list, originals, cases_original)                                                        \
    V(api, list, links, cases_link)                                                                \
    V(api, list, visits, cases_visit)                                                              \
    V(api, list, spared, cases_spared)                                                             \
    V(page, text, reference, _)                                                                    \
    V(page, text, lost_words, _) /* typed for a step that is not there any more */                 \
    V(api, list, steps, cases_step)                                                                \
    V(api, list, answers, cases_answer)                                                            \
    V(api, list, papers, cases_paper)                                                              \
    V(api, list, letters, cases_letter)                                                            \
    V(api, maybe, agent_name, _) /* who acts for the applicant */                                  \
    V(page, time, agent_day, _)                                                                    \
    V(api, list, actions, cases_action)                                                            \
    V(api, list, questions, cases_question) /* when they are asked again */                        \
    V(api, number, seen, _)                                                                        \
    V(page, text, asks_action, _)                                                                  \
    V(page, text, asks_label, _)                                                                   \
    V(page, text, words, _) /* what the office said last */                                        \
    V(page, text, name, _)                                                                         \
    V(page, text, phone_masked, _)                                                                 \
    V(page, choices, materials, _)                                                                 \
    V(page, flag, may_attach, _)                                                                   \
    V(page, text, room_path, _) /* the room it stands in goes on with it there */                  \
    V(page, text, room_name, _)                                                                    \
    V(page, text, go_on_label, _) /* the button after which the office goes on */
VIEW_STRUCT(cases_case, CASES_CASE_VIEW)

#define CASES_MINE_VIEW(V)                                                                         \
    V(api, list, cases, cases_axes)                                                                \
    V(page, flag, is_resident, _)
VIEW_STRUCT(cases_mine, CASES_MINE_VIEW)

/* ---- the office ---- */

/* What is asked of an office in a case by a day. */
#define CASES_TASK_VIEW(V)                                                                         \
    V(api, ident, task, _)                                                                         \
    V(page, text, reference, _)                                                                    \
    V(api, text, kind, _)                                                                          \
    V(api, text, state, _)                                                                         \
    V(page, flag, is_order, _)                                                                     \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(page, text, person_name, _)                                                                  \
    V(api, text, words, _)                                                                         \
    V(api, time, at, _)                                                                            \
    V(api, time, due_at, _)                                                                        \
    V(page, time, until, _)                                                                        \
    V(api, flag, is_late, _)                                                                       \
    V(api, time, answered_at, _)                                                                   \
    V(page, text, answerer_name, _)                                                                \
    V(api, text, answer, _)                                                                        \
    V(api, time, ended_at, _)                                                                      \
    V(api, text, end_words, _)                                                                     \
    V(page, flag, may_answer, _)                                                                   \
    V(page, flag, may_end, _)
VIEW_STRUCT(cases_task, CASES_TASK_VIEW)

/* What a room has to do with all of its cases, and how much of it is due for the reader. */
#define CASES_ROOM_VIEW(V)                                                                         \
    V(api, text, path, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, number, due, _)
VIEW_STRUCT(cases_room, CASES_ROOM_VIEW)

#define CASES_OFFICE_VIEW(V)                                                                       \
    V(api, list, cases, cases_axes)                                                                \
    V(api, number, officer, _)                                                                     \
    V(api, number, applicant, _)                                                                   \
    V(api, number, untouched, _)                                                                   \
    V(api, number, late, _)                                                                        \
    V(api, flag, is_bounded, _) /* one of the four is 1000 and more */                             \
    V(page, text, officer_text, _)                                                                 \
    V(page, text, applicant_text, _)                                                               \
    V(page, text, untouched_text, _)                                                               \
    V(page, text, late_text, _)                                                                    \
    V(api, number, asked, _) /* of this office by others, and how much of it late */               \
    V(api, number, asked_late, _)                                                                  \
    V(api, list, rooms, cases_room)                                                                \
    V(page, choices, turns, _)                                                                     \
    V(page, flag, is_office, _)                                                                    \
    V(page, flag, is_mine, _)                                                                      \
    V(page, text, sought, _) /* a reference there is no case of */                                 \
    V(page, text, sought_wrong, _)                                                                 \
    V(page, flag, is_over, _)                                                                      \
    V(page, flag, has_more, _)
VIEW_STRUCT(cases_office, CASES_OFFICE_VIEW)

/* One line of what is asked between offices. */
#define CASES_ASKED_VIEW(V)                                                                        \
    V(api, ident, task, _)                                                                         \
    V(api, text, reference, _)                                                                     \
    V(api, text, kind, _)                                                                          \
    V(page, text, item_name, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(page, text, from_name, _)                                                                    \
    V(page, text, person_name, _)                                                                  \
    V(api, time, at, _)                                                                            \
    V(api, time, due_at, _)                                                                        \
    V(page, time, until, _)                                                                        \
    V(api, flag, is_late, _)                                                                       \
    V(api, time, answered_at, _)                                                                   \
    V(page, flag, may_open, _)
VIEW_STRUCT(cases_asked, CASES_ASKED_VIEW)

/* GET /office/day: what must not be left till tomorrow. */
#define CASES_DAY_VIEW(V)                                                                          \
    V(api, list, cases, cases_axes)                                                                \
    V(api, list, tasks, cases_asked) /* to be answered before anybody is back */                   \
    V(api, list, rooms, cases_room)  /* what is due in them */                                     \
    V(page, flag, has_more, _)
VIEW_STRUCT(cases_day, CASES_DAY_VIEW)

/* In place of a case that is not open to the reader any more: to open it, with the words that could
 * not be taken. */
#define CASES_CLOSED_VIEW(V)                                                                       \
    V(page, text, reference, _)                                                                    \
    V(page, text, kept, _)                                                                         \
    V(page, text, kept_more, _) /* what else was typed, a field a line */                          \
    V(page, text, kept_despite, _)
VIEW_STRUCT(cases_closed, CASES_CLOSED_VIEW)

#define CASES_DESK_VIEW(V)                                                                         \
    V(api, part, axes, cases_axes)                                                                 \
    V(api, list, fees, cases_fee)                                                                  \
    V(page, text, reference, _)                                                                    \
    V(page, text, lost_words, _)        /* typed for a step that is not there any more */          \
    V(api, flag, is_open, _)            /* opened by the reader in the last half hour */           \
    V(page, part, closed, cases_closed) /* it is not */                                            \
    V(api, maybe, name, _)                                                                         \
    V(api, maybe, phone, _) /* in clear for the office that has the case: it calls */              \
    V(page, text, phone_masked, _)                                                                 \
    V(api, list, steps, cases_step)                                                                \
    V(api, list, answers, cases_answer)                                                            \
    V(api, list, papers, cases_paper)                                                              \
    V(api, list, letters, cases_letter)                                                            \
    V(page, text, agent_name, _)                                                                   \
    V(page, flag, is_engaged, _)                                                                   \
    V(page, flag, sees_papers, _)                                                                  \
    V(page, flag, has_closing, _)   /* the work is done: what follows has a page of its own */     \
    V(page, text, appoint_label, _) /* somebody can be appointed, on a page of its own */          \
    V(page, flag, may_move, _)                                                                     \
    V(page, text, room_path, _) /* the room it stands in goes on with it there */                  \
    V(page, text, room_name, _)                                                                    \
    V(page, text, due_law, _)       /* the article the days stand in */                            \
    V(page, flag, has_open_part, _) /* why the case ends all the same is asked */                  \
    V(page, flag, may_ask, _)       /* of another office, or of this one from above */             \
    V(page, flag, is_helping, _)    /* only contributes */                                         \
    V(api, list, tasks, cases_task)                                                                \
    V(page, flag, is_office, _) /* has it, or supervises who has */                                \
    V(api, list, originals, cases_original)                                                        \
    V(api, list, links, cases_link)                                                                \
    V(api, list, visits, cases_visit)                                                              \
    V(api, list, spared, cases_spared)                                                             \
    V(api, maybe, notice, _) /* which authority asked, of a case typed in from its notice */       \
    V(page, flag, may_visit, _)                                                                    \
    V(page, text, typed_by, _)                                                                     \
    V(page, time, typed_at, _)                                                                     \
    V(api, choices, actions, _)                                                                    \
    V(page, choices, divisions, _)                                                                 \
    V(api, number, seen, _)                                                                        \
    V(api, number, breaches, _)
VIEW_STRUCT(cases_desk, CASES_DESK_VIEW)

/* ---- between offices: cases_task_pages.c ---- */

#define CASES_TASK_PLACE_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, task, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(cases_task_place, CASES_TASK_PLACE_FORM)

/* GET /office/cases/{reference}/tasks: who may ask, asks here. */
#define CASES_TASKS_VIEW(V)                                                                        \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(api, flag, may_order, _)                                                                     \
    V(api, flag, may_part, _)                                                                      \
    V(page, choices, divisions, _)                                                                 \
    V(page, part, closed, cases_closed)                                                            \
    V(api, list, tasks, cases_task)
VIEW_STRUCT(cases_tasks, CASES_TASKS_VIEW)

/* GET /office/cases/{reference}/tasks/{task} */
#define CASES_REPLY_VIEW(V)                                                                        \
    V(api, part, task, cases_task)                                                                 \
    V(api, text, reference, _)                                                                     \
    V(page, part, closed, cases_closed)                                                            \
    V(page, text, item_name, _)
VIEW_STRUCT(cases_reply, CASES_REPLY_VIEW)

/* GET /office/tasks: both sides. */
#define CASES_BETWEEN_VIEW(V)                                                                      \
    V(api, list, asked, cases_asked)                                                               \
    V(api, list, answered, cases_asked)                                                            \
    V(api, list, waiting, cases_asked)                                                             \
    V(page, flag, is_watch, _) /* supervises offices, is none */                                   \
    V(page, flag, has_more, _)
VIEW_STRUCT(cases_between, CASES_BETWEEN_VIEW)

struct cases_task_list { /* an office's, until `due_at`; CASES_NEVER: all */
    const struct cases_asked_view *rows;
    size_t count;
};
struct outcome cases_show_asked(struct scene *scene, const struct cases_office *office,
                                moment due_at, struct cases_task_list *list);
/* Of one case, as the actor may read them. */
struct outcome cases_show_tasks(struct scene *scene, const struct cases_case *c,
                                const struct cases_task_view **made, size_t *count);

/* ---- originals: cases_original.c; other cases: cases_join.c ---- */

#define CASES_ORIGINALS_VIEW(V)                                                                    \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(page, flag, may_take, _)                                                                     \
    V(page, part, closed, cases_closed)                                                            \
    V(api, list, originals, cases_original)
VIEW_STRUCT(cases_originals, CASES_ORIGINALS_VIEW)

/* GET /office/originals: what it is stands in the case alone. */
#define CASES_HELD_ORIGINAL_VIEW(V)                                                                \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(api, text, holder, _)                                                                        \
    V(api, time, since_at, _)                                                                      \
    V(page, text, case_office, _)                                                                  \
    V(api, flag, is_over, _)                                                                       \
    V(api, flag, is_gone, _)                                                                       \
    V(page, flag, may_open, _)
VIEW_STRUCT(cases_held_original, CASES_HELD_ORIGINAL_VIEW)

#define CASES_HELD_ORIGINALS_VIEW(V)                                                               \
    V(api, list, held, cases_held_original)                                                        \
    V(page, flag, has_more, _)
VIEW_STRUCT(cases_held_originals, CASES_HELD_ORIGINALS_VIEW)

#define CASES_LINKS_VIEW(V)                                                                        \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(api, number, seen, _)                                                                        \
    V(api, flag, may_split, _)                                                                     \
    V(page, part, closed, cases_closed)                                                            \
    V(api, list, links, cases_link)
VIEW_STRUCT(cases_links, CASES_LINKS_VIEW)

struct outcome cases_show_originals(struct scene *scene, const struct cases_case *c,
                                    const struct cases_original_view **made, size_t *count);
extern const struct page cases_original_pages[], cases_join_pages[];

/* ---- visits: cases_visit.c ---- */

#define CASES_VISITS_VIEW(V)                                                                       \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(page, flag, may_plan, _)                                                                     \
    V(page, part, planned, cases_visit)                                                            \
    V(page, choices, results, _)                                                                   \
    V(page, part, closed, cases_closed)                                                            \
    V(api, list, visits, cases_visit)
VIEW_STRUCT(cases_visits, CASES_VISITS_VIEW)

/* GET /office/visits: who wants one, and what is planned. */
#define CASES_WISH_VIEW(V)                                                                         \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, flag, is_first, _)                                                                      \
    V(api, time, starts_at, _)                                                                     \
    V(page, text, hours, _)                                                                        \
    V(api, text, visitor_name, _)                                                                  \
    V(api, number, done, _)                                                                        \
    V(page, time, until, _)
VIEW_STRUCT(cases_wish, CASES_WISH_VIEW)

#define CASES_WISHES_VIEW(V)                                                                       \
    V(api, list, wishes, cases_wish)                                                               \
    V(page, flag, has_more, _)
VIEW_STRUCT(cases_wishes, CASES_WISHES_VIEW)

/* What is theirs to do in the rooms cases stand in (cases_room.c); `is_due`: only where some is. */
struct outcome cases_show_rooms(struct scene *scene, bool is_due,
                                const struct cases_room_view **made, size_t *count);
struct outcome cases_show_links(struct scene *scene, const struct cases_case *c, bool is_office,
                                const struct cases_link_view **links, size_t *links_count);
struct outcome cases_show_visits(struct scene *scene, const struct cases_case *c,
                                 const struct cases_visit_view **made, size_t *count);
/* Nothing of a case that is served in its turn. */
void cases_show_spared(struct scene *scene, const struct cases_case *c,
                       const struct cases_spared_view **made, size_t *count);
extern const struct page cases_visit_pages[];

/* ---- typed in from paper: cases_typed.c ---- */

#define CASES_TYPED_ITEM_VIEW(V)                                                                   \
    V(api, text, item, _)                                                                          \
    V(api, text, name, _)
VIEW_STRUCT(cases_typed_item, CASES_TYPED_ITEM_VIEW)

#define CASES_TYPED_ROW_VIEW(V)                                                                    \
    V(api, text, reference, _)                                                                     \
    V(api, text, name, _)                                                                          \
    V(api, time, at, _)
VIEW_STRUCT(cases_typed_row, CASES_TYPED_ROW_VIEW)

#define CASES_TYPED_VIEW(V)                                                                        \
    V(api, list, items, cases_typed_item)                                                          \
    V(api, list, typed, cases_typed_row) /* by the reader, today and yesterday */
VIEW_STRUCT(cases_typed, CASES_TYPED_VIEW)

#define CASES_TYPE_VIEW(V)                                                                         \
    V(page, text, item, _)                                                                         \
    V(page, text, item_name, _)                                                                    \
    V(page, number, version, _)                                                                    \
    V(page, flag, on_notice, _)                                                                    \
    V(page, flag, has_wrong_answers, _)                                                            \
    V(page, choices, divisions, _)                                                                 \
    V(api, list, questions, cases_question)                                                        \
    V(api, list, fees, cases_fee)
VIEW_STRUCT(cases_type, CASES_TYPE_VIEW)

#define CASES_RECEIPT_VIEW(V)                                                                      \
    V(api, part, axes, cases_axes)                                                                 \
    V(api, text, code, _) /* "" with a notice */                                                   \
    V(page, text, reference, _)                                                                    \
    V(page, text, name, _)                                                                         \
    V(page, text, phone_masked, _)                                                                 \
    V(page, flag, on_notice, _)                                                                    \
    V(page, time, at, _)
VIEW_STRUCT(cases_receipt, CASES_RECEIPT_VIEW)

#define CASES_TYPED_TOLD_VIEW(V) V(api, text, reference, _)
VIEW_STRUCT(cases_typed_told, CASES_TYPED_TOLD_VIEW)

extern const struct page cases_typed_pages[];

/* ---- papers that can be verified: cases_sheet.c ---- */

#define CASES_VERIFY_FORM(F) F(text, code, OPTIONAL, 0, 40, T("Code on the paper"), "")
FORM_STRUCT(cases_verify, CASES_VERIFY_FORM)

#define CASES_SHEET_VIEW(V)                                                                        \
    V(api, text, code, _)                                                                          \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(page, text, from_name, _)                                                                    \
    V(page, text, to_name, _)                                                                      \
    V(page, text, person_name, _)                                                                  \
    V(api, time, at, _)
VIEW_STRUCT(cases_sheet, CASES_SHEET_VIEW)

#define CASES_SHEETS_VIEW(V)                                                                       \
    V(api, list, given, cases_sheet)                                                               \
    V(api, list, taken, cases_sheet)                                                               \
    V(page, flag, has_more, _)
VIEW_STRUCT(cases_sheets, CASES_SHEETS_VIEW)

/* What a paper says of itself, without anybody's name. */
#define CASES_VERIFY_VIEW(V)                                                                       \
    V(page, text, code, _)                                                                         \
    V(api, flag, is_found, _)                                                                      \
    V(page, text, wrong, _)                                                                        \
    V(api, text, title, _)                                                                         \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(page, flag, is_sheet, _)                                                                     \
    V(api, text, from_name, _)                                                                     \
    V(api, text, to_name, _)                                                                       \
    V(api, time, at, _)                                                                            \
    V(api, number, papers, _)
VIEW_STRUCT(cases_verify, CASES_VERIFY_VIEW)

/* ---- shared: cases_show.c ---- */

struct outcome cases_show_axes(struct scene *scene, const struct cases_find_case_row *row,
                               const struct items_item *item, const struct cases_flow *flow,
                               struct str handler_name, struct cases_axes_view *v);
/* With what officers keep among themselves, or without it. */
struct outcome cases_show_steps(struct scene *scene, const struct cases_case *c, bool is_inside,
                                const struct cases_step_view **steps, size_t *count);
struct outcome cases_show_answers(struct scene *scene, const struct cases_case *c,
                                  const struct cases_answer_view **made, size_t *count);
struct outcome cases_show_papers(struct scene *scene, const struct cases_case *c, bool is_office,
                                 const struct cases_paper_view **made, size_t *count);
struct outcome cases_show_letters(struct scene *scene, const struct cases_case *c, bool is_office,
                                  const struct cases_letter_view **made, size_t *count);
/* The questions of a table, with what was typed into `form` or else `answers` (or NULL). */
void cases_show_questions(struct request *request, const struct form *form,
                          const struct cases_flow *flow, const struct str *answers,
                          const struct cases_question_view **made, size_t *count);
struct outcome cases_show_districts(struct scene *scene, struct str chosen, struct str without,
                                    const struct choice **made, size_t *count);

/* With what was typed into whichever form between officers. */
const struct cases_closed_view *cases_show_closed(struct request *request, struct str reference);
/* NULL while the case is open to whoever asks.  Where the half hour ran out while somebody wrote,
 * `closed` keeps the words; else it refuses. */
struct outcome cases_show_look(struct request *request, const struct cases_case *c,
                               const struct cases_closed_view **closed);

extern const struct page cases_office_pages[], cases_letter_pages[], cases_task_pages[];
extern const struct page cases_sheet_pages[];

#endif
