/* cases_room.c -- a room of its own that a case stands in: what it reads, and the steps it takes.
 *
 *  (1) A room reaches only cases whose item names its process; to it another case is not there.
 *  (2) It takes only the steps its table gives to `room`.  Who may is the room's to say; the stage,
 *      the days, the clock and the message are the engine's, as for every step. */
#include "desk/cases/cases_views.h"

static struct outcome open_of(struct scene *scene, const char *process, id case_id,
                              struct cases_case *c)
{
    TRY(cases_open_id(scene, case_id, c));
    return str_same(c->item.process, str_of(process)) ? DONE : REFUSE(act_unknown);
}

static struct outcome stand(struct scene *scene, const struct cases_case *c,
                            struct cases_standing *standing)
{
    const struct cases_state *state = &c->flow.states[c->state];
    struct outcome looked;

    *standing = (struct cases_standing){
        .case_id = c->row.case_id,
        .owner_id = c->row.owner_id,
        .reference = c->row.reference,
        .item = c->row.item,
        .item_name = cases_in(scene, c->item.name_zh, c->item.name_en),
        .field = c->item.field,
        .division = c->row.division,
        .language = str_same(c->row.language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH,
        .state = state->state,
        .state_name = cases_in(scene, state->zh, state->en),
        .opened_at = c->row.opened_at,
        .closed_at = c->row.closed_at,
        .seen = c->row.steps_count,
        .is_applicant = (c->is & 1u << CASES_APPLICANT) != 0,
        .is_officer = (c->is & 1u << CASES_OFFICER) != 0,
        .is_lead = (c->is & 1u << CASES_LEAD) != 0,
        .is_over = cases_is_over(&c->flow, c->state)};
    if (!standing->is_officer && !standing->is_lead) return DONE;
    looked = cases_need_look(scene, c);
    standing->is_open = IS_DONE(looked);
    return looked.refusal ? DONE : looked;
}

struct outcome cases_standing_of(struct scene *scene, const char *process, struct str reference,
                                 struct cases_standing *standing)
{
    struct cases_find_reference_row row;
    bool found;

    TRY(cases_find_reference(scene->store, cases_upper(scene->arena, reference), &row, &found));
    return found ? cases_standing_id(scene, process, row.case_id, standing) : REFUSE(act_unknown);
}

struct outcome cases_standing_id(struct scene *scene, const char *process, id case_id,
                                 struct cases_standing *standing)
{
    struct cases_case c;

    TRY(open_of(scene, process, case_id, &c));
    return stand(scene, &c, standing);
}

struct outcome cases_read(struct scene *scene, const char *process, id case_id,
                          struct cases_reading *reading)
{
    struct str answers[CASES_FIELDS_MAX];
    struct cases_case c;

    TRY(open_of(scene, process, case_id, &c));
    *reading = (struct cases_reading){.count = c.flow.fields_count};
    TRY(cases_unseal(scene, CASES_USE_NAME, c.row.name_sealed, &reading->name));
    TRY(cases_unseal(scene, CASES_USE_PHONE, c.row.phone_sealed, &reading->phone));
    TRY(cases_answers_load(scene, &c, answers));
    for (size_t i = 0; i < c.flow.fields_count; i++) {
        const struct cases_field *field = &c.flow.fields[i];

        reading->answers[i] =
            (struct cases_read_answer){.field = field->field,
                                       .label = cases_in(scene, field->zh, field->en),
                                       .answer = answers[i],
                                       .text = cases_answer_text(scene, field, answers[i]),
                                       .is_summary = field->summary,
                                       .is_party = field->party};
    }
    return DONE;
}

struct outcome cases_room_take(struct scene *scene, const char *process, id case_id,
                               struct str action, struct str words)
{
    struct cases_case c;
    int at;

    TRY(open_of(scene, process, case_id, &c));
    at = cases_action_at(&c.flow, action);
    if (at < 0 || c.flow.actions[at].who != CASES_ROOM) return REFUSE(cases_not_now);
    c.is |= 1u << CASES_ROOM;
    return cases_take(scene, &c, at, &(struct cases_said){.words = words});
}

static const struct cases_all *const no_rooms[] = {NULL};
static const struct cases_all *const *all_of = no_rooms;

void cases_all_hook(const struct cases_all *const *rooms)
{
    all_of = rooms ? rooms : no_rooms;
}

struct outcome cases_tell_counted(struct scene *scene, const struct cases_case *c,
                                  const struct str *answers)
{
    struct str chosen = S("");

    for (const struct cases_all *const *all = all_of; *all; all++) {
        if (!str_same(c->item.process, str_of((*all)->process))) continue;
        for (size_t i = 0; i < c->flow.fields_count; i++)
            if (str_same(c->flow.fields[i].field, str_of((*all)->counted_field)))
                chosen = answers[i];
        TRY((*all)->counted(scene, c->row.case_id, c->row.opened_at, chosen));
    }
    return DONE;
}

struct outcome cases_option_name(struct scene *scene, struct str item, struct str field,
                                 struct str option, struct str *name)
{
    struct items_item said;
    struct cases_flow flow;
    struct outcome outcome;
    id version_id;

    *name = option;
    outcome = cases_load_item(scene, item, &version_id, &said, &flow);
    if (outcome.refusal) return DONE; /* not offered any more */
    TRY(outcome);
    for (size_t i = 0; i < flow.fields_count; i++)
        if (str_same(flow.fields[i].field, field))
            *name = cases_answer_text(scene, &flow.fields[i], option);
    return DONE;
}

/* ---- what is to do in all of them ---- */

struct outcome cases_show_rooms(struct scene *scene, bool is_due,
                                const struct cases_room_view **made, size_t *count)
{
    struct cases_room_view *rows;
    size_t all = 0;

    while (all_of[all]) all++;
    rows = NEW_MANY(scene->arena, struct cases_room_view, all + 1);
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        int64_t due = -1;

        TRY(all_of[i]->due(scene, &due));
        if (due < 0 || (is_due && !due)) continue;
        rows[(*count)++] =
            (struct cases_room_view){.path = str_of(all_of[i]->path),
                                     .name = text_in(scene->language, all_of[i]->name),
                                     .due = due};
    }
    *made = rows;
    return DONE;
}

/* ---- the way there ---- */

static struct str with_reference(struct arena *arena, const char *path, struct str reference)
{
    struct str whole = str_of(path);
    int64_t at = str_find(whole, S("{reference}"));

    if (at < 0) return whole;
    return arena_print(arena, "%.*s%.*s%s", (int)at, path, STR_ARGS(reference),
                       path + at + sizeof "{reference}" - 1);
}

void cases_show_room(struct scene *scene, const struct cases_case *c, bool is_office,
                     struct str *path, struct str *name)
{
    const struct process *process = items_process(c->item.process);
    const char *to = process ? (is_office ? process->office_path : process->own_path) : NULL;

    *path = *name = S("");
    if (!to) return;
    *path = with_reference(scene->arena, to, c->row.reference);
    *name = text_in(scene->language, process->room_name);
}
