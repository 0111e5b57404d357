/* admission_test.c -- who is turned away, and who never is. */
#include "platform/admission.h"

#include <criterion/criterion.h>

enum { MS = 1000, SECOND = 1000 * MS, LONGEST = 80 * MS };

/* A queue that is looked at every 10 ms from `from` to `to` and has waited `wait` each time. */
static void look(struct admission *admission, int64_t wait, int64_t from, int64_t to)
{
    for (int64_t now = from; now <= to; now += 10 * MS)
        admission_note(admission, LONGEST, wait, now);
}

Test(admission, a_queue_that_moves_turns_nobody_away)
{
    struct admission admission = {0};

    look(&admission, LONGEST - 1, SECOND, 20 * SECOND);
    cr_expect_not(admission_refuses(&admission, LONGEST, LONGEST - 1, 20 * SECOND));
}

Test(admission, a_short_pause_turns_nobody_away)
{
    struct admission admission = {0};

    look(&admission, 5 * LONGEST, SECOND, SECOND + ADMISSION_INTERVAL - 10 * MS);
    cr_expect_not(
        admission_refuses(&admission, LONGEST, 5 * LONGEST, SECOND + ADMISSION_INTERVAL - 10 * MS));
    admission_note(&admission, LONGEST, 0, SECOND + ADMISSION_INTERVAL);
    look(&admission, 5 * LONGEST, 2 * SECOND, 2 * SECOND);
    cr_expect_not(admission_refuses(&admission, LONGEST, 5 * LONGEST, 2 * SECOND),
                  "two pauses are not one long one");
}

Test(admission, a_wait_that_stays_too_long_turns_away_at_once_and_only_who_would_wait)
{
    struct admission admission = {0};
    int64_t then = SECOND + ADMISSION_INTERVAL;

    look(&admission, LONGEST, SECOND, then);
    cr_expect(admission_refuses(&admission, LONGEST, LONGEST, then));
    cr_expect_not(admission_refuses(&admission, LONGEST, LONGEST / 2 - 1, then),
                  "as many as can be served are let in");
    admission_note(&admission, LONGEST, 0, then + SECOND);
    cr_expect(admission_refuses(&admission, LONGEST, LONGEST, then + SECOND),
              "a gap does not let a flood in for another interval");
}

Test(admission, it_is_over_when_the_waits_have_been_short_for_a_while)
{
    struct admission admission = {0};
    int64_t then = SECOND + ADMISSION_INTERVAL;

    look(&admission, LONGEST, SECOND, then);
    look(&admission, 0, then + 10 * MS, then + ADMISSION_CALM);
    cr_expect_not(admission_refuses(&admission, LONGEST, LONGEST, then + ADMISSION_CALM + 1));
    look(&admission, LONGEST, then + 20 * SECOND, then + 20 * SECOND + ADMISSION_INTERVAL);
    look(&admission, LONGEST / 2, then + 21 * SECOND, then + 40 * SECOND);
    cr_expect(admission_refuses(&admission, LONGEST, LONGEST / 2, then + 40 * SECOND),
              "and not before: who is let in waits less than half, while more come than that");
    cr_expect_not(admission_is_late(&admission, LONGEST, LONGEST - 1, then + 40 * SECOND));
    cr_expect(admission_is_late(&admission, LONGEST, LONGEST, then + 40 * SECOND));
    cr_expect_lt(ADMISSION_CALM, 10 * SECOND, "normal again within ten seconds");
}

Test(admission, the_lower_the_class_the_sooner_it_is_turned_away)
{
    struct admission_patience patience = admission_patience_of(80, 3000);

    for (int i = 1; i < ADMIT_CLASSES; i++)
        cr_expect_lt(patience.longest[i], patience.longest[i - 1]);
    cr_expect_eq(patience.longest[ADMIT_WORK], 80 * MS);
    cr_expect_eq(patience.longest[ADMIT_LIVING], 3 * SECOND);
}

Test(admission, a_row_is_as_old_as_its_oldest_whoever_leaves_first)
{
    struct admission_patience patience = admission_patience_of(500, 3000);
    struct admission_row *row = admission_row_open(&patience);
    struct admission_place one, two, three;

    cr_expect_eq(admission_row_age(row, 9 * SECOND), 0);
    admission_row_enter(row, &one, 1 * SECOND);
    admission_row_enter(row, &two, 2 * SECOND);
    admission_row_enter(row, &three, 3 * SECOND);
    admission_row_leave(row, &two, 3 * SECOND);
    cr_expect_eq(admission_row_age(row, 4 * SECOND), 3 * SECOND);
    admission_row_leave(row, &one, 4 * SECOND);
    cr_expect_eq(admission_row_age(row, 4 * SECOND), 1 * SECOND);
    admission_row_leave(row, &three, 4 * SECOND);
    admission_row_enter(row, &one, 5 * SECOND);
    cr_expect_eq(admission_row_age(row, 5 * SECOND + 1), 1);
    admission_row_leave(row, &one, 6 * SECOND);
    admission_row_close(&row);
}

Test(admission, a_slow_disk_turns_new_questions_away_and_lets_conversations_go_on)
{
    struct admission_patience patience = admission_patience_of(500, 3000);
    struct admission_row *row = admission_row_open(&patience);
    struct admission_place act;

    admission_row_enter(row, &act, SECOND);
    for (int64_t now = SECOND; now < SECOND + 450 * MS; now += 10 * MS)
        for (int i = 0; i < ADMIT_CLASSES; i++)
            admission_row_may(row, (enum admission_class)i, now);
    cr_expect_not(admission_row_may(row, ADMIT_ASKING, SECOND + 450 * MS));
    cr_expect(admission_row_may(row, ADMIT_WORK, SECOND + 450 * MS));
    for (int64_t now = SECOND + 450 * MS; now < 2 * SECOND; now += 10 * MS)
        for (int i = 0; i < ADMIT_CLASSES; i++)
            admission_row_may(row, (enum admission_class)i, now);
    cr_expect_not(admission_row_may(row, ADMIT_WORK, 2 * SECOND));
    cr_expect(admission_row_may(row, ADMIT_LIVING, 2 * SECOND));
    admission_row_leave(row, &act, 2 * SECOND);
    cr_expect(admission_row_may(row, ADMIT_ASKING, 2 * SECOND), "nothing waits any more");
    admission_row_close(&row);
}
