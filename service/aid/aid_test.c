/* aid_test.c -- the rules of legal aid: the files that come along, and what is refused. */
#include "service/aid/aid.h"

#include <criterion/criterion.h>

#include "desk/items/items_acts.h"
#include "desk/laws/laws_acts.h"
#include "service/aid/aid_file.h"

extern const char data_aid[], data_laws[], data_items[];

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open(64 << 20);
}
static void tear_down(void)
{
    arena_close(&arena);
}
TestSuite(aid, .init = set_up, .fini = tear_down);

static struct aid_rules rules_of(const char *division)
{
    const struct items_source *files;
    struct aid_rules rules;
    struct outcome outcome;
    size_t count;

    items_bundle_read(arena, str_of(data_aid), &files, &count);
    outcome = aid_file_rules(arena, files, count, str_of(division), &rules);
    cr_assert(IS_DONE(outcome), "%.*s", STR_ARGS(outcome.detail));
    return rules;
}

static void expect_good(const struct aid_rules *rules)
{
    struct aid_problem problems[AID_PROBLEMS_MAX];
    size_t count = aid_check(arena, rules, problems);

    for (size_t i = 0; i < count; i++)
        cr_expect(false, "%s: %.*s", problems[i].why->key, STR_ARGS(problems[i].detail));
}

/* (2) (3) (4) */
Test(aid, the_rules_of_the_nation_and_of_both_cities_are_whole_and_every_row_applies_for_somebody)
{
    struct aid_rules national = rules_of("11"), shanghai = rules_of("31"),
                     shenzhen = rules_of("440303");

    expect_good(&national);
    expect_good(&shanghai);
    expect_good(&shenzhen);
    cr_expect(str_same(shenzhen.place, S("4403")));
    cr_expect(str_same(national.place, S("")));
    cr_expect(str_same(shanghai.place, S("31")));
    cr_expect(str_same(rules_of("310104").place, S("31")), "a district is in its city");
}

/* ---- no invented citation ---- */

struct corpus {
    struct laws_document documents[40];
    size_t count;
};

static void read_corpus(struct corpus *corpus)
{
    int64_t line = 1;
    size_t at = 0;

    for (corpus->count = 0; corpus->count < COUNT(corpus->documents); corpus->count++) {
        struct laws_document *document = &corpus->documents[corpus->count];

        cr_assert(IS_DONE(laws_read_table(arena, str_of(data_laws), &at, &line, document)));
        if (!document->count) return;
    }
    cr_assert(false, "more laws than this test has room for");
}

/* 法律援助法 第三十一条 */
static bool is_in(const struct corpus *corpus, struct str citation)
{
    struct laws_label label;
    struct str rest, name = str_cut(citation, ' ', &rest);

    if (laws_label(rest, &label) != rest.len) return false;
    for (size_t i = 0; i < corpus->count; i++) {
        const struct laws_document *document = &corpus->documents[i];

        if (!str_same(name, laws_plain_name(document->title))) continue;
        for (size_t k = 0; k < document->count; k++)
            if (document->pieces[k].number.number == label.number &&
                document->pieces[k].number.sub == label.sub)
                return true;
    }
    return false;
}

static void expect_cited(const struct corpus *corpus, const struct aid_rules *rules)
{
    size_t seen = 0;

    for (size_t s = 0; s < rules->steps_count; s++) {
        for (size_t r = 0; r < rules->steps[s].rows_count; r++) {
            const struct aid_row *row = &rules->steps[s].rows[r];

            for (size_t i = 0; i < row->sources_count; i++) {
                if (!row->sources[i].is_law) continue;
                cr_expect(is_in(corpus, row->sources[i].text.zh), "there is no %.*s",
                          STR_ARGS(row->sources[i].text.zh));
                seen++;
            }
        }
    }
    cr_expect_gt(seen, 40);
}

Test(aid, every_article_that_is_cited_stands_in_the_laws_that_come_along)
{
    struct aid_rules national = rules_of(""), shanghai = rules_of("31"),
                     shenzhen = rules_of("4403");
    struct corpus corpus;

    read_corpus(&corpus);
    expect_cited(&corpus, &national);
    expect_cited(&corpus, &shanghai);
    expect_cited(&corpus, &shenzhen);
}

Test(aid, every_item_that_is_named_stands_in_the_service_list)
{
    struct aid_rules rules = rules_of("31");
    const struct items_source *sources;
    size_t count;

    items_bundle_read(arena, str_of(data_items), &sources, &count);
    for (size_t s = 0; s < rules.steps_count; s++) {
        for (size_t r = 0; r < rules.steps[s].rows_count; r++) {
            const struct aid_row *row = &rules.steps[s].rows[r];

            for (size_t i = 0; i < row->items_count; i++) {
                struct str name = arena_print(arena, "%.*s.yaml", STR_ARGS(row->items[i]));
                bool is_there = false;

                for (size_t k = 0; k < count; k++) is_there |= str_same(sources[k].name, name);
                cr_expect(is_there, "%.*s", STR_ARGS(name));
            }
        }
    }
}

/* ---- what people are told ---- */

static struct aid_way way_of(const struct aid_rules *rules, const char *text)
{
    struct aid_answer answers[AID_STEPS_MAX];
    struct aid_way way;

    aid_follow(rules, answers, aid_answers_read(str_of(text), answers), &way);
    return way;
}

static bool has_row(const struct aid_way *way, const char *table, const char *row)
{
    for (size_t i = 0; i < way->count; i++)
        if (way->lines[i].row && str_same(way->lines[i].step->name, str_of(table)) &&
            str_same(way->lines[i].row->row, str_of(row)))
            return true;
    return false;
}

static void expect_result(const struct aid_rules *rules, const char *text, const char *result,
                          const char *table, const char *row)
{
    struct aid_way way = way_of(rules, text);

    cr_expect(str_same(way.result, str_of(result)), "%s: %.*s", text, STR_ARGS(way.result));
    cr_expect(has_row(&way, table, row), "%s: %s %s", text, table, row);
}

Test(aid, people_are_told_what_the_law_says_of_them)
{
    struct aid_rules rules = rules_of("31");

    expect_result(&rules, "side.civil area.work work.pay lawyer.not migrant.came", "likely",
                  "check", "migrant");
    expect_result(&rules,
                  "side.civil area.work work.pay lawyer.not migrant.local person.none "
                  "income.above",
                  "no", "result", "enough");
    expect_result(&rules, "side.civil area.work work.pay lawyer.hired", "no", "result",
                  "has-lawyer");
    expect_result(&rules, "side.civil area.family family.violence lawyer.not", "likely", "matter",
                  "violence");
    expect_result(&rules, "side.civil area.family family.other", "no", "result", "not-named");
    expect_result(&rules, "side.civil area.family family.support lawyer.not person.no-income",
                  "likely", "check", "no-income");
    expect_result(&rules,
                  "side.civil area.body body.traffic lawyer.not person.none "
                  "income.unknown",
                  "look", "result", "means-unknown");
    expect_result(&rules, "side.accused accused.minor lawyer.not", "likely", "matter", "minor");
    expect_result(&rules, "side.accused accused.minor lawyer.not", "likely", "result", "duty");
    expect_result(&rules, "side.accused accused.none lawyer.not person.none income.above", "look",
                  "result", "defence-look");
    expect_result(&rules, "side.final ruling.not", "no", "result", "too-early");
    expect_result(&rules, "side.victim lawyer.not person.relief", "likely", "matter", "victim");
}

/* Article 42 (3) spares those who claim wages, not those who want it confirmed that they worked. */
Test(aid, confirming_that_somebody_worked_there_is_no_claim_of_wages)
{
    const char *places[] = {"", "31"}, *ways = "side.civil area.work work.relation lawyer.not";

    for (size_t i = 0; i < COUNT(places); i++) {
        struct aid_rules rules = rules_of(places[i]);
        struct aid_way way = way_of(&rules, ways);

        cr_expect(has_row(&way, "matter", "relation"));
        cr_assert(way.next);
        cr_expect(str_same(way.next->name, S("person")), "not whether they are migrants");
        expect_result(&rules,
                      "side.civil area.work work.relation lawyer.not migrant.came person.none "
                      "income.above",
                      "no", "result", "enough");
    }
}

/* Article 25 (5) is for those who applied. */
Test(aid, whoever_waits_for_the_review_of_a_death_sentence_is_told_to_ask_now)
{
    struct aid_rules rules = rules_of("31");
    struct aid_way way = way_of(&rules, "side.accused accused.review lawyer.not");
    size_t told = 0;

    cr_expect(str_same(way.result, S("likely")));
    for (size_t i = 0; i < way.count; i++)
        if (way.lines[i].row && str_find(way.lines[i].row->because.zh, S("现在就向法院提出")) > 0 &&
            str_find(way.lines[i].row->because.en, S("ask the court now")) > 0)
            told++;
    cr_expect_eq(told, 2, "when it is chosen, and at the end");
    expect_result(&rules, "side.accused accused.review lawyer.hired", "no", "result",
                  "has-defender");
}

Test(aid, a_place_adds_matters_and_its_own_amount)
{
    struct aid_rules national = rules_of(""), shanghai = rules_of("31");
    const char *dismissed = "side.civil area.work work.contract lawyer.not person.none "
                            "income.below",
               *incident = "side.civil area.body body.incident lawyer.not person.relief";

    expect_result(&national, dismissed, "look", "result", "matter-unsure");
    expect_result(&shanghai, dismissed, "likely", "result", "short");
    expect_result(&shanghai, incident, "likely", "matter", "incident");
    cr_expect(way_of(&national, incident).next, "elsewhere this is no answer");
    cr_expect(str_find(aid_step_of(&shanghai, S("income"))->text.zh, S("3190")) >= 0);
    cr_expect(str_find(aid_step_of(&national, S("income"))->text.zh, S("3190")) < 0);
}

/* Order 268 of Guangdong, article 3: less than half, or spent and less than the average. */
Test(aid, shenzhen_measures_hardship_as_guangdong_does)
{
    struct aid_rules national = rules_of(""), shenzhen = rules_of("440303");
    static const struct {
        const char *income, *row, *result;
    } ways[] = {{"below", "below", "likely"},
                {"spent", "spent", "likely"},
                {"above", "above", "no"},
                {"unknown", "unknown", "look"}};

    for (size_t i = 0; i < COUNT(ways); i++) {
        const char *answers =
            arena_print(arena, "side.civil area.family family.support lawyer.not person.none "
                               "income.%s",
                        ways[i].income)
                .at;
        struct aid_way way = way_of(&shenzhen, answers);

        cr_expect(has_row(&way, "means", ways[i].row), "%s", ways[i].income);
        cr_expect(str_same(way.result, str_of(ways[i].result)), "%s: %.*s", ways[i].income,
                  STR_ARGS(way.result));
    }
    cr_expect(way_of(&national, "side.civil area.family family.support lawyer.not person.none "
                                "income.spent")
                  .next,
              "elsewhere this is no answer");
}

/* (5) */
Test(aid, an_answer_to_a_question_that_is_not_put_counts_for_nothing)
{
    struct aid_rules rules = rules_of("31");
    struct aid_way way = way_of(&rules, "side.final ruling.not area.work work.pay lawyer.not "
                                        "migrant.came person.relief income.below");

    cr_expect(str_same(way.result, S("no")));
    cr_expect(!way.next);
    cr_expect_eq(aid_place(&way, S("work")), -1);
    cr_expect_eq(aid_place(&way, S("ruling")), 1);
}

Test(aid, a_half_given_way_says_which_question_is_next)
{
    struct aid_rules rules = rules_of("31");
    struct aid_way way = way_of(&rules, "side.civil area.work");

    cr_assert(way.next);
    cr_expect(str_same(way.next->name, S("work")));
    cr_expect(!way.result.len);
    way = way_of(&rules, "side.nonsense area.work");
    cr_expect(str_same(way.next->name, S("side")), "an answer there is not is no answer");
    way = way_of(&rules, "");
    cr_expect(str_same(way.next->name, S("side")));
}

Test(aid, answers_are_kept_as_text_and_read_again)
{
    struct aid_answer answers[AID_STEPS_MAX];
    size_t count =
        aid_answers_read(S(" side.civil  nonsense area.work side.final .x y. "), answers);

    cr_assert_eq(count, 2);
    cr_expect(str_same(aid_answers_text(arena, answers, count), S("side.final area.work")));
    for (int i = 0; i < 2 * AID_STEPS_MAX; i++)
        aid_answers_set(answers, &count, (struct aid_answer){arena_print(arena, "q%d", i), S("a")});
    cr_expect_eq(count, AID_STEPS_MAX, "and no more than there is room for");
}

/* ---- what is refused ---- */

static const char small[] = "place: \"\"\n"
                            "name: {zh: 甲, en: A}\n"
                            "steps:\n"
                            "  - ask: one\n"
                            "    zh: 问\n"
                            "    en: Ask\n"
                            "    why: {zh: 因, en: Why}\n"
                            "    values:\n"
                            "      - {value: a, zh: 甲, en: A}\n"
                            "      - {value: b, zh: 乙, en: B}\n"
                            "  - table: result\n"
                            "    zh: 果\n"
                            "    en: Result\n"
                            "    gives: [likely, no]\n"
                            "    rows:\n"
                            "      - {row: first, if: [{of: one, is: [a]}], then: likely, zh: 是, "
                            "en: Is, law: [{zh: 法, en: L}]}\n"
                            "      - {row: second, if: [{of: one, is: [b]}], then: no, zh: 非, en: "
                            "Not, law: [{zh: 法, en: L}]}\n";

/* The small rules with one thing put in another's place. */
static struct str with(const char *from, const char *to)
{
    struct str text = str_of(small);
    int64_t at = str_find(text, str_of(from));

    cr_assert_geq(at, 0, "%s", from);
    return arena_print(arena, "%.*s%s%s", (int)at, small, to,
                       small + (size_t)at + str_of(from).len);
}

static struct outcome parse(struct str text, struct aid_rules *rules)
{
    struct items_source file = {S("national.yaml"), text};

    return aid_file_rules(arena, &file, 1, S(""), rules);
}

static void expect_problem(const char *from, const char *to, const struct reason *why,
                           const char *detail)
{
    struct aid_problem problems[AID_PROBLEMS_MAX];
    struct aid_rules rules;
    struct outcome outcome = parse(with(from, to), &rules);
    size_t count;

    cr_assert(IS_DONE(outcome), "%s: %.*s", to, STR_ARGS(outcome.detail));
    count = aid_check(arena, &rules, problems);
    cr_assert_geq(count, 1, "%s", to);
    cr_expect_eq(problems[0].why, why, "%s: %s", to, problems[0].why->key);
    cr_expect(str_same(problems[0].detail, str_of(detail)), "%s: %.*s", to,
              STR_ARGS(problems[0].detail));
}

Test(aid, a_table_in_which_a_row_is_missing_is_refused_with_the_answers_that_show_it)
{
    struct aid_rules rules;

    cr_assert(IS_DONE(parse(str_of(small), &rules)));
    expect_good(&rules);
    expect_problem("values:\n", "values:\n      - {value: c, zh: 丙, en: C}\n", &aid_incomplete,
                   "result, one.c");
}

Test(aid, a_table_in_which_two_rows_apply_at_once_is_refused)
{
    expect_problem("if: [{of: one, is: [b]}], ", "", &aid_overlap, "result, first + second, one.a");
}

Test(aid, a_row_or_question_nobody_can_come_to_is_refused)
{
    expect_problem("  - table: result\n",
                   "  - ask: two\n    if: [{of: one, is: [a]}, {of: one, is: [b]}]\n    zh: 问\n"
                   "    en: Ask\n    why: {zh: 因, en: Why}\n    values:\n"
                   "      - {value: a, zh: 甲, en: A}\n      - {value: b, zh: 乙, en: B}\n"
                   "  - table: result\n",
                   &aid_never, "two");
    expect_problem("      - {row: second",
                   "      - {row: third, if: [{of: one, is: [a]}, {of: one, not: [a]}], then: no, "
                   "zh: 非, en: Not, law: [{zh: 法, en: L}]}\n      - {row: second",
                   &aid_never, "result third");
}

Test(aid, names_and_words_that_cannot_be_are_refused)
{
    expect_problem("{of: one, is: [b]}", "{of: result, is: [no]}", &aid_not_above,
                   "result second result");
    expect_problem("is: [b]", "is: [z]", &aid_value_unknown, "result second one z");
    expect_problem("then: no", "then: perhaps", &aid_value_unknown, "result second perhaps");
    expect_problem("gives: [likely, no]", "gives: [likely, no, perhaps]", &aid_value_unknown,
                   "result perhaps");
    expect_problem("row: second", "row: first", &aid_twice, "result first");
    expect_problem("value: b", "value: a", &aid_twice, "one a");
    expect_problem("ask: one", "ask: One", &aid_name_wrong, "One");
    expect_problem(", law: [{zh: 法, en: L}]", "", &aid_no_source, "result first");
    expect_problem("zh: 是, en: Is", "zh: 是", &aid_one_language, "result first");
    expect_problem("zh: 是, en: Is", "zh: 是, en: 是", &aid_one_language, "result first");
    expect_problem("zh: 是, en: Is, ", "", &aid_missing, "result first");
    expect_problem("table: result", "table: end", &aid_missing, "result");
}

/* Six questions of sixteen answers: as many million ways, on each of which a row is missing. */
Test(aid, a_large_broken_table_is_not_tried_to_the_end)
{
    struct aid_problem problems[AID_PROBLEMS_MAX];
    struct aid_rules rules;
    struct str text = S("place: \"\"\nname: {zh: 甲, en: A}\nsteps:\n");
    size_t count;

    for (int i = 0; i < 6; i++) {
        text = arena_print(arena,
                           "%.*s  - ask: q%d\n    zh: 问\n    en: Ask\n"
                           "    why: {zh: 因, en: Why}\n    values:\n",
                           STR_ARGS(text), i);
        for (int v = 0; v < AID_VALUES_MAX; v++)
            text =
                arena_print(arena, "%.*s      - {value: v%d, zh: 甲, en: A}\n", STR_ARGS(text), v);
    }
    text = arena_print(arena, "%.*s%s", STR_ARGS(text),
                       "  - table: result\n    zh: 果\n    en: Result\n    gives: [no]\n    rows:\n"
                       "      - {row: never, if: [{of: q0, is: [v0]}, {of: q0, not: [v0]}], "
                       "then: no, zh: 非, en: Not, law: [{zh: 法, en: L}]}\n");
    cr_assert(IS_DONE(parse(text, &rules)));
    count = aid_check(arena, &rules, problems);
    cr_assert_eq(count, 2);
    cr_expect_eq(problems[0].why, &aid_incomplete);
    cr_expect_eq(problems[1].why, &aid_too_many_ways);
}

Test(aid, answers_that_lead_to_no_result_are_refused)
{
    expect_problem("  - table: result\n", "  - table: result\n    if: [{of: one, is: [a]}]\n",
                   &aid_endless, "one.b");
}

static void expect_refused(struct str text, const struct reason *why, const char *detail)
{
    struct aid_rules rules;
    struct outcome outcome = parse(text, &rules);

    cr_assert_eq(outcome.refusal, why, "%s", outcome.refusal ? outcome.refusal->key : "done");
    cr_expect(str_find(outcome.detail, str_of(detail)) >= 0, "%.*s", STR_ARGS(outcome.detail));
}

Test(aid, a_file_that_is_written_wrongly_is_refused_with_its_line)
{
    expect_refused(with("why:", "because:"), &aid_file_malformed, "national.yaml:7");
    expect_refused(with("place: \"\"\n", ""), &aid_file_malformed, "place");
    expect_refused(with("    gives:", "    ask: x\n    gives:"), &aid_file_step_wrong, "x");
    expect_refused(with("    why:", "    gives: [a]\n    why:"), &aid_file_step_wrong, "one");
    expect_refused(with("place: \"\"", "place: \"31\""), &aid_file_no_national, "");
    expect_refused(S("\xff"), &aid_file_malformed, "UTF-8");
    expect_refused(S(""), &aid_file_malformed, "national.yaml");
}

Test(aid, a_place_adds_no_step_and_stands_there_once)
{
    struct items_source files[] = {
        {S("national.yaml"), str_of(small)},
        {S("31.yaml"), S("place: \"31\"\nname: {zh: 沪, en: Sh}\nsteps:\n  - ask: three\n")},
        {S("again.yaml"), S("place: \"31\"\nname: {zh: 沪, en: Sh}\n")}};
    struct aid_rules rules;

    cr_expect_eq(aid_file_rules(arena, files, 2, S("31"), &rules).refusal, &aid_file_step_wrong);
    cr_expect(IS_DONE(aid_file_rules(arena, files, 2, S("44"), &rules)));
    files[1].text = files[2].text;
    cr_expect_eq(aid_file_rules(arena, files, 3, S("31"), &rules).refusal, &aid_file_place_twice);
}
