/* review_commend.c -- who is commended for a month or a quarter: reckoned, and made public.
 *
 *  (1) Until it is made public the list is reckoned anew; then it stays as it was.
 *  (2) Only a period that is over is made public, by a supervisor of the whole city. */
#include "bureau/review/review_money.h"
#include "bureau/review/review_show.h"

static const struct reason period_word = {
    "review.period", T("Please give a month as 2026-10 or a quarter as 2026-Q3."),
    .field = "period"};
static const struct reason period_open = {"review.period-open", T("This period is not over yet."),
                                          409};
static const struct reason published_already = {"review.published",
                                                T("This list is public already."), 409};
static const struct reason nobody = {"review.nobody-commended",
                                     T("Nobody meets the conditions in this period."), 409};

enum { QUARTER_MONTHS = 3, FIRST_PERIODS = 7 };

struct period {
    struct str word;
    moment from, until;
    int64_t months;
};

static bool period_of(struct str word, struct period *period)
{
    struct str quarter, year = str_cut(word, '-', &quarter);
    int64_t y, q;

    *period = (struct period){.word = word, .months = 1};
    if (review_month_of(word, &period->from, &period->until)) return true;
    if (year.len != 4 || quarter.len != 2 || quarter.at[0] != 'Q' || !str_to_int(year, &y) ||
        !str_to_int((struct str){quarter.at + 1, 1}, &q) || y < 2018 || y > 2199 || q < 1 || q > 4)
        return false;
    period->months = QUARTER_MONTHS;
    period->from = calendar_moment_of((int)y, (int)q * 3 - 2, 1, 0);
    period->until = q == 4 ? calendar_moment_of((int)y + 1, 1, 1, 0)
                           : calendar_moment_of((int)y, (int)q * 3 + 1, 1, 0);
    return true;
}

bool review_period(struct str word, moment *from, moment *until)
{
    struct period period;

    if (!period_of(word, &period)) return false;
    *from = period.from;
    *until = period.until;
    return true;
}

/* Months and quarters that are over, the newest first. */
static const struct choice *period_choices(struct scene *scene, struct str chosen, size_t *count)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, FIRST_PERIODS * 2);
    moment at = scene->now;

    *count = 0;
    for (int i = 0; i < FIRST_PERIODS; i++) {
        struct calendar_date date = calendar_date_of(calendar_day_of(at));
        struct str month = review_month_at(scene->arena, at);

        made[(*count)++] =
            (struct choice){.value = month, .label = month, .chosen = str_same(month, chosen)};
        if (i && date.month % QUARTER_MONTHS == 0) {
            struct str quarter =
                arena_print(scene->arena, "%04d-Q%d", date.year, date.month / QUARTER_MONTHS);

            made[(*count)++] = (struct choice){
                .value = quarter, .label = quarter, .chosen = str_same(quarter, chosen)};
        }
        at = calendar_moment_of(date.year, date.month, 1, 0) - 1;
    }
    return made;
}

static struct outcome reckon(struct scene *scene, const struct period *period,
                             struct review_person **people, size_t *count)
{
    struct review_find_policy_row policy;
    struct review_bar bar;
    struct review_candidate *candidates;
    struct review_person *all;
    size_t all_count;

    TRY(review_policy_of(scene, &policy));
    bar = (struct review_bar){.rated_min = policy.commend_rated_min * period->months,
                              .answered_min = policy.commend_answered_min * period->months,
                              .score_from = policy.commend_milli};
    TRY(review_people(scene, &(struct review_scope){S(""), 0}, period->from, period->until, 0,
                      INT64_MAX, &all, &all_count));
    candidates = NEW_MANY(scene->arena, struct review_candidate, all_count + 1);
    for (size_t i = 0; i < all_count; i++) candidates[i] = all[i].candidate;
    *count = review_rank(&bar, candidates, all_count);
    if (*count > (size_t)policy.commend_count) *count = (size_t)policy.commend_count;
    *people = NEW_MANY(scene->arena, struct review_person, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        for (size_t j = 0; j < all_count; j++) {
            if (all[j].candidate.person_id == candidates[i].person_id) (*people)[i] = all[j];
        }
    }
    return DONE;
}

static bool watches_city(const struct scene *scene)
{
    return scene_scope(scene, WHO_SUPERVISOR).len == 2;
}

static struct outcome show_kept(struct scene *scene, const struct review_scope *scope,
                                const struct review_list_commendation_row *rows,
                                struct review_commendations_view *v)
{
    struct review_commended_view *shown =
        NEW_MANY(scene->arena, struct review_commended_view, v->people_count + 1);

    for (size_t i = 0; i < v->people_count; i++)
        shown[i] = (struct review_commended_view){
            .place = rows[i].place,
            .person = rows[i].person_id,
            .name = rows[i].person_name,
            .team = review_team_name(scene, rows[i].team_zh, rows[i].team_en),
            .score_milli = rows[i].score,
            .score = review_milli(scene->arena, rows[i].score),
            .rated = rows[i].rated_count,
            .answered = rows[i].answered_count,
            .may_trace = review_is_within(scope, rows[i].division, rows[i].team_id)};
    v->published_at = rows[0].at;
    v->people = shown;
    return DONE;
}

static struct outcome show_reckoned(struct scene *scene, const struct review_scope *scope,
                                    const struct period *period,
                                    struct review_commendations_view *v)
{
    struct review_commended_view *shown;
    struct review_person *people;

    TRY(reckon(scene, period, &people, &v->people_count));
    shown = NEW_MANY(scene->arena, struct review_commended_view, v->people_count + 1);
    for (size_t i = 0; i < v->people_count; i++) {
        const struct review_figures *f = &people[i].candidate.figures;

        shown[i] = (struct review_commended_view){
            .place = (int64_t)i + 1,
            .person = people[i].candidate.person_id,
            .name = people[i].name,
            .team = people[i].team_name,
            .score_milli = f->score_milli,
            .score = review_milli(scene->arena, f->score_milli),
            .rated = f->rated_count,
            .answered = f->answered_count,
            .may_trace = review_is_within(scope, people[i].division, people[i].team_id)};
    }
    v->people = shown;
    v->can_publish = v->people_count && period->until <= scene->now && watches_city(scene);
    return DONE;
}

struct outcome review_show_commendations(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_period_form *f = query;
    struct review_commendations_view *v = view;
    const struct review_list_commendation_row *rows;
    struct calendar_date today = calendar_date_of(calendar_day_of(scene->now));
    struct review_scope scope;
    struct period period;
    struct str word = f->period;

    if (!word.len)
        word = review_month_at(scene->arena, calendar_moment_of(today.year, today.month, 1, 0) - 1);
    if (!period_of(word, &period)) return REFUSE(period_word);
    TRY(review_scope_of(scene, &scope));
    v->period = word;
    v->periods = period_choices(scene, word, &v->periods_count);
    TRY(review_list_commendation(scene->arena, scene->store, word, &rows, &v->people_count));
    return v->people_count ? show_kept(scene, &scope, rows, v)
                           : show_reckoned(scene, &scope, &period, v);
}

static struct outcome publish(struct scene *scene, const void *form, void *result)
{
    const struct review_period_form *f = form;
    const struct review_list_commendation_row *rows;
    struct review_person *people;
    struct period period;
    size_t count;

    (void)result;
    if (!watches_city(scene)) return REFUSE(act_not_yours);
    if (!period_of(f->period, &period)) return REFUSE(period_word);
    if (period.until > scene->now) return REFUSE(period_open);
    TRY(review_list_commendation(scene->arena, scene->store, f->period, &rows, &count));
    if (count) return REFUSE(published_already);
    TRY(reckon(scene, &period, &people, &count));
    if (!count) return REFUSE(nobody);
    scene->detail = f->period;
    for (size_t i = 0; i < count; i++) {
        const struct review_figures *figures = &people[i].candidate.figures;

        TRY(review_add_commendation(scene->store, f->period, (int64_t)i + 1,
                                    people[i].candidate.person_id, figures->score_milli,
                                    figures->rated_count, figures->answered_count, scene->now,
                                    scene->actor.person_id));
    }
    return DONE;
}

const struct act review_act_publish = {
    .name = "review.publish", .who = WHO_SUPERVISOR, .form = &review_period_form, .run = publish};
