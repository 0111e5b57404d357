/* histogram.h -- how long things took, kept in logarithmic buckets.
 *
 * Every power of two of nanoseconds is cut into 64 buckets, so a figure read back is at most
 * 1.6 % too high, whatever its size, and a run of any length takes 20 KB.
 */
#ifndef BENCH_HISTOGRAM_H
#define BENCH_HISTOGRAM_H

#include <stdint.h>
#include <stdio.h>

enum { HISTOGRAM_PARTS = 64, HISTOGRAM_BUCKETS = 42 * HISTOGRAM_PARTS };

struct histogram {
    uint64_t count;
    int64_t max;
    uint64_t buckets[HISTOGRAM_BUCKETS];
};

void histogram_add(struct histogram *histogram, int64_t nanoseconds);
/* The value that `part` (0..1) of all are not above, in milliseconds; 0 for an empty one. */
double histogram_ms(const struct histogram *histogram, double part);
/* "p50 0.41 p90 0.80 p99 1.20 p999 3.10 max 9.02" in milliseconds. */
void histogram_print(const struct histogram *histogram, FILE *to);

/* The middle, smallest and largest of some numbers; `values` is sorted by the call. */
struct spread {
    double median, low, high;
};
struct spread spread_of(double *values, int count);

int64_t now_ns(void); /* of the monotonic clock */

#endif
