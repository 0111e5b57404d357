/* danger_help.c -- see danger_acts.h. */
#include "desk/danger/danger_acts.h"

size_t danger_show(const struct scene *scene, enum danger danger,
                   const struct danger_number_view **numbers)
{
    bool is_english = scene->language == LANGUAGE_EN;
    struct danger_number found[DANGER_NUMBERS_MAX];
    size_t count = danger_numbers(danger, found);
    struct danger_number_view *made =
        NEW_MANY(scene->arena, struct danger_number_view, DANGER_NUMBERS_MAX);

    for (size_t i = 0; i < count; i++)
        made[i] = (struct danger_number_view){
            found[i].number, is_english ? found[i].en : found[i].zh, found[i].source};
    *numbers = made;
    return count;
}

#define VIEW_THIS danger_number_view
VIEW_TABLE(danger_number, DANGER_NUMBER_VIEW)
#undef VIEW_THIS
