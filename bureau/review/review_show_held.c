/* review_show_held.c -- how somebody stands to each rule there is: what it asks for, their own
 * figure of its window, and the way to what stands behind that figure. */
#include "bureau/review/review_show.h"

enum { ROWS_MAX = 40 * REVIEW_CONDITIONS_MAX, LAST = 1 };

struct held {
    struct scene *scene;
    const struct review_find_policy_row *policy;
    id person_id;
    bool is_own;
    struct review_held_view *rows;
    size_t count;
};

static struct str link_of(const struct held *h, const struct review_rule *rule,
                          const struct review_condition *condition, struct str is_text)
{
    struct arena *arena = h->scene->arena;
    struct str path = review_behind_path(arena, h->is_own ? 0 : h->person_id);

    if (str_same(is_text, S("0"))) return S("");
    if (!rule->window_days || str_same(str_of(condition->list), S("warnings")))
        return arena_print(arena, "%.*s%s", STR_ARGS(path), condition->list);
    return arena_print(arena, "%.*s%s&days=%lld", STR_ARGS(path), condition->list,
                       (long long)rule->window_days);
}

/* How many a figure is made of stands before its conditions are shown as links. */
static void hold(struct held *h, const struct review_rule *rule,
                 const struct review_figures *figures)
{
    struct scene *scene = h->scene;
    struct review_condition c[REVIEW_CONDITIONS_MAX];
    size_t count = review_conditions(scene, rule, figures, c);
    bool has_none =
        rule->figure && rule->figure != REVIEW_COMPLAINTS && !review_counted(rule->figure, figures);

    for (size_t i = 0; i < count && h->count < ROWS_MAX; i++) {
        bool is_none = has_none && i == 0;
        struct str is_text = is_none ? S("–") : c[i].was_words;

        h->rows[h->count++] = (struct review_held_view){
            .rule = rule->rule,
            .measure = review_measure_word(rule->measure),
            .measure_name =
                i ? S("") : text_in(scene->language, review_measure_name(rule->measure)),
            .window_days = review_window(rule, h->policy),
            .when_text =
                text_fill(scene->arena, scene->language, c[i].when, c[i].asked_words, S(""), S("")),
            .is_text = is_text,
            .link = is_none ? S("") : link_of(h, rule, &c[i], is_text),
            .fires = review_fires(rule, figures)};
    }
}

struct outcome review_show_held(struct scene *scene, id person_id, bool is_own,
                                const struct review_find_policy_row *policy,
                                const struct review_held_view **rows, size_t *count)
{
    struct held h = {scene, policy, person_id, is_own, NULL, 0};
    struct review_person person;
    struct review_rule *rules;
    size_t rules_count;
    int64_t days = 0;
    bool found = true;

    TRY(review_rules(scene, policy->policy_version, &rules, &rules_count));
    h.rows = NEW_MANY(scene->arena, struct review_held_view, ROWS_MAX);
    for (size_t i = 0; i < rules_count; i++) {
        if (rules[i].measure == REVIEW_NOTHING) continue;
        if (review_window(&rules[i], policy) != days) {
            days = review_window(&rules[i], policy);
            TRY(review_person_of(scene, &(struct review_scope){S(""), 0},
                                 scene->now - days * SECONDS_PER_DAY, scene->now + LAST, person_id,
                                 &person, &found));
        }
        if (found) hold(&h, &rules[i], &person.candidate.figures);
    }
    *rows = h.rows;
    *count = h.count;
    return DONE;
}
