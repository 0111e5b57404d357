/* operations.h -- what an operator's tools ask: /healthz /readyz /metrics /version, and
 * /api/v1/openapi.json. */
#ifndef PLATFORM_OPERATIONS_H
#define PLATFORM_OPERATIONS_H

#include "platform/visit.h"

/* True: this path is one of them and is being answered.  False for the document of the API: it
 * waits its turn like a page, and visit->job.run is what answers it. */
bool operations_answer(struct visit *visit);

#endif
