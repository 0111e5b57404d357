/* shifts_watch.c -- what the clock does for the roster: every ten minutes, and at once after a
 * change.
 *
 *  (1) Shifts are made as far ahead as the rules say; what was provisional is made again as soon
 *      as the year's calendar is there.
 *  (2) A shift that nobody covers is alarmed from its moment on, once as long as it is a gap, and
 *      the leader is told: one message a team and day.
 *  (3) An alarm whose shift is covered, over or not needed is settled by itself.
 *  (4) A swap nobody answered lapses when the first of its shifts begins.
 *  (5) What a leave of before is for is sealed, some at a time.
 */
#include "bureau/shifts/shifts_parts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"

enum { AHEAD_SECONDS = (SHIFTS_ALARM_LOOK_DAYS + 2) * SECONDS_PER_DAY, GAPS_MAX = 200 };
enum { PLANS_MAX = 20 };
/* Of SCENE_IDS_MAX: the largest plan fits into what is left. */
enum { IDS_ENOUGH = SCENE_IDS_MAX - SHIFTS_PLACES_MAX * 7 * SHIFTS_WEEKS_MAX - GAPS_MAX };

static struct outcome make_certain(struct scene *scene)
{
    struct shifts_find_provisional_row row;
    const struct calendar *calendar;
    calendar_day day;
    bool found;

    TRY(shifts_find_provisional(scene->arena, scene->store, scene->now, &row, &found));
    if (!found || !row.day.len || !calendar_day_parse(row.day, &day)) return DONE;
    TRY(shifts_calendar(scene, &calendar));
    if (!calendar_has_year(calendar, calendar_date_of(day).year)) return DONE;
    return shifts_set_made_again(scene->store, row.day);
}

static struct outcome make_plans(struct scene *scene, size_t *count, bool *more)
{
    const struct shifts_list_short_plans_row *plans;
    calendar_day to;

    TRY(make_certain(scene));
    TRY(shifts_made_to(scene, &to));
    TRY(shifts_list_short_plans(scene->arena, scene->store, shifts_day_text(scene, to), &plans,
                                count));
    *more = *count == PLANS_MAX;
    for (size_t i = 0; i < *count; i++) {
        if (scene->ids_count > IDS_ENOUGH) {
            *more = true;
            return DONE;
        }
        TRY(shifts_make_on(scene, plans[i].plan_id));
    }
    return DONE;
}

/* ---- alarms ---- */

static struct outcome tell_leader(struct scene *scene, const struct shifts_list_gaps_row *first,
                                  int64_t gaps)
{
    struct out *day = out_open(scene->arena, 64);
    enum language language;
    struct str phone;

    if (!first->leader_id) return DONE;
    TRY(identity_phone(scene, first->leader_id, &phone));
    TRY(identity_language(scene, first->leader_id, &language));
    out_day(day, language, first->starts_at);
    return notice_add(scene,
                      &(struct notice){.which = NOTICE_UNCOVERED,
                                       .language = language,
                                       .to = phone,
                                       .words = {arena_print(scene->arena, "%lld", (long long)gaps),
                                                 out_text(day)}});
}

static enum shifts_gap gap_of(const struct shifts_list_gaps_row *row)
{
    return shifts_gap_of(
        &(struct shifts_standing){.state = shifts_state_of(row->state),
                                  .is_active = str_same(row->standing, S("active")) &&
                                               str_same(row->standing__service, S("active")),
                                  .verified_at = row->verified_at,
                                  .licence_until = row->licence_until,
                                  .ends_at = row->ends_at});
}

static struct outcome raise_alarms(struct scene *scene, size_t *count)
{
    const struct shifts_list_gaps_row *rows;
    int64_t gaps = 0;

    TRY(shifts_list_gaps(scene->arena, scene->store, scene->now - SHIFTS_LOOK_BACK_SECONDS,
                         scene->now + AHEAD_SECONDS, scene->now, scene->now, &rows, count));
    for (size_t i = 0; i < *count; i++) {
        bool is_last = i + 1 == *count || rows[i + 1].team_id != rows[i].team_id ||
                       !str_same(rows[i + 1].day, rows[i].day);

        gaps++;
        TRY(shifts_set_alarm(scene->store, rows[i].shift_id, shifts_gap_word(gap_of(&rows[i])),
                             scene->now));
        if (!is_last) continue;
        TRY(tell_leader(scene, &rows[i], gaps));
        gaps = 0;
    }
    return DONE;
}

static struct outcome watch(struct scene *scene, const void *form, void *result)
{
    size_t plans = 0, alarms = 0, sealed = 0;
    bool more = false;

    (void)form;
    TRY(make_plans(scene, &plans, &more));
    TRY(shifts_lapse_swaps(scene->store, scene->now));
    TRY(shifts_settle_alarms(scene->store, scene->now, scene->now - SHIFTS_LOOK_BACK_SECONDS,
                             scene->now + AHEAD_SECONDS, scene->now));
    TRY(raise_alarms(scene, &alarms));
    TRY(shifts_seal_kinds(scene, &sealed));
    more = more || alarms == GAPS_MAX || sealed > 0;
    if (result) *(bool *)result = more;
    scene->quiet = plans == 0 && alarms == 0 && sealed == 0;
    scene->detail = arena_print(scene->arena, "%zu plans, %zu gaps", plans, alarms);
    return clock_set(scene, "shifts.watch", 0, scene->now + (more ? 1 : SHIFTS_WATCH_SECONDS));
}

const struct act shifts_watch = {.name = "shifts.watch", .who = WHO_SYSTEM, .run = watch};
