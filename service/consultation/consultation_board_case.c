/* consultation_board_case.c -- one case as leaders and supervisors see it: where it stands and who
 * had it, not what was written.  Reading that is an act of its own, consultation.look_in; what a
 * resident wrote with the rating is opened by it as well. */
#include "bureau/people/people_acts.h"
#include "platform/allows.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_handed.h"
#include "service/consultation/consultation_pages.h"

static struct str why_words(struct scene *scene, const struct assignment_list_assignments_row *row)
{
    struct str points = arena_print(scene->arena, "%lld", (long long)row->points);
    struct str of = arena_print(scene->arena, "%lld", (long long)row->candidates_count);

    if (!row->next_id)
        return text_fill(scene->arena, scene->language,
                         T("%1 points; of %2 people, nobody else fit"), points, of, S(""));
    return text_fill(scene->arena, scene->language, T("%1 points, the next %2; of %3 people"),
                     points, arena_print(scene->arena, "%lld", (long long)row->next_points), of);
}

/* The same for programs. */
static struct str why_text(struct scene *scene, const struct assignment_list_assignments_row *row)
{
    return arena_print(scene->arena, "policy=%lld points=%lld next=%lld next_points=%lld",
                       (long long)row->policy_version, (long long)row->points,
                       (long long)row->next_id, (long long)row->next_points);
}

static struct outcome show_history(struct scene *scene, id case_id,
                                   struct consultation_board_case_view *v)
{
    const struct assignment_list_assignments_row *rows;
    struct consultation_board_history_view *history;

    TRY(assignment_history(scene, case_id, &rows, &v->history_count));
    history = NEW_MANY(scene->arena, struct consultation_board_history_view, v->history_count + 1);
    for (size_t i = 0; i < v->history_count; i++)
        history[i] = (struct consultation_board_history_view){
            .at = rows[i].offered_at,
            .name = rows[i].person_name,
            .result = rows[i].result,
            .result_name = text_in(scene->language, assignment_result_name(rows[i].result)),
            .reason = rows[i].reason,
            .why = why_text(scene, &rows[i]),
            .why_words = why_words(scene, &rows[i]),
            .candidates = rows[i].candidates_count};
    v->history = history;
    return DONE;
}

/* ---- who could have it instead ---- */

static struct outcome choice_of(struct scene *scene, const struct assignment_floor *floor,
                                size_t which, struct choice *choice)
{
    const struct assignment_candidate *candidate = &floor->candidates[which];
    struct str team, load;

    TRY(consultation_board_team_name(scene, floor->people[which].team_id, &team));
    load = text_fill(scene->arena, scene->language, T("%1 of %2 places taken"),
                     arena_print(scene->arena, "%d", candidate->load),
                     arena_print(scene->arena, "%d", candidate->capacity), S(""));
    *choice = (struct choice){
        .value = arena_print(scene->arena, "%lld", (long long)candidate->person_id),
        .label = arena_print(scene->arena, "%.*s · %.*s · %.*s",
                             STR_ARGS(floor->people[which].name), STR_ARGS(team), STR_ARGS(load))};
    return DONE;
}

/* Those whom the rules would let have it, and who know the field. */
static struct outcome show_choices(struct scene *scene, const struct consultation_case *c,
                                   struct consultation_board_case_view *v)
{
    bool is_written = c->state == CONSULTATION_MESSAGE;
    struct consultation_case anybody = *c;
    struct assignment_floor floor;
    struct assignment_decision decision;
    struct choice *choices;

    anybody.row.wants_id = 0;
    TRY(dispatch_floor(scene, c, is_written, &floor));
    TRY(dispatch_decide(scene, &anybody, is_written, &floor, NULL, &decision));
    choices = NEW_MANY(scene->arena, struct choice, floor.count + 1);
    choices[0].label = text_in(scene->language, T("Whoever fits best"));
    v->consultants_count = 1;
    for (size_t i = 0; i < floor.count; i++) {
        if (decision.verdicts[i].unfit || !(floor.candidates[i].fields & decision.request.field) ||
            floor.candidates[i].person_id == c->row.consultant_id)
            continue;
        TRY(choice_of(scene, &floor, i, &choices[v->consultants_count++]));
    }
    v->consultants = choices;
    v->has_consultants = v->consultants_count > 1;
    return DONE;
}

/* ---- the facts ---- */

static struct outcome show_names(struct scene *scene, const struct consultation_case *c,
                                 struct consultation_board_case_view *v)
{
    struct people_find_consultant_row consultant;
    bool found;

    TRY(people_field_name(scene, c->row.field, &v->field_name));
    TRY(consultation_board_district_name(scene, c->row.division, &v->division_name));
    v->profession_name = text_in(scene->language, consultation_profession_name(c->row.profession));
    v->language_name = consultation_language_name(scene->language, c->row.language);
    if (c->row.team_id) TRY(consultation_board_team_name(scene, c->row.team_id, &v->team_name));
    if (!c->row.consultant_id) return DONE;
    TRY(people_consultant(scene, c->row.consultant_id, &consultant, &found));
    if (found) v->consultant = consultant.person_name;
    return DONE;
}

static struct outcome show_counts(struct scene *scene, const struct consultation_case *c,
                                  struct consultation_board_case_view *v)
{
    struct consultation_find_rating_row rating;
    bool found;

    v->messages = c->row.messages_count;
    TRY(consultation_find_rating(scene->arena, scene->store, c->row.consultation_id, &rating,
                                 &found));
    if (!found) return DONE;
    v->stars = rating.stars;
    if (v->has_leave) v->rating_text = rating.text;
    return DONE;
}

/* The team or district it lies with, and where else it could go as a whole. */
static struct outcome show_handed(struct scene *scene, const struct consultation_case *c,
                                  struct consultation_board_case_view *v)
{
    struct handing handing;
    bool is_waiting;

    TRY(handed_find(scene, c->row.consultation_id, &handing));
    is_waiting = handing.stands && str_same(handing.row.state, S("waiting"));
    v->can_hand = !c->from_above && !is_waiting &&
                  (c->state == CONSULTATION_MESSAGE || c->state == CONSULTATION_TALKING);
    if (v->can_hand) TRY(handed_choices(scene, c->row.division, &v->bodies, &v->bodies_count));
    if (!handing.stands) return DONE;
    v->handed_by = is_waiting ? handing.row.accept_by : 0;
    v->can_see_handed = handing.is_body || handing.is_sender;
    v->can_reassign = v->can_reassign && !is_waiting;
    v->can_take_over = v->can_take_over && !is_waiting;
    if (handing.came_back) return DONE;
    return handed_name(scene, scene->language, handing.row.to_team, handing.row.to_division,
                       &v->handed_to);
}

struct outcome consultation_show_board_case(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_reference_form *f = query;
    struct consultation_board_case_view *v = view;
    struct consultation_case c;
    bool waits, is_open, changes;

    TRY(case_open(scene, f->reference, &c));
    if (!c.watches) return REFUSE(act_unknown);
    changes = !c.from_above;
    waits = c.state == CONSULTATION_WAITING || c.state == CONSULTATION_OFFERED;
    is_open = c.state == CONSULTATION_MESSAGE;
    *v = (struct consultation_board_case_view){
        .reference = c.row.reference,
        .state = c.row.state,
        .state_name = text_in(scene->language, consultation_state_name(c.state)),
        .state_css = str_of(consultation_state_css(c.state)),
        .field = c.row.field,
        .profession = c.row.profession,
        .division = c.row.division,
        .language = c.row.language,
        .channel = c.row.channel,
        .cared_for = c.row.priority > 0,
        .asked_at = c.row.asked_at,
        .waited_minutes = waits ? (scene->now - c.row.waiting_at) / SECONDS_PER_MINUTE : 0,
        .due_at = is_open ? c.row.due_at : 0,
        .due_day = is_open && c.row.due_at ? c.row.due_at - 1 : 0,
        .due_provisional = is_open && c.row.due_provisional,
        .at_risk = is_open && c.row.warned >= 1 && c.row.due_at > scene->now,
        .overdue = is_open && c.row.due_at <= scene->now,
        .team = c.row.team_id,
        .talk_at = c.row.talk_at,
        .answered_at = c.row.answered_at,
        .closed_at = c.row.closed_at,
        .can_reassign = changes && (waits || is_open || c.state == CONSULTATION_TALKING),
        .can_whisper =
            changes && c.row.consultant_id && (is_open || c.state == CONSULTATION_TALKING),
        .can_take_over = changes && (waits || is_open || c.state == CONSULTATION_TALKING) &&
                         scene_is(scene, WHO_CONSULTANT),
    };
    TRY(outcome_allows(consultation_may_read(scene, &c), &v->has_leave));
    TRY(show_names(scene, &c, v));
    TRY(show_counts(scene, &c, v));
    TRY(show_history(scene, c.row.consultation_id, v));
    TRY(case_given(scene, c.row.consultation_id, &v->given));
    TRY(show_handed(scene, &c, v));
    return v->can_reassign ? show_choices(scene, &c, v) : DONE;
}
