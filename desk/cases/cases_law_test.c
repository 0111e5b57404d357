/* cases_law_test.c -- every number of days by which the cases of the items run that the program
 * brings along: as it stands in the law, with the article, or as the office's own rule. */
#include <criterion/criterion.h>

#include "desk/cases/cases_stage_test.h"
#include "desk/laws/laws_acts.h"

extern const char data_laws[];

TestSuite(cases_law, .init = stage_open, .fini = stage_close);

#define OWN "办理单位规定"

/* An action's days are those it promises, an item's its time limit. */
static const struct limit {
    const char *item, *of;
    int64_t days;
    const char *law;
} limits[] = {
    {"complaints", "", 60, ""}, /* as of petitions; followed, not a limit of ours */
    {"complaints", "checking", 15, "参照信访工作条例第二十三条"},
    {"complaints", "correcting", 15, OWN},
    {"complaints", "waiting", 15, OWN},
    {"legal-aid-civil", "", 7, "法律援助法 第四十三条"},
    {"legal-aid-civil", "grant", 3, "法律援助法 第四十三条"},
    {"legal-aid-civil", "overturn", 3, "法律援助法 第四十三条"},
    {"legal-aid-civil", "objection", 5, "法律援助法 第四十九条"},
    {"legal-aid-civil", "waiting", 15, OWN},
    {"legal-aid-civil", "offered", 1, OWN},
    {"legal-aid-civil", "closing", 15, OWN},
    {"legal-aid-civil", "replace", 3, OWN},
    {"legal-aid-criminal", "", 7, "法律援助法 第四十三条"},
    {"legal-aid-criminal", "grant", 3, "法律援助法 第四十三条"},
    {"legal-aid-criminal", "overturn", 3, "法律援助法 第四十三条"},
    {"legal-aid-criminal", "objection", 5, "法律援助法 第四十九条"},
    {"legal-aid-criminal", "waiting", 15, OWN},
    {"legal-aid-criminal", "offered", 1, OWN},
    {"legal-aid-criminal", "closing", 15, OWN},
    {"legal-aid-criminal", "replace", 3, OWN},
    {"legal-aid-notice", "", 3, "法律援助法 第三十六条"},
    {"legal-aid-notice", "offered", 1, OWN},
    {"legal-aid-notice", "closing", 15, OWN},
    {"legal-aid-notice", "replace", 3, OWN},
    {"litigation-papers", "", 3, ""}, /* working days, the office's own */
    {"litigation-papers", "checking", 1, OWN},
    {"litigation-papers", "correcting", 15, OWN},
    {"mediation-one-thing", "", 30, ""}, /* as of people's mediation */
    {"mediation-one-thing", "checking", 3, "参照人民法院在线调解规则第十二条"},
    {"mediation-one-thing", "correcting", 15, OWN},
    {"mediation-one-thing", "choosing", 3, OWN},
    {"mediation-one-thing", "proposed", 5, OWN},
    {"mediation-one-thing", "signing", 7, OWN},
    {"people-mediation", "", 30, ""}, /* of a rule of the Ministry, which the laws here lack */
    {"people-mediation", "checking", 3, OWN},
    {"people-mediation", "correcting", 15, OWN},
    {"people-mediation", "waiting", 15, OWN},
};

static void expect(const char *item, struct str of, int64_t days, struct str law, bool *used)
{
    for (size_t i = 0; i < COUNT(limits); i++) {
        if (!str_same(str_of(limits[i].item), str_of(item)) || !str_same(str_of(limits[i].of), of))
            continue;
        cr_expect_eq(limits[i].days, days, "%s %.*s", item, STR_ARGS(of));
        if (of.len)
            cr_expect(str_same(str_of(limits[i].law), law), "%s %.*s: %.*s", item, STR_ARGS(of),
                      STR_ARGS(law));
        used[i] = true;
        return;
    }
    cr_expect(false, "%s %.*s counts days and has no row here", item, STR_ARGS(of));
}

Test(cases_law, every_number_of_days_has_a_row_with_the_article_it_comes_from)
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

        if (!IS_DONE(cases_load_item(stage, items[n].item, &version_id, &item, &flow))) continue;
        run++;
        if (str_to_int(item.limit_days, &days)) expect(name, S(""), days, S(""), used);
        for (size_t i = 0; i < flow.states_count; i++)
            if (flow.states[i].days)
                expect(name, flow.states[i].state, flow.states[i].days, flow.states[i].law, used);
        for (size_t i = 0; i < flow.actions_count; i++)
            if (flow.actions[i].promise)
                expect(name, flow.actions[i].action, flow.actions[i].promise, flow.actions[i].law,
                       used);
    }
    cr_expect_eq(run, 7, "items people apply for: %zu", run);
    for (size_t i = 0; i < COUNT(limits); i++)
        cr_expect(used[i], "%s %s counts no days any more", limits[i].item, limits[i].of);
}

/* "七日" of 7, as the article must say it. */
static const char *in_words(int64_t days)
{
    return days == 3 ? "三日" : days == 5 ? "五日" : days == 7 ? "七日" : "";
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

Test(cases_law, the_article_that_is_named_says_that_number_of_days)
{
    size_t seen = 0;

    for (size_t i = 0; i < COUNT(limits); i++) {
        struct str law = str_of(limits[i].law);

        /* What is followed of another's rules is no limit of ours. */
        if (!law.len || str_same(law, S(OWN)) || str_begins(law, S("参照"))) continue;
        cr_expect(says(law, str_of(in_words(limits[i].days))), "%s does not say %s", limits[i].law,
                  in_words(limits[i].days));
        seen++;
    }
    cr_expect_eq(seen, 9);
    cr_expect(!says(S("法律援助法 第四十三条"), S("六日")), "and no other");
}
