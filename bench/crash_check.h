/* crash_check.h -- what must be true of messages after any crash.
 *
 * A writer numbers its messages from 1 and sends the next only when the one before was answered
 * with 201.  So, wherever its messages are shown (a list, an event stream), the numbers must be
 * 1, 2, 3 … without a gap or a repetition, up to at least the last that was acknowledged, each
 * with the seq it was acknowledged with.
 */
#ifndef BENCH_CRASH_CHECK_H
#define BENCH_CRASH_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What one writer was told. */
struct told {
    int64_t count; /* numbers 1..count were answered with 201 */
    int64_t *seqs; /* seqs[n - 1]: what the answer to n said */
    int64_t max;
};
void told_add(struct told *told, int64_t seq);

/* What went wrong, counted. */
struct verdict {
    int64_t lost;       /* acknowledged and not there */
    int64_t duplicated; /* there twice */
    int64_t reordered;  /* there, behind a later one of the same writer */
    int64_t moved;      /* there with another seq than told */
    int64_t strange;    /* shown in a conversation it was not sent to */
};
bool verdict_good(const struct verdict *verdict);

/* One place where messages are shown in order. */
enum { SHOWN_WRITERS_MAX = 256 };
struct shown {
    const struct told *told; /* of all writers */
    int first, count;        /* the writers whose messages belong here */
    int64_t *last;           /* by writer: the highest number shown so far */
    uint8_t **seen;          /* by writer: one bit a number */
    int64_t *seen_max;
    bool seqs_known; /* the place shows the seq of the message */
    struct verdict verdict;
};
void shown_open(struct shown *shown, const struct told *told, int first, int count);
void shown_reset(struct shown *shown); /* from the beginning again; the verdict stays */
void shown_close(struct shown *shown);
/* A text of one of our writers was shown; others ("system" words) are left alone. */
void shown_message(struct shown *shown, const char *text, int64_t seq);
/* How many of the writer's acknowledged messages were not shown. */
int64_t shown_missing(const struct shown *shown, int writer, int64_t acknowledged);

void crash_text(char *text, size_t size, int writer, int64_t number);

#endif
