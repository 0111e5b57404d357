/* assistant_views.h -- a talk with the assistant, as it is shown and as it is kept. */
#ifndef ASSISTANT_VIEWS_H
#define ASSISTANT_VIEWS_H

#include "desk/danger/danger_acts.h"
#include "platform/page.h"
#include "service/assistant/assistant_acts.h"
#include "service/assistant/assistant_words.h"

/* ---- as it is shown ---- */

#define ASSISTANT_SENTENCE_VIEW(V)                                                                 \
    V(api, text, text, _)                                                                          \
    V(api, text, kind, _) /* article, answer, rule, day */                                         \
    V(api, text, source, _)                                                                        \
    V(api, maybe, url, _)                                                                          \
    V(page, flag, is_law, _)                                                                       \
    V(api, maybe, plain, _) /* in plainer words, by a machine */
VIEW_STRUCT(assistant_sentence, ASSISTANT_SENTENCE_VIEW)

#define ASSISTANT_SERVICE_VIEW(V)                                                                  \
    V(api, text, title, _)                                                                         \
    V(api, text, about, _)                                                                         \
    V(api, text, url, _)
VIEW_STRUCT(assistant_service, ASSISTANT_SERVICE_VIEW)

#define ASSISTANT_TURN_VIEW(V)                                                                     \
    V(api, text, said, _)      /* by the person */                                                 \
    V(api, maybe, asked, _)    /* what it answers, if the assistant had asked back */              \
    V(api, flag, is_known, _)  /* false: the assistant says that it does not know */               \
    V(api, maybe, danger, _)   /* life, violence */                                                \
    V(page, flag, is_life, _)                                                                      \
    V(api, list, numbers, danger_number)                                                           \
    V(api, list, sentences, assistant_sentence)                                                    \
    V(api, list, services, assistant_service)
VIEW_STRUCT(assistant_turn, ASSISTANT_TURN_VIEW)

#define ASSISTANT_CHOICE_VIEW(V)                                                                   \
    V(api, text, value, _)                                                                         \
    V(api, text, label, _)
VIEW_STRUCT(assistant_choice, ASSISTANT_CHOICE_VIEW)

/* What the assistant asks back: `values` to choose from, or a day; both of a day of which several
 * were said. */
#define ASSISTANT_PUT_VIEW(V)                                                                      \
    V(api, text, ask, _)                                                                           \
    V(api, text, question, _)                                                                      \
    V(api, maybe, why, _)                                                                          \
    V(api, maybe, day, _) /* taken from what was said, to be changed */                            \
    V(api, list, values, assistant_choice)                                                         \
    V(page, choices, choices, _)                                                                   \
    V(page, flag, is_day, _)
VIEW_STRUCT(assistant_put, ASSISTANT_PUT_VIEW)

#define ASSISTANT_TALK_VIEW(V)                                                                     \
    V(api, maybe, talk, _) /* of a program: to be sent with what it says next */                   \
    V(api, list, turns, assistant_turn)                                                            \
    V(api, part, put, assistant_put)                                                               \
    V(page, choices, fields, _)                                                                    \
    V(page, flag, is_violence, _) /* whoever reads it may be watched */                            \
    V(page, text, q, _)
VIEW_STRUCT(assistant_talk, ASSISTANT_TALK_VIEW)

#define ASSISTANT_HANDED_VIEW(V)                                                                   \
    V(api, text, reference, _)                                                                     \
    V(api, text, token, _)                                                                         \
    V(api, text, state, _)
VIEW_STRUCT(assistant_handed, ASSISTANT_HANDED_VIEW)

#define ASSISTANT_LOOK_FORM(F) F(text, q, OPTIONAL, 0, 200, "", "") /* to begin with */
FORM_STRUCT(assistant_look, ASSISTANT_LOOK_FORM)

/* ---- as it is kept: lines, each a mark and up to four cells (assistant_kept.c) ---- */

enum assistant_mark {
    ASSISTANT_SAID = 'T',     /* text, what it answers */
    ASSISTANT_SENTENCE = 'S', /* kind, text, source, url */
    ASSISTANT_PLAIN = 'P',    /* the sentence before in plainer words */
    ASSISTANT_SERVICE = 'I',  /* title, about, url */
    ASSISTANT_DANGER = 'C',   /* life, violence */
    ASSISTANT_UNKNOWN = 'U',
    ASSISTANT_FIELD = 'F', /* a code, likeliest first */
    ASSISTANT_PUT = 'A',   /* ask, question, why, day; the last of the last turn stands open */
    ASSISTANT_VALUE = 'V', /* value, label: of the put before */
    ASSISTANT_FACTS = 'D'  /* answers about legal aid, see aid_answers_read() */
};
enum { ASSISTANT_CELLS = 4, ASSISTANT_LINES_MAX = 400, ASSISTANT_TALK_BYTES_MAX = 48 * 1024 };

struct assistant_line {
    char mark;
    struct str cells[ASSISTANT_CELLS];
};
struct assistant_talk {
    struct assistant_line lines[ASSISTANT_LINES_MAX];
    size_t count;
};
/* Silently none beyond the most there may be: assistant_talk_write() then says so. */
void assistant_add(struct assistant_talk *talk, enum assistant_mark mark, struct str one,
                   struct str two, struct str three, struct str four);
void assistant_read(struct arena *arena, struct str text, struct assistant_talk *talk);
struct str assistant_write(struct arena *arena, const struct assistant_talk *talk);
/* The last line with that mark in the last turn, or NULL. */
const struct assistant_line *assistant_last(const struct assistant_talk *talk,
                                            enum assistant_mark mark);

/* ---- between the files of this room ---- */

extern const struct reason assistant_too_long, assistant_no_browser, assistant_not_asked;

/* The talk of whoever is asking, "" and none if there is none; `hash` is "" without a cookie or
 * token. */
struct outcome assistant_open(struct scene *scene, struct str token, struct str *hash,
                              struct assistant_talk *talk);
/* assistant_answer.c: what is answered to a text, and to a fact that was asked for. */
struct outcome assistant_answer(struct scene *scene, struct str text,
                                struct assistant_talk *made);
struct outcome assistant_go_on(struct scene *scene, const struct assistant_tell_form *f,
                               const struct assistant_talk *before, struct assistant_talk *made);
/* assistant_limit.c.  A day that is typed goes before one that was chosen. */
struct str assistant_day_told(const struct assistant_tell_form *f);
struct outcome assistant_offer_limit(struct scene *scene, struct str text,
                                     struct assistant_talk *made, bool *offered);
struct outcome assistant_told_limit(struct scene *scene, const struct assistant_tell_form *f,
                                    struct assistant_talk *made);
/* An article of today by its citation; `found` is false if it does not stand here. */
struct outcome assistant_cite(struct scene *scene, struct str citation, struct str *words,
                              struct str *source, struct str *url, bool *found);
/* assistant_plain.c */
void assistant_put_plainly(struct scene *scene, struct assistant_talk *made);
/* assistant_pages.c */
struct outcome assistant_show(struct scene *scene, const struct assistant_talk *talk,
                              struct assistant_talk_view *v);
/* assistant_hand.c: the talk as one text for whoever answers. */
struct str assistant_transcript(struct scene *scene, const struct assistant_talk *talk,
                                size_t points_max);

extern const char data_assistant[];

#endif
