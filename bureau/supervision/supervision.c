/* supervision.c -- see supervision.h. */
#include "bureau/supervision/supervision.h"

static const struct {
    const char *word, *name, *text;
    enum supervision_level level;
} kinds[SUPERVISION_KINDS] = {
    [SUPERVISION_WRITTEN_LATE] = {"written_late", T("Written question at risk"),
                                  T("Written question %1: four fifths of the time for the answer "
                                    "have gone by."),
                                  SUPERVISION_SERIOUS},
    [SUPERVISION_WRITTEN_OVER] = {"written_over", T("Written question overdue"),
                                  T("Written question %1: the promised day has passed without an "
                                    "answer."),
                                  SUPERVISION_URGENT},
    [SUPERVISION_WAIT_LONG] = {"wait_long", T("Long wait"),
                               T("%1: somebody has been waiting for %2 min."),
                               SUPERVISION_SERIOUS},
    [SUPERVISION_NOBODY_ON_LINE] = {"nobody_on_line", T("Nobody on line"),
                                    T("%1: the desk is open and nobody is on line."),
                                    SUPERVISION_URGENT},
    [SUPERVISION_ON_LINE_LOW] = {"on_line_low", T("Fewer on line than rostered"),
                                 T("%1: only %2 of those rostered are on line."),
                                 SUPERVISION_SERIOUS},
    [SUPERVISION_UNCOVERED] = {"uncovered", T("Shift without anybody"),
                               T("%1: nobody is rostered from %2."), SUPERVISION_SERIOUS},
    [SUPERVISION_NOTICES_FAIL] = {"notices_fail", T("Messages to phones"),
                                  T("Messages to phones do not go out: %1 in the last hour. Tell "
                                    "whoever runs the installation."),
                                  SUPERVISION_SERIOUS},
    [SUPERVISION_MAILS_FAIL] = {"mails_fail", T("Reports by e-mail"),
                                T("Reports by e-mail do not arrive: %1 refused again and again "
                                  "or given up since yesterday. Tell whoever runs the "
                                  "installation."),
                                SUPERVISION_SERIOUS},
    [SUPERVISION_CALENDAR_MISSING] =
        {"calendar_missing", T("Calendar missing"),
         T("The official calendar of %1 is not loaded yet. Answers due "
           "in that year are promised provisionally."),
         SUPERVISION_NOTE},
    [SUPERVISION_COMPLAINT_WAITS] =
        {"complaint_waits", T("Complaint nobody has taken up"),
         T("Complaint about consultation %1: nobody has taken it up in time."),
         SUPERVISION_SERIOUS},
    [SUPERVISION_COMPLAINT_LATE] =
        {"complaint_late", T("Complaint at risk"),
         T("Complaint about consultation %1: it is due on %2, and four fifths of the time have "
           "gone by."),
         SUPERVISION_SERIOUS},
    [SUPERVISION_COMPLAINT_OVER] =
        {"complaint_over", T("Complaint overdue"),
         T("Complaint about consultation %1: the promised day, %2, has passed without a decision."),
         SUPERVISION_URGENT},
    [SUPERVISION_HANDED_BACK] = {"handed_back", T("Work that came back"),
                                 T("Written question %1 came back from %2: nobody has it now."),
                                 SUPERVISION_SERIOUS},
    [SUPERVISION_COMPLAINT_NOBODY] =
        {"complaint_nobody", T("Complaint nobody may handle"),
         T("A complaint of %2: everybody who could handle it is in conflict with it. Please make "
           "somebody else a supervisor of this place."),
         SUPERVISION_URGENT},
    [SUPERVISION_WORDING_NOBODY] =
        {"wording_nobody", T("Wording nobody may look at"),
         T("Wording flagged on %2: everybody who could look at it is in conflict with it. Please "
           "make somebody else a supervisor of this place."),
         SUPERVISION_SERIOUS},
    [SUPERVISION_DANGER_LIFE] =
        {"danger_life", T("Words of self-harm"),
         T("Somebody wrote to the assistant of ending their life. Telephone numbers were shown "
           "first; who it is, nobody knows. Be ready: they may hand it over."),
         SUPERVISION_URGENT},
    [SUPERVISION_DANGER_VIOLENCE] =
        {"danger_violence", T("Words of violence at home"),
         T("Somebody wrote to the assistant of violence at home. Telephone numbers were shown "
           "first; who it is, nobody knows. Be ready: they may hand it over."),
         SUPERVISION_URGENT},
    [SUPERVISION_DANGER_CASE] =
        {"danger_case", T("Somebody may be in danger"),
         T("Question %1: what was said may mean danger. Answer it first."),
         SUPERVISION_URGENT},
};

static const char *const levels[] = {
    [SUPERVISION_NOTE] = T("To know"),
    [SUPERVISION_SERIOUS] = T("Serious"),
    [SUPERVISION_URGENT] = T("Urgent"),
};

static const char *const rungs[] = {
    [SUPERVISION_LEADER] = T("with the team's leader"),
    [SUPERVISION_DISTRICT] = T("with the district"),
    [SUPERVISION_CITY] = T("with the city"),
    [SUPERVISION_ADMINISTRATORS] = T("with the administrators"),
};

static const struct {
    const char *word;
    int64_t usual;
} thresholds[SUPERVISION_THRESHOLDS] = {
    [SUPERVISION_WAIT_MINUTES] = {"wait_minutes", 10},
    [SUPERVISION_ON_LINE_PERCENT] = {"on_line_percent", 80},
    [SUPERVISION_SEEN_MINUTES] = {"seen_minutes", 15},
    [SUPERVISION_FAILED_NOTICES] = {"failed_notices", 5},
    [SUPERVISION_CALENDAR_DAYS] = {"calendar_days", 31},
    [SUPERVISION_ANSWER_SECONDS] = {"answer_seconds", 15},
    [SUPERVISION_LOAD_HIGH] = {"load_high", 150},
    [SUPERVISION_LOAD_LOW] = {"load_low", 50},
    [SUPERVISION_TAKE_UP_PERCENT] = {"take_up_percent", 25},
    [SUPERVISION_TAKE_UP_MINUTES] = {"take_up_minutes", 30},
    [SUPERVISION_LOOK_IN_MINUTES] = {"look_in_minutes", 30},
};

struct str supervision_kind_word(enum supervision_kind kind)
{
    return str_of(kinds[kind].word);
}

bool supervision_kind_of(struct str word, enum supervision_kind *kind)
{
    for (int i = 0; i < SUPERVISION_KINDS; i++) {
        if (!str_same(word, str_of(kinds[i].word))) continue;
        *kind = (enum supervision_kind)i;
        return true;
    }
    return false;
}

const char *supervision_kind_text(enum supervision_kind kind)
{
    return kinds[kind].text;
}

const char *supervision_kind_name(enum supervision_kind kind)
{
    return kinds[kind].name;
}

bool supervision_is_about_complaint(enum supervision_kind kind)
{
    return kind == SUPERVISION_COMPLAINT_WAITS || kind == SUPERVISION_COMPLAINT_LATE ||
           kind == SUPERVISION_COMPLAINT_OVER;
}

bool supervision_is_for_administrators(enum supervision_kind kind)
{
    return kind == SUPERVISION_COMPLAINT_NOBODY || kind == SUPERVISION_WORDING_NOBODY;
}

bool supervision_is_danger(enum supervision_kind kind)
{
    return kind == SUPERVISION_DANGER_LIFE || kind == SUPERVISION_DANGER_VIOLENCE ||
           kind == SUPERVISION_DANGER_CASE;
}

enum supervision_level supervision_level_of(enum supervision_kind kind)
{
    return kinds[kind].level;
}

const char *supervision_level_name(enum supervision_level level)
{
    return levels[level];
}

const char *supervision_rung_name(enum supervision_rung rung)
{
    return rungs[rung];
}

/* A division's code begins with two digits of the city and goes on with the district's. */
static bool is_city(struct str division)
{
    return division.len <= 2;
}

enum supervision_rung supervision_first_rung(bool has_leader, struct str division)
{
    if (has_leader) return SUPERVISION_LEADER;
    return is_city(division) ? SUPERVISION_CITY : SUPERVISION_DISTRICT;
}

bool supervision_next_rung(enum supervision_rung rung, struct str division,
                           enum supervision_rung *next)
{
    if (rung >= SUPERVISION_CITY) return false;
    *next =
        rung == SUPERVISION_LEADER && !is_city(division) ? SUPERVISION_DISTRICT : SUPERVISION_CITY;
    return true;
}

bool supervision_complaint_is(enum supervision_kind kind,
                              const struct supervision_complaint *complaint, moment now)
{
    moment whole = complaint->decide_by - complaint->made_at;

    if (complaint->decided_at) return false;
    switch (kind) {
    case SUPERVISION_COMPLAINT_WAITS:
        return !complaint->acknowledged_at && now >= complaint->acknowledge_by;
    case SUPERVISION_COMPLAINT_LATE:
        return now >= complaint->made_at + whole / 5 * 4 && now < complaint->decide_by;
    case SUPERVISION_COMPLAINT_OVER: return now >= complaint->decide_by;
    default: return false;
    }
}

struct str supervision_threshold_word(enum supervision_threshold which)
{
    return str_of(thresholds[which].word);
}

int64_t supervision_threshold_usual(enum supervision_threshold which)
{
    return thresholds[which].usual;
}

moment supervision_escalate_at(const struct supervision_limits *limits, moment now)
{
    return now + limits->value[SUPERVISION_SEEN_MINUTES] * SECONDS_PER_MINUTE;
}
