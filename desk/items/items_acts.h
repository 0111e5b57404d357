/* items_acts.h -- what other rooms may ask of the service list. */
#ifndef ITEMS_ACTS_H
#define ITEMS_ACTS_H

#include "desk/items/items_file.h"
#include "platform/act.h"

struct module;
struct process;

/* What can be begun, as the rooms say (struct process, platform/page.h): main hands them over
 * before anything is served or checked. */
void items_learn(const struct module *const *rooms);

/* The one of that word; NULL: no room has it. */
const struct process *items_process(struct str word);

/* The words, and the processes learnt. */
struct outcome items_words_load(struct scene *scene, struct items_words *words);

/* The version of an item that holds now: what a case that begins now keeps.  `found` is false when
 * the list of today has no such item. */
struct outcome items_now(struct scene *scene, struct str item, id *version_id,
                         struct items_item *said, bool *found);
/* A version of any time. */
struct outcome items_version(struct scene *scene, id version_id, struct items_item *said,
                             bool *found);

/* ---- for who looks for something ---- */

struct items_found {
    struct str item, name, content; /* in the scene's language */
};
/* What fits some words in the list that holds today, best first: at most `max`, and not what has
 * hardly more than a common word with them.  `holds_from` is since when that list holds. */
struct outcome items_find(struct scene *scene, struct str q, size_t max,
                          const struct items_found **found, size_t *count, moment *holds_from);

/* All of the list that holds today that begin by one of these processes; NULL the last. */
struct outcome items_begun_by(struct scene *scene, const char *const *processes,
                              const struct items_found **found, size_t *count);

struct items_name {
    struct str item, zh, en;
};
/* All names of the list that holds today. */
struct outcome items_names(struct scene *scene, const struct items_name **names, size_t *count);

/* ---- for main ---- */

/* `gongdao import items`: what a folder would change, and the act that releases it.  Items of the
 * list that are not in the folder stay, unless `only_these`. */
struct items_import_form {
    const struct items_source *sources;
    size_t count;
    bool only_these;
    struct str from; /* YYYY-MM-DD; "": today */
};
struct items_import_report {
    int64_t added, changed, same, taken_out, kept, wrong;
    struct str problems; /* a line each: "legal-aid.yaml:12, What to bring, in English: …" */
    struct str changes;  /* a line each: "legal-aid.yaml: changed, What to bring, in English" */
};
struct outcome items_import_look(struct scene *scene, const struct items_import_form *form,
                                 struct items_import_report *report);
/* struct items_import_form -> struct items_import_report; WHO_SYSTEM */
extern const struct act items_import;

/* The list that holds now, and its words, as files. */
struct outcome items_export(struct scene *scene, const struct items_source **sources,
                            size_t *count);

extern const struct reason items_files_wrong;   /* %1: how many mistakes there are */
extern const struct reason items_nothing_new;   /* what is handed in is what holds already */
extern const struct reason items_day_wrong;     /* not a day */
extern const struct reason items_day_past;      /* a list cannot have held yesterday */
extern const struct reason items_day_too_early; /* %1: the day of the release before */

/* The list the program brings along, released from today; nothing if there is a release. */
struct outcome items_first(struct scene *scene, struct str bundle);

extern const struct module items_module;

#endif
