/* settings.h -- the configuration file and the command line, typed.
 *
 * An INI file; every key has a type and a default, and an unknown key is an error, so that a
 * misspelt setting is never silently ignored. */
#ifndef MAIN_SETTINGS_H
#define MAIN_SETTINGS_H

#include "platform/base.h"

struct settings {
    struct str data;     /* the folder with all state */
    struct str config;   /* the file, or "" */
    struct str database; /* the address of a PostgreSQL database, or "": DATA/gongdao.db */
    /* [server] */
    struct str listen, public_url, fronts;
    struct str plain_hosts; /* spoken to in clear, though other machines: platform/outward.h */
    int64_t workers, loops, connections, connections_per_address, leave_seconds;
    /* [overload] */
    int64_t requests_per_address, worker_wait_ms, disk_wait_ms, living_wait_ms;
    /* [sms] */
    struct str sms_driver, sms_url, sms_token_file;
    /* [mail] */
    struct str mail_driver, mail_url, mail_user, mail_password_file, mail_from;
    /* [files] */
    struct str files_endpoint, files_bucket, files_region, files_key_file;
    /* [journal] */
    struct str stamp_url, stamp_ca, stamp_policy;
    int64_t stamp_minutes;
    /* [backup] */
    struct str backup_recipients;
    /* [model] */
    struct str model_url, model_name, model_key_file;
    int64_t model_seconds;
    struct str scan_address;
    /* [calendar] */
    struct str calendar_folder;
    /* of single commands */
    bool demo, demo_hours, with_keys, new_keys, help;
    struct str to, from;
    struct str key_file; /* of restore and drill: the secret half of a backup's key */
    bool unsealed;       /* of backup */
    struct str head; /* of check: a seal of the journal, written down elsewhere */
    struct str day, policy, ladder, csv; /* of replay */
    int64_t policy_version;              /* -1: none */
    struct str keys_verb, key_number; /* of keys */
    struct str retention_verb, retention_what, retention_case, reason;
    struct str user_verb, login, name, role, scope;
    struct str import_what, import_file;
    bool dry_run, only_good, licences_checked, only_these;
};

/* Fills defaults, then the file named by --config, then the options.  On a mistake `problem` says
 * in words what is wrong and the outcome is a fault. */
bool settings_read(struct arena *arena, int argc, char **argv, struct settings *settings,
                   struct str *problem);

#endif
