/* people_pages.c -- what an administrator sees and does, and the table of this room. */
#include "bureau/people/people_acts.h"
#include "platform/page.h"

static const struct page pages[] = {{0}};

const struct module people_module = {.name = "people",
                                     .schema = people_schema,
                                     .migrations = people_migrations,
                                     .pages = pages};
