/* privacy_erase_test.c -- what was erased is in no row of any table; what a law keeps is said. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/identity/identity_acts.h"
#include "desk/retention/retention_acts.h"
#include "desk/seal/seal_acts.h"
#include "gen/platform_sql.h"
#include "platform/files.h"
#include "platform/folder_test.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "platform/store_rows.h"
#include "service/consultation/consultation_acts.h"
#include "service/privacy/privacy_views.h"

extern const struct module *const rooms[];
extern const struct held *const rooms_held[];

static struct scene *scene;
static id mine, other, admin, second, clerk;
static char folder[FOLDER_LEN];
static struct str on_disk;

static struct outcome make_people(struct scene *s, const void *form, void *result)
{
    const struct identity_division city = {S("31"), S(""), S("city"), S("上海"), S("Shanghai")};

    (void)form, (void)result;
    TRY(identity_divisions_load(s, &city, 1));
    TRY(identity_resident_of_phone(s, S("13800001111"), &mine));
    TRY(identity_resident_of_phone(s, S("13800002222"), &other));
    TRY(identity_person_add(
        s, &(struct identity_new_person){.login = S("clerk001"), .name = S("李窗口")}, &clerk));
    TRY(identity_role_add(s, clerk, S("clerk"), S("31")));
    TRY(identity_person_add(
        s, &(struct identity_new_person){.login = S("admin2"), .name = S("第二管理员")}, &second));
    TRY(identity_role_add(s, second, S("admin"), S("31")));
    TRY(identity_person_add(
        s, &(struct identity_new_person){.login = S("admin"), .name = S("管理员")}, &admin));
    return identity_role_add(s, admin, S("admin"), S("31"));
}

static void script(const char *sql)
{
    cr_assert(test_done(store_script(scene->store, sql)), "%s", sql);
}

/* A question with words, an author's name, a file, a summary and a party, all of them canaries. */
static void ask(id question, id owner, const char *reference, const char *phone, const char *state)
{
    static const char row[] =
        "insert into consultation (consultation_id, reference, state, owner_id, phone_sealed, "
        "phone_index, field, profession, division, language, channel, priority, wants_id, "
        "asked_at, waiting_at, rank_at, due_at, due_provisional, consultant_id, team_id, "
        "offer_until, offers_count, talk_at, answered_at, closed_at, warned, outcome, summary, "
        "last_seq, last_at, last_side, messages_count, resident_read, consultant_read) values "
        "(%lld, '%s', '%s', %lld, '%.*s', '%.*s', 'labour', 'lawyer', '31', 'zh', 'web', 0, "
        "0, 100, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 'canary-%s', 0, "
        "0, '', 0, 0, 0);"
        "insert into message (consultation_id, seq, at, side, author_id, author_name, text, "
        "attachment_id, internal) values (%lld, 1, 1, 'resident', 0, 'canary-%s', 'canary-%s', 0, "
        "0), (%lld, 2, 1, 'consultant', 0, '王律师', 'canary-%s', 0, 1);"
        "insert into rating (consultation_id, consultant_id, team_id, stars, patience, courtesy, "
        "efficiency, correctness, text, at) values (%lld, 0, 0, 5, 0, 0, 0, 0, 'canary-%s', 1);";
    struct str number = str_of(phone), sealed, index = S("");
    long long it = question, who = owner;

    sealed = secret_seal(scene->arena, "consultation.phone", number);
    if (number.len) index = identity_phone_index(scene->arena, number);
    script(arena_print(scene->arena, row, it, reference, state, who, STR_ARGS(sealed),
                       STR_ARGS(index), reference, it, reference, reference, it, reference, it,
                       reference)
               .at);
}

static void attach(id question, const char *reference)
{
    struct str bytes = S("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"), hash;

    cr_assert(test_done(files_put(scene->arena, bytes, &on_disk, &hash)));
    script(arena_print(scene->arena,
                       "insert into attachment (attachment_id, consultation_id, attachment_name, "
                       "type, bytes_count, file, hash, at, author_id) values (%lld, %lld, "
                       "'canary-%s.pdf', 'application/pdf', %lld, '%.*s', '%.*s', 1, 0);",
                       (long long)question, (long long)question, reference, (long long)bytes.len,
                       STR_ARGS(on_disk), STR_ARGS(hash))
               .at);
}

static void complain(id question, const char *reference, const char *state)
{
    struct str said = secret_seal(scene->arena, "review.text", S("canary"));

    script(arena_print(scene->arena,
                       "insert into complaint (complaint_id, case_id, service, reference, "
                       "consultant_id, team_id, division, source, kind, state, text_sealed, "
                       "phone_sealed, language, made_at, acknowledge_by, decide_by, "
                       "acknowledged_at, handler_id, question_sealed, asked_at, statement_sealed, "
                       "statement_at, is_upheld, decided_at, decided_by, reply_sealed, warned) "
                       "values (%lld, %lld, 'consultation', '%s', 0, 0, '31', 'resident', 'money',"
                       " '%s', '%.*s', '', 'zh', 1, 1, 1, 0, 0, '', 0, '', 0, 0, 0, 0, '', 0);",
                       (long long)question, (long long)question, reference, state, STR_ARGS(said))
               .at);
}

static void be(unsigned who, id person_id, const char *phone)
{
    struct str number = str_of(phone);

    scene->actor = (struct actor){
        .is = who | WHO_ANYONE,
        .person_id = person_id,
        .phone_index = number.len ? identity_phone_index(scene->arena, number) : S(""),
        .scopes = who & WHO_ADMIN ? scopes_of(S("31")) : (struct scopes){{0}, {0}, {0}}};
}

static void set_up(void)
{
    static const struct act people = {.name = "test.people", .who = WHO_SYSTEM, .run = make_people};

    folder_make(folder);
    cr_assert(test_done(files_open(folder)));
    privacy_learn(rooms_held);
    retention_learn(rooms_held);
    scene = test_scene(WHO_SYSTEM, rooms);
    scene->language = LANGUAGE_EN;
    cr_assert(test_done(test_act(scene, &people, NULL, NULL)));
    be(WHO_RESIDENT, mine, "13800001111");
}
static void tear_down(void)
{
    test_scene_close(&scene);
    files_close();
    folder_drop(folder);
}
TestSuite(privacy_erase, .init = set_up, .fini = tear_down);

/* ---- looking everywhere ---- */

static struct str sought;
static struct outcome look_into(void *mine_, struct str row)
{
    *(int *)mine_ += str_find(row, sought) >= 0;
    return DONE;
}

/* In how many rows of all tables it stands, but those of requests to be erased. */
static int found(struct str what)
{
    struct store_table *tables;
    size_t count;
    int rows = 0;

    sought = what;
    cr_assert(test_done(store_tables(scene->arena, scene->store, &tables, &count)));
    cr_assert(test_done(store_read_begin(scene->store)));
    for (size_t i = 0; i < count; i++)
        if (strcmp(tables[i].name, "erasure") != 0)
            cr_assert(test_done(store_rows(scene->store, &tables[i], look_into, &rows)));
    store_read_end(scene->store);
    return rows;
}

/* As the clock does, until nothing is due; how often. */
static int run_clock(void)
{
    static const struct act *const acts[] = {&privacy_erase_go, &files_sweep};
    struct actor before = scene->actor;
    int ran = 0;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    for (bool more = true; more && ran < 100;) {
        more = false;
        for (size_t i = 0; i < COUNT(acts); i++) {
            const struct platform_list_due_row *rows;
            size_t count;

            cr_assert(test_done(
                platform_list_due(scene->arena, scene->store, scene->now, &rows, &count)));
            for (size_t r = 0; r < count; r++) {
                struct clock_form form = {rows[r].case_id, rows[r].due_at};

                if (!str_same(rows[r].act, str_of(acts[i]->name))) continue;
                cr_assert(test_done(platform_drop_deadline_done(scene->store, rows[r].act,
                                                                form.case_id, form.due_at)));
                cr_assert(test_done(test_act(scene, acts[i], &form, NULL)));
                more = true, ran++;
            }
        }
    }
    scene->actor = before;
    return ran;
}

static id ask_it(void)
{
    struct privacy_erase_made_view made;

    cr_assert(test_done(test_post(scene, &privacy_erase_ask, "sure=1", &made)));
    return made.erasure;
}

static struct privacy_find_erasure_row erasure(id erasure_id)
{
    struct privacy_find_erasure_row row;
    bool is_there;

    cr_assert(
        test_done(privacy_find_erasure(scene->arena, scene->store, erasure_id, &row, &is_there)));
    cr_assert(is_there);
    return row;
}

static bool is_in_state(id erasure_id, enum privacy_erasure state)
{
    return str_same(erasure(erasure_id).state, privacy_erasure_word(state));
}

static struct privacy_erasure_view shown(void)
{
    struct privacy_erasure_view view;

    cr_assert(test_done(test_show(scene, &privacy_module, "/my/data/erasure", "", &view, NULL)));
    return view;
}

/* ---- what is erased ---- */

Test(privacy_erase, nothing_of_it_is_left_in_any_table_or_on_disk)
{
    struct str number = identity_phone_index(scene->arena, S("13800001111"));
    id asked;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    attach(9001, "AB3DE6GH");
    ask(9002, 77, "AB3DE6GJ", "13800001111", "closed");
    ask(9003, other, "AB3DE6GK", "13800002222", "closed");
    cr_assert(found(S("canary-AB3DE6G")) > 6 && found(number) == 2 && files_has(on_disk));
    asked = ask_it();
    cr_expect_gt(run_clock(), 3, "a piece at a time");
    cr_expect(is_in_state(asked, PRIVACY_DONE));
    cr_expect_eq(erasure(asked).pieces, 2);
    cr_expect_eq(found(S("canary-AB3DE6GH")) + found(S("canary-AB3DE6GJ")), 0);
    cr_expect_eq(found(number), 0);
    cr_expect(!files_has(on_disk));
    cr_expect_gt(found(S("canary-AB3DE6GK")), 3, "somebody else's stays");
    cr_expect_gt(found(identity_phone_index(scene->arena, S("13800002222"))), 0);
    cr_expect_eq(test_journal(scene, "privacy.erase-ask"), 1);
    cr_expect_eq(test_journal(scene, "privacy.erase-go"), 3, "two questions and the account");
}

Test(privacy_erase, begun_again_in_the_middle_nothing_is_half_gone)
{
    struct clock_form form;
    id asked;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    attach(9001, "AB3DE6GH");
    ask(9002, mine, "AB3DE6GJ", "", "closed");
    asked = ask_it();
    form = (struct clock_form){asked, scene->now};
    be(WHO_SYSTEM, 0, "");
    cr_assert(test_done(test_act(scene, &privacy_erase_go, &form, NULL)));
    cr_expect_eq(found(S("canary-AB3DE6GH")), 0, "of the first all");
    cr_expect_gt(found(S("canary-AB3DE6GJ")), 3, "of the second nothing yet");
    cr_expect(files_has(on_disk), "the row went, and the file is still to go");
    cr_expect(is_in_state(asked, PRIVACY_ERASING));
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_DONE));
    cr_expect(!files_has(on_disk));
    cr_expect_eq(found(S("canary-AB3DE6G")), 0);
}

Test(privacy_erase, what_is_not_over_waits_and_the_account_with_it)
{
    struct privacy_erasure_view view;
    id asked;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    ask(9002, mine, "AB3DE6GJ", "", "message");
    view = shown();
    cr_assert_eq(view.waits_count, 1);
    cr_expect_eq(view.waits[0].rows, 1);
    cr_expect(str_find(view.waits[0].law, S("article 47")) > 0);
    asked = ask_it();
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_WAITING));
    cr_expect_eq(found(S("canary-AB3DE6GH")), 0);
    cr_expect_gt(found(S("canary-AB3DE6GJ")), 3);
    cr_expect_gt(found(identity_phone_index(scene->arena, S("13800001111"))), 0);
    script("update consultation set state = 'closed' where consultation_id = 9002;");
    cr_expect_eq(run_clock(), 0, "not before tomorrow");
    scene->now += SECONDS_PER_DAY;
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_DONE));
    cr_expect_eq(found(S("canary-AB3DE6GJ")), 0);
}

static id hold(const char *kind, const char *reference)
{
    struct retention_hold_form form = {str_of(kind), str_of(reference), S("（2026）沪01民终1号")};
    struct actor before = scene->actor;
    id number;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &retention_hold, &form, &number)));
    scene->actor = before;
    return number;
}

static void release(id number)
{
    struct retention_release_form form = {number};
    struct actor before = scene->actor;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &retention_release, &form, NULL)));
    scene->actor = before;
}

Test(privacy_erase, what_a_lawsuit_needs_waits_until_it_is_released)
{
    struct privacy_erasure_view view;
    id asked, one, all;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    ask(9002, mine, "AB3DE6GJ", "", "closed");
    one = hold("question", "AB3DE6GJ");
    view = shown();
    cr_assert_eq(view.goes_count, 2, "a question and the account");
    cr_assert_eq(view.waits_count, 1);
    cr_expect(str_find(view.waits[0].why, S("evidence")) > 0);
    asked = ask_it();
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_WAITING));
    cr_expect_eq(found(S("canary-AB3DE6GH")), 0);
    cr_expect_gt(found(S("canary-AB3DE6GJ")), 3, "held");
    all = hold("notice", ""); /* every message that was sent: a question has some of them */
    release(one);
    scene->now += SECONDS_PER_DAY;
    run_clock();
    cr_expect_gt(found(S("canary-AB3DE6GJ")), 3, "held with all notices");
    release(all);
    scene->now += SECONDS_PER_DAY;
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_DONE));
    cr_expect_eq(found(S("canary-AB3DE6GJ")), 0);
}

Test(privacy_erase, until_when_it_stays_is_said_by_the_periods_of_the_bureau)
{
    struct retention_set_form form = {S("question\t365\trule\n")};
    const struct privacy_kind_view *kinds;
    struct held_person person = {mine, identity_phone_index(scene->arena, S("13800001111"))};
    size_t count;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    cr_assert(test_done(privacy_count(scene, &person, &kinds, &count)));
    cr_assert_str_eq(kinds[1].title.at, "Questions you asked");
    cr_expect(str_find(kinds[1].until, S("Until the bureau sets a day")) == 0);
    be(WHO_SYSTEM, 0, "");
    cr_assert(test_done(test_act(scene, &retention_set, &form, NULL)));
    cr_assert(test_done(privacy_count(scene, &person, &kinds, &count)));
    cr_expect(str_find(kinds[1].until, S("Until 365 days after it is over")) == 0);
}

/* ---- what is decided ---- */

Test(privacy_erase, what_was_complained_of_is_decided_by_somebody)
{
    struct privacy_decide_form form = {.decision = S("grant")};
    id asked;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    complain(9001, "AB3DE6GH", "decided");
    form.erasure = asked = ask_it();
    cr_expect(is_in_state(asked, PRIVACY_ASKED));
    cr_expect_gt(erasure(asked).due_at, scene->now + 15 * SECONDS_PER_DAY);
    cr_expect_eq(run_clock(), 0, "nothing goes before");
    cr_expect_eq(test_act(scene, &privacy_erase_decide, &form, NULL).refusal, &act_not_yours);
    be(WHO_CLERK, clerk, "");
    cr_expect_eq(test_act(scene, &privacy_erase_decide, &form, NULL).refusal, &act_not_yours);
    be(WHO_ADMIN, admin, "");
    cr_assert(test_done(test_act(scene, &privacy_erase_decide, &form, NULL)));
    cr_expect_eq(test_act(scene, &privacy_erase_decide, &form, NULL).refusal,
                 &privacy_erase_decided);
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_DONE));
    cr_expect_eq(found(S("canary")), 0);
}

Test(privacy_erase, what_came_to_be_decided_while_it_waited_is_decided_by_somebody_too)
{
    struct privacy_decide_form form = {.decision = S("grant")};
    id asked;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    complain(9001, "AB3DE6GH", "heard");
    form.erasure = asked = ask_it();
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_WAITING));
    script("update complaint set state = 'decided' where complaint_id = 9001;");
    scene->now += SECONDS_PER_DAY;
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_ASKED));
    cr_expect_gt(erasure(asked).due_at, scene->now);
    cr_expect_gt(found(S("canary-AB3DE6GH")), 3, "nothing goes before");
    be(WHO_ADMIN, admin, "");
    cr_assert(test_done(test_act(scene, &privacy_erase_decide, &form, NULL)));
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_DONE));
    cr_expect_eq(found(S("canary")), 0);
}

Test(privacy_erase, a_part_stays_until_its_day_with_the_reason_told)
{
    struct privacy_decide_form form = {.decision = S("part")};
    id asked;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    complain(9001, "AB3DE6GH", "decided");
    ask(9002, mine, "AB3DE6GJ", "", "closed");
    form.erasure = asked = ask_it();
    be(WHO_ADMIN, admin, "");
    cr_expect_eq(test_act(scene, &privacy_erase_decide, &form, NULL).refusal, &privacy_erase_until);
    form.until = S("2027-06-01");
    cr_expect_eq(test_act(scene, &privacy_erase_decide, &form, NULL).refusal, &privacy_erase_words);
    form.words = S("a lawsuit is under way");
    cr_assert(test_done(test_act(scene, &privacy_erase_decide, &form, NULL)));
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_WAITING));
    cr_expect_eq(found(S("canary-AB3DE6GJ")), 0);
    cr_expect_gt(found(S("canary-AB3DE6GH")), 3);
    be(WHO_RESIDENT, mine, "13800001111");
    cr_expect(str_same(shown().words, form.words), "the person reads why");
    scene->now = erasure(asked).keep_until + SECONDS_PER_DAY;
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_DONE));
    cr_expect_eq(found(S("canary")), 0);
}

Test(privacy_erase, a_no_tells_why_and_erases_nothing)
{
    struct privacy_decide_form form = {.decision = S("refuse"), .words = S("Archives Law 21")};
    struct privacy_erasure_view view;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    complain(9001, "AB3DE6GH", "decided");
    form.erasure = ask_it();
    be(WHO_ADMIN, admin, "");
    cr_assert(test_done(test_act(scene, &privacy_erase_decide, &form, NULL)));
    cr_expect_eq(run_clock(), 0);
    be(WHO_RESIDENT, mine, "13800001111");
    view = shown();
    cr_expect(view.is_refused && view.may_ask && str_same(view.words, form.words));
    cr_expect_gt(found(S("canary-AB3DE6GH")), 3);
}

Test(privacy_erase, nobody_decided_in_time_is_said)
{
    struct out *out = out_open(scene->arena, 1000);
    struct clock_form form;
    id asked;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    complain(9001, "AB3DE6GH", "decided");
    form.case_id = asked = ask_it();
    cr_assert(test_done(privacy_erase_health(scene, out)));
    cr_expect_eq(out_text(out).len, 0);
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &privacy_erase_remind, &form, NULL)));
    cr_expect_eq(erasure(asked).reminded, 1);
    cr_expect_eq(test_journal(scene, "privacy.erase-remind"), 1);
    scene->now = erasure(asked).due_at;
    cr_assert(test_done(privacy_erase_health(scene, out)));
    cr_expect(str_find(out_text(out), S("nobody has decided")) > 0);
}

/* ---- who may ---- */

Test(privacy_erase, one_who_is_not_sure_or_asked_before_changes_nothing)
{
    struct privacy_erase_made_view made;
    struct privacy_erase_form form = {false};

    cr_expect_eq(test_act(scene, &privacy_erase_ask, &form, &made).refusal, &privacy_erase_unsure);
    ask_it();
    form.sure = true;
    cr_expect_eq(test_act(scene, &privacy_erase_ask, &form, &made).refusal, &privacy_erase_running);
    scene->actor.is_key = true;
    cr_expect(!test_done(test_act(scene, &privacy_erase_ask, &form, &made)));
}

Test(privacy_erase, at_a_window_another_one_decides)
{
    static const char typed[] =
        "erase_phone=13800001111&erase_paper=identity_card&erase_reason=came in person";
    struct privacy_decide_form form = {.decision = S("grant")};
    struct privacy_erase_made_view made;
    struct privacy_erasure_form which;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    be(WHO_CLERK, clerk, "");
    cr_expect_eq(test_post(scene, &privacy_erase_ask_for, typed, &made).refusal, &privacy_no_right);
    be(WHO_ADMIN, admin, "");
    cr_assert(test_done(test_post(scene, &privacy_erase_ask_for, typed, &made)));
    cr_expect(is_in_state(made.erasure, PRIVACY_ASKED), "however little there is to judge");
    form.erasure = which.erasure = made.erasure;
    cr_expect_eq(test_act(scene, &privacy_erase_decide, &form, NULL).refusal, &privacy_erase_own);
    be(WHO_ADMIN, second, "");
    cr_expect_eq(test_act(scene, &privacy_erase_withdraw_for, &which, NULL).refusal, &act_unknown);
    cr_assert(test_done(test_act(scene, &privacy_erase_decide, &form, NULL)));
    run_clock();
    cr_expect(is_in_state(made.erasure, PRIVACY_DONE));
    cr_expect_eq(found(S("canary")), 0);
    cr_expect_eq(erasure(made.erasure).reason_sealed.len, 0u);
}

Test(privacy_erase, what_is_taken_back_is_not_done)
{
    id asked;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    complain(9001, "AB3DE6GH", "decided");
    asked = ask_it();
    be(WHO_RESIDENT, other, "13800002222");
    cr_expect_eq(test_act(scene, &privacy_erase_withdraw, NULL, NULL).refusal, &privacy_erase_none);
    be(WHO_RESIDENT, mine, "13800001111");
    cr_assert(test_done(test_act(scene, &privacy_erase_withdraw, NULL, NULL)));
    cr_expect(is_in_state(asked, PRIVACY_WITHDRAWN));
    cr_expect_eq(run_clock(), 0);
    cr_expect_gt(found(S("canary-AB3DE6GH")), 3);
}

/* ---- afterwards ---- */

static int64_t check(int64_t *erased)
{
    int64_t left;

    cr_assert(test_done(privacy_check_erased(scene, consultation_found_erased, erased, &left)));
    return left;
}

Test(privacy_erase, what_a_backup_brings_back_is_found_and_erased_again)
{
    struct str list, index = identity_phone_index(scene->arena, S("13800001111"));
    int64_t erased;
    bool taken;
    id after = 0, asked;

    ask(9001, 77, "AB3DE6GH", "13800001111", "closed");
    asked = ask_it();
    scene->now += 10;
    run_clock();
    scene->now += 10;
    cr_expect_eq(check(&erased), 0);
    cr_expect_eq(erased, 1);
    cr_assert(test_done(privacy_erasures_told(scene, &after, &list)));
    cr_expect(str_find(list, S("13800001111")) < 0);
    /* As a backup from before has it: the question open, the number on it, no request. */
    script(arena_print(scene->arena,
                       "update consultation set phone_index = '%.*s', state = 'message';",
                       STR_ARGS(index))
               .at);
    cr_expect_eq(check(&erased), 1, "it is found");
    script("delete from erasure_case; delete from erasure;");
    cr_assert(test_done(privacy_erase_again(scene, str_cut(list, '\n', &list), &taken)));
    cr_expect(taken);
    run_clock();
    cr_expect(is_in_state(asked, PRIVACY_DONE));
    cr_expect_eq(found(index), 0);
    cr_assert(test_done(privacy_erase_again(scene, S("not a line"), &taken)));
    cr_expect(!taken);
}

Test(privacy_erase, six_months_later_the_journal_does_not_say_from_where)
{
    struct seal_report report;
    struct clock_form form;

    ask(9001, mine, "AB3DE6GH", "", "closed");
    form.case_id = ask_it();
    run_clock();
    cr_expect_gt(found(S("192.0.2.1")), 0, "the Cybersecurity Law keeps it for so long");
    be(WHO_SYSTEM, 0, "");
    scene->address = S("");
    scene->now += PRIVACY_LOG_SECONDS;
    cr_assert(test_done(test_act(scene, &seal_make, NULL, NULL)));
    cr_assert(test_done(test_act(scene, &privacy_erase_traces, &form, NULL)));
    cr_assert(test_done(seal_check(scene, S(""), &report)));
    cr_expect_eq(report.findings_count, 0, "and it is as it was sealed");
    sought = S("192.0.2.1");
    cr_expect_eq(found(S("192.0.2.1")), 1, "of the line that made the people alone");
}
