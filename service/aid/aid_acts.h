/* aid_acts.h -- legal aid, for other rooms and for main. */
#ifndef AID_ACTS_H
#define AID_ACTS_H

#include "desk/cases/cases_acts.h"
#include "desk/items/items_acts.h"
#include "platform/act.h"
#include "service/aid/aid.h"

/* The rules that hold where this installation is. */
struct outcome aid_rules_now(struct scene *scene, struct aid_rules *rules);
/* In the reader's language. */
struct str aid_in(const struct scene *scene, const struct aid_text *text);

/* ---- for main ---- */

/* The other end of consultation's hook: what legal aid makes of a talk. */
struct consultation_beside;
/* The case went on: what was suggested out of a talk is taken over, or has ended before that. */
struct outcome aid_went_on(struct scene *scene, id case_id, struct str reference,
                           enum cases_went went);
struct outcome aid_beside(struct scene *scene, id case_id, struct str reference, bool is_consultant,
                          struct consultation_beside *lines, size_t *count);

/* `gongdao import aid`: what is wrong with a folder of rules, and the act that takes it in. */
struct aid_import_form {
    const struct items_source *sources;
    size_t count;
};
struct aid_import_report {
    int64_t files, wrong;
    struct str problems; /* a line each */
};
struct outcome aid_import_look(struct scene *scene, const struct aid_import_form *form,
                               struct aid_import_report *report);
/* struct aid_import_form -> struct aid_import_report; WHO_SYSTEM */
extern const struct act aid_import;
extern const struct reason aid_files_wrong; /* %1: how many mistakes there are */
extern const struct reason aid_nothing_new;

/* For `gongdao check`: every paper of a closing file is as it was, and how many there are. */
struct outcome aid_check_files(struct scene *scene, int64_t *files);

/* The rules that hold, as files. */
struct outcome aid_export(struct scene *scene, const struct items_source **files, size_t *count);

#endif
