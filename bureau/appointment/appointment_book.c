/* appointment_book.c -- a time is kept, booked, changed, cancelled.  Cites appointment.h.
 *
 *  (a) A place is taken by a row, in one statement that does nothing where the place is somebody's:
 *      who comes second reads that it is taken, and nothing they typed is lost.
 *  (b) A browser has one time kept at once; one address APPOINTMENT_HOLDS_MAX.
 *  (c) Whoever proved a number is bound by what was booked with it proved; a number somebody only
 *      typed cannot be used to shut its owner out. */
#include "bureau/appointment/appointment_views.h"
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "platform/secret.h"

enum { REFERENCE_TRIES = 8, GUEST_SECONDS = 30 * SECONDS_PER_DAY };

struct outcome appointment_unseal(struct scene *scene, const char *use, struct str sealed,
                                  struct str *plain)
{
    *plain = S("");
    if (!sealed.len) return DONE;
    return secret_unseal(scene->arena, use, sealed, plain)
               ? DONE
               : FAULT("appointment: what is sealed does not open");
}

struct outcome appointment_open_id(struct scene *scene, id appointment_id, struct appointment *a)
{
    bool found;

    TRY(appointment_find(scene->arena, scene->store, appointment_id, &a->row, &found));
    if (!found) return REFUSE(act_unknown);
    a->state = appointment_state_of(a->row.state);
    return DONE;
}

struct outcome appointment_open_own(struct scene *scene, struct str reference,
                                    struct appointment *a)
{
    const struct actor *actor = &scene->actor;
    struct appointment_find_reference_row row;
    bool found;

    TRY(appointment_find_reference(scene->store, reference, &row, &found));
    if (!found || !scene_is(scene, WHO_ASKER)) return REFUSE(act_unknown);
    TRY(appointment_open_id(scene, row.appointment_id, a));
    if (actor->case_id) return actor->case_id == a->row.appointment_id ? DONE : REFUSE(act_unknown);
    return a->row.owner_id == actor->person_id ? DONE : REFUSE(act_unknown);
}

struct outcome appointment_step_to(struct scene *scene, struct appointment *a,
                                   enum appointment_step step, id by_id)
{
    TRY(appointment_next(a->state, step, &a->state));
    a->row.state = appointment_state_word(a->state);
    return appointment_set_state(scene->store, a->row.state, appointment_takes(a->state),
                                 step == APPOINTMENT_UNDO ? 0 : scene->now, by_id,
                                 a->row.appointment_id);
}

struct outcome appointment_tell(struct scene *scene, const struct appointment *a,
                                enum notice_template which)
{
    enum language language = str_same(a->row.language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
    struct out *day = out_open(scene->arena, 64), *time = out_open(scene->arena, 16);
    struct str phone;

    TRY(appointment_unseal(scene, APPOINTMENT_USE_PHONE, a->row.phone_sealed, &phone));
    out_day(day, language, a->row.starts_at);
    out_clock(time, a->row.starts_at);
    return notice_add(scene,
                      &(struct notice){.which = which,
                                       .language = language,
                                       .to = phone,
                                       .words = {a->row.reference, out_text(day), out_text(time)},
                                       .case_id = a->row.appointment_id});
}

/* ---- keeping a time ---- */

struct outcome appointment_new_reference(struct scene *scene, struct str *reference)
{
    struct appointment_find_reference_row row;
    bool taken = true;

    for (int i = 0; taken && i < REFERENCE_TRIES; i++) {
        *reference = secret_reference(scene->arena);
        TRY(appointment_find_reference(scene->store, *reference, &row, &taken));
    }
    return taken ? FAULT("no free reference was found") : DONE;
}

/* (b) */
static struct outcome give_up_others(struct scene *scene, id owner_id)
{
    const struct appointment_list_holds_of_row *rows;
    size_t count;

    TRY(appointment_list_holds_of(scene->arena, scene->store, owner_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(appointment_lapse(scene->store, rows[i].appointment_id));
        TRY(clock_drop(scene, "appointment.lapse", rows[i].appointment_id));
    }
    return DONE;
}

static struct outcome check_origin(struct scene *scene, struct str *origin_index)
{
    struct appointment_count_holds_row row;
    bool found;

    *origin_index = secret_index(scene->arena, "appointment.origin", scene->address);
    TRY(appointment_count_holds(scene->store, *origin_index, scene->now, &row, &found));
    return row.holds_count < APPOINTMENT_HOLDS_MAX ? DONE : REFUSE(appointment_holds_too_many);
}

struct outcome appointment_check_item(struct scene *scene, struct str name, id line_id)
{
    struct appointment_find_plan_item_row row;
    struct items_item item;
    id version_id;
    bool found;

    TRY(appointment_find_plan_item(scene->store, name, line_id, &row, &found));
    if (!row.lines_count) return REFUSE(act_unknown);
    TRY(items_now(scene, name, &version_id, &item, &found));
    return found ? DONE : REFUSE_WITH(appointment_unknown_item, name);
}

static struct outcome hold(struct scene *scene, const void *form, void *result)
{
    const struct appointment_hold_form *f = form;
    struct appointment_held_view *told = result;
    struct appointment_find_plan_row plan;
    struct appointment_add_held_values row = {.line_id = f->line, .item = f->item};

    if (f->for_case.len) TRY(cases_own_id(scene, f->for_case, &row.case_id));
    TRY(appointment_plan_of(scene, f->line, &plan));
    TRY(appointment_check_item(scene, f->item, f->line));
    row.owner_id = identity_asker(scene);
    TRY(give_up_others(scene, row.owner_id));
    TRY(check_origin(scene, &row.origin_index));
    TRY(appointment_free_place(scene, &plan, f->slot, 0, &row.place_number));
    TRY(appointment_new_reference(scene, &row.reference));
    row.appointment_id = scene_new_id(scene);
    row.hall_id = plan.hall_id;
    row.starts_at = f->slot;
    row.ends_at = f->slot + plan.slot_minutes * SECONDS_PER_MINUTE;
    row.language = scene->language == LANGUAGE_EN ? S("en") : S("zh");
    row.made_at = scene->now;
    row.hold_until = scene->now + APPOINTMENT_HOLD_SECONDS;
    TRY(appointment_add_held(scene->store, &row));
    if (!store_changes(scene->store)) return REFUSE(appointment_full); /* (a) */
    TRY(clock_set(scene, "appointment.lapse", row.appointment_id, row.hold_until));
    if (!scene_is(scene, WHO_ASKER)) scene->actor.person_id = row.owner_id;
    scene_about(scene, row.appointment_id, 0);
    told->reference = row.reference;
    told->hold_until = row.hold_until;
    return identity_asker_open(scene, row.owner_id, row.appointment_id, GUEST_SECONDS,
                               &told->token);
}

/* ---- booking ---- */

/* (3), (4) and (c). */
struct outcome appointment_check_person(struct scene *scene, struct str phone_index, bool is_proved,
                                        bool is_online, const struct appointment *a)
{
    const int64_t day = SECONDS_PER_DAY;
    struct appointment_count_absent_row absent;
    struct appointment_count_open_row open;
    moment until;
    bool found;

    TRY(appointment_count_absent(scene->store, phone_index,
                                 scene->now - APPOINTMENT_ABSENT_DAYS * day, is_proved, &absent,
                                 &found));
    until = appointment_waits_until(absent.absent_count, absent.starts_at, scene->now);
    if (until && is_online) {
        struct out *text = out_open(scene->arena, 64);

        out_day(text, scene->language, until);
        return REFUSE_WITH(appointment_absent_too_often, out_text(text));
    }
    TRY(appointment_count_open(scene->store, a->row.ends_at, a->row.starts_at, phone_index,
                               scene->now, is_proved, a->row.appointment_id, &open, &found));
    if (open.same_count) return REFUSE(appointment_same_time);
    if (open.open_count >= APPOINTMENT_OPEN_MAX)
        return REFUSE_WITH(appointment_too_many,
                           arena_print(scene->arena, "%lld", (long long)open.open_count));
    return DONE;
}

/* Another time, or the one that lapsed again: (a). */
static struct outcome take_place(struct scene *scene, struct appointment *a, moment starts_at,
                                 int64_t moves)
{
    struct appointment_find_plan_row plan;
    int64_t place;

    TRY(appointment_plan_of(scene, a->row.line_id, &plan));
    TRY(appointment_free_place(scene, &plan, starts_at, a->row.appointment_id, &place));
    a->row.starts_at = starts_at;
    a->row.ends_at = starts_at + plan.slot_minutes * SECONDS_PER_MINUTE;
    a->row.moves_count = moves;
    return appointment_set_place(scene->store, plan.line_id, plan.hall_id, starts_at,
                                 a->row.ends_at, place, appointment_state_word(a->state), moves,
                                 a->row.appointment_id);
}

static struct outcome phone_of(struct scene *scene, struct str typed, struct str *phone,
                               bool *is_proved)
{
    struct str own = S("");

    if (scene_is(scene, WHO_RESIDENT)) TRY(identity_phone(scene, scene->actor.person_id, &own));
    *phone = typed.len ? typed : own;
    *is_proved = own.len && str_same(*phone, own);
    return phone->len ? DONE : REFUSE(appointment_phone_missing);
}

static struct outcome book(struct scene *scene, const void *form, void *result)
{
    const struct appointment_book_form *f = form;
    struct str phone, index;
    struct appointment a;
    bool is_proved, is_over;

    (void)result;
    TRY(appointment_open_own(scene, f->reference, &a));
    is_over = a.state == APPOINTMENT_LAPSED || a.row.hold_until <= scene->now;
    TRY(appointment_next(a.state, APPOINTMENT_BOOK, &a.state));
    TRY(phone_of(scene, f->phone, &phone, &is_proved));
    index = identity_phone_index(scene->arena, phone);
    TRY(appointment_check_person(scene, index, is_proved, true, &a));
    if (is_over) {
        struct outcome outcome = take_place(scene, &a, a.row.starts_at, a.row.moves_count);

        if (outcome.refusal) return REFUSE(appointment_hold_over);
        TRY(outcome);
    }
    a.row.phone_sealed = secret_seal(scene->arena, APPOINTMENT_USE_PHONE, phone);
    TRY(appointment_set_booked(scene->store,
                               secret_seal(scene->arena, APPOINTMENT_USE_NAME, str_trim(f->name)),
                               a.row.phone_sealed, index, is_proved,
                               secret_seal(scene->arena, APPOINTMENT_USE_WORDS, str_trim(f->words)),
                               a.row.appointment_id));
    scene_about(scene, a.row.appointment_id, 0);
    TRY(clock_drop(scene, "appointment.lapse", a.row.appointment_id));
    TRY(appointment_set_clock(scene, &a));
    return is_proved ? appointment_tell(scene, &a, NOTICE_APPOINTMENT) : DONE;
}

/* ---- changing ---- */

static struct outcome move(struct scene *scene, const void *form, void *result)
{
    const struct appointment_move_form *f = form;
    struct appointment a;
    bool was_off;

    (void)result;
    TRY(appointment_open_own(scene, f->reference, &a));
    was_off = a.state == APPOINTMENT_OFF;
    if (!was_off && a.row.starts_at <= scene->now) return REFUSE(appointment_not_now);
    TRY(appointment_next(a.state, APPOINTMENT_MOVE, &a.state));
    /* What the office called off is not one of theirs. */
    if (!was_off && a.row.moves_count >= APPOINTMENT_MOVES_MAX)
        return REFUSE(appointment_moved_too_often);
    TRY(take_place(scene, &a, f->slot, a.row.moves_count + !was_off));
    scene_about(scene, a.row.appointment_id, 0);
    TRY(appointment_set_clock(scene, &a));
    return a.row.is_proved ? appointment_tell(scene, &a, NOTICE_APPOINTMENT) : DONE;
}

static struct outcome cancel(struct scene *scene, const void *form, void *result)
{
    const struct appointment_one_form *f = form;
    struct appointment a;

    (void)result;
    TRY(appointment_open_own(scene, f->reference, &a));
    if (a.state == APPOINTMENT_BOOKED && a.row.starts_at <= scene->now)
        return REFUSE(appointment_not_now);
    TRY(appointment_step_to(scene, &a, APPOINTMENT_CANCEL, 0));
    scene_about(scene, a.row.appointment_id, 0);
    TRY(clock_drop(scene, "appointment.lapse", a.row.appointment_id));
    return clock_drop(scene, "appointment.remind", a.row.appointment_id);
}

const struct act appointment_act_hold = {.name = "appointment.hold",
                                         .who = WHO_ANYONE,
                                         .form = &appointment_hold_form,
                                         .result = &appointment_held_view,
                                         .run = hold};
const struct act appointment_act_book = {
    .name = "appointment.book", .who = WHO_ASKER, .form = &appointment_book_form, .run = book};
const struct act appointment_act_move = {
    .name = "appointment.move", .who = WHO_ASKER, .form = &appointment_move_form, .run = move};
const struct act appointment_act_cancel = {
    .name = "appointment.cancel", .who = WHO_ASKER, .form = &appointment_one_form, .run = cancel};
