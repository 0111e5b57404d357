/* consultation_desk_case.c -- one conversation as its consultant, or who looks in, is shown it.
 *
 *  (1) Whoever is not its consultant reads it only with leave given by an act, and only reads.
 *  (2) The resident's number is masked, but for the one time after asking for it by an act. */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/journal.h"
#include "platform/secret.h"
#include "service/consultation/consultation_desk_read.h"
#include "service/consultation/consultation_handed.h"

enum { COLLEAGUES_MAX = 100 };

static void show_facts(struct scene *scene, const struct consultation_case *c,
                       struct consultation_desk_case_view *v)
{
    const struct consultation_find_case_row *row = &c->row;
    enum language language = scene->language;

    v->reference = row->reference;
    v->state = row->state;
    v->state_name = text_in(language, consultation_state_name(c->state));
    v->state_css = str_of(consultation_state_css(c->state));
    v->field = row->field;
    v->language = row->language;
    v->language_name = consultation_language_name(language, row->language);
    v->division = row->division;
    v->asked_at = row->asked_at;
    v->due_at = row->due_at;
    v->due_day = row->due_at ? row->due_at - 1 : 0;
    v->last_seq = row->last_seq;
    v->read_by_resident = row->resident_read;
    v->is_cared_for = row->priority > 0;
    v->outcome = row->outcome;
    v->outcome_name = text_in(language, consultation_outcome_name(row->outcome));
    v->summary = row->summary;
    if (c->state == CONSULTATION_MESSAGE) {
        struct consultation_urgency urgency =
            consultation_urgency_of(row->warned, row->due_at, scene->now);

        v->urgency_name = text_in(language, urgency.name);
        v->urgency_css = str_of(urgency.css);
    }
}

static void show_rights(const struct consultation_case *c, struct consultation_desk_case_view *v)
{
    v->is_watching = c->side != CONSULTATION_CONSULTANT;
    if (v->is_watching) return;
    v->is_offered = c->state == CONSULTATION_OFFERED;
    v->can_say = c->state == CONSULTATION_TALKING;
    v->is_addition = c->state == CONSULTATION_ANSWERED;
    v->can_answer = c->state == CONSULTATION_MESSAGE || v->is_addition;
    v->can_note = true;
    v->can_transfer = v->can_say || c->state == CONSULTATION_MESSAGE;
    v->can_close = v->can_say || v->is_addition;
}

static struct outcome show_phone(struct scene *scene, const struct consultation_case *c,
                                 struct consultation_desk_case_view *v)
{
    struct str phone = S("");

    if (c->row.phone_sealed.len &&
        !secret_unseal(scene->arena, "consultation.phone", c->row.phone_sealed, &phone))
        return FAULT("a phone number cannot be unsealed");
    if (phone.len) v->phone_masked = secret_mask(scene->arena, phone);
    return DONE;
}

static struct str why_in_words(struct scene *scene,
                               const struct assignment_list_assignments_row *row)
{
    struct arena *arena = scene->arena;
    struct str count = arena_print(arena, "%lld", (long long)row->candidates_count);
    struct str points = arena_print(arena, "%lld", (long long)row->points);

    return text_fill(arena, scene->language, T("Fitted best of %1 who were asked for: %2 points."),
                     count, points, S(""));
}

static struct outcome show_history(struct scene *scene, const struct consultation_case *c,
                                   struct consultation_desk_case_view *v)
{
    const struct assignment_list_assignments_row *rows;
    struct consultation_history_view *history;

    TRY(assignment_history(scene, c->row.consultation_id, &rows, &v->history_count));
    history = NEW_MANY(scene->arena, struct consultation_history_view, v->history_count + 1);
    for (size_t i = 0; i < v->history_count; i++)
        history[i] = (struct consultation_history_view){
            .at = rows[i].offered_at,
            .name = rows[i].person_name,
            .result = rows[i].result,
            .result_name = text_in(scene->language, assignment_result_name(rows[i].result)),
            .reason = rows[i].reason,
            .why = arena_print(scene->arena, "policy=%lld points=%lld",
                               (long long)rows[i].policy_version, (long long)rows[i].points),
            .why_words = why_in_words(scene, &rows[i]),
            .candidates = rows[i].candidates_count,
        };
    v->history = history;
    return DONE;
}

static struct str colleague_label(struct scene *scene, struct str name, bool knows_field)
{
    if (!knows_field) return name;
    return text_fill(scene->arena, scene->language, T("%1 (knows this field)"), name, S(""), S(""));
}

/* A talk goes to somebody who is here; a written question to whoever knows the field. */
static struct outcome show_colleagues(struct scene *scene, const struct consultation_case *c,
                                      struct consultation_desk_case_view *v)
{
    const struct people_list_on_line_row *here;
    const struct people_list_for_written_row *knowing;
    struct choice *choices = NEW_MANY(scene->arena, struct choice, COLLEAGUES_MAX + 1);
    size_t found = 0, count = 1;
    bool is_talk = c->state == CONSULTATION_TALKING;
    moment since;

    TRY(assignment_seen_since(scene, &since));
    if (is_talk)
        TRY(people_on_line(scene, c->row.field, c->row.language, c->row.profession, since, &here,
                           &found));
    else
        TRY(people_for_written(scene, c->row.field, c->row.language, c->row.profession, &knowing,
                               &found));
    choices[0].label = text_in(scene->language, T("Nobody in particular"));
    for (size_t i = 0; i < found && count <= COLLEAGUES_MAX; i++) {
        id person_id = is_talk ? here[i].person_id : knowing[i].person_id;

        if (person_id == scene->actor.person_id) continue;
        choices[count++] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)person_id),
            .label = is_talk ? colleague_label(scene, here[i].person_name, here[i].field_count > 0)
                             : knowing[i].person_name,
        };
    }
    v->colleagues = choices;
    v->colleagues_count = count;
    v->has_colleagues = count > 1;
    return DONE;
}

static void show_choices(struct scene *scene, struct consultation_desk_case_view *v)
{
    struct choice *outcomes = NEW_MANY(scene->arena, struct choice, CONSULTATION_OUTCOMES);
    struct choice *professions =
        NEW_MANY(scene->arena, struct choice, CONSULTATION_PROFESSIONS + 1);

    for (size_t i = 0; i < CONSULTATION_OUTCOMES; i++) {
        outcomes[i].value = str_of(consultation_outcomes[i]);
        outcomes[i].label = text_in(scene->language, consultation_outcome_name(outcomes[i].value));
    }
    professions[0].label = text_in(scene->language, T("No profession in particular"));
    for (size_t i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        struct choice *choice = &professions[i + 1];

        choice->value = str_of(consultation_professions[i]);
        choice->label = text_in(scene->language, consultation_profession_name(choice->value));
    }
    v->outcomes = outcomes;
    v->outcomes_count = CONSULTATION_OUTCOMES;
    v->professions = professions;
    v->professions_count = CONSULTATION_PROFESSIONS + 1;
}

/* The box to write in: what was typed when it came back, else a ready answer. */
static void show_box(struct scene *scene, const struct face *face, struct str ready,
                     struct consultation_desk_case_view *v)
{
    const struct form_state *state = face ? face->form : NULL;
    struct consultation_desk_text_view *box = NEW(scene->arena, struct consultation_desk_text_view);
    int text, internal;

    v->box = box;
    box->text = ready;
    box->rows = v->can_answer ? 8 : 3;
    box->label = text_in(scene->language, v->can_say       ? T("To the resident")
                                          : v->is_addition ? T("Add to your answer")
                                          : v->can_answer  ? T("Your answer")
                                                           : T("Internal note: the resident does "
                                                                "not see it"));
    if (!state || state->form != &consultation_say_form) return;
    text = form_place(state->form, S("text"));
    internal = form_place(state->form, S("internal"));
    box->text = state->given[text];
    v->is_internal = state->given[internal].len > 0;
    if (state->wrong[text])
        box->wrong = text_fill(scene->arena, scene->language, state->wrong[text]->text,
                               state->detail[text], S(""), S(""));
}

static void show_forms(const struct face *face, struct consultation_desk_case_view *v)
{
    const struct form *form = face && face->form ? face->form->form : NULL;

    v->opens_hand = form == &consultation_hand_form;
    v->opens_transfer = form == &consultation_transfer_form;
    v->opens_close = form == &consultation_close_form;
    v->opens_attach = form == &consultation_attach_form;
}

/* What only the page of its consultant shows: the list beside it, and what may be done. */
static struct outcome show_tools(struct request *request,
                                 const struct consultation_desk_case_form *f,
                                 const struct consultation_case *c,
                                 struct consultation_desk_case_view *v)
{
    struct scene *scene = request->scene;
    struct consultation_desk_list_view *list =
        NEW(scene->arena, struct consultation_desk_list_view);
    struct consultation_find_canned_row ready = {0};
    struct consultation_find_again_row again;
    bool found;

    TRY(consultation_read_desk(request, c->row.reference, list));
    v->desk = list;
    v->stream_after = list->stream_after;
    v->phone = consultation_phone_shown(scene, c->row.reference);
    show_choices(scene, v);
    show_forms(request->face, v);
    if (v->can_transfer) TRY(show_colleagues(scene, c, v));
    if (v->can_transfer) TRY(handed_choices(scene, c->row.division, &v->bodies, &v->bodies_count));
    TRY(again_find(scene, c, &again));
    v->can_offer_live = c->state == CONSULTATION_MESSAGE;
    v->is_wished_live = again.wished_at > 0;
    v->is_offered_live = again.offered_at > 0;
    if (v->can_say || v->can_answer)
        TRY(consultation_read_canned(scene, c->row.field, &v->canned, &v->canned_count));
    if (f->canned)
        TRY(consultation_find_canned(scene->arena, scene->store, f->canned, scene->actor.person_id,
                                     scene->actor.team_id, &ready, &found));
    show_box(scene, request->face, ready.text, v);
    return DONE;
}

struct outcome consultation_read_desk_case(struct request *request,
                                           const struct consultation_desk_case_form *f,
                                           struct consultation_desk_case_view *v)
{
    struct scene *scene = request->scene;
    struct consultation_case c;
    struct consultation_count_unread_row unread;
    bool found;

    TRY(case_open(scene, f->reference, &c));
    if (c.side == CONSULTATION_RESIDENT) return REFUSE(act_unknown);
    TRY(consultation_may_read(scene, &c));
    show_facts(scene, &c, v);
    show_rights(&c, v);
    v->can_propose =
        c.state == CONSULTATION_CLOSED && (!v->is_watching || scene_is(scene, WHO_SUPERVISOR));
    TRY(show_phone(scene, &c, v));
    v->my_name = scene->actor.name;
    v->one = S("%1");
    v->two = S("%2");
    v->three = S("%3");
    v->is_earlier = f->before > 0;
    TRY(people_field_name(scene, c.row.field, &v->field_name));
    TRY(identity_division_name(scene, c.row.division, &v->division_name));
    TRY(consultation_count_unread(scene->store, c.row.consultation_id, c.row.consultant_read,
                                  &unread, &found));
    v->unread = unread.unread;
    TRY(consultation_messages_before(scene, &c, f->before, true, &v->messages, &v->messages_count,
                                     &v->earlier_before));
    TRY(show_history(scene, &c, v));
    TRY(consultation_show_beside(scene, &c, &v->beside, &v->beside_count));
    if (v->is_watching || request->is_api) return DONE;
    return show_tools(request, f, &c, v);
}
