/* aid_pages_test.c -- the way to legal aid as a browser and as a program go it. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "desk/laws/laws_acts.h"
#include "gen/aid_sql.h"
#include "gen/platform_sql.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "service/aid/aid_views.h"
#include "service/consultation/consultation_acts.h"

extern const struct module identity_module, laws_module, people_module, record_module,
    register_module, notice_module, assignment_module, shifts_module, forecast_module,
    ladder_module, review_module, supervision_module, hall_module, consultation_module;
extern const char data_laws[];

static struct scene *scene;
static struct str go;

static void set_up(void)
{
    scene = test_scene(WHO_ANYONE,
                       (const struct module *[]){&notice_module, &identity_module, &laws_module,
                                                 &items_module, &people_module, &record_module,
                                                 &register_module, &shifts_module, &forecast_module,
                                                 &assignment_module, &ladder_module, &review_module,
                                                 &supervision_module, &hall_module,
                                                 &consultation_module, &aid_module, NULL});
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(aid_pages, .init = set_up, .fini = tear_down);

/* A browser of its own, with the cookie it was given. */
static void browser(char letter)
{
    char visitor[TOKEN_LEN];

    memset(visitor, letter, TOKEN_LEN);
    test_bring(scene, "visitor", arena_copy(scene->arena, (struct str){visitor, TOKEN_LEN}));
}

static struct str answer(const char *typed)
{
    struct aid_next_view told = {0};

    cr_assert(test_done(test_post(scene, &aid_answer, typed, &told)), "%s", typed);
    return told.next;
}

static void answer_all(void)
{
    answer("ask=side&value=civil");
    answer("ask=area&value=work");
    answer("ask=work&value=pay");
    answer("ask=lawyer&value=not");
    answer("ask=migrant&value=local");
    answer("ask=person&value=relief");
    answer("ask=urgent&value=usual");
    cr_expect(str_same(answer("ask=ease&value=none"), S("end")));
}

static struct aid_result_view result(const char *typed)
{
    struct aid_result_view v = {0};

    cr_assert(test_done(test_show(scene, &aid_module, "/aid/result", typed, &v, &go)));
    return v;
}

static struct aid_question_view question(const char *typed)
{
    struct aid_question_view v = {0};

    cr_assert(test_done(test_show(scene, &aid_module, "/aid/questions/{ask}", typed, &v, &go)));
    return v;
}

static struct outcome be_in_shanghai(struct scene *s, const void *form, void *told)
{
    const struct identity_division city = {S("31"), S(""), S("city"), S("上海"), S("Shanghai")};

    (void)form, (void)told;
    return identity_divisions_load(s, &city, 1);
}

static void in_shanghai(void)
{
    static const struct act act = {
        .name = "installation.init", .who = WHO_ANYONE, .run = be_in_shanghai};

    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
}

/* (1) */
Test(aid_pages, each_answer_leads_to_the_next_question_and_the_last_to_the_result)
{
    browser('a');
    cr_expect(str_same(answer("ask=side&value=civil"), S("area")));
    cr_expect(str_same(answer("ask=area&value=work"), S("work")));
    question("ask=lawyer");
    cr_expect(str_same(go, S("/aid/questions/work")), "too early: %.*s", STR_ARGS(go));
    result("");
    cr_expect(str_same(go, S("/aid/questions/work")));
    answer_all();
    cr_expect(str_same(result("").result, S("likely")));
    question("ask=nonsense");
    cr_expect(str_same(go, S("/aid/result")));
}

Test(aid_pages, an_answer_is_changed_without_losing_those_after_it)
{
    struct aid_question_view v;

    browser('a');
    answer_all();
    cr_expect(str_same(answer("ask=lawyer&value=hired"), S("end")));
    cr_expect(str_same(result("").result, S("no")));
    v = question("ask=lawyer");
    cr_expect(v.values[1].chosen && !v.values[0].chosen, "what was chosen is shown chosen");
    cr_expect(str_same(answer("ask=lawyer&value=not"), S("end")), "the answers after it are back");
    cr_expect(str_same(result("").result, S("likely")));
}

Test(aid_pages, nobody_else_reads_the_answers_of_a_browser)
{
    struct aid_find_draft_row row;
    bool found;

    browser('a');
    answer_all();
    cr_assert(test_done(aid_find_draft(
        scene->arena, scene->store,
        secret_token_hash(scene->arena, scene_brought(scene, S("visitor"))), 0, &row, &found)));
    cr_assert(found);
    cr_expect(str_find(row.answers_sealed, S("relief")) < 0, "sealed");
    browser('b');
    result("");
    cr_expect(str_same(go, S("/aid")));
    test_bring(scene, "visitor", S(""));
    result("");
    cr_expect(str_same(go, S("/aid")));
}

Test(aid_pages, answers_go_when_asked_and_after_thirty_days)
{
    browser('a');
    answer_all();
    cr_assert(test_done(test_post(scene, &aid_forget, "", NULL)));
    result("");
    cr_expect(str_same(go, S("/aid")));
    answer_all();
    scene->now += 29 * SECONDS_PER_DAY;
    scene->actor.is |= WHO_SYSTEM;
    cr_assert(test_done(test_post(scene, &aid_tidy, "", NULL)));
    cr_expect(str_same(result("").result, S("likely")));
    scene->now += 2 * SECONDS_PER_DAY;
    result("");
    cr_expect(str_same(go, S("/aid")), "not read any more");
    cr_assert(test_done(test_post(scene, &aid_tidy, "", NULL)));
    scene->now -= 2 * SECONDS_PER_DAY;
    result("");
    cr_expect(str_same(go, S("/aid")), "nor there");
}

/* How often the tidying is due within the two days after a moment, if each run sets the next. */
static int tidied_in_two_days(moment now)
{
    const struct platform_list_due_row *rows;
    moment until = now + 2 * SECONDS_PER_DAY, due;
    size_t count;
    int times = 0;

    scene->now = now;
    cr_assert(test_done(test_post(scene, &aid_tidy, "", NULL)));
    for (; times < 10; times++) {
        due = 0;
        cr_assert(test_done(platform_list_due(scene->arena, scene->store, until, &rows, &count)));
        for (size_t i = 0; i < count; i++)
            if (str_same(rows[i].act, S("aid.tidy"))) due = rows[i].due_at;
        if (!due) return times;
        cr_assert(test_done(platform_drop_deadline(scene->store, S("aid.tidy"), 0)));
        if (scene->now < due) scene->now = due;
        cr_assert(test_done(test_post(scene, &aid_tidy, "", NULL)));
    }
    return times;
}

Test(aid_pages, answers_are_tidied_once_a_night_whenever_the_clock_comes)
{
    moment day = scene->now / SECONDS_PER_DAY * SECONDS_PER_DAY + SECONDS_PER_DAY;

    scene->actor.is |= WHO_SYSTEM;
    cr_expect_eq(tidied_in_two_days(day + 19 * SECONDS_PER_HOUR), 2);
    cr_expect_eq(tidied_in_two_days(day + 20 * SECONDS_PER_HOUR), 2, "the very moment is over");
    cr_expect_eq(tidied_in_two_days(day + 21 * SECONDS_PER_HOUR), 2, "and so is this night");
    cr_expect_eq(tidied_in_two_days(day + 24 * SECONDS_PER_HOUR), 2);
}

Test(aid_pages, an_answer_there_is_not_is_refused_and_so_is_a_browser_without_cookies)
{
    struct aid_next_view told;

    browser('a');
    cr_expect_eq(test_post(scene, &aid_answer, "ask=side&value=nonsense", &told).refusal,
                 &aid_no_such_answer);
    cr_expect_eq(test_post(scene, &aid_answer, "ask=nonsense&value=civil", &told).refusal,
                 &act_unknown);
    cr_expect_eq(test_post(scene, &aid_answer, "ask=matter&value=listed", &told).refusal,
                 &act_unknown);
    test_bring(scene, "visitor", S(""));
    cr_expect_eq(test_post(scene, &aid_answer, "ask=side&value=civil", &told).refusal,
                 &aid_no_browser);
    cr_expect(test_done(test_post(scene, &aid_forget, "", NULL)), "there is nothing to forget");
}

/* (2) */
Test(aid_pages, what_an_answer_means_is_said_before_the_next_question)
{
    struct aid_question_view v;

    browser('a');
    answer_all();
    v = question("ask=lawyer");
    cr_assert_eq(v.effects_count, 1);
    cr_expect(str_same(v.effects[0].row, S("wages")));
    cr_expect(str_same(v.back, S("work")));
    cr_expect_eq(v.place, 4);
    v = question("ask=side");
    cr_expect_eq(v.effects_count, 0);
    cr_expect_eq(v.back.len, 0);
}

Test(aid_pages, whoever_suffers_violence_is_shown_the_way_out)
{
    browser('a');
    answer("ask=side&value=civil");
    answer("ask=area&value=family");
    cr_expect(!question("ask=family").is_danger);
    answer("ask=family&value=violence");
    cr_expect(question("ask=lawyer").is_danger);
    answer("ask=lawyer&value=not");
    answer("ask=urgent&value=usual");
    answer("ask=ease&value=none");
    cr_expect(result("").is_danger);
}

static void take_laws(void)
{
    struct laws_document documents[40];
    struct laws_take_form form = {
        .documents = documents, .source = S("laws.tsv"), .names = S("民法典\tCivil Code\n")};
    struct laws_taken told;
    int64_t line = 1;
    size_t at = 0;

    for (; form.count < COUNT(documents); form.count++) {
        cr_assert(IS_DONE(
            laws_read_table(scene->arena, str_of(data_laws), &at, &line, &documents[form.count])));
        if (!documents[form.count].count) break;
    }
    scene->actor.is |= WHO_SYSTEM;
    cr_assert(test_done(test_act(scene, &laws_take, &form, &told)));
}

Test(aid_pages, each_reason_leads_to_its_article)
{
    struct aid_result_view v;

    take_laws();
    browser('a');
    answer_all();
    v = result("");
    cr_assert_eq(v.reasons_count, 2);
    cr_expect(str_same(v.reasons[1].row, S("relief")));
    cr_expect(str_ends(v.reasons[1].sources[0].url, S("/articles/42")), "%.*s",
              STR_ARGS(v.reasons[1].sources[0].url));
    cr_assert(v.verdict);
    cr_expect_geq(v.steps_count, 2);
    cr_expect_geq(v.bring_count, 4);
}

/* (3) */
Test(aid_pages, a_program_brings_its_answers_along)
{
    struct aid_result_view v = result("answers=side.civil area.family family.other");

    cr_expect(str_same(v.result, S("no")));
    cr_expect_eq(v.bring_count, 0, "nobody is sent for papers in vain");
    cr_expect_eq(v.answers_count, 3);
    cr_expect(str_same(v.place, S("全国")));
    in_shanghai();
    cr_expect(str_same(result("answers=side.civil area.family family.other").place, S("上海市")));
}

/* ---- to a consultant ---- */

Test(aid_pages, the_answers_become_the_beginning_of_a_question)
{
    browser('a');
    cr_expect_eq(test_post(scene, &aid_consult, "", NULL).refusal, &aid_no_browser,
                 "there is nothing to hand over");
    answer_all();
    cr_assert(test_done(test_post(scene, &aid_consult, "", NULL)));
    cr_assert(test_done(test_post(scene, &aid_consult, "", NULL)), "twice is once");
}
