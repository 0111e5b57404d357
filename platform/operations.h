/* operations.h -- what an operator's tools ask: /healthz /readyz /metrics /version, and
 * /api/v1/openapi.json. */
#ifndef PLATFORM_OPERATIONS_H
#define PLATFORM_OPERATIONS_H

#include "platform/visit.h"

/* True: this path is one of those that need nobody, and was answered. */
bool operations_answer_now(struct visit *visit);
/* True: it is one of those that a worker answers, and was handed to one.  False for the document of
 * the API: it waits its turn like a page, and visit->job.run is what answers it. */
bool operations_answer(struct visit *visit);
/* Is it one of the second kind, which are never turned away? */
bool operations_are_asked(const struct visit *visit);

#endif
