/* assistant_plain.c -- sentences of the law in plainer words, by a language model if there is one.
 *
 * Decision 0062.
 *  (1) Handed out are sentences of articles alone; nothing anybody said, no answer, no day.
 *  (2) What comes back is shown beside its sentence, and only if it says the same
 *      (assistant_phrase.h); else the sentence stands alone, as without a model.
 *  (3) In danger, and in another language than the law's, nobody is kept waiting for it.
 */
#include "platform/model.h"
#include "service/assistant/assistant_phrase.h"
#include "service/assistant/assistant_views.h"

enum { TEXTS_MAX = 6 };

static bool is_for_it(const struct assistant_line *line)
{
    return line->mark == ASSISTANT_SENTENCE && str_same(line->cells[0], S("article")) &&
           str_points(line->cells[1]) <= ASSISTANT_PHRASE_POINTS_MAX;
}

void assistant_put_plainly(struct scene *scene, struct assistant_talk *made)
{
    struct str texts[TEXTS_MAX], plain[TEXTS_MAX];
    struct assistant_talk *with;
    size_t count = 0, at = 0;

    if (!model_is_open() || scene->language == LANGUAGE_EN ||
        assistant_last(made, ASSISTANT_DANGER))
        return;
    for (size_t i = 0; i < made->count && count < TEXTS_MAX; i++)
        if (is_for_it(&made->lines[i])) texts[count++] = made->lines[i].cells[1];
    if (!model_rephrase(scene->arena, texts, count, plain)) return;
    with = NEW(scene->arena, struct assistant_talk);
    for (size_t i = 0; i < made->count; i++) {
        const struct str *c = made->lines[i].cells;

        assistant_add(with, (enum assistant_mark)made->lines[i].mark, c[0], c[1], c[2], c[3]);
        if (at == count || !is_for_it(&made->lines[i])) continue;
        plain[at] = str_trim(plain[at]);
        if (assistant_says_the_same(scene->arena, texts[at], plain[at]))
            assistant_add(with, ASSISTANT_PLAIN, plain[at], S(""), S(""), S(""));
        at++;
    }
    *made = *with;
}
