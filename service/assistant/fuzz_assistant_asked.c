/* fuzz_assistant_asked.c -- libFuzzer: the first line is what somebody asks, the rest what is
 * found.
 *
 *  1. what is shown of a text lies within it, on whole characters, and is not too long;
 *  2. a name that can be typed fits itself, whatever signs it has;
 *  3. the assistant's sentence and its days stand in the text;
 *  4. whether a sentence says the same as another is answered for any two.
 */
#include <stdlib.h>

#include "platform/finder_terms.h"
#include "platform/pinyin.h"
#include "service/assistant/assistant_phrase.h"
#include "service/assistant/assistant_words.h"
#include "service/search/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool truth)
{
    if (!truth) abort();
}

static bool is_within(struct str text, struct str part)
{
    return !part.len || (part.at >= text.at && part.at + part.len <= text.at + text.len);
}

static void look_at_snippet(struct str text, struct str query)
{
    struct search_snippet shown = search_snippet(text, query);
    struct str last = shown.after.len ? shown.after : shown.match.len ? shown.match : shown.before;

    must(is_within(text, shown.before) && is_within(text, shown.match) &&
         is_within(text, shown.after));
    must(str_points(shown.before) + str_points(shown.match) + str_points(shown.after) <=
         SEARCH_SNIPPET_POINTS + 3); /* bytes that are no text count on either side of a cut */
    if (last.len) must(shown.is_cut_after == (last.at + last.len < text.at + text.len));
}

static void look_at_name(struct str asked, struct str name)
{
    struct pinyin_typed typed;

    if (pinyin_typed(asked, &typed)) (void)pinyin_fits(&typed, name);
    if (pinyin_typed(name, &typed) && str_points(name) == typed.signs_count)
        must(pinyin_fits(&typed, name) != PINYIN_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct str rest = {(const char *)bytes, len}, asked;
    calendar_day days[ASSISTANT_DAYS_MAX];
    struct arena *arena;

    if (len > 4000) return 0;
    asked = str_cut(rest, '\n', &rest);
    arena = arena_open(16 << 20);
    look_at_snippet(rest, asked);
    look_at_snippet(rest, finder_plain(arena, asked));
    look_at_name(asked, rest);
    must(is_within(rest, assistant_sentence(arena, rest, asked)));
    must(is_within(rest, assistant_paragraph(rest, 2)));
    must(assistant_days_in(asked, days) <= ASSISTANT_DAYS_MAX);
    (void)assistant_says_the_same(arena, rest, asked);
    arena_close(&arena);
    return 0;
}
