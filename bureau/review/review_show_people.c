/* review_show_people.c -- figures and measures: of everybody within a scope, of one, of oneself.
 *
 *  (1) What residents wrote with their ratings is not here: only the numbers.
 *  (2) The cases behind a number are named; reading one is an act of its own. */
#include "bureau/review/review_show.h"

enum { ROWS = 50, LAST = 1 };

struct review_person_view review_show_one(struct scene *scene, const struct review_person *p,
                                          bool is_own)
{
    const struct review_figures *f = &p->candidate.figures;

    return (struct review_person_view){
        .person = p->candidate.person_id,
        .name = p->name,
        .team = p->team_name,
        .standing = p->standing,
        .is_barred = !str_same(p->standing, S("active")),
        .score_milli = f->score_milli,
        .score = review_milli(scene->arena, f->score_milli),
        .mean_milli = p->mean_milli,
        .mean = review_milli(scene->arena, p->mean_milli),
        .rated = f->rated_count,
        .answered = f->answered_count,
        .late = f->late_count,
        .upheld = f->upheld_count,
        .sampled = f->sampled_count,
        .sampled_milli = f->sampled_milli,
        .sampled_mark = review_milli(scene->arena, f->sampled_milli),
        .warnings = f->warnings_count,
        .is_own = is_own,
    };
}

/* ---- everybody ---- */

static const struct review_named orders[] = {{"score", T("Lowest score")},
                                             {"best", T("Highest score")},
                                             {"upheld", T("Most complaints that were right")},
                                             {"late", T("Most late answers")}};

static int64_t place_of(struct str order, const struct review_person *p)
{
    const struct review_figures *f = &p->candidate.figures;

    if (str_same(order, S("best"))) return -f->score_milli;
    if (str_same(order, S("upheld"))) return -f->upheld_count;
    if (str_same(order, S("late"))) return -review_permille(f->late_count, f->answered_count);
    return f->score_milli;
}

/* Moves those that come first to the front, as many as are shown: of some thousand people a page
 * of fifty. */
static void put_first(struct review_person *people, size_t count, size_t wanted, struct str order)
{
    for (size_t i = 0; i < wanted && i < count; i++) {
        size_t least = i;
        struct review_person first;

        for (size_t j = i + 1; j < count; j++) {
            if (place_of(order, &people[j]) < place_of(order, &people[least])) least = j;
        }
        first = people[least];
        people[least] = people[i];
        people[i] = first;
    }
}

struct outcome review_show_quality(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_quality_form *f = query;
    struct review_quality_view *v = view;
    struct review_find_policy_row policy;
    struct review_person *people;
    struct review_person_view *shown;
    struct review_scope scope;
    size_t count, from = (size_t)f->from, until;

    TRY(review_scope_of(scene, &scope));
    TRY(review_policy_of(scene, &policy));
    TRY(review_people(scene, &scope, scene->now - policy.window_days * SECONDS_PER_DAY,
                      scene->now + LAST, 0, INT64_MAX, &people, &count));
    if (from > count) from = count;
    until = from + ROWS < count ? from + ROWS : count;
    put_first(people, count, until, f->order);
    shown = NEW_MANY(scene->arena, struct review_person_view, until - from + 1);
    for (size_t i = from; i < until; i++)
        shown[i - from] = review_show_one(scene, &people[i], false);
    *v = (struct review_quality_view){
        .people = shown,
        .people_count = until - from,
        .window_days = policy.window_days,
        .next = until < count ? (int64_t)until : -1,
        .order = f->order,
        .orders = review_choices(scene, orders, COUNT(orders), f->order),
        .orders_count = COUNT(orders),
        .is_leader = scope.team_id != 0,
    };
    return DONE;
}

/* ---- one ---- */

struct outcome review_show_marks(struct scene *scene, id person_id, bool is_own, moment from,
                                 moment until, const struct review_mark_row_view **marks,
                                 size_t *count)
{
    struct review_sum_marks_row sum;
    struct review_prior prior;
    struct review_mark_row_view *shown = NEW_MANY(scene->arena, struct review_mark_row_view, 4);
    bool found;

    TRY(review_prior_of(scene, from, until, &prior));
    TRY(review_sum_marks(scene->store, person_id, from, until, &sum, &found));
    {
        const struct {
            const char *which, *name;
            int64_t count, sum;
        } rows[] = {{"patience", T("Patience"), sum.patience_count, sum.patience_sum},
                    {"courtesy", T("Courtesy"), sum.courtesy_count, sum.courtesy_sum},
                    {"efficiency", T("Speed"), sum.efficiency_count, sum.efficiency_sum},
                    {"correctness", T("Correctness"), sum.correctness_count, sum.correctness_sum}};

        for (size_t i = 0; i < COUNT(rows); i++)
            shown[i] = (struct review_mark_row_view){
                .which = str_of(rows[i].which),
                .link = rows[i].count ? arena_print(scene->arena, "%.*s%s",
                                                    STR_ARGS(review_behind_path(
                                                        scene->arena, is_own ? 0 : person_id)),
                                                    rows[i].which)
                                      : S(""),
                .name = text_in(scene->language, rows[i].name),
                .count = rows[i].count,
                .mean = review_milli(scene->arena, review_mean(rows[i].count, rows[i].sum)),
                .score =
                    review_milli(scene->arena, review_score(&prior, rows[i].count, rows[i].sum))};
    }
    *marks = shown;
    *count = 4;
    return DONE;
}

struct outcome review_show_sampled(struct scene *scene, id person_id, moment from,
                                   const struct review_sampled_view **samples, size_t *count)
{
    const struct review_list_samples_of_row *rows;
    struct review_sampled_view *shown;

    TRY(review_list_samples_of(scene->arena, scene->store, person_id, from, &rows, count));
    shown = NEW_MANY(scene->arena, struct review_sampled_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        shown[i] = (struct review_sampled_view){.at = rows[i].marked_at,
                                                .correctness = rows[i].correctness,
                                                .completeness = rows[i].completeness,
                                                .clarity = rows[i].clarity,
                                                .courtesy = rows[i].courtesy};
        TRY(review_unseal(scene, rows[i].comment_sealed, &shown[i].comment));
    }
    *samples = shown;
    return DONE;
}

/* Only ratings of cases the reader may watch are named; the score counts all. */
static struct outcome show_ratings(struct scene *scene, const struct review_scope *scope,
                                   id person_id, moment from, struct review_whole_view *v)
{
    const struct review_list_rated_row *rows;
    struct review_rated_view *shown;

    TRY(review_list_rated(scene->arena, scene->store, person_id, from, scene->now + LAST,
                          scope->division, &rows, &v->ratings_count));
    shown = NEW_MANY(scene->arena, struct review_rated_view, v->ratings_count + 1);
    for (size_t i = 0; i < v->ratings_count; i++)
        shown[i] = (struct review_rated_view){.reference = rows[i].reference,
                                              .at = rows[i].rated_at,
                                              .stars = rows[i].stars,
                                              .patience = rows[i].patience,
                                              .courtesy = rows[i].courtesy,
                                              .efficiency = rows[i].efficiency,
                                              .correctness = rows[i].correctness};
    v->ratings = shown;
    return DONE;
}

static struct outcome show_measures(struct scene *scene, id person_id, struct review_whole_view *v)
{
    const struct review_list_measures_of_row *rows;
    struct review_measure_row_view *shown;

    TRY(review_list_measures_of(scene->arena, scene->store, person_id, &rows, &v->measures_count));
    shown = NEW_MANY(scene->arena, struct review_measure_row_view, v->measures_count + 1);
    for (size_t i = 0; i < v->measures_count; i++) {
        shown[i] = review_show_measure_row(scene, rows[i].measure, rows[i].state, rows[i].ended_at);
        shown[i].measure = rows[i].measure_id;
        shown[i].decided_at = rows[i].decided_at;
        shown[i].until_at = rows[i].until_at;
        shown[i].ended_at = rows[i].ended_at;
    }
    v->measures = shown;
    return DONE;
}

struct outcome review_show_person(struct request *request, const void *query, void *view)
{
    static const struct review_named kinds[] = {{"warn", T("Written warning")},
                                                {"suspend", T("Suspension from service")},
                                                {"remove", T("Removal from service")},
                                                {"widen", T("Wider service")}};
    struct scene *scene = request->scene;
    const struct review_whom_form *f = query;
    struct review_whole_view *v = view;
    struct review_find_policy_row policy;
    struct review_person person;
    struct review_person_view *who = NEW(scene->arena, struct review_person_view);
    struct review_scope scope;
    moment from;
    bool found;

    TRY(review_scope_of(scene, &scope));
    TRY(review_policy_of(scene, &policy));
    from = scene->now - policy.window_days * SECONDS_PER_DAY;
    TRY(review_person_of(scene, &scope, from, scene->now + LAST, f->person, &person, &found));
    if (!found) return REFUSE(act_unknown);
    *who = review_show_one(scene, &person, false);
    v->who = who;
    v->window_days = policy.window_days;
    v->is_oneself = f->person == scene->actor.person_id;
    v->kinds = review_choices(scene, kinds, COUNT(kinds), S(""));
    v->kinds_count = COUNT(kinds);
    TRY(review_show_held(scene, f->person, false, &policy, &v->held, &v->held_count));
    TRY(review_show_marks(scene, f->person, false, from, scene->now + LAST, &v->marks,
                          &v->marks_count));
    TRY(review_show_sampled(scene, f->person, from, &v->samples, &v->samples_count));
    TRY(show_ratings(scene, &scope, f->person, from, v));
    return show_measures(scene, f->person, v);
}
