/* consultation_handed.c -- giving a question to a team, a district or a street as such; see
 * consultation_handed.h.
 *
 *  (1) Whoever may neither give it away nor decide there is told that there is no such question.
 *  (2) How long the body has is for an administrator to say: a share of the working time that is
 *      left, and never less of it than so many minutes (supervision_limits).
 *  (3) What nobody took up in time, or what was sent back, is a warning to the sender's layer until
 *      somebody has it. */
#include "service/consultation/consultation_handed.h"

#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "service/consultation/consultation_views.h"

enum { DISTRICT_DIGITS = 6, STREET_DIGITS = 9 }; /* of the code of a place */

static const struct reason unknown_body = {
    "consultation.unknown-body", T("Please choose a team, a district or a street from the list."),
    .field = "to"};
static const struct reason same_body = {
    "consultation.same-body",
    T("It is already there. Please choose another team or district, or give it to a person."),
    .field = "to"};
static const struct reason asleep = {
    "consultation.handed-waits",
    T("This question waits until the team or district it was handed to takes it up. To do "
      "something else with it, take it back first."),
    409};
static const struct reason not_of_body = {
    "consultation.not-of-body",
    T("This person is not of the team or district the question was handed to. Please choose "
      "somebody of it."),
    409};
static const struct reason cannot_have_it = {
    "consultation.cannot-have-it",
    T("This person cannot have it now: another field or language, too much in hand, a conflict of "
      "interest, or passed it on before. Please choose somebody else."),
    409};
static const struct reason nobody_fits = {
    "consultation.nobody-fits",
    T("Nobody there fits at the moment. Please choose somebody by name, or send it back."), 409};

/* ---- whose it is ---- */

struct outcome handed_find(struct scene *scene, id case_id, struct handing *handing)
{
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);
    id team_id = scene_is(scene, WHO_LEADER) ? scene->actor.team_id : 0;

    *handing = (struct handing){0};
    TRY(consultation_find_handing(scene->arena, scene->store, team_id, case_id, &handing->row,
                                  &handing->stands));
    if (!handing->stands) return DONE;
    handing->came_back =
        str_same(handing->row.state, S("returned")) || str_same(handing->row.state, S("lapsed"));
    handing->is_asleep = consultation_handed_sleeps(consultation_handed_of(handing->row.state));
    handing->is_body =
        handing->row.body_count > 0 || (scope.len && str_begins(handing->row.to_division, scope));
    handing->is_sender = handing->row.sender_count > 0 ||
                         (scope.len && str_begins(handing->row.from_division, scope));
    return DONE;
}

struct outcome handed_name(struct scene *scene, enum language language, id team_id,
                           struct str division, struct str *name)
{
    enum language before = scene->language;
    struct outcome outcome;

    scene->language = language;
    outcome = team_id ? people_team_name(scene, team_id, name)
                      : identity_division_name(scene, division, name);
    scene->language = before;
    return outcome;
}

bool handed_sleeps(const struct handing *handing, struct consultation_case *c)
{
    if (!handing->stands || !handing->is_asleep) return false;
    c->row.consultant_id = 0;
    c->row.team_id = handing->came_back ? handing->row.from_team : handing->row.holder_team;
    return true;
}

static bool is_of_body(const struct handing *handing, id team_id, struct str division)
{
    return handing->row.to_team ? team_id == handing->row.to_team
                                : str_begins(division, handing->row.to_division);
}

void handed_bound(const struct handing *handing, struct assignment_floor *floor)
{
    floor->is_bounded = handing->stands && !handing->came_back;
    for (size_t i = 0; i < floor->count; i++) {
        floor->candidates[i].outside =
            floor->is_bounded &&
            !is_of_body(handing, floor->people[i].team_id, floor->people[i].division);
    }
}

struct outcome handed_need_awake(struct scene *scene, const struct consultation_case *c)
{
    struct handing handing;

    TRY(handed_find(scene, c->row.consultation_id, &handing));
    return handing.stands && str_same(handing.row.state, S("waiting")) ? REFUSE(asleep) : DONE;
}

struct outcome handed_may_have(struct scene *scene, const struct consultation_case *c, id person_id)
{
    struct people_find_consultant_row row;
    struct handing handing;
    bool found;

    TRY(handed_find(scene, c->row.consultation_id, &handing));
    if (!person_id || !handing.stands || handing.is_asleep) return DONE;
    TRY(people_consultant(scene, person_id, &row, &found));
    if (!found) return REFUSE(not_of_body);
    return is_of_body(&handing, row.team_id, row.division) ? DONE : REFUSE(not_of_body);
}

/* ---- handing ---- */

struct body {
    id team_id;
    struct str division;
    id leader_id; /* of that team */
};

/* "team-7", or the code of a district or of a street. */
static struct outcome find_body(struct scene *scene, struct str typed, struct body *body)
{
    struct people_find_any_team_row team;
    id team_id;
    bool found;

    *body = (struct body){0};
    if (str_begins(typed, S("team-"))) {
        if (!str_to_int((struct str){typed.at + 5, typed.len - 5}, &team_id))
            return REFUSE(unknown_body);
        TRY(people_find_any_team(scene->arena, scene->store, team_id, &team, &found));
        if (!found || !team.is_active || !team.leader_id) return REFUSE(unknown_body);
        *body = (struct body){team.team_id, team.division, team.leader_id};
        return DONE;
    }
    if (typed.len != DISTRICT_DIGITS && typed.len != STREET_DIGITS) return REFUSE(unknown_body);
    TRY(identity_division_exists(scene, typed, &found));
    if (!found) return REFUSE(unknown_body);
    body->division = typed;
    return DONE;
}

/* Which layer has it again when it comes back. */
static struct outcome find_sender(struct scene *scene, const struct consultation_case *c,
                                  struct body *from)
{
    struct people_find_team_row team;
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);
    bool found;

    *from = (struct body){.division = scope};
    if (c->watches && scope.len) return DONE;
    from->team_id = c->side == CONSULTATION_CONSULTANT && c->row.team_id ? c->row.team_id
                                                                         : scene->actor.team_id;
    TRY(people_team(scene, from->team_id, &team, &found));
    if (!found) return REFUSE(act_not_yours);
    from->division = team.division;
    return DONE;
}

static struct outcome accept_by(struct scene *scene, const struct consultation_case *c,
                                moment *until)
{
    struct supervision_limits limits;
    struct calendar_desk desk;

    TRY(people_desk(scene, S("consultation"), &desk));
    TRY(supervision_limits(scene, &limits));
    *until = consultation_accept_by(&desk, scene->now, c->row.due_at,
                                    limits.value[SUPERVISION_TAKE_UP_PERCENT],
                                    limits.value[SUPERVISION_TAKE_UP_MINUTES] * SECONDS_PER_MINUTE);
    return DONE;
}

static struct outcome tell_where(struct scene *scene, struct consultation_case *c, const char *text,
                                 const struct body *body)
{
    struct str name;

    TRY(handed_name(scene, case_language(c), body->team_id, body->division, &name));
    return case_tell(scene, c, text, name);
}

/* Ends what stood before, and its warning. */
static struct outcome end_standing(struct scene *scene, const struct consultation_case *c,
                                   const struct handing *handing)
{
    if (!handing->stands) return DONE;
    TRY(clock_drop(scene, "consultation.handed_over", c->row.consultation_id));
    TRY(supervision_clear(scene, SUPERVISION_HANDED_BACK, c->row.reference));
    return consultation_end_handing(scene->store, scene->now, handing->row.handing_id);
}

struct outcome handed_take_back(struct scene *scene, const struct consultation_case *c,
                                bool *was_back)
{
    struct handing handing;

    TRY(handed_find(scene, c->row.consultation_id, &handing));
    *was_back = handing.came_back;
    return handing.came_back ? end_standing(scene, c, &handing) : DONE;
}

static struct outcome may_hand(struct scene *scene, struct str reference,
                               struct consultation_case *c, struct handing *handing)
{
    TRY(case_open(scene, reference, c));
    if (c->side == CONSULTATION_RESIDENT || (c->side == CONSULTATION_NOBODY && !c->watches))
        return REFUSE(act_unknown);
    TRY(case_need_own(c));
    if (c->watches) TRY(case_keep_away(scene, c, "consultation.hand_refused"));
    if (c->state != CONSULTATION_TALKING && c->state != CONSULTATION_MESSAGE)
        return REFUSE(consultation_not_now);
    TRY(handed_find(scene, c->row.consultation_id, handing));
    return handing->stands && str_same(handing->row.state, S("waiting")) ? REFUSE(asleep) : DONE;
}

static struct outcome set_asleep(struct scene *scene, struct consultation_case *c, id handing_id)
{
    struct str profession = c->row.profession;
    moment until;

    c->row.wants_id = 0;
    TRY(consultation_drop_again(scene->store, c->row.consultation_id));
    if (c->state == CONSULTATION_TALKING) {
        TRY(case_step(c, CONSULTATION_LEAVE_MESSAGE));
        TRY(dispatch_to_message(scene, c, NOTICE_WRITTEN));
        TRY(dispatch_drain(scene, profession));
    } else {
        TRY(dispatch_written(scene, c));
        TRY(case_save(scene, c));
    }
    TRY(accept_by(scene, c, &until));
    TRY(consultation_set_accept_by(scene->store, until, handing_id));
    return clock_set(scene, "consultation.handed_over", c->row.consultation_id, until);
}

static struct outcome hand(struct scene *scene, const void *form, void *result)
{
    const struct consultation_hand_form *f = form;
    struct consultation_state_view *told = result;
    struct body to, from;
    struct consultation_case c;
    struct handing before;
    id handing_id, had_it;

    TRY(may_hand(scene, f->reference, &c, &before));
    TRY(find_body(scene, f->to, &to));
    TRY(find_sender(scene, &c, &from));
    if (to.team_id == from.team_id && str_same(to.division, from.division))
        return REFUSE(same_body);
    had_it = c.row.consultant_id;
    TRY(end_standing(scene, &c, &before));
    TRY(assignment_end(scene, c.row.consultation_id, "transferred", f->why));
    handing_id = scene_new_id(scene);
    TRY(consultation_add_handing(scene->store, &(struct consultation_add_handing_values){
                                                   .handing_id = handing_id,
                                                   .consultation_id = c.row.consultation_id,
                                                   .to_team = to.team_id,
                                                   .to_division = to.division,
                                                   .from_team = from.team_id,
                                                   .from_division = from.division,
                                                   .by_id = scene->actor.person_id,
                                                   .reason = f->why,
                                                   .at = scene->now}));
    TRY(set_asleep(scene, &c, handing_id));
    TRY(tell_where(scene, &c,
                   T("Your question now lies with %1, who look for the right person to answer it. "
                     "Nothing is lost, and the day by which you get the answer stays the same."),
                   &to));
    scene_about(scene, c.row.consultation_id, had_it);
    if (to.leader_id) scene_tell(scene, "consultation.handed", c.row.consultation_id, to.leader_id);
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_hand = {.name = "consultation.hand",
                                      .who = WHO_CONSULTANT | WHO_LEADER | WHO_SUPERVISOR,
                                      .form = &consultation_hand_form,
                                      .result = &consultation_state_view,
                                      .run = hand};

/* ---- what the body does ---- */

struct outcome handed_open(struct scene *scene, struct str reference, struct consultation_case *c,
                           struct handing *handing)
{
    struct consultation_find_reference_row row;
    bool found;

    TRY(consultation_find_reference(scene->store, reference, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(case_of_id(scene, row.consultation_id, c));
    TRY(handed_find(scene, row.consultation_id, handing));
    return handing->stands && (handing->is_body || handing->is_sender) ? DONE : REFUSE(act_unknown);
}

static struct outcome open_handed(struct scene *scene, struct str reference,
                                  struct consultation_case *c, struct handing *handing)
{
    TRY(handed_open(scene, reference, c, handing));
    scene_about(scene, c->row.consultation_id, handing->row.by_id);
    return c->state == CONSULTATION_MESSAGE ? DONE : REFUSE(consultation_not_now);
}

static struct outcome move(struct scene *scene, const struct handing *handing,
                           enum consultation_handed_step step, struct str answer)
{
    enum consultation_handed state = consultation_handed_of(handing->row.state);

    if (!consultation_handed_next(&state, step)) return REFUSE(consultation_not_now);
    return consultation_move_handing(scene->store, consultation_handed_word(state), scene->now,
                                     scene->actor.person_id, answer, handing->row.handing_id);
}

static struct outcome accept(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;
    struct handing handing;

    TRY(open_handed(scene, f->reference, &c, &handing));
    if (!handing.is_body) return REFUSE(act_not_yours);
    TRY(case_keep_away(scene, &c, "consultation.accept_handed_refused"));
    if (!str_same(handing.row.state, S("waiting"))) return REFUSE(consultation_not_now);
    TRY(move(scene, &handing, CONSULTATION_TAKE_UP, S("")));
    TRY(clock_drop(scene, "consultation.handed_over", c.row.consultation_id));
    TRY(tell_where(scene, &c, T("%1 have taken your question up and now choose who answers it."),
                   &(struct body){handing.row.to_team, handing.row.to_division, 0}));
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_accept_handed = {.name = "consultation.accept_handed",
                                               .who = WHO_LEADER | WHO_SUPERVISOR,
                                               .form = &consultation_reference_form,
                                               .result = &consultation_state_view,
                                               .run = accept};

/* Whom the leader chose, or whoever fits best of the body. */
static struct outcome choose(struct scene *scene, struct consultation_case *c, struct str typed)
{
    struct people_find_consultant_row to;
    id person_id = 0;
    bool found;

    c->row.wants_id = 0;
    if (typed.len) {
        if (!str_to_int(typed, &person_id)) return REFUSE(consultation_unknown_consultant);
        TRY(people_consultant(scene, person_id, &to, &found));
        if (!found) return REFUSE(consultation_unknown_consultant);
        TRY(handed_may_have(scene, c, person_id));
        c->row.wants_id = person_id;
        c->row.profession = to.profession;
    }
    TRY(dispatch_written(scene, c));
    if (person_id && c->row.consultant_id != person_id) return REFUSE(cannot_have_it);
    c->row.wants_id = 0;
    return c->row.consultant_id ? DONE : REFUSE(nobody_fits);
}

static struct outcome place(struct scene *scene, const void *form, void *result)
{
    const struct consultation_place_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;
    struct handing handing;

    TRY(open_handed(scene, f->reference, &c, &handing));
    if (!handing.is_body) return REFUSE(act_not_yours);
    TRY(case_keep_away(scene, &c, "consultation.place_refused"));
    if (handing.is_asleep) return REFUSE(consultation_not_now);
    TRY(assignment_end(scene, c.row.consultation_id, "transferred", S("")));
    TRY(choose(scene, &c, f->consultant));
    TRY(move(scene, &handing, CONSULTATION_SOMEBODY, S("")));
    TRY(case_save(scene, &c));
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_place = {.name = "consultation.place",
                                       .who = WHO_LEADER | WHO_SUPERVISOR,
                                       .form = &consultation_place_form,
                                       .result = &consultation_state_view,
                                       .run = place};

/* ---- back to where it came from ---- */

static struct outcome come_back(struct scene *scene, struct consultation_case *c,
                                const struct handing *handing, const char *text)
{
    const struct consultation_find_handing_row *row = &handing->row;
    struct body to = {row->to_team, row->to_division, 0};
    struct str name;

    TRY(clock_drop(scene, "consultation.handed_over", c->row.consultation_id));
    c->row.consultant_id = 0;
    c->row.team_id = row->from_team;
    TRY(case_save(scene, c));
    TRY(handed_name(scene, LANGUAGE_ZH, to.team_id, to.division, &name));
    TRY(supervision_alarm(scene, &(struct supervision_alarm){.kind = SUPERVISION_HANDED_BACK,
                                                             .key = c->row.reference,
                                                             .division = row->from_division,
                                                             .team_id = row->from_team,
                                                             .case_id = c->row.consultation_id,
                                                             .words = {c->row.reference, name}}));
    return tell_where(scene, c, text, &to);
}

static const char *const not_taken_up =
    T("%1 have not taken your question up. It is with those again who sent it there, and they find "
      "somebody else. The day by which you get the answer stays the same.");
static const char *const taken_back =
    T("Your question is no longer with %1. It is with those again who sent it there, and they find "
      "somebody else. The day by which you get the answer stays the same.");

/* Whoever acts for both is the sender of what they handed over themselves. */
static bool is_own(const struct scene *scene, const struct handing *handing)
{
    return handing->is_sender &&
           (!handing->is_body || handing->row.by_id == scene->actor.person_id);
}

/* By the body, which then says why; or by the sender, who takes it back while it waits. */
static struct outcome send_back(struct scene *scene, const void *form, void *result)
{
    const struct consultation_send_back_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;
    struct handing handing;
    bool is_waiting;

    TRY(open_handed(scene, f->reference, &c, &handing));
    TRY(case_keep_away(scene, &c, "consultation.send_back_refused"));
    is_waiting = str_same(handing.row.state, S("waiting"));
    if (!is_waiting && !str_same(handing.row.state, S("accepted")))
        return REFUSE(consultation_not_now);
    if (!is_waiting && !handing.is_body) return REFUSE(act_not_yours);
    TRY(move(scene, &handing, CONSULTATION_SEND_BACK, f->reason));
    TRY(come_back(scene, &c, &handing,
                  is_waiting && is_own(scene, &handing) ? taken_back : not_taken_up));
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_send_back = {.name = "consultation.send_back",
                                           .who = WHO_LEADER | WHO_SUPERVISOR,
                                           .form = &consultation_send_back_form,
                                           .result = &consultation_state_view,
                                           .run = send_back};

static struct outcome over(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct consultation_case c;
    struct handing handing;

    (void)result;
    TRY(case_of_id(scene, f->case_id, &c));
    TRY(handed_find(scene, f->case_id, &handing));
    if (!handing.stands || !str_same(handing.row.state, S("waiting")) ||
        handing.row.accept_by > scene->now || c.state != CONSULTATION_MESSAGE)
        return REFUSE(consultation_not_now);
    scene_about(scene, f->case_id, handing.row.by_id);
    TRY(move(scene, &handing, CONSULTATION_RUN_OUT, S("")));
    return come_back(scene, &c, &handing, not_taken_up);
}

const struct act consultation_handed_over = {
    .name = "consultation.handed_over", .who = WHO_SYSTEM, .run = over};

/* Somebody has it now, or nobody of the body has it again, or nobody need have it any more. */
struct outcome handed_moved(struct scene *scene, const struct consultation_case *c)
{
    struct handing handing;
    bool is_over = c->state == CONSULTATION_CLOSED || c->state == CONSULTATION_HALL;

    TRY(handed_find(scene, c->row.consultation_id, &handing));
    if (!handing.stands) return DONE;
    if (is_over || (c->row.consultant_id && handing.is_asleep))
        return end_standing(scene, c, &handing);
    if (c->row.consultant_id && str_same(handing.row.state, S("accepted")))
        return move(scene, &handing, CONSULTATION_SOMEBODY, S(""));
    if (!c->row.consultant_id && c->state == CONSULTATION_MESSAGE &&
        str_same(handing.row.state, S("placed")))
        return move(scene, &handing, CONSULTATION_NOBODY_HAS, S(""));
    return DONE;
}

#define FORM_THIS consultation_hand_form
FORM_TABLE(consultation_hand, CONSULTATION_HAND_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_place_form
FORM_TABLE(consultation_place, CONSULTATION_PLACE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_send_back_form
FORM_TABLE(consultation_send_back, CONSULTATION_SEND_BACK_FORM)
