/* store_shake_test.c -- see store_shake_test.h.
 *
 *  1. Between the real engine and the act stands one that counts what is asked of it and fails at
 *     one place: a query, the beginning or the commit.  A commit is never handed on.
 *  2. What is tried has an arena of its own, which is gone afterwards: what is kept from it is
 *     found by AddressSanitizer.
 *  3. prepare() may write into the form, so the form is a copy each time.
 */
#include "platform/store_shake_test.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/journal.h"
#include "platform/scene_test.h"
#include "platform/store_engine.h"

enum {
    EACH_PLACE = 40,  /* so many places one by one; then a tenth more each time, since what */
    TRIES_MAX = 2000, /* asks very often does so in a loop */
    TRY_BYTES_MAX = 64 << 20
};

static const struct engine *real;
static struct engine shaking;
static struct {
    int left;         /* places until one fails */
    const char *dealt; /* the query that failed, or NULL */
    bool is_open;     /* a transaction */
    bool committed;   /* … was asked to be kept although something had failed */
    bool unbound;     /* rows were changed outside one */
    int64_t rows;     /* changed at its beginning */
} state;
static char words[600];
static bool not_here;

static bool fails(const char *what)
{
    if (state.dealt || state.left-- > 0) return false;
    state.dealt = what;
    return true;
}

#define SHAKEN FAULT("shake: made to fail")

static struct outcome open_statement(struct store *store, const char *sql,
                                     struct statement **statement)
{
    *statement = NULL;
    if (fails(sql)) return SHAKEN;
    return real->statement_open(store, sql, statement);
}

static struct outcome begin(struct store *store)
{
    if (fails("/* store.begin */")) return SHAKEN;
    if (real->rows_changed(store) != state.rows) state.unbound = true;
    TRY(real->begin(store));
    state.is_open = true;
    return DONE;
}

static void rollback(struct store *store)
{
    real->rollback(store);
    state.is_open = false;
}

static struct outcome commit(struct store *store)
{
    if (state.dealt) state.committed = true;
    fails("/* store.commit */");
    /* However far the count is: it is not kept. */
    if (!state.dealt) state.dealt = "/* store.commit */";
    rollback(store);
    return SHAKEN;
}

bool shake_is_due(const char *name)
{
    const char *share = getenv("GONGDAO_SHAKE"), *test = criterion_current_test->name;
    uint32_t mixed = 2166136261u;
    long each = share ? strtol(share, NULL, 10) : 0;

    /* An act a test has made asks the test's own questions, which must not fail. */
    if (each < 1 || not_here || strncmp(name, "test.", 5) == 0) return false;
    for (const char *part = name; *part; part++) mixed = (mixed ^ (uint8_t)*part) * 16777619u;
    for (const char *part = test; *part; part++) mixed = (mixed ^ (uint8_t)*part) * 16777619u;
    return mixed % (uint32_t)each == 0;
}

void shake_not(void)
{
    not_here = true;
}

static struct store_head *head_of(struct store *store)
{
    return (struct store_head *)store;
}

static void shake_begin(struct store *store, int left)
{
    real = head_of(store)->engine;
    shaking = *real;
    shaking.statement_open = open_statement;
    shaking.begin = begin;
    shaking.rollback = rollback;
    shaking.commit = commit;
    memset(&state, 0, sizeof state);
    state.left = left;
    state.rows = real->rows_changed(store);
    head_of(store)->engine = &shaking;
}

/* What is wrong with how it ended, or NULL. */
static const char *shake_end(struct store *store, const char *name, struct outcome outcome)
{
    const char *wrong = NULL;

    head_of(store)->engine = real;
    if (state.is_open) real->rollback(store);
    if (!state.dealt) return NULL;
    if (!outcome.fault)
        wrong = outcome.refusal ? "it was refused" : "it was done";
    else if (state.committed)
        wrong = "it was to be kept";
    else if (state.is_open)
        wrong = "its transaction was left open";
    else if (state.unbound)
        wrong = "rows had been changed before it began";
    if (!wrong) return NULL;
    snprintf(words, sizeof words, "%s: %s although this failed: %.*s%s%s", name, wrong,
             STR_ARGS(store_sql_name(state.dealt)), outcome.refusal ? ": " : "",
             outcome.refusal ? outcome.refusal->key : "");
    return words;
}

static int next_place(int place)
{
    return place < EACH_PLACE ? place + 1 : place + place / 10;
}

static void *copy_of(struct arena *arena, const void *at, size_t size)
{
    void *copy = arena_take(arena, size ? size : 1, 1);

    if (at && size) memcpy(copy, at, size);
    return copy;
}

const char *shake_act(const struct act *act, struct scene *scene, const void *form, void *result)
{
    const char *wrong = NULL;
    bool through = false;

    if (act->prepare && !act->form) return NULL; /* (3): nobody knows how large its form is */
    for (int place = 0; !wrong && !through && place < TRIES_MAX; place = next_place(place)) {
        struct arena *arena = arena_open(TRY_BYTES_MAX);
        struct scene before = *scene;
        struct outcome outcome;
        void *given = act->form && form ? copy_of(arena, form, act->form->size) : (void *)form;

        scene->arena = arena; /* of the same scene: an act of a test may name it */
        scene->cookies_count = 0;
        if (act->result) memset(result, 0, act->result->size);
        shake_begin(scene->store, place);
        outcome = act_run(act, scene, given, result);
        wrong = shake_end(scene->store, act->name, outcome);
        through = !state.dealt || strcmp(state.dealt, "/* store.commit */") == 0;
        *scene = before;
        arena_close(&arena);
    }
    return wrong;
}

const char *shake_page(const struct page *page, const struct request *request, const void *query)
{
    const char *wrong = NULL;
    bool through = false;

    for (int place = 0; !wrong && !through && place < TRIES_MAX; place = next_place(place)) {
        struct arena *arena = arena_open(TRY_BYTES_MAX);
        struct scene before = *request->scene;
        struct request tried = *request;
        struct face face = *request->face;
        struct outcome outcome;
        void *view = arena_take(arena, page->view ? page->view->size : 1, 1);

        request->scene->arena = face.arena = arena;
        tried.face = &face;
        shake_begin(before.store, place);
        outcome = page->show(&tried, query, view);
        wrong = shake_end(before.store, page->path, outcome);
        through = !state.dealt;
        *request->scene = before;
        arena_close(&arena);
    }
    return wrong;
}

/* ---- what swallows a fault is told ---- */

static struct outcome swallow(struct scene *scene, const void *form, void *result)
{
    id seq;

    (void)form, (void)result;
    (void)journal_last(scene->store, &seq); /* whatever came of it */
    return DONE;
}

static struct outcome refuse_all(struct scene *scene, const void *form, void *result)
{
    id seq;

    (void)form, (void)result;
    return IS_DONE(journal_last(scene->store, &seq)) ? DONE : REFUSE(act_unknown);
}

static struct outcome hand_on(struct scene *scene, const void *form, void *result)
{
    id seq;

    (void)form, (void)result;
    TRY(journal_last(scene->store, &seq));
    return clock_set(scene, "bell.ring", 1, scene->now);
}

static struct outcome write_early(struct scene *scene, void *form)
{
    (void)form;
    return clock_set(scene, "bell.ring", 1, scene->now);
}

static struct outcome show_swallowed(struct request *request, const void *query, void *view)
{
    (void)query, (void)view;
    return swallow(request->scene, NULL, NULL);
}

static const char *shake_of(struct scene *scene, struct act act)
{
    act.name = "shaken";
    act.who = WHO_SYSTEM;
    return shake_act(&act, scene, NULL, NULL);
}

Test(shake, an_act_that_swallows_a_fault_is_told_and_one_that_hands_it_on_is_not)
{
    static const struct form none = {.name = "none"};
    struct scene *scene = test_scene(WHO_SYSTEM, (const struct module *[]){NULL});
    struct face face = {.arena = scene->arena};
    struct page page = {.path = "/shaken", .show = show_swallowed};
    const char *told;

    told = shake_of(scene, (struct act){.run = hand_on});
    cr_expect_null(told, "%s", told);
    told = shake_of(scene, (struct act){.run = swallow});
    cr_expect(told && strstr(told, "kept although this failed: platform."), "%s", told);
    told = shake_of(scene, (struct act){.run = refuse_all});
    cr_expect(told && strstr(told, "it was refused") && strstr(told, act_unknown.key), "%s", told);
    told = shake_of(scene, (struct act){.form = &none, .prepare = write_early, .run = hand_on});
    if (head_of(scene->store)->engine->rows_changed(scene->store) >= 0) /* known outside of one */
        cr_expect(told && strstr(told, "rows had been changed before"), "%s", told);
    told = shake_page(&page, &(struct request){.scene = scene, .face = &face}, NULL);
    cr_expect(told && strstr(told, "/shaken: it was done"), "%s", told);
    cr_expect_eq(test_journal(scene, "shaken"), 0, "nothing of it was kept");
    test_scene_close(&scene);
}
