/* crash_check.c -- what must be true of messages after any crash.
 *
 * Pure: it is handed what was told and what is shown, so `crash --control` can hand it wrong
 * things and see that it says so.
 *
 * 1. A message shown twice is a duplicate whatever its seq.
 * 2. A message that was never acknowledged may be there, but at most once and in its place.
 */
#include "bench/crash_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *grown(void *at, size_t size)
{
    void *bigger = realloc(at, size);
    if (!bigger) abort();
    return bigger;
}

void told_add(struct told *told, int64_t seq)
{
    if (told->count == told->max) {
        told->max = told->max ? told->max * 2 : 256;
        told->seqs = grown(told->seqs, (size_t)told->max * sizeof *told->seqs);
    }
    told->seqs[told->count++] = seq;
}

bool verdict_good(const struct verdict *verdict)
{
    return !verdict->lost && !verdict->duplicated && !verdict->reordered && !verdict->moved &&
           !verdict->strange;
}

void shown_open(struct shown *shown, const struct told *told, int first, int count)
{
    *shown = (struct shown){.told = told, .first = first, .count = count, .seqs_known = true};
    shown->last = grown(NULL, (size_t)count * sizeof *shown->last);
    shown->seen = grown(NULL, (size_t)count * sizeof *shown->seen);
    shown->seen_max = grown(NULL, (size_t)count * sizeof *shown->seen_max);
    memset(shown->last, 0, (size_t)count * sizeof *shown->last);
    memset(shown->seen, 0, (size_t)count * sizeof *shown->seen);
    memset(shown->seen_max, 0, (size_t)count * sizeof *shown->seen_max);
}

void shown_reset(struct shown *shown)
{
    memset(shown->last, 0, (size_t)shown->count * sizeof *shown->last);
    for (int i = 0; i < shown->count; i++)
        if (shown->seen[i]) memset(shown->seen[i], 0, (size_t)shown->seen_max[i]);
}

void shown_close(struct shown *shown)
{
    for (int i = 0; i < shown->count; i++) free(shown->seen[i]);
    free(shown->seen);
    free(shown->seen_max);
    free(shown->last);
}

static bool seen(const struct shown *shown, int place, int64_t number)
{
    return number < shown->seen_max[place] && shown->seen[place][number];
}

static void see(struct shown *shown, int place, int64_t number)
{
    if (number >= shown->seen_max[place]) {
        int64_t max = (number + 1) * 2 + 1024;
        shown->seen[place] = grown(shown->seen[place], (size_t)max);
        memset(shown->seen[place] + shown->seen_max[place], 0,
               (size_t)(max - shown->seen_max[place]));
        shown->seen_max[place] = max;
    }
    shown->seen[place][number] = 1;
}

void crash_text(char *text, size_t size, int writer, int64_t number)
{
    snprintf(text, size, "crash writer %d message %lld", writer, (long long)number);
}

void shown_message(struct shown *shown, const char *text, int64_t seq)
{
    int writer;
    long long number;
    if (!text || sscanf(text, "crash writer %d message %lld", &writer, &number) != 2) return;
    int place = writer - shown->first;
    if (place < 0 || place >= shown->count || number < 1) {
        shown->verdict.strange++;
        return;
    }
    if (seen(shown, place, number)) {
        shown->verdict.duplicated++;
        return;
    }
    see(shown, place, number);
    if (number < shown->last[place]) shown->verdict.reordered++;
    if (number > shown->last[place]) shown->last[place] = number;
    const struct told *told = &shown->told[writer];
    if (shown->seqs_known && number <= told->count && told->seqs[number - 1] != seq)
        shown->verdict.moved++;
}

int64_t shown_missing(const struct shown *shown, int writer, int64_t acknowledged)
{
    int64_t missing = 0;
    for (int64_t n = 1; n <= acknowledged; n++) missing += !seen(shown, writer - shown->first, n);
    return missing;
}
