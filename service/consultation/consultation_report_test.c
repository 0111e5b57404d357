/* consultation_report_test.c -- the figures of reports, worked out once more from the journal of
 * random days, agree with the reports; and what leaders do to one case beside them. */
#include <criterion/criterion.h>

#include "gen/platform_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

enum { CASES_MAX = 90, ROUNDS = 1200 };

static struct scene *scene;
static struct bureau bureau;
static struct asked {
    struct str reference;
    id case_id;
    struct actor resident;
    bool is_live;
} asked[CASES_MAX];
static int asked_count;
static uint64_t state_of_chance = 7;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    scene->channel = S("api");
    asked_count = 0;
    state_of_chance = 7;
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_report, .init = set_up, .fini = tear_down);

static int chance(int below)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (int)((state_of_chance >> 33) % (uint64_t)below);
}

/* ---- random days ---- */

static bool perform_due(const struct act *const *act)
{
    const struct platform_list_due_row *rows;
    size_t count;
    bool done = false;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(platform_list_due(scene->arena, scene->store, scene->now, &rows, &count)));
    for (size_t k = 0; k < count; k++) {
        struct clock_form form = {.case_id = rows[k].case_id, .due_at = rows[k].due_at};
        const struct act *const *found = act;

        while (*found && !str_same(str_of((*found)->name), rows[k].act)) found++;
        if (!*found) continue;
        done = true;
        platform_drop_deadline(scene->store, rows[k].act, rows[k].case_id);
        test_act(scene, *found, &form, NULL);
    }
    return done;
}

static void tick(moment by)
{
    scene->now += by;
    for (int i = 0; i < 20 && perform_due(consultation_clock_acts); i++) continue;
}

static void ask(bool is_live)
{
    struct consultation_ask_form form = {.field = S("labour"),
                                         .text = S("欠薪"),
                                         .district = chance(2) ? S("310101") : S(""),
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
    one->is_live = is_live;
    asked_count++;
}

static struct consultation_case look(const struct asked *one)
{
    struct consultation_case c;

    cr_assert(test_done(case_of_id(scene, one->case_id, &c)));
    return c;
}

static void be_consultant_of(const struct asked *one)
{
    id person_id = look(one).row.consultant_id;

    scene->actor = bureau.lawyer[0];
    for (size_t i = 0; i < COUNT(bureau.lawyer); i++) {
        if (bureau.lawyer[i].person_id == person_id) scene->actor = bureau.lawyer[i];
    }
}

static void go_on_line(int lawyer)
{
    struct consultation_presence_form form = {.state = S("online"), .capacity = 3};

    scene->actor = bureau.lawyer[lawyer];
    test_act(scene, &consultation_presence, &form, NULL);
}

static void do_to(const struct asked *one, int what)
{
    struct consultation_reference_form form = {.reference = one->reference};
    struct consultation_say_form answer = {.reference = one->reference, .text = S("可以仲裁")};
    struct consultation_close_form end = {
        .reference = one->reference, .outcome = S("advised"), .summary = S("谈过了")};
    struct consultation_rate_form rate = {.reference = one->reference, .stars = 1 + chance(5)};

    be_consultant_of(one);
    if (what < 4) test_act(scene, &consultation_accept, &form, NULL);
    if (what == 4 || what == 5) test_act(scene, &consultation_answer, &answer, NULL);
    if (what == 6) test_act(scene, &consultation_close, &end, NULL);
    scene->actor = one->resident;
    if (what == 7) test_act(scene, &consultation_leave_message, &form, NULL);
    if (what == 8 && chance(3) == 0) test_act(scene, &consultation_close_own, &form, NULL);
    if (what >= 9) test_act(scene, &consultation_rate, &rate, NULL);
}

static void live_some_days(void)
{
    for (int i = 0; i < ROUNDS; i++) {
        int what = chance(12);

        if (what < 2) ask(chance(4) != 0);
        if (what == 2) go_on_line(chance(3));
        if (what > 2 && what < 10 && asked_count) do_to(&asked[chance(asked_count)], chance(12));
        if (what >= 10) tick(1 + chance(40) + (chance(9) == 0 ? chance(SECONDS_PER_DAY) : 0));
    }
}

/* ---- what the journal says ---- */

struct told {
    moment asked, talk, written, answered, ended, rated, unanswered_until;
    int64_t stars;
};

static struct told hear(const struct asked *one)
{
    const struct consultation_list_case_lines_row *lines;
    struct told told = {0};
    size_t count;
    id after = 0;

    do {
        cr_assert(test_done(consultation_list_case_lines(scene->arena, scene->store, one->case_id,
                                                         after, &lines, &count)));
        for (size_t i = 0; i < count; i++) {
            struct str act = lines[i].act;
            moment at = lines[i].at;

            after = lines[i].seq;
            if (str_same(act, S("consultation.ask"))) told.asked = at;
            if (str_same(act, S("consultation.ask")) && !one->is_live) told.written = at;
            if (str_same(act, S("consultation.accept")) && !told.talk) told.talk = at;
            if (str_same(act, S("consultation.leave_message")) && !told.written) told.written = at;
            if (str_same(act, S("consultation.answer")) && !told.answered) told.answered = at;
            if (str_same(act, S("consultation.close")) ||
                str_same(act, S("consultation.close_own")))
                told.ended = at;
            if (str_same(act, S("consultation.rate"))) told.rated = at;
        }
    } while (count);
    told.unanswered_until = told.answered ? told.answered : told.ended ? told.ended : scene->now;
    return told;
}

static bool in(moment at, moment from, moment until)
{
    return at && at >= from && at < until;
}

/* The figures of one place and time; "" is everywhere. */
struct counted {
    int64_t asked, live, talks, in_time, abandoned, to_message, written, answered, late, ended,
        rated, satisfied;
};

static struct counted count_journal(struct str place, moment from, moment until)
{
    struct counted n = {0};

    for (int i = 0; i < asked_count; i++) {
        struct told told = hear(&asked[i]);
        struct consultation_case c = look(&asked[i]);
        bool left = asked[i].is_live && told.written;
        bool talked = asked[i].is_live && in(told.talk, from, until);
        struct consultation_find_rating_row rating;
        bool found;

        if (!str_begins(c.row.division, place)) continue;
        n.asked += in(told.asked, from, until);
        n.live += asked[i].is_live && in(told.asked, from, until);
        n.talks += talked;
        n.in_time += talked && told.talk - told.asked <= 15;
        n.abandoned += asked[i].is_live && !told.talk && !left && in(told.ended, from, until);
        n.to_message += left && in(told.written, from, until);
        n.written += in(told.written, from, until);
        n.answered += in(told.answered, from, until);
        n.late +=
            told.written && told.unanswered_until >= c.row.due_at && in(c.row.due_at, from, until);
        n.ended += in(told.ended, from, until);
        n.rated += in(told.rated, from, until);
        cr_assert(test_done(consultation_find_rating(scene->arena, scene->store, asked[i].case_id,
                                                     &rating, &found)));
        n.satisfied += found && rating.stars >= 4 && in(told.rated, from, until);
    }
    return n;
}

/* ---- and what the report says: by its JSON, as anybody would read it ---- */

static struct str find_page(const char *path, const char *typed)
{
    for (size_t k = 0;; k++) {
        const struct page *page =
            k ? supervision_module.more_pages[k - 1] : supervision_module.pages;

        cr_assert(page, "%s", path);
        for (; page->path; page++) {
            struct module module = {.name = "one", .pages = page};
            struct out *out = out_open(scene->arena, 1 << 20);
            struct str go;
            void *view;

            if (!str_same(str_of(page->path), str_of(path)) || page->method != GET) continue;
            view = arena_take(scene->arena, page->view->size, 1);
            cr_assert(test_done(test_show(scene, &module, path, typed, view, &go)));
            view_json(out, page->view, view);
            return out_text(out);
        }
    }
}

static int64_t number_after(struct str json, const char *mark)
{
    int64_t at = str_find(json, str_of(mark)), number = 0;
    struct str rest, digits;

    cr_assert(at >= 0, "%s in %.200s", mark, json.at);
    rest = (struct str){json.at + at, json.len - (size_t)at};
    digits = (struct str){rest.at + str_of(mark).len, 0};
    while (digits.at[digits.len] >= '0' && digits.at[digits.len] <= '9') digits.len++;
    cr_assert(str_to_int(digits, &number));
    return number;
}

static int64_t figure(struct str json, const char *word)
{
    return number_after(
        json,
        arena_c(scene->arena, arena_print(scene->arena, "\"figure\":\"%s\",\"value\":\"", word)));
}

static moment moment_of(id report_id, const char *column)
{
    struct statement *statement;
    const char *sql = str_same(str_of(column), S("from"))
                          ? "select from_at from report where report_id = ?1"
                          : "select until_at from report where report_id = ?1";
    moment at;
    bool row;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    statement_int(statement, 1, report_id);
    cr_assert(test_done(statement_step(statement, &row)) && row);
    at = statement_get_int(statement, 0);
    statement_close(&statement);
    return at;
}

static void compare_report(id report_id, struct str place)
{
    const char *typed =
        arena_c(scene->arena, arena_print(scene->arena, "report=%lld", (long long)report_id));
    struct counted n;
    struct str json;

    scene->actor = bureau.supervisor;
    scene->actor.scope = place;
    json = find_page("/reports/{report}", typed);
    n = count_journal(place, moment_of(report_id, "from"), moment_of(report_id, "until"));
    cr_expect_eq(figure(json, "asked"), n.asked);
    cr_expect_eq(figure(json, "live"), n.live);
    cr_expect_eq(figure(json, "talks"), n.talks);
    cr_expect_eq(figure(json, "in_time"), n.in_time);
    cr_expect_eq(figure(json, "abandoned"), n.abandoned);
    cr_expect_eq(figure(json, "to_message"), n.to_message);
    cr_expect_eq(figure(json, "written"), n.written);
    cr_expect_eq(figure(json, "answered"), n.answered);
    cr_expect_eq(figure(json, "late"), n.late);
    cr_expect_eq(figure(json, "ended"), n.ended);
    cr_expect_eq(figure(json, "rated"), n.rated);
    cr_expect_eq(figure(json, "satisfied"), n.satisfied);
}

static void make_reports(void)
{
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(clock_set(scene, "supervision.reports", 0, scene->now)));
    for (int i = 0; i < 200 && perform_due(supervision_module.clock_acts); i++) continue;
}

Test(consultation_report, every_figure_is_what_the_journal_says)
{
    struct statement *statement;
    bool row = true;
    int compared = 0;
    struct counted all;

    live_some_days();
    tick(8 * SECONDS_PER_DAY); /* a week is over, and promises are broken */
    all = count_journal(S(""), 1, scene->now + 1);
    cr_expect(all.asked > 40 && all.talks > 4 && all.in_time < all.talks,
              "%lld asked, %lld talks, %lld in time", (long long)all.asked, (long long)all.talks,
              (long long)all.in_time);
    cr_expect(all.abandoned && all.to_message && all.answered && all.late && all.rated,
              "%lld abandoned, %lld left, %lld answered, %lld late, %lld rated",
              (long long)all.abandoned, (long long)all.to_message, (long long)all.answered,
              (long long)all.late, (long long)all.rated);
    make_reports();
    cr_assert(test_done(statement_open(
        scene->store, "select report_id from report order by report_id limit 100", &statement)));
    while (test_done(statement_step(statement, &row)) && row) {
        id report_id = statement_get_int(statement, 0);

        compare_report(report_id, S("31"));
        compare_report(report_id, S("310101"));
        compared++;
    }
    statement_close(&statement);
    cr_expect(compared > 9, "%d reports", compared);
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

Test(consultation_report, a_leader_who_is_a_consultant_takes_a_talk_over)
{
    struct consultation_reference_form form = {0};
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
