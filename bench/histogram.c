/* histogram.c -- how long things took, kept in logarithmic buckets.
 *
 * 1. A bucket's value is its upper edge: a figure is never flattered.
 * 2. The largest value is kept as it was.
 */
#include "bench/histogram.h"

#include <stdlib.h>
#include <time.h>

enum { PART_BITS = 6 };

static int bucket_of(int64_t value)
{
    if (value < HISTOGRAM_PARTS) return value < 0 ? 0 : (int)value;
    int power = 63 - __builtin_clzll((unsigned long long)value);
    int part = (int)(value >> (power - PART_BITS)) - HISTOGRAM_PARTS;
    int bucket = (power - PART_BITS + 1) * HISTOGRAM_PARTS + part;
    return bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1;
}

static int64_t edge_of(int bucket)
{
    if (bucket < HISTOGRAM_PARTS) return bucket;
    int power = bucket / HISTOGRAM_PARTS - 1;
    int64_t part = bucket % HISTOGRAM_PARTS + HISTOGRAM_PARTS;
    return ((part + 1) << power) - 1;
}

void histogram_add(struct histogram *histogram, int64_t nanoseconds)
{
    histogram->buckets[bucket_of(nanoseconds)]++;
    histogram->count++;
    if (nanoseconds > histogram->max) histogram->max = nanoseconds;
}

double histogram_ms(const struct histogram *histogram, double part)
{
    if (!histogram->count) return 0;
    uint64_t rank = (uint64_t)((double)histogram->count * part + 0.999999);
    uint64_t seen = 0;
    for (int i = 0; i < HISTOGRAM_BUCKETS; i++) {
        seen += histogram->buckets[i];
        if (seen < rank || !seen) continue;
        int64_t edge = edge_of(i);
        return (double)(edge < histogram->max ? edge : histogram->max) / 1e6;
    }
    return (double)histogram->max / 1e6;
}

void histogram_print(const struct histogram *histogram, FILE *to)
{
    fprintf(to, "p50 %.3f p90 %.3f p99 %.3f p999 %.3f max %.3f", histogram_ms(histogram, 0.5),
            histogram_ms(histogram, 0.9), histogram_ms(histogram, 0.99),
            histogram_ms(histogram, 0.999), (double)histogram->max / 1e6);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct spread spread_of(double *values, int count)
{
    if (count <= 0) return (struct spread){0};
    qsort(values, (size_t)count, sizeof *values, by_size);
    double median = count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
    return (struct spread){.median = median, .low = values[0], .high = values[count - 1]};
}

int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
