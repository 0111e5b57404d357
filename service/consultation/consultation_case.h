/* consultation_case.h -- one case as the acts and pages of this room load and save it.
 *
 * Only files of this folder include it. */
#ifndef CONSULTATION_CASE_H
#define CONSULTATION_CASE_H

#include "bureau/assignment/assignment_acts.h"
#include "bureau/ladder/ladder_acts.h"
#include "desk/notice/notice.h"
#include "gen/consultation_sql.h"
#include "service/consultation/consultation_acts.h"

struct consultation_case {
    struct consultation_find_case_row row;
    enum consultation_state state;
    enum consultation_side side; /* of the one who is asking */
    bool watches;                /* leads or supervises it, and is no party */
    bool from_above;             /* … only as the leader of a team above its own: looks in */
    bool is_part;                /* of `row` there is only what find_talk asks for */
    bool by_number_only; /* the resident proved its number but is not known to have asked: reads */
};

/* Opens the case of a reference for whoever is asking: its resident, its consultant, the leader
 * of its team or of one above, a supervisor of its district.  For anybody else there is no such
 * case. */
struct outcome case_open(struct scene *scene, struct str reference, struct consultation_case *c);
struct outcome case_of_id(struct scene *scene, id case_id, struct consultation_case *c);
/* The same for saying something in it, without reading the whole of it: what else is done then
 * begins with case_fill(). */
struct outcome case_open_talk(struct scene *scene, struct str reference,
                              struct consultation_case *c);
struct outcome case_fill(struct scene *scene, struct consultation_case *c);
/* The same, and refuses who is not of that side. */
struct outcome case_open_as(struct scene *scene, struct str reference, enum consultation_side side,
                            struct consultation_case *c);
/* For its resident, to change something: refuses who has it by its number only. */
struct outcome case_open_own(struct scene *scene, struct str reference,
                             struct consultation_case *c);
struct outcome case_may_change(const struct consultation_case *c);
/* Every change of state is saved here, and its record (bureau/record) with it. */
struct outcome case_save(struct scene *scene, const struct consultation_case *c);
struct outcome case_record(struct scene *scene, const struct consultation_case *c);
struct outcome case_step(struct consultation_case *c, enum consultation_step step);
/* Refuses a watcher from above: what changes a case is for its team's own leader and for the
 * supervisors of the place. */
struct outcome case_need_own(const struct consultation_case *c);
/* Refuses a watcher who has a conflict of interest in it; that they tried is in the journal by
 * `line`. */
struct outcome case_keep_away(struct scene *scene, const struct consultation_case *c,
                              const char *line);
/* The journal's line by which it last changed hands by somebody's decision; else its first. */
struct outcome case_given(struct scene *scene, id case_id, int64_t *given);

/* Adds a message numbered by this act's journal line. */
struct outcome case_say(struct scene *scene, struct consultation_case *c, struct str text,
                        id attachment_id, bool internal);
/* A line of the system's own in the conversation, in the case's language, with a journal line of
 * its own.  `text` is marked T(). */
struct outcome case_tell(struct scene *scene, struct consultation_case *c, const char *text,
                         struct str one);
/* consultation_index.c: it moves on, and what was said in it is found like all other lines of the
 * journal; of a long talk piece by piece. */
struct outcome case_index_said(struct scene *scene, const struct consultation_case *c);
extern const struct act consultation_index_more; /* by the clock */
/* consultation_end.c: what every end of a case has in common. */
struct outcome case_finish(struct scene *scene, struct consultation_case *c);
/* The language in which the resident of this case is spoken to by the system. */
enum language case_language(const struct consultation_case *c);

/* consultation_complain.c: the prepare() of what a consultant says looks for wording that somebody
 * should see (review_check_text), the act keeps what was found. */
struct outcome case_check_words(struct scene *scene, void *form);
struct outcome case_flag(struct scene *scene, const struct consultation_case *c, id seq,
                         struct str flagged);

/* consultation_dispatch.c */
/* Offers waiting cases to whoever is free, oldest first; called by every act that frees a place
 * or adds somebody, and by the clock as a safety net. */
struct outcome dispatch_drain(struct scene *scene, struct str profession);
/* How much everybody has in hand, and who could have this case. */
struct outcome dispatch_loads(struct scene *scene, bool is_written,
                              const struct assignment_load **loads, size_t *count);
struct outcome dispatch_floor(struct scene *scene, const struct consultation_case *c,
                              bool is_written, struct assignment_floor *floor);
/* Who would get it now; changes nothing.  `reach` bounds it to districts that may help now; NULL:
 * everybody in the city. */
struct dispatch_reach;
struct outcome dispatch_decide(struct scene *scene, const struct consultation_case *c,
                               bool is_written, struct assignment_floor *floor,
                               struct dispatch_reach *reach, struct assignment_decision *decision);
/* Offers one case to whoever fits now. */
struct outcome dispatch_offer(struct scene *scene, struct assignment_floor *floor,
                              struct dispatch_reach *reach, id case_id, bool *offered);
/* Gives a case that was offered back to the queue; one that was promised an answer in writing goes
 * back to that promise. */
struct outcome dispatch_take_back(struct scene *scene, struct consultation_case *c,
                                  const char *result, struct str reason);
/* Offers of somebody who goes away, or was found away, move on at once: nobody waits for an empty
 * chair. */
struct outcome dispatch_withdraw(struct scene *scene, id person_id);
/* Finds who answers a written question; leaves it to the team's leader when nobody fits. */
struct outcome dispatch_written(struct scene *scene, struct consultation_case *c);
/* Turns a case into a written question: due date, warnings, who answers; `told` is the message
 * the resident gets if there is a number. */
struct outcome dispatch_to_message(struct scene *scene, struct consultation_case *c,
                                   enum notice_template told);
/* Counts a provisional promise again, with the calendar there is now. */
struct outcome dispatch_recount(struct scene *scene, struct consultation_case *c);
struct outcome dispatch_ended(struct scene *scene, struct consultation_case *c);

/* consultation_overflow.c: the overflow ladder of bureau/ladder, as consultations use it. */
/* Opens the ladder's policy for one floor of a profession. */
struct outcome reach_open(struct scene *scene, struct dispatch_reach **reach);
/* Puts the rings of the floor's candidates for this case, and says how far it may go now. */
struct outcome reach_of(struct scene *scene, struct dispatch_reach *reach,
                        const struct consultation_case *c, struct assignment_floor *floor,
                        int32_t *furthest);
/* Where the ladder stands for residents of this division, by which policy, and how busy it is. */
struct overflow_stand {
    enum ladder_level level;
    struct ladder_policy policy;
};
struct outcome overflow_stand(struct scene *scene, struct str profession, struct str division,
                              struct overflow_stand *stand);
struct outcome overflow_level(struct scene *scene, struct str profession, struct str division,
                              enum ladder_level *level);
struct outcome overflow_load(struct scene *scene, struct str profession, struct str division,
                             struct ladder_load *load);
/* Inside an act that leaves a case waiting, or all that wait: their desks are looked at. */
struct outcome overflow_wake(struct scene *scene, const struct consultation_case *c);
struct outcome overflow_wake_waiting(struct scene *scene);
extern const struct act consultation_look; /* "ladder.look" */

/* consultation_again.c: written questions taken live again. */
/* The wishes that still count, else 0. */
struct outcome again_find(struct scene *scene, const struct consultation_case *c,
                          struct consultation_find_again_row *again);
/* Offers those whose residents wish it, if there is time; keeps the desk looked at while any do. */
struct outcome again_dispatch(struct scene *scene, const struct ladder_find_desk_by_id_row *desk,
                              enum ladder_level level, const struct ladder_load *load);

/* consultation_wait.c */
struct waiting_view_values {
    int64_t place, ahead, low_seconds, high_seconds; /* low < 0: nothing is said */
    bool is_crowded;                                 /* the ladder offers to leave it in writing */
};
struct outcome wait_of(struct scene *scene, const struct consultation_case *c,
                       struct waiting_view_values *wait);
struct outcome wait_measure(struct scene *scene, struct str profession);

#endif
