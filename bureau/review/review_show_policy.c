/* review_show_policy.c -- the numbers, rules and wording an administrator keeps. */
#include "bureau/review/review_show.h"
#include "bureau/review/review_wording.h"

static const struct review_named measures[] = {{"widen", T("Wider service")},
                                               {"warn", T("Written warning")},
                                               {"suspend", T("Suspension from service")},
                                               {"remove", T("Removal from service")}};

static const struct choice *figures_of(struct scene *scene, struct str chosen, size_t *count)
{
    struct review_named all[REVIEW_FIGURES];

    for (int i = 0; i < REVIEW_FIGURES; i++)
        all[i] = (struct review_named){review_figure_word((enum review_figure)i).at,
                                       i ? review_figure_name((enum review_figure)i)
                                         : T("None: only the further conditions")};
    *count = COUNT(all);
    return review_choices(scene, all, COUNT(all), chosen);
}

/* As it is typed: without the places that say nothing, and no dash for nothing. */
static struct str typed_milli(struct scene *scene, int64_t milli)
{
    return form_amount(scene->arena, scene->language, FIELD_milli, milli);
}

/* ---- policy ---- */

static void set_numbers(struct scene *scene, const struct review_find_policy_row *p,
                        struct review_policy_view *v)
{
    v->seen = review_number(scene, p->policy_version);
    v->window_days = review_number(scene, p->window_days);
    v->prior_milli = typed_milli(scene, p->prior_milli);
    v->prior_weight = review_number(scene, p->prior_weight);
    v->acknowledge_days = review_number(scene, p->acknowledge_days);
    v->decide_days = review_number(scene, p->decide_days);
    v->sample_count = review_number(scene, p->sample_count);
    v->sample_days = review_number(scene, p->sample_days);
    v->appeal_days = review_number(scene, p->appeal_days);
    v->appeal_decide_days = review_number(scene, p->appeal_decide_days);
    v->suspend_days = review_number(scene, p->suspend_days);
    v->warn_days = review_number(scene, p->warn_days);
    v->widen_live = review_number(scene, p->widen_live);
    v->widen_written = review_number(scene, p->widen_written);
    v->commend_rated_min = review_number(scene, p->commend_rated_min);
    v->commend_answered_min = review_number(scene, p->commend_answered_min);
    v->commend_milli = typed_milli(scene, p->commend_milli);
    v->commend_count = review_number(scene, p->commend_count);
}

static struct outcome show_rules(struct scene *scene, int64_t version, struct review_policy_view *v)
{
    const struct review_list_rules_row *rows;
    struct review_rule_row_view *shown;

    TRY(review_list_rules(scene->arena, scene->store, version, &rows, &v->rules_count));
    shown = NEW_MANY(scene->arena, struct review_rule_row_view, v->rules_count + 1);
    for (size_t i = 0; i < v->rules_count; i++) {
        struct review_rule rule = review_rule_of(&rows[i]);

        shown[i] = (struct review_rule_row_view){
            .rule = rule.rule,
            .measure = rows[i].measure,
            .measure_name = text_in(scene->language, review_measure_name(rule.measure)),
            .when_text = review_when(scene, &rule)};
    }
    v->rules = shown;
    return DONE;
}

static struct outcome show_history(struct scene *scene, struct review_policy_view *v)
{
    const struct review_list_policies_row *rows;
    const struct review_list_draws_row *draws;
    struct review_version_view *versions;
    struct review_draw_view *drawn;

    TRY(review_list_policies(scene->arena, scene->store, &rows, &v->versions_count));
    versions = NEW_MANY(scene->arena, struct review_version_view, v->versions_count + 1);
    for (size_t i = 0; i < v->versions_count; i++)
        versions[i] = (struct review_version_view){rows[i].policy_version, rows[i].made_at,
                                                   rows[i].person_name};
    v->versions = versions;
    TRY(review_list_draws(scene->arena, scene->store, &draws, &v->draws_count));
    drawn = NEW_MANY(scene->arena, struct review_draw_view, v->draws_count + 1);
    for (size_t i = 0; i < v->draws_count; i++)
        drawn[i] = (struct review_draw_view){draws[i].week, draws[i].seed, draws[i].cases_count,
                                             draws[i].drawn_count};
    v->draws = drawn;
    return DONE;
}

struct outcome review_show_policy(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct review_policy_view *v = view;
    struct review_find_policy_row policy;

    (void)query;
    TRY(review_need_city(scene));
    TRY(review_policy_of(scene, &policy));
    set_numbers(scene, &policy, v);
    v->measures = review_choices(scene, measures, COUNT(measures), S(""));
    v->measures_count = COUNT(measures);
    v->figures = figures_of(scene, review_figure_word(REVIEW_OVERALL), &v->figures_count);
    TRY(show_rules(scene, policy.policy_version, v));
    return show_history(scene, v);
}

/* A condition that asks for nothing is an empty field. */
static struct str some(struct scene *scene, int64_t number)
{
    return number > 0 ? review_number(scene, number) : S("");
}

static struct str some_milli(struct scene *scene, int64_t milli)
{
    return milli > 0 ? typed_milli(scene, milli) : S("");
}

struct outcome review_show_rule(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_which_rule_form *f = query;
    struct review_rule_view *v = view;
    struct review_find_policy_row policy;
    struct review_find_rule_row r;
    bool found;

    TRY(review_need_city(scene));
    TRY(review_policy_of(scene, &policy));
    TRY(review_find_rule(scene->arena, scene->store, policy.policy_version, f->rule, &r, &found));
    if (!found) return REFUSE(act_unknown);
    *v = (struct review_rule_view){
        .rule = r.rule,
        .seen = review_number(scene, policy.policy_version),
        .measure = r.measure,
        .score_below = some_milli(scene, r.score_below),
        .score_from = some_milli(scene, r.score_from),
        .rated_min = some(scene, r.rated_min),
        .upheld_min = some(scene, r.upheld_min),
        .money_min = some(scene, r.money_min),
        .no_upheld = r.upheld_max == 0,
        .no_upheld_text = r.upheld_max == 0 ? S("1") : S(""),
        .late_percent = some(scene, r.late_min / 10),
        .answered_min = some(scene, r.answered_min),
        .sampled_below = some_milli(scene, r.sampled_below),
        .sampled_from = some_milli(scene, r.sampled_from),
        .sampled_min = some(scene, r.sampled_min),
        .warnings_min = some(scene, r.warnings_min),
        .figure = r.figure,
        .threshold = r.figure.len ? typed_milli(scene, r.threshold_milli) : S(""),
        .counted_min = some(scene, r.counted_min),
        .window_days = some(scene, r.window_days),
        .has_more = !r.figure.len || r.score_below || r.score_from || r.upheld_min ||
                    r.upheld_max == 0 || r.money_min || r.late_min || r.sampled_below ||
                    r.sampled_from || r.warnings_min,
        .measures = review_choices(scene, measures, COUNT(measures), r.measure),
        .measures_count = COUNT(measures),
    };
    v->figures = figures_of(scene, r.figure, &v->figures_count);
    return DONE;
}

/* ---- wording ---- */

struct outcome review_show_wording(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct review_wording_view *v = view;
    const struct review_list_patterns_row *rows;
    struct review_pattern_row_view *shown;
    struct review_named kinds[REVIEW_WORDINGS];

    (void)query;
    TRY(review_need_city(scene));
    TRY(review_list_patterns(scene->arena, scene->store, &rows, &v->patterns_count));
    shown = NEW_MANY(scene->arena, struct review_pattern_row_view, v->patterns_count + 1);
    for (size_t i = 0; i < v->patterns_count; i++) {
        enum review_wording kind = REVIEW_MONEY;

        review_wording_of(rows[i].wording, &kind);
        shown[i] = (struct review_pattern_row_view){
            .pattern = rows[i].pattern_id,
            .wording = rows[i].wording,
            .wording_name = text_in(scene->language, review_wording_name(kind)),
            .text = rows[i].pattern};
    }
    v->patterns = shown;
    for (int i = 0; i < REVIEW_WORDINGS; i++)
        kinds[i] = (struct review_named){review_wording_word((enum review_wording)i).at,
                                         review_wording_name((enum review_wording)i)};
    v->kinds = review_choices(scene, kinds, COUNT(kinds), S(""));
    v->kinds_count = COUNT(kinds);
    return DONE;
}
