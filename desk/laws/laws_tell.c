/* laws_tell.c -- articles for other rooms: read on from one, or told by number. */
#include "desk/laws/laws_acts.h"
#include "gen/laws_sql.h"

struct outcome laws_read_on(struct scene *scene, id after, const struct laws_told **rows,
                            size_t *count)
{
    const struct laws_list_after_row *found;
    struct laws_told *made;

    TRY(laws_list_after(scene->arena, scene->store, after, &found, count));
    made = NEW_MANY(scene->arena, struct laws_told, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct laws_told){.article_id = found[i].article_id,
                                     .law_id = found[i].law_id,
                                     .version_id = found[i].version_id,
                                     .name = found[i].law_name,
                                     .label = found[i].label,
                                     .chapter = found[i].chapter,
                                     .words = found[i].words};
    *rows = made;
    return DONE;
}

static struct outcome earlier(struct scene *scene, struct str name, moment effective_at,
                              moment *repealed_at)
{
    struct laws_find_repeal_row row;
    bool found;

    TRY(laws_find_repeal(scene->store, name, effective_at, &row, &found));
    if (row.repealed_at && (!*repealed_at || row.repealed_at < *repealed_at))
        *repealed_at = row.repealed_at;
    return DONE;
}

struct outcome laws_repealed(struct scene *scene, struct str law_name, moment effective_at,
                             moment said_at, moment *repealed_at)
{
    const struct str open = S("《"), close = S("》");
    int64_t from = str_find(law_name, open), to = str_find(law_name, close);

    *repealed_at = said_at;
    TRY(earlier(scene, law_name, effective_at, repealed_at));
    if (from < 0 || to < from + (int64_t)open.len) return DONE;
    return earlier(scene,
                   laws_plain_name(
                       (struct str){law_name.at + from + open.len, (size_t)(to - from) - open.len}),
                   effective_at, repealed_at);
}

struct outcome laws_tell(struct scene *scene, id article_id, struct laws_told *told, bool *applies)
{
    struct laws_find_told_row row;
    struct laws_find_version_at_row now;
    moment repealed_at;

    TRY(laws_find_told(scene->arena, scene->store, article_id, &row, applies));
    if (!*applies) return DONE;
    TRY(laws_find_version_at(scene->arena, scene->store, row.law_id, scene->now, &now, applies));
    *applies = *applies && now.version_id == row.version_id;
    if (!*applies) return DONE;
    TRY(laws_repealed(scene, row.law_name, now.effective_at, now.repealed_at, &repealed_at));
    *applies = laws_state(now.effective_at, repealed_at, 0, scene->now) == LAWS_IN_FORCE;
    *told =
        (struct laws_told){article_id,  row.law_id, row.version_id, row.law_name,   row.label,
                           row.chapter, row.words,  row.number,     row.number_sub, row.position};
    return DONE;
}

struct outcome laws_names(struct scene *scene, id law_id, struct str *name, struct str *names)
{
    const struct laws_list_aliases_row *rows;
    struct laws_find_law_row law;
    size_t count;
    bool found;

    TRY(laws_find_law(scene->arena, scene->store, law_id, &law, &found));
    *name = *names = found ? law.law_name : S("");
    TRY(laws_list_aliases(scene->arena, scene->store, law_id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (!str_same(rows[i].alias, *name))
            *names =
                arena_print(scene->arena, "%.*s %.*s", STR_ARGS(*names), STR_ARGS(rows[i].alias));
    return DONE;
}

struct outcome laws_applies(struct scene *scene, id law_id, bool *applies)
{
    struct laws_find_version_at_row now;
    struct laws_find_law_row law;
    moment repealed_at;

    TRY(laws_find_law(scene->arena, scene->store, law_id, &law, applies));
    if (!*applies) return DONE;
    TRY(laws_find_version_at(scene->arena, scene->store, law_id, scene->now, &now, applies));
    if (!*applies) return DONE;
    TRY(laws_repealed(scene, law.law_name, now.effective_at, now.repealed_at, &repealed_at));
    *applies = laws_state(now.effective_at, repealed_at, 0, scene->now) == LAWS_IN_FORCE;
    return DONE;
}
