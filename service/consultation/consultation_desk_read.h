/* consultation_desk_read.h -- what the desk's pages read.  Only the desk's files include it. */
#ifndef CONSULTATION_DESK_READ_H
#define CONSULTATION_DESK_READ_H

#include "service/consultation/consultation_pages.h"

/* How pressing a written question is: calm, half, late, over. */
struct consultation_urgency {
    const char *word, *css;
    const char *name; /* marked T() */
};
struct consultation_urgency consultation_urgency_of(int64_t warned, moment due_at, moment now);

/* All work of the acting consultant; `open` is the reference of the conversation beside it. */
struct outcome consultation_read_desk(struct request *request, struct str open,
                                      struct consultation_desk_list_view *v);

/* One conversation, for its consultant or for somebody looking in. */
struct outcome consultation_read_desk_case(struct request *request,
                                           const struct consultation_desk_case_form *f,
                                           struct consultation_desk_case_view *v);

/* consultation_canned.c */
struct outcome consultation_read_canned(struct scene *scene, struct str field,
                                        const struct consultation_canned_row_view **rows,
                                        size_t *count);
struct outcome consultation_show_canned(struct request *request, const void *query, void *view);
extern const struct act consultation_canned_add, consultation_canned_drop;

/* consultation_desk_seen.c: the acts of the room as they are done at the desk, where each is a
 * sign of life too; and the number that is shown once. */
extern const struct act consultation_desk_say, consultation_desk_attach, consultation_desk_read,
    consultation_desk_answer, consultation_desk_phone;
/* The number the last act showed to this person for this case, or "": taken, it is gone. */
struct str consultation_phone_shown(struct scene *scene, struct str reference);

#endif
