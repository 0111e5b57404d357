/* review_policy.c -- the numbers, rules and wording appraisal goes by: what an installation begins
 * with, and how an administrator of the whole city changes it.
 *
 *  (1) A change makes a new version with everything in it; an old version never changes.
 *  (2) What is about to be changed must be the newest: two who change at once do not undo each
 *      other. */
#include "bureau/review/review_inside.h"
#include "bureau/review/review_wording.h"

enum { RULES_MAX = 40 /* as many as list_rules reads */, WINDOW_MIN = 7 };

static const struct reason rule_word = {
    "review.rule-measure", T("Please choose what the rule proposes."), .field = "measure"};
static const struct reason rule_empty = {
    "review.rule-empty",
    T("Please give at least one condition beside the counts: otherwise the "
      "rule would never propose anything."),
    0};
static const struct reason rule_figure = {
    "review.rule-figure", T("Please choose a figure from the list."), .field = "figure"};
static const struct reason rule_window = {
    "review.rule-window",
    T("A rule looks back on 7 to 730 days. Please give such a number, or leave it empty."),
    .field = "looks_back_days"};
static const struct reason too_many_rules = {"review.too-many-rules",
                                             T("There are 40 rules already."), 409};
static const struct reason changed_meanwhile = {
    "review.changed", T("Somebody has changed this meanwhile. Please look at it again."), 409};
static const struct reason wording_word = {"review.wording-kind",
                                           T("Please choose what the wording means."), 0};
static const struct reason wording_empty = {
    "review.wording-empty", T("Please write at least one letter or digit, at most 60."),
    .field = "wording"};
static const struct reason too_many_patterns = {"review.too-many-patterns",
                                                T("There are 400 wordings already."), 409};

static const struct review_rule first_rules[] = {
    {1, REVIEW_WIDEN, .score_from = 4700, .rated_min = 30, .upheld_max = 0},
    {2, REVIEW_WARN, .score_below = 3500, .rated_min = 10, .upheld_max = -1},
    {3, REVIEW_WARN, .upheld_min = 1, .upheld_max = -1},
    {4, REVIEW_WARN, .late_min = 200, .answered_min = 10, .upheld_max = -1},
    {5, REVIEW_WARN, .sampled_below = 2500, .sampled_min = 3, .upheld_max = -1},
    {6, REVIEW_SUSPEND, .score_below = 3500, .rated_min = 15, .warnings_min = 1, .upheld_max = -1},
    {7, REVIEW_SUSPEND, .upheld_min = 2, .upheld_max = -1},
    {8, REVIEW_SUSPEND, .money_min = 1, .upheld_max = -1},
    {9, REVIEW_REMOVE, .money_min = 2, .upheld_max = -1},
};

static struct outcome add_rule(struct scene *scene, int64_t version, const struct review_rule *r)
{
    return review_add_rule(scene->store, &(struct review_add_rule_values){
                                             .policy_version = version,
                                             .rule = r->rule,
                                             .measure = review_measure_word(r->measure),
                                             .score_below = r->score_below,
                                             .score_from = r->score_from,
                                             .rated_min = r->rated_min,
                                             .upheld_min = r->upheld_min,
                                             .upheld_max = r->upheld_max,
                                             .money_min = r->money_min,
                                             .late_min = r->late_min,
                                             .answered_min = r->answered_min,
                                             .sampled_below = r->sampled_below,
                                             .sampled_from = r->sampled_from,
                                             .sampled_min = r->sampled_min,
                                             .warnings_min = r->warnings_min,
                                             .figure = review_figure_word(r->figure),
                                             .threshold_milli = r->threshold_milli,
                                             .counted_min = r->counted_min,
                                             .window_days = r->window_days,
                                         });
}

/* ---- what an installation begins with ---- */

static struct outcome first_subsidies(struct scene *scene)
{
    static const struct {
        enum review_item item;
        int64_t fen, count_max;
    } rates[] = {{REVIEW_LIVE, 1500, 0},
                 {REVIEW_MESSAGE, 2000, 0},
                 {REVIEW_MESSAGE_LATE, 1000, 0},
                 {REVIEW_SHIFT_HOUR, 2000, 80},
                 {REVIEW_STANDBY_HOUR, 500, 40}};
    struct review_find_newest_subsidy_row before;
    bool found;

    TRY(review_find_newest_subsidy(scene->store, &before, &found));
    if (found) return DONE;
    TRY(review_add_subsidy_policy(scene->store, 1, S("2018-01"), scene->now, 0, 300000, 60));
    for (size_t i = 0; i < COUNT(rates); i++)
        TRY(review_add_rate(scene->store, 1, review_item_word(rates[i].item), rates[i].fen,
                            rates[i].count_max));
    return DONE;
}

struct outcome review_first(struct scene *scene)
{
    struct review_find_policy_row before;
    bool found;

    TRY(clock_set(scene, "review.weekly", 0, scene->now + SECONDS_PER_MINUTE));
    TRY(first_subsidies(scene));
    TRY(review_find_policy(scene->store, &before, &found));
    if (found) return DONE;
    TRY(review_add_policy(scene->store, &(struct review_add_policy_values){
                                            .policy_version = 1,
                                            .made_at = scene->now,
                                            .window_days = 90,
                                            .prior_milli = 4200,
                                            .prior_weight = 10,
                                            .acknowledge_days = 1,
                                            .decide_days = 15,
                                            .sample_count = 20,
                                            .sample_days = 5,
                                            .appeal_days = 10,
                                            .appeal_decide_days = 15,
                                            .suspend_days = 30,
                                            .warn_days = 180,
                                            .widen_live = 1,
                                            .widen_written = 5,
                                            .commend_rated_min = 5,
                                            .commend_answered_min = 10,
                                            .commend_milli = 4300,
                                            .commend_count = 20,
                                        }));
    for (size_t i = 0; i < COUNT(first_rules); i++) TRY(add_rule(scene, 1, &first_rules[i]));
    return DONE;
}

struct outcome review_first_pattern(struct scene *scene, const struct str columns[2])
{
    struct review_find_policy_row policy;
    struct str plain = review_plain_pattern(scene->arena, columns[1]);
    enum review_wording kind;
    bool found;

    /* What an administrator took away does not come back. */
    TRY(review_find_policy(scene->store, &policy, &found));
    if (found) return DONE;
    if (!review_wording_of(columns[0], &kind) || !plain.len)
        return FAULT("data/wording.tsv has a line that is no pattern");
    return review_add_pattern(scene->store, scene_new_id(scene), columns[0], columns[1], plain);
}

/* ---- changed ---- */

/* What the next version begins with: the newest one. */
static struct outcome next_version(struct scene *scene, int64_t seen_version,
                                   struct review_find_policy_row *policy)
{
    TRY(review_need_city(scene));
    TRY(review_policy_of(scene, policy));
    if (policy->policy_version != seen_version) return REFUSE(changed_meanwhile);
    policy->policy_version++;
    policy->made_at = scene->now;
    policy->by_id = scene->actor.person_id;
    return DONE;
}

/* The rules of the version before, but for one of them (0: all); the highest number there is. */
static struct outcome copy_rules(struct scene *scene, int64_t version, int64_t but_rule,
                                 int64_t *last_rule, size_t *count)
{
    const struct review_list_rules_row *rows;

    TRY(review_list_rules(scene->arena, scene->store, version - 1, &rows, count));
    *last_rule = 0;
    for (size_t i = 0; i < *count; i++) {
        struct review_rule rule = review_rule_of(&rows[i]);

        if (rule.rule > *last_rule) *last_rule = rule.rule;
        if (rule.rule != but_rule) TRY(add_rule(scene, version, &rule));
    }
    return DONE;
}

static struct outcome add_policy(struct scene *scene, const struct review_find_policy_row *p)
{
    return review_add_policy(scene->store, &(struct review_add_policy_values){
                                               .policy_version = p->policy_version,
                                               .made_at = p->made_at,
                                               .by_id = p->by_id,
                                               .window_days = p->window_days,
                                               .prior_milli = p->prior_milli,
                                               .prior_weight = p->prior_weight,
                                               .acknowledge_days = p->acknowledge_days,
                                               .decide_days = p->decide_days,
                                               .sample_count = p->sample_count,
                                               .sample_days = p->sample_days,
                                               .appeal_days = p->appeal_days,
                                               .appeal_decide_days = p->appeal_decide_days,
                                               .suspend_days = p->suspend_days,
                                               .warn_days = p->warn_days,
                                               .widen_live = p->widen_live,
                                               .widen_written = p->widen_written,
                                               .commend_rated_min = p->commend_rated_min,
                                               .commend_answered_min = p->commend_answered_min,
                                               .commend_milli = p->commend_milli,
                                               .commend_count = p->commend_count,
                                           });
}

static struct outcome save_policy(struct scene *scene, const void *form, void *result)
{
    const struct review_policy_form *f = form;
    struct review_find_policy_row p;
    int64_t last;
    size_t count;

    (void)result;
    TRY(next_version(scene, f->seen, &p));
    p.window_days = f->window_days;
    p.prior_milli = f->prior_milli;
    p.prior_weight = f->prior_weight;
    p.acknowledge_days = f->acknowledge_days;
    p.decide_days = f->decide_days;
    p.sample_count = f->sample_count;
    p.sample_days = f->sample_days;
    p.appeal_days = f->appeal_days;
    p.appeal_decide_days = f->appeal_decide_days;
    p.suspend_days = f->suspend_days;
    p.warn_days = f->warn_days;
    p.widen_live = f->widen_live;
    p.widen_written = f->widen_written;
    p.commend_rated_min = f->commend_rated_min;
    p.commend_answered_min = f->commend_answered_min;
    p.commend_milli = f->commend_milli;
    p.commend_count = f->commend_count;
    TRY(add_policy(scene, &p));
    return copy_rules(scene, p.policy_version, 0, &last, &count);
}

static struct outcome rule_of_form(const struct review_rule_form *f, struct review_rule *r)
{
    *r = (struct review_rule){
        .score_below = f->score_below,
        .score_from = f->score_from,
        .rated_min = f->rated_min,
        .upheld_min = f->upheld_min,
        .upheld_max = f->no_upheld ? 0 : -1,
        .money_min = f->money_min,
        .late_min = f->late_percent * 10,
        .answered_min = f->answered_min,
        .sampled_below = f->sampled_below,
        .sampled_from = f->sampled_from,
        .sampled_min = f->sampled_min,
        .warnings_min = f->warnings_min,
        .threshold_milli = f->threshold,
        .counted_min = f->counted_min,
        .window_days = f->looks_back_days,
    };
    if (!review_measure_of(f->measure, &r->measure)) return REFUSE(rule_word);
    if (!review_figure_of(f->figure, &r->figure)) return REFUSE(rule_figure);
    if (f->looks_back_days && f->looks_back_days < WINDOW_MIN) return REFUSE(rule_window);
    if (!r->score_below && !r->score_from && !r->upheld_min && !r->money_min && !r->late_min &&
        !r->sampled_below && !r->sampled_from && !r->warnings_min && !r->figure)
        return REFUSE(rule_empty);
    return DONE;
}

/* Beside the rules there are, but for the one it takes the place of. */
static struct outcome check(struct scene *scene, const struct review_rule *rule)
{
    struct review_find_policy_row policy;
    struct review_rule *others;
    size_t count;

    TRY(review_policy_of(scene, &policy));
    TRY(review_rules(scene, policy.policy_version, &others, &count));
    return review_check_rule(scene->arena, rule, others, count, policy.window_days);
}

static struct outcome rule_add(struct scene *scene, const void *form, void *result)
{
    const struct review_rule_form *f = form;
    struct review_find_policy_row policy;
    struct review_rule rule;
    int64_t last;
    size_t count;

    (void)result;
    TRY(rule_of_form(f, &rule));
    TRY(next_version(scene, f->seen, &policy));
    TRY(check(scene, &rule));
    TRY(add_policy(scene, &policy));
    TRY(copy_rules(scene, policy.policy_version, 0, &last, &count));
    if (count >= RULES_MAX) return REFUSE(too_many_rules);
    rule.rule = last + 1;
    return add_rule(scene, policy.policy_version, &rule);
}

static struct outcome rule_save(struct scene *scene, const void *form, void *result)
{
    const struct review_rule_form *f = form;
    struct review_find_policy_row policy;
    struct review_find_rule_row before;
    struct review_rule rule;
    int64_t last;
    size_t count;
    bool found;

    (void)result;
    TRY(rule_of_form(f, &rule));
    TRY(review_find_rule(scene->arena, scene->store, f->seen, f->rule, &before, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(next_version(scene, f->seen, &policy));
    rule.rule = f->rule;
    TRY(check(scene, &rule));
    TRY(add_policy(scene, &policy));
    TRY(copy_rules(scene, policy.policy_version, f->rule, &last, &count));
    return add_rule(scene, policy.policy_version, &rule);
}

static struct outcome rule_drop(struct scene *scene, const void *form, void *result)
{
    const struct review_which_rule_form *f = form;
    struct review_find_policy_row policy;
    struct review_find_rule_row before;
    int64_t last;
    size_t count;
    bool found;

    (void)result;
    TRY(review_policy_of(scene, &policy));
    TRY(review_find_rule(scene->arena, scene->store, policy.policy_version, f->rule, &before,
                         &found));
    if (!found) return REFUSE(act_unknown);
    TRY(next_version(scene, policy.policy_version, &policy));
    TRY(add_policy(scene, &policy));
    return copy_rules(scene, policy.policy_version, f->rule, &last, &count);
}

/* ---- wording ---- */

static struct outcome pattern_add(struct scene *scene, const void *form, void *result)
{
    const struct review_pattern_form *f = form;
    struct review_count_patterns_row count;
    struct str plain = review_plain_pattern(scene->arena, f->text);
    enum review_wording kind;
    bool found;

    (void)result;
    TRY(review_need_city(scene));
    if (!review_wording_of(f->wording, &kind)) return REFUSE(wording_word);
    if (!plain.len) return REFUSE(wording_empty);
    TRY(review_count_patterns(scene->store, &count, &found));
    if (count.patterns_count >= REVIEW_PATTERNS_MAX) return REFUSE(too_many_patterns);
    return review_add_pattern(scene->store, scene_new_id(scene), f->wording, f->text, plain);
}

static struct outcome pattern_drop(struct scene *scene, const void *form, void *result)
{
    const struct review_which_pattern_form *f = form;

    (void)result;
    TRY(review_need_city(scene));
    TRY(review_drop_pattern(scene->store, f->pattern));
    return store_changes(scene->store) ? DONE : REFUSE(act_unknown);
}

const struct act review_act_policy = {
    .name = "review.policy", .who = WHO_ADMIN, .form = &review_policy_form, .run = save_policy};
const struct act review_act_rule_add = {
    .name = "review.add_rule", .who = WHO_ADMIN, .form = &review_rule_form, .run = rule_add};
const struct act review_act_rule_save = {
    .name = "review.rule", .who = WHO_ADMIN, .form = &review_rule_form, .run = rule_save};
const struct act review_act_rule_drop = {.name = "review.drop_rule",
                                         .who = WHO_ADMIN,
                                         .form = &review_which_rule_form,
                                         .run = rule_drop};
const struct act review_act_pattern_add = {.name = "review.add_wording",
                                           .who = WHO_ADMIN,
                                           .form = &review_pattern_form,
                                           .run = pattern_add};
const struct act review_act_pattern_drop = {.name = "review.drop_wording",
                                            .who = WHO_ADMIN,
                                            .form = &review_which_pattern_form,
                                            .run = pattern_drop};
