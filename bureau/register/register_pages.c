/* register_pages.c -- the table of this room. */
#include "bureau/register/register_views.h"

static const struct page *const more_pages[] = {register_admin_pages,
                                                register_import_pages,
                                                register_public_pages,
                                                register_team_pages,
                                                register_own_pages,
                                                register_members_pages,
                                                NULL};
static const struct act *const clock_acts[] = {&register_sweep, &register_count,
                                               &register_import_part, NULL};

const struct module register_module = {.name = "register",
                                       .schema = register_schema,
                                       .migrations = register_migrations,
                                       .pages = register_mine_pages,
                                       .more_pages = more_pages,
                                       .clock_acts = clock_acts};
