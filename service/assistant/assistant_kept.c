/* assistant_kept.c -- a talk as text: a line each, a mark and cells with tabulators between.
 *
 *  (1) What was said is read back as it was: tabulators and ends of lines within are written as
 *      control characters that no form lets in.
 */
#include <string.h>

#include "service/assistant/assistant_views.h"

enum { FOR_TAB = 0x1f, FOR_LINE = 0x1e };

void assistant_add(struct assistant_talk *talk, enum assistant_mark mark, struct str one,
                   struct str two, struct str three, struct str four)
{
    if (talk->count == ASSISTANT_LINES_MAX) return;
    talk->lines[talk->count++] = (struct assistant_line){(char)mark, {one, two, three, four}};
}

static void turn(char *bytes, size_t len, char from, char to)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i] == from) bytes[i] = to;
}

static struct str turned(struct arena *arena, struct str text, bool is_written)
{
    char *bytes = arena_bytes(arena, text.len + 1);

    if (text.len) memcpy(bytes, text.at, text.len);
    turn(bytes, text.len, is_written ? '\t' : FOR_TAB, is_written ? FOR_TAB : '\t');
    turn(bytes, text.len, is_written ? '\n' : FOR_LINE, is_written ? FOR_LINE : '\n');
    return (struct str){bytes, text.len};
}

void assistant_read(struct arena *arena, struct str text, struct assistant_talk *talk)
{
    while (text.len && talk->count < ASSISTANT_LINES_MAX) {
        struct str line = str_cut(text, '\n', &text), cells[ASSISTANT_CELLS];
        char mark = line.len ? line.at[0] : 0;

        if (!mark) continue;
        str_cut(line, '\t', &line);
        for (size_t i = 0; i < ASSISTANT_CELLS; i++)
            cells[i] = turned(arena, str_cut(line, '\t', &line), false);
        assistant_add(talk, (enum assistant_mark)mark, cells[0], cells[1], cells[2], cells[3]);
    }
}

struct str assistant_write(struct arena *arena, const struct assistant_talk *talk)
{
    struct out *out = out_open(arena, 4 * ASSISTANT_TALK_BYTES_MAX);

    for (size_t i = 0; i < talk->count; i++) {
        out_raw(out, &talk->lines[i].mark, 1);
        for (size_t k = 0; k < ASSISTANT_CELLS; k++) {
            OUT_LITERAL(out, "\t");
            out_raw_str(out, turned(arena, talk->lines[i].cells[k], true));
        }
        OUT_LITERAL(out, "\n");
    }
    return out_text(out);
}

const struct assistant_line *assistant_last(const struct assistant_talk *talk,
                                            enum assistant_mark mark)
{
    for (size_t i = talk->count; i-- > 0;) {
        if (talk->lines[i].mark == (char)mark) return &talk->lines[i];
        if (talk->lines[i].mark == ASSISTANT_SAID) return NULL;
    }
    return NULL;
}
