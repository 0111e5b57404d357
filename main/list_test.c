/* list_test.c -- an installation that is older than the service list is given one. */
#include <criterion/criterion.h>

#include "desk/items/items_acts.h"
#include "main/install.h"
#include "main/rooms.h"
#include "platform/scene_test.h"

static struct scene *scene;

static void set_up(void)
{
    items_learn(rooms);
    scene = test_scene(WHO_SYSTEM, rooms);
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(list, .init = set_up, .fini = tear_down);

/* With all rooms there are: an item whose process no room has would be refused here. */
Test(list, an_installation_without_one_is_given_the_list_once)
{
    struct items_item item;
    id first, again;
    bool found;

    cr_assert(test_done(items_now(scene, S("legal-aid-civil"), &first, &item, &found)));
    cr_expect(!found);
    cr_assert(test_done(install_list(scene->arena, scene->store)));
    cr_assert(test_done(install_list(scene->arena, scene->store)));
    cr_expect_eq(test_journal(scene, "installation.list"), 1);
    scene->now = INT64_C(4102444800); /* the act went by the clock of the machine */
    cr_assert(test_done(items_now(scene, S("legal-aid-civil"), &first, &item, &found)) && found);
    cr_assert(test_done(items_now(scene, S("legal-aid-civil"), &again, &item, &found)) && found);
    cr_expect_eq(first, again);
}
