/* hall_place.c -- who works where, at which window, and until when a hall is open. */
#include "bureau/hall/hall_acts.h"
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"

struct str hall_name(const struct scene *scene, struct str zh, struct str en)
{
    return scene->language == LANGUAGE_EN && en.len ? en : zh;
}

struct str hall_desk(struct arena *arena, id hall_id)
{
    return arena_print(arena, "hall.%lld", (long long)hall_id);
}

struct str hall_today(struct scene *scene)
{
    char text[11];

    calendar_day_print(calendar_day_of(scene->now), text);
    return arena_copy(scene->arena, str_of(text));
}

struct outcome hall_open_now(struct scene *scene, id hall_id, bool *open, moment *ends)
{
    calendar_day today = calendar_day_of(scene->now);
    struct calendar_opening opening;
    struct calendar_desk desk;
    struct outcome outcome;

    *open = false;
    *ends = 0;
    TRY(people_desk(scene, hall_desk(scene->arena, hall_id), &desk));
    outcome = people_open_on(&desk, today, &opening);
    if (outcome.fault) return outcome;
    if (!IS_DONE(outcome) || opening.count == 0) return DONE; /* a year without a calendar */
    *ends = calendar_day_begins(today) +
            opening.interval[opening.count - 1].to * (moment)SECONDS_PER_MINUTE;
    outcome = calendar_is_open(&desk, scene->now, open);
    return outcome.fault ? outcome : DONE;
}

struct outcome hall_day_over(struct scene *scene, id hall_id, moment *over)
{
    moment midnight = calendar_day_begins(calendar_day_of(scene->now) + 1);
    bool open;

    TRY(hall_open_now(scene, hall_id, &open, over));
    if (!*over) return DONE; /* closed all day */
    *over += HALL_GRACE_SECONDS;
    if (*over > midnight) *over = midnight;
    return DONE;
}

struct outcome hall_place(struct scene *scene, struct hall_find_place_row *place)
{
    bool found;

    TRY(hall_find_place(scene->arena, scene->store, scene->actor.person_id, place, &found));
    return found && place->is_active ? DONE : REFUSE(hall_not_here);
}

struct outcome hall_place_at_window(struct scene *scene, struct hall_find_place_row *place)
{
    TRY(hall_place(scene, place));
    return place->window_id ? DONE : REFUSE(hall_no_window);
}

/* Whoever leaves a window leaves nobody standing there. */
static struct outcome need_empty(struct scene *scene, id window_id)
{
    struct hall_find_at_window_row row;
    bool found;

    if (!window_id) return DONE;
    TRY(hall_find_at_window(scene->arena, scene->store, window_id, &row, &found));
    return found ? REFUSE_WITH(hall_window_busy, row.ticket) : DONE;
}

struct outcome hall_sit(struct scene *scene, int64_t window_number)
{
    const struct hall_list_windows_row *rows;
    struct hall_find_place_row place;
    size_t count, i = 0;

    TRY(hall_place(scene, &place));
    TRY(hall_list_windows(scene->arena, scene->store, place.hall_id, &rows, &count));
    while (i < count && rows[i].window_number != window_number) i++;
    if (i == count || !rows[i].is_active) return REFUSE(hall_unknown_window);
    if (rows[i].window_id == place.window_id) return DONE;
    if (rows[i].person_id) return REFUSE_WITH(hall_window_taken, rows[i].person_name);
    TRY(need_empty(scene, place.window_id));
    TRY(hall_leave_seats(scene->store, scene->now, scene->actor.person_id));
    return hall_set_seat(scene->store, scene->actor.person_id, scene->now, rows[i].window_id);
}

struct outcome hall_stand_up(struct scene *scene)
{
    struct hall_find_place_row place;

    TRY(hall_place(scene, &place));
    TRY(need_empty(scene, place.window_id));
    return hall_leave_seats(scene->store, scene->now, scene->actor.person_id);
}

struct outcome hall_empty(struct scene *scene, id hall_id, moment before)
{
    return hall_empty_seats(scene->store, scene->now, hall_id, before);
}
