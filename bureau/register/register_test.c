/* register_test.c -- the rules of the register.  Cites register.h. */
#include <criterion/criterion.h>

#include "bureau/register/register.h"

enum { NOW = 1795305600 };
static const moment day = SECONDS_PER_DAY;

Test(register, only_the_steps_of_the_picture_are_taken) /* (1) */
{
    static const char picture[REGISTER_STATES][REGISTER_STEPS + 1] = {
        /* change, hand in, ask, approve, refuse, withdraw */
        [REGISTER_DRAFT] = "ds---w",   [REGISTER_SUBMITTED] = "--marw",
        [REGISTER_MISSING] = "ms--rw", [REGISTER_APPROVED] = "------",
        [REGISTER_REFUSED] = "------", [REGISTER_WITHDRAWN] = "------",
    };
    static const char letters[REGISTER_STATES] = {'d', 's', 'm', 'a', 'r', 'w'};

    for (int from = 0; from < REGISTER_STATES; from++) {
        for (int step = 0; step < REGISTER_STEPS; step++) {
            enum register_state to = REGISTER_STATES;
            struct outcome outcome =
                register_next((enum register_state)from, (enum register_step)step, &to);
            char wanted = picture[from][step];

            if (wanted == '-')
                cr_expect_eq(outcome.refusal, &register_not_now, "%d %d", from, step);
            else
                cr_expect(to < REGISTER_STATES && letters[to] == wanted, "%d %d", from, step);
            cr_expect_eq(register_may((enum register_state)from, (enum register_step)step),
                         wanted != '-');
        }
    }
}

Test(register, what_is_decided_is_closed_for_good)
{
    for (int state = 0; state < REGISTER_STATES; state++) {
        bool moves = false;

        for (int step = 0; step < REGISTER_STEPS; step++)
            moves = moves || register_may((enum register_state)state, (enum register_step)step);
        cr_expect_eq(moves, register_is_open((enum register_state)state));
        cr_expect_eq(register_state_of(register_state_word((enum register_state)state)), state);
    }
}

Test(register, a_licence_is_good_to_its_last_second) /* (3) */
{
    cr_expect_eq(register_licence_of(NOW - 1, 0, true, NOW), REGISTER_VALID);
    cr_expect_eq(register_licence_of(NOW - 1, NOW + 61 * day, true, NOW), REGISTER_VALID);
    cr_expect_eq(register_licence_of(NOW - 1, NOW + 60 * day, true, NOW), REGISTER_EXPIRES);
    cr_expect_eq(register_licence_of(NOW - 1, NOW + 1, true, NOW), REGISTER_EXPIRES);
    cr_expect_eq(register_licence_of(NOW - 1, NOW, true, NOW), REGISTER_EXPIRED);
    cr_expect_eq(register_licence_of(0, NOW + 90 * day, true, NOW), REGISTER_UNCHECKED);
    cr_expect_eq(register_licence_of(NOW + 1, NOW + 90 * day, true, NOW), REGISTER_UNCHECKED);
    cr_expect_eq(register_licence_of(0, NOW - 1, true, NOW), REGISTER_EXPIRED);
    cr_expect_eq(register_licence_of(NOW - 1, NOW - 1, false, NOW), REGISTER_SUSPENDED);
    cr_expect_eq(register_licence_of(NOW - 1, 0, false, NOW), REGISTER_SUSPENDED);
}

Test(register, stars_are_public_only_when_there_are_enough) /* (5) */
{
    cr_expect_eq(register_rating_tenths(5 * 9, 9), -1);
    cr_expect_eq(register_rating_tenths(0, 0), -1);
    cr_expect_eq(register_rating_tenths(50, 10), 50);
    cr_expect_eq(register_rating_tenths(47, 10), 47);
    cr_expect_eq(register_rating_tenths(14, 12), 12);
    cr_expect_eq(register_rating_tenths(13, 12), 11);
}
