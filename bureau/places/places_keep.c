/* places_keep.c -- notices of a district or street, kept by its own administrators.
 *
 *  (1) A notice is a draft until whoever wrote it has seen it as residents will; then it is shown,
 *      from its first day to its last, unless it is withdrawn.  Until then it can be written anew;
 *      what it said before stays, and what is published is the version that was seen.
 *  (2) An administrator writes for places within their scope; of others there are no notices. */
#include "bureau/people/people_acts.h"
#include "bureau/places/places_views.h"
#include "desk/identity/identity_acts.h"
#include "gen/places_sql.h"

enum { NOTICES_MAX = 5, DAYS_MAX = 366 };

static const struct reason too_many = {
    "places.too-many", T("Five notices stand for this place already. Please withdraw one first."),
    409};
static const struct reason wrong_days = {
    "places.wrong-days",
    T("The last day is the first day or later, not past, and a year on at the most."), 0};
static const struct reason not_now = {"places.not-now",
                                      T("This notice is shown already, withdrawn, or over."), 409};

static const struct reason changed = {
    "places.changed",
    T("Somebody has written this notice anew meanwhile. Please read how it stands now."), 409};

static struct outcome find_own(struct scene *scene, id notice_id,
                               struct places_find_notice_row *row)
{
    struct people_scope scope;
    bool found;

    TRY(people_scope_of(scene, &scope));
    TRY(places_find_notice(scene->arena, scene->store, notice_id, row, &found));
    return found && people_is_within(&scope, row->division) ? DONE : REFUSE(act_unknown);
}

/* Places differ in what they tell, not in how much room it takes. */
static struct outcome need_room(struct scene *scene, struct str division)
{
    struct places_count_standing_row standing;
    bool found;

    TRY(places_count_standing(scene->store, division, scene->now, &standing, &found));
    return standing.notices_count >= NOTICES_MAX ? REFUSE(too_many) : DONE;
}

static struct outcome check(struct scene *scene, struct str division, struct str from_text,
                            struct str until_text, calendar_day *from, calendar_day *until)
{
    struct people_scope scope;
    bool found;

    TRY(people_scope_of(scene, &scope));
    TRY(identity_division_exists(scene, division, &found));
    if (!found || !people_is_within(&scope, division)) return REFUSE(people_unknown_division);
    if (!calendar_day_parse(from_text, from) || !calendar_day_parse(until_text, until) ||
        *until < *from || *until < calendar_day_of(scene->now) || *until - *from > DAYS_MAX)
        return REFUSE(wrong_days);
    return need_room(scene, division);
}

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct places_notice_form *f = form;
    struct places_made_view *told = result;
    calendar_day from, until;

    TRY(check(scene, f->division, f->from, f->until, &from, &until));
    told->notice = scene_new_id(scene);
    return places_add_notice(scene->store, told->notice, f->division, f->text_zh, f->text_en,
                             calendar_day_begins(from), calendar_day_begins(until + 1),
                             scene->actor.person_id, scene->now);
}

const struct act places_act_add = {.name = "places.notice_add",
                                   .who = WHO_ADMIN,
                                   .form = &places_notice_form,
                                   .result = &places_made_view,
                                   .run = add};

static struct outcome change(struct scene *scene, const void *form, void *result)
{
    const struct places_change_form *f = form;
    struct places_find_notice_row row;
    calendar_day from, until;

    (void)result;
    TRY(find_own(scene, f->notice, &row));
    if (!str_same(row.state, S("draft"))) return REFUSE(not_now);
    if (row.version != f->version) return REFUSE(changed);
    TRY(check(scene, f->division, f->from, f->until, &from, &until));
    scene->detail = arena_print(scene->arena, "notice %lld version %lld", (long long)f->notice,
                                (long long)f->version + 1);
    TRY(places_keep_notice_before(scene->store, f->notice));
    return places_change_notice(scene->store, f->division, f->text_zh, f->text_en,
                                calendar_day_begins(from), calendar_day_begins(until + 1),
                                scene->actor.person_id, scene->now, f->notice);
}

const struct act places_act_change = {
    .name = "places.notice_change", .who = WHO_ADMIN, .form = &places_change_form, .run = change};

static struct outcome move(struct scene *scene, id notice_id, const char *before, const char *to)
{
    struct places_find_notice_row row;

    TRY(find_own(scene, notice_id, &row));
    if (row.until_at <= scene->now || str_same(row.state, S("withdrawn")) ||
        (before && !str_same(row.state, str_of(before))))
        return REFUSE(not_now);
    if (str_same(str_of(to), S("shown"))) TRY(need_room(scene, row.division));
    return places_move_notice(scene->store, str_of(to), scene->actor.person_id, scene->now,
                              notice_id);
}

static struct outcome show(struct scene *scene, const void *form, void *result)
{
    const struct places_publish_form *f = form;
    struct places_find_notice_row row;

    (void)result;
    TRY(find_own(scene, f->notice, &row));
    if (row.version != f->version) return REFUSE(changed);
    return move(scene, f->notice, "draft", "shown");
}

const struct act places_act_show = {
    .name = "places.notice_show", .who = WHO_ADMIN, .form = &places_publish_form, .run = show};

static struct outcome withdraw(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return move(scene, ((const struct places_one_notice_form *)form)->notice, NULL, "withdrawn");
}

const struct act places_act_withdraw = {.name = "places.notice_withdraw",
                                        .who = WHO_ADMIN,
                                        .form = &places_one_notice_form,
                                        .run = withdraw};

/* ---- pages ---- */

static void state_of(struct scene *scene, struct places_notice_row_view *v)
{
    bool is_shown = str_same(v->state, S("shown")), is_over = v->until <= scene->now;
    const char *name = v->is_draft            ? T("Not published yet")
                       : !is_shown            ? T("Notice withdrawn")
                       : is_over              ? T("Its time is over")
                       : v->from > scene->now ? T("Published, not begun")
                                              : T("Shown now");

    v->state_name = text_in(scene->language, name);
    v->state_css = v->is_draft            ? S("tag-waiting")
                   : is_shown && !is_over ? S("tag-done")
                                          : S("tag-off");
    v->can_withdraw = !is_over && !str_same(v->state, S("withdrawn"));
}

static struct outcome row_of(struct scene *scene, const struct places_find_notice_row *row,
                             struct places_notice_row_view *v)
{
    *v = (struct places_notice_row_view){.notice = row->notice_id,
                                         .division = row->division,
                                         .text_zh = row->text_zh,
                                         .text_en = row->text_en,
                                         .from = row->from_at,
                                         .until = row->until_at,
                                         .last_day = row->until_at - 1,
                                         .state = row->state,
                                         .is_draft = str_same(row->state, S("draft"))};
    state_of(scene, v);
    return identity_division_name(scene, row->division, &v->division_name);
}

struct outcome places_show_admin(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct places_admin_view *v = view;
    const struct places_list_notices_row *rows;
    struct places_notice_row_view *made;
    struct people_choice_list list;
    struct people_scope scope;

    (void)query;
    TRY(people_scope_of(scene, &scope));
    TRY(places_list_notices(scene->arena, scene->store, scope.code, &rows, &v->notices_count));
    made = NEW_MANY(scene->arena, struct places_notice_row_view, v->notices_count + 1);
    for (size_t i = 0; i < v->notices_count; i++) {
        struct places_find_notice_row row = {rows[i].notice_id, rows[i].division, rows[i].text_zh,
                                             rows[i].text_en,   rows[i].from_at,  rows[i].until_at,
                                             rows[i].state,     rows[i].version};

        TRY(row_of(scene, &row, &made[i]));
    }
    v->notices = made;
    TRY(people_division_choices(scene, T("Please choose"), S(""), &list));
    v->divisions = list.rows;
    v->divisions_count = list.count;
    v->is_adding = request->face && request->face->form != NULL;
    return DONE;
}

static struct outcome show_before(struct scene *scene, id notice_id, struct places_keep_view *v)
{
    const struct places_list_notice_before_row *rows;
    struct places_before_view *made;

    TRY(places_list_notice_before(scene->arena, scene->store, notice_id, &rows, &v->before_count));
    made = NEW_MANY(scene->arena, struct places_before_view, v->before_count + 1);
    for (size_t i = 0; i < v->before_count; i++) {
        made[i] = (struct places_before_view){.version = rows[i].version,
                                              .division = rows[i].division,
                                              .text_zh = rows[i].text_zh,
                                              .text_en = rows[i].text_en,
                                              .from = rows[i].from_at,
                                              .until = rows[i].until_at,
                                              .last_day = rows[i].until_at - 1,
                                              .by = rows[i].person_name,
                                              .at = rows[i].at};
        TRY(identity_division_name(scene, rows[i].division, &made[i].division_name));
    }
    v->before = made;
    return DONE;
}

static struct str day_text(struct scene *scene, moment at)
{
    char text[11];

    calendar_day_print(calendar_day_of(at), text);
    return arena_copy(scene->arena, str_of(text));
}

/* A street is in no list of districts: the place it was written for is always among them. */
static struct outcome show_divisions(struct scene *scene,
                                     const struct places_notice_row_view *notice,
                                     struct places_keep_view *v)
{
    struct people_choice_list list;
    struct choice *made;
    bool is_there = false;

    TRY(people_division_choices(scene, T("Please choose"), notice->division, &list));
    made = NEW_MANY(scene->arena, struct choice, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        made[i] = list.rows[i];
        is_there |= made[i].chosen;
    }
    v->divisions_count = list.count;
    if (!is_there)
        made[v->divisions_count++] = (struct choice){
            .value = notice->division, .label = notice->division_name, .chosen = true};
    v->divisions = made;
    return DONE;
}

/* Published or thrown away by somebody meanwhile: what was typed has no field any more. */
static void show_lost(const struct form_state *typed, struct places_keep_view *v)
{
    v->lost_zh = typed->given[form_place(&places_change_form, S("text_zh"))];
    v->lost_en = typed->given[form_place(&places_change_form, S("text_en"))];
}

/* The form to write it anew, as it stands; what was typed wins (form_field_with). */
static struct outcome show_change(struct scene *scene, const struct places_notice_row_view *notice,
                                  struct places_keep_view *v)
{

    v->from_text = day_text(scene, notice->from);
    v->until_text = day_text(scene, notice->last_day);
    return show_divisions(scene, notice, v);
}

struct outcome places_show_keep(struct request *request, const void *query, void *view)
{
    const struct places_one_notice_form *f = query;
    struct places_notice_row_view *row = NEW(request->scene->arena, struct places_notice_row_view);
    struct places_keep_view *v = view;
    const struct form_state *typed = request->face ? request->face->form : NULL;
    struct places_find_notice_row found;
    struct places_find_place_row place;
    bool is_known;

    TRY(find_own(request->scene, f->notice, &found));
    TRY(row_of(request->scene, &found, row));
    TRY(places_find_place(request->scene->arena, request->scene->store, found.division, &place,
                          &is_known));
    v->notice = row;
    v->version = found.version;
    TRY(show_before(request->scene, f->notice, v));
    v->is_changing = typed && typed->form == &places_change_form;
    if (row->is_draft)
        TRY(show_change(request->scene, row, v));
    else if (v->is_changing)
        show_lost(typed, v);
    v->has_page = is_known && place.parent.len > 0;
    return DONE;
}
