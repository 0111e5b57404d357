/* items_differ.c -- what changed from one list to the next, item by item and field by field.
 *
 *  (1) Everybody may see what changed in lists that hold or held; what is planned is the
 *      administrators' until its day. */
#include "desk/items/items_views.h"
#include "gen/items_html.h"

enum { LOOKS_A_MINUTE = 120 };

static const struct {
    const char *word, *name, *css;
} kinds[] = {{"added", T("New item"), "tag-done"},
             {"changed", T("Changed"), "tag-waiting"},
             {"taken-out", T("Taken out"), "tag-off"}};

static void name_change(const struct scene *scene, size_t kind, struct items_change_view *v)
{
    v->kind = str_of(kinds[kind].word);
    v->kind_name = text_in(scene->language, kinds[kind].name);
    v->kind_css = str_of(kinds[kind].css);
}

static struct outcome change_of(struct scene *scene, struct str item, id before_id, id after_id,
                                struct items_change_view *v)
{
    struct items_item before = {0}, after = {0};
    enum items_field changed[ITEMS_FIELDS];
    struct items_changed_field_view *fields =
        NEW_MANY(scene->arena, struct items_changed_field_view, ITEMS_FIELDS);
    bool found;

    *v = (struct items_change_view){.item = item, .fields = fields};
    if (before_id) TRY(items_version(scene, before_id, &before, &found));
    if (after_id) TRY(items_version(scene, after_id, &after, &found));
    v->name = after_id ? items_in(scene, after.name_zh, after.name_en)
                       : items_in(scene, before.name_zh, before.name_en);
    name_change(scene, !before_id ? 0 : after_id ? 1 : 2, v);
    if (!before_id || !after_id) return DONE;
    v->fields_count = items_difference(&before, &after, changed);
    for (size_t i = 0; i < v->fields_count; i++)
        fields[i] = (struct items_changed_field_view){
            .field = str_of(items_field_name(changed[i])),
            .label = text_in(scene->language, items_field_label(changed[i])),
            .before = items_get(&before, changed[i]),
            .after = items_get(&after, changed[i])};
    return DONE;
}

struct outcome items_compare(struct scene *scene, const struct items_roll *before,
                             const struct items_roll *after,
                             const struct items_change_view **changes, size_t *count)
{
    struct items_change_view *made =
        NEW_MANY(scene->arena, struct items_change_view, before->count + after->count + 1);

    *count = 0;
    for (size_t i = 0; i < after->count; i++) {
        const struct items_line *line = &after->lines[i];
        id was = items_roll_get(before, line->item);

        if (was != line->version_id)
            TRY(change_of(scene, line->item, was, line->version_id, &made[(*count)++]));
    }
    for (size_t i = 0; i < before->count; i++) {
        const struct items_line *line = &before->lines[i];

        if (!items_roll_get(after, line->item))
            TRY(change_of(scene, line->item, line->version_id, 0, &made[(*count)++]));
    }
    *changes = made;
    return DONE;
}

struct outcome items_show_release_rows(struct scene *scene, bool is_admin,
                                       const struct items_release_row_view **rows, size_t *count)
{
    const struct items_list_releases_row *list;
    struct items_release_row_view *made;
    struct items_find_release_on_row now;
    struct items_find_last_release_row last;
    bool has_now, has_last;

    TRY(items_find_now(scene, &now, &has_now));
    TRY(items_find_last_release(scene->store, &last, &has_last));
    TRY(items_list_releases(scene->arena, scene->store, is_admin ? 0 : items_today(scene), &list,
                            count));
    made = NEW_MANY(scene->arena, struct items_release_row_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        const struct items_list_releases_row *r = &list[i];
        bool planned = !r->withdrawn_at && r->holds_day > items_today(scene);

        made[i] = (struct items_release_row_view){
            .release = r->release_number,
            .holds_from = calendar_day_begins(r->holds_day),
            .made_at = r->made_at,
            .note = r->release_note,
            .items = r->items_count,
            .withdrawn_at = r->withdrawn_at,
            .by_name = is_admin ? r->person_name : S(""),
            .holds = has_now && now.release_id == r->release_id,
            .is_planned = planned,
            .can_withdraw = is_admin && planned && has_last && last.release_id == r->release_id};
    }
    *rows = made;
    return DONE;
}

static struct outcome show_releases(struct request *request, const void *query, void *view)
{
    struct items_releases_view *v = view;

    (void)query;
    return items_show_release_rows(request->scene, false, &v->releases, &v->releases_count);
}

static struct outcome show_release(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct items_number_form *f = query;
    struct items_release_view *v = view;
    struct items_find_release_row row;
    struct items_find_release_before_row previous;
    struct items_roll before, after;
    bool found, has_previous, is_public;

    TRY(items_find_release(scene->arena, scene->store, f->release, &row, &found));
    is_public = found && !row.withdrawn_at && row.holds_day <= items_today(scene);
    if (!found || (!is_public && !scene_is(scene, WHO_ADMIN))) return REFUSE(act_unknown);
    TRY(items_find_release_before(scene->store, row.release_number, &previous, &has_previous));
    TRY(items_roll_of(scene, has_previous ? previous.release_id : 0, &before));
    TRY(items_roll_of(scene, row.release_id, &after));
    v->release = row.release_number;
    v->holds_from = calendar_day_begins(row.holds_day);
    v->note = row.release_note;
    v->withdrawn_at = row.withdrawn_at;
    v->before = has_previous ? previous.release_number : -1;
    v->is_first = !has_previous;
    v->is_planned = !row.withdrawn_at && row.holds_day > items_today(scene);
    return items_compare(scene, &before, &after, &v->changes, &v->changes_count);
}

const struct page items_release_pages[] = {
    {.method = GET,
     .path = "/releases",
     .who = WHO_ANYONE,
     .about = "The releases of the service list that hold or held.",
     .view = &items_releases_view,
     .html = &html_items_releases,
     .show = show_releases,
     .per_minute = LOOKS_A_MINUTE},
    {.method = GET,
     .path = "/releases/{release}",
     .who = WHO_ANYONE,
     .about = "What a release of the service list changed, item by item and field by field.",
     .query = &items_number_form,
     .view = &items_release_view,
     .html = &html_items_release,
     .show = show_release,
     .per_minute = LOOKS_A_MINUTE},
    {0},
};
