/* mediation_show.c -- what the page of a side and that of the committee draw alike.
 *
 *  (1) Whose eyes it is for decides which query is asked: rows of the other side are never read and
 *      then left out, they are not read. */
#include "service/mediation/mediation_views.h"

static struct str side_name(struct scene *scene, struct str side)
{
    if (str_same(side, S("applicant")))
        return text_in(scene->language, T("Apart, with the applicant"));
    if (str_same(side, S("respondent")))
        return text_in(scene->language, T("Apart, with the other side"));
    return text_in(scene->language, T("Both sides together"));
}

static struct str state_name(struct scene *scene, struct str state)
{
    if (str_same(state, S("planned"))) return text_in(scene->language, T("planned"));
    return text_in(scene->language,
                   str_same(state, S("held")) ? T("It took place") : T("called off"));
}

static struct str hours_of(struct scene *scene, moment starts_at, moment ends_at)
{
    struct out *out = out_open(scene->arena, 64);

    out_clock(out, starts_at);
    if (ends_at > starts_at) {
        OUT_LITERAL(out, "–");
        out_clock(out, ends_at);
    }
    return out_text(out);
}

#define SESSION_OF(row)                                                                            \
    (struct mediation_list_sessions_row)                                                           \
    {                                                                                              \
        .session_id = (row)->session_id, .side = (row)->side, .state = (row)->state,               \
        .starts_at = (row)->starts_at, .ends_at = (row)->ends_at,                                  \
        .place_sealed = (row)->place_sealed, .words_sealed = (row)->words_sealed,                  \
        .record_sealed = (row)->record_sealed                                                      \
    }

static struct outcome show_session(struct scene *scene,
                                   const struct mediation_list_sessions_row *row,
                                   struct mediation_session_view *v)
{
    *v = (struct mediation_session_view){.session = row->session_id,
                                         .side = row->side,
                                         .state = row->state,
                                         .side_name = side_name(scene, row->side),
                                         .state_name = state_name(scene, row->state),
                                         .starts_at = row->starts_at,
                                         .hours = hours_of(scene, row->starts_at, row->ends_at),
                                         .is_planned = str_same(row->state, S("planned"))};
    TRY(mediation_unseal(scene, MEDIATION_USE_RECORD, row->place_sealed, &v->place));
    TRY(mediation_unseal(scene, MEDIATION_USE_RECORD, row->words_sealed, &v->words));
    return mediation_unseal(scene, MEDIATION_USE_RECORD, row->record_sealed, &v->record);
}

static struct outcome show_all(struct scene *scene, const struct mediation_case *m,
                               struct mediation_session_view **made, size_t *count)
{
    const struct mediation_list_sessions_row *rows;

    TRY(mediation_list_sessions(scene->arena, scene->store, m->at.case_id, &rows, count));
    *made = NEW_MANY(scene->arena, struct mediation_session_view, *count + 1);
    for (size_t i = 0; i < *count; i++) TRY(show_session(scene, &rows[i], &(*made)[i]));
    return DONE;
}

struct outcome mediation_show_sessions(struct scene *scene, const struct mediation_case *m,
                                       unsigned side, const struct mediation_session_view **made,
                                       size_t *count)
{
    const struct mediation_list_sessions_of_side_row *rows;
    struct mediation_session_view *views;

    if (!side) {
        TRY(show_all(scene, m, &views, count));
        *made = views;
        return DONE;
    }
    TRY(mediation_list_sessions_of_side(scene->arena, scene->store, m->at.case_id,
                                        mediation_side_word(side), &rows, count));
    views = NEW_MANY(scene->arena, struct mediation_session_view, *count + 1);
    for (size_t i = 0; i < *count; i++) TRY(show_session(scene, &SESSION_OF(&rows[i]), &views[i]));
    *made = views;
    return DONE;
}

static void add_event(struct scene *scene, struct str event, struct str side, moment at,
                      struct mediation_event_view *v)
{
    *v =
        (struct mediation_event_view){.at = at,
                                      .event = event,
                                      .name = text_in(scene->language, mediation_event_name(event)),
                                      .is_apart = side.len > 0};
}

struct outcome mediation_show_events(struct scene *scene, const struct mediation_case *m,
                                     unsigned side, const struct mediation_event_view **made,
                                     size_t *count)
{
    const struct mediation_list_events_of_side_row *own;
    const struct mediation_list_events_row *all;
    struct mediation_event_view *views;

    if (side)
        TRY(mediation_list_events_of_side(scene->arena, scene->store, m->at.case_id,
                                          mediation_side_word(side), &own, count));
    else
        TRY(mediation_list_events(scene->arena, scene->store, m->at.case_id, &all, count));
    views = NEW_MANY(scene->arena, struct mediation_event_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        if (side)
            add_event(scene, own[i].event, own[i].side, own[i].at, &views[i]);
        else
            add_event(scene, all[i].event, all[i].side, all[i].at, &views[i]);
    }
    *made = views;
    return DONE;
}

struct outcome mediation_show_agreement(struct scene *scene, const struct mediation_case *m,
                                        const struct mediation_agreement_view **agreement)
{
    struct mediation_find_agreement_row row;
    struct mediation_agreement_view *v;
    id letter;
    bool found;

    *agreement = NULL;
    TRY(mediation_find_agreement(scene->arena, scene->store, m->at.case_id, &row, &found));
    if (!found) return DONE;
    v = NEW(scene->arena, struct mediation_agreement_view);
    *v = (struct mediation_agreement_view){
        .version = row.version,
        .form = row.form,
        .is_oral = str_same(row.form, S("oral")),
        .perform_day = row.perform_day,
        .is_status = row.is_status != 0,
        .applicant_at = row.applicant_at,
        .respondent_at = row.respondent_at,
        .effective_at = m->now.effective_at,
        .confirm_until = row.is_status ? 0 : m->now.confirm_until,
        .confirm_day = row.is_status || !m->now.confirm_until ? 0 : m->now.confirm_until - 1};
    TRY(mediation_unseal(scene, MEDIATION_USE_TERMS, row.facts_sealed, &v->facts));
    TRY(mediation_unseal(scene, MEDIATION_USE_TERMS, row.terms_sealed, &v->terms));
    *agreement = v;
    TRY(cases_room_letter(scene, MEDIATION_PROCESS, m->at.case_id, &letter, NULL));
    if (letter && m->now.effective_at)
        v->paper = arena_print(scene->arena,
                               m->is & MEDIATION_SIDES ? "/mediation/%.*s/agreement"
                                                       : "/office/cases/%.*s/mediation/paper",
                               STR_ARGS(m->at.reference));
    return DONE;
}

#define VIEW_THIS mediation_event_view
VIEW_TABLE(mediation_event, MEDIATION_EVENT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_session_view
VIEW_TABLE(mediation_session, MEDIATION_SESSION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_agreement_view
VIEW_TABLE(mediation_agreement, MEDIATION_AGREEMENT_VIEW)
#undef VIEW_THIS
