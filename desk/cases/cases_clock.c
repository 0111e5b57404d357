/* cases_clock.c -- what happens by itself: a reminder before the day, and the day that is over.
 *
 *  (1) Each day that was not kept is one row, with who had the case; a restart adds none.
 *  (2) When the applicant's days are over, what the table lets the clock do is done.
 *  (3) But a case to which something was added in those days never ends by itself: it goes to the
 *      office as if the button had been pressed, since whoever sent a paper thinks it is sent.
 *  (4) A paper that was taken back leaves the disk a day later. */
#include "desk/cases/cases_parts.h"
#include "desk/notice/notice_acts.h"
#include "platform/files.h"

static int clock_action(const struct cases_case *c)
{
    for (size_t i = 0; i < c->flow.actions_count; i++)
        if (cases_may(&c->flow, c->state, 1u << CASES_CLOCK, (int)i)) return (int)i;
    return -1;
}

static struct outcome find_added(struct scene *scene, const struct cases_case *c, bool *is_added)
{
    const struct cases_list_papers_row *rows;
    size_t count;

    *is_added = false;
    if (c->flow.states[c->state].who != CASES_APPLICANT) return DONE;
    TRY(cases_list_papers(scene->arena, scene->store, c->row.case_id, &rows, &count));
    for (size_t i = 0; i < count; i++) *is_added |= rows[i].at >= c->row.since_at;
    return DONE;
}

/* (3), as far as the table has such a step; else the case waits for a person. */
static struct outcome go_on(struct scene *scene, struct cases_case *c)
{
    int action = cases_supplement(&c->flow, c->state);

    if (action < 0 || c->row.steps_count >= CASES_STEPS_MAX) return cases_set_clock(scene, c);
    c->is |= 1u << CASES_APPLICANT;
    return cases_take(scene, c, action, &(struct cases_said){S(""), S("")});
}

static struct outcome add_breach(struct scene *scene, const struct cases_case *c, moment due_at)
{
    bool is_agents = c->flow.states[c->state].who == CASES_AGENT;

    return cases_add_breach(scene->store, c->row.case_id, due_at, c->row.state, c->row.turn,
                            c->row.division, is_agents ? c->row.agent_id : c->row.handler_id,
                            scene->now);
}

static struct outcome due(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct cases_case c;
    bool is_added;
    int action;

    (void)result;
    TRY(cases_open_id(scene, f->case_id, &c));
    scene_about(scene, c.row.case_id, c.row.handler_id);
    if (c.row.promise_at && c.row.promise_at <= scene->now)
        TRY(add_breach(scene, &c, c.row.promise_at));
    if (!c.row.due_at || c.row.due_at > scene->now) return cases_set_clock(scene, &c);
    TRY(find_added(scene, &c, &is_added));
    if (is_added) return go_on(scene, &c);
    TRY(add_breach(scene, &c, c.row.due_at));
    action = clock_action(&c);
    if (action < 0) return cases_set_clock(scene, &c);
    return cases_take(scene, &c, action, &(struct cases_said){S(""), S("")});
}

static struct outcome remind(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct out *day = out_open(scene->arena, 64);
    enum language language;
    struct cases_case c;
    struct str phone;

    (void)result;
    TRY(cases_open_id(scene, f->case_id, &c));
    if (c.flow.states[c.state].who != CASES_APPLICANT || !c.row.due_at) {
        scene->quiet = true;
        return DONE;
    }
    language = str_same(c.row.language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
    out_day(day, language, c.row.due_at - 1);
    TRY(cases_unseal(scene, CASES_USE_PHONE, c.row.phone_sealed, &phone));
    scene_about(scene, c.row.case_id, 0);
    return notice_add(scene, &(struct notice){.which = NOTICE_CASE_WAITS,
                                              .language = language,
                                              .to = phone,
                                              .words = {c.row.reference, out_text(day)},
                                              .case_id = c.row.case_id});
}

/* The file first: when this is tried again it is gone already, and the row goes then. */
static struct outcome sweep(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct cases_find_dropped_paper_row row;
    bool found;

    (void)result;
    TRY(cases_find_dropped_paper(scene->arena, scene->store, f->case_id, &row, &found));
    if (!found) return DONE;
    scene_about(scene, row.case_id, 0);
    TRY(files_drop(row.file));
    return cases_drop_paper(scene->store, f->case_id);
}

/* Those behind `after`, as many as are read at a time. */
static struct outcome check_some(struct arena *arena, struct store *store, id *after, size_t *count,
                                 int64_t *files)
{
    const struct cases_list_all_papers_row *rows;

    TRY(cases_list_all_papers(arena, store, *after, &rows, count));
    for (size_t i = 0; i < *count; i++) {
        bool is_same;

        *after = rows[i].file_id;
        if (rows[i].dropped_at && !files_has(rows[i].file)) continue;
        TRY(files_check(rows[i].file, rows[i].bytes_count, rows[i].hash, &is_same));
        if (!is_same) return FAULT("a paper of a case is not as it was when it was handed in");
        ++*files;
    }
    return DONE;
}

struct outcome cases_check_files(struct scene *scene, int64_t *files)
{
    return files_check_rows(scene->store, check_some, files);
}

const struct act cases_due = {.name = "cases.due", .who = WHO_SYSTEM, .run = due};
const struct act cases_remind = {.name = "cases.remind", .who = WHO_SYSTEM, .run = remind};
const struct act cases_sweep = {.name = "cases.sweep", .who = WHO_SYSTEM, .run = sweep};
