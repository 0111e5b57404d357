/* files_store.h -- attached files in a store that speaks the S3 protocol, instead of a folder.
 *
 * The requests and their signatures (AWS Signature Version 4) are libcurl's; what is here is when
 * to ask, how long to wait, and what is believed of the answer.  Decision 0037.
 *
 *  (1) files_store_put() is done when the store has said so, and not before.
 *  (2) What leaves the house is sealed with the installation's key under its own name: the store
 *      can neither read it nor hand out another file, a changed or half a one unnoticed.
 *  (3) Everything is bounded in time, and a store that fell silent costs that time to one who
 *      asks at a time: all others are refused at once, until it answers again.
 *  (4) What is to go is noted on this machine's disk before files_store_drop() returns, and gone
 *      from the store as soon as that answers, whatever stops in between.
 *
 * Called from workers, the files' own threads and commands; never from an event loop or inside a
 * transaction, but for files_store_drop() and files_store_tell(), which ask nobody.
 */
#ifndef PLATFORM_FILES_STORE_H
#define PLATFORM_FILES_STORE_H

#include "platform/out.h"

struct files_store_settings {
    /* http(s)://HOST[:PORT][/PATH]; the bucket is put behind it, or is "" and in its name. */
    struct str endpoint, bucket, region;
    struct str id, secret; /* the key */
    struct str gone;       /* folder of notes of what is to go; made if it is missing */
};

/* The store cannot be reached: what was to be kept was not; what was to be read cannot be. */
extern const struct reason files_away, files_away_to_read;

struct outcome files_store_open(const struct files_store_settings *settings);
void files_store_close(void);
bool files_store_is_open(void);

/* Begins the thread that removes what is to go; ended by files_store_close().  For a server. */
struct outcome files_store_begin(void);

/* Refused, it may have come there all the same, without an answer that did. */
struct outcome files_store_put(const char *name, struct str bytes, bool *may_be_there);
/* Exactly so many bytes, made in the arena.  Refused: away.  A fault: not there, or not what was
 * put. */
struct outcome files_store_get(struct arena *arena, const char *name, size_t bytes_count,
                               struct str *bytes);
/* From now on what is got and was sealed with another key than the one that is written with is put
 * there again.  For a command. */
void files_store_renew(bool renew);
void files_store_renewed(int64_t *renewed, int64_t *kept); /* of what was got */
bool files_store_sealed_with(int key);                     /* was any of what was got? */
struct outcome files_store_has(const char *name, bool *has);
struct outcome files_store_drop(const char *name);
/* Removes what is to go, now; so many are left when the store is away. */
struct outcome files_store_sweep(int64_t *left);

/* A sentence for /readyz when the store is away or refuses (a wrong key), else nothing. */
void files_store_tell(struct out *out);
void files_store_put_metrics(struct out *out); /* for metrics_put() */

#endif
