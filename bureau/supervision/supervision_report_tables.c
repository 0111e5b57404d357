/* supervision_report_tables.c -- the JSON of what supervision_report_views.h declares. */
#include "bureau/supervision/supervision_report_views.h"

#define VIEW_THIS supervision_report_row_view
VIEW_TABLE(supervision_report_row, SUPERVISION_REPORT_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_reports_view
VIEW_TABLE(supervision_reports, SUPERVISION_REPORTS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_cell_view
VIEW_TABLE(supervision_cell, SUPERVISION_CELL_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_line_view
VIEW_TABLE(supervision_line, SUPERVISION_LINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_table_view
VIEW_TABLE(supervision_table, SUPERVISION_TABLE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_layer_view
VIEW_TABLE(supervision_layer, SUPERVISION_LAYER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_above_view
VIEW_TABLE(supervision_above, SUPERVISION_ABOVE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_layers_view
VIEW_TABLE(supervision_layers, SUPERVISION_LAYERS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_load_view
VIEW_TABLE(supervision_load, SUPERVISION_LOAD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_report_view
VIEW_TABLE(supervision_report, SUPERVISION_REPORT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_behind_row_view
VIEW_TABLE(supervision_behind_row, SUPERVISION_BEHIND_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_behind_view
VIEW_TABLE(supervision_behind, SUPERVISION_BEHIND_VIEW)
