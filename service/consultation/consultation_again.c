/* consultation_again.c -- a question left in writing is taken live again, if both want and there is
 * time.
 *
 *  (1) Both must want: the resident presses "talk live", and the consultant offers it or accepts
 *      the offer; a wish older than CONSULTATION_WISH_SECONDS counts no more.
 *  (2) Only what would otherwise lie idle is used: nobody who waits is passed over for it.
 *  (3) The promise stands until the question is answered: the day stays what it was, whatever
 *      becomes of the talk, and warnings go on.
 */
#include "bureau/people/people_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

const struct reason consultation_no_time = {
    "consultation.no-time",
    T("Others are waiting for a live talk at the moment. Please try again when it is quieter."),
    409};

enum { AGAIN_AT_ONCE_MAX = 3 /* in one act: its journal lines bound it */, LOOK_SECONDS = 5 };

struct outcome again_find(struct scene *scene, const struct consultation_case *c,
                          struct consultation_find_again_row *again)
{
    bool found;

    *again = (struct consultation_find_again_row){0};
    if (c->state != CONSULTATION_MESSAGE) return DONE;
    TRY(consultation_find_again(scene->store, c->row.consultation_id, again, &found));
    if (scene->now - again->wished_at > CONSULTATION_WISH_SECONDS) again->wished_at = 0;
    if (scene->now - again->offered_at > CONSULTATION_WISH_SECONDS ||
        again->offered_by != c->row.consultant_id)
        again->offered_at = 0;
    return DONE;
}

/* Is this consultant here, with a free place? */
static struct outcome is_free(struct scene *scene, id person_id, bool *free, struct str *name)
{
    struct people_find_consultant_row row;
    struct consultation_count_talks_of_row talks;
    moment since;
    bool found;

    TRY(assignment_seen_since(scene, &since));
    TRY(people_consultant(scene, person_id, &row, &found));
    TRY(consultation_count_talks_of(scene->store, person_id, &talks, &found));
    *free = str_same(row.presence, S("online")) && row.seen_at >= since &&
            talks.talks < row.capacity__now;
    *name = row.person_name;
    return DONE;
}

static struct outcome begin(struct scene *scene, struct consultation_case *c, struct str name)
{
    TRY(case_step(c, CONSULTATION_TALK_AGAIN));
    if (!c->row.talk_at) c->row.talk_at = scene->now;
    TRY(consultation_drop_again(scene->store, c->row.consultation_id));
    TRY(case_save(scene, c));
    TRY(assignment_accept(scene, c->row.consultation_id));
    return case_tell(scene, c, T("%1 has joined and reads what you wrote."), name);
}

/* ---- the resident ---- */

static struct outcome wish(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_find_again_row again;
    struct consultation_case c;
    struct str name;
    bool free = false;

    TRY(case_open_own(scene, f->reference, &c));
    if (c.state != CONSULTATION_MESSAGE) return REFUSE(consultation_not_now);
    TRY(again_find(scene, &c, &again));
    if (again.offered_at) TRY(is_free(scene, again.offered_by, &free, &name));
    if (free) {
        TRY(begin(scene, &c, name));
    } else {
        TRY(consultation_set_wish(scene->store, c.row.consultation_id, scene->now));
        TRY(ladder_wake(scene, c.row.profession, c.row.division));
    }
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_wish_live = {.name = "consultation.wish_live",
                                           .who = WHO_ASKER,
                                           .form = &consultation_reference_form,
                                           .result = &consultation_state_view,
                                           .run = wish};

/* ---- the consultant ---- */

static struct outcome tell_resident(struct scene *scene, struct consultation_case *c)
{
    struct str phone = S("");

    if (c->row.phone_sealed.len &&
        !secret_unseal(scene->arena, "consultation.phone", c->row.phone_sealed, &phone))
        return FAULT("a phone number cannot be unsealed");
    TRY(notice_add(scene, &(struct notice){.which = NOTICE_TALK_NOW,
                                           .language = case_language(c),
                                           .to = phone,
                                           .words = {c->row.reference},
                                           .case_id = c->row.consultation_id}));
    return case_tell(scene, c,
                     T("%1 can talk with you live now. If you would like that, press “Talk live "
                       "now” on this page within ten minutes. Otherwise you get the answer in "
                       "writing, as promised."),
                     scene->actor.name);
}

static struct outcome offer_live(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_find_again_row again;
    struct consultation_case c;
    struct ladder_load load;
    struct overflow_stand stand;
    struct str name;
    bool free;

    TRY(case_open_as(scene, f->reference, CONSULTATION_CONSULTANT, &c));
    if (c.state != CONSULTATION_MESSAGE) return REFUSE(consultation_not_now);
    TRY(is_free(scene, scene->actor.person_id, &free, &name));
    if (!free) return REFUSE(consultation_full);
    TRY(overflow_stand(scene, c.row.profession, c.row.division, &stand));
    TRY(overflow_load(scene, c.row.profession, ladder_district(c.row.division), &load));
    load.free++; /* this consultant, wherever they serve */
    if (!ladder_has_time(&stand.policy, stand.level, &load)) return REFUSE(consultation_no_time);
    TRY(again_find(scene, &c, &again));
    if (again.wished_at) {
        TRY(begin(scene, &c, name));
    } else if (!again.offered_at) {
        TRY(consultation_set_offer(scene->store, c.row.consultation_id, scene->now,
                                   scene->actor.person_id));
        TRY(tell_resident(scene, &c));
    }
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_offer_live = {.name = "consultation.offer_live",
                                            .who = WHO_CONSULTANT,
                                            .form = &consultation_reference_form,
                                            .result = &consultation_state_view,
                                            .run = offer_live};

/* ---- whoever has time ---- */

/* Whoever waits anywhere was offered first, so that what is free now is idle, in any district. */
static int64_t free_in_city(const struct assignment_floor *floor)
{
    int64_t free = 0;

    for (size_t i = 0; i < floor->count; i++) {
        const struct assignment_candidate *c = &floor->candidates[i];

        if (c->verified && c->capacity > c->load) free += c->capacity - c->load;
    }
    return free;
}

struct outcome again_dispatch(struct scene *scene, const struct ladder_find_desk_by_id_row *desk,
                              enum ladder_level level, const struct ladder_load *load)
{
    const struct consultation_list_wishes_row *rows;
    struct consultation_case any = {
        .row = {.profession = desk->profession, .division = desk->division}};
    struct ladder_load idle = *load;
    struct ladder_policy policy;
    struct assignment_floor floor;
    int64_t offers = 0;
    size_t count;

    TRY(consultation_list_wishes(scene->arena, scene->store, desk->profession, desk->division,
                                 scene->now - CONSULTATION_WISH_SECONDS, &rows, &count));
    if (count == 0) return DONE;
    TRY(clock_set(scene, "ladder.look", desk->desk_id, scene->now + LOOK_SECONDS));
    TRY(dispatch_floor(scene, &any, false, &floor));
    idle.free = free_in_city(&floor);
    TRY(ladder_policy(scene, desk->division, &policy));
    if (!ladder_has_time(&policy, level, &idle)) return DONE;
    for (size_t i = 0; i < count && offers < AGAIN_AT_ONCE_MAX && offers < idle.free &&
                       scene->lines_count + 3 < SCENE_LINES_MAX;
         i++) {
        bool offered;

        TRY(dispatch_offer(scene, &floor, NULL, rows[i].consultation_id, &offered));
        offers += offered;
    }
    return DONE;
}
