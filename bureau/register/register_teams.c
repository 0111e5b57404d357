/* register_teams.c -- teams in their layers, with leader and figures, down to the members.
 *
 *  (1) A leader sees the teams they lead and all below them; whoever watches or keeps a division
 *      sees its teams and all below those.  Nobody else sees any.
 *  (2) A team's own figures and those with all teams below stand side by side: no number hides. */
#include "bureau/register/register_views.h"
#include "gen/register_html.h"

enum { MEMBERS_A_LOOK = 1000 };

static struct outcome (*is_rostered)(struct scene *, id, moment, bool *);

void register_roster_hook(struct outcome (*ask)(struct scene *scene, id person_id, moment at,
                                                bool *rostered))
{
    is_rostered = ask;
}

struct outcome register_is_rostered(struct scene *scene, id person_id, bool *rostered, bool *knows)
{
    *rostered = false;
    *knows = is_rostered != NULL;
    return is_rostered ? is_rostered(scene, person_id, scene->now, rostered) : DONE;
}

size_t register_place_of(const struct register_tree *tree, id team_id)
{
    size_t i = 0;

    while (i < tree->count && tree->rows[i].team_id != team_id) i++;
    return i;
}

moment register_month_of(const struct scene *scene)
{
    struct calendar_date date = calendar_date_of(calendar_day_of(scene->now));

    return calendar_moment_of(date.year, date.month, 1, 0);
}

static struct outcome count_rostered(struct scene *scene, struct register_tree *tree)
{
    const struct register_list_member_ids_row *rows;
    id after = 0;
    size_t count;

    for (size_t i = 0; i < tree->count; i++) tree->rostered[i] = is_rostered ? 0 : -1;
    if (!is_rostered) return DONE;
    do {
        TRY(register_list_member_ids(scene->arena, scene->store, after, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            size_t place = register_place_of(tree, rows[i].team_id);
            bool rostered = false;

            after = rows[i].person_id;
            if (place == tree->count || !tree->is_mine[place]) continue;
            TRY(is_rostered(scene, rows[i].person_id, scene->now, &rostered));
            tree->rostered[place] += rostered;
        }
    } while (count == MEMBERS_A_LOOK);
    return DONE;
}

static struct outcome mark_mine(struct scene *scene, struct register_tree *tree)
{
    struct str scope = scene_scope(scene, WHO_SUPERVISOR | WHO_ADMIN);

    for (size_t i = 0; i < tree->count; i++)
        tree->is_mine[i] =
            (scope.len && str_begins(tree->rows[i].division, scope)) ||
            (scene_is(scene, WHO_LEADER) && tree->rows[i].leader_id == scene->actor.person_id);
    for (int layer = 0; layer < REGISTER_LAYERS_MAX; layer++) {
        for (size_t i = 0; i < tree->count; i++) {
            size_t above = register_place_of(tree, tree->rows[i].parent_id);

            if (tree->rows[i].parent_id && above < tree->count && tree->is_mine[above])
                tree->is_mine[i] = true;
        }
    }
    return DONE;
}

struct outcome register_read_tree(struct scene *scene, struct register_tree *tree)
{
    *tree = (struct register_tree){0};
    TRY(register_list_team_figures(
        scene->arena, scene->store, scene->now - REGISTER_ON_LINE_SECONDS,
        scene->now + REGISTER_SOON_DAYS * (int64_t)SECONDS_PER_DAY, &tree->rows, &tree->count));
    tree->is_mine = NEW_MANY(scene->arena, bool, tree->count + 1);
    return mark_mine(scene, tree);
}

static struct outcome make_tree(struct scene *scene, struct register_tree *tree)
{
    const struct register_list_team_service_row *service;
    size_t count;

    TRY(register_read_tree(scene, tree));
    tree->rostered = NEW_MANY(scene->arena, int64_t, tree->count + 1);
    tree->served = NEW_MANY(scene->arena, int64_t, tree->count + 1);
    tree->stars_sum = NEW_MANY(scene->arena, int64_t, tree->count + 1);
    tree->ratings = NEW_MANY(scene->arena, int64_t, tree->count + 1);
    TRY(register_list_team_service(scene->arena, scene->store, register_month_of(scene), &service,
                                   &count));
    for (size_t i = 0; i < count; i++) {
        size_t place = register_place_of(tree, service[i].team_id);

        if (place == tree->count) continue;
        tree->served[place] = service[i].cases_count;
        tree->stars_sum[place] = service[i].stars_sum;
        tree->ratings[place] = service[i].ratings_count;
    }
    return count_rostered(scene, tree);
}

/* Is `i` the team at `top`, or below it? */
static bool is_within_team(const struct register_tree *tree, size_t i, size_t top)
{
    for (int layer = 0; layer < REGISTER_LAYERS_MAX && i < tree->count; layer++) {
        if (i == top) return true;
        if (!tree->rows[i].parent_id) return false;
        i = register_place_of(tree, tree->rows[i].parent_id);
    }
    return false;
}

static struct outcome show_row(struct scene *scene, const struct register_tree *tree, size_t i,
                               int64_t layer, struct register_team_view *v)
{
    const struct register_list_team_figures_row *row = &tree->rows[i];

    *v = (struct register_team_view){
        .may_trace = scene_is(scene, WHO_LEADER | WHO_SUPERVISOR),
        .team = row->team_id,
        .parent = row->parent_id,
        .layer = layer,
        .is_below = layer > 0,
        .name = scene->language == LANGUAGE_EN ? row->team_en : row->team_zh,
        .kind = row->team_kind,
        .kind_name = people_team_kind_name(scene->language, row->team_kind),
        .division = row->division,
        .leader = row->person_name,
        .members = row->members_count,
        .on_line = row->on_line_count,
        .rostered = tree->rostered[i],
        .rostered_text = tree->rostered[i] < 0
                             ? S("–")
                             : arena_print(scene->arena, "%lld", (long long)tree->rostered[i]),
        .served = tree->served[i],
        .stars = register_stars(scene, tree->stars_sum[i], tree->ratings[i]),
        .expiring = row->expiring_count};
    for (size_t k = 0; k < tree->count; k++) {
        if (!is_within_team(tree, k, i)) continue;
        v->has_below = v->has_below || k != i;
        v->members_below += tree->rows[k].members_count;
        v->on_line_below += tree->rows[k].on_line_count;
        v->served_below += tree->served[k];
    }
    return people_division_name(scene, row->division, &v->division_name);
}

/* A team, then those below it, each in its layer. */
static struct outcome show_below(struct scene *scene, const struct register_tree *tree,
                                 id parent_id, int64_t layer, struct register_team_view *made,
                                 size_t *count)
{
    for (size_t i = 0; i < tree->count && layer < REGISTER_LAYERS_MAX; i++) {
        const struct register_list_team_figures_row *row = &tree->rows[i];
        size_t above = register_place_of(tree, row->parent_id);
        bool is_top = !row->parent_id || above == tree->count || !tree->is_mine[above];

        if (!tree->is_mine[i]) continue;
        if (parent_id ? row->parent_id != parent_id : !is_top) continue;
        TRY(show_row(scene, tree, i, layer, &made[(*count)++]));
        TRY(show_below(scene, tree, row->team_id, layer + 1, made, count));
    }
    return DONE;
}

static const struct register_team_table_view *table_of(struct scene *scene, struct str heading,
                                                       const struct register_team_view *teams,
                                                       size_t count)
{
    struct register_team_table_view *table = NEW(scene->arena, struct register_team_table_view);

    *table = (struct register_team_table_view){heading, teams, count};
    return table;
}

static struct outcome show_teams(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct register_teams_view *v = view;
    struct register_team_view *made;
    struct register_tree tree = {0};

    (void)query;
    TRY(make_tree(scene, &tree));
    made = NEW_MANY(scene->arena, struct register_team_view, tree.count + 1);
    TRY(show_below(scene, &tree, 0, 0, made, &v->teams_count));
    v->teams = made;
    v->table = table_of(scene, S("list"), made, v->teams_count);
    v->month = register_month_of(scene);
    return DONE;
}

/* ---- one team ---- */

static struct outcome show_members(struct scene *scene, id team_id,
                                   struct register_team_page_view *v)
{
    const struct register_list_members_row *rows;
    struct register_member_view *made;

    TRY(register_list_members(scene->arena, scene->store, register_month_of(scene), team_id, &rows,
                              &v->members_count));
    made = NEW_MANY(scene->arena, struct register_member_view, v->members_count + 1);
    for (size_t i = 0; i < v->members_count; i++) {
        enum register_licence licence =
            register_licence_of(rows[i].verified_at, rows[i].licence_until,
                                str_same(rows[i].standing, S("active")) &&
                                    str_same(rows[i].standing__account, S("active")),
                                scene->now);

        made[i] = (struct register_member_view){
            .team = team_id,
            .may_trace = scene_is(scene, WHO_LEADER | WHO_SUPERVISOR),
            .person = rows[i].person_id,
            .name = rows[i].person_name,
            .profession = rows[i].profession,
            .profession_name = people_profession_name(scene->language, rows[i].profession),
            .is_on_line = str_same(rows[i].presence, S("online")) &&
                          rows[i].seen_at >= scene->now - REGISTER_ON_LINE_SECONDS,
            .has_page = rows[i].verified_at > 0 && rows[i].licence.len > 0,
            .licence_state = register_licence_word(licence),
            .licence_name = text_in(scene->language, register_licence_name(licence)),
            .licence_css = str_of(register_licence_css(licence)),
            .licence_day = rows[i].licence_until ? rows[i].licence_until - 1 : 0,
            .served = rows[i].cases_count,
            .stars = register_stars(scene, rows[i].stars_sum, rows[i].ratings_count)};
        if (is_rostered)
            TRY(is_rostered(scene, rows[i].person_id, scene->now, &made[i].is_rostered));
    }
    v->members = made;
    v->has_members = v->members_count > 0;
    return DONE;
}

static struct outcome show_team(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct register_team_page_view *v = view;
    struct register_team_view *team = NEW(scene->arena, struct register_team_view), *below;
    struct register_tree tree = {0};
    size_t place;

    TRY(make_tree(scene, &tree));
    place = register_place_of(&tree, ((const struct register_which_team_form *)query)->team);
    if (place == tree.count || !tree.is_mine[place]) return REFUSE(act_unknown);
    TRY(show_row(scene, &tree, place, 0, team));
    v->team = team;
    below = NEW_MANY(scene->arena, struct register_team_view, tree.count + 1);
    TRY(show_below(scene, &tree, team->team, 1, below, &v->below_count));
    v->below = below;
    v->table = table_of(scene, S("below"), below, v->below_count);
    v->has_below = v->below_count > 0;
    v->month = register_month_of(scene);
    return show_members(scene, team->team, v);
}

#define WHO_KEEPS (WHO_LEADER | WHO_SUPERVISOR | WHO_ADMIN)

const struct page register_team_pages[] = {
    {.method = GET,
     .path = "/teams",
     .who = WHO_KEEPS,
     .about = "The teams one leads, watches or keeps, in their layers, with figures.",
     .view = &register_teams_view,
     .html = &html_register_teams,
     .show = show_teams},
    {.method = GET,
     .path = "/teams/{team}",
     .who = WHO_KEEPS,
     .about = "One team with the teams below it and its members.",
     .query = &register_which_team_form,
     .view = &register_team_page_view,
     .html = &html_register_team_page,
     .show = show_team},
    {.method = GET,
     .path = "/teams/{team}/people",
     .who = WHO_KEEPS,
     .about = "Who stands behind a number of a team: members, on line, on duty, licences ending.",
     .query = &register_team_people_form,
     .view = &register_team_people_view,
     .html = &html_register_team_people,
     .show = register_show_team_people},
    {.method = GET,
     .path = "/teams/{team}/cases",
     .who = WHO_LEADER | WHO_SUPERVISOR,
     .about = "The cases behind a number of a team or of one of its members.",
     .query = &register_team_cases_form,
     .view = &register_team_cases_view,
     .html = &html_register_team_cases,
     .show = register_show_team_cases},
    {0},
};
