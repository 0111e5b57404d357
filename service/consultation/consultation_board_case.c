/* consultation_board_case.c -- one case as leaders and supervisors see it: where it stands and who
 * had it, not what was written.  Reading that is an act of its own, consultation.look_in. */
#include "bureau/people/people_acts.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_pages.h"

static const char *result_name(struct str result)
{
    static const struct {
        const char *word, *name;
    } names[] = {
        {"open", T("Has it now")},
        {"accepted", T("Accepted")},
        {"declined", T("Declined")},
        {"expired", T("Did not answer in time")},
        {"withdrawn", T("Taken back by the resident")},
        {"transferred", T("Passed on")},
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (str_same(result, str_of(names[i].word))) return names[i].name;
    }
    return "";
}

/* The number behind "key=" of what the choice left behind (consultation_dispatch.c); "" if none. */
static struct str figure_of(struct str why, struct str key)
{
    struct str rest = why;

    while (rest.len) {
        struct str value, word = str_cut(rest, ' ', &rest);

        if (str_same(str_cut(word, '=', &value), key)) return value;
    }
    return S("");
}

static struct str why_words(struct scene *scene,
                            const struct consultation_list_assignments_row *row)
{
    struct str points = figure_of(row->why, S("points")), next = figure_of(row->why, S("next"));

    if (str_same(row->why, S("the consultant left the talk")))
        return text_in(scene->language, T("the consultant left the talk"));
    if (points.len == 0) return row->why;
    if (next.len == 0)
        return text_fill(scene->arena, scene->language, T("%1 points; of %2 people"), points,
                         arena_print(scene->arena, "%lld", (long long)row->candidates), S(""));
    if (str_same(next, S("0")))
        return text_fill(scene->arena, scene->language,
                         T("%1 points; of %2 people, nobody else fit"), points,
                         arena_print(scene->arena, "%lld", (long long)row->candidates), S(""));
    return text_fill(scene->arena, scene->language, T("%1 points, the next %2; of %3 people"),
                     points, figure_of(row->why, S("next_points")),
                     arena_print(scene->arena, "%lld", (long long)row->candidates));
}

static struct outcome show_history(struct scene *scene, id case_id,
                                   struct consultation_board_case_view *v)
{
    const struct consultation_list_assignments_row *rows;
    struct consultation_board_history_view *history;

    TRY(consultation_list_assignments(scene->arena, scene->store, case_id, &rows,
                                      &v->history_count));
    history = NEW_MANY(scene->arena, struct consultation_board_history_view, v->history_count + 1);
    for (size_t i = 0; i < v->history_count; i++)
        history[i] = (struct consultation_board_history_view){
            .at = rows[i].at,
            .name = rows[i].person_name,
            .result = rows[i].result,
            .result_name = text_in(scene->language, result_name(rows[i].result)),
            .reason = rows[i].reason,
            .why = rows[i].why,
            .why_words = why_words(scene, &rows[i]),
            .candidates = rows[i].candidates};
    v->history = history;
    return DONE;
}

/* ---- who could have it instead ---- */

/* What the two lists of people have in common. */
struct someone {
    id person_id;
    struct str name;
    id team_id;
    struct consultation_candidate candidate;
};

static struct outcome find_loads(struct scene *scene, bool is_written,
                                 const struct consultation_list_loads_row **rows, size_t *count)
{
    const struct consultation_list_written_loads_row *written;
    struct consultation_list_loads_row *made;

    if (!is_written) return consultation_list_loads(scene->arena, scene->store, rows, count);
    TRY(consultation_list_written_loads(scene->arena, scene->store, &written, count));
    made = NEW_MANY(scene->arena, struct consultation_list_loads_row, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct consultation_list_loads_row){written[i].consultant_id, written[i].talks};
    *rows = made;
    return DONE;
}

static struct outcome find_live(struct scene *scene, const struct consultation_case *c,
                                struct someone **people, size_t *count)
{
    const struct people_list_on_line_row *rows;

    TRY(people_on_line(scene, c->row.field, c->row.language, c->row.profession,
                       scene->now - consultation_policy_default.absent_seconds, &rows, count));
    *people = NEW_MANY(scene->arena, struct someone, *count + 1);
    for (size_t i = 0; i < *count; i++)
        (*people)[i] = (struct someone){
            .person_id = rows[i].person_id,
            .name = rows[i].person_name,
            .team_id = rows[i].team_id,
            .candidate = {.verified = people_is_qualified(rows[i].verified_at,
                                                          rows[i].licence_until, scene->now),
                          .knows_field = rows[i].field_count > 0,
                          .knows_language = rows[i].language_count > 0,
                          .capacity = rows[i].capacity}};
    return DONE;
}

static struct outcome find_for_written(struct scene *scene, const struct consultation_case *c,
                                       struct someone **people, size_t *count)
{
    const struct people_list_for_written_row *rows;

    TRY(people_for_written(scene, c->row.field, c->row.language, c->row.profession, &rows, count));
    *people = NEW_MANY(scene->arena, struct someone, *count + 1);
    for (size_t i = 0; i < *count; i++)
        (*people)[i] = (struct someone){
            .person_id = rows[i].person_id,
            .name = rows[i].person_name,
            .team_id = rows[i].team_id,
            .candidate = {.verified = people_is_qualified(rows[i].verified_at,
                                                          rows[i].licence_until, scene->now),
                          .knows_field = true,
                          .knows_language = rows[i].language_count > 0,
                          .capacity = rows[i].written_capacity}};
    return DONE;
}

static int64_t load_of(const struct consultation_list_loads_row *rows, size_t count, id person_id)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].consultant_id == person_id) return rows[i].talks;
    }
    return 0;
}

static bool missed_by(const struct consultation_list_missed_row *rows, size_t count, id person_id)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].consultant_id == person_id) return true;
    }
    return false;
}

static struct outcome choice_of(struct scene *scene, const struct someone *someone,
                                struct choice *choice)
{
    struct str team, load;

    TRY(consultation_board_team_name(scene, someone->team_id, &team));
    load =
        text_fill(scene->arena, scene->language, T("%1 of %2 places taken"),
                  arena_print(scene->arena, "%lld", (long long)someone->candidate.talks),
                  arena_print(scene->arena, "%lld", (long long)someone->candidate.capacity), S(""));
    *choice = (struct choice){
        .value = arena_print(scene->arena, "%lld", (long long)someone->person_id),
        .label = arena_print(scene->arena, "%.*s · %.*s · %.*s", STR_ARGS(someone->name),
                             STR_ARGS(team), STR_ARGS(load))};
    return DONE;
}

/* Those whom the rules would let have it (consultation_unfit), and who know the field. */
static struct outcome show_choices(struct scene *scene, const struct consultation_case *c,
                                   struct consultation_board_case_view *v)
{
    bool is_written = c->state == CONSULTATION_MESSAGE;
    struct consultation_request request = {.now = scene->now};
    const struct consultation_list_loads_row *loads;
    const struct consultation_list_missed_row *missed;
    struct someone *people;
    struct choice *choices;
    size_t count, loads_count, missed_count;

    TRY(is_written ? find_for_written(scene, c, &people, &count)
                   : find_live(scene, c, &people, &count));
    TRY(find_loads(scene, is_written, &loads, &loads_count));
    TRY(consultation_list_missed(scene->arena, scene->store, c->row.consultation_id, &missed,
                                 &missed_count));
    choices = NEW_MANY(scene->arena, struct choice, count + 1);
    choices[0].label = text_in(scene->language, T("Whoever fits best"));
    v->consultants_count = 1;
    for (size_t i = 0; i < count; i++) {
        struct consultation_candidate *candidate = &people[i].candidate;

        candidate->person_id = people[i].person_id;
        candidate->present = true; /* on line, or not needed for an answer in writing */
        candidate->had_it_already = people[i].person_id == c->row.consultant_id ||
                                    missed_by(missed, missed_count, people[i].person_id);
        candidate->talks = load_of(loads, loads_count, people[i].person_id);
        if (!candidate->knows_field || consultation_unfit(&request, candidate)) continue;
        TRY(choice_of(scene, &people[i], &choices[v->consultants_count++]));
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

    TRY(consultation_field_name(scene, c->row.field, &v->field_name));
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
    v->rating_text = rating.text;
    return DONE;
}

struct outcome consultation_show_board_case(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_reference_form *f = query;
    struct consultation_board_case_view *v = view;
    struct consultation_case c;
    bool waits, is_open;

    TRY(case_open(scene, f->reference, &c));
    if (!c.watches) return REFUSE(act_unknown);
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
        .can_reassign = waits || is_open || c.state == CONSULTATION_TALKING,
        .has_leave = IS_DONE(consultation_may_read(scene, &c)),
    };
    TRY(show_names(scene, &c, v));
    TRY(show_counts(scene, &c, v));
    TRY(show_history(scene, c.row.consultation_id, v));
    return v->can_reassign ? show_choices(scene, &c, v) : DONE;
}
