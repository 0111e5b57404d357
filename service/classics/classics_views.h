/* classics_views.h -- forms and views of the ten best cases. */
#ifndef CLASSICS_VIEWS_H
#define CLASSICS_VIEWS_H

#include "gen/classics_sql.h"
#include "platform/page.h"
#include "service/classics/classics_acts.h"

/* ---- forms ---- */

#define CLASSICS_LIST_FORM(F) F(number, before, OPTIONAL, 1, INT64_MAX, "", "")
FORM_STRUCT(classics_list, CLASSICS_LIST_FORM)

#define CLASSICS_ROUND_FORM(F) F(number, round, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(classics_round, CLASSICS_ROUND_FORM)

/* ---- views ---- */

#define CLASSICS_HEAD_VIEW(V)                                                                      \
    V(api, ident, round, _)                                                                        \
    V(api, text, title, _)                                                                         \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, phase, _) /* collecting, voting, counting, over */                                \
    V(page, text, phase_name, _)                                                                   \
    V(page, text, phase_css, _)                                                                    \
    V(api, time, vote_from, _)                                                                     \
    V(api, time, vote_until, _)                                                                    \
    V(page, time, last_day, _)
VIEW_STRUCT(classics_head, CLASSICS_HEAD_VIEW)

/* GET /classics */
#define CLASSICS_LIST_VIEW(V)                                                                      \
    V(api, list, rounds, classics_head)                                                            \
    V(api, ident, next, _)
VIEW_STRUCT(classics_list, CLASSICS_LIST_VIEW)

#define CLASSICS_CASE_VIEW(V)                                                                      \
    V(api, ident, entry, _)                                                                        \
    V(api, text, title, _)                                                                         \
    V(api, text, question, _)                                                                      \
    V(api, text, url, _)                                                                           \
    V(page, text, field_name, _)                                                                   \
    V(api, number, place, _) /* 0 before it is counted */                                          \
    V(api, number, votes, _) /* 0 before it is counted */                                          \
    V(api, flag, is_chosen, _)
VIEW_STRUCT(classics_case, CLASSICS_CASE_VIEW)

/* GET /classics/{round} */
#define CLASSICS_ROUND_VIEW(V)                                                                     \
    V(api, part, head, classics_head)                                                              \
    V(api, list, cases, classics_case)                                                             \
    V(api, number, votes, _) /* all of them; 0 before they are counted */                          \
    V(page, flag, is_voting, _)                                                                    \
    V(page, flag, is_over, _)                                                                      \
    V(page, flag, may_vote, _)                                                                     \
    V(page, flag, has_voted, _)
VIEW_STRUCT(classics_round, CLASSICS_ROUND_VIEW)

#define CLASSICS_NOMINATION_VIEW(V)                                                                \
    V(api, ident, round, _)                                                                        \
    V(api, ident, entry, _)                                                                        \
    V(api, text, title, _)                                                                         \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(api, text, why, _)                                                                           \
    V(api, text, by, _)                                                                            \
    V(api, maybe, reason, _)                                                                       \
    V(api, maybe, screened_by, _)                                                                  \
    V(api, flag, is_public, _) /* false: not to be read any more, so nobody sees it */             \
    V(page, flag, may_screen, _)
VIEW_STRUCT(classics_nomination, CLASSICS_NOMINATION_VIEW)

/* GET /board/classics */
#define CLASSICS_BOARD_VIEW(V)                                                                     \
    V(api, list, rounds, classics_head)                                                            \
    V(api, ident, next, _)                                                                         \
    V(page, flag, may_open, _)
VIEW_STRUCT(classics_board, CLASSICS_BOARD_VIEW)

/* GET /board/classics/{round} */
#define CLASSICS_DESK_VIEW(V)                                                                      \
    V(api, part, head, classics_head)                                                              \
    V(api, list, nominations, classics_nomination)                                                 \
    V(page, choices, entries, _)                                                                   \
    V(page, text, first_day, _)                                                                    \
    V(page, text, last_day, _)                                                                     \
    V(page, text, title, _)                                                                        \
    V(page, flag, may_nominate, _)                                                                 \
    V(page, flag, may_plan, _)
VIEW_STRUCT(classics_desk, CLASSICS_DESK_VIEW)

/* ---- between the files of this room ---- */

/* Two places of which one lies in the other, or both are one. */
bool classics_overlap(struct str a, struct str b);
/* How far whoever asks reaches as an editor or a leader; refuses a round of another place. */
struct outcome classics_open_round(struct scene *scene, id round_id,
                                   struct classics_find_round_row *row);
enum classics_phase classics_phase_of(struct scene *scene,
                                      const struct classics_find_round_row *row);
/* Refuses who may not vote here; "" for who has no vote at all. */
struct str classics_voter(struct scene *scene, id round_id);
bool classics_may_screen(struct scene *scene, struct str division, id nominated_by);

extern const struct page classics_board_pages[];

#endif
