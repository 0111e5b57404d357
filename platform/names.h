/* names.h -- names in memory, found while they are being typed (platform/pinyin.h).
 *
 *  1. A name is found under all it is called by; what was put last under a number is what holds.
 *  2. Whoever asks says of each found one whether it may be shown: see finder.h (3).
 */
#ifndef PLATFORM_NAMES_H
#define PLATFORM_NAMES_H

#include "platform/pinyin.h"

struct names;
struct names_hit {
    id name_id;
    enum pinyin_fit fit;
    size_t points; /* characters of the name: the shorter, the likelier */
};

struct names *names_open(void);
void names_close(struct names **names);
/* `called`: all it is called by, with blanks between. */
void names_put(struct names *names, id name_id, struct str called);
/* Best first: how it fits, then the shorter; how many. */
size_t names_ask(struct names *names, const struct pinyin_typed *typed, struct names_hit *hits,
                 size_t max);

#endif
