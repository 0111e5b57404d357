/* outward.h -- what is said to other machines is not said in clear (OWASP ASVS 5.0, 12.3.1).
 *
 *  1. https:// everywhere; http:// to this machine itself, by its name localhost or its addresses
 *     127.0.0.0/8 and ::1.
 *  2. A database on another machine is spoken to over TLS (sslmode=require or stronger).
 *  3. Hosts that the operator names are outside of both: a network of one's own, where something
 *     else keeps what is said.
 */
#ifndef PLATFORM_OUTWARD_H
#define PLATFORM_OUTWARD_H

#include "platform/base.h"

/* Before any thread; the names of (3) with blanks between them, kept by pointer. */
void outward_plain(struct str hosts);
/* Whether nobody on the way reads what is said there.  `host` without brackets and port. */
bool outward_host_is_near(struct str host);
bool outward_is_safe(struct str url);

/* "…of the SMS gateway": what a setting's fault says of an address that is not safe. */
#define OUTWARD_UNSAFE(what)                                                                       \
    "what is said to " what                                                                        \
    " would travel in clear: write https://, or name its host in [server] plain_hosts"

#endif
