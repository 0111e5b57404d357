/* mark.h -- a few words an installation remembers under a name of its own. */
#ifndef PLATFORM_MARK_H
#define PLATFORM_MARK_H

#include "platform/store.h"

struct outcome mark_find(struct arena *arena, struct store *store, struct str name,
                         struct str *value, bool *found);
struct outcome mark_set(struct store *store, struct str name, struct str value); /* in an act */

#endif
