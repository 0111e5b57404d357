/* mediation_test.c -- who may do what, when; and that what one side says apart stays apart. */
#include "gen/notice_sql.h"
#include "gen/people_sql.h"
#include "platform/held.h"
#include "service/mediation/mediation_stage_test.h"

extern const struct held mediation_holds, cases_holds;

static id part;

TestSuite(mediation, .init = set_up, .fini = tear_down);

/* 2: proposed, objected to by the other side, not proposed again; recused; begun by both. */
Test(mediation, the_mediator_is_agreed_on_objected_to_and_replaced)
{
    struct mediation_desk_view v;

    be(mary, WHO_RESIDENT);
    cr_expect_not(
        test_done(test_post(scene, &mediation_join,
                            arena_print(scene->arena, "invitation=%.*s&code=%.*s&own_name=李建国",
                                        STR_ARGS(reference), STR_ARGS(code))
                                .at,
                            NULL)),
        "nobody is both sides");
    join(john);
    cr_expect_not(test_done(post(&mediation_agree, "")), "nobody is proposed yet");
    propose(ann);
    cr_expect_not(test_done(post(&mediation_begin, "")), "nobody has agreed");
    be(john, WHO_RESIDENT);
    must(&mediation_agree, "");
    cr_expect_not(test_done(post(&mediation_agree, "")), "twice");
    must(&mediation_object, "&objection=SECRET-R0");
    looks(chief, WHO_LEADER);
    cr_expect_not(
        test_done(post(&mediation_propose,
                       arena_print(scene->arena, "&person=%lld&why=再来", (long long)ann).at)),
        "whoever was objected to");
    cr_expect_not(
        test_done(post(&mediation_propose,
                       arena_print(scene->arena, "&person=%lld&why=再来", (long long)chief).at)),
        "no mediator");
    see_desk(&v);
    cr_expect_eq(v.candidates_count, 2);
    cr_expect(v.candidates[0].may && !v.candidates[1].may);
    cr_expect(str_same(v.proposals[0].end_words, S("SECRET-R0")), "the committee reads why");
    propose(ben);
    be(far, WHO_LEADER);
    cr_expect_eq(post(&mediation_begin, "").refusal, &act_unknown, "another district");
    scene->now += 8 * SECONDS_PER_DAY;
    looks(chief, WHO_LEADER);
    must(&mediation_begin, "");
    looks(ben, WHO_CONSULTANT);
    must(&mediation_recuse, "&recusal=亲戚");
    looks(ann, WHO_CONSULTANT);
    see_desk(&v);
    cr_expect(str_same(v.state, S("choosing")));
}

/* ---- what is apart ---- */

/* The view as programs read it, or ""  when the page is not for the reader. */
static struct str told_by(const struct module *module, const struct page *page)
{
    void *view = arena_take(scene->arena, page->view->size, _Alignof(max_align_t));
    struct out *out = out_open(scene->arena, 1 << 20);
    const char *typed = "";
    struct str go;

    memset(view, 0, page->view->size);
    if (page->query && form_place(page->query, S("reference")) >= 0)
        typed = arena_print(scene->arena, "reference=%.*s", STR_ARGS(reference)).at;
    if (!test_done(test_show(scene, module, page->path, typed, view, &go))) return S("");
    view_json(out, page->view, view);
    return out_text(out);
}

static bool leaks(struct str text, const char *secret)
{
    return str_find(text, str_of(secret)) >= 0;
}

/* What a page asks for beside the reference is made up by nobody: such a page is not walked. */
static bool asks_only_reference(const struct form *query)
{
    for (size_t i = 0; query && i < query->fields_count; i++)
        if (query->fields[i].must == REQUIRED &&
            !str_same(str_of(query->fields[i].name), S("reference")))
            return false;
    return true;
}

static int walk_pages(const struct module *module, const struct page *pages, const char *secret)
{
    int found = 0;

    for (; pages->path; pages++)
        if (pages->method == GET && pages->view && pages->show && asks_only_reference(pages->query))
            found += leaks(told_by(module, pages), secret);
    return found;
}

/* On how many pages of the engine and of this room the reader finds it. */
static int walk(const char *secret)
{
    static const struct module *const walked[] = {&cases_module, &mediation_module};
    int found = 0;

    for (size_t i = 0; i < COUNT(walked); i++) {
        found += walk_pages(walked[i], walked[i]->pages, secret);
        for (const struct page *const *more = walked[i]->more_pages; *more; more++)
            found += walk_pages(walked[i], *more, secret);
    }
    return found;
}

static const char *sought;
static struct outcome take(void *mine, const struct held_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) *(int *)mine += leaks(values[i].text, sought);
    return DONE;
}

/* And in the copy of what is held about the reader. */
static int walk_held(id person_id, const char *secret)
{
    const struct held *const holders[] = {&mediation_holds, &cases_holds};
    struct held_person person = {.person_id = person_id};
    int found = 0;

    sought = secret;
    for (size_t i = 0; i < COUNT(holders); i++)
        for (const struct held_list *list = holders[i]->lists; list->query; list++)
            cr_assert(test_done(held_read(scene, holders[i], list, &person, take, &found)));
    return found;
}

static int finds(id person_id, unsigned is, const char *secret)
{
    be(person_id, is);
    return walk(secret) + walk_held(person_id, secret);
}

/* 3: whatever the other side can open, and the copy of what is held; and that the walk finds a leak
 * when there is one. */
Test(mediation, what_one_side_says_apart_is_for_that_side_and_the_mediator)
{
    static const char *const marys[] = {"SECRET-A1", "SECRET-A2", "SECRET-A3"};
    static const char *const johns[] = {"SECRET-R1", "SECRET-R2", "SECRET-R3"};
    struct mediation_find_now_row now;
    struct cases_standing standing;
    bool found;

    talk();
    looks(chief, WHO_LEADER);
    for (size_t i = 0; i < 3; i++) {
        cr_expect_gt(finds(mary, WHO_RESIDENT, marys[i]), 1, "one's own: page and copy");
        cr_expect_gt(finds(john, WHO_RESIDENT, johns[i]), 1);
        cr_expect_eq(finds(mary, WHO_RESIDENT, johns[i]), 0, "the applicant finds %s", johns[i]);
        cr_expect_eq(finds(john, WHO_RESIDENT, marys[i]), 0, "the other side finds %s", marys[i]);
        cr_expect_eq(finds(chief, WHO_LEADER, marys[i]), 0, "the committee finds %s", marys[i]);
        cr_expect_gt(finds(ann, WHO_CONSULTANT, marys[i]), 0, "the mediator");
        cr_expect_eq(finds(ben, WHO_CONSULTANT, johns[i]), 0, "another mediator");
    }
    cr_expect_eq(finds(john, WHO_RESIDENT, "SECRET-A0"), 0, "what only the mediator should know");
    cr_expect_gt(finds(john, WHO_RESIDENT, "TOGETHER"), 0);

    /* The token the other side holds opens this page, and is no applicant's anywhere. */
    cr_assert(test_done(cases_standing_of(scene, MEDIATION_PROCESS, reference, &standing)));
    cr_assert(
        test_done(mediation_find_now(scene->arena, scene->store, standing.case_id, &now, &found)));
    part = now.part_id;
    be(john, WHO_GUEST);
    scene->actor.case_id = part;
    cr_expect_gt(walk("SECRET-R1"), 0);
    cr_expect_eq(walk("SECRET-A1"), 0);
    scene->actor.case_id = part + 1000;
    cr_expect_eq(walk("TOGETHER"), 0, "another token of the same person");

    /* A leak: a record kept under the wrong side.  The walk sees it. */
    looks(ann, WHO_CONSULTANT);
    must(&mediation_record, "&record_side=both&record=SECRET-A9");
    cr_expect_gt(finds(john, WHO_RESIDENT, "SECRET-A9"), 0, "the walk finds nothing at all");
}

static struct outcome own_paper(struct file_answer *file)
{
    struct mediation_reference_form query = {.reference = reference};

    return mediation_send_own(&(struct request){.scene = scene}, &query, file);
}

/* The agreement on paper is for both sides and the committee, and its code verifies. */
static void papers(void)
{
    struct file_answer file;
    struct str value;
    struct cases_standing standing;

    be(mary, WHO_RESIDENT);
    cr_assert(test_done(own_paper(&file)));
    cr_expect(str_begins(file.bytes, S("%PDF-")));
    cr_assert(test_done(cases_standing_of(scene, MEDIATION_PROCESS, reference, &standing)));
    for (const char *const *place = mediation_places; *place; place++) {
        value = S("");
        cr_assert(test_done(
            mediation_place(scene, standing.case_id, scene->now, str_of(*place), &value)));
        cr_expect(value.len || strstr("perform status", *place), "%s", *place);
        cr_expect_not(leaks(value, "SECRET") || leaks(value, "TOGETHER"), "of no session");
    }
    be(far, WHO_LEADER);
    cr_expect_eq(own_paper(&file).refusal, &act_unknown, "a stranger");
    be(john, WHO_RESIDENT);
    cr_assert(test_done(own_paper(&file)), "the other side");
}

/* 1, 4, 5: signed by both in the version read; on paper too; stopped by either. */
Test(mediation, an_agreement_stands_when_both_have_signed_the_same_version)
{
    struct mediation_desk_view v;
    moment until, longest;

    talk();
    must(&mediation_draw, "&form=written&facts=噪音&terms=十点以后安静&perform_day=2026-12-01");
    be(john, WHO_RESIDENT);
    must(&mediation_sign, "&version=1");
    cr_expect_not(test_done(post(&mediation_sign, "&version=1")), "twice");
    looks(ann, WHO_CONSULTANT);
    must(&mediation_draw, "&form=written&facts=噪音&terms=九点以后安静");
    be(mary, WHO_RESIDENT);
    cr_expect_not(test_done(post(&mediation_sign, "&version=1")), "a version that was replaced");
    must(&mediation_sign, "&version=2");
    looks(ann, WHO_CONSULTANT);
    see_desk(&v);
    cr_expect(v.agreement->applicant_at && !v.agreement->respondent_at, "both sign anew");
    cr_expect_eq(v.agreement->confirm_until, 0);
    must(&mediation_sign_paper, "&version=2&paper_side=respondent");
    see_desk(&v);
    cr_expect(str_same(v.state, S("kept")));
    cr_expect(v.agreement->confirm_until > scene->now);
    be(john, WHO_RESIDENT);
    cr_expect_not(test_done(post(&mediation_stop, "")), "what stands is not stopped");

    papers();

    /* 5: both ask within thirty days, after it is closed, too; then the court has its days. */
    must(&mediation_confirm, "");
    cr_expect_not(test_done(post(&mediation_confirm, "")), "twice");
    looks(ann, WHO_CONSULTANT);
    cr_expect_not(test_done(post(&mediation_court, "&court=sent")), "one side alone");
    see_desk(&v);
    scene->now = v.agreement->confirm_until - 1;
    be(mary, WHO_RESIDENT);
    must(&mediation_confirm, "");
    looks(ann, WHO_CONSULTANT);
    cr_expect_not(test_done(post(&mediation_court, "&court=confirmed")), "nobody has sent it");
    must(&mediation_court, "&court=sent");
    must(&mediation_follow, "&performed=partly&follow_words=SECRET-F");
    must(&mediation_follow, "&performed=yes");
    cr_expect_not(test_done(post(&mediation_follow, "&performed=perhaps")));
    see_desk(&v);
    cr_expect(str_same(v.court, S("sent")) && str_same(v.performed, S("yes")));
    cr_expect_eq(v.follows_count, 2);
    mediation_court_until(cases_calendar(), S("sent"), scene->now, &until, &longest);
    cr_expect(until && v.court_until == until, "its three days");
    cr_expect_eq(finds(john, WHO_RESIDENT, "SECRET-F"), 0, "both sides spoke in it");
    looks(ann, WHO_CONSULTANT);
    see_desk(&v);
    must(&cases_decide,
         arena_print(scene->arena, "&action=close&words=好&seen=%lld", (long long)seen_now()).at);
    must(&mediation_court, "&court=accepted");
    must(&mediation_court, "&court=confirmed");
    be(john, WHO_RESIDENT);
    cr_expect_gt(walk("court_confirmed"), 0);
}

static int told_to_john(const char *which)
{
    const struct notice_list_case_notices_row *rows;
    struct mediation_find_now_row now;
    struct cases_standing standing;
    size_t count;
    int told = 0;
    bool found;

    cr_assert(test_done(cases_standing_of(scene, MEDIATION_PROCESS, reference, &standing)));
    cr_assert(
        test_done(mediation_find_now(scene->arena, scene->store, standing.case_id, &now, &found)));
    cr_assert(test_done(
        notice_list_case_notices(scene->arena, scene->store, now.part_id, &rows, &count)));
    for (size_t i = 0; i < count; i++) told += str_same(rows[i].template, str_of(which));
    return told;
}

Test(mediation, the_court_is_not_asked_too_late_nor_about_status)
{
    struct mediation_desk_view v;

    talk();
    must(&mediation_draw, "&form=oral&facts=噪音&terms=安静&perform_day=2026-12-01");
    see_desk(&v);
    be(mary, WHO_RESIDENT);
    must(&mediation_confirm, "");
    by_clock(&mediation_follow_due, scene->now);
    by_clock(&mediation_perform_soon, scene->now);
    by_clock(&mediation_confirm_soon, v.agreement->confirm_until - 7 * SECONDS_PER_DAY);
    be(john, WHO_RESIDENT);
    cr_expect_gt(walk("confirm_soon"), 0);
    cr_expect_gt(walk("follow_due"), 0);
    cr_expect_eq(told_to_john("case-waits"), 2,
                 "the day everything is to be done, and who has not asked");
    scene->now = v.agreement->confirm_until;
    cr_expect_eq(post(&mediation_confirm, "").refusal, &mediation_too_late);
    cr_expect_eq(mediation_may_confirm(true, scene->now + 1, scene->now).refusal,
                 &mediation_of_status);
    cr_expect_eq(mediation_may_confirm(false, 0, scene->now).refusal, &mediation_not_now);
    by_clock(&mediation_court_due, scene->now);
    by_clock(&mediation_year_due, scene->now + 365 * SECONDS_PER_DAY);
    be(john, WHO_RESIDENT);
    cr_expect_gt(walk("court_due"), 0);
    cr_expect_gt(walk("year_due"), 0);
}

Test(mediation, either_side_stops_it_and_a_new_code_ends_the_old_one)
{
    struct mediation_desk_view v;

    talk();
    must(&mediation_invite, "");
    be(john, WHO_RESIDENT);
    cr_expect_eq(post(&mediation_stop, "").refusal, &act_unknown, "the code was replaced");
    looks(chief, WHO_LEADER);
    see_desk(&v);
    code = arena_copy(scene->arena, v.code);
    join(john);
    must(&mediation_stop, "");
    be(mary, WHO_RESIDENT);
    cr_expect_not(test_done(post(&mediation_stop, "")), "it is over");
    looks(chief, WHO_LEADER);
    see_desk(&v);
    cr_expect(str_same(v.state, S("finished")));
    cr_expect_eq(v.sessions_count, 1, "those for both");
}

/* However many there were: what was planned takes place, or does not, and is written down. */
Test(mediation, what_was_planned_can_be_written_down_when_no_more_fit)
{
    struct mediation_desk_view v;
    struct outcome outcome;
    id planned = 0;

    talk();
    see_desk(&v);
    for (size_t i = 0; i < v.sessions_count; i++)
        if (v.sessions[i].is_planned) planned = v.sessions[i].session;
    cr_assert(planned);
    for (size_t i = v.sessions_count; i < MEDIATION_SESSIONS_MAX; i++)
        must(&mediation_record, "&record_side=both&record=TOGETHER");
    outcome = post(&mediation_record, "&record_side=both&record=TOGETHER");
    cr_assert(outcome.refusal);
    cr_expect_str_eq(outcome.refusal->key, "mediation.too-many-sessions");
    must(&mediation_record,
         arena_print(scene->arena, "&session=%lld&session_result=off&record=病了",
                     (long long)planned)
             .at);
}
