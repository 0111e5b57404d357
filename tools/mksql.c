/* mksql.c -- turns the queries of a module's .sql files into C functions, checking each on the way.
 *
 *     mksql MODULE FOLDER OUT.h OUT.c THIS.sql [THIS_MORE.sql ...] [-- OTHER.sql ...]
 *
 * A file is: a schema; then blocks headed `-- migrate: N` (changes to the schema, numbered from 1)
 * and blocks headed `-- name: find_case :one` (or :many, :exec), one statement each.
 * A module may have several files; changes to the schema all stand in the first.
 *
 *     -- name: list_letters :many        a heading: what it is called, what comes back
 *     -- max: 100                        how great :max_rows can be
 *     select letter_id, c.name as name__clerk     (two uses of one name)
 *       from ... where sent_at >= :sent_at__from and sent_at < :sent_at__before
 *      order by letter_id limit :max_rows;        (or: limit 100)
 *
 * The empty text is no null; a reference that may be missing is nullif(:team_id, 0).
 *
 *  1. Every table of every file exists, in memory, when a query is prepared: a misspelt column
 *     stops the build, with file and line.
 *  2. One name has one type throughout the program.  A parameter has the type of the column it is
 *     named after, up to the "__" that tells two uses apart; so has a result that is computed.
 *     A computed result of any other name is a number, unless it is called something_text or ends
 *     in the name of a column (`as mediator_name`).
 *  3. A :many ends in a limit whose greatest value is known here: nothing is unbounded.
 *  4. What only one engine understands is refused.
 *  5. Nothing is written unless all is right.
 */
#include "mksql_parts.h"

#include <sqlite3.h>
#include <stdlib.h>

enum {
    FILE_BYTES_MAX = 1 << 20,
    COLUMNS_MAX = 4096,
    PARAMETERS_PLAIN = 8,     /* more of them travel in a struct, where they have names */
    LITERAL_BYTES_MAX = 4000, /* C17 promises literals of 4095 */
    LINE_LEN = 100
};

enum type { TYPE_NONE, TYPE_INT, TYPE_TEXT };

static struct column {
    char name[WORD_LEN];
    enum type type;
} columns[COLUMNS_MAX];
static int columns_count;
static const char *module;

struct query {
    const struct file *file;
    const struct part *part;
    sqlite3_stmt *stmt;
    int parameters, results;
    bool wide, arena;
};

__attribute__((format(printf, 3, 4))) static _Noreturn void stop(const struct file *file,
                                                                 const char *at, const char *format,
                                                                 ...)
{
    va_list list;
    int line = 1;

    for (const char *p = file->text; p && p < at; p++) line += *p == '\n';
    fprintf(stderr, "%s:%d: ", file->path, line);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    exit(1);
}

static void read_file(struct file *file, const char *path)
{
    FILE *in = fopen(path, "r");
    size_t len;

    *file = (struct file){.path = path, .text = malloc(FILE_BYTES_MAX + 1)};
    file->parts = calloc(PARTS_MAX, sizeof *file->parts);
    if (!in || !file->text || !file->parts) stop(file, NULL, "cannot be read");
    len = fread(file->text, 1, FILE_BYTES_MAX + 1, in);
    if (ferror(in) || len > FILE_BYTES_MAX) stop(file, NULL, "cannot be read, or is too long");
    file->text[len] = '\0';
    file->end = file->text + len;
    fclose(in);
    if (strlen(file->text) != len) stop(file, NULL, "is not text");
}

/* ---- types ------------------------------------------------------------------------------- */

static enum type column_type(const char *name)
{
    const char *mark = strstr(name, "__");
    size_t len = mark ? (size_t)(mark - name) : strlen(name);

    for (int i = 0; i < columns_count; i++) {
        if (strncmp(columns[i].name, name, len) == 0 && columns[i].name[len] == '\0')
            return columns[i].type;
    }
    return TYPE_NONE;
}

static enum type declared_type(const char *declared)
{
    if (declared && strcasecmp(declared, "text") == 0) return TYPE_TEXT;
    if (declared && (strcasecmp(declared, "bigint") == 0 || strcasecmp(declared, "integer") == 0))
        return TYPE_INT;
    return TYPE_NONE;
}

/* Words that name a column here and end a sentence there. */
static bool is_reserved(const char *name)
{
    static const char *const words[] = {
        "all",       "analyse",      "analyze",     "and",           "any",       "array",
        "asc",       "both",         "case",        "cast",          "check",     "collate",
        "column",    "desc",         "do",          "end",           "fetch",     "for",
        "grant",     "ilike",        "initially",   "lateral",       "leading",   "limit",
        "offset",    "only",         "overlaps",    "placing",       "similar",   "some",
        "symmetric", "trailing",     "user",        "variadic",      "verbose",   "window",
        "with",      "session_user", "binary",      "freeze",        "localtime", "isnull",
        "notnull",   "asymmetric",   "tablesample", "authorization",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], name) == 0) return true;
    }
    return false;
}

static int learn_column(void *file, int count, char **values, char **names)
{
    const char *table = values[0], *name = values[1], *declared = values[2];
    enum type type = declared_type(declared), known = column_type(name);

    (void)count, (void)names;
    if (!name_is_plain(name, name + strlen(name)) || strstr(name, "__") || is_reserved(name))
        stop(file, NULL, "%s.%s: not a name for a column", table, name);
    if (type == TYPE_NONE)
        stop(file, NULL, "%s.%s: a column is bigint, integer or text, not \"%s\"", table, name,
             declared);
    if (known != TYPE_NONE && known != type)
        stop(file, NULL, "%s.%s: elsewhere a column of this name has another type", table, name);
    if (known != TYPE_NONE) return 0;
    if (columns_count == COLUMNS_MAX) stop(file, NULL, "too many columns");
    snprintf(columns[columns_count].name, WORD_LEN, "%s", name);
    columns[columns_count++].type = type;
    return 0;
}

static void learn_columns(sqlite3 *db, struct file *file)
{
    static const char ask[] = "select t.name, c.name, c.type from sqlite_schema t,"
                              " pragma_table_info(t.name) c where t.type = 'table'";

    if (sqlite3_exec(db, ask, learn_column, file, NULL)) stop(file, NULL, "%s", sqlite3_errmsg(db));
}

static enum type result_type(const struct query *query, int i)
{
    const char *name = sqlite3_column_name(query->stmt, i), *mark = strstr(name, "__");
    const char *end = mark ? mark : name + strlen(name);
    enum type declared = declared_type(sqlite3_column_decltype(query->stmt, i));
    enum type type = column_type(name);

    if (declared != TYPE_NONE && type != TYPE_NONE && declared != type)
        stop(query->file, query->part->at, "%s: elsewhere a column %s has another type",
             query->part->name, name);
    if (declared != TYPE_NONE) return declared;
    if (type != TYPE_NONE) return type;
    if (end - name >= 5 && strncmp(end - 5, "_text", 5) == 0) return TYPE_TEXT;
    for (const char *p = name; p < end; p++) {
        if (*p == '_' && (type = column_type(p + 1)) != TYPE_NONE) return type;
    }
    return TYPE_INT;
}

static const char *result_name(const struct query *query, int i)
{
    return sqlite3_column_name(query->stmt, i);
}

static const char *parameter_name(const struct query *query, int place)
{
    return sqlite3_bind_parameter_name(query->stmt, place) + 1;
}

static enum type parameter_type(const struct query *query, int place)
{
    const char *name = parameter_name(query, place);

    return strcmp(name, "max_rows") == 0 ? TYPE_INT : column_type(name);
}

/* ---- checks ------------------------------------------------------------------------------ */

static void check_parameters(const struct query *query)
{
    static const char *const taken[] = {"arena", "store", "row",   "rows",
                                        "found", "count", "values"};

    for (int i = 1; i <= query->parameters; i++) {
        const char *name = parameter_name(query, i), *at = query->part->at;
        struct token token = token_solid(at, query->part->end);

        for (; token.kind != TOKEN_END; token = token_solid(token.end, query->part->end)) {
            if (token.kind == TOKEN_PARAMETER &&
                (size_t)(token.end - token.at) == strlen(name) + 1 &&
                memcmp(token.at + 1, name, strlen(name)) == 0)
                break;
        }
        if (!name_is_plain(name, name + strlen(name)) || parameter_type(query, i) == TYPE_NONE)
            stop(query->file, token.at, ":%s is named after no column (or :column__use)", name);
        for (size_t t = 0; t < sizeof taken / sizeof *taken; t++) {
            if (strcmp(taken[t], name) == 0)
                stop(query->file, token.at, ":%s is taken in C; write :%s__here", name, name);
        }
        if (strcmp(name, "max_rows") == 0 && query->part->kind != PART_MANY)
            stop(query->file, token.at, ":max_rows belongs in the limit of a :many");
    }
}

static void check_results(const struct query *query)
{
    const char *name = query->part->name, *at = query->part->at;

    if (query->part->kind == PART_EXEC && query->results)
        stop(query->file, at, "%s brings something back and is not :exec", name);
    if (query->part->kind != PART_EXEC && !query->results)
        stop(query->file, at, "%s brings nothing back and is :exec", name);
    for (int i = 0; i < query->results; i++) {
        const char *result = result_name(query, i);

        if (!name_is_plain(result, result + strlen(result)))
            stop(query->file, at, "%s: give \"%s\" a name: as something", name, result);
        for (int k = 0; k < i; k++) {
            if (strcmp(result, result_name(query, k)) == 0)
                stop(query->file, at, "%s: two results are named %s; write as %s__other", name,
                     result, result);
        }
    }
}

static struct query read_query(sqlite3 *db, struct file *file, struct part *part)
{
    struct query query = {.file = file, .part = part};
    struct mistake mistake;
    int len = (int)(part->end - part->at), offset;

    if (!check_limit(part, &mistake) || !check_truths(part, &mistake))
        stop(file, mistake.at, "%s", mistake.what);
    if (sqlite3_prepare_v2(db, part->at, len, &query.stmt, NULL) != SQLITE_OK) {
        offset = sqlite3_error_offset(db);
        stop(file, offset < 0 ? token_solid(part->at, part->end).at : part->at + offset, "%s: %s",
             part->name, sqlite3_errmsg(db));
    }
    query.parameters = sqlite3_bind_parameter_count(query.stmt);
    query.results = sqlite3_column_count(query.stmt);
    query.wide = query.parameters > PARAMETERS_PLAIN;
    check_parameters(&query);
    check_results(&query);
    query.arena = part->kind == PART_MANY;
    for (int i = 0; i < query.results; i++) {
        if (result_type(&query, i) == TYPE_TEXT) query.arena = true;
    }
    return query;
}

static void run_script(sqlite3 *db, const struct file *file, const struct part *part)
{
    for (const char *at = part->at, *next; at < part->end; at = next) {
        sqlite3_stmt *stmt;
        int rc = sqlite3_prepare_v2(db, at, (int)(part->end - at), &stmt, &next), offset;
        const char *first = token_solid(at, part->end).at;

        if (rc != SQLITE_OK) {
            offset = sqlite3_error_offset(db);
            stop(file, offset < 0 ? first : at + offset, "%s", sqlite3_errmsg(db));
        }
        if (!stmt) continue;
        if (sqlite3_column_count(stmt)) stop(file, first, "a query without \"-- name:\"");
        while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) continue;
        if (rc != SQLITE_DONE) stop(file, first, "%s", sqlite3_errmsg(db));
        sqlite3_finalize(stmt);
    }
}

#include "mksql_write.h"

/* ---- the whole --------------------------------------------------------------------------- */

/* One name is one function, whichever file it stands in; the first file keeps the changes. */
static void check_further(const struct file *files, int at)
{
    const struct file *file = &files[at];

    for (int i = 1; i < file->count; i++) {
        const struct part *part = &file->parts[i];

        if (part->kind == PART_MIGRATION)
            stop(file, part->at, "changes to the schema stand in %s", files[0].path);
        for (int k = 0; k < at; k++) {
            for (int n = 1; n < files[k].count; n++) {
                if (part_is_query(&files[k].parts[n]) &&
                    strcmp(files[k].parts[n].name, part->name) == 0)
                    stop(file, part->at, "%s stands in %s already", part->name, files[k].path);
            }
        }
    }
}

static sqlite3 *open_schema(struct file *files, int own, int count)
{
    struct mistake mistake;
    sqlite3 *db;

    if (sqlite3_open(":memory:", &db) != SQLITE_OK) stop(files, NULL, "no database");
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_exec(db, "pragma foreign_keys = on", NULL, NULL, NULL);
    for (int i = 0; i < count; i++) {
        if (!split(&files[i], &mistake)) stop(&files[i], mistake.at, "%s", mistake.what);
        for (int k = 0; i < own && k < files[i].count; k++) {
            if (!check_dialect(&files[i].parts[k], &mistake))
                stop(&files[i], mistake.at, "%s", mistake.what);
        }
        if (i > 0 && i < own) check_further(files, i);
        run_script(db, &files[i], &files[i].parts[0]);
        learn_columns(db, &files[i]);
    }
    for (int i = 0; i < count; i++) {
        for (int k = 1; k < files[i].count; k++) {
            if (files[i].parts[k].kind == PART_MIGRATION)
                run_script(db, &files[i], &files[i].parts[k]);
        }
        learn_columns(db, &files[i]);
    }
    return db;
}

static void write_queries(sqlite3 *db, struct file *file, FILE *header, FILE *source, FILE *list)
{
    for (int i = 1; i < file->count; i++) {
        struct query query;

        if (!part_is_query(&file->parts[i])) continue;
        query = read_query(db, file, &file->parts[i]);
        fputc('\n', header);
        write_structs(header, &query);
        write_signature(header, &query);
        fputs(";\n", header);
        fputc('\n', source);
        write_body(source, &query);
        write_entry(list, &query);
        sqlite3_finalize(query.stmt);
    }
}

static void write_all(sqlite3 *db, struct file *files, int own, const char *folder, FILE *header,
                      FILE *source, const char *header_name)
{
    const char *name = strrchr(files->path, '/'), *base = strrchr(header_name, '/');
    char *entries = NULL;
    size_t entries_size;
    FILE *list = open_memstream(&entries, &entries_size);

    name = name ? name + 1 : files->path;
    base = base ? base + 1 : header_name;
    fprintf(header, "/* Made by tools/mksql.c from %s/%s.  Do not edit. */\n", folder, name);
    fprintf(header, "#pragma once\n#include \"platform/store.h\"\n\n");
    fprintf(header, "extern const char %s_schema[];\n", module);
    fprintf(header, "extern const struct migration %s_migrations[]; /* ends in number 0 */\n",
            module);
    fprintf(header, "extern const struct query_text %s_queries[]; /* ends in an empty one */\n",
            module);
    fprintf(source, "/* Made by tools/mksql.c from %s/%s.  Do not edit. */\n", folder, name);
    fprintf(source, "#include \"%s\"\n\n", base);
    write_tables(source, files, own);
    write_migrations(source, files);
    if (!list) abort();
    for (int i = 0; i < own; i++) write_queries(db, &files[i], header, source, list);
    fclose(list);
    fprintf(source, "\nconst struct query_text %s_queries[] = {\n%s    {0},\n};\n", module,
            entries);
    free(entries);
}

static bool says(const char *path, const char *text)
{
    FILE *in = fopen(path, "r");
    size_t len = strlen(text);
    char *old = malloc(len + 1);
    bool is_same = in && old && fread(old, 1, len + 1, in) == len && memcmp(old, text, len) == 0;

    free(old);
    if (in) fclose(in);
    return is_same;
}

/* A header that says the same stays as it is: whatever includes it need not be made anew when
 * another room's tables changed. */
static void save(const struct file *file, const char *path, const char *text)
{
    FILE *out;

    if (path[strlen(path) - 1] == 'h' && says(path, text)) return;
    out = fopen(path, "w");

    if (!out || fputs(text, out) == EOF || fclose(out) != 0)
        stop(file, NULL, "cannot write %s", path);
}

/* Takes the paths, leaving out the "--" behind which other modules' files come. */
static int read_files(struct file *files, char **paths, int *own)
{
    int count = 0;

    *own = 0;
    for (; *paths; paths++) {
        if (strcmp(*paths, "--") == 0 && !*own)
            *own = count;
        else
            read_file(&files[count++], *paths);
    }
    if (!*own) *own = count;
    return count;
}

int main(int argc, char **argv)
{
    char *header_text = NULL, *source_text = NULL;
    size_t header_size, source_size;
    FILE *header = open_memstream(&header_text, &header_size);
    FILE *source = open_memstream(&source_text, &source_size);
    struct file *files = argc > 5 ? calloc((size_t)argc, sizeof *files) : NULL;
    sqlite3 *db;
    int count, own;

    if (!files || !header || !source || strcmp(argv[5], "--") == 0) {
        fputs("usage: mksql MODULE FOLDER OUT.h OUT.c THIS.sql ... [-- OTHER.sql ...]\n", stderr);
        return 2;
    }
    module = argv[1];
    count = read_files(files, argv + 5, &own);
    if (!name_is_plain(module, module + strlen(module))) stop(files, NULL, "bad module %s", module);
    db = open_schema(files, own, count);
    write_all(db, files, own, argv[2], header, source, argv[3]);
    sqlite3_close(db);
    fclose(header);
    fclose(source);
    save(files, argv[3], header_text);
    save(files, argv[4], source_text);
    for (int i = 0; i < count; i++) free(files[i].text), free(files[i].parts);
    free(files), free(header_text), free(source_text);
    return 0;
}
