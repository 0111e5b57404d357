/* retention.c -- see retention.h. */
#include "main/retention.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "desk/calendar/calendar.h"
#include "desk/retention/retention_acts.h"
#include "main/install.h"
#include "main/rooms.h"
#include "main/stamps.h"

enum { TABLE_BYTES_MAX = 64 * 1024 };

extern const char data_retention[]; /* data/, see Makefile */

static int fail(struct str why)
{
    fprintf(stderr, "gongdao: retention: %.*s\n", STR_ARGS(why));
    return EXIT_FAILURE;
}

static struct outcome start(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    return retention_begin(scene, str_of(data_retention));
}

struct outcome retention_start(struct arena *arena, struct store *store)
{
    static const struct act act = {
        .name = "installation.retention", .who = WHO_SYSTEM, .run = start};
    struct scene scene = install_scene(arena, store);

    retention_learn(rooms_held);
    return act_run(&act, &scene, NULL, NULL);
}

static void tell_kind(const struct retention_kind *kind)
{
    char day[11] = "never";

    if (kind->run_at) calendar_day_print(calendar_day_of(kind->run_at), day);
    printf("%s: %s\n", kind->kind, kind->title);
    if (kind->is_held)
        printf("    held: none goes\n");
    else if (!kind->days)
        printf("    stay: no period is set\n");
    else
        printf("    go %lld days after they are over: %lld now\n", (long long)kind->days,
               (long long)kind->over);
    printf("    gone so far: %lld; last run: %s\n    %.*s\n", (long long)kind->gone, day,
           STR_ARGS(kind->law));
}

static struct outcome list(struct scene *scene)
{
    struct retention_kind kinds[RETENTION_KINDS_MAX];
    const struct retention_held *holds;
    size_t count;
    char day[11];

    TRY(retention_list(scene, kinds, &count));
    for (size_t i = 0; i < count; i++) tell_kind(&kinds[i]);
    TRY(retention_holds_list(scene, &holds, &count));
    for (size_t i = 0; i < count; i++) {
        calendar_day_print(calendar_day_of(holds[i].made_at), day);
        if (holds[i].case_id)
            printf("hold %lld since %s: case %lld: %.*s\n", (long long)holds[i].hold, day,
                   (long long)holds[i].case_id, STR_ARGS(holds[i].reason));
        else
            printf("hold %lld since %s: every %.*s: %.*s\n", (long long)holds[i].hold, day,
                   STR_ARGS(holds[i].kind), STR_ARGS(holds[i].reason));
    }
    return DONE;
}

static struct outcome run(struct scene *scene)
{
    struct retention_kind before[RETENTION_KINDS_MAX], after[RETENTION_KINDS_MAX];
    size_t count;
    bool more = true;

    TRY(retention_list(scene, before, &count));
    while (more) TRY(act_run(&retention_run_now, scene, NULL, &more));
    TRY(retention_list(scene, after, &count));
    for (size_t i = 0; i < count; i++)
        printf("%s: %lld gone\n", after[i].kind, (long long)(after[i].gone - before[i].gone));
    return DONE;
}

static struct outcome set(struct scene *scene, const struct settings *settings)
{
    struct retention_set_form form;
    char *bytes = arena_take(scene->arena, 1, TABLE_BYTES_MAX);
    FILE *file = settings->from.len ? fopen(settings->from.at, "rb") : NULL;
    size_t len;

    if (!file) return FAULT("cannot open the table of --from FILE");
    len = fread(bytes, 1, TABLE_BYTES_MAX, file);
    fclose(file);
    if (len == TABLE_BYTES_MAX) return FAULT("the table of --from FILE is too long");
    form.table = (struct str){bytes, len};
    TRY(act_run(&retention_set, scene, &form, NULL));
    printf("The periods are set; the next run is in a day. What it would take:\n");
    return list(scene);
}

static struct outcome hold(struct scene *scene, const struct settings *settings)
{
    struct retention_hold_form form = {
        settings->retention_what, settings->retention_case, settings->reason};
    id number;

    TRY(act_run(&retention_hold, scene, &form, &number));
    printf("Held, until: gongdao retention --data DIR release %lld\n", (long long)number);
    return DONE;
}

static struct outcome release(struct scene *scene, const struct settings *settings)
{
    struct retention_release_form form;

    if (!str_to_int(settings->retention_what, &form.hold))
        return FAULT("say which hold by its number; gongdao retention list has them all");
    TRY(act_run(&retention_release, scene, &form, NULL));
    printf("Released.\n");
    return DONE;
}

static struct outcome command(struct scene *scene, const struct settings *settings)
{
    struct str verb = settings->retention_verb;

    if (!verb.len || str_same(verb, S("list"))) return list(scene);
    if (str_same(verb, S("run"))) return run(scene);
    if (str_same(verb, S("set"))) return set(scene, settings);
    if (str_same(verb, S("hold"))) return hold(scene, settings);
    if (str_same(verb, S("release"))) return release(scene, settings);
    return FAULT("say what to do: retention list, run, set --from FILE, hold KIND [REFERENCE] "
                 "--reason TEXT, or release NUMBER");
}

int retention_command(struct arena *arena, const struct settings *settings)
{
    struct scene scene = install_scene(arena, NULL);
    struct outcome outcome = install_open(arena, settings, false);

    if (IS_DONE(outcome)) outcome = install_store(arena, settings, STORE_WRITE, &scene.store);
    if (IS_DONE(outcome)) outcome = stamps_recall(&scene, settings);
    if (IS_DONE(outcome)) outcome = retention_start(arena, scene.store);
    if (IS_DONE(outcome)) outcome = command(&scene, settings);
    store_close(&scene.store);
    if (IS_DONE(outcome)) return EXIT_SUCCESS;
    return fail(outcome.fault ? str_of(outcome.fault)
                              : text_fill(arena, LANGUAGE_EN, outcome.refusal->text, outcome.detail,
                                          S(""), S("")));
}
