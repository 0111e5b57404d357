/* rooms.c -- see rooms.h. */
#include "main/rooms.h"

#define MODULE(name) extern const struct module name##_module;
#include "main/modules.h"
#undef MODULE

const struct module *const rooms[] = {
#define MODULE(name) &name##_module,
#include "main/modules.h"
#undef MODULE
    NULL,
};

/* The calendar has no tables or pages of its own; it is in the list for its place in the order. */
const struct module calendar_module = {.name = "calendar"};
