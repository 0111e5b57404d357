/* consultation_board_people.c -- who stands behind the numbers of the board: on line, rostered, and
 * waiting for a desk of the overflow ladder.
 *
 *  (1) Each list has exactly as many rows as the number says: it is read by the query that was
 *      counted, page by page.
 *  (2) Whoever waits beyond what the reader watches is counted and not named. */
#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "service/consultation/consultation_board_count.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_pages.h"

enum { LIMIT_USUAL = 50 };

/* Rows come by team and person; a page begins behind where the last one ended, whoever has come or
 * gone since. */
struct place {
    id team_id, person_id;
};
struct page_of {
    size_t first, count;
    struct str next; /* "": the last page */
};

/* "TEAM-PERSON": the last that was shown. */
static bool read_place(struct str after, struct place *place)
{
    struct str person;

    return str_to_int(str_cut(after, '-', &person), &place->team_id) &&
           str_to_int(person, &place->person_id);
}

struct outcome consultation_knows_place(struct scene *scene, struct str after, bool *known)
{
    struct place place;

    (void)scene;
    *known = read_place(after, &place);
    return DONE;
}

static struct page_of page_from(struct scene *scene, const struct place *places, size_t count,
                                const struct consultation_board_people_form *f)
{
    size_t limit = (size_t)(f->limit ? f->limit : LIMIT_USUAL);
    struct page_of page = {0};
    struct place at = {-1, 0};

    if (!read_place(f->after, &at)) at.team_id = -1;
    while (page.first < count && (places[page.first].team_id < at.team_id ||
                                  (places[page.first].team_id == at.team_id &&
                                   places[page.first].person_id <= at.person_id)))
        page.first++;
    page.count = count - page.first;
    if (page.count <= limit) return page;
    page.count = limit;
    at = places[page.first + limit - 1];
    page.next =
        arena_print(scene->arena, "%lld-%lld", (long long)at.team_id, (long long)at.person_id);
    return page;
}

static struct str more_of(struct scene *scene, const char *path, struct str next,
                          const struct consultation_board_people_form *f)
{
    struct out *out = out_open(scene->arena, 200);
    const struct {
        const char *name;
        struct str value;
    } bounds[] = {{"district", f->district},
                  {"team", f->team},
                  {"field", f->field},
                  {"profession", f->profession}};

    if (!next.len) return S("");
    out_put(out, arena_print(scene->arena, "%s?after=%.*s", path, STR_ARGS(next)));
    if (f->limit) out_put(out, arena_print(scene->arena, "&limit=%lld", (long long)f->limit));
    for (size_t i = 0; i < COUNT(bounds); i++) {
        if (!bounds[i].value.len) continue;
        out_put(out, arena_print(scene->arena, "&%s=", bounds[i].name));
        out_url(out, bounds[i].value);
    }
    return out_text(out);
}

/* ---- on line ---- */

struct outcome consultation_show_board_consultants(struct request *request, const void *query,
                                                   void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_board_people_form *f = query;
    struct consultation_board_consultants_view *v = view;
    struct consultation_bounds b =
        consultation_bounds_of(scene, f->district, f->team, f->field, f->profession);
    const struct consultation_list_board_consultants_row *rows;
    struct consultation_board_person_view *people;
    struct page_of page;
    moment seen_at;
    size_t count;
    struct place *places;

    TRY(assignment_seen_since(scene, &seen_at));
    TRY(consultation_list_board_consultants(scene->arena, scene->store, seen_at, b.scope,
                                            b.district, b.team_scope, b.team, b.above, b.profession,
                                            b.field, &rows, &count));
    places = NEW_MANY(scene->arena, struct place, count + 1);
    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){rows[i].team_id, rows[i].person_id};
    page = page_from(scene, places, count, f);
    people = NEW_MANY(scene->arena, struct consultation_board_person_view, page.count + 1);
    for (size_t i = 0; i < page.count; i++) {
        const struct consultation_list_board_consultants_row *row = &rows[page.first + i];

        people[i] = (struct consultation_board_person_view){
            .id = row->person_id,
            .name = row->person_name,
            .profession = row->profession,
            .profession_name =
                text_in(scene->language, consultation_profession_name(row->profession)),
            .team = row->team_id,
            .division = row->division,
            .talks = row->talks,
            .capacity = row->capacity,
            .since = row->since_at};
        TRY(consultation_board_team_name(scene, row->team_id, &people[i].team_name));
        TRY(consultation_board_district_name(scene, row->division, &people[i].division_name));
    }
    v->consultants = people;
    v->consultants_count = page.count;
    v->next = page.next;
    v->more = more_of(scene, "/board/consultants", page.next, f);
    return consultation_bounds_words(scene, &b, &v->bounds);
}

/* ---- rostered ---- */

struct outcome consultation_show_board_rostered(struct request *request, const void *query,
                                                void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_board_people_form *f = query;
    struct consultation_board_rostered_view *v = view;
    struct consultation_bounds b =
        consultation_bounds_of(scene, f->district, f->team, S(""), f->profession);
    const struct consultation_list_board_rostered_row *rows;
    struct consultation_board_duty_view *people;
    struct page_of page;
    moment seen_at;
    size_t count;
    struct place *places;

    TRY(assignment_seen_since(scene, &seen_at));
    TRY(consultation_list_board_rostered(
        scene->arena, scene->store,
        &(struct consultation_list_board_rostered_values){
            .seen_at = seen_at,
            .starts_at__from = scene->now - CONSULTATION_SHIFT_SECONDS,
            .starts_at = scene->now,
            .ends_at = scene->now,
            .division__scope = b.scope,
            .division__chosen = b.district,
            .team_id__scope = b.team_scope,
            .team_id__chosen = b.team,
            .team_id__above = b.above,
            .profession__chosen = b.profession},
        &rows, &count));
    places = NEW_MANY(scene->arena, struct place, count + 1);
    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){rows[i].team_id, rows[i].person_id};
    page = page_from(scene, places, count, f);
    people = NEW_MANY(scene->arena, struct consultation_board_duty_view, page.count + 1);
    for (size_t i = 0; i < page.count; i++) {
        const struct consultation_list_board_rostered_row *row = &rows[page.first + i];

        people[i] = (struct consultation_board_duty_view){
            .id = row->person_id,
            .name = row->person_name,
            .profession = row->profession,
            .profession_name = people_profession_name(scene->language, row->profession),
            .team = row->team_id,
            .until = row->ends_at,
            .is_on_line = row->on_line_count > 0};
        TRY(consultation_board_team_name(scene, row->team_id, &people[i].team_name));
        TRY(consultation_board_district_name(scene, row->division, &people[i].division_name));
    }
    v->people = people;
    v->people_count = page.count;
    v->next = page.next;
    v->more = more_of(scene, "/board/rostered", page.next, f);
    return consultation_bounds_words(scene, &b, &v->bounds);
}

/* ---- waiting for a desk of the overflow ladder ---- */

struct outcome consultation_desk_queues(struct scene *scene, const struct ladder_queue **queues,
                                        size_t *count)
{
    const struct consultation_list_desk_queues_row *rows;
    struct ladder_queue *made;

    TRY(consultation_list_desk_queues(scene->arena, scene->store, &rows, count));
    made = NEW_MANY(scene->arena, struct ladder_queue, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] =
            (struct ladder_queue){rows[i].profession, rows[i].division, rows[i].waiting_count};
    *queues = made;
    return DONE;
}

struct outcome consultation_board_show_queued(struct scene *scene,
                                              const struct consultation_bounds *b,
                                              const struct consultation_list_desk_cases_row *row,
                                              moment until,
                                              struct consultation_board_queued_view *v)
{
    bool is_watched = str_begins(row->division, b->scope);

    if (b->team_scope) TRY(people_is_below(scene, b->team_scope, row->team_id, &is_watched));
    *v = (struct consultation_board_queued_view){.withheld = !is_watched};
    if (v->withheld) return DONE;
    v->reference = row->reference;
    v->field = row->field;
    v->waited_seconds = until - row->waiting_at;
    v->waited_minutes = v->waited_seconds / SECONDS_PER_MINUTE;
    TRY(people_field_name(scene, row->field, &v->field_name));
    return consultation_board_district_name(scene, row->division, &v->division_name);
}

struct outcome consultation_show_board_queue(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_board_queue_form *f = query;
    struct consultation_board_queue_view *v = view;
    struct consultation_bounds b = consultation_bounds_of(scene, S(""), S(""), S(""), S(""));
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    const struct consultation_list_desk_cases_row *rows;
    struct consultation_board_queued_view *made;
    struct ladder_find_desk_by_id_row desk;
    size_t count;

    TRY(ladder_need_desk(scene, f->desk, &desk));
    TRY(consultation_list_desk_cases(scene->arena, scene->store, desk.profession, desk.division,
                                     f->after, limit + 1, &rows, &count));
    if ((int64_t)count > limit) {
        count = (size_t)limit;
        v->next = rows[count - 1].consultation_id;
        v->more = arena_print(scene->arena, "/board/ladder/%lld/waiting?limit=%lld&after=%lld",
                              (long long)f->desk, (long long)limit, (long long)v->next);
    }
    made = NEW_MANY(scene->arena, struct consultation_board_queued_view, count + 1);
    for (size_t i = 0; i < count; i++)
        TRY(consultation_board_show_queued(scene, &b, &rows[i], scene->now, &made[i]));
    v->consultations = made;
    v->consultations_count = count;
    v->desk = f->desk;
    v->profession_name = consultation_board_profession_name(scene, desk.profession);
    return consultation_board_district_name(scene, desk.division, &v->division_name);
}
