/* laws_source.h -- laws as files hold them: a table of articles, or one Markdown file a law.
 *
 *  1. What is read is one law after another, whole; the bytes are looked at, never changed.
 *  2. A line that is not understood ends the reading and is named; nothing is guessed or left out.
 *  3. An article's paragraphs are its lines. A table writes them with a blank between. */
#ifndef LAWS_SOURCE_H
#define LAWS_SOURCE_H

#include "desk/laws/laws.h"

enum {
    LAWS_FILE_BYTES_MAX = 160 * 1024 * 1024, /* six times all national law */
    LAWS_ARTICLES_MAX = 5000,                /* of one law: four times the Civil Code */
    LAWS_WORDS_BYTES_MAX = 512 * 1024,       /* of one article: some texts are one piece */
    LAWS_NAME_BYTES_MAX = 600
};

struct laws_piece {
    struct laws_label number;
    struct str label, chapter, words;
};
struct laws_document {
    struct str title, remark, jurisdiction;
    moment effective_at, repealed_at;
    bool is_day_given; /* by the source itself, not read out of the law's last article */
    const struct laws_piece *pieces;
    size_t count;
};

extern const struct reason laws_not_utf8;
extern const struct reason laws_columns;  /* %1: the line */
extern const struct reason laws_bad_day;  /* %1: the line */
extern const struct reason laws_too_long; /* %1: the law */
extern const struct reason laws_no_text;  /* %1: the file */

/* The law that begins at *at, which moves behind it; `document->count` is 0 at the end. `line` is
 * the number of the line there, from 1 on. */
struct outcome laws_read_table(struct arena *arena, struct str bytes, size_t *at, int64_t *line,
                               struct laws_document *document);
/* `name` is the file's, without folders: 劳动合同法(2012-12-28).md. */
struct outcome laws_read_markdown(struct arena *arena, struct str bytes, struct str name,
                                  struct laws_document *document);

#endif
