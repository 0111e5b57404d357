/* places.c -- which places have a page; see places.h. */
#include "bureau/places/places.h"

struct str places_district(struct str division)
{
    enum { DISTRICT_LEN = 6 };

    return division.len > DISTRICT_LEN ? (struct str){division.at, DISTRICT_LEN} : division;
}
