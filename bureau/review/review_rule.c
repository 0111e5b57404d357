/* review_rule.c -- what a rule may be about, and which rules could not be meant so.  Cites
 * review.h.
 */
#include "bureau/review/review.h"

static const struct reason
    threshold_of_five = {"review.threshold-mark",
                         T("Marks go from 1 to 5: please give a threshold above 1 and at most 5, "
                           "such as 3.5."),
                         0},
    threshold_times =
        {"review.threshold-times",
         T("Complaints are counted whole: please give a threshold from 1 to 100. Only "
           "wider service may ask for 0."),
         0},
    threshold_minutes =
        {"review.threshold-minutes",
         T("Please give the time to the first answer in minutes, from 0.1 to 1440."), 0},
    threshold_percent = {"review.threshold-percent",
                         T("A share is above 0 and at most 100 per cent: please give such a "
                           "threshold."),
                         0},
    threshold_alone = {"review.threshold-alone",
                       T("Please choose the figure this threshold is for, or leave both empty."),
                       0},
    counted_missing = {"review.counted",
                       T("Please give the smallest number the figure may be made of, 1 at least: "
                         "nobody is judged by nothing."),
                       0},
    never = {"review.rule-never",
             T("What this rule asks for can never be all true at once. Please look at its lowest "
               "and highest marks, and at the complaints."),
             0},
    widen_for_bad = {"review.rule-widen",
                     T("Service is not widened because of something bad. Please take out what is "
                       "below a mark, late, a complaint or a warning, or choose another measure."),
                     0},
    harsher_first = {"review.rule-order",
                     T("By this rule and rule %1 the harsher measure would come before the milder "
                       "one, or together with it. Please let the harsher one begin at the worse "
                       "figure."),
                     0},
    said_already = {"review.rule-twice", T("Rule %1 says the same already."), 0};

static const struct {
    const char *word, *name;
    enum review_unit unit;
    bool is_burden;
} figures[REVIEW_FIGURES] = {
    [REVIEW_NO_FIGURE] = {"", "", REVIEW_TIMES, false},
    [REVIEW_OVERALL] = {"overall", T("Overall score"), REVIEW_OF_FIVE, false},
    [REVIEW_PATIENCE] = {"patience", T("Patience"), REVIEW_OF_FIVE, false},
    [REVIEW_COURTESY] = {"courtesy", T("Courtesy"), REVIEW_OF_FIVE, false},
    [REVIEW_EFFICIENCY] = {"efficiency", T("Speed"), REVIEW_OF_FIVE, false},
    [REVIEW_CORRECTNESS] = {"correctness", T("Correctness"), REVIEW_OF_FIVE, false},
    [REVIEW_COMPLAINTS] = {"complaints", T("Complaints that were right"), REVIEW_TIMES, true},
    [REVIEW_SAMPLED] = {"sampled", T("Colleagues' marks"), REVIEW_OF_FIVE, false},
    [REVIEW_FIRST] = {"first", T("Minutes to the first answer"), REVIEW_MINUTES, true},
    [REVIEW_IN_TIME] = {"in_time", T("Written questions answered in time"), REVIEW_PERCENT, false},
    [REVIEW_TAKEN] = {"taken", T("Offers accepted"), REVIEW_PERCENT, false},
};

struct str review_figure_word(enum review_figure figure)
{
    return str_of(figures[figure].word);
}

bool review_figure_of(struct str word, enum review_figure *figure)
{
    for (int i = REVIEW_NO_FIGURE; i < REVIEW_FIGURES; i++) {
        if (!str_same(word, str_of(figures[i].word))) continue;
        *figure = (enum review_figure)i;
        return true;
    }
    return false;
}

const char *review_figure_name(enum review_figure figure)
{
    return figures[figure].name;
}

enum review_unit review_figure_unit(enum review_figure figure)
{
    return figures[figure].unit;
}

bool review_is_burden(enum review_figure figure)
{
    return figures[figure].is_burden;
}

/* ---- how a figure stands ---- */

static int64_t share(int64_t part, int64_t whole, int64_t of)
{
    return whole > 0 ? (part * of + whole / 2) / whole : 0;
}

int64_t review_counted(enum review_figure figure, const struct review_figures *f)
{
    switch (figure) {
    case REVIEW_OVERALL: return f->rated_count;
    case REVIEW_PATIENCE:
    case REVIEW_COURTESY:
    case REVIEW_EFFICIENCY:
    case REVIEW_CORRECTNESS: return f->marks[figure - REVIEW_PATIENCE].count;
    case REVIEW_COMPLAINTS: return f->answered_count;
    case REVIEW_SAMPLED: return f->sampled_count;
    case REVIEW_FIRST: return f->first.count;
    case REVIEW_IN_TIME: return f->in_time.count;
    case REVIEW_TAKEN: return f->taken.count;
    default: return 0;
    }
}

int64_t review_stands(enum review_figure figure, const struct review_figures *f)
{
    enum { PERCENT_MILLI = 100 * 1000 };

    switch (figure) {
    case REVIEW_OVERALL: return f->score_milli;
    case REVIEW_PATIENCE:
    case REVIEW_COURTESY:
    case REVIEW_EFFICIENCY:
    case REVIEW_CORRECTNESS: return f->marks[figure - REVIEW_PATIENCE].amount;
    case REVIEW_COMPLAINTS: return f->upheld_count * 1000;
    case REVIEW_SAMPLED: return f->sampled_milli;
    case REVIEW_FIRST: return share(f->first.amount, f->first.count * SECONDS_PER_MINUTE, 1000);
    case REVIEW_IN_TIME: return share(f->in_time.amount, f->in_time.count, PERCENT_MILLI);
    case REVIEW_TAKEN: return share(f->taken.amount, f->taken.count, PERCENT_MILLI);
    default: return 0;
    }
}

/* ---- what a rule asks for, piece by piece ---- */

enum { TERM_LATE = REVIEW_FIGURES, TERM_MONEY, TERM_WARNINGS, TERM_NO_COMPLAINT, TERMS_MAX = 12 };
struct term {
    int about; /* a review_figure, or a word of the enum above */
    bool is_good, is_burden;
    int64_t limit, least;
};

static size_t terms_of(const struct review_rule *r, struct term terms[static TERMS_MAX])
{
    bool is_good = r->measure == REVIEW_WIDEN;
    const struct term all[] = {
        {(int)r->figure, is_good, review_is_burden(r->figure), r->threshold_milli, r->counted_min},
        {REVIEW_OVERALL, false, false, r->score_below, r->rated_min},
        {REVIEW_OVERALL, true, false, r->score_from, r->rated_min},
        {REVIEW_SAMPLED, false, false, r->sampled_below, r->sampled_min},
        {REVIEW_SAMPLED, true, false, r->sampled_from, r->sampled_min},
        {REVIEW_COMPLAINTS, false, true, r->upheld_min * 1000, r->answered_min},
        {TERM_MONEY, false, true, r->money_min, 0},
        {TERM_LATE, false, true, r->late_min, r->answered_min},
        {TERM_WARNINGS, false, true, r->warnings_min, 0},
        {TERM_NO_COMPLAINT, true, true, r->upheld_max == 0, 0},
    };
    size_t count = 0;

    for (size_t i = 0; i < COUNT(all); i++) {
        if (i == 0 ? r->figure != REVIEW_NO_FIGURE : all[i].limit > 0) terms[count++] = all[i];
    }
    return count;
}

static const struct term *find(const struct term *terms, size_t count, const struct term *like)
{
    for (size_t i = 0; i < count; i++) {
        if (terms[i].about == like->about && terms[i].is_good == like->is_good) return &terms[i];
    }
    return NULL;
}

/* Somebody who gets worse comes to `a` before they come to `b`. */
static bool is_earlier(const struct term *a, const struct term *b)
{
    return a->is_burden ? a->limit < b->limit : a->limit > b->limit;
}

static int64_t window_of(const struct review_rule *rule, int64_t window_days)
{
    return rule->window_days ? rule->window_days : window_days;
}

/* Whether `harsher` fires whenever `milder` does, or begins at a better figure. */
static bool comes_first(const struct review_rule *harsher, const struct review_rule *milder,
                        int64_t window_days)
{
    struct term ours[TERMS_MAX], theirs[TERMS_MAX];
    size_t ours_count = terms_of(harsher, ours), theirs_count = terms_of(milder, theirs);

    if (ours_count == 1 && theirs_count == 1 && ours[0].about == theirs[0].about &&
        is_earlier(&ours[0], &theirs[0]))
        return true;
    if (window_of(harsher, window_days) != window_of(milder, window_days)) return false;
    for (size_t i = 0; i < ours_count; i++) {
        const struct term *like = find(theirs, theirs_count, &ours[i]);

        if (!like || is_earlier(like, &ours[i]) || ours[i].least > like->least) return false;
    }
    return true;
}

static bool is_same(const struct review_rule *a, const struct review_rule *b, int64_t window_days)
{
    return a->measure == b->measure && comes_first(a, b, window_days) &&
           comes_first(b, a, window_days);
}

/* ---- checked ---- */

static struct outcome check_threshold(const struct review_rule *r)
{
    int64_t t = r->threshold_milli;
    bool is_good = r->measure == REVIEW_WIDEN;

    if (r->figure == REVIEW_NO_FIGURE) return t || r->counted_min ? REFUSE(threshold_alone) : DONE;
    switch (review_figure_unit(r->figure)) {
    case REVIEW_OF_FIVE:
        if (t <= REVIEW_MARK_MIN || t > REVIEW_MARK_MAX) return REFUSE(threshold_of_five);
        break;
    case REVIEW_TIMES:
        if (t % 1000 || t < (is_good ? 0 : 1000) || t > 100 * 1000) return REFUSE(threshold_times);
        break;
    case REVIEW_MINUTES:
        if (t < 100 || t > 1440 * 1000) return REFUSE(threshold_minutes);
        break;
    case REVIEW_PERCENT:
        if (t <= 0 || t > 100 * 1000) return REFUSE(threshold_percent);
        break;
    }
    if (r->counted_min < 1 && (r->figure != REVIEW_COMPLAINTS || is_good))
        return REFUSE(counted_missing);
    return DONE;
}

static struct outcome check_alone(const struct review_rule *r)
{
    bool asks_complaint = r->upheld_min || r->money_min ||
                          (r->figure == REVIEW_COMPLAINTS && r->measure != REVIEW_WIDEN);

    TRY(check_threshold(r));
    if ((r->score_below && r->score_below <= REVIEW_MARK_MIN) ||
        (r->sampled_below && r->sampled_below <= REVIEW_MARK_MIN))
        return REFUSE(threshold_of_five);
    if ((r->score_below && r->score_from >= r->score_below) ||
        (r->sampled_below && r->sampled_from >= r->sampled_below) ||
        (r->upheld_max == 0 && asks_complaint))
        return REFUSE(never);
    if (r->measure == REVIEW_WIDEN && (r->score_below || r->sampled_below || r->upheld_min ||
                                       r->money_min || r->late_min || r->warnings_min))
        return REFUSE(widen_for_bad);
    return DONE;
}

struct outcome review_check_rule(struct arena *arena, const struct review_rule *rule,
                                 const struct review_rule *others, size_t count,
                                 int64_t window_days)
{
    TRY(check_alone(rule));
    for (size_t i = 0; i < count; i++) {
        const struct review_rule *other = &others[i];
        struct str number = arena_print(arena, "%lld", (long long)other->rule);
        bool is_harsher = rule->measure > other->measure;

        if (other->rule == rule->rule) continue;
        if (is_same(rule, other, window_days)) return REFUSE_WITH(said_already, number);
        if (rule->measure == REVIEW_WIDEN || other->measure == REVIEW_WIDEN ||
            rule->measure == other->measure)
            continue;
        if (is_harsher ? comes_first(rule, other, window_days)
                       : comes_first(other, rule, window_days))
            return REFUSE_WITH(harsher_first, number);
    }
    return DONE;
}
