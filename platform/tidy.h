/* tidy.h -- a thread that puts the store's log back into the file, beside the writer.
 *
 * Putting it back waits for the disk, for milliseconds on a good one; nobody's act should.
 */
#ifndef PLATFORM_TIDY_H
#define PLATFORM_TIDY_H

#include "platform/base.h"

struct tidy;

struct outcome tidy_open(struct str database, struct tidy **tidy);
void tidy_close(struct tidy **tidy);
/* After each commit; the length of the log decides (STORE_TIDY_PAGES). */
void tidy_log(struct tidy *tidy, int64_t log_pages);

#endif
