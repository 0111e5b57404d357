/* openapi.c -- the description of the JSON routes, derived from the tables that serve them.
 *
 *  (1) Every route with a JSON twin is here and no other: what visit.c would serve is described.
 *  (2) Names, kinds and limits come from forms and views; nothing is told twice.
 *  (3) `x-who` says who may, in the words of enum who: a test can ask each route as everybody.
 */
#include <string.h>

#include "platform/openapi_doc.h"
#include "platform/site.h"

enum { NAME_LEN_MAX = 64 };

/* ---- parameters ---- */

/* The form that says what stands in the path and behind '?', or in the body. */
static const struct form *form_of(const struct page *page)
{
    return page->act ? page->act->form : page->query;
}

static bool has_body(const struct page *page)
{
    return page->method == POST || page->method == WHISPER;
}

static bool is_place(const struct page *page, const char *name)
{
    struct str rest = str_of(page->path);

    while (rest.len) {
        str_cut(rest, '{', &rest);
        if (rest.len && str_same(str_cut(rest, '}', &rest), str_of(name))) return true;
    }
    return false;
}

static void open_parameter(struct doc *doc, struct str name, const char *in, bool required)
{
    doc_open(doc, NULL);
    doc_str(doc, "name", name);
    doc_text(doc, "in", in);
    if (required) doc_bool(doc, "required", true);
}

static void put_header_parameter(struct doc *doc, const char *name, const char *about,
                                 int64_t len_max)
{
    open_parameter(doc, str_of(name), "header", false);
    doc_text(doc, "description", about);
    doc_open(doc, "schema");
    doc_text(doc, "type", "string");
    doc_int(doc, "maxLength", len_max);
    doc_close(doc);
    doc_close(doc);
}

static void put_place(struct doc *doc, const struct form *form, struct str name)
{
    int at = form ? form_place(form, name) : -1;

    open_parameter(doc, name, "path", true);
    if (at >= 0 && form->fields[at].label && form->fields[at].label[0])
        doc_text(doc, "description", form->fields[at].label);
    doc_open(doc, "schema");
    if (at >= 0)
        doc_field_schema(doc, &form->fields[at], IN_ADDRESS);
    else
        doc_text(doc, "type", "string");
    doc_close(doc);
    doc_close(doc);
}

static void put_query(struct doc *doc, const struct page *page)
{
    for (size_t i = 0; page->query && i < page->query->fields_count; i++) {
        const struct field *field = &page->query->fields[i];

        if (field->kind == FIELD_inside || is_place(page, field->name)) continue;
        open_parameter(doc, str_of(field->name), "query", field->must == REQUIRED);
        if (field->label && field->label[0]) doc_text(doc, "description", field->label);
        doc_open(doc, "schema");
        doc_field_schema(doc, field, IN_ADDRESS);
        doc_close(doc);
        doc_close(doc);
    }
}

static void put_parameters(struct doc *doc, const struct page *page)
{
    struct str rest = str_of(page->path);
    bool changes = page->method == POST || page->method == DELETE || page->method == WHISPER;

    doc_open_list(doc, "parameters");
    while (rest.len) {
        str_cut(rest, '{', &rest);
        if (rest.len) put_place(doc, form_of(page), str_cut(rest, '}', &rest));
    }
    if (page->method == GET || page->method == STREAM) put_query(doc, page);
    if (page->method == STREAM)
        put_header_parameter(doc, "Last-Event-ID",
                             "The last event that was seen: everything after it is told again.",
                             20);
    if (page->method == POST)
        put_header_parameter(doc, "Idempotency-Key",
                             "The same key again returns the first answer and does nothing twice.",
                             255);
    if (changes && !(page->who & WHO_ANYONE))
        put_header_parameter(
            doc, "X-CSRF", "With the cookie, not with Bearer: the mark from the page's head.", 255);
    doc_close_list(doc);
}

/* ---- bodies ---- */

static bool is_in_body(const struct page *page, const struct field *field)
{
    return field->kind != FIELD_inside && !is_place(page, field->name);
}

/* "wants" of "wants__profession", or nothing. */
static struct str outer_of(const struct field *field)
{
    struct str name = str_of(field->name);
    int64_t at = str_find(name, S("__"));

    return at > 0 ? (struct str){name.at, (size_t)at} : S("");
}

static void put_property(struct doc *doc, const struct field *field, struct str name,
                         enum standing standing)
{
    char key[NAME_LEN_MAX + 1];

    assert(name.len <= NAME_LEN_MAX);
    memcpy(key, name.at, name.len);
    key[name.len] = '\0';
    doc_open(doc, key);
    doc_field_schema(doc, field, standing);
    doc_close(doc);
}

static void put_required(struct doc *doc, const struct page *page, struct str outer, bool nests)
{
    const struct form *form = form_of(page);
    struct str said = S("");

    doc_open_list(doc, "required");
    for (size_t i = 0; i < form->fields_count; i++) {
        const struct field *field = &form->fields[i];
        struct str own = nests ? outer_of(field) : S(""), name = str_of(field->name);

        if (field->must != REQUIRED || !is_in_body(page, field)) continue;
        if (outer.len && !str_same(own, outer)) continue;
        if (outer.len) {
            doc_str(doc, NULL, (struct str){name.at + outer.len + 2, name.len - outer.len - 2});
        } else if (own.len == 0) {
            doc_str(doc, NULL, name);
        } else if (!str_same(own, said)) { /* the fields of one object stand together */
            doc_str(doc, NULL, own);
            said = own;
        }
    }
    doc_close_list(doc);
}

/* The object that fields named outer__inner make, at the first of them. */
static void put_nested(struct doc *doc, const struct page *page, size_t first, struct str outer)
{
    const struct form *form = form_of(page);
    char key[NAME_LEN_MAX + 1];

    for (size_t i = 0; i < first; i++) {
        if (str_same(outer_of(&form->fields[i]), outer)) return;
    }
    assert(outer.len <= NAME_LEN_MAX);
    memcpy(key, outer.at, outer.len);
    key[outer.len] = '\0';
    doc_open(doc, key);
    doc_text(doc, "type", "object");
    doc_bool(doc, "additionalProperties", false);
    doc_open(doc, "properties");
    for (size_t i = first; i < form->fields_count; i++) {
        struct str name = str_of(form->fields[i].name);

        if (!str_same(outer_of(&form->fields[i]), outer)) continue;
        name.at += outer.len + 2, name.len -= outer.len + 2;
        put_property(doc, &form->fields[i], name, IN_JSON);
    }
    doc_close(doc);
    put_required(doc, page, outer, true);
    doc_close(doc);
}

static void put_body_schema(struct doc *doc, const struct page *page, enum standing standing)
{
    const struct form *form = form_of(page);

    doc_open(doc, "schema");
    doc_text(doc, "type", "object");
    doc_bool(doc, "additionalProperties", false);
    doc_open(doc, "properties");
    for (size_t i = 0; i < form->fields_count; i++) {
        struct str outer = standing == IN_JSON ? outer_of(&form->fields[i]) : S("");

        if (!is_in_body(page, &form->fields[i])) continue;
        if (outer.len)
            put_nested(doc, page, i, outer);
        else
            put_property(doc, &form->fields[i], str_of(form->fields[i].name), standing);
    }
    doc_close(doc);
    put_required(doc, page, S(""), standing == IN_JSON);
    doc_close(doc);
}

static void put_body(struct doc *doc, const struct page *page)
{
    const struct form *form = form_of(page);
    bool has_fields = false, has_file = false, has_required = false;

    for (size_t i = 0; has_body(page) && form && i < form->fields_count; i++) {
        if (!is_in_body(page, &form->fields[i])) continue;
        has_fields = true;
        has_file |= form->fields[i].kind == FIELD_file;
        has_required |= form->fields[i].must == REQUIRED;
    }
    if (!has_fields) return;
    doc_open(doc, "requestBody");
    doc_bool(doc, "required", has_required);
    doc_open(doc, "content");
    doc_open(doc, has_file ? "multipart/form-data" : "application/json");
    put_body_schema(doc, page, has_file ? IN_MULTIPART : IN_JSON);
    doc_close(doc);
    doc_close(doc);
    doc_close(doc);
}

/* ---- answers ---- */

static void put_problem(struct doc *doc, const char *status, const char *about)
{
    doc_open(doc, status);
    doc_text(doc, "description", about);
    if (str_same(str_of(status), S("429")) || str_same(str_of(status), S("503"))) {
        doc_open(doc, "headers");
        doc_open(doc, "Retry-After");
        doc_text(doc, "description", "Seconds to wait before trying again.");
        doc_open(doc, "schema"), doc_text(doc, "type", "integer"), doc_close(doc);
        doc_close(doc);
        doc_close(doc);
    }
    doc_open(doc, "content");
    doc_open(doc, "application/problem+json");
    doc_open(doc, "schema");
    doc_text(doc, "$ref", "#/components/schemas/problem");
    doc_close(doc);
    doc_close(doc);
    doc_close(doc);
    doc_close(doc);
}

static void put_answer(struct doc *doc, const struct page *page)
{
    const struct view *view = page->act ? page->act->result : page->view;
    int status = page->method == WHISPER ? 202 : page->act && page->status ? page->status : 200;
    char key[8] = {(char)('0' + status / 100), (char)('0' + status / 10 % 10),
                   (char)('0' + status % 10)};

    doc_open(doc, key);
    doc_text(doc, "description",
             page->method == STREAM    ? "Events, as long as the connection lasts."
             : page->method == WHISPER ? "It is told to those who listen now."
             : page->act               ? "It is done, and on disk."
             : page->file              ? "The file."
                                       : "Here it is.");
    doc_open(doc, "content");
    doc_open(doc, page->method == STREAM ? "text/event-stream"
                  : page->file           ? "application/octet-stream"
                                         : "application/json");
    doc_open(doc, "schema");
    if (page->method == STREAM || page->file)
        doc_text(doc, "type", "string");
    else if (view && page->method != WHISPER)
        doc_view_ref(doc, view);
    else
        doc_text(doc, "type", "object");
    doc_close(doc);
    doc_close(doc);
    doc_close(doc);
    doc_close(doc);
}

/* Anything a program may ask for beside the places of the path. */
static bool has_query(const struct page *page)
{
    const struct form *form = page->act ? NULL : page->query;

    if (!form || page->method == WHISPER) return false;
    for (size_t i = 0; i < form->fields_count; i++) {
        const struct field *field = &form->fields[i];

        if (field->kind != FIELD_inside && !is_place(page, field->name)) return true;
    }
    return false;
}

static void put_answers(struct doc *doc, const struct page *page)
{
    const struct form *form = form_of(page);

    doc_open(doc, "responses");
    put_answer(doc, page);
    if (has_body(page)) put_problem(doc, "400", "The request could not be read.");
    if (!(page->who & WHO_ANYONE)) {
        put_problem(doc, "401", "Nobody is signed in.");
        put_problem(doc, "403", "This account may not.");
    }
    put_problem(doc, "404", "There is no such thing, or it is not yours.");
    if (page->act) put_problem(doc, "409", "The state of the case does not allow it.");
    if ((page->act && form) || has_query(page))
        put_problem(doc, "422", "Refused; `errors` names the fields.");
    if (page->act || page->per_minute) put_problem(doc, "429", "Too often.");
    put_problem(doc, "503", "Too busy; nothing was done.");
    put_problem(doc, "default", "Anything else that went wrong.");
    doc_close(doc);
}

/* ---- operations ---- */

static const char *method_of(const struct page *page)
{
    return page->method == DELETE                            ? "delete"
           : page->method == POST || page->method == WHISPER ? "post"
                                                             : "get";
}

/* "get_desk_consultations_by_reference" */
static void put_operation_id(struct doc *doc, const struct page *page)
{
    doc_key(doc, "operationId");
    OUT_LITERAL(doc->out, "\"");
    out_raw_str(doc->out, str_of(method_of(page)));
    for (const char *at = page->path; *at; at++) {
        bool plain =
            (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9');

        if (*at == '{')
            OUT_LITERAL(doc->out, "by_");
        else if (*at != '}')
            out_raw(doc->out, plain ? at : "_", 1);
    }
    OUT_LITERAL(doc->out, "\"");
}

static struct str tag_of(const char *path)
{
    struct str tag = str_cut(str_of(path + 1), '/', NULL);

    return tag.len ? tag : S("home");
}

static void put_who(struct doc *doc, unsigned who)
{
    static const char *const words[] = {"anyone", "guest",      "resident", "consultant",
                                        "leader", "supervisor", "admin",    "system"};

    doc_open_list(doc, "x-who");
    for (size_t i = 0; i < COUNT(words); i++) {
        if (who & (1u << i)) doc_text(doc, NULL, words[i]);
    }
    doc_close_list(doc);
    doc_open_list(doc, "security");
    if (!(who & WHO_ANYONE)) {
        doc_open(doc, NULL), doc_open_list(doc, "bearer"), doc_close_list(doc), doc_close(doc);
        doc_open(doc, NULL), doc_open_list(doc, "cookie"), doc_close_list(doc), doc_close(doc);
    }
    doc_close_list(doc);
}

static void put_operation(struct doc *doc, const struct page *page)
{
    doc_open(doc, method_of(page));
    put_operation_id(doc, page);
    if (page->about) {
        doc_text(doc, "summary", page->about);
    } else {
        doc_key(doc, "summary");
        out_raw_str(doc->out, page->act ? S("\"Do ") : S("\"Read "));
        out_raw_str(doc->out, str_of(page->path));
        OUT_LITERAL(doc->out, "\"");
    }
    doc_open_list(doc, "tags"), doc_str(doc, NULL, tag_of(page->path)), doc_close_list(doc);
    put_who(doc, page->who);
    put_parameters(doc, page);
    put_body(doc, page);
    put_answers(doc, page);
    doc_close(doc);
}

/* As visit.c looks for it: a stream stands behind GET and a whisper behind POST, unless a page or
 * an act has the same address. */
static bool is_described(const struct site *site, const struct page *page)
{
    enum method stronger = page->method == STREAM ? GET : page->method == WHISPER ? POST : 0;

    for (size_t i = 0; stronger && i < site->pages_count; i++) {
        const struct page *other = site->pages[i];

        if (other->method == stronger && strcmp(other->path, page->path) == 0) return false;
    }
    return !page->page_only;
}

/* All operations of one address; they stand together in OpenAPI, and anywhere in our tables. */
static void put_path(struct doc *doc, const struct site *site, const char *path)
{
    if (doc->comma) OUT_LITERAL(doc->out, ",");
    OUT_LITERAL(doc->out, "\"/api/v1");
    out_raw_str(doc->out, str_of(path));
    OUT_LITERAL(doc->out, "\":{");
    doc->comma = false;
    for (size_t i = 0; i < site->pages_count; i++) {
        const struct page *page = site->pages[i];

        if (strcmp(page->path, path) == 0 && is_described(site, page)) put_operation(doc, page);
    }
    doc_close(doc);
}

/* The first described page of its address, or of its tag. */
static bool is_first(const struct site *site, const struct page *page, bool of_tag)
{
    for (size_t i = 0; i < site->pages_count; i++) {
        const struct page *other = site->pages[i];

        if (other == page) return is_described(site, page);
        if (!is_described(site, other)) continue;
        if (of_tag ? str_same(tag_of(other->path), tag_of(page->path))
                   : strcmp(other->path, page->path) == 0)
            return false;
    }
    return false;
}

static void put_pages(struct doc *doc, const struct site *site)
{
    for (size_t i = 0; i < site->pages_count; i++) {
        if (is_first(site, site->pages[i], false)) put_path(doc, site, site->pages[i]->path);
    }
}

static void put_tags(struct doc *doc, const struct site *site)
{
    doc_open_list(doc, "tags");
    doc_open(doc, NULL);
    doc_text(doc, "name", "operations");
    doc_text(doc, "description", "What an operator's tools ask.");
    doc_close(doc);
    for (size_t i = 0; i < site->pages_count; i++) {
        const struct page *page = site->pages[i];

        if (!is_first(site, page, true)) continue;
        doc_open(doc, NULL);
        doc_str(doc, "name", tag_of(page->path));
        doc_key(doc, "description");
        OUT_LITERAL(doc->out, "\"Everything under /");
        out_raw_str(doc->out, tag_of(page->path));
        OUT_LITERAL(doc->out, ".\"");
        doc_close(doc);
    }
    doc_close_list(doc);
}

/* ---- what operations.c answers ---- */

static void put_plain(struct doc *doc, const char *path, const char *name, const char *about,
                      const char *type)
{
    doc_open(doc, path);
    doc_open(doc, "get");
    doc_text(doc, "operationId", name);
    doc_text(doc, "summary", about);
    doc_open_list(doc, "tags"), doc_text(doc, NULL, "operations"), doc_close_list(doc);
    put_who(doc, WHO_ANYONE);
    doc_open(doc, "responses");
    for (int bad = 0; bad <= (strcmp(path, "/readyz") == 0); bad++) {
        doc_open(doc, bad ? "503" : "200");
        doc_text(doc, "description", bad ? "Not ready; `issues` says why." : "Here it is.");
        doc_open(doc, "content");
        doc_open(doc, type);
        doc_open(doc, "schema");
        doc_text(doc, "type", str_ends(str_of(type), S("json")) ? "object" : "string");
        doc_close(doc);
        doc_close(doc);
        doc_close(doc);
        doc_close(doc);
    }
    doc_close(doc);
    doc_close(doc);
    doc_close(doc);
}

static void put_operations(struct doc *doc)
{
    put_plain(doc, "/healthz", "get_health", "Is the process alive?", "text/plain");
    put_plain(doc, "/readyz", "get_readiness", "Can it serve? Says in words what is wrong.",
              "application/json");
    put_plain(doc, "/metrics", "get_metrics", "Counters as Prometheus reads them.", "text/plain");
    put_plain(doc, "/version", "get_version", "Which program this is.", "application/json");
    put_plain(doc, "/api/v1/openapi.json", "get_openapi", "This document.", "application/json");
}

/* ---- the whole ---- */

static void put_info(struct doc *doc, const struct site *site)
{
    doc_open(doc, "info");
    doc_text(doc, "title", "Gongdao");
    doc_str(doc, "version", site->settings.version);
    doc_text(doc, "summary", "Public legal service of a justice bureau.");
    doc_text(doc, "description",
             "Every page of the site under the same path, with the same rights and the same act "
             "behind it. Derived from the tables the server routes by.");
    doc_open(doc, "license");
    doc_text(doc, "name", "Apache License 2.0");
    doc_text(doc, "identifier", "Apache-2.0");
    doc_close(doc);
    doc_open(doc, "contact"), doc_text(doc, "name", "The operator of this installation");
    doc_close(doc);
    doc_close(doc);
    doc_open_list(doc, "servers");
    doc_open(doc, NULL), doc_text(doc, "url", "/"), doc_close(doc);
    doc_close_list(doc);
}

static void put_components(struct doc *doc)
{
    doc_open(doc, "components");
    doc_open(doc, "securitySchemes");
    doc_open(doc, "bearer");
    doc_text(doc, "type", "http");
    doc_text(doc, "scheme", "bearer");
    doc_text(doc, "description",
             "The token of a person's session, of a key for a program (it begins with gdk_, may do "
             "what its scopes say and ends on its day), or of one consultation: that opens this "
             "one and nothing else.");
    doc_close(doc);
    doc_open(doc, "cookie");
    doc_text(doc, "type", "apiKey");
    doc_text(doc, "in", "cookie");
    doc_text(doc, "name", "gongdao");
    doc_text(doc, "description", "The browser's session; what changes something needs X-CSRF too.");
    doc_close(doc);
    doc_close(doc);
    doc_open(doc, "schemas");
    doc_problem_schema(doc);
    /* A view that is written may refer to further ones, which then come later in the same list. */
    for (size_t i = 0; i < doc->views_count; i++) doc_view_schema(doc, doc->views[i]);
    doc_close(doc);
    doc_close(doc);
}

void openapi_put(struct out *out, const struct site *site)
{
    struct doc doc = {.out = out};

    doc_open(&doc, NULL);
    doc_text(&doc, "openapi", "3.1.0");
    put_info(&doc, site);
    put_tags(&doc, site);
    doc_open(&doc, "paths");
    put_operations(&doc);
    put_pages(&doc, site);
    doc_close(&doc);
    put_components(&doc);
    doc_close(&doc);
    OUT_LITERAL(out, "\n");
}
