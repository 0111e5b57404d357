/* supervision_announce.c -- one sentence to everybody on duty, and, if wanted, to those who wait.
 *
 *  (1) It reaches whoever serves within the scope of the one who says it, and nobody else.
 *  (2) It stands on a desk until it is read there or its time is over.
 *  (3) Only a supervisor speaks to residents. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_views.h"

enum { ANNOUNCEMENTS_MAX = 10 }; /* of one person at a time: more nobody reads */

const struct reason supervision_too_many = {
    "supervision.too-many", T("Ten of your announcements still stand. Please take one back first."),
    409};
const struct reason supervision_not_to_residents = {
    "supervision.not-to-residents", T("Only a supervisor may speak to those who wait."), 403};

static struct outcome announce(struct scene *scene, const void *form, void *result)
{
    const struct supervision_announce_form *f = form;
    struct supervision_scope scope = supervision_scope_of(scene);
    struct supervision_count_announced_row standing;
    struct people_find_team_row team;
    bool found;

    (void)result;
    if (str_same(scope.division, S("-"))) return REFUSE(act_not_yours);
    if (f->to_residents && scope.team_id) return REFUSE(supervision_not_to_residents);
    TRY(supervision_count_announced(scene->store, scene->actor.person_id, scene->now, &standing,
                                    &found));
    if (standing.announced_count >= ANNOUNCEMENTS_MAX) return REFUSE(supervision_too_many);
    /* Kept with the team's place: whoever watches that place sees it too. */
    if (scope.team_id) {
        TRY(people_team(scene, scope.team_id, &team, &found));
        if (!found) return REFUSE(act_not_yours);
        scope.division = team.division;
    }
    return supervision_add_announcement(
        scene->store, scene_new_id(scene), scope.division, scope.team_id, scene->actor.person_id,
        f->text, f->to_residents, scene->now, scene->now + f->hours * SECONDS_PER_HOUR);
}

const struct act supervision_act_announce = {.name = "supervision.announce",
                                             .who = WHO_LEADER | WHO_SUPERVISOR,
                                             .form = &supervision_announce_form,
                                             .run = announce};

static struct outcome find_own(struct scene *scene, id announcement_id,
                               struct supervision_find_announcement_row *row)
{
    struct supervision_scope scope = supervision_scope_of(scene);
    bool found;

    TRY(supervision_find_announcement(scene->arena, scene->store, announcement_id, row, &found));
    return found && str_begins(row->division, scope.division) &&
                   (!scope.team_id || scope.team_id == row->team_id)
               ? DONE
               : REFUSE(act_unknown);
}

struct outcome supervision_need_announcement(struct scene *scene, id announcement_id,
                                             struct str *text)
{
    struct supervision_find_announcement_row row;

    TRY(find_own(scene, announcement_id, &row));
    *text = row.announcement_text;
    return DONE;
}

static struct outcome take_back(struct scene *scene, const void *form, void *result)
{
    const struct supervision_announcement_form *f = form;
    struct supervision_find_announcement_row row;

    (void)result;
    TRY(find_own(scene, f->announcement, &row));
    if (row.until_at <= scene->now) return REFUSE(act_unknown);
    return supervision_set_announcement_over(scene->store, scene->now, f->announcement);
}

const struct act supervision_act_take_back = {.name = "supervision.announce_end",
                                              .who = WHO_LEADER | WHO_SUPERVISOR,
                                              .form = &supervision_announcement_form,
                                              .run = take_back};

static struct outcome has_read(struct scene *scene, const void *form, void *result)
{
    const struct supervision_announcement_form *f = form;
    const struct supervision_list_unread_row *rows;
    size_t count;

    (void)result;
    TRY(supervision_list_unread(scene->arena, scene->store, scene->actor.person_id, scene->now,
                                &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].announcement_id == f->announcement)
            return supervision_set_announcement_read(scene->store, f->announcement,
                                                     scene->actor.person_id, scene->now);
    }
    return REFUSE(act_unknown);
}

const struct act supervision_act_has_read = {.name = "supervision.announce_read",
                                             .who = WHO_CONSULTANT,
                                             .form = &supervision_announcement_form,
                                             .run = has_read};

struct outcome supervision_unread(struct scene *scene,
                                  const struct supervision_announcement_view **announcements,
                                  size_t *count)
{
    const struct supervision_list_unread_row *rows;
    struct supervision_announcement_view *made;

    TRY(supervision_list_unread(scene->arena, scene->store, scene->actor.person_id, scene->now,
                                &rows, count));
    made = NEW_MANY(scene->arena, struct supervision_announcement_view, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct supervision_announcement_view){.id = rows[i].announcement_id,
                                                         .text = rows[i].announcement_text,
                                                         .by = rows[i].person_name,
                                                         .at = rows[i].made_at,
                                                         .until = rows[i].until_at};
    *announcements = made;
    return DONE;
}

struct outcome supervision_newest_announcement(struct scene *scene, id *announcement_id)
{
    struct supervision_find_newest_announcement_row row;
    bool found;

    TRY(supervision_find_newest_announcement(scene->store, scene->now, &row, &found));
    *announcement_id = row.announcement_id;
    return DONE;
}

struct outcome supervision_told_residents(struct scene *scene, struct str division,
                                          struct str *text)
{
    const struct supervision_list_for_residents_row *rows;
    size_t count;

    TRY(supervision_list_for_residents(scene->arena, scene->store, scene->now, division, &rows,
                                       &count));
    *text = count ? rows[0].announcement_text : S("");
    return DONE;
}

struct outcome supervision_show_announcements(struct request *request, const void *query,
                                              void *view)
{
    struct scene *scene = request->scene;
    struct supervision_scope scope = supervision_scope_of(scene);
    struct supervision_announcements_view *v = view;
    const struct supervision_list_announcements_row *rows;
    struct supervision_announcement_view *made;

    (void)query;
    if (str_same(scope.division, S("-"))) return REFUSE(act_not_yours);
    TRY(supervision_list_announcements(scene->arena, scene->store, scene->now, scope.division,
                                       scope.team_id, &rows, &v->announcements_count));
    made = NEW_MANY(scene->arena, struct supervision_announcement_view, v->announcements_count + 1);
    for (size_t i = 0; i < v->announcements_count; i++) {
        struct supervision_announcement_view *a = &made[i];

        *a = (struct supervision_announcement_view){.id = rows[i].announcement_id,
                                                    .text = rows[i].announcement_text,
                                                    .by = rows[i].person_name,
                                                    .at = rows[i].made_at,
                                                    .until = rows[i].until_at,
                                                    .read_count = rows[i].read_count,
                                                    .to_residents = rows[i].to_residents != 0};
        if (rows[i].team_id)
            TRY(supervision_team_name(scene, rows[i].team_id, &a->place_name));
        else
            TRY(supervision_area_name(scene, rows[i].division, &a->place_name));
    }
    v->announcements = made;
    v->is_leader = scope.team_id != 0;
    v->hours_text = S("4");
    return DONE;
}

#define FORM_THIS supervision_announce_form
FORM_TABLE(supervision_announce, SUPERVISION_ANNOUNCE_FORM)
#undef FORM_THIS
#define FORM_THIS supervision_announcement_form
FORM_TABLE(supervision_announcement, SUPERVISION_ANNOUNCEMENT_FORM)
#define VIEW_THIS supervision_announcement_view
VIEW_TABLE(supervision_announcement, SUPERVISION_ANNOUNCEMENT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_announcements_view
VIEW_TABLE(supervision_announcements, SUPERVISION_ANNOUNCEMENTS_VIEW)
