/* consultation_case.c -- loading, scoping and saving one case.  See consultation_case.h. */
#include "service/consultation/consultation_handed.h"

#include "bureau/assignment/assignment_acts.h"
#include "bureau/hall/hall_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/supervision/supervision_acts.h"

/* Who this is to the case.  Everyone else is answered as if there were none: a reference that
 * exists must not be told from one that does not. */
static enum consultation_side side_of(const struct scene *scene,
                                      const struct consultation_find_case_row *row)
{
    const struct actor *actor = &scene->actor;

    if (actor->case_id)
        return actor->case_id == row->consultation_id ? CONSULTATION_RESIDENT : CONSULTATION_NOBODY;
    if (scene_is(scene, WHO_ASKER)) {
        bool is_owner = row->owner_id && row->owner_id == actor->person_id;
        bool is_phone = actor->phone_index.len && str_same(actor->phone_index, row->phone_index);

        if (is_owner || is_phone) return CONSULTATION_RESIDENT;
    }
    if (scene_is(scene, WHO_CONSULTANT | WHO_CLERK) && row->consultant_id == actor->person_id)
        return CONSULTATION_CONSULTANT;
    return CONSULTATION_NOBODY;
}

/* A leader watches their team, and may look in on all teams below it. */
static struct outcome find_watches(struct scene *scene, struct consultation_case *c)
{
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);
    id led = scene->actor.team_id;

    c->watches = scope.len && str_begins(c->row.division, scope);
    if (scope.len || !scene_is(scene, WHO_LEADER)) return DONE;
    TRY(people_is_below(scene, led, c->row.team_id, &c->watches));
    c->from_above = c->watches && c->row.team_id != led;
    return DONE;
}

/* Handed to a body, it is for those to see who decide there, wherever the resident lives; of what
 * came back, for those who sent it. */
static struct outcome watch_handed(struct scene *scene, struct consultation_case *c)
{
    struct handing handing;

    if ((c->watches && !c->from_above) || c->side != CONSULTATION_NOBODY ||
        c->state == CONSULTATION_CLOSED || !scene_is(scene, WHO_LEADER | WHO_SUPERVISOR))
        return DONE;
    TRY(handed_find(scene, c->row.consultation_id, &handing));
    if (handing.came_back ? !handing.is_sender : !handing.is_body) return DONE;
    c->watches = true;
    c->from_above = false;
    return DONE;
}

static struct outcome see(struct scene *scene, struct consultation_case *c)
{
    c->state = consultation_state_of(c->row.state);
    c->side = side_of(scene, &c->row);
    c->by_number_only = c->side == CONSULTATION_RESIDENT && !scene->actor.case_id &&
                        c->row.owner_id != scene->actor.person_id;
    c->watches = c->from_above = false;
    if (c->side == CONSULTATION_NOBODY) TRY(find_watches(scene, c));
    return watch_handed(scene, c);
}

struct outcome case_of_id(struct scene *scene, id case_id, struct consultation_case *c)
{
    bool found;

    *c = (struct consultation_case){0};
    TRY(consultation_find_case(scene->arena, scene->store, case_id, &c->row, &found));
    if (!found) return REFUSE(act_unknown);
    return see(scene, c);
}

static struct outcome refuse_strangers(const struct consultation_case *c)
{
    return c->side == CONSULTATION_NOBODY && !c->watches ? REFUSE(act_unknown) : DONE;
}

struct outcome case_open(struct scene *scene, struct str reference, struct consultation_case *c)
{
    struct consultation_find_reference_row row;
    bool found;

    TRY(consultation_find_reference(scene->store, reference, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(case_of_id(scene, row.consultation_id, c));
    return refuse_strangers(c);
}

struct outcome case_open_talk(struct scene *scene, struct str reference,
                              struct consultation_case *c)
{
    struct consultation_find_talk_row row;
    bool found;

    *c = (struct consultation_case){.is_part = true};
    TRY(consultation_find_talk(scene->arena, scene->store, reference, &row, &found));
    if (!found) return REFUSE(act_unknown);
    c->row = (struct consultation_find_case_row){.consultation_id = row.consultation_id,
                                                 .reference = reference,
                                                 .state = row.state,
                                                 .owner_id = row.owner_id,
                                                 .phone_index = row.phone_index,
                                                 .division = row.division,
                                                 .consultant_id = row.consultant_id,
                                                 .team_id = row.team_id,
                                                 .messages_count = row.messages_count};
    TRY(see(scene, c));
    return refuse_strangers(c);
}

struct outcome case_fill(struct scene *scene, struct consultation_case *c)
{
    return c->is_part ? case_of_id(scene, c->row.consultation_id, c) : DONE;
}

struct outcome case_open_as(struct scene *scene, struct str reference, enum consultation_side side,
                            struct consultation_case *c)
{
    TRY(case_open(scene, reference, c));
    if (c->side != side) return REFUSE(act_unknown);
    scene_about(scene, c->row.consultation_id, c->row.consultant_id);
    return DONE;
}

struct outcome case_may_change(const struct consultation_case *c)
{
    return c->by_number_only ? REFUSE(consultation_confirm) : DONE;
}

struct outcome case_open_own(struct scene *scene, struct str reference, struct consultation_case *c)
{
    TRY(case_open_as(scene, reference, CONSULTATION_RESIDENT, c));
    return case_may_change(c);
}

struct outcome case_step(struct consultation_case *c, enum consultation_step step)
{
    TRY(consultation_next(c->state, step, &c->state));
    c->row.state = consultation_state_word(c->state);
    return DONE;
}

static enum record_phase phase_of(enum consultation_state state)
{
    static const enum record_phase phases[CONSULTATION_STATES] = {
        [CONSULTATION_WAITING] = RECORD_WAITING,   [CONSULTATION_OFFERED] = RECORD_WAITING,
        [CONSULTATION_TALKING] = RECORD_TALKING,   [CONSULTATION_MESSAGE] = RECORD_WRITTEN,
        [CONSULTATION_ANSWERED] = RECORD_ANSWERED, [CONSULTATION_CLOSED] = RECORD_ENDED,
        [CONSULTATION_HALL] = RECORD_HALL,
    };

    return phases[state];
}

struct outcome case_record(struct scene *scene, const struct consultation_case *c)
{
    const struct consultation_find_case_row *row = &c->row;
    /* Whoever is only offered a case has not served it. */
    bool is_served = c->state != CONSULTATION_OFFERED;

    return record_keep(scene, &(struct record_case){
                                  .case_id = row->consultation_id,
                                  .service = S("consultation"),
                                  .reference = row->reference,
                                  .channel = row->channel,
                                  .field = row->field,
                                  .profession = row->profession,
                                  .division = row->division,
                                  .language = row->language,
                                  .priority = row->priority,
                                  .state = row->state,
                                  .phase = phase_of(c->state),
                                  .opened_at = row->asked_at,
                                  .due_at = row->due_at,
                                  .consultant_id = is_served ? row->consultant_id : 0,
                                  .team_id = is_served ? row->team_id : 0,
                                  .offers_count = row->offers_count,
                                  .outcome = row->outcome,
                              });
}

/* Raises on the board what a written question's leader is warned of, or takes it back. */
static struct outcome warn_board(struct scene *scene, const struct consultation_case *c)
{
    static const enum supervision_kind kinds[] = {SUPERVISION_WRITTEN_LATE,
                                                  SUPERVISION_WRITTEN_OVER};
    struct supervision_alarm alarm = {.key = c->row.reference,
                                      .team_id = c->row.team_id,
                                      .case_id = c->row.consultation_id,
                                      .words = {c->row.reference, S("")}};
    struct handing handing;

    /* Of what was handed over, whoever holds it is warned: the body, or once more who sent it. */
    TRY(handed_find(scene, c->row.consultation_id, &handing));
    alarm.division = !handing.stands     ? c->row.division
                     : handing.came_back ? handing.row.from_division
                                         : handing.row.to_division;
    /* At four fifths the first, when it is over the second in its place. */
    for (size_t i = 0; i < COUNT(kinds); i++) {
        bool is_so = c->state == CONSULTATION_MESSAGE && c->row.warned == (int64_t)i + 2;

        alarm.kind = kinds[i];
        TRY(is_so ? supervision_alarm(scene, &alarm)
                  : supervision_clear(scene, alarm.kind, alarm.key));
    }
    return DONE;
}

struct outcome case_save(struct scene *scene, const struct consultation_case *c)
{
    const struct consultation_find_case_row *row = &c->row;

    assert(!c->is_part); /* else what was not read would be lost */
    if (row->due_at) TRY(handed_moved(scene, c));
    if (row->warned >= 2) TRY(warn_board(scene, c));
    /* Whoever may be in danger has been answered: what the assistant warned of is over. */
    if (row->priority && (c->state == CONSULTATION_ANSWERED || c->state == CONSULTATION_CLOSED))
        TRY(supervision_clear(scene, SUPERVISION_DANGER_CASE, row->reference));
    /* A number waits for no case that went on without it. */
    if (c->state != CONSULTATION_HALL && c->state != CONSULTATION_TALKING)
        TRY(hall_case_moved(scene, row->consultation_id, c->state == CONSULTATION_CLOSED));
    TRY(case_index_said(scene, c));
    TRY(consultation_save_case(scene->store, &(struct consultation_save_case_values){
                                                 .state = row->state,
                                                 .profession = row->profession,
                                                 .wants_id = row->wants_id,
                                                 .waiting_at = row->waiting_at,
                                                 .rank_at = row->rank_at,
                                                 .due_at = row->due_at,
                                                 .due_provisional = row->due_provisional,
                                                 .consultant_id = row->consultant_id,
                                                 .team_id = row->team_id,
                                                 .offer_until = row->offer_until,
                                                 .offers_count = row->offers_count,
                                                 .talk_at = row->talk_at,
                                                 .answered_at = row->answered_at,
                                                 .closed_at = row->closed_at,
                                                 .warned = row->warned,
                                                 .outcome = row->outcome,
                                                 .summary = row->summary,
                                                 .consultation_id = row->consultation_id,
                                             }));
    return case_record(scene, c);
}

static struct outcome add_message(struct scene *scene, struct consultation_case *c, id seq,
                                  struct str side, struct str name, struct str text,
                                  id attachment_id, bool internal)
{
    TRY(consultation_add_message(scene->store, &(struct consultation_add_message_values){
                                                   .seq = seq,
                                                   .consultation_id = c->row.consultation_id,
                                                   .at = scene->now,
                                                   .side = side,
                                                   .author_id = scene->actor.person_id,
                                                   .author_name = name,
                                                   .text = text,
                                                   .attachment_id = attachment_id,
                                                   .internal = internal,
                                               }));
    c->row.messages_count++;
    if (internal) return consultation_set_one_note_more(scene->store, c->row.consultation_id);
    c->row.last_seq = seq;
    c->row.last_at = scene->now;
    c->row.last_side = side;
    return consultation_set_last_message(scene->store, seq, scene->now, side,
                                         c->row.consultation_id);
}

struct outcome case_say(struct scene *scene, struct consultation_case *c, struct str text,
                        id attachment_id, bool internal)
{
    bool is_resident = c->side == CONSULTATION_RESIDENT;

    if (c->row.messages_count >= CONSULTATION_MESSAGES_MAX)
        return REFUSE(consultation_too_many_messages);
    if (!is_resident && !internal) TRY(assignment_said(scene, c->row.consultation_id));
    return add_message(scene, c, scene->seq, is_resident ? S("resident") : S("consultant"),
                       is_resident ? S("") : scene->actor.name, text, attachment_id, internal);
}

enum language case_language(const struct consultation_case *c)
{
    return str_same(c->row.language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
}

struct outcome case_tell(struct scene *scene, struct consultation_case *c, const char *text,
                         struct str one)
{
    /* The act's own line comes first, unless it leaves none. */
    id seq = scene->seq + (scene->quiet ? 0 : 1) + (id)scene->lines_count;

    scene_tell(scene, "consultation.tell", c->row.consultation_id, c->row.consultant_id);
    return add_message(scene, c, seq, S("system"), S(""),
                       text_fill(scene->arena, case_language(c), text, one, S(""), S("")), 0,
                       false);
}
