/* import.c -- see import.h. */
#include "main/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bureau/register/register_acts.h"
#include "main/import_laws.h"
#include "main/install.h"
#include "platform/csv.h"

int import_failed(struct arena *arena, struct outcome outcome)
{
    struct str why = outcome.fault ? str_of(outcome.fault)
                                   : text_fill(arena, LANGUAGE_EN, outcome.refusal->text,
                                               outcome.detail, S(""), S(""));

    fprintf(stderr, "gongdao: import: %.*s\n", STR_ARGS(why));
    return EXIT_FAILURE;
}

static struct outcome read_file(struct arena *arena, struct str path, struct str *bytes)
{
    char *text = arena_take(arena, 1, CSV_BYTES_MAX + 1);
    FILE *file = fopen(arena_c(arena, path), "rb");
    bool good = file != NULL;

    if (file) {
        *bytes = (struct str){text, fread(text, 1, CSV_BYTES_MAX + 1, file)};
        good = !ferror(file); /* a folder opens, and has nothing to read */
        fclose(file);
    }
    return good ? DONE : FAULT(arena_print(arena, "cannot read %.*s", STR_ARGS(path)).at);
}

/* Each of both opens the database by itself: looking never takes the writer's place. */
static struct outcome look(struct scene *scene, const struct settings *settings, struct str bytes,
                           struct register_import_report *report)
{
    struct outcome outcome;

    TRY(install_store(scene->arena, settings, STORE_READ, &scene->store));
    outcome = register_import_look(scene, bytes, report);
    store_close(&scene->store);
    return outcome;
}

/* A part at a time, each with its own memory and transaction: a server beside this one goes on. */
static struct outcome import(const struct scene *scene, const struct settings *settings,
                             struct str bytes, int64_t rows)
{
    struct register_import_file form = {
        .bytes = bytes, .only_good = settings->only_good, .is_checked = settings->licences_checked};
    struct store *store;
    struct outcome outcome = DONE;

    TRY(install_store(scene->arena, settings, STORE_WRITE, &store));
    for (; IS_DONE(outcome) && form.from < rows; form.from += REGISTER_IMPORT_PART_ROWS) {
        struct scene part = *scene;
        struct register_import_told told = {S("")};

        part.arena = arena_open(ARENA_BYTES_MAX);
        part.store = store;
        outcome = act_run(&register_import_all, &part, &form, &told);
        outcome.detail = arena_copy(scene->arena, outcome.detail);
        if (told.rows_left.len)
            printf("rows left out, since they could not be done: %.*s\n", STR_ARGS(told.rows_left));
        arena_close(&part.arena);
    }
    store_close(&store);
    return outcome;
}

static int import_people(struct arena *arena, const struct settings *settings)
{
    struct scene scene = {.arena = arena,
                          .now = time(NULL),
                          .actor = {.is = WHO_SYSTEM},
                          .language = LANGUAGE_EN,
                          .channel = S("command"),
                          .address = S("")};
    struct register_import_report report;
    struct str bytes = S("");
    struct outcome outcome;

    outcome = install_open(arena, settings, false);
    if (IS_DONE(outcome)) outcome = read_file(arena, settings->import_file, &bytes);
    if (IS_DONE(outcome)) outcome = look(&scene, settings, bytes, &report);
    if (!IS_DONE(outcome)) return import_failed(arena, outcome);
    fwrite(report.problems.at, 1, report.problems.len, stdout);
    printf("to add: %lld, to change: %lld, as they are: %lld, with mistakes: %lld\n",
           (long long)report.added, (long long)report.changed, (long long)report.same,
           (long long)report.wrong);
    if (settings->dry_run) return report.wrong ? EXIT_FAILURE : EXIT_SUCCESS;
    if (report.added + report.changed == 0 && report.wrong == 0) {
        printf("nothing to do\n");
        return EXIT_SUCCESS;
    }
    if (report.wrong && !settings->only_good)
        fprintf(stderr, "gongdao: import: with --only-good the rows without mistakes are taken\n");
    outcome = register_import_may(&scene, &report, settings->only_good);
    if (IS_DONE(outcome)) outcome = import(&scene, settings, bytes, report.rows);
    if (!IS_DONE(outcome)) return import_failed(arena, outcome);
    printf("imported\n");
    return EXIT_SUCCESS;
}

int import_command(struct arena *arena, const struct settings *settings)
{
    bool has_file = settings->import_file.len > 0;

    if (has_file && str_same(settings->import_what, S("people")))
        return import_people(arena, settings);
    if (has_file && str_same(settings->import_what, S("items")))
        return import_items(arena, settings);
    if (has_file && str_same(settings->import_what, S("aid"))) return import_aid(arena, settings);
    if (str_same(settings->import_what, S("laws"))) return import_laws(arena, settings);
    if (has_file && str_same(settings->import_what, S("answers")))
        return import_answers(arena, settings);
    return import_failed(arena, FAULT("say what to import: gongdao import people FILE --data DIR, "
                                      "gongdao import items FOLDER --data DIR, "
                                      "gongdao import answers FILE --data DIR, "
                                      "gongdao import aid FOLDER --data DIR, or "
                                      "gongdao import laws FILE --data DIR"));
}
