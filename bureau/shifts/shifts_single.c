/* shifts_single.c -- a shift of no plan: an evening that needs one more, a law day in the park.
 *
 *  (1) Whoever plans a team gives it, for a time that is not over, up to half a year ahead.
 *  (2) It is open at first and then lives as any other: named, taken, swapped, left, cancelled.
 *  (3) It hangs on no calendar: it is on the day that was typed and never provisional.
 *  (4) A team has at most SHIFTS_SINGLES_MAX of them on a day.
 */
#include "bureau/shifts/shifts_views.h"

enum { AHEAD_DAYS_MAX = 183 };

static const struct reason shifts_single_when = {
    "shifts.single-when",
    T("A single shift is for a time that is not over yet, at most half a year ahead."),
    .field = "day"};

static const struct reason shifts_singles_many = {
    "shifts.singles-many",
    T("This team has 40 single shifts on that day already. Please make a plan for more."), 409};

static struct outcome check_count(struct scene *scene, id team_id, struct str day, moment at)
{
    struct shifts_count_singles_row row;
    bool found;

    TRY(shifts_count_singles(scene->store, team_id, at - SECONDS_PER_DAY, day, &row, &found));
    return row.shifts_count < SHIFTS_SINGLES_MAX ? DONE : REFUSE(shifts_singles_many);
}

static struct outcome read_span(struct scene *scene, const struct shifts_single_form *f,
                                struct shifts_span *span)
{
    calendar_day today = calendar_day_of(scene->now), day;
    struct shifts_plan plan = {.weekdays = SHIFTS_EVERY_WEEKDAY, .makeup_as = SHIFTS_MAKEUP_NONE};

    TRY(shifts_read_times(f->from_time, f->to_time, &plan));
    if (!calendar_day_parse(f->day, &day) || day > today + AHEAD_DAYS_MAX)
        return REFUSE(shifts_single_when);
    plan.from_day = plan.to_day = day;
    TRY(shifts_check_plan(scene, &plan));
    *span = shifts_span_on(&plan, day);
    return span->ends_at > scene->now ? DONE : REFUSE(shifts_single_when);
}

static struct outcome give(struct scene *scene, const void *form, void *result)
{
    const struct shifts_single_form *f = form;
    const struct calendar *calendar;
    struct people_find_team_row team;
    struct shifts_rules rules;
    struct shifts_span span;
    int64_t version;
    id shift_id;

    TRY(shifts_check_place(scene, f->team, f->desk, f->profession, &team));
    TRY(read_span(scene, f, &span));
    TRY(check_count(scene, f->team, f->day, span.starts_at));
    TRY(shifts_rules_now(scene, &rules, &version));
    TRY(shifts_calendar(scene, &calendar));
    shift_id = scene_new_id(scene);
    TRY(shifts_add_shift(scene->store,
                         &(struct shifts_add_shift_values){
                             .shift_id = shift_id,
                             .plan_id = 0,
                             .member_id = -shift_id, /* a place of its own */
                             .team_id = f->team,
                             .desk = f->desk,
                             .profession = f->profession,
                             .division = team.division,
                             .day = f->day,
                             .starts_at = span.starts_at,
                             .ends_at = span.ends_at,
                             .alarm_at = shifts_alarm_at(calendar, &rules, span.starts_at),
                             .state = shifts_state_word(SHIFTS_OPEN),
                             .cause = S("single"),
                             .changed_at = scene->now}));
    scene_about(scene, shift_id, 0);
    *(struct shifts_told_view *)result =
        (struct shifts_told_view){shift_id, shifts_state_word(SHIFTS_OPEN)};
    return shifts_wake(scene);
}

const struct act shifts_act_single = {.name = "shifts.single",
                                      .who = WHO_LEADER | WHO_SUPERVISOR,
                                      .form = &shifts_single_form,
                                      .result = &shifts_told_view,
                                      .run = give};

static struct shifts_row_view row_of(struct scene *scene, const struct shifts_list_singles_row *row)
{
    return shifts_row_of(scene, SHIFTS_ROSTER_ROW(row));
}

struct outcome shifts_show_singles(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct shifts_bounds bounds = shifts_plan_bounds_of(scene);
    struct shifts_singles_view *v = view;
    const struct shifts_list_singles_row *rows;
    struct shifts_row_view *made;
    struct shifts_choice_list list;
    size_t count;

    (void)query;
    v->today = shifts_day_text(scene, calendar_day_of(scene->now));
    /* What began yesterday may still go on. */
    TRY(shifts_list_singles(scene->arena, scene->store,
                            shifts_day_text(scene, calendar_day_of(scene->now) - 1), scene->now,
                            bounds.team, bounds.scope, &rows, &count));
    made = NEW_MANY(scene->arena, struct shifts_row_view, count + 1);
    for (size_t i = 0; i < count; i++) made[i] = row_of(scene, &rows[i]);
    v->shifts = made;
    v->shifts_count = count;
    v->is_adding = request->face->form != NULL;
    TRY(shifts_planned_teams(scene, &list));
    v->teams = list.choices, v->teams_count = list.count;
    list = shifts_desk_choices(scene, NULL, S("consultation"));
    v->desks = list.choices, v->desks_count = list.count;
    list = shifts_profession_choices(scene, NULL, S("lawyer"));
    v->professions = list.choices, v->professions_count = list.count;
    return DONE;
}
