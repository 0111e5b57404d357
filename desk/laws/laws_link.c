/* laws_link.c -- citations in a text become links to articles that exist.
 *
 *  (1) A link is made only to an article that stands in the version that applies now.
 *  (2) The text itself is not touched: the pieces, put together, are the text.
 *  (3) A text without citations costs a look at its bytes and nothing else.
 */
#include <string.h>

#include "desk/laws/laws_acts.h"
#include "desk/laws/laws_cite.h"
#include "gen/laws_sql.h"

#define VIEW_THIS laws_snippet_view
VIEW_TABLE(laws_snippet, LAWS_SNIPPET_VIEW)
#undef VIEW_THIS

enum { NAME_BYTES_MIN = 6, ENGLISH_BYTES_MIN = 4 };

static struct outcome find_alias(struct scene *scene, struct str name, id *law_id)
{
    char small[LAWS_RUN_BYTES_MAX * 2 + 8];
    struct laws_find_alias_row row;
    bool found;

    *law_id = 0;
    if (name.len > sizeof small) return DONE;
    for (size_t i = 0; i < name.len; i++)
        small[i] = (char)(name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] + 32 : name.at[i]);
    TRY(laws_find_alias(scene->store, (struct str){small, name.len}, &row, &found));
    if (found) *law_id = row.law_id;
    return DONE;
}

struct outcome laws_find_named(struct scene *scene, struct str name, id *law_id)
{
    return find_alias(scene, laws_plain_name(name), law_id);
}

/* The longest end of the run that is a law's name; `*at` is where it begins in the run. */
static struct outcome name_at_end(struct scene *scene, struct str run, size_t *at, id *law_id)
{
    *law_id = 0;
    for (*at = 0; *at + ENGLISH_BYTES_MIN <= run.len; ++*at) {
        unsigned char byte = (unsigned char)run.at[*at];
        bool is_plain = byte < 0x80;
        struct str tail = {run.at + *at, run.len - *at};

        if ((byte & 0xc0) == 0x80 || byte == ' ' || (!is_plain && tail.len < NAME_BYTES_MIN))
            continue;
        if (is_plain && *at && run.at[*at - 1] != ' ') continue; /* the middle of a word */
        TRY(find_alias(scene, tail, law_id));
        if (*law_id) return DONE;
    }
    return DONE;
}

/* "Civil Code says that …": the longest beginning that is a name; `*len` is its length. */
static struct outcome name_at_start(struct scene *scene, struct str run, size_t *len, id *law_id)
{
    *law_id = 0;
    for (*len = run.len; *len >= ENGLISH_BYTES_MIN; --*len) {
        if (*len < run.len && run.at[*len] != ' ') continue;
        if (run.at[*len - 1] == ' ') continue;
        TRY(find_alias(scene, (struct str){run.at, *len}, law_id));
        if (*law_id) return DONE;
    }
    return DONE;
}

static bool names_this_law(struct str run)
{
    static const char *const words[] = {"本法", "本条例", "本规定", "本办法", "本解释", "本细则"};

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_ends(run, str_of(words[i]))) return true;
    return false;
}

/* Which law is meant, and what part of the text is the link; law_id 0: nobody knows. */
static struct outcome resolve(struct scene *scene, struct str text, struct laws_citation *c,
                              id before_id, id own_id, id *law_id)
{
    const struct str state = S("中华人民共和国");
    size_t at;

    *law_id = 0;
    if (c->is_quoted) {
        TRY(laws_find_named(scene, c->before, law_id));
        if (*law_id) c->at = (size_t)(c->before.at - text.at) - 3;
        return DONE;
    }
    if (c->after.len) {
        TRY(name_at_start(scene, c->after, &at, law_id));
        if (*law_id) c->end = (size_t)(c->after.at - text.at) + at;
        if (*law_id) return DONE;
    }
    TRY(name_at_end(scene, c->before, &at, law_id));
    if (*law_id) {
        c->at = (size_t)(c->before.at - text.at) + at;
        if (at >= state.len && memcmp(text.at + c->at - state.len, state.at, state.len) == 0)
            c->at -= state.len;
    } else if (c->follows && c->has_ordinal) {
        *law_id = before_id;
    } else if (own_id && c->has_ordinal && (!c->before.len || names_this_law(c->before))) {
        *law_id = own_id;
    }
    return DONE;
}

static struct outcome find(struct scene *scene, id law_id, const struct laws_label *label,
                           bool *found)
{
    struct laws_find_article_row row;
    id version_id;

    *found = false;
    if (!law_id) return DONE;
    TRY(laws_version_now(scene, law_id, &version_id, found));
    if (!*found) return DONE;
    return laws_find_article(scene->arena, scene->store, version_id, label->number, label->sub,
                             &row, found);
}

static void put(struct laws_snippet_view *made, size_t *count, struct str text, size_t from,
                size_t to, struct str url)
{
    if (from < to)
        made[(*count)++] =
            (struct laws_snippet_view){.text = {text.at + from, to - from}, .url = url};
}

struct outcome laws_link(struct scene *scene, struct str text, id own_id,
                         const struct laws_snippet_view **pieces, size_t *count)
{
    struct laws_citation found[LAWS_CITATIONS_MAX];
    struct laws_snippet_view *made;
    size_t citations, done = 0;
    id before_id = 0;

    *count = 0;
    *pieces = NULL;
    if (!laws_may_cite(text)) return DONE;
    citations = laws_citations(text, found, COUNT(found));
    if (!citations) return DONE;
    made = NEW_MANY(scene->arena, struct laws_snippet_view, 2 * citations + 1);
    for (size_t i = 0; i < citations; i++) {
        struct laws_citation *c = &found[i];
        bool exists;
        id law_id;

        TRY(resolve(scene, text, c, before_id, own_id, &law_id));
        before_id = law_id;
        TRY(find(scene, law_id, &c->label, &exists));
        if (!exists || c->at < done) continue;
        put(made, count, text, done, c->at, S(""));
        put(made, count, text, c->at, c->end,
            arena_print(scene->arena, "/laws/%lld/articles/%.*s", (long long)law_id,
                        STR_ARGS(laws_address(scene->arena, c->label.number, c->label.sub, 0))));
        done = c->end;
    }
    if (!*count) return DONE;
    put(made, count, text, done, text.len, S(""));
    *pieces = made;
    return DONE;
}

struct outcome laws_cited(struct scene *scene, struct str text, struct str *url)
{
    const struct laws_snippet_view *pieces;
    size_t count;

    *url = S("");
    TRY(laws_link(scene, text, 0, &pieces, &count));
    for (size_t i = 0; i < count && !url->len; i++) *url = pieces[i].url;
    return DONE;
}

struct outcome laws_cited_places(struct scene *scene, struct str text, struct laws_place *places,
                                 size_t max, size_t *count)
{
    struct laws_citation found[LAWS_CITATIONS_MAX];
    size_t citations;
    id before_id = 0;

    *count = 0;
    if (!laws_may_cite(text)) return DONE;
    citations = laws_citations(text, found, COUNT(found));
    for (size_t i = 0; i < citations && *count < max; i++) {
        const struct laws_label *label = &found[i].label;
        bool exists;
        id law_id;

        TRY(resolve(scene, text, &found[i], before_id, 0, &law_id));
        before_id = law_id;
        TRY(find(scene, law_id, label, &exists));
        if (exists) places[(*count)++] = (struct laws_place){law_id, label->number, label->sub};
    }
    return DONE;
}

struct str laws_cites_word(struct arena *arena, int64_t number, int64_t sub)
{
    return arena_print(arena, " a%lldn%lld", (long long)number, (long long)sub);
}

struct str laws_cites_words(struct arena *arena, const struct laws_told *row)
{
    struct laws_citation found[LAWS_CITES_MAX];
    size_t count = laws_may_cite(row->words) ? laws_citations(row->words, found, COUNT(found)) : 0;
    struct str name = row->name, made = S("");

    for (size_t i = 0; i < count; i++) {
        struct str word = laws_cites_word(arena, found[i].label.number, found[i].label.sub);

        if (!found[i].follows) name = found[i].before.len ? found[i].before : row->name;
        made = arena_print(arena, "%.*s %.*s%.*s", STR_ARGS(made), STR_ARGS(name), STR_ARGS(word));
    }
    return made;
}

struct outcome laws_cites(struct scene *scene, struct str text, id own_id,
                          const struct laws_place *place, bool *cites)
{
    struct laws_citation found[LAWS_CITES_MAX];
    size_t citations = laws_citations(text, found, COUNT(found));
    id before_id = 0;

    *cites = false;
    for (size_t i = 0; i < citations && !*cites; i++) {
        id law_id;

        TRY(resolve(scene, text, &found[i], before_id, own_id, &law_id));
        before_id = law_id;
        *cites = law_id == place->law_id && found[i].label.number == place->number &&
                 found[i].label.sub == place->sub;
    }
    return DONE;
}

struct outcome laws_missing(struct scene *scene, struct str text, struct str *missing)
{
    struct laws_citation found[LAWS_CITATIONS_MAX];
    size_t citations = laws_may_cite(text) ? laws_citations(text, found, COUNT(found)) : 0;
    id before_id = 0;

    *missing = S("");
    for (size_t i = 0; i < citations && !missing->len; i++) {
        struct laws_citation *c = &found[i];
        bool exists;
        id law_id;

        TRY(resolve(scene, text, c, before_id, 0, &law_id));
        before_id = law_id;
        if (!law_id && !c->is_quoted) continue; /* "第三条" of a contract */
        TRY(find(scene, law_id, &c->label, &exists));
        if (exists) continue;
        *missing = (struct str){text.at + c->at, c->end - c->at};
        if (!law_id)
            *missing = (struct str){c->before.at, (size_t)(text.at + c->end - c->before.at)};
    }
    return DONE;
}

struct outcome laws_article_now(struct scene *scene, const struct laws_place *place, id *article_id,
                                bool *found)
{
    struct laws_find_article_row row;
    id version_id;

    TRY(laws_version_now(scene, place->law_id, &version_id, found));
    if (!*found) return DONE;
    TRY(laws_find_article(scene->arena, scene->store, version_id, place->number, place->sub, &row,
                          found));
    *article_id = row.article_id;
    return DONE;
}

struct outcome laws_next_named(struct scene *scene, struct str *text, id *law_id)
{
    const struct str open = S("《"), close = S("》");

    *law_id = 0;
    while (!*law_id) {
        int64_t at = str_find(*text, open), end;
        struct str rest;

        if (at < 0) return DONE;
        rest = (struct str){text->at + at + open.len, text->len - (size_t)at - open.len};
        end = str_find(rest, close);
        if (end < 0) return DONE;
        *text = (struct str){rest.at + end + close.len, rest.len - (size_t)end - close.len};
        if (end > LAWS_RUN_BYTES_MAX * 2) continue;
        TRY(laws_find_named(scene, (struct str){rest.at, (size_t)end}, law_id));
    }
    return DONE;
}
