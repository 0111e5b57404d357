/* laws_views.h -- what the pages of laws show. */
#ifndef LAWS_VIEWS_H
#define LAWS_VIEWS_H

#include "desk/laws/laws_acts.h"
#include "gen/laws_sql.h"

#define LAWS_LIST_FORM(F)                                                                          \
    F(text, q, OPTIONAL, 0, 100, T("Name of a law, or an article"), "")                            \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "")                                               \
    F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(laws_list, LAWS_LIST_FORM)

#define LAWS_LAW_FORM(F)                                                                           \
    F(number, law, REQUIRED, 1, INT64_MAX, "", "")                                                 \
    F(number, version, OPTIONAL, 0, INT64_MAX, "", "")                                             \
    F(number, from, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(laws_law, LAWS_LAW_FORM)

#define LAWS_ARTICLE_FORM(F)                                                                       \
    F(number, law, REQUIRED, 1, INT64_MAX, "", "")                                                 \
    F(word, article, REQUIRED, 1, 12, "", "")                                                      \
    F(number, version, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(laws_article, LAWS_ARTICLE_FORM)

/* ---- the list ---- */

#define LAWS_LISTED_VIEW(V)                                                                        \
    V(api, ident, law, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, maybe, jurisdiction, _)                                                                 \
    V(page, text, jurisdiction_name, _)                                                            \
    V(api, number, versions, _)
VIEW_STRUCT(laws_listed, LAWS_LISTED_VIEW)

#define LAWS_LIST_VIEW(V)                                                                          \
    V(api, list, laws, laws_listed)                                                                \
    V(api, maybe, next, _)                                                                         \
    V(page, text, q, _)                                                                            \
    V(page, number, laws_in_all, _)                                                                \
    V(page, number, articles_in_all, _)
VIEW_STRUCT(laws_list, LAWS_LIST_VIEW)

/* ---- a law ---- */

#define LAWS_VERSION_VIEW(V)                                                                       \
    V(api, ident, version, _)                                                                      \
    V(api, text, title, _)                                                                         \
    V(api, text, state, _) /* coming, in_force, ended */                                           \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, time, effective_at, _) /* null: the source does not say */                              \
    V(page, flag, has_day, _)                                                                      \
    V(api, time, ended_at, _)                                                                      \
    V(page, flag, is_replaced, _) /* by another version */                                         \
    V(page, flag, has_other, _)   /* one that applies now: it can be read instead */               \
    V(page, flag, is_shown, _)                                                                     \
    V(page, ident, law, _)
VIEW_STRUCT(laws_version, LAWS_VERSION_VIEW)

#define LAWS_CHAPTER_VIEW(V)                                                                       \
    V(api, text, title, _)                                                                         \
    V(api, number, from, _)                                                                        \
    V(page, flag, is_here, _)
VIEW_STRUCT(laws_chapter, LAWS_CHAPTER_VIEW)

#define LAWS_PIECE_VIEW(V)                                                                         \
    V(api, text, article, _) /* for an address */                                                  \
    V(api, text, label, _)                                                                         \
    V(api, text, chapter, _)                                                                       \
    V(page, text, new_chapter, _)                                                                  \
    V(api, text, text, _)
VIEW_STRUCT(laws_piece, LAWS_PIECE_VIEW)

#define LAWS_LAW_VIEW(V)                                                                           \
    V(api, ident, law, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, maybe, jurisdiction, _)                                                                 \
    V(page, text, jurisdiction_name, _)                                                            \
    V(api, part, version, laws_version)                                                            \
    V(api, maybe, remark, _)                                                                       \
    V(api, maybe, source, _)                                                                       \
    V(api, number, in_all, _) /* articles of this version */                                       \
    V(api, list, versions, laws_version)                                                           \
    V(page, flag, has_versions, _)                                                                 \
    V(api, list, chapters, laws_chapter)                                                           \
    V(page, flag, has_chapters, _)                                                                 \
    V(api, list, articles, laws_piece)                                                             \
    V(api, some, next_from, _)                                                                     \
    V(page, flag, has_more, _)                                                                     \
    V(page, number, before_from, _)                                                                \
    V(page, flag, has_before, _)                                                                   \
    V(page, number, asked_version, _)
VIEW_STRUCT(laws_law, LAWS_LAW_VIEW)

/* ---- an article ---- */

#define LAWS_NEIGHBOUR_VIEW(V)                                                                     \
    V(api, text, article, _)                                                                       \
    V(api, text, label, _)
VIEW_STRUCT(laws_neighbour, LAWS_NEIGHBOUR_VIEW)

#define LAWS_CITING_VIEW(V)                                                                        \
    V(api, text, title, _)                                                                         \
    V(api, text, url, _)
VIEW_STRUCT(laws_citing, LAWS_CITING_VIEW)

#define LAWS_ARTICLE_VIEW(V)                                                                       \
    V(api, ident, law, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, text, article, _)                                                                       \
    V(api, text, label, _)                                                                         \
    V(api, text, chapter, _)                                                                       \
    V(api, text, text, _)                                                                          \
    V(api, list, pieces, laws_snippet) /* of the text, when it cites other articles */             \
    V(api, part, version, laws_version)                                                            \
    V(api, list, versions, laws_version) /* in which it stands under this number */                \
    V(page, flag, has_versions, _)                                                                 \
    V(api, part, before, laws_neighbour)                                                           \
    V(api, part, after, laws_neighbour)                                                            \
    V(api, list, cited_by, laws_citing)   /* articles that apply today */                          \
    V(api, list, cited_in, laws_citing)   /* published answers */                                  \
    V(page, text, ask_q, _) /* what a question about it begins with */                             \
    V(page, number, position, _)                                                                   \
    V(page, number, asked_version, _)
VIEW_STRUCT(laws_article, LAWS_ARTICLE_VIEW)

#endif
