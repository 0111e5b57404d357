/* repository_test.c -- answered questions: who decides, what is hidden. */
#include "service/repository/repository.h"

#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/out.h"
#include "platform/scene_test.h"
#include "service/repository/repository_views.h"

extern const struct module identity_module, laws_module, people_module, record_module,
    notice_module;

/* ---- states (pure) ---- */

Test(repository_states, an_answer_that_was_not_taken_is_neither_published_nor_refused_again)
{
    enum repository_state next;

    cr_expect(repository_next(REPOSITORY_REFUSED, REPOSITORY_PUBLISH, &next).refusal ==
              &repository_not_now);
    cr_expect(repository_next(REPOSITORY_WITHDRAWN, REPOSITORY_REFUSE, &next).refusal ==
              &repository_not_now);
    cr_assert(IS_DONE(repository_next(REPOSITORY_REFUSED, REPOSITORY_EDIT, &next)));
    cr_expect_eq(next, REPOSITORY_PROPOSED, "written anew it is proposed again");
    cr_assert(IS_DONE(repository_next(REPOSITORY_PUBLISHED, REPOSITORY_EDIT, &next)));
    cr_expect_eq(next, REPOSITORY_PUBLISHED,
                 "what is shown stays while its next version is written");
    cr_expect(!IS_DONE(repository_next(REPOSITORY_PROPOSED, REPOSITORY_PUT_BACK, &next)));
}

/* ---- acts and pages ---- */

static struct scene *scene;
static struct repository_case talk;

static struct outcome open_talk(struct scene *asking, struct str reference,
                                struct repository_case *found)
{
    if (!scene_is(asking, WHO_CONSULTANT | WHO_SUPERVISOR) || !str_same(reference, talk.reference))
        return REFUSE(act_unknown);
    *found = talk;
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

static struct outcome names_of(struct scene *own, id case_id, struct repository_case *found)
{
    (void)own;
    *found = (struct repository_case){.names = talk.names, .names_count = talk.names_count};
    return case_id == talk.case_id ? DONE : FAULT("another talk");
}

static void set_up(void)
{
    static const struct act act = {.name = "test.make", .who = WHO_SYSTEM, .run = make};
    static const struct str names[] = {{"赵铁柱", 9}};

    scene = test_scene(WHO_SYSTEM, (const struct module *[]){
                                       &notice_module, &identity_module, &laws_module,
                                       &people_module, &record_module, &repository_module, NULL});
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    take("1\t劳动法\t第一条\t\t用人单位支付劳动报酬。\t1995-01-01\n"
         "2\t劳动法\t第二条\t\t休息。\t1995-01-01\n");
    talk = (struct repository_case){.case_id = 77,
                                    .consultant_id = 5,
                                    .reference = S("ABCDEFGH"),
                                    .field = S("labour"),
                                    .division = S("310104"),
                                    .question = S("我是赵铁柱，老板不发工资。"),
                                    .answer = S("见劳动法第一条。"),
                                    .names = names,
                                    .names_count = 1};
    repository_case_hook(open_talk);
    repository_names_hook(names_of);
}
static void tear_down(void)
{
    repository_case_hook(NULL);
    repository_names_hook(NULL);
    test_scene_close(&scene);
}
TestSuite(repository, .init = set_up, .fini = tear_down);

static void be(unsigned is, const char *scope)
{
    scene->actor =
        (struct actor){.person_id = 5, .is = is | WHO_ANYONE, .scopes = scopes_of(str_of(scope))};
}

static struct outcome propose(const char *answer, id *entry_id)
{
    struct repository_propose_form form = {.reference = talk.reference,
                                           .title = S("老板不发工资怎么办"),
                                           .field = S("labour"),
                                           .question = S("老板三个月不发工资，怎么办？"),
                                           .answer = str_of(answer),
                                           .compared = true};
    struct repository_made_view told = {0};
    struct outcome outcome;

    be(WHO_CONSULTANT, "");
    outcome = test_act(scene, &repository_propose, &form, &told);
    *entry_id = told.entry;
    return outcome;
}

static struct outcome publish(id entry_id, int64_t seen)
{
    struct repository_publish_form form = {.entry = entry_id, .seen = seen, .confirmed = true};

    be(WHO_SUPERVISOR, "31");
    return test_act(scene, &repository_publish, &form, NULL);
}

static id published(const char *answer)
{
    id entry_id;

    cr_assert(test_done(propose(answer, &entry_id)));
    cr_assert(test_done(publish(entry_id, 1)));
    return entry_id;
}

static size_t listed(void)
{
    struct repository_list_view v = {0};
    struct str go;

    be(0, "");
    cr_assert(test_done(test_show(scene, &repository_module, "/answers", "", &v, &go)));
    return v.answers_count;
}

static bool is_read(id entry_id)
{
    struct repository_answer_view v = {0};
    struct outcome outcome;
    struct str go;

    be(0, "");
    outcome = test_show(scene, &repository_module, "/answers/{answer}",
                        arena_print(scene->arena, "answer=%lld", (long long)entry_id).at, &v, &go);
    cr_expect(IS_DONE(outcome) || outcome.refusal == &act_unknown);
    return IS_DONE(outcome);
}

static struct outcome look(id entry_id, struct repository_entry_view *v)
{
    struct str go;

    return test_show(scene, &repository_module, "/board/repository/{entry}",
                     arena_print(scene->arena, "entry=%lld", (long long)entry_id).at, v, &go);
}

Test(repository, a_proposal_is_read_by_nobody_until_it_is_published)
{
    struct repository_answer_view v = {0};
    struct str go;
    id entry_id;

    cr_assert(test_done(propose("见劳动法第一条。", &entry_id)));
    cr_expect(!is_read(entry_id));
    cr_expect_eq(listed(), 0);
    cr_assert(test_done(publish(entry_id, 1)));
    cr_expect_eq(listed(), 1);
    be(0, "");
    cr_assert(test_done(test_show(scene, &repository_module, "/answers/{answer}",
                                  arena_print(scene->arena, "answer=%lld", (long long)entry_id).at,
                                  &v, &go)));
    cr_assert_eq(v.cites_count, 1);
    cr_expect(str_ends(v.cites[0].url, S("/articles/1")));
    cr_expect(str_same(v.cites[0].words, S("用人单位支付劳动报酬。")));
}

Test(repository, a_number_or_the_name_of_somebody_who_spoke_is_not_kept)
{
    struct repository_find_entry_of_case_row row;
    id entry_id;
    bool found;

    cr_expect_str_eq(propose("请打13812345678，见劳动法第一条。", &entry_id).refusal->key,
                     "repository.still-there");
    cr_expect_str_eq(propose("赵铁柱可以去仲裁，见劳动法第一条。", &entry_id).refusal->key,
                     "repository.still-there");
    cr_assert(
        test_done(repository_find_entry_of_case(scene->arena, scene->store, 77, &row, &found)));
    cr_expect(!found);
}

Test(repository, a_number_behind_more_names_than_can_be_looked_through_is_not_kept)
{
    struct out *out = out_open(scene->arena, 1 << 16);
    struct outcome outcome;
    id entry_id;

    for (int i = 0; i < REPOSITORY_PLACES_MAX - 1; i++) out_raw_str(out, S("王先生，"));
    cr_assert(test_done(propose(arena_c(scene->arena, out_text(out)), &entry_id)));
    talk.case_id++;
    out_raw_str(out, S("王先生，"));
    cr_expect_str_eq(propose(arena_c(scene->arena, out_text(out)), &entry_id).refusal->key,
                     "repository.too-many-places");
    out_raw_str(out, S("13812345678"));
    outcome = propose(arena_c(scene->arena, out_text(out)), &entry_id);
    cr_assert(outcome.refusal);
    cr_expect_str_eq(outcome.refusal->key, "repository.still-there");
    cr_expect(str_same(outcome.detail, S("13812345678")));
}

Test(repository, an_answer_that_cites_what_is_not_there_is_not_published)
{
    struct outcome outcome;
    id entry_id;

    cr_assert(test_done(propose("见劳动法第一条和第九条。合同第三条不算。", &entry_id)));
    outcome = publish(entry_id, 1);
    cr_assert(outcome.refusal);
    cr_expect_str_eq(outcome.refusal->key, "repository.no-such-article");
    cr_expect(str_same(outcome.detail, S("第九条")));
    cr_expect(!is_read(entry_id));
}

Test(repository, an_amended_article_hides_the_answer_from_its_first_day_until_it_is_looked_at)
{
    struct repository_entry_view v = {0};
    id entry_id = published("见劳动法第一条。");

    take("1\t劳动法\t第一条\t\t用人单位按月支付劳动报酬。\t2030-01-01\n"
         "2\t劳动法\t第二条\t\t休息。\t2030-01-01\n");
    cr_expect(is_read(entry_id), "the new version does not apply yet");
    scene->now = 1924992000; /* 2031 */
    cr_expect(!is_read(entry_id), "without anything being done");
    cr_expect_eq(listed(), 0);
    be(WHO_SYSTEM, "");
    cr_assert(test_done(test_act(scene, &repository_watch, NULL, NULL)));
    be(WHO_SUPERVISOR, "31");
    cr_assert(test_done(look(entry_id, &v)));
    cr_expect(str_same(v.state, S("review")));
    cr_expect(v.reason.len > 0);
    cr_assert_eq(v.cites_count, 1);
    cr_expect(v.cites[0].is_changed);
    cr_assert(test_done(publish(entry_id, 1)));
    cr_expect(is_read(entry_id), "an editor has looked at it");
}

Test(repository, a_new_version_that_leaves_the_article_alone_changes_nothing)
{
    id entry_id = published("见劳动法第一条。");

    take("1\t劳动法\t第一条\t\t用人单位支付劳动报酬。\t2020-01-01\n"
         "2\t劳动法\t第二条\t\t休息两天。\t2020-01-01\n");
    cr_expect(is_read(entry_id));
    be(WHO_SYSTEM, "");
    cr_assert(test_done(test_act(scene, &repository_watch, NULL, NULL)));
    cr_expect(is_read(entry_id));
    be(WHO_SYSTEM, "");
    cr_assert(test_done(test_act(scene, &repository_watch, NULL, NULL)));
    cr_expect_eq(test_journal(scene, "repository.watch"), 1, "it is compared once");
}

Test(repository, a_repealed_law_hides_the_answer)
{
    id entry_id = published("见劳动法第一条。");

    take("3\t新劳动法\t第一条\t\t自2020年1月1日起施行。《劳动法》同时废止。\t2020-01-01\n");
    cr_expect(!is_read(entry_id));
    be(WHO_SYSTEM, "");
    cr_assert(test_done(test_act(scene, &repository_watch, NULL, NULL)));
    cr_expect_str_eq(publish(entry_id, 1).refusal->key, "repository.no-such-article");
}

Test(repository, it_is_over_on_the_day_after_its_last)
{
    struct repository_publish_form form = {
        .seen = 1, .valid_until = S("2026-11-23"), .confirmed = true};

    cr_assert(test_done(propose("见劳动法第一条。", &form.entry)));
    be(WHO_SUPERVISOR, "31");
    cr_assert(test_done(test_act(scene, &repository_publish, &form, NULL)));
    scene->now = TEST_NOW + SECONDS_PER_DAY;
    cr_expect(is_read(form.entry));
    scene->now = TEST_NOW + 2 * SECONDS_PER_DAY;
    cr_expect(!is_read(form.entry));
}

static struct outcome say_no(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return repository_say_consent(own, 77, false);
}
static const struct act act_say_no = {.name = "test.say_no", .who = WHO_ANYONE, .run = say_no};

Test(repository, the_no_of_a_resident_withdraws_it_and_is_final)
{
    id entry_id = published("见劳动法第一条。");

    be(0, "");
    cr_assert(test_done(test_act(scene, &act_say_no, NULL, NULL)));
    cr_expect(!is_read(entry_id));
    cr_expect_str_eq(publish(entry_id, 1).refusal->key, "repository.not-now");
    talk.reference = S("ABCDEFGJ");
    cr_expect_str_eq(propose("见劳动法第一条。", &entry_id).refusal->key, "repository.said-no");
}

Test(repository, an_editor_of_another_district_finds_nothing)
{
    struct repository_queue_view queue = {0};
    struct repository_entry_view v = {0};
    struct repository_refuse_form form = {.reason = S("不好")};
    struct str go;

    cr_assert(test_done(propose("见劳动法第一条。", &form.entry)));
    be(WHO_SUPERVISOR, "310101");
    cr_expect(look(form.entry, &v).refusal == &act_unknown);
    cr_expect(test_act(scene, &repository_refuse, &form, NULL).refusal == &act_unknown);
    cr_assert(
        test_done(test_show(scene, &repository_module, "/board/repository", "", &queue, &go)));
    cr_expect_eq(queue.entries_count, 0);
    for (size_t i = 0; i < queue.tabs_count; i++) cr_expect_eq(queue.tabs[i].count, 0);
    be(WHO_SUPERVISOR, "310104");
    cr_assert(test_done(look(form.entry, &v)));
    cr_expect(test_done(test_act(scene, &repository_refuse, &form, NULL)));
}

Test(repository, what_was_decided_is_the_version_that_was_seen)
{
    struct repository_edit_form form = {.edited = 1,
                                        .title = S("工资被拖欠怎么办"),
                                        .field = S("labour"),
                                        .question = S("老板三个月不发工资，怎么办呢？"),
                                        .answer = S("可以申请仲裁，见劳动法第一条。")};
    struct repository_answer_view v = {0};
    struct str go;

    form.entry = published("见劳动法第一条。");
    be(WHO_SUPERVISOR, "31");
    cr_assert(test_done(test_act(scene, &repository_edit, &form, NULL)));
    cr_expect(test_act(scene, &repository_edit, &form, NULL).refusal == &repository_not_now);
    cr_expect(publish(form.entry, 1).refusal == &repository_not_now);
    be(0, "");
    cr_assert(test_done(
        test_show(scene, &repository_module, "/answers/{answer}",
                  arena_print(scene->arena, "answer=%lld", (long long)form.entry).at, &v, &go)));
    cr_expect(str_same(v.text, S("见劳动法第一条。")), "the first version is still read");
    cr_assert(test_done(publish(form.entry, 2)));
    be(0, "");
    cr_assert(test_done(
        test_show(scene, &repository_module, "/answers/{answer}",
                  arena_print(scene->arena, "answer=%lld", (long long)form.entry).at, &v, &go)));
    cr_expect(str_same(v.text, form.answer));
}

Test(repository, an_editor_neither_saves_nor_publishes_the_name_of_somebody_who_spoke)
{
    struct repository_edit_form form = {.edited = 1,
                                        .title = S("工资被拖欠怎么办"),
                                        .field = S("labour"),
                                        .question = S("老板三个月不发工资，怎么办呢？"),
                                        .answer = S("赵铁柱可以申请仲裁，见劳动法第一条。")};
    struct outcome outcome;

    cr_assert(test_done(propose("见劳动法第一条，孙小美。", &form.entry)));
    be(WHO_SUPERVISOR, "31");
    outcome = test_act(scene, &repository_edit, &form, NULL);
    cr_assert(outcome.refusal);
    cr_expect_str_eq(outcome.refusal->key, "repository.still-there");
    cr_expect(str_same(outcome.detail, S("赵铁柱")));
    talk.names = (const struct str[]){{"孙小美", 9}};
    cr_expect_str_eq(publish(form.entry, 1).refusal->key, "repository.still-there");
    cr_expect(!is_read(form.entry));
    repository_case_hook(NULL);
    form.answer = S("可以申请仲裁，见劳动法第一条。");
    be(WHO_SUPERVISOR, "31");
    cr_assert(test_done(test_act(scene, &repository_edit, &form, NULL)),
              "without having opened it");
    cr_expect(test_done(publish(form.entry, 2)));
}

Test(repository, the_last_day_is_offered_again)
{
    struct repository_publish_form form = {
        .seen = 1, .valid_until = S("2026-11-23"), .confirmed = true};
    struct repository_entry_view v = {0};

    cr_assert(test_done(propose("见劳动法第一条。", &form.entry)));
    be(WHO_SUPERVISOR, "31");
    cr_assert(test_done(look(form.entry, &v)));
    cr_expect_eq(v.valid_day.len, 0u);
    cr_assert(test_done(test_act(scene, &repository_publish, &form, NULL)));
    v = (struct repository_entry_view){0};
    cr_assert(test_done(look(form.entry, &v)));
    cr_expect(str_same(v.valid_day, form.valid_until));
}

/* ---- votes ---- */

static struct outcome vote(id entry_id, const char *word)
{
    struct repository_vote_form form = {entry_id, str_of(word)};

    return test_act(scene, &repository_vote, &form, NULL);
}

static void use_browser(char which)
{
    char token[44] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    token[0] = which;
    test_bring(scene, "visitor", S(""));
    test_bring(scene, "visitor", arena_copy(scene->arena, str_of(token)));
}

static int64_t votes(id entry_id)
{
    struct repository_find_entry_row row;
    bool found;

    cr_assert(test_done(repository_find_entry(scene->arena, scene->store, entry_id, &row, &found)));
    return row.useful_count * 100 + row.useless_count;
}

Test(repository, a_browser_and_a_person_say_once_whether_it_helped)
{
    id entry_id = published("见劳动法第一条。");

    be(0, "");
    cr_expect(vote(entry_id, "yes").refusal, "a browser without cookies is nobody");
    use_browser('b');
    cr_assert(test_done(vote(entry_id, "yes")));
    cr_assert(test_done(vote(entry_id, "yes")));
    cr_expect_eq(votes(entry_id), 100);
    cr_assert(test_done(vote(entry_id, "no")));
    cr_expect_eq(votes(entry_id), 1, "it can be changed");
    be(WHO_RESIDENT, "");
    cr_assert(test_done(vote(entry_id, "yes")));
    cr_expect_eq(votes(entry_id), 100, "the same, signed in");
    be(0, "");
    cr_expect_str_eq(vote(entry_id, "no").refusal->key, "repository.said-signed-in");
    use_browser('c');
    be(WHO_RESIDENT, "");
    cr_assert(test_done(vote(entry_id, "no")));
    cr_expect_eq(votes(entry_id), 1, "and on another device");
}

Test(repository, new_browsers_of_one_address_do_not_count_without_end)
{
    id entry_id = published("见劳动法第一条。");
    int refused = 0;

    be(0, "");
    for (char which = 'b'; which < 'j'; which++) {
        use_browser(which);
        refused += !IS_DONE(vote(entry_id, "yes"));
    }
    cr_expect_eq(votes(entry_id), 500);
    cr_expect_eq(refused, 3);
}
