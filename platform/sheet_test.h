/* sheet_test.h -- looks into a spreadsheet file that was made. */
#ifndef PLATFORM_SHEET_TEST_H
#define PLATFORM_SHEET_TEST_H

#include "platform/base.h"

/* What unzip prints of one part of the file, as "xl/worksheets/sheet1.xml". */
struct str sheet_part(struct arena *room, struct str bytes, const char *part);

#endif
