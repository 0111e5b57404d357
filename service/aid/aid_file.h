/* aid_file.h -- rules of legal aid as a clerk writes them: data/aid/national.yaml and places. */
#ifndef SERVICE_AID_FILE_H
#define SERVICE_AID_FILE_H

#include "service/aid/aid.h"

enum {
    AID_FILE_BYTES_MAX = 256 * 1024, /* national.yaml has 40 KB */
    AID_FILES_MAX = 40               /* national and one a province, and some to spare */
};

/* A file: its name without the folder, and what is in it. */
struct aid_source_file {
    struct str name, text;
};

extern const struct reason aid_file_malformed; /* %1: file, line, what is wrong */
extern const struct reason aid_file_too_large;
extern const struct reason aid_file_many;
extern const struct reason aid_file_step_wrong; /* %1: file and step */
extern const struct reason aid_file_no_national;
extern const struct reason aid_file_place_twice;

/* One file as it stands; only how it is written is looked at. */
struct outcome aid_file_parse(struct arena *arena, const struct aid_source_file *file,
                              struct aid_rules *rules);
/* The national rules as a place has changed them: a step of the same name takes the words, values
 * and rows of the place.  A place has no steps of its own. */
struct outcome aid_file_join(struct arena *arena, const struct aid_rules *national,
                             const struct aid_source_file *file, const struct aid_rules *place,
                             struct aid_rules *joined);
/* The rules of a division: of the file whose place begins its code, on top of the national ones. */
struct outcome aid_file_rules(struct arena *arena, const struct aid_source_file *files,
                              size_t count, struct str division, struct aid_rules *rules);
/* Files put one behind the other, each headed by \001, its name and an end of line. */
size_t aid_file_unpack(struct str bundle, struct aid_source_file files[AID_FILES_MAX]);

#endif
