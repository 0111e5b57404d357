/* assistant.c -- see assistant.h. */
#include "service/assistant/assistant.h"

#include "desk/laws/laws.h"

static const double fit_least = 3.0, alike_least = 0.4;

bool assistant_knows(double fit, double alike)
{
    return fit >= fit_least || alike >= alike_least;
}

/* ---- days ---- */

static bool is_new(const calendar_day *days, size_t count, calendar_day day)
{
    for (size_t i = 0; i < count; i++)
        if (days[i] == day) return false;
    return true;
}

size_t assistant_days_in(struct str text, calendar_day days[ASSISTANT_DAYS_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i + 8 <= text.len; i++) {
        moment at = 0;

        if (text.at[i] < '1' || text.at[i] > '2') continue;
        if (i && text.at[i - 1] >= '0' && text.at[i - 1] <= '9') continue;
        if (!laws_day((struct str){text.at + i, text.len - i}, &at)) continue;
        if (!is_new(days, count, calendar_day_of(at))) continue;
        days[count++] = calendar_day_of(at);
        if (count == ASSISTANT_DAYS_MAX) break;
    }
    return count;
}

calendar_day assistant_last_day(const struct assistant_limit *limit, calendar_day from)
{
    struct calendar_date date = calendar_date_of(from);

    if (!limit->is_years) return from + limit->amount;
    date.year += (int)limit->amount;
    while (!calendar_date_exists(date.year, date.month, date.day)) date.day--;
    return calendar_day_from(date.year, date.month, date.day);
}
