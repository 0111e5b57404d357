/* review.c -- the rules of quality.  See review.h for the invariants, which the tests cite. */
#include "bureau/review/review.h"

#include <string.h>

const struct reason review_not_now = {
    "review.not-now", T("This can no longer be done: somebody has gone on with it already."), 409};
const struct reason review_too_late = {"review.too-late",
                                       T("The time in which this could be done is over."), 409};
const struct reason review_own_matter = {"review.own-matter",
                                         T("Nobody decides in a matter of their own."), 403};
const struct reason review_same_person = {
    "review.same-person",
    T("Whoever decided on the measure does not decide on the appeal. Please leave it to a "
      "colleague."),
    403};

/* ---- scores ---- */

int64_t review_score(const struct review_prior *prior, int64_t count, int64_t stars_sum)
{
    int64_t whole = prior->weight + count;

    if (whole <= 0) return prior->mean_milli;
    return (prior->weight * prior->mean_milli + stars_sum * 1000 + whole / 2) / whole;
}

int64_t review_mean(int64_t count, int64_t stars_sum)
{
    return count > 0 ? (stars_sum * 1000 + count / 2) / count : 0;
}

int64_t review_permille(int64_t part, int64_t whole)
{
    return whole > 0 ? (part * REVIEW_PERMILLE + whole / 2) / whole : 0;
}

/* ---- rules and measures ---- */

static const struct {
    const char *word, *name;
} measures[REVIEW_MEASURES] = {
    [REVIEW_NOTHING] = {"", ""},
    [REVIEW_WIDEN] = {"widen", T("Wider service")},
    [REVIEW_WARN] = {"warn", T("Written warning")},
    [REVIEW_SUSPEND] = {"suspend", T("Suspension from service")},
    [REVIEW_REMOVE] = {"remove", T("Removal from service")},
};

struct str review_measure_word(enum review_measure measure)
{
    return str_of(measures[measure].word);
}

bool review_measure_of(struct str word, enum review_measure *measure)
{
    for (int i = REVIEW_WIDEN; i < REVIEW_MEASURES; i++) {
        if (!str_same(word, str_of(measures[i].word))) continue;
        *measure = (enum review_measure)i;
        return true;
    }
    return false;
}

const char *review_measure_name(enum review_measure measure)
{
    return measures[measure].name;
}

static bool asks_something(const struct review_rule *r)
{
    return r->score_below || r->score_from || r->upheld_min || r->money_min || r->late_min ||
           r->sampled_below || r->sampled_from || r->warnings_min || r->figure;
}

/* At the threshold a burden is too great, and anything else still good enough. */
static bool figure_fires(const struct review_rule *r, const struct review_figures *f)
{
    bool is_burden = review_is_burden(r->figure);
    int64_t stands, counted;

    if (r->figure == REVIEW_NO_FIGURE) return true;
    stands = review_stands(r->figure, f);
    counted = review_counted(r->figure, f);
    if (counted < r->counted_min || (counted == 0 && r->figure != REVIEW_COMPLAINTS)) return false;
    if (r->measure == REVIEW_WIDEN)
        return is_burden ? stands <= r->threshold_milli : stands >= r->threshold_milli;
    return is_burden ? stands >= r->threshold_milli : stands < r->threshold_milli;
}

bool review_fires(const struct review_rule *r, const struct review_figures *f)
{
    if (!asks_something(r) || !figure_fires(r, f)) return false;
    if (f->rated_count < r->rated_min || f->answered_count < r->answered_min ||
        f->sampled_count < r->sampled_min)
        return false;
    if (r->score_below && f->score_milli >= r->score_below) return false;
    if (r->score_from && f->score_milli < r->score_from) return false;
    if (f->upheld_count < r->upheld_min || f->money_count < r->money_min ||
        f->warnings_count < r->warnings_min)
        return false;
    if (r->upheld_max >= 0 && f->upheld_count > r->upheld_max) return false;
    if (r->late_min && review_permille(f->late_count, f->answered_count) < r->late_min)
        return false;
    /* Without a sample there is no mark to be below or above. */
    if ((r->sampled_below || r->sampled_from) && f->sampled_count == 0) return false;
    if (r->sampled_below && f->sampled_milli >= r->sampled_below) return false;
    return !r->sampled_from || f->sampled_milli >= r->sampled_from;
}

const struct review_rule *review_decide(const struct review_rule *rules, size_t count,
                                        const struct review_figures *figures)
{
    const struct review_rule *gravest = NULL;

    for (size_t i = 0; i < count; i++) {
        if (rules[i].measure == REVIEW_NOTHING || !review_fires(&rules[i], figures)) continue;
        if (!gravest || rules[i].measure > gravest->measure) gravest = &rules[i];
    }
    return gravest;
}

static const struct {
    const char *word, *name;
} states[REVIEW_STATES] = {
    [REVIEW_PROPOSED] = {"proposed", T("Proposed")},
    [REVIEW_DISMISSED] = {"dismissed", T("Not taken")},
    [REVIEW_IN_FORCE] = {"in_force", T("Stands")},
    [REVIEW_APPEALED] = {"appealed", T("In force, appealed against")},
    [REVIEW_KEPT] = {"kept", T("Confirmed on appeal")},
    [REVIEW_LIFTED] = {"lifted", T("Lifted on appeal")},
};

static const struct {
    enum review_state from;
    enum review_step step;
    enum review_state to;
} lines[] = {
    {REVIEW_PROPOSED, REVIEW_CONFIRM, REVIEW_IN_FORCE},
    {REVIEW_PROPOSED, REVIEW_DISMISS, REVIEW_DISMISSED},
    {REVIEW_IN_FORCE, REVIEW_APPEAL, REVIEW_APPEALED},
    {REVIEW_APPEALED, REVIEW_KEEP, REVIEW_KEPT},
    {REVIEW_APPEALED, REVIEW_LIFT, REVIEW_LIFTED},
};

struct str review_state_word(enum review_state state)
{
    return str_of(states[state].word);
}

bool review_state_of(struct str word, enum review_state *state)
{
    for (int i = 0; i < REVIEW_STATES; i++) {
        if (!str_same(word, str_of(states[i].word))) continue;
        *state = (enum review_state)i;
        return true;
    }
    return false;
}

const char *review_state_name(enum review_state state)
{
    return states[state].name;
}

struct outcome review_next(enum review_state from, enum review_step step, enum review_state *to)
{
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (lines[i].from != from || lines[i].step != step) continue;
        *to = lines[i].to;
        return DONE;
    }
    return REFUSE(review_not_now);
}

bool review_in_effect(enum review_state state, moment ended_at)
{
    return ended_at == 0 &&
           (state == REVIEW_IN_FORCE || state == REVIEW_APPEALED || state == REVIEW_KEPT);
}

struct outcome review_may_appeal(enum review_measure measure, enum review_state state,
                                 moment appeal_until, moment now)
{
    if (measure == REVIEW_WIDEN || state != REVIEW_IN_FORCE) return REFUSE(review_not_now);
    return now < appeal_until ? DONE : REFUSE(review_too_late);
}

struct outcome review_may_decide(id by_id, id person_id, id decided_by)
{
    if (by_id == person_id) return REFUSE(review_own_matter);
    return by_id == decided_by ? REFUSE(review_same_person) : DONE;
}

/* ---- complaints ---- */

static const struct {
    const char *word, *name;
    bool is_grave;
} kinds[] = {
    {"money", T("They asked for money, or for private work"), true},
    {"conduct", T("They were rude, or did not listen"), false},
    {"wrong", T("The answer was wrong or of no use"), false},
    {"late", T("It took too long, or nobody came"), false},
    {"leader", T("The head of the team decided wrongly"), false},
    {"other", T("Something else"), false},
};

bool review_is_grave(struct str kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_same(kind, str_of(kinds[i].word))) return kinds[i].is_grave;
    }
    return false;
}

bool review_is_for_team(struct str kind)
{
    return !review_is_grave(kind) && !str_same(kind, S("leader"));
}

const char *review_kind_name(struct str kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_same(kind, str_of(kinds[i].word))) return kinds[i].name;
    }
    return "";
}

/* ---- draws ---- */

/* SplitMix64 (Steele, Lea, Flood 2014): every input has its own output, spread evenly. */
uint64_t review_lot(uint64_t seed, id item)
{
    uint64_t lot = seed + (uint64_t)item * UINT64_C(0x9E3779B97F4A7C15);

    lot = (lot ^ (lot >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    lot = (lot ^ (lot >> 27)) * UINT64_C(0x94D049BB133111EB);
    return lot ^ (lot >> 31);
}

static bool comes_before(uint64_t seed, id a, id b)
{
    uint64_t of_a = review_lot(seed, a), of_b = review_lot(seed, b);

    return of_a < of_b || (of_a == of_b && a < b);
}

size_t review_draw(uint64_t seed, id *items, size_t count, size_t wanted)
{
    if (wanted > count) wanted = count;
    for (size_t i = 0; i < wanted; i++) {
        size_t least = i;
        id drawn;

        for (size_t j = i + 1; j < count; j++) {
            if (comes_before(seed, items[j], items[least])) least = j;
        }
        drawn = items[least];
        items[least] = items[i];
        items[i] = drawn;
    }
    return wanted;
}

enum { MASKED_DIGITS_MIN = 5 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_mail(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-' || c == '+';
}

/* The bytes of a number at the start of `rest`: five digits or more, or 0. */
static size_t number_len(struct str rest)
{
    size_t len = 0, digits = 0;

    while (len < rest.len &&
           (is_digit(rest.at[len]) || rest.at[len] == '-' || rest.at[len] == ' ')) {
        digits += is_digit(rest.at[len]);
        len++;
    }
    while (len && !is_digit(rest.at[len - 1])) len--;
    if (digits < MASKED_DIGITS_MIN || !is_digit(rest.at[0])) return 0;
    if (len < rest.len && (rest.at[len] == 'X' || rest.at[len] == 'x')) len++;
    return len;
}

/* Of an address of mail: name, '@', place. */
static size_t mail_len(struct str rest)
{
    size_t at = 0, len;

    while (at < rest.len && is_mail(rest.at[at])) at++;
    if (at == 0 || at == rest.len || rest.at[at] != '@') return 0;
    for (len = at + 1; len < rest.len && is_mail(rest.at[len]);) len++;
    return len > at + 1 ? len : 0;
}

static size_t name_len(struct str rest, const struct str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (names[i].len && str_begins(rest, names[i])) return names[i].len;
    }
    return 0;
}

struct str review_mask(struct arena *arena, struct str text, const struct str *names,
                       size_t names_count)
{
    char *at = arena_bytes(arena, text.len * 3 + 1);
    size_t len = 0;
    bool in_word = false;

    for (size_t i = 0; i < text.len;) {
        struct str rest = {text.at + i, text.len - i};
        size_t gone = name_len(rest, names, names_count);

        if (!gone && !in_word) gone = mail_len(rest);
        if (!gone) gone = number_len(rest);
        in_word = !gone && is_mail(text.at[i]);
        if (gone) {
            memcpy(at + len, "***", 3);
            len += 3;
            i += gone;
        } else {
            at[len++] = text.at[i++];
        }
    }
    return (struct str){at, len};
}

/* ---- money ---- */

static const struct {
    const char *word, *name;
} items[REVIEW_ITEMS] = {
    [REVIEW_LIVE] = {"live", T("Live conversations")},
    [REVIEW_MESSAGE] = {"message", T("Written answers, in time")},
    [REVIEW_MESSAGE_LATE] = {"message_late", T("Written answers, late")},
    [REVIEW_SHIFT_HOUR] = {"shift_hour", T("Hours on duty")},
    [REVIEW_STANDBY_HOUR] = {"standby_hour", T("Hours on standby")},
};

struct str review_item_word(enum review_item item)
{
    return str_of(items[item].word);
}

bool review_item_of(struct str word, enum review_item *item)
{
    for (int i = 0; i < REVIEW_ITEMS; i++) {
        if (!str_same(word, str_of(items[i].word))) continue;
        *item = (enum review_item)i;
        return true;
    }
    return false;
}

const char *review_item_name(enum review_item item)
{
    return items[item].name;
}

struct review_subsidy review_pay(const int64_t counts[REVIEW_ITEMS],
                                 const struct review_rate rates[REVIEW_ITEMS], int64_t cap_fen)
{
    struct review_subsidy pay = {{0}, {0}, 0, 0};

    for (int i = 0; i < REVIEW_ITEMS; i++) {
        int64_t count = counts[i];

        if (rates[i].count_max && count > rates[i].count_max) count = rates[i].count_max;
        pay.paid_count[i] = count;
        pay.fen[i] = count * rates[i].fen;
        pay.total_fen += pay.fen[i];
    }
    if (cap_fen && pay.total_fen > cap_fen) {
        pay.cut_fen = pay.total_fen - cap_fen;
        pay.total_fen = cap_fen;
    }
    return pay;
}

struct str review_yuan(struct arena *arena, int64_t fen)
{
    uint64_t size = fen < 0 ? (uint64_t)0 - (uint64_t)fen : (uint64_t)fen;

    return arena_print(arena, "%s%llu.%02llu", fen < 0 ? "-" : "", (unsigned long long)(size / 100),
                       (unsigned long long)(size % 100));
}

bool review_fen_of(struct str yuan, int64_t *fen)
{
    enum { YUAN_MAX = 10000000 };
    bool is_less = str_begins(yuan, S("-"));
    struct str places, whole;
    int64_t part = 0;

    if (is_less) yuan.at++, yuan.len--;
    whole = str_cut(yuan, '.', &places);
    if (!whole.len || !is_digit(whole.at[0]) || places.len > 2 ||
        (places.len == 0 && whole.len != yuan.len) || (places.len && !is_digit(places.at[0])))
        return false;
    if (!str_to_int(whole, fen) || *fen > YUAN_MAX) return false;
    if (places.len && !str_to_int(places, &part)) return false;
    *fen = *fen * 100 + (places.len == 1 ? part * 10 : part);
    if (is_less) *fen = -*fen;
    return true;
}

/* ---- commendation ---- */

bool review_is_commendable(const struct review_bar *bar, const struct review_candidate *candidate)
{
    const struct review_figures *f = &candidate->figures;

    return !candidate->was_measured && f->upheld_count == 0 && f->rated_count >= bar->rated_min &&
           f->answered_count >= bar->answered_min && f->score_milli >= bar->score_from;
}

static bool ranks_before(const struct review_candidate *a, const struct review_candidate *b)
{
    if (a->figures.score_milli != b->figures.score_milli)
        return a->figures.score_milli > b->figures.score_milli;
    if (a->figures.answered_count != b->figures.answered_count)
        return a->figures.answered_count > b->figures.answered_count;
    return a->person_id < b->person_id;
}

/* Moves the one at `top` down until nobody below it comes later: the last is on top. */
static void sink(struct review_candidate *all, size_t top, size_t count)
{
    for (size_t next = top * 2 + 1; next < count; top = next, next = top * 2 + 1) {
        struct review_candidate moved = all[top];

        if (next + 1 < count && ranks_before(&all[next], &all[next + 1])) next++;
        if (!ranks_before(&moved, &all[next])) return;
        all[top] = all[next];
        all[next] = moved;
    }
}

size_t review_rank(const struct review_bar *bar, struct review_candidate *all, size_t count)
{
    size_t good = 0;

    for (size_t i = 0; i < count; i++) {
        struct review_candidate candidate = all[i];

        if (!review_is_commendable(bar, &candidate)) continue;
        all[i] = all[good];
        all[good++] = candidate;
    }
    for (size_t i = good / 2; i-- > 0;) sink(all, i, good);
    for (size_t left = good; left-- > 1;) {
        struct review_candidate last = all[0];

        all[0] = all[left];
        all[left] = last;
        sink(all, 0, left);
    }
    return good;
}
