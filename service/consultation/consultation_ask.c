/* consultation_ask.c -- a question comes in, live or in writing. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/danger/danger.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_pages.h"

enum { GUEST_SECONDS = 90 * SECONDS_PER_DAY, REFERENCE_TRIES = 8 };

static struct outcome new_reference(struct scene *scene, struct str *reference)
{
    struct consultation_find_reference_row row;
    bool taken = true;

    for (int i = 0; taken && i < REFERENCE_TRIES; i++) {
        *reference = secret_reference(scene->arena);
        TRY(consultation_find_reference(scene->store, *reference, &row, &taken));
    }
    return taken ? FAULT("no free reference was found") : DONE;
}

static struct outcome check_wishes(struct scene *scene, const struct consultation_ask_form *f,
                                   struct consultation_case *c)
{
    struct people_find_field_row field;
    struct people_find_consultant_row consultant;
    bool found;

    TRY(people_field(scene, f->field, &field, &found));
    if (!found) return REFUSE(consultation_unknown_field);
    c->row.field = field.field;
    c->row.profession = f->wants__profession.len ? f->wants__profession : field.profession;
    if (!consultation_is_profession(c->row.profession))
        return REFUSE(consultation_unknown_profession);
    c->row.division = f->district.len ? f->district : S("31");
    TRY(identity_division_exists(scene, c->row.division, &found));
    if (!found) return REFUSE(consultation_unknown_place);
    if (f->mode.len && !str_same(f->mode, S("live")) && !str_same(f->mode, S("message")))
        return REFUSE(consultation_unknown_mode);
    if (f->language.len && !consultation_is_language(f->language))
        return REFUSE(consultation_unknown_language);
    if (f->channel.len && !consultation_is_channel(f->channel))
        return REFUSE(consultation_unknown_channel);
    if (!f->wants__consultant.len) return DONE;
    if (!str_to_int(f->wants__consultant, &c->row.wants_id) || c->row.wants_id <= 0)
        return REFUSE(consultation_unknown_consultant);
    TRY(people_consultant(scene, c->row.wants_id, &consultant, &found));
    if (!found || !str_same(consultant.standing, S("active")))
        return REFUSE(consultation_unknown_consultant);
    c->row.profession = consultant.profession;
    return DONE;
}

/* Says from when on it is, as far as that can be known. */
static struct outcome not_open(struct scene *scene, const struct calendar_desk *desk)
{
    struct out *out = out_open(scene->arena, 64);
    struct outcome outcome;
    moment opens;

    outcome = calendar_next_opening(desk, scene->now, &opens);
    if (outcome.fault) return outcome;
    if (outcome.refusal) return REFUSE(consultation_not_open_yet);
    out_date(out, scene->language, opens);
    OUT_LITERAL(out, " ");
    out_clock(out, opens);
    return REFUSE_WITH(consultation_not_open, out_text(out));
}

/* In a year whose calendar is missing nobody knows: then it is not, and writing goes on. */
static struct outcome is_open_now(struct scene *scene, struct calendar_desk *desk, bool *open)
{
    struct outcome outcome;

    *open = false;
    TRY(people_desk(scene, S("consultation"), desk));
    outcome = calendar_is_open(desk, scene->now, open);
    if (outcome.refusal) *open = false;
    return outcome.fault ? outcome : DONE;
}

static struct outcome need_open(struct scene *scene)
{
    struct calendar_desk desk;
    bool open;

    TRY(is_open_now(scene, &desk, &open));
    return open ? DONE : not_open(scene, &desk);
}

/* Live only while the desk is open; whoever did not insist is taken in writing. */
static struct outcome choose_mode(struct scene *scene, const struct consultation_ask_form *f,
                                  const struct consultation_case *c, bool *live)
{
    struct overflow_stand stand;
    struct calendar_desk desk;

    *live = false;
    if (str_same(f->mode, S("message"))) return DONE;
    TRY(is_open_now(scene, &desk, live));
    if (*live && !f->mode.len) {
        /* More wait than can be served: in writing, unless one insists on waiting. */
        TRY(overflow_stand(scene, c->row.profession, c->row.division, &stand));
        *live = !ladder_writes_first(&stand.policy, stand.level);
        return DONE;
    }
    if (*live || !f->mode.len) return DONE;
    return not_open(scene, &desk);
}

static struct outcome add(struct scene *scene, const struct consultation_ask_form *f,
                          struct consultation_case *c)
{
    struct consultation_find_case_row *row = &c->row;

    TRY(consultation_add_case(
        scene->store, &(struct consultation_add_case_values){
                          .consultation_id = row->consultation_id,
                          .reference = row->reference,
                          .state = row->state,
                          .owner_id = row->owner_id,
                          .phone_sealed = secret_seal(scene->arena, "consultation.phone", f->phone),
                          .phone_index = identity_phone_index(scene->arena, f->phone),
                          .field = row->field,
                          .profession = row->profession,
                          .division = row->division,
                          .language = row->language,
                          .channel = f->channel.len ? f->channel : scene->channel,
                          .priority = row->priority,
                          .wants_id = row->wants_id,
                          .asked_at = scene->now,
                          .waiting_at = scene->now,
                          .rank_at = row->rank_at,
                      }));
    return consultation_add_exchange(scene->store, row->consultation_id);
}

/* Whose case it is and whom it is against, so that nobody who works for the other side gets it. */
static struct outcome add_parties(struct scene *scene, const struct consultation_ask_form *f,
                                  const struct consultation_case *c)
{
    struct str phone_index =
        f->phone.len ? identity_phone_index(scene->arena, f->phone) : scene->actor.phone_index;

    if (c->row.wants_id) TRY(assignment_wish(scene, c->row.consultation_id, c->row.wants_id));
    return assignment_parties(scene, c->row.consultation_id, c->row.owner_id, phone_index,
                              f->against);
}

static struct outcome check_not_too_many(struct scene *scene, id owner_id)
{
    struct consultation_count_open_of_row row;
    bool found;

    TRY(consultation_count_open_of(scene->store, owner_id, &row, &found));
    if (row.open_count >= CONSULTATION_OPEN_MAX)
        return REFUSE_WITH(consultation_too_many_open,
                           arena_print(scene->arena, "%d", CONSULTATION_OPEN_MAX));
    return DONE;
}

static struct outcome tell_wait(struct scene *scene, const struct consultation_case *c,
                                struct consultation_asked_view *told)
{
    struct waiting_view_values wait;
    struct consultation_wait_view *range = NEW(scene->arena, struct consultation_wait_view);

    told->reference = c->row.reference;
    told->state = c->row.state;
    told->due_at = c->row.due_at;
    TRY(wait_of(scene, c, &wait));
    told->place = wait.place;
    told->ahead = wait.ahead;
    range->low = wait.low_seconds;
    range->high = wait.high_seconds;
    told->wait_seconds = wait.low_seconds < 0 ? NULL : range;
    return DONE;
}

/* The case of a question whose wishes were checked, with its first message. */
static struct outcome open_case(struct scene *scene, const struct consultation_ask_form *f,
                                enum consultation_state state, struct consultation_case *c)
{
    struct assignment_policy policy;

    TRY(assignment_policy_now(scene, &policy));
    c->row.consultation_id = scene_new_id(scene);
    TRY(new_reference(scene, &c->row.reference));
    c->row.language = f->language.len ? f->language : S("zh");
    c->row.priority = f->cared_for ? 1 : 0;
    c->row.rank_at = assignment_rank(&policy, scene->now, c->row.priority);
    c->row.state = consultation_state_word(state);
    scene_about(scene, c->row.consultation_id, 0);
    TRY(add(scene, f, c));
    TRY(add_parties(scene, f, c));
    TRY(case_of_id(scene, c->row.consultation_id, c));
    c->side = CONSULTATION_RESIDENT;
    /* A written one is saved with its promise. */
    if (state != CONSULTATION_MESSAGE) TRY(case_record(scene, c));
    return case_say(scene, c, f->text, 0, false);
}

struct outcome consultation_open_at_hall(struct scene *scene, const struct consultation_ask_form *f,
                                         bool is_written, id owner_id, struct consultation_case *c)
{
    *c = (struct consultation_case){.side = CONSULTATION_RESIDENT};
    TRY(check_wishes(scene, f, c));
    /* Whoever came, until they go on online. */
    c->row.owner_id = owner_id ? owner_id : scene_new_id(scene);
    TRY(open_case(scene, f, is_written ? CONSULTATION_MESSAGE : CONSULTATION_HALL, c));
    if (is_written) TRY(dispatch_to_message(scene, c, NOTICE_RECEIVED));
    return DONE;
}

static struct outcome ask_online(struct scene *scene, const struct consultation_ask_form *f,
                                 struct consultation_asked_view *told)
{
    struct consultation_case c = {.side = CONSULTATION_RESIDENT};
    bool live;

    TRY(check_wishes(scene, f, &c));
    TRY(choose_mode(scene, f, &c, &live));
    c.row.owner_id = identity_asker(scene);
    TRY(check_not_too_many(scene, c.row.owner_id));
    /* From here on the guest acts: the first message is theirs. */
    if (!scene_is(scene, WHO_ASKER)) scene->actor.person_id = c.row.owner_id;
    TRY(open_case(scene, f, live ? CONSULTATION_WAITING : CONSULTATION_MESSAGE, &c));
    TRY(identity_asker_open(scene, c.row.owner_id, c.row.consultation_id, GUEST_SECONDS,
                            &told->token));
    if (live)
        TRY(dispatch_drain(scene, c.row.profession));
    else
        TRY(dispatch_to_message(scene, &c, NOTICE_RECEIVED));
    TRY(case_of_id(scene, c.row.consultation_id, &c));
    TRY(overflow_wake(scene, &c));
    return tell_wait(scene, &c, told);
}

/* Whoever may be in danger is served first, and those who watch the desk are warned of it. */
struct outcome consultation_ask_now(struct scene *scene, const struct consultation_ask_form *f,
                                    struct consultation_asked_view *told)
{
    struct consultation_ask_form asked = *f;
    enum danger danger = danger_heard(scene->arena, f->text);

    if (danger) asked.cared_for = true;
    TRY(ask_online(scene, &asked, told));
    if (!danger) return DONE;
    return supervision_alarm(scene, &(struct supervision_alarm){.kind = SUPERVISION_DANGER_CASE,
                                                                .key = told->reference,
                                                                .division = f->district,
                                                                .case_id = scene->case_id,
                                                                .words = {told->reference, S("")}});
}

/* The text is more than what somebody said: who opens it has heard whether there is danger. */
struct outcome consultation_open(struct scene *scene, const struct consultation_ask_form *f,
                                 struct consultation_opened *opened)
{
    struct consultation_asked_view told = {0};

    TRY(ask_online(scene, f, &told));
    *opened = (struct consultation_opened){scene->case_id, told.reference, told.token, told.state};
    return DONE;
}

static struct outcome ask(struct scene *scene, const void *form, void *result)
{
    return consultation_ask_now(scene, form, result);
}

const struct act consultation_ask = {.name = "consultation.ask",
                                     .who = WHO_ANYONE,
                                     .form = &consultation_ask_form,
                                     .result = &consultation_asked_view,
                                     .run = ask};

/* An open case may be left in writing at any time and keeps its place in the record. */
static struct outcome leave_message(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;

    TRY(case_open_own(scene, f->reference, &c));
    TRY(case_step(&c, CONSULTATION_LEAVE_MESSAGE));
    TRY(assignment_end(scene, c.row.consultation_id, "withdrawn", S("")));
    TRY(dispatch_to_message(scene, &c, NOTICE_WRITTEN));
    TRY(dispatch_drain(scene, c.row.profession));
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_leave_message = {.name = "consultation.leave_message",
                                               .who = WHO_ASKER,
                                               .form = &consultation_reference_form,
                                               .result = &consultation_state_view,
                                               .run = leave_message};

/* Into the live queue, with the place of whoever has waited since the question was asked; or in
 * writing, with a promised day. */
struct outcome consultation_go_online(struct scene *scene, struct consultation_case *c,
                                      bool is_written)
{
    if (is_written) {
        TRY(case_step(c, CONSULTATION_LEAVE_MESSAGE));
        TRY(assignment_end(scene, c->row.consultation_id, "transferred", S("")));
        return dispatch_to_message(scene, c, NOTICE_WRITTEN);
    }
    TRY(need_open(scene));
    TRY(case_step(c, c->state == CONSULTATION_TALKING ? CONSULTATION_HAND_ON
                                                      : CONSULTATION_GO_ONLINE));
    TRY(assignment_end(scene, c->row.consultation_id, "transferred", S("")));
    c->row.consultant_id = c->row.team_id = 0;
    c->row.waiting_at = scene->now;
    TRY(case_save(scene, c));
    TRY(overflow_wake(scene, c));
    return dispatch_drain(scene, c->row.profession);
}

struct outcome consultation_merge_owner(struct scene *scene, id guest_id, id person_id)
{
    TRY(consultation_drop_slip_codes(scene->store, guest_id));
    return consultation_set_owner(scene->store, person_id, guest_id);
}

#define FORM_THIS consultation_ask_form
FORM_TABLE(consultation_ask, CONSULTATION_ASK_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_reference_form
FORM_TABLE(consultation_reference, CONSULTATION_REFERENCE_FORM)
