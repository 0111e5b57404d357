/* ladder.c -- the rules of the overflow ladder.  Invariants, by number, each with a test:
 *
 *  (1) A look moves one step or none, and each step has a reason.
 *  (2) Two steps by themselves are at least rise_seconds apart, a step down at least calm_seconds
 *      from any step before it: nothing flaps.
 *  (3) With nobody waiting the ladder comes down to LADDER_DUTY and stays there.
 *  (4) After (depth + 1) * ring_seconds of waiting, and at once where nobody is on duty, everybody
 *      in the city may be offered a case: nobody is kept for longer than data says.
 *  (5) Nobody is called outside the hours, more often than the day allows, against their word,
 *      twice in one call-out, or while enough are coming.
 *  (6) Whatever rungs there are, the last dates a message: nobody is left without an answer.
 *  (7) A rung that is taken out while a ladder stands on it is left at the next look, downwards.
 */
#include "bureau/ladder/ladder.h"

static const struct reason wrong_waiting = {
    "ladder.waiting-min", T("A step up needs somebody who waits, at least 1."), 0};
static const struct reason wrong_up = {"ladder.up",
                                       T("The bounds for a step up must be larger than 0."), 0};
static const struct reason wrong_down = {
    "ladder.down", T("The bounds for a step down must be smaller than those for the step up."), 0};
static const struct reason wrong_times = {
    "ladder.times",
    T("Going down must take at least as long as going up, and both at least a second."), 0};
static const struct reason wrong_rings = {
    "ladder.rings", T("At most 10 rings, an hour for each, and a priority of 0 to 2."), 0};
static const struct reason wrong_calls = {
    "ladder.calls",
    T("At most 5 people are called at a time, 100 in all, and one person 10 times a day."), 0};
static const struct reason wrong_hours = {
    "ladder.hours", T("The hours for calls must begin before they end, within one day."), 0};
static const struct reason wrong_end = {"ladder.last-step",
                                        T("The last step must be “In writing first”: whoever "
                                          "nobody can serve gets a date there. Please "
                                          "give it the highest place."),
                                        0};
static const struct reason wrong_order = {
    "ladder.order",
    T("Two steps stand at the same place. Please give each a place of its own, from 1 up, or leave "
      "one out."),
    0};
const struct reason ladder_at_end = {"ladder.at-end",
                                     T("The ladder has no further step in this direction."), 409};

const struct ladder_policy ladder_policy_default = {
    .version = 0,
    .rules = {[LADDER_NEIGHBOUR] = {1, 25, 15, 10, 10},
              [LADDER_BACKUP] = {3, 100, 120, 25, 60},
              [LADDER_CHOICE] = {3, 200, 300, 75, 120},
              [LADDER_MESSAGE] = {6, 400, 900, 150, 300}},
    .places =
        {[LADDER_NEIGHBOUR] = 1, [LADDER_BACKUP] = 2, [LADDER_CHOICE] = 3, [LADDER_MESSAGE] = 4},
    .rise_seconds = 30,
    .calm_seconds = 180,
    .depth = 2,
    .ring_seconds = 10,
    .priority_min = 0,
    .call_count = 3,
    .call_seconds = 180,
    .per_person = 3,
    .coming_max = 10,
    .coming_seconds = 1800,
    .day_max = 2,
    .from_minute = 8 * 60,
    .to_minute = 21 * 60,
    .credit_minutes = 30,
};

/* ---- words ---- */

static const char *const level_words[LADDER_LEVELS] = {"duty", "neighbour", "backup", "choice",
                                                       "message"};
static const char *const level_names[LADDER_LEVELS] = {
    T("Those on duty"), T("Neighbouring teams help"), T("Backups are called"),
    T("Wait or leave a message"), T("In writing first")};

struct str ladder_level_word(enum ladder_level level)
{
    return str_of(level_words[level]);
}

enum ladder_level ladder_level_of(struct str word)
{
    for (int level = LADDER_LEVELS - 1; level > LADDER_DUTY; level--) {
        if (str_same(str_of(level_words[level]), word)) return (enum ladder_level)level;
    }
    return LADDER_DUTY;
}

const char *ladder_level_name(enum ladder_level level)
{
    return level_names[level];
}

static const char *const why_words[LADDER_WHYS] = {"",     "queue", "wait", "nobody",
                                                   "calm", "hand",  "gone"};
static const char *const why_texts[LADDER_WHYS] = {"",
                                                   T("waiting: %1, places: %2"),
                                                   T("somebody has waited %1 s"),
                                                   T("%1 waiting and nobody on duty"),
                                                   T("the load has been low"),
                                                   T("by hand"),
                                                   T("the ladder was changed")};

struct str ladder_why_word(enum ladder_why why)
{
    return str_of(why_words[why]);
}

enum ladder_why ladder_why_of(struct str word)
{
    for (int why = LADDER_WHYS - 1; why > LADDER_STAYS; why--) {
        if (str_same(str_of(why_words[why]), word)) return (enum ladder_why)why;
    }
    return LADDER_STAYS;
}

const char *ladder_why_text(enum ladder_why why)
{
    return why_texts[why];
}

/* ---- policy ---- */

static bool is_within(int64_t number, int64_t min, int64_t max)
{
    return number >= min && number <= max;
}

static const struct reason *wrong_rule(const struct ladder_rule *rule)
{
    if (!is_within(rule->waiting_min, 1, 10000)) return &wrong_waiting;
    if (!is_within(rule->up_percent, 1, LADDER_PERCENT_MAX) ||
        !is_within(rule->up_seconds, 1, SECONDS_PER_DAY))
        return &wrong_up;
    if (!is_within(rule->down_percent, 0, rule->up_percent - 1) ||
        !is_within(rule->down_seconds, 0, rule->up_seconds - 1))
        return &wrong_down;
    return NULL;
}

static const struct reason *wrong_numbers(const struct ladder_policy *p)
{
    if (!is_within(p->rise_seconds, 1, SECONDS_PER_DAY) ||
        !is_within(p->calm_seconds, p->rise_seconds, SECONDS_PER_DAY))
        return &wrong_times;
    if (!is_within(p->depth, 0, 10) || !is_within(p->ring_seconds, 0, SECONDS_PER_HOUR) ||
        !is_within(p->priority_min, 0, 2))
        return &wrong_rings;
    if (!is_within(p->call_count, 0, LADDER_CALLS_MAX) ||
        !is_within(p->call_seconds, 1, SECONDS_PER_HOUR) || !is_within(p->per_person, 1, 100) ||
        !is_within(p->coming_max, 0, 100) ||
        !is_within(p->coming_seconds, 60, 4 * SECONDS_PER_HOUR) || !is_within(p->day_max, 0, 10))
        return &wrong_calls;
    if (!is_within(p->from_minute, 0, p->to_minute) || !is_within(p->to_minute, 0, 24 * 60) ||
        !is_within(p->credit_minutes, 0, 24 * 60))
        return &wrong_hours;
    return NULL;
}

static const struct reason *wrong_places(const struct ladder_policy *p)
{
    for (int level = LADDER_NEIGHBOUR; level < LADDER_LEVELS; level++) {
        if (!is_within(p->places[level], 0, LADDER_LEVELS - 1)) return &wrong_order;
        if (p->places[level] > p->places[LADDER_MESSAGE]) return &wrong_end;
        for (int other = LADDER_NEIGHBOUR; other < level; other++) {
            if (p->places[level] && p->places[level] == p->places[other]) return &wrong_order;
        }
    }
    return p->places[LADDER_MESSAGE] ? NULL : &wrong_end;
}

struct outcome ladder_check(const struct ladder_policy *policy)
{
    const struct reason *wrong = wrong_numbers(policy);

    if (!wrong) wrong = wrong_places(policy);
    for (int level = LADDER_NEIGHBOUR; level < LADDER_LEVELS && !wrong; level++)
        wrong = wrong_rule(&policy->rules[level]);
    return (struct outcome){.refusal = wrong};
}

/* ---- the order ---- */

int64_t ladder_rung(const struct ladder_policy *policy, enum ladder_level level)
{
    int64_t rung = 0;

    if (!policy->places[level]) return 0;
    for (int i = LADDER_NEIGHBOUR; i < LADDER_LEVELS; i++)
        rung += policy->places[i] > 0 && policy->places[i] <= policy->places[level];
    return rung;
}

static enum ladder_level level_at(const struct ladder_policy *policy, int64_t rung)
{
    for (int level = LADDER_DUTY; level < LADDER_LEVELS; level++) {
        if (ladder_rung(policy, (enum ladder_level)level) == rung &&
            (level == LADDER_DUTY) == (rung == 0))
            return (enum ladder_level)level;
    }
    return LADDER_LEVELS;
}

enum ladder_level ladder_next(const struct ladder_policy *policy, enum ladder_level level,
                              int direction)
{
    return level_at(policy, ladder_rung(policy, level) + (direction > 0 ? 1 : -1));
}

bool ladder_does(const struct ladder_policy *policy, enum ladder_level level,
                 enum ladder_level rung)
{
    return policy->places[rung] > 0 && policy->places[rung] <= policy->places[level];
}

void ladder_close_gaps(struct ladder_policy *policy)
{
    const struct ladder_policy before = *policy;

    for (int level = LADDER_NEIGHBOUR; level < LADDER_LEVELS; level++)
        policy->places[level] = ladder_rung(&before, (enum ladder_level)level);
}

bool ladder_order_of(struct str words, struct ladder_policy *policy)
{
    int64_t place = 0;

    for (int level = LADDER_DUTY; level < LADDER_LEVELS; level++) policy->places[level] = 0;
    while (words.len) {
        enum ladder_level level = ladder_level_of(str_cut(words, ',', &words));

        if (level == LADDER_DUTY || policy->places[level]) return false;
        policy->places[level] = ++place;
    }
    return IS_DONE(ladder_check(policy));
}

/* Where a ladder goes whose rung is gone: the highest of those that ask less of everybody. */
static enum ladder_level level_left(const struct ladder_policy *policy, enum ladder_level gone)
{
    enum ladder_level left = LADDER_DUTY;

    for (int level = LADDER_NEIGHBOUR; level < (int)gone; level++) {
        if (policy->places[level] > policy->places[left]) left = (enum ladder_level)level;
    }
    return left;
}

/* ---- the ladder ---- */

int64_t ladder_percent(const struct ladder_load *load)
{
    int64_t percent;

    if (load->waiting <= 0) return 0;
    if (load->places <= 0) return LADDER_PERCENT_MAX;
    percent =
        load->waiting > INT64_MAX / 100 ? LADDER_PERCENT_MAX : load->waiting * 100 / load->places;
    return percent < LADDER_PERCENT_MAX ? percent : LADDER_PERCENT_MAX;
}

static int64_t longest_of(const struct ladder_load *load)
{
    return load->waiting > 0 ? load->longest_seconds : 0;
}

static enum ladder_why why_up(const struct ladder_rule *rule, const struct ladder_load *load)
{
    if (load->waiting < rule->waiting_min) return LADDER_STAYS;
    if (load->places <= 0) return LADDER_NOBODY;
    if (ladder_percent(load) >= rule->up_percent) return LADDER_QUEUE;
    return longest_of(load) >= rule->up_seconds ? LADDER_WAIT : LADDER_STAYS;
}

static bool is_calm(const struct ladder_rule *rule, const struct ladder_load *load)
{
    return ladder_percent(load) <= rule->down_percent && longest_of(load) <= rule->down_seconds;
}

enum ladder_why ladder_look(const struct ladder_policy *policy, const struct ladder_load *load,
                            moment now, struct ladder_state *state)
{
    enum ladder_why why = LADDER_STAYS;
    enum ladder_level above = ladder_next(policy, state->level, 1);

    if (state->level != LADDER_DUTY && !policy->places[state->level]) {
        *state = (struct ladder_state){.level = level_left(policy, state->level), .since = now};
        return LADDER_GONE;
    }
    if (above != LADDER_LEVELS && now - state->since >= policy->rise_seconds)
        why = why_up(&policy->rules[above], load);
    if (why) {
        *state = (struct ladder_state){.level = above, .since = now};
        return why;
    }
    if (state->level == LADDER_DUTY) return LADDER_STAYS;
    if (!is_calm(&policy->rules[state->level], load)) {
        state->calm_at = 0;
        return LADDER_STAYS;
    }
    if (!state->calm_at) state->calm_at = now;
    if (now - state->calm_at < policy->calm_seconds || now - state->since < policy->calm_seconds)
        return LADDER_STAYS;
    *state = (struct ladder_state){.level = ladder_next(policy, state->level, -1), .since = now};
    return LADDER_CALM;
}

struct outcome ladder_push(const struct ladder_policy *policy, int direction, moment now,
                           struct ladder_state *state)
{
    enum ladder_level level = ladder_next(policy, state->level, direction);

    if (level == LADDER_LEVELS) return REFUSE(ladder_at_end);
    *state = (struct ladder_state){.level = level, .since = now};
    return DONE;
}

bool ladder_offers_choice(const struct ladder_policy *policy, enum ladder_level level)
{
    return ladder_does(policy, level, LADDER_CHOICE) || ladder_writes_first(policy, level);
}

bool ladder_writes_first(const struct ladder_policy *policy, enum ladder_level level)
{
    return ladder_does(policy, level, LADDER_MESSAGE);
}

bool ladder_has_time(const struct ladder_policy *policy, enum ladder_level level,
                     const struct ladder_load *load)
{
    return !ladder_does(policy, level, LADDER_BACKUP) && !ladder_offers_choice(policy, level) &&
           load->waiting == 0 && load->free > 0;
}

/* ---- whose consultants ---- */

static bool is_within_division(struct str a, struct str b)
{
    return str_begins(a, b) || str_begins(b, a);
}

/* Marks the far side of every border of a marked place; how many were new. */
static size_t widen(const struct ladder_border *borders, size_t count, bool *reached_a,
                    bool *reached_b, struct str from)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        if (!reached_a[i] && str_begins(from, borders[i].division)) reached_a[i] = true, found++;
        if (!reached_b[i] && str_begins(from, borders[i].neighbour)) reached_b[i] = true, found++;
    }
    return found;
}

int64_t ladder_ring(const struct ladder_border *borders, size_t count, struct str resident,
                    struct str consultant)
{
    bool a[LADDER_BORDERS_MAX] = {false}, b[LADDER_BORDERS_MAX] = {false};

    if (is_within_division(resident, consultant)) return 0;
    if (count > LADDER_BORDERS_MAX) count = LADDER_BORDERS_MAX;
    if (!widen(borders, count, a, b, resident)) return LADDER_CITY;
    for (int64_t ring = 1; ring < LADDER_CITY; ring++) {
        bool was_a[LADDER_BORDERS_MAX], was_b[LADDER_BORDERS_MAX];
        size_t found = 0;

        for (size_t i = 0; i < count; i++) was_a[i] = a[i], was_b[i] = b[i];
        for (size_t i = 0; i < count; i++) {
            if (was_a[i]) found += widen(borders, count, a, b, borders[i].neighbour);
            if (was_b[i]) found += widen(borders, count, a, b, borders[i].division);
        }
        for (size_t i = 0; i < count; i++) {
            if ((a[i] && str_begins(consultant, borders[i].division)) ||
                (b[i] && str_begins(consultant, borders[i].neighbour)))
                return ring;
        }
        if (!found) break;
    }
    return LADDER_CITY;
}

static int64_t rings_after(const struct ladder_policy *policy, int64_t rings)
{
    return rings > policy->depth ? LADDER_CITY : rings;
}

static bool is_open_to_all(const struct ladder_policy *policy, const struct ladder_wish *wish)
{
    bool is_above =
        wish->level != LADDER_NEIGHBOUR && ladder_does(policy, wish->level, LADDER_NEIGHBOUR);

    return is_above || wish->places <= 0 || policy->ring_seconds == 0;
}

/* Rings that the level opens to this resident, the whole depth at most. */
static int64_t rings_of_level(const struct ladder_policy *policy, const struct ladder_wish *wish,
                              moment now)
{
    int64_t rings;

    if (wish->level != LADDER_NEIGHBOUR || wish->priority < policy->priority_min ||
        !policy->places[LADDER_NEIGHBOUR])
        return 0;
    rings = 1 + (now > wish->level_at ? (now - wish->level_at) / policy->ring_seconds : 0);
    return rings < policy->depth ? rings : policy->depth;
}

int64_t ladder_reach(const struct ladder_policy *policy, const struct ladder_wish *wish, moment now)
{
    int64_t by_wait, by_level;

    if (is_open_to_all(policy, wish)) return LADDER_CITY;
    by_wait = rings_after(
        policy, now > wish->waiting_at ? (now - wish->waiting_at) / policy->ring_seconds : 0);
    by_level = rings_of_level(policy, wish, now);
    return by_wait > by_level ? by_wait : by_level;
}

/* The first moment after `now` at which a count of whole steps since `from` grows. */
static moment next_step(moment from, int64_t seconds, moment now)
{
    return now < from ? from + seconds : from + ((now - from) / seconds + 1) * seconds;
}

moment ladder_reach_at(const struct ladder_policy *policy, const struct ladder_wish *wish,
                       moment now)
{
    int64_t reach = ladder_reach(policy, wish, now);
    moment at = 0;

    if (reach == LADDER_CITY) return 0;
    /* A step of one clock may change nothing because the other is ahead: look further, and the
     * wait alone opens the city after so many steps. */
    for (moment t = now; !at;) {
        moment by_wait = next_step(wish->waiting_at, policy->ring_seconds, t);
        moment by_level = next_step(wish->level_at, policy->ring_seconds, t);

        t = wish->level == LADDER_NEIGHBOUR && by_level < by_wait ? by_level : by_wait;
        if (ladder_reach(policy, wish, t) > reach) at = t;
    }
    return at;
}

const char *const ladder_kept = T("Kept for their own district");

/* ---- backup volunteers ---- */

const char *ladder_uncallable(const struct ladder_policy *policy,
                              const struct ladder_backup *backup, int64_t minute)
{
    if (backup->on_line) return T("Is on line");
    if (backup->opted_out) return T("Does not wish to be called");
    if (!backup->reachable) return T("No phone number is known");
    if (backup->called) return T("Was called already");
    if (backup->calls_today >= policy->day_max) return T("Was called often enough today");
    if (minute < policy->from_minute || minute >= policy->to_minute)
        return T("Nobody is called at this hour");
    return NULL;
}

int64_t ladder_wanted(const struct ladder_policy *policy, enum ladder_level level,
                      const struct ladder_load *load)
{
    if (!ladder_does(policy, level, LADDER_BACKUP) || load->waiting <= 0) return 0;
    return (load->waiting + policy->per_person - 1) / policy->per_person;
}

bool ladder_may_come(const struct ladder_policy *policy, const struct ladder_callout *callout)
{
    return callout->coming + callout->came < policy->coming_max;
}

int64_t ladder_call_count(const struct ladder_policy *policy, const struct ladder_callout *callout,
                          int64_t wanted, moment now)
{
    int64_t room = policy->coming_max - callout->coming - callout->came;

    if (callout->coming >= wanted || room <= 0) return 0;
    if (callout->unanswered > 0 && now - callout->last_call_at < policy->call_seconds) return 0;
    return policy->call_count < room ? policy->call_count : room;
}

int64_t ladder_credit(const struct ladder_policy *policy, bool said_yes, bool was_released,
                      moment came_at, moment left_at)
{
    int64_t minutes;

    if (!said_yes) return 0;
    if (!came_at) return was_released ? policy->credit_minutes : 0;
    minutes = (left_at - came_at + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE;
    return minutes > policy->credit_minutes ? minutes : policy->credit_minutes;
}
