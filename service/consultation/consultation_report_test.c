/* consultation_report_test.c -- what leaders do to one case: a whisper, taking it over. */
#include <criterion/criterion.h>

#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

enum { CASES_MAX = 4 };

static struct scene *scene;
static struct bureau bureau;
static struct asked {
    struct str reference;
    id case_id;
    struct actor resident;
} asked[CASES_MAX];
static int asked_count;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    scene->channel = S("api");
    asked_count = 0;
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_report, .init = set_up, .fini = tear_down);

static void ask(bool is_live)
{
    struct consultation_ask_form form = {.field = S("labour"),
                                         .text = S("欠薪"),
                                         .against = S("恒通物流"),
                                         .district = S("310101"),
                                         .mode = is_live ? S("live") : S("message")};
    struct consultation_asked_view told = {0};
    struct asked *one = &asked[asked_count];

    if (asked_count == CASES_MAX) return;
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    cr_assert(test_done(identity_identify(scene, told.token, &one->resident)));
    one->resident.is |= WHO_ANYONE;
    one->reference = told.reference;
    one->case_id = one->resident.case_id;
    asked_count++;
}

static struct consultation_case look(const struct asked *one)
{
    struct consultation_case c;

    cr_assert(test_done(case_of_id(scene, one->case_id, &c)));
    return c;
}

static void go_on_line(int lawyer)
{
    struct consultation_presence_form form = {.state = S("online"), .capacity = 3};

    scene->actor = bureau.lawyer[lawyer];
    test_act(scene, &consultation_presence, &form, NULL);
}

/* ---- whisper and taking over ---- */

static void talk_with_anna(void)
{
    struct consultation_reference_form form = {0};

    go_on_line(0);
    ask(true);
    form.reference = asked[0].reference;
    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_accept, &form, NULL)));
}

Test(consultation_report, a_whisper_is_for_the_consultant_alone)
{
    struct consultation_whisper_form form = {.text = S("问问有没有合同")};
    const struct consultation_list_messages_row *rows;
    struct outcome outcome;
    size_t count;

    talk_with_anna();
    form.reference = asked[0].reference;
    scene->actor = bureau.lawyer[1];
    scene->actor.is = WHO_LEADER | WHO_ANYONE;
    scene->actor.team_id = bureau.team_id + 1;
    outcome = test_act(scene, &consultation_whisper, &form, NULL);
    cr_assert_eq(outcome.refusal, &act_unknown);
    scene->actor = bureau.leader;
    cr_assert(test_done(test_act(scene, &consultation_whisper, &form, NULL)));
    cr_assert(test_done(consultation_list_messages(scene->arena, scene->store, asked[0].case_id, 0,
                                                   1, 100, &rows, &count)));
    cr_assert(str_same(rows[count - 1].text, form.text) && rows[count - 1].internal == 1);
    cr_assert(test_done(consultation_list_messages(scene->arena, scene->store, asked[0].case_id, 0,
                                                   0, 100, &rows, &count)));
    for (size_t i = 0; i < count; i++) cr_assert_not(str_same(rows[i].text, form.text));
    cr_assert_eq(test_journal(scene, "consultation.whisper"), 1);
}

/* Who watched all day and was last on line yesterday. */
Test(consultation_report, what_was_taken_over_is_not_taken_for_left)
{
    struct consultation_take_over_form form = {0};

    talk_with_anna();
    form.reference = asked[0].reference;
    cr_assert(test_done(store_script(
        scene->store, "insert into presence (person_id, presence, capacity, seen_at, since_at)"
                      " select person_id, 'away', 3, 1, 1 from consultant where true"
                      " on conflict (person_id) do update set presence = 'away', seen_at = 1")));
    scene->actor = bureau.lawyer[1];
    scene->actor.is |= WHO_LEADER;
    scene->actor.team_id = bureau.team_id;
    cr_assert(test_done(test_act(scene, &consultation_take_over, &form, NULL)));
    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_sweep, NULL, NULL)));
    cr_expect_eq(look(&asked[0]).row.consultant_id, bureau.lawyer[1].person_id);
    cr_expect_eq(look(&asked[0]).state, CONSULTATION_TALKING);
}

Test(consultation_report, a_leader_who_is_a_consultant_takes_a_talk_over)
{
    struct consultation_take_over_form form = {0};
    struct outcome outcome;

    talk_with_anna();
    form.reference = asked[0].reference;
    scene->actor = bureau.leader;
    outcome = test_act(scene, &consultation_take_over, &form, NULL);
    cr_assert_eq(outcome.refusal, &people_not_consultant);
    cr_assert_eq(look(&asked[0]).row.consultant_id, bureau.lawyer[0].person_id);

    scene->actor = bureau.lawyer[1];
    scene->actor.is |= WHO_LEADER;
    scene->actor.team_id = bureau.team_id;
    cr_assert(test_done(test_act(scene, &consultation_take_over, &form, NULL)));
    cr_assert_eq(look(&asked[0]).row.consultant_id, bureau.lawyer[1].person_id);
    cr_assert_eq(look(&asked[0]).state, CONSULTATION_TALKING);

    ask(false);
    form.reference = asked[1].reference;
    cr_assert_neq(look(&asked[1]).row.consultant_id, 0);
    scene->actor = bureau.supervisor;
    scene->actor.is |= WHO_CONSULTANT;
    scene->actor.person_id = bureau.lawyer[2].person_id;
    outcome = test_act(scene, &consultation_take_over, &form, NULL);
    cr_assert(test_done(outcome) ||
              look(&asked[1]).row.consultant_id == bureau.lawyer[2].person_id);
    cr_assert_eq(look(&asked[1]).row.consultant_id, bureau.lawyer[2].person_id);
    cr_assert_eq(look(&asked[1]).state, CONSULTATION_MESSAGE);
}

static int64_t given_of(int which)
{
    int64_t given;

    cr_assert(test_done(case_given(scene, asked[which].case_id, &given)));
    return given;
}

/* Each acts on what both saw; consultation_lead.c (4). */
Test(consultation_report, of_two_who_give_one_case_away_at_once_one_does)
{
    struct consultation_reassign_form give = {.reason = S("换一位")};
    struct consultation_take_over_form take = {0};
    struct actor taker = bureau.supervisor;
    struct outcome outcome;

    talk_with_anna();
    go_on_line(2);
    taker.is |= WHO_CONSULTANT;
    taker.person_id = bureau.lawyer[1].person_id;
    give.reference = take.reference = asked[0].reference;
    give.consultant = arena_print(scene->arena, "%lld", (long long)bureau.lawyer[2].person_id);
    give.given = take.given = given_of(0);
    cr_assert_neq(give.given, 0);
    scene->actor = taker;
    cr_assert(test_done(test_act(scene, &consultation_take_over, &take, NULL)));
    scene->actor = bureau.supervisor;
    outcome = test_act(scene, &consultation_reassign, &give, NULL);
    cr_expect_str_eq(outcome.refusal->key, "consultation.given-meanwhile");
    cr_expect(str_same(outcome.detail, bureau.lawyer[1].name), "who was quicker is named");
    cr_expect_eq(look(&asked[0]).row.consultant_id, bureau.lawyer[1].person_id);

    /* Who looked again decides; what one did oneself one knows; then the first is told in turn. */
    give.given = given_of(0);
    scene->actor = bureau.supervisor;
    cr_assert(test_done(test_act(scene, &consultation_reassign, &give, NULL)));
    cr_expect_eq(look(&asked[0]).row.consultant_id, bureau.lawyer[2].person_id);
    cr_assert(test_done(test_act(scene, &consultation_reassign, &give, NULL)));
    take.given = give.given;
    scene->actor = taker;
    outcome = test_act(scene, &consultation_take_over, &take, NULL);
    cr_expect_str_eq(outcome.refusal->key, "consultation.given-meanwhile");
    take.given = 0;
    cr_assert(test_done(test_act(scene, &consultation_take_over, &take, NULL)),
              "a program that does not say what it saw takes it whatever happened");
}

Test(consultation_report,
     by_hand_as_by_the_rules_nobody_has_a_case_they_have_a_conflict_in) /* (1) */
{
    struct consultation_take_over_form form = {0};
    struct consultation_reassign_form give = {.reason = S("换一位")};
    struct actor self = bureau.lawyer[1];

    talk_with_anna();
    form.reference = give.reference = asked[0].reference;
    give.consultant = arena_print(scene->arena, "%lld", (long long)self.person_id);
    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(assignment_bar_of(scene, asked[0].case_id, self.person_id)));
    go_on_line(1);
    go_on_line(2);
    scene->actor = bureau.leader;
    cr_expect_str_eq(test_act(scene, &consultation_reassign, &give, NULL).refusal->key,
                     "consultation.conflict");
    scene->actor = self;
    scene->actor.is |= WHO_LEADER;
    scene->actor.team_id = bureau.team_id;
    cr_expect_str_eq(test_act(scene, &consultation_take_over, &form, NULL).refusal->key,
                     "consultation.own-conflict");
    cr_expect_eq(look(&asked[0]).row.consultant_id, bureau.lawyer[0].person_id);
    cr_expect_eq(look(&asked[0]).state, CONSULTATION_TALKING, "and nothing moved");
    give.consultant = arena_print(scene->arena, "%lld", (long long)bureau.lawyer[2].person_id);
    scene->actor = bureau.leader;
    cr_expect(test_done(test_act(scene, &consultation_reassign, &give, NULL)));
    cr_expect_eq(look(&asked[0]).row.consultant_id, bureau.lawyer[2].person_id);
}

/* As the page of one's own conflicts hands it in. */
static struct outcome declare(const char *typed)
{
    const struct page *page = assignment_module.pages;

    while (!page->act || !str_same(str_of(page->path), S("/desk/conflicts"))) page++;
    cr_assert(page->who & scene->actor.is, "whoever watches has the page");
    return test_post(scene, page->act, typed, NULL);
}

Test(consultation_report, who_is_in_conflict_with_a_party_does_not_watch_it_either) /* (2) */
{
    struct consultation_reference_form form = {0};
    struct consultation_whisper_form word = {.text = S("问问期限")};
    struct consultation_reassign_form give = {.reason = S("换一位")};
    struct consultation_messages_view messages;
    struct consultation_case c;
    const char *typed;

    talk_with_anna();
    go_on_line(1);
    form.reference = word.reference = give.reference = asked[0].reference;
    typed = arena_c(scene->arena,
                    arena_print(scene->arena, "reference=%.*s", STR_ARGS(asked[0].reference)));
    scene->actor = bureau.leader;
    cr_assert(test_done(test_act(scene, &consultation_look_in, &form, NULL)));
    cr_assert(test_done(test_show(scene, &consultation_module,
                                  "/consultations/{reference}/messages", typed, &messages, NULL)));
    /* A leader who serves nobody declares like a consultant. */
    cr_assert(test_done(declare("party=恒通物流")));
    cr_expect_str_eq(test_act(scene, &consultation_look_in, &form, NULL).refusal->key,
                     "consultation.watcher-conflict");
    cr_expect_str_eq(test_act(scene, &consultation_whisper, &word, NULL).refusal->key,
                     "consultation.watcher-conflict");
    give.consultant = arena_print(scene->arena, "%lld", (long long)bureau.lawyer[1].person_id);
    cr_expect_str_eq(test_act(scene, &consultation_reassign, &give, NULL).refusal->key,
                     "consultation.chooser-conflict");
    cr_expect_eq(test_journal(scene, "consultation.look_in"), 1, "the one before");
    cr_expect_eq(test_journal(scene, "consultation.look_in_refused"), 1);
    cr_expect_eq(test_journal(scene, "consultation.whisper_refused"), 1);
    cr_expect_eq(test_journal(scene, "consultation.reassign_refused"), 1);
    cr_expect_eq(test_show(scene, &consultation_module, "/consultations/{reference}/messages",
                           typed, &messages, NULL)
                     .refusal,
                 &act_not_yours, "what was opened before is shut");
    cr_assert(test_done(case_open(scene, asked[0].reference, &c)));
    cr_expect_eq(c.row.messages_count, look(&asked[0]).row.messages_count);
    scene->actor = bureau.supervisor;
    cr_expect(test_done(test_act(scene, &consultation_whisper, &word, NULL)), "another may");
    scene->actor = bureau.leader;
    give.consultant = S("");
    cr_expect(test_done(test_act(scene, &consultation_reassign, &give, NULL)),
              "and it is not stuck: the rules choose");
    cr_expect_neq(look(&asked[0]).row.consultant_id, bureau.lawyer[0].person_id);
}

Test(consultation_report, quality_reads_a_long_talk_beyond_its_first_hundred_messages)
{
    struct consultation_say_form form = {.text = S("还有一个问题")};
    struct consultation_said_view told;
    struct review_said said;

    talk_with_anna();
    form.reference = asked[0].reference;
    scene->actor = asked[0].resident;
    for (int i = 0; i < 130; i++)
        cr_assert(test_done(test_act(scene, &consultation_say, &form, &told)));
    cr_assert(test_done(consultation_words_of(scene, asked[0].case_id, &said)));
    cr_expect_eq(said.words_count, 131, "%zu", said.words_count);
}
