/* site.c -- see site.h. */
#include "platform/site.h"

#include <stdlib.h>
#include <time.h>

#include "gen/platform_sql.h"
#include "platform/clock.h"
#include "platform/files.h"
#include "platform/follow.h"
#include "platform/hub.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/secret.h"
#include "platform/tail.h"
#include "platform/visit.h"

/* "/desk/{reference}" against "/desk/AB3": one segment, never empty, never with a slash. */
bool page_match(const char *route, struct str path, struct places *places)
{
    struct str pattern = str_of(route);

    places->count = 0;
    while (pattern.len && path.len) {
        if (pattern.at[0] != '{') {
            if (pattern.at[0] != path.at[0]) return false;
            pattern.at++, pattern.len--, path.at++, path.len--;
            continue;
        }
        pattern.at++, pattern.len--;
        assert(places->count < PLACES_MAX);
        places->names[places->count] = str_cut(pattern, '}', &pattern);
        places->values[places->count] = (struct str){path.at, str_cut(path, '/', NULL).len};
        path.at += places->values[places->count].len;
        path.len -= places->values[places->count].len;
        if (places->values[places->count++].len == 0) return false;
    }
    return pattern.len == 0 && path.len == 0;
}

static uint32_t mixed(uint32_t so_far, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        so_far = (so_far ^ (unsigned char)text.at[i]) * 16777619u; /* FNV-1a */
    return so_far;
}

/* What all addresses of a route have in common: a place is one part and never empty. */
static struct route_mark mark_of(struct str path)
{
    struct str first, rest, last;
    uint32_t parts = 0;

    if (path.len) path.at++, path.len--; /* the first '/' */
    first = str_cut(path, '/', &rest);
    last = path;
    for (size_t i = 0; i < path.len; i++) {
        if (path.at[i] != '/') continue;
        parts++;
        last = (struct str){path.at + i + 1, path.len - i - 1};
    }
    return (struct route_mark){.first = mixed(2166136261u + parts, first),
                               .last =
                                   str_find(last, S("{")) < 0 ? mixed(2166136261u, last) | 1 : 0};
}

const struct page *site_find_page(const struct site *site, enum method method, struct str path,
                                  struct places *places, bool *known)
{
    const struct page *best = NULL;
    struct route_mark mark = mark_of(path);
    struct places found;

    for (size_t i = site->chains[mark.first % ROUTE_CHAINS]; i; i = site->marks[i - 1].next) {
        const struct route_mark *own = &site->marks[i - 1];
        const struct page *page = site->pages[i - 1];

        if (own->first != mark.first || (own->last && own->last != mark.last)) continue;
        if (!page_match(page->path, path, &found)) continue;
        *known = true;
        if (page->method != method) continue;
        /* A literal path wins over one with places. */
        if (best && found.count >= places->count) continue;
        best = page;
        *places = found;
    }
    return best;
}

static struct outcome make_module(struct store *store, const struct module *module, moment now)
{
    struct platform_find_migration_row row;
    bool made = false;

    TRY(platform_find_migration(store, str_of(module->name), 0, &row, &made));
    if (!made) {
        if (module->schema) TRY(store_script(store, module->schema));
        TRY(platform_add_migration(store, str_of(module->name), 0, now));
    }
    for (const struct migration *next = module->migrations; next && next->number; next++) {
        TRY(platform_find_migration(store, str_of(module->name), next->number, &row, &made));
        if (made) continue;
        TRY(store_script(store, next->sql));
        TRY(platform_add_migration(store, str_of(module->name), next->number, now));
    }
    return DONE;
}

static const struct module own = {
    .name = "platform", .schema = platform_schema, .migrations = platform_migrations};

static struct outcome has_all(struct store *store, const struct module *module, bool *has)
{
    struct platform_find_migration_row row;

    TRY(platform_find_migration(store, str_of(module->name), 0, &row, has));
    for (const struct migration *next = module->migrations; *has && next && next->number; next++)
        TRY(platform_find_migration(store, str_of(module->name), next->number, &row, has));
    return DONE;
}

struct outcome site_is_current(struct store *store, const struct module *const *modules,
                               bool *is_current)
{
    TRY(has_all(store, &own, is_current));
    for (size_t i = 0; modules[i] && *is_current; i++) TRY(has_all(store, modules[i], is_current));
    return DONE;
}

struct outcome site_tables(struct store *store, const struct module *const *modules, moment now)
{
    struct platform_find_migration_row row;
    bool made = false;
    struct outcome outcome;

    /* The table that says what was made is made first; asking an empty database is a fault, which
     * must not spoil the rest. */
    outcome = store_mark(store);
    if (!IS_DONE(platform_find_migration(store, S("platform"), 0, &row, &made))) {
        store_mark_undo(store);
    } else {
        outcome = store_mark_keep(store);
    }
    if (IS_DONE(outcome) && !made) {
        outcome = store_script(store, platform_schema);
        if (IS_DONE(outcome)) outcome = platform_add_migration(store, S("platform"), 0, now);
    }
    if (IS_DONE(outcome)) outcome = make_module(store, &own, now); /* what came after */
    for (size_t i = 0; modules[i] && IS_DONE(outcome); i++)
        outcome = make_module(store, modules[i], now);
    return outcome;
}

struct outcome site_schema(struct store *store, const struct module *const *modules, moment now)
{
    struct outcome outcome;

    TRY(store_begin(store));
    outcome = site_tables(store, modules, now);
    if (IS_DONE(outcome)) return store_commit(store);
    store_rollback(store);
    return outcome;
}

static void heard(const struct line *lines, size_t count, void *mine)
{
    struct site *site = mine;

    if (site->settings.heard) site->settings.heard(lines, count);
    hub_publish(site->hub, lines, count);
}

/* From the writer.  Where others write too, the tail brings the lines of all, in their order. */
static void written(const struct line *lines, size_t count, void *mine)
{
    struct site *site = mine;

    if (!site->tail) {
        heard(lines, count, mine);
        return;
    }
    if (site->settings.heard) site->settings.heard(lines, count);
    tail_wake(site->tail);
}

static void whispered(const struct whisper *whisper, id speaker_id, void *mine)
{
    hub_whisper(((struct site *)mine)->hub, whisper, speaker_id);
}

void site_whisper(struct site *site, struct scene *scene, const struct whisper *whisper)
{
    id speaker_id = scene->actor.person_id;
    struct outcome outcome = DONE;

    hub_whisper(site->hub, whisper, speaker_id);
    if (site->tail) outcome = tail_whisper(site->tail, scene, whisper, speaker_id);
    if (outcome.fault) log_fault("whisper", outcome.fault);
}

static void set_usual(struct site_settings *settings)
{
    if (!settings->worker_wait_ms) settings->worker_wait_ms = WORKER_WAIT_MS;
    if (!settings->disk_wait_ms) settings->disk_wait_ms = DISK_WAIT_MS;
    if (!settings->living_wait_ms) settings->living_wait_ms = LIVING_WAIT_MS;
}

static struct outcome open_parts(struct site *site)
{
    const struct site_settings *settings = &site->settings;
    struct admission_patience writing, working;
    struct writer_settings writer = {
        .database = settings->database, .publish = written, .site = site};
    struct hub_settings hub = {.database = settings->database, .hooks = &site->settings.hooks};
    struct tail_settings tail = {
        .database = settings->database, .publish = heard, .whisper = whispered, .site = site};
    struct http_settings http = {.listen = settings->listen,
                                 .fronts = settings->fronts,
                                 .loops = settings->loops,
                                 .connections_max = settings->connections_max,
                                 .connections_per_address_max =
                                     settings->connections_per_address_max,
                                 .header_seconds_max = 30,
                                 .bodies_bytes_max = BODIES_BYTES_MAX,
                                 .body_bytes_max = visit_body_bytes_max,
                                 .at_once = visit_at_once,
                                 .handle = visit_begin,
                                 .site = site};

    set_usual(&site->settings);
    writing = admission_patience_of(settings->disk_wait_ms, settings->living_wait_ms);
    working = admission_patience_of(settings->worker_wait_ms, settings->living_wait_ms);
    site->writing = admission_row_open(&writing);
    TRY(hub_open_all(&hub, &site->hub));
    if (store_is_remote(settings->database)) TRY(tail_open(&tail, &site->tail));
    TRY(writer_open(&writer, &site->writer));
    TRY(work_open(settings->workers, WORK_WAITING_MAX, settings->database, true, &site->work));
    work_limit(site->work, &working, visit_turned);
    TRY(work_open(SLOW_THREADS, SLOW_WAITING_MAX, settings->database, false, &site->slow));
    if (files_are_far())
        TRY(work_open(FILES_THREADS, FILES_WAITING_MAX, settings->database, false, &site->files));
    TRY(clock_open(site, &site->clock));
    TRY(follower_open(settings->modules, settings->database, &site->follower));
    return http_open(&http, &site->http);
}

static void add_pages(struct site *site, const struct page *page)
{
    enum { PAGES_MAX = 1024 };

    if (!site->pages) site->pages = calloc(PAGES_MAX, sizeof *site->pages);
    if (!site->marks) site->marks = calloc(PAGES_MAX, sizeof *site->marks);
    if (!site->pages || !site->marks) abort();
    for (; page && page->path; page++) {
        assert(site->pages_count < PAGES_MAX);
        assert(page->path[0] == '/' && page->path[1] != '{');
        site->marks[site->pages_count] = mark_of(str_of(page->path));
        site->pages[site->pages_count++] = page;
    }
}

static void gather_pages(struct site *site)
{
    for (size_t i = 0; site->settings.modules[i]; i++) {
        const struct page *const *more = site->settings.modules[i]->more_pages;

        add_pages(site, site->settings.modules[i]->pages);
        for (; more && *more; more++) add_pages(site, *more);
    }
    /* From the last: each chain is in the order of the pages. */
    for (size_t i = site->pages_count; i > 0; i--) {
        uint16_t *chain = &site->chains[site->marks[i - 1].first % ROUTE_CHAINS];

        site->marks[i - 1].next = *chain;
        *chain = (uint16_t)i;
    }
}

struct outcome site_open(const struct site_settings *settings, struct site **opened)
{
    struct site *site = calloc(1, sizeof *site);
    struct outcome outcome;

    if (!site) abort();
    site->settings = *settings;
    gather_pages(site);
    outcome = open_parts(site);
    if (!IS_DONE(outcome))
        site_close(&site);
    else
        *opened = site;
    return outcome;
}

void site_leave(struct site *site)
{
    site->stopping = true;
}

void site_close(struct site **closing)
{
    struct site *site = *closing;

    if (!site) return;
    site->stopping = true;
    if (site->http) http_stop_accepting(site->http);
    clock_close(&site->clock);
    follower_close(&site->follower);
    /* http_close() waits for the answers of what was accepted: workers and writer still run. */
    http_close(&site->http);
    if (site->work) work_end(site->work);
    if (site->slow) work_end(site->slow);
    if (site->files) work_end(site->files);
    writer_close(&site->writer);
    work_close(&site->files);
    work_close(&site->slow); /* workers post to the slow ones, and the writer to workers */
    work_close(&site->work);
    if (site->tail) tail_end(site->tail);
    hub_close(&site->hub);
    tail_close(&site->tail); /* the hub read names that it keeps */
    admission_row_close(&site->writing);
    free(site->pages);
    free(site->marks);
    free(site);
    *closing = NULL;
}

struct outcome site_act(struct site *site, const struct act *act, void *form, void *result,
                        struct arena *arena)
{
    struct call call = {.act = act,
                        .scene = {.arena = arena,
                                  .now = time(NULL),
                                  .actor = {.is = WHO_SYSTEM},
                                  .channel = S("system"),
                                  .address = S("")},
                        .form = form,
                        .result = result,
                        .then = ""};

    writer_wait(site->writer, &call);
    return call.outcome;
}
