/* mediation_desk.c -- a mediation as the committee sees it, and its mediator.
 *
 *  (1) What was said apart is for the mediator of the case; who else is of the committee reads of
 *      sessions what is for both. */
#include "bureau/people/people_acts.h"
#include "gen/mediation_html.h"
#include "service/mediation/mediation_views.h"

enum { DEEDS_A_MINUTE = 60 };

/* ---- who could mediate ---- */

static void say(struct scene *scene, struct str *why, struct str more)
{
    const char *between = scene->language == LANGUAGE_EN ? "; " : "；";

    *why = why->len
               ? arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(*why), between, STR_ARGS(more))
               : more;
}

static void say_why(struct scene *scene, const struct reason *unfit,
                    const struct mediation_list_mediators_row *row, struct str field_name,
                    struct mediation_candidate_view *v)
{
    if (unfit) say(scene, &v->why, text_in(scene->language, unfit->text));
    if (row->knows_count)
        say(scene, &v->why,
            text_fill(scene->arena, scene->language, T("knows %1"), field_name, S(""), S("")));
    say(scene, &v->why, text_in(scene->language, T("serves in this district")));
    say(scene, &v->why,
        text_fill(scene->arena, scene->language, T("%1 cases under way"),
                  arena_print(scene->arena, "%lld", (long long)row->open_count), S(""), S("")));
}

/* Who was chosen stays chosen when the answer was no. */
static void keep_chosen(struct request *request, struct mediation_candidate_view *made,
                        struct mediation_desk_view *v)
{
    const struct form_state *typed = request->face ? request->face->form : NULL;
    int place = form_place(&mediation_propose_form, S("person"));
    int64_t person = 0;

    if (!typed || typed->form != &mediation_propose_form) return;
    if (typed->wrong[place])
        v->wrong = text_in(request->scene->language, T("Please choose one of the mediators."));
    if (!str_to_int(typed->given[place], &person)) return;
    for (size_t i = 0; i < v->candidates_count; i++) made[i].is_chosen = made[i].person == person;
}

static struct outcome show_candidates(struct request *request, const struct mediation_case *m,
                                      struct mediation_desk_view *v)
{
    struct scene *scene = request->scene;
    const struct mediation_list_mediators_row *rows;
    struct mediation_candidate_view *made;
    struct str field_name;

    TRY(people_field_name(scene, m->at.field, &field_name));
    TRY(mediation_list_mediators(scene->arena, scene->store, m->at.case_id, m->at.field, scene->now,
                                 m->at.division, 0, &rows, &v->candidates_count));
    made = NEW_MANY(scene->arena, struct mediation_candidate_view, v->candidates_count + 1);
    for (size_t i = 0; i < v->candidates_count; i++) {
        const struct reason *unfit;

        TRY(mediation_fitting(scene, m, &rows[i], &unfit));
        made[i] = (struct mediation_candidate_view){
            .person = rows[i].person_id, .name = rows[i].person_name, .may = !unfit};
        say_why(scene, unfit, &rows[i], field_name, &made[i]);
    }
    v->candidates = made;
    keep_chosen(request, made, v);
    return DONE;
}

static struct str ended_name(struct scene *scene, struct str side)
{
    if (str_same(side, S("applicant")))
        return text_in(scene->language, T("The applicant objected"));
    if (str_same(side, S("respondent")))
        return text_in(scene->language, T("The other side objected"));
    return side.len ? text_in(scene->language, T("Stepped back")) : S("");
}

static struct outcome show_proposals(struct scene *scene, const struct mediation_case *m,
                                     struct mediation_desk_view *v)
{
    const struct mediation_list_proposals_row *rows;
    struct mediation_proposal_view *made;

    TRY(mediation_list_proposals(scene->arena, scene->store, m->at.case_id, &rows,
                                 &v->proposals_count));
    made = NEW_MANY(scene->arena, struct mediation_proposal_view, v->proposals_count + 1);
    for (size_t i = 0; i < v->proposals_count; i++) {
        made[i] =
            (struct mediation_proposal_view){.mediator_name = rows[i].person_name,
                                             .at = rows[i].at,
                                             .ended_side = rows[i].ended_side,
                                             .ended_name = ended_name(scene, rows[i].ended_side)};
        TRY(mediation_unseal(scene, MEDIATION_USE_WORDS, rows[i].words_sealed, &made[i].words));
        TRY(mediation_unseal(scene, MEDIATION_USE_WORDS, rows[i].end_sealed, &made[i].end_words));
    }
    v->proposals = made;
    return DONE;
}

/* ---- the page ---- */

static const struct choice *choices_of(struct scene *scene, const char *const (*pairs)[2],
                                       size_t count)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, count);

    for (size_t i = 0; i < count; i++)
        made[i] = (struct choice){.value = str_of(pairs[i][0]),
                                  .label = text_in(scene->language, pairs[i][1])};
    return made;
}

static void list_choices(struct scene *scene, struct mediation_desk_view *v)
{
    static const char *const sides[][2] = {{"both", T("Both sides together")},
                                           {"applicant", T("The applicant apart")},
                                           {"respondent", T("The other side apart")}};
    static const char *const forms[][2] = {{"written", T("Written: both sides sign")},
                                           {"oral", T("Spoken: both have agreed before me")}};
    static const char *const results[][2] = {{"held", T("It took place")},
                                             {"off", T("It does not take place")}};
    static const char *const papers[][2] = {{"applicant", T("The applicant")},
                                            {"respondent", T("The other side")}};

    v->plan_sides = v->record_sides = choices_of(scene, sides, COUNT(sides));
    v->plan_sides_count = v->record_sides_count = COUNT(sides);
    v->forms = choices_of(scene, forms, COUNT(forms));
    v->forms_count = COUNT(forms);
    v->results = choices_of(scene, results, COUNT(results));
    v->results_count = COUNT(results);
    v->paper_sides = choices_of(scene, papers, COUNT(papers));
    v->paper_sides_count = COUNT(papers);
}

static void list_planned(struct scene *scene, struct mediation_desk_view *v)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, v->sessions_count + 1);

    made[v->planned_count++].label = text_in(scene->language, T("One that was not planned"));
    for (size_t i = 0; i < v->sessions_count; i++) {
        const struct mediation_session_view *session = &v->sessions[i];
        struct out *label = out_open(scene->arena, 256);

        if (!session->is_planned) continue;
        out_day(label, scene->language, session->starts_at);
        OUT_LITERAL(label, " ");
        out_raw_str(label, session->hours);
        OUT_LITERAL(label, " · ");
        out_raw_str(label, session->side_name);
        made[v->planned_count++] =
            (struct choice){.value = arena_print(scene->arena, "%lld", (long long)session->session),
                            .label = out_text(label)};
    }
    v->planned = made;
}

static bool may(const struct mediation_case *m, enum mediation_deed deed)
{
    return IS_DONE(mediation_may(m->at.state, m->is, deed));
}

static void list_deeds(const struct mediation_case *m, struct mediation_desk_view *v)
{
    v->may_invite = may(m, MEDIATION_INVITE);
    v->may_propose = may(m, MEDIATION_PROPOSE);
    v->may_begin = may(m, MEDIATION_BEGIN);
    v->may_recuse = may(m, MEDIATION_RECUSE);
    v->may_plan = may(m, MEDIATION_PLAN);
    v->may_record = may(m, MEDIATION_RECORD);
    v->may_draw = may(m, MEDIATION_DRAW);
    v->is_mediator = (m->is & MEDIATION_MEDIATOR) != 0;
    v->may_sign = v->is_mediator && may(m, MEDIATION_SIGN);
}

static struct outcome show_sides(struct scene *scene, const struct mediation_case *m,
                                 struct mediation_desk_view *v)
{
    struct cases_reading reading;

    TRY(cases_read(scene, MEDIATION_PROCESS, m->at.case_id, &reading));
    v->applicant_name = reading.name;
    v->has_joined = m->now.respondent_id > 0;
    TRY(mediation_unseal(scene, MEDIATION_USE_NAME, m->now.name_sealed, &v->respondent_name));
    for (size_t i = 0; i < reading.count; i++)
        if (reading.answers[i].is_party && !v->respondent_name.len)
            v->respondent_name = reading.answers[i].answer;
    if (!m->is) return DONE; /* who supervises calls and invites nobody */
    TRY(mediation_unseal(scene, MEDIATION_USE_PHONE, m->now.phone_sealed, &v->respondent_phone));
    return mediation_unseal(scene, MEDIATION_USE_CODE, m->now.code_sealed, &v->code);
}

static struct outcome show_inside(struct request *request, const struct mediation_case *m,
                                  struct mediation_desk_view *v)
{
    struct scene *scene = request->scene;
    unsigned eyes = m->is & MEDIATION_MEDIATOR ? 0 : MEDIATION_OFFICER; /* (1) */

    TRY(show_sides(scene, m, v));
    if (m->now.mediator_id) TRY(identity_person_name(scene, m->now.mediator_id, &v->mediator_name));
    v->object_day = m->now.object_until ? m->now.object_until - 1 : 0;
    v->applicant_agreed = m->now.applicant_at > 0;
    v->respondent_agreed = m->now.respondent_at > 0;
    list_deeds(m, v);
    list_choices(scene, v);
    if (v->may_propose) TRY(show_candidates(request, m, v));
    TRY(show_proposals(scene, m, v));
    TRY(mediation_show_agreement(scene, m, &v->agreement));
    TRY(mediation_show_after(scene, m, v));
    TRY(mediation_show_sessions(scene, m, eyes, &v->sessions, &v->sessions_count));
    list_planned(scene, v);
    return mediation_show_events(scene, m, eyes, &v->events, &v->events_count);
}

static struct outcome show_desk(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct mediation_desk_view *v = view;
    struct mediation_case m;
    struct outcome outcome =
        mediation_open_desk(scene, ((const struct mediation_reference_form *)query)->reference, &m);

    if (outcome.refusal == &mediation_open_first && !request->is_api) {
        request->go = arena_print(scene->arena, "/office/cases/%.*s", STR_ARGS(m.at.reference));
        return DONE;
    }
    TRY(outcome);
    v->reference = m.at.reference;
    v->item_name = m.at.item_name;
    v->state = m.at.state;
    v->state_name = m.at.state_name;
    return show_inside(request, &m, v);
}

#define DEED(path_, about_, act_, said_)                                                           \
    {                                                                                              \
        .method = POST, .path = "/office/cases/{reference}/mediation" path_,                       \
        .who = MEDIATION_WHO_DESK, .about = about_, .act = act_,                                   \
        .then = "/office/cases/{reference}/mediation",                                             \
        .again = "/office/cases/{reference}/mediation", .said = said_,                             \
        .per_minute = DEEDS_A_MINUTE                                                               \
    }

const struct page mediation_desk_pages[] = {
    {.method = GET,
     .path = "/office/cases/{reference}/mediation",
     .who = MEDIATION_WHO_DESK,
     .about = "A mediation for the committee that has opened the case: who could mediate, "
              "sessions, agreement. What one side said apart is for its mediator only.",
     .query = &mediation_reference_form,
     .view = &mediation_desk_view,
     .html = &html_mediation_desk,
     .show = show_desk},
    {.method = GET,
     .path = "/office/cases/{reference}/mediation/paper",
     .who = MEDIATION_WHO_DESK,
     .about = "The agreement as a PDF, for the committee that has opened the case.",
     .query = &mediation_reference_form,
     .file = mediation_send_office,
     .per_minute = DEEDS_A_MINUTE},
    DEED("/invitation", "Make a code with which the other side takes part; the one before ends.",
         &mediation_invite, T("The invitation is ready. Its code works once.")),
    DEED("/mediator", "Propose a mediator, with reasons both sides read.", &mediation_propose,
         T("Both sides can agree or object now.")),
    DEED("/begin", "Begin: both agreed, or the days to object are over.", &mediation_begin,
         T("The mediation has begun.")),
    DEED("/recuse", "Step back as mediator.", &mediation_recuse, T("Done. It is on record.")),
    DEED("/sessions", "Plan a session with both sides, or with one apart.", &mediation_plan,
         T("The session is planned. Whoever takes part can see it.")),
    DEED("/records", "Write down what came of a session, planned or not.", &mediation_record,
         T("The record is kept. Whoever was there can read it.")),
    DEED("/agreement", "Write down the agreement, or a new version of it.", &mediation_draw,
         T("Both sides can read the agreement now.")),
    DEED("/signatures", "Note that a side has signed on paper.", &mediation_sign_paper,
         T("Done. It is on record.")),
    DEED("/court", "Say how the request stands with the court: sent, confirmed, refused.",
         &mediation_court, T("Done. It is on record.")),
    DEED("/follow-up", "Say whether the agreement is kept: yes, partly, no.", &mediation_follow,
         T("Done. It is on record.")),
    {0},
};

#define VIEW_THIS mediation_proposal_view
VIEW_TABLE(mediation_proposal, MEDIATION_PROPOSAL_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_candidate_view
VIEW_TABLE(mediation_candidate, MEDIATION_CANDIDATE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_follow_up_view
VIEW_TABLE(mediation_follow_up, MEDIATION_FOLLOW_UP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_desk_view
VIEW_TABLE(mediation_desk, MEDIATION_DESK_VIEW)
#undef VIEW_THIS
