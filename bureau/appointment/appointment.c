/* appointment.c -- the rules of appointment.h. */
#include "bureau/appointment/appointment.h"

const struct reason appointment_not_now = {
    "appointment.not-now", T("This cannot be done with this appointment any more."), 409};
const struct reason appointment_full = {
    "appointment.full", T("Somebody else has just taken this time. Please choose another one."),
    409};
const struct reason appointment_no_such_time = {
    "appointment.no-such-time", T("There is no such time. Please choose one from the list."), 409};
const struct reason appointment_too_many = {
    "appointment.too-many",
    T("%1 appointments are open with this telephone number already. Please keep or cancel one of "
      "them first, or call 12348."),
    409};
const struct reason appointment_absent_too_often = {
    "appointment.absent-too-often",
    T("Somebody with this telephone number did not come to two appointments. New ones can be made "
      "on line from %1 on. Until then you can come without one, or call 12348."),
    409};
const struct reason appointment_too_early = {
    "appointment.too-early", T("This time has not begun yet. Please wait until then."), 409};
const struct reason appointment_moved_too_often = {
    "appointment.moved-too-often",
    T("This appointment was changed three times. Please cancel it and make a new one."), 409};
const struct reason appointment_hold_over = {
    "appointment.hold-over",
    T("The minutes are over, and somebody else has taken this time. Please choose another one; "
      "nothing was booked."),
    409};
const struct reason appointment_holds_too_many = {
    "appointment.holds-too-many",
    T("Many times are kept from this network just now. Please try again in ten minutes, or call "
      "12348."),
    429};
const struct reason appointment_phone_missing = {
    "appointment.phone-missing",
    T("Please write your telephone number: we send a message the working day before."),
    .field = "phone"};
const struct reason appointment_same_time = {
    "appointment.same-time",
    T("There is an appointment at this time with this telephone number already."), 409};
const struct reason appointment_unknown_item = {
    "appointment.unknown-item", T("The service list has no such item today: %1"), 0};
const struct reason appointment_no_items = {"appointment.no-items",
                                            T("Please choose what people can come for."), 0};

const struct reason appointment_early = {
    "appointment.early",
    T("It is early still. A number for this appointment can be drawn from %1 on."), 409};
const struct reason appointment_has_number = {
    "appointment.has-number",
    T("Number %1 was drawn for this appointment already. Please wait until it is called."), 409};
const struct reason appointment_no_such_here = {
    "appointment.no-such-here",
    T("There is no appointment with this reference here today. Please compare it with your message "
      "or slip, and the day and the address with it; or ask at the desk."),
    .field = "reference"};
const struct reason appointment_slip_unknown = {
    "appointment.slip-unknown",
    T("Reference, code and your phone number do not go together. Please compare them with the "
      "slip, or call 12348."),
    0};

static const struct {
    const char *word, *name;
    bool takes;
} states[APPOINTMENT_STATES] = {
    [APPOINTMENT_HELD] = {"held", T("kept for you"), true},
    [APPOINTMENT_BOOKED] = {"booked", T("booked"), true},
    [APPOINTMENT_HERE] = {"here", T("came"), true},
    [APPOINTMENT_ABSENT] = {"absent", T("did not come"), true},
    [APPOINTMENT_CANCELLED] = {"cancelled", T("cancelled"), false},
    [APPOINTMENT_LAPSED] = {"lapsed", T("not kept any more"), false},
    [APPOINTMENT_OFF] = {"off", T("called off by the office"), false},
};

static const struct {
    enum appointment_state from;
    enum appointment_step step;
    enum appointment_state to;
} lines[] = {
    {APPOINTMENT_HELD, APPOINTMENT_BOOK, APPOINTMENT_BOOKED},
    {APPOINTMENT_HELD, APPOINTMENT_LAPSE, APPOINTMENT_LAPSED},
    {APPOINTMENT_HELD, APPOINTMENT_CANCEL, APPOINTMENT_CANCELLED},
    {APPOINTMENT_LAPSED, APPOINTMENT_BOOK, APPOINTMENT_BOOKED},
    {APPOINTMENT_BOOKED, APPOINTMENT_MOVE, APPOINTMENT_BOOKED},
    {APPOINTMENT_BOOKED, APPOINTMENT_CANCEL, APPOINTMENT_CANCELLED},
    {APPOINTMENT_BOOKED, APPOINTMENT_CALL_OFF, APPOINTMENT_OFF},
    {APPOINTMENT_BOOKED, APPOINTMENT_COME, APPOINTMENT_HERE},
    {APPOINTMENT_BOOKED, APPOINTMENT_MISS, APPOINTMENT_ABSENT},
    {APPOINTMENT_OFF, APPOINTMENT_MOVE, APPOINTMENT_BOOKED},
    {APPOINTMENT_OFF, APPOINTMENT_CANCEL, APPOINTMENT_CANCELLED},
    {APPOINTMENT_HERE, APPOINTMENT_UNDO, APPOINTMENT_BOOKED},
    {APPOINTMENT_ABSENT, APPOINTMENT_UNDO, APPOINTMENT_BOOKED},
    {APPOINTMENT_ABSENT, APPOINTMENT_COME, APPOINTMENT_HERE}, /* came late all the same */
};

struct str appointment_state_word(enum appointment_state state)
{
    return str_of(states[state].word);
}

enum appointment_state appointment_state_of(struct str word)
{
    int state = 0;

    while (state < APPOINTMENT_STATES && !str_same(str_of(states[state].word), word)) state++;
    assert(state < APPOINTMENT_STATES); /* only we write this column */
    return (enum appointment_state)state;
}

const char *appointment_state_name(enum appointment_state state)
{
    return states[state].name;
}

bool appointment_takes(enum appointment_state state)
{
    return states[state].takes;
}

struct outcome appointment_next(enum appointment_state from, enum appointment_step step,
                                enum appointment_state *to)
{
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (lines[i].from != from || lines[i].step != step) continue;
        *to = lines[i].to;
        return DONE;
    }
    return REFUSE(appointment_not_now);
}

size_t appointment_slots(calendar_day day, const struct calendar_opening *opening, int64_t minutes,
                         moment now, moment starts[static APPOINTMENT_SLOTS_MAX])
{
    size_t count = 0;

    for (int i = 0; i < opening->count; i++) {
        const struct calendar_interval *open = &opening->interval[i];

        for (int64_t at = open->from; at + minutes <= open->to; at += minutes) {
            moment begins = calendar_day_begins(day) + at * SECONDS_PER_MINUTE;

            if (begins > now && count < APPOINTMENT_SLOTS_MAX) starts[count++] = begins;
        }
    }
    return count;
}

bool appointment_fits(calendar_day day, const struct calendar_opening *opening, moment starts_at,
                      moment ends_at)
{
    moment begins = calendar_day_begins(day);

    for (int i = 0; i < opening->count; i++)
        if (starts_at >= begins + opening->interval[i].from * (moment)SECONDS_PER_MINUTE &&
            ends_at <= begins + opening->interval[i].to * (moment)SECONDS_PER_MINUTE)
            return true;
    return false;
}

int64_t appointment_free(const struct appointment_taken *taken, size_t count, moment starts_at,
                         moment ends_at, int64_t places)
{
    for (size_t i = 0; i < count && taken[i].starts_at < ends_at; i++)
        if (taken[i].ends_at > starts_at) places -= taken[i].count;
    return places > 0 ? places : 0;
}

moment appointment_waits_until(int64_t absent_count, moment last_absent_at, moment now)
{
    moment until = last_absent_at + APPOINTMENT_WAIT_DAYS * (moment)SECONDS_PER_DAY;

    return absent_count >= APPOINTMENT_ABSENT_MAX && until > now ? until : 0;
}

moment appointment_remind_at(const struct calendar *calendar, moment starts_at, moment now)
{
    calendar_day before = calendar_day_of(starts_at) - 1, day = before;
    moment at;
    bool working = false;

    for (int i = 0; i < 20 && !working; i++, day -= !working)
        if (!IS_DONE(calendar_is_working_day(calendar, day, &working)))
            working = true, day = before;
    at = calendar_day_begins(day) + APPOINTMENT_REMIND_MINUTE * (moment)SECONDS_PER_MINUTE;
    return at > now ? at : 0;
}

struct outcome appointment_arrival_rank(moment starts_at, moment now, moment *rank_at)
{
    *rank_at = now;
    if (now < starts_at - APPOINTMENT_EARLY_SECONDS) return REFUSE(appointment_early);
    /* Nobody without an appointment has waited for a day. */
    if (now <= starts_at + APPOINTMENT_LATE_SECONDS) *rank_at = starts_at - SECONDS_PER_DAY;
    return DONE;
}
