/* sms_driver.h -- the ways out of the house for an SMS.
 *
 *   log    writes the message to the console: for development, its code must be readable there
 *   http   posts it to a gateway
 *   none   there is no gateway: nothing is sent, and each message says so
 *
 * A driver belongs to one thread at a time.
 */
#ifndef SMS_DRIVER_H
#define SMS_DRIVER_H

#include "platform/outbox.h"

enum { SMS_SECONDS_MAX = 5 /* a gateway that takes longer is tried again later */ };

struct sms_driver_settings {
    struct str kind;       /* "log", "http" or "none" */
    struct str url, token; /* http: where to, and the bearer token, or "" */
    int console;           /* log: a file descriptor; 0 is standard output */
};

struct sms_driver;

struct outcome sms_driver_open(const struct sms_driver_settings *settings,
                               struct sms_driver **driver);
void sms_driver_close(struct sms_driver **driver);

/* `problem` is "" when it was delivered; no number and no text is in it. */
enum letter_fate sms_driver_send(struct sms_driver *driver, struct arena *arena,
                                 const struct letter *letter, struct str *problem);

/* What an answer of the gateway means for the letter. */
enum letter_fate sms_driver_fate(long status);

#endif
