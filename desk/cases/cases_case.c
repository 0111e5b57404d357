/* cases_case.c -- opening a case for whoever is asking, and moving it on.
 *
 *  (1) To everybody but its applicant, the office that has it and who acts in it there is none.
 *      Who acts in a case, or is asked to, is nothing else in it: nobody checks their own work.
 *  (2) A step, what it does to the days, the clock's next look and the message to the applicant are
 *      one act: all of it or nothing.
 *  (3) A case runs by the table of the version it began under.
 *  (4) That a case was handed in is told only to a number that was proven, and a few times a day:
 *      else anybody could have messages sent to anybody, or without end.  The page shows the
 *      reference; what the office does is told to every number.
 *  (5) Who was asked to contribute is a helper as long as that is open: reads, takes no step.
 *  (6) A step a room takes is on record as that of whoever took it there. */
#include "desk/calendar/calendar_load.h"
#include "desk/cases/cases_parts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"

#include <string.h>

const struct reason cases_changed_meanwhile = {
    "cases.changed-meanwhile",
    T("Something has happened in this case meanwhile. Please read it below, then decide again."),
    409};
static const struct reason say_why = {"cases.say-why",
                                      T("Please say in words why, and what to do next."), 0};
static const struct reason where_to = {"cases.where-to",
                                       T("Please choose another district to hand it over to."), 0};
const struct reason cases_too_long = {
    "cases.too-many-steps",
    T("This case has more steps than can be kept. Please call 12348 about it."), 409};

enum { DISTRICT_LEN = 6 };

static const struct reason choose_who = {"cases.choose-who",
                                         T("Please choose who is to act, on the page for it."), 0};

static struct outcome (*officer_of)(struct scene *scene, struct str *profession,
                                    struct str *division);

void cases_officers_hook(struct outcome (*serves)(struct scene *scene, struct str *profession,
                                                  struct str *division))
{
    officer_of = serves;
}

static const struct calendar *calendar_in_use = &calendar_built_in;

void cases_use_calendar(const struct calendar *calendar)
{
    calendar_in_use = calendar;
}

const struct calendar *cases_calendar(void)
{
    return calendar_in_use;
}

struct str cases_in(const struct scene *scene, struct str zh, struct str en)
{
    return scene->language == LANGUAGE_EN ? en : zh;
}

struct outcome cases_unseal(struct scene *scene, const char *use, struct str sealed,
                            struct str *plain)
{
    if (secret_unseal(scene->arena, use, sealed, plain)) return DONE;
    return FAULT("cases: what was sealed cannot be read: these are not its keys");
}

/* ---- opening ---- */

struct outcome cases_load_flow(struct scene *scene, id version_id, struct items_item *item,
                               struct cases_flow *flow)
{
    struct outcome outcome;
    bool found;

    TRY(items_version(scene, version_id, item, &found));
    if (!found) return FAULT("cases: the version of an item is gone");
    outcome = cases_flow_read(scene->arena, item->flow, flow);
    return outcome.refusal ? FAULT("cases: no case can run by the table of this version") : outcome;
}

struct outcome cases_load_item(struct scene *scene, struct str item, id *version_id,
                               struct items_item *said, struct cases_flow *flow)
{
    bool found;

    TRY(items_now(scene, item, version_id, said, &found));
    if (!found || !said->flow.len) return REFUSE(act_unknown);
    return cases_load_flow(scene, *version_id, said, flow);
}

static struct str led_district(const struct scene *scene)
{
    struct str led = scene_scope(scene, WHO_LEADER);

    return led.len >= DISTRICT_LEN ? led : S("");
}

/* Codes are digits: what begins with one lies before the next number. */
static struct str end_of(struct arena *arena, struct str division)
{
    char *made = arena_bytes(arena, division.len);

    memcpy(made, division.at, division.len);
    made[division.len - 1]++;
    return (struct str){made, division.len};
}

static struct outcome profession_of(struct scene *scene, struct str *profession,
                                    struct str *division)
{
    *profession = *division = S("");
    if (!officer_of || !scene_is(scene, WHO_CONSULTANT)) return DONE;
    TRY(officer_of(scene, profession, division));
    if (!cases_is_officers(*profession)) *profession = *division = S("");
    return DONE;
}

struct outcome cases_office_of(struct scene *scene, struct cases_office *office)
{
    struct str watched = scene_scope(scene, WHO_SUPERVISOR);

    *office = (struct cases_office){.division = watched.len ? watched : led_district(scene)};
    if (!office->division.len) TRY(profession_of(scene, &office->officers, &office->division));
    if (office->division.len) office->end = end_of(scene->arena, office->division);
    return DONE;
}

static struct outcome what_is(struct scene *scene, const struct cases_find_case_row *row,
                              unsigned *is)
{
    const struct actor *actor = &scene->actor;
    struct str office = led_district(scene), lead = scene_scope(scene, WHO_SUPERVISOR);
    struct str profession, district;

    *is = 0;
    if (scene_is(scene, WHO_SYSTEM)) *is = 1u << CASES_CLOCK;
    if (scene_is(scene, WHO_SYSTEM)) return DONE;
    if (actor->case_id) {
        if (actor->case_id == row->case_id) *is = 1u << CASES_APPLICANT;
        return DONE;
    }
    if (scene_is(scene, WHO_ASKER) && row->owner_id == actor->person_id)
        *is = 1u << CASES_APPLICANT;
    if (row->agent_id && row->agent_id == actor->person_id) {
        if (scene_is(scene, WHO_CONSULTANT)) *is |= 1u << CASES_AGENT;
        return DONE;
    }
    if (office.len && str_begins(row->division, office)) *is |= 1u << CASES_OFFICER;
    if (lead.len && str_begins(row->division, lead)) *is |= 1u << CASES_LEAD;
    if (!scene_is(scene, WHO_CONSULTANT) || !row->officers.len) return DONE;
    TRY(profession_of(scene, &profession, &district));
    if (str_same(profession, row->officers) && str_same(district, row->division))
        *is |= 1u << CASES_OFFICER;
    return DONE;
}

struct outcome cases_helping_as(struct scene *scene, struct str *profession, struct str *district)
{
    *profession = S("");
    *district = led_district(scene);
    return district->len ? DONE : profession_of(scene, profession, district);
}

/* Who was asked to contribute looks at the case as long as that is open, and no longer; whoever
 * watches over the office that has it may lead the one that is asked. */
static struct outcome what_helps(struct scene *scene, const struct cases_find_case_row *row,
                                 unsigned *is)
{
    struct cases_find_part_row part;
    struct str district, profession;
    bool found;

    if (*is & ~(1u << CASES_LEAD)) return DONE;
    if (scene_is(scene, WHO_SYSTEM) || scene->actor.case_id) return DONE;
    if (row->agent_id && row->agent_id == scene->actor.person_id) return DONE; /* (1) */
    TRY(cases_helping_as(scene, &profession, &district));
    if (!district.len) return DONE;
    TRY(cases_find_part(scene->arena, scene->store, row->case_id, district, &part, &found));
    if (found && (!profession.len || str_same(profession, part.officers))) *is |= CASES_IS_HELPER;
    return DONE;
}

struct outcome cases_open_id(struct scene *scene, id case_id, struct cases_case *c)
{
    bool found;

    TRY(cases_find_case(scene->arena, scene->store, case_id, &c->row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(what_is(scene, &c->row, &c->is));
    TRY(what_helps(scene, &c->row, &c->is));
    TRY(cases_load_flow(scene, c->row.version_id, &c->item, &c->flow));
    c->state = cases_state_at(&c->flow, c->row.state);
    return c->state < 0 ? FAULT("cases: a state its table does not know") : DONE;
}

static struct outcome open_as(struct scene *scene, struct str reference, unsigned is,
                              struct cases_case *c)
{
    struct cases_find_reference_row row;
    bool found;

    TRY(cases_find_reference(scene->store, reference, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(cases_open_id(scene, row.case_id, c));
    return c->is & is ? DONE : REFUSE(act_unknown);
}

struct outcome cases_open_own(struct scene *scene, struct str reference, struct cases_case *c)
{
    return open_as(scene, reference, 1u << CASES_APPLICANT, c);
}

struct outcome cases_open_office(struct scene *scene, struct str reference, struct cases_case *c)
{
    return open_as(scene, reference,
                   1u << CASES_OFFICER | 1u << CASES_LEAD | 1u << CASES_AGENT | CASES_IS_HELPER, c);
}

bool cases_sees_papers(const struct cases_case *c)
{
    if (c->is & (1u << CASES_OFFICER | 1u << CASES_LEAD | CASES_IS_HELPER)) return true;
    return c->is & 1u << CASES_AGENT && c->row.agent_at && !cases_is_over(&c->flow, c->state);
}

struct outcome cases_has_seen(const struct cases_case *c, int64_t seen)
{
    return seen == c->row.steps_count ? DONE : REFUSE(cases_changed_meanwhile);
}

/* ---- moving on ---- */

struct cases_times cases_times_of(const struct cases_case *c)
{
    return (struct cases_times){c->row.due_at, c->row.promise_at, c->row.left_days};
}

/* What is past was told already; the applicant is reminded a day before, on no day at night. */
struct outcome cases_set_clock(struct scene *scene, const struct cases_case *c)
{
    const moment both[] = {c->row.due_at, c->row.promise_at};
    moment next = 0, remind = c->row.due_at - CASES_SOON_SECONDS - 12 * SECONDS_PER_HOUR;

    for (size_t i = 0; i < COUNT(both); i++)
        if (both[i] > scene->now && (!next || both[i] < next)) next = both[i];
    TRY(next ? clock_set(scene, "cases.due", c->row.case_id, next)
             : clock_drop(scene, "cases.due", c->row.case_id));
    if (c->flow.states[c->state].who == CASES_APPLICANT && c->row.due_at && remind > scene->now)
        return clock_set(scene, "cases.remind", c->row.case_id, remind);
    return clock_drop(scene, "cases.remind", c->row.case_id);
}

/* What lists are sorted by: what ended last stands first of what is over. */
static moment by_at(const struct cases_find_case_row *row)
{
    moment by = cases_by_when(&(struct cases_times){row->due_at, row->promise_at, -1});

    if (row->closed_at) return -row->closed_at;
    return by ? by : CASES_NEVER;
}

static struct outcome save(struct scene *scene, struct cases_case *c)
{
    const struct cases_find_case_row *row = &c->row;

    return cases_save_case(scene->store,
                           &(struct cases_save_case_values){.name_sealed = row->name_sealed,
                                                            .phone_sealed = row->phone_sealed,
                                                            .division = row->division,
                                                            .state = row->state,
                                                            .turn = row->turn,
                                                            .outcome = row->outcome,
                                                            .since_at = row->since_at,
                                                            .due_at = row->due_at,
                                                            .promise_at = row->promise_at,
                                                            .left_days = row->left_days,
                                                            .closed_at = row->closed_at,
                                                            .handler_id = row->handler_id,
                                                            .touched_at = row->touched_at,
                                                            .answers_seq = row->answers_seq,
                                                            .steps_count = row->steps_count,
                                                            .agent_id = row->agent_id,
                                                            .agent_at = row->agent_at,
                                                            .under_way = row->closed_at == 0,
                                                            .by_at = by_at(row),
                                                            .is_first = row->is_first,
                                                            .wants_visit = row->wants_visit,
                                                            .case_id = row->case_id});
}

struct outcome cases_tell(struct scene *scene, const struct cases_case *c)
{
    struct str phone;

    TRY(cases_unseal(scene, CASES_USE_PHONE, c->row.phone_sealed, &phone));
    return notice_add(
        scene,
        &(struct notice){.which = NOTICE_CASE_NEWS,
                         .language = str_same(c->row.language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH,
                         .to = phone,
                         .words = {c->row.reference},
                         .case_id = c->row.case_id});
}

/* Who is asked has a day to answer, and looks at no list meanwhile. */
static struct outcome tell_agent(struct scene *scene, const struct cases_case *c)
{
    enum language language;
    struct str phone;

    TRY(identity_phone(scene, c->row.agent_id, &phone));
    TRY(identity_language(scene, c->row.agent_id, &language));
    return notice_add(scene, &(struct notice){.which = NOTICE_CASE_ASKED,
                                              .language = language,
                                              .to = phone,
                                              .words = {c->row.reference},
                                              .case_id = c->row.case_id});
}

/* `action`: NULL of the first step. */
static struct outcome move(struct scene *scene, struct cases_case *c, int to,
                           const struct cases_action *action, const struct cases_outcome *outcome)
{
    struct cases_find_case_row *row = &c->row;
    struct cases_times times = cases_times_of(c);
    int64_t limit_days = 0;
    bool stays = to == c->state && !(outcome->effects & CASES_MOVES);

    if (!stays) {
        if (!str_to_int(c->item.limit_days, &limit_days)) limit_days = 0;
        TRY(cases_enter(calendar_in_use, &c->flow,
                        &(struct cases_limit){limit_days, str_same(c->item.calendar, S("daily")),
                                              row->is_first != 0},
                        to, outcome, scene->now, &times));
        if (action) TRY(cases_promise(calendar_in_use, &c->flow, action, scene->now, &times));
        row->due_at = times.due_at;
        row->promise_at = times.promise_at;
        row->left_days = times.left_days;
        row->since_at = scene->now;
    }
    c->state = to;
    row->state = c->flow.states[to].state;
    row->turn = cases_who_word(c->flow.states[to].who);
    row->closed_at = cases_is_over(&c->flow, to) ? scene->now : 0;
    if (!(outcome->effects & CASES_PASSES)) row->outcome = str_of(outcome->word);
    row->steps_count++;
    return DONE;
}

static enum cases_who side_of(const struct cases_case *c, enum cases_who line)
{
    return line == CASES_NOBODY ? (c->is & 1u << CASES_APPLICANT ? CASES_APPLICANT : CASES_OFFICER)
                                : line;
}

static struct outcome keep(struct scene *scene, struct cases_case *c, struct str action,
                           enum cases_who who, const struct cases_outcome *outcome,
                           struct str words)
{
    struct cases_times times = cases_times_of(c);
    struct cases_add_step_values step = {.case_id = c->row.case_id,
                                         .seq = scene->seq,
                                         .at = scene->now,
                                         .action = action,
                                         .state = c->row.state,
                                         .turn = cases_who_word(side_of(c, who)),
                                         .by_id = scene->actor.person_id,
                                         .division = c->row.division,
                                         .outcome = str_of(outcome->word),
                                         .due_at = cases_by_when(&times)};

    step.words_sealed = secret_seal(scene->arena, CASES_USE_WORDS, words);
    TRY(save(scene, c));
    TRY(cases_add_step(scene->store, &step));
    TRY(cases_set_clock(scene, c));
    scene_about(scene, c->row.case_id,
                c->flow.states[c->state].who == CASES_AGENT ? c->row.agent_id : c->row.handler_id);
    return DONE;
}

struct outcome cases_note(struct scene *scene, struct cases_case *c, const char *outcome,
                          enum cases_who who, struct str words)
{
    const struct cases_outcome *line = cases_outcome_of(str_of(outcome));

    c->row.steps_count++;
    return keep(scene, c, S(""), who, line, words);
}

static struct outcome hand_over(struct scene *scene, struct cases_case *c, struct str division)
{
    bool exists;

    if (division.len != DISTRICT_LEN || str_same(division, c->row.division))
        return REFUSE(where_to);
    TRY(identity_division_exists(scene, division, &exists));
    if (!exists) return REFUSE(where_to);
    c->row.division = division;
    c->row.handler_id = 0;
    c->row.touched_at = 0;
    return cases_tasks_move(scene, c);
}

/* Beside the case, everybody who was asked is kept: whoever declined is not asked twice unseen. */
static struct outcome set_agent(struct scene *scene, struct cases_case *c,
                                const struct cases_outcome *outcome, id agent_id)
{
    unsigned effects = outcome->effects;

    if ((effects & CASES_APPOINTS) && !agent_id) return REFUSE(choose_who);
    if (effects & (CASES_RELEASES | CASES_ENDS)) {
        TRY(cases_set_agent_ended(scene->store, scene->now, str_of(outcome->word), c->row.case_id));
    }
    if (effects & CASES_RELEASES) c->row.agent_id = c->row.agent_at = 0;
    if (effects & CASES_APPOINTS) {
        c->row.agent_id = agent_id;
        c->row.agent_at = 0;
        TRY(cases_add_agent(scene->store, c->row.case_id, scene->seq, agent_id, scene->now));
    }
    if (!(effects & CASES_ENGAGES)) return DONE;
    TRY(cases_agent_check(scene, c));
    c->row.agent_at = scene->now;
    return cases_set_agent_taken(scene->store, scene->now, c->row.case_id);
}

static struct outcome add_letter(struct scene *scene, const struct cases_case *c, int action)
{
    const struct cases_letter *letter = cases_letter_after(&c->flow, action);

    if (!letter) return DONE;
    TRY(cases_add_letter(scene->store, c->row.case_id, scene->seq, letter->letter, scene->now));
    return cases_sheet_keep(scene, c, letter->letter, c->row.division);
}

/* What the clock does in the applicant's place is the clock's on record, and what is missing the
 * office says; (6). */
static enum cases_who taker_of(const struct cases_case *c, const struct cases_action *line)
{
    if (c->is & 1u << CASES_CLOCK) return CASES_CLOCK;
    if (line->who != CASES_ROOM) return line->who;
    if (c->is & 1u << CASES_OFFICER) return CASES_OFFICER;
    return c->is & 1u << CASES_APPLICANT ? CASES_APPLICANT : CASES_ROOM;
}

struct outcome cases_take(struct scene *scene, struct cases_case *c, int action,
                          const struct cases_said *said)
{
    const struct cases_action *line = &c->flow.actions[action];
    enum cases_who who = taker_of(c, line);
    unsigned effects = line->outcome->effects;
    struct str from = c->row.state, was = c->row.division;
    int to;

    TRY(cases_next(&c->flow, c->state, c->is, action, &to));
    if (c->row.steps_count >= CASES_STEPS_MAX && !(effects & CASES_ENDS))
        return REFUSE(cases_too_long);
    if ((effects & CASES_REASONS) && who != CASES_CLOCK && str_trim(said->words).len < 2)
        return REFUSE(say_why);
    if (who == CASES_APPLICANT && c->flow.states[to].who == CASES_OFFICER)
        TRY(cases_materials_check(scene, c));
    if (who == CASES_OFFICER)
        c->row.touched_at = scene->now, c->row.handler_id = scene->actor.person_id;
    else if (to != c->state)
        c->row.touched_at = 0; /* what came in has to be opened anew */
    if (effects & CASES_MOVES) TRY(hand_over(scene, c, said->division));
    if (effects & (CASES_ENDS | CASES_MOVES)) TRY(cases_visits_end(scene, c));
    if (effects & CASES_ENDS) TRY(cases_parts_end(scene, c, who, said->despite));
    TRY(set_agent(scene, c, line->outcome, said->agent_id));
    TRY(move(scene, c, to, line, line->outcome));
    scene->detail = arena_print(scene->arena, "%.*s %.*s %.*s", STR_ARGS(line->action),
                                STR_ARGS(from), STR_ARGS(c->row.state));
    TRY(keep(scene, c, line->action, who, line->outcome, said->words));
    TRY(cases_tell_went_on(scene, c, line->outcome));
    TRY(add_letter(scene, c, action));
    if (effects & CASES_MOVES) TRY(cases_sheet_keep(scene, c, S(""), was));
    if (effects & CASES_APPOINTS) TRY(tell_agent(scene, c));
    return effects & CASES_TELLS ? cases_tell(scene, c) : DONE;
}

struct outcome cases_begin(struct scene *scene, struct cases_case *c, bool is_told)
{
    const struct cases_outcome *received = cases_outcome_of(S("received"));

    c->state = -1; /* nowhere yet: the first state is entered, not stayed in */
    TRY(move(scene, c, 0, NULL, received));
    TRY(keep(scene, c, S(""), CASES_APPLICANT, received, S("")));
    return is_told ? cases_tell(scene, c) : DONE; /* (4) */
}
