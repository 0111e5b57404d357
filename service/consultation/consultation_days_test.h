/* consultation_days_test.h -- random days of a bureau for tests: who asked what, and who did what
 * to it, always the same. */
#ifndef SERVICE_CONSULTATION_DAYS_TEST_H
#define SERVICE_CONSULTATION_DAYS_TEST_H

#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"

enum { DAYS_CASES_MAX = 90, DAYS_AGAIN_MAX = 8 };

struct days_case {
    struct str reference;
    id case_id;
    struct actor resident;
    bool is_live;
    moment again_at[DAYS_AGAIN_MAX]; /* taken up live after it lay in writing */
    int again_count;
};

extern struct days {
    struct scene *scene;
    struct bureau bureau;
    id other_team;
    struct days_case asked[DAYS_CASES_MAX];
    int asked_count;
} days;

void days_open(void);
void days_close(void);
void days_live(void); /* random days, then an hour in which nobody waits */
struct consultation_case days_look(const struct days_case *one);
void days_tick(moment by);
bool days_perform(const struct act *const *act); /* what is due of these: was there anything? */

#endif
