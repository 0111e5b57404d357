/* fuzz_laws_cite.c -- libFuzzer: any bytes as a text with citations.
 *
 *  1. what is found lies within the text, in order, and nothing overlaps;
 *  2. the runs beside a number lie within the text;
 *  3. a text of which laws_may_cite() says no has none.
 */
#include <stdlib.h>

#include "desk/laws/laws_cite.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool truth)
{
    if (!truth) abort();
}

static void must_be_within(struct str text, struct str part)
{
    must(part.len == 0 || (part.at >= text.at && part.at + part.len <= text.at + text.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct laws_citation found[LAWS_CITATIONS_MAX];
    struct str text = {(const char *)bytes, len};
    size_t count, done = 0;
    moment at;

    if (len > 20000) return 0;
    count = laws_citations(text, found, LAWS_CITATIONS_MAX);
    must(count <= LAWS_CITATIONS_MAX);
    must(count == 0 || laws_may_cite(text));
    for (size_t i = 0; i < count; i++) {
        must(found[i].at >= done && found[i].at < found[i].end && found[i].end <= len);
        must(found[i].label.number > 0);
        must_be_within(text, found[i].before);
        must_be_within(text, found[i].after);
        done = found[i].end;
    }
    must(laws_day(text, &at) <= len);
    must(laws_plain_name(text).len <= len);
    laws_effective(text);
    return 0;
}
