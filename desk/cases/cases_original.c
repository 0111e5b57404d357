/* cases_original.c -- custody of originals: an office takes a paper itself, not a picture of it,
 * and from then on it stands here who holds it, until the applicant has it back.
 *
 *  (1) Whoever holds a paper said so themselves: it changes hands when the one who gets it
 *      confirms, never by being sent.  So a paper lost on the way is held by who sent it.
 *  (2) Taking in, each change of hands and giving back are acts of an officer who has opened the
 *      case, and lines of its log which the applicant reads.
 *  (3) A paper stays with its office when the case goes elsewhere, and stands on the sheet that
 *      goes along, until the other office confirms it; it outlives the case until it is given back.
 *  (4) What it is and where it lies are sealed; the applicant reads what, and which office. */
#include "desk/cases/cases_views.h"
#include "gen/cases_html.h"
#include "platform/secret.h"

enum { ROWS_MAX = 100, ORIGINALS_A_MINUTE = 60 };

static const struct reason too_many = {
    "cases.too-many-originals", T("So many originals were taken in that no more can be kept."),
    409};
static const struct reason given_back = {"cases.original-given",
                                         T("The applicant has this paper back already."), 409};
static const struct reason held_already = {"cases.original-held", T("You hold this paper already."),
                                           409};

static struct outcome open_as_officer(struct scene *scene, struct str reference,
                                      struct cases_case *c)
{
    TRY(cases_open_office(scene, reference, c));
    if (!(c->is & 1u << CASES_OFFICER)) return REFUSE(cases_not_by_you);
    TRY(cases_need_look(scene, c));
    return c->row.steps_count < CASES_STEPS_KEPT_MAX ? DONE : REFUSE(cases_too_long);
}

static struct str line_of(struct scene *scene, struct str what, int64_t pages)
{
    return arena_print(scene->arena, "%.*s (%lld)", STR_ARGS(what), (long long)pages);
}

static struct outcome take_in(struct scene *scene, const void *form, void *result)
{
    const struct cases_original_form *f = form;
    struct cases_count_originals_row count;
    struct str what = str_trim(f->original_what);
    struct cases_case c;
    bool found;

    (void)result;
    TRY(open_as_officer(scene, f->reference, &c));
    if (c.row.steps_count >= CASES_STEPS_MAX) return REFUSE(cases_too_long);
    TRY(cases_count_originals(scene->store, c.row.case_id, &count, &found));
    if (count.originals_count >= CASES_ORIGINALS_MAX) return REFUSE(too_many);
    TRY(cases_add_original(
        scene->store,
        &(struct cases_add_original_values){
            .original_id = scene_new_id(scene),
            .case_id = c.row.case_id,
            .what_sealed = secret_seal(scene->arena, CASES_USE_WORDS, what),
            .pages_count = f->original_pages,
            .held_by = scene->actor.person_id,
            .division = c.row.division,
            .place_sealed = secret_seal(scene->arena, CASES_USE_WORDS, str_trim(f->original_place)),
            .taken_at = scene->now,
            .since_at = scene->now}));
    return cases_note(scene, &c, "original_taken", CASES_OFFICER,
                      line_of(scene, what, f->original_pages));
}

static struct outcome open_original(struct scene *scene, struct str reference, id original_id,
                                    struct cases_case *c, struct cases_find_original_row *row,
                                    struct str *line)
{
    struct str what;
    bool found;

    TRY(open_as_officer(scene, reference, c));
    TRY(cases_find_original(scene->arena, scene->store, original_id, row, &found));
    if (!found || row->case_id != c->row.case_id) return REFUSE(act_unknown);
    if (row->given_at) return REFUSE(given_back);
    TRY(cases_unseal(scene, CASES_USE_WORDS, row->what_sealed, &what));
    *line = line_of(scene, what, row->pages_count);
    return DONE;
}

/* (1) */
static struct outcome confirm(struct scene *scene, const void *form, void *result)
{
    const struct cases_original_have_form *f = form;
    struct cases_find_original_row row;
    struct cases_case c;
    struct str line;

    (void)result;
    TRY(open_original(scene, f->reference, f->original, &c, &row, &line));
    if (row.held_by == scene->actor.person_id && str_same(row.division, c.row.division))
        return REFUSE(held_already);
    TRY(cases_set_original_held(scene->store, scene->actor.person_id, c.row.division,
                                secret_seal(scene->arena, CASES_USE_WORDS, str_trim(f->held_place)),
                                scene->now, row.original_id));
    return cases_note(scene, &c, "original_moved", CASES_OFFICER, line);
}

static struct outcome give_back(struct scene *scene, const void *form, void *result)
{
    const struct cases_original_back_form *f = form;
    struct cases_find_original_row row;
    struct cases_case c;
    struct str line;

    (void)result;
    TRY(open_original(scene, f->reference, f->original, &c, &row, &line));
    if (!str_same(row.division, c.row.division)) return REFUSE(cases_not_by_you); /* (3) */
    TRY(cases_set_original_given(scene->store, scene->now, scene->now, row.original_id));
    return cases_note(
        scene, &c, "original_given", CASES_OFFICER,
        arena_print(scene->arena, "%.*s: %.*s", STR_ARGS(line), STR_ARGS(str_trim(f->back_to))));
}

/* ---- pages ---- */

struct outcome cases_show_originals(struct scene *scene, const struct cases_case *c,
                                    const struct cases_original_view **made, size_t *count)
{
    bool is_officer = (c->is & 1u << CASES_OFFICER) != 0;
    const struct cases_list_originals_row *rows;
    struct cases_original_view *views;

    TRY(cases_list_originals(scene->arena, scene->store, c->row.case_id, &rows, count));
    views = NEW_MANY(scene->arena, struct cases_original_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        bool is_here = str_same(rows[i].division, c->row.division);

        views[i] =
            (struct cases_original_view){.original = rows[i].original_id,
                                         .reference = c->row.reference,
                                         .pages = rows[i].pages_count,
                                         .division = rows[i].division,
                                         .taken_at = rows[i].taken_at,
                                         .since_at = rows[i].since_at,
                                         .given_at = rows[i].given_at,
                                         .is_held = !rows[i].given_at,
                                         .may_have = is_officer && !rows[i].given_at,
                                         .may_give = is_officer && !rows[i].given_at && is_here};
        TRY(cases_unseal(scene, CASES_USE_WORDS, rows[i].what_sealed, &views[i].what));
        TRY(identity_division_name(scene, rows[i].division, &views[i].division_name));
        if (!(c->is & (1u << CASES_OFFICER | 1u << CASES_LEAD))) continue; /* (4) */
        views[i].holder = rows[i].person_name;
        TRY(cases_unseal(scene, CASES_USE_WORDS, rows[i].place_sealed, &views[i].place));
    }
    *made = views;
    return DONE;
}

static struct outcome show_case(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_originals_view *v = view;
    struct cases_case c;

    TRY(cases_open_office(scene, ((const struct cases_reference_form *)query)->reference, &c));
    if (!(c.is & (1u << CASES_OFFICER | 1u << CASES_LEAD))) return REFUSE(act_unknown);
    v->reference = c.row.reference;
    v->item_name = cases_in(scene, c.item.name_zh, c.item.name_en);
    TRY(cases_show_look(request, &c, &v->closed));
    if (v->closed) return DONE;
    v->may_take = (c.is & 1u << CASES_OFFICER) != 0;
    return cases_show_originals(scene, &c, &v->originals, &v->originals_count);
}

static struct outcome show_held(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_held_originals_view *v = view;
    const struct cases_list_originals_held_row *rows;
    struct cases_held_original_view *made;
    struct cases_office office;
    size_t count;

    (void)query;
    TRY(cases_office_of(scene, &office));
    if (!office.division.len) return REFUSE(act_not_yours);
    TRY(cases_list_originals_held(scene->arena, scene->store, office.division, office.end,
                                  office.officers, &rows, &count));
    v->has_more = count > ROWS_MAX;
    v->held_count = v->has_more ? ROWS_MAX : count;
    made = NEW_MANY(scene->arena, struct cases_held_original_view, count + 1);
    for (size_t i = 0; i < v->held_count; i++) {
        struct items_item item;
        bool found;

        made[i] = (struct cases_held_original_view){
            .reference = rows[i].reference,
            .holder = rows[i].person_name,
            .since_at = rows[i].since_at,
            .is_over = !rows[i].under_way,
            .is_gone = !str_same(rows[i].division, rows[i].case_division),
            .may_open = str_begins(rows[i].case_division, office.division)};
        TRY(items_version(scene, rows[i].version_id, &item, &found));
        if (found) made[i].item_name = cases_in(scene, item.name_zh, item.name_en);
        TRY(identity_division_name(scene, rows[i].case_division, &made[i].case_office));
    }
    v->held = made;
    return DONE;
}

const struct act cases_take_original = {.name = "cases.take_original",
                                        .who = CASES_WHO_DESK,
                                        .form = &cases_original_form,
                                        .run = take_in};
const struct act cases_have_original = {.name = "cases.have_original",
                                        .who = CASES_WHO_DESK,
                                        .form = &cases_original_have_form,
                                        .run = confirm};
const struct act cases_return_original = {.name = "cases.return_original",
                                          .who = CASES_WHO_DESK,
                                          .form = &cases_original_back_form,
                                          .run = give_back};

const struct page cases_original_pages[] = {
    {.method = GET,
     .path = "/office/originals",
     .who = CASES_WHO_DESK,
     .about = "The originals on paper an office holds, the longest kept first; what each is stands "
              "in its case.",
     .view = &cases_held_originals_view,
     .html = &html_cases_held_originals,
     .show = show_held},
    {.method = GET,
     .path = "/office/cases/{reference}/originals",
     .who = CASES_WHO_DESK,
     .about = "The originals of a case and who holds each, for whoever has just opened it.",
     .query = &cases_reference_form,
     .view = &cases_originals_view,
     .html = &html_cases_originals,
     .show = show_case},
    {.method = POST,
     .path = "/office/cases/{reference}/originals",
     .who = CASES_WHO_DESK,
     .about = "Take an original on paper in: whoever does holds it from now on.",
     .act = &cases_take_original,
     .then = "/office/cases/{reference}/originals",
     .again = "/office/cases/{reference}/originals",
     .said = T("It is on record that you hold it."),
     .status = 201,
     .per_minute = ORIGINALS_A_MINUTE},
    {.method = POST,
     .path = "/office/cases/{reference}/originals/{original}/have",
     .who = CASES_WHO_DESK,
     .about = "Confirm that one has an original in hand.",
     .act = &cases_have_original,
     .then = "/office/cases/{reference}/originals",
     .again = "/office/cases/{reference}/originals",
     .said = T("It is on record that you hold it."),
     .per_minute = ORIGINALS_A_MINUTE},
    {.method = POST,
     .path = "/office/cases/{reference}/originals/{original}/back",
     .who = CASES_WHO_DESK,
     .about = "Say that the applicant has an original back, and who took it.",
     .act = &cases_return_original,
     .then = "/office/cases/{reference}/originals",
     .again = "/office/cases/{reference}/originals",
     .said = T("Done. It is on record."),
     .per_minute = ORIGINALS_A_MINUTE},
    {0},
};

#define FORM_THIS cases_original_form
FORM_TABLE(cases_original, CASES_ORIGINAL_FORM)
#undef FORM_THIS
#define FORM_THIS cases_original_have_form
FORM_TABLE(cases_original_have, CASES_ORIGINAL_HAVE_FORM)
#undef FORM_THIS
#define FORM_THIS cases_original_back_form
FORM_TABLE(cases_original_back, CASES_ORIGINAL_BACK_FORM)
#undef FORM_THIS
#define VIEW_THIS cases_original_view
VIEW_TABLE(cases_original, CASES_ORIGINAL_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_originals_view
VIEW_TABLE(cases_originals, CASES_ORIGINALS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_held_original_view
VIEW_TABLE(cases_held_original, CASES_HELD_ORIGINAL_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_held_originals_view
VIEW_TABLE(cases_held_originals, CASES_HELD_ORIGINALS_VIEW)
#undef VIEW_THIS
