/* mkcalendar.c -- builds data/calendar/cn-YYYY.yaml into the program: mkcalendar FOLDER > FILE.c
 *
 * The server then needs no files to know the official calendar, and a mistake in one stops the
 * build with its file and line, before it reaches an installation.
 */
#include "desk/calendar/calendar_file.h"

#include <stdio.h>

/* The reason's words with %1 filled in; other languages are the server's business. */
static int complain(struct outcome outcome)
{
    struct str left,
        text = str_cut(str_of(outcome.refusal ? outcome.refusal->text : outcome.fault), '%', &left);

    fprintf(stderr, "mkcalendar: %.*s", STR_ARGS(text));
    if (left.len > 0) {
        fprintf(stderr, "%.*s%.*s", STR_ARGS(outcome.detail), (int)left.len - 1, left.at + 1);
    }
    fprintf(stderr, "\n");
    return 1;
}

/* Names are Chinese and stay as they are; only what would end the literal is escaped. */
static void print_literal(struct str text)
{
    printf("S(\"");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        if (byte < 0x20 || byte == '"' || byte == '\\' || byte == '?')
            printf("\\%03o", byte);
        else
            putchar(byte);
    }
    printf("\")");
}

static void print_days(const struct calendar_year *year)
{
    printf("static const struct calendar_special days_%d[] = {\n", year->year);
    for (size_t i = 0; i < year->special_count; i++) {
        const struct calendar_special *special = &year->special[i];
        char text[11];

        calendar_day_print(special->day, text);
        printf("    {%lld, %s, ", (long long)special->day,
               special->kind == CALENDAR_HOLIDAY ? "CALENDAR_HOLIDAY" : "CALENDAR_MAKEUP");
        print_literal(special->name);
        printf("}, /* %s */\n", text);
    }
    printf("};\n\n");
}

/* S() makes a compound literal, which in C17 is no constant for another file-scope object; the
 * days are therefore written with it expanded. */
static void print_all(const struct calendar_year *years, size_t count)
{
    printf("/* Made by tools/mkcalendar.c from data/calendar; not to be edited. */\n"
           "#include \"desk/calendar/calendar_load.h\"\n\n"
           "#undef S\n#define S(literal) {\"\" literal, sizeof(literal) - 1}\n\n");
    for (size_t i = 0; i < count; i++) print_days(&years[i]);
    printf("static const struct calendar_year years[] = {\n");
    for (size_t i = 0; i < count; i++) {
        printf("    {%d, ", years[i].year);
        print_literal(years[i].notice);
        printf(", days_%d, COUNT(days_%d)},\n", years[i].year, years[i].year);
    }
    printf("};\n\nconst struct calendar calendar_built_in = {years, COUNT(years), false};\n");
}

int main(int count, char **words)
{
    static struct calendar_year years[CALENDAR_YEARS_MAX];
    struct arena *arena = arena_open(16 * 1024 * 1024);
    struct outcome outcome;
    size_t year_count = 0;
    int status = 0;

    if (count != 2) {
        fprintf(stderr, "usage: mkcalendar FOLDER > FILE.c\n");
        return 2;
    }
    outcome = calendar_folder_read(arena, words[1], years, &year_count);
    if (!IS_DONE(outcome)) {
        status = complain(outcome);
    } else if (year_count == 0) {
        fprintf(stderr, "mkcalendar: no cn-YYYY.yaml in %s\n", words[1]);
        status = 1;
    } else {
        print_all(years, year_count);
    }
    arena_close(&arena);
    return status == 0 && fflush(stdout) == 0 ? 0 : 1;
}
