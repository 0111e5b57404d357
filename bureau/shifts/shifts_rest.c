/* shifts_rest.c -- overlap, rest, hours and leave: what one person may hold.  See shifts.h. */
#include "bureau/shifts/shifts.h"

const struct reason shifts_overlaps = {"shifts.overlaps",
                                       T("At that time there is already another shift: %1."), 409};
const struct reason shifts_rest = {
    "shifts.rest", T("There would be too little rest before or after this shift: %1."), 409};
const struct reason shifts_day_full = {
    "shifts.day-full", T("Together with this shift it would be too many hours in one day: %1."),
    409};
const struct reason shifts_week_full = {
    "shifts.week-full",
    T("Together with this shift, and others of that week, it would be too many "
      "hours in one week: %1."),
    409};
const struct reason shifts_leave_wrong = {
    "shifts.leave-wrong", T("A leave ends after it begins, and begins today at the earliest."), 0};
const struct reason shifts_leave_long = {
    "shifts.leave-long", T("More than half a year at a time is not possible here."), 0};

bool shifts_overlap(struct shifts_span a, struct shifts_span b)
{
    return a.starts_at < b.ends_at && b.starts_at < a.ends_at;
}

int64_t shifts_minutes_within(struct shifts_span span, moment from, moment to)
{
    moment starts = span.starts_at > from ? span.starts_at : from;
    moment ends = span.ends_at < to ? span.ends_at : to;

    return ends > starts ? (ends - starts) / SECONDS_PER_MINUTE : 0;
}

calendar_day shifts_monday_of(calendar_day day)
{
    return day - (calendar_day)calendar_weekday_of(day);
}

struct holder {
    const struct shifts_rules *rules;
    const struct shifts_held *held;
    size_t count;
    id but;
};

/* Would [from, to) hold more than `most` minutes with `span`?  Then the shift in it that is nearest
 * to `span` is named. */
static const struct shifts_held *too_much(const struct holder *holder, struct shifts_span span,
                                          moment from, moment to, int64_t most)
{
    int64_t minutes = shifts_minutes_within(span, from, to), nearest = 0;
    const struct shifts_held *other = NULL;

    for (size_t i = 0; i < holder->count; i++) {
        const struct shifts_held *held = &holder->held[i];
        int64_t within = shifts_minutes_within(held->span, from, to);
        int64_t away = held->span.starts_at - span.starts_at;

        if (held->shift_id == holder->but || within == 0) continue;
        minutes += within;
        if (away < 0) away = -away;
        if (other && away >= nearest) continue;
        nearest = away;
        other = held;
    }
    return minutes > most ? other : NULL;
}

static bool is_neither(const struct shifts_rules *rules, int64_t seconds)
{
    return seconds > rules->pause_minutes_max * SECONDS_PER_MINUTE &&
           seconds < rules->rest_minutes * SECONDS_PER_MINUTE;
}

/* Too long for a pause and too short for a rest: only its neighbours on either side count, since
 * what lies behind them is parted by them. */
static const struct shifts_held *too_near(const struct holder *holder, struct shifts_span span)
{
    const struct shifts_held *before = NULL, *after = NULL;

    for (size_t i = 0; i < holder->count; i++) {
        const struct shifts_held *held = &holder->held[i];

        if (held->shift_id == holder->but) continue;
        if (held->span.ends_at <= span.starts_at) {
            if (!before || held->span.ends_at > before->span.ends_at) before = held;
        } else if (!after || held->span.starts_at < after->span.starts_at) {
            after = held;
        }
    }
    if (before && is_neither(holder->rules, span.starts_at - before->span.ends_at)) return before;
    if (after && is_neither(holder->rules, after->span.starts_at - span.ends_at)) return after;
    return NULL;
}

static const struct shifts_held *too_full(const struct holder *holder, struct shifts_span span,
                                          const struct reason **why)
{
    calendar_day first = calendar_day_of(span.starts_at), last = calendar_day_of(span.ends_at - 1);
    const struct shifts_held *other;

    for (calendar_day day = first; day <= last; day++) {
        moment begins = calendar_day_begins(day);

        other = too_much(holder, span, begins, begins + SECONDS_PER_DAY,
                         holder->rules->day_minutes_max);
        *why = &shifts_day_full;
        if (other) return other;
    }
    for (calendar_day monday = shifts_monday_of(first); monday <= last; monday += 7) {
        moment begins = calendar_day_begins(monday);

        other = too_much(holder, span, begins, begins + 7 * (int64_t)SECONDS_PER_DAY,
                         holder->rules->week_minutes_max);
        *why = &shifts_week_full;
        if (other) return other;
    }
    return NULL;
}

struct shifts_verdict shifts_may_hold(const struct shifts_rules *rules,
                                      const struct shifts_held *held, size_t count, id but,
                                      struct shifts_span span)
{
    struct holder holder = {rules, held, count, but};
    const struct shifts_held *other;
    const struct reason *why = NULL;

    for (size_t i = 0; i < count; i++) {
        if (held[i].shift_id != but && shifts_overlap(held[i].span, span))
            return (struct shifts_verdict){&shifts_overlaps, &held[i]};
    }
    other = too_near(&holder, span);
    if (other) return (struct shifts_verdict){&shifts_rest, other};
    other = too_full(&holder, span, &why);
    return other ? (struct shifts_verdict){why, other} : (struct shifts_verdict){0};
}

/* ---- leave ---- */

struct outcome shifts_leave_check(struct shifts_span leave, moment now)
{
    if (leave.ends_at <= leave.starts_at ||
        leave.starts_at < calendar_day_begins(calendar_day_of(now)) || leave.ends_at <= now)
        return REFUSE(shifts_leave_wrong);
    if (leave.ends_at - leave.starts_at > SHIFTS_LEAVE_DAYS_MAX * (int64_t)SECONDS_PER_DAY)
        return REFUSE(shifts_leave_long);
    return DONE;
}

size_t shifts_split(const struct shifts_rules *rules, struct shifts_span shift,
                    struct shifts_span leave, struct shifts_part parts[static SHIFTS_PARTS_MAX])
{
    int64_t least = rules->part_minutes_min * SECONDS_PER_MINUTE;
    moment gone_from = leave.starts_at, gone_to = leave.ends_at;
    size_t count = 0;

    if (!shifts_overlap(shift, leave)) {
        parts[0] = (struct shifts_part){shift, true};
        return 1;
    }
    if (gone_from < shift.starts_at || gone_from - shift.starts_at < least)
        gone_from = shift.starts_at;
    if (gone_to > shift.ends_at || shift.ends_at - gone_to < least) gone_to = shift.ends_at;
    if (gone_from > shift.starts_at)
        parts[count++] = (struct shifts_part){{shift.starts_at, gone_from}, true};
    parts[count++] = (struct shifts_part){{gone_from, gone_to}, false};
    if (gone_to < shift.ends_at)
        parts[count++] = (struct shifts_part){{gone_to, shift.ends_at}, true};
    return count;
}
