/* appointment_typed.c -- a time booked for somebody who came or called, by whoever works at a hall.
 *
 *  (h) It is nobody's on line until whoever proves the number it was booked with adds the reference
 *      and the code of the slip: a number that was typed wrongly gives it to nobody.  The code is
 *      on the slip, or said on the telephone, and in no message.
 *  (i) Who typed it in reads the slip for a day; then it is one of the list of its hall.
 *  (j) That somebody did not come twice keeps them from choosing on line alone: here they are
 *      spoken with.  What one number may have at once holds here too. */
#include "bureau/appointment/appointment_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

enum { SLIP_SECONDS = SECONDS_PER_DAY, CODE_DIGITS = 8 };

/* Of the reference, by a key of the installation: kept nowhere. */
static struct str slip_code(struct scene *scene, struct str reference)
{
    struct str hash = secret_index(scene->arena, "appointment.slip", reference);
    char *code = arena_take(scene->arena, CODE_DIGITS, 1);

    for (size_t i = 0; i < CODE_DIGITS; i++) code[i] = (char)('0' + (unsigned char)hash.at[i] % 10);
    return (struct str){code, CODE_DIGITS};
}

static struct outcome find_place(struct scene *scene, const struct appointment_type_in_form *f,
                                 struct appointment *a, int64_t *place)
{
    struct appointment_find_plan_row plan;

    TRY(appointment_plan_of(scene, f->line, &plan));
    TRY(appointment_check_item(scene, f->item, f->line));
    a->row.line_id = f->line;
    a->row.hall_id = plan.hall_id;
    a->row.starts_at = f->slot;
    a->row.ends_at = f->slot + plan.slot_minutes * SECONDS_PER_MINUTE;
    return appointment_free_place(scene, &plan, f->slot, 0, place);
}

static struct outcome add(struct scene *scene, const struct appointment_type_in_form *f,
                          const struct appointment *a, int64_t place)
{
    TRY(appointment_add_booked(
        scene->store,
        &(struct appointment_add_booked_values){
            .appointment_id = a->row.appointment_id,
            .reference = a->row.reference,
            .line_id = a->row.line_id,
            .hall_id = a->row.hall_id,
            .item = f->item,
            .starts_at = a->row.starts_at,
            .ends_at = a->row.ends_at,
            .place_number = place,
            .owner_id = scene_new_id(scene), /* (h) */
            .name_sealed = secret_seal(scene->arena, APPOINTMENT_USE_NAME, str_trim(f->name)),
            .phone_sealed = a->row.phone_sealed,
            .phone_index = identity_phone_index(scene->arena, f->phone),
            .words_sealed = secret_seal(scene->arena, APPOINTMENT_USE_WORDS, str_trim(f->words)),
            .language = a->row.language,
            .made_at = scene->now,
            .typed_by = scene->actor.person_id}));
    return store_changes(scene->store) ? DONE : REFUSE(appointment_full);
}

static struct outcome type_in(struct scene *scene, const void *form, void *result)
{
    const struct appointment_type_in_form *f = form;
    struct appointment_typed_view *told = result;
    struct appointment a = {.state = APPOINTMENT_BOOKED};
    struct hall_find_place_row desk;
    int64_t place;

    TRY(hall_place(scene, &desk));
    TRY(find_place(scene, f, &a, &place));
    TRY(appointment_check_person(scene, identity_phone_index(scene->arena, f->phone), false, false,
                                 &a)); /* (j) */
    a.row.appointment_id = scene_new_id(scene);
    TRY(appointment_new_reference(scene, &a.row.reference));
    if (f->phone.len)
        a.row.phone_sealed = secret_seal(scene->arena, APPOINTMENT_USE_PHONE, f->phone);
    a.row.language = S("zh");
    TRY(add(scene, f, &a, place));
    scene_about(scene, a.row.appointment_id, 0);
    scene->detail = f->item;
    told->reference = a.row.reference;
    if (!f->phone.len) return DONE;
    TRY(appointment_set_clock(scene, &a));
    return appointment_tell(scene, &a, NOTICE_APPOINTMENT);
}

/* (h): whatever of the three is wrong, it is one answer. */
static struct outcome claim(struct scene *scene, const void *form, void *result)
{
    const struct appointment_claim_form *f = form;
    struct appointment_typed_view *told = result;
    struct appointment_find_reference_row row;
    struct str phone, own;
    struct appointment a;
    bool found;

    told->reference = appointment_upper(scene->arena, f->slip);
    TRY(appointment_find_reference(scene->store, told->reference, &row, &found));
    if (!found) return REFUSE(appointment_slip_unknown);
    TRY(appointment_open_id(scene, row.appointment_id, &a));
    TRY(appointment_unseal(scene, APPOINTMENT_USE_PHONE, a.row.phone_sealed, &phone));
    TRY(identity_phone(scene, scene->actor.person_id, &own));
    if (!a.row.typed_by || !own.len || !str_same(own, phone) ||
        !secret_same(f->code, slip_code(scene, told->reference)))
        return REFUSE(appointment_slip_unknown);
    scene_about(scene, row.appointment_id, 0);
    return appointment_set_claimed(scene->store, scene->actor.person_id, row.appointment_id);
}

/* (i) */
struct outcome appointment_show_slip(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct appointment_slip_view *v = view;
    struct appointment_find_reference_row row;
    struct appointment_find_plan_row plan;
    struct appointment a;
    struct str phone;
    bool found;

    TRY(appointment_find_reference(
        scene->store, ((const struct appointment_one_form *)query)->reference, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(appointment_open_id(scene, row.appointment_id, &a));
    if (a.row.typed_by != scene->actor.person_id || a.row.made_at + SLIP_SECONDS <= scene->now)
        return REFUSE(act_unknown);
    TRY(appointment_find_plan(scene->arena, scene->store, a.row.line_id, &plan, &found));
    if (!found) return FAULT("appointment: its line has no plan");
    v->reference = a.row.reference;
    v->code = slip_code(scene, a.row.reference);
    v->state = a.row.state;
    v->item = a.row.item;
    v->starts_at = a.row.starts_at;
    v->ends_at = a.row.ends_at;
    v->hours = appointment_hours(scene, a.row.starts_at, a.row.ends_at);
    TRY(appointment_unseal(scene, APPOINTMENT_USE_NAME, a.row.name_sealed, &v->name));
    TRY(appointment_unseal(scene, APPOINTMENT_USE_PHONE, a.row.phone_sealed, &phone));
    if (phone.len) v->phone_masked = secret_mask(scene->arena, phone);
    TRY(appointment_item_name(scene, a.row.item, &v->item_name));
    return appointment_office_of(scene, &plan, &v->office);
}

const struct act appointment_act_type_in = {.name = "appointment.type_in",
                                            .who = WHO_CLERK | WHO_CONSULTANT,
                                            .form = &appointment_type_in_form,
                                            .result = &appointment_typed_view,
                                            .run = type_in};
const struct act appointment_act_claim = {.name = "appointment.claim",
                                          .who = WHO_RESIDENT,
                                          .form = &appointment_claim_form,
                                          .result = &appointment_typed_view,
                                          .run = claim};
