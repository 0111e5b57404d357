/* simulate_city.c -- plans, and the people and questions they ask for.
 *
 * Sizes are the documents' (see plan_of_documents); habits of people are assumptions, each one a
 * number of the plan, so that a bureau can put its own measurements there. */
#include <math.h>

#include "desk/calendar/calendar_load.h"
#include "main/simulate_inside.h"

extern const char data_fields[], data_divisions[]; /* data/, see Makefile */

const char *const simulate_languages[SIMULATE_LANGUAGES] = {"zh", "wuu", "en", "yue", "sign"};

const char *const simulate_break_names[SIMULATE_BREAKS] = {
    "none",         "no-ageing",      "offer-to-absent",
    "double-offer", "overfill",       "lost-on-restart",
    "leaked-offer", "deserted",       "blamed",
    "ladder-stuck", "undated",        "stuck-queue",
    "wrong-wait",   "late-accept",    "far-first",
    "kept-forever", "ladder-asleep",  "ladder-flaps",
    "called-again", "pushed",         "again-first",
    "deep-stuck",   "deep-last",      "handed-forgotten",
    "handed-twice", "handed-outside", "handed-live-outside"};

/* A working day of 2026 by its number among them, at nine. */
static moment nine_of_day(int64_t number)
{
    calendar_day day = calendar_day_from(2026, 1, 1);

    for (; number >= 0; day++) {
        bool working = false;

        if (IS_DONE(calendar_is_working_day(&calendar_built_in, day, &working)) && working)
            number--;
    }
    return calendar_day_begins(day - 1) + 9 * (int64_t)SECONDS_PER_HOUR;
}

/* 290,000 calls and 60,000 other services in seven months (147 working days): 2,381 a day, for
 * 116 on duty. */
struct simulate_plan simulate_plan_city(uint64_t seed, double scale, double load)
{
    struct simulate_random random = simulate_random_of(seed, 0);
    moment opens = nine_of_day(simulate_below(&random, 240));
    double people = 116 * scale;

    return (struct simulate_plan){
        .seed = seed,
        .opens_at = opens,
        .begins_at = opens - SECONDS_PER_HOUR / 2,
        .closes_at = opens + 8 * (int64_t)SECONDS_PER_HOUR,
        .ends_at = opens + 11 * (int64_t)SECONDS_PER_HOUR,
        .people = people < 1 ? 1 : (int64_t)(people + 0.5),
        .backups = (int64_t)(people / 5),
        .cases = (int64_t)(2381 * scale * load + 0.5),
        .capacity = 1,
        .districts = SIMULATE_DISTRICTS,
        .city_wide = 0.2,
        .bursts = 2,
        .restarts = 3,
        .burst_factor = 4,
        .no_show = 0.05,
        .silent = 0.03,
        .vanish = 0.02,
        .decline = 0.02,
        .written = 60.0 / 350,
        .wants = 0.02,
        .returning = 0.08,
        .more = 0.05,
        .again = 0.1,
        .handed = 0.03,
        .take_up_percent = 25,
        .take_up_seconds = 30 * SECONDS_PER_MINUTE,
        .cared_for = 0.12,
        .urgent = 0.02,
        .sign = 0.007,
        .patience_seconds = 15 * SECONDS_PER_MINUTE,
        .probes = 0.05,
        .handling_seconds = 7 * SECONDS_PER_MINUTE,
        .handling_sigma = 0.7,
        .accept_seconds = 7,
        .samples_known = SIMULATE_PACE_MAX,
        .ladder = ladder_policy_default,
    };
}

/* Every second desk has the usual order; the others any that an administrator may set. */
static void draw_order(uint64_t seed, struct ladder_policy *ladder)
{
    struct simulate_random random = simulate_random_of(seed, 8);

    if (simulate_happens(&random, 0.5)) return;
    for (int level = LADDER_NEIGHBOUR; level < LADDER_MESSAGE; level++) {
        int64_t other = simulate_between(&random, LADDER_NEIGHBOUR, level);
        int64_t place = ladder->places[level];

        ladder->places[level] = ladder->places[other];
        ladder->places[other] = place;
    }
    for (int level = LADDER_NEIGHBOUR; level < LADDER_MESSAGE; level++) {
        if (simulate_happens(&random, 0.25)) ladder->places[level] = 0;
    }
}

struct simulate_plan simulate_plan_small(uint64_t seed, bool real)
{
    struct simulate_random random = simulate_random_of(seed, 7);
    struct simulate_plan plan = simulate_plan_city(seed, 1, 1);
    int64_t hours = real ? 2 : 8, minutes;

    plan.real = real;
    plan.watch_all = true;
    plan.one_profession = simulate_happens(&random, 0.5);
    plan.people = simulate_between(&random, 1, real ? 8 : 14);
    plan.capacity = simulate_between(&random, 1, 3);
    plan.backups = real ? 0 : simulate_between(&random, 0, 4);
    minutes = hours * 60 * plan.people * plan.capacity;
    /* From a desk that sleeps to one with three times what it can carry. */
    plan.cases = 3 + (int64_t)((double)minutes / 9 * (0.2 + 2.8 * simulate_fraction(&random)) / 2);
    if (plan.cases > (real ? 80 : 400)) plan.cases = real ? 80 : 400;
    plan.bursts = simulate_between(&random, 0, 3);
    plan.burst_factor = 2 + 8 * simulate_fraction(&random);
    plan.restarts = simulate_between(&random, 0, 4);
    plan.no_show = 0.3 * simulate_fraction(&random);
    plan.silent = 0.3 * simulate_fraction(&random);
    plan.vanish = 0.5 * simulate_fraction(&random);
    plan.decline = 0.2 * simulate_fraction(&random);
    plan.wants = 0.1;
    plan.returning = 0.2;
    plan.more = 0.2;
    plan.again = 0.3;
    plan.handed = real ? 0.5 : 0.25;
    plan.take_up_percent = 5; /* so that some run out on the same day */
    plan.take_up_seconds = 10 * SECONDS_PER_MINUTE;
    plan.cared_for = 0.2;
    plan.urgent = real ? 0 : 0.1; /* no form says it yet */
    plan.handling_seconds = (double)simulate_between(&random, 2, 15) * SECONDS_PER_MINUTE;
    plan.patience_seconds = (double)simulate_between(&random, 3, 40) * SECONDS_PER_MINUTE;
    plan.samples_known = simulate_happens(&random, 0.5) ? SIMULATE_PACE_MAX : 0;
    /* Few districts, so that some have consultants of their own and neighbours to be kept from. */
    plan.districts = simulate_happens(&random, 0.5) ? simulate_between(&random, 1, 4)
                                                    : simulate_between(&random, 1, 16);
    plan.city_wide = 0.5 * simulate_fraction(&random);
    /* The last hours of the day, so that closing time is in it. */
    plan.begins_at = plan.closes_at - hours * SECONDS_PER_HOUR;
    if (!real) plan.begins_at -= SECONDS_PER_HOUR / 2;
    if (!real) draw_order(seed, &plan.ladder); /* the store of the real acts has the usual one */
    plan.ends_at = plan.closes_at + (real ? 1 : 3) * (int64_t)SECONDS_PER_HOUR;
    return plan;
}

/* ---- tables of data/ ---- */

static bool next_row(struct str *text, struct str *columns, size_t count)
{
    while (text->len) {
        struct str line = str_cut(*text, '\n', text);

        if (!line.len || line.at[0] == '#') continue;
        for (size_t i = 0; i < count; i++) columns[i] = str_cut(line, '\t', &line);
        return true;
    }
    return false;
}

static int profession_place(struct str word)
{
    int place = 0;

    while (place < CONSULTATION_PROFESSIONS - 1 &&
           !str_same(str_of(consultation_professions[place]), word))
        place++;
    return place;
}

static void read_tables(struct simulation *s)
{
    struct str text = str_of(data_fields), c[6];
    int districts = 0;

    while (s->fields_count < SIMULATE_FIELDS_MAX && next_row(&text, c, COUNT(c))) {
        s->field_codes[s->fields_count] = c[0];
        s->field_professions[s->fields_count++] = profession_place(c[5]);
    }
    text = str_of(data_divisions);
    while (districts < SIMULATE_DISTRICTS && next_row(&text, c, COUNT(c))) {
        if (str_same(c[2], S("district"))) {
            s->districts[districts] = assignment_district(c[0]);
            s->divisions[districts++] = c[0];
        }
    }
    assert(districts == SIMULATE_DISTRICTS && s->fields_count > 0);
}

/* ---- people ---- */

static int some_profession(struct simulation *s, int64_t number)
{
    /* One in two is a lawyer; the rest in turn, so that a small desk too has several. */
    if (s->plan->one_profession || number % 2 == 0) return 0;
    return 1 + (int)(number / 2 % (CONSULTATION_PROFESSIONS - 1));
}

static void make_person(struct simulation *s, int64_t number)
{
    struct simulate_person *p = &s->people[number];
    const struct simulate_plan *plan = s->plan;
    static const double speaks[SIMULATE_LANGUAGES] = {1, 0.25, 0.33, 0.05, 0.02};

    *p = (struct simulate_person){.person_id = number + 1,
                                  .profession = some_profession(s, number),
                                  .division = (int)simulate_below(&s->consultants, plan->districts),
                                  .team = (int)(number % SIMULATE_TEAMS),
                                  .capacity = plan->capacity,
                                  .written_capacity = 20};
    if (simulate_happens(&s->consultants, plan->city_wide)) p->division = SIMULATE_CITY;
    p->district = p->division == SIMULATE_CITY ? 0 : s->districts[p->division];
    for (int i = 0; i < s->fields_count; i++) {
        if (s->field_professions[i] == p->profession && simulate_happens(&s->consultants, 0.6))
            p->fields |= 1u << i;
    }
    for (int i = 0; i < SIMULATE_LANGUAGES; i++) {
        if (simulate_happens(&s->consultants, speaks[i])) p->languages |= 1u << i;
    }
    p->last_call = SIMULATE_NOBODY;
    p->goes_at = plan->closes_at;
    p->backup = number >= plan->people;
    p->opted_out = p->backup && simulate_happens(&s->consultants, 0.1);
    if (p->backup) return;
    if (plan->steady) {
        simulate_at(s, plan->begins_at, HAPPENS_COME, number, 0);
        return;
    }
    p->goes_at +=
        simulate_between(&s->consultants, -5 * SECONDS_PER_MINUTE, 15 * SECONDS_PER_MINUTE);
    if (simulate_happens(&s->consultants, plan->no_show)) return;
    simulate_at(
        s, plan->begins_at + (int64_t)simulate_exponential(&s->consultants, 5 * SECONDS_PER_MINUTE),
        HAPPENS_COME, number, 0);
    simulate_at(s, p->goes_at, HAPPENS_GO, number, 0);
}

/* ---- questions ---- */

enum { SLOTS = 48 };

/* Weight of each half hour: a morning and an afternoon top, little outside of hours. */
static void weigh(struct simulation *s, double *weight, int64_t slots)
{
    const struct simulate_plan *plan = s->plan;

    for (int64_t i = 0; i < slots; i++) {
        moment at = plan->begins_at + i * SECONDS_PER_HOUR / 2;
        double hour = (double)(at - plan->opens_at) / SECONDS_PER_HOUR;

        weight[i] = plan->steady ? 1
                    : hour < 0 || at >= plan->closes_at
                        ? 0.15
                        : 0.7 + 0.5 * exp(-(hour - 1.5) * (hour - 1.5)) +
                              0.4 * exp(-(hour - 5.5) * (hour - 5.5));
    }
    for (int64_t i = 0; i < plan->bursts; i++)
        weight[simulate_below(&s->arrivals, slots)] *= plan->burst_factor;
}

static int some_language(struct simulation *s)
{
    double at = simulate_fraction(&s->residents);

    if (s->plan->steady) return 0;
    if (at >= 1 - s->plan->sign) return 4;
    return at < 0.93 ? 0 : at < 0.965 ? 1 : at < 0.985 ? 2 : 3;
}

static void make_case(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    const struct simulate_plan *plan = s->plan;
    struct simulate_random *r = &s->residents;

    *c = (struct simulate_case){.field = (int)simulate_below(r, s->fields_count),
                                .division = (int)simulate_below(r, plan->districts),
                                .language = some_language(s),
                                .owner = number,
                                .wants = SIMULATE_NOBODY,
                                .returning = SIMULATE_NOBODY,
                                .consultant = SIMULATE_NOBODY,
                                .missed = SIMULATE_NOBODY,
                                .by_choice = simulate_happens(r, plan->written),
                                .probe = simulate_happens(r, plan->probes)};
    /* Two in three are a lawyer's, as the documents have it. */
    if (plan->one_profession || simulate_happens(r, 0.4)) c->field = 0;
    c->profession = s->field_professions[c->field];
    if (plan->one_profession) c->profession = 0;
    c->priority = simulate_happens(r, plan->urgent)      ? 2
                  : simulate_happens(r, plan->cared_for) ? 1
                                                         : 0;
    if (!simulate_happens(r, plan->wants)) return;
    c->wants = simulate_below(r, s->people_count);
    c->profession = s->people[c->wants].profession; /* as consultation.ask has it */
}

static void make_cases(struct simulation *s)
{
    const struct simulate_plan *plan = s->plan;
    int64_t slots = (plan->ends_at - plan->begins_at) * 2 / SECONDS_PER_HOUR, made = 0;
    double weight[SLOTS] = {0}, sum = 0;
    int64_t counts[SLOTS] = {0};

    assert(slots > 0 && slots <= SLOTS);
    /* After closing one hour is enough to see what becomes of late questions. */
    slots -= (plan->ends_at - plan->closes_at) * 2 / SECONDS_PER_HOUR - (plan->steady ? 0 : 2);
    if (slots < 1) slots = 1;
    weigh(s, weight, slots);
    for (int64_t i = 0; i < slots; i++) sum += weight[i];
    for (int64_t i = 0; i < slots; i++) {
        counts[i] = simulate_poisson(&s->arrivals, (double)plan->cases * weight[i] / sum);
        s->cases_count += counts[i];
    }
    s->cases = NEW_MANY(s->arena, struct simulate_case, (size_t)s->cases_count + 1);
    for (int64_t i = 0; i < slots; i++) {
        for (int64_t k = 0; k < counts[i]; k++, made++) {
            make_case(s, made);
            simulate_at(s,
                        plan->begins_at + i * SECONDS_PER_HOUR / 2 +
                            simulate_below(&s->arrivals, SECONDS_PER_HOUR / 2),
                        HAPPENS_ARRIVE, made, 0);
        }
    }
}

static void fill_pace(struct simulation *s)
{
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        s->pace[i].count = s->plan->samples_known;
        for (int64_t k = 0; k < s->pace[i].count; k++)
            s->pace[i].seconds[k] = (int64_t)simulate_lognormal(
                &s->faults, s->plan->handling_seconds, fabs(s->plan->handling_sigma));
    }
}

void simulate_make_city(struct simulation *s)
{
    const struct simulate_plan *plan = s->plan;
    struct calendar_opening official = {.interval = {{9 * 60, 17 * 60}}, .count = 1};

    read_tables(s);
    simulate_make_borders(s);
    calendar_hours_of_workdays(&s->hours, &official);
    s->desk = (struct calendar_desk){.calendar = &calendar_built_in, .hours = &s->hours};
    s->people_count = plan->people + plan->backups;
    s->people = NEW_MANY(s->arena, struct simulate_person, (size_t)s->people_count);
    for (int64_t i = 0; i < s->people_count; i++) make_person(s, i);
    make_cases(s);
    fill_pace(s);
    for (int64_t i = 0; i < plan->restarts; i++)
        simulate_at(s,
                    simulate_between(&s->faults, plan->begins_at + SECONDS_PER_MINUTE,
                                     plan->closes_at + SECONDS_PER_HOUR / 2),
                    HAPPENS_KILL, 0, 0);
}
