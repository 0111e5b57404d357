/* review_money.c -- subsidies: what a month comes to, closing it, and correcting it afterwards.
 *
 *  (1) An open month is reckoned anew each time it is looked at; a closed one never changes.
 *  (2) Closing takes one person after the other, each with the cases behind each number, and is
 *      done when the last one is; a restart goes on where it was.
 *  (3) A mistake in a closed month is corrected by a further line with its reason.
 *  (4) A month has everybody in it, however many they are: a sum never leaves anybody out.
 */
#include "bureau/review/review_money.h"
#include "bureau/shifts/shifts.h"

#include <string.h>

enum { CLOSED_AT_A_TIME = 25 };

const struct reason review_month_word = {"review.month",
                                         T("Please give a month as 2026-10, not later than now."),
                                         .field = "from_month"};
static const struct reason month_open = {
    "review.month-open",
    T("This month is not over yet. It can be closed from noon of the first of the next month on, "
      "when its last night shift is over."),
    409};
static const struct reason month_closed = {"review.month-closed",
                                           T("This month is closed already."), 409};
static const struct reason month_closing = {
    "review.month-closing", T("Another month is just being closed. Please try again in a minute."),
    409};
static const struct reason month_not_closed = {
    "review.month-not-closed",
    T("This month is not closed. Until then it is reckoned anew each time."), 409};
static const struct reason money_word = {
    "review.money", T("Please give yuan with at most two places, as 12.50."), 0};
static const struct reason month_past = {
    "review.month-past", T("Rates can be changed only from a month on that is not closed."), 409};

/* ---- months ---- */

bool review_month_of(struct str text, moment *from, moment *until)
{
    struct str month, year = str_cut(text, '-', &month);
    int64_t y, m;

    if (text.len != 7 || year.len != 4 || month.len != 2 || !str_to_int(year, &y) ||
        !str_to_int(month, &m) || y < 2018 || y > 2199 || m < 1 || m > 12)
        return false;
    *from = calendar_moment_of((int)y, (int)m, 1, 0);
    *until = m == 12 ? calendar_moment_of((int)y + 1, 1, 1, 0)
                     : calendar_moment_of((int)y, (int)m + 1, 1, 0);
    return true;
}

struct str review_month_at(struct arena *arena, moment at)
{
    struct calendar_date date = calendar_date_of(calendar_day_of(at));

    return arena_print(arena, "%04d-%02d", date.year, date.month);
}

moment review_closable_at(const struct review_terms *terms)
{
    enum { LAST_MINUTE = SHIFTS_TO_MINUTE_MAX - CALENDAR_MINUTES };

    return terms->until + LAST_MINUTE * SECONDS_PER_MINUTE;
}

/* ---- reckoned ---- */

struct outcome review_terms_of(struct scene *scene, struct str month, struct review_terms *terms)
{
    struct review_find_subsidy_policy_row policy;
    const struct review_list_rates_row *rates;
    size_t count;
    bool found;

    *terms = (struct review_terms){.month = month};
    if (!review_month_of(month, &terms->from, &terms->until)) return REFUSE(review_month_word);
    TRY(review_find_subsidy_policy(scene->arena, scene->store, month, &policy, &found));
    if (!found) return FAULT("there are no rates of subsidies; run gongdao init again");
    terms->version = policy.subsidy_version;
    terms->cap_fen = policy.cap_fen;
    terms->handle_min = policy.handle_min;
    TRY(review_list_rates(scene->arena, scene->store, policy.subsidy_version, &rates, &count));
    for (size_t i = 0; i < count; i++) {
        enum review_item item;

        if (review_item_of(rates[i].item, &item))
            terms->rates[item] = (struct review_rate){rates[i].fen, rates[i].count_max};
    }
    return DONE;
}

struct review_earner *review_earners_grow(struct arena *arena, const struct review_earner *earners,
                                          size_t count, size_t more)
{
    struct review_earner *grown = NEW_MANY(arena, struct review_earner, count + more);

    if (count) memcpy(grown, earners, count * sizeof *grown);
    return grown;
}

static struct review_earner earner_of(struct scene *scene, const struct review_terms *terms,
                                      const struct review_list_done_row *row)
{
    struct review_earner earner = {
        .person_id = row->person_id,
        .name = row->person_name,
        .login = row->login,
        .team_name = review_team_name(scene, row->team_zh, row->team_en),
        .counts = {[REVIEW_LIVE] = row->live_count,
                   [REVIEW_MESSAGE] = row->message_count,
                   [REVIEW_MESSAGE_LATE] = row->late_count,
                   [REVIEW_SHIFT_HOUR] = row->shift_seconds / SECONDS_PER_HOUR,
                   [REVIEW_STANDBY_HOUR] =
                       row->standby_minutes / (SECONDS_PER_HOUR / SECONDS_PER_MINUTE)},
    };

    earner.pay = review_pay(earner.counts, terms->rates, terms->cap_fen);
    return earner;
}

static bool earns(const struct review_earner *earner)
{
    for (int item = 0; item < REVIEW_ITEMS; item++) {
        if (earner->counts[item]) return true;
    }
    return false;
}

struct outcome review_earners(struct scene *scene, const struct review_terms *terms,
                              struct str division, id after, id last,
                              struct review_earner **earners, size_t *count)
{
    const struct review_list_done_row *rows;
    size_t rows_count;

    *earners = NULL;
    *count = 0;
    do {
        TRY(review_list_done(scene->arena, scene->store, terms->from, terms->until, scene->now,
                             terms->handle_min, after, last, division, &rows, &rows_count));
        *earners = review_earners_grow(scene->arena, *earners, *count, rows_count + 1);
        for (size_t i = 0; i < rows_count; i++) {
            struct review_earner earner = earner_of(scene, terms, &rows[i]);

            if (earns(&earner)) (*earners)[(*count)++] = earner;
        }
        if (rows_count) after = rows[rows_count - 1].person_id;
    } while (rows_count && after < last); /* the query gives some thousand at a time */
    return DONE;
}

/* ---- closed ---- */

static struct outcome close(struct scene *scene, const void *form, void *result)
{
    const struct review_month_form *f = form;
    struct review_find_month_row before;
    struct review_find_closing_row closing_now;
    struct review_terms terms;
    bool found;

    (void)result;
    TRY(review_need_city(scene));
    TRY(review_terms_of(scene, f->month, &terms));
    if (review_closable_at(&terms) > scene->now) return REFUSE(month_open);
    TRY(review_find_month(scene->arena, scene->store, f->month, &before, &found));
    if (found) return REFUSE(month_closed);
    TRY(review_find_closing(scene->arena, scene->store, &closing_now, &found));
    if (found) return REFUSE(month_closing);
    TRY(clock_set(scene, "review.closing", 0, scene->now));
    scene_about(scene, 0, 0);
    scene->detail = f->month;
    return review_add_month(scene->store, f->month, terms.version, scene->now,
                            scene->actor.person_id);
}

static struct outcome add_line(struct scene *scene, struct str month, id person_id, struct str item,
                               int64_t count, int64_t paid, int64_t fen, int64_t amount)
{
    return review_add_line(scene->store, &(struct review_add_line_values){
                                             .line_id = scene_new_id(scene),
                                             .month = month,
                                             .person_id = person_id,
                                             .item = item,
                                             .item_count = count,
                                             .paid_count = paid,
                                             .fen = fen,
                                             .amount_fen = amount,
                                             .at = scene->now,
                                             .by_id = scene->actor.person_id,
                                         });
}

static struct outcome freeze(struct scene *scene, const struct review_terms *terms,
                             const struct review_earner *earner)
{
    for (int i = 0; i < REVIEW_ITEMS; i++) {
        struct str item = review_item_word((enum review_item)i);

        if (!earner->counts[i]) continue;
        TRY(add_line(scene, terms->month, earner->person_id, item, earner->counts[i],
                     earner->pay.paid_count[i], terms->rates[i].fen, earner->pay.fen[i]));
        if (i > REVIEW_MESSAGE_LATE) continue;
        TRY(review_keep_done_cases(scene->store, terms->month, item, earner->person_id, terms->from,
                                   terms->until, terms->handle_min));
    }
    if (!earner->pay.cut_fen) return DONE;
    return add_line(scene, terms->month, earner->person_id, S("cap"), 0, 0, 0,
                    -earner->pay.cut_fen);
}

/* Some people of the month that is being closed; the next ones at once. */
static struct outcome closing(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    const struct review_list_next_people_row *next;
    struct review_find_closing_row month;
    struct review_earner *earners;
    struct review_terms terms;
    size_t next_count, count;
    bool found;
    id last;

    (void)result;
    TRY(review_find_closing(scene->arena, scene->store, &month, &found));
    if (!found) return REFUSE(review_not_now);
    TRY(review_terms_of(scene, month.month, &terms));
    TRY(review_list_next_people(scene->arena, scene->store, f->case_id, &next, &next_count));
    if (!next_count) return review_close_month(scene->store, scene->now, month.month);
    if (next_count > CLOSED_AT_A_TIME) next_count = CLOSED_AT_A_TIME;
    last = next[next_count - 1].person_id;
    TRY(review_earners(scene, &terms, S(""), f->case_id, last, &earners, &count));
    for (size_t i = 0; i < count; i++) TRY(freeze(scene, &terms, &earners[i]));
    return clock_set(scene, "review.closing", last, scene->now);
}

/* ---- corrected ---- */

static struct outcome correct(struct scene *scene, const void *form, void *result)
{
    const struct review_correct_form *f = form;
    struct review_find_month_row month;
    struct people_find_consultant_row person;
    int64_t fen;
    bool found;

    (void)result;
    TRY(review_need_city(scene));
    TRY(review_find_month(scene->arena, scene->store, f->month, &month, &found));
    if (!found || !str_same(month.state, S("closed"))) return REFUSE(month_not_closed);
    TRY(people_consultant(scene, f->person, &person, &found));
    if (!found) return REFUSE(act_unknown);
    if (f->person == scene->actor.person_id) return REFUSE(review_own_matter);
    if (!review_fen_of(f->amount, &fen) || fen == 0) return REFUSE(money_word);
    scene_about(scene, 0, f->person);
    scene->detail = f->month;
    return review_add_line(scene->store, &(struct review_add_line_values){
                                             .line_id = scene_new_id(scene),
                                             .month = f->month,
                                             .person_id = f->person,
                                             .item = S("correction"),
                                             .amount_fen = fen,
                                             .reason = f->reason,
                                             .at = scene->now,
                                             .by_id = scene->actor.person_id,
                                         });
}

/* ---- rates ---- */

static struct outcome rates(struct scene *scene, const void *form, void *result)
{
    const struct review_rates_form *f = form;
    const struct review_list_months_row *months;
    struct review_find_newest_subsidy_row newest;
    const struct str typed[REVIEW_ITEMS] = {f->live, f->message, f->message_late, f->shift_hour,
                                            f->standby_hour};
    const int64_t max[REVIEW_ITEMS] = {f->live_max, f->message_max, f->message_late_max,
                                       f->shift_hour_max, f->standby_hour_max};
    moment from, until;
    int64_t cap, fen;
    size_t count;
    bool found;

    (void)result;
    TRY(review_need_city(scene));
    if (!review_month_of(f->from_month, &from, &until)) return REFUSE(review_month_word);
    TRY(review_list_months(scene->arena, scene->store, &months, &count));
    for (size_t i = 0; i < count; i++) {
        moment closed_from, closed_until;

        if (review_month_of(months[i].month, &closed_from, &closed_until) && closed_from >= from)
            return REFUSE(month_past);
    }
    if (!review_fen_of(f->cap, &cap) || cap < 0) return REFUSE(money_word);
    TRY(review_find_newest_subsidy(scene->store, &newest, &found));
    TRY(review_add_subsidy_policy(scene->store, newest.subsidy_version + 1, f->from_month,
                                  scene->now, scene->actor.person_id, cap, f->handle_min));
    for (int i = 0; i < REVIEW_ITEMS; i++) {
        if (!review_fen_of(typed[i], &fen) || fen < 0) return REFUSE(money_word);
        TRY(review_add_rate(scene->store, newest.subsidy_version + 1,
                            review_item_word((enum review_item)i), fen, max[i]));
    }
    return DONE;
}

const struct act review_act_month_close = {
    .name = "review.close_month", .who = WHO_ADMIN, .form = &review_month_form, .run = close};
const struct act review_act_closing = {.name = "review.closing", .who = WHO_SYSTEM, .run = closing};
const struct act review_act_correct = {
    .name = "review.correct", .who = WHO_ADMIN, .form = &review_correct_form, .run = correct};
const struct act review_act_subsidy_policy = {
    .name = "review.rates", .who = WHO_ADMIN, .form = &review_rates_form, .run = rates};
