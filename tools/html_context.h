/* html_context.h -- where in a page a byte stands, and so what may be written there.
 *
 * A template is read byte by byte.  Wherever a {{tag}} stands, the context says whether a value is
 * allowed and how it must be written.  The context is a plain struct: at {{if}} it is copied, at
 * {{else}} put back, at {{end}} the ends of all branches are merged.
 */
#ifndef TOOLS_HTML_CONTEXT_H
#define TOOLS_HTML_CONTEXT_H

#include "tools/buffer.h"

enum html_place {
    HTML_TEXT,
    HTML_TAG_START, /* after < */
    HTML_TAG_NAME,
    HTML_END_NAME, /* after </ */
    HTML_END_REST,
    HTML_BETWEEN,      /* in a tag, between attributes */
    HTML_NAME,         /* of an attribute */
    HTML_VALUE_START,  /* after = */
    HTML_VALUE_DOUBLE, /* in "…" */
    HTML_VALUE_SINGLE,
    HTML_VALUE_BARE,
    HTML_SELF_CLOSE, /* after / in a tag */
    HTML_DECLARATION /* <!doctype … */
};

/* What a {{tag}} wants to write. */
enum html_wish {
    HTML_WISH_VALUE, /* {{x}} */
    HTML_WISH_URL,   /* {{url x}} */
    HTML_WISH_LINK,  /* {{link x}} */
    HTML_WISH_WORDS, /* {{"…"}}, {{day x}} and other words for people */
    HTML_WISH_LANG,  /* {{lang}} */
    HTML_WISH_MARKUP /* {{csrf}}, {{part …}}: whole elements */
};
/* How it is to be written. */
enum html_how { HTML_REFUSED, HTML_ESCAPED, HTML_NUMBER_ONLY };

/* How far an address has come. */
enum html_url { URL_LITERAL, URL_PATH, URL_FRAGMENT, URL_PLAIN, URL_OVER };

enum { HTML_DEPTH_MAX = 64, HTML_PREFIX_MAX = 16 };

struct html_element {
    struct str name;
    unsigned line;
};

struct html_context {
    struct problems *problems;
    const char *path;
    unsigned line;

    enum html_place place;
    const char *mark;   /* where the name being read begins */
    struct str element; /* of the tag being read */
    struct str attribute;
    bool blank;                     /* in HTML_BETWEEN: a blank was just read */
    bool has_source;                /* <script src> */
    bool is_refresh, fills_content; /* <meta http-equiv>, content="{{…}}" */
    enum html_url url;
    bool fragment;                /* a # was in the address */
    unsigned script_line;         /* where text in a script was last complained about */
    char prefix[HTML_PREFIX_MAX]; /* of an attribute's value, before any tag */
    size_t prefix_len, value_len;

    struct html_element open[HTML_DEPTH_MAX];
    size_t depth, floor; /* below `floor` a branch may not close */
};

struct html_context html_begin(struct problems *problems, const char *path);
void html_byte(struct html_context *context, const char *at);
/* Whether white space matters here: in pre, textarea, and values of attributes. */
bool html_is_verbatim(const struct html_context *context);
enum html_how html_may_write(struct html_context *context, enum html_wish wish);
/* Before {{if}}, {{each}}, {{else}}, {{end}}; `at` is where the tag begins. */
bool html_may_branch(struct html_context *context, const char *at);
/* `into` stands at the end of one branch, `other` of another.  False: they do not fit together. */
bool html_merge(struct html_context *into, const struct html_context *other);
void html_finish(struct html_context *context);

#endif
