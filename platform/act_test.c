/* act_test.c -- one act after another in one scene: each whole or not at all, and none of the one
 * before in the next. */
#include "platform/act.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/journal.h"
#include "platform/scene_test.h"
#include "platform/store_engine.h"

static struct scene *scene;

/* The engine, with its transactions counted; its commits fail when they are to. */
static const struct engine *real;
static struct engine counting;
static int begun, committed, undone;
static bool commits_fail;

static struct outcome begin(struct store *store)
{
    begun++;
    return real->begin(store);
}

static struct outcome commit(struct store *store)
{
    committed++;
    return commits_fail ? FAULT("the disk is wet") : real->commit(store);
}

static void rollback(struct store *store)
{
    undone++;
    real->rollback(store);
}

static void set_up(void)
{
    struct store_head *head;

    scene = test_scene(WHO_CONSULTANT, (const struct module *[]){NULL});
    scene->actor.person_id = 5;
    head = (struct store_head *)scene->store;
    real = head->engine;
    counting = *real;
    counting.begin = begin, counting.commit = commit, counting.rollback = rollback;
    head->engine = &counting;
}

static void tear_down(void)
{
    ((struct store_head *)scene->store)->engine = real;
    test_scene_close(&scene);
}

TestSuite(act, .init = set_up, .fini = tear_down);

static int64_t number(const char *sql)
{
    struct statement *statement;
    int64_t found;
    bool row;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row, "%s", sql);
    found = statement_get_int(statement, 0);
    statement_close(&statement);
    return found;
}

static struct str text(const char *sql)
{
    struct statement *statement;
    struct str found;
    bool row;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row, "%s", sql);
    found = statement_get_text(scene->arena, statement, 0);
    statement_close(&statement);
    return found;
}

/* ---- acts ---- */

static const struct reason toy_no = {"toy.no", "No.", 409};
static int taken_back;

static struct outcome say_all(struct scene *of, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(clock_set(of, "toy.ring", 1, of->now));
    scene_about(of, 7, 8);
    scene_tell(of, "toy.told", 9, 10);
    scene_tell(of, "toy.told-too", 11, 12);
    of->detail = S("all of it");
    of->said = true;
    return DONE;
}

static struct outcome say_nothing(struct scene *of, const void *form, void *result)
{
    (void)of, (void)form, (void)result;
    return DONE;
}

static struct outcome be_quiet(struct scene *of, const void *form, void *result)
{
    of->quiet = true;
    return say_nothing(of, form, result);
}

/* What it made from the number of the act the next one would make again: it uses no number. */
static struct outcome be_quiet_and_take_an_id(struct scene *of, const void *form, void *result)
{
    TRY(clock_set(of, "toy.ring", scene_new_id(of), of->now));
    return be_quiet(of, form, result);
}

static struct outcome refuse(struct scene *of, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(clock_set(of, "toy.ring", 2, of->now));
    return REFUSE(toy_no);
}

static struct outcome refuse_and_keep(struct scene *of, const void *form, void *result)
{
    of->keep = true;
    return refuse(of, form, result);
}

static struct outcome fault(struct scene *of, const void *form, void *result)
{
    TRY(say_all(of, form, result));
    return FAULT("made to");
}

static struct outcome prepare(struct scene *of, void *form)
{
    (void)of;
    *(bool *)form = !*(bool *)form;
    return *(bool *)form ? DONE : REFUSE(toy_no);
}

static void take_back(const void *form)
{
    (void)form;
    taken_back++;
}

static struct outcome act(struct outcome (*run)(struct scene *, const void *, void *))
{
    struct act toy = {.name = "toy.act", .who = WHO_CONSULTANT, .run = run, .undo = take_back};

    begun = committed = undone = taken_back = 0;
    return act_run(&toy, scene, NULL, NULL);
}

static void expect_ended(int is_committed, int is_undone)
{
    cr_expect_eq(begun, 1);
    cr_expect_eq(committed, is_committed);
    cr_expect_eq(undone, is_undone, "undone %d times", undone);
}

#define LAST "from journal order by seq desc limit 1"

Test(act, an_act_is_whole_or_not_at_all_and_nothing_of_it_is_left_in_the_next)
{
    cr_assert(test_done(act(say_all)));
    expect_ended(1, 0);
    cr_expect_eq(number("select count(*) from journal"), 3);
    cr_expect_eq(number("select seq " LAST), 3);
    cr_expect_eq(number("select case_id from journal where seq = 1"), 7);
    cr_expect_eq(number("select for_id from journal where seq = 1"), 8);
    cr_expect_eq(number("select actor_id from journal where seq = 1"), 5);
    cr_expect(str_same(text("select detail from journal where seq = 1"), S("all of it")));
    cr_expect_eq(number("select said from journal where seq = 1"), 1);
    cr_expect_eq(number("select said from journal where seq = 2"), 0);
    cr_expect_eq(number("select case_id from journal where act = 'toy.told'"), 9);
    cr_expect_eq(number("select for_id from journal where act = 'toy.told-too'"), 12);
    for (size_t i = 0; i < 2; i++) { /* as it is published */
        cr_expect_eq(scene->lines[i].seq, (id)i + 2);
        cr_expect_eq(scene->lines[i].at, TEST_NOW);
        cr_expect_eq(scene->lines[i].actor_id, 5);
    }

    cr_assert(test_done(act(say_nothing)));
    cr_expect_eq(number("select count(*) from journal"), 4, "what was told is told once");
    cr_expect_eq(number("select case_id " LAST), 0, "nobody's case");
    cr_expect_eq(number("select for_id " LAST), 0);
    cr_expect_eq(number("select said " LAST), 0);
    cr_expect_eq(text("select detail " LAST).len, 0);
    cr_expect(test_done(act(be_quiet)));
    expect_ended(1, 0);
    cr_expect(test_done(act(say_nothing)));
    cr_expect_eq(number("select count(*) from journal"), 5, "one was quiet, and the next is not");

    cr_expect_eq(act(refuse_and_keep).refusal, &toy_no);
    expect_ended(1, 0);
    cr_expect_eq(taken_back, 1, "it was refused, for all that is kept");
    cr_expect_eq(number("select count(*) from deadline where case_id = 2"), 1);
    cr_expect_eq(number("select count(*) from journal"), 6);
    cr_assert(test_done(clock_drop(scene, "toy.ring", 2)));
    cr_expect_eq(act(refuse).refusal, &toy_no);
    expect_ended(0, 1);
    cr_expect_eq(taken_back, 1);
    cr_expect_eq(number("select count(*) from deadline where case_id = 2"), 0);
    cr_expect_eq(number("select count(*) from journal"), 6, "one was kept, and the next is not");
}

Test(act, a_fault_before_in_or_after_it_leaves_nothing_and_takes_nothing_back)
{
    bool form = false;
    struct act toy = {.name = "toy.act", .who = WHO_CONSULTANT, .run = say_all, .undo = take_back};

    cr_expect_str_eq(act(fault).fault, "made to");
    expect_ended(0, 1);
    cr_expect_eq(taken_back, 0, "it is not known what is on disk");
    commits_fail = true;
    cr_expect_str_eq(act(say_all).fault, "the disk is wet", "what is not kept is not done");
    expect_ended(1, 1);
    cr_expect_str_eq(act(refuse_and_keep).fault, "the disk is wet");
    commits_fail = false;
    cr_expect_eq(number("select count(*) from journal"), 0);
    cr_expect_eq(number("select count(*) from deadline"), 0);

    toy.prepare = prepare;
    begun = 0;
    cr_assert(test_done(act_run(&toy, scene, &form, NULL)));
    cr_expect(form, "what prepares an act has its form");
    cr_expect_eq(act_run(&toy, scene, &form, NULL).refusal, &toy_no);
    cr_expect_eq(begun, 1, "refused before anything began");
    toy.who = WHO_LEADER | WHO_ADMIN;
    cr_expect_eq(act_run(&toy, scene, &form, NULL).refusal, &act_not_yours);
    toy.who = WHO_NOBODY;
    cr_expect_eq(act_run(&toy, scene, &form, NULL).refusal, &act_not_yours);
    cr_expect(!form, "nor prepared");
    cr_expect_eq(number("select count(*) from journal"), 3);
}

/* ---- what a line says of where it came from ---- */

Test(act, each_line_has_a_salt_of_its_own_and_what_was_prepared_is_its_own_lines)
{
    struct str first, second, origin;

    journal_prepare(scene);
    first = scene->hash;
    cr_assert(str_begins(first, S("#")));
    cr_assert(str_find(scene->origin, S("192.0.2.1")) > 0);
    cr_expect(journal_matches(scene->arena, first, scene->origin));
    cr_assert(test_done(act(say_all)));
    cr_expect(str_same(text("select address from journal where seq = 1"), first));
    second = text("select address from journal where seq = 2");
    origin = text("select origin from journal where seq = 2");
    cr_expect(!str_same(second, first), "whoever knows one does not know the next");
    cr_expect(journal_matches(scene->arena, second, origin));
    cr_expect(!str_same(second, text("select address from journal where seq = 3")));
    scene->address = S("");
    journal_prepare(scene);
    cr_expect(scene->hash.len == 0 && scene->origin.len == 0, "nothing is not hashed");
    cr_expect(journal_matches(scene->arena, first, S("")), "erased");
}

Test(act, a_quiet_act_that_took_an_id_is_undone_as_a_fault)
{
    cr_expect_str_eq(act(be_quiet_and_take_an_id).fault, "an act took ids and left no line");
    expect_ended(0, 1);
    cr_expect_eq(number("select count(*) from deadline"), 0);
    cr_assert(test_done(act(say_nothing)));
    cr_expect_eq(number("select count(*) from journal"), 1);
}

Test(act, places_where_the_journal_goes_back_in_time_are_counted)
{
    static const int back[] = {0, 60, 0, 60, 0};
    int64_t places = -1;

    for (size_t i = 0; i < COUNT(back); i++) {
        scene->now = TEST_NOW + 100 * (moment)i - 2 * back[i];
        cr_assert(test_done(act(say_nothing)));
        cr_assert(test_done(journal_backward(scene->store, &places)));
        cr_expect_eq(places, i < 1 ? 0 : i < 3 ? 1 : 2, "%zu: %lld", i, (long long)places);
        cr_expect_eq(journal_check(scene->store).fault != NULL, i > 0);
    }
}

/* ---- who reaches how far ---- */

Test(act, a_role_reaches_as_far_as_it_does_and_of_several_the_widest_counts)
{
    scene->actor.is = WHO_LEADER;
    scene->actor.scopes = (struct scopes){S("31"), S("310105"), S("310104")};
    cr_expect(str_same(scene_scope(scene, ~0U), S("310104")), "of roles that are not theirs, none");
    cr_expect_eq(scene_scope(scene, WHO_SUPERVISOR | WHO_ADMIN).len, 0);
    scene->actor.is = WHO_LEADER | WHO_ADMIN;
    cr_expect(str_same(scene_scope(scene, WHO_LEADER), S("310104")));
    cr_expect(str_same(scene_scope(scene, WHO_ADMIN), S("310105")));
    cr_expect(str_same(scene_scope(scene, ~0U), S("310105")), "of two as wide, that of the admin");
    scene->actor.is |= WHO_SUPERVISOR;
    cr_expect(str_same(scene_scope(scene, ~0U), S("31")));
    scene->actor.scopes = (struct scopes){S("310104"), S("310105"), S("31")};
    cr_expect(str_same(scene_scope(scene, ~0U), S("31")));
    scene->actor.scopes.leader = S("");
    cr_expect(str_same(scene_scope(scene, ~0U), S("310104")), "nothing is not the widest");
    scene->actor.scopes = scopes_of(S("310106"));
    cr_expect(str_same(scene_scope(scene, WHO_LEADER), S("310106")));
    cr_expect(scene_is(scene, WHO_LEADER | WHO_CLERK) && !scene_is(scene, WHO_CLERK));
}

Test(act, a_cookie_is_found_by_its_whole_name)
{
    static const struct {
        const char *brought;
        bool marked;
        const char *value;
    } tries[] = {
        {"", false, ""},
        {"gongdao=one", false, "one"},
        {" a=b;gongdao = one ; c=d", false, "one"},
        {"xgongdao=one; gongdaox=two", false, ""},
        {"gongdao=one", true, ""},
        {"__Host-gongdao=one", false, ""},
        {"gongdao=one; __Host-gongdao=two", true, "two"},
        {"__Host-=one; __Host-gongdao", true, ""},
    };

    for (size_t i = 0; i < COUNT(tries); i++) {
        scene->brought = str_of(tries[i].brought);
        scene->marked = tries[i].marked;
        cr_expect(str_same(scene_brought(scene, S("gongdao")), str_of(tries[i].value)), "%s",
                  tries[i].brought);
    }
}

/* ---- what an act has of each is bounded: more is a mistake, and ends the program ---- */

#ifndef NDEBUG
static void take_ids(void)
{
    scene->seq = 1;
    for (int i = 0; i < SCENE_IDS_MAX; i++) scene_new_id(scene);
}
static void take_one_id(void)
{
    scene_new_id(scene);
}
static void take_id_too_early(void)
{
    scene->seq = 0;
    scene_new_id(scene);
}
static void tell(int count)
{
    for (int i = 0; i < count; i++) scene_tell(scene, "toy.told", 1, 2);
}
static void tell_all(void)
{
    tell(SCENE_LINES_MAX);
}
static void tell_more(void)
{
    tell(1);
}
static void give_all(void)
{
    for (int i = 0; i < SCENE_COOKIES_MAX; i++) scene_cookie(scene, S("toy"), S(""), 0);
}
static void give_more(void)
{
    scene_cookie(scene, S("toy"), S(""), 0);
}

/* Does it end the program?  Tried in a process of its own. */
static bool ends(void (*what)(void))
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0});
        if (!freopen("/dev/null", "w", stderr)) _exit(2);
        what();
        _exit(0);
    }
    cr_assert(child > 0 && waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

Test(act, more_ids_lines_or_cookies_than_an_act_may_have_end_the_program)
{
    take_ids();
    cr_expect_eq(scene->ids_count, SCENE_IDS_MAX);
    cr_expect(ends(take_one_id), "the next one would be the next act's first");
    scene->ids_count = 0;
    cr_expect(ends(take_id_too_early), "no act has that number");
    tell_all();
    cr_expect(ends(tell_more));
    give_all();
    cr_expect(ends(give_more));
    scene->seq = 2;
    cr_expect_eq(scene_new_id(scene), 2 * (id)SCENE_IDS_MAX);
    cr_expect_eq(scene_new_id(scene), 2 * (id)SCENE_IDS_MAX + 1);
}
#endif
