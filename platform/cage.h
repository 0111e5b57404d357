/* cage.h -- what strangers send is read by a process that can do nothing else.
 *
 * Libraries that read pictures and documents have had their mistakes, and who finds the next one
 * must not find the keys, the database or the network behind it.
 *
 *  (1) Nothing of a file is looked at in the server's own process.
 *  (2) The process that does is this program anew, without its memory, its open files and its
 *      environment; it reads one file and ends.
 *  (3) It cannot open files (Landlock, and seccomp kills it for trying), use the network, start
 *      processes, make code; memory and time are bounded.  Each fence stands alone: a kernel
 *      without Landlock leaves seccomp.
 *  (4) A process that was stopped, or says what makes no sense, means "this file cannot be read":
 *      the person is told, and nothing is stored.
 *  (5) Pictures are drawn anew: what was hidden in them, and where they were taken, is not kept.
 *  (6) What the scanner has not called clean is not read at all, where one is set (scan.h).
 */
#ifndef PLATFORM_CAGE_H
#define PLATFORM_CAGE_H

#include "platform/base.h"
#include "platform/out.h"

extern const struct reason cage_unreadable; /* damaged, or not what it says it is */
extern const struct reason cage_too_much;   /* unpacks to more than it may */

/* From an act's prepare(): waits for the process, so never on a loop or in a transaction.  `type`
 * is one of a fixed list ("image/jpeg"), or empty when this kind of content is not taken; `clean`
 * is what may be stored, made in the arena. */
struct outcome cage_read(struct arena *arena, struct str bytes, struct str *type,
                         struct str *clean);
bool cage_is_image(struct str type);
void cage_metrics(struct out *out);

#endif
