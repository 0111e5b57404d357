/* consultation_record_test.c -- the record of every case is what its journal says, and the cases
 * behind every figure are as many as the figure. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/platform_sql.h"
#include "platform/page.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

extern const struct module consultation_module;

enum { CASES_MAX = 120, ROUNDS = 500 };

static struct scene *scene;
static struct bureau bureau;
static struct asked {
    struct str reference;
    id case_id;
    struct actor resident;
    bool is_live;
} asked[CASES_MAX];
static int asked_count;
static uint64_t state_of_chance;

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

TestSuite(consultation_record, .init = set_up, .fini = tear_down);

static int chance(int below)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (int)((state_of_chance >> 33) % (uint64_t)below);
}

static void tick(moment now)
{
    scene->now = now;
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    for (int i = 0; i < 20; i++) {
        const struct platform_list_due_row *rows;
        size_t count, done = 0;

        cr_assert(test_done(platform_list_due(scene->arena, scene->store, now, &rows, &count)));
        for (size_t k = 0; k < count; k++) {
            const struct act *const *act = consultation_clock_acts;
            struct clock_form form = {.case_id = rows[k].case_id, .due_at = rows[k].due_at};

            while (*act && !str_same(str_of((*act)->name), rows[k].act)) act++;
            if (!*act) continue;
            done++;
            platform_drop_deadline(scene->store, rows[k].act, rows[k].case_id);
            test_act(scene, *act, &form, NULL);
        }
        if (!done) return;
    }
}

static void ask(bool is_live)
{
    struct consultation_ask_form form = {.field = S("labour"),
                                         .text = S("欠薪"),
                                         .district = chance(2) ? S("310101") : S(""),
                                         .cared_for = chance(4) == 0,
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

static struct actor lawyer_of(id person_id)
{
    for (size_t i = 0; i < COUNT(bureau.lawyer); i++) {
        if (bureau.lawyer[i].person_id == person_id) return bureau.lawyer[i];
    }
    return bureau.lawyer[0];
}

static void presence(const char *word)
{
    struct consultation_presence_form form = {.state = str_of(word), .capacity = 2};

    scene->actor = bureau.lawyer[chance(3)];
    test_act(scene, &consultation_presence, &form, NULL);
}

/* One thing somebody might do; refusals are part of life. */
static void resident_does(const struct asked *one, int what)
{
    struct consultation_reference_form form = {.reference = one->reference};
    struct consultation_say_form say = {.reference = one->reference, .text = S("还有")};
    struct consultation_rate_form rate = {.reference = one->reference,
                                          .stars = 1 + chance(5),
                                          .marks__patience = chance(6),
                                          .marks__courtesy = chance(6),
                                          .marks__efficiency = chance(6),
                                          .marks__correctness = chance(6)};

    scene->actor = one->resident;
    if (what == 0) test_act(scene, &consultation_leave_message, &form, NULL);
    if (what == 1) test_act(scene, &consultation_close_own, &form, NULL);
    if (what == 2) test_act(scene, &consultation_say, &say, NULL);
    if (what == 3) test_act(scene, &consultation_rate, &rate, NULL);
}

static void consultant_does(const struct asked *one, int what)
{
    struct consultation_reference_form form = {.reference = one->reference};
    struct consultation_decline_form decline = {.reference = one->reference, .reason = S("不熟悉")};
    struct consultation_say_form answer = {.reference = one->reference, .text = S("可以仲裁")};
    struct consultation_close_form end = {
        .reference = one->reference, .outcome = S("advised"), .summary = S("谈过了")};
    struct consultation_transfer_form on = {
        .reference = one->reference, .profession = S("lawyer"), .reason = S("换人")};
    struct consultation_reassign_form give = {.reference = one->reference, .reason = S("太久")};

    scene->actor = lawyer_of(look(one).row.consultant_id);
    if (what == 0) test_act(scene, &consultation_accept, &form, NULL);
    if (what == 1) test_act(scene, &consultation_decline, &decline, NULL);
    if (what == 2) test_act(scene, &consultation_answer, &answer, NULL);
    if (what == 3) test_act(scene, &consultation_close, &end, NULL);
    if (what == 4) test_act(scene, &consultation_transfer, &on, NULL);
    if (what != 5) return;
    scene->actor = bureau.supervisor;
    test_act(scene, &consultation_reassign, &give, NULL);
}

static void do_something(void)
{
    const struct asked *one = asked_count ? &asked[chance(asked_count)] : NULL;
    int what = chance(20);

    if (what < 3 || !one)
        ask(chance(4) != 0);
    else if (what < 6)
        presence(chance(4) ? "online" : "away");
    else if (what < 10)
        resident_does(one, chance(4));
    else if (what < 17)
        consultant_does(one, what < 13 ? 0 : chance(6));
    else
        tick(scene->now + 1 + chance(90) + (chance(12) == 0 ? chance(2 * SECONDS_PER_DAY) : 0));
}

/* ---- the same once more, from the journal ---- */

static moment promise(moment from)
{
    struct calendar_desk desk;
    moment due;

    cr_assert(test_done(people_desk(scene, S("consultation"), &desk)));
    if (!test_done(calendar_due(desk.calendar, from, 3, &due)))
        cr_assert(test_done(calendar_due_by_weekday(from, 3, &due)));
    return due;
}

struct told {
    enum record_phase in;
    moment since, due_at, served_at, written_at, answered_at, ended_at;
    int64_t waited, talked, talks, late, rated;
};

static void turn(struct told *told, enum record_phase in, moment at)
{
    if (told->in == RECORD_WAITING) told->waited += at - told->since;
    if (told->in == RECORD_TALKING) told->talked += at - told->since;
    if (told->in == RECORD_WRITTEN && at >= told->due_at) told->late = 1;
    told->in = in;
    told->since = at;
    if (in == RECORD_TALKING) told->talks++;
    if ((in == RECORD_TALKING || in == RECORD_ANSWERED) && !told->served_at) told->served_at = at;
    if (in == RECORD_ANSWERED && !told->answered_at) told->answered_at = at;
    if (in == RECORD_ENDED) told->ended_at = at;
    if (in != RECORD_WRITTEN) return;
    if (!told->written_at) told->written_at = at;
    told->due_at = promise(at);
}

static void hear(struct told *told, const struct consultation_list_case_lines_row *line)
{
    struct str act = line->act;
    bool hands_on = str_same(act, S("consultation.transfer")) ||
                    str_same(act, S("consultation.reassign")) ||
                    str_same(act, S("consultation.deserted"));

    if (str_same(act, S("consultation.accept"))) turn(told, RECORD_TALKING, line->at);
    if (hands_on && told->in == RECORD_TALKING) turn(told, RECORD_WAITING, line->at);
    if (str_same(act, S("consultation.leave_message")) || str_same(act, S("consultation.closing")))
        turn(told, RECORD_WRITTEN, line->at);
    if (str_same(act, S("consultation.answer"))) turn(told, RECORD_ANSWERED, line->at);
    if (str_same(act, S("consultation.say")) && told->in == RECORD_ANSWERED &&
        str_same(line->side, S("resident")))
        turn(told, RECORD_WRITTEN, line->at);
    if (str_same(act, S("consultation.close")) || str_same(act, S("consultation.close_own")))
        turn(told, RECORD_ENDED, line->at);
    if (str_same(act, S("consultation.rate"))) told->rated = line->at;
}

static struct told hear_all(const struct asked *one)
{
    const struct consultation_list_case_lines_row *lines;
    struct told told = {.in = RECORD_ENDED}; /* nothing yet */
    size_t count;
    id after = 0;

    do {
        cr_assert(test_done(consultation_list_case_lines(scene->arena, scene->store, one->case_id,
                                                         after, &lines, &count)));
        for (size_t i = 0; i < count; i++) {
            if (str_same(lines[i].act, S("consultation.ask")))
                turn(&told, one->is_live ? RECORD_WAITING : RECORD_WRITTEN, lines[i].at);
            hear(&told, &lines[i]);
            after = lines[i].seq;
        }
    } while (count);
    if (told.in == RECORD_WRITTEN && scene->now >= told.due_at) told.late = 1;
    return told;
}

static void compare(const struct asked *one)
{
    struct told told = hear_all(one);
    struct consultation_case c = look(one);
    struct record_find_record_row row;
    bool found, left = one->is_live && told.written_at;

    cr_assert(test_done(record_find(scene, one->case_id, &row, &found)));
    cr_assert(found);
    cr_expect(str_same(row.phase, record_phase_word(told.in)));
    cr_expect_eq(row.wait_seconds, told.waited);
    cr_expect_eq(row.handle_seconds, told.talked);
    cr_expect_eq(row.talks_count, told.talks);
    cr_expect_eq(row.served_at, told.served_at);
    cr_expect_eq(row.written_at, told.written_at);
    cr_expect_eq(row.answered_at, told.answered_at);
    cr_expect_eq(row.ended_at, told.ended_at);
    cr_expect_eq(row.is_late, told.late);
    cr_expect_eq(row.rated_at, told.rated);
    cr_expect_eq(row.to_message, left);
    cr_expect_eq(row.is_abandoned, one->is_live && told.in == RECORD_ENDED && !told.talks && !left);
    cr_expect_eq(row.opened_at, c.row.asked_at);
    cr_expect_eq(row.due_at, c.row.due_at);
    cr_expect_eq(row.offers_count, c.row.offers_count);
    cr_expect_eq(row.ended_at, c.row.closed_at);
    cr_expect_eq(row.consultant_id, c.state == CONSULTATION_OFFERED ? 0 : c.row.consultant_id);
    cr_expect(str_same(row.state, c.row.state) && str_same(row.division, c.row.division) &&
              str_same(row.profession, c.row.profession) && str_same(row.outcome, c.row.outcome));
}

/* ---- figures and the cases behind them ---- */

static int64_t count_behind(const struct record_scope *scope, struct record_behind behind,
                            int64_t *sum)
{
    const struct record_list_behind_row *rows;
    int64_t total = 0;
    size_t count;

    *sum = 0;
    behind.rows_max = 7;
    do {
        cr_assert(test_done(record_list_cases(scene, scope, &behind, &rows, &count)));
        for (size_t i = 0; i < count; i++) {
            cr_expect(rows[i].at >= behind.from && rows[i].at < behind.until);
            behind.after = rows[i].case_id;
            *sum += rows[i].amount_number;
        }
        total += (int64_t)count;
    } while (count);
    return total;
}

static void compare_figures(const struct record_scope *scope, moment from, moment until)
{
    struct record_figures sums;

    cr_assert(test_done(record_sum(scene, scope, from, until, 15, &sums)));
    for (int i = 0; i < RECORD_FIGURES_COUNT; i++) {
        struct record_behind behind = {.figure = (enum record_figure)i,
                                       .from = from,
                                       .until = until,
                                       .least = INT64_MIN,
                                       .most = INT64_MAX};
        int64_t sum;

        cr_expect_eq(count_behind(scope, behind, &sum), sums.of[i].count);
        cr_expect_eq(sum, sums.of[i].sum);
        behind.most = 15;
        cr_expect_eq(count_behind(scope, behind, &sum), sums.of[i].within);
    }
}

static void compare_groups(moment from, moment until)
{
    static const char *const by[] = {"service",  "channel", "field",      "profession",
                                     "division", "team",    "consultant", "day"};
    struct record_scope all = {0};
    struct record_figures sums;

    cr_assert(test_done(record_sum(scene, &all, from, until, 15, &sums)));
    for (size_t i = 0; i < COUNT(by); i++) {
        const struct record_group *groups;
        struct record_figures added = {0};
        size_t count;

        cr_assert(test_done(record_group_by(scene, &all, from, until, 15, by[i], &groups, &count)));
        for (size_t k = 0; k < count; k++) {
            for (int figure = 0; figure < RECORD_FIGURES_COUNT; figure++) {
                added.of[figure].count += groups[k].figures.of[figure].count;
                added.of[figure].sum += groups[k].figures.of[figure].sum;
            }
        }
        for (int figure = 0; figure < RECORD_FIGURES_COUNT; figure++) {
            cr_expect_eq(added.of[figure].count, sums.of[figure].count, "by %s", by[i]);
            cr_expect_eq(added.of[figure].sum, sums.of[figure].sum, "by %s", by[i]);
        }
    }
}

Test(consultation_record, after_random_acts_every_record_is_what_the_journal_says)
{
    struct record_scope all = {0}, huangpu = {.division = S("310101")},
                        team = {.team_id = bureau.team_id},
                        anna = {.consultant_id = bureau.lawyer[0].person_id},
                        nobody = {.team_chosen = -1};
    moment begun = scene->now;
    struct record_figures sums;

    for (uint64_t seed = 1; seed <= 3; seed++) {
        state_of_chance = seed;
        for (int i = 0; i < ROUNDS; i++) do_something();
    }
    for (int i = 0; i < asked_count; i++) compare(&asked[i]);
    cr_assert(test_done(record_sum(scene, &all, begun, scene->now + 1, 15, &sums)));
    cr_expect_eq(sums.of[RECORD_opened].count, asked_count);
    for (int i = 0; i < RECORD_FIGURES_COUNT; i++)
        cr_expect(sums.of[i].count > 0, "%.*s never happened in this test",
                  STR_ARGS(record_figure_word((enum record_figure)i)));
    compare_figures(&all, begun, scene->now + 1);
    compare_figures(&all, begun + SECONDS_PER_DAY, begun + 3 * SECONDS_PER_DAY);
    compare_figures(&huangpu, begun, scene->now + 1);
    compare_figures(&team, begun, scene->now + 1);
    compare_figures(&anna, begun, scene->now + 1);
    compare_figures(&nobody, begun, scene->now + 1);
    compare_groups(begun, scene->now + 1);
}

static struct outcome make_history(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return consultation_demo(own);
}

Test(consultation_record, a_demo_city_has_ready_answers_for_everybody)
{
    static const struct act act = {.name = "test.history", .who = WHO_SYSTEM, .run = make_history};
    const struct consultation_list_canned_row *rows;
    size_t count;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    cr_assert(test_done(
        consultation_list_canned(scene->arena, scene->store, 1, 0, S("labour"), &rows, &count)));
    cr_expect_eq(count, 4, "three of every field and one of this, not %zu", count);
}

Test(consultation_record, a_month_of_history_has_its_records)
{
    static const struct act act = {.name = "test.history", .who = WHO_SYSTEM, .run = make_history};
    moment from = scene->now - 40 * SECONDS_PER_DAY, until = scene->now + 10 * SECONDS_PER_DAY;
    struct record_scope all = {0};
    const struct record_list_arrivals_row *arrivals;
    struct record_figures sums;
    struct record_find_pace_row pace;
    size_t count;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    cr_assert(test_done(record_sum(scene, &all, from, until, 15, &sums)));
    cr_expect(sums.of[RECORD_opened].count > 500);
    cr_expect(sums.of[RECORD_talk].count > 400 && sums.of[RECORD_abandoned].count > 10);
    cr_expect_eq(sums.of[RECORD_talk].count, sums.of[RECORD_handled].count);
    cr_expect_eq(sums.of[RECORD_live].count, sums.of[RECORD_talk].count +
                                                 sums.of[RECORD_abandoned].count +
                                                 sums.of[RECORD_to_message].count);
    compare_figures(&all, from, until);
    cr_assert(test_done(record_arrivals(scene, S("consultation"), S("lawyer"), S(""), from, until,
                                        &arrivals, &count)));
    cr_expect(count > 300 && arrivals[0].half_hour / 48 >= from / SECONDS_PER_DAY);
    cr_assert(test_done(record_pace(scene, S(""), S("lawyer"), S(""), from, until, &pace)));
    cr_expect_eq(pace.live_count, sums.of[RECORD_live].count);
    cr_expect_eq(pace.handle_sum, sums.of[RECORD_handled].sum);
}

Test(consultation_record, who_watches_nothing_is_given_no_scope)
{
    struct record_scope scope;

    scene->actor = bureau.supervisor;
    cr_assert(test_done(record_scope_of(scene, &scope)));
    cr_expect(str_same(scope.division, S("31")) && !scope.team_id);
    scene->actor = bureau.leader;
    cr_assert(test_done(record_scope_of(scene, &scope)));
    cr_expect_eq(scope.team_id, bureau.team_id);
    scene->actor = bureau.lawyer[1];
    cr_assert(test_done(record_scope_of(scene, &scope)));
    cr_expect_eq(scope.consultant_id, bureau.lawyer[1].person_id);
    scene->actor = (struct actor){.is = WHO_ANYONE | WHO_RESIDENT, .person_id = 5};
    cr_expect(record_scope_of(scene, &scope).refusal == &act_not_yours);
    scene->actor = (struct actor){.is = WHO_ANYONE | WHO_ADMIN, .scopes = scopes_of(S("31"))};
    cr_expect(record_scope_of(scene, &scope).refusal == &act_not_yours);
}
