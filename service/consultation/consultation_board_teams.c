/* consultation_board_teams.c -- the board by layers of teams: city, districts, associations and
 * channels, as deep as they are set up.
 *
 *  (1) A team's numbers are its own and those of every team below it, each once; a number leads to
 *      exactly those cases (consultation_board.sql).
 *  (2) The lines of a layer together are the team above; at the top they are the whole board.
 *  (3) Whoever leads a team begins with its layer, and finds no way up from there.
 *  (4) A team of which the reader sees nothing, nor of any below it, has no line. */
#include "bureau/people/people_acts.h"
#include "service/consultation/consultation_board_count.h"

enum { LAYERS_MAX = 10, NOBODY_ABOVE = -1 };

struct node {
    const struct people_list_layers_row *row;
    int above; /* its place in the list; NOBODY_ABOVE */
    const struct line_of *own;
    struct tally tree;
    bool is_seen;  /* it, or one below it, has a line */
    int64_t below; /* of those seen */
};

struct layers {
    struct scene *scene;
    const struct consultation_bounds *bounds;
    struct node *nodes;
    int count;
    struct consultation_board_row_view *rows;
    size_t rows_count;
};

static int place_of(const struct layers *l, id team_id)
{
    for (int i = 0; team_id > 0 && i < l->count; i++) {
        if (l->nodes[i].row->team_id == team_id) return i;
    }
    return NOBODY_ABOVE;
}

static struct str name_of(const struct layers *l, const struct node *node)
{
    if (node->own) return node->own->name;
    return l->scene->language == LANGUAGE_EN && node->row->team_en.len ? node->row->team_en
                                                                       : node->row->team_zh;
}

/* (1): each line goes once to its team and once to each of those above. */
static void add_up(struct layers *l, const struct line_of *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        id team_id = 0;
        int at;

        (void)str_to_int(lines[i].code, &team_id);
        at = place_of(l, team_id);
        if (at == NOBODY_ABOVE) continue;
        l->nodes[at].own = &lines[i];
        for (int layer = 0; at != NOBODY_ABOVE && layer <= LAYERS_MAX; layer++) {
            tally_add(&l->nodes[at].tree, &lines[i].tally);
            l->nodes[at].is_seen = true;
            at = l->nodes[at].above;
        }
    }
    for (int i = 0; i < l->count; i++) {
        int at = l->nodes[i].above;

        for (int layer = 0; l->nodes[i].is_seen && at != NOBODY_ABOVE && layer < LAYERS_MAX;
             layer++) {
            l->nodes[at].below++;
            at = l->nodes[at].above;
        }
    }
}

static struct outcome find_nodes(struct layers *l)
{
    const struct people_list_layers_row *rows;
    size_t count;

    TRY(people_layers(l->scene, &rows, &count));
    l->nodes = NEW_MANY(l->scene->arena, struct node, count + 1);
    l->count = (int)count;
    for (int i = 0; i < l->count; i++) l->nodes[i] = (struct node){.row = &rows[i]};
    for (int i = 0; i < l->count; i++) l->nodes[i].above = place_of(l, rows[i].parent_id);
    return DONE;
}

/* ---- the lines of one layer ---- */

static struct consultation_board_row_view *add_row(struct layers *l, const struct tally *tally,
                                                   struct str name, struct str code)
{
    struct consultation_board_row_view *row = &l->rows[l->rows_count++];

    *row = tally_row(l->scene, l->bounds, tally);
    row->name = name;
    row->code = row->team = code;
    return row;
}

static void add_tree(struct layers *l, const struct node *node)
{
    struct consultation_board_row_view *row;

    if (!node->is_seen) return; /* (4) */
    row = add_row(l, &node->tree, name_of(l, node),
                  arena_print(l->scene->arena, "%lld", (long long)node->row->team_id));
    row->leader = node->row->person_name;
    row->below = node->below;
}

static void add_alone(struct layers *l, const struct node *node)
{
    struct consultation_board_row_view *row;

    if (!node->own) return;
    row = add_row(l, &node->own->tally, node->own->name,
                  arena_print(l->scene->arena, CONSULTATION_TEAM_ALONE "%lld",
                              (long long)node->row->team_id));
    row->leader = node->row->person_name;
    row->is_alone = true;
}

/* What is of no team, or of one that is not in the list any more. */
static void add_others(struct layers *l, const struct line_of *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        id team_id = 0;

        (void)str_to_int(lines[i].code, &team_id);
        if (place_of(l, team_id) == NOBODY_ABOVE)
            add_row(l, &lines[i].tally, lines[i].name, lines[i].code);
    }
}

/* (2) */
static void add_layer(struct layers *l, int above)
{
    if (above != NOBODY_ABOVE) {
        if (!l->nodes[above].below || l->bounds->is_alone) {
            if (l->bounds->is_alone)
                add_alone(l, &l->nodes[above]);
            else
                add_tree(l, &l->nodes[above]);
            return;
        }
        add_alone(l, &l->nodes[above]);
    }
    for (int i = 0; i < l->count; i++) {
        if (l->nodes[i].above == above) add_tree(l, &l->nodes[i]);
    }
}

/* ---- the way there, and what can be chosen ---- */

static void show_way(const struct layers *l, int above, struct consultation_board_view *v)
{
    struct consultation_board_above_view *way =
        NEW_MANY(l->scene->arena, struct consultation_board_above_view, LAYERS_MAX + 1);
    int top = place_of(l, l->bounds->team_scope), up[LAYERS_MAX + 1], count = 0;

    while (above != NOBODY_ABOVE && l->nodes[above].is_seen && count <= LAYERS_MAX) { /* (4) */
        up[count++] = above;
        if (above == top) break; /* (3) */
        above = l->nodes[above].above;
    }
    for (int i = 0; i < count; i++) {
        const struct node *node = &l->nodes[up[count - 1 - i]];

        way[i] = (struct consultation_board_above_view){
            .team = node->row->team_id,
            .name = name_of(l, node),
            .district = l->bounds->district,
            .field = l->bounds->field,
            .profession = l->bounds->profession,
            .is_here = i == count - 1,
        };
    }
    v->above = way;
    v->above_count = (size_t)count;
}

static void add_choices(const struct layers *l, int above, int layer, struct choice *made,
                        size_t *count)
{
    for (int i = 0; layer <= LAYERS_MAX && i < l->count; i++) {
        const struct node *node = &l->nodes[i];

        if (node->above != above || !node->is_seen) continue;
        made[(*count)++] = (struct choice){
            .value = arena_print(l->scene->arena, "%lld", (long long)node->row->team_id),
            .label = arena_print(l->scene->arena, "%.*s%.*s", 4 * layer, "– – – – – – – – – – ",
                                 STR_ARGS(name_of(l, node))),
            .chosen = l->bounds->team == node->row->team_id && !l->bounds->is_alone,
        };
        add_choices(l, i, layer + 1, made, count);
    }
}

static bool is_under(const struct layers *l, int place, int above)
{
    for (int layer = 0; place != NOBODY_ABOVE && layer <= LAYERS_MAX; layer++) {
        if (place == above) return true;
        place = l->nodes[place].above;
    }
    return false;
}

/* Whose layer is shown; false: nobody's, and there is no line. (3) */
static bool find_above(const struct layers *l, int *above)
{
    const struct consultation_bounds *b = l->bounds;
    int top = place_of(l, b->team_scope), chosen = place_of(l, b->team);

    *above = b->team > 0 ? chosen : top;
    if (b->team == 0 || (b->team > 0 && chosen == NOBODY_ABOVE)) return false;
    if (top == NOBODY_ABOVE || is_under(l, *above, top)) return true;
    *above = top;
    return is_under(l, top, chosen) && !b->is_alone; /* all of it that is the reader's */
}

struct outcome consultation_board_layers(struct scene *scene,
                                         const struct consultation_bounds *bounds,
                                         const struct line_of *lines, size_t count,
                                         struct consultation_board_view *v)
{
    struct layers l = {.scene = scene, .bounds = bounds};
    struct choice *choices;
    bool is_any;
    int above;

    TRY(find_nodes(&l));
    add_up(&l, lines, count);
    l.rows =
        NEW_MANY(scene->arena, struct consultation_board_row_view, (size_t)l.count + count + 1);
    is_any = find_above(&l, &above);
    if (is_any) add_layer(&l, above);
    if (bounds->team <= 0) add_others(&l, lines, count);
    v->teams = l.rows;
    v->teams_count = l.rows_count;
    if (bounds->team > 0 && is_any) show_way(&l, above, v);
    choices = NEW_MANY(scene->arena, struct choice, (size_t)l.count + 2);
    choices[0] = (struct choice){.label = text_in(scene->language, T("All"))};
    v->team_choices_count = 1;
    add_choices(&l, NOBODY_ABOVE, 0, choices, &v->team_choices_count);
    choices[v->team_choices_count++] =
        (struct choice){.value = S("0"),
                        .label = text_in(scene->language, T("No team yet")),
                        .chosen = bounds->team == 0};
    v->team_choices = choices;
    return DONE;
}
