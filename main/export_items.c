/* export_items.c -- gongdao export: the service list or the rules of legal aid, as files. */
#include "main/import.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "desk/items/items_acts.h"
#include "main/install.h"
#include "main/rooms.h"
#include "service/aid/aid_acts.h"

static struct outcome write_file(struct arena *arena, struct str folder, struct str name,
                                 struct str text)
{
    struct str path = arena_print(arena, "%.*s/%.*s", STR_ARGS(folder), STR_ARGS(name));
    FILE *file = fopen(path.at, "wbx"); /* what is there is never written over */
    bool good = file != NULL;

    if (file) {
        good = fwrite(text.at, 1, text.len, file) == text.len;
        good = fclose(file) == 0 && good;
    }
    if (good) return DONE;
    return FAULT(arena_print(arena, "cannot write %.*s: %s", STR_ARGS(path), strerror(errno)).at);
}

static struct outcome write_all(struct scene *scene, bool is_aid, struct str folder,
                                const struct items_source **sources, size_t *count)
{
    TRY(is_aid ? aid_export(scene, sources, count) : items_export(scene, sources, count));
    if (mkdir(arena_c(scene->arena, folder), 0755) && errno != EEXIST)
        return FAULT("cannot make the folder");
    for (size_t i = 0; i < *count; i++)
        TRY(write_file(scene->arena, folder, (*sources)[i].name, (*sources)[i].text));
    return DONE;
}

int export_command(struct arena *arena, const struct settings *settings)
{
    struct scene scene = {.arena = arena,
                          .now = time(NULL),
                          .actor = {.is = WHO_SYSTEM},
                          .language = LANGUAGE_EN,
                          .channel = S("command"),
                          .address = S("")};
    bool is_aid = str_same(settings->import_what, S("aid"));
    const struct items_source *sources;
    struct outcome outcome;
    size_t count = 0;

    if ((!is_aid && !str_same(settings->import_what, S("items"))) || !settings->import_file.len) {
        fprintf(stderr, "gongdao: export: say what to export: gongdao export items FOLDER "
                        "--data DIR, or gongdao export aid FOLDER --data DIR\n");
        return EXIT_FAILURE;
    }
    items_learn(rooms);
    outcome = install_open(arena, settings, false);
    if (IS_DONE(outcome)) outcome = install_store(arena, settings, STORE_READ, &scene.store);
    if (IS_DONE(outcome))
        outcome = write_all(&scene, is_aid, settings->import_file, &sources, &count);
    store_close(&scene.store);
    if (!IS_DONE(outcome)) {
        fprintf(stderr, "gongdao: export: %s\n", outcome.fault ? outcome.fault : "refused");
        return EXIT_FAILURE;
    }
    printf("wrote %zu files to %.*s\n", count, STR_ARGS(settings->import_file));
    return EXIT_SUCCESS;
}
