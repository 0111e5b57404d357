/* review_show_measures.c -- measures: the list, one of them, and a consultant's own record. */
#include "bureau/review/review_show.h"

enum { ROWS = 50, LAST = 1 };

struct review_measure_row_view review_show_measure_row(struct scene *scene, struct str measure,
                                                       struct str state, moment ended_at)
{
    enum review_measure kind = REVIEW_NOTHING;
    enum review_state at = REVIEW_PROPOSED;
    struct review_measure_row_view v = {.kind = measure, .state = state};

    review_measure_of(measure, &kind);
    review_state_of(state, &at);
    v.kind_name = text_in(scene->language, review_measure_name(kind));
    v.is_over = at != REVIEW_LIFTED && ended_at > 0;
    v.state_name = text_in(scene->language, v.is_over ? T("Over") : review_state_name(at));
    v.state_css = at == REVIEW_PROPOSED || at == REVIEW_APPEALED ? S("tag-waiting")
                  : review_in_effect(at, ended_at)
                      ? (kind == REVIEW_WIDEN ? S("tag-done") : S("tag-late"))
                      : S("tag-off");
    return v;
}

struct outcome review_show_measures(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_list_form *f = query;
    struct review_measures_view *v = view;
    const struct review_list_measures_row *rows;
    struct review_measure_row_view *shown;
    struct str division;
    size_t count;

    TRY(review_division_of(scene, &division));
    v->is_settled = str_same(f->state, S("settled"));
    v->is_watcher = scene_is(scene, WHO_SUPERVISOR);
    TRY(review_list_measures(scene->arena, scene->store, division, scene->actor.person_id,
                             v->is_settled ? S("settled") : S("open"), f->before, ROWS + 1, &rows,
                             &count));
    if (count > ROWS) v->next = rows[(count = ROWS) - 1].measure_id;
    shown = NEW_MANY(scene->arena, struct review_measure_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        shown[i] = review_show_measure_row(scene, rows[i].measure, rows[i].state, rows[i].ended_at);
        shown[i].measure = rows[i].measure_id;
        shown[i].person = rows[i].person_id;
        shown[i].name = rows[i].person_name;
        shown[i].team = review_team_name(scene, rows[i].team_zh, rows[i].team_en);
        shown[i].proposed_at = rows[i].proposed_at;
        shown[i].decided_at = rows[i].decided_at;
        shown[i].until_at = rows[i].until_at;
        shown[i].ended_at = rows[i].ended_at;
    }
    v->measures = shown;
    v->measures_count = count;
    return DONE;
}

/* ---- one ---- */

static struct outcome show_why(struct scene *scene, const struct review_find_measure_row *row,
                               struct review_measure_view *v)
{
    const struct review_list_rules_row *rows;
    struct review_figures figures = review_figures_of(row->figures);
    size_t count;

    if (!row->rule) return review_unseal(scene, row->reason_sealed, &v->reason);
    TRY(review_list_rules(scene->arena, scene->store, row->policy_version, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct review_rule rule = review_rule_of(&rows[i]);

        if (rule.rule == row->rule) v->why = review_why(scene, &rule, &figures);
    }
    return DONE;
}

struct outcome review_show_whole_measure(struct scene *scene,
                                         const struct review_find_measure_row *row,
                                         struct review_measure_view *v)
{
    struct review_measure_row_view *shown = NEW(scene->arena, struct review_measure_row_view);

    *shown = review_show_measure_row(scene, row->measure, row->state, row->ended_at);
    shown->measure = row->measure_id;
    shown->person = row->person_id;
    shown->proposed_at = row->proposed_at;
    shown->decided_at = row->decided_at;
    shown->until_at = row->until_at;
    shown->ended_at = row->ended_at;
    *v = (struct review_measure_view){
        .measure = row->measure_id,
        .row = shown,
        .appeal_until = row->appeal_until,
        .appeal_day = row->appeal_until ? row->appeal_until - 1 : 0,
        .appealed_at = row->appealed_at,
        .appeal_decide_by = row->appeal_decide_by,
        .appeal_decide_day = row->appeal_decide_by ? row->appeal_decide_by - 1 : 0,
        .appeal_decided_at = row->appeal_decided_at,
    };
    TRY(review_name(scene, row->person_id, &shown->name));
    TRY(show_why(scene, row, v));
    TRY(review_unseal(scene, row->notice_sealed, &v->notice));
    TRY(review_unseal(scene, row->appeal_sealed, &v->appeal));
    return review_unseal(scene, row->reply_sealed, &v->reply);
}

struct outcome review_show_measure(struct request *request, const void *query, void *view)
{
    static const struct review_named verdicts[] = {{"confirm", T("Take the measure")},
                                                   {"dismiss", T("Do not take it")}},
                                     about_appeal[] = {{"keep", T("It stays")},
                                                       {"lift", T("It is lifted")}};
    struct scene *scene = request->scene;
    const struct review_which_measure_form *f = query;
    struct review_measure_view *v = view;
    struct review_find_measure_row row;
    struct str division;
    enum review_state state;
    bool found, is_other;

    TRY(review_division_of(scene, &division));
    TRY(review_find_measure(scene->arena, scene->store, f->measure, &row, &found));
    if (!found || !str_begins(row.division, division) || row.person_id == scene->actor.person_id ||
        !review_state_of(row.state, &state))
        return REFUSE(act_unknown);
    TRY(review_show_whole_measure(scene, &row, v));
    TRY(review_name(scene, row.proposed_by, &v->proposer));
    TRY(review_name(scene, row.decided_by, &v->decider));
    is_other = row.decided_by != scene->actor.person_id;
    v->can_decide = state == REVIEW_PROPOSED;
    v->is_public = !str_same(row.measure, review_measure_word(REVIEW_WIDEN));
    v->can_decide_appeal = state == REVIEW_APPEALED && is_other;
    v->must_leave_appeal = state == REVIEW_APPEALED && !is_other;
    v->verdicts = review_choices(scene, verdicts, COUNT(verdicts), S(""));
    v->verdicts_count = COUNT(verdicts);
    v->appeal_verdicts = review_choices(scene, about_appeal, COUNT(about_appeal), S(""));
    v->appeal_verdicts_count = COUNT(about_appeal);
    return DONE;
}

/* ---- one's own ---- */

static struct outcome show_own_measures(struct scene *scene, struct review_record_view *v)
{
    const struct review_list_measures_of_row *rows;
    struct review_measure_view *shown;
    struct review_find_measure_row row;
    size_t count;
    bool found;

    TRY(review_list_measures_of(scene->arena, scene->store, scene->actor.person_id, &rows, &count));
    shown = NEW_MANY(scene->arena, struct review_measure_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        enum review_state state;
        enum review_measure measure;

        TRY(review_find_measure(scene->arena, scene->store, rows[i].measure_id, &row, &found));
        TRY(review_show_whole_measure(scene, &row, &shown[i]));
        /* What the proposer wrote is for whoever decides. */
        shown[i].reason = S("");
        shown[i].can_appeal =
            review_state_of(row.state, &state) && review_measure_of(row.measure, &measure) &&
            IS_DONE(review_may_appeal(measure, state, row.appeal_until, scene->now));
    }
    v->measures = shown;
    v->measures_count = count;
    return DONE;
}

static struct outcome show_heard(struct scene *scene, struct review_record_view *v)
{
    const struct review_list_complaints_about_row *rows;
    struct review_heard_view *shown;
    size_t count;

    TRY(review_list_complaints_about(scene->arena, scene->store, scene->actor.person_id, &rows,
                                     &count));
    shown = NEW_MANY(scene->arena, struct review_heard_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool is_decided = str_same(rows[i].state, S("decided"));

        shown[i] = (struct review_heard_view){
            .complaint = rows[i].complaint_id,
            .reference = rows[i].reference,
            .kind = rows[i].kind,
            .kind_name = text_in(scene->language, review_kind_name(rows[i].kind)),
            .asked_at = rows[i].asked_at,
            .decided_at = rows[i].decided_at,
            .is_upheld = is_decided && rows[i].is_upheld,
            .can_state = rows[i].asked_at && !rows[i].statement_at && !is_decided};
        TRY(review_unseal(scene, rows[i].question_sealed, &shown[i].question));
        TRY(review_unseal(scene, rows[i].statement_sealed, &shown[i].statement));
    }
    v->complaints = shown;
    v->complaints_count = count;
    return DONE;
}

/* Decided meanwhile, or answered from another page: no field is left to hold what was typed. */
static struct str lost_text(const struct face *face, const struct review_record_view *v)
{
    const struct form_state *state = face ? face->form : NULL;

    if (!state || (state->form != &review_statement_form && state->form != &review_appeal_form))
        return S("");
    for (size_t i = 0; i < v->complaints_count; i++) {
        if (v->complaints[i].can_state &&
            form_is_of(face, &review_statement_form, "complaint", v->complaints[i].complaint))
            return S("");
    }
    for (size_t i = 0; i < v->measures_count; i++) {
        if (v->measures[i].can_appeal &&
            form_is_of(face, &review_appeal_form, "measure", v->measures[i].measure))
            return S("");
    }
    return state->given[form_place(state->form, S("text"))];
}

struct outcome review_show_record(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct review_record_view *v = view;
    struct review_find_policy_row policy;
    const struct review_list_samples_for_row *to_mark;
    size_t samples_count;
    struct review_person person;
    struct review_person_view *who = NEW(scene->arena, struct review_person_view);
    id me = scene->actor.person_id;
    moment from;
    bool found;

    (void)query;
    TRY(review_policy_of(scene, &policy));
    from = scene->now - policy.window_days * SECONDS_PER_DAY;
    TRY(review_person_of(scene, &(struct review_scope){S(""), 0}, from, scene->now + LAST, me,
                         &person, &found));
    if (!found) return REFUSE(people_not_consultant);
    *who = review_show_one(scene, &person, true);
    v->who = who;
    v->window_days = policy.window_days;
    TRY(review_show_held(scene, me, true, &policy, &v->held, &v->held_count));
    TRY(review_show_marks(scene, me, true, from, scene->now + LAST, &v->marks, &v->marks_count));
    TRY(review_show_sampled(scene, me, from, &v->samples, &v->samples_count));
    TRY(review_samples_of_mine(scene, INT64_MAX, &to_mark, &samples_count));
    v->to_mark = (int64_t)samples_count;
    TRY(show_heard(scene, v));
    TRY(show_own_measures(scene, v));
    v->lost_text = lost_text(request->face, v);
    return DONE;
}
