/* crash_list.h -- the messages of one conversation as its list shows them, compared with what was
 * told. */
#ifndef BENCH_CRASH_LIST_H
#define BENCH_CRASH_LIST_H

#include "bench/crash.h"

struct list {
    struct shown shown;
    char after[32];         /* read and checked as far as this */
    int64_t unacknowledged; /* writers of whom a message is there that nobody was told of */
};
void list_open(struct list *list, const struct crash *crash, int talk);
void list_again(struct list *list); /* from the beginning; the verdict stays */
/* Reads on and counts in list->shown.verdict what is wrong; false: the server did not answer. */
bool list_verify(struct list *list, struct wire_link *link, const struct crash *crash, int talk);
void list_close(struct list *list);

#endif
