/* usage.h -- what gongdao --help says, of the whole and of each command. */
#ifndef MAIN_USAGE_H
#define MAIN_USAGE_H

extern const char usage[];

/* NULL if there is no such command. */
const char *usage_of(const char *command);

#endif
