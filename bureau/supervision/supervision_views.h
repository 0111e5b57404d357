/* supervision_views.h -- what is handed in to supervision and shown of it. */
#ifndef SUPERVISION_VIEWS_H
#define SUPERVISION_VIEWS_H

#include "bureau/supervision/supervision_acts.h"
#include "gen/supervision_sql.h"
#include "platform/page.h"

enum {
    SUPERVISION_ALARMS_SHOWN = 50,                    /* to a page */
    SUPERVISION_HISTORY_SECONDS = 7 * SECONDS_PER_DAY /* of warnings that are over */
};

/* ---- warnings ---- */

#define SUPERVISION_SEEN_FORM(F)                                                                   \
    F(number, alarm, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(text, note, OPTIONAL, 0, 200, T("What you are doing about it"), "")
FORM_STRUCT(supervision_seen, SUPERVISION_SEEN_FORM)

#define SUPERVISION_ALARMS_FORM(F)                                                                 \
    F(word, list, OPTIONAL, 0, 8, "", "") /* open, over; both, to begin with */                    \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(supervision_alarms, SUPERVISION_ALARMS_FORM)

#define SUPERVISION_ALARMS_VIEW(V)                                                                 \
    V(api, number, standing, _) /* open, on all pages */                                           \
    V(api, number, unseen, _)                                                                      \
    V(api, list, open, supervision_alarm)                                                          \
    V(api, ident, next, _)                /* of the open ones */                                   \
    V(api, list, over, supervision_alarm) /* in the last seven days */                             \
    V(api, ident, over_next, _)                                                                    \
    V(page, flag, has_open, _)                                                                     \
    V(page, flag, has_over, _)                                                                     \
    V(page, number, limit, _)                                                                      \
    V(page, text, lost_note, _) /* typed about a warning that cannot be seen to any more */        \
    V(page, number, minutes, _) /* until a warning goes on */                                      \
    V(page, flag, is_watcher, _) /* who has a board */
VIEW_STRUCT(supervision_alarms, SUPERVISION_ALARMS_VIEW)

struct outcome supervision_show_alarms(struct request *request, const void *query, void *view);
/* supervision_alarm.c */
struct outcome supervision_may_see(struct scene *scene,
                                   const struct supervision_find_alarm_row *row, bool *may);
/* Where the acting person is administrator; "-" nowhere. */
struct str supervision_administered(const struct scene *scene);
extern const struct act supervision_act_seen, supervision_act_escalate;

/* ---- announcements ---- */

#define SUPERVISION_ANNOUNCE_FORM(F)                                                               \
    F(lines, text, REQUIRED, 2, 500, T("What do you want to say?"),                                \
      T("Everybody who is on duty reads it on the desk, until they say that they have."))          \
    F(number, hours, REQUIRED, 1, 72, T("For how many hours does it stand?"),                      \
      T("From 1 to 72. Then it goes by itself."))                                                  \
    F(flag, to_residents, OPTIONAL, 0, 1, T("Tell those who wait, too"), "")
FORM_STRUCT(supervision_announce, SUPERVISION_ANNOUNCE_FORM)

#define SUPERVISION_ANNOUNCEMENT_FORM(F) F(number, announcement, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(supervision_announcement, SUPERVISION_ANNOUNCEMENT_FORM)

#define SUPERVISION_ANNOUNCEMENTS_VIEW(V)                                                          \
    V(api, list, announcements, supervision_announcement)                                          \
    V(page, text, hours_text, _) /* as the field begins */                                         \
    V(page, flag, is_leader, _)
VIEW_STRUCT(supervision_announcements, SUPERVISION_ANNOUNCEMENTS_VIEW)

struct outcome supervision_show_announcements(struct request *request, const void *query,
                                              void *view);
/* GET /announcements/{announcement}/readers */
#define SUPERVISION_READERS_FORM(F)                                                                \
    SUPERVISION_ANNOUNCEMENT_FORM(F)                                                               \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(supervision_readers, SUPERVISION_READERS_FORM)

#define SUPERVISION_READER_VIEW(V)                                                                 \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, time, at, _)
VIEW_STRUCT(supervision_reader, SUPERVISION_READER_VIEW)

#define SUPERVISION_READERS_VIEW(V)                                                                \
    V(api, ident, announcement, _)                                                                 \
    V(api, text, text, _)                                                                          \
    V(api, list, readers, supervision_reader)                                                      \
    V(api, ident, next, _)                                                                         \
    V(page, number, limit, _)
VIEW_STRUCT(supervision_readers, SUPERVISION_READERS_VIEW)

struct outcome supervision_show_readers(struct request *request, const void *query, void *view);
/* Within the watcher's scope, whether it still stands or not; else there is none. */
struct outcome supervision_need_announcement(struct scene *scene, id announcement_id,
                                             struct str *text);
extern const struct act supervision_act_announce, supervision_act_take_back,
    supervision_act_has_read;

/* ---- thresholds ---- */

#define SUPERVISION_LIMITS_FORM(F)                                                                 \
    F(number, wait_minutes, REQUIRED, 1, 240, T("A live wait is a warning from"), "")              \
    F(number, on_line_percent, REQUIRED, 1, 100,                                                   \
      T("Fewer on line than this share of those rostered is a warning"), "")                       \
    F(number, seen_minutes, REQUIRED, 1, 240, T("A warning nobody has seen goes on after"),        \
      T("From the team's leader to the district, then to the city."))                              \
    F(number, failed_notices, REQUIRED, 1, 1000,                                                   \
      T("So many failed messages to phones in an hour are a warning"), "")                         \
    F(number, calendar_days, REQUIRED, 1, 60,                                                      \
      T("How long before a year begins its calendar should be there"), "")                         \
    F(span, answer_seconds, REQUIRED, 1, 600,                                                      \
      T("A live question counts as answered in time within"),                                      \
      T("With its unit, such as 3 min or 20 s. Counts for reports from the next day on."))         \
    F(number, load_high_percent, REQUIRED, 101, 1000,                                              \
      T("A district with more work than this share of the usual has too much"),                    \
      T("The usual is the middle of all districts: half have more for each hour on line, half "    \
        "have less."))                                                                             \
    F(number, load_low_percent, REQUIRED, 1, 99,                                                   \
      T("A district with less work than this share of the usual has room to spare"), "")           \
    F(number, take_up_percent, REQUIRED, 5, 50,                                                    \
      T("What was given to a team, a district or a street is taken up within this share of the "   \
        "time left"),                                                                              \
      T("Of the working time until the promised answer, 5 to 50 per cent. Then it goes back to "   \
        "those who sent it."))                                                                     \
    F(number, take_up_minutes, REQUIRED, 10, 240, T("… and there is never less time for it than"), \
      T("10 to 240 minutes of working time."))                                                     \
    F(number, look_in_minutes, REQUIRED, 5, 120, T("Looking in on a consultation lasts"),          \
      T("5 to 120 minutes. Whoever needs longer looks in again, which is on record again."))
FORM_STRUCT(supervision_limits, SUPERVISION_LIMITS_FORM)

#define SUPERVISION_LIMITS_VIEW(V)                                                                 \
    V(api, number, wait_minutes, _)                                                                \
    V(api, number, on_line_percent, _)                                                             \
    V(api, number, seen_minutes, _)                                                                \
    V(api, number, failed_notices, _)                                                              \
    V(api, number, calendar_days, _)                                                               \
    V(api, number, answer_seconds, _)                                                              \
    V(api, number, load_high_percent, _)                                                           \
    V(api, number, load_low_percent, _)                                                            \
    V(api, number, take_up_percent, _)                                                             \
    V(api, number, take_up_minutes, _)                                                             \
    V(api, number, look_in_minutes, _)                                                             \
    V(page, text, wait_minutes_text, _) /* as the fields begin */                                  \
    V(page, text, on_line_percent_text, _)                                                         \
    V(page, text, seen_minutes_text, _)                                                            \
    V(page, text, failed_notices_text, _)                                                          \
    V(page, text, calendar_days_text, _)                                                           \
    V(page, text, answer_seconds_text, _)                                                          \
    V(page, text, load_high_percent_text, _)                                                       \
    V(page, text, load_low_percent_text, _)                                                        \
    V(page, text, take_up_percent_text, _)                                                         \
    V(page, text, take_up_minutes_text, _)                                                         \
    V(page, text, look_in_minutes_text, _)                                                         \
    V(page, flag, may_change, _)
VIEW_STRUCT(supervision_limits, SUPERVISION_LIMITS_VIEW)

struct outcome supervision_show_limits(struct request *request, const void *query, void *view);
extern const struct act supervision_act_limits;

/* ---- the clock ---- */

extern const struct act supervision_act_watch;
/* Raises or clears; `is_so` decides.  What finds no room in the act waits a minute. */
struct outcome supervision_set(struct scene *scene, bool is_so,
                               const struct supervision_alarm *alarm);
/* supervision_complaint.c */
struct outcome supervision_watch_complaints(struct scene *scene);
/* Messages that do not go out to phones, and reports that do not by e-mail. */
struct outcome supervision_watch_notices(struct scene *scene,
                                         const struct supervision_limits *limits);
struct outcome supervision_watch_mails(struct scene *scene);

/* "Huangpu", "Whole city, or not said"; and a team's name, "" for none. */
struct outcome supervision_place_name(struct scene *scene, struct str division, struct str *name);
/* Of what watches or is said: the whole city is never "not said". */
struct outcome supervision_area_name(struct scene *scene, struct str division, struct str *name);
struct outcome supervision_team_name(struct scene *scene, id team_id, struct str *name);

#include "bureau/supervision/supervision_report_views.h"

/* supervision_alarm.c: by message, that a warning has come to somebody. */
struct outcome supervision_tell(struct scene *scene, id person_id, enum supervision_kind kind);
/* supervision_ring.c: before the alarm stands. */
struct outcome supervision_ring(struct scene *scene, enum supervision_kind kind,
                                struct str division);

#endif
