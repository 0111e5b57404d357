/* store_postgres_words.c -- SQL of ours in the words that suit PostgreSQL.
 *
 * The one place where the two engines' words part.
 *
 *  1. A column that is `integer` becomes `bigint`: a number is 64 bits wide on both, and what is
 *     reckoned from it cannot overflow on one of them alone.
 *  2. A column that is `text` is ordered by its bytes, as SQLite does it, whatever language the
 *     database was made for.
 *  3. A parameter `:name` becomes `$1`; they are numbered as SQLite numbers them, by the first use
 *     of each name.
 *  4. What is inside a string, a quoted name or a comment stays as it is.
 */
#include "platform/store_postgres_inside.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct piece {
    const char *at;
    size_t len;
    bool is_word;
};

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static const char *behind_quote(const char *at)
{
    const char quote = *at++;

    while (*at && (*at != quote || at[1] == quote)) at += *at == quote ? 2 : 1;
    return *at ? at + 1 : at;
}

static const char *behind_comment(const char *at)
{
    const char *end = *at == '-' ? strchr(at, '\n') : strstr(at + 2, "*/");

    return !end ? at + strlen(at) : *at == '-' ? end : end + 2;
}

/* A word, or what lies between two words; a string, a quoted name and a comment are each whole. */
static struct piece next_piece(const char *at)
{
    const char *end = at;

    if (*at == '\'' || *at == '"') {
        end = behind_quote(at);
    } else if ((at[0] == '-' && at[1] == '-') || (at[0] == '/' && at[1] == '*')) {
        end = behind_comment(at);
    } else if (in_word(*at)) {
        while (in_word(*end)) end++;
        return (struct piece){at, (size_t)(end - at), true};
    } else {
        end++;
    }
    return (struct piece){at, (size_t)(end - at), false};
}

static bool piece_is(struct piece piece, const char *word)
{
    return piece.len == strlen(word) && strncasecmp(piece.at, word, piece.len) == 0;
}

static bool is_blank(struct piece piece)
{
    return isspace((unsigned char)*piece.at) || (piece.at[0] == '-' && piece.at[1] == '-') ||
           (piece.at[0] == '/' && piece.at[1] == '*');
}

/* Columns are declared in `create table` and `alter table`: a name, then its type.  Elsewhere
 * `text` is what a cast makes, or a name. */
char *postgres_schema_words(const char *sql)
{
    struct piece first = {0}, second = {0}, before = {0}, piece;
    char *made = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&made, &size);

    if (!out) return NULL;
    for (; *sql; sql = piece.at + piece.len) {
        bool declares = piece_is(second, "table");

        piece = next_piece(sql);
        if (declares && before.is_word && piece_is(piece, "integer")) {
            fputs("bigint", out);
        } else if (declares && before.is_word && !piece_is(before, "as") &&
                   piece_is(piece, "text")) {
            fputs("text collate \"C\"", out);
        } else {
            fwrite(piece.at, 1, piece.len, out);
        }
        if (is_blank(piece)) continue;
        if (*piece.at == ';')
            first = second = before = (struct piece){0};
        else if (!first.at)
            first = before = piece;
        else if (!second.at)
            second = before = piece;
        else
            before = piece;
    }
    return fclose(out) == 0 ? made : NULL;
}

/* `:name`, `?`, `?1`: which parameter is it? */
static int number_of(struct piece name, struct piece *names, int *count)
{
    int64_t number;

    if (str_to_int((struct str){name.at, name.len}, &number)) {
        assert(number >= 1 && number <= PARAMETERS_MAX);
        if (number > *count) *count = (int)number;
        return (int)number;
    }
    for (int i = 0; name.len && i < *count; i++) {
        if (names[i].len == name.len && memcmp(names[i].at, name.at, name.len) == 0) return i + 1;
    }
    assert(*count < PARAMETERS_MAX);
    names[(*count)++] = name;
    return *count;
}

char *postgres_query_words(const char *sql, int *count)
{
    struct piece names[PARAMETERS_MAX] = {0}, piece, name;
    char *made = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&made, &size);

    *count = 0;
    if (!out) return NULL;
    for (; *sql; sql = piece.at + piece.len) {
        piece = next_piece(sql);
        if (*piece.at != ':' && *piece.at != '?') {
            fwrite(piece.at, 1, piece.len, out);
            continue;
        }
        name = next_piece(piece.at + 1);
        if (!name.is_word) name.len = 0;
        fprintf(out, "$%d", number_of(name, names, count));
        piece.len += name.len;
    }
    assert(*count <= PARAMETERS_MAX);
    return fclose(out) == 0 ? made : NULL;
}
