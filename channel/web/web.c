/* web.c -- the frame around every page.  See web.h.
 *
 *  (1) Nothing is in the menu that the reader may not open.
 *  (2) Every page leads to a person: the telephone number stands at its foot.
 *  (3) Signing out and changing how pages look are forms, never links.
 */
#include "channel/web/web.h"

#include <string.h>

#include "channel/web/asset.h"
#include "gen/web_html.h"

#ifndef VERSION
#define VERSION "unreleased"
#endif

enum { ENTRIES_MAX = 40 }; /* somebody of every role has 30 */

struct str web_version(void)
{
    return S(VERSION);
}

static bool is_below(struct str path, struct str above)
{
    return path.len > above.len && str_begins(path, above) && path.at[above.len] == '/';
}

/* Pages that are reached from an entry without standing below its address. */
static struct str entry_of(struct str path)
{
    static const struct {
        const char *path, *entry;
    } rows[] = {
        {"/board/complaints", "/board/quality"},
        {"/board/flags", "/board/quality"},
        {"/board/measures", "/board/quality"},
        {"/board/commendations", "/board/quality"},
        {"/alarms", "/board"},
        {"/announcements", "/board"},
        {"/handed", "/board"},
        {"/admin/import", "/admin/people"},
        {"/admin/releases", "/admin/items"},
        {"/admin/subsidies", "/admin/quality"},
        {"/session/totp", "/sessions"},
        {"/session/password", "/sessions"},
        {"/desk/samples", "/desk/record"},
        {"/slip", "/halls"},
        {"/my/data", "/sessions"},
        {"/data/copies", "/privacy"},
        {"/board/halls", "/board"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str row = str_of(rows[i].path);

        if (str_same(path, row) || is_below(path, row)) return str_of(rows[i].entry);
    }
    return S("");
}

static void add_entry(struct web_layout_view *view, struct web_entry_view *entries,
                      const struct face *face, const char *path, const char *label)
{
    struct str at = str_of(path);

    assert(view->entries_count < ENTRIES_MAX);
    entries[view->entries_count++] = (struct web_entry_view){
        .path = at,
        .label = text_in(face->language, label),
        .is_here = str_same(face->path, at),
        .is_within = at.len > 1 && (is_below(face->path, at) || str_same(entry_of(face->path), at)),
    };
}

/* Of the entries a page lies below only the nearest is marked: /roster/mine is not /roster. */
static void mark_nearest(struct web_entry_view *entries, size_t count)
{
    size_t nearest = 0;

    for (size_t i = 0; i < count; i++)
        if ((entries[i].is_here || entries[i].is_within) && entries[i].path.len > nearest)
            nearest = entries[i].path.len;
    for (size_t i = 0; i < count; i++)
        entries[i].is_within = entries[i].is_within && entries[i].path.len == nearest;
}

static void add_administration(struct web_layout_view *view, struct web_entry_view *entries,
                               const struct face *face)
{
    add_entry(view, entries, face, "/admin/people", T("People"));
    add_entry(view, entries, face, "/admin/applications", T("Applications"));
    add_entry(view, entries, face, "/admin/corrections", T("Corrections"));
    add_entry(view, entries, face, "/admin/teams", T("Teams"));
    add_entry(view, entries, face, "/admin/fields", T("Fields of law"));
    add_entry(view, entries, face, "/admin/halls", T("Halls"));
    add_entry(view, entries, face, "/admin/places", T("Notices"));
    add_entry(view, entries, face, "/admin/offices", T("Where papers lead to"));
    add_entry(view, entries, face, "/admin/hours", T("Opening hours"));
    add_entry(view, entries, face, "/admin/answers", T("Ready answers"));
    add_entry(view, entries, face, "/admin/items", T("Service list"));
    add_entry(view, entries, face, "/admin/assignment", T("Giving out cases"));
    add_entry(view, entries, face, "/admin/ladder", T("Overflow ladder"));
    add_entry(view, entries, face, "/admin/forecast", T("Forecast"));
    add_entry(view, entries, face, "/admin/quality", T("Rules of quality"));
    add_entry(view, entries, face, "/admin/thresholds", T("Thresholds"));
    if (!(face->who & (WHO_LEADER | WHO_SUPERVISOR)))
        add_entry(view, entries, face, "/alarms", T("Warnings"));
    if (!(face->who & WHO_CLERK))
        add_entry(view, entries, face, "/privacy", T("Copies of personal data"));
}

static void set_entries(struct web_layout_view *view, const struct face *face)
{
    struct web_entry_view *entries = NEW_MANY(face->arena, struct web_entry_view, ENTRIES_MAX);

    view->entries = entries;
    if (!(face->who & WHO_WORKER)) {
        add_entry(view, entries, face, "/", T("Home"));
        add_entry(view, entries, face, "/ask", T("Ask a question"));
        add_entry(view, entries, face, "/my", T("My questions"));
        add_entry(view, entries, face, "/laws", T("Laws"));
        add_entry(view, entries, face, "/people", T("Who serves"));
        add_entry(view, entries, face, "/halls", T("Come in person"));
    }
    if (face->who & WHO_CONSULTANT) {
        add_entry(view, entries, face, "/desk", T("Desk"));
        add_entry(view, entries, face, "/roster/mine", T("My duty"));
        add_entry(view, entries, face, "/desk/entry", T("My entry"));
        if (!(face->who & (WHO_LEADER | WHO_SUPERVISOR)))
            add_entry(view, entries, face, "/office", T("Cases"));
    }
    if (face->who & WHO_CLERK) {
        add_entry(view, entries, face, "/window", T("Window"));
        add_entry(view, entries, face, "/window/register", T("Give a number"));
        add_entry(view, entries, face, "/privacy", T("Copies of personal data"));
    }
    if (face->who & (WHO_LEADER | WHO_SUPERVISOR)) {
        add_entry(view, entries, face, "/board", T("Board"));
        add_entry(view, entries, face, "/office", T("Cases of the office"));
        add_entry(view, entries, face, "/board/quality", T("Quality"));
        add_entry(view, entries, face, "/reports", T("Reports"));
        if (face->who & WHO_SUPERVISOR)
            add_entry(view, entries, face, "/board/repository", T("Answered questions"));
        add_entry(view, entries, face, "/board/classics", T("The ten best cases"));
    }
    if ((face->who & WHO_LEADER) && !(face->who & WHO_ADMIN))
        add_entry(view, entries, face, "/admin/answers", T("Ready answers"));
    if ((face->who & (WHO_LEADER | WHO_SUPERVISOR)) && !(face->who & WHO_ADMIN))
        add_entry(view, entries, face, "/teams", T("Teams"));
    if (face->who & WHO_STAFF) add_entry(view, entries, face, "/roster", T("Duty roster"));
    if (face->who & WHO_CONSULTANT) add_entry(view, entries, face, "/desk/record", T("My record"));
    if (face->who & WHO_CONSULTANT)
        add_entry(view, entries, face, "/desk/repository", T("My proposals"));
    if (face->who & WHO_ADMIN) add_administration(view, entries, face);
    if (face->who & WHO_WORKER) add_entry(view, entries, face, "/sessions", T("Signed-in devices"));
    mark_nearest(entries, view->entries_count);
}

/* Desk, board and administration use the whole width. */
static bool is_wide(struct str path)
{
    return str_begins(path, S("/desk")) || str_begins(path, S("/board")) ||
           str_begins(path, S("/roster")) || str_begins(path, S("/reports")) ||
           str_begins(path, S("/teams")) || str_begins(path, S("/window")) ||
           str_begins(path, S("/office")) || str_begins(path, S("/admin"));
}

/* A display on a wall has nobody who could press anything. */
static bool is_bare(struct str path)
{
    return str_begins(path, S("/halls/")) && str_ends(path, S("/screen"));
}

struct str web_back(struct str back, struct str otherwise)
{
    if (back.len == 0 || back.at[0] != '/') return otherwise;
    if (back.len > 1 && (back.at[1] == '/' || back.at[1] == '\\')) return otherwise;
    for (size_t i = 0; i < back.len; i++)
        if (back.at[i] <= ' ' || back.at[i] > '~') return otherwise;
    return back;
}

static struct str here(const struct face *face)
{
    struct str path = web_back(face->path, S("/"));

    if (face->query.len == 0 || face->query.len > 1500) return path;
    return web_back(arena_print(face->arena, "%.*s?%.*s", STR_ARGS(path), STR_ARGS(face->query)),
                    path);
}

static struct str icon(const struct face *face, struct str name)
{
    struct str url = asset_url(S("icons.svg"));
    char *at = arena_bytes(face->arena, url.len + name.len);

    memcpy(at, url.at, url.len); /* four on every page: not worth the price of printf */
    memcpy(at + url.len, name.at, name.len);
    return (struct str){at, url.len + name.len};
}

void web_layout(struct out *out, const struct face *face, const struct template *page,
                const void *page_view)
{
    struct web_layout_view view = {
        .page = page,
        .page_view = page_view,
        .style = asset_url(S("app.css")),
        .script = asset_url(S("app.js")),
        .favicon = asset_url(S("favicon.svg")),
        .mark = icon(face, S("#mark")),
        .letters = icon(face, S("#letters")),
        .contrast = icon(face, S("#contrast")),
        .phone = icon(face, S("#phone")),
        .back = here(face),
        .version = web_version(),
        .is_bare = is_bare(face->path),
        .is_wide = is_wide(face->path) || is_bare(face->path),
        .is_english = face->language == LANGUAGE_EN,
        .is_elder = str_same(face->mode, S("elder")),
        .is_contrast = str_same(face->theme, S("contrast")),
        .is_known = (face->who & (WHO_RESIDENT | WHO_WORKER)) != 0,
        .is_staff = (face->who & WHO_WORKER) != 0,
    };

    set_entries(&view, face);
    html_web_layout_body(out, face, &view);
}

/* Where somebody of the staff goes on working. */
static struct str work_home(const struct face *face)
{
    if (face->who & WHO_CONSULTANT) return S("/desk");
    if (face->who & (WHO_LEADER | WHO_SUPERVISOR)) return S("/board");
    return S("/admin");
}

void web_trouble(struct out *out, const struct face *face, const struct reason *reason,
                 struct str detail)
{
    struct web_trouble_view view = {
        .text = text_fill(face->arena, face->language, reason->text, detail, S(""), S("")),
        .phone = icon(face, S("#phone")),
        .home = work_home(face),
        .is_missing = reason->status == 404,
        .is_refused = reason->status == 403,
        .is_sign_in = reason->status == 401,
        .is_busy = reason->status == 429 || reason->status == 503,
        .is_fault = reason->status == 500,
        .is_staff = (face->who & WHO_WORKER) != 0,
    };

    html_web_trouble_body(out, face, &view);
}

bool web_asset(struct str path, struct str accept_encoding, struct str *bytes, struct str *type,
               struct str *encoding)
{
    bool current;
    const struct asset *asset = asset_at(path, &current);

    if (!asset || !current) return false;
    *bytes = asset_bytes(asset, accept_encoding, encoding);
    *type = asset->type;
    return true;
}
