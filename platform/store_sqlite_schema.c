/* store_sqlite_schema.c -- SQL of ours that makes tables, in the words that suit SQLite.
 *
 * In the dialect both databases share a number that is a table's key is `bigint not null primary
 * key`.  SQLite keeps a second tree beside such a table; only for the word `integer` is the key
 * the number of the row itself, which saves a page for every row written and a search for every
 * row found.  A table whose key has several columns is kept in the order of its key, `without
 * rowid`, for the same reason: what is read together, as the messages of one conversation, then
 * lies together.
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

static const char shared_key[] = "bigint not null primary key";
static const char own_key[] = "integer not null primary key";
static const char several[] = "primary key (";
static const char in_order[] = " without rowid";

static char *in_words_of_sqlite(const char *sql)
{
    size_t size = 1, len = 0;
    bool has_several = false;
    char *made;

    /* The shared words are one letter shorter: no text grows by more than its keys. */
    for (const char *at = sql; *at; at++)
        size += (words_at(at, shared_key) ? 2u : 1u) +
                (words_at(at, several) ? sizeof in_order - 1 : 0u);
    made = malloc(size);
    for (const char *at = sql; made && *at;) {
        size_t taken = words_at(at, shared_key);

        if (taken) {
            memcpy(made + len, own_key, sizeof own_key - 1);
            len += sizeof own_key - 1;
            at += taken;
            continue;
        }
        has_several = has_several || words_at(at, several);
        if (*at == ';' && has_several) {
            memcpy(made + len, in_order, sizeof in_order - 1);
            len += sizeof in_order - 1;
            has_several = false;
        }
        made[len++] = *at++;
    }
    if (made) made[len] = '\0';
    return made;
}

struct outcome sqlite_script(struct store *store, const char *sql)
{
    char *words = in_words_of_sqlite(sql);
    int rc;

    if (!words) return FAULT("store: no memory");
    rc = sqlite3_exec(store->db, words, NULL, NULL, NULL);
    free(words);
    return rc == SQLITE_OK ? DONE : sqlite_fault_of(store, "/* store.script */", rc);
}
