/* import_aid.c -- gongdao import aid FOLDER: files become the rules of legal aid. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "main/import.h"
#include "main/install.h"
#include "main/rooms.h"
#include "service/aid/aid_acts.h"

static struct outcome look(struct scene *scene, const struct settings *settings,
                           const struct aid_import_form *form, struct aid_import_report *report)
{
    struct outcome outcome;

    TRY(install_store(scene->arena, settings, STORE_READ, &scene->store));
    outcome = aid_import_look(scene, form, report);
    store_close(&scene->store);
    return outcome;
}

static struct outcome import(struct scene *scene, const struct settings *settings,
                             struct aid_import_form *form, struct aid_import_report *report)
{
    struct outcome outcome;

    TRY(install_store(scene->arena, settings, STORE_WRITE, &scene->store));
    outcome = act_run(&aid_import, scene, form, report);
    store_close(&scene->store);
    return outcome;
}

int import_aid(struct arena *arena, const struct settings *settings)
{
    struct scene scene = {.arena = arena,
                          .now = time(NULL),
                          .actor = {.is = WHO_SYSTEM},
                          .language = LANGUAGE_EN,
                          .channel = S("command"),
                          .address = S("")};
    struct aid_import_form form = {.count = 0};
    struct aid_import_report report = {0};
    struct outcome outcome = install_open(arena, settings, false);

    if (IS_DONE(outcome))
        outcome = items_folder_read(arena, arena_c(arena, settings->import_file), &form.sources,
                                    &form.count);
    if (IS_DONE(outcome)) outcome = look(&scene, settings, &form, &report);
    if (!IS_DONE(outcome)) return import_failed(arena, outcome);
    fwrite(report.problems.at, 1, report.problems.len, stdout);
    printf("files: %lld, mistakes: %lld\n", (long long)report.files, (long long)report.wrong);
    if (settings->dry_run || report.wrong) return report.wrong ? EXIT_FAILURE : EXIT_SUCCESS;
    outcome = import(&scene, settings, &form, &report);
    if (outcome.refusal == &aid_nothing_new) {
        printf("nothing to do\n");
        return EXIT_SUCCESS;
    }
    if (!IS_DONE(outcome)) return import_failed(arena, outcome);
    printf("taken in\n");
    return EXIT_SUCCESS;
}
