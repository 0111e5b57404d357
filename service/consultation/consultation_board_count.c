/* consultation_board_count.c -- adding up, and numbers as a line of the board. */
#include "service/consultation/consultation_board_count.h"

void tally_add(struct tally *to, const struct tally *from)
{
    to->on_line += from->on_line;
    to->rostered += from->rostered;
    to->kept += from->kept;
    to->waiting += from->waiting;
    to->at_hall += from->at_hall;
    to->talking += from->talking;
    to->written += from->written;
    to->at_risk += from->at_risk;
    to->overdue += from->overdue;
    to->answered += from->answered;
    to->closed += from->closed;
    to->waits_over += from->waits_over;
    to->left += from->left;
    to->rated += from->rated;
    to->stars += from->stars;
    to->rated_today += from->rated_today;
    to->stars_today += from->stars_today;
    if (from->waiting_since && (!to->waiting_since || from->waiting_since < to->waiting_since)) {
        to->waiting_since = from->waiting_since;
        to->longest = from->longest;
    }
}

struct str consultation_mean(struct scene *scene, int64_t sum, int64_t count)
{
    int64_t tenths = count ? (sum * 20 + count) / (count * 2) : 0;

    if (!count) return S("");
    return arena_print(scene->arena, "%lld.%lld", (long long)(tenths / 10),
                       (long long)(tenths % 10));
}

struct consultation_board_row_view tally_row(struct scene *scene,
                                             const struct consultation_bounds *bounds,
                                             const struct tally *tally)
{
    int64_t longest = tally->waiting_since ? scene->now - tally->waiting_since : 0;

    if (longest < 0) longest = 0;
    return (struct consultation_board_row_view){
        .on_line = tally->on_line,
        .rostered = tally->rostered,
        .kept = tally->kept,
        .on_line_rate = tally->rostered ? tally->kept * 100 / tally->rostered : 0,
        .waiting = tally->waiting,
        .longest_wait_seconds = longest,
        .longest = tally->longest,
        .longest_wait_minutes = longest / SECONDS_PER_MINUTE,
        .at_hall = tally->at_hall,
        .talking = tally->talking,
        .written = tally->written,
        .at_risk = tally->at_risk,
        .overdue = tally->overdue,
        .answered_today = tally->answered,
        .closed_today = tally->closed,
        .left_today = tally->left,
        .left_percent = tally->waits_over ? tally->left * 100 / tally->waits_over : 0,
        .rated_today = tally->rated_today,
        .mean_today = consultation_mean(scene, tally->stars_today, tally->rated_today),
        .rated_30_days = tally->rated,
        .mean_30_days = consultation_mean(scene, tally->stars, tally->rated),
        .district = bounds->district,
        .team = consultation_bounds_team(scene, bounds),
        .field = bounds->field,
        .profession = bounds->profession,
    };
}
