/* shifts_demo.c -- a roster for the demo city.
 *
 * 116 people on each working day: most from nine to five, the team of the national portal in the
 * evening, one through the night.  At weekends and on holidays a smaller crew.  46 of the 116 serve
 * the national portal.  A few leaves, places without anybody and unanswered requests make today's
 * roster look like one. */
#include "bureau/shifts/shifts_parts.h"

enum {
    ON_DUTY = 116, /* of the well-known accounts, the first so many */
    PORTAL = 46,
    TEAMS = 21,
    EVENING_TEAM = 20, /* the portal's */
    WEEKEND_TEAM = 16, /* the bar association's */
    NIGHT_FIRST = 115,
    NIGHT_SECOND = 157,
    DAYS_BACK = 14,
    PLANS_MAX_DEMO = 400,
    WORKDAYS = 0x1f,
    WEEKEND = 0x60 | SHIFTS_HOLIDAYS,
    EVERY_DAY = 0xff
};

struct crew {
    const char *desk;
    int from_minute, to_minute;
    unsigned weekdays;
    int makeup_as;
};

struct made_plan {
    id plan_id, team_id;
    struct str profession;
    const struct crew *crew;
    int64_t members;
};

struct city {
    struct scene *scene;
    struct made_plan plans[PLANS_MAX_DEMO];
    size_t count;
    calendar_day from;
};

static const struct crew portal_day = {"portal", 540, 1020, WORKDAYS, 0};
static const struct crew desk_day = {"consultation", 540, 1020, WORKDAYS, 0};
static const struct crew evening = {"portal", 1020, 1320, EVERY_DAY, 0};
static const struct crew night = {"hotline", 1320, 1800, EVERY_DAY, 0};
static const struct crew weekend = {"consultation", 540, 1020, WEEKEND, SHIFTS_MAKEUP_NONE};

static const struct crew *crew_of(int number, struct str profession, unsigned *days)
{
    bool is_lawyer = str_same(profession, S("lawyer"));

    *days = EVERY_DAY;
    if (number == NIGHT_FIRST || number == NIGHT_SECOND) {
        *days = (number == NIGHT_FIRST ? 0x55U : 0x2aU) | SHIFTS_HOLIDAYS;
        return &night;
    }
    if (number > ON_DUTY) return is_lawyer && number % TEAMS == WEEKEND_TEAM ? &weekend : NULL;
    if (number % TEAMS == EVENING_TEAM) return &evening;
    return number <= PORTAL ? &portal_day : &desk_day;
}

static struct outcome plan_of(struct city *city, const struct people_list_some_consultants_row *who,
                              const struct crew *crew, struct made_plan **plan)
{
    struct scene *scene = city->scene;

    for (size_t i = 0; i < city->count; i++) {
        *plan = &city->plans[i];
        if ((*plan)->crew == crew && (*plan)->team_id == who->team_id &&
            str_same((*plan)->profession, who->profession))
            return DONE;
    }
    if (city->count == PLANS_MAX_DEMO) return FAULT("the demo city has too many plans");
    *plan = &city->plans[city->count++];
    **plan = (struct made_plan){scene_new_id(scene), who->team_id, who->profession, crew, 0};
    return shifts_add_plan(scene->store, &(struct shifts_add_plan_values){
                                             .plan_id = (*plan)->plan_id,
                                             .team_id = who->team_id,
                                             .desk = str_of(crew->desk),
                                             .profession = who->profession,
                                             .from_minute = crew->from_minute,
                                             .to_minute = crew->to_minute,
                                             .weekday_bits = crew->weekdays,
                                             .makeup_as = crew->makeup_as,
                                             .places_count = 0,
                                             .from_day = shifts_day_text(scene, city->from),
                                             .to_day = S(""),
                                             .made_at = scene->now,
                                             .by_id = 0});
}

static struct outcome add_member(struct city *city, int number,
                                 const struct people_list_some_consultants_row *who)
{
    struct made_plan *plan;
    unsigned days;
    const struct crew *crew = crew_of(number, who->profession, &days);

    if (!crew) return DONE;
    TRY(plan_of(city, who, crew, &plan));
    plan->members++;
    /* One in forty has not said yes yet. */
    return shifts_set_member(city->scene->store, plan->plan_id, who->person_id, days,
                             number % 40 == 7 ? 0 : city->scene->now);
}

static struct outcome add_leave(struct scene *scene,
                                const struct people_list_some_consultants_row *who, int number)
{
    static const char *const kinds[] = {"ill", "court", "holiday"};
    moment begins = calendar_day_begins(calendar_day_of(scene->now) + number % 4);
    bool is_half = number % 3 == 1, is_ill = number % 3 == 0; /* which nobody is asked about */
    bool is_asked = number % 2 == 0 && !is_ill;

    return shifts_add_leave(scene->store,
                            &(struct shifts_add_leave_values){
                                .leave_id = scene_new_id(scene),
                                .person_id = who->person_id,
                                .team_id = who->team_id,
                                .division = who->division,
                                .starts_at = is_half ? begins + 13 * SECONDS_PER_HOUR : begins,
                                .ends_at = begins + SECONDS_PER_DAY,
                                .kind_sealed = shifts_seal_kind(scene, str_of(kinds[number % 3])),
                                .substitute_id = 0,
                                .state = is_asked ? S("asked") : S("granted"),
                                .asked_at = scene->now - SECONDS_PER_DAY,
                                .answer_sealed = S("")});
}

static struct outcome add_backups(struct scene *scene,
                                  const struct people_list_some_consultants_row *rows, size_t count)
{
    int64_t position = 0;

    for (size_t i = ON_DUTY; i < count && i < ON_DUTY + 60; i++) {
        bool is_city = i % 2 == 0;

        TRY(shifts_add_backup(scene->store, scene_new_id(scene),
                              is_city ? S("31") : rows[i].division, rows[i].profession, ++position,
                              rows[i].person_id, 0, scene->now));
    }
    return DONE;
}

struct outcome shifts_demo(struct scene *scene)
{
    const struct people_list_some_consultants_row *rows;
    struct city *city = NEW(scene->arena, struct city);
    size_t count;

    *city = (struct city){.scene = scene, .from = calendar_day_of(scene->now) - DAYS_BACK};
    TRY(people_some_consultants(scene, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(add_member(city, (int)i + 1, &rows[i]));
        if (i < ON_DUTY && i % 13 == 5) TRY(add_leave(scene, &rows[i], (int)i));
    }
    TRY(add_backups(scene, rows, count));
    /* Some desks want one more than they have. */
    for (size_t i = 0; i < city->count; i++)
        TRY(shifts_save_plan(scene->store, city->plans[i].crew->weekdays,
                             city->plans[i].crew->makeup_as,
                             city->plans[i].crew == &night ? 1
                             : i % 23 == 3                 ? city->plans[i].members + 1
                                                           : city->plans[i].members,
                             S(""), city->plans[i].plan_id));
    return shifts_wake(scene);
}
