/* held_test.c -- nothing is held about anybody that no room answers for; see platform/held.h. */
#include <criterion/criterion.h>
#include <string.h>

#include "main/rooms.h"
#include "platform/scene_test.h"
#include "platform/store_rows.h"

static struct scene *scene;
static struct store_table *tables;
static size_t tables_count;

static void look(const char *more)
{
    if (more) cr_assert(test_done(store_script(scene->store, more)));
    cr_assert(test_done(store_tables(scene->arena, scene->store, &tables, &tables_count)));
}
static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, rooms);
    look(NULL);
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(held, .init = set_up, .fini = tear_down);

/* What by its name holds something personal, or compares it. */
static bool looks_personal(struct str column)
{
    static const char *const ends[] = {"_sealed",     "_index",   "_hash",     "person_name",
                                       "author_name", "owner_id", "file_name", "attachment_name"};
    static const char *const whole[] = {
        "address", "agent",    "summary", "text", "words", "body",  "statement", "reason", "note",
        "detail",  "question", "phone",   "name", "email", "birth", "hash",      "file"};

    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(column, str_of(ends[i]))) return true;
    for (size_t i = 0; i < COUNT(whole); i++)
        if (str_same(column, str_of(whole[i]))) return true;
    return false;
}

static bool has_word(const char *words, struct str word)
{
    struct str rest = str_of(words);

    while (rest.len) {
        struct str one = str_cut(rest, ' ', &rest);

        if (one.len && *one.at == '-') one.at++, one.len--;
        if (str_same(one, word)) return true;
    }
    return false;
}

static const struct held_table *declared(const char *table, int *times)
{
    const struct held_table *found = NULL;

    *times = 0;
    for (const struct held *const *room = rooms_held; *room; room++)
        for (const struct held_table *t = (*room)->tables; t && t->table; t++)
            if (strcmp(t->table, table) == 0) found = t, ++*times;
    return found;
}

static bool is_listed(struct str column)
{
    for (const struct held *const *room = rooms_held; *room; room++)
        for (const struct held_list *list = (*room)->lists; list && list->query; list++)
            for (size_t i = 0; i < HELD_COLUMNS_MAX && list->columns[i].column; i++)
                if (str_same(str_of(list->columns[i].column), column)) return true;
    return false;
}

/* How many tables and columns no room answers for; what they are is printed. */
static int forgotten(bool say)
{
    int count = 0, times;

    for (size_t i = 0; i < tables_count; i++) {
        const struct held_table *table = declared(tables[i].name, &times);

        if (times != 1 || !table->way) {
            if (say) cr_log_error("table %s is declared %d times", tables[i].name, times);
            count++;
            continue;
        }
        for (int c = 0; c < tables[i].columns_count; c++) {
            struct str column = str_of(tables[i].columns[c].name);

            if (!tables[i].columns[c].is_text && !str_ends(column, S("owner_id"))) continue;
            if (!looks_personal(column) || has_word(table->columns, column)) continue;
            if (say) cr_log_error("%s.%.*s is not declared", table->table, STR_ARGS(column));
            count++;
        }
    }
    return count;
}

Test(held, every_table_and_personal_column_is_declared)
{
    cr_expect_eq(forgotten(true), 0);
}

Test(held, a_new_table_or_column_that_nobody_declared_is_found)
{
    look("create table unforeseen (unforeseen_id bigint not null primary key);");
    cr_expect_eq(forgotten(false), 1, "the table");
    look("alter table item_word add column fax_sealed text not null default '';");
    cr_expect_eq(forgotten(false), 2, "and the column of a table that had none");
    /* The database may be the next test's, too. */
    cr_assert(test_done(store_script(scene->store,
                                     "drop table unforeseen;"
                                     "alter table item_word drop column fax_sealed;")));
}

static bool is_sealed(const char *table, struct str column)
{
    for (const struct held *const *room = rooms_held; *room; room++)
        for (const struct held_sealed *s = (*room)->sealed; s && s->table; s++)
            if (strcmp(s->table, table) == 0 && str_same(str_of(s->column), column)) return true;
    return false;
}

/* Sealed columns that no room would have sealed anew. */
static int unsealed(bool say)
{
    int count = 0;

    for (size_t i = 0; i < tables_count; i++) {
        for (int c = 0; c < tables[i].columns_count; c++) {
            struct str column = str_of(tables[i].columns[c].name);

            if (!str_ends(column, S("_sealed")) || is_sealed(tables[i].name, column)) continue;
            if (say) cr_log_error("%s.%.*s is not declared", tables[i].name, STR_ARGS(column));
            count++;
        }
    }
    return count;
}

static bool is_there(const char *table, struct str column)
{
    for (size_t i = 0; i < tables_count; i++)
        for (int c = 0; strcmp(tables[i].name, table) == 0 && c < tables[i].columns_count; c++)
            if (str_same(str_of(tables[i].columns[c].name), column)) return true;
    return false;
}

/* Whether a key may be put away is found by these; see desk/keys. */
Test(held, every_sealed_column_is_declared_as_it_is)
{
    size_t i, c;

    cr_expect_eq(unsealed(true), 0);
    for (const struct held *const *room = rooms_held; *room; room++) {
        for (const struct held_sealed *s = (*room)->sealed; s && s->table; s++) {
            cr_expect(is_there(s->table, str_of(s->column)), "%s.%s", s->table, s->column);
            for (i = 0; i < tables_count && strcmp(tables[i].name, s->table) != 0;) i++;
            cr_assert_lt(i, tables_count, "%s", s->table);
            for (c = 0; strcmp(tables[i].columns[c].name, s->key) != 0;) c++;
            cr_expect_eq(tables[i].columns[c].is_text, s->key_is_text, "%s", s->table);
        }
    }
    look("alter table division add column fax_sealed text not null default '';");
    cr_expect_eq(unsealed(false), 1, "one that nobody declared is found");
    cr_assert(test_done(store_script(scene->store, "alter table division drop column "
                                                   "fax_sealed;")));
}

/* Of a resident, what does not merely point or compare is brought by a list; and what is declared
 * is there, so that a column that got another name is not lost. */
Test(held, what_is_a_residents_is_listed)
{
    for (const struct held *const *room = rooms_held; *room; room++) {
        for (const struct held_table *t = (*room)->tables; t && t->table; t++) {
            struct str rest = str_of(t->columns);
            bool is_table = false;

            for (size_t i = 0; i < tables_count; i++)
                is_table = is_table || strcmp(tables[i].name, t->table) == 0;
            cr_expect(is_table, "there is no table %s", t->table);
            while (rest.len) {
                struct str one = str_cut(rest, ' ', &rest);
                bool is_left_out = *one.at == '-';

                if (is_left_out) one.at++, one.len--;
                cr_expect(is_there(t->table, one), "%s has no %.*s", t->table, STR_ARGS(one));
                if (t->way != HELD_LISTED || is_left_out || str_ends(one, S("_index")) ||
                    str_ends(one, S("_hash")) || str_ends(one, S("owner_id")))
                    continue;
                cr_expect(is_listed(one), "%s.%.*s is in no list", t->table, STR_ARGS(one));
            }
        }
    }
}

static void expect_whole(const struct held *room, const struct held_list *list)
{
    const struct query_text *query = held_query(room, list);
    size_t labels = 0, brought = 0;
    struct str rest;

    cr_assert(query != NULL, "%s is no query", list->query);
    cr_expect(strlen(query->takes) > 0 && strspn(query->takes, "it") == strlen(query->takes));
    cr_expect(list->title && list->why && list->until);
    while (labels < HELD_COLUMNS_MAX && list->columns[labels].column) labels++;
    for (rest = str_of(query->columns); rest.len; brought++) {
        struct str name = str_cut(rest, ' ', &rest);
        const struct held_column *column = NULL;

        for (size_t i = 0; i < labels; i++)
            if (str_same(str_of(list->columns[i].column), name)) column = &list->columns[i];
        cr_assert(column != NULL, "%s brings %.*s", list->query, STR_ARGS(name));
        cr_expect(column->label && *column->label);
        cr_expect_eq(column->use != NULL, str_ends(name, S("_sealed")), "%s: %.*s", list->query,
                     STR_ARGS(name));
    }
    cr_expect_eq(labels, brought, "%s declares what it does not bring", list->query);
}

static struct outcome take(void *mine, const struct held_value *values, size_t count)
{
    (void)values, (void)count;
    ++*(int *)mine;
    return DONE;
}

Test(held, every_list_is_declared_as_its_query_brings_it_and_brings_nobody_elses)
{
    struct held_person nobody = {0};
    int rows = 0;

    for (const struct held *const *room = rooms_held; *room; room++) {
        for (const struct held_list *list = (*room)->lists; list && list->query; list++) {
            expect_whole(*room, list);
            cr_expect(test_done(held_read(scene, *room, list, &nobody, take, &rows)));
        }
    }
    cr_expect_eq(rows, 0);
}
