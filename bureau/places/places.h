/* places.h -- the rules of places: which district a street lies in, by its official code. */
#ifndef PLACES_H
#define PLACES_H

#include "platform/base.h"

/* "310104003" to "310104"; a district or the city is itself. */
struct str places_district(struct str division);

#endif
