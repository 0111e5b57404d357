/* supervision_alarm.c -- raising, clearing, seeing and passing on.
 *
 *  (4) For one thing of one kind at most one alarm is open (the index alarm_open, and
 *      supervision_alarm() below).
 *  (5) Raised, cleared, acknowledged and passed on: each leaves a line in the journal, which the
 *      board's stream tells at once.
 *  (6) Whoever may not see an alarm cannot acknowledge it: for them there is none.  Whom it is
 *      about may not, whatever else they watch; nor, about a complaint, whoever is in conflict
 *      with it.
 */
#include "bureau/people/people_acts.h"
#include "bureau/review/review_acts.h"
#include "bureau/supervision/supervision_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"

#define ESCALATE "supervision.escalate"

const struct reason supervision_seen_already = {
    "supervision.seen-already", T("%1 has seen this warning already and looks after it."), 409};
const struct reason supervision_is_over = {"supervision.is-over",
                                           T("This warning is over. There is nothing to do."), 409};

/* ---- raising and clearing, inside another room's act ---- */

static struct outcome find_leader(struct scene *scene, id team_id, id *leader_id)
{
    struct people_find_team_row team;
    bool found = false;

    *leader_id = 0;
    if (!team_id) return DONE;
    TRY(people_team(scene, team_id, &team, &found));
    if (found) *leader_id = team.leader_id;
    return DONE;
}

/* By message too: whoever it has come to may not be looking at the board. */
struct outcome supervision_tell(struct scene *scene, id person_id, enum supervision_kind kind)
{
    enum language language;
    struct str phone;

    scene_tell(scene, "supervision.pass_on", 0, person_id);
    TRY(identity_phone(scene, person_id, &phone));
    TRY(identity_language(scene, person_id, &language));
    return notice_add(
        scene,
        &(struct notice){.which = supervision_is_danger(kind) ? NOTICE_DANGER : NOTICE_WARNING,
                         .language = language,
                         .to = phone,
                         .words = {text_in(language, supervision_kind_name(kind))}});
}

static struct outcome tell_administrators(struct scene *scene,
                                          const struct supervision_alarm *alarm,
                                          struct str division)
{
    const struct supervision_list_administrators_row *people;
    size_t count;

    TRY(supervision_list_administrators(scene->arena, scene->store, division, &people, &count));
    for (size_t i = 0; i < count; i++)
        if (people[i].person_id != alarm->hidden_from)
            TRY(supervision_tell(scene, people[i].person_id, alarm->kind));
    return DONE;
}

static struct outcome renew(struct scene *scene, const struct supervision_alarm *alarm,
                            const struct supervision_find_open_alarm_row *row)
{
    if (str_same(row->words_one, alarm->words[0]) && str_same(row->words_two, alarm->words[1]) &&
        row->team_id == alarm->team_id && row->hidden_from == alarm->hidden_from)
        return DONE;
    return supervision_set_alarm_words(scene->store, alarm->words[0], alarm->words[1],
                                       alarm->team_id, alarm->hidden_from, row->alarm_id);
}

struct outcome supervision_alarm(struct scene *scene, const struct supervision_alarm *alarm)
{
    struct str word = supervision_kind_word(alarm->kind);
    struct str division = alarm->division.len ? alarm->division : S("31");
    struct supervision_find_open_alarm_row row;
    struct supervision_limits limits;
    enum supervision_rung rung, next;
    id alarm_id, leader_id;
    moment goes_on_at = 0;
    bool found;

    TRY(supervision_find_open_alarm(scene->arena, scene->store, word, alarm->key, &row, &found));
    if (found && str_same(row.division, division)) return renew(scene, alarm, &row);
    /* It is another place's now: who saw it there does not look after it here. */
    if (found) TRY(supervision_clear(scene, alarm->kind, alarm->key));
    TRY(supervision_limits(scene, &limits));
    TRY(find_leader(scene, alarm->team_id, &leader_id));
    rung = supervision_first_rung(leader_id != 0, division);
    if (supervision_is_for_administrators(alarm->kind)) rung = SUPERVISION_ADMINISTRATORS;
    scene_tell(scene, "supervision.alarm", alarm->case_id, leader_id);
    if (supervision_is_danger(alarm->kind)) TRY(supervision_ring(scene, alarm->kind, division));
    alarm_id = scene_new_id(scene);
    if (rung == SUPERVISION_ADMINISTRATORS) TRY(tell_administrators(scene, alarm, division));
    if (supervision_next_rung(rung, division, &next)) {
        goes_on_at = supervision_escalate_at(&limits, scene->now);
        TRY(clock_set(scene, ESCALATE, alarm_id, goes_on_at));
    }
    return supervision_add_alarm(scene->store, &(struct supervision_add_alarm_values){
                                                   .alarm_id = alarm_id,
                                                   .alarm_kind = word,
                                                   .alarm_key = alarm->key,
                                                   .alarm_level = supervision_level_of(alarm->kind),
                                                   .division = division,
                                                   .team_id = alarm->team_id,
                                                   .case_id = alarm->case_id,
                                                   .hidden_from = alarm->hidden_from,
                                                   .words_one = alarm->words[0],
                                                   .words_two = alarm->words[1],
                                                   .raised_at = scene->now,
                                                   .rung = rung,
                                                   .escalate_at = goes_on_at});
}

struct outcome supervision_clear(struct scene *scene, enum supervision_kind kind, struct str key)
{
    struct supervision_find_open_alarm_row row;
    bool found;

    TRY(supervision_find_open_alarm(scene->arena, scene->store, supervision_kind_word(kind), key,
                                    &row, &found));
    if (!found) return DONE;
    scene_tell(scene, "supervision.clear", 0, 0);
    TRY(clock_drop(scene, ESCALATE, row.alarm_id));
    return supervision_set_alarm_cleared(scene->store, scene->now, row.alarm_id);
}

/* ---- passing on ---- */

/* Whether it may be known to somebody at all. */
static struct outcome may_know(struct scene *scene, const struct supervision_find_alarm_row *row,
                               id person_id, bool *may)
{
    enum supervision_kind kind;

    if (!supervision_kind_of(row->alarm_kind, &kind)) return FAULT("an alarm of no kind");
    *may = !row->hidden_from || row->hidden_from != person_id;
    if (!*may || !supervision_is_about_complaint(kind)) return DONE;
    return review_is_free_of_conflict(scene, row->case_id, person_id, may);
}

static struct outcome tell_supervisors(struct scene *scene, enum supervision_rung rung,
                                       const struct supervision_find_alarm_row *row)
{
    struct str division = row->division;
    struct str scope = {division.at, rung == SUPERVISION_CITY ? 2 : 6};
    const struct supervision_list_supervisors_row *people;
    enum supervision_kind kind;
    size_t count;

    if (!supervision_kind_of(row->alarm_kind, &kind)) return FAULT("an alarm of no kind");
    if (scope.len > division.len) scope.len = division.len;
    TRY(supervision_list_supervisors(scene->arena, scene->store, scope, &people, &count));
    for (size_t i = 0; i < count; i++) {
        bool may;

        TRY(may_know(scene, row, people[i].person_id, &may));
        if (may) TRY(supervision_tell(scene, people[i].person_id, kind));
    }
    return DONE;
}

static struct outcome escalate(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct supervision_find_alarm_row row;
    struct supervision_limits limits;
    enum supervision_rung next;
    moment again_at = 0;
    bool found;

    (void)result;
    TRY(supervision_find_alarm(scene->arena, scene->store, f->case_id, &row, &found));
    if (!found || row.cleared_at || row.acknowledged_at) return REFUSE(supervision_is_over);
    if (!supervision_next_rung((enum supervision_rung)row.rung, row.division, &next))
        return REFUSE(supervision_is_over);
    TRY(supervision_limits(scene, &limits));
    if (next != SUPERVISION_CITY) {
        again_at = supervision_escalate_at(&limits, scene->now);
        TRY(clock_set(scene, ESCALATE, f->case_id, again_at));
    }
    scene_about(scene, row.case_id, 0);
    scene->detail = row.alarm_kind;
    TRY(supervision_set_alarm_rung(scene->store, next, again_at, f->case_id));
    return tell_supervisors(scene, next, &row);
}

const struct act supervision_act_escalate = {.name = ESCALATE, .who = WHO_SYSTEM, .run = escalate};

/* ---- seeing ---- */

struct supervision_scope supervision_scope_of(const struct scene *scene)
{
    const struct actor *actor = &scene->actor;
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);

    if (scope.len) return (struct supervision_scope){scope, 0};
    if (scene_is(scene, WHO_LEADER) && actor->team_id)
        return (struct supervision_scope){S(""), actor->team_id};
    return (struct supervision_scope){S("-"), 0};
}

struct str supervision_administered(const struct scene *scene)
{
    struct str scope = scene_scope(scene, WHO_ADMIN);

    return scope.len ? scope : S("-");
}

struct outcome supervision_may_see(struct scene *scene,
                                   const struct supervision_find_alarm_row *row, bool *may)
{
    struct supervision_scope scope = supervision_scope_of(scene);
    enum supervision_kind kind;

    if (!supervision_kind_of(row->alarm_kind, &kind)) return FAULT("an alarm of no kind");
    if (supervision_is_for_administrators(kind))
        *may = str_begins(row->division, supervision_administered(scene));
    else
        *may = str_begins(row->division, scope.division) &&
               (!scope.team_id || scope.team_id == row->team_id);
    return *may ? may_know(scene, row, scene->actor.person_id, may) : DONE;
}

static struct outcome acknowledge(struct scene *scene, const void *form, void *result)
{
    const struct supervision_seen_form *f = form;
    struct supervision_find_alarm_row row;
    bool may;

    (void)result;
    TRY(supervision_find_alarm(scene->arena, scene->store, f->alarm, &row, &may));
    if (may) TRY(supervision_may_see(scene, &row, &may));
    if (!may) return REFUSE(act_unknown);
    if (row.cleared_at) return REFUSE(supervision_is_over);
    if (row.acknowledged_at) return REFUSE_WITH(supervision_seen_already, row.person_name);
    scene_about(scene, row.case_id, 0);
    scene->detail = row.alarm_kind;
    TRY(clock_drop(scene, ESCALATE, f->alarm));
    return supervision_set_alarm_seen(scene->store, scene->now, scene->actor.person_id, f->note,
                                      f->alarm);
}

const struct act supervision_act_seen = {.name = "supervision.acknowledge",
                                         .who = WHO_LEADER | WHO_SUPERVISOR | WHO_ADMIN,
                                         .form = &supervision_seen_form,
                                         .run = acknowledge};

#define FORM_THIS supervision_seen_form
FORM_TABLE(supervision_seen, SUPERVISION_SEEN_FORM)
