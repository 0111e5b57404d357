/* model.h -- a language model behind an OpenAI-compatible address, for saying public texts plainly.
 *
 * Decision 0062.  Off unless an address is set.
 *
 *  (1) Only the texts that are handed in leave the machine: whoever calls hands in nothing that
 *      anybody said, and nothing personal.
 *  (2) What comes back is a stranger's: it is taken apart here and believed by nobody; who calls
 *      checks every text against the one it was made from.
 *  (3) It never holds up an answer for long: so many requests at once, so many seconds each, and
 *      after one without a good answer nobody asks for a while.  The caller then goes on without.
 *
 * Called from workers; never from an event loop or inside a transaction.
 */
#ifndef PLATFORM_MODEL_H
#define PLATFORM_MODEL_H

#include "platform/base.h"

struct model_settings {
    struct str url;  /* https://HOST/v1; "/chat/completions" is put behind it.  "": off */
    struct str name; /* of the model, as the endpoint calls it */
    struct str key;  /* a bearer token, or "" */
    int64_t seconds; /* the longest an answer may take */
};

struct outcome model_open(const struct model_settings *settings);
void model_close(void);
bool model_is_open(void);

/* Asks for each text in plainer words; `plain` has `count` texts, made in the arena, those without
 * an answer empty.  False: there was no answer that can be read. */
bool model_rephrase(struct arena *arena, const struct str *texts, size_t count, struct str *plain);

/* An answer taken apart (pure): the content of the first choice, a JSON list of as many texts as
 * there were.  For model_rephrase() and its test. */
bool model_read(struct arena *arena, struct str answer, size_t count, struct str *plain);

#endif
