/* register.c -- see register.h. */
#include "bureau/register/register.h"

const struct reason register_not_now = {
    "register.not-now", T("This application is not at the stage where this can be done."), 409};

const int register_reminders[REGISTER_REMINDERS] = {0, 7, 30, 60};

static const struct {
    const char *word, *name, *css;
} states[REGISTER_STATES] = {
    [REGISTER_DRAFT] = {"draft", T("Not handed in yet"), "tag-off"},
    [REGISTER_SUBMITTED] = {"submitted", T("Being checked"), "tag-waiting"},
    [REGISTER_MISSING] = {"missing", T("Something is missing"), "tag-late"},
    [REGISTER_APPROVED] = {"approved", T("Approved"), "tag-done"},
    [REGISTER_REFUSED] = {"refused", T("Not approved"), "tag-off"},
    [REGISTER_WITHDRAWN] = {"withdrawn", T("Withdrawn"), "tag-off"},
};

static const struct {
    const char *word, *name, *css;
} licences[REGISTER_LICENCES] = {
    [REGISTER_UNCHECKED] = {"unchecked", T("Not checked yet"), "tag-off"},
    [REGISTER_VALID] = {"valid", T("Valid"), "tag-done"},
    [REGISTER_EXPIRES] = {"expires", T("Expires soon"), "tag-waiting"},
    [REGISTER_EXPIRED] = {"expired", T("Expired"), "tag-late"},
    [REGISTER_SUSPENDED] = {"suspended", T("Service suspended"), "tag-late"},
};

static const struct line {
    enum register_state from;
    enum register_step step;
    enum register_state to;
} lines[] = {
    {REGISTER_DRAFT, REGISTER_CHANGE, REGISTER_DRAFT},
    {REGISTER_DRAFT, REGISTER_HAND_IN, REGISTER_SUBMITTED},
    {REGISTER_DRAFT, REGISTER_WITHDRAW, REGISTER_WITHDRAWN},
    {REGISTER_SUBMITTED, REGISTER_ASK, REGISTER_MISSING},
    {REGISTER_SUBMITTED, REGISTER_APPROVE, REGISTER_APPROVED},
    {REGISTER_SUBMITTED, REGISTER_REFUSE, REGISTER_REFUSED},
    {REGISTER_SUBMITTED, REGISTER_WITHDRAW, REGISTER_WITHDRAWN},
    {REGISTER_MISSING, REGISTER_CHANGE, REGISTER_MISSING},
    {REGISTER_MISSING, REGISTER_HAND_IN, REGISTER_SUBMITTED},
    {REGISTER_MISSING, REGISTER_REFUSE, REGISTER_REFUSED},
    {REGISTER_MISSING, REGISTER_WITHDRAW, REGISTER_WITHDRAWN},
};

struct str register_state_word(enum register_state state)
{
    return str_of(states[state].word);
}

enum register_state register_state_of(struct str word)
{
    size_t i = 0;

    while (i < COUNT(states) && !str_same(word, str_of(states[i].word))) i++;
    assert(i < COUNT(states));
    return (enum register_state)i;
}

const char *register_state_name(enum register_state state)
{
    return states[state].name;
}

const char *register_state_css(enum register_state state)
{
    return states[state].css;
}

struct str register_licence_word(enum register_licence licence)
{
    return str_of(licences[licence].word);
}

const char *register_licence_name(enum register_licence licence)
{
    return licences[licence].name;
}

const char *register_licence_css(enum register_licence licence)
{
    return licences[licence].css;
}

struct outcome register_next(enum register_state from, enum register_step step,
                             enum register_state *to)
{
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (lines[i].from != from || lines[i].step != step) continue;
        *to = lines[i].to;
        return DONE;
    }
    return REFUSE(register_not_now);
}

bool register_may(enum register_state state, enum register_step step)
{
    enum register_state to;

    return IS_DONE(register_next(state, step, &to));
}

bool register_is_open(enum register_state state)
{
    return state == REGISTER_DRAFT || state == REGISTER_SUBMITTED || state == REGISTER_MISSING;
}

enum register_licence register_licence_of(moment verified_at, moment until, bool is_active,
                                          moment now)
{
    if (!is_active) return REGISTER_SUSPENDED;
    if (until && until <= now) return REGISTER_EXPIRED;
    if (!verified_at || verified_at > now) return REGISTER_UNCHECKED;
    return until && until <= now + REGISTER_SOON_DAYS * (int64_t)SECONDS_PER_DAY ? REGISTER_EXPIRES
                                                                                 : REGISTER_VALID;
}

int64_t register_rating_tenths(int64_t stars_sum, int64_t count)
{
    if (count < REGISTER_RATINGS_MIN) return -1;
    return (stars_sum * 10 + count / 2) / count;
}

int64_t register_score(int64_t stars_sum, int64_t count)
{
    return (stars_sum * 1000 + REGISTER_SCORE_MORE * REGISTER_SCORE_EACH) /
           (count + REGISTER_SCORE_MORE);
}
