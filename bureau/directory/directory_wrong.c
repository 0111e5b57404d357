/* directory_wrong.c -- anybody says what is wrong in the directory; an administrator of the place
 * decides, and whoever said it is told.
 *
 *  (1) It is about somebody or something everybody may read about, and about one of both.
 *  (2) A code leads to what became of it, and to no word of what was written.
 *  (3) A telephone number is for the message alone: it goes with the decision.
 *  (4) Of one person or body ten wait at a time, and of a district two hundred, so that nobody
 *      fills the queue.
 */
#include "bureau/directory/directory_views.h"
#include "bureau/people/people_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"

static const struct reason unknown_word = {"directory.unknown-word",
                                           T("Please choose one of these."), 0};
static const struct reason enough = {
    "directory.enough", T("Enough has been reported about this. It is being looked at. Thank you."),
    429};
static const struct reason decided_already = {"directory.decided", T("This was decided meanwhile."),
                                              409};
static const struct reason say_why = {"directory.say-why", T("Please say why it stays as it is."),
                                      0};

enum { OPEN_OF_ONE = 10, OPEN_OF_PLACE = 200 };

struct outcome directory_open_about(struct scene *scene, id person_id, id body_id,
                                    struct directory_about *about)
{
    struct people_find_consultant_row person;
    struct directory_find_body_row body;
    bool found = false;

    *about = (struct directory_about){.person_id = person_id, .body_id = body_id};
    if ((person_id != 0) == (body_id != 0)) return REFUSE(act_unknown);
    if (person_id) {
        TRY(people_consultant(scene, person_id, &person, &found));
        if (!found || !person.verified_at) return REFUSE(act_unknown);
        about->name = person.person_name, about->division = person.division;
        return DONE;
    }
    TRY(directory_find_body(scene->arena, scene->store, body_id, &body, &found));
    if (!found || !body.is_open) return REFUSE(act_unknown);
    about->name = body.body_name, about->division = body.division;
    return DONE;
}

struct outcome directory_open_own(struct scene *scene, id person_id, id body_id,
                                  struct directory_about *about)
{
    struct str scope = scene_scope(scene, WHO_ADMIN);

    TRY(directory_open_about(scene, person_id, body_id, about));
    return scope.len && str_begins(about->division, scope) ? DONE : REFUSE(act_unknown);
}

static struct outcome report(struct scene *scene, const void *form, void *result)
{
    const struct directory_report_form *f = form;
    struct directory_reported_view *told = result;
    struct directory_about about;
    struct directory_count_open_row row;
    struct directory_count_waiting_row place;
    bool found;

    TRY(directory_open_about(scene, f->person, f->body, &about));
    if (!directory_name(directory_wrongs, f->what)[0]) return REFUSE(unknown_word);
    TRY(directory_count_open(scene->store, about.person_id, about.body_id, &row, &found));
    if (row.wrongs_count >= OPEN_OF_ONE) return REFUSE(enough);
    TRY(directory_count_waiting(scene->store, about.division, &place, &found));
    if (place.wrongs_count >= OPEN_OF_PLACE) return REFUSE(enough);
    told->code = secret_reference(scene->arena);
    return directory_add_wrong(
        scene->store,
        &(struct directory_add_wrong_values){
            .wrong_id = scene_new_id(scene),
            .code = told->code,
            .person_id = about.person_id,
            .body_id = about.body_id,
            .division = about.division,
            .what = f->what,
            .words_sealed = secret_seal(scene->arena, DIRECTORY_USE, f->words),
            .phone_sealed =
                f->phone.len ? secret_seal(scene->arena, DIRECTORY_USE, f->phone) : S(""),
            .language = scene->language == LANGUAGE_EN ? S("en") : S("zh"),
            .reported_at = scene->now});
}

static struct outcome tell(struct scene *scene, const struct directory_find_wrong_row *row)
{
    struct str phone = S("");

    if (row->phone_sealed.len &&
        !secret_unseal(scene->arena, DIRECTORY_USE, row->phone_sealed, &phone))
        return FAULT("a phone number cannot be unsealed");
    return notice_add(
        scene,
        &(struct notice){.which = NOTICE_CORRECTION,
                         .language = str_same(row->language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH,
                         .to = phone,
                         .words = {row->code}});
}

static struct outcome open_kept(struct scene *scene, id wrong_id,
                                struct directory_find_wrong_row *row)
{
    struct str scope = scene_scope(scene, WHO_ADMIN);
    bool found;

    TRY(directory_find_wrong(scene->arena, scene->store, wrong_id, row, &found));
    return found && scope.len && str_begins(row->division, scope) ? DONE : REFUSE(act_unknown);
}

/* (3) of directory.h. */
static struct outcome look(struct scene *scene, const void *form, void *result)
{
    const struct directory_wrong_form *f = form;
    struct directory_find_wrong_row row;

    (void)result;
    TRY(open_kept(scene, f->correction, &row));
    scene_about(scene, 0, row.person_id);
    return directory_set_look(scene->store, scene->now, scene->actor.person_id, f->correction);
}

static struct outcome decide(struct scene *scene, const void *form, void *result)
{
    const struct directory_decide_form *f = form;
    struct directory_find_wrong_row row;
    bool applied = str_same(f->verdict, S("applied"));

    (void)result;
    TRY(open_kept(scene, f->correction, &row));
    if (!applied && !str_same(f->verdict, S("refused"))) return REFUSE(unknown_word);
    if (!str_same(row.state, S("open"))) return REFUSE(decided_already);
    if (!applied && !str_trim(f->reason).len) return REFUSE(say_why);
    scene_about(scene, 0, row.person_id);
    TRY(tell(scene, &row));
    TRY(clock_set(scene, "directory.forget", f->correction,
                  scene->now + DIRECTORY_KEPT_DAYS * SECONDS_PER_DAY));
    return directory_set_decided(scene->store, f->verdict, f->reason, scene->now,
                                 scene->actor.person_id, f->correction);
}

static struct outcome forget(struct scene *scene, const void *form, void *result)
{
    (void)result;
    scene->quiet = true;
    return directory_forget_wrong(scene->store, ((const struct clock_form *)form)->case_id);
}

const struct act directory_report = {.name = "directory.report",
                                     .who = WHO_ANYONE,
                                     .form = &directory_report_form,
                                     .result = &directory_reported_view,
                                     .run = report};
const struct act directory_look = {
    .name = "directory.look", .who = WHO_ADMIN, .form = &directory_wrong_form, .run = look};
const struct act directory_decide = {
    .name = "directory.decide", .who = WHO_ADMIN, .form = &directory_decide_form, .run = decide};
const struct act directory_forget = {.name = "directory.forget", .who = WHO_SYSTEM, .run = forget};
