/* cases_link.c -- what else belongs to a case: the talk it came out of, and other cases.
 *
 *  (1) Of what is linked a reader gets a way there only where it is theirs too: an applicant to the
 *      own talk and the own cases, an office to cases it sees.
 *  (2) What was said in a talk stays there: the case knows its reference and no more.
 *  (3) What a later room knows of whoever applies stands in the questions, to be changed; nothing
 *      is sent before they send it.
 */
#include "desk/cases/cases_views.h"

static struct outcome (*known_of)(struct scene *scene, struct str item, struct cases_known *known,
                                  bool *found);
static struct outcome (*was_applied)(struct scene *scene, struct str item, struct str reference);

void cases_known_hook(struct outcome (*known)(struct scene *scene, struct str item,
                                              struct cases_known *known, bool *found),
                      struct outcome (*applied)(struct scene *scene, struct str item,
                                                struct str reference))
{
    known_of = known;
    was_applied = applied;
}

static struct outcome (*beside_of)(struct scene *scene, id case_id, struct str reference,
                                   struct str item, bool is_office, bool is_over,
                                   struct cases_beside *lines, size_t *count);

void cases_beside_hook(struct outcome (*beside)(struct scene *scene, id case_id,
                                                struct str reference, struct str item,
                                                bool is_office, bool is_over,
                                                struct cases_beside *lines, size_t *count))
{
    beside_of = beside;
}

/* (3) */
struct outcome cases_fill_known(struct scene *scene, struct str item, const struct cases_flow *flow,
                                struct str *answers, struct cases_known *known)
{
    bool found = false;

    *known = (struct cases_known){0};
    if (known_of) TRY(known_of(scene, item, known, &found));
    for (size_t i = 0; i < flow->fields_count; i++) {
        answers[i] = S("");
        for (size_t k = 0; k < known->count; k++)
            if (str_same(known->answers[k].field, flow->fields[i].field))
                answers[i] = known->answers[k].answer;
    }
    return DONE;
}

struct outcome cases_tell_applied(struct scene *scene, struct str item, struct str reference)
{
    return was_applied ? was_applied(scene, item, reference) : DONE;
}

static struct outcome (*went_on_of)(struct scene *scene, id case_id, struct str reference,
                                    enum cases_went went);

void cases_went_on_hook(struct outcome (*went_on)(struct scene *scene, id case_id,
                                                  struct str reference, enum cases_went went))
{
    went_on_of = went_on;
}

struct outcome cases_tell_went_on(struct scene *scene, const struct cases_case *c,
                                  const struct cases_outcome *outcome)
{
    enum cases_went went = cases_went_of(outcome);

    if (!went_on_of || went == CASES_WENT_ON) return DONE;
    return went_on_of(scene, c->row.case_id, c->row.reference, went);
}

/* ---- what an item asks, for a later room ---- */

struct outcome cases_asks_of(struct scene *scene, struct str item, struct cases_asks *asks)
{
    struct items_item said;

    TRY(cases_load_item(scene, item, &asks->version_id, &said, &asks->flow));
    asks->name = cases_in(scene, said.name_zh, said.name_en);
    return asks->flow.on_notice ? REFUSE(act_unknown) : DONE;
}

struct outcome cases_asks_check(struct scene *scene, const struct cases_asks *asks,
                                const struct str *answers)
{
    for (size_t i = 0; i < asks->flow.fields_count; i++) {
        const struct cases_field *field = &asks->flow.fields[i];

        if (answers[i].len && !IS_DONE(cases_answer_check(field, answers[i])))
            return REFUSE_WITH(cases_answers_wrong, cases_in(scene, field->zh, field->en));
    }
    return DONE;
}

struct outcome cases_link_talk(struct scene *scene, struct str reference, id talk_id,
                               struct str talk, id *case_id)
{
    struct cases_find_reference_row row;
    bool found;

    TRY(cases_find_reference(scene->store, reference, &row, &found));
    if (!found) return FAULT("cases: what was just handed in is not there");
    *case_id = row.case_id;
    return cases_add_link(scene->store, row.case_id, S("talk"), talk_id, talk,
                          scene->actor.person_id, scene->now);
}

struct outcome cases_own_id(struct scene *scene, struct str reference, id *case_id)
{
    struct cases_case c;

    TRY(cases_open_own(scene, reference, &c));
    *case_id = c.row.case_id;
    return DONE;
}

struct outcome cases_reference_of(struct scene *scene, id case_id, struct str *reference)
{
    struct cases_find_case_row row;
    bool found;

    TRY(cases_find_case(scene->arena, scene->store, case_id, &row, &found));
    *reference = found ? row.reference : S("");
    return DONE;
}

static struct outcome show_talk(struct scene *scene, const struct cases_case *c, bool is_office,
                                struct cases_link_view *v)
{
    (void)c;
    v->name = text_in(scene->language, T("The talk it came out of"));
    if (!is_office)
        v->path = arena_print(scene->arena, "/consultations/%.*s", STR_ARGS(v->reference));
    return DONE;
}

static struct outcome show_other(struct scene *scene, const struct cases_list_links_row *row,
                                 bool is_office, struct cases_link_view *v)
{
    static const struct {
        const char *kind, *name;
    } kinds[] = {{"same", T("About the same")},
                 {"split", T("Split off this case")},
                 {"whole", T("This case was split off it")}};
    struct cases_case other;
    struct outcome outcome = is_office ? cases_open_office(scene, row->reference, &other)
                                       : cases_open_own(scene, row->reference, &other);

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_same(row->kind, str_of(kinds[i].kind)))
            v->name = text_in(scene->language, kinds[i].name);
    if (outcome.refusal) return DONE; /* (1) */
    TRY(outcome);
    v->name = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(v->name),
                          scene->language == LANGUAGE_EN ? ": " : "：",
                          STR_ARGS(cases_in(scene, other.item.name_zh, other.item.name_en)));
    v->path = arena_print(scene->arena, is_office ? "/office/cases/%.*s" : "/cases/%.*s",
                          STR_ARGS(row->reference));
    return DONE;
}

static struct outcome show_beside(struct scene *scene, const struct cases_case *c, bool is_office,
                                  struct cases_link_view *made, size_t *made_count)
{
    struct cases_beside lines[CASES_BESIDE_MAX];
    size_t count = 0;

    if (!beside_of) return DONE;
    TRY(beside_of(scene, c->row.case_id, c->row.reference, c->row.item, is_office,
                  cases_is_over(&c->flow, c->state), lines, &count));
    for (size_t i = 0; i < count; i++)
        made[(*made_count)++] = (struct cases_link_view){.kind = str_of(lines[i].kind),
                                                         .name = lines[i].name,
                                                         .reference = lines[i].reference,
                                                         .path = lines[i].path,
                                                         .of = c->row.reference};
    return DONE;
}

struct outcome cases_show_links(struct scene *scene, const struct cases_case *c, bool is_office,
                                const struct cases_link_view **links, size_t *links_count)
{
    const struct cases_list_links_row *rows;
    struct cases_link_view *made;
    size_t count;

    *links_count = 0;
    TRY(cases_list_links(scene->arena, scene->store, c->row.case_id, &rows, &count));
    made = NEW_MANY(scene->arena, struct cases_link_view, count + CASES_BESIDE_MAX);
    for (size_t i = 0; i < count; i++) {
        struct cases_link_view *v = &made[*links_count];

        *v = (struct cases_link_view){.kind = rows[i].kind,
                                      .reference = rows[i].reference,
                                      .of = c->row.reference,
                                      .may_drop = is_office && str_same(rows[i].kind, S("same"))};
        TRY(str_same(rows[i].kind, S("talk")) ? show_talk(scene, c, is_office, v)
                                              : show_other(scene, &rows[i], is_office, v));
        if (v->path.len || is_office) (*links_count)++; /* of strangers' cases, nothing */
    }
    TRY(show_beside(scene, c, is_office, made, links_count));
    *links = made;
    return DONE;
}
