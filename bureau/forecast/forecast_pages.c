/* forecast_pages.c -- the routes of this room. */
#include "bureau/forecast/forecast_views.h"
#include "gen/forecast_html.h"
#include "gen/forecast_sql.h"

static const struct page pages[] = {
    {.method = GET,
     .path = "/roster/forecast",
     .who = WHO_LEADER | WHO_SUPERVISOR,
     .about = "How many will ask in each half hour of a day, how many people that needs, and how "
              "many are on the roster.",
     .query = &forecast_look_form,
     .view = &forecast_look_view,
     .html = &html_forecast_look,
     .show = forecast_show_look,
     .per_minute = 120},
    {.method = GET,
     .path = "/admin/forecast",
     .who = WHO_ADMIN,
     .about = "The service level the forecast plans for, and arrivals brought in from elsewhere.",
     .view = &forecast_admin_view,
     .html = &html_forecast_admin,
     .show = forecast_show_admin},
    {.method = POST,
     .path = "/admin/forecast",
     .who = WHO_ADMIN,
     .about = "Change the service level the forecast plans for.",
     .act = &forecast_act_policy,
     .then = "/admin/forecast",
     .said = T("Saved."),
     .again = "/admin/forecast"},
    {.method = POST,
     .path = "/admin/forecast/arrivals",
     .who = WHO_ADMIN,
     .about =
         "Bring in past arrivals as CSV: day, time, profession, number, and a district's code.",
     .act = &forecast_act_import,
     .then = "/admin/forecast",
     .said = T("Saved."),
     .again = "/admin/forecast",
     .status = 201,
     .body_bytes_max = FORECAST_FILE_BYTES_MAX + 65536},
    {.method = POST,
     .path = "/admin/forecast/arrivals/end",
     .who = WHO_ADMIN,
     .about = "Take the arrivals of one profession that were brought in away again.",
     .act = &forecast_act_forget,
     .then = "/admin/forecast",
     .said = T("Saved."),
     .again = "/admin/forecast"},
    {0},
};

static const struct act *const clock_acts[] = {&forecast_act_import_part, &forecast_act_forget_part,
                                               NULL};

const struct module forecast_module = {
    .name = "forecast",
    .schema = forecast_schema,
    .migrations = forecast_migrations,
    .pages = pages,
    .clock_acts = clock_acts,
};
