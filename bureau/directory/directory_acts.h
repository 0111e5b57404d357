/* directory_acts.h -- what other rooms show of the directory: credit, firms and offices. */
#ifndef DIRECTORY_ACTS_H
#define DIRECTORY_ACTS_H

#include "bureau/directory/directory.h"
#include "platform/act.h"

#define DIRECTORY_CREDIT_VIEW(V)                                                                   \
    V(api, ident, credit, _)                                                                       \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, text, words, _)                                                                         \
    V(api, text, source, _)                                                                        \
    V(api, text, source_day, _)                                                                    \
    V(page, flag, is_bad, _)
VIEW_STRUCT(directory_credit, DIRECTORY_CREDIT_VIEW)

/* What stands about one of them, newest first: the other number is 0. */
struct outcome directory_credit_of(struct scene *scene, id person_id, id body_id,
                                   const struct directory_credit_view **credits, size_t *count);

struct directory_found {
    id body_id;
    struct str name, kind; /* the kind in words */
    struct str division;
};
struct outcome directory_find(struct scene *scene, struct str words, size_t max,
                              const struct directory_found **bodies, size_t *count);

struct module;
extern const struct module directory_module;

#endif
