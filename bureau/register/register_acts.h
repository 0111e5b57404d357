/* register_acts.h -- what other rooms may ask of the register, and the forms of its acts. */
#ifndef REGISTER_ACTS_H
#define REGISTER_ACTS_H

#include "bureau/people/people_acts.h"
#include "bureau/register/register.h"
#include "platform/act.h"
#include "platform/csv.h"
#include "platform/limits.h"

/* ---- forms ---- */

#define REGISTER_REFERENCE_FORM(F) F(word, reference, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(register_reference, REGISTER_REFERENCE_FORM)

#define REGISTER_APPLY_FORM(F)                                                                     \
    F(text, name, REQUIRED, 2, 40, T("Your full name"), T("As it stands in your licence."))        \
    F(word, profession, REQUIRED, 2, 16, T("What are you?"), "")                                   \
    F(text, licence, REQUIRED, 4, 40, T("Number of your licence or certificate"), "")              \
    F(day, licence_until, OPTIONAL, 10, 10, T("Valid until"),                                      \
      T("The last day. Leave it empty if it does not run out."))                                   \
    F(word, division, REQUIRED, 2, 12, T("Where would you like to serve?"), "")                    \
    F(words, fields, OPTIONAL, 0, 2000, T("What do you know well?"), "")                           \
    F(words, languages, REQUIRED, 1, 200, T("Which languages do you speak?"), "")                  \
    F(words, associations, OPTIONAL, 0, 400, T("Are you a member of an association?"), "")         \
    F(lines, statement, OPTIONAL, 0, 1000, T("Is there anything we should know about you?"),       \
      T("Your experience, for example. Only those who check your application read it."))           \
    F(flag, agrees, OPTIONAL, 0, 1,                                                                \
      T("I agree that my name, profession, team and licence number are public while I serve."),    \
      "")
FORM_STRUCT(register_apply, REGISTER_APPLY_FORM)

#define REGISTER_ATTACH_FORM(F)                                                                    \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(file, file, REQUIRED, 1, ATTACHMENT_BYTES_MAX, T("Picture or PDF of your licence"),          \
      T("A photograph will do. At most 10 MB."))                                                   \
    F(inside, stored_name, OPTIONAL, 0, 0, "", "")                                                 \
    F(inside, stored_hash, OPTIONAL, 0, 0, "", "")                                                 \
    F(inside, stored_type, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(register_attach, REGISTER_ATTACH_FORM)

#define REGISTER_FILE_FORM(F)                                                                      \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, file, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(register_file, REGISTER_FILE_FORM)

#define REGISTER_WORDS_FORM(F)                                                                     \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(lines, words, REQUIRED, 4, 500, T("What you tell the applicant"),                            \
      T("Say what to do next, in plain words. It is shown to the applicant only."))
FORM_STRUCT(register_words, REGISTER_WORDS_FORM)

/* Of a renewal only is_checked counts: team and sign-in name stay as they are. */
#define REGISTER_APPROVE_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, team, REQUIRED, 1, INT64_MAX, T("Team"), "")                                         \
    F(text, login, REQUIRED, 2, 40, T("Sign-in name"), T("Small letters, digits, - _ and ."))      \
    F(flag, is_checked, OPTIONAL, 0, 1,                                                            \
      T("I have compared the licence with the official register, and it is valid."), "")
FORM_STRUCT(register_approve, REGISTER_APPROVE_FORM)

#define REGISTER_ACCOUNT_FORM(F)                                                                   \
    F(secret, password, REQUIRED, 1, 200, T("Choose a password"), T("At least 10 characters."))    \
    F(inside, hash, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(register_account, REGISTER_ACCOUNT_FORM)

/* A table of people, as a spreadsheet saves it. */
#define REGISTER_TABLE_FORM(F)                                                                     \
    F(file, file, REQUIRED, 1, CSV_BYTES_MAX, T("Table of people, as CSV"),                        \
      T("UTF-8 or GB18030, at most 2 MB. Nothing is changed yet."))                                \
    F(inside, table, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(register_table, REGISTER_TABLE_FORM)

#define REGISTER_IMPORT_FORM(F)                                                                    \
    F(number, import, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, plan, REQUIRED, 64, 64, "", "")                                                        \
    F(flag, only_good, OPTIONAL, 0, 1, T("Leave out the rows with mistakes, and take the others"), \
      "")                                                                                          \
    F(flag, is_checked, OPTIONAL, 0, 1,                                                            \
      T("The licences in this table were compared with the official register"),                    \
      T("Otherwise those added serve only after each licence was checked."))                       \
    F(inside, marks, OPTIONAL, 0, 0, "", "")                                                       \
    F(inside, wrong, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(register_import, REGISTER_IMPORT_FORM)

#define REGISTER_LISTED_FORM(F)                                                                    \
    F(flag, is_listed, OPTIONAL, 0, 1, T("I stand in the public directory"),                       \
      T("Your page can be opened by those you have served in any case."))
FORM_STRUCT(register_listed, REGISTER_LISTED_FORM)

#define REGISTER_MEMBERS_FORM(F)                                                                   \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(words, associations, OPTIONAL, 0, 400, T("Associations this person belongs to"),             \
      T("They stand on the public page."))
FORM_STRUCT(register_members, REGISTER_MEMBERS_FORM)

/* ---- acts ---- */

extern const struct act register_apply, register_attach, register_detach, register_hand_in,
    register_withdraw; /* of applicants */
extern const struct act register_look, register_ask, register_refuse, register_approve;
extern const struct act register_members; /* which associations somebody belongs to */
extern const struct act register_account; /* sets the first password of one's account */

extern const struct act register_table, register_import;
extern const struct act register_listed; /* of consultants */
extern const struct act register_sweep;  /* the clock's: reminds of licences */

/* ---- what other rooms publish about somebody (register_public.c) ---- */

struct register_sanction {
    id sanction_id; /* by which it is withdrawn: made by scene_new_id() */
    id person_id;
    struct str measure; /* warning, suspension, removal */
    struct str ground;  /* for everybody to read: no names of others, nothing from a case; or "" */
    moment from_at, until_at, published_until; /* 0: no end */
};
/* Inside an act's run(): stands on the public page of this person from now on. */
struct outcome register_publish(struct scene *scene, const struct register_sanction *sanction);
struct outcome register_unpublish(struct scene *scene, id sanction_id);

/* Those of the directory whose name has these words in it; at most `max`. */
struct register_found {
    id person_id;
    struct str name, profession, team; /* of the scene's language */
};
enum { REGISTER_FOUND_MAX = 20 };
struct outcome register_find(struct scene *scene, struct str words, size_t max,
                             const struct register_found **people, size_t *count);

/* Who is meant to be there now, as the roster knows: main ties this, since the roster comes later.
 * Without it the teams' pages say nothing about it. */
void register_roster_hook(struct outcome (*is_rostered)(struct scene *scene, id person_id,
                                                        moment at, bool *rostered));

/* ---- for main ---- */

/* Inside the act of `gongdao init`: from then on licences are looked at each day. */
struct outcome register_first(struct scene *scene);

/* `gongdao import people`: what a table would change; and the act that changes it, a part of the
 * rows at a time so that a server beside it is not held up.  What is done already is done: the
 * same file again goes on where it stopped. */
enum { REGISTER_IMPORT_PART_ROWS = 50 };
struct register_import_report {
    int64_t rows, added, changed, same, wrong;
    struct str problems; /* a line each: "row 17, Team: …" */
};
struct register_import_file {
    struct str bytes;
    bool only_good, is_checked;
    int64_t from; /* rows before this part */
};
struct register_import_told {
    struct str rows_left; /* numbers of rows that were refused when their turn came */
};
struct outcome register_import_look(struct scene *scene, struct str bytes,
                                    struct register_import_report *report);
/* Refuses rows with mistakes, unless they are to be left out. */
struct outcome register_import_may(struct scene *scene, const struct register_import_report *report,
                                   bool only_good);
/* struct register_import_file -> struct register_import_told; WHO_SYSTEM */
extern const struct act register_import_all;

/* Every file of evidence is as it was when it was handed in. */
struct outcome register_check_files(struct scene *scene, int64_t *files);
/* Some applications in each state, and licences that run out, for the demo city. */
struct outcome register_demo(struct scene *scene);

struct module;
extern const struct module register_module;

#endif
