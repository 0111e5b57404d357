/* toy_test.h -- a small site of two modules and a client, for tests of the whole platform.
 *
 * Letters are written to a box, read as a page and as JSON, and told in a stream.  The bell rings
 * when its deadline comes.  Nothing here needs Criterion: platform/threads_exercise.c plays it too.
 */
#ifndef PLATFORM_TOY_TEST_H
#define PLATFORM_TOY_TEST_H

#include <stdatomic.h>

#include "platform/folder_test.h"
#include "platform/site.h"

/* Sessions: the tokens "alice" (person 1, consultant), "bob" (person 2, resident) and "guest" (no
 * person, box 7 only) until session.end is done by one of them. */
enum { TOY_ALICE = 1, TOY_BOB = 2 };

struct toy {
    struct site *site;
    struct arena *arena;
    char folder[FOLDER_LEN], database[96], where[128];
};

/* `listen` NULL: a unix socket in the toy's folder.  Ends the process when it cannot. */
void toy_open(struct toy *toy, const char *listen);
void toy_open_secure(struct toy *toy); /* as behind https */
void toy_close(struct toy *toy);      /* the site, the folder and all */
void toy_close_site(struct toy *toy); /* the site alone: its database can be read still */
int64_t toy_count(struct toy *toy, const char *sql); /* a number asked of the database */

/* What the toy's acts were made to do. */
extern atomic_int toy_rings;      /* how often the bell rang */
extern atomic_int toy_bell_fault; /* the next so many rings fault */
extern atomic_bool toy_bell_refuses;
extern atomic_int toy_entered; /* letters saying "wait" that were begun */
extern atomic_int toy_undone;  /* what was prepared for letters and taken back */
extern atomic_int toy_away;    /* the next so many tellings of letters find no database */
extern atomic_bool toy_may_go; /* and may go on */
void toy_ring_at(struct toy *toy, int64_t case_id, moment at);

bool toy_can_listen(int port); /* on 127.0.0.1 */

struct toy_answer {
    int status; /* 0: the connection ended without an answer */
    struct str head, body;
};
/* One request on a connection of its own.  `headers` are whole lines with CR LF. */
struct toy_answer toy_ask(struct toy *toy, struct arena *arena, const char *method,
                          const char *path, const char *headers, struct str body);
struct str toy_header(struct toy_answer answer, const char *name); /* or "" */
/* What stands between `before` and the next `after`, or "". */
struct str toy_between(struct str text, const char *before, const char *after);

struct toy_stream {
    int socket;
    bool is_over;
    size_t raw_len;
    char raw[256 * 1024], text[256 * 1024]; /* as it came, and without the chunks */
};
struct toy_stream *toy_stream_open(struct toy *toy, const char *path, const char *headers);
void toy_stream_close(struct toy_stream *stream);
/* Reads until `text` was said; false: it ended or stayed silent for ten seconds. */
bool toy_stream_says(struct toy_stream *stream, const char *text);
bool toy_stream_ends(struct toy_stream *stream);

#endif
