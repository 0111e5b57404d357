/* store_rows.c -- a row as bytes: put together and taken apart; see store_rows.h. */
#include "platform/store_rows.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void store_table_column(struct store_table *tables, size_t *count, const char *table,
                        const char *column, bool is_text)
{
    struct store_table *last = *count ? &tables[*count - 1] : NULL;

    if (!last || strcmp(last->name, table) != 0) {
        assert(*count < STORE_TABLES_MAX);
        last = &tables[(*count)++];
        snprintf(last->name, sizeof last->name, "%s", table);
    }
    assert(last->columns_count < STORE_COLUMNS_MAX);
    snprintf(last->columns[last->columns_count].name, STORE_NAME_LEN, "%s", column);
    last->columns[last->columns_count++].is_text = is_text;
}

size_t store_table_words(const struct store_table *table, const char *begin, const char *between,
                         char words[static STORE_WORDS_MAX])
{
    bool table_last = strstr(between, "from") != NULL;
    size_t len = (size_t)snprintf(words, STORE_WORDS_MAX, "%s%s%s", begin,
                                  table_last ? "" : table->name, table_last ? "" : between);

    for (int i = 0; i < table->columns_count; i++)
        len += (size_t)snprintf(words + len, STORE_WORDS_MAX - len, "%s%s", i ? ", " : "",
                                table->columns[i].name);
    if (table_last)
        len += (size_t)snprintf(words + len, STORE_WORDS_MAX - len, "%s%s", between, table->name);
    assert(len < STORE_WORDS_MAX);
    return len;
}

static void put(struct store_row *row, const void *bytes, size_t len)
{
    if (row->len + len > row->room) {
        row->room = 2 * (row->len + len);
        row->at = realloc(row->at, row->room);
        if (!row->at) abort();
    }
    if (len) memcpy(row->at + row->len, bytes, len);
    row->len += len;
}

static void put_len(struct store_row *row, uint32_t len)
{
    len = htobe32(len);
    put(row, &len, sizeof len);
}

void store_row_begin(struct store_row *row, const struct store_table *table)
{
    uint16_t columns = htobe16((uint16_t)table->columns_count);

    row->len = 0;
    put(row, &columns, sizeof columns);
}

void store_row_null(struct store_row *row)
{
    put_len(row, UINT32_MAX);
}

void store_row_int(struct store_row *row, int64_t value)
{
    uint64_t bytes = htobe64((uint64_t)value);

    put_len(row, sizeof bytes);
    put(row, &bytes, sizeof bytes);
}

void store_row_text(struct store_row *row, const char *at, size_t len)
{
    put_len(row, (uint32_t)len);
    put(row, at, len);
}

struct str store_row_bytes(const struct store_row *row)
{
    return (struct str){row->at, row->len};
}

void store_row_free(struct store_row *row)
{
    free(row->at);
    *row = (struct store_row){0};
}

bool store_row_next(struct str *row, bool first, bool is_text, struct store_value *value)
{
    size_t head = first ? sizeof(uint16_t) : 0;
    uint32_t len;
    uint64_t number;

    *value = (struct store_value){0};
    if (row->len < head + sizeof len) return false;
    memcpy(&len, row->at + head, sizeof len);
    len = be32toh(len);
    row->at += head + sizeof len;
    row->len -= head + sizeof len;
    value->is_null = len == UINT32_MAX;
    if (value->is_null) return true;
    if (len > row->len || (!is_text && len != sizeof number)) return false;
    value->text = (struct str){row->at, len};
    if (!is_text) {
        memcpy(&number, row->at, sizeof number);
        value->number = (int64_t)be64toh(number);
    }
    row->at += len;
    row->len -= len;
    return true;
}
