/* openapi_doc.h -- JSON Schema of forms and views, written for platform/openapi.c only.
 *
 * What form.c takes and view.c writes is told here once more, in the words of JSON Schema 2020-12:
 * whoever changes one of them changes this.
 */
#ifndef PLATFORM_OPENAPI_DOC_H
#define PLATFORM_OPENAPI_DOC_H

#include "platform/view.h"

enum { DOC_VIEWS_MAX = 512 };

/* JSON being written: `comma` is whether something stands before in the same brackets. */
struct doc {
    struct out *out;
    bool comma;
    const struct view *views[DOC_VIEWS_MAX]; /* referred to so far, each once */
    size_t views_count;
};

/* `key` is NULL inside a list. */
void doc_key(struct doc *doc, const char *key);
void doc_open(struct doc *doc, const char *key);
void doc_close(struct doc *doc);
void doc_open_list(struct doc *doc, const char *key);
void doc_close_list(struct doc *doc);
void doc_str(struct doc *doc, const char *key, struct str value);
void doc_text(struct doc *doc, const char *key, const char *value);
void doc_int(struct doc *doc, const char *key, int64_t value);
void doc_bool(struct doc *doc, const char *key, bool value);

/* A reference, which makes the view one of doc->views; and the schema it leads to. */
void doc_view_ref(struct doc *doc, const struct view *view);
void doc_view_schema(struct doc *doc, const struct view *view);

/* Where a field's value stands decides how it may look. */
enum standing { IN_ADDRESS, IN_JSON, IN_MULTIPART };
void doc_field_schema(struct doc *doc, const struct field *field, enum standing standing);
/* "problem": what every refusal is written as. */
void doc_problem_schema(struct doc *doc);

#endif
