/* scene_test.h -- a scene on a store of its own, for unit tests of acts and pages.
 *
 *     static struct scene *scene;
 *     static void set_up(void)
 *     {
 *         scene = test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &x_module,
 * NULL});
 *     }
 *     static void tear_down(void) { test_scene_close(&scene); }
 *     TestSuite(x, .init = set_up, .fini = tear_down);
 *
 * The store is in memory, or where GONGDAO_TEST_DATABASE says (database_test.h), and holds the
 * platform's tables and those of the modules named, in that order (a module after those it refers
 * to).  Keys are fixed and passwords fast.  The moment is TEST_NOW until the test changes
 * scene->now; channel "web", address "192.0.2.1".
 */
#ifndef PLATFORM_SCENE_TEST_H
#define PLATFORM_SCENE_TEST_H

#include "platform/page.h"

enum { TEST_NOW = 1795305600 }; /* 2026-11-22 08:00 in Shanghai, a Sunday */

struct scene *test_scene(unsigned actor_is, const struct module *const *modules);
void test_scene_close(struct scene **scene);

/* The outcome's kind as a function: IS_DONE is a macro that names its argument twice. */
bool test_done(struct outcome outcome);
/* Runs an act as act_run() does, with form (or NULL) and result (or NULL), and cookies and lines
 * of the act before forgotten. */
struct outcome test_act(struct scene *scene, const struct act *act, void *form, void *result);
/* The same the way a browser would: values as typed, `name=value` parted by '&', nothing to decode;
 * checked by the act's form.  A field that is wrong fails the test. */
struct outcome test_post(struct scene *scene, const struct act *act, const char *typed,
                         void *result);
/* A cookie the last act gave, or "". */
struct str test_cookie(const struct scene *scene, const char *name);
/* The cookie is sent with what follows, as a browser does; "" forgets all. */
void test_bring(struct scene *scene, const char *name, struct str value);
/* How many lines of the journal bear that act's name. */
int64_t test_journal(struct scene *scene, const char *act_name);
/* Shows a GET page of a module; the result is its view. */
struct outcome test_show(struct scene *scene, const struct module *module, const char *path,
                         const char *typed, void *view, struct str *go);

#endif
