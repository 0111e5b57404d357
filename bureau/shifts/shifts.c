/* shifts.c -- states, plans, gaps and cover.  See shifts.h for the invariants. */
#include "bureau/shifts/shifts.h"

const struct reason shifts_not_now = {
    "shifts.not-now", T("This shift has changed meanwhile. Please look at it again."), 409};
const struct reason shifts_plan_wrong = {
    "shifts.plan-wrong",
    T("A shift lasts from half an hour to 16 hours, begins before midnight and ends at noon of the "
      "next day at the latest; and it needs at least one day of the week."),
    0};
const struct reason shifts_plan_long = {
    "shifts.plan-long", T("This shift is longer than one person may serve in a day."), 0};
const struct reason shifts_rules_wrong = {
    "shifts.rules-wrong",
    T("These numbers do not fit together: a pause must be shorter than the "
      "rest, and a week cannot hold less than a day."),
    0};

const struct shifts_rules shifts_first_rules = {.rest_minutes = 600,
                                                .pause_minutes_max = 180,
                                                .day_minutes_max = 660,
                                                .week_minutes_max = 2640,
                                                .part_minutes_min = 60,
                                                .alarm_minute = 900,
                                                .weeks_ahead = 6};

struct outcome shifts_rules_check(const struct shifts_rules *rules)
{
    bool is_right = rules->week_minutes_max >= rules->day_minutes_max &&
                    rules->pause_minutes_max < rules->rest_minutes;

    return is_right ? DONE : REFUSE(shifts_rules_wrong);
}

/* ---- states ---- */

static const char *const states[SHIFTS_STATES] = {"planned", "confirmed", "open", "cancelled"};
static const char *const swaps[SHIFTS_SWAPS] = {"asked",     "done",   "declined",
                                                "withdrawn", "lapsed", "void"};
static const char *const leaves[SHIFTS_LEAVES] = {"asked", "granted", "refused", "withdrawn"};
static const char *const gaps[SHIFTS_GAPS] = {"covered", "nobody", "unconfirmed", "suspended",
                                              "unqualified"};

static int place_of(const char *const *words, int count, struct str word)
{
    int place = 0;

    while (place < count && !str_same(str_of(words[place]), word)) place++;
    assert(place < count); /* only we write these columns */
    return place;
}

struct str shifts_state_word(enum shifts_state state)
{
    return str_of(states[state]);
}

enum shifts_state shifts_state_of(struct str word)
{
    return (enum shifts_state)place_of(states, SHIFTS_STATES, word);
}

struct str shifts_swap_word(enum shifts_swap state)
{
    return str_of(swaps[state]);
}

enum shifts_swap shifts_swap_of(struct str word)
{
    return (enum shifts_swap)place_of(swaps, SHIFTS_SWAPS, word);
}

struct str shifts_leave_word(enum shifts_leave state)
{
    return str_of(leaves[state]);
}

enum shifts_leave shifts_leave_of(struct str word)
{
    return (enum shifts_leave)place_of(leaves, SHIFTS_LEAVES, word);
}

struct str shifts_gap_word(enum shifts_gap gap)
{
    return str_of(gaps[gap]);
}

static const struct line {
    enum shifts_state from;
    enum shifts_step step;
    enum shifts_state to;
} lines[] = {
    {SHIFTS_OPEN, SHIFTS_NAME, SHIFTS_PLANNED},
    {SHIFTS_OPEN, SHIFTS_TAKE, SHIFTS_CONFIRMED},
    {SHIFTS_OPEN, SHIFTS_CANCEL, SHIFTS_CANCELLED},
    {SHIFTS_PLANNED, SHIFTS_CONFIRM, SHIFTS_CONFIRMED},
    {SHIFTS_PLANNED, SHIFTS_RELEASE, SHIFTS_OPEN},
    {SHIFTS_PLANNED, SHIFTS_PASS, SHIFTS_CONFIRMED},
    {SHIFTS_PLANNED, SHIFTS_CANCEL, SHIFTS_CANCELLED},
    {SHIFTS_CONFIRMED, SHIFTS_RELEASE, SHIFTS_OPEN},
    {SHIFTS_CONFIRMED, SHIFTS_PASS, SHIFTS_CONFIRMED},
    {SHIFTS_CONFIRMED, SHIFTS_CANCEL, SHIFTS_CANCELLED},
    {SHIFTS_CANCELLED, SHIFTS_RESTORE, SHIFTS_OPEN},
};

struct outcome shifts_next(enum shifts_state from, enum shifts_step step, enum shifts_state *to)
{
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (lines[i].from == from && lines[i].step == step) {
            *to = lines[i].to;
            return DONE;
        }
    }
    return REFUSE(shifts_not_now);
}

struct outcome shifts_swap_next(enum shifts_swap from, enum shifts_swap to)
{
    return from == SHIFTS_SWAP_ASKED && to != SHIFTS_SWAP_ASKED ? DONE : REFUSE(shifts_not_now);
}

struct outcome shifts_leave_next(enum shifts_leave from, enum shifts_leave to)
{
    if (from == SHIFTS_LEAVE_ASKED && to != SHIFTS_LEAVE_ASKED) return DONE;
    if (from == SHIFTS_LEAVE_GRANTED && to == SHIFTS_LEAVE_WITHDRAWN) return DONE;
    return REFUSE(shifts_not_now);
}

bool shifts_leave_is_known(struct str kind)
{
    static const char *const kinds[] = {"ill", "court", "holiday", "study", "other"};

    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_same(str_of(kinds[i]), kind)) return true;
    }
    return false;
}

/* ---- plans and days ---- */

struct outcome shifts_plan_check(const struct shifts_rules *rules, const struct shifts_plan *plan)
{
    int minutes = plan->to_minute - plan->from_minute;
    bool is_right = plan->from_minute >= 0 && plan->from_minute < CALENDAR_MINUTES &&
                    plan->to_minute <= SHIFTS_TO_MINUTE_MAX && minutes >= SHIFTS_MINUTES_MIN &&
                    minutes <= SHIFTS_MINUTES_MAX && plan->weekdays &&
                    plan->weekdays <= (SHIFTS_EVERY_WEEKDAY | SHIFTS_HOLIDAYS) &&
                    plan->makeup_as >= CALENDAR_MONDAY && plan->makeup_as <= SHIFTS_MAKEUP_NONE;

    if (plan->to_day && plan->to_day < plan->from_day) is_right = false;
    if (!is_right) return REFUSE(shifts_plan_wrong);
    return minutes <= rules->day_minutes_max ? DONE : REFUSE(shifts_plan_long);
}

static bool is_within(const struct shifts_plan *plan, calendar_day day)
{
    return day >= plan->from_day && (!plan->to_day || day <= plan->to_day);
}

static bool has_bit(unsigned weekdays, int bit)
{
    return (weekdays >> bit & 1U) != 0;
}

struct outcome shifts_works(const struct calendar *calendar, const struct shifts_plan *plan,
                            unsigned weekdays, calendar_day day, bool *worked)
{
    unsigned both = plan->weekdays & weekdays;
    enum calendar_kind kind;

    *worked = false;
    if (!is_within(plan, day)) return DONE;
    TRY(calendar_day_kind(calendar, day, &kind));
    if (kind == CALENDAR_HOLIDAY)
        *worked = (both & SHIFTS_HOLIDAYS) != 0;
    else if (kind == CALENDAR_MAKEUP)
        *worked = plan->makeup_as != SHIFTS_MAKEUP_NONE && has_bit(both, plan->makeup_as);
    else
        *worked = has_bit(both, (int)calendar_weekday_of(day));
    return DONE;
}

struct shifts_day shifts_on_day(const struct calendar *calendar, const struct shifts_plan *plan,
                                unsigned weekdays, calendar_day day)
{
    struct shifts_day made = {0};

    if (IS_DONE(shifts_works(calendar, plan, weekdays, day, &made.is_worked))) return made;
    made.is_worked = has_bit(plan->weekdays & weekdays, (int)calendar_weekday_of(day));
    made.is_provisional = true;
    return made;
}

struct shifts_span shifts_span_on(const struct shifts_plan *plan, calendar_day day)
{
    moment begins = calendar_day_begins(day);

    return (struct shifts_span){begins + plan->from_minute * (int64_t)SECONDS_PER_MINUTE,
                                begins + plan->to_minute * (int64_t)SECONDS_PER_MINUTE};
}

/* ---- gaps ---- */

enum shifts_gap shifts_gap_of(const struct shifts_standing *s)
{
    if (s->state == SHIFTS_CANCELLED) return SHIFTS_COVERED; /* nobody is needed */
    if (s->state == SHIFTS_OPEN) return SHIFTS_NOBODY;
    if (!s->is_active) return SHIFTS_SUSPENDED;
    if (!s->verified_at || (s->licence_until && s->licence_until < s->ends_at))
        return SHIFTS_UNQUALIFIED;
    return s->state == SHIFTS_CONFIRMED ? SHIFTS_COVERED : SHIFTS_UNCONFIRMED;
}

moment shifts_alarm_at(const struct calendar *calendar, const struct shifts_rules *rules,
                       moment starts_at)
{
    calendar_day day = calendar_day_of(starts_at), found = day - 1;

    for (calendar_day d = day - 1; d >= day - SHIFTS_ALARM_LOOK_DAYS; d--) {
        bool working;

        if (!IS_DONE(calendar_is_working_day(calendar, d, &working))) break;
        if (!working) continue;
        found = d;
        break;
    }
    return calendar_day_begins(found) + rules->alarm_minute * SECONDS_PER_MINUTE;
}

/* ---- cover ---- */

void shifts_cover_add(int64_t cover[static SHIFTS_HALF_HOURS], calendar_day day,
                      struct shifts_span span, int64_t people)
{
    enum { HALF_HOUR = SECONDS_PER_HOUR / 2 };
    moment begins = calendar_day_begins(day);

    for (int i = 0; i < SHIFTS_HALF_HOURS; i++) {
        moment from = begins + i * (int64_t)HALF_HOUR;

        if (span.starts_at <= from && span.ends_at >= from + HALF_HOUR) cover[i] += people;
    }
}
