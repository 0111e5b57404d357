/* places_pages.c -- one page of what somebody needs who lives in a district or street.
 *
 *  (1) Everything is for everybody: numbers of people, no names; who they are says the directory.
 *  (2) An empty place says what is nearest: of the place it lies in.
 *  (3) Which place is one's own is kept in a cookie of this browser, and nowhere else. */
#include "bureau/hall/hall_acts.h"
#include "bureau/places/places.h"
#include "bureau/places/places_views.h"
#include "desk/identity/identity_acts.h"
#include "gen/places_html.h"
#include "gen/places_sql.h"
#include "platform/allows.h"

enum { ON_LINE_SECONDS = 120, CHOSEN_SECONDS = 365 * SECONDS_PER_DAY };

const struct reason places_unknown = {
    "places.unknown", T("There is no such district or street. Please choose one from the list."),
    404};

static struct outcome need_place(struct scene *scene, struct str division,
                                 struct places_find_place_row *row)
{
    bool found;

    TRY(places_find_place(scene->arena, scene->store, division, row, &found));
    return found && row->parent.len ? DONE : REFUSE(places_unknown);
}

/* ---- one's own place ---- */

static struct outcome choose(struct scene *scene, const void *form, void *result)
{
    const struct places_which_form *f = form;
    struct places_find_place_row row;

    (void)result;
    scene->quiet = true; /* nobody's business but the browser's */
    TRY(need_place(scene, f->division, &row));
    scene_cookie(scene, S("place"), row.division, CHOSEN_SECONDS);
    return DONE;
}

const struct act places_act_choose = {
    .name = "places.choose", .who = WHO_ANYONE, .form = &places_which_form, .run = choose};
const struct act places_act_ask = {
    .name = "places.ask", .who = WHO_ANYONE, .form = &places_which_form, .run = choose};

/* ---- the list ---- */

static struct outcome show_within(struct scene *scene, struct str parent,
                                  const struct places_row_view **places, size_t *count)
{
    const struct identity_division *rows;
    struct places_row_view *made;

    TRY(identity_division_children(scene, parent, &rows, count));
    made = NEW_MANY(scene->arena, struct places_row_view, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] =
            (struct places_row_view){.division = rows[i].division,
                                     .name = hall_name(scene, rows[i].name_zh, rows[i].name_en)};
    *places = made;
    return DONE;
}

static struct outcome show_list(struct request *request, const void *query, void *view)
{
    const struct places_list_form *f = query;
    struct places_list_view *v = view;
    struct scene *scene = request->scene;
    struct places_find_place_row own;
    const struct identity_division *top;
    size_t count;
    bool has_own;

    TRY(outcome_allows(need_place(scene, scene_brought(scene, S("place")), &own), &has_own));
    if (has_own) {
        v->chosen = own.division;
        v->chosen_name = hall_name(scene, own.division_zh, own.division_en);
        if (!f->all && !request->is_api) {
            request->go = arena_print(scene->arena, "/places/%.*s", STR_ARGS(own.division));
            return DONE;
        }
    }
    TRY(identity_division_children(scene, S(""), &top, &count));
    return count ? show_within(scene, top[0].division, &v->places, &v->places_count) : DONE;
}

/* ---- one place ---- */

static struct outcome show_told(struct scene *scene, struct places_one_view *v)
{
    const struct places_list_told_row *rows;
    struct places_told_view *made;

    TRY(places_list_told(scene->arena, scene->store, scene->now, scene->now, v->division, &rows,
                         &v->told_count));
    made = NEW_MANY(scene->arena, struct places_told_view, v->told_count + 1);
    for (size_t i = 0; i < v->told_count; i++) {
        made[i] =
            (struct places_told_view){.text = hall_name(scene, rows[i].text_zh, rows[i].text_en),
                                      .last_day = rows[i].until_at - 1};
        TRY(identity_division_name(scene, rows[i].division, &made[i].place_name));
    }
    v->told = made;
    return DONE;
}

/* Of a day of which nobody can say whether it is worked: nothing. */
static struct outcome hall_of(struct scene *scene, const struct hall_list_halls_row *row,
                              struct places_hall_view *v)
{
    struct hall_count_windows_row windows;
    struct calendar_opening opening;
    struct calendar_desk desk;
    struct outcome outcome;
    moment ends;
    bool found;

    *v = (struct places_hall_view){.hall = row->hall_id,
                                   .name = hall_name(scene, row->hall_zh, row->hall_en),
                                   .address = hall_name(scene, row->address_zh, row->address_en),
                                   .phone = row->hall_phone};
    TRY(hall_open_now(scene, row->hall_id, &v->is_open, &ends));
    TRY(people_desk(scene, hall_desk(scene->arena, row->hall_id), &desk));
    outcome = people_open_on(&desk, calendar_day_of(scene->now), &opening);
    if (outcome.fault) return outcome;
    if (IS_DONE(outcome)) v->hours_today = people_write_opening(scene, &opening);
    if (!v->is_open) {
        outcome = calendar_next_opening(&desk, scene->now, &v->opens_at);
        if (outcome.fault) return outcome;
        if (outcome.refusal) v->opens_at = 0;
    }
    TRY(hall_count_windows(scene->store, row->hall_id, &windows, &found));
    v->windows_open = windows.open_count;
    return DONE;
}

/* Those of the place; else of the district it lies in, and then of the whole city. */
static struct outcome show_halls(struct scene *scene, struct places_one_view *v)
{
    struct str looked = v->division;
    const struct hall_list_halls_row *rows = NULL;
    struct places_find_place_row place;
    struct places_hall_view *made;
    bool found = true;

    for (int i = 0; i < 4 && found; i++) { /* village, street, district, city */
        TRY(hall_list_halls(scene->arena, scene->store, looked, &rows, &v->halls_count));
        if (v->halls_count) break;
        TRY(places_find_place(scene->arena, scene->store, looked, &place, &found));
        if (!found || !place.parent.len) break;
        looked = place.parent;
    }
    made = NEW_MANY(scene->arena, struct places_hall_view, v->halls_count + 1);
    for (size_t i = 0; i < v->halls_count; i++) TRY(hall_of(scene, &rows[i], &made[i]));
    v->halls = made;
    if (str_same(looked, v->division)) return DONE;
    return identity_division_name(scene, looked, &v->halls_of);
}

static struct outcome show_serving(struct scene *scene, struct places_one_view *v)
{
    const struct places_list_serving_row *rows;
    struct places_serving_view *made;

    TRY(places_list_serving(scene->arena, scene->store, scene->now - ON_LINE_SECONDS, scene->now,
                            v->district, &rows, &v->serving_count));
    made = NEW_MANY(scene->arena, struct places_serving_view, v->serving_count + 1);
    for (size_t i = 0; i < v->serving_count; i++)
        made[i] = (struct places_serving_view){
            .profession = rows[i].profession,
            .profession_name = people_profession_name(scene->language, rows[i].profession),
            .people = rows[i].people_count,
            .here = rows[i].here_count};
    v->serving = made;
    if (str_same(v->district, v->division)) return DONE;
    return identity_division_name(scene, v->district, &v->serving_of);
}

static struct outcome show_one(struct request *request, const void *query, void *view)
{
    const struct places_which_form *f = query;
    struct scene *scene = request->scene;
    struct places_find_place_row row;
    struct places_one_view *v = view;

    TRY(need_place(scene, f->division, &row));
    v->division = row.division;
    v->name = hall_name(scene, row.division_zh, row.division_en);
    v->level = row.level;
    v->district = places_district(row.division);
    if (!str_same(row.level, S("district"))) {
        v->parent = row.parent;
        TRY(identity_division_name(scene, row.parent, &v->parent_name));
    }
    v->is_chosen = str_same(scene_brought(scene, S("place")), row.division);
    TRY(show_told(scene, v));
    TRY(show_halls(scene, v));
    TRY(show_serving(scene, v));
    return show_within(scene, row.division, &v->places, &v->places_count);
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/places",
     .who = WHO_ANYONE,
     .about = "Districts, each with a page for those who live there.",
     .query = &places_list_form,
     .view = &places_list_view,
     .html = &html_places_list,
     .show = show_list},
    {.method = GET,
     .path = "/places/{division}",
     .who = WHO_ANYONE,
     .about = "What somebody needs who lives in a district or street: notices, halls with hours, "
              "who serves there, how to ask.",
     .query = &places_which_form,
     .view = &places_one_view,
     .html = &html_places_one,
     .show = show_one},
    {.method = POST,
     .path = "/places/{division}/choose",
     .who = WHO_ANYONE,
     .about = "Keep a district or street as one's own, in this browser.",
     .act = &places_act_choose,
     .then = "/places/{division}",
     .said = T("This browser keeps it as your place."),
     .again = "/places"},
    {.method = POST,
     .path = "/places/{division}/ask",
     .who = WHO_ANYONE,
     .about = "Begin a question with this district filled in.",
     .act = &places_act_ask,
     .then = "/ask",
     .again = "/places"},
    {.method = GET,
     .path = "/admin/places",
     .who = WHO_ADMIN,
     .about = "Notices of the places this administrator keeps.",
     .view = &places_admin_view,
     .html = &html_places_admin,
     .show = places_show_admin},
    {.method = POST,
     .path = "/admin/places",
     .who = WHO_ADMIN,
     .about = "Write a notice; it is shown once it was looked at and published.",
     .act = &places_act_add,
     .then = "/admin/places/{notice}",
     .again = "/admin/places",
     .status = 201},
    {.method = GET,
     .path = "/admin/places/{notice}",
     .who = WHO_ADMIN,
     .about = "A notice as residents see it, in both languages.",
     .query = &places_one_notice_form,
     .view = &places_keep_view,
     .html = &html_places_keep,
     .show = places_show_keep},
    {.method = POST,
     .path = "/admin/places/{notice}",
     .who = WHO_ADMIN,
     .about = "Write a draft anew; what it said before stays. Not once somebody else has done so.",
     .act = &places_act_change,
     .then = "/admin/places/{notice}",
     .said = T("Saved."),
     .again = "/admin/places/{notice}"},
    {.method = POST,
     .path = "/admin/places/{notice}/publish",
     .who = WHO_ADMIN,
     .about = "Publish a notice in the version that was seen.",
     .act = &places_act_show,
     .then = "/admin/places/{notice}",
     .said = T("Published."),
     .again = "/admin/places/{notice}"},
    {.method = POST,
     .path = "/admin/places/{notice}/withdraw",
     .who = WHO_ADMIN,
     .about = "Withdraw a notice: nobody is shown it any more.",
     .act = &places_act_withdraw,
     .then = "/admin/places",
     .said = T("Withdrawn. Nobody is shown it any more."),
     .again = "/admin/places/{notice}"},
    {0},
};

const struct module places_module = {
    .name = "places", .schema = places_schema, .migrations = places_migrations, .pages = pages};

#define FORM_THIS places_list_form
FORM_TABLE(places_list, PLACES_LIST_FORM)
#undef FORM_THIS
#define FORM_THIS places_which_form
FORM_TABLE(places_which, PLACES_WHICH_FORM)
#undef FORM_THIS
#define FORM_THIS places_notice_form
FORM_TABLE(places_notice, PLACES_NOTICE_FORM)
#undef FORM_THIS
#define FORM_THIS places_publish_form
FORM_TABLE(places_publish, PLACES_PUBLISH_FORM)
#undef FORM_THIS
#define FORM_THIS places_change_form
FORM_TABLE(places_change, PLACES_CHANGE_FORM)
#undef FORM_THIS
#define FORM_THIS places_one_notice_form
FORM_TABLE(places_one_notice, PLACES_ONE_NOTICE_FORM)
#undef FORM_THIS
#define VIEW_THIS places_made_view
VIEW_TABLE(places_made, PLACES_MADE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_row_view
VIEW_TABLE(places_row, PLACES_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_list_view
VIEW_TABLE(places_list, PLACES_LIST_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_hall_view
VIEW_TABLE(places_hall, PLACES_HALL_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_serving_view
VIEW_TABLE(places_serving, PLACES_SERVING_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_told_view
VIEW_TABLE(places_told, PLACES_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_one_view
VIEW_TABLE(places_one, PLACES_ONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_notice_row_view
VIEW_TABLE(places_notice_row, PLACES_NOTICE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_admin_view
VIEW_TABLE(places_admin, PLACES_ADMIN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_before_view
VIEW_TABLE(places_before, PLACES_BEFORE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS places_keep_view
VIEW_TABLE(places_keep, PLACES_KEEP_VIEW)
#undef VIEW_THIS
