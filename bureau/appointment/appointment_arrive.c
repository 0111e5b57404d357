/* appointment_arrive.c -- whoever has an appointment is here, and draws a number.  Cites
 * appointment.h.
 *
 *  (f) The number is the hall's and its case a service's: this room says who may draw one and where
 *      it stands, and keeps which it was.  Of two at once the second finds one drawn.
 *  (g) Who only types a reference is told nothing but the number and its line: no name, no item.
 *      Of another hall, another day, or one that was cancelled there is none: one answer. */
#include "bureau/appointment/appointment_views.h"
#include "desk/identity/identity_acts.h"

struct str appointment_upper(struct arena *arena, struct str reference)
{
    char *made = arena_take(arena, reference.len + 1, 1);

    for (size_t i = 0; i < reference.len; i++)
        made[i] = reference.at[i] >= 'a' && reference.at[i] <= 'z' ? (char)(reference.at[i] - 32)
                                                                   : reference.at[i];
    return (struct str){made, reference.len};
}

/* Also around midnight, where a hall is open all night. */
static bool is_today(const struct scene *scene, const struct appointment *a)
{
    moment until = a->row.starts_at - scene->now;

    return calendar_day_of(a->row.starts_at) == calendar_day_of(scene->now) ||
           (until > 0 && until <= APPOINTMENT_EARLY_SECONDS);
}

static struct outcome rank_of(struct scene *scene, const struct appointment *a, moment *rank_at)
{
    struct outcome outcome = appointment_arrival_rank(a->row.starts_at, scene->now, rank_at);
    struct out *from = out_open(scene->arena, 16);

    if (outcome.refusal != &appointment_early) return outcome;
    out_clock(from, a->row.starts_at - APPOINTMENT_EARLY_SECONDS);
    return REFUSE_WITH(appointment_early, out_text(from));
}

/* What the service has to know to open a case for the number. */
static struct outcome tell(struct scene *scene, const struct appointment *a,
                           struct appointment_arrival *arrival)
{
    struct hall_find_line_row line;
    struct hall_find_hall_row hall;
    bool has_line, has_hall;

    *arrival = (struct appointment_arrival){.appointment_id = a->row.appointment_id,
                                            .hall_id = a->row.hall_id,
                                            .line_id = a->row.line_id,
                                            .owner_id = a->row.owner_id,
                                            .reference = a->row.reference,
                                            .language = a->row.language,
                                            .starts_at = a->row.starts_at};
    TRY(rank_of(scene, a, &arrival->rank_at));
    TRY(hall_find_line(scene->arena, scene->store, a->row.line_id, &line, &has_line));
    TRY(hall_find_hall(scene->arena, scene->store, a->row.hall_id, &hall, &has_hall));
    if (!has_line || !has_hall) return FAULT("appointment: its line or its hall is not there");
    arrival->profession = line.profession;
    arrival->division = hall.division;
    TRY(appointment_unseal(scene, APPOINTMENT_USE_NAME, a->row.name_sealed, &arrival->name));
    TRY(appointment_unseal(scene, APPOINTMENT_USE_PHONE, a->row.phone_sealed, &arrival->phone));
    TRY(appointment_unseal(scene, APPOINTMENT_USE_WORDS, a->row.words_sealed, &arrival->words));
    return appointment_item_name(scene, a->row.item, &arrival->item_name);
}

static struct outcome comes(struct scene *scene, struct appointment *a,
                            struct appointment_arrival *arrival)
{
    struct hall_ticket ticket;

    if (a->row.ticket_id) {
        TRY(hall_ticket_by_id(scene, a->row.ticket_id, &ticket));
        return REFUSE_WITH(appointment_has_number, ticket.row.ticket);
    }
    TRY(tell(scene, a, arrival));
    /* Whoever was let in before without a number may still draw one. */
    if (a->state == APPOINTMENT_HERE) return DONE;
    return appointment_step_to(scene, a, APPOINTMENT_COME, scene->actor.person_id);
}

struct outcome appointment_arrives(struct scene *scene, id appointment_id,
                                   struct appointment_arrival *arrival)
{
    struct appointment a;

    TRY(appointment_open_here(scene, appointment_id, &a));
    return is_today(scene, &a) ? comes(scene, &a, arrival) : REFUSE(appointment_not_now);
}

/* (g) */
static struct outcome open_today(struct scene *scene, id hall_id, struct str reference,
                                 struct appointment *a)
{
    struct appointment_find_reference_row row;
    bool found;

    TRY(appointment_find_reference(scene->store, appointment_upper(scene->arena, reference), &row,
                                   &found));
    if (!found) return REFUSE(appointment_no_such_here);
    TRY(appointment_open_id(scene, row.appointment_id, a));
    if (a->row.hall_id != hall_id || !is_today(scene, a)) return REFUSE(appointment_no_such_here);
    return a->state == APPOINTMENT_BOOKED || a->state == APPOINTMENT_HERE ||
                   a->state == APPOINTMENT_ABSENT
               ? DONE
               : REFUSE(appointment_no_such_here);
}

struct outcome appointment_arrives_by(struct scene *scene, id hall_id, struct str reference,
                                      struct appointment_arrival *arrival)
{
    struct appointment a;

    TRY(open_today(scene, hall_id, reference, &a));
    return comes(scene, &a, arrival);
}

/* (f) */
struct outcome appointment_numbered(struct scene *scene, id appointment_id, id ticket_id)
{
    TRY(appointment_set_ticket(scene->store, ticket_id, appointment_id));
    return store_changes(scene->store) == 1 ? DONE : REFUSE(appointment_not_now);
}

struct outcome appointment_number_of(struct scene *scene, id hall_id, struct str reference,
                                     id *ticket_id)
{
    struct appointment a;
    struct outcome outcome = open_today(scene, hall_id, reference, &a);

    if (outcome.refusal) return REFUSE(act_unknown);
    TRY(outcome);
    *ticket_id = a.row.ticket_id;
    return a.row.ticket_id ? DONE : REFUSE(act_unknown);
}
