/* simulate_check_handed.c -- what must hold of questions given to a team or a district as such.
 *
 *  (16) ownerless  It is with one of the body's people, with the body that is to take it up or has
 *                  done so, or with the layer that sent it; a body that does not take it up in its
 *                  time does not have it any longer.
 *  (17) twice      It is with one of these only: nobody has it in hand while a body has it too.
 *  (18) outside    Whoever has it after a body took it up is of that body, live too: whoever wished
 *                  to talk meanwhile is offered to its people alone, and waits for nobody else.
 *
 * Owners are counted from what is kept of the case, by moments; the table of steps is not asked. */
#include "main/simulate_inside.h"

enum { GRACE_SECONDS = 3 * SIMULATE_SWEEP_SECONDS };

static bool is_past(const struct simulation *s, moment at)
{
    if (simulate_is_down(s)) return false;
    return s->now > (at > s->down_until ? at : s->down_until) + GRACE_SECONDS;
}

static void check_body(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    bool is_somewhere = c->handed_team != SIMULATE_NOBODY ? c->handed_team < SIMULATE_TEAMS
                                                          : c->handed_division >= 0;

    if (!is_somewhere || c->accept_by < c->handed_at + s->plan->take_up_seconds)
        simulate_broke(s, "ownerless", "case %lld is with no body, or for no time",
                       (long long)number);
    if (is_past(s, c->accept_by))
        simulate_broke(s, "ownerless",
                       "case %lld still waits with a body that had %lld s to take it up",
                       (long long)number, (long long)(c->accept_by - c->handed_at));
}

void simulate_check_handed(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    bool has_one = c->consultant != SIMULATE_NOBODY;
    bool waits = c->handed == CONSULTATION_HANDED_WAITS;
    bool is_placed = c->handed == CONSULTATION_HANDED_PLACED;
    bool is_live = c->state == CONSULTATION_WAITING || c->state == CONSULTATION_OFFERED ||
                   c->state == CONSULTATION_TALKING;
    int owners = has_one + !is_placed + (c->state == CONSULTATION_WAITING);

    if (!c->handed || c->state == CONSULTATION_CLOSED || c->state == CONSULTATION_ANSWERED) return;
    if ((is_live && !is_placed) || owners > 1)
        simulate_broke(s, "twice",
                       "case %lld, %.*s, is with %lld and %.*s with a body or its sender",
                       (long long)number, STR_ARGS(consultation_state_word(c->state)),
                       (long long)c->consultant, STR_ARGS(consultation_handed_word(c->handed)));
    if (owners < 1 || c->handed_from < 0 || c->handed_from >= SIMULATE_TEAMS)
        simulate_broke(s, "ownerless", "case %lld, handed over, is with nobody", (long long)number);
    if (waits) check_body(s, number);
    if (is_placed && has_one && !simulate_is_of_body(s, c, c->consultant))
        simulate_broke(s, "outside", "case %lld is with %lld, who is not of the body",
                       (long long)number, (long long)c->consultant);
}
