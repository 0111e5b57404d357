/* follow.h -- a thread that has rooms read on in what they keep in memory, as an index of texts.
 *
 *  (1) Nobody waits for it: neither the start of the program nor a page.  What is not read yet is
 *      missing until it is, which rooms say to those who ask.
 *  (2) It only reads, with a connection of its own. */
#ifndef PLATFORM_FOLLOW_H
#define PLATFORM_FOLLOW_H

#include "platform/site.h"

struct follower;

/* Calls follow() of every module (platform/page.h), again at once while one has more. */
struct outcome follower_open(const struct module *const *modules, struct str database,
                             struct follower **follower);
void follower_close(struct follower **follower);

#endif
