/* mark.c -- see mark.h. */
#include "platform/mark.h"

#include "gen/platform_sql.h"

struct outcome mark_find(struct arena *arena, struct store *store, struct str name,
                         struct str *value, bool *found)
{
    struct platform_find_mark_row row = {.value = S("")};
    struct outcome outcome = platform_find_mark(arena, store, name, &row, found);

    *value = row.value;
    return outcome;
}

struct outcome mark_set(struct store *store, struct str name, struct str value)
{
    return platform_set_mark(store, name, value);
}
