/* mediation.h -- a dispute settled with somebody's help: who may do what, when, and read what.
 *
 * The way a case takes stands in the item's table (data/items/mediation-one-thing.yaml) and is kept
 * by desk/cases; here is what only mediation knows: two sides, somebody between them, and what each
 * of them may see.
 *
 *  1. Mediation is free, and goes on only while both sides want it: either may stop it at any time
 *     before the agreement stands (People's Mediation Law of the PRC, articles 4 and 17).
 *  2. The mediator is proposed by the committee or chosen by the sides, and either may object
 *     (article 19).  Whoever was objected to or stepped back is not proposed again in that case,
 * nor is somebody who advised one of them in it, acts for one of them, or is called as one.
 *  3. What one side says apart is for that side and for the mediator of the case, and for nobody
 *     else: not for the other side, and not for the rest of the committee.
 *  4. A written agreement takes effect when both sides have signed, an oral one when it is reached
 *     (articles 29 and 30).  What was signed is one version of its text: another is signed anew.
 *  5. Both together may ask the court to confirm it within thirty days of that (article 33; Civil
 *     Procedure Law, article 205), but nothing about status: marriage, parentage, adoption (the
 *     Supreme People's Court's rules on judicial confirmation, 2011, article 4).
 *  6. Every deed is allowed in the stages and to the people of one table, and nowhere else.
 */
#ifndef MEDIATION_H
#define MEDIATION_H

#include "desk/calendar/calendar.h"
#include "platform/base.h"

#define MEDIATION_PROCESS "mediation"

enum {
    MEDIATION_BUSY_COUNT = 5,  /* disputes under way: from here on somebody is not free; our own */
    MEDIATION_OBJECT_DAYS = 3, /* working days to object to whoever is proposed; our own rule */
    MEDIATION_CONFIRM_DAYS = 30, /* People's Mediation Law, article 33 */
    MEDIATION_SOON_DAYS = 7,     /* before those are over, both are told once; our own rule */
    MEDIATION_ACCEPT_DAYS = 3,   /* the court: whether it takes it up (see rule 5) */
    MEDIATION_DECIDE_DAYS = 15,  /* the court: whether it confirms it */
    MEDIATION_LONGER_DAYS = 10,  /* and with leave of its president */
    MEDIATION_FOLLOW_DAYS = 30,  /* to ask again whether it is kept; our own rule */
    MEDIATION_YEAR_DAYS = 365,   /* and once after a year, as the bureau reports it */
    MEDIATION_AHEAD_DAYS = 7,    /* what is to be asked is listed so early; our own rule */
    MEDIATION_REMIND_DAYS = 3,   /* before the day of performance both sides are told; our own */
    MEDIATION_FOLLOWS_MAX = 20,
    MEDIATION_PROPOSALS_MAX = 20, /* of one case: who objects to more wants no mediation */
    MEDIATION_SESSIONS_MAX = 40,
    MEDIATION_VERSIONS_MAX = 20, /* of an agreement */
    MEDIATION_RECORD_MAX = 4000, /* letters of a record */
    MEDIATION_CODE_DIGITS = 8,   /* of an invitation: not to be guessed at a few a minute */
};

/* What somebody is to a case; bits. */
enum mediation_is {
    MEDIATION_APPLICANT = 1 << 0,
    MEDIATION_RESPONDENT = 1 << 1, /* the other side */
    MEDIATION_MEDIATOR = 1 << 2,   /* proposed or at work */
    MEDIATION_OFFICER = 1 << 3,    /* of the committee that has the case */
    MEDIATION_SIDES = MEDIATION_APPLICANT | MEDIATION_RESPONDENT
};
/* "applicant", "respondent"; "" of anybody else.  And back. */
struct str mediation_side_word(unsigned is);
unsigned mediation_side_of(struct str word);

enum mediation_deed {
    MEDIATION_INVITE,  /* the other side gets its code */
    MEDIATION_PROPOSE, /* somebody as mediator */
    MEDIATION_CHOOSE,  /* a side, from the list */
    MEDIATION_AGREE,   /* to whoever is proposed */
    MEDIATION_OBJECT,
    MEDIATION_RECUSE, /* the mediator steps back */
    MEDIATION_BEGIN,
    MEDIATION_PLAN,   /* a session */
    MEDIATION_RECORD, /* what came of it */
    MEDIATION_DRAW,   /* write the agreement */
    MEDIATION_SIGN,
    MEDIATION_STOP,
    MEDIATION_CONFIRM, /* ask for the court, each side */
    MEDIATION_COURT,   /* how it stands there */
    MEDIATION_FOLLOW,  /* whether the agreement is kept */
    MEDIATION_DEEDS
};
/* Whether one who is `is` may do it while the case is in that state; with a reason if not. */
struct outcome mediation_may(struct str state, unsigned is, enum mediation_deed deed);

/* Whether it can begin: both agreed, or the days to object are over and nobody did. */
struct outcome mediation_may_begin(moment applicant_at, moment respondent_at, moment object_until,
                                   moment now);

/* Whether the court can still be asked (rule 5); `confirm_until` 0: no agreement stands. */
struct outcome mediation_may_confirm(bool is_status, moment confirm_until, moment now);

/* How a request stands with the court: '' (not handed in), sent, accepted, confirmed, refused.
 * False: that does not follow on it. */
bool mediation_court_may(struct str from, struct str to);
/* By when the court says what is next: whether it takes up what was sent, within three days;
 * whether it confirms what it took up, within fifteen, and ten more at the longest (the rules named
 * in rule 5, articles 4 and 5).  Both 0: nothing is awaited.  They are natural days, counted as in
 * mediation_confirm_until(). */
void mediation_court_until(const struct calendar *calendar, struct str court, moment since_at,
                           moment *until, moment *longest);

/* What is known of somebody who could mediate. */
struct mediation_fit {
    bool is_party;    /* one of the sides */
    bool was_before;  /* objected to or stepped back in this case */
    bool is_namesake; /* called as one of the sides: nobody checks here who it is */
    bool has_advised; /* one side, in the talk the case came out of */
    bool acts_for;    /* one of the sides, as their lawyer in another case */
};
/* NULL: fits; else why not.  Whom somebody advised or acts for is told to the committee alone: a
 * side reads that there is a conflict, and nothing of the other side's lawyers and talks. */
const struct reason *mediation_unfit(const struct mediation_fit *fit, bool is_for_side);

/* The first moment that is too late to ask for confirmation (rule 5): the day it took effect does
 * not count, and a last day without work is the next working day (Civil Code, articles 201 and
 * 203). */
struct outcome mediation_confirm_until(const struct calendar *calendar, moment effective_at,
                                       moment *until);

/* When to ask (again) whether it is kept, after that answer: thirty days later while it is not, and
 * once after a year; 0: no more. */
moment mediation_ask_next(moment effective_at, struct str performed, moment performed_at);
/* Whether an agreement is kept: yes, partly, no; marked T(); "" for anything else. */
const char *mediation_performed_name(struct str performed);

/* Lines of what has happened, as people read them; marked T(). */
const char *mediation_event_name(struct str event);

extern const struct reason mediation_not_now, mediation_not_by_you, mediation_wait_for_sides;
extern const struct reason mediation_too_late, mediation_of_status;

#endif
