/* consultation.c -- the rules of consultation.  Invariants, by number, each with a test:
 *
 *  (1) A case moves only along a line of the table below; nothing leaves CLOSED.
 *  (2) A case that waits can always be left in writing instead, and stays the same case.
 *  (3) Of a wait nothing is said until enough talks were measured.
 */
#include "service/consultation/consultation.h"

#include <math.h>

#include "desk/calendar/calendar.h"

const struct reason consultation_not_now = {
    "consultation.not-now", T("This step is not possible at this stage of the consultation."), 409};
const struct reason consultation_confirm = {
    "consultation.confirm",
    T("This question was asked with your phone number. Please open it and first say whether you "
      "asked it yourself."),
    409};
const struct reason consultation_over = {
    "consultation.closed",
    T("This consultation is closed. If you need more help, please ask a new question."), 409};
const struct reason consultation_not_open = {
    "consultation.not-open",
    T("Consultants answer live again from %1. You can leave your question in writing now: it is "
      "answered within three working days."),
    409};
const struct reason consultation_not_open_yet = {
    "consultation.not-open",
    T("Consultants do not answer live at the moment, and it is not known yet when they will again. "
      "You can leave your question in writing now: it is answered within three working days."),
    409};
const struct reason consultation_too_many_open = {
    "consultation.too-many-open",
    T("You have %1 questions open already. Please wait for an answer or close one first."), 409};
const struct reason consultation_too_many_messages = {
    "consultation.too-many-messages",
    T("This consultation has become very long. Please close it and ask a new question."), 409};
const struct reason consultation_unknown_field = {
    "consultation.unknown-field", T("Please choose what your question is about from the list."),
    .field = "field"};
const struct reason consultation_unknown_mode = {
    "consultation.unknown-mode", T("Please choose whether to be answered now or in writing."),
    .field = "mode"};
const struct reason consultation_unknown_place = {"consultation.unknown-place",
                                                  T("Please choose a district from the list."),
                                                  .field = "district"};
const struct reason consultation_unknown_profession = {
    "consultation.unknown-profession", T("Please choose who should answer from the list."),
    .field = "wants__profession"};
const struct reason consultation_unknown_language = {"consultation.unknown-language",
                                                     T("Please choose a language from the list."),
                                                     .field = "language"};
const struct reason consultation_unknown_channel = {
    "consultation.unknown-channel", T("There is no channel of this name."), .field = "channel"};
const struct reason consultation_unknown_outcome = {"consultation.unknown-outcome",
                                                    T("Please choose how it ended from the list."),
                                                    .field = "outcome"};
const struct reason consultation_file_type = {
    "consultation.file-type",
    T("This kind of file cannot be taken. Please send a picture, a PDF or a Word file."), 415,
    .field = "file"};
const struct reason consultation_too_many_files = {
    "consultation.too-many-files", T("No more files fit into this consultation."), 409};
const struct reason consultation_transfer_where = {
    "consultation.transfer-where",
    T("Please choose a colleague who is on line, or a profession, to hand the case to."), 0};
const struct reason consultation_presence_word = {
    "consultation.presence", T("Please choose on line, away or off duty."), .field = "state"};
const struct reason consultation_unknown_consultant = {
    "consultation.unknown-consultant", T("This consultant does not serve here at present."),
    .field = "wants__consultant"};
const struct reason consultation_full = {
    "consultation.full",
    T("You have as many conversations as your capacity. Close one, or raise your capacity."), 409};
const struct reason consultation_offer_gone = {
    "consultation.offer-gone",
    T("This case is no longer offered to you: the time to accept ran out or the resident left."),
    409};
const struct reason consultation_not_qualified = {
    "consultation.not-qualified",
    T("Your licence has run out or was not checked, so you cannot take this on. It goes to a "
      "colleague."),
    409};
const struct reason consultation_rated = {
    "consultation.rated", T("You have rated this consultation already. Thank you."), 409};
const struct reason consultation_rate_later = {
    "consultation.rate-later", T("You can rate the consultation once it is answered or closed."),
    409};
const struct reason consultation_rate_too_late = {
    "consultation.rate-too-late", T("A consultation can be rated for 30 days after it is closed."),
    409};

const struct consultation_policy consultation_policy_default = {
    .working_days = 3,
    .samples_min = 20,
    .wait_told_max = 90 * SECONDS_PER_MINUTE,
};

static const char *const words[CONSULTATION_STATES] = {
    [CONSULTATION_WAITING] = "waiting",   [CONSULTATION_OFFERED] = "offered",
    [CONSULTATION_TALKING] = "talking",   [CONSULTATION_MESSAGE] = "message",
    [CONSULTATION_ANSWERED] = "answered", [CONSULTATION_CLOSED] = "closed",
    [CONSULTATION_HALL] = "hall",
};

static const struct line {
    enum consultation_state from;
    enum consultation_step step;
    enum consultation_state to;
} lines[] = {
    {CONSULTATION_WAITING, CONSULTATION_OFFER, CONSULTATION_OFFERED},
    {CONSULTATION_WAITING, CONSULTATION_LEAVE_MESSAGE, CONSULTATION_MESSAGE},
    {CONSULTATION_WAITING, CONSULTATION_CLOSE, CONSULTATION_CLOSED},
    {CONSULTATION_OFFERED, CONSULTATION_TAKE_BACK, CONSULTATION_WAITING},
    {CONSULTATION_OFFERED, CONSULTATION_ACCEPT, CONSULTATION_TALKING},
    {CONSULTATION_OFFERED, CONSULTATION_LEAVE_MESSAGE, CONSULTATION_MESSAGE},
    {CONSULTATION_OFFERED, CONSULTATION_CLOSE, CONSULTATION_CLOSED},
    {CONSULTATION_TALKING, CONSULTATION_HAND_ON, CONSULTATION_WAITING},
    {CONSULTATION_TALKING, CONSULTATION_LEAVE_MESSAGE, CONSULTATION_MESSAGE},
    {CONSULTATION_TALKING, CONSULTATION_CLOSE, CONSULTATION_CLOSED},
    {CONSULTATION_MESSAGE, CONSULTATION_OFFER, CONSULTATION_OFFERED}, /* the promise stands */
    {CONSULTATION_MESSAGE, CONSULTATION_TALK_AGAIN, CONSULTATION_TALKING},
    {CONSULTATION_MESSAGE, CONSULTATION_ANSWER, CONSULTATION_ANSWERED},
    {CONSULTATION_MESSAGE, CONSULTATION_CLOSE, CONSULTATION_CLOSED},
    {CONSULTATION_ANSWERED, CONSULTATION_ANSWER, CONSULTATION_ANSWERED}, /* an addition */
    {CONSULTATION_ANSWERED, CONSULTATION_ASK_MORE, CONSULTATION_MESSAGE},
    {CONSULTATION_ANSWERED, CONSULTATION_CLOSE, CONSULTATION_CLOSED},
    {CONSULTATION_HALL, CONSULTATION_SERVE, CONSULTATION_TALKING},
    {CONSULTATION_HALL, CONSULTATION_GO_ONLINE, CONSULTATION_WAITING},
    {CONSULTATION_HALL, CONSULTATION_LEAVE_MESSAGE, CONSULTATION_MESSAGE},
    {CONSULTATION_HALL, CONSULTATION_CLOSE, CONSULTATION_CLOSED},
    {CONSULTATION_TALKING, CONSULTATION_TO_LINE, CONSULTATION_HALL},
    {CONSULTATION_WAITING, CONSULTATION_COME_IN, CONSULTATION_HALL},
    {CONSULTATION_OFFERED, CONSULTATION_COME_IN, CONSULTATION_HALL},
    {CONSULTATION_MESSAGE, CONSULTATION_COME_IN, CONSULTATION_HALL}, /* the promise stands */
    {CONSULTATION_ANSWERED, CONSULTATION_COME_IN, CONSULTATION_HALL},
};

static const char *const names[CONSULTATION_STATES] = {
    [CONSULTATION_WAITING] = T("Waiting"),   [CONSULTATION_OFFERED] = T("Connecting"),
    [CONSULTATION_TALKING] = T("Talking"),   [CONSULTATION_MESSAGE] = T("Left in writing"),
    [CONSULTATION_ANSWERED] = T("Answered"), [CONSULTATION_CLOSED] = T("Closed"),
    [CONSULTATION_HALL] = T("At a hall"),
};

const char *consultation_state_name(enum consultation_state state)
{
    return names[state];
}

const char *const consultation_professions[CONSULTATION_PROFESSIONS] = {
    "lawyer", "notary", "forensic", "mediator", "legal_aid", "correction"};
static const char *const profession_names[CONSULTATION_PROFESSIONS] = {
    T("Lawyer"),
    T("Notary"),
    T("Forensic expert"),
    T("Mediator"),
    T("Legal-aid officer"),
    T("Community-correction officer")};

const char *const consultation_outcomes[CONSULTATION_OUTCOMES] = {"advised",   "referred", "aid",
                                                                  "mediation", "no_reply", "other"};
static const char *const outcome_names[CONSULTATION_OUTCOMES] = {
    T("Advice was given"),     T("Referred to another office"), T("Pointed to legal aid"),
    T("Pointed to mediation"), T("The resident did not reply"), T("Other")};

static size_t place_in(const char *const *list, size_t count, struct str word)
{
    size_t i = 0;

    while (i < count && !str_same(str_of(list[i]), word)) i++;
    return i;
}

const char *consultation_profession_name(struct str profession)
{
    size_t i = place_in(consultation_professions, CONSULTATION_PROFESSIONS, profession);

    return i < CONSULTATION_PROFESSIONS ? profession_names[i] : "";
}

bool consultation_is_profession(struct str profession)
{
    return place_in(consultation_professions, CONSULTATION_PROFESSIONS, profession) <
           CONSULTATION_PROFESSIONS;
}

bool consultation_is_language(struct str language)
{
    static const char *const languages[] = {"zh", "en", "wuu", "yue", "sign"};

    return place_in(languages, COUNT(languages), language) < COUNT(languages);
}

bool consultation_is_channel(struct str channel)
{
    static const char *const channels[] = {"web", "api",     "wechat", "miniprogram", "app",
                                           "sms", "hotline", "window", "kiosk",       "point"};

    return place_in(channels, COUNT(channels), channel) < COUNT(channels);
}

const char *consultation_outcome_name(struct str outcome)
{
    size_t i = place_in(consultation_outcomes, CONSULTATION_OUTCOMES, outcome);

    return i < CONSULTATION_OUTCOMES ? outcome_names[i] : "";
}

bool consultation_is_outcome(struct str outcome)
{
    return place_in(consultation_outcomes, CONSULTATION_OUTCOMES, outcome) < CONSULTATION_OUTCOMES;
}

struct str consultation_state_word(enum consultation_state state)
{
    return str_of(words[state]);
}

enum consultation_state consultation_state_of(struct str word)
{
    int state = 0;

    while (state < CONSULTATION_STATES && !str_same(str_of(words[state]), word)) state++;
    assert(state < CONSULTATION_STATES); /* only we write this column */
    return (enum consultation_state)state;
}

struct outcome consultation_next(enum consultation_state from, enum consultation_step step,
                                 enum consultation_state *to)
{
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (lines[i].from == from && lines[i].step == step) {
            *to = lines[i].to;
            return DONE;
        }
    }
    return from == CONSULTATION_CLOSED ? REFUSE(consultation_over) : REFUSE(consultation_not_now);
}

struct consultation_pace consultation_pace_of(const int64_t *handling, size_t count)
{
    if (count == 0) return (struct consultation_pace){0};
    return (struct consultation_pace){handling[count / 4], handling[count * 3 / 4], (int64_t)count};
}

bool consultation_tells_wait(struct str language, bool wants_somebody, int64_t offers_count)
{
    return str_same(language, S("zh")) && !wants_somebody && offers_count == 0;
}

/* Talks are spread like a lognormal: its mean from the bounds of its middle half, which lie 0.6745
 * deviations of the logarithm to either side. */
static double mean_seconds(const struct consultation_pace *pace)
{
    double low = pace->low_seconds < 1 ? 1 : (double)pace->low_seconds;
    double high = (double)pace->high_seconds > low ? (double)pace->high_seconds : low;
    double sigma = log(high / low) / (2 * 0.6745);

    return sqrt(low * high) * exp(sigma * sigma / 2);
}

/* With c places busy one is freed every (talk / c) on average, and whoever has k people ahead needs
 * k + 1 of them.  That sum spreads by 1 / (k + 1); that people come and go, and that the talks of
 * an hour are not those of the next, spreads it further, the more the fewer places there are.  Of
 * those ahead some lose patience, so it may be sooner.  The numbers were fitted to the simulation
 * (docs/measurements.md). */
bool consultation_wait(const struct consultation_policy *policy,
                       const struct consultation_pace *pace, int64_t places, int64_t ahead,
                       int64_t *low_seconds, int64_t *high_seconds)
{
    enum { CONNECTING_SECONDS = 15, MISSED_SECONDS = 30 };
    static const double of_the_hour = 0.02, of_one_place = 0.7;
    static const double patient = 0.7, late = 0.9;
    double expected, spread;

    if (pace->samples < policy->samples_min || places <= 0) return false;
    expected = (mean_seconds(pace) + CONNECTING_SECONDS) * (double)(ahead + 1) / (double)places;
    spread = sqrt(1 / (double)(ahead + 1) + of_the_hour + of_one_place / (double)places);
    if (expected * (1 + late * spread) + MISSED_SECONDS > (double)policy->wait_told_max)
        return false;
    *low_seconds = spread >= 1 ? 0 : (int64_t)(expected * (1 - spread) * patient);
    *low_seconds -= *low_seconds % SECONDS_PER_MINUTE;
    *high_seconds = (int64_t)(expected * (1 + late * spread)) + MISSED_SECONDS;
    *high_seconds += SECONDS_PER_MINUTE - 1;
    *high_seconds -= *high_seconds % SECONDS_PER_MINUTE;
    return true;
}

struct outcome consultation_may_say(enum consultation_state state, enum consultation_side side,
                                    bool internal)
{
    if (side == CONSULTATION_NOBODY) return REFUSE(consultation_not_now);
    if (side == CONSULTATION_CONSULTANT && internal) return DONE; /* notes stay possible */
    if (state == CONSULTATION_CLOSED) return REFUSE(consultation_over);
    /* A resident may add to the question at any time; a consultant talks in a talk and answers a
     * message by CONSULTATION_ANSWER. */
    if (side == CONSULTATION_RESIDENT || state == CONSULTATION_TALKING) return DONE;
    return REFUSE(consultation_not_now);
}

struct outcome consultation_may_rate(enum consultation_state state, moment closed_at, moment now)
{
    if (state != CONSULTATION_CLOSED && state != CONSULTATION_ANSWERED)
        return REFUSE(consultation_rate_later);
    if (closed_at && now - closed_at > CONSULTATION_RATING_DAYS * (int64_t)SECONDS_PER_DAY)
        return REFUSE(consultation_rate_too_late);
    return DONE;
}

/* ---- given to a body as such ---- */

bool consultation_handed_sleeps(enum consultation_handed state)
{
    return state == CONSULTATION_HANDED_WAITS || state == CONSULTATION_HANDED_RETURNED ||
           state == CONSULTATION_HANDED_LAPSED;
}

bool consultation_handed_next(enum consultation_handed *state, enum consultation_handed_step step)
{
    enum { NO = -1 };
    enum {
        OVER = CONSULTATION_NOT_HANDED,
        TAKEN = CONSULTATION_HANDED_ACCEPTED,
        GIVEN = CONSULTATION_HANDED_PLACED,
        BACK = CONSULTATION_HANDED_RETURNED,
        LAPSE = CONSULTATION_HANDED_LAPSED
    };
    static const int next[CONSULTATION_HANDED_STATES][5] = {
        /*                                take up, back, run out, somebody, nobody */
        [CONSULTATION_NOT_HANDED] = {NO, NO, NO, NO, NO},
        [CONSULTATION_HANDED_WAITS] = {TAKEN, BACK, LAPSE, OVER, NO},
        [CONSULTATION_HANDED_ACCEPTED] = {NO, BACK, NO, GIVEN, NO},
        [CONSULTATION_HANDED_PLACED] = {NO, NO, NO, GIVEN, TAKEN},
        [CONSULTATION_HANDED_RETURNED] = {NO, NO, NO, OVER, NO},
        [CONSULTATION_HANDED_LAPSED] = {NO, NO, NO, OVER, NO},
    };

    if (next[*state][step] == NO) return false;
    *state = (enum consultation_handed)next[*state][step];
    return true;
}

static const char *const handed_words[CONSULTATION_HANDED_STATES] = {
    "", "waiting", "accepted", "placed", "returned", "lapsed"};

struct str consultation_handed_word(enum consultation_handed state)
{
    return str_of(handed_words[state]);
}

enum consultation_handed consultation_handed_of(struct str word)
{
    int state = CONSULTATION_HANDED_STATES - 1;

    while (state && !str_same(word, str_of(handed_words[state]))) state--;
    return (enum consultation_handed)state;
}

moment consultation_accept_by(const struct calendar_desk *desk, moment now, moment due_at,
                              int64_t percent, int64_t least_seconds)
{
    enum { WHOLE = 100 };
    moment at = now, least;

    if (!IS_DONE(calendar_add_working_seconds(desk, now, least_seconds, &least)))
        least = now + least_seconds;
    if (!IS_DONE(calendar_part_of_way(desk, now, due_at, (int)percent, WHOLE, &at)))
        at = now + (due_at - now) * percent / WHOLE;
    return at < least ? least : at;
}
