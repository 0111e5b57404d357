/* laws.h -- how laws are numbered, dated and called (pure).
 *
 *  1. A version applies from its day on, until another of its law begins or it is repealed.  Of two
 *     that begin on one day the one taken in later applies: it corrects the other.
 *  2. A version whose day nobody knows counts as begun; readers are told that the day is unknown.
 *  3. Numerals may be Chinese (一千零七十九, 一〇七九), Arabic or full-width, from 1 to 99,999.
 */
#ifndef LAWS_H
#define LAWS_H

#include "platform/base.h"

enum laws_state { LAWS_COMING, LAWS_IN_FORCE, LAWS_ENDED };

/* `next_at`: when the version after it begins; 0: there is none. */
enum laws_state laws_state(moment effective_at, moment repealed_at, moment next_at, moment now);
const char *laws_state_word(enum laws_state state); /* coming, in_force, ended */

/* A numeral at the start of `text`; how many bytes it takes, 0 if there is none. */
size_t laws_numeral(struct str text, int64_t *number);

struct laws_label {
    int64_t number, sub; /* 第一百二十条之一 is 120, 1 */
};
/* 第…条 or 第…条之… at the start of `text`; how many bytes it takes, 0 if it is none. */
size_t laws_label(struct str text, struct laws_label *label);

/* "1079", "120-1" or "p12" of an address; false if it is none.  p12 is the twelfth piece of a text
 * whose pieces have no numbers, and makes *position. */
bool laws_address_read(struct str text, struct laws_label *label, int64_t *position);
struct str laws_address(struct arena *arena, int64_t number, int64_t sub, int64_t position);

/* What a law is called in citations: 《中华人民共和国劳动合同法》（2012修正） is 劳动合同法. */
struct str laws_plain_name(struct str title);

/* A day as laws write it, 2021年1月1日 or 2021-01-01, at the start of `text`. */
size_t laws_day(struct str text, moment *at);
/* The day from which a text says that it applies (自2021年1月1日起施行); 0: it does not say. */
moment laws_effective(struct str text);

/* Could a text cite an article?  Of a text for which this says no, laws_cite.h finds nothing and
 * never will.  Few instructions: every message of every page is asked. */
bool laws_may_cite(struct str text);

#endif
