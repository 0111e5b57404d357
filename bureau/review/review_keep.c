/* review_keep.c -- scope, sealing, due moments and names: what the acts of this room share. */
#include "bureau/review/review_inside.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"

struct outcome review_scope_of(const struct scene *scene, struct review_scope *scope)
{
    const struct actor *actor = &scene->actor;
    struct str watched = scene_scope(scene, WHO_SUPERVISOR);

    *scope = (struct review_scope){S("-"), 0}; /* no division begins so: nothing */
    if (watched.len) {
        scope->division = watched;
    } else if (scene_is(scene, WHO_LEADER) && actor->team_id) {
        scope->division = S("");
        scope->team_id = actor->team_id;
    } else {
        return REFUSE(act_not_yours);
    }
    return DONE;
}

struct outcome review_division_of(const struct scene *scene, struct str *division)
{
    *division = scene_scope(scene, WHO_SUPERVISOR | WHO_ADMIN);
    return division->len ? DONE : REFUSE(act_not_yours);
}

bool review_is_within(const struct review_scope *scope, struct str division, id team_id)
{
    if (scope->team_id) return scope->team_id == team_id;
    return scope->division.len && str_begins(division, scope->division);
}

struct str review_seal(const struct scene *scene, struct str text)
{
    return secret_seal(scene->arena, "review.text", text);
}

struct outcome review_unseal(const struct scene *scene, struct str sealed, struct str *text)
{
    *text = S("");
    if (sealed.len && !secret_unseal(scene->arena, "review.text", sealed, text))
        return FAULT("a text of quality cannot be unsealed");
    return DONE;
}

struct outcome review_policy_of(struct scene *scene, struct review_find_policy_row *policy)
{
    bool found;

    TRY(review_find_policy(scene->store, policy, &found));
    return found ? DONE : FAULT("there is no policy of quality; run gongdao init again");
}

/* A year whose holidays are not published is counted by weekdays: a deadline there must be. */
struct outcome review_due(struct scene *scene, int64_t working_days, moment *due)
{
    struct calendar_desk desk;
    struct outcome outcome;

    TRY(people_desk(scene, S("consultation"), &desk));
    outcome = calendar_due(desk.calendar, scene->now, (int)working_days, due);
    if (outcome.refusal != &calendar_year_missing) return outcome;
    return calendar_due_by_weekday(scene->now, (int)working_days, due);
}

struct outcome review_tell(struct scene *scene, id person_id, enum notice_template which,
                           struct str one, struct str two)
{
    enum language language;
    struct str phone;

    if (!person_id) return DONE;
    TRY(identity_phone(scene, person_id, &phone));
    TRY(identity_language(scene, person_id, &language));
    return notice_add(
        scene,
        &(struct notice){.which = which, .language = language, .to = phone, .words = {one, two}});
}

struct outcome review_tell_day(struct scene *scene, id person_id, enum notice_template which,
                               moment day)
{
    enum language language;

    TRY(identity_language(scene, person_id, &language));
    return review_tell(scene, person_id, which, review_day_words(scene, language, day), S(""));
}

struct str review_day_words(struct scene *scene, enum language language, moment day)
{
    struct out *out = out_open(scene->arena, 64);

    out_day(out, language, day);
    return out_text(out);
}

struct str review_milli(struct arena *arena, int64_t milli)
{
    if (milli == 0) return S("–");
    milli = (milli + 5) / 10;
    return arena_print(arena, "%lld.%02lld", (long long)(milli / 100), (long long)(milli % 100));
}

struct outcome review_name(struct scene *scene, id person_id, struct str *name)
{
    *name = S("");
    return person_id ? identity_person_name(scene, person_id, name) : DONE;
}

struct str review_team_name(const struct scene *scene, struct str zh, struct str en)
{
    return scene->language == LANGUAGE_EN && en.len ? en : zh;
}

struct outcome review_need_city(struct scene *scene)
{
    struct people_scope scope;

    TRY(people_scope_of(scene, &scope));
    return scope.is_city ? DONE : REFUSE(act_not_yours);
}
