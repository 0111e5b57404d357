/* classics_pages.c -- the ten best cases, for everybody.
 *
 *  (1) Before the vote begins nobody sees what is nominated; while it goes on nobody sees how many
 *      voted for what, so that nobody votes with the many.
 *  (2) A case that may no longer be read is neither shown nor counted, before and afterwards.
 */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/classics_html.h"
#include "service/classics/classics_pages.h"
#include "service/repository/repository_acts.h"

#define FORM_THIS classics_list_form
FORM_TABLE(classics_list, CLASSICS_LIST_FORM)
#undef FORM_THIS
#define FORM_THIS classics_round_form
FORM_TABLE(classics_round, CLASSICS_ROUND_FORM)
#undef FORM_THIS
#define FORM_THIS classics_vote_form
FORM_TABLE(classics_vote, CLASSICS_VOTE_FORM)
#undef FORM_THIS
#define FORM_THIS classics_open_form
FORM_TABLE(classics_open, CLASSICS_OPEN_FORM)
#undef FORM_THIS
#define FORM_THIS classics_plan_form
FORM_TABLE(classics_plan, CLASSICS_PLAN_FORM)
#undef FORM_THIS
#define FORM_THIS classics_nominate_form
FORM_TABLE(classics_nominate, CLASSICS_NOMINATE_FORM)
#undef FORM_THIS
#define FORM_THIS classics_screen_form
FORM_TABLE(classics_screen, CLASSICS_SCREEN_FORM)
#undef FORM_THIS

#define VIEW_THIS classics_made_view
VIEW_TABLE(classics_made, CLASSICS_MADE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS classics_head_view
VIEW_TABLE(classics_head, CLASSICS_HEAD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS classics_list_view
VIEW_TABLE(classics_list, CLASSICS_LIST_VIEW)
#undef VIEW_THIS
#define VIEW_THIS classics_case_view
VIEW_TABLE(classics_case, CLASSICS_CASE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS classics_round_view
VIEW_TABLE(classics_round, CLASSICS_ROUND_VIEW)
#undef VIEW_THIS
#define VIEW_THIS classics_nomination_view
VIEW_TABLE(classics_nomination, CLASSICS_NOMINATION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS classics_board_view
VIEW_TABLE(classics_board, CLASSICS_BOARD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS classics_desk_view
VIEW_TABLE(classics_desk, CLASSICS_DESK_VIEW)
#undef VIEW_THIS

enum { ROUNDS_A_PAGE = 20, VOTES_A_MINUTE = 20 };

/* ---- rounds ---- */

struct outcome classics_show_head(struct scene *scene, const struct classics_find_round_row *row,
                                  struct classics_head_view *v)
{
    enum classics_phase phase = classics_phase_of(scene, row);

    *v = (struct classics_head_view){
        .round = row->round_id,
        .title = row->title,
        .division = row->division,
        .phase = str_of(classics_phase_word(phase)),
        .phase_name = text_in(scene->language, classics_phase_name(phase)),
        .phase_css = str_of(classics_phase_css(phase)),
        .vote_from = row->vote_from,
        .vote_until = row->vote_until,
        .last_day = row->vote_until - 1};
    return people_division_name(scene, row->division, &v->division_name);
}

struct outcome classics_show_rounds(struct scene *scene, id before, bool own,
                                    const struct classics_head_view **rounds, size_t *count,
                                    id *next)
{
    struct str scope = scene_scope(scene, WHO_SUPERVISOR | WHO_LEADER);
    const struct classics_list_rounds_row *rows;
    struct classics_head_view *made;
    size_t rows_count;

    TRY(classics_list_rounds(scene->arena, scene->store, before ? before : INT64_MAX, &rows,
                             &rows_count));
    made = NEW_MANY(scene->arena, struct classics_head_view, rows_count + 1);
    *count = 0;
    for (size_t i = 0; i < rows_count; i++) {
        struct classics_find_round_row row = {
            .round_id = rows[i].round_id,
            .division = rows[i].division,
            .title = rows[i].title,
            .vote_from = rows[i].vote_from,
            .vote_until = rows[i].vote_until,
            .counted_at = rows[i].counted_at};

        if (own && !classics_overlap(row.division, scope)) continue;
        TRY(classics_show_head(scene, &row, &made[(*count)++]));
    }
    *rounds = made;
    *next = rows_count == ROUNDS_A_PAGE ? rows[rows_count - 1].round_id : 0;
    return DONE;
}

static struct outcome show_list(struct request *request, const void *query, void *view)
{
    struct classics_list_view *v = view;

    return classics_show_rounds(request->scene, ((const struct classics_list_form *)query)->before,
                                false, &v->rounds, &v->rounds_count, &v->next);
}

/* ---- one round ---- */

static struct outcome show_case(struct scene *scene, id entry_id, struct classics_case_view *made,
                                size_t *count)
{
    struct repository_told told;
    bool is_public;

    TRY(repository_tell(scene, entry_id, &told, &is_public));
    if (!is_public) return DONE;
    made += (*count)++;
    *made = (struct classics_case_view){
        .entry = entry_id,
        .title = told.title,
        .question = told.question,
        .url = arena_print(scene->arena, "/answers/%lld", (long long)entry_id)};
    return people_field_name(scene, told.field, &made->field_name);
}

static struct outcome show_ballot(struct scene *scene, struct classics_round_view *v)
{
    const struct classics_list_accepted_row *rows;
    struct classics_case_view *made;
    struct classics_find_vote_row voted = {0};
    struct str voter = classics_voter(scene, v->head->round);
    bool found = false;
    size_t count;

    TRY(classics_list_accepted(scene->arena, scene->store, v->head->round, &rows, &count));
    if (voter.len) TRY(classics_find_vote(scene->store, v->head->round, voter, &voted, &found));
    v->may_vote = voter.len > 0;
    made = NEW_MANY(scene->arena, struct classics_case_view, count + 1);
    v->cases = made;
    for (size_t i = 0; i < count; i++) {
        size_t before = v->cases_count;

        TRY(show_case(scene, rows[i].entry_id, made, &v->cases_count));
        if (v->cases_count == before) continue;
        made[before].is_chosen = found && voted.entry_id == rows[i].entry_id;
        v->has_voted = v->has_voted || made[before].is_chosen;
    }
    return DONE;
}

static struct outcome show_best(struct scene *scene, struct classics_round_view *v)
{
    const struct classics_list_best_row *rows;
    struct classics_case_view *made;
    size_t count;

    TRY(classics_list_best(scene->arena, scene->store, v->head->round, &rows, &count));
    made = NEW_MANY(scene->arena, struct classics_case_view, count + 1);
    v->cases = made;
    for (size_t i = 0; i < count; i++) {
        size_t before = v->cases_count;

        TRY(show_case(scene, rows[i].entry_id, made, &v->cases_count));
        if (v->cases_count == before) continue;
        made[before].place = (int64_t)before + 1; /* those behind a hidden one move up */
        made[before].votes = rows[i].votes_count;
    }
    return DONE;
}

static struct outcome show_round(struct request *request, const void *query, void *view)
{
    const struct classics_round_form *f = query;
    struct classics_round_view *v = view;
    struct scene *scene = request->scene;
    struct classics_head_view *head = NEW(scene->arena, struct classics_head_view);
    struct classics_find_round_row row;
    enum classics_phase phase;
    bool found;

    TRY(classics_find_round(scene->arena, scene->store, f->round, &row, &found));
    if (!found) return REFUSE(act_unknown);
    phase = classics_phase_of(scene, &row);
    TRY(classics_show_head(scene, &row, head));
    v->head = head;
    v->is_voting = phase == CLASSICS_VOTING;
    v->is_over = phase == CLASSICS_OVER;
    if (v->is_voting) return show_ballot(scene, v);
    if (!v->is_over) return DONE;
    v->votes = row.votes_count;
    return show_best(scene, v);
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/classics",
     .who = WHO_ANYONE,
     .about = "Rounds in which the ten best cases are collected and voted, newest first.",
     .query = &classics_list_form,
     .view = &classics_list_view,
     .html = &html_classics_list,
     .show = show_list},
    {.method = GET,
     .path = "/classics/{round}",
     .who = WHO_ANYONE,
     .about = "The cases that can be voted for, or the ten best when the vote is over.",
     .query = &classics_round_form,
     .view = &classics_round_view,
     .html = &html_classics_round,
     .show = show_round},
    {.method = POST,
     .path = "/classics/{round}/vote",
     .who = WHO_RESIDENT | WHO_CONSULTANT,
     .about = "Vote for a case, or change your vote: one for each person and round.",
     .act = &classics_vote,
     .then = "/classics/{round}",
     .said = T("Your vote counts. You can change it until the last day."),
     .again = "/classics/{round}",
     .per_minute = VOTES_A_MINUTE},
    {0}};

static const struct page *const more_pages[] = {classics_board_pages, NULL};
static const struct act *const clock_acts[] = {&classics_count, NULL};

const struct module classics_module = {.name = "classics",
                                       .schema = classics_schema,
                                       .migrations = classics_migrations,
                                       .pages = pages,
                                       .more_pages = more_pages,
                                       .clock_acts = clock_acts};
