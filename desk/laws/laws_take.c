/* laws_take.c -- laws are taken in: whole versions, each once.
 *
 *  (1) Taking the same file in again changes nothing, so an import that was cut off is done again
 *      from the start and goes on where it was.
 *  (2) A version is there with all its articles or not at all: it is one act's.
 *  (3) What was taken in is never changed; only its days are, when a later source knows them.
 */
#include "desk/laws/laws_acts.h"
#include "gen/laws_sql.h"
#include "platform/files.h"
#include "platform/out.h"

enum { PLACES_OF_A_LENGTH = 1000000, ALIAS_BYTES_MAX = 200, LAST_ARTICLES = 3 };

static struct str hash_of(struct scene *scene, const struct laws_document *document)
{
    size_t size = document->title.len + 1, at = 0;
    char *bytes;

    for (size_t i = 0; i < document->count; i++)
        size += document->pieces[i].label.len + document->pieces[i].words.len + 2;
    bytes = arena_bytes(scene->arena, size);
    for (size_t i = 0; i < document->count; i++) {
        const struct str parts[] = {document->pieces[i].label, document->pieces[i].words};

        for (size_t k = 0; k < COUNT(parts); k++) {
            for (size_t n = 0; n < parts[k].len; n++) bytes[at++] = parts[k].at[n];
            bytes[at++] = '\n';
        }
    }
    return files_hash(scene->arena, (struct str){bytes, at});
}

/* ASCII letters only: what else has letters is not used in names of laws. */
static struct str small(struct arena *arena, struct str text)
{
    char *made = arena_bytes(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        made[i] = (char)(text.at[i] >= 'A' && text.at[i] <= 'Z' ? text.at[i] + 32 : text.at[i]);
    return (struct str){made, text.len};
}

static struct outcome add_alias(struct scene *scene, struct str alias, id law_id)
{
    if (!alias.len || alias.len > ALIAS_BYTES_MAX) return DONE;
    return laws_add_alias(scene->store, small(scene->arena, alias), law_id);
}

static struct outcome add_aliases(struct scene *scene, struct str names, struct str law_name,
                                  id law_id)
{
    TRY(add_alias(scene, law_name, law_id));
    while (names.len) {
        struct str line = str_cut(names, '\n', &names);

        if (!line.len || line.at[0] == '#') continue;
        if (!str_same(str_cut(line, '\t', &line), law_name)) continue;
        while (line.len) TRY(add_alias(scene, str_cut(line, '\t', &line), law_id));
    }
    return DONE;
}

static struct outcome law_of(struct scene *scene, const struct laws_take_form *f,
                             const struct laws_document *document, id *law_id)
{
    struct str name = laws_plain_name(document->title);
    int64_t from = (int64_t)str_points(name) * PLACES_OF_A_LENGTH;
    struct laws_find_law_of_name_row row;
    struct laws_last_place_row last;
    bool found;

    TRY(laws_find_law_of_name(scene->arena, scene->store, name, &row, &found));
    *law_id = row.law_id;
    if (found) return DONE;
    *law_id = scene_new_id(scene);
    TRY(laws_last_place(scene->store, from, from + PLACES_OF_A_LENGTH, &last, &found));
    TRY(laws_add_law(scene->store, *law_id, name, document->jurisdiction,
                     (last.place > from ? last.place : from) + 1));
    return add_aliases(scene, f->names, name, *law_id);
}

/* The sentence that ends with 同时废止 names what ceases with this law.  A law of the same name is
 * an earlier version of it, and ends by itself. */
static struct outcome add_repealed(struct scene *scene, struct str sentence, struct str own,
                                   moment at)
{
    const struct str open = S("《"), close = S("》");

    while (sentence.len) {
        int64_t from = str_find(sentence, open), to;
        struct str rest, name;

        if (from < 0) return DONE;
        rest = (struct str){sentence.at + from + open.len, sentence.len - (size_t)from - open.len};
        to = str_find(rest, close);
        if (to < 0) return DONE;
        name = laws_plain_name((struct str){rest.at, (size_t)to});
        if (name.len && name.len < LAWS_NAME_BYTES_MAX && !str_same(name, own))
            TRY(laws_add_repeal(scene->store, name, own, at));
        sentence = (struct str){rest.at + to, rest.len - (size_t)to};
    }
    return DONE;
}

static struct outcome add_repeals(struct scene *scene, const struct laws_document *document)
{
    struct str own = laws_plain_name(document->title);
    moment at = document->effective_at ? document->effective_at : scene->now;

    for (size_t i = document->count; i > 0 && i + LAST_ARTICLES > document->count; i--) {
        struct str words = document->pieces[i - 1].words;

        while (words.len) {
            int64_t end = str_find(words, S("。"));
            struct str sentence = {words.at, end < 0 ? words.len : (size_t)end};

            if (str_find(sentence, S("同时废止")) >= 0) TRY(add_repealed(scene, sentence, own, at));
            words.at += sentence.len, words.len -= sentence.len;
            if (end >= 0) words.at += 3, words.len -= 3;
        }
    }
    return DONE;
}

static struct outcome add_articles(struct scene *scene, const struct laws_document *document,
                                   id version_id)
{
    for (size_t i = 0; i < document->count; i++) {
        const struct laws_piece *piece = &document->pieces[i];

        TRY(laws_add_article(scene->store, scene_new_id(scene), version_id, (int64_t)i + 1,
                             piece->number.number, piece->number.sub, piece->label, piece->chapter,
                             piece->words));
    }
    return DONE;
}

static struct outcome take_one(struct scene *scene, const struct laws_take_form *f,
                               const struct laws_document *document, struct laws_taken *told)
{
    struct str hash = hash_of(scene, document);
    struct laws_find_same_version_row same;
    id law_id, version_id;
    bool found;

    TRY(law_of(scene, f, document, &law_id));
    TRY(laws_find_same_version(scene->store, law_id, hash, &same, &found));
    if (found) {
        bool is_better = document->is_day_given || !same.effective_at;
        moment effective =
            is_better && document->effective_at ? document->effective_at : same.effective_at;
        moment repealed = document->repealed_at ? document->repealed_at : same.repealed_at;
        bool is_same = effective == same.effective_at && repealed == same.repealed_at;

        told->same += is_same;
        told->changed += !is_same;
        return is_same ? DONE
                       : laws_set_version_days(scene->store, effective, repealed, same.version_id);
    }
    version_id = scene_new_id(scene);
    TRY(laws_add_version(
        scene->store, &(struct laws_add_version_values){.version_id = version_id,
                                                        .law_id = law_id,
                                                        .title = document->title,
                                                        .remark = document->remark,
                                                        .effective_at = document->effective_at,
                                                        .repealed_at = document->repealed_at,
                                                        .articles_count = (int64_t)document->count,
                                                        .law_hash = hash,
                                                        .law_source = f->source,
                                                        .taken_at = scene->now}));
    TRY(add_articles(scene, document, version_id));
    TRY(add_repeals(scene, document));
    told->added++;
    told->articles += (int64_t)document->count;
    return DONE;
}

static struct outcome take(struct scene *scene, const void *form, void *result)
{
    const struct laws_take_form *f = form;
    struct laws_taken *told = result;

    *told = (struct laws_taken){0};
    for (size_t i = 0; i < f->count; i++) TRY(take_one(scene, f, &f->documents[i], told));
    scene->quiet = told->added + told->changed == 0;
    return DONE;
}

const struct act laws_take = {.name = "laws.take", .who = WHO_SYSTEM, .run = take};
