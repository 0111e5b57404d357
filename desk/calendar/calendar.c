/* calendar.c -- days, kinds of day, and what is due after so many working days.
 *
 * Invariants 1, 2 and 4 to 7 of calendar.h are kept here; opening hours are in calendar_hours.c.
 */
#include "desk/calendar/calendar.h"

enum {
    ZONE_SECONDS = 8 * SECONDS_PER_HOUR, /* Asia/Shanghai */
    DAYS_PER_ERA = 146097,               /* 400 years of the Gregorian calendar */
    ERA_TO_1970 = 719468,                /* days from 0000-03-01 to 1970-01-01 */
    YEAR_FIRST = 1970,                   /* the years a calendar file may be for */
    YEAR_LAST = 2199
};

static const calendar_day DAY_MIN = -719162; /* 0001-01-01 */
static const calendar_day DAY_MAX = 2932896; /* 9999-12-31 */

const struct reason calendar_year_missing = {
    "calendar.year_missing",
    T("The public holidays of %1 have not been entered yet, so working days in %1 cannot be "
      "counted. Please tell the office: an administrator adds the calendar of %1."),
    503, SECONDS_PER_HOUR};
const struct reason calendar_count_wrong = {
    "calendar.count_wrong", T("The number of working days must be between 0 and 1000."), 0};

/* ---- days and moments ---- */

/* Rounds down; the remainder is never negative. */
static int64_t divide(int64_t number, int64_t by, int64_t *left)
{
    int64_t whole = number / by, rest = number % by;

    if (rest < 0) whole--, rest += by;
    if (left) *left = rest;
    return whole;
}

/* Split first and shifted to the zone after, so that no moment is too large to add to. */
static calendar_day split(moment at, int64_t *second)
{
    calendar_day day = divide(at, SECONDS_PER_DAY, second);

    *second += ZONE_SECONDS;
    if (*second >= SECONDS_PER_DAY) day++, *second -= SECONDS_PER_DAY;
    return day;
}

calendar_day calendar_day_of(moment at)
{
    int64_t second;

    return split(at, &second);
}

int calendar_minute_of(moment at)
{
    int64_t second;

    split(at, &second);
    return (int)(second / SECONDS_PER_MINUTE);
}

moment calendar_day_begins(calendar_day day)
{
    assert(day >= DAY_MIN && day <= DAY_MAX + 1);
    return day * SECONDS_PER_DAY - ZONE_SECONDS;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool calendar_date_exists(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
    return day <= days[month - 1] + (month == 2 && is_leap(year));
}

/* The year is taken to begin in March, so that the leap day is its last and every month starts
 * (153 * month + 2) / 5 days into it. */
calendar_day calendar_day_from(int year, int month, int day)
{
    int64_t march_year = month > 2 ? year : year - 1, year_of_era;
    int64_t era = divide(march_year, 400, &year_of_era);
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    assert(calendar_date_exists(year, month, day));
    return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
           day_of_year - ERA_TO_1970;
}

moment calendar_moment_of(int year, int month, int day, int minute)
{
    assert(minute >= 0 && minute <= CALENDAR_MINUTES);
    return calendar_day_begins(calendar_day_from(year, month, day)) +
           (moment)minute * SECONDS_PER_MINUTE;
}

/* calendar_day_from() backwards.  Days beyond the years 1 to 9999 are the nearest of those. */
struct calendar_date calendar_date_of(calendar_day day)
{
    calendar_day bounded = day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : day;
    int64_t day_of_era, era = divide(bounded + ERA_TO_1970, DAYS_PER_ERA, &day_of_era);
    int64_t leaps = day_of_era / 1460 - day_of_era / 36524 + day_of_era / 146096;
    int64_t year_of_era = (day_of_era - leaps) / 365;
    int64_t day_of_year = day_of_era - (year_of_era * 365 + year_of_era / 4 - year_of_era / 100);
    int64_t month = (day_of_year * 5 + 2) / 153;

    return (struct calendar_date){
        .year = (int)(era * 400 + year_of_era + (month >= 10)),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(day_of_year - (month * 153 + 2) / 5 + 1),
    };
}

enum calendar_weekday calendar_weekday_of(calendar_day day)
{
    int64_t weekday;

    divide(day % CALENDAR_WEEKDAYS + CALENDAR_THURSDAY, CALENDAR_WEEKDAYS, &weekday);
    return (enum calendar_weekday)weekday;
}

static bool digits(const char *at, size_t count, int *number)
{
    *number = 0;
    for (size_t i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9') return false;
        *number = *number * 10 + (at[i] - '0');
    }
    return true;
}

bool calendar_day_parse(struct str text, calendar_day *day)
{
    int year, month, date;

    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-') return false;
    if (!digits(text.at, 4, &year) || !digits(text.at + 5, 2, &month) ||
        !digits(text.at + 8, 2, &date))
        return false;
    if (year < YEAR_FIRST || year > YEAR_LAST || !calendar_date_exists(year, month, date))
        return false;
    *day = calendar_day_from(year, month, date);
    return true;
}

static void print_digits(char *at, int count, int number)
{
    for (; count > 0; number /= 10) at[--count] = (char)('0' + number % 10);
}

void calendar_day_print(calendar_day day, char text[static 11])
{
    struct calendar_date date = calendar_date_of(day);

    print_digits(text, 4, date.year);
    text[4] = text[7] = '-';
    print_digits(text + 5, 2, date.month);
    print_digits(text + 8, 2, date.day);
    text[10] = '\0';
}

bool calendar_minute_parse(struct str text, int *minute)
{
    int hours, minutes;

    if (text.len != 5 || text.at[2] != ':') return false;
    if (!digits(text.at, 2, &hours) || !digits(text.at + 3, 2, &minutes)) return false;
    if (minutes > 59 || hours * 60 + minutes > CALENDAR_MINUTES) return false;
    *minute = hours * 60 + minutes;
    return true;
}

/* ---- working days ---- */

/* A refusal's detail must outlive the call, and nothing here makes memory: so every year there
 * can be stands ready, four characters each. */
#define DECADE(ten) ten "0" ten "1" ten "2" ten "3" ten "4" ten "5" ten "6" ten "7" ten "8" ten "9"

static struct str year_text(int year)
{
    static const char years[] =
        DECADE("197") DECADE("198") DECADE("199") DECADE("200") DECADE("201") DECADE("202")
            DECADE("203") DECADE("204") DECADE("205") DECADE("206") DECADE("207") DECADE("208")
                DECADE("209") DECADE("210") DECADE("211") DECADE("212") DECADE("213") DECADE("214")
                    DECADE("215") DECADE("216") DECADE("217") DECADE("218") DECADE("219");

    if (year < YEAR_FIRST) return S("< 1970");
    if (year > YEAR_LAST) return S("> 2199");
    return (struct str){years + (year - YEAR_FIRST) * 4, 4};
}

static const struct calendar_year *find_year(const struct calendar *calendar, int year)
{
    for (size_t i = 0; i < calendar->year_count; i++) {
        if (calendar->years[i].year == year) return &calendar->years[i];
    }
    return NULL;
}

bool calendar_has_year(const struct calendar *calendar, int year)
{
    return find_year(calendar, year) != NULL;
}

static const struct calendar_special *find_special(const struct calendar_year *year,
                                                   calendar_day day)
{
    size_t low = 0, high = year->special_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (year->special[middle].day == day) return &year->special[middle];
        if (year->special[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct calendar_special *calendar_special_on(const struct calendar *calendar,
                                                   calendar_day day)
{
    const struct calendar_year *year = find_year(calendar, calendar_date_of(day).year);

    return year ? find_special(year, day) : NULL;
}

struct outcome calendar_day_kind(const struct calendar *calendar, calendar_day day,
                                 enum calendar_kind *kind)
{
    int number = calendar_date_of(day).year;
    const struct calendar_year *year = find_year(calendar, number);
    const struct calendar_special *special;

    if (!year && !calendar->guess_missing_years)
        return REFUSE_WITH(calendar_year_missing, year_text(number));
    special = year ? find_special(year, day) : NULL;
    *kind = special ? special->kind : CALENDAR_NORMAL;
    return DONE;
}

struct outcome calendar_is_working_day(const struct calendar *calendar, calendar_day day,
                                       bool *working)
{
    enum calendar_kind kind;

    TRY(calendar_day_kind(calendar, day, &kind));
    *working = kind == CALENDAR_MAKEUP ||
               (kind == CALENDAR_NORMAL && calendar_weekday_of(day) <= CALENDAR_FRIDAY);
    return DONE;
}

struct outcome calendar_due(const struct calendar *calendar, moment at, int working_days,
                            moment *due)
{
    calendar_day day = calendar_day_of(at);
    int left = working_days;

    if (working_days < 0 || working_days > CALENDAR_COUNT_MAX) return REFUSE(calendar_count_wrong);
    if (left > 0) day++;
    /* Ends: weekdays are worked where nothing else is said, and no year says more than
     * CALENDAR_SPECIALS_MAX days; past the last year there is the refusal. */
    for (;; day++) {
        bool working;

        TRY(calendar_is_working_day(calendar, day, &working));
        if (working && --left <= 0) break;
    }
    *due = calendar_day_begins(day + 1);
    return DONE;
}

struct outcome calendar_due_by_weekday(moment at, int working_days, moment *due)
{
    const struct calendar weekdays_only = {.guess_missing_years = true};

    return calendar_due(&weekdays_only, at, working_days, due);
}
