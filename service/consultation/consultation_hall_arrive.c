/* consultation_hall_arrive.c -- somebody with an appointment is at the hall: a number is drawn for
 * them in their line, by whoever works there or by themselves with the reference.
 *
 *  (1) Number, question and arrival are one act: an appointment draws one number.
 *  (2) Where the number stands is the appointment's to say (appointment.h (7)).
 *  (3) The question is theirs who have the appointment; the window serves it like any other.
 *  (4) Whoever only types a reference reads the number, its line and how many are before it: no
 *      name, no matter, no way into the question. */
#include "bureau/appointment/appointment_acts.h"
#include "bureau/people/people_acts.h"
#include "gen/consultation_html.h"
#include "platform/allows.h"
#include "platform/secret.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_pages.h"

enum { ARRIVALS_A_MINUTE = 20, LOOKS_A_MINUTE = 120 };

/* A field of law of the line's profession; of a line for all, the last: "something else". */
static struct outcome field_for(struct scene *scene, struct str profession, struct str *field)
{
    const struct people_list_fields_row *rows;
    size_t count;

    *field = S("");
    TRY(people_fields(scene, &rows, &count));
    for (size_t i = 0; i < count && !field->len; i++)
        if (profession.len && str_same(rows[i].profession, profession)) *field = rows[i].field;
    if (!field->len && count) *field = rows[count - 1].field;
    return DONE;
}

static struct str first_words(struct scene *scene, const struct appointment_arrival *arrival)
{
    enum language language = str_same(arrival->language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
    struct out *at = out_open(scene->arena, 16);

    out_clock(at, arrival->starts_at);
    return text_fill(scene->arena, language,
                     arrival->words.len
                         ? T("I have an appointment at %1: %2. What should be known before: %3")
                         : T("I have an appointment at %1: %2."),
                     out_text(at), arrival->item_name, arrival->words);
}

/* (1), (3) */
static struct outcome draw(struct scene *scene, const struct appointment_arrival *arrival,
                           struct consultation_case *c, struct hall_ticket *ticket)
{
    struct consultation_ask_form ask = {.text = first_words(scene, arrival),
                                        .district = arrival->division,
                                        .language = arrival->language,
                                        .channel = S("window"),
                                        .phone = arrival->phone,
                                        .wants__profession = arrival->profession};
    struct hall_wish wish = {
        .hall_id = arrival->hall_id, .line_id = arrival->line_id, .rank_at = arrival->rank_at};

    TRY(field_for(scene, arrival->profession, &ask.field));
    TRY(consultation_open_at_hall(scene, &ask, false, arrival->owner_id, c));
    wish.case_id = c->row.consultation_id;
    TRY(hall_case_take_as(scene, &wish, ticket));
    TRY(hall_set_name(scene->store, secret_seal(scene->arena, "hall.name", arrival->name),
                      ticket->row.ticket_id));
    return appointment_numbered(scene, arrival->appointment_id, ticket->row.ticket_id);
}

static struct outcome arrive(struct scene *scene, const void *form, void *result)
{
    const struct consultation_arrive_form *f = form;
    struct consultation_registered_view *told = result;
    struct appointment_arrival arrival;
    struct consultation_case c;
    struct hall_ticket ticket;
    bool may_open;

    TRY(appointment_arrives(scene, f->appointment, &arrival));
    TRY(draw(scene, &arrival, &c, &ticket));
    *told = (struct consultation_registered_view){.reference = c.row.reference,
                                                  .number = ticket.row.ticket_id,
                                                  .ticket = ticket.row.ticket,
                                                  .state = c.row.state,
                                                  .ahead = -1};
    TRY(outcome_allows(slip_may_open(scene, &c), &may_open));
    if (may_open) TRY(hall_new_code(scene, &ticket, &told->code));
    slip_send(scene, told->reference, told->code);
    return hall_case_tell_wait(scene, &c, told);
}

static struct outcome upper(struct scene *scene, void *form)
{
    struct consultation_arrive_self_form *f = form;

    f->reference = slip_upper(scene->arena, f->reference);
    return DONE;
}

static struct outcome arrive_self(struct scene *scene, const void *form, void *result)
{
    const struct consultation_arrive_self_form *f = form;
    struct consultation_arrived_told_view *told = result;
    struct appointment_arrival arrival;
    struct consultation_case c;
    struct hall_ticket ticket;

    TRY(appointment_arrives_by(scene, f->hall, f->reference, &arrival));
    TRY(draw(scene, &arrival, &c, &ticket));
    told->hall = f->hall;
    told->reference = arrival.reference;
    told->ticket = ticket.row.ticket;
    return DONE;
}

const struct act consultation_arrive = {.name = "consultation.arrive",
                                        .who = WHO_AT_HALL,
                                        .form = &consultation_arrive_form,
                                        .result = &consultation_registered_view,
                                        .run = arrive};
const struct act consultation_arrive_self = {.name = "consultation.arrive_self",
                                             .who = WHO_ANYONE,
                                             .form = &consultation_arrive_self_form,
                                             .result = &consultation_arrived_told_view,
                                             .prepare = upper,
                                             .run = arrive_self};

/* ---- pages ---- */

static struct outcome show_arrive(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_hall_one_form *f = query;
    struct consultation_arrive_view *v = view;
    struct hall_find_hall_row hall;
    moment ends;
    bool found;

    TRY(hall_find_hall(scene->arena, scene->store, f->hall, &hall, &found));
    if (!found || !hall.is_active) return REFUSE(act_unknown);
    v->hall = f->hall;
    v->name = hall_name(scene, hall.hall_zh, hall.hall_en);
    v->address = hall_name(scene, hall.address_zh, hall.address_en);
    return hall_open_now(scene, f->hall, &v->is_open, &ends);
}

/* (4) */
static struct outcome show_arrived(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_arrive_self_form *f = query;
    struct consultation_wait_view *range = NEW(scene->arena, struct consultation_wait_view);
    struct consultation_arrived_view *v = view;
    struct consultation_case c;
    struct hall_case_wait wait;
    struct hall_ticket ticket;
    id ticket_id;

    TRY(appointment_number_of(scene, f->hall, f->reference, &ticket_id));
    TRY(hall_ticket_by_id(scene, ticket_id, &ticket));
    TRY(case_of_id(scene, ticket.row.case_id, &c));
    TRY(hall_case_wait(scene, &c, &wait));
    TRY(hall_case_show(scene, &wait, &v->at_hall));
    v->hall = f->hall;
    v->reference = f->reference;
    if (wait.low_seconds < 0) return DONE;
    consultation_show_wait(&(struct waiting_view_values){.low_seconds = wait.low_seconds,
                                                         .high_seconds = wait.high_seconds},
                           range);
    v->wait_seconds = range;
    return DONE;
}

const struct page consultation_arrive_pages[] = {
    {.method = POST,
     .path = "/window/appointments/{appointment}/number",
     .who = WHO_AT_HALL,
     .about = "Whoever has this appointment is here: draw a number, before those without one.",
     .act = &consultation_arrive,
     .then = "/window/slips/{reference}",
     .again = "/window/appointments",
     .status = 201},
    {.method = GET,
     .path = "/halls/{hall}/arrive",
     .who = WHO_ANYONE,
     .about = "At the hall, with an appointment: where its reference is typed.",
     .query = &consultation_hall_one_form,
     .view = &consultation_arrive_view,
     .html = &html_consultation_arrive,
     .show = show_arrive},
    {.method = POST,
     .path = "/halls/{hall}/arrive",
     .who = WHO_ANYONE,
     .about = "Draw a number with the reference of an appointment.",
     .act = &consultation_arrive_self,
     .then = "/halls/{hall}/arrive/{reference}",
     .again = "/halls/{hall}/arrive",
     .status = 201,
     .per_minute = ARRIVALS_A_MINUTE},
    {.method = GET,
     .path = "/halls/{hall}/arrive/{reference}",
     .who = WHO_ANYONE,
     .about = "The number drawn today with the reference of an appointment, and who is before it.",
     .query = &consultation_arrive_self_form,
     .view = &consultation_arrived_view,
     .html = &html_consultation_arrived,
     .show = show_arrived,
     .per_minute = LOOKS_A_MINUTE},
    {0},
};

#define FORM_THIS consultation_arrive_form
FORM_TABLE(consultation_arrive, CONSULTATION_ARRIVE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_arrive_self_form
FORM_TABLE(consultation_arrive_self, CONSULTATION_ARRIVE_SELF_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_hall_one_form
FORM_TABLE(consultation_hall_one, CONSULTATION_HALL_ONE_FORM)
#undef FORM_THIS
#define VIEW_THIS consultation_arrived_told_view
VIEW_TABLE(consultation_arrived_told, CONSULTATION_ARRIVED_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_arrive_view
VIEW_TABLE(consultation_arrive, CONSULTATION_ARRIVE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_arrived_view
VIEW_TABLE(consultation_arrived, CONSULTATION_ARRIVED_VIEW)
#undef VIEW_THIS
