/* cases_figures_test.c -- figures of a month add up, and each leads to as many cases as it says.
 * Cites cases_figures.c. */
#include <criterion/criterion.h>

#include "desk/cases/cases_stage_test.h"
#include "gen/cases_sql.h"

TestSuite(cases_figures, .init = stage_open, .fini = stage_close);

static struct outcome see(const char *path, const char *query, void *view)
{
    struct str go;

    return test_show(stage, &cases_module, path, query, view, &go);
}

static struct cases_figures_view figures(const char *query)
{
    struct cases_figures_view v = {0};

    cr_assert(test_done(see("/office/figures", query, &v)));
    return v;
}

static int64_t behind(const struct cases_figure_view *line, const char *which)
{
    struct cases_behind_view v = {0};

    cr_assert(test_done(
        see("/office/figures/cases",
            arena_print(stage->arena, "period=%.*s&which=%s&by=%.*s&of=%.*s",
                        STR_ARGS(line->period), which, STR_ARGS(line->by), STR_ARGS(line->of))
                .at,
            &v)));
    return (int64_t)v.cases_count;
}

/* (2), (3) */
static void check_line(const struct cases_figure_view *line)
{
    cr_expect_eq(line->office + line->applicant + line->others + line->done + line->left +
                     line->ended,
                 line->handed_in);
    cr_expect_eq(behind(line, "handed_in"), line->handed_in);
    cr_expect_eq(behind(line, "office"), line->office);
    cr_expect_eq(behind(line, "applicant"), line->applicant);
    cr_expect_eq(behind(line, "others"), line->others);
    cr_expect_eq(behind(line, "done"), line->done);
    cr_expect_eq(behind(line, "left"), line->left);
    cr_expect_eq(behind(line, "ended"), line->ended);
    cr_expect_eq(behind(line, "late"), line->late);
    cr_expect_eq(behind(line, "missed"), line->missed);
}

/* The case at hand, opened and decided by its office. */
static void decided(const char *action)
{
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_decide(action, "words=请看说明")));
}

Test(cases_figures, add_up_lead_to_their_cases_and_are_of_ones_own_part)
{
    struct cases_figures_view v;
    struct cases_behind_view list = {0};
    struct calendar_date then = calendar_date_of(calendar_day_of(stage->now));

    decided("send-back"); /* of the stage's own case */
    be_mary();
    stage_reference = stage_apply();
    decided("decline");
    be_mary();
    stage_reference = stage_apply();
    cr_assert(test_done(stage_post(&cases_own, "action=withdraw&words=不用了&seen=1")));
    be_mary();
    stage_reference = stage_apply();
    stage->now += 40 * SECONDS_PER_DAY; /* nobody opens it */
    cr_assert(test_done(stage_clock(&cases_due, stage_case())));
    be_lead();
    v = figures("period=2020-10");
    cr_expect_eq(v.all->handed_in, 0, "another month");
    v = figures(arena_print(stage->arena, "period=%04d-%02d", then.year, then.month).at);
    cr_assert_eq(v.all->handed_in, 4);
    cr_expect_eq(v.all->applicant, 1);
    cr_expect_eq(v.all->ended, 1);
    cr_expect_eq(v.all->left, 1);
    cr_expect_eq(v.all->office, 1);
    cr_expect_eq(v.all->late, 1);
    cr_expect_eq(v.all->missed, 1);
    check_line(v.all);
    cr_assert(v.items_count == 1 && v.districts_count == 1);
    check_line(&v.items[0]);
    check_line(&v.districts[0]);
    /* (1) */
    be_far();
    cr_expect_eq(
        figures(arena_print(stage->arena, "period=%.*s", STR_ARGS(v.period)).at).all->handed_in, 0);
    cr_expect(see("/office/figures/cases", "by=district&of=310104", &list).refusal == &act_unknown);
    be_mary();
    cr_expect(see("/office/figures", "", &v).refusal, "not for residents");
}
