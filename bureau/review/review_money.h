/* review_money.h -- a month of subsidies, as the files about money share it. */
#ifndef REVIEW_MONEY_H
#define REVIEW_MONEY_H

#include "bureau/review/review_inside.h"

/* What a month is paid by. */
struct review_terms {
    struct str month;
    moment from, until;
    int64_t version, cap_fen, handle_min;
    struct review_rate rates[REVIEW_ITEMS];
};
extern const struct reason review_month_word;
bool review_month_of(struct str text, moment *from, moment *until); /* YYYY-MM */
struct str review_month_at(struct arena *arena, moment at);
/* From when it can be closed: shifts that begin in it are paid with it, and the last of them may be
 * a night's, which ends at noon at the latest. */
moment review_closable_at(const struct review_terms *terms);
struct outcome review_terms_of(struct scene *scene, struct str month, struct review_terms *terms);

struct review_earner {
    id person_id;
    struct str name, login, team_name;
    int64_t counts[REVIEW_ITEMS];
    struct review_subsidy pay;
    int64_t correction_fen;
    struct str reasons; /* of corrections */
};
/* Those who did something in the month, reckoned now. */
struct outcome review_earners(struct scene *scene, const struct review_terms *terms,
                              struct str division, id after, id last,
                              struct review_earner **earners, size_t *count);
/* The same ones, with room for more. */
struct review_earner *review_earners_grow(struct arena *arena, const struct review_earner *earners,
                                          size_t count, size_t more);

/* review_show_money.c: the month as it stands, reckoned or as it was closed. */
struct outcome review_month_earners(struct scene *scene, const struct review_terms *terms,
                                    struct str division, struct review_earner **earners,
                                    size_t *count, struct str *state);

#endif
