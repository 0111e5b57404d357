/* finder_terms.c -- see finder_terms.h.
 *
 * The table of simplified characters is made once, from OpenCC's: one for one, since both the texts
 * and what is asked pass through it.  A phrase that is another word in Taiwan is not translated.
 */
#include "platform/finder_terms.h"

#include <opencc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { HAN_FIRST = 0x3400, HAN_LAST = 0x9fff, HAN_LEN = 4 /* three bytes and an end of line */ };

static uint16_t simple[HAN_LAST - HAN_FIRST + 1];

static uint32_t point_of(const unsigned char *at, size_t left, size_t *len)
{
    uint32_t point = at[0];

    *len = 1;
    if (point < 0x80) return point;
    if (point >= 0xc2 && point < 0xe0 && left > 1) {
        *len = 2;
        return (point & 0x1f) << 6 | (at[1] & 0x3f);
    }
    if (point >= 0xe0 && point < 0xf0 && left > 2) {
        *len = 3;
        return (point & 0x0f) << 12 | (uint32_t)(at[1] & 0x3f) << 6 | (at[2] & 0x3f);
    }
    if (point >= 0xf0 && point < 0xf5 && left > 3) {
        *len = 4;
        return (point & 7) << 18 | (uint32_t)(at[1] & 0x3f) << 12 | (uint32_t)(at[2] & 0x3f) << 6 |
               (at[3] & 0x3f);
    }
    return 0; /* no character: parts words */
}

static void make_table(void)
{
    opencc_t how = opencc_open("t2s.json");
    size_t count = HAN_LAST - HAN_FIRST + 1, len;
    char *from = malloc(count * HAN_LEN + 1), *to = NULL;
    const unsigned char *at;

    for (size_t i = 0; i < count; i++) simple[i] = (uint16_t)(HAN_FIRST + i);
    if (how == (opencc_t)-1 || !from) {
        free(from);
        return; /* without its tables, traditional characters stay what they are */
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t point = HAN_FIRST + (uint32_t)i;

        from[i * HAN_LEN] = (char)(0xe0 | point >> 12);
        from[i * HAN_LEN + 1] = (char)(0x80 | (point >> 6 & 0x3f));
        from[i * HAN_LEN + 2] = (char)(0x80 | (point & 0x3f));
        from[i * HAN_LEN + 3] = '\n';
    }
    to = opencc_convert_utf8(how, from, count * HAN_LEN);
    at = (const unsigned char *)to;
    for (size_t i = 0; to && i < count; i++) {
        uint32_t point = point_of(at, strlen("123"), &len);

        if (len == 3 && point >= HAN_FIRST && point <= HAN_LAST) simple[i] = (uint16_t)point;
        while (*at && *at != '\n') at++;
        if (!*at) break;
        at++;
    }
    if (to) opencc_convert_utf8_free(to);
    opencc_close(how);
    free(from);
}

static void ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, make_table);
}

static uint32_t plain(uint32_t point)
{
    if (point >= 'A' && point <= 'Z') return point + 32;
    if (point >= 0xff01 && point <= 0xff5e) return plain(point - 0xfee0);
    if (point >= HAN_FIRST && point <= HAN_LAST) return simple[point - HAN_FIRST];
    if (point >= 0xc0 && point <= 0xde && point != 0xd7) return point + 32;
    return point;
}

uint32_t finder_point(struct str text, size_t *at)
{
    uint32_t point;
    size_t len;

    ready();
    point = plain(point_of((const unsigned char *)text.at + *at, text.len - *at, &len));
    *at += len;
    return point;
}

struct str finder_plain(struct arena *arena, struct str text)
{
    char *made = arena_bytes(arena, text.len + 1); /* none becomes longer */
    size_t len = 0;

    for (size_t at = 0; at < text.len;) {
        size_t before = at;
        uint32_t point = finder_point(text, &at);

        if (point >= 0x80 && point < 0x800) {
            made[len++] = (char)(0xc0 | point >> 6);
            made[len++] = (char)(0x80 | (point & 0x3f));
        } else if (point >= 0x800 && point < 0x10000) {
            made[len++] = (char)(0xe0 | point >> 12);
            made[len++] = (char)(0x80 | (point >> 6 & 0x3f));
            made[len++] = (char)(0x80 | (point & 0x3f));
        } else if (point && point < 0x80) {
            made[len++] = (char)point;
        } else { /* beyond the table: as it is */
            while (before < at) made[len++] = text.at[before++];
        }
    }
    return (struct str){made, len};
}

enum sort { SORT_NONE, SORT_WORD, SORT_SIGN };

static enum sort sort_of(uint32_t point)
{
    if (point < 0x80)
        return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') ? SORT_WORD
                                                                                : SORT_NONE;
    if (point < 0x2000) return SORT_WORD;
    if (point >= 0x3041 && point <= 0x30ff) return SORT_SIGN;
    if (point == 0x3007 || (point >= HAN_FIRST && point <= 0xd7a3)) return SORT_SIGN;
    if ((point >= 0xf900 && point <= 0xfaff) || point >= 0x20000) return SORT_SIGN;
    return SORT_NONE;
}

void finder_terms(struct str text, void (*take)(void *mine, uint64_t key), void *mine)
{
    const unsigned char *at = (const unsigned char *)text.at;
    uint64_t word = 0, before = 0;

    ready();
    for (size_t i = 0, len; i < text.len; i += len) {
        uint32_t point = plain(point_of(at + i, text.len - i, &len));
        enum sort sort = sort_of(point);

        if (sort == SORT_WORD) { /* FNV-1a; the highest bit tells words from characters */
            word = ((word ? word : 0xcbf29ce484222325u) ^ point) * 0x100000001b3u;
            before = 0;
            continue;
        }
        if (word) take(mine, word | (uint64_t)1 << 63);
        word = 0;
        if (sort == SORT_SIGN) {
            take(mine, point);
            if (before) take(mine, before << 21 | point);
            before = point;
        } else {
            before = 0;
        }
    }
    if (word) take(mine, word | (uint64_t)1 << 63);
}

/* ---- phrases in a text ---- */

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

/* As finder_plain() writes both; letters stand alone: "fired" is not in "misfired". */
static bool stands_in(struct str text, struct str phrase)
{
    for (size_t from = 0; from + phrase.len <= text.len;) {
        int64_t at = str_find((struct str){text.at + from, text.len - from}, phrase);
        size_t begin, end;

        if (at < 0) return false;
        begin = from + (size_t)at, end = begin + phrase.len;
        if (!is_letter(phrase.at[0]) ||
            ((begin == 0 || !is_letter(text.at[begin - 1])) &&
             (end == text.len || !is_letter(text.at[end]))))
            return true;
        from = begin + 1;
    }
    return false;
}

size_t finder_cues(struct arena *arena, struct str plain, struct str cues)
{
    size_t count = 0;

    while (cues.len) {
        struct str cue = finder_plain(arena, str_cut(cues, '|', &cues));

        count += cue.len && stands_in(plain, cue);
    }
    return count;
}
