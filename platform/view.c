/* view.c -- a view as JSON.  See view.h. */
#include "platform/view.h"

static void put_member(struct out *out, const struct view_member *member, const char *values);

static void put_object(struct out *out, const struct view *view, const char *values)
{
    bool first = true;

    OUT_LITERAL(out, "{");
    for (size_t i = 0; i < view->members_count; i++) {
        const struct view_member *member = &view->members[i];

        if (!member->in_api) continue;
        if (!first) OUT_LITERAL(out, ",");
        first = false;
        out_json_str(out, str_of(member->name));
        OUT_LITERAL(out, ":");
        put_member(out, member, values);
    }
    OUT_LITERAL(out, "}");
}

static void put_list(struct out *out, const struct view_member *member, const char *values)
{
    const char *rows = *(const char *const *)(values + member->at);
    size_t count = *(const size_t *)(values + member->count_at);

    OUT_LITERAL(out, "[");
    for (size_t i = 0; i < count; i++) {
        if (i) OUT_LITERAL(out, ",");
        put_object(out, member->of, rows + i * member->of->size);
    }
    OUT_LITERAL(out, "]");
}

static void put_words(struct out *out, struct str words)
{
    bool first = true;

    OUT_LITERAL(out, "[");
    while (words.len) {
        struct str word = str_cut(words, ' ', &words);

        if (word.len == 0) continue;
        if (!first) OUT_LITERAL(out, ",");
        first = false;
        out_json_str(out, word);
    }
    OUT_LITERAL(out, "]");
}

static void put_choices(struct out *out, const struct view_member *member, const char *values)
{
    const struct choice *choices = *(const struct choice *const *)(values + member->at);
    size_t count = *(const size_t *)(values + member->count_at);

    OUT_LITERAL(out, "[");
    for (size_t i = 0; i < count; i++) {
        if (i) OUT_LITERAL(out, ",");
        OUT_LITERAL(out, "{\"value\":");
        out_json_str(out, choices[i].value);
        OUT_LITERAL(out, ",\"label\":");
        out_json_str(out, choices[i].label);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]");
}

static void put_number(struct out *out, const struct view_member *member, int64_t number)
{
    bool none = (member->kind == VIEW_some && number < 0) ||
                (member->kind != VIEW_some && member->kind != VIEW_number && number == 0);
    bool quoted = member->kind == VIEW_time || member->kind == VIEW_ident;

    if (none) {
        OUT_LITERAL(out, "null");
        return;
    }
    if (quoted) OUT_LITERAL(out, "\"");
    if (member->kind == VIEW_time)
        out_iso(out, number);
    else
        out_int(out, number);
    if (quoted) OUT_LITERAL(out, "\"");
}

static void put_member(struct out *out, const struct view_member *member, const char *values)
{
    const char *at = values + member->at;
    const void *part;

    switch (member->kind) {
    case VIEW_text: out_json_str(out, *(const struct str *)at); break;
    case VIEW_maybe:
        if (((const struct str *)at)->len)
            out_json_str(out, *(const struct str *)at);
        else
            OUT_LITERAL(out, "null");
        break;
    case VIEW_words: put_words(out, *(const struct str *)at); break;
    case VIEW_flag: out_bool(out, *(const bool *)at); break;
    case VIEW_number:
    case VIEW_some:
    case VIEW_time:
    case VIEW_ident: put_number(out, member, *(const int64_t *)at); break;
    case VIEW_list: put_list(out, member, values); break;
    case VIEW_choices: put_choices(out, member, values); break;
    case VIEW_drawing: assert(!member->in_api); break;
    case VIEW_part:
        part = *(const void *const *)at;
        if (part)
            put_object(out, member->of, part);
        else
            OUT_LITERAL(out, "null");
        break;
    }
}

void view_json(struct out *out, const struct view *view, const void *values)
{
    put_object(out, view, values);
}
