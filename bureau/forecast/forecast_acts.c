/* forecast_acts.c -- the plan of a day, the policy, and arrivals brought in from elsewhere. */
#include <math.h>

#include "bureau/forecast/forecast_views.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "gen/forecast_sql.h"

enum {
    HISTORY_DAYS = 430, /* a year for the season, and the weeks before it */
    PACE_DAYS = 90      /* talks and patience are measured over these */
};

const struct forecast_policy forecast_policy_first = {
    .percent = 95, .seconds = 15, .talks_at_once = 1};

struct outcome forecast_policy_now(struct scene *scene, struct forecast_policy *policy)
{
    struct forecast_find_policy_row row;
    bool found;

    TRY(forecast_find_policy(scene->store, &row, &found));
    *policy = found ? (struct forecast_policy){row.service_percent, row.service_seconds,
                                               row.talks_at_once}
                    : forecast_policy_first;
    return DONE;
}

/* ---- the past ---- */

struct past {
    struct forecast_day *days;
    size_t count;
};

static struct forecast_day *day_of(struct past *past, calendar_day day)
{
    size_t low = 0, high = past->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (past->days[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < past->count && past->days[low].day == day ? &past->days[low] : NULL;
}

static struct outcome list_days(struct scene *scene, struct str profession, struct str division,
                                calendar_day from, calendar_day until,
                                const struct calendar *calendar, struct past *past)
{
    const struct forecast_list_known_days_row *rows;
    size_t count;

    TRY(forecast_list_known_days(scene->arena, scene->store, calendar_day_begins(from),
                                 from * FORECAST_HALF_HOURS, profession, division, until, &rows,
                                 &count));
    past->days = NEW_MANY(scene->arena, struct forecast_day, count + 1);
    for (size_t i = 0; i < count && i < FORECAST_DAYS_MAX; i++) {
        past->days[i].day = rows[i].day_number;
        TRY(forecast_kind_of(calendar, rows[i].day_number, &past->days[i].kind));
        past->count = i + 1;
    }
    return DONE;
}

static void add(struct past *past, int64_t half_hour, int64_t arrivals)
{
    struct forecast_day *day = day_of(past, half_hour / FORECAST_HALF_HOURS);

    if (day) day->arrivals[half_hour % FORECAST_HALF_HOURS] += arrivals;
}

static struct outcome find_past(struct scene *scene, struct str profession, struct str division,
                                calendar_day until, const struct calendar *calendar,
                                struct past *past)
{
    const struct forecast_list_imported_row *imported;
    const struct record_list_arrivals_row *own;
    calendar_day from = until - HISTORY_DAYS;
    size_t count;

    *past = (struct past){0};
    TRY(list_days(scene, profession, division, from, until, calendar, past));
    TRY(record_arrivals(scene, S(""), profession, division, calendar_day_begins(from),
                        calendar_day_begins(until), &own, &count));
    for (size_t i = 0; i < count; i++) add(past, own[i].half_hour, own[i].arrivals_count);
    TRY(forecast_list_imported(scene->arena, scene->store, from * FORECAST_HALF_HOURS,
                               until * FORECAST_HALF_HOURS, profession, division, &imported,
                               &count));
    for (size_t i = 0; i < count; i++) add(past, imported[i].half_hour, imported[i].arrivals_sum);
    return DONE;
}

static struct outcome find_pace(struct scene *scene, struct str profession, moment until,
                                struct forecast_pace *pace)
{
    struct record_find_pace_row row;

    TRY(record_pace(scene, S(""), profession, S(""), until - PACE_DAYS * SECONDS_PER_DAY, until,
                    &row));
    *pace = forecast_measure(row.talks_count, row.handle_sum, row.abandoned_count + row.left_count,
                             row.wait_sum);
    return DONE;
}

/* ---- the plan ---- */

static int64_t people_for(const struct forecast_plan *plan, double arrivals)
{
    const struct forecast_load load = {arrivals * 2, plan->pace.handle_seconds,
                                       plan->pace.patience_seconds};
    int64_t places = forecast_needed(&load, plan->policy.percent, (double)plan->policy.seconds);

    return places < 0 ? -1 : (places + plan->policy.talks_at_once - 1) / plan->policy.talks_at_once;
}

static void plan_half_hour(struct forecast_plan *plan, int at)
{
    struct forecast_half_hour *h = &plan->half_hours[at];

    if (!h->is_open) return;
    h->expected = plan->curve.expected[at];
    h->low = plan->curve.low[at];
    h->high = plan->curve.high[at];
    h->needed = people_for(plan, h->expected);
    h->needed_high = people_for(plan, h->high);
    h->service =
        forecast_serve(&(struct forecast_load){h->expected * 2, plan->pace.handle_seconds,
                                               plan->pace.patience_seconds},
                       h->cover * plan->policy.talks_at_once, (double)plan->policy.seconds);
}

/* Open for a part of it is open.  Without the year's calendar nobody knows: as on weekdays. */
static struct outcome find_open(struct scene *scene, struct forecast_plan *plan,
                                const struct calendar_desk *desk)
{
    (void)scene;
    for (int at = 0; at < FORECAST_HALF_HOURS; at++) {
        moment begins = calendar_day_begins(plan->day) + at * 30 * (int64_t)SECONDS_PER_MINUTE;

        for (int part = 0; part < 2 && !plan->half_hours[at].is_open; part++) {
            struct outcome outcome =
                calendar_is_open(desk, begins + part * 15 * (int64_t)SECONDS_PER_MINUTE,
                                 &plan->half_hours[at].is_open);

            if (outcome.refusal == &calendar_year_missing)
                plan->half_hours[at].is_open = plan->curve.expected[at] > 0;
            else
                TRY(outcome);
        }
    }
    return DONE;
}

struct outcome forecast_plan_day(struct scene *scene, struct str profession, struct str division,
                                 calendar_day day, struct forecast_plan *plan)
{
    calendar_day today = calendar_day_of(scene->now), until = day < today ? day : today;
    int64_t cover[FORECAST_HALF_HOURS];
    struct calendar_desk desk;
    struct past past;

    *plan = (struct forecast_plan){.day = day};
    TRY(people_desk(scene, S("consultation"), &desk));
    TRY(forecast_policy_now(scene, &plan->policy));
    TRY(forecast_kind_of(desk.calendar, day, &plan->kind));
    TRY(find_past(scene, profession, division, until, desk.calendar, &past));
    TRY(find_pace(scene, profession, calendar_day_begins(until), &plan->pace));
    forecast_arrivals(past.days, past.count, day, plan->kind, &plan->curve);
    TRY(find_open(scene, plan, &desk));
    TRY(shifts_cover(scene, profession, division, day, cover));
    for (int at = 0; at < FORECAST_HALF_HOURS; at++) {
        plan->half_hours[at].cover = cover[at];
        plan_half_hour(plan, at);
    }
    return DONE;
}

/* ---- the policy ---- */

static struct outcome set_policy(struct scene *scene, const void *form, void *result)
{
    const struct forecast_policy_form *f = form;

    (void)result;
    TRY(people_need_city(scene));
    scene->detail =
        arena_print(scene->arena, "%lld%% in %lld s, %lld at once", (long long)f->service_percent,
                    (long long)f->service_seconds, (long long)f->talks_at_once);
    return forecast_add_policy(scene->store, scene_new_id(scene), f->service_percent,
                               f->service_seconds, f->talks_at_once, scene->now,
                               scene->actor.person_id);
}

const struct act forecast_act_policy = {
    .name = "forecast.policy", .who = WHO_ADMIN, .form = &forecast_policy_form, .run = set_policy};
