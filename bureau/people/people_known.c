/* people_known.c -- whether a word that was asked for is one of ours. */
#include "bureau/people/people_acts.h"

struct outcome people_knows_profession(struct scene *scene, struct str profession, bool *known)
{
    (void)scene;
    *known = people_is_profession(profession);
    return DONE;
}

struct outcome people_knows_language(struct scene *scene, struct str language, bool *known)
{
    (void)scene;
    *known = people_is_language(language);
    return DONE;
}

struct outcome people_knows_field(struct scene *scene, struct str field, bool *known)
{
    struct people_find_field_name_row row;

    return people_find_field_name(scene->arena, scene->store, field, &row, known);
}
