/* rate.c -- see rate.h.
 *
 * A fixed table: an attacker with many addresses pushes out old entries, and each new one still
 * starts with one minute's allowance, so memory is bounded and nobody is shut out for ever. */
#include "platform/rate.h"

#include <pthread.h>

#include "platform/metrics.h"

enum { BUCKETS = 1 << 15, PROBES = 8, MILLI = 1000 };

/* One time costs this much, so that a millisecond brings a whole number: `per_minute`. */
enum { COST = 60 * MILLI };

static struct bucket {
    uint64_t key;
    int64_t tokens; /* COST for one time */
    int64_t at_ms;
} buckets[BUCKETS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static uint64_t hash(const char *what, struct str address)
{
    uint64_t value = 1469598103934665603u ^ (uint64_t)(uintptr_t)what;

    for (size_t i = 0; i < address.len; i++)
        value = (value ^ (unsigned char)address.at[i]) * 1099511628211u;
    return value ? value : 1;
}

/* Its own bucket, an empty one, or the one that was touched longest ago. */
static struct bucket *find(uint64_t key)
{
    struct bucket *oldest = &buckets[key % BUCKETS];

    for (uint64_t i = 0; i < PROBES; i++) {
        struct bucket *bucket = &buckets[(key + i) % BUCKETS];

        if (bucket->key == key) return bucket;
        if (bucket->at_ms < oldest->at_ms) oldest = bucket;
    }
    oldest->key = 0;
    return oldest;
}

/* Under the lock: the bucket with what has come back to it by now. */
static struct bucket *look(const char *what, struct str address, int per_minute, int64_t now_ms)
{
    int64_t full = (int64_t)per_minute * COST;
    uint64_t key = hash(what, address);
    struct bucket *bucket = find(key);

    if (bucket->key != key) *bucket = (struct bucket){key, full, now_ms};
    if (now_ms > bucket->at_ms) {
        bucket->tokens += (now_ms - bucket->at_ms) * per_minute;
        bucket->at_ms = now_ms;
        if (bucket->tokens > full) bucket->tokens = full;
    }
    return bucket;
}

bool rate_may_at(const char *what, struct str address, int per_minute, int64_t now_ms)
{
    struct bucket *bucket;
    bool may;

    pthread_mutex_lock(&lock);
    bucket = look(what, address, per_minute, now_ms);
    may = bucket->tokens >= COST;
    if (may) bucket->tokens -= COST;
    pthread_mutex_unlock(&lock);
    return may;
}

int64_t rate_wait_seconds_at(const char *what, struct str address, int per_minute, int64_t now_ms)
{
    int64_t lacks, second = (int64_t)per_minute * MILLI;

    assert(per_minute > 0);
    pthread_mutex_lock(&lock);
    lacks = COST - look(what, address, per_minute, now_ms)->tokens;
    pthread_mutex_unlock(&lock);
    return lacks > 0 ? (lacks + second - 1) / second : 0;
}

bool rate_is_own(struct str address)
{
    return str_begins(address, S("127.")) || str_same(address, S("::1")) ||
           str_same(address, S("unix"));
}

bool rate_may(const char *what, struct str address, int per_minute)
{
    if (rate_is_own(address)) return true;
    return rate_may_at(what, address, per_minute, metrics_microseconds() / MILLI);
}

int64_t rate_wait_seconds(const char *what, struct str address, int per_minute)
{
    if (rate_is_own(address)) return 0;
    return rate_wait_seconds_at(what, address, per_minute, metrics_microseconds() / MILLI);
}
