/* referral_pages.c -- the table of this room: beside a talk for both its sides, and for whoever
 * holds a paper. */
#include "desk/identity/identity_acts.h"
#include "gen/referral_html.h"
#include "service/referral/referral_views.h"

enum { LOOKS_A_MINUTE = 20, TAKES_A_MINUTE = 6 };

/* ---- one ---- */

static void show_to(struct scene *scene, const struct referral_to *to, struct referral_one_view *v)
{
    struct referral_bring_view *bring =
        NEW_MANY(scene->arena, struct referral_bring_view, to->bring_count + 1);
    bool is_on_site = to->way == REFERRAL_SITE;

    v->name = to->name;
    v->office = to->office;
    v->phone = to->phone;
    v->place = to->place;
    v->law = to->law;
    v->bring = bring;
    for (size_t i = 0; i < to->bring_count; i++) bring[v->bring_count++].text = to->bring[i];
    v->may_decline = referral_may(is_on_site, v->state, REFERRAL_DECLINE);
    if (to->way == REFERRAL_NOWHERE) return;
    v->may_agree = referral_may(is_on_site, v->state, REFERRAL_AGREE);
    v->may_print = referral_may(is_on_site, v->state, REFERRAL_PRINT) && v->known.len;
    if (referral_may(is_on_site, v->state, REFERRAL_APPLY)) v->item = to->kind;
}

/* Where the office has it, and no word of what stands in it. */
static struct outcome show_case(struct scene *scene, const struct referral_to *to,
                                const referral_row *row, struct referral_one_view *v)
{
    struct cases_standing standing;
    struct outcome outcome;

    v->case_reference = row->reference__case;
    if (!row->case_id || !to->process) return DONE;
    outcome = cases_standing_id(scene, to->process, row->case_id, &standing);
    if (outcome.refusal) return DONE; /* the item begins in another way by now */
    TRY(outcome);
    v->case_state = standing.state_name;
    return DONE;
}

/* The answers that would go along, as people read them; of a question the item asks no more, the
 * answer alone. */
static struct outcome show_answers(struct scene *scene, const struct referral_to *to,
                                   const referral_row *row, struct referral_one_view *v)
{
    struct cases_asks *asks = NEW(scene->arena, struct cases_asks);
    struct str kept, field, answer;
    struct referral_answer_view *made =
        NEW_MANY(scene->arena, struct referral_answer_view, CASES_FIELDS_MAX);

    TRY(referral_unseal(scene, row->answers_sealed, &kept));
    if (!kept.len) return DONE;
    if (to->way == REFERRAL_SITE) TRY(cases_asks_of(scene, to->kind, asks));
    while (v->answers_count < CASES_FIELDS_MAX && referral_answers_next(&kept, &field, &answer)) {
        struct referral_answer_view *one = &made[v->answers_count++];

        *one = (struct referral_answer_view){.field = field, .label = field, .text = answer};
        for (size_t i = 0; i < asks->flow.fields_count; i++) {
            const struct cases_field *asked = &asks->flow.fields[i];

            if (!str_same(asked->field, field)) continue;
            one->label = scene->language == LANGUAGE_EN ? asked->en : asked->zh;
            one->text = cases_answer_text(scene, asked, answer);
        }
    }
    v->answers = made;
    return DONE;
}

static struct outcome show_all(struct scene *scene, id consultation_id,
                               const struct referral_one_view **views, size_t *views_count)
{
    const referral_row *rows;
    struct referral_one_view *made;
    size_t count;

    *views_count = 0;
    TRY(referral_list_of_talk(scene->arena, scene->store, consultation_id, &rows, &count));
    made = NEW_MANY(scene->arena, struct referral_one_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct referral_one_view *v = &made[(*views_count)++];
        struct referral_to to;

        TRY(referral_to_of(scene, rows[i].kind, &to));
        *v = (struct referral_one_view){
            .reference = rows[i].reference,
            .kind = rows[i].kind,
            .state = rows[i].state,
            .state_name = text_in(scene->language, referral_state_name(rows[i].state)),
            .by = rows[i].person_name,
            .moved_at = rows[i].moved_at,
            .code = rows[i].code};
        TRY(referral_unseal(scene, rows[i].known_sealed, &v->known));
        TRY(referral_unseal(scene, rows[i].other_sealed, &v->other_side));
        TRY(referral_unseal(scene, rows[i].receipt_sealed, &v->receipt));
        TRY(show_answers(scene, &to, &rows[i], v));
        TRY(show_case(scene, &to, &rows[i], v));
        show_to(scene, &to, v);
        if (!to.is_item) TRY(referral_nearest(scene, rows[i].kind, rows[i].division, &v->nearest));
    }
    *views = made;
    return DONE;
}

/* ---- both sides of a talk ---- */

static struct outcome show_refer(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct referral_refer_view *v = view;
    struct consultation_party party;
    struct choice *kinds = NEW_MANY(scene->arena, struct choice, REFERRAL_KINDS_COUNT);

    TRY(consultation_party_of(scene, ((const struct referral_talk_form *)query)->reference, true,
                              &party));
    v->reference = party.reference;
    v->is_open = !party.is_ended;
    v->kinds = kinds;
    for (size_t i = 0; i < REFERRAL_KINDS_COUNT; i++)
        kinds[v->kinds_count++] =
            (struct choice){.value = str_of(referral_kinds[i].kind),
                            .label = text_in(scene->language, referral_kinds[i].name)};
    return show_all(scene, party.case_id, &v->referrals, &v->referrals_count);
}

static struct outcome show_own(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct referral_own_view *v = view;
    struct consultation_party party;

    TRY(consultation_party_of(scene, ((const struct referral_talk_form *)query)->reference, false,
                              &party));
    v->reference = party.reference;
    return show_all(scene, party.case_id, &v->referrals, &v->referrals_count);
}

static struct outcome send(struct request *request, const void *query, bool as_consultant,
                           struct file_answer *file)
{
    const struct referral_one_form *f = query;
    struct consultation_party party;
    referral_row row;
    bool found;

    TRY(consultation_party_of(request->scene, f->reference, as_consultant, &party));
    TRY(referral_find(request->scene, party.case_id, f->kind, &row, &found));
    return found ? referral_draw(request->scene, &row, file) : REFUSE(act_unknown);
}

static struct outcome send_own(struct request *request, const void *query, struct file_answer *file)
{
    return send(request, query, false, file);
}

static struct outcome send_desk(struct request *request, const void *query,
                                struct file_answer *file)
{
    return send(request, query, true, file);
}

struct outcome referral_beside(struct scene *scene, id case_id, struct str reference,
                               bool is_consultant, struct consultation_beside *lines, size_t *count)
{
    const referral_row *rows;
    size_t found;

    *count = 0;
    TRY(referral_list_of_talk(scene->arena, scene->store, case_id, &rows, &found));
    if (!is_consultant && !found) return DONE;
    *lines = (struct consultation_beside){0};
    *count = 1;
    lines->path = arena_print(scene->arena,
                              is_consultant ? "/desk/consultations/%.*s/referrals"
                                            : "/consultations/%.*s/referrals",
                              STR_ARGS(reference));
    lines->label = text_in(scene->language, is_consultant ? T("Hand it over to another office")
                                                          : T("Read what would be handed over"));
    if (found) lines->text = text_in(scene->language, referral_state_name(rows[found - 1].state));
    return DONE;
}

/* ---- whoever holds the paper ---- */

static const struct reason code_unknown = {
    "referral.code-unknown",
    T("No paper of ours bears this code. Please compare it letter by letter, or call 12348."), 404};

static struct outcome show_code(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct referral_code_view *v = view;
    struct referral_find_of_code_row row;
    struct referral_to to;
    bool found;

    v->code = ((const struct referral_code_form *)query)->code;
    TRY(referral_find_of_code(scene->arena, scene->store, v->code, &row, &found));
    if (!found) return REFUSE(code_unknown);
    TRY(referral_to_of(scene, row.kind, &to));
    v->name = to.name;
    v->state = row.state;
    v->state_name = text_in(scene->language, referral_state_name(row.state));
    v->agreed_at = row.moved_at;
    v->may_take = referral_may(false, row.state, REFERRAL_TAKE);
    return identity_division_name(scene, row.division, &v->division_name);
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/desk/consultations/{reference}/referrals",
     .who = WHO_CONSULTANT,
     .about = "Where its consultant suggests to go from a talk, and whether it was taken over.",
     .query = &referral_talk_form,
     .view = &referral_refer_view,
     .html = &html_referral_refer,
     .show = show_refer},
    {.method = POST,
     .path = "/desk/consultations/{reference}/referrals",
     .who = WHO_CONSULTANT,
     .about = "Suggest where to go, with what would be handed over; the resident reads it first.",
     .act = &referral_refer,
     .then = "/desk/consultations/{reference}/referrals",
     .again = "/desk/consultations/{reference}/referrals",
     .said = T("The resident sees it beside the talk. Nothing is handed over before they agree."),
     .per_minute = REFERRAL_DEEDS_A_MINUTE},
    {.method = GET,
     .path = "/desk/consultations/{reference}/referrals/{kind}/sheet",
     .who = WHO_CONSULTANT,
     .about = "The paper that goes along, as a PDF in Chinese, once the resident has agreed.",
     .query = &referral_one_form,
     .file = send_desk,
     .per_minute = REFERRAL_DEEDS_A_MINUTE},
    {.method = GET,
     .path = "/consultations/{reference}/referrals",
     .who = WHO_ASKER,
     .about = "What would be handed over, and where to: to be agreed to.",
     .query = &referral_talk_form,
     .view = &referral_own_view,
     .html = &html_referral_own,
     .show = show_own},
    {.method = POST,
     .path = "/consultations/{reference}/referrals/{kind}",
     .who = WHO_ASKER,
     .about = "Agree to what would be handed over.",
     .act = &referral_agree,
     .then = "/consultations/{reference}/referrals",
     .again = "/consultations/{reference}/referrals",
     .said = T("We have it. What comes next stands below."),
     .per_minute = REFERRAL_DEEDS_A_MINUTE},
    {.method = POST,
     .path = "/consultations/{reference}/referrals/{kind}/decline",
     .who = WHO_ASKER,
     .about = "Not now: the consultant reads that, and nothing is handed over.",
     .act = &referral_decline,
     .then = "/consultations/{reference}/referrals",
     .again = "/consultations/{reference}/referrals",
     .per_minute = REFERRAL_DEEDS_A_MINUTE},
    {.method = GET,
     .path = "/consultations/{reference}/referrals/{kind}/sheet",
     .who = WHO_ASKER,
     .about = "The paper to take along, as a PDF in Chinese, with a list of what to bring.",
     .query = &referral_one_form,
     .file = send_own,
     .per_minute = REFERRAL_DEEDS_A_MINUTE},
    {.method = GET,
     .path = "/referrals/{code}",
     .who = WHO_ANYONE,
     .about =
         "Whether a paper is ours, for whoever holds it: where to and when, and nobody's name.",
     .query = &referral_code_form,
     .view = &referral_code_view,
     .html = &html_referral_code,
     .show = show_code,
     .per_minute = LOOKS_A_MINUTE},
    {.method = POST,
     .path = "/referrals/{code}/taken",
     .who = WHO_ANYONE,
     .about =
         "Say that it was received: by whoever holds the paper. Both sides of the talk read it.",
     .act = &referral_take_over,
     .then = "/referrals/{code}",
     .again = "/referrals/{code}",
     .said = T("Thank you. Whoever sent it reads that you have it."),
     .per_minute = TAKES_A_MINUTE},
    {0},
};

static const struct page *const more_pages[] = {referral_service_pages, referral_office_pages,
                                                NULL};
static const struct act *const clock_acts[] = {&referral_tidy, NULL};

const struct module referral_module = {.name = "referral",
                                       .schema = referral_schema,
                                       .migrations = referral_migrations,
                                       .pages = pages,
                                       .more_pages = more_pages,
                                       .clock_acts = clock_acts};

#define FORM_THIS referral_talk_form
FORM_TABLE(referral_talk, REFERRAL_TALK_FORM)
#undef FORM_THIS
#define FORM_THIS referral_code_form
FORM_TABLE(referral_code, REFERRAL_CODE_FORM)
#undef FORM_THIS
#define VIEW_THIS referral_bring_view
VIEW_TABLE(referral_bring, REFERRAL_BRING_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_answer_view
VIEW_TABLE(referral_answer, REFERRAL_ANSWER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_one_view
VIEW_TABLE(referral_one, REFERRAL_ONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_refer_view
VIEW_TABLE(referral_refer, REFERRAL_REFER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_own_view
VIEW_TABLE(referral_own, REFERRAL_OWN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_code_view
VIEW_TABLE(referral_code, REFERRAL_CODE_VIEW)
#undef VIEW_THIS
