/* hall_test.c -- the rules of numbers; the invariants are those of hall.h. */
#include "bureau/hall/hall.h"

#include <criterion/criterion.h>

/* One row a state, one column a step; '.' is a refusal, a digit the state it leads to. */
Test(hall, every_step_from_every_state)
{
    static const char *const map[HALL_STATES] = {
        /* call again put-back serve miss return pass finish leave give-up */
        [HALL_WAITING] = "1.....0.5.", [HALL_CALLED] = ".1023.0.5.", [HALL_SERVING] = "......045.",
        [HALL_MISSED] = ".....0..56",  [HALL_SERVED] = "..........", [HALL_LEFT] = "..........",
        [HALL_NO_SHOW] = "..........",
    };

    for (int from = 0; from < HALL_STATES; from++) {
        for (int step = 0; step < HALL_STEPS; step++) {
            enum hall_state to = HALL_STATES;
            struct outcome outcome = hall_next((enum hall_state)from, (enum hall_step)step, &to);
            char seen = outcome.refusal ? '.' : (char)('0' + to);

            cr_expect(seen == map[from][step], "state %d step %d: %c, expected %c", from, step,
                      seen, map[from][step]);
        }
    }
}

/* (5) */
Test(hall, what_is_over_stays_over)
{
    for (int state = 0; state < HALL_STATES; state++) {
        bool moves = false;

        for (int step = 0; step < HALL_STEPS; step++) {
            enum hall_state to;

            moves |= outcome_is_done(hall_next((enum hall_state)state, (enum hall_step)step, &to));
        }
        cr_expect_eq(moves, hall_is_open_state((enum hall_state)state), "%d", state);
    }
}

Test(hall, words_and_states_are_each_others_inverse)
{
    for (int state = 0; state < HALL_STATES; state++) {
        cr_expect_eq((int)hall_state_of(hall_state_word((enum hall_state)state)), state);
        cr_expect(hall_state_name((enum hall_state)state)[0] != '\0');
    }
}

/* (2) */
Test(hall, nobody_is_missed_before_a_second_call)
{
    cr_expect(hall_may_miss(0).refusal == &hall_call_once_more);
    cr_expect(hall_may_miss(1).refusal == &hall_call_once_more);
    cr_expect(outcome_is_done(hall_may_miss(2)));
}

/* (3) */
Test(hall, who_missed_a_call_comes_back_behind_three_others)
{
    const moment ranks[] = {100, 200, 300};

    cr_expect_eq(hall_return_rank(ranks, 3, 1000), 301, "behind the third");
    cr_expect_eq(hall_return_rank(ranks, 2, 1000), 201, "behind all where fewer wait");
    cr_expect_eq(hall_return_rank(ranks, 0, 1000), 1001, "alone");
}

Test(hall, a_number_is_written_with_three_digits_at_least)
{
    struct arena *arena = arena_open(4096);

    cr_expect(str_same(hall_ticket_text(arena, S("A"), 1), S("A001")));
    cr_expect(str_same(hall_ticket_text(arena, S("B"), 17), S("B017")));
    cr_expect(str_same(hall_ticket_text(arena, S("Z"), 1234), S("Z1234")));
    arena_close(&arena);
}

Test(hall, a_letter_is_one_capital_of_the_alphabet)
{
    cr_expect(hall_is_letter(S("A")) && hall_is_letter(S("Z")));
    cr_expect_not(hall_is_letter(S("a")) || hall_is_letter(S("")) || hall_is_letter(S("AB")) ||
                  hall_is_letter(S("1")) || hall_is_letter(S("甲")));
}
