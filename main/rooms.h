/* rooms.h -- every room there is, in the order of modules.h. */
#ifndef MAIN_ROOMS_H
#define MAIN_ROOMS_H

#include "platform/held.h"
#include "platform/page.h"

extern const struct module *const rooms[];     /* ends with NULL */
extern const struct held *const rooms_held[]; /* in the same order; ends with NULL */

#endif
