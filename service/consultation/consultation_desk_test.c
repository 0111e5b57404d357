/* consultation_desk_test.c -- what a consultant sees at the desk, and what nobody else does.
 *
 * Pages are drawn to HTML, so that what is looked at is what a browser gets. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/people_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_desk_read.h"

static struct scene *scene;
static struct actor anna, bo, leader, resident;
static struct form_state came_back; /* of a form that was refused; .form NULL: none did */
static struct str drawn;

static const char desk_path[] = "/desk", case_path[] = "/desk/consultations/{reference}",
                  list_path[] = "/desk/consultations/{reference}/messages";

/* ---- a team of two lawyers and a leader ---- */

static struct outcome make_person(struct scene *own, const char *login, const char *role,
                                  unsigned is, id team_id, struct actor *actor)
{
    id person_id;

    TRY(identity_person_add(
        own, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        &person_id));
    TRY(identity_role_add(own, person_id, str_of(role), S("31")));
    *actor = (struct actor){
        .person_id = person_id, .is = is | WHO_ANYONE, .name = str_of(login), .team_id = team_id};
    return DONE;
}

static struct outcome make_lawyer(struct scene *own, const char *login, id team_id,
                                  struct actor *actor)
{
    TRY(make_person(own, login, "consultant", WHO_CONSULTANT, team_id, actor));
    TRY(people_add_demo_consultant(own->store, actor->person_id, S("lawyer"), team_id, S("310101"),
                                   S("1"), own->now - 1,
                                   own->now + 100 * (int64_t)SECONDS_PER_DAY));
    TRY(people_add_demo_field(own->store, actor->person_id, S("labour")));
    return people_add_demo_language(own->store, actor->person_id, S("zh"));
}

static struct outcome make_bureau(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")}};
    const struct str labour[7] = {S("labour"), S("劳动"),   S("Work"), S(""),
                                  S(""),       S("lawyer"), S("")};
    id team_id = scene_new_id(own);

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(people_first_field(own, labour, 1));
    TRY(people_first_hours(own, true));
    TRY(make_person(own, "lead", "leader", WHO_LEADER, team_id, &leader));
    TRY(people_add_demo_team(own->store, team_id, S("one"), S("一队"), S("One"), S("district"),
                             S("310101"), leader.person_id));
    TRY(make_lawyer(own, "anna", team_id, &anna));
    return make_lawyer(own, "bo", team_id, &bo);
}

static const struct act bureau = {.name = "test.bureau", .who = WHO_SYSTEM, .run = make_bureau};

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    cr_assert(test_done(test_act(scene, &bureau, NULL, NULL)));
    scene->language = LANGUAGE_EN;
    came_back = (struct form_state){0};
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_desk, .init = set_up, .fini = tear_down);

/* ---- small steps ---- */

static void *fill(const struct form *form, struct str reference, const char *name,
                  const char *value)
{
    struct form_state state = {.form = form};
    void *values = arena_take(scene->arena, form->size, 1);

    if (form_place(form, S("reference")) >= 0)
        state.given[form_place(form, S("reference"))] = reference;
    if (name) state.given[form_place(form, str_of(name))] = str_of(value);
    cr_assert(form_check(scene->arena, &state, values) == 0);
    return values;
}

static const struct page *find_page(enum method method, const char *path)
{
    const struct page *page = consultation_desk_pages;

    while (page->path && (page->method != method || strcmp(page->path, path))) page++;
    cr_assert(page->path, "no page %s", path);
    return page;
}

static struct outcome show_as(struct actor who, bool is_api, const char *path, struct str reference,
                              const char *name, const char *value)
{
    const struct page *page = find_page(GET, path);
    struct face face = {.arena = scene->arena,
                        .language = scene->language,
                        .mode = S("normal"),
                        .who = who.is,
                        .form = came_back.form ? &came_back : NULL};
    struct request request = {.scene = scene, .face = &face, .is_api = is_api};
    void *view = arena_take(scene->arena, page->view->size, 1);
    struct out *out = out_open(scene->arena, 1 << 20);
    struct outcome outcome;

    cr_assert(page->who & who.is, "%s is not for this person", path);
    scene->actor = who;
    drawn = S("");
    outcome =
        page->show(&request, page->query ? fill(page->query, reference, name, value) : NULL, view);
    cr_assert(!outcome.fault, "%s: %s", path, outcome.fault ? outcome.fault : "");
    if (!IS_DONE(outcome)) return outcome;
    if (page->html && !is_api)
        page->html->body(out, &face, view);
    else
        view_json(out, page->view, view);
    drawn = out_text(out);
    return outcome;
}

static void see(struct actor who, const char *path, struct str reference)
{
    struct outcome outcome = show_as(who, false, path, reference, NULL, NULL);

    cr_assert(IS_DONE(outcome), "%s", outcome.refusal ? outcome.refusal->key : "");
}

static bool shows(const char *text)
{
    return str_find(drawn, str_of(text)) >= 0;
}

static bool shows_reference(const char *before, struct str reference)
{
    return str_find(drawn, arena_print(scene->arena, "%s%.*s", before, STR_ARGS(reference))) >= 0;
}

static void be(struct actor who, const char *state)
{
    struct consultation_presence_form form = {.state = str_of(state), .capacity = 3};

    scene->actor = who;
    cr_assert(test_done(test_act(scene, &consultation_presence, &form, NULL)));
}

/* Asks for anna by name. */
static struct str ask(const char *mode, const char *text)
{
    struct consultation_ask_form form = {
        .field = S("labour"),
        .text = str_of(text),
        .mode = str_of(mode),
        .phone = S("13812345678"),
        .district = S("310101"),
        .wants__consultant = arena_print(scene->arena, "%lld", (long long)anna.person_id)};
    struct consultation_asked_view told;

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    cr_assert(test_done(identity_identify(scene, told.token, &resident)));
    resident.is |= WHO_ANYONE;
    return told.reference;
}

static struct outcome act_as(struct actor who, const struct act *act, struct str reference,
                             const char *name, const char *value, void *result)
{
    scene->actor = who;
    return test_act(scene, act, fill(act->form, reference, name, value), result);
}

static struct str talking(const char *text)
{
    struct str reference;

    be(anna, "online");
    reference = ask("live", text);
    cr_assert(test_done(act_as(anna, &consultation_accept, reference, NULL, NULL, NULL)));
    return reference;
}

static void say(struct actor who, const struct act *act, struct str reference, const char *text,
                bool internal)
{
    struct consultation_say_form form = {
        .reference = reference, .text = str_of(text), .internal = internal};

    scene->actor = who;
    cr_assert(test_done(test_act(scene, act, &form, NULL)));
}

static void clock_does(const char *name, struct str reference)
{
    struct consultation_find_reference_row row;
    struct clock_form form;
    bool found;

    cr_assert(test_done(consultation_find_reference(scene->store, reference, &row, &found)));
    form = (struct clock_form){.case_id = row.consultation_id, .due_at = scene->now};
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    for (size_t i = 0; consultation_clock_acts[i]; i++) {
        if (strcmp(consultation_clock_acts[i]->name, name)) continue;
        cr_assert(test_done(test_act(scene, consultation_clock_acts[i], &form, NULL)));
        return;
    }
    cr_assert_fail("no act %s", name);
}

/* ---- the list ---- */

Test(consultation_desk, an_offer_says_what_it_is_and_why_it_is_mine)
{
    struct str reference;

    be(anna, "online");
    reference = ask("live", "My wages are late");
    see(anna, desk_path, S(""));
    cr_expect(shows_reference("/desk/offers/", reference));
    cr_expect(shows("My wages are late"));
    cr_expect(shows("The case is meant for you"));
    cr_expect(shows("You know this field of law"));
    cr_expect(shows("The resident lives in your district"));
    cr_expect(!shows("You have advised this resident before"));
}

Test(consultation_desk, nobody_sees_what_a_colleague_has)
{
    struct str reference = talking("Mine alone");

    be(bo, "online");
    see(anna, desk_path, S(""));
    cr_expect(shows_reference("/desk/consultations/", reference));
    see(bo, desk_path, S(""));
    cr_expect(!shows_reference("", reference));
    cr_expect(!shows("Mine alone"));
    cr_expect(show_as(bo, false, case_path, reference, NULL, NULL).refusal == &act_unknown);
    cr_expect(show_as(bo, true, list_path, reference, NULL, NULL).refusal == &act_unknown);
    cr_expect(act_as(bo, &consultation_desk_say, reference, "text", "hello", NULL).refusal ==
              &act_unknown);
    cr_expect(act_as(bo, &consultation_desk_phone, reference, NULL, NULL, NULL).refusal ==
              &act_unknown);
}

Test(consultation_desk, the_api_lists_offers_talks_and_written_questions)
{
    struct str talk = talking("one"), offer = ask("live", "two"), letter = ask("message", "three");

    cr_assert(test_done(show_as(anna, true, desk_path, S(""), NULL, NULL)));
    cr_expect(shows_reference("\"offers\":[{\"reference\":\"", offer));
    cr_expect(shows_reference("\"talks\":[{\"reference\":\"", talk));
    cr_expect(shows_reference("\"written\":[{\"reference\":\"", letter));
    cr_expect(shows("\"urgency\":\"calm\""));
    cr_expect(!shows("13812345678"));
}

Test(consultation_desk, unread_is_what_the_resident_wrote_since_i_read)
{
    struct str reference = talking("first");

    say(resident, &consultation_say, reference, "second", false);
    cr_assert(test_done(show_as(anna, true, desk_path, S(""), NULL, NULL)));
    cr_expect(shows("\"unread\":2"));
    cr_assert(test_done(act_as(anna, &consultation_desk_read, reference, "seq", "999999", NULL)));
    say(anna, &consultation_desk_say, reference, "mine does not count", false);
    cr_assert(test_done(show_as(anna, true, desk_path, S(""), NULL, NULL)));
    cr_expect(shows("\"unread\":0"));
    say(resident, &consultation_say, reference, "third", false);
    cr_assert(test_done(show_as(anna, true, desk_path, S(""), NULL, NULL)));
    cr_expect(shows("\"unread\":1"));
}

Test(consultation_desk, answering_from_a_page_marks_what_it_showed_as_read)
{
    struct str reference = talking("first");

    scene->channel = S("web");
    say(anna, &consultation_desk_say, reference, "hello", false);
    cr_assert(test_done(show_as(anna, true, desk_path, S(""), NULL, NULL)));
    cr_expect(shows("\"unread\":0"));
}

Test(consultation_desk, urgency_is_said_in_words_that_change_as_time_goes)
{
    struct str reference = ask("message", "When?");

    see(anna, desk_path, S(""));
    cr_expect(shows("tag-message\">In time<"));
    clock_does("consultation.warn_half", reference);
    see(anna, desk_path, S(""));
    cr_expect(shows("tag-waiting\">Half time gone<"));
    clock_does("consultation.warn_late", reference);
    see(anna, desk_path, S(""));
    cr_expect(shows("tag-late\">Nearly too late<"));
    clock_does("consultation.warn_over", reference);
    see(anna, case_path, reference);
    cr_expect(shows("tag-late\">Too late: answer now<"));
}

Test(consultation_desk, what_is_overdue_says_so_although_the_clock_was_late)
{
    cr_expect_str_eq(consultation_urgency_of(0, 100, 99).word, "calm");
    cr_expect_str_eq(consultation_urgency_of(0, 100, 100).word, "over");
    cr_expect_str_eq(consultation_urgency_of(9, 100, 1).word, "over");
}

Test(consultation_desk, the_most_pressing_letter_is_on_top)
{
    struct str first = ask("message", "a"), second;

    scene->now += 20 * (int64_t)SECONDS_PER_DAY;
    second = ask("message", "b");
    see(anna, desk_path, S(""));
    cr_expect(str_find(drawn, first) < str_find(drawn, second));
    cr_expect(str_find(drawn, first) >= 0);
}

Test(consultation_desk, what_is_handed_on_is_gone_from_the_desk)
{
    struct str reference = talking("Somebody else's now");
    struct consultation_transfer_form form = {
        .reference = reference, .profession = S("notary"), .reason = S("a deed")};

    scene->actor = anna;
    cr_assert(test_done(test_act(scene, &consultation_transfer, &form, NULL)));
    see(anna, desk_path, S(""));
    cr_expect(!shows_reference("", reference));
    cr_expect(show_as(anna, false, case_path, reference, NULL, NULL).refusal == &act_unknown);
}

Test(consultation_desk, what_is_finished_can_be_found_again)
{
    struct str reference = talking("short");
    struct consultation_close_form form = {
        .reference = reference, .outcome = S("advised"), .summary = S("told to <wait>")};

    scene->actor = anna;
    cr_assert(test_done(test_act(scene, &consultation_close, &form, NULL)));
    see(anna, desk_path, S(""));
    cr_expect(shows_reference("id=\"item-", reference));
    see(anna, case_path, reference);
    cr_expect(shows("told to &lt;wait&gt;"));
    cr_expect(!shows("/transfer\""));
    cr_expect(!shows("/close\""));
    cr_expect(shows("Keep as internal note"));
}

/* ---- a conversation ---- */

Test(consultation_desk, hostile_words_are_only_words)
{
    const char *hostile = "<script>alert(1)</script>\" onclick='x' </textarea>&amp;";
    struct str reference;

    be(anna, "online");
    reference = ask("live", hostile);
    see(anna, desk_path, S(""));
    cr_expect(!shows("<script>alert") && !shows("onclick='x'"));
    cr_assert(test_done(act_as(anna, &consultation_accept, reference, NULL, NULL, NULL)));
    see(anna, case_path, reference);
    cr_expect(!shows("<script>alert") && !shows("onclick='x'"));
    cr_expect(shows("&lt;script&gt;alert(1)"));
}

Test(consultation_desk, internal_notes_are_for_consultants)
{
    struct str reference = talking("hello");

    say(anna, &consultation_desk_say, reference, "a secret note", true);
    see(anna, case_path, reference);
    cr_expect(shows("a secret note") && shows("message-internal"));
    cr_assert(test_done(show_as(anna, true, list_path, reference, NULL, NULL)));
    cr_expect(shows("a secret note"));
    cr_expect(show_as(anna, true, list_path, reference, "before", "1").refusal == NULL);
    cr_expect(!shows("a secret note"));
}

Test(consultation_desk, a_letter_is_answered_and_not_talked_to)
{
    struct str reference = ask("message", "Please write back");

    see(anna, case_path, reference);
    cr_expect(shows("/answer\""));
    cr_expect(!shows("data-post="));
    cr_expect(!shows("/close\""), "a promise is kept by an answer");
    say(anna, &consultation_desk_answer, reference, "Here it is", false);
    see(anna, case_path, reference);
    cr_expect(shows("Add to the answer"));
    cr_expect(shows("/close\""));
}

Test(consultation_desk, writing_is_a_sign_of_life)
{
    struct str reference = talking("hello");
    struct people_find_consultant_row me;
    bool found;

    scene->now += 100;
    say(anna, &consultation_desk_say, reference, "still here", false);
    cr_assert(test_done(people_consultant(scene, anna.person_id, &me, &found)));
    cr_expect_eq(me.seen_at, scene->now);
    cr_expect(str_same(me.presence, S("online")));
}

Test(consultation_desk, the_number_is_shown_once_after_asking_and_to_nobody_else)
{
    struct str reference = talking("call me"), cookie;
    struct consultation_phone_view told = {0};

    see(anna, case_path, reference);
    cr_expect(shows("138****5678") && !shows("13812345678"));
    scene->channel = S("web");
    cr_assert(test_done(act_as(anna, &consultation_desk_phone, reference, NULL, NULL, &told)));
    cr_expect_eq(test_journal(scene, "consultation.phone"), 1);
    cookie = test_cookie(scene, "shown");
    cr_assert(cookie.len > 0);
    cr_expect(str_find(cookie, S("13812345678")) < 0, "sealed on its way");
    test_bring(scene, "shown", cookie);
    scene->cookies_count = 0;
    see(anna, case_path, reference);
    cr_expect(shows("13812345678"));
    cr_expect(str_same(test_cookie(scene, "shown"), S("")) && scene->cookies_count == 1,
              "taken: the browser forgets it");
    scene->now += 61;
    see(anna, case_path, reference);
    cr_expect(!shows("13812345678"), "too late");
}

Test(consultation_desk, a_number_shown_for_one_case_is_not_shown_in_another)
{
    struct str first = talking("one"), second = talking("two");
    struct consultation_phone_view told = {0};

    scene->channel = S("web");
    cr_assert(test_done(act_as(anna, &consultation_desk_phone, first, NULL, NULL, &told)));
    test_bring(scene, "shown", test_cookie(scene, "shown"));
    see(anna, case_path, second);
    cr_expect(!shows("13812345678"));
}

Test(consultation_desk, a_leader_reads_only_after_looking_in_and_writes_never)
{
    struct str reference = talking("hello");
    struct consultation_state_view told = {0};

    cr_expect(show_as(leader, false, case_path, reference, NULL, NULL).refusal == &act_not_yours);
    cr_expect(show_as(leader, true, list_path, reference, NULL, NULL).refusal == &act_not_yours);
    cr_assert(test_done(act_as(leader, &consultation_look_in, reference, NULL, NULL, &told)));
    see(leader, case_path, reference);
    cr_expect(shows("You are looking in"));
    cr_expect(!shows("<form"));
    cr_expect(!shows("13812345678"));
    scene->now += 31 * SECONDS_PER_MINUTE;
    cr_expect(show_as(leader, false, case_path, reference, NULL, NULL).refusal == &act_not_yours);
}

/* ---- forms that come back ---- */

Test(consultation_desk, what_was_typed_comes_back_with_what_is_wrong)
{
    static const struct reason wrong = {"test.wrong", "Too long", 422};
    struct str reference = talking("hello");
    int text = form_place(&consultation_say_form, S("text"));

    came_back = (struct form_state){.form = &consultation_say_form, .wrong_count = 1};
    came_back.given[text] = S("half a <sentence>");
    came_back.wrong[text] = &wrong;
    came_back.given[form_place(&consultation_say_form, S("internal"))] = S("1");
    see(anna, case_path, reference);
    cr_expect(shows("half a &lt;sentence&gt;</textarea>"));
    cr_expect(shows("aria-invalid=\"true\""));
    cr_expect(shows("name=\"internal\" value=\"1\" checked"));
}

Test(consultation_desk, a_refused_transfer_is_unfolded)
{
    struct str reference = talking("hello");

    see(anna, case_path, reference);
    cr_expect(!shows("<details open"));
    came_back = (struct form_state){.form = &consultation_transfer_form,
                                    .refusal = &consultation_transfer_where};
    see(anna, case_path, reference);
    cr_expect(shows("<details open"));
    cr_expect(shows("wrong-summary"));
}

Test(consultation_desk, only_the_offer_whose_reason_was_wrong_is_unfolded)
{
    struct str first, second;

    be(anna, "online");
    first = ask("live", "a");
    second = ask("live", "b");
    came_back = (struct form_state){.form = &consultation_decline_form, .wrong_count = 1};
    came_back.given[form_place(&consultation_decline_form, S("reference"))] = second;
    see(anna, desk_path, S(""));
    cr_expect(shows("id=\"f-reason\""));
    cr_expect(shows_reference("id=\"reason-", first));
    cr_expect(!shows_reference("id=\"reason-", second));
}

/* ---- ready answers ---- */

Test(consultation_desk, ready_answers_are_ones_own)
{
    struct consultation_canned_add_form form = {
        .title = S("Safe?"), .text = S("Are you <safe>?"), .field = S("labour")};
    struct consultation_canned_added_view added = {0};
    struct str reference = talking("hello"), number;

    scene->actor = anna;
    cr_assert(test_done(test_act(scene, &consultation_canned_add, &form, &added)));
    number = arena_print(scene->arena, "%lld", (long long)added.id);
    see(anna, case_path, reference);
    cr_expect(shows("data-text=\"Are you &lt;safe&gt;?\""));
    cr_assert(test_done(show_as(anna, false, case_path, reference, "canned", number.at)));
    cr_expect(shows(">Are you &lt;safe&gt;?</textarea>"));
    see(bo, "/desk/canned", S(""));
    cr_expect(!shows("Safe?"));
    cr_expect(act_as(bo, &consultation_canned_drop, S(""), "canned", number.at, NULL).refusal ==
              &act_unknown);
    cr_assert(test_done(act_as(anna, &consultation_canned_drop, S(""), "canned", number.at, NULL)));
    see(anna, "/desk/canned", S(""));
    cr_expect(!shows("Safe?"));
}

Test(consultation_desk, a_ready_answer_is_for_a_field_there_is)
{
    struct consultation_canned_add_form form = {
        .title = S("x"), .text = S("y"), .field = S("nothing")};
    struct consultation_canned_added_view added = {0};

    scene->actor = anna;
    cr_expect(test_act(scene, &consultation_canned_add, &form, &added).refusal ==
              &consultation_unknown_field);
}

/* ---- the table of routes ---- */

Test(consultation_desk, every_route_says_who_may_and_nobody_below_staff)
{
    for (const struct page *page = consultation_desk_pages; page->path; page++) {
        cr_expect(page->who, "%s", page->path);
        cr_expect(!(page->who & (WHO_ANYONE | WHO_ASKER)), "%s", page->path);
        if (page->method != GET)
            cr_expect_eq(page->who, (unsigned)WHO_CONSULTANT, "%s", page->path);
    }
}
