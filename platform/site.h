/* site.h -- a running installation: modules, writer, workers, streams and clock put together.
 *
 * main/ opens one; everything below belongs to the platform's own files.
 */
#ifndef PLATFORM_SITE_H
#define PLATFORM_SITE_H

#include "platform/http.h"
#include "platform/page.h"
#include "platform/work.h"
#include "platform/writer.h"

struct site_settings {
    struct str listen, database;
    struct str data; /* the folder whose disk must not be full; "": none is looked at */
    struct str fronts; /* see http.h */
    int workers, loops;
    int connections_max, connections_per_address_max;
    int requests_per_address; /* a minute; 0: as many as it likes */
    /* How long may be waited before others are turned away, see admission.h; 0: the usual. */
    int worker_wait_ms, disk_wait_ms, living_wait_ms;
    bool secure_cookies; /* the public address is https */
    struct str version;
    const struct module *const *modules; /* ends with NULL */
    struct page_hooks hooks;
    /* Told of every durable line before open streams are, and of those of this node before their
     * acts are answered; may be told of one twice.  NULL: only open streams hear of it. */
    void (*heard)(const struct line *lines, size_t count);
};

/* What is compared before a path is matched with a route, byte by byte. */
struct route_mark {
    uint32_t first; /* of the first part, which is never a place, and of how many parts there are */
    uint32_t last;  /* of the last part; 0: it is a place */
    uint16_t next;  /* in the same chain, 0 ends it */
};

enum { ROUTE_CHAINS = 256 };

struct site {
    struct site_settings settings;
    struct http_server *http;
    struct work *work, *slow; /* pages; and what takes long */
    struct work *files;       /* what waits for a store of files on the network; NULL: none does */
    struct writer *writer;
    struct admission_row *writing; /* acts with the writer */
    struct hub *hub;
    struct tail *tail; /* NULL: nobody else writes to the database */
    struct clock *clock;
    struct follower *follower;
    /* Every page of every module, in the order of the modules. */
    const struct page **pages;
    struct route_mark *marks; /* of each page's path */
    size_t pages_count;
    uint16_t chains[ROUTE_CHAINS]; /* pages whose first part is alike, by their place and one */
    _Atomic(bool) stopping;
};

/* The schema of every module, made or brought up to date.  Safe to run again.  `site_tables` does
 * it inside a transaction of the caller's. */
struct outcome site_tables(struct store *store, const struct module *const *modules, moment now);
struct outcome site_schema(struct store *store, const struct module *const *modules, moment now);
/* Does the store have all that this program's modules know of? */
struct outcome site_is_current(struct store *store, const struct module *const *modules,
                               bool *is_current);
struct outcome site_open(const struct site_settings *settings, struct site **site);
/* From now on /readyz says no and connections are closed after an answer, so that a front brings
 * nobody new; everything is answered still. */
void site_leave(struct site *site);
void site_close(struct site **site); /* finishes what was accepted, ends streams */

/* To who listens now, here and at other nodes. */
void site_whisper(struct site *site, struct scene *scene, const struct whisper *whisper);

/* One act by the program itself (the command line, the clock): posts and waits. */
struct outcome site_act(struct site *site, const struct act *act, void *form, void *result,
                        struct arena *arena);

const struct page *site_find_page(const struct site *site, enum method method, struct str path,
                                  struct places *places, bool *path_known);

/* visit.c: one request from its loop to its answer. */
bool visit_at_once(struct http_request *request, void *site);
void visit_begin(struct http_request *request, void *site);
int64_t visit_body_bytes_max(enum http_method method, struct str path, void *site);

/* openapi.c */
void openapi_put(struct out *out, const struct site *site);

#endif
