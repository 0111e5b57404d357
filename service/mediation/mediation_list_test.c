/* mediation_list_test.c -- what a committee has to do with all of its mediations, and its figures.
 */
#include <stdlib.h>

#include "gen/people_sql.h"
#include "service/mediation/mediation_stage_test.h"

TestSuite(mediation_list, .init = set_up, .fini = tear_down);

enum { NOW_ON_LIST = SECONDS_PER_DAY };

static void see(const char *path, const char *typed, void *view)
{
    struct str go;

    cr_assert(test_done(test_show(scene, &mediation_module, path, typed, view, &go)), "%s?%s", path,
              typed);
}

static struct str apply_more(const char *division, const char *kind)
{
    struct cases_applied_view told = {.reference = S("")};

    be(mary, WHO_RESIDENT);
    cr_assert(test_done(test_post(scene, &cases_apply,
                                  arena_print(scene->arena,
                                              "item=mediation-one-thing&name=王秀英&division=%s&"
                                              "answer_1=%s&answer_2=李建国&answer_4=楼上很吵&"
                                              "answer_6=SECRET-A0",
                                              division, kind)
                                      .at,
                                  &told)));
    return arena_copy(scene->arena, told.reference);
}

/* Settled by word with ann, one declined, one of another district under way. */
static void three_cases(void)
{
    struct str settled = reference;

    talk();
    must(&mediation_draw, "&form=oral&facts=噪音&terms=安静&perform_day=2026-12-01");
    reference = apply_more("310104", "family");
    looks(chief, WHO_LEADER);
    cr_assert(test_done(post(&cases_decide, "&action=decline&words=请到法院&seen=1")));
    reference = settled;
    apply_more("310101", "neighbours");
}

static int64_t behind_of(const struct mediation_figure_view *line, const char *which)
{
    struct mediation_behind_view v = {0};

    see("/office/mediations/cases",
        arena_print(scene->arena, "period=2026&which=%s&by=%.*s&of=%.*s", which, STR_ARGS(line->by),
                    STR_ARGS(line->of))
            .at,
        &v);
    return (int64_t)v.cases_count;
}

/* As many cases stand behind each number as it says. */
static void traced(const struct mediation_figure_view *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cr_expect_eq(behind_of(&lines[i], "applied"), lines[i].applied);
        cr_expect_eq(behind_of(&lines[i], "declined"), lines[i].declined);
        cr_expect_eq(behind_of(&lines[i], "open"), lines[i].open);
        cr_expect_eq(behind_of(&lines[i], "settled"), lines[i].settled);
        cr_expect_eq(behind_of(&lines[i], "ended"), lines[i].ended);
        cr_expect_eq(behind_of(&lines[i], "month"), lines[i].month);
        cr_expect_eq(behind_of(&lines[i], "confirmed"), lines[i].confirmed);
        cr_expect_eq(behind_of(&lines[i], "year"), lines[i].year);
        cr_expect_eq(behind_of(&lines[i], "kept"), lines[i].kept);
        cr_expect_eq(behind_of(&lines[i], "broken"), lines[i].broken);
        cr_expect_eq(lines[i].applied,
                     lines[i].declined + lines[i].open + lines[i].settled + lines[i].ended);
    }
}

static struct mediation_figures_view figures_of(const char *period)
{
    struct mediation_figures_view v = {0};

    see("/office/mediations/figures", period, &v);
    traced(v.all, 1);
    traced(v.committees, v.committees_count);
    traced(v.mediators, v.mediators_count);
    traced(v.kinds, v.kinds_count);
    return v;
}

static bool csv_has(const char *what)
{
    struct file_answer file = {0};
    struct request request = {.scene = scene};
    struct mediation_figures_form query = {.period = S("2026")};
    const struct page *page = mediation_figures_pages;

    while (!page->file) page++;
    cr_assert(test_done(page->file(&request, &query, &file)));
    return str_find(file.bytes, str_of(what)) >= 0;
}

Test(mediation_list, figures_lead_to_their_cases_and_stay_in_their_part_of_the_tree)
{
    struct mediation_figures_view v;
    struct mediation_behind_view cases = {0};
    struct str go;

    three_cases();
    be(chief, WHO_LEADER);
    v = figures_of("period=2026");
    setenv("GONGDAO_SHAKE", "1", 1); /* a query that fails is not a kind without a name (0082) */
    see("/office/mediations/figures", "period=2026", &v);
    see("/office/mediations/cases", "period=2026", &cases);
    unsetenv("GONGDAO_SHAKE");
    cr_expect_eq(v.all->applied, 2);
    cr_expect_eq(v.all->settled, 1);
    cr_expect_eq(v.all->month, 1);
    cr_expect_eq(v.all->declined, 1);
    cr_expect_eq(v.committees_count, 1);
    cr_expect_eq(v.mediators_count, 2, "ann, and nobody");
    cr_expect_eq(v.kinds_count, 2);
    cr_expect(csv_has("ann") && !csv_has("SECRET") && !csv_has("王秀英"));
    cr_expect_eq(test_show(scene, &mediation_module, "/office/mediations/cases",
                           "by=committee&of=310101", &cases, &go)
                     .refusal,
                 &act_unknown, "another district");
    cr_expect_not(test_done(test_show(scene, &mediation_module, "/office/mediations/figures",
                                      "period=2026-13", &v, &go)));
    be(far, WHO_LEADER);
    v = figures_of("period=2026");
    cr_expect_eq(v.all->applied, 1, "its own");
    cr_expect_eq(v.all->open, 1);
    scene->actor = (struct actor){
        .person_id = chief, .is = WHO_SUPERVISOR | WHO_ANYONE, .scopes = scopes_of(S("31"))};
    v = figures_of("period=2026");
    cr_expect_eq(v.all->applied, 3, "the city");
    cr_expect_eq(v.committees_count, 2);
}

static size_t asks(id person_id, unsigned is, const char *typed, int64_t *due)
{
    struct mediation_due_view v = {0};

    be(person_id, is);
    see("/office/mediations", typed, &v);
    cr_assert(test_done(mediation_due(scene, due)));
    return v.asks_count;
}

Test(mediation_list, what_is_to_be_asked_is_on_the_list_until_it_was)
{
    struct mediation_figures_view v;
    moment effective_at;
    int64_t due;

    three_cases();
    effective_at = scene->now;
    cr_expect_eq(asks(ann, WHO_CONSULTANT, "", &due), 0, "not within a week");
    scene->now += 4 * NOW_ON_LIST;
    cr_expect_eq(asks(ann, WHO_CONSULTANT, "", &due), 1);
    cr_expect_eq(due, 0, "not yet");
    scene->now += 8 * NOW_ON_LIST;
    cr_expect_eq(asks(ann, WHO_CONSULTANT, "", &due), 1);
    cr_expect_eq(due, 1);
    cr_expect_eq(asks(ben, WHO_CONSULTANT, "", &due), 0, "another's");
    cr_expect_eq(asks(ben, WHO_CONSULTANT, "whose=all", &due), 1, "the committee's");
    cr_expect_eq(asks(far, WHO_LEADER, "", &due), 0, "another district");
    cr_expect_eq(due, 0);
    looks(chief, WHO_LEADER);
    must(&mediation_follow, "&performed=no"); /* the committee may, too */
    cr_expect_eq(asks(chief, WHO_LEADER, "", &due), 0);
    scene->now += 31 * NOW_ON_LIST;
    cr_expect_eq(asks(chief, WHO_LEADER, "", &due), 1, "asked again");
    looks(ann, WHO_CONSULTANT);
    must(&mediation_follow, "&performed=yes");
    cr_expect_eq(asks(ann, WHO_CONSULTANT, "", &due), 0);
    scene->now = effective_at + (MEDIATION_YEAR_DAYS + 1) * NOW_ON_LIST;
    cr_expect_eq(asks(ann, WHO_CONSULTANT, "", &due), 1, "after a year");
    be(chief, WHO_LEADER);
    v = figures_of("period=2026");
    cr_expect(v.all->year == 1 && !v.all->kept && !v.all->broken, "not asked yet");
    looks(ann, WHO_CONSULTANT);
    must(&mediation_follow, "&performed=yes");
    cr_expect_eq(asks(ann, WHO_CONSULTANT, "", &due), 0, "once");
    be(chief, WHO_LEADER);
    v = figures_of("period=2026");
    cr_expect_eq(v.all->kept, 1);
}
