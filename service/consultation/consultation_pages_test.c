/* consultation_pages_test.c -- what a resident sees, and what nobody else does.
 *
 * Pages are shown as the router shows them and drawn to HTML, so that what is looked at is what a
 * browser gets. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/people_sql.h"
#include "platform/files.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_pages.h"

static struct scene *scene;
static struct actor anyone, lawyer, supervisor;
static struct str drawn, went;

/* ---- a bureau of one lawyer, closed on Sundays ---- */

static struct outcome make_staff(struct scene *own, const char *login, const char *role,
                                 unsigned is, struct actor *actor)
{
    id person_id;

    TRY(identity_person_add(
        own, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        &person_id));
    TRY(identity_role_add(own, person_id, str_of(role), S("31")));
    *actor = (struct actor){.person_id = person_id,
                            .is = is | WHO_ANYONE,
                            .scopes = scopes_of(S("31")),
                            .name = str_of(login)};
    return DONE;
}

static struct outcome make_bureau(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")}};
    const struct str labour[7] = {S("labour"), S("劳动"),   S("Work"),      S(""),
                                  S(""),       S("lawyer"), S("工资 wages")};
    const struct str family[7] = {S("family"), S("家庭"),   S("Family"),      S(""),
                                  S(""),       S("lawyer"), S("离婚,Divorce")};
    id team_id;

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(people_first_field(own, labour, 1));
    TRY(people_first_field(own, family, 2));
    TRY(people_first_hours(own, false));
    TRY(make_staff(own, "supervisor", "supervisor", WHO_SUPERVISOR, &supervisor));
    TRY(make_staff(own, "anna", "consultant", WHO_CONSULTANT, &lawyer));
    lawyer.team_id = team_id = scene_new_id(own);
    TRY(people_add_demo_team(own->store, team_id, S("one"), S("一队"), S("One"), S("district"),
                             S("310101"), 0));
    TRY(people_add_demo_consultant(own->store, lawyer.person_id, S("lawyer"), team_id, S("310101"),
                                   S("1"), own->now - 1,
                                   own->now + 100 * (int64_t)SECONDS_PER_DAY));
    TRY(people_add_demo_field(own->store, lawyer.person_id, S("labour")));
    return people_add_demo_language(own->store, lawyer.person_id, S("zh"));
}

static const struct act bureau = {.name = "test.bureau", .who = WHO_SYSTEM, .run = make_bureau};

enum { MONDAY_TEN = TEST_NOW + 26 * SECONDS_PER_HOUR };

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    cr_assert(test_done(test_act(scene, &bureau, NULL, NULL)));
    anyone = (struct actor){.is = WHO_ANYONE};
    scene->actor = anyone;
    scene->language = LANGUAGE_EN;
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_pages, .init = set_up, .fini = tear_down);

/* ---- small steps ---- */

static const struct page *find_in(const struct page *pages, enum method method, const char *path)
{
    for (; pages->path; pages++) {
        if (pages->method == method && strcmp(pages->path, path) == 0) return pages;
    }
    return NULL;
}

static const struct page *find_page(enum method method, const char *path)
{
    const struct page *page = find_in(consultation_module.pages, method, path);

    for (size_t i = 0; !page && consultation_module.more_pages[i]; i++)
        page = find_in(consultation_module.more_pages[i], method, path);
    cr_assert(page, "no page %s", path);
    return page;
}

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

/* Shows a page to `who`; what a browser gets is in `drawn`, where it is sent on to in `went`. */
static struct outcome show_to(struct actor who, const char *path, struct str reference,
                              const char *name, const char *value)
{
    const struct page *page = find_page(GET, path);
    struct face face = {
        .arena = scene->arena, .language = scene->language, .mode = S("normal"), .who = who.is};
    struct request request = {.scene = scene, .face = &face};
    void *query = page->query ? fill(page->query, reference, name, value) : NULL;
    void *view = arena_take(scene->arena, page->view ? page->view->size : 1, 1);
    struct file_answer file = {0};
    struct out *out = out_open(scene->arena, 1 << 20);
    struct outcome outcome;

    scene->actor = who;
    drawn = went = S("");
    outcome = page->file ? page->file(&request, query, &file) : page->show(&request, query, view);
    cr_assert(!outcome.fault, "%s: %s", path, outcome.fault ? outcome.fault : "");
    if (!IS_DONE(outcome)) return outcome;
    went = request.go;
    if (page->html && !went.len)
        page->html->body(out, &face, view);
    else if (page->view)
        view_json(out, page->view, view);
    drawn = out_text(out);
    return outcome;
}

static bool shows(const char *text)
{
    return str_find(drawn, str_of(text)) >= 0;
}

static struct consultation_asked_view ask_as(const char *mode, const char *text, const char *phone,
                                             struct actor *resident)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = str_of(text), .mode = str_of(mode), .phone = str_of(phone)};
    struct consultation_asked_view told;

    scene->actor = anyone;
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    cr_assert(test_done(identity_identify(scene, told.token, resident)));
    resident->is |= WHO_ANYONE;
    return told;
}

static struct outcome act_as(struct actor who, const struct act *act, struct str reference,
                             const char *name, const char *value)
{
    scene->actor = who;
    return test_act(scene, act, fill(act->form, reference, name, value), NULL);
}

static struct consultation_asked_view talking(const char *text, struct actor *resident)
{
    struct consultation_presence_form here = {.state = S("online"), .capacity = 3};
    struct consultation_asked_view told;

    scene->now = MONDAY_TEN;
    scene->actor = lawyer;
    cr_assert(test_done(test_act(scene, &consultation_presence, &here, NULL)));
    told = ask_as("live", text, "", resident);
    cr_assert(test_done(act_as(lawyer, &consultation_accept, told.reference, NULL, NULL)));
    return told;
}

static void say(struct actor who, struct str reference, const char *text, bool internal)
{
    struct consultation_say_form form = {
        .reference = reference, .text = str_of(text), .internal = internal};

    scene->actor = who;
    cr_assert(test_done(test_act(scene, &consultation_say, &form, NULL)));
}

/* ---- the page of a case ---- */

Test(consultation_pages, hostile_words_are_only_words)
{
    const char *hostile = "<script>alert(1)</script>\" onclick='x' </textarea>&amp;";
    struct actor resident;
    struct consultation_asked_view told = ask_as("message", hostile, "", &resident);

    cr_assert(test_done(show_to(resident, "/consultations/{reference}", told.reference, NULL, "")));
    cr_expect(!shows("<script>alert"));
    cr_expect(!shows("onclick='x'"));
    cr_expect(shows("&lt;script&gt;alert(1)&lt;/script&gt;"));
    cr_expect(shows("&amp;amp;"));
}

Test(consultation_pages, internal_notes_reach_the_colleague_and_never_the_resident)
{
    struct actor resident;
    struct consultation_asked_view told = talking("hello", &resident);
    const char *list = "/consultations/{reference}/messages";

    say(lawyer, told.reference, "a word to you", false);
    say(lawyer, told.reference, "a secret note", true);
    cr_assert(test_done(show_to(resident, "/consultations/{reference}", told.reference, NULL, "")));
    cr_expect(shows("a word to you"));
    cr_expect(!shows("a secret note"));
    cr_assert(test_done(show_to(resident, list, told.reference, NULL, "")));
    cr_expect(shows("a word to you"));
    cr_expect(!shows("a secret note"));
    cr_assert(test_done(show_to(lawyer, list, told.reference, NULL, "")));
    cr_expect(shows("a secret note"));
}

/* GET /consultations/{reference} as a program gets it. */
static struct consultation_talk_view api_of(struct actor who, struct str reference)
{
    const struct page *page = find_page(GET, "/consultations/{reference}");
    struct face face = {.arena = scene->arena, .who = who.is};
    struct request request = {.scene = scene, .face = &face, .is_api = true};
    struct consultation_talk_view view = {0};

    scene->actor = who;
    cr_assert(test_done(page->show(&request, fill(page->query, reference, NULL, NULL), &view)));
    return view;
}

Test(consultation_pages, who_only_watches_is_not_told_to_write_or_rate)
{
    struct actor resident;
    struct consultation_asked_view told = talking("mine", &resident);

    cr_expect(api_of(resident, told.reference).can_say);
    cr_expect(api_of(lawyer, told.reference).can_say);
    cr_assert(test_done(act_as(supervisor, &consultation_look_in, told.reference, NULL, NULL)));
    cr_expect_not(api_of(supervisor, told.reference).can_say);
    cr_assert(test_done(act_as(resident, &consultation_close_own, told.reference, NULL, NULL)));
    cr_expect(api_of(resident, told.reference).can_rate);
    cr_expect_not(api_of(supervisor, told.reference).can_rate);
}

Test(consultation_pages, to_somebody_else_a_case_does_not_exist)
{
    static const char *const paths[] = {
        "/consultations/{reference}", "/consultations/{reference}/messages",
        "/consultations/{reference}/rating", "/consultations/{reference}/attachments/{attachment}"};
    struct actor resident, other, stranger = {.person_id = 1, .is = WHO_CONSULTANT | WHO_ANYONE};
    struct actor proved = {.person_id = 2,
                           .is = WHO_RESIDENT | WHO_ANYONE,
                           .phone_index = identity_phone_index(scene->arena, S("13900000000"))};
    struct consultation_asked_view told = ask_as("message", "mine", "13812345678", &resident);

    ask_as("message", "not yours", "", &other);
    for (size_t i = 0; i < COUNT(paths); i++) {
        const char *name = strstr(paths[i], "{attachment}") ? "attachment" : NULL;
        const struct actor *who[] = {&anyone, &other, &stranger, &proved};

        for (size_t k = 0; k < COUNT(who); k++)
            cr_expect(show_to(*who[k], paths[i], told.reference, name, "1").refusal == &act_unknown,
                      "%s to %zu", paths[i], k);
        cr_expect(show_to(*who[0], paths[i], S("ZZZZZZZZ"), name, "1").refusal == &act_unknown);
    }
    proved.phone_index = identity_phone_index(scene->arena, S("13812345678"));
    cr_expect(test_done(show_to(proved, paths[0], told.reference, NULL, "")),
              "a proved number opens what was asked with it");
}

Test(consultation_pages, a_supervisor_reads_only_after_looking_in)
{
    const char *list = "/consultations/{reference}/messages";
    struct actor resident;
    struct consultation_asked_view told = ask_as("message", "what I wrote", "", &resident);

    cr_expect(show_to(supervisor, list, told.reference, NULL, "").refusal == &act_not_yours);
    cr_assert(test_done(act_as(supervisor, &consultation_look_in, told.reference, NULL, NULL)));
    cr_assert(test_done(show_to(supervisor, list, told.reference, NULL, "")));
    cr_expect(shows("what I wrote"));
    scene->now += SECONDS_PER_HOUR;
    cr_expect(show_to(supervisor, list, told.reference, NULL, "").refusal == &act_not_yours);
}

Test(consultation_pages, whoever_answers_is_led_to_the_desk)
{
    struct actor resident;
    struct consultation_asked_view told = talking("hello", &resident);

    cr_assert(test_done(show_to(lawyer, "/consultations/{reference}", told.reference, NULL, "")));
    cr_expect(str_begins(went, S("/desk/consultations/")));
    cr_expect(str_ends(went, told.reference));
}

Test(consultation_pages, a_written_question_shows_the_last_day_that_is_in_time)
{
    struct actor resident;
    struct consultation_asked_view told = ask_as("message", "欠薪", "", &resident);

    /* Asked on a Sunday: Monday, Tuesday, Wednesday. */
    cr_assert(test_done(show_to(resident, "/consultations/{reference}", told.reference, NULL, "")));
    cr_expect(shows("25 November 2026"));
    cr_expect(!shows("26 November 2026"));
    cr_expect(shows("data-state=\"message\""));
    cr_expect(str_find(drawn, told.reference) >= 0);
}

Test(consultation_pages, a_long_talk_is_shown_from_its_end_and_goes_back)
{
    struct actor resident;
    struct consultation_asked_view told = talking("the first word", &resident);
    const char *page = "/consultations/{reference}";
    int64_t at;
    struct str before, rest;

    for (int i = 0; i < CONSULTATION_PAGE_MESSAGES; i++)
        say(resident, told.reference, i == 19 ? "the last word" : "between", false);
    cr_assert(test_done(show_to(resident, page, told.reference, NULL, "")));
    cr_expect(shows("the last word"));
    cr_expect(!shows("the first word"));
    at = str_find(drawn, S("?before="));
    cr_assert(at > 0);
    before = (struct str){drawn.at + at + 8, drawn.len - (size_t)at - 8};
    before = str_cut(before, '"', &rest);
    cr_assert(test_done(
        show_to(resident, page, told.reference, "before", arena_c(scene->arena, before))));
    cr_expect(shows("the first word"));
    cr_expect(!shows("the last word"));
    cr_expect(!shows("data-island=\"conversation\""), "old words are not followed live");
}

Test(consultation_pages, the_list_of_messages_goes_on_where_it_ended)
{
    const char *list = "/consultations/{reference}/messages";
    struct actor resident;
    struct consultation_asked_view told = ask_as("message", "one", "", &resident);

    cr_assert(test_done(show_to(resident, list, told.reference, "limit", "1")));
    cr_expect(shows("\"next\":null"), "one message, and no more");
    say(resident, told.reference, "two", false);
    cr_assert(test_done(show_to(resident, list, told.reference, "limit", "1")));
    cr_expect(!shows("\"next\":null"));
    cr_expect(!shows("two"));
}

Test(consultation_pages, of_a_queue_nobody_serves_nothing_is_promised)
{
    struct actor resident;
    struct consultation_asked_view told;

    scene->now = MONDAY_TEN;
    told = ask_as("live", "hello", "", &resident);
    cr_assert(test_done(show_to(resident, "/consultations/{reference}", told.reference, NULL, "")));
    cr_expect(shows("data-state=\"waiting\""));
    cr_expect(shows("Nobody who can answer this is on line"));
    cr_expect(!shows("You are next."));
    cr_expect(shows("/leave-message\""));
}

Test(consultation_pages, nobody_is_named_for_a_case_they_never_spoke_in)
{
    struct actor resident;
    struct consultation_asked_view told = ask_as("message", "hello", "", &resident);

    cr_assert(test_done(act_as(resident, &consultation_close_own, told.reference, NULL, NULL)));
    cr_assert(test_done(
        show_to(resident, "/consultations/{reference}/rating", told.reference, NULL, "")));
    cr_expect(shows("name=\"stars\""));
    cr_expect(!shows("anna"));
}

Test(consultation_pages, a_rating_is_asked_for_once)
{
    struct actor resident;
    struct consultation_asked_view told = talking("hello", &resident);
    const char *page = "/consultations/{reference}/rating";

    cr_assert(test_done(show_to(resident, page, told.reference, NULL, "")));
    cr_expect(!shows("name=\"stars\""), "not while the talk goes on");
    cr_assert(test_done(act_as(resident, &consultation_close_own, told.reference, NULL, NULL)));
    cr_assert(test_done(show_to(resident, page, told.reference, NULL, "")));
    cr_expect(shows("name=\"stars\""));
    cr_expect(shows("anna"));
    cr_assert(test_done(act_as(resident, &consultation_rate, told.reference, "stars", "4")));
    cr_assert(test_done(show_to(resident, page, told.reference, NULL, "")));
    cr_expect(!shows("name=\"stars\""));
    cr_expect(shows("4 of 5"));
}

/* ---- the way to a question ---- */

static void bring_visitor(char letter)
{
    char visitor[TOKEN_LEN];

    memset(visitor, letter, sizeof visitor);
    test_bring(scene, "", S(""));
    test_bring(scene, "visitor", arena_copy(scene->arena, (struct str){visitor, TOKEN_LEN}));
    scene->actor = anyone;
}

/* Refusals and quiet heartbeats use no number; a new act is given one of its own. */
static struct outcome step(const struct act *act, const char *name, const char *value)
{
    scene->quiet = false;
    return act_as(anyone, act, S(""), name, value);
}

static void write_draft(void)
{
    cr_assert(test_done(step(&consultation_draft_field, "field", "labour")));
    cr_assert(test_done(step(&consultation_draft_text, "text", "老板不发工资")));
    scene->quiet = false;
}

Test(consultation_pages, a_draft_stays_with_its_browser_and_is_sealed)
{
    struct consultation_draft draft;
    struct consultation_find_draft_row row;
    bool found;

    bring_visitor('a');
    write_draft();
    cr_assert(test_done(step(&consultation_draft_contact, "phone", "138 1234 5678")));
    cr_assert(test_done(consultation_draft_of(scene, &draft)));
    cr_expect(str_same(draft.text, S("老板不发工资")));
    cr_expect(str_same(draft.phone, S("13812345678")));
    cr_assert(test_done(consultation_find_draft(
        scene->arena, scene->store,
        secret_token_hash(scene->arena, scene_brought(scene, S("visitor"))), &row, &found)));
    cr_assert(found);
    cr_expect(str_find(row.text_sealed, S("工资")) < 0);
    cr_expect(str_find(row.phone_sealed, S("13812345678")) < 0);
    bring_visitor('b');
    cr_assert(test_done(consultation_draft_of(scene, &draft)));
    cr_expect(draft.text.len == 0 && draft.field.len == 0);
}

Test(consultation_pages, without_a_browsers_cookie_nothing_is_kept_for_everybody)
{
    struct consultation_draft draft;

    test_bring(scene, "", S(""));
    cr_expect(step(&consultation_draft_field, "field", "labour").refusal ==
              &consultation_draft_gone);
    cr_assert(test_done(consultation_draft_of(scene, &draft)));
    cr_expect(draft.field.len == 0);
}

Test(consultation_pages, a_page_that_needs_an_earlier_answer_leads_back_to_it)
{
    bring_visitor('a');
    cr_assert(test_done(show_to(anyone, "/ask/check", S(""), NULL, "")));
    cr_expect(str_same(went, S("/my")), "most who come here have sent it");
    cr_assert(test_done(step(&consultation_draft_field, "field", "labour")));
    cr_assert(test_done(show_to(anyone, "/ask/where", S(""), NULL, "")));
    cr_expect(str_same(went, S("/ask/text")));
}

Test(consultation_pages, words_of_the_search_box_bring_their_field_first)
{
    int64_t work, family;

    bring_visitor('a');
    cr_assert(test_done(show_to(anyone, "/ask/field", S(""), "q", "I want a divorce")));
    work = str_find(drawn, S("value=\"labour\""));
    family = str_find(drawn, S("value=\"family\""));
    cr_expect(family > 0 && family < work);
    cr_assert(test_done(show_to(anyone, "/ask/field", S(""), "q", "nothing of this")));
    work = str_find(drawn, S("value=\"labour\""));
    family = str_find(drawn, S("value=\"family\""));
    cr_expect(work > 0 && work < family);
    cr_expect(shows("value=\"nothing of this\""));
}

Test(consultation_pages, at_night_only_writing_is_offered_and_the_next_opening_named)
{
    struct consultation_asked_view told;
    struct outcome outcome;

    bring_visitor('a');
    write_draft();
    cr_assert(test_done(show_to(anyone, "/ask/check", S(""), NULL, "")));
    cr_expect(!shows("value=\"live\""));
    cr_expect(shows("value=\"message\""));
    cr_expect(shows("Monday 23 November 2026 from 09:00"));
    cr_expect(shows("25 November 2026"));
    scene->quiet = false;
    outcome = act_as(anyone, &consultation_ask_draft, S(""), "mode", "live");
    cr_expect(outcome.refusal == &consultation_not_open);
    cr_expect(str_find(outcome.detail, S("23 November 2026")) >= 0);
    /* What was typed is still there, and can be left in writing. */
    scene->actor = anyone;
    cr_assert(test_done(test_act(scene, &consultation_ask_draft,
                                 fill(&consultation_send_form, S(""), "mode", "message"), &told)));
    cr_expect(str_same(told.state, S("message")));
}

Test(consultation_pages, in_opening_hours_both_ways_are_offered)
{
    scene->now = MONDAY_TEN;
    bring_visitor('a');
    write_draft();
    cr_assert(test_done(show_to(anyone, "/ask/check", S(""), NULL, "")));
    cr_expect(shows("value=\"live\""));
    cr_expect(shows("value=\"message\""));
    cr_expect(shows("nobody is on line"));
}

Test(consultation_pages, a_sent_draft_is_gone_and_is_not_sent_twice)
{
    struct consultation_draft draft;

    bring_visitor('a');
    write_draft();
    cr_assert(test_done(act_as(anyone, &consultation_ask_draft, S(""), "mode", "message")));
    cr_assert(test_done(consultation_draft_of(scene, &draft)));
    cr_expect(draft.text.len == 0);
    cr_expect(act_as(anyone, &consultation_ask_draft, S(""), "mode", "message").refusal ==
              &consultation_draft_gone);
    cr_expect_eq(test_journal(scene, "consultation.ask"), 1);
}

Test(consultation_pages, changing_one_answer_leads_back_to_all_of_them)
{
    struct consultation_draft_text_form form = {.text = S("anders"), .back = S("check")};
    struct consultation_step_view told;

    bring_visitor('a');
    write_draft();
    cr_assert(test_done(test_act(scene, &consultation_draft_text, &form, &told)));
    cr_expect(str_same(told.next, S("check")));
    form.back = S("//evil");
    scene->quiet = false;
    cr_assert(test_done(test_act(scene, &consultation_draft_text, &form, &told)));
    cr_expect(str_same(told.next, S("where")));
}

/* ---- finding it again ---- */

Test(consultation_pages, mine_lists_what_is_mine_and_nothing_else)
{
    struct actor resident, other;
    struct consultation_asked_view mine = ask_as("message", "mine", "13812345678", &resident);
    struct consultation_asked_view not_mine = ask_as("message", "other", "", &other);
    struct actor proved = {.person_id = 9,
                           .is = WHO_RESIDENT | WHO_ANYONE,
                           .phone_index = identity_phone_index(scene->arena, S("13812345678"))};
    const struct actor *who[] = {&resident, &proved};

    for (size_t i = 0; i < COUNT(who); i++) {
        cr_assert(test_done(show_to(*who[i], "/my", S(""), NULL, "")));
        cr_expect(str_find(drawn, mine.reference) >= 0, "%zu", i);
        cr_expect(str_find(drawn, not_mine.reference) < 0, "%zu", i);
    }
    cr_assert(test_done(show_to(anyone, "/my", S(""), NULL, "")));
    cr_expect(str_find(drawn, mine.reference) < 0);
    cr_expect(shows("name=\"phone\""));
}

Test(consultation_pages, mine_says_how_a_question_begins_and_on_which_weekday)
{
    struct actor resident;

    ask_as("message", "My boss <b>does not</b> pay", "13812345678", &resident);
    cr_assert(test_done(show_to(resident, "/my", S(""), NULL, "")));
    cr_expect(shows("My boss &lt;b&gt;does not&lt;/b&gt; pay"));
    cr_expect(shows("Wednesday 25 November 2026"));
}

Test(consultation_pages, a_reference_is_found_however_it_is_copied)
{
    struct consultation_find_form form = {.phone = S("13812345678"), .reference = S("7g3k 2m9p")};
    struct consultation_step_view told;

    cr_assert(test_done(test_act(scene, &consultation_find, &form, &told)));
    cr_expect(str_find(told.next, S("7G3K2M9P")) > 0);
    cr_expect(str_begins(told.next, S("/session/code?next=%2F")));
    form.reference = S("7g3k/../x");
    cr_expect(test_act(scene, &consultation_find, &form, &told).refusal != NULL);
}
