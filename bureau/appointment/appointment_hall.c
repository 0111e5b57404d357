/* appointment_hall.c -- who comes today, as those who work at the hall see it.
 *
 *  (e) Whoever works at a hall sees the times of that hall, and of whom somebody comes only so much
 *      that they can be told apart at the desk: the first sign of the name, the end of the number.
 *      What they wrote is shown to whoever has checked them in, which is on record. */
#include "bureau/appointment/appointment_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

enum { DAYS_BACK = 7 };

struct outcome appointment_open_here(struct scene *scene, id appointment_id, struct appointment *a)
{
    struct hall_find_place_row place;

    TRY(hall_place(scene, &place));
    TRY(appointment_open_id(scene, appointment_id, a));
    if (a->row.hall_id != place.hall_id || a->state == APPOINTMENT_HELD) return REFUSE(act_unknown);
    scene_about(scene, appointment_id, a->row.owner_id);
    return DONE;
}

/* What was drawn is settled where it is called. */
static struct outcome number_is_out(struct scene *scene, id ticket_id)
{
    struct hall_ticket ticket;

    TRY(hall_ticket_by_id(scene, ticket_id, &ticket));
    return REFUSE_WITH(appointment_has_number, ticket.row.ticket);
}

static struct outcome settled(struct scene *scene, const void *form, enum appointment_step step)
{
    struct appointment a;

    TRY(appointment_open_here(scene, ((const struct appointment_which_form *)form)->appointment,
                              &a));
    /* (5); whoever comes early is let in on the day itself. */
    if (step == APPOINTMENT_CANCEL && a.row.starts_at <= scene->now)
        return REFUSE(appointment_not_now);
    if (step == APPOINTMENT_MISS && a.row.starts_at > scene->now)
        return REFUSE(appointment_too_early);
    if (step == APPOINTMENT_COME && calendar_day_of(a.row.starts_at) != calendar_day_of(scene->now))
        return REFUSE(appointment_not_now);
    if (step == APPOINTMENT_UNDO && a.row.ticket_id) return number_is_out(scene, a.row.ticket_id);
    return appointment_step_to(scene, &a, step,
                               step == APPOINTMENT_UNDO ? 0 : scene->actor.person_id);
}

static struct outcome here(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return settled(scene, form, APPOINTMENT_COME);
}

static struct outcome absent(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return settled(scene, form, APPOINTMENT_MISS);
}

static struct outcome undo(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return settled(scene, form, APPOINTMENT_UNDO);
}

/* On the word of whoever has it, who calls or stands there. */
static struct outcome cancel_for(struct scene *scene, const void *form, void *result)
{
    (void)result;
    TRY(settled(scene, form, APPOINTMENT_CANCEL));
    return clock_drop(scene, "appointment.remind",
                      ((const struct appointment_which_form *)form)->appointment);
}

#define AT_THE_HALL (WHO_CLERK | WHO_CONSULTANT)
const struct act appointment_act_here = {
    .name = "appointment.here", .who = AT_THE_HALL, .form = &appointment_which_form, .run = here};
const struct act appointment_act_absent = {.name = "appointment.absent",
                                           .who = AT_THE_HALL,
                                           .form = &appointment_which_form,
                                           .run = absent};
const struct act appointment_act_cancel_for = {.name = "appointment.cancel_for",
                                               .who = AT_THE_HALL,
                                               .form = &appointment_which_form,
                                               .run = cancel_for};
const struct act appointment_act_undo = {
    .name = "appointment.undo", .who = AT_THE_HALL, .form = &appointment_which_form, .run = undo};

/* ---- the list of a day ---- */

static struct str first_sign(struct scene *scene, struct str name)
{
    size_t len = name.len ? 1 : 0;

    while (len < name.len && ((unsigned char)name.at[len] & 0xC0) == 0x80) len++;
    return arena_print(scene->arena, "%.*s**", (int)len, name.at);
}

static struct outcome coming(struct scene *scene, const struct appointment_list_day_row *row,
                             struct appointment_coming_view *v)
{
    enum appointment_state state = appointment_state_of(row->state), to;
    moment rank_at;
    bool is_mine = row->by_id == scene->actor.person_id && state == APPOINTMENT_HERE;
    struct str name, phone;

    *v = (struct appointment_coming_view){
        .appointment = row->appointment_id,
        .reference = row->reference,
        .letter = row->letter,
        .line_name = hall_name(scene, row->line_zh, row->line_en),
        .starts_at = row->starts_at,
        .state = row->state,
        .state_name = text_in(scene->language, appointment_state_name(state)),
        .hours = appointment_hours(scene, row->starts_at, row->ends_at),
        .css = appointment_css(state),
        .for_case = row->reference__case,
        .may_come = IS_DONE(appointment_next(state, APPOINTMENT_COME, &to)) &&
                    calendar_day_of(row->starts_at) == calendar_day_of(scene->now),
        .may_miss =
            IS_DONE(appointment_next(state, APPOINTMENT_MISS, &to)) && row->starts_at <= scene->now,
        .may_undo = !row->ticket_id && IS_DONE(appointment_next(state, APPOINTMENT_UNDO, &to)),
        .may_cancel = state == APPOINTMENT_BOOKED && row->starts_at > scene->now,
        .ticket = row->ticket};
    v->may_number = (v->may_come || state == APPOINTMENT_HERE) && !row->ticket_id &&
                    calendar_day_of(row->starts_at) == calendar_day_of(scene->now) &&
                    IS_DONE(appointment_arrival_rank(row->starts_at, scene->now, &rank_at));
    TRY(appointment_unseal(scene, APPOINTMENT_USE_NAME, row->name_sealed, &name));
    TRY(appointment_unseal(scene, APPOINTMENT_USE_PHONE, row->phone_sealed, &phone));
    v->name = is_mine ? name : first_sign(scene, name); /* (e) */
    v->phone_masked = secret_mask(scene->arena, phone);
    if (is_mine)
        TRY(appointment_unseal(scene, APPOINTMENT_USE_WORDS, row->words_sealed, &v->words));
    return appointment_item_name(scene, row->item, &v->item_name);
}

static struct str day_text(struct scene *scene, calendar_day day)
{
    char text[11];

    calendar_day_print(day, text);
    return arena_copy(scene->arena, str_of(text));
}

struct outcome appointment_show_list(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct appointment_day_form *f = query;
    const struct appointment_list_day_row *rows;
    struct appointment_list_view *v = view;
    struct appointment_coming_view *made;
    struct hall_find_place_row place;
    calendar_day today = calendar_day_of(scene->now), day = today;

    TRY(hall_place(scene, &place));
    if (f->day.len && !calendar_day_parse(f->day, &day)) day = today;
    if (day < today - DAYS_BACK) day = today - DAYS_BACK; /* what is older is nobody's to leaf in */
    if (day > today + APPOINTMENT_AHEAD_MAX) day = today + APPOINTMENT_AHEAD_MAX;
    v->hall_name = hall_name(scene, place.hall_zh, place.hall_en);
    v->day = day_text(scene, day);
    v->before = day_text(scene, day - 1);
    v->after = day_text(scene, day + 1);
    v->at = calendar_day_begins(day);
    v->is_today = day == today;
    TRY(appointment_list_day(scene->arena, scene->store, place.hall_id, v->at,
                             calendar_day_begins(day + 1), &rows, &v->appointments_count));
    made = NEW_MANY(scene->arena, struct appointment_coming_view, v->appointments_count + 1);
    for (size_t i = 0; i < v->appointments_count; i++) TRY(coming(scene, &rows[i], &made[i]));
    v->appointments = made;
    return DONE;
}
