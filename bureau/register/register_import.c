/* register_import.c -- a table of people is taken in: first looked at, then done.
 *
 *  (1) Handing a table in changes nobody: it is kept, sealed, until it is done or a day has passed.
 *  (2) What is done is what was shown, or nothing: the fingerprint of the plan says so.
 *  (3) All rows or none, unless whoever imports says to leave out those with mistakes.
 *  (4) Nobody gets a password: whoever proves the number in the table sets the first one. */
#include "bureau/register/register_plan.h"
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/files.h"
#include "platform/secret.h"

#define USE_TABLE "people_import.table"

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

/* ---- handing in ---- */

static struct outcome table_prepare(struct scene *scene, void *form)
{
    struct register_table_form *f = form;
    struct register_plan plan;

    TRY(csv_text(scene->arena, f->file.bytes, &f->table));
    return register_plan_make(scene, f->table, &plan); /* a table that is none is refused now */
}

static struct outcome table(struct scene *scene, const void *form, void *result)
{
    const struct register_table_form *f = form;
    struct register_tabled_view *told = result;

    told->import = scene_new_id(scene);
    return register_add_import(scene->store, told->import, scene->actor.person_id, scene->now,
                               files_plain_name(scene->arena, f->file.name),
                               secret_seal(scene->arena, USE_TABLE, f->table));
}

struct outcome register_import_open(struct scene *scene, id import_id,
                                    struct register_find_import_row *row, struct str *text)
{
    bool found;

    *text = S("");
    TRY(register_find_import(scene->arena, scene->store, import_id, scene->actor.person_id, row,
                             &found));
    if (!found) return REFUSE(act_unknown);
    if (!secret_unseal(scene->arena, USE_TABLE, row->table_sealed, text))
        return FAULT("register: what was sealed cannot be read: these are not its keys");
    return DONE;
}

/* ---- doing it ---- */

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

static struct outcome do_plan(struct scene *scene, const struct register_plan *plan, bool only_good,
                              bool is_checked)
{
    size_t wrong = plan->counts[REGISTER_WRONG];

    if (wrong && !only_good)
        return REFUSE_WITH(has_mistakes, arena_print(scene->arena, "%zu", wrong));
    if (plan->counts[REGISTER_ADD] + plan->counts[REGISTER_UPDATE] == 0)
        return REFUSE(nothing_to_do);
    for (size_t i = 0; i < plan->count; i++) {
        const struct register_planned *row = &plan->rows[i];

        if (row->verdict == REGISTER_ADD || row->verdict == REGISTER_UPDATE)
            TRY(do_row(scene, row, is_checked));
    }
    scene_about(scene, 0, 0);
    scene->detail = arena_print(scene->arena, "added %zu changed %zu left out %zu",
                                plan->counts[REGISTER_ADD], plan->counts[REGISTER_UPDATE], wrong);
    return DONE;
}

static struct outcome import(struct scene *scene, const void *form, void *result)
{
    const struct register_import_form *f = form;
    struct register_find_import_row row;
    struct register_plan plan;
    struct str text;

    (void)result;
    TRY(register_import_open(scene, f->import, &row, &text));
    if (!text.len) return REFUSE(is_done);
    TRY(register_plan_make(scene, text, &plan));
    if (!str_same(plan.fingerprint, f->plan)) return REFUSE(plan_changed);
    TRY(do_plan(scene, &plan, f->only_good, f->is_checked));
    return register_set_import_done(scene->store, scene->now, (int64_t)plan.counts[REGISTER_ADD],
                                    (int64_t)plan.counts[REGISTER_UPDATE],
                                    (int64_t)plan.counts[REGISTER_WRONG], f->import);
}

const struct act register_table = {.name = "register.table",
                                   .who = WHO_ADMIN,
                                   .form = &register_table_form,
                                   .result = &register_tabled_view,
                                   .prepare = table_prepare,
                                   .slow = true,
                                   .run = table};
const struct act register_import = {
    .name = "register.import", .who = WHO_ADMIN, .form = &register_import_form, .run = import};

/* ---- the command line ---- */

struct outcome register_import_look(struct scene *scene, struct str bytes,
                                    struct register_import_report *report)
{
    struct out *out = out_open(scene->arena, 4 << 20);
    struct register_plan plan;
    struct str text;

    TRY(csv_text(scene->arena, bytes, &text));
    TRY(register_plan_make(scene, text, &plan));
    for (size_t i = 0; i < plan.count; i++) {
        const struct register_planned *row = &plan.rows[i];

        for (size_t k = 0; k < row->problems_count; k++) {
            const struct register_problem *problem = &row->problems[k];

            out_raw_str(
                out, arena_print(scene->arena, "row %lld, %s: %.*s\n", (long long)row->number,
                                 register_column_label(problem->column),
                                 STR_ARGS(text_fill(scene->arena, LANGUAGE_EN, problem->why->text,
                                                    problem->detail, S(""), S("")))));
        }
    }
    *report = (struct register_import_report){.added = (int64_t)plan.counts[REGISTER_ADD],
                                              .changed = (int64_t)plan.counts[REGISTER_UPDATE],
                                              .same = (int64_t)plan.counts[REGISTER_SAME],
                                              .wrong = (int64_t)plan.counts[REGISTER_WRONG],
                                              .problems = out_text(out)};
    return DONE;
}

static struct outcome import_all(struct scene *scene, const void *form, void *result)
{
    const struct register_import_file *f = form;
    struct register_plan plan;
    struct str text;

    (void)result;
    TRY(csv_text(scene->arena, f->bytes, &text));
    TRY(register_plan_make(scene, text, &plan));
    return do_plan(scene, &plan, f->only_good, f->is_checked);
}

const struct act register_import_all = {
    .name = "register.import", .who = WHO_SYSTEM, .run = import_all};
