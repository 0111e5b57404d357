/* supervision_figures.c -- see supervision_figures.h. */
#include "bureau/supervision/supervision_figures.h"

/* ---- periods ---- */

static const struct {
    const char *word, *name;
} periods[SUPERVISION_PERIODS] = {
    [SUPERVISION_DAY] = {"day", T("Daily report")},
    [SUPERVISION_WEEK] = {"week", T("Weekly report")},
    [SUPERVISION_MONTH] = {"month", T("Monthly report")},
};

struct str supervision_period_word(enum supervision_period period)
{
    return str_of(periods[period].word);
}

bool supervision_period_of(struct str word, enum supervision_period *period)
{
    for (int i = 0; i < SUPERVISION_PERIODS; i++) {
        if (!str_same(word, str_of(periods[i].word))) continue;
        *period = (enum supervision_period)i;
        return true;
    }
    return false;
}

const char *supervision_period_name(enum supervision_period period)
{
    return periods[period].name;
}

struct supervision_days supervision_days_of(enum supervision_period period, calendar_day day)
{
    struct calendar_date date = calendar_date_of(day);
    calendar_day monday = day - (calendar_day)calendar_weekday_of(day);
    int year = date.month == 12 ? date.year + 1 : date.year;

    switch (period) {
    case SUPERVISION_WEEK: return (struct supervision_days){monday, monday + CALENDAR_WEEKDAYS};
    case SUPERVISION_MONTH:
        return (struct supervision_days){calendar_day_from(date.year, date.month, 1),
                                         calendar_day_from(year, date.month % 12 + 1, 1)};
    default: return (struct supervision_days){day, day + 1};
    }
}

struct supervision_days supervision_days_before(enum supervision_period period,
                                                struct supervision_days days)
{
    return supervision_days_of(period, days.first - 1);
}

/* ---- columns ---- */

const struct supervision_column supervision_columns[SUPERVISION_COLUMNS] = {
    {"asked", T("Questions asked"), RECORD_opened, SUPERVISION_COUNT},
    {"live", T("Asked live"), RECORD_live, SUPERVISION_COUNT},
    {"talks", T("Answered live"), RECORD_talk, SUPERVISION_COUNT},
    {"in_time", T("Of these in time"), RECORD_talk, SUPERVISION_WITHIN},
    {"in_time_share", T("In time, %"), RECORD_talk, SUPERVISION_SHARE},
    {"mean_wait", T("Wait on average, s"), RECORD_talk, SUPERVISION_MEAN},
    {"longest_wait", T("Longest wait, s"), RECORD_talk, SUPERVISION_LONGEST},
    {"abandoned", T("Gave up waiting"), RECORD_abandoned, SUPERVISION_COUNT},
    {"to_message", T("Left in writing instead"), RECORD_to_message, SUPERVISION_COUNT},
    {"written", T("Written questions"), RECORD_written, SUPERVISION_COUNT},
    {"answered", T("Answered in writing"), RECORD_answered, SUPERVISION_COUNT},
    {"late", T("Promise not kept"), RECORD_late, SUPERVISION_COUNT},
    {"ended", T("Ended"), RECORD_ended, SUPERVISION_COUNT},
    {"mean_talk", T("Talk on average, s"), RECORD_handled, SUPERVISION_MEAN},
    {"rated", T("Rated"), RECORD_rated, SUPERVISION_COUNT},
    {"mean_stars", T("Stars on average"), RECORD_rated, SUPERVISION_MEAN},
    {"satisfied", T("Four or five stars"), RECORD_rated, SUPERVISION_WITHIN},
    {"satisfied_share", T("Satisfied, %"), RECORD_rated, SUPERVISION_SHARE},
};

static int64_t rounded(int64_t sum, int64_t count)
{
    return (sum * 2 + count) / (count * 2);
}

int64_t supervision_value(const struct supervision_column *column,
                          const struct supervision_sums *sums)
{
    const struct supervision_sum *sum = &sums->of[column->figure];
    int64_t scale = column->figure == RECORD_rated ? 10 : 1;

    switch (column->measure) {
    case SUPERVISION_COUNT: return sum->count;
    case SUPERVISION_WITHIN: return sum->within;
    case SUPERVISION_SHARE: return sum->count ? rounded(sum->within * 1000, sum->count) : -1;
    case SUPERVISION_MEAN: return sum->count ? rounded(sum->sum * scale, sum->count) : -1;
    case SUPERVISION_LONGEST: return sum->count ? sum->max : -1;
    }
    return -1;
}

bool supervision_change(int64_t now, int64_t before, int64_t *percent)
{
    int64_t more = now - before;

    if (now < 0 || before <= 0) return false;
    *percent = more >= 0 ? rounded(more * 100, before) : -rounded(-more * 100, before);
    return true;
}

/* ---- balance ---- */

enum { MINUTES_OF_100_HOURS = 6000 };

/* Of those with hours; sorted by insertion, since a city has few districts. */
static int64_t middle_of(const struct supervision_load *loads, size_t count)
{
    int64_t sorted[SUPERVISION_LOADS_MAX];
    size_t known = 0;

    for (size_t i = 0; i < count && known < SUPERVISION_LOADS_MAX; i++) {
        size_t at = known;

        if (loads[i].load < 0) continue;
        for (; at > 0 && sorted[at - 1] > loads[i].load; at--) sorted[at] = sorted[at - 1];
        sorted[at] = loads[i].load;
        known++;
    }
    if (known < SUPERVISION_COMPARED_MIN) return -1;
    return known % 2 ? sorted[known / 2] : (sorted[known / 2 - 1] + sorted[known / 2]) / 2;
}

/* Whether so many questions are more than chance away from what the middle would bring in these
 * hours: two standard deviations of a Poisson count.  Of two questions where one is usual nobody is
 * to be told that they have too much to do. */
static bool is_beyond_chance(const struct supervision_load *load, int64_t middle)
{
    double usual = (double)middle * (double)load->minutes / MINUTES_OF_100_HOURS;
    double off = (double)load->cases - usual;

    return off * off > 4 * usual;
}

int64_t supervision_weigh(struct supervision_load *loads, size_t count, int64_t high_percent,
                          int64_t low_percent)
{
    bool anybody = false; /* else no hours were recorded at all */
    int64_t middle;

    for (size_t i = 0; i < count; i++) anybody = anybody || loads[i].minutes > 0;
    for (size_t i = 0; i < count; i++)
        loads[i].load = loads[i].minutes > 0
                            ? rounded(loads[i].cases * MINUTES_OF_100_HOURS, loads[i].minutes)
                            : -1;
    middle = middle_of(loads, count);
    for (size_t i = 0; i < count; i++) {
        struct supervision_load *load = &loads[i];

        load->percent = middle > 0 && load->load >= 0 ? rounded(load->load * 100, middle) : -1;
        load->balance = SUPERVISION_USUAL;
        if (load->minutes <= 0)
            load->balance = load->cases > 0 && anybody ? SUPERVISION_NOBODY : SUPERVISION_NO_WORD;
        else if (load->percent < 0)
            load->balance = SUPERVISION_NO_WORD;
        else if (!is_beyond_chance(load, middle))
            load->balance = SUPERVISION_USUAL;
        else if (load->percent > high_percent)
            load->balance = SUPERVISION_TOO_MUCH;
        else if (load->percent < low_percent)
            load->balance = SUPERVISION_TO_SPARE;
    }
    return middle;
}

const char *supervision_balance_name(enum supervision_balance balance)
{
    static const char *const names[] = {
        [SUPERVISION_USUAL] = T("as usual"),
        [SUPERVISION_TOO_MUCH] = T("too much for those on line"),
        [SUPERVISION_TO_SPARE] = T("room to spare"),
        [SUPERVISION_NOBODY] = T("questions, and nobody on line"),
        [SUPERVISION_NO_WORD] = T("nothing to compare"),
    };

    return names[balance];
}
