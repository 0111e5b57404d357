/* calendar_file.h -- a year's calendar as a clerk writes it: cn-YYYY.yaml.
 *
 * Used by the server, for years an installation adds or corrects, and by tools/mkcalendar.c, which
 * builds the years of data/calendar into the program.
 */
#ifndef DESK_CALENDAR_FILE_H
#define DESK_CALENDAR_FILE_H

#include "desk/calendar/calendar.h"

enum { CALENDAR_FILE_BYTES_MAX = 64 * 1024 }; /* a year has some 40 lines; this is ten times it */

/* %1 is the file's name and the line, as in "cn-2026.yaml:12", and what stands there. */
extern const struct reason calendar_file_malformed;
extern const struct reason calendar_file_misnamed;
extern const struct reason calendar_file_too_large;
extern const struct reason calendar_file_year_wrong;
extern const struct reason calendar_file_day_wrong;
extern const struct reason calendar_file_day_elsewhere; /* a day of another year */
extern const struct reason calendar_file_day_twice;
extern const struct reason calendar_file_kind_unknown;
extern const struct reason calendar_file_makeup_wrong; /* a make-up day from Monday to Friday */

/* `name` is the file's name without its folder, `text` what is in it. */
struct outcome calendar_file_parse(struct arena *arena, struct str name, struct str text,
                                   struct calendar_year *year);

/* All cn-YYYY.yaml of a folder, by year.  `years` has room for CALENDAR_YEARS_MAX.  A folder that
 * does not exist has none; a .yaml or .yml of another name is refused, or a slip of the keyboard
 * would silently leave a year out; other files are let be. */
struct outcome calendar_folder_read(struct arena *arena, const char *folder,
                                    struct calendar_year *years, size_t *count);

#endif
