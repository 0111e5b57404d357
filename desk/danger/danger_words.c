/* danger_words.c -- see danger.h. */
#include "desk/danger/danger.h"
#include "platform/finder_terms.h"

extern const char data_danger[];

enum { CELLS = 6 };
static const char *const words[] = {"", "life", "violence"};

/* The next row of that sort and kind; its cells, those that are missing empty. */
static bool next_row(struct str *table, struct str sort, struct str kind, struct str cells[CELLS])
{
    while (table->len) {
        struct str line = str_cut(*table, '\n', table);

        for (size_t i = 0; i < CELLS; i++) cells[i] = str_cut(line, '\t', &line);
        if (str_same(cells[0], sort) && str_same(cells[1], kind)) return true;
    }
    return false;
}

enum danger danger_heard(struct arena *arena, struct str text)
{
    struct str plain = finder_plain(arena, text);

    for (enum danger danger = DANGER_LIFE; danger <= DANGER_VIOLENCE; danger++) {
        struct str table = str_of(data_danger), cells[CELLS];

        while (next_row(&table, S("words"), str_of(words[danger]), cells))
            if (finder_cues(arena, plain, cells[2])) return danger;
    }
    return DANGER_NONE;
}

struct str danger_word(enum danger danger)
{
    return str_of(words[danger]);
}

enum danger danger_of(struct str word)
{
    for (enum danger danger = DANGER_LIFE; danger <= DANGER_VIOLENCE; danger++)
        if (str_same(str_of(words[danger]), word)) return danger;
    return DANGER_NONE;
}

size_t danger_numbers(enum danger danger, struct danger_number numbers[DANGER_NUMBERS_MAX])
{
    struct str table = str_of(data_danger), cells[CELLS];
    size_t count = 0;

    while (danger && count < DANGER_NUMBERS_MAX &&
           next_row(&table, S("number"), str_of(words[danger]), cells))
        numbers[count++] = (struct danger_number){cells[2], cells[3], cells[4], cells[5]};
    return count;
}
