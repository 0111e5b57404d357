/* cases_office.c -- what an office does with its cases, and the pages it does it on.
 *
 *  (1) Only what lies in the division of whoever asks is there at all (cases_case.c).
 *  (2) Opening a case is an act, in the journal with who opened it; it shows that case to that
 *      person for half an hour, and makes who opened it first the one who has it.
 *  (3) Who decides has read the last step; what was typed is not lost when something came between.
 *  (4) The list of the day holds what came in and nobody opened, and what is due before the next
 *      one: it is empty when the day's work is done. */
#include "desk/cases/cases_views.h"
#include "gen/cases_html.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/known.h"
#include "platform/secret.h"

enum { ROWS_MAX = 200, LOOKS_A_MINUTE = 60 };

static const struct reason open_it_first = {
    "cases.open-it-first", T("Please open the application before you decide on it."), 409};

static const struct reason reference_unknown = {
    "cases.reference-unknown",
    T("None of your cases has this reference. Please compare it with the paper, letter by letter."),
    404};

static struct outcome find_look(struct scene *scene, const struct cases_case *c, bool *is_open)
{
    struct cases_find_look_row look;

    TRY(cases_find_look(scene->store, c->row.case_id, scene->actor.person_id, &look, is_open));
    if (*is_open) *is_open = look.at + CASES_LOOK_MINUTES * SECONDS_PER_MINUTE > scene->now;
    /* What came in since has to be opened: else nobody would have. */
    if (c->flow.states[c->state].who == CASES_OFFICER && c->row.touched_at < c->row.since_at &&
        c->is & 1u << CASES_OFFICER)
        *is_open = false;
    return DONE;
}

struct outcome cases_need_look(struct scene *scene, const struct cases_case *c)
{
    bool is_open;

    TRY(find_look(scene, c, &is_open));
    return is_open ? DONE : REFUSE(open_it_first);
}

static struct outcome look(struct scene *scene, const void *form, void *result)
{
    struct cases_case c;

    (void)result;
    TRY(cases_open_office(scene, ((const struct cases_reference_form *)form)->reference, &c));
    if (c.is & 1u << CASES_OFFICER) {
        if (!c.row.handler_id) c.row.handler_id = scene->actor.person_id;
        TRY(cases_set_touched(scene->store, c.row.handler_id, scene->now, c.row.case_id));
    }
    if (c.is & CASES_IS_HELPER) TRY(cases_tasks_look(scene, &c));
    scene_about(scene, c.row.case_id, c.row.handler_id);
    return cases_set_look(scene->store, c.row.case_id, scene->actor.person_id, scene->now);
}

static struct outcome decide(struct scene *scene, const void *form, void *result)
{
    const struct cases_decide_form *f = form;
    struct cases_case c;
    int action;

    (void)result;
    TRY(cases_open_office(scene, f->reference, &c));
    TRY(cases_need_look(scene, &c));
    TRY(cases_has_seen(&c, f->seen));
    action = cases_action_at(&c.flow, f->action);
    if (action < 0) return REFUSE(cases_not_now);
    return cases_take(scene, &c, action,
                      &(struct cases_said){f->words, f->division, 0, f->despite});
}

/* ---- lists ---- */

struct shelf { /* tables of the versions on a page, each read once */
    id version_id;
    struct items_item item;
    struct cases_flow flow;
};

struct shelves {
    const struct shelf **of;
    size_t count;
};

static struct outcome shelf_of(struct scene *scene, struct shelves *shelves, id version_id,
                               const struct shelf **shelf)
{
    struct shelf *made;

    for (size_t i = 0; i < shelves->count; i++) {
        *shelf = shelves->of[i];
        if ((*shelf)->version_id == version_id) return DONE;
    }
    made = NEW(scene->arena, struct shelf);
    made->version_id = version_id;
    TRY(cases_load_flow(scene, version_id, &made->item, &made->flow));
    *shelf = shelves->of[shelves->count++] = made;
    return DONE;
}

#define TAKE_ROW(from)                                                                             \
    (struct cases_find_case_row)                                                                   \
    {                                                                                              \
        .case_id = (from)->case_id, .reference = (from)->reference, .item = (from)->item,          \
        .version_id = (from)->version_id, .division = (from)->division, .state = (from)->state,    \
        .turn = (from)->turn, .outcome = (from)->outcome, .opened_at = (from)->opened_at,          \
        .since_at = (from)->since_at, .due_at = (from)->due_at, .promise_at = (from)->promise_at,  \
        .touched_at = (from)->touched_at, .handler_id = (from)->handler_id,                        \
        .is_first = (from)->is_first, .wants_visit = (from)->wants_visit, .left_days = -1          \
    }

static struct outcome show_row(struct scene *scene, struct shelves *shelves,
                               const struct cases_find_case_row *row, struct str handler_name,
                               struct cases_axes_view *v)
{
    const struct shelf *shelf;

    TRY(shelf_of(scene, shelves, row->version_id, &shelf));
    return cases_show_axes(scene, row, &shelf->item, &shelf->flow, handler_name, v);
}

/* `is_office`: of a division; else only of what somebody acts in. */
static void list_turns(struct scene *scene, struct str chosen, bool is_office,
                       struct cases_office_view *v)
{
    static const struct {
        const char *word, *name;
    } turns[] = {{"", T("Everything under way")},
                 {"officer", T("What the office has to do")},
                 {"applicant", T("What waits for the applicant")},
                 {"agent", T("What is with whoever acts for the applicant")},
                 {"over", T("What is finished")},
                 {"mine", T("What I act in")}};
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(turns));

    for (size_t i = 0; i < COUNT(turns); i++) {
        bool is_mine = str_same(str_of(turns[i].word), S("mine"));

        if (is_mine ? !scene_is(scene, WHO_CONSULTANT) : !is_office) continue;
        made[v->turns_count++] = (struct choice){.value = str_of(turns[i].word),
                                                 .label = text_in(scene->language, turns[i].name),
                                                 .chosen = str_same(str_of(turns[i].word), chosen)};
    }
    v->turns = made;
}

struct str cases_upper(struct arena *arena, struct str text)
{
    char *made = arena_take(arena, text.len + 1, 1);

    for (size_t i = 0; i < text.len; i++)
        made[i] = text.at[i] >= 'a' && text.at[i] <= 'z' ? (char)(text.at[i] - 32) : text.at[i];
    return (struct str){made, text.len};
}

/* From the telephone or a slip of paper to the case; what belongs to others is not there (1). */
static struct outcome go_to(struct request *request, struct str typed, struct cases_office_view *v)
{
    struct scene *scene = request->scene;
    struct str reference = cases_upper(scene->arena, typed);
    struct cases_case c;
    struct outcome outcome = cases_open_office(scene, reference, &c);

    if (outcome.refusal) {
        if (request->is_api) return REFUSE(reference_unknown);
        v->sought = typed;
        v->sought_wrong = text_in(scene->language, reference_unknown.text);
        return DONE;
    }
    request->go = arena_print(scene->arena, "/office/cases/%.*s", STR_ARGS(reference));
    return outcome;
}

/* The rows of the three lists are alike; each is drawn by the same part. */
#define SHOW_ROWS(query)                                                                           \
    do {                                                                                           \
        TRY(query);                                                                                \
        for (size_t i = 0; i < count && i < ROWS_MAX; i++)                                         \
            TRY(show_row(scene, &shelves, &TAKE_ROW(&rows[i]), rows[i].person_name, &made[i]));    \
    } while (0)

static struct outcome show_list(struct scene *scene, const struct cases_office *office,
                                struct str turn, const struct cases_axes_view **list,
                                size_t *list_count)
{
    struct shelves shelves = {NEW_MANY(scene->arena, const struct shelf *, ROWS_MAX + 1), 0};
    struct cases_axes_view *made = NEW_MANY(scene->arena, struct cases_axes_view, ROWS_MAX + 1);
    bool is_over = str_same(turn, S("over"));
    size_t count;

    if (is_over) turn = S("");
    if (str_same(turn, S("mine"))) {
        const struct cases_list_agent_row *rows;

        SHOW_ROWS(cases_list_agent(scene->arena, scene->store, scene->actor.person_id, ROWS_MAX + 1,
                                   &rows, &count));
    } else if (office->division.len == 6) {
        const struct cases_list_district_row *rows;

        SHOW_ROWS(cases_list_district(scene->arena, scene->store, !is_over, office->division, turn,
                                      office->officers, ROWS_MAX + 1, &rows, &count));
    } else {
        const struct cases_list_city_row *rows;

        SHOW_ROWS(cases_list_city(scene->arena, scene->store, !is_over, turn, office->officers,
                                  office->division, ROWS_MAX + 1, &rows, &count));
    }
    *list = made;
    *list_count = count;
    return DONE;
}

static struct outcome show_office(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct cases_sift_form *f = query;
    struct cases_office_view *v = view;
    struct cases_count_tasks_asked_row asked;
    struct cases_office office;
    struct str turn = f->turn;
    bool found;

    TRY(cases_office_of(scene, &office));
    v->is_office = office.division.len > 0;
    if (!v->is_office && !scene_is(scene, WHO_CONSULTANT)) return REFUSE(act_not_yours);
    if (!v->is_office) turn = S("mine");
    if (f->reference.len) TRY(go_to(request, f->reference, v));
    if (request->go.len) return DONE;
    v->is_over = str_same(turn, S("over"));
    v->is_mine = str_same(turn, S("mine"));
    if (v->is_mine && !scene_is(scene, WHO_CONSULTANT)) return REFUSE(act_not_yours);
    TRY(show_list(scene, &office, turn, &v->cases, &v->cases_count));
    v->has_more = v->cases_count > ROWS_MAX;
    if (v->has_more) v->cases_count = ROWS_MAX;
    list_turns(scene, turn, v->is_office, v);
    if (!v->is_office) return DONE;
    TRY(cases_show_rooms(scene, false, &v->rooms, &v->rooms_count));
    TRY(cases_show_counts(scene, &office, v));
    TRY(cases_count_tasks_asked(scene->store, scene->now, office.division, office.end,
                                office.officers, &asked, &found));
    v->asked = asked.tasks_count;
    v->asked_late = asked.late_count;
    return DONE;
}

/* What would be late before anybody is back: on a Friday also what ends on Sunday. */
static struct outcome show_day(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_day_view *v = view;
    struct cases_office office;
    const struct cases_list_day_row *rows;
    struct cases_axes_view *made = NEW_MANY(scene->arena, struct cases_axes_view, ROWS_MAX + 1);
    struct shelves shelves = {NEW_MANY(scene->arena, const struct shelf *, ROWS_MAX + 1), 0};
    struct cases_task_list tasks;
    moment back_at;
    size_t count;

    (void)query;
    TRY(cases_office_of(scene, &office));
    if (!office.division.len) return REFUSE(act_not_yours);
    TRY(cases_back_at(cases_calendar(), scene->now, &back_at));
    SHOW_ROWS(cases_list_day(scene->arena, scene->store, office.division, office.end, back_at,
                             office.officers, ROWS_MAX + 1, &rows, &count));
    v->cases = made;
    v->has_more = count > ROWS_MAX;
    v->cases_count = v->has_more ? ROWS_MAX : count;
    TRY(cases_show_asked(scene, &office, back_at, &tasks));
    v->tasks = tasks.rows;
    v->tasks_count = tasks.count;
    return cases_show_rooms(scene, true, &v->rooms, &v->rooms_count);
}

/* ---- one case ---- */

/* Whoever writes words knows who reads them. */
static struct str label_of(struct scene *scene, const struct cases_action *action)
{
    struct str label = cases_in(scene, action->zh, action->en);
    unsigned effects = action->outcome->effects;

    if (!(effects & CASES_INSIDE)) return label;
    return text_fill(scene->arena, scene->language,
                     effects & CASES_TO_AGENT
                         ? T("%1 (the applicant does not read it, whoever acts does)")
                         : T("%1 (the applicant does not read it)"),
                     label, S(""), S(""));
}

static void list_actions(struct scene *scene, const struct cases_case *c, struct cases_desk_view *v)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, CASES_ACTIONS_MAX);

    for (size_t i = 0; i < c->flow.actions_count; i++) {
        const struct cases_action *action = &c->flow.actions[i];

        if (!cases_may(&c->flow, c->state, c->is, (int)i)) continue;
        if (action->outcome->effects & CASES_APPOINTS) {
            v->appoint_label = cases_in(scene, action->zh, action->en);
            continue;
        }
        v->may_move = v->may_move || (action->outcome->effects & CASES_MOVES);
        made[v->actions_count++] =
            (struct choice){.value = action->action, .label = label_of(scene, action)};
    }
    v->actions = made;
}

static struct outcome show_between(struct scene *scene, const struct cases_case *c,
                                   struct cases_desk_view *v)
{
    bool is_over = cases_is_over(&c->flow, c->state);

    v->may_ask = !is_over && !v->is_helping;
    TRY(cases_show_tasks(scene, c, &v->tasks, &v->tasks_count));
    for (size_t i = 0; i < v->tasks_count && !v->is_helping; i++)
        v->has_open_part |= !v->tasks[i].is_order && str_same(v->tasks[i].state, S("open"));
    return DONE;
}

static struct outcome show_typed(struct scene *scene, const struct cases_case *c,
                                 struct cases_desk_view *v)
{
    struct cases_find_typed_row typed;
    bool found;

    TRY(cases_find_typed(scene->arena, scene->store, c->row.case_id, &typed, &found));
    if (!found) return DONE;
    v->typed_at = typed.at;
    TRY(identity_person_name(scene, typed.by_id, &v->typed_by));
    return cases_unseal(scene, CASES_USE_WORDS, typed.notice_sealed, &v->notice);
}

static struct outcome show_inside(struct scene *scene, const struct cases_case *c,
                                  struct cases_desk_view *v)
{
    bool is_office = c->is & (1u << CASES_OFFICER | 1u << CASES_LEAD);
    struct str phone;

    TRY(cases_unseal(scene, CASES_USE_NAME, c->row.name_sealed, &v->name));
    TRY(cases_unseal(scene, CASES_USE_PHONE, c->row.phone_sealed, &phone));
    v->phone_masked = secret_mask(scene->arena, phone);
    v->sees_papers = cases_sees_papers(c);
    /* Whoever has the case calls, and whoever acts in it; who supervises or helps calls nobody. */
    v->is_helping = c->is == CASES_IS_HELPER;
    if (v->sees_papers && c->is & (1u << CASES_OFFICER | 1u << CASES_AGENT)) v->phone = phone;
    if (is_office || v->is_helping) TRY(show_between(scene, c, v));
    if (v->sees_papers) TRY(cases_show_visits(scene, c, &v->visits, &v->visits_count));
    if (is_office) TRY(show_typed(scene, c, v));
    v->has_closing = c->row.agent_at && (str_same(c->row.outcome, S("closing")) ||
                                         str_same(c->row.outcome, S("completed")));
    v->is_office = is_office;
    if (is_office) TRY(cases_show_links(scene, c, true, &v->links, &v->links_count));
    if (is_office) TRY(cases_show_originals(scene, c, &v->originals, &v->originals_count));
    cases_show_spared(scene, c, &v->spared, &v->spared_count);
    if (is_office) cases_show_room(scene, c, true, &v->room_path, &v->room_name);
    v->may_visit = c->is & 1u << CASES_OFFICER && !cases_is_over(&c->flow, c->state);
    TRY(cases_show_steps(scene, c, is_office, &v->steps, &v->steps_count));
    TRY(cases_show_answers(scene, c, &v->answers, &v->answers_count));
    TRY(cases_show_fee(scene, c, &v->fees, &v->fees_count));
    list_actions(scene, c, v);
    if (v->sees_papers) {
        TRY(cases_show_papers(scene, c, true, &v->papers, &v->papers_count));
        TRY(cases_show_letters(scene, c, true, &v->letters, &v->letters_count));
    }
    return cases_show_districts(scene, S(""), c->row.division, &v->divisions, &v->divisions_count);
}

static struct outcome show_case(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_desk_view *v = view;
    struct cases_count_breaches_row breaches;
    struct cases_axes_view *axes = NEW(scene->arena, struct cases_axes_view);
    struct str handler = S("");
    struct cases_case c;
    bool found;

    TRY(cases_open_office(scene, ((const struct cases_reference_form *)query)->reference, &c));
    if (c.row.handler_id) TRY(identity_person_name(scene, c.row.handler_id, &handler));
    if (c.row.agent_id) TRY(identity_person_name(scene, c.row.agent_id, &v->agent_name));
    v->is_engaged = c.row.agent_at > 0;
    if (c.row.due_at) v->due_law = c.flow.states[c.state].law;
    TRY(cases_show_axes(scene, &c.row, &c.item, &c.flow, handler, axes));
    v->axes = axes;
    v->reference = c.row.reference;
    v->seen = c.row.steps_count;
    TRY(cases_count_breaches(scene->store, c.row.case_id, &breaches, &found));
    v->breaches = breaches.breaches_count;
    TRY(find_look(scene, &c, &v->is_open));
    if (v->is_open) {
        TRY(show_inside(scene, &c, v));
        if (!v->actions_count) v->lost_words = cases_show_closed(request, c.row.reference)->kept;
        return DONE;
    }
    v->closed = cases_show_closed(request, c.row.reference);
    return DONE;
}

static struct outcome send_file(struct request *request, const void *query,
                                struct file_answer *file)
{
    struct scene *scene = request->scene;
    const struct cases_file_form *f = query;
    struct cases_find_paper_row paper;
    struct cases_case c;
    bool found;

    TRY(cases_open_office(scene, f->reference, &c));
    TRY(find_look(scene, &c, &found));
    if (!found || !cases_sees_papers(&c)) return REFUSE(act_unknown);
    TRY(cases_find_paper(scene->arena, scene->store, f->file, c.row.case_id, &paper, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(files_get(scene->arena, paper.file, paper.bytes_count, &file->bytes));
    file->type = paper.type;
    file->name = paper.file_name;
    file->inline_safe = cage_is_image(paper.type);
    return DONE;
}

const struct act cases_look = {
    .name = "cases.look", .who = CASES_WHO_DESK, .form = &cases_reference_form, .run = look};
const struct act cases_decide = {
    .name = "cases.decide", .who = CASES_WHO_DESK, .form = &cases_decide_form, .run = decide};

static const struct query_known office_known[] = {
    {"turn", "officer applicant agent over mine", NULL}, {0}};

KNOWN_SHOW(show_known_office, cases_sift_form, office_known, show_office)

const struct page cases_office_pages[] = {
    {.method = GET,
     .path = "/office",
     .who = CASES_WHO_DESK,
     .about = "The cases of an office: who must act, and by when; the nearest day first.",
     .query = &cases_sift_form,
     .view = &cases_office_view,
     .html = &html_cases_office,
     .show = show_known_office},
    {.method = GET,
     .path = "/office/day",
     .who = CASES_WHO_DESK,
     .about = "What an office must not leave till tomorrow.",
     .view = &cases_day_view,
     .html = &html_cases_day,
     .show = show_day},
    {.method = GET,
     .path = "/office/cases/{reference}",
     .who = CASES_WHO_DESK,
     .about = "One case; what the applicant wrote only for whoever has just opened it.",
     .query = &cases_reference_form,
     .view = &cases_desk_view,
     .html = &html_cases_desk,
     .show = show_case},
    {.method = POST,
     .path = "/office/cases/{reference}/look",
     .who = CASES_WHO_DESK,
     .about = "Open a case: on record, and open for half an hour.",
     .act = &cases_look,
     .then = "/office/cases/{reference}",
     .again = "/office/cases/{reference}",
     .per_minute = LOOKS_A_MINUTE},
    {.method = POST,
     .path = "/office/cases/{reference}/steps",
     .who = CASES_WHO_DESK,
     .about = "Take a step of the table; `seen` is how many steps the page showed.",
     .act = &cases_decide,
     .then = "/office",
     .again = "/office/cases/{reference}",
     .said = T("Done. It is on record.")},
    {.method = GET,
     .path = "/office/cases/{reference}/files/{file}",
     .who = CASES_WHO_DESK,
     .about = "A material, for whoever has just opened the case.",
     .query = &cases_file_form,
     .file = send_file,
     .is_kept = true},
    {0},
};

#define FORM_THIS cases_reference_form
FORM_TABLE(cases_reference, CASES_REFERENCE_FORM)
#undef FORM_THIS
#define FORM_THIS cases_decide_form
FORM_TABLE(cases_decide, CASES_DECIDE_FORM)
#undef FORM_THIS
#define FORM_THIS cases_sift_form
FORM_TABLE(cases_sift, CASES_SIFT_FORM)
#undef FORM_THIS
