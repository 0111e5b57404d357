/* openapi_doc.c -- see openapi_doc.h. */
#include "platform/openapi_doc.h"

/* ---- writing ---- */

void doc_key(struct doc *doc, const char *key)
{
    if (doc->comma) OUT_LITERAL(doc->out, ",");
    doc->comma = true;
    if (!key) return;
    out_json_str(doc->out, str_of(key));
    OUT_LITERAL(doc->out, ":");
}

void doc_open(struct doc *doc, const char *key)
{
    doc_key(doc, key);
    OUT_LITERAL(doc->out, "{");
    doc->comma = false;
}

void doc_close(struct doc *doc)
{
    OUT_LITERAL(doc->out, "}");
    doc->comma = true;
}

void doc_open_list(struct doc *doc, const char *key)
{
    doc_key(doc, key);
    OUT_LITERAL(doc->out, "[");
    doc->comma = false;
}

void doc_close_list(struct doc *doc)
{
    OUT_LITERAL(doc->out, "]");
    doc->comma = true;
}

void doc_str(struct doc *doc, const char *key, struct str value)
{
    doc_key(doc, key);
    out_json_str(doc->out, value);
}

void doc_text(struct doc *doc, const char *key, const char *value)
{
    doc_str(doc, key, str_of(value));
}

void doc_int(struct doc *doc, const char *key, int64_t value)
{
    doc_key(doc, key);
    out_int(doc->out, value);
}

void doc_bool(struct doc *doc, const char *key, bool value)
{
    doc_key(doc, key);
    out_bool(doc->out, value);
}

/* "string", or ["string","null"] */
static void put_type(struct doc *doc, const char *type, bool or_null)
{
    if (!or_null) {
        doc_text(doc, "type", type);
        return;
    }
    doc_open_list(doc, "type");
    doc_text(doc, NULL, type);
    doc_text(doc, NULL, "null");
    doc_close_list(doc);
}

/* ---- views ---- */

void doc_view_ref(struct doc *doc, const struct view *view)
{
    size_t i = 0;

    while (i < doc->views_count && doc->views[i] != view) i++;
    assert(i < DOC_VIEWS_MAX);
    if (i == doc->views_count) doc->views[doc->views_count++] = view;
    doc_key(doc, "$ref");
    OUT_LITERAL(doc->out, "\"#/components/schemas/");
    out_raw_str(doc->out, str_of(view->name));
    OUT_LITERAL(doc->out, "\"");
}

static void put_choices_schema(struct doc *doc)
{
    doc_text(doc, "type", "array");
    doc_open(doc, "items");
    doc_text(doc, "type", "object");
    doc_open(doc, "properties");
    doc_open(doc, "value"), doc_text(doc, "type", "string"), doc_close(doc);
    doc_open(doc, "label"), doc_text(doc, "type", "string"), doc_close(doc);
    doc_close(doc);
    doc_open_list(doc, "required"), doc_text(doc, NULL, "value"), doc_text(doc, NULL, "label");
    doc_close_list(doc);
    doc_close(doc);
}

static void put_member_schema(struct doc *doc, const struct view_member *member)
{
    switch (member->kind) {
    case VIEW_text: doc_text(doc, "type", "string"); break;
    case VIEW_maybe: put_type(doc, "string", true); break;
    case VIEW_flag: doc_text(doc, "type", "boolean"); break;
    case VIEW_number: doc_text(doc, "type", "integer"); break;
    case VIEW_some: put_type(doc, "integer", true); break;
    case VIEW_time:
        put_type(doc, "string", true);
        doc_text(doc, "format", "date-time");
        break;
    case VIEW_ident:
        put_type(doc, "string", true);
        doc_text(doc, "pattern", "^[0-9]+$");
        break;
    case VIEW_words:
        doc_text(doc, "type", "array");
        doc_open(doc, "items"), doc_text(doc, "type", "string"), doc_close(doc);
        break;
    case VIEW_list:
        doc_text(doc, "type", "array");
        doc_open(doc, "items"), doc_view_ref(doc, member->of), doc_close(doc);
        break;
    case VIEW_part:
        doc_open_list(doc, "anyOf");
        doc_open(doc, NULL), doc_view_ref(doc, member->of), doc_close(doc);
        doc_open(doc, NULL), doc_text(doc, "type", "null"), doc_close(doc);
        doc_close_list(doc);
        break;
    case VIEW_choices: put_choices_schema(doc); break;
    case VIEW_drawing: assert(!member->in_api); break;
    }
}

void doc_view_schema(struct doc *doc, const struct view *view)
{
    doc_open(doc, view->name);
    doc_text(doc, "type", "object");
    doc_open(doc, "properties");
    for (size_t i = 0; i < view->members_count; i++) {
        if (!view->members[i].in_api) continue;
        doc_open(doc, view->members[i].name);
        put_member_schema(doc, &view->members[i]);
        doc_close(doc);
    }
    doc_close(doc);
    doc_open_list(doc, "required");
    for (size_t i = 0; i < view->members_count; i++) {
        if (view->members[i].in_api) doc_text(doc, NULL, view->members[i].name);
    }
    doc_close_list(doc);
    doc_close(doc);
}

/* ---- fields ---- */

static void put_lengths(struct doc *doc, const struct field *field)
{
    /* An optional field may be handed in empty, however long it must be otherwise. */
    if (field->must == REQUIRED && field->min > 0) doc_int(doc, "minLength", field->min);
    doc_int(doc, "maxLength", field->max);
}

static void put_words_schema(struct doc *doc, const struct field *field, enum standing standing)
{
    if (standing != IN_JSON) {
        doc_text(doc, "type", "string");
        doc_int(doc, "maxLength", field->max);
        return;
    }
    doc_open_list(doc, "type");
    doc_text(doc, NULL, "array");
    doc_text(doc, NULL, "string");
    if (field->must == OPTIONAL) doc_text(doc, NULL, "null");
    doc_close_list(doc);
    doc_open(doc, "items");
    doc_text(doc, "type", "string");
    doc_text(doc, "pattern", "^[A-Za-z0-9._-]*$");
    doc_close(doc);
    doc_int(doc, "maxLength", field->max);
}

static void put_number_schema(struct doc *doc, const struct field *field, enum standing standing)
{
    if (standing == IN_JSON) { /* ids are told as strings, and taken as they were told */
        doc_open_list(doc, "type");
        doc_text(doc, NULL, "integer");
        doc_text(doc, NULL, "string");
        if (field->must == OPTIONAL) doc_text(doc, NULL, "null");
        doc_close_list(doc);
        doc_text(doc, "pattern", "^ *-?[0-9]* *$");
    } else {
        put_type(doc, "integer", false);
    }
    doc_text(doc, "format", "int64");
    doc_int(doc, "minimum", field->min);
    doc_int(doc, "maximum", field->max);
}

static const struct amount_kind {
    enum field_kind kind;
    const char *pattern, *example, *about;
} amount_kinds[] = {{FIELD_clock, "^(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)$", "08:00",
                     "A time of day as text; as a number the minutes since midnight."},
                    {FIELD_span, "^([0-9]{1,6} ?(h|min|s))?$", "3 min",
                     "How long, as text with the unit; as a number the seconds."},
                    {FIELD_milli, "^(-?[0-9]{1,6}([.,][0-9]{1,3})?)?$", "4.7",
                     "With up to three places, as text; as a number the thousandths."}};

static const struct amount_kind *amount_kind(enum field_kind kind)
{
    for (size_t i = 0; i < COUNT(amount_kinds); i++) {
        if (amount_kinds[i].kind == kind) return &amount_kinds[i];
    }
    return NULL;
}

static void put_amount_schema(struct doc *doc, const struct field *field, enum standing standing)
{
    const struct amount_kind *kind = amount_kind(field->kind);

    if (standing == IN_JSON) {
        doc_open_list(doc, "type");
        doc_text(doc, NULL, "string");
        doc_text(doc, NULL, "integer");
        if (field->must == OPTIONAL) doc_text(doc, NULL, "null");
        doc_close_list(doc);
        doc_int(doc, "minimum", field->min);
        doc_int(doc, "maximum", field->max);
    } else {
        doc_text(doc, "type", "string");
    }
    doc_text(doc, "pattern", kind->pattern);
    doc_open_list(doc, "examples"), doc_text(doc, NULL, kind->example), doc_close_list(doc);
}

/* The label, and how an amount is written. */
static void put_field_about(struct doc *doc, const struct field *field)
{
    const struct amount_kind *kind = amount_kind(field->kind);

    if (kind) doc_text(doc, "title", field->label);
    doc_text(doc, "description", kind ? kind->about : field->label);
}

void doc_field_schema(struct doc *doc, const struct field *field, enum standing standing)
{
    bool or_null = field->must == OPTIONAL && standing == IN_JSON;

    switch (field->kind) {
    case FIELD_text:
    case FIELD_lines:
        put_type(doc, "string", or_null);
        put_lengths(doc, field);
        break;
    case FIELD_word:
    case FIELD_code:
        put_type(doc, "string", or_null);
        doc_text(doc, "pattern", "^[A-Za-z0-9._-]*$");
        put_lengths(doc, field);
        break;
    case FIELD_words: put_words_schema(doc, field, standing); break;
    case FIELD_number: put_number_schema(doc, field, standing); break;
    case FIELD_clock:
    case FIELD_span:
    case FIELD_milli: put_amount_schema(doc, field, standing); break;
    case FIELD_flag: put_type(doc, "boolean", or_null); break;
    case FIELD_phone:
        put_type(doc, "string", or_null);
        doc_open_list(doc, "examples"), doc_text(doc, NULL, "13800138000"), doc_close_list(doc);
        break;
    case FIELD_secret: /* limits are bytes: a character may take four */
        put_type(doc, "string", or_null);
        doc_text(doc, "format", "password");
        doc_int(doc, "maxLength", field->max);
        break;
    case FIELD_day:
        put_type(doc, "string", or_null);
        doc_text(doc, "format", "date");
        break;
    case FIELD_file:
        doc_text(doc, "type", "string");
        doc_text(doc, "contentMediaType", "application/octet-stream");
        break;
    case FIELD_inside: assert(false); break;
    }
    if (field->label && field->label[0] && standing != IN_ADDRESS) put_field_about(doc, field);
}

/* ---- RFC 9457, as answer.c writes it ---- */

void doc_problem_schema(struct doc *doc)
{
    static const char *const words[] = {"type", "title", "detail", "code"};
    static const char *const of_field[] = {"field", "code", "detail"};

    doc_open(doc, "problem");
    doc_text(doc, "description", "What went wrong (RFC 9457); `code` is for programs.");
    doc_text(doc, "type", "object");
    doc_open(doc, "properties");
    for (size_t i = 0; i < COUNT(words); i++)
        doc_open(doc, words[i]), doc_text(doc, "type", "string"), doc_close(doc);
    doc_open(doc, "status"), doc_text(doc, "type", "integer"), doc_close(doc);
    doc_open(doc, "errors");
    doc_text(doc, "type", "array");
    doc_open(doc, "items");
    doc_text(doc, "type", "object");
    doc_open(doc, "properties");
    for (size_t i = 0; i < COUNT(of_field); i++)
        doc_open(doc, of_field[i]), doc_text(doc, "type", "string"), doc_close(doc);
    doc_close(doc);
    doc_open_list(doc, "required");
    for (size_t i = 0; i < COUNT(of_field); i++) doc_text(doc, NULL, of_field[i]);
    doc_close_list(doc);
    doc_close(doc);
    doc_close(doc);
    doc_close(doc);
    doc_open_list(doc, "required");
    for (size_t i = 0; i < COUNT(words); i++) doc_text(doc, NULL, words[i]);
    doc_text(doc, NULL, "status"), doc_text(doc, NULL, "errors");
    doc_close_list(doc);
    doc_close(doc);
}
