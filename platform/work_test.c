/* work_test.c -- who is served while the workers have too much to do. */
#include <criterion/criterion.h>
#include <stdatomic.h>
#include <unistd.h>

#include "platform/metrics.h"
#include "platform/toy_test.h"
#include "platform/work.h"

enum { HANDS = 4, FEEDERS = 10, BURST = 200, STEP_MS = 10, PATIENCE_MS = 50, ATTEMPTS = 5 };

static struct toy toy;
static struct work *work;
static struct job jobs[BURST];
static atomic_int entered, done, turned;
static atomic_bool may_go;

static void set_up(void)
{
    toy_open(&toy, NULL);
    entered = done = turned = 0;
    may_go = false;
}

static void tear_down(void)
{
    may_go = true;
    work_close(&work);
    toy_close(&toy);
}

TestSuite(work, .init = set_up, .fini = tear_down);

static void wait_to_go(struct job *job, struct store *store)
{
    (void)job, (void)store;
    entered++;
    while (!may_go) usleep(2000);
    done++;
}

static void step(struct job *job, struct store *store)
{
    (void)job, (void)store;
    usleep(STEP_MS * 1000);
    done++;
}

static void turn(struct job *job)
{
    (void)job;
    turned++;
}

static bool post(int number, enum admission_class class, void (*run)(struct job *, struct store *))
{
    jobs[number] = (struct job){.run = run, .class = class};
    return work_post(work, &jobs[number]);
}

/* (1) */
Test(work, one_is_kept_for_conversations_while_pages_keep_all_others)
{
    work_open(HANDS, BURST, toy.site->settings.database, true, &work);
    for (int i = 0; i < HANDS + 1; i++) post(i, ADMIT_WORK, wait_to_go);
    while (entered < HANDS - 1) usleep(2000);
    post(HANDS + 1, ADMIT_LIVING, step);
    while (!done) usleep(2000);
    cr_expect_eq(entered, HANDS - 1);
    cr_expect_eq(work_waiting(work), 2, "and does nothing else");
    may_go = true;
    while (done < HANDS + 2) usleep(2000);
}

/* Whoever is asked for when all sleep comes, again and again: a call that is lost is for ever. */
Test(work, nobody_sleeps_while_something_waits)
{
    int posted = 0;

    work_open(HANDS, BURST, toy.site->settings.database, true, &work);
    for (int round = 0; round < BURST / 4; round++) {
        for (int i = 0; i < 4; i++) {
            enum admission_class class = (round + i) % 3 ? ADMIT_LIVING : ADMIT_READING;

            jobs[posted] = (struct job){.run = wait_to_go, .class = class};
            may_go = true;
            cr_assert(work_post(work, &jobs[posted++]));
        }
        while (done < posted) usleep(100);
    }
}

/* Comes again until it may go: the queue stays as long as it is, whatever the machine does. */
static void feed(struct job *job, struct store *store)
{
    step(job, store);
    if (may_go) return;
    done--;
    work_post_always(work, job);
}

/* While some are turned away, and with nobody before them: how many of a hundred who come at once
 * are let in? */
static int let_in_at_once(void)
{
    int let_in = 0;

    may_go = false;
    done = turned = 0;
    for (int i = 0; i < FEEDERS; i++) {
        jobs[i] = (struct job){.run = feed, .class = ADMIT_READING};
        work_post_always(work, &jobs[i]);
    }
    while (work_may(work, ADMIT_READING, metrics_microseconds())) usleep(2000);
    usleep(20 * STEP_MS * 1000); /* the pace is known by then, or it is a try in vain */
    may_go = true;
    while (done < FEEDERS) usleep(1000);
    while (let_in < BURST / 2 && post(BURST / 2 + let_in, ADMIT_READING, step)) let_in++;
    while (done + turned < FEEDERS + let_in) usleep(1000);
    return let_in;
}

/* (3) A machine that stands still for seconds in between has calmed down: then once more. */
Test(work, who_would_wait_behind_many_is_turned_away_before_the_first_of_them_is_old)
{
    struct admission_patience patience = admission_patience_of(PATIENCE_MS, 60 * 1000);
    int let_in = BURST;

    work_open(1, BURST, toy.site->settings.database, false, &work);
    work_limit(work, &patience, turn);
    for (int i = 0; i < ATTEMPTS && let_in > PATIENCE_MS / STEP_MS; i++) let_in = let_in_at_once();
    cr_expect_geq(let_in, 1, "as many as can be served");
    cr_expect_leq(let_in, PATIENCE_MS / STEP_MS, "and not all who come in the same moment: %d",
                  let_in);
}
