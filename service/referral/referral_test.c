/* referral_test.c -- what may happen when, as a map. */
#include <criterion/criterion.h>
#include <string.h>

#include "service/referral/referral.h"

/* 1, 2: every state × deed, on this site and on paper; what is not written here is refused. */
Test(referral_rules, every_deed_in_every_state)
{
    static const char *const states[] = {"none",     "offered", "agreed",
                                         "declined", "applied", "taken"};
    /* In which states, by their place above. */
    static const char *const on_site[REFERRAL_DEEDS] = {
        [REFERRAL_OFFER] = "013", [REFERRAL_AGREE] = "1", [REFERRAL_DECLINE] = "12",
        [REFERRAL_APPLY] = "2",   [REFERRAL_PRINT] = "",  [REFERRAL_TAKE] = ""};
    static const char *const on_paper[REFERRAL_DEEDS] = {
        [REFERRAL_OFFER] = "013", [REFERRAL_AGREE] = "1", [REFERRAL_DECLINE] = "1",
        [REFERRAL_APPLY] = "",    [REFERRAL_PRINT] = "2", [REFERRAL_TAKE] = "2"};

    for (size_t k = 0; k < REFERRAL_KINDS_COUNT; k++)
        for (int deed = 0; deed < REFERRAL_DEEDS; deed++)
            for (size_t s = 0; s < COUNT(states); s++) {
                const char *const *map = referral_kinds[k].item ? on_site : on_paper;

                cr_expect_eq(
                    referral_may(&referral_kinds[k], str_of(states[s]), (enum referral_deed)deed),
                    strchr(map[deed], (int)('0' + s)) != NULL, "%s: deed %d in %s",
                    referral_kinds[k].kind, deed, states[s]);
            }
    cr_expect_not(referral_may(&referral_kinds[1], S("lost"), REFERRAL_TAKE));
    for (size_t k = 0; k < REFERRAL_KINDS_COUNT; k++) {
        cr_expect_eq(referral_kind_of(str_of(referral_kinds[k].kind)), &referral_kinds[k]);
        cr_expect(referral_kinds[k].bring[0] && *referral_kinds[k].law, "with its article");
    }
    cr_expect_null(referral_kind_of(S("nobody")));
}
