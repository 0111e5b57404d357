/* privacy_pages.c -- "My data", a copy to fetch, and the window where one is made for somebody.
 *
 *  (1) What is shown of oneself is counted; what was written is in the copy alone, so that it is
 *      read where the journal says so.
 */
#include "service/privacy/privacy_views.h"

#include "desk/identity/identity_acts.h"
#include "gen/privacy_html.h"
#include "platform/allows.h"
#include "platform/files.h"
#include "platform/wipe.h"
#include "service/privacy/privacy_erase_acts.h"

enum { COPIES_A_MINUTE = 6, LOOKS_A_MINUTE = 30 };

static struct held_person asker(const struct scene *scene)
{
    return (struct held_person){scene->actor.person_id, scene->actor.phone_index};
}

static struct str paper_name(const struct scene *scene, struct str paper)
{
    const char *name = privacy_paper_name(paper);

    return name ? text_in(scene->language, name) : S("");
}

static struct outcome show_mine(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct privacy_mine_view *v = view;
    struct held_person person = asker(scene);
    const struct privacy_list_copies_of_row *rows;
    struct privacy_past_view *made;

    (void)query;
    TRY(identity_phone_masked(scene, person.person_id, &v->phone_masked));
    TRY(privacy_count(scene, &person, &v->kinds, &v->kinds_count));
    TRY(privacy_list_copies_of(scene->arena, scene->store, person.person_id, person.phone_index,
                               &rows, &v->copies_count));
    made = NEW_MANY(scene->arena, struct privacy_past_view, v->copies_count + 1);
    for (size_t i = 0; i < v->copies_count; i++)
        made[i] =
            (struct privacy_past_view){.copy = rows[i].copy_id,
                                       .at = rows[i].at,
                                       .is_own = rows[i].by_id == person.person_id,
                                       .is_open = rows[i].by_id == person.person_id &&
                                                  rows[i].at + PRIVACY_COPY_SECONDS > scene->now,
                                       .by_name = rows[i].person_name,
                                       .paper_name = paper_name(scene, rows[i].paper)};
    v->copies = made;
    return DONE;
}

/* A copy can be fetched by who made it, for a while; of a clerk's only while the right lasts. */
static struct outcome open_copy(struct scene *scene, const void *query,
                                struct privacy_find_copy_row *row)
{
    bool found;

    TRY(identity_by_person(scene));
    TRY(privacy_find_copy(scene->arena, scene->store,
                          ((const struct privacy_which_form *)query)->copy, scene->actor.person_id,
                          scene->now, row, &found));
    if (!found) return REFUSE(act_unknown);
    return row->paper.len ? privacy_need_right(scene) : DONE;
}

/* That copies were made is held too: of an unknown number it is all there is. */
static bool is_empty(const struct scene *scene, const struct privacy_copy_view *v)
{
    return v->kinds_count == 0 ||
           (v->kinds_count == 1 &&
            str_same(v->kinds[0].title, text_in(scene->language, PRIVACY_COPIES_TITLE)));
}

static struct outcome show_copy(struct request *request, const void *query, void *view)
{
    struct privacy_copy_view *v = view;
    struct privacy_find_copy_row row;

    TRY(open_copy(request->scene, query, &row));
    v->copy = row.copy_id;
    v->until_at = row.until_at;
    v->is_window = row.paper.len > 0;
    TRY(privacy_count(request->scene, &(struct held_person){row.person_id, row.phone_index},
                      &v->kinds, &v->kinds_count));
    v->is_empty = is_empty(request->scene, v);
    return DONE;
}

static struct str file_name(struct scene *scene, moment at, const char *end)
{
    struct out *day = out_open(scene->arena, 100);

    out_iso(day, at);
    return arena_print(scene->arena, "my-data-%.10s%s", out_text(day).at, end);
}

static struct outcome send_page(struct request *request, const void *query,
                                struct file_answer *file)
{
    struct scene *scene = request->scene;
    struct privacy_find_copy_row row;

    TRY(open_copy(scene, query, &row));
    file->type = S("text/html; charset=utf-8");
    file->name = file_name(scene, row.at, ".html");
    return privacy_write_page(scene, &(struct held_person){row.person_id, row.phone_index}, row.at,
                              &file->bytes);
}

static struct outcome send_json(struct request *request, const void *query,
                                struct file_answer *file)
{
    struct scene *scene = request->scene;
    struct privacy_find_copy_row row;

    TRY(open_copy(scene, query, &row));
    file->type = S("application/json");
    file->name = file_name(scene, row.at, ".json");
    return privacy_write_json(scene, &(struct held_person){row.person_id, row.phone_index}, row.at,
                              &file->bytes);
}

/* ---- at a window ---- */

static struct outcome show_clerks(struct scene *scene, struct privacy_window_view *v)
{
    const struct privacy_list_clerks_row *rows;
    struct privacy_clerk_view *made;

    TRY(privacy_list_clerks(scene->arena, scene->store, &rows, &v->clerks_count));
    made = NEW_MANY(scene->arena, struct privacy_clerk_view, v->clerks_count + 1);
    for (size_t i = 0; i < v->clerks_count; i++)
        made[i] = (struct privacy_clerk_view){rows[i].person_id, rows[i].person_name, rows[i].login,
                                              rows[i].at};
    v->clerks = made;
    return DONE;
}

/* What may be shown; what was chosen in that form stays chosen. */
static const struct choice *papers_for(const struct request *request, const struct form *form,
                                       struct str field)
{
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct choice *made = NEW_MANY(request->scene->arena, struct choice, PRIVACY_PAPERS);
    struct str chosen = S("");

    if (state && state->form == form) chosen = state->given[form_place(form, field)];
    for (size_t i = 0; i < PRIVACY_PAPERS; i++)
        made[i] =
            (struct choice){.value = str_of(privacy_papers[i].paper),
                            .label = text_in(request->scene->language, privacy_papers[i].name),
                            .chosen = str_same(chosen, str_of(privacy_papers[i].paper))};
    return made;
}

static struct outcome show_window(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct privacy_window_view *v = view;
    const struct privacy_list_copies_by_row *rows;
    struct privacy_past_view *made;

    (void)query;
    v->is_admin = scene_is(scene, WHO_ADMIN);
    TRY(outcome_allows(privacy_need_right(scene), &v->has_right));
    v->papers = papers_for(request, &privacy_copy_for_form, S("paper"));
    v->erase_papers = papers_for(request, &privacy_erase_for_form, S("erase_paper"));
    v->papers_count = v->erase_papers_count = PRIVACY_PAPERS;
    TRY(privacy_list_copies_by(scene->arena, scene->store, scene->actor.person_id, &rows,
                               &v->copies_count));
    made = NEW_MANY(scene->arena, struct privacy_past_view, v->copies_count + 1);
    for (size_t i = 0; i < v->copies_count; i++)
        made[i] = (struct privacy_past_view){.copy = rows[i].copy_id,
                                             .at = rows[i].at,
                                             .is_own = true,
                                             .is_open = rows[i].until_at > scene->now,
                                             .paper_name = paper_name(scene, rows[i].paper)};
    v->copies = made;
    return v->is_admin ? show_clerks(scene, v) : DONE;
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/my/data",
     .who = WHO_RESIDENT,
     .about = "What is held about me, why and until when.",
     .view = &privacy_mine_view,
     .html = &html_privacy_mine,
     .show = show_mine,
     .per_minute = LOOKS_A_MINUTE},
    {.method = POST,
     .path = "/my/data/copies",
     .who = WHO_RESIDENT,
     .about = "Make a copy of all that is held about me. It is put on record.",
     .act = &privacy_copy,
     .then = "/data/copies/{copy}",
     .again = "/my/data",
     .status = 201,
     .per_minute = COPIES_A_MINUTE},
    {.method = GET,
     .path = "/data/copies/{copy}",
     .who = WHO_RESIDENT | WHO_CLERK | WHO_ADMIN,
     .about = "A copy I made, for half an hour.",
     .query = &privacy_which_form,
     .view = &privacy_copy_view,
     .html = &html_privacy_copy,
     .show = show_copy,
     .per_minute = LOOKS_A_MINUTE},
    {.method = GET,
     .path = "/data/copies/{copy}/page",
     .who = WHO_RESIDENT | WHO_CLERK | WHO_ADMIN,
     .about = "The copy, to read (HTML).",
     .query = &privacy_which_form,
     .file = send_page,
     .per_minute = COPIES_A_MINUTE},
    {.method = GET,
     .path = "/data/copies/{copy}/json",
     .who = WHO_RESIDENT | WHO_CLERK | WHO_ADMIN,
     .about = "The copy, for programs (JSON).",
     .query = &privacy_which_form,
     .file = send_json,
     .per_minute = COPIES_A_MINUTE},
    {.method = GET,
     .path = "/privacy",
     .who = WHO_CLERK | WHO_ADMIN,
     .about = "Where a copy is made for somebody who came in person, and who may.",
     .view = &privacy_window_view,
     .html = &html_privacy_window,
     .show = show_window},
    {.method = POST,
     .path = "/privacy/copies",
     .who = WHO_CLERK | WHO_ADMIN,
     .about = "Make a copy for somebody whose identity was checked. It is put on record.",
     .act = &privacy_copy_for,
     .then = "/data/copies/{copy}",
     .again = "/privacy",
     .status = 201,
     .per_minute = COPIES_A_MINUTE},
    {.method = POST,
     .path = "/privacy/clerks",
     .who = WHO_ADMIN,
     .about = "Let a clerk make copies for people.",
     .act = &privacy_allow,
     .then = "/privacy",
     .again = "/privacy",
     .said = T("The clerk may make copies now.")},
    {.method = POST,
     .path = "/privacy/clerks/{person}/end",
     .who = WHO_ADMIN,
     .about = "Take that right back.",
     .act = &privacy_disallow,
     .then = "/privacy",
     .again = "/privacy",
     .said = T("The clerk may make no more copies.")},
    {0},
};

static const struct page *const more_pages[] = {privacy_erase_pages, NULL};
static const struct act *const clock_acts[] = {
    &privacy_erase_go, &privacy_erase_remind, &privacy_erase_traces, &files_sweep, &wipe_log, NULL};

const struct module privacy_module = {.name = "privacy",
                                      .schema = privacy_schema,
                                      .migrations = privacy_migrations,
                                      .pages = pages,
                                      .more_pages = more_pages,
                                      .clock_acts = clock_acts,
                                      .health = privacy_erase_health};

#define FORM_THIS privacy_which_form
FORM_TABLE(privacy_which, PRIVACY_WHICH_FORM)
#undef FORM_THIS
#define VIEW_THIS privacy_kind_view
VIEW_TABLE(privacy_kind, PRIVACY_KIND_VIEW)
#undef VIEW_THIS
#define VIEW_THIS privacy_past_view
VIEW_TABLE(privacy_past, PRIVACY_PAST_VIEW)
#undef VIEW_THIS
#define VIEW_THIS privacy_mine_view
VIEW_TABLE(privacy_mine, PRIVACY_MINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS privacy_copy_view
VIEW_TABLE(privacy_copy, PRIVACY_COPY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS privacy_clerk_view
VIEW_TABLE(privacy_clerk, PRIVACY_CLERK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS privacy_window_view
VIEW_TABLE(privacy_window, PRIVACY_WINDOW_VIEW)
#undef VIEW_THIS
