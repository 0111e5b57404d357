/* supervision_watch.c -- once a minute the program looks for itself at what nobody may be looking
 * at, and warns.
 *
 *  (1) What is so is raised, what is so no more is cleared; nothing is raised twice.
 *  (2) At most as many warnings at a time as an act has lines; the rest a minute later.
 *  (3) Of a profession nobody serves here nothing is said.
 *  (4) A minute on line is counted when the watch sees it: what passes while the program does not
 *      run is in no report. */
#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_views.h"
#include "desk/calendar/calendar.h"

enum { WATCH_SECONDS = 60, SHIFT_SECONDS_MAX = 2 * SECONDS_PER_DAY };

#define WATCH "supervision.watch"
#define REPORTS "supervision.reports"

/* Raises or clears; `is_so` decides. */
struct outcome supervision_set(struct scene *scene, bool is_so,
                               const struct supervision_alarm *alarm)
{
    if (scene->lines_count + 2 > SCENE_LINES_MAX) return DONE;
    return is_so ? supervision_alarm(scene, alarm)
                 : supervision_clear(scene, alarm->kind, alarm->key);
}

/* ---- who is there, and who waits ---- */

/* Everything the watch knows of one profession. */
struct seen {
    struct str profession;
    int64_t on_line, rostered, kept, gaps;
    moment waits_since, gap_at;
};
enum { PROFESSIONS_MAX = 20 };

static struct seen *seen_of(struct seen *all, size_t count, struct str profession)
{
    for (size_t i = 0; i < count; i++) {
        if (str_same(all[i].profession, profession)) return &all[i];
    }
    return NULL;
}

static struct outcome look_at_roster(struct scene *scene, moment seen_at, struct seen *all,
                                     size_t count)
{
    const struct supervision_list_rostered_row *rostered;
    const struct supervision_list_gaps_row *gaps;
    struct seen *seen;
    size_t rows;

    TRY(supervision_list_rostered(scene->arena, scene->store, seen_at,
                                  scene->now - SHIFT_SECONDS_MAX, scene->now, scene->now, &rostered,
                                  &rows));
    for (size_t i = 0; i < rows; i++) {
        if (!(seen = seen_of(all, count, rostered[i].profession))) continue;
        seen->rostered = rostered[i].rostered_count;
        seen->kept = rostered[i].kept_count;
    }
    TRY(supervision_list_gaps(scene->arena, scene->store, scene->now, &gaps, &rows));
    for (size_t i = 0; i < rows; i++) {
        if (!(seen = seen_of(all, count, gaps[i].profession))) continue;
        seen->gaps = gaps[i].gaps_count;
        seen->gap_at = gaps[i].starts_at;
    }
    return DONE;
}

static struct outcome look(struct scene *scene, moment seen_at, struct seen all[PROFESSIONS_MAX],
                           size_t *count)
{
    const struct supervision_list_professions_row *rows;
    const struct supervision_list_waits_row *waits;
    size_t waits_count;

    TRY(supervision_list_professions(scene->arena, scene->store, seen_at, &rows, count));
    for (size_t i = 0; i < *count; i++)
        all[i] = (struct seen){.profession = rows[i].profession, .on_line = rows[i].on_line_count};
    TRY(supervision_list_waits(scene->arena, scene->store, scene->now - SECONDS_PER_DAY, &waits,
                               &waits_count));
    for (size_t i = 0; i < waits_count; i++) {
        struct seen *seen = seen_of(all, *count, waits[i].profession);

        if (seen) seen->waits_since = waits[i].phase_at;
    }
    return look_at_roster(scene, seen_at, all, *count);
}

static struct outcome is_open_now(struct scene *scene, bool *is_open)
{
    struct calendar_desk desk;
    struct outcome outcome;

    *is_open = false;
    TRY(people_desk(scene, S("consultation"), &desk));
    outcome = calendar_is_open(&desk, scene->now, is_open);
    if (outcome.fault) return outcome;
    if (!IS_DONE(outcome)) *is_open = false; /* not known: a warning of its own says so */
    return DONE;
}

static struct str words_of(struct scene *scene, const char *format, int64_t one, int64_t two)
{
    struct arena *arena = scene->arena;

    return format ? arena_print(arena, "%lld / %lld", (long long)one, (long long)two)
                  : arena_print(arena, "%lld", (long long)one);
}

static struct outcome warn_of(struct scene *scene, const struct supervision_limits *limits,
                              const struct seen *seen, bool is_open)
{
    struct supervision_alarm alarm = {.key = seen->profession, .words = {seen->profession}};
    int64_t minutes = seen->waits_since ? (scene->now - seen->waits_since) / SECONDS_PER_MINUTE : 0;
    int64_t least = limits->value[SUPERVISION_ON_LINE_PERCENT] * seen->rostered;

    alarm.kind = SUPERVISION_NOBODY_ON_LINE;
    TRY(supervision_set(scene, is_open && seen->on_line == 0, &alarm));
    alarm.kind = SUPERVISION_WAIT_LONG;
    alarm.words[1] = words_of(scene, NULL, minutes, 0);
    TRY(supervision_set(scene, minutes >= limits->value[SUPERVISION_WAIT_MINUTES], &alarm));
    alarm.kind = SUPERVISION_ON_LINE_LOW;
    alarm.words[1] = words_of(scene, "of", seen->kept, seen->rostered);
    TRY(supervision_set(scene, is_open && seen->on_line > 0 && seen->kept * 100 < least, &alarm));
    alarm.kind = SUPERVISION_UNCOVERED;
    alarm.words[1] = words_of(scene, NULL, seen->gap_at, 0);
    return supervision_set(scene, seen->gaps > 0, &alarm);
}

static struct outcome watch_desk(struct scene *scene, const struct supervision_limits *limits,
                                 moment seen_at)
{
    struct seen all[PROFESSIONS_MAX];
    bool is_open;
    size_t count;

    TRY(is_open_now(scene, &is_open));
    TRY(look(scene, seen_at, all, &count));
    for (size_t i = 0; i < count; i++) TRY(warn_of(scene, limits, &all[i], is_open));
    return DONE;
}

/* ---- what the program itself needs ---- */

struct outcome supervision_watch_notices(struct scene *scene,
                                         const struct supervision_limits *limits)
{
    struct supervision_count_failed_notices_row row;
    bool found;

    TRY(supervision_count_failed_notices(scene->store, scene->now - SECONDS_PER_HOUR, &row,
                                         &found));
    return supervision_set(
        scene, row.failed_count >= limits->value[SUPERVISION_FAILED_NOTICES],
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
    return supervision_set(scene, !calendar_has_year(desk.calendar, year),
                           &(struct supervision_alarm){.kind = SUPERVISION_CALENDAR_MISSING,
                                                       .key = word,
                                                       .words = {word, S("")}});
}

static struct outcome watch(struct scene *scene, const void *form, void *result)
{
    struct supervision_limits limits;
    moment seen_at;

    (void)form, (void)result;
    scene->quiet = true; /* what is raised leaves lines of its own */
    TRY(clock_set(scene, WATCH, 0, scene->now + WATCH_SECONDS));
    TRY(supervision_limits(scene, &limits));
    TRY(assignment_seen_since(scene, &seen_at));
    TRY(supervision_add_duty(scene->store, calendar_day_of(scene->now), seen_at, scene->now,
                             scene->now - SHIFT_SECONDS_MAX));
    TRY(watch_desk(scene, &limits, seen_at));
    TRY(supervision_watch_notices(scene, &limits));
    TRY(supervision_watch_mails(scene));
    TRY(supervision_watch_complaints(scene));
    return watch_calendar(scene, &limits);
}

const struct act supervision_act_watch = {.name = WATCH, .who = WHO_SYSTEM, .run = watch};

struct outcome supervision_begin(struct scene *scene)
{
    TRY(clock_set(scene, REPORTS, 0, scene->now));
    return clock_set(scene, WATCH, 0, scene->now);
}

struct outcome supervision_demo(struct scene *scene)
{
    enum { DEMO_DAYS = 30 };
    calendar_day today = calendar_day_of(scene->now);

    /* A quarter of all on a working day, a few on a day off: people ask then, too. */
    for (calendar_day day = today - DEMO_DAYS; day < today; day++)
        TRY(supervision_add_demo_duty(scene->store, day,
                                      calendar_weekday_of(day) < CALENDAR_SATURDAY ? 4 : 12));
    return DONE;
}
