/* repository.h -- the states of an answered question (pure).
 *
 *  1. Everybody reads it in one state only: published.
 *  2. Each step leads from states named here; any other is refused. */
#ifndef REPOSITORY_H
#define REPOSITORY_H

#include "platform/base.h"

enum repository_state {
    REPOSITORY_PROPOSED,
    REPOSITORY_PUBLISHED,
    REPOSITORY_REVIEW, /* was published; an article changed, or its day came: hidden */
    REPOSITORY_REFUSED,
    REPOSITORY_WITHDRAWN, /* was published; by an editor, or because the resident said no */
    REPOSITORY_STATES
};
enum repository_step {
    REPOSITORY_EDIT,
    REPOSITORY_PUBLISH,
    REPOSITORY_REFUSE,
    REPOSITORY_PUT_BACK, /* by the clock */
    REPOSITORY_STEPS
};

extern const struct reason repository_not_now;

const char *repository_state_word(enum repository_state state);
bool repository_state_read(struct str word, enum repository_state *state);
const char *repository_state_name(enum repository_state state); /* marked with T() */
const char *repository_state_css(enum repository_state state);

struct outcome repository_next(enum repository_state state, enum repository_step step,
                               enum repository_state *next);

#endif
