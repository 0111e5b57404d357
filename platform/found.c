/* found.c -- see found.h. */
#include "platform/found.h"

static _Thread_local const struct scene *said;

void found_by_message(const struct scene *scene)
{
    said = scene;
}

void found_begin(void)
{
    said = NULL;
}

bool found_is_by_message(const struct scene *scene)
{
    return said == scene;
}
