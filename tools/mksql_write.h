/* mksql_write.h -- the C that mksql makes of a query and of a schema.
 *
 * A part of mksql.c, which includes it once, behind what reads and checks: it leans on `struct
 * query`, on the types found there, and on `module`.
 */
#ifndef MKSQL_WRITE_H
#define MKSQL_WRITE_H

static const char *c_type(enum type type)
{
    return type == TYPE_TEXT ? "struct str " : "int64_t ";
}

/* The SQL without its comments and the space around it.  (Owner: the caller.) */
static char *bare_sql(const struct part *part, const char *begin)
{
    char *text = NULL;
    size_t size = 0, len;
    FILE *out = open_memstream(&text, &size);
    struct token token = token_solid(part->at, part->end);

    if (!out) abort();
    fputs(begin, out);
    for (; token.kind != TOKEN_END; token = token_next(token.end, part->end)) {
        if (token.kind == TOKEN_COMMENT) {
            if (*token.at == '/') fputc(' ', out); /* it stood between two words */
            continue;
        }
        if (token.kind == TOKEN_SPACE && token_next(token.end, part->end).kind == TOKEN_COMMENT &&
            !memchr(token.at, '\n', (size_t)(token.end - token.at)))
            continue;
        fwrite(token.at, 1, (size_t)(token.end - token.at), out);
    }
    fclose(out);
    for (len = size; len > 0 && isspace((unsigned char)text[len - 1]);) text[--len] = '\0';
    return text;
}

/* A literal, or numbers if C does not promise literals so long. */
static void write_text(FILE *out, const char *text)
{
    if (strlen(text) > LITERAL_BYTES_MAX) {
        fputs(" {", out);
        for (size_t i = 0; text[i]; i++)
            fprintf(out, "%s%d,", i % 20 ? " " : "\n        ", (signed char)text[i]);
        fputs(" 0}", out);
        return;
    }
    fputs("\n        \"", out);
    for (; *text; text++) {
        if (*text == '\n')
            fputs(text[1] ? "\\n\"\n        \"" : "\\n", out);
        else if (*text == '\t')
            fputs("\\t", out);
        else if (*text == '"' || *text == '\\' || *text == '?') /* '?' might begin a trigraph */
            fprintf(out, "\\%c", *text);
        else
            fputc(*text, out);
    }
    fputs("\"", out);
}

static void write_structs(FILE *out, const struct query *query)
{
    if (query->results) {
        fprintf(out, "struct %s_%s_row {\n", module, query->part->name);
        for (int i = 0; i < query->results; i++)
            fprintf(out, "    %s%s;\n", c_type(result_type(query, i)), result_name(query, i));
        fprintf(out, "};\n");
    }
    if (query->wide) {
        fprintf(out, "struct %s_%s_values {\n", module, query->part->name);
        for (int i = 1; i <= query->parameters; i++)
            fprintf(out, "    %s%s;\n", c_type(parameter_type(query, i)), parameter_name(query, i));
        fprintf(out, "};\n");
    }
}

/* One more parameter of a signature, on the next line if this one is full. */
__attribute__((format(printf, 3, 4))) static void write_argument(FILE *out, int *column,
                                                                 const char *format, ...)
{
    char text[4 * WORD_LEN + 64];
    va_list list;
    int len;

    va_start(list, format);
    len = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (*column + len + 3 > LINE_LEN)
        *column = fprintf(out, ",\n    ") - 2;
    else if (*column)
        *column += fprintf(out, ", ");
    *column += fprintf(out, "%s", text);
}

static void write_signature(FILE *out, const struct query *query)
{
    const char *name = query->part->name;
    int column = fprintf(out, "struct outcome %s_%s(", module, name);

    if (query->arena) column += fprintf(out, "struct arena *arena, ");
    column += fprintf(out, "struct store *store");
    for (int i = 1; i <= query->parameters && !query->wide; i++)
        write_argument(out, &column, "%s%s", c_type(parameter_type(query, i)),
                       parameter_name(query, i));
    if (query->wide)
        write_argument(out, &column, "const struct %s_%s_values *values", module, name);
    if (query->part->kind == PART_ONE) {
        write_argument(out, &column, "struct %s_%s_row *row", module, name);
        write_argument(out, &column, "bool *found");
    }
    if (query->part->kind == PART_MANY) {
        write_argument(out, &column, "const struct %s_%s_row **rows", module, name);
        write_argument(out, &column, "size_t *count");
    }
    fputc(')', out);
}

static void write_binds(FILE *out, const struct query *query)
{
    const char *from = query->wide ? "values->" : "";

    for (int i = 1; i <= query->parameters; i++) {
        const char *name = parameter_name(query, i);
        const char *call = parameter_type(query, i) == TYPE_TEXT ? "text" : "int";

        if (strcmp(name, "max_rows") == 0) {
            long long max = (long long)query->part->rows_max;

            fprintf(out, "    statement_int(statement_, %d, %s%s < 0 ? 0 : ", i, from, name);
            fprintf(out, "%s%s > %lld ? %lld : %s%s);\n", from, name, max, max, from, name);
        } else {
            fprintf(out, "    statement_%s(statement_, %d, %s%s);\n", call, i, from, name);
        }
    }
}

static void write_fetch(FILE *out, const struct query *query, const char *target)
{
    for (int i = 0; i < query->results; i++) {
        bool is_text = result_type(query, i) == TYPE_TEXT;

        fprintf(out, "        %s%s = statement_get_%s(%sstatement_, %d);\n", target,
                result_name(query, i), is_text ? "text" : "int", is_text ? "arena, " : "", i);
    }
}

static void write_step(FILE *out, const struct query *query)
{
    fprintf(out, "    result_ = statement_step(statement_, &more_);\n");
    if (query->part->kind == PART_ONE) {
        fprintf(out, "    if (more_) {\n");
        write_fetch(out, query, "row->");
        fprintf(out, "        *found = true;\n    }\n");
    }
    if (query->part->kind == PART_MANY) {
        fprintf(out, "    while (more_) {\n        if (used_ == room_)\n");
        fprintf(out,
                "            all_ = statement_grow(arena, all_, sizeof *all_, &room_, %lld);\n",
                (long long)query->part->rows_max);
        write_fetch(out, query, "all_[used_].");
        fprintf(out, "        used_++;\n");
        fprintf(out, "        result_ = statement_step(statement_, &more_);\n    }\n");
        fprintf(out, "    if (IS_DONE(result_)) *rows = all_, *count = used_;\n");
    }
}

static void write_body(FILE *out, const struct query *query)
{
    const char *name = query->part->name;
    char begin[3 * WORD_LEN], *sql;

    /* The store tells faults apart, and PostgreSQL its running queries, by this comment. */
    snprintf(begin, sizeof begin, "/* %s.%s */\n", module, name);
    sql = bare_sql(query->part, begin);
    fprintf(out, "static const char %s_sql[] =", name);
    write_text(out, sql);
    free(sql);
    fprintf(out, ";\n");
    write_signature(out, query);
    fprintf(out, "\n{\n    struct statement *statement_;\n    struct outcome result_;\n");
    fprintf(out, "    bool more_ = false;\n");
    if (query->part->kind == PART_MANY) {
        fprintf(out, "    struct %s_%s_row *all_ = NULL;\n", module, name);
        fprintf(out, "    size_t used_ = 0, room_ = 0;\n\n    *rows = NULL;\n    *count = 0;\n");
    } else if (query->part->kind == PART_ONE) {
        fprintf(out, "\n    *row = (struct %s_%s_row){0};\n    *found = false;\n", module, name);
    } else {
        fputc('\n', out);
    }
    fprintf(out, "    TRY(statement_open(store, %s_sql, &statement_));\n", name);
    write_binds(out, query);
    write_step(out, query);
    fprintf(out, "    statement_close(&statement_);\n    return result_;\n}\n");
}

/* One line of the list of all queries: its name, its text, the types of what it takes and brings,
 * and what that is called. */
static void write_entry(FILE *out, const struct query *query)
{
    const char *name = query->part->name;

    fprintf(out, "    {\"%s.%s\", %s_sql, \"", module, name, name);
    for (int i = 1; i <= query->parameters; i++)
        fputc(parameter_type(query, i) == TYPE_TEXT ? 't' : 'i', out);
    fputs("\", \"", out);
    for (int i = 0; i < query->results; i++)
        fputc(result_type(query, i) == TYPE_TEXT ? 't' : 'i', out);
    fputs("\", \"", out);
    for (int i = 0; i < query->results; i++)
        fprintf(out, "%s%s", i ? " " : "", result_name(query, i));
    fputs("\"},\n", out);
}

/* What all files of the module create, one after the other. */
static void write_tables(FILE *out, const struct file *files, int own)
{
    char *text = NULL;
    size_t size;
    FILE *all = open_memstream(&text, &size);

    if (!all) abort();
    for (int i = 0; i < own; i++) {
        char *sql = bare_sql(&files[i].parts[0], "");

        if (i && *sql) fputc('\n', all);
        fputs(sql, all);
        free(sql);
    }
    fclose(all);
    fprintf(out, "const char %s_schema[] =", module);
    write_text(out, text);
    fprintf(out, ";\n\n");
    free(text);
}

static void write_migrations(FILE *out, const struct file *file)
{
    char *sql;

    for (int i = 1; i < file->count; i++) {
        if (file->parts[i].kind != PART_MIGRATION) continue;
        sql = bare_sql(&file->parts[i], "");
        fprintf(out, "static const char migration_%d[] =", file->parts[i].number);
        write_text(out, sql);
        fprintf(out, ";\n\n");
        free(sql);
    }
    fprintf(out, "const struct migration %s_migrations[] = {\n", module);
    for (int i = 1; i < file->count; i++) {
        if (file->parts[i].kind == PART_MIGRATION)
            fprintf(out, "    {%d, migration_%d},\n", file->parts[i].number, file->parts[i].number);
    }
    fprintf(out, "    {0, NULL},\n};\n");
}

#endif
