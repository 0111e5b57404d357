/* main.c -- gongdao: puts the rooms together and runs one command. */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "bureau/appointment/appointment_acts.h"
#include "bureau/forecast/forecast_acts.h"
#include "bureau/ladder/ladder_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/register/register_acts.h"
#include "bureau/review/review_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "channel/mail/mail_driver.h"
#include "channel/sms/sms.h"
#include "channel/web/web.h"
#include "desk/calendar/calendar_load.h"
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "desk/notice/notice_acts.h"
#include "main/backup.h"
#include "main/drill.h"
#include "main/erasures.h"
#include "main/import.h"
#include "main/install.h"
#include "main/keys.h"
#include "main/move.h"
#include "main/replay.h"
#include "main/retention.h"
#include "main/rooms.h"
#include "main/simulate.h"
#include "main/stamps.h"
#include "main/usage.h"
#include "platform/files_store.h"
#include "platform/hub.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/model.h"
#include "platform/outward.h"
#include "platform/scan.h"
#include "platform/secret.h"
#include "platform/site.h"
#include "service/aid/aid_acts.h"
#include "service/consultation/consultation_acts.h"
#include "service/mediation/mediation_acts.h"
#include "service/privacy/privacy_acts.h"
#include "service/referral/referral_acts.h"
#include "service/repository/repository_acts.h"
#include "service/search/search_acts.h"

#ifndef VERSION
#define VERSION "unreleased"
#endif

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

/* What is known of sessions is renewed when a line says that they may have changed. */
static void heard(const struct line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(lines[i].act, "session.", 8) == 0 || strncmp(lines[i].act, "person.", 7) == 0)
            identity_changed();
    }
}

static struct outcome read_token(struct arena *arena, struct str path, struct str *token)
{
    char text[512];
    size_t len;
    FILE *file;

    *token = S("");
    if (!path.len) return DONE;
    file = fopen(path.at, "r");
    if (!file)
        return FAULT("cannot read [sms] token_file, [mail] password_file or [model] key_file");
    len = fread(text, 1, sizeof text, file);
    fclose(file);
    *token = arena_copy(arena, str_trim((struct str){text, len}));
    return DONE;
}

static bool is_loopback(struct str listen)
{
    return str_begins(listen, S("127.")) || str_begins(listen, S("[::1]")) ||
           str_begins(listen, S("localhost:")) || str_begins(listen, S("unix:"));
}

static struct outcome refuse_demo_abroad(struct arena *arena, const struct settings *settings,
                                         struct str database)
{
    struct scene scene = {.arena = arena, .actor = {.is = WHO_SYSTEM}};
    bool has_demo;

    TRY(store_open(database, STORE_READ, &scene.store));
    has_demo = identity_has_demo(&scene);
    store_close(&scene.store);
    if (has_demo && !is_loopback(settings->listen))
        return FAULT("this installation has the demo accounts, whose password everybody knows: "
                     "it is served on a loopback address only");
    return DONE;
}

/* Reports go out by e-mail on a thread of their own: a slow mail server keeps no code waiting. */
static struct outcome start_mail(struct arena *arena, const struct settings *settings,
                                 struct site *site, struct mail_driver **driver, struct sms **mail)
{
    struct mail_driver_settings how = {.kind = settings->mail_driver,
                                       .url = settings->mail_url,
                                       .user = settings->mail_user,
                                       .from = settings->mail_from};

    TRY(read_token(arena, settings->mail_password_file, &how.password));
    TRY(mail_driver_open(&how, driver));
    return sms_open(&(struct sms_settings){.database = install_database(arena, settings),
                                           .writer = site->writer,
                                           .outbox = &supervision_outbox,
                                           .send = mail_driver_send,
                                           .carrier = *driver},
                    mail);
}

/* What was asked and applied for in a browser becomes the resident's who proves a number there. */
static struct outcome merge_owner(struct scene *scene, id guest_id, id person_id)
{
    for (const struct module *const *room = rooms; *room; room++)
        if ((*room)->merge) TRY((*room)->merge(scene, guest_id, person_id));
    return DONE;
}

static const struct cases_all *const all_of[] = {&mediation_all, NULL};

/* What stands beside a talk: legal aid first, then other offices. */
static struct outcome beside_talk(struct scene *scene, id case_id, struct str reference,
                                  bool is_consultant,
                                  struct consultation_beside lines[CONSULTATION_BESIDE_MAX],
                                  size_t *count)
{
    size_t more;

    TRY(aid_beside(scene, case_id, reference, is_consultant, lines, count));
    TRY(referral_beside(scene, case_id, reference, is_consultant, lines + *count, &more));
    *count += more;
    return DONE;
}

/* A case went on that came out of a talk: by legal aid's own way, or by any other. */
static struct outcome tell_went_on(struct scene *scene, id case_id, struct str reference,
                                   enum cases_went went)
{
    TRY(aid_went_on(scene, case_id, reference, went));
    return referral_went_on(scene, case_id, reference, went);
}

/* What rooms tell each other that may not know one another. */
static void set_hooks(const struct settings *settings)
{
    cases_use_site(settings->public_url);
    ladder_use_site(settings->public_url);
    supervision_use_site(settings->public_url);
    consultation_use_site(settings->public_url);
    cases_officers_hook(people_serves);
    identity_team_hook(people_find_team_of);
    identity_organisation_hook(people_team_name);
    register_roster_hook(shifts_is_rostered);
    shifts_need_hook(forecast_needs);
    ladder_queue_hook(consultation_desk_queues);
    web_language_hook(identity_chose_language);
    identity_merge_hook(merge_owner);
    identity_unmask_hook(consultation_may_unmask);
    referral_use_site(settings->public_url);
    consultation_beside_hook(beside_talk);
    cases_known_hook(referral_known, referral_applied);
    cases_went_on_hook(tell_went_on);
    cases_beside_hook(appointment_beside);
    cases_all_hook(all_of);
    review_words_hook(consultation_words_of);
    repository_case_hook(consultation_open_ended);
    repository_names_hook(consultation_names_of);
    laws_citing_hook(search_who_cites);
}

static struct outcome open_model(struct arena *arena, const struct settings *settings)
{
    struct model_settings asked = {.url = settings->model_url,
                                   .name = settings->model_name,
                                   .seconds = settings->model_seconds};

    TRY(read_token(arena, settings->model_key_file, &asked.key));
    return model_open(&asked);
}

/* What commands know that are given no configuration, and PostgreSQL of its tables. */
static struct outcome remember(struct arena *arena, struct store *store,
                               const struct settings *settings)
{
    TRY(stamps_remember(arena, store, settings));
    TRY(backup_remember(arena, store, settings));
    return store_count(store);
}

static struct outcome start(struct arena *arena, const struct settings *settings,
                            struct site **site, struct sms **sms)
{
    struct str database = install_database(arena, settings), token;
    struct sms_settings sending;
    struct outcome outcome;
    struct store *store;

    if (!http_fronts_are_good(settings->fronts))
        return FAULT(
            "[server] fronts takes addresses in their plain form, with a space between them: "
            "10.0.0.5 2001:db8::5");
    TRY(install_open(arena, settings, false));
    TRY(install_lock(arena, settings->data, store_is_remote(database)));
    /* A newer program brings the tables up to date before it serves. */
    TRY(install_store(arena, settings, STORE_WRITE, &store));
    items_learn(rooms);
    privacy_learn(rooms_held);
    outcome = site_schema(store, rooms, time(NULL));
    if (IS_DONE(outcome)) outcome = install_keys(arena, store, settings->new_keys);
    if (IS_DONE(outcome)) outcome = install_list(arena, store);
    if (IS_DONE(outcome)) outcome = remember(arena, store, settings);
    if (IS_DONE(outcome)) outcome = retention_start(arena, store);
    store_close(&store);
    TRY(outcome);
    TRY(refuse_demo_abroad(arena, settings, database));
    TRY(open_model(arena, settings));
    if (!scan_use(settings->scan_address))
        return FAULT("[scan] address takes a socket of clamd, /run/clamav/clamd.ctl, or host:port");
    TRY(read_token(arena, settings->sms_token_file, &token));
    search_begin();
    set_hooks(settings);
    TRY(site_open(
        &(struct site_settings){.listen = settings->listen,
                                .fronts = settings->fronts,
                                .database = database,
                                .data = settings->data,
                                .workers = (int)settings->workers,
                                .loops = (int)settings->loops,
                                .connections_max = (int)settings->connections,
                                .connections_per_address_max =
                                    (int)settings->connections_per_address,
                                .requests_per_address = (int)settings->requests_per_address,
                                .worker_wait_ms = (int)settings->worker_wait_ms,
                                .disk_wait_ms = (int)settings->disk_wait_ms,
                                .living_wait_ms = (int)settings->living_wait_ms,
                                .secure_cookies = str_begins(settings->public_url, S("https://")),
                                .version = S(VERSION),
                                .modules = rooms,
                                .heard = heard,
                                .hooks = {.identify = identity_identify,
                                          .still = identity_still,
                                          .layout = web_layout,
                                          .trouble = web_trouble,
                                          .asset = web_asset}},
        site));
    if (files_store_is_open()) TRY(files_store_begin());
    sending = (struct sms_settings){
        .database = database,
        .writer = (*site)->writer,
        .outbox = &notice_outbox,
        .driver = {.kind = settings->sms_driver, .url = settings->sms_url, .token = token}};
    return sms_open(&sending, sms);
}

/* Promises given before a year's calendar was published are counted again once it is there. */
static void recount(struct site *site)
{
    id after = 0, done = 0;

    do {
        struct arena *arena = arena_open(ARENA_BYTES_MAX);

        if (!IS_DONE(site_act(site, &consultation_recount, &after, &done, arena))) done = 0;
        arena_close(&arena);
        after = done;
    } while (done);
}

static void raise_limits(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit)) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void print_demo(struct arena *arena, const struct settings *settings)
{
    struct scene scene = {.arena = arena, .actor = {.is = WHO_SYSTEM}};

    if (!IS_DONE(store_open(install_database(arena, settings), STORE_READ, &scene.store))) return;
    if (identity_has_demo(&scene)) {
        printf(
            "Demo city. Residents need no account; staff sign in at /session with the password "
            "demo-gongdao:\n"
            "  consultant001 … consultant400   answers questions       /desk\n"
            "  leader01 … leader21             leads a team            /board\n"
            "  supervisor                      watches the city        /board\n"
            "  clerk001 … clerk004             serves at a hall        /window\n"
            "  admin                           people, teams, hours    /admin/people\n"
            "Nobody is on line before somebody signs in as a consultant and presses “Go on line” "
            "(上线).\n");
    }
    store_close(&scene.store);
}

/* Fronts look at /readyz now and then and need a moment to see that nobody new is wanted here.  A
 * second signal: at once. */
static void leave(struct site *site, int64_t seconds, const sigset_t *signals)
{
    struct timespec wait = {.tv_sec = (time_t)seconds};

    log_info("serve", "leaving: not ready any more, stopping in %lld seconds", (long long)seconds);
    site_leave(site);
    while (sigtimedwait(signals, NULL, &wait) < 0 && errno == EINTR) {
    }
}

static int serve(struct arena *arena, const struct settings *settings)
{
    struct site *site = NULL;
    struct sms *sms = NULL, *mail = NULL;
    struct mail_driver *mailer = NULL;
    struct stamps *stamps = NULL;
    struct outcome outcome;
    sigset_t signals;
    int signal_number;

    /* Threads inherit this mask: only the wait below takes these signals. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    raise_limits();
    outcome = start(arena, settings, &site, &sms);
    if (IS_DONE(outcome)) outcome = start_mail(arena, settings, site, &mailer, &mail);
    if (IS_DONE(outcome)) outcome = stamps_start(arena, settings, site->writer, &stamps);
    if (!IS_DONE(outcome)) {
        stamps_close(&stamps);
        sms_close(&mail);
        sms_close(&sms);
        mail_driver_close(&mailer);
        site_close(&site);
        return fail("cannot serve", words_of(arena, outcome));
    }
    if (str_begins(settings->listen, S("unix:")))
        printf("Gongdao %s serves on %.*s\n", VERSION, STR_ARGS(settings->listen));
    else
        printf("Gongdao %s serves on http://%.*s\n", VERSION, STR_ARGS(settings->listen));
    print_demo(arena, settings);
    fflush(stdout);
    recount(site);
    log_info("serve", "ready on %.*s", STR_ARGS(settings->listen));
    sigwait(&signals, &signal_number);
    if (settings->leave_seconds) leave(site, settings->leave_seconds, &signals);
    log_info("serve", "stopping: finishing what was accepted");
    stamps_close(&stamps);
    sms_close(&mail);
    sms_close(&sms);
    mail_driver_close(&mailer);
    site_close(&site);
    files_store_close();
    model_close();
    search_end();
    log_info("serve", "stopped");
    return EXIT_SUCCESS;
}

static struct outcome ask_password(struct arena *arena, struct str *password)
{
    char text[512];
    const char *given =
        isatty(STDIN_FILENO) ? getpass("Password: ") : fgets(text, sizeof text, stdin);

    if (!given) return FAULT("no password was given on standard input");
    *password = arena_copy(arena, str_trim(str_of(given)));
    return DONE;
}

static struct outcome change_user(struct scene *scene, const struct settings *settings)
{
    struct identity_reset_form reset = {.login = settings->login};

    if (str_same(settings->user_verb, S("add"))) {
        struct identity_add_form form = {.login = settings->login,
                                         .name = settings->name,
                                         .role = settings->role,
                                         .scope = settings->scope};

        TRY(ask_password(scene->arena, &form.password));
        return act_run(
            &identity_add, scene, &form,
            arena_take(scene->arena, identity_add.result ? identity_add.result->size : 1, 1));
    }
    if (str_same(settings->user_verb, S("password")))
        TRY(ask_password(scene->arena, &reset.password));
    else if (str_same(settings->user_verb, S("suspend")))
        reset.standing = S("suspended");
    else if (str_same(settings->user_verb, S("resume")))
        reset.standing = S("active");
    else
        return FAULT("say what to do: user add, user password, user suspend or user resume");
    return act_run(
        &identity_reset, scene, &reset,
        arena_take(scene->arena, identity_reset.result ? identity_reset.result->size : 1, 1));
}

static int user(struct arena *arena, const struct settings *settings)
{
    struct scene scene = install_scene(arena, NULL);
    struct outcome outcome = install_open(arena, settings, false);

    if (!settings->login.len) return fail("user", S("--login is needed"));
    if (IS_DONE(outcome)) outcome = install_store(arena, settings, STORE_WRITE, &scene.store);
    if (IS_DONE(outcome)) outcome = change_user(&scene, settings);
    store_close(&scene.store);
    if (!IS_DONE(outcome)) return fail("user", words_of(arena, outcome));
    printf("done: %.*s\n", STR_ARGS(settings->login));
    return EXIT_SUCCESS;
}

static bool needs_data(const char *command, const struct settings *settings)
{
    return strcmp(command, "drill") != 0 && !keys_is_alone(command, settings);
}

/* What is sealed at rest is open in memory, and so are the keys: a crash must not write either to a
 * disk, nor may another program of the same account look in.  With sanitizers the second is not to
 * be had, since they look in themselves; the first they do without, too. */
static void keep_to_itself(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#ifndef __SANITIZE_ADDRESS__
    prctl(PR_SET_DUMPABLE, 0); /* a limit of 0 does not stop a core from being piped: core(5) */
#endif
}

static int run(struct arena *arena, const char *command, const struct settings *settings)
{
    keep_to_itself();
    if (strcmp(command, "serve") == 0) return serve(arena, settings);
    if (strcmp(command, "init") == 0) return install_init(arena, settings, rooms);
    if (strcmp(command, "user") == 0) return user(arena, settings);
    if (strcmp(command, "import") == 0) return import_command(arena, settings);
    if (strcmp(command, "export") == 0) return export_command(arena, settings);
    if (strcmp(command, "backup") == 0) return backup_command(arena, settings, rooms);
    if (strcmp(command, "move") == 0) return move_command(arena, settings, rooms);
    if (strcmp(command, "files") == 0) return install_files(arena, settings);
    if (strcmp(command, "restore") == 0) return restore_command(arena, settings);
    if (strcmp(command, "drill") == 0) return drill_command(arena, settings);
    if (strcmp(command, "erasures") == 0) return erasures_command(arena, settings);
    if (strcmp(command, "retention") == 0) return retention_command(arena, settings);
    if (strcmp(command, "keys") == 0) return keys_command(arena, settings);
    if (strcmp(command, "check") == 0) return install_check(arena, settings);
    assert(strcmp(command, "replay") == 0);
    return replay_command(settings);
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_open(256 * 1024 * 1024);
    struct settings settings;
    struct str problem;
    int status;

    log_last_words();
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        fputs(usage, argc < 2 ? stderr : stdout);
        status = argc < 2 ? 2 : EXIT_SUCCESS;
    } else if (strcmp(argv[1], "simulate") == 0) {
        status = simulate_command(argc, argv);
    } else if (strcmp(argv[1], "--version") == 0 ||
               (strcmp(argv[1], "version") == 0 && argc == 2)) {
        printf("gongdao %s\n", VERSION);
        status = EXIT_SUCCESS;
    } else if (!usage_of(argv[1])) {
        fprintf(stderr, "gongdao: there is no command \"%s\"\n\n%s", argv[1], usage);
        status = 2;
    } else if (!settings_read(arena, argc, argv, &settings, &problem)) {
        fail(argv[1], problem);
        status = 2;
    } else if (settings.help) {
        fputs(usage_of(argv[1]), stdout);
        status = EXIT_SUCCESS;
    } else if (strcmp(argv[1], "version") == 0) {
        printf("gongdao %s\n", VERSION);
        status = EXIT_SUCCESS;
    } else if (!settings.data.len && needs_data(argv[1], &settings)) {
        status = fail(argv[1], S("--data DIR is needed: the folder with all state"));
    } else {
        outward_plain(settings.plain_hosts);
        status = run(arena, argv[1], &settings);
    }
    secret_close();
    arena_close(&arena);
    return status;
}
