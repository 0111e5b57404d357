/* identity_who_test.c -- who may do what, many threads asking at once, and the night. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk/identity/identity_parts.h"
#include "desk/notice/notice_acts.h"
#include "gen/platform_sql.h"
#include "platform/database_test.h"
#include "platform/folder_test.h"
#include "platform/scene_test.h"

enum { THREADS = 4, SESSIONS = 40 };

static struct str tokens[SESSIONS];
static id session_ids[SESSIONS];

static struct outcome open_sessions(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    for (size_t i = 0; i < SESSIONS; i++) {
        moment until;

        TRY(identity_session_open(scene, "guest", 5000 + (id)i, 0, 1000, &tokens[i], &until));
    }
    return DONE;
}

static const struct act opening = {.name = "test.open", .who = WHO_ANYONE, .run = open_sessions};

/* ---- many threads ---- */

static char place[FOLDER_LEN + 16];
static _Atomic(bool) is_over;
static _Atomic(int) ended_from; /* sessions from this one on have ended, and it was announced */
static _Atomic(int) mistakes, looked;

static void *ask_often(void *mine)
{
    struct scene scene = {.arena = arena_open(8 << 20), .now = TEST_NOW};
    unsigned at = (unsigned)(size_t)mine;

    if (!test_done(store_open(str_of(place), STORE_READ, &scene.store))) mistakes++;
    while (!is_over) {
        int ended = ended_from, i = (int)(at++ * 7 % SESSIONS);
        struct actor actor;

        if (!test_done(identity_identify(&scene, tokens[i], &actor))) mistakes++;
        if (i >= ended && actor.session_id != 0) mistakes++;
        if (actor.session_id && actor.person_id != 5000 + i) mistakes++;
        looked++;
        arena_reset(scene.arena);
    }
    store_close(&scene.store);
    arena_close(&scene.arena);
    return NULL;
}

static struct outcome end_last(struct scene *scene, const void *form, void *result)
{
    int i = *(const int *)form;

    (void)result;
    return identity_end_session(scene->store, scene->now, session_ids[i], 5000 + i);
}

/* (2) of identity_who.c */
Test(identity_who, no_thread_finds_a_session_after_its_end_was_announced)
{
    static const struct act ending = {.name = "test.end", .who = WHO_ANYONE, .run = end_last};
    static const char *const ends[] = {"", "-wal", "-shm"};
    char folder[FOLDER_LEN];
    pthread_t threads[THREADS];
    struct scene scene = {.arena = arena_open(16 << 20), .now = TEST_NOW, .actor.is = WHO_ANYONE};

    folder_make(folder);
    snprintf(place, sizeof place, "%s/data", folder);
    secret_open_for_tests();
    cr_assert(test_done(store_open(str_of(place), STORE_WRITE, &scene.store)));
    database_make_tables(scene.store, (const struct module *[]){NULL});
    cr_assert(test_done(store_script(scene.store, identity_schema)));
    cr_assert(test_done(act_run(&opening, &scene, NULL, NULL)));
    for (size_t i = 0; i < SESSIONS; i++) {
        struct actor actor;

        cr_assert(test_done(identity_identify(&scene, tokens[i], &actor)));
        session_ids[i] = actor.session_id;
    }
    ended_from = SESSIONS;
    for (size_t i = 0; i < THREADS; i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, ask_often, (void *)(i * 11)), 0);
    for (int i = SESSIONS - 1; i >= 0; i--) {
        int before = looked;

        cr_assert(test_done(act_run(&ending, &scene, &i, NULL)));
        identity_changed();
        ended_from = i;
        while (looked < before + THREADS && mistakes == 0) sched_yield();
    }
    is_over = true;
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    cr_expect_eq(mistakes, 0);
    store_close(&scene.store);
    arena_close(&scene.arena);
    secret_close();
    for (size_t i = 0; i < COUNT(ends); i++) {
        char file[FOLDER_LEN + 24];

        snprintf(file, sizeof file, "%s%s", place, ends[i]);
        unlink(file);
    }
    cr_expect_eq(folder_drop(folder), 0, "something else was left beside the database");
}

/* ---- rights ---- */

static struct scene *scene;

static void set_up(void)
{
    scene =
        test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module, NULL});
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

Test(identity_who, acts_refuse_who_may_not, .init = set_up, .fini = tear_down)
{
    static const struct {
        const struct act *act;
        unsigned may;
    } rows[] = {
        {&identity_sign_in, WHO_ANYONE},
        {&identity_second, WHO_ANYONE},
        {&identity_send, WHO_ANYONE},
        {&identity_verify, WHO_ANYONE},
        {&identity_sign_out, WHO_GUEST | WHO_RESIDENT | WHO_WORKER},
        {&identity_end_one, WHO_RESIDENT | WHO_WORKER},
        {&identity_end_others, WHO_RESIDENT | WHO_WORKER},
        {&identity_key_make, WHO_WORKER},
        {&identity_seen, WHO_SYSTEM},
        {&identity_totp_begin, WHO_WORKER},
        {&identity_totp_end, WHO_WORKER},
        {&identity_change_password, WHO_WORKER},
        {&identity_unmask, WHO_STAFF},
        {&identity_add, WHO_SYSTEM},
        {&identity_reset, WHO_SYSTEM},
        {&identity_tidy, WHO_SYSTEM},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        cr_expect_eq(rows[i].act->who, rows[i].may, "%s", rows[i].act->name);
        if (rows[i].may & WHO_ANYONE) continue;
        scene->actor = (struct actor){.is = WHO_ANYONE};
        cr_expect_eq(act_run(rows[i].act, scene, NULL, NULL).refusal, &act_not_yours, "%s",
                     rows[i].act->name);
    }
}

Test(identity_who, the_night_clears_what_nobody_can_use, .init = set_up, .fini = tear_down)
{
    struct identity_find_actor_row row;
    bool found;
    struct actor actor;

    scene->actor.is = WHO_SYSTEM | WHO_ANYONE;
    cr_assert(test_done(test_post(scene, &opening, "", NULL)));
    cr_assert(test_done(identity_identify(scene, tokens[0], &actor)));
    scene->actor.is = WHO_SYSTEM;
    cr_assert(test_done(test_post(scene, &identity_tidy, "", NULL)));
    cr_assert(test_done(
        identity_find_actor(scene->arena, scene->store, S(""), actor.session_id, &row, &found)));
    cr_expect(found);
    scene->now += 31 * 86400;
    cr_assert(test_done(test_post(scene, &identity_tidy, "", NULL)));
    cr_assert(test_done(
        identity_find_actor(scene->arena, scene->store, S(""), actor.session_id, &row, &found)));
    cr_expect(!found);
}

/* ---- how far ---- */

static id boss;

static struct outcome make_boss(struct scene *own, const void *form, void *result)
{
    const struct identity_new_person person = {.login = S("boss"), .name = S("Boss")};
    moment until;

    (void)form, (void)result;
    TRY(identity_person_add(own, &person, &boss));
    TRY(identity_role_add(own, boss, S("supervisor"), S("31")));
    TRY(identity_role_add(own, boss, S("admin"), S("310104")));
    return identity_session_open(own, "staff", boss, 0, 1000, &tokens[0], &until);
}
static const struct act making = {.name = "test.boss", .who = WHO_SYSTEM, .run = make_boss};

static struct outcome move_boss(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return identity_role_add(own, boss, S("admin"), S("310115"));
}
static const struct act moving = {.name = "test.move", .who = WHO_ANYONE, .run = move_boss};

Test(identity_who, each_role_reaches_as_far_as_it_was_given, .init = set_up, .fini = tear_down)
{
    struct actor seen;
    bool good;

    cr_assert(test_done(act_run(&making, scene, NULL, NULL)));
    identity_changed();
    for (int again = 0; again < 2; again++) { /* asked of the store, then of what is remembered */
        cr_assert(test_done(identity_identify(scene, tokens[0], &scene->actor)));
        cr_expect_eq(scene->actor.is, WHO_ANYONE | WHO_SUPERVISOR | WHO_ADMIN);
        cr_expect(str_same(scene_scope(scene, WHO_SUPERVISOR), S("31")));
        cr_expect(str_same(scene_scope(scene, WHO_ADMIN), S("310104")), "and no farther");
        cr_expect(str_same(scene_scope(scene, WHO_SUPERVISOR | WHO_ADMIN), S("31")));
        cr_expect(str_same(scene_scope(scene, WHO_LEADER), S("")), "not a role of theirs");
    }
    seen = scene->actor;
    cr_assert(test_done(identity_still(scene, &seen, &good)));
    cr_expect(good);
    cr_assert(test_done(act_run(&moving, scene, NULL, NULL)));
    cr_assert(test_done(identity_still(scene, &seen, &good)));
    cr_expect(!good, "an open stream reaches no farther than its reader does now");
}

/* ---- what is remembered, and what a session is when it is not ---- */

static struct opening_of {
    const char *kind;
    struct str token;
} one;

static struct outcome open_one(struct scene *own, const void *form, void *result)
{
    moment until;

    (void)form, (void)result;
    return identity_session_open(own, one.kind, boss, 0, 1000, &one.token, &until);
}

static struct str session_of_boss(const char *kind)
{
    static const struct act act = {.name = "test.one", .who = WHO_ANYONE, .run = open_one};

    one.kind = kind;
    cr_assert(test_done(act_run(&act, scene, NULL, NULL)));
    return one.token;
}

/* Behind the program's back: what is remembered does not hear of it. */
static void quietly(const char *sql)
{
    cr_assert(test_done(store_script(scene->store, sql)), "%s", sql);
}

static struct actor who(struct str token)
{
    struct actor actor;

    cr_assert(test_done(identity_identify(scene, token, &actor)));
    return actor;
}

static int known(void)
{
    int count = 0;

    for (size_t i = 0; i < SESSIONS; i++) count += who(tokens[i]).session_id != 0;
    return count;
}

/* (2), (3): two in one place are possible, a handful of forty are not. */
Test(identity_who, for_some_seconds_many_are_known_without_asking, .init = set_up,
     .fini = tear_down)
{
    scene->actor.is = WHO_SYSTEM | WHO_ANYONE;
    cr_assert(test_done(test_post(scene, &opening, "", NULL)));
    cr_assert_eq(known(), SESSIONS);
    quietly("update session set ended_at = 1");
    cr_expect_geq(known(), SESSIONS - 5);
    scene->now += 4;
    cr_expect_geq(known(), SESSIONS - 5);
    scene->now += 1;
    cr_expect_eq(known(), 0, "after five seconds the store is asked");
    quietly("update session set ended_at = 0");
    cr_assert_eq(known(), SESSIONS);
    quietly("update session set ended_at = 1");
    scene->now -= 1;
    cr_expect_eq(known(), 0, "what is known from after the clock was set back is asked again");
    quietly("update session set ended_at = 0");
    identity_changed();
    cr_assert_eq(known(), SESSIONS);
    quietly("update session set ended_at = 1");
    identity_changed();
    cr_expect_eq(known(), 0, "and at once when something changed");
}

enum { CROWD = 400 };
static struct str crowd[CROWD];

static struct outcome open_crowd(struct scene *own, const void *form, void *result)
{
    moment until;

    (void)form, (void)result;
    for (size_t i = 0; i < CROWD; i++)
        TRY(identity_session_open(own, "guest", 9000 + (id)i, 0, 1000, &crowd[i], &until));
    return DONE;
}

/* Of 400 in 4,096 places two meet in one, but for one run in 10^8. */
Test(identity_who, two_who_meet_in_one_place_are_not_taken_for_one_another, .init = set_up,
     .fini = tear_down)
{
    static const struct act act = {.name = "test.crowd", .who = WHO_ANYONE, .run = open_crowd};

    scene->actor.is = WHO_ANYONE;
    cr_assert(test_done(act_run(&act, scene, NULL, NULL)));
    for (size_t again = 0; again < 2; again++)
        for (size_t i = 0; i < CROWD; i++) cr_assert_eq(who(crowd[i]).person_id, 9000 + (id)i);
}

static void name_boss(size_t len)
{
    char name[512] = "";

    memset(name, 'n', len);
    quietly(arena_print(scene->arena, "update person set person_name = '%s'", name).at);
}

Test(identity_who, what_is_remembered_is_all_that_was_found, .init = set_up, .fini = tear_down)
{
    static const struct {
        size_t len;
        bool is_kept;
    } rows[] = {{1, true}, {128, true}, {129, false}, {400, false}};
    static const char index[] = "abcdefghijabcdefghijabcdefghijabcdefghijabc";
    struct str staff, resident;

    cr_assert(test_done(act_run(&making, scene, NULL, NULL)));
    quietly("update person set phone_index = 'abcdefghijabcdefghijabcdefghijabcdefghijabc'");
    staff = session_of_boss("staff");
    resident = session_of_boss("resident");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct actor first, again;

        name_boss(rows[i].len);
        identity_changed();
        first = who(resident);
        cr_expect_eq(first.name.len, rows[i].len);
        cr_expect(str_same(first.phone_index, str_of(index)));
        cr_expect_eq(who(staff).phone_index.len, 0, "a number is a resident's");
        quietly("update person set person_name = 'other'");
        again = who(resident);
        cr_expect(str_same(again.name, rows[i].is_kept ? first.name : S("other")), "%zu",
                  rows[i].len);
        cr_expect(str_same(again.phone_index, str_of(index)));
    }
    /* An index that is longer than any is not cut off: it is asked for each time. */
    quietly("update person set phone_index = phone_index || 'abcdefgh', person_name = 'n'");
    identity_changed();
    cr_expect_eq(who(resident).phone_index.len, 51U);
    quietly("update person set phone_index = 'ab'");
    cr_expect_eq(who(resident).phone_index.len, 2U);
    quietly("update person set phone_index = 'abc'");
    cr_expect_eq(who(resident).phone_index.len, 2U, "a short one is remembered");
    quietly("update person set standing = 'suspended'");
    identity_changed();
    cr_expect_eq(who(staff).is, WHO_ANYONE);
    cr_expect_eq(who(resident).session_id, 0, "(1)");
}

static struct outcome make_clerk(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return identity_role_add(own, boss, S("clerk"), S("310104"));
}

Test(identity_who, a_key_asks_as_a_guest_and_without_roles_not_at_all, .init = set_up,
     .fini = tear_down)
{
    static const struct act clerk = {.name = "test.clerk", .who = WHO_ANYONE, .run = make_clerk};
    struct actor actor;
    moment until;
    id key;

    cr_assert(test_done(act_run(&making, scene, NULL, NULL)));
    cr_assert(test_done(act_run(&clerk, scene, NULL, NULL)));
    identity_changed();
    cr_expect_eq(who(tokens[0]).is, WHO_ANYONE | WHO_SUPERVISOR | WHO_ADMIN | WHO_CLERK);
    key = who(session_of_boss("staff")).session_id;
    quietly(arena_print(scene->arena,
                        "update session set session_kind = 'key', key_scopes = 'ask' where "
                        "session_id = %lld",
                        (long long)key)
                .at);
    cr_assert(test_done(identity_actor_of(scene, S(""), key, &actor, &until)));
    cr_expect_eq(actor.is, WHO_ANYONE | WHO_GUEST);
    cr_expect_eq(actor.person_id, key);
    cr_expect_eq(actor.scopes.supervisor.len + actor.scopes.admin.len + actor.name.len, 0);
    quietly("update session set key_scopes = 'ask admin'");
    cr_assert(test_done(identity_actor_of(scene, S(""), key, &actor, &until)));
    cr_expect_eq(actor.is, WHO_ANYONE | WHO_ADMIN);
    quietly("delete from role");
    cr_assert(test_done(identity_actor_of(scene, S(""), key, &actor, &until)));
    cr_expect_eq(actor.session_id, 0, "who left the staff has no key");
}

Test(identity_who, the_first_session_is_one_like_any_other, .init = set_up, .fini = tear_down)
{
    struct actor actor = {.is = WHO_SYSTEM};
    bool good;

    cr_assert(test_done(identity_still(scene, &actor, &good)));
    cr_expect(good, "who has no session loses none");
    cr_assert(test_done(act_run(&making, scene, NULL, NULL)));
    quietly("update session set session_id = 1");
    identity_changed();
    actor = who(tokens[0]);
    cr_assert_eq(actor.session_id, 1);
    ((char *)tokens[0].at)[3] ^= 1;
    cr_expect_eq(who(tokens[0]).session_id, 0, "another token is not its");
    cr_assert(test_done(identity_still(scene, &actor, &good)));
    cr_expect(good);
    quietly("update role set scope = '32' where role = 'supervisor'");
    cr_assert(test_done(identity_still(scene, &actor, &good)));
    cr_expect(!good, "reaches elsewhere now");
    quietly("update role set scope = '31' where role = 'supervisor'");
    quietly("update session set ended_at = 1");
    cr_assert(test_done(identity_still(scene, &actor, &good)));
    cr_expect(!good);
}
