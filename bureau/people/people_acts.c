/* people_acts.c -- see people_acts.h. */
#include "bureau/people/people_acts.h"

#include "desk/calendar/calendar_load.h"

const struct reason people_not_consultant = {
    "people.not-consultant", T("Only consultants who are registered here can do this."), 403};
const struct reason people_capacity = {
    "people.capacity", T("Between 1 and 20 conversations at once are possible."), 0};

const struct reason people_barred = {
    "people.barred", T("You are not in service at the moment. See your record for the reason."),
    403};

static const struct calendar *calendar_in_use = &calendar_built_in;

void people_use_calendar(const struct calendar *calendar)
{
    calendar_in_use = calendar;
}

struct outcome people_field(struct scene *scene, struct str field,
                            struct people_find_field_row *row, bool *found)
{
    return people_find_field(scene->arena, scene->store, field, row, found);
}

struct outcome people_fields(struct scene *scene, const struct people_list_fields_row **rows,
                             size_t *count)
{
    return people_list_fields(scene->arena, scene->store, rows, count);
}

struct outcome people_field_name(struct scene *scene, struct str field, struct str *name)
{
    struct people_find_field_name_row row;
    bool found;

    TRY(people_find_field_name(scene->arena, scene->store, field, &row, &found));
    *name = !found ? field : scene->language == LANGUAGE_EN ? row.field_en : row.field_zh;
    return DONE;
}

struct outcome people_consultant(struct scene *scene, id person_id,
                                 struct people_find_consultant_row *row, bool *found)
{
    return people_find_consultant(scene->arena, scene->store, person_id, row, found);
}

struct outcome people_answerer(struct scene *scene, id person_id,
                               struct people_find_answerer_row *row, bool *found)
{
    return people_find_answerer(scene->arena, scene->store, person_id, row, found);
}

struct outcome people_on_line(struct scene *scene, struct str field, struct str language,
                              struct str profession, moment seen_since,
                              const struct people_list_on_line_row **rows, size_t *count)
{
    return people_list_on_line(scene->arena, scene->store, field, language, seen_since, profession,
                               rows, count);
}

struct outcome people_for_written(struct scene *scene, struct str field, struct str language,
                                  struct str profession,
                                  const struct people_list_for_written_row **rows, size_t *count)
{
    return people_list_for_written(scene->arena, scene->store, language, field, profession, rows,
                                   count);
}

struct outcome people_places(struct scene *scene, struct str profession, moment seen_since,
                             int64_t *places, int64_t *people)
{
    struct people_sum_places_row row;
    bool found;

    TRY(people_sum_places(scene->store, seen_since, profession, &row, &found));
    *places = row.capacity;
    *people = row.people;
    return DONE;
}

bool people_is_qualified(moment verified_at, moment licence_until, moment now)
{
    return verified_at && verified_at <= now && (!licence_until || licence_until > now);
}

struct outcome people_set_presence(struct scene *scene, struct str presence, int64_t capacity,
                                   bool *changed)
{
    struct people_find_consultant_row consultant;
    struct people_find_presence_row now;
    bool found, known;
    id person_id = scene->actor.person_id;

    TRY(people_consultant(scene, person_id, &consultant, &found));
    if (!found) return REFUSE(people_not_consultant);
    TRY(people_find_presence(scene->arena, scene->store, person_id, &now, &known));
    if (!presence.len) presence = known ? now.presence : S("off");
    if (!capacity) capacity = known ? now.capacity : consultant.capacity;
    if (capacity < 1 || capacity > PEOPLE_CAPACITY_MAX) return REFUSE(people_capacity);
    if (str_same(presence, S("online")) && str_same(consultant.standing, S("barred")))
        return REFUSE(people_barred);
    *changed = !known || !str_same(now.presence, presence) || now.capacity != capacity;
    if (!*changed) return people_set_seen(scene->store, scene->now, person_id);
    return people_set_presence_row(scene->store, person_id, presence, capacity, scene->now,
                                   known && str_same(now.presence, presence) ? now.since_at
                                                                             : scene->now);
}

struct outcome people_bar(struct scene *scene, id person_id, struct str why)
{
    TRY(people_set_barred(scene->store, person_id));
    TRY(people_set_off_line(scene->store, scene->now, person_id));
    return people_note(scene, person_id, "barred", why);
}

struct outcome people_unbar(struct scene *scene, id person_id, struct str why)
{
    TRY(people_set_unbarred(scene->store, person_id));
    return people_note(scene, person_id, "unbarred", why);
}

struct outcome people_widen(struct scene *scene, id person_id, int64_t live, int64_t written)
{
    struct people_find_consultant_row row;
    bool found;

    TRY(people_consultant(scene, person_id, &row, &found));
    if (!found) return REFUSE(people_not_consultant);
    live += row.capacity;
    written += row.written_capacity;
    if (live > PEOPLE_CAPACITY_MAX) live = PEOPLE_CAPACITY_MAX;
    if (written > PEOPLE_WRITTEN_MAX) written = PEOPLE_WRITTEN_MAX;
    TRY(people_set_capacities(scene->store, live, written, person_id));
    return people_note(scene, person_id, "widened", S(""));
}

struct outcome people_absent(struct scene *scene, moment seen_since,
                             const struct people_list_absent_row **rows, size_t *count)
{
    return people_list_absent(scene->arena, scene->store, seen_since, rows, count);
}

struct outcome people_set_absent(struct scene *scene, id person_id)
{
    return people_set_away(scene->store, scene->now, person_id);
}

struct outcome people_clock_stood(struct scene *scene, moment seen_since, int64_t seconds)
{
    return people_set_seen_later(scene->store, seconds, seen_since);
}

struct outcome people_was_offered(struct scene *scene, id person_id)
{
    return people_set_last_offer(scene->store, scene->now, person_id);
}

struct outcome people_team(struct scene *scene, id team_id, struct people_find_team_row *row,
                           bool *found)
{
    return people_find_team(scene->arena, scene->store, team_id, row, found);
}

struct outcome people_teams(struct scene *scene, const struct people_list_teams_row **rows,
                            size_t *count)
{
    return people_list_teams(scene->arena, scene->store, rows, count);
}

struct outcome people_serves(struct scene *scene, struct str *profession, struct str *division)
{
    struct people_find_consultant_row row;
    bool found;

    *profession = *division = S("");
    TRY(people_consultant(scene, scene->actor.person_id, &row, &found));
    if (!found || !str_same(row.standing, S("active")) ||
        !people_is_qualified(row.verified_at, row.licence_until, scene->now))
        return DONE;
    *profession = row.profession;
    *division = row.division;
    return DONE;
}

struct outcome people_find_team_of(struct scene *scene, id person_id, id *team_id)
{
    struct people_find_own_team_row row;
    bool found;

    TRY(people_find_own_team(scene->store, person_id, &row, &found));
    *team_id = found ? row.team_id : 0;
    return DONE;
}

struct outcome people_team_name(struct scene *scene, id team_id, struct str *name)
{
    struct people_find_team_row row;
    bool found;

    *name = S("");
    TRY(people_find_team(scene->arena, scene->store, team_id, &row, &found));
    if (found)
        *name = scene->language == LANGUAGE_EN && row.team_en.len ? row.team_en : row.team_zh;
    return DONE;
}

static void read_openings(struct calendar_hours *hours, const struct people_list_openings_row *rows,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct calendar_opening *opening =
            rows[i].weekday < CALENDAR_WEEKDAYS ? &hours->week[rows[i].weekday] : &hours->holiday;

        if (opening->count == CALENDAR_INTERVALS_MAX) continue;
        opening->interval[opening->count++] =
            (struct calendar_interval){(int)rows[i].from_minute, (int)rows[i].to_minute};
    }
}

/* Rows come by day: those of one day make one exception; 0 to 0 is a closed day. */
static size_t read_exceptions(struct calendar_exception *exceptions,
                              const struct people_list_exceptions_row *rows, size_t count)
{
    size_t made = 0;

    for (size_t i = 0; i < count; i++) {
        calendar_day day;
        struct calendar_opening *opening;

        if (!calendar_day_parse(rows[i].day, &day)) continue;
        if (made == 0 || exceptions[made - 1].day != day)
            exceptions[made++] = (struct calendar_exception){.day = day};
        opening = &exceptions[made - 1].opening;
        if (rows[i].to_minute == 0 || opening->count == CALENDAR_INTERVALS_MAX) continue;
        opening->interval[opening->count++] =
            (struct calendar_interval){(int)rows[i].from_minute, (int)rows[i].to_minute};
    }
    return made;
}

struct outcome people_desk(struct scene *scene, struct str desk, struct calendar_desk *made)
{
    struct calendar_hours *hours = NEW(scene->arena, struct calendar_hours);
    struct calendar_exception *exceptions;
    const struct people_list_openings_row *openings;
    const struct people_list_exceptions_row *days;
    struct people_find_hours_row row = {0};
    size_t openings_count, days_count;
    bool found;

    TRY(people_find_hours(scene->store, desk, &row, &found));
    TRY(people_list_openings(scene->arena, scene->store, desk, &openings, &openings_count));
    TRY(people_list_exceptions(scene->arena, scene->store, desk, &days, &days_count));
    hours->round_the_clock = row.round_the_clock != 0;
    read_openings(hours, openings, openings_count);
    exceptions = NEW_MANY(scene->arena, struct calendar_exception, days_count + 1);
    hours->exception_count = read_exceptions(exceptions, days, days_count);
    hours->exception = exceptions;
    *made = (struct calendar_desk){.calendar = calendar_in_use, .hours = hours};
    return DONE;
}
