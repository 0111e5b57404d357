/* sms.h -- carries the letters of an outbox to their people, on a thread of its own.
 *
 * It looks for due letters each second (or when woken), takes one by an act, sends it, and
 * records by an act what became of it.  A restart changes nothing: what was being sent is due
 * again after a minute.
 */
#ifndef SMS_H
#define SMS_H

#include "channel/sms/sms_driver.h"
#include "platform/writer.h"

struct sms;
struct sms_settings {
    struct str database; /* for a reader of its own */
    struct writer *writer;
    const struct outbox *outbox; /* desk/notice's, handed over by main */
    struct sms_driver_settings driver;
    /* Another way out than an SMS gateway, as channel/mail's; NULL: the driver above. */
    enum letter_fate (*send)(void *carrier, struct arena *arena, const struct letter *letter,
                             struct str *problem);
    void *carrier;
};

struct outcome sms_open(const struct sms_settings *settings, struct sms **sms);
void sms_wake(struct sms *sms);   /* something may be due; from any thread */
void sms_close(struct sms **sms); /* finishes the letter in hand; before the writer is closed */

#endif
