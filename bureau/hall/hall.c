/* hall.c -- the rules of numbers.  See hall.h. */
#include "bureau/hall/hall.h"

const struct reason hall_not_now = {
    "hall.not-now", T("This is not possible with this number any more. Please look again."), 409};
const struct reason hall_call_once_more = {
    "hall.call-once-more", T("Please call the number a second time before you mark it as missed."),
    409};
const struct reason hall_not_here = {
    "hall.not-here", T("You are not on the staff of a hall. An administrator can add you to one."),
    403};
const struct reason hall_no_window = {"hall.no-window",
                                      T("Please choose the window you sit at first."), 409};
const struct reason hall_window_busy = {
    "hall.window-busy",
    T("Number %1 is still at your window. Please finish with it before you go on."), 409};
const struct reason hall_window_taken = {
    "hall.window-taken", T("%1 sits at this window. Please choose another one."), 409};
const struct reason hall_nobody_waits = {"hall.nobody-waits",
                                         T("Nobody is waiting for your window."), 409};
const struct reason hall_unknown_line = {"hall.unknown-line",
                                         T("Please choose a line of this hall from the list."), 0};
const struct reason hall_unknown_window = {
    "hall.unknown-window", T("Please choose a window of this hall from the list."), 0};
const struct reason hall_closed = {
    "hall.closed",
    T("The hall is closed and gives no numbers now. You can take the question in writing: it is "
      "answered within three working days."),
    409};
const struct reason hall_line_full = {
    "hall.line-full",
    T("No more numbers are given in this line today. Please take the question in "
      "writing, or choose another line."),
    409};
const struct reason hall_letter = {"hall.letter", T("The letter of a line is one of A to Z."),
                                   .field = "letter"};
const struct reason hall_letter_taken = {
    "hall.letter-taken", T("Another line of this hall has this letter."), .field = "letter"};
const struct reason hall_number_taken = {
    "hall.number-taken", T("Another window of this hall has this number."), .field = "number"};
const struct reason hall_no_such_person = {
    "hall.no-such-person",
    T("Nobody you keep has this sign-in name and is a window clerk or a consultant."),
    .field = "login"};
const struct reason hall_works_elsewhere = {
    "hall.works-elsewhere",
    T("This person works at another hall. Please take them off its staff first."),
    .field = "login"};
const struct reason hall_too_many = {"hall.too-many", T("No more of these fit into one hall."),
                                     409};
const struct reason hall_line_waits = {
    "hall.line-waits",
    T("People are waiting here. Put it out of use when the last of them is served."), 409};
const struct reason hall_window_used = {
    "hall.window-used",
    T("Somebody sits at this window. It can be put out of use when they have "
      "left it."),
    409};
const struct reason hall_no_lines = {
    "hall.no-lines", T("Please choose at least one line that this window serves."), 0};
const struct reason hall_unknown_slip = {
    "hall.unknown-slip",
    T("Reference and code do not belong together, or the code has been replaced or is too old. "
      "Please type them as they stand on the slip, or ask at the hall for a new one."),
    0};

static const char *const words[HALL_STATES] = {
    [HALL_WAITING] = "waiting", [HALL_CALLED] = "called", [HALL_SERVING] = "serving",
    [HALL_MISSED] = "missed",   [HALL_SERVED] = "served", [HALL_LEFT] = "left",
    [HALL_NO_SHOW] = "no_show",
};

static const char *const names[HALL_STATES] = {
    [HALL_WAITING] = T("Waiting"),           [HALL_CALLED] = T("Called"),
    [HALL_SERVING] = T("At the window"),     [HALL_MISSED] = T("Did not come when called"),
    [HALL_SERVED] = T("Served at a window"), [HALL_LEFT] = T("Goes on otherwise"),
    [HALL_NO_SHOW] = T("Did not come"),
};

static const struct line {
    enum hall_state from;
    enum hall_step step;
    enum hall_state to;
} lines[] = {
    {HALL_WAITING, HALL_CALL, HALL_CALLED},     {HALL_WAITING, HALL_PASS, HALL_WAITING},
    {HALL_WAITING, HALL_LEAVE, HALL_LEFT},      {HALL_CALLED, HALL_CALL_AGAIN, HALL_CALLED},
    {HALL_CALLED, HALL_PUT_BACK, HALL_WAITING}, {HALL_CALLED, HALL_SERVE, HALL_SERVING},
    {HALL_CALLED, HALL_MISS, HALL_MISSED},      {HALL_CALLED, HALL_PASS, HALL_WAITING},
    {HALL_CALLED, HALL_LEAVE, HALL_LEFT},       {HALL_SERVING, HALL_PASS, HALL_WAITING},
    {HALL_SERVING, HALL_FINISH, HALL_SERVED},   {HALL_SERVING, HALL_LEAVE, HALL_LEFT},
    {HALL_MISSED, HALL_RETURN, HALL_WAITING},   {HALL_MISSED, HALL_LEAVE, HALL_LEFT},
    {HALL_MISSED, HALL_GIVE_UP, HALL_NO_SHOW},
};

struct str hall_state_word(enum hall_state state)
{
    return str_of(words[state]);
}

enum hall_state hall_state_of(struct str word)
{
    int state = 0;

    while (state < HALL_STATES && !str_same(str_of(words[state]), word)) state++;
    assert(state < HALL_STATES); /* only we write this column */
    return (enum hall_state)state;
}

const char *hall_state_name(enum hall_state state)
{
    return names[state];
}

struct outcome hall_next(enum hall_state from, enum hall_step step, enum hall_state *to)
{
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (lines[i].from != from || lines[i].step != step) continue;
        *to = lines[i].to;
        return DONE;
    }
    return REFUSE(hall_not_now);
}

bool hall_is_open_state(enum hall_state state)
{
    return state == HALL_WAITING || state == HALL_CALLED || state == HALL_SERVING ||
           state == HALL_MISSED;
}

struct outcome hall_may_miss(int64_t calls_count)
{
    return calls_count >= HALL_CALLS_MIN ? DONE : REFUSE(hall_call_once_more);
}

bool hall_is_letter(struct str letter)
{
    return letter.len == 1 && letter.at[0] >= 'A' && letter.at[0] <= 'Z';
}

struct str hall_ticket_text(struct arena *arena, struct str letter, int64_t number)
{
    return arena_print(arena, "%.*s%03lld", STR_ARGS(letter), (long long)number);
}

moment hall_return_rank(const moment *ranks, size_t count, moment now)
{
    moment after = count >= HALL_RETURN_PLACES ? ranks[HALL_RETURN_PLACES - 1]
                   : count                     ? ranks[count - 1]
                                               : now;

    return after + 1;
}
