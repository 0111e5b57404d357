/* people_watch.c -- what an operator should know about people, and how many are on line.
 *
 * The sentences are for the log and /readyz, so they are in English. */
#include "bureau/people/people_views.h"
#include "platform/metrics.h"

enum {
    SEEN_SECONDS = 75, /* a hidden tab is slowed to one sign of life a minute */
    NOTICE_MONTH = 12, /* the State Council publishes next year's calendar in November */
    GRACE_SECONDS = 15 * SECONDS_PER_MINUTE /* after opening, before an empty desk is a problem */
};

static struct outcome calendar_health(struct scene *scene, const struct calendar_desk *desk,
                                      struct out *out)
{
    struct calendar_date today = calendar_date_of(calendar_day_of(scene->now));
    int year = today.month == NOTICE_MONTH ? today.year + 1 : today.year;

    for (int missing = today.year; missing <= year; missing++) {
        if (calendar_has_year(desk->calendar, missing)) continue;
        OUT_LITERAL(out, "The official calendar of ");
        out_int(out, missing);
        OUT_LITERAL(out, " is missing: dates in that year are promised provisionally.\n");
    }
    return DONE;
}

static struct outcome on_line(struct scene *scene, int64_t *count)
{
    struct people_count_on_line_row row;
    bool found;

    TRY(people_count_on_line(scene->store, scene->now - SEEN_SECONDS, &row, &found));
    *count = row.people_count;
    return DONE;
}

static struct outcome desk_health(struct scene *scene, const struct calendar_desk *desk,
                                  struct out *out)
{
    int64_t count;
    bool open, was_open;

    /* A year without a calendar is a sentence of its own; here it is no answer. */
    if (!IS_DONE(calendar_is_open(desk, scene->now, &open))) return DONE;
    if (!IS_DONE(calendar_is_open(desk, scene->now - GRACE_SECONDS, &was_open))) return DONE;
    TRY(on_line(scene, &count));
    if (open && was_open && count == 0)
        OUT_LITERAL(out, "The consultation desk is open and nobody is on line.\n");
    return DONE;
}

struct outcome people_health(struct scene *scene, struct out *out)
{
    struct people_count_expired_row expired;
    struct calendar_desk desk;
    bool found;

    TRY(people_desk(scene, S("consultation"), &desk));
    TRY(calendar_health(scene, &desk, out));
    TRY(people_count_expired(scene->store, scene->now, &expired, &found));
    if (expired.people_count) {
        out_int(out, expired.people_count);
        OUT_LITERAL(out, " consultants are active although their licence has expired.\n");
    }
    return desk_health(scene, &desk, out);
}

struct outcome people_metrics(struct scene *scene, struct out *out)
{
    int64_t count;

    TRY(on_line(scene, &count));
    metrics_gauge(out, "gongdao_consultants_online", "Consultants with a sign of life lately.",
                  count);
    return DONE;
}
