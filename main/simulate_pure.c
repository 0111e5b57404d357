/* simulate_pure.c -- what the acts do, in memory: the rules decide, this only keeps the books.
 *
 * Choice and order are assignment.h's, steps, pace and wait consultation.h's, the promise is
 * calendar.h's.  What an act
 * reads by a query is read from the arrays here, within the same limits. */
#include <stdlib.h>
#include <string.h>

#include "main/simulate_inside.h"

enum {
    LOOKS_AT_ONCE_MAX = 500, /* as consultation_dispatch.c */
    DEEP = 600,              /* behind so many two rules are broken on purpose */
    STOOD_SECONDS = 30,      /* as consultation_watch.c */
    DESERTED_AT_ONCE_MAX = 5 /* as SCENE_LINES_MAX allows consultation_watch.c */
};

static const struct consultation_policy *const policy = &consultation_policy_default;

/* ---- who gets it ---- */

/* Whoever missed an offer and has come on line again since may have it after all. */
bool simulate_counts(const struct simulation *s, const struct simulate_missed *missed)
{
    const struct simulate_person *p = &s->people[missed->person];

    return !(missed->by_silence && p->on_line && p->from_at >= missed->at);
}

static bool had_it(const struct simulation *s, const struct simulate_case *c, int64_t person)
{
    for (int64_t i = c->missed; i != SIMULATE_NOBODY; i = s->missed[i].next) {
        if (s->missed[i].person == person && simulate_counts(s, &s->missed[i])) return true;
    }
    return false;
}

static void add_missed(struct simulation *s, struct simulate_case *c, int64_t person,
                       bool by_silence)
{
    if (had_it(s, c, person)) return;
    if (s->missed_count == s->missed_max) {
        size_t size = (size_t)s->missed_max * sizeof *s->missed;

        s->missed = s->missed_max ? arena_grow(s->arena, s->missed, size, size * 2)
                                  : arena_bytes(s->arena, 256 * sizeof *s->missed);
        s->missed_max = s->missed_max ? s->missed_max * 2 : 256;
    }
    s->missed[s->missed_count] = (struct simulate_missed){person, c->missed, s->now, by_silence};
    c->missed = s->missed_count++;
}

enum { HAD_IT_MAX = 256 }; /* as assignment.list_had_it */

/* By what is known of whoever was asked for by name, free or not. */
static bool is_vain(const struct simulation *s, const struct simulate_case *c,
                    const struct assignment_request *request, const struct simulate_floor *floor)
{
    const struct simulate_person *p;

    if (request->is_written || c->wants == SIMULATE_NOBODY)
        return assignment_wish_is_vain(request, floor->candidates, (size_t)floor->count);
    p = &s->people[c->wants];
    if (!p->on_line || p->profession != c->profession)
        return assignment_wish_is_vain(request, NULL, 0);
    return assignment_wish_is_vain(request, &floor->candidates[p->floor_place], 1);
}

static struct assignment_choice decide(struct simulation *s, struct simulate_case *c,
                                       struct simulate_floor *floor, int32_t reach, bool written)
{
    int64_t returning = s->last_talk_of[c->owner];
    id had[HAD_IT_MAX];
    struct assignment_request request = {
        .field = (uint64_t)1 << c->field,
        .language = (uint64_t)1 << c->language,
        .district = s->districts[c->division],
        .wants_id = c->wants == SIMULATE_NOBODY ? 0 : s->people[c->wants].person_id,
        .returning_id = returning == SIMULATE_NOBODY ? 0 : s->people[returning].person_id,
        .had_it = had,
        .is_written = written,
        .reach = reach,
        .now = s->now,
    };
    size_t count = (size_t)(written ? floor->count : floor->free_count);

    for (int64_t i = c->missed; i != SIMULATE_NOBODY && request.had_it_count < HAD_IT_MAX;
         i = s->missed[i].next)
        if (simulate_counts(s, &s->missed[i]))
            had[request.had_it_count++] = s->people[s->missed[i].person].person_id;
    if (reach < LADDER_CITY) simulate_put_rings(s, c, floor);
    if (!written) simulate_bound(s, c, floor);
    if (is_vain(s, c, &request, floor)) {
        c->wants = SIMULATE_NOBODY;
        request.wants_id = 0;
    }
    return assignment_choose(&s->policy, &request, floor->candidates, count, NULL);
}

/* Where it may go by the table of steps; the simulation never asks for what is refused. */
static void step(struct simulation *s, int64_t number, enum consultation_step step)
{
    struct simulate_case *c = &s->cases[number];
    enum consultation_state from = c->state;

    if (!IS_DONE(consultation_next(from, step, &c->state))) {
        simulate_broke(s, "steps", "case %lld: step %d is not possible from %.*s",
                       (long long)number, step, STR_ARGS(consultation_state_word(from)));
        return;
    }
    if (from == CONSULTATION_WAITING && c->state != CONSULTATION_WAITING)
        simulate_queue_out(s, number);
    if (c->state == CONSULTATION_WAITING) simulate_queue_in(s, number);
    c->turn++;
    simulate_touch(s, number);
}

static void let_go(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];

    if (c->consultant != SIMULATE_NOBODY && c->holders > 0)
        simulate_unhold(s, &s->people[c->consultant], number);
    c->holders = 0;
    c->consultant = SIMULATE_NOBODY;
    c->offer_until = 0;
}

/* Whoever was to answer in writing has one less in hand. */
static void stop_writing(struct simulation *s, struct simulate_case *c)
{
    if (c->state == CONSULTATION_MESSAGE && c->consultant != SIMULATE_NOBODY)
        s->people[c->consultant].written--;
}

static void offer(struct simulation *s, int64_t number, int64_t person)
{
    struct simulate_case *c = &s->cases[number];
    struct simulate_person *p = &s->people[person];

    if (c->state == CONSULTATION_OFFERED) {
        c->turn++; /* only a broken rule comes here */
    } else {
        stop_writing(s, c);
        if (c->handed) consultation_handed_next(&c->handed, CONSULTATION_SOMEBODY);
        step(s, number, CONSULTATION_OFFER);
    }
    simulate_touch(s, number);
    c->consultant = person;
    c->holders++;
    c->offers++;
    c->offer_until = s->now + s->policy.offer_seconds;
    p->last_offer_at = s->now;
    simulate_hold(s, p, number);
    s->result->offers++;
    simulate_at(s, c->offer_until, HAPPENS_OFFER_OVER, number, c->turn);
    simulate_note(s, "case %lld is offered to %lld", (long long)number, (long long)person);
}

static bool offer_one(struct simulation *s, int64_t number, int32_t reach)
{
    struct simulate_case *c = &s->cases[number];
    struct simulate_floor *floor = &s->floors[c->profession];
    struct assignment_choice choice = decide(s, c, floor, reach, false);
    const struct simulate_person *p;

    if (choice.chosen == SIZE_MAX) return false;
    p = &s->people[floor->people[choice.chosen]];
    s->result->offers_far += p->division != SIMULATE_CITY && p->division != c->division;
    s->result->offers_kept += reach < LADDER_CITY;
    offer(s, number, floor->people[choice.chosen]);
    return true;
}

static bool is_anyone_free_for(const struct simulation *s, const struct simulate_case *c)
{
    return s->speakers_free[c->profession][c->language] > 0;
}

/* Left in writing, and wished live: anybody in the city who has time. */
bool simulate_offer_again(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];

    if (!is_anyone_free_for(s, c)) return false;
    simulate_make_floor(s, c->profession);
    c->again = true;
    if (offer_one(s, number, LADDER_CITY)) return true;
    c->again = false;
    return false;
}

static bool is_anyone_free(const struct simulation *s, int profession)
{
    for (int i = 0; i < SIMULATE_LANGUAGES; i++) {
        if (s->queues[profession].waiting[i] && s->speakers_free[profession][i]) return true;
    }
    return false;
}

static int64_t broken_place(const struct simulation *s, const struct simulate_queue *queue,
                            int64_t place)
{
    if (s->plan->broken != SIMULATE_DEEP_LAST || place < DEEP) return place;
    return queue->count - 1 - (place - DEEP);
}

/* An act makes six offers at most and the clock goes on within the second; here they are one. */
void simulate_drain(struct simulation *s, int profession)
{
    struct simulate_queue *queue = &s->queues[profession];
    int64_t place = 0, looks = 0;

    if (s->plan->broken == SIMULATE_STUCK_QUEUE) return;
    if (s->plan->broken == SIMULATE_DOUBLE_OFFER) {
        simulate_make_floor(s, profession);
        for (int64_t i = 0; i < s->cases_count; i++) {
            if (s->cases[i].state == CONSULTATION_OFFERED && s->cases[i].exists &&
                s->cases[i].profession == profession && offer_one(s, i, LADDER_CITY))
                return;
        }
    }
    if (!is_anyone_free(s, profession)) return;
    simulate_make_floor(s, profession);
    while (place < queue->count && looks < LOOKS_AT_ONCE_MAX) {
        int64_t number = queue->cases[broken_place(s, queue, place)];

        if (s->plan->broken == SIMULATE_DEEP_STUCK && place >= DEEP) return;

        if (!is_anyone_free_for(s, &s->cases[number])) {
            place++; /* each language has its own head of the queue */
            continue;
        }
        looks++;
        if (!offer_one(s, number, simulate_reach(s, &s->cases[number]))) place++;
    }
}

static void take_back(struct simulation *s, int64_t number, bool missed, bool by_silence)
{
    struct simulate_case *c = &s->cases[number];

    if (missed) add_missed(s, c, c->consultant, by_silence);
    let_go(s, number);
    /* What was promised in writing before stays promised. */
    step(s, number, c->due_at ? CONSULTATION_LEAVE_MESSAGE : CONSULTATION_TAKE_BACK);
    if (c->due_at) simulate_to_message(s, number);
}

/* ---- written questions ---- */

/* Whoever was promised a day and talked in between keeps the day. */
static void promise(struct simulation *s, struct simulate_case *c)
{
    struct outcome outcome =
        calendar_due(s->desk.calendar, s->now, (int)policy->working_days, &c->due_at);

    c->provisional = outcome.refusal == &calendar_year_missing;
    if (c->provisional)
        outcome = calendar_due_by_weekday(s->now, (int)policy->working_days, &c->due_at);
    if (s->plan->broken == SIMULATE_UNDATED) c->due_at = 0;
    c->waiting_at = s->now;
    s->result->provisional += c->provisional;
}

void simulate_to_message(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    struct simulate_floor *knowing = &s->knowing;
    struct assignment_choice choice;
    struct simulate_person *p;

    let_go(s, number);
    c->again = false;
    if (!c->due_at) promise(s, c);
    if (consultation_handed_sleeps(c->handed)) return; /* no rule gives it to anybody */
    knowing->count = 0;
    for (int64_t i = 0; i < s->people_count; i++) {
        p = &s->people[i];
        if (p->profession != c->profession || !(p->fields >> c->field & 1)) continue;
        knowing->people[knowing->count] = i;
        knowing->talks[knowing->count] = p->written_count;
        knowing->seconds[knowing->count] = p->written_capacity * SECONDS_PER_HOUR;
        knowing->candidates[knowing->count] = simulate_candidate(s, p, true);
        knowing->candidates[knowing->count++].outside =
            c->handed && s->plan->broken != SIMULATE_HANDED_OUTSIDE &&
            !simulate_is_of_body(s, c, i);
    }
    assignment_shares(knowing->candidates, knowing->talks, knowing->seconds,
                      (size_t)knowing->count);
    choice = decide(s, c, knowing, LADDER_CITY, true);
    if (choice.chosen == SIZE_MAX) {
        simulate_handed_moved(s, number);
        return;
    }
    c->consultant = knowing->people[choice.chosen];
    p = &s->people[c->consultant];
    p->written++;
    p->written_count++;
    p->last_offer_at = s->now;
    simulate_refresh(s, p);
    simulate_handed_moved(s, number);
}

void simulate_pass_on(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];

    stop_writing(s, c);
    add_missed(s, c, c->consultant, false);
    c->consultant = SIMULATE_NOBODY;
}

/* ---- acts ---- */

void simulate_do_ask(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    bool live = !c->by_choice && simulate_is_open(s);

    if (simulate_real_does(s, HAPPENS_ARRIVE, number)) return;
    c->exists = true;
    c->asked_at = c->waiting_at = s->now;
    c->rank_at = assignment_rank(&s->policy, s->now, c->priority);
    if (s->plan->broken == SIMULATE_NO_AGEING)
        c->rank_at = s->now - c->priority * (int64_t)SECONDS_PER_DAY;
    c->state = live ? CONSULTATION_WAITING : CONSULTATION_MESSAGE;
    simulate_touch(s, number);
    if (live) {
        simulate_queue_in(s, number);
        simulate_drain(s, c->profession);
    } else {
        simulate_to_message(s, number);
    }
}

void simulate_do_accept(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];

    if (simulate_real_does(s, HAPPENS_ACCEPT, number)) return;
    step(s, number, CONSULTATION_ACCEPT);
    if (!c->talk_at) c->talk_at = s->now;
    s->people[c->consultant].talks_count++;
    c->offer_until = 0;
    c->wants = SIMULATE_NOBODY;
}

void simulate_do_decline(struct simulation *s, int64_t number)
{
    if (simulate_real_does(s, HAPPENS_DECLINE, number)) return;
    take_back(s, number, true, false);
    simulate_drain(s, s->cases[number].profession);
}

static void measure(struct simulation *s, const struct simulate_case *c)
{
    struct simulate_pace *pace = &s->pace[c->profession];

    pace->seconds[pace->next] = s->now - c->talk_at;
    pace->is_sorted = false;
    pace->next = (pace->next + 1) % SIMULATE_PACE_MAX;
    if (pace->count < SIMULATE_PACE_MAX) pace->count++;
}

static void finish(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    int64_t who = c->consultant;

    stop_writing(s, c);
    if (c->talk_at) {
        measure(s, c);
        s->last_talk_of[c->owner] = who;
    }
    let_go(s, number);
    step(s, number, CONSULTATION_CLOSE);
    c->closed_at = s->now;
    simulate_drain(s, c->profession);
}

void simulate_do_close(struct simulation *s, int64_t number)
{
    if (simulate_real_does(s, HAPPENS_CLOSE, number)) return;
    finish(s, number);
}

void simulate_do_go(struct simulation *s, int64_t number)
{
    if (simulate_real_does(s, HAPPENS_CLOSE_OWN, number)) return;
    finish(s, number);
}

/* A talk goes back to the head of the queue. */
static void hand_on(struct simulation *s, int64_t number, bool by_silence)
{
    struct simulate_case *c = &s->cases[number];

    add_missed(s, c, c->consultant, by_silence);
    let_go(s, number);
    c->handed_on = true;
    c->again = false; /* whoever was talking does not wait for idle hands any more */
    c->rank_at = c->asked_at - SECONDS_PER_DAY;
    step(s, number, CONSULTATION_HAND_ON);
}

void simulate_do_transfer(struct simulation *s, int64_t number)
{
    if (simulate_real_does(s, HAPPENS_TRANSFER, number)) return;
    hand_on(s, number, false);
    simulate_drain(s, s->cases[number].profession);
}

void simulate_do_answer(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];

    if (simulate_real_does(s, HAPPENS_ANSWER, number)) return;
    s->people[c->consultant].written--;
    step(s, number, CONSULTATION_ANSWER);
    c->answered_at = s->now;
}

void simulate_do_more(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];

    if (simulate_real_does(s, HAPPENS_MORE, number)) return;
    c->wants = c->consultant;
    c->due_at = 0;
    step(s, number, CONSULTATION_ASK_MORE);
    simulate_to_message(s, number);
}

void simulate_do_leave(struct simulation *s, int64_t number)
{
    int profession = s->cases[number].profession;

    if (simulate_real_does(s, HAPPENS_LEAVE, number)) return;
    step(s, number, CONSULTATION_LEAVE_MESSAGE);
    simulate_to_message(s, number);
    simulate_drain(s, profession);
}

static void withdraw(struct simulation *s, int64_t person)
{
    struct simulate_person *p = &s->people[person];

    for (int64_t i = p->held - 1; i >= 0; i--) {
        int64_t number = p->held_cases[i];

        if (s->cases[number].state != CONSULTATION_OFFERED) continue;
        s->result->withdrawn++;
        take_back(s, number, false, false);
    }
}

void simulate_do_presence(struct simulation *s, int64_t person, bool on_line)
{
    struct simulate_person *p = &s->people[person];

    if (simulate_real_is(s, person, on_line ? "online" : "off")) return;
    p->seen_at = s->now;
    if (p->on_line == on_line) return;
    simulate_set_on_line(s, person, on_line);
    if (!on_line) withdraw(s, person);
    simulate_drain(s, p->profession);
}

/* ---- the clock ---- */

void simulate_do_offer_over(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    int64_t person = c->consultant;

    if (s->plan->broken == SIMULATE_LEAKED_OFFER) return;
    if (s->now - c->offer_until > STOOD_SECONDS) {
        s->result->withdrawn++;
        simulate_note(s, "the offer of case %lld to %lld is taken back", (long long)number,
                      (long long)person);
        take_back(s, number, false, false);
        simulate_drain(s, c->profession);
        return;
    }
    s->result->expired++;
    simulate_note(s, "the offer of case %lld to %lld ran out", (long long)number,
                  (long long)person);
    s->people[person].seen_at = simulate_seen(s, &s->people[person]);
    simulate_set_on_line(s, person, false);
    take_back(s, number, true, true);
    withdraw(s, person);
    simulate_drain(s, c->profession);
}

/* Signs of life are missing for as long as nobody could take them. */
static void forgive_stop(struct simulation *s)
{
    int64_t stood = s->swept_at ? s->now - s->swept_at - SIMULATE_SWEEP_SECONDS : 0;

    s->swept_at = s->now;
    if (stood <= STOOD_SECONDS || s->plan->broken == SIMULATE_BLAMED) return;
    for (int64_t i = 0; i < s->people_count; i++)
        s->people[i].seen_at = simulate_seen(s, &s->people[i]) + stood;
}

static void mark_absent(struct simulation *s)
{
    for (int64_t i = 0; i < s->people_count; i++) {
        struct simulate_person *p = &s->people[i];
        moment seen = simulate_seen(s, p);

        if (!p->on_line || seen >= s->now - s->policy.absent_seconds) continue;
        simulate_set_on_line(s, i, false);
        simulate_note(s, "%lld gives no sign of life and is away", (long long)i);
        withdraw(s, i);
    }
}

static void hand_on_deserted(struct simulation *s)
{
    int count = 0;

    if (s->plan->broken == SIMULATE_DESERTED) return;
    for (int64_t i = 0; i < s->people_count; i++) {
        struct simulate_person *p = &s->people[i];

        if (!p->held || simulate_seen(s, p) >= s->now - s->policy.deserted_seconds) continue;
        for (int64_t k = p->held - 1; k >= 0 && count < DESERTED_AT_ONCE_MAX; k--) {
            int64_t number = p->held_cases[k];

            if (s->cases[number].state != CONSULTATION_TALKING) continue;
            s->result->deserted++;
            simulate_note(s, "case %lld was deserted by %lld", (long long)number, (long long)i);
            hand_on(s, number, true);
            count++;
        }
    }
}

static void leave_in_writing(struct simulation *s, int profession)
{
    struct simulate_queue *queue = &s->queues[profession];

    for (int count = 0; count < 3 && queue->count; count++) {
        int64_t number = queue->cases[0];

        s->result->at_closing++;
        simulate_note(s, "the desk has closed: case %lld is left in writing", (long long)number);
        step(s, number, CONSULTATION_LEAVE_MESSAGE);
        simulate_to_message(s, number);
    }
}

void simulate_do_sweep(struct simulation *s)
{
    if (s->plan->real) {
        simulate_real_clock(s);
        return;
    }
    forgive_stop(s);
    mark_absent(s);
    hand_on_deserted(s);
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        if (!s->queues[i].count) continue;
        if (!simulate_is_open(s) && s->floors[i].count == 0)
            leave_in_writing(s, i);
        else
            simulate_drain(s, i);
        simulate_wake_ladder(s);
    }
}

/* What was in memory is made again from what was committed. */
void simulate_do_restart(struct simulation *s)
{
    if (s->plan->real) {
        simulate_real_start(s);
        return;
    }
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        s->queues[i].count = 0;
        for (int k = 0; k < SIMULATE_LANGUAGES; k++) s->queues[i].waiting[k] = 0;
        for (int k = 0; k < SIMULATE_DISTRICTS; k++) {
            struct simulate_desk *desk = &s->desks[i][k];

            if (desk->waiting) desk->empty_since = s->now;
            desk->waiting = 0;
        }
    }
    for (int64_t i = 0; i < s->cases_count; i++) s->cases[i].queued = false;
    if (s->plan->broken == SIMULATE_LOST_ON_RESTART) return;
    for (int64_t i = 0; i < s->cases_count; i++) {
        if (s->cases[i].exists && s->cases[i].state == CONSULTATION_WAITING)
            simulate_queue_in(s, i);
    }
}
