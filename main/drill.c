/* drill.c -- see drill.h.
 *
 *  (1) Nothing of the installation or of the copy is changed.
 *  (2) What was restored holds what people told in confidence, and perhaps the keys: the folder is
 *      for this user only and is removed in every case but that of a kill.
 */
#include "main/drill.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "desk/calendar/calendar.h"
#include "gen/platform_sql.h"
#include "main/backup.h"
#include "main/copy.h"
#include "main/install.h"
#include "main/rooms.h"
#include "platform/secret_keys.h"
#include "platform/site.h"
#include "platform/store.h"

static int failed(const char *words)
{
    fprintf(stderr, "gongdao: drill: %s\n", words);
    return EXIT_FAILURE;
}

/* Where a restored copy has no keys, those of the installation it is of. */
static bool bring_keys(struct arena *arena, const struct settings *settings,
                       const struct settings *spare)
{
    if (key_newest(install_path(arena, spare->data, "keys").at)) return true;
    if (!settings->data.len)
        return failed("the keys are not in this backup; name the folder that has them: --data "
                      "DIR, with DIR/keys in it") == EXIT_SUCCESS;
    if (!IS_DONE(copy_folder(arena, settings->data, spare->data, "keys")) ||
        !key_newest(install_path(arena, spare->data, "keys").at))
        return failed("the keys are neither in this backup nor in the folder --data names") ==
               EXIT_SUCCESS;
    return true;
}

/* How much would be lost: what happened after the newest line. */
static void tell_age(struct arena *arena, const struct settings *spare, moment now)
{
    struct platform_find_last_line_row row = {0};
    struct store *store;
    char day[11];
    bool found = false;
    int64_t hours;

    if (!IS_DONE(install_store(arena, spare, STORE_READ, &store))) return;
    if (IS_DONE(platform_find_last_line(store, &row, &found)) && found) {
        calendar_day_print(calendar_day_of(row.at), day);
        hours = (now - row.at) / SECONDS_PER_HOUR;
        printf("The last thing in it happened on %s, %lld hours ago: what came after would be "
               "lost.\n",
               day, (long long)hours);
    }
    store_close(&store);
}

/* Those it was served with, if it ever was. */
static bool are_its_keys(struct arena *arena, const struct settings *spare)
{
    struct store *store;
    struct outcome outcome = install_store(arena, spare, STORE_WRITE, &store);

    if (IS_DONE(outcome)) outcome = install_keys(arena, store, false);
    store_close(&store);
    if (IS_DONE(outcome)) return true;
    return failed("these keys are not those of this backup") == EXIT_SUCCESS;
}

/* As serving does: a copy an older program made has older tables. */
static bool bring_up_to_date(struct arena *arena, const struct settings *spare)
{
    struct store *store;
    struct outcome outcome = install_store(arena, spare, STORE_WRITE, &store);

    if (!IS_DONE(outcome)) return failed(outcome.fault) == EXIT_SUCCESS;
    outcome = site_schema(store, rooms, time(NULL));
    store_close(&store);
    if (IS_DONE(outcome)) return true;
    return failed("the tables of this backup cannot be brought up to date") == EXIT_SUCCESS;
}

static int drill(struct arena *arena, const struct settings *settings, const struct settings *spare)
{
    struct timespec begun, ended;

    clock_gettime(CLOCK_MONOTONIC, &begun);
    if (restore_command(arena, spare)) return EXIT_FAILURE;
    if (!bring_keys(arena, settings, spare) || !bring_up_to_date(arena, spare)) return EXIT_FAILURE;
    if (install_check(arena, spare) || !are_its_keys(arena, spare)) return EXIT_FAILURE;
    clock_gettime(CLOCK_MONOTONIC, &ended);
    tell_age(arena, spare, time(NULL));
    printf("The backup can be served from: it was restored and checked in %lld s.\n",
           (long long)(ended.tv_sec - begun.tv_sec));
    return EXIT_SUCCESS;
}

/* Ctrl-C, a lost connection, a clock that ends it: held back until the folder is gone. */
static void hold_signals(sigset_t *before)
{
    sigset_t held;

    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &held, before);
}

int drill_command(struct arena *arena, const struct settings *settings)
{
    struct settings spare = *settings;
    const char *place = settings->to.len ? settings->to.at : getenv("TMPDIR");
    struct str folder =
        arena_print(arena, "%s/gongdao-drill-XXXXXX", place && *place ? place : "/tmp");
    char *made = (char *)folder.at; /* mkdtemp() fills in the last letters */
    sigset_t before;
    int status;

    if (!settings->from.len) return failed("--from is needed: what gongdao backup made");
    hold_signals(&before);
    if (!mkdtemp(made))
        return failed(arena_print(arena,
                                  "cannot make a folder %s: %s; name another place with "
                                  "--to",
                                  made, strerror(errno))
                          .at);
    spare.data = install_path(arena, folder, "data");
    spare.database = S(""); /* a copy is always a file, wherever the rows were */
    status = drill(arena, settings, &spare);
    if (!copy_remove(folder)) {
        failed(arena_print(arena, "%s is left, remove it: there is personal data in it", made).at);
        status = EXIT_FAILURE;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}
