/* consultation_found_test.c -- what was said stands in no index of the journal while the
 * conversation goes on (docs/decisions/0043): it is told all the same, once and in order, also to
 * whoever comes back when the case has moved on. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "gen/consultation_sql.h"
#include "gen/platform_sql.h"
#include "platform/clock.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_stream.h"
#include "service/consultation/consultation_views.h"

enum { MANY = 230 }; /* more than two pieces of what a stream tells at once */

static struct scene *scene;
static struct bureau bureau;
static struct actor resident;
static struct str reference;

static void talk(void)
{
    struct consultation_presence_form online = {.state = S("online")};
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("live")};
    struct consultation_asked_view told;
    struct consultation_state_view state;

    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_presence, &online, NULL)));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    cr_assert(test_done(identity_identify(scene, told.token, &resident)));
    resident.is |= WHO_ANYONE;
    reference = told.reference;
    scene->actor = bureau.lawyer[0];
    cr_assert(
        test_done(test_act(scene, &consultation_accept,
                           &(struct consultation_reference_form){.reference = reference}, &state)));
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    scene->channel = S("api");
    talk();
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_found, .init = set_up, .fini = tear_down);

static id say(struct actor who, const char *text, bool internal)
{
    struct consultation_say_form form = {
        .reference = reference, .text = str_of(text), .internal = internal};
    struct consultation_said_view told;

    scene->actor = who;
    cr_assert(test_done(test_act(scene, &consultation_say, &form, &told)));
    return told.seq;
}

static void close_case(void)
{
    struct consultation_close_form form = {
        .reference = reference, .outcome = S("advised"), .summary = S("told")};

    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_close, &form, NULL)));
}

static int64_t count(const char *sql)
{
    struct statement *statement;
    int64_t counted;
    bool row;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row);
    counted = statement_get_int(statement, 0);
    statement_close(&statement);
    return counted;
}

static int64_t said_count(void)
{
    return count("select count(*) from journal where said = 1");
}

/* All a stream tells somebody who saw everything up to `after`, as the hub asks for it. */
static struct str told(const struct stream *stream, struct actor who, id after)
{
    struct consultation_follow_form query = {.reference = reference, .after = after};
    struct consultation_follow_desk_form desk_query = {.after = after};
    struct seat seat = {.actor = who};
    struct out *out = out_open(scene->arena, 1 << 20);
    id before;

    scene->actor = who;
    cr_assert(test_done(stream->sit(
        scene, stream == &consultation_stream ? (void *)&query : (void *)&desk_query, &seat)));
    do {
        before = seat.after;
        cr_assert(test_done(stream->tell(scene, &seat, out)));
    } while (seat.after > before);
    return out_text(out);
}

/* The events that bear a word, and whether the numbers of all events rise. */
static int events_with(struct str told, const char *word)
{
    id last = 0, seq;
    int found = 0;

    while (told.len) {
        struct str line = str_cut(told, '\n', &told), number;

        if (str_begins(line, S("data: ")) && str_find(line, str_of(word)) >= 0) found++;
        if (!str_begins(line, S("id: "))) continue;
        number = (struct str){line.at + 4, line.len - 4};
        cr_assert(str_to_int(number, &seq));
        cr_expect_gt(seq, last);
        last = seq;
    }
    return found;
}

Test(consultation_found, what_is_said_is_told_once_and_in_order)
{
    id first = say(resident, "word-0", false);

    say(bureau.lawyer[0], "the-note", true);
    for (int i = 1; i < MANY; i++)
        say(i % 2 ? bureau.lawyer[0] : resident, arena_print(scene->arena, "word-%d", i).at, false);
    cr_expect_eq(said_count(), MANY, "all but the note, and nothing else");
    cr_expect_eq(events_with(told(&consultation_stream, resident, 0), "\"word-"), MANY);
    cr_expect_eq(events_with(told(&consultation_stream, resident, first), "\"word-"), MANY - 1);
    cr_expect_eq(events_with(told(&consultation_stream, resident, 0), "the-note"), 0);
    cr_expect_eq(events_with(told(&consultation_desk_stream, bureau.lawyer[0], 0), "\"word-"),
                 MANY);
    cr_expect_eq(events_with(told(&consultation_desk_stream, bureau.lawyer[0], first), "\"word-"),
                 MANY - 1);
    cr_expect_eq(events_with(told(&consultation_desk_stream, bureau.lawyer[0], 0), "the-note"), 1);
    cr_expect_eq(events_with(told(&consultation_desk_stream, bureau.lawyer[1], 0), "word-"), 0);
}

Test(consultation_found, whoever_comes_back_after_the_end_misses_nothing)
{
    struct consultation_list_held_lines_row const *rows;
    size_t before, after;
    id first = say(resident, "word-0", false);

    say(bureau.lawyer[0], "word-1", false);
    say(resident, "word-2", false);
    cr_assert(test_done(consultation_list_held_lines(scene->arena, scene->store, resident.person_id,
                                                     S(""), &rows, &before)));
    cr_expect_eq(said_count(), 3);
    close_case();
    cr_expect_eq(said_count(), 0, "found like all others now");
    cr_expect_eq(events_with(told(&consultation_stream, resident, first), "\"word-"), 2);
    cr_expect_eq(events_with(told(&consultation_desk_stream, bureau.lawyer[0], first), "\"word-"),
                 2);
    cr_assert(test_done(consultation_list_held_lines(scene->arena, scene->store, resident.person_id,
                                                     S(""), &rows, &after)));
    cr_expect_geq(before, 5, "asked, accepted and three words");
    cr_expect_gt(after, before, "and the end");
    for (size_t i = 1; i < after; i++) cr_expect_geq(rows[i].at, rows[i - 1].at);
}

/* The next piece, as the clock has it done. */
static void index_more(void)
{
    struct clock_form form = {.case_id = count("select consultation_id from said_left")};

    cr_assert_eq(count("select count(*) from deadline where act = 'consultation.index_more'"), 1);
    cr_assert(
        test_done(store_script(scene->store, "delete from deadline"
                                             " where act = 'consultation.index_more'")));
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &consultation_index_more, &form, NULL)));
}

static void expect_all_told(void)
{
    struct consultation_list_held_lines_row const *rows;
    size_t lines;

    cr_expect_eq(events_with(told(&consultation_stream, resident, 0), "\"word-"), MANY);
    cr_expect_eq(events_with(told(&consultation_desk_stream, bureau.lawyer[0], 0), "\"word-"),
                 MANY);
    cr_expect_eq(events_with(told(&consultation_desk_stream, bureau.lawyer[1], 0), "word-"), 0);
    cr_assert(test_done(consultation_list_held_lines(scene->arena, scene->store,
                                                     resident.person_id, S(""), &rows, &lines)));
    cr_expect_gt(lines, MANY);
}

/* Nobody waits for two thousand lines: they move in pieces, and are found all the while. */
Test(consultation_found, the_end_of_a_long_talk_is_done_in_pieces)
{
    for (int i = 0; i < MANY; i++)
        say(i % 2 ? bureau.lawyer[0] : resident,
            arena_print(scene->arena, "word-%d", i).at, false);
    close_case();
    cr_expect_eq(said_count(), MANY, "nothing in the act that ended it");
    expect_all_told();
    index_more();
    cr_expect_eq(said_count(), MANY - 100, "a piece");
    expect_all_told();
    index_more();
    index_more();
    cr_expect_eq(said_count(), 0);
    cr_expect_eq(count("select count(*) from said_left"), 0);
    cr_expect_eq(count("select count(*) from deadline where act = 'consultation.index_more'"), 0);
    expect_all_told();
}

/* On PostgreSQL, main/plans_test.c sees to it. */
Test(consultation_found, nothing_is_read_whole_for_it)
{
    static const char *const names[] = {"consultation.list_case_lines",
                                        "consultation.list_lines_for", "consultation.index_said",
                                        "consultation.find_said_piece"};
    const char *database = getenv("GONGDAO_TEST_DATABASE");

    if (database && *database) cr_skip_test("it is not SQLite");
    for (size_t i = 0; i < COUNT(names); i++) {
        const struct query_text *query = consultation_queries;
        struct statement *statement;
        bool row;

        while (strcmp(query->name, names[i]) != 0) query++;
        cr_assert(test_done(statement_open(
            scene->store, arena_print(scene->arena, "explain query plan %s", query->sql).at,
            &statement)));
        while (test_done(statement_step(statement, &row)) && row) {
            struct str step = statement_get_text(scene->arena, statement, 3);

            /* s: said_left, the long talks that ended within these seconds; p: a piece. */
            cr_expect(!str_begins(step, S("SCAN")) || str_same(step, S("SCAN j")) ||
                          str_same(step, S("SCAN s")) || str_same(step, S("SCAN said_left")) ||
                          str_same(step, S("SCAN p")),
                      "%s: %.*s", names[i], STR_ARGS(step));
        }
        statement_close(&statement);
    }
}

/* A journal of before has its lines in the indexes, and they stay there. */
Test(consultation_found, lines_of_before_are_found)
{
    const char *database = getenv("GONGDAO_TEST_DATABASE");
    struct store *own = scene->store, *old;

    if (database && *database) cr_skip_test("a store in memory is SQLite's");
    cr_assert(test_done(store_open(S(""), STORE_WRITE, &old)));
    cr_assert(test_done(store_script(old, platform_schema)));
    for (const struct migration *m = platform_migrations; m->number; m++) {
        if (m->number == 3)
            cr_assert(test_done(store_script(
                old, "insert into journal (seq, at, act, actor_id, case_id, for_id, channel, "
                     "address, detail) values (1, 1, 'consultation.say', 2, 7, 8, 'web', '', "
                     "'')")));
        cr_assert(test_done(store_script(old, m->sql)));
    }
    scene->store = old;
    cr_expect_eq(count("select count(*) from journal indexed by journal_case"
                       " where case_id = 7 and case_id <> 0 and said = 0"),
                 1);
    cr_expect_eq(count("select count(*) from journal indexed by journal_for"
                       " where for_id = 8 and for_id <> 0 and said = 0"),
                 1);
    scene->store = own;
    store_close(&old);
}

enum { ASKED = 8, LAST = 1020000, NEW = 5, ROWS_MAX = 200 };

static void run(const char *words)
{
    cr_assert(test_done(store_script(scene->store, words)));
}

/* A city of some lines, all but one of other cases, as the server counted it. */
static void be_young(void)
{
    run("truncate journal; truncate message");
    say(resident, "word", false);
    run("insert into journal select 100 + n, at, act, actor_id, 1000000 + n, 0, channel, address,"
        " detail, origin, 0 from journal, generate_series(1, 300) n;"
        "analyze journal; analyze message");
}

static void add(const char *words)
{
    struct statement *statement;
    bool row;

    cr_assert(test_done(statement_open(scene->store, words, &statement)));
    cr_assert(test_done(statement_step(statement, &row)));
    statement_close(&statement);
}

/* Many words more in the one conversation; the server counts none of them meanwhile. */
static void grow(void)
{
    add("insert into journal select 1000000 + n, at, act, actor_id, case_id, for_id, channel,"
        " address, detail, origin, said from journal, generate_series(1, 20000) n where said = 1");
    add("insert into message select consultation_id, 1000000 + n, at, side, author_id, author_name,"
        " text, attachment_id, internal from message, generate_series(1, 20000) n");
    add("update exchange set last_seq = 1020000");
}

/* What the two streams' queries bring of what comes after a line. */
static void list(id after, size_t *lines_count, size_t *lines_for_count)
{
    id case_id = count("select max(consultation_id) from consultation");
    const struct consultation_list_case_lines_row *lines;
    const struct consultation_list_lines_for_row *lines_for;

    cr_assert(test_done(consultation_list_case_lines(scene->arena, scene->store, case_id, after,
                                                     &lines, lines_count)));
    cr_assert(test_done(consultation_list_lines_for(scene->arena, scene->store,
                                                    bureau.lawyer[0].person_id, after, &lines_for,
                                                    lines_for_count)));
}

/* PostgreSQL keeps a plan from the sixth time on.  The one for a table of some rows reads it whole,
 * and went on reading it whole until it was counted anew: streams fell seconds behind. */
Test(consultation_found, what_a_stream_reads_does_not_grow_with_what_was_said)
{
    static const char rows_read[] =
        "select cast(coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) as bigint)"
        " as rows_read from pg_stat_xact_user_tables where schemaname = current_schema()";
    const char *database = getenv("GONGDAO_TEST_DATABASE");
    size_t found, found_for;
    int64_t before;

    if (!database || !*database) cr_skip_test("it is not PostgreSQL");
    be_young();
    for (int i = 0; i < ASKED; i++) list(0, &found, &found_for);
    grow();
    cr_assert(test_done(store_begin(scene->store)));
    before = count(rows_read);
    list(LAST - NEW, &found, &found_for);
    cr_expect_leq(count(rows_read) - before, ROWS_MAX);
    store_rollback(scene->store);
    cr_expect_eq(found, NEW);
    cr_expect_eq(found_for, NEW);
}
