/* erasures.c -- see erasures.h.
 *
 *  (1) The list says nothing about anybody: numbers this installation made, and a keyed index.
 *  (2) Taken in all or none; what is done here already is passed over, so it may be taken in again.
 */
#include "main/erasures.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "main/install.h"
#include "main/rooms.h"
#include "platform/limits.h"
#include "service/privacy/privacy_acts.h"

enum { LIST_BYTES_MAX = 16 * 1024 * 1024 };

static int failed(struct str words)
{
    fprintf(stderr, "erasures: %.*s\n", STR_ARGS(words));
    return EXIT_FAILURE;
}

static struct outcome read_list(struct arena *arena, struct str path, struct str *list)
{
    FILE *file = fopen(arena_c(arena, path), "rb");
    char *bytes;
    size_t len;

    if (!file) return FAULT("the list of --from FILE cannot be opened");
    bytes = arena_take(arena, 1, LIST_BYTES_MAX);
    len = fread(bytes, 1, LIST_BYTES_MAX, file);
    fclose(file);
    if (len == LIST_BYTES_MAX) return FAULT("the list of --from FILE is too long");
    *list = (struct str){bytes, len};
    return DONE;
}

static struct outcome take_in(struct scene *scene, const void *form, void *result)
{
    struct str rest = *(const struct str *)form, line;
    bool taken;

    (void)result;
    while (rest.len) {
        line = str_cut(rest, '\n', &rest);
        if (!line.len) continue;
        TRY(privacy_erase_again(scene, line, &taken));
        if (!taken) return FAULT("a line of the list is none that gongdao erasures printed");
    }
    return DONE;
}

static const struct act act_again = {
    .name = "privacy.erase-again", .who = WHO_SYSTEM, .run = take_in};

static struct outcome print_all(struct scene *scene)
{
    struct str lines;
    id after = 0;

    do {
        TRY(privacy_erasures_told(scene, &after, &lines));
        fwrite(lines.at, 1, lines.len, stdout);
    } while (lines.len);
    return DONE;
}

int erasures_command(struct arena *arena, const struct settings *settings)
{
    struct scene scene = install_scene(arena, NULL);
    bool is_taking = settings->from.len > 0;
    struct outcome outcome = install_open(arena, settings, false);
    struct str list = S("");

    privacy_learn(rooms_held);
    if (IS_DONE(outcome) && is_taking) outcome = read_list(arena, settings->from, &list);
    if (IS_DONE(outcome))
        outcome =
            install_store(arena, settings, is_taking ? STORE_WRITE : STORE_READ, &scene.store);
    if (IS_DONE(outcome))
        outcome = is_taking ? act_run(&act_again, &scene, &list, NULL) : print_all(&scene);
    store_close(&scene.store);
    if (!IS_DONE(outcome))
        return failed(str_of(outcome.fault ? outcome.fault : outcome.refusal->text));
    if (is_taking) printf("Taken in: what was erased is erased again when it is next served.\n");
    return EXIT_SUCCESS;
}
