/* review_measure.c -- measures: proposed by a rule or a person, decided, appealed against, ended.
 *
 *  (1) A rule only proposes; a supervisor or administrator decides, with words to the consultant.
 *  (2) Who is suspended or removed is barred at once: offered nothing, until the last measure that
 *      bars has ended.  They can still sign in, read why, and appeal.
 *  (3) Somebody else decides about the appeal than decided on the measure; a measure that is lifted
 *      has no effect any more from that moment.
 *  (4) A suspension ends by itself on its day.
 *  (5) A warning, suspension or removal stands on the public page from the decision on, a year at
 *      least and as long as it lasts; one that is lifted is taken down at once.
 */
#include "bureau/register/register_acts.h"
#include "bureau/review/review_inside.h"

enum { PUBLIC_DAYS = 365 };

static const struct reason verdict_word = {
    "review.verdict-measure", T("Please choose what shall be done."), .field = "verdict"};
static const struct reason proposed_already = {
    "review.proposed-already",
    T("Such a measure is proposed or in force already, or was decided in the last days."), 409};
static const struct reason measure_word = {
    "review.measure-word", T("Please choose a measure from the list."), .field = "measure"};

static struct outcome save(struct scene *scene, const struct review_find_measure_row *row,
                           enum review_state state)
{
    return review_save_measure(scene->store, &(struct review_save_measure_values){
                                                 .state = review_state_word(state),
                                                 .decided_at = row->decided_at,
                                                 .decided_by = row->decided_by,
                                                 .notice_sealed = row->notice_sealed,
                                                 .appeal_until = row->appeal_until,
                                                 .appealed_at = row->appealed_at,
                                                 .appeal_sealed = row->appeal_sealed,
                                                 .appeal_decide_by = row->appeal_decide_by,
                                                 .appeal_decided_at = row->appeal_decided_at,
                                                 .appeal_decided_by = row->appeal_decided_by,
                                                 .reply_sealed = row->reply_sealed,
                                                 .until_at = row->until_at,
                                                 .ended_at = row->ended_at,
                                                 .measure_id = row->measure_id,
                                             });
}

/* ---- proposed ---- */

struct outcome review_propose(struct scene *scene, const struct review_person *person,
                              enum review_measure measure, const struct review_rule *rule,
                              struct str reason)
{
    struct review_find_policy_row policy;
    struct review_count_measures_like_row before;
    id measure_id = scene_new_id(scene);
    bool found;

    TRY(review_policy_of(scene, &policy));
    /* What a rule says anew each week is proposed once in its window. */
    TRY(review_count_measures_like(
        scene->store, person->candidate.person_id, review_measure_word(measure),
        rule ? scene->now - review_window(rule, &policy) * SECONDS_PER_DAY / 2 : scene->now + 1,
        &before, &found));
    if (before.measures_count) return REFUSE(proposed_already);
    scene_tell(scene, "review.proposed", measure_id, 0);
    return review_add_measure(
        scene->store, &(struct review_add_measure_values){
                          .measure_id = measure_id,
                          .person_id = person->candidate.person_id,
                          .team_id = person->team_id,
                          .division = person->division,
                          .measure = review_measure_word(measure),
                          .policy_version = policy.policy_version,
                          .rule = rule ? rule->rule : 0,
                          .figures = review_figures_words(scene->arena, &person->candidate.figures),
                          .reason_sealed = review_seal(scene, reason),
                          .proposed_at = scene->now,
                          .proposed_by = rule ? 0 : scene->actor.person_id,
                      });
}

/* A leader may propose for their team, a supervisor for their division. */
static struct outcome propose(struct scene *scene, const void *form, void *result)
{
    const struct review_propose_form *f = form;
    struct review_find_policy_row policy;
    struct review_person person;
    struct review_scope scope;
    enum review_measure measure;
    bool found;

    (void)result;
    TRY(review_scope_of(scene, &scope));
    TRY(review_policy_of(scene, &policy));
    if (!review_measure_of(f->measure, &measure)) return REFUSE(measure_word);
    TRY(review_person_of(scene, &scope, scene->now - policy.window_days * SECONDS_PER_DAY,
                         scene->now + 1, f->person, &person, &found));
    if (!found) return REFUSE(act_unknown);
    if (f->person == scene->actor.person_id) return REFUSE(review_own_matter);
    scene_about(scene, 0, 0);
    return review_propose(scene, &person, measure, NULL, f->reason);
}

/* ---- decided ---- */

static struct outcome open_measure(struct scene *scene, id measure_id,
                                   struct review_find_measure_row *row, enum review_state *state,
                                   enum review_measure *measure)
{
    struct str division;
    bool found;

    TRY(review_division_of(scene, &division));
    TRY(review_find_measure(scene->arena, scene->store, measure_id, row, &found));
    if (!found || !str_begins(row->division, division)) return REFUSE(act_unknown);
    if (!review_state_of(row->state, state) || !review_measure_of(row->measure, measure))
        return FAULT("a measure has a word of no state or kind");
    scene_about(scene, row->measure_id, row->person_id);
    return DONE;
}

static struct outcome take_effect(struct scene *scene, struct review_find_measure_row *row,
                                  enum review_measure measure,
                                  const struct review_find_policy_row *policy)
{
    if (measure == REVIEW_WIDEN)
        return people_widen(scene, row->person_id, policy->widen_live, policy->widen_written);
    if (measure == REVIEW_SUSPEND || measure == REVIEW_REMOVE)
        TRY(people_bar(scene, row->person_id, review_measure_word(measure)));
    if (measure == REVIEW_SUSPEND && policy->suspend_days)
        row->until_at = scene->now + policy->suspend_days * SECONDS_PER_DAY;
    if (measure == REVIEW_WARN && policy->warn_days)
        row->until_at = scene->now + policy->warn_days * SECONDS_PER_DAY;
    if (row->until_at)
        return clock_set(scene, "review.measure_end", row->measure_id, row->until_at);
    return DONE;
}

static struct outcome publish(struct scene *scene, const struct review_find_measure_row *row,
                              enum review_measure measure, struct str ground)
{
    moment least = scene->now + PUBLIC_DAYS * (int64_t)SECONDS_PER_DAY;
    struct register_sanction sanction = {.sanction_id = row->measure_id,
                                         .person_id = row->person_id,
                                         .measure = measure == REVIEW_WARN      ? S("warning")
                                                    : measure == REVIEW_SUSPEND ? S("suspension")
                                                                                : S("removal"),
                                         .ground = ground,
                                         .from_at = scene->now,
                                         .until_at = row->until_at,
                                         .published_until =
                                             row->until_at > least ? row->until_at : least};

    if (measure == REVIEW_WIDEN) return DONE;
    if (!row->until_at && measure != REVIEW_WARN) sanction.published_until = 0;
    return register_publish(scene, &sanction);
}

static struct outcome decide(struct scene *scene, const void *form, void *result)
{
    const struct review_decide_measure_form *f = form;
    struct review_find_measure_row row;
    struct review_find_policy_row policy;
    enum review_state state;
    enum review_measure measure;
    bool confirm = str_same(f->verdict, S("confirm"));

    (void)result;
    TRY(open_measure(scene, f->measure, &row, &state, &measure));
    if (!confirm && !str_same(f->verdict, S("dismiss"))) return REFUSE(verdict_word);
    TRY(review_may_decide(scene->actor.person_id, row.person_id, 0));
    TRY(review_next(state, confirm ? REVIEW_CONFIRM : REVIEW_DISMISS, &state));
    TRY(review_policy_of(scene, &policy));
    row.decided_at = scene->now;
    row.decided_by = scene->actor.person_id;
    row.notice_sealed = review_seal(scene, f->notice);
    if (!confirm) return save(scene, &row, state);
    if (measure != REVIEW_WIDEN) TRY(review_due(scene, policy.appeal_days, &row.appeal_until));
    TRY(take_effect(scene, &row, measure, &policy));
    TRY(publish(scene, &row, measure, f->ground));
    TRY(review_tell_day(scene, row.person_id,
                        measure == REVIEW_WIDEN ? NOTICE_SERVICE_WIDENED : NOTICE_MEASURE,
                        measure == REVIEW_WIDEN ? scene->now : row.appeal_until - 1));
    return save(scene, &row, state);
}

/* ---- appealed against ---- */

static struct outcome appeal(struct scene *scene, const void *form, void *result)
{
    const struct review_appeal_form *f = form;
    struct review_find_measure_row row;
    struct review_find_policy_row policy;
    enum review_state state;
    enum review_measure measure;
    bool found;

    (void)result;
    TRY(review_find_measure(scene->arena, scene->store, f->measure, &row, &found));
    if (!found || row.person_id != scene->actor.person_id || !review_state_of(row.state, &state) ||
        !review_measure_of(row.measure, &measure) || state == REVIEW_PROPOSED ||
        state == REVIEW_DISMISSED)
        return REFUSE(act_unknown);
    TRY(review_may_appeal(measure, state, row.appeal_until, scene->now));
    TRY(review_next(state, REVIEW_APPEAL, &state));
    TRY(review_policy_of(scene, &policy));
    TRY(review_due(scene, policy.appeal_decide_days, &row.appeal_decide_by));
    row.appealed_at = scene->now;
    row.appeal_sealed = review_seal(scene, f->text);
    scene_about(scene, row.measure_id, 0);
    return save(scene, &row, state);
}

/* Whoever nothing bars any more is in service again. */
static struct outcome end_effect(struct scene *scene, struct review_find_measure_row *row,
                                 enum review_measure measure)
{
    struct review_count_barring_row others;
    bool found;

    if (row->ended_at) return DONE;
    row->ended_at = scene->now;
    TRY(clock_drop(scene, "review.measure_end", row->measure_id));
    if (measure != REVIEW_SUSPEND && measure != REVIEW_REMOVE) return DONE;
    TRY(review_count_barring(scene->store, row->person_id, row->measure_id, &others, &found));
    return others.measures_count ? DONE : people_unbar(scene, row->person_id, S(""));
}

static struct outcome decide_appeal(struct scene *scene, const void *form, void *result)
{
    const struct review_decide_appeal_form *f = form;
    struct review_find_measure_row row;
    enum review_state state;
    enum review_measure measure;
    bool lift = str_same(f->verdict, S("lift"));

    (void)result;
    TRY(open_measure(scene, f->measure, &row, &state, &measure));
    if (!lift && !str_same(f->verdict, S("keep"))) return REFUSE(verdict_word);
    TRY(review_next(state, lift ? REVIEW_LIFT : REVIEW_KEEP, &state));
    TRY(review_may_decide(scene->actor.person_id, row.person_id, row.decided_by));
    row.appeal_decided_at = scene->now;
    row.appeal_decided_by = scene->actor.person_id;
    row.reply_sealed = review_seal(scene, f->reply);
    if (lift) TRY(end_effect(scene, &row, measure));
    if (lift) TRY(register_unpublish(scene, row.measure_id));
    TRY(review_tell_day(scene, row.person_id, NOTICE_APPEAL_DECIDED, row.appealed_at));
    return save(scene, &row, state);
}

static struct outcome measure_end(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct review_find_measure_row row;
    enum review_state state;
    enum review_measure measure;
    bool found;

    (void)result;
    TRY(review_find_measure(scene->arena, scene->store, f->case_id, &row, &found));
    if (!found || !review_state_of(row.state, &state) ||
        !review_measure_of(row.measure, &measure) || !review_in_effect(state, row.ended_at) ||
        row.until_at > scene->now)
        return REFUSE(review_not_now);
    scene_about(scene, row.measure_id, row.person_id);
    TRY(end_effect(scene, &row, measure));
    return save(scene, &row, state);
}

const struct act review_act_measure_end = {
    .name = "review.measure_end", .who = WHO_SYSTEM, .run = measure_end};
const struct act review_act_propose = {.name = "review.propose",
                                       .who = WHO_LEADER | WHO_SUPERVISOR,
                                       .form = &review_propose_form,
                                       .run = propose};
const struct act review_act_decide_measure = {.name = "review.decide_measure",
                                              .who = WHO_SUPERVISOR | WHO_ADMIN,
                                              .form = &review_decide_measure_form,
                                              .run = decide};
const struct act review_act_appeal = {
    .name = "review.appeal", .who = WHO_CONSULTANT, .form = &review_appeal_form, .run = appeal};
const struct act review_act_decide_appeal = {.name = "review.decide_appeal",
                                             .who = WHO_SUPERVISOR | WHO_ADMIN,
                                             .form = &review_decide_appeal_form,
                                             .run = decide_appeal};
