/* repository_pages.c -- answered questions everybody may read.
 *
 *  (1) What is not published, is over or cites what has changed is not there: neither listed nor
 *      counted, and its address is like one nobody ever gave.
 */
#include "bureau/people/people_acts.h"
#include "gen/repository_html.h"
#include "platform/known.h"
#include "service/repository/repository_views.h"

#define FORM_THIS repository_propose_form
FORM_TABLE(repository_propose, REPOSITORY_PROPOSE_FORM)
#undef FORM_THIS
#define FORM_THIS repository_of_case_form
FORM_TABLE(repository_of_case, REPOSITORY_OF_CASE_FORM)
#undef FORM_THIS
#define FORM_THIS repository_entry_form
FORM_TABLE(repository_entry, REPOSITORY_ENTRY_FORM)
#undef FORM_THIS
#define FORM_THIS repository_edit_form
FORM_TABLE(repository_edit, REPOSITORY_EDIT_FORM)
#undef FORM_THIS
#define FORM_THIS repository_publish_form
FORM_TABLE(repository_publish, REPOSITORY_PUBLISH_FORM)
#undef FORM_THIS
#define FORM_THIS repository_refuse_form
FORM_TABLE(repository_refuse, REPOSITORY_REFUSE_FORM)
#undef FORM_THIS
#define FORM_THIS repository_vote_form
FORM_TABLE(repository_vote, REPOSITORY_VOTE_FORM)
#undef FORM_THIS
#define FORM_THIS repository_list_form
FORM_TABLE(repository_list, REPOSITORY_LIST_FORM)
#undef FORM_THIS
#define FORM_THIS repository_answer_form
FORM_TABLE(repository_answer, REPOSITORY_ANSWER_FORM)
#undef FORM_THIS
#define FORM_THIS repository_queue_form
FORM_TABLE(repository_queue, REPOSITORY_QUEUE_FORM)
#undef FORM_THIS
#define FORM_THIS repository_mine_form
FORM_TABLE(repository_mine, REPOSITORY_MINE_FORM)
#undef FORM_THIS

#define VIEW_THIS repository_made_view
VIEW_TABLE(repository_made, REPOSITORY_MADE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_piece_view
VIEW_TABLE(repository_piece, REPOSITORY_PIECE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_draft_view
VIEW_TABLE(repository_draft, REPOSITORY_DRAFT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_cite_view
VIEW_TABLE(repository_cite, REPOSITORY_CITE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_row_view
VIEW_TABLE(repository_row, REPOSITORY_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_tab_view
VIEW_TABLE(repository_tab, REPOSITORY_TAB_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_queue_view
VIEW_TABLE(repository_queue, REPOSITORY_QUEUE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_mine_view
VIEW_TABLE(repository_mine, REPOSITORY_MINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_version_view
VIEW_TABLE(repository_version, REPOSITORY_VERSION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_entry_view
VIEW_TABLE(repository_entry, REPOSITORY_ENTRY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_listed_view
VIEW_TABLE(repository_listed, REPOSITORY_LISTED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_list_view
VIEW_TABLE(repository_list, REPOSITORY_LIST_VIEW)
#undef VIEW_THIS
#define VIEW_THIS repository_answer_view
VIEW_TABLE(repository_answer, REPOSITORY_ANSWER_VIEW)
#undef VIEW_THIS

enum { ANSWERS_A_PAGE = 20, VOTES_A_MINUTE = 20, ASK_POINTS_MAX = 200 };

struct outcome repository_field_choices(struct scene *scene, struct str chosen, bool with_all,
                                        const struct choice **fields, size_t *count)
{
    const struct people_list_fields_row *rows;
    struct choice *made;
    size_t found;

    TRY(people_fields(scene, &rows, &found));
    made = NEW_MANY(scene->arena, struct choice, found + 1);
    *count = 0;
    if (with_all) made[(*count)++].label = text_in(scene->language, T("All fields"));
    for (size_t i = 0; i < found; i++)
        made[(*count)++] = (struct choice){
            .value = rows[i].field,
            .label = scene->language == LANGUAGE_EN ? rows[i].field_en : rows[i].field_zh,
            .chosen = str_same(rows[i].field, chosen)};
    *fields = made;
    return DONE;
}

/* ---- the list ---- */

static struct outcome list_row(struct scene *scene, const struct repository_list_published_row *row,
                               struct repository_list_view *v, struct repository_listed_view *made)
{
    bool is_current = !row->valid_until || row->valid_until > scene->now;

    if (is_current)
        TRY(repository_is_current(scene, row->entry_id, row->shown_version, &is_current));
    if (!is_current) return DONE;
    *made = (struct repository_listed_view){.answer = row->entry_id,
                                            .field = row->field,
                                            .published_at = row->published_at,
                                            .useful = row->useful_count};
    TRY(repository_unseal(scene, row->title_sealed, &made->title));
    TRY(people_field_name(scene, row->field, &made->field_name));
    v->answers_count++;
    return DONE;
}

static struct outcome show_list(struct request *request, const void *query, void *view)
{
    const struct repository_list_form *f = query;
    struct repository_list_view *v = view;
    struct scene *scene = request->scene;
    const struct repository_list_published_row *rows;
    struct repository_listed_view *made =
        NEW_MANY(scene->arena, struct repository_listed_view, ANSWERS_A_PAGE);
    size_t count, i;

    v->field = f->field;
    v->answers = made;
    TRY(repository_field_choices(scene, f->field, true, &v->fields, &v->fields_count));
    TRY(repository_list_published(scene->arena, scene->store, f->before ? f->before : INT64_MAX,
                                  f->field, &rows, &count));
    for (i = 0; i < count && v->answers_count < ANSWERS_A_PAGE; i++)
        TRY(list_row(scene, &rows[i], v, &made[v->answers_count]));
    if (v->answers_count == ANSWERS_A_PAGE && i < count) v->next = rows[i - 1].entry_id;
    return DONE;
}

/* ---- one answer ---- */

static struct str first_points(struct str text, size_t points)
{
    size_t at = 0;

    while (at < text.len && (points || ((unsigned char)text.at[at] & 0xc0) == 0x80))
        points -= ((unsigned char)text.at[at++] & 0xc0) != 0x80;
    return (struct str){text.at, at};
}

static struct outcome show_answer(struct request *request, const void *query, void *view)
{
    const struct repository_answer_form *f = query;
    struct repository_answer_view *v = view;
    struct scene *scene = request->scene;
    struct repository_told told;
    struct str vote;
    bool is_public;

    TRY(repository_tell(scene, f->answer, &told, &is_public));
    if (!is_public) return REFUSE(act_unknown);
    v->answer = told.entry_id;
    v->title = told.title;
    v->field = told.field;
    v->question = told.question;
    v->text = told.answer;
    v->published_at = told.published_at;
    v->valid_until = told.valid_until;
    v->last_day = told.valid_until ? told.valid_until - 1 : 0;
    v->useful = told.useful;
    v->useless = told.useless;
    v->ask_q = first_points(told.title, ASK_POINTS_MAX);
    TRY(people_field_name(scene, told.field, &v->field_name));
    TRY(laws_link(scene, told.answer, 0, &v->pieces, &v->pieces_count));
    TRY(repository_show_cites(scene, told.entry_id, told.version, &v->cites, &v->cites_count));
    TRY(repository_voted(scene, told.entry_id, &vote));
    v->said_useful = str_same(vote, S("yes"));
    v->said_useless = str_same(vote, S("no"));
    return DONE;
}

static const struct query_known answers_known[] = {{"field", NULL, people_knows_field}, {0}};

KNOWN_SHOW(show_known_answers, repository_list_form, answers_known, show_list)

static const struct page pages[] = {
    {.method = GET,
     .path = "/answers",
     .who = WHO_ANYONE,
     .about = "Questions that were answered and published for everybody, newest first.",
     .query = &repository_list_form,
     .view = &repository_list_view,
     .html = &html_repository_list,
     .show = show_known_answers},
    {.method = GET,
     .path = "/answers/{answer}",
     .who = WHO_ANYONE,
     .about = "An answered question with the articles it cites.",
     .query = &repository_answer_form,
     .view = &repository_answer_view,
     .html = &html_repository_answer,
     .show = show_answer},
    {.method = POST,
     .path = "/answers/{answer}/vote",
     .who = WHO_ANYONE,
     .about = "Say whether an answer helped: once for each person, or for each browser.",
     .act = &repository_vote,
     .then = "/answers/{answer}",
     .said = T("Thank you."),
     .again = "/answers/{answer}",
     .per_minute = VOTES_A_MINUTE},
    {0}};

static const struct page *const more_pages[] = {repository_desk_pages, repository_board_pages,
                                                NULL};
static const struct act *const clock_acts[] = {&repository_watch, NULL};

const struct module repository_module = {.name = "repository",
                                         .schema = repository_schema,
                                         .migrations = repository_migrations,
                                         .pages = pages,
                                         .more_pages = more_pages,
                                         .clock_acts = clock_acts};
