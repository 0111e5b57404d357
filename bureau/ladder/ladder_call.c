/* ladder_call.c -- backup volunteers: whom to call, the link in the message, what it was worth.
 *
 *  (1) Whom the rules do not let be called (ladder_uncallable) is not called, by hand either.
 *  (2) A link is random, opens one call, is answered once and loses its use with the call; only
 *      pressing the button answers: what fetches pages ahead answers for nobody.
 *  (3) A call is settled once, with its credit: when who came goes off line, when who said yes is
 *      no longer needed or did not come, when who was silent is not waited for any longer.  Whoever
 *      was called by hand is needed as long as the call says, however short the queue.
 */
#include "bureau/ladder/ladder_inside.h"
#include "bureau/ladder/ladder_views.h"
#include "bureau/people/people_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "desk/calendar/calendar.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"

const struct reason ladder_unknown_answer = {"ladder.answer", T("Please choose an answer."),
                                             .field = "answer"};
const struct reason ladder_call_over = {"ladder.call-over",
                                        T("This call is over. Thank you all the same."), 409};
const struct reason ladder_not_callable = {"ladder.not-callable",
                                           T("This person cannot be called now: %1"), 409};

const struct reason ladder_nobody_left = {
    "ladder.nobody-left", T("Nobody is left who could be called in for this desk at the moment."),
    409};

enum { LINK_TOKEN_LEN = 16 /* 96 random bits; a whole token is longer than an SMS bears */ };

static struct str site_address; /* set once, before any thread */

void ladder_use_site(struct str public_url)
{
    while (public_url.len && public_url.at[public_url.len - 1] == '/') public_url.len--;
    site_address = public_url.len <= NOTICE_WORD_BYTES_MAX ? public_url : S("");
}

/* ---- who could be called ---- */

struct names {
    id person_id;
    struct str name;
    bool has_phone;
};

/* The list the district keeps, or, where none was made, whoever serves and is not there. */
static struct outcome list_names(struct scene *scene, const struct ladder_find_desk_by_id_row *desk,
                                 struct names *names, size_t *count)
{
    const struct shifts_list_callable_row *rows;
    const struct ladder_list_reserve_row *reserve;
    size_t rows_count;

    *count = 0;
    TRY(shifts_backups(scene, desk->profession, desk->division, &rows, &rows_count));
    for (size_t i = 0; i < rows_count && *count < LADDER_PEOPLE_MAX; i++)
        names[(*count)++] =
            (struct names){rows[i].person_id, rows[i].person_name, rows[i].phone_sealed.len > 0};
    if (rows_count) return DONE;
    TRY(ladder_list_reserve(scene->arena, scene->store, desk->profession, scene->now,
                            desk->division, &reserve, &rows_count));
    for (size_t i = 0; i < rows_count && *count < LADDER_PEOPLE_MAX; i++)
        names[(*count)++] = (struct names){reserve[i].person_id, reserve[i].person_name,
                                           reserve[i].phone_sealed.len > 0};
    return DONE;
}

static bool is_listed(const struct ladder_person *people, size_t count, id person_id)
{
    for (size_t i = 0; i < count; i++) {
        if (people[i].backup.person_id == person_id) return true;
    }
    return false;
}

struct outcome ladder_people(struct scene *scene, const struct ladder_policy *policy,
                             const struct ladder_find_desk_by_id_row *desk,
                             const struct ladder_person **people, size_t *count)
{
    moment today = calendar_day_begins(calendar_day_of(scene->now));
    int64_t minute = calendar_minute_of(scene->now);
    struct names *names = NEW_MANY(scene->arena, struct names, LADDER_PEOPLE_MAX);
    struct ladder_person *made = NEW_MANY(scene->arena, struct ladder_person, LADDER_PEOPLE_MAX);
    size_t names_count;

    *count = 0;
    *people = made;
    TRY(list_names(scene, desk, names, &names_count));
    for (size_t i = 0; i < names_count; i++) {
        struct ladder_find_backup_row row;
        struct ladder_person *one = &made[*count];
        bool found;

        if (is_listed(made, *count, names[i].person_id)) continue; /* district's and city's list */
        TRY(ladder_find_backup(scene->store, names[i].person_id, today, desk->desk_id,
                               desk->callout_at, &row, &found));
        *one = (struct ladder_person){
            .name = names[i].name,
            .backup = {.person_id = names[i].person_id,
                       .calls_today = row.calls_count,
                       .opted_out = row.opted_count > 0,
                       .on_line = row.online_count > 0,
                       .called = row.open_count > 0,
                       .reachable = names[i].has_phone || row.contacts_count > 0}};
        one->why_not = ladder_uncallable(policy, &one->backup, minute);
        ++*count;
    }
    return DONE;
}

/* ---- calling ---- */

/* Where this person wishes to be called, or the number of the account; "" if there is none. */
struct outcome ladder_phone(struct scene *scene, id person_id, struct str *phone)
{
    struct ladder_find_contact_row row;
    bool found;

    TRY(ladder_find_contact(scene->arena, scene->store, person_id, &row, &found));
    if (!found) return identity_phone(scene, person_id, phone);
    return secret_unseal(scene->arena, "ladder.phone", row.phone_sealed, phone)
               ? DONE
               : FAULT("a phone number cannot be unsealed");
}

static struct outcome call(struct scene *scene, const struct ladder_find_desk_by_id_row *desk,
                           id person_id, id by_id)
{
    struct str token = secret_token(scene->arena), phone;
    struct str waiting = arena_print(scene->arena, "%lld", (long long)desk->waiting_count);
    enum language language;

    token.len = LINK_TOKEN_LEN;
    TRY(ladder_phone(scene, person_id, &phone));
    TRY(identity_language(scene, person_id, &language));
    TRY(ladder_add_call(scene->store, scene_new_id(scene), desk->desk_id, person_id,
                        secret_token_hash(scene->arena, token), scene->now, by_id,
                        desk->waiting_count));
    if (!desk->callout_at) TRY(ladder_set_callout(scene->store, scene->now, desk->desk_id));
    scene_tell(scene, "ladder.call", desk->desk_id, person_id);
    return notice_add(
        scene, &(struct notice){.which = site_address.len ? NOTICE_CALLED_LINK : NOTICE_CALLED_IN,
                                .language = language,
                                .to = phone,
                                .words = {waiting, site_address, token},
                                .case_id = desk->desk_id});
}

static struct outcome call_some(struct scene *scene, const struct ladder_policy *policy,
                                const struct ladder_find_desk_by_id_row *desk, int64_t wanted)
{
    struct ladder_find_desk_by_id_row now = *desk;
    const struct ladder_person *people;
    size_t count;

    TRY(ladder_people(scene, policy, desk, &people, &count));
    for (size_t i = 0; i < count && wanted > 0; i++) {
        if (people[i].why_not || scene->lines_count + 1 >= SCENE_LINES_MAX) continue;
        TRY(call(scene, &now, people[i].backup.person_id, 0));
        now.callout_at = scene->now;
        wanted--;
    }
    return DONE;
}

/* ---- settling ---- */

/* Whether the call's end has come, and what it was worth. */
static bool is_over(const struct ladder_policy *policy, const struct ladder_list_open_calls_row *c,
                    bool is_needed, moment now, int64_t *credit)
{
    bool said_yes = str_same(c->call_answer, S("coming"));
    moment waits_since = c->answered_at ? c->answered_at : c->called_at;
    bool is_late = now - waits_since >= policy->coming_seconds;

    *credit = 0;
    if (c->came_at) {
        *credit = ladder_credit(policy, true, false, c->came_at, now);
        return !str_same(c->presence, S("online"));
    }
    if (said_yes) *credit = ladder_credit(policy, true, !is_late && !is_needed, 0, 0);
    return is_late || !is_needed;
}

/* Whoever may be on the way is told that nobody waits any more; who said no knows. */
static struct outcome stand_down(struct scene *scene, const struct ladder_find_desk_by_id_row *desk,
                                 const struct ladder_list_open_calls_row *c)
{
    enum language language;
    struct str phone;

    if (c->came_at || (c->call_answer.len && !str_same(c->call_answer, S("coming")))) return DONE;
    TRY(ladder_phone(scene, c->person_id, &phone));
    TRY(identity_language(scene, c->person_id, &language));
    return notice_add(scene, &(struct notice){.which = NOTICE_STAND_DOWN,
                                              .language = language,
                                              .to = phone,
                                              .case_id = desk->desk_id});
}

/* Notes who came, ends what is over, and counts what is left. */
static struct outcome settle(struct scene *scene, const struct ladder_policy *policy,
                             const struct ladder_find_desk_by_id_row *desk, bool is_needed,
                             struct ladder_callout *callout, size_t *open)
{
    const struct ladder_list_open_calls_row *rows;
    size_t count;

    *callout = (struct ladder_callout){0};
    *open = 0;
    TRY(ladder_list_open_calls(scene->arena, scene->store, desk->desk_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct ladder_list_open_calls_row c = rows[i];
        int64_t credit;

        if (!c.came_at && str_same(c.presence, S("online"))) {
            c.came_at = c.since_at > c.called_at ? c.since_at : scene->now;
            TRY(ladder_set_came(scene->store, c.came_at, c.call_id));
            if (scene->lines_count < SCENE_LINES_MAX)
                scene_tell(scene, "ladder.came", desk->desk_id, c.person_id);
        }
        if (is_over(policy, &c, is_needed || c.by_id, scene->now, &credit)) {
            TRY(ladder_end_call(scene->store, scene->now, credit, c.call_id));
            if (!is_needed && !c.by_id) TRY(stand_down(scene, desk, &c));
            continue;
        }
        ++*open;
        callout->came += c.came_at > 0;
        callout->coming += !c.came_at && str_same(c.call_answer, S("coming"));
        callout->unanswered += !c.came_at && !c.call_answer.len;
        if (c.called_at > callout->last_call_at) callout->last_call_at = c.called_at;
    }
    return DONE;
}

struct outcome ladder_calls(struct scene *scene, const struct ladder_policy *policy,
                            const struct ladder_find_desk_by_id_row *desk, enum ladder_level level,
                            const struct ladder_load *load, bool *open)
{
    bool calls_in = ladder_does(policy, level, LADDER_BACKUP);
    bool is_needed = calls_in || load->waiting > 0;
    struct ladder_callout callout;
    int64_t calls;
    size_t left = 0;

    *open = false;
    if (!desk->callout_at && !calls_in) return DONE;
    TRY(settle(scene, policy, desk, is_needed, &callout, &left));
    calls = ladder_call_count(policy, &callout, ladder_wanted(policy, level, load), scene->now);
    if (calls > 0) TRY(call_some(scene, policy, desk, calls));
    *open = left > 0 || calls > 0;
    if (!*open && !calls_in) return ladder_set_callout(scene->store, 0, desk->desk_id);
    return DONE;
}

/* ---- by hand ---- */

static struct outcome call_in(struct scene *scene, const struct ladder_find_desk_by_id_row *desk,
                              id person_id)
{
    scene_about(scene, desk->desk_id, person_id);
    TRY(call(scene, desk, person_id, scene->actor.person_id));
    return clock_set(scene, "ladder.look", desk->desk_id, scene->now);
}

static struct outcome open_list(struct scene *scene, id desk_id,
                                struct ladder_find_desk_by_id_row *desk,
                                const struct ladder_person **people, size_t *count)
{
    struct ladder_policy policy;

    TRY(ladder_need_own_desk(scene, desk_id, desk));
    TRY(ladder_policy(scene, desk->division, &policy));
    return ladder_people(scene, &policy, desk, people, count);
}

static struct outcome call_by_hand(struct scene *scene, const void *form, void *result)
{
    const struct ladder_call_form *f = form;
    struct ladder_find_desk_by_id_row desk;
    const struct ladder_person *people;
    size_t count, i = 0;

    (void)result;
    TRY(open_list(scene, f->desk, &desk, &people, &count));
    while (i < count && people[i].backup.person_id != f->person) i++;
    if (i == count) return REFUSE(act_unknown);
    if (people[i].why_not)
        return REFUSE_WITH(ladder_not_callable, text_in(scene->language, people[i].why_not));
    return call_in(scene, &desk, f->person);
}

const struct act ladder_act_call = {.name = "ladder.call_in",
                                    .who = WHO_SUPERVISOR,
                                    .form = &ladder_call_form,
                                    .run = call_by_hand};

/* Whose turn it is: the order of contact is the list's, as when the ladder calls by itself. */
static struct outcome call_next(struct scene *scene, const void *form, void *result)
{
    const struct ladder_which_form *f = form;
    struct ladder_find_desk_by_id_row desk;
    const struct ladder_person *people;
    size_t count, i = 0;

    (void)result;
    TRY(open_list(scene, f->desk, &desk, &people, &count));
    while (i < count && people[i].why_not) i++;
    return i < count ? call_in(scene, &desk, people[i].backup.person_id)
                     : REFUSE(ladder_nobody_left);
}

const struct act ladder_act_call_next = {.name = "ladder.call_next",
                                         .who = WHO_SUPERVISOR,
                                         .form = &ladder_which_form,
                                         .run = call_next};

/* ---- the link ---- */

static struct outcome find_call(struct scene *scene, struct str token,
                                struct ladder_find_call_row *call_row)
{
    struct ladder_find_call_of_token_row row;
    bool found;

    TRY(ladder_find_call_of_token(scene->store, secret_token_hash(scene->arena, token), &row,
                                  &found));
    if (!found) return REFUSE(act_unknown);
    TRY(ladder_find_call(scene->arena, scene->store, row.call_id, call_row, &found));
    return found ? DONE : REFUSE(act_unknown);
}

static struct outcome count_callout(struct scene *scene, id desk_id, struct ladder_callout *callout)
{
    const struct ladder_list_open_calls_row *rows;
    size_t count;

    *callout = (struct ladder_callout){0};
    TRY(ladder_list_open_calls(scene->arena, scene->store, desk_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        callout->came += rows[i].came_at > 0;
        callout->coming += !rows[i].came_at && str_same(rows[i].call_answer, S("coming"));
    }
    return DONE;
}

static struct outcome come(struct scene *scene, const void *form, void *result)
{
    const struct ladder_come_form *f = form;
    struct ladder_find_call_row c;
    struct ladder_find_desk_by_id_row desk;
    struct ladder_policy policy;
    struct ladder_callout callout;
    struct people_find_consultant_row person;
    struct str answer = f->answer;
    bool is_never = str_same(answer, S("never")), found;

    (void)result;
    if (!is_never && !str_same(answer, S("coming")) && !str_same(answer, S("no")))
        return REFUSE(ladder_unknown_answer);
    TRY(find_call(scene, f->token, &c));
    scene_about(scene, c.desk_id, c.person_id);
    TRY(people_consultant(scene, c.person_id, &person, &found));
    if (is_never) TRY(ladder_add_opt_out(scene->store, c.person_id, scene->now));
    if (c.call_answer.len || c.came_at) return is_never ? DONE : REFUSE(ladder_call_over);
    if (c.ended_at) return is_never ? DONE : REFUSE(ladder_call_over);
    /* Nobody waits for whoever was taken out of service after the call. */
    if (str_same(answer, S("coming")) && !(found && str_same(person.standing, S("active"))))
        return REFUSE(ladder_call_over);
    TRY(ladder_desk(scene, c.desk_id, &desk, &found));
    TRY(ladder_policy(scene, found ? desk.division : S(""), &policy));
    TRY(count_callout(scene, c.desk_id, &callout));
    if (is_never) answer = S("no");
    if (str_same(answer, S("coming")) && !ladder_may_come(&policy, &callout)) answer = S("spare");
    TRY(ladder_answer_call(scene->store, answer, scene->now, c.call_id));
    scene->detail = answer;
    if (str_same(answer, S("spare")))
        return ladder_end_call(scene->store, scene->now, 0, c.call_id);
    return clock_set(scene, "ladder.look", c.desk_id, scene->now);
}

const struct act ladder_act_come = {
    .name = "ladder.answer", .who = WHO_ANYONE, .form = &ladder_come_form, .run = come};

struct outcome ladder_show_come(struct request *request, const void *query, void *view)
{
    const struct ladder_token_form *f = query;
    struct scene *scene = request->scene;
    struct ladder_come_view *v = view;
    struct ladder_find_call_row c;
    struct ladder_find_desk_by_id_row desk;
    bool found;

    TRY(find_call(scene, f->token, &c));
    TRY(ladder_desk(scene, c.desk_id, &desk, &found));
    v->token = f->token;
    v->waiting = desk.waiting_count;
    v->answer = c.call_answer;
    v->is_open = !c.ended_at && !c.call_answer.len && !c.came_at;
    v->is_coming = !c.ended_at && !c.came_at && str_same(c.call_answer, S("coming"));
    v->is_spare = str_same(c.call_answer, S("spare"));
    v->is_no = str_same(c.call_answer, S("no"));
    v->is_sent_home = c.ended_at && !c.came_at && str_same(c.call_answer, S("coming"));
    v->credit_minutes = c.credit_minutes;
    v->has_come = c.came_at > 0;
    return DONE;
}

/* ---- a consultant's own wish ---- */

static struct outcome standby(struct scene *scene, const void *form, void *result)
{
    const struct ladder_standby_form *f = form;

    (void)result;
    if (f->phone.len) {
        TRY(identity_by_person(scene)); /* links that answer for this person go there */
        TRY(ladder_set_contact(scene->store, scene->actor.person_id,
                               secret_seal(scene->arena, "ladder.phone", f->phone)));
    }
    return f->stays_uncalled ? ladder_add_opt_out(scene->store, scene->actor.person_id, scene->now)
                             : ladder_drop_opt_out(scene->store, scene->actor.person_id);
}

const struct act ladder_act_standby = {
    .name = "ladder.standby", .who = WHO_CONSULTANT, .form = &ladder_standby_form, .run = standby};

#define FORM_THIS ladder_call_form
FORM_TABLE(ladder_call, LADDER_CALL_FORM)
#undef FORM_THIS
#define FORM_THIS ladder_token_form
FORM_TABLE(ladder_token, LADDER_TOKEN_FORM)
#undef FORM_THIS
#define FORM_THIS ladder_come_form
FORM_TABLE(ladder_come, LADDER_COME_FORM)
#undef FORM_THIS
#define FORM_THIS ladder_standby_form
FORM_TABLE(ladder_standby, LADDER_STANDBY_FORM)
#undef FORM_THIS
