/* cases_inquire.c -- how a case stands, by its reference: at home without signing in, at a window,
 * at the hotline's desk, by a program for messages.
 *
 *  (1) Two things have to go together: the reference, and the phone number the case was handed in
 *      with or the code on its receipt.  Whatever of it is wrong, it is one answer.
 *  (2) It tells where the case is, who must act, until when, how the last step ended and whom to
 *      call: no name, no answer, no word anybody wrote, no paper.
 *  (3) Each asking is an act about the case, so that it is on record who asked, from where.
 *  (4) A browser is shown it for some minutes on the page that asked; nothing of it stands in an
 *      address. */
#include "desk/cases/cases_views.h"
#include "desk/identity/identity_acts.h"
#include "gen/cases_html.h"
#include "platform/secret.h"

enum { ASKS_A_MINUTE = 20, SHOWN_SECONDS = 300 };
static const char shown_use[] = "cases.inquiry";

static const struct reason how = {
    "cases.inquire-how",
    T("Please type the phone number the case was handed in with, or the code on its receipt."),
    .field = "asked_by"};
static const struct reason unknown = {
    "cases.inquire-unknown",
    T("These do not go together. Please compare the reference and the number once more. What was "
      "applied for while signed in is found under “My cases”."),
    0};

/* (1) */
static struct outcome find(struct scene *scene, const struct cases_inquire_form *f,
                           struct cases_case *c)
{
    struct str reference = cases_upper(scene->arena, f->asked_for), phone, own = S("");
    struct cases_find_reference_row row;
    bool found, is_theirs = false;

    if (!f->asked_by.len && !f->asked_code.len) return REFUSE(how);
    TRY(cases_find_reference(scene->store, reference, &row, &found));
    if (!found) return REFUSE(unknown);
    TRY(cases_open_id(scene, row.case_id, c));
    TRY(cases_unseal(scene, CASES_USE_PHONE, c->row.phone_sealed, &phone));
    if (f->asked_by.len) {
        struct outcome outcome = identity_phone(scene, c->row.owner_id, &own);

        if (outcome.fault) return outcome;
        is_theirs = str_same(f->asked_by, phone) || (own.len && str_same(f->asked_by, own));
    }
    if (!is_theirs && f->asked_code.len)
        TRY(cases_is_receipt(scene, c, reference, f->asked_code, &is_theirs));
    return is_theirs ? DONE : REFUSE(unknown);
}

static struct str who_acts(struct scene *scene, const struct cases_axes_view *axes)
{
    switch (cases_who_of(axes->turn)) {
    case CASES_APPLICANT: return text_in(scene->language, T("You: something is asked of you"));
    case CASES_AGENT: return text_in(scene->language, T("The lawyer, or whoever acts for you"));
    case CASES_OFFICER:
        return text_fill(scene->arena, scene->language, T("The office in %1"), axes->division_name,
                         S(""), S(""));
    default: return text_in(scene->language, T("Nobody: it is finished"));
    }
}

static struct str one_message(struct scene *scene, const struct cases_stands_view *v)
{
    struct out *day = out_open(scene->arena, 64);
    struct str where = v->is_over ? v->outcome_name : v->stage;

    if (v->until) out_day(day, scene->language, v->until);
    return text_fill(
        scene->arena, scene->language,
        v->until ? T("%1: %2. By %3. Questions: 12348.") : T("%1: %2. Questions: 12348."),
        v->reference, arena_print(scene->arena, "%.*s, %.*s", STR_ARGS(where), STR_ARGS(v->who)),
        out_text(day));
}

/* (2) */
static struct outcome tell(struct scene *scene, const struct cases_case *c,
                           struct cases_stands_view *v)
{
    struct cases_axes_view axes;

    TRY(cases_show_axes(scene, &c->row, &c->item, &c->flow, S(""), &axes));
    *v = (struct cases_stands_view){.reference = axes.reference,
                                    .item_name = axes.item_name,
                                    .turn = axes.turn,
                                    .who = who_acts(scene, &axes),
                                    .stage = axes.state_name,
                                    .outcome_name = axes.outcome_name,
                                    .until = axes.until,
                                    .is_late = axes.is_late,
                                    .is_paused = axes.is_paused,
                                    .is_over = cases_is_over(&c->flow, c->state),
                                    .opened_at = axes.opened_at,
                                    .since_at = axes.since_at,
                                    .call = S("12348"),
                                    .css = axes.shown_css};
    v->text = one_message(scene, v);
    return DONE;
}

/* (4) */
static void send_to_page(struct scene *scene, id case_id)
{
    struct str text = arena_print(scene->arena, "%lld %lld %lld", (long long)scene->actor.person_id,
                                  (long long)case_id, (long long)(scene->now + SHOWN_SECONDS));

    if (!str_same(scene->channel, S("web"))) return;
    scene_cookie(scene, S("inquiry"), secret_seal(scene->arena, shown_use, text), SHOWN_SECONDS);
}

static bool shown_now(struct scene *scene, id *case_id)
{
    struct str sealed = scene_brought(scene, S("inquiry")), rest;
    id person_id;
    int64_t until;

    if (!sealed.len || !secret_unseal(scene->arena, shown_use, sealed, &rest)) return false;
    if (!str_to_int(str_cut(rest, ' ', &rest), &person_id)) return false;
    if (person_id != scene->actor.person_id) return false;
    if (!str_to_int(str_cut(rest, ' ', &rest), case_id)) return false;
    return str_to_int(rest, &until) && until >= scene->now;
}

static struct outcome inquire(struct scene *scene, const void *form, void *result)
{
    struct cases_case c;

    TRY(find(scene, form, &c));
    scene_about(scene, c.row.case_id, 0); /* (3) */
    send_to_page(scene, c.row.case_id);
    return tell(scene, &c, result);
}

static struct outcome show_inquiry(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_inquiry_view *v = view;
    struct cases_stands_view *found = NEW(scene->arena, struct cases_stands_view);
    struct cases_case c;
    id case_id;

    (void)query;
    v->is_staff = scene_is(scene, WHO_WORKER);
    if (!shown_now(scene, &case_id)) return DONE;
    TRY(cases_open_id(scene, case_id, &c));
    TRY(tell(scene, &c, found));
    v->found = found;
    return DONE;
}

const struct act cases_inquire = {.name = "cases.inquire",
                                  .who = WHO_ANYONE,
                                  .form = &cases_inquire_form,
                                  .result = &cases_stands_view,
                                  .run = inquire};

const struct page cases_inquire_pages[] = {
    {.method = GET,
     .path = "/cases/inquiry",
     .who = WHO_ANYONE,
     .about = "Where one asks how a case stands; for some minutes, how the one asked for does.",
     .view = &cases_inquiry_view,
     .html = &html_cases_inquiry,
     .show = show_inquiry},
    {.method = POST,
     .path = "/cases/inquiry",
     .who = WHO_ANYONE,
     .about = "How a case stands: by its reference and the phone number it was handed in with, or "
              "the code on its receipt. `text` fits into a message.",
     .act = &cases_inquire,
     .then = "/cases/inquiry#found",
     .again = "/cases/inquiry",
     .per_minute = ASKS_A_MINUTE},
    {0},
};

#define FORM_THIS cases_inquire_form
FORM_TABLE(cases_inquire, CASES_INQUIRE_FORM)
#undef FORM_THIS
#define VIEW_THIS cases_stands_view
VIEW_TABLE(cases_stands, CASES_STANDS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_inquiry_view
VIEW_TABLE(cases_inquiry, CASES_INQUIRY_VIEW)
#undef VIEW_THIS
