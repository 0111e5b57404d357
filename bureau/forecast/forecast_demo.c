/* forecast_demo.c -- ten weeks of a city's arrivals, so that a newcomer sees a forecast.
 *
 * The shape of a day and a week are as such desks report them; the numbers are made up. */
#include "bureau/forecast/forecast_acts.h"
#include "gen/forecast_sql.h"

enum { DEMO_DAYS = 70 };

/* Of a thousand a day, by half hour from 8:00. */
static const int shape[] = {8,  18, 62, 88, 96, 84, 70, 48, 22, 20, 34, 58,
                            74, 72, 64, 52, 40, 28, 16, 12, 10, 10, 8,  6};
static const struct {
    const char *profession;
    int a_day;
} desks[] = {{"lawyer", 1450},  {"notary", 110},  {"mediator", 90},
             {"legal_aid", 80}, {"forensic", 14}, {"correction", 10}};

/* Monday is busiest; few ask on days off. */
static int64_t percent_of(calendar_day day)
{
    static const int64_t weekdays[CALENDAR_WEEKDAYS] = {118, 106, 100, 98, 92, 26, 20};

    return weekdays[calendar_weekday_of(day)];
}

/* Chance, the same for everybody who makes a demo city on that day. */
static int64_t scatter(int64_t mean_thousandths, uint64_t *state)
{
    int64_t count = 0;

    *state = *state * 6364136223846793005u + 1442695040888963407u;
    count = mean_thousandths / 1000;
    if ((int64_t)((*state >> 33) % 1000) < mean_thousandths % 1000) count++;
    for (int64_t i = 0, half = count; i < half; i++) { /* as coins fall: about its own mean */
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        count += (int64_t)(*state >> 33) % 3 - 1;
    }
    return count < 0 ? 0 : count;
}

struct outcome forecast_demo(struct scene *scene)
{
    calendar_day today = calendar_day_of(scene->now);
    uint64_t state = 12348;

    for (calendar_day day = today - DEMO_DAYS; day < today; day++) {
        for (size_t i = 0; i < COUNT(desks); i++) {
            for (size_t h = 0; h < COUNT(shape); h++) {
                int64_t mean = (int64_t)desks[i].a_day * shape[h] * percent_of(day) / 100;
                int64_t count = scatter(mean, &state);

                if (count == 0) continue;
                TRY(forecast_set_arrivals(scene->store, day * FORECAST_HALF_HOURS + 16 + (int64_t)h,
                                          str_of(desks[i].profession), S("31"), count, scene->seq));
            }
        }
    }
    return DONE;
}
