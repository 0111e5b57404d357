/* crash.c -- the server is killed under load, again and again; nothing that was said is lost.
 *
 * Residents and consultants post numbered messages with Idempotency-Keys.  At a random moment the
 * server is ended with SIGKILL and started again on the same data; every message is then asked
 * for through the API.  What was not answered is sent again with the same key.  This shows that
 * the program tells nobody "201" before the database has it, and that nothing is done twice.  It
 * does not show what a power cut does: the kernel survives a kill and keeps what was written.  With
 * --mount it does: the file system under the data is shut down first, as if the power had gone, and
 * whatever was not synced is gone when it is mounted again (bench/power_cut.sh).
 *
 * `--control` proves that the check can fail: the last start finds the data as it was one kill
 * earlier, and the checker is shown a message twice and two in the wrong order.
 */
#include "bench/crash_list.h"

#include "bench/histogram.h"
#include "bench/servant.h"

#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
    "Usage: crash --kills N [options]\n"
    "Kills the server N times under load and checks after each kill that every message that was\n"
    "answered with 201 is there, once, in order, with the seq that was told; at the end also that\n"
    "every event stream has shown every message once.\n\n"
    "  --kills N         how often (20)\n"
    "  --longest MS      a server lives between a tenth of this and this (2000)\n"
    "  --server PATH     the program (build/gongdao)\n"
    "  --data DIR        an empty folder to use and keep (a new one, removed when all is well)\n"
    "  --listen A:P      where it serves (127.0.0.1:18340)\n"
    "  --seed S          of the moments of the kills (the time; it is printed)\n"
    "  --talks N         conversations; two writers each (8)\n"
    "  --pace MS         mean pause of a writer between messages (10)\n"
    "  --mount DIR       cut the power too: DIR is a mounted ext4 or XFS that holds --data; it is\n"
    "  --image FILE      shut down before each kill and mounted again from FILE (needs root)\n"
    "  --control         the negative control: put the data back before the last start; succeeds\n"
    "                    only if the check reports the loss, a duplicate and a wrong order\n\n"
    "Prints: kills N acknowledged M lost 0 duplicated 0 … and exits 1 if anything is not 0.\n";

enum {
    FULL_EVERY = 25,
    /* A conversation holds some thousand messages: after so many of one writer, new ones. */
    WRITER_MESSAGES_MAX = 700,
    GENERATIONS_MAX = 1000,
    CONSULTANTS_USED_MAX = 100
};

/* Some conversations and the people in them. */
struct generation {
    struct crash crash;
    struct list *lists;
    int64_t missing; /* what streams did not show */
};

struct test {
    struct generation *generations;
    int generations_count, talks, pace_ms, longest_ms;
    struct wire_place place;
    struct servant servant;
    struct wire_link link;
    int kills;
    unsigned seed;
    bool control;
    int64_t unacknowledged; /* found after a kill though nobody was told yet */
    double ready_max;
    const char *mount, *image; /* NULL: a kill only */
    char snapshot[4200], word[32];
};

static struct generation *newest(struct test *test)
{
    return &test->generations[test->generations_count - 1];
}

/* All writers wait: what is there is compared with what was told. */
static bool verify(struct test *test, struct generation *generation, bool from_the_beginning)
{
    for (int talk = 0; talk < test->talks; talk++) {
        struct list *list = &generation->lists[talk];
        if (from_the_beginning) list_again(list);
        if (!list_verify(list, &test->link, &generation->crash, talk)) return false;
        test->unacknowledged += list->unacknowledged;
        if (!verdict_good(&list->shown.verdict)) return false;
    }
    return true;
}

static struct verdict sum(const struct test *test)
{
    struct verdict all = {0};
    for (int n = 0; n < test->generations_count * test->talks; n++) {
        const struct generation *generation = &test->generations[n / test->talks];
        const struct verdict *one = &generation->lists[n % test->talks].shown.verdict;
        all.lost += one->lost;
        all.duplicated += one->duplicated;
        all.reordered += one->reordered;
        all.moved += one->moved;
        all.strange += one->strange;
    }
    return all;
}

static bool start_server(struct test *test)
{
    int64_t since = now_ns();
    double ready = servant_start(&test->servant) ? servant_ready(&test->servant, since, 60) : -1;
    if (ready < 0) return fprintf(stderr, "the server did not become ready\n"), false;
    if (ready > test->ready_max) test->ready_max = ready;
    return true;
}

static bool run_program(char *const argv[])
{
    pid_t pid = fork();
    if (!pid) {
        execvp(argv[0], argv);
        _exit(127);
    }
    int status = 1;
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static bool copy_folder(const char *from, const char *to)
{
    servant_remove(to);
    return run_program((char *[]){"cp", "-a", (char *)from, (char *)to, NULL});
}

/* From here on nothing reaches the disk, and what is not there yet never will. */
static bool cut_power(const struct test *test)
{
    uint32_t how = 2; /* without flushing the file system's log */
    int folder = open(test->mount, O_RDONLY | O_CLOEXEC);
    bool cut = folder >= 0 && ioctl(folder, _IOR('X', 125, uint32_t), &how) == 0;
    if (!cut) perror(test->mount);
    if (folder >= 0) close(folder);
    return cut;
}

static bool mount_again(const struct test *test)
{
    bool away = false;
    for (int tries = 0; tries < 20 && !away; tries++) {
        if (tries) nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
        away = run_program((char *[]){"umount", (char *)test->mount, NULL});
    }
    return away && run_program((char *[]){"mount", "-o", "loop", (char *)test->image,
                                          (char *)test->mount, NULL});
}

/* 0.2 to 2 seconds, if nobody asked for shorter lives. */
static void random_moment(struct test *test)
{
    int least = test->longest_ms / 10;
    long ms = least + rand_r(&test->seed) % (test->longest_ms - least + 1),
         us = rand_r(&test->seed) % 1000;
    struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 + us * 1000};
    nanosleep(&wait, NULL);
}

/* New conversations; their writers wait until they are let go. */
static bool open_generation(struct test *test)
{
    if (test->generations_count == GENERATIONS_MAX) return false;
    struct generation *generation = &test->generations[test->generations_count];
    struct crash *crash = &generation->crash;
    struct city_plan plan = {
        .field = "labour", .talks = test->talks, .per_consultant = 4, .seconds_max = 60};
    int consultants = (test->talks + 3) / 4;
    plan.first = 1 + test->generations_count * consultants % CONSULTANTS_USED_MAX;
    if (!city_make(&crash->city, &test->place, &plan)) return false;
    test->generations_count++;
    crash->place = test->place;
    crash->pace_ms = test->pace_ms;
    crash->may_fault = test->mount != NULL; /* between the cut and the kill a fault is the truth */
    snprintf(crash->word, sizeof crash->word, "%s-%d", test->word, test->generations_count);
    pthread_mutex_init(&crash->lock, NULL);
    pthread_cond_init(&crash->changed, NULL);
    crash->held = true;
    generation->lists = calloc((size_t)test->talks, sizeof *generation->lists);
    if (!generation->lists) abort();
    crash_people_start(crash);
    for (int talk = 0; talk < test->talks; talk++)
        list_open(&generation->lists[talk], crash, talk);
    return true;
}

/* Everybody waits.  The streams have shown all, people go home, residents close their cases. */
static bool close_generation(struct test *test)
{
    struct generation *generation = newest(test);
    struct crash *crash = &generation->crash;
    generation->missing = crash_streams_missing(crash, 15);
    crash_people_end(crash);
    for (int talk = 0; talk < test->talks; talk++) {
        char path[96], headers[CITY_TOKEN_MAX + 128];
        snprintf(path, sizeof path, "/api/v1/consultations/%s/close",
                 crash->city.talks[talk].reference);
        city_headers(headers, sizeof headers, crash->city.talks[talk].token);
        wire_ask(&test->link, "POST", path, headers, "{}");
    }
    return !generation->missing;
}

static bool is_old(const struct crash *crash)
{
    for (int n = 0; n < crash->writers_count; n++)
        if (crash->told[n].count > WRITER_MESSAGES_MAX) return true;
    return false;
}

static bool one_kill(struct test *test, int number)
{
    struct crash *crash = &newest(test)->crash;
    random_moment(test);
    crash_hold(crash);
    crash_dark(crash, test->mount != NULL);
    if (test->mount && !cut_power(test)) return false;
    servant_end(&test->servant, SIGKILL);
    crash_settle(crash);
    crash_dark(crash, false);
    if (test->mount && !mount_again(test))
        return fprintf(stderr, "%s could not be mounted again\n", test->mount), false;
    if (test->control && number == test->kills - 1 &&
        !copy_folder(test->servant.data, test->snapshot))
        return fprintf(stderr, "the data folder could not be copied\n"), false;
    if (test->control && number == test->kills && !copy_folder(test->snapshot, test->servant.data))
        return fprintf(stderr, "the data folder could not be put back\n"), false;
    if (!start_server(test)) return false;
    bool full = number % FULL_EVERY == 0 || number == test->kills;
    if (!verify(test, newest(test), full)) return false;
    if (is_old(crash) && (!close_generation(test) || !open_generation(test))) return false;
    crash = &newest(test)->crash;
    if (!city_on_duty(&crash->city, 4)) return false;
    crash_let_go(crash);
    return !crash->failed;
}

/* The lists are good or bad; here bad ones are made on purpose. */
static int control(struct test *test)
{
    struct verdict found = sum(test);
    struct shown *shown = &test->generations[0].lists[0].shown;
    struct verdict before = shown->verdict;
    char text[80];
    shown_reset(shown);
    for (int n = 0; n < 3; n++) {
        static const int64_t order[] = {1, 3, 2};
        crash_text(text, sizeof text, 0, order[n]);
        shown_message(shown, text, 0);
    }
    shown_message(shown, text, 0);
    int64_t twice = shown->verdict.duplicated - before.duplicated;
    int64_t wrong = shown->verdict.reordered - before.reordered;
    printf("control kills %d lost %" PRId64 " duplicated %" PRId64 " reordered %" PRId64 "\n",
           test->kills, found.lost, twice, wrong);
    return found.lost > 0 && twice == 1 && wrong == 1 ? 0 : 1;
}

/* What the event streams and the writers saw, of all generations. */
struct sight {
    int64_t acknowledged, unanswered, told_to_wait, missing, repeated, wrong;
    int streams;
    bool failed;
};

static struct sight look(const struct test *test)
{
    struct sight all = {0};
    for (int g = 0; g < test->generations_count; g++) {
        const struct crash *crash = &test->generations[g].crash;
        for (int n = 0; n < crash->writers_count; n++) all.acknowledged += crash->told[n].count;
        for (int n = 0; n < crash->readers_count; n++) {
            const struct reader *reader = &crash->readers[n];
            all.repeated += reader->shown.verdict.duplicated;
            all.wrong +=
                reader->shown.verdict.reordered + reader->shown.verdict.strange + reader->backwards;
        }
        all.streams += crash->readers_count;
        all.missing += test->generations[g].missing;
        all.unanswered += crash->unanswered;
        all.told_to_wait += crash->told_to_wait;
        all.failed = all.failed || crash->failed;
    }
    return all;
}

static int report(struct test *test, bool good)
{
    struct verdict all = sum(test);
    struct sight seen = look(test);
    printf("kills %d acknowledged %" PRId64 " lost %" PRId64 " duplicated %" PRId64
           " reordered %" PRId64 " moved %" PRId64 " streams %d missing %" PRId64
           " repeated %" PRId64 " disordered %" PRId64 " unanswered %" PRId64
           " committed-unanswered %" PRId64 " told-to-wait %" PRId64 " ready-ms-max %.0f\n",
           test->kills, seen.acknowledged, all.lost, all.duplicated, all.reordered,
           all.moved + all.strange, seen.streams, seen.missing, seen.repeated, seen.wrong,
           seen.unanswered, test->unacknowledged, seen.told_to_wait, test->ready_max);
    good = good && verdict_good(&all) && !seen.missing && !seen.repeated && !seen.wrong &&
           !seen.failed && seen.acknowledged > 0;
    return good ? 0 : 1;
}

/* After the last kill: everybody finishes, and every conversation there ever was is read again. */
static int finish(struct test *test, bool good)
{
    struct crash *crash = &newest(test)->crash;
    if (good) random_moment(test);
    crash_hold(crash);
    crash_settle(crash);
    if (test->control) {
        crash_people_end(crash);
        return control(test);
    }
    good = close_generation(test) && good;
    for (int n = 0; good && n < test->generations_count; n++)
        good = verify(test, &test->generations[n], true);
    return report(test, good);
}

static int run(struct test *test)
{
    test->generations = calloc(GENERATIONS_MAX, sizeof *test->generations);
    if (!test->generations) abort();
    wire_link_open(&test->link, &test->place, 20);
    if (!servant_init(&test->servant) || !start_server(test) || !open_generation(test)) {
        servant_end(&test->servant, SIGKILL);
        return 1;
    }
    crash_let_go(&newest(test)->crash);
    bool good = true;
    for (int number = 1; good && number <= test->kills; number++) good = one_kill(test, number);
    int status = finish(test, good);
    servant_end(&test->servant, SIGTERM);
    for (int n = 0; n < test->generations_count; n++) {
        struct generation *one = &test->generations[n];
        crash_people_free(&one->crash);
        city_free(&one->crash.city);
        for (int talk = 0; talk < test->talks; talk++) shown_close(&one->lists[talk].shown);
        free(one->lists);
    }
    free(test->generations);
    wire_link_close(&test->link);
    return status;
}

static bool take_options(struct test *test, int argc, char **argv, const char **data,
                         const char **listen)
{
    static const struct option options[] = {
        {"kills", 1, 0, 'k'},   {"server", 1, 0, 's'}, {"data", 1, 0, 'd'},  {"seed", 1, 0, 'S'},
        {"control", 0, 0, 'c'}, {"listen", 1, 0, 'l'}, {"talks", 1, 0, 't'}, {"mount", 1, 0, 'm'},
        {"image", 1, 0, 'i'},   {"pace", 1, 0, 'p'},   {"longest", 1, 0, 'L'}, {"help", 0, 0, 'h'},  {0}};
    int option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'k': test->kills = atoi(optarg); break;
        case 's': test->servant.server = optarg; break;
        case 'd': *data = optarg; break;
        case 'S': test->seed = (unsigned)strtoul(optarg, NULL, 10); break;
        case 'c': test->control = true; break;
        case 'l': *listen = optarg; break;
        case 't': test->talks = atoi(optarg); break;
        case 'm': test->mount = optarg; break;
        case 'i': test->image = optarg; break;
        case 'p': test->pace_ms = atoi(optarg); break;
        case 'L': test->longest_ms = atoi(optarg); break;
        case 'h': fputs(help, stdout); exit(0);
        default: return false;
        }
    }
    bool whole = !test->mount == !test->image && (!test->mount || *data);
    return whole && test->kills >= 1 + test->control && test->talks >= 1 && test->longest_ms >= 10 &&
           test->talks * 2 <= SHOWN_WRITERS_MAX && wire_place_of(*listen, &test->place);
}

int main(int argc, char **argv)
{
    static struct test test = {
        .kills = 20,
        .servant = {.server = "build/gongdao"},
        .pace_ms = 10,
        .talks = 8,
        .longest_ms = 2000};
    const char *data = NULL, *listen = "127.0.0.1:18340";
    char folder[4096], data_path[4160], log[4160];
    test.seed = (unsigned)time(NULL);
    if (!take_options(&test, argc, argv, &data, &listen)) {
        fputs(help, stderr);
        return 2;
    }
    if (!servant_folder(folder, sizeof folder)) return 2;
    snprintf(data_path, sizeof data_path, "%s/data", folder);
    snprintf(log, sizeof log, "%s/log", folder);
    snprintf(test.snapshot, sizeof test.snapshot, "%s/snapshot", folder);
    snprintf(test.word, sizeof test.word, "crash-%u", test.seed);
    printf("seed %u\n", test.seed);
    fflush(stdout);
    test.servant.data = data ? data : data_path;
    test.servant.log = log;
    test.servant.place = test.place;
    signal(SIGPIPE, SIG_IGN);
    int status = run(&test);
    if (status)
        fprintf(stderr, "what is left is in %s\n", folder);
    else
        servant_remove(folder);
    return status;
}
