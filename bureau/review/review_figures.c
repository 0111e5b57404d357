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

static struct review_count mark_of(const struct review_prior *prior, int64_t count, int64_t sum)
{
    return (struct review_count){count, review_score(prior, count, sum)};
}

static struct review_person person_of(const struct scene *scene, const struct review_prior *prior,
                                      const struct review_list_figures_row *row)
{
    return (struct review_person){
        .candidate =
            {.person_id = row->person_id,
             .was_measured = row->measured_count > 0,
             .figures = {.rated_count = row->rated_count,
                         .score_milli = review_score(prior, row->rated_count, row->stars_sum),
                         .answered_count = row->answered_count,
                         .late_count = row->late_count,
                         .upheld_count = row->upheld_count,
                         .money_count = row->money_count,
                         .sampled_count = row->sampled_count,
                         .sampled_milli =
                             review_mean(row->sampled_count * MARKS_OF_A_SAMPLE, row->marks_sum),
                         .warnings_count = row->warnings_count,
                         .marks = {mark_of(prior, row->patience_count, row->patience_sum),
                                   mark_of(prior, row->courtesy_count, row->courtesy_sum),
                                   mark_of(prior, row->efficiency_count, row->efficiency_sum),
                                   mark_of(prior, row->correctness_count, row->correctness_sum)},
                         .first = {row->first_count, row->first_sum},
                         .in_time = {row->due_count, row->kept_count},
                         .taken = {row->offers_count, row->taken_count}}},
        .name = row->person_name,
        .profession = row->profession,
        .division = row->division,
        .standing = row->standing,
        .team_name = review_team_name(scene, row->team_zh, row->team_en),
        .team_id = row->team_id,
        .mean_milli = review_mean(row->rated_count, row->stars_sum),
    };
}

static struct review_person *grow(struct arena *arena, const struct review_person *people,
                                  size_t count, size_t more)
{
    struct review_person *grown = NEW_MANY(arena, struct review_person, count + more);

    for (size_t i = 0; i < count; i++) grown[i] = people[i];
    return grown;
}

struct outcome review_people(struct scene *scene, const struct review_scope *scope, moment from,
                             moment until, id after, id last, struct review_person **people,
                             size_t *count)
{
    const struct review_list_figures_row *rows;
    struct review_prior prior;
    size_t rows_count;

    *people = NULL;
    *count = 0;
    TRY(review_prior_of(scene, from, until, &prior));
    do {
        TRY(review_list_figures(scene->arena, scene->store, from, until, after, last,
                                scope->division, scope->team_id, &rows, &rows_count));
        *people = grow(scene->arena, *people, *count, rows_count + 1);
        for (size_t i = 0; i < rows_count; i++)
            (*people)[(*count)++] = person_of(scene, &prior, &rows[i]);
        if (rows_count) after = rows[rows_count - 1].person_id;
    } while (rows_count && after < last); /* the query gives some thousand at a time */
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
        .threshold_milli = row->threshold_milli,
        .counted_min = row->counted_min,
        .window_days = row->window_days,
    };

    if (!review_measure_of(row->measure, &rule.measure) ||
        !review_figure_of(row->figure, &rule.figure))
        rule.measure = REVIEW_NOTHING;
    return rule;
}

/* ---- figures as they were ---- */

enum { FIGURES_KEPT = 23 };
struct kept_figure {
    const char *name;
    int64_t *at;
};

static void kept_figures(struct review_figures *f, struct kept_figure kept[static FIGURES_KEPT])
{
    const struct kept_figure all[FIGURES_KEPT] = {
        {"rated", &f->rated_count},           {"score", &f->score_milli},
        {"answered", &f->answered_count},     {"late", &f->late_count},
        {"upheld", &f->upheld_count},         {"money", &f->money_count},
        {"sampled", &f->sampled_count},       {"marks", &f->sampled_milli},
        {"warnings", &f->warnings_count},     {"patience_count", &f->marks[0].count},
        {"patience", &f->marks[0].amount},    {"courtesy_count", &f->marks[1].count},
        {"courtesy", &f->marks[1].amount},    {"efficiency_count", &f->marks[2].count},
        {"efficiency", &f->marks[2].amount},  {"correctness_count", &f->marks[3].count},
        {"correctness", &f->marks[3].amount}, {"first_count", &f->first.count},
        {"first_seconds", &f->first.amount},  {"due", &f->in_time.count},
        {"in_time", &f->in_time.amount},      {"offers", &f->taken.count},
        {"taken", &f->taken.amount},
    };

    for (size_t i = 0; i < FIGURES_KEPT; i++) kept[i] = all[i];
}

struct str review_figures_words(struct arena *arena, const struct review_figures *figures)
{
    struct review_figures f = *figures;
    struct kept_figure kept[FIGURES_KEPT];
    struct str words = S("");

    kept_figures(&f, kept);
    for (size_t i = 0; i < FIGURES_KEPT; i++)
        words = arena_print(arena, "%.*s%s%s=%" PRId64, STR_ARGS(words), i ? " " : "", kept[i].name,
                            *kept[i].at);
    return words;
}

struct review_figures review_figures_of(struct str words)
{
    struct review_figures f = {0};
    struct kept_figure kept[FIGURES_KEPT];

    kept_figures(&f, kept);
    while (words.len) {
        struct str value, name = str_cut(str_cut(words, ' ', &words), '=', &value);

        for (size_t i = 0; i < FIGURES_KEPT; i++) {
            if (str_same(name, str_of(kept[i].name)) && !str_to_int(value, kept[i].at))
                *kept[i].at = 0;
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

/* A threshold or figure in its unit. */
static struct str in_unit(struct scene *scene, enum review_figure figure, int64_t milli)
{
    switch (review_figure_unit(figure)) {
    case REVIEW_OF_FIVE: return review_milli(scene->arena, milli);
    case REVIEW_TIMES: return number(scene, milli / 1000);
    case REVIEW_MINUTES:
        return text_fill(scene->arena, scene->language, T("%1 minutes"),
                         form_amount(scene->arena, scene->language, FIELD_milli, milli), S(""),
                         S(""));
    default: return percent(scene, (milli + 50) / 100);
    }
}

/* "Patience below", or at least. */
static const char *figure_words(const struct review_rule *r, bool with_figures)
{
    static const char *const words[2][2][2] = {{{T("%1 below %2"), T("%1 below %2 (%3)")},
                                                {T("%1 at least %2"), T("%1 at least %2 (%3)")}},
                                               {{T("%1 at least %2"), T("%1 at least %2 (%3)")},
                                                {T("%1 at most %2"), T("%1 at most %2 (%3)")}}};

    return words[review_is_burden(r->figure)][r->measure == REVIEW_WIDEN][with_figures];
}

/* Of a figure the whole sentence is made at once, since it has a name too. */
static struct str figure_text(struct scene *scene, const struct review_rule *r,
                              const struct review_figures *f)
{
    return text_fill(scene->arena, scene->language, figure_words(r, f != NULL),
                     text_in(scene->language, review_figure_name(r->figure)),
                     in_unit(scene, r->figure, r->threshold_milli),
                     f ? in_unit(scene, r->figure, review_stands(r->figure, f)) : S(""));
}

static size_t list_conditions(struct scene *scene, const struct review_rule *r,
                              const struct review_figures *f,
                              struct review_condition c[static REVIEW_CONDITIONS_MAX])
{
    struct arena *arena = scene->arena;
    const struct review_condition all[] = {
        {r->score_below, "rated", T("score below %1"), T("score below %1 (%2)"),
         review_milli(arena, r->score_below), review_milli(arena, f->score_milli)},
        {r->score_from, "rated", T("score at least %1"), T("score at least %1 (%2)"),
         review_milli(arena, r->score_from), review_milli(arena, f->score_milli)},
        {r->rated_min, "rated", T("at least %1 ratings"), T("at least %1 ratings (%2)"),
         number(scene, r->rated_min), number(scene, f->rated_count)},
        {r->upheld_min, "upheld", T("at least %1 complaints that were right"),
         T("at least %1 complaints that were right (%2)"), number(scene, r->upheld_min),
         number(scene, f->upheld_count)},
        {r->upheld_max == 0, "upheld", T("no complaint that was right"),
         T("no complaint that was right"), S(""), number(scene, f->upheld_count)},
        {r->money_min, "upheld", T("asked for money at least %1 times"),
         T("asked for money at least %1 times (%2)"), number(scene, r->money_min),
         number(scene, f->money_count)},
        {r->late_min, "late", T("at least %1 of the answers late"),
         T("at least %1 of the answers late (%2)"), percent(scene, r->late_min),
         percent(scene, review_permille(f->late_count, f->answered_count))},
        {r->answered_min, "answered", T("at least %1 answers"), T("at least %1 answers (%2)"),
         number(scene, r->answered_min), number(scene, f->answered_count)},
        {r->sampled_below, "sampled", T("colleagues' marks below %1"),
         T("colleagues' marks below %1 (%2)"), review_milli(arena, r->sampled_below),
         review_milli(arena, f->sampled_milli)},
        {r->sampled_from, "sampled", T("colleagues' marks at least %1"),
         T("colleagues' marks at least %1 (%2)"), review_milli(arena, r->sampled_from),
         review_milli(arena, f->sampled_milli)},
        {r->sampled_min, "sampled", T("at least %1 answers marked by colleagues"),
         T("at least %1 answers marked by colleagues (%2)"), number(scene, r->sampled_min),
         number(scene, f->sampled_count)},
        {r->warnings_min, "warnings", T("warnings that stand: at least %1"),
         T("warnings that stand: at least %1 (%2)"), number(scene, r->warnings_min),
         number(scene, f->warnings_count)},
        {r->counted_min, review_figure_list(r->figure), T("made of at least %1"),
         T("made of at least %1 (%2)"), number(scene, r->counted_min),
         number(scene, review_counted(r->figure, f))},
    };
    size_t count = 0;

    for (size_t i = 0; i < COUNT(all); i++) {
        if (all[i].asked) c[count++] = all[i];
    }
    return count;
}

/* The list behind a figure, as review_show_behind.c calls it. */
const char *review_figure_list(enum review_figure figure)
{
    static const char *const lists[REVIEW_FIGURES] = {
        "",       "rated",   "patience", "courtesy", "efficiency", "correctness",
        "upheld", "sampled", "first",    "due",      "offers"};

    return lists[figure];
}

size_t review_conditions(struct scene *scene, const struct review_rule *r,
                         const struct review_figures *f,
                         struct review_condition c[static REVIEW_CONDITIONS_MAX])
{
    size_t count = 0;

    if (r->figure) {
        c[count++] =
            (struct review_condition){1,
                                      review_figure_list(r->figure),
                                      "%1",
                                      "%1",
                                      figure_text(scene, r, NULL),
                                      in_unit(scene, r->figure, review_stands(r->figure, f))};
    }
    return count + list_conditions(scene, r, f, c + count);
}

static struct str window_words(struct scene *scene, const struct review_rule *rule)
{
    if (!rule->window_days) return S("");
    return text_fill(scene->arena, scene->language, T("in %1 days"),
                     number(scene, rule->window_days), S(""), S(""));
}

static struct str words_of(struct scene *scene, const struct review_rule *rule,
                           const struct review_figures *figures)
{
    const struct review_figures none = {0};
    struct review_condition c[REVIEW_CONDITIONS_MAX];
    size_t count = list_conditions(scene, rule, figures ? figures : &none, c);
    struct str words = S(""), window = window_words(scene, rule);

    if (rule->figure) words = figure_text(scene, rule, figures);
    for (size_t i = 0; i < count; i++)
        add(scene, &words, figures ? c[i].why : c[i].when, c[i].asked_words, c[i].was_words);
    if (window.len) add(scene, &words, "%1", window, S(""));
    return words;
}

struct str review_when(struct scene *scene, const struct review_rule *rule)
{
    return words_of(scene, rule, NULL);
}

struct str review_why(struct scene *scene, const struct review_rule *rule,
                      const struct review_figures *figures)
{
    return words_of(scene, rule, figures);
}
