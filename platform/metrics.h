/* metrics.h -- counters, as Prometheus reads them (text format 0.0.4). */
#ifndef PLATFORM_METRICS_H
#define PLATFORM_METRICS_H

#include "platform/out.h"

/* A request that was answered: status and how long it took. */
void metrics_request(int status, int64_t microseconds);
/* An act that ended: `result` is "done", "refused" or "fault"; `name` is static. */
void metrics_act(const char *name, const char *result);
/* A commit: acts in it and how long it took. */
void metrics_commit(size_t acts, int64_t microseconds);
void metrics_stream(int change);   /* +1 opened, -1 closed */
void metrics_stream_cut(void);     /* a reader was too slow */
int64_t metrics_streams(void);
int64_t metrics_microseconds(void); /* a clock that only rises, for durations */
void metrics_put(struct out *out);
/* One gauge: for modules' own figures. */
void metrics_gauge(struct out *out, const char *name, const char *help, int64_t value);

#endif
