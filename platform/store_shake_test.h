/* store_shake_test.h -- an act or a page is tried with each of its queries failing in turn.
 *
 * The database may fail at any query, and nothing of an act may stay that ended so.  Where a test
 * does an act (scene_test.h), it is tried first with its first query failing, then with its second,
 * and so on to its commit, each time undone; after that it is done for real.  A fault that is
 * swallowed, so that the act is done or refused all the same, is told.
 *
 * GONGDAO_SHAKE says how much: 1 every act and page of every test, 8 each eighth, chosen by the
 * names of the test and of the act (so that a run repeats), none without it.
 */
#ifndef PLATFORM_STORE_SHAKE_TEST_H
#define PLATFORM_STORE_SHAKE_TEST_H

#include "platform/page.h"

bool shake_is_due(const char *name); /* of an act or the path of a page, in the test that runs */

/* NULL, or what is wrong, in words that stay until the next shake.  Afterwards scene, form and
 * rows are as before; `result` is the act's or page's own, written over. */
const char *shake_act(const struct act *act, struct scene *scene, const void *form, void *result);
const char *shake_page(const struct page *page, const struct request *request, const void *query);

/* From here on nothing of this test is shaken: it counts what its acts call outside. */
void shake_not(void);

#endif
