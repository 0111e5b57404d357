/* scene_test.c -- see scene_test.h. */
#include "platform/scene_test.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "platform/database_test.h"
#include "platform/secret.h"
#include "platform/store_shake_test.h"

bool test_done(struct outcome outcome)
{
    return IS_DONE(outcome);
}

struct scene *test_scene(unsigned actor_is, const struct module *const *modules)
{
    struct arena *arena = arena_open(64 << 20);
    struct scene *scene = NEW(arena, struct scene);
    char *tables;
    bool made;

    secret_open_for_tests();
    *scene = (struct scene){.arena = arena,
                            .now = TEST_NOW,
                            .actor = {.is = actor_is | WHO_ANYONE},
                            .channel = S("web"),
                            .address = S("192.0.2.1"),
                            .agent = S("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0")};
    tables = database_tables(modules);
    cr_assert(test_done(store_open(database_for_test(tables, &made), STORE_WRITE, &scene->store)));
    free(tables);
    if (!made) database_make_tables(scene->store, modules);
    return scene;
}

void test_scene_close(struct scene **scene)
{
    struct arena *arena = (*scene)->arena;

    store_close(&(*scene)->store);
    database_give_back();
    secret_close();
    arena_close(&arena);
    *scene = NULL;
}

struct outcome test_act(struct scene *scene, const struct act *act, void *form, void *result)
{
    size_t size = act->result ? act->result->size : 1;
    struct outcome outcome;

    scene->cookies_count = 0;
    if (!result) result = arena_take(scene->arena, size, 1);
    if (shake_is_due(act->name)) {
        const char *wrong = shake_act(act, scene, form, result);

        cr_assert_null(wrong, "%s", wrong);
    }
    memset(result, 0, size);
    outcome = act_run(act, scene, form, result);
    cr_assert(!outcome.fault, "%s: %s", act->name, outcome.fault ? outcome.fault : "");
    return outcome;
}

static void *take_form(struct scene *scene, const struct form *form, const char *typed)
{
    struct form_state state = {.form = form};
    void *values = arena_take(scene->arena, form->size, 1);
    struct str rest = str_of(typed), value;

    while (rest.len) {
        struct str pair = str_cut(rest, '&', &rest), name = str_cut(pair, '=', &value);
        int place = form_place(form, name);

        cr_assert(place >= 0, "%s has no field %.*s", form->name, STR_ARGS(name));
        state.given[place] = value;
    }
    cr_assert(form_check(scene->arena, &state, values) == 0, "%s: a field is wrong in %s",
              form->name, typed);
    return values;
}

struct outcome test_post(struct scene *scene, const struct act *act, const char *typed,
                         void *result)
{
    return test_act(scene, act, act->form ? take_form(scene, act->form, typed) : NULL, result);
}

struct str test_cookie(const struct scene *scene, const char *name)
{
    for (size_t i = 0; i < scene->cookies_count; i++) {
        if (str_same(scene->cookies[i].name, str_of(name))) return scene->cookies[i].value;
    }
    return S("");
}

void test_bring(struct scene *scene, const char *name, struct str value)
{
    if (!name[0])
        scene->brought = S("");
    else
        scene->brought = arena_print(scene->arena, "%s=%.*s; %.*s", name, STR_ARGS(value),
                                     STR_ARGS(scene->brought));
}

int64_t test_journal(struct scene *scene, const char *act_name)
{
    static const char sql[] = "select count(*) from journal where act = ?";
    struct statement *statement;
    bool row;
    int64_t count;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    statement_text(statement, 1, str_of(act_name));
    cr_assert(test_done(statement_step(statement, &row)) && row);
    count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}

static const struct page *find_page(const struct page *pages, const char *path)
{
    for (const struct page *page = pages; page->path; page++) {
        if (page->method == GET && strcmp(page->path, path) == 0) return page;
    }
    return NULL;
}

struct outcome test_show(struct scene *scene, const struct module *module, const char *path,
                         const char *typed, void *view, struct str *go)
{
    struct face face = {.arena = scene->arena, .language = scene->language};
    struct request request = {.scene = scene, .face = &face};
    const struct page *page = find_page(module->pages, path);
    struct outcome outcome;
    const void *asked;

    for (const struct page *const *more = module->more_pages; !page && more && *more; more++)
        page = find_page(*more, path);
    cr_assert(page, "%s has no page %s", module->name, path);
    scene->cookies_count = 0;
    if (!(page->who & scene->actor.is)) return REFUSE(act_not_yours);
    memset(view, 0, page->view ? page->view->size : 0);
    asked = page->query ? take_form(scene, page->query, typed) : NULL;
    if (shake_is_due(path)) {
        const char *wrong = shake_page(page, &request, asked);

        cr_assert_null(wrong, "%s", wrong);
    }
    outcome = page->show(&request, asked, view);
    cr_assert(!outcome.fault, "%s: %s", path, outcome.fault ? outcome.fault : "");
    if (go) *go = request.go;
    return outcome;
}
