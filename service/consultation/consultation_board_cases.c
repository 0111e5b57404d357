/* consultation_board_cases.c -- the rows behind the numbers of the board.
 *
 *  (1) A list has exactly as many rows as the board's number says (consultation_board.c).
 *  (2) Nothing that was written is here: only which cases, where they stand and with whom.
 */
#include "bureau/people/people_acts.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_pages.h"

enum { LIMIT_USUAL = 50, LIMIT_MAX = 100 };

/* Moments further away than any case's. */
static const moment NEVER = INT64_MAX;

enum kind { OPEN, ENDED, RATED, LEFT };

static const struct list {
    const char *word, *name, *state, *state_or;
    enum kind kind;
} lists[] = {
    {"waiting", T("Waiting"), "waiting", "offered", OPEN},
    {"hall", T("At a hall"), "hall", "hall", OPEN},
    {"talking", T("In conversation"), "talking", "talking", OPEN},
    {"held", T("With one consultant: offered or talking"), "offered", "talking", OPEN},
    {"message", T("Written questions, open"), "message", "message", OPEN},
    {"risk", T("Written questions at risk"), "message", "message", OPEN},
    {"overdue", T("Written questions overdue"), "message", "message", OPEN},
    {"answered", T("Written questions answered today"), "", "", ENDED},
    {"closed", T("Closed today"), "", "", ENDED},
    {"left", T("Gave up waiting today"), "", "", LEFT},
    {"answered_month", T("Written questions answered this month"), "", "", ENDED},
    {"closed_month", T("Closed this month"), "", "", ENDED},
    {"rated_month", T("Rated this month"), "", "", RATED},
    {"rated", T("Rated in the last 30 days"), "", "", RATED},
    {"rated_today", T("Rated today"), "", "", RATED},
};

static const struct list *list_of(struct str word)
{
    for (size_t i = 0; i < COUNT(lists); i++) {
        if (str_same(word, str_of(lists[i].word))) return &lists[i];
    }
    return NULL;
}

static bool is(const struct list *list, const char *word)
{
    return str_same(str_of(list->word), str_of(word));
}

/* One shape for the rows of all three queries. */
struct found {
    const struct consultation_list_board_rated_cases_row *rows;
    size_t count;
};

#define PLAIN_ROW(from)                                                                            \
    (struct consultation_list_board_rated_cases_row)                                               \
    {                                                                                              \
        .consultation_id = (from).consultation_id, .reference = (from).reference,                  \
        .state = (from).state, .field = (from).field, .profession = (from).profession,             \
        .division = (from).division, .team_id = (from).team_id,                                    \
        .consultant_id = (from).consultant_id, .person_name = (from).person_name,                  \
        .asked_at = (from).asked_at, .waiting_at = (from).waiting_at, .due_at = (from).due_at,     \
        .warned = (from).warned, .talk_at = (from).talk_at, .answered_at = (from).answered_at,     \
        .closed_at = (from).closed_at                                                              \
    }

static struct outcome find_open(struct scene *scene, const struct list *list,
                                const struct consultation_bounds *b, id consultant_id, id after,
                                int64_t max_rows, struct found *found)
{
    bool is_risk = is(list, "risk"), is_overdue = is(list, "overdue");
    const struct consultation_list_board_open_cases_row *rows;
    struct consultation_list_board_rated_cases_row *plain;

    TRY(consultation_list_board_open_cases(scene->arena, scene->store,
                                           &(struct consultation_list_board_open_cases_values){
                                               .state = str_of(list->state),
                                               .state__or = str_of(list->state_or),
                                               .warned = is_risk ? 1 : 0,
                                               .due_at__from = is_risk ? scene->now : -1,
                                               .due_at__until = is_overdue ? scene->now : NEVER,
                                               .consultation_id = after,
                                               .consultant_id = consultant_id,
                                               .division__scope = b->scope,
                                               .division__chosen = b->district,
                                               .team_id__scope = b->team_scope,
                                               .team_id__chosen = b->team,
                                               .team_id__above = b->above,
                                               .field__chosen = b->field,
                                               .profession__chosen = b->profession,
                                               .channel__chosen = b->channel,
                                               .max_rows = max_rows},
                                           &rows, &found->count));
    plain =
        NEW_MANY(scene->arena, struct consultation_list_board_rated_cases_row, found->count + 1);
    for (size_t i = 0; i < found->count; i++) plain[i] = PLAIN_ROW(rows[i]);
    found->rows = plain;
    return DONE;
}

static struct outcome find_ended(struct scene *scene, const struct list *list,
                                 const struct consultation_bounds *b, id after, int64_t max_rows,
                                 struct found *found)
{
    bool is_month = str_ends(str_of(list->word), S("_month"));
    bool is_answered = str_begins(str_of(list->word), S("answered"));
    moment since = is_month ? consultation_this_month(scene->now) : consultation_today(scene->now);
    const struct consultation_list_board_ended_cases_row *rows;
    struct consultation_list_board_rated_cases_row *plain;

    TRY(consultation_list_board_ended_cases(scene->arena, scene->store,
                                            &(struct consultation_list_board_ended_cases_values){
                                                .answered_at = is_answered ? since : NEVER,
                                                .closed_at = is_answered ? NEVER : since,
                                                .consultation_id = after,
                                                .division__scope = b->scope,
                                                .division__chosen = b->district,
                                                .team_id__scope = b->team_scope,
                                                .team_id__chosen = b->team,
                                                .team_id__above = b->above,
                                                .field__chosen = b->field,
                                                .profession__chosen = b->profession,
                                                .channel__chosen = b->channel,
                                                .max_rows = max_rows},
                                            &rows, &found->count));
    plain =
        NEW_MANY(scene->arena, struct consultation_list_board_rated_cases_row, found->count + 1);
    for (size_t i = 0; i < found->count; i++) plain[i] = PLAIN_ROW(rows[i]);
    found->rows = plain;
    return DONE;
}

static struct outcome find_left(struct scene *scene, const struct consultation_bounds *b, id after,
                                int64_t max_rows, struct found *found)
{
    const struct consultation_list_board_left_cases_row *rows;
    struct consultation_list_board_rated_cases_row *plain;

    TRY(consultation_list_board_left_cases(
        scene->arena, scene->store,
        &(struct consultation_list_board_left_cases_values){.at = consultation_today(scene->now),
                                                            .consultation_id = after,
                                                            .division__scope = b->scope,
                                                            .division__chosen = b->district,
                                                            .team_id__scope = b->team_scope,
                                                            .team_id__chosen = b->team,
                                                            .team_id__above = b->above,
                                                            .field__chosen = b->field,
                                                            .profession__chosen = b->profession,
                                                            .channel__chosen = b->channel,
                                                            .max_rows = max_rows},
        &rows, &found->count));
    plain =
        NEW_MANY(scene->arena, struct consultation_list_board_rated_cases_row, found->count + 1);
    for (size_t i = 0; i < found->count; i++) plain[i] = PLAIN_ROW(rows[i]);
    found->rows = plain;
    return DONE;
}

static struct outcome find_rated(struct scene *scene, const struct list *list,
                                 const struct consultation_bounds *b, id after, int64_t max_rows,
                                 struct found *found)
{
    return consultation_list_board_rated_cases(
        scene->arena, scene->store,
        &(struct consultation_list_board_rated_cases_values){
            .at = is(list, "rated_today")   ? consultation_today(scene->now)
                  : is(list, "rated_month") ? consultation_this_month(scene->now)
                                            : scene->now - CONSULTATION_RATED_SECONDS,
            .consultation_id = after,
            .division__scope = b->scope,
            .division__chosen = b->district,
            .team_id__scope = b->team_scope,
            .team_id__chosen = b->team,
            .team_id__above = b->above,
            .field__chosen = b->field,
            .profession__chosen = b->profession,
            .channel__chosen = b->channel,
            .max_rows = max_rows},
        &found->rows, &found->count);
}

static struct outcome show_row(struct scene *scene,
                               const struct consultation_list_board_rated_cases_row *row,
                               struct consultation_board_case_row_view *v)
{
    enum consultation_state state = consultation_state_of(row->state);
    bool waits = state == CONSULTATION_WAITING || state == CONSULTATION_OFFERED ||
                 state == CONSULTATION_HALL;
    bool is_open = state == CONSULTATION_MESSAGE;

    *v = (struct consultation_board_case_row_view){
        .reference = row->reference,
        .state = row->state,
        .state_name = text_in(scene->language, consultation_state_name(state)),
        .state_css = str_of(consultation_state_css(state)),
        .field = row->field,
        .profession = row->profession,
        .division = row->division,
        .team = row->team_id,
        .consultant = row->consultant_id ? row->person_name : S(""),
        .asked_at = row->asked_at,
        .waited_seconds = waits ? scene->now - row->waiting_at : 0,
        .due_at = is_open ? row->due_at : 0,
        .due_day = is_open && row->due_at ? row->due_at - 1 : 0,
        .at_risk = is_open && row->warned >= 1 && row->due_at > scene->now,
        .overdue = is_open && row->due_at <= scene->now,
        .stars = row->stars,
    };
    v->waited_minutes = v->waited_seconds / SECONDS_PER_MINUTE;
    TRY(people_field_name(scene, row->field, &v->field_name));
    TRY(consultation_board_district_name(scene, row->division, &v->division_name));
    if (row->team_id) TRY(consultation_board_team_name(scene, row->team_id, &v->team_name));
    return DONE;
}

struct outcome consultation_show_board_cases(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_board_cases_form *f = query;
    struct consultation_board_cases_view *v = view;
    const struct list *list = list_of(f->list);
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    struct consultation_bounds bounds =
        consultation_bounds_of(scene, f->district, f->team, f->field, f->profession);
    struct consultation_board_case_row_view *rows;
    struct found found = {0};

    bounds.channel = f->channel;
    if (!list) return REFUSE(act_unknown);
    v->is_held = is(list, "held");
    if (v->is_held != (f->consultant > 0)) return REFUSE(act_unknown);
    v->consultant = f->consultant;
    if (list->kind == OPEN)
        TRY(find_open(scene, list, &bounds, f->consultant, f->after, limit + 1, &found));
    if (list->kind == ENDED) TRY(find_ended(scene, list, &bounds, f->after, limit + 1, &found));
    if (list->kind == LEFT) TRY(find_left(scene, &bounds, f->after, limit + 1, &found));
    if (list->kind == RATED) TRY(find_rated(scene, list, &bounds, f->after, limit + 1, &found));
    if ((int64_t)found.count > limit) {
        found.count = (size_t)limit;
        v->next =
            arena_print(scene->arena, "%lld", (long long)found.rows[limit - 1].consultation_id);
    }
    rows = NEW_MANY(scene->arena, struct consultation_board_case_row_view, found.count + 1);
    for (size_t i = 0; i < found.count; i++) TRY(show_row(scene, &found.rows[i], &rows[i]));
    v->consultations = rows;
    v->consultations_count = found.count;
    v->list = f->list;
    v->list_name = text_in(scene->language, list->name);
    v->district = f->district;
    v->team = f->team;
    v->field = f->field;
    v->profession = f->profession;
    v->channel = f->channel;
    v->is_waiting = is(list, "waiting") || is(list, "hall");
    v->is_written = is(list, "message") || is(list, "risk") || is(list, "overdue");
    v->is_rated = list->kind == RATED;
    return consultation_bounds_words(scene, &bounds, &v->bounds);
}
