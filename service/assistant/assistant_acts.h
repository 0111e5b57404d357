/* assistant_acts.h -- talking with the assistant, for main. */
#ifndef ASSISTANT_ACTS_H
#define ASSISTANT_ACTS_H

#include "platform/act.h"
#include "service/assistant/assistant.h"

/* POST /assistant: what somebody says.  `talk` is what the answer before gave a program; a browser
 * is known by its cookie. */
#define ASSISTANT_ASK_FORM(F)                                                                      \
    F(lines, text, REQUIRED, 2, 500, T("What happened, and what would you like to know?"),         \
      T("In your own words. Leave out names and numbers of people: nobody needs them here."))      \
    F(code, talk, OPTIONAL, 43, 43, "", "")                                                        \
    F(inside, made, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(assistant_ask, ASSISTANT_ASK_FORM)

/* POST /assistant/facts: the answer to what the assistant asked back. */
#define ASSISTANT_TELL_FORM(F)                                                                     \
    F(code, ask, REQUIRED, 1, 40, "", "")                                                          \
    F(word, value, OPTIONAL, 1, 24, T("Choose what fits best"), "")                                \
    F(day, day, OPTIONAL, 10, 10, T("The day"),                                                    \
      T("Year, month and day, for example 2026-03-05. If you are not sure, take the earliest it "  \
        "can have been."))                                                                         \
    F(code, talk, OPTIONAL, 43, 43, "", "")                                                        \
    F(inside, made, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(assistant_tell, ASSISTANT_TELL_FORM)

/* POST /assistant/person: hands the talk to somebody who answers. */
#define ASSISTANT_HAND_FORM(F)                                                                     \
    F(word, field, REQUIRED, 1, 32, T("What is it about?"), "")                                    \
    F(phone, phone, OPTIONAL, 8, 20, T("Your phone number"),                                       \
      T("We send a message when the answer is there. Without it, keep the reference we give "  \
        "you."))                                                                               \
    F(code, talk, OPTIONAL, 43, 43, "", "")
FORM_STRUCT(assistant_hand, ASSISTANT_HAND_FORM)

extern const struct act assistant_ask, assistant_tell, assistant_hand, assistant_forget;
/* Performed by the clock. */
extern const struct act assistant_tidy, assistant_calm;

struct module;
extern const struct module assistant_module;

#endif
