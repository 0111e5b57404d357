/* install.c -- see install.h.
 *
 * DIR/gongdao.db  the database          DIR/keys/   keys of sealed fields; copied only on request
 * DIR/files/      what people attached  DIR/calendar/  years that replace or join the built-in ones
 * DIR/lock        held by the server
 */
#include "main/install.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/forecast/forecast_acts.h"
#include "bureau/appointment/appointment_acts.h"
#include "bureau/hall/hall_acts.h"
#include "bureau/ladder/ladder_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/register/register_acts.h"
#include "bureau/review/review_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/calendar/calendar_load.h"
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "desk/keys/keys_acts.h"
#include "desk/laws/laws_acts.h"
#include "desk/seal/seal_acts.h"
#include "gen/platform_sql.h"
#include "main/keys.h"
#include "main/rooms.h"
#include "platform/column.h"
#include "platform/files.h"
#include "platform/files_store.h"
#include "platform/secret.h"
#include "platform/site.h"
#include "service/consultation/consultation_acts.h"
#include "service/privacy/privacy_acts.h"

/* data/, see Makefile */
extern const char data_divisions[], data_villages[], data_fields[], data_neighbours[],
    data_wording[], data_laws[], data_law_names[], data_items[];

struct str install_path(struct arena *arena, struct str data, const char *name)
{
    return arena_print(arena, "%.*s/%s", STR_ARGS(data), name);
}

struct str install_database(struct arena *arena, const struct settings *settings)
{
    return settings->database.len ? settings->database
                                  : install_path(arena, settings->data, "gongdao.db");
}

static int fail(const char *what, struct str why)
{
    fprintf(stderr, "gongdao: %s: %.*s\n", what, STR_ARGS(why));
    return EXIT_FAILURE;
}

static struct str words_of(struct arena *arena, struct outcome outcome)
{
    if (outcome.fault) return str_of(outcome.fault);
    return text_fill(arena, LANGUAGE_EN, outcome.refusal->text, outcome.detail, S(""), S(""));
}

static struct outcome find_file(struct arena *arena, const struct settings *settings)
{
    if (!access(install_path(arena, settings->data, "gongdao.db").at, F_OK)) return DONE;
    if (!access(install_path(arena, settings->data, INSTALL_MOVED).at, F_OK))
        return FAULT("this installation was moved to PostgreSQL: say where with --database, or in "
                     "the configuration file");
    return FAULT(arena_print(arena,
                             "there is no installation in %.*s; make one with: gongdao "
                             "init --data %.*s",
                             STR_ARGS(settings->data), STR_ARGS(settings->data))
                     .at);
}

/* The key that is written with, in every process that may write (desk/keys). */
static struct outcome heed_keys(struct arena *arena, struct store *store)
{
    struct platform_find_migration_row row;
    bool found;

    columns_learn(rooms_held);
    if (!secret_is_open()) return DONE;
    /* Older tables have no place where that could be said. */
    TRY(platform_find_migration(store, S("platform"), 1, &row, &found));
    return found ? keys_heed(arena, store) : DONE;
}

struct outcome install_store(struct arena *arena, const struct settings *settings,
                             enum store_use use, struct store **store)
{
    struct platform_find_migration_row row;
    struct outcome outcome;
    bool found = false;

    TRY(store_open(install_database(arena, settings), use, store));
    outcome = platform_find_migration(*store, S("platform"), 0, &row, &found);
    if (IS_DONE(outcome) && found) {
        outcome = settings->new_keys ? DONE : heed_keys(arena, *store);
        if (!IS_DONE(outcome)) store_close(store);
        return outcome;
    }
    store_close(store);
    /* 42P01: there is no such table. */
    if (outcome.fault && !strstr(outcome.fault, "42P01")) return outcome;
    return FAULT("there is no installation in this database; make one with: gongdao init, or bring "
                 "one from SQLite with: gongdao move");
}

/* The key's id and its secret, with a space or a line's end between them. */
static struct outcome read_key(struct arena *arena, struct str path, struct str *key_id,
                               struct str *secret)
{
    struct str words;
    char text[1024];
    size_t len;
    FILE *file = path.len ? fopen(path.at, "r") : NULL;

    if (!file) return FAULT("cannot read [files] key_file");
    len = fread(text, 1, sizeof text, file);
    fclose(file);
    words = str_trim(arena_copy(arena, (struct str){text, len}));
    for (len = 0; len < words.len && (unsigned char)words.at[len] > ' ';) len++;
    *key_id = (struct str){words.at, len};
    *secret = str_trim((struct str){words.at + len, words.len - len});
    return DONE;
}

static struct outcome open_files(struct arena *arena, const struct settings *settings)
{
    struct files_store_settings store = {.endpoint = settings->files_endpoint,
                                         .bucket = settings->files_bucket,
                                         .region = settings->files_region,
                                         .gone = install_path(arena, settings->data, "gone")};

    if (settings->files_endpoint.len) {
        TRY(read_key(arena, settings->files_key_file, &store.id, &store.secret));
        TRY(files_store_open(&store));
    } else if (settings->files_bucket.len || settings->files_key_file.len) {
        return FAULT("[files] endpoint is needed: without it files lie in the data folder");
    }
    return files_open(install_path(arena, settings->data, "files").at);
}

struct scene install_scene(struct arena *arena, struct store *store)
{
    return (struct scene){.arena = arena,
                          .store = store,
                          .now = time(NULL),
                          .actor = {.is = WHO_SYSTEM},
                          .channel = S("command"),
                          .address = S("")};
}

struct outcome install_open(struct arena *arena, const struct settings *settings, bool make)
{
    static struct calendar calendar; /* in use until the process ends */
    struct str folder = settings->calendar_folder.len
                            ? settings->calendar_folder
                            : install_path(arena, settings->data, "calendar");

    if (settings->database.len && !store_is_remote(settings->database))
        return FAULT("a database has an address: postgresql://USER@HOST/NAME; without one it is "
                     "the file gongdao.db in the data folder");
    if (!make && !settings->database.len) TRY(find_file(arena, settings));
    TRY(secret_open(install_path(arena, settings->data, "keys").at, make));
    TRY(open_files(arena, settings));
    TRY(calendar_load(arena, folder.at, &calendar));
    people_use_calendar(&calendar);
    cases_use_calendar(&calendar);
    return DONE;
}

struct outcome install_lock(struct arena *arena, struct str data, bool shared)
{
    int lock = open(install_path(arena, data, "lock").at, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

    if (lock < 0) return FAULT("cannot make the lock file in the data folder");
    if (flock(lock, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB))
        return FAULT("another server is already running on this data folder");
    return DONE; /* held until the process ends */
}

/* What these keys make of a word: that of the fields must open it, the other two make the same. */
static struct outcome mark_keys(struct scene *scene, const void *form, void *result)
{
    static const char use[] = "installation.keys";
    struct arena *arena = scene->arena;
    struct platform_find_mark_row row;
    struct str expected =
        arena_print(arena, "%.*s %.*s", STR_ARGS(secret_index(arena, use, S("installation"))),
                    STR_ARGS(secret_csrf(arena, S("installation"))));
    struct str plain;
    bool found;

    (void)result;
    scene->quiet = true;
    TRY(platform_find_mark(arena, scene->store, S("keys"), &row, &found));
    if (found && secret_unseal(arena, use, row.value, &plain) && str_same(plain, expected))
        return DONE;
    if (found && !*(const bool *)form)
        return FAULT("the keys in this data folder are not those this database was served with: "
                     "every node needs the same, copy the folder keys/ from one that runs; if they "
                     "are lost, what they sealed is too: gongdao serve --new-keys goes on without");
    scene->quiet = false;
    if (found)
        TRY(platform_set_mark(scene->store, S("seal_key"),
                              arena_print(arena, "%d %lld", secret_writes_with(),
                                          (long long)scene->now)));
    return platform_set_mark(scene->store, S("keys"), secret_seal(arena, use, expected));
}

struct outcome install_keys(struct arena *arena, struct store *store, bool new_keys)
{
    static const struct act act = {
        .name = "installation.keys", .who = WHO_SYSTEM, .run = mark_keys};
    struct scene scene = install_scene(arena, store);

    return act_run(&act, &scene, &new_keys, NULL);
}

/* ---- init ---- */

/* The next line of a table of data/ that is not a remark; false at the end. */
static bool next_row(struct str *text, struct str *columns, size_t count)
{
    while (text->len) {
        struct str line = str_cut(*text, '\n', text);

        if (!line.len || line.at[0] == '#') continue;
        for (size_t i = 0; i < count; i++) columns[i] = str_cut(line, '\t', &line);
        return true;
    }
    return false;
}

static struct outcome load_divisions(struct scene *scene)
{
    enum { ROWS_MAX = 20000 };
    struct identity_division *rows = NEW_MANY(scene->arena, struct identity_division, ROWS_MAX);
    struct str texts[] = {str_of(data_divisions), str_of(data_villages)}, c[5];
    size_t count = 0;

    for (size_t i = 0; i < COUNT(texts); i++) {
        while (count < ROWS_MAX && next_row(&texts[i], c, COUNT(c)))
            rows[count++] = (struct identity_division){c[0], c[1], c[2], c[3], c[4]};
    }
    return identity_divisions_load(scene, rows, count);
}

static struct outcome load_fields(struct scene *scene)
{
    struct str text = str_of(data_fields), c[7];

    for (int position = 1; next_row(&text, c, COUNT(c)); position++)
        TRY(people_first_field(scene, c, position));
    return DONE;
}

static struct outcome load_neighbours(struct scene *scene)
{
    struct str text = str_of(data_neighbours), c[2];

    while (next_row(&text, c, COUNT(c))) TRY(ladder_first_border(scene, c[0], c[1]));
    return DONE;
}

static struct outcome load_wording(struct scene *scene)
{
    struct str text = str_of(data_wording), c[2];

    while (next_row(&text, c, COUNT(c))) TRY(review_first_pattern(scene, c));
    return DONE;
}

/* What every installation begins with; safe to run again. */
static struct outcome fill(struct scene *scene, const void *form, void *result)
{
    const struct settings *settings = form;
    bool clock = settings->demo && !settings->demo_hours;

    (void)result;
    TRY(load_divisions(scene));
    TRY(load_fields(scene));
    TRY(load_neighbours(scene));
    TRY(people_first_hours(scene, clock));
    TRY(register_first(scene));
    TRY(items_first(scene, str_of(data_items)));
    TRY(clock_set(scene, "consultation.sweep", 0, scene->now));
    TRY(assignment_begin(scene));
    TRY(clock_set(scene, "shifts.watch", 0, scene->now));
    TRY(supervision_begin(scene));
    TRY(seal_begin(scene));
    TRY(load_wording(scene));
    TRY(review_first(scene));
    if (!settings->demo) return DONE;
    TRY(people_demo(scene));
    TRY(register_demo(scene));
    TRY(shifts_demo(scene));
    TRY(supervision_demo(scene));
    TRY(ladder_demo(scene));
    TRY(hall_demo(scene, clock));
    TRY(appointment_demo(scene));
    TRY(consultation_demo(scene));
    TRY(assignment_demo(scene));
    TRY(review_demo(scene));
    return forecast_demo(scene);
}

static const struct act act_fill = {.name = "installation.init", .who = WHO_SYSTEM, .run = fill};

static struct outcome first_list(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(items_first(scene, str_of(data_items)));
    TRY(seal_begin(scene));
    scene->quiet = scene->ids_count == 0; /* there was one already */
    return DONE;
}

struct outcome install_list(struct arena *arena, struct store *store)
{
    static const struct act act = {
        .name = "installation.list", .who = WHO_SYSTEM, .run = first_list};
    struct scene scene = install_scene(arena, store);

    return act_run(&act, &scene, NULL, NULL);
}

/* The laws of data/, each whole; what is there already is left as it is. */
static struct outcome make_laws(struct scene *scene)
{
    struct str bytes = str_of(data_laws);
    struct laws_document document = {.count = 1};
    int64_t line = 1;
    size_t at = 0;

    for (;;) {
        struct laws_take_form form = {.documents = &document,
                                      .count = 1,
                                      .source = S("data/laws.tsv"),
                                      .names = str_of(data_law_names)};
        struct laws_taken told;

        TRY(laws_read_table(scene->arena, bytes, &at, &line, &document));
        if (!document.count) return DONE;
        TRY(act_run(&laws_take, scene, &form, &told));
    }
}

static bool has_demo(struct scene *scene)
{
    return identity_has_demo(scene);
}

/* Dated shifts of the demo city's plans: more than one act may make. */
static struct outcome make_roster(struct scene *scene)
{
    bool more = true;

    while (more) TRY(act_run(&shifts_watch, scene, NULL, &more));
    return DONE;
}

/* A folder an operator puts something into: it is there before it is looked for. */
struct outcome install_folder(struct arena *arena, struct str data, const char *name)
{
    struct str path = install_path(arena, data, name);

    if (mkdir(path.at, 0700) && errno != EEXIST)
        return FAULT(arena_print(arena, "cannot make the folder %.*s", STR_ARGS(path)).at);
    return DONE;
}

static struct outcome make(struct arena *arena, const struct settings *settings,
                           const struct module *const *modules)
{
    struct scene scene = install_scene(arena, NULL);
    struct outcome outcome;

    if (mkdir(settings->data.at, 0700) && errno != EEXIST)
        return FAULT("cannot make the data folder");
    TRY(install_folder(arena, settings->data, "calendar"));
    TRY(install_open(arena, settings, true));
    TRY(store_open(install_database(arena, settings), STORE_WRITE, &scene.store));
    outcome = site_schema(scene.store, modules, scene.now);
    if (IS_DONE(outcome)) outcome = heed_keys(arena, scene.store);
    items_learn(modules);
    /* A second run fills in what is missing and never makes a second city. */
    if (IS_DONE(outcome) && !has_demo(&scene)) {
        outcome = act_run(&act_fill, &scene, (void *)settings, NULL);
        if (IS_DONE(outcome)) outcome = make_roster(&scene);
    }
    if (IS_DONE(outcome)) outcome = make_laws(&scene);
    store_close(&scene.store);
    return outcome;
}

int install_init(struct arena *arena, const struct settings *settings,
                 const struct module *const *modules)
{
    struct outcome outcome = make(arena, settings, modules);

    if (!IS_DONE(outcome)) return fail("init", words_of(arena, outcome));
    printf("The installation in %.*s is ready%s.\n", STR_ARGS(settings->data),
           settings->demo ? ", with a demo city" : "");
    if (!settings->demo)
        printf(
            "Next: gongdao user add --data %.*s --login NAME --name \"FULL NAME\" --role admin\n",
            STR_ARGS(settings->data));
    return EXIT_SUCCESS;
}

int install_files(struct arena *arena, const struct settings *settings)
{
    int64_t carried = 0, left = 0;
    struct outcome outcome = DONE;

    if (!settings->files_endpoint.len)
        return fail("files", S("say with --config FILE which store: [files] endpoint is not set"));
    outcome = install_open(arena, settings, false);
    if (IS_DONE(outcome)) outcome = files_carry(&carried, &left);
    printf("%lld files were carried into the store, read back from there and removed here.\n",
           (long long)carried);
    if (left) printf("%lld others in the folder are not ours and stayed.\n", (long long)left);
    if (!IS_DONE(outcome)) return fail("files", words_of(arena, outcome));
    return EXIT_SUCCESS;
}
