/* items_edit.c -- an administrator writes an item: kept as a draft until it is released.
 *
 *  (1) A draft may be half done: what is missing is told, and refused only when it is released.
 *  (2) Nobody writes over what somebody else wrote meanwhile: what is saved names the version it
 *      was made from.
 *  (3) The list is the city's: an administrator of a district reads it here and changes nothing.
 */
#include "desk/items/items_views.h"

const struct reason items_changed_meanwhile = {
    "items.changed_meanwhile",
    T("Somebody else has changed this item meanwhile. What you typed is still here; open the item "
      "in another window, compare, and take over what is missing."),
    409};
const struct reason items_code_taken = {
    "items.code_taken", T("There is an item of this short code already."), 409, .field = "item"};
const struct reason items_no_draft = {"items.no_draft",
                                      T("There is no change of this item to take back."), 409};
const struct reason items_city_only = {
    "items.city_only",
    T("The service list is the same in the whole city. Only an administrator of the whole city can "
      "change it."),
    403};

struct outcome items_need_city(struct scene *scene)
{
    struct items_find_top_division_row top;
    bool found;

    TRY(items_find_top_division(scene->store, scene_scope(scene, WHO_ADMIN), &top, &found));
    return top.divisions_count > 0 ? DONE : REFUSE(items_city_only);
}

struct outcome items_stand(struct scene *scene, struct str item, struct items_standing *standing)
{
    struct items_find_last_release_row last;
    struct items_find_listed_row listed;
    struct items_find_draft_row draft;
    bool found;

    *standing = (struct items_standing){0};
    TRY(items_find_last_release(scene->store, &last, &found));
    if (found) TRY(items_find_listed(scene->store, last.release_id, item, &listed, &found));
    if (found) standing->released_id = listed.version_id;
    TRY(items_find_draft(scene->store, item, &draft, &found));
    standing->has_draft = found;
    standing->draft_id = found ? draft.version_id : 0;
    standing->is_taken_out = found && !draft.version_id;
    standing->now_id = standing->draft_id ? standing->draft_id : standing->released_id;
    return DONE;
}

struct outcome items_stand_known(struct scene *scene, struct str item,
                                 struct items_standing *standing, struct items_item *said)
{
    bool found;

    TRY(items_stand(scene, item, standing));
    if (!standing->now_id) return REFUSE(act_unknown);
    TRY(items_version(scene, standing->now_id, said, &found));
    return found ? DONE : REFUSE(act_unknown);
}

/* Lines without blanks at their ends, and without empty lines. */
static struct str tidy(struct arena *arena, struct str text)
{
    struct str lines[ITEMS_LINES_MAX + 1], all = S("");
    size_t count = items_lines(text, lines);

    if (count == ITEMS_LINES_MAX) return str_trim(text);
    for (size_t i = 0; i < count; i++)
        all = i ? arena_print(arena, "%.*s\n%.*s", STR_ARGS(all), STR_ARGS(lines[i])) : lines[i];
    return all;
}

static struct outcome set_draft(struct scene *scene, struct str item, id version_id,
                                const struct items_standing *before)
{
    TRY(items_set_draft(scene->store, item, version_id, scene->now, scene->actor.person_id));
    return before->draft_id ? items_drop_version(scene->store, before->draft_id) : DONE;
}

static struct outcome drop_draft(struct scene *scene, struct str item,
                                 const struct items_standing *before)
{
    TRY(items_drop_draft(scene->store, item));
    return before->draft_id ? items_drop_version(scene->store, before->draft_id) : DONE;
}

#define GIVEN(kind, name_, must, min, max, label, hint) .name_ = tidy(scene->arena, f->name_),

static struct outcome save(struct scene *scene, const void *form, void *result)
{
    const struct items_save_form *f = form;
    struct items_item said = {ITEMS_ITEM_LIST(GIVEN)}, was;
    enum items_field changed[ITEMS_FIELDS];
    struct items_standing standing;
    bool found = false;
    id version_id;

    (void)result;
    TRY(items_need_city(scene));
    TRY(items_stand(scene, f->item, &standing));
    if (!standing.now_id) return REFUSE(act_unknown);
    if (f->seen != standing.now_id) return REFUSE(items_changed_meanwhile);
    scene->detail = arena_copy(scene->arena, f->item);
    if (standing.released_id) TRY(items_version(scene, standing.released_id, &was, &found));
    if (found && items_difference(&was, &said, changed) == 0) {
        scene->quiet = !standing.has_draft;
        return drop_draft(scene, f->item, &standing);
    }
    TRY(items_keep(scene, &said, &version_id));
    return set_draft(scene, f->item, version_id, &standing);
}

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct items_add_form *f = form;
    struct items_added_view *told = result;
    struct items_item said = {.item = f->item,
                              .branch = S("legal"),
                              .process = S("window"),
                              .name_zh = f->name_zh,
                              .name_en = f->name_en};
    struct items_standing standing;
    id version_id;

    TRY(items_need_city(scene));
    if (!items_is_code(f->item)) return REFUSE(items_code_wrong);
    TRY(items_stand(scene, f->item, &standing));
    if (standing.now_id) return REFUSE(items_code_taken);
    scene->detail = arena_copy(scene->arena, f->item);
    TRY(items_keep(scene, &said, &version_id));
    told->item = f->item;
    return set_draft(scene, f->item, version_id, &standing);
}

static struct outcome take_out(struct scene *scene, const void *form, void *result)
{
    const struct items_which_form *f = form;
    struct items_standing standing;

    (void)result;
    TRY(items_need_city(scene));
    TRY(items_stand(scene, f->item, &standing));
    if (!standing.now_id) return REFUSE(act_unknown);
    scene->detail = arena_copy(scene->arena, f->item);
    if (!standing.released_id) return drop_draft(scene, f->item, &standing);
    return set_draft(scene, f->item, 0, &standing);
}

static struct outcome undo(struct scene *scene, const void *form, void *result)
{
    const struct items_which_form *f = form;
    struct items_standing standing;

    (void)result;
    TRY(items_need_city(scene));
    TRY(items_stand(scene, f->item, &standing));
    if (!standing.has_draft) return REFUSE(items_no_draft);
    scene->detail = arena_copy(scene->arena, f->item);
    return drop_draft(scene, f->item, &standing);
}

const struct act items_save = {
    .name = "items.save", .who = WHO_ADMIN, .form = &items_save_form, .run = save};
const struct act items_add = {.name = "items.add",
                              .who = WHO_ADMIN,
                              .form = &items_add_form,
                              .result = &items_added_view,
                              .run = add};
const struct act items_take_out = {
    .name = "items.take_out", .who = WHO_ADMIN, .form = &items_which_form, .run = take_out};
const struct act items_undo = {
    .name = "items.undo", .who = WHO_ADMIN, .form = &items_which_form, .run = undo};
