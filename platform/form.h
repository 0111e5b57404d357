/* form.h -- what a person may hand in, declared once.
 *
 * A form is a list of fields in an X-macro.  From it follow the C struct an act is given, the
 * parsing of HTML forms, multipart and JSON, validation, the error summary, the drawing of the
 * fields ({{field name}} in a template) and the OpenAPI schema.  Fields that are not declared are
 * ignored in HTML and refused in JSON.
 *
 *     #define MEDIATION_APPLY_FORM(F)                                                       \
 *         F(word,  reference, REQUIRED, 8, 8, T("Reference"), "")                           \
 *         F(lines, text,      REQUIRED, 1, 2000, T("Your question"), T("Say what happened"))
 *     FORM_STRUCT(mediation_apply, MEDIATION_APPLY_FORM)      in the header
 *     FORM_TABLE(mediation_apply, MEDIATION_APPLY_FORM)       in one .c file
 *
 * makes struct mediation_apply_form and const struct form mediation_apply_form.
 * A name with two underscores is nested in JSON: wants__profession is {"wants":{"profession":…}}.
 */
#ifndef PLATFORM_FORM_H
#define PLATFORM_FORM_H

#include "platform/out.h"

/* kind    C type          what it takes; min and max count
 * text    struct str      one line; code points
 * lines   struct str      several lines; code points
 * word    struct str      letters, digits, '-', '_', '.': one of a list, a reference; bytes
 * code    struct str      the same, made up by whoever types it; bytes
 * words   struct str      several words, joined by one blank; bytes of the whole
 * number  int64_t         a whole number; its value
 * clock   int64_t         a time of day, 08:00, kept as minutes since midnight; these minutes
 * span    int64_t         how long, with the unit, 3 min or 3分钟, kept as seconds; these seconds
 * milli   int64_t         a number with up to three places, 4.7, kept as thousandths; these
 * flag    bool            a check box; 0, 1
 * phone   struct str      a mainland mobile or fixed number, kept as digits; digits
 * secret  struct str      never written back to a page or a log; bytes
 * day     struct str      YYYY-MM-DD; bytes
 * file    struct upload   one file of a multipart form; bytes
 * inside  struct str      never taken from outside: an act's prepare() fills it
 *
 * A JSON number for a clock, span or milli counts what is kept, as the field's name says; a JSON
 * string is read as what a person types. */
enum field_kind {
    FIELD_text,
    FIELD_lines,
    FIELD_word,
    FIELD_code,
    FIELD_words,
    FIELD_number,
    FIELD_clock,
    FIELD_span,
    FIELD_milli,
    FIELD_flag,
    FIELD_phone,
    FIELD_secret,
    FIELD_day,
    FIELD_file,
    FIELD_inside
};
enum field_must { OPTIONAL, REQUIRED };

struct upload {
    struct str name;  /* as the sender called it: for showing, never for a path */
    struct str bytes; /* lives as long as the request */
};

struct field {
    const char *name;
    enum field_kind kind;
    enum field_must must;
    int64_t min, max;
    const char *label, *hint; /* marked with T(), or "" */
    size_t at;                /* offset in the struct */
};

struct form {
    const char *name;
    const struct field *fields;
    size_t fields_count;
    size_t size;
};

#define FORM_TYPE_text struct str
#define FORM_TYPE_lines struct str
#define FORM_TYPE_word struct str
#define FORM_TYPE_code struct str
#define FORM_TYPE_words struct str
#define FORM_TYPE_number int64_t
#define FORM_TYPE_clock int64_t
#define FORM_TYPE_span int64_t
#define FORM_TYPE_milli int64_t
#define FORM_TYPE_flag bool
#define FORM_TYPE_phone struct str
#define FORM_TYPE_secret struct str
#define FORM_TYPE_day struct str
#define FORM_TYPE_file struct upload
#define FORM_TYPE_inside struct str
#define FORM_MEMBER(kind, name, must, min, max, label, hint) FORM_TYPE_##kind name;
#define FORM_STRUCT(form_name, LIST)                                                               \
    struct form_name##_form {                                                                      \
        LIST(FORM_MEMBER)                                                                          \
    };                                                                                             \
    extern const struct form form_name##_form;
#define FORM_FIELD(kind_, name_, must_, min_, max_, label_, hint_)                                 \
    {.name = #name_,                                                                               \
     .kind = FIELD_##kind_,                                                                        \
     .must = must_,                                                                                \
     .min = min_,                                                                                  \
     .max = max_,                                                                                  \
     .label = label_,                                                                              \
     .hint = hint_,                                                                                \
     .at = offsetof(struct FORM_THIS, name_)},
/* FORM_THIS is set by the line before: `#define FORM_THIS mediation_apply_form`. */
#define FORM_TABLE(form_name, LIST)                                                                \
    static const struct field form_name##_fields[] = {LIST(FORM_FIELD)};                           \
    const struct form form_name##_form = {.name = #form_name,                                      \
                                          .fields = form_name##_fields,                            \
                                          .fields_count = COUNT(form_name##_fields),               \
                                          .size = sizeof(struct form_name##_form)};

enum { FORM_FIELDS_MAX = 48 }; /* of one form: more is two questions */

/* What came in for a form, and what is wrong with it. */
struct form_state {
    const struct form *form;
    struct str given[FORM_FIELDS_MAX]; /* as typed; secrets stay empty */
    uint64_t came, twice; /* a bit for each place: brought once, and again; words may be */
    const struct reason *wrong[FORM_FIELDS_MAX];
    struct str detail[FORM_FIELDS_MAX]; /* %1 of wrong[] */
    size_t wrong_count;
    const struct reason *refusal; /* of the act itself, shown above the fields */
    struct str refusal_detail;
};

/* Puts given[] through the fields' rules into `values` (of form->size).  Returns the number of
 * fields that are wrong, each named in the state. */
size_t form_check(struct arena *arena, struct form_state *state, void *values);
int form_place(const struct form *form, struct str name); /* or -1 */
/* The act itself said no: kept as the state's refusal, and at the field it is about. */
void form_refuse(struct form_state *state, const struct reason *refusal, struct str detail);
/* Whether what the act said stands at a field. */
bool form_refusal_placed(const struct form_state *state);

/* The kinds whose value is an int64_t. */
bool form_is_amount(enum field_kind kind);
/* As people write it, and back: false if `text` cannot be read as one. */
struct str form_amount(struct arena *arena, enum language language, enum field_kind kind,
                       int64_t amount);
bool form_amount_read(enum field_kind kind, struct str text, int64_t *amount);
/* What stands beside the control of a number, by the end of its name (_percent, _minutes, …). */
struct str form_unit(const struct field *field, enum language language);

/* One choice of a list, for {{choices name from list}}. */
struct choice {
    struct str value, label, hint;
    bool chosen;
};

/* Drawing, used by compiled templates.  Each draws label, hint, error and control, tied together
 * for screen readers (aria-describedby), with what was typed still in it. */
void form_errors(struct out *out, const struct face *face); /* summary: role=alert, links */
void form_csrf(struct out *out, const struct face *face);
void form_field(struct out *out, const struct face *face, const struct form *form,
                const char *name);
/* A value to begin with, when nothing was typed yet. */
void form_field_with(struct out *out, const struct face *face, const struct form *form,
                     const char *name, struct str value);
/* One form stands on a page many times, once for each thing its field `key` names: whether what
 * came back is about that one, and a field of it, which no other form of the page shares its id
 * with. */
bool form_is_of(const struct face *face, const struct form *form, const char *key, int64_t of);
void form_field_of(struct out *out, const struct face *face, const struct form *form,
                   const char *name, const char *key, int64_t of);
void form_choices(struct out *out, const struct face *face, const struct form *form,
                  const char *name, const struct choice *choices, size_t count); /* radios, or
                  check boxes for a `words` field */
void form_select(struct out *out, const struct face *face, const struct form *form,
                 const char *name, const struct choice *choices, size_t count);

#endif
