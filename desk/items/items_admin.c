/* items_admin.c -- the service list as an administrator keeps it: written, looked at, released. */
#include "desk/items/items_views.h"
#include "gen/items_html.h"
#include "platform/allows.h"

enum { BODY_MAX = 256 * 1024 }; /* every field full, in letters of nine bytes each */

static bool came_back(const struct request *request, const struct form *form)
{
    return request->face && request->face->form && request->face->form->form == form;
}

/* ---- all items ---- */

static const struct {
    const char *word, *name, *css;
} states[] = {{"same", T("As released"), "tag-off"},
              {"changed", T("Changed"), "tag-waiting"},
              {"new", T("New item"), "tag-done"},
              {"taken-out", T("Taken out"), "tag-late"}};

static struct outcome admin_row(struct scene *scene, const struct items_words *words,
                                struct str code, id released_id, bool has_draft, id draft_id,
                                struct items_admin_row_view *v)
{
    struct items_problem problems[ITEMS_PROBLEMS_MAX];
    size_t state = !has_draft ? 0 : !draft_id ? 3 : released_id ? 1 : 2;
    const struct items_word *category;
    struct items_item item = {0};
    bool found;

    TRY(items_version(scene, draft_id ? draft_id : released_id, &item, &found));
    category = items_word_of(words, ITEMS_CATEGORY, item.category);
    *v = (struct items_admin_row_view){
        .item = code,
        .name_zh = item.name_zh,
        .name_en = item.name_en,
        .branch = item.branch,
        .category = item.category,
        .state = str_of(states[state].word),
        .name = items_in(scene, item.name_zh, item.name_en),
        .category_name = category ? items_in(scene, category->zh, category->en) : S(""),
        .state_name = text_in(scene->language, states[state].name),
        .state_css = str_of(states[state].css),
        .problems = draft_id ? (int64_t)items_check(&item, words, problems) : 0};
    return DONE;
}

static bool is_wanted(const struct items_sift_form *f, const struct items_admin_row_view *row)
{
    if (f->only_changed && str_same(row->state, S("same"))) return false;
    return !f->q.len || str_find(row->name_zh, f->q) >= 0 || str_find(row->name_en, f->q) >= 0 ||
           str_find(row->item, f->q) >= 0;
}

static struct outcome put_row(struct scene *scene, const struct items_sift_form *f,
                              const struct items_words *words, struct str code, id released_id,
                              const struct items_list_drafts_row *draft,
                              struct items_admin_row_view *rows, struct items_admin_view *v)
{
    struct items_admin_row_view *row = &rows[v->items_count];

    TRY(admin_row(scene, words, code, released_id, draft != NULL, draft ? draft->version_id : 0,
                  row));
    v->drafts += draft != NULL;
    v->items_count += is_wanted(f, row);
    return DONE;
}

static const struct items_list_drafts_row *draft_of(const struct items_list_drafts_row *drafts,
                                                    size_t count, struct str code)
{
    for (size_t i = 0; i < count; i++)
        if (str_same(drafts[i].item, code)) return &drafts[i];
    return NULL;
}

static struct outcome show_admin(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct items_sift_form *f = query;
    struct items_admin_view *v = view;
    struct items_find_last_release_row last;
    const struct items_list_drafts_row *drafts;
    struct items_admin_row_view *rows;
    struct items_words words;
    struct items_roll roll;
    size_t count;
    bool found;

    TRY(outcome_allows(items_need_city(scene), &v->may_change));
    v->q = f->q;
    v->only_changed = f->only_changed ? S("1") : S("");
    v->is_adding = came_back(request, &items_add_form);
    TRY(items_words_load(scene, &words));
    TRY(items_find_last_release(scene->store, &last, &found));
    v->release = found ? last.release_number : -1;
    TRY(items_roll_of(scene, found ? last.release_id : 0, &roll));
    TRY(items_list_drafts(scene->arena, scene->store, &drafts, &count));
    rows = NEW_MANY(scene->arena, struct items_admin_row_view, roll.count + count + 1);
    for (size_t i = 0; i < count; i++) {
        if (!items_roll_get(&roll, drafts[i].item))
            TRY(put_row(scene, f, &words, drafts[i].item, 0, &drafts[i], rows, v));
    }
    for (size_t i = 0; i < roll.count; i++)
        TRY(put_row(scene, f, &words, roll.lines[i].item, roll.lines[i].version_id,
                    draft_of(drafts, count, roll.lines[i].item), rows, v));
    v->items = rows;
    return DONE;
}

/* ---- one item ---- */

static const struct choice *choices_of(struct scene *scene, const struct items_words *words,
                                       struct str kind, struct str chosen, bool has_none,
                                       size_t *count)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, words->count + 1);

    *count = 0;
    if (has_none) made[(*count)++].label = text_in(scene->language, T("Please choose"));
    for (size_t i = 0; i < words->count; i++) {
        const struct items_word *w = &words->rows[i];

        if (!str_same(w->kind, kind)) continue;
        made[(*count)++] = (struct choice){.value = w->word,
                                           .label = items_in(scene, w->zh, w->en),
                                           .chosen = items_has_word(chosen, w->word)};
    }
    return made;
}

static const struct choice *known_of(struct scene *scene, const struct items_known *known,
                                     size_t known_count, struct str chosen, const char *none,
                                     size_t *count)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, known_count + 1);

    *count = 0;
    if (none) made[(*count)++].label = text_in(scene->language, none);
    for (size_t i = 0; i < known_count; i++)
        made[(*count)++] = (struct choice){.value = known[i].word,
                                           .label = text_in(scene->language, known[i].label),
                                           .chosen = items_has_word(chosen, known[i].word)};
    return made;
}

static void show_choices(struct scene *scene, const struct items_words *words,
                         const struct items_item *item, struct items_edit_view *v)
{
    const char *choose = T("Please choose");

    v->branches = known_of(scene, items_branches, items_branches_count, item->branch, NULL,
                           &v->branches_count);
    v->categories =
        choices_of(scene, words, ITEMS_CATEGORY, item->category, true, &v->categories_count);
    v->processes = known_of(scene, words->processes, words->processes_count, item->process, choose,
                            &v->processes_count);
    v->departments =
        choices_of(scene, words, ITEMS_DEPARTMENT, item->department, true, &v->departments_count);
    v->all_needs = choices_of(scene, words, ITEMS_NEED, item->needs, false, &v->all_needs_count);
    v->all_offices =
        choices_of(scene, words, ITEMS_OFFICE, item->offices, false, &v->all_offices_count);
    v->all_channels = known_of(scene, items_channels, items_channels_count, item->channels, NULL,
                               &v->all_channels_count);
    /* A time limit is counted in days: around the clock is for offices, the last of the list. */
    v->calendars = known_of(scene, items_calendars, items_calendars_count - 1, item->calendar,
                            T("No time limit"), &v->calendars_count);
}

static void show_problems(struct scene *scene, const struct items_words *words,
                          const struct items_item *item, struct items_edit_view *v)
{
    struct items_problem problems[ITEMS_PROBLEMS_MAX];
    struct items_problem_view *made =
        NEW_MANY(scene->arena, struct items_problem_view, ITEMS_PROBLEMS_MAX);

    v->problems_count = items_check(item, words, problems);
    for (size_t i = 0; i < v->problems_count; i++)
        made[i] = (struct items_problem_view){
            .field = str_of(items_field_name(problems[i].field)),
            .label = text_in(scene->language, items_field_label(problems[i].field)),
            .text = text_fill(scene->arena, scene->language, problems[i].why->text,
                              problems[i].detail, S(""), S(""))};
    v->problems = made;
}

#define SHOW(kind, name_, must, min, max, label, hint) v->name_ = item.name_;

static struct outcome show_edit(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct items_which_form *f = query;
    struct items_edit_view *v = view;
    struct items_standing standing;
    struct items_words words;
    struct items_item item;

    TRY(items_stand_known(scene, f->item, &standing, &item));
    TRY(items_words_load(scene, &words));
    ITEMS_ITEM_LIST(SHOW)
    v->seen = standing.now_id;
    TRY(outcome_allows(items_need_city(scene), &v->may_change));
    v->has_draft = standing.has_draft;
    v->is_taken_out = standing.is_taken_out;
    v->is_new = !standing.released_id;
    v->name = items_in(scene, item.name_zh, item.name_en);
    show_choices(scene, &words, &item, v);
    show_problems(scene, &words, &item, v);
    return DONE;
}

static struct outcome show_preview(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct items_which_form *f = query;
    struct items_one_view *v = view;
    struct items_standing standing;
    struct items_words words;
    struct items_item item;

    TRY(items_stand_known(scene, f->item, &standing, &item));
    TRY(items_words_load(scene, &words));
    v->version = standing.now_id;
    v->release = -1;
    v->is_preview = true;
    return items_draw(scene, &item, &words, v);
}

/* ---- releases ---- */

static struct outcome show_prepare(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct items_prepare_view *v = view;
    struct items_find_last_release_row last;
    struct items_roll before, after;
    char day[ITEMS_DAY_LEN];
    calendar_day earliest = items_today(scene);
    bool found;

    (void)query;
    TRY(outcome_allows(items_need_city(scene), &v->may_change));
    TRY(items_find_last_release(scene->store, &last, &found));
    if (found && last.holds_day > earliest) earliest = last.holds_day;
    calendar_day_print(earliest, day);
    v->earliest = arena_copy(scene->arena, str_of(day));
    TRY(items_roll_of(scene, found ? last.release_id : 0, &before));
    TRY(items_roll_of(scene, found ? last.release_id : 0, &after));
    TRY(items_apply_drafts(scene, &after, &v->not_ready));
    TRY(items_compare(scene, &before, &after, &v->changes, &v->changes_count));
    return items_show_release_rows(scene, true, &v->releases, &v->releases_count);
}

const struct page items_admin_pages[] = {
    {.method = GET,
     .path = "/admin/items",
     .who = WHO_ADMIN,
     .about = "The service list with what is being written.",
     .query = &items_sift_form,
     .view = &items_admin_view,
     .html = &html_items_admin,
     .show = show_admin},
    {.method = POST,
     .path = "/admin/items",
     .who = WHO_ADMIN,
     .about = "Begin a new item; it is not public before it is released.",
     .act = &items_add,
     .then = "/admin/items/{item}",
     .again = "/admin/items",
     .status = 201},
    {.method = GET,
     .path = "/admin/items/{item}",
     .who = WHO_ADMIN,
     .about = "An item as it is being written, and what is wrong with it.",
     .query = &items_which_form,
     .view = &items_edit_view,
     .html = &html_items_edit,
     .show = show_edit},
    {.method = POST,
     .path = "/admin/items/{item}",
     .who = WHO_ADMIN,
     .about = "Keep what is written of an item; `seen` is the version it was made from.",
     .act = &items_save,
     .then = "/admin/items/{item}",
     .again = "/admin/items/{item}",
     .said = T("Saved. It is public once it is released."),
     .body_bytes_max = BODY_MAX},
    {.method = GET,
     .path = "/admin/items/{item}/preview",
     .who = WHO_ADMIN,
     .about = "An item's page as it would be.",
     .query = &items_which_form,
     .view = &items_one_view,
     .html = &html_items_one,
     .show = show_preview},
    {.method = POST,
     .path = "/admin/items/{item}/take-out",
     .who = WHO_ADMIN,
     .about = "Take an item out of the list, with the next release.",
     .act = &items_take_out,
     .then = "/admin/items",
     .again = "/admin/items/{item}",
     .said = T("It is taken out with the next release.")},
    {.method = POST,
     .path = "/admin/items/{item}/undo",
     .who = WHO_ADMIN,
     .about = "Take back what was written of an item since its release.",
     .act = &items_undo,
     .then = "/admin/items",
     .again = "/admin/items/{item}",
     .said = T("The item is as it was released.")},
    {.method = GET,
     .path = "/admin/releases",
     .who = WHO_ADMIN,
     .about = "What the next release would change, and all releases.",
     .view = &items_prepare_view,
     .html = &html_items_prepare,
     .show = show_prepare},
    {.method = POST,
     .path = "/admin/releases",
     .who = WHO_ADMIN,
     .about = "Release what was written, from a day on.",
     .act = &items_release,
     .then = "/admin/releases",
     .again = "/admin/releases",
     .said = T("Released."),
     .status = 201},
    {.method = POST,
     .path = "/admin/releases/{release}/withdraw",
     .who = WHO_ADMIN,
     .about = "Withdraw a release before its day; what it brought is a draft again.",
     .act = &items_withdraw,
     .then = "/admin/releases",
     .again = "/admin/releases",
     .said = T("The release is withdrawn. What it changed is being written again.")},
    {0},
};
