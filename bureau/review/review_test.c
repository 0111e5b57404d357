/* review_test.c -- worked examples of the rules of quality; cites the invariants of review.h. */
#include "bureau/review/review.h"

#include <criterion/criterion.h>

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open(1 << 20);
}
static void tear_down(void)
{
    arena_close(&arena);
}
TestSuite(review, .init = set_up, .fini = tear_down);

/* ---- scores ---- */

Test(review, a_score_of_few_ratings_lies_near_the_mean) /* (1) */
{
    const struct review_prior prior = {.mean_milli = 4200, .weight = 10};

    /* By hand: (10 * 4.2 + 0) / 10;  (42 + 5) / 11 = 4.2727…;  (42 + 1) / 11 = 3.9090…;
     * (42 + 3) / 13 = 3.4615…;  (42 + 100) / 110 = 1.2909…;  (42 + 90 * 4.9) / 100 = 4.83. */
    cr_assert(review_score(&prior, 0, 0) == 4200);
    cr_assert(review_score(&prior, 1, 5) == 4273);
    cr_assert(review_score(&prior, 1, 1) == 3909);
    cr_assert(review_score(&prior, 3, 3) == 3462);
    cr_assert(review_score(&prior, 100, 100) == 1291);
    cr_assert(review_score(&prior, 90, 441) == 4830);
}

Test(review, two_perfect_ratings_do_not_beat_a_hundred_good_ones) /* (1) */
{
    const struct review_prior prior = {.mean_milli = 4000, .weight = 10};

    cr_assert(review_score(&prior, 2, 10) < review_score(&prior, 100, 480));
    cr_assert(review_score(&prior, 1000, 5000) > review_score(&prior, 100, 480));
}

Test(review, more_ratings_move_a_score_only_towards_them) /* (1) */
{
    const struct review_prior prior = {.mean_milli = 4200, .weight = 10};
    int64_t before = review_score(&prior, 0, 0);

    for (int64_t n = 1; n < 2000; n++) {
        int64_t now = review_score(&prior, n, n * 2);

        cr_assert(now <= before && now >= 2000);
        before = now;
    }
    cr_assert(before == 2011);
}

Test(review, without_weight_a_score_is_the_mean)
{
    const struct review_prior prior = {.mean_milli = 4200, .weight = 0};

    cr_assert(review_score(&prior, 0, 0) == 4200);
    cr_assert(review_score(&prior, 3, 10) == review_mean(3, 10));
    cr_assert(review_mean(3, 10) == 3333);
    cr_assert(review_mean(0, 0) == 0);
    cr_assert(review_permille(1, 3) == 333);
    cr_assert(review_permille(1, 0) == 0);
}

/* ---- rules ---- */

static const struct review_rule rules[] = {
    {1, REVIEW_WIDEN, .score_from = 4600, .rated_min = 20, .upheld_max = 0},
    {2, REVIEW_WARN, .score_below = 3500, .rated_min = 10, .upheld_max = -1},
    {3, REVIEW_WARN, .late_min = 200, .answered_min = 10, .upheld_max = -1},
    {4, REVIEW_WARN, .sampled_below = 2500, .sampled_min = 3, .upheld_max = -1},
    {5, REVIEW_SUSPEND, .score_below = 3500, .rated_min = 10, .warnings_min = 1, .upheld_max = -1},
    {6, REVIEW_SUSPEND, .upheld_min = 2, .upheld_max = -1},
    {7, REVIEW_REMOVE, .money_min = 1, .upheld_max = -1},
};

static int64_t decided(struct review_figures figures)
{
    const struct review_rule *rule = review_decide(rules, COUNT(rules), &figures);

    return rule ? rule->rule : 0;
}

Test(review, a_rule_fires_when_all_it_asks_for_is_met) /* (2) */
{
    cr_assert(decided((struct review_figures){.score_milli = 4600, .rated_count = 20}) == 1);
    cr_assert(decided((struct review_figures){.score_milli = 4599, .rated_count = 20}) == 0);
    cr_assert(decided((struct review_figures){.score_milli = 4600, .rated_count = 19}) == 0);
    cr_assert(decided((struct review_figures){
                  .score_milli = 4600, .rated_count = 20, .upheld_count = 1}) == 0);
    cr_assert(decided((struct review_figures){.score_milli = 3499, .rated_count = 10}) == 2);
    cr_assert(decided((struct review_figures){.score_milli = 3500, .rated_count = 10}) == 0);
    cr_assert(decided((struct review_figures){.score_milli = 3000, .rated_count = 9}) == 0);
    cr_assert(decided((struct review_figures){
                  .score_milli = 4200, .answered_count = 10, .late_count = 2}) == 3);
    cr_assert(decided((struct review_figures){
                  .score_milli = 4200, .answered_count = 9, .late_count = 9}) == 0);
    cr_assert(decided((struct review_figures){
                  .score_milli = 4200, .sampled_count = 3, .sampled_milli = 2499}) == 4);
    cr_assert(decided((struct review_figures){
                  .score_milli = 4200, .sampled_count = 2, .sampled_milli = 1000}) == 0);
}

Test(review, the_gravest_rule_counts) /* (3) */
{
    struct review_figures poor = {.score_milli = 3000, .rated_count = 12};

    cr_assert(decided(poor) == 2);
    poor.warnings_count = 1;
    cr_assert(decided(poor) == 5);
    poor.money_count = poor.upheld_count = 1;
    cr_assert(decided(poor) == 7);
    /* As good as can be, and asked for money. */
    cr_assert(decided((struct review_figures){
                  .score_milli = 4900, .rated_count = 200, .upheld_count = 1, .money_count = 1}) ==
              7);
    cr_assert(
        decided((struct review_figures){
            .score_milli = 4900, .rated_count = 200, .answered_count = 10, .late_count = 9}) == 3);
}

Test(review, a_rule_that_asks_for_nothing_never_fires) /* (2) */
{
    const struct review_rule empty = {.measure = REVIEW_REMOVE, .upheld_max = -1},
                             counts = {.measure = REVIEW_REMOVE, .rated_min = 1, .upheld_max = 0};
    const struct review_figures figures = {.rated_count = 9, .score_milli = 1000};

    cr_assert(!review_fires(&empty, &figures));
    cr_assert(!review_fires(&counts, &figures), "a count alone is no condition");
    cr_assert(
        !review_fires(&(struct review_rule){.sampled_below = 2000, .upheld_max = -1}, &figures),
        "no sample, no mark");
    cr_assert(!review_decide(NULL, 0, &figures));
}

Test(review, a_measure_moves_only_along_its_lines) /* (5) */
{
    static const int to[REVIEW_STATES][REVIEW_STEPS] = {
        [REVIEW_PROPOSED] = {REVIEW_IN_FORCE, REVIEW_DISMISSED, -1, -1, -1},
        [REVIEW_DISMISSED] = {-1, -1, -1, -1, -1},
        [REVIEW_IN_FORCE] = {-1, -1, REVIEW_APPEALED, -1, -1},
        [REVIEW_APPEALED] = {-1, -1, -1, REVIEW_KEPT, REVIEW_LIFTED},
        [REVIEW_KEPT] = {-1, -1, -1, -1, -1},
        [REVIEW_LIFTED] = {-1, -1, -1, -1, -1},
    };

    for (int from = 0; from < REVIEW_STATES; from++) {
        for (int step = 0; step < REVIEW_STEPS; step++) {
            enum review_state next;
            struct outcome outcome =
                review_next((enum review_state)from, (enum review_step)step, &next);

            cr_assert(outcome_is_done(outcome) == (to[from][step] >= 0));
            if (outcome_is_done(outcome))
                cr_assert((int)next == to[from][step]);
            else
                cr_assert(outcome.refusal == &review_not_now);
        }
    }
}

Test(review, a_measure_has_its_effect_between_decision_and_end) /* (5) */
{
    static const bool has[REVIEW_STATES] = {
        [REVIEW_IN_FORCE] = true, [REVIEW_APPEALED] = true, [REVIEW_KEPT] = true};

    for (int i = 0; i < REVIEW_STATES; i++) {
        cr_assert(review_in_effect((enum review_state)i, 0) == has[i]);
        cr_assert(!review_in_effect((enum review_state)i, 1));
    }
}

Test(review, somebody_else_decides_about_the_appeal) /* (4) */
{
    cr_assert(outcome_is_done(review_may_decide(3, 1, 2)));
    cr_assert(outcome_is_done(review_may_decide(3, 1, 0)));
    cr_assert(review_may_decide(1, 1, 0).refusal == &review_own_matter);
    cr_assert(review_may_decide(1, 1, 2).refusal == &review_own_matter);
    cr_assert(review_may_decide(2, 1, 2).refusal == &review_same_person);
}

Test(review, an_appeal_is_in_time_until_its_moment)
{
    cr_assert(outcome_is_done(review_may_appeal(REVIEW_SUSPEND, REVIEW_IN_FORCE, 100, 99)));
    cr_assert(review_may_appeal(REVIEW_SUSPEND, REVIEW_IN_FORCE, 100, 100).refusal ==
              &review_too_late);
    cr_assert(review_may_appeal(REVIEW_WIDEN, REVIEW_IN_FORCE, 100, 99).refusal == &review_not_now);
    cr_assert(review_may_appeal(REVIEW_WARN, REVIEW_APPEALED, 100, 99).refusal == &review_not_now);
    cr_assert(review_may_appeal(REVIEW_WARN, REVIEW_PROPOSED, 100, 99).refusal == &review_not_now);
}

Test(review, words_and_names_are_complete)
{
    for (int i = REVIEW_WIDEN; i < REVIEW_MEASURES; i++) {
        enum review_measure measure;

        cr_assert(review_measure_of(review_measure_word((enum review_measure)i), &measure));
        cr_assert((int)measure == i && review_measure_name(measure)[0]);
    }
    cr_assert(!review_measure_of(S(""), &(enum review_measure){0}));
    for (int i = 0; i < REVIEW_STATES; i++) {
        enum review_state state;

        cr_assert(review_state_of(review_state_word((enum review_state)i), &state));
        cr_assert((int)state == i && review_state_name(state)[0]);
    }
    for (int i = 0; i < REVIEW_ITEMS; i++) {
        enum review_item item;

        cr_assert(review_item_of(review_item_word((enum review_item)i), &item));
        cr_assert((int)item == i && review_item_name(item)[0]);
    }
    cr_assert(review_is_grave(S("money")) && !review_is_grave(S("late")));
    cr_assert(review_kind_name(S("wrong"))[0] && !review_kind_name(S("nothing"))[0]);
}

/* ---- draws ---- */

Test(review, a_draw_is_repeated_by_its_seed) /* (6) */
{
    id first[50], again[50], other[50];
    int same = 0;

    for (int i = 0; i < 50; i++) {
        first[i] = 1000 + i;
        again[i] = 1049 - i; /* another order of the same cases */
        other[i] = 1000 + i;
    }
    cr_assert(review_draw(7, first, 50, 10) == 10);
    cr_assert(review_draw(7, again, 50, 10) == 10);
    cr_assert(review_draw(8, other, 50, 10) == 10);
    for (int i = 0; i < 10; i++) {
        cr_assert(first[i] == again[i]);
        for (int j = 0; j < 10; j++) same += first[i] == other[j];
    }
    cr_assert(same < 10, "another seed draws others");
    for (int i = 0; i < 10; i++)
        for (int j = 10; j < 50; j++) cr_assert(review_lot(7, first[i]) < review_lot(7, first[j]));
}

Test(review, a_draw_of_few_takes_all_and_loses_none) /* (6) */
{
    id items[3] = {5, 6, 7};

    cr_assert(review_draw(1, items, 3, 10) == 3);
    cr_assert(items[0] + items[1] + items[2] == 18);
    cr_assert(review_draw(1, items, 0, 10) == 0);
}

Test(review, every_case_has_the_same_chance) /* (6) */
{
    int drawn[20] = {0};

    for (uint64_t seed = 1; seed <= 2000; seed++) {
        id items[20];

        for (int i = 0; i < 20; i++) items[i] = i;
        review_draw(seed, items, 20, 5);
        for (int i = 0; i < 5; i++) drawn[items[i]]++;
    }
    for (int i = 0; i < 20; i++) /* 500 each; six standard deviations are 116 */
        cr_assert(drawn[i] > 384 && drawn[i] < 616, "%d: %d", i, drawn[i]);
}

static bool masks(const char *text, const char *masked)
{
    const struct str names[] = {S("王建华"), S("")};

    return str_same(review_mask(arena, str_of(text), names, COUNT(names)), str_of(masked));
}

Test(review, what_is_marked_names_nobody)
{
    cr_assert(masks("我叫王建华，电话13812345678。", "我叫***，电话***。"));
    cr_assert(masks("证号31010119500101002X", "证号***"));
    cr_assert(masks("138-1234-5678 转 2", "*** 转 2"));
    cr_assert(masks("写信到 wang.jh+1@example.com 吧", "写信到 *** 吧"));
    cr_assert(masks("欠我5000元，第1143条", "欠我5000元，第1143条"));
    cr_assert(masks("", ""));
    cr_assert(masks("@", "@"));
    cr_assert(masks("12345", "***"));
}

/* ---- money ---- */

Test(review, a_month_is_reckoned_by_hand) /* (7) */
{
    /* 40 talks at 15.00, 12 answers at 20.00 and 2 late ones at 10.00, 30 hours on duty at 8.00,
     * 6 hours on standby at 2.50: 600 + 240 + 20 + 240 + 15 = 1115.00 yuan. */
    const struct review_rate rates[REVIEW_ITEMS] = {
        {1500, 0}, {2000, 0}, {1000, 0}, {800, 0}, {250, 0}};
    const int64_t counts[REVIEW_ITEMS] = {40, 12, 2, 30, 6};
    struct review_subsidy pay = review_pay(counts, rates, 0);

    cr_assert(pay.fen[REVIEW_LIVE] == 60000 && pay.fen[REVIEW_MESSAGE] == 24000);
    cr_assert(pay.fen[REVIEW_STANDBY_HOUR] == 1500);
    cr_assert(pay.total_fen == 111500 && pay.cut_fen == 0);
    pay = review_pay(counts, rates, 100000);
    cr_assert(pay.total_fen == 100000 && pay.cut_fen == 11500, "above the cap of a month");
    cr_assert(review_pay(counts, rates, 111500).cut_fen == 0, "at the cap");
}

Test(review, an_item_is_paid_up_to_its_count) /* (7) */
{
    const struct review_rate rates[REVIEW_ITEMS] = {{1500, 30}, {2000, 100}};
    struct review_subsidy pay = review_pay((const int64_t[REVIEW_ITEMS]){40, 12}, rates, 0);

    cr_assert(pay.paid_count[REVIEW_LIVE] == 30 && pay.fen[REVIEW_LIVE] == 45000);
    cr_assert(pay.paid_count[REVIEW_MESSAGE] == 12);
    cr_assert(pay.total_fen == 69000);
    pay = review_pay((const int64_t[REVIEW_ITEMS]){0}, rates, 1);
    cr_assert(pay.total_fen == 0 && pay.cut_fen == 0);
}

Test(review, yuan_have_two_places)
{
    cr_assert(str_same(review_yuan(arena, 0), S("0.00")));
    cr_assert(str_same(review_yuan(arena, 5), S("0.05")));
    cr_assert(str_same(review_yuan(arena, 123405), S("1234.05")));
    cr_assert(str_same(review_yuan(arena, -5), S("-0.05")));
    cr_assert(str_same(review_yuan(arena, INT64_MIN), S("-92233720368547758.08")));
}

Test(review, yuan_are_read_as_they_are_written)
{
    static const struct {
        const char *text;
        int64_t fen;
    } good[] = {{"0", 0},        {"12", 1200},      {"12.5", 1250},
                {"12.05", 1205}, {"-12.50", -1250}, {"10000000", 1000000000}};
    static const char *const bad[] = {"",   "-",   ".5",   "5.",  "1.234",    "1,5",
                                      "+1", "--1", "1.-5", "1e3", "10000001", " 1"};
    int64_t fen;

    for (size_t i = 0; i < COUNT(good); i++) {
        cr_assert(review_fen_of(str_of(good[i].text), &fen), "%s", good[i].text);
        cr_assert(fen == good[i].fen, "%s", good[i].text);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        cr_assert(!review_fen_of(str_of(bad[i]), &fen), "%s", bad[i]);
}

/* ---- commendation ---- */

Test(review, the_best_are_named_and_nobody_else)
{
    const struct review_bar bar = {.rated_min = 10, .answered_min = 20, .score_from = 4500};
    struct review_candidate all[] = {
        {1, {.rated_count = 12, .answered_count = 30, .score_milli = 4600}, false},
        {2, {.rated_count = 9, .answered_count = 30, .score_milli = 5000}, false},
        {3, {.rated_count = 30, .answered_count = 19, .score_milli = 5000}, false},
        {4, {.rated_count = 30, .answered_count = 90, .score_milli = 4600}, false},
        {5, {.rated_count = 30, .answered_count = 90, .score_milli = 4900}, true},
        {6,
         {.rated_count = 30, .answered_count = 90, .score_milli = 4900, .upheld_count = 1},
         false},
        {7, {.rated_count = 30, .answered_count = 90, .score_milli = 4499}, false},
        {8, {.rated_count = 30, .answered_count = 40, .score_milli = 4700}, false},
        {9, {.rated_count = 12, .answered_count = 30, .score_milli = 4600}, false},
    };

    cr_assert(review_rank(&bar, all, COUNT(all)) == 4);
    cr_assert(all[0].person_id == 8);
    cr_assert(all[1].person_id == 4);
    cr_assert(all[2].person_id == 1);
    cr_assert(all[3].person_id == 9);
    cr_assert(review_rank(&bar, all, 0) == 0);
}

Test(review, a_long_list_is_in_order)
{
    const struct review_bar bar = {0};
    struct review_candidate all[500];

    for (int i = 0; i < 500; i++)
        all[i] = (struct review_candidate){
            .person_id = i + 1, .figures = {.score_milli = (int64_t)(review_lot(3, i) % 50)}};
    cr_assert(review_rank(&bar, all, 500) == 500);
    for (int i = 1; i < 500; i++)
        cr_assert(all[i - 1].figures.score_milli > all[i].figures.score_milli ||
                  (all[i - 1].figures.score_milli == all[i].figures.score_milli &&
                   all[i - 1].person_id < all[i].person_id));
}
