/* supervision_read.c -- a report as one reader may see it: the numbers of the reader's own scope.
 *
 *  (1) Numbers come from the sums that were stored for exactly this scope; whoever watches less
 *      than a district has them added up from the same facts.
 *  (2) What a line compares itself with is the newest edition of the period before. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_report_views.h"
#include "desk/identity/identity_acts.h"

const char *const supervision_by_words[SUPERVISION_BYS] = {
    [SUPERVISION_BY_ALL] = "",
    [SUPERVISION_BY_DIVISION] = "division",
    [SUPERVISION_BY_TEAM] = "team",
    [SUPERVISION_BY_CHANNEL] = "channel",
    [SUPERVISION_BY_PROFESSION] = "profession",
    [SUPERVISION_BY_FIELD] = "field",
};

enum { CITY_DIGITS = 2, DISTRICT_DIGITS = 6, STREET_DIGITS = 9, LINES_MAX = 2000 };

int64_t supervision_key_digits(const struct supervision_scope *scope)
{
    if (scope->team_id || scope->division.len <= CITY_DIGITS) return DISTRICT_DIGITS;
    return scope->division.len <= DISTRICT_DIGITS ? STREET_DIGITS : 12;
}

/* ---- names ---- */

struct str supervision_channel_name(const struct scene *scene, struct str channel)
{
    static const struct {
        const char *word, *name;
    } names[] = {{"web", T("Web page")},
                 {"api", T("By program")},
                 {"hotline", T("Hotline 12348")},
                 {"wechat", T("WeChat")},
                 {"terminal", T("Terminal")},
                 {"sms", T("SMS")},
                 {"miniprogram", T("Mini-program")},
                 {"window", T("Service window")}};

    for (size_t i = 0; i < COUNT(names); i++) {
        if (str_same(channel, str_of(names[i].word)))
            return text_in(scene->language, names[i].name);
    }
    return channel;
}

struct outcome supervision_key_name(struct scene *scene, enum supervision_by by, struct str key,
                                    struct str *name)
{
    id team_id = 0;

    *name = key;
    switch (by) {
    case SUPERVISION_BY_DIVISION: return supervision_place_name(scene, key, name);
    case SUPERVISION_BY_TEAM:
        (void)str_to_int(key, &team_id);
        TRY(supervision_team_name(scene, team_id, name));
        if (!name->len) *name = text_in(scene->language, T("No team yet"));
        return DONE;
    case SUPERVISION_BY_CHANNEL: *name = supervision_channel_name(scene, key); return DONE;
    case SUPERVISION_BY_PROFESSION:
        *name = people_profession_name(scene->language, key);
        return DONE;
    case SUPERVISION_BY_FIELD: return people_field_name(scene, key, name);
    default: *name = text_in(scene->language, T("All")); return DONE;
    }
}

struct str supervision_days_text(struct scene *scene, enum supervision_period period,
                                 struct supervision_days days)
{
    struct out *first = out_open(scene->arena, 64), *last = out_open(scene->arena, 64);
    struct calendar_date date = calendar_date_of(days.first);

    if (period == SUPERVISION_MONTH)
        return arena_print(scene->arena, scene->language == LANGUAGE_EN ? "%04d-%02d" : "%d年%d月",
                           date.year, date.month);
    out_day(first, scene->language, calendar_day_begins(days.first));
    if (period == SUPERVISION_DAY) return out_text(first);
    out_day(last, scene->language, calendar_day_begins(days.end) - 1);
    return arena_print(scene->arena, "%.*s – %.*s", STR_ARGS(out_text(first)),
                       STR_ARGS(out_text(last)));
}

struct str supervision_value_text(struct scene *scene, const struct supervision_column *column,
                                  int64_t value)
{
    bool is_tenths = column->measure == SUPERVISION_SHARE ||
                     (column->measure == SUPERVISION_MEAN && column->figure == RECORD_rated);

    if (value < 0) return S("");
    if (is_tenths)
        return arena_print(scene->arena, "%lld.%lld", (long long)(value / 10),
                           (long long)(value % 10));
    return arena_print(scene->arena, "%lld", (long long)value);
}

/* ---- numbers ---- */

static struct outcome find_sums(struct scene *scene, id report_id,
                                const struct supervision_scope *scope, const char *by,
                                const struct supervision_list_sums_row **rows, size_t *count)
{
    const struct supervision_list_street_sums_row *street;
    struct supervision_list_sums_row *made;

    if (scope->team_id || scope->division.len == CITY_DIGITS ||
        scope->division.len == DISTRICT_DIGITS)
        return supervision_list_sums(scene->arena, scene->store, report_id, scope->division,
                                     scope->team_id, str_of(by), rows, count);
    TRY(supervision_list_street_sums(scene->arena, scene->store, str_of(by), report_id,
                                     scope->division, &street, count));
    made = NEW_MANY(scene->arena, struct supervision_list_sums_row, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct supervision_list_sums_row){street[i].sum_key,   street[i].report_figure,
                                                     street[i].sum_count, street[i].sum_amount,
                                                     street[i].sum_max,   street[i].sum_within};
    *rows = made;
    return DONE;
}

static void put(struct supervision_sums *sums, const struct supervision_list_sums_row *row)
{
    enum record_figure figure;

    if (!record_figure_of(row->report_figure, &figure)) return;
    sums->of[figure] =
        (struct supervision_sum){row->sum_count, row->sum_amount, row->sum_max, row->sum_within};
}

static struct supervision_line *line_of(struct supervision_table *table, struct str key)
{
    for (size_t i = 0; i < table->count; i++) {
        if (str_same(table->lines[i].key, key)) return &table->lines[i];
    }
    return NULL;
}

static struct outcome read_table(struct scene *scene, struct supervision_report *report,
                                 enum supervision_by by)
{
    struct supervision_table *table = &report->tables[by];
    const struct supervision_list_sums_row *rows;
    size_t count;

    TRY(find_sums(scene, report->row.report_id, &report->scope, supervision_by_words[by], &rows,
                  &count));
    table->lines = NEW_MANY(scene->arena, struct supervision_line, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct supervision_line *line = table->count ? &table->lines[table->count - 1] : NULL;

        if (!line || !str_same(line->key, rows[i].sum_key)) {
            if (table->count == LINES_MAX) return FAULT("a report of more lines than LINES_MAX");
            line = &table->lines[table->count++];
            line->key = rows[i].sum_key;
            TRY(supervision_key_name(scene, by, line->key, &line->name));
        }
        put(&line->now, &rows[i]);
    }
    if (!report->before_id) return DONE;
    TRY(find_sums(scene, report->before_id, &report->scope, supervision_by_words[by], &rows,
                  &count));
    for (size_t i = 0; i < count; i++) {
        struct supervision_line *line = line_of(table, rows[i].sum_key);

        if (line) put(&line->before, &rows[i]);
    }
    return DONE;
}

static struct outcome read_all(struct scene *scene, struct supervision_report *report)
{
    const struct supervision_list_sums_row *rows;
    size_t count;

    report->all.name = text_in(scene->language, T("All"));
    TRY(find_sums(scene, report->row.report_id, &report->scope, "", &rows, &count));
    for (size_t i = 0; i < count; i++) put(&report->all.now, &rows[i]);
    if (!report->before_id) return DONE;
    TRY(find_sums(scene, report->before_id, &report->scope, "", &rows, &count));
    for (size_t i = 0; i < count; i++) put(&report->all.before, &rows[i]);
    return DONE;
}

/* ---- who was there, and how the work was spread ---- */

static struct outcome read_duty(struct scene *scene, struct supervision_report *report)
{
    bool compares = !report->scope.team_id && report->scope.division.len == CITY_DIGITS;
    const struct supervision_table *table = &report->tables[SUPERVISION_BY_DIVISION];
    const struct identity_division *divisions;
    const struct supervision_list_duty_row *rows;
    struct supervision_limits limits;
    size_t count, divisions_count;

    TRY(supervision_list_duty(scene->arena, scene->store, report->days.first, report->days.end,
                              report->scope.division, report->scope.team_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        report->on_line_minutes += rows[i].on_line_minutes;
        report->rostered_minutes += rows[i].rostered_minutes;
        report->kept_minutes += rows[i].kept_minutes;
    }
    report->middle = -1;
    if (!compares) return DONE;
    TRY(identity_division_children(scene, report->scope.division, &divisions, &divisions_count));
    if (divisions_count > SUPERVISION_LOADS_MAX) divisions_count = SUPERVISION_LOADS_MAX;
    report->loads = NEW_MANY(scene->arena, struct supervision_load, divisions_count + 1);
    report->load_names = NEW_MANY(scene->arena, struct str, divisions_count + 1);
    report->load_keys = NEW_MANY(scene->arena, struct str, divisions_count + 1);
    report->loads_count = divisions_count;
    for (size_t i = 0; i < divisions_count; i++) {
        report->load_keys[i] = divisions[i].division;
        report->load_names[i] =
            scene->language == LANGUAGE_EN ? divisions[i].name_en : divisions[i].name_zh;
        for (size_t k = 0; k < count; k++) {
            if (str_same(rows[k].division, divisions[i].division))
                report->loads[i].minutes += rows[k].on_line_minutes;
        }
        for (size_t k = 0; k < table->count; k++) {
            if (str_same(table->lines[k].key, divisions[i].division))
                report->loads[i].cases = table->lines[k].now.of[RECORD_opened].count;
        }
    }
    TRY(supervision_limits(scene, &limits));
    report->middle =
        supervision_weigh(report->loads, report->loads_count, limits.value[SUPERVISION_LOAD_HIGH],
                          limits.value[SUPERVISION_LOAD_LOW]);
    return DONE;
}

static struct outcome find_before(struct scene *scene, struct supervision_report *report)
{
    struct supervision_days days = supervision_days_before(report->period, report->days);
    struct supervision_find_newest_row row;
    bool found;

    TRY(supervision_find_newest(scene->store, report->row.period, calendar_day_begins(days.first),
                                &row, &found));
    report->before_id = found ? row.report_id : 0;
    return DONE;
}

static struct outcome name_place(struct scene *scene, struct supervision_report *report)
{
    if (report->scope.team_id)
        return supervision_team_name(scene, report->scope.team_id, &report->place);
    if (report->scope.division.len > CITY_DIGITS)
        return supervision_area_name(scene, report->scope.division, &report->place);
    TRY(identity_division_name(scene, report->scope.division, &report->place));
    if (!report->place.len) report->place = report->scope.division;
    return DONE;
}

struct outcome supervision_read(struct scene *scene, id report_id,
                                struct supervision_report *report)
{
    static const char *const titles[SUPERVISION_BYS] = {
        [SUPERVISION_BY_ALL] = "",
        [SUPERVISION_BY_DIVISION] = T("By district"),
        [SUPERVISION_BY_TEAM] = T("By team"),
        [SUPERVISION_BY_CHANNEL] = T("By channel"),
        [SUPERVISION_BY_PROFESSION] = T("By profession"),
        [SUPERVISION_BY_FIELD] = T("By field of law"),
    };
    bool found;

    *report = (struct supervision_report){.scope = supervision_scope_of(scene)};
    if (str_same(report->scope.division, S("-"))) return REFUSE(act_not_yours);
    TRY(supervision_find_report(scene->arena, scene->store, report_id, &report->row, &found));
    if (!found) return REFUSE(act_unknown);
    if (!supervision_period_of(report->row.period, &report->period))
        return FAULT("a report of no period");
    report->days = (struct supervision_days){calendar_day_of(report->row.from_at),
                                             calendar_day_of(report->row.until_at)};
    TRY(find_before(scene, report));
    TRY(name_place(scene, report));
    TRY(read_all(scene, report));
    for (int by = SUPERVISION_BY_DIVISION; by < SUPERVISION_BYS; by++) {
        report->tables[by].title = titles[by];
        if (by == SUPERVISION_BY_DIVISION && report->scope.division.len > CITY_DIGITS)
            report->tables[by].title = T("By street");
        TRY(read_table(scene, report, (enum supervision_by)by));
    }
    return read_duty(scene, report);
}
