/* laws_pages.c -- the list of laws, a law, an article.
 *
 *  (1) Everybody may read them.  Without a version the address shows the one that applies today;
 *      a version that does not says so above its text.
 *  (2) A citation typed into the box for laws leads to its article when that exists.
 */
#include "desk/identity/identity_acts.h"
#include "desk/laws/laws_cite.h"
#include "desk/laws/laws_views.h"
#include "gen/laws_html.h"
#include "platform/page.h"

#define FORM_THIS laws_list_form
FORM_TABLE(laws_list, LAWS_LIST_FORM)
#undef FORM_THIS
#define FORM_THIS laws_law_form
FORM_TABLE(laws_law, LAWS_LAW_FORM)
#undef FORM_THIS
#define FORM_THIS laws_article_form
FORM_TABLE(laws_article, LAWS_ARTICLE_FORM)
#undef FORM_THIS

#define VIEW_THIS laws_listed_view
VIEW_TABLE(laws_listed, LAWS_LISTED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS laws_list_view
VIEW_TABLE(laws_list, LAWS_LIST_VIEW)
#undef VIEW_THIS
#define VIEW_THIS laws_version_view
VIEW_TABLE(laws_version, LAWS_VERSION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS laws_chapter_view
VIEW_TABLE(laws_chapter, LAWS_CHAPTER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS laws_piece_view
VIEW_TABLE(laws_piece, LAWS_PIECE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS laws_law_view
VIEW_TABLE(laws_law, LAWS_LAW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS laws_neighbour_view
VIEW_TABLE(laws_neighbour, LAWS_NEIGHBOUR_VIEW)
#undef VIEW_THIS
#define VIEW_THIS laws_citing_view
VIEW_TABLE(laws_citing, LAWS_CITING_VIEW)
#undef VIEW_THIS
#define VIEW_THIS laws_article_view
VIEW_TABLE(laws_article, LAWS_ARTICLE_VIEW)
#undef VIEW_THIS

enum { LAWS_A_PAGE = 50, ARTICLES_A_PAGE = 50 };

/* ---- the list ---- */

static struct str pattern_of(struct arena *arena, struct str typed)
{
    char *at = arena_take(arena, 1, typed.len * 2 + 3);
    size_t len = 0;

    at[len++] = '%';
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] == '%' || typed.at[i] == '_' || typed.at[i] == '!') at[len++] = '!';
        at[len++] = typed.at[i];
    }
    at[len++] = '%';
    return typed.len ? (struct str){at, len} : S("");
}

static struct outcome name_of_division(struct scene *scene, struct str division, struct str *name)
{
    *name = S("");
    return division.len ? identity_division_name(scene, division, name) : DONE;
}

static struct outcome show_list(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct laws_list_form *f = query;
    struct laws_list_view *v = view;
    struct str name = laws_plain_name(f->q);
    size_t rows_max = f->limit ? (size_t)f->limit : LAWS_A_PAGE;
    const struct laws_list_laws_row *rows;
    struct laws_listed_view *made;
    struct laws_count_laws_row counts;
    bool found;

    if (!request->is_api && laws_may_cite(f->q)) TRY(laws_cited(scene, f->q, &request->go));
    if (request->go.len) return DONE;
    TRY(laws_list_laws(scene->arena, scene->store, f->after, pattern_of(scene->arena, name),
                       (int64_t)rows_max + 1, &rows, &v->laws_count));
    if (v->laws_count > rows_max) {
        v->laws_count = rows_max;
        v->next = arena_print(scene->arena, "%lld", (long long)rows[rows_max - 1].place);
    }
    made = NEW_MANY(scene->arena, struct laws_listed_view, v->laws_count + 1);
    for (size_t i = 0; i < v->laws_count; i++) {
        made[i] = (struct laws_listed_view){.law = rows[i].law_id,
                                            .name = rows[i].law_name,
                                            .jurisdiction = rows[i].jurisdiction,
                                            .versions = rows[i].versions_count};
        TRY(name_of_division(scene, rows[i].jurisdiction, &made[i].jurisdiction_name));
    }
    v->laws = made;
    v->q = f->q;
    if (request->is_api) return DONE;
    TRY(laws_count_laws(scene->store, &counts, &found));
    v->laws_in_all = counts.laws_count;
    v->articles_in_all = counts.articles_count;
    return DONE;
}

/* ---- versions ---- */

static void show_state(struct scene *scene, struct laws_version_view *v, enum laws_state state)
{
    static const char *const names[] = {T("Does not apply yet"), T("Applies now"),
                                        T("No longer applies")};
    static const char *const css[] = {"tag-waiting", "tag-done", "tag-off"};

    v->state = str_of(laws_state_word(state));
    v->state_name = text_in(scene->language, names[state]);
    v->state_css = str_of(css[state]);
    v->has_day = v->effective_at && state != LAWS_COMING;
}

/* All versions of a law, the newest first: each ends when the one above it begins. */
static struct outcome show_versions(struct scene *scene, const struct laws_find_law_row *law,
                                    id shown_id, const struct laws_version_view **versions,
                                    size_t *count, const struct laws_version_view **shown)
{
    const struct laws_list_versions_row *rows;
    struct str in_force = str_of(laws_state_word(LAWS_IN_FORCE));
    struct laws_version_view *made;
    bool any_applies = false;

    TRY(laws_list_versions(scene->arena, scene->store, law->law_id, &rows, count));
    made = NEW_MANY(scene->arena, struct laws_version_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        moment next = i ? rows[i - 1].effective_at : 0, ends, repealed_at;

        TRY(laws_repealed(scene, law->law_name, rows[i].effective_at, rows[i].repealed_at,
                          &repealed_at));
        ends = repealed_at;
        if (next && (!ends || next < ends)) ends = next;
        made[i] = (struct laws_version_view){.version = rows[i].version_id,
                                             .title = rows[i].title,
                                             .effective_at = rows[i].effective_at,
                                             .ended_at = ends,
                                             .is_replaced = i && next <= scene->now,
                                             .is_shown = rows[i].version_id == shown_id,
                                             .law = law->law_id};
        /* two whose day nobody knows: the later one taken in applies */
        show_state(scene, &made[i],
                   i && !next ? LAWS_ENDED
                              : laws_state(rows[i].effective_at, repealed_at, next, scene->now));
        if (made[i].is_shown) *shown = &made[i];
        any_applies = any_applies || str_same(made[i].state, in_force);
    }
    for (size_t i = 0; i < *count; i++)
        made[i].has_other = any_applies && !str_same(made[i].state, in_force);
    *versions = made;
    return DONE;
}

struct outcome laws_version_now(struct scene *scene, id law_id, id *version_id, bool *found)
{
    struct laws_find_version_at_row row;

    TRY(laws_find_version_at(scene->arena, scene->store, law_id, scene->now, &row, found));
    *version_id = row.version_id;
    return DONE;
}

/* The version asked for; without a number the one that applies, or the first one to come. */
static struct outcome open_version(struct scene *scene, id law_id, id asked,
                                   struct laws_find_version_row *row)
{
    const struct laws_list_versions_row *rows;
    size_t count;
    bool found;

    if (!asked) {
        TRY(laws_version_now(scene, law_id, &asked, &found));
        if (!found) {
            TRY(laws_list_versions(scene->arena, scene->store, law_id, &rows, &count));
            if (!count) return REFUSE(act_unknown);
            asked = rows[count - 1].version_id;
        }
    }
    TRY(laws_find_version(scene->arena, scene->store, law_id, asked, row, &found));
    return found ? DONE : REFUSE(act_unknown);
}

/* ---- a law ---- */

static struct outcome show_chapters(struct scene *scene, id version_id, struct laws_law_view *v)
{
    const struct laws_list_chapters_row *rows;
    struct laws_chapter_view *made;

    TRY(laws_list_chapters(scene->arena, scene->store, version_id, &rows, &v->chapters_count));
    made = NEW_MANY(scene->arena, struct laws_chapter_view, v->chapters_count + 1);
    for (size_t i = 0; i < v->chapters_count; i++)
        made[i] = (struct laws_chapter_view){.title = rows[i].chapter, .from = rows[i].position};
    v->chapters = made;
    v->has_chapters = v->chapters_count > 1;
    return DONE;
}

static struct outcome show_articles(struct scene *scene, id version_id, int64_t from,
                                    struct laws_law_view *v)
{
    const struct laws_list_articles_row *rows;
    struct laws_piece_view *made;
    size_t count;

    TRY(laws_list_articles(scene->arena, scene->store, version_id, from, ARTICLES_A_PAGE + 1, &rows,
                           &count));
    v->has_more = count > ARTICLES_A_PAGE;
    v->next_from = v->has_more ? rows[ARTICLES_A_PAGE].position : -1;
    v->articles_count = v->has_more ? ARTICLES_A_PAGE : count;
    made = NEW_MANY(scene->arena, struct laws_piece_view, v->articles_count + 1);
    for (size_t i = 0; i < v->articles_count; i++) {
        bool is_new = !i || !str_same(rows[i].chapter, rows[i - 1].chapter);

        made[i] =
            (struct laws_piece_view){.article = laws_address(scene->arena, rows[i].number,
                                                             rows[i].number_sub, rows[i].position),
                                     .label = rows[i].label,
                                     .chapter = rows[i].chapter,
                                     .new_chapter = is_new ? rows[i].chapter : S(""),
                                     .text = rows[i].words};
    }
    v->articles = made;
    return DONE;
}

static struct outcome show_law(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct laws_law_form *f = query;
    struct laws_law_view *v = view;
    struct laws_find_law_row law;
    struct laws_find_version_row version;
    bool found;

    TRY(laws_find_law(scene->arena, scene->store, f->law, &law, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(open_version(scene, f->law, f->version, &version));
    TRY(show_versions(scene, &law, version.version_id, &v->versions, &v->versions_count,
                      &v->version));
    v->law = law.law_id;
    v->name = law.law_name;
    v->jurisdiction = law.jurisdiction;
    v->remark = version.remark;
    v->source = version.law_source;
    v->in_all = version.articles_count;
    v->has_versions = v->versions_count > 1;
    v->asked_version = f->version;
    v->has_before = f->from > 1;
    v->before_from = f->from > ARTICLES_A_PAGE ? f->from - ARTICLES_A_PAGE : 1;
    TRY(name_of_division(scene, law.jurisdiction, &v->jurisdiction_name));
    TRY(show_chapters(scene, version.version_id, v));
    return show_articles(scene, version.version_id, f->from, v);
}

/* ---- an article ---- */

static struct outcome show_neighbour(struct scene *scene, id version_id, int64_t position,
                                     const struct laws_neighbour_view **neighbour)
{
    struct laws_find_article_at_row row;
    struct laws_neighbour_view *made;
    bool found;

    TRY(laws_find_article_at(scene->arena, scene->store, version_id, position, &row, &found));
    if (!found) return DONE;
    made = NEW(scene->arena, struct laws_neighbour_view);
    made->article = laws_address(scene->arena, row.number, row.number_sub, row.position);
    made->label = row.label;
    *neighbour = made;
    return DONE;
}

static struct outcome find(struct scene *scene, id version_id, const struct laws_label *label,
                           int64_t position, struct laws_find_article_row *row, bool *found)
{
    struct laws_find_article_at_row at;

    if (!position)
        return laws_find_article(scene->arena, scene->store, version_id, label->number, label->sub,
                                 row, found);
    TRY(laws_find_article_at(scene->arena, scene->store, version_id, position, &at, found));
    *row = (struct laws_find_article_row){at.article_id, at.position, at.number, at.number_sub,
                                          at.label,      at.chapter,  at.words};
    return DONE;
}

/* Only the versions in which an article of this number stands. */
static struct outcome keep_those_with_it(struct scene *scene, const struct laws_label *label,
                                         struct laws_article_view *v)
{
    struct laws_version_view *kept =
        NEW_MANY(scene->arena, struct laws_version_view, v->versions_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < v->versions_count && label->number; i++) {
        struct laws_find_article_row row;
        bool found;

        TRY(laws_find_article(scene->arena, scene->store, v->versions[i].version, label->number,
                              label->sub, &row, &found));
        if (found) kept[count++] = v->versions[i];
    }
    v->versions = kept;
    v->versions_count = count;
    v->has_versions = count > 1;
    return DONE;
}

static struct outcome (*find_citing)(struct scene *scene, const struct laws_place *place,
                                     struct str name,
                                     struct laws_citing citing[static LAWS_CITING_MAX],
                                     size_t *count);

void laws_citing_hook(struct outcome (*who)(struct scene *scene, const struct laws_place *place,
                                            struct str name,
                                            struct laws_citing citing[static LAWS_CITING_MAX],
                                            size_t *count))
{
    find_citing = who;
}

/* Who cites it is asked of the article that applies: an old version says so itself. */
static struct outcome show_citing(struct scene *scene, const struct laws_label *label,
                                  struct laws_article_view *v)
{
    struct laws_place place = {v->law, label->number, label->sub};
    struct laws_citing found[LAWS_CITING_MAX];
    struct laws_citing_view *by = NEW_MANY(scene->arena, struct laws_citing_view, LAWS_CITING_MAX);
    struct laws_citing_view *in = NEW_MANY(scene->arena, struct laws_citing_view, LAWS_CITING_MAX);
    size_t count = 0;

    v->cited_by = by;
    v->cited_in = in;
    if (!find_citing || !label->number || v->asked_version) return DONE;
    TRY(find_citing(scene, &place, v->name, found, &count));
    for (size_t i = 0; i < count; i++) {
        struct laws_citing_view made = {.title = found[i].title, .url = found[i].url};

        if (found[i].is_answer)
            in[v->cited_in_count++] = made;
        else
            by[v->cited_by_count++] = made;
    }
    return DONE;
}

static struct outcome show_article(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct laws_article_form *f = query;
    struct laws_article_view *v = view;
    struct laws_find_law_row law;
    struct laws_find_version_row version;
    struct laws_find_article_row row;
    struct laws_label label;
    int64_t position;
    bool found;

    if (!laws_address_read(f->article, &label, &position)) return REFUSE(act_unknown);
    TRY(laws_find_law(scene->arena, scene->store, f->law, &law, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(open_version(scene, f->law, f->version, &version));
    TRY(find(scene, version.version_id, &label, position, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(show_versions(scene, &law, version.version_id, &v->versions, &v->versions_count,
                      &v->version));
    TRY(keep_those_with_it(scene, &label, v));
    v->law = law.law_id;
    v->name = law.law_name;
    v->article = laws_address(scene->arena, row.number, row.number_sub, row.position);
    v->label = row.label;
    v->chapter = row.chapter;
    v->text = row.words;
    TRY(laws_link(scene, row.words, law.law_id, &v->pieces, &v->pieces_count));
    v->ask_q =
        text_fill(scene->arena, scene->language, T("About %1:"),
                  arena_print(scene->arena, "《%.*s》%.*s", STR_ARGS(v->name), STR_ARGS(v->label)),
                  S(""), S(""));
    v->position = row.position;
    v->asked_version = f->version;
    TRY(show_citing(scene, &label, v));
    TRY(show_neighbour(scene, version.version_id, row.position - 1, &v->before));
    return show_neighbour(scene, version.version_id, row.position + 1, &v->after);
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/laws",
     .who = WHO_ANYONE,
     .about = "Laws by name; a citation leads to its article.",
     .query = &laws_list_form,
     .view = &laws_list_view,
     .html = &html_laws_list,
     .show = show_list},
    {.method = GET,
     .path = "/laws/{law}",
     .who = WHO_ANYONE,
     .about = "A law with its versions and chapters, and fifty of its articles from one on.",
     .query = &laws_law_form,
     .view = &laws_law_view,
     .html = &html_laws_law,
     .show = show_law},
    {.method = GET,
     .path = "/laws/{law}/articles/{article}",
     .who = WHO_ANYONE,
     .about = "One article, as it applies today or in the version asked for.",
     .query = &laws_article_form,
     .view = &laws_article_view,
     .html = &html_laws_article,
     .show = show_article},
    {0}};

const struct module laws_module = {
    .name = "laws", .schema = laws_schema, .migrations = laws_migrations, .pages = pages};
