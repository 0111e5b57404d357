/* register_case.c -- opening an application for whoever is asking, and moving it on.
 *
 *  (1) To everybody but its owner and the administrators of its division there is none.
 *  (2) A draft is its owner's alone: nobody reads what was not handed in.
 *  (3) What is handed in has a day by which it is decided, on the official calendar. */
#include "bureau/register/register_parts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"

static struct outcome open_any(struct scene *scene, struct str reference, struct register_case *c)
{
    bool found;

    TRY(register_find_application(scene->arena, scene->store, reference, &c->row, &found));
    if (!found) return REFUSE(act_unknown);
    c->state = register_state_of(c->row.state);
    return DONE;
}

struct outcome register_open_own(struct scene *scene, struct str reference, struct register_case *c)
{
    if (!scene_is(scene, REGISTER_WHO_APPLIES)) return REFUSE(act_sign_in);
    TRY(open_any(scene, reference, c));
    return c->row.person_id == scene->actor.person_id ? DONE : REFUSE(act_unknown);
}

struct outcome register_open_checked(struct scene *scene, struct str reference,
                                     struct register_case *c)
{
    struct people_scope scope;

    TRY(people_scope_of(scene, &scope));
    TRY(open_any(scene, reference, c));
    if (c->state == REGISTER_DRAFT || !people_is_within(&scope, c->row.division))
        return REFUSE(act_unknown);
    return DONE;
}

/* A year whose holidays are not published is counted by weekdays until it is. */
static struct outcome due_of(struct scene *scene, moment *due)
{
    struct calendar_desk desk;
    struct outcome outcome;

    TRY(people_desk(scene, S("consultation"), &desk));
    outcome = calendar_due(desk.calendar, scene->now, REGISTER_WORKING_DAYS, due);
    if (outcome.refusal == &calendar_year_missing)
        return calendar_due_by_weekday(scene->now, REGISTER_WORKING_DAYS, due);
    return outcome;
}

struct outcome register_take_step(struct scene *scene, struct register_case *c,
                                  enum register_step step, struct str words)
{
    struct register_find_application_row *row = &c->row;

    TRY(register_next(c->state, step, &c->state));
    if (step == REGISTER_HAND_IN) {
        if (!row->handed_in_at) row->handed_in_at = scene->now;
        TRY(due_of(scene, &row->due_at));
    } else {
        row->due_at = 0;
        row->words_sealed = secret_seal(scene->arena, REGISTER_USE_WORDS, words);
    }
    if (!register_is_open(c->state)) {
        row->decided_at = scene->now;
        row->decided_by = scene->actor.person_id;
    }
    scene_about(scene, row->application_id, row->person_id);
    return register_set_application_state(
        scene->store, register_state_word(c->state), row->words_sealed, row->handed_in_at,
        row->due_at, row->decided_at, row->decided_by, row->account_id, row->application_id);
}

struct outcome register_tell(struct scene *scene, const struct register_case *c)
{
    enum language language;
    struct str phone;

    TRY(identity_phone(scene, c->row.person_id, &phone));
    TRY(identity_language(scene, c->row.person_id, &language));
    return notice_add(scene, &(struct notice){.which = NOTICE_APPLICATION,
                                              .language = language,
                                              .to = phone,
                                              .words = {c->row.reference},
                                              .case_id = c->row.application_id});
}

struct outcome register_find_renewed(struct scene *scene, id person_id,
                                     struct register_find_known_row *known, bool *is_renewal)
{
    return register_find_known(scene->arena, scene->store, person_id, known, is_renewal);
}

struct outcome register_invite(struct scene *scene, id person_id, struct str phone)
{
    return register_set_invitation(scene->store, person_id,
                                   identity_phone_index(scene->arena, phone), scene->now);
}

const struct reason register_association_unknown = {"register.unknown-association",
                                                    T("Please choose associations from the list."),
                                                    .field = "associations"};

static bool is_association(const struct register_list_associations_row *rows, size_t count,
                           struct str number)
{
    int64_t team_id = 0;

    if (!str_to_int(number, &team_id)) return false;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].team_id == team_id) return true;
    }
    return false;
}

struct outcome register_need_associations(struct scene *scene, struct str numbers)
{
    const struct register_list_associations_row *rows;
    size_t count;

    TRY(register_list_associations(scene->arena, scene->store, &rows, &count));
    while (numbers.len) {
        struct str number = str_cut(numbers, ' ', &numbers);

        if (number.len && !is_association(rows, count, number))
            return REFUSE(register_association_unknown);
    }
    return DONE;
}

struct outcome register_set_memberships(struct scene *scene, id person_id, struct str numbers)
{
    TRY(register_drop_memberships(scene->store, person_id));
    while (numbers.len) {
        struct str number = str_cut(numbers, ' ', &numbers);
        int64_t team_id;

        if (str_to_int(number, &team_id))
            TRY(register_add_membership(scene->store, person_id, team_id));
    }
    return DONE;
}
