/* repository_acts.h -- answered questions: proposing, deciding, and what search reads of them. */
#ifndef REPOSITORY_ACTS_H
#define REPOSITORY_ACTS_H

#include "desk/laws/laws_acts.h"
#include "platform/act.h"
#include "service/repository/repository.h"

/* ---- what is handed in ---- */

enum {
    REPOSITORY_TITLE_MAX = 80,
    REPOSITORY_QUESTION_MAX = 1000, /* as search learns from */
    REPOSITORY_ANSWER_MAX = 8000
};

#define REPOSITORY_TEXT_FIELDS(F)                                                                  \
    F(text, title, REQUIRED, 4, REPOSITORY_TITLE_MAX, T("The question in one line"),               \
      T("As somebody would look for it, for example: no wages for three months."))                 \
    F(word, field, REQUIRED, 1, 32, T("Field of law"), "")                                         \
    F(lines, question, REQUIRED, 10, REPOSITORY_QUESTION_MAX, T("The question"),                   \
      T("Shorten it to what the answer needs. Leave out everything by which somebody could be "    \
        "recognised: names, places, firms, days, rare circumstances."))                            \
    F(lines, answer, REQUIRED, 10, REPOSITORY_ANSWER_MAX, T("The answer"),                         \
      T("Cite each article by its law and number: it becomes a link, and the answer is looked at " \
        "again when it changes."))

#define REPOSITORY_PROPOSE_FORM(F)                                                                 \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    REPOSITORY_TEXT_FIELDS(F)                                                                      \
    F(flag, compared, REQUIRED, 0, 1,                                                              \
      T("I have compared both sides: nobody can be recognised by this text"), "")
FORM_STRUCT(repository_propose, REPOSITORY_PROPOSE_FORM)

#define REPOSITORY_EDIT_FORM(F)                                                                    \
    F(number, entry, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(number, edited, REQUIRED, 1, 100000, "", "") /* the version the editor saw */                \
    REPOSITORY_TEXT_FIELDS(F)
FORM_STRUCT(repository_edit, REPOSITORY_EDIT_FORM)

#define REPOSITORY_PUBLISH_FORM(F)                                                                 \
    F(number, entry, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(number, seen, REQUIRED, 1, 100000, "", "")                                                   \
    F(day, valid_until, OPTIONAL, 10, 10, T("Right until"),                                        \
      T("The last day, if you know that something ends then. Without one it stays until an "       \
        "article it cites changes."))                                                              \
    F(flag, confirmed, REQUIRED, 0, 1,                                                             \
      T("I have read it: it is right, and nobody can be recognised by it"), "")
FORM_STRUCT(repository_publish, REPOSITORY_PUBLISH_FORM)

#define REPOSITORY_REFUSE_FORM(F)                                                                  \
    F(number, entry, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(lines, reason, REQUIRED, 2, 500, T("Why is it not published?"),                              \
      T("Whoever proposed it reads this. Nobody else does."))
FORM_STRUCT(repository_refuse, REPOSITORY_REFUSE_FORM)

#define REPOSITORY_MADE_VIEW(V) V(api, ident, entry, _)
VIEW_STRUCT(repository_made, REPOSITORY_MADE_VIEW)

extern const struct act repository_propose, repository_edit, repository_publish, repository_refuse;

/* ---- the talk an answer is made of ---- */

/* What was said, joined: the resident's words and the answerer's, without notes; and names. */
struct repository_case {
    id case_id, consultant_id;
    struct str reference, field, division;
    struct str question, answer;
    const struct str *names;
    size_t names_count;
};
/* The room of a service opens one that ended for whoever may read it; refuses everybody else. */
void repository_case_hook(struct outcome (*open)(struct scene *scene, struct str reference,
                                                 struct repository_case *found));
/* And tells the names of those who spoke: what is written is compared with them also
 * by an editor who has not opened the talk. */
void repository_names_hook(struct outcome (*names)(struct scene *scene, id case_id,
                                                   struct repository_case *found));

/* ---- what its resident says ---- */

/* Inside an act of that case, by its resident.  A no withdraws what was published, for good. */
struct outcome repository_say_consent(struct scene *scene, id case_id, bool agrees);
/* "yes", "no", or "" while nothing was said. */
struct outcome repository_consent(struct scene *scene, id case_id, struct str *answer);

/* ---- what everybody's search reads ---- */

enum { REPOSITORY_CITES_MAX = 20 };

struct repository_changed {
    id change_id, entry_id;
    bool is_shown; /* begins to be; else ceases */
    struct str title, question, answer;
    struct laws_place cites[REPOSITORY_CITES_MAX];
    size_t cites_count;
};
/* In the order in which it happened, after one; two hundred at most. */
struct outcome repository_read_on(struct scene *scene, id after,
                                  const struct repository_changed **rows, size_t *count);

struct repository_told {
    id entry_id;
    struct str title, field, question, answer;
    struct str division; /* where it was asked */
    moment published_at, valid_until;
    int64_t version, useful, useless;
};
/* `is_public` is false for what is not published, over, or cites an article that reads otherwise
 * today: that looks like one that does not exist. */
struct outcome repository_tell(struct scene *scene, id entry_id, struct repository_told *told,
                               bool *is_public);
/* The newest of a place that everybody may read, a hundred at most. */
struct outcome repository_newest(struct scene *scene, struct str division,
                                 const struct repository_told **rows, size_t *count);
/* The articles of a published answer: none if it is not. */
struct outcome repository_cited(struct scene *scene, id entry_id, struct laws_place *places,
                                size_t *count);

/* Performed by the clock; main sets it going once. */
extern const struct act repository_watch;

struct module;
extern const struct module repository_module;

#endif
