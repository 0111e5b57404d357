/* consultation_watch.c -- what the clock does: offers that ran out, promises at risk, empty chairs.
 *
 *  (1) An offer that is not accepted in time goes back to the queue and on to somebody else; the
 *      one who missed it is away until they say otherwise.
 *  (2) A written question warns its consultant and the team's leader at half and at four fifths
 *      of the working time, and when it is over.
 *  (3) A sweep every few seconds is the safety net for all of it.
 *  (4) Nobody is to blame for time in which the server was not there: an offer that ran out then is
 *      taken back without a word, and nobody counts as silent or as having left a talk.
 */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_handed.h"

enum { SWEEP_SECONDS = 10, STOOD_SECONDS = 30 };
enum { SEEN_SECONDS = SECONDS_PER_HOUR, DRAFT_SECONDS_MAX = 7 * SECONDS_PER_DAY };

static struct outcome offer_over(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct consultation_case c;
    id missed_by;

    (void)result;
    TRY(case_of_id(scene, f->case_id, &c));
    if (c.state != CONSULTATION_OFFERED || c.row.offer_until > scene->now)
        return REFUSE(consultation_not_now);
    missed_by = c.row.consultant_id;
    scene_about(scene, c.row.consultation_id, missed_by);
    if (scene->now - c.row.offer_until > STOOD_SECONDS) {
        TRY(dispatch_take_back(scene, &c, "withdrawn", S("")));
        return dispatch_drain(scene, c.row.profession);
    }
    TRY(people_set_absent(scene, missed_by));
    TRY(assignment_noticed(scene, missed_by));
    TRY(dispatch_take_back(scene, &c, "expired", S("")));
    TRY(dispatch_withdraw(scene, missed_by));
    return dispatch_drain(scene, c.row.profession);
}

static const struct act act_offer_over = {
    .name = "consultation.offer_over", .who = WHO_SYSTEM, .run = offer_over};

/* By a journal line, which the board shows at once, and by a message to the leader's phone. */
static struct outcome tell_leader(struct scene *scene, const struct consultation_case *c,
                                  id leader_id, const char *line)
{
    struct out *day = out_open(scene->arena, 64);
    struct str phone;

    scene_tell(scene, line, c->row.consultation_id, leader_id);
    TRY(identity_phone(scene, leader_id, &phone));
    out_date(day, LANGUAGE_ZH, c->row.due_at - 1);
    return notice_add(scene, &(struct notice){.which = NOTICE_AT_RISK,
                                              .language = LANGUAGE_ZH,
                                              .to = phone,
                                              .words = {c->row.reference, out_text(day)},
                                              .case_id = c->row.consultation_id});
}

/* The leader is told beside the consultant. */
static struct outcome warn(struct scene *scene, const struct clock_form *f, int64_t level,
                           const char *line)
{
    struct consultation_case c;
    struct people_find_team_row team = {0};
    bool found = false;

    TRY(case_of_id(scene, f->case_id, &c));
    /* A talk in between does not keep the promise: only its answer or its end does. */
    if (!c.row.due_at || c.state == CONSULTATION_ANSWERED || c.state == CONSULTATION_CLOSED ||
        c.row.warned >= level)
        return REFUSE(consultation_not_now);
    c.row.warned = level;
    scene_about(scene, c.row.consultation_id, c.row.consultant_id);
    if (c.row.team_id) TRY(people_team(scene, c.row.team_id, &team, &found));
    if (found && team.leader_id) TRY(tell_leader(scene, &c, team.leader_id, line));
    return case_save(scene, &c);
}

static struct outcome warn_half(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return warn(scene, form, 1, "consultation.escalate_half");
}

static struct outcome warn_late(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return warn(scene, form, 2, "consultation.escalate_late");
}

static struct outcome warn_over(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return warn(scene, form, 3, "consultation.escalate_over");
}

static const struct act act_warn_half = {
    .name = "consultation.warn_half", .who = WHO_SYSTEM, .run = warn_half};
static const struct act act_warn_late = {
    .name = "consultation.warn_late", .who = WHO_SYSTEM, .run = warn_late};
static const struct act act_warn_over = {
    .name = "consultation.warn_over", .who = WHO_SYSTEM, .run = warn_over};

static struct outcome mark_absent(struct scene *scene)
{
    const struct people_list_absent_row *rows;
    size_t count;
    moment since;

    TRY(assignment_seen_since(scene, &since));
    TRY(people_absent(scene, since, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(people_set_absent(scene, rows[i].person_id));
        TRY(assignment_noticed(scene, rows[i].person_id));
        TRY(dispatch_withdraw(scene, rows[i].person_id));
    }
    return DONE;
}

/* A talk whose consultant has been gone for minutes goes to the head of the queue. */
static struct outcome hand_on_deserted(struct scene *scene)
{
    const struct consultation_list_deserted_row *rows;
    struct assignment_policy policy;
    size_t count;

    TRY(assignment_policy_now(scene, &policy));
    TRY(consultation_list_deserted(scene->arena, scene->store, scene->now - policy.deserted_seconds,
                                   &rows, &count));
    for (size_t i = 0; i < count && scene->lines_count + 3 < SCENE_LINES_MAX; i++) {
        struct consultation_case c;
        id gone;

        TRY(case_of_id(scene, rows[i].consultation_id, &c));
        gone = c.row.consultant_id;
        TRY(assignment_end(scene, c.row.consultation_id, "expired", S("")));
        TRY(case_step(&c, CONSULTATION_HAND_ON));
        scene_tell(scene, "consultation.deserted", c.row.consultation_id, gone);
        c.row.consultant_id = c.row.team_id = 0;
        c.row.rank_at = c.row.asked_at - SECONDS_PER_DAY;
        c.row.waiting_at = scene->now;
        TRY(overflow_wake(scene, &c));
        TRY(case_save(scene, &c));
        TRY(case_tell(
            scene, &c,
            T("Your consultant lost the connection. We are finding somebody else for you; "
              "everything you have written is kept."),
            S("")));
    }
    return DONE;
}

/* The desk has closed and nobody of the profession is on line any more: whoever still waits is
 * answered in writing, and is told so, instead of waiting for the morning. */
static struct outcome leave_in_writing(struct scene *scene, struct str profession, bool *all)
{
    const struct consultation_list_waiting_row *rows;
    size_t count, i;

    TRY(consultation_list_waiting(scene->arena, scene->store, profession, &rows, &count));
    for (i = 0; i < count && scene->lines_count + 4 < SCENE_LINES_MAX; i++) {
        struct consultation_case c;
        struct out *day = out_open(scene->arena, 64);

        TRY(case_of_id(scene, rows[i].consultation_id, &c));
        TRY(case_step(&c, CONSULTATION_LEAVE_MESSAGE));
        scene_tell(scene, "consultation.closing", c.row.consultation_id, 0);
        TRY(dispatch_to_message(scene, &c, NOTICE_WRITTEN));
        out_date(day, case_language(&c), c.row.due_at - 1);
        TRY(case_tell(scene, &c,
                      T("The live desk has closed for today. Your question is kept and will be "
                        "answered in writing by %1; you need not wait here."),
                      out_text(day)));
    }
    *all = i == count;
    return DONE;
}

/* `all`: nobody is left whom the next sweep should serve at once. */
static struct outcome serve_or_write(struct scene *scene, struct str profession, bool *all)
{
    struct calendar_desk desk;
    struct outcome outcome;
    int64_t places, people;
    bool is_open = true;
    moment since;

    *all = true;
    TRY(assignment_seen_since(scene, &since));
    TRY(people_desk(scene, S("consultation"), &desk));
    outcome = calendar_is_open(&desk, scene->now, &is_open);
    if (outcome.fault) return outcome;
    TRY(people_places(scene, profession, since, &places, &people));
    if (IS_DONE(outcome) && !is_open && people == 0)
        return leave_in_writing(scene, profession, all);
    return dispatch_drain(scene, profession);
}

/* Signs of life are missing for as long as nobody could take them. */
static struct outcome forgive_stop(struct scene *scene, const struct clock_form *f)
{
    int64_t stood = f ? scene->now - f->due_at : 0;

    if (stood <= STOOD_SECONDS) return DONE;
    return people_clock_stood(scene, f->due_at - SEEN_SECONDS, stood);
}

/* Offers and written questions of somebody who was taken out of service. */
static struct outcome pass_on_left_behind(struct scene *scene)
{
    const struct consultation_list_left_behind_row *rows;
    size_t count;

    TRY(consultation_list_left_behind(scene->arena, scene->store, &rows, &count));
    for (size_t i = 0; i < count && scene->lines_count + 3 < SCENE_LINES_MAX; i++) {
        struct consultation_case c;
        id before;

        TRY(case_of_id(scene, rows[i].consultation_id, &c));
        before = c.row.consultant_id;
        scene_tell(scene, "consultation.pass_on", c.row.consultation_id, before);
        if (c.state == CONSULTATION_OFFERED) {
            TRY(dispatch_take_back(scene, &c, "withdrawn", S("")));
            continue;
        }
        TRY(assignment_end(scene, c.row.consultation_id, "transferred", S("")));
        TRY(dispatch_written(scene, &c));
        TRY(case_save(scene, &c));
    }
    return DONE;
}

static struct outcome sweep(struct scene *scene, const void *form, void *result)
{
    const struct consultation_list_professions_waiting_row *rows;
    bool all = true;
    size_t count;

    (void)result;
    scene->quiet = true; /* what is done leaves lines of its own */
    TRY(forgive_stop(scene, form));
    TRY(mark_absent(scene));
    TRY(hand_on_deserted(scene));
    TRY(overflow_wake_waiting(scene));
    TRY(pass_on_left_behind(scene));
    TRY(consultation_list_professions_waiting(scene->arena, scene->store, &rows, &count));
    for (size_t i = 0; i < count && all; i++) TRY(serve_or_write(scene, rows[i].profession, &all));
    TRY(consultation_drop_drafts_before(scene->store, scene->now - DRAFT_SECONDS_MAX));
    /* An act tells of a few people only: a full waiting room is told act after act, not minutes
     * later. */
    return clock_set(scene, "consultation.sweep", 0, scene->now + (all ? SWEEP_SECONDS : 0));
}

/* A drain that had more to give out than one act may tell of goes on here. */
static struct outcome drain_on(struct scene *scene, const void *form, void *result)
{
    const struct consultation_list_professions_waiting_row *rows;
    size_t count;

    (void)form, (void)result;
    scene->quiet = true;
    TRY(consultation_list_professions_waiting(scene->arena, scene->store, &rows, &count));
    for (size_t i = 0; i < count; i++) TRY(dispatch_drain(scene, rows[i].profession));
    return DONE;
}

static const struct act act_drain = {
    .name = "consultation.drain", .who = WHO_SYSTEM, .run = drain_on};

const struct act consultation_sweep = {
    .name = "consultation.sweep", .who = WHO_SYSTEM, .run = sweep};

/* One case a run: `form` is the number to go on after, `result` the number done, 0 at the end. */
static struct outcome recount(struct scene *scene, const void *form, void *result)
{
    const id *after = form;
    struct consultation_find_provisional_row row;
    struct consultation_case c;
    struct out *day;
    moment before;
    bool found;

    *(id *)result = 0;
    scene->quiet = true;
    TRY(consultation_find_provisional(scene->store, *after, &row, &found));
    if (!found) return DONE;
    *(id *)result = row.consultation_id;
    TRY(case_of_id(scene, row.consultation_id, &c));
    before = c.row.due_at;
    TRY(dispatch_recount(scene, &c));
    scene->quiet = c.row.due_provisional != 0;
    scene_about(scene, c.row.consultation_id, c.row.consultant_id);
    if (c.row.due_at == before) return DONE;
    day = out_open(scene->arena, 64);
    out_date(day, case_language(&c), c.row.due_at - 1);
    return case_tell(scene, &c,
                     T("The public holidays are known now: your question is answered by %1 at the "
                       "latest."),
                     out_text(day));
}

const struct act consultation_recount = {
    .name = "consultation.recount", .who = WHO_SYSTEM, .run = recount};

const struct act *const consultation_clock_acts[] = {&act_offer_over,
                                                     &act_warn_half,
                                                     &act_warn_late,
                                                     &act_warn_over,
                                                     &consultation_sweep,
                                                     &consultation_look,
                                                     &act_drain,
                                                     &consultation_hall_over,
                                                     &consultation_handed_over,
                                                     &consultation_index_more,
                                                     NULL};
