/* supervision_layers.c -- a report by layers of teams: city, districts, associations and channels,
 * as deep as they are set up.
 *
 *  (1) A team's numbers are the sum of its own line and of every line below it, each once.
 *  (2) The lines of a layer together are the team above; at the top they are the whole report.
 *  (3) Who leads a team sees it and what is below, and nothing beside or above.
 *  (4) In files all layers stand one below the other: a team, itself, then those below it. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_report_views.h"

enum { LAYERS_MAX = 10 };

struct layers {
    struct scene *scene;
    struct supervision_report report;
    const struct people_list_layers_row *teams;
    size_t teams_count;
    struct supervision_layer_view *lines;
    size_t lines_count;
};

static const struct people_list_layers_row *team_of(const struct layers *l, id team_id)
{
    for (size_t i = 0; team_id && i < l->teams_count; i++) {
        if (l->teams[i].team_id == team_id) return &l->teams[i];
    }
    return NULL;
}

static struct str name_of(const struct layers *l, const struct people_list_layers_row *team)
{
    if (!team) return text_in(l->scene->language, T("No team yet"));
    return l->scene->language == LANGUAGE_EN && team->team_en.len ? team->team_en : team->team_zh;
}

/* Is `team_id` the one above, or under it? */
static bool is_under(const struct layers *l, id team_id, id above_id)
{
    for (int layer = 0; team_id && layer <= LAYERS_MAX; layer++) {
        const struct people_list_layers_row *team = team_of(l, team_id);

        if (team_id == above_id) return true;
        team_id = team ? team->parent_id : 0;
    }
    return false;
}

static void add(struct supervision_sums *to, const struct supervision_sums *more)
{
    for (int i = 0; i < RECORD_FIGURES_COUNT; i++) {
        to->of[i].count += more->of[i].count;
        to->of[i].sum += more->of[i].sum;
        to->of[i].within += more->of[i].within;
        if (more->of[i].max > to->of[i].max) to->of[i].max = more->of[i].max;
    }
}

/* (1): one pass over the lines, so that none can be counted twice. */
static bool sum_of(const struct layers *l, id team_id, bool alone, struct supervision_line *sum)
{
    const struct supervision_table *table = &l->report.tables[SUPERVISION_BY_TEAM];
    bool any = false;

    *sum =
        (struct supervision_line){.key = arena_print(l->scene->arena, "%lld", (long long)team_id)};
    for (size_t i = 0; i < table->count; i++) {
        id of = 0;

        (void)str_to_int(table->lines[i].key, &of);
        if (alone || !team_id ? of != team_id : !is_under(l, of, team_id)) continue;
        add(&sum->now, &table->lines[i].now);
        add(&sum->before, &table->lines[i].before);
        any = true;
    }
    return any;
}

static void fill(const struct layers *l, const char *by, const struct supervision_line *line,
                 struct supervision_layer_view *v)
{
    v->figures = supervision_cells(l->scene, &l->report, by, line);
    v->figures_count = SUPERVISION_COLUMNS;
    v->live = v->figures;
    v->live_count = SUPERVISION_LIVE_COLUMNS;
    v->rest = v->figures + SUPERVISION_LIVE_COLUMNS;
    v->rest_count = SUPERVISION_COLUMNS - SUPERVISION_LIVE_COLUMNS;
}

/* A team of which there is nothing to tell is left out. */
static void show_line(struct layers *l, id team_id, bool alone)
{
    const struct people_list_layers_row *team = team_of(l, team_id);
    struct supervision_layer_view *v = &l->lines[l->lines_count];
    struct supervision_line sum;
    bool is_tree = team_id && !alone;

    if (!sum_of(l, team_id, alone, &sum)) return;
    *v = (struct supervision_layer_view){.team = team_id,
                                         .name = name_of(l, team),
                                         .leader = team ? team->person_name : S(""),
                                         .alone = alone};
    for (size_t i = 0; is_tree && i < l->teams_count; i++)
        v->below += l->teams[i].team_id != team_id && is_under(l, l->teams[i].team_id, team_id);
    if (v->below)
        v->link = arena_print(l->scene->arena, "/reports/%lld/teams?above=%lld",
                              (long long)l->report.row.report_id, (long long)team_id);
    fill(l, is_tree ? "tree" : "team", &sum, v);
    l->lines_count++;
}

/* What the lines are together: the team above, or the whole report. */
static void show_whole(const struct layers *l, id above_id, struct supervision_layer_view *v)
{
    const struct people_list_layers_row *team = team_of(l, above_id);
    struct supervision_line sum;

    if (team) v->leader = team->person_name;
    if (!above_id) {
        fill(l, "", &l->report.all, v);
        return;
    }
    sum_of(l, above_id, false, &sum);
    fill(l, "tree", &sum, v);
}

static void show_way(const struct layers *l, id above_id, struct supervision_layers_view *v)
{
    struct supervision_above_view *way =
        NEW_MANY(l->scene->arena, struct supervision_above_view, LAYERS_MAX);
    const struct people_list_layers_row *team = team_of(l, above_id);
    id scope = l->report.scope.team_id, up[LAYERS_MAX];
    size_t count = 0;

    while (team && team->team_id != scope && team->parent_id && count < LAYERS_MAX) {
        up[count++] = team->parent_id;
        team = team_of(l, team->parent_id);
    }
    for (size_t i = 0; i < count; i++)
        way[i] = (struct supervision_above_view){up[count - 1 - i],
                                                 name_of(l, team_of(l, up[count - 1 - i]))};
    v->way = way;
    v->way_count = count;
}

struct outcome supervision_show_layers(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct supervision_layers_form *f = query;
    struct supervision_layers_view *v = view;
    struct supervision_layer_view *whole = NEW(scene->arena, struct supervision_layer_view);
    struct layers l = {.scene = scene};
    id scope;

    TRY(supervision_read(scene, f->report, &l.report));
    TRY(people_layers(scene, &l.teams, &l.teams_count));
    scope = l.report.scope.team_id;
    if (f->above && (!team_of(&l, f->above) || (scope && !is_under(&l, f->above, scope))))
        return REFUSE(act_unknown); /* (3) */
    l.lines = NEW_MANY(scene->arena, struct supervision_layer_view, l.teams_count + 2);
    if (f->above) show_line(&l, f->above, true);
    for (size_t i = 0; i < l.teams_count; i++) {
        const struct people_list_layers_row *team = &l.teams[i];
        bool is_top = scope ? team->team_id == scope : !team->parent_id;

        if (f->above ? team->parent_id == f->above : is_top) show_line(&l, team->team_id, false);
    }
    if (!f->above && !scope) show_line(&l, 0, true);
    show_whole(&l, f->above, whole);
    *v = (struct supervision_layers_view){
        .report = l.report.row.report_id,
        .report_title = supervision_title_of(scene, l.report.period, l.report.days),
        .place = l.report.place,
        .above = f->above,
        .name = f->above ? name_of(&l, team_of(&l, f->above)) : S(""),
        .whole = whole,
        .lines = l.lines,
        .lines_count = l.lines_count,
    };
    show_way(&l, f->above, v);
    return DONE;
}

/* ---- all layers at once, for files ---- */

struct unfolding {
    const struct layers *l;
    struct supervision_team_line *lines;
    size_t count;
};

static bool add_line(struct unfolding *u, id team_id, bool alone, int layer)
{
    const struct people_list_layers_row *team = team_of(u->l, team_id);
    struct supervision_team_line *line = &u->lines[u->count];

    *line = (struct supervision_team_line){.layer = layer,
                                           .alone = alone,
                                           .name = name_of(u->l, team),
                                           .leader = team ? team->person_name : S("")};
    if (!sum_of(u->l, team_id, alone, &line->sum)) return false;
    u->count++;
    return true;
}

/* (4) */
static void unfold(struct unfolding *u, id team_id, int layer)
{
    size_t own = u->count, first;

    if (layer > LAYERS_MAX || !add_line(u, team_id, false, layer)) return;
    add_line(u, team_id, true, layer + 1);
    first = u->count;
    for (size_t i = 0; i < u->l->teams_count; i++) {
        if (u->l->teams[i].parent_id == team_id) unfold(u, u->l->teams[i].team_id, layer + 1);
    }
    if (u->count == first) u->count = own + 1; /* nothing below: one line says it */
}

struct outcome supervision_unfold(struct scene *scene, const struct supervision_report *report,
                                  const struct supervision_team_line **lines, size_t *count)
{
    struct layers l = {.scene = scene, .report = *report};
    struct unfolding u = {.l = &l};
    id scope = report->scope.team_id;

    TRY(people_layers(scene, &l.teams, &l.teams_count));
    u.lines = NEW_MANY(scene->arena, struct supervision_team_line, 2 * l.teams_count + 3);
    for (size_t i = 0; i < l.teams_count; i++) {
        if (scope ? l.teams[i].team_id == scope : !l.teams[i].parent_id)
            unfold(&u, l.teams[i].team_id, 0);
    }
    if (!scope) add_line(&u, 0, true, 0);
    *lines = u.lines;
    *count = u.count;
    return DONE;
}
