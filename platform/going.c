/* going.c -- files whose rows are gone leave the disk, whatever ends in between; see files.h.
 *
 *  (1) A file is named in the transaction that takes its row, and removed after that: an act that
 *      is undone loses no file, and one that was done leaves none.
 *  (2) The file first, then its name: ended between the two, it is removed once more.  A file that
 *      cannot be removed keeps its name, and is tried again.
 */
#include "gen/platform_sql.h"
#include "platform/act.h"
#include "platform/files.h"

#define SWEEP "files.sweep"

struct outcome files_going(struct scene *scene, struct str name)
{
    TRY(platform_add_file_going(scene->store, name, scene->now));
    return clock_set(scene, SWEEP, 0, scene->now);
}

static struct outcome sweep(struct scene *scene, const void *form, void *result)
{
    const struct platform_list_files_going_row *rows;
    struct str *names;
    size_t count;

    (void)form, (void)result;
    scene->quiet = true; /* that it goes is in the line of the act that named it */
    TRY(platform_list_files_going(scene->arena, scene->store, &rows, &count));
    names = NEW_MANY(scene->arena, struct str, count);
    for (size_t i = 0; i < count; i++) names[i] = rows[i].file;
    TRY(files_drop_many(names, count));
    for (size_t i = 0; i < count; i++)
        TRY(platform_drop_file_going(scene->store, rows[i].file));
    return count ? clock_set(scene, SWEEP, 0, scene->now) : DONE;
}

const struct act files_sweep = {.name = SWEEP, .who = WHO_SYSTEM, .run = sweep};
