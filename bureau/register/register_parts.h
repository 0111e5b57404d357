/* register_parts.h -- what the files of this room share. */
#ifndef REGISTER_PARTS_H
#define REGISTER_PARTS_H

#include "bureau/register/register_acts.h"
#include "gen/register_sql.h"
#include "platform/page.h"

#define REGISTER_USE_STATEMENT "application.statement"
#define REGISTER_USE_WORDS "application.words"
#define REGISTER_USE_TABLE "people_import.table"

enum { REGISTER_LOOK_SECONDS = 10 * SECONDS_PER_MINUTE };

/* Whoever would like to serve; and whoever serves, with a licence that was renewed. */
#define REGISTER_WHO_APPLIES (WHO_RESIDENT | WHO_CONSULTANT)

struct register_case {
    struct register_find_application_row row;
    enum register_state state;
};

/* The application of a reference, for its owner; act_unknown to everybody else. */
struct outcome register_open_own(struct scene *scene, struct str reference,
                                 struct register_case *c);
/* The same for an administrator whose scope it lies in; drafts are their owner's alone. */
struct outcome register_open_checked(struct scene *scene, struct str reference,
                                     struct register_case *c);
/* Takes the step and writes it, with `words` for the applicant. */
struct outcome register_take_step(struct scene *scene, struct register_case *c,
                                  enum register_step step, struct str words);
/* Tells the applicant by message that there is news. */
struct outcome register_tell(struct scene *scene, const struct register_case *c);

/* Is this the renewal of one who serves?  Then what is known of them. */
struct outcome register_find_renewed(struct scene *scene, id person_id,
                                     struct register_find_known_row *known, bool *is_renewal);

/* An invitation for whoever proves this number: to set the first password of this account. */
struct outcome register_invite(struct scene *scene, id person_id, struct str phone);
/* The memberships of a person become these: numbers of associations with blanks between. */
struct outcome register_set_memberships(struct scene *scene, id person_id, struct str numbers);
/* Refuses unless each of them is an association that is in use. */
struct outcome register_need_associations(struct scene *scene, struct str numbers);

/* Teams in their layers, as far as this person may see them.  register_teams.c */
struct register_tree {
    const struct register_list_team_figures_row *rows;
    size_t count;
    int64_t *rostered, *served, *stars_sum, *ratings;
    bool *is_mine; /* may this person see it? */
};
enum { REGISTER_ON_LINE_SECONDS = 120, REGISTER_LAYERS_MAX = 5 };
struct outcome register_read_tree(struct scene *scene, struct register_tree *tree);
size_t register_place_of(const struct register_tree *tree, id team_id);
moment register_month_of(const struct scene *scene);
/* Asks whoever keeps the roster; `*knows` is false when nobody does. */
struct outcome register_is_rostered(struct scene *scene, id person_id, bool *rostered, bool *knows);

/* The clock has the next part of a table done. */
extern const struct act register_import_part;

extern const struct reason register_no_file;
extern const struct reason register_agree;
extern const struct reason register_has_open;
extern const struct reason register_field_unknown;
extern const struct reason register_association_unknown;

extern const struct act register_count; /* register_order.c; by the clock */

#endif
