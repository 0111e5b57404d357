/* modules.h -- the table of contents.  To add a room, add its folder and one line here.
 *
 * Also the reading order: a module looks only at modules listed before it. */
MODULE(calendar)     /* desk: official working days and opening hours                */
MODULE(keys)         /* desk: the key of sealed fields, turned over while serving       */
MODULE(seal)         /* desk: the journal sealed each minute, so that a change shows   */
MODULE(retention)    /* desk: how long what is kept stays, and what must not go yet       */
MODULE(notice)       /* desk: messages that must reach somebody                      */
MODULE(danger)       /* desk: words that may mean danger, and whom to call at once  */
MODULE(identity)     /* desk: who people are, and the sessions they hold             */
MODULE(laws)         /* desk: laws, their versions, every article; citations          */
MODULE(items)        /* desk: the service list, item by item, release by release       */
MODULE(cases)        /* desk: what people apply for, and how each case runs            */
MODULE(people)       /* bureau: who serves, in which team, and who is on duty now    */
MODULE(directory)    /* bureau: firms and offices, credit, and what is reported as wrong  */
MODULE(record)       /* bureau: one row a case: what every figure is made from       */
MODULE(register)     /* bureau: volunteers apply, are checked, expire; what is public    */
MODULE(shifts)       /* bureau: the roster: who is meant to be there, and who stands in   */
MODULE(forecast)     /* bureau: how many are needed, half hour by half hour           */
MODULE(assignment)   /* bureau: who gets a case, for every service, and why          */
MODULE(ladder)       /* bureau: what happens when more ask than those on duty can serve */
MODULE(review)       /* bureau: how good the work is, what follows from it, what is paid */
MODULE(supervision)  /* bureau: warnings, announcements, reports                      */
MODULE(hall)         /* bureau: places people come to: windows, and the numbers they wait with */
MODULE(appointment)  /* bureau: times kept for people at a hall                          */
MODULE(places)       /* bureau: a page for whoever lives in a district or street        */
MODULE(repository)   /* service: answered questions everybody may read, kept by editors     */
MODULE(classics)     /* service: the ten best cases: collected, screened, voted             */
MODULE(search)       /* service: one box for laws, fields, people and help           */
MODULE(consultation) /* service: ask, and be answered now or in three working days   */
MODULE(aid)          /* service: legal aid: who is entitled, by tables anybody can read      */
MODULE(mediation)    /* service: a dispute settled with somebody between the two sides    */
MODULE(referral)     /* service: out of a talk to another office, with what is known         */
MODULE(assistant)    /* service: finds, asks back, cites, and hands over to a person      */
MODULE(privacy)      /* service: what is held about somebody: a copy of it, and erasing it  */
MODULE(web)          /* channel: the frame of every page, home, preferences, assets  */
