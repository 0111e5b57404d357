/* assignment_kept.c -- everybody who was weighed, in few bytes; see assignment.h.
 *
 *  (1) What is kept reads back as it was: number, what was missing, or the points of each part.
 *  (2) Beyond ASSIGNMENT_KEPT_MAX those who fit are kept before those who do not. */
#include "bureau/assignment/assignment.h"

enum { WORD_BYTES_MAX = 20 + ASSIGNMENT_PARTS * 12 + 2 };

static const char unfit_letters[] = ".WPUALCHOKF";
static const char part_letters[] = "frdesi";

_Static_assert(sizeof unfit_letters == ASSIGNMENT_UNFITS + 1, "a letter for each lack");
_Static_assert(sizeof part_letters == ASSIGNMENT_PARTS + 1, "a letter for each part");

static size_t put_number(char *at, int64_t number)
{
    char digits[20];
    size_t count = 0, len = 0;

    do digits[count++] = (char)('0' + number % 10);
    while (number /= 10);
    while (count) at[len++] = digits[--count];
    return len;
}

static size_t put_verdict(char *at, const struct assignment_verdict *verdict)
{
    size_t len = 0;

    if (verdict->unfit) {
        at[len++] = unfit_letters[verdict->unfit];
        return len;
    }
    for (int i = 0; i < ASSIGNMENT_PARTS; i++) {
        if (!verdict->part[i]) continue;
        at[len++] = part_letters[i];
        len += put_number(at + len, verdict->part[i]);
    }
    return len;
}

struct str assignment_keep(struct arena *arena, const struct assignment_candidate *candidates,
                           const struct assignment_verdict *verdicts, size_t count)
{
    size_t most = count < ASSIGNMENT_KEPT_MAX ? count : ASSIGNMENT_KEPT_MAX, fits = 0, len = 0;
    size_t unfits_left, fits_left;
    char *at = arena_bytes(arena, most * WORD_BYTES_MAX + 1);
    id before = 0;

    for (size_t i = 0; i < count; i++) fits += !verdicts[i].unfit;
    fits_left = fits < most ? fits : most;
    unfits_left = most - fits_left;
    for (size_t i = 0; i < count; i++) {
        size_t *left = verdicts[i].unfit ? &unfits_left : &fits_left;

        if (!*left) continue;
        --*left;
        if (len) at[len++] = ' ';
        assert(candidates[i].person_id > before);
        len += put_number(at + len, candidates[i].person_id - before);
        before = candidates[i].person_id;
        len += put_verdict(at + len, &verdicts[i]);
    }
    return (struct str){at, len};
}

static int place_of(const char *letters, char letter)
{
    int i = 0;

    while (letters[i] && letters[i] != letter) i++;
    return letters[i] ? i : -1;
}

/* The digits at the beginning; false if there are none, or more than a number has. */
static bool take_number(struct str *word, int64_t *number)
{
    size_t len = 0;

    while (len < word->len && word->at[len] >= '0' && word->at[len] <= '9') len++;
    if (!str_to_int((struct str){word->at, len}, number)) return false;
    word->at += len;
    word->len -= len;
    return true;
}

bool assignment_kept_next(struct str *rest, struct assignment_kept *kept)
{
    struct str word = str_cut(*rest, ' ', rest);
    int64_t number;

    if (!take_number(&word, &number)) return false;
    kept->person_id += number;
    kept->verdict = (struct assignment_verdict){0};
    while (word.len) {
        int part = place_of(part_letters, *word.at), unfit = place_of(unfit_letters, *word.at);

        word.at++, word.len--;
        if (unfit > 0) kept->verdict.unfit = (enum assignment_unfit)unfit;
        if (part < 0 && unfit <= 0) return false;
        if (part < 0) continue;
        if (!take_number(&word, &number)) return false;
        kept->verdict.part[part] = (int32_t)number;
        kept->verdict.points += (int32_t)number;
    }
    return true;
}
