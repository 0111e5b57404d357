/* people_hours.c -- opening hours: read from what was typed, checked by the calendar's rules, kept.
 *
 * Times are typed as "09:00-12:00, 13:30-17:00", also with the signs of a Chinese keyboard.
 */
#include "bureau/people/people_views.h"

#include <string.h>

const struct reason people_hours_text = {
    "people.hours-text", T("Please write opening times like this: 09:00-12:00, 13:30-17:00."), 0};
const struct reason people_too_many_exceptions = {
    "people.too-many-days", T("That is enough special days. Please remove old ones first."), 0};

static const char DESK[] = "consultation";

const char *people_day_name(int day)
{
    static const char *const names[PEOPLE_HOURS_DAYS] = {
        T("Monday"), T("Tuesday"),  T("Wednesday"), T("Thursday"),
        T("Friday"), T("Saturday"), T("Sunday"),    T("Public holidays")};

    return names[day];
}

struct str people_hours_of_day(const struct people_hours_form *f, int day)
{
    const struct str days[PEOPLE_HOURS_DAYS] = {f->monday, f->tuesday,  f->wednesday, f->thursday,
                                                f->friday, f->saturday, f->sunday,    f->holiday};

    return days[day];
}

/* ---- reading and writing times ---- */

/* What people's keyboards make of a colon, a dash and a comma. */
static const struct {
    const char *typed;
    char plain;
} signs[] = {{"：", ':'}, {"－", '-'}, {"—", '-'},  {"–", '-'},  {"～", '-'}, {"~", '-'},
             {"至", '-'}, {"到", '-'}, {"，", ','}, {"、", ','}, {"；", ','}, {";", ','}};

static char plain_sign(struct str rest, size_t *len)
{
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (str_begins(rest, str_of(signs[i].typed))) {
            *len = strlen(signs[i].typed);
            return signs[i].plain;
        }
    }
    *len = 1;
    return rest.at[0];
}

enum { OPENING_BYTES_MAX = 512 }; /* 120 characters of three bytes and more */

/* Plain signs, no blanks. */
static struct str simplify(struct str text, char plain[static OPENING_BYTES_MAX])
{
    size_t made = 0;

    while (text.len && made < OPENING_BYTES_MAX) {
        size_t len;
        char c = plain_sign(text, &len);

        if (c != ' ' && c != '\t') plain[made++] = c;
        text.at += len;
        text.len -= len;
    }
    return (struct str){plain, made};
}

/* "9:00" is nine o'clock too. */
static bool read_minute(struct str text, int *minute)
{
    char padded[5] = {'0'};

    if (text.len != 4 || text.at[1] != ':') return calendar_minute_parse(text, minute);
    memcpy(padded + 1, text.at, 4);
    return calendar_minute_parse((struct str){padded, 5}, minute);
}

struct outcome people_read_opening(struct str text, struct calendar_opening *opening)
{
    char plain[OPENING_BYTES_MAX];
    struct str rest = simplify(text, plain);
    struct calendar_hours one = {0};

    *opening = (struct calendar_opening){0};
    while (rest.len) {
        struct str to, part = str_cut(rest, ',', &rest), from = str_cut(part, '-', &to);
        struct calendar_interval interval;

        if (part.len == 0) continue;
        if (!read_minute(from, &interval.from) || !read_minute(to, &interval.to))
            return REFUSE(people_hours_text);
        if (opening->count == CALENDAR_INTERVALS_MAX) return REFUSE(calendar_hours_wrong);
        opening->interval[opening->count++] = interval;
    }
    one.week[0] = *opening;
    return calendar_hours_check(&one);
}

struct str people_write_opening(struct scene *scene, const struct calendar_opening *opening)
{
    struct str text = S("");

    for (int i = 0; i < opening->count; i++) {
        struct calendar_interval one = opening->interval[i];

        text = arena_print(scene->arena, "%.*s%s%02d:%02d-%02d:%02d", STR_ARGS(text), i ? ", " : "",
                           one.from / 60, one.from % 60, one.to / 60, one.to % 60);
    }
    return text;
}

/* ---- kept for a desk of any name ---- */

struct outcome people_keep_week(struct scene *scene, struct str desk,
                                const struct people_week *week)
{
    TRY(people_set_hours(scene->store, desk, week->round_the_clock, scene->now));
    TRY(people_drop_openings(scene->store, desk));
    for (int day = 0; day < PEOPLE_HOURS_DAYS; day++) {
        struct calendar_opening opening;

        TRY(people_read_opening(week->days[day], &opening));
        for (int i = 0; i < opening.count; i++)
            TRY(people_add_opening(scene->store, desk, day, opening.interval[i].from,
                                   opening.interval[i].to));
    }
    return DONE;
}

struct outcome people_week_of(struct scene *scene, struct str desk, struct people_week *week)
{
    struct calendar_desk hours;

    TRY(people_desk(scene, desk, &hours));
    for (int day = 0; day < PEOPLE_HOURS_DAYS; day++)
        week->days[day] = people_write_opening(
            scene, day < CALENDAR_WEEKDAYS ? &hours.hours->week[day] : &hours.hours->holiday);
    week->round_the_clock = hours.hours->round_the_clock;
    return DONE;
}

struct outcome people_keep_special_day(struct scene *scene, struct str desk,
                                       const struct people_special_day *special)
{
    struct people_find_hours_row hours;
    struct people_find_exception_row before;
    struct people_count_exception_days_row days;
    struct calendar_opening opening;
    calendar_day day;
    bool found;

    if (!calendar_day_parse(special->day, &day)) return REFUSE(calendar_exception_twice);
    TRY(people_read_opening(special->hours, &opening));
    TRY(people_find_hours(scene->store, desk, &hours, &found));
    if (!found) TRY(people_set_hours(scene->store, desk, 0, scene->now));
    TRY(people_find_exception(scene->store, desk, special->day, &before, &found));
    if (before.rows_count) return REFUSE(calendar_exception_twice);
    TRY(people_count_exception_days(scene->store, desk, &days, &found));
    if (days.days_count >= PEOPLE_EXCEPTION_DAYS_MAX) return REFUSE(people_too_many_exceptions);
    for (int i = 0; i < opening.count; i++)
        TRY(people_add_exception(scene->store, desk, special->day, opening.interval[i].from,
                                 opening.interval[i].to, special->why));
    return opening.count
               ? DONE
               : people_add_exception(scene->store, desk, special->day, 0, 0, special->why);
}

struct outcome people_drop_special_day(struct scene *scene, struct str desk, struct str day)
{
    TRY(people_drop_exception(scene->store, desk, day));
    return store_changes(scene->store) ? DONE : REFUSE(act_unknown);
}

/* Rows of one day stand together: they make one. */
struct outcome people_special_days(struct scene *scene, struct str desk,
                                   const struct people_special_day **rows, size_t *count)
{
    const struct people_list_exceptions_row *exceptions;
    struct people_special_day *made;
    struct calendar_opening opening = {0};
    size_t all, kept = 0;

    TRY(people_list_exceptions(scene->arena, scene->store, desk, &exceptions, &all));
    made = NEW_MANY(scene->arena, struct people_special_day, all + 1);
    for (size_t i = 0; i < all; i++) {
        calendar_day day;

        if (kept == 0 || !str_same(made[kept - 1].day, exceptions[i].day)) {
            opening = (struct calendar_opening){0};
            if (!calendar_day_parse(exceptions[i].day, &day)) continue;
            made[kept++] =
                (struct people_special_day){.day = exceptions[i].day, .why = exceptions[i].why};
        }
        if (exceptions[i].to_minute == 0 || opening.count == CALENDAR_INTERVALS_MAX) continue;
        opening.interval[opening.count++] = (struct calendar_interval){
            (int)exceptions[i].from_minute, (int)exceptions[i].to_minute};
        made[kept - 1].hours = people_write_opening(scene, &opening);
    }
    *rows = made;
    *count = kept;
    return DONE;
}

struct outcome people_open_on(const struct calendar_desk *desk, calendar_day day,
                              struct calendar_opening *opening)
{
    moment begins = calendar_day_begins(day), ends = calendar_day_begins(day + 1), at = begins;

    *opening = (struct calendar_opening){0};
    while (at < ends && opening->count < CALENDAR_INTERVALS_MAX) {
        moment changes;
        bool open;

        TRY(calendar_open(desk, at, &open, &changes));
        if (!changes || changes > ends) changes = ends;
        if (open)
            opening->interval[opening->count++] =
                (struct calendar_interval){(int)((at - begins) / SECONDS_PER_MINUTE),
                                           (int)((changes - begins) / SECONDS_PER_MINUTE)};
        at = changes;
    }
    return DONE;
}

/* ---- acts: the city's desk ---- */

static struct outcome save_hours(struct scene *scene, const void *form, void *result)
{
    const struct people_hours_form *f = form;
    struct people_week week = {.round_the_clock = f->round_the_clock};

    (void)result;
    TRY(people_need_city(scene));
    for (int day = 0; day < PEOPLE_HOURS_DAYS; day++) week.days[day] = people_hours_of_day(f, day);
    return people_keep_week(scene, str_of(DESK), &week);
}

static struct outcome add_exception(struct scene *scene, const void *form, void *result)
{
    const struct people_exception_form *f = form;

    (void)result;
    TRY(people_need_city(scene));
    return people_keep_special_day(scene, str_of(DESK),
                                   &(struct people_special_day){f->day, f->hours, f->why});
}

static struct outcome drop_exception(struct scene *scene, const void *form, void *result)
{
    const struct people_day_form *f = form;

    (void)result;
    TRY(people_need_city(scene));
    return people_drop_special_day(scene, str_of(DESK), f->day);
}

const struct act people_act_hours = {
    .name = "people.hours", .who = WHO_ADMIN, .form = &people_hours_form, .run = save_hours};
const struct act people_act_exception = {.name = "people.special_day",
                                         .who = WHO_ADMIN,
                                         .form = &people_exception_form,
                                         .run = add_exception};
const struct act people_act_exception_drop = {.name = "people.special_day_end",
                                              .who = WHO_ADMIN,
                                              .form = &people_day_form,
                                              .run = drop_exception};
