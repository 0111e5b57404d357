/* cases_visit.c -- somebody of the office goes to an applicant who can hardly come.
 *
 *  (1) Who plans a visit goes, and is in one place at a time; a case has one planned visit.
 *  (2) The applicant reads who comes, when and where to, is told by message at once and at noon of
 *      the day before, and reads afterwards what came of it.
 *  (3) What was planned is called off when the case ends or goes to another office.  However it is
 *      called off, the applicant is told by message: nobody waits at home for nothing.
 *  (4) Planning and settling are acts and lines of the case's log, by an officer who has opened it.
 *  (5) Who asked for a visit stands in the office's list until the case is over. */
#include "desk/cases/cases_views.h"
#include "desk/notice/notice_acts.h"
#include "gen/cases_html.h"
#include "platform/secret.h"

enum { ROWS_MAX = 100, VISITS_A_MINUTE = 60 };

static const struct reason planned_already = {
    "cases.visit-planned", T("A visit is planned in this case already. Please settle it first."),
    409};
static const struct reason elsewhere = {
    "cases.visit-elsewhere", T("You are with somebody else at that time. Please choose another."),
    409};
static const struct reason too_many = {
    "cases.too-many-visits", T("So many visits were planned in this case that no more fit."), 409};
static const struct reason result_unknown = {
    "cases.visit-result", T("Please choose what came of the visit."), .field = "visit_result"};

static struct str hours_of(struct scene *scene, moment starts_at, moment ends_at)
{
    struct out *out = out_open(scene->arena, 64);

    out_clock(out, starts_at);
    OUT_LITERAL(out, "–");
    out_clock(out, ends_at);
    return out_text(out);
}

/* ---- planning ---- */

static struct outcome tell(struct scene *scene, const struct cases_case *c,
                           enum notice_template which, moment starts_at)
{
    enum language language = str_same(c->row.language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
    struct out *day = out_open(scene->arena, 64), *time = out_open(scene->arena, 16);
    struct str phone;

    TRY(cases_unseal(scene, CASES_USE_PHONE, c->row.phone_sealed, &phone));
    out_day(day, language, starts_at);
    out_clock(time, starts_at);
    return notice_add(scene,
                      &(struct notice){.which = which,
                                       .language = language,
                                       .to = phone,
                                       .words = {c->row.reference, out_text(day), out_text(time)},
                                       .case_id = c->row.case_id});
}

static struct outcome open_as_officer(struct scene *scene, struct str reference,
                                      struct cases_case *c)
{
    TRY(cases_open_office(scene, reference, c));
    if (!(c->is & 1u << CASES_OFFICER)) return REFUSE(cases_not_by_you);
    TRY(cases_need_look(scene, c));
    return cases_is_over(&c->flow, c->state) ? REFUSE(cases_not_now) : DONE;
}

/* (1) */
static struct outcome check_free(struct scene *scene, const struct cases_case *c,
                                 const struct cases_add_visit_values *visit)
{
    struct cases_find_planned_visit_row planned;
    struct cases_find_visit_of_row other;
    struct cases_count_visits_row count;
    bool found;

    TRY(cases_find_planned_visit(scene->store, c->row.case_id, &planned, &found));
    if (found) return REFUSE(planned_already);
    TRY(cases_count_visits(scene->store, c->row.case_id, &count, &found));
    if (count.visits_count >= CASES_VISITS_MAX) return REFUSE(too_many);
    if (c->row.steps_count >= CASES_STEPS_MAX) return REFUSE(cases_too_long);
    TRY(cases_find_visit_of(scene->store, visit->visitor_id, visit->ends_at, visit->starts_at,
                            &other, &found));
    return found ? REFUSE(elsewhere) : DONE;
}

static struct outcome plan(struct scene *scene, const void *form, void *result)
{
    const struct cases_visit_form *f = form;
    struct cases_add_visit_values visit = {
        .visitor_id = scene->actor.person_id, .by_id = scene->actor.person_id, .at = scene->now};
    struct cases_case c;
    moment soon;

    (void)result;
    TRY(open_as_officer(scene, f->reference, &c));
    TRY(cases_visit_time(f->visit_day, f->visit_from, f->visit_minutes, scene->now,
                         &visit.starts_at, &visit.ends_at));
    TRY(check_free(scene, &c, &visit));
    visit.visit_id = scene_new_id(scene);
    visit.case_id = c.row.case_id;
    visit.place_sealed = secret_seal(scene->arena, CASES_USE_WORDS, f->visit_place);
    visit.words_sealed = secret_seal(scene->arena, CASES_USE_WORDS, str_trim(f->visit_words));
    TRY(cases_add_visit(scene->store, &visit));
    soon = calendar_day_begins(calendar_day_of(visit.starts_at) - 1) + 12 * SECONDS_PER_HOUR;
    if (soon > scene->now) TRY(clock_set(scene, "cases.visit_soon", visit.visit_id, soon));
    TRY(cases_note(scene, &c, "visit_planned", CASES_OFFICER, f->visit_words));
    return tell(scene, &c, NOTICE_CASE_VISIT, visit.starts_at);
}

/* (2) */
static struct outcome soon(struct scene *scene, const void *form, void *result)
{
    struct cases_find_visit_row visit;
    struct cases_case c;
    bool found;

    (void)result;
    TRY(cases_find_visit(scene->arena, scene->store, ((const struct clock_form *)form)->case_id,
                         &visit, &found));
    /* The clock may come late, after a night without power: who was visited is not told to wait. */
    if (!found || !str_same(visit.state, S("planned")) || visit.starts_at <= scene->now)
        return DONE;
    TRY(cases_open_id(scene, visit.case_id, &c));
    scene_about(scene, c.row.case_id, visit.visitor_id);
    return tell(scene, &c, NOTICE_CASE_VISIT, visit.starts_at);
}

/* ---- settling ---- */

static struct outcome set_ended(struct scene *scene, id visit_id, const char *state,
                                struct str words)
{
    TRY(cases_set_visit_ended(scene->store, str_of(state),
                              secret_seal(scene->arena, CASES_USE_WORDS, str_trim(words)),
                              scene->now, visit_id));
    return clock_drop(scene, "cases.visit_soon", visit_id);
}

/* (3) */
static struct outcome call_off(struct scene *scene, const struct cases_case *c, id visit_id,
                               moment starts_at, struct str words)
{
    TRY(set_ended(scene, visit_id, "cancelled", words));
    return starts_at > scene->now ? tell(scene, c, NOTICE_CASE_VISIT_OFF, starts_at) : DONE;
}

static struct outcome end(struct scene *scene, const void *form, void *result)
{
    const struct cases_visit_end_form *f = form;
    bool is_done = str_same(f->visit_result, S("done"));
    struct cases_find_visit_row visit;
    struct cases_case c;
    bool found;

    (void)result;
    if (!is_done && !str_same(f->visit_result, S("cancelled"))) return REFUSE(result_unknown);
    TRY(open_as_officer(scene, f->reference, &c));
    TRY(cases_find_visit(scene->arena, scene->store, f->visit, &visit, &found));
    if (!found || visit.case_id != c.row.case_id) return REFUSE(act_unknown);
    if (!str_same(visit.state, S("planned"))) return REFUSE(cases_not_now);
    if (is_done && visit.starts_at > scene->now) return REFUSE(cases_not_now);
    if (is_done)
        TRY(set_ended(scene, visit.visit_id, "done", f->visit_end_words));
    else
        TRY(call_off(scene, &c, visit.visit_id, visit.starts_at, f->visit_end_words));
    return cases_note(scene, &c, is_done ? "visit_done" : "visit_off", CASES_OFFICER,
                      f->visit_end_words);
}

struct outcome cases_visits_end(struct scene *scene, const struct cases_case *c)
{
    struct cases_find_planned_visit_row planned;
    bool found;

    TRY(cases_find_planned_visit(scene->store, c->row.case_id, &planned, &found));
    return found ? call_off(scene, c, planned.visit_id, planned.starts_at, S("")) : DONE;
}

/* ---- pages ---- */

struct outcome cases_show_visits(struct scene *scene, const struct cases_case *c,
                                 const struct cases_visit_view **made, size_t *count)
{
    const struct cases_list_visits_row *rows;
    struct cases_visit_view *views;

    TRY(cases_list_visits(scene->arena, scene->store, c->row.case_id, &rows, count));
    views = NEW_MANY(scene->arena, struct cases_visit_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        views[i] =
            (struct cases_visit_view){.visit = rows[i].visit_id,
                                      .state = rows[i].state,
                                      .starts_at = rows[i].starts_at,
                                      .ends_at = rows[i].ends_at,
                                      .hours = hours_of(scene, rows[i].starts_at, rows[i].ends_at),
                                      .visitor_name = rows[i].person_name,
                                      .is_planned = str_same(rows[i].state, S("planned")),
                                      .is_done = str_same(rows[i].state, S("done"))};
        TRY(cases_unseal(scene, CASES_USE_WORDS, rows[i].place_sealed, &views[i].place));
        TRY(cases_unseal(scene, CASES_USE_WORDS, rows[i].words_sealed, &views[i].words));
        if (rows[i].end_sealed.len)
            TRY(cases_unseal(scene, CASES_USE_WORDS, rows[i].end_sealed, &views[i].end_words));
    }
    *made = views;
    return DONE;
}

void cases_show_spared(struct scene *scene, const struct cases_case *c,
                       const struct cases_spared_view **made, size_t *count)
{
    struct cases_spared_view *views =
        NEW_MANY(scene->arena, struct cases_spared_view, CASES_MATERIALS_MAX);

    *made = views;
    *count = 0;
    for (size_t i = 0; c->row.is_first && i < c->flow.materials_count; i++)
        if (c->flow.materials[i].spared)
            views[(*count)++].name =
                cases_in(scene, c->flow.materials[i].zh, c->flow.materials[i].en);
}

static struct outcome show_visits(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_visits_view *v = view;
    struct choice *results = NEW_MANY(scene->arena, struct choice, 2);
    struct cases_case c;

    TRY(cases_open_office(scene, ((const struct cases_reference_form *)query)->reference, &c));
    if (!(c.is & (1u << CASES_OFFICER | 1u << CASES_LEAD))) return REFUSE(act_unknown);
    v->reference = c.row.reference;
    v->item_name = cases_in(scene, c.item.name_zh, c.item.name_en);
    TRY(cases_show_look(request, &c, &v->closed));
    if (v->closed) return DONE;
    TRY(cases_show_visits(scene, &c, &v->visits, &v->visits_count));
    v->may_plan = c.is & 1u << CASES_OFFICER && !cases_is_over(&c.flow, c.state);
    for (size_t i = 0; v->may_plan && i < v->visits_count; i++)
        if (v->visits[i].is_planned) v->planned = &v->visits[i];
    results[0] =
        (struct choice){.value = S("done"), .label = text_in(scene->language, T("I was there"))};
    results[1] = (struct choice){.value = S("cancelled"),
                                 .label = text_in(scene->language, T("It does not take place"))};
    v->results = results;
    v->results_count = 2;
    return DONE;
}

static struct outcome show_wishes(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_wishes_view *v = view;
    const struct cases_list_visit_wishes_row *rows;
    struct cases_wish_view *made;
    struct cases_office office;
    size_t count;

    (void)query;
    TRY(cases_office_of(scene, &office));
    if (!office.division.len) return REFUSE(act_not_yours);
    TRY(cases_list_visit_wishes(scene->arena, scene->store, office.division, office.end,
                                office.officers, &rows, &count));
    made = NEW_MANY(scene->arena, struct cases_wish_view, count + 1);
    for (size_t i = 0; i < count && i < ROWS_MAX; i++) {
        struct items_item item;
        bool found;

        made[i] =
            (struct cases_wish_view){.reference = rows[i].reference,
                                     .division = rows[i].division,
                                     .is_first = rows[i].is_first != 0,
                                     .starts_at = rows[i].starts_at,
                                     .visitor_name = rows[i].person_name,
                                     .done = rows[i].done_count,
                                     .until = rows[i].by_at == CASES_NEVER ? 0 : rows[i].by_at - 1};
        if (rows[i].starts_at) made[i].hours = hours_of(scene, rows[i].starts_at, rows[i].ends_at);
        TRY(items_version(scene, rows[i].version_id, &item, &found));
        if (found) made[i].item_name = cases_in(scene, item.name_zh, item.name_en);
        TRY(identity_division_name(scene, rows[i].division, &made[i].division_name));
    }
    v->wishes = made;
    v->has_more = count > ROWS_MAX;
    v->wishes_count = v->has_more ? ROWS_MAX : count;
    return DONE;
}

const struct act cases_plan_visit = {
    .name = "cases.plan_visit", .who = CASES_WHO_DESK, .form = &cases_visit_form, .run = plan};
const struct act cases_end_visit = {
    .name = "cases.end_visit", .who = CASES_WHO_DESK, .form = &cases_visit_end_form, .run = end};
const struct act cases_visit_soon = {.name = "cases.visit_soon", .who = WHO_SYSTEM, .run = soon};

const struct page cases_visit_pages[] = {
    {.method = GET,
     .path = "/office/visits",
     .who = CASES_WHO_DESK,
     .about = "Who asked an office to come, and what is planned.",
     .view = &cases_wishes_view,
     .html = &html_cases_wishes,
     .show = show_wishes},
    {.method = GET,
     .path = "/office/cases/{reference}/visits",
     .who = CASES_WHO_DESK,
     .about = "The visits of a case, for whoever of the office has just opened it.",
     .query = &cases_reference_form,
     .view = &cases_visits_view,
     .html = &html_cases_visits,
     .show = show_visits},
    {.method = POST,
     .path = "/office/cases/{reference}/visits",
     .who = CASES_WHO_DESK,
     .about = "Plan a visit of one's own; the applicant is told.",
     .act = &cases_plan_visit,
     .then = "/office/cases/{reference}/visits",
     .again = "/office/cases/{reference}/visits",
     .said = T("The visit is planned, and the applicant is told."),
     .status = 201,
     .per_minute = VISITS_A_MINUTE},
    {.method = POST,
     .path = "/office/cases/{reference}/visits/{visit}/end",
     .who = CASES_WHO_DESK,
     .about = "Say what came of a visit: `done`, or `cancelled`.",
     .act = &cases_end_visit,
     .then = "/office/cases/{reference}",
     .again = "/office/cases/{reference}/visits",
     .said = T("Done. It is on record."),
     .per_minute = VISITS_A_MINUTE},
    {0},
};

#define FORM_THIS cases_visit_form
FORM_TABLE(cases_visit, CASES_VISIT_FORM)
#undef FORM_THIS
#define FORM_THIS cases_visit_end_form
FORM_TABLE(cases_visit_end, CASES_VISIT_END_FORM)
#undef FORM_THIS
#define VIEW_THIS cases_visits_view
VIEW_TABLE(cases_visits, CASES_VISITS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_wish_view
VIEW_TABLE(cases_wish, CASES_WISH_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_wishes_view
VIEW_TABLE(cases_wishes, CASES_WISHES_VIEW)
#undef VIEW_THIS
