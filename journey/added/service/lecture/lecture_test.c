/* lecture_test.c -- wishes are counted, and only for what there is. */
#include <criterion/criterion.h>

#include "platform/scene_test.h"
#include "service/lecture/lecture_views.h"

static struct scene *scene;

static void set_up(void)
{
    scene = test_scene(WHO_ANYONE, (const struct module *[]){&lecture_module, NULL});
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(lecture, .init = set_up, .fini = tear_down);

/* (1) */
Test(lecture, each_wish_counts_and_only_for_a_subject_of_the_list)
{
    struct lecture_list_view shown = {0};
    struct str go;

    cr_assert(test_done(test_post(scene, &lecture_wish, "subject=wills", NULL)));
    cr_assert(test_done(test_post(scene, &lecture_wish, "subject=wills", NULL)));
    cr_expect_not(test_done(test_post(scene, &lecture_wish, "subject=cooking", NULL)));
    cr_assert(test_done(test_show(scene, &lecture_module, "/lectures", "", &shown, &go)));
    cr_expect_eq(shown.subjects_count, lecture_subjects_count);
    cr_expect_eq(shown.subjects[0].wishes, 0);
    cr_expect_eq(shown.subjects[1].wishes, 2);
}
