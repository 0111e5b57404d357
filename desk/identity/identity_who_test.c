/* identity_who_test.c -- who may do what, many threads asking at once, and the night. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
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
