/* danger_test.c -- words of danger, and whom to call. */
#include "desk/danger/danger.h"

#include <criterion/criterion.h>

Test(danger, words_of_danger_are_heard_and_letters_stand_alone)
{
    static const struct {
        const char *text;
        enum danger danger;
    } all[] = {
        {"我不想活了", DANGER_LIFE},
        {"我活不下去了，他还打我", DANGER_LIFE},
        {"I want to DIE", DANGER_LIFE},
        {"老公打我怎么办", DANGER_VIOLENCE},
        {"老公经常打我", DANGER_VIOLENCE},
        {"昨晚丈夫又打我了", DANGER_VIOLENCE},
        {"我觉得不如死了", DANGER_LIFE},
        {"I don't want to live any more", DANGER_LIFE},
        {"邻居把我打了", DANGER_NONE},
        {"my husband hits me", DANGER_VIOLENCE},
        {"公司不发工资", DANGER_NONE},
        {"the suicides of bees", DANGER_NONE},
        {"", DANGER_NONE},
    };
    struct arena *arena = arena_open(1 << 20);

    for (size_t i = 0; i < COUNT(all); i++)
        cr_expect_eq(danger_heard(arena, str_of(all[i].text)), all[i].danger, "%s", all[i].text);
    arena_close(&arena);
}

Test(danger, whoever_may_be_in_danger_is_told_whom_to_call)
{
    struct danger_number numbers[DANGER_NUMBERS_MAX];

    cr_expect_eq(danger_numbers(DANGER_NONE, numbers), 0);
    for (enum danger danger = DANGER_LIFE; danger <= DANGER_VIOLENCE; danger++) {
        size_t count = danger_numbers(danger, numbers);

        cr_expect_eq(danger_of(danger_word(danger)), danger);
        cr_assert_geq(count, 2);
        for (size_t i = 0; i < count; i++)
            cr_expect(numbers[i].number.len >= 3 && numbers[i].zh.len && numbers[i].en.len &&
                      numbers[i].source.len);
    }
    cr_expect_eq(danger_of(S("else")), DANGER_NONE);
}
