/* record_test.c -- what time does to a record: invariants 1 to 5 of record.c. */
#include <criterion/criterion.h>

#include "bureau/record/record.h"

Test(record, a_live_case_adds_up_its_waits_and_its_talks)
{
    struct record_times times = record_open(RECORD_WAITING, 100, 0, 100);

    record_move(&times, RECORD_WAITING, 0, 110); /* offered, taken back: still one wait */
    cr_expect_eq(times.wait_seconds, 0);
    record_move(&times, RECORD_TALKING, 0, 130);
    record_move(&times, RECORD_WAITING, 0, 190);
    record_move(&times, RECORD_TALKING, 0, 200);
    record_move(&times, RECORD_ENDED, 0, 260);
    cr_expect_eq(times.wait_seconds, 40);
    cr_expect_eq(times.handle_seconds, 120);
    cr_expect_eq(times.talks_count, 2);
    cr_expect_eq(times.served_at, 130);
    cr_expect_eq(times.ended_at, 260);
    cr_expect(!times.is_abandoned && !times.to_message && !times.is_late);
}

Test(record, whoever_leaves_the_queue_for_nothing_has_abandoned_it)
{
    struct record_times times = record_open(RECORD_WAITING, 0, 0, 0), left = times;

    record_move(&times, RECORD_ENDED, 0, 75);
    cr_expect(times.is_abandoned);
    cr_expect_eq(times.wait_seconds, 75);
    record_move(&left, RECORD_WRITTEN, 1000, 60);
    record_move(&left, RECORD_ENDED, 1000, 75);
    cr_expect(!left.is_abandoned && left.to_message);
    cr_expect_eq(left.wait_seconds, 60);
}

Test(record, what_lay_in_writing_before_a_talk_did_not_wait_for_it) /* (5) */
{
    struct record_times times = record_open(RECORD_WAITING, 100, 0, 100);

    record_move(&times, RECORD_WRITTEN, 100000, 160);
    record_move(&times, RECORD_TALKING, 100000, 7300);
    cr_expect_eq(times.talk_at, 7300);
    cr_expect_eq(times.talk_wait_seconds, 60);
    record_move(&times, RECORD_WAITING, 100000, 7400);
    record_move(&times, RECORD_TALKING, 100000, 7440);
    cr_expect(times.talk_at == 7300 && times.talk_wait_seconds == 60, "the first talk's");
    cr_expect_eq(times.wait_seconds, 100);
}

Test(record, a_written_question_is_never_abandoned)
{
    struct record_times times = record_open(RECORD_WRITTEN, 0, 1000, 0);

    record_move(&times, RECORD_ENDED, 1000, 10);
    cr_expect(!times.is_abandoned && !times.to_message && !times.is_live);
}

Test(record, a_promise_broken_stays_broken_and_one_moved_in_time_is_kept)
{
    struct record_times times = record_open(RECORD_WRITTEN, 1, 1000, 1), moved = times;

    record_move(&times, RECORD_WRITTEN, 1000, 999);
    cr_expect(!times.is_late);
    record_move(&times, RECORD_ANSWERED, 1000, 1000);
    cr_expect(times.is_late);
    record_move(&times, RECORD_WRITTEN, 9000, 1100); /* asks more */
    record_move(&times, RECORD_ANSWERED, 9000, 1200);
    cr_expect(times.is_late);
    cr_expect_eq(times.answered_at, 1000, "the first answer's moment never moves");
    cr_expect_eq(times.written_at, 1);
    record_move(&moved, RECORD_WRITTEN, 2000, 1000); /* the calendar came, the promise moved */
    record_move(&moved, RECORD_ANSWERED, 2000, 1500);
    cr_expect(!moved.is_late);
}

Test(record, a_talk_in_between_keeps_no_promise_that_ran_out_while_it_went_on)
{
    struct record_times times = record_open(RECORD_WRITTEN, 1, 1000, 1), in_time;

    record_move(&times, RECORD_TALKING, 1000, 900);
    in_time = times;
    record_move(&in_time, RECORD_ENDED, 1000, 999);
    cr_expect(!in_time.is_late);
    record_move(&times, RECORD_TALKING, 1000, 1000);
    cr_expect(times.is_late);
    record_move(&times, RECORD_ENDED, 1000, 1100);
    cr_expect(times.is_late);
    times = in_time;
    record_move(&times, RECORD_ENDED, 1000, 2000); /* rated, say: it was over in time */
    cr_expect(!times.is_late);
}

Test(record, words_of_phases_and_figures_are_read_back)
{
    enum record_figure figure;

    for (int i = 0; i < RECORD_PHASES; i++)
        cr_expect(record_phase_of(record_phase_word((enum record_phase)i)) == (enum record_phase)i);
    for (int i = 0; i < RECORD_FIGURES_COUNT; i++) {
        cr_assert(record_figure_of(record_figure_word((enum record_figure)i), &figure));
        cr_expect(figure == (enum record_figure)i);
    }
    cr_expect(!record_figure_of(S("sums"), &figure));
}
