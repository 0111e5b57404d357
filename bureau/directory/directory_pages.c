/* directory_pages.c -- firms and offices, and what somebody reports as wrong: for everybody.
 *
 *  (1) A firm or office that is closed is like one that never was.
 */
#include "bureau/directory/directory_views.h"
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/directory_html.h"
#include "platform/known.h"

#define FORM_THIS directory_bodies_form
FORM_TABLE(directory_bodies, DIRECTORY_BODIES_FORM)
#undef FORM_THIS
#define FORM_THIS directory_body_form
FORM_TABLE(directory_body, DIRECTORY_BODY_FORM)
#undef FORM_THIS
#define FORM_THIS directory_about_form
FORM_TABLE(directory_about, DIRECTORY_ABOUT_FORM)
#undef FORM_THIS
#define FORM_THIS directory_report_form
FORM_TABLE(directory_report, DIRECTORY_REPORT_FORM)
#undef FORM_THIS
#define FORM_THIS directory_code_form
FORM_TABLE(directory_code, DIRECTORY_CODE_FORM)
#undef FORM_THIS
#define FORM_THIS directory_queue_form
FORM_TABLE(directory_queue, DIRECTORY_QUEUE_FORM)
#undef FORM_THIS
#define FORM_THIS directory_wrong_form
FORM_TABLE(directory_wrong, DIRECTORY_WRONG_FORM)
#undef FORM_THIS
#define FORM_THIS directory_decide_form
FORM_TABLE(directory_decide, DIRECTORY_DECIDE_FORM)
#undef FORM_THIS
#define FORM_THIS directory_table_form
FORM_TABLE(directory_table, DIRECTORY_TABLE_FORM)
#undef FORM_THIS
#define FORM_THIS directory_credit_form
FORM_TABLE(directory_credit, DIRECTORY_CREDIT_FORM)
#undef FORM_THIS
#define FORM_THIS directory_withdraw_form
FORM_TABLE(directory_withdraw, DIRECTORY_WITHDRAW_FORM)
#undef FORM_THIS

#define VIEW_THIS directory_credit_view
VIEW_TABLE(directory_credit, DIRECTORY_CREDIT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_listed_view
VIEW_TABLE(directory_listed, DIRECTORY_LISTED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_bodies_view
VIEW_TABLE(directory_bodies, DIRECTORY_BODIES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_table_view
VIEW_TABLE(directory_table, DIRECTORY_TABLE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_body_view
VIEW_TABLE(directory_body, DIRECTORY_BODY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_report_view
VIEW_TABLE(directory_report, DIRECTORY_REPORT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_reported_view
VIEW_TABLE(directory_reported, DIRECTORY_REPORTED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_code_view
VIEW_TABLE(directory_code, DIRECTORY_CODE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_wrong_row_view
VIEW_TABLE(directory_wrong_row, DIRECTORY_WRONG_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_tab_view
VIEW_TABLE(directory_tab, DIRECTORY_TAB_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_queue_view
VIEW_TABLE(directory_queue, DIRECTORY_QUEUE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_wrong_view
VIEW_TABLE(directory_wrong, DIRECTORY_WRONG_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_tabled_view
VIEW_TABLE(directory_tabled, DIRECTORY_TABLED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS directory_kept_view
VIEW_TABLE(directory_kept, DIRECTORY_KEPT_VIEW)
#undef VIEW_THIS

enum { ROWS_A_PAGE = 50, REPORTS_A_MINUTE = 120, LOOKS_A_MINUTE = 30, LISTS_A_MINUTE = 120 };

const struct choice *directory_choices(struct scene *scene, const struct directory_word *words,
                                       struct str chosen, bool with_all, size_t *count)
{
    struct choice *made;
    size_t all = 0;

    while (words[all].word) all++;
    made = NEW_MANY(scene->arena, struct choice, all + 1);
    *count = 0;
    if (with_all) made[(*count)++].label = text_in(scene->language, T("All"));
    for (size_t i = 0; i < all; i++)
        made[(*count)++] = (struct choice){.value = str_of(words[i].word),
                                           .label = text_in(scene->language, words[i].name),
                                           .chosen = str_same(chosen, str_of(words[i].word))};
    return made;
}

/* ---- firms and offices ---- */

static struct outcome show_rows(struct scene *scene, const struct directory_bodies_form *f,
                                struct directory_bodies_view *v)
{
    size_t max = f->limit ? (size_t)f->limit : ROWS_A_PAGE;
    const struct directory_list_bodies_row *rows;
    struct directory_listed_view *made;

    TRY(directory_list_bodies(
        scene->arena, scene->store, f->kind, f->division.len ? f->division : S("31"),
        directory_pattern(scene, f->q), f->after, (int64_t)max + 1, &rows, &v->bodies_count));
    if (v->bodies_count > max) {
        v->bodies_count = max;
        v->next = arena_print(scene->arena, "%lld", (long long)f->after + (long long)max);
    }
    made = NEW_MANY(scene->arena, struct directory_listed_view, v->bodies_count + 1);
    v->bodies = made;
    for (size_t i = 0; i < v->bodies_count; i++) {
        made[i] = (struct directory_listed_view){
            .body = rows[i].body_id,
            .name = rows[i].body_name,
            .kind = rows[i].kind,
            .kind_name = text_in(scene->language, directory_name(directory_kinds, rows[i].kind)),
            .division = rows[i].division,
            .address = rows[i].address};
        TRY(people_division_name(scene, rows[i].division, &made[i].division_name));
    }
    return DONE;
}

static struct outcome show_divisions(struct scene *scene, struct str chosen,
                                     struct directory_bodies_view *v)
{
    const struct identity_division *rows;
    struct choice *made;
    size_t count;

    TRY(identity_division_children(scene, S("31"), &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    made[0].label = text_in(scene->language, T("All"));
    for (size_t i = 0; i < count; i++)
        made[i + 1] = (struct choice){.value = rows[i].division,
                                      .label = scene->language == LANGUAGE_EN ? rows[i].name_en
                                                                              : rows[i].name_zh,
                                      .chosen = str_same(rows[i].division, chosen)};
    v->divisions = made;
    v->divisions_count = count + 1;
    return DONE;
}

static struct outcome show_bodies(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct directory_bodies_form *f = query;
    struct directory_bodies_view *v = view;

    TRY(show_rows(scene, f, v));
    v->q = f->q, v->kind = f->kind, v->division = f->division;
    v->kinds = directory_choices(scene, directory_kinds, f->kind, true, &v->kinds_count);
    return show_divisions(scene, f->division, v);
}

static struct outcome show_body(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct directory_body_view *v = view;
    struct directory_find_body_row row;
    bool found;

    TRY(directory_find_body(scene->arena, scene->store,
                            ((const struct directory_body_form *)query)->body, &row, &found));
    if (!found || !row.is_open) return REFUSE(act_unknown);
    *v = (struct directory_body_view){
        .body = row.body_id,
        .name = row.body_name,
        .kind = row.kind,
        .kind_name = text_in(scene->language, directory_name(directory_kinds, row.kind)),
        .division = row.division,
        .visit = directory_visit(row.kind),
        .ask_q =
            text_fill(scene->arena, scene->language, T("About %1:"), row.body_name, S(""), S("")),
        .address = row.address,
        .phone = row.phone,
        .licence = row.licence,
        .source = row.source,
        .source_day = row.source_day};
    TRY(people_division_name(scene, row.division, &v->division_name));
    return directory_credit_of(scene, 0, row.body_id, &v->credits, &v->credits_count);
}

/* ---- something is wrong ---- */

static struct outcome show_report(struct request *request, const void *query, void *view)
{
    const struct directory_about_form *f = query;
    struct directory_report_view *v = view;
    struct directory_about about;

    TRY(directory_open_about(request->scene, f->person, f->body, &about));
    v->person = about.person_id, v->body = about.body_id;
    v->name = about.name;
    v->whats = directory_choices(request->scene, directory_wrongs, S(""), false, &v->whats_count);
    return DONE;
}

static struct outcome show_code(struct request *request, const void *query, void *view)
{
    const struct directory_code_form *f = query;
    struct scene *scene = request->scene;
    struct directory_code_view *v = view;
    struct directory_find_wrong_by_code_row row;
    struct directory_about about;
    struct outcome outcome;
    bool found;

    TRY(directory_find_wrong_by_code(scene->arena, scene->store, f->code, &row, &found));
    if (!found) return REFUSE(act_unknown);
    outcome = directory_open_about(scene, row.person_id, row.body_id, &about);
    if (outcome.fault) return outcome;
    *v = (struct directory_code_view){
        .code = f->code,
        .name = IS_DONE(outcome) ? about.name : S("–"), /* it is not in the directory any more */
        .what = row.what,
        .what_name = text_in(scene->language, directory_name(directory_wrongs, row.what)),
        .state = row.state,
        .state_name = text_in(scene->language, directory_name(directory_states, row.state)),
        .reason = row.reason,
        .reported_at = row.reported_at,
        .decided_at = row.decided_at,
        .is_open = str_same(row.state, S("open"))};
    return DONE;
}

static const struct query_known bodies_known[] = {
    {"kind",
     "law_firm notary_office appraisal arbitration mediation legal_aid legal_service office", NULL},
    {"division", NULL, identity_division_exists},
    {0}};
KNOWN_SHOW(show_known_bodies, directory_bodies_form, bodies_known, show_bodies)

static const struct page pages[] = {
    {.method = GET,
     .path = "/bodies",
     .who = WHO_ANYONE,
     .about = "Law firms, notary offices, appraisal bodies, arbitration commissions and offices.",
     .query = &directory_bodies_form,
     .view = &directory_bodies_view,
     .html = &html_directory_bodies,
     .show = show_known_bodies,
     .per_minute = LISTS_A_MINUTE},
    {.method = GET,
     .path = "/bodies/{body}",
     .who = WHO_ANYONE,
     .about = "One firm or office, with its source and what is told about its credit.",
     .query = &directory_body_form,
     .view = &directory_body_view,
     .html = &html_directory_body,
     .show = show_body},
    {.method = GET,
     .path = "/people/{person}/wrong",
     .who = WHO_ANYONE,
     .about = "Where somebody says what is wrong about a person of the directory.",
     .query = &directory_about_form,
     .view = &directory_report_view,
     .html = &html_directory_report,
     .show = show_report},
    {.method = POST,
     .path = "/people/{person}/wrong",
     .who = WHO_ANYONE,
     .about = "Say what is wrong about a person; the code tells what becomes of it.",
     .act = &directory_report,
     .status = 201,
     .then = "/corrections/{code}",
     .said = T("Thank you. We look at it."),
     .again = "/people/{person}/wrong",
     .per_minute = REPORTS_A_MINUTE},
    {.method = GET,
     .path = "/bodies/{body}/wrong",
     .who = WHO_ANYONE,
     .about = "Where somebody says what is wrong about a firm or office of the directory.",
     .query = &directory_about_form,
     .view = &directory_report_view,
     .html = &html_directory_report,
     .show = show_report},
    {.method = POST,
     .path = "/bodies/{body}/wrong",
     .who = WHO_ANYONE,
     .about = "Say what is wrong about a firm or office; the code tells what becomes of it.",
     .act = &directory_report,
     .status = 201,
     .then = "/corrections/{code}",
     .said = T("Thank you. We look at it."),
     .again = "/bodies/{body}/wrong",
     .per_minute = REPORTS_A_MINUTE},
    {.method = GET,
     .path = "/corrections/{code}",
     .who = WHO_ANYONE,
     .about = "What became of something that was reported.",
     .query = &directory_code_form,
     .view = &directory_code_view,
     .html = &html_directory_code,
     .show = show_code,
     .per_minute = LOOKS_A_MINUTE},
    {0}};

static const struct page *const more_pages[] = {directory_admin_pages, NULL};
static const struct act *const clock_acts[] = {&directory_forget, NULL};

const struct module directory_module = {.name = "directory",
                                        .schema = directory_schema,
                                        .migrations = directory_migrations,
                                        .pages = pages,
                                        .more_pages = more_pages,
                                        .clock_acts = clock_acts};
