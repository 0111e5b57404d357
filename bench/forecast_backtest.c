/* forecast_backtest.c -- how far the forecast of arrivals is off, on days that were.
 *
 *     forecast_backtest NAME REST < table
 *
 * The table has day, minute of the day and arrivals, parted by tabs and by time; REST are the
 * weekdays nobody works, as "56" (0 is Monday).  Every day after the first WARM_DAYS is forecast
 * from those at least LEAD days before it, by our rule and by two a clerk would use: the same
 * weekday before, and the mean of the last four of them.  Errors are the sum of what each half hour
 * was off, over all arrivals; "chance" is what nobody can do better than if arrivals are random.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bureau/forecast/forecast.h"

enum { WARM_DAYS = 56, WEEKS_MEAN = 4 };

static struct forecast_day days[FORECAST_DAYS_MAX];
static size_t days_count;

static void read_days(const char *rest)
{
    char line[256];

    while (fgets(line, sizeof line, stdin)) {
        int year, month, date, minute, arrivals;
        struct forecast_day *last = days_count ? &days[days_count - 1] : NULL;
        calendar_day day;

        if (sscanf(line, "%d-%d-%d\t%d\t%d", &year, &month, &date, &minute, &arrivals) != 5 ||
            minute < 0 || minute >= CALENDAR_MINUTES) {
            fprintf(stderr, "forecast_backtest: not a row: %s", line);
            exit(EXIT_FAILURE);
        }
        day = calendar_day_from(year, month, date);
        if (!last || last->day != day) {
            if (days_count == FORECAST_DAYS_MAX) break;
            last = &days[days_count++];
            last->day = day;
            last->kind = strchr(rest, '0' + (int)calendar_weekday_of(day)) ? FORECAST_WEEKEND
                                                                           : FORECAST_WORKING;
        }
        last->arrivals[minute / 30] += arrivals;
    }
}

static const struct forecast_day *find(calendar_day day)
{
    for (size_t i = 0; i < days_count; i++) {
        if (days[i].day == day) return &days[i];
    }
    return NULL;
}

/* The mean of so many of the same weekday, the last of them at least `lead` days before. */
static bool weekdays_before(calendar_day day, int lead, int many, double *expected)
{
    int found = 0;

    for (int h = 0; h < FORECAST_HALF_HOURS; h++) expected[h] = 0;
    for (calendar_day at = day - 7; found < many && at >= days[0].day; at -= 7) {
        const struct forecast_day *before = find(at);

        if (!before || day - at < lead) continue;
        for (int h = 0; h < FORECAST_HALF_HOURS; h++)
            expected[h] += (double)before->arrivals[h] / many;
        found++;
    }
    return found == many;
}

struct score {
    double off, day_off, bias;
};

static void add(struct score *score, const double *expected, const struct forecast_day *day)
{
    double came = 0, told = 0;

    for (int h = 0; h < FORECAST_HALF_HOURS; h++) {
        score->off += fabs(expected[h] - (double)day->arrivals[h]);
        told += expected[h];
        came += (double)day->arrivals[h];
    }
    score->day_off += fabs(told - came);
    score->bias += told - came;
}

static void test(const char *name, int lead)
{
    struct score ours = {0}, last = {0}, four = {0};
    double all = 0, chance = 0, expected[FORECAST_HALF_HOURS];
    int within = 0, open = 0, tested = 0;

    for (size_t i = 0; i < days_count; i++) {
        struct forecast_curve curve;
        size_t known = 0;

        if (days[i].day - days[0].day < WARM_DAYS) continue;
        if (!weekdays_before(days[i].day, lead, WEEKS_MEAN, expected)) continue;
        while (days[known].day <= days[i].day - lead) known++;
        forecast_arrivals(days, known, days[i].day, days[i].kind, &curve);
        add(&ours, curve.expected, &days[i]);
        add(&four, expected, &days[i]);
        weekdays_before(days[i].day, lead, 1, expected);
        add(&last, expected, &days[i]);
        tested++;
        for (int h = 0; h < FORECAST_HALF_HOURS; h++) {
            double came = (double)days[i].arrivals[h];

            all += came;
            chance += sqrt(curve.expected[h] * 2 / 3.14159265358979);
            if (curve.expected[h] < 0.5) continue;
            open++;
            within += came >= floor(curve.low[h]) && came <= ceil(curve.high[h]);
        }
    }
    if (!tested) return;
    printf(
        "%s, %d days ahead, %d days: half hours off by %.1f %% (same weekday before %.1f, mean of "
        "four %.1f, chance alone %.1f); days off by %.1f %% (%.1f, %.1f), bias %+.1f %%; within "
        "the range %.1f %%\n",
        name, lead, tested, 100 * ours.off / all, 100 * last.off / all, 100 * four.off / all,
        100 * chance / all, 100 * ours.day_off / all, 100 * last.day_off / all,
        100 * four.day_off / all, 100 * ours.bias / all, 100.0 * within / open);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: forecast_backtest NAME REST < table\n");
        return EXIT_FAILURE;
    }
    read_days(argv[2]);
    test(argv[1], 1);
    test(argv[1], 7);
    test(argv[1], 28);
    return EXIT_SUCCESS;
}
