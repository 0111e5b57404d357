/* review_complaint.c -- a complaint from the moment it is made to the answer to whoever made it.
 *
 *  (1) One complaint a case by its resident; what a flag made one look into is another.
 *  (2) Received, acknowledged, decided: both deadlines are rows, and who misses one is told.
 *  (3) Asking for money, or what the leader decided, is not handled in the team it happened in;
 *      for whoever is in conflict with a complaint there is none (review_handling.sql).
 *  (4) A complaint is upheld only after the consultant was asked.
 *  (5) Every text is sealed; nothing of it is in the journal.
 *  (6) A consultant who was never asked does not learn that there was a complaint.
 */
#include "bureau/review/review_inside.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"

enum {
    NOTES_MAX = 100,
    NAMED_MAX =
        4 /* of those a complaint is for: an act has few lines, and its service needs some */
};

const struct reason review_complained = {
    "review.complained",
    T("You have complained about this consultation already. You can read on "
      "this page what becomes of it."),
    409};
const struct reason review_unknown_kind = {
    "review.unknown-kind", T("Please choose from the list what it is about."), .field = "kind"};
const struct reason review_say_more = {
    "review.say-more", T("Please say in a few words what happened."), .field = "text"};
static const struct reason not_heard = {
    "review.not-heard",
    T("Please ask the consultant first. A complaint is upheld only after they could say something "
      "to it."),
    409};
static const struct reason verdict_word = {
    "review.verdict", T("Please choose whether the complaint is right."), .field = "verdict"};
static const struct reason not_a_handler = {
    "review.handler",
    T("Please choose somebody from the list: a supervisor of the place or the leader of the team, "
      "who is not in conflict with the complaint."),
    .field = "to"};
static const struct reason too_many_notes = {
    "review.too-many-notes", T("There are 100 notes already. Please decide the complaint."), 409};

/* ---- made ---- */

static struct outcome add(struct scene *scene, const struct review_case *about, const char *source,
                          struct str kind, struct str text, struct str phone, id *complaint_id)
{
    struct review_find_policy_row policy;
    struct review_find_complaint_of_case_row before;
    moment acknowledge_by, decide_by;
    bool found;

    TRY(review_find_complaint_of_case(scene->store, about->case_id, str_of(source), &before,
                                      &found));
    if (found) return REFUSE(review_complained);
    TRY(review_policy_of(scene, &policy));
    TRY(review_due(scene, policy.acknowledge_days, &acknowledge_by));
    TRY(review_due(scene, policy.decide_days, &decide_by));
    *complaint_id = scene_new_id(scene);
    TRY(clock_set(scene, "review.acknowledge_due", *complaint_id, acknowledge_by));
    TRY(clock_set(scene, "review.decide_due", *complaint_id, decide_by));
    return review_add_complaint(
        scene->store, &(struct review_add_complaint_values){
                          .complaint_id = *complaint_id,
                          .case_id = about->case_id,
                          .service = about->service,
                          .reference = about->reference,
                          .consultant_id = about->consultant_id,
                          .team_id = about->team_id,
                          .division = about->division,
                          .source = str_of(source),
                          .kind = kind,
                          .text_sealed = review_seal(scene, text),
                          .phone_sealed = secret_seal(scene->arena, "review.phone", phone),
                          .language = about->language,
                          .made_at = scene->now,
                          .acknowledge_by = acknowledge_by,
                          .decide_by = decide_by,
                      });
}

/* Names in the journal whom it is for: the leader of the team, where it may stay there, else
 * whoever else may handle it. */
static struct outcome tell_handlers(struct scene *scene, const struct review_case *about,
                                    struct str kind, id complaint_id)
{
    const struct review_list_handlers_row *handlers;
    struct review_find_team_leader_row team;
    size_t count;
    bool found, is_free = false;

    TRY(review_find_team_leader(scene->store, about->team_id, &team, &found));
    if (found && team.leader_id && review_is_for_team(kind))
        TRY(review_is_free_of_conflict(scene, complaint_id, team.leader_id, &is_free));
    if (is_free && scene->lines_count < SCENE_LINES_MAX) {
        scene_tell(scene, "review.complaint", complaint_id, team.leader_id);
        return DONE;
    }
    TRY(review_list_handlers(scene->arena, scene->store, complaint_id, 0, &handlers, &count));
    if (!count && scene->lines_count < SCENE_LINES_MAX)
        scene_tell(scene, "review.complaint", complaint_id, 0);
    for (size_t i = 0; i < count && i < NAMED_MAX && scene->lines_count < SCENE_LINES_MAX; i++)
        scene_tell(scene, "review.complaint", complaint_id, handlers[i].person_id);
    return DONE;
}

/* One tap says enough when money was asked for; everything else needs a word. */
struct outcome review_complain(struct scene *scene, const struct review_case *about,
                               struct str kind, struct str text, struct str phone)
{
    id complaint_id;

    if (!review_kind_name(kind)[0]) return REFUSE(review_unknown_kind);
    if (!text.len && !review_is_grave(kind)) return REFUSE(review_say_more);
    TRY(add(scene, about, "resident", kind, text, phone, &complaint_id));
    TRY(notice_add(
        scene,
        &(struct notice){.which = NOTICE_COMPLAINT_RECEIVED,
                         .language = str_same(about->language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH,
                         .to = phone,
                         .words = {about->reference},
                         .case_id = about->case_id}));
    return tell_handlers(scene, about, kind, complaint_id);
}

struct outcome review_open_investigation(struct scene *scene, const struct review_case *about,
                                         id *complaint_id)
{
    return add(scene, about, "wording", S("money"), S(""), S(""), complaint_id);
}

struct outcome review_told_of(struct scene *scene, id case_id, struct review_told *told)
{
    struct review_find_complaint_of_case_row which;
    struct review_find_complaint_row row;

    *told = (struct review_told){0};
    TRY(review_find_complaint_of_case(scene->store, case_id, S("resident"), &which, &told->found));
    if (!told->found) return DONE;
    TRY(review_find_complaint(scene->arena, scene->store, which.complaint_id, &row, &told->found));
    told->is_decided = str_same(row.state, S("decided"));
    told->is_acknowledged = row.acknowledged_at > 0;
    told->is_upheld = row.is_upheld != 0;
    told->kind_name = review_kind_name(row.kind);
    told->made_at = row.made_at;
    told->decide_by = row.decide_by;
    told->decided_at = row.decided_at;
    TRY(review_unseal(scene, row.text_sealed, &told->text));
    return review_unseal(scene, row.reply_sealed, &told->reply);
}

/* ---- handled ---- */

struct outcome review_is_free_of_conflict(struct scene *scene, id complaint_id, id person_id,
                                          bool *is_free)
{
    struct review_find_free_of_conflict_row row;

    return review_find_free_of_conflict(scene->store, complaint_id, person_id, &row, is_free);
}

struct outcome review_may_open(struct scene *scene, id complaint_id,
                               struct review_find_complaint_row *row, bool *may)
{
    struct review_scope scope;

    TRY(review_scope_of(scene, &scope));
    TRY(review_find_complaint(scene->arena, scene->store, complaint_id, row, may));
    if (!*may) return DONE;
    *may = review_is_within(&scope, row->division, row->team_id) &&
           !(scope.team_id && !review_is_for_team(row->kind));
    if (!*may) return DONE;
    return review_is_free_of_conflict(scene, complaint_id, scene->actor.person_id, may);
}

/* For whom it is no business there is no such complaint. */
struct outcome review_open_complaint(struct scene *scene, id complaint_id,
                                     struct review_find_complaint_row *row)
{
    bool may;

    TRY(review_may_open(scene, complaint_id, row, &may));
    if (!may) return REFUSE(act_unknown);
    scene_about(scene, row->complaint_id, 0);
    return DONE;
}

static struct outcome save(struct scene *scene, const struct review_find_complaint_row *row)
{
    return review_save_complaint(scene->store, &(struct review_save_complaint_values){
                                                   .state = row->state,
                                                   .acknowledged_at = row->acknowledged_at,
                                                   .handler_id = row->handler_id,
                                                   .question_sealed = row->question_sealed,
                                                   .asked_at = row->asked_at,
                                                   .statement_sealed = row->statement_sealed,
                                                   .statement_at = row->statement_at,
                                                   .is_upheld = row->is_upheld,
                                                   .decided_at = row->decided_at,
                                                   .decided_by = row->decided_by,
                                                   .reply_sealed = row->reply_sealed,
                                                   .warned = row->warned,
                                                   .complaint_id = row->complaint_id,
                                               });
}

/* Whoever takes it up first has it in hand; the one who complained can see that. */
static struct outcome take_up(struct scene *scene, struct review_find_complaint_row *row)
{
    if (str_same(row->state, S("decided"))) return REFUSE(review_not_now);
    if (row->acknowledged_at) return DONE;
    row->state = S("acknowledged");
    row->acknowledged_at = scene->now;
    row->handler_id = scene->actor.person_id;
    return clock_drop(scene, "review.acknowledge_due", row->complaint_id);
}

static struct outcome acknowledge(struct scene *scene, const void *form, void *result)
{
    const struct review_which_complaint_form *f = form;
    struct review_find_complaint_row row;

    (void)result;
    TRY(review_open_complaint(scene, f->complaint, &row));
    if (row.acknowledged_at) return REFUSE(review_not_now);
    TRY(take_up(scene, &row));
    return save(scene, &row);
}

static struct outcome note(struct scene *scene, const void *form, void *result)
{
    const struct review_note_form *f = form;
    struct review_find_complaint_row row;
    struct review_count_complaint_notes_row count;
    bool found;

    (void)result;
    TRY(review_open_complaint(scene, f->complaint, &row));
    TRY(take_up(scene, &row));
    TRY(review_count_complaint_notes(scene->store, row.complaint_id, &count, &found));
    if (count.notes_count >= NOTES_MAX) return REFUSE(too_many_notes);
    TRY(review_add_complaint_note(scene->store, scene_new_id(scene), row.complaint_id, scene->now,
                                  scene->actor.person_id, review_seal(scene, f->text)));
    return save(scene, &row);
}

/* To somebody who may handle it; whoever hands it on may say that they must not. */
static struct outcome hand_over(struct scene *scene, const void *form, void *result)
{
    const struct review_hand_over_form *f = form;
    const struct review_list_handlers_row *handlers;
    struct review_find_complaint_row row;
    struct review_count_complaint_notes_row notes;
    size_t count, i;
    bool found;

    (void)result;
    TRY(review_open_complaint(scene, f->complaint, &row));
    if (str_same(row.state, S("decided"))) return REFUSE(review_not_now);
    TRY(review_list_handlers(scene->arena, scene->store, row.complaint_id, scene->actor.person_id,
                             &handlers, &count));
    for (i = 0; i < count && handlers[i].person_id != f->to; i++) {
    }
    if (i == count) return REFUSE(not_a_handler);
    TRY(take_up(scene, &row));
    TRY(review_count_complaint_notes(scene->store, row.complaint_id, &notes, &found));
    if (notes.notes_count >= NOTES_MAX) return REFUSE(too_many_notes);
    TRY(review_add_complaint_note(scene->store, scene_new_id(scene), row.complaint_id, scene->now,
                                  scene->actor.person_id, review_seal(scene, f->why)));
    if (f->away)
        TRY(review_add_away(scene->store, row.complaint_id, scene->actor.person_id, scene->now));
    row.handler_id = f->to;
    scene_about(scene, row.complaint_id, f->to);
    return save(scene, &row);
}

static struct outcome hear(struct scene *scene, const void *form, void *result)
{
    const struct review_hear_form *f = form;
    struct review_find_complaint_row row;

    (void)result;
    TRY(review_open_complaint(scene, f->complaint, &row));
    if (row.asked_at || !row.consultant_id) return REFUSE(review_not_now);
    TRY(take_up(scene, &row));
    row.question_sealed = review_seal(scene, f->question);
    row.asked_at = scene->now;
    scene_about(scene, row.complaint_id, row.consultant_id);
    TRY(review_tell(scene, row.consultant_id, NOTICE_ASKED_FOR_STATEMENT, row.reference, S("")));
    return save(scene, &row);
}

static struct outcome state(struct scene *scene, const void *form, void *result)
{
    const struct review_statement_form *f = form;
    struct review_find_complaint_row row;
    bool found;

    (void)result;
    TRY(review_find_complaint(scene->arena, scene->store, f->complaint, &row, &found));
    if (!found || row.consultant_id != scene->actor.person_id || !row.asked_at)
        return REFUSE(act_unknown);
    if (row.statement_at || str_same(row.state, S("decided"))) return REFUSE(review_not_now);
    row.statement_sealed = review_seal(scene, f->text);
    row.statement_at = scene->now;
    scene_about(scene, row.complaint_id, row.handler_id);
    return save(scene, &row);
}

static struct outcome decide(struct scene *scene, const void *form, void *result)
{
    const struct review_decide_complaint_form *f = form;
    struct review_find_complaint_row row;
    struct str phone = S("");

    (void)result;
    TRY(review_open_complaint(scene, f->complaint, &row));
    row.is_upheld = str_same(f->verdict, S("upheld"));
    if (!row.is_upheld && !str_same(f->verdict, S("rejected"))) return REFUSE(verdict_word);
    if (row.is_upheld && row.consultant_id && !row.asked_at) return REFUSE(not_heard);
    TRY(take_up(scene, &row));
    row.state = S("decided");
    row.decided_at = scene->now;
    row.decided_by = scene->actor.person_id;
    row.reply_sealed = review_seal(scene, f->reply);
    TRY(clock_drop(scene, "review.decide_due", row.complaint_id));
    if (row.phone_sealed.len &&
        !secret_unseal(scene->arena, "review.phone", row.phone_sealed, &phone))
        return FAULT("a phone number cannot be unsealed");
    TRY(notice_add(
        scene,
        &(struct notice){.which = NOTICE_COMPLAINT_DECIDED,
                         .language = str_same(row.language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH,
                         .to = phone,
                         .words = {row.reference},
                         .case_id = row.case_id}));
    scene_about(scene, row.complaint_id, row.asked_at ? row.consultant_id : 0);
    return save(scene, &row);
}

/* ---- deadlines ---- */

static struct outcome missed(struct scene *scene, id complaint_id, int64_t level, const char *line)
{
    struct review_find_complaint_row row;
    struct review_find_team_leader_row team;
    bool found, has_team, is_free = false;

    TRY(review_find_complaint(scene->arena, scene->store, complaint_id, &row, &found));
    if (!found || str_same(row.state, S("decided")) || row.warned >= level ||
        (level == 1 && row.acknowledged_at))
        return REFUSE(review_not_now);
    row.warned = level;
    scene_about(scene, row.complaint_id, row.handler_id);
    TRY(review_find_team_leader(scene->store, row.team_id, &team, &has_team));
    if (has_team)
        TRY(review_is_free_of_conflict(scene, row.complaint_id, team.leader_id, &is_free));
    if (is_free && review_is_for_team(row.kind)) {
        scene_tell(scene, line, row.complaint_id, team.leader_id);
        TRY(review_tell(scene, team.leader_id, NOTICE_COMPLAINT_LATE, row.reference, S("")));
    }
    return save(scene, &row);
}

static struct outcome acknowledge_due(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return missed(scene, ((const struct clock_form *)form)->case_id, 1, "review.unacknowledged");
}

static struct outcome decide_due(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return missed(scene, ((const struct clock_form *)form)->case_id, 2, "review.undecided");
}

const struct act review_act_acknowledge_due = {
    .name = "review.acknowledge_due", .who = WHO_SYSTEM, .run = acknowledge_due};
const struct act review_act_decide_due = {
    .name = "review.decide_due", .who = WHO_SYSTEM, .run = decide_due};

const struct act review_act_acknowledge = {.name = "review.acknowledge",
                                           .who = WHO_LEADER | WHO_SUPERVISOR,
                                           .form = &review_which_complaint_form,
                                           .run = acknowledge};
const struct act review_act_note = {.name = "review.note",
                                    .who = WHO_LEADER | WHO_SUPERVISOR,
                                    .form = &review_note_form,
                                    .run = note};
const struct act review_act_hand_over = {.name = "review.hand_over",
                                         .who = WHO_LEADER | WHO_SUPERVISOR,
                                         .form = &review_hand_over_form,
                                         .run = hand_over};
const struct act review_act_hear = {.name = "review.hear",
                                    .who = WHO_LEADER | WHO_SUPERVISOR,
                                    .form = &review_hear_form,
                                    .run = hear};
const struct act review_act_statement = {
    .name = "review.state", .who = WHO_CONSULTANT, .form = &review_statement_form, .run = state};
const struct act review_act_decide_complaint = {.name = "review.decide_complaint",
                                                .who = WHO_LEADER | WHO_SUPERVISOR,
                                                .form = &review_decide_complaint_form,
                                                .run = decide};
