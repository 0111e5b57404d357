/* search_suggest.c -- what somebody may mean who is typing: fields of law, services, laws.
 *
 *  (1) Names only, and only of what whoever asks may open: see search_pages.c (1).  A law that
 *      does not apply today and a service that is planned are not suggested.
 *  (2) A suggestion is words for the box: choosing one looks for it.
 *  (3) What may be misspelt is tried only when nothing has these signs or sounds.
 */
#include "bureau/people/people_acts.h"
#include "desk/items/items_acts.h"
#include "desk/laws/laws_acts.h"
#include "service/search/search_views.h"

#define FORM_THIS search_typed_form
FORM_TABLE(search_typed, SEARCH_TYPED_FORM)
#undef FORM_THIS
#define VIEW_THIS search_suggestion_view
VIEW_TABLE(search_suggestion, SEARCH_SUGGESTION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS search_suggest_view
VIEW_TABLE(search_suggest, SEARCH_SUGGEST_VIEW)
#undef VIEW_THIS

enum {
    OF_A_KIND = 4,
    IN_ALL = 8,
    MEANT_MAX = 3,
    LAWS_LOOKED_AT = 12,    /* some do not apply today */
    TYPINGS_A_MINUTE = 1200 /* one address may be a whole office */
};

struct suggestion {
    enum pinyin_fit fit;
    size_t points;
    struct str text;
};
/* The best of one kind, best first. */
struct best {
    struct suggestion all[OF_A_KIND];
    size_t count;
};

static bool is_better(const struct suggestion *a, const struct suggestion *b)
{
    return a->fit != b->fit ? a->fit > b->fit : a->points < b->points;
}

static void add(struct best *best, enum pinyin_fit fit, struct str text)
{
    struct suggestion made = {fit, str_points(text), text};
    size_t at;

    if (!fit || (best->count == OF_A_KIND && !is_better(&made, &best->all[OF_A_KIND - 1]))) return;
    best->count += best->count < OF_A_KIND;
    for (at = best->count - 1; at > 0 && is_better(&made, &best->all[at - 1]); at--)
        best->all[at] = best->all[at - 1];
    best->all[at] = made;
}

/* A name in the reader's language, or any other words of the same thing, which count less. */
static void add_one(struct best *best, const struct pinyin_typed *typed, struct str name,
                    struct str other)
{
    enum pinyin_fit fit = pinyin_fits(typed, name);

    if (!fit && pinyin_fits(typed, other)) fit = PINYIN_SOUND_WITHIN;
    add(best, fit, name);
}

static struct outcome add_fields(struct scene *scene, const struct pinyin_typed *typed,
                                 struct best *best)
{
    const struct people_list_fields_row *rows;
    size_t count;

    TRY(people_fields(scene, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        bool is_english = scene->language == LANGUAGE_EN;
        struct str other = is_english ? rows[i].field_zh : rows[i].field_en;

        add_one(best, typed, is_english ? rows[i].field_en : rows[i].field_zh,
                arena_print(scene->arena, "%.*s %.*s", STR_ARGS(other), STR_ARGS(rows[i].words)));
    }
    return DONE;
}

static struct outcome add_items(struct scene *scene, const struct pinyin_typed *typed,
                                struct best *best)
{
    const struct items_name *rows;
    size_t count;

    TRY(items_names(scene, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        bool is_english = scene->language == LANGUAGE_EN;

        add_one(best, typed, is_english ? rows[i].en : rows[i].zh,
                is_english ? rows[i].zh : rows[i].en);
    }
    return DONE;
}

static struct outcome add_laws(struct scene *scene, const struct pinyin_typed *typed,
                               struct best *best)
{
    struct names_hit hits[LAWS_LOOKED_AT];
    size_t count = names_ask(search_names, typed, hits, LAWS_LOOKED_AT);

    for (size_t i = 0; i < count && best->count < OF_A_KIND; i++) {
        struct str name, names;
        bool applies;

        TRY(laws_applies(scene, hits[i].name_id, &applies));
        if (!applies) continue;
        TRY(laws_names(scene, hits[i].name_id, &name, &names));
        add(best, hits[i].fit, name);
    }
    return DONE;
}

enum { FIELDS, ITEMS, LAWS, KINDS };
static const struct {
    const char *word, *name;
} kinds[KINDS] = {{"field", T("Field of law")}, {"item", T("A service")}, {"law", T("Law")}};

static struct outcome find(struct scene *scene, const struct pinyin_typed *typed, size_t max,
                           struct search_suggestion_view *made, size_t *count)
{
    struct best best[KINDS] = {0};
    size_t at[KINDS] = {0};

    TRY(add_fields(scene, typed, &best[FIELDS]));
    TRY(add_items(scene, typed, &best[ITEMS]));
    TRY(add_laws(scene, typed, &best[LAWS]));
    for (*count = 0; *count < max;) {
        size_t kind = KINDS;

        for (size_t k = 0; k < KINDS; k++)
            if (at[k] < best[k].count &&
                (kind == KINDS || best[k].all[at[k]].fit > best[kind].all[at[kind]].fit))
                kind = k;
        if (kind == KINDS) break;
        made[(*count)++] = (struct search_suggestion_view){
            .text = best[kind].all[at[kind]++].text,
            .kind = str_of(kinds[kind].word),
            .kind_name = text_in(scene->language, kinds[kind].name)};
    }
    return DONE;
}

static struct outcome show(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct search_typed_form *f = query;
    struct search_suggest_view *v = view;
    struct search_suggestion_view *made =
        NEW_MANY(scene->arena, struct search_suggestion_view, IN_ALL);
    struct pinyin_typed typed;

    v->suggestions = made;
    if (!pinyin_typed(str_trim(f->q), &typed)) return DONE;
    TRY(find(scene, &typed, IN_ALL, made, &v->suggestions_count));
    if (v->suggestions_count || !pinyin_misspelt(str_trim(f->q), &typed)) return DONE;
    return find(scene, &typed, IN_ALL, made, &v->suggestions_count);
}

/* (3) */
struct outcome search_meant(struct scene *scene, struct str q,
                            const struct search_suggestion_view **meant, size_t *count)
{
    struct search_suggestion_view *made =
        NEW_MANY(scene->arena, struct search_suggestion_view, MEANT_MAX);
    struct pinyin_typed typed;

    *count = 0;
    *meant = made;
    if (!pinyin_misspelt(q, &typed)) return DONE;
    typed.is_misspelt = false;
    TRY(find(scene, &typed, 1, made, count));
    if (!*count) {
        typed.is_misspelt = true;
        return find(scene, &typed, MEANT_MAX, made, count);
    }
    *count = 0;
    return DONE;
}

const struct page search_suggest_pages[] = {
    {.method = GET,
     .path = "/search/suggestions",
     .who = WHO_ANYONE,
     .about = "Names of fields of law, services and laws, for what is being typed; also by sound.",
     .query = &search_typed_form,
     .view = &search_suggest_view,
     .show = show,
     .per_minute = TYPINGS_A_MINUTE},
    {0}};
