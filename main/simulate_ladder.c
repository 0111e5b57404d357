/* simulate_ladder.c -- the overflow ladder in memory: bureau/ladder's rules, looked at with the
 * load that consultation_overflow.c would measure, for every profession and district.
 *
 *  (1) A desk is looked at every few seconds while somebody waits for it, it is up, a call is open
 *      or somebody who left a message wishes to talk live; else it costs nothing.
 *  (2) Steps, reach, calls and time for wishes are ladder.h's; here are the books only. */
#include <string.h>

#include "main/simulate_inside.h"

enum {
    ANSWER_SECONDS_MIN = 20, /* until a backup answers the message */
    ANSWER_SECONDS_MAX = 170,
    WAY_SECONDS_MIN = 5 * SECONDS_PER_MINUTE,
    WAY_SECONDS_MAX = 20 * SECONDS_PER_MINUTE,
    BORDERS_MAX = LADDER_BORDERS_MAX,
    AGAIN_AT_ONCE_MAX = 3, /* as consultation_again.c */
    FAR_AWAY = LADDER_CITY
};

extern const char data_neighbours[]; /* data/, see Makefile */

/* ---- who is whose neighbour ---- */

static int district_of(const struct simulation *s, struct str division)
{
    for (int i = 0; i < SIMULATE_DISTRICTS; i++) {
        if (str_same(s->divisions[i], division)) return i;
    }
    return SIMULATE_CITY;
}

static size_t read_borders(struct ladder_border *borders)
{
    struct str text = str_of(data_neighbours);
    size_t count = 0;

    while (text.len && count < BORDERS_MAX) {
        struct str line = str_cut(text, '\n', &text), rest;

        if (!line.len || line.at[0] == '#') continue;
        borders[count].division = str_cut(line, '\t', &rest);
        borders[count++].neighbour = str_trim(rest);
    }
    return count;
}

/* The checks count borders for themselves: the shortest way over districts that touch. */
static void count_borders(struct simulation *s, const struct ladder_border *borders, size_t count)
{
    for (int i = 0; i < SIMULATE_DISTRICTS; i++) {
        for (int k = 0; k < SIMULATE_DISTRICTS; k++) s->borders[i][k] = i == k ? 0 : FAR_AWAY;
    }
    for (size_t i = 0; i < count; i++) {
        int a = district_of(s, borders[i].division), b = district_of(s, borders[i].neighbour);

        if (a != SIMULATE_CITY && b != SIMULATE_CITY) s->borders[a][b] = s->borders[b][a] = 1;
    }
    for (int over = 0; over < SIMULATE_DISTRICTS; over++) {
        for (int i = 0; i < SIMULATE_DISTRICTS; i++) {
            for (int k = 0; k < SIMULATE_DISTRICTS; k++) {
                int32_t way = s->borders[i][over] + s->borders[over][k];

                if (way < s->borders[i][k]) s->borders[i][k] = way;
            }
        }
    }
}

void simulate_make_borders(struct simulation *s)
{
    static int32_t rings[SIMULATE_DISTRICTS][SIMULATE_DISTRICTS]; /* the same for every run */
    static bool is_known;
    struct ladder_border borders[BORDERS_MAX];
    size_t count = read_borders(borders);

    for (int i = 0; i < SIMULATE_DISTRICTS && !is_known; i++) {
        for (int k = 0; k < SIMULATE_DISTRICTS; k++)
            rings[i][k] = (int32_t)ladder_ring(borders, count, s->divisions[i], s->divisions[k]);
    }
    is_known = true;
    memcpy(s->rings, rings, sizeof rings);
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        for (int k = 0; k < SIMULATE_DISTRICTS; k++) s->desks[i][k].last_call = SIMULATE_NOBODY;
    }
    count_borders(s, borders, count);
}

/* ---- whose consultants ---- */

int32_t simulate_reach(const struct simulation *s, const struct simulate_case *c)
{
    const struct simulate_desk *desk = &s->desks[c->profession][c->division];
    struct ladder_wish wish = {.level = desk->state.level,
                               .level_at = desk->state.since,
                               .waiting_at = c->waiting_at,
                               .priority = c->priority,
                               .places = s->places_city[c->profession] +
                                         s->places_in[c->profession][c->division]};

    if (s->plan->broken == SIMULATE_FAR_FIRST) return LADDER_CITY;
    if (s->plan->broken == SIMULATE_KEPT_FOREVER) return wish.places ? 0 : LADDER_CITY;
    return (int32_t)ladder_reach(&s->plan->ladder, &wish, s->now);
}

/* ---- load ---- */

static void measure_queue(struct simulation *s, int profession)
{
    const struct simulate_queue *queue = &s->queues[profession];

    for (int i = 0; i < SIMULATE_DISTRICTS; i++) {
        s->desks[profession][i].load = (struct ladder_load){0};
        s->desks[profession][i].oldest_at = 0;
    }
    for (int64_t i = 0; i < queue->count; i++) {
        const struct simulate_case *c = &s->cases[queue->cases[i]];
        struct simulate_desk *desk = &s->desks[profession][c->division];

        desk->load.waiting++;
        if (!desk->oldest_at || c->waiting_at < desk->oldest_at) desk->oldest_at = c->waiting_at;
    }
}

static void measure_floor(struct simulation *s, int profession)
{
    const struct simulate_floor *floor = &s->floors[profession];

    for (int64_t i = 0; i < floor->count; i++) {
        const struct simulate_person *p = &s->people[floor->people[i]];
        int64_t free = p->capacity > p->held ? p->capacity - p->held : 0;
        int first = p->division == SIMULATE_CITY ? 0 : p->division;
        int last = p->division == SIMULATE_CITY ? SIMULATE_DISTRICTS - 1 : p->division;

        for (int k = first; k <= last; k++) {
            s->desks[profession][k].load.places += p->capacity;
            s->desks[profession][k].load.free += free;
        }
    }
}

static int64_t free_in_city(const struct simulation *s, int profession)
{
    const struct simulate_floor *floor = &s->floors[profession];
    int64_t free = 0;

    for (int64_t i = 0; i < floor->count; i++) {
        const struct simulate_person *p = &s->people[floor->people[i]];

        free += p->capacity > p->held ? p->capacity - p->held : 0;
    }
    return free;
}

/* ---- calls ---- */

static bool is_called(const struct simulation *s, int64_t person, int profession, int district)
{
    for (int64_t i = s->people[person].last_call; i != SIMULATE_NOBODY; i = s->calls[i].before) {
        const struct simulate_call *call = &s->calls[i];

        if (call->profession == profession && call->district == district && !call->is_over)
            return true;
    }
    return false;
}

static bool may_call(const struct simulation *s, int64_t person, int profession, int district)
{
    const struct simulate_person *p = &s->people[person];
    struct ladder_backup backup = {.person_id = p->person_id,
                                   .calls_today = p->calls_count,
                                   .opted_out = p->opted_out,
                                   .on_line = p->on_line,
                                   .called = is_called(s, person, profession, district),
                                   .reachable = true};

    if (!p->backup || p->profession != profession) return false;
    if (s->plan->broken == SIMULATE_CALLED_AGAIN) return true;
    return !ladder_uncallable(&s->plan->ladder, &backup, calendar_minute_of(s->now));
}

static void call_one(struct simulation *s, int64_t person, int profession, int district)
{
    struct simulate_desk *desk = &s->desks[profession][district];
    struct simulate_person *p = &s->people[person];
    int64_t answer = simulate_between(&s->consultants, ANSWER_SECONDS_MIN, ANSWER_SECONDS_MAX);
    struct simulate_call call = {.person = person,
                                 .profession = profession,
                                 .district = district,
                                 .level = desk->state.level,
                                 .says_yes = simulate_happens(&s->consultants, 0.6),
                                 .was_on_line = p->on_line,
                                 .before = p->last_call,
                                 .before_at_desk = desk->last_call,
                                 .called_at = s->now,
                                 .answers_at = s->now + answer};
    int64_t way = simulate_between(&s->consultants, WAY_SECONDS_MIN, WAY_SECONDS_MAX);

    if (s->calls_count == s->calls_max) {
        size_t size = (size_t)s->calls_max * sizeof call;

        s->calls = s->calls_max ? arena_grow(s->arena, s->calls, size, size * 2)
                                : arena_bytes(s->arena, 64 * sizeof call);
        s->calls_max = s->calls_max ? s->calls_max * 2 : 64;
    }
    p->calls_count++;
    p->last_call = desk->last_call = s->calls_count;
    s->calls[s->calls_count++] = call;
    desk->calls_open++;
    s->result->called++;
    simulate_note(s, "backup %lld is called for district %d", (long long)person, district);
    if (!call.says_yes) return;
    simulate_at(s, call.answers_at + way, HAPPENS_COME, person, 0);
    simulate_at(s, p->goes_at, HAPPENS_GO, person, 0);
}

static bool is_over(const struct simulation *s, const struct simulate_call *call, bool is_needed)
{
    bool has_answered = s->now >= call->answers_at && call->says_yes;
    moment since = has_answered ? call->answers_at : call->called_at;

    if (call->came_at) return !s->people[call->person].on_line;
    return !is_needed || s->now - since >= s->plan->ladder.coming_seconds;
}

/* As ladder_call.c settles them: who came, what is over, and what is left. */
static struct ladder_callout settle(struct simulation *s, int profession, int district)
{
    struct simulate_desk *desk = &s->desks[profession][district];
    bool is_needed =
        ladder_does(&s->plan->ladder, desk->state.level, LADDER_BACKUP) || desk->load.waiting > 0;
    struct ladder_callout callout = {0};

    for (int64_t i = desk->last_call; desk->calls_open && i != SIMULATE_NOBODY;
         i = s->calls[i].before_at_desk) {
        struct simulate_call *call = &s->calls[i];
        bool answered = s->now >= call->answers_at && call->says_yes;

        if (call->is_over) continue;
        if (!call->came_at && s->people[call->person].on_line) {
            call->came_at = s->now;
            s->result->came++;
        }
        if (is_over(s, call, is_needed)) {
            call->is_over = true;
            desk->calls_open--;
            continue;
        }
        callout.came += call->came_at > 0;
        callout.coming += !call->came_at && answered;
        callout.unanswered += !call->came_at && !answered;
        if (call->called_at > callout.last_call_at) callout.last_call_at = call->called_at;
    }
    return callout;
}

static void call_backups(struct simulation *s, int profession, int district)
{
    struct simulate_desk *desk = &s->desks[profession][district];
    struct ladder_callout callout;
    int64_t count;

    if (!desk->calls_open && !ladder_does(&s->plan->ladder, desk->state.level, LADDER_BACKUP))
        return;
    callout = settle(s, profession, district);
    count =
        ladder_call_count(&s->plan->ladder, &callout,
                          ladder_wanted(&s->plan->ladder, desk->state.level, &desk->load), s->now);
    for (int64_t i = s->plan->people; i < s->people_count && count > 0; i++) {
        if (!may_call(s, i, profession, district)) continue;
        call_one(s, i, profession, district);
        count--;
    }
}

/* ---- steps ---- */

static void note_step(struct simulation *s, int profession, int district,
                      const struct ladder_state *before)
{
    const struct simulate_desk *desk = &s->desks[profession][district];
    int64_t up = ladder_rung(&s->plan->ladder, desk->state.level) >
                 ladder_rung(&s->plan->ladder, before->level);

    if (desk->state.level == before->level) return;
    s->result->ladder_up += up;
    s->result->ladder_down += !up;
    s->desks_up += (desk->state.level != LADDER_DUTY) - (before->level != LADDER_DUTY);
    simulate_note(s, "ladder of profession %d, district %d: %.*s", profession, district,
                  STR_ARGS(ladder_level_word(desk->state.level)));
}

static void step_desk(struct simulation *s, int profession, int district)
{
    struct simulate_desk *desk = &s->desks[profession][district];
    struct ladder_state before = desk->state;
    enum ladder_why why;

    if (desk->load.waiting) desk->load.longest_seconds = s->now - desk->oldest_at;
    why = ladder_look(&s->plan->ladder, &desk->load, s->now, &desk->state);
    if ((why == LADDER_CALM && s->plan->broken == SIMULATE_LADDER_STUCK) ||
        (why && why != LADDER_CALM && s->plan->broken == SIMULATE_LADDER_ASLEEP))
        desk->state = before;
    if (s->plan->broken == SIMULATE_LADDER_FLAPS) {
        desk->state = (struct ladder_state){.since = s->now};
        if (desk->load.waiting && before.level != LADDER_MESSAGE)
            desk->state.level = ladder_next(&s->plan->ladder, before.level, 1);
    }
    note_step(s, profession, district, &before);
}

/* ---- live again ---- */

static bool wishes_still(const struct simulation *s, const struct simulate_case *c)
{
    return c->state == CONSULTATION_MESSAGE && c->wished_at &&
           s->now - c->wished_at <= CONSULTATION_WISH_SECONDS;
}

/* Nobody is given what a body has not taken up, or sent back. */
static bool may_be_granted(const struct simulation *s, const struct simulate_case *c)
{
    return wishes_still(s, c) && !consultation_handed_sleeps(c->handed);
}

/* Wishes that are too old or came true are struck out; those of this desk may come true. */
static void grant_wishes(struct simulation *s, int profession)
{
    int64_t left = 0, free = free_in_city(s, profession);

    for (int64_t i = 0; i < s->wishes_count; i++) {
        struct simulate_case *c = &s->cases[s->wishes[i]];
        struct simulate_desk *desk = &s->desks[c->profession][c->division];
        struct ladder_load idle = desk->load;
        bool has_time;

        if (c->profession == profession && may_be_granted(s, c)) {
            idle.waiting = desk->waiting;
            idle.free = free;
            has_time = ladder_has_time(&s->plan->ladder, desk->state.level, &idle);
            if (s->plan->broken == SIMULATE_AGAIN_FIRST) has_time = idle.free > 0;
            if (has_time && desk->granted < AGAIN_AT_ONCE_MAX &&
                simulate_offer_again(s, s->wishes[i])) {
                desk->granted++;
                free--;
                s->result->taken_again++;
                s->result->handed_again += c->handed != CONSULTATION_NOT_HANDED;
            }
        }
        if (c->profession != profession || wishes_still(s, c))
            s->wishes[left++] = s->wishes[i];
        else
            c->wished_at = 0;
    }
    s->wishes_count = left;
}

void simulate_wish(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];

    if (simulate_real_does(s, HAPPENS_WISH, number)) return;
    if (!c->wished_at) s->wishes[s->wishes_count++] = number;
    c->wished_at = s->now;
    simulate_wake_ladder(s);
}

/* It is handed over: whoever wished to talk to the one who had it has to wish again. */
void simulate_forget_wish(struct simulation *s, int64_t number)
{
    int64_t left = 0;

    if (!s->cases[number].wished_at) return;
    s->cases[number].wished_at = 0;
    for (int64_t i = 0; i < s->wishes_count; i++)
        if (s->wishes[i] != number) s->wishes[left++] = s->wishes[i];
    s->wishes_count = left;
}

/* ---- one look at all of it ---- */

void simulate_wake_ladder(struct simulation *s)
{
    if (s->is_looking || s->plan->real) return;
    s->is_looking = true;
    simulate_at(s, s->now, HAPPENS_LADDER, 0, 0);
}

static bool look_at_all_of(struct simulation *s, int profession)
{
    bool again = false;

    measure_queue(s, profession);
    measure_floor(s, profession);
    for (int i = 0; i < SIMULATE_DISTRICTS; i++) {
        struct simulate_desk *desk = &s->desks[profession][i];

        desk->granted = 0;
        if (!desk->waiting && desk->state.level == LADDER_DUTY && !desk->calls_open) continue;
        step_desk(s, profession, i);
        call_backups(s, profession, i);
        again |= desk->waiting || desk->state.level != LADDER_DUTY || desk->calls_open;
    }
    if (s->queues[profession].count) simulate_drain(s, profession);
    if (s->wishes_count) grant_wishes(s, profession);
    return again;
}

void simulate_do_ladder(struct simulation *s)
{
    bool again = false;

    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) again |= look_at_all_of(s, i);
    s->is_looking = again || s->wishes_count;
    if (s->is_looking) simulate_at(s, s->now + SIMULATE_LADDER_SECONDS, HAPPENS_LADDER, 0, 0);
}
