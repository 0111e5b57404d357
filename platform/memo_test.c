/* memo_test.c -- what was worked out before is found by exactly its key, and by nothing else. */
#include "platform/memo.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static const char maker, other_maker;

static struct memo_key key(int64_t of, int64_t version)
{
    return (struct memo_key){&maker, {of, 1}, {version, 7}};
}

static bool finds(struct memo *memo, struct memo_key sought, const char *text)
{
    struct str found = S("");

    return memo_find(memo, &sought, &found) && str_same(found, str_of(text));
}

static bool finds_nothing(struct memo *memo, struct memo_key sought)
{
    struct str found;

    return !memo_find(memo, &sought, &found);
}

static void keep(struct memo *memo, struct memo_key of, const char *text)
{
    memo_keep(memo, &of, str_of(text));
}

Test(memo, finds_what_was_kept_and_nothing_before)
{
    struct memo *memo = memo_open();

    cr_assert(finds_nothing(memo, key(1, 1)));
    keep(memo, key(1, 1), "one");
    cr_assert(finds(memo, key(1, 1), "one"));
    keep(memo, key(1, 1), "");
    cr_assert(finds(memo, key(1, 1), ""));
    memo_close(&memo);
    cr_assert_null(memo);
    memo_close(&memo);
}

Test(memo, a_key_that_differs_in_anything_finds_nothing)
{
    struct memo *memo = memo_open();
    struct memo_key others[] = {key(1, 1), key(1, 1), key(1, 1), key(1, 1), key(1, 1)};

    keep(memo, key(1, 1), "one");
    others[0].maker = &other_maker;
    others[1].of[0]++;
    others[2].of[1]++;
    others[3].version[0]++;
    others[4].version[1]++;
    for (size_t i = 0; i < COUNT(others); i++) cr_assert(finds_nothing(memo, others[i]), "%zu", i);
    memo_close(&memo);
}

Test(memo, a_newer_version_drops_the_older)
{
    struct memo *memo = memo_open();

    keep(memo, key(1, 1), "one");
    keep(memo, key(1, 2), "two");
    cr_assert(finds(memo, key(1, 2), "two"));
    cr_assert(finds_nothing(memo, key(1, 1)));
    memo_close(&memo);
}

Test(memo, holds_no_more_than_it_has_places_for_and_never_mixes_two_up)
{
    struct memo *memo = memo_open();
    char text[32];
    int found = 0;

    for (int i = 0; i < 10 * MEMO_PLACES; i++) {
        snprintf(text, sizeof text, "text %d", i);
        keep(memo, key(i, 1), text);
    }
    for (int i = 0; i < 10 * MEMO_PLACES; i++) {
        snprintf(text, sizeof text, "text %d", i);
        if (finds_nothing(memo, key(i, 1))) continue;
        cr_assert(finds(memo, key(i, 1), text));
        found++;
    }
    cr_assert_leq(found, MEMO_PLACES);
    cr_assert_gt(found, MEMO_PLACES / 2, "%d", found);
    memo_close(&memo);
}

Test(memo, a_text_that_is_too_long_is_not_kept)
{
    struct memo *memo = memo_open();
    struct memo_key one = key(1, 1);
    char *bytes = calloc(1, MEMO_BYTES_MAX + 1);
    struct str found;

    memo_keep(memo, &one, (struct str){bytes, MEMO_BYTES_MAX + 1});
    cr_assert(finds_nothing(memo, one));
    memo_keep(memo, &one, (struct str){bytes, MEMO_BYTES_MAX});
    cr_assert(memo_find(memo, &one, &found));
    cr_assert_eq(found.len, MEMO_BYTES_MAX);
    free(bytes);
    memo_close(&memo);
}
