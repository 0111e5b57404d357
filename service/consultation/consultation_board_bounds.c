/* consultation_board_bounds.c -- within what somebody sees the board, and how that is called.
 *
 *  (1) Whoever is neither supervisor nor leader sees nothing.
 *  (2) The city is told apart by district, a district, chosen or watched, by street.
 */
#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar.h"
#include "desk/identity/identity_acts.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_pages.h"

struct consultation_bounds consultation_bounds_of(const struct scene *scene, struct str district,
                                                  struct str team, struct str field,
                                                  struct str profession)
{
    const struct actor *actor = &scene->actor;
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);
    struct consultation_bounds bounds = {
        .scope = S("-"), /* no division begins so: nothing */
        .district = district,
        .field = field,
        .profession = profession,
        .channel = S(""),
        .team = -1,
        .above = -1,
    };

    if (scope.len) {
        bounds.scope = scope;
    } else if (scene_is(scene, WHO_LEADER) && actor->team_id) {
        bounds.scope = S("");
        bounds.team_scope = actor->team_id;
    }
    bounds.is_alone = str_begins(team, S(CONSULTATION_TEAM_ALONE));
    if (bounds.is_alone) {
        team.at += sizeof CONSULTATION_TEAM_ALONE - 1;
        team.len -= sizeof CONSULTATION_TEAM_ALONE - 1;
    }
    if ((bounds.is_alone || team.len) && (!str_to_int(team, &bounds.team) || bounds.team < 0))
        bounds.scope = S("-");
    if (bounds.team > 0 && !bounds.is_alone) bounds.above = bounds.team;
    return bounds;
}

struct str consultation_bounds_team(struct scene *scene, const struct consultation_bounds *bounds)
{
    if (bounds->team < 0) return S("");
    return arena_print(scene->arena, "%s%lld", bounds->is_alone ? CONSULTATION_TEAM_ALONE : "",
                       (long long)bounds->team);
}

moment consultation_today(moment now)
{
    return calendar_day_begins(calendar_day_of(now));
}

moment consultation_this_month(moment now)
{
    struct calendar_date today = calendar_date_of(calendar_day_of(now));

    return calendar_day_begins(calendar_day_from(today.year, today.month, 1));
}

struct outcome consultation_board_district_name(struct scene *scene, struct str district,
                                                struct str *name)
{
    if (district.len <= CONSULTATION_CITY_DIGITS) {
        *name = text_in(scene->language, T("Whole city, or not said"));
        return DONE;
    }
    if (district.len == CONSULTATION_STREET_DIGITS && str_ends(district, S("000"))) {
        *name = text_in(scene->language, T("Whole district, or not said"));
        return DONE;
    }
    TRY(identity_division_name(scene, district, name));
    if (name->len == 0) *name = district;
    return DONE;
}

struct outcome consultation_board_team_name(struct scene *scene, id team_id, struct str *name)
{
    struct people_find_team_row row;
    bool found = false;

    if (team_id) TRY(people_team(scene, team_id, &row, &found));
    if (found)
        *name = scene->language == LANGUAGE_EN ? row.team_en : row.team_zh;
    else
        *name = text_in(scene->language, T("No team yet"));
    return DONE;
}

struct str consultation_board_profession_name(struct scene *scene, struct str profession)
{
    return consultation_is_profession(profession)
               ? text_in(scene->language, consultation_profession_name(profession))
               : profession;
}

static void add_word(struct scene *scene, struct str *words, struct str word)
{
    *words = words->len ? arena_print(scene->arena, "%.*s · %.*s", STR_ARGS(*words), STR_ARGS(word))
                        : word;
}

struct outcome consultation_bounds_words(struct scene *scene,
                                         const struct consultation_bounds *bounds,
                                         struct str *words)
{
    struct str word;

    *words = S("");
    if (bounds->district.len) {
        TRY(consultation_board_district_name(scene, bounds->district, &word));
        add_word(scene, words, word);
    }
    if (bounds->team >= 0) {
        TRY(consultation_board_team_name(scene, bounds->team, &word));
        if (bounds->is_alone)
            word = text_fill(scene->arena, scene->language, T("%1 without the teams below"), word,
                             S(""), S(""));
        add_word(scene, words, word);
    }
    if (bounds->field.len) {
        TRY(people_field_name(scene, bounds->field, &word));
        add_word(scene, words, word);
    }
    if (bounds->profession.len)
        add_word(scene, words, consultation_board_profession_name(scene, bounds->profession));
    if (bounds->channel.len)
        add_word(scene, words, supervision_channel_name(scene, bounds->channel));
    return DONE;
}

bool consultation_bounds_by_street(const struct consultation_bounds *b)
{
    return b->scope.len >= CONSULTATION_DISTRICT_DIGITS ||
           b->district.len >= CONSULTATION_DISTRICT_DIGITS;
}

struct str consultation_bounds_district(const struct consultation_bounds *b)
{
    struct str place = b->district.len >= CONSULTATION_DISTRICT_DIGITS ? b->district : b->scope;

    if (place.len > CONSULTATION_DISTRICT_DIGITS) place.len = CONSULTATION_DISTRICT_DIGITS;
    return place;
}

/* ---- what the board may be asked for ---- */

/* A division, or what of a district is of none of its streets: see
 * consultation_board_district_name(). */
static struct outcome knows_district(struct scene *scene, struct str district, bool *known)
{
    if (district.len == CONSULTATION_STREET_DIGITS && str_ends(district, S("000")))
        district.len -= sizeof "000" - 1;
    return identity_division_exists(scene, district, known);
}

/* 0: no team yet. */
static struct outcome knows_team(struct scene *scene, struct str team, bool *known)
{
    struct consultation_bounds bounds = consultation_bounds_of(scene, S(""), team, S(""), S(""));
    struct people_find_team_row row;

    *known = bounds.team == 0;
    return bounds.team > 0 ? people_team(scene, bounds.team, &row, known) : DONE;
}

static struct outcome knows_channel(struct scene *scene, struct str channel, bool *known)
{
    (void)scene;
    *known = consultation_is_channel(channel);
    return DONE;
}

const struct query_known consultation_bounds_known[] = {
    {"district", NULL, knows_district},
    {"team", NULL, knows_team},
    {"field", NULL, people_knows_field},
    {"profession", NULL, people_knows_profession},
    {0}};

const struct query_known consultation_people_known[] = {
    {"district", NULL, knows_district},        {"team", NULL, knows_team},
    {"field", NULL, people_knows_field},       {"profession", NULL, people_knows_profession},
    {"after", NULL, consultation_knows_place}, {0}};

const struct query_known consultation_cases_known[] = {
    {"district", NULL, knows_district},  {"team", NULL, knows_team},
    {"field", NULL, people_knows_field}, {"profession", NULL, people_knows_profession},
    {"channel", NULL, knows_channel},    {0}};
