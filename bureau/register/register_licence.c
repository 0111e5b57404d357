/* register_licence.c -- nobody's licence runs out unnoticed.
 *
 *  (1) Once a day the clock looks at all licences that end within 60 days, whoever wrote them and
 *      by whichever way; a row a reminder says it was given.  So a day without power only delays.
 *  (2) Each of 60, 30, 7 and 0 days is told once; who is late hears only the most pressing.
 *  (3) At the end the leader of the team is told too; offers stop by people_is_qualified().
 *  (4) Every end leaves its line in the journal: when an act's lines are used up the sweep stops
 *      there and goes on in another.  The next reminder is not begun before, for (2). */
#include "bureau/register/register_parts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"

enum {
    AT_MINUTE = 8 * 60 + 30, /* when people are awake and offices open */
    REMINDED_AT_ONCE = 200,  /* as list_to_remind says */
    MORE_SECONDS = 1
};

static struct outcome tell(struct scene *scene, id person_id, moment until)
{
    enum language language;
    struct str phone;
    char day[11];

    if (!person_id) return DONE;
    TRY(identity_phone(scene, person_id, &phone));
    TRY(identity_language(scene, person_id, &language));
    calendar_day_print(calendar_day_of(until - 1), day);
    return notice_add(scene, &(struct notice){.which = NOTICE_LICENCE,
                                              .language = language,
                                              .to = phone,
                                              .words = {arena_copy(scene->arena, str_of(day))}});
}

static struct outcome remind(struct scene *scene, const struct register_list_to_remind_row *row,
                             int days)
{
    TRY(register_add_reminder(scene->store, row->person_id, row->licence_until, days, scene->now));
    TRY(tell(scene, row->person_id, row->licence_until));
    if (days == 0) scene_tell(scene, "register.expired", 0, row->person_id);
    return DONE;
}

/* A leader is told of an end by a message of their own; the page of the team shows all of them. */
static struct outcome tell_leader(struct scene *scene,
                                  const struct register_list_to_remind_row *row)
{
    enum language language;
    struct str phone;

    if (!row->leader_id) return DONE;
    TRY(identity_phone(scene, row->leader_id, &phone));
    TRY(identity_language(scene, row->leader_id, &language));
    return notice_add(scene, &(struct notice){.which = NOTICE_LICENCE_OF,
                                              .language = language,
                                              .to = phone,
                                              .words = {row->person_name}});
}

static struct outcome remind_all(struct scene *scene, int days, bool *is_whole)
{
    const struct register_list_to_remind_row *rows;
    size_t count, i;

    TRY(register_list_to_remind(scene->arena, scene->store,
                                scene->now + days * (int64_t)SECONDS_PER_DAY, days, &rows, &count));
    for (i = 0; i < count && (days > 0 || scene->lines_count < SCENE_LINES_MAX); i++) {
        TRY(remind(scene, &rows[i], days));
        if (days == 0) TRY(tell_leader(scene, &rows[i]));
    }
    *is_whole = i == count && count < REMINDED_AT_ONCE;
    return DONE;
}

static struct outcome sweep(struct scene *scene, const void *form, void *result)
{
    calendar_day today = calendar_day_of(scene->now);
    moment next = calendar_day_begins(today) + AT_MINUTE * SECONDS_PER_MINUTE;
    bool is_whole = true;

    (void)form, (void)result;
    for (int i = 0; i < REGISTER_REMINDERS && is_whole; i++)
        TRY(remind_all(scene, register_reminders[i], &is_whole));
    TRY(register_forget_imports(scene->store, scene->now - SECONDS_PER_DAY));
    if (next <= scene->now) next += SECONDS_PER_DAY;
    if (is_whole) TRY(clock_set(scene, "register.count", 0, scene->now));
    return clock_set(scene, "register.sweep", 0, is_whole ? next : scene->now + MORE_SECONDS);
}

const struct act register_sweep = {.name = "register.sweep", .who = WHO_SYSTEM, .run = sweep};

struct outcome register_first(struct scene *scene)
{
    return clock_set(scene, "register.sweep", 0, scene->now);
}
