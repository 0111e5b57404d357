/* mail_driver.h -- the ways out of the house for an e-mail.
 *
 *   log    writes who gets how many bytes to the console: for development
 *   smtp   hands it to a mail server (smtp://host:587 with STARTTLS, or smtps://host:465)
 *   none   there is no mail server: nothing is sent, and each letter says so
 *
 * A driver belongs to one thread at a time.
 */
#ifndef MAIL_DRIVER_H
#define MAIL_DRIVER_H

#include "platform/outbox.h"

enum { MAIL_SECONDS_MAX = 20 /* a server that takes longer is tried again later */ };

struct mail_driver_settings {
    struct str kind;           /* "log", "smtp" or "none" */
    struct str url;            /* smtp: the server */
    struct str user, password; /* "" if it asks for none */
    struct str from;           /* the address letters come from */
    int console;               /* log: a file descriptor; 0 is standard output */
};

struct mail_driver;

struct outcome mail_driver_open(const struct mail_driver_settings *settings,
                                struct mail_driver **driver);
void mail_driver_close(struct mail_driver **driver);

/* `driver` is a struct mail_driver; the first line of the letter's text is its subject.  Signature
 * as channel/sms asks for.  `problem` is "" when it was delivered; no address is in it. */
enum letter_fate mail_driver_send(void *driver, struct arena *arena, const struct letter *letter,
                                  struct str *problem);

/* The whole message as it is handed over (RFC 5322, body in base64), for tests; "" if the letter
 * cannot be one: an address with blanks or angles in it. */
struct str mail_driver_write(struct arena *arena, struct str from, const struct letter *letter,
                             moment now);
/* What an answer of the server means for the letter. */
enum letter_fate mail_driver_fate(long code);

#endif
