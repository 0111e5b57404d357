/* hub.h -- the open event streams, and who is told what.
 *
 *  (1) Events are made from the journal: one thread wakes the streams a new line concerns, and
 *      each reads on from the number it was told last.  A reconnect is the same reading, later.
 *  (2) A stream is told only lines that are durable, each once, in order.
 *  (3) A whisper ("typing") is said to whoever listens now, and kept nowhere.
 */
#ifndef PLATFORM_HUB_H
#define PLATFORM_HUB_H

#include "platform/http.h"
#include "platform/page.h"

struct hub;
struct line;

struct hub_settings {
    struct str database;
    const struct page_hooks *hooks;
};

struct outcome hub_open_all(const struct hub_settings *settings, struct hub **hub);
void hub_close(struct hub **hub);

/* Answers the request with a stream; from a worker. */
void hub_open(struct hub *hub, struct http_request *request, const struct stream *stream,
              const struct seat *seat);
/* Streams that this session has open now; sessions that share a place in a table are counted
 * together, which with STREAMS_PER_SESSION_MAX troubles nobody. */
int hub_open_of(id session_id);
void hub_publish(struct hub *hub, const struct line *lines, size_t count); /* from the writer */
void hub_whisper(struct hub *hub, const struct whisper *whisper, id speaker_id);

/* For stream tellers: one event.  seq 0: without an id. */
void event_put(struct out *out, const char *name, id seq, struct str data);

#endif
