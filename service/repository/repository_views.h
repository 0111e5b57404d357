/* repository_views.h -- forms and views of answered questions. */
#ifndef REPOSITORY_VIEWS_H
#define REPOSITORY_VIEWS_H

#include "gen/repository_sql.h"
#include "platform/page.h"
#include "service/repository/repository_acts.h"
#include "service/repository/repository_mask.h"

/* ---- forms ---- */

#define REPOSITORY_OF_CASE_FORM(F) F(word, reference, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(repository_of_case, REPOSITORY_OF_CASE_FORM)

#define REPOSITORY_ENTRY_FORM(F) F(number, entry, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(repository_entry, REPOSITORY_ENTRY_FORM)

#define REPOSITORY_VOTE_FORM(F)                                                                    \
    F(number, answer, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, vote, REQUIRED, 2, 3, T("Did this help you?"), "")
FORM_STRUCT(repository_vote, REPOSITORY_VOTE_FORM)

#define REPOSITORY_LIST_FORM(F)                                                                    \
    F(word, field, OPTIONAL, 1, 32, T("Field of law"), "")                                         \
    F(number, before, OPTIONAL, 1, INT64_MAX, "", "")
FORM_STRUCT(repository_list, REPOSITORY_LIST_FORM)

#define REPOSITORY_ANSWER_FORM(F) F(number, answer, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(repository_answer, REPOSITORY_ANSWER_FORM)

#define REPOSITORY_QUEUE_FORM(F)                                                                   \
    F(word, state, OPTIONAL, 2, 12, "", "")                                                        \
    F(number, before, OPTIONAL, 1, INT64_MAX, "", "")                                              \
    F(word, reference, OPTIONAL, 8, 8, T("Reference"),                                             \
      T("Of a talk that ended. You must have opened it on the board first."))
FORM_STRUCT(repository_queue, REPOSITORY_QUEUE_FORM)

#define REPOSITORY_MINE_FORM(F) F(number, before, OPTIONAL, 1, INT64_MAX, "", "")
FORM_STRUCT(repository_mine, REPOSITORY_MINE_FORM)

/* ---- views ---- */

/* A text in pieces; those that were found have the name of what it may be. */
#define REPOSITORY_PIECE_VIEW(V)                                                                   \
    V(api, text, text, _)                                                                          \
    V(api, maybe, found, _)
VIEW_STRUCT(repository_piece, REPOSITORY_PIECE_VIEW)

/* GET /desk/repository/{reference}: the talk on one side, the text to be proposed on the other */
#define REPOSITORY_DRAFT_VIEW(V)                                                                   \
    V(api, text, reference, _)                                                                     \
    V(api, text, consent, _) /* yes, or "" */                                                      \
    V(api, list, question_said, repository_piece)                                                  \
    V(api, list, answer_said, repository_piece)                                                    \
    V(api, text, question, _) /* masked */                                                         \
    V(api, text, answer, _)                                                                        \
    V(api, text, title, _)                                                                         \
    V(api, text, field, _)                                                                         \
    V(page, choices, fields, _)                                                                    \
    V(page, flag, is_yes, _)                                                                       \
    V(page, flag, is_board, _)
VIEW_STRUCT(repository_draft, REPOSITORY_DRAFT_VIEW)

#define REPOSITORY_CITE_VIEW(V)                                                                    \
    V(api, text, name, _)                                                                          \
    V(api, text, label, _)                                                                         \
    V(api, text, words, _)                                                                         \
    V(api, text, url, _)                                                                           \
    V(api, flag, is_changed, _)
VIEW_STRUCT(repository_cite, REPOSITORY_CITE_VIEW)

#define REPOSITORY_ROW_VIEW(V)                                                                     \
    V(api, ident, entry, _)                                                                        \
    V(api, text, title, _)                                                                         \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, maybe, reference, _)                                                                    \
    V(api, maybe, reason, _)                                                                       \
    V(api, time, at, _)                                                                            \
    V(api, number, useful, _)                                                                      \
    V(api, number, useless, _)
VIEW_STRUCT(repository_row, REPOSITORY_ROW_VIEW)

#define REPOSITORY_TAB_VIEW(V)                                                                     \
    V(api, text, state, _)                                                                         \
    V(page, text, name, _)                                                                         \
    V(api, number, count, _)                                                                       \
    V(page, flag, is_here, _)
VIEW_STRUCT(repository_tab, REPOSITORY_TAB_VIEW)

#define REPOSITORY_QUEUE_VIEW(V)                                                                   \
    V(api, list, tabs, repository_tab)                                                             \
    V(api, list, entries, repository_row)                                                          \
    V(page, text, state, _)                                                                        \
    V(api, ident, next, _)
VIEW_STRUCT(repository_queue, REPOSITORY_QUEUE_VIEW)

#define REPOSITORY_MINE_VIEW(V)                                                                    \
    V(api, list, entries, repository_row)                                                          \
    V(api, ident, next, _)
VIEW_STRUCT(repository_mine, REPOSITORY_MINE_VIEW)

#define REPOSITORY_VERSION_VIEW(V)                                                                 \
    V(api, number, version, _)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, maybe, by, _)                                                                           \
    V(page, flag, is_shown, _)
VIEW_STRUCT(repository_version, REPOSITORY_VERSION_VIEW)

/* GET /board/repository/{entry} */
#define REPOSITORY_ENTRY_VIEW(V)                                                                   \
    V(api, ident, entry, _)                                                                        \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, text, consent, _)                                                                       \
    V(api, maybe, reason, _)                                                                       \
    V(api, number, version, _)                                                                     \
    V(api, text, title, _)                                                                         \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, text, question, _)                                                                      \
    V(api, text, answer, _)                                                                        \
    V(page, list, pieces, laws_snippet)                                                            \
    V(api, list, cites, repository_cite)                                                           \
    V(api, list, question_said, repository_piece)                                                  \
    V(api, list, answer_said, repository_piece)                                                    \
    V(api, list, left, repository_piece) /* what may still tell who somebody is */                 \
    V(api, list, versions, repository_version)                                                     \
    V(api, time, valid_until, _)                                                                   \
    V(page, text, valid_day, _)                                                                    \
    V(page, choices, fields, _)                                                                    \
    V(page, flag, is_yes, _)                                                                       \
    V(page, flag, is_no, _)                                                                        \
    V(page, flag, is_open, _) /* may be published, or not be taken */                              \
    V(page, flag, is_public, _)                                                                    \
    V(page, flag, was_published, _)                                                                \
    V(page, flag, is_editing, _)                                                                   \
    V(page, flag, has_talk, _)
VIEW_STRUCT(repository_entry, REPOSITORY_ENTRY_VIEW)

#define REPOSITORY_LISTED_VIEW(V)                                                                  \
    V(api, ident, answer, _)                                                                       \
    V(api, text, title, _)                                                                         \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, time, published_at, _)                                                                  \
    V(api, number, useful, _)
VIEW_STRUCT(repository_listed, REPOSITORY_LISTED_VIEW)

/* GET /answers */
#define REPOSITORY_LIST_VIEW(V)                                                                    \
    V(api, list, answers, repository_listed)                                                       \
    V(page, choices, fields, _)                                                                    \
    V(page, text, field, _)                                                                        \
    V(api, ident, next, _)
VIEW_STRUCT(repository_list, REPOSITORY_LIST_VIEW)

/* GET /answers/{answer} */
#define REPOSITORY_ANSWER_VIEW(V)                                                                  \
    V(api, ident, answer, _)                                                                       \
    V(api, text, title, _)                                                                         \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, text, question, _)                                                                      \
    V(api, text, text, _)                                                                          \
    V(api, list, pieces, laws_snippet)                                                             \
    V(api, list, cites, repository_cite)                                                           \
    V(api, time, published_at, _)                                                                  \
    V(api, time, valid_until, _)                                                                   \
    V(page, time, last_day, _)                                                                     \
    V(api, number, useful, _)                                                                      \
    V(api, number, useless, _)                                                                     \
    V(page, flag, said_useful, _)                                                                  \
    V(page, flag, said_useless, _)                                                                 \
    V(page, text, ask_q, _)
VIEW_STRUCT(repository_answer, REPOSITORY_ANSWER_VIEW)

/* ---- acts ---- */

extern const struct act repository_vote;

/* ---- between the files of this room ---- */

struct repository_text {
    struct str field, title, question, answer;
};
struct outcome repository_open_case(struct scene *scene, struct str reference,
                                    struct repository_case *found);
struct str repository_seal(struct scene *scene, struct str plain);
struct outcome repository_unseal(struct scene *scene, struct str sealed, struct str *plain);
/* As it was typed; one that the program gave, in the reader's language. */
struct outcome repository_reason(struct scene *scene, struct str sealed, struct str *reason);
struct outcome repository_text_of(struct scene *scene, id entry_id, int64_t version,
                                  struct repository_text *text);
/* Refuses who watches another place. */
struct outcome repository_open_entry(struct scene *scene, id entry_id,
                                     struct repository_find_entry_row *row);
/* The state it moves to, with the change everybody's search reads. */
struct outcome repository_move(struct scene *scene, const struct repository_find_entry_row *before,
                               struct repository_find_entry_row *after);

/* repository_law.c */
/* Refuses a citation of an article that is not there; writes down the others as they read now. */
struct outcome repository_keep_cites(struct scene *scene, id entry_id, int64_t version,
                                     struct str answer);
struct outcome repository_is_current(struct scene *scene, id entry_id, int64_t version,
                                     bool *is_current);
struct outcome repository_show_cites(struct scene *scene, id entry_id, int64_t version,
                                     const struct repository_cite_view **cites, size_t *count);

/* repository_vote.c: "yes", "no" or "" of whoever is asking. */
struct outcome repository_voted(struct scene *scene, id entry_id, struct str *vote);

extern const struct page repository_desk_pages[], repository_board_pages[];
/* With `chosen` marked; `with_all`: "All fields" before them. */
struct outcome repository_field_choices(struct scene *scene, struct str chosen, bool with_all,
                                        const struct choice **fields, size_t *count);
void repository_known(struct scene *scene, const struct repository_case *talk,
                      const struct str **names, size_t *count);
void repository_pieces(struct scene *scene, struct str text, const struct str *names,
                       size_t names_count, const struct repository_piece_view **pieces,
                       size_t *count);

#endif
