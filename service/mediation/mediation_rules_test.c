/* mediation_rules_test.c -- the rules by themselves: every deed in every stage by everybody, and
 * the days of the law. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/calendar/calendar_load.h"
#include "platform/scene_test.h"
#include "service/mediation/mediation.h"

/* 6: every stage × deed × person; what is not written here is refused. */
Test(mediation_rules, every_deed_in_every_stage_by_everybody)
{
    static const char *const stages[] = {"checking",  "correcting", "choosing", "proposed",
                                         "mediating", "signing",    "kept",     "finished"};
    /* By whom, in each stage: a applicant, r the other side, m its mediator, o the committee. */
    static const char *const map[MEDIATION_DEEDS][8] = {
        [MEDIATION_INVITE] = {"", "", "mo", "mo", "mo", "mo", "", ""},
        [MEDIATION_PROPOSE] = {"", "", "o", "", "", "", "", ""},
        [MEDIATION_CHOOSE] = {"", "", "ar", "", "", "", "", ""},
        [MEDIATION_AGREE] = {"", "", "", "ar", "", "", "", ""},
        [MEDIATION_OBJECT] = {"", "", "", "ar", "ar", "", "", ""},
        [MEDIATION_RECUSE] = {"", "", "", "m", "m", "", "", ""},
        [MEDIATION_BEGIN] = {"", "", "", "mo", "", "", "", ""},
        [MEDIATION_PLAN] = {"", "", "", "", "m", "", "", ""},
        [MEDIATION_RECORD] = {"", "", "", "", "m", "m", "", ""},
        [MEDIATION_DRAW] = {"", "", "", "", "m", "m", "", ""},
        [MEDIATION_SIGN] = {"", "", "", "", "", "arm", "", ""},
        [MEDIATION_STOP] = {"ar", "ar", "ar", "ar", "ar", "ar", "", ""},
        [MEDIATION_CONFIRM] = {"", "", "", "", "", "", "ar", "ar"},
        [MEDIATION_COURT] = {"", "", "", "", "", "", "m", "m"},
        [MEDIATION_FOLLOW] = {"", "", "", "", "", "", "mo", "mo"},
    };
    static const char who[] = "armo";

    for (int deed = 0; deed < MEDIATION_DEEDS; deed++)
        for (size_t s = 0; s < COUNT(stages); s++)
            for (size_t w = 0; w < 4; w++) {
                bool may =
                    test_done(mediation_may(str_of(stages[s]), 1u << w, (enum mediation_deed)deed));

                cr_expect_eq(may, strchr(map[deed][s], who[w]) != NULL, "deed %d in %s by %c", deed,
                             stages[s], who[w]);
            }
    cr_expect_not(test_done(mediation_may(S("lost"), 15, MEDIATION_STOP)), "an unknown stage");
    for (int n = 0; n < 32; n++) {
        struct mediation_fit fit = {n & 1, n & 2, n & 4, n & 8, n & 16};

        cr_expect_eq(mediation_unfit(&fit, (n & 1) != 0) == NULL, n == 0);
        if (n == 8 || n == 16) /* of the other side's lawyers and talks a side reads nothing */
            cr_expect(strstr(mediation_unfit(&fit, false)->text, "side") &&
                      !strstr(mediation_unfit(&fit, true)->text, "advised") &&
                      !strstr(mediation_unfit(&fit, true)->text, "acts"));
    }
    cr_expect(test_done(mediation_may_begin(1, 1, 100, 50)), "both agreed");
    cr_expect_not(test_done(mediation_may_begin(1, 0, 100, 99)), "one has days left to object");
    cr_expect(test_done(mediation_may_begin(0, 0, 100, 100)), "nobody objected");
}

/* 5: thirty days after the day itself; a last day without work moves on. */
Test(mediation_rules, thirty_days_to_ask_the_court)
{
    static const struct {
        const char *effective, *last;
    } days[] = {{"2026-11-23", "2026-12-23"},  /* a Wednesday */
                {"2026-01-15", "2026-02-14"},  /* a Saturday that is worked */
                {"2026-09-03", "2026-10-08"},  /* in the national holidays */
                {"2026-11-13", "2026-12-14"}}; /* a Sunday: Monday */

    for (size_t i = 0; i < COUNT(days); i++) {
        calendar_day effective, last;
        moment until;

        cr_assert(calendar_day_parse(str_of(days[i].effective), &effective));
        cr_assert(calendar_day_parse(str_of(days[i].last), &last));
        cr_assert(test_done(mediation_confirm_until(
            &calendar_built_in, calendar_day_begins(effective) + 3600, &until)));
        cr_expect_eq(calendar_day_of(until - 1), last, "from %s", days[i].effective);
    }
}

/* Asked again while it is not kept, and once after a year. */
Test(mediation_rules, it_is_asked_until_it_is_kept_and_once_after_a_year)
{
    enum { DAY = SECONDS_PER_DAY, YEAR = MEDIATION_YEAR_DAYS * DAY };

    cr_expect_eq(mediation_ask_next(100, S("no"), 10 * DAY), 40 * DAY);
    cr_expect_eq(mediation_ask_next(100, S("partly"), 10 * DAY), 40 * DAY);
    cr_expect_eq(mediation_ask_next(100, S("yes"), 10 * DAY), 100 + YEAR);
    cr_expect_eq(mediation_ask_next(100, S("yes"), 100 + YEAR), 0);
    cr_expect_eq(mediation_ask_next(100, S("no"), 100 + YEAR), 100 + YEAR + 30 * DAY);
}

/* The court's days, and what may follow on what. */
Test(mediation_rules, the_court_has_three_days_then_fifteen_and_ten_more)
{
    static const struct {
        const char *court, *since, *until, *longest;
    } days[] = {{"sent", "2026-11-23", "2026-11-26", "2026-11-26"},
                {"sent", "2026-11-25", "2026-11-30", "2026-11-30"}, /* a Saturday: Monday */
                {"accepted", "2026-11-23", "2026-12-08", "2026-12-18"},
                {"confirmed", "2026-11-23", "", ""},
                {"", "2026-11-23", "", ""}};
    static const char *const stands[] = {"", "sent", "accepted", "confirmed", "refused"};
    static const char *const follows[] = {"1", "24", "34", "", ""}; /* of `stands` */

    for (size_t i = 0; i < COUNT(days); i++) {
        calendar_day since, last = 0, longest_last = 0;
        moment until, longest;

        cr_assert(calendar_day_parse(str_of(days[i].since), &since));
        calendar_day_parse(str_of(days[i].until), &last);
        calendar_day_parse(str_of(days[i].longest), &longest_last);
        mediation_court_until(&calendar_built_in, str_of(days[i].court),
                              calendar_day_begins(since) + 3600, &until, &longest);
        cr_expect_eq(until, last ? calendar_day_begins(last + 1) : 0, "%s", days[i].court);
        cr_expect_eq(longest, last ? calendar_day_begins(longest_last + 1) : 0);
    }
    for (size_t from = 0; from < COUNT(stands); from++)
        for (size_t to = 0; to < COUNT(stands); to++)
            cr_expect_eq(mediation_court_may(str_of(stands[from]), str_of(stands[to])),
                         strchr(follows[from], (int)('0' + to)) != NULL, "%s to %s", stands[from],
                         stands[to]);
}
