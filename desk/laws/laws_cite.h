/* laws_cite.h -- finds citations of articles in any text (pure).
 *
 *     民法典第1079条   《劳动合同法》第三十八条第一款   劳动合同法38条、46条
 *     Article 1079 of the Civil Code   Labor Contract Law, Art. 38
 *
 *  1. The text is any bytes; what is found lies within it, in order, and does not overlap.
 *  2. Which law is meant is not decided here: of what stands beside the number a run is given, in
 *     which the name is its longest end (or, after an English number, its longest beginning).
 *  3. Time grows with the text's length alone, and no more than `max` are found.
 */
#ifndef LAWS_CITE_H
#define LAWS_CITE_H

#include "desk/laws/laws.h"

enum {
    LAWS_RUN_BYTES_MAX = 120, /* of a name: forty characters */
    LAWS_CITATIONS_MAX = 20,  /* of one text that become links */
    LAWS_CITES_MAX = 64       /* of an article: who cites what is read out of these */
};

struct laws_citation {
    size_t at, end; /* from 第 or the number (or Article) to the end */
    struct laws_label label;
    struct str before; /* the run that ends where the number begins; 《》 are not in it */
    size_t before_end; /* where it ends in the text */
    struct str after;  /* of an English citation: "Civil Code says that", else "" */
    bool is_quoted;    /* 《…》: the run is the name, whole */
    bool follows;      /* only 、 or 和 between the one before and this: the same law */
    bool has_ordinal;  /* 第: "三条建议" has none */
};

size_t laws_citations(struct str text, struct laws_citation *found, size_t max);

#endif
