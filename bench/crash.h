/* crash.h -- the people of the crash test: writers that never give up, readers that come back. */
#ifndef BENCH_CRASH_H
#define BENCH_CRASH_H

#include "bench/city.h"
#include "bench/crash_check.h"

#include <pthread.h>

/* Two writers for each conversation: 2 * talk is the resident, 2 * talk + 1 the consultant. */
struct writer {
    struct crash *crash;
    int number;
    struct city_side side;
    struct told *told;
    unsigned random;
    int64_t back_at; /* a message begun after the last cut was acknowledged; 0: not yet */
    pthread_t thread;
};

/* An event stream, of a resident's conversation or of a consultant's desk. */
struct reader {
    struct crash *crash;
    int talk, consultant; /* the one that is not meant is -1 */
    struct shown shown;
    int64_t last_id, backwards; /* ids that were not higher than the one before */
    unsigned turns;
    pthread_t thread;
    pthread_mutex_t lock; /* of shown, last_id, backwards */
};

struct crash {
    struct wire_place place;
    struct city city;
    char word[48]; /* begins each Idempotency-Key */
    int pace_ms;
    struct told *told; /* by writer */
    struct writer *writers;
    int writers_count;
    struct reader *readers;
    int readers_count;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool held, over; /* writers wait; all end */
    bool dark;       /* the power is going or gone: no answer of a real machine would arrive */
    int waiting;     /* writers that do */
    bool failed;     /* somebody was refused what must be possible */
    int64_t unanswered, told_to_wait;
    int64_t faults;  /* 500s, where they are counted only */
    bool may_fault;  /* count them */
    int64_t cut_at;  /* under the lock: when the last cut was done; 0: none */
    int64_t opened;  /* streams that were opened, again or for the first time */
};

void crash_people_start(struct crash *crash);
void crash_people_end(struct crash *crash); /* what was told and shown is kept */
void crash_people_free(struct crash *crash);
void crash_hold(struct crash *crash);   /* from now on nobody sends */
void crash_settle(struct crash *crash); /* returns when everybody waits */
void crash_let_go(struct crash *crash);
void crash_dark(struct crash *crash, bool dark); /* while it is, nothing heard counts */
void crash_cut(struct crash *crash); /* what is begun from now on counts as after the cut */
/* How many writers were acknowledged something begun after the cut; `first`: when the first was. */
int crash_back(struct crash *crash, int64_t *first);
/* Waits until each stream has shown the other side's acknowledged messages; counts what it lacks
 * after `seconds`. */
int64_t crash_streams_missing(struct crash *crash, int seconds);

#endif
