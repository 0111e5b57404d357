/* mediation_pages.c -- the table of this room, and the pages of both sides. */
#include "desk/items/items_acts.h"
#include "gen/mediation_html.h"
#include "service/mediation/mediation_views.h"

enum { JOINS_A_MINUTE = 6, DEEDS_A_MINUTE = 20 };

static struct outcome show_start(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct mediation_start_view *v = view;
    const struct mediation_list_of_respondent_row *rows;
    struct mediation_mine_view *made;

    (void)query;
    if (!scene_is(scene, WHO_ASKER) || scene->actor.case_id) return DONE;
    TRY(mediation_list_of_respondent(scene->arena, scene->store, scene->actor.person_id, &rows,
                                     &v->mine_count));
    made = NEW_MANY(scene->arena, struct mediation_mine_view, v->mine_count + 1);
    for (size_t i = 0; i < v->mine_count; i++) {
        struct items_item item;
        bool found;

        TRY(items_version(scene, rows[i].version_id, &item, &found));
        made[i] = (struct mediation_mine_view){.reference = rows[i].reference,
                                               .opened_at = rows[i].opened_at,
                                               .is_over = rows[i].turn.len == 0};
        if (found) made[i].item_name = scene->language == LANGUAGE_EN ? item.name_en : item.name_zh;
    }
    v->mine = made;
    return DONE;
}

/* The respondent's name as given on joining, else as the applicant wrote it. */
static struct outcome show_told(struct scene *scene, const struct mediation_case *m,
                                struct mediation_side_view *v)
{
    struct cases_reading reading;
    struct mediation_told_view *made =
        NEW_MANY(scene->arena, struct mediation_told_view, CASES_FIELDS_MAX);

    TRY(cases_read(scene, MEDIATION_PROCESS, m->at.case_id, &reading));
    v->told = made;
    v->other_name = reading.name;
    if (v->is_applicant) {
        TRY(mediation_unseal(scene, MEDIATION_USE_NAME, m->now.name_sealed, &v->other_name));
        for (size_t i = 0; i < reading.count; i++)
            if (reading.answers[i].is_party && !v->other_name.len)
                v->other_name = reading.answers[i].answer;
    }
    for (size_t i = 0; i < reading.count; i++)
        if (reading.answers[i].is_summary && reading.answers[i].answer.len)
            made[v->told_count++] = (struct mediation_told_view){.label = reading.answers[i].label,
                                                                 .text = reading.answers[i].text};
    return DONE;
}

static struct outcome show_mediator(struct scene *scene, const struct mediation_case *m,
                                    struct mediation_side_view *v)
{
    const struct mediation_list_proposals_row *rows;
    size_t count;

    if (!m->now.mediator_id) return DONE;
    TRY(identity_person_name(scene, m->now.mediator_id, &v->mediator_name));
    TRY(mediation_list_proposals(scene->arena, scene->store, m->at.case_id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (!rows[i].ended_at)
            TRY(mediation_unseal(scene, MEDIATION_USE_WORDS, rows[i].words_sealed, &v->why));
    v->object_until = m->now.object_until;
    v->object_day = m->now.object_until ? m->now.object_until - 1 : 0;
    return DONE;
}

static bool may(const struct mediation_case *m, enum mediation_deed deed)
{
    return IS_DONE(mediation_may(m->at.state, m->is, deed));
}

static struct outcome show_side(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct mediation_side_view *v = view;
    struct mediation_case m;
    moment signed_at;

    TRY(mediation_open_side(scene, ((const struct mediation_reference_form *)query)->reference,
                            &m));
    v->reference = m.at.reference;
    v->side = mediation_side_word(m.is);
    v->state = m.at.state;
    v->state_name = m.at.state_name;
    v->item_name = m.at.item_name;
    v->is_applicant = (m.is & MEDIATION_APPLICANT) != 0;
    v->is_over = m.at.is_over;
    v->has_joined = m.now.respondent_id > 0;
    TRY(identity_division_name(scene, m.at.division, &v->division_name));
    TRY(show_told(scene, &m, v));
    TRY(show_mediator(scene, &m, v));
    TRY(mediation_show_agreement(scene, &m, &v->agreement));
    TRY(mediation_show_sessions(scene, &m, m.is, &v->sessions, &v->sessions_count));
    TRY(mediation_show_events(scene, &m, m.is, &v->events, &v->events_count));
    v->have_agreed = (v->is_applicant ? m.now.applicant_at : m.now.respondent_at) > 0;
    v->may_agree = may(&m, MEDIATION_AGREE) && !v->have_agreed;
    v->may_object = may(&m, MEDIATION_OBJECT);
    v->may_choose = may(&m, MEDIATION_CHOOSE);
    v->may_stop = may(&m, MEDIATION_STOP);
    v->have_asked = (v->is_applicant ? m.now.ask_applicant_at : m.now.ask_respondent_at) > 0;
    v->court = m.now.court;
    v->court_name = mediation_court_name(scene, m.now.court);
    if (!v->agreement) return DONE;
    v->may_confirm =
        may(&m, MEDIATION_CONFIRM) && !v->have_asked &&
        IS_DONE(mediation_may_confirm(v->agreement->is_status, m.now.confirm_until, scene->now));
    signed_at = v->is_applicant ? v->agreement->applicant_at : v->agreement->respondent_at;
    v->may_sign = may(&m, MEDIATION_SIGN) && !signed_at;
    return DONE;
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/mediation",
     .who = WHO_ANYONE,
     .about = "Mediation: what it is, taking part with an invitation, and what one takes part in.",
     .view = &mediation_start_view,
     .html = &html_mediation_start,
     .show = show_start},
    {.method = POST,
     .path = "/mediation",
     .who = WHO_ANYONE,
     .about = "Take part as the other side, with the reference and the code of the invitation. The "
              "answer holds a token for this case only.",
     .act = &mediation_join,
     .then = "/mediation/{reference}",
     .again = "/mediation",
     .status = 201,
     .per_minute = JOINS_A_MINUTE},
    {.method = GET,
     .path = "/mediation/{reference}",
     .who = WHO_ASKER,
     .about = "A mediation as one side sees it: what is for both, and what was said with this side "
              "apart.",
     .query = &mediation_reference_form,
     .view = &mediation_side_view,
     .html = &html_mediation_side,
     .show = show_side},
    {.method = GET,
     .path = "/mediation/{reference}/agreement",
     .who = WHO_ASKER,
     .about = "The agreement as a PDF in Chinese, with a code that verifies it, once it stands.",
     .query = &mediation_reference_form,
     .file = mediation_send_own,
     .per_minute = DEEDS_A_MINUTE},
    {.method = POST,
     .path = "/mediation/{reference}/agree",
     .who = WHO_ASKER,
     .about = "Agree to the mediator who is proposed.",
     .act = &mediation_agree,
     .then = "/mediation/{reference}",
     .again = "/mediation/{reference}",
     .said = T("We have it. Thank you."),
     .per_minute = DEEDS_A_MINUTE},
    {.method = POST,
     .path = "/mediation/{reference}/object",
     .who = WHO_ASKER,
     .about = "Object to the mediator; another one is proposed.",
     .act = &mediation_object,
     .then = "/mediation/{reference}",
     .again = "/mediation/{reference}",
     .said = T("We have it. Somebody else will be proposed."),
     .per_minute = DEEDS_A_MINUTE},
    {.method = POST,
     .path = "/mediation/{reference}/sign",
     .who = WHO_ASKER,
     .about = "Sign the agreement in the version that was read.",
     .act = &mediation_sign,
     .then = "/mediation/{reference}",
     .again = "/mediation/{reference}",
     .said = T("You have signed the agreement."),
     .per_minute = DEEDS_A_MINUTE},
    {.method = POST,
     .path = "/mediation/{reference}/confirm",
     .who = WHO_ASKER,
     .about = "Ask, with the other side, for the court to confirm the agreement.",
     .act = &mediation_confirm,
     .then = "/mediation/{reference}",
     .again = "/mediation/{reference}",
     .said = T("We have it. When both sides have asked, the committee hands it to the court."),
     .per_minute = DEEDS_A_MINUTE},
    {.method = POST,
     .path = "/mediation/{reference}/stop",
     .who = WHO_ASKER,
     .about = "Stop the mediation: either side may, at any time before the agreement stands.",
     .act = &mediation_stop,
     .then = "/mediation/{reference}",
     .again = "/mediation/{reference}",
     .said = T("The mediation is over."),
     .per_minute = DEEDS_A_MINUTE},
    {0},
};

static const struct page *const more_pages[] = {mediation_desk_pages, mediation_choose_pages,
                                                mediation_due_pages, mediation_figures_pages, NULL};
static const struct act *const clock_acts[] = {&mediation_confirm_soon, &mediation_follow_due,
                                               &mediation_year_due,     &mediation_court_due,
                                               &mediation_perform_soon, NULL};
static const struct process processes[] = {{.word = MEDIATION_PROCESS,
                                            .name = T("By applying for mediation"),
                                            .path = "/items/{item}/apply",
                                            .check = mediation_flow_may,
                                            .places = mediation_places,
                                            .place = mediation_place,
                                            .own_path = "/mediation/{reference}",
                                            .office_path = "/office/cases/{reference}/mediation",
                                            .room_name = T("Mediator, sessions and agreement")},
                                           {0}};

const struct cases_all mediation_all = {.process = MEDIATION_PROCESS,
                                        .path = "/office/mediations",
                                        .name = T("Mediations: what to ask, and figures"),
                                        .due = mediation_due,
                                        .counted_field = "kind",
                                        .counted = mediation_counted};

const struct module mediation_module = {.name = "mediation",
                                        .schema = mediation_schema,
                                        .migrations = mediation_migrations,
                                        .pages = pages,
                                        .more_pages = more_pages,
                                        .clock_acts = clock_acts,
                                        .processes = processes,
                                        .merge = mediation_merge};

#define VIEW_THIS mediation_mine_view
VIEW_TABLE(mediation_mine, MEDIATION_MINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_start_view
VIEW_TABLE(mediation_start, MEDIATION_START_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_told_view
VIEW_TABLE(mediation_told, MEDIATION_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_side_view
VIEW_TABLE(mediation_side, MEDIATION_SIDE_VIEW)
#undef VIEW_THIS
