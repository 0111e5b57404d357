/* record.h -- what a case of any service is, once its kind no longer matters.
 *
 * A service says in which phase its case is now; the record keeps the moments and adds up the
 * waits.  Rules only.
 */
#ifndef RECORD_H
#define RECORD_H

#include "platform/base.h"

enum record_phase {
    RECORD_WAITING,  /* in a queue for a person, live */
    RECORD_TALKING,  /* with a person */
    RECORD_WRITTEN,  /* left in writing, to be answered by due_at */
    RECORD_ANSWERED, /* answered in writing, not yet ended */
    RECORD_ENDED,
    RECORD_HALL, /* at a hall, with a number, until a window serves it */
    RECORD_PHASES
};
struct str record_phase_word(enum record_phase phase);
enum record_phase record_phase_of(struct str word);

/* What time does to a record; the rest of it is as the service says. */
struct record_times {
    enum record_phase phase;
    bool is_live, is_window; /* as it was asked: online and live, or at a hall; else in writing */
    moment phase_at, opened_at, served_at, talk_at, written_at, answered_at, ended_at, due_at;
    int64_t talks_count, wait_seconds, handle_seconds;
    int64_t talk_wait_seconds; /* waited before talk_at */
    bool is_late, is_abandoned, to_message;
};
/* A case that opens in `phase`. */
struct record_times record_open(enum record_phase phase, moment opened_at, moment due_at,
                                moment now);
/* The case is in `phase` at `now`, perhaps as before; `due_at` is the promise that stands. */
void record_move(struct record_times *times, enum record_phase phase, moment due_at, moment now);

/* What is counted: each happens to a case at a moment of its own, with an amount.
 *
 * opened      any case                      live       asked live
 * talk        a live talk began first       amount: seconds it waited for it
 * abandoned   left the queue for nothing    amount: seconds waited
 * to_message  asked live, left in writing   amount: seconds waited
 * written     became a written question
 * answered    first answered in writing     amount: seconds since it was left in writing
 * due         a promise fell due            late       and it was not kept
 * ended       is over
 * handled     is over and was a talk        amount: seconds of talk
 * rated       got stars                     amount: how many; then the four marks the same way */
#define RECORD_FIGURES(F)                                                                          \
    F(opened)                                                                                      \
    F(live)                                                                                        \
    F(talk) F(abandoned) F(to_message) F(written) F(answered) F(due) F(late) F(ended) F(handled)   \
        F(rated) F(patience) F(courtesy) F(efficiency) F(correctness)
#define RECORD_FIGURE(name) RECORD_##name,
enum record_figure { RECORD_FIGURES(RECORD_FIGURE) RECORD_FIGURES_COUNT };
struct str record_figure_word(enum record_figure figure);
bool record_figure_of(struct str word, enum record_figure *figure);

/* Cases that have something in common.  '' and 0 are no bound; team_chosen -1 are those of no
 * team.  `division` and `team_id` are what somebody may see, the chosen ones what is asked for. */
struct record_scope {
    struct str division, division_chosen;
    id team_id, team_chosen, consultant_id;
    struct str service, channel, field, profession;
};

#endif
