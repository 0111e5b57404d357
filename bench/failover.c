/* failover.c -- the database's primary is taken away under load, again and again.
 *
 * The server is running; who takes the primary away, and gives it back, is another program
 * (bench/failover_nodes.sh).  Residents and consultants post numbered messages with
 * Idempotency-Keys and send again what was not acknowledged, as in crash.c; others look at pages
 * all the time.  After each cut it is measured when a message begun after it is acknowledged, and
 * what those who only read were told meanwhile.  In the end every message that was acknowledged
 * must be there, once, in order.
 */
#include "bench/crash_list.h"
#include "bench/histogram.h"

#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
    "Usage: failover --connect A:P --nodes PROGRAM --place FOLDER [options]\n"
    "Has PROGRAM cut the primary of a server's database off, and checks that nothing that was\n"
    "acknowledged is lost.\n\n"
    "  --connect A:P    the server\n"
    "  --nodes PROGRAM  run as: PROGRAM FOLDER cut KIND, PROGRAM FOLDER heal, PROGRAM FOLDER "
    "whole\n"
    "  --place FOLDER   its first argument\n"
    "  --cuts N         how often (20)\n"
    "  --kinds A,B,…    kinds of cut, one after the other (kill,link)\n"
    "  --talks N        conversations; two writers each (12)\n"
    "  --pace MS        mean pause of a writer between messages (1000)\n"
    "  --back S         seconds within which writing must be possible again (20)\n"
    "  --control        the negative control: succeeds only if acknowledged messages are lost\n\n"
    "Prints a line for each cut and one for all: cuts N acknowledged M lost 0 duplicated 0 …\n";

/* A pause of milliseconds that takes longer: the machine stood still, and what is measured then is
 * the machine's.  It is said, and counts as a cut, but not in the longest times. */
static const double STILL_SECONDS = 1;

enum { LOOKERS = 4, KINDS_MAX = 8, GIVE_UP_SECONDS = 180, STREAM_SECONDS = 30 };

/* What those who look at pages were told since the last cut. */
struct looked {
    int64_t good, wait, fault, none; /* 200; 503; other; no answer */
    int64_t longest_ns;              /* between two 200s */
    int64_t slowest_ns;              /* a 200 */
};

struct looker {
    struct test *test;
    int number;
    pthread_t thread;
    pthread_mutex_t lock; /* of looked, good_at */
    struct looked looked;
    int64_t good_at;
};

struct test {
    struct crash crash;
    struct list *lists;
    struct looker lookers[LOOKERS];
    struct wire_place place;
    struct wire_link link;
    char *kinds[KINDS_MAX];
    int kinds_count, cuts, made, talks, back_seconds;
    const char *nodes, *folder;
    bool control;
    double back_max, all_back_max;
    int64_t streams_before, reads_failed, unacknowledged;
    double still_s; /* so long the machine stood still during the last cut */
    int still_cuts;
    double silence_max; /* seconds in which nobody who reads was answered with a page */
};

static bool run_nodes(const struct test *test, const char *what, const char *kind)
{
    pid_t pid = fork();
    if (!pid) {
        execl(test->nodes, test->nodes, test->folder, what, kind, (char *)NULL);
        perror(test->nodes);
        _exit(127);
    }
    int status = 1;
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static void note(struct looker *looker, int status, int64_t begun)
{
    int64_t now = now_ns();
    struct looked *looked = &looker->looked;
    pthread_mutex_lock(&looker->lock);
    if (status == 200) {
        if (now - looker->good_at > looked->longest_ns) looked->longest_ns = now - looker->good_at;
        if (now - begun > looked->slowest_ns) looked->slowest_ns = now - begun;
        looker->good_at = now;
        looked->good++;
    } else if (status == 503) {
        looked->wait++;
    } else if (status < 0) {
        looked->none++;
    } else {
        looked->fault++;
    }
    pthread_mutex_unlock(&looker->lock);
}

static bool is_over(struct crash *crash)
{
    pthread_mutex_lock(&crash->lock);
    bool over = crash->over;
    pthread_mutex_unlock(&crash->lock);
    return over;
}

/* In turn: the home page, which anybody sees, and somebody's own conversation. */
static void *look_on(void *mine)
{
    struct looker *looker = mine;
    struct test *test = looker->test;
    struct wire_link link;
    char path[160], headers[CITY_TOKEN_MAX + 128];
    wire_link_open(&link, &test->place, 30);
    looker->good_at = now_ns();
    for (int turn = looker->number; !is_over(&test->crash); turn++) {
        const struct city_talk *talk = &test->crash.city.talks[turn / 2 % test->talks];
        if (turn % 2) {
            snprintf(path, sizeof path, "/api/v1/consultations/%s/messages?limit=20",
                     talk->reference);
            city_headers(headers, sizeof headers, talk->token);
        }
        int64_t begun = now_ns();
        int status = wire_ask(&link, "GET", turn % 2 ? path : "/", turn % 2 ? headers : "", NULL);
        note(looker, status, begun);
        pause_ms(status == 200 ? 50 : 100);
    }
    wire_link_close(&link);
    return NULL;
}

/* What all saw since it was last asked; forgotten then. */
static struct looked seen_since(struct test *test)
{
    struct looked all = {0};
    for (int n = 0; n < LOOKERS; n++) {
        struct looker *looker = &test->lookers[n];
        struct looked *one = &looker->looked;
        pthread_mutex_lock(&looker->lock);
        int64_t silent = now_ns() - looker->good_at;
        all.good += one->good, all.wait += one->wait;
        all.fault += one->fault, all.none += one->none;
        if (one->longest_ns > all.longest_ns) all.longest_ns = one->longest_ns;
        if (silent > all.longest_ns) all.longest_ns = silent;
        if (one->slowest_ns > all.slowest_ns) all.slowest_ns = one->slowest_ns;
        *one = (struct looked){0};
        pthread_mutex_unlock(&looker->lock);
    }
    return all;
}

static bool open_all(struct test *test)
{
    struct crash *crash = &test->crash;
    struct city_plan plan = {
        .field = "labour", .talks = test->talks, .per_consultant = 4, .seconds_max = 60};
    if (!city_make(&crash->city, &test->place, &plan)) return false;
    crash->place = test->place;
    crash->may_fault = true;
    snprintf(crash->word, sizeof crash->word, "failover-%lld", (long long)time(NULL));
    pthread_mutex_init(&crash->lock, NULL);
    pthread_cond_init(&crash->changed, NULL);
    test->lists = calloc((size_t)test->talks, sizeof *test->lists);
    if (!test->lists) abort();
    crash_people_start(crash);
    for (int talk = 0; talk < test->talks; talk++) list_open(&test->lists[talk], crash, talk);
    for (int n = 0; n < LOOKERS; n++) {
        test->lookers[n] = (struct looker){.test = test, .number = n};
        pthread_mutex_init(&test->lookers[n].lock, NULL);
        pthread_create(&test->lookers[n].thread, NULL, look_on, &test->lookers[n]);
    }
    return true;
}

static int64_t told_of(struct test *test)
{
    int64_t told = 0;
    for (int n = 0; n < test->crash.writers_count; n++) told += test->crash.told[n].count;
    return told;
}

/* Until every writer was acknowledged something that it began after the cut. */
static bool wait_back(struct test *test, int64_t since, double *first_s, double *all_s)
{
    struct crash *crash = &test->crash;
    int64_t first = 0;
    test->still_s = 0;
    while (crash_back(crash, &first) < crash->writers_count) {
        int64_t before = now_ns();
        if (before - since > (int64_t)GIVE_UP_SECONDS * 1000000000) break;
        pause_ms(5);
        double slept = (double)(now_ns() - before) / 1e9;
        if (slept > STILL_SECONDS) test->still_s += slept;
    }
    bool all = crash_back(crash, &first) == crash->writers_count;
    *all_s = (double)(now_ns() - since) / 1e9;
    *first_s = first ? (double)(first - since) / 1e9 : *all_s;
    return all;
}

static void note_times(struct test *test, const struct looked *looked, double first, double all)
{
    double silence = (double)looked->longest_ns / 1e9;
    if (first > test->back_max) test->back_max = first;
    if (all > test->all_back_max) test->all_back_max = all;
    if (silence > test->silence_max) test->silence_max = silence;
}

/* On a machine with much to do the nodes may elect anew by themselves: then it is said again. */
static bool go_on_duty(struct test *test)
{
    int64_t since = now_ns();
    while (!city_on_duty(&test->crash.city, 4)) {
        if (now_ns() - since > (int64_t)GIVE_UP_SECONDS * 1000000000) return false;
        pause_ms(1000);
    }
    return true;
}

static bool one_cut(struct test *test, int number)
{
    struct crash *crash = &test->crash;
    const char *kind = test->kinds[(number - 1) % test->kinds_count];
    double first, all;
    if (!go_on_duty(test)) return false;
    pause_ms(2000 + (number * 7919) % 1000);
    seen_since(test);
    pthread_mutex_lock(&crash->lock);
    int64_t faults = crash->faults, told_to_wait = crash->told_to_wait, opened = crash->opened;
    int64_t unanswered = crash->unanswered;
    pthread_mutex_unlock(&crash->lock);
    printf("cut %d ", number);
    fflush(stdout);
    int64_t since = now_ns();
    if (!run_nodes(test, "cut", kind)) return false;
    test->made++;
    crash_cut(crash);
    bool back = wait_back(test, since, &first, &all);
    struct looked looked = seen_since(test);
    pthread_mutex_lock(&crash->lock);
    printf(
        "  writing again after %.1f s, all writers %.1f s; told to wait %" PRId64
        ", faults %" PRId64 ", unanswered %" PRId64 "; pages %" PRId64 " good, %" PRId64
        " told to wait, %" PRId64 " faults, %" PRId64
        " unanswered, slowest %.1f s, longest silence %.1f s; streams opened again %" PRId64 "\n",
        first, all, crash->told_to_wait - told_to_wait, crash->faults - faults,
        crash->unanswered - unanswered, looked.good, looked.wait, looked.fault, looked.none,
        (double)looked.slowest_ns / 1e9, (double)looked.longest_ns / 1e9, crash->opened - opened);
    pthread_mutex_unlock(&crash->lock);
    if (test->still_s > 0) {
        printf("  the machine stood still for %.1f s\n", test->still_s);
        test->still_cuts++;
    }
    fflush(stdout);
    test->reads_failed += looked.fault + looked.none + looked.wait;
    if (!back) fprintf(stderr, "not all writers came back\n");
    if (test->still_s <= 0) note_times(test, &looked, first, all);
    return back && run_nodes(test, "heal", NULL) && run_nodes(test, "whole", NULL);
}

static struct verdict verify_all(struct test *test, bool *read)
{
    struct verdict all = {0};
    *read = true;
    for (int talk = 0; talk < test->talks; talk++) {
        struct list *list = &test->lists[talk];
        *read = list_verify(list, &test->link, &test->crash, talk) && *read;
        test->unacknowledged += list->unacknowledged;
        all.lost += list->shown.verdict.lost;
        all.duplicated += list->shown.verdict.duplicated;
        all.reordered += list->shown.verdict.reordered;
        all.moved += list->shown.verdict.moved;
        all.strange += list->shown.verdict.strange;
    }
    return all;
}

/* Everybody stops; everything is read from the beginning. */
static int finish(struct test *test, bool good)
{
    struct crash *crash = &test->crash;
    pause_ms(1000);
    crash_hold(crash);
    crash_settle(crash);
    int64_t missing = test->control ? 0 : crash_streams_missing(crash, STREAM_SECONDS);
    crash_people_end(crash);
    for (int n = 0; n < LOOKERS; n++) pthread_join(test->lookers[n].thread, NULL);
    bool read;
    struct verdict all = verify_all(test, &read);
    int64_t repeated = 0, wrong = 0;
    for (int n = 0; n < crash->readers_count; n++) {
        repeated += crash->readers[n].shown.verdict.duplicated;
        wrong += crash->readers[n].shown.verdict.reordered +
                 crash->readers[n].shown.verdict.strange + crash->readers[n].backwards;
    }
    printf("cuts %d acknowledged %" PRId64 " lost %" PRId64 " duplicated %" PRId64
           " reordered %" PRId64 " moved %" PRId64 " streams %d missing %" PRId64
           " repeated %" PRId64 " disordered %" PRId64 " unanswered %" PRId64
           " told-to-wait %" PRId64 " faults %" PRId64 " committed-unanswered %" PRId64
           " still %d back-s-max %.1f all-back-s-max %.1f pages-failed %" PRId64
           " pages-silence-s-max %.1f\n",
           test->made, told_of(test), all.lost, all.duplicated, all.reordered,
           all.moved + all.strange, crash->readers_count, missing, repeated, wrong,
           crash->unanswered, crash->told_to_wait, crash->faults, test->unacknowledged,
           test->still_cuts, test->back_max, test->all_back_max, test->reads_failed,
           test->silence_max);
    if (test->control) return read && all.lost > 0 ? 0 : 1;
    good = good && read && verdict_good(&all) && !missing && !repeated && !wrong &&
           !crash->failed && told_of(test) > 0 && test->back_max <= test->back_seconds;
    return good ? 0 : 1;
}

static bool take_options(struct test *test, int argc, char **argv)
{
    static const struct option options[] = {{"connect", 1, 0, 'a'},
                                            {"nodes", 1, 0, 'n'},
                                            {"place", 1, 0, 'd'},
                                            {"cuts", 1, 0, 'k'},
                                            {"kinds", 1, 0, 'K'},
                                            {"talks", 1, 0, 't'},
                                            {"pace", 1, 0, 'p'},
                                            {"back", 1, 0, 'b'},
                                            {"control", 0, 0, 'c'},
                                            {"help", 0, 0, 'h'},
                                            {0}};
    static char usual[] = "kill,link";
    char *kinds = usual, *rest = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'a':
            if (!wire_place_of(optarg, &test->place)) return false;
            break;
        case 'n': test->nodes = optarg; break;
        case 'd': test->folder = optarg; break;
        case 'k': test->cuts = atoi(optarg); break;
        case 'K': kinds = optarg; break;
        case 't': test->talks = atoi(optarg); break;
        case 'p': test->crash.pace_ms = atoi(optarg); break;
        case 'b': test->back_seconds = atoi(optarg); break;
        case 'c': test->control = true; break;
        case 'h': fputs(help, stdout); exit(0);
        default: return false;
        }
    }
    for (char *kind = strtok_r(kinds, ",", &rest); kind && test->kinds_count < KINDS_MAX;
         kind = strtok_r(NULL, ",", &rest))
        test->kinds[test->kinds_count++] = kind;
    return test->nodes && test->folder && test->place.text[0] && test->cuts > 0 &&
           test->kinds_count && test->talks > 0 && test->talks * 2 <= SHOWN_WRITERS_MAX;
}

int main(int argc, char **argv)
{
    static struct test test = {
        .cuts = 20, .talks = 12, .back_seconds = 20, .crash = {.pace_ms = 1000}};
    if (!take_options(&test, argc, argv)) {
        fputs(help, stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    wire_link_open(&test.link, &test.place, 30);
    if (!open_all(&test)) return 1;
    bool good = true;
    for (int number = 1; good && number <= test.cuts; number++) good = one_cut(&test, number);
    int status = finish(&test, good);
    crash_people_free(&test.crash);
    city_free(&test.crash.city);
    for (int talk = 0; talk < test.talks; talk++) list_close(&test.lists[talk]);
    free(test.lists);
    wire_link_close(&test.link);
    return status;
}
