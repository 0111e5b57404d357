/* keys.c -- see keys.h.
 *
 *  (1) A key is taken out only when nothing that is kept needs it: no value of any row, no file in
 *      a store, and no node may still write with it.
 *  (2) It is never destroyed here: backups made before are sealed with it.
 */
#include "main/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bureau/register/register_acts.h"
#include "desk/cases/cases_acts.h"
#include "desk/keys/keys_acts.h"
#include "main/install.h"
#include "main/rooms.h"
#include "main/sealed.h"
#include "platform/files_store.h"
#include "platform/secret.h"
#include "service/consultation/consultation_acts.h"

static int fail(struct str why)
{
    fprintf(stderr, "gongdao: keys: %.*s\n", STR_ARGS(why));
    return EXIT_FAILURE;
}

static void tell_key(const struct keys_report *report, int number)
{
    char name[KEY_NAME_LEN];

    if (!secret_has_key(number) && !report->rows[number]) return;
    printf("Key %d (%s): %lld values%s%s\n", number, key_name(number, name),
           (long long)report->rows[number],
           number == report->writes_with ? ", written with" : "",
           secret_has_key(number) ? "" : ", NOT in the folder of keys");
}

struct outcome keys_tell(struct scene *scene)
{
    struct keys_report report;

    TRY(keys_count(scene, &report));
    for (int number = 1; number <= KEYS_MAX; number++) tell_key(&report, number);
    if (report.is_turning) printf("The server is sealing the older values anew.\n");
    if (!report.unreadable) return DONE;
    return FAULT(arena_print(scene->arena,
                             "%lld sealed values cannot be opened, the first is %.*s: put the key "
                             "they need back into the folder of keys; if it is there, it is "
                             "another one or the value was changed",
                             (long long)report.unreadable, STR_ARGS(report.unreadable_where))
                     .at);
}

static struct outcome make(int *number)
{
    TRY(secret_make_key(number));
    printf("Made key %d. Copy it to every node, and to your copy of the keys.\n", *number);
    return DONE;
}

static struct outcome rotate(struct scene *scene)
{
    struct keys_rotate_form form = {.number = secret_newest_key()};
    int number;

    if (form.number <= secret_writes_with()) {
        TRY(make(&number));
        form.number = number;
    }
    TRY(act_run(&keys_rotate, scene, &form, NULL));
    TRY(keys_heed(scene->arena, scene->store));
    printf("From now on key %lld is written with; a server that runs seals the rest anew.\n"
           "Copy the folder of keys to where you keep its copy.\n",
           (long long)form.number);
    return DONE;
}

/* Reads each file a row names; those of a store are sealed anew (files_store_renew). */
static struct outcome read_files(struct scene *scene, const struct settings *settings)
{
    int64_t count, orphans;

    TRY(consultation_check_files(scene, install_path(scene->arena, settings->data, "files").at,
                                 &count, &orphans));
    TRY(register_check_files(scene, &count));
    return cases_check_files(scene, &count);
}

static struct outcome turn_files(struct scene *scene, const struct settings *settings)
{
    int64_t renewed, kept;

    if (!files_store_is_open())
        return FAULT("only files in a store are sealed ([files] endpoint); there is none");
    files_store_renew(true);
    TRY(read_files(scene, settings));
    files_store_renewed(&renewed, &kept);
    printf("Of the files in the store %lld were sealed anew, %lld were already.\n",
           (long long)renewed, (long long)kept);
    return DONE;
}

static struct outcome still_needed(struct scene *scene, const struct keys_report *report,
                                   int number)
{
    TRY(act_run(&keys_again, scene, NULL, NULL));
    return FAULT(arena_print(scene->arena,
                             "%lld values are still sealed with key %d (%.*s): the server seals "
                             "them anew while it runs; try again later",
                             (long long)report->rows[number], number,
                             STR_ARGS(report->where[number]))
                     .at);
}

static struct outcome may_retire(struct scene *scene, const struct settings *settings, int number)
{
    struct keys_report report;
    int64_t renewed, kept;

    if (number < 1 || number > KEYS_MAX || !secret_has_key(number))
        return FAULT("say which key: gongdao keys retire NUMBER --to FOLDER; gongdao keys list "
                     "has the numbers");
    if (!settings->to.len)
        return FAULT("say where the key goes with --to FOLDER: backups made before are sealed with "
                     "it");
    TRY(keys_count(scene, &report));
    if (number == report.writes_with)
        return FAULT("this key is written with; gongdao keys rotate makes another one");
    if (scene->now < report.since + KEYS_SETTLED_SECONDS)
        return FAULT("the key was changed less than ten minutes ago, and a node may still write "
                     "with the one before; try again later");
    if (report.rows[number]) return still_needed(scene, &report, number);
    if (!files_store_is_open()) return DONE;
    TRY(read_files(scene, settings));
    files_store_renewed(&renewed, &kept);
    if (files_store_sealed_with(number))
        return FAULT("files in the store are still sealed with it: gongdao keys files");
    return DONE;
}

static struct outcome retire(struct scene *scene, const struct settings *settings)
{
    struct keys_rotate_form form = {0};

    if (!str_to_int(settings->key_number, &form.number)) form.number = 0;
    TRY(may_retire(scene, settings, (int)form.number));
    TRY(act_run(&keys_retire, scene, &form, NULL));
    TRY(secret_retire_key((int)form.number, settings->to.at));
    printf("Key %lld is in %.*s and no longer here. Keep it as long as a backup made before is "
           "kept; whoever restores one puts it back into the folder of keys first.\n",
           (long long)form.number, STR_ARGS(settings->to));
    return DONE;
}

static struct outcome run(struct scene *scene, const struct settings *settings)
{
    struct str verb = settings->keys_verb;
    int number;

    if (!verb.len || str_same(verb, S("list"))) return keys_tell(scene);
    if (str_same(verb, S("make"))) return make(&number);
    if (str_same(verb, S("rotate"))) return rotate(scene);
    if (str_same(verb, S("files"))) return turn_files(scene, settings);
    if (str_same(verb, S("retire"))) return retire(scene, settings);
    return FAULT("say what to do: keys list, keys make, keys rotate, keys files, keys retire "
                 "NUMBER --to FOLDER, or keys backup --to FILE");
}

static int keys_of_fields(struct arena *arena, const struct settings *settings)
{
    struct scene scene = install_scene(arena, NULL);
    struct outcome outcome = install_open(arena, settings, false);

    if (IS_DONE(outcome)) outcome = install_store(arena, settings, STORE_WRITE, &scene.store);
    if (IS_DONE(outcome)) outcome = run(&scene, settings);
    store_close(&scene.store);
    if (IS_DONE(outcome)) return EXIT_SUCCESS;
    return fail(outcome.fault ? str_of(outcome.fault)
                              : text_fill(arena, LANGUAGE_EN, outcome.refusal->text, outcome.detail,
                                          S(""), S("")));
}

bool keys_is_alone(const char *command, const struct settings *settings)
{
    return strcmp(command, "keys") == 0 && str_same(settings->keys_verb, S("backup"));
}

static int make_for_backups(struct arena *arena, const struct settings *settings)
{
    struct outcome outcome = settings->to.len
                                 ? DONE
                                 : FAULT("say with --to FILE where the secret half goes: a place "
                                         "away from this machine");
    struct str told;

    if (IS_DONE(outcome)) outcome = sealed_make_key(arena, settings->to, &told);
    if (!IS_DONE(outcome)) return fail(str_of(outcome.fault));
    printf("The secret half is in %.*s: keep it where the backups are not, and twice. Without it "
           "no backup made for it can be read.\nThe public half, for [backup] recipients of the "
           "configuration or --recipient:\n%.*s\n",
           STR_ARGS(settings->to), STR_ARGS(told));
    return EXIT_SUCCESS;
}

int keys_command(struct arena *arena, const struct settings *settings)
{
    if (keys_is_alone("keys", settings)) return make_for_backups(arena, settings);
    return keys_of_fields(arena, settings);
}
