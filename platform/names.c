/* names.c -- see names.h. */
#include "platform/names.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct name {
    id name_id;
    char *called;
    size_t len, points;
};
struct names {
    pthread_rwlock_t lock;
    struct name *all; /* by number, ascending */
    size_t count, room;
};

static void *need(void *at)
{
    if (!at) abort(); /* as arena_open() does */
    return at;
}

struct names *names_open(void)
{
    struct names *names = need(calloc(1, sizeof *names));

    pthread_rwlock_init(&names->lock, NULL);
    return names;
}

void names_close(struct names **closing)
{
    struct names *names = *closing;

    if (!names) return;
    for (size_t i = 0; i < names->count; i++) free(names->all[i].called);
    free(names->all);
    pthread_rwlock_destroy(&names->lock);
    free(names);
    *closing = NULL;
}

static size_t place_of(const struct names *names, id name_id)
{
    size_t low = 0, high = names->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (names->all[middle].name_id < name_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct name *room_at(struct names *names, size_t at)
{
    if (names->count == names->room) {
        names->room = names->room ? names->room * 2 : 64;
        names->all = need(realloc(names->all, names->room * sizeof *names->all));
    }
    memmove(names->all + at + 1, names->all + at, (names->count - at) * sizeof *names->all);
    names->count++;
    names->all[at] = (struct name){0};
    return &names->all[at];
}

void names_put(struct names *names, id name_id, struct str called)
{
    char *copy = need(malloc(called.len + 1));
    size_t len = called.len, at;
    struct name *name;

    pinyin_learn(called);
    memcpy(copy, called.at, called.len);
    pthread_rwlock_wrlock(&names->lock);
    at = place_of(names, name_id);
    name = at < names->count && names->all[at].name_id == name_id ? &names->all[at]
                                                                  : room_at(names, at);
    free(name->called);
    *name = (struct name){name_id, copy, len, str_points(str_cut(called, ' ', &called))};
    pthread_rwlock_unlock(&names->lock);
}

static bool is_better(const struct names_hit *a, const struct names_hit *b)
{
    return a->fit != b->fit ? a->fit > b->fit : a->points < b->points;
}

size_t names_ask(struct names *names, const struct pinyin_typed *typed, struct names_hit *hits,
                 size_t max)
{
    size_t count = 0;

    pthread_rwlock_rdlock(&names->lock);
    for (size_t i = 0; i < names->count && max; i++) {
        const struct name *name = &names->all[i];
        struct names_hit hit = {
            name->name_id, pinyin_fits(typed, (struct str){name->called, name->len}), name->points};
        size_t at;

        if (!hit.fit || (count == max && !is_better(&hit, &hits[max - 1]))) continue;
        count += count < max;
        for (at = count - 1; at > 0 && is_better(&hit, &hits[at - 1]); at--)
            hits[at] = hits[at - 1];
        hits[at] = hit;
    }
    pthread_rwlock_unlock(&names->lock);
    return count;
}
