/* shifts_leave.c -- leave: asked, decided, and what it makes of shifts.
 *
 *  (1) Illness counts as it is told; any other leave when a leader or supervisor grants it.
 *  (2) What a leave meets of a shift is nobody's; what is left and worth coming for stays.
 *  (3) Whoever is proposed to stand in is asked, if the rules allow it; else the shift is open.
 *  (4) A granted leave that is taken back gives back what nobody has taken meanwhile.
 *  (5) What a leave is for is seen by its person and by whoever decides it; it is sealed, and so is
 *      the answer.  All kinds are sealed equally long: the length tells nothing.
 *  (6) One person has so many leaves to come, and asks for so many a day, and no more: a leader's
 *      list is not filled by one.  What is over is not taken back: that somebody was away stays.
 */
#include "bureau/shifts/shifts_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"

static const struct reason shifts_leave_kind = {
    "shifts.leave-kind", T("Please choose what the leave is for."), .field = "kind"};
static const struct reason shifts_leave_twice = {
    "shifts.leave-twice", T("You already have, or have asked for, a leave in that time."), 409};
static const struct reason shifts_leave_many = {
    "shifts.leave-many",
    T("You have asked for very many leaves. Please talk to your team's leader."), 429,
    SECONDS_PER_DAY};
static const struct reason shifts_time_wrong = {
    "shifts.time-wrong", T("Please write the time as 09:00, from 00:00 to 24:00."), 0};

#define USE_KIND "shifts.kind"

enum { PLANNER = WHO_LEADER | WHO_SUPERVISOR, KIND_WIDTH = 16 };

/* ---- what it is for ---- */

struct str shifts_seal_kind(struct scene *scene, struct str kind)
{
    return secret_seal(scene->arena, USE_KIND,
                       arena_print(scene->arena, "%-*.*s", KIND_WIDTH, STR_ARGS(kind)));
}

struct outcome shifts_unseal_kind(struct scene *scene, struct str sealed, struct str *kind)
{
    *kind = sealed;
    if (shifts_leave_is_known(sealed)) return DONE; /* from before, until the watch comes by */
    if (!secret_unseal(scene->arena, USE_KIND, sealed, kind))
        return FAULT("what a leave is for cannot be unsealed");
    *kind = str_trim(*kind);
    return DONE;
}

struct outcome shifts_seal_kinds(struct scene *scene, size_t *count)
{
    const struct shifts_list_kinds_clear_row *rows;

    TRY(shifts_list_kinds_clear(scene->arena, scene->store, &rows, count));
    for (size_t i = 0; i < *count; i++)
        TRY(shifts_set_kind_sealed(scene->store, shifts_seal_kind(scene, rows[i].kind_sealed),
                                   rows[i].leave_id));
    return DONE;
}

static struct outcome tell(struct scene *scene, const struct shifts_find_leave_row *leave,
                           void *result)
{
    scene_about(scene, leave->leave_id, leave->person_id);
    if (result)
        *(struct shifts_leave_told_view *)result =
            (struct shifts_leave_told_view){leave->leave_id, leave->state};
    return DONE;
}

/* ---- what becomes of shifts ---- */

static struct outcome let_stand_in(struct scene *scene, struct shifts_find_shift_row *row,
                                   id substitute_id)
{
    struct shifts_span span = {row->starts_at, row->ends_at};
    struct outcome may;

    if (!substitute_id) return DONE;
    may = shifts_check_person(scene, substitute_id, row);
    if (IS_DONE(may)) may = shifts_check_hold(scene, substitute_id, 0, span);
    if (may.fault) return may;
    if (may.refusal) return DONE;
    TRY(shifts_move(scene, row, SHIFTS_NAME, substitute_id, ""));
    return shifts_ask_person(scene, row);
}

/* A part of a shift becomes a shift of its own: still its person's, or nobody's. */
static struct outcome cut_off(struct scene *scene, const struct shifts_find_shift_row *whole,
                              const struct shifts_part *part, id substitute_id)
{
    struct shifts_find_last_part_row last;
    struct shifts_find_shift_row row = *whole;
    bool found;

    TRY(shifts_find_last_part(scene->store, whole->plan_id, whole->day, whole->member_id, &last,
                              &found));
    row.shift_id = scene_new_id(scene);
    row.starts_at = part->span.starts_at;
    row.ends_at = part->span.ends_at;
    row.state = part->is_kept ? whole->state : S("open");
    row.person_id = part->is_kept ? whole->person_id : 0;
    TRY(shifts_add_shift(
        scene->store, &(struct shifts_add_shift_values){.shift_id = row.shift_id,
                                                        .plan_id = row.plan_id,
                                                        .member_id = row.member_id,
                                                        .part = last.part + 1,
                                                        .team_id = row.team_id,
                                                        .desk = row.desk,
                                                        .profession = row.profession,
                                                        .division = row.division,
                                                        .day = row.day,
                                                        .starts_at = row.starts_at,
                                                        .ends_at = row.ends_at,
                                                        .alarm_at = row.alarm_at,
                                                        .person_id = row.person_id,
                                                        .state = row.state,
                                                        .cause = part->is_kept ? S("") : S("leave"),
                                                        .is_provisional = row.is_provisional,
                                                        .changed_at = scene->now}));
    if (part->is_kept) return DONE;
    TRY(shifts_set_past(scene->store, row.shift_id, whole->person_id, 0, scene->now));
    row.change_count = 0;
    return let_stand_in(scene, &row, substitute_id);
}

static struct outcome leave_shift(struct scene *scene, const struct shifts_rules *rules,
                                  struct shifts_find_shift_row *row,
                                  const struct shifts_find_leave_row *leave)
{
    struct shifts_part parts[SHIFTS_PARTS_MAX];
    struct shifts_find_shift_row whole = *row;
    size_t count = shifts_split(rules, (struct shifts_span){row->starts_at, row->ends_at},
                                (struct shifts_span){leave->starts_at, leave->ends_at}, parts);
    size_t own = 0;

    if (count == 1 && parts[0].is_kept) return DONE;
    if (count == 1) {
        TRY(shifts_move(scene, row, SHIFTS_RELEASE, 0, "leave"));
        return let_stand_in(scene, row, leave->substitute_id);
    }
    while (!parts[own].is_kept) own++;
    TRY(shifts_set_shift(scene->store, parts[own].span.starts_at, parts[own].span.ends_at,
                         row->person_id, row->state, row->cause, scene->now, row->shift_id));
    TRY(shifts_void_swaps(scene->store, scene->now, 0, row->shift_id));
    for (size_t i = 0; i < count; i++) {
        if (i != own) TRY(cut_off(scene, &whole, &parts[i], leave->substitute_id));
    }
    return shifts_wake(scene);
}

static struct outcome apply(struct scene *scene, const struct shifts_find_leave_row *leave)
{
    const struct shifts_list_held_row *rows;
    struct shifts_rules rules;
    int64_t version;
    size_t count;

    TRY(shifts_rules_now(scene, &rules, &version));
    TRY(shifts_list_held(scene->arena, scene->store, leave->person_id, leave->ends_at,
                         leave->starts_at - SHIFTS_LOOK_BACK_SECONDS, leave->starts_at, &rows,
                         &count));
    for (size_t i = 0; i < count; i++) {
        struct shifts_find_shift_row row;
        bool found;

        TRY(shifts_find_shift(scene->arena, scene->store, rows[i].shift_id, &row, &found));
        if (found && row.ends_at > scene->now) TRY(leave_shift(scene, &rules, &row, leave));
    }
    return DONE;
}

static struct outcome give_back(struct scene *scene, const struct shifts_find_leave_row *leave)
{
    const struct shifts_list_left_row *rows;
    size_t count;

    TRY(shifts_list_left(scene->arena, scene->store, leave->person_id, leave->ends_at,
                         leave->starts_at, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct shifts_find_shift_row row;
        struct outcome may;
        bool found;

        TRY(shifts_find_shift(scene->arena, scene->store, rows[i].shift_id, &row, &found));
        if (!found || row.starts_at <= scene->now) continue;
        may = shifts_check_person(scene, leave->person_id, &row);
        if (IS_DONE(may))
            may = shifts_check_hold(scene, leave->person_id, 0,
                                    (struct shifts_span){row.starts_at, row.ends_at});
        if (may.fault) return may;
        if (may.refusal) continue;
        TRY(shifts_move(scene, &row, SHIFTS_TAKE, leave->person_id, ""));
    }
    return DONE;
}

/* ---- asking ---- */

static struct outcome read_time(struct str day_text, struct str time, int otherwise, moment *at)
{
    int minute = otherwise;
    calendar_day day;

    if (time.len && !calendar_minute_parse(time, &minute)) return REFUSE(shifts_time_wrong);
    if (!calendar_day_parse(day_text, &day)) return REFUSE(shifts_leave_wrong);
    *at = calendar_day_begins(day) + minute * (int64_t)SECONDS_PER_MINUTE;
    return DONE;
}

static struct outcome check_substitute(struct scene *scene, id substitute_id,
                                       const struct people_find_consultant_row *me)
{
    struct people_find_consultant_row who;
    bool found;

    if (!substitute_id) return DONE;
    TRY(people_consultant(scene, substitute_id, &who, &found));
    return found && who.team_id == me->team_id && str_same(who.profession, me->profession) &&
                   substitute_id != me->person_id
               ? DONE
               : REFUSE(shifts_unknown_person);
}

static struct outcome check_count(struct scene *scene, id person_id)
{
    struct shifts_count_leaves_of_row row;
    bool found;

    TRY(shifts_count_leaves_of(scene->store, scene->now, scene->now - SECONDS_PER_DAY, person_id,
                               &row, &found));
    return row.open_count < SHIFTS_LEAVES_MAX && row.lately_count < SHIFTS_LEAVES_MAX
               ? DONE
               : REFUSE(shifts_leave_many);
}

static struct outcome ask(struct scene *scene, const void *form, void *result)
{
    const struct shifts_leave_form *f = form;
    struct shifts_find_leave_row leave = {.person_id = scene->actor.person_id,
                                          .substitute_id = f->substitute};
    struct shifts_count_leaves_then_row then;
    struct people_find_consultant_row me;
    bool found, ill = str_same(f->kind, S("ill"));

    TRY(people_consultant(scene, leave.person_id, &me, &found));
    if (!found) return REFUSE(people_not_consultant);
    if (!shifts_leave_is_known(f->kind)) return REFUSE(shifts_leave_kind);
    TRY(read_time(f->from_day, f->from_time, 0, &leave.starts_at));
    TRY(read_time(f->to_day, f->to_time, CALENDAR_MINUTES, &leave.ends_at));
    TRY(shifts_leave_check((struct shifts_span){leave.starts_at, leave.ends_at}, scene->now));
    TRY(check_substitute(scene, f->substitute, &me));
    TRY(shifts_count_leaves_then(scene->store, leave.person_id, leave.ends_at, leave.starts_at,
                                 &then, &found));
    if (then.leaves_count) return REFUSE(shifts_leave_twice);
    TRY(check_count(scene, leave.person_id));
    leave.leave_id = scene_new_id(scene);
    leave.state = shifts_leave_word(ill ? SHIFTS_LEAVE_GRANTED : SHIFTS_LEAVE_ASKED);
    TRY(shifts_add_leave(scene->store, &(struct shifts_add_leave_values){
                                           .leave_id = leave.leave_id,
                                           .person_id = leave.person_id,
                                           .team_id = me.team_id,
                                           .division = me.division,
                                           .starts_at = leave.starts_at,
                                           .ends_at = leave.ends_at,
                                           .kind_sealed = shifts_seal_kind(scene, f->kind),
                                           .substitute_id = f->substitute,
                                           .state = leave.state,
                                           .asked_at = scene->now,
                                           .decided_at = ill ? scene->now : 0,
                                           .answer_sealed = S("")}));
    if (ill) TRY(apply(scene, &leave));
    return tell(scene, &leave, result);
}

/* ---- deciding ---- */

static struct outcome settle(struct scene *scene, struct shifts_find_leave_row *leave,
                             enum shifts_leave to, struct str answer)
{
    TRY(shifts_leave_next(shifts_leave_of(leave->state), to));
    leave->state = shifts_leave_word(to);
    return shifts_set_leave(scene->store, leave->state, scene->now, scene->actor.person_id,
                            secret_seal(scene->arena, "shifts.answer", answer), leave->leave_id);
}

static struct outcome withdraw(struct scene *scene, const void *form, void *result)
{
    const struct shifts_decide_form *f = form;
    struct shifts_find_leave_row leave;
    bool found, granted;

    TRY(shifts_find_leave(scene->arena, scene->store, f->leave, &leave, &found));
    if (!found || leave.person_id != scene->actor.person_id) return REFUSE(act_unknown);
    if (leave.ends_at <= scene->now) return REFUSE(shifts_over);
    granted = str_same(leave.state, S("granted"));
    TRY(settle(scene, &leave, SHIFTS_LEAVE_WITHDRAWN, S("")));
    if (granted) TRY(give_back(scene, &leave));
    return tell(scene, &leave, result);
}

static struct outcome tell_person(struct scene *scene, const struct shifts_find_leave_row *leave)
{
    struct out *day = out_open(scene->arena, 64);
    enum language language;
    struct str phone;

    TRY(identity_phone(scene, leave->person_id, &phone));
    TRY(identity_language(scene, leave->person_id, &language));
    out_day(day, language, leave->starts_at);
    return notice_add(scene, &(struct notice){.which = NOTICE_DUTY_TOLD,
                                              .language = language,
                                              .to = phone,
                                              .words = {out_text(day)}});
}

/* Nobody decides their own leave, not even who plans. */
static struct outcome decide(struct scene *scene, const struct shifts_decide_form *f,
                             enum shifts_leave to, void *result)
{
    struct shifts_find_leave_row leave;
    bool found;

    TRY(shifts_find_leave(scene->arena, scene->store, f->leave, &leave, &found));
    if (!found || !shifts_may_plan(scene, leave.leader_id, leave.division))
        return REFUSE(act_unknown);
    if (leave.person_id == scene->actor.person_id) return REFUSE(act_not_yours);
    if (!str_same(leave.state, S("asked"))) return REFUSE(shifts_not_now);
    TRY(settle(scene, &leave, to, f->answer));
    if (to == SHIFTS_LEAVE_GRANTED) TRY(apply(scene, &leave));
    TRY(tell_person(scene, &leave));
    return tell(scene, &leave, result);
}

static struct outcome grant(struct scene *scene, const void *form, void *result)
{
    return decide(scene, form, SHIFTS_LEAVE_GRANTED, result);
}

static struct outcome refuse(struct scene *scene, const void *form, void *result)
{
    return decide(scene, form, SHIFTS_LEAVE_REFUSED, result);
}

const struct act shifts_act_leave = {.name = "shifts.leave",
                                     .who = WHO_CONSULTANT,
                                     .form = &shifts_leave_form,
                                     .result = &shifts_leave_told_view,
                                     .run = ask};
const struct act shifts_act_leave_withdraw = {.name = "shifts.leave_withdraw",
                                              .who = WHO_CONSULTANT,
                                              .form = &shifts_decide_form,
                                              .result = &shifts_leave_told_view,
                                              .run = withdraw};
const struct act shifts_act_leave_grant = {.name = "shifts.leave_grant",
                                           .who = PLANNER,
                                           .form = &shifts_decide_form,
                                           .result = &shifts_leave_told_view,
                                           .run = grant};
const struct act shifts_act_leave_refuse = {.name = "shifts.leave_refuse",
                                            .who = PLANNER,
                                            .form = &shifts_decide_form,
                                            .result = &shifts_leave_told_view,
                                            .run = refuse};
