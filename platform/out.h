/* out.h -- where a page is written, and for whom.
 *
 * Every value a template writes passes out_put(), which escapes and has no entry for `char *`, so
 * no page can forget to.  Templates are compiled by tools/mkhtml.c.
 */
#ifndef PLATFORM_OUT_H
#define PLATFORM_OUT_H

#include "platform/base.h"

struct out { /* its members are for out.c and for out_raw() */
    struct arena *arena;
    char *bytes;
    size_t len, room, bytes_max;
    bool full;
};

struct out *out_open(struct arena *arena, size_t bytes_max);
struct str out_text(const struct out *out);
bool out_full(const struct out *out); /* more was written than bytes_max: the page is a fault */
void out_raw_slow(struct out *out, const char *bytes, size_t len); /* makes room first */
/* In place, for a page is made of hundreds of small pieces and most lengths are known when it is
 * compiled. */
static inline void out_raw(struct out *out, const char *bytes, size_t len)
{
    if (out->room - out->len < len) {
        out_raw_slow(out, bytes, len);
    } else if (len) {
        __builtin_memcpy(out->bytes + out->len, bytes, len);
        out->len += len;
    }
}
#define OUT_LITERAL(out, literal) out_raw((out), "" literal, sizeof(literal) - 1)
void out_raw_str(struct out *out, struct str bytes); /* bytes that are markup already */
void out_str(struct out *out, struct str text);      /* escaped for HTML text and attributes */
void out_int(struct out *out, int64_t number);
void out_bool(struct out *out, bool truth);         /* "true" or "false" */
void out_url(struct out *out, struct str text);     /* one path segment or query value, %XX */
#define out_put(out, value)                                                                        \
    _Generic((value), struct str : out_str, int64_t : out_int, int : out_int, bool : out_bool)(    \
        (out), (value))

enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGES };

/* `text` was marked with T(); the result is static.  Chinese comes from po/zh.po. */
struct str text_in(enum language language, const char *text);
/* The same with %1, %2, %3 filled in.  Unused places are empty. */
struct str text_fill(struct arena *arena, enum language language, const char *text, struct str one,
                     struct str two, struct str three);

/* Moments as people write them, Asia/Shanghai: "2026年11月22日 09:00", "22 November 2026, 09:00". */
void out_moment(struct out *out, enum language language, moment at);
void out_day(struct out *out, enum language language, moment at);
void out_date(struct out *out, enum language language, moment at); /* the day and its weekday */
void out_clock(struct out *out, moment at);      /* "09:00" */
void out_iso(struct out *out, moment at);        /* "2026-11-22T09:00:00+08:00", ISO 8601 */
void out_json_str(struct out *out, struct str text); /* quoted and escaped, RFC 8259 */

struct form_state; /* platform/form.h */

/* For whom a page is drawn: the reader's language and display, and what a form needs.  The first
 * parameter of every template beside `out`. */
struct face {
    enum language language;
    struct str mode;  /* "normal" or "elder" */
    struct str theme; /* "auto", "light", "dark" or "contrast" */
    struct str csrf;  /* goes into every form that is posted */
    struct str once;  /* a fresh number for this drawing of the form: sent twice, done once */
    struct str path;  /* of this page, for language and mode switches */
    struct str query; /* what follows '?', or "" */
    struct str person_name; /* "" if nobody is signed in */
    unsigned who;           /* of enum who (act.h): which menu entries are shown */
    struct str said; /* what was just done, as "Saved."; "" on any other page */
    const struct form_state *form; /* what was typed and what is wrong with it, or NULL */
    struct arena *arena;
};

#endif
