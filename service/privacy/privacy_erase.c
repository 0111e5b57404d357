/* privacy_erase.c -- see privacy_erase.h. */
#include "service/privacy/privacy_erase.h"

static const struct {
    const char *word, *name;
} states[PRIVACY_ERASURES] = {
    [PRIVACY_ASKED] = {"asked", T("Somebody is looking at it")},
    [PRIVACY_GRANTED] = {"granted", T("About to be erased")},
    [PRIVACY_ERASING] = {"erasing", T("Being erased")},
    [PRIVACY_WAITING] = {"waiting", T("The rest goes when it is over")},
    [PRIVACY_DONE] = {"done", T("Erased")},
    [PRIVACY_REFUSED] = {"refused", T("Not erased")},
    [PRIVACY_WITHDRAWN] = {"withdrawn", T("Taken back")},
};

struct str privacy_erasure_word(enum privacy_erasure state)
{
    return str_of(states[state].word);
}

enum privacy_erasure privacy_erasure_of(struct str word)
{
    enum privacy_erasure state = PRIVACY_ASKED;

    while (state < PRIVACY_ERASURES && !str_same(str_of(states[state].word), word)) state++;
    return state;
}

const char *privacy_erasure_name(enum privacy_erasure state)
{
    return states[state].name;
}

bool privacy_erasure_is_over(enum privacy_erasure state)
{
    return state >= PRIVACY_DONE;
}

bool privacy_erasure_runs(enum privacy_erasure state)
{
    return state == PRIVACY_GRANTED || state == PRIVACY_ERASING || state == PRIVACY_WAITING;
}

const struct reason privacy_erase_unsure = {
    "privacy.erase-unsure",
    T("Nothing was erased. If you are sure, tick the box and send it once more."), .field = "sure"};
const struct reason privacy_erase_running = {
    "privacy.erase-running",
    T("This was asked for already and is under way. There is nothing more to do."), 409};
const struct reason privacy_erase_nothing = {
    "privacy.erase-nothing",
    T("Nothing that can be erased is held of this number. Please check the number."), 409};
const struct reason privacy_erase_decided = {"privacy.erase-decided", T("This is decided already."),
                                             409};
const struct reason privacy_erase_none = {
    "privacy.erase-none", T("There is nothing to take back: it is decided, or was not asked for."),
    409};
const struct reason privacy_erase_words = {
    "privacy.erase-words",
    T("Please write why, and by which law: the person reads it and can go to court with it."),
    .field = "words"};
const struct reason privacy_erase_until = {
    "privacy.erase-until",
    T("Please name the day until which it stays: after today, and within three years."),
    .field = "until"};
const struct reason privacy_erase_own = {
    "privacy.erase-own",
    T("You asked for this at the window yourself. Please let another administrator decide it."),
    403};
