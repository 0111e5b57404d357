/* items_pages.c -- the table of this room. */
#include "desk/items/items_views.h"

/* What can be begun without any other room. */
static const struct process processes[] = {
    {.word = "window", .name = T("At a window"), .path = ""},
    {.word = "public", .name = T("Open to everybody"), .path = ""},
    {0}};

static const struct page *const more_pages[] = {items_release_pages, items_admin_pages, NULL};

const struct module items_module = {.name = "items",
                                    .schema = items_schema,
                                    .migrations = items_migrations,
                                    .pages = items_public_pages,
                                    .more_pages = more_pages,
                                    .processes = processes};
