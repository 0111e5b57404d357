/* shifts_feed.c -- a person's shifts as a calendar to subscribe to (RFC 5545, RFC 7986), by
 * libical.
 *
 *  (1) The address holds a secret of 256 bits, kept as a hash and told once; a new one ends the old
 *      one, and a suspended person's opens nothing.
 *  (2) A shift of a person has one UID for ever, which tells nothing and differs between
 *      installations; SEQUENCE rises with each change.
 *  (3) Who no longer has a shift sees it as CANCELLED, with the number of the change that took it.
 *  (4) Nothing but time, desk and team is told: no colleague, no case.
 *  (5) A key of a program makes no address: it would outlive the key.
 *  (6) It is in the language its owner reads here: calendar programs ask in one of their own.
 */
#include <libical/ical.h>

#include "bureau/shifts/shifts_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

enum { PAST_SECONDS = 30 * SECONDS_PER_DAY, TOLD_SECONDS = 5 * SECONDS_PER_MINUTE };
#define TOLD_USE "shifts.feed"

/* ---- the address ---- */

static struct str path_of(struct arena *arena, struct str token)
{
    return arena_print(arena, "/roster/feeds/%.*s/shifts.ics", STR_ARGS(token));
}

static struct outcome make(struct scene *scene, const void *form, void *result)
{
    id me = scene->actor.person_id;
    struct str token = secret_token(scene->arena), path = path_of(scene->arena, token);
    struct people_find_consultant_row row;
    bool found;

    (void)form;
    TRY(identity_by_person(scene));
    TRY(people_consultant(scene, me, &row, &found));
    if (!found) return REFUSE(people_not_consultant);
    TRY(shifts_end_feeds(scene->store, scene->now, me));
    TRY(shifts_add_feed(scene->store, scene_new_id(scene), me,
                        secret_token_hash(scene->arena, token), scene->now));
    *(struct shifts_feed_told_view *)result = (struct shifts_feed_told_view){path, scene->now};
    /* Browsers are shown it by the next page; programs are told it at once. */
    if (str_same(scene->channel, S("web")))
        scene_cookie(
            scene, S("feed"),
            secret_seal(scene->arena, TOLD_USE,
                        arena_print(scene->arena, "%lld %lld %.*s", (long long)me,
                                    (long long)(scene->now + TOLD_SECONDS), STR_ARGS(path))),
            TOLD_SECONDS);
    scene_about(scene, 0, me);
    return DONE;
}

static struct outcome end(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene_about(scene, 0, scene->actor.person_id);
    return shifts_end_feeds(scene->store, scene->now, scene->actor.person_id);
}

const struct act shifts_act_feed = {
    .name = "shifts.feed", .who = WHO_CONSULTANT, .result = &shifts_feed_told_view, .run = make};
const struct act shifts_act_feed_end = {
    .name = "shifts.feed_end", .who = WHO_CONSULTANT, .run = end};

static struct str take_told(struct scene *scene)
{
    struct str sealed = scene_brought(scene, S("feed")), plain, rest = S("");
    int64_t whose = 0, until = 0;

    if (sealed.len == 0) return S("");
    scene_cookie(scene, S("feed"), S(""), -1);
    if (!secret_unseal(scene->arena, TOLD_USE, sealed, &plain)) return S("");
    if (!str_to_int(str_cut(plain, ' ', &rest), &whose) || whose != scene->actor.person_id)
        return S("");
    if (!str_to_int(str_cut(rest, ' ', &rest), &until) || scene->now >= until) return S("");
    return rest;
}

struct outcome shifts_set_feed(struct request *request, struct shifts_mine_view *v)
{
    struct scene *scene = request->scene;
    struct shifts_find_own_feed_row row;
    bool found;

    TRY(shifts_find_own_feed(scene->store, scene->actor.person_id, &row, &found));
    v->feed_made_at = row.made_at;
    v->feed_path = row.made_at ? take_told(scene) : S("");
    return DONE;
}

/* ---- the file ---- */

struct event {
    id shift_id, person_id;
    moment starts_at, ends_at, changed_at;
    int64_t change_count;
    struct str desk, team;
    bool is_provisional;
    enum icalproperty_status status;
};

static struct icaltimetype time_of(moment at)
{
    return icaltime_from_timet_with_zone((time_t)at, 0, icaltimezone_get_utc_timezone());
}

static const char *uid_of(struct scene *scene, const struct event *event)
{
    struct str plain = arena_print(scene->arena, "%lld %lld", (long long)event->shift_id,
                                   (long long)event->person_id);

    return arena_c(scene->arena, secret_index(scene->arena, "shifts.uid", plain));
}

static void add_event(struct scene *scene, icalcomponent *calendar, const struct event *event)
{
    icalcomponent *made = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    struct str desk = shifts_desk_name(scene->language, event->desk);
    struct str title =
        text_fill(scene->arena, scene->language, T("On duty: %1"), desk, S(""), S(""));

    if (event->is_provisional)
        title =
            text_fill(scene->arena, scene->language, T("%1 (provisional)"), title, S(""), S(""));
    icalcomponent_add_property(made, icalproperty_new_uid(uid_of(scene, event)));
    icalcomponent_add_property(made, icalproperty_new_dtstamp(time_of(event->changed_at)));
    icalcomponent_add_property(made, icalproperty_new_lastmodified(time_of(event->changed_at)));
    icalcomponent_add_property(made, icalproperty_new_dtstart(time_of(event->starts_at)));
    icalcomponent_add_property(made, icalproperty_new_dtend(time_of(event->ends_at)));
    icalcomponent_add_property(made, icalproperty_new_sequence((int)event->change_count));
    icalcomponent_add_property(made, icalproperty_new_status(event->status));
    icalcomponent_add_property(made, icalproperty_new_class(ICAL_CLASS_PRIVATE));
    icalcomponent_add_property(made, icalproperty_new_summary(arena_c(scene->arena, title)));
    icalcomponent_add_property(made, icalproperty_new_location(arena_c(scene->arena, event->team)));
    icalcomponent_add_component(calendar, made);
}

static icalcomponent *new_calendar(struct scene *scene)
{
    icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    struct str name = text_in(scene->language, T("My duty"));
    icalproperty *refresh =
        icalproperty_new_refreshinterval(icaldurationtype_from_int(SECONDS_PER_HOUR));

    icalproperty_set_parameter_from_string(refresh, "VALUE", "DURATION");
    icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar, icalproperty_new_prodid("-//Gongdao//Duty roster//EN"));
    icalcomponent_add_property(calendar, icalproperty_new_calscale("GREGORIAN"));
    icalcomponent_add_property(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    icalcomponent_add_property(calendar, icalproperty_new_name(arena_c(scene->arena, name)));
    icalcomponent_add_property(calendar, refresh);
    return calendar;
}

static struct outcome add_held(struct scene *scene, id person_id, icalcomponent *calendar)
{
    const struct shifts_list_feed_row *rows;
    size_t count;

    TRY(shifts_list_feed(scene->arena, scene->store, person_id, scene->now - PAST_SECONDS, &rows,
                         &count));
    for (size_t i = 0; i < count; i++)
        add_event(scene, calendar,
                  &(struct event){rows[i].shift_id, person_id, rows[i].starts_at, rows[i].ends_at,
                                  rows[i].changed_at, rows[i].change_count, rows[i].desk,
                                  shifts_team_name(scene, rows[i].team_zh, rows[i].team_en),
                                  rows[i].is_provisional != 0,
                                  str_same(rows[i].state, S("confirmed")) ? ICAL_STATUS_CONFIRMED
                                                                          : ICAL_STATUS_TENTATIVE});
    return DONE;
}

static struct outcome add_past(struct scene *scene, id person_id, icalcomponent *calendar)
{
    const struct shifts_list_feed_past_row *rows;
    size_t count;

    TRY(shifts_list_feed_past(scene->arena, scene->store, person_id, scene->now - PAST_SECONDS,
                              &rows, &count));
    for (size_t i = 0; i < count; i++)
        add_event(scene, calendar,
                  &(struct event){rows[i].shift_id, person_id, rows[i].starts_at, rows[i].ends_at,
                                  rows[i].changed_at, rows[i].change_count, rows[i].desk,
                                  shifts_team_name(scene, rows[i].team_zh, rows[i].team_en), false,
                                  ICAL_STATUS_CANCELLED});
    return DONE;
}

struct outcome shifts_feed_file(struct request *request, const void *query,
                                struct file_answer *file)
{
    struct scene *scene = request->scene;
    struct shifts_find_feed_row row;
    icalcomponent *calendar;
    struct outcome outcome;
    char *text;
    bool found;

    TRY(shifts_find_feed(
        scene->arena, scene->store,
        secret_token_hash(scene->arena, ((const struct shifts_feed_form *)query)->token), &row,
        &found));
    if (!found) return REFUSE(act_unknown);
    TRY(identity_language(scene, row.person_id, &scene->language));
    calendar = new_calendar(scene);
    outcome = add_held(scene, row.person_id, calendar);
    if (IS_DONE(outcome)) outcome = add_past(scene, row.person_id, calendar);
    text = icalcomponent_as_ical_string_r(calendar);
    file->bytes = arena_copy(scene->arena, str_of(text));
    file->type = S("text/calendar; charset=utf-8");
    file->name = S("shifts.ics");
    icalmemory_free_buffer(text);
    icalcomponent_free(calendar);
    return outcome;
}
