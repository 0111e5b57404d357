/* calendar_file.c -- reads cn-YYYY.yaml and says where it is wrong.
 *
 * The file is written by people once a year, late in autumn, under time pressure.  A mistake here
 * moves every promise of the city by a day, so whatever is doubtful is refused with its line.
 *
 *  1. The year in the file's name and in the file are the same, and all its days lie in it.
 *  2. No day is listed twice.
 *  3. A make-up day is a Saturday or Sunday.
 *  4. Unknown, missing or repeated keys are refused; YAML aliases too.
 */
#include "desk/calendar/calendar_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "platform/yaml.h"

const struct reason calendar_file_malformed = {
    "calendar.file_malformed",
    T("A calendar file is not written as expected (file, line and problem: %1). Compare it with "
      "the file of another year."),
    0};
const struct reason calendar_file_misnamed = {
    "calendar.file_misnamed",
    T("A calendar file must be named cn-YYYY.yaml, such as cn-2026.yaml; this one is not: %1. "
      "Rename it or take it away."),
    0};
const struct reason calendar_file_too_large = {
    "calendar.file_too_large", T("A calendar file may have at most 64 KB; this one has more: %1."),
    0};
const struct reason calendar_file_year_wrong = {
    "calendar.file_year_wrong",
    T("The year in a calendar file must be the one in its name, between 1970 and 2199 (file and "
      "year: %1). Correct one of them."),
    0};
const struct reason calendar_file_day_wrong = {
    "calendar.file_day_wrong",
    T("A calendar file has a date that does not exist (file, line and date: %1). Write dates as "
      "2026-10-01."),
    0};
const struct reason calendar_file_day_elsewhere = {
    "calendar.file_day_elsewhere",
    T("A calendar file has a date of another year (file, line and date: %1). Move it to the file "
      "of that year."),
    0};
const struct reason calendar_file_day_twice = {
    "calendar.file_day_twice",
    T("A calendar file has the same date twice (file, line and date: %1). Take one of them away."),
    0};
const struct reason calendar_file_kind_unknown = {
    "calendar.file_kind_unknown",
    T("The kind of a day in a calendar file must be holiday or make-up (file, line and word: %1)."),
    0};
const struct reason calendar_file_makeup_wrong = {
    "calendar.file_makeup_wrong",
    T("A make-up working day must be a Saturday or Sunday; Monday to Friday are worked anyway "
      "(file, line and date: %1)."),
    0};

/* ---- the file as libcyaml sees it ---- */

struct file_day {
    char *day, *kind, *name;
};

struct file_year {
    unsigned year;
    char *notice;
    struct file_day *days;
    unsigned days_count;
};

static const cyaml_schema_field_t DAY_FIELDS[] = {
    CYAML_FIELD_STRING_PTR("day", CYAML_FLAG_POINTER, struct file_day, day, 1, 40),
    CYAML_FIELD_STRING_PTR("kind", CYAML_FLAG_POINTER, struct file_day, kind, 1, 40),
    CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct file_day, name, 1, 120),
    CYAML_FIELD_END};

static const cyaml_schema_value_t DAY = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_day, DAY_FIELDS)};

static const cyaml_schema_field_t YEAR_FIELDS[] = {
    CYAML_FIELD_UINT("year", CYAML_FLAG_DEFAULT, struct file_year, year),
    CYAML_FIELD_STRING_PTR("notice", CYAML_FLAG_POINTER, struct file_year, notice, 1, 400),
    CYAML_FIELD_SEQUENCE("days", CYAML_FLAG_POINTER, struct file_year, days, &DAY, 1,
                         CALENDAR_SPECIALS_MAX),
    CYAML_FIELD_END};

static const cyaml_schema_value_t YEAR = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct file_year, YEAR_FIELDS)};

/* ---- checking it ---- */

struct reading {
    struct arena *arena;
    struct str name, text;
};

/* The line of the n-th entry, for which the library keeps no place: entries are told apart by
 * their key `day:`.  0 when it is written in a way not seen here, such as "day" in quotes. */
static int line_of_entry(struct str text, unsigned entry)
{
    int line = 0;

    while (text.len > 0) {
        struct str now = str_cut(text, '\n', &text), code = str_cut(now, '#', NULL);

        line++;
        for (int64_t at; (at = str_find(code, S("day:"))) >= 0;) {
            bool key = at == 0 || strchr(" {,-", code.at[at - 1]);

            if (key && entry-- == 0) return line;
            code.at += at + 4;
            code.len -= (size_t)at + 4;
        }
    }
    return 0;
}

static struct outcome refuse(const struct reading *in, const struct reason *why, int line,
                             const char *what)
{
    struct str place = line ? arena_print(in->arena, "%.*s:%d", STR_ARGS(in->name), line)
                            : arena_copy(in->arena, in->name);

    return REFUSE_WITH(*why, arena_print(in->arena, "%.*s, %s", STR_ARGS(place), what));
}

static struct outcome read_day(const struct reading *in, const struct file_year *file,
                               unsigned entry, struct calendar_special *special)
{
    const struct file_day *from = &file->days[entry];
    int line = line_of_entry(in->text, entry);

    if (!calendar_day_parse(str_of(from->day), &special->day))
        return refuse(in, &calendar_file_day_wrong, line, from->day);
    if (calendar_date_of(special->day).year != (int)file->year)
        return refuse(in, &calendar_file_day_elsewhere, line, from->day);
    if (strcmp(from->kind, "holiday") == 0)
        special->kind = CALENDAR_HOLIDAY;
    else if (strcmp(from->kind, "make-up") == 0)
        special->kind = CALENDAR_MAKEUP;
    else
        return refuse(in, &calendar_file_kind_unknown, line, from->kind);
    if (special->kind == CALENDAR_MAKEUP && calendar_weekday_of(special->day) <= CALENDAR_FRIDAY)
        return refuse(in, &calendar_file_makeup_wrong, line, from->day);
    special->name = arena_copy(in->arena, str_of(from->name));
    return DONE;
}

/* cn-YYYY.yaml, or 0. */
static int year_of_name(struct str name)
{
    int64_t year;

    if (name.len != 12 || !str_begins(name, S("cn-")) || !str_ends(name, S(".yaml"))) return 0;
    if (!str_to_int((struct str){name.at + 3, 4}, &year) || year < 1) return 0;
    return (int)year;
}

static struct outcome read_year(const struct reading *in, const struct file_year *file,
                                struct calendar_year *year)
{
    struct calendar_special *special =
        NEW_MANY(in->arena, struct calendar_special, file->days_count);

    if (file->year < 1970 || file->year > 2199 || year_of_name(in->name) != (int)file->year) {
        return refuse(in, &calendar_file_year_wrong, 0,
                      arena_print(in->arena, "%u", file->year).at);
    }
    for (unsigned i = 0; i < file->days_count; i++) {
        struct calendar_special next;
        unsigned at = i;

        TRY(read_day(in, file, i, &next));
        while (at > 0 && special[at - 1].day > next.day) at--;
        if (at > 0 && special[at - 1].day == next.day) {
            return refuse(in, &calendar_file_day_twice, line_of_entry(in->text, i),
                          file->days[i].day);
        }
        memmove(&special[at + 1], &special[at], (i - at) * sizeof *special);
        special[at] = next;
    }
    *year = (struct calendar_year){.year = (int)file->year,
                                   .notice = arena_copy(in->arena, str_of(file->notice)),
                                   .special = special,
                                   .special_count = file->days_count};
    return DONE;
}

struct outcome calendar_file_parse(struct arena *arena, struct str name, struct str text,
                                   struct calendar_year *year)
{
    struct reading in = {arena, name, text};
    struct yaml_trouble trouble;
    struct outcome outcome;
    struct file_year *file;

    if (!year_of_name(name)) return REFUSE_WITH(calendar_file_misnamed, arena_copy(arena, name));
    if (text.len > CALENDAR_FILE_BYTES_MAX)
        return REFUSE_WITH(calendar_file_too_large, arena_copy(arena, name));
    file = yaml_file_read(text, &YEAR, &trouble);
    if (!file) return refuse(&in, &calendar_file_malformed, trouble.line, trouble.words);
    outcome = read_year(&in, file, year);
    yaml_file_free(&YEAR, file);
    return outcome;
}

/* ---- the folder ---- */

static struct outcome read_file(struct arena *arena, const char *path, struct str *text)
{
    enum { ROOM = CALENDAR_FILE_BYTES_MAX + 1 }; /* one more, to see that it is too large */
    char *bytes = arena_take(arena, 1, ROOM);
    FILE *file = fopen(path, "rb");
    bool broken;

    if (!file) return FAULT(arena_print(arena, "open %s: %s", path, strerror(errno)).at);
    *text = (struct str){bytes, fread(bytes, 1, ROOM, file)};
    broken = ferror(file);
    fclose(file);
    return broken ? FAULT(arena_print(arena, "read %s: it broke off", path).at) : DONE;
}

static struct outcome read_entry(struct arena *arena, const char *folder, struct str name,
                                 struct calendar_year *years, size_t *count)
{
    struct calendar_year year;
    struct str text;
    size_t at = *count;

    if (!str_ends(name, S(".yaml")) && !str_ends(name, S(".yml"))) return DONE;
    if (!year_of_name(name)) return REFUSE_WITH(calendar_file_misnamed, arena_copy(arena, name));
    if (*count == CALENDAR_YEARS_MAX) return FAULT("too many calendar files");
    TRY(read_file(arena, arena_print(arena, "%s/%.*s", folder, STR_ARGS(name)).at, &text));
    TRY(calendar_file_parse(arena, name, text, &year));
    for (; at > 0 && years[at - 1].year > year.year; at--) years[at] = years[at - 1];
    years[at] = year;
    ++*count;
    return DONE;
}

struct outcome calendar_folder_read(struct arena *arena, const char *folder,
                                    struct calendar_year *years, size_t *count)
{
    DIR *directory = opendir(folder);
    struct outcome outcome = DONE;
    struct dirent *entry;

    *count = 0;
    if (!directory && errno == ENOENT) return DONE;
    if (!directory) return FAULT(arena_print(arena, "open %s: %s", folder, strerror(errno)).at);
    while (IS_DONE(outcome) && (entry = readdir(directory)))
        outcome = read_entry(arena, folder, str_of(entry->d_name), years, count);
    closedir(directory);
    return outcome;
}
