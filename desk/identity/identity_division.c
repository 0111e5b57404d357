/* identity_division.c -- the tree of city, districts, streets and villages.
 *
 * Codes are those of GB/T 2260 and its street and village tables: a part's code begins with the
 * code of the whole, so "is this inside my scope?" is "does it begin with it?".
 */
#include "desk/identity/identity_parts.h"

struct outcome identity_divisions_load(struct scene *scene, const struct identity_division *rows,
                                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        TRY(identity_set_division(scene->store, rows[i].division, rows[i].parent, rows[i].level,
                                  rows[i].name_zh, rows[i].name_en));
    return DONE;
}

struct outcome identity_division_exists(struct scene *scene, struct str division, bool *exists)
{
    struct identity_find_division_row row;

    return identity_find_division(scene->arena, scene->store, division, &row, exists);
}

struct outcome identity_division_name(struct scene *scene, struct str division, struct str *name)
{
    struct identity_find_division_row row;
    bool found;

    *name = S("");
    TRY(identity_find_division(scene->arena, scene->store, division, &row, &found));
    if (!found) return DONE;
    *name =
        scene->language == LANGUAGE_EN && row.division_en.len ? row.division_en : row.division_zh;
    return DONE;
}

struct outcome identity_division_seek(struct scene *scene, struct str within, struct str typed,
                                      const struct identity_division **rows, size_t *count)
{
    const struct identity_seek_divisions_row *found;
    struct identity_division *made;
    struct str name = str_trim(typed);

    TRY(identity_seek_divisions(scene->arena, scene->store, within, name, name,
                                identity_login(scene->arena, name), &found, count));
    made = NEW_MANY(scene->arena, struct identity_division, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct identity_division){.division = found[i].division,
                                             .parent = found[i].parent,
                                             .level = found[i].level,
                                             .name_zh = found[i].division_zh,
                                             .name_en = found[i].division_en};
    *rows = made;
    return DONE;
}

struct outcome identity_division_children(struct scene *scene, struct str parent,
                                          const struct identity_division **rows, size_t *count)
{
    const struct identity_list_divisions_row *found;
    struct identity_division *made;

    TRY(identity_list_divisions(scene->arena, scene->store, parent, &found, count));
    made = NEW_MANY(scene->arena, struct identity_division, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct identity_division){.division = found[i].division,
                                             .parent = found[i].parent,
                                             .level = found[i].level,
                                             .name_zh = found[i].division_zh,
                                             .name_en = found[i].division_en};
    *rows = made;
    return DONE;
}
