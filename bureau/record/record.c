/* record.c -- the rules of a record.
 *
 *  (1) A wait is counted when it is over; all waits for a live talk are added up, so a case that
 *      was handed on twice has three.
 *  (2) Moments of firsts (served, talked, written, answered, ended) never move again: a figure of
 *      a past period stays what it was.
 *  (3) A broken promise stays broken.
 *  (4) Abandoned is a case that was asked live and ended with neither a talk nor a message.
 *  (5) The wait for the first talk is what the case waited for it: what lies in writing and is
 *      taken up again live does not wait meanwhile.
 *  (6) A case of a hall counts by itself: its waits are for a window, and no figure of the live
 *      desk knows of them.
 *  (7) A case that was asked otherwise and comes to a hall later counts as it was asked; while it
 * is at the hall it waits for no live talk.
 */
#include "bureau/record/record.h"

static const char *const phases[RECORD_PHASES] = {
    [RECORD_WAITING] = "waiting",   [RECORD_TALKING] = "talking", [RECORD_WRITTEN] = "written",
    [RECORD_ANSWERED] = "answered", [RECORD_ENDED] = "ended",     [RECORD_HALL] = "hall",
};

struct str record_phase_word(enum record_phase phase)
{
    return str_of(phases[phase]);
}

enum record_phase record_phase_of(struct str word)
{
    int phase = 0;

    while (phase < RECORD_PHASES && !str_same(str_of(phases[phase]), word)) phase++;
    assert(phase < RECORD_PHASES); /* only we write this column */
    return (enum record_phase)phase;
}

#define RECORD_WORD(name) #name,
static const char *const figures[RECORD_FIGURES_COUNT] = {RECORD_FIGURES(RECORD_WORD)};

struct str record_figure_word(enum record_figure figure)
{
    return str_of(figures[figure]);
}

bool record_figure_of(struct str word, enum record_figure *figure)
{
    for (int i = 0; i < RECORD_FIGURES_COUNT; i++) {
        if (!str_same(str_of(figures[i]), word)) continue;
        *figure = (enum record_figure)i;
        return true;
    }
    return false;
}

static void enter(struct record_times *times, moment now)
{
    switch (times->phase) {
    case RECORD_TALKING:
        times->talks_count++;
        if (!times->served_at) times->served_at = now;
        if (times->talk_at) break;
        times->talk_at = now;
        times->talk_wait_seconds = times->wait_seconds;
        break;
    case RECORD_WRITTEN:
        if (!times->written_at) times->written_at = now;
        times->to_message = times->is_live;
        break;
    case RECORD_ANSWERED:
        if (!times->served_at) times->served_at = now;
        if (!times->answered_at) times->answered_at = now;
        break;
    case RECORD_ENDED:
        times->ended_at = now;
        times->is_abandoned = times->is_live && !times->talks_count && !times->to_message;
        break;
    default: break;
    }
}

struct record_times record_open(enum record_phase phase, moment opened_at, moment due_at,
                                moment now)
{
    struct record_times times = {
        .phase = phase,
        .is_live = phase == RECORD_WAITING || phase == RECORD_TALKING,
        .is_window = phase == RECORD_HALL,
        .phase_at = now,
        .opened_at = opened_at,
        .due_at = due_at,
    };

    enter(&times, now);
    return times;
}

void record_move(struct record_times *times, enum record_phase phase, moment due_at, moment now)
{
    bool is_promised = times->phase != RECORD_ANSWERED && times->phase != RECORD_ENDED;
    bool is_moved = phase == times->phase && due_at != times->due_at;

    /* Until it is answered or ended the promise that stood is the one that counts, also at the end
     * of a talk that was taken in between. */
    if (is_promised && times->due_at && now >= times->due_at && !is_moved) times->is_late = true;
    times->due_at = due_at;
    if (times->phase == phase) return;
    if (times->phase == RECORD_WAITING || (times->phase == RECORD_HALL && times->is_window))
        times->wait_seconds += now - times->phase_at;
    if (times->phase == RECORD_TALKING) times->handle_seconds += now - times->phase_at;
    times->phase = phase;
    times->phase_at = now;
    enter(times, now);
}
