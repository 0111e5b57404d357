/* found.h -- lines of the journal that are found by something else than its indexes.
 *
 * An act that adds a message may say that its own line is found by that: the line then stands in
 * neither index of the journal (`said`, see platform.sql and docs/decisions/0043).
 *
 *  (1) It holds for the act that said so, on its thread, until its line is written or the next act
 *      begins: an act that was refused or undone leaves nothing of it.
 */
#ifndef PLATFORM_FOUND_H
#define PLATFORM_FOUND_H

#include "platform/act.h"

void found_by_message(const struct scene *scene);
/* Before an act is run. */
void found_begin(void);
bool found_is_by_message(const struct scene *scene);

#endif
