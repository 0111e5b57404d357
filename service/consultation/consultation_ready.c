/* consultation_ready.c -- ready answers that many share: kept by administrators, and by leaders for
 * their own team.
 *
 *  (1) What everybody uses is the city's to keep; a team's answers are kept by its leader, and by
 *      the administrator of its place.
 *  (2) Nothing that was once said to residents is lost: each change is a further version.
 *  (3) Who changes one has seen the version that is changed.
 */
#include "bureau/people/people_acts.h"
#include "gen/consultation_sql.h"
#include "platform/journal.h"
#include "service/consultation/consultation_acts.h"
#include "service/consultation/consultation_ready_views.h"

enum { READY_MAX = 100 }; /* of one team, or everybody's: more cannot be looked through */

static const struct reason ready_too_many = {
    "consultation.too-many-ready",
    T("There are 100 shared ready answers here already. Please put one out of use first."), 409};
static const struct reason ready_changed = {
    "consultation.ready-changed",
    T("Somebody has changed this answer meanwhile. Open it again to see how it reads now; what you "
      "typed is still here to copy."),
    409};
static const struct reason ready_unused = {"consultation.ready-unused",
                                           T("This answer is out of use already."), 409};

struct outcome consultation_ready_may(struct scene *scene, id team_id)
{
    struct str reach = scene_scope(scene, WHO_ADMIN);
    struct people_find_team_row team;
    bool found;

    if (!team_id) return people_need_city(scene);
    TRY(people_team(scene, team_id, &team, &found));
    if (!found) return REFUSE(act_unknown);
    if (scene_is(scene, WHO_LEADER) && team.leader_id == scene->actor.person_id) return DONE;
    if (reach.len && str_begins(team.division, reach)) return DONE;
    return REFUSE(act_unknown);
}

/* May it be kept there, and is there room? */
static struct outcome check(struct scene *scene, id team_id, struct str field, bool is_new_there)
{
    struct consultation_count_canned_row count;
    struct people_find_field_row row;
    bool found = true;

    TRY(consultation_ready_may(scene, team_id));
    if (field.len) TRY(people_field(scene, field, &row, &found));
    if (!found) return REFUSE(consultation_unknown_field);
    if (!is_new_there) return DONE;
    TRY(consultation_count_canned(scene->store, team_id, &count, &found));
    return count.canned_count >= READY_MAX ? REFUSE(ready_too_many) : DONE;
}

static struct outcome tell(struct scene *scene, id canned_id, int64_t version)
{
    scene->detail =
        arena_print(scene->arena, "%lld.%lld", (long long)canned_id, (long long)version);
    return DONE;
}

static struct outcome keep_version(struct scene *scene, id canned_id,
                                   const struct consultation_find_ready_version_row *version,
                                   moment made_at, id by_id)
{
    return consultation_add_ready_version(
        scene->store,
        &(struct consultation_add_ready_version_values){.canned_id = canned_id,
                                                        .version_number = version->version_number,
                                                        .owner_id = version->owner_id,
                                                        .field = version->field,
                                                        .title = version->title,
                                                        .text = version->text,
                                                        .is_active = version->is_active,
                                                        .made_at = made_at,
                                                        .by_id = by_id});
}

/* A version of now, by whoever acts. */
static struct outcome keep(struct scene *scene, id canned_id,
                           const struct consultation_find_ready_version_row *version)
{
    TRY(keep_version(scene, canned_id, version, scene->now, scene->actor.person_id));
    return tell(scene, canned_id, version->version_number);
}

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct consultation_ready_add_form *f = form;
    struct consultation_ready_saved_view *told = result;
    id canned_id = scene_new_id(scene);

    TRY(check(scene, f->team, f->field, true));
    TRY(consultation_add_canned(scene->store, canned_id, f->team, f->field,
                                scene->language == LANGUAGE_EN ? S("en") : S("zh"), f->title,
                                f->text));
    *told = (struct consultation_ready_saved_view){.id = canned_id, .version = 1};
    return keep(scene, canned_id,
                &(struct consultation_find_ready_version_row){1, f->team, f->field, f->title,
                                                              f->text, .is_active = true});
}

const struct act consultation_ready_add = {.name = "consultation.ready_add",
                                           .who = WHO_ADMIN | WHO_LEADER,
                                           .form = &consultation_ready_add_form,
                                           .result = &consultation_ready_saved_view,
                                           .run = add};

/* What stands there, and its last version; one that came with the installation is its first. */
static struct outcome find(struct scene *scene, id canned_id,
                           struct consultation_find_ready_version_row *last, bool *is_used)
{
    struct consultation_find_ready_row row;
    bool found;

    TRY(consultation_find_ready(scene->arena, scene->store, canned_id, &row, is_used));
    TRY(consultation_find_ready_version(scene->arena, scene->store, canned_id, last, &found));
    if (!found && !*is_used) return REFUSE(act_unknown);
    if (!found) {
        *last = (struct consultation_find_ready_version_row){
            1, row.owner_id, row.field, row.title, row.text, .is_active = true};
        TRY(keep_version(scene, canned_id, last, 0, 0));
    }
    return consultation_ready_may(scene, last->owner_id);
}

static struct outcome save(struct scene *scene, const void *form, void *result)
{
    const struct consultation_ready_save_form *f = form;
    struct consultation_ready_saved_view *told = result;
    struct consultation_find_ready_version_row last;
    bool is_used;

    TRY(find(scene, f->answer, &last, &is_used));
    TRY(check(scene, f->team, f->field, !is_used || f->team != last.owner_id));
    if (f->version != last.version_number) return REFUSE(ready_changed);
    if (is_used)
        TRY(consultation_save_ready(scene->store, f->team, f->field, f->title, f->text, f->answer));
    else
        TRY(consultation_add_canned(scene->store, f->answer, f->team, f->field,
                                    scene->language == LANGUAGE_EN ? S("en") : S("zh"), f->title,
                                    f->text));
    *told =
        (struct consultation_ready_saved_view){.id = f->answer, .version = last.version_number + 1};
    return keep(scene, f->answer,
                &(struct consultation_find_ready_version_row){told->version, f->team, f->field,
                                                              f->title, f->text, true});
}

const struct act consultation_ready_save = {.name = "consultation.ready_save",
                                            .who = WHO_ADMIN | WHO_LEADER,
                                            .form = &consultation_ready_save_form,
                                            .result = &consultation_ready_saved_view,
                                            .run = save};

static struct outcome retire(struct scene *scene, const void *form, void *result)
{
    const struct consultation_ready_one_form *f = form;
    struct consultation_find_ready_version_row last;
    bool is_used;

    (void)result;
    TRY(find(scene, f->answer, &last, &is_used));
    if (!is_used) return REFUSE(ready_unused);
    TRY(consultation_drop_ready(scene->store, f->answer));
    last.version_number++;
    last.is_active = false;
    return keep(scene, f->answer, &last);
}

const struct act consultation_ready_retire = {.name = "consultation.ready_retire",
                                              .who = WHO_ADMIN | WHO_LEADER,
                                              .form = &consultation_ready_one_form,
                                              .run = retire};
