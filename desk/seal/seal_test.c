/* seal_test.c -- the hashes against published vectors; the acts, with a database tampered with. */
#include <criterion/criterion.h>
#include <sodium.h>
#include <string.h>

#include "desk/seal/seal_acts.h"
#include "gen/platform_sql.h"
#include "gen/seal_sql.h"
#include "platform/journal.h"
#include "platform/scene_test.h"

static struct scene *scene;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){&seal_module, NULL});
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(seal, .init = set_up, .fini = tear_down);

/* ---- rules ---- */

static struct seal_hash leaf_of_bytes(const char *hex)
{
    unsigned char bytes[32] = {0};
    struct seal_hash hash;
    size_t len = 0;

    sodium_hex2bin(bytes + 1, sizeof bytes - 1, hex, strlen(hex), NULL, &len, NULL);
    crypto_hash_sha256(hash.bytes, bytes, len + 1);
    return hash;
}

/* The leaves and roots that the reference implementation of Certificate Transparency is tested
 * with. */
Test(seal, a_root_is_that_of_the_standard)
{
    static const char *const leaves[] = {"",
                                         "00",
                                         "10",
                                         "2021",
                                         "3031",
                                         "40414243",
                                         "5051525354555657",
                                         "606162636465666768696a6b6c6d6e6f"};
    static const char *const roots[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

    for (size_t count = 0; count < COUNT(roots); count++) {
        struct seal_hash hashes[COUNT(leaves)], root;

        for (size_t i = 0; i < count; i++) hashes[i] = leaf_of_bytes(leaves[i]);
        root = seal_root(hashes, count);
        cr_expect(str_same(seal_hex(scene->arena, &root), str_of(roots[count])), "%zu leaves",
                  count);
    }
}

static struct seal_line plain(void)
{
    return (struct seal_line){7, TEST_NOW, S("consultation.ask"), 3,          4,
                              5, S("web"), S("192.0.2.1"),        S("labour")};
}

Test(seal, a_leaf_changes_with_every_column)
{
    struct seal_line others[10];
    struct seal_line line = plain();
    struct seal_hash leaf = seal_leaf(&line);

    for (size_t i = 0; i < COUNT(others); i++) others[i] = line;
    others[0].seq = 8;
    others[1].at++;
    others[2].act = S("consultation.as");
    others[3].actor_id = 4;
    others[4].case_id = 3;
    others[5].for_id = 0;
    others[6].channel = S("api");
    others[7].address = S("");
    others[8].detail = S("labour ");
    /* Text that moves from one column to the next. */
    others[9].address = S("192.0.2.1l");
    others[9].detail = S("abour");
    for (size_t i = 0; i < COUNT(others); i++) {
        struct seal_hash other = seal_leaf(&others[i]);

        cr_expect(memcmp(leaf.bytes, other.bytes, SEAL_HASH_LEN) != 0, "%zu", i);
    }
}

Test(seal, a_head_changes_with_everything_it_ties)
{
    struct str root = S("aa"), before = S("bb");
    const struct seal seal = {1, 9, 9, TEST_NOW, root};
    const struct seal others[] = {{2, 9, 9, TEST_NOW, root},
                                  {1, 8, 9, TEST_NOW, root},
                                  {1, 9, 8, TEST_NOW, root},
                                  {1, 9, 9, TEST_NOW + 1, root},
                                  {1, 9, 9, TEST_NOW, S("ab")}};
    struct str head = seal_head(scene->arena, before, &seal);

    for (size_t i = 0; i < COUNT(others); i++)
        cr_expect(!str_same(seal_head(scene->arena, before, &others[i]), head), "%zu", i);
    cr_expect(!str_same(seal_head(scene->arena, S(""), &seal), head));
    cr_expect(str_same(seal_head(scene->arena, before, &seal), head));
}

/* Hashes another program made of the words of seal.h: heads kept elsewhere stay good, and somebody
 * who reads that header can look without us. */
Test(seal, a_leaf_and_a_head_are_what_the_header_says)
{
    const struct seal_line line = {7,     1700000000, S("consultation.say"), 3, 12, -1, S("web"),
                                   S(""), S("甲")};
    const struct seal seal = {1, 7, 7, 1700000060, S("cd")};
    struct seal_hash leaf = seal_leaf(&line);

    cr_expect(str_same(seal_hex(scene->arena, &leaf),
                       S("2d97b4e95ea39a1e2dffb6e46fa0f329ff04804a5df02892275372a5c4aff79e")));
    cr_expect(str_same(seal_head(scene->arena, S("ab"), &seal),
                       S("1d36b3735974a42d637e8fc5bf5553b56f369066e8dc689829a761b415adda26")));
}

/* ---- acts ---- */

static struct outcome leave_line(struct scene *of, const void *form, void *result)
{
    (void)form, (void)result;
    scene_about(of, 4, 5);
    of->detail = S("labour");
    return DONE;
}
static const struct act act_line = {.name = "test.line", .who = WHO_SYSTEM, .run = leave_line};

static void leave_lines(int count)
{
    for (int i = 0; i < count; i++) cr_assert(test_done(test_act(scene, &act_line, NULL, NULL)));
}

static void make_seal(void)
{
    scene->now += 60;
    cr_assert(test_done(test_act(scene, &seal_make, NULL, NULL)));
    scene->quiet = false;
}

static struct seal_report checked(const char *head)
{
    struct seal_report report;

    cr_assert(test_done(seal_check(scene, str_of(head), &report)));
    return report;
}

/* Three seals of ten lines each, and two lines that are not sealed. */
static void fill(void)
{
    for (int i = 0; i < 3; i++) {
        leave_lines(10);
        make_seal();
    }
    leave_lines(2);
}

static void tamper(const char *sql)
{
    cr_assert(test_done(store_script(scene->store, sql)));
}

static void expect_finding(const char *sql, enum seal_trouble trouble, id seq)
{
    struct seal_report report;

    tamper(sql);
    report = checked("");
    cr_assert_gt(report.findings_count, 0, "%s", sql);
    cr_expect_eq(report.findings[0].trouble, trouble, "%s", sql);
    cr_expect_eq(report.findings[0].seq, seq, "%s: %lld", sql, (long long)report.findings[0].seq);
}

Test(seal, what_nobody_touched_is_as_it_was_sealed)
{
    struct seal_report report;

    fill();
    make_seal();
    make_seal(); /* nothing new: no seal */
    report = checked("");
    cr_expect_eq(report.findings_count, 0);
    cr_expect_eq(report.seals, 4);
    cr_expect_eq(report.lines, 32);
    cr_expect_eq(report.unsealed, 0);
    cr_expect_eq(test_journal(scene, "seal.make"), 0); /* nothing happened but time */
}

Test(seal, an_empty_journal_has_nothing_to_find)
{
    struct seal_report report;

    make_seal();
    report = checked("");
    cr_expect_eq(report.seals, 0);
    cr_expect_eq(report.findings_count, 0);
    cr_expect_eq(checked("1:aa").findings[0].trouble, SEAL_HEAD_UNKNOWN);
}

Test(seal, a_changed_line_is_named)
{
    fill();
    expect_finding("update journal set actor_id = 9 where seq = 15", SEAL_LINE_CHANGED, 15);
    cr_expect_eq(checked("").findings_count, 1);
}

/* (6) */
Test(seal, from_where_a_line_came_can_be_erased_and_not_replaced)
{
    fill();
    tamper("update journal set origin = '' where seq = 15");
    cr_expect_eq(checked("").findings_count, 0, "it is as it was sealed");
    expect_finding("update journal set origin = 'salt 203.0.113.9' where seq = 16",
                   SEAL_LINE_CHANGED, 16);
    tamper("update journal set origin = '' where seq = 16");
    expect_finding("update journal set origin = 'salt 203.0.113.9' where seq = 11",
                   SEAL_LINE_CHANGED, 11);
    tamper("update journal set origin = '' where seq = 11");
    expect_finding("update journal set address = '' where seq = 15", SEAL_LINE_CHANGED, 15);
}

Test(seal, a_line_does_not_say_from_where_it_came)
{
    struct str address, origin, again, other, from;

    journal_commit(scene->arena, S("192.0.2.1"), &address, &origin);
    journal_commit(scene->arena, S("192.0.2.1"), &again, &other);
    cr_expect(str_begins(address, S("#")) && str_find(address, S("192.0.2.1")) < 0);
    cr_expect(!str_same(address, again), "nobody can try all addresses there are");
    str_cut(origin, ' ', &from);
    cr_expect(str_same(from, S("192.0.2.1")));
    cr_expect(journal_matches(scene->arena, address, origin));
    cr_expect(!journal_matches(scene->arena, address, other));
    journal_commit(scene->arena, S(""), &address, &origin);
    cr_expect(address.len == 0 && origin.len == 0);
}

Test(seal, a_line_that_is_gone_is_named)
{
    fill();
    expect_finding("delete from journal where seq = 20", SEAL_LINE_GONE, 20);
    cr_expect_eq(checked("").findings[0].until, 20, "no farther than its seal");
    expect_finding("delete from journal where seq = 11", SEAL_LINE_GONE, 11);
    expect_finding("delete from journal where seq = 1", SEAL_LINE_GONE, 1);
}

/* Acts that take many ids leave numbers out: of a line that is gone its neighbours are told. */
Test(seal, where_numbers_are_left_out_lines_are_named_too)
{
    struct seal_report report;

    leave_lines(9);
    tamper("update journal set seq = seq * 10 where seq = 9");
    tamper("update journal set seq = seq * 10 where seq = 8");
    tamper("update journal set seq = seq * 10 where seq = 7");
    make_seal();
    expect_finding("update journal set detail = 'x' where seq = 80", SEAL_LINE_CHANGED, 80);
    tamper("update journal set detail = 'labour'");
    cr_expect_eq(checked("").findings_count, 0);
    expect_finding("delete from journal where seq = 80", SEAL_LINE_GONE, 71);
    report = checked("");
    cr_expect_eq(report.findings_count, 1);
    cr_expect_eq(report.findings[0].until, 89);
}

Test(seal, several_things_at_once_are_each_named)
{
    static const struct {
        enum seal_trouble trouble;
        id seq;
    } expected[] = {{SEAL_LINE_GONE, 3}, {SEAL_LINE_CHANGED, 7}, {SEAL_LINE_GONE, 10}};
    struct seal_report report;

    fill();
    tamper("delete from journal where seq in (3, 10)");
    tamper("update journal set act = 'other' where seq = 7");
    report = checked("");
    cr_assert_eq(report.findings_count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        cr_expect_eq(report.findings[i].trouble, expected[i].trouble, "%zu", i);
        cr_expect_eq(report.findings[i].seq, expected[i].seq, "%zu", i);
    }
}

/* The newest lines and their seal: what is left is whole in itself. */
Test(seal, what_was_cut_off_shows_by_a_head_that_was_kept)
{
    struct seal_report report;
    struct str head;

    fill();
    report = checked("");
    head = seal_told(scene->arena, report.last_seq, report.head);
    cr_expect(seal_is_head(head));
    cr_expect_eq(checked(head.at).findings_count, 0);
    tamper("delete from journal where seq > 20");
    tamper("delete from seal where last_seq > 20");
    cr_expect_eq(checked("").findings_count, 0);
    report = checked(head.at);
    cr_assert_eq(report.findings_count, 1);
    cr_expect_eq(report.findings[0].trouble, SEAL_HEAD_UNKNOWN);
    cr_expect_eq(report.findings[0].seq + report.findings[0].until, 0);
    cr_expect_eq(report.findings[0].sealed_at, 0);
}

/* What several tamperings in one seal look like depends on the lines beside each. */
Test(seal, each_of_several_things_in_one_minute_is_told_apart)
{
    static const struct {
        const char *sql;
        struct {
            enum seal_trouble trouble;
            id seq;
        } found[2];
    } rows[] = {
        {"delete from journal where seq = 30; update journal set seq = 75 where seq = 999",
         {{SEAL_LINE_GONE, 21}, {SEAL_LINE_ADDED, 75}}},
        {"delete from journal where seq = 30; update journal set detail = 'x' where seq = 40",
         {{SEAL_LINE_GONE, 21}, {SEAL_LINE_CHANGED, 40}}},
        {"update journal set seq = 95 where seq = 100; update journal set seq = 100 where seq = "
         "999",
         {{SEAL_LINE_CHANGED, 95}, {SEAL_LINE_ADDED, 100}}},
    };

    leave_lines(11);
    tamper("update journal set seq = 999 where seq = 11"); /* one to be put in elsewhere */
    tamper("update journal set seq = -seq where seq < 11");
    tamper("update journal set seq = -seq * 10 where seq < 0");
    make_seal();
    tamper("delete from seal");
    tamper("update journal set seq = 100000 where seq = 999");
    tamper("create table spare as select * from journal");
    tamper("delete from journal where seq = 100000");
    make_seal();
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct seal_report report;

        tamper("update spare set seq = 999 where seq = 100000");
        tamper("insert into journal select * from spare where seq = 999");
        tamper(rows[i].sql);
        report = checked("");
        cr_assert_eq(report.findings_count, 2u, "%s: %zu", rows[i].sql, report.findings_count);
        for (size_t k = 0; k < 2; k++) {
            cr_expect_eq(report.findings[k].trouble, rows[i].found[k].trouble, "%s %zu",
                         rows[i].sql, k);
            cr_expect_eq(report.findings[k].seq, rows[i].found[k].seq, "%s %zu", rows[i].sql, k);
        }
        tamper("delete from journal");
        tamper("insert into journal select * from spare where seq < 999");
        cr_assert_eq(checked("").findings_count, 0);
    }
    tamper("drop table spare");
}

/* The short hashes are not under the head: whoever makes them fit has still changed the root. */
Test(seal, what_cannot_be_named_closer_is_named_from_line_to_line)
{
    const struct seal_list_lines_row *rows;
    struct seal_report report;
    struct seal_hash leaf;
    size_t count;

    fill();
    tamper("update journal set detail = 'x' where seq = 11");
    cr_assert(test_done(seal_list_lines(scene->arena, scene->store, 10, 11, &rows, &count)));
    leaf = seal_leaf(&(struct seal_line){rows[0].seq, rows[0].at, rows[0].act, rows[0].actor_id,
                                         rows[0].case_id, rows[0].for_id, rows[0].channel,
                                         rows[0].address, rows[0].detail});
    expect_finding(arena_print(scene->arena,
                               "update seal set leaves = '%.*s' || substr(leaves, %d) where "
                               "last_seq = 20",
                               SEAL_SHORT_LEN, seal_hex(scene->arena, &leaf).at,
                               SEAL_SHORT_LEN + 1)
                       .at,
                   SEAL_LINES_DIFFER, 11);
    report = checked("");
    cr_assert_eq(report.findings_count, 1);
    cr_expect_eq(report.findings[0].until, 20);
}

Test(seal, seals_that_cannot_be_read_are_no_seals_without_trouble)
{
    struct seal_report report;

    fill();
    tamper("alter table seal rename to hidden");
    cr_expect_not_null(seal_check(scene, S(""), &report).fault);
    tamper("alter table hidden rename to seal"); /* the tables serve the next test */
}

Test(seal, lines_moved_to_make_room_for_another_are_found)
{
    fill();
    tamper("update journal set seq = seq + 1000 where seq > 15");
    tamper("update journal set seq = seq - 999 where seq > 1000");
    expect_finding("insert into journal (seq, at, act, actor_id, case_id, for_id, channel, address,"
                   " detail) values (16, 1795305600, 'test.line', 0, 4, 5, 'web', '', '')",
                   SEAL_LINE_CHANGED, 16);
}

/* Before the first seal's first line: a number nobody would look at. */
Test(seal, a_line_put_in_is_named)
{
    leave_lines(1);
    tamper("update journal set seq = 50");
    make_seal();
    expect_finding("insert into journal (seq, at, act, actor_id, case_id, for_id, channel, address,"
                   " detail) values (49, 1795305600, 'test.line', 0, 4, 5, 'web', '', '')",
                   SEAL_LINE_ADDED, 49);
}

Test(seal, a_seal_that_was_changed_or_taken_out_is_named)
{
    fill();
    tamper("delete from seal where last_seq = 10");
    expect_finding("select 1", SEAL_FALSE, 20);
    cr_expect_eq(checked("").findings_count, 1);
}

Test(seal, a_moment_changed_in_a_seal_is_found)
{
    fill();
    expect_finding("update seal set made_at = made_at - 60 where last_seq = 20", SEAL_FALSE, 20);
}

/* Somebody who knows how heads are made, and has the database but not the key. */
Test(seal, a_seal_made_without_the_key_is_found)
{
    const struct seal_list_lines_row *rows;
    struct seal_hash leaf;
    size_t count;
    struct seal seal = {1, 1, 1, TEST_NOW, S("")};

    leave_lines(1);
    make_seal();
    tamper("update journal set actor_id = 77");
    cr_assert(test_done(seal_list_lines(scene->arena, scene->store, 0, 9, &rows, &count)));
    leaf = seal_leaf(&(struct seal_line){rows[0].seq, rows[0].at, rows[0].act, rows[0].actor_id,
                                         rows[0].case_id, rows[0].for_id, rows[0].channel,
                                         rows[0].address, rows[0].detail});
    seal.root = seal_hex(scene->arena, &leaf);
    tamper("delete from seal");
    cr_assert(test_done(seal_add_seal(scene->store, 1, 1, 1, TEST_NOW, seal.root,
                                      (struct str){seal.root.at, SEAL_SHORT_LEN},
                                      seal_head(scene->arena, S(""), &seal), S("guess"))));
    expect_finding("select 1", SEAL_NOT_OURS, 1);
}

Test(seal, a_minute_with_very_many_lines_is_sealed_in_parts_without_waiting)
{
    const struct platform_list_due_row *due;
    struct seal_report report;
    size_t count;

    leave_lines(SEAL_LINES_MAX + 5);
    make_seal();
    cr_expect_eq(checked("").unsealed, 5);
    cr_assert(test_done(platform_list_due(scene->arena, scene->store, scene->now, &due, &count)));
    cr_assert_eq(count, 1);
    /* Exactly as many as one seal holds: nothing waits. */
    tamper("insert into journal (seq, at, act, actor_id, case_id, for_id, channel, address, detail)"
           " select seq + 2000, at, act, 0, 0, 0, '', '', '' from journal where seq <= 995");
    make_seal();
    cr_assert(test_done(platform_list_due(scene->arena, scene->store, scene->now, &due, &count)));
    cr_expect_eq(count, 0);
    report = checked("");
    cr_expect_eq(report.seals, 2);
    cr_expect_eq(report.findings_count, 0);
    /* By a clock a day ahead the next is set for tomorrow: when it is right again, for a minute
     * from then.  What a clock that is right has set stays, a minute after it was made. */
    for (int ahead = 1; ahead >= 0; ahead--) {
        moment now = scene->now, next = now + (ahead ? 1 : 2) * SECONDS_PER_MINUTE;

        scene->now += ahead * SECONDS_PER_DAY;
        make_seal();
        scene->now = now;
        cr_assert(test_done(platform_draw_in_ahead(scene->store, now, now + SECONDS_PER_MINUTE)));
        cr_assert(test_done(platform_list_due(scene->arena, scene->store, next - 1, &due, &count)));
        cr_expect_eq(count, 0, "%d", ahead);
        cr_assert(test_done(platform_list_due(scene->arena, scene->store, next, &due, &count)));
        cr_expect_eq(count, 1, "%d", ahead);
    }
}

Test(seal, very_many_findings_are_told_up_to_a_number)
{
    static const struct {
        struct seal_finding finding;
        const char *words;
    } rows[] = {{{SEAL_LINE_CHANGED, 7, 7}, "line 7 of the journal is not what it was"},
                {{SEAL_LINE_GONE, 7, 7}, "line 7 of the journal is gone"},
                {{SEAL_LINE_GONE, 7, 9}, "a line of the journal from 7 to 9 is gone"},
                {{SEAL_LINE_ADDED, 7, 7}, "line 7 of the journal was put in after"},
                {{SEAL_LINES_DIFFER, 7, 9}, "from line 7 to line 9 the journal is not what"},
                {{SEAL_FALSE, 7, 7}, "the seal that ends with line 7 was changed"},
                {{SEAL_NOT_OURS, 7, 7}, "line 7 was not made with the key of this installation"},
                {{SEAL_HEAD_UNKNOWN}, "no seal has the head that was given"}};
    char told[SEAL_HEAD_LEN + 3] = "7:";

    fill();
    tamper("update journal set detail = 'other'");
    cr_expect_eq(checked("").findings_count, SEAL_FINDINGS_MAX);
    for (size_t i = 0; i < COUNT(rows); i++)
        cr_expect(str_find(seal_words(scene->arena, &rows[i].finding), str_of(rows[i].words)) >= 0,
                  "%s", rows[i].words);
    memset(told + 2, 'a', SEAL_HEAD_LEN);
    cr_expect(seal_is_head(str_of(told)));
    told[9] = 'g';
    cr_expect_not(seal_is_head(str_of(told)));
    told[9] = 'a', told[2] = 'g';
    cr_expect_not(seal_is_head(str_of(told)));
    cr_expect(IS_DONE(journal_check(scene->store)));
    tamper("update journal set at = at + 9 where seq = 1");
    cr_expect(journal_check(scene->store).fault);
}

Test(seal, a_head_is_told_in_one_way_only)
{
    static const char digits[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    cr_expect(seal_is_head(seal_told(scene->arena, 7, str_of(digits))));
    cr_expect(seal_is_head(seal_told(scene->arena, 1, str_of(digits))));
    cr_expect(!seal_is_head(seal_told(scene->arena, 0, str_of(digits))));
    cr_expect(!seal_is_head(seal_told(scene->arena, 7, S("e3b0"))));
    cr_expect(!seal_is_head(str_of(digits)));
    cr_expect(!seal_is_head(S("")));
}
