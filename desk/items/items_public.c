/* items_public.c -- the service list as everybody reads it, without an account.
 *
 *  (1) What is shown is what holds today; what is planned or being written is not.
 *  (2) A field an item leaves out is left out on its page: nothing is said that nobody knows. */
#include <stdlib.h>

#include "desk/items/items_acts.h"
#include "desk/items/items_search.h"
#include "desk/items/items_views.h"
#include "desk/laws/laws_acts.h"
#include "gen/items_html.h"
#include "platform/finder_terms.h"
#include "platform/known.h"
#include "platform/pinyin.h"

enum {
    LOOKS_A_MINUTE = 240,
    SEARCH_BYTES = 8192,
    /* What an item must have to be shown among other things: of a long text more than a word that
     * many have.  30: one pair of letters in a name or in words people say, had by few. */
    POINTS_MIN = 30,
    POINTS_A_BYTE = 2
};

struct str items_in(const struct scene *scene, struct str zh, struct str en)
{
    return scene->language == LANGUAGE_EN ? en : zh;
}

static moment day_begins(calendar_day day)
{
    return calendar_day_begins(day);
}

/* ---- the list ---- */

static struct items_row_view row_view(const struct scene *scene,
                                      const struct items_list_listed_row *row)
{
    return (struct items_row_view){.item = row->item,
                                   .branch = row->branch,
                                   .category = row->category,
                                   .department = row->department,
                                   .name_zh = row->name_zh,
                                   .name_en = row->name_en,
                                   .object_zh = row->object_zh,
                                   .object_en = row->object_en,
                                   .needs = row->needs,
                                   .name = items_in(scene, row->name_zh, row->name_en),
                                   .content = items_in(scene, row->content_zh, row->content_en)};
}

struct place {
    int64_t sorting;
    size_t at;
};

static int compare(const void *a, const void *b)
{
    const struct place *one = a, *two = b;

    if (one->sorting != two->sorting) return one->sorting < two->sorting ? -1 : 1;
    return one->at < two->at ? -1 : 1;
}

/* As the bureau wants them; those of one place stay by their code. */
static struct items_list_listed_row *sorted(struct arena *arena,
                                            const struct items_list_listed_row *rows, size_t count)
{
    struct items_list_listed_row *made = NEW_MANY(arena, struct items_list_listed_row, count + 1);
    struct place *places = NEW_MANY(arena, struct place, count + 1);

    for (size_t i = 0; i < count; i++) {
        places[i].at = i;
        if (!str_to_int(rows[i].sorting, &places[i].sorting)) places[i].sorting = INT64_MAX;
    }
    qsort(places, count, sizeof *places, compare);
    for (size_t i = 0; i < count; i++) made[i] = rows[places[i].at];
    return made;
}

struct shelf {
    struct items_list_listed_row *rows;
    size_t count;
    struct items_words words;
};

static struct outcome load(struct scene *scene, struct shelf *shelf, struct items_list_view *v)
{
    struct items_find_release_on_row release;
    const struct items_list_listed_row *rows;
    bool found;

    *shelf = (struct shelf){0};
    v->release = -1;
    TRY(items_words_load(scene, &shelf->words));
    TRY(items_find_now(scene, &release, &found));
    if (!found) return DONE;
    v->release = release.release_number;
    v->holds_from = day_begins(release.holds_day);
    TRY(items_list_listed(scene->arena, scene->store, release.release_id, &rows, &shelf->count));
    shelf->rows = sorted(scene->arena, rows, shelf->count);
    return DONE;
}

static void show_needs(struct scene *scene, const struct shelf *shelf, struct str here,
                       struct items_list_view *v)
{
    struct items_need_view *made =
        NEW_MANY(scene->arena, struct items_need_view, shelf->words.count + 1);

    for (size_t w = 0; w < shelf->words.count; w++) {
        const struct items_word *word = &shelf->words.rows[w];
        struct items_need_view need = {.need = word->word,
                                       .name_zh = word->zh,
                                       .name_en = word->en,
                                       .name = items_in(scene, word->zh, word->en),
                                       .is_here = str_same(word->word, here)};

        if (!str_same(word->kind, ITEMS_NEED)) continue;
        for (size_t i = 0; i < shelf->count; i++)
            need.items += items_has_word(shelf->rows[i].needs, word->word);
        if (need.is_here) v->need_name = need.name;
        if (need.items) made[v->needs_count++] = need;
    }
    v->needs = made;
}

/* One group for each category; of community affairs, for each department. */
static void show_groups(struct scene *scene, const struct shelf *shelf, bool is_community,
                        struct items_list_view *v)
{
    struct items_group_view *groups =
        NEW_MANY(scene->arena, struct items_group_view, shelf->words.count + 1);

    for (size_t w = 0; w < shelf->words.count; w++) {
        const struct items_word *word = &shelf->words.rows[w];
        struct items_row_view *rows = NEW_MANY(scene->arena, struct items_row_view, shelf->count);
        size_t count = 0;

        if (!str_same(word->kind, is_community ? ITEMS_DEPARTMENT : ITEMS_CATEGORY)) continue;
        for (size_t i = 0; i < shelf->count; i++) {
            const struct items_list_listed_row *row = &shelf->rows[i];

            if (str_same(row->branch, S("community")) == is_community &&
                str_same(is_community ? row->department : row->category, word->word))
                rows[count++] = row_view(scene, row);
        }
        if (count)
            groups[v->groups_count++] =
                (struct items_group_view){.word = word->word,
                                          .name = items_in(scene, word->zh, word->en),
                                          .hint = items_in(scene, word->hint_zh, word->hint_en),
                                          .rows = rows,
                                          .rows_count = count};
    }
    v->groups = groups;
}

static struct str needs_of(struct scene *scene, const struct shelf *shelf, struct str needs)
{
    struct out *out = out_open(scene->arena, SEARCH_BYTES);
    struct str words[ITEMS_LINES_MAX];
    size_t count = items_split(needs, words, ITEMS_LINES_MAX);

    for (size_t i = 0; i < count; i++) {
        const struct items_word *word = items_word_of(&shelf->words, ITEMS_NEED, words[i]);

        if (!word) continue;
        out_raw_str(out, word->zh);
        OUT_LITERAL(out, " ");
        out_raw_str(out, word->en);
        OUT_LITERAL(out, " ");
    }
    return out_text(out);
}

/* Who types laodong means 劳动: asked only when nothing has the letters themselves. */
static size_t find_by_sound(const struct shelf *shelf, struct str q, struct items_hit *hits)
{
    struct pinyin_typed typed;
    size_t count = 0;

    if (!pinyin_typed(q, &typed) || !typed.has_letters) return 0;
    for (size_t i = 0; i < shelf->count && count < ITEMS_FOUND_MAX; i++)
        if (pinyin_fits(&typed, shelf->rows[i].name_zh))
            hits[count++] = (struct items_hit){i, POINTS_MIN};
    return count;
}

static size_t find(struct scene *scene, const struct shelf *shelf, struct str q,
                   struct items_hit *hits)
{
    struct items_searched *rows = NEW_MANY(scene->arena, struct items_searched, shelf->count + 1);
    size_t count;

    for (size_t i = 0; i < shelf->count; i++) {
        const struct items_list_listed_row *row = &shelf->rows[i];
        struct str needs = needs_of(scene, shelf, row->needs);

        rows[i].name =
            arena_print(scene->arena, "%.*s %.*s", STR_ARGS(row->name_zh), STR_ARGS(row->name_en));
        rows[i].words = arena_print(scene->arena, "%.*s %.*s %.*s", STR_ARGS(row->search_zh),
                                    STR_ARGS(row->search_en), STR_ARGS(needs));
        rows[i].rest = arena_print(scene->arena, "%.*s %.*s %.*s %.*s", STR_ARGS(row->content_zh),
                                   STR_ARGS(row->object_zh), STR_ARGS(row->content_en),
                                   STR_ARGS(row->object_en));
    }
    count = items_search(scene->arena, finder_plain(scene->arena, q), rows, shelf->count, hits);
    return count ? count : find_by_sound(shelf, q, hits);
}

static void show_found(struct scene *scene, const struct shelf *shelf, struct str q,
                       struct items_list_view *v)
{
    struct items_row_view *made = NEW_MANY(scene->arena, struct items_row_view, ITEMS_FOUND_MAX);
    struct items_hit hits[ITEMS_FOUND_MAX];

    v->items_count = find(scene, shelf, q, hits);
    for (size_t i = 0; i < v->items_count; i++) made[i] = row_view(scene, &shelf->rows[hits[i].at]);
    v->items = made;
}

struct outcome items_find(struct scene *scene, struct str q, size_t max,
                          const struct items_found **found, size_t *count, moment *holds_from)
{
    struct items_list_view list = {0};
    struct items_hit hits[ITEMS_FOUND_MAX];
    struct items_found *made;
    struct shelf shelf;
    int64_t least =
        (int64_t)q.len < POINTS_MIN / POINTS_A_BYTE ? (int64_t)q.len * POINTS_A_BYTE : POINTS_MIN;
    size_t hits_count;

    *count = 0;
    *found = NULL;
    TRY(load(scene, &shelf, &list));
    *holds_from = list.holds_from;
    hits_count = find(scene, &shelf, q, hits);
    made = NEW_MANY(scene->arena, struct items_found, hits_count + 1);
    for (size_t i = 0; i < hits_count && *count < max && hits[i].points >= least; i++) {
        const struct items_list_listed_row *row = &shelf.rows[hits[i].at];

        made[(*count)++] =
            (struct items_found){.item = row->item,
                                 .name = items_in(scene, row->name_zh, row->name_en),
                                 .content = items_in(scene, row->content_zh, row->content_en)};
    }
    *found = made;
    return DONE;
}

struct outcome items_begun_by(struct scene *scene, const char *const *processes,
                              const struct items_found **found, size_t *count)
{
    struct items_list_view list = {0};
    struct items_found *made;
    struct shelf shelf;

    *count = 0;
    TRY(load(scene, &shelf, &list));
    made = NEW_MANY(scene->arena, struct items_found, shelf.count + 1);
    for (size_t i = 0; i < shelf.count; i++) {
        const struct items_list_listed_row *row = &shelf.rows[i];

        for (const char *const *process = processes; *process; process++)
            if (str_same(row->process, str_of(*process)))
                made[(*count)++] = (struct items_found){
                    .item = row->item,
                    .name = items_in(scene, row->name_zh, row->name_en),
                    .content = items_in(scene, row->content_zh, row->content_en)};
    }
    *found = made;
    return DONE;
}

struct outcome items_names(struct scene *scene, const struct items_name **names, size_t *count)
{
    const struct items_list_names_row *rows;
    struct items_find_release_on_row release;
    struct items_name *made;
    bool found;

    *count = 0;
    *names = NULL;
    TRY(items_find_now(scene, &release, &found));
    if (!found) return DONE;
    TRY(items_list_names(scene->arena, scene->store, release.release_id, &rows, count));
    made = NEW_MANY(scene->arena, struct items_name, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct items_name){rows[i].item, rows[i].name_zh, rows[i].name_en};
    *names = made;
    return DONE;
}

static struct outcome show_list(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct items_find_form *f = query;
    struct items_list_view *v = view;
    struct items_row_view *rows;
    struct shelf shelf;

    TRY(load(scene, &shelf, v));
    v->q = str_trim(f->q);
    v->need = f->need;
    v->is_community = str_same(f->branch, S("community"));
    show_needs(scene, &shelf, f->need, v);
    if (v->need.len && !v->need_name.len) { /* an old address: a person gets the whole list */
        if (request->is_api) return REFUSE_WITH(items_word_unknown, v->need);
        v->need = S("");
    }
    v->is_found = v->q.len > 0 || v->need.len > 0;
    for (size_t i = 0; i < shelf.count; i++) {
        bool community = str_same(shelf.rows[i].branch, S("community"));

        v->community += community;
        v->legal += !community;
    }
    if (v->q.len) {
        show_found(scene, &shelf, v->q, v);
        return DONE;
    }
    rows = NEW_MANY(scene->arena, struct items_row_view, shelf.count + 1);
    for (size_t i = 0; i < shelf.count; i++) {
        const struct items_list_listed_row *row = &shelf.rows[i];

        if (v->need.len && !items_has_word(row->needs, v->need)) continue;
        if (f->branch.len && !str_same(row->branch, f->branch)) continue;
        rows[v->items_count++] = row_view(scene, row);
    }
    v->items = rows;
    if (!v->is_found && !request->is_api) show_groups(scene, &shelf, v->is_community, v);
    return DONE;
}

/* ---- one item ---- */

static const struct items_line_view *line_of(struct scene *scene, struct str zh, struct str en)
{
    struct items_line_view *line = NEW(scene->arena, struct items_line_view);

    *line = (struct items_line_view){.zh = zh, .en = en, .text = items_in(scene, zh, en)};
    return zh.len || en.len ? line : NULL;
}

static const struct items_line_view *lines_of(struct scene *scene, struct str zh, struct str en,
                                              size_t *count)
{
    struct str chinese[ITEMS_LINES_MAX] = {0}, english[ITEMS_LINES_MAX] = {0};
    size_t zh_count = items_lines(zh, chinese), en_count = items_lines(en, english);
    struct items_line_view *made;

    *count = zh_count > en_count ? zh_count : en_count;
    made = NEW_MANY(scene->arena, struct items_line_view, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct items_line_view){
            .zh = chinese[i], .en = english[i], .text = items_in(scene, chinese[i], english[i])};
    return made;
}

static void draw_words(struct scene *scene, const struct items_item *item,
                       const struct items_words *words, struct items_one_view *v)
{
    struct str codes[ITEMS_LINES_MAX];
    size_t count = items_split(item->offices, codes, ITEMS_LINES_MAX);
    struct items_office_view *offices = NEW_MANY(scene->arena, struct items_office_view, count + 1);
    struct items_need_view *needs;

    for (size_t i = 0; i < count; i++) {
        const struct items_word *w = items_word_of(words, ITEMS_OFFICE, codes[i]);

        if (!w) continue;
        offices[v->offices_count++] = (struct items_office_view){
            .office = w->word,
            .name_zh = w->zh,
            .name_en = w->en,
            .calendar = w->calendar,
            .name = items_in(scene, w->zh, w->en),
            .hint = items_in(scene, w->hint_zh, w->hint_en),
            .days = text_in(scene->language,
                            str_same(w->calendar, S("always"))  ? T("Open day and night")
                            : str_same(w->calendar, S("daily")) ? T("Open every day of the year")
                                                                : T("Open on working days"))};
    }
    v->offices = offices;
    count = items_split(item->needs, codes, ITEMS_LINES_MAX);
    needs = NEW_MANY(scene->arena, struct items_need_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct items_word *w = items_word_of(words, ITEMS_NEED, codes[i]);

        if (w)
            needs[v->about_count++] =
                (struct items_need_view){.need = w->word, .name = items_in(scene, w->zh, w->en)};
    }
    v->about = needs;
}

static struct str channels_of(struct scene *scene, struct str channels)
{
    struct str codes[ITEMS_LINES_MAX], all = S("");
    size_t count = items_split(channels, codes, ITEMS_LINES_MAX);

    for (size_t i = 0; i < count; i++) {
        const char *label = items_known_label(items_channels, items_channels_count, codes[i]);
        struct str name = label[0] ? text_in(scene->language, label) : codes[i];

        all =
            arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(all), i ? " · " : "", STR_ARGS(name));
    }
    return all;
}

static struct str name_of(struct scene *scene, const struct items_words *words, struct str kind,
                          struct str word)
{
    const struct items_word *w = items_word_of(words, kind, word);

    return w ? items_in(scene, w->zh, w->en) : word;
}

/* What is known goes with the reader: the question is about this, and of this field of law. */
static struct str ask_of(struct scene *scene, const struct items_item *item)
{
    struct out *out = out_open(scene->arena, 4096);

    OUT_LITERAL(out, "/ask?q=");
    out_url(out, items_in(scene, item->name_zh, item->name_en));
    if (item->field.len) {
        OUT_LITERAL(out, "&field=");
        out_url(out, item->field);
    }
    return out_text(out);
}

/* Where it begins on this site; "": nowhere. */
static struct str begin_of(struct scene *scene, const struct items_item *item)
{
    struct str path = items_process_path(item->process);
    struct out *out = out_open(scene->arena, 4096);
    int64_t at = str_find(path, S("{item}"));

    if (str_same(path, S("/ask"))) return S(""); /* that one is asked */
    if (at < 0) return path;
    out_raw_str(out, (struct str){path.at, (size_t)at});
    out_url(out, item->item);
    out_raw_str(out, (struct str){path.at + at + 6, path.len - (size_t)at - 6});
    return out_text(out);
}

static void draw_limit(struct scene *scene, const struct items_item *item, struct items_one_view *v)
{
    int64_t days;

    v->limit_days = str_to_int(item->limit_days, &days) ? days : -1;
    v->limit_calendar = item->calendar;
    v->limit = line_of(scene, item->limit_zh, item->limit_en);
    if (v->limit_days < 0) return;
    v->days =
        text_fill(scene->arena, scene->language,
                  str_same(item->calendar, S("working")) ? T("%1 working days") : T("%1 days"),
                  item->limit_days, S(""), S(""));
}

/* The Chinese text names the law as its official text does. */
static struct outcome link_basis(struct scene *scene, const struct items_item *item,
                                 struct items_one_view *v)
{
    const struct items_line_view *lines =
        lines_of(scene, item->basis_zh, item->basis_en, &v->basis_count);
    struct items_line_view *made =
        NEW_MANY(scene->arena, struct items_line_view, v->basis_count + 1);

    for (size_t i = 0; i < v->basis_count; i++) {
        made[i] = lines[i];
        TRY(laws_cited(scene, made[i].zh, &made[i].url));
    }
    v->basis = made;
    return DONE;
}

struct outcome items_draw(struct scene *scene, const struct items_item *item,
                          const struct items_words *words, struct items_one_view *v)
{
    v->item = item->item;
    v->branch = item->branch;
    v->category = item->category;
    v->department = item->department;
    v->process = item->process;
    v->field = item->field;
    v->needs = item->needs;
    v->channels = item->channels;
    v->source = item->source;
    v->called = line_of(scene, item->name_zh, item->name_en);
    v->object = line_of(scene, item->object_zh, item->object_en);
    v->content = line_of(scene, item->content_zh, item->content_en);
    v->method = line_of(scene, item->method_zh, item->method_en);
    v->provider = line_of(scene, item->provider_zh, item->provider_en);
    v->fee = line_of(scene, item->fee_zh, item->fee_en);
    v->place = line_of(scene, item->place_zh, item->place_en);
    v->materials = lines_of(scene, item->materials_zh, item->materials_en, &v->materials_count);
    v->steps = lines_of(scene, item->steps_zh, item->steps_en, &v->steps_count);
    v->name = items_in(scene, item->name_zh, item->name_en);
    v->category_name = name_of(scene, words, ITEMS_CATEGORY, item->category);
    v->department_name = name_of(scene, words, ITEMS_DEPARTMENT, item->department);
    v->ways = channels_of(scene, item->channels);
    v->ask = ask_of(scene, item);
    v->begin = begin_of(scene, item);
    v->process_name =
        text_in(scene->language,
                items_known_label(words->processes, words->processes_count, item->process));
    draw_words(scene, item, words, v);
    draw_limit(scene, item, v);
    v->has_where = v->offices_count > 0 || v->place;
    return link_basis(scene, item, v);
}

/* A version everybody could read once stays readable: a case goes on by the one it began under. */
static struct outcome read_former(struct scene *scene, const struct items_page_form *f, id now_id,
                                  struct items_item *item, struct items_one_view *v)
{
    struct items_find_public_version_row row;
    bool found;

    TRY(items_find_public_version(scene->store, f->item, f->version, items_today(scene), &row,
                                  &found));
    if (!found) return REFUSE(act_unknown);
    TRY(items_version(scene, f->version, item, &found));
    v->version = f->version;
    v->is_former = true;
    v->is_gone = now_id == 0;
    return found ? DONE : REFUSE(act_unknown);
}

static struct outcome show_item(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct items_page_form *f = query;
    struct items_one_view *v = view;
    struct items_find_release_on_row release;
    struct items_words words;
    struct items_item item;
    id now_id = 0;
    bool found;

    v->release = -1;
    TRY(items_now(scene, f->item, &now_id, &item, &found));
    if (f->version && f->version != now_id) {
        TRY(read_former(scene, f, now_id, &item, v));
    } else {
        if (!found) return REFUSE(act_unknown);
        TRY(items_find_now(scene, &release, &found));
        v->version = now_id;
        v->release = release.release_number;
        v->holds_from = day_begins(release.holds_day);
    }
    TRY(items_words_load(scene, &words));
    return items_draw(scene, &item, &words, v);
}

static const struct query_known branches_known[] = {{"branch", "legal community", NULL}, {0}};

KNOWN_SHOW(show_known_items, items_find_form, branches_known, show_list)

const struct page items_public_pages[] = {
    {.method = GET,
     .path = "/items",
     .who = WHO_ANYONE,
     .about = "The service list: by category, by need, or by what is looked for.",
     .query = &items_find_form,
     .view = &items_list_view,
     .html = &html_items_list,
     .show = show_known_items,
     .per_minute = LOOKS_A_MINUTE},
    {.method = GET,
     .path = "/items/{item}",
     .who = WHO_ANYONE,
     .about =
         "An item of the service list: for whom, how, what to bring, cost, time and place. With "
         "version: as it was.",
     .query = &items_page_form,
     .view = &items_one_view,
     .html = &html_items_one,
     .show = show_item,
     .per_minute = LOOKS_A_MINUTE},
    {0},
};
