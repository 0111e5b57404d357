/* finder.c -- see finder.h.
 *
 * Every term (a character, a pair, a word) has a list of the texts it stands in: the difference of
 * places in variable-length bytes, then how often.  Lists double in blocks of one pool, which are
 * given back by size; the shortest lists, of which there are most, stand in the term itself.
 */
#include "platform/finder.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "platform/finder_terms.h"

enum {
    FEW_BYTES = 8,
    CLASSES = 28, /* sizes of blocks: 16, 32, 64 … */
    BLOCK_FIRST = 16,
    SLAB_BYTES = 65536,
    OFTEN_MAX = 255, /* of a term in one text */
    VARINT_MAX = 5,
    BEST_OF_GROUP = 3,
    SIGNS = 1 << 21, /* keys below it are single characters */
    QUERY_TERMS_MAX = 2 * FINDER_QUERY_BYTES_MAX
};

struct term {
    uint64_t key;
    uint32_t texts, last; /* how many; the last one's place + 1 */
    uint32_t len, room;
    union {
        uint8_t *at;
        uint8_t few[FEW_BYTES];
    } list;
};
struct text {
    id text_id;
    uint32_t group, len;
    uint8_t kind;
    bool is_dropped;
};
struct group {
    id group_id;
    int64_t cited, answered;
};
struct finder {
    pthread_rwlock_t lock;
    struct term *terms;
    uint32_t *slots; /* number of a term + 1; 0: free */
    size_t terms_count, terms_room, slots_count;
    struct text *texts;
    size_t texts_count, texts_room, kept_count;
    double len_sum;
    struct group *groups; /* the first is that of texts without one */
    size_t groups_count, groups_room;
    void *idle[CLASSES]; /* blocks that are free, by size */
    void *slabs;         /* all that was taken for them, linked */
    size_t bytes;
};

const struct finder_weights finder_weights = {
    .k1 = 1.5, .b = 0.8, .sign = 0.7, .group = 0.1, .cited = 0.04, .answered = 0.02};

static void *need(void *at)
{
    if (!at) abort(); /* as arena_open() does */
    return at;
}

static void *grown(struct finder *s, void *at, size_t size, size_t count, size_t *room)
{
    size_t more = *room ? *room * 2 : 1024;

    if (count < *room) return at;
    s->bytes += (more - *room) * size;
    *room = more;
    return need(realloc(at, more * size));
}

/* ---- blocks ---- */

static size_t class_of(size_t room)
{
    size_t class = 0;

    while (((size_t)BLOCK_FIRST << class) < room) class ++;
    return class;
}

static void block_give(struct finder *s, void *at, size_t class)
{
    memcpy(at, &s->idle[class], sizeof(void *));
    s->idle[class] = at;
}

/* One slab is cut into blocks of a size; what is larger than a slab is one of its own. */
static void cut(struct finder *s, size_t class)
{
    size_t size = (size_t)BLOCK_FIRST << class;
    size_t all = size < SLAB_BYTES ? SLAB_BYTES : size;
    char *slab = need(malloc(all + BLOCK_FIRST));

    memcpy(slab, &s->slabs, sizeof(void *));
    s->slabs = slab;
    s->bytes += all + BLOCK_FIRST;
    for (size_t i = 0; i + size <= all; i += size) block_give(s, slab + BLOCK_FIRST + i, class);
}

static uint8_t *block_take(struct finder *s, size_t class)
{
    void *at;

    if (!s->idle[class]) cut(s, class);
    at = s->idle[class];
    memcpy(&s->idle[class], at, sizeof(void *));
    return at;
}

/* ---- terms ---- */

static size_t slot_of(const struct finder *s, uint64_t key)
{
    uint64_t mixed = key * 0x9e3779b97f4a7c15u;
    size_t slot = (size_t)(mixed >> 20) & (s->slots_count - 1);

    while (s->slots[slot] && s->terms[s->slots[slot] - 1].key != key)
        slot = (slot + 1) & (s->slots_count - 1);
    return slot;
}

static void more_slots(struct finder *s)
{
    size_t count = s->slots_count ? s->slots_count * 2 : 1 << 14;

    free(s->slots);
    s->slots = need(calloc(count, sizeof *s->slots));
    s->bytes += (count - s->slots_count) * sizeof *s->slots;
    s->slots_count = count;
    for (size_t i = 0; i < s->terms_count; i++)
        s->slots[slot_of(s, s->terms[i].key)] = (uint32_t)i + 1;
}

static struct term *term_of(struct finder *s, uint64_t key)
{
    size_t slot = slot_of(s, key);

    if (s->slots[slot]) return &s->terms[s->slots[slot] - 1];
    if (s->terms_count * 4 >= s->slots_count * 3) {
        more_slots(s);
        slot = slot_of(s, key);
    }
    s->terms = grown(s, s->terms, sizeof *s->terms, s->terms_count, &s->terms_room);
    s->terms[s->terms_count] = (struct term){.key = key, .room = FEW_BYTES};
    s->slots[slot] = (uint32_t)++s->terms_count;
    return &s->terms[s->terms_count - 1];
}

static const uint8_t *list_of(const struct term *term)
{
    return term->room > FEW_BYTES ? term->list.at : term->list.few;
}

static uint8_t *room_for(struct finder *s, struct term *term)
{
    size_t class = class_of((size_t)term->room + 1);
    uint8_t *at;

    if (term->len + VARINT_MAX + 1 <= term->room)
        return term->room > FEW_BYTES ? term->list.at : term->list.few;
    at = block_take(s, class);
    memcpy(at, list_of(term), term->len);
    if (term->room > FEW_BYTES) block_give(s, term->list.at, class - 1);
    term->list.at = at;
    term->room = (uint32_t)(BLOCK_FIRST << class);
    return at;
}

struct adding {
    struct finder *finder;
    uint32_t place, len;
};

static void add_term(void *mine, uint64_t key)
{
    struct adding *adding = mine;
    struct term *term = term_of(adding->finder, key);
    uint32_t gap = adding->place + 1 - term->last;
    uint8_t *list;

    adding->len++;
    if (!gap) { /* how often is the last byte of the list */
        list = term->room > FEW_BYTES ? term->list.at : term->list.few;
        list += term->len - 1;
        *list = (uint8_t)(*list + (*list < OFTEN_MAX));
        return;
    }
    list = room_for(adding->finder, term);
    for (; gap >= 0x80; gap >>= 7) list[term->len++] = (uint8_t)(gap | 0x80);
    list[term->len++] = (uint8_t)gap;
    list[term->len++] = 1;
    term->last = adding->place + 1;
    term->texts++;
}

/* ---- texts ---- */

struct finder *finder_open(void)
{
    struct finder *s = need(calloc(1, sizeof *s));

    pthread_rwlock_init(&s->lock, NULL);
    more_slots(s);
    s->groups = grown(s, s->groups, sizeof *s->groups, 0, &s->groups_room);
    s->groups[s->groups_count++] = (struct group){0};
    return s;
}

void finder_close(struct finder **finder)
{
    struct finder *s = *finder;

    if (!s) return;
    for (void *slab = s->slabs; slab;) {
        void *next;

        memcpy(&next, slab, sizeof next);
        free(slab);
        slab = next;
    }
    free(s->terms);
    free(s->slots);
    free(s->texts);
    free(s->groups);
    pthread_rwlock_destroy(&s->lock);
    free(s);
    *finder = NULL;
}

/* Texts of a group come one after another, mostly. */
static uint32_t group_of(struct finder *s, id group_id)
{
    if (!group_id) return 0;
    for (size_t i = s->groups_count; i-- > 1;)
        if (s->groups[i].group_id == group_id) return (uint32_t)i;
    s->groups = grown(s, s->groups, sizeof *s->groups, s->groups_count, &s->groups_room);
    s->groups[s->groups_count] = (struct group){.group_id = group_id};
    return (uint32_t)s->groups_count++;
}

void finder_add(struct finder *s, const struct finder_text *text)
{
    struct adding adding = {.finder = s};

    assert(text->kind < FINDER_KINDS_MAX);
    pthread_rwlock_wrlock(&s->lock);
    s->texts = grown(s, s->texts, sizeof *s->texts, s->texts_count, &s->texts_room);
    adding.place = (uint32_t)s->texts_count;
    finder_terms(text->title, add_term, &adding);
    finder_terms(text->body, add_term, &adding);
    s->texts[s->texts_count++] = (struct text){.text_id = text->text_id,
                                               .group = group_of(s, text->group_id),
                                               .len = adding.len,
                                               .kind = (uint8_t)text->kind};
    s->kept_count++;
    s->len_sum += adding.len;
    pthread_rwlock_unlock(&s->lock);
}

void finder_drop(struct finder *s, unsigned kind, id text_id)
{
    pthread_rwlock_wrlock(&s->lock);
    for (size_t i = 0; i < s->texts_count; i++) {
        struct text *text = &s->texts[i];

        if (text->kind != kind || text->text_id != text_id || text->is_dropped) continue;
        text->is_dropped = true;
        s->kept_count--;
        s->len_sum -= text->len;
    }
    pthread_rwlock_unlock(&s->lock);
}

void finder_cite(struct finder *s, id group_id, int64_t times)
{
    pthread_rwlock_wrlock(&s->lock);
    if (group_id) {
        uint32_t group = group_of(s, group_id); /* may move the groups: before they are read */

        s->groups[group].cited += times;
    }
    pthread_rwlock_unlock(&s->lock);
}

void finder_answer(struct finder *s, id group_id, int64_t times)
{
    pthread_rwlock_wrlock(&s->lock);
    if (group_id) {
        uint32_t group = group_of(s, group_id); /* may move the groups: before they are read */

        s->groups[group].answered += times;
    }
    pthread_rwlock_unlock(&s->lock);
}

size_t finder_count(struct finder *s)
{
    size_t count;

    pthread_rwlock_rdlock(&s->lock);
    count = s->kept_count;
    pthread_rwlock_unlock(&s->lock);
    return count;
}

size_t finder_bytes(struct finder *s)
{
    size_t bytes;

    pthread_rwlock_rdlock(&s->lock);
    bytes = s->bytes;
    pthread_rwlock_unlock(&s->lock);
    return bytes;
}

/* ---- asking ---- */

struct asking {
    uint64_t *keys;
    size_t count;
};

static void ask_term(void *mine, uint64_t key)
{
    struct asking *asking = mine;

    if (asking->count < QUERY_TERMS_MAX) asking->keys[asking->count++] = key;
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static void score_term(const struct finder *s, const struct term *term,
                       const struct finder_weights *w, float *scores)
{
    const uint8_t *at = list_of(term), *end = at + term->len;
    double count = (double)s->texts_count, average = s->len_sum / (double)s->kept_count;
    float idf = (float)((term->key < SIGNS ? w->sign : 1) *
                        log(1 + (count - term->texts + 0.5) / (term->texts + 0.5)) * (w->k1 + 1));
    float flat = (float)(w->k1 * (1 - w->b)), slope = (float)(w->k1 * w->b / average);
    uint32_t place = 0;

    while (at < end) {
        uint32_t gap = 0;
        float often;

        for (int shift = 0;; shift += 7) {
            uint8_t byte = *at++;

            gap |= (uint32_t)(byte & 0x7f) << shift;
            if (byte < 0x80) break;
        }
        place += gap;
        often = (float)*at++;
        scores[place - 1] += idf * often / (often + flat + slope * (float)s->texts[place - 1].len);
    }
}

/* What the best texts of a group score is added to each of them: a law that has much to say about
 * the matter is likelier than one that has the same words once.  So is one that others cite. */
static void add_groups(const struct finder *s, struct arena *arena, const struct finder_weights *w,
                       float *scores)
{
    float *best = arena_take(arena, sizeof *best * BEST_OF_GROUP, s->groups_count);
    float top = 0; /* a short question has small scores: what is added must be small too */

    for (size_t i = 0; i < s->texts_count; i++) {
        float *three = best + (size_t)s->texts[i].group * BEST_OF_GROUP, score = scores[i];

        if (s->texts[i].is_dropped) continue;
        if (score > top) top = score;
        for (size_t k = 0; k < BEST_OF_GROUP && score > 0; k++) {
            float other = three[k];

            if (score <= other) continue;
            three[k] = score;
            score = other;
        }
    }
    best[0] = 0; /* from now on what is added, for each group; texts without one get nothing */
    for (size_t g = 1; g < s->groups_count; g++) {
        const float *three = best + g * BEST_OF_GROUP;

        best[g] = (float)(w->group * (three[0] + three[1] + three[2]) +
                          w->cited * top * log1p((double)s->groups[g].cited) +
                          w->answered * top * log1p((double)s->groups[g].answered));
    }
    for (size_t i = 0; i < s->texts_count; i++)
        if (scores[i] > 0) scores[i] += best[s->texts[i].group];
}

/* A heap whose top is the worst of the best. */
static void sift(struct finder_hit *hits, size_t count, size_t at)
{
    for (;;) {
        size_t child = 2 * at + 1;
        struct finder_hit kept;

        if (child >= count) return;
        if (child + 1 < count && hits[child + 1].score < hits[child].score) child++;
        if (hits[at].score <= hits[child].score) return;
        kept = hits[at];
        hits[at] = hits[child];
        hits[child] = kept;
        at = child;
    }
}

static int by_score(const void *a_, const void *b_)
{
    const struct finder_hit *a = a_, *b = b_;

    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static size_t take_best(const struct finder *s, const float *scores, unsigned kinds,
                        struct finder_hit *hits, size_t max)
{
    size_t count = 0;

    for (size_t i = 0; i < s->texts_count; i++) {
        const struct text *text = &s->texts[i];
        struct finder_hit hit = {.kind = text->kind,
                                 .text_id = text->text_id,
                                 .group_id = s->groups[text->group].group_id,
                                 .score = scores[i],
                                 .place = (uint32_t)i};

        if (scores[i] <= 0 || text->is_dropped || !(kinds >> text->kind & 1)) continue;
        if (count == max && hit.score <= hits[0].score) continue;
        if (count < max) {
            hits[count++] = hit;
            if (count == max)
                for (size_t k = max / 2 + 1; k-- > 0;) sift(hits, max, k);
        } else {
            hits[0] = hit;
            sift(hits, max, 0);
        }
    }
    qsort(hits, count, sizeof *hits, by_score);
    return count;
}

size_t finder_ask(struct finder *s, struct arena *arena, struct str query, unsigned kinds,
                  const struct finder_weights *w, struct finder_hit *hits, size_t max)
{
    struct asking asking = {.keys = arena_take(arena, sizeof(uint64_t), QUERY_TERMS_MAX)};
    float *scores;
    size_t count = 0;

    if (query.len > FINDER_QUERY_BYTES_MAX) query.len = FINDER_QUERY_BYTES_MAX;
    finder_terms(query, ask_term, &asking);
    qsort(asking.keys, asking.count, sizeof *asking.keys, by_key);
    pthread_rwlock_rdlock(&s->lock);
    scores = arena_take(arena, sizeof *scores, s->texts_count + 1);
    for (size_t i = 0; i < asking.count && s->kept_count && max; i++) {
        size_t slot = slot_of(s, asking.keys[i]);

        if (i && asking.keys[i] == asking.keys[i - 1]) continue;
        if (s->slots[slot]) score_term(s, &s->terms[s->slots[slot] - 1], w, scores);
    }
    if (s->kept_count && max) {
        if (w->group > 0 || w->cited > 0) add_groups(s, arena, w, scores);
        count = take_best(s, scores, kinds, hits, max);
    }
    pthread_rwlock_unlock(&s->lock);
    return count;
}

/* ---- how much of one stands in another ---- */

static struct asking terms_of(struct arena *arena, struct str text)
{
    struct asking asking = {NULL, 0};

    if (text.len > FINDER_QUERY_BYTES_MAX) text.len = FINDER_QUERY_BYTES_MAX;
    /* a character is a term and makes a pair with the one before it */
    asking.keys = arena_bytes(arena, sizeof(uint64_t) * (2 * text.len + 2));
    finder_terms(text, ask_term, &asking);
    qsort(asking.keys, asking.count, sizeof *asking.keys, by_key);
    return asking;
}

double finder_share(struct arena *arena, struct str query, struct str text)
{
    struct asking wanted = terms_of(arena, query), there = terms_of(arena, text);
    size_t all = 0, found = 0;

    for (size_t i = 0; i < wanted.count; i++) {
        if (wanted.count > 1 && wanted.keys[i] < SIGNS) continue;
        all++;
        found +=
            bsearch(&wanted.keys[i], there.keys, there.count, sizeof *there.keys, by_key) != NULL;
    }
    return all ? (double)found / (double)all : 0;
}

double finder_self(struct finder *s, struct arena *arena, struct str query,
                   const struct finder_weights *w)
{
    struct asking asking = terms_of(arena, query);
    double count, average, sum = 0;

    pthread_rwlock_rdlock(&s->lock);
    count = (double)s->texts_count;
    average = s->kept_count ? s->len_sum / (double)s->kept_count : 1;
    for (size_t i = 0, next; i < asking.count; i = next) {
        uint32_t slot = s->slots[slot_of(s, asking.keys[i])];
        double texts = slot ? s->terms[slot - 1].texts : 0, often;

        for (next = i; next < asking.count && asking.keys[next] == asking.keys[i];) next++;
        often = (double)(next - i);
        sum += (asking.keys[i] < SIGNS ? w->sign : 1) *
               log(1 + (count - texts + 0.5) / (texts + 0.5)) * (w->k1 + 1) * often /
               (often + w->k1 * (1 - w->b + w->b * (double)asking.count / average));
    }
    pthread_rwlock_unlock(&s->lock);
    return sum;
}
