/* aid_import.c -- the rules that hold, and a folder of files that becomes the rules.
 *
 *  (1) One mistake in one file and nothing is taken in; all mistakes are told at once.
 *  (2) Besides what the rules themselves must be, every article that is cited stands in the laws of
 *      this installation, and every item named in its service list.
 *  (3) Each place is proved with the national rules under it, as its residents meet them.
 */
#include "desk/laws/laws_acts.h"
#include "gen/aid_sql.h"
#include "service/aid/aid_file.h"
#include "service/aid/aid_views.h"

extern const char data_aid[]; /* data/aid, see the Makefile */

const struct reason aid_files_wrong = {
    "aid.files_wrong", T("Nothing was taken in: %1 mistakes. They are listed above."), 0};
const struct reason aid_nothing_new = {"aid.nothing_new", T("These rules hold already."), 409};
static const struct reason article_unknown = {
    "aid.article_unknown",
    T("This article does not stand in the laws of this installation: %1. Correct it, or take the "
      "law in first."),
    0};
static const struct reason item_unknown = {"aid.item_unknown",
                                           T("There is no such item in the service list: %1."), 0};

enum { PROBLEM_BYTES_MAX = 64 * 1024 };

/* ---- what holds ---- */

struct outcome aid_export(struct scene *scene, const struct items_source **files, size_t *count)
{
    const struct aid_list_rules_files_row *rows;
    struct aid_find_last_rules_row last;
    struct items_source *made;
    bool found;

    TRY(aid_find_last_rules(scene->store, &last, &found));
    if (!found) {
        items_bundle_read(scene->arena, str_of(data_aid), files, count);
        return DONE;
    }
    TRY(aid_list_rules_files(scene->arena, scene->store, last.rules_id, &rows, count));
    made = NEW_MANY(scene->arena, struct items_source, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct items_source){rows[i].file_name, rows[i].file_text};
    *files = made;
    return DONE;
}

struct outcome aid_rules_now(struct scene *scene, struct aid_rules *rules)
{
    struct aid_find_top_division_row top;
    const struct items_source *files;
    struct outcome outcome;
    size_t count;
    bool found;

    TRY(aid_export(scene, &files, &count));
    TRY(aid_find_top_division(scene->arena, scene->store, &top, &found));
    outcome = aid_file_rules(scene->arena, files, count, found ? top.division : S(""), rules);
    /* They were proved when they were taken in, or when the program was made. */
    return outcome.refusal ? FAULT("aid: the rules that hold cannot be read") : outcome;
}

/* ---- a folder ---- */

struct looking {
    struct scene *scene;
    struct out *problems;
    int64_t wrong;
};

static void tell(struct looking *looking, struct str file, const struct reason *why,
                 struct str detail)
{
    struct scene *scene = looking->scene;

    looking->wrong++;
    if (file.len) {
        out_raw_str(looking->problems, file);
        OUT_LITERAL(looking->problems, ", ");
    }
    out_raw_str(looking->problems,
                text_fill(scene->arena, scene->language, why->text, detail, S(""), S("")));
    OUT_LITERAL(looking->problems, "\n");
}

/* (2) */
static struct outcome look_at_row(struct looking *looking, struct str file,
                                  const struct aid_row *row)
{
    struct scene *scene = looking->scene;

    for (size_t i = 0; i < row->sources_count; i++) {
        const struct aid_source *source = &row->sources[i];
        struct str url;

        if (!source->is_law) continue;
        TRY(laws_cited(scene, source->text.zh, &url));
        if (!url.len) tell(looking, file, &article_unknown, source->text.zh);
    }
    for (size_t i = 0; i < row->items_count; i++) {
        struct items_item said;
        id version_id;
        bool found;

        TRY(items_now(scene, row->items[i], &version_id, &said, &found));
        if (!found) tell(looking, file, &item_unknown, row->items[i]);
    }
    return DONE;
}

/* (3) */
static struct outcome look_at_place(struct looking *looking, const struct items_source *files,
                                    size_t count, const struct items_source *file, struct str place)
{
    struct arena *arena = looking->scene->arena;
    struct aid_problem problems[AID_PROBLEMS_MAX];
    struct aid_rules own, rules;
    struct outcome outcome = aid_file_rules(arena, files, count, place, &rules);
    size_t problems_count;

    if (outcome.refusal) {
        tell(looking, S(""), outcome.refusal, outcome.detail);
        return DONE;
    }
    problems_count = aid_check(arena, &rules, problems);
    for (size_t i = 0; i < problems_count; i++)
        tell(looking, file->name, problems[i].why, problems[i].detail);
    TRY(aid_file_parse(arena, file, &own)); /* each file's own rows: told once */
    for (size_t s = 0; s < own.steps_count; s++)
        for (size_t r = 0; r < own.steps[s].rows_count; r++)
            TRY(look_at_row(looking, file->name, &own.steps[s].rows[r]));
    return DONE;
}

struct outcome aid_import_look(struct scene *scene, const struct aid_import_form *form,
                               struct aid_import_report *report)
{
    struct looking looking = {.scene = scene,
                              .problems = out_open(scene->arena, PROBLEM_BYTES_MAX)};
    struct aid_rules *all = NEW_MANY(scene->arena, struct aid_rules, form->count + 1);

    for (size_t i = 0; i < form->count; i++) {
        struct outcome outcome = aid_file_parse(scene->arena, &form->sources[i], &all[i]);

        if (outcome.fault) return outcome;
        if (outcome.refusal) tell(&looking, S(""), outcome.refusal, outcome.detail);
    }
    for (size_t i = 0; i < form->count && !looking.wrong; i++)
        TRY(look_at_place(&looking, form->sources, form->count, &form->sources[i], all[i].place));
    *report = (struct aid_import_report){.files = (int64_t)form->count,
                                         .wrong = looking.wrong,
                                         .problems = out_text(looking.problems)};
    return DONE;
}

static struct outcome is_as_it_was(struct scene *scene, const struct aid_import_form *form,
                                   bool *same)
{
    const struct items_source *files;
    size_t count;

    TRY(aid_export(scene, &files, &count));
    *same = count == form->count;
    for (size_t i = 0; *same && i < count; i++)
        *same = str_same(files[i].name, form->sources[i].name) &&
                str_same(files[i].text, form->sources[i].text);
    return DONE;
}

static struct outcome run_import(struct scene *scene, const void *form_, void *result)
{
    const struct aid_import_form *form = form_;
    struct aid_import_report *report = result;
    id rules_id;
    bool same;

    TRY(aid_import_look(scene, form, report));
    if (report->wrong)
        return REFUSE_WITH(aid_files_wrong,
                           arena_print(scene->arena, "%lld", (long long)report->wrong));
    TRY(is_as_it_was(scene, form, &same));
    if (same) return REFUSE(aid_nothing_new);
    rules_id = scene_new_id(scene);
    TRY(aid_add_rules(scene->store, rules_id, scene->now));
    for (size_t i = 0; i < form->count; i++)
        TRY(aid_add_rules_file(scene->store, rules_id, (int64_t)i, form->sources[i].name,
                               form->sources[i].text));
    scene->detail = arena_print(scene->arena, "%lld files", (long long)form->count);
    return DONE;
}

const struct act aid_import = {.name = "aid.import", .who = WHO_SYSTEM, .run = run_import};
