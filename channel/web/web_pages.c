/* web_pages.c -- home, how pages look, what this service is, and the table of this channel's pages.
 *
 *  (1) A preference is one cookie; choosing one leaves the others alone, and needs no script.
 *  (2) After choosing, a browser goes back to the page it was on, and nowhere but on this site.
 */
#include "channel/web/asset.h"
#include "channel/web/web.h"
#include "gen/web_html.h"

enum { PREFERENCE_SECONDS = 365 * SECONDS_PER_DAY };

#define FORM_THIS web_preferences_form
FORM_TABLE(web_preferences, WEB_PREFERENCES_FORM)
#undef FORM_THIS
#define FORM_THIS web_back_form
FORM_TABLE(web_back, WEB_BACK_FORM)
#undef FORM_THIS

#define VIEW_THIS web_home_view
VIEW_TABLE(web_home, WEB_HOME_VIEW)
#undef VIEW_THIS
#define VIEW_THIS web_preferences_view
VIEW_TABLE(web_preferences, WEB_PREFERENCES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS web_about_view
VIEW_TABLE(web_about, WEB_ABOUT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS web_accessibility_view
VIEW_TABLE(web_accessibility, WEB_ACCESSIBILITY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS web_chosen_view
VIEW_TABLE(web_chosen, WEB_CHOSEN_VIEW)
#undef VIEW_THIS

const struct reason web_preference_unknown = {
    "web.preference", T("This cannot be chosen. Please pick one of the choices on the page."), 422};

/* What may be chosen; the first is what a browser without a cookie gets. */
struct option {
    const char *value, *label, *hint;
};
static const struct option modes[] = {
    {"normal", T("Normal"), ""},
    {"elder", T("Large text"), T("Bigger letters and buttons, one thing below the other.")}};
static const struct option themes[] = {
    {"auto", T("As my device is set"), ""},
    {"light", T("Light"), ""},
    {"dark", T("Dark"), T("Easier on the eyes at night.")},
    {"contrast", T("High contrast"), T("Bright letters on black, with strong lines.")}};

static bool is_one_of(struct str value, const struct option *options, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_same(value, str_of(options[i].value))) return true;
    return false;
}

static struct outcome (*keep_language)(struct scene *scene, enum language language);

void web_language_hook(struct outcome (*keep)(struct scene *scene, enum language language))
{
    keep_language = keep;
}

static struct outcome run_preferences(struct scene *scene, const void *form_, void *result_)
{
    const struct web_preferences_form *form = form_;
    struct web_chosen_view *result = result_;
    bool is_language = str_same(form->language, S("zh")) || str_same(form->language, S("en"));

    if (form->language.len && !is_language) return REFUSE(web_preference_unknown);
    if (form->mode.len && !is_one_of(form->mode, modes, COUNT(modes)))
        return REFUSE(web_preference_unknown);
    if (form->theme.len && !is_one_of(form->theme, themes, COUNT(themes)))
        return REFUSE(web_preference_unknown);
    if (form->language.len) scene_cookie(scene, S("language"), form->language, PREFERENCE_SECONDS);
    if (form->language.len && keep_language)
        TRY(keep_language(scene, str_same(form->language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH));
    if (form->mode.len) scene_cookie(scene, S("mode"), form->mode, PREFERENCE_SECONDS);
    if (form->theme.len) scene_cookie(scene, S("theme"), form->theme, PREFERENCE_SECONDS);
    scene->quiet = true;
    result->to = web_back(form->back, S("/"));
    return DONE;
}

const struct act web_preferences = {.name = "web.preferences",
                                    .who = WHO_ANYONE,
                                    .form = &web_preferences_form,
                                    .result = &web_chosen_view,
                                    .run = run_preferences};

static struct str icon(struct request *request, const char *name)
{
    struct str url = asset_url(S("icons.svg"));

    return arena_print(request->face->arena, "%.*s#%s", STR_ARGS(url), name);
}

static struct outcome show_home(struct request *request, const void *query, void *view_)
{
    struct web_home_view *view = view_;

    (void)query;
    view->one = S("%1");
    view->question = icon(request, "question");
    view->magnifier = icon(request, "magnifier");
    view->document = icon(request, "document");
    view->phone = icon(request, "phone");
    view->people = icon(request, "people");
    view->is_elder = str_same(request->face->mode, S("elder"));
    return DONE;
}

static const struct choice *choices(const struct face *face, const struct option *options,
                                    size_t count, struct str chosen)
{
    struct choice *made = NEW_MANY(face->arena, struct choice, count);

    for (size_t i = 0; i < count; i++) {
        made[i].value = str_of(options[i].value);
        made[i].label = text_in(face->language, options[i].label);
        if (options[i].hint[0]) made[i].hint = text_in(face->language, options[i].hint);
        made[i].chosen = str_same(made[i].value, chosen);
    }
    return made;
}

/* Each language in its own words: whoever cannot read this page finds the way out of it. */
static const struct choice *language_choices(const struct face *face)
{
    struct choice *made = NEW_MANY(face->arena, struct choice, 2);

    made[0] = (struct choice){
        .value = S("zh"), .label = S("中文"), .chosen = face->language == LANGUAGE_ZH};
    made[1] = (struct choice){
        .value = S("en"), .label = S("English"), .chosen = face->language == LANGUAGE_EN};
    return made;
}

static struct outcome show_preferences(struct request *request, const void *query_, void *view_)
{
    const struct web_back_form *query = query_;
    struct web_preferences_view *view = view_;
    const struct face *face = request->face;

    view->languages = language_choices(face);
    view->languages_count = 2;
    view->modes = choices(face, modes, COUNT(modes), face->mode);
    view->modes_count = COUNT(modes);
    view->themes = choices(face, themes, COUNT(themes), face->theme);
    view->themes_count = COUNT(themes);
    view->back = web_back(query->back, S("/preferences"));
    return DONE;
}

static struct outcome show_about(struct request *request, const void *query, void *view_)
{
    struct web_about_view *view = view_;

    (void)request, (void)query;
    view->version = web_version();
    return DONE;
}

static struct outcome show_accessibility(struct request *request, const void *query, void *view_)
{
    struct web_accessibility_view *view = view_;

    (void)query;
    view->is_elder = str_same(request->face->mode, S("elder"));
    return DONE;
}

/* Search machines may read what is for everybody, and nothing about anyone's case. */
static struct outcome send_robots(struct request *request, const void *query,
                                  struct file_answer *file)
{
    (void)request, (void)query;
    *file = (struct file_answer){.bytes = S("User-agent: *\n"
                                            "Disallow: /api/\n"
                                            "Disallow: /ask/\n"
                                            "Disallow: /my\n"
                                            "Disallow: /volunteer/\n"
                                            "Disallow: /consultations/\n"
                                            "Disallow: /come/\n"
                                            "Disallow: /roster/\n"
                                            "Disallow: /session\n"
                                            "Disallow: /desk\n"
                                            "Disallow: /board\n"
                                            "Disallow: /admin/\n"),
                                 .type = S("text/plain; charset=utf-8"),
                                 .name = S("robots.txt"),
                                 .inline_safe = true};
    return DONE;
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/",
     .who = WHO_ANYONE,
     .about = "The home page.",
     .view = &web_home_view,
     .html = &html_web_home,
     .show = show_home,
     .page_only = true},
    {.method = GET,
     .path = "/preferences",
     .who = WHO_ANYONE,
     .about = "How pages look: language, size of text, colours.",
     .query = &web_back_form,
     .view = &web_preferences_view,
     .html = &html_web_preferences,
     .show = show_preferences,
     .page_only = true},
    {.method = POST,
     .path = "/preferences",
     .who = WHO_ANYONE,
     .about = "Choose how pages look.",
     .act = &web_preferences,
     .then = "{to}",
     .again = "/preferences",
     .page_only = true},
    {.method = GET,
     .path = "/about",
     .who = WHO_ANYONE,
     .about = "What this service is, who answers, and what happens to what people write.",
     .view = &web_about_view,
     .html = &html_web_about,
     .show = show_about,
     .page_only = true},
    {.method = GET,
     .path = "/accessibility",
     .who = WHO_ANYONE,
     .about = "How pages can be read and used, and what is not known yet.",
     .view = &web_accessibility_view,
     .html = &html_web_accessibility,
     .show = show_accessibility,
     .page_only = true},
    {.method = GET,
     .path = "/robots.txt",
     .who = WHO_ANYONE,
     .about = "What search machines may read.",
     .file = send_robots,
     .page_only = true},
    {0}};

const struct module web_module = {.name = "web", .pages = pages};
