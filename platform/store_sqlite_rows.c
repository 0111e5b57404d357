/* store_sqlite_rows.c -- whole tables out of an SQLite file and into one, row by row as bytes. */
#include "platform/store_sqlite_inside.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Tables in the order they were made in, so that what a row refers to comes before it. */
struct outcome sqlite_tables(struct arena *arena, struct store *store, struct store_table **tables,
                             size_t *count)
{
    static const char ask[] =
        "select t.name, c.name, c.type from sqlite_schema t, pragma_table_info(t.name) c"
        " where t.type = 'table' and t.name not like 'sqlite!_%' escape '!'"
        " order by t.rowid, c.cid";
    sqlite3_stmt *stmt;
    int rc = sqlite3_prepare_v2(store->db, ask, -1, &stmt, NULL);

    *tables = NEW_MANY(arena, struct store_table, STORE_TABLES_MAX);
    *count = 0;
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW)
            store_table_column(*tables, count, (const char *)sqlite3_column_text(stmt, 0),
                               (const char *)sqlite3_column_text(stmt, 1),
                               strcasecmp((const char *)sqlite3_column_text(stmt, 2), "text") == 0);
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? DONE : sqlite_fault_of(store, "/* store.tables */", rc);
}

static struct outcome not_as_declared(const struct store_table *table, int column)
{
    char text[FAULT_LEN_MAX];

    snprintf(text, sizeof text, "store.rows: %s.%s holds something that is not %s", table->name,
             table->columns[column].name,
             table->columns[column].is_text ? "text" : "a whole number");
    return store_fault_kept(text);
}

static struct outcome put_row(const struct store_table *table, sqlite3_stmt *stmt,
                              struct store_row *row)
{
    store_row_begin(row, table);
    for (int i = 0; i < table->columns_count; i++) {
        int type = sqlite3_column_type(stmt, i);

        if (type == SQLITE_NULL) {
            store_row_null(row);
        } else if (type == (table->columns[i].is_text ? SQLITE_TEXT : SQLITE_INTEGER)) {
            const char *text = (const char *)sqlite3_column_text(stmt, i);

            if (type == SQLITE_TEXT)
                store_row_text(row, text, (size_t)sqlite3_column_bytes(stmt, i));
            else
                store_row_int(row, sqlite3_column_int64(stmt, i));
        } else {
            return not_as_declared(table, i);
        }
    }
    return DONE;
}

struct outcome sqlite_rows(struct store *store, const struct store_table *table,
                           struct outcome (*take)(void *mine, struct str row), void *mine)
{
    char ask[STORE_WORDS_MAX];
    struct store_row row = {0};
    struct outcome outcome = DONE;
    sqlite3_stmt *stmt;
    int rc;

    store_table_words(table, "select ", " from ", ask);
    rc = sqlite3_prepare_v2(store->db, ask, -1, &stmt, NULL);
    while (IS_DONE(outcome) && (rc == SQLITE_OK || rc == SQLITE_ROW)) {
        rc = sqlite3_step(stmt);
        if (rc != SQLITE_ROW) break;
        outcome = put_row(table, stmt, &row);
        if (IS_DONE(outcome)) outcome = take(mine, store_row_bytes(&row));
    }
    sqlite3_finalize(stmt);
    store_row_free(&row);
    if (!IS_DONE(outcome)) return outcome;
    return rc == SQLITE_DONE ? DONE : sqlite_fault_of(store, "/* store.rows */", rc);
}

struct outcome sqlite_put_begin(struct store *store, const struct store_table *table)
{
    char words[STORE_WORDS_MAX];
    size_t len;
    int rc;

    assert(!store->putting);
    /* A row may name one of the same table that comes after it: looked at when all are there. */
    rc = sqlite3_exec(store->db, "pragma defer_foreign_keys = on", NULL, NULL, NULL);
    if (rc != SQLITE_OK) return sqlite_fault_of(store, "/* store.put */", rc);
    len = store_table_words(table, "insert into ", " (", words);
    for (int i = 0; i < table->columns_count; i++)
        len += (size_t)snprintf(words + len, sizeof words - len, "%s?", i ? ", " : ") values (");
    snprintf(words + len, sizeof words - len, ")");
    rc = sqlite3_prepare_v2(store->db, words, -1, &store->putting, NULL);
    return rc == SQLITE_OK ? DONE : sqlite_fault_of(store, "/* store.put */", rc);
}

struct outcome sqlite_put(struct store *store, const struct store_table *table, struct str row)
{
    struct store_value value;
    int rc = SQLITE_OK;

    for (int i = 0; i < table->columns_count && rc == SQLITE_OK; i++) {
        if (!store_row_next(&row, i == 0, table->columns[i].is_text, &value))
            return FAULT("store.put: a row is broken");
        if (value.is_null)
            rc = sqlite3_bind_null(store->putting, i + 1);
        else if (table->columns[i].is_text)
            rc = sqlite3_bind_text64(store->putting, i + 1, value.text.at, value.text.len,
                                     SQLITE_STATIC, SQLITE_UTF8);
        else
            rc = sqlite3_bind_int64(store->putting, i + 1, value.number);
    }
    if (rc == SQLITE_OK) rc = sqlite3_step(store->putting);
    if (rc == SQLITE_DONE) rc = sqlite3_reset(store->putting);
    return rc == SQLITE_OK ? DONE : sqlite_fault_of(store, "/* store.put */", rc);
}

struct outcome sqlite_put_end(struct store *store, const struct store_table *table)
{
    (void)table;
    sqlite3_finalize(store->putting);
    store->putting = NULL;
    return DONE;
}
