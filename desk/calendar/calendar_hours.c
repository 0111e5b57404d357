/* calendar_hours.c -- when a desk is open, and time counted while it is.
 *
 * Invariants 3, 7 and 8 of calendar.h are kept here.  Everything goes day by day through
 * opening_on(), the one place that knows which hours a day has.
 */
#include "desk/calendar/calendar.h"

const struct reason calendar_never_opens = {
    "calendar.never_opens",
    T("No opening hours are set for the coming year. Please tell the office."), 503,
    SECONDS_PER_HOUR};
const struct reason calendar_span_too_long = {
    "calendar.span_too_long",
    T("The two dates are more than ten years apart. Please choose dates closer together."), 0};
const struct reason calendar_hours_wrong = {
    "calendar.hours_wrong",
    T("Opening must be before closing, both between 00:00 and 24:00, at most six times a day."), 0};
const struct reason calendar_hours_overlap = {
    "calendar.hours_overlap",
    T("Two opening times of one day overlap. Please enter them in order, one after the other."), 0};
const struct reason calendar_exception_twice = {
    "calendar.exception_twice",
    T("A date has special hours twice, or the dates are not in order. Please enter each date "
      "once."),
    0};

static const struct calendar_opening ALL_DAY = {{{0, CALENDAR_MINUTES}}, 1};

/* ---- hours as somebody typed them in ---- */

static struct outcome opening_check(const struct calendar_opening *opening)
{
    if (opening->count < 0 || opening->count > CALENDAR_INTERVALS_MAX)
        return REFUSE(calendar_hours_wrong);
    for (int i = 0; i < opening->count; i++) {
        struct calendar_interval one = opening->interval[i];

        if (one.from < 0 || one.from >= one.to || one.to > CALENDAR_MINUTES)
            return REFUSE(calendar_hours_wrong);
        if (i > 0 && one.from < opening->interval[i - 1].to) return REFUSE(calendar_hours_overlap);
    }
    return DONE;
}

struct outcome calendar_hours_check(const struct calendar_hours *hours)
{
    if (hours->exception_count > CALENDAR_EXCEPTIONS_MAX || (int)hours->makeup_as < 0 ||
        hours->makeup_as >= CALENDAR_WEEKDAYS)
        return REFUSE(calendar_hours_wrong);
    for (int day = 0; day < CALENDAR_WEEKDAYS; day++) TRY(opening_check(&hours->week[day]));
    TRY(opening_check(&hours->holiday));
    for (size_t i = 0; i < hours->exception_count; i++) {
        TRY(opening_check(&hours->exception[i].opening));
        if (i > 0 && hours->exception[i].day <= hours->exception[i - 1].day)
            return REFUSE(calendar_exception_twice);
    }
    return DONE;
}

void calendar_hours_of_workdays(struct calendar_hours *hours,
                                const struct calendar_opening *opening)
{
    *hours = (struct calendar_hours){.makeup_as = CALENDAR_MONDAY};
    for (int day = CALENDAR_MONDAY; day <= CALENDAR_FRIDAY; day++) hours->week[day] = *opening;
}

/* ---- the hours of one day ---- */

static const struct calendar_exception *find_exception(const struct calendar_hours *hours,
                                                       calendar_day day)
{
    size_t low = 0, high = hours->exception_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (hours->exception[middle].day == day) return &hours->exception[middle];
        if (hours->exception[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Asks the calendar last: a desk open round the clock must not close for want of a notice. */
static struct outcome opening_on(const struct calendar_desk *desk, calendar_day day,
                                 const struct calendar_opening **opening)
{
    const struct calendar_hours *hours = desk->hours;
    const struct calendar_exception *exception = find_exception(hours, day);
    enum calendar_kind kind;

    if (exception) {
        *opening = &exception->opening;
        return DONE;
    }
    if (hours->round_the_clock) {
        *opening = &ALL_DAY;
        return DONE;
    }
    TRY(calendar_day_kind(desk->calendar, day, &kind));
    switch (kind) {
    case CALENDAR_NORMAL: *opening = &hours->week[calendar_weekday_of(day)]; break;
    case CALENDAR_HOLIDAY: *opening = &hours->holiday; break;
    case CALENDAR_MAKEUP: *opening = &hours->week[hours->makeup_as]; break;
    }
    return DONE;
}

/* Whether the desk has any hours at all: without, no calendar need be searched. */
static bool opens_ever(const struct calendar_hours *hours)
{
    bool opens = hours->round_the_clock || hours->holiday.count > 0;

    for (int day = 0; day < CALENDAR_WEEKDAYS; day++) opens |= hours->week[day].count > 0;
    for (size_t i = 0; i < hours->exception_count; i++)
        opens |= hours->exception[i].opening.count > 0;
    return opens;
}

static bool open_at(const struct calendar_opening *opening, int minute)
{
    for (int i = 0; i < opening->count; i++) {
        if (minute >= opening->interval[i].from && minute < opening->interval[i].to) return true;
    }
    return false;
}

/* The first minute at or after `minute` when the day is open (or, if not `open`, closed); 1440
 * when that is not on this day.  In order and without overlap, one pass is enough. */
static int first_minute(const struct calendar_opening *opening, int minute, bool open)
{
    for (int i = 0; i < opening->count; i++) {
        struct calendar_interval one = opening->interval[i];

        if (one.to <= minute) continue;
        if (open) return one.from > minute ? one.from : minute;
        if (one.from > minute) return minute;
        minute = one.to;
    }
    return open ? CALENDAR_MINUTES : minute;
}

static moment moment_in(calendar_day day, int minute)
{
    return calendar_day_begins(day) + (moment)minute * SECONDS_PER_MINUTE;
}

/* The first moment at or after `at` when the desk is open (closed); 0 when there is none. */
static struct outcome first_moment(const struct calendar_desk *desk, moment at, bool open,
                                   moment *found)
{
    calendar_day first = calendar_day_of(at);

    *found = 0;
    if (open && !opens_ever(desk->hours)) return DONE;
    for (calendar_day day = first; day <= first + CALENDAR_LOOK_DAYS; day++) {
        const struct calendar_opening *opening;
        int start = day == first ? calendar_minute_of(at) : 0, minute;

        TRY(opening_on(desk, day, &opening));
        minute = first_minute(opening, start, open);
        if (minute == CALENDAR_MINUTES) continue;
        /* Within the minute of `at` it is `at`, not the minute's beginning. */
        *found = day == first && minute == start ? at : moment_in(day, minute);
        return DONE;
    }
    return DONE;
}

/* ---- open or not ---- */

struct outcome calendar_is_open(const struct calendar_desk *desk, moment at, bool *open)
{
    const struct calendar_opening *opening;

    TRY(opening_on(desk, calendar_day_of(at), &opening));
    *open = open_at(opening, calendar_minute_of(at));
    return DONE;
}

struct outcome calendar_open(const struct calendar_desk *desk, moment at, bool *open,
                             moment *changes_at)
{
    if (!opens_ever(desk->hours)) {
        *open = false;
        *changes_at = 0;
        return DONE;
    }
    TRY(calendar_is_open(desk, at, open));
    return first_moment(desk, at, !*open, changes_at);
}

struct outcome calendar_next_opening(const struct calendar_desk *desk, moment at, moment *opens)
{
    TRY(first_moment(desk, at, true, opens));
    return *opens ? DONE : REFUSE(calendar_never_opens);
}

struct outcome calendar_due_at_close(const struct calendar_desk *desk, moment at, int working_days,
                                     moment *due)
{
    const struct calendar_opening *opening;
    calendar_day day;
    moment end;

    TRY(calendar_due(desk->calendar, at, working_days, &end));
    day = calendar_day_of(end - 1);
    TRY(opening_on(desk, day, &opening));
    *due = opening->count > 0 ? moment_in(day, opening->interval[opening->count - 1].to) : end;
    /* Today, asked after closing: the next working day, or it would be overdue when promised. */
    if (*due <= at) return calendar_due_at_close(desk, at, 1, due);
    return DONE;
}

/* ---- time while open ---- */

/* Goes through the open stretches of [from, end) and stops when `enough` seconds are together:
 * `seconds` is then `enough` and `reached` the moment. */
static struct outcome gather(const struct calendar_desk *desk, moment from, moment end,
                             int64_t enough, int64_t *seconds, moment *reached)
{
    calendar_day last = calendar_day_of(end - 1);

    for (calendar_day day = calendar_day_of(from); day <= last; day++) {
        const struct calendar_opening *opening;

        TRY(opening_on(desk, day, &opening));
        for (int i = 0; i < opening->count; i++) {
            moment start = moment_in(day, opening->interval[i].from);
            moment stop = moment_in(day, opening->interval[i].to);

            if (start < from) start = from;
            if (stop > end) stop = end;
            if (stop <= start) continue;
            if (stop - start >= enough - *seconds) {
                *reached = start + (enough - *seconds);
                *seconds = enough;
                return DONE;
            }
            *seconds += stop - start;
        }
    }
    return DONE;
}

struct outcome calendar_working_seconds(const struct calendar_desk *desk, moment from, moment to,
                                        int64_t *seconds)
{
    moment reached = 0;

    *seconds = 0;
    if (to <= from || !opens_ever(desk->hours)) return DONE;
    if (calendar_day_of(to) - calendar_day_of(from) > CALENDAR_SPAN_DAYS)
        return REFUSE(calendar_span_too_long);
    return gather(desk, from, to, INT64_MAX, seconds, &reached);
}

struct outcome calendar_add_working_seconds(const struct calendar_desk *desk, moment from,
                                            int64_t seconds, moment *at)
{
    moment end = calendar_day_begins(calendar_day_of(from) + CALENDAR_SPAN_DAYS);
    int64_t gathered = 0;

    assert(seconds >= 0);
    *at = from;
    if (seconds == 0) return DONE;
    if (!opens_ever(desk->hours)) return REFUSE(calendar_never_opens);
    TRY(gather(desk, from, end, seconds, &gathered, at));
    if (gathered == 0) return REFUSE(calendar_never_opens);
    return gathered == seconds ? DONE : REFUSE(calendar_span_too_long);
}

struct outcome calendar_part_of_way(const struct calendar_desk *desk, moment from, moment due,
                                    int numerator, int denominator, moment *at)
{
    int64_t seconds;

    assert(0 <= numerator && numerator <= denominator && denominator > 0);
    TRY(calendar_working_seconds(desk, from, due, &seconds));
    return calendar_add_working_seconds(desk, from, seconds * numerator / denominator, at);
}
