/* referral_test.c -- what may happen when, as a map. */
#include <criterion/criterion.h>
#include <string.h>

#include "service/referral/referral.h"

/* 1, 2: every state × deed, on this site and on paper; what is not written here is refused. */
Test(referral_rules, every_deed_in_every_state)
{
    static const char *const states[] = {"none",    "offered", "agreed", "declined",
                                         "applied", "taken",   "ended"};
    /* In which states, by their place above. */
    static const char *const on_site[REFERRAL_DEEDS] = {
        [REFERRAL_OFFER] = "0136", [REFERRAL_AGREE] = "1", [REFERRAL_DECLINE] = "12",
        [REFERRAL_APPLY] = "2",    [REFERRAL_PRINT] = "",  [REFERRAL_TAKE] = "4",
        [REFERRAL_END] = "4"};
    static const char *const on_paper[REFERRAL_DEEDS] = {
        [REFERRAL_OFFER] = "013", [REFERRAL_AGREE] = "1", [REFERRAL_DECLINE] = "1",
        [REFERRAL_APPLY] = "",    [REFERRAL_PRINT] = "2", [REFERRAL_TAKE] = "2",
        [REFERRAL_END] = ""};

    for (int is_on_site = 0; is_on_site < 2; is_on_site++)
        for (int deed = 0; deed < REFERRAL_DEEDS; deed++)
            for (size_t s = 0; s < COUNT(states); s++)
                cr_expect_eq(referral_may(is_on_site, str_of(states[s]), (enum referral_deed)deed),
                             strchr((is_on_site ? on_site : on_paper)[deed], (int)('0' + s)) !=
                                 NULL,
                             "%d: deed %d in %s", is_on_site, deed, states[s]);
    cr_expect_not(referral_may(false, S("lost"), REFERRAL_TAKE));
    for (size_t k = 0; k < REFERRAL_KINDS_COUNT; k++) {
        cr_expect_eq(referral_kind_of(str_of(referral_kinds[k].kind)), &referral_kinds[k]);
        cr_expect(referral_kinds[k].bring[0] && *referral_kinds[k].law, "with its article");
    }
    cr_expect_null(referral_kind_of(S("nobody")));
}

/* What is kept is read again as it was: lines, signs, and of what is empty nothing. */
Test(referral_rules, answers_are_read_as_they_were_written)
{
    const struct str fields[] = {S("kind"), S("other"), S("what")};
    const struct str answers[] = {S("neighbours"), S(""), S("楼上，\n每天半夜：=;\t\"")};
    struct arena *arena = arena_open(1 << 16);
    struct str kept = referral_answers_text(arena, fields, answers, 3), field, answer;

    for (size_t i = 0; i < 3; i += 2) {
        cr_assert(referral_answers_next(&kept, &field, &answer));
        cr_expect(str_same(field, fields[i]) && str_same(answer, answers[i]));
    }
    cr_expect_not(referral_answers_next(&kept, &field, &answer));
    arena_close(&arena);
}
