/* consultation_hall_slip.c -- the slip: how whoever has no account goes on with their question.
 *
 *  (1) The code of a slip is told when it is made and never again; a new slip makes a new code, and
 *      the one before opens nothing.
 *  (2) Whoever has the slip has the question, and no other one of whoever had it before: it becomes
 *      theirs, as if they had asked it in this browser.
 *  (3) A slip opens no question that somebody has proved to be theirs (consultation_claim.c), and
 *      no new slip is made for one.
 *  (4) Whoever asked elsewhere and came to a hall with it opens it as before: no slip of theirs has
 *      a code, so that nobody who works there can make themselves one.
 *  (5) A wrong code and a wrong reference are one answer. */
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_hall.h"

enum { SHOWN_SECONDS = 300, GUEST_SECONDS = 90 * SECONDS_PER_DAY, SITE_BYTES_MAX = 200 };
static const char slip_use[] = "consultation.slip-shown";

/* ---- the page after the act ---- */

void slip_send(struct scene *scene, struct str reference, struct str code)
{
    if (!str_same(scene->channel, S("web"))) return;
    scene_cookie(scene, S("slip"),
                 secret_seal(scene->arena, slip_use,
                             arena_print(scene->arena, "%lld %.*s %lld %.*s",
                                         (long long)scene->actor.person_id, STR_ARGS(reference),
                                         (long long)(scene->now + SHOWN_SECONDS), STR_ARGS(code))),
                 SHOWN_SECONDS);
}

/* Stays for some minutes: a page that is being printed is asked for again. */
bool slip_shown(struct scene *scene, struct str reference, struct str *code)
{
    struct str sealed = scene_brought(scene, S("slip")), rest;
    id person_id;
    int64_t until;

    *code = S("");
    if (!sealed.len || !secret_unseal(scene->arena, slip_use, sealed, &rest)) return false;
    if (!str_to_int(str_cut(rest, ' ', &rest), &person_id)) return false;
    if (person_id != scene->actor.person_id) return false;
    if (!str_same(str_cut(rest, ' ', &rest), reference)) return false;
    if (!str_to_int(str_cut(rest, ' ', &rest), &until) || until < scene->now) return false;
    *code = rest;
    return true;
}

/* A guest's number has no person behind it: whoever has one proved a telephone number. */
struct outcome slip_may_open(struct scene *scene, const struct consultation_case *c)
{
    struct consultation_find_holder_row row;
    bool found;

    if (!str_same(c->row.channel, S("window"))) return REFUSE(consultation_own_way);
    TRY(consultation_find_holder(scene->arena, scene->store, c->row.owner_id, &row, &found));
    return row.people_count ? REFUSE(consultation_proved) : DONE;
}

static struct outcome slip_new(struct scene *scene, const void *form, void *result)
{
    const struct consultation_number_form *f = form;
    struct consultation_registered_view *told = result;
    struct hall_ticket ticket;
    struct consultation_case c;

    TRY(hall_case_open(scene, f->number, &ticket, &c));
    if (!hall_is_open_state(ticket.state)) return REFUSE(hall_not_now);
    TRY(slip_may_open(scene, &c));
    TRY(hall_new_code(scene, &ticket, &told->code));
    told->reference = c.row.reference;
    told->number = ticket.row.ticket_id;
    told->ticket = ticket.row.ticket;
    told->state = c.row.state;
    told->due_at = c.row.due_at;
    told->ahead = -1;
    slip_send(scene, told->reference, told->code);
    return DONE;
}

const struct act consultation_slip_new = {.name = "consultation.slip",
                                          .who = WHO_AT_HALL,
                                          .form = &consultation_number_form,
                                          .result = &consultation_registered_view,
                                          .run = slip_new};

/* ---- the picture on it ---- */

static struct str site_address; /* where residents reach us; set once at start */

void consultation_use_site(struct str public_url)
{
    while (public_url.len && public_url.at[public_url.len - 1] == '/') public_url.len--;
    site_address = public_url.len <= SITE_BYTES_MAX ? public_url : S("");
}

/* To the page where the question is followed.  The code stands behind '#', which no browser sends
 * and no log holds; a page without scripts has it typed. */
struct str slip_address(struct arena *arena, struct str reference, struct str code, bool is_own_way)
{
    if (!site_address.len) return S("");
    if (is_own_way)
        return arena_print(arena, "%.*s/consultations/%.*s", STR_ARGS(site_address),
                           STR_ARGS(reference));
    return arena_print(arena, "%.*s/slip?reference=%.*s#%.*s", STR_ARGS(site_address),
                       STR_ARGS(reference), STR_ARGS(code));
}

/* ---- with the slip, at home or in the hall ---- */

struct str slip_upper(struct arena *arena, struct str text)
{
    char *made = arena_take(arena, text.len + 1, 1);

    for (size_t i = 0; i < text.len; i++)
        made[i] = text.at[i] >= 'a' && text.at[i] <= 'z' ? (char)(text.at[i] - 32) : text.at[i];
    return (struct str){made, text.len};
}

struct outcome slip_is_of(struct scene *scene, id case_id, struct str code, bool *is_right)
{
    struct hall_ticket ticket;
    bool found;

    TRY(hall_ticket_of_case(scene, case_id, &ticket, &found));
    *is_right = found && hall_code_is_right(scene, &ticket, slip_upper(scene->arena, code));
    return DONE;
}

static struct outcome open_by_code(struct scene *scene, const struct consultation_slip_form *f,
                                   struct consultation_case *c)
{
    struct str reference = slip_upper(scene->arena, f->reference);
    struct consultation_find_reference_row row;
    bool found, is_right;

    TRY(consultation_find_reference(scene->store, reference, &row, &found));
    if (!found) return REFUSE(hall_unknown_slip);
    TRY(slip_is_of(scene, row.consultation_id, f->code, &is_right));
    if (!is_right) return REFUSE(hall_unknown_slip);
    return case_of_id(scene, row.consultation_id, c);
}

/* In this browser, or with a token for a program. */
static struct outcome open_session(struct scene *scene, const struct consultation_case *c,
                                   struct str *token)
{
    struct str own;
    moment expires;
    bool is_web = str_same(scene->channel, S("web"));
    bool has_own = scene_is(scene, WHO_ASKER) && !scene->actor.case_id && !scene->actor.is_key;
    id holder_id = has_own  ? scene->actor.person_id
                   : is_web ? scene_new_id(scene)
                            : c->row.owner_id;

    if (scene_is(scene, WHO_RESIDENT))
        TRY(consultation_drop_slip_codes(scene->store, c->row.owner_id));
    if (holder_id != c->row.owner_id)
        TRY(consultation_set_case_owner(scene->store, holder_id, c->row.consultation_id));
    if (!is_web)
        return identity_session_open(scene, "case", holder_id, c->row.consultation_id,
                                     GUEST_SECONDS, token, &expires);
    if (has_own) return DONE;
    TRY(identity_session_open(scene, "guest", holder_id, 0, GUEST_SECONDS, &own, &expires));
    scene_cookie(scene, S("gongdao"), own, GUEST_SECONDS);
    return DONE;
}

/* The browser is led to the page of what was typed: by the reference as it is written there. */
static struct outcome slip_prepare(struct scene *scene, void *form)
{
    struct consultation_slip_form *f = form;

    f->reference = slip_upper(scene->arena, f->reference);
    return DONE;
}

static struct outcome slip_open(struct scene *scene, const void *form, void *result)
{
    const struct consultation_slip_form *f = form;
    struct consultation_slipped_view *told = result;
    struct consultation_case c;

    /* A clerk's own browser stays the clerk's. */
    if (scene_is(scene, WHO_WORKER)) return REFUSE(act_not_yours);
    TRY(open_by_code(scene, f, &c));
    scene_about(scene, c.row.consultation_id, 0);
    TRY(open_session(scene, &c, &told->token));
    told->reference = c.row.reference;
    told->state = c.row.state;
    return DONE;
}

const struct act consultation_slip_open = {.name = "consultation.slip_open",
                                           .who = WHO_ANYONE,
                                           .form = &consultation_slip_form,
                                           .result = &consultation_slipped_view,
                                           .prepare = slip_prepare,
                                           .run = slip_open};
