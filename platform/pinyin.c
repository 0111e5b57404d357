/* pinyin.c -- see pinyin.h.
 *
 * ICU knows one sound of each character; those that sound otherwise in common words of the law
 * have a second one here.  A character's sounds are asked for once and kept.
 */
#include "platform/pinyin.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unicode/utrans.h>

#include "platform/finder_terms.h"

enum {
    HAN_FIRST = 0x4e00,
    HAN_LAST = 0x9fff,
    SOUND_MAX = 7, /* zhuang and an end */
    SOUNDS = 2,
    UNITS_MAX = 32,
    DIAERESIS = 0x308
};

struct sounds {
    char at[SOUNDS][SOUND_MAX];
};
static struct sounds table[HAN_LAST - HAN_FIRST + 1];
static atomic_bool is_known[HAN_LAST - HAN_FIRST + 1];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const struct {
    uint32_t point;
    const char *sound;
} others[] = {{U'长', "chang"}, {U'行', "hang"},  {U'重', "chong"}, {U'还', "huan"},
              {U'会', "kuai"},  {U'传', "zhuan"}, {U'没', "mo"},    {U'都', "du"},
              {U'降', "xiang"}, {U'给', "ji"},    {U'曾', "zeng"},  {U'参', "shen"},
              {U'调', "tiao"},  {U'属', "zhu"},   {U'藏', "zang"},  {U'车', "ju"},
              {U'厦', "xia"},   {U'乐', "yue"},   {U'称', "chen"},  {U'差', "chai"},
              {U'解', "xie"},   {U'区', "ou"},    {U'载', "zai"},   {U'便', "pian"},
              {U'校', "jiao"},  {U'率', "shuai"}, {U'畜', "xu"},    {U'朝', "zhao"},
              {U'单', "shan"},  {U'女', "ru"},    {U'宿', "xiu"}};

/* ---- sounds ---- */

/* Tones go, as marks of their own; ü is v. */
static void write_sound(const UChar *units, int32_t count, char sound[static SOUND_MAX])
{
    size_t len = 0;

    for (int32_t i = 0; i < count && len + 1 < SOUND_MAX; i++) {
        if (units[i] == DIAERESIS && len && sound[len - 1] == 'u') sound[len - 1] = 'v';
        if (units[i] >= 'a' && units[i] <= 'z') sound[len++] = (char)units[i];
    }
    sound[len] = 0;
}

/* Under the lock. */
static void learn(uint32_t point)
{
    static const UChar rules[] = u"Han-Latin; NFD; Lower";
    static UTransliterator *icu;
    static bool is_tried;
    struct sounds *made = &table[point - HAN_FIRST];
    UChar units[UNITS_MAX] = {(UChar)point};
    int32_t count = 1, end = 1;
    UErrorCode error = U_ZERO_ERROR;

    if (!is_tried) icu = utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    is_tried = true;
    if (!icu || U_FAILURE(error)) return; /* without its tables, sounds find nothing */
    utrans_transUChars(icu, units, &count, UNITS_MAX, 0, &end, &error);
    if (U_FAILURE(error)) return;
    write_sound(units, end, made->at[0]);
    for (size_t i = 0; i < COUNT(others); i++)
        if (others[i].point == point) memcpy(made->at[1], others[i].sound, strlen(others[i].sound));
}

static const struct sounds *sounds_of(uint32_t point)
{
    size_t at = point - HAN_FIRST;

    if (point < HAN_FIRST || point > HAN_LAST) return NULL;
    if (!atomic_load_explicit(&is_known[at], memory_order_acquire)) {
        pthread_mutex_lock(&lock);
        if (!is_known[at]) learn(point);
        atomic_store_explicit(&is_known[at], true, memory_order_release);
        pthread_mutex_unlock(&lock);
    }
    return &table[at];
}

/* ---- what is typed ---- */

static bool is_letter(uint32_t point)
{
    return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
}

bool pinyin_typed(struct str text, struct pinyin_typed *typed)
{
    *typed = (struct pinyin_typed){.signs_count = 0};
    for (size_t at = 0; at < text.len;) {
        uint32_t point = finder_point(text, &at);

        if (typed->signs_count == PINYIN_TYPED_MAX) return false;
        typed->signs[typed->signs_count++] = point;
        typed->has_letters = typed->has_letters || is_letter(point);
        if (point == ' ' || point == '\'' || point == 0x2019) continue;
        typed->sounds[typed->sounds_count++] = point;
    }
    return typed->sounds_count > 1 || (typed->sounds_count == 1 && typed->sounds[0] >= HAN_FIRST);
}

/* ---- fitting ---- */

enum { NAME_POINTS_MAX = 200 };

/* A letter begins a word only; a character may follow anything. */
static bool may_begin(const uint32_t *name, size_t at)
{
    return at == 0 || !is_letter(name[at]) || !is_letter(name[at - 1]);
}

static bool has_signs(const struct pinyin_typed *typed, const uint32_t *name, size_t count)
{
    return count >= typed->signs_count &&
           memcmp(name, typed->signs, typed->signs_count * sizeof *name) == 0;
}

/* Adds to `places` where what was typed can stand after this sound, if it stood at `at` before. */
static void step(const struct pinyin_typed *typed, const char *sound, size_t at, uint64_t *places)
{
    for (size_t len = 0; sound[len] && at + len < typed->sounds_count; len++) {
        uint32_t wanted = typed->sounds[at + len], letter = (unsigned char)sound[len];

        if (wanted != letter && !(letter == 'v' && wanted == 'u')) return;
        *places |= (uint64_t)1 << (at + len + 1);
    }
}

static bool has_sounds(const struct pinyin_typed *typed, const uint32_t *name, size_t count)
{
    uint64_t places = 1, done = (uint64_t)1 << typed->sounds_count;

    for (size_t i = 0; i < count && places; i++) {
        const struct sounds *sounds = sounds_of(name[i]);
        uint64_t next = name[i] == ' ' ? places : 0;

        for (size_t at = 0; at < typed->sounds_count; at++) {
            if (!(places >> at & 1)) continue;
            if (typed->sounds[at] == name[i]) next |= (uint64_t)1 << (at + 1);
            for (size_t k = 0; sounds && k < SOUNDS; k++) step(typed, sounds->at[k], at, &next);
        }
        if (next & done) return true;
        places = next;
    }
    return false;
}

/* ---- misspelt ---- */

static bool sounds_alike(uint32_t one, uint32_t other)
{
    const struct sounds *a = sounds_of(one), *b = sounds_of(other);

    if (one == other) return true;
    for (size_t i = 0; a && b && i < SOUNDS; i++)
        for (size_t k = 0; k < SOUNDS && a->at[i][0]; k++)
            if (strcmp(a->at[i], b->at[k]) == 0) return true;
    return false;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* How many changes lead from what was typed to a part of the name that begins with a word: each row
 * is a character typed, each place in it an end of that part. */
static enum pinyin_fit misspelt_fits(const struct pinyin_typed *typed, const uint32_t *name,
                                     size_t count)
{
    unsigned rows[3][NAME_POINTS_MAX + 1], most = typed->signs_count >= 9   ? 2
                                                  : typed->signs_count >= 5 ? 1
                                                                            : 0;
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];

    if (count + most < typed->signs_count) return PINYIN_NONE;
    for (size_t j = 0; j <= count; j++) last[j] = j == count || may_begin(name, j) ? 0 : most + 1;
    for (size_t i = 1; i <= typed->signs_count; i++) {
        uint32_t sign = typed->signs[i - 1];
        unsigned best = row[0] = (unsigned)i, *spare = before;

        for (size_t j = 1; j <= count; j++) {
            row[j] = least(last[j - 1] + !sounds_alike(sign, name[j - 1]),
                           least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && sign == name[j - 2] && typed->signs[i - 2] == name[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > most) return PINYIN_NONE;
        before = last, last = row, row = spare;
    }
    for (size_t j = 1; j <= count; j++)
        if (last[j] <= most) return PINYIN_SOUND_WITHIN;
    return PINYIN_NONE;
}

bool pinyin_misspelt(struct str text, struct pinyin_typed *typed)
{
    bool is_typed = pinyin_typed(text, typed);

    typed->is_misspelt = true;
    return is_typed && typed->signs_count > 1 && typed->signs_count <= PINYIN_SPELT_MAX &&
           (!typed->has_letters || typed->signs_count >= 5);
}

/* ---- both ---- */

enum pinyin_fit pinyin_fits(const struct pinyin_typed *typed, struct str name)
{
    uint32_t points[NAME_POINTS_MAX];
    size_t count = 0;

    for (size_t at = 0; at < name.len && count < NAME_POINTS_MAX;)
        points[count++] = finder_point(name, &at);
    if (typed->is_misspelt) return misspelt_fits(typed, points, count);
    for (size_t i = 0; i < count; i++)
        if (may_begin(points, i) && has_signs(typed, points + i, count - i))
            return i ? PINYIN_SIGNS_WITHIN : PINYIN_SIGNS_FIRST;
    for (size_t i = 0; i < count && typed->has_letters; i++)
        if (may_begin(points, i) && has_sounds(typed, points + i, count - i))
            return i ? PINYIN_SOUND_WITHIN : PINYIN_SOUND_FIRST;
    return PINYIN_NONE;
}

void pinyin_learn(struct str name)
{
    for (size_t at = 0; at < name.len;) sounds_of(finder_point(name, &at));
}
