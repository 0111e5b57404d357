/* known.h -- what may be asked for behind the '?' of a page is something there is.
 *
 * A word nobody knows is refused and named: an empty list would say that there is nothing, which is
 * another thing.  Nothing said is always known, it means all there is.
 *
 *     static const struct query_known reports_known[] = {{"period", "day week month", NULL}, {0}};
 *     KNOWN_SHOW(show_reports, supervision_reports_form, reports_known, supervision_show_reports)
 *
 * makes the show_reports() that the table of pages names.
 */
#ifndef PLATFORM_KNOWN_H
#define PLATFORM_KNOWN_H

#include "platform/page.h"

/* What one field may say: one of `words`, with blanks between, or what `knows` says yes to. */
struct query_known {
    const char *field;
    const char *words; /* NULL: ask `knows` */
    struct outcome (*knows)(struct scene *scene, struct str value, bool *known);
};

/* `known` ends with {0}; `query` is of that form.  Refuses with query_unknown. */
struct outcome query_need_known(struct scene *scene, const struct form *form,
                                const struct query_known *known, const void *query);
extern const struct reason query_unknown; /* 422; %1 is "field=value" */

#define KNOWN_SHOW(name, form, known, show_known)                                                  \
    static struct outcome name(struct request *request, const void *query, void *view)             \
    {                                                                                              \
        TRY(query_need_known(request->scene, &(form), known, query));                              \
        return show_known(request, query, view);                                                   \
    }

#endif
