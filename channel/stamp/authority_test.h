/* authority_test.h -- for tests: small authorities of time stamps, made with `openssl ts`. */
#ifndef AUTHORITY_TEST_H
#define AUTHORITY_TEST_H

#include "platform/base.h"

/* In this folder; `arena` lasts as long as it is used. */
void authority_begin(struct arena *arena, const char *folder);
struct str authority_path(const char *name);
/* NAME-ca.pem, NAME.pem and NAME.conf: an authority with a root of its own. */
void authority_make(const char *name);
/* Its answer to a request; with NAME.pem, or another certificate. */
struct str authority_reply(const char *name, struct str request);
void authority_shell(const char *command); /* must end well */
void authority_write(const char *name, struct str bytes);
struct str authority_read(const char *name);

#endif
