/* simulate_people.c -- what residents and consultants do, and when the server is killed.
 *
 * They see what the store says and nothing else: who was offered something reacts, who waits looks
 * at the clock.  Whoever acts while the server is down tries again when it is back. */
#include "main/simulate_inside.h"

enum {
    RETRY_SECONDS_MAX = 15,
    NOTICE_SECONDS_MIN = 20, /* until somebody sees that they were set away */
    NOTICE_SECONDS_MAX = 180
};

static bool is_waiting(const struct simulate_case *c)
{
    return c->exists && (c->state == CONSULTATION_WAITING || c->state == CONSULTATION_OFFERED);
}

/* ---- reactions to what has become so in the last step ---- */

static void react_to_offer(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    const struct simulate_plan *plan = s->plan;
    bool silent = simulate_happens(&s->consultants, plan->silent);
    bool declines = simulate_happens(&s->consultants, plan->decline);
    int64_t seconds = 0;

    if (plan->accept_seconds)
        seconds = 2 + (int64_t)simulate_exponential(&s->consultants, (double)plan->accept_seconds);
    if (silent || !s->people[c->consultant].here) return;
    simulate_at(s, s->now + seconds, declines ? HAPPENS_DECLINE : HAPPENS_ACCEPT, number, c->turn);
}

static int64_t talk_seconds(struct simulation *s)
{
    const struct simulate_plan *plan = s->plan;
    double seconds =
        plan->handling_sigma < 0
            ? simulate_exponential(&s->consultants, plan->handling_seconds)
            : simulate_lognormal(&s->consultants, plan->handling_seconds, plan->handling_sigma);

    return 1 + (int64_t)seconds;
}

static void react_to_message(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    double hours = simulate_lognormal(&s->consultants, 4, 1);

    if (c->asked_live && !c->wished_at && simulate_happens(&s->residents, s->plan->again))
        simulate_at(s, s->now + 60 + (int64_t)simulate_exponential(&s->residents, 900),
                    HAPPENS_WISH, number, c->turn);
    if (c->consultant == SIMULATE_NOBODY) return; /* the leader's, who is not simulated */
    simulate_at(s, s->now + (int64_t)(hours * SECONDS_PER_HOUR), HAPPENS_ANSWER, number, c->turn);
    if (!c->handed && simulate_happens(&s->handing, s->plan->handed))
        simulate_at(s, s->now + (int64_t)simulate_exponential(&s->handing, 15 * SECONDS_PER_MINUTE),
                    HAPPENS_HAND, number, c->turn);
}

static void react_to_case(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    bool again = c->seen_offers != c->offers;

    c->touched = false;
    if (c->state == CONSULTATION_OFFERED && again) react_to_offer(s, number);
    if (c->state == c->seen_state && !again) return;
    if (c->state == CONSULTATION_TALKING) {
        simulate_settle(s, c, true);
        if (c->seen_state != CONSULTATION_TALKING) s->result->talks++;
        simulate_at(s, s->now + talk_seconds(s), HAPPENS_CLOSE, number, c->turn);
    }
    if (c->state == CONSULTATION_MESSAGE) {
        simulate_settle(s, c, false);
        react_to_message(s, number);
    }
    if (c->state == CONSULTATION_CLOSED) simulate_settle(s, c, false);
    c->seen_state = c->state;
    c->seen_offers = c->offers;
    c->seen_consultant = c->consultant;
}

void simulate_react(struct simulation *s)
{
    /* Reactions only plan events; nothing is touched meanwhile. */
    for (int64_t i = 0; i < s->touched_count; i++) react_to_case(s, s->touched[i]);
    s->touched_count = 0;
}

/* ---- residents ---- */

/* A rule broken on purpose: as if the ladder stood at the top. */
static enum ladder_level level_of(const struct simulation *s, const struct simulate_case *c)
{
    return s->plan->broken == SIMULATE_PUSHED ? LADDER_MESSAGE
                                              : s->desks[c->profession][c->division].state.level;
}

static void look(struct simulation *s, int64_t number, bool joining)
{
    struct simulate_case *c = &s->cases[number];
    int64_t low = 0, high = 0;
    bool told;

    if (!is_waiting(c)) return;
    /* Wait, or leave a message: one in six takes the offer at a look. */
    if (!joining && !c->probe && !c->handed_on && !c->again && !s->plan->steady &&
        ladder_offers_choice(&s->plan->ladder, level_of(s, c)) &&
        simulate_happens(&s->residents, 1.0 / 6)) {
        s->result->took_choice++;
        c->pushed_at = s->now;
        s->result->left_in_writing++;
        s->result->went_without++;
        simulate_note(s, "case %lld: rather a message than a wait", (long long)number);
        simulate_do_leave(s, number);
        return;
    }
    if (c->state == CONSULTATION_WAITING && !c->handed_on) {
        told = simulate_do_tell(s, number, &low, &high);
        simulate_estimate(s, c, low, high, told, joining);
    }
    simulate_at(s, s->now + SIMULATE_LOOK_SECONDS, HAPPENS_LOOK, number, 0);
}

static void arrive(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    const struct simulate_plan *plan = s->plan;

    if (s->closed_count && simulate_happens(&s->residents, plan->returning))
        c->owner = s->cases[s->closed_cases[simulate_below(&s->residents, s->closed_count)]].owner;
    /* In writing first, unless one would rather wait: one in three would. */
    if (!c->by_choice && ladder_writes_first(&s->plan->ladder, level_of(s, c)) && !c->probe &&
        !s->plan->steady && simulate_happens(&s->residents, 2.0 / 3)) {
        c->by_choice = true;
        c->pushed_at = s->now;
    }
    c->asked_live = !c->by_choice || c->pushed_at;
    simulate_note(s, "case %lld is asked: field %d, profession %d, language %s, priority %lld%s",
                  (long long)number, c->field, c->profession, simulate_languages[c->language],
                  (long long)c->priority, c->by_choice ? ", in writing" : "");
    simulate_do_ask(s, number);
    if (!c->exists) return;
    s->result->asked++;
    if (!is_waiting(c)) {
        s->result->written++;
        return;
    }
    s->result->live++;
    look(s, number, true);
    if (plan->patience_seconds > 0 && !c->probe)
        simulate_at(
            s, s->now + 1 + (int64_t)simulate_exponential(&s->residents, plan->patience_seconds),
            HAPPENS_LEAVE, number, 0);
}

static void lose_patience(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    bool writes = !s->plan->steady && simulate_happens(&s->residents, 0.6);

    if (!is_waiting(c) || c->handed_on || c->again) return;
    s->result->went_without++;
    if (writes) {
        s->result->left_in_writing++;
        simulate_note(s, "case %lld is left in writing", (long long)number);
        simulate_do_leave(s, number);
        return;
    }
    s->result->gone++;
    c->gone = true;
    simulate_note(s, "case %lld: the resident goes", (long long)number);
    simulate_do_go(s, number);
}

/* ---- consultants ---- */

static void take_offer(struct simulation *s, const struct simulate_event *event)
{
    struct simulate_case *c = &s->cases[event->which];

    if (s->plan->broken == SIMULATE_LATE_ACCEPT && c->turn != event->turn &&
        event->what == HAPPENS_ACCEPT) {
        simulate_do_accept(s, event->which);
        return;
    }
    if (c->state != CONSULTATION_OFFERED || c->turn != event->turn) return;
    if (!s->people[c->consultant].here) return;
    simulate_note(s, "%lld %s case %lld", (long long)c->consultant,
                  event->what == HAPPENS_ACCEPT ? "accepts" : "declines", (long long)event->which);
    if (event->what == HAPPENS_ACCEPT) {
        simulate_do_accept(s, event->which);
        return;
    }
    s->result->declined++;
    simulate_do_decline(s, event->which);
}

static void leave_desk(struct simulate_person *p)
{
    if (p->leaving && p->held == 0) p->here = false;
}

static void end_talk(struct simulation *s, const struct simulate_event *event)
{
    struct simulate_case *c = &s->cases[event->which];
    struct simulate_person *p;
    bool hands_on = !s->plan->steady && simulate_happens(&s->consultants, 0.01);

    if (c->state != CONSULTATION_TALKING || c->turn != event->turn) return;
    p = &s->people[c->consultant];
    if (!p->here) return; /* goes on when they are back */
    simulate_note(s, "%lld %s case %lld", (long long)c->consultant,
                  hands_on ? "hands on" : "closes", (long long)event->which);
    p->seen_at = simulate_seen(s, p);
    if (hands_on) {
        simulate_do_transfer(s, event->which);
    } else {
        simulate_do_close(s, event->which);
        s->result->closed++;
        s->closed_cases[s->closed_count++] = event->which;
    }
    leave_desk(p);
}

static void answer(struct simulation *s, const struct simulate_event *event)
{
    struct simulate_case *c = &s->cases[event->which];

    if (c->state != CONSULTATION_MESSAGE || c->turn != event->turn) return;
    simulate_note(s, "%lld answers case %lld", (long long)c->consultant, (long long)event->which);
    simulate_do_answer(s, event->which);
    s->result->answered++;
    if (simulate_happens(&s->residents, s->plan->more))
        simulate_at(s, s->now + 10 * SECONDS_PER_MINUTE, HAPPENS_MORE, event->which, c->turn);
}

static void ask_more(struct simulation *s, const struct simulate_event *event)
{
    const struct simulate_case *c = &s->cases[event->which];

    if (c->state != CONSULTATION_ANSWERED || c->turn != event->turn) return;
    simulate_note(s, "case %lld: the resident asks more", (long long)event->which);
    simulate_do_more(s, event->which);
}

static void wish(struct simulation *s, const struct simulate_event *event)
{
    const struct simulate_case *c = &s->cases[event->which];

    if (c->state != CONSULTATION_MESSAGE) return; /* whoever is to answer it meanwhile */
    simulate_note(s, "case %lld would rather talk, if there is time", (long long)event->which);
    simulate_wish(s, event->which);
}

/* What was handed over: void once anything else has become of it. */
static void move_handed(struct simulation *s, const struct simulate_event *event)
{
    const struct simulate_case *c = &s->cases[event->which];

    if (c->state != CONSULTATION_MESSAGE || c->turn != event->turn) return;
    switch (event->what) {
    case HAPPENS_HAND: simulate_do_hand(s, event->which); return;
    case HAPPENS_TAKE_UP: simulate_do_take_up(s, event->which); return;
    case HAPPENS_PLACE: simulate_do_place(s, event->which); return;
    case HAPPENS_HANDED_OVER: simulate_do_handed_over(s, event->which); return;
    default: simulate_do_give(s, event->which); return;
    }
}

static void come(struct simulation *s, int64_t person)
{
    struct simulate_person *p = &s->people[person];
    bool was_here = p->here;

    p->expected = false;
    if (p->leaving) return;
    if (!was_here) p->here_since = s->now;
    p->here = true;
    simulate_note(s, "%lld comes on line", (long long)person);
    simulate_do_presence(s, person, true);
    p->turn++;
    if (s->plan->vanish > 0)
        simulate_at(s,
                    s->now + (int64_t)simulate_exponential(&s->consultants,
                                                           SECONDS_PER_HOUR / s->plan->vanish),
                    HAPPENS_VANISH, person, p->turn);
    if (s->plan->real)
        simulate_at(s, s->now + SIMULATE_BEAT_SECONDS, HAPPENS_BEAT, person, p->turn);
    for (int64_t i = 0; i < p->held && !was_here; i++) {
        int64_t number = p->held_cases[i];

        if (s->cases[number].state == CONSULTATION_TALKING)
            simulate_at(s, s->now + talk_seconds(s), HAPPENS_CLOSE, number, s->cases[number].turn);
    }
}

static void go(struct simulation *s, int64_t person)
{
    struct simulate_person *p = &s->people[person];

    p->leaving = true;
    if (!p->here) return;
    simulate_note(s, "%lld goes off duty", (long long)person);
    p->seen_at = simulate_seen(s, p);
    simulate_do_presence(s, person, false);
    leave_desk(p);
}

/* The connection is gone, or its owner: nobody says so. */
static void vanish(struct simulation *s, int64_t person, int64_t turn)
{
    struct simulate_person *p = &s->people[person];

    if (!p->here || p->turn != turn) return;
    simulate_note(s, "%lld falls silent", (long long)person);
    p->seen_at = simulate_seen(s, p);
    p->here = false;
    simulate_at(s, s->now + 5 + (int64_t)simulate_exponential(&s->consultants, 420), HAPPENS_BACK,
                person, turn);
}

static void come_back(struct simulation *s, int64_t person)
{
    struct simulate_person *p = &s->people[person];

    if (!p->leaving || p->held == 0) {
        come(s, person);
        return;
    }
    p->here = true; /* only to finish what is open */
    p->here_since = p->seen_at = s->now;
    p->turn++;
    simulate_real_is(s, person, "");
    if (s->plan->real)
        simulate_at(s, s->now + SIMULATE_BEAT_SECONDS, HAPPENS_BEAT, person, p->turn);
    for (int64_t i = 0; i < p->held; i++)
        simulate_at(s, s->now + talk_seconds(s), HAPPENS_CLOSE, p->held_cases[i],
                    s->cases[p->held_cases[i]].turn);
}

/* Whoever sits there and sees that they are away presses the button again. */
static void notice(struct simulation *s)
{
    for (int64_t i = 0; i < s->people_count; i++) {
        struct simulate_person *p = &s->people[i];

        if (!p->here || p->on_line || p->leaving || p->expected) continue;
        p->expected = true;
        simulate_at(
            s, s->now + simulate_between(&s->consultants, NOTICE_SECONDS_MIN, NOTICE_SECONDS_MAX),
            HAPPENS_COME, i, 0);
    }
}

/* ---- the server ---- */

static void kill_server(struct simulation *s)
{
    if (simulate_is_down(s)) return;
    s->result->restarts++;
    if (s->plan->real) simulate_real_kill(s);
    s->is_down = true;
    s->down_from = s->now;
    s->down_until =
        s->now + (simulate_happens(&s->faults, 0.2) ? simulate_between(&s->faults, 60, 900)
                                                    : simulate_between(&s->faults, 1, 20));
    simulate_note(s, "the server is killed; it is back in %lld s",
                  (long long)(s->down_until - s->now));
    simulate_at(s, s->down_until, HAPPENS_START, 0, 0);
}

/* While it is down nothing can be done; people try again a little later. */
static bool is_put_off(struct simulation *s, const struct simulate_event *event)
{
    bool by_clock = event->what == HAPPENS_OFFER_OVER || event->what == HAPPENS_SWEEP ||
                    event->what == HAPPENS_LADDER || event->what == HAPPENS_HANDED_OVER;
    moment again =
        s->down_until + (by_clock ? 0 : simulate_between(&s->faults, 1, RETRY_SECONDS_MAX));

    if (!simulate_is_down(s)) return false;
    if (event->what == HAPPENS_KILL || event->what == HAPPENS_VANISH) return false;
    if (!by_clock) s->result->lost_acts++;
    simulate_at(s, again, event->what, event->which, event->turn);
    return true;
}

static void sweep(struct simulation *s)
{
    s->sweeps++;
    simulate_do_sweep(s);
    notice(s);
    /* With a store, the clock looks each second, and the sweep is one of its rows. */
    simulate_at(s, s->now + (s->plan->real ? 1 : SIMULATE_SWEEP_SECONDS), HAPPENS_SWEEP, 0, 0);
}

static void beat(struct simulation *s, const struct simulate_event *event)
{
    const struct simulate_person *p = &s->people[event->which];

    if (!p->here || p->turn != event->turn) return;
    simulate_real_is(s, event->which, "");
    simulate_at(s, s->now + SIMULATE_BEAT_SECONDS, HAPPENS_BEAT, event->which, event->turn);
}

static void offer_over(struct simulation *s, const struct simulate_event *event)
{
    const struct simulate_case *c = &s->cases[event->which];

    if (c->state == CONSULTATION_OFFERED && c->turn == event->turn)
        simulate_do_offer_over(s, event->which);
}

void simulate_happen(struct simulation *s, const struct simulate_event *event)
{
    if (event->what != HAPPENS_START && is_put_off(s, event)) return;
    switch (event->what) {
    case HAPPENS_ARRIVE: arrive(s, event->which); return;
    case HAPPENS_LOOK: look(s, event->which, false); return;
    case HAPPENS_LEAVE: lose_patience(s, event->which); return;
    case HAPPENS_ACCEPT:
    case HAPPENS_DECLINE: take_offer(s, event); return;
    case HAPPENS_OFFER_OVER: offer_over(s, event); return;
    case HAPPENS_TRANSFER:
    case HAPPENS_SEND_BACK:
    case HAPPENS_CLOSE_OWN: return; /* only said to a store */
    case HAPPENS_CLOSE: end_talk(s, event); return;
    case HAPPENS_ANSWER: answer(s, event); return;
    case HAPPENS_MORE: ask_more(s, event); return;
    case HAPPENS_COME: come(s, event->which); return;
    case HAPPENS_GO: go(s, event->which); return;
    case HAPPENS_VANISH: vanish(s, event->which, event->turn); return;
    case HAPPENS_BACK: come_back(s, event->which); return;
    case HAPPENS_BEAT: beat(s, event); return;
    case HAPPENS_SWEEP: sweep(s); return;
    case HAPPENS_LADDER: simulate_do_ladder(s); return;
    case HAPPENS_WISH: wish(s, event); return;
    case HAPPENS_HAND:
    case HAPPENS_TAKE_UP:
    case HAPPENS_PLACE:
    case HAPPENS_HANDED_OVER:
    case HAPPENS_GIVE: move_handed(s, event); return;
    case HAPPENS_KILL: kill_server(s); return;
    case HAPPENS_START:
        s->is_down = false;
        simulate_note(s, "the server is back");
        simulate_do_restart(s);
        return;
    }
}
