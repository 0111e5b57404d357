/* pinyin.h -- is it this name that somebody is typing?  By its characters, traditional or
 * simplified, or by the sound of them.
 *
 *  1. A character is typed as itself, as its whole sound, or as any beginning of it: 劳动合同 is
 *     laodonghetong, ldht, laodht.  Blanks and ' between sounds may stand or not; ü is v or u.
 *  2. Letters and digits of a name are typed as they are, from the beginning of a word on.
 *  3. What is typed fits when all of it is used up, not when all of the name is.
 *  4. Misspelt it fits still when each character sounds like the name's (劳动和同), and of five or
 *     more one, of nine or more two are wrong, missing, too many or changed about (labuor).
 */
#ifndef PLATFORM_PINYIN_H
#define PLATFORM_PINYIN_H

#include "platform/base.h"

enum { PINYIN_TYPED_MAX = 40 }; /* characters of what is typed; more fits nothing */

/* The better, the larger. */
enum pinyin_fit {
    PINYIN_NONE,
    PINYIN_SOUND_WITHIN,
    PINYIN_SOUND_FIRST,
    PINYIN_SIGNS_WITHIN,
    PINYIN_SIGNS_FIRST
};

/* What is typed, made ready once for many names. */
struct pinyin_typed {
    uint32_t signs[PINYIN_TYPED_MAX], sounds[PINYIN_TYPED_MAX]; /* sounds: without blanks */
    size_t signs_count, sounds_count;
    bool has_letters;
    bool is_misspelt; /* fits by (4) alone */
};
/* False when it says too little (a single letter) or is too long. */
bool pinyin_typed(struct str text, struct pinyin_typed *typed);

/* The same for (4); false for a text that is no name: too short, or more than PINYIN_SPELT_MAX. */
enum { PINYIN_SPELT_MAX = 24 };
bool pinyin_misspelt(struct str text, struct pinyin_typed *typed);

enum pinyin_fit pinyin_fits(const struct pinyin_typed *typed, struct str name);

/* Asks for the sounds of a name's characters now, so that nobody waits for them later. */
void pinyin_learn(struct str name);

#endif
