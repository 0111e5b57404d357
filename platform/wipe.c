/* wipe.c -- see wipe.h. */
#include "platform/wipe.h"

#define WIPE "log.wipe"

enum { AGAIN_SECONDS = 20 };

struct outcome wipe_soon(struct scene *scene)
{
    return clock_set(scene, WIPE, 0, scene->now);
}

/* It is asked for after the commit of this act: whether it was done is seen by the next. */
static struct outcome wipe(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    return store_wipe(scene->store) ? DONE : clock_set(scene, WIPE, 0, scene->now + AGAIN_SECONDS);
}

const struct act wipe_log = {.name = WIPE, .who = WHO_SYSTEM, .run = wipe};
