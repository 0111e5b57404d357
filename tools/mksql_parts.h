/* mksql_parts.h -- how tools/mksql.c reads a file of SQL: words, parts, dialect.
 *
 * Apart from mksql.c so that tools/fuzz_mksql.c can feed it anything.  Nothing here stops the
 * program or asks a database.
 *
 *  1. A ';' or a heading inside a string, a quoted name or a comment is no such thing.
 *  2. Whatever the bytes are, reading ends, and stays within them.
 */
#ifndef TOOLS_MKSQL_PARTS_H
#define TOOLS_MKSQL_PARTS_H

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    PARTS_MAX = 512, /* of one file, which people read */
    WORD_LEN = 64,
    ROWS_MAX = 100000 /* no list is longer, whatever its query says */
};

/* ---- words ------------------------------------------------------------------------------- */

enum token_kind {
    TOKEN_END,
    TOKEN_SPACE,
    TOKEN_COMMENT,
    TOKEN_STRING,
    TOKEN_QUOTED,
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_PARAMETER,
    TOKEN_MARK,
    TOKEN_BROKEN /* a string or comment that is never closed */
};

struct token {
    enum token_kind kind;
    const char *at, *end;
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static struct token quoted(const char *at, const char *end)
{
    for (const char *p = at + 1; p < end; p++) {
        if (*p != *at) continue;
        if (p + 1 < end && p[1] == *at)
            p++; /* a doubled quote is a quote */
        else
            return (struct token){*at == '\'' ? TOKEN_STRING : TOKEN_QUOTED, at, p + 1};
    }
    return (struct token){TOKEN_BROKEN, at, end};
}

static struct token comment(const char *at, const char *end)
{
    const char *p = at + 2;

    if (*at == '-') {
        while (p < end && *p != '\n') p++;
        return (struct token){TOKEN_COMMENT, at, p};
    }
    for (; p + 1 < end; p++) {
        if (p[0] == '*' && p[1] == '/') return (struct token){TOKEN_COMMENT, at, p + 2};
    }
    return (struct token){TOKEN_BROKEN, at, end};
}

/* The only place that knows where a word, a `:parameter`, a string or a comment ends. */
static struct token token_next(const char *at, const char *end)
{
    struct token token = {TOKEN_MARK, at, at + 1};
    char next = end - at > 1 ? at[1] : '\0';

    if (at == end) return (struct token){TOKEN_END, end, end};
    if (*at == '\'' || *at == '"') return quoted(at, end);
    if ((*at == '-' && next == '-') || (*at == '/' && next == '*')) return comment(at, end);
    if (isspace((unsigned char)*at)) {
        token.kind = TOKEN_SPACE;
        while (token.end < end && isspace((unsigned char)*token.end)) token.end++;
    } else if (is_word(*at) || (*at == ':' && is_word(next))) {
        token.kind = *at == ':'                    ? TOKEN_PARAMETER
                     : isdigit((unsigned char)*at) ? TOKEN_NUMBER
                                                   : TOKEN_WORD;
        while (token.end < end && is_word(*token.end)) token.end++;
    }
    return token;
}

static struct token token_solid(const char *at, const char *end)
{
    struct token token = token_next(at, end);

    while (token.kind == TOKEN_SPACE || token.kind == TOKEN_COMMENT)
        token = token_next(token.end, end);
    return token;
}

static bool token_is(struct token token, const char *text)
{
    size_t len = (size_t)(token.end - token.at);

    return (token.kind == TOKEN_WORD || token.kind == TOKEN_MARK) && len == strlen(text) &&
           strncasecmp(token.at, text, len) == 0;
}

/* ---- parts ------------------------------------------------------------------------------- */

struct mistake {
    const char *at;
    char what[256];
};

/* Always false, so that a check can end with it. */
__attribute__((format(printf, 3, 4))) static bool wrong(struct mistake *mistake, const char *at,
                                                        const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(mistake->what, sizeof mistake->what, format, list);
    va_end(list);
    mistake->at = at;
    return false;
}

enum part_kind { PART_SCHEMA, PART_MIGRATION, PART_ONE, PART_MANY, PART_EXEC };

struct part {
    enum part_kind kind;
    char name[WORD_LEN];
    int number; /* of a migration */
    const char *at, *end;
    int64_t rows_max; /* of "-- max: N", then of a :many's limit */
};

struct file {
    const char *path;
    char *text, *end;
    struct part *parts; /* the first is the schema */
    int count;
};

static bool part_is_query(const struct part *part)
{
    return part->kind >= PART_ONE;
}

/* Does this comment say "-- key: …"?  Then what follows the key. */
static const char *said(struct token token, const char *key)
{
    const char *p;

    if (token.kind != TOKEN_COMMENT || *token.at != '-') return NULL;
    for (p = token.at + 2; p < token.end && (*p == ' ' || *p == '\t');) p++;
    if ((size_t)(token.end - p) < strlen(key) || strncmp(p, key, strlen(key)) != 0) return NULL;
    return p + strlen(key);
}

/* The same, but the comment must stand alone on its line. */
static const char *heading(const struct file *file, struct token token, const char *key)
{
    const char *p = token.at;

    while (p > file->text && (p[-1] == ' ' || p[-1] == '\t')) p--;
    return p > file->text && p[-1] != '\n' ? NULL : said(token, key);
}

static bool number_of(const char *at, const char *end, int64_t *number)
{
    struct token token = token_solid(at, end);

    *number = 0;
    if (token.kind != TOKEN_NUMBER || token.end - token.at > 9) return false;
    for (; token.at < token.end; token.at++) {
        if (!isdigit((unsigned char)*token.at)) return false;
        *number = *number * 10 + (*token.at - '0');
    }
    return token_solid(token.end, end).kind == TOKEN_END;
}

static bool name_is_plain(const char *at, const char *end)
{
    if (at == end || end - at >= WORD_LEN || !islower((unsigned char)*at)) return false;
    for (; at < end; at++) {
        if (!islower((unsigned char)*at) && !isdigit((unsigned char)*at) && *at != '_')
            return false;
    }
    return true;
}

static bool query_begin(struct file *file, struct token line, const char *rest,
                        struct mistake *mistake)
{
    static const char *const kinds[] = {":one", ":many", ":exec"};
    struct token name = token_solid(rest, line.end), kind = token_solid(name.end, line.end);
    struct part *part = &file->parts[file->count];
    size_t len = (size_t)(name.end - name.at);

    if (name.kind != TOKEN_WORD || !name_is_plain(name.at, name.end))
        return wrong(mistake, line.at, "a heading is \"-- name: find_case :one\"");
    memcpy(part->name, name.at, len);
    part->name[len] = '\0';
    for (int i = 0; i < file->count; i++) {
        if (part_is_query(&file->parts[i]) && strcmp(file->parts[i].name, part->name) == 0)
            return wrong(mistake, line.at, "two queries are named %s", part->name);
    }
    for (int i = 0; i < 3; i++) {
        if ((size_t)(kind.end - kind.at) == strlen(kinds[i]) &&
            memcmp(kind.at, kinds[i], strlen(kinds[i])) == 0 &&
            token_solid(kind.end, line.end).kind == TOKEN_END) {
            part->kind = PART_ONE + (unsigned)i;
            return true;
        }
    }
    return wrong(mistake, line.at, "%s is :one, :many or :exec", part->name);
}

static bool part_begin(struct file *file, struct token line, struct mistake *mistake)
{
    const char *name = heading(file, line, "name:");
    const char *migrate = heading(file, line, "migrate:");
    int64_t number = 0, last = 0;
    struct part *part;

    if (file->count == PARTS_MAX) return wrong(mistake, line.at, "too many queries in one file");
    part = &file->parts[file->count];
    *part = (struct part){.kind = PART_MIGRATION, .at = line.end, .end = line.end};
    if (name && !query_begin(file, line, name, mistake)) return false;
    if (migrate) {
        for (int i = 0; i < file->count; i++) {
            if (file->parts[i].kind == PART_MIGRATION) last = file->parts[i].number;
        }
        if (!number_of(migrate, line.end, &number) || number != last + 1)
            return wrong(mistake, line.at, "the next is \"-- migrate: %d\"", (int)last + 1);
        part->number = (int)number;
    }
    file->count++;
    return true;
}

static bool query_end(struct part *part, bool closed, struct mistake *mistake)
{
    if (!part_is_query(part)) return true;
    if (!closed) return wrong(mistake, part->at, "no ';' ends the query %s", part->name);
    if (token_solid(part->at, part->end).kind == TOKEN_END)
        return wrong(mistake, part->at, "the query %s is empty", part->name);
    return true;
}

/* Cuts a file into its parts.  A query's part ends before its ';'. */
static bool split(struct file *file, struct mistake *mistake)
{
    struct part *part = file->parts;
    bool closed = false;
    const char *max;

    *part = (struct part){.kind = PART_SCHEMA, .at = file->text, .end = file->end};
    file->count = 1;
    for (struct token token = token_next(file->text, file->end); token.kind != TOKEN_END;
         token = token_next(token.end, file->end)) {
        if (token.kind == TOKEN_BROKEN)
            return wrong(mistake, token.at, "a quote or comment is never closed");
        if (heading(file, token, "name:") || heading(file, token, "migrate:")) {
            if (!query_end(part, closed, mistake)) return false;
            if (!part_is_query(part)) part->end = token.at;
            if (!part_begin(file, token, mistake)) return false;
            part = &file->parts[file->count - 1];
            part->end = file->end;
            closed = false;
        } else if ((max = said(token, "max:")) && part_is_query(part)) {
            if (!number_of(max, token.end, &part->rows_max) || part->rows_max < 1)
                return wrong(mistake, token.at, "a bound is \"-- max: 100\"");
        } else if (part_is_query(part) && token.kind != TOKEN_SPACE &&
                   token.kind != TOKEN_COMMENT) {
            if (closed) return wrong(mistake, token.at, "after the ';' of %s", part->name);
            closed = token_is(token, ";");
            if (closed) part->end = token.at;
        }
    }
    return query_end(part, closed, mistake);
}

/* ---- dialect ----------------------------------------------------------------------------- */

/* What SQLite takes and PostgreSQL does not, or takes otherwise.  A second word must follow. */
static const struct foreign {
    const char *word, *then, *instead;
} foreign[] = {
    {"strftime", "(", "moments are numbers; reckon in C"},
    {"datetime", "(", "moments are numbers; reckon in C"},
    {"date", "(", "moments are numbers; reckon in C"},
    {"time", "(", "moments are numbers; reckon in C"},
    {"julianday", "(", "moments are numbers; reckon in C"},
    {"unixepoch", "(", "pass the moment as a parameter"},
    {"current_timestamp", NULL, "pass the moment as a parameter"},
    {"current_date", NULL, "pass the moment as a parameter"},
    {"current_time", NULL, "pass the moment as a parameter"},
    {"ifnull", "(", "coalesce"},
    {"iif", "(", "case when"},
    {"instr", "(", "like"},
    {"group_concat", "(", "ask for the rows"},
    {"total", "(", "cast(coalesce(sum(x), 0) as bigint)"},
    {"avg", "(", "sum and count, divided in C"},
    {"printf", "(", "format in C"},
    {"format", "(", "format in C"},
    {"typeof", "(", "nothing: a column has one type"},
    {"random", "(", "make it in C"},
    {"randomblob", "(", "make it in C"},
    {"hex", "(", "do it in C"},
    {"quote", "(", "a parameter"},
    {"char", "(", "a parameter"},
    {"unicode", "(", "do it in C"},
    {"changes", "(", "store_changes()"},
    {"last_insert_rowid", NULL, "returning"},
    {"rowid", NULL, "a key of its own"},
    {"_rowid_", NULL, "a key of its own"},
    {"oid", NULL, "a key of its own"},
    {"autoincrement", NULL, "a key of its own"},
    {"insert", "or", "on conflict (…) do …"},
    {"update", "or", "on conflict (…) do …"},
    {"replace", "into", "on conflict (…) do …"},
    {"create", "virtual", "an ordinary table"},
    {"create", "trigger", "an act"},
    {"pragma", NULL, "platform/store_sqlite.c"},
    {"attach", NULL, "nothing"},
    {"vacuum", NULL, "nothing"},
    {"glob", NULL, "like"},
    {"regexp", NULL, "like"},
    {"nocase", NULL, "lower()"},
    {"true", NULL, "1"},
    {"false", NULL, "0"},
    {"`", NULL, "no quotes"},
    {"[", NULL, "no brackets"},
    {"=", "=", "a single ="},
    {"?", NULL, ":name"},
    {"@", NULL, ":name"},
    {"$", NULL, ":name"},
    {":", ":", "cast(x as bigint)"},
};

/* min(a, b) is of one row here and does not exist there. */
static bool has_two_arguments(struct token open, const char *end)
{
    int depth = 0;

    for (struct token token = open; token.kind != TOKEN_END; token = token_solid(token.end, end)) {
        if (token_is(token, "(")) depth++;
        if (token_is(token, ")") && --depth == 0) return false;
        if (token_is(token, ",") && depth == 1) return true;
    }
    return false;
}

/* A sum of bigint is a numeric there, which no row of ours holds: it stands in a cast, straight or
 * behind coalesce.  What adds up the numbers of a `case` is left to who tries all queries there. */
static bool is_bare_sum(struct token word, struct token next, struct token argument,
                        const struct token *before)
{
    if (!token_is(word, "sum") || !token_is(next, "(") || token_is(argument, "case")) return false;
    if (token_is(before[0], "(") && token_is(before[1], "coalesce"))
        return !(token_is(before[2], "(") && token_is(before[3], "cast"));
    return !(token_is(before[0], "(") && token_is(before[1], "cast"));
}

static bool check_dialect(const struct part *part, struct mistake *mistake)
{
    struct token token = token_solid(part->at, part->end), next, after, before[4] = {0};

    for (; token.kind != TOKEN_END; token = next) {
        next = token_solid(token.end, part->end);
        for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
            const struct foreign *f = &foreign[i];

            if (token_is(token, f->word) && (!f->then || token_is(next, f->then)))
                return wrong(mistake, token.at, "%s%s%s is not common SQL; instead: %s", f->word,
                             f->then ? " " : "", f->then ? f->then : "", f->instead);
        }
        after = token_solid(next.end, part->end);
        if (token_is(token, "limit") && token_is(after, ","))
            return wrong(mistake, token.at, "limit with a comma is not common SQL");
        if ((token_is(token, "min") || token_is(token, "max")) && token_is(next, "(") &&
            has_two_arguments(next, part->end))
            return wrong(mistake, token.at, "min and max of one row: use case when");
        if (is_bare_sum(token, next, after, before))
            return wrong(mistake, token.at,
                         "a sum is no bigint in common SQL; instead: "
                         "cast(coalesce(sum(x), 0) as bigint)");
        memmove(before + 1, before, 3 * sizeof *before);
        before[0] = token;
    }
    return true;
}

/* A comparison is a number here and a truth there, so it cannot be what a query brings back.
 * Looks at the outermost result list only; what is inside brackets or a `case` is another's. */
static bool check_truths(const struct part *part, struct mistake *mistake)
{
    static const char *const truths[] = {"=",  "<",  ">",   "!",    "and",    "or",
                                         "is", "in", "not", "like", "exists", "between"};
    struct token token = token_solid(part->at, part->end);
    bool results = false;
    int depth = 0;

    for (; token.kind != TOKEN_END; token = token_solid(token.end, part->end)) {
        if (token_is(token, "(") || token_is(token, "case")) depth++;
        if (token_is(token, ")") || token_is(token, "end")) depth--;
        if (depth) continue;
        if (token_is(token, "select") || token_is(token, "returning")) results = true;
        if (token_is(token, "from") || token_is(token, "where")) results = false;
        for (size_t i = 0; results && i < sizeof truths / sizeof *truths; i++) {
            if (token_is(token, truths[i]))
                return wrong(mistake, token.at,
                             "a truth is no number in common SQL; case when … then 1 else 0 end");
        }
    }
    return true;
}

/* A :many is cut off after so many rows; nothing may stand behind that limit. */
static bool check_limit(struct part *part, struct mistake *mistake)
{
    struct token before = {TOKEN_END, part->at, part->at}, last = before, token = before;
    int64_t stated = part->rows_max;

    for (token = token_solid(part->at, part->end); token.kind != TOKEN_END;
         token = token_solid(token.end, part->end))
        before = last, last = token;
    if (part->kind != PART_MANY)
        return stated == 0 || wrong(mistake, part->at, "\"-- max:\" is for a :many");
    if (!token_is(before, "limit"))
        return wrong(mistake, last.at, "%s is :many and does not end in a limit", part->name);
    if (last.kind == TOKEN_PARAMETER && last.end - last.at == 9 &&
        memcmp(last.at, ":max_rows", 9) == 0) {
        if (!stated) return wrong(mistake, last.at, "limit :max_rows needs a line \"-- max: 100\"");
    } else if (stated || !number_of(last.at, last.end, &part->rows_max)) {
        return wrong(mistake, last.at, "a limit is a number, or :max_rows with \"-- max: 100\"");
    }
    if (part->rows_max < 1 || part->rows_max > ROWS_MAX)
        return wrong(mistake, last.at, "a limit is between 1 and %d", ROWS_MAX);
    return true;
}

#endif
