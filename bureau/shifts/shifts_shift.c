/* shifts_shift.c -- one shift: saying yes or no, taking it, naming somebody, cancelling it.
 *
 *  (1) Whoever is named says yes; no only before they said yes: after that it is a leave or a swap.
 *  (2) Whoever takes a shift, and whoever is named for it, serves in its team and profession, has a
 *      licence that lasts, and holds nothing that overlap, rest or hours forbid.
 *  (3) A leader may name somebody in place of another who has not confirmed or cannot come; a
 *      confirmed shift of somebody who can is theirs.
 */
#include "bureau/shifts/shifts_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"

static const struct reason shifts_not_open = {
    "shifts.not-open", T("Somebody else has this shift by now. Thank you all the same."), 409};
static const struct reason shifts_has_somebody = {
    "shifts.has-somebody",
    T("Whoever has this shift has confirmed it and can come. Ask them to "
      "take leave or to swap first."),
    409};

static struct outcome tell(struct scene *scene, const struct shifts_find_shift_row *row,
                           void *result)
{
    scene_about(scene, row->shift_id, row->person_id);
    if (result)
        *(struct shifts_told_view *)result = (struct shifts_told_view){row->shift_id, row->state};
    return DONE;
}

static struct outcome open_mine(struct scene *scene, id shift_id, struct shifts_find_shift_row *row)
{
    TRY(shifts_open(scene, shift_id, row));
    return row->person_id == scene->actor.person_id ? DONE : REFUSE(act_not_yours);
}

static struct outcome confirm(struct scene *scene, const void *form, void *result)
{
    const struct shifts_confirm_form *f = form;
    struct shifts_find_shift_row row;

    TRY(open_mine(scene, f->shift, &row));
    TRY(shifts_move(scene, &row, SHIFTS_CONFIRM, row.person_id, ""));
    if (f->all && row.plan_id) {
        TRY(shifts_set_agreed(scene->store, scene->now, row.plan_id, row.person_id));
        TRY(shifts_confirm_all(scene->store, scene->now, row.plan_id, row.person_id));
    }
    return tell(scene, &row, result);
}

static struct outcome decline(struct scene *scene, const void *form, void *result)
{
    const struct shifts_which_form *f = form;
    struct shifts_find_shift_row row;

    TRY(open_mine(scene, f->shift, &row));
    if (!str_same(row.state, S("planned"))) return REFUSE(shifts_not_now);
    TRY(shifts_move(scene, &row, SHIFTS_RELEASE, 0, "declined"));
    return tell(scene, &row, result);
}

static struct outcome take(struct scene *scene, const void *form, void *result)
{
    const struct shifts_which_form *f = form;
    struct shifts_find_shift_row row;
    id me = scene->actor.person_id;

    TRY(shifts_open(scene, f->shift, &row));
    if (!str_same(row.state, S("open"))) return REFUSE(shifts_not_open);
    TRY(shifts_check_person(scene, me, &row));
    TRY(shifts_check_hold(scene, me, 0, (struct shifts_span){row.starts_at, row.ends_at}));
    TRY(shifts_move(scene, &row, SHIFTS_TAKE, me, ""));
    return tell(scene, &row, result);
}

/* ---- by leaders and supervisors ---- */

struct outcome shifts_ask_person(struct scene *scene, const struct shifts_find_shift_row *row)
{
    struct out *day = out_open(scene->arena, 64), *time = out_open(scene->arena, 64);
    enum language language;
    struct str phone;

    TRY(identity_phone(scene, row->person_id, &phone));
    TRY(identity_language(scene, row->person_id, &language));
    out_day(day, language, row->starts_at);
    out_clock(time, row->starts_at);
    OUT_LITERAL(time, "–");
    out_clock(time, row->ends_at);
    return notice_add(scene, &(struct notice){.which = NOTICE_DUTY_ASKED,
                                              .language = language,
                                              .to = phone,
                                              .words = {out_text(day), out_text(time)}});
}

/* Frees a shift of whoever cannot come or has not said yes. */
static struct outcome free_first(struct scene *scene, struct shifts_find_shift_row *row)
{
    struct shifts_row_view view = shifts_row_of_one(scene, row);

    if (!row->person_id) return DONE;
    if (!view.is_gap) return REFUSE(shifts_has_somebody);
    return shifts_move(scene, row, SHIFTS_RELEASE, 0, "hand");
}

static struct outcome name(struct scene *scene, const void *form, void *result)
{
    const struct shifts_name_form *f = form;
    struct shifts_find_shift_row row;

    TRY(shifts_open_to_plan(scene, f->shift, &row));
    TRY(shifts_check_person(scene, f->person, &row));
    TRY(shifts_check_hold(scene, f->person, 0, (struct shifts_span){row.starts_at, row.ends_at}));
    TRY(free_first(scene, &row));
    TRY(shifts_move(scene, &row, SHIFTS_NAME, f->person, ""));
    TRY(shifts_ask_person(scene, &row));
    return tell(scene, &row, result);
}

static struct outcome step_of_planner(struct scene *scene, id shift_id, enum shifts_step step,
                                      const char *cause, void *result)
{
    struct shifts_find_shift_row row;

    TRY(shifts_open_to_plan(scene, shift_id, &row));
    if (row.starts_at <= scene->now) return REFUSE(shifts_over);
    if (step == SHIFTS_RESTORE && !row.plan_id) cause = "single";
    TRY(shifts_move(scene, &row, step, 0, cause));
    return tell(scene, &row, result);
}

static struct outcome cancel(struct scene *scene, const void *form, void *result)
{
    return step_of_planner(scene, ((const struct shifts_which_form *)form)->shift, SHIFTS_CANCEL,
                           "hand", result);
}

static struct outcome restore(struct scene *scene, const void *form, void *result)
{
    return step_of_planner(scene, ((const struct shifts_which_form *)form)->shift, SHIFTS_RESTORE,
                           "place", result);
}

#define SHIFTS_ACT(variable, act_name, whose, its_form, does)                                      \
    const struct act variable = {.name = act_name,                                                 \
                                 .who = whose,                                                     \
                                 .form = &its_form,                                                \
                                 .result = &shifts_told_view,                                      \
                                 .run = does}
enum { PLANNER = WHO_LEADER | WHO_SUPERVISOR };
SHIFTS_ACT(shifts_act_confirm, "shifts.confirm", WHO_CONSULTANT, shifts_confirm_form, confirm);
SHIFTS_ACT(shifts_act_decline, "shifts.decline", WHO_CONSULTANT, shifts_which_form, decline);
SHIFTS_ACT(shifts_act_take, "shifts.take", WHO_CONSULTANT, shifts_which_form, take);
SHIFTS_ACT(shifts_act_name, "shifts.name", PLANNER, shifts_name_form, name);
SHIFTS_ACT(shifts_act_cancel, "shifts.cancel", PLANNER, shifts_which_form, cancel);
SHIFTS_ACT(shifts_act_restore, "shifts.restore", PLANNER, shifts_which_form, restore);

/* ---- the page ---- */

static struct str cause_text(const struct scene *scene, const struct shifts_find_shift_row *row)
{
    static const struct {
        const char *cause, *text;
    } causes[] = {
        {"place", T("The plan has a place here that nobody has.")},
        {"single", T("It was given on its own, and nobody has it yet.")},
        {"leave", T("Whoever had it is on leave.")},
        {"declined", T("Whoever was asked said no.")},
        {"clash", T("The plan's member already serves too near to it or too long.")},
        {"plan", T("The plan no longer has it.")},
        {"hand", T("A leader or supervisor freed or cancelled it.")},
    };

    for (size_t i = 0; i < COUNT(causes); i++) {
        if (str_same(str_of(causes[i].cause), row->cause))
            return text_in(scene->language, causes[i].text);
    }
    return S("");
}

static bool may_take(struct scene *scene, const struct shifts_find_shift_row *row)
{
    id me = scene->actor.person_id;

    if (!scene_is(scene, WHO_CONSULTANT) || !str_same(row->state, S("open"))) return false;
    return IS_DONE(shifts_check_person(scene, me, row)) &&
           IS_DONE(
               shifts_check_hold(scene, me, 0, (struct shifts_span){row->starts_at, row->ends_at}));
}

static struct outcome set_swap(struct scene *scene, struct shifts_shift_view *v,
                               const struct shifts_find_shift_row *row)
{
    struct shifts_choice_list colleagues, free_people;
    struct choice *others;

    TRY(shifts_swap_choices(scene, row, &colleagues));
    TRY(shifts_free_people(scene, row, row->person_id, &free_people));
    others = NEW_MANY(scene->arena, struct choice, free_people.count + 1);
    others[0] = (struct choice){.value = S("0"), .label = text_in(scene->language, T("None"))};
    for (size_t i = 0; i < free_people.count; i++) others[i + 1] = free_people.choices[i];
    v->colleagues = colleagues.choices, v->colleagues_count = colleagues.count;
    v->others = others, v->others_count = free_people.count + 1;
    return DONE;
}

struct outcome shifts_show_shift(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct shifts_shift_view *v = view;
    struct shifts_row_view *line = NEW(scene->arena, struct shifts_row_view);
    struct shifts_choice_list people = {0};
    struct shifts_find_shift_row row;
    const struct calendar *calendar;
    calendar_day day;
    const char *kind;

    TRY(shifts_open(scene, ((const struct shifts_which_form *)query)->shift, &row));
    TRY(shifts_calendar(scene, &calendar));
    *line = shifts_row_of_one(scene, &row);
    day = calendar_day_of(row.starts_at);
    v->row = line;
    v->plan = row.plan_id;
    v->cause_text = cause_text(scene, &row);
    v->weekday = shifts_weekday_name(scene->language, day);
    v->kind_text = shifts_kind_text(scene, calendar, day, &kind);
    v->is_over = row.ends_at <= scene->now;
    v->is_planner = shifts_may_plan(scene, row.leader_id, row.division);
    if (v->is_over) return DONE;
    v->may_confirm = line->is_mine && str_same(row.state, S("planned"));
    v->has_all = row.plan_id != 0;
    v->may_leave = line->is_mine;
    v->day = row.day;
    v->may_swap = line->is_mine && row.starts_at > scene->now;
    if (v->may_swap) TRY(set_swap(scene, v, &row));
    v->may_take = may_take(scene, &row);
    v->may_cancel = v->is_planner && !line->is_cancelled && row.starts_at > scene->now;
    v->may_restore = v->is_planner && line->is_cancelled && row.starts_at > scene->now;
    v->may_name = v->is_planner && line->is_gap && !line->is_cancelled;
    if (v->may_name) TRY(shifts_free_people(scene, &row, row.person_id, &people));
    v->people = people.choices;
    v->people_count = people.count;
    return DONE;
}
