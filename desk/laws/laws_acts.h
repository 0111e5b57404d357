/* laws_acts.h -- taking laws in, and finding an article by what people call it. */
#ifndef LAWS_ACTS_H
#define LAWS_ACTS_H

#include "desk/laws/laws.h"
#include "desk/laws/laws_source.h"
#include "platform/act.h"

/* ---- taking in ---- */

enum { LAWS_PART_ARTICLES = 1000 }; /* then a part is done: the writer is free again */

struct laws_take_form {
    const struct laws_document *documents;
    size_t count;
    struct str source; /* the file's name */
    struct str names;  /* data/law_names.tsv: what laws are called beside their names */
};
struct laws_taken {
    int64_t added, changed, same; /* versions */
    int64_t articles;             /* of those added */
};
/* Whole laws only; a version that is there already is left as it is.  By the command line. */
extern const struct act laws_take;

/* ---- finding ---- */

/* The version of a law that applies now; `found` is false if none does. */
struct outcome laws_version_now(struct scene *scene, id law_id, id *version_id, bool *found);

#endif
