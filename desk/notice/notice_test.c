/* notice_test.c -- the rules, exhaustively; the acts, on a fresh store. */
#include <criterion/criterion.h>

#include "desk/notice/notice_acts.h"
#include "gen/notice_sql.h"
#include "gen/platform_sql.h"
#include "platform/database_test.h"
#include "platform/page.h"
#include "platform/secret.h"

static struct scene scene;

static bool done(struct outcome outcome)
{
    return IS_DONE(outcome); /* a macro that names its argument twice */
}

static void set_up(void)
{
    secret_open_for_tests();
    scene = (struct scene){.arena = arena_open(4 << 20),
                           .now = 1795305600,
                           .actor = {.is = WHO_SYSTEM | WHO_ANYONE},
                           .channel = S("system")};
    cr_assert(done(store_open(S(""), STORE_WRITE, &scene.store)));
    database_make_tables(scene.store, (const struct module *[]){&notice_module, NULL});
}

static void tear_down(void)
{
    store_close(&scene.store);
    arena_close(&scene.arena);
    secret_close();
}

TestSuite(notice, .init = set_up, .fini = tear_down);

/* ---- rules ---- */

/* (1) and (2): one row a state, one column a step; '.' is a refusal. */
Test(notice, moves_only_along_its_lines)
{
    static const char *const map[NOTICE_STATES] = {
        /*             take deliver put-off give-up */
        [NOTICE_QUEUED] = "1..3",
        [NOTICE_SENDING] = "1203",
        [NOTICE_SENT] = "....",
        [NOTICE_FAILED] = "....",
    };

    for (int from = 0; from < NOTICE_STATES; from++) {
        for (int step = 0; step < NOTICE_STEPS; step++) {
            enum notice_state to = NOTICE_STATES;
            struct outcome outcome =
                notice_next((enum notice_state)from, (enum notice_step)step, &to);

            cr_expect_eq(outcome.refusal ? '.' : (char)('0' + (int)to), map[from][step],
                         "from %d by %d", from, step);
            cr_expect(!outcome.refusal || outcome.refusal == &notice_not_now);
        }
    }
}

Test(notice, states_and_templates_are_words_that_lead_back)
{
    for (int i = 0; i < NOTICE_STATES; i++)
        cr_expect_eq(notice_state_of(notice_state_word((enum notice_state)i)),
                     (enum notice_state)i);
    for (int i = 0; i < NOTICE_TEMPLATES; i++) {
        enum notice_template which = NOTICE_TEMPLATES;

        cr_expect(notice_template_of(notice_template_word((enum notice_template)i), &which));
        cr_expect_eq(which, (enum notice_template)i);
    }
    cr_expect(!notice_template_of(S("letter"), &(enum notice_template){0}));
    cr_expect(!notice_template_of(S(""), &(enum notice_template){0}));
}

/* (3) */
Test(notice, is_tried_at_once_and_five_times_more)
{
    static const int64_t waits[] = {0, 60, 300, 1800, 7200, 21600};

    for (int64_t tries = 0; tries < 6; tries++)
        cr_expect_eq(notice_try_again_at(tries, 1000), 1000 + waits[tries]);
    cr_expect_eq(notice_try_again_at(6, 1000), 0, "then it has failed");
    cr_expect_eq(notice_try_again_at(7, 1000), 0);
}

/* (4) */
Test(notice, that_lost_its_use_is_not_sent)
{
    for (int i = 0; i < NOTICE_TEMPLATES; i++) {
        enum notice_template which = (enum notice_template)i;
        int64_t lasts = notice_lasts_seconds(which);

        cr_expect_gt(lasts, 0);
        cr_expect(done(notice_may_send(which, 1000, 0, 1000 + lasts)));
        cr_expect_eq(notice_may_send(which, 1000, 0, 1001 + lasts).refusal, &notice_too_late);
        cr_expect(done(notice_may_send(which, 1000, 11, 1000)));
        cr_expect_eq(notice_may_send(which, 1000, 12, 1000).refusal, &notice_too_often);
    }
    cr_expect_eq(notice_lasts_seconds(NOTICE_LOGIN_CODE), 300);
    cr_expect_gt(notice_lasts_seconds(NOTICE_ANSWERED), 60 + 300 + 1800 + 7200 + 21600);
}

Test(notice, goes_to_mobile_numbers_only)
{
    cr_expect(notice_is_mobile(S("13812345678")));
    cr_expect(notice_is_mobile(S("19900000000")));
    cr_expect(!notice_is_mobile(S("02112345678")));
    cr_expect(!notice_is_mobile(S("1381234567")));
    cr_expect(!notice_is_mobile(S("138123456789")));
    cr_expect(!notice_is_mobile(S("1381234567x")));
    cr_expect(!notice_is_mobile(S("12348")));
    cr_expect(!notice_is_mobile(S("")));
}

/* ---- texts ---- */

/* What the longest words make of each, as other modules fill it. */
static void longest_words(enum language language, enum notice_template which,
                          struct str words[NOTICE_WORDS])
{
    struct str day = language == LANGUAGE_EN ? S("30 September 2026") : S("2026年12月31日");

    words[0] = which == NOTICE_LOGIN_CODE                                 ? S("428571")
               : which == NOTICE_CALLED_IN || which == NOTICE_CALLED_LINK ? S("1000")
                                                                          : S("K74PX9MA");
    if (which == NOTICE_STAND_DOWN) words[0] = S(""); /* it says all there is */
    words[1] = which == NOTICE_LOGIN_CODE ? S("5") : day;
    words[2] = S("");
    if (which == NOTICE_CALLED_LINK)
        words[1] = S("https://12348.sh.gov.cn"), words[2] = S("aB3dE6gH9jK2mN5q");
}

/* (5) */
Test(notice, fits_one_sms_in_either_language)
{
    for (int i = 0; i < NOTICE_TEMPLATES; i++) {
        enum notice_template which = (enum notice_template)i;
        struct str words[NOTICE_WORDS], text;

        longest_words(LANGUAGE_ZH, which, words);
        text = notice_text(scene.arena, LANGUAGE_ZH, which, words);
        cr_expect(str_is_utf8(text));
        cr_expect_leq(str_points(text), 70, "%.*s", STR_ARGS(text));
        cr_expect_neq(str_find(text, S("。")), -1, "not Chinese: %.*s", STR_ARGS(text));
        cr_expect_eq(str_find(text, S("%")), -1, "%.*s", STR_ARGS(text));
        cr_expect_neq(str_find(text, words[0]), -1, "%.*s", STR_ARGS(text));

        longest_words(LANGUAGE_EN, which, words);
        text = notice_text(scene.arena, LANGUAGE_EN, which, words);
        cr_expect_leq(text.len, 160, "%.*s", STR_ARGS(text));
        cr_expect_eq(str_points(text), text.len, "plain letters only: %.*s", STR_ARGS(text));
        cr_expect_eq(str_find(text, S("%")), -1, "%.*s", STR_ARGS(text));
        cr_expect_neq(str_find(text, words[0]), -1, "%.*s", STR_ARGS(text));
    }
}

Test(notice, says_the_code_and_the_day)
{
    struct str code[NOTICE_WORDS] = {S("428571"), S("5"), S("")};
    struct str due[NOTICE_WORDS] = {S("K74PX9MA"), S("2026年11月25日"), S("")};

    cr_expect(str_same(notice_text(scene.arena, LANGUAGE_EN, NOTICE_LOGIN_CODE, code),
                       S("428571 is your sign-in code, good for 5 minutes. Never tell it to anyone."
                         " Our staff will not ask for it.")));
    cr_expect(str_same(notice_text(scene.arena, LANGUAGE_ZH, NOTICE_RECEIVED, due),
                       S("您的问题已收到，编号K74PX9MA，我们最晚2026年11月25日答复您。"
                         "凭编号和手机号随时可以查看。")));
}

/* ---- acts ---- */

static const struct notice received = {.which = NOTICE_RECEIVED,
                                       .language = LANGUAGE_EN,
                                       .to = {"13812345678", 11},
                                       .words = {{"K74PX9MA", 8}, {"25 November 2026", 16}},
                                       .case_id = 7};

static struct outcome add(struct scene *in, const void *form, void *result)
{
    (void)result;
    return notice_add(in, form);
}

static const struct act add_act = {.name = "test.add", .who = WHO_SYSTEM, .run = add};

static struct outcome keep(struct notice notice)
{
    return act_run(&add_act, &scene, &notice, NULL);
}

static struct notice_list_case_notices_row first_of(id case_id)
{
    const struct notice_list_case_notices_row *rows;
    size_t count;

    cr_assert(done(notice_list_case_notices(scene.arena, scene.store, case_id, &rows, &count)));
    cr_assert_eq(count, 1u);
    return rows[0];
}

static size_t due(const id **letters)
{
    size_t count;

    cr_assert(done(notice_outbox.list_due(&scene, letters, &count)));
    return count;
}

static struct outcome take(id letter_id, struct letter *letter)
{
    return act_run(notice_outbox.take, &scene, &(struct outbox_take_form){letter_id}, letter);
}

static struct outcome settle(id letter_id, enum letter_fate fate)
{
    struct outbox_settle_form form = {letter_id, fate,
                                      fate == LETTER_DELIVERED ? S("") : S("the gateway is away")};

    return act_run(notice_outbox.settle, &scene, &form, NULL);
}

Test(notice, is_taken_sent_and_then_left_alone)
{
    struct letter letter;
    const id *letters;
    id one;

    cr_assert(done(keep(received)));
    cr_assert_eq(due(&letters), 1u);
    one = letters[0];
    cr_assert(done(take(one, &letter)));
    cr_expect_eq(letter.letter_id, one);
    cr_expect(str_same(letter.to, S("13812345678")));
    cr_expect(str_same(letter.kind, S("received")));
    cr_expect(str_begins(letter.text, S("We have your question K74PX9MA and will answer by 25")));
    cr_expect(str_same(first_of(7).state, S("sending")));
    cr_expect_eq(due(&letters), 0u, "nobody else takes it");
    cr_expect_eq(take(one, &letter).refusal, &notice_not_now);
    cr_expect_eq(letter.letter_id, 0);

    cr_assert(done(settle(one, LETTER_DELIVERED)));
    cr_expect(str_same(first_of(7).state, S("sent")));
    cr_expect_eq(first_of(7).sent_at, scene.now);
    scene.now += 30 * SECONDS_PER_DAY;
    cr_expect_eq(due(&letters), 0u);
    cr_expect_eq(settle(one, LETTER_DELIVERED).refusal, &notice_not_now);
    cr_expect_eq(settle(99, LETTER_DELIVERED).refusal, &notice_unknown);
    cr_expect_eq(take(99, &letter).refusal, &notice_unknown);
}

/* (7) */
Test(notice, keeps_no_number_and_no_words_in_the_clear)
{
    struct notice_find_notice_row row;
    struct letter letter;
    const id *letters;
    bool known;

    cr_assert(done(keep(received)));
    cr_assert_eq(due(&letters), 1u);
    cr_assert(done(notice_find_notice(scene.arena, scene.store, letters[0], &row, &known)));
    cr_expect(str_begins(row.to_sealed, S("x1.")) && str_begins(row.words, S("x1.")));
    cr_assert(done(take(letters[0], &letter)));
    cr_assert(done(settle(letters[0], LETTER_DELIVERED)));
    cr_assert(done(notice_find_notice(scene.arena, scene.store, letters[0], &row, &known)));
    cr_expect_eq(row.words.len, 0u);
    cr_expect_eq(row.to_sealed.len, 0u, "nobody needs the number any more");
}

/* (6) */
static struct outcome add_and_refuse(struct scene *in, const void *form, void *result)
{
    (void)result;
    TRY(notice_add(in, form));
    return REFUSE(act_not_yours);
}

Test(notice, is_not_kept_when_its_act_is_refused)
{
    static const struct act act = {.name = "test.no", .who = WHO_SYSTEM, .run = add_and_refuse};
    struct notice notice = received;
    const id *letters;

    cr_expect_eq(act_run(&act, &scene, &notice, NULL).refusal, &act_not_yours);
    cr_expect_eq(due(&letters), 0u);
}

Test(notice, to_nobody_is_no_notice)
{
    struct notice notice = received;
    const id *letters;

    notice.to = S("");
    cr_expect(done(keep(notice)));
    cr_expect_eq(due(&letters), 0u);
}

Test(notice, to_a_fixed_number_shows_as_failed)
{
    struct notice notice = received;
    const id *letters;

    notice.to = S("02112345678");
    cr_expect(done(keep(notice)));
    cr_expect_eq(due(&letters), 0u);
    cr_expect(str_same(first_of(7).state, S("failed")));
    cr_expect_neq(str_find(first_of(7).problem, S("no SMS")), -1);
}

Test(notice, is_put_off_by_the_schedule_and_fails_after_the_sixth_try)
{
    static const int64_t waits[] = {60, 300, 1800, 7200, 21600};
    struct notice notice = received;
    struct letter letter;
    const id *letters;

    notice.which = NOTICE_ANSWERED;
    cr_assert(done(keep(notice)));
    for (size_t i = 0; i < COUNT(waits); i++) {
        cr_assert_eq(due(&letters), 1u);
        cr_assert(done(take(letters[0], &letter)));
        cr_assert(done(settle(letter.letter_id, LETTER_LATER)));
        cr_expect(str_same(first_of(7).state, S("queued")));
        cr_expect(str_same(first_of(7).problem, S("the gateway is away")));
        scene.now += waits[i] - 1;
        cr_expect_eq(due(&letters), 0u, "a second too early, try %zu", i + 1);
        scene.now += 1;
    }
    cr_assert_eq(due(&letters), 1u);
    cr_assert(done(take(letters[0], &letter)));
    cr_assert(done(settle(letter.letter_id, LETTER_LATER)));
    cr_expect(str_same(first_of(7).state, S("failed")));
    cr_expect_eq(first_of(7).tries, 6);
    scene.now += SECONDS_PER_DAY;
    cr_expect_eq(due(&letters), 0u);
}

Test(notice, that_is_impossible_fails_at_once)
{
    struct letter letter;
    const id *letters;

    cr_assert(done(keep(received)));
    cr_assert_eq(due(&letters), 1u);
    cr_assert(done(take(letters[0], &letter)));
    cr_assert(done(settle(letter.letter_id, LETTER_IMPOSSIBLE)));
    cr_expect(str_same(first_of(7).state, S("failed")));
    cr_expect_eq(first_of(7).next_at, 0);
}

Test(notice, whose_sender_died_goes_out_again_under_the_same_number)
{
    struct letter before, after;
    const id *letters;

    cr_assert(done(keep(received)));
    cr_assert_eq(due(&letters), 1u);
    cr_assert(done(take(letters[0], &before)));
    scene.now += NOTICE_SENDING_SECONDS_MAX;
    cr_assert_eq(due(&letters), 1u);
    cr_assert(done(take(letters[0], &after)));
    cr_expect_eq(after.letter_id, before.letter_id);
    cr_expect(str_same(after.text, before.text));
    cr_expect_eq(first_of(7).tries, 2);
}

Test(notice, with_a_code_nobody_waits_for_any_more_is_given_up)
{
    struct notice notice = received;
    struct letter letter;
    const id *letters;

    notice.which = NOTICE_LOGIN_CODE;
    cr_assert(done(keep(notice)));
    scene.now += 301;
    cr_assert_eq(due(&letters), 1u);
    cr_expect(done(take(letters[0], &letter)));
    cr_expect_eq(letter.letter_id, 0, "there is nothing to carry");
    cr_expect(str_same(first_of(7).state, S("failed")));
    cr_expect(str_same(first_of(7).problem, str_of(notice_too_late.text)));
    cr_expect_eq(due(&letters), 0u);
}

Test(notice, that_somebody_waits_for_goes_first)
{
    struct notice code = received;
    const id *letters;

    code.which = NOTICE_LOGIN_CODE;
    code.case_id = 8;
    cr_assert(done(keep(received)));
    scene.now += 10;
    cr_assert(done(keep(code)));
    cr_assert_eq(due(&letters), 2u);
    cr_expect_eq(letters[0], first_of(8).notice_id);
    cr_expect_eq(letters[1], first_of(7).notice_id);
}

Test(notice, that_cannot_be_unsealed_says_so)
{
    struct letter letter;
    const id *letters;

    cr_assert(done(keep(received)));
    cr_assert(done(store_script(scene.store, "update notice set to_sealed = 'x1.AAAA'")));
    cr_assert_eq(due(&letters), 1u);
    cr_expect(done(take(letters[0], &letter)));
    cr_expect_eq(letter.letter_id, 0);
    cr_expect_neq(str_find(first_of(7).problem, S("keys")), -1);
}

Test(notice, is_taken_and_settled_by_the_system_only)
{
    struct letter letter;
    const id *letters;

    cr_assert(done(keep(received)));
    cr_assert_eq(due(&letters), 1u);
    scene.actor.is = WHO_ANYONE | WHO_SIGNED_IN;
    cr_expect_eq(take(letters[0], &letter).refusal, &act_not_yours);
    cr_expect_eq(settle(letters[0], LETTER_DELIVERED).refusal, &act_not_yours);
}

/* (8) */
Test(notice, leaves_one_line_in_the_journal_when_it_ends)
{
    struct letter letter;
    const id *letters;
    struct platform_find_last_seq_row before, after;
    bool found;

    cr_assert(done(keep(received)));
    cr_assert_eq(due(&letters), 1u);
    cr_assert(done(platform_find_last_seq(scene.store, &before, &found)));
    cr_assert(done(take(letters[0], &letter)));
    cr_assert(done(settle(letter.letter_id, LETTER_LATER)));
    cr_assert(done(platform_find_last_seq(scene.store, &after, &found)));
    cr_expect_eq(after.seq, before.seq);
    scene.now += 60;
    cr_assert(done(take(letters[0], &letter)));
    cr_assert(done(settle(letter.letter_id, LETTER_DELIVERED)));
    cr_assert(done(platform_find_last_seq(scene.store, &after, &found)));
    cr_expect_eq(after.seq, before.seq + 1);
    cr_expect(str_same(scene.detail, S("received sent")));
    cr_expect_eq(scene.case_id, 7);
}

Test(notice, that_waits_long_is_told_to_the_operator)
{
    struct out *out = out_open(scene.arena, 4096);

    cr_assert(done(keep(received)));
    scene.now += 600;
    cr_assert(done(notice_module.health(&scene, out)));
    cr_expect_eq(out_text(out).len, 0u);
    scene.now += 1;
    cr_assert(done(notice_module.health(&scene, out)));
    cr_expect(str_begins(out_text(out), S("Messages waiting for the SMS gateway")));
    cr_expect(str_ends(out_text(out), S(": 1\n")));
    out = out_open(scene.arena, 4096);
    cr_assert(done(notice_module.metrics(&scene, out)));
    cr_expect_neq(str_find(out_text(out), S("\ngongdao_notices_waiting 1\n")), -1);
    cr_expect_neq(str_find(out_text(out), S("\ngongdao_notices_failed 0\n")), -1);
}
