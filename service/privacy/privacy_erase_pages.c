/* privacy_erase_pages.c -- what goes, what stays and why: for the person, at a window, and for
 * whoever decides. */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/privacy_html.h"
#include "platform/secret.h"
#include "service/privacy/privacy_erase_views.h"
#include "service/privacy/privacy_views.h"

enum { ASKS_A_MINUTE = 6, LOOKS_A_MINUTE = 30, LAST = 1 };

/* The last day in time is the one before the first moment that is too late. */
static moment last_day(moment due_at)
{
    return due_at ? due_at - LAST : 0;
}

static struct outcome put_plan(struct scene *scene, const struct held_person *person,
                               struct privacy_erasure_view *v)
{
    struct privacy_plan plan;

    TRY(privacy_plan_of(scene, person, &plan));
    v->is_plan = true;
    v->goes = plan.rows[HELD_GOES], v->goes_count = plan.counts[HELD_GOES];
    v->judged = plan.rows[HELD_JUDGED], v->judged_count = plan.counts[HELD_JUDGED];
    v->waits = plan.rows[HELD_WAITS], v->waits_count = plan.counts[HELD_WAITS];
    v->stays = plan.rows[HELD_STAYS], v->stays_count = plan.counts[HELD_STAYS];
    return DONE;
}

static struct str paper_of(const struct scene *scene, struct str paper)
{
    const char *name = privacy_paper_name(paper);

    return name ? text_in(scene->language, name) : S("");
}

static struct outcome put_erasure(struct scene *scene, const struct privacy_find_erasure_row *row,
                                  struct privacy_erasure_view *v)
{
    enum privacy_erasure state = privacy_erasure_of(row->state);

    v->erasure = row->erasure_id;
    v->state = row->state;
    v->state_name = text_in(scene->language, privacy_erasure_name(state));
    v->is_asked = state == PRIVACY_ASKED;
    v->is_running = privacy_erasure_runs(state);
    v->is_refused = state == PRIVACY_REFUSED;
    v->asked_at = row->asked_at;
    v->due_at = row->due_at;
    v->due_day = last_day(row->due_at);
    v->done_at = row->done_at;
    v->keep_until = row->keep_until;
    v->paper_name = paper_of(scene, row->paper);
    v->pieces = row->pieces;
    if (!secret_unseal(scene->arena, PRIVACY_REASON_USE, row->reason_sealed, &v->reason) ||
        !secret_unseal(scene->arena, PRIVACY_WORDS_USE, row->words_sealed, &v->words))
        return FAULT("privacy: what is sealed cannot be read: these are not its keys");
    return row->paper.len ? identity_person_name(scene, row->by_id, &v->by_name) : DONE;
}

/* ---- the person ---- */

static struct outcome show_mine(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct held_person person = {scene->actor.person_id, scene->actor.phone_index};
    struct privacy_erasure_view *v = view;
    struct privacy_find_last_erasure_row last;
    struct privacy_find_erasure_row row;
    bool found;

    (void)query;
    TRY(privacy_find_last_erasure(scene->store, person.person_id, person.phone_index, &last,
                                  &found));
    if (found) TRY(privacy_find_erasure(scene->arena, scene->store, last.erasure_id, &row, &found));
    /* One that is done was of somebody before: whoever has the number now asks anew. */
    if (found && privacy_erasure_of(row.state) != PRIVACY_DONE) TRY(put_erasure(scene, &row, v));
    v->is_mine = true;
    v->may_ask = !v->is_asked && !v->is_running;
    v->may_withdraw = v->is_asked;
    return put_plan(scene, &person, v);
}

/* ---- at a window, and deciding ---- */

static struct outcome put_decisions(struct request *request, struct privacy_erasure_view *v)
{
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct choice *made = NEW_MANY(request->scene->arena, struct choice, PRIVACY_DECISIONS);
    struct str chosen = S("");

    if (state && state->form == &privacy_decide_form)
        chosen = state->given[form_place(&privacy_decide_form, S("decision"))];
    for (size_t i = 0; i < PRIVACY_DECISIONS; i++)
        made[i] =
            (struct choice){.value = str_of(privacy_decisions[i].paper),
                            .label = text_in(request->scene->language, privacy_decisions[i].name),
                            .chosen = str_same(chosen, str_of(privacy_decisions[i].paper))};
    v->decisions = made, v->decisions_count = PRIVACY_DECISIONS;
    return DONE;
}

/* For an administrator of the city, and for whoever asked for it at a window while that lasts. */
static struct outcome show_one(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct privacy_erasure_view *v = view;
    struct privacy_find_erasure_row row;
    bool found, is_own;

    TRY(privacy_need_right(scene));
    TRY(privacy_find_erasure(scene->arena, scene->store,
                             ((const struct privacy_erasure_form *)query)->erasure, &row, &found));
    if (!found) return REFUSE(act_unknown);
    is_own = row.paper.len && row.by_id == scene->actor.person_id;
    if (!scene_is(scene, WHO_ADMIN) && !is_own) return REFUSE(act_unknown);
    TRY(put_erasure(scene, &row, v));
    v->may_withdraw = v->is_asked && is_own;
    v->may_decide = v->is_asked && !is_own && scene_is(scene, WHO_ADMIN);
    if (v->may_decide) TRY(put_decisions(request, v));
    if (privacy_erasure_is_over(privacy_erasure_of(row.state))) return DONE;
    return put_plan(scene, &(struct held_person){row.person_id, row.phone_index}, v);
}

static struct privacy_erasure_row_view row_of(const struct scene *scene, id erasure_id,
                                              struct str state, struct str paper, moment asked_at,
                                              moment due_at, int64_t reminded, int64_t pieces,
                                              moment done_at)
{
    bool is_asked = privacy_erasure_of(state) == PRIVACY_ASKED;

    return (struct privacy_erasure_row_view){
        .erasure = erasure_id,
        .state = state,
        .state_name = text_in(scene->language, privacy_erasure_name(privacy_erasure_of(state))),
        .paper_name = paper_of(scene, paper),
        .asked_at = asked_at,
        .due_at = due_at,
        .due_day = is_asked ? last_day(due_at) : 0,
        .is_late = is_asked && due_at <= scene->now,
        .is_near = is_asked && reminded && due_at > scene->now,
        .pieces = pieces,
        .done_at = done_at};
}

static struct outcome show_all(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct privacy_erasures_view *v = view;
    const struct privacy_list_erasures_row *rows;
    const struct privacy_list_erasures_over_row *over;
    struct privacy_erasure_row_view *made;

    (void)query;
    TRY(identity_by_person(scene));
    TRY(people_need_city(scene));
    TRY(privacy_list_erasures(scene->arena, scene->store, &rows, &v->running_count));
    made = NEW_MANY(scene->arena, struct privacy_erasure_row_view, v->running_count + 1);
    for (size_t i = 0; i < v->running_count; i++)
        made[i] = row_of(scene, rows[i].erasure_id, rows[i].state, rows[i].paper, rows[i].asked_at,
                         rows[i].due_at, rows[i].reminded, rows[i].pieces, rows[i].done_at);
    v->running = made;
    TRY(privacy_list_erasures_over(scene->arena, scene->store, &over, &v->over_count));
    made = NEW_MANY(scene->arena, struct privacy_erasure_row_view, v->over_count + 1);
    for (size_t i = 0; i < v->over_count; i++)
        made[i] = row_of(scene, over[i].erasure_id, over[i].state, over[i].paper, over[i].asked_at,
                         over[i].due_at, over[i].reminded, over[i].pieces, over[i].done_at);
    v->over = made;
    return DONE;
}

const struct page privacy_erase_pages[] = {
    {.method = GET,
     .path = "/my/data/erasure",
     .who = WHO_RESIDENT,
     .about = "What of me can be erased, what must stay and by which law; where my request stands.",
     .view = &privacy_erasure_view,
     .html = &html_privacy_erasure,
     .show = show_mine,
     .per_minute = LOOKS_A_MINUTE},
    {.method = POST,
     .path = "/my/data/erasure",
     .who = WHO_RESIDENT,
     .about = "Ask to be erased. What goes by rule goes at once, for good.",
     .act = &privacy_erase_ask,
     .then = "/my/data/erasure",
     .again = "/my/data/erasure",
     .said = T("You have asked for it. This page shows how far it is."),
     .status = 201,
     .per_minute = ASKS_A_MINUTE},
    {.method = POST,
     .path = "/my/data/erasure/end",
     .who = WHO_RESIDENT,
     .about = "Take back a request that nobody has decided yet.",
     .act = &privacy_erase_withdraw,
     .then = "/my/data/erasure",
     .again = "/my/data/erasure",
     .said = T("Taken back. Nothing more is erased.")},
    {.method = POST,
     .path = "/privacy/erasures",
     .who = WHO_CLERK | WHO_ADMIN,
     .about = "Ask for somebody whose identity was checked. An administrator decides.",
     .act = &privacy_erase_ask_for,
     .then = "/privacy/erasures/{erasure}",
     .again = "/privacy",
     .status = 201,
     .per_minute = ASKS_A_MINUTE},
    {.method = GET,
     .path = "/privacy/erasures",
     .who = WHO_ADMIN,
     .about = "Who has asked to be erased, and by when it has to be decided.",
     .view = &privacy_erasures_view,
     .html = &html_privacy_erasures,
     .show = show_all},
    {.method = GET,
     .path = "/privacy/erasures/{erasure}",
     .who = WHO_CLERK | WHO_ADMIN,
     .about = "One request: what goes, what stays, and deciding about it.",
     .query = &privacy_erasure_form,
     .view = &privacy_erasure_view,
     .html = &html_privacy_erasure,
     .show = show_one},
    {.method = POST,
     .path = "/privacy/erasures/{erasure}/end",
     .who = WHO_CLERK | WHO_ADMIN,
     .about = "Take back what I asked for at a window.",
     .act = &privacy_erase_withdraw_for,
     .then = "/privacy/erasures/{erasure}",
     .again = "/privacy/erasures/{erasure}",
     .said = T("Taken back. Nothing more is erased.")},
    {.method = POST,
     .path = "/privacy/erasures/{erasure}/decision",
     .who = WHO_ADMIN,
     .about = "Decide about a request to be erased.",
     .act = &privacy_erase_decide,
     .then = "/privacy/erasures/{erasure}",
     .again = "/privacy/erasures/{erasure}",
     .said = T("Your decision is on record.")},
    {0},
};

#define VIEW_THIS privacy_erasure_view
VIEW_TABLE(privacy_erasure, PRIVACY_ERASURE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS privacy_erasure_row_view
VIEW_TABLE(privacy_erasure_row, PRIVACY_ERASURE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS privacy_erasures_view
VIEW_TABLE(privacy_erasures, PRIVACY_ERASURES_VIEW)
#undef VIEW_THIS
