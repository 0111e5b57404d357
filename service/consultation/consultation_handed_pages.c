/* consultation_handed_pages.c -- what was given to a team or a district as such: the lists of its
 * leader and of those who sent it, one of them with what may be done, and what can be chosen.
 *
 *  (1) Nothing that was written in a question is here: reading it is an act, consultation.look_in.
 *  (2) Whoever is neither of the body nor of the sender's layer is told that there is none. */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/consultation_html.h"
#include "service/consultation/consultation_handed.h"
#include "service/consultation/consultation_handed_views.h"
#include "service/consultation/consultation_pages.h"

enum { DISTRICT_DIGITS = 6 }; /* of the code of a place */
enum { SOON_SECONDS = 30 * SECONDS_PER_MINUTE };

static const struct {
    const char *word, *name, *css;
} states[] = {
    {"waiting", T("Waits to be taken up"), "tag-waiting"},
    {"accepted", T("Taken up, nobody chosen yet"), "tag-message"},
    {"placed", T("Somebody answers it"), "tag-done"},
    {"returned", T("Sent back"), "tag-late"},
    {"lapsed", T("Came back: not taken up in time"), "tag-late"},
};

static struct outcome show_row(struct scene *scene, const struct consultation_list_handed_to_row *r,
                               struct consultation_handed_row_view *v)
{
    bool is_waiting = str_same(r->state, S("waiting"));

    *v = (struct consultation_handed_row_view){
        .reference = r->reference,
        .state = r->state,
        .field = r->field,
        .division = r->division,
        .to = r->to_team ? arena_print(scene->arena, "team-%lld", (long long)r->to_team)
                         : r->to_division,
        .reason = r->reason,
        .answer = r->answer,
        .at = r->at,
        .accept_by = is_waiting ? r->accept_by : 0,
        .due_at = r->due_at,
        .due_day = r->due_at ? r->due_at - 1 : 0,
        .is_waiting = is_waiting,
        .is_soon = is_waiting && r->accept_by - scene->now < SOON_SECONDS,
    };
    for (size_t i = 0; i < COUNT(states); i++) {
        if (!str_same(r->state, str_of(states[i].word))) continue;
        v->state_name = text_in(scene->language, states[i].name);
        v->state_css = str_of(states[i].css);
    }
    TRY(people_field_name(scene, r->field, &v->field_name));
    TRY(identity_division_name(scene, r->division, &v->division_name));
    TRY(handed_name(scene, scene->language, r->from_team, r->from_division, &v->from_name));
    return handed_name(scene, scene->language, r->to_team, r->to_division, &v->to_name);
}

/* The rows of both queries are the same columns. */
static struct consultation_list_handed_to_row plain(const struct consultation_list_handed_by_row *r)
{
    return (struct consultation_list_handed_to_row){
        .consultation_id = r->consultation_id,
        .state = r->state,
        .to_team = r->to_team,
        .to_division = r->to_division,
        .from_team = r->from_team,
        .from_division = r->from_division,
        .reason = r->reason,
        .at = r->at,
        .accept_by = r->accept_by,
        .answer = r->answer,
        .reference = r->reference,
        .field = r->field,
        .division = r->division,
        .due_at = r->due_at,
        .consultant_id = r->consultant_id,
    };
}

static struct outcome show_handed(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct consultation_handed_view *v = view;
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);
    id team_id = scene_is(scene, WHO_LEADER) ? scene->actor.team_id : 0;
    const struct consultation_list_handed_to_row *here;
    const struct consultation_list_handed_by_row *away;
    struct consultation_handed_row_view *made;

    (void)query;
    if (!scope.len) scope = S("-");
    TRY(consultation_list_handed_to(scene->arena, scene->store, scope, team_id, &here,
                                    &v->here_count));
    made = NEW_MANY(scene->arena, struct consultation_handed_row_view, v->here_count + 1);
    for (size_t i = 0; i < v->here_count; i++) TRY(show_row(scene, &here[i], &made[i]));
    v->here = made;
    TRY(consultation_list_handed_by(scene->arena, scene->store, scope, team_id, &away,
                                    &v->away_count));
    made = NEW_MANY(scene->arena, struct consultation_handed_row_view, v->away_count + 1);
    for (size_t i = 0; i < v->away_count; i++) {
        struct consultation_list_handed_to_row row = plain(&away[i]);

        TRY(show_row(scene, &row, &made[i]));
    }
    v->away = made;
    return DONE;
}

/* Those of the body whom the rules would let have it stand first in what they know. */
static struct outcome show_people(struct scene *scene, const struct consultation_case *c,
                                  const struct handing *handing,
                                  struct consultation_handed_one_view *v)
{
    const struct consultation_list_handed_people_row *rows;
    struct choice *choices;
    size_t count;

    TRY(consultation_list_handed_people(scene->arena, scene->store, c->row.field, c->row.language,
                                        handing->row.to_team, handing->row.to_division, &rows,
                                        &count));
    choices = NEW_MANY(scene->arena, struct choice, count + 1);
    choices[0].label = text_in(scene->language, T("Whoever fits best there"));
    v->people_count = 1;
    for (size_t i = 0; i < count; i++) {
        const struct consultation_list_handed_people_row *row = &rows[i];

        if (!row->field_count || !row->language_count ||
            row->written_count >= row->written_capacity ||
            !people_is_qualified(row->verified_at, row->licence_until, scene->now))
            continue;
        choices[v->people_count++] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)row->person_id),
            .label = arena_print(
                scene->arena, "%.*s · %.*s · %.*s", STR_ARGS(row->person_name),
                STR_ARGS(people_profession_name(scene->language, row->profession)),
                STR_ARGS(text_fill(
                    scene->arena, scene->language, T("%1 of %2 places taken"),
                    arena_print(scene->arena, "%lld", (long long)row->written_count),
                    arena_print(scene->arena, "%lld", (long long)row->written_capacity), S(""))))};
    }
    v->people = choices;
    v->has_people = v->people_count > 1;
    return DONE;
}

static struct outcome show_one(struct request *request, const void *query, void *view)
{
    const struct consultation_reference_form *f = query;
    struct consultation_handed_one_view *v = view;
    struct consultation_handed_row_view *row =
        NEW(request->scene->arena, struct consultation_handed_row_view);
    struct scene *scene = request->scene;
    struct consultation_case c;
    struct handing handing;
    bool is_waiting, is_accepted;

    TRY(handed_open(scene, f->reference, &c, &handing));
    TRY(show_row(scene,
                 &(struct consultation_list_handed_to_row){
                     .consultation_id = c.row.consultation_id,
                     .state = handing.row.state,
                     .to_team = handing.row.to_team,
                     .to_division = handing.row.to_division,
                     .from_team = handing.row.from_team,
                     .from_division = handing.row.from_division,
                     .reason = handing.row.reason,
                     .at = handing.row.at,
                     .accept_by = handing.row.accept_by,
                     .answer = handing.row.answer,
                     .reference = c.row.reference,
                     .field = c.row.field,
                     .division = c.row.division,
                     .due_at = c.row.due_at,
                 },
                 row));
    is_waiting = row->is_waiting;
    is_accepted = str_same(handing.row.state, S("accepted"));
    v->handed = row;
    v->by = handing.row.person_name;
    v->can_accept = handing.is_body && is_waiting;
    v->can_place = handing.is_body && !handing.is_asleep;
    v->can_send_back = handing.is_body && (is_waiting || is_accepted);
    v->can_take_back = handing.is_sender && !handing.is_body && is_waiting;
    v->came_back = handing.came_back;
    v->can_watch = c.watches;
    return v->can_place ? show_people(scene, &c, &handing, v) : DONE;
}

/* ---- what can be chosen ---- */

static void add_place(struct scene *scene, const struct identity_division *place, const char *text,
                      struct choice *made)
{
    bool is_en = scene->language == LANGUAGE_EN && place->name_en.len;

    *made =
        (struct choice){.value = place->division,
                        .label = text_fill(scene->arena, scene->language, text,
                                           is_en ? place->name_en : place->name_zh, S(""), S(""))};
}

struct outcome handed_choices(struct scene *scene, struct str division,
                              const struct choice **choices, size_t *count)
{
    const struct identity_division *districts, *streets = NULL;
    const struct people_list_teams_row *teams;
    size_t districts_count, teams_count, streets_count = 0;
    struct choice *made;

    if (division.len > DISTRICT_DIGITS) division.len = DISTRICT_DIGITS;
    if (division.len == DISTRICT_DIGITS)
        TRY(identity_division_children(scene, division, &streets, &streets_count));
    TRY(identity_division_children(scene, S("31"), &districts, &districts_count));
    TRY(people_teams(scene, &teams, &teams_count));
    made = NEW_MANY(scene->arena, struct choice, districts_count + teams_count + streets_count + 1);
    made[0].label = text_in(scene->language, T("Please choose"));
    *count = 1;
    for (size_t i = 0; i < teams_count; i++) {
        if (!teams[i].leader_id) continue;
        made[(*count)++] = (struct choice){
            .value = arena_print(scene->arena, "team-%lld", (long long)teams[i].team_id),
            .label = scene->language == LANGUAGE_EN && teams[i].team_en.len ? teams[i].team_en
                                                                            : teams[i].team_zh};
    }
    for (size_t i = 0; i < districts_count; i++)
        add_place(scene, &districts[i], T("%1, the district as such"), &made[(*count)++]);
    for (size_t i = 0; i < streets_count; i++)
        add_place(scene, &streets[i], T("%1, the street as such"), &made[(*count)++]);
    *choices = made;
    return DONE;
}

enum { HANDED_WHO = WHO_LEADER | WHO_SUPERVISOR };

const struct page consultation_handed_pages[] = {
    {.method = GET,
     .path = "/handed",
     .who = HANDED_WHO,
     .about = "Questions given to a team or a district as such: to be taken up here, or sent from "
              "here and not settled.",
     .view = &consultation_handed_view,
     .html = &html_consultation_handed,
     .show = show_handed},
    {.method = GET,
     .path = "/handed/{reference}",
     .who = HANDED_WHO,
     .about = "One such question: who sent it, until when it is to be taken up, who could have it.",
     .query = &consultation_reference_form,
     .view = &consultation_handed_one_view,
     .html = &html_consultation_handed_one,
     .show = show_one},
    {.method = POST,
     .path = "/handed/{reference}/accept",
     .who = HANDED_WHO,
     .about = "Take up a question that was given to one's team or district.",
     .act = &consultation_accept_handed,
     .then = "/handed/{reference}",
     .said = T("Taken up. Please choose now who answers it."),
     .again = "/handed/{reference}"},
    {.method = POST,
     .path = "/handed/{reference}/place",
     .who = HANDED_WHO,
     .about = "Give such a question to somebody of the team or district, or to whoever fits best.",
     .act = &consultation_place,
     .then = "/handed",
     .said = T("It is with the person you chose now."),
     .again = "/handed/{reference}"},
    {.method = POST,
     .path = "/handed/{reference}/send-back",
     .who = HANDED_WHO,
     .about = "Send such a question back with a reason, or take it back while it waits.",
     .act = &consultation_send_back,
     .then = "/handed",
     .said = T("It is back with those who sent it."),
     .again = "/handed/{reference}"},
    {.method = POST,
     .path = "/board/consultations/{reference}/hand",
     .who = HANDED_WHO,
     .about = "Give a consultation to a team or a district as such.",
     .act = &consultation_hand,
     .then = "/board?passed={reference}",
     .again = "/board/consultations/{reference}"},
    {.method = POST,
     .path = "/desk/consultations/{reference}/hand",
     .who = WHO_CONSULTANT,
     .about = "Give a consultation to a team or a district as such.",
     .act = &consultation_hand,
     .then = "/desk",
     .again = "/desk/consultations/{reference}"},
    {0},
};
