/* identity_language.c -- in which language a person is written to.
 *
 *  (1) It is known from a browser only: the language its pages were in when the person signed in,
 *      or the one they chose since.  A program speaks for many and says nothing about its reader.
 *  (2) Nothing known is Chinese.
 */
#include "desk/identity/identity_parts.h"

struct outcome identity_keep_language(struct scene *scene, id person_id, enum language language)
{
    struct identity_find_person_row row;
    bool found;

    /* A guest's number has no person behind it. */
    if (!person_id || !identity_is_browser(scene)) return DONE;
    TRY(identity_find_person(scene->arena, scene->store, person_id, &row, &found));
    if (!found) return DONE;
    return identity_set_language(scene->store, person_id,
                                 language == LANGUAGE_EN ? S("en") : S("zh"));
}

struct outcome identity_chose_language(struct scene *scene, enum language language)
{
    if (!scene_is(scene, WHO_RESIDENT | WHO_WORKER)) return DONE;
    return identity_keep_language(scene, scene->actor.person_id, language);
}

struct outcome identity_language(struct scene *scene, id person_id, enum language *language)
{
    struct identity_find_language_row row;
    bool found;

    *language = LANGUAGE_ZH;
    TRY(identity_find_language(scene->arena, scene->store, person_id, &row, &found));
    if (found && str_same(row.language, S("en"))) *language = LANGUAGE_EN;
    return DONE;
}
