/* rate_test.c -- a minute's allowance may be used at once, and comes back bit by bit. */
#include "platform/rate.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char ask[] = "ask", look[] = "look";

static int taken_of(const char *what, const char *address, int tries, int64_t now_ms)
{
    int taken = 0;

    for (int i = 0; i < tries; i++) taken += rate_may_at(what, str_of(address), 6, now_ms);
    return taken;
}

Test(rate, a_full_minute_may_be_used_at_once_and_no_more)
{
    cr_expect_eq(taken_of(ask, "192.0.2.1", 20, 1000), 6);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 20, 1000), 0);
}

Test(rate, the_allowance_comes_back_evenly_up_to_a_minute_of_it)
{
    cr_expect_eq(taken_of(ask, "192.0.2.1", 20, 1000), 6);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 20, 10999), 0, "a tenth of a minute has not passed");
    cr_expect_eq(taken_of(ask, "192.0.2.1", 20, 11000), 1);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 20, 31000), 2);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 20, 99931000), 6);
}

Test(rate, who_is_refused_is_told_the_seconds_until_the_next)
{
    cr_expect_eq(rate_wait_seconds_at(ask, S("192.0.2.1"), 6, 1000), 0);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 6, 1000), 6);
    cr_expect_eq(rate_wait_seconds_at(ask, S("192.0.2.1"), 6, 1000), 10);
    cr_expect_eq(rate_wait_seconds_at(ask, S("192.0.2.1"), 6, 10001), 1, "0.999 s are said as 1");
    cr_expect_eq(taken_of(ask, "192.0.2.1", 1, 10001), 0);
    cr_expect_eq(rate_wait_seconds_at(ask, S("192.0.2.1"), 6, 11000), 0);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 2, 11000), 1, "and asking took nothing");
}

Test(rate, refused_tries_do_not_put_off_the_next)
{
    cr_expect_eq(taken_of(ask, "192.0.2.1", 6, 0), 6);
    for (int64_t now = 1; now < 10000; now += 7)
        cr_assert_eq(taken_of(ask, "192.0.2.1", 1, now), 0, "at %lld", (long long)now);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 1, 10200), 1);
}

Test(rate, neither_another_address_nor_another_thing_pays_for_it)
{
    cr_expect_eq(taken_of(ask, "192.0.2.1", 6, 0), 6);
    cr_expect_eq(taken_of(ask, "192.0.2.2", 6, 0), 6);
    cr_expect_eq(taken_of(look, "192.0.2.1", 6, 0), 6);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 1, 0), 0);
}

Test(rate, a_clock_that_goes_back_gives_nothing_away)
{
    cr_expect_eq(taken_of(ask, "192.0.2.1", 6, 60000), 6);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 1, 0), 0);
    cr_expect_eq(taken_of(ask, "192.0.2.1", 1, 60000), 0);
}

Test(rate, many_strangers_shut_nobody_out)
{
    char address[32];

    for (int i = 0; i < 200000; i++) {
        snprintf(address, sizeof address, "198.51.%d.%d", i / 250, i % 250);
        cr_assert(rate_may_at(ask, str_of(address), 6, 1000 + i), "%s", address);
    }
}

Test(rate, the_machine_itself_is_not_limited)
{
    for (int i = 0; i < 1000; i++) {
        cr_assert(rate_may(ask, S("127.0.0.1"), 1));
        cr_assert(rate_may(ask, S("::1"), 1));
        cr_assert(rate_may(ask, S("unix"), 1));
    }
    cr_expect(rate_may(ask, S("12.7.0.1"), 1));
    cr_expect_not(rate_may(ask, S("12.7.0.1"), 1));
}
