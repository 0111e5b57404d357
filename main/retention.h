/* retention.h -- gongdao retention: how long what is kept stays, what a run would take, holds. */
#ifndef MAIN_RETENTION_H
#define MAIN_RETENTION_H

#include "main/settings.h"
#include "platform/act.h"

/* Kinds that have no period yet get those of data/retention.tsv, and the daily run begins. */
struct outcome retention_start(struct arena *arena, struct store *store);
/* list, run, set, hold, release; the value is the exit status. */
int retention_command(struct arena *arena, const struct settings *settings);

#endif
