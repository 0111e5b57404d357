/* consultation_acts.h -- the forms people hand in, and the acts they make. */
#ifndef CONSULTATION_ACTS_H
#define CONSULTATION_ACTS_H

#include "platform/act.h"
#include "platform/limits.h"
#include "service/consultation/consultation.h"

/* ---- the resident's side ---- */

#define CONSULTATION_ASK_FORM(F)                                                                   \
    F(word, field, REQUIRED, 1, 32, T("What is it about?"), "")                                    \
    F(lines, text, REQUIRED, 2, CONSULTATION_TEXT_MAX, T("Your question"),                         \
      T("Say in your own words what happened and what you would like to know. Please leave out "   \
        "identity-card and bank-card numbers."))                                                   \
    F(word, district, OPTIONAL, 2, 12, T("Where do you live?"),                                    \
      T("So that somebody who knows the place can answer."))                                       \
    F(word, language, OPTIONAL, 2, 8, T("Which language would you like?"), "")                     \
    F(word, channel, OPTIONAL, 2, 16, "", "")                                                      \
    F(phone, phone, OPTIONAL, 8, 20, T("Your phone number"),                                       \
      T("We send a message when the answer is there. You can also find your question again with "  \
        "it. Without it, keep the reference we give you."))                                        \
    F(word, mode, OPTIONAL, 4, 8, T("How would you like to be answered?"), "")                     \
    F(flag, cared_for, OPTIONAL, 0, 1, T("I am over 70, or I have a disability"),                  \
      T("You are then served first."))                                                             \
    F(word, wants__profession, OPTIONAL, 2, 16, T("Who should answer?"), "")                       \
    F(word, wants__consultant, OPTIONAL, 1, 20, "", "")                                            \
    F(text, against, OPTIONAL, 0, 100, T("Who is on the other side?"),                             \
      T("A name or a phone number; you may leave it empty. Nobody reads it: it only keeps "        \
        "somebody who works for them from answering you."))
FORM_STRUCT(consultation_ask, CONSULTATION_ASK_FORM)

#define CONSULTATION_REFERENCE_FORM(F) F(word, reference, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(consultation_reference, CONSULTATION_REFERENCE_FORM)

#define CONSULTATION_SAY_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(lines, text, REQUIRED, 1, CONSULTATION_TEXT_MAX, T("Your message"), "")                      \
    F(flag, internal, OPTIONAL, 0, 1, T("Internal note: the resident does not see it"), "")        \
    F(inside, flagged, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(consultation_say, CONSULTATION_SAY_FORM)

#define CONSULTATION_ATTACH_FORM(F)                                                                \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(file, file, REQUIRED, 1, ATTACHMENT_BYTES_MAX, T("Picture, PDF or Word file"),               \
      T("At most 10 MB."))                                                                         \
    F(inside, stored_name, OPTIONAL, 0, 0, "", "")                                                 \
    F(inside, stored_hash, OPTIONAL, 0, 0, "", "")                                                 \
    F(inside, stored_type, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(consultation_attach, CONSULTATION_ATTACH_FORM)

#define CONSULTATION_READ_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, seq, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(consultation_read, CONSULTATION_READ_FORM)

#define CONSULTATION_RATE_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, stars, REQUIRED, 1, 5, T("How satisfied are you?"), "")                              \
    F(number, marks__patience, OPTIONAL, 1, 5, T("Patience"), "")                                  \
    F(number, marks__courtesy, OPTIONAL, 1, 5, T("Courtesy"), "")                                  \
    F(number, marks__efficiency, OPTIONAL, 1, 5, T("Speed"), "")                                   \
    F(number, marks__correctness, OPTIONAL, 1, 5, T("Was the answer right?"), "")                  \
    F(lines, text, OPTIONAL, 1, 1000, T("What should we know?"),                                   \
      T("Only those who check the quality of answers read this."))
FORM_STRUCT(consultation_rate, CONSULTATION_RATE_FORM)

#define CONSULTATION_COMPLAIN_FORM(F)                                                              \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, kind, REQUIRED, 2, 16, T("What went wrong?"), "")                                      \
    F(lines, text, OPTIONAL, 1, CONSULTATION_TEXT_MAX, T("What happened?"),                        \
      T("Only those who look into it read this, not the consultant."))
FORM_STRUCT(consultation_complain, CONSULTATION_COMPLAIN_FORM)

#define CONSULTATION_SHARE_FORM(F)                                                                 \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, sharing, REQUIRED, 2, 3, T("May others read it?"), "")
FORM_STRUCT(consultation_share, CONSULTATION_SHARE_FORM)

/* ---- the consultant's desk ---- */

#define CONSULTATION_PRESENCE_FORM(F)                                                              \
    F(word, state, OPTIONAL, 2, 8, T("I am"), "")                                                  \
    F(number, capacity, OPTIONAL, 1, 20, T("Conversations at once"), "")
FORM_STRUCT(consultation_presence, CONSULTATION_PRESENCE_FORM)

#define CONSULTATION_DECLINE_FORM(F)                                                               \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(text, reason, REQUIRED, 2, 200, T("Why not?"),                                               \
      T("For example: outside my field, conflict of interest."))                                   \
    F(flag, conflict, OPTIONAL, 0, 1, T("I have a conflict of interest"),                          \
      T("No case of this resident is offered to you any more."))
FORM_STRUCT(consultation_decline, CONSULTATION_DECLINE_FORM)

#define CONSULTATION_TRANSFER_FORM(F)                                                              \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, consultant, OPTIONAL, 1, 20, T("To this colleague"), "")                               \
    F(word, profession, OPTIONAL, 2, 16, T("Or to anyone of this profession"), "")                 \
    F(text, reason, REQUIRED, 2, 200, T("Why?"),                                                   \
      T("The resident sees that the case moves on; "                                               \
        "your reason stays inside."))
FORM_STRUCT(consultation_transfer, CONSULTATION_TRANSFER_FORM)

#define CONSULTATION_CLOSE_FORM(F)                                                                 \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, outcome, REQUIRED, 2, 16, T("How did it end?"), "")                                    \
    F(lines, summary, REQUIRED, 2, 1000, T("Summary"),                                             \
      T("What was asked and what was advised, for whoever helps next."))
FORM_STRUCT(consultation_close, CONSULTATION_CLOSE_FORM)

#define CONSULTATION_REASSIGN_FORM(F)                                                              \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, consultant, OPTIONAL, 1, 20, T("To this consultant"), "")                              \
    F(text, reason, REQUIRED, 2, 200, T("Why?"), "")                                               \
    F(number, given, OPTIONAL, 0, INT64_MAX, "", "") /* as the page of the case had it */
FORM_STRUCT(consultation_reassign, CONSULTATION_REASSIGN_FORM)

#define CONSULTATION_TAKE_OVER_FORM(F)                                                             \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, given, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(consultation_take_over, CONSULTATION_TAKE_OVER_FORM)

#define CONSULTATION_WHISPER_FORM(F)                                                               \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(lines, text, REQUIRED, 1, 1000, T("A word to the consultant"),                               \
      T("Only the consultant sees it, at once. The resident does not."))
FORM_STRUCT(consultation_whisper, CONSULTATION_WHISPER_FORM)

/* ---- to a team or a district as such (consultation_handed.c) ---- */

#define CONSULTATION_HAND_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, to, REQUIRED, 2, 26, T("To this team, district or street"),                            \
      T("It waits in their list; their leader takes it up and chooses who answers. The promised "  \
        "day stays."))                                                                             \
    F(text, why, REQUIRED, 2, 200, T("Why?"), "")
FORM_STRUCT(consultation_hand, CONSULTATION_HAND_FORM)

#define CONSULTATION_PLACE_FORM(F)                                                                 \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, consultant, OPTIONAL, 1, 20, T("Who answers it?"), "")
FORM_STRUCT(consultation_place, CONSULTATION_PLACE_FORM)

#define CONSULTATION_SEND_BACK_FORM(F)                                                             \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(text, reason, REQUIRED, 2, 200, T("Why?"), T("Only those who sent it read this."))
FORM_STRUCT(consultation_send_back, CONSULTATION_SEND_BACK_FORM)

/* consultation_ask.c, _talk.c, _end.c, _desk.c, _lead.c */
extern const struct act consultation_ask;
extern const struct act consultation_say;
extern const struct act consultation_attach;
extern const struct act consultation_read;
extern const struct act consultation_leave_message;
extern const struct act consultation_wish_live, consultation_offer_live;
extern const struct act consultation_close_own;
extern const struct act consultation_claim, consultation_disclaim;
extern const struct act consultation_rate;
extern const struct act consultation_complain;
extern const struct act consultation_share;
extern const struct act consultation_presence;
extern const struct act consultation_accept;
extern const struct act consultation_decline;
extern const struct act consultation_answer;
extern const struct act consultation_transfer;
extern const struct act consultation_close;
extern const struct act consultation_reassign;
extern const struct act consultation_look_in;
extern const struct act consultation_whisper, consultation_take_over;
extern const struct act consultation_phone;

/* What somebody said elsewhere on the site becomes the beginning of the question this browser is
 * writing; what was typed there before stays, in front of it.  Inside an act. */
struct outcome consultation_begin(struct scene *scene, struct str field, struct str text);

/* ---- what a later room makes of a talk, and how both sides see it (consultation_beside.c) ---- */

enum { CONSULTATION_BESIDE_MAX = 4 };
/* A talk as one of its two sides has it. */
struct consultation_party {
    id case_id, consultant_id;
    struct str reference, field, division;
    struct str asked; /* what the resident said first */
    bool is_ended;
};
/* For anybody who is not of that side there is none; nor for whoever has it by a number only. */
struct outcome consultation_party_of(struct scene *scene, struct str reference,
                                     bool as_consultant, struct consultation_party *party);
/* Inside an act: a line of the system's own, for both sides.  `text` is marked T(). */
struct outcome consultation_tell(struct scene *scene, id case_id, const char *text,
                                 struct str one);
/* What stands beside the talk for one side, with where it leads; for main. */
struct consultation_beside {
    struct str text, path, label;
};
void consultation_beside_hook(struct outcome (*beside)(
    struct scene *scene, id case_id, struct str reference, bool is_consultant,
    struct consultation_beside lines[CONSULTATION_BESIDE_MAX], size_t *count));

/* A whole question of whoever acts, live or in writing as `mode` says; inside an act named
 * "consultation.ask". */
struct consultation_opened {
    id case_id;
    struct str reference, token, state;
};
struct outcome consultation_open(struct scene *scene, const struct consultation_ask_form *f,
                                 struct consultation_opened *opened);

/* Performed by the clock; the sweep is set going once, by main. */
extern const struct act consultation_sweep;
/* Counts provisional promises again, one a run; main runs it at start, when a new year's calendar
 * may have come.  Form and result: an id, see consultation_watch.c. */
extern const struct act consultation_recount;
extern const struct act *const consultation_clock_acts[];

/* For a resident who is erased: see platform/held.h. */
struct held_erasing;
struct held_gone;
struct outcome consultation_drop_kept(struct scene *scene, moment before, struct held_gone *gone);
struct outcome consultation_erase(struct scene *scene, const struct held_erasing *erasing,
                                  bool *found, id *case_id);
/* Questions asked with a number before a moment: none, once it was erased then. */
struct outcome consultation_found_erased(struct scene *scene, struct str phone_index, moment before,
                                         int64_t *found);

/* For the command line: a month of history for the demo city (inside an act), and whether every
 * attached file is as it was; `orphans` are files without a row, of acts that did not happen. */
struct outcome consultation_demo(struct scene *scene);
struct outcome consultation_check_files(struct scene *scene, const char *folder, int64_t *files,
                                        int64_t *orphans);

/* The other end of quality's hook: what was said in a case, for a colleague to mark. */
struct review_said;
struct outcome consultation_words_of(struct scene *scene, id case_id, struct review_said *said);

/* The other end of the repository's hook: a talk that ended, for whoever may read it. */
struct repository_case;
struct outcome consultation_open_ended(struct scene *scene, struct str reference,
                                       struct repository_case *found);
/* And the names of those who spoke in it. */
struct outcome consultation_names_of(struct scene *scene, id case_id,
                                     struct repository_case *found);

/* The other end of identity's hook: a guest proved a phone; what was asked stays theirs. */
struct outcome consultation_merge_owner(struct scene *scene, id guest_id, id person_id);
/* And of its other hook: who may see a resident's number, for which case. */
struct outcome consultation_may_unmask(struct scene *scene, id person_id, struct str reference,
                                       id *case_id);

/* How many wait for each desk of the overflow ladder; main ties it to ladder_queue_hook. */
struct ladder_queue;
struct outcome consultation_desk_queues(struct scene *scene, const struct ladder_queue **queues,
                                        size_t *count);

/* Our public address, for what is printed. */
void consultation_use_site(struct str public_url);

#endif
