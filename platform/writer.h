/* writer.h -- one thread runs all acts that are waiting and commits them with one fsync; a second
 * one tells those who wait, while the next are run.
 *
 *  (1) An act is answered only after its commit has returned.
 *  (2) One act that fails does not touch its neighbours: what it left is undone.  For that an act
 *      may be run twice, from the scene it was posted with; what it does is in the store alone.
 *  (3) When a commit fails the batch is answered with a fault, and with "it may have been done"
 *      when nobody knows; when the disk refused to sync the process stops, because what the kernel
 *      still holds is unknown.
 *  (4) The queue is bounded; a full queue refuses at once (act_too_busy).
 *  (5) Whoever comes while the database's lock is waited for is committed with those who wait.
 */
#ifndef PLATFORM_WRITER_H
#define PLATFORM_WRITER_H

#include "platform/journal.h"

struct writer;

/* One act on its way.  The caller fills the first part; scene.arena must live until `done`. */
struct call {
    const struct act *act;
    struct scene scene;
    void *form, *result;
    struct str once;  /* hash of an idempotency key and its owner, or "" */
    const char *then; /* see struct page; filled in by the writer when the act is done */
    int status;
    moment clock_due; /* the deadline this act performs; its row goes with it.  0: none */
    void (*done)(struct call *call); /* called from the thread of answers, must not wait */
    void *mine;
    /* Filled by the writer. */
    struct scene begun;  /* the scene as it was posted, should the act be run again */
    int64_t rows_before; /* changed in all when the act began */
    struct outcome outcome;
    struct str location; /* `then` with its places filled */
    struct str replay;   /* the first answer's JSON body, when `once` was seen before */
    bool replayed;
    bool unsure; /* a fault, and it may have been done all the same */
    struct call *next;
};

struct writer_settings {
    struct str database;
    /* Told of every line that became durable, in order, before the acts are answered. */
    void (*publish)(const struct line *lines, size_t count, void *site);
    void *site;
};

/* The deadline of a call is not there: it was performed, or moved.  Nothing was run. */
extern const struct reason writer_not_due;

struct outcome writer_open(const struct writer_settings *settings, struct writer **writer);
void writer_close(struct writer **writer);                  /* finishes what was accepted */
bool writer_post(struct writer *writer, struct call *call); /* false: the queue is full */
void writer_wait(struct writer *writer, struct call *call); /* post and wait; not from a loop */
size_t writer_waiting(const struct writer *writer);

/* "/consultations/{reference}" with {names} taken from the form and the result. */
struct str writer_location(struct arena *arena, const char *then, const struct act *act,
                           const void *form, const void *result);

#endif
