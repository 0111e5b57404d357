/* search_answers_test.c -- published answers in the one box: found, gone, and teaching. */
#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "platform/out.h"
#include "platform/scene_test.h"
#include "service/classics/classics_acts.h"
#include "service/repository/repository_acts.h"
#include "service/search/search_views.h"

extern const struct module directory_module, identity_module, laws_module, people_module,
    record_module, register_module, notice_module, search_module;

static struct scene *scene;

static struct outcome open_talk(struct scene *asking, struct str reference,
                                struct repository_case *found)
{
    (void)asking;
    *found = (struct repository_case){.case_id = reference.at[7],
                                      .reference = reference,
                                      .field = S("labour"),
                                      .division = S("310104"),
                                      .question = S("?"),
                                      .answer = S("?")};
    return DONE;
}

static struct outcome make(struct scene *own, const void *form, void *result)
{
    static const struct str labour[7] = {{"labour", 6}, {"劳动", 6},   {"Labour", 6}, {"", 0},
                                         {"", 0},       {"lawyer", 6}, {"", 0}};

    (void)form, (void)result;
    return people_first_field(own, labour, 1);
}

static void take(const char *table)
{
    struct laws_document documents[4];
    struct laws_take_form form = {.documents = documents, .source = S("test.tsv"), .names = S("")};
    struct laws_taken told;
    int64_t line = 1;
    size_t at = 0;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    for (; form.count < COUNT(documents); form.count++) {
        cr_assert(IS_DONE(
            laws_read_table(scene->arena, str_of(table), &at, &line, &documents[form.count])));
        if (!documents[form.count].count) break;
    }
    cr_assert(test_done(test_act(scene, &laws_take, &form, &told)));
}

static void set_up(void)
{
    static const struct act act = {.name = "test.make", .who = WHO_SYSTEM, .run = make};

    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){
                           &notice_module, &identity_module, &laws_module, &items_module,
                           &people_module, &record_module, &register_module, &directory_module,
                           &repository_module, &classics_module, &search_module, NULL});
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    search_begin();
    take("1\t民法典\t第一条\t\t夫妻感情破裂的，准予离婚。\t2021-01-01\n"
         "2\t劳动法\t第一条\t\t用人单位支付劳动报酬。\t1995-01-01\n");
    repository_case_hook(open_talk);
}
static void tear_down(void)
{
    repository_case_hook(NULL);
    search_end();
    test_scene_close(&scene);
}
TestSuite(search_answers, .init = set_up, .fini = tear_down);

static void be(unsigned is)
{
    scene->actor =
        (struct actor){.person_id = 5, .is = is | WHO_ANYONE, .scopes = scopes_of(S("31"))};
}

static id propose(const char *reference, const char *answer)
{
    struct repository_propose_form form = {.reference = str_of(reference),
                                           .title = S("俩口子过不到一块咋散伙"),
                                           .field = S("labour"),
                                           .question = S("俩口子过不到一块了，咋散伙？"),
                                           .answer = str_of(answer),
                                           .compared = true};
    struct repository_made_view told = {0};

    be(WHO_CONSULTANT);
    cr_assert(test_done(test_act(scene, &repository_propose, &form, &told)));
    return told.entry;
}

static void publish(id entry_id)
{
    struct repository_publish_form form = {.entry = entry_id, .seen = 1, .confirmed = true};

    be(WHO_SUPERVISOR);
    cr_assert(test_done(test_act(scene, &repository_publish, &form, NULL)));
}

static struct search_find_view ask(const char *q)
{
    struct search_find_view v = {0};
    struct str go;
    bool more = true;

    be(0);
    while (more) cr_assert(test_done(search_follow(scene, &more)));
    cr_assert(test_done(test_show(scene, &search_module, "/search",
                                  arena_print(scene->arena, "q=%s", q).at, &v, &go)));
    return v;
}

Test(search_answers, a_published_answer_is_found_at_the_next_look_and_others_leave_no_trace)
{
    id entry_id = propose("ABCDEFGH", "见民法典第一条，可以起诉。");
    struct search_find_view v = ask("过不到一块散伙");

    cr_expect_eq(v.answers_count, 0);
    cr_expect(v.is_empty, "a proposal does not even make the page look less empty");
    publish(entry_id);
    v = ask("过不到一块散伙");
    cr_assert_eq(v.answers_count, 1);
    cr_expect(str_same(v.answers[0].title, S("俩口子过不到一块咋散伙")));
    cr_expect(str_begins(v.answers[0].about, S("见民法典第一条")));
}

/* Published answers that the first article of the Civil Code says rest on it. */
static size_t resting_on_it(void)
{
    struct laws_citing found[LAWS_CITING_MAX];
    struct laws_place place = {.number = 1};
    size_t count, answers = 0;
    bool more = true;

    be(0);
    while (more) cr_assert(test_done(search_follow(scene, &more)));
    cr_assert(test_done(laws_find_named(scene, S("民法典"), &place.law_id)));
    cr_assert(test_done(search_who_cites(scene, &place, S("民法典"), found, &count)));
    for (size_t i = 0; i < count; i++) answers += found[i].is_answer;
    return answers;
}

Test(search_answers, a_withdrawn_answer_is_gone_and_teaches_no_more)
{
    id entry_id = propose("ABCDEFGH", "见民法典第一条，可以起诉。");
    struct repository_refuse_form form = {.entry = entry_id, .reason = S("不对")};

    cr_expect_eq(resting_on_it(), 0, "nobody published it yet");
    publish(entry_id);
    cr_assert_eq(ask("过不到一块散伙").articles_count, 1, "lay words lead to what it cites");
    cr_expect_eq(resting_on_it(), 1, "the article tells of it");
    be(WHO_SUPERVISOR);
    cr_assert(test_done(test_act(scene, &repository_refuse, &form, NULL)));
    cr_expect_eq(ask("过不到一块散伙").answers_count, 0);
    cr_expect_eq(ask("过不到一块散伙").articles_count, 0);
    cr_expect_eq(resting_on_it(), 0);
}

Test(search_answers, an_answer_whose_article_was_amended_is_not_shown_even_before_anybody_knows)
{
    publish(propose("ABCDEFGH", "见民法典第一条，可以起诉。"));
    cr_assert_eq(ask("过不到一块散伙").answers_count, 1);
    take("1\t民法典\t第一条\t\t夫妻感情确已破裂的，准予离婚。\t2022-01-01\n");
    cr_expect_eq(resting_on_it(), 0, "though nobody has looked at it");
    cr_expect_eq(ask("过不到一块散伙").answers_count, 0);
    cr_expect_eq(ask("过不到一块散伙").articles_count, 0, "nor does it teach any more");
}

Test(search_answers, after_a_new_start_the_index_knows_what_is_published_now)
{
    id entry_id = propose("ABCDEFGH", "见民法典第一条，可以起诉。");
    struct repository_refuse_form form = {.entry = entry_id, .reason = S("不对")};

    publish(entry_id);
    publish(propose("ABCDEFGJ", "见民法典第一条，先调解。"));
    be(WHO_SUPERVISOR);
    cr_assert(test_done(test_act(scene, &repository_refuse, &form, NULL)));
    search_begin();
    cr_expect_eq(ask("过不到一块散伙").answers_count, 1);
}

/* The articles by their addresses, and what else is shown, in their order. */
static struct str shown(const struct search_find_view *v)
{
    struct out *out = out_open(scene->arena, 4096);

    for (size_t i = 0; i < v->articles_count; i++) out_raw_str(out, v->articles[i].url);
    for (size_t i = 0; i < v->answers_count; i++) out_raw_str(out, v->answers[i].url);
    for (size_t i = 0; i < v->cases_count; i++) out_raw_str(out, v->cases[i].url);
    return out_text(out);
}

Test(search_answers, each_approved_answer_improves_the_next_search_and_read_in_anew_it_is_the_same)
{
    const char *lay = "俩口子天天吵，过不到一块", *words = "劳动报酬感情";
    struct search_find_view before = ask(words), after;
    struct str learned;

    cr_assert_eq(ask(lay).articles_count, 0, "none of the law's words is in it");
    propose("ABCDEFGH", "见民法典第一条，可以起诉。");
    cr_assert_eq(ask(lay).articles_count, 0, "a proposal teaches nothing");
    publish(propose("ABCDEFGJ", "见民法典第一条，可以起诉。"));
    after = ask(lay);
    cr_assert_eq(after.articles_count, 1);
    cr_expect(str_same(after.articles[0].name, S("民法典")));
    publish(propose("ABCDEFGK", "见民法典第一条，先调解。"));
    after = ask(lay);
    cr_expect_eq(after.answers_count, 2);
    learned = shown(&after);
    search_begin(); /* what a new start does */
    after = ask(lay);
    cr_expect(str_same(shown(&after), learned), "%.*s", STR_ARGS(shown(&after)));
    after = ask(words);
    cr_expect_eq(after.articles_count, before.articles_count, "what it is not about stays");
}

Test(search_answers, one_of_the_ten_best_stands_among_the_cases_alone)
{
    id entry_id = propose("ABCDEFGH", "可以先商量。"), other = propose("ABCDEFGJ", "再去登记。");
    struct classics_nominate_form nominate = {.entry = entry_id, .why = S("常见")};
    struct classics_screen_form screen = {.entry = entry_id, .verdict = S("accept")};
    struct classics_vote_form vote = {.entry = entry_id};
    struct classics_made_view told = {0};
    struct search_find_view v;
    struct clock_form due;

    publish(entry_id), publish(other);
    be(WHO_SUPERVISOR);
    cr_assert(
        test_done(test_post(scene, &classics_open,
                            "title=十佳案例&vote_from=2026-12-01&vote_until=2026-12-31", &told)));
    nominate.round = screen.round = vote.round = due.case_id = told.round;
    cr_assert(test_done(test_act(scene, &classics_nominate, &nominate, NULL)));
    be(WHO_LEADER);
    scene->actor.person_id = 6;
    cr_assert(test_done(test_act(scene, &classics_screen, &screen, NULL)));
    scene->now = 1796054400; /* 2026-12-01 */
    be(WHO_RESIDENT);
    cr_assert(test_done(test_act(scene, &classics_vote, &vote, NULL)));
    cr_expect_eq(ask("过不到一块散伙").cases_count, 0, "not before it is counted");
    scene->now = 1798732800; /* 2027-01-01 */
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &classics_count, &due, NULL)));
    v = ask("过不到一块散伙");
    cr_assert_eq(v.cases_count, 1);
    cr_expect(str_begins(v.cases[0].about, S("十佳案例 · ")));
    cr_expect_eq(v.answers_count, 1, "the other one");
}
