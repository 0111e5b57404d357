/* classics_pages.h -- what both sides' pages of the ten best cases share. */
#ifndef CLASSICS_PAGES_H
#define CLASSICS_PAGES_H

#include "service/classics/classics_views.h"

struct outcome classics_show_head(struct scene *scene, const struct classics_find_round_row *row,
                                  struct classics_head_view *v);
/* `own`: only those of the place an editor or leader reaches. */
struct outcome classics_show_rounds(struct scene *scene, id before, bool own,
                                    const struct classics_head_view **rounds, size_t *count,
                                    id *next);

#endif
