/* notice.c -- the rules of notices.  Invariants, by number, each with a test:
 *
 *  (1) A notice moves only along a line of the table below.
 *  (2) Nothing leaves SENT or FAILED.
 *  (3) It is tried at once, then after 1 and 5 and 30 minutes, 2 and 6 hours; then it has failed.
 *  (4) What has lost its use is not sent: a code that no longer opens anything only frightens.
 *  (5) A notice fits one SMS: 70 characters in Chinese, 160 in English, its words included.
 */
#include "desk/notice/notice.h"

const struct reason notice_not_now = {
    "notice.not-now", T("This message is not at the stage where this can be done."), 409};
const struct reason notice_unknown = {"notice.unknown", T("There is no such message."), 404};
const struct reason notice_too_late = {"notice.too-late",
                                       T("It is too late for this message to be of use."), 409};
const struct reason notice_too_often = {
    "notice.too-often", T("This message was tried too often and is not sent again."), 409};

static const char *const states[NOTICE_STATES] = {
    [NOTICE_QUEUED] = "queued",
    [NOTICE_SENDING] = "sending",
    [NOTICE_SENT] = "sent",
    [NOTICE_FAILED] = "failed",
};

static const struct line {
    enum notice_state from;
    enum notice_step step;
    enum notice_state to;
} lines[] = {
    {NOTICE_QUEUED, NOTICE_TAKE, NOTICE_SENDING},
    {NOTICE_QUEUED, NOTICE_GIVE_UP, NOTICE_FAILED},
    {NOTICE_SENDING, NOTICE_TAKE, NOTICE_SENDING}, /* nobody knows whether it arrived */
    {NOTICE_SENDING, NOTICE_DELIVER, NOTICE_SENT},
    {NOTICE_SENDING, NOTICE_PUT_OFF, NOTICE_QUEUED},
    {NOTICE_SENDING, NOTICE_GIVE_UP, NOTICE_FAILED},
};

/* How long each is worth sending.  The day an answer is due is told for as long as we try; a call
 * for help is stale when the people who waited have gone home. */
static const struct wording {
    const char *word, *text;
    bool urgent;
    int64_t lasts_seconds;
} wordings[NOTICE_TEMPLATES] = {
    [NOTICE_LOGIN_CODE] = {"login-code",
                           T("%1 is your sign-in code, good for %2 minutes. Never tell it to"
                             " anyone. Our staff will not ask for it."),
                           true, 5 * SECONDS_PER_MINUTE},
    [NOTICE_RECEIVED] = {"received",
                         T("We have your question %1 and will answer by %2. See it any time with"
                           " this number and your phone number."),
                         false, 3 * SECONDS_PER_DAY},
    [NOTICE_ANSWERED] = {"answered",
                         T("Your question %1 has been answered. Read the answer on our site with"
                           " this number and your phone number."),
                         false, 30 * SECONDS_PER_DAY},
    [NOTICE_CALLED_IN] = {"called-in",
                          T("%1 people are waiting and every desk is busy. If you can, please sign"
                            " in to your desk and help."),
                          true, 30 * SECONDS_PER_MINUTE},
    [NOTICE_CALLED_LINK] = {"called-link",
                            T("%1 people are waiting. If you can come and help, please press"
                              " %2/come/%3"),
                            true, 30 * SECONDS_PER_MINUTE},
    [NOTICE_STAND_DOWN] = {"stand-down",
                           T("You need not come and help any more: nobody is waiting now. Thank"
                             " you for being ready."),
                           true, 30 * SECONDS_PER_MINUTE},
    [NOTICE_TALK_NOW] = {"talk-now",
                         T("Somebody can talk with you live now about your question %1. Please open"
                           " it on our site within ten minutes."),
                         true, 10 * SECONDS_PER_MINUTE},
    [NOTICE_WRITTEN] = {"written",
                        T("Your question %1 will now be answered in writing, by %2. You need not"
                          " wait on line any longer."),
                        false, 3 * SECONDS_PER_DAY},
    [NOTICE_AT_RISK] = {"at-risk",
                        T("Question %1 of your team is due by %2 and has no answer yet. Please see"
                          " to it on the board."),
                        true, SECONDS_PER_DAY},
    [NOTICE_WARNING] = {"warning",
                        T("A warning nobody has looked after has come to you: %1. Please look at"
                          " the board."),
                        true, SECONDS_PER_HOUR},
    [NOTICE_DANGER] = {"danger",
                       T("Somebody may be in danger (%1). Please sign in and look at it now,"
                         " before anything else."),
                       true, SECONDS_PER_HOUR},
    [NOTICE_APPLICATION] = {"application",
                            T("There is news about your application %1 to serve. See it on our"
                              " site with your phone number."),
                            false, 30 * SECONDS_PER_DAY},
    [NOTICE_LICENCE] = {"licence",
                        T("Your licence in our register is valid until %1. After it you are"
                          " offered nothing. Please send us the new one."),
                        false, 7 * SECONDS_PER_DAY},
    [NOTICE_LICENCE_OF] = {"licence-of",
                           T("The licence of %1 in your team has run out: no more questions are"
                             " offered there. See your team's page."),
                           false, 7 * SECONDS_PER_DAY},
    [NOTICE_UNCOVERED] = {"uncovered",
                          T("%1 shifts of your team have nobody on %2. Please see to it on the"
                            " duty roster."),
                          true, SECONDS_PER_DAY},
    [NOTICE_DUTY_ASKED] = {"duty-asked",
                           T("You are asked to be on duty on %1, %2. Please say yes or no on your"
                             " duty page."),
                           false, SECONDS_PER_DAY},
    [NOTICE_DUTY_TOLD] = {"duty-told",
                          T("Something was decided about your duty on %1. Please look at your duty"
                            " page."),
                          false, SECONDS_PER_DAY},
    [NOTICE_COMPLAINT_RECEIVED] = {"complaint-received",
                                   T("We have your complaint about consultation %1. What becomes"
                                     " of it is on the page of the consultation."),
                                   false, 3 * SECONDS_PER_DAY},
    [NOTICE_COMPLAINT_DECIDED] = {"complaint-decided",
                                  T("Your complaint about consultation %1 is decided. Read our"
                                    " answer on the page of the consultation."),
                                  false, 30 * SECONDS_PER_DAY},
    [NOTICE_COMPLAINT_LATE] = {"complaint-late",
                               T("The complaint about consultation %1 has gone past its day. Please"
                                 " see to it on the board."),
                               true, SECONDS_PER_DAY},
    [NOTICE_ASKED_FOR_STATEMENT] = {"asked-for-statement",
                                    T("You are asked what you say to a complaint about"
                                      " consultation %1. Please see your record at the desk."),
                                    false, 7 * SECONDS_PER_DAY},
    [NOTICE_MEASURE] = {"measure",
                        T("A measure about your service was taken. See your record at the desk. You"
                          " may appeal until %1."),
                        false, 7 * SECONDS_PER_DAY},
    [NOTICE_SERVICE_WIDENED] =
        {"service-widened",
         T("Thank you for your good work: from %1 on you may take more questions"
           " at once. See your record at the desk."),
         false, 7 * SECONDS_PER_DAY},
    [NOTICE_APPEAL_DECIDED] =
        {"appeal-decided",
         T("Your appeal of %1 is decided. Read the answer in your record at the"
           " desk."),
         false, 7 * SECONDS_PER_DAY},
    [NOTICE_CASE_NEWS] = {"case-news",
                          T("There is news about case %1. See it on our site: who has it now and"
                            " what to do next."),
                          false, 7 * SECONDS_PER_DAY},
    [NOTICE_CASE_WAITS] = {"case-waits",
                           T("Case %1 waits for you until %2. Please see on our site what is"
                             " still needed."),
                           false, 2 * SECONDS_PER_DAY},
    [NOTICE_CASE_ASKED] = {"case-asked",
                           T("You are asked to act in case %1. Please look at it on our site and"
                             " say yes or no in time."),
                           false, SECONDS_PER_DAY},
    [NOTICE_CASE_TASK] = {"case-task",
                          T("Case %1: an office has to answer until %2. Please see it on our"
                            " site."),
                          false, SECONDS_PER_DAY},
    [NOTICE_CASE_TASK_LATE] = {"case-task-late",
                               T("Case %1: what an office had to answer until %2 has not come."
                                 " Please see it on our site."),
                               false, 2 * SECONDS_PER_DAY},
    [NOTICE_CASE_VISIT] = {"case-visit",
                           T("Case %1: somebody of the office comes to you on %2 at %3. It costs"
                             " nothing. Questions: 12348."),
                           false, SECONDS_PER_DAY},
    [NOTICE_CASE_VISIT_OFF] = {"case-visit-off",
                               T("Case %1: the visit on %2 at %3 is called off. Questions: 12348."),
                               false, SECONDS_PER_DAY},
    [NOTICE_CLOSING_FILE] = {"closing-file",
                             T("Case %1: the office has looked at your closing file. Please see on"
                               " our site what it says."),
                             false, 7 * SECONDS_PER_DAY},
    [NOTICE_APPOINTMENT] = {"appointment",
                            T("Appointment %1: %2 at %3. If you cannot come, please cancel it on"
                              " our site, so that somebody else can."),
                            false, SECONDS_PER_DAY},
    [NOTICE_APPOINTMENT_SOON] = {"appointment-soon",
                                 T("Appointment %1 is on %2 at %3. If you cannot come, please"
                                   " cancel it on our site or call 12348."),
                                 false, SECONDS_PER_DAY},
    [NOTICE_APPOINTMENT_OFF] = {"appointment-off",
                                T("Appointment %1 on %2 at %3 is off: we are closed then. Sorry."
                                  " Please choose another time on our site, or call 12348."),
                                false, 3 * SECONDS_PER_DAY},
    [NOTICE_CORRECTION] = {"correction",
                           T("What you reported about the directory was decided. On our site, at "
                             "/corrections/%1, it says how."),
                           false, 7 * SECONDS_PER_DAY},
};

static const int64_t waits[NOTICE_TRIES_MAX] = {
    0,
    SECONDS_PER_MINUTE,
    5 * SECONDS_PER_MINUTE,
    30 * SECONDS_PER_MINUTE,
    2 * SECONDS_PER_HOUR,
    6 * SECONDS_PER_HOUR,
};

struct str notice_state_word(enum notice_state state)
{
    return str_of(states[state]);
}

enum notice_state notice_state_of(struct str word)
{
    int state = 0;

    while (state < NOTICE_STATES && !str_same(str_of(states[state]), word)) state++;
    assert(state < NOTICE_STATES); /* only we write this column */
    return (enum notice_state)state;
}

struct str notice_template_word(enum notice_template which)
{
    return str_of(wordings[which].word);
}

bool notice_template_of(struct str word, enum notice_template *which)
{
    for (int i = 0; i < NOTICE_TEMPLATES; i++) {
        if (str_same(str_of(wordings[i].word), word)) {
            *which = (enum notice_template)i;
            return true;
        }
    }
    return false;
}

const char *notice_template_text(enum notice_template which)
{
    return wordings[which].text;
}

bool notice_is_urgent(enum notice_template which)
{
    return wordings[which].urgent;
}

int64_t notice_lasts_seconds(enum notice_template which)
{
    return wordings[which].lasts_seconds;
}

struct outcome notice_next(enum notice_state from, enum notice_step step, enum notice_state *to)
{
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (lines[i].from == from && lines[i].step == step) {
            *to = lines[i].to;
            return DONE;
        }
    }
    return REFUSE(notice_not_now);
}

/* Tries beyond the schedule are those whose sender came to grief; they end as well. */
struct outcome notice_may_send(enum notice_template which, moment made_at, int64_t tries,
                               moment now)
{
    if (now - made_at > wordings[which].lasts_seconds) return REFUSE(notice_too_late);
    if (tries >= 2 * NOTICE_TRIES_MAX) return REFUSE(notice_too_often);
    return DONE;
}

moment notice_try_again_at(int64_t tries, moment now)
{
    assert(tries >= 0);
    return tries < NOTICE_TRIES_MAX ? now + waits[tries] : 0;
}

bool notice_is_mobile(struct str number)
{
    if (number.len != 11 || number.at[0] != '1') return false;
    for (size_t i = 0; i < number.len; i++) {
        if (number.at[i] < '0' || number.at[i] > '9') return false;
    }
    return true;
}
