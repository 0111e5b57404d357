/* repository.c -- see repository.h. */
#include "service/repository/repository.h"

const struct reason repository_not_now = {
    "repository.not-now",
    T("Meanwhile somebody has decided about this answer. Please look at it again."), 409};

static const struct {
    const char *word, *name, *css;
} states[REPOSITORY_STATES] = {
    [REPOSITORY_PROPOSED] = {"proposed", T("Proposed"), "tag-waiting"},
    [REPOSITORY_PUBLISHED] = {"published", T("Published"), "tag-done"},
    [REPOSITORY_REVIEW] = {"review", T("To be looked at again"), "tag-waiting"},
    [REPOSITORY_REFUSED] = {"refused", T("Not published"), "tag-off"},
    [REPOSITORY_WITHDRAWN] = {"withdrawn", T("Withdrawn"), "tag-off"},
};

const char *repository_state_word(enum repository_state state)
{
    return states[state].word;
}

const char *repository_state_name(enum repository_state state)
{
    return states[state].name;
}

const char *repository_state_css(enum repository_state state)
{
    return states[state].css;
}

bool repository_state_read(struct str word, enum repository_state *state)
{
    for (size_t i = 0; i < REPOSITORY_STATES; i++) {
        if (!str_same(word, str_of(states[i].word))) continue;
        *state = (enum repository_state)i;
        return true;
    }
    return false;
}

struct outcome repository_next(enum repository_state state, enum repository_step step,
                               enum repository_state *next)
{
    bool is_shown = state == REPOSITORY_PUBLISHED;

    switch (step) {
    case REPOSITORY_EDIT: /* what is shown stays while its next version is written */
        *next = is_shown || state == REPOSITORY_REVIEW ? state : REPOSITORY_PROPOSED;
        return DONE;
    case REPOSITORY_PUBLISH:
        if (state == REPOSITORY_REFUSED || state == REPOSITORY_WITHDRAWN)
            return REFUSE(repository_not_now);
        *next = REPOSITORY_PUBLISHED;
        return DONE;
    case REPOSITORY_REFUSE:
        if (state == REPOSITORY_REFUSED || state == REPOSITORY_WITHDRAWN)
            return REFUSE(repository_not_now);
        *next = state == REPOSITORY_PROPOSED ? REPOSITORY_REFUSED : REPOSITORY_WITHDRAWN;
        return DONE;
    case REPOSITORY_PUT_BACK:
        if (!is_shown) return REFUSE(repository_not_now);
        *next = REPOSITORY_REVIEW;
        return DONE;
    case REPOSITORY_STEPS: break;
    }
    return REFUSE(repository_not_now);
}
