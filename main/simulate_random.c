/* simulate_random.c -- chance that a seed brings back.
 *
 * xoshiro256** (Blackman and Vigna 2018) seeded by splitmix64 (Steele, Lea and Flood 2014): short,
 * fast, and the same on every machine.  Logarithms come from the C library, so a run is the same
 * byte for byte wherever that is. */
#include <math.h>

#include "main/simulate.h"

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint64_t turned(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

struct simulate_random simulate_random_of(uint64_t seed, uint64_t stream)
{
    struct simulate_random random;
    uint64_t state = seed * 0xD1342543DE82EF95u + stream;

    for (size_t i = 0; i < COUNT(random.state); i++) random.state[i] = splitmix(&state);
    return random;
}

uint64_t simulate_draw(struct simulate_random *random)
{
    uint64_t *s = random->state, result = turned(s[1] * 5, 7) * 9, t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = turned(s[3], 45);
    return result;
}

double simulate_fraction(struct simulate_random *random)
{
    return (double)(simulate_draw(random) >> 11) * 0x1.0p-53;
}

int64_t simulate_below(struct simulate_random *random, int64_t bound)
{
    assert(bound > 0);
    /* The bias of the remainder is below bound / 2^64. */
    return (int64_t)(simulate_draw(random) % (uint64_t)bound);
}

int64_t simulate_between(struct simulate_random *random, int64_t low, int64_t high)
{
    return low + simulate_below(random, high - low + 1);
}

bool simulate_happens(struct simulate_random *random, double chance)
{
    return simulate_fraction(random) < chance;
}

double simulate_exponential(struct simulate_random *random, double mean)
{
    return -mean * log(1.0 - simulate_fraction(random));
}

double simulate_lognormal(struct simulate_random *random, double median, double sigma)
{
    double radius = sqrt(simulate_exponential(random, 2.0));

    return median * exp(sigma * radius * cos(6.283185307179586 * simulate_fraction(random)));
}

int64_t simulate_poisson(struct simulate_random *random, double mean)
{
    int64_t count = -1;

    /* Counting exponential gaps: as many draws as events, which are simulated one by one anyway. */
    for (double at = 0; at < mean; count++) at += simulate_exponential(random, 1.0);
    return count < 0 ? 0 : count;
}
