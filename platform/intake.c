/* intake.c -- what a request brought, put beside the fields of a form.
 *
 *  (1) Only declared fields are looked at; JSON with other members is refused.
 *  (2) A place in the path wins over a field of the same name in the body.
 *  (3) Nothing here judges values: that is form_check()'s.
 *  (4) A field that comes twice is wrong, except one of words, whose boxes share a name.
 *  (5) What is made of a body is bounded by what a form can hold, whatever a visitor sends.
 */
#include <jansson.h>
#include <string.h>

#include "platform/limits.h"
#include "platform/visit.h"

enum { WORDS_BYTES_MAX = 8 * 1024 }; /* all words of one field together */

static const struct reason intake_unreadable = {
    "request.unreadable", T("The request could not be read. Please send the form again."), 400};
static const struct reason intake_type = {"request.type",
                                          T("This kind of content is not taken here."), 415};
static const struct reason intake_large = {
    "request.too-large", T("This is more than fits here. Please send less at a time."), 413};
static const struct reason intake_json = {
    "request.json", T("This is not the JSON that is expected here: %1."), 400};
static const struct reason intake_unknown = {"field.unknown",
                                             T("There is no field of this name: %1."), 422};
static const struct reason intake_shape = {"field.shape",
                                           T("This field takes another kind of value."), 422};

static void note_came(struct form_state *state, int place)
{
    uint64_t bit = (uint64_t)1 << place;

    if (state->form->fields[place].kind != FIELD_words) state->twice |= state->came & bit;
    state->came |= bit;
}

static void give(struct visit *visit, struct form_state *state, struct str name, struct str value)
{
    int place = form_place(state->form, name);

    if (place < 0 || state->form->fields[place].kind == FIELD_inside) return;
    note_came(state, place);
    /* Check boxes of one name are one field of several words. */
    if (state->form->fields[place].kind == FIELD_words && state->given[place].len && value.len)
        value =
            arena_print(visit->arena, "%.*s %.*s", STR_ARGS(state->given[place]), STR_ARGS(value));
    state->given[place] = value;
}

static void give_places(struct visit *visit, struct form_state *state)
{
    for (size_t i = 0; i < visit->places.count; i++) {
        int place = form_place(state->form, visit->places.names[i]);

        if (place >= 0) state->given[place] = visit->places.values[i];
    }
}

bool intake_query(struct visit *visit, const struct form *form, struct form_state *state)
{
    struct http_pair pairs[FORM_FIELDS_MAX];
    int count =
        http_parse_query(visit->arena, http_request_query(visit->http), pairs, FORM_FIELDS_MAX);

    *state = (struct form_state){.form = form};
    if (count < 0) return false;
    for (int i = 0; i < count; i++) give(visit, state, pairs[i].name, pairs[i].value);
    give_places(visit, state);
    return true;
}

static void complain(struct form_state *state, size_t place, const struct reason *why)
{
    state->wrong[place] = why;
    state->wrong_count++;
}

/* ["a", "b"] as "a b".  False: something else, or more than any field of words takes. */
static bool json_words(struct visit *visit, const json_t *array, struct str *text)
{
    struct out *out = out_open(visit->arena, WORDS_BYTES_MAX);
    size_t i;
    json_t *item;

    json_array_foreach(array, i, item)
    {
        if (!json_is_string(item) || out_full(out)) return false;
        if (i) OUT_LITERAL(out, " ");
        out_raw_str(out, str_of(json_string_value(item)));
    }
    *text = out_text(out);
    return !out_full(out);
}

/* One JSON value as the text a form would have brought. */
static bool json_text(struct visit *visit, const json_t *value, const struct field *field,
                      struct str *text)
{
    *text = S("");
    if (json_is_null(value)) return true;
    /* Also a number: ids are told as strings, for JavaScript's numbers are too short for them, and
     * must be taken as they were told. */
    if (json_is_string(value) && field->kind != FIELD_flag) {
        *text = arena_copy(visit->arena,
                           (struct str){json_string_value(value), json_string_length(value)});
        return true;
    }
    if (json_is_integer(value) && form_is_amount(field->kind)) {
        *text = form_amount(visit->arena, LANGUAGE_EN, field->kind, json_integer_value(value));
        return true;
    }
    if (json_is_boolean(value) && field->kind == FIELD_flag) {
        *text = json_is_true(value) ? S("1") : S("");
        return true;
    }
    if (json_is_array(value) && field->kind == FIELD_words) return json_words(visit, value, text);
    return false;
}

/* At most `len` bytes of it, and no half character. */
static struct str shorten(struct str text, size_t len)
{
    if (text.len > len) text.len = len;
    while (text.len && !str_is_utf8(text)) text.len--;
    return text;
}

static bool is_outer(const struct form *form, struct str prefix)
{
    for (size_t i = 0; i < form->fields_count; i++) {
        if (str_begins(str_of(form->fields[i].name), prefix)) return true;
    }
    return false;
}

/* Members of objects inside are named outer__inner.  False: a member that is no field. */
static bool give_object(struct visit *visit, struct form_state *state, json_t *object,
                        const char *prefix, struct str *unknown)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        struct str name = arena_print(visit->arena, "%s%s", prefix, key), text;
        int place = form_place(state->form, name);

        if (json_is_object(value) && place < 0 && !prefix[0]) {
            struct str inside = arena_print(visit->arena, "%s__", key);

            *unknown = name;
            if (!is_outer(state->form, inside)) return false;
            if (!give_object(visit, state, value, inside.at, unknown)) return false;
            continue;
        }
        if (place < 0 || state->form->fields[place].kind == FIELD_inside ||
            state->form->fields[place].kind == FIELD_file) {
            *unknown = name;
            return false;
        }
        if (json_text(visit, value, &state->form->fields[place], &text))
            state->given[place] = text;
        else
            complain(state, (size_t)place, &intake_shape);
    }
    return true;
}

static bool intake_json_body(struct visit *visit, struct form_state *state,
                             const struct reason **why)
{
    struct str body = http_request_body(visit->http), unknown = S("");
    json_error_t error;
    json_t *root;
    bool good;

    if (str_trim(body).len == 0) return true;
    /* A page that takes files takes larger bodies, but no file comes as JSON. */
    if (body.len > BODY_BYTES_MAX) {
        *why = &intake_large;
        return false;
    }
    root = json_loadb(body.at, body.len, JSON_REJECT_DUPLICATES, &error);
    if (!root || !json_is_object(root)) {
        *why = &intake_json;
        state->refusal_detail =
            arena_copy(visit->arena, shorten(root ? S("not an object") : str_of(error.text), 100));
        json_decref(root);
        return false;
    }
    good = give_object(visit, state, root, "", &unknown);
    json_decref(root);
    if (!good) {
        *why = &intake_unknown;
        state->refusal_detail = shorten(unknown, 64);
    }
    return good;
}

static bool intake_pairs(struct visit *visit, struct form_state *state, struct str type,
                         struct str *csrf, struct str *once)
{
    enum { EXTRA = 2 + 32 }; /* csrf, once, and check boxes sent several times */
    struct http_pair *pairs = NEW_MANY(visit->arena, struct http_pair, FORM_FIELDS_MAX + EXTRA);
    struct str body = http_request_body(visit->http);
    bool is_multipart = str_begins(type, S("multipart/form-data"));
    int count = is_multipart
                    ? http_parse_multipart(visit->arena, type, body, pairs, FORM_FIELDS_MAX + EXTRA)
                    : http_parse_query(visit->arena, body, pairs, FORM_FIELDS_MAX + EXTRA);

    for (int i = 0; i < count; i++) {
        int place = form_place(state->form, pairs[i].name);

        struct str *mark = str_same(pairs[i].name, S("csrf"))   ? csrf
                           : str_same(pairs[i].name, S("once")) ? once
                                                                : NULL;

        if (mark && mark->len) return false;
        if (mark) *mark = pairs[i].value;
        if (place >= 0 && state->form->fields[place].kind == FIELD_file) {
            struct upload *upload =
                (struct upload *)((char *)visit->form + state->form->fields[place].at);

            if (!pairs[i].is_file) continue;
            note_came(state, place);
            upload->name = pairs[i].file_name;
            state->given[place] = pairs[i].value;
        } else if (!pairs[i].is_file) {
            give(visit, state, pairs[i].name, pairs[i].value);
        }
    }
    return count >= 0;
}

bool intake_body(struct visit *visit, const struct form *form, struct form_state *state,
                 const struct reason **why, struct str *csrf, struct str *once)
{
    static const struct form nothing = {.name = "nothing"};
    struct str type = http_request_header(visit->http, "Content-Type");
    bool has_body = http_request_body(visit->http).len > 0, good;

    *state = (struct form_state){.form = form ? form : &nothing};
    *why = &intake_unreadable;
    if (str_begins(type, S("application/json")) || (!has_body && visit->is_api)) {
        good = visit->is_api && intake_json_body(visit, state, why);
    } else if (str_begins(type, S("application/x-www-form-urlencoded")) ||
               str_begins(type, S("multipart/form-data"))) {
        good = intake_pairs(visit, state, type, csrf, once);
    } else {
        *why = &intake_type;
        good = !has_body;
    }
    if (good) give_places(visit, state);
    return good;
}

struct str intake_peek(struct visit *visit, const char *name)
{
    struct str body = http_request_body(visit->http), found = S("");
    struct http_pair pairs[FORM_FIELDS_MAX];
    struct str type = http_request_header(visit->http, "Content-Type");
    json_t *root, *value;
    int count;

    if (body.len > BODY_BYTES_MAX) return found;
    if (str_begins(type, S("application/json"))) {
        root = json_loadb(body.at, body.len, 0, NULL);
        value = json_object_get(root, name);
        if (json_is_true(value)) found = S("1");
        if (json_is_string(value))
            found = arena_copy(visit->arena, str_of(json_string_value(value)));
        json_decref(root);
        return found;
    }
    if (!str_begins(type, S("application/x-www-form-urlencoded"))) return found;
    count = http_parse_query(visit->arena, body, pairs, FORM_FIELDS_MAX);
    for (int i = 0; i < count; i++) {
        if (str_same(pairs[i].name, str_of(name))) found = pairs[i].value;
    }
    return found;
}
