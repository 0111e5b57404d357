/* mediation_due.c -- what a committee and its mediators have to do with agreements that stand: ask
 * whether they are kept, and look what the court says.
 *
 *  (1) A mediator sees what is theirs, and all of the committee on asking for it; a leader and
 *      whoever supervises see all of their part of the tree.
 *  (2) No name of a side and no word of anybody stands on it: whoever asks opens the case. */
#include "desk/identity/identity_acts.h"
#include "gen/mediation_html.h"
#include "gen/mediation_sql.h"
#include "platform/known.h"
#include "service/mediation/mediation_list_views.h"

enum { ROWS_MAX = 200 };

struct scope {
    struct str division, end;
    id mediator_id; /* 0: of all */
};

/* (1) */
static struct outcome scope_of(struct scene *scene, struct str whose, struct scope *scope)
{
    *scope = (struct scope){0};
    TRY(cases_oversees(scene, "mediator", &scope->division, &scope->end));
    if (scene_is(scene, WHO_LEADER) || scene_is(scene, WHO_SUPERVISOR)) return DONE;
    if (!str_same(whose, S("all"))) scope->mediator_id = scene->actor.person_id;
    return DONE;
}

struct outcome mediation_due(struct scene *scene, int64_t *count)
{
    struct mediation_count_due_row row;
    struct scope scope;
    bool found;

    *count = -1;
    TRY(scope_of(scene, S(""), &scope));
    if (!scope.division.len) return DONE;
    TRY(mediation_count_due(scene->store, scene->now, scope.division, scope.end, scope.mediator_id,
                            &row, &found));
    *count = row.due_count;
    return DONE;
}

static struct outcome show_asks(struct scene *scene, const struct scope *scope,
                                struct mediation_due_view *v)
{
    const struct mediation_list_due_row *rows;
    struct mediation_ask_view *made;
    size_t count;

    TRY(mediation_list_due(scene->arena, scene->store,
                           scene->now + MEDIATION_AHEAD_DAYS * SECONDS_PER_DAY, scope->division,
                           scope->end, scope->mediator_id, &rows, &count));
    v->has_more = count > ROWS_MAX;
    v->asks_count = v->has_more ? ROWS_MAX : count;
    made = NEW_MANY(scene->arena, struct mediation_ask_view, v->asks_count + 1);
    for (size_t i = 0; i < v->asks_count; i++) {
        made[i] = (struct mediation_ask_view){
            .reference = rows[i].reference,
            .division = rows[i].division,
            .mediator_name = rows[i].person_name,
            .effective_at = rows[i].effective_at,
            .ask_at = rows[i].ask_at,
            .is_due = rows[i].ask_at <= scene->now,
            .is_year =
                rows[i].ask_at >= rows[i].effective_at + MEDIATION_YEAR_DAYS * SECONDS_PER_DAY,
            .performed = rows[i].performed,
            .performed_name =
                text_in(scene->language, mediation_performed_name(rows[i].performed))};
        TRY(identity_division_name(scene, rows[i].division, &made[i].division_name));
    }
    v->asks = made;
    return DONE;
}

static struct outcome show_courts(struct scene *scene, const struct scope *scope,
                                  struct mediation_due_view *v)
{
    const struct mediation_list_at_court_row *rows;
    struct mediation_at_court_view *made;
    moment until, longest;
    size_t count;

    TRY(mediation_list_at_court(scene->arena, scene->store, scope->division, scope->end,
                                scope->mediator_id, &rows, &count));
    v->has_more |= count > ROWS_MAX;
    v->courts_count = count > ROWS_MAX ? ROWS_MAX : count;
    made = NEW_MANY(scene->arena, struct mediation_at_court_view, v->courts_count + 1);
    for (size_t i = 0; i < v->courts_count; i++) {
        mediation_court_until(cases_calendar(), rows[i].court, rows[i].court_at, &until, &longest);
        made[i] = (struct mediation_at_court_view){.reference = rows[i].reference,
                                                   .mediator_name = rows[i].person_name,
                                                   .court = rows[i].court,
                                                   .court_name =
                                                       mediation_court_name(scene, rows[i].court),
                                                   .until = until,
                                                   .until_day = until - 1,
                                                   .is_late = until <= scene->now};
        TRY(identity_division_name(scene, rows[i].division, &made[i].division_name));
    }
    v->courts = made;
    return DONE;
}

static struct outcome show_list(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct mediation_due_view *v = view;
    struct scope scope;

    TRY(scope_of(scene, ((const struct mediation_due_form *)query)->whose, &scope));
    if (!scope.division.len) return REFUSE(act_not_yours);
    v->is_own = scope.mediator_id != 0;
    v->has_figures = scene_is(scene, WHO_LEADER) || scene_is(scene, WHO_SUPERVISOR);
    v->is_mediator = !v->has_figures;
    TRY(show_asks(scene, &scope, v));
    return show_courts(scene, &scope, v);
}

static const struct query_known due_known[] = {{"whose", "all", NULL}, {0}};
KNOWN_SHOW(show_due, mediation_due_form, due_known, show_list)

const struct page mediation_due_pages[] = {
    {.method = GET,
     .path = "/office/mediations",
     .who = MEDIATION_WHO_DESK,
     .about = "Which agreements to ask about now and in the coming week, and what lies with a "
              "court: of a mediator, or of the committee.",
     .query = &mediation_due_form,
     .view = &mediation_due_view,
     .html = &html_mediation_due,
     .show = show_due},
    {0},
};

#define FORM_THIS mediation_due_form
FORM_TABLE(mediation_due, MEDIATION_DUE_FORM)
#undef FORM_THIS
#define VIEW_THIS mediation_ask_view
VIEW_TABLE(mediation_ask, MEDIATION_ASK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_at_court_view
VIEW_TABLE(mediation_at_court, MEDIATION_AT_COURT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_due_view
VIEW_TABLE(mediation_due, MEDIATION_DUE_VIEW)
#undef VIEW_THIS
