/* register_team_behind.c -- who and which cases stand behind the figures of a team.
 *
 *  (1) A list has exactly as many rows as the figure says (register_teams.c).
 *  (2) A team that is not this person's to see is unknown.
 *  (3) A case of another place is counted and not named; one of a team below is named, and opened
 *      only by whoever watches it. */
#include "bureau/register/register_views.h"

enum { LIMIT_USUAL = 50, A_LOOK = 500 };

static const struct {
    const char *word, *title;
} people_lists[] = {{"members", T("Members")},
                    {"on_line", T("On line now")},
                    {"on_duty", T("On duty now")},
                    {"expiring", T("Licences ending")}},
  case_lists[] = {{"served", T("Served this month")},
                  {"rated", T("Served this month and rated")},
                  {"rated_ever", T("Served and rated")}};

static struct str team_name(const struct scene *scene, const struct register_tree *tree, id team_id)
{
    size_t place = register_place_of(tree, team_id);

    if (place == tree->count) return S("");
    return scene->language == LANGUAGE_EN ? tree->rows[place].team_en : tree->rows[place].team_zh;
}

static bool is_mine(const struct register_tree *tree, id team_id)
{
    size_t place = register_place_of(tree, team_id);

    return place < tree->count && tree->is_mine[place];
}

/* ---- people ---- */

static struct register_team_person_view person_of(struct scene *scene,
                                                  const struct register_tree *tree,
                                                  const struct register_list_team_people_row *row,
                                                  bool rostered)
{
    enum register_licence licence =
        register_licence_of(row->verified_at, row->licence_until,
                            str_same(row->standing__account, S("active")), scene->now);

    return (struct register_team_person_view){
        .person = row->person_id,
        .name = row->person_name,
        .profession = row->profession,
        .profession_name = people_profession_name(scene->language, row->profession),
        .team = row->team_id,
        .team_name = team_name(scene, tree, row->team_id),
        .is_on_line = row->on_line_count > 0,
        .is_rostered = rostered,
        .has_page = row->verified_at > 0 && row->licence.len > 0,
        .licence_state = register_licence_word(licence),
        .licence_name = text_in(scene->language, register_licence_name(licence)),
        .licence_css = str_of(register_licence_css(licence)),
        .licence_day = row->licence_until ? row->licence_until - 1 : 0};
}

/* Those on duty are asked for one by one, some hundred at a time, until a page is full. */
static struct outcome find_people(struct scene *scene, const struct register_tree *tree,
                                  const struct register_team_people_form *f, int64_t limit,
                                  struct register_team_people_view *v)
{
    struct register_team_person_view *made =
        NEW_MANY(scene->arena, struct register_team_person_view, (size_t)limit + 1);
    bool is_duty = str_same(f->which, S("on_duty"));
    const struct register_list_team_people_row *rows;
    id after = f->after;
    size_t count;

    v->people = made;
    do {
        TRY(register_list_team_people(scene->arena, scene->store, f->team, f->below,
                                      scene->now - REGISTER_ON_LINE_SECONDS, after, f->which,
                                      scene->now + REGISTER_SOON_DAYS * (int64_t)SECONDS_PER_DAY,
                                      A_LOOK, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            bool rostered, knows;

            TRY(register_is_rostered(scene, rows[i].person_id, &rostered, &knows));
            after = rows[i].person_id;
            if (is_duty && !rostered) continue;
            if ((int64_t)v->people_count == limit) {
                v->next = made[limit - 1].person;
                return DONE;
            }
            made[v->people_count++] = person_of(scene, tree, &rows[i], rostered);
        }
    } while (count == A_LOOK);
    return DONE;
}

struct outcome register_show_team_people(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct register_team_people_form *f = query;
    struct register_team_people_view *v = view;
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    struct register_tree tree;

    TRY(register_read_tree(scene, &tree));
    if (!is_mine(&tree, f->team)) return REFUSE(act_unknown);
    for (size_t i = 0; i < COUNT(people_lists); i++) {
        if (str_same(f->which, str_of(people_lists[i].word)))
            v->title = text_in(scene->language, people_lists[i].title);
    }
    if (!v->title.len) return REFUSE(act_unknown);
    v->team = f->team;
    v->team_name = team_name(scene, &tree, f->team);
    v->which = f->which;
    v->below = f->below;
    TRY(find_people(scene, &tree, f, limit, v));
    if (v->next)
        v->more = arena_print(scene->arena,
                              "/teams/%lld/people?which=%.*s&below=%d&after=%lld&limit=%lld",
                              (long long)f->team, STR_ARGS(f->which), f->below ? 1 : 0,
                              (long long)v->next, (long long)limit);
    return DONE;
}

/* ---- cases ---- */

struct place {
    struct str division;
    id team_id;
};

/* As the board has it: a supervisor's divisions before a leader's team and those below it. */
static struct outcome find_open(struct scene *scene, struct place of, bool *is_open)
{
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);

    *is_open = scope.len ? str_begins(of.division, scope) : of.team_id == scene->actor.team_id;
    if (scope.len || !scene_is(scene, WHO_LEADER)) return DONE;
    return people_is_below(scene, scene->actor.team_id, of.team_id, is_open);
}

/* Led by this person, or below a team that is. */
static bool is_led(const struct scene *scene, const struct register_tree *tree, id team_id)
{
    for (int layer = 0; layer < REGISTER_LAYERS_MAX && team_id; layer++) {
        size_t place = register_place_of(tree, team_id);

        if (place == tree->count) return false;
        if (tree->rows[place].leader_id == scene->actor.person_id)
            return scene_is(scene, WHO_LEADER);
        team_id = tree->rows[place].parent_id;
    }
    return false;
}

static bool is_named(const struct scene *scene, const struct register_tree *tree, struct place of)
{
    bool watches = scene_scope(scene, WHO_SUPERVISOR).len > 0;

    return !watches && is_led(scene, tree, of.team_id);
}

static struct outcome show_case(struct scene *scene, const struct register_tree *tree,
                                const struct register_list_team_cases_row *row,
                                struct register_team_case_view *v)
{
    struct place of = {row->division, row->team_id};
    bool is_open;

    TRY(find_open(scene, of, &is_open));
    *v = (struct register_team_case_view){.withheld = !is_open && !is_named(scene, tree, of)};
    if (v->withheld) return DONE;
    v->reference = row->reference;
    v->field = row->field;
    v->consultant = row->person_name;
    v->team = row->team_id;
    v->team_name = team_name(scene, tree, row->team_id);
    v->served_at = row->served_at;
    v->stars = row->stars;
    v->is_open = is_open && str_same(row->service, S("consultation"));
    return people_field_name(scene, row->field, &v->field_name);
}

static struct outcome find_cases(struct scene *scene, const struct register_team_cases_form *f,
                                 int64_t limit, const struct register_list_team_cases_row **rows,
                                 size_t *count)
{
    int64_t stars = str_same(f->which, S("served")) ? 0 : 1;
    moment since = str_same(f->which, S("rated_ever")) ? 0 : register_month_of(scene);
    const struct register_list_member_cases_row *of_one;
    struct register_list_team_cases_row *made;

    if (!f->person)
        return register_list_team_cases(scene->arena, scene->store, f->team, f->below, since, stars,
                                        f->after, limit + 1, rows, count);
    TRY(register_list_member_cases(scene->arena, scene->store, f->person, since, stars, f->after,
                                   limit + 1, &of_one, count));
    made = NEW_MANY(scene->arena, struct register_list_team_cases_row, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct register_list_team_cases_row){
            of_one[i].case_id,   of_one[i].service,  of_one[i].reference,
            of_one[i].field,     of_one[i].division, of_one[i].team_id,
            of_one[i].served_at, of_one[i].stars,    of_one[i].person_name};
    *rows = made;
    return DONE;
}

/* Whose list it is: a member's only of a team they are in. */
static struct outcome name_member(struct scene *scene, const struct register_team_cases_form *f,
                                  struct str *name)
{
    struct people_find_consultant_row row;
    bool found;

    if (!f->person) return str_same(f->which, S("rated_ever")) ? REFUSE(act_unknown) : DONE;
    TRY(people_consultant(scene, f->person, &row, &found));
    if (!found || row.team_id != f->team) return REFUSE(act_unknown);
    *name = row.person_name;
    return DONE;
}

static struct str more_of(struct scene *scene, const struct register_team_cases_form *f, id next,
                          int64_t limit)
{
    return arena_print(scene->arena,
                       "/teams/%lld/cases?which=%.*s&below=%d&person=%lld&after=%lld&limit=%lld",
                       (long long)f->team, STR_ARGS(f->which), f->below ? 1 : 0,
                       (long long)f->person, (long long)next, (long long)limit);
}

struct outcome register_show_team_cases(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct register_team_cases_form *f = query;
    struct register_team_cases_view *v = view;
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    const struct register_list_team_cases_row *rows;
    struct register_team_case_view *made;
    struct register_tree tree;
    size_t count;

    TRY(register_read_tree(scene, &tree));
    if (!is_mine(&tree, f->team)) return REFUSE(act_unknown);
    for (size_t i = 0; i < COUNT(case_lists); i++) {
        if (str_same(f->which, str_of(case_lists[i].word)))
            v->title = text_in(scene->language, case_lists[i].title);
    }
    if (!v->title.len) return REFUSE(act_unknown);
    TRY(name_member(scene, f, &v->member));
    TRY(find_cases(scene, f, limit, &rows, &count));
    if ((int64_t)count > limit) {
        count = (size_t)limit;
        v->next = rows[count - 1].case_id;
        v->more = more_of(scene, f, v->next, limit);
    }
    made = NEW_MANY(scene->arena, struct register_team_case_view, count + 1);
    for (size_t i = 0; i < count; i++) TRY(show_case(scene, &tree, &rows[i], &made[i]));
    v->cases = made;
    v->cases_count = count;
    v->team = f->team;
    v->team_name = team_name(scene, &tree, f->team);
    v->which = f->which;
    v->below = f->below;
    return DONE;
}
