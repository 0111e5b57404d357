/* simulate.c -- the command: one day, or as many seeds as fit into the time given.
 *
 *  (1) Many seeds share nothing: each job is a process of its own, and a run has no threads.
 *  (2) The number of seeds that were run is told, whatever number was asked for; fewer than were
 *      to be run at the least is a failure, though each of them passed.
 *  (3) A seed that fails is printed with its last events and the command that shows it again. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "main/simulate.h"
#include "platform/secret.h"

enum { JOBS_MAX = 64, FAILURES_SHOWN_MAX = 5 };
static const size_t run_bytes_max = (size_t)4 << 30; /* a day at 100 times the city takes 1 GB */

struct wishes {
    uint64_t first, last; /* seeds */
    bool many, small, real, json;
    bool city; /* its scale or load was said */
    double scale, load;
    int64_t seconds, jobs, least;
    enum simulate_break broken;
    const char *events, *ladder; /* the order of its steps; NULL: as the plan has it */
    struct ladder_policy order;
};

static const char usage[] =
    "gongdao simulate -- a day of the service in virtual time, with everything that goes wrong\n"
    "\n"
    "  gongdao simulate [--seed N] [--scale X] [--load X]     one city's day\n"
    "  gongdao simulate --small [--real] [--seed N]           one small desk\n"
    "  gongdao simulate --seeds A..B [--seconds S] [--jobs J] [--real]   many small desks\n"
    "  gongdao simulate --seeds A..B --scale X [--load X]     many days of a city\n"
    "\n"
    "  --seed N       the same seed brings back the same day, byte for byte (default 1)\n"
    "  --scale X      1: 116 on duty and 2,381 questions a day; 10, 100, 0.5, … (default 1)\n"
    "  --load X       times as many questions for the same people (default 1)\n"
    "  --real         the acts of the server on a store, instead of the rules in memory\n"
    "  --ladder STEPS the overflow ladder, from below: neighbour, backup, choice and message, in\n"
    "                any order that ends with message, with commas between\n"
    "  --seconds S    begin no new seed after that time\n"
    "  --least N      with many seeds: fail when fewer than N were run in that time (default 1)\n"
    "  --jobs J       processes side by side (default 1)\n"
    "  --break NAME   break a rule on purpose; the run then has to fail.  NAME is one of\n"
    "                ";

static void print_usage(FILE *out)
{
    fputs(usage, out);
    for (int i = 1; i < SIMULATE_BREAKS; i++) fprintf(out, " %s", simulate_break_names[i]);
    fputs(
        "\n"
        "  --events FILE  every event as a line; - is standard output\n"
        "  --json         the result as JSON\n"
        "\n"
        "Ends with 0 when every invariant held, with 1 when one did not, with 2 when asked wrongly."
        "\n",
        out);
}

static int wrong(const char *what, const char *value)
{
    fprintf(stderr, "gongdao: simulate: %s%s\n", what, value);
    return 2;
}

/* ---- what is asked for ---- */

static bool read_number(const char *text, uint64_t *number)
{
    char *end;

    errno = 0;
    *number = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && !*end && !errno;
}

static bool read_seeds(struct wishes *w, const char *text)
{
    const char *dots = strstr(text, "..");
    char first[32];

    if (!dots || dots - text >= (ptrdiff_t)sizeof first) return false;
    snprintf(first, sizeof first, "%.*s", (int)(dots - text), text);
    w->many = true;
    return read_number(first, &w->first) && read_number(dots + 2, &w->last) && w->first <= w->last;
}

static bool read_factor(const char *text, double least, double most, double *factor)
{
    char *end;

    *factor = strtod(text, &end);
    return end != text && !*end && *factor >= least && *factor <= most;
}

static bool read_break(const char *name, enum simulate_break *broken)
{
    for (int i = 1; i < SIMULATE_BREAKS; i++) {
        if (strcmp(simulate_break_names[i], name) == 0) {
            *broken = (enum simulate_break)i;
            return true;
        }
    }
    return false;
}

static bool read_count(const char *text, int64_t least, int64_t most, int64_t *count)
{
    return str_to_int(str_of(text), count) && *count >= least && *count <= most;
}

static bool read_value(struct wishes *w, const char *option, const char *value)
{
    if (strcmp(option, "--seed") == 0)
        return read_number(value, &w->first) && ((w->last = w->first), true);
    if (strcmp(option, "--seeds") == 0) return read_seeds(w, value);
    if (strcmp(option, "--scale") == 0)
        return (w->city = true, read_factor(value, 0.01, 100, &w->scale));
    if (strcmp(option, "--load") == 0)
        return (w->city = true, read_factor(value, 0.01, 100, &w->load));
    if (strcmp(option, "--seconds") == 0) return read_count(value, 1, 86400, &w->seconds);
    if (strcmp(option, "--least") == 0) return read_count(value, 1, INT64_MAX, &w->least);
    if (strcmp(option, "--jobs") == 0) return read_count(value, 1, JOBS_MAX, &w->jobs);
    if (strcmp(option, "--break") == 0) return read_break(value, &w->broken);
    if (strcmp(option, "--ladder") == 0) {
        w->ladder = value;
        w->order = ladder_policy_default;
        return ladder_order_of(str_of(value), &w->order);
    }
    w->events = value;
    return true;
}

/* Of the seeds asked for no more can be run than there are. */
static int check_least(const struct wishes *w)
{
    if (w->least > 1 && !w->many) return wrong("--least is for many seeds, as --seeds 1..100", "");
    if ((uint64_t)w->least - 1 > w->last - w->first)
        return wrong("--least asks for more seeds than --seeds has", "");
    return 0;
}

static int read_wishes(struct wishes *w, int argc, char **argv)
{
    static const char *const valued[] = {"--seed",  "--seeds", "--scale", "--load",   "--seconds",
                                         "--least", "--jobs",  "--break", "--events", "--ladder"};

    *w = (struct wishes){.first = 1, .last = 1, .scale = 1, .load = 1, .jobs = 1, .least = 1};
    for (int i = 2; i < argc; i++) {
        bool is_valued = false;

        for (size_t k = 0; k < COUNT(valued); k++) is_valued |= strcmp(valued[k], argv[i]) == 0;
        if (strcmp(argv[i], "--small") == 0)
            w->small = true;
        else if (strcmp(argv[i], "--real") == 0)
            w->real = w->small = true;
        else if (strcmp(argv[i], "--json") == 0)
            w->json = true;
        else if (!is_valued)
            return wrong("there is no option ", argv[i]);
        else if (i + 1 == argc)
            return wrong("a value is missing after ", argv[i]);
        else if (!read_value(w, argv[i], argv[i + 1]))
            return wrong("this value is not possible: ", argv[i + 1]);
        else
            i++;
    }
    if (w->real && w->broken)
        return wrong("--break is for the rules in memory, not for --real", "");
    if (w->real && w->ladder)
        return wrong("--ladder is for the rules in memory, not for --real", "");
    if (w->many && w->events) return wrong("--events is for one seed", "");
    return check_least(w);
}

static bool is_small(const struct wishes *w)
{
    return w->small || (w->many && !w->city);
}

static struct simulate_plan plan_of(const struct wishes *w, uint64_t seed)
{
    struct simulate_plan plan = is_small(w) ? simulate_plan_small(seed, w->real)
                                            : simulate_plan_city(seed, w->scale, w->load);

    plan.broken = w->broken;
    if (w->ladder) plan.ladder = w->order;
    return plan;
}

/* ---- one ---- */

static void print_again(FILE *out, const struct wishes *w, uint64_t seed)
{
    fprintf(out, "  again: gongdao simulate --seed %llu", (unsigned long long)seed);
    if (is_small(w)) fputs(w->real ? " --real" : " --small", out);
    if (!is_small(w)) fprintf(out, " --scale %g --load %g", w->scale, w->load);
    if (w->ladder) fprintf(out, " --ladder %s", w->ladder);
    if (w->broken) fprintf(out, " --break %s", simulate_break_names[w->broken]);
    fputs(" --events -\n", out);
}

static void print_failure(FILE *out, const struct wishes *w, const struct simulate_result *r)
{
    if (r->fault) {
        fprintf(out, "seed %llu could not go on: %s\n", (unsigned long long)r->seed, r->fault);
    } else {
        fprintf(out, "seed %llu FAILED, %s: %.*s\n", (unsigned long long)r->seed, r->broken,
                STR_ARGS(r->story));
    }
    print_again(out, w, r->seed);
}

static int run_one(const struct wishes *w)
{
    struct arena *arena = arena_open(run_bytes_max);
    struct simulate_plan plan = plan_of(w, w->first);
    struct simulate_result result;
    FILE *events = NULL;

    if (w->events) events = strcmp(w->events, "-") == 0 ? stdout : fopen(w->events, "w");
    if (w->events && !events) {
        arena_close(&arena);
        return wrong("cannot write ", w->events);
    }
    result = simulate_run(arena, &plan, events);
    if (events && events != stdout && fclose(events)) result.fault = "the events were not written";
    if (w->json)
        simulate_report_json(stdout, &plan, &result);
    else
        simulate_report(stdout, &plan, &result);
    if (result.broken || result.fault) print_failure(stderr, w, &result);
    arena_close(&arena);
    return result.broken || result.fault ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* ---- many ---- */

/* What a job tells its parent: numbers only, the stories are printed by the job. */
struct told {
    struct simulate_result sum;
    int64_t runs, failures;
    uint64_t first_failed;
};

static int64_t seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* Every `jobs`-th seed, from the one of this job on. */
static struct told run_share(const struct wishes *w, int64_t job, int64_t until)
{
    struct told told = {0};

    for (uint64_t seed = w->first + (uint64_t)job; seed <= w->last && seed >= w->first;
         seed += (uint64_t)w->jobs) {
        struct arena *arena = arena_open(run_bytes_max);
        struct simulate_plan plan = plan_of(w, seed);
        struct simulate_result result;

        if (until && seconds_now() >= until) {
            arena_close(&arena);
            break;
        }
        result = simulate_run(arena, &plan, NULL);
        told.runs++;
        if (result.broken || result.fault) {
            if (told.failures++ == 0) told.first_failed = seed;
            if (told.failures <= FAILURES_SHOWN_MAX) print_failure(stderr, w, &result);
        }
        result.story = S("");
        simulate_add(&told.sum, &result);
        arena_close(&arena);
    }
    return told;
}

static bool start_job(const struct wishes *w, int64_t job, int64_t until, int *pipe_end)
{
    int ends[2];
    pid_t child;

    if (pipe(ends)) return false;
    child = fork();
    if (child < 0) return false;
    if (child == 0) {
        struct told told = run_share(w, job, until);
        bool written = write(ends[1], &told, sizeof told) == (ssize_t)sizeof told;

        _exit(written ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    close(ends[1]);
    *pipe_end = ends[0];
    return true;
}

/* False: the job ended without a word, which is a failure of the simulation itself. */
static bool hear_job(int pipe_end, struct told *told)
{
    size_t heard = 0;
    ssize_t now;

    while (heard < sizeof *told &&
           (now = read(pipe_end, (char *)told + heard, sizeof *told - heard)) > 0)
        heard += (size_t)now;
    close(pipe_end);
    wait(NULL);
    return heard == sizeof *told;
}

static int tell_many(const struct wishes *w, const struct told *all, bool heard, int64_t seconds)
{
    uint64_t wanted = w->last - w->first + 1;
    bool too_few = all->runs < w->least;
    FILE *words = w->json ? stderr : stdout;

    if (w->json)
        simulate_report_json(stdout, NULL, &all->sum);
    else
        simulate_report(stdout, NULL, &all->sum);
    fprintf(words, "%lld of %llu seeds were run in %lld s%s\n", (long long)all->runs,
            (unsigned long long)wanted, (long long)seconds,
            (uint64_t)all->runs < wanted && heard ? ": the time was over" : "");
    if (!heard) fprintf(words, "a job ended without a result\n");
    if (too_few)
        fprintf(words, "FAILED: %lld seeds were to be run at the least\n", (long long)w->least);
    fprintf(words, "%lld passed, %lld failed\n", (long long)(all->runs - all->failures),
            (long long)all->failures + !heard + too_few);
    return all->failures || !heard || too_few ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int run_many(const struct wishes *w)
{
    int64_t begun = seconds_now(), until = w->seconds ? begun + w->seconds : 0, started = 0;
    int ends[JOBS_MAX];
    struct told all = {0};
    bool heard = true;

    fflush(stdout);
    while (started < w->jobs && start_job(w, started, until, &ends[started])) started++;
    heard = started == w->jobs;
    for (int64_t i = 0; i < started; i++) {
        struct told told = {0};

        heard &= hear_job(ends[i], &told);
        simulate_add(&all.sum, &told.sum);
        all.runs += told.runs;
        all.failures += told.failures;
    }
    return tell_many(w, &all, heard, seconds_now() - begun);
}

int simulate_command(int argc, char **argv)
{
    struct wishes wishes;
    int status;

    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            print_usage(stdout);
            return EXIT_SUCCESS;
        }
    }
    status = read_wishes(&wishes, argc, argv);
    if (status) return status;
    if (wishes.real) secret_open_for_tests(); /* fixed keys: nobody real is in it */
    status = wishes.many ? run_many(&wishes) : run_one(&wishes);
    return status;
}
