/* repository_board.c -- the editors' queue, and one entry with all its versions.
 *
 *  (1) An editor watches the place where it was asked; of others there is nothing.
 *  (2) What was said stands beside it only while the editor has the talk open, which is on record.
 */
#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar.h"
#include "gen/repository_html.h"
#include "service/repository/repository_views.h"

/* ---- the queue ---- */

static struct outcome show_tabs(struct scene *scene, struct str division, struct str here,
                                struct repository_queue_view *v)
{
    static const enum repository_state order[] = {REPOSITORY_REVIEW, REPOSITORY_PROPOSED,
                                                  REPOSITORY_PUBLISHED, REPOSITORY_REFUSED,
                                                  REPOSITORY_WITHDRAWN};
    struct repository_tab_view *tabs =
        NEW_MANY(scene->arena, struct repository_tab_view, REPOSITORY_STATES);

    v->tabs = tabs;
    v->tabs_count = COUNT(order);
    for (size_t i = 0; i < COUNT(order); i++) {
        struct repository_count_state_row row;
        bool found;

        tabs[i].state = str_of(repository_state_word(order[i]));
        tabs[i].name = text_in(scene->language, repository_state_name(order[i]));
        tabs[i].is_here = str_same(tabs[i].state, here);
        TRY(repository_count_state(scene->store, tabs[i].state, division, &row, &found));
        tabs[i].count = row.entries_count;
    }
    return DONE;
}

static struct outcome show_queue(struct request *request, const void *query, void *view)
{
    enum { A_PAGE = 50 };
    const struct repository_queue_form *f = query;
    struct repository_queue_view *v = view;
    struct scene *scene = request->scene;
    struct str division = scene_scope(scene, WHO_SUPERVISOR);
    enum repository_state state = REPOSITORY_PROPOSED;
    const struct repository_list_queue_row *rows;
    struct repository_row_view *made;

    if (!division.len) return REFUSE(act_not_yours);
    if (f->reference.len && !request->is_api) {
        request->go = arena_print(scene->arena, "/desk/repository/%.*s", STR_ARGS(f->reference));
        return DONE;
    }
    if (f->state.len && !repository_state_read(f->state, &state)) return REFUSE(act_unknown);
    v->state = str_of(repository_state_word(state));
    TRY(show_tabs(scene, division, v->state, v));
    TRY(repository_list_queue(scene->arena, scene->store, v->state, division,
                              f->before ? f->before : INT64_MAX, &rows, &v->entries_count));
    made = NEW_MANY(scene->arena, struct repository_row_view, v->entries_count + 1);
    for (size_t i = 0; i < v->entries_count; i++) {
        made[i] = (struct repository_row_view){
            .entry = rows[i].entry_id,
            .field = rows[i].field,
            .state = rows[i].state,
            .state_name = text_in(scene->language, repository_state_name(state)),
            .state_css = str_of(repository_state_css(state)),
            .at = rows[i].moved_at,
            .useful = rows[i].useful_count,
            .useless = rows[i].useless_count};
        TRY(repository_unseal(scene, rows[i].title_sealed, &made[i].title));
        TRY(people_field_name(scene, rows[i].field, &made[i].field_name));
    }
    v->entries = made;
    if (v->entries_count == A_PAGE) v->next = made[A_PAGE - 1].entry;
    return DONE;
}

/* ---- one entry ---- */

static struct outcome show_said(struct scene *scene, struct repository_entry_view *v)
{
    struct repository_case talk;
    struct outcome outcome = repository_open_case(scene, v->reference, &talk);
    const struct str *names;
    size_t names_count;

    if (outcome.fault) return outcome;
    v->has_talk = IS_DONE(outcome);
    if (!v->has_talk) return DONE;
    repository_known(scene, &talk, &names, &names_count);
    repository_pieces(scene, talk.question, names, names_count, &v->question_said,
                      &v->question_said_count);
    repository_pieces(scene, talk.answer, names, names_count, &v->answer_said,
                      &v->answer_said_count);
    return DONE;
}

/* What the rules still take for a name, a firm or a street. */
static void show_left(struct scene *scene, struct repository_entry_view *v)
{
    enum { LEFT_MAX = 30 };
    struct repository_piece_view *left =
        NEW_MANY(scene->arena, struct repository_piece_view, LEFT_MAX);
    const struct str texts[] = {v->title, v->question, v->answer};

    v->left = left;
    for (size_t t = 0; t < COUNT(texts); t++) {
        const struct repository_piece_view *pieces;
        size_t count;

        repository_pieces(scene, texts[t], NULL, 0, &pieces, &count);
        for (size_t i = 0; i < count && v->left_count < LEFT_MAX; i++)
            if (pieces[i].found.len) left[v->left_count++] = pieces[i];
    }
}

static struct outcome show_versions(struct scene *scene,
                                    const struct repository_find_entry_row *row,
                                    struct repository_entry_view *v)
{
    const struct repository_list_versions_row *rows;
    struct repository_version_view *made;

    TRY(repository_list_versions(scene->arena, scene->store, row->entry_id, &rows,
                                 &v->versions_count));
    made = NEW_MANY(scene->arena, struct repository_version_view, v->versions_count + 1);
    for (size_t i = 0; i < v->versions_count; i++)
        made[i] = (struct repository_version_view){
            .version = rows[i].version_number,
            .at = rows[i].made_at,
            .by = rows[i].person_name,
            .is_shown = v->is_public && rows[i].version_number == row->shown_version};
    v->versions = made;
    return DONE;
}

/* As it is typed, to be kept when it is published again; "" without one. */
static struct str last_day(struct scene *scene, moment valid_until)
{
    char day[11] = "";

    if (valid_until) calendar_day_print(calendar_day_of(valid_until - 1), day);
    return arena_copy(scene->arena, str_of(day));
}

static struct outcome show_state(struct scene *scene, const struct repository_find_entry_row *row,
                                 struct repository_entry_view *v)
{
    enum repository_state state;

    if (!repository_state_read(row->state, &state)) return FAULT("an unknown state of an answer");
    v->entry = row->entry_id;
    v->reference = row->reference;
    v->state = row->state;
    v->state_name = text_in(scene->language, repository_state_name(state));
    v->state_css = str_of(repository_state_css(state));
    v->version = row->version_number;
    v->valid_until = row->valid_until;
    v->valid_day = last_day(scene, row->valid_until);
    v->is_public = state == REPOSITORY_PUBLISHED;
    v->was_published = row->shown_version > 0;
    v->is_open = state != REPOSITORY_REFUSED && state != REPOSITORY_WITHDRAWN;
    TRY(repository_consent(scene, row->case_id, &v->consent));
    v->is_yes = str_same(v->consent, S("yes"));
    v->is_no = str_same(v->consent, S("no"));
    return repository_reason(scene, row->reason_sealed, &v->reason);
}

static struct outcome show_entry(struct request *request, const void *query, void *view)
{
    const struct repository_entry_form *f = query;
    struct repository_entry_view *v = view;
    struct scene *scene = request->scene;
    const struct form_state *typed = request->face ? request->face->form : NULL;
    struct repository_find_entry_row row;
    struct repository_text text;

    TRY(repository_open_entry(scene, f->entry, &row));
    TRY(show_state(scene, &row, v));
    TRY(repository_text_of(scene, row.entry_id, row.version_number, &text));
    v->title = text.title;
    v->field = text.field;
    v->question = text.question;
    v->answer = text.answer;
    v->is_editing = typed && typed->form == &repository_edit_form;
    TRY(people_field_name(scene, text.field, &v->field_name));
    TRY(laws_link(scene, text.answer, 0, &v->pieces, &v->pieces_count));
    TRY(repository_show_cites(scene, row.entry_id, row.shown_version, &v->cites, &v->cites_count));
    TRY(show_said(scene, v));
    show_left(scene, v);
    TRY(show_versions(scene, &row, v));
    return repository_field_choices(scene, v->field, false, &v->fields, &v->fields_count);
}

const struct page repository_board_pages[] = {
    {.method = GET,
     .path = "/board/repository",
     .who = WHO_SUPERVISOR,
     .about = "Answers proposed for everybody, and those to be looked at again.",
     .query = &repository_queue_form,
     .view = &repository_queue_view,
     .html = &html_repository_queue,
     .show = show_queue},
    {.method = GET,
     .path = "/board/repository/{entry}",
     .who = WHO_SUPERVISOR,
     .about = "One answer with its versions, its articles and what may still tell who it is about.",
     .query = &repository_entry_form,
     .view = &repository_entry_view,
     .html = &html_repository_entry,
     .show = show_entry},
    {.method = POST,
     .path = "/board/repository/{entry}",
     .who = WHO_SUPERVISOR,
     .about = "Save another version. What is published stays until the new one is.",
     .act = &repository_edit,
     .then = "/board/repository/{entry}",
     .said = T("Saved as a new version."),
     .again = "/board/repository/{entry}"},
    {.method = POST,
     .path = "/board/repository/{entry}/publish",
     .who = WHO_SUPERVISOR,
     .about = "Publish the newest version; each article it cites must be there.",
     .act = &repository_publish,
     .then = "/board/repository/{entry}",
     .said = T("Published. Everybody can read it now."),
     .again = "/board/repository/{entry}"},
    {.method = POST,
     .path = "/board/repository/{entry}/refuse",
     .who = WHO_SUPERVISOR,
     .about = "Do not take an answer, or withdraw it, with a reason.",
     .act = &repository_refuse,
     .then = "/board/repository/{entry}",
     .said = T("Nobody can read it. Whoever proposed it is shown your reason."),
     .again = "/board/repository/{entry}"},
    {0}};
