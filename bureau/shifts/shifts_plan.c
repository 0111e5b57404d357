/* shifts_plan.c -- plans: made, changed, and who is in them.
 *
 *  (1) A leader plans the team they lead, a supervisor the teams of their division.
 *  (2) Time, desk and profession of a plan stay: what was promised is not moved under people's
 *      feet.  For other times a plan is ended and another made.
 *  (3) Nobody becomes a member whose shifts would break overlap, rest or hours with what they hold;
 *      the first such shift is named.
 *  (4) Dated shifts follow in the same act.
 *  (5) A team has at most SHIFTS_PLANS_MAX plans that go on or are to come.
 */
#include "bureau/shifts/shifts_views.h"

static const struct reason shifts_unknown_team = {
    "shifts.unknown-team", T("Please choose a team from the list."), .field = "team"};
static const struct reason shifts_unknown_desk = {"shifts.unknown-desk",
                                                  T("Please choose a desk from the list."), 0};
static const struct reason shifts_unknown_profession = {
    "shifts.unknown-profession", T("Please choose a profession from the list."),
    .field = "profession"};
static const struct reason shifts_plan_late = {
    "shifts.plan-late", T("A plan begins today at the earliest, and ends after it begins."),
    .field = "from_day"};
static const struct reason shifts_plan_full = {
    "shifts.plan-full", T("A plan has at most 40 members. Please make a second one."), 409};

static const struct reason shifts_plans_many = {
    "shifts.plans-many",
    T("A team has at most 60 plans at a time. Please end a plan you no longer need first."), 409};

static struct outcome read_minute(struct str text, int *minute)
{
    return calendar_minute_parse(text, minute) ? DONE : REFUSE(shifts_plan_wrong);
}

static struct outcome read_days(struct str weekdays, struct str makeup, struct shifts_plan *plan)
{
    if (!shifts_weekdays_read(weekdays, &plan->weekdays) ||
        !shifts_makeup_read(makeup, &plan->makeup_as))
        return REFUSE(shifts_plan_wrong);
    return DONE;
}

static struct outcome read_last_day(struct scene *scene, struct str text, struct shifts_plan *plan)
{
    plan->to_day = 0;
    if (!text.len) return DONE;
    if (!calendar_day_parse(text, &plan->to_day) || plan->to_day < plan->from_day ||
        plan->to_day < calendar_day_of(scene->now) - 1)
        return REFUSE(shifts_plan_late);
    return DONE;
}

struct outcome shifts_check_plan(struct scene *scene, const struct shifts_plan *plan)
{
    struct shifts_rules rules;
    int64_t version;

    TRY(shifts_rules_now(scene, &rules, &version));
    return shifts_plan_check(&rules, plan);
}

struct outcome shifts_check_place(struct scene *scene, id team_id, struct str desk,
                                  struct str profession, struct people_find_team_row *team)
{
    bool found;

    TRY(people_team(scene, team_id, team, &found));
    if (!found || !shifts_may_plan(scene, team->leader_id, team->division))
        return REFUSE(shifts_unknown_team);
    if (!shifts_is_desk(desk)) return REFUSE(shifts_unknown_desk);
    return people_is_profession(profession) ? DONE : REFUSE(shifts_unknown_profession);
}

struct outcome shifts_read_times(struct str from_time, struct str to_time, struct shifts_plan *plan)
{
    TRY(read_minute(from_time, &plan->from_minute));
    TRY(read_minute(to_time, &plan->to_minute));
    if (plan->to_minute <= plan->from_minute) plan->to_minute += CALENDAR_MINUTES;
    return DONE;
}

static struct outcome read_new(struct scene *scene, const struct shifts_plan_add_form *f,
                               struct shifts_plan *plan)
{
    struct people_find_team_row team;

    TRY(shifts_check_place(scene, f->team, f->desk, f->profession, &team));
    TRY(shifts_read_times(f->from_time, f->to_time, plan));
    TRY(read_days(f->weekdays, f->makeup, plan));
    if (!calendar_day_parse(f->from_day, &plan->from_day) ||
        plan->from_day < calendar_day_of(scene->now))
        return REFUSE(shifts_plan_late);
    TRY(read_last_day(scene, f->to_day, plan));
    return shifts_check_plan(scene, plan);
}

static struct outcome check_count(struct scene *scene, id team_id, id plan_id)
{
    struct shifts_count_plans_row row;
    char today[11];
    bool found;

    calendar_day_print(calendar_day_of(scene->now), today);
    TRY(shifts_count_plans(scene->store, team_id, plan_id, str_of(today), &row, &found));
    return row.plans_count < SHIFTS_PLANS_MAX ? DONE : REFUSE(shifts_plans_many);
}

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct shifts_plan_add_form *f = form;
    struct shifts_plan plan = {0};
    id plan_id;

    TRY(read_new(scene, f, &plan));
    TRY(check_count(scene, f->team, 0));
    plan_id = scene_new_id(scene);
    TRY(shifts_add_plan(scene->store,
                        &(struct shifts_add_plan_values){.plan_id = plan_id,
                                                         .team_id = f->team,
                                                         .desk = f->desk,
                                                         .profession = f->profession,
                                                         .from_minute = plan.from_minute,
                                                         .to_minute = plan.to_minute,
                                                         .weekday_bits = plan.weekdays,
                                                         .makeup_as = plan.makeup_as,
                                                         .places_count = f->places,
                                                         .from_day = f->from_day,
                                                         .to_day = f->to_day,
                                                         .made_at = scene->now,
                                                         .by_id = scene->actor.person_id}));
    TRY(shifts_make_on(scene, plan_id));
    scene_about(scene, plan_id, 0);
    *(struct shifts_plan_told_view *)result = (struct shifts_plan_told_view){plan_id};
    return shifts_wake(scene);
}

static struct outcome open_plan(struct scene *scene, id plan_id, struct shifts_find_plan_row *row,
                                struct shifts_plan *plan)
{
    bool found;

    TRY(shifts_find_plan(scene->arena, scene->store, plan_id, row, &found));
    if (!found || !shifts_may_plan(scene, row->leader_id, row->division))
        return REFUSE(act_unknown);
    *plan = (struct shifts_plan){.from_minute = (int)row->from_minute,
                                 .to_minute = (int)row->to_minute,
                                 .weekdays = (unsigned)row->weekday_bits,
                                 .makeup_as = (int)row->makeup_as};
    if (!calendar_day_parse(row->from_day, &plan->from_day)) return FAULT("a plan's first day");
    if (row->to_day.len && !calendar_day_parse(row->to_day, &plan->to_day))
        return FAULT("a plan's last day");
    return DONE;
}

static struct outcome made_anew(struct scene *scene, id plan_id, id person_id, void *result)
{
    TRY(shifts_make_on(scene, plan_id));
    scene_about(scene, plan_id, person_id);
    *(struct shifts_plan_told_view *)result = (struct shifts_plan_told_view){plan_id};
    return shifts_wake(scene);
}

static struct outcome save(struct scene *scene, const void *form, void *result)
{
    const struct shifts_plan_save_form *f = form;
    struct shifts_find_plan_row row;
    struct shifts_plan plan;

    TRY(open_plan(scene, f->plan, &row, &plan));
    if (plan.to_day && plan.to_day < calendar_day_of(scene->now))
        TRY(check_count(scene, row.team_id, f->plan)); /* an ended one that goes on again */
    TRY(read_days(f->weekdays, f->makeup, &plan));
    TRY(read_last_day(scene, f->to_day, &plan));
    TRY(shifts_check_plan(scene, &plan));
    TRY(shifts_save_plan(scene->store, plan.weekdays, plan.makeup_as, f->places, f->to_day,
                         f->plan));
    return made_anew(scene, f->plan, 0, result);
}

/* ---- members ---- */

/* Every day as far as shifts are made: does any break what the person holds? */
static struct outcome check_days(struct scene *scene, const struct shifts_plan *plan,
                                 unsigned weekdays, id person_id)
{
    const struct calendar *calendar;
    struct shifts_rules rules;
    struct shifts_hold hold;
    calendar_day from = calendar_day_of(scene->now), to;
    int64_t version;

    TRY(shifts_rules_now(scene, &rules, &version));
    TRY(shifts_calendar(scene, &calendar));
    TRY(shifts_made_to(scene, &to));
    TRY(shifts_hold_of(scene, person_id, calendar_day_begins(from), calendar_day_begins(to + 1),
                       &hold));
    for (calendar_day day = from; day <= to; day++) {
        struct shifts_span span = shifts_span_on(plan, day);
        struct shifts_verdict verdict;

        if (!shifts_on_day(calendar, plan, weekdays, day).is_worked) continue;
        verdict = shifts_may_hold(&rules, hold.held, hold.count, 0, span);
        if (verdict.refusal)
            return (struct outcome){.refusal = verdict.refusal,
                                    .detail = shifts_words(scene, verdict.other->span)};
        shifts_hold_add(scene, &hold, -day, span);
    }
    return DONE;
}

static struct outcome add_member(struct scene *scene, const void *form, void *result)
{
    const struct shifts_member_form *f = form;
    const struct shifts_list_members_row *members;
    struct people_find_consultant_row who;
    struct shifts_find_plan_row row;
    struct shifts_plan plan;
    unsigned days = SHIFTS_EVERY_WEEKDAY | SHIFTS_HOLIDAYS;
    size_t count;
    bool found;

    TRY(open_plan(scene, f->plan, &row, &plan));
    TRY(people_consultant(scene, f->person, &who, &found));
    if (!found || !str_same(who.standing, S("active"))) return REFUSE(shifts_unknown_person);
    if (who.team_id != row.team_id || !str_same(who.profession, row.profession))
        return REFUSE(shifts_elsewhere);
    if (f->days.len && !shifts_weekdays_read(f->days, &days)) return REFUSE(shifts_plan_wrong);
    TRY(shifts_list_members(scene->arena, scene->store, f->plan, &members, &count));
    for (size_t i = 0; i < count; i++) {
        if (members[i].person_id == f->person) return REFUSE(shifts_unknown_person);
    }
    if (count >= SHIFTS_PLACES_MAX) return REFUSE(shifts_plan_full);
    TRY(check_days(scene, &plan, days, f->person));
    TRY(shifts_set_member(scene->store, f->plan, f->person, days, 0));
    return made_anew(scene, f->plan, f->person, result);
}

static struct outcome end_member(struct scene *scene, const void *form, void *result)
{
    const struct shifts_member_end_form *f = form;
    struct shifts_find_plan_row row;
    struct shifts_plan plan;

    TRY(open_plan(scene, f->plan, &row, &plan));
    TRY(shifts_drop_member(scene->store, f->plan, f->person));
    if (store_changes(scene->store) == 0) return REFUSE(act_unknown);
    return made_anew(scene, f->plan, f->person, result);
}

#define SHIFTS_PLAN_ACT(variable, act_name, its_form, does)                                        \
    const struct act variable = {.name = act_name,                                                 \
                                 .who = WHO_LEADER | WHO_SUPERVISOR,                               \
                                 .form = &its_form,                                                \
                                 .result = &shifts_plan_told_view,                                 \
                                 .run = does}
SHIFTS_PLAN_ACT(shifts_act_plan_add, "shifts.plan_add", shifts_plan_add_form, add);
SHIFTS_PLAN_ACT(shifts_act_plan_save, "shifts.plan_save", shifts_plan_save_form, save);
SHIFTS_PLAN_ACT(shifts_act_member, "shifts.member", shifts_member_form, add_member);
SHIFTS_PLAN_ACT(shifts_act_member_end, "shifts.member_end", shifts_member_end_form, end_member);
