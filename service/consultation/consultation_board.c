/* consultation_board.c -- the board: what goes on, counted.
 *
 *  (1) Every number is counted within the watcher's bounds, by the query itself.
 *  (2) Every number is the number of rows behind its link (consultation_board_cases.c).
 *  (3) Five queries, each along an index, count everything once; the tables are sums of that.
 */
#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar.h"
#include "desk/identity/identity_acts.h"
#include "platform/journal.h"
#include "service/consultation/consultation_board_count.h"
#include "service/consultation/consultation_pages.h"

enum dimension { BY_DISTRICT, BY_TEAM, BY_FIELD, BY_PROFESSION, BY_CHANNEL, DIMENSIONS };
enum { ALARMS_SHOWN = 6 }; /* the most pressing; the others are a link away */
enum { KEYS_MAX = 1024 };  /* districts, teams, fields or professions on one board */

struct board {
    struct scene *scene;
    struct consultation_bounds bounds;
    struct tally total;
    struct line_of *lines[DIMENSIONS];
    size_t counts[DIMENSIONS];
};

/* ---- adding up ---- */

/* The line something is counted in; what is of a district and of no street has one of its own. */
static struct str place_of(const struct board *board, struct str division)
{
    if (!consultation_bounds_by_street(&board->bounds)) {
        if (division.len > CONSULTATION_DISTRICT_DIGITS)
            division.len = CONSULTATION_DISTRICT_DIGITS;
    } else if (division.len == CONSULTATION_DISTRICT_DIGITS) {
        division = arena_print(board->scene->arena, "%.*s000", STR_ARGS(division));
    } else if (division.len > CONSULTATION_STREET_DIGITS) {
        division.len = CONSULTATION_STREET_DIGITS;
    }
    return division;
}

static struct line_of *line_for(struct board *board, enum dimension by, struct str code)
{
    struct line_of *lines = board->lines[by];

    for (size_t i = 0; i < board->counts[by]; i++) {
        if (str_same(lines[i].code, code)) return &lines[i];
    }
    if (board->counts[by] == KEYS_MAX) return NULL;
    lines[board->counts[by]].code = code;
    return &lines[board->counts[by]++];
}

static struct outcome add_up(struct board *board, struct str division, id team_id, struct str field,
                             struct str profession, struct str channel, const struct tally *tally)
{
    struct str codes[DIMENSIONS] = {place_of(board, division),
                                    arena_print(board->scene->arena, "%lld", (long long)team_id),
                                    field, profession, channel};

    tally_add(&board->total, tally);
    for (int by = 0; by < DIMENSIONS; by++) {
        struct line_of *line;

        if (codes[by].len == 0) continue; /* somebody on line has no one field, and no channel */
        line = line_for(board, (enum dimension)by, codes[by]);
        if (!line) return FAULT("more on the board than KEYS_MAX");
        tally_add(&line->tally, tally);
    }
    return DONE;
}

static struct outcome count_open(struct board *board)
{
    struct scene *scene = board->scene;
    const struct consultation_bounds *b = &board->bounds;
    const struct consultation_list_board_open_row *rows;
    size_t count;

    TRY(consultation_list_board_open(scene->arena, scene->store, b->scope, b->district, scene->now,
                                     b->team_scope, b->team, b->above, b->field, b->profession,
                                     &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct tally tally = {.waiting = rows[i].waiting_count,
                              .at_hall = rows[i].hall_count,
                              .talking = rows[i].talking_count,
                              .written = rows[i].message_count,
                              .at_risk = rows[i].risk_count,
                              .overdue = rows[i].overdue_count};
        struct str since = str_cut(rows[i].longest_text, ' ', &tally.longest);

        if (!str_to_int(since, &tally.waiting_since)) tally.waiting_since = 0;
        TRY(add_up(board, rows[i].division, rows[i].team_id, rows[i].field, rows[i].profession,
                   rows[i].channel, &tally));
    }
    return DONE;
}

static struct outcome count_ended(struct board *board)
{
    struct scene *scene = board->scene;
    const struct consultation_bounds *b = &board->bounds;
    const struct consultation_list_board_ended_row *rows;
    size_t count;

    TRY(consultation_list_board_ended(scene->arena, scene->store, b->scope, b->district,
                                      consultation_today(scene->now), b->team_scope, b->team,
                                      b->above, b->field, b->profession, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_up(
            board, rows[i].division, rows[i].team_id, rows[i].field, rows[i].profession,
            rows[i].channel,
            &(struct tally){.answered = rows[i].answered_count, .closed = rows[i].closed_count}));
    return DONE;
}

static struct outcome count_waits(struct board *board)
{
    struct scene *scene = board->scene;
    const struct consultation_bounds *b = &board->bounds;
    const struct consultation_list_board_waits_row *rows;
    size_t count;

    TRY(consultation_list_board_waits(scene->arena, scene->store, b->scope, b->district,
                                      consultation_today(scene->now), b->team_scope, b->team,
                                      b->above, b->field, b->profession, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_up(board, rows[i].division, rows[i].team_id, rows[i].field, rows[i].profession,
                   rows[i].channel,
                   &(struct tally){.waits_over = rows[i].over_count, .left = rows[i].left_count}));
    return DONE;
}

static struct outcome count_rated(struct board *board)
{
    struct scene *scene = board->scene;
    const struct consultation_bounds *b = &board->bounds;
    const struct consultation_list_board_rated_row *rows;
    size_t count;

    TRY(consultation_list_board_rated(scene->arena, scene->store,
                                      &(struct consultation_list_board_rated_values){
                                          .at__today = consultation_today(scene->now),
                                          .at = scene->now - CONSULTATION_RATED_SECONDS,
                                          .division__scope = b->scope,
                                          .division__chosen = b->district,
                                          .team_id__scope = b->team_scope,
                                          .team_id__chosen = b->team,
                                          .team_id__above = b->above,
                                          .field__chosen = b->field,
                                          .profession__chosen = b->profession},
                                      &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_up(board, rows[i].division, rows[i].team_id, rows[i].field, rows[i].profession,
                   rows[i].channel,
                   &(struct tally){.rated = rows[i].rated_count,
                                   .stars = rows[i].stars_sum,
                                   .rated_today = rows[i].rated_today_count,
                                   .stars_today = rows[i].stars_today_sum}));
    return DONE;
}

static struct outcome count_on_line(struct board *board)
{
    struct scene *scene = board->scene;
    const struct consultation_bounds *b = &board->bounds;
    const struct consultation_list_board_consultants_row *rows;
    const struct consultation_list_board_fields_known_row *fields;
    moment seen_at;
    size_t count;

    TRY(assignment_seen_since(scene, &seen_at));
    TRY(consultation_list_board_consultants(scene->arena, scene->store, seen_at, b->scope,
                                            b->district, b->team_scope, b->team, b->above,
                                            b->profession, b->field, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_up(board, rows[i].division, rows[i].team_id, S(""), rows[i].profession, S(""),
                   &(struct tally){.on_line = 1}));
    TRY(consultation_list_board_fields_known(scene->arena, scene->store, seen_at, b->scope,
                                             b->district, b->team_scope, b->team, b->above,
                                             b->profession, b->field, &fields, &count));
    for (size_t i = 0; i < count; i++) {
        struct line_of *line = line_for(board, BY_FIELD, fields[i].field);

        if (!line) return FAULT("more on the board than KEYS_MAX");
        line->tally.on_line = fields[i].on_line_count;
    }
    return DONE;
}

/* Whoever is meant to be there now; they have no one field. */
static struct outcome count_rostered(struct board *board)
{
    struct scene *scene = board->scene;
    const struct consultation_bounds *b = &board->bounds;
    const struct consultation_list_board_rostered_row *rows;
    moment seen_at;
    size_t count;

    if (b->field.len) return DONE;
    TRY(assignment_seen_since(scene, &seen_at));
    TRY(consultation_list_board_rostered(
        scene->arena, scene->store,
        &(struct consultation_list_board_rostered_values){
            .seen_at = seen_at,
            .starts_at__from = scene->now - CONSULTATION_SHIFT_SECONDS,
            .starts_at = scene->now,
            .ends_at = scene->now,
            .division__scope = b->scope,
            .division__chosen = b->district,
            .team_id__scope = b->team_scope,
            .team_id__chosen = b->team,
            .team_id__above = b->above,
            .profession__chosen = b->profession},
        &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_up(board, rows[i].division, rows[i].team_id, S(""), rows[i].profession, S(""),
                   &(struct tally){.rostered = 1, .kept = rows[i].on_line_count}));
    return DONE;
}

/* ---- lines that stand on the board even when nothing goes on there ---- */

static void seed(struct board *board, enum dimension by, struct str code, struct str name)
{
    struct line_of *line = line_for(board, by, code);

    if (line) line->name = name;
}

/* Those of the children that lie in the watcher's scope, or that it lies in. */
static struct outcome find_places(struct board *board, struct str parent, struct choice *made,
                                  size_t *count)
{
    const struct identity_division *rows;
    size_t found;

    TRY(identity_division_children(board->scene, parent, &rows, &found));
    for (size_t i = 0; i < found && *count < KEYS_MAX; i++) {
        struct str scope = board->bounds.scope;

        if (scope.len > rows[i].division.len) scope.len = rows[i].division.len;
        if (!str_begins(rows[i].division, scope)) continue;
        made[(*count)++] = (struct choice){
            .value = rows[i].division,
            .label = board->scene->language == LANGUAGE_EN ? rows[i].name_en : rows[i].name_zh,
            .chosen = str_same(rows[i].division, board->bounds.district)};
        if (made[*count - 1].label.len == 0) made[*count - 1].label = rows[i].name_zh;
    }
    return DONE;
}

static struct outcome seed_places(struct board *board)
{
    struct choice *places = NEW_MANY(board->scene->arena, struct choice, KEYS_MAX);
    struct str parent = {board->bounds.scope.at, CONSULTATION_CITY_DIGITS};
    size_t count = 0;

    if (board->bounds.scope.len < CONSULTATION_CITY_DIGITS) return DONE;
    if (consultation_bounds_by_street(&board->bounds))
        parent = consultation_bounds_district(&board->bounds);
    TRY(find_places(board, parent, places, &count));
    for (size_t i = 0; i < count; i++) seed(board, BY_DISTRICT, places[i].value, places[i].label);
    return DONE;
}

/* The districts one may choose, and the streets of the one that is told apart. */
static struct outcome place_choices(struct board *board, struct consultation_board_view *v)
{
    struct choice *made = NEW_MANY(board->scene->arena, struct choice, 2 * KEYS_MAX);
    struct str city = {board->bounds.scope.at, CONSULTATION_CITY_DIGITS};
    size_t count = 0;

    made[count++] = (struct choice){.label = text_in(board->scene->language, T("All"))};
    if (board->bounds.scope.len >= CONSULTATION_CITY_DIGITS) {
        TRY(find_places(board, city, made, &count));
        if (consultation_bounds_by_street(&board->bounds))
            TRY(find_places(board, consultation_bounds_district(&board->bounds), made, &count));
    }
    v->district_choices = made;
    v->district_choices_count = count;
    return DONE;
}

static struct outcome seed_teams(struct board *board)
{
    const struct people_list_teams_row *rows;
    struct scene *scene = board->scene;
    size_t count;

    TRY(people_teams(scene, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        id own = board->bounds.team_scope;
        bool is_seen = str_begins(rows[i].division, board->bounds.scope);

        if (own) TRY(people_is_below(scene, own, rows[i].team_id, &is_seen));
        if (!is_seen) continue;
        seed(board, BY_TEAM, arena_print(scene->arena, "%lld", (long long)rows[i].team_id),
             scene->language == LANGUAGE_EN ? rows[i].team_en : rows[i].team_zh);
    }
    return DONE;
}

/* Others stand there when somebody came by them. */
static const char *const channels_seeded[] = {"web", "hotline", "window"};

static struct outcome seed_fields(struct board *board)
{
    const struct people_list_fields_row *rows;
    struct scene *scene = board->scene;
    size_t count;

    TRY(people_fields(scene, &rows, &count));
    for (size_t i = 0; i < count; i++)
        seed(board, BY_FIELD, rows[i].field,
             scene->language == LANGUAGE_EN ? rows[i].field_en : rows[i].field_zh);
    for (size_t i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        struct str profession = str_of(consultation_professions[i]);

        seed(board, BY_PROFESSION, profession,
             consultation_board_profession_name(scene, profession));
    }
    for (size_t i = 0; i < COUNT(channels_seeded); i++)
        seed(board, BY_CHANNEL, str_of(channels_seeded[i]),
             supervision_channel_name(scene, str_of(channels_seeded[i])));
    return DONE;
}

static struct outcome name_line(struct board *board, enum dimension by, struct line_of *line)
{
    id team_id = 0;

    if (line->name.len) return DONE;
    switch (by) {
    case BY_DISTRICT:
        return consultation_board_district_name(board->scene, line->code, &line->name);
    case BY_TEAM:
        (void)str_to_int(line->code, &team_id);
        return consultation_board_team_name(board->scene, team_id, &line->name);
    case BY_FIELD: return people_field_name(board->scene, line->code, &line->name);
    case BY_CHANNEL: line->name = supervision_channel_name(board->scene, line->code); return DONE;
    default: line->name = consultation_board_profession_name(board->scene, line->code); return DONE;
    }
}

/* ---- showing ---- */

static struct str chosen_of(const struct board *board, enum dimension by)
{
    const struct consultation_bounds *b = &board->bounds;

    switch (by) {
    case BY_DISTRICT: return b->district;
    case BY_FIELD: return b->field;
    case BY_PROFESSION: return b->profession;
    default: return S(""); /* teams: consultation_board_teams.c */
    }
}

static struct outcome rows_of(struct board *board, enum dimension by,
                              const struct consultation_board_row_view **rows, size_t *count)
{
    struct consultation_board_row_view *made =
        NEW_MANY(board->scene->arena, struct consultation_board_row_view, board->counts[by] + 1);
    struct str chosen = chosen_of(board, by);

    *count = 0;
    for (size_t i = 0; i < board->counts[by]; i++) {
        struct line_of *line = &board->lines[by][i];
        struct consultation_board_row_view *row = &made[*count];

        TRY(name_line(board, by, line));
        if (chosen.len && !str_same(chosen, line->code) &&
            !(by == BY_DISTRICT && chosen.len == CONSULTATION_DISTRICT_DIGITS &&
              str_begins(line->code, chosen)))
            continue;
        *row = tally_row(board->scene, &board->bounds, &line->tally);
        row->code = line->code;
        row->name = line->name;
        if (by == BY_DISTRICT) row->district = line->code;
        if (by == BY_FIELD) row->field = line->code;
        if (by == BY_PROFESSION) row->profession = line->code;
        if (by == BY_CHANNEL) row->channel = line->code;
        (*count)++;
    }
    *rows = made;
    return DONE;
}

/* What can be chosen: what stands on the board, with "all" before it. */
static const struct choice *choices_of(struct board *board, enum dimension by, size_t *count)
{
    struct scene *scene = board->scene;
    struct str chosen = chosen_of(board, by);
    struct choice *made = NEW_MANY(scene->arena, struct choice, board->counts[by] + 1);

    made[0] = (struct choice){.label = text_in(scene->language, T("All"))};
    *count = board->counts[by] + 1;
    for (size_t i = 0; i < board->counts[by]; i++) {
        const struct line_of *line = &board->lines[by][i];

        made[i + 1] = (struct choice){
            .value = line->code, .label = line->name, .chosen = str_same(line->code, chosen)};
    }
    return made;
}

static void set_tables(struct board *board, struct consultation_board_view *v)
{
    struct scene *scene = board->scene;
    struct consultation_board_table_view *tables =
        NEW_MANY(scene->arena, struct consultation_board_table_view, DIMENSIONS);

    tables[0] = (struct consultation_board_table_view){
        .anchor = S("districts"),
        .title = consultation_bounds_by_street(&board->bounds)
                     ? text_in(scene->language, T("By street"))
                     : text_in(scene->language, T("By district")),
        .is_open = !v->is_leader,
        .has_people = true,
        .rows = v->districts,
        .rows_count = v->districts_count};
    tables[1] =
        (struct consultation_board_table_view){.anchor = S("teams"),
                                               .title = text_in(scene->language, T("By team")),
                                               .is_open = v->is_leader || board->bounds.team >= 0,
                                               .has_people = true,
                                               .has_layers = true,
                                               .above = v->above,
                                               .above_count = v->above_count,
                                               .rows = v->teams,
                                               .rows_count = v->teams_count};
    tables[2] = (struct consultation_board_table_view){
        .anchor = S("fields"),
        .title = text_in(scene->language, T("By field of law")),
        .has_people = true,
        .rows = v->fields,
        .rows_count = v->fields_count};
    tables[3] = (struct consultation_board_table_view){
        .anchor = S("professions"),
        .title = text_in(scene->language, T("By profession")),
        .has_people = true,
        .rows = v->professions,
        .rows_count = v->professions_count};
    tables[4] =
        (struct consultation_board_table_view){.anchor = S("channels"),
                                               .title = text_in(scene->language, T("By channel")),
                                               .rows = v->channels,
                                               .rows_count = v->channels_count};
    v->tables = tables;
    v->tables_count = DIMENSIONS;
}

static struct outcome count_all(struct board *board)
{
    for (int by = 0; by < DIMENSIONS; by++)
        board->lines[by] = NEW_MANY(board->scene->arena, struct line_of, KEYS_MAX);
    TRY(seed_places(board));
    TRY(seed_teams(board));
    TRY(seed_fields(board));
    TRY(count_open(board));
    TRY(count_ended(board));
    TRY(count_waits(board));
    TRY(count_rated(board));
    TRY(count_rostered(board));
    return count_on_line(board);
}

static struct outcome show_alarms(struct scene *scene, struct str district,
                                  struct consultation_board_view *v)
{
    struct supervision_standing standing;

    TRY(supervision_open_alarms(scene, district, ALARMS_SHOWN, &standing));
    v->alarms = standing.alarms;
    v->alarms_count = standing.count;
    v->alarms_open = standing.standing;
    v->alarms_unseen = standing.unseen;
    return DONE;
}

struct outcome consultation_show_board(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_board_form *f = query;
    struct consultation_board_view *v = view;
    struct consultation_board_row_view *total =
        NEW(scene->arena, struct consultation_board_row_view);
    struct board board = {
        .scene = scene,
        .bounds = consultation_bounds_of(scene, f->district, f->team, f->field, f->profession)};

    v->at = scene->now;
    TRY(consultation_board_ladder(scene, f, v));
    v->passed = f->passed;
    v->is_leader = board.bounds.team_scope != 0;
    v->is_bounded = f->district.len || f->team.len || f->field.len || f->profession.len;
    /* Told from before it was counted: what moves meanwhile is told once more, never missed. */
    TRY(journal_last(scene->store, &v->stream_after));
    TRY(count_all(&board));
    *total = tally_row(scene, &board.bounds, &board.total);
    total->name = text_in(scene->language, T("All"));
    v->total = total;
    TRY(rows_of(&board, BY_DISTRICT, &v->districts, &v->districts_count));
    for (size_t i = 0; i < board.counts[BY_TEAM]; i++)
        TRY(name_line(&board, BY_TEAM, &board.lines[BY_TEAM][i]));
    TRY(consultation_board_layers(scene, &board.bounds, board.lines[BY_TEAM], board.counts[BY_TEAM],
                                  v));
    TRY(rows_of(&board, BY_FIELD, &v->fields, &v->fields_count));
    TRY(rows_of(&board, BY_PROFESSION, &v->professions, &v->professions_count));
    TRY(rows_of(&board, BY_CHANNEL, &v->channels, &v->channels_count));
    set_tables(&board, v);
    TRY(show_alarms(scene, f->district, v));
    TRY(place_choices(&board, v));
    v->field_choices = choices_of(&board, BY_FIELD, &v->field_choices_count);
    v->profession_choices = choices_of(&board, BY_PROFESSION, &v->profession_choices_count);
    return DONE;
}
