/* items_export.c -- the list that holds now, as files a clerk can change and hand in again. */
#include "desk/items/items_parts.h"
#include "desk/items/items_write.h"

struct outcome items_export(struct scene *scene, const struct items_source **sources, size_t *count)
{
    struct items_find_release_on_row release;
    struct items_source *made;
    struct items_words words;
    struct items_roll roll;
    struct items_item item;
    bool found;

    TRY(items_words_load(scene, &words));
    TRY(items_find_now(scene, &release, &found));
    TRY(items_roll_of(scene, found ? release.release_id : 0, &roll));
    made = NEW_MANY(scene->arena, struct items_source, roll.count + 1);
    made[0] = (struct items_source){S("words.yaml"), items_file_write_words(scene->arena, &words)};
    for (size_t i = 0; i < roll.count; i++) {
        TRY(items_version(scene, roll.lines[i].version_id, &item, &found));
        made[i + 1] = (struct items_source){
            arena_print(scene->arena, "%.*s.yaml", STR_ARGS(roll.lines[i].item)),
            items_file_write(scene->arena, &item)};
    }
    *sources = made;
    *count = roll.count + 1;
    return DONE;
}
