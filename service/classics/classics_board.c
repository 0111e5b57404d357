/* classics_board.c -- where editors open rounds and nominate, and leaders screen. */
#include "desk/calendar/calendar.h"
#include "gen/classics_html.h"
#include "service/classics/classics_pages.h"
#include "service/repository/repository_acts.h"

static struct outcome show_board(struct request *request, const void *query, void *view)
{
    struct classics_board_view *v = view;

    v->may_open = scene_is(request->scene, WHO_SUPERVISOR);
    return classics_show_rounds(request->scene, ((const struct classics_list_form *)query)->before,
                                true, &v->rounds, &v->rounds_count, &v->next);
}

static struct outcome show_nomination(struct scene *scene,
                                      const struct classics_list_nominations_row *row,
                                      bool is_collecting, struct classics_nomination_view *v)
{
    struct repository_told told;

    *v = (struct classics_nomination_view){.round = row->round_id,
                                           .entry = row->entry_id,
                                           .state = row->state,
                                           .why = row->why,
                                           .by = row->person_name,
                                           .reason = row->reason,
                                           .screened_by = row->person_name__screened};
    v->state_name = text_in(scene->language, classics_state_name(row->state));
    v->may_screen =
        is_collecting && classics_may_screen(scene, row->division, row->nominated_by);
    TRY(repository_tell(scene, row->entry_id, &told, &v->is_public));
    v->title = v->is_public ? told.title : S("");
    return DONE;
}

static struct outcome show_nominations(struct scene *scene, id round_id, bool is_collecting,
                                       struct classics_desk_view *v)
{
    const struct classics_list_nominations_row *rows;
    struct classics_nomination_view *made;

    TRY(classics_list_nominations(scene->arena, scene->store, round_id, &rows,
                                  &v->nominations_count));
    made = NEW_MANY(scene->arena, struct classics_nomination_view, v->nominations_count + 1);
    v->nominations = made;
    for (size_t i = 0; i < v->nominations_count; i++)
        TRY(show_nomination(scene, &rows[i], is_collecting, &made[i]));
    return DONE;
}

static bool is_nominated(const struct classics_desk_view *v, id entry_id)
{
    for (size_t i = 0; i < v->nominations_count; i++)
        if (v->nominations[i].entry == entry_id) return true;
    return false;
}

/* The newest of the place that are not nominated yet. */
static struct outcome show_choices(struct scene *scene, struct str division,
                                   struct classics_desk_view *v)
{
    const struct repository_told *told;
    struct choice *made;
    size_t count;

    TRY(repository_newest(scene, division, &told, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (is_nominated(v, told[i].entry_id)) continue;
        made[v->entries_count++] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)told[i].entry_id),
            .label = told[i].useful ? arena_print(scene->arena, "%.*s (+%lld)",
                                                  STR_ARGS(told[i].title),
                                                  (long long)told[i].useful)
                                    : told[i].title};
    }
    v->entries = made;
    v->may_nominate = v->entries_count > 0;
    return DONE;
}

static struct str day_of(struct scene *scene, moment at)
{
    char day[11];

    calendar_day_print(calendar_day_of(at), day);
    return arena_copy(scene->arena, str_of(day));
}

static struct outcome show_desk(struct request *request, const void *query, void *view)
{
    struct classics_desk_view *v = view;
    struct scene *scene = request->scene;
    struct classics_head_view *head = NEW(scene->arena, struct classics_head_view);
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);
    struct classics_find_round_row row;
    bool is_collecting;

    TRY(classics_open_round(scene, ((const struct classics_round_form *)query)->round, &row));
    TRY(classics_show_head(scene, &row, head));
    v->head = head;
    v->title = row.title;
    v->first_day = day_of(scene, row.vote_from);
    v->last_day = day_of(scene, row.vote_until - 1);
    is_collecting = classics_phase_of(scene, &row) == CLASSICS_COLLECTING;
    TRY(show_nominations(scene, row.round_id, is_collecting, v));
    if (!is_collecting || !scope.len) return DONE;
    v->may_plan = str_begins(row.division, scope);
    return show_choices(scene, v->may_plan ? row.division : scope, v);
}

const struct page classics_board_pages[] = {
    {.method = GET,
     .path = "/board/classics",
     .who = WHO_SUPERVISOR | WHO_LEADER,
     .about = "Rounds of the ten best cases of the place one watches or leads.",
     .query = &classics_list_form,
     .view = &classics_board_view,
     .html = &html_classics_board,
     .show = show_board},
    {.method = POST,
     .path = "/board/classics",
     .who = WHO_SUPERVISOR,
     .about = "Open a round, with the days of its vote.",
     .act = &classics_open,
     .status = 201,
     .then = "/board/classics/{round}",
     .said = T("The round is open: cases can be nominated."),
     .again = "/board/classics"},
    {.method = GET,
     .path = "/board/classics/{round}",
     .who = WHO_SUPERVISOR | WHO_LEADER,
     .about = "What is nominated for a round, and what was decided about it.",
     .query = &classics_round_form,
     .view = &classics_desk_view,
     .html = &html_classics_desk,
     .show = show_desk},
    {.method = POST,
     .path = "/board/classics/{round}",
     .who = WHO_SUPERVISOR,
     .about = "Change title and days, until the vote begins.",
     .act = &classics_plan,
     .then = "/board/classics/{round}",
     .said = T("Saved."),
     .again = "/board/classics/{round}"},
    {.method = POST,
     .path = "/board/classics/{round}/nominations",
     .who = WHO_SUPERVISOR,
     .about = "Nominate an answer everybody may read.",
     .act = &classics_nominate,
     .then = "/board/classics/{round}",
     .said = T("Nominated. A leader of its district screens it."),
     .again = "/board/classics/{round}"},
    {.method = POST,
     .path = "/board/classics/{round}/nominations/{entry}",
     .who = WHO_LEADER,
     .about = "Screen a nomination: accept it, or refuse it with a reason.",
     .act = &classics_screen,
     .then = "/board/classics/{round}",
     .said = T("Decided."),
     .again = "/board/classics/{round}"},
    {0}};
