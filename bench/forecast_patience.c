/* forecast_patience.c -- is patience exponential, as the forecast takes it to be?
 *
 *     forecast_patience < table
 *
 * The table has the seconds each caller waited and 1 for who gave up, 0 for who was answered.
 * Prints how many are still waiting after some times by Kaplan and Meier, who take nothing for
 * granted, and by our one number, the mean of forecast_measure(). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bureau/forecast/forecast.h"

enum { SECONDS_MAX = 4000 };

int main(void)
{
    static int64_t left[SECONDS_MAX], gone[SECONDS_MAX];
    static const int times[] = {15, 30, 60, 120, 300};
    int64_t waited = 0, gave_up = 0, there = 0;
    double still = 1, mean;
    int seconds, is_given_up, next = 0;

    while (scanf("%d %d", &seconds, &is_given_up) == 2) {
        if (seconds < 0 || seconds >= SECONDS_MAX) continue;
        left[seconds] += is_given_up;
        gone[seconds]++;
        there++;
        waited += seconds;
        gave_up += is_given_up;
    }
    if (!gave_up) return EXIT_FAILURE;
    mean = forecast_measure(there, 0, gave_up, waited).patience_seconds;
    printf("patience of %lld who waited, %lld of whom gave up: mean %.0f s\n", (long long)there,
           (long long)gave_up, mean);
    for (int t = 0; t < SECONDS_MAX && there > 0 && next < (int)COUNT(times); t++) {
        if (t == times[next]) {
            printf("  still there after %3d s: %.1f %% (Kaplan-Meier), %.1f %% (ours)\n", t,
                   100 * still, 100 * exp(-t / mean));
            next++;
        }
        still *= 1 - (double)left[t] / (double)there;
        there -= gone[t];
    }
    return EXIT_SUCCESS;
}
