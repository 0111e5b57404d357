/* items_test.c -- the rules of an item, and finding one. */
#include <criterion/criterion.h>

#include "desk/items/items.h"
#include "desk/items/items_search.h"

static const struct items_word rows[] = {
    {{"category", 8}, {"guidance", 8}, {"指引", 6}, {"Advice", 6}, {0}, {0}, {0}},
    {{"need", 4}, {"wages", 5}, {"工资", 6}, {"Wages", 5}, {0}, {0}, {0}},
    {{"need", 4}, {"family", 6}, {"家庭", 6}, {"Family", 6}, {0}, {0}, {0}},
    {{"office", 6}, {"hall", 4}, {"大厅", 6}, {"Hall", 4}, {0}, {0}, {"working", 7}},
    {{"department", 10}, {"justice", 7}, {"司法局", 9}, {"Justice", 7}, {0}, {0}, {0}}};
static const struct items_known processes[] = {{{"window", 6}, "At a window"}};
static const struct items_words words = {rows, COUNT(rows), processes, COUNT(processes)};

static struct items_item good(void)
{
    return (struct items_item){.item = S("legal-aid"),
                               .branch = S("legal"),
                               .category = S("guidance"),
                               .process = S("window"),
                               .department = S("justice"),
                               .needs = S("wages family"),
                               .offices = S("hall"),
                               .channels = S("web home"),
                               .name_zh = S("法律援助"),
                               .name_en = S("Legal aid"),
                               .object_zh = S("困难的人"),
                               .object_en = S("People in hardship"),
                               .content_zh = S("免费律师"),
                               .content_en = S("A free lawyer"),
                               .method_zh = S("申请"),
                               .method_en = S("Apply"),
                               .provider_zh = S("中心"),
                               .provider_en = S("The centre"),
                               .materials_zh = S("身份证\n合同"),
                               .materials_en = S("Identity card\n\nContract"),
                               .limit_days = S("7"),
                               .calendar = S("daily"),
                               .limit_zh = S("自申请之日起"),
                               .limit_en = S("From the application")};
}

static size_t problems_of(const struct items_item *item, enum items_field *field,
                          const struct reason **why)
{
    struct items_problem problems[ITEMS_PROBLEMS_MAX];
    size_t count = items_check(item, &words, problems);

    if (count) *field = problems[0].field, *why = problems[0].why;
    return count;
}

static void is_wrong(struct items_item item, enum items_field at, const struct reason *because)
{
    enum items_field field = ITEMS_FIELDS;
    const struct reason *why = NULL;

    cr_expect_eq(problems_of(&item, &field, &why), 1, "%s", items_field_name(at));
    cr_expect_eq(field, at, "%s", items_field_name(at));
    cr_expect_eq(why, because, "%s: %s", items_field_name(at), why ? why->key : "nothing");
}

#define WITH(field_, value, because)                                                               \
    do {                                                                                           \
        struct items_item item_ = good();                                                          \
        item_.field_ = S(value);                                                                   \
        is_wrong(item_, ITEMS_AT_##field_, &(because));                                            \
    } while (0)

Test(items, an_item_with_all_it_needs_has_no_problem)
{
    struct items_item item = good();
    struct items_problem problems[ITEMS_PROBLEMS_MAX];

    cr_expect_eq(items_check(&item, &words, problems), 0);
}

/* (1) */
Test(items, the_five_things_are_never_missing_in_either_language)
{
    static const enum items_field five[] = {
        ITEMS_AT_name_zh,     ITEMS_AT_name_en,    ITEMS_AT_object_zh, ITEMS_AT_object_en,
        ITEMS_AT_content_zh,  ITEMS_AT_content_en, ITEMS_AT_method_zh, ITEMS_AT_method_en,
        ITEMS_AT_provider_zh, ITEMS_AT_provider_en};

    for (size_t i = 0; i < COUNT(five); i++) {
        struct items_item item = good();

        *items_at(&item, five[i]) = S("  ");
        is_wrong(item, five[i], &items_missing);
    }
}

/* (2) */
Test(items, both_languages_say_the_same_number_of_things)
{
    struct items_item item = good();

    item.fee_zh = S("免费");
    is_wrong(item, ITEMS_AT_fee_en, &items_one_language);
    item.fee_zh = S(""), item.fee_en = S("Free");
    is_wrong(item, ITEMS_AT_fee_zh, &items_one_language);
}

Test(items, lists_have_as_many_lines_in_both_languages)
{
    WITH(materials_en, "Identity card", items_lines_differ);
}

/* (3) */
Test(items, words_that_do_not_exist_are_refused_by_name)
{
    WITH(category, "nonsense", items_word_unknown);
    WITH(department, "nonsense", items_word_unknown);
    WITH(needs, "wages nonsense", items_word_unknown);
    WITH(offices, "nonsense", items_word_unknown);
    WITH(channels, "pigeon", items_word_unknown);
    WITH(branch, "third", items_word_unknown);
    WITH(process, "nonsense", items_process_unknown);
    WITH(sorting, "first", items_sorting_wrong);
    WITH(calendar, "lunar", items_calendar_unknown);
    WITH(calendar, "always", items_calendar_unknown);
}

/* (4) */
Test(items, a_time_limit_is_whole_or_not_there)
{
    struct items_item item = good();
    struct items_problem problems[ITEMS_PROBLEMS_MAX];

    WITH(limit_days, "0", items_days_wrong);
    WITH(limit_days, "7.5", items_days_wrong);
    WITH(limit_days, "731", items_days_wrong);
    WITH(limit_days, "", items_limit_half);
    WITH(calendar, "", items_limit_half);
    item.limit_days = item.calendar = item.limit_zh = item.limit_en = S("");
    cr_expect_eq(items_check(&item, &words, problems), 0);
}

/* (5) */
Test(items, each_language_is_written_in_itself)
{
    WITH(name_zh, "Legal aid", items_not_chinese);
    WITH(name_en, "Legal aid 法律援助", items_not_english);
    WITH(provider_zh, "“——”", items_not_chinese);
}

Test(items, a_short_code_is_small_letters_digits_and_single_hyphens)
{
    WITH(item, "Legal-aid", items_code_wrong);
    WITH(item, "legal--aid", items_code_wrong);
    WITH(item, "-aid", items_code_wrong);
    WITH(item, "a", items_code_wrong);
    cr_expect(items_is_code(S("24-hours")));
}

Test(items, the_words_themselves_are_checked)
{
    struct items_word bad[] = {rows[3], rows[3], rows[1]};
    struct items_words some = {bad, COUNT(bad), NULL, 0};
    struct items_word_problem problems[ITEMS_PROBLEMS_MAX];

    cr_expect_eq(items_check_words(&words, problems), 0);
    bad[0].calendar = S("lunar");
    bad[2].en = S("工资");
    cr_assert_eq(items_check_words(&some, problems), 3);
    cr_expect_eq(problems[0].why, &items_calendar_unknown);
    cr_expect_eq(problems[1].why, &items_word_twice);
    cr_expect_eq(problems[2].why, &items_word_kind);
}

Test(items, the_difference_of_two_items_is_the_fields_that_differ)
{
    struct items_item before = good(), after = good();
    enum items_field changed[ITEMS_FIELDS];

    cr_expect_eq(items_difference(&before, &after, changed), 0);
    after.fee_zh = S("免费");
    after.name_en = S("Free legal aid");
    cr_assert_eq(items_difference(&before, &after, changed), 2);
    cr_expect_eq(changed[0], ITEMS_AT_name_en);
    cr_expect_eq(changed[1], ITEMS_AT_fee_zh);
}

/* ---- finding ---- */

static struct arena *arena;
static void set_up(void)
{
    arena = arena_open(1 << 20);
}
static void tear_down(void)
{
    arena_close(&arena);
}
TestSuite(items_search, .init = set_up, .fini = tear_down);

static const struct items_searched shelf[] = {
    {{"法律咨询 Legal advice", 25}, {"问律师 ask a lawyer", 22}, {"法律问题", 12}},
    {{"劳动法律援助 Legal aid for workers", 36}, {"老板不给工资 boss wages", 29}, {"讨薪", 6}},
    {{"公证 Notary", 13}, {"学历 出国 apartment", 23}, {"证明", 6}}};

static size_t first_of(const char *q, size_t *count)
{
    struct items_hit hits[ITEMS_FOUND_MAX];

    *count = items_search(arena, str_of(q), shelf, COUNT(shelf), hits);
    return *count ? hits[0].at : COUNT(shelf);
}

Test(items_search, what_people_say_finds_what_it_is_called)
{
    size_t count;

    cr_expect_eq(first_of("老板不发工资", &count), 1);
    cr_expect_eq(first_of("WAGES", &count), 1);
    cr_expect_eq(first_of("公证", &count), 2);
    cr_expect_eq(first_of("我想问律师", &count), 0);
    cr_expect_eq(first_of("公", &count), 2, "one letter counts");
}

/* (1) */
Test(items_search, a_word_is_found_where_a_word_begins)
{
    size_t count;

    first_of("apart", &count);
    cr_expect_eq(count, 1);
    first_of("partment", &count);
    cr_expect_eq(count, 0);
    first_of("？！，。 ", &count);
    cr_expect_eq(count, 0);
    first_of("", &count);
    cr_expect_eq(count, 0);
    first_of("\xE5\x85", &count); /* cut off in the middle of a letter */
    cr_expect_eq(count, 0);
}

/* (2), (3) */
Test(items_search, what_many_have_counts_less_and_weak_hits_are_left_out)
{
    size_t count;

    cr_expect_eq(first_of("法律 工资", &count), 1, "工资 says more than 法律");
    cr_expect_eq(first_of("公证 学历 出国 证明 公证 法律", &count), 2);
    cr_expect_eq(count, 1);
}
