/* directory_admin.c -- what administrators keep: what was reported, firms and offices, credit. */
#include "bureau/directory/directory_views.h"
#include "gen/directory_html.h"
#include "platform/known.h"
#include "platform/secret.h"

enum { ROWS_A_PAGE = 50 };

static struct outcome show_queue(struct request *request, const void *query, void *view)
{
    const struct directory_queue_form *f = query;
    struct scene *scene = request->scene;
    struct directory_queue_view *v = view;
    struct directory_tab_view *tabs = NEW_MANY(scene->arena, struct directory_tab_view, 3);
    const struct directory_list_wrongs_row *rows;
    struct directory_wrong_row_view *made;

    v->state = f->state.len ? f->state : S("open");
    v->tabs = tabs;
    for (const struct directory_word *state = directory_states; state->word; state++)
        tabs[v->tabs_count++] =
            (struct directory_tab_view){.state = str_of(state->word),
                                        .name = text_in(scene->language, state->name),
                                        .is_here = str_same(v->state, str_of(state->word))};
    TRY(directory_list_wrongs(scene->arena, scene->store, v->state, scene_scope(scene, WHO_ADMIN),
                              f->before ? f->before : INT64_MAX, &rows, &v->corrections_count));
    made = NEW_MANY(scene->arena, struct directory_wrong_row_view, v->corrections_count + 1);
    v->corrections = made;
    for (size_t i = 0; i < v->corrections_count; i++)
        made[i] = (struct directory_wrong_row_view){
            .correction = rows[i].wrong_id,
            .name = rows[i].person_name,
            .what = rows[i].what,
            .what_name = text_in(scene->language, directory_name(directory_wrongs, rows[i].what)),
            .state = rows[i].state,
            .reported_at = rows[i].reported_at};
    if (v->corrections_count == ROWS_A_PAGE) v->next = rows[ROWS_A_PAGE - 1].wrong_id;
    return DONE;
}

/* (3) of directory.h. */
static bool is_looked_at(const struct scene *scene, const struct directory_find_wrong_row *row)
{
    return row->looked_by == scene->actor.person_id &&
           row->looked_at + DIRECTORY_LOOK_SECONDS > scene->now;
}

static struct outcome show_wrong(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct directory_wrong_view *v = view;
    struct str scope = scene_scope(scene, WHO_ADMIN);
    struct directory_find_wrong_row row;
    struct directory_about about;
    struct outcome outcome;
    bool found;

    TRY(directory_find_wrong(scene->arena, scene->store,
                             ((const struct directory_wrong_form *)query)->correction, &row,
                             &found));
    if (!found || !scope.len || !str_begins(row.division, scope)) return REFUSE(act_unknown);
    outcome = directory_open_about(scene, row.person_id, row.body_id, &about);
    if (outcome.fault) return outcome;
    *v = (struct directory_wrong_view){
        .correction = row.wrong_id,
        .person = row.person_id,
        .body = row.body_id,
        .name = IS_DONE(outcome) ? about.name : S("–"),
        .what = row.what,
        .what_name = text_in(scene->language, directory_name(directory_wrongs, row.what)),
        .words = S(""),
        .state = row.state,
        .state_name = text_in(scene->language, directory_name(directory_states, row.state)),
        .reason = row.reason,
        .is_told = row.phone_sealed.len > 0,
        .reported_at = row.reported_at,
        .is_open = str_same(row.state, S("open"))};
    v->may_look = row.words_sealed.len > 0 && !is_looked_at(scene, &row);
    if (row.words_sealed.len && !v->may_look &&
        !secret_unseal(scene->arena, DIRECTORY_USE, row.words_sealed, &v->words))
        return FAULT("what was reported cannot be unsealed");
    return DONE;
}

static struct outcome show_kept(struct request *request, const void *query, void *view)
{
    const struct directory_about_form *f = query;
    struct directory_kept_view *v = view;
    struct directory_about about;

    TRY(directory_open_own(request->scene, f->person, f->body, &about));
    v->person = about.person_id, v->body = about.body_id;
    v->name = about.name;
    v->kinds = directory_choices(request->scene, directory_credits, S(""), false, &v->kinds_count);
    return directory_credit_of(request->scene, about.person_id, about.body_id, &v->credits,
                               &v->credits_count);
}

static const struct query_known queue_known[] = {{"state", "open applied refused", NULL}, {0}};
KNOWN_SHOW(show_known_queue, directory_queue_form, queue_known, show_queue)

static struct outcome show_table(struct request *request, const void *query, void *view)
{
    struct directory_table_view *v = view;

    (void)request, (void)query;
    v->example =
        S("类别,名称,区,地址,电话,许可证号,来源,来源日期,状态\n"
          "公证处,浦东公证处,浦东新区,灵山路958号,021-12345678,31,市司法局公告,2026-01-31,\n");
    return DONE;
}

const struct page directory_admin_pages[] = {
    {.method = GET,
     .path = "/admin/corrections",
     .who = WHO_ADMIN,
     .about = "What people say is wrong in the directory of one's place.",
     .query = &directory_queue_form,
     .view = &directory_queue_view,
     .html = &html_directory_queue,
     .show = show_known_queue},
    {.method = GET,
     .path = "/admin/corrections/{correction}",
     .who = WHO_ADMIN,
     .about = "One report of what is wrong.",
     .query = &directory_wrong_form,
     .view = &directory_wrong_view,
     .html = &html_directory_wrong,
     .show = show_wrong},
    {.method = POST,
     .path = "/admin/corrections/{correction}/look",
     .who = WHO_ADMIN,
     .about = "Open the words of a report for an hour; the look is in the journal.",
     .act = &directory_look,
     .then = "/admin/corrections/{correction}",
     .again = "/admin/corrections/{correction}"},
    {.method = POST,
     .path = "/admin/corrections/{correction}",
     .who = WHO_ADMIN,
     .about = "Say that it was corrected, or why it stays; whoever reported it is told.",
     .act = &directory_decide,
     .then = "/admin/corrections",
     .said = T("Decided. Whoever reported it can read what became of it."),
     .again = "/admin/corrections/{correction}"},
    {.method = GET,
     .path = "/admin/bodies",
     .who = WHO_ADMIN,
     .about = "Where a table of firms and offices is handed in.",
     .view = &directory_table_view,
     .html = &html_directory_table,
     .show = show_table},
    {.method = POST,
     .path = "/admin/bodies",
     .who = WHO_ADMIN,
     .about = "Take in a table of firms and offices: all of it, or nothing.",
     .act = &directory_table,
     .then = "/admin/bodies",
     .said = T("The table was taken in."),
     .again = "/admin/bodies",
     .body_bytes_max = CSV_BYTES_MAX + 65536},
    {.method = GET,
     .path = "/admin/people/{person}/credit",
     .who = WHO_ADMIN,
     .about = "What is told about the credit of a person.",
     .query = &directory_about_form,
     .view = &directory_kept_view,
     .html = &html_directory_kept,
     .show = show_kept},
    {.method = POST,
     .path = "/admin/people/{person}/credit",
     .who = WHO_ADMIN,
     .about = "Add what is told about the credit of a person, with its source and day.",
     .act = &directory_credit,
     .then = "/admin/people/{person}/credit",
     .said = T("Everybody can read it now."),
     .again = "/admin/people/{person}/credit"},
    {.method = GET,
     .path = "/admin/bodies/{body}/credit",
     .who = WHO_ADMIN,
     .about = "What is told about the credit of a firm or office.",
     .query = &directory_about_form,
     .view = &directory_kept_view,
     .html = &html_directory_kept,
     .show = show_kept},
    {.method = POST,
     .path = "/admin/bodies/{body}/credit",
     .who = WHO_ADMIN,
     .about = "Add what is told about the credit of a firm or office, with its source and day.",
     .act = &directory_credit,
     .then = "/admin/bodies/{body}/credit",
     .said = T("Everybody can read it now."),
     .again = "/admin/bodies/{body}/credit"},
    {.method = POST,
     .path = "/admin/credit/{credit}/withdraw",
     .who = WHO_ADMIN,
     .about = "Take away what is told about somebody's credit.",
     .act = &directory_withdraw,
     .then = "/admin/corrections",
     .said = T("Nobody can read it any more."),
     .again = "/admin/corrections"},
    {0}};
