/* privacy_test.c -- a copy of what is held: whole, for whom it is about, and on record. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "platform/store.h"
#include "service/privacy/privacy_views.h"

/* All there are, of main/rooms.c: a copy is whole with all of them. */
extern const struct module *const rooms[];
extern const struct held *const rooms_held[];

static struct scene *scene;
static id mine, other, clerk, admin;

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
        s, &(struct identity_new_person){.login = S("admin"), .name = S("管理员")}, &admin));
    return identity_role_add(s, admin, S("admin"), S("31"));
}

static void ask(id question, id owner, const char *reference, const char *phone, const char *words)
{
    static const char row[] =
        "insert into consultation (consultation_id, reference, state, owner_id, phone_sealed, "
        "phone_index, field, profession, division, language, channel, priority, wants_id, "
        "asked_at, waiting_at, rank_at, due_at, due_provisional, consultant_id, team_id, "
        "offer_until, offers_count, talk_at, answered_at, closed_at, warned, outcome, summary, "
        "last_seq, last_at, last_side, messages_count, resident_read, consultant_read) values "
        "(%lld, '%s', 'message', %lld, '%.*s', '%.*s', 'labour', 'lawyer', '31', 'zh', 'web', 0, "
        "0, 1795305600, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0, 0, '', 0, 0, 0);"
        "insert into message (consultation_id, seq, at, side, author_id, author_name, text, "
        "attachment_id, internal) values (%lld, 1, 1795305600, 'resident', 0, '', '%s', 0, 0), "
        "(%lld, 2, 1795305600, 'consultant', 0, '王律师', 'among-ourselves', 0, 1);";
    struct str number = str_of(phone), sealed, index = S("");

    sealed = secret_seal(scene->arena, "consultation.phone", number);
    if (number.len) index = identity_phone_index(scene->arena, number);
    cr_assert(test_done(
        store_script(scene->store, arena_print(scene->arena, row, (long long)question, reference,
                                               (long long)owner, STR_ARGS(sealed), STR_ARGS(index),
                                               (long long)question, words, (long long)question)
                                       .at)));
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

    privacy_learn(rooms_held);
    scene = test_scene(WHO_SYSTEM, rooms);
    scene->language = LANGUAGE_EN;
    cr_assert(test_done(test_act(scene, &people, NULL, NULL)));
    ask(9001, mine, "AB3DE6GH", "", "my boss <owes> me wages");
    ask(9002, 77, "AB3DE6GJ", "13800001111", "asked-as-a-guest");
    ask(9003, other, "AB3DE6GK", "13800002222", "not-your-business");
    be(WHO_RESIDENT, mine, "13800001111");
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(privacy, .init = set_up, .fini = tear_down);

static const struct page *page_of(const char *path)
{
    for (const struct page *page = privacy_module.pages; page->path; page++)
        if (page->method == GET && strcmp(page->path, path) == 0) return page;
    return NULL;
}

static struct outcome fetch(const char *path, id copy, struct str *bytes)
{
    struct request request = {.scene = scene};
    struct privacy_which_form form = {copy};
    struct file_answer file = {0};
    struct outcome outcome = page_of(path)->file(&request, &form, &file);

    *bytes = file.bytes;
    return outcome;
}

static bool has(struct str text, const char *part)
{
    return str_find(text, str_of(part)) >= 0;
}

Test(privacy, a_copy_is_all_that_is_ones_own_and_nothing_else)
{
    struct privacy_made_view made;
    struct str page, json;

    cr_assert(test_done(test_act(scene, &privacy_copy, NULL, &made)));
    cr_assert(test_done(fetch("/data/copies/{copy}/page", made.copy, &page)));
    cr_assert(test_done(fetch("/data/copies/{copy}/json", made.copy, &json)));
    cr_expect(has(page, "my boss &lt;owes&gt; me wages"), "and as text, not as markup");
    cr_expect(has(json, "my boss <owes> me wages"));
    cr_expect(has(page, "asked-as-a-guest") && has(json, "asked-as-a-guest"),
              "what was asked with the number is theirs, on whatever device");
    cr_expect(has(page, "13800001111") && has(json, "\"phone\":\"13800001111\""), "in clear");
    cr_expect(!has(page, "not-your-business") && !has(json, "not-your-business"));
    cr_expect(!has(page, "13800002222") && !has(json, "13800002222"));
    cr_expect(!has(page, "among-ourselves") && !has(json, "among-ourselves"));
    cr_expect(!has(page, "x1.") && !has(json, "x1."), "nothing stays sealed");
    cr_expect(!has(page, "<script") && !has(page, "src="));
}

/* One about the first question to each of the numbers below, in the order of the templates. */
static struct outcome add_notices(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    for (int i = 0; i < NOTICE_TEMPLATES; i++)
        TRY(notice_add(s, &(struct notice){.which = (enum notice_template)i,
                                           .to = arena_print(s->arena, "137000001%02d", i),
                                           .words = {S("1"), S("2"), S("3")},
                                           .case_id = 9001}));
    return DONE;
}

Test(privacy, of_messages_about_a_question_only_those_to_the_asker_are_in_the_copy)
{
    static const struct act notices = {
        .name = "test.notices", .who = WHO_SYSTEM, .run = add_notices};
    const uint64_t to_asker = UINT64_C(1) << NOTICE_RECEIVED | UINT64_C(1) << NOTICE_ANSWERED |
                              UINT64_C(1) << NOTICE_TALK_NOW | UINT64_C(1) << NOTICE_WRITTEN |
                              UINT64_C(1) << NOTICE_COMPLAINT_RECEIVED |
                              UINT64_C(1) << NOTICE_COMPLAINT_DECIDED;
    struct actor asker = scene->actor;
    struct privacy_made_view made;
    struct str json;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &notices, NULL, NULL)));
    scene->actor = asker;
    cr_assert(test_done(test_act(scene, &privacy_copy, NULL, &made)));
    cr_assert(test_done(fetch("/data/copies/{copy}/json", made.copy, &json)));
    for (int i = 0; i < NOTICE_TEMPLATES; i++)
        cr_expect_eq(has(json, arena_print(scene->arena, "137000001%02d", i).at),
                     (to_asker >> i & 1) != 0, "%.*s",
                     STR_ARGS(notice_template_word((enum notice_template)i)));
}

Test(privacy, making_one_is_on_record_and_fetching_it_is_for_who_made_it_and_for_a_while)
{
    struct privacy_made_view made;
    struct str bytes;

    cr_assert(test_done(test_act(scene, &privacy_copy, NULL, &made)));
    cr_expect_eq(test_journal(scene, "privacy.copy"), 1);
    be(WHO_RESIDENT, other, "13800002222");
    cr_expect_eq(fetch("/data/copies/{copy}/page", made.copy, &bytes).refusal, &act_unknown);
    cr_expect_eq(fetch("/data/copies/{copy}/json", made.copy, &bytes).refusal, &act_unknown);
    be(WHO_ADMIN, admin, "");
    cr_expect_eq(fetch("/data/copies/{copy}/page", made.copy, &bytes).refusal, &act_unknown);
    be(WHO_RESIDENT, mine, "13800001111");
    scene->now += PRIVACY_COPY_SECONDS - 1;
    cr_expect(test_done(fetch("/data/copies/{copy}/page", made.copy, &bytes)));
    scene->now++;
    cr_expect_eq(fetch("/data/copies/{copy}/page", made.copy, &bytes).refusal, &act_unknown);
}

/* What lies there of years, in more rows than one request has memory for. */
static void write_much(id question, int rows)
{
    enum { LONG = 60000 };
    char *text = arena_take(scene->arena, LONG + 1, 1);

    memset(text, 'm', LONG);
    cr_assert(test_done(store_script(
        scene->store,
        arena_print(scene->arena,
                    "insert into message (consultation_id, seq, at, side, author_id, author_name, "
                    "text, attachment_id, internal) with recursive many (n) as (select 10 union "
                    "all select n + 1 from many where n < %d) select %lld, n, 1795305600, "
                    "'resident', 0, '', '%s', 0, 0 from many;",
                    rows + 9, (long long)question, text)
            .at)));
}

static int64_t rows_of(const struct privacy_mine_view *shown, const char *title)
{
    for (size_t i = 0; i < shown->kinds_count; i++)
        if (str_same(shown->kinds[i].title, str_of(title))) return shown->kinds[i].rows;
    return 0;
}

Test(privacy, what_is_more_than_a_request_may_take_is_counted_and_no_copy_is_cut_short)
{
    enum { ROWS = 64 * 1024 * 1024 / 60000 + 20 }; /* the arena of a test is that large */
    struct privacy_made_view made;
    struct privacy_mine_view shown;
    struct str bytes;

    write_much(9001, ROWS);
    cr_assert(test_done(test_show(scene, &privacy_module, "/my/data", "", &shown, NULL)));
    cr_expect_eq(rows_of(&shown, "What was written in them"), ROWS + 2);
    cr_assert(test_done(test_act(scene, &privacy_copy, NULL, &made)));
    cr_expect_eq(fetch("/data/copies/{copy}/page", made.copy, &bytes).refusal,
                 &privacy_copy_too_long);
    cr_expect_eq(fetch("/data/copies/{copy}/json", made.copy, &bytes).refusal,
                 &privacy_copy_too_long);
}

Test(privacy, a_long_copy_is_whole)
{
    struct privacy_made_view made;
    struct str bytes;

    write_much(9001, 150);
    cr_assert(test_done(test_act(scene, &privacy_copy, NULL, &made)));
    for (int again = 0; again < 2; again++) {
        cr_assert(test_done(fetch("/data/copies/{copy}/page", made.copy, &bytes)));
        cr_expect_gt(bytes.len, (size_t)150 * 60000);
        cr_expect(has(bytes, "asked-as-a-guest") && str_ends(bytes, S("</html>\n")));
    }
}

static const char typed[] = "phone=13800001111&paper=identity_card&reason=came in person";

Test(privacy, at_a_window_only_who_was_allowed_makes_one_and_the_person_sees_it)
{
    struct privacy_made_view made;
    struct privacy_mine_view shown;
    struct str bytes;

    be(WHO_CLERK, clerk, "");
    cr_expect_eq(test_post(scene, &privacy_copy_for, typed, &made).refusal, &privacy_no_right);
    be(WHO_ADMIN, admin, "");
    cr_expect_eq(test_post(scene, &privacy_allow, "login=admin", NULL).refusal, &privacy_no_clerk);
    cr_assert(test_done(test_post(scene, &privacy_allow, "login=clerk001", NULL)));
    be(WHO_CLERK, clerk, "");
    cr_expect_eq(test_post(scene, &privacy_copy_for,
                           "phone=13800001111&paper=library_card&reason=came", &made)
                     .refusal,
                 &privacy_paper_missing);
    cr_assert(test_done(test_post(scene, &privacy_copy_for, typed, &made)));
    cr_expect_eq(test_journal(scene, "privacy.copy-for"), 1);
    cr_assert(test_done(fetch("/data/copies/{copy}/page", made.copy, &bytes)));
    cr_expect(has(bytes, "asked-as-a-guest") && !has(bytes, "not-your-business"));
    be(WHO_RESIDENT, mine, "13800001111");
    cr_assert(test_done(test_show(scene, &privacy_module, "/my/data", "", &shown, NULL)));
    cr_assert_eq(shown.copies_count, 1);
    cr_expect(!shown.copies[0].is_own && str_same(shown.copies[0].by_name, S("李窗口")));
    be(WHO_ADMIN, admin, "");
    cr_assert(
        test_done(test_act(scene, &privacy_disallow, &(struct privacy_clerk_form){clerk}, NULL)));
    be(WHO_CLERK, clerk, "");
    cr_expect_eq(fetch("/data/copies/{copy}/page", made.copy, &bytes).refusal, &privacy_no_right,
                 "the right is gone, and what was made with it");
}

Test(privacy, of_an_unknown_number_it_is_said_that_nothing_is_found)
{
    static const char unknown[] = "phone=13800009999&paper=identity_card&reason=came in person";
    struct privacy_made_view made;
    struct privacy_copy_view shown;

    be(WHO_ADMIN, admin, "");
    for (int i = 0; i < 2; i++) {
        struct str path;

        cr_assert(test_done(test_post(scene, &privacy_copy_for, i ? typed : unknown, &made)));
        path = arena_print(scene->arena, "copy=%lld", (long long)made.copy);
        cr_assert(test_done(
            test_show(scene, &privacy_module, "/data/copies/{copy}", path.at, &shown, NULL)));
        cr_expect_eq(shown.is_empty, i == 0);
    }
}

Test(privacy, a_program_with_a_key_makes_no_copy)
{
    struct privacy_made_view made;

    scene->actor.is_key = true;
    cr_expect(test_act(scene, &privacy_copy, NULL, &made).refusal != NULL);
}

/* What belongs to a question beside the talk, in the words "told-in-confidence". */
static void add_beside(id question, const char *reference, id owner)
{
    static const char rows_sql[] =
        "insert into complaint (complaint_id, case_id, service, reference, consultant_id, team_id, "
        "division, source, kind, state, text_sealed, phone_sealed, language, made_at, "
        "acknowledge_by, decide_by, acknowledged_at, handler_id, question_sealed, asked_at, "
        "statement_sealed, statement_at, is_upheld, decided_at, decided_by, reply_sealed, warned) "
        "values (1, %lld, 'consultation', '%s', 0, 0, '31', 'resident', 'money', 'received', "
        "'%.*s', '', 'zh', 1, 1, 1, 0, 0, '', 0, '', 0, 0, 0, 0, '', 0);"
        "insert into repository_consent (case_id, answer, at) values (%lld, 'no', 1795305600);"
        "insert into hall (hall_id, hall_zh, hall_en, address_zh, address_en, hall_phone, "
        "division, is_active) values (1, '', '', '', '', '', '31', 1);"
        "insert into hall_line (line_id, hall_id, letter, line_zh, line_en, profession, is_active)"
        " values (1, 1, 'A', '', '', '', 1);"
        "insert into hall_ticket (ticket_id, hall_id, line_id, day, ticket, case_id, state, "
        "priority, rank_at, taken_at, taken_by, called_at, first_called_at, calls_count, "
        "served_at, ended_at, window_id, served_by, name_sealed, code_hash, code_until) values "
        "(1, 1, 1, '2026-11-22', 'A017', %lld, 'served', 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, '%.*s', "
        "'', 0);"
        "insert into journal (seq, at, act, actor_id, case_id, for_id, channel, address, detail) "
        "values (900001, 1795305600, 'consultation.ask', %lld, %lld, 0, 'web', '198.51.100.7', "
        "'');";
    struct str said = secret_seal(scene->arena, "review.text", S("told-in-confidence"));
    struct str name = secret_seal(scene->arena, "hall.name", S("told-in-confidence"));
    long long it = question, who = owner;

    cr_assert(test_done(
        store_script(scene->store, arena_print(scene->arena, rows_sql, it, reference,
                                               STR_ARGS(said), it, it, STR_ARGS(name), who, it)
                                       .at)));
}

static struct str copy_of_mine(void)
{
    struct privacy_made_view made;
    struct str bytes;

    cr_assert(test_done(test_act(scene, &privacy_copy, NULL, &made)));
    cr_assert(test_done(fetch("/data/copies/{copy}/page", made.copy, &bytes)));
    return bytes;
}

Test(privacy, who_merely_has_the_number_gets_no_more_than_the_page_shows)
{
    struct str page;

    add_beside(9002, "AB3DE6GJ", 77);
    page = copy_of_mine();
    cr_expect(has(page, "asked-as-a-guest"));
    cr_expect(!has(page, "told-in-confidence") && !has(page, "A017"));
    cr_expect(!has(page, "You did not agree") && !has(page, "198.51.100.7"));
    cr_expect(has(page, "consultation.ask"), "what was done with it they may read");
    be(WHO_RESIDENT, 77, "");
    page = copy_of_mine();
    cr_expect(has(page, "told-in-confidence") && has(page, "A017"));
    cr_expect(has(page, "You did not agree") && has(page, "198.51.100.7"));
    cr_expect(has(page, "<dt>Written by</dt><dd>You</dd>") && !has(page, "<dd>resident</dd>"));
    cr_expect(!has(page, "<dt>Kind</dt><dd>money</dd>"), "in words");
}

Test(privacy, what_was_published_is_told_to_whoever_never_answered_too)
{
    static const char entry[] =
        "insert into repository_entry (entry_id, case_id, reference, state, division, proposed_by,"
        " proposed_at, version_number, shown_version, published_at, valid_until, reason_sealed, "
        "useful_count, useless_count, moved_at, moved_by) values (1, 9001, 'AB3DE6GH', "
        "'published', '31', 0, 1, 1, 1, 1795305600, 0, '', 0, 0, 1, 0);";
    struct str page;

    cr_expect(!has(copy_of_mine(), "Published at"));
    cr_assert(test_done(store_script(scene->store, entry)));
    page = copy_of_mine();
    cr_expect(has(page, "Published at"));
    cr_expect(!has(page, "You did not agree"), "nobody asked");
}

Test(privacy, a_copy_for_a_number_is_seen_by_whoever_proves_it_later)
{
    static const char guest[] = "phone=13800003333&paper=identity_card&reason=came in person";
    struct privacy_made_view made;
    struct privacy_mine_view shown;

    be(WHO_ADMIN, admin, "");
    cr_assert(test_done(test_post(scene, &privacy_copy_for, guest, &made)));
    be(WHO_RESIDENT, mine, "13800003333");
    cr_assert(test_done(test_show(scene, &privacy_module, "/my/data", "", &shown, NULL)));
    cr_assert_eq(shown.copies_count, 1);
    cr_expect(str_same(shown.copies[0].by_name, S("管理员")));
    cr_expect(has(copy_of_mine(), "<dd>Identity card</dd>"));
    be(WHO_RESIDENT, mine, "13800001111");
    cr_assert(test_done(test_show(scene, &privacy_module, "/my/data", "", &shown, NULL)));
    cr_expect_eq(shown.copies_count, 1, "their own, and not that one");
    cr_expect(shown.copies[0].is_own);
}

/* On PostgreSQL, main/plans_test.c sees to it. */
Test(privacy, an_accounts_lines_are_found_without_reading_the_journal)
{
    const char *database = getenv("GONGDAO_TEST_DATABASE");
    const struct query_text *query = privacy_queries;
    struct statement *statement;
    bool row;

    if (database && *database) cr_skip_test("it is not SQLite");
    while (strcmp(query->name, "privacy.list_held_account_lines") != 0) query++;
    cr_assert(test_done(statement_open(
        scene->store, arena_print(scene->arena, "explain query plan %s", query->sql).at,
        &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row);
    cr_expect(has(statement_get_text(scene->arena, statement, 3), "journal_for"));
    statement_close(&statement);
}
