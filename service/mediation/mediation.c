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

const struct reason mediation_too_late = {
    "mediation.too-late",
    T("The thirty days in which both sides could ask the court are over. The agreement still binds "
      "both: call 12348 if it is not kept."),
    409};
const struct reason mediation_of_status = {
    "mediation.of-status",
    T("It is about marriage, parentage or adoption: a court cannot confirm that."), 409};

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
    STANDING = 1 << 6 | 1 << 7, /* kept or finished: whether one stands is asked beside this */
    UNDER_WAY = CHOOSING | PROPOSED | MEDIATING | SIGNING
};

static const struct {
    unsigned states, is;
} deeds[MEDIATION_DEEDS] = {
    [MEDIATION_INVITE] = {UNDER_WAY, MEDIATION_OFFICER | MEDIATION_MEDIATOR},
    [MEDIATION_PROPOSE] = {CHOOSING, MEDIATION_OFFICER},
    [MEDIATION_CHOOSE] = {CHOOSING, MEDIATION_SIDES},
    [MEDIATION_AGREE] = {PROPOSED, MEDIATION_SIDES},
    [MEDIATION_OBJECT] = {PROPOSED | MEDIATING, MEDIATION_SIDES},
    [MEDIATION_RECUSE] = {PROPOSED | MEDIATING, MEDIATION_MEDIATOR},
    [MEDIATION_BEGIN] = {PROPOSED, MEDIATION_OFFICER | MEDIATION_MEDIATOR},
    [MEDIATION_PLAN] = {MEDIATING, MEDIATION_MEDIATOR},
    [MEDIATION_RECORD] = {MEDIATING | SIGNING, MEDIATION_MEDIATOR},
    [MEDIATION_DRAW] = {MEDIATING | SIGNING, MEDIATION_MEDIATOR},
    [MEDIATION_SIGN] = {SIGNING, MEDIATION_SIDES | MEDIATION_MEDIATOR},
    [MEDIATION_STOP] = {CHECKING | CORRECTING | UNDER_WAY, MEDIATION_SIDES},
    [MEDIATION_CONFIRM] = {STANDING, MEDIATION_SIDES},
    [MEDIATION_COURT] = {STANDING, MEDIATION_MEDIATOR},
    [MEDIATION_FOLLOW] = {STANDING, MEDIATION_MEDIATOR | MEDIATION_OFFICER},
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

struct outcome mediation_may_confirm(bool is_status, moment confirm_until, moment now)
{
    if (!confirm_until) return REFUSE(mediation_not_now);
    if (is_status) return REFUSE(mediation_of_status);
    return now < confirm_until ? DONE : REFUSE(mediation_too_late);
}

const struct reason *mediation_unfit(const struct mediation_fit *fit, bool is_for_side)
{
    static const struct reason party = {
        "mediation.is-party", T("This mediator is one of the sides. Please choose somebody else."),
        409};
    static const struct reason before = {
        "mediation.was-before",
        T("This mediator was objected to or stepped back in this case. Please choose somebody "
          "else."),
        409};
    static const struct reason namesake = {
        "mediation.namesake",
        T("This mediator is called as one of the sides. Please choose somebody else."), 409};
    static const struct reason advised = {
        "mediation.has-advised",
        T("This mediator has advised one side in this matter. Please choose somebody else."), 409};
    static const struct reason acts = {
        "mediation.acts-for",
        T("This mediator acts for one of the sides in another case. Please choose somebody else."),
        409};
    static const struct reason conflict = {
        "mediation.conflict",
        T("This mediator cannot mediate between you: it would be a conflict of interest. Please "
          "choose somebody else."),
        409};

    if (fit->is_party) return &party;
    if (fit->was_before) return &before;
    if (is_for_side && (fit->has_advised || fit->acts_for)) return &conflict;
    if (fit->has_advised) return &advised;
    if (fit->acts_for) return &acts;
    return fit->is_namesake ? &namesake : NULL;
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

/* The first moment behind that many days: the day itself does not count. */
static moment days_after(const struct calendar *calendar, moment at, calendar_day days)
{
    calendar_day last = calendar_day_of(at) + days;

    while (!is_worked(calendar, last)) last++;
    return calendar_day_begins(last + 1);
}

struct outcome mediation_confirm_until(const struct calendar *calendar, moment effective_at,
                                       moment *until)
{
    *until = days_after(calendar, effective_at, MEDIATION_CONFIRM_DAYS);
    return DONE;
}

bool mediation_court_may(struct str from, struct str to)
{
    static const char *const steps[][2] = {{"", "sent"},
                                           {"sent", "accepted"},
                                           {"sent", "refused"},
                                           {"accepted", "confirmed"},
                                           {"accepted", "refused"}};

    for (size_t i = 0; i < COUNT(steps); i++)
        if (str_same(from, str_of(steps[i][0])) && str_same(to, str_of(steps[i][1]))) return true;
    return false;
}

void mediation_court_until(const struct calendar *calendar, struct str court, moment since_at,
                           moment *until, moment *longest)
{
    *until = *longest = 0;
    if (str_same(court, S("sent")))
        *until = *longest = days_after(calendar, since_at, MEDIATION_ACCEPT_DAYS);
    if (!str_same(court, S("accepted"))) return;
    *until = days_after(calendar, since_at, MEDIATION_DECIDE_DAYS);
    *longest = days_after(calendar, since_at, MEDIATION_DECIDE_DAYS + MEDIATION_LONGER_DAYS);
}

/* ---- whether it is kept ---- */

moment mediation_ask_next(moment effective_at, struct str performed, moment performed_at)
{
    moment year = effective_at + MEDIATION_YEAR_DAYS * SECONDS_PER_DAY;

    if (!str_same(performed, S("yes")))
        return performed_at + MEDIATION_FOLLOW_DAYS * SECONDS_PER_DAY;
    return performed_at < year ? year : 0;
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
        {"chosen", T("One side chose a mediator from the list")},
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
        {"confirm",
         T("One side asked for the court to confirm the agreement; the other has to, too")},
        {"confirm_both", T("Both sides asked for the court to confirm the agreement")},
        {"confirm_soon", T("A week is left to ask the court to confirm the agreement")},
        {"court_sent", T("The request was handed to the court")},
        {"court_accepted", T("The court has taken up the request")},
        {"court_due", T("The day has passed by which the court was to answer")},
        {"court_confirmed", T("The court has confirmed the agreement")},
        {"court_refused", T("The court has not confirmed the agreement")},
        {"perform_soon", T("In three days everything the agreement says is to be done")},
        {"follow_due", T("The day has passed by which everything was to be done")},
        {"year_due", T("The agreement has stood for a year: is it kept?")},
        {"followed", T("The mediator asked whether the agreement is kept")},
        {"stopped", T("One side does not want to go on: the mediation is over")},
    };

    for (size_t i = 0; i < COUNT(names); i++)
        if (str_same(event, str_of(names[i].event))) return names[i].name;
    return "";
}

const char *mediation_performed_name(struct str performed)
{
    if (str_same(performed, S("yes"))) return T("Yes, all of it");
    if (str_same(performed, S("partly"))) return T("In part");
    return str_same(performed, S("no")) ? T("No, nothing") : "";
}
