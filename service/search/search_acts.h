/* search_acts.h -- the index, for main. */
#ifndef SEARCH_ACTS_H
#define SEARCH_ACTS_H

#include "platform/act.h"
#include "platform/finder.h"

/* Makes the empty index, before anything is served; its memory stays until search_end(). */
void search_begin(void);
void search_end(void);

#endif
