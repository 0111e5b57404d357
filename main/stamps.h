/* stamps.h -- time stamps of the journal: asking for them while serving, and looking at those there
 * are in `gongdao check`. */
#ifndef MAIN_STAMPS_H
#define MAIN_STAMPS_H

#include "channel/stamp/stamp.h"
#include "main/settings.h"

/* From now on this process knows whether stamps are wanted, and how often; so does, by the
 * database, a command that was not told of the configuration. */
struct outcome stamps_remember(struct arena *arena, struct store *store,
                               const struct settings *settings);
struct outcome stamps_recall(struct scene *scene, const struct settings *settings);

/* What [journal] says is looked at before anything is served: half of it is a mistake (decision
 * 0054).  `stamps` is NULL when there is no authority. */
struct outcome stamps_start(struct arena *arena, const struct settings *settings,
                            struct writer *writer, struct stamps **stamps);

/* Every stamp there is: for the head of its seal, by the authority of [journal] stamp_ca, not
 * before the seal was made; and that the newest is not late.  Tells what it finds, and how many
 * there are; a fault when one of them is not good, or nobody could look. */
struct outcome stamps_check(struct scene *scene, const struct settings *settings);

#endif
