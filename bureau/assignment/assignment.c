/* assignment.c -- the rules of assignment.  Invariants, by number, each with a test:
 *
 *  (1) Nobody absent, unverified, full, without the language, with a conflict of interest, or who
 *      had the case already is chosen.
 *  (2) Of those who fit, the one with the most points is chosen; ties go to whoever was offered
 *      something longest ago, then to the smaller number: the order never depends on chance or on
 *      the order of the list.
 *  (3) Whoever is chosen would be chosen as well with one thing more in favour.
 *  (4) Nobody is served before somebody who joined more than the greatest head start earlier.
 *  (5) A policy out of bounds is never used.
 */
#include "bureau/assignment/assignment.h"

const struct reason assignment_policy_unknown = {"assignment.policy-unknown",
                                                 T("There is no such number in the policy: %1"), 0};
const struct reason assignment_policy_bounds = {"assignment.policy-bounds",
                                                T("This value is not within its bounds: %1"), 0};
const struct reason assignment_policy_order = {
    "assignment.policy-order",
    T("A talk may move on only after its consultant counts as away: that number must be the "
      "greater one."),
    0};

#define USUAL(X, kind_, name_, usual_, least_, most_, label_, hint_) .name_ = usual_,
const struct assignment_policy assignment_policy_default = {ASSIGNMENT_POLICY_FIELDS(USUAL, _)};

#define ROW(X, kind_, name_, usual_, least_, most_, label_, hint_)                                 \
    {.name = #name_,                                                                               \
     .usual = usual_,                                                                              \
     .least = least_,                                                                              \
     .most = most_,                                                                                \
     .label = label_,                                                                              \
     .hint = hint_,                                                                                \
     .at = offsetof(struct assignment_policy, name_)},
const struct assignment_number assignment_numbers[ASSIGNMENT_NUMBERS] = {
    ASSIGNMENT_POLICY_FIELDS(ROW, _)};

static int64_t *number_at(struct assignment_policy *policy, size_t which)
{
    return (int64_t *)(void *)((char *)policy + assignment_numbers[which].at);
}

int64_t assignment_number_of(const struct assignment_policy *policy, size_t which)
{
    return *(const int64_t *)(const void *)((const char *)policy + assignment_numbers[which].at);
}

struct outcome assignment_policy_check(const struct assignment_policy *policy, struct str *wrong)
{
    for (size_t i = 0; i < ASSIGNMENT_NUMBERS; i++) {
        int64_t value = assignment_number_of(policy, i);

        if (value >= assignment_numbers[i].least && value <= assignment_numbers[i].most) continue;
        *wrong = str_of(assignment_numbers[i].name);
        return REFUSE_WITH(assignment_policy_bounds, *wrong);
    }
    if (policy->deserted_seconds >= policy->absent_seconds) return DONE;
    *wrong = S("deserted_seconds");
    return REFUSE(assignment_policy_order);
}

static struct outcome read_word(struct str word, struct assignment_policy *policy,
                                struct str *wrong)
{
    struct str value, name = str_cut(word, '=', &value);

    *wrong = word;
    for (size_t i = 0; i < ASSIGNMENT_NUMBERS; i++) {
        if (!str_same(name, str_of(assignment_numbers[i].name))) continue;
        return str_to_int(value, number_at(policy, i))
                   ? DONE
                   : REFUSE_WITH(assignment_policy_bounds, word);
    }
    return REFUSE_WITH(assignment_policy_unknown, word);
}

struct outcome assignment_policy_read(struct str text, struct assignment_policy *policy,
                                      struct str *wrong)
{
    while (text.len) {
        struct str line = str_cut(text, '\n', &text), remark;

        line = str_cut(line, '#', &remark);
        while (line.len) {
            struct str word = str_trim(str_cut(line, ' ', &line));

            if (word.len) TRY(read_word(word, policy, wrong));
        }
    }
    return assignment_policy_check(policy, wrong);
}

struct str assignment_policy_text(struct arena *arena, const struct assignment_policy *policy)
{
    struct str text = S("");

    for (size_t i = 0; i < ASSIGNMENT_NUMBERS; i++)
        text = arena_print(arena, "%.*s%s=%lld\n", STR_ARGS(text), assignment_numbers[i].name,
                           (long long)assignment_number_of(policy, i));
    return text;
}

moment assignment_rank(const struct assignment_policy *policy, moment waiting_at, int64_t priority)
{
    if (priority > ASSIGNMENT_PRIORITY_MAX) priority = ASSIGNMENT_PRIORITY_MAX;
    return waiting_at - priority * policy->head_start_seconds;
}

int64_t assignment_overtaken_max(const struct assignment_policy *policy)
{
    return ASSIGNMENT_PRIORITY_MAX * policy->head_start_seconds;
}

uint64_t assignment_bit(struct assignment_words *words, struct str word, bool add)
{
    size_t i = 0;

    if (!word.len) return 0;
    while (i < words->count && !str_same(words->word[i], word)) i++;
    if (i == words->count) {
        if (!add || i == ASSIGNMENT_WORDS_MAX) return 0;
        words->word[words->count++] = word;
    }
    return (uint64_t)1 << i;
}

int32_t assignment_district(struct str division)
{
    enum { DISTRICT_LEN = 6 };
    int64_t number;

    if (division.len < DISTRICT_LEN) return 0;
    division.len = DISTRICT_LEN;
    return str_to_int(division, &number) ? (int32_t)number : 0;
}

/* ---- shares ---- */

static int64_t within(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

void assignment_shares(struct assignment_candidate *candidates, const int64_t *talks,
                       const int64_t *seconds, size_t count)
{
    enum {
        FIRST_TALK = 1,
        TALKS_MAX = 20000, /* of one person in a window: keeps the products below in 64 bits */
        SECONDS_MAX = 90 * SECONDS_PER_DAY,
        FAIR = 1000,
        SHARE_MAX = 1000 * FAIR
    };
    int64_t all_talks = 0, all_minutes = 0;

    for (size_t i = 0; i < count; i++) {
        all_talks += within(talks[i], 0, TALKS_MAX) + FIRST_TALK;
        all_minutes += (within(seconds[i], 0, SECONDS_MAX) + SECONDS_PER_HOUR) / SECONDS_PER_MINUTE;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t own = within(talks[i], 0, TALKS_MAX) + FIRST_TALK;
        int64_t minutes =
            (within(seconds[i], 0, SECONDS_MAX) + SECONDS_PER_HOUR) / SECONDS_PER_MINUTE;

        candidates[i].share =
            (int32_t)within(FAIR * own * all_minutes / (all_talks * minutes), 0, SHARE_MAX);
    }
}

/* ---- one candidate ---- */

static bool is_among(const id *list, size_t count, id person_id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == person_id) return true;
    }
    return false;
}

enum assignment_unfit assignment_unfit(const struct assignment_request *request,
                                       const struct assignment_candidate *candidate)
{
    if (request->wants_id && request->wants_id != candidate->person_id)
        return ASSIGNMENT_NOT_WANTED;
    if (request->profession != candidate->profession) return ASSIGNMENT_OTHER_PROFESSION;
    if (!candidate->verified) return ASSIGNMENT_UNVERIFIED;
    if (!candidate->present && !request->is_written) return ASSIGNMENT_ABSENT;
    if (!(candidate->languages & request->language)) return ASSIGNMENT_LANGUAGE;
    if (is_among(request->conflicts, request->conflicts_count, candidate->person_id))
        return ASSIGNMENT_CONFLICT;
    if (is_among(request->had_it, request->had_it_count, candidate->person_id))
        return ASSIGNMENT_HAD_IT;
    if (candidate->outside) return ASSIGNMENT_OUTSIDE;
    if (candidate->ring > request->reach && request->wants_id != candidate->person_id)
        return ASSIGNMENT_KEPT;
    return candidate->load >= candidate->capacity ? ASSIGNMENT_FULL : ASSIGNMENT_FITS;
}

/* Half for the fair share, all for none of it, nothing for twice as much. */
static int32_t fair_part(const struct assignment_policy *policy, int32_t share)
{
    enum { TWICE = 2000 };

    return share >= TWICE ? 0 : (int32_t)policy->fair_points * (TWICE - share) / TWICE;
}

static int32_t idle_part(const struct assignment_policy *policy, moment since)
{
    int64_t minutes = since / SECONDS_PER_MINUTE;

    return (int32_t)(within(minutes, 0, policy->idle_minutes) * policy->idle_points);
}

struct assignment_verdict assignment_weigh(const struct assignment_policy *policy,
                                           const struct assignment_request *request,
                                           const struct assignment_candidate *candidate)
{
    struct assignment_verdict verdict = {.unfit = assignment_unfit(request, candidate)};
    int32_t *part = verdict.part;

    if (verdict.unfit) return verdict;
    if (candidate->fields & request->field) part[ASSIGNMENT_FIELD] = (int32_t)policy->field_points;
    if (request->returning_id == candidate->person_id)
        part[ASSIGNMENT_RETURNING] = (int32_t)policy->returning_points;
    if (request->district && request->district == candidate->district)
        part[ASSIGNMENT_DISTRICT] = (int32_t)policy->district_points;
    part[ASSIGNMENT_FREE] = (int32_t)policy->free_points * (candidate->capacity - candidate->load) /
                            candidate->capacity;
    part[ASSIGNMENT_FAIR] = fair_part(policy, candidate->share);
    part[ASSIGNMENT_IDLE] = idle_part(policy, request->now - candidate->last_offer_at);
    for (int i = 0; i < ASSIGNMENT_PARTS; i++) verdict.points += part[i];
    return verdict;
}

/* ---- the choice ---- */

static bool is_better(const struct assignment_candidate *a, int64_t a_points,
                      const struct assignment_candidate *b, int64_t b_points)
{
    if (a_points != b_points) return a_points > b_points;
    if (a->last_offer_at != b->last_offer_at) return a->last_offer_at < b->last_offer_at;
    return a->person_id < b->person_id;
}

static void consider(struct assignment_choice *choice,
                     const struct assignment_candidate *candidates, size_t i, int64_t points)
{
    const struct assignment_candidate *one = &candidates[i];

    choice->fit_count++;
    if (choice->chosen == SIZE_MAX ||
        is_better(one, points, &candidates[choice->chosen], choice->points)) {
        choice->next = choice->chosen;
        choice->next_points = choice->points;
        choice->chosen = i;
        choice->points = points;
    } else if (choice->next == SIZE_MAX ||
               is_better(one, points, &candidates[choice->next], choice->next_points)) {
        choice->next = i;
        choice->next_points = points;
    }
}

struct assignment_choice assignment_choose(const struct assignment_policy *policy,
                                           const struct assignment_request *request,
                                           const struct assignment_candidate *candidates,
                                           size_t count, struct assignment_verdict *verdicts)
{
    struct assignment_choice choice = {.chosen = SIZE_MAX, .next = SIZE_MAX};
    size_t lacks[ASSIGNMENT_UNFITS] = {0};

    for (size_t i = 0; i < count; i++) {
        struct assignment_verdict verdict = assignment_weigh(policy, request, &candidates[i]);

        if (verdicts) verdicts[i] = verdict;
        lacks[verdict.unfit]++;
        if (!verdict.unfit) consider(&choice, candidates, i, verdict.points);
    }
    if (choice.chosen != SIZE_MAX) return choice;
    choice.why_not = ASSIGNMENT_ABSENT;
    for (int i = 1; i < ASSIGNMENT_UNFITS; i++) {
        if (lacks[i] > lacks[choice.why_not]) choice.why_not = (enum assignment_unfit)i;
    }
    return choice;
}

bool assignment_wish_is_vain(const struct assignment_request *request,
                             const struct assignment_candidate *candidates, size_t count)
{
    if (!request->wants_id) return false;
    for (size_t i = 0; i < count; i++) {
        enum assignment_unfit unfit;

        if (candidates[i].person_id != request->wants_id) continue;
        unfit = assignment_unfit(request, &candidates[i]);
        return unfit != ASSIGNMENT_FITS && (unfit != ASSIGNMENT_FULL || request->is_written);
    }
    return true;
}

/* ---- words ---- */

static const struct {
    const char *word, *name;
} unfits[ASSIGNMENT_UNFITS] = {
    [ASSIGNMENT_FITS] = {"fits", T("fits")},
    [ASSIGNMENT_NOT_WANTED] = {"not_wanted", T("the resident asked for somebody else")},
    [ASSIGNMENT_OTHER_PROFESSION] = {"profession", T("has another profession")},
    [ASSIGNMENT_UNVERIFIED] = {"unverified", T("the qualification is not verified or has expired")},
    [ASSIGNMENT_ABSENT] = {"absent", T("not on line")},
    [ASSIGNMENT_LANGUAGE] = {"language", T("does not speak the language")},
    [ASSIGNMENT_CONFLICT] = {"conflict", T("has a conflict of interest")},
    [ASSIGNMENT_HAD_IT] = {"had_it", T("declined, missed or passed on this case")},
    [ASSIGNMENT_OUTSIDE] = {"outside", T("not of the team or district it was handed to")},
    [ASSIGNMENT_KEPT] = {"kept", T("kept for their own district for now")},
    [ASSIGNMENT_FULL] = {"full", T("has as many talks as their capacity")},
};

const char *assignment_unfit_name(enum assignment_unfit unfit)
{
    return unfits[unfit].name;
}

struct str assignment_unfit_word(enum assignment_unfit unfit)
{
    return str_of(unfits[unfit].word);
}

static const struct {
    const char *word, *name;
} parts[ASSIGNMENT_PARTS] = {
    [ASSIGNMENT_FIELD] = {"field", T("knows the field of law")},
    [ASSIGNMENT_RETURNING] = {"returning", T("helped this resident last time")},
    [ASSIGNMENT_DISTRICT] = {"district", T("serves in the district")},
    [ASSIGNMENT_FREE] = {"free", T("free places")},
    [ASSIGNMENT_FAIR] = {"fair", T("share of the last days")},
    [ASSIGNMENT_IDLE] = {"idle", T("time since the last offer")},
};

const char *assignment_part_name(enum assignment_part part)
{
    return parts[part].name;
}

struct str assignment_part_word(enum assignment_part part)
{
    return str_of(parts[part].word);
}

int64_t assignment_part_most(const struct assignment_policy *policy, enum assignment_part part)
{
    const int64_t most[ASSIGNMENT_PARTS] = {
        [ASSIGNMENT_FIELD] = policy->field_points,
        [ASSIGNMENT_RETURNING] = policy->returning_points,
        [ASSIGNMENT_DISTRICT] = policy->district_points,
        [ASSIGNMENT_FREE] = policy->free_points,
        [ASSIGNMENT_FAIR] = policy->fair_points,
        [ASSIGNMENT_IDLE] = policy->idle_points * policy->idle_minutes,
    };

    return most[part];
}
