/* search_pages.c -- one box: what was found of everything, group by group.
 *
 *  (1) Only what whoever asks may open is found, counted or hinted at: laws, fields and help are
 *      everybody's, and people are those of the public directory.
 *  (2) A citation that is typed is answered first of all with its article.
 *  (3) Of one kind, when that was chosen, more is shown and nothing else is looked for.
 */
#include "bureau/directory/directory_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/register/register_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "desk/laws/laws_acts.h"
#include "gen/search_html.h"
#include "gen/search_sql.h"
#include "platform/finder_terms.h"
#include "platform/known.h"
#include "service/search/search.h"
#include "service/search/search_views.h"

#define FORM_THIS search_ask_form
FORM_TABLE(search_ask, SEARCH_ASK_FORM)
#undef FORM_THIS
#define VIEW_THIS search_article_view
VIEW_TABLE(search_article, SEARCH_ARTICLE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS search_link_view
VIEW_TABLE(search_link, SEARCH_LINK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS search_kind_view
VIEW_TABLE(search_kind, SEARCH_KIND_VIEW)
#undef VIEW_THIS
#define VIEW_THIS search_find_view
VIEW_TABLE(search_find, SEARCH_FIND_VIEW)
#undef VIEW_THIS

enum {
    ARTICLES_SHOWN = 10,
    ITEMS_SHOWN = 5,
    LAWS_SHOWN = 5,
    FIELDS_SHOWN = 3,
    PEOPLE_SHOWN = 5,
    PAGES_SHOWN = 3,
    OF_ONE_KIND = 30, /* (3) */
    PLACES_SHOWN = 3,
    NAME_POINTS_MAX = 20,
    ASK_POINTS_MAX = 200, /* see CONSULTATION_WAY_FORM */
    ITEMS_POINTS_MAX = 100,
    SEARCHES_A_MINUTE = 120
};
static const double share_least = 0.6; /* of the words asked for, in the names of a law */
static const double fits_least = 1.0;  /* of the few texts of fields and help */

/* (3) */
static const struct {
    const char *word, *name;
} kinds[] = {{"", T("Everything")},
             {"items", T("Services")},
             {"articles", T("Articles of law")},
             {"laws", T("Laws")},
             {"answers", T("Answered questions")},
             {"people", T("Who serves")},
             {"bodies", T("Firms and offices")},
             {"places", T("Places")},
             {"pages", T("Help")}};
#define KIND_WORDS "items articles laws answers people bodies places pages"

static bool is_wanted(const struct search_find_view *v, const char *kind)
{
    return !v->kind.len || str_same(v->kind, str_of(kind));
}

size_t search_most(const struct search_find_view *v, size_t usually)
{
    return v->kind.len ? OF_ONE_KIND : usually;
}

/* In the order of `kinds`. */
static bool has_some(const struct search_find_view *v, size_t kind)
{
    const size_t counts[COUNT(kinds)] = {1,
                                         v->items_count,
                                         v->articles_count,
                                         v->laws_count,
                                         v->answers_count + v->cases_count,
                                         v->people_count,
                                         v->bodies_count,
                                         v->places_count,
                                         v->pages_count};

    return counts[kind] > 0;
}

/* Those of which something was found, so that a telephone shows them in a line or two. */
static void show_kinds(struct scene *scene, struct search_find_view *v)
{
    struct search_kind_view *made = NEW_MANY(scene->arena, struct search_kind_view, COUNT(kinds));

    v->kinds = made;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        bool is_chosen = str_same(v->kind, str_of(kinds[i].word));

        if (!is_chosen && !has_some(v, i)) continue;
        made[v->kinds_count++] =
            (struct search_kind_view){.kind = str_of(kinds[i].word),
                                      .name = text_in(scene->language, kinds[i].name),
                                      .is_chosen = is_chosen};
    }
}

/* ---- laws ---- */

static struct outcome show_articles(struct scene *scene, struct str q, struct search_find_view *v)
{
    struct laws_told told[OF_ONE_KIND];
    size_t max = search_most(v, ARTICLES_SHOWN);
    struct search_article_view *made = NEW_MANY(scene->arena, struct search_article_view, max);

    v->articles = made;
    TRY(search_articles(scene, q, max, told, &v->articles_count));
    for (size_t i = 0; i < v->articles_count; i++) {
        struct search_snippet snippet =
            search_snippet(told[i].words, finder_plain(scene->arena, q));
        struct str article =
            laws_address(scene->arena, told[i].number, told[i].sub, told[i].position);

        made[i] = (struct search_article_view){
            .law = told[i].law_id,
            .name = told[i].name,
            .article = article,
            .label = told[i].label,
            .text = told[i].words,
            .url = arena_print(scene->arena, "/laws/%lld/articles/%.*s", (long long)told[i].law_id,
                               STR_ARGS(article)),
            .before = snippet.before,
            .match = snippet.match,
            .after = snippet.after,
            .is_cut_before = snippet.is_cut_before,
            .is_cut_after = snippet.is_cut_after};
    }
    return DONE;
}

/* Nothing has these letters: they may be how its name sounds. */
static size_t laws_by_sound(struct str q, struct finder_hit *hits, size_t max)
{
    struct names_hit found[OF_ONE_KIND];
    struct pinyin_typed typed;
    size_t count;

    if (!pinyin_typed(q, &typed) || !typed.has_letters) return 0;
    count = names_ask(search_names, &typed, found, max);
    for (size_t i = 0; i < count; i++) hits[i] = (struct finder_hit){.text_id = found[i].name_id};
    return count;
}

static struct outcome show_law(struct scene *scene, id law_id, struct str name,
                               struct search_link_view *made)
{
    bool applies;

    TRY(laws_applies(scene, law_id, &applies));
    *made = (struct search_link_view){
        .title = name,
        .about = applies ? S("") : text_in(scene->language, T("Does not apply today")),
        .url = arena_print(scene->arena, "/laws/%lld", (long long)law_id)};
    return DONE;
}

static struct outcome show_laws(struct scene *scene, struct str q, struct search_find_view *v)
{
    struct finder_hit hits[OF_ONE_KIND];
    size_t max = search_most(v, LAWS_SHOWN);
    size_t count =
        finder_ask(search_finder, scene->arena, q, 1 << SEARCH_LAW,
                   &(struct finder_weights){.k1 = 1.2, .b = 0.75, .sign = 0.3}, hits, max);
    struct search_link_view *made = NEW_MANY(scene->arena, struct search_link_view, max);

    v->laws = made;
    for (size_t i = 0; i < count && hits[i].score * 2 > hits[0].score; i++) {
        struct str name, names;

        TRY(laws_names(scene, hits[i].text_id, &name, &names));
        if (finder_share(scene->arena, q, names) < share_least &&
            finder_share(scene->arena, name, q) < 1)
            continue;
        TRY(show_law(scene, hits[i].text_id, name, &made[v->laws_count++]));
    }
    if (v->laws_count) return DONE;
    count = laws_by_sound(q, hits, max);
    for (size_t i = 0; i < count; i++) {
        struct str name, names;

        TRY(laws_names(scene, hits[i].text_id, &name, &names));
        TRY(show_law(scene, hits[i].text_id, name, &made[v->laws_count++]));
    }
    return DONE;
}

/* ---- fields of law, and help: few texts, which anybody may change at any time ---- */

static void show_few(struct scene *scene, const struct search_link_view *all,
                     const struct finder_text *texts, size_t count, struct str q, size_t max,
                     const struct search_link_view **shown, size_t *shown_count)
{
    struct search_link_view *made = NEW_MANY(scene->arena, struct search_link_view, max);
    struct finder_hit *hits = NEW_MANY(scene->arena, struct finder_hit, max);
    struct finder *finder = finder_open();
    size_t found;

    for (size_t i = 0; i < count; i++) finder_add(finder, &texts[i]);
    found = finder_ask(finder, scene->arena, q, 1,
                       &(struct finder_weights){.k1 = 1.2, .b = 0.5, .sign = 0.1}, hits, max);
    finder_close(&finder);
    *shown = made;
    *shown_count = 0;
    for (size_t i = 0; i < found && hits[i].score >= fits_least; i++)
        made[(*shown_count)++] = all[hits[i].text_id];
}

static struct outcome show_fields(struct scene *scene, struct search_find_view *v)
{
    const struct people_list_fields_row *rows;
    struct search_link_view *all;
    struct finder_text *texts;
    bool is_english = scene->language == LANGUAGE_EN;
    size_t count;

    TRY(people_fields(scene, &rows, &count));
    all = NEW_MANY(scene->arena, struct search_link_view, count + 1);
    texts = NEW_MANY(scene->arena, struct finder_text, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct out *url = out_open(scene->arena, 4096);

        OUT_LITERAL(url, "/ask?field=");
        out_url(url, rows[i].field);
        OUT_LITERAL(url, "&q=");
        out_url(url, v->ask_q);
        all[i] =
            (struct search_link_view){.title = is_english ? rows[i].field_en : rows[i].field_zh,
                                      .about = is_english ? rows[i].hint_en : rows[i].hint_zh,
                                      .url = out_text(url)};
        texts[i] = (struct finder_text){
            .text_id = (id)i,
            .title = arena_print(scene->arena, "%.*s %.*s %.*s", STR_ARGS(rows[i].field_zh),
                                 STR_ARGS(rows[i].field_en), STR_ARGS(rows[i].words)),
            .body = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(rows[i].hint_zh),
                                STR_ARGS(rows[i].hint_en))};
    }
    show_few(scene, all, texts, count, v->q, FIELDS_SHOWN, &v->fields, &v->fields_count);
    return DONE;
}

static const struct {
    const char *path, *title, *about;
} help[] = {{"/ask", T("Ask a question"),
             T("Talk to somebody on duty now, or leave your question in writing.")},
            {"/my", T("Find my question again"), T("With your reference and your phone number.")},
            {"/aid", T("A lawyer free of charge"),
             T("See in a few questions whether legal aid is open to you.")},
            {"/assistant", T("Ask the assistant"),
             T("It finds articles, answers and services, with their sources, and hands over to a "
               "person.")},
            {"/items", T("Service list"),
             T("What is offered, for whom, what to bring and how long it takes.")},
            {"/halls", T("Come in person"),
             T("Where our halls are, when they are open and how many wait there.")},
            {"/people", T("Who serves"),
             T("Lawyers, notaries, mediators and others, with their licences.")},
            {"/bodies", T("Firms and offices"),
             T("Law firms, notary offices, appraisal bodies and others, with their sources.")},
            {"/laws", T("Laws"), T("Every article on a page of its own.")},
            {"/answers", T("Answered questions"), T("What others asked, and what they were told.")},
            {"/classics", T("The ten best cases"),
             T("Answered questions from which most can be learned, voted by you.")},
            {"/about", T("About this service"),
             T("What it costs, who answers, what happens to your words.")},
            {"/accessibility", T("Accessibility"),
             T("Large text, high contrast, keyboard and screen reader.")},
            {"/volunteer", T("Volunteer"), T("For lawyers and others who would like to serve.")},
            {"/session", T("Sign in"), T("With your phone number, or as staff with a password.")}};

static void show_help(struct scene *scene, struct search_find_view *v)
{
    struct search_link_view *all = NEW_MANY(scene->arena, struct search_link_view, COUNT(help));
    struct finder_text *texts = NEW_MANY(scene->arena, struct finder_text, COUNT(help));

    for (size_t i = 0; i < COUNT(help); i++) {
        all[i] = (struct search_link_view){.title = text_in(scene->language, help[i].title),
                                           .about = text_in(scene->language, help[i].about),
                                           .url = str_of(help[i].path)};
        texts[i] = (struct finder_text){
            .text_id = (id)i,
            .title = arena_print(scene->arena, "%s %.*s", help[i].title,
                                 STR_ARGS(text_in(LANGUAGE_ZH, help[i].title))),
            .body = arena_print(scene->arena, "%s %.*s", help[i].about,
                                STR_ARGS(text_in(LANGUAGE_ZH, help[i].about)))};
    }
    show_few(scene, all, texts, COUNT(help), v->q, PAGES_SHOWN, &v->pages, &v->pages_count);
}

/* ---- the service list that holds today ---- */

static struct outcome show_items(struct scene *scene, struct search_find_view *v)
{
    const struct items_found *found;
    struct search_link_view *made;

    TRY(items_find(scene, v->items_q, search_most(v, ITEMS_SHOWN), &found, &v->items_count,
                   &v->items_hold_from));
    made = NEW_MANY(scene->arena, struct search_link_view, v->items_count + 1);
    for (size_t i = 0; i < v->items_count; i++)
        made[i] = (struct search_link_view){
            .title = found[i].name,
            .about = found[i].content,
            .url = arena_print(scene->arena, "/items/%.*s", STR_ARGS(found[i].item))};
    v->items = made;
    return DONE;
}

/* ---- people ---- */

static struct outcome show_people(struct scene *scene, struct str q, struct search_find_view *v)
{
    const struct register_found *rows;
    struct search_link_view *made;

    if (str_points(q) < 2 || str_points(q) > NAME_POINTS_MAX) return DONE;
    TRY(register_find(scene, q, search_most(v, PEOPLE_SHOWN), &rows, &v->people_count));
    made = NEW_MANY(scene->arena, struct search_link_view, v->people_count + 1);
    for (size_t i = 0; i < v->people_count; i++)
        made[i] = (struct search_link_view){
            .title = rows[i].name,
            .about = arena_print(scene->arena, "%.*s · %.*s", STR_ARGS(rows[i].profession),
                                 STR_ARGS(rows[i].team)),
            .url = arena_print(scene->arena, "/people/%lld", (long long)rows[i].person_id)};
    v->people = made;
    return DONE;
}

static struct outcome show_bodies(struct scene *scene, struct str q, struct search_find_view *v)
{
    const struct directory_found *rows;
    struct search_link_view *made;

    if (str_points(q) < 2 || str_points(q) > NAME_POINTS_MAX) return DONE;
    TRY(directory_find(scene, q, search_most(v, PEOPLE_SHOWN), &rows, &v->bodies_count));
    made = NEW_MANY(scene->arena, struct search_link_view, v->bodies_count + 1);
    for (size_t i = 0; i < v->bodies_count; i++)
        made[i] = (struct search_link_view){
            .title = rows[i].name,
            .about = rows[i].kind,
            .url = arena_print(scene->arena, "/bodies/%lld", (long long)rows[i].body_id)};
    v->bodies = made;
    return DONE;
}

/* ---- districts and streets, by name or code ---- */

/* As it is written, or without what people leave out when they say it. */
static bool is_called(struct scene *scene, const struct identity_division *row, struct str q)
{
    static const char *const endings[] = {"", "区", "街道", "镇", " District"};

    if (str_same(row->division, q)) return true;
    for (size_t i = 0; i < COUNT(endings); i++) {
        struct str said = arena_print(scene->arena, "%.*s%s", STR_ARGS(q), endings[i]);

        if (str_same(said, row->name_zh) ||
            (row->name_en.len && str_same(identity_login(scene->arena, said),
                                          identity_login(scene->arena, row->name_en))))
            return true;
    }
    return false;
}

static struct outcome add_places(struct scene *scene, struct str q, struct str parent,
                                 struct search_link_view *made, struct search_find_view *v)
{
    const struct identity_division *rows;
    size_t count;

    TRY(identity_division_children(scene, parent, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        bool is_english = scene->language == LANGUAGE_EN && rows[i].name_en.len;

        if (str_same(rows[i].level, S("district")))
            TRY(add_places(scene, q, rows[i].division, made, v));
        if (v->places_count == PLACES_SHOWN || !is_called(scene, &rows[i], q)) continue;
        made[v->places_count++] = (struct search_link_view){
            .title = is_english ? rows[i].name_en : rows[i].name_zh,
            .about =
                text_in(scene->language, T("Our halls there, who serves, and what is announced.")),
            .url = arena_print(scene->arena, "/places/%.*s", STR_ARGS(rows[i].division))};
    }
    return DONE;
}

static struct outcome show_places(struct scene *scene, struct str q, struct search_find_view *v)
{
    struct search_link_view *made = NEW_MANY(scene->arena, struct search_link_view, PLACES_SHOWN);

    v->places = made;
    if (str_points(q) < 2 || str_points(q) > NAME_POINTS_MAX) return DONE;
    return add_places(scene, q, S("31"), made, v);
}

/* ---- the page ---- */

static struct str first_points(struct str text, size_t points)
{
    size_t at = 0;

    while (at < text.len && (points || ((unsigned char)text.at[at] & 0xc0) == 0x80))
        points -= ((unsigned char)text.at[at++] & 0xc0) != 0x80;
    return (struct str){text.at, at};
}

static struct outcome show(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct search_ask_form *f = query;
    struct search_find_view *v = view;

    v->one = S("%1");
    v->q = str_trim(f->q);
    v->kind = f->kind;
    v->ask_q = first_points(v->q, ASK_POINTS_MAX);
    v->items_q = first_points(v->q, ITEMS_POINTS_MAX);
    v->name_q = first_points(v->q, NAME_POINTS_MAX);
    v->is_ready = search_is_ready();
    if (!v->q.len) return DONE;
    TRY(laws_cited(scene, v->q, &v->cited));
    if (!v->cited.len) TRY(search_meant(scene, v->q, &v->meant, &v->meant_count));
    if (is_wanted(v, "items")) TRY(show_items(scene, v));
    if (is_wanted(v, "articles")) TRY(show_articles(scene, v->q, v));
    if (is_wanted(v, "answers")) TRY(search_show_answers(scene, v->q, v));
    if (is_wanted(v, "laws")) TRY(show_laws(scene, v->q, v));
    if (!v->kind.len) TRY(show_fields(scene, v));
    if (is_wanted(v, "people")) TRY(show_people(scene, v->q, v));
    if (is_wanted(v, "bodies")) TRY(show_bodies(scene, v->q, v));
    if (is_wanted(v, "places")) TRY(show_places(scene, v->q, v));
    if (is_wanted(v, "pages")) show_help(scene, v);
    show_kinds(scene, v);
    v->is_empty = !v->cited.len && !v->items_count && !v->articles_count && !v->laws_count &&
                  !v->fields_count && !v->people_count && !v->places_count && !v->pages_count &&
                  !v->answers_count && !v->cases_count && !v->bodies_count;
    return DONE;
}

static const struct query_known kinds_known[] = {{"kind", KIND_WORDS, NULL}, {0}};
KNOWN_SHOW(show_known, search_ask_form, kinds_known, show)

static const struct page pages[] = {
    {.method = GET,
     .path = "/search",
     .who = WHO_ANYONE,
     .about = "Services, articles of law, answered questions, laws, fields, people and help that "
              "fit some words; of one `kind` more of them.",
     .query = &search_ask_form,
     .view = &search_find_view,
     .html = &html_search_find,
     .show = show_known,
     .per_minute = SEARCHES_A_MINUTE},
    {0}};

static const struct page *const more_pages[] = {search_suggest_pages, NULL};

const struct module search_module = {.name = "search",
                                     .schema = search_schema,
                                     .migrations = search_migrations,
                                     .pages = pages,
                                     .more_pages = more_pages,
                                     .follow = search_follow};
