/* items_import.c -- a folder of files becomes a release, or nothing does.
 *
 *  1. One mistake in one file and nothing is released; all mistakes are told at once, each with its
 *     file and line.
 *  2. What the folder has not got stays in the list, unless it was said to be the whole list.
 *  3. What is as it was keeps its version: a release writes down only what changed.
 */
#include "desk/items/items_parts.h"

const struct reason items_files_wrong = {
    "items.files_wrong",
    T("The service list was not changed: there are mistakes in the files (%1)."), 0};
const struct reason items_nothing_new = {
    "items.nothing_new", T("There is nothing to release: the list says all this already."), 409};
const struct reason items_day_wrong = {"items.day_wrong",
                                       T("This is not a day. Write it as 2026-12-01."), 0};
const struct reason items_day_past = {
    "items.day_past", T("A release holds from today or a later day, not from a day that is over."),
    0};
const struct reason items_day_too_early = {
    "items.day_too_early",
    T("There is a release from %1 already. Choose that day or a later one, or withdraw it first."),
    0};

enum { PROBLEM_BYTES_MAX = 64 * 1024 };

struct plan {
    struct items_words words;
    bool has_words; /* the folder brings its own */
    struct items_roll roll, before;
    struct items_item *items; /* read from the files, `changed` of them new */
    size_t items_count;
    bool *is_new;
    struct out *problems, *changes;
};

static void say(struct scene *scene, struct plan *plan, struct items_import_report *report,
                struct str place, struct str what)
{
    report->wrong++;
    out_raw_str(plan->problems, place);
    if (place.len) OUT_LITERAL(plan->problems, ", ");
    out_raw_str(plan->problems, what);
    OUT_LITERAL(plan->problems, "\n");
    (void)scene;
}

static struct str place_of(struct scene *scene, const struct items_source *source, int line)
{
    if (!line) return source->name;
    return arena_print(scene->arena, "%.*s:%d", STR_ARGS(source->name), line);
}

static struct str words_of(struct scene *scene, const struct reason *why, struct str detail)
{
    return text_fill(scene->arena, scene->language, why->text, detail, S(""), S(""));
}

static void say_outcome(struct scene *scene, struct plan *plan, struct items_import_report *report,
                        struct outcome outcome)
{
    say(scene, plan, report, S(""), words_of(scene, outcome.refusal, outcome.detail));
}

static struct outcome read_words(struct scene *scene, const struct items_import_form *form,
                                 struct plan *plan, struct items_import_report *report)
{
    TRY(items_words_load(scene, &plan->words));
    for (size_t i = 0; i < form->count; i++) {
        const struct items_source *source = &form->sources[i];
        struct items_word_problem problems[ITEMS_PROBLEMS_MAX];
        struct outcome outcome;
        size_t count;

        if (!items_file_is_words(source->name)) continue;
        outcome = items_file_words(scene->arena, source, &plan->words);
        if (outcome.fault) return outcome;
        if (outcome.refusal) {
            say_outcome(scene, plan, report, outcome);
            continue;
        }
        plan->has_words = true;
        count = items_check_words(&plan->words, problems);
        for (size_t p = 0; p < count; p++)
            say(scene, plan, report,
                place_of(scene, source,
                         items_file_word_line(source->text, plan->words.rows[problems[p].at].word)),
                words_of(scene, problems[p].why, problems[p].detail));
    }
    return DONE;
}

static void check_item(struct scene *scene, const struct items_source *source,
                       const struct items_item *item, struct plan *plan,
                       struct items_import_report *report)
{
    struct items_problem problems[ITEMS_PROBLEMS_MAX];
    size_t count = items_check(item, &plan->words, problems);

    for (size_t p = 0; p < count; p++)
        say(scene, plan, report,
            place_of(scene, source, items_file_line(source->text, problems[p].field)),
            arena_print(scene->arena, "%.*s: %.*s",
                        STR_ARGS(text_in(scene->language, items_field_label(problems[p].field))),
                        STR_ARGS(words_of(scene, problems[p].why, problems[p].detail))));
}

static void tell_change(struct scene *scene, struct plan *plan, struct str item, const char *what,
                        const enum items_field *fields, size_t count)
{
    out_raw_str(plan->changes, item);
    OUT_LITERAL(plan->changes, ".yaml: ");
    out_raw_str(plan->changes, text_in(scene->language, what));
    for (size_t i = 0; i < count; i++) {
        OUT_LITERAL(plan->changes, ", ");
        out_raw_str(plan->changes, text_in(scene->language, items_field_label(fields[i])));
    }
    OUT_LITERAL(plan->changes, "\n");
}

static struct outcome compare(struct scene *scene, struct plan *plan, size_t at,
                              struct items_import_report *report)
{
    id before_id = items_roll_get(&plan->before, plan->items[at].item);
    enum items_field changed[ITEMS_FIELDS];
    struct items_item before;
    size_t count;
    bool found;

    plan->is_new[at] = true;
    if (!before_id) {
        report->added++;
        tell_change(scene, plan, plan->items[at].item, T("added"), NULL, 0);
        return DONE;
    }
    TRY(items_version(scene, before_id, &before, &found));
    count = found ? items_difference(&before, &plan->items[at], changed) : 0;
    plan->is_new[at] = !found || count > 0;
    report->changed += plan->is_new[at];
    report->same += !plan->is_new[at];
    if (plan->is_new[at])
        tell_change(scene, plan, plan->items[at].item, T("changed"), changed, count);
    return DONE;
}

static bool is_in(const struct plan *plan, struct str item)
{
    for (size_t i = 0; i < plan->items_count; i++)
        if (str_same(plan->items[i].item, item)) return true;
    return false;
}

/* Items that stay must agree with the words the folder brings. */
static struct outcome check_kept(struct scene *scene, const struct items_import_form *form,
                                 struct plan *plan, struct items_import_report *report)
{
    for (size_t i = 0; i < plan->before.count; i++) {
        const struct items_line *line = &plan->before.lines[i];
        struct items_source none = {line->item, S("")};
        struct items_item item;
        bool found;

        if (is_in(plan, line->item)) continue;
        if (form->only_these) {
            report->taken_out++;
            tell_change(scene, plan, line->item, T("taken out"), NULL, 0);
            continue;
        }
        report->kept++;
        if (!plan->has_words) continue;
        TRY(items_version(scene, line->version_id, &item, &found));
        if (found) check_item(scene, &none, &item, plan, report);
    }
    return DONE;
}

static struct outcome make_plan(struct scene *scene, const struct items_import_form *form,
                                struct plan *plan, struct items_import_report *report)
{
    struct items_find_last_release_row last;
    bool found;

    *report = (struct items_import_report){0};
    *plan = (struct plan){.items = NEW_MANY(scene->arena, struct items_item, form->count + 1),
                          .is_new = NEW_MANY(scene->arena, bool, form->count + 1),
                          .problems = out_open(scene->arena, PROBLEM_BYTES_MAX),
                          .changes = out_open(scene->arena, PROBLEM_BYTES_MAX)};
    TRY(items_find_last_release(scene->store, &last, &found));
    TRY(items_roll_of(scene, found ? last.release_id : 0, &plan->before));
    TRY(read_words(scene, form, plan, report));
    for (size_t i = 0; i < form->count; i++) {
        struct items_item *item = &plan->items[plan->items_count];
        struct outcome outcome;

        if (items_file_is_words(form->sources[i].name)) continue;
        outcome = items_file_parse(scene->arena, &form->sources[i], item);
        if (outcome.fault) return outcome;
        if (outcome.refusal) {
            say_outcome(scene, plan, report, outcome);
            continue;
        }
        check_item(scene, &form->sources[i], item, plan, report);
        TRY(compare(scene, plan, plan->items_count, report));
        plan->items_count++;
    }
    TRY(check_kept(scene, form, plan, report));
    report->problems = out_text(plan->problems);
    report->changes = out_text(plan->changes);
    return DONE;
}

struct outcome items_import_look(struct scene *scene, const struct items_import_form *form,
                                 struct items_import_report *report)
{
    struct plan plan;

    return make_plan(scene, form, &plan, report);
}

static struct outcome keep_words(struct scene *scene, const struct items_words *words)
{
    TRY(items_drop_words(scene->store));
    for (size_t i = 0; i < words->count; i++) {
        const struct items_word *w = &words->rows[i];

        TRY(items_set_word(scene->store, w->kind, w->word, w->zh, w->en, w->hint_zh, w->hint_en,
                           w->calendar, (int64_t)i + 1));
    }
    return DONE;
}

static struct outcome run_import(struct scene *scene, const void *form_, void *result)
{
    const struct items_import_form *form = form_;
    struct items_import_report *report = result;
    calendar_day holds_day;
    struct plan plan;
    int64_t number;

    TRY(items_day_check(scene, form->from, &holds_day));
    TRY(make_plan(scene, form, &plan, report));
    if (report->wrong)
        return REFUSE_WITH(items_files_wrong,
                           arena_print(scene->arena, "%lld", (long long)report->wrong));
    if (plan.has_words) TRY(keep_words(scene, &plan.words));
    if (report->added + report->changed + report->taken_out == 0)
        return plan.has_words ? DONE : REFUSE(items_nothing_new);
    plan.roll.lines = NEW_MANY(scene->arena, struct items_line, ITEMS_MAX);
    for (size_t i = 0; i < plan.before.count; i++) {
        if (!form->only_these || is_in(&plan, plan.before.lines[i].item))
            plan.roll.lines[plan.roll.count++] = plan.before.lines[i];
    }
    for (size_t i = 0; i < plan.items_count; i++) {
        id version_id;

        if (!plan.is_new[i]) continue;
        TRY(items_keep(scene, &plan.items[i], &version_id));
        if (!items_roll_set(&plan.roll, plan.items[i].item, version_id))
            return FAULT("items: too many items in one release");
    }
    return items_release_add(scene, &plan.roll, holds_day, S(""), &number);
}

const struct act items_import = {.name = "items.import", .who = WHO_SYSTEM, .run = run_import};

struct outcome items_first(struct scene *scene, struct str bundle)
{
    struct items_find_last_number_row last;
    struct items_import_report report;
    struct items_import_form form = {.from = S("")};
    struct outcome outcome;
    bool found;

    TRY(items_find_last_number(scene->store, &last, &found));
    if (last.release_number) return DONE;
    items_bundle_read(scene->arena, bundle, &form.sources, &form.count);
    outcome = run_import(scene, &form, &report);
    if (outcome.refusal == &items_files_wrong)
        return FAULT(arena_print(scene->arena, "%.*s", STR_ARGS(report.problems)).at);
    return outcome;
}
