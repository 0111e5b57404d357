/* review_figures.c -- what is known of consultants over a period, and why a rule fired.
 *
 *  (1) Every figure is counted from rows that a page can show, each by its own moment. */
#include <inttypes.h>
#include <stdio.h>

#include "bureau/review/review_inside.h"

enum {
    MEAN_OF_ALL_MIN = 100, /* ratings of everybody before their mean says more than the policy */
    MARKS_OF_A_SAMPLE = 4
};

struct outcome review_prior_of(struct scene *scene, moment from, moment until,
                               struct review_prior *prior)
{
    struct review_find_policy_row policy;
    struct review_sum_ratings_row all;
    bool found;

    TRY(review_policy_of(scene, &policy));
    TRY(review_sum_ratings(scene->store, from, until, &all, &found));
    *prior = (struct review_prior){.mean_milli = policy.prior_milli, .weight = policy.prior_weight};
    if (all.rated_count >= MEAN_OF_ALL_MIN)
        prior->mean_milli = review_mean(all.rated_count, all.stars_sum);
    return DONE;
}

static struct review_person person_of(const struct scene *scene, const struct review_prior *prior,
                                      const struct review_list_figures_row *row)
{
    return (struct review_person){
        .candidate = {.person_id = row->person_id,
                      .was_measured = row->measured_count > 0,
                      .figures = {.rated_count = row->rated_count,
                                  .score_milli =
                                      review_score(prior, row->rated_count, row->stars_sum),
                                  .answered_count = row->answered_count,
                                  .late_count = row->late_count,
                                  .upheld_count = row->upheld_count,
                                  .money_count = row->money_count,
                                  .sampled_count = row->sampled_count,
                                  .sampled_milli = review_mean(
                                      row->sampled_count * MARKS_OF_A_SAMPLE, row->marks_sum),
                                  .warnings_count = row->warnings_count}},
        .name = row->person_name,
        .profession = row->profession,
        .division = row->division,
        .standing = row->standing,
        .team_name = review_team_name(scene, row->team_zh, row->team_en),
        .team_id = row->team_id,
        .mean_milli = review_mean(row->rated_count, row->stars_sum),
    };
}

struct outcome review_people(struct scene *scene, const struct review_scope *scope, moment from,
                             moment until, id after, id last, struct review_person **people,
                             size_t *count)
{
    const struct review_list_figures_row *rows;
    struct review_prior prior;

    TRY(review_prior_of(scene, from, until, &prior));
    TRY(review_list_figures(scene->arena, scene->store, from, until, after, last, scope->division,
                            scope->team_id, &rows, count));
    *people = NEW_MANY(scene->arena, struct review_person, *count + 1);
    for (size_t i = 0; i < *count; i++) (*people)[i] = person_of(scene, &prior, &rows[i]);
    return DONE;
}

struct outcome review_person_of(struct scene *scene, const struct review_scope *scope, moment from,
                                moment until, id person_id, struct review_person *person,
                                bool *found)
{
    struct review_person *people;
    size_t count;

    TRY(review_people(scene, scope, from, until, person_id - 1, person_id, &people, &count));
    *found = count == 1;
    if (*found) *person = people[0];
    return DONE;
}

struct review_rule review_rule_of(const struct review_list_rules_row *row)
{
    struct review_rule rule = {
        .rule = row->rule,
        .score_below = row->score_below,
        .score_from = row->score_from,
        .rated_min = row->rated_min,
        .upheld_min = row->upheld_min,
        .upheld_max = row->upheld_max,
        .money_min = row->money_min,
        .late_min = row->late_min,
        .answered_min = row->answered_min,
        .sampled_below = row->sampled_below,
        .sampled_from = row->sampled_from,
        .sampled_min = row->sampled_min,
        .warnings_min = row->warnings_min,
    };

    if (!review_measure_of(row->measure, &rule.measure)) rule.measure = REVIEW_NOTHING;
    return rule;
}

/* ---- figures as they were ---- */

struct str review_figures_words(struct arena *arena, const struct review_figures *f)
{
    return arena_print(
        arena,
        "rated=%" PRId64 " score=%" PRId64 " answered=%" PRId64 " late=%" PRId64 " upheld=%" PRId64
        " money=%" PRId64 " sampled=%" PRId64 " marks=%" PRId64 " warnings=%" PRId64,
        f->rated_count, f->score_milli, f->answered_count, f->late_count, f->upheld_count,
        f->money_count, f->sampled_count, f->sampled_milli, f->warnings_count);
}

struct review_figures review_figures_of(struct str words)
{
    struct review_figures f = {0};
    const struct {
        struct str name;
        int64_t *at;
    } all[] = {
        {S("rated"), &f.rated_count},       {S("score"), &f.score_milli},
        {S("answered"), &f.answered_count}, {S("late"), &f.late_count},
        {S("upheld"), &f.upheld_count},     {S("money"), &f.money_count},
        {S("sampled"), &f.sampled_count},   {S("marks"), &f.sampled_milli},
        {S("warnings"), &f.warnings_count},
    };

    while (words.len) {
        struct str value, name = str_cut(str_cut(words, ' ', &words), '=', &value);

        for (size_t i = 0; i < COUNT(all); i++) {
            if (str_same(name, all[i].name) && !str_to_int(value, all[i].at)) *all[i].at = 0;
        }
    }
    return f;
}

/* ---- why ---- */

static void add(struct scene *scene, struct str *why, const char *text, struct str one,
                struct str two)
{
    struct str more = text_fill(scene->arena, scene->language, text, one, two, S(""));

    *why =
        arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(*why),
                    why->len ? (scene->language == LANGUAGE_EN ? "; " : "；") : "", STR_ARGS(more));
}

static struct str number(struct scene *scene, int64_t value)
{
    return arena_print(scene->arena, "%lld", (long long)value);
}

static struct str percent(struct scene *scene, int64_t permille)
{
    return arena_print(scene->arena, "%lld.%lld%%", (long long)(permille / 10),
                       (long long)(permille % 10));
}

/* One condition: what it asks for, and how it was. */
struct condition {
    int64_t asked;
    const char *when, *why; /* %1 what was asked for, %2 what there was */
    struct str asked_words, was_words;
};

static size_t conditions_of(struct scene *scene, const struct review_rule *r,
                            const struct review_figures *f, struct condition c[static 12])
{
    struct arena *arena = scene->arena;
    const struct condition all[] = {
        {r->score_below, T("score below %1"), T("score below %1 (%2)"),
         review_milli(arena, r->score_below), review_milli(arena, f->score_milli)},
        {r->score_from, T("score at least %1"), T("score at least %1 (%2)"),
         review_milli(arena, r->score_from), review_milli(arena, f->score_milli)},
        {r->rated_min, T("at least %1 ratings"), T("at least %1 ratings (%2)"),
         number(scene, r->rated_min), number(scene, f->rated_count)},
        {r->upheld_min, T("at least %1 complaints that were right"),
         T("at least %1 complaints that were right (%2)"), number(scene, r->upheld_min),
         number(scene, f->upheld_count)},
        {r->upheld_max == 0, T("no complaint that was right"), T("no complaint that was right"),
         S(""), S("")},
        {r->money_min, T("asked for money at least %1 times"),
         T("asked for money at least %1 times (%2)"), number(scene, r->money_min),
         number(scene, f->money_count)},
        {r->late_min, T("at least %1 of the answers late"),
         T("at least %1 of the answers late (%2)"), percent(scene, r->late_min),
         percent(scene, review_permille(f->late_count, f->answered_count))},
        {r->answered_min, T("at least %1 answers"), T("at least %1 answers (%2)"),
         number(scene, r->answered_min), number(scene, f->answered_count)},
        {r->sampled_below, T("colleagues' marks below %1"), T("colleagues' marks below %1 (%2)"),
         review_milli(arena, r->sampled_below), review_milli(arena, f->sampled_milli)},
        {r->sampled_from, T("colleagues' marks at least %1"),
         T("colleagues' marks at least %1 (%2)"), review_milli(arena, r->sampled_from),
         review_milli(arena, f->sampled_milli)},
        {r->sampled_min, T("at least %1 answers marked by colleagues"),
         T("at least %1 answers marked by colleagues (%2)"), number(scene, r->sampled_min),
         number(scene, f->sampled_count)},
        {r->warnings_min, T("at least %1 warnings that stand"),
         T("at least %1 warnings that stand (%2)"), number(scene, r->warnings_min),
         number(scene, f->warnings_count)},
    };

    for (size_t i = 0; i < COUNT(all); i++) c[i] = all[i];
    return COUNT(all);
}

struct str review_when(struct scene *scene, const struct review_rule *rule)
{
    const struct review_figures none = {0};
    struct condition conditions[12];
    size_t count = conditions_of(scene, rule, &none, conditions);
    struct str words = S("");

    for (size_t i = 0; i < count; i++) {
        if (conditions[i].asked)
            add(scene, &words, conditions[i].when, conditions[i].asked_words, S(""));
    }
    return words;
}

struct str review_why(struct scene *scene, const struct review_rule *rule,
                      const struct review_figures *figures)
{
    struct condition conditions[12];
    size_t count = conditions_of(scene, rule, figures, conditions);
    struct str words = S("");

    for (size_t i = 0; i < count; i++) {
        if (conditions[i].asked)
            add(scene, &words, conditions[i].why, conditions[i].asked_words,
                conditions[i].was_words);
    }
    return words;
}
