/* cases_stage_test.h -- a city with two districts, for tests: a resident's mediation lies in Xuhui,
 * whose leader is the office; Huangpu and Changning have one too, and the city is supervised. */
#ifndef CASES_STAGE_TEST_H
#define CASES_STAGE_TEST_H

#include "desk/cases/cases_views.h"
#include "platform/scene_test.h"

extern struct scene *stage;
extern struct str stage_reference;

void stage_open(void);
void stage_close(void);

void be_mary(void);      /* applied */
void be_john(void);      /* another resident */
void be_officer(void);   /* leads Xuhui, which has the case */
void be_far(void);       /* leads Huangpu */
void be_third(void);     /* leads Changning */
void be_lead(void);      /* supervises the city */
void be_near_lead(void); /* supervises Huangpu only */

struct str stage_apply(void); /* one more, of whoever acts; its reference */
id stage_case(void);          /* of stage_reference */
/* What is handed in is the reference and `typed`. */
struct outcome stage_post(const struct act *act, const char *typed);
struct outcome stage_look(void);
struct outcome stage_decide(const char *action, const char *more); /* having seen all */
struct outcome stage_see(const char *path, const char *more, void *view);
struct outcome stage_clock(const struct act *act, id what);
int64_t stage_letters(void); /* messages that wait to be sent */

#endif
