/* review_court_test.h -- a small bureau for tests of quality: two teams, three lawyers, those who
 * watch; and the steps the tests are made of. */
#ifndef REVIEW_COURT_TEST_H
#define REVIEW_COURT_TEST_H

#include "bureau/review/review_inside.h"

extern struct court {
    struct scene *scene;
    struct actor anna, bo, chen, leader, supervisor, other_supervisor, district, admin;
    id next_case;
} court;
extern const struct actor court_system;
void court_open(void);
void court_close(void);

/* A live case served, ended and rated, seen from `at`. */
struct court_serving {
    const struct actor *by;
    moment at;
    int64_t stars;
    bool is_written, is_late;
    id case_id;
};
id court_serve(struct court_serving s);

struct review_case court_a_case(const struct actor *consultant);
struct outcome court_complain(struct review_case about, const char *kind, const char *text);
id court_complaint_of(struct review_case about, const char *source);
struct review_find_complaint_row court_complaint(id complaint_id);
struct review_find_measure_row court_measure(id measure_id);
int64_t court_sanctions(const struct actor *consultant);
struct str court_standing(const struct actor *who);
id court_find_measure_of(const struct actor *who, const char *state);
/* Sends a form as typed; the refusal, or NULL when it was done. */
__attribute__((format(printf, 3, 4))) const struct reason *court_post(const struct actor *who,
                                                                      const struct act *act,
                                                                      const char *format, ...);
/* Performs a deadline. */
const struct reason *court_tick(const struct act *act, id case_id);

/* What anna did in October 2026: 6000 fen by the rates an installation begins with. */
void court_october(void);
struct review_subsidies_view court_month(const char *typed); /* "month=2026-10", to the admin */
void court_close_october(void);

#endif
