/* supervision_acts.h -- what other rooms may have supervision do: warn, and take a warning back;
 * and what of it stands on their pages. */
#ifndef SUPERVISION_ACTS_H
#define SUPERVISION_ACTS_H

#include "bureau/supervision/supervision.h"
#include "platform/act.h"

/* ---- alarms ---- */

struct supervision_alarm {
    enum supervision_kind kind;
    struct str key;      /* what it is about within its kind: at most one is open for each */
    struct str division; /* whose supervisors watch it; "" is the city */
    id team_id;          /* whose leader; 0: no team */
    id case_id;          /* 0: no case */
    id hidden_from;      /* whom it is about: to them there is no such warning; 0: nobody */
    /* What fills the kind's text.  A profession goes in as its code, a day or a moment as its
     * number: each reader gets them in their language. */
    struct str words[2];
};

/* Inside an act.  Again while it is open: only its words and team are renewed; for another place
 * it is over, and begins there anew. */
struct outcome supervision_alarm(struct scene *scene, const struct supervision_alarm *alarm);
/* What it was about is over; nothing happens when none is open. */
struct outcome supervision_clear(struct scene *scene, enum supervision_kind kind, struct str key);

/* One alarm as it is shown, here and on the board. */
#define SUPERVISION_ALARM_VIEW(V)                                                                  \
    V(api, ident, id, _)                                                                           \
    V(api, text, kind, _)                                                                          \
    V(api, text, level, _) /* note, serious, urgent */                                             \
    V(page, text, level_name, _)                                                                   \
    V(page, text, css, _)                                                                          \
    V(api, text, text, _)                                                                          \
    V(api, text, division, _)                                                                      \
    V(page, text, place_name, _) /* of the division and the team */                                \
    V(api, ident, team, _)                                                                         \
    V(api, maybe, reference, _) /* of the case it is about */                                      \
    V(api, ident, complaint, _) /* it is about; 0: none */                                         \
    V(api, time, raised_at, _)                                                                     \
    V(api, time, cleared_at, _)                                                                    \
    V(page, text, rung_name, _)                                                                    \
    V(api, time, goes_on_at, _) /* when somebody else is told, unless it is seen */                \
    V(api, time, seen_at, _)                                                                       \
    V(api, maybe, seen_by, _)                                                                      \
    V(api, maybe, note, _)                                                                         \
    V(page, flag, needs_person, _) /* somebody must be given a role */                             \
    V(page, flag, is_open, _)                                                                      \
    V(page, flag, is_unseen, _)
VIEW_STRUCT(supervision_alarm, SUPERVISION_ALARM_VIEW)

/* Open alarms within what the acting watcher may see; `district` bounds them further, "" is no
 * bound.  The most pressing, `max` at most; `standing` is how many there are, `unseen` how many of
 * them nobody has acknowledged. */
struct supervision_standing {
    const struct supervision_alarm_view *alarms;
    size_t count;
    int64_t standing, unseen;
};
struct outcome supervision_open_alarms(struct scene *scene, struct str district, int64_t max,
                                       struct supervision_standing *standing);

/* What a watcher may see: a supervisor's divisions, a leader's team; nobody else anything. */
struct supervision_scope {
    struct str division; /* "-" is nothing: no code begins so */
    id team_id;          /* 0: no bound */
};
struct supervision_scope supervision_scope_of(const struct scene *scene);

/* The way somebody came by, in words; what is not known as its code. */
struct str supervision_channel_name(const struct scene *scene, struct str channel);

/* ---- announcements ---- */

#define SUPERVISION_ANNOUNCEMENT_VIEW(V)                                                           \
    V(api, ident, id, _)                                                                           \
    V(api, text, text, _)                                                                          \
    V(api, text, by, _)                                                                            \
    V(api, time, at, _)                                                                            \
    V(api, time, until, _)                                                                         \
    V(page, text, place_name, _)                                                                   \
    V(api, number, read_count, _)                                                                  \
    V(api, flag, to_residents, _)
VIEW_STRUCT(supervision_announcement, SUPERVISION_ANNOUNCEMENT_VIEW)

/* What the acting consultant has not read yet, the newest first; at most five. */
struct outcome supervision_unread(struct scene *scene,
                                  const struct supervision_announcement_view **announcements,
                                  size_t *count);
/* The newest of all that stand: when it changes a desk looks anew. */
struct outcome supervision_newest_announcement(struct scene *scene, id *announcement_id);
/* What those who wait there are told; "" for nothing. */
struct outcome supervision_told_residents(struct scene *scene, struct str division,
                                          struct str *text);

/* ---- thresholds ---- */

struct outcome supervision_limits(struct scene *scene, struct supervision_limits *limits);

/* ---- what main calls ---- */

/* Inside an act of the command line: sets the watch going.  Again is safe. */
struct outcome supervision_begin(struct scene *scene);
/* For the demo city: a month of hours on line. */
struct outcome supervision_demo(struct scene *scene);

/* Address of the site as people outside see it, for links in letters.  Set once at start; what it
 * points to must last. */
void supervision_use_site(struct str public_url);

struct module;
struct outbox;
extern const struct outbox supervision_outbox; /* reports by e-mail, for the channel */
extern const struct module supervision_module;

#endif
