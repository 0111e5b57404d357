/* cases_task.c -- what is asked of an office in a case by a day: an order of whoever supervises it
 * (督办), or a part that another office contributes (协办).
 *
 *  (1) Asking, answering and ending are acts and lines of the case's log; the log is between
 *      officers, and each has opened the case before.
 *  (2) The day is the clock's: who has to answer is told at noon of the day before the last, who
 *      asked when it has passed; that it was not kept stays on record with the task.
 *  (3) An order is of the office that has the case, whoever that is by then.  A part is of the
 *      office that was asked, which sees the case as long as it is open; who asked it is the office
 *      that has the case, and there whoever handles it.
 *  (4) An order outlives the case: it is answered all the same.  A part does not: who ends the case
 *      says why it was not waited for; where nobody can say, since the applicant withdrew or the
 *      day was over, it ends with the case.
 *  (5) What was asked can be answered and ended however long the case is: that it is too long is
 *      said where more is asked. */
#include "desk/cases/cases_parts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"

static const struct reason ask_whom = {
    "cases.ask-whom", T("Please choose another district: this one has the case itself."),
    .field = "part_division"};
static const struct reason asked_already = {
    "cases.asked-already",
    T("That office is still asked in this case. Please wait for it, or end what was asked."), 409};
static const struct reason too_many_tasks = {
    "cases.too-many-tasks", T("So much was asked in this case that no more can be kept."), 409};
static const struct reason part_open = {
    "cases.part-open",
    T("Another office still works on this case. Please wait for it, or say below why the case ends "
      "now."),
    409};
static const struct reason say_why_it_ends = {
    "cases.say-why-it-ends", T("There is no answer yet. Please say why it is not waited for."),
    .field = "end_words"};

enum { DISTRICT_LEN = 6 };

static struct str seal_words(struct scene *scene, struct str words)
{
    return secret_seal(scene->arena, CASES_USE_WORDS, str_trim(words));
}

/* ---- telling ---- */

static struct outcome tell(struct scene *scene, enum notice_template which, id person_id,
                           const struct cases_case *c, moment due_at)
{
    struct out *day = out_open(scene->arena, 64);
    enum language language;
    struct str phone;

    if (!person_id) return DONE;
    TRY(identity_phone(scene, person_id, &phone));
    TRY(identity_language(scene, person_id, &language));
    out_day(day, language, due_at - 1);
    return notice_add(scene, &(struct notice){.which = which,
                                              .language = language,
                                              .to = phone,
                                              .words = {c->row.reference, out_text(day)},
                                              .case_id = c->row.case_id});
}

/* ---- asking ---- */

static struct outcome open_case(struct scene *scene, struct str reference, struct cases_case *c)
{
    TRY(cases_open_office(scene, reference, c));
    return cases_need_look(scene, c);
}

/* `task` holds kind, division, words and due_at. */
static struct outcome add(struct scene *scene, struct cases_case *c,
                          struct cases_add_task_values *task, const char *outcome)
{
    bool is_order = str_same(task->kind, S("order"));
    struct cases_count_tasks_row row;
    moment warn_at = cases_task_warn_at(task->due_at);
    struct str words = task->words_sealed;
    bool found;

    if (cases_is_over(&c->flow, c->state)) return REFUSE(cases_not_now);
    TRY(cases_task_may(task->kind, S(""), c->is, CASES_TASK_ASK));
    TRY(cases_count_tasks(scene->store, c->row.case_id, &row, &found));
    if (row.tasks_count >= CASES_TASKS_MAX) return REFUSE(too_many_tasks);
    if (c->row.steps_count >= CASES_STEPS_MAX) return REFUSE(cases_too_long);
    task->task_id = scene_new_id(scene);
    task->case_id = c->row.case_id;
    task->officers = c->row.officers;
    task->from_division = is_order ? scene_scope(scene, WHO_SUPERVISOR) : c->row.division;
    task->by_id = scene->actor.person_id;
    task->at = scene->now;
    task->words_sealed = seal_words(scene, words);
    TRY(cases_add_task(scene->store, task));
    TRY(clock_set(scene, "cases.task_due", task->task_id, task->due_at));
    if (warn_at > scene->now) TRY(clock_set(scene, "cases.warn", task->task_id, warn_at));
    if (is_order) TRY(tell(scene, NOTICE_CASE_TASK, c->row.handler_id, c, task->due_at));
    return cases_note(scene, c, outcome, is_order ? CASES_LEAD : CASES_OFFICER, words);
}

/* The same sentence at the field of whichever form it was typed in. */
#define DAY_TEXT T("Please choose a day from tomorrow on, at most half a year away.")
const struct reason cases_order_day = {"cases.task-day", DAY_TEXT, .field = "order_until"};
static const struct reason part_day = {"cases.task-day", DAY_TEXT, .field = "part_until"};

static struct outcome until(struct scene *scene, struct str day, const struct reason *wrong,
                            moment *due_at)
{
    struct outcome outcome = cases_task_until(day, scene->now, due_at);

    if (outcome.refusal) outcome.refusal = wrong;
    return outcome;
}

static struct outcome order(struct scene *scene, const void *form, void *result)
{
    const struct cases_order_form *f = form;
    struct cases_add_task_values task = {.kind = S("order"), .words_sealed = f->order_words};
    struct cases_case c;

    (void)result;
    TRY(open_case(scene, f->reference, &c));
    TRY(until(scene, f->order_until, &cases_order_day, &task.due_at));
    task.division = c.row.division;
    return add(scene, &c, &task, "ordered");
}

static struct outcome ask_part(struct scene *scene, const void *form, void *result)
{
    const struct cases_part_form *f = form;
    struct cases_add_task_values task = {
        .kind = S("part"), .division = f->part_division, .words_sealed = f->part_words};
    struct cases_find_part_row part;
    struct cases_case c;
    bool found;

    (void)result;
    TRY(open_case(scene, f->reference, &c));
    TRY(identity_division_exists(scene, f->part_division, &found));
    if (!found || f->part_division.len != DISTRICT_LEN ||
        str_same(f->part_division, c.row.division))
        return REFUSE(ask_whom);
    TRY(cases_find_part(scene->arena, scene->store, c.row.case_id, f->part_division, &part,
                        &found));
    if (found) return REFUSE(asked_already);
    TRY(until(scene, f->part_until, &part_day, &task.due_at));
    return add(scene, &c, &task, "part_asked");
}

/* ---- answering and ending ---- */

static struct outcome drop_clock(struct scene *scene, id task_id)
{
    TRY(clock_drop(scene, "cases.warn", task_id));
    return clock_drop(scene, "cases.task_due", task_id);
}

struct outcome cases_open_task(struct scene *scene, const struct cases_case *c, id task_id,
                               struct cases_find_task_row *task)
{
    struct str profession, district;
    bool found;

    TRY(cases_find_task(scene->arena, scene->store, task_id, task, &found));
    if (!found || task->case_id != c->row.case_id) return REFUSE(act_unknown);
    if (c->is & (1u << CASES_OFFICER | 1u << CASES_LEAD)) return DONE;
    if (!(c->is & CASES_IS_HELPER) || !str_same(task->kind, S("part"))) return REFUSE(act_unknown);
    TRY(cases_helping_as(scene, &profession, &district));
    return str_same(task->division, district) && str_same(task->state, S("open"))
               ? DONE
               : REFUSE(act_unknown);
}

static struct outcome answer(struct scene *scene, const void *form, void *result)
{
    const struct cases_task_answer_form *f = form;
    struct cases_find_task_row task;
    struct str profession, district;
    struct cases_case c;
    bool is_order;

    (void)result;
    TRY(open_case(scene, f->reference, &c));
    TRY(cases_open_task(scene, &c, f->task, &task));
    TRY(cases_task_may(task.kind, task.state, c.is, CASES_TASK_ANSWER));
    is_order = str_same(task.kind, S("order"));
    TRY(cases_helping_as(scene, &profession, &district));
    if (!is_order && !str_same(task.division, district)) return REFUSE(act_not_yours);
    TRY(cases_set_task_answered(scene->store, scene->actor.person_id, scene->now,
                                seal_words(scene, f->answer_words), task.task_id));
    TRY(drop_clock(scene, task.task_id));
    if (!is_order) TRY(cases_unlook(scene, &c));
    return cases_note(scene, &c, is_order ? "order_answered" : "part_given", CASES_OFFICER,
                      f->answer_words);
}

static struct outcome end(struct scene *scene, const void *form, void *result)
{
    const struct cases_task_end_form *f = form;
    struct cases_find_task_row task;
    struct cases_case c;
    bool is_order;

    (void)result;
    TRY(open_case(scene, f->reference, &c));
    TRY(cases_open_task(scene, &c, f->task, &task));
    TRY(cases_task_may(task.kind, task.state, c.is, CASES_TASK_END));
    if (!task.answered_at && str_trim(f->end_words).len < 2) return REFUSE(say_why_it_ends);
    is_order = str_same(task.kind, S("order"));
    TRY(cases_set_task_ended(scene->store, scene->actor.person_id, scene->now,
                             seal_words(scene, f->end_words), task.task_id));
    TRY(drop_clock(scene, task.task_id));
    return cases_note(scene, &c, is_order ? "order_ended" : "part_ended",
                      is_order ? CASES_LEAD : CASES_OFFICER, f->end_words);
}

/* ---- with the case ---- */

static struct outcome end_part(struct scene *scene, id task_id, id by_id, struct str why)
{
    TRY(cases_set_task_ended(scene->store, by_id, scene->now, seal_words(scene, why), task_id));
    return drop_clock(scene, task_id);
}

struct outcome cases_parts_end(struct scene *scene, const struct cases_case *c, enum cases_who who,
                               struct str despite)
{
    bool is_asked = who != CASES_APPLICANT && who != CASES_CLOCK;
    const struct cases_list_open_parts_row *rows;
    size_t count;

    TRY(cases_list_open_parts(scene->arena, scene->store, c->row.case_id, &rows, &count));
    if (count && is_asked && str_trim(despite).len < 2) return REFUSE(part_open);
    for (size_t i = 0; i < count; i++)
        TRY(end_part(scene, rows[i].task_id, is_asked ? scene->actor.person_id : 0,
                     is_asked ? despite : S("")));
    return DONE;
}

/* Whoever supervises only the district it has left is not answered by the other one: that order
 * ends, and the sheet in their list says where the case is. */
static struct outcome end_orders_left(struct scene *scene, const struct cases_case *c)
{
    const struct cases_list_open_orders_row *rows;
    size_t count;

    TRY(cases_list_open_orders(scene->arena, scene->store, c->row.case_id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (!str_begins(c->row.division, rows[i].from_division))
            TRY(end_part(scene, rows[i].task_id, 0, S("")));
    return DONE;
}

struct outcome cases_tasks_move(struct scene *scene, const struct cases_case *c)
{
    const struct cases_list_open_parts_row *rows;
    size_t count;

    TRY(end_orders_left(scene, c));
    TRY(cases_set_orders_division(scene->store, c->row.division, c->row.case_id));
    TRY(cases_set_parts_from(scene->store, c->row.division, c->row.case_id));
    TRY(cases_list_open_parts(scene->arena, scene->store, c->row.case_id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (str_same(rows[i].division, c->row.division))
            TRY(end_part(scene, rows[i].task_id, 0, S("")));
    return DONE;
}

struct outcome cases_tasks_look(struct scene *scene, const struct cases_case *c)
{
    struct str profession, district;

    TRY(cases_helping_as(scene, &profession, &district));
    return cases_set_part_handler(scene->store, scene->actor.person_id, c->row.case_id, district);
}

/* ---- the clock ---- */

static struct outcome open_due(struct scene *scene, id task_id, struct cases_find_task_row *task,
                               struct cases_case *c, bool *is_open)
{
    bool found;

    TRY(cases_find_task(scene->arena, scene->store, task_id, task, &found));
    *is_open = found && str_same(task->state, S("open"));
    if (!*is_open) return DONE;
    TRY(cases_open_id(scene, task->case_id, c));
    if (str_same(task->kind, S("order")))
        task->handler_id = c->row.handler_id;
    else
        task->by_id = c->row.handler_id;
    scene_about(scene, task->case_id, task->handler_id);
    return DONE;
}

/* Where nobody of the office has opened it, who asked is told: somebody has to telephone. */
static struct outcome warn(struct scene *scene, const void *form, void *result)
{
    struct cases_find_task_row task;
    struct cases_case c;
    bool is_open;

    (void)result;
    TRY(open_due(scene, ((const struct clock_form *)form)->case_id, &task, &c, &is_open));
    if (!is_open) return DONE;
    return tell(scene, NOTICE_CASE_TASK, task.handler_id ? task.handler_id : task.by_id, &c,
                task.due_at);
}

static struct outcome task_due(struct scene *scene, const void *form, void *result)
{
    struct cases_find_task_row task;
    struct cases_case c;
    bool is_open;

    (void)result;
    TRY(open_due(scene, ((const struct clock_form *)form)->case_id, &task, &c, &is_open));
    if (!is_open || task.late_at) return DONE;
    TRY(cases_set_task_late(scene->store, scene->now, task.task_id));
    return tell(scene, NOTICE_CASE_TASK_LATE, task.by_id, &c, task.due_at);
}

const struct act cases_order = {
    .name = "cases.order", .who = WHO_SUPERVISOR, .form = &cases_order_form, .run = order};
const struct act cases_ask_part = {
    .name = "cases.ask_part", .who = CASES_WHO_DESK, .form = &cases_part_form, .run = ask_part};
const struct act cases_answer_task = {.name = "cases.answer_task",
                                      .who = CASES_WHO_DESK,
                                      .form = &cases_task_answer_form,
                                      .run = answer};
const struct act cases_end_task = {
    .name = "cases.end_task", .who = CASES_WHO_DESK, .form = &cases_task_end_form, .run = end};
const struct act cases_warn = {.name = "cases.warn", .who = WHO_SYSTEM, .run = warn};
const struct act cases_task_due = {.name = "cases.task_due", .who = WHO_SYSTEM, .run = task_due};

#define FORM_THIS cases_order_form
FORM_TABLE(cases_order, CASES_ORDER_FORM)
#undef FORM_THIS
#define FORM_THIS cases_part_form
FORM_TABLE(cases_part, CASES_PART_FORM)
#undef FORM_THIS
#define FORM_THIS cases_task_answer_form
FORM_TABLE(cases_task_answer, CASES_TASK_ANSWER_FORM)
#undef FORM_THIS
#define FORM_THIS cases_task_end_form
FORM_TABLE(cases_task_end, CASES_TASK_END_FORM)
#undef FORM_THIS
