/* identity_slide.c -- a staff session that is used goes on; one that lies about ends.
 *
 * Who works through a long day is not thrown out in the middle of a talk; who forgot to sign out is
 * signed out by himself.
 *
 *  (1) Each use moves the end to twelve hours later, and never beyond a day after signing in: a
 *      desk left open, which asks by itself, cannot keep a session for ever.
 *  (2) A reading request writes nothing: what was used is kept in memory until the clock comes by,
 *      each minute.  What is lost with the process is noted again at the next use.  It is written
 *      twice, a minute apart, before it is forgotten: the first time may be undone.
 *  (3) A session that was ended, or whose end has come, is not brought back by a late note.
 */
#include <pthread.h>
#include <string.h>

#include "desk/identity/identity_parts.h"

/* More at once wait for their next use: the store still holds the old end, so it is asked again. */
enum { USED_MAX = 1024 };
static struct used {
    id session_id;
    moment until;
    bool is_written; /* at least once, as far as we know: an act may be undone and run again */
} used[USED_MAX];
static size_t used_count;
static pthread_mutex_t used_lock = PTHREAD_MUTEX_INITIALIZER;

void identity_session_used(id session_id, moment made_at, moment expires_at, moment now)
{
    moment until = identity_slides_to(made_at, now);
    size_t i = 0;

    if (until - expires_at < IDENTITY_SLIDE_SECONDS) return;
    pthread_mutex_lock(&used_lock);
    while (i < used_count && used[i].session_id != session_id) i++;
    if (i < USED_MAX) used[i] = (struct used){session_id, until, false};
    if (i == used_count && i < USED_MAX) used_count++;
    pthread_mutex_unlock(&used_lock);
}

/* At the next full minute: so nobody who signs in puts off what was due. */
struct outcome identity_set_slide(struct scene *scene)
{
    return clock_set(scene, "session.slide", 0,
                     (scene->now / SECONDS_PER_MINUTE + 1) * SECONDS_PER_MINUTE);
}

static struct outcome slide(struct scene *scene, const void *form, void *result)
{
    struct used *copy = NEW_MANY(scene->arena, struct used, USED_MAX);
    struct identity_count_staff_sessions_row row;
    size_t count;
    bool found;

    (void)form, (void)result;
    scene->quiet = true;
    pthread_mutex_lock(&used_lock);
    count = used_count;
    memcpy(copy, used, count * sizeof *copy);
    used_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!copy[i].is_written)
            used[used_count++] = (struct used){copy[i].session_id, copy[i].until, true};
    }
    pthread_mutex_unlock(&used_lock);
    for (size_t i = 0; i < count; i++)
        TRY(identity_slide_session(scene->store, copy[i].until, copy[i].session_id));
    TRY(identity_count_staff_sessions(scene->store, scene->now, &row, &found));
    return row.sessions ? identity_set_slide(scene) : DONE;
}

const struct act identity_slide = {.name = "session.slide", .who = WHO_SYSTEM, .run = slide};
