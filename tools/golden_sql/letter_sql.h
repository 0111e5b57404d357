/* Made by tools/mksql.c from tools/golden_sql/letter.sql.  Do not edit. */
#pragma once
#include "platform/store.h"

extern const char letter_schema[];
extern const struct migration letter_migrations[]; /* ends in number 0 */
extern const struct query_text letter_queries[]; /* ends in an empty one */

struct letter_find_letter_row {
    int64_t letter_id;
    struct str title;
    struct str body;
    struct str name__team;
};
struct outcome letter_find_letter(struct arena *arena, struct store *store, int64_t letter_id,
    struct letter_find_letter_row *row, bool *found);

struct letter_count_letters_row {
    int64_t letters;
    int64_t urgent;
};
struct outcome letter_count_letters(struct store *store, int64_t sent_at__from,
    int64_t sent_at__before, struct letter_count_letters_row *row, bool *found);

struct letter_list_letters_row {
    int64_t letter_id;
    struct str title;
    struct str quoted_text;
    struct str letter_title;
    struct str when_text;
};
struct outcome letter_list_letters(struct arena *arena, struct store *store, int64_t team_id,
    const struct letter_list_letters_row **rows, size_t *count);

struct letter_list_page_row {
    int64_t letter_id;
};
struct outcome letter_list_page(struct arena *arena, struct store *store, int64_t letter_id__after,
    int64_t max_rows, const struct letter_list_page_row **rows, size_t *count);

struct outcome letter_add_letter(struct store *store, int64_t letter_id, int64_t team_id,
    struct str title, struct str body, int64_t sent_at);

struct letter_add_wide_values {
    int64_t letter_id;
    struct str title;
    struct str body;
    int64_t sent_at;
    int64_t urgent;
    int64_t letter_id__least;
    struct str title__not;
    struct str body__not;
    int64_t sent_at__least;
};
struct outcome letter_add_wide(struct store *store, const struct letter_add_wide_values *values);

struct letter_take_letter_row {
    int64_t letter_id;
    struct str title;
};
struct outcome letter_take_letter(struct arena *arena, struct store *store, int64_t letter_id,
    struct letter_take_letter_row *row, bool *found);
