/* ladder_acts.h -- what services ask of the ladder, and the forms people hand in.
 *
 * A service measures the load of a desk and has the ladder look at it; who waits and who is
 * offered what stays the service's own. */
#ifndef LADDER_ACTS_H
#define LADDER_ACTS_H

#include "bureau/ladder/ladder.h"
#include "gen/ladder_sql.h"
#include "platform/act.h"

/* ---- for services ---- */

/* The policy in use for residents of a division: that of its district, else the city's; "" is the
 * city's. */
struct outcome ladder_policy(struct scene *scene, struct str division,
                             struct ladder_policy *policy);
/* What was in force at a moment. */
struct outcome ladder_policy_at(struct scene *scene, struct str division, moment at,
                                struct ladder_policy *policy);
/* The same as ladder_policy() when the city's is at hand. */
struct outcome ladder_policy_of(struct scene *scene, struct str division,
                                const struct ladder_policy *city, struct ladder_policy *policy);
/* Which districts touch; at most LADDER_BORDERS_MAX. */
struct outcome ladder_borders(struct scene *scene, const struct ladder_border **borders,
                              size_t *count);

/* The district of a division as far as desks go by it: six digits, or the city's code. */
struct str ladder_district(struct str division);
/* Where the ladder stands for residents of this division; LADDER_DUTY if nobody ever waited. */
struct outcome ladder_stands(struct scene *scene, struct str profession, struct str division,
                             struct ladder_state *state);

/* Somebody waits: the desk's ladder is looked at from now on, by the act "ladder.look", which the
 * service performs for the case_id desk_id.  Inside an act. */
struct outcome ladder_wake(struct scene *scene, struct str profession, struct str division);
struct outcome ladder_desk(struct scene *scene, id desk_id, struct ladder_find_desk_by_id_row *row,
                           bool *found);
/* One look with this load: steps, calls backups, settles calls, sets the next look if one is
 * needed, and leaves a journal line for each thing it did. */
struct outcome ladder_watch(struct scene *scene, const struct ladder_find_desk_by_id_row *desk,
                            const struct ladder_load *load, struct ladder_state *state);

/* How many desks within what the actor watches stand above the ground. */
struct outcome ladder_raised(struct scene *scene, int64_t *count);

/* A desk the actor watches; to everybody else there is none. */
struct outcome ladder_need_desk(struct scene *scene, id desk_id,
                                struct ladder_find_desk_by_id_row *row);

/* How many wait for each desk now, as the service counts them; pages show this and not what was
 * counted at the last look.  Set once at start. */
struct ladder_queue {
    struct str profession, division;
    int64_t waiting;
};
void ladder_queue_hook(struct outcome (*ask)(struct scene *scene,
                                             const struct ladder_queue **queues, size_t *count));

/* One desk as whoever watches it sees it, here and on the board. */
#define LADDER_DESK_ROW_VIEW(V)                                                                    \
    V(api, ident, desk, _)                                                                         \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, level, _)                                                                         \
    V(api, number, rung, _)                                                                        \
    V(page, text, level_name, _)                                                                   \
    V(page, text, level_css, _)                                                                    \
    V(api, time, since, _)                                                                         \
    V(api, text, why, _) /* in words */                                                            \
    V(api, maybe, by, _)                                                                           \
    V(api, maybe, note, _)                                                                         \
    V(api, number, waiting, _)                                                                     \
    V(api, number, called, _)                                                                      \
    V(api, number, coming, _)                                                                      \
    V(api, number, came, _)                                                                        \
    V(page, flag, may_trace, _) /* may see who was called */
VIEW_STRUCT(ladder_desk_row, LADDER_DESK_ROW_VIEW)

/* Those the actor watches that are above the ground, have somebody waiting, or moved today; the
 * most pressing first. */
struct outcome ladder_desks(struct scene *scene, const struct ladder_desk_row_view **desks,
                            size_t *count);
/* Whether the actor may step ladders and call backups in: a street's supervisor looks on, since
 * its residents' desk is the whole district's. */
bool ladder_may_change(const struct scene *scene);

/* Address of the site as people outside see it, for links in messages; "" or one too long for an
 * SMS: messages have no link.  Set once at start; what it points to must last. */
void ladder_use_site(struct str public_url);

/* Plausible days for the demo city: borders, and calls of the last weeks. */
struct outcome ladder_demo(struct scene *scene);
/* What every installation of the city begins with: which districts touch, parted by tabs. */
struct outcome ladder_first_border(struct scene *scene, struct str division, struct str neighbour);

/* ---- forms ---- */

#define LADDER_LEVEL_FIELDS(F, level)                                                              \
    F(number, level##__place, REQUIRED, 0, 4, T("Place on the ladder"), "")                        \
    F(number, level##__waiting_min, REQUIRED, 1, 10000, T("At least this many wait"), "")          \
    F(number, level##__up_percent, REQUIRED, 1, 1000000,                                           \
      T("Up when those waiting, against the places there are, reach"), "")                         \
    F(span, level##__up_seconds, REQUIRED, 1, 86400, T("Up when somebody has waited for"), "")     \
    F(number, level##__down_percent, REQUIRED, 0, 1000000,                                         \
      T("Down when those waiting, against the places there are, are at most"), "")                 \
    F(span, level##__down_seconds, REQUIRED, 0, 86400,                                             \
      T("Down when nobody has waited longer than"), "")

#define LADDER_POLICY_FORM(F)                                                                      \
    F(span, rise_seconds, REQUIRED, 1, 86400, T("How long on a step before the next one up"),      \
      T("Write it with its unit, such as 3 min or 20 s."))                                         \
    F(span, calm_seconds, REQUIRED, 1, 86400, T("How long it is calm before a step down"),         \
      T("At least as many as before a step up."))                                                  \
    LADDER_LEVEL_FIELDS(F, neighbour)                                                              \
    F(number, depth, REQUIRED, 0, 10, T("Rings of neighbours before the whole city"), "")          \
    F(span, ring_seconds, REQUIRED, 0, 3600, T("From one ring of neighbours to the next"),         \
      T("0: everybody in the city may help from the beginning."))                                  \
    F(number, priority_min, REQUIRED, 0, 2, T("Least priority for neighbours to be opened"),       \
      T("0: for everybody, 1: for people in need of care, 2: for urgent ones. Others reach the "   \
        "neighbours by their own wait."))                                                          \
    LADDER_LEVEL_FIELDS(F, backup)                                                                 \
    F(number, call_count, REQUIRED, 0, 5, T("Backups called at a time"),                           \
      T("0: nobody is called."))                                                                   \
    F(span, call_seconds, REQUIRED, 1, 3600, T("How long before the next backups are called"), "") \
    F(number, per_person, REQUIRED, 1, 100, T("People waiting for each backup wanted"), "")        \
    F(number, coming_max, REQUIRED, 0, 100, T("Backups at most, for one desk"), "")                \
    F(span, coming_seconds, REQUIRED, 60, 14400,                                                   \
      T("How long a backup has to come after saying yes"), "")                                     \
    F(number, day_max, REQUIRED, 0, 10, T("Calls to one person a day, at most"), "")               \
    F(clock, from_minute, REQUIRED, 0, 1440, T("Calls begin at"),                                  \
      T("A time of day, such as 08:00."))                                                          \
    F(clock, to_minute, REQUIRED, 0, 1440, T("Calls end at"),                                      \
      T("A time of day, such as 21:00. 24:00 is the end of the day."))                             \
    F(number, credit_minutes, REQUIRED, 0, 1440, T("Credit for coming, at least"), "")             \
    LADDER_LEVEL_FIELDS(F, choice)                                                                 \
    LADDER_LEVEL_FIELDS(F, message)                                                                \
    F(text, note, REQUIRED, 2, 200, T("Why is it changed?"), "")                                   \
    F(word, division, OPTIONAL, 0, 12, T("District"), "")
FORM_STRUCT(ladder_policy, LADDER_POLICY_FORM)

#define LADDER_AS_CITY_FORM(F)                                                                     \
    F(word, division, REQUIRED, 2, 12, T("District"), "")                                          \
    F(text, note, REQUIRED, 2, 200, T("Why is it changed?"), "")
FORM_STRUCT(ladder_as_city, LADDER_AS_CITY_FORM)

#define LADDER_BORDER_FORM(F)                                                                      \
    F(word, division, REQUIRED, 2, 12, T("District"), "")                                          \
    F(words, neighbours, OPTIONAL, 0, 300, T("Its neighbours"), "")
FORM_STRUCT(ladder_border, LADDER_BORDER_FORM)

#define LADDER_WHICH_FORM(F) F(number, desk, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(ladder_which, LADDER_WHICH_FORM)

#define LADDER_PUSH_FORM(F)                                                                        \
    F(number, desk, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(word, direction, REQUIRED, 2, 4, T("Which way?"), "")                                        \
    F(text, reason, REQUIRED, 2, 200, T("Why?"), T("Everybody who watches the ladder reads it."))
FORM_STRUCT(ladder_push, LADDER_PUSH_FORM)

#define LADDER_CALL_FORM(F)                                                                        \
    F(number, desk, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, person, REQUIRED, 1, INT64_MAX, T("Whom?"), "")
FORM_STRUCT(ladder_call, LADDER_CALL_FORM)

#define LADDER_TOKEN_FORM(F) F(word, token, REQUIRED, 16, 43, "", "")
FORM_STRUCT(ladder_token, LADDER_TOKEN_FORM)

#define LADDER_COME_FORM(F)                                                                        \
    F(word, token, REQUIRED, 16, 43, "", "")                                                       \
    F(word, answer, REQUIRED, 2, 8, T("Can you come?"), "")
FORM_STRUCT(ladder_come, LADDER_COME_FORM)

#define LADDER_STANDBY_FORM(F)                                                                     \
    F(phone, phone, OPTIONAL, 8, 20, T("Where to call you"),                                       \
      T("A mobile number. Leave it empty to keep the one we have."))                               \
    F(flag, stays_uncalled, OPTIONAL, 0, 1, T("Do not call me in"), "")
FORM_STRUCT(ladder_standby, LADDER_STANDBY_FORM)

extern const struct act ladder_act_policy, ladder_act_as_city, ladder_act_border;
extern const struct act ladder_act_push, ladder_act_call, ladder_act_call_next;
extern const struct act ladder_act_come, ladder_act_standby;

extern const struct reason ladder_unknown_answer;
extern const struct reason ladder_unknown_division;
extern const struct reason ladder_direction;
extern const struct reason ladder_call_over;
extern const struct reason ladder_not_callable, ladder_nobody_left;

struct module;
extern const struct module ladder_module;

#endif
