/* identity_language_test.c -- cites identity_language.c. */
#include <criterion/criterion.h>

#include "desk/identity/identity_parts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

#define PASSWORD "a quiet river"

static struct scene *scene;

static void add(const char *typed)
{
    cr_assert(test_done(test_post(scene, &identity_add, typed, NULL)));
}

static void set_up(void)
{
    scene =
        test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module, NULL});
    add("login=liwei&name=李伟&password=" PASSWORD "&role=consultant&scope=310104");
    add("login=boss&name=Boss&password=" PASSWORD "&role=supervisor&scope=31");
    scene->actor = (struct actor){.is = WHO_ANYONE};
    identity_team_hook(NULL);
    identity_changed();
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(identity_language, .init = set_up, .fini = tear_down);

static id person_of(const char *login)
{
    id person_id;
    bool found;

    cr_assert(test_done(identity_person_of_login(scene, str_of(login), &person_id, &found)));
    return person_id;
}

static struct actor signed_in(const char *login)
{
    struct str typed = arena_print(scene->arena, "name=%s&password=" PASSWORD, login);
    struct identity_signed_view in;
    struct actor actor;

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_post(scene, &identity_sign_in, arena_c(scene->arena, typed), &in)));
    cr_assert(test_done(identity_identify(scene, in.token, &actor)));
    return actor;
}

static enum language chosen;
static struct outcome run_choose(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return identity_chose_language(own, chosen);
}
static const struct act choose = {.name = "test.choose", .who = WHO_ANYONE, .run = run_choose};

static enum language language_of(const char *login)
{
    enum language language;

    cr_assert(test_done(identity_language(scene, person_of(login), &language)));
    return language;
}

Test(identity_language, people_are_written_to_in_the_language_they_signed_in_with_or_chose_since)
{
    cr_assert_eq(language_of("liwei"), LANGUAGE_ZH, "nothing known");
    scene->language = LANGUAGE_EN;
    scene->channel = S("api");
    signed_in("liwei");
    cr_assert_eq(language_of("liwei"), LANGUAGE_ZH, "a program says nothing about its reader");
    scene->channel = S("web");
    scene->actor = signed_in("liwei");
    cr_assert_eq(language_of("liwei"), LANGUAGE_EN);
    chosen = LANGUAGE_ZH;
    cr_assert(test_done(test_act(scene, &choose, NULL, NULL)));
    cr_assert_eq(language_of("liwei"), LANGUAGE_ZH);
    cr_assert_eq(language_of("boss"), LANGUAGE_ZH);
    /* Whoever is nobody chooses for nobody. */
    scene->actor = (struct actor){.is = WHO_ANYONE};
    chosen = LANGUAGE_EN;
    cr_assert(test_done(test_act(scene, &choose, NULL, NULL)));
    cr_assert_eq(language_of("liwei"), LANGUAGE_ZH);
}
