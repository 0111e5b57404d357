/* cases_law_test.c -- every number of days in the items that the program brings along: as it
 * stands in the law, with the article, or as the office's own rule; and which kind of days. */
#include <criterion/criterion.h>

#include "desk/cases/cases_stage_test.h"
#include "desk/laws/laws_acts.h"

extern const char data_laws[];

TestSuite(cases_law, .init = stage_open, .fini = stage_close);

/* A law's "日" is every day; only where it says "工作日" holidays are left out. */
enum kind { DAILY, WORKING };

#define OWN "办理单位规定"

/* An action's days are those it promises, an item's its time limit. */
static const struct limit {
    const char *item, *of;
    int64_t days;
    enum kind kind;
    const char *law;
} limits[] = {
    {"complaints", "", 60, DAILY, ""}, /* as of petitions; followed, not a limit of ours */
    {"complaints", "checking", 15, DAILY, "参照信访工作条例第二十三条"},
    {"complaints", "correcting", 15, DAILY, OWN},
    {"complaints", "waiting", 15, DAILY, OWN},
    {"legal-aid-civil", "", 7, DAILY, "法律援助法 第四十三条"},
    {"legal-aid-civil", "checking, first", 3, DAILY, OWN},
    {"legal-aid-civil", "grant", 3, DAILY, "法律援助法 第四十三条"},
    {"legal-aid-civil", "overturn", 3, DAILY, "法律援助法 第四十三条"},
    {"legal-aid-civil", "objection", 5, DAILY, "法律援助法 第四十九条"},
    {"legal-aid-civil", "waiting", 15, DAILY, OWN},
    {"legal-aid-civil", "offered", 1, DAILY, OWN},
    {"legal-aid-civil", "closing", 15, DAILY, OWN},
    {"legal-aid-civil", "replace", 3, DAILY, OWN},
    {"legal-aid-criminal", "", 7, DAILY, "法律援助法 第四十三条"},
    {"legal-aid-criminal", "checking, first", 3, DAILY, OWN},
    {"legal-aid-criminal", "grant", 3, DAILY, "法律援助法 第四十三条"},
    {"legal-aid-criminal", "overturn", 3, DAILY, "法律援助法 第四十三条"},
    {"legal-aid-criminal", "objection", 5, DAILY, "法律援助法 第四十九条"},
    {"legal-aid-criminal", "waiting", 15, DAILY, OWN},
    {"legal-aid-criminal", "offered", 1, DAILY, OWN},
    {"legal-aid-criminal", "closing", 15, DAILY, OWN},
    {"legal-aid-criminal", "replace", 3, DAILY, OWN},
    {"legal-aid-labour", "", 7, DAILY, "法律援助法 第四十三条"},
    {"legal-aid-minors", "", 7, DAILY, "法律援助法 第四十三条"},
    {"legal-aid-notice", "", 3, DAILY, "法律援助法 第三十六条"},
    {"legal-aid-notice", "offered", 1, DAILY, OWN},
    {"legal-aid-notice", "closing", 15, DAILY, OWN},
    {"legal-aid-notice", "replace", 3, DAILY, OWN},
    {"legal-aid-servicemen", "", 7, DAILY, "法律援助法 第四十三条"},
    {"legal-aid-workstation", "", 7, DAILY, "法律援助法 第四十三条"},
    {"litigation-papers", "", 3, WORKING, ""}, /* the office's own */
    {"litigation-papers", "checking", 1, WORKING, OWN},
    {"litigation-papers", "correcting", 15, WORKING, OWN},
    {"mediation-one-thing", "", 30, DAILY, ""}, /* as of people's mediation */
    {"mediation-one-thing", "checking", 3, WORKING, /* so it says */
     "参照人民法院在线调解规则第十二条"},
    {"mediation-one-thing", "correcting", 15, WORKING, OWN},
    {"mediation-one-thing", "choosing", 3, WORKING, OWN},
    {"mediation-one-thing", "proposed", 5, WORKING, OWN},
    {"mediation-one-thing", "signing", 7, WORKING, OWN},
    {"message-consultation", "", 3, WORKING, ""}, /* the office's own */
    {"notary-one-trip", "", 15, WORKING, "公证法 第三十条"},
    {"people-mediation", "", 30, DAILY, ""}, /* the Ministry's rule; the laws here lack it */
    {"people-mediation", "checking", 3, WORKING, OWN},
    {"people-mediation", "correcting", 15, WORKING, OWN},
    {"people-mediation", "waiting", 15, WORKING, OWN},
};

static void expect(const char *item, struct str of, int64_t days, bool is_daily, struct str law,
                   bool *used)
{
    for (size_t i = 0; i < COUNT(limits); i++) {
        if (!str_same(str_of(limits[i].item), str_of(item)) || !str_same(str_of(limits[i].of), of))
            continue;
        cr_expect_eq(limits[i].days, days, "%s %.*s", item, STR_ARGS(of));
        cr_expect_eq(limits[i].kind == DAILY, is_daily, "%s %.*s counts the wrong kind of days",
                     item, STR_ARGS(of));
        if (of.len)
            cr_expect(str_same(str_of(limits[i].law), law), "%s %.*s: %.*s", item, STR_ARGS(of),
                      STR_ARGS(law));
        used[i] = true;
        return;
    }
    cr_expect(false, "%s %.*s counts days and has no row here", item, STR_ARGS(of));
}

static void expect_flow(const char *name, const struct cases_flow *flow, bool *used)
{
    for (size_t i = 0; i < flow->states_count; i++) {
        const struct cases_state *state = &flow->states[i];

        if (state->days) expect(name, state->state, state->days, flow->is_daily, state->law, used);
        if (state->days_first)
            expect(name, arena_print(stage->arena, "%.*s, first", STR_ARGS(state->state)),
                   state->days_first, flow->is_daily, state->law, used);
    }
    for (size_t i = 0; i < flow->actions_count; i++) {
        const struct cases_action *action = &flow->actions[i];

        if (action->promise)
            expect(name, action->action, action->promise, flow->is_daily, action->law, used);
    }
}

Test(cases_law, every_number_of_days_has_a_row_with_its_kind_and_the_article_it_comes_from)
{
    bool used[COUNT(limits)] = {false};
    const struct items_name *items;
    size_t count, run = 0;

    cr_assert(test_done(items_names(stage, &items, &count)));
    for (size_t n = 0; n < count; n++) {
        const char *name = arena_print(stage->arena, "%.*s", STR_ARGS(items[n].item)).at;
        struct cases_flow flow;
        struct items_item item;
        id version_id;
        int64_t days = 0;
        bool found;

        cr_assert(test_done(items_now(stage, items[n].item, &version_id, &item, &found)) && found);
        if (str_to_int(item.limit_days, &days))
            expect(name, S(""), days, str_same(item.calendar, S("daily")), S(""), used);
        if (!IS_DONE(cases_load_item(stage, items[n].item, &version_id, &item, &flow))) continue;
        run++;
        expect_flow(name, &flow, used);
    }
    cr_expect_eq(run, 7, "items people apply for: %zu", run);
    for (size_t i = 0; i < COUNT(limits); i++)
        cr_expect(used[i], "%s %s counts no days any more", limits[i].item, limits[i].of);
}

/* "七日" of 7, as the article must say it; "十五个工作日" where it counts working days alone. */
static const char *in_words(const struct limit *limit)
{
    static const char *const daily[] = {[3] = "三日", [5] = "五日", [7] = "七日"};

    if (limit->kind == WORKING) return limit->days == 15 ? "十五个工作日" : "?";
    return limit->days < (int64_t)COUNT(daily) && daily[limit->days] ? daily[limit->days] : "?";
}

static bool says(struct str citation, struct str words)
{
    struct laws_document document;
    struct laws_label label;
    struct str rest, name = str_cut(citation, ' ', &rest);
    int64_t line = 1;
    size_t at = 0;

    if (laws_label(rest, &label) != rest.len) return false;
    do {
        cr_assert(IS_DONE(laws_read_table(stage->arena, str_of(data_laws), &at, &line, &document)));
        for (size_t k = 0; str_same(name, laws_plain_name(document.title)) && k < document.count;
             k++)
            if (document.pieces[k].number.number == label.number &&
                str_find(document.pieces[k].words, words) >= 0)
                return true;
    } while (document.count);
    return false;
}

Test(cases_law, the_article_that_is_named_says_that_number_of_those_days)
{
    size_t seen = 0;

    for (size_t i = 0; i < COUNT(limits); i++) {
        struct str law = str_of(limits[i].law);

        /* What is followed of another's rules is no limit of ours. */
        if (!law.len || str_same(law, S(OWN)) || str_begins(law, S("参照"))) continue;
        cr_expect(says(law, str_of(in_words(&limits[i]))), "%s does not say %s", limits[i].law,
                  in_words(&limits[i]));
        seen++;
    }
    cr_expect_eq(seen, 14);
    cr_expect(!says(S("法律援助法 第四十三条"), S("六日")), "and no other");
}

/* Every table says what it costs, and by which article; the article says so. */
Test(cases_law, every_fee_has_the_article_it_comes_from)
{
    static const struct {
        const char *law, *words;
    } free_by[] = {{"人民调解法 第四条", "不收取任何费用"}, {"法律援助法 第二条", "无偿提供"}};
    const struct items_name *items;
    size_t count, seen = 0;

    cr_assert(test_done(items_names(stage, &items, &count)));
    for (size_t n = 0; n < count; n++) {
        struct cases_flow flow;
        struct items_item item;
        id version_id;

        if (!IS_DONE(cases_load_item(stage, items[n].item, &version_id, &item, &flow))) continue;
        cr_expect_geq(flow.fees_count, 1, "%.*s does not say what it costs",
                      STR_ARGS(items[n].item));
        for (size_t i = 0; i < flow.fees_count; i++) {
            bool known = str_same(flow.fees[i].law, S(OWN));

            for (size_t k = 0; k < COUNT(free_by); k++) {
                if (!str_same(flow.fees[i].law, str_of(free_by[k].law))) continue;
                cr_expect(says(flow.fees[i].law, str_of(free_by[k].words)));
                cr_expect_eq(flow.fees[i].yuan, 0);
                known = true;
            }
            cr_expect(known, "%.*s: %.*s is in no row here", STR_ARGS(items[n].item),
                      STR_ARGS(flow.fees[i].law));
            seen++;
        }
    }
    cr_expect_eq(seen, 7);
}
