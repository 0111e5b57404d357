/* search_views.h -- what was found, group by group. */
#ifndef SEARCH_VIEWS_H
#define SEARCH_VIEWS_H

#include "platform/names.h"
#include "platform/page.h"
#include "service/search/search_acts.h"
#include "service/search/search_lesson.h"

enum { SEARCH_ARTICLE, SEARCH_LAW, SEARCH_KINDS }; /* kinds of texts in the index */
extern struct finder *search_finder;
extern struct names *search_names;    /* of laws */
extern struct finder *search_lessons; /* answered questions: never shown from here */
extern struct finder *search_answers; /* those everybody may read */
extern struct finder *search_citing; /* which articles and answers cite which article */
enum { SEARCH_LESSON_HANDED_IN, SEARCH_LESSON_PUBLISHED, SEARCH_LESSON_KINDS };

/* Reads on in the answered questions (search_learn.c). */
void search_lessons_begin(void);
struct outcome search_follow_lessons(struct scene *scene, bool *more);
/* And in those the repository publishes, which are shown as well (search_answers.c). */
void search_answers_begin(void);
struct outcome search_follow_answers(struct scene *scene, bool *more);
/* What answered questions say about articles that are looked for. */
struct outcome search_votes(struct scene *scene, struct str q, struct search_vote *votes,
                            size_t *count);

/* Who cites an article (search_citing.c). */
void search_citing_article(struct arena *arena, const struct laws_told *row);
void search_citing_answer(struct arena *arena, const struct repository_changed *row);

struct outcome search_follow(struct scene *scene, bool *more);
bool search_is_ready(void);

#define SEARCH_ASK_FORM(F)                                                                         \
    F(text, q, OPTIONAL, 0, 500, T("What are you looking for?"), "")                               \
    F(word, kind, OPTIONAL, 0, 10, T("Only"), "")
FORM_STRUCT(search_ask, SEARCH_ASK_FORM)

#define SEARCH_ARTICLE_VIEW(V)                                                                     \
    V(api, ident, law, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, text, article, _)                                                                       \
    V(api, text, label, _)                                                                         \
    V(api, text, text, _)                                                                          \
    V(api, text, url, _)                                                                           \
    V(page, text, before, _)                                                                       \
    V(page, text, match, _)                                                                        \
    V(page, text, after, _)                                                                        \
    V(page, flag, is_cut_before, _)                                                                \
    V(page, flag, is_cut_after, _)
VIEW_STRUCT(search_article, SEARCH_ARTICLE_VIEW)

#define SEARCH_SUGGESTION_VIEW(V)                                                                  \
    V(api, text, text, _)                                                                          \
    V(api, text, kind, _) /* field, item, law */                                                   \
    V(api, text, kind_name, _)
VIEW_STRUCT(search_suggestion, SEARCH_SUGGESTION_VIEW)

#define SEARCH_LINK_VIEW(V)                                                                        \
    V(api, text, title, _)                                                                         \
    V(api, maybe, about, _)                                                                        \
    V(api, text, url, _)
VIEW_STRUCT(search_link, SEARCH_LINK_VIEW)

/* One kind of what there is, to look for nothing else. */
#define SEARCH_KIND_VIEW(V)                                                                        \
    V(api, text, kind, _) /* "": of every kind */                                                  \
    V(api, text, name, _)                                                                          \
    V(page, flag, is_chosen, _)
VIEW_STRUCT(search_kind, SEARCH_KIND_VIEW)

#define SEARCH_FIND_VIEW(V)                                                                        \
    V(api, text, q, _)                                                                             \
    V(api, maybe, kind, _) /* the one kind that was looked for */                                  \
    V(api, list, kinds, search_kind)                                                               \
    V(api, maybe, cited, _) /* the article that was asked for by its citation */                   \
    V(api, list, meant, search_suggestion) /* names it may be a slip of the pen for */             \
    V(api, list, articles, search_article)                                                         \
    V(api, list, items, search_link)                                                               \
    V(api, time, items_hold_from, _) /* since when that service list is in force */                \
    V(api, list, answers, search_link)                                                             \
    V(api, list, cases, search_link) /* those among the ten best of a year */                      \
    V(api, list, laws, search_link)                                                                \
    V(api, list, fields, search_link)                                                              \
    V(api, list, people, search_link)                                                              \
    V(api, list, bodies, search_link) /* firms and offices */                                      \
    V(api, list, places, search_link)                                                              \
    V(api, list, pages, search_link)                                                               \
    V(api, flag, is_ready, _) /* false: the index is still being read in */                        \
    V(page, flag, is_empty, _)                                                                     \
    V(page, text, ask_q, _) /* as much of it as the way to a question takes */                     \
    V(page, text, items_q, _)                                                                      \
    V(page, text, name_q, _) /* as much of it as a name has */                                     \
    V(page, text, one, _) /* "%1": for scripts to fill in */
VIEW_STRUCT(search_find, SEARCH_FIND_VIEW)

/* How many of a group are shown: `usually`, or more when nothing else was asked for. */
size_t search_most(const struct search_find_view *v, size_t usually);
struct outcome search_show_answers(struct scene *scene, struct str q, struct search_find_view *v);

/* ---- while somebody types ---- */

#define SEARCH_TYPED_FORM(F) F(text, q, OPTIONAL, 0, 500, T("What are you looking for?"), "")
FORM_STRUCT(search_typed, SEARCH_TYPED_FORM)

#define SEARCH_SUGGEST_VIEW(V) V(api, list, suggestions, search_suggestion)
VIEW_STRUCT(search_suggest, SEARCH_SUGGEST_VIEW)

/* Names it may have been meant for, when nothing is called so (search_suggest.c). */
struct outcome search_meant(struct scene *scene, struct str q,
                            const struct search_suggestion_view **meant, size_t *count);

extern const struct page search_suggest_pages[];

#endif
