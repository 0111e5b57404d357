/* folder_test.h -- a folder for one test: of its own, and gone when it is over. */
#ifndef FOLDER_TEST_H
#define FOLDER_TEST_H

enum { FOLDER_LEN = 64 };

/* An empty folder, its owner's alone, under TMPDIR or else /tmp (also when TMPDIR is so long that a
 * socket in it would have no name).  Ends the process when there is none to be had. */
void folder_make(char folder[static FOLDER_LEN]);
/* It goes with all that is in it; how many things that were. */
int folder_drop(const char *folder);

#endif
