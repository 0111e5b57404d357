/* keys_acts.h -- turning over the key of sealed fields while the service runs (decision 0046).
 *
 * The folder of keys may hold several (secret.h); the database says which is written with, so that
 * all nodes agree.  When that changes, the clock goes through every sealed column and seals anew
 * what another key sealed, some rows an act, with the place in the same transaction: a kill goes on
 * where it was.  A key no row needs can be taken out.
 */
#ifndef KEYS_ACTS_H
#define KEYS_ACTS_H

#include "platform/act.h"
#include "platform/secret_keys.h"

enum {
    KEYS_ROWS_MAX = 200, /* looked at by one act: a few milliseconds for all who wait */
    /* Every node looks once a minute which key is written with; so long after the last change none
     * writes with the one before. */
    KEYS_SETTLED_SECONDS = 10 * SECONDS_PER_MINUTE
};

/* The key the database says is written with, from now on in this process too.  Faults when it is
 * not in the folder.  Nothing in a database that never heard of a second one. */
struct outcome keys_heed(struct arena *arena, struct store *store);

/* From now on `number` is written with, and the clock begins to seal anew; in this process once it
 * heeds what was kept. */
struct keys_rotate_form {
    int64_t number;
};
extern const struct act keys_rotate;
extern const struct act keys_turn;   /* the clock's: some rows */
extern const struct act keys_again;  /* the walk from its beginning */
extern const struct act keys_retire; /* a line in the journal; takes struct keys_rotate_form */

struct keys_report {
    int writes_with;
    moment since;                /* 0: from the beginning */
    bool is_turning;             /* the walk is not at its end */
    int64_t rows[KEYS_MAX + 1];  /* sealed with each */
    struct str where[KEYS_MAX + 1]; /* one of them: "person.phone_sealed" */
    int64_t unreadable;          /* sealed with a key that is not there, or not what was sealed */
    struct str unreadable_where; /* the first: "person.phone_sealed of 17" */
};
/* Reads and opens every sealed value there is. */
struct outcome keys_count(struct scene *scene, struct keys_report *report);

/* Once, before other threads: backups are made in clear and nobody said that they may be; told at
 * /readyz, which stays ready. */
void keys_backups_in_clear(bool are_clear);

struct module;
extern const struct module keys_module;

#endif
