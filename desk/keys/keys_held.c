/* keys_held.c -- this room has no tables of its own: which key is written with is a mark. */
#include "platform/held.h"

const struct held keys_holds = {0};
