/* held.c -- see held.h: reads what a room declares, row by row. */
#include "platform/held.h"

#include <string.h>

#include "platform/limits.h"
#include "platform/secret.h"
#include "platform/store.h"

const struct query_text *held_query_named(const struct held *held, const char *name)
{
    for (const struct query_text *query = held->queries; name && query && query->name; query++)
        if (strcmp(query->name, name) == 0) return query;
    return NULL;
}

const struct query_text *held_query(const struct held *held, const struct held_list *list)
{
    return held_query_named(held, list->query);
}

struct str held_from(enum language language, struct str word)
{
    struct str from;

    if (str_begins(word, S("#"))) return text_in(language, T("erased"));
    str_cut(word, ' ', &from);
    return from.len ? from : word;
}

/* Rows without an owner have 0: a person without an account owns none of them. */
static void bind_person(struct statement *statement, const struct query_text *query,
                        const struct held_person *person)
{
    for (int i = 0; query->takes[i]; i++) {
        if (query->takes[i] == 'i')
            statement_int(statement, i + 1, person->person_id ? person->person_id : -1);
        else
            statement_text(statement, i + 1, person->phone_index);
    }
}

struct outcome held_count(struct scene *scene, const struct held *held,
                          const struct held_matter *matter, const struct held_person *person,
                          int64_t *count, moment *ended_at)
{
    const struct query_text *query = held_query_named(held, matter->query);
    struct statement *statement;
    struct outcome outcome;
    bool row = false;

    *count = *ended_at = 0;
    if (!query) return FAULT("held: a matter without a query");
    TRY(statement_open(scene->store, query->sql, &statement));
    bind_person(statement, query, person);
    outcome = statement_step(statement, &row);
    if (IS_DONE(outcome) && row) {
        *count = statement_get_int(statement, 0);
        if (query->gives[1] == 'i') *ended_at = statement_get_int(statement, 1);
    }
    statement_close(&statement);
    return outcome;
}

static const struct held_column *column_of(const struct held_list *list, struct str name)
{
    for (size_t i = 0; i < HELD_COLUMNS_MAX && list->columns[i].column; i++)
        if (str_same(str_of(list->columns[i].column), name)) return &list->columns[i];
    return NULL;
}

static bool is_moment(struct str name)
{
    return str_same(name, S("at")) || str_begins(name, S("at__")) || str_ends(name, S("_at")) ||
           str_find(name, S("_at__")) > 0;
}

static struct str moment_text(struct scene *scene, moment at)
{
    struct out *out = out_open(scene->arena, 200);

    if (at) out_moment(out, scene->language, at);
    return out_text(out);
}

static struct outcome read_value(struct scene *scene, struct statement *statement, int place,
                                 bool is_text, struct held_value *value)
{
    const struct held_column *column = value->column;

    if (!is_text) {
        value->number = statement_get_int(statement, place);
        value->is_moment = is_moment(str_of(column->column));
        value->is_number = !value->is_moment;
        value->text = value->is_moment
                          ? moment_text(scene, value->number)
                          : arena_print(scene->arena, "%lld", (long long)value->number);
        return DONE;
    }
    value->text = statement_get_text(scene->arena, statement, place);
    if (column->use && !secret_unseal(scene->arena, column->use, value->text, &value->text))
        return FAULT("held: what is sealed cannot be read: these are not its keys"); /* (4) */
    if (column->say && value->text.len) value->text = column->say(scene->language, value->text);
    return DONE;
}

static struct outcome read_row(struct scene *scene, struct statement *statement,
                               const struct query_text *query, const struct held_list *list,
                               struct held_value *values, size_t *count)
{
    struct str rest = str_of(query->columns);

    *count = 0;
    for (int i = 0; query->gives[i]; i++) {
        struct str name = str_cut(rest, ' ', &rest);
        struct held_value *value = &values[*count];

        *value = (struct held_value){.column = column_of(list, name)};
        if (!value->column || *count == HELD_COLUMNS_MAX)
            return FAULT("held: a list brings what is not declared");
        TRY(read_value(scene, statement, i, query->gives[i] == 't', value));
        (*count)++;
    }
    return DONE;
}

/* A row is read into an arena of its own, given back before the next: what somebody left here in
 * years may be more than one request may take. */
static struct outcome read_rows(struct scene *scene, struct statement *statement,
                                const struct query_text *query, const struct held_list *list,
                                struct outcome (*take)(void *mine, const struct held_value *values,
                                                       size_t count),
                                void *mine)
{
    struct held_value values[HELD_COLUMNS_MAX];
    struct arena *whole = scene->arena, *row_arena = arena_open(ARENA_BYTES_MAX);
    struct outcome outcome;
    size_t count;
    bool row;

    for (;;) {
        arena_reset(row_arena);
        scene->arena = row_arena;
        outcome = statement_step(statement, &row);
        if (IS_DONE(outcome) && row)
            outcome = read_row(scene, statement, query, list, values, &count);
        scene->arena = whole;
        if (!IS_DONE(outcome) || !row) break;
        outcome = take(mine, values, count);
        if (!IS_DONE(outcome)) break;
    }
    arena_close(&row_arena);
    return outcome;
}

struct outcome held_read(struct scene *scene, const struct held *held, const struct held_list *list,
                         const struct held_person *person,
                         struct outcome (*take)(void *mine, const struct held_value *values,
                                                size_t count),
                         void *mine)
{
    const struct query_text *query = held_query(held, list);
    struct statement *statement;
    struct outcome outcome;

    if (!query) return FAULT("held: a list without a query");
    TRY(statement_open(scene->store, query->sql, &statement));
    bind_person(statement, query, person);
    outcome = read_rows(scene, statement, query, list, take, mine);
    statement_close(&statement);
    return outcome;
}
