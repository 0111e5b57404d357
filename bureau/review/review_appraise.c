/* review_appraise.c -- once a week everybody's figures are held against the rules.
 *
 *  (1) Each rule looks at the figures of its own window; of all rules that fire the gravest counts,
 *      whatever its window, and is proposed with the figures it saw. */
#include "bureau/review/review_inside.h"

int64_t review_window(const struct review_rule *rule, const struct review_find_policy_row *policy)
{
    return rule->window_days ? rule->window_days : policy->window_days;
}

struct outcome review_rules(struct scene *scene, int64_t version, struct review_rule **rules,
                            size_t *count)
{
    const struct review_list_rules_row *rows;

    TRY(review_list_rules(scene->arena, scene->store, version, &rows, count));
    *rules = NEW_MANY(scene->arena, struct review_rule, *count + 1);
    for (size_t i = 0; i < *count; i++) (*rules)[i] = review_rule_of(&rows[i]);
    return DONE;
}

/* Holds everybody's figures of one window against the rules that look at it. */
static struct outcome hold(struct scene *scene, id after, id last, int64_t days,
                           const struct review_rule *rules, size_t rules_count,
                           struct review_finding **findings, size_t *count)
{
    struct review_person *people;
    bool is_first = !*findings;
    size_t found;

    TRY(review_people(scene, &(struct review_scope){S(""), 0}, scene->now - days * SECONDS_PER_DAY,
                      scene->now + 1, after, last, &people, &found));
    if (is_first) {
        *findings = NEW_MANY(scene->arena, struct review_finding, found + 1);
        *count = found;
    }
    for (size_t i = 0; i < *count && i < found; i++) {
        const struct review_rule *rule =
            review_decide(rules, rules_count, &people[i].candidate.figures);
        struct review_finding *finding = &(*findings)[i];

        if (is_first) finding->person = people[i];
        if (!rule || (finding->rule && finding->rule->measure >= rule->measure)) continue;
        *finding = (struct review_finding){rule, people[i]};
    }
    return DONE;
}

struct outcome review_find(struct scene *scene, id after, id last,
                           const struct review_find_policy_row *policy,
                           struct review_finding **findings, size_t *count)
{
    struct review_rule *rules, *alike;
    size_t rules_count;

    *findings = NULL;
    *count = 0;
    TRY(review_rules(scene, policy->policy_version, &rules, &rules_count));
    for (size_t i = 0; i < rules_count; i++) {
        int64_t days = review_window(&rules[i], policy);
        size_t alike_count = 0;
        bool was_held = false;

        for (size_t j = 0; j < i; j++) was_held |= review_window(&rules[j], policy) == days;
        if (was_held) continue;
        alike = NEW_MANY(scene->arena, struct review_rule, rules_count);
        for (size_t j = i; j < rules_count; j++) {
            if (review_window(&rules[j], policy) == days) alike[alike_count++] = rules[j];
        }
        TRY(hold(scene, after, last, days, alike, alike_count, findings, count));
    }
    return DONE;
}

/* A hundred people, or as many as the journal can be told of; the rest follows at once. */
static struct outcome appraise(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    const struct review_list_next_people_row *next;
    struct review_find_policy_row policy;
    struct review_finding *findings;
    size_t next_count, count, i;
    id last = 0;

    (void)result;
    TRY(review_policy_of(scene, &policy));
    TRY(review_list_next_people(scene->arena, scene->store, f->case_id, &next, &next_count));
    if (!next_count) return DONE;
    TRY(review_find(scene, f->case_id, next[next_count - 1].person_id, &policy, &findings, &count));
    for (i = 0; i < count && scene->lines_count < SCENE_LINES_MAX; i++) {
        const struct review_rule *rule = findings[i].rule;
        struct outcome outcome = DONE;

        if (rule) outcome = review_propose(scene, &findings[i].person, rule->measure, rule, S(""));
        if (outcome.fault) return outcome;
        last = findings[i].person.candidate.person_id;
    }
    if (i == count) last = next[next_count - 1].person_id;
    return clock_set(scene, "review.appraise", last, scene->now);
}

const struct act review_act_appraise = {
    .name = "review.appraise", .who = WHO_SYSTEM, .run = appraise};
