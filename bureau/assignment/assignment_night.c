/* assignment_night.c -- what the clock does at night: what is too old forgotten, a part at a time,
 * and when all of it is, shares counted anew over the window: once a night. */
#include "bureau/assignment/assignment_views.h"

enum {
    SPELL_DAYS = 400, /* a year and a month, so that replay can show a day of last year */
    FORGET_AGAIN_SECONDS = 5,
    SHANGHAI_SECONDS = 8 * SECONDS_PER_HOUR,
    NIGHT_SECONDS = 3 * SECONDS_PER_HOUR
};

static moment next_night(moment now)
{
    moment today = (now + SHANGHAI_SECONDS) / SECONDS_PER_DAY * SECONDS_PER_DAY - SHANGHAI_SECONDS;
    moment night = today + NIGHT_SECONDS;

    return night > now ? night : night + SECONDS_PER_DAY;
}

struct outcome assignment_recount(struct scene *scene)
{
    struct assignment_policy policy;

    TRY(assignment_policy_now(scene, &policy));
    TRY(assignment_drop_shares(scene->store));
    return assignment_count_shares(scene->store, scene->now - policy.window_days * SECONDS_PER_DAY);
}

static struct outcome night(struct scene *scene, const void *form, void *result)
{
    struct assignment_policy policy;

    (void)form, (void)result;
    scene->quiet = true;
    TRY(assignment_policy_now(scene, &policy));
    TRY(assignment_drop_spells(scene->store, scene->now - SPELL_DAYS * (int64_t)SECONDS_PER_DAY));
    TRY(assignment_drop_wishes(scene->store, scene->now - SPELL_DAYS * (int64_t)SECONDS_PER_DAY));
    TRY(assignment_forget_candidates(scene->store,
                                     scene->now - policy.keep_days * SECONDS_PER_DAY));
    if (store_changes(scene->store) > 0)
        return clock_set(scene, "assignment.night", 0, scene->now + FORGET_AGAIN_SECONDS);
    TRY(assignment_recount(scene));
    return clock_set(scene, "assignment.night", 0, next_night(scene->now));
}

struct outcome assignment_begin(struct scene *scene)
{
    return clock_set(scene, "assignment.night", 0, next_night(scene->now));
}

static const struct act act_night = {.name = "assignment.night", .who = WHO_SYSTEM, .run = night};

const struct act *const assignment_clock_acts[] = {&act_night, NULL};
