/* forecast_erlang.c -- Erlang B, C and A.
 *
 * With rates of arrival l, of talks m (n places) and of giving up g, the wait a patient newcomer
 * would have has the density  b n m exp(h(t)),  h(t) = l (1 - exp(-g t)) / g - n m t,  where b is
 * the probability that exactly n are there (Baccelli and Hebuterne 1981).  h is concave, so all is
 * a ratio of integrals of one hump; it is scaled by its own height.
 *
 *  (1) Nothing overflows: 1/B grows in a recursion of quotients and only its inverse is used; the
 *      hump is at most 1.
 *  (2) Without impatience (g = 0) it is Erlang C; with none at all it is Erlang B.
 *  (3) More places never serve fewer in time, so the least number is found by halving.
 *
 * Sources: Palm 1957; Garnett, Mandelbaum and Reiman, "Designing a call center with impatient
 * customers", 2002.
 */
#include <math.h>

#include "bureau/forecast/forecast.h"

double forecast_blocked(double erlangs, int64_t places)
{
    double inverse = 1;

    if (erlangs <= 0) return places > 0 ? 0 : 1;
    for (int64_t k = 1; k <= places && inverse < 1e300; k++)
        inverse = 1 + inverse * (double)k / erlangs;
    return inverse < 1e300 ? 1 / inverse : 0;
}

struct rates {
    double come, serve, leave; /* a second; `serve` is of all places together */
};

static double height(const struct rates *r, double t)
{
    return -r->come * expm1(-r->leave * t) / r->leave - r->serve * t;
}

/* Where the hump is highest. */
static double top(const struct rates *r)
{
    return r->come > r->serve ? log(r->come / r->serve) / r->leave : 0;
}

/* Beyond what counts: e^-45 of the height is past any digit. */
static bool is_low(const struct rates *r, double peak, double t)
{
    return height(r, t) < peak - 45;
}

/* The place between a high and a low one where the hump begins or is over. */
static double edge(const struct rates *r, double peak, double high, double low)
{
    for (int i = 0; i < 40; i++) {
        double middle = (high + low) / 2;

        if (is_low(r, peak, middle))
            low = middle;
        else
            high = middle;
    }
    return low;
}

static double end(const struct rates *r, double peak)
{
    double from = top(r), far = 1 / r->serve;

    while (!is_low(r, peak, from + far) && far < 1e12) far *= 2;
    return edge(r, peak, from, from + far);
}

struct sums {
    double all, left; /* the hump, and what of it has given up by then */
};

/* Eight-point Gauss-Legendre on each of many pieces, small beside `from` and growing towards `to`:
 * talks may be long and patience short, and the hump then has a steep side and a long one. */
static struct sums add_up(const struct rates *r, double peak, double from, double to)
{
    enum { PIECES = 24 };
    static const double at[] = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                0.9602898564975363};
    static const double weight[] = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                    0.1012285362903763};
    struct sums sums = {0};

    for (int i = 0; from != to && i < PIECES; i++) {
        double begins = from + (to - from) * pow((double)i / PIECES, 3);
        double ends = from + (to - from) * pow((double)(i + 1) / PIECES, 3);
        double middle = (begins + ends) / 2, half = (ends - begins) / 2;

        for (size_t k = 0; k < COUNT(at) * 2; k++) {
            double t = middle + (k % 2 ? half : -half) * at[k / 2];
            double value = exp(height(r, t) - peak) * weight[k / 2] * fabs(half);

            sums.all += value;
            sums.left += value * -expm1(-r->leave * t);
        }
    }
    return sums;
}

/* The hump from where it begins until `until`, from its highest place there to both sides. */
static struct sums hump_until(const struct rates *r, double peak, double first, double until)
{
    double crest = fmin(top(r), until);
    struct sums rise = add_up(r, peak, crest, fmin(first, crest));
    struct sums fall = add_up(r, peak, crest, until);

    return (struct sums){rise.all + fall.all, rise.left + fall.left};
}

/* Nobody gives up: Erlang C, or a queue without end. */
static struct forecast_service serve_patient(const struct rates *r, double blocked, double within)
{
    double spare = 1 - r->come / r->serve, waits;

    if (spare <= 0)
        return (struct forecast_service){.waits = 1, .wait_seconds = INFINITY, .occupancy = 1};
    waits = blocked / (spare + blocked * (1 - spare));
    return (struct forecast_service){
        .waits = waits,
        .within = 1 - waits * exp(-(r->serve - r->come) * within),
        .wait_seconds = waits / (r->serve - r->come),
        .occupancy = 1 - spare,
    };
}

static struct forecast_service serve_impatient(const struct rates *r, double blocked, double within)
{
    double crest = top(r), peak = height(r, crest), last = end(r, peak);
    double first = is_low(r, peak, 0) ? edge(r, peak, crest, 0) : 0;
    struct sums hump = hump_until(r, peak, first, last);
    struct sums early = hump_until(r, peak, first, fmin(within, last));
    /* As multiples of b e^peak: those below n places, and all. */
    double below = blocked > 0 ? (1 / blocked - 1) * exp(-peak) : INFINITY;
    double all = below + r->serve * hump.all, abandons;

    if (isinf(below))
        return (struct forecast_service){.within = 1, .occupancy = r->come / r->serve};
    abandons = r->serve * hump.left / all;
    return (struct forecast_service){
        .waits = r->serve * hump.all / all,
        .within = fmin(1, (below + r->serve * (early.all - early.left)) / all),
        .abandons = abandons,
        .wait_seconds = abandons / r->leave,
        .occupancy = fmin(1, r->come * (1 - abandons) / r->serve),
    };
}

struct forecast_service forecast_serve(const struct forecast_load *load, int64_t places,
                                       double within_seconds)
{
    struct rates r = {.come = load->per_hour / SECONDS_PER_HOUR,
                      .serve = (double)places / load->handle_seconds,
                      .leave = load->patience_seconds > 0 ? 1 / load->patience_seconds : 0};
    double blocked = forecast_blocked(r.come * load->handle_seconds, places);

    assert(load->handle_seconds > 0 && load->per_hour >= 0 && places >= 0);
    if (r.come <= 0) return (struct forecast_service){.within = 1};
    if (places == 0)
        return (struct forecast_service){.waits = 1,
                                         .abandons = r.leave > 0 ? 1 : 0,
                                         .wait_seconds =
                                             r.leave > 0 ? load->patience_seconds : INFINITY};
    return r.leave > 0 ? serve_impatient(&r, blocked, within_seconds)
                       : serve_patient(&r, blocked, within_seconds);
}

int64_t forecast_needed(const struct forecast_load *load, int64_t percent, double within_seconds)
{
    double share = (double)percent / 100, erlangs;
    int64_t few = 0, enough, step = 1;

    if (load->per_hour <= 0) return 0;
    erlangs = load->per_hour / SECONDS_PER_HOUR * load->handle_seconds;
    enough = erlangs < FORECAST_PLACES_MAX ? (int64_t)ceil(erlangs) : FORECAST_PLACES_MAX;
    while (forecast_serve(load, enough, within_seconds).within < share) {
        if (enough >= FORECAST_PLACES_MAX) return -1;
        few = enough;
        enough = enough + step < FORECAST_PLACES_MAX ? enough + step : FORECAST_PLACES_MAX;
        step *= 2;
    }
    while (enough - few > 1) {
        int64_t middle = (few + enough) / 2;

        if (forecast_serve(load, middle, within_seconds).within >= share)
            enough = middle;
        else
            few = middle;
    }
    return enough;
}

struct forecast_pace forecast_measure(int64_t talks, int64_t talk_seconds, int64_t gave_up,
                                      int64_t waited_seconds)
{
    enum { TALKS_USUAL = 10 };
    double patience = (double)(waited_seconds + FORECAST_PATIENCE_USUAL) / (double)(gave_up + 1);
    double handle = (double)(talk_seconds + TALKS_USUAL * FORECAST_HANDLE_USUAL) /
                    (double)(talks + TALKS_USUAL);

    return (struct forecast_pace){
        .handle_seconds = fmax(1, handle),
        .patience_seconds = fmin(fmax(1, patience), SECONDS_PER_DAY),
        .handle_is_measured = talks >= FORECAST_MEASURED_MIN,
        .patience_is_measured = gave_up >= FORECAST_MEASURED_MIN,
    };
}
