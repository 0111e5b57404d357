/* supervision_make.c -- reports, made by the clock.
 *
 *  (1) A report is made once its last day is over, days before weeks before months; what was
 *      missed while the program did not run is made when it runs again, one an act.
 *  (2) What is made is never changed.  What turns out otherwise within RECHECK_DAYS makes a new
 *      edition of the day, and of the week and month it belongs to; the old ones can still be read.
 *  (3) A week's and a month's numbers are the sums of their days' numbers, so they agree.
 *  (4) Nothing is counted before the day of the first case, nor further back than BACK_DAYS. */
#include "bureau/supervision/supervision_report_views.h"

#define REPORTS "supervision.reports"
#define RECHECK "supervision.recheck"

enum {
    BACK_DAYS = 400,
    RECHECK_DAYS = 40, /* a month is looked at once more after its end */
    AFTER_MIDNIGHT_SECONDS = 5 * SECONDS_PER_MINUTE,
    RECHECK_SECONDS = 2 * SECONDS_PER_HOUR /* after midnight, when few are awake */
};

static const char *const bys[] = {"", "division", "team", "channel", "profession", "field"};

/* ---- adding up ---- */

static struct outcome fill_day(struct scene *scene, id report_id, moment from, moment until,
                               int64_t answer_seconds)
{
    TRY(supervision_add_part(scene->store, report_id, report_id));
    TRY(supervision_add_facts(scene->store, report_id, answer_seconds, from, until));
    for (size_t i = 0; i < COUNT(bys); i++) {
        TRY(supervision_add_sums(scene->store, 2, str_of(bys[i]), 6, report_id));
        TRY(supervision_add_sums(scene->store, 6, str_of(bys[i]), 9, report_id));
        TRY(supervision_add_team_sums(scene->store, str_of(bys[i]), report_id));
    }
    return DONE;
}

static struct outcome make(struct scene *scene, enum supervision_period period,
                           struct supervision_days days)
{
    moment from = calendar_day_begins(days.first), until = calendar_day_begins(days.end);
    struct str word = supervision_period_word(period);
    struct supervision_find_newest_row before;
    struct supervision_limits limits;
    int64_t seconds;
    id report_id;
    bool found;

    TRY(supervision_limits(scene, &limits));
    TRY(supervision_find_newest(scene->store, word, from, &before, &found));
    seconds = found ? before.answer_seconds : limits.value[SUPERVISION_ANSWER_SECONDS];
    if (found) TRY(supervision_set_replaced(scene->store, scene->now, before.report_id));
    scene_tell(scene, found ? "supervision.correct_report" : "supervision.report", 0, 0);
    report_id = scene_new_id(scene);
    TRY(supervision_add_report(scene->store, report_id, word, from, until,
                               found ? before.edition + 1 : 1, scene->now, seconds));
    TRY(supervision_queue_mail(scene, word, report_id));
    if (period == SUPERVISION_DAY) return fill_day(scene, report_id, from, until, seconds);
    TRY(supervision_add_parts(scene->store, report_id, from, until));
    return supervision_add_sums_of_days(scene->store, report_id);
}

/* ---- what is due ---- */

/* The first period of that kind for which there is no report yet. */
static struct outcome find_next(struct scene *scene, enum supervision_period period,
                                struct supervision_days *days)
{
    calendar_day today = calendar_day_of(scene->now), first = today;
    struct supervision_find_last_until_row last;
    struct supervision_find_first_moment_row begun;
    bool found;

    TRY(supervision_find_last_until(scene->store, supervision_period_word(period), &last, &found));
    if (last.until_at) {
        *days = supervision_days_of(period, calendar_day_of(last.until_at));
        return DONE;
    }
    TRY(supervision_find_first_moment(scene->store, &begun, &found));
    if (begun.opened_at) first = calendar_day_of(begun.opened_at);
    if (first < today - BACK_DAYS) first = today - BACK_DAYS;
    *days = supervision_days_of(period, first);
    return DONE;
}

static moment tomorrow(moment now, int64_t seconds)
{
    return calendar_day_begins(calendar_day_of(now) + 1) + seconds;
}

static struct outcome make_next(struct scene *scene, bool *made)
{
    calendar_day today = calendar_day_of(scene->now);
    struct supervision_days days;

    *made = false;
    for (int i = 0; i < SUPERVISION_PERIODS; i++) {
        TRY(find_next(scene, (enum supervision_period)i, &days));
        if (days.end > today) continue;
        *made = true;
        TRY(make(scene, (enum supervision_period)i, days));
        if (i != SUPERVISION_DAY) return DONE;
        return clock_set(scene, RECHECK, days.first, tomorrow(scene->now, RECHECK_SECONDS));
    }
    return DONE;
}

static struct outcome make_due(struct scene *scene, const void *form, void *result)
{
    bool made;

    (void)form, (void)result;
    scene->quiet = true; /* a report has a line of its own */
    TRY(make_next(scene, &made));
    return clock_set(scene, REPORTS, 0,
                     made ? scene->now : tomorrow(scene->now, AFTER_MIDNIGHT_SECONDS));
}

const struct act supervision_act_reports = {.name = REPORTS, .who = WHO_SYSTEM, .run = make_due};

/* ---- what turned out otherwise ---- */

static struct outcome has_changed(struct scene *scene, id report_id, struct supervision_days days,
                                  bool *changed)
{
    struct supervision_count_changed_row more;
    struct supervision_count_gone_row gone;
    bool found;

    TRY(supervision_count_changed(scene->store, report_id, calendar_day_begins(days.first),
                                  calendar_day_begins(days.end), &more, &found));
    TRY(supervision_count_gone(scene->store, report_id, &gone, &found));
    *changed = more.changed_count > 0 || gone.gone_count > 0;
    return DONE;
}

static struct outcome recheck(struct scene *scene, const void *form, void *result)
{
    calendar_day day = ((const struct clock_form *)form)->case_id;
    struct supervision_days days = supervision_days_of(SUPERVISION_DAY, day);
    struct supervision_find_newest_row newest;
    bool found, changed;

    (void)result;
    scene->quiet = true;
    if (calendar_day_of(scene->now) - day < RECHECK_DAYS)
        TRY(clock_set(scene, RECHECK, day, tomorrow(scene->now, RECHECK_SECONDS)));
    else
        TRY(clock_drop(scene, RECHECK, day));
    TRY(supervision_find_newest(scene->store, supervision_period_word(SUPERVISION_DAY),
                                calendar_day_begins(day), &newest, &found));
    if (!found) return DONE;
    TRY(has_changed(scene, newest.report_id, days, &changed));
    if (!changed) return DONE;
    for (int i = 0; i < SUPERVISION_PERIODS; i++) {
        days = supervision_days_of((enum supervision_period)i, day);
        TRY(supervision_find_newest(scene->store,
                                    supervision_period_word((enum supervision_period)i),
                                    calendar_day_begins(days.first), &newest, &found));
        if (found) TRY(make(scene, (enum supervision_period)i, days));
    }
    return DONE;
}

const struct act supervision_act_recheck = {.name = RECHECK, .who = WHO_SYSTEM, .run = recheck};
