/* privacy_erase_ask.c -- asking to be erased, and deciding about it.
 *
 *  (1) One request at a time of one person; it is in the journal with whom it is about.
 *  (2) What all goes by rule is granted at once.  What a law may keep is decided by an
 *      administrator of the city, and not by the one who asked for it at a window.
 *  (3) A program with a key asks for nothing and decides nothing.
 */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"
#include "service/privacy/privacy_erase_acts.h"
#include "service/privacy/privacy_views.h"

#define GO "privacy.erase-go"
#define REMIND "privacy.erase-remind"

const struct privacy_paper privacy_decisions[PRIVACY_DECISIONS] = {
    {"grant", T("Erase all that may go")},
    {"part", T("Keep what was complained of for now, erase the rest")},
    {"refuse", T("Erase nothing")}};

/* ---- what becomes of what ---- */

static moment until_of(const struct held_matter *matter, moment ended_at)
{
    return matter->keep_days && ended_at ? ended_at + matter->keep_days * SECONDS_PER_DAY : 0;
}

struct outcome privacy_plan_of(struct scene *scene, const struct held_person *person,
                               struct privacy_plan *plan)
{
    enum { EACH_MAX = 24 };
    struct privacy_matter_view *rows[4];

    *plan = (struct privacy_plan){0};
    for (int i = 0; i < 4; i++)
        plan->rows[i] = rows[i] = NEW_MANY(scene->arena, struct privacy_matter_view, EACH_MAX);
    for (const struct held *const *room = privacy_rooms(); room && *room; room++) {
        for (const struct held_matter *m = (*room)->matters; m && m->query; m++) {
            int64_t count;
            moment ended_at;

            TRY(held_count(scene, *room, m, person, &count, &ended_at));
            if (!count || plan->counts[m->fate] == EACH_MAX) continue;
            rows[m->fate][plan->counts[m->fate]++] = (struct privacy_matter_view){
                .title = text_in(scene->language, m->title),
                .why = m->why ? text_in(scene->language, m->why) : S(""),
                .law = m->law ? text_in(scene->language, m->law) : S(""),
                .until = until_of(m, ended_at),
                .rows = count};
        }
    }
    return DONE;
}

/* ---- asking ---- */

static struct outcome working_days(struct scene *scene, int days, moment *due)
{
    struct calendar_desk desk;
    struct outcome outcome;

    TRY(people_desk(scene, S("consultation"), &desk));
    outcome = calendar_due(desk.calendar, scene->now, days, due);
    if (outcome.refusal == &calendar_year_missing)
        return calendar_due_by_weekday(scene->now, days, due);
    return outcome;
}

struct outcome privacy_erase_judge(struct scene *scene, id erasure_id)
{
    moment due_at, remind_at;

    TRY(working_days(scene, PRIVACY_DECIDE_DAYS, &due_at));
    TRY(working_days(scene, PRIVACY_REMIND_DAYS, &remind_at));
    TRY(clock_set(scene, REMIND, erasure_id, remind_at));
    return privacy_set_erasure_asked(scene->store, due_at, erasure_id);
}

static struct outcome add(struct scene *scene, const struct held_person *person, bool is_judged,
                          struct str paper, struct str reason, struct privacy_erase_made_view *made)
{
    enum privacy_erasure state = is_judged ? PRIVACY_ASKED : PRIVACY_GRANTED;
    struct privacy_find_open_erasure_row open;
    moment due_at = 0, remind_at;
    bool found;

    TRY(privacy_find_open_erasure(scene->store, person->person_id, person->phone_index, &open,
                                  &found));
    if (found) return REFUSE(privacy_erase_running);
    made->erasure = scene_new_id(scene);
    scene_about(scene, 0, person->person_id);
    scene->detail = paper.len ? paper : privacy_erasure_word(state);
    if (is_judged) {
        TRY(working_days(scene, PRIVACY_DECIDE_DAYS, &due_at));
        TRY(working_days(scene, PRIVACY_REMIND_DAYS, &remind_at));
        TRY(clock_set(scene, REMIND, made->erasure, remind_at));
    } else {
        TRY(clock_set(scene, GO, made->erasure, scene->now));
    }
    return privacy_add_erasure(
        scene->store, &(struct privacy_add_erasure_values){
                          .erasure_id = made->erasure,
                          .person_id = person->person_id,
                          .phone_index = person->phone_index,
                          .state = privacy_erasure_word(state),
                          .by_id = scene->actor.person_id,
                          .paper = paper,
                          .reason_sealed = secret_seal(scene->arena, PRIVACY_REASON_USE, reason),
                          .asked_at = scene->now,
                          .due_at = due_at,
                          .decided_at = is_judged ? 0 : scene->now});
}

static struct outcome ask(struct scene *scene, const void *form, void *result)
{
    const struct privacy_erase_form *f = form;
    struct held_person person = {scene->actor.person_id, scene->actor.phone_index};
    struct privacy_plan plan;

    TRY(identity_by_person(scene));
    if (!f->sure) return REFUSE(privacy_erase_unsure);
    TRY(privacy_plan_of(scene, &person, &plan));
    return add(scene, &person, plan.counts[HELD_JUDGED] > 0, S(""), S(""), result);
}

/* Whose number it is was looked at by one; that it goes is decided by another. */
static struct outcome ask_for(struct scene *scene, const void *form, void *result)
{
    const struct privacy_erase_for_form *f = form;
    struct held_person person = {0, identity_phone_index(scene->arena, f->erase_phone)};
    struct privacy_find_resident_row row;
    struct privacy_plan plan;
    bool found;

    TRY(privacy_need_right(scene));
    if (!privacy_paper_name(f->erase_paper)) return REFUSE(privacy_paper_missing);
    TRY(privacy_find_resident(scene->store, person.phone_index, &row, &found));
    if (found) person.person_id = row.person_id;
    TRY(privacy_plan_of(scene, &person, &plan));
    if (!plan.counts[HELD_GOES] && !plan.counts[HELD_JUDGED] && !plan.counts[HELD_WAITS])
        return REFUSE(privacy_erase_nothing);
    return add(scene, &person, true, f->erase_paper, f->erase_reason, result);
}

/* ---- taking back and deciding ---- */

static struct outcome need_asked(struct scene *scene, id erasure_id,
                                 struct privacy_find_erasure_row *row)
{
    bool found;

    TRY(identity_by_person(scene));
    TRY(privacy_find_erasure(scene->arena, scene->store, erasure_id, row, &found));
    if (!found) return REFUSE(act_unknown);
    return DONE;
}

static struct outcome take_back(struct scene *scene, const struct privacy_find_erasure_row *row)
{
    if (privacy_erasure_of(row->state) != PRIVACY_ASKED) return REFUSE(privacy_erase_decided);
    scene_about(scene, 0, row->person_id);
    TRY(clock_drop(scene, REMIND, row->erasure_id));
    return privacy_set_erasure_state(scene->store, privacy_erasure_word(PRIVACY_WITHDRAWN),
                                     row->erasure_id);
}

static struct outcome withdraw(struct scene *scene, const void *form, void *result)
{
    struct privacy_find_open_erasure_row open;
    struct privacy_find_erasure_row row;
    bool found;

    (void)form, (void)result;
    TRY(privacy_find_open_erasure(scene->store, scene->actor.person_id, scene->actor.phone_index,
                                  &open, &found));
    if (!found) return REFUSE(privacy_erase_none);
    TRY(need_asked(scene, open.erasure_id, &row));
    return take_back(scene, &row);
}

static struct outcome withdraw_for(struct scene *scene, const void *form, void *result)
{
    struct privacy_find_erasure_row row;

    (void)result;
    TRY(privacy_need_right(scene));
    TRY(need_asked(scene, ((const struct privacy_erasure_form *)form)->erasure, &row));
    if (!row.paper.len || row.by_id != scene->actor.person_id) return REFUSE(act_unknown);
    return take_back(scene, &row);
}

static struct outcome read_until(struct scene *scene, const struct privacy_decide_form *f,
                                 moment *until)
{
    calendar_day day, today = calendar_day_of(scene->now);

    *until = 0;
    if (!str_same(f->decision, S("part"))) return DONE;
    if (!calendar_day_parse(f->until, &day) || day <= today || day > today + PRIVACY_KEEP_DAYS_MAX)
        return REFUSE(privacy_erase_until);
    *until = calendar_day_begins(day);
    return DONE;
}

static bool is_decision(struct str word)
{
    for (size_t i = 0; i < PRIVACY_DECISIONS; i++)
        if (str_same(str_of(privacy_decisions[i].paper), word)) return true;
    return false;
}

static struct outcome decide(struct scene *scene, const void *form, void *result)
{
    const struct privacy_decide_form *f = form;
    bool is_no = str_same(f->decision, S("refuse"));
    enum privacy_erasure state = is_no ? PRIVACY_REFUSED : PRIVACY_GRANTED;
    struct privacy_find_erasure_row row;
    moment until;

    (void)result;
    TRY(people_need_city(scene));
    TRY(need_asked(scene, f->erasure, &row));
    if (privacy_erasure_of(row.state) != PRIVACY_ASKED) return REFUSE(privacy_erase_decided);
    if (row.by_id == scene->actor.person_id) return REFUSE(privacy_erase_own);
    if (!is_decision(f->decision)) return REFUSE(act_unknown);
    TRY(read_until(scene, f, &until));
    if (!str_same(f->decision, S("grant")) && !f->words.len) return REFUSE(privacy_erase_words);
    scene_about(scene, 0, row.person_id);
    scene->detail = f->decision;
    TRY(clock_drop(scene, REMIND, row.erasure_id));
    if (!is_no) TRY(clock_set(scene, GO, row.erasure_id, scene->now));
    return privacy_set_erasure_decided(
        scene->store, privacy_erasure_word(state), scene->now, scene->actor.person_id,
        secret_seal(scene->arena, PRIVACY_WORDS_USE, f->words), until, row.erasure_id);
}

#define FORM_THIS privacy_erase_form
FORM_TABLE(privacy_erase, PRIVACY_ERASE_FORM)
#undef FORM_THIS
#define FORM_THIS privacy_erase_for_form
FORM_TABLE(privacy_erase_for, PRIVACY_ERASE_FOR_FORM)
#undef FORM_THIS
#define FORM_THIS privacy_erasure_form
FORM_TABLE(privacy_erasure, PRIVACY_ERASURE_FORM)
#undef FORM_THIS
#define FORM_THIS privacy_decide_form
FORM_TABLE(privacy_decide, PRIVACY_DECIDE_FORM)
#undef FORM_THIS
#define VIEW_THIS privacy_erase_made_view
VIEW_TABLE(privacy_erase_made, PRIVACY_ERASE_MADE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS privacy_matter_view
VIEW_TABLE(privacy_matter, PRIVACY_MATTER_VIEW)
#undef VIEW_THIS

const struct act privacy_erase_ask = {.name = "privacy.erase-ask",
                                      .who = WHO_RESIDENT,
                                      .form = &privacy_erase_form,
                                      .result = &privacy_erase_made_view,
                                      .run = ask};
const struct act privacy_erase_ask_for = {.name = "privacy.erase-ask-for",
                                          .who = WHO_CLERK | WHO_ADMIN,
                                          .form = &privacy_erase_for_form,
                                          .result = &privacy_erase_made_view,
                                          .run = ask_for};
const struct act privacy_erase_withdraw = {
    .name = "privacy.erase-withdraw", .who = WHO_RESIDENT, .run = withdraw};
const struct act privacy_erase_withdraw_for = {.name = "privacy.erase-withdraw-for",
                                               .who = WHO_CLERK | WHO_ADMIN,
                                               .form = &privacy_erasure_form,
                                               .run = withdraw_for};
const struct act privacy_erase_decide = {
    .name = "privacy.erase-decide", .who = WHO_ADMIN, .form = &privacy_decide_form, .run = decide};
