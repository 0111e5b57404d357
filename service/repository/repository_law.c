/* repository_law.c -- what an answer cites: there when it is published, and unchanged since.
 *
 *  (1) An article is the same while it reads the same: a new version of its law that leaves its
 *      words alone changes nothing.
 *  (2) Whether it does is asked at each look, so that an answer is hidden from the moment on in
 *      which a new version begins to apply; putting it before the editors may come later.
 */
#include "platform/files.h"
#include "service/repository/repository_views.h"

static const struct reason no_such_article = {
    "repository.no-such-article",
    T("There is no such article today: %1. Please correct the citation or take it out."), 0};

/* `told` is valid if `is_there`. */
static struct outcome article_of(struct scene *scene, const struct laws_place *place,
                                 struct laws_told *told, bool *is_there)
{
    id article_id;

    TRY(laws_article_now(scene, place, &article_id, is_there));
    return *is_there ? laws_tell(scene, article_id, told, is_there) : DONE;
}

struct outcome repository_keep_cites(struct scene *scene, id entry_id, int64_t version,
                                     struct str answer)
{
    struct laws_place places[REPOSITORY_CITES_MAX];
    struct str missing;
    size_t count;

    TRY(laws_missing(scene, answer, &missing));
    if (missing.len) return REFUSE_WITH(no_such_article, missing);
    TRY(laws_cited_places(scene, answer, places, COUNT(places), &count));
    TRY(repository_drop_cites(scene->store, entry_id, version));
    for (size_t i = 0; i < count; i++) {
        struct laws_told told;
        bool is_there;

        TRY(article_of(scene, &places[i], &told, &is_there));
        if (!is_there) return REFUSE_WITH(no_such_article, S("?"));
        TRY(repository_add_cite(scene->store, entry_id, version, places[i].law_id, places[i].number,
                                places[i].sub, told.version_id,
                                files_hash(scene->arena, told.words)));
    }
    return DONE;
}

/* A look at the version spares comparing words; a law in its own name may have been repealed. */
static struct outcome is_same(struct scene *scene, const struct repository_list_cites_row *row,
                              struct laws_told *told, bool *same)
{
    struct laws_place place = {row->law_id, row->number, row->number_sub};

    TRY(article_of(scene, &place, told, same));
    if (*same && told->version_id != row->version_id)
        *same = str_same(files_hash(scene->arena, told->words), row->words_hash);
    return DONE;
}

struct outcome repository_is_current(struct scene *scene, id entry_id, int64_t version,
                                     bool *is_current)
{
    const struct repository_list_cites_row *rows;
    size_t count;

    *is_current = true;
    TRY(repository_list_cites(scene->arena, scene->store, entry_id, version, &rows, &count));
    for (size_t i = 0; i < count && *is_current; i++) {
        struct laws_told told;

        TRY(is_same(scene, &rows[i], &told, is_current));
    }
    return DONE;
}

struct outcome repository_show_cites(struct scene *scene, id entry_id, int64_t version,
                                     const struct repository_cite_view **cites, size_t *count)
{
    const struct repository_list_cites_row *rows;
    struct repository_cite_view *made;

    TRY(repository_list_cites(scene->arena, scene->store, entry_id, version, &rows, count));
    made = NEW_MANY(scene->arena, struct repository_cite_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        struct laws_told told = {.number = rows[i].number, .sub = rows[i].number_sub};
        struct str article, names;
        bool same;

        TRY(is_same(scene, &rows[i], &told, &same));
        TRY(laws_names(scene, rows[i].law_id, &made[i].name, &names));
        article = laws_address(scene->arena, rows[i].number, rows[i].number_sub, 0);
        made[i].label = told.label;
        made[i].words = told.words;
        made[i].is_changed = !same;
        made[i].url = arena_print(scene->arena, "/laws/%lld/articles/%.*s",
                                  (long long)rows[i].law_id, STR_ARGS(article));
        if (!made[i].label.len)
            made[i].label = arena_print(scene->arena, "第%.*s条", STR_ARGS(article));
    }
    *cites = made;
    return DONE;
}

struct outcome repository_cited(struct scene *scene, id entry_id, struct laws_place *places,
                                size_t *count)
{
    const struct repository_list_cites_row *rows;
    struct repository_find_entry_row row;
    bool found;

    *count = 0;
    TRY(repository_find_entry(scene->arena, scene->store, entry_id, &row, &found));
    if (!found || !str_same(row.state, S("published"))) return DONE;
    if (row.valid_until && row.valid_until <= scene->now) return DONE;
    TRY(repository_is_current(scene, entry_id, row.shown_version, &found));
    if (!found) return DONE; /* hidden, even before the clock has put it back */
    TRY(repository_list_cites(scene->arena, scene->store, entry_id, row.shown_version, &rows,
                              count));
    for (size_t i = 0; i < *count; i++)
        places[i] = (struct laws_place){rows[i].law_id, rows[i].number, rows[i].number_sub};
    return DONE;
}

/* ---- what search reads ---- */

struct outcome repository_read_on(struct scene *scene, id after,
                                  const struct repository_changed **rows, size_t *count)
{
    const struct repository_list_changes_after_row *found;
    struct repository_changed *made;

    TRY(repository_list_changes_after(scene->arena, scene->store, after, &found, count));
    made = NEW_MANY(scene->arena, struct repository_changed, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        const struct repository_list_cites_row *cites;
        struct repository_changed *it = &made[i];

        it->change_id = found[i].change_id;
        it->entry_id = found[i].entry_id;
        it->is_shown = found[i].is_shown != 0;
        TRY(repository_unseal(scene, found[i].title_sealed, &it->title));
        TRY(repository_unseal(scene, found[i].question_sealed, &it->question));
        TRY(repository_unseal(scene, found[i].answer_sealed, &it->answer));
        TRY(repository_list_cites(scene->arena, scene->store, it->entry_id, found[i].version_number,
                                  &cites, &it->cites_count));
        for (size_t k = 0; k < it->cites_count; k++)
            it->cites[k] =
                (struct laws_place){cites[k].law_id, cites[k].number, cites[k].number_sub};
    }
    *rows = made;
    return DONE;
}

struct outcome repository_tell(struct scene *scene, id entry_id, struct repository_told *told,
                               bool *is_public)
{
    struct repository_find_entry_row row;
    struct repository_text text;

    *told = (struct repository_told){.entry_id = entry_id};
    TRY(repository_find_entry(scene->arena, scene->store, entry_id, &row, is_public));
    if (!*is_public) return DONE;
    *is_public =
        str_same(row.state, S("published")) && (!row.valid_until || row.valid_until > scene->now);
    if (*is_public) TRY(repository_is_current(scene, entry_id, row.shown_version, is_public));
    if (!*is_public) return DONE;
    TRY(repository_text_of(scene, entry_id, row.shown_version, &text));
    told->division = row.division;
    told->title = text.title;
    told->field = text.field;
    told->question = text.question;
    told->answer = text.answer;
    told->version = row.shown_version;
    told->published_at = row.published_at;
    told->valid_until = row.valid_until;
    told->useful = row.useful_count;
    told->useless = row.useless_count;
    return DONE;
}

struct outcome repository_newest(struct scene *scene, struct str division,
                                 const struct repository_told **rows, size_t *count)
{
    const struct repository_list_newest_row *found;
    struct repository_told *made;
    size_t found_count;

    TRY(repository_list_newest(scene->arena, scene->store, division, &found, &found_count));
    made = NEW_MANY(scene->arena, struct repository_told, found_count + 1);
    *count = 0;
    for (size_t i = 0; i < found_count; i++) {
        bool is_public;

        TRY(repository_tell(scene, found[i].entry_id, &made[*count], &is_public));
        *count += is_public;
    }
    *rows = made;
    return DONE;
}
