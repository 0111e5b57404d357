/* people_acts.h -- what other rooms may ask of people, and what they may have done to them. */
#ifndef PEOPLE_ACTS_H
#define PEOPLE_ACTS_H

#include "desk/calendar/calendar.h"
#include "gen/people_sql.h"
#include "platform/act.h"

enum { PEOPLE_CAPACITY_MAX = 20, PEOPLE_WRITTEN_MAX = 100 };

/* The law field of that code, if it is in use. */
struct outcome people_field(struct scene *scene, struct str field,
                            struct people_find_field_row *row, bool *found);
struct outcome people_fields(struct scene *scene, const struct people_list_fields_row **rows,
                             size_t *count);
/* Its name in the reader's language, also when no longer in use; the code if there is none. */
struct outcome people_field_name(struct scene *scene, struct str field, struct str *name);

struct outcome people_consultant(struct scene *scene, id person_id,
                                 struct people_find_consultant_row *row, bool *found);
struct outcome people_answerer(struct scene *scene, id person_id,
                               struct people_find_answerer_row *row, bool *found);
/* On line with a sign of life since `seen_since`, of this profession; at most 256. */
struct outcome people_on_line(struct scene *scene, struct str field, struct str language,
                              struct str profession, moment seen_since,
                              const struct people_list_on_line_row **rows, size_t *count);
struct outcome people_for_written(struct scene *scene, struct str field, struct str language,
                                  struct str profession,
                                  const struct people_list_for_written_row **rows, size_t *count);
/* Conversations that those on line could lead at once. */
struct outcome people_places(struct scene *scene, struct str profession, moment seen_since,
                             int64_t *places, int64_t *people);
/* "Lawyer"; the word itself when it is none of ours. */
struct str people_profession_name(enum language language, struct str profession);
/* The hook of cases: what the acting consultant is and where, while the qualification holds; ""
 * otherwise. */
struct outcome people_serves(struct scene *scene, struct str *profession, struct str *division);
bool people_is_qualified(moment verified_at, moment licence_until, moment now);

/* Presence of the acting consultant.  `changed`: not only a sign of life. */
struct outcome people_set_presence(struct scene *scene, struct str presence, int64_t capacity,
                                   bool *changed);
/* Bars from service by a measure, until people_unbar(): offered nothing, not on line, but may sign
 * in.  What an administrator changes meanwhile does not lift it. */
struct outcome people_bar(struct scene *scene, id person_id, struct str why);
struct outcome people_unbar(struct scene *scene, id person_id, struct str why);
/* So many conversations and written questions more at once, within the bounds. */
struct outcome people_widen(struct scene *scene, id person_id, int64_t live, int64_t written);

struct outcome people_absent(struct scene *scene, moment seen_since,
                             const struct people_list_absent_row **rows, size_t *count);
struct outcome people_set_absent(struct scene *scene, id person_id);
/* The server was not there for so many seconds: whoever was seen since then still counts as seen as
 * lately as when it stopped. */
struct outcome people_clock_stood(struct scene *scene, moment seen_since, int64_t seconds);
struct outcome people_was_offered(struct scene *scene, id person_id);

struct outcome people_team(struct scene *scene, id team_id, struct people_find_team_row *row,
                           bool *found);
/* Those in use, by code. */
struct outcome people_teams(struct scene *scene, const struct people_list_teams_row **rows,
                            size_t *count);

/* Refuses an administrator of less than the whole city: what all share is the city's to change. */
struct outcome people_need_city(struct scene *scene);

/* The hook of identity: the team a person leads, or else serves in; 0 if none. */
struct outcome people_find_team_of(struct scene *scene, id person_id, id *team_id);

/* The other hook: what a team is called, in the scene's language. */
struct outcome people_team_name(struct scene *scene, id team_id, struct str *name);

/* The calendar in use: built in, or replaced by an installation's own years.  Set once at start;
 * what it points to must last. */
void people_use_calendar(const struct calendar *calendar);
/* Opening hours of a desk, with that calendar; what it points to lives in the scene's arena. */
struct outcome people_desk(struct scene *scene, struct str desk, struct calendar_desk *hours);
/* people_hours.c: what an administrator types of them, "09:00-12:00, 13:30-17:00"; inside an act of
 * whoever may.  Monday to Sunday, then public holidays. */
enum { PEOPLE_HOURS_DAYS = CALENDAR_WEEKDAYS + 1 };
struct people_week {
    struct str days[PEOPLE_HOURS_DAYS];
    bool round_the_clock;
};
struct people_special_day {
    struct str day, hours, why; /* no hours: closed all day */
};
const char *people_day_name(int day); /* 0 Monday … 7 public holidays; marked T() */
struct outcome people_read_opening(struct str text, struct calendar_opening *opening);
struct str people_write_opening(struct scene *scene, const struct calendar_opening *opening);
struct outcome people_keep_week(struct scene *scene, struct str desk,
                                const struct people_week *week);
struct outcome people_week_of(struct scene *scene, struct str desk, struct people_week *week);
struct outcome people_keep_special_day(struct scene *scene, struct str desk,
                                       const struct people_special_day *special);
struct outcome people_drop_special_day(struct scene *scene, struct str desk, struct str day);
struct outcome people_special_days(struct scene *scene, struct str desk,
                                   const struct people_special_day **rows, size_t *count);
/* What is typed for them, in the form of whoever keeps a desk's hours. */
#define PEOPLE_WEEK_FIELDS(F)                                                                      \
    F(text, monday, OPTIONAL, 0, 120, T("Monday"), "")                                             \
    F(text, tuesday, OPTIONAL, 0, 120, T("Tuesday"), "")                                           \
    F(text, wednesday, OPTIONAL, 0, 120, T("Wednesday"), "")                                       \
    F(text, thursday, OPTIONAL, 0, 120, T("Thursday"), "")                                         \
    F(text, friday, OPTIONAL, 0, 120, T("Friday"), "")                                             \
    F(text, saturday, OPTIONAL, 0, 120, T("Saturday"), "")                                         \
    F(text, sunday, OPTIONAL, 0, 120, T("Sunday"), "")                                             \
    F(text, holiday, OPTIONAL, 0, 120, T("Public holidays"), "")                                   \
    F(flag, round_the_clock, OPTIONAL, 0, 1, T("Open day and night"),                              \
      T("The hours below then do not count; special days still do."))
#define PEOPLE_SPECIAL_FIELDS(F)                                                                   \
    F(day, day, REQUIRED, 10, 10, T("Day"), "")                                                    \
    F(text, hours, OPTIONAL, 0, 120, T("Opening times that day"),                                  \
      T("For example 09:00-12:00. Leave it empty: closed all day."))                               \
    F(text, why, REQUIRED, 2, 60, T("Why?"), "")
/* What really results on a day, asked of the calendar's own rule: its open stretches. */
struct outcome people_open_on(const struct calendar_desk *desk, calendar_day day,
                              struct calendar_opening *opening);

/* Inside an act of the command line: official hours (9 to 17 on working days), or all day. */
struct outcome people_first_hours(struct scene *scene, bool round_the_clock);
/* A field of law an installation begins with: code, names in zh and en, hints, profession,
 * words. */
struct outcome people_first_field(struct scene *scene, const struct str columns[7],
                                  int64_t position);
/* A city to try things in: 21 teams, 400 consultants, accounts with the published password. */
struct outcome people_demo(struct scene *scene);
/* The sign-in name of a demo account that could answer this: for telling a visitor how to try the
 * other side.  "" in a real installation, and once its password was changed. */
struct outcome people_demo_answerer(struct scene *scene, struct str profession, struct str field,
                                    struct str *login);
/* For the demo's history. */
struct outcome people_some_consultants(struct scene *scene,
                                       const struct people_list_some_consultants_row **rows,
                                       size_t *count);

/* ---- what an administrator's word reaches, and what can be chosen within it ---- */

/* people_scope.c: within what the acting administrator may do anything; the command line the whole
 * city. */
struct people_scope {
    struct str code; /* of a division; never "" */
    bool is_city;    /* a division without a parent */
};
struct outcome people_scope_of(struct scene *scene, struct people_scope *scope);
bool people_is_within(const struct people_scope *scope, struct str division);
/* people_unknown_division, unless it is one of those. */
struct outcome people_need_division(struct scene *scene, struct str division);

struct people_choice_list {
    const struct choice *rows;
    size_t count;
};

/* people_lists.c: what can be chosen within the scope; `first` (marked T()) stands before the rest
 * for "none yet", NULL if there is nothing before. */
bool people_is_profession(struct str profession);
bool people_is_language(struct str language);
bool people_is_team_kind(struct str kind);
struct str people_team_kind_name(enum language language, struct str kind);
bool people_has_word(struct str words, struct str word);
struct outcome people_division_name(struct scene *scene, struct str division, struct str *name);
struct people_choice_list people_profession_choices(struct scene *scene, const char *first,
                                                    struct str chosen);
struct people_choice_list people_language_choices(struct scene *scene, struct str chosen);
struct people_choice_list people_kind_choices(struct scene *scene, struct str chosen);
struct outcome people_team_choices(struct scene *scene, const char *first, id chosen,
                                   struct people_choice_list *list);
struct outcome people_division_choices(struct scene *scene, const char *first, struct str chosen,
                                       struct people_choice_list *list);
struct outcome people_field_choices(struct scene *scene, struct str chosen,
                                    struct people_choice_list *list);

/* people_known.c: what a page's query may name (struct query_known); a field of law also when it is
 * no longer in use, since what was asked about it stays. */
struct outcome people_knows_profession(struct scene *scene, struct str profession, bool *known);
struct outcome people_knows_language(struct scene *scene, struct str language, bool *known);
struct outcome people_knows_field(struct scene *scene, struct str field, bool *known);

extern const struct reason people_unknown_team;
extern const struct reason people_unknown_division;
extern const struct reason people_unknown_profession;
extern const struct reason people_unknown_language;
extern const struct reason people_unknown_field;

/* ---- making somebody a consultant, or changing one (people_enlist.c) ---- */

struct people_enlistment {
    id person_id;
    struct str profession, division;
    id team_id;
    struct str fields, languages; /* codes, with blanks between */
    int64_t capacity, written_capacity;
    struct str licence;
    moment licence_until; /* the first moment on which it is over; 0: never */
    bool is_checked;      /* the qualification was checked now */
};
/* Inside an act of an administrator or of the command line: everything that is asked of by code is
 * known and within the scope, the role is held where they serve, and what changed about a licence
 * that was checked must be checked anew.  Refuses with one of the reasons above. */
struct outcome people_enlist(struct scene *scene, const struct people_enlistment *enlistment);
/* act_unknown unless all of this person is within the scope. */
struct outcome people_need_within(struct scene *scene, id person_id);
/* "2027-05-31", the last day, to the first moment on which it is over; "" is 0. */
bool people_read_until(struct str day, moment *until);
/* What was done to a person and why, for administrators to read. */
struct outcome people_note(struct scene *scene, id person_id, const char *deed, struct str reason);

extern const struct reason people_not_consultant;
extern const struct reason people_capacity;
extern const struct reason people_barred;

/* Puts a team under another (0: none); who asks has checked that it may be so. */
struct outcome people_set_layer(struct scene *scene, id team_id, id parent_id);
/* Every team with the one above it and its leader's name. */
struct outcome people_layers(struct scene *scene, const struct people_list_layers_row **teams,
                             size_t *count);
/* Whether a team is the one above itself, or anywhere under it. */
struct outcome people_is_below(struct scene *scene, id above_id, id team_id, bool *is_below);

extern const struct module people_module;

#endif
