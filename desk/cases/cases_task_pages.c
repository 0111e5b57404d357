/* cases_task_pages.c -- what offices ask of one another: in a case, and in lists for both sides.
 *
 *  (1) Words are shown to whoever has opened the case; who has to contribute reads its own part.
 *  (2) A list holds what lies in the division of whoever looks: what that office has to answer, and
 *      what it asked. */
#include "desk/cases/cases_views.h"
#include "gen/cases_html.h"

enum { ROWS_MAX = 100, TASKS_A_MINUTE = 60 };

/* ---- of one case ---- */

static bool may(const struct cases_case *c, const struct cases_list_tasks_row *row,
                enum cases_task_step step)
{
    return IS_DONE(cases_task_may(row->kind, row->state, c->is, step));
}

static struct outcome show_task(struct scene *scene, const struct cases_case *c,
                                const struct cases_list_tasks_row *row, struct cases_task_view *v)
{
    *v = (struct cases_task_view){.task = row->task_id,
                                  .reference = c->row.reference,
                                  .kind = row->kind,
                                  .state = row->state,
                                  .is_order = str_same(row->kind, S("order")),
                                  .division = row->division,
                                  .person_name = row->person_name,
                                  .at = row->at,
                                  .due_at = row->due_at,
                                  .until = row->due_at - 1,
                                  .is_late = row->late_at > 0 || (str_same(row->state, S("open")) &&
                                                                  row->due_at <= scene->now),
                                  .answered_at = row->answered_at,
                                  .answerer_name = row->answerer_name,
                                  .ended_at = row->ended_at,
                                  .may_answer = may(c, row, CASES_TASK_ANSWER),
                                  .may_end = may(c, row, CASES_TASK_END)};
    TRY(cases_unseal(scene, CASES_USE_WORDS, row->words_sealed, &v->words));
    if (row->answered_at) TRY(cases_unseal(scene, CASES_USE_WORDS, row->answer_sealed, &v->answer));
    if (row->ended_at) TRY(cases_unseal(scene, CASES_USE_WORDS, row->end_sealed, &v->end_words));
    return identity_division_name(scene, row->division, &v->division_name);
}

/* (1) */
static bool is_for(const struct cases_case *c, const struct cases_list_tasks_row *row,
                   struct str district)
{
    if (c->is & (1u << CASES_OFFICER | 1u << CASES_LEAD)) return true;
    return c->is & CASES_IS_HELPER && str_same(row->kind, S("part")) &&
           str_same(row->state, S("open")) && str_same(row->division, district);
}

struct outcome cases_show_tasks(struct scene *scene, const struct cases_case *c,
                                const struct cases_task_view **made, size_t *count)
{
    const struct cases_list_tasks_row *rows;
    struct str profession, district;
    struct cases_task_view *views;
    size_t rows_count;

    TRY(cases_helping_as(scene, &profession, &district));
    TRY(cases_list_tasks(scene->arena, scene->store, c->row.case_id, &rows, &rows_count));
    views = NEW_MANY(scene->arena, struct cases_task_view, rows_count + 1);
    *count = 0;
    for (size_t i = 0; i < rows_count; i++) {
        if (!is_for(c, &rows[i], district)) continue;
        TRY(show_task(scene, c, &rows[i], &views[*count]));
        if (!views[*count].is_order && !str_same(rows[i].division, district))
            views[*count].may_answer = false; /* another office's */
        ++*count;
    }
    *made = views;
    return DONE;
}

static struct outcome show_tasks(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct form_state *typed = request->face ? request->face->form : NULL;
    struct cases_tasks_view *v = view;
    struct str division = S("");
    struct cases_case c;
    bool is_over;

    TRY(cases_open_office(scene, ((const struct cases_reference_form *)query)->reference, &c));
    is_over = cases_is_over(&c.flow, c.state);
    v->reference = c.row.reference;
    v->item_name = cases_in(scene, c.item.name_zh, c.item.name_en);
    TRY(cases_show_look(request, &c, &v->closed));
    if (v->closed) return DONE;
    v->may_order = !is_over && IS_DONE(cases_task_may(S("order"), S(""), c.is, CASES_TASK_ASK));
    v->may_part = !is_over && IS_DONE(cases_task_may(S("part"), S(""), c.is, CASES_TASK_ASK));
    if (typed && typed->form == &cases_part_form)
        division = typed->given[form_place(&cases_part_form, S("part_division"))];
    TRY(cases_show_districts(scene, division, c.row.division, &v->divisions, &v->divisions_count));
    return cases_show_tasks(scene, &c, &v->tasks, &v->tasks_count);
}

static struct outcome show_reply(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct cases_task_place_form *f = query;
    struct cases_reply_view *v = view;
    const struct cases_task_view *tasks;
    struct cases_case c;
    size_t count;

    TRY(cases_open_office(scene, f->reference, &c));
    v->reference = c.row.reference;
    v->item_name = cases_in(scene, c.item.name_zh, c.item.name_en);
    TRY(cases_show_look(request, &c, &v->closed));
    if (v->closed) return DONE;
    TRY(cases_show_tasks(scene, &c, &tasks, &count));
    for (size_t i = 0; i < count; i++)
        if (tasks[i].task == f->task) v->task = &tasks[i];
    return v->task ? DONE : REFUSE(act_unknown);
}

/* ---- lists ---- */

/* The rows of both queries are alike. */
struct row {
    id task_id, version_id;
    struct str kind, state, division, from_division, reference, case_division, person_name;
    moment at, due_at, answered_at;
};
#define TAKE_ROW(from)                                                                             \
    (struct row)                                                                                   \
    {                                                                                              \
        .task_id = (from)->task_id, .version_id = (from)->version_id, .kind = (from)->kind,        \
        .state = (from)->state, .division = (from)->division,                                      \
        .from_division = (from)->from_division, .reference = (from)->reference,                    \
        .case_division = (from)->case_division, .person_name = (from)->person_name,                \
        .at = (from)->at, .due_at = (from)->due_at, .answered_at = (from)->answered_at             \
    }

static struct outcome show_asked(struct scene *scene, const struct cases_office *office,
                                 const struct row *row, struct cases_asked_view *v)
{
    bool is_ours = str_begins(row->case_division, office->division);
    bool is_helping = str_same(row->state, S("open")) && str_same(row->division, office->division);
    struct items_item item;
    bool found;

    *v = (struct cases_asked_view){.task = row->task_id,
                                   .reference = row->reference,
                                   .kind = row->kind,
                                   .division = row->division,
                                   .person_name = row->person_name,
                                   .at = row->at,
                                   .due_at = row->due_at,
                                   .until = row->due_at - 1,
                                   .is_late = !row->answered_at && row->due_at <= scene->now,
                                   .answered_at = row->answered_at,
                                   .may_open = is_ours || is_helping};
    TRY(items_version(scene, row->version_id, &item, &found));
    if (found) v->item_name = cases_in(scene, item.name_zh, item.name_en);
    TRY(identity_division_name(scene, row->from_division, &v->from_name));
    return identity_division_name(scene, row->division, &v->division_name);
}

#define SHOW_ROWS(query)                                                                           \
    do {                                                                                           \
        TRY(query);                                                                                \
        for (size_t i = 0; i < count; i++)                                                         \
            TRY(show_asked(scene, office, &TAKE_ROW(&rows[i]), &made[i]));                         \
    } while (0)

struct outcome cases_show_asked(struct scene *scene, const struct cases_office *office,
                                moment due_at, struct cases_task_list *list)
{
    struct cases_asked_view *made = NEW_MANY(scene->arena, struct cases_asked_view, ROWS_MAX + 2);
    const struct cases_list_tasks_asked_row *rows;
    size_t count;

    SHOW_ROWS(cases_list_tasks_asked(scene->arena, scene->store, office->division, office->end,
                                     due_at, office->officers, &rows, &count));
    *list = (struct cases_task_list){made, count};
    return DONE;
}

static struct outcome list_of(struct scene *scene, const struct cases_office *office,
                              struct str state, struct str kind, struct cases_task_list *list)
{
    struct cases_asked_view *made = NEW_MANY(scene->arena, struct cases_asked_view, ROWS_MAX + 2);
    const struct cases_list_tasks_of_row *rows;
    size_t count;

    SHOW_ROWS(cases_list_tasks_of(scene->arena, scene->store, state, kind, office->division,
                                  office->end, office->officers, &rows, &count));
    *list = (struct cases_task_list){made, count};
    return DONE;
}

static struct outcome show_between(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_between_view *v = view;
    struct cases_task_list asked, answered, waiting = {NULL, 0};
    struct cases_office office;

    (void)query;
    TRY(cases_office_of(scene, &office));
    if (!office.division.len) return REFUSE(act_not_yours);
    v->is_watch = scene_scope(scene, WHO_SUPERVISOR).len > 0;
    TRY(cases_show_asked(scene, &office, CASES_NEVER, &asked));
    TRY(list_of(scene, &office, S("answered"), v->is_watch ? S("order") : S("part"), &answered));
    /* Whoever supervises has these in the first list: it reaches over both offices. */
    if (!v->is_watch) TRY(list_of(scene, &office, S("open"), S("part"), &waiting));
    v->has_more = asked.count > ROWS_MAX || answered.count > ROWS_MAX || waiting.count > ROWS_MAX;
    v->asked = asked.rows, v->asked_count = asked.count;
    v->answered = answered.rows, v->answered_count = answered.count;
    v->waiting = waiting.rows, v->waiting_count = waiting.count;
    return DONE;
}

const struct page cases_task_pages[] = {
    {.method = GET,
     .path = "/office/tasks",
     .who = CASES_WHO_DESK,
     .about =
         "What an office has to answer to others, and what it asked of others: orders of whoever "
         "supervises, and contributions to a case; the nearest day first.",
     .view = &cases_between_view,
     .html = &html_cases_between,
     .show = show_between},
    {.method = GET,
     .path = "/office/cases/{reference}/tasks",
     .who = CASES_WHO_DESK,
     .about = "What offices asked of one another in a case, for whoever has just opened it.",
     .query = &cases_reference_form,
     .view = &cases_tasks_view,
     .html = &html_cases_tasks,
     .show = show_tasks},
    {.method = GET,
     .path = "/office/cases/{reference}/tasks/{task}",
     .who = CASES_WHO_DESK,
     .about = "One of them: to answer it, or to end it.",
     .query = &cases_task_place_form,
     .view = &cases_reply_view,
     .html = &html_cases_reply,
     .show = show_reply},
    {.method = POST,
     .path = "/office/cases/{reference}/orders",
     .who = WHO_SUPERVISOR,
     .about = "Put a case under supervision: the office that has it answers until a day.",
     .act = &cases_order,
     .then = "/office/cases/{reference}",
     .again = "/office/cases/{reference}/tasks",
     .said = T("Done. It is on record."),
     .status = 201,
     .per_minute = TASKS_A_MINUTE},
    {.method = POST,
     .path = "/office/cases/{reference}/parts",
     .who = CASES_WHO_DESK,
     .about = "Ask another office to contribute to a case until a day.",
     .act = &cases_ask_part,
     .then = "/office/cases/{reference}",
     .again = "/office/cases/{reference}/tasks",
     .said = T("The other office was asked. It sees the case until it has answered."),
     .status = 201,
     .per_minute = TASKS_A_MINUTE},
    {.method = POST,
     .path = "/office/cases/{reference}/tasks/{task}/answer",
     .who = CASES_WHO_DESK,
     .about = "Answer what was asked.",
     .act = &cases_answer_task,
     .then = "/office/tasks",
     .again = "/office/cases/{reference}/tasks/{task}",
     .said = T("The answer is with whoever asked."),
     .per_minute = TASKS_A_MINUTE},
    {.method = POST,
     .path = "/office/cases/{reference}/tasks/{task}/end",
     .who = CASES_WHO_DESK,
     .about = "Read the answer and be done, or wait no longer for one, with words why.",
     .act = &cases_end_task,
     .then = "/office/tasks",
     .again = "/office/cases/{reference}/tasks/{task}",
     .said = T("Done. It is on record."),
     .per_minute = TASKS_A_MINUTE},
    {0},
};

#define FORM_THIS cases_task_place_form
FORM_TABLE(cases_task_place, CASES_TASK_PLACE_FORM)
#undef FORM_THIS
#define VIEW_THIS cases_tasks_view
VIEW_TABLE(cases_tasks, CASES_TASKS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_reply_view
VIEW_TABLE(cases_reply, CASES_REPLY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_between_view
VIEW_TABLE(cases_between, CASES_BETWEEN_VIEW)
#undef VIEW_THIS
