/* aid_closing_inside.h -- what the files about closing files share. */
#ifndef AID_CLOSING_INSIDE_H
#define AID_CLOSING_INSIDE_H

#include "desk/cases/cases_acts.h"
#include "gen/aid_sql.h"
#include "service/aid/aid_closing_views.h"

#define AID_USE_CLOSING "aid.closing"
#define AID_WHO_CLOSES (WHO_LEADER | WHO_CONSULTANT | WHO_SUPERVISOR)

struct aid_file {
    struct cases_acted acted;
    struct aid_find_closing_row row;
    bool found;
};
/* Of a case the actor has opened, in which somebody acts or acted. */
struct outcome aid_closing_open(struct scene *scene, struct str reference, struct aid_file *file);
bool aid_closing_is(const struct aid_file *file, const char *state);
bool aid_closing_may_hand_in(const struct aid_file *file);
bool aid_closing_may_check(const struct aid_file *file);
bool aid_closing_may_mark(const struct aid_file *file);

/* ---- the papers themselves (aid_closing_paper.c) ---- */

int aid_sheet_of(struct str word); /* or -1 */
bool aid_closing_may_add(const struct aid_file *file);
bool aid_closing_may_drop(const struct aid_file *file);
/* Those that are there; `sheets`: bits of the sheets of which there is one. */
struct outcome aid_closing_papers(struct scene *scene, const struct aid_file *file,
                                  const struct aid_list_papers_row **rows, size_t *count,
                                  uint32_t *sheets);
extern const struct reason aid_not_in_state;
extern const struct act aid_paper_add, aid_paper_drop, aid_sweep;
extern const struct page aid_closing_paper_pages[];

struct aid_rates_now {
    moment at; /* since when; 0: none were set yet */
    int64_t draw_every;
    int64_t fen[AID_KINDS];
};
struct outcome aid_rates_at(struct scene *scene, moment at, struct aid_rates_now *rates);
/* Money is the city's. */
struct outcome aid_need_city(struct scene *scene);

struct str aid_yuan(struct arena *arena, int64_t fen);

extern const struct act aid_hand_in, aid_verdict, aid_mark, aid_set_rates;
extern const struct page aid_closing_pages[], aid_money_pages[];

#endif
