/* base.c -- see base.h. */
#include "platform/base.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str str_of(const char *text)
{
    return text ? (struct str){text, strlen(text)} : S("");
}

bool str_same(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

bool str_same_plain(struct str a, struct str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.at[i]) != lower(b.at[i])) return false;
    }
    return true;
}

bool str_begins(struct str text, struct str start)
{
    return text.len >= start.len && str_same((struct str){text.at, start.len}, start);
}

bool str_ends(struct str text, struct str end)
{
    return text.len >= end.len &&
           str_same((struct str){text.at + (text.len - end.len), end.len}, end);
}

int64_t str_find(struct str text, struct str part)
{
    const char *at;

    if (part.len == 0) return 0;
    if (text.len < part.len) return -1;
    at = memmem(text.at, text.len, part.at, part.len);
    return at ? at - text.at : -1;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim(struct str text)
{
    while (text.len && is_blank(text.at[0])) text.at++, text.len--;
    while (text.len && is_blank(text.at[text.len - 1])) text.len--;
    return text;
}

struct str str_cut(struct str text, char mark, struct str *rest)
{
    const char *at = text.len ? memchr(text.at, mark, text.len) : NULL;
    size_t len = at ? (size_t)(at - text.at) : text.len;

    if (rest) {
        *rest = at ? (struct str){at + 1, text.len - len - 1} : (struct str){"", 0};
    }
    return (struct str){text.at, len};
}

bool str_to_int(struct str text, int64_t *number)
{
    bool minus = text.len && text.at[0] == '-';
    uint64_t value = 0;

    if (minus) text.at++, text.len--;
    if (text.len == 0 || text.len > 18) return false; /* 18 digits always fit */
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return false;
        value = value * 10 + (uint64_t)(text.at[i] - '0');
    }
    *number = minus ? -(int64_t)value : (int64_t)value;
    return true;
}

/* The length of the well-formed sequence at `at`, or 0 (Unicode 15, table 3-7). */
static size_t sequence_len(const unsigned char *at, size_t left)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t len;

    if (at[0] < 0x80) return at[0] ? 1 : 0;
    if (at[0] >= 0xC2 && at[0] <= 0xDF)
        len = 2;
    else if (at[0] >= 0xE0 && at[0] <= 0xEF)
        len = 3;
    else if (at[0] >= 0xF0 && at[0] <= 0xF4)
        len = 4;
    else
        return 0;
    if (at[0] == 0xE0) low = 0xA0;
    if (at[0] == 0xED) high = 0x9F;
    if (at[0] == 0xF0) low = 0x90;
    if (at[0] == 0xF4) high = 0x8F;
    if (left < len || at[1] < low || at[1] > high) return 0;
    for (size_t i = 2; i < len; i++) {
        if (at[i] < 0x80 || at[i] > 0xBF) return 0;
    }
    return len;
}

bool str_is_utf8(struct str text)
{
    const unsigned char *at = (const unsigned char *)text.at;

    for (size_t i = 0, len; i < text.len; i += len) {
        if (!(len = sequence_len(at + i, text.len - i))) return false;
    }
    return true;
}

size_t str_points(struct str text)
{
    size_t points = 0;

    for (size_t i = 0; i < text.len; i++) points += (text.at[i] & 0xC0) != 0x80;
    return points;
}

/* Memory comes in blocks.  The first of an arena is small, and all that a request needs while it
 * waits in a queue.  Full ones are lent from a shelf, last back first out: whoever works now works
 * in memory that the processor has just had in its hands, and the kernel is not asked for the same
 * pages again at every request. */
struct block {
    struct block *next;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *first, *now;
    size_t bytes_max, bytes;
};

enum { FIRST_BYTES = 4 * 1024, BLOCK_BYTES = 64 * 1024, SHELF_MAX = 64 };

/* Under a sanitizer nothing is lent: what is used after it was given back is then seen.  GCC has a
 * word for it, clang (and with it every fuzzer) has a question. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED
#endif
#ifdef IS_SANITIZED
static const size_t shelf_used_max = 0;
#else
static const size_t shelf_used_max = SHELF_MAX;
#endif

static struct {
    pthread_mutex_t lock;
    struct block *blocks[SHELF_MAX];
    size_t count;
} shelf = {.lock = PTHREAD_MUTEX_INITIALIZER};

static struct block *block_make(size_t size)
{
    struct block *block = NULL;

    if (size == BLOCK_BYTES) {
        pthread_mutex_lock(&shelf.lock);
        if (shelf.count) block = shelf.blocks[--shelf.count];
        pthread_mutex_unlock(&shelf.lock);
    }
    if (!block) block = malloc(sizeof *block + size);
    if (!block) abort(); /* no memory at all: the supervisor restarts us, the data is safe */
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

static void block_drop(struct block *block)
{
    if (block->size == BLOCK_BYTES) {
        pthread_mutex_lock(&shelf.lock);
        if (shelf.count < shelf_used_max) {
            shelf.blocks[shelf.count++] = block;
            block = NULL;
        }
        pthread_mutex_unlock(&shelf.lock);
    }
    free(block);
}

struct arena *arena_open(size_t bytes_max)
{
    struct arena *arena = malloc(sizeof *arena);

    if (!arena) abort();
    *arena = (struct arena){.bytes_max = bytes_max};
    arena->first = arena->now = block_make(FIRST_BYTES);
    return arena;
}

static void blocks_drop(struct block *block)
{
    while (block) {
        struct block *next = block->next;

        block_drop(block);
        block = next;
    }
}

void arena_close(struct arena **arena)
{
    if (!*arena) return;
    blocks_drop((*arena)->first);
    free(*arena);
    *arena = NULL;
}

void arena_reset(struct arena *arena)
{
    blocks_drop(arena->first->next);
    arena->first->next = NULL;
    arena->first->used = 0;
    arena->now = arena->first;
    arena->bytes = 0;
}

static void block_next(struct arena *arena, size_t want)
{
    struct block *block = block_make(want > BLOCK_BYTES ? want : BLOCK_BYTES);

    arena->now->next = block;
    arena->now = block;
}

void *arena_bytes(struct arena *arena, size_t size)
{
    size_t align = _Alignof(max_align_t), want = (size + align - 1) / align * align;
    char *at;

    /* Every caller bounds what it asks for; going over is a mistake of ours, not of a visitor. */
    if (want < size || arena->bytes + want > arena->bytes_max) abort();
    arena->bytes += want;
    if (arena->now->size - arena->now->used < want) block_next(arena, want);
    at = arena->now->bytes + arena->now->used;
    arena->now->used += want;
    return at;
}

void *arena_grow(struct arena *arena, void *at, size_t size, size_t new_size)
{
    size_t align = _Alignof(max_align_t), had = (size + align - 1) / align * align,
           want = (new_size + align - 1) / align * align;
    struct block *now = arena->now;
    void *grown;

    assert(new_size >= size && want >= new_size);
    if ((char *)at + had == now->bytes + now->used && want - had <= now->size - now->used) {
        if (arena->bytes + (want - had) > arena->bytes_max) abort();
        arena->bytes += want - had;
        now->used += want - had;
        return at;
    }
    grown = arena_bytes(arena, new_size);
    if (size) memcpy(grown, at, size);
    return grown;
}

void *arena_take(struct arena *arena, size_t size, size_t count)
{
    assert(size == 0 || count <= SIZE_MAX / 2 / size);
    return memset(arena_bytes(arena, size * count), 0, size * count);
}

struct str arena_copy(struct arena *arena, struct str text)
{
    char *at = arena_bytes(arena, text.len + 1);

    if (text.len) memcpy(at, text.at, text.len);
    at[text.len] = '\0';
    return (struct str){at, text.len};
}

const char *arena_c(struct arena *arena, struct str text)
{
    return arena_copy(arena, text).at;
}

struct str arena_print(struct arena *arena, const char *format, ...)
{
    va_list list;
    char small[256];
    char *at;
    int len;

    va_start(list, format);
    len = vsnprintf(small, sizeof small, format, list);
    va_end(list);
    assert(len >= 0);
    at = arena_bytes(arena, (size_t)len + 1);
    if ((size_t)len < sizeof small) {
        memcpy(at, small, (size_t)len + 1);
    } else {
        va_start(list, format);
        vsnprintf(at, (size_t)len + 1, format, list);
        va_end(list);
    }
    return (struct str){at, (size_t)len};
}
