/* privacy_copy.c -- making a copy, and who may make one for somebody else.
 *
 *  (1) That a copy was made is in the journal, with whom it is about and who made it.
 *  (2) A program with a key makes none: a copy is everything at once.
 *  (3) At a window the right is somebody's own: an administrator of the city, or a clerk whom one
 *      of them has named.
 */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"
#include "service/privacy/privacy_views.h"

struct outcome privacy_need_right(struct scene *scene)
{
    struct privacy_find_right_row row;
    bool found;

    TRY(identity_by_person(scene));
    if (scene_is(scene, WHO_ADMIN)) return people_need_city(scene);
    TRY(privacy_find_right(scene->store, scene->actor.person_id, &row, &found));
    return found ? DONE : REFUSE(privacy_no_right);
}

static struct outcome keep(struct scene *scene, id person_id, struct str phone_index,
                           struct str paper, struct str reason, struct privacy_made_view *made)
{
    made->copy = scene_new_id(scene);
    scene_about(scene, 0, person_id);
    scene->detail = paper; /* a word of privacy_papers */
    return privacy_add_copy(scene->store, made->copy, person_id, phone_index,
                            scene->actor.person_id, paper,
                            secret_seal(scene->arena, PRIVACY_REASON_USE, reason), scene->now,
                            scene->now + PRIVACY_COPY_SECONDS);
}

static struct outcome copy(struct scene *scene, const void *form, void *result)
{
    (void)form;
    TRY(identity_by_person(scene));
    return keep(scene, scene->actor.person_id, scene->actor.phone_index, S(""), S(""), result);
}

const struct act privacy_copy = {
    .name = "privacy.copy", .who = WHO_RESIDENT, .result = &privacy_made_view, .run = copy};

static struct outcome copy_for(struct scene *scene, const void *form, void *result)
{
    const struct privacy_copy_for_form *f = form;
    struct str index = identity_phone_index(scene->arena, f->phone);
    struct privacy_find_resident_row row;
    bool found;

    TRY(privacy_need_right(scene));
    if (!privacy_paper_name(f->paper)) return REFUSE(privacy_paper_missing);
    TRY(privacy_find_resident(scene->store, index, &row, &found));
    return keep(scene, found ? row.person_id : 0, index, f->paper, f->reason, result);
}

#define FORM_THIS privacy_copy_for_form
FORM_TABLE(privacy_copy_for, PRIVACY_COPY_FOR_FORM)
#undef FORM_THIS

const struct act privacy_copy_for = {.name = "privacy.copy-for",
                                     .who = WHO_CLERK | WHO_ADMIN,
                                     .form = &privacy_copy_for_form,
                                     .result = &privacy_made_view,
                                     .run = copy_for};

/* ---- who may at a window ---- */

static struct outcome allow(struct scene *scene, const void *form, void *result)
{
    const struct privacy_allow_form *f = form;
    struct privacy_find_clerk_of_login_row clerk;
    struct privacy_find_clerk_row row;
    bool found;

    (void)result;
    TRY(identity_by_person(scene));
    TRY(people_need_city(scene));
    TRY(privacy_find_clerk_of_login(scene->store, identity_login(scene->arena, f->login), &clerk,
                                    &found));
    if (!found) return REFUSE_WITH(privacy_no_clerk, f->login);
    TRY(privacy_find_clerk(scene->store, clerk.person_id, &row, &found));
    if (found) return REFUSE(privacy_is_clerk);
    scene_about(scene, 0, clerk.person_id);
    return privacy_add_clerk(scene->store, clerk.person_id, scene->actor.person_id, scene->now);
}

#define FORM_THIS privacy_allow_form
FORM_TABLE(privacy_allow, PRIVACY_ALLOW_FORM)
#undef FORM_THIS

const struct act privacy_allow = {
    .name = "privacy.allow", .who = WHO_ADMIN, .form = &privacy_allow_form, .run = allow};

static struct outcome disallow(struct scene *scene, const void *form, void *result)
{
    const struct privacy_clerk_form *f = form;

    (void)result;
    TRY(identity_by_person(scene));
    TRY(people_need_city(scene));
    TRY(privacy_drop_clerk(scene->store, f->person));
    if (!store_changes(scene->store)) return REFUSE(act_unknown);
    scene_about(scene, 0, f->person);
    return DONE;
}

#define FORM_THIS privacy_clerk_form
FORM_TABLE(privacy_clerk, PRIVACY_CLERK_FORM)
#undef FORM_THIS

const struct act privacy_disallow = {
    .name = "privacy.disallow", .who = WHO_ADMIN, .form = &privacy_clerk_form, .run = disallow};

#define VIEW_THIS privacy_made_view
VIEW_TABLE(privacy_made, PRIVACY_MADE_VIEW)
#undef VIEW_THIS
