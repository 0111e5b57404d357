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

/* A room that does not say what it holds about people is not linked. */
#define MODULE(name) extern const struct held name##_holds;
#include "main/modules.h"
#undef MODULE

const struct held *const rooms_held[] = {
#define MODULE(name) &name##_holds,
#include "main/modules.h"
#undef MODULE
    NULL,
};

/* These have no tables or pages of their own; they are in the list for their place in the order. */
const struct module calendar_module = {.name = "calendar"}, danger_module = {.name = "danger"};
const struct held calendar_holds = {0}, danger_holds = {0};
const struct held web_holds = {0}; /* nor has the frame of pages */
