/* said.c -- "Saved.": said once, above the page a browser is led to after it did something.
 *
 * Without it a form that saves and comes back looks as it did before, and people press again.
 *
 *  (1) The cookie names the act; what is said is the text of that act's own page.  So nobody can
 *      put words of theirs there.
 *  (2) It is said on the first whole page shown, within a minute, and then forgotten.
 *  (3) Programs are told by the answer itself, and hear nothing of this.
 */
#include <string.h>

#include "platform/visit.h"

enum { SAID_SECONDS = 60 };

static void set_cookie(struct visit *visit, struct str value, int64_t seconds)
{
    if (visit->scene.cookies_count < SCENE_COOKIES_MAX)
        scene_cookie(&visit->scene, S("said"), value, seconds);
}

void said_leave(struct visit *visit)
{
    if (visit->page->said) set_cookie(visit, str_of(visit->page->act->name), SAID_SECONDS);
}

void said_take(struct visit *visit)
{
    struct str name = scene_brought(&visit->scene, S("said"));

    if (name.len == 0 || visit->is_api) return;
    set_cookie(visit, S(""), -1);
    for (size_t i = 0; i < visit->site->pages_count; i++) {
        const struct page *page = visit->site->pages[i];

        if (!page->act || !page->said || !str_same(str_of(page->act->name), name)) continue;
        visit->face.said = text_in(visit->face.language, page->said);
        return;
    }
}
