/* aid_file.h -- rules of legal aid as a clerk writes them: data/aid/national.yaml and places. */
#ifndef SERVICE_AID_FILE_H
#define SERVICE_AID_FILE_H

#include "desk/items/items_acts.h"
#include "service/aid/aid.h"

enum { AID_FILES_MAX = 40 }; /* national and one a province, and some to spare */

extern const struct reason aid_file_malformed; /* %1: file, line, what is wrong */
extern const struct reason aid_file_many;
extern const struct reason aid_file_step_wrong; /* %1: file and step */
extern const struct reason aid_file_no_national;
extern const struct reason aid_file_place_twice;

/* One file as it stands; only how it is written is looked at. */
struct outcome aid_file_parse(struct arena *arena, const struct items_source *file,
                              struct aid_rules *rules);
/* The national rules as a place has changed them: a step of the same name takes the words, values
 * and rows of the place.  A place has no steps of its own. */
struct outcome aid_file_join(struct arena *arena, const struct aid_rules *national,
                             const struct items_source *file, const struct aid_rules *place,
                             struct aid_rules *joined);
/* The rules of a division: of the file whose place begins its code, on top of the national ones. */
struct outcome aid_file_rules(struct arena *arena, const struct items_source *files, size_t count,
                              struct str division, struct aid_rules *rules);
#endif
