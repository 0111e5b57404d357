/* store_sqlite_pages_test.c -- our cache of pages beside SQLite's own: asked the same, each has the
 * same pages; and the walk through all of them is only made when it may find something. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "platform/store_sqlite_inside.h"

enum { NUMBERS = 40, FAR = 1 << 18, STEPS = 20000, PAGE = 512, EXTRA = 64 };

static sqlite3_pcache_methods2 plain, ours;
static int walks; /* through the whole of the real cache */

static void count_walk(sqlite3_pcache *cache, unsigned from)
{
    walks++;
    plain.xTruncate(cache, from);
}

static void set_up(void)
{
    sqlite3_pcache_methods2 counted;

    sqlite3_shutdown();
    cr_assert_eq(sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &plain), SQLITE_OK);
    counted = plain;
    counted.xTruncate = count_walk;
    cr_assert_eq(sqlite3_config(SQLITE_CONFIG_PCACHE2, &counted), SQLITE_OK);
    store_pages_set();
    cr_assert_eq(sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &ours), SQLITE_OK);
    cr_assert_neq(ours.xTruncate, count_walk, "ours is set");
    cr_assert_eq(sqlite3_initialize(), SQLITE_OK);
}

static void tear_down(void)
{
    sqlite3_shutdown();
}

TestSuite(store_sqlite_pages, .init = set_up, .fini = tear_down);

/* One cache, and the pages of it that are in use: the others may be dropped at any time. */
struct book {
    const sqlite3_pcache_methods2 *how;
    sqlite3_pcache *cache;
    sqlite3_pcache_page *held[NUMBERS + 1]; /* [NUMBERS]: the one far behind the end */
};

static unsigned number_of(int place)
{
    return place == NUMBERS ? FAR : (unsigned)place + 1;
}

static void open_book(struct book *book, const sqlite3_pcache_methods2 *how)
{
    *book = (struct book){.how = how, .cache = how->xCreate(PAGE, EXTRA, 1)};
    cr_assert_not_null(book->cache);
    how->xCachesize(book->cache, 10 * NUMBERS);
}

static void fetch(struct book *book, int place)
{
    if (book->held[place]) return;
    book->held[place] = book->how->xFetch(book->cache, number_of(place), 2);
    cr_assert_not_null(book->held[place]);
    *(int *)book->held[place]->pExtra = place; /* so that SQLite's own is a page in use */
}

static void give_back(struct book *book, int place, bool discard)
{
    if (!book->held[place]) return;
    book->how->xUnpin(book->cache, book->held[place], discard);
    book->held[place] = NULL;
}

/* As SQLite moves a page: nobody has the one whose number it gets. */
static void move(struct book *book, int from, int to)
{
    if (!book->held[from] || from == to) return;
    give_back(book, to, true);
    book->how->xRekey(book->cache, book->held[from], number_of(from), number_of(to));
    book->held[to] = book->held[from];
    book->held[from] = NULL;
}

static void cut(struct book *book, int from)
{
    book->how->xTruncate(book->cache, number_of(from));
    for (int i = from; i <= NUMBERS; i++) book->held[i] = NULL;
}

static bool has(struct book *book, int place)
{
    sqlite3_pcache_page *page = book->how->xFetch(book->cache, number_of(place), 0);

    if (page && !book->held[place]) book->how->xUnpin(book->cache, page, 0);
    return page != NULL;
}

static void step(struct book *book, int what, int one, int other)
{
    if (what < 8) fetch(book, one);
    else if (what < 12) give_back(book, one, what == 11);
    else if (what < 16) move(book, one, other);
    else if (what < 17) move(book, one, NUMBERS);
    else if (what < 18) move(book, NUMBERS, one);
    else if (what < 19) cut(book, one);
    else if (one == 0) book->how->xShrink(book->cache);
}

Test(store_sqlite_pages, it_has_the_pages_that_sqlites_own_would_have) /* (1), (2) */
{
    struct book mine, real;
    int asked = 0;

    srand(7);
    open_book(&mine, &ours);
    open_book(&real, &plain);
    for (int i = 0; i < STEPS; i++) {
        int what = rand() % 20, one = rand() % (NUMBERS + 1), other = rand() % (NUMBERS + 1);

        step(&mine, what, one, other);
        step(&real, what, one, other);
        if (what == 18) asked++;
        cr_assert_eq(ours.xPagecount(mine.cache), plain.xPagecount(real.cache), "step %d", i);
        if (what != 18) continue;
        for (int place = 0; place <= NUMBERS; place++)
            cr_assert_eq(has(&mine, place), has(&real, place), "step %d, page %d", i, place);
    }
    cr_expect_gt(walks, 0);
    cr_expect_lt(walks, asked, "some would find nothing");
    ours.xDestroy(mine.cache);
    plain.xDestroy(real.cache);
}

/* What made each commit slow: a page has a number far behind the end while another is split. */
Test(store_sqlite_pages, a_number_lent_for_a_moment_makes_no_walk) /* (2) */
{
    struct book mine;

    open_book(&mine, &ours);
    for (int place = 0; place < 10; place++) fetch(&mine, place);
    for (int commit = 0; commit < 100; commit++) {
        move(&mine, 3, NUMBERS);
        move(&mine, NUMBERS, 3);
        cut(&mine, 10);
    }
    cr_expect_eq(walks, 0);
    move(&mine, 3, NUMBERS);
    cut(&mine, 10);
    cr_expect_eq(walks, 1, "it is there now");
    cr_expect_not(has(&mine, NUMBERS));
    cut(&mine, 10);
    cr_expect_eq(walks, 1, "and gone");
    cut(&mine, 5);
    cr_expect_eq(walks, 2);
    cr_expect_eq(ours.xPagecount(mine.cache), 4, "five, of which one went away with its number");
    cut(&mine, 1);
    cr_expect_eq(ours.xPagecount(mine.cache), 1, "what was left is found as well");
    ours.xDestroy(mine.cache);
}
