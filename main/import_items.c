/* import_items.c -- gongdao import items FOLDER: files of the service list become a release. */
#include "main/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "desk/items/items_acts.h"
#include "main/install.h"
#include "main/rooms.h"

static struct outcome look(struct scene *scene, const struct settings *settings,
                           const struct items_import_form *form, struct items_import_report *report)
{
    struct outcome outcome;

    TRY(install_store(scene->arena, settings, STORE_READ, &scene->store));
    outcome = items_import_look(scene, form, report);
    store_close(&scene->store);
    return outcome;
}

static struct outcome import(struct scene *scene, const struct settings *settings,
                             struct items_import_form *form, struct items_import_report *report)
{
    struct outcome outcome;

    TRY(install_store(scene->arena, settings, STORE_WRITE, &scene->store));
    outcome = act_run(&items_import, scene, form, report);
    store_close(&scene->store);
    return outcome;
}

int import_items(struct arena *arena, const struct settings *settings)
{
    struct scene scene = {.arena = arena,
                          .now = time(NULL),
                          .actor = {.is = WHO_SYSTEM},
                          .language = LANGUAGE_EN,
                          .channel = S("command"),
                          .address = S("")};
    struct items_import_form form = {.only_these = settings->only_these, .from = settings->day};
    struct items_import_report report = {0};
    struct outcome outcome = install_open(arena, settings, false);

    items_learn(rooms);
    if (IS_DONE(outcome))
        outcome = items_folder_read(arena, arena_c(arena, settings->import_file), &form.sources,
                                    &form.count);
    if (IS_DONE(outcome)) outcome = look(&scene, settings, &form, &report);
    if (!IS_DONE(outcome)) return import_failed(arena, outcome);
    fwrite(report.problems.at, 1, report.problems.len, stdout);
    if (settings->dry_run) fwrite(report.changes.at, 1, report.changes.len, stdout);
    printf("to add: %lld, to change: %lld, as they are: %lld, to take out: %lld, "
           "not in the folder and kept: %lld, mistakes: %lld\n",
           (long long)report.added, (long long)report.changed, (long long)report.same,
           (long long)report.taken_out, (long long)report.kept, (long long)report.wrong);
    if (settings->dry_run) return report.wrong ? EXIT_FAILURE : EXIT_SUCCESS;
    outcome = import(&scene, settings, &form, &report);
    if (outcome.refusal == &items_nothing_new) {
        printf("nothing to do\n");
        return EXIT_SUCCESS;
    }
    if (!IS_DONE(outcome)) return import_failed(arena, outcome);
    printf("released%s%.*s\n", settings->day.len ? " from " : "", STR_ARGS(settings->day));
    return EXIT_SUCCESS;
}
