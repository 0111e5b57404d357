/* form_draw.c -- the fields of a form as HTML.  See form.h.
 *
 * Label, hint, error and control are tied by ids, the control keeps what was typed, and an error
 * is said in words beside the field as well as in the summary on top. */
#include "platform/form.h"

static const struct field *find(const struct form *form, const char *name, size_t *place)
{
    int at = form_place(form, str_of(name));

    assert(at >= 0); /* the template names a field its form does not have */
    *place = (size_t)at;
    return &form->fields[at];
}

static const struct form_state *state_of(const struct face *face, const struct form *form)
{
    return face->form && face->form->form == form ? face->form : NULL;
}

static void put_text(struct out *out, const struct face *face, const char *text)
{
    out_str(out, text_in(face->language, text));
}

static void put_name(struct out *out, const struct field *field)
{
    out_str(out, str_of(field->name));
}

/* `mark` sets a field of one form of many apart: "" or "-FORM-NUMBER". */
static void put_id(struct out *out, const struct field *field, struct str mark)
{
    put_name(out, field);
    out_raw_str(out, mark);
}

void form_csrf(struct out *out, const struct face *face)
{
    OUT_LITERAL(out, "<input type=\"hidden\" name=\"csrf\" value=\"");
    out_str(out, face->csrf);
    OUT_LITERAL(out, "\"><input type=\"hidden\" name=\"once\" value=\"");
    out_str(out, face->once);
    OUT_LITERAL(out, "\">");
}

static void put_problem(struct out *out, const struct face *face, const struct form_state *state,
                        size_t i)
{
    out_str(out, text_fill(face->arena, face->language, state->wrong[i]->text, state->detail[i],
                           S(""), S("")));
}

/* A label that asks has its mark already. */
static struct str after_label(const struct face *face, const char *label)
{
    struct str said = text_in(face->language, label);

    if (str_ends(said, S("?")) || str_ends(said, S("？"))) return S(" ");
    return face->language == LANGUAGE_ZH ? S("：") : S(": ");
}

void form_errors(struct out *out, const struct face *face)
{
    const struct form_state *state = face->form;

    if (!state || (!state->refusal && state->wrong_count == 0)) return;
    OUT_LITERAL(out, "<div class=\"wrong-summary\" role=\"alert\" tabindex=\"-1\""
                     " id=\"wrong-summary\"><h2>");
    put_text(out, face, T("There is a problem"));
    OUT_LITERAL(out, "</h2><ul>");
    if (state->refusal && !form_refusal_placed(state)) {
        OUT_LITERAL(out, "<li>");
        out_str(out, text_fill(face->arena, face->language, state->refusal->text,
                               state->refusal_detail, S(""), S("")));
        OUT_LITERAL(out, "</li>");
    }
    for (size_t i = 0; i < state->form->fields_count; i++) {
        if (!state->wrong[i]) continue;
        OUT_LITERAL(out, "<li><a href=\"#f-");
        put_name(out, &state->form->fields[i]);
        OUT_LITERAL(out, "\">");
        if (state->form->fields[i].label[0]) {
            put_text(out, face, state->form->fields[i].label);
            out_raw_str(out, after_label(face, state->form->fields[i].label));
        }
        put_problem(out, face, state, i);
        OUT_LITERAL(out, "</a></li>");
    }
    OUT_LITERAL(out, "</ul></div>");
}

/* What stands above every control; `element` is label or legend. */
static void put_hint_and_problem(struct out *out, const struct face *face,
                                 const struct form_state *state, const struct field *field,
                                 size_t i, struct str mark)
{
    if (field->hint[0]) {
        OUT_LITERAL(out, "<p class=\"hint\" id=\"f-");
        put_id(out, field, mark);
        OUT_LITERAL(out, "-hint\">");
        put_text(out, face, field->hint);
        OUT_LITERAL(out, "</p>");
    }
    if (state && state->wrong[i]) {
        OUT_LITERAL(out, "<p class=\"wrong\" id=\"f-");
        put_id(out, field, mark);
        OUT_LITERAL(out, "-wrong\"><span class=\"visually-hidden\">");
        put_text(out, face, T("Problem:"));
        OUT_LITERAL(out, " </span>");
        put_problem(out, face, state, i);
        OUT_LITERAL(out, "</p>");
    }
}

static void put_described(struct out *out, const struct form_state *state,
                          const struct field *field, size_t i, struct str mark)
{
    bool has_problem = state && state->wrong[i], has_hint = field->hint[0];
    bool has_unit = form_unit(field, LANGUAGE_EN).len > 0;

    if (!has_problem && !has_hint && !has_unit) return;
    OUT_LITERAL(out, " aria-describedby=\"");
    if (has_unit) {
        OUT_LITERAL(out, "f-");
        put_id(out, field, mark);
        OUT_LITERAL(out, "-unit");
    }
    if (has_hint) {
        out_raw_str(out, has_unit ? S(" f-") : S("f-"));
        put_id(out, field, mark);
        OUT_LITERAL(out, "-hint");
    }
    if (has_problem) {
        out_raw_str(out, has_unit || has_hint ? S(" f-") : S("f-"));
        put_id(out, field, mark);
        OUT_LITERAL(out, "-wrong\" aria-invalid=\"true");
    }
    OUT_LITERAL(out, "\"");
}

static void put_unit(struct out *out, const struct face *face, const struct field *field,
                     struct str mark)
{
    struct str unit = form_unit(field, face->language);

    if (!unit.len) return;
    OUT_LITERAL(out, " <span class=\"unit\" id=\"f-");
    put_id(out, field, mark);
    OUT_LITERAL(out, "-unit\">");
    out_str(out, unit);
    OUT_LITERAL(out, "</span>");
}

static void put_label(struct out *out, const struct face *face, const struct field *field,
                      struct str mark, bool is_group)
{
    if (is_group) {
        OUT_LITERAL(out, "<legend>");
    } else {
        OUT_LITERAL(out, "<label for=\"f-");
        put_id(out, field, mark);
        OUT_LITERAL(out, "\">");
    }
    put_text(out, face, field->label);
    if (field->must == OPTIONAL && field->kind != FIELD_flag) {
        OUT_LITERAL(out, " <span class=\"optional\">");
        put_text(out, face, T("(optional)"));
        OUT_LITERAL(out, "</span>");
    }
    out_raw_str(out, is_group ? S("</legend>") : S("</label>"));
}

static void open_field(struct out *out, const struct form_state *state, size_t i)
{
    out_raw_str(out, state && state->wrong[i] ? S("<div class=\"field field-wrong\">")
                                              : S("<div class=\"field\">"));
}

/* How phones choose a keyboard and browsers fill in (HTML 4.10.18.7). */
static void put_input_kind(struct out *out, const struct form *form, const struct field *field)
{
    switch (field->kind) {
    case FIELD_secret:
        OUT_LITERAL(out, "type=\"password\"");
        if (str_begins(str_of(field->name), S("new_")))
            OUT_LITERAL(out, " autocomplete=\"new-password\"");
        else
            OUT_LITERAL(out, " autocomplete=\"current-password\"");
        break;
    case FIELD_phone:
        OUT_LITERAL(out, "type=\"tel\" autocomplete=\"tel\" inputmode=\"tel\"");
        break;
    case FIELD_number: OUT_LITERAL(out, "type=\"text\" inputmode=\"numeric\""); break;
    case FIELD_clock:
    case FIELD_span: OUT_LITERAL(out, "type=\"text\" class=\"amount\""); break;
    case FIELD_milli:
        OUT_LITERAL(out, "type=\"text\" class=\"amount\" inputmode=\"decimal\"");
        break;
    case FIELD_day: OUT_LITERAL(out, "type=\"date\""); break;
    case FIELD_file: OUT_LITERAL(out, "type=\"file\""); break;
    default: OUT_LITERAL(out, "type=\"text\""); break;
    }
    if (str_same(str_of(field->name), S("code")) || str_same(str_of(field->name), S("totp")))
        OUT_LITERAL(out, " inputmode=\"numeric\" autocomplete=\"one-time-code\"");
    if (str_same(str_of(field->name), S("name")) && form_place(form, S("password")) >= 0)
        OUT_LITERAL(out, " autocomplete=\"username\"");
}

/* The island that warns before a large file travels (web/README.md). */
static void put_file_limits(struct out *out, const struct face *face, const struct field *field)
{
    OUT_LITERAL(out, " data-island=\"file\" data-bytes-max=\"");
    out_int(out, field->max);
    OUT_LITERAL(out, "\" data-text-large=\"");
    put_text(out, face, T("%1 is too large (%2). At most %3 can be sent."));
    OUT_LITERAL(out, "\"");
}

static void put_control(struct out *out, const struct face *face, const struct form *form,
                        const struct form_state *state, size_t i, struct str mark, struct str value)
{
    const struct field *field = &form->fields[i];

    if (field->kind == FIELD_lines)
        OUT_LITERAL(out, "<textarea rows=\"6\"");
    else
        OUT_LITERAL(out, "<input ");
    if (field->kind != FIELD_lines) put_input_kind(out, form, field);
    OUT_LITERAL(out, " id=\"f-");
    put_id(out, field, mark);
    OUT_LITERAL(out, "\" name=\"");
    put_name(out, field);
    OUT_LITERAL(out, "\"");
    put_described(out, state, field, i, mark);
    if (field->kind == FIELD_file) put_file_limits(out, face, field);
    if (field->kind == FIELD_lines) {
        /* A first line break inside textarea is dropped by the parser: give it one to drop. */
        OUT_LITERAL(out, ">\n");
        out_str(out, value);
        OUT_LITERAL(out, "</textarea>");
        return;
    }
    if (field->kind != FIELD_secret && field->kind != FIELD_file) {
        OUT_LITERAL(out, " value=\"");
        out_str(out, value);
        OUT_LITERAL(out, "\"");
    }
    OUT_LITERAL(out, ">");
}

static void put_flag(struct out *out, const struct face *face, const struct field *field,
                     struct str mark, bool is_on)
{
    OUT_LITERAL(out, "<div class=\"choice\"><input type=\"checkbox\" value=\"1\" id=\"f-");
    put_id(out, field, mark);
    OUT_LITERAL(out, "\" name=\"");
    put_name(out, field);
    OUT_LITERAL(out, "\"");
    if (is_on) OUT_LITERAL(out, " checked");
    OUT_LITERAL(out, ">");
    put_label(out, face, field, mark, false);
    OUT_LITERAL(out, "</div>");
}

static void put_field(struct out *out, const struct face *face, const struct form *form,
                      const struct form_state *state, const char *name, struct str mark,
                      struct str value)
{
    size_t i;
    const struct field *field = find(form, name, &i);

    if (state) value = state->given[i];
    open_field(out, state, i);
    if (field->kind == FIELD_flag) {
        put_flag(out, face, field, mark, value.len > 0);
        put_hint_and_problem(out, face, state, field, i, mark);
    } else {
        put_label(out, face, field, mark, false);
        put_hint_and_problem(out, face, state, field, i, mark);
        put_control(out, face, form, state, i, mark, value);
        put_unit(out, face, field, mark);
    }
    OUT_LITERAL(out, "</div>");
}

void form_field_with(struct out *out, const struct face *face, const struct form *form,
                     const char *name, struct str value)
{
    put_field(out, face, form, state_of(face, form), name, S(""), value);
}

void form_field(struct out *out, const struct face *face, const struct form *form, const char *name)
{
    form_field_with(out, face, form, name, S(""));
}

bool form_is_of(const struct face *face, const struct form *form, const char *key, int64_t of)
{
    const struct form_state *state = face ? state_of(face, form) : NULL;
    int64_t given;
    size_t i;

    if (!state) return false;
    find(form, key, &i);
    return str_to_int(str_trim(state->given[i]), &given) && given == of;
}

/* What came back has the plain ids: it is what the error summary leads to. */
void form_field_of(struct out *out, const struct face *face, const struct form *form,
                   const char *name, const char *key, int64_t of)
{
    const struct form_state *state = form_is_of(face, form, key, of) ? face->form : NULL;
    struct str mark =
        state ? S("") : arena_print(face->arena, "-%s-%lld", form->name, (long long)of);

    put_field(out, face, form, state, name, mark, S(""));
}

static bool has_word(struct str words, struct str word)
{
    struct str rest = words;

    while (rest.len) {
        if (str_same(str_cut(rest, ' ', &rest), word)) return true;
    }
    return false;
}

static void put_choice(struct out *out, const struct field *field, const struct choice *choice,
                       size_t number, bool is_chosen)
{
    out_raw_str(out, S("<div class=\"choice\"><input type=\""));
    out_raw_str(out, field->kind == FIELD_words ? S("checkbox") : S("radio"));
    OUT_LITERAL(out, "\" id=\"f-");
    put_name(out, field);
    if (number) {
        OUT_LITERAL(out, "-");
        out_int(out, (int64_t)number);
    }
    OUT_LITERAL(out, "\" name=\"");
    put_name(out, field);
    OUT_LITERAL(out, "\" value=\"");
    out_str(out, choice->value);
    out_raw_str(out, is_chosen ? S("\" checked>") : S("\">"));
    OUT_LITERAL(out, "<label for=\"f-");
    put_name(out, field);
    if (number) {
        OUT_LITERAL(out, "-");
        out_int(out, (int64_t)number);
    }
    OUT_LITERAL(out, "\">");
    out_str(out, choice->label);
    if (choice->hint.len) {
        OUT_LITERAL(out, " <span class=\"choice-hint\">");
        out_str(out, choice->hint);
        OUT_LITERAL(out, "</span>");
    }
    OUT_LITERAL(out, "</label></div>");
}

/* Of boxes any may be ticked; of buttons one, and that may be the one that says nothing. */
static bool is_given(const struct field *field, struct str given, struct str value)
{
    return field->kind == FIELD_words ? has_word(given, value) : str_same(given, value);
}

void form_choices(struct out *out, const struct face *face, const struct form *form,
                  const char *name, const struct choice *choices, size_t count)
{
    const struct form_state *state = state_of(face, form);
    size_t i;
    const struct field *field = find(form, name, &i);

    out_raw_str(out, state && state->wrong[i] ? S("<fieldset class=\"field field-wrong\"")
                                              : S("<fieldset class=\"field\""));
    put_described(out, NULL, field, i, S(""));
    OUT_LITERAL(out, ">");
    put_label(out, face, field, S(""), true);
    put_hint_and_problem(out, face, state, field, i, S(""));
    for (size_t k = 0; k < count; k++) {
        bool is_chosen = choices[k].chosen;

        if (state) is_chosen = is_given(field, state->given[i], choices[k].value);
        /* The first control carries the plain id: it is what the error summary leads to. */
        put_choice(out, field, &choices[k], k, is_chosen);
    }
    OUT_LITERAL(out, "</fieldset>");
}

void form_select(struct out *out, const struct face *face, const struct form *form,
                 const char *name, const struct choice *choices, size_t count)
{
    const struct form_state *state = state_of(face, form);
    size_t i;
    const struct field *field = find(form, name, &i);

    open_field(out, state, i);
    put_label(out, face, field, S(""), false);
    put_hint_and_problem(out, face, state, field, i, S(""));
    OUT_LITERAL(out, "<select id=\"f-");
    put_name(out, field);
    OUT_LITERAL(out, "\" name=\"");
    put_name(out, field);
    OUT_LITERAL(out, "\"");
    put_described(out, state, field, i, S(""));
    OUT_LITERAL(out, ">");
    for (size_t k = 0; k < count; k++) {
        bool is_chosen = state ? str_same(state->given[i], choices[k].value) : choices[k].chosen;

        OUT_LITERAL(out, "<option value=\"");
        out_str(out, choices[k].value);
        out_raw_str(out, is_chosen ? S("\" selected>") : S("\">"));
        out_str(out, choices[k].label);
        OUT_LITERAL(out, "</option>");
    }
    OUT_LITERAL(out, "</select></div>");
}
