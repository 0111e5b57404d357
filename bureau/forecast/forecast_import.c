/* forecast_import.c -- arrivals of the past from a table: day, time, profession, how many.
 *
 *     day,time,profession,arrivals,division
 *     2026-03-02,09:00,lawyer,12,310104
 *
 *  (1) All of it or nothing: the whole table is read before the act; what is wrong is told with the
 *      number of its row.
 *  (2) A first row that begins with no digit is a heading, in whatever script and coding.
 *  (3) Rows of one half hour are added up; a file brought in again replaces, and adds nothing.
 *  (4) Nobody else waits for a large table: the act keeps it cut into pieces and does the first,
 * the clock has the others done, one at a time.  A piece goes in the transaction that does it, so a
 *      process that dies goes on where it was and does none twice.
 *  (5) One table at a time, and none while another is taken away, which is done in parts as well:
 * of two, the later one counts.
 */
#include "bureau/forecast/forecast_views.h"
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/forecast_sql.h"

enum {
    ROWS_MAX = 200000,
    ARRIVALS_MAX = 100000,
    PIECE_BYTES = 48 * 1024, /* some 1,800 rows */
    PLAIN_BYTES_MAX = ROWS_MAX * 48,
    DIVISIONS_KNOWN_MAX = 64
};

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

static const struct reason still_busy = {
    "forecast.still-busy",
    T("Another table is still being brought in or removed. Please wait a minute and try again."),
    409};

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

/* ---- before the act: all of it is read ---- */

struct known {
    struct str divisions[DIVISIONS_KNOWN_MAX];
    size_t count;
};

static struct outcome know_division(struct scene *scene, struct known *known, struct str division,
                                    bool *exists)
{
    *exists = true;
    for (size_t i = 0; i < known->count; i++) {
        if (str_same(known->divisions[i], division)) return DONE;
    }
    TRY(identity_division_exists(scene, division, exists));
    if (*exists && known->count < DIVISIONS_KNOWN_MAX) known->divisions[known->count++] = division;
    return DONE;
}

static struct outcome check_row(struct scene *scene, struct known *known, struct str line,
                                struct row *row, const struct reason **wrong)
{
    bool exists;

    *wrong = read_row(line, row);
    if (*wrong) return DONE;
    if (row->day >= calendar_day_of(scene->now)) *wrong = &forecast_row_future;
    if (!row->division.len) row->division = scene_scope(scene, WHO_ADMIN);
    TRY(know_division(scene, known, row->division, &exists));
    if (!exists) *wrong = &forecast_row_division;
    return DONE;
}

/* What is kept is plain: nothing of what else may stand in a file, in whatever coding. */
static void put_row(struct out *out, const struct row *row)
{
    out_int(out, row->half_hour);
    OUT_LITERAL(out, ",");
    out_raw_str(out, row->profession);
    OUT_LITERAL(out, ",");
    out_raw_str(out, row->division);
    OUT_LITERAL(out, ",");
    out_int(out, row->arrivals);
    OUT_LITERAL(out, "\n");
}

static struct outcome import_prepare(struct scene *scene, void *form)
{
    struct forecast_import_form *f = form;
    struct str rest = f->file.bytes;
    struct known known = {0};
    struct out *plain = out_open(scene->arena, PLAIN_BYTES_MAX);
    int64_t rows = 0, arrivals = 0;

    TRY(people_need_city(scene));
    if (str_begins(rest, S("\xEF\xBB\xBF"))) rest.at += 3, rest.len -= 3;
    for (int64_t number = 1; rest.len; number++) {
        struct str line = str_trim(str_cut(rest, '\n', &rest));
        const struct reason *wrong;
        struct row row;

        if (!line.len || (number == 1 && (line.at[0] < '0' || line.at[0] > '9'))) continue;
        if (rows == ROWS_MAX) return REFUSE(forecast_too_many_rows);
        TRY(check_row(scene, &known, line, &row, &wrong));
        if (wrong)
            return (struct outcome){.refusal = wrong,
                                    .detail = arena_print(scene->arena, "%lld", (long long)number)};
        put_row(plain, &row);
        rows++;
        arrivals += row.arrivals;
    }
    if (!rows) return REFUSE_WITH(forecast_row_columns, S("1"));
    f->plain = out_text(plain);
    f->rows = arena_print(scene->arena, "%lld", (long long)rows);
    f->arrivals = arena_print(scene->arena, "%lld", (long long)arrivals);
    return DONE;
}

/* ---- in parts ---- */

static struct str cut_piece(struct str *rest)
{
    struct str piece = *rest;

    if (rest->len <= PIECE_BYTES) {
        *rest = S("");
        return piece;
    }
    piece.len = PIECE_BYTES;
    while (piece.at[piece.len - 1] != '\n') piece.len--;
    *rest = (struct str){rest->at + piece.len, rest->len - piece.len};
    return piece;
}

static struct outcome do_piece(struct scene *scene, id import_id, struct str piece, int64_t *rows)
{
    for (*rows = 0; piece.len; ++*rows) {
        struct str rest, columns[4], line = str_cut(piece, '\n', &piece);
        int64_t half_hour, arrivals;

        rest = line;
        for (size_t i = 0; i < COUNT(columns); i++) columns[i] = str_cut(rest, ',', &rest);
        if (!str_to_int(columns[0], &half_hour) || !str_to_int(columns[3], &arrivals))
            return FAULT("forecast: a piece of a table cannot be read");
        TRY(forecast_set_arrivals(scene->store, half_hour, columns[1], columns[2], arrivals,
                                  import_id));
    }
    return DONE;
}

static struct outcome is_busy(struct scene *scene, bool *busy)
{
    struct forecast_count_busy_row row;
    bool found;

    TRY(forecast_count_busy(scene->store, &row, &found));
    *busy = row.busy_count > 0;
    return DONE;
}

static struct outcome import(struct scene *scene, const void *form, void *result)
{
    const struct forecast_import_form *f = form;
    struct forecast_imported_view *told = result;
    struct str rest = f->plain, first;
    id import_id = scene_new_id(scene);
    int64_t number = 0, done;
    bool busy;

    TRY(people_need_city(scene));
    TRY(is_busy(scene, &busy));
    if (busy) return REFUSE(still_busy);
    str_to_int(f->rows, &told->rows);
    str_to_int(f->arrivals, &told->arrivals);
    first = cut_piece(&rest);
    TRY(do_piece(scene, import_id, first, &done));
    TRY(forecast_add_import(scene->store, import_id, scene->actor.person_id, scene->now, told->rows,
                            done, rest.len ? 0 : scene->now));
    told->import = import_id;
    told->is_going = rest.len > 0;
    while (rest.len) TRY(forecast_add_piece(scene->store, import_id, ++number, cut_piece(&rest)));
    scene_about(scene, import_id, 0);
    scene->detail = arena_print(scene->arena, "%lld rows", (long long)told->rows);
    return number ? clock_set(scene, "forecast.import_part", import_id, scene->now) : DONE;
}

static struct outcome import_part(struct scene *scene, const void *form, void *result)
{
    id import_id = ((const struct clock_form *)form)->case_id;
    struct forecast_find_import_row job;
    struct forecast_find_piece_row piece;
    int64_t rows;
    bool found;

    (void)result;
    TRY(forecast_find_import(scene->store, import_id, &job, &found));
    if (!found || job.done_at) return REFUSE(act_unknown);
    TRY(forecast_find_piece(scene->arena, scene->store, import_id, &piece, &found));
    if (!found) return FAULT("forecast: a table has no piece left and is not done");
    TRY(do_piece(scene, import_id, piece.rows_text, &rows));
    TRY(forecast_drop_piece(scene->store, import_id, piece.piece));
    rows += job.rows_done;
    TRY(forecast_set_import(scene->store, rows, rows == job.rows_count ? scene->now : 0,
                            import_id));
    scene_about(scene, import_id, job.by_id);
    scene->detail =
        arena_print(scene->arena, "%lld rows of %lld", (long long)rows, (long long)job.rows_count);
    return rows == job.rows_count ? DONE
                                  : clock_set(scene, "forecast.import_part", import_id, scene->now);
}

/* ---- taken away again ---- */

static struct outcome forget_some(struct scene *scene, struct str profession, bool *more)
{
    struct forecast_find_forget_row until, left;
    bool found;

    TRY(forecast_find_forget(scene->store, profession, &until, &found));
    TRY(forecast_drop_arrivals(scene->store, profession, until.half_hour));
    TRY(forecast_find_forget(scene->store, profession, &left, &found));
    *more = left.rows_count > 0;
    return DONE;
}

static id number_of(struct str profession)
{
    for (size_t i = 0; i < FORECAST_PROFESSIONS; i++) {
        if (str_same(str_of(forecast_professions[i]), profession)) return (id)i + 1;
    }
    return 0;
}

static struct outcome forget(struct scene *scene, const void *form, void *result)
{
    const struct forecast_forget_form *f = form;
    struct forecast_find_forget_row some;
    bool busy, found, more;

    (void)result;
    TRY(people_need_city(scene));
    TRY(forecast_find_forget(scene->store, f->profession, &some, &found));
    if (!some.rows_count || !number_of(f->profession)) return REFUSE(act_unknown);
    TRY(is_busy(scene, &busy));
    if (busy) return REFUSE(still_busy);
    scene->detail = f->profession;
    TRY(forget_some(scene, f->profession, &more));
    if (!more) return DONE;
    TRY(forecast_add_forget(scene->store, f->profession, scene->now));
    return clock_set(scene, "forecast.forget_part", number_of(f->profession), scene->now);
}

static struct outcome forget_part(struct scene *scene, const void *form, void *result)
{
    id number = ((const struct clock_form *)form)->case_id;
    struct str profession;
    bool more;

    (void)result;
    if (number < 1 || number > FORECAST_PROFESSIONS) return REFUSE(act_unknown);
    profession = str_of(forecast_professions[number - 1]);
    scene->detail = profession;
    TRY(forget_some(scene, profession, &more));
    return more ? clock_set(scene, "forecast.forget_part", number, scene->now)
                : forecast_drop_forget(scene->store, profession);
}

const struct act forecast_act_import = {.name = "forecast.import",
                                        .who = WHO_ADMIN,
                                        .form = &forecast_import_form,
                                        .result = &forecast_imported_view,
                                        .prepare = import_prepare,
                                        .slow = true,
                                        .run = import};
const struct act forecast_act_import_part = {
    .name = "forecast.import_part", .who = WHO_SYSTEM, .run = import_part};
const struct act forecast_act_forget = {
    .name = "forecast.forget", .who = WHO_ADMIN, .form = &forecast_forget_form, .run = forget};
const struct act forecast_act_forget_part = {
    .name = "forecast.forget_part", .who = WHO_SYSTEM, .run = forget_part};
