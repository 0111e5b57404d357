/* turned.c -- the answer to who was not let in: in their language, at once, with all they typed.
 *
 *  (1) Made without the database, on a loop or on a worker that has other things to do.
 *  (2) What was typed stands in the answer with the marks of its own form, so that sending it again
 *      is sending it: once, whatever had become of the first.  Only of a form of ours.
 *  (3) Secrets and files are not written back: they are asked for again.
 */
#include <string.h>

#include "platform/limits.h"
#include "platform/metrics.h"
#include "platform/visit.h"

static const struct reason turned_kept = {
    "act.too-busy",
    T("Very many people are here right now, so this was not done yet. What you typed is still "
      "here: please send it again in a moment."),
    503};
static const struct reason turned_live = {
    "act.too-busy-live",
    T("Very many people want to talk to somebody right now, and no more can be let in to wait. "
      "You can leave your question in writing, and it is answered by a promised day; or try again "
      "in a moment."),
    503};

/* They are told different moments, or all would be back at once. */
static int64_t again_after(const struct visit *visit)
{
    static const int64_t least[ADMIT_CLASSES] = {1, 3, 5, 10};
    int64_t from = least[visit->job.class];

    return from + visit->began % (from + 1);
}

struct kept {
    struct visit *visit;
    struct str csrf, once;
    const struct reason *reason;
};

static void put_hidden(struct out *out, struct str name, struct str value)
{
    OUT_LITERAL(out, "<input type=\"hidden\" name=\"");
    out_put(out, name);
    OUT_LITERAL(out, "\" value=\"");
    out_put(out, value);
    OUT_LITERAL(out, "\">");
}

static bool is_place(const struct visit *visit, struct str name)
{
    for (size_t i = 0; i < visit->places.count; i++) {
        if (str_same(visit->places.names[i], name)) return true;
    }
    return false;
}

static bool is_typed(const struct field *field)
{
    return field->label[0] &&
           (field->kind == FIELD_text || field->kind == FIELD_lines || field->kind == FIELD_phone ||
            field->kind == FIELD_day || field->kind == FIELD_secret || field->kind == FIELD_file);
}

/* What was typed can be read and changed; what was chosen goes along. */
static void put_fields(struct out *out, const struct face *face, struct visit *visit)
{
    const struct form *form = visit->state.form;
    const struct page_instead *instead = visit->page->instead;

    for (size_t i = 0; i < form->fields_count; i++) {
        const struct field *field = &form->fields[i];
        struct str name = str_of(field->name);

        if (field->kind == FIELD_inside || is_place(visit, name)) continue;
        if (instead && str_same(name, str_of(instead->field))) continue;
        if (is_typed(field))
            form_field(out, face, form, field->name);
        else if (visit->state.given[i].len)
            put_hidden(out, name, visit->state.given[i]);
    }
}

/* Is somebody asked for one of that kind? */
static bool asks_for(const struct form *form, enum field_kind kind)
{
    for (size_t i = 0; i < form->fields_count; i++) {
        if (form->fields[i].kind == kind && form->fields[i].label[0]) return true;
    }
    return false;
}

/* What could not be kept is named, or who sends it again would find out only then. */
static void put_gone(struct out *out, const struct face *face, const struct form *form)
{
    bool file = asks_for(form, FIELD_file), secret = asks_for(form, FIELD_secret);

    if (!file && !secret) return;
    OUT_LITERAL(out, "<p>");
    if (file) out_put(out, text_in(face->language, T("Please choose the file once more.")));
    if (file && secret) OUT_LITERAL(out, " ");
    if (secret) out_put(out, text_in(face->language, T("Please type the password once more.")));
    OUT_LITERAL(out, "</p>");
}

/* Who is served first may be told beside the form's own fields. */
static void put_first(struct out *out, struct visit *visit)
{
    const struct page_instead *instead = visit->page->instead;

    if (!instead || form_place(visit->state.form, str_of(instead->first)) >= 0) return;
    if (str_same(intake_peek(visit, instead->first), S("1")))
        put_hidden(out, str_of(instead->first), S("1"));
}

static void put_button(struct out *out, const struct face *face, const struct page_instead *instead,
                       bool is_now)
{
    OUT_LITERAL(out, "<button class=\"button");
    if (is_now && instead) OUT_LITERAL(out, " button-quiet");
    OUT_LITERAL(out, "\"");
    if (instead) {
        OUT_LITERAL(out, " name=\"");
        out_put(out, str_of(instead->field));
        OUT_LITERAL(out, "\" value=\"");
        out_put(out, str_of(is_now ? instead->now : instead->later));
        OUT_LITERAL(out, "\"");
    }
    OUT_LITERAL(out, ">");
    out_put(out, text_in(face->language, is_now ? T("Send it again") : instead->later_label));
    OUT_LITERAL(out, "</button>");
}

static void put_title(struct out *out, const struct face *face, const void *view)
{
    const struct kept *kept = view;
    const struct reason *reason = kept ? kept->reason : &act_too_busy;
    const char *title = T("Too many people at once");

    if (reason == &act_too_often) title = T("Too often");
    if (reason == &act_away || reason == &act_unsure) title = T("One moment, please");
    out_put(out, text_in(face->language, title));
}

static void put_kept(struct out *out, const struct face *face, const void *values)
{
    const struct kept *kept = values;
    struct visit *visit = kept->visit;
    const struct page_instead *instead = visit->page->instead;

    OUT_LITERAL(out, "<h1>");
    put_title(out, face, values);
    OUT_LITERAL(out, "</h1><p class=\"lead\">");
    out_put(out, text_in(face->language, kept->reason->text));
    OUT_LITERAL(out, "</p>");
    put_gone(out, face, visit->state.form);
    OUT_LITERAL(out, "<form method=\"post\" action=\"");
    out_put(out, http_request_path(visit->http));
    OUT_LITERAL(out, "\"");
    if (asks_for(visit->state.form, FIELD_file))
        OUT_LITERAL(out, " enctype=\"multipart/form-data\"");
    OUT_LITERAL(out, ">");
    put_hidden(out, S("csrf"), kept->csrf);
    put_hidden(out, S("once"), kept->once);
    put_fields(out, face, visit);
    put_first(out, visit);
    OUT_LITERAL(out, "<div class=\"buttons\">");
    if (instead) put_button(out, face, instead, false);
    put_button(out, face, instead, true);
    OUT_LITERAL(out, "</div></form>");
}

/* False: it was no form of ours, or could not be read. */
static bool answer_kept(struct visit *visit, int status, const struct reason *why)
{
    static const struct template html = {put_title, put_kept};
    const struct act *act = visit->page->act;
    const struct reason *wrong = NULL;
    struct kept kept = {.visit = visit, .reason = why};

    if (!act->form) return false;
    visit->form = arena_take(visit->arena, act->form->size, 1);
    if (!intake_body(visit, act->form, &visit->state, &wrong, &kept.csrf, &kept.once) ||
        !visit_is_own_form(visit, kept.csrf))
        return false;
    visit->state.wrong_count = 0;
    for (size_t i = 0; i < act->form->fields_count; i++) {
        if (act->form->fields[i].kind == FIELD_secret) visit->state.given[i] = S("");
    }
    visit->face.form = &visit->state;
    return answer_html(visit, status, &html, &kept);
}

/* Who only reads is told in a page of a few lines: thousands a second are told, and what it takes
 * to tell them is taken from who was let in. */
static void turn_reader_away(struct visit *visit, const struct reason *reason)
{
    struct str language = http_request_cookie(visit->http, "language");
    bool is_english =
        language.len ? str_same(language, S("en")) : http_request_wants_english(visit->http);
    enum language in = is_english ? LANGUAGE_EN : LANGUAGE_ZH;
    struct out *out = out_open(visit->arena, 4096);

    OUT_LITERAL(out, "<!doctype html><html lang=\"");
    out_raw_str(out, is_english ? S("en") : S("zh-CN"));
    OUT_LITERAL(out, "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                     "content=\"width=device-width, initial-scale=1\"><title>");
    put_title(out, &(struct face){.language = in}, NULL);
    OUT_LITERAL(out, "</title></head><body><main><h1>");
    put_title(out, &(struct face){.language = in}, NULL);
    OUT_LITERAL(out, "</h1><p>");
    out_put(out, text_in(in, reason->text));
    OUT_LITERAL(out, "</p><p>");
    out_put(out, text_in(in, T("This page tries again by itself. If it is urgent, call 12348.")));
    OUT_LITERAL(out, "</p></main></body></html>\n");
    answer_bytes(visit, reason->status, S("text/html; charset=utf-8"), out_text(out));
}

void visit_turn_away(struct visit *visit, struct outcome why)
{
    const struct page *page = visit->page;
    const struct reason *reason = why.refusal;
    bool is_form = page && page->act && !visit->is_api;

    visit->is_turned = true;
    visit->again_seconds = why.again_seconds ? why.again_seconds : reason->again_seconds;
    if (!visit->is_api && http_request_method(visit->http) == HTTP_GET && reason == &act_too_busy) {
        turn_reader_away(visit, reason);
        return;
    }
    visit_face(visit);
    visit_visitor(visit);
    if (is_form && reason == &act_too_busy)
        reason = visit->job.class == ADMIT_ASKING ? &turned_live : &turned_kept;
    if (is_form && answer_kept(visit, reason->status, reason)) return;
    if (visit->is_api && visit->job.class == ADMIT_ASKING) reason = &turned_live;
    visit->state = (struct form_state){0};
    visit->face.form = NULL;
    why.refusal = reason;
    answer_outcome(visit, why);
}

void visit_turned(struct job *job)
{
    struct visit *visit = (struct visit *)job;

    admission_turned(job->class, metrics_microseconds());
    visit_turn_away(visit, REFUSE_FOR(act_too_busy, S(""), again_after(visit)));
}
