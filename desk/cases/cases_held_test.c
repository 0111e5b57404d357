/* cases_held_test.c -- the applicant's copy holds what is the applicant's: no word between
 * officers, no number of those who work here, no paper that was taken back. */
#include <criterion/criterion.h>

#include "desk/cases/cases_stage_test.h"
#include "desk/notice/notice_acts.h"
#include "gen/cases_sql.h"
#include "platform/held.h"
#include "platform/secret.h"

TestSuite(cases_held, .init = stage_open, .fini = stage_close);

extern const struct held cases_holds;

static void bracket(struct out *out, struct str text)
{
    out_raw_str(out, S("["));
    out_raw_str(out, text);
    out_raw_str(out, S("]"));
}

static struct outcome take(void *mine, const struct held_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) bracket(mine, values[i].text);
    return DONE;
}

/* All that the lists bring about the applicant, each value between brackets. */
static struct str copy(void)
{
    struct out *out = out_open(stage->arena, 1 << 20);
    struct held_person person;

    be_mary();
    person = (struct held_person){stage->actor.person_id, S("")};
    for (const struct held_list *list = cases_holds.lists; list->query; list++)
        cr_assert(test_done(held_read(stage, &cases_holds, list, &person, take, out)));
    return out_text(out);
}

static bool has(struct str text, const char *part)
{
    return str_find(text, str_of(part)) >= 0;
}

static struct outcome add_steps(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    for (size_t i = 0; i < cases_outcomes_count; i++) {
        struct str words = arena_print(scene->arena, "words-%s-said", cases_outcomes[i].word);

        TRY(cases_add_step(scene->store,
                           &(struct cases_add_step_values){
                               .case_id = stage_case(),
                               .seq = 100000 + (int64_t)i,
                               .at = scene->now,
                               .action = S(""),
                               .state = S("new"),
                               .turn = S("officer"),
                               .division = S("310104"),
                               .outcome = str_of(cases_outcomes[i].word),
                               .words_sealed = secret_seal(scene->arena, "case.words", words)}));
    }
    return DONE;
}

Test(cases_held, what_is_said_between_officers_is_in_no_copy_whatever_outcome_it_has)
{
    static const struct act steps = {.name = "test.steps", .who = WHO_SYSTEM, .run = add_steps};
    struct str text;

    stage->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(stage, &steps, NULL, NULL)));
    text = copy();
    for (size_t i = 0; i < cases_outcomes_count; i++) {
        const struct cases_outcome *outcome = &cases_outcomes[i];

        cr_expect_eq(has(text, arena_print(stage->arena, "[words-%s-said]", outcome->word).at),
                     !(outcome->effects & CASES_INSIDE), "%s", outcome->word);
    }
}

/* One to each of the numbers below, in the order of the templates. */
static struct outcome add_notices(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    for (int i = 0; i < NOTICE_TEMPLATES; i++)
        TRY(notice_add(scene, &(struct notice){.which = (enum notice_template)i,
                                               .to = arena_print(scene->arena, "137000001%02d", i),
                                               .words = {S("1"), S("2"), S("3")},
                                               .case_id = stage_case()}));
    return DONE;
}

Test(cases_held, of_messages_about_a_case_only_those_to_the_applicant_are_in_the_copy)
{
    static const struct act notices = {
        .name = "test.notices", .who = WHO_SYSTEM, .run = add_notices};
    struct str text;

    stage->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(stage, &notices, NULL, NULL)));
    text = copy();
    for (int i = 0; i < NOTICE_TEMPLATES; i++)
        cr_expect_eq(has(text, arena_print(stage->arena, "[137000001%02d]", i).at),
                     i == NOTICE_CASE_NEWS || i == NOTICE_CASE_WAITS || i == NOTICE_CASE_VISIT ||
                         i == NOTICE_CASE_VISIT_OFF,
                     "%.*s",
                     STR_ARGS(notice_template_word((enum notice_template)i)));
}

static struct outcome add_papers(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    for (id paper = 1; paper <= 2; paper++)
        TRY(cases_add_paper(scene->store, &(struct cases_add_paper_values){
                                              .file_id = paper,
                                              .case_id = stage_case(),
                                              .material = S(""),
                                              .file_name = arena_print(
                                                  scene->arena, "paper-%lld.pdf", (long long)paper),
                                              .type = S("application/pdf"),
                                              .file = S(""),
                                              .hash = S(""),
                                              .at = scene->now}));
    return cases_set_paper_dropped(scene->store, scene->now, 2);
}

Test(cases_held, a_paper_that_was_taken_back_is_in_no_copy)
{
    static const struct act papers = {.name = "test.papers", .who = WHO_SYSTEM, .run = add_papers};
    struct str text;

    stage->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(stage, &papers, NULL, NULL)));
    text = copy();
    cr_expect(has(text, "[paper-1.pdf]") && !has(text, "[paper-2.pdf]"));
}
