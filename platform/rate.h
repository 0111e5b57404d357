/* rate.h -- how often one address may do one thing: a token bucket in memory.
 *
 * The program's own machine is not limited: behind a proxy the address is the client's, and
 * without one only an operator reaches us. */
#ifndef PLATFORM_RATE_H
#define PLATFORM_RATE_H

#include "platform/base.h"

/* This machine itself, which is not limited. */
bool rate_is_own(struct str address);
/* `what` is static.  False: too often.  A full minute's allowance may be used at once. */
bool rate_may(const char *what, struct str address, int per_minute);
/* In how many whole seconds the next may be: 0 now.  Takes nothing. */
int64_t rate_wait_seconds(const char *what, struct str address, int per_minute);
/* The same for tests, with the moment given in milliseconds. */
bool rate_may_at(const char *what, struct str address, int per_minute, int64_t now_ms);
int64_t rate_wait_seconds_at(const char *what, struct str address, int per_minute, int64_t now_ms);

#endif
