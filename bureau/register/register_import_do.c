/* register_import_do.c -- what was shown of a table of people is done, a part at a time.
 *
 *  (1) What is done is what was shown: the fingerprint of the plan says so when it begins, and of
 *      each row its mark when its turn comes.  A row that is another meanwhile is left, and told.
 *  (2) Nothing begins while rows are wrong, unless whoever imports says to leave those out.
 *  (3) Nobody else waits for a large table: the writer does PART_ROWS of them, then others' acts,
 *      then the clock has the next done.  How far it is stands in the same transaction, so that a
 *      process that dies goes on where it was, and every part leaves a line in the journal.
 *  (4) All parts are done as whoever told it; when they keep people no more, or those of another
 *      place, the rest is left.
 *  (5) Nobody gets a password: whoever proves the number in the table sets the first one. */
#include "bureau/register/register_plan.h"
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

#define USE_MARKS "people_import.marks"

enum { PART_ROWS = REGISTER_IMPORT_PART_ROWS };

static const struct reason plan_changed = {
    "register.plan-changed",
    T("Something has changed since you looked at this table. Please look again."), 409};
static const struct reason has_mistakes = {
    "register.has-mistakes",
    T("Rows with mistakes: %1. Mend the table and hand it in again, or tick that they are to be "
      "left out."),
    0};
static const struct reason nothing_to_do = {
    "register.nothing-to-do", T("This table changes nobody: there is nothing to import."), 409};
static const struct reason is_done = {"register.import-done",
                                      T("This table was imported already, or is too old."), 409};

/* ---- one row ---- */

static struct outcome enlist(struct scene *scene, const struct register_planned *row, id person_id,
                             bool is_checked)
{
    const struct register_entry *a = &row->after, *b = &row->before;
    bool is_other_licence = !str_same(a->licence, b->licence) ||
                            a->licence_until != b->licence_until ||
                            !str_same(a->profession, b->profession);

    return people_enlist(scene,
                         &(struct people_enlistment){
                             .person_id = person_id,
                             .profession = a->profession,
                             .division = a->division,
                             .team_id = a->team_id,
                             .fields = a->fields,
                             .languages = a->languages,
                             .capacity = row->capacity,
                             .written_capacity = row->written_capacity,
                             .licence = a->licence,
                             .licence_until = a->licence_until,
                             .is_checked = is_checked && a->licence.len > 0 && is_other_licence});
}

static struct outcome do_row(struct scene *scene, const struct register_planned *row,
                             bool is_checked)
{
    const struct register_entry *a = &row->after, *b = &row->before;
    id person_id = row->person_id;
    bool is_new = row->verdict == REGISTER_ADD;

    if (is_new)
        TRY(identity_person_add(
            scene,
            &(struct identity_new_person){.login = a->login, .name = a->name, .phone = a->phone},
            &person_id));
    else if (!str_same(a->name, b->name))
        TRY(identity_set_name(scene, person_id, a->name));
    if (!is_new && !str_same(a->phone, b->phone))
        TRY(identity_set_phone(scene, person_id, a->phone));
    TRY(enlist(scene, row, person_id, is_checked));
    if (!str_same(a->associations, b->associations))
        TRY(register_set_memberships(scene, person_id, a->associations));
    if (a->phone.len && !row->has_password && !str_same(a->phone, b->phone))
        TRY(register_invite(scene, person_id, a->phone));
    return people_note(scene, person_id, "imported", S(""));
}

/* A row that is refused takes nothing back but itself. */
static struct outcome try_row(struct scene *scene, const struct register_planned *row,
                              bool is_checked, bool *was_done)
{
    size_t lines = scene->lines_count;
    struct outcome outcome;

    *was_done = false;
    TRY(store_mark(scene->store));
    outcome = do_row(scene, row, is_checked);
    if (outcome.fault) return outcome;
    *was_done = !outcome.refusal;
    if (*was_done) return store_mark_keep(scene->store);
    store_mark_undo(scene->store);
    scene->lines_count = lines;
    return DONE;
}

static void add_number(struct arena *arena, struct str *numbers, int64_t number)
{
    *numbers = arena_print(arena, "%.*s%s%lld", STR_ARGS(*numbers), numbers->len ? ", " : "",
                           (long long)number);
}

/* ---- one part ---- */

static struct outcome do_part(struct scene *scene, const struct register_plan *plan,
                              struct str marks, struct register_find_import_row *job)
{
    size_t from = (size_t)job->rows_done, some = plan->count - from;
    int64_t added = job->added_count, changed = job->changed_count, left = job->left_count;

    if (some > PART_ROWS) some = PART_ROWS;
    for (size_t i = from; i < from + some; i++) {
        const struct register_planned *row = &plan->rows[i];
        struct str shown = {marks.at + i * REGISTER_MARK_LEN, REGISTER_MARK_LEN};
        bool was_done = false;

        if (shown.at[0] == '-') continue;
        if (str_same(shown, register_plan_mark(scene->arena, row)))
            TRY(try_row(scene, row, job->is_checked, &was_done));
        if (!was_done) add_number(scene->arena, &job->rows_left, row->number);
        job->added_count += was_done && row->verdict == REGISTER_ADD;
        job->changed_count += was_done && row->verdict == REGISTER_UPDATE;
        job->left_count += !was_done;
    }
    job->rows_done += (int64_t)some;
    scene_about(scene, job->import_id, 0);
    scene->detail =
        arena_print(scene->arena, "rows %zu to %zu added %lld changed %lld left out %lld", from + 1,
                    from + some, (long long)(job->added_count - added),
                    (long long)(job->changed_count - changed), (long long)(job->left_count - left));
    return DONE;
}

static struct outcome go_on(struct scene *scene, struct str text, struct str marks,
                            struct register_find_import_row *job)
{
    struct register_plan plan;

    TRY(register_plan_part(scene, text, (size_t)job->rows_done, PART_ROWS, &plan));
    if (plan.count * REGISTER_MARK_LEN != marks.len)
        return FAULT("register: a table has other rows than were shown");
    TRY(do_part(scene, &plan, marks, job));
    TRY(register_set_import_rows(scene->store, job->rows_done, job->added_count, job->changed_count,
                                 job->left_count, job->rows_left, job->import_id));
    if ((size_t)job->rows_done == plan.count)
        return register_set_import_done(scene->store, scene->now, job->import_id);
    return clock_set(scene, "register.import_part", job->import_id, scene->now);
}

/* ---- it begins ---- */

static struct outcome import_prepare(struct scene *scene, void *form)
{
    struct register_import_form *f = form;
    struct register_find_import_row row;
    struct register_plan plan;
    struct str text;
    struct out *marks = out_open(scene->arena, REGISTER_IMPORT_ROWS_MAX * REGISTER_MARK_LEN + 1);
    size_t wrong;

    TRY(register_import_open(scene, f->import, &row, &text));
    if (!text.len || row.begun_at) return REFUSE(is_done);
    TRY(register_plan_make(scene, text, &plan));
    if (!str_same(plan.fingerprint, f->plan)) return REFUSE(plan_changed);
    wrong = plan.counts[REGISTER_WRONG];
    f->wrong = arena_print(scene->arena, "%zu", wrong);
    if (wrong && !f->only_good) return REFUSE_WITH(has_mistakes, f->wrong);
    if (plan.counts[REGISTER_ADD] + plan.counts[REGISTER_UPDATE] == 0) return REFUSE(nothing_to_do);
    for (size_t i = 0; i < plan.count; i++)
        out_raw_str(marks, register_plan_mark(scene->arena, &plan.rows[i]));
    f->marks = out_text(marks);
    return DONE;
}

static struct outcome import(struct scene *scene, const void *form, void *result)
{
    const struct register_import_form *f = form;
    struct register_find_import_row job;
    struct str text;

    (void)result;
    TRY(register_import_open(scene, f->import, &job, &text));
    if (!text.len || job.begun_at) return REFUSE(is_done);
    job.is_checked = f->is_checked;
    str_to_int(f->wrong, &job.left_count);
    TRY(register_set_import_begun(scene->store, scene->now, scene_scope(scene, WHO_ADMIN),
                                  job.is_checked, secret_seal(scene->arena, USE_MARKS, f->marks),
                                  (int64_t)(f->marks.len / REGISTER_MARK_LEN), job.left_count,
                                  job.import_id));
    return go_on(scene, text, f->marks, &job);
}

/* ---- it goes on ---- */

static struct outcome leave_rest(struct scene *scene, struct register_find_import_row *job)
{
    scene_about(scene, job->import_id, job->by_id);
    scene->detail = S("whoever told it keeps these people no more");
    TRY(register_set_import_rows(scene->store, job->rows_done, job->added_count, job->changed_count,
                                 job->left_count + job->rows_count - job->rows_done, job->rows_left,
                                 job->import_id));
    return register_set_import_done(scene->store, scene->now, job->import_id);
}

static struct outcome import_part(struct scene *scene, const void *form, void *result)
{
    struct register_find_import_row job;
    struct register_find_keeper_row keeper;
    struct str text, marks;
    bool found;

    (void)result;
    TRY(register_find_import(scene->arena, scene->store, ((const struct clock_form *)form)->case_id,
                             &job, &found));
    if (!found || !job.begun_at || job.done_at) return REFUSE(is_done);
    TRY(register_find_keeper(scene->arena, scene->store, job.by_id, &keeper, &found));
    if (!found || !str_same(keeper.scope, job.scope)) return leave_rest(scene, &job);
    if (!secret_unseal(scene->arena, REGISTER_USE_TABLE, job.table_sealed, &text) ||
        !secret_unseal(scene->arena, USE_MARKS, job.marks_sealed, &marks))
        return FAULT("register: what was sealed cannot be read: these are not its keys");
    scene->actor = (struct actor){.person_id = keeper.person_id,
                                  .is = WHO_ADMIN | WHO_ANYONE,
                                  .scopes.admin = job.scope,
                                  .name = keeper.person_name};
    return go_on(scene, text, marks, &job);
}

const struct act register_import = {.name = "register.import",
                                    .who = WHO_ADMIN,
                                    .form = &register_import_form,
                                    .prepare = import_prepare,
                                    .slow = true,
                                    .run = import};
const struct act register_import_part = {
    .name = "register.import_part", .who = WHO_SYSTEM, .run = import_part};

/* ---- the command line ---- */

struct outcome register_import_may(struct scene *scene, const struct register_import_report *report,
                                   bool only_good)
{
    if (report->wrong == 0 || only_good) return DONE;
    return REFUSE_WITH(has_mistakes, arena_print(scene->arena, "%lld", (long long)report->wrong));
}

static struct outcome import_file(struct scene *scene, const void *form, void *result)
{
    const struct register_import_file *f = form;
    struct register_import_told *told = result;
    size_t from = (size_t)f->from, done = 0;
    struct register_plan plan;
    struct str text;

    TRY(csv_text(scene->arena, f->bytes, &text));
    TRY(register_plan_part(scene, text, from, PART_ROWS, &plan));
    for (size_t i = from; i < plan.count && i < from + PART_ROWS; i++) {
        const struct register_planned *row = &plan.rows[i];
        bool was_done;

        if (row->verdict == REGISTER_WRONG && !f->only_good) return REFUSE(plan_changed);
        if (row->verdict != REGISTER_ADD && row->verdict != REGISTER_UPDATE) continue;
        TRY(try_row(scene, row, f->is_checked, &was_done));
        if (!was_done) add_number(scene->arena, &told->rows_left, row->number);
        done += was_done;
    }
    scene_about(scene, 0, 0);
    scene->quiet = done == 0 && scene->ids_count == 0; /* a refused row may have taken some */
    scene->detail = arena_print(scene->arena, "rows from %zu: %zu done", from + 1, done);
    return DONE;
}

const struct act register_import_all = {
    .name = "register.import", .who = WHO_SYSTEM, .run = import_file};
