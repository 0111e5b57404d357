/* consultation_hall_join.c -- somebody comes to a hall with a question they have asked already: it
 * is given a number, and stays one case on every channel.
 *
 *  (1) Whoever came shows that it is theirs: its reference, and the telephone number it was asked
 *      with or the code of an earlier slip.  Whatever of it is wrong, the answer is one and the
 * same. (2) To whoever enters it nothing of the question is shown; it is told to whoever asked that
 * it has a number now, and the journal has who gave it. (3) A promised day stands.  The place in
 * the line is that of somebody who comes now. (4) No code is made for a question that was asked
 * elsewhere: its slip opens nothing. */
#include "desk/identity/identity_acts.h"
#include "service/consultation/consultation_hall.h"

const struct reason consultation_join_how = {
    "consultation.join-how",
    T("Please type the telephone number the question was asked with, or the code on an earlier "
      "slip."),
    0};
const struct reason consultation_join_unknown = {
    "consultation.join-unknown",
    T("These do not belong together. Please look at the reference and the number once more. If it "
      "still does not work, take the question down as a new one."),
    0};
const struct reason consultation_join_closed = {
    "consultation.join-closed",
    T("This question is closed; what was answered stays there to be read. Please take down what "
      "they come with today as a new question."),
    409};
const struct reason consultation_join_talking = {
    "consultation.join-talking",
    T("A consultant is talking with them about it online at this moment. Please let them go on "
      "there, or try again when that talk is over."),
    409};
const struct reason consultation_join_numbered = {
    "consultation.join-numbered", T("This question has number %1 already, and waits with it."),
    409};
const struct reason consultation_own_way = {
    "consultation.own-way",
    T("This question was not asked at a hall, so no slip opens it. They open it where they asked "
      "it, or under “My questions” with their telephone number."),
    409};

/* ---- whose it is ---- */

static struct outcome has_number(struct scene *scene, const struct consultation_case *c,
                                 struct str phone, bool *has)
{
    struct str index = identity_phone_index(scene->arena, phone);
    struct consultation_find_holder_row holder;
    bool found;

    TRY(consultation_find_holder(scene->arena, scene->store, c->row.owner_id, &holder, &found));
    *has =
        phone.len && (str_same(index, c->row.phone_index) || str_same(index, holder.phone_index));
    return DONE;
}

static struct outcome find_theirs(struct scene *scene, const struct consultation_join_form *f,
                                  struct consultation_case *c)
{
    struct str reference = slip_upper(scene->arena, f->reference);
    struct consultation_find_reference_row row;
    bool found, is_theirs = false;

    if (!f->phone.len && !f->code.len) return REFUSE(consultation_join_how);
    TRY(consultation_find_reference(scene->store, reference, &row, &found));
    if (!found) return REFUSE(consultation_join_unknown);
    TRY(case_of_id(scene, row.consultation_id, c));
    if (f->code.len) TRY(slip_is_of(scene, row.consultation_id, f->code, &is_theirs));
    if (!is_theirs) TRY(has_number(scene, c, f->phone, &is_theirs));
    return is_theirs ? DONE : REFUSE(consultation_join_unknown);
}

/* ---- to the hall ---- */

static struct outcome need_ready(struct scene *scene, const struct consultation_case *c)
{
    struct hall_ticket ticket;
    bool found;

    TRY(hall_ticket_of_case(scene, c->row.consultation_id, &ticket, &found));
    if (found && hall_is_open_state(ticket.state))
        return REFUSE_WITH(consultation_join_numbered, ticket.row.ticket);
    if (c->state == CONSULTATION_CLOSED) return REFUSE(consultation_join_closed);
    return c->state == CONSULTATION_TALKING ? REFUSE(consultation_join_talking) : DONE;
}

/* Whoever had it in hand has it no more, and takes the next. */
static struct outcome come_in(struct scene *scene, struct consultation_case *c, bool is_first)
{
    struct assignment_policy policy;

    TRY(assignment_policy_now(scene, &policy));
    c->row.wants_id = 0;
    if (c->state == CONSULTATION_ANSWERED) {
        c->row.due_at = 0;                      /* that promise was kept */
        c->row.wants_id = c->row.consultant_id; /* who kept it: consultation_hall_over.c */
    }
    TRY(case_step(c, CONSULTATION_COME_IN));
    TRY(assignment_end(scene, c->row.consultation_id, "withdrawn", S("")));
    TRY(dispatch_ended(scene, c));
    TRY(consultation_drop_again(scene->store, c->row.consultation_id));
    if (is_first) c->row.priority = 1;
    c->row.consultant_id = c->row.team_id = 0;
    c->row.offer_until = 0;
    if (!c->row.due_at) c->row.waiting_at = scene->now; /* else the promise counts from there */
    c->row.rank_at = assignment_rank(&policy, scene->now, c->row.priority);
    TRY(case_save(scene, c));
    return dispatch_drain(scene, c->row.profession);
}

/* A question of a hall has a slip again. */
static struct outcome give_slip(struct scene *scene, const struct consultation_case *c,
                                const struct hall_ticket *ticket,
                                struct consultation_registered_view *told)
{
    struct outcome may = slip_may_open(scene, c);

    if (!IS_DONE(may)) return may.fault ? may : DONE;
    TRY(hall_new_code(scene, ticket, &told->code));
    slip_send(scene, told->reference, told->code);
    return DONE;
}

static struct outcome join(struct scene *scene, const void *form, void *result)
{
    const struct consultation_join_form *f = form;
    struct consultation_registered_view *told = result;
    struct hall_find_place_row place;
    struct hall_ticket ticket;
    struct consultation_case c;

    TRY(hall_place(scene, &place));
    if (!hall_case_is_priority(f->priority)) return REFUSE(consultation_unknown_priority);
    TRY(find_theirs(scene, f, &c));
    scene_about(scene, c.row.consultation_id, c.row.consultant_id);
    TRY(need_ready(scene, &c));
    TRY(come_in(scene, &c, f->priority.len > 0));
    TRY(hall_case_take(scene, &place, &c, f->line, &ticket));
    TRY(case_tell(scene, &c, T("You came to a hall: your question waits there with number %1."),
                  ticket.row.ticket));
    *told = (struct consultation_registered_view){.reference = c.row.reference,
                                                  .number = ticket.row.ticket_id,
                                                  .ticket = ticket.row.ticket,
                                                  .state = c.row.state,
                                                  .due_at = c.row.due_at,
                                                  .ahead = -1};
    TRY(give_slip(scene, &c, &ticket, told));
    return hall_case_tell_wait(scene, &c, told);
}

const struct act consultation_join = {.name = "consultation.join",
                                      .who = WHO_AT_HALL,
                                      .form = &consultation_join_form,
                                      .result = &consultation_registered_view,
                                      .run = join};
