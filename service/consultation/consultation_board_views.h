/* consultation_board_views.h -- what leaders and supervisors see of everybody's work. */
#ifndef CONSULTATION_BOARD_VIEWS_H
#define CONSULTATION_BOARD_VIEWS_H

#include "platform/view.h"
#include "service/consultation/consultation_views.h"

#endif
