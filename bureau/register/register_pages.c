/* register_pages.c -- the table of this room. */
#include "bureau/register/register_views.h"

static const struct page *const more_pages[] = {register_admin_pages, register_import_pages, NULL};

const struct module register_module = {.name = "register",
                                       .schema = register_schema,
                                       .pages = register_mine_pages,
                                       .more_pages = more_pages};
