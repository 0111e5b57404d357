/* simulate_handed.c -- questions given to a team or a district as such, in memory: the sender, the
 * body that takes them up or does not, and the clock.
 *
 * Which step is possible and how long a body has are consultation.h's.  Chance here has a stream of
 * its own. */
#include "main/simulate_inside.h"

enum { TAKE_UP_SECONDS = 20 * SECONDS_PER_MINUTE, PLACE_SECONDS = 5 * SECONDS_PER_MINUTE };

static moment later(struct simulation *s, double mean)
{
    return s->now + 1 + (int64_t)simulate_exponential(&s->handing, mean);
}

/* False, and nothing is changed, where the rule says no. */
static bool step(struct simulation *s, int64_t number, enum consultation_handed_step step)
{
    struct simulate_case *c = &s->cases[number];

    if (!consultation_handed_next(&c->handed, step)) return false;
    c->turn++;
    simulate_touch(s, number);
    return true;
}

bool simulate_is_of_body(const struct simulation *s, const struct simulate_case *c, int64_t person)
{
    const struct simulate_person *p = &s->people[person];

    return c->handed_team != SIMULATE_NOBODY ? p->team == c->handed_team
                                             : p->division == c->handed_division;
}

bool simulate_is_bounded(const struct simulate_case *c)
{
    return c->handed && !consultation_handed_sleeps(c->handed);
}

/* As consultation_dispatch.c bounds a floor that serves the next case too. */
void simulate_bound(const struct simulation *s, const struct simulate_case *c,
                    struct simulate_floor *floor)
{
    bool is_bounded = simulate_is_bounded(c) && s->plan->broken != SIMULATE_HANDED_LIVE_OUTSIDE;

    if (!is_bounded && !floor->is_bounded) return;
    floor->is_bounded = is_bounded;
    for (int64_t i = 0; i < floor->count; i++)
        floor->candidates[i].outside = is_bounded && !simulate_is_of_body(s, c, floor->people[i]);
}

/* One where somebody of the profession is, or any at all. */
static void choose_body(struct simulation *s, struct simulate_case *c)
{
    int64_t person = simulate_below(&s->handing, s->people_count);
    const struct simulate_person *p = &s->people[person];

    c->handed_team = SIMULATE_NOBODY;
    c->handed_division = (int)simulate_below(&s->handing, s->plan->districts);
    if (simulate_happens(&s->handing, 0.5))
        c->handed_team = p->team;
    else if (p->division != SIMULATE_CITY && simulate_happens(&s->handing, 0.7))
        c->handed_division = p->division;
}

static void note_handed(struct simulation *s, int64_t number, int64_t by)
{
    const struct simulate_case *c = &s->cases[number];

    simulate_note(s, "%lld hands case %lld to %s %d", (long long)by, (long long)number,
                  c->handed_team != SIMULATE_NOBODY ? "team" : "district",
                  c->handed_team != SIMULATE_NOBODY ? c->handed_team : c->handed_division);
    s->result->handed++;
}

/* False in a store that refuses: it is there already. */
static bool hand_over(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    int64_t by = c->consultant;

    choose_body(s, c);
    if (simulate_real_does(s, HAPPENS_HAND, number)) {
        if (c->handed != CONSULTATION_HANDED_WAITS) return false;
        note_handed(s, number, by);
        return true;
    }
    c->handed = CONSULTATION_HANDED_WAITS;
    c->handed_from = s->people[by].team;
    note_handed(s, number, by);
    if (s->plan->broken != SIMULATE_HANDED_TWICE) simulate_pass_on(s, number);
    simulate_forget_wish(s, number);
    c->turn++;
    simulate_touch(s, number);
    c->handed_at = s->now;
    c->accept_by = consultation_accept_by(&s->desk, s->now, c->due_at, s->plan->take_up_percent,
                                          s->plan->take_up_seconds);
    simulate_at(s, c->accept_by, HAPPENS_HANDED_OVER, number, c->turn);
    return true;
}

/* By whoever has it. */
void simulate_do_hand(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];

    if (c->consultant == SIMULATE_NOBODY || c->handed || !hand_over(s, number)) return;
    if (simulate_happens(&s->handing, 0.8))
        simulate_at(s, later(s, TAKE_UP_SECONDS), HAPPENS_TAKE_UP, number, c->turn);
}

/* It is with the sender's layer, who finds somebody. */
static void come_back(struct simulation *s, int64_t number)
{
    simulate_at(s, later(s, TAKE_UP_SECONDS), HAPPENS_GIVE, number, s->cases[number].turn);
}

static void send_back(struct simulation *s, int64_t number)
{
    bool done = simulate_real_does(s, HAPPENS_SEND_BACK, number)
                    ? s->cases[number].handed == CONSULTATION_HANDED_RETURNED
                    : step(s, number, CONSULTATION_SEND_BACK);

    if (!done) return;
    s->result->handed_back++;
    simulate_note(s, "case %lld is sent back", (long long)number);
    come_back(s, number);
}

/* The body's leader looks at it: takes it up, or sends it back. */
void simulate_do_take_up(struct simulation *s, int64_t number)
{
    bool done;

    if (simulate_happens(&s->handing, 0.2)) {
        send_back(s, number);
        return;
    }
    done = simulate_real_does(s, HAPPENS_TAKE_UP, number)
               ? s->cases[number].handed == CONSULTATION_HANDED_ACCEPTED
               : step(s, number, CONSULTATION_TAKE_UP);
    if (!done) return;
    s->result->taken_up++;
    simulate_note(s, "case %lld is taken up", (long long)number);
    simulate_at(s, later(s, PLACE_SECONDS), HAPPENS_PLACE, number, s->cases[number].turn);
}

static void plan_answer(struct simulation *s, int64_t number)
{
    double hours = simulate_lognormal(&s->handing, 4, 1);

    simulate_at(s, s->now + (int64_t)(hours * SECONDS_PER_HOUR), HAPPENS_ANSWER, number,
                s->cases[number].turn);
}

/* To whoever of its people fits best; to nobody else. */
void simulate_do_place(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];

    if (c->handed != CONSULTATION_HANDED_ACCEPTED) return;
    if (!simulate_real_does(s, HAPPENS_PLACE, number)) simulate_to_message(s, number);
    if (c->consultant == SIMULATE_NOBODY) {
        send_back(s, number);
        return;
    }
    simulate_note(s, "case %lld is given to %lld of the body", (long long)number,
                  (long long)c->consultant);
    plan_answer(s, number);
    /* Whoever reads that somebody has it now may rather talk. */
    if (simulate_happens(&s->handing, s->plan->again))
        simulate_at(s, later(s, TAKE_UP_SECONDS), HAPPENS_WISH, number, c->turn);
}

/* A question that is asked further: whoever has it has it still, or its body looks again. */
void simulate_handed_moved(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    bool is_free = c->consultant == SIMULATE_NOBODY;

    if (!c->handed) return;
    if (!step(s, number, is_free ? CONSULTATION_NOBODY_HAS : CONSULTATION_SOMEBODY)) return;
    if (is_free) simulate_at(s, later(s, PLACE_SECONDS), HAPPENS_PLACE, number, c->turn);
}

/* Nobody took it up: the clock gave it back. */
void simulate_handed_lapsed(struct simulation *s, int64_t number)
{
    s->result->handed_lapsed++;
    simulate_note(s, "nobody took case %lld up: it comes back", (long long)number);
    come_back(s, number);
}

void simulate_do_handed_over(struct simulation *s, int64_t number)
{
    if (s->plan->broken == SIMULATE_HANDED_FORGOTTEN) return;
    if (step(s, number, CONSULTATION_RUN_OUT)) simulate_handed_lapsed(s, number);
}

/* False, and nothing is changed, when nobody was found. */
static bool give(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    enum consultation_handed before = c->handed;

    if (simulate_real_does(s, HAPPENS_GIVE, number)) return c->consultant != SIMULATE_NOBODY;
    if (!step(s, number, CONSULTATION_SOMEBODY)) return true;
    simulate_to_message(s, number);
    if (c->consultant == SIMULATE_NOBODY) c->handed = before;
    return c->consultant != SIMULATE_NOBODY;
}

/* The sender's layer gives it to somebody by the rules, or goes on looking. */
void simulate_do_give(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];

    if (!consultation_handed_sleeps(c->handed)) return;
    if (!give(s, number)) {
        simulate_at(s, s->now + SECONDS_PER_HOUR, HAPPENS_GIVE, number, c->turn);
        return;
    }
    simulate_note(s, "case %lld, which came back, is given to %lld", (long long)number,
                  (long long)c->consultant);
    plan_answer(s, number);
}
