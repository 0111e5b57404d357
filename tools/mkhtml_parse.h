/* mkhtml_parse.h -- a template as a list of steps, checked, in no language yet. */
#ifndef TOOLS_MKHTML_PARSE_H
#define TOOLS_MKHTML_PARSE_H

#include "tools/buffer.h"
#include "tools/html_context.h"

enum step_kind {
    STEP_TEXT,  /* text */
    STEP_WORDS, /* text, values[] */
    STEP_LANG,
    STEP_PUT, /* values[0] */
    STEP_IF,  /* tests[], any */
    STEP_ELSE_IF,
    STEP_ELSE,
    STEP_END,
    STEP_EACH, /* name, values[0] */
    STEP_PART, /* name, values[0] */
    STEP_DRAW, /* values[0] */
    STEP_DRAW_TITLE,
    STEP_CSRF,
    STEP_ERRORS,
    STEP_FIELD,      /* form, name */
    STEP_FIELD_WITH, /* form, name, values[0] */
    STEP_FIELD_OF,   /* form, name, key, values[0] */
    STEP_CHOICES,    /* form, name, values[0] */
    STEP_SELECT
};

enum value_kind {
    VALUE_ANY,
    VALUE_NUMBER, /* in an address */
    VALUE_COUNT,  /* a size_t */
    VALUE_MOMENT,
    VALUE_DAY,
    VALUE_DATE,
    VALUE_CLOCK,
    VALUE_ISO,
    VALUE_URL,
    VALUE_LINK
};

enum { STEP_VALUES_MAX = 9, STEP_TESTS_MAX = 8 };

struct step_value {
    enum value_kind kind;
    struct str code; /* the C expression */
};
struct step_test {
    bool negated, has_word, has_number;
    struct str code, word;
};

struct step {
    struct step *next;
    enum step_kind kind;
    unsigned line;
    struct str text, name, form, key;
    struct step_value values[STEP_VALUES_MAX];
    size_t values_count;
    struct step_test tests[STEP_TESTS_MAX];
    size_t tests_count;
    bool any; /* tests are joined by `or` */
};

struct template_file {
    const char *path;
    struct str name; /* NAME of NAME.html */
    struct str bytes;
    struct step *title, *body; /* NULL is empty */
};

/* Fills name, title and body from path and bytes. */
void mkhtml_parse(struct arena *arena, struct problems *problems, struct template_file *file);

/* ---- between mkhtml_parse.c and mkhtml_tag.c ---- */

enum { LOOPS_MAX = 8 };
struct loops {
    struct str names[LOOPS_MAX];
    size_t count;
};
/* What stands between {{ and }} as one step.  `wish` is what it wants to write, if it `writes`. */
struct tag {
    struct step step;
    bool writes;
    enum html_wish wish;
};
bool mkhtml_tag(struct arena *arena, struct problems *problems, const char *path, unsigned line,
                const struct loops *loops, struct str inside, struct tag *tag);
/* Where the }} of the tag that begins at `text` stands, quotes respected; -1 if nowhere. */
int64_t mkhtml_tag_end(struct str text);

#endif
