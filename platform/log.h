/* log.h -- one JSON object a line to standard error, for the journal of the system.
 *
 * No personal data: no names, numbers, texts or tokens; people are ids.
 */
#ifndef PLATFORM_LOG_H
#define PLATFORM_LOG_H

#include "platform/base.h"

void log_info(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_warning(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_fault(const char *what, const char *problem);
void log_quiet(bool quiet); /* for tests: only faults */
/* Whoever ends the program with abort(), a library too, does not end it without a word. */
void log_last_words(void);

#endif
