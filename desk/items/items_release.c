/* items_release.c -- drafts become a release, and a release that does not hold yet is withdrawn.
 *
 *  (1) All drafts or none: one that is not ready refuses the release, by name.
 *  (2) Only the last release can be withdrawn, and only before its day: what held was promised.
 *  (3) Withdrawing loses nothing: what the release brought is a draft again, unless somebody has
 *      written on meanwhile.
 */
#include "desk/items/items_views.h"

const struct reason items_not_ready = {
    "items.not_ready",
    T("These items are not ready and cannot be released: %1. Open each to see what is missing."),
    .field = "holds_from"};
const struct reason items_holds_already = {
    "items.holds_already",
    T("This release holds already and cannot be withdrawn. Make a new one instead."), 409};
const struct reason items_not_last = {"items.not_last",
                                      T("There is a later release. Withdraw that one first."), 409};
const struct reason items_withdrawn = {"items.withdrawn", T("This release was withdrawn already."),
                                       409};

static struct str join(struct arena *arena, struct str all, struct str next)
{
    if (!all.len) return next;
    return arena_print(arena, "%.*s, %.*s", STR_ARGS(all), STR_ARGS(next));
}

/* Puts the drafts into the list; `late` names those that are not ready. */
struct outcome items_apply_drafts(struct scene *scene, struct items_roll *roll, struct str *late)
{
    struct items_problem problems[ITEMS_PROBLEMS_MAX];
    const struct items_list_drafts_row *rows;
    struct items_words words;
    struct items_item item;
    size_t count;
    bool found;

    *late = S("");
    TRY(items_words_load(scene, &words));
    TRY(items_list_drafts(scene->arena, scene->store, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (!items_roll_set(roll, rows[i].item, rows[i].version_id))
            return FAULT("items: too many items in one release");
        if (!rows[i].version_id) continue;
        TRY(items_version(scene, rows[i].version_id, &item, &found));
        if (!found || items_check(&item, &words, problems))
            *late = join(scene->arena, *late, items_in(scene, item.name_zh, item.name_en));
    }
    return DONE;
}

static bool is_same(const struct items_roll *a, const struct items_roll *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++)
        if (items_roll_get(b, a->lines[i].item) != a->lines[i].version_id) return false;
    return true;
}

static struct outcome release(struct scene *scene, const void *form, void *result)
{
    const struct items_release_form *f = form;
    struct items_released_view *told = result;
    struct items_find_last_release_row last;
    const struct items_list_drafts_row *drafts;
    struct items_roll before, after;
    calendar_day holds_day;
    struct str late;
    size_t count;
    bool found;

    TRY(items_need_city(scene));
    TRY(items_day_check(scene, f->holds_from, &holds_day));
    TRY(items_find_last_release(scene->store, &last, &found));
    TRY(items_roll_of(scene, found ? last.release_id : 0, &before));
    TRY(items_roll_of(scene, found ? last.release_id : 0, &after));
    TRY(items_apply_drafts(scene, &after, &late));
    if (late.len) return REFUSE_WITH(items_not_ready, late);
    if (is_same(&before, &after)) return REFUSE(items_nothing_new);
    TRY(items_release_add(scene, &after, holds_day, str_trim(f->note), &told->release));
    TRY(items_list_drafts(scene->arena, scene->store, &drafts, &count));
    for (size_t i = 0; i < count; i++) TRY(items_drop_draft(scene->store, drafts[i].item));
    return DONE;
}

static struct outcome back_to_draft(struct scene *scene, struct str item, id version_id)
{
    struct items_find_draft_row draft;
    bool found;

    TRY(items_find_draft(scene->store, item, &draft, &found));
    if (found) return DONE;
    return items_set_draft(scene->store, item, version_id, scene->now, scene->actor.person_id);
}

static struct outcome withdraw(struct scene *scene, const void *form, void *result)
{
    const struct items_number_form *f = form;
    struct items_find_last_release_row last;
    struct items_find_release_before_row previous;
    struct items_find_release_row row;
    struct items_roll before, after;
    bool found;

    (void)result;
    TRY(items_need_city(scene));
    TRY(items_find_release(scene->arena, scene->store, f->release, &row, &found));
    if (!found) return REFUSE(act_unknown);
    if (row.withdrawn_at) return REFUSE(items_withdrawn);
    if (row.holds_day <= items_today(scene)) return REFUSE(items_holds_already);
    TRY(items_find_last_release(scene->store, &last, &found));
    if (last.release_id != row.release_id) return REFUSE(items_not_last);
    TRY(items_find_release_before(scene->store, row.release_number, &previous, &found));
    TRY(items_roll_of(scene, found ? previous.release_id : 0, &before));
    TRY(items_roll_of(scene, row.release_id, &after));
    TRY(items_set_withdrawn(scene->store, scene->now, scene->actor.person_id, row.release_id));
    for (size_t i = 0; i < after.count; i++) {
        const struct items_line *line = &after.lines[i];

        if (items_roll_get(&before, line->item) != line->version_id)
            TRY(back_to_draft(scene, line->item, line->version_id));
    }
    for (size_t i = 0; i < before.count; i++) {
        if (!items_roll_get(&after, before.lines[i].item))
            TRY(back_to_draft(scene, before.lines[i].item, 0));
    }
    scene->detail = arena_print(scene->arena, "release %lld", (long long)row.release_number);
    return DONE;
}

const struct act items_release = {.name = "items.release",
                                  .who = WHO_ADMIN,
                                  .form = &items_release_form,
                                  .result = &items_released_view,
                                  .run = release};
const struct act items_withdraw = {
    .name = "items.withdraw", .who = WHO_ADMIN, .form = &items_number_form, .run = withdraw};
