/* keys_test.c -- a room's rows are sealed anew with a second key, cut off, with planted damage. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk/keys/keys_acts.h"
#include "gen/platform_sql.h"
#include "platform/column.h"
#include "platform/folder_test.h"
#include "platform/mark.h"
#include "platform/page.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "platform/store_engine.h"

enum { GROUPS = 30, PARTS = 15, NAMES = 5, ALL = GROUPS * PARTS + NAMES };

static const struct held_sealed sealed[] = {
    {"toy_part", "toy_id", "words_sealed", "toy.words"},
    {"toy_name", "toy_hash", "body", "toy.body", true},
    {0},
};
static const struct held toys = {.sealed = sealed};
static const struct held *const toy_rooms[] = {&toys, NULL};
static char folder[FOLDER_LEN], safe[FOLDER_LEN + 8];
static struct scene *scene;

static void run(const char *sql)
{
    cr_assert(test_done(store_script(scene->store, sql)), "%s", sql);
}

static void add(const char *table, struct str key, int part, struct str text)
{
    run(arena_print(scene->arena, "insert into %s values (%.*s, %d, '%.*s')", table, STR_ARGS(key),
                    part, STR_ARGS(text))
            .at);
}

static void fill(void)
{
    for (int i = 0; i < GROUPS * PARTS; i++)
        add("toy_part", arena_print(scene->arena, "%d", 1000 + i / PARTS), i % PARTS,
            secret_seal(scene->arena, "toy.words", arena_print(scene->arena, "words %d", i)));
    for (int i = 0; i < NAMES; i++)
        add("toy_name", arena_print(scene->arena, "'n%d'", i), 0,
            secret_seal(scene->arena, "toy.body", arena_print(scene->arena, "body %d", i)));
    run("insert into toy_part values (2000, 0, '')");
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){&keys_module, NULL});
    folder_make(folder);
    snprintf(safe, sizeof safe, "%s/safe", folder);
    cr_assert(test_done(secret_open(arena_print(scene->arena, "%s/keys", folder).at, true)));
    run("create table toy_part (toy_id bigint not null, part integer not null, words_sealed text "
        "not null, primary key (toy_id, part));"
        "create table toy_name (toy_hash text not null primary key, part integer not null, body "
        "text not null);");
    columns_learn(toy_rooms);
    fill();
}
static void tear_down(void)
{
    char command[FOLDER_LEN + 16];

    snprintf(command, sizeof command, "rm -r %s", folder);
    run("drop table toy_part; drop table toy_name;");
    test_scene_close(&scene);
    cr_expect_eq(system(command), 0);
}
TestSuite(keys, .init = set_up, .fini = tear_down, .timeout = 300);

static struct keys_report counted(void)
{
    struct keys_report report;

    cr_assert(test_done(keys_count(scene, &report)));
    return report;
}

static struct outcome rotate(int number)
{
    struct keys_rotate_form form = {.number = number};

    TRY(act_run(&keys_rotate, scene, &form, NULL));
    return keys_heed(scene->arena, scene->store);
}

static bool is_due(void)
{
    struct platform_find_next_due_row row;
    bool found;

    cr_assert(test_done(platform_find_next_due(scene->store, &row, &found)));
    return found && row.deadlines > 0;
}

/* As the clock does it: the deadline goes, and the act sets it again or not. */
static bool turn_once(void)
{
    cr_assert(is_due());
    cr_assert(test_done(platform_drop_deadline(scene->store, S("keys.turn"), 0)));
    cr_assert(test_done(test_act(scene, &keys_turn, NULL, NULL)));
    return is_due();
}

static void start_again(void)
{
    cr_assert(test_done(secret_open(arena_print(scene->arena, "%s/keys", folder).at, false)));
    cr_assert(test_done(keys_heed(scene->arena, scene->store)));
}

static void expect_all_there(void)
{
    const struct column_row *rows;
    struct str to, plain;
    size_t count;

    for (size_t place = 0; place < 2; place++) {
        cr_assert(test_done(
            column_read(scene->arena, scene->store, place, S(""), 1000, &rows, &count, &to)));
        cr_assert_eq(count, place ? NAMES : GROUPS * PARTS + 1u);
        for (size_t i = 0; i < count && rows[i].value.len; i++) {
            cr_assert(secret_unseal(scene->arena, sealed[place].use, rows[i].value, &plain));
            cr_expect(str_begins(plain, place ? S("body ") : S("words ")));
        }
    }
}

Test(keys, every_value_is_sealed_anew_also_when_it_is_cut_off_and_the_old_key_can_go)
{
    struct keys_report report = counted();
    int number, turns = 1;

    cr_expect_eq(report.rows[1], ALL);
    cr_assert(test_done(secret_make_key(&number)));
    cr_expect_eq(number, 2);
    cr_expect(str_begins(secret_seal(scene->arena, "toy.words", S("a")), S("x1.")), "not yet");
    cr_assert(test_done(rotate(2)));
    cr_expect(str_begins(secret_seal(scene->arena, "toy.words", S("a")), S("x2.")));
    cr_expect(turn_once(), "more than one act is needed");
    report = counted();
    cr_expect(report.is_turning && report.rows[1] > 0 && report.rows[2] > 0);
    cr_expect_eq(report.rows[1] + report.rows[2], ALL, "%lld and %lld", (long long)report.rows[1],
                 (long long)report.rows[2]);
    expect_all_there();

    start_again(); /* killed here */
    cr_expect_eq(secret_writes_with(), 2);
    while (turn_once()) turns++;
    cr_expect_leq(turns, ALL / 100, "it begins again from the first row each time");
    report = counted();
    cr_expect_eq(report.rows[1], 0);
    cr_expect_eq(report.rows[2], ALL);
    cr_expect(!report.is_turning && report.unreadable == 0);
    cr_expect_eq(test_journal(scene, "keys.turn"), 1, "one line, at the end");

    cr_assert(test_done(secret_retire_key(1, safe)));
    cr_expect_not_null(secret_retire_key(1, safe).fault, "it is gone from here");
    start_again();
    cr_expect(!secret_has_key(1) && secret_has_key(2));
    expect_all_there();
}

Test(keys, what_cannot_be_opened_is_kept_counted_and_named)
{
    struct keys_report report;
    int number;

    run("update toy_part set words_sealed = 'x1.AAAA' where toy_id = 1003 and part = 4");
    run("update toy_name set body = 'x7.AAAA' where toy_hash = 'n3'");
    cr_assert(test_done(secret_make_key(&number)));
    cr_assert(test_done(rotate(number)));
    while (turn_once())
        ;
    report = counted();
    cr_expect_eq(report.rows[1], 1);
    cr_expect_eq(report.rows[7], 1);
    cr_expect_eq(report.rows[2], ALL - 2);
    cr_expect_eq(report.unreadable, 2);
    cr_expect(str_same(report.unreadable_where, S("toy_part.words_sealed of 1003")));
    cr_expect(str_same(report.where[7], S("toy_name.body")));
}

Test(keys, a_key_that_is_missing_or_another_one_is_told)
{
    const struct column_row *rows;
    struct outcome outcome;
    struct str to;
    size_t count;
    int number;
    bool written;

    cr_expect_not_null(rotate(1).fault, "it is the one there is");
    cr_expect_not_null(rotate(2).fault, "it is not there yet");
    cr_expect_eq(secret_writes_with(), 1);
    cr_assert(test_done(secret_make_key(&number)));
    cr_assert(test_done(rotate(2)));
    cr_expect_not_null(rotate(2).fault);
    /* What was changed after it was read is not written over. */
    cr_assert(
        test_done(column_read(scene->arena, scene->store, 1, S(""), 100, &rows, &count, &to)));
    run("update toy_name set body = 'newer' where toy_hash = 'n0'");
    cr_expect(test_done(column_write(scene->store, 1, &rows[0], S("older"), &written)));
    cr_expect(!written);
    cr_expect(test_done(column_write(scene->store, 1, &rows[1], S("other"), &written)));
    cr_expect(written);

    cr_assert_eq(unlink(arena_print(scene->arena, "%s/keys/field2.key", folder).at), 0);
    cr_assert(test_done(secret_open(arena_print(scene->arena, "%s/keys", folder).at, false)));
    outcome = keys_heed(scene->arena, scene->store);
    cr_assert_not_null(outcome.fault);
    cr_expect(strstr(outcome.fault, "field2.key is missing"), "%s", outcome.fault);
    cr_expect_eq(secret_writes_with(), 1);
    cr_expect(!turn_once() || is_due(), "the clock goes on asking");
}

static void mark(const char *name, const char *value)
{
    cr_assert(test_done(mark_set(scene->store, str_of(name), str_of(value))));
}

static struct str marked(const char *name)
{
    struct str value;
    bool found;

    cr_assert(test_done(mark_find(scene->arena, scene->store, str_of(name), &value, &found)));
    return found ? value : S("");
}

static void expect_fault(struct outcome outcome, const char *words)
{
    cr_assert(outcome.fault && strstr(outcome.fault, words), "%s: %s", words,
              outcome.fault ? outcome.fault : "none");
}

static bool told(struct outcome (*tell)(struct scene *, struct out *), const char *words)
{
    struct out *out = out_open(scene->arena, 4096);

    cr_assert(test_done(tell(scene, out)));
    return str_find(out_text(out), str_of(words)) >= 0;
}

/* Guessing which key it is, or how far the walk came, would be worse than to stop. */
Test(keys, what_is_remembered_of_the_keys_is_read_whole_or_not_at_all)
{
    static const char *const currents[] = {"", "x 1", "2", "2 x", "0 1", "-1 1", "61 1"};
    static const char *const walks[] = {"toy_part.words_sealed", "toy_part.words_sealed x 0 ",
                                        "toy_part.words_sealed 0 x "};
    const struct act *heed = keys_module.noting_acts[0];
    struct keys_report report;

    cr_expect(test_done(test_act(scene, &keys_turn, NULL, NULL)), "there is nothing to walk");
    cr_expect(!is_due());
    for (size_t i = 0; i < COUNT(currents); i++) {
        mark("seal_key", currents[i]);
        expect_fault(keys_heed(scene->arena, scene->store), "which key");
        expect_fault(rotate(2), "which key");
        expect_fault(keys_count(scene, &report), "which key");
        expect_fault(act_run(heed, scene, NULL, NULL), "which key");
        expect_fault(act_run(&keys_turn, scene, NULL, NULL), "which key");
    }
    mark("seal_key", "1 1795305600");
    cr_expect(test_done(keys_heed(scene->arena, scene->store)), "it is the one written with");
    for (size_t i = 0; i < COUNT(walks); i++) {
        mark("seal_walk", walks[i]);
        expect_fault(act_run(&keys_turn, scene, NULL, NULL), "how far");
        expect_fault(keys_count(scene, &report), "how far");
    }
    mark("seal_walk", "");
    run("alter table toy_name rename to toy_away");
    cr_expect_not_null(keys_count(scene, &report).fault, "not as if it held nothing");
    run("alter table toy_away rename to toy_name");
    report = counted();
    cr_expect_eq(report.since, 1795305600);
    cr_expect(!report.is_turning);
    cr_expect_eq(secret_writes_with(), 1);
}

Test(keys, a_walk_goes_on_in_its_column_or_from_the_first_when_that_is_gone_and_counts_many)
{
    struct keys_report report;
    struct str plain;
    int number;

    run("insert into toy_part select a.toy_id * 100 + b.part, a.part, a.words_sealed"
        " from toy_part a, toy_part b where b.toy_id = 1003 and b.part < 3");
    report = counted();
    cr_expect_eq(report.rows[1], 4 * GROUPS * PARTS + NAMES, "each once, in however many parts");
    mark("keys", secret_seal(scene->arena, "installation.keys", S("ours")).at);
    cr_assert(test_done(secret_make_key(&number)));
    cr_assert(test_done(rotate(number)));
    cr_expect(str_begins(marked("keys"), S("x2.")), "who starts with another second key is told");
    cr_expect(secret_unseal(scene->arena, "installation.keys", marked("keys"), &plain));
    cr_expect(str_same(plain, S("ours")));
    mark("seal_walk", "toy_name.body 3 1 ");
    cr_expect(!turn_once(), "the last column is a short one");
    report = counted();
    cr_expect_eq(report.rows[2], NAMES);
    cr_expect_eq(report.rows[1], 4 * GROUPS * PARTS);
    mark("seal_walk", "toy_gone.body 3 1 n3");
    cr_assert(test_done(test_act(scene, &keys_turn, NULL, NULL)));
    while (is_due()) turn_once();
    report = counted();
    cr_expect_eq(report.rows[1], 0, "none is passed over");
    cr_expect_eq(report.rows[2], 4 * GROUPS * PARTS + NAMES);
    cr_assert(test_done(test_act(scene, &keys_again, NULL, NULL)));
    cr_expect(str_same(marked("seal_walk"), S("toy_part.words_sealed 0 0 ")));

    mark("keys", "x1.AAAA");
    cr_assert(test_done(secret_make_key(&number)));
    expect_fault(rotate(number), "not those of this database");
    cr_expect(str_begins(marked("seal_key"), S("2 ")), "and it is not turned over");
    cr_expect_eq(secret_writes_with(), 2, "(5)");
}

static struct outcome fail_to_commit(struct store *store)
{
    (void)store;
    return FAULT("the disk is wet");
}

/* (5) */
Test(keys, a_key_whose_turning_over_is_not_kept_is_not_written_with)
{
    struct store_head *head = (struct store_head *)scene->store;
    const struct engine *real = head->engine;
    struct engine failing = *real;
    int number;

    cr_assert(test_done(secret_make_key(&number)));
    failing.commit = fail_to_commit;
    head->engine = &failing;
    expect_fault(rotate(number), "the disk is wet");
    head->engine = real;
    cr_expect_eq(secret_writes_with(), 1);
    cr_expect(str_begins(secret_seal(scene->arena, "toy.words", S("a")), S("x1.")));
    cr_expect_eq(counted().writes_with, 1);
    cr_assert(test_done(rotate(number)), "and it can be done again");
    cr_expect_eq(secret_writes_with(), number);
}

/* (4) */
Test(keys, a_machine_without_the_key_says_so_and_goes_on)
{
    const struct act *heed = keys_module.noting_acts[0];
    struct keys_rotate_form form = {.number = 7};

    cr_expect(!told(keys_module.health, "field"), "nobody has turned a key over");
    mark("seal_key", "1 5");
    cr_expect(!told(keys_module.health, "field"));
    cr_assert(test_done(test_act(scene, heed, NULL, NULL)));
    mark("seal_key", "7 5");
    cr_expect(told(keys_module.health, "folder of keys of this machine: field7.key\n"));
    cr_expect(test_done(act_run(heed, scene, NULL, NULL)));
    cr_expect_eq(secret_writes_with(), 1);
    cr_expect(told(keys_module.metrics, "\ngongdao_seal_key 1\n"));
    cr_expect(told(keys_module.metrics, "\ngongdao_seal_turning 0\n"));
    mark("seal_walk", "toy_name.body 0 0 ");
    cr_expect(told(keys_module.metrics, "\ngongdao_seal_turning 1\n"));
    cr_expect(!told(keys_module.health, "Backups"));
    keys_backups_in_clear(true);
    cr_expect(told(keys_module.health, "Backups are not sealed"));
    keys_backups_in_clear(false);
    cr_assert(test_done(test_act(scene, &keys_retire, &form, NULL)));
    cr_expect_eq(test_journal(scene, "keys.retire"), 1);
    cr_expect_eq(test_journal(scene, "keys.heed"), 0, "nothing happened but time");
}
