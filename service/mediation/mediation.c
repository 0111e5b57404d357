/* mediation.c -- see mediation.h. */
#include "service/mediation/mediation.h"

const struct reason mediation_not_now = {
    "mediation.not-now", T("This cannot be done at this stage. Please look at the page again."),
    409};
const struct reason mediation_not_by_you = {"mediation.not-by-you",
                                            T("This is for somebody else to do."), 403};
const struct reason mediation_wait_for_sides = {
    "mediation.wait-for-sides",
    T("It begins when both sides agree to the mediator, or when three working days have passed and "
      "nobody objected."),
    409};

/* ---- rule 6: who may do what, when ---- */

static const char *const states[] = {"checking",  "correcting", "choosing", "proposed",
                                     "mediating", "signing",    "kept",     "finished"};
enum {
    CHECKING = 1 << 0,
    CORRECTING = 1 << 1,
    CHOOSING = 1 << 2,
    PROPOSED = 1 << 3,
    MEDIATING = 1 << 4,
    SIGNING = 1 << 5,
    UNDER_WAY = CHOOSING | PROPOSED | MEDIATING | SIGNING
};

static const struct {
    unsigned states, is;
} deeds[MEDIATION_DEEDS] = {
    [MEDIATION_INVITE] = {UNDER_WAY, MEDIATION_OFFICER | MEDIATION_MEDIATOR},
    [MEDIATION_PROPOSE] = {CHOOSING, MEDIATION_OFFICER},
    [MEDIATION_AGREE] = {PROPOSED, MEDIATION_SIDES},
    [MEDIATION_OBJECT] = {PROPOSED | MEDIATING, MEDIATION_SIDES},
    [MEDIATION_RECUSE] = {PROPOSED | MEDIATING, MEDIATION_MEDIATOR},
    [MEDIATION_BEGIN] = {PROPOSED, MEDIATION_OFFICER | MEDIATION_MEDIATOR},
    [MEDIATION_PLAN] = {MEDIATING, MEDIATION_MEDIATOR},
    [MEDIATION_RECORD] = {MEDIATING | SIGNING, MEDIATION_MEDIATOR},
    [MEDIATION_DRAW] = {MEDIATING | SIGNING, MEDIATION_MEDIATOR},
    [MEDIATION_SIGN] = {SIGNING, MEDIATION_SIDES | MEDIATION_MEDIATOR},
    [MEDIATION_STOP] = {CHECKING | CORRECTING | UNDER_WAY, MEDIATION_SIDES},
};

struct outcome mediation_may(struct str state, unsigned is, enum mediation_deed deed)
{
    unsigned at = 0;

    for (size_t i = 0; i < COUNT(states); i++)
        if (str_same(state, str_of(states[i]))) at = 1u << i;
    if (!(deeds[deed].is & is)) return REFUSE(mediation_not_by_you);
    return deeds[deed].states & at ? DONE : REFUSE(mediation_not_now);
}

struct outcome mediation_may_begin(moment applicant_at, moment respondent_at, moment object_until,
                                   moment now)
{
    bool agreed = applicant_at && respondent_at;

    return agreed || now >= object_until ? DONE : REFUSE(mediation_wait_for_sides);
}

bool mediation_fits(const struct mediation_fit *fit)
{
    return !fit->is_party && !fit->was_before;
}

struct str mediation_side_word(unsigned is)
{
    if (is & MEDIATION_APPLICANT) return S("applicant");
    return is & MEDIATION_RESPONDENT ? S("respondent") : S("");
}

unsigned mediation_side_of(struct str word)
{
    if (str_same(word, S("applicant"))) return MEDIATION_APPLICANT;
    return str_same(word, S("respondent")) ? MEDIATION_RESPONDENT : 0;
}

/* ---- rule 5 ---- */

static bool is_worked(const struct calendar *calendar, calendar_day day)
{
    bool working;

    if (IS_DONE(calendar_is_working_day(calendar, day, &working))) return working;
    return calendar_weekday_of(day) < CALENDAR_SATURDAY; /* no holidays are published for it yet */
}

struct outcome mediation_confirm_until(const struct calendar *calendar, moment effective_at,
                                       moment *until)
{
    calendar_day last = calendar_day_of(effective_at) + MEDIATION_CONFIRM_DAYS;

    while (!is_worked(calendar, last)) last++;
    *until = calendar_day_begins(last + 1);
    return DONE;
}

/* ---- what has happened ---- */

const char *mediation_event_name(struct str event)
{
    static const struct {
        const char *event, *name;
    } names[] = {
        {"invited", T("The other side was invited to take part")},
        {"joined", T("The other side takes part")},
        {"proposed", T("A mediator was proposed")},
        {"agreed", T("One side agreed to the mediator")},
        {"objected", T("One side objected to the mediator; another one is proposed")},
        {"recused", T("The mediator stepped back; another one is proposed")},
        {"begun", T("The mediation began")},
        {"planned", T("A session was planned")},
        {"held", T("A session took place")},
        {"off", T("A session was called off")},
        {"drawn", T("An agreement was written down")},
        {"signed", T("One side signed the agreement")},
        {"effective", T("Both sides have signed: the agreement stands")},
        {"stopped", T("One side does not want to go on: the mediation is over")},
    };

    for (size_t i = 0; i < COUNT(names); i++)
        if (str_same(event, str_of(names[i].event))) return names[i].name;
    return "";
}
