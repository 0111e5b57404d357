/* settings.c -- see settings.h. */
#include "main/settings.h"

#include <ini.h>
#include <string.h>

#include "platform/limits.h"

enum kind { KIND_TEXT, KIND_NUMBER, KIND_FLAG };

/* One row a setting: where it stands in the file, its option, and what it may be. */
static const struct row {
    const char *section, *key; /* NULL: only an option */
    const char *option;        /* NULL: only in the file */
    enum kind kind;
    size_t at;
    int64_t min, max;
} rows[] = {
    {NULL, NULL, "--data", KIND_TEXT, offsetof(struct settings, data), 0, 0},
    {NULL, NULL, "--config", KIND_TEXT, offsetof(struct settings, config), 0, 0},
    {"server", "database", "--database", KIND_TEXT, offsetof(struct settings, database), 0, 0},
    {"server", "listen", "--listen", KIND_TEXT, offsetof(struct settings, listen), 0, 0},
    {"server", "public_url", "--public-url", KIND_TEXT, offsetof(struct settings, public_url), 0,
     0},
    {"server", "plain_hosts", NULL, KIND_TEXT, offsetof(struct settings, plain_hosts), 0, 0},
    {"server", "fronts", NULL, KIND_TEXT, offsetof(struct settings, fronts), 0, 0},
    {"server", "workers", "--workers", KIND_NUMBER, offsetof(struct settings, workers), 1, 32},
    {"server", "loops", "--loops", KIND_NUMBER, offsetof(struct settings, loops), 0, 64},
    {"server", "connections", NULL, KIND_NUMBER, offsetof(struct settings, connections), 64,
     1000000},
    {"server", "connections_per_address", NULL, KIND_NUMBER,
     offsetof(struct settings, connections_per_address), 1, 1000000},
    {"server", "leave_seconds", NULL, KIND_NUMBER, offsetof(struct settings, leave_seconds), 0,
     600},
    {"overload", "requests_per_address", NULL, KIND_NUMBER,
     offsetof(struct settings, requests_per_address), 0, 10000000},
    {"overload", "worker_wait_ms", NULL, KIND_NUMBER, offsetof(struct settings, worker_wait_ms), 10,
     60000},
    {"overload", "disk_wait_ms", NULL, KIND_NUMBER, offsetof(struct settings, disk_wait_ms), 10,
     60000},
    {"overload", "living_wait_ms", NULL, KIND_NUMBER, offsetof(struct settings, living_wait_ms),
     100, 60000},
    {"sms", "driver", "--sms", KIND_TEXT, offsetof(struct settings, sms_driver), 0, 0},
    {"sms", "url", NULL, KIND_TEXT, offsetof(struct settings, sms_url), 0, 0},
    {"sms", "token_file", NULL, KIND_TEXT, offsetof(struct settings, sms_token_file), 0, 0},
    {"mail", "driver", "--mail", KIND_TEXT, offsetof(struct settings, mail_driver), 0, 0},
    {"mail", "url", NULL, KIND_TEXT, offsetof(struct settings, mail_url), 0, 0},
    {"mail", "user", NULL, KIND_TEXT, offsetof(struct settings, mail_user), 0, 0},
    {"mail", "password_file", NULL, KIND_TEXT, offsetof(struct settings, mail_password_file), 0, 0},
    {"mail", "from", NULL, KIND_TEXT, offsetof(struct settings, mail_from), 0, 0},
    {"files", "endpoint", NULL, KIND_TEXT, offsetof(struct settings, files_endpoint), 0, 0},
    {"files", "bucket", NULL, KIND_TEXT, offsetof(struct settings, files_bucket), 0, 0},
    {"files", "region", NULL, KIND_TEXT, offsetof(struct settings, files_region), 0, 0},
    {"files", "key_file", NULL, KIND_TEXT, offsetof(struct settings, files_key_file), 0, 0},
    {"journal", "stamp_url", NULL, KIND_TEXT, offsetof(struct settings, stamp_url), 0, 0},
    {"journal", "stamp_ca", NULL, KIND_TEXT, offsetof(struct settings, stamp_ca), 0, 0},
    {"journal", "stamp_policy", NULL, KIND_TEXT, offsetof(struct settings, stamp_policy), 0, 0},
    {"journal", "stamp_minutes", NULL, KIND_NUMBER, offsetof(struct settings, stamp_minutes), 1,
     1440},
    {"backup", "recipients", "--recipient", KIND_TEXT, offsetof(struct settings, backup_recipients),
     0, 0},
    {"model", "url", NULL, KIND_TEXT, offsetof(struct settings, model_url), 0, 0},
    {"model", "name", NULL, KIND_TEXT, offsetof(struct settings, model_name), 0, 0},
    {"model", "key_file", NULL, KIND_TEXT, offsetof(struct settings, model_key_file), 0, 0},
    {"model", "seconds", NULL, KIND_NUMBER, offsetof(struct settings, model_seconds), 1, 30},
    {"scan", "address", NULL, KIND_TEXT, offsetof(struct settings, scan_address), 0, 0},
    {"calendar", "folder", NULL, KIND_TEXT, offsetof(struct settings, calendar_folder), 0, 0},
    {NULL, NULL, "--demo", KIND_FLAG, offsetof(struct settings, demo), 0, 0},
    {NULL, NULL, "--demo-hours", KIND_FLAG, offsetof(struct settings, demo_hours), 0, 0},
    {NULL, NULL, "--with-keys", KIND_FLAG, offsetof(struct settings, with_keys), 0, 0},
    {NULL, NULL, "--new-keys", KIND_FLAG, offsetof(struct settings, new_keys), 0, 0},
    {NULL, NULL, "--help", KIND_FLAG, offsetof(struct settings, help), 0, 0},
    {NULL, NULL, "--unsealed", KIND_FLAG, offsetof(struct settings, unsealed), 0, 0},
    {NULL, NULL, "--key", KIND_TEXT, offsetof(struct settings, key_file), 0, 0},
    {NULL, NULL, "--to", KIND_TEXT, offsetof(struct settings, to), 0, 0},
    {NULL, NULL, "--from", KIND_TEXT, offsetof(struct settings, from), 0, 0},
    {NULL, NULL, "--reason", KIND_TEXT, offsetof(struct settings, reason), 0, 0},
    {NULL, NULL, "--head", KIND_TEXT, offsetof(struct settings, head), 0, 0},
    {NULL, NULL, "--dry-run", KIND_FLAG, offsetof(struct settings, dry_run), 0, 0},
    {NULL, NULL, "--only-good", KIND_FLAG, offsetof(struct settings, only_good), 0, 0},
    {NULL, NULL, "--licences-checked", KIND_FLAG, offsetof(struct settings, licences_checked), 0,
     0},
    {NULL, NULL, "--only-these", KIND_FLAG, offsetof(struct settings, only_these), 0, 0},
    {NULL, NULL, "--day", KIND_TEXT, offsetof(struct settings, day), 0, 0},
    {NULL, NULL, "--policy", KIND_TEXT, offsetof(struct settings, policy), 0, 0},
    {NULL, NULL, "--policy-version", KIND_NUMBER, offsetof(struct settings, policy_version), 0,
     INT64_MAX},
    {NULL, NULL, "--ladder", KIND_TEXT, offsetof(struct settings, ladder), 0, 0},
    {NULL, NULL, "--csv", KIND_TEXT, offsetof(struct settings, csv), 0, 0},
    {NULL, NULL, "--login", KIND_TEXT, offsetof(struct settings, login), 0, 0},
    {NULL, NULL, "--name", KIND_TEXT, offsetof(struct settings, name), 0, 0},
    {NULL, NULL, "--role", KIND_TEXT, offsetof(struct settings, role), 0, 0},
    {NULL, NULL, "--scope", KIND_TEXT, offsetof(struct settings, scope), 0, 0},
};

struct reading {
    struct arena *arena;
    struct settings *settings;
    struct str *problem;
    bool from_options; /* options win over the file, whichever is read first */
};

static bool set(const struct reading *reading, const struct row *row, const char *value)
{
    char *at = (char *)reading->settings + row->at;
    int64_t number;

    switch (row->kind) {
    case KIND_FLAG: *(bool *)at = true; return true;
    case KIND_TEXT: *(struct str *)at = arena_copy(reading->arena, str_of(value)); return true;
    case KIND_NUMBER:
        if (str_to_int(str_of(value), &number) && number >= row->min && number <= row->max) {
            *(int64_t *)at = number;
            return true;
        }
        *reading->problem = arena_print(
            reading->arena, "%s must be a whole number from %lld to %lld, not \"%s\"",
            row->option ? row->option : row->key, (long long)row->min, (long long)row->max, value);
        return false;
    }
    return false;
}

static int from_file(void *mine, const char *section, const char *key, const char *value)
{
    const struct reading *reading = mine;

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].section && strcmp(rows[i].section, section) == 0 &&
            strcmp(rows[i].key, key) == 0)
            return set(reading, &rows[i], value);
    }
    *reading->problem =
        arena_print(reading->arena, "there is no setting [%s] %s; see the manual for all of them",
                    section, key);
    return 0;
}

static bool from_options(const struct reading *reading, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        const struct row *row = NULL;

        for (size_t k = 0; k < COUNT(rows) && !row; k++) {
            if (rows[k].option && strcmp(rows[k].option, argv[i]) == 0) row = &rows[k];
        }
        if (!row && strcmp(argv[1], "user") == 0 && argv[i][0] != '-') {
            reading->settings->user_verb = str_of(argv[i]);
            continue;
        }
        if (!row && strcmp(argv[1], "retention") == 0 && argv[i][0] != '-') {
            struct settings *s = reading->settings;

            *(!s->retention_verb.len   ? &s->retention_verb
              : !s->retention_what.len ? &s->retention_what
                                       : &s->retention_case) = str_of(argv[i]);
            continue;
        }
        if (!row && strcmp(argv[1], "keys") == 0 && argv[i][0] != '-') {
            *(reading->settings->keys_verb.len ? &reading->settings->key_number
                                               : &reading->settings->keys_verb) = str_of(argv[i]);
            continue;
        }
        if (!row && (strcmp(argv[1], "import") == 0 || strcmp(argv[1], "export") == 0) &&
            argv[i][0] != '-') {
            if (reading->settings->import_what.len)
                reading->settings->import_file = str_of(argv[i]);
            else
                reading->settings->import_what = str_of(argv[i]);
            continue;
        }
        if (!row) {
            *reading->problem = arena_print(reading->arena, "there is no option %s", argv[i]);
            return false;
        }
        if (row->kind != KIND_FLAG && i + 1 == argc) {
            *reading->problem = arena_print(reading->arena, "%s needs a value", argv[i]);
            return false;
        }
        if (!set(reading, row, row->kind == KIND_FLAG ? "" : argv[++i])) return false;
    }
    return true;
}

bool settings_read(struct arena *arena, int argc, char **argv, struct settings *settings,
                   struct str *problem)
{
    struct reading reading = {.arena = arena, .settings = settings, .problem = problem};
    int line;

    *settings = (struct settings){.listen = S("127.0.0.1:8080"),
                                  .workers = 4,
                                  .connections = 18000,
                                  .connections_per_address = 15000,
                                  .requests_per_address = 30000,
                                  .worker_wait_ms = WORKER_WAIT_MS,
                                  .disk_wait_ms = DISK_WAIT_MS,
                                  .living_wait_ms = LIVING_WAIT_MS,
                                  .sms_driver = S("log"),
                                  .mail_driver = S("log"),
                                  .files_region = S("us-east-1"),
                                  .stamp_minutes = 60,
                                  .model_seconds = 4,
                                  .policy_version = -1,
                                  .scope = S("31")};
    *problem = S("");
    if (!from_options(&reading, argc, argv)) return false;
    if (!settings->config.len) return true;
    line = ini_parse(settings->config.at, from_file, &reading);
    if (line < 0) {
        *problem = arena_print(arena, "cannot read %s", settings->config.at);
        return false;
    }
    if (line > 0) {
        *problem = arena_print(arena, "%s, line %d: %.*s", settings->config.at, line,
                               STR_ARGS(problem->len ? *problem : S("not a setting")));
        return false;
    }
    return from_options(&reading, argc, argv); /* options win over the file */
}
