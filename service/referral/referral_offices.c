/* referral_offices.c -- where a paper leads to: the nearest police or counselling office.
 *
 *  (1) The nearest is the office of the street or district the resident is in, else of what that
 *      lies in; what an administrator wrote stands before what came with the program
 *      (data/offices.tsv).  Where none is known the paper says what kind of office and the number
 *      to call: no address is better than a wrong one.
 *  (2) An administrator writes for places within their scope, and says where it is known from.
 *  (3) One without an address is nowhere anybody could go: it is never the nearest. */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/referral_html.h"
#include "service/referral/referral_views.h"

enum { CELLS = 7, DELIVERED_MAX = 200, KIND = 0, DIVISION, NAME, ADDRESS, PHONE, HOURS, SOURCE };

extern const char data_offices[]; /* data/offices.tsv, see Makefile */

static bool next_delivered(struct str *table, struct str cells[CELLS])
{
    while (table->len) {
        struct str rest, line = str_cut(*table, '\n', &rest);

        *table = rest;
        if (!line.len || line.at[0] == '#') continue;
        for (size_t i = 0; i < CELLS; i++) cells[i] = str_cut(line, '\t', &line);
        return true;
    }
    return false;
}

static struct referral_where_view delivered(const struct str cells[CELLS])
{
    return (struct referral_where_view){.kind = cells[KIND],
                                        .division = cells[DIVISION],
                                        .name = cells[NAME],
                                        .address = cells[ADDRESS],
                                        .phone = cells[PHONE],
                                        .hours = cells[HOURS],
                                        .source = cells[SOURCE]};
}

/* (1) */
struct outcome referral_nearest(struct scene *scene, struct str kind, struct str division,
                                const struct referral_where_view **nearest)
{
    struct str table = str_of(data_offices), cells[CELLS];
    struct referral_where_view *made = NEW(scene->arena, struct referral_where_view);
    struct referral_find_office_row row;
    bool found;

    *nearest = NULL;
    TRY(referral_find_office(scene->arena, scene->store, kind, division, &row, &found));
    if (found) {
        *made = (struct referral_where_view){.kind = kind,
                                             .division = row.division,
                                             .name = row.office_name,
                                             .address = row.office_address,
                                             .phone = row.office_phone,
                                             .hours = row.office_hours};
        *nearest = made;
    }
    while (!found && next_delivered(&table, cells)) {
        if (!str_same(cells[KIND], kind) || !str_begins(division, cells[DIVISION])) continue;
        if (!str_trim(cells[ADDRESS]).len || !str_trim(cells[NAME]).len) continue; /* (3) */
        if (*nearest && made->division.len >= cells[DIVISION].len) continue;
        *made = delivered(cells);
        *nearest = made;
    }
    return DONE;
}

/* ---- administrators ---- */

/* (2) */
static struct outcome check_place(struct scene *scene, struct str kind, struct str division)
{
    struct people_scope scope;
    bool found;

    TRY(people_scope_of(scene, &scope));
    TRY(identity_division_exists(scene, division, &found));
    if (!found || !people_is_within(&scope, division)) return REFUSE(people_unknown_division);
    return referral_kind_of(kind) ? DONE : REFUSE(act_unknown);
}

static struct outcome set(struct scene *scene, const void *form, void *result)
{
    const struct referral_office_form *f = form;

    (void)result;
    TRY(check_place(scene, f->kind, f->division));
    scene->detail =
        arena_print(scene->arena, "%.*s %.*s", STR_ARGS(f->kind), STR_ARGS(f->division));
    return referral_set_office(
        scene->store, &(struct referral_set_office_values){.kind = f->kind,
                                                           .division = f->division,
                                                           .office_name = f->office_name,
                                                           .office_address = f->office_address,
                                                           .office_phone = f->office_phone,
                                                           .office_hours = f->office_hours,
                                                           .office_source = f->office_source,
                                                           .by_id = scene->actor.person_id,
                                                           .at = scene->now});
}

static struct outcome drop(struct scene *scene, const void *form, void *result)
{
    const struct referral_office_place_form *f = form;

    (void)result;
    TRY(check_place(scene, f->kind, f->division));
    scene->detail =
        arena_print(scene->arena, "%.*s %.*s", STR_ARGS(f->kind), STR_ARGS(f->division));
    return referral_drop_office(scene->store, f->kind, f->division);
}

static struct outcome name_it(struct scene *scene, struct referral_where_view *v)
{
    const struct referral_kind *kind = referral_kind_of(v->kind);

    if (kind) v->kind_name = text_in(scene->language, kind->name);
    return identity_division_name(scene, v->division, &v->division_name);
}

static struct outcome list_offices(struct scene *scene, struct str within,
                                   struct referral_offices_view *v)
{
    struct str table = str_of(data_offices), cells[CELLS];
    const struct referral_list_offices_row *rows;
    struct referral_where_view *made;
    size_t count;

    TRY(referral_list_offices(scene->arena, scene->store, within, &rows, &count));
    made = NEW_MANY(scene->arena, struct referral_where_view, count + DELIVERED_MAX);
    for (size_t i = 0; i < count; i++)
        made[v->offices_count++] = (struct referral_where_view){.kind = rows[i].kind,
                                                                .division = rows[i].division,
                                                                .name = rows[i].office_name,
                                                                .address = rows[i].office_address,
                                                                .phone = rows[i].office_phone,
                                                                .hours = rows[i].office_hours,
                                                                .source = rows[i].office_source,
                                                                .is_own = true};
    while (v->offices_count < count + DELIVERED_MAX && next_delivered(&table, cells))
        made[v->offices_count++] = delivered(cells);
    for (size_t i = 0; i < v->offices_count; i++) TRY(name_it(scene, &made[i]));
    v->offices = made;
    return DONE;
}

static struct outcome show_offices(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct referral_offices_view *v = view;
    struct choice *kinds = NEW_MANY(scene->arena, struct choice, REFERRAL_KINDS_COUNT);
    struct people_choice_list list;
    struct people_scope scope;

    (void)query;
    TRY(people_scope_of(scene, &scope));
    TRY(list_offices(scene, scope.code, v));
    for (size_t i = 0; i < REFERRAL_KINDS_COUNT; i++)
        kinds[v->kinds_count++] =
            (struct choice){.value = str_of(referral_kinds[i].kind),
                            .label = text_in(scene->language, referral_kinds[i].name)};
    v->kinds = kinds;
    TRY(people_division_choices(scene, T("Please choose"), S(""), &list));
    v->divisions = list.rows;
    v->divisions_count = list.count;
    v->is_adding = request->face && request->face->form != NULL;
    return DONE;
}

const struct page referral_office_pages[] = {
    {.method = GET,
     .path = "/admin/offices",
     .who = WHO_ADMIN,
     .about = "Police and counselling offices a paper leads to, for the places one administers.",
     .view = &referral_offices_view,
     .html = &html_referral_offices,
     .show = show_offices},
    {.method = POST,
     .path = "/admin/offices",
     .who = WHO_ADMIN,
     .about = "Write down the office of a kind for a district or street, or write it anew.",
     .act = &referral_set_office_act,
     .then = "/admin/offices",
     .again = "/admin/offices",
     .said = T("It stands on papers from now on."),
     .per_minute = REFERRAL_DEEDS_A_MINUTE},
    {.method = POST,
     .path = "/admin/offices/{kind}/{division}/drop",
     .who = WHO_ADMIN,
     .about = "Take an office out: the paper says the kind of office and the number to call.",
     .act = &referral_drop_office_act,
     .then = "/admin/offices",
     .again = "/admin/offices",
     .said = T("It is taken out."),
     .per_minute = REFERRAL_DEEDS_A_MINUTE},
    {0},
};

const struct act referral_set_office_act = {
    .name = "referral.office_set", .who = WHO_ADMIN, .form = &referral_office_form, .run = set};
const struct act referral_drop_office_act = {.name = "referral.office_drop",
                                             .who = WHO_ADMIN,
                                             .form = &referral_office_place_form,
                                             .run = drop};

#define FORM_THIS referral_office_form
FORM_TABLE(referral_office, REFERRAL_OFFICE_FORM)
#undef FORM_THIS
#define FORM_THIS referral_office_place_form
FORM_TABLE(referral_office_place, REFERRAL_OFFICE_PLACE_FORM)
#undef FORM_THIS
#define VIEW_THIS referral_where_view
VIEW_TABLE(referral_where, REFERRAL_WHERE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_offices_view
VIEW_TABLE(referral_offices, REFERRAL_OFFICES_VIEW)
#undef VIEW_THIS
