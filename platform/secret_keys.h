/* secret_keys.h -- the folder of keys: one file a key; for secret.c alone.
 *
 *   field.key   the first key of sealed fields; field2.key the second, …
 *   index.key   of keyed indexes          csrf.key   of what ties a form to its browser
 *
 * Each fault names the file and says what to do.  The path of a folder has KEY_PATH_MAX / 2 bytes
 * at most; that of `to` is looked at here, that of `where` by who knows it (secret_open()).
 */
#ifndef PLATFORM_SECRET_KEYS_H
#define PLATFORM_SECRET_KEYS_H

#include "platform/base.h"

enum {
    KEY_LEN = 32,
    KEY_PATH_MAX = 4000,
    KEY_NAME_LEN = 24,
    KEYS_MAX = 60 /* of sealed fields, ever: one a year is many */
};

/* Is it a folder closed to others?  `make`: made when it is missing. */
struct outcome key_folder(const char *where, bool make);
/* `make`: one that is missing is made; one that is there is never written again. */
struct outcome key_read(const char *where, const char *name, bool make, unsigned char *key);
const char *key_name(int number, char name[static KEY_NAME_LEN]);
bool key_is_there(const char *where, int number);
int key_newest(const char *where); /* 0: there is none */
/* Into the folder `to`, made if it is missing, and out of this one once it is safe there. */
struct outcome key_take_out(const char *where, int number, const char *to);

#endif
