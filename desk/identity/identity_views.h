/* identity_views.h -- what identity shows. */
#ifndef IDENTITY_VIEWS_H
#define IDENTITY_VIEWS_H

#include "desk/identity/identity_acts.h"
#include "platform/view.h"

/* ---- forms of this room's own pages ---- */

#define IDENTITY_TOTP_FORM(F)                                                                      \
    F(text, code, REQUIRED, 1, 20, T("Code from your authenticator app"), T("Six digits"))         \
    F(secret, password, REQUIRED, 1, IDENTITY_PASSWORD_BYTES_MAX, T("Your present password"), "")  \
    F(text, offer, REQUIRED, 1, 400, "", "")                                                       \
    F(inside, checked, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(identity_totp, IDENTITY_TOTP_FORM)

#define IDENTITY_PICTURE_FORM(F) F(text, offer, REQUIRED, 1, 400, "", "")
FORM_STRUCT(identity_picture, IDENTITY_PICTURE_FORM)
extern const struct form identity_picture_form;

#define IDENTITY_AGAIN_FORM(F)                                                                     \
    F(secret, password, REQUIRED, 1, IDENTITY_PASSWORD_BYTES_MAX, T("Your present password"), "")  \
    F(inside, checked, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(identity_again, IDENTITY_AGAIN_FORM)

#define IDENTITY_PASSWORD_FORM(F)                                                                  \
    F(secret, password, REQUIRED, 1, IDENTITY_PASSWORD_BYTES_MAX, T("Your present password"), "")  \
    F(secret, new_password, REQUIRED, 1, IDENTITY_PASSWORD_BYTES_MAX, T("New password"),           \
      T("At least 10 letters, digits or signs. A few words that only you put together are easy "   \
        "to "                                                                                      \
        "remember."))                                                                              \
    F(inside, checked, OPTIONAL, 0, 0, "", "")                                                     \
    F(inside, hash, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(identity_password, IDENTITY_PASSWORD_FORM)

#define IDENTITY_END_FORM(F) F(number, session, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(identity_end, IDENTITY_END_FORM)

#define IDENTITY_UNMASK_FORM(F)                                                                    \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, reference, REQUIRED, 8, 8, "", "")
FORM_STRUCT(identity_unmask, IDENTITY_UNMASK_FORM)

/* ---- views ---- */

#define IDENTITY_PERSON_VIEW(V)                                                                    \
    V(api, ident, id, _)                                                                           \
    V(api, text, name, _)                                                                          \
    V(api, words, roles, _)                                                                        \
    V(api, maybe, organisation, _)
VIEW_STRUCT(identity_person, IDENTITY_PERSON_VIEW)

/* Told after signing in.  Without a token: a browser still owes the second step. */
#define IDENTITY_SIGNED_VIEW(V)                                                                    \
    V(api, text, token, _)                                                                         \
    V(api, time, expires_at, _)                                                                    \
    V(api, part, person, identity_person)                                                          \
    V(page, ident, guest_id, _)                                                                    \
    V(page, text, home, _)
VIEW_STRUCT(identity_signed, IDENTITY_SIGNED_VIEW)

/* After a code was asked for: where the browser goes; nothing about the number. */
#define IDENTITY_SENT_VIEW(V)                                                                      \
    V(api, number, seconds, _)                                                                     \
    V(page, text, home, _)
VIEW_STRUCT(identity_sent, IDENTITY_SENT_VIEW)

#define IDENTITY_SIGN_IN_VIEW(V)                                                                   \
    V(api, part, person, identity_person)                                                          \
    V(api, time, expires_at, _)                                                                    \
    V(page, text, next, _)                                                                         \
    V(page, text, home, _)                                                                         \
    V(page, flag, is_staff, _)                                                                     \
    V(page, flag, wants_second, _)
VIEW_STRUCT(identity_sign_in, IDENTITY_SIGN_IN_VIEW)

#define IDENTITY_SECOND_VIEW(V) V(page, text, next, _)
VIEW_STRUCT(identity_second, IDENTITY_SECOND_VIEW)

#define IDENTITY_CODE_VIEW(V)                                                                      \
    V(page, text, phone_masked, _)                                                                 \
    V(page, text, phone, _)                                                                        \
    V(page, text, next, _)
VIEW_STRUCT(identity_code, IDENTITY_CODE_VIEW)

#define IDENTITY_SESSION_VIEW(V)                                                                   \
    V(api, ident, id, _)                                                                           \
    V(api, text, device, _)                                                                        \
    V(api, text, address, _)                                                                       \
    V(api, time, since, _)                                                                         \
    V(api, time, expires_at, _)                                                                    \
    V(api, flag, is_this, _)
VIEW_STRUCT(identity_session, IDENTITY_SESSION_VIEW)

#define IDENTITY_KEY_VIEW(V)                                                                       \
    V(api, ident, id, _)                                                                           \
    V(api, text, name, _)                                                                          \
    V(api, words, scopes, _)                                                                       \
    V(page, text, may, _)                                                                          \
    V(api, text, tail, _)                                                                          \
    V(api, time, since, _)                                                                         \
    V(api, time, expires_at, _)                                                                    \
    V(api, time, used_at, _)
VIEW_STRUCT(identity_key, IDENTITY_KEY_VIEW)

/* Told once. */
#define IDENTITY_MADE_VIEW(V)                                                                      \
    V(api, ident, id, _)                                                                           \
    V(api, text, token, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, words, scopes, _)                                                                       \
    V(api, time, expires_at, _)
VIEW_STRUCT(identity_made, IDENTITY_MADE_VIEW)

#define IDENTITY_SESSIONS_VIEW(V)                                                                  \
    V(api, list, sessions, identity_session)                                                       \
    V(api, list, keys, identity_key)                                                               \
    V(page, text, new_key, _)                                                                      \
    V(page, choices, scopes, _)                                                                    \
    V(page, flag, has_others, _)                                                                   \
    V(page, flag, is_staff, _)                                                                     \
    V(page, flag, has_second, _)
VIEW_STRUCT(identity_sessions, IDENTITY_SESSIONS_VIEW)

#define IDENTITY_TOTP_VIEW(V)                                                                      \
    V(api, flag, is_set, _)                                                                        \
    V(api, maybe, secret, _)                                                                       \
    V(api, maybe, uri, _)                                                                          \
    V(api, maybe, offer, _)                                                                        \
    V(page, text, secret_apart, _)
VIEW_STRUCT(identity_totp, IDENTITY_TOTP_VIEW)

#define IDENTITY_PASSWORD_VIEW(V) V(page, text, login, _)
VIEW_STRUCT(identity_password, IDENTITY_PASSWORD_VIEW)

#define IDENTITY_UNMASKED_VIEW(V) V(api, text, phone, _)
VIEW_STRUCT(identity_unmasked, IDENTITY_UNMASKED_VIEW)

#define IDENTITY_NUMBER_VIEW(V)                                                                    \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, maybe, phone_masked, _)                                                                 \
    V(page, text, phone, _)                                                                        \
    V(page, text, reference, _)
VIEW_STRUCT(identity_number, IDENTITY_NUMBER_VIEW)

#endif
