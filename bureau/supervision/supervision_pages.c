/* supervision_pages.c -- the routes of this room. */
#include "bureau/supervision/supervision_report_views.h"
#include "gen/supervision_html.h"

enum { WATCHERS = WHO_LEADER | WHO_SUPERVISOR };

static const struct page alarm_pages[] = {
    {.method = GET,
     .path = "/alarms",
     .who = WATCHERS,
     .about = "Warnings that are open, and those of the last seven days, with who has seen them.",
     .view = &supervision_alarms_view,
     .html = &html_supervision_alarms,
     .show = supervision_show_alarms},
    {.method = POST,
     .path = "/alarms/{alarm}/seen",
     .who = WATCHERS,
     .about = "Say that you have seen a warning and look after it; it then goes on to nobody else.",
     .act = &supervision_act_seen,
     .then = "/alarms",
     .again = "/alarms"},
    {.method = POST,
     .path = "/board/alarms/{alarm}/seen",
     .who = WATCHERS,
     .about = "The same from the board.",
     .act = &supervision_act_seen,
     .then = "/board",
     .again = "/board"},
    {.method = GET,
     .path = "/admin/thresholds",
     .who = WHO_ADMIN,
     .about = "The numbers from which on something is a warning.",
     .view = &supervision_limits_view,
     .html = &html_supervision_limits,
     .show = supervision_show_limits},
    {.method = POST,
     .path = "/admin/thresholds",
     .who = WHO_ADMIN,
     .about = "Change the numbers from which on something is a warning.",
     .act = &supervision_act_limits,
     .then = "/admin/thresholds",
     .again = "/admin/thresholds"},
    {0},
};

static const struct act *const clock_acts[] = {&supervision_act_watch, &supervision_act_escalate,
                                               &supervision_act_reports, &supervision_act_recheck,
                                               NULL};
static const struct page *const more_pages[] = {supervision_report_pages, NULL};

const struct module supervision_module = {.name = "supervision",
                                          .schema = supervision_schema,
                                          .pages = alarm_pages,
                                          .more_pages = more_pages,
                                          .clock_acts = clock_acts};
