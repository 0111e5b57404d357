/* register_import.c -- a table of people is handed in, and looked at; register_import_do.c does it.
 *
 *  (1) Handing a table in changes nobody: it is kept, sealed, until it is done or a day has passed.
 *  (2) A table is its importer's alone. */
#include "bureau/register/register_plan.h"
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/files.h"
#include "platform/secret.h"

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
                               secret_seal(scene->arena, REGISTER_USE_TABLE, f->table));
}

struct outcome register_import_open(struct scene *scene, id import_id,
                                    struct register_find_import_row *row, struct str *text)
{
    bool found;

    *text = S("");
    TRY(register_find_import(scene->arena, scene->store, import_id, row, &found));
    if (!found || row->by_id != scene->actor.person_id) return REFUSE(act_unknown);
    if (!secret_unseal(scene->arena, REGISTER_USE_TABLE, row->table_sealed, text))
        return FAULT("register: what was sealed cannot be read: these are not its keys");
    return DONE;
}

const struct act register_table = {.name = "register.table",
                                   .who = WHO_ADMIN,
                                   .form = &register_table_form,
                                   .result = &register_tabled_view,
                                   .prepare = table_prepare,
                                   .slow = true,
                                   .run = table};

/* ---- a look from the command line ---- */

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
    *report = (struct register_import_report){.rows = (int64_t)plan.count,
                                              .added = (int64_t)plan.counts[REGISTER_ADD],
                                              .changed = (int64_t)plan.counts[REGISTER_UPDATE],
                                              .same = (int64_t)plan.counts[REGISTER_SAME],
                                              .wrong = (int64_t)plan.counts[REGISTER_WRONG],
                                              .problems = out_text(out)};
    return DONE;
}
