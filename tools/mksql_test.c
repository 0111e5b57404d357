/* mksql_test.c -- what mksql makes, and everything it refuses to make.
 *
 * golden_sql/letter_sql.[ch] are what it makes of golden_sql/letter.sql; they are compiled here and
 * run, so a golden file that is updated without thought does not pass either.
 */
#include <stdlib.h>
#include <unistd.h>

int mksql_main(int argc, char **argv);
#define main mksql_main
#define exit _exit /* in a child, which must not run the tests' farewell */
#include "platform/folder_test.h"
#include "tools/mksql.c"
#undef exit
#undef main

#include "tools/golden_sql/letter_sql.c"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sys/wait.h>

static char folder[FOLDER_LEN];
static struct arena *arena;

static void path_of(char *path, const char *name)
{
    snprintf(path, 128, "%s/%s", folder, name);
}

static void begin(void)
{
    folder_make(folder);
    arena = arena_open(1 << 24);
}

static void end(void)
{
    folder_drop(folder);
    arena_close(&arena);
}

TestSuite(mksql, .init = begin, .fini = end);

static void put(const char *name, const char *text)
{
    char path[128];
    FILE *out;

    path_of(path, name);
    out = fopen(path, "w");
    cr_assert_not_null(out);
    fputs(text, out);
    fclose(out);
}

static const char *get(const char *path)
{
    char *text = arena_take(arena, 1 << 16, 1);
    FILE *in = fopen(path, "r");

    cr_assert_not_null(in, "%s", path);
    cr_assert_lt(fread(text, 1, (1 << 16) - 1, in), (1 << 16) - 1);
    fclose(in);
    return text;
}

/* Runs mksql on a file, and on more.sql of the same module or other.sql of another; returns what
 * it complained of. */
static const char *make_with(const char *path, bool own, bool other, int *status)
{
    static char name[] = "mksql", module_name[] = "letter", from[] = "tools/golden_sql";
    static char mark[] = "--";
    char header[128], source[128], second[128], more[128], errors[128], this[128];
    char *argv[10] = {name, module_name, from, header, source, this};
    int argc = 6;
    pid_t child;

    path_of(header, "letter_sql.h");
    path_of(source, "letter_sql.c");
    path_of(second, "more.sql");
    path_of(more, "other.sql");
    path_of(errors, "errors");
    if (own) argv[argc++] = second;
    if (other) argv[argc++] = mark, argv[argc++] = more;
    snprintf(this, sizeof this, "%s", path);
    child = fork();
    if (child == 0) {
        int fd = open(errors, O_CREAT | O_TRUNC | O_WRONLY, 0600);

        dup2(fd, STDERR_FILENO);
        _exit(mksql_main(argc, argv));
    }
    cr_assert_eq(waitpid(child, status, 0), child);
    return get(errors);
}

static const char *make(const char *path, bool other, int *status)
{
    return make_with(path, false, other, status);
}

Test(mksql, what_it_makes_is_the_golden_file)
{
    char header[128], source[128];
    int status;

    cr_assert_str_eq(make("tools/golden_sql/letter.sql", false, &status), "");
    cr_assert_eq(status, 0);
    path_of(header, "letter_sql.h");
    path_of(source, "letter_sql.c");
    cr_assert_str_eq(get(header), get("tools/golden_sql/letter_sql.h"));
    cr_assert_str_eq(get(source), get("tools/golden_sql/letter_sql.c"));
}

/* ---- what it makes works ----------------------------------------------------------------- */

static void done(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

static struct store *letters(int64_t how_many)
{
    struct store *store;

    done(store_open(S(""), STORE_WRITE, &store));
    done(store_script(store, letter_schema));
    for (const struct migration *change = letter_migrations; change->number; change++)
        done(store_script(store, change->sql));
    done(store_script(store, "insert into letter_team (team_id, name) values (7, 'red')"));
    for (int64_t i = 1; i <= how_many; i++)
        done(letter_add_letter(store, i, 7, S("title"), S("body"), 100 * i));
    return store;
}

Test(mksql, a_one_finds_or_does_not)
{
    struct store *store = letters(1);
    struct letter_find_letter_row row;
    bool found;

    done(letter_find_letter(arena, store, 1, &row, &found));
    cr_assert(found);
    cr_assert_eq(row.letter_id, 1);
    cr_assert(str_same(row.title, S("title")) && str_same(row.body, S("body")));
    cr_assert(str_same(row.name__team, S("red")));
    done(letter_find_letter(arena, store, 2, &row, &found));
    cr_assert_not(found);
    cr_assert(row.letter_id == 0 && row.title.len == 0, "an older answer is still there");
    done(letter_add_letter(store, 2, 0, S(""), S(""), 0));
    done(letter_find_letter(arena, store, 2, &row, &found));
    cr_assert(found && row.name__team.len == 0);
    store_close(&store);
}

Test(mksql, two_uses_of_a_column_are_two_parameters)
{
    struct store *store = letters(5);
    struct letter_count_letters_row row;
    bool found;

    done(letter_count_letters(store, 200, 400, &row, &found));
    cr_assert(found);
    cr_assert_eq(row.letters, 2);
    done(letter_count_letters(store, 400, 200, &row, &found));
    cr_assert_eq(row.letters, 0);
    store_close(&store);
}

Test(mksql, a_many_grows_to_its_limit_and_no_further)
{
    struct store *store = letters(30);
    const struct letter_list_letters_row *rows;
    size_t count;

    done(letter_list_letters(arena, store, 7, &rows, &count));
    cr_assert_eq(count, 20);
    for (size_t i = 0; i < count; i++) cr_assert_eq(rows[i].letter_id, 30 - (int64_t)i);
    cr_assert(str_same(rows[19].quoted_text, S("xbody")));
    cr_assert(str_same(rows[19].when_text, S("later")));
    done(letter_list_letters(arena, store, 8, &rows, &count));
    cr_assert(count == 0 && rows == NULL);
    store_close(&store);
}

Test(mksql, max_rows_is_held_between_none_and_its_bound)
{
    static const struct {
        int64_t asked;
        size_t got;
    } cases[] = {{2, 2}, {3, 3}, {4, 3}, {INT64_MAX, 3}, {0, 0}, {-1, 0}, {INT64_MIN, 0}};
    struct store *store = letters(9);
    const struct letter_list_page_row *rows;
    size_t count;

    for (size_t i = 0; i < COUNT(cases); i++) {
        done(letter_list_page(arena, store, 4, cases[i].asked, &rows, &count));
        cr_assert_eq(count, cases[i].got, "case %zu", i);
    }
    done(letter_list_page(arena, store, 4, 3, &rows, &count));
    cr_assert_eq(rows[2].letter_id, 7);
    store_close(&store);
}

Test(mksql, many_parameters_travel_with_their_names)
{
    struct store *store = letters(0);
    struct letter_add_wide_values values = {.letter_id = 3,
                                            .title = S("t"),
                                            .body = S("b"),
                                            .sent_at = 9,
                                            .urgent = 1,
                                            .title__not = S("x"),
                                            .body__not = S("y")};
    struct letter_take_letter_row row;
    bool found;

    done(letter_add_wide(store, &values));
    cr_assert_eq(store_changes(store), 1);
    done(letter_take_letter(arena, store, 3, &row, &found));
    cr_assert(found && row.letter_id == 3 && str_same(row.title, S("t")));
    store_close(&store);
}

Test(mksql, a_fault_names_the_query)
{
    struct store *store = letters(1);
    struct outcome outcome = letter_add_letter(store, 1, 7, S(""), S(""), 0);

    cr_assert_not_null(outcome.fault);
    cr_assert_eq(strncmp(outcome.fault, "letter.add_letter: UNIQUE", 25), 0, "%s", outcome.fault);
    store_close(&store);
}

/* ---- what it refuses --------------------------------------------------------------------- */

#define TABLE "create table box (box_id bigint not null primary key, name text not null);\n"
#define QUERY(kind, sql) TABLE "-- name: find_box " kind "\n" sql

static const struct refused {
    const char *sql;
    int line;
    const char *why;
} refused[] = {
    {QUERY(":one", "select\nbox_idd from box;"), 4, "find_box: no such column: box_idd"},
    {QUERY(":one", "select box_id from\nboxes;"), 3, "no such table: boxes"},
    {QUERY(":one", "select name from box where name = \"red\";"), 3, "no such column: red"},
    {QUERY(":one", "select name from box\nwhere box_id = :boxid;"), 4, ":boxid is named after no"},
    {QUERY(":one", "select name from box where box_id = :box_id_;"), 3, ":box_id_ is named after"},
    {TABLE "create table c (count bigint);\n-- name: find :one\n"
           "select name from box where box_id = :count;",
     4, "write :count__here"},
    {QUERY(":one", "select name from box where box_id = ?;"), 3, "instead: :name"},
    {QUERY(":one", "select name from box where box_id = @box_id;"), 3, "instead: :name"},
    {QUERY(":one", "select count(*) from box;"), 2, "give \"count(*)\" a name"},
    {QUERY(":one", "select box_id as name from box;"), 2, "another type"},
    {QUERY(":one", "select name, name from box;"), 2, "two results are named name"},
    {QUERY(":one", "delete from box;"), 2, "find_box brings nothing back and is :exec"},
    {QUERY(":exec", "select name from box;"), 2, "find_box brings something back and is not"},
    {QUERY(":many", "select name from box;"), 3, "does not end in a limit"},
    {QUERY(":many", "select name from (select * from box limit 5);"), 3, "not end in a limit"},
    {QUERY(":many", "select name from box limit 5 offset 5;"), 3, "does not end in a limit"},
    {QUERY(":many", "select name from box -- limit 5\n;"), 3, "does not end in a limit"},
    {QUERY(":many", "select name from box limit 0;"), 3, "between 1 and 100000"},
    {QUERY(":many", "select name from box limit 100001;"), 3, "between 1 and 100000"},
    {QUERY(":many", "select name from box\nlimit :max_rows;"), 4, "needs a line \"-- max: 100\""},
    {QUERY(":many", "select name from box limit :box_id;"), 3, "a limit is a number"},
    {QUERY(":many", "-- max: many\nselect name from box limit :max_rows;"), 3, "a bound is"},
    {QUERY(":one", "-- max: 5\nselect name from box;"), 2, "is for a :many"},
    {QUERY(":one", "select name from box where box_id = :max_rows;"), 3, "in the limit of a :many"},
    {QUERY(":one", "select name from box"), 2, "no ';' ends the query find_box"},
    {QUERY(":one", "select name from box;\ndelete from box;"), 4, "after the ';' of find_box"},
    {QUERY(":one", "select name from box where name = 'red;\n"), 3, "never closed"},
    {QUERY(":one", "/* select name from box;"), 3, "never closed"},
    {QUERY(":one", ";"), 2, "find_box is empty"},
    {QUERY(":some", "select name from box;"), 2, "find_box is :one, :many or :exec"},
    {QUERY(":one :two", "select name from box;"), 2, "find_box is :one, :many or :exec"},
    {TABLE "-- name: FindBox :one\nselect name from box;", 2, "a heading is"},
    {QUERY(":one", "select name from box;\n-- name: find_box :exec\ndelete from box;"), 4,
     "two queries are named find_box"},
    {TABLE "select name from box;", 2, "a query without \"-- name:\""},
    {TABLE "create table box (a text);", 2, "table box already exists"},
    {TABLE "create tabel crate (a text);", 2, "syntax error"},
    {TABLE "create table crate (name bigint);", 1, "crate.name: elsewhere a column"},
    {TABLE "create table crate (a varchar(9));", 1, "crate.a: a column is bigint, integer or text"},
    {TABLE "create table crate (user text);", 1, "crate.user: not a name for a column"},
    {TABLE "create table crate (a__b text);", 1, "crate.a__b: not a name for a column"},
    {TABLE "-- migrate: 2\ndrop table box;", 2, "the next is \"-- migrate: 1\""},
    {TABLE "-- migrate: 1\n\nalter table bax add a text;", 4, "no such table: bax"},
    {TABLE "-- migrate: 1\nalter table box drop column name;\n"
           "-- name: find_box :one\nselect name from box;",
     5, "no such column: name"},
    {"create table a (a bigint primary key) without rowid;", 1, "rowid is not common SQL"},
    {"create table a (a integer primary key autoincrement);", 1, "autoincrement is not common"},
    {QUERY(":exec", "insert or replace into box values (1, '');"), 3, "on conflict"},
    {QUERY(":exec", "insert OR\nignore into box values (1, '');"), 3, "on conflict"},
    {QUERY(":one", "select ifnull(name, '') as name from box;"), 3, "instead: coalesce"},
    {QUERY(":one", "select IFNULL (name, '') as name from box;"), 3, "instead: coalesce"},
    {QUERY(":one", "select group_concat(name) as name from box;"), 3, "group_concat ("},
    {QUERY(":one", "select strftime('%s') as x from box;"), 3, "strftime ("},
    {QUERY(":one", "select last_insert_rowid() as x from box;"), 3, "last_insert_rowid"},
    {QUERY(":one", "select\n\nrandom() as x from box;"), 5, "random ("},
    {QUERY(":one", "select max(box_id, 3) as x from box;"), 3, "min and max of one row"},
    {QUERY(":one", "select\nsum(box_id) as x from box;"), 4, "a sum is no bigint"},
    {QUERY(":one", "select coalesce(sum(box_id), 0) as x from box;"), 3, "a sum is no bigint"},
    {QUERY(":one", "select avg(box_id) as x from box;"), 3, "divided in C"},
    {QUERY(":one", "select name from box where box_id == 1;"), 3, "a single ="},
    {QUERY(":one", "select name from [box];"), 3, "no brackets"},
    {QUERY(":one", "select name from `box`;"), 3, "no quotes"},
    {QUERY(":one", "select box_id = 1 as x from box;"), 3, "a truth is no number"},
    {QUERY(":one", "with a as (select 1 as b)\nselect exists (select 1) as x;"), 4, "a truth is"},
    {QUERY(":one", "delete from box where box_id = 1\nreturning name is null as x;"), 4, "a truth"},
    {QUERY(":one", "select true as x from box;"), 3, "instead: 1"},
    {QUERY(":many", "select name from box limit 2, 3;"), 3, "limit with a comma"},
};

Test(mksql, refuses_with_file_and_line)
{
    char path[128], where[160];

    path_of(path, "this.sql");
    for (size_t i = 0; i < COUNT(refused); i++) {
        const struct refused *one = &refused[i];
        const char *errors;
        int status;

        put("this.sql", one->sql);
        errors = make(path, false, &status);
        snprintf(where, sizeof where, "%s:%d: ", path, one->line);
        cr_assert_eq(WEXITSTATUS(status), 1, "taken:\n%s", one->sql);
        cr_assert_eq(strncmp(errors, where, strlen(where)), 0, "%s\nnot at line %d:\n%s", errors,
                     one->line, one->sql);
        cr_assert_not_null(strstr(errors, one->why), "%s\nnot \"%s\":\n%s", errors, one->why,
                           one->sql);
        path_of(where, "letter_sql.c");
        cr_assert_neq(access(where, F_OK), 0, "something was written");
    }
}

static const char *const taken[] = {
    QUERY(":one", "select max(box_id) as box_id, min((box_id)) as least from box;"),
    QUERY(":one", "select name from box where name = 'it''s; random() \"x -- '; -- done; 'x"),
    QUERY(":one", "select name -- '; random()\n from box /* ; ' -- */;\n-- that's all"),
    QUERY(":one", "select cast(sum(box_id) as bigint) as x,"
                  " cast(coalesce(sum(box_id), 0) as bigint) as y,"
                  " sum(case when box_id = 1 then 1 else 0 end) as z from box;"),
    QUERY(":many", "select name from box limit :max_rows; -- max: 5"),
    QUERY(":many", "select name from box LIMIT 5 -- enough\n;"),
    QUERY(":exec", "insert into box values (:box_id, :name) on conflict (box_id) do nothing;"),
    QUERY(":one", "select box_id as date, box_id as total from box;"),
    QUERY(":one", "select case when name = '' and box_id > 1 then 1 else 0 end as x,"
                  " count(*) filter (where box_id = 3) as y from box where not name = 'x';"),
    QUERY(":one", "update box set name = :name where box_id = :box_id returning box_id;"),
    "-- nothing at all",
};

Test(mksql, takes_what_only_looks_wrong)
{
    char path[128];

    path_of(path, "this.sql");
    for (size_t i = 0; i < COUNT(taken); i++) {
        int status;

        put("this.sql", taken[i]);
        cr_assert_str_eq(make(path, false, &status), "", "%s", taken[i]);
        cr_assert_eq(status, 0);
    }
}

Test(mksql, knows_the_tables_of_other_files)
{
    char path[128];
    const char *errors;
    int status;

    path_of(path, "this.sql");
    put("this.sql", "-- name: find_box :one\nselect name from box where box_id = :box_id;\n");
    put("other.sql", TABLE "-- name: x :one\nselect wrong here is not our concern;");
    cr_assert_str_eq(make(path, true, &status), "");
    put("other.sql", "create table box (name text);");
    errors = make(path, true, &status);
    cr_assert_not_null(strstr(errors, "this.sql:2: find_box: no such column: box_id"), "%s",
                       errors);
}

Test(mksql, a_module_may_have_several_files)
{
    char path[128];
    const char *source;
    int status;

    path_of(path, "this.sql");
    put("this.sql", TABLE "-- name: find_box :one\nselect name from box where box_id = :box_id;\n");
    put("more.sql", "create table lid (box_id bigint not null);\n"
                    "-- name: drop_lid :exec\ndelete from lid where box_id = :box_id;\n");
    cr_assert_str_eq(make_with(path, true, false, &status), "");
    cr_assert_eq(status, 0);
    path_of(path, "letter_sql.c");
    source = get(path);
    cr_assert_not_null(strstr(source, "create table box"));
    cr_assert_not_null(strstr(source, "create table lid"));
    cr_assert_lt(strstr(source, "create table lid"), strstr(source, "_migrations[]"));
    cr_assert_not_null(strstr(source, "letter_find_box("));
    cr_assert_not_null(strstr(source, "letter_drop_lid("));
}

Test(mksql, a_further_file_is_held_to_the_same_rules)
{
    static const struct {
        const char *text, *complaint;
    } wrong[] = {
        {"-- migrate: 1\ncreate table lid (box_id bigint);", "more.sql:1: changes to the schema"},
        {"-- name: find_box :one\nselect 1 as n;", "more.sql:1: find_box stands in "},
        {"-- name: x :one\nselect ifnull(name, '') as name from box;",
         "more.sql:2: ifnull ( is not"},
        {"-- name: x :many\nselect name from box;", "more.sql:2: x is :many and does not end"},
    };
    char path[128];

    path_of(path, "this.sql");
    put("this.sql", TABLE "-- name: find_box :one\nselect name from box where box_id = :box_id;\n");
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const char *errors;
        int status;

        put("more.sql", wrong[i].text);
        errors = make_with(path, true, false, &status);
        cr_assert_not_null(strstr(errors, wrong[i].complaint), "%s", errors);
        cr_assert_neq(status, 0);
    }
}

Test(mksql, a_long_schema_is_kept_whole)
{
    char *sql = arena_take(arena, 8192, 1), path[128];
    const char *source;
    int status;

    snprintf(sql, 8192, "create table crate (a text default '%05005d\xE4\xB8\xAD');", 0);
    put("this.sql", sql);
    path_of(path, "this.sql");
    cr_assert_str_eq(make(path, false, &status), "");
    path_of(path, "letter_sql.c");
    source = get(path);
    cr_assert_not_null(strstr(source, "letter_schema[] = {\n        99, 114, 101, 97, 116, 101,"));
    cr_assert_not_null(strstr(source, "-28, -72, -83, 39, 41, 59, 0};"));
}
