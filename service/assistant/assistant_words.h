/* assistant_words.h -- what the assistant goes by in words: which sentence of a text fits, words of
 * danger, cues of periods; by data/assistant.tsv (pure).
 *
 *  1. Every sentence it picks stands word for word in the text it was picked from.
 *  2. A phrase of letters is heard only where it stands alone.
 */
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

enum assistant_danger { ASSISTANT_CALM, ASSISTANT_LIFE, ASSISTANT_VIOLENCE };

struct assistant_number { /* to call */
    struct str number, zh, en, source;
};
enum { ASSISTANT_NUMBERS_MAX = 8 };

bool assistant_is_about(struct arena *arena, struct str table, const char *kind, struct str text);
enum assistant_danger assistant_danger(struct arena *arena, struct str table, struct str text);
size_t assistant_numbers(struct str table, const char *kind,
                         struct assistant_number numbers[ASSISTANT_NUMBERS_MAX]);
/* The period most of whose cues stand in the text, the first of equals; false: none. */
bool assistant_limit_for(struct arena *arena, struct str table, struct str text,
                         struct assistant_limit *limit);
bool assistant_limit_of(struct str table, struct str code, struct assistant_limit *limit);

#endif
