/* register_demo.c -- applications in each state, for the demo city. */
#include "bureau/register/register_parts.h"

struct outcome register_demo(struct scene *scene)
{
    (void)scene;
    return DONE;
}

struct outcome register_check_files(struct scene *scene, int64_t *files)
{
    (void)scene;
    *files = 0;
    return DONE;
}
