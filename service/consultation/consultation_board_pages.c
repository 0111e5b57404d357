/* consultation_board_pages.c -- the live board of leaders and supervisors. */
#include "service/consultation/consultation_pages.h"

const struct page consultation_board_pages[] = {{0}};
