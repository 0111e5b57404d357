/* assistant_words.h -- what the assistant goes by in words: which sentence of a text fits, cues of
 * periods; by data/assistant.tsv (pure).  Every sentence it picks stands word for word in the text
 * it was picked from. */
#ifndef ASSISTANT_WORDS_H
#define ASSISTANT_WORDS_H

#include "service/assistant/assistant.h"

/* ---- sentences ---- */

enum { ASSISTANT_SENTENCE_POINTS_MAX = 200 };

/* The sentence of `text` that has most in common with the question, the first of equals.  Of one
 * that is a long list, the item that has. */
struct str assistant_sentence(struct arena *arena, struct str text, struct str question);
/* The paragraph with that number, from 1 on; "" if there is none. */
struct str assistant_paragraph(struct str text, int64_t number);

/* ---- data/assistant.tsv ---- */

bool assistant_is_about(struct arena *arena, struct str table, const char *kind, struct str text);
/* The articles of the first rows whose cues stand in the text, as the table has them: with |
 * between, each with = and the words it begins with; how many rows. */
size_t assistant_everyday(struct arena *arena, struct str table, struct str text, struct str *rows,
                          size_t max);
/* The period most of whose cues stand in the text, the first of equals; false: none. */
bool assistant_limit_for(struct arena *arena, struct str table, struct str text,
                         struct assistant_limit *limit);
bool assistant_limit_of(struct str table, struct str code, struct assistant_limit *limit);

#endif
