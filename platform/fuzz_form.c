/* fuzz_form.c -- libFuzzer: any bytes as the body of a form that has every kind of field.
 *
 * The first byte chooses JSON, urlencoded, multipart or an address.  Beside what the sanitizers
 * see:
 *  1. what is handed on is UTF-8, within its limits and of its kind;
 *  2. a secret is not kept, and what is made inside is not taken;
 *  3. a form that came back wrong can be drawn, and a second look finds the same.
 */
#include <stdlib.h>

#include "platform/visit.h"

#define EVERY_FORM(F)                                                                              \
    F(text, text, REQUIRED, 1, 20, "Text", "")                                                     \
    F(lines, lines, OPTIONAL, 2, 40, "Lines", "Hint")                                              \
    F(word, word, OPTIONAL, 2, 8, "Word", "")                                                      \
    F(words, outer__words, OPTIONAL, 1, 30, "Words", "")                                           \
    F(number, outer__number, OPTIONAL, -5, 5, "Number", "")                                        \
    F(clock, clock, OPTIONAL, 60, 1440, "Clock", "")                                               \
    F(span, span, OPTIONAL, 0, 7200, "Span", "")                                                   \
    F(milli, milli, OPTIONAL, -1000, 5000, "Milli", "")                                            \
    F(flag, flag, OPTIONAL, 0, 1, "Flag", "")                                                      \
    F(phone, phone, OPTIONAL, 8, 20, "Phone", "")                                                  \
    F(secret, secret, OPTIONAL, 4, 16, "Secret", "")                                               \
    F(day, day, OPTIONAL, 10, 10, "Day", "")                                                       \
    F(file, file, OPTIONAL, 1, 100, "File", "")                                                    \
    F(inside, inside, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(every, EVERY_FORM)
#define FORM_THIS every_form
FORM_TABLE(every, EVERY_FORM)

/* In the place of platform/http: the request is these bytes. */
static struct str body, content_type, query;

struct str http_request_header(const struct http_request *request, const char *name)
{
    (void)request;
    return str_same(str_of(name), S("Content-Type")) ? content_type : S("");
}

struct str http_request_body(const struct http_request *request)
{
    (void)request;
    return body;
}

struct str http_request_query(const struct http_request *request)
{
    (void)request;
    return query;
}

static void must(bool truth)
{
    if (!truth) abort();
}

static void judge_text(struct str text, size_t max)
{
    must(str_is_utf8(text));
    must(str_points(text) <= max);
}

static void judge(const struct every_form *values, const struct form_state *state)
{
    judge_text(values->text, 20);
    judge_text(values->lines, 40);
    judge_text(values->word, 8);
    judge_text(values->outer__words, 30);
    judge_text(values->phone, 12);
    judge_text(values->secret, 16);
    must(str_find(values->text, S("\n")) < 0 && str_find(values->lines, S("\r")) < 0);
    must(values->outer__number >= -5 && values->outer__number <= 5);
    must(values->clock == 0 || (values->clock >= 60 && values->clock <= 1440));
    must(values->span >= 0 && values->span <= 7200);
    must(values->milli >= -1000 && values->milli <= 5000);
    must(values->phone.len == 0 || values->phone.len >= 10);
    must(values->day.len == 0 || values->day.len == 10);
    must(values->inside.len == 0);
    must(state->given[form_place(&every_form, S("secret"))].len == 0);
}

static void draw(struct arena *arena, const struct form_state *state)
{
    struct face face = {.arena = arena, .form = state, .language = LANGUAGE_EN};
    struct out *out = out_open(arena, 4 << 20);

    form_errors(out, &face);
    for (size_t i = 0; i + 1 < every_form.fields_count; i++)
        form_field(out, &face, &every_form, every_form.fields[i].name);
    must(!out_full(out));
}

static void look_again(struct arena *arena, struct form_state *state)
{
    struct every_form again = {0};
    size_t count = state->wrong_count;
    /* Secrets and files are given up at the first look; they are optional here. */
    bool gave_up = state->wrong[form_place(&every_form, S("secret"))] ||
                   state->wrong[form_place(&every_form, S("file"))];
    bool unreadable = false;

    for (size_t i = 0; i < every_form.fields_count; i++)
        unreadable |=
            state->wrong[i] && str_same(str_of(state->wrong[i]->key), S("field.encoding"));
    must(form_check(arena, state, &again) == count || gave_up || unreadable);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct str types[] = {S("application/json"), S("application/x-www-form-urlencoded"),
                                S("multipart/form-data; boundary=b")};
    struct arena *arena;
    struct every_form values = {0};
    struct visit visit = {.form = &values};
    struct form_state state;
    const struct reason *why = NULL;
    struct str csrf = S(""), once = S("");
    bool read;

    if (size == 0 || size > 64 * 1024) return 0;
    arena = arena_open((size_t)48 << 20);
    visit.arena = arena;
    visit.is_api = bytes[0] % 4 == 0;
    body = (struct str){(const char *)bytes + 1, size - 1};
    query = bytes[0] % 4 == 3 ? body : S("");
    if (bytes[0] % 4 == 3) {
        read = intake_query(&visit, &every_form, &state);
    } else {
        content_type = types[bytes[0] % 4];
        read = intake_body(&visit, &every_form, &state, &why, &csrf, &once);
        must(read || why);
        must(str_is_utf8(state.refusal_detail));
    }
    if (read && state.wrong_count == 0) {
        form_check(arena, &state, &values);
        judge(&values, &state);
        draw(arena, &state);
        look_again(arena, &state);
    }
    arena_close(&arena);
    return 0;
}
