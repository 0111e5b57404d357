/* day_plan.h -- what is due next in a day that is played, and how people come through a day. */
#ifndef BENCH_DAY_PLAN_H
#define BENCH_DAY_PLAN_H

#include <stdint.h>

enum step {
    SIGN_IN,
    ON_DUTY,
    DESK,
    ASK,
    WAIT,
    TAKE,
    SAY_RESIDENT,
    SAY_CONSULTANT,
    PAGE,
    CLOSE,
    RATE,
    ASK_WRITTEN,
    ANSWER,
    READ_ANSWER,
    HOME,
    SEARCH,
    BOARD,
    APPLY,
    OFFICE,
    LOOK,
    ACCEPT,
    CASE_PAGE,
    SETTLE,
    STEPS
};

/* Something to do: at a moment, by somebody, about somebody. */
struct task {
    int64_t due, first_due;
    enum step step;
    int who; /* person; or worker, of steps at a desk */
};

void day_plan(struct task task);
int day_plan_count(void);
int64_t day_plan_due(void);          /* of the next; only when there is one */
struct task day_plan_next(void);     /* takes it out */
double day_comes_at(int n, int all); /* seconds after the doors opened */

#endif
