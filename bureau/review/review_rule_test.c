/* review_rule_test.c -- rules on one figure: worked by hand, checked, and held against people.
 * Cites the invariants of review.h and review_appraise.c. */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/review/review_court_test.h"
#include "platform/scene_test.h"

TestSuite(review_rule, .init = court_open, .fini = court_close);

/* ---- worked by hand ---- */

static struct review_rule rule(enum review_measure measure, enum review_figure figure,
                               int64_t threshold_milli, int64_t counted_min)
{
    return (struct review_rule){.measure = measure,
                                .upheld_max = -1,
                                .figure = figure,
                                .threshold_milli = threshold_milli,
                                .counted_min = counted_min};
}

Test(review_rule, every_figure_is_reckoned_as_by_hand)
{
    /* Patience: 12 marks that are 30 together, expected 4.2 worth 10: (42 + 30) / 22 = 3.2727….
     * First answer: 8 talks, 720 seconds together: 90 seconds on average, 1.5 minutes.
     * In time: 17 of 20 is 85 %.  Offers: 2 of 3 is 66.667 %. */
    const struct review_prior prior = {.mean_milli = 4200, .weight = 10};
    const struct review_figures f = {.marks = {{12, review_score(&prior, 12, 30)}},
                                     .first = {8, 720},
                                     .in_time = {20, 17},
                                     .taken = {3, 2},
                                     .answered_count = 40,
                                     .upheld_count = 2};

    cr_assert_eq(review_stands(REVIEW_PATIENCE, &f), 3273);
    cr_assert_eq(review_counted(REVIEW_PATIENCE, &f), 12);
    cr_assert_eq(review_stands(REVIEW_FIRST, &f), 1500);
    cr_assert_eq(review_stands(REVIEW_IN_TIME, &f), 85000);
    cr_assert_eq(review_stands(REVIEW_TAKEN, &f), 66667);
    cr_assert_eq(review_stands(REVIEW_COMPLAINTS, &f), 2000);
    cr_assert_eq(review_counted(REVIEW_COMPLAINTS, &f), 40);
}

Test(review_rule, a_figure_fires_at_its_threshold_and_not_before_enough_is_known) /* (2) */
{
    const struct review_figures f = {.marks = {{12, 3273}, {0, 4200}},
                                     .first = {8, 720},
                                     .in_time = {20, 17},
                                     .taken = {3, 2},
                                     .upheld_count = 2};
    const struct {
        struct review_rule rule;
        bool fires;
    } cases[] = {
        {rule(REVIEW_WARN, REVIEW_PATIENCE, 3274, 12), true},
        {rule(REVIEW_WARN, REVIEW_PATIENCE, 3273, 12), false}, /* not below */
        {rule(REVIEW_WARN, REVIEW_PATIENCE, 3274, 13), false},
        {rule(REVIEW_WARN, REVIEW_COURTESY, 5000, 0), false}, /* never marked */
        {rule(REVIEW_WARN, REVIEW_FIRST, 1500, 8), true},
        {rule(REVIEW_WARN, REVIEW_FIRST, 1501, 8), false},
        {rule(REVIEW_WIDEN, REVIEW_FIRST, 1500, 8), true},
        {rule(REVIEW_WIDEN, REVIEW_FIRST, 1499, 8), false},
        {rule(REVIEW_WARN, REVIEW_IN_TIME, 85000, 20), false},
        {rule(REVIEW_WARN, REVIEW_IN_TIME, 85100, 20), true},
        {rule(REVIEW_WIDEN, REVIEW_IN_TIME, 85000, 20), true},
        {rule(REVIEW_SUSPEND, REVIEW_TAKEN, 70000, 3), true},
        {rule(REVIEW_SUSPEND, REVIEW_TAKEN, 70000, 4), false},
        {rule(REVIEW_REMOVE, REVIEW_COMPLAINTS, 2000, 0), true},
        {rule(REVIEW_REMOVE, REVIEW_COMPLAINTS, 3000, 0), false},
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        cr_expect_eq(review_fires(&cases[i].rule, &f), cases[i].fires, "case %zu", i);
}

Test(review_rule, figures_are_kept_with_a_measure_as_they_were)
{
    struct review_figures was = {.marks = {{1, 2}, {3, 4}, {5, 6}, {7, 8}},
                                 .first = {9, 10},
                                 .in_time = {11, 12},
                                 .taken = {13, 14},
                                 .rated_count = 15,
                                 .warnings_count = 16};
    struct review_figures is = review_figures_of(review_figures_words(court.scene->arena, &was));

    for (int i = REVIEW_OVERALL; i < REVIEW_FIGURES; i++)
        cr_expect_eq(review_counted((enum review_figure)i, &is),
                     review_counted((enum review_figure)i, &was), "figure %d", i);
    cr_assert_eq(is.marks[3].amount, 8);
    cr_assert_eq(is.taken.amount, 14);
    cr_assert_eq(is.warnings_count, 16);
    /* What was kept before there were so many. */
    is = review_figures_of(S("rated=12 score=3400 answered=4"));
    cr_assert(is.rated_count == 12 && is.score_milli == 3400 && is.taken.count == 0);
}

/* ---- what cannot be meant so ---- */

static const char *refused(struct review_rule r, const struct review_rule *others, size_t count)
{
    struct outcome outcome = review_check_rule(court.scene->arena, &r, others, count, 90);

    return outcome.refusal ? outcome.refusal->key : "";
}

Test(review_rule, a_threshold_out_of_its_range_is_refused) /* (8) */
{
    static const struct {
        enum review_measure measure;
        enum review_figure figure;
        int64_t threshold_milli, counted_min;
        const char *key;
    } cases[] = {
        {REVIEW_WARN, REVIEW_PATIENCE, 3500, 5, ""},
        {REVIEW_WARN, REVIEW_PATIENCE, 0, 5, "review.threshold-mark"},
        {REVIEW_WARN, REVIEW_PATIENCE, 1000, 5, "review.threshold-mark"},
        {REVIEW_WARN, REVIEW_PATIENCE, 5001, 5, "review.threshold-mark"},
        {REVIEW_WARN, REVIEW_PATIENCE, 3500, 0, "review.counted"},
        {REVIEW_WARN, REVIEW_COMPLAINTS, 2000, 0, ""},
        {REVIEW_WARN, REVIEW_COMPLAINTS, 1500, 0, "review.threshold-times"},
        {REVIEW_WARN, REVIEW_COMPLAINTS, 0, 0, "review.threshold-times"},
        {REVIEW_WIDEN, REVIEW_COMPLAINTS, 0, 20, ""},
        {REVIEW_WIDEN, REVIEW_COMPLAINTS, 0, 0, "review.counted"},
        {REVIEW_WARN, REVIEW_FIRST, 99, 5, "review.threshold-minutes"},
        {REVIEW_WARN, REVIEW_FIRST, 1440001, 5, "review.threshold-minutes"},
        {REVIEW_WARN, REVIEW_IN_TIME, 100001, 5, "review.threshold-percent"},
        {REVIEW_WARN, REVIEW_TAKEN, 0, 5, "review.threshold-percent"},
        {REVIEW_WARN, REVIEW_NO_FIGURE, 3000, 0, "review.threshold-alone"},
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        cr_expect_str_eq(refused(rule(cases[i].measure, cases[i].figure, cases[i].threshold_milli,
                                      cases[i].counted_min),
                                 NULL, 0),
                         cases[i].key, "case %zu", i);
}

Test(review_rule, what_can_never_be_true_is_refused) /* (8) */
{
    struct review_rule r = rule(REVIEW_WARN, REVIEW_COMPLAINTS, 2000, 0);

    r.upheld_max = 0;
    cr_expect_str_eq(refused(r, NULL, 0), "review.rule-never");
    r = (struct review_rule){
        .measure = REVIEW_WARN, .upheld_max = -1, .score_below = 3000, .score_from = 3000};
    cr_expect_str_eq(refused(r, NULL, 0), "review.rule-never");
    r.score_from = 2900;
    cr_expect_str_eq(refused(r, NULL, 0), "");
    r = (struct review_rule){.measure = REVIEW_WIDEN, .upheld_max = -1, .late_min = 100};
    cr_expect_str_eq(refused(r, NULL, 0), "review.rule-widen");
}

Test(review_rule, the_harsher_measure_may_not_come_before_the_milder) /* (8) */
{
    struct review_rule others[2] = {rule(REVIEW_WARN, REVIEW_PATIENCE, 3500, 10),
                                    rule(REVIEW_SUSPEND, REVIEW_COMPLAINTS, 3000, 0)};
    struct review_rule more = rule(REVIEW_SUSPEND, REVIEW_PATIENCE, 3500, 10);

    others[0].rule = 1, others[1].rule = 2;
    more.rule = 3;
    /* Somebody at 3.6 would be suspended, who is warned only below 3.5. */
    cr_expect_str_eq(refused(rule(REVIEW_SUSPEND, REVIEW_PATIENCE, 3700, 10), others, 2),
                     "review.rule-order");
    cr_expect_str_eq(refused(more, others, 2), "review.rule-order", "both at once");
    cr_expect_str_eq(refused(rule(REVIEW_SUSPEND, REVIEW_PATIENCE, 3000, 10), others, 2), "");
    cr_expect_str_eq(refused(rule(REVIEW_SUSPEND, REVIEW_COURTESY, 4000, 10), others, 2), "",
                     "another figure");
    more.warnings_min = 1; /* and warned already: the milder one came before */
    cr_expect_str_eq(refused(more, others, 2), "");
    /* Of a burden less is earlier; and the milder one may be the new one. */
    cr_expect_str_eq(refused(rule(REVIEW_WARN, REVIEW_COMPLAINTS, 4000, 0), others, 2),
                     "review.rule-order");
    cr_expect_str_eq(refused(rule(REVIEW_WARN, REVIEW_COMPLAINTS, 2000, 0), others, 2), "");
    cr_expect_str_eq(refused(rule(REVIEW_REMOVE, REVIEW_COMPLAINTS, 2000, 0), others, 2),
                     "review.rule-order");
    cr_expect_str_eq(refused(rule(REVIEW_WARN, REVIEW_PATIENCE, 3500, 10), others, 2),
                     "review.rule-twice");
    /* A rule is not held against itself when it is changed. */
    more = rule(REVIEW_WARN, REVIEW_PATIENCE, 3500, 10);
    more.rule = 1;
    cr_expect_str_eq(refused(more, others, 2), "");
}

/* ---- written in the browser, and held against people ---- */

static int64_t version(void)
{
    struct review_find_policy_row policy;

    cr_assert(test_done(review_policy_of(court.scene, &policy)));
    return policy.policy_version;
}

static const char *write_rule(const char *typed)
{
    const struct reason *reason =
        court_post(&court.admin, &review_act_rule_add, "seen=%lld&%s", (long long)version(), typed);

    return reason ? reason->key : "";
}

struct offering {
    const struct actor *to;
    moment at;
    int64_t taken_after, first_after; /* seconds; 0 not */
    bool is_written;
};

static struct outcome run_offer(struct scene *unused, const void *form, void *result)
{
    const struct offering *o = form;
    id case_id = court.next_case++;
    moment now = court.scene->now;

    (void)unused, (void)result;
    TRY(assignment_add_assignment(
        court.scene->store,
        &(struct assignment_add_assignment_values){.assignment_id = scene_new_id(court.scene),
                                                   .service = S("consultation"),
                                                   .case_id = case_id,
                                                   .profession = S("lawyer"),
                                                   .field = S("labour"),
                                                   .person_id = o->to->person_id,
                                                   .candidates = S(""),
                                                   .is_written = o->is_written,
                                                   .offered_at = o->at}));
    court.scene->actor = *o->to;
    court.scene->now = o->at + o->taken_after;
    if (o->taken_after) TRY(assignment_accept(court.scene, case_id));
    court.scene->now = o->at + o->first_after;
    if (o->first_after) TRY(assignment_said(court.scene, case_id));
    court.scene->now = o->at + 1000;
    if (o->first_after) TRY(assignment_said(court.scene, case_id)); /* only the first words count */
    TRY(assignment_end(court.scene, case_id, o->taken_after ? "accepted" : "expired", S("")));
    court.scene->now = now;
    return DONE;
}
static const struct act offer_act = {.name = "test.offer", .who = WHO_SYSTEM, .run = run_offer};

static void offer(struct offering o)
{
    court.scene->actor = court_system;
    cr_assert(test_done(test_act(court.scene, &offer_act, &o, NULL)));
}

static struct review_figures figures_of(const struct actor *who, int64_t days)
{
    struct review_person person;
    bool found;

    cr_assert(test_done(review_person_of(court.scene, &(struct review_scope){S(""), 0},
                                         court.scene->now - days * SECONDS_PER_DAY,
                                         court.scene->now + 1, who->person_id, &person, &found)));
    cr_assert(found);
    return person.candidate.figures;
}

Test(review_rule, offers_first_words_and_deadlines_are_counted_from_what_happened)
{
    const moment now = court.scene->now;
    const int64_t day = SECONDS_PER_DAY;
    struct review_figures f;

    offer((struct offering){&court.anna, now - day, 10, 40, false});
    offer((struct offering){&court.anna, now - 2 * day, 20, 80, false});
    offer((struct offering){&court.anna, now - 3 * day, 0, 0, false});
    offer((struct offering){&court.anna, now - 4 * day, 5, 0, true}); /* in writing: no offer */
    offer((struct offering){&court.anna, now - 40 * day, 0, 0, false});
    court_serve((struct court_serving){&court.anna, now - day, 4, .is_written = true});
    court_serve(
        (struct court_serving){&court.anna, now - 2 * day, 2, .is_written = true, .is_late = true});
    f = figures_of(&court.anna, 30);
    cr_assert(f.taken.count == 3 && f.taken.amount == 2);
    cr_assert(f.first.count == 2 && f.first.amount == 120, "%lld", (long long)f.first.amount);
    cr_assert(f.in_time.count == 2 && f.in_time.amount == 1);
    cr_assert_eq(f.marks[0].count, 2);
    cr_assert_eq(f.marks[0].amount, 4000, "(10 * 4.2 + 4 + 2) / 12");
    cr_assert_eq(f.marks[1].count, 0);
    cr_assert_eq(figures_of(&court.anna, 90).taken.count, 4, "each window has its own");
}

Test(review_rule, a_rule_of_each_figure_is_written_and_refused_in_words)
{
    static const char *const good[] = {
        "measure=warn&figure=overall&threshold=3.2&counted_min=8",
        "measure=warn&figure=patience&threshold=3.5&counted_min=8&looks_back_days=30",
        "measure=suspend&figure=patience&threshold=3&counted_min=8&looks_back_days=30",
        "measure=warn&figure=courtesy&threshold=3.5&counted_min=8",
        "measure=warn&figure=efficiency&threshold=3.5&counted_min=8",
        "measure=warn&figure=correctness&threshold=3.5&counted_min=8",
        "measure=remove&figure=complaints&threshold=5",
        "measure=warn&figure=sampled&threshold=3&counted_min=4",
        "measure=warn&figure=first&threshold=5&counted_min=10",
        "measure=warn&figure=in_time&threshold=80&counted_min=10&looks_back_days=60",
        "measure=suspend&figure=taken&threshold=50&counted_min=20&looks_back_days=14",
        "measure=widen&figure=taken&threshold=98&counted_min=50",
    };

    for (size_t i = 0; i < COUNT(good); i++)
        cr_expect_str_eq(write_rule(good[i]), "", "%s", good[i]);
    cr_expect_str_eq(write_rule("measure=warn&figure=patience&threshold=9&counted_min=8"),
                     "review.threshold-mark");
    cr_expect_str_eq(write_rule("measure=warn&figure=height&threshold=3&counted_min=8"),
                     "review.rule-figure");
    cr_expect_str_eq(
        write_rule("measure=warn&figure=first&threshold=3&counted_min=8&looks_back_days=3"),
        "review.rule-window");
    cr_expect_str_eq(write_rule("measure=remove&figure=taken&threshold=60&counted_min=20"),
                     "review.rule-order");
    cr_expect_str_eq(write_rule("measure=warn"), "review.rule-empty");
}

Test(review_rule, each_rule_looks_at_its_own_days_and_the_gravest_counts) /* appraise (1) */
{
    const moment now = court.scene->now;
    long long measure;

    /* Of the last 7 days 1 of 4 offers was taken; of 90 days 13 of 16, which is 81 %. */
    for (int i = 0; i < 12; i++)
        offer((struct offering){&court.anna, now - (20 + i) * SECONDS_PER_DAY, 10, 30, false});
    for (int i = 0; i < 4; i++)
        offer((struct offering){&court.anna, now - (i + 1) * SECONDS_PER_DAY, i ? 0 : 10,
                                i ? 0 : 30, false});
    cr_assert_str_eq(write_rule("measure=warn&figure=taken&threshold=85&counted_min=10"), "");
    cr_assert_str_eq(
        write_rule("measure=suspend&figure=taken&threshold=50&counted_min=4&looks_back_days=7"),
        "");
    cr_assert(!court_tick(&review_act_appraise, 0));
    measure = court_find_measure_of(&court.anna, "open");
    cr_assert(measure);
    cr_assert(str_same(court_measure(measure).measure, S("suspend")));
    cr_assert_eq(review_figures_of(court_measure(measure).figures).taken.count, 4,
                 "with the figures of its own days");
    cr_assert(!court_find_measure_of(&court.bo, "open"));
}

static const struct module desk = {.name = "desk", .pages = review_desk_pages};

Test(review_rule, a_consultant_sees_each_figure_against_its_rule_and_the_cases_behind)
{
    const moment now = court.scene->now;
    struct review_record_view record;
    struct review_behind_view behind;
    const struct review_held_view *held = NULL;

    offer((struct offering){&court.anna, now - SECONDS_PER_DAY, 10, 30, false});
    offer((struct offering){&court.anna, now - 2 * SECONDS_PER_DAY, 0, 0, false});
    offer((struct offering){&court.bo, now - SECONDS_PER_DAY, 0, 0, false});
    cr_assert_str_eq(
        write_rule("measure=warn&figure=taken&threshold=60&counted_min=2&looks_back_days=7"), "");
    court.scene->actor = court.anna;
    cr_assert(test_done(test_show(court.scene, &desk, "/desk/record", "", &record, NULL)));
    for (size_t i = 0; i < record.held_count; i++) {
        if (record.held[i].window_days == 7 && record.held[i].measure_name.len)
            held = &record.held[i];
    }
    cr_assert(held && held->fires);
    cr_assert(str_same(held->is_text, S("50.0%")), "%.*s", STR_ARGS(held->is_text));
    cr_assert(str_same(held->link, S("/desk/record/cases?which=offers&days=7")));
    cr_assert(test_done(
        test_show(court.scene, &desk, "/desk/record/cases", "which=offers&days=7", &behind, NULL)));
    cr_assert_eq(behind.cases_count, 2);
    cr_assert_eq(behind.cases[0].lapsed + behind.cases[1].lapsed, 1);
}

Test(review_rule, oneself_sees_how_often_a_mark_was_given_and_not_by_whom)
{
    struct review_behind_view behind;

    for (int i = 0; i < 3; i++)
        court_serve((struct court_serving){
            &court.anna, court.scene->now - (i + 2) * SECONDS_PER_DAY, i ? 5 : 2});
    court.scene->actor = court.anna;
    cr_assert(test_done(
        test_show(court.scene, &desk, "/desk/record/cases", "which=patience", &behind, NULL)));
    cr_assert_eq(behind.cases_count, 2);
    cr_assert(behind.cases[0].cases == 2 && str_same(behind.cases[0].mark, S("5")));
    cr_assert(behind.cases[1].cases == 1 && str_same(behind.cases[1].mark, S("2")));
    for (size_t i = 0; i < 2; i++)
        cr_assert(!behind.cases[i].reference.len && !behind.cases[i].at &&
                  !behind.cases[i].link.len);
}
