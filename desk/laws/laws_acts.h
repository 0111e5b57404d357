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
/* A law by any name it is called by; 0: there is none. */
struct outcome laws_find_named(struct scene *scene, struct str name, id *law_id);

/* When a version ceased without another in its place, be it that the source says so, that a later
 * law repeals it by name, or that the law in its own name was repealed (关于适用《婚姻法》的解释);
 * 0: it has not. */
struct outcome laws_repealed(struct scene *scene, struct str law_name, moment effective_at,
                             moment said_at, moment *repealed_at);

/* One article, as lists of what was found show it. */
struct laws_told {
    id article_id, law_id, version_id;
    struct str name, label, chapter, words;
    int64_t number, sub, position;
};
/* Articles in the order in which they were taken in, after one: five hundred at most. */
struct outcome laws_read_on(struct scene *scene, id after, const struct laws_told **rows,
                            size_t *count);
/* `applies` is false if there is none, or if its version does not apply now. */
struct outcome laws_tell(struct scene *scene, id article_id, struct laws_told *told, bool *applies);
/* All names of a law with blanks between; the law's own first. */
struct outcome laws_names(struct scene *scene, id law_id, struct str *name, struct str *names);
/* Is there a version of it that applies now? */
struct outcome laws_applies(struct scene *scene, id law_id, bool *applies);

/* ---- citations (laws_link.c) ---- */

/* A text in pieces; those that cite an article have its address. */
#define LAWS_SNIPPET_VIEW(V)                                                                       \
    V(api, text, text, _)                                                                          \
    V(api, maybe, url, _)
VIEW_STRUCT(laws_snippet, LAWS_SNIPPET_VIEW)

/* `count` is 0 if the text cites no article that exists.  `own_id`: the law the text is part of,
 * for 本法第三条; 0: none. */
struct outcome laws_link(struct scene *scene, struct str text, id own_id,
                         const struct laws_snippet_view **pieces, size_t *count);
/* The address of the first article a text cites; "" if it cites none. */
struct outcome laws_cited(struct scene *scene, struct str text, struct str *url);
/* The articles a text cites that exist in the version that applies now, at most `max`. */
struct laws_place {
    id law_id;
    int64_t number, sub;
};
struct outcome laws_cited_places(struct scene *scene, struct str text, struct laws_place *places,
                                 size_t max, size_t *count);
/* The first citation in a text of an article that is not there today; "" if all are.  A number
 * beside which no law stands, as of a contract, is none. */
struct outcome laws_missing(struct scene *scene, struct str text, struct str *missing);
/* The article of a place in the last version that has begun: whether that was repealed is told by
 * laws_tell().  `found` is false if there is none. */
struct outcome laws_article_now(struct scene *scene, const struct laws_place *place, id *article_id,
                                bool *found);
/* What stands beside the numbers of other articles in an article's text, and each number as one
 * word: for an index of who may cite what.  "" if it names none. */
struct str laws_cites_words(struct arena *arena, const struct laws_told *row);
struct str laws_cites_word(struct arena *arena, int64_t number, int64_t sub);
/* Does the text cite that article? */
struct outcome laws_cites(struct scene *scene, struct str text, id own_id,
                          const struct laws_place *place, bool *cites);
/* For main: the room that reads all articles says who cites one; without it nobody is known to. */
struct laws_citing {
    struct str title, url;
    bool is_answer; /* a published answer; else an article that applies today */
};
enum { LAWS_CITING_MAX = 40 };
void laws_citing_hook(struct outcome (*find)(struct scene *scene, const struct laws_place *place,
                                             struct str name,
                                             struct laws_citing citing[static LAWS_CITING_MAX],
                                             size_t *count));
/* The next law named in 《》; 0 at the end.  `text` moves behind it. */
struct outcome laws_next_named(struct scene *scene, struct str *text, id *law_id);

#endif
