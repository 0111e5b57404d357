/* store_sqlite_pages.c -- SQLite's own cache of pages, asked less often for what is not there.
 *
 * At the end of a commit SQLite drops pages behind the end of the file from its cache.  The cache
 * knows the highest number it ever held; and splitting a page gives another one for a moment a
 * number far behind the end.  So the commit after it, nearly each when many write, walked through
 * the whole cache.  This one (https://www.sqlite.org/c3ref/pcache_methods2.html) is SQLite's, but
 * knows when such a number has been given back.
 *
 *  1. No page in the cache has a number above `highest`, but for one that may have `apart`.
 *  2. A walk is left out only if that says that it would find nothing.
 */
#include "platform/store_sqlite_inside.h"

#include <stdlib.h>

struct cache {
    sqlite3_pcache *real;
    unsigned highest, apart; /* 0: none apart */
};

static sqlite3_pcache_methods2 real;

static struct cache *cache_of(sqlite3_pcache *cache)
{
    return (struct cache *)cache;
}

static sqlite3_pcache *cache_create(int page_size, int extra_size, int is_purgeable)
{
    struct cache *cache = calloc(1, sizeof *cache);

    if (!cache) return NULL;
    cache->real = real.xCreate(page_size, extra_size, is_purgeable);
    if (cache->real) return (sqlite3_pcache *)cache;
    free(cache);
    return NULL;
}

static void cache_set_size(sqlite3_pcache *cache, int size)
{
    real.xCachesize(cache_of(cache)->real, size);
}

static int cache_count(sqlite3_pcache *cache)
{
    return real.xPagecount(cache_of(cache)->real);
}

static sqlite3_pcache_page *cache_fetch(sqlite3_pcache *base, unsigned number, int create)
{
    struct cache *cache = cache_of(base);
    sqlite3_pcache_page *page = real.xFetch(cache->real, number, create);

    if (page && number > cache->highest) cache->highest = number;
    return page;
}

static void cache_unpin(sqlite3_pcache *cache, sqlite3_pcache_page *page, int discard)
{
    real.xUnpin(cache_of(cache)->real, page, discard);
}

static void cache_rekey(sqlite3_pcache *base, sqlite3_pcache_page *page, unsigned before,
                        unsigned number)
{
    struct cache *cache = cache_of(base);

    real.xRekey(cache->real, page, before, number);
    if (before == cache->apart) cache->apart = 0;
    if (number <= cache->highest) return;
    if (cache->apart)
        cache->highest = number;
    else
        cache->apart = number;
}

/* Drops all from that number on. */
static void cache_truncate(sqlite3_pcache *base, unsigned from)
{
    struct cache *cache = cache_of(base);

    if (cache->highest < from && cache->apart < from) return;
    real.xTruncate(cache->real, from);
    if (cache->apart >= from) cache->apart = 0;
    if (cache->highest >= from) cache->highest = from ? from - 1 : 0;
}

static void cache_destroy(sqlite3_pcache *cache)
{
    real.xDestroy(cache_of(cache)->real);
    free(cache);
}

static void cache_shrink(sqlite3_pcache *cache)
{
    real.xShrink(cache_of(cache)->real);
}

void store_pages_set(void)
{
    sqlite3_pcache_methods2 own;

    if (sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &real) != SQLITE_OK) return;
    own = real; /* how it begins and ends is the real one's */
    own.iVersion = 1;
    own.xCreate = cache_create;
    own.xCachesize = cache_set_size;
    own.xPagecount = cache_count;
    own.xFetch = cache_fetch;
    own.xUnpin = cache_unpin;
    own.xRekey = cache_rekey;
    own.xTruncate = cache_truncate;
    own.xDestroy = cache_destroy;
    own.xShrink = cache_shrink;
    (void)sqlite3_config(SQLITE_CONFIG_PCACHE2, &own);
}
