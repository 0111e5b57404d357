/* consultation_board_count.h -- what the files that count for the board share. */
#ifndef CONSULTATION_BOARD_COUNT_H
#define CONSULTATION_BOARD_COUNT_H

#include "gen/consultation_sql.h"
#include "service/consultation/consultation_board_views.h"

struct tally {
    int64_t on_line, rostered, kept, waiting, at_hall, talking, written, at_risk, overdue, answered,
        closed;
    int64_t waits_over, left; /* today's */
    int64_t rated, stars, rated_today, stars_today;
    moment waiting_since;
    struct str longest; /* who waits since then: a reference */
};

struct line_of {
    struct str code, name;
    struct tally tally;
};

void tally_add(struct tally *to, const struct tally *from);
/* The numbers as a line of the board, its links bound as the board is. */
struct consultation_board_row_view tally_row(struct scene *scene,
                                             const struct consultation_bounds *bounds,
                                             const struct tally *tally);

/* consultation_board_teams.c: from a line for each team its layer, the way there, and what can be
 * chosen. */
struct outcome consultation_board_layers(struct scene *scene,
                                         const struct consultation_bounds *bounds,
                                         const struct line_of *lines, size_t count,
                                         struct consultation_board_view *v);

/* consultation_board_people.c: what a reader may know of somebody who waits, or waited until that
 * moment. */
struct outcome consultation_board_show_queued(struct scene *scene,
                                              const struct consultation_bounds *b,
                                              const struct consultation_list_desk_cases_row *row,
                                              moment until,
                                              struct consultation_board_queued_view *v);

#endif
