/* clock.h -- performs deadlines: rows that say which act is due when.
 *
 *  (1) A deadline that is due is performed once, as an act of the system, its row going in the
 *      same transaction; a restart changes nothing.  Of several nodes whose clocks find it due, the
 *      one that takes the row performs it, and the others find it gone: none of them is the chief,
 *      and when one dies nobody has to notice.
 *  (2) One that faults is tried again, later each time, and never forgotten.
 *  (3) What the house does again and again (a deadline of no case) and was set while the clock ran
 *      ahead keeps its distance when the clock is right again.  A deadline of a case stands at the
 *      moment it names, as it is told to people.
 */
#ifndef PLATFORM_CLOCK_H
#define PLATFORM_CLOCK_H

#include "platform/site.h"

struct clock;

struct outcome clock_open(struct site *site, struct clock **clock);
void clock_close(struct clock **clock);

#endif
