/* search_field.c -- see search_field.h. */
#include "service/search/search_field.h"

static const double words_weight = 0.3; /* beside 1 for all articles: docs/decisions/0024 */

static bool holds(struct str from, struct str to, int64_t number)
{
    int64_t first, last;

    if (!str_to_int(from, &first) || !str_to_int(to, &last)) return true;
    return number >= first && number <= last;
}

struct str search_field_of(struct str table, struct str law_name, int64_t number)
{
    while (table.len) {
        struct str line = str_cut(table, '\n', &table), words, from, to;

        if (!line.len || line.at[0] == '#') continue;
        words = str_cut(line, '\t', &line);
        from = str_cut(line, '\t', &line);
        to = str_cut(line, '\t', &line);
        if (str_find(law_name, words) >= 0 && holds(from, to, number)) return str_trim(line);
    }
    return S("");
}

void search_field_vote(struct search_field *fields, size_t count, struct str field, double part)
{
    for (size_t i = 0; i < count; i++)
        if (str_same(fields[i].field, field)) fields[i].points += part;
}

static bool is_between(char c)
{
    return c == ' ' || c == ',' || c == ';' || c == '\n' || c == '|';
}

/* How many bytes of the question are words of this field. */
static size_t fits(struct str words, struct str question)
{
    size_t bytes = 0, from = 0;

    for (size_t i = 0; i <= words.len; i++) {
        if (i < words.len && !is_between(words.at[i])) continue;
        if (i > from && str_find(question, (struct str){words.at + from, i - from}) >= 0)
            bytes += i - from;
        from = i + 1;
    }
    return bytes;
}

void search_field_words(struct search_field *fields, size_t count, struct str question)
{
    size_t all = 0;

    for (size_t i = 0; i < count; i++) all += fits(fields[i].words, question);
    for (size_t i = 0; all && i < count; i++)
        fields[i].points +=
            words_weight * (double)fits(fields[i].words, question) / (double)all;
}

size_t search_field_sort(struct search_field *fields, size_t count)
{
    size_t any = 0;

    for (size_t i = 0; i < count; i++) {
        struct search_field field = fields[i];
        size_t at = i;

        for (; at > 0 && fields[at - 1].points < field.points; at--) fields[at] = fields[at - 1];
        fields[at] = field;
        any += field.points > 0;
    }
    return any;
}
