/* forecast_import.c -- arrivals of the past from a table: day, time, profession, how many.
 *
 *     day,time,profession,arrivals,division
 *     2026-03-02,09:00,lawyer,12,310104
 *
 *  (1) All of it or nothing; what is wrong is told with the number of its row.
 *  (2) A first row that begins with no digit is a heading, in whatever script and coding.
 *  (3) Rows of one half hour are added up; a file brought in again replaces, and adds nothing.
 */
#include "bureau/forecast/forecast_views.h"
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/forecast_sql.h"

enum { ROWS_MAX = 200000, ARRIVALS_MAX = 100000 };

const struct reason forecast_row_columns = {
    "forecast.row-columns",
    T("Row %1: please write day, time, profession and number with commas between."), 0};
const struct reason forecast_row_day = {
    "forecast.row-day", T("Row %1: this is no day. Please write it like 2026-03-02."), 0};
const struct reason forecast_row_time = {
    "forecast.row-time", T("Row %1: this is no time. Please write it like 09:00."), 0};
const struct reason forecast_row_profession = {"forecast.row-profession",
                                               T("Row %1: this profession is not known here."), 0};
const struct reason forecast_row_number = {
    "forecast.row-number", T("Row %1: the number must be between 0 and 100,000."), 0};
const struct reason forecast_row_division = {"forecast.row-division",
                                             T("Row %1: this district is not known here."), 0};
const struct reason forecast_row_future = {"forecast.row-future",
                                           T("Row %1: this day is not over yet."), 0};
const struct reason forecast_too_many_rows = {
    "forecast.too-many-rows", T("That are more than 200,000 rows. Please bring them in parts."), 0};

/* "2026-03-02", and what spreadsheets make of it: "2026/3/2". */
static bool read_day(struct str text, calendar_day *day)
{
    char mark = str_find(text, S("/")) >= 0 ? '/' : '-';
    int64_t year, month, date;
    struct str rest, part = str_cut(text, mark, &rest);

    if (!str_to_int(part, &year)) return false;
    part = str_cut(rest, mark, &rest);
    if (!str_to_int(part, &month) || !str_to_int(rest, &date)) return false;
    if (year < 2000 || year > 2199 || month < 1 || month > 12 || date < 1 || date > 31)
        return false;
    if (!calendar_date_exists((int)year, (int)month, (int)date)) return false;
    *day = calendar_day_from((int)year, (int)month, (int)date);
    return true;
}

/* "09:00", "9:05" or "09:00:00": its half hour of the day. */
static bool read_half_hour(struct str text, int64_t *half_hour)
{
    struct str rest, hours = str_cut(text, ':', &rest), minutes = str_cut(rest, ':', &rest);
    int64_t hour, minute;

    if (!str_to_int(hours, &hour) || !str_to_int(minutes, &minute)) return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
    *half_hour = hour * 2 + minute / 30;
    return true;
}

struct row {
    calendar_day day;
    int64_t half_hour, arrivals;
    struct str profession, division;
};

static const struct reason *read_row(struct str line, struct row *row)
{
    struct str rest, columns[5];

    rest = line;
    for (size_t i = 0; i < COUNT(columns); i++) columns[i] = str_trim(str_cut(rest, ',', &rest));
    if (!columns[3].len) return &forecast_row_columns;
    if (!read_day(columns[0], &row->day)) return &forecast_row_day;
    if (!read_half_hour(columns[1], &row->half_hour)) return &forecast_row_time;
    row->half_hour += row->day * FORECAST_HALF_HOURS;
    row->profession = columns[2];
    if (!forecast_profession_name(columns[2])[0]) return &forecast_row_profession;
    if (!str_to_int(columns[3], &row->arrivals) || row->arrivals < 0 ||
        row->arrivals > ARRIVALS_MAX)
        return &forecast_row_number;
    row->division = columns[4];
    return NULL;
}

static struct outcome keep_row(struct scene *scene, struct row *row, int64_t number,
                               struct str *known_division)
{
    bool exists;

    if (row->day >= calendar_day_of(scene->now))
        return REFUSE_WITH(forecast_row_future,
                           arena_print(scene->arena, "%lld", (long long)number));
    if (!row->division.len) row->division = scene_scope(scene, WHO_ADMIN);
    if (!str_same(row->division, *known_division)) {
        TRY(identity_division_exists(scene, row->division, &exists));
        if (!exists)
            return REFUSE_WITH(forecast_row_division,
                               arena_print(scene->arena, "%lld", (long long)number));
        *known_division = row->division;
    }
    return forecast_set_arrivals(scene->store, row->half_hour, row->profession, row->division,
                                 row->arrivals, scene->seq);
}

static struct outcome import(struct scene *scene, const void *form, void *result)
{
    const struct forecast_import_form *f = form;
    struct forecast_imported_view *told = result;
    struct str rest = f->file.bytes, known_division = S("");

    TRY(people_need_city(scene));
    if (str_begins(rest, S("\xEF\xBB\xBF"))) rest.at += 3, rest.len -= 3;
    for (int64_t number = 1; rest.len; number++) {
        struct str line = str_trim(str_cut(rest, '\n', &rest));
        const struct reason *wrong;
        struct row row;

        if (!line.len || (number == 1 && (line.at[0] < '0' || line.at[0] > '9'))) continue;
        if (told->rows == ROWS_MAX) return REFUSE(forecast_too_many_rows);
        wrong = read_row(line, &row);
        if (wrong)
            return (struct outcome){.refusal = wrong,
                                    .detail = arena_print(scene->arena, "%lld", (long long)number)};
        TRY(keep_row(scene, &row, number, &known_division));
        told->rows++;
        told->arrivals += row.arrivals;
    }
    scene->detail = arena_print(scene->arena, "%lld rows", (long long)told->rows);
    return told->rows ? DONE : REFUSE_WITH(forecast_row_columns, S("1"));
}

const struct act forecast_act_import = {.name = "forecast.import",
                                        .who = WHO_ADMIN,
                                        .form = &forecast_import_form,
                                        .result = &forecast_imported_view,
                                        .run = import};
