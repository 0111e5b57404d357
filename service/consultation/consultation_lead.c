/* consultation_lead.c -- what leaders and supervisors do: look in, give a case to somebody else;
 * and the one place where a resident's phone number is read.
 *
 *  (1) Nobody is given a case by hand, nor takes it, who has a conflict of interest in it: what the
 *      rules of assignment never do, no leader does past them.
 *  (2) Nor does anybody in conflict look in on it, whisper in it, or choose by name who has it
 *      next; that they tried is in the journal.  Who may still read it from before may no more.
 *  (3) Whoever leads a team above the case's own looks in and changes nothing.
 *  (4) Of two who give away or take the same case at the same moment, each looking at how it was
 *      before, one does and the other is told who was quicker: no case changes hands unseen. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_handed.h"
#include "service/consultation/consultation_views.h"

static struct outcome open_to_watch(struct scene *scene, struct str reference,
                                    struct consultation_case *c)
{
    TRY(case_open(scene, reference, c));
    if (!c->watches) return REFUSE(act_not_yours);
    scene_about(scene, c->row.consultation_id, c->row.consultant_id);
    return DONE;
}

static const struct reason from_above = {
    "consultation.from-above",
    T("This consultation is with a team below yours. You may look in; what happens with it is for "
      "that team's own leader and the supervisors of its place."),
    403};

struct outcome case_need_own(const struct consultation_case *c)
{
    return c->from_above ? REFUSE(from_above) : DONE;
}

static struct outcome open_to_change(struct scene *scene, struct str reference,
                                     struct consultation_case *c)
{
    TRY(open_to_watch(scene, reference, c));
    return case_need_own(c);
}

static const struct reason conflicted = {
    "consultation.conflict",
    T("This consultant has a conflict of interest in this case. Please choose somebody else."),
    409};
static const struct reason conflicted_self = {"consultation.own-conflict",
                                              T("You have a conflict of interest in this case: it "
                                                "cannot be yours. Please give it to somebody "
                                                "else."),
                                              409};

static const struct reason stays = {
    "consultation.stays-with-you",
    T("Nobody fits at the moment, so it stays with you. Please choose somebody by name, or give it "
      "to another team or district."),
    409};
static const struct reason conflicted_watcher = {
    "consultation.watcher-conflict",
    T("You have a conflict of interest in this case: you can neither read it nor speak in it. "
      "Please ask another leader or a supervisor. That you tried is on record."),
    409};
static const struct reason conflicted_chooser = {
    "consultation.chooser-conflict",
    T("You have a conflict of interest in this case and cannot choose who has it next. Please "
      "choose “Whoever fits best”: then the rules do."),
    409};

/* Refused, and on record all the same: a line of its own, since nothing of the act was done. */
static struct outcome refuse_on_record(struct scene *scene, const struct consultation_case *c,
                                       const char *line, const struct reason *why)
{
    scene->keep = scene->quiet = true;
    scene_tell(scene, line, c->row.consultation_id, 0);
    return (struct outcome){.refusal = why};
}

static struct outcome keep_away(struct scene *scene, const struct consultation_case *c,
                                const char *line, const struct reason *why)
{
    bool barred;

    TRY(assignment_is_barred(scene, c->row.consultation_id, scene->actor.person_id, &barred));
    return barred ? refuse_on_record(scene, c, line, why) : DONE;
}

struct outcome case_keep_away(struct scene *scene, const struct consultation_case *c,
                              const char *line)
{
    return keep_away(scene, c, line, &conflicted_watcher);
}

static struct outcome need_no_conflict(struct scene *scene, const struct consultation_case *c,
                                       id person_id)
{
    bool barred;

    TRY(assignment_is_barred(scene, c->row.consultation_id, person_id, &barred));
    return barred ? REFUSE(conflicted) : DONE;
}

static const struct reason given_meanwhile = {
    "consultation.given-meanwhile",
    T("%1 has given this case to somebody or taken it over in the meantime. Please look who has it "
      "now, and decide again."),
    409};

struct outcome case_given(struct scene *scene, id case_id, int64_t *given)
{
    struct consultation_find_given_row row;
    bool found;

    TRY(consultation_find_given(scene->store, case_id, &row, &found));
    *given = row.given_seq ? row.given_seq : row.first_seq;
    return DONE;
}

/* (4); what somebody did themselves they know. A program that does not say what it saw means it
 * whatever happened. */
static struct outcome need_as_seen(struct scene *scene, const struct consultation_case *c,
                                   int64_t seen)
{
    struct consultation_find_giver_row giver;
    int64_t given;
    bool found;

    if (!seen) return DONE;
    TRY(case_given(scene, c->row.consultation_id, &given));
    if (given == seen) return DONE;
    TRY(consultation_find_giver(scene->arena, scene->store, given, &giver, &found));
    return found && giver.actor_id == scene->actor.person_id
               ? DONE
               : REFUSE_WITH(given_meanwhile, giver.person_name);
}

/* Reading what others wrote is an act: it is in the journal before the page is shown. */
static struct outcome look_in(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_state_view *told = result;
    struct supervision_limits limits;
    struct consultation_case c;

    TRY(open_to_watch(scene, f->reference, &c));
    TRY(keep_away(scene, &c, "consultation.look_in_refused", &conflicted_watcher));
    TRY(supervision_limits(scene, &limits));
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return consultation_set_look_in(scene->store, scene->actor.person_id, c.row.consultation_id,
                                    scene->now + limits.value[SUPERVISION_LOOK_IN_MINUTES] *
                                                     SECONDS_PER_MINUTE);
}

const struct act consultation_look_in = {.name = "consultation.look_in",
                                         .who = WHO_LEADER | WHO_SUPERVISOR,
                                         .form = &consultation_reference_form,
                                         .result = &consultation_state_view,
                                         .run = look_in};

static struct outcome find_new(struct scene *scene, struct str consultant,
                               struct consultation_case *c)
{
    struct people_find_consultant_row to;
    id person_id = 0;
    bool found;

    c->row.wants_id = 0;
    if (!consultant.len) return DONE;
    if (!str_to_int(consultant, &person_id)) return REFUSE(consultation_unknown_consultant);
    TRY(people_consultant(scene, person_id, &to, &found));
    if (!found || !str_same(to.standing, S("active")) ||
        !people_is_qualified(to.verified_at, to.licence_until, scene->now))
        return REFUSE(consultation_unknown_consultant);
    TRY(need_no_conflict(scene, c, person_id));
    c->row.wants_id = person_id;
    c->row.profession = to.profession;
    return DONE;
}

/* Takes a case from whoever has it and gives it to the one named, or back to the queue. */
static struct outcome reassign(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reassign_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;
    bool was_back;
    id before;

    TRY(open_to_change(scene, f->reference, &c));
    before = c.row.consultant_id;
    if (f->consultant.len)
        TRY(keep_away(scene, &c, "consultation.reassign_refused", &conflicted_chooser));
    TRY(need_as_seen(scene, &c, f->given));
    TRY(find_new(scene, f->consultant, &c));
    if (c.state == CONSULTATION_ANSWERED || c.state == CONSULTATION_CLOSED)
        return REFUSE(consultation_not_now);
    TRY(handed_need_awake(scene, &c));
    TRY(handed_may_have(scene, &c, c.row.wants_id));
    TRY(handed_take_back(scene, &c, &was_back));
    TRY(assignment_end(scene, c.row.consultation_id, "transferred", f->reason));
    if (c.state == CONSULTATION_MESSAGE) {
        TRY(dispatch_written(scene, &c));
        if (was_back && !c.row.consultant_id) return REFUSE(stays);
        TRY(case_save(scene, &c));
    } else {
        if (c.state != CONSULTATION_WAITING)
            TRY(case_step(&c, c.state == CONSULTATION_OFFERED ? CONSULTATION_TAKE_BACK
                                                              : CONSULTATION_HAND_ON));
        c.row.consultant_id = c.row.team_id = 0;
        c.row.offer_until = 0;
        c.row.rank_at = c.row.asked_at - SECONDS_PER_DAY;
        TRY(case_save(scene, &c));
        TRY(dispatch_ended(scene, &c));
        TRY(case_tell(scene, &c,
                      T("Your case is being given to another consultant, with everything you have "
                        "written. Please stay here."),
                      S("")));
        TRY(dispatch_drain(scene, c.row.profession));
    }
    scene_about(scene, c.row.consultation_id, before);
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_reassign = {.name = "consultation.reassign",
                                          .who = WHO_LEADER | WHO_SUPERVISOR,
                                          .form = &consultation_reassign_form,
                                          .result = &consultation_state_view,
                                          .run = reassign};

/* A note only the consultant sees, at once: on their desk it comes with the talk. */
static struct outcome whisper(struct scene *scene, const void *form, void *result)
{
    const struct consultation_whisper_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;

    TRY(open_to_change(scene, f->reference, &c));
    TRY(keep_away(scene, &c, "consultation.whisper_refused", &conflicted_watcher));
    if (!c.row.consultant_id ||
        (c.state != CONSULTATION_TALKING && c.state != CONSULTATION_MESSAGE))
        return REFUSE(consultation_not_now);
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return case_say(scene, &c, f->text, 0, true);
}

const struct act consultation_whisper = {.name = "consultation.whisper",
                                         .who = WHO_LEADER | WHO_SUPERVISOR,
                                         .form = &consultation_whisper_form,
                                         .result = &consultation_state_view,
                                         .run = whisper};

/* ---- taking over ---- */

static struct outcome find_me(struct scene *scene, struct people_find_consultant_row *me)
{
    bool found;

    if (!scene_is(scene, WHO_CONSULTANT)) return REFUSE(people_not_consultant);
    TRY(people_consultant(scene, scene->actor.person_id, me, &found));
    if (!found || !str_same(me->standing, S("active")) ||
        !people_is_qualified(me->verified_at, me->licence_until, scene->now))
        return REFUSE(people_not_consultant);
    return DONE;
}

/* Who had it and who has it now, beside all other offers of the case. */
static struct outcome note_taken(struct scene *scene, const struct consultation_case *c)
{
    TRY(assignment_end(scene, c->row.consultation_id, "transferred", S("")));
    TRY(assignment_add_assignment(scene->store, &(struct assignment_add_assignment_values){
                                                    .assignment_id = scene_new_id(scene),
                                                    .service = S("consultation"),
                                                    .case_id = c->row.consultation_id,
                                                    .profession = c->row.profession,
                                                    .field = c->row.field,
                                                    .person_id = c->row.consultant_id,
                                                    .candidates = S(""),
                                                    .is_written = c->state == CONSULTATION_MESSAGE,
                                                    .offered_at = scene->now}));
    return assignment_accept(scene, c->row.consultation_id);
}

static struct outcome step_to_talk(struct scene *scene, struct consultation_case *c)
{
    if (c->state == CONSULTATION_OFFERED) TRY(case_step(c, CONSULTATION_TAKE_BACK));
    if (c->state == CONSULTATION_TALKING) TRY(case_step(c, CONSULTATION_HAND_ON));
    TRY(case_step(c, CONSULTATION_OFFER));
    TRY(case_step(c, CONSULTATION_ACCEPT));
    if (!c->row.talk_at) c->row.talk_at = scene->now;
    c->row.offer_until = 0;
    return DONE;
}

static struct outcome take_over(struct scene *scene, const void *form, void *result)
{
    const struct consultation_take_over_form *f = form;
    struct consultation_state_view *told = result;
    struct people_find_consultant_row me;
    struct consultation_case c;
    struct str profession;
    id before;
    bool changed;

    TRY(open_to_change(scene, f->reference, &c));
    TRY(find_me(scene, &me));
    if (c.state == CONSULTATION_ANSWERED || c.state == CONSULTATION_CLOSED)
        return REFUSE(consultation_not_now);
    TRY(keep_away(scene, &c, "consultation.take_over_refused", &conflicted_self));
    TRY(need_as_seen(scene, &c, f->given));
    TRY(handed_need_awake(scene, &c));
    TRY(handed_may_have(scene, &c, me.person_id));
    before = c.row.consultant_id;
    profession = c.row.profession;
    if (c.state != CONSULTATION_MESSAGE) TRY(step_to_talk(scene, &c));
    c.row.consultant_id = me.person_id;
    c.row.team_id = me.team_id;
    c.row.profession = me.profession;
    c.row.wants_id = 0;
    TRY(note_taken(scene, &c));
    TRY(case_save(scene, &c));
    /* Who watches is not on line: without a sign of life the next sweep would find the talk left.
     */
    TRY(people_set_presence(scene, S(""), 0, &changed));
    if (c.state == CONSULTATION_TALKING) {
        TRY(dispatch_ended(scene, &c));
        TRY(case_tell(scene, &c, T("%1 has joined and reads what you wrote."), scene->actor.name));
        TRY(dispatch_drain(scene, profession));
    }
    scene_about(scene, c.row.consultation_id, before);
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_take_over = {.name = "consultation.take_over",
                                           .who = WHO_LEADER | WHO_SUPERVISOR,
                                           .form = &consultation_take_over_form,
                                           .result = &consultation_state_view,
                                           .run = take_over};

/* The phone number in clear: shown once, to the consultant of the case, and journalled. */
static struct outcome show_phone(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_phone_view *told = result;
    struct consultation_case c;

    TRY(case_open_as(scene, f->reference, CONSULTATION_CONSULTANT, &c));
    told->reference = c.row.reference;
    if (c.row.phone_sealed.len &&
        !secret_unseal(scene->arena, "consultation.phone", c.row.phone_sealed, &told->phone))
        return FAULT("a phone number cannot be unsealed");
    return DONE;
}

const struct act consultation_phone = {.name = "consultation.phone",
                                       .who = WHO_CONSULTANT,
                                       .form = &consultation_reference_form,
                                       .result = &consultation_phone_view,
                                       .run = show_phone};

/* Identity asks: may this consultant see the number of that resident, for that case? */
struct outcome consultation_may_unmask(struct scene *scene, id person_id, struct str reference,
                                       id *case_id)
{
    struct consultation_case c;

    TRY(case_open_as(scene, reference, CONSULTATION_CONSULTANT, &c));
    if (c.row.owner_id != person_id) return REFUSE(act_unknown);
    *case_id = c.row.consultation_id;
    return DONE;
}

#define FORM_THIS consultation_reassign_form
FORM_TABLE(consultation_reassign, CONSULTATION_REASSIGN_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_take_over_form
FORM_TABLE(consultation_take_over, CONSULTATION_TAKE_OVER_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_whisper_form
FORM_TABLE(consultation_whisper, CONSULTATION_WHISPER_FORM)
