/* seal_stamp.c -- see seal_acts.h, time stamps. */
#include "desk/seal/seal_acts.h"

#include "gen/seal_sql.h"
#include "platform/page.h"

static int64_t expected; /* seconds from one stamp to the next; 0: there is no authority */

void seal_stamps_expect(int64_t every)
{
    expected = every;
}

static struct outcome find_due(struct scene *scene, struct witness_due *due, bool *found)
{
    struct seal_find_last_stamp_row stamp;
    struct seal_find_last_row seal;
    bool is_stamped, is_soon;

    TRY(seal_find_last_stamp(scene->store, &stamp, &is_stamped));
    TRY(seal_find_last(scene->arena, scene->store, &seal, found));
    /* A clock that was set back asks at once rather than waiting for the old one. */
    is_soon = is_stamped && scene->now >= stamp.made_at && scene->now < stamp.made_at + expected;
    if (is_soon || (*found && seal.last_seq <= stamp.last_seq)) *found = false;
    if (*found) *due = (struct witness_due){seal.last_seq, seal.head};
    return DONE;
}

static struct outcome keep(struct scene *scene, const void *form, void *result)
{
    const struct witness_form *f = form;
    struct seal_find_last_stamp_row stamp;
    struct seal_find_head_row seal;
    bool found;

    (void)result;
    scene->quiet = true; /* a line would be sealed, and so ask for the next stamp */
    TRY(seal_find_head(scene->arena, scene->store, f->number, &seal, &found));
    if (!found || !str_same(seal.head, f->digest))
        return FAULT("the head that was stamped is no seal of this journal");
    TRY(seal_find_last_stamp(scene->store, &stamp, &found));
    if (found && f->number <= stamp.last_seq) return REFUSE(act_unknown);
    return seal_add_stamp(scene->store, f->number, f->digest, f->token, f->stamped_at, scene->now);
}

static const struct act seal_stamp_keep = {.name = "seal.stamp", .who = WHO_SYSTEM, .run = keep};
const struct witness seal_witness = {.find_due = find_due, .keep = &seal_stamp_keep};

struct outcome seal_stamps_waiting(struct scene *scene, int64_t *seconds)
{
    struct seal_find_last_stamp_row stamp;
    struct seal_find_unstamped_row row;
    bool found;

    *seconds = 0;
    if (!expected) return DONE;
    TRY(seal_find_last_stamp(scene->store, &stamp, &found));
    TRY(seal_find_unstamped(scene->store, stamp.last_seq, &row, &found));
    if (found && scene->now > row.made_at) *seconds = scene->now - row.made_at;
    return DONE;
}

struct outcome seal_stamps_are_late(struct scene *scene, bool *late)
{
    int64_t seconds;

    TRY(seal_stamps_waiting(scene, &seconds));
    *late = seconds > SEAL_STAMP_LATE_TIMES * expected;
    return DONE;
}

struct outcome seal_stamps_were_late(struct scene *scene, bool *late)
{
    struct seal_find_last_row last;
    struct scene then = *scene;
    bool found;

    TRY(seal_find_last(scene->arena, scene->store, &last, &found));
    then.now = last.made_at;
    return seal_stamps_are_late(&then, late);
}

struct outcome seal_stamps_list(struct scene *scene, id after, const struct seal_stamp_row **rows,
                                size_t *count)
{
    const struct seal_list_stamps_row *read;
    struct seal_stamp_row *made;

    TRY(seal_list_stamps(scene->arena, scene->store, after, &read, count));
    made = NEW_MANY(scene->arena, struct seal_stamp_row, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct seal_stamp_row){read[i].last_seq,   read[i].digest, read[i].token,
                                          read[i].stamped_at, read[i].head,   read[i].made_at};
    *rows = made;
    return DONE;
}
