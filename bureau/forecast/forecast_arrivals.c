/* forecast_arrivals.c -- how many will ask, per half hour, from the days that were.
 *
 * A day is a total times a shape.  The total is a mean of days alike, newer ones weighing more,
 * freed from what weekday they were and, when it can be told from chance, carried on along the
 * trend; a year ago tells the season.  The shape is the mean shape of days alike.
 *
 *  (1) Little is known at first: what is particular (a weekday, its shape) is drawn towards what is
 *      common, the more the less of it was seen.
 *  (2) A single mad day does not move much: totals are cut at CUT times the median either way.
 *  (3) The range holds the chance of counting (Poisson) and how much days alike differ.
 *  (4) Nothing is said from fewer than FORECAST_DAYS_MIN days, or without a day that is alike.
 */
#include <math.h>

#include "bureau/forecast/forecast.h"

static const double LEVEL_DAYS = 21, WEEKDAY_DAYS = 84, SHAPE_DAYS = 56; /* half of the weight */
static const double WEEKDAY_DRAWN = 1; /* days' weight of the common mean in a weekday's own */
static const double SHAPE_DRAWN = 300; /* arrivals' weight of the common shape in a weekday's */
static const double CUT = 2.5, TREND_MAX = 0.05, TREND_FADES = 5, EIGHTY_PERCENT = 1.2816;
enum { TREND_DAYS = 56, TREND_DAYS_MIN = 20, SEASON_DAYS = 364, SEASON_NEAR = 14, SEASON_MIN = 5 };

/* The days that are alike, as they are worked on. */
struct alike {
    const struct forecast_day *day[FORECAST_DAYS_MAX];
    double total[FORECAST_DAYS_MAX]; /* cut, and later freed from its weekday */
    size_t count;
    calendar_day target;
    double factor[CALENDAR_WEEKDAYS];
};

static double weight(const struct alike *alike, size_t i, double half_days)
{
    return exp2(-(double)(alike->target - alike->day[i]->day) / half_days);
}

static bool is_alike(enum forecast_kind a, enum forecast_kind b, bool is_wide)
{
    bool a_worked = a == FORECAST_WORKING || a == FORECAST_MAKEUP;
    bool b_worked = b == FORECAST_WORKING || b == FORECAST_MAKEUP;

    return a == b || (a_worked && b_worked) || (is_wide && !a_worked && !b_worked);
}

static void choose(struct alike *alike, const struct forecast_day *days, size_t count,
                   enum forecast_kind kind, bool is_wide)
{
    alike->count = 0;
    for (size_t i = 0; i < count && alike->count < FORECAST_DAYS_MAX; i++) {
        double total = 0;

        if (!is_alike(days[i].kind, kind, is_wide)) continue;
        for (int h = 0; h < FORECAST_HALF_HOURS; h++) total += (double)days[i].arrivals[h];
        alike->total[alike->count] = total;
        alike->day[alike->count++] = &days[i];
    }
}

static double median(const struct alike *alike)
{
    double sorted[FORECAST_DAYS_MAX];

    for (size_t i = 0; i < alike->count; i++) {
        size_t k = i;

        for (; k > 0 && sorted[k - 1] > alike->total[i]; k--) sorted[k] = sorted[k - 1];
        sorted[k] = alike->total[i];
    }
    return sorted[alike->count / 2];
}

static void cut(struct alike *alike)
{
    double middle = median(alike);

    for (size_t i = 0; middle > 0 && i < alike->count; i++)
        alike->total[i] = fmin(fmax(alike->total[i], middle / CUT), middle * CUT);
}

static double mean(const struct alike *alike, double half_days)
{
    double sum = 0, weights = 0;

    for (size_t i = 0; i < alike->count; i++) {
        double w = weight(alike, i, half_days);

        sum += w * alike->total[i];
        weights += w;
    }
    return weights > 0 ? sum / weights : 0;
}

/* How the weekdays of days alike differ; afterwards totals are as of a day like the mean. */
static void free_weekdays(struct alike *alike)
{
    double common = mean(alike, WEEKDAY_DAYS), sum[CALENDAR_WEEKDAYS] = {0};
    double weights[CALENDAR_WEEKDAYS] = {0};

    for (size_t i = 0; i < alike->count; i++) {
        int weekday = alike->day[i]->kind == FORECAST_MAKEUP
                          ? CALENDAR_MONDAY
                          : (int)calendar_weekday_of(alike->day[i]->day);
        double w = weight(alike, i, WEEKDAY_DAYS);

        sum[weekday] += w * alike->total[i];
        weights[weekday] += w;
    }
    for (int d = 0; d < CALENDAR_WEEKDAYS; d++)
        alike->factor[d] =
            common > 0 ? (sum[d] / common + WEEKDAY_DRAWN) / (weights[d] + WEEKDAY_DRAWN) : 1;
    for (size_t i = 0; i < alike->count; i++) {
        int weekday = alike->day[i]->kind == FORECAST_MAKEUP
                          ? CALENDAR_MONDAY
                          : (int)calendar_weekday_of(alike->day[i]->day);

        alike->total[i] /= fmax(alike->factor[weekday], 0.05);
    }
}

/* Growth a day as a share of `level`, halved because trends end, or 0 when it may be chance. */
static double growth(const struct alike *alike, double level)
{
    double n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0, slope, rest, error;

    for (size_t i = 0; i < alike->count; i++) {
        double age = (double)(alike->day[i]->day - alike->target);

        if (age < -TREND_DAYS) continue;
        n++, x += age, y += alike->total[i];
        xx += age * age, xy += age * alike->total[i], yy += alike->total[i] * alike->total[i];
    }
    if (n < TREND_DAYS_MIN || level <= 0) return 0;
    xx -= x * x / n, xy -= x * y / n, yy -= y * y / n;
    if (xx <= 0) return 0;
    slope = xy / xx;
    rest = fmax(0, yy - slope * xy);
    error = sqrt(rest / (n - 2) / xx);
    if (fabs(slope) < 2.5 * error) return 0;
    slope = slope / level / 2;
    return fmin(fmax(slope, -TREND_MAX / 7), TREND_MAX / 7);
}

/* The level is a mean of days past; how far back they lie on the whole. */
static double mean_age(const struct alike *alike)
{
    double sum = 0, weights = 0;

    for (size_t i = 0; i < alike->count; i++) {
        double w = weight(alike, i, LEVEL_DAYS);

        sum += w * (double)(alike->target - alike->day[i]->day);
        weights += w;
    }
    return weights > 0 ? sum / weights : 0;
}

/* For how many days a trend is carried on: from where the level lies to the last day known, and
 * beyond it less and less, for trends end; a month ahead they did more harm than good. */
static double carried(const struct alike *alike)
{
    double ahead = (double)(alike->target - alike->day[alike->count - 1]->day);

    return mean_age(alike) - ahead + TREND_FADES * (1 - exp(-ahead / TREND_FADES));
}

/* A year ago: what followed then, over the level that was then.  1 when too little is known. */
static double season(const struct alike *alike, bool *has_season)
{
    double then = 0, near = 0, level = 0, weights = 0, after = 0;
    calendar_day day = alike->target - SEASON_DAYS;
    double back = mean_age(alike);

    for (size_t i = 0; i < alike->count; i++) {
        double far = (double)(alike->day[i]->day - day);
        double w = exp2(-fabs(far + back) / LEVEL_DAYS);

        if (far <= 0 && far > -4 * back) level += w * alike->total[i], weights += w, near++;
        if (fabs(far) <= SEASON_NEAR) then += alike->total[i], after++;
    }
    *has_season = near >= 2 * SEASON_MIN && after >= SEASON_MIN && level > 0;
    return *has_season ? fmin(fmax(then / after / (level / weights), 0.5), 2) : 1;
}

/* How much the totals differ beyond the chance of counting: the square of a share. */
static double spread(const struct alike *alike, double level)
{
    double sum = 0, weights = 0, squares = 0;

    for (size_t i = 0; i < alike->count; i++) {
        double w = weight(alike, i, WEEKDAY_DAYS), share = alike->total[i] / level - 1;

        sum += w * share * share;
        weights += w;
        squares += w * w;
    }
    /* A mean of few is itself uncertain. */
    return fmax(0, sum / weights - 1 / level) + 0.005 + squares / weights / weights * 0.1;
}

struct shape {
    double share[FORECAST_HALF_HOURS];
};

/* The mean shape of days alike, and of those of the same weekday, which count what they weigh. */
static struct shape shape_of(const struct alike *alike, int weekday)
{
    double common[FORECAST_HALF_HOURS] = {0}, own[FORECAST_HALF_HOURS] = {0}, all = 0, mine = 0;
    struct shape shape = {0};

    for (size_t i = 0; i < alike->count; i++) {
        bool is_own = (int)calendar_weekday_of(alike->day[i]->day) == weekday;
        double w = weight(alike, i, SHAPE_DAYS);

        for (int h = 0; h < FORECAST_HALF_HOURS; h++) {
            double arrivals = w * (double)alike->day[i]->arrivals[h];

            common[h] += arrivals, all += arrivals;
            if (is_own) own[h] += arrivals, mine += arrivals;
        }
    }
    for (int h = 0; all > 0 && h < FORECAST_HALF_HOURS; h++)
        shape.share[h] = (own[h] + SHAPE_DRAWN * common[h] / all) / (mine + SHAPE_DRAWN);
    return shape;
}

void forecast_arrivals(const struct forecast_day *days, size_t count, calendar_day day,
                       enum forecast_kind kind, struct forecast_curve *curve)
{
    static const int few = 3;
    struct alike alike = {.target = day};
    int weekday = kind == FORECAST_MAKEUP ? CALENDAR_MONDAY : (int)calendar_weekday_of(day);
    double level, trend, varies;
    struct shape shape;

    *curve = (struct forecast_curve){.days = (int64_t)count};
    choose(&alike, days, count, kind, false);
    if (alike.count < (size_t)few) choose(&alike, days, count, kind, true);
    curve->days_alike = (int64_t)alike.count;
    if (count < FORECAST_DAYS_MIN || alike.count == 0) return;
    curve->knows = alike.count < FORECAST_ALIKE_MIN ? FORECAST_KNOWS_LITTLE : FORECAST_KNOWS_ENOUGH;
    shape = shape_of(&alike, weekday);
    cut(&alike);
    free_weekdays(&alike);
    level = mean(&alike, LEVEL_DAYS);
    if (level <= 0) return;
    trend = growth(&alike, level);
    varies = spread(&alike, level);
    curve->trend = trend * 7;
    level *= 1 + trend * carried(&alike);
    level *= alike.factor[weekday] * season(&alike, &curve->has_season);
    for (int h = 0; h < FORECAST_HALF_HOURS; h++) {
        double expected = level * shape.share[h];
        double reach = EIGHTY_PERCENT * sqrt(expected + varies * expected * expected);

        curve->expected[h] = expected;
        curve->low[h] = fmax(0, expected - reach);
        curve->high[h] = expected + reach;
    }
}

/* ---- kinds of days ---- */

struct outcome forecast_kind_of(const struct calendar *calendar, calendar_day day,
                                enum forecast_kind *kind)
{
    enum calendar_kind official;
    struct outcome outcome = calendar_day_kind(calendar, day, &official);

    if (outcome.refusal == &calendar_year_missing)
        official = CALENDAR_NORMAL; /* by weekdays, until the year's notice is loaded */
    else
        TRY(outcome);
    *kind = official == CALENDAR_HOLIDAY                    ? FORECAST_HOLIDAY
            : official == CALENDAR_MAKEUP                   ? FORECAST_MAKEUP
            : calendar_weekday_of(day) >= CALENDAR_SATURDAY ? FORECAST_WEEKEND
                                                            : FORECAST_WORKING;
    return DONE;
}

const char *forecast_kind_name(enum forecast_kind kind)
{
    static const char *const names[FORECAST_KINDS] = {
        T("Working day"), T("Day worked in place of a holiday"), T("Weekend"), T("Public holiday")};

    return names[kind];
}
