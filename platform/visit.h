/* visit.h -- one request on its way: shared by arrive.c, visit.c, intake.c, answer.c, turned.c. */
#ifndef PLATFORM_VISIT_H
#define PLATFORM_VISIT_H

#include "platform/site.h"

struct visit {
    struct job job;
    enum admission_class came_as; /* kept while it waits where all are alike */
    struct site *site;
    struct http_request *http;
    struct arena *arena;
    int64_t began; /* microseconds */
    bool is_api, is_bearer;
    struct str path;  /* without /api/v1 */
    struct str token; /* of the session: Bearer or cookie */
    struct str visitor; /* the browser's own cookie: what forms are tied to */
    bool new_visitor;
    const struct page *page;
    struct places places;
    struct scene scene;
    struct face face;
    struct request request;
    struct form_state state; /* what came in for the act's form */
    void *form, *result;
    struct str form_once; /* the mark of the form that was sent */
    struct call call;
    struct admission_place writing; /* while the act is with the writer */
    bool is_turned;                 /* was not let in */
    int64_t again_seconds; /* said with 429 and 503: when it may be tried again */
};

/* arrive.c: what the request brought that says who it is, how they like their pages, and the mark
 * of their forms; in this order. */
void visit_token(struct visit *visit);
void visit_face(struct visit *visit);
void visit_visitor(struct visit *visit);

/* visit.c */
void visit_run(struct job *job, struct store *store);
bool visit_is_own_form(struct visit *visit, struct str csrf);

/* turned.c: ends the visit with all that was typed still there.  The second is for work_limit(). */
void visit_turn_away(struct visit *visit, struct outcome why);
void visit_turned(struct job *job);

/* said.c: after something was done the next page of this browser says so, once. */
void said_leave(struct visit *visit);
void said_take(struct visit *visit);

/* intake.c: fills state.given from the path, the query or the body; false: unreadable, `why`. */
bool intake_query(struct visit *visit, const struct form *form, struct form_state *state);
bool intake_body(struct visit *visit, const struct form *form, struct form_state *state,
                 const struct reason **why, struct str *csrf, struct str *once);

/* What the body says for this name, unchecked; "" if it does not. */
struct str intake_peek(struct visit *visit, const char *name);

/* answer.c: each ends the visit. */
void answer_page(struct visit *visit, int status, const struct page *page, const void *view);
/* False: it was more than PAGE_BYTES_MAX, and the visit goes on. */
bool answer_html(struct visit *visit, int status, const struct template *html, const void *view);
void answer_view(struct visit *visit, int status, const struct view *view, const void *values);
void answer_json(struct visit *visit, int status, struct str body);
void answer_go(struct visit *visit, struct str location);
void answer_outcome(struct visit *visit, struct outcome outcome);
void answer_wrong_fields(struct visit *visit); /* problem+json with every field */
void answer_bytes(struct visit *visit, int status, struct str type, struct str body);
void answer_file(struct visit *visit, const struct file_answer *file);
size_t answer_headers(struct visit *visit, struct http_header *headers, size_t max);

#endif
