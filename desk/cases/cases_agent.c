/* cases_agent.c -- somebody acts for the applicant, a lawyer as a rule: asked by the office, taken
 * on or declined by whoever was asked.
 *
 *  (1) Who may be asked is said by a later room, which knows who serves; this one keeps that only
 * an officer who has opened the case asks, at a stage its table names. (2) Nobody acts for both
 * sides: names are kept as keyed indexes, equal for equal names, from which no name can be read.
 */
#include "desk/cases/cases_parts.h"
#include "platform/secret.h"

#define USE_PARTY "case.party"

static const struct reason other_side = {
    "cases.other-side",
    T("You act or acted for the other side of this case. Please decline it, and say why."), 409};
static const struct reason not_oneself = {
    "cases.not-oneself", T("You cannot choose yourself. Please choose somebody else to act."), 409};

/* Blanks in a name, wide ones too, are how it is typed and not part of it. */
static struct str without_blanks(struct arena *arena, struct str name)
{
    static const char wide[] = "\xE3\x80\x80";
    char *made = arena_bytes(arena, name.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < name.len; i++) {
        if (str_begins((struct str){name.at + i, name.len - i}, str_of(wide))) {
            i += sizeof wide - 2;
        } else if (name.at[i] != ' ' && name.at[i] != '\t') {
            made[len++] = name.at[i];
        }
    }
    return (struct str){made, len};
}

struct str cases_party_index(struct arena *arena, struct str name)
{
    return secret_index(arena, USE_PARTY, without_blanks(arena, name));
}

static struct outcome keep(struct scene *scene, const struct cases_case *c, const char *side,
                           struct str name)
{
    struct str index = cases_party_index(scene->arena, name);

    return cases_set_party(scene->store, c->row.case_id, str_of(side), index);
}

struct outcome cases_parties_keep(struct scene *scene, const struct cases_case *c,
                                  const struct str *answers)
{
    struct str name;

    for (size_t i = 0; i < c->flow.fields_count; i++) {
        if (!c->flow.fields[i].party) continue;
        TRY(cases_unseal(scene, CASES_USE_NAME, c->row.name_sealed, &name));
        TRY(keep(scene, c, "applicant", name));
        return keep(scene, c, "other", answers[i]);
    }
    return DONE;
}

/* (2): names change while a case is corrected, and two offices may ask in the same minute. */
struct outcome cases_agent_check(struct scene *scene, const struct cases_case *c)
{
    struct cases_count_against_row row;
    bool found;

    TRY(cases_count_against(scene->store, c->row.case_id, c->row.agent_id, &row, &found));
    return row.against_count ? REFUSE(other_side) : DONE;
}

static int appoints(const struct cases_case *c)
{
    for (size_t i = 0; i < c->flow.actions_count; i++)
        if ((c->flow.actions[i].outcome->effects & CASES_APPOINTS) &&
            cases_may(&c->flow, c->state, c->is, (int)i))
            return (int)i;
    return -1;
}

static struct outcome party(struct scene *scene, id case_id, const char *side, struct str *index)
{
    struct cases_find_party_row row;
    bool found;

    TRY(cases_find_party(scene->arena, scene->store, case_id, str_of(side), &row, &found));
    *index = found ? row.name_index : S("");
    return DONE;
}

static struct outcome open_for(struct scene *scene, struct str reference, struct cases_case *c,
                               int *action)
{
    TRY(cases_open_office(scene, reference, c));
    if (!(c->is & (1u << CASES_OFFICER | 1u << CASES_LEAD))) return REFUSE(act_unknown);
    TRY(cases_need_look(scene, c));
    *action = appoints(c);
    return *action < 0 ? REFUSE(cases_not_now) : DONE;
}

struct outcome cases_appointing_of(struct scene *scene, struct str reference,
                                   struct cases_appointing *appointing)
{
    struct cases_case c;
    int action;

    TRY(open_for(scene, reference, &c, &action));
    *appointing =
        (struct cases_appointing){.case_id = c.row.case_id,
                                  .reference = c.row.reference,
                                  .item_name = cases_in(scene, c.item.name_zh, c.item.name_en),
                                  .division = c.row.division,
                                  .field = c.item.field,
                                  .seen = c.row.steps_count};
    TRY(party(scene, c.row.case_id, "applicant", &appointing->applicant_index));
    return party(scene, c.row.case_id, "other", &appointing->other_index);
}

struct outcome cases_appoint(struct scene *scene, struct str reference, int64_t seen, id agent_id,
                             struct str words)
{
    struct cases_case c;
    int action;

    TRY(open_for(scene, reference, &c, &action));
    if (agent_id == scene->actor.person_id) return REFUSE(not_oneself);
    TRY(cases_has_seen(&c, seen));
    return cases_take(scene, &c, action, &(struct cases_said){words, S(""), agent_id});
}

struct outcome cases_acted_of(struct scene *scene, struct str reference, struct cases_acted *acted)
{
    struct cases_case c;

    TRY(cases_open_office(scene, reference, &c));
    if (c.is == CASES_IS_HELPER) return REFUSE(act_unknown);
    TRY(cases_need_look(scene, &c));
    scene_about(scene, c.row.case_id, c.row.agent_id);
    *acted = (struct cases_acted){.case_id = c.row.case_id,
                                  .agent_id = c.row.agent_at ? c.row.agent_id : 0,
                                  .reference = c.row.reference,
                                  .item_name = cases_in(scene, c.item.name_zh, c.item.name_en),
                                  .division = c.row.division,
                                  .outcome = c.row.outcome,
                                  .since_at = c.row.since_at,
                                  .is_office = (c.is & 1u << CASES_OFFICER) != 0,
                                  .is_lead = (c.is & 1u << CASES_LEAD) != 0,
                                  .is_agent = (c.is & 1u << CASES_AGENT) != 0};
    return DONE;
}

struct outcome cases_oversees(struct scene *scene, const char *officers, struct str *division,
                              struct str *end)
{
    struct cases_office office;

    TRY(cases_office_of(scene, &office));
    *division = *end = S("");
    if (office.officers.len && !str_same(office.officers, str_of(officers))) return DONE;
    *division = office.division;
    *end = office.end;
    return DONE;
}
