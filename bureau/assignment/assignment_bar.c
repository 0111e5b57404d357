/* assignment_bar.c -- whom somebody cannot serve, nor watch being served.
 *
 *  (1) Parties are compared by keyed hash: a decision learns yes or no, and nothing else.
 *  (2) What was declared is sealed, and shown to whoever declared it alone.
 *  (3) A decline for a conflict of interest bars for good, and is not taken back.
 *  (4) Who only leads or watches declares as consultants do. */
#include "bureau/assignment/assignment_views.h"
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

enum { BARS_MAX = 500 /* of one consultant */ };

#define USE_PARTY "assignment.party"

static const struct reason assignment_bar_short = {
    "assignment.bar-short", T("Please write a full name or a whole telephone number."),
    .field = "party"};
static const struct reason assignment_bar_known = {"assignment.bar-known",
                                                   T("This is on your list already."), 409};
static const struct reason assignment_bar_many = {
    "assignment.bar-many", T("Your list is full. Please speak with your leader."), 409};

static struct str hash_of(struct arena *arena, struct str typed)
{
    struct str phone = assignment_party_phone(arena, typed);

    if (phone.len) return identity_phone_index(arena, phone);
    return secret_index(arena, USE_PARTY, assignment_party_plain(arena, typed));
}

struct outcome assignment_wish(struct scene *scene, id case_id, id person_id)
{
    return assignment_add_wish(scene->store, case_id, person_id, scene->now);
}

struct outcome assignment_parties(struct scene *scene, id case_id, id owner_id,
                                  struct str phone_index, struct str other)
{
    struct str hash = hash_of(scene->arena, other);

    if (!phone_index.len)
        phone_index = secret_index(scene->arena, USE_PARTY,
                                   arena_print(scene->arena, "owner:%lld", (long long)owner_id));
    TRY(assignment_add_party(scene->store, case_id, S("resident"), phone_index));
    return hash.len ? assignment_add_party(scene->store, case_id, S("other"), hash) : DONE;
}

struct outcome assignment_bar_of(struct scene *scene, id case_id, id person_id)
{
    const struct assignment_list_parties_row *rows;
    size_t count;

    TRY(assignment_list_parties(scene->arena, scene->store, case_id, S("resident"), &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(assignment_add_bar(scene->store, scene_new_id(scene), person_id, rows[i].party_hash,
                               S(""), scene->now));
    return DONE;
}

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct assignment_bar_form *f = form;
    struct people_find_consultant_row me;
    struct assignment_count_bars_row bars;
    struct assignment_find_bar_row before;
    struct str hash = hash_of(scene->arena, f->party);
    id person_id = scene->actor.person_id;
    bool found;

    (void)result;
    TRY(people_consultant(scene, person_id, &me, &found));
    if (!found && !scene_is(scene, WHO_LEADER | WHO_SUPERVISOR))
        return REFUSE(people_not_consultant);
    if (str_points(assignment_party_plain(scene->arena, f->party)) < 2)
        return REFUSE(assignment_bar_short);
    TRY(assignment_count_bars(scene->store, person_id, &bars, &found));
    if (bars.bars_count >= BARS_MAX) return REFUSE(assignment_bar_many);
    TRY(assignment_find_bar(scene->arena, scene->store, person_id, hash, &before, &found));
    if (found && before.party_sealed.len) return REFUSE(assignment_bar_known);
    /* On the list by a decline already: saying so would tell whose case that was. */
    if (found) return DONE;
    return assignment_add_bar(scene->store, scene_new_id(scene), person_id, hash,
                              secret_seal(scene->arena, USE_PARTY, f->party), scene->now);
}

const struct act assignment_act_bar = {
    .name = "assignment.bar", .who = ASSIGNMENT_BARS_WHO, .form = &assignment_bar_form, .run = add};

static struct outcome drop(struct scene *scene, const void *form, void *result)
{
    const struct assignment_bar_drop_form *f = form;

    (void)result;
    TRY(assignment_drop_bar(scene->store, f->bar, scene->actor.person_id));
    return store_changes(scene->store) ? DONE : REFUSE(act_unknown);
}

const struct act assignment_act_bar_drop = {.name = "assignment.bar_drop",
                                            .who = ASSIGNMENT_BARS_WHO,
                                            .form = &assignment_bar_drop_form,
                                            .run = drop};

struct outcome assignment_show_bars(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct assignment_bars_view *v = view;
    const struct assignment_list_bars_row *rows;
    struct assignment_barred_view *made;

    (void)query;
    v->watches = scene_is(scene, WHO_LEADER | WHO_SUPERVISOR);
    v->serves = scene_is(scene, WHO_CONSULTANT);
    TRY(assignment_list_bars(scene->arena, scene->store, scene->actor.person_id, &rows,
                             &v->bars_count));
    made = NEW_MANY(scene->arena, struct assignment_barred_view, v->bars_count + 1);
    for (size_t i = 0; i < v->bars_count; i++) {
        made[i].id = rows[i].bar_id;
        made[i].made_at = rows[i].made_at;
        if (!secret_unseal(scene->arena, USE_PARTY, rows[i].party_sealed, &made[i].party))
            return FAULT("a declared party cannot be unsealed");
    }
    v->bars = made;
    return DONE;
}
