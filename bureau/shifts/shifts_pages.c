/* shifts_pages.c -- the table of this room. */
#include "bureau/shifts/shifts_acts.h"
#include "platform/page.h"

const struct module shifts_module = {
    .name = "shifts", .schema = shifts_schema, .migrations = shifts_migrations};
