/* cases_join.c -- an officer puts two cases about the same beside one another, or lets a part of a
 * case go on as a case of its own.
 *
 *  (1) Both cases are the officer's to see, and each of them remembers the other.
 *  (2) What is split off stands where the case stands, with its days: nobody waits longer because
 *      their wish was cut in two.  Files stay with the case they were handed in for.
 *  (3) Not while somebody acts for the applicant, nor in a case a room of its own goes on with:
 *      those know of one case.
 *  (4) The applicant is told by message and reads why, in both; that cases are put beside one
 *      another is between officers. */
#include "desk/cases/cases_views.h"
#include "gen/cases_html.h"
#include "platform/secret.h"

enum { JOINS_A_MINUTE = 30 };

static const struct reason other_unknown = {
    "cases.other-unknown",
    T("None of your cases has this reference. Please compare it with the paper, letter by letter."),
    0};
static const struct reason other_same = {
    "cases.other-same", T("That is this case. Please write the reference of the other one."),
    .field = "other_reference"};
static const struct reason too_many = {
    "cases.too-many-links", T("So much belongs to this case that no more can be kept."), 409};

static struct outcome open_inside(struct scene *scene, struct str reference, struct cases_case *c)
{
    TRY(cases_open_office(scene, reference, c));
    if (!(c->is & (1u << CASES_OFFICER | 1u << CASES_LEAD))) return REFUSE(act_unknown);
    return cases_need_look(scene, c);
}

/* (1): also where it was not opened in the last half hour, since nothing of it is read. */
static struct outcome open_other(struct scene *scene, struct str reference, struct cases_case *c)
{
    struct outcome outcome =
        cases_open_office(scene, cases_upper(scene->arena, str_trim(reference)), c);

    if (outcome.refusal) return REFUSE(other_unknown);
    TRY(outcome);
    return c->is & (1u << CASES_OFFICER | 1u << CASES_LEAD) ? DONE : REFUSE(other_unknown);
}

static struct outcome need_room(struct scene *scene, const struct cases_case *c)
{
    struct cases_count_links_row row;
    bool found;

    TRY(cases_count_links(scene->store, c->row.case_id, &row, &found));
    if (row.links_count >= CASES_LINKS_MAX) return REFUSE(too_many);
    return c->row.steps_count < CASES_STEPS_MAX ? DONE : REFUSE(cases_too_long);
}

static enum cases_who side(const struct cases_case *c)
{
    return c->is & 1u << CASES_OFFICER ? CASES_OFFICER : CASES_LEAD;
}

static struct outcome put(struct scene *scene, const struct cases_case *c, const char *kind,
                          const struct cases_case *other)
{
    return cases_add_link(scene->store, c->row.case_id, str_of(kind), other->row.case_id,
                          other->row.reference, scene->actor.person_id, scene->now);
}

static struct outcome join(struct scene *scene, const void *form, void *result)
{
    const struct cases_join_form *f = form;
    struct cases_case c, other;

    (void)result;
    TRY(open_inside(scene, f->reference, &c));
    TRY(open_other(scene, f->other_reference, &other));
    if (other.row.case_id == c.row.case_id) return REFUSE(other_same);
    TRY(need_room(scene, &c));
    TRY(need_room(scene, &other));
    TRY(put(scene, &c, "same", &other));
    TRY(put(scene, &other, "same", &c));
    TRY(cases_note(scene, &other, "joined", side(&other), c.row.reference));
    return cases_note(scene, &c, "joined", side(&c), other.row.reference);
}

static struct outcome part(struct scene *scene, const void *form, void *result)
{
    const struct cases_unjoin_form *f = form;
    struct cases_find_link_row row;
    struct cases_case c;
    bool found;

    (void)result;
    TRY(open_inside(scene, f->reference, &c));
    TRY(cases_find_link(scene->store, c.row.case_id, S("same"), f->other, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(cases_drop_link(scene->store, c.row.case_id, S("same"), row.other_id));
    TRY(cases_drop_link(scene->store, row.other_id, S("same"), c.row.case_id));
    return cases_note(scene, &c, "parted", side(&c), f->other);
}

/* ---- splitting ---- */

/* (3) */
static bool may_split(struct scene *scene, const struct cases_case *c)
{
    struct str path, name;

    cases_show_room(scene, c, true, &path, &name);
    return c->is & 1u << CASES_OFFICER && !path.len && !c->row.agent_id &&
           c->flow.states[c->state].who == CASES_OFFICER;
}

/* (2) */
static struct outcome copy(struct scene *scene, const struct cases_case *c, struct cases_case *made)
{
    struct str answers[CASES_FIELDS_MAX];
    struct cases_find_typed_row typed;
    bool found;

    *made = *c;
    TRY(cases_new_reference(scene, &made->row.reference));
    made->row.case_id = scene_new_id(scene);
    made->row.steps_count = 0;
    TRY(cases_add_row(scene, made));
    TRY(cases_answers_load(scene, c, answers));
    TRY(cases_answers_keep(scene, made, answers));
    TRY(cases_set_look(scene->store, made->row.case_id, scene->actor.person_id, scene->now));
    TRY(cases_find_typed(scene->arena, scene->store, c->row.case_id, &typed, &found));
    /* What came on paper is found on line with a receipt of its own. */
    return found ? cases_add_typed(scene->store, made->row.case_id, scene->actor.person_id,
                                   scene->now, typed.notice_sealed)
                 : DONE;
}

static struct outcome split(struct scene *scene, const void *form, void *result)
{
    const struct cases_split_form *f = form;
    struct cases_typed_told_view *told = result;
    struct cases_case c, made;

    TRY(open_inside(scene, f->reference, &c));
    if (!(c.is & 1u << CASES_OFFICER)) return REFUSE(cases_not_by_you);
    if (!may_split(scene, &c)) return REFUSE(cases_not_now);
    TRY(cases_has_seen(&c, f->seen));
    TRY(need_room(scene, &c));
    TRY(copy(scene, &c, &made));
    TRY(put(scene, &c, "split", &made));
    TRY(put(scene, &made, "whole", &c));
    TRY(cases_note(scene, &made, "split_from", CASES_OFFICER, f->split_words));
    TRY(cases_tell(scene, &made));
    told->reference = made.row.reference;
    scene->detail = made.row.reference;
    return cases_note(scene, &c, "split_off", CASES_OFFICER, f->split_words);
}

/* ---- the page ---- */

static struct outcome show_links(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_links_view *v = view;
    struct cases_case c;

    TRY(cases_open_office(scene, ((const struct cases_reference_form *)query)->reference, &c));
    if (!(c.is & (1u << CASES_OFFICER | 1u << CASES_LEAD))) return REFUSE(act_unknown);
    v->reference = c.row.reference;
    v->item_name = cases_in(scene, c.item.name_zh, c.item.name_en);
    TRY(cases_show_look(request, &c, &v->closed));
    if (v->closed) return DONE;
    v->seen = c.row.steps_count;
    v->may_split = may_split(scene, &c);
    return cases_show_links(scene, &c, true, &v->links, &v->links_count);
}

const struct act cases_join = {
    .name = "cases.join", .who = CASES_WHO_DESK, .form = &cases_join_form, .run = join};
const struct act cases_unjoin = {
    .name = "cases.unjoin", .who = CASES_WHO_DESK, .form = &cases_unjoin_form, .run = part};
const struct act cases_split = {.name = "cases.split",
                                .who = CASES_WHO_DESK,
                                .form = &cases_split_form,
                                .result = &cases_typed_told_view,
                                .run = split};

const struct page cases_join_pages[] = {
    {.method = GET,
     .path = "/office/cases/{reference}/links",
     .who = CASES_WHO_DESK,
     .about = "What belongs to a case: the talk it came out of, cases about the same, parts of it.",
     .query = &cases_reference_form,
     .view = &cases_links_view,
     .html = &html_cases_links,
     .show = show_links},
    {.method = POST,
     .path = "/office/cases/{reference}/links",
     .who = CASES_WHO_DESK,
     .about = "Put a case beside this one, since both are about the same.",
     .act = &cases_join,
     .then = "/office/cases/{reference}/links",
     .again = "/office/cases/{reference}/links",
     .said = T("Done. It is on record."),
     .status = 201,
     .per_minute = JOINS_A_MINUTE},
    {.method = POST,
     .path = "/office/cases/{reference}/links/{other}/drop",
     .who = CASES_WHO_DESK,
     .about = "Say that another case is not about the same after all.",
     .act = &cases_unjoin,
     .then = "/office/cases/{reference}/links",
     .again = "/office/cases/{reference}/links",
     .said = T("Done. It is on record."),
     .per_minute = JOINS_A_MINUTE},
    {.method = POST,
     .path = "/office/cases/{reference}/split",
     .who = CASES_WHO_DESK,
     .about = "Let a part of a case go on as a case of its own; `seen` is how many steps the page "
              "showed. The answer holds its reference.",
     .act = &cases_split,
     .then = "/office/cases/{reference}",
     .again = "/office/cases/{reference}/links",
     .said = T("The new case stands below, under what belongs to this one."),
     .status = 201,
     .per_minute = JOINS_A_MINUTE},
    {0},
};

#define FORM_THIS cases_join_form
FORM_TABLE(cases_join, CASES_JOIN_FORM)
#undef FORM_THIS
#define FORM_THIS cases_unjoin_form
FORM_TABLE(cases_unjoin, CASES_UNJOIN_FORM)
#undef FORM_THIS
#define FORM_THIS cases_split_form
FORM_TABLE(cases_split, CASES_SPLIT_FORM)
#undef FORM_THIS
#define VIEW_THIS cases_links_view
VIEW_TABLE(cases_links, CASES_LINKS_VIEW)
#undef VIEW_THIS
