/* store_sqlite_schema.c -- SQL of ours that makes tables, in the words that suit SQLite.
 *
 * In the dialect both databases share a number that is a table's key is `bigint not null primary
 * key`.  SQLite keeps a second tree beside such a table; only for the word `integer` is the key
 * the number of the row itself, which saves a page for every row written and a search for every
 * row found.
 */
#include "platform/store_sqlite_inside.h"

#include <stdlib.h>
#include <string.h>

/* The length of `words` at `at`, whatever blanks lie between them; 0 if something else is there. */
static size_t words_at(const char *at, const char *words)
{
    const char *from = at;

    for (; *words; words++) {
        if (*words != ' ') {
            if (*at++ != *words) return 0;
            continue;
        }
        if (*at != ' ' && *at != '\n') return 0;
        while (*at == ' ' || *at == '\n') at++;
    }
    return (size_t)(at - from);
}

static char *in_words_of_sqlite(const char *sql)
{
    static const char shared[] = "bigint not null primary key";
    static const char own[] = "integer not null primary key";
    size_t size = 1, len = 0;
    char *made;

    /* The shared words are one letter shorter: no text grows by more than its keys. */
    for (const char *at = sql; *at; at++) size += words_at(at, shared) ? 2 : 1;
    made = malloc(size);
    for (const char *at = sql; made && *at;) {
        size_t taken = words_at(at, shared);

        if (!taken) {
            made[len++] = *at++;
            continue;
        }
        memcpy(made + len, own, sizeof own - 1);
        len += sizeof own - 1;
        at += taken;
    }
    if (made) made[len] = '\0';
    return made;
}

struct outcome store_script(struct store *store, const char *sql)
{
    char *words = in_words_of_sqlite(sql);
    int rc;

    if (!words) return FAULT("store: no memory");
    rc = sqlite3_exec(store->db, words, NULL, NULL, NULL);
    free(words);
    return rc == SQLITE_OK ? DONE : store_fault_of(store, "/* store.script */", rc);
}
