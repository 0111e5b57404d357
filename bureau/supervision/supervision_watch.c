/* supervision_watch.c -- once a minute the program looks for itself at what nobody may be looking
 * at, and warns.
 *
 *  (1) What is so is raised, what is so no more is cleared; nothing is raised twice.
 *  (2) At most as many warnings at a time as an act has lines; the rest a minute later.
 *  (3) Of a profession nobody serves here nothing is said. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_views.h"
#include "desk/calendar/calendar.h"

enum { WATCH_SECONDS = 60, ABSENT_SECONDS = 90 };

#define WATCH "supervision.watch"

/* Raises or clears; `is_so` decides. */
static struct outcome set(struct scene *scene, bool is_so, const struct supervision_alarm *alarm)
{
    if (scene->lines_count + 2 > SCENE_LINES_MAX) return DONE;
    return is_so ? supervision_alarm(scene, alarm)
                 : supervision_clear(scene, alarm->kind, alarm->key);
}

/* ---- who is there ---- */

static struct outcome watch_presence(struct scene *scene)
{
    const struct supervision_list_professions_row *rows;
    struct calendar_desk desk;
    struct outcome outcome;
    bool is_open = false;
    size_t count;

    TRY(people_desk(scene, S("consultation"), &desk));
    outcome = calendar_is_open(&desk, scene->now, &is_open);
    if (outcome.fault) return outcome;
    if (!IS_DONE(outcome)) is_open = false; /* not known: a warning of its own says so */
    TRY(supervision_list_professions(scene->arena, scene->store, scene->now - ABSENT_SECONDS, &rows,
                                     &count));
    for (size_t i = 0; i < count; i++)
        TRY(set(scene, is_open && rows[i].on_line_count == 0,
                &(struct supervision_alarm){.kind = SUPERVISION_NOBODY_ON_LINE,
                                            .key = rows[i].profession,
                                            .words = {rows[i].profession, S("")}}));
    return DONE;
}

/* ---- what the program itself needs ---- */

static struct outcome watch_notices(struct scene *scene, const struct supervision_limits *limits)
{
    struct supervision_count_failed_notices_row row;
    bool found;

    TRY(supervision_count_failed_notices(scene->store, scene->now - SECONDS_PER_HOUR, &row,
                                         &found));
    return set(scene, row.failed_count >= limits->value[SUPERVISION_FAILED_NOTICES],
               &(struct supervision_alarm){
                   .kind = SUPERVISION_NOTICES_FAIL,
                   .key = S("sms"),
                   .words = {arena_print(scene->arena, "%lld", (long long)row.failed_count)}});
}

static struct outcome watch_calendar(struct scene *scene, const struct supervision_limits *limits)
{
    struct calendar_date today = calendar_date_of(calendar_day_of(scene->now));
    calendar_day new_year = calendar_day_from(today.year + 1, 1, 1);
    int64_t days_left = new_year - calendar_day_of(scene->now);
    bool is_near = days_left <= limits->value[SUPERVISION_CALENDAR_DAYS];
    struct calendar_desk desk;
    int year = is_near ? today.year + 1 : today.year;
    struct str word = arena_print(scene->arena, "%d", year);

    TRY(people_desk(scene, S("consultation"), &desk));
    return set(scene, !calendar_has_year(desk.calendar, year),
               &(struct supervision_alarm){
                   .kind = SUPERVISION_CALENDAR_MISSING, .key = word, .words = {word, S("")}});
}

static struct outcome watch(struct scene *scene, const void *form, void *result)
{
    struct supervision_limits limits;

    (void)form, (void)result;
    scene->quiet = true; /* what is raised leaves lines of its own */
    TRY(clock_set(scene, WATCH, 0, scene->now + WATCH_SECONDS));
    TRY(supervision_limits(scene, &limits));
    TRY(watch_presence(scene));
    TRY(watch_notices(scene, &limits));
    return watch_calendar(scene, &limits);
}

const struct act supervision_act_watch = {.name = WATCH, .who = WHO_SYSTEM, .run = watch};

struct outcome supervision_begin(struct scene *scene)
{
    return clock_set(scene, WATCH, 0, scene->now);
}
