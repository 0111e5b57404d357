/* base.h -- strings, memory and outcomes: the only vocabulary every file shares.
 *
 * Nothing here does I/O, reads a clock or keeps state between calls, so any file may use it and
 * the rules of a module may use nothing else.
 */
#ifndef PLATFORM_BASE_H
#define PLATFORM_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text is a slice of UTF-8: never NUL-terminated by promise, never owned by the slice. */
struct str {
    const char *at;
    size_t len;
};
#define S(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_ARGS(text) (int)(text).len, (text).at /* for "%.*s" */

struct str str_of(const char *text); /* NULL is the empty text */
bool str_same(struct str a, struct str b);
bool str_same_plain(struct str a, struct str b); /* ASCII letters of either case are the same */
bool str_begins(struct str text, struct str start);
bool str_ends(struct str text, struct str end);
int64_t str_find(struct str text, struct str part); /* the byte offset, or -1 */
struct str str_trim(struct str text);               /* without ASCII white space at either end */
/* The part before the first `mark`; `rest` is what follows it (empty if there is none). */
struct str str_cut(struct str text, char mark, struct str *rest);
bool str_to_int(struct str text, int64_t *number); /* the whole text is one decimal number */
bool str_is_utf8(struct str text);                 /* no overlong form, surrogate or NUL */
size_t str_points(struct str text);                /* code points; `text` is UTF-8 */

/* Marks text that people read.  English is the source; po/ holds the other languages, and a text
 * marked here without a translation fails the build (tools/mktext.c).  Only a literal. */
#define T(literal) ("" literal)

/* An arena owns everything made while answering one request or running one act.  It is the first
 * parameter of every function that makes something, so a reader sees allocation at the call site;
 * a function without an arena parameter makes nothing. */
struct arena;

struct arena *arena_open(size_t bytes_max); /* aborts when the machine has no memory at all */
void arena_close(struct arena **arena);
void arena_reset(struct arena *arena);
void *arena_take(struct arena *arena, size_t size, size_t count); /* zeroed, never NULL */
void *arena_bytes(struct arena *arena, size_t size); /* not zeroed: for what is filled at once */
/* More room behind what arena_bytes() gave: in place if nothing was taken since, else a copy. */
void *arena_grow(struct arena *arena, void *at, size_t size, size_t new_size);
struct str arena_copy(struct arena *arena, struct str text);
const char *arena_c(struct arena *arena, struct str text); /* the same bytes with a NUL behind */
__attribute__((format(printf, 2, 3))) struct str arena_print(struct arena *arena,
                                                             const char *format, ...);
#define NEW(arena, type) ((type *)arena_take((arena), sizeof(type), 1))
#define NEW_MANY(arena, type, count) ((type *)arena_take((arena), sizeof(type), (count)))

/* A reason is what a person is told when the answer is no.  It lives next to the rule that gives
 * it and is compared by address.  `key` is for programs and never changes; `text` is for people,
 * marked with T(), says what to do next, and may hold %1 for the outcome's `detail`.  `status` is
 * the HTTP status the refusal travels with; 0 means 422.  `again_seconds` is how long whoever was
 * refused had better wait; 0 means nobody can tell.  `field` is the one field of a form that it is
 * about, by its declared name, or NULL: the page leads there and JSON names it in `errors`.  In a
 * form without that field it stands above the form, as one without `field` does. */
struct reason {
    const char *key;
    const char *text;
    int status;
    int again_seconds;
    const char *field;
};

/* Work ends in one of three ways: done, refused (the rules say no, and why) or faulted (the world
 * failed us: disk, lock, peer).  A mistake of ours is none of these; it is an assert. */
struct outcome {
    const struct reason *refusal;
    const char *fault; /* for the log, never for people */
    struct str detail; /* a refusal's %1: lives as long as the arena it was made in */
    /* Until this refusal is over; 0: as its reason says.  Of a fault that passes by itself: when to
     * come again; 0: nobody knows. */
    int64_t again_seconds;
};
#define DONE ((struct outcome){0})
#define REFUSE(why) ((struct outcome){.refusal = &(why)})
#define REFUSE_WITH(why, what) ((struct outcome){.refusal = &(why), .detail = (what)})
#define REFUSE_FOR(why, what, seconds)                                                             \
    ((struct outcome){.refusal = &(why), .detail = (what), .again_seconds = (seconds)})
#define FAULT(what) ((struct outcome){.fault = (what)})
static inline bool outcome_is_done(struct outcome outcome)
{
    return !outcome.refusal && !outcome.fault;
}
#define IS_DONE(outcome) outcome_is_done(outcome)
#define TRY(call)                                                                                  \
    do {                                                                                           \
        struct outcome outcome_ = (call);                                                          \
        if (!IS_DONE(outcome_)) return outcome_;                                                   \
    } while (0)

/* Moments are whole seconds since 1970 in UTC; 0 is "never".  Rules are handed the moment; they
 * never ask for it. */
typedef int64_t moment;
typedef int64_t id; /* 0 is "nobody" or "nothing" */

enum { SECONDS_PER_MINUTE = 60, SECONDS_PER_HOUR = 3600, SECONDS_PER_DAY = 86400 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
