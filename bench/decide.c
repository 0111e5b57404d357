/* decide.c -- decisions a second on one core: who gets which case, of a hundred thousand who wait.
 *
 *     decide [--people 2000] [--waiting 100000] [--seconds 5] [--seed 1]
 *
 * Runs the rules themselves (bureau/assignment), without store or network: this is what the
 * dispatcher can at most, and tells whether it will ever be what a city waits for.  Consultants of
 * six professions serve in five languages, 20 fields and 16 districts; each leads three talks.
 *
 *   drained   the queue is given out place by place: a talk ends, the freed place goes to the
 *             foremost case that fits, until nobody waits (then all join again)
 *   weighed   the same, with the verdict of everybody of the profession, as is kept of each
 * decision kept      and that written down as the text of its row
 *
 * Prints "name rate" for each, and the ratio of kept to the goal of 20,000 a second. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bureau/assignment/assignment.h"

enum { PROFESSIONS = 6, LANGUAGES = 5, FIELDS = 20, DISTRICTS = 16, CAPACITY = 3, NOW = 1 << 30 };

static uint64_t state;

static int64_t some(int64_t below)
{
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (int64_t)((state >> 33) % (uint64_t)below);
}

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct bench {
    int64_t people, waiting;
    struct assignment_candidate *candidates;
    struct assignment_request *requests;
    moment *ranks;
    struct assignment_verdict *verdicts;
};

static void make(struct arena *arena, struct bench *bench)
{
    const struct assignment_policy *policy = &assignment_policy_default;

    bench->candidates = NEW_MANY(arena, struct assignment_candidate, (size_t)bench->people);
    bench->requests = NEW_MANY(arena, struct assignment_request, (size_t)bench->waiting);
    bench->ranks = NEW_MANY(arena, moment, (size_t)bench->waiting);
    bench->verdicts = NEW_MANY(arena, struct assignment_verdict, (size_t)bench->people);
    for (int64_t i = 0; i < bench->people; i++)
        bench->candidates[i] = (struct assignment_candidate){
            .person_id = 4096 + i * 3,
            .profession = (int32_t)(i * PROFESSIONS / bench->people) + 1,
            .fields = (uint64_t)1 << some(FIELDS) | (uint64_t)1 << some(FIELDS) |
                      (uint64_t)1 << some(FIELDS),
            .languages = 1 | (some(4) ? 0 : (uint64_t)1 << some(LANGUAGES)),
            .district = (int32_t)some(DISTRICTS),
            .verified = true,
            .present = true,
            .capacity = CAPACITY,
            .share = (int32_t)some(2000),
            .last_offer_at = NOW - some(7200)};
    for (int64_t i = 0; i < bench->waiting; i++) {
        bench->requests[i] =
            (struct assignment_request){.profession = (int32_t)some(PROFESSIONS) + 1,
                                        .field = (uint64_t)1 << some(FIELDS),
                                        .language = some(20) ? 1 : (uint64_t)1 << some(LANGUAGES),
                                        .district = (int32_t)some(DISTRICTS)};
        bench->ranks[i] = assignment_rank(policy, NOW - some(14400), some(10) ? 0 : 1);
    }
}

/* Frees places at random and gives them out, for so long; decisions a second. */
static double run(struct bench *bench, double seconds, bool weigh, bool keep, bool opening,
                  int64_t *bytes)
{
    int64_t decisions = 0, texts = 0;
    double from = seconds_now(), spent = 0;

    while (spent < seconds) {
        struct arena *arena = arena_open((size_t)512 * 1024 * 1024);
        struct arena *scratch = arena_open(4 * 1024 * 1024);
        struct assignment_hall *hall;
        struct assignment_given given;
        moment now = NOW;
        size_t empty = 0;

        for (int64_t i = 0; i < bench->people; i++)
            bench->candidates[i].load = opening ? 0 : CAPACITY;
        hall = assignment_hall_open(arena, &assignment_policy_default, bench->candidates,
                                    (size_t)bench->people, (size_t)bench->waiting);
        for (int64_t i = 0; i < bench->waiting; i++)
            assignment_hall_join(hall, i + 1, bench->ranks[i], &bench->requests[i]);
        while (assignment_hall_waiting(hall) && empty < 100000 && spent < seconds) {
            size_t who = (size_t)some(bench->people);

            if (opening && decisions && decisions % (bench->people * CAPACITY / 2) == 0) {
                for (int64_t i = 0; i < bench->people; i++) {
                    bench->candidates[i].load = 0;
                    assignment_hall_changed(hall, (size_t)i);
                }
            } else if (!opening) {
                bench->candidates[who].load--;
                assignment_hall_changed(hall, who);
            }
            if (!assignment_hall_next(hall, ++now, &given, weigh ? bench->verdicts : NULL)) {
                bench->candidates[who].load = CAPACITY; /* somebody else's line is empty */
                assignment_hall_changed(hall, who);
                empty++;
                continue;
            }
            decisions++;
            if (keep) {
                size_t side = given.candidate - given.choice.chosen, count = 1;

                while (side + count < (size_t)bench->people &&
                       bench->candidates[side + count].profession ==
                           bench->candidates[side].profession)
                    count++;
                texts += (int64_t)assignment_keep(scratch, &bench->candidates[side],
                                                  bench->verdicts, count)
                             .len;
                arena_reset(scratch);
            }
            if (decisions % 1024 == 0) spent = seconds_now() - from;
        }
        spent = seconds_now() - from;
        arena_close(&scratch);
        arena_close(&arena);
    }
    if (keep && decisions) *bytes = texts / decisions;
    return (double)decisions / spent;
}

int main(int argc, char **argv)
{
    struct bench bench = {.people = 2000, .waiting = 100000};
    double seconds = 5, drained, weighed, kept, opening;
    int64_t bytes = 0, bytes_opening = 0;
    struct arena *arena = arena_open((size_t)512 * 1024 * 1024);

    state = 1;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--people") == 0) bench.people = atoll(argv[i + 1]);
        if (strcmp(argv[i], "--waiting") == 0) bench.waiting = atoll(argv[i + 1]);
        if (strcmp(argv[i], "--seconds") == 0) seconds = atof(argv[i + 1]);
        if (strcmp(argv[i], "--seed") == 0) state = (uint64_t)atoll(argv[i + 1]);
    }
    if (bench.people < PROFESSIONS || bench.waiting < 1 || seconds <= 0) return EXIT_FAILURE;
    make(arena, &bench);
    drained = run(&bench, seconds, false, false, false, &bytes);
    weighed = run(&bench, seconds, true, false, false, &bytes);
    kept = run(&bench, seconds, true, true, false, &bytes);
    opening = run(&bench, seconds, true, true, true, &bytes_opening);
    printf("drained %.0f weighed %.0f kept %.0f opening %.0f bytes %lld bytes-opening %lld\n",
           drained, weighed, kept, opening, (long long)bytes, (long long)bytes_opening);
    arena_close(&arena);
    return EXIT_SUCCESS;
}
