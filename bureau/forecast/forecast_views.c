/* forecast_views.c -- the tables of this room's forms and views. */
#include "bureau/forecast/forecast_views.h"

const char *const forecast_professions[FORECAST_PROFESSIONS] = {
    "lawyer", "notary", "forensic", "mediator", "legal_aid", "correction"};

const char *forecast_profession_name(struct str profession)
{
    static const char *const names[FORECAST_PROFESSIONS] = {T("Lawyer"),
                                                            T("Notary"),
                                                            T("Forensic expert"),
                                                            T("Mediator"),
                                                            T("Legal-aid officer"),
                                                            T("Community-correction officer")};

    for (size_t i = 0; i < FORECAST_PROFESSIONS; i++) {
        if (str_same(str_of(forecast_professions[i]), profession)) return names[i];
    }
    return "";
}

#define FORM_THIS forecast_look_form
FORM_TABLE(forecast_look, FORECAST_LOOK_FORM)
#undef FORM_THIS
#define FORM_THIS forecast_policy_form
FORM_TABLE(forecast_policy, FORECAST_POLICY_FORM)
#undef FORM_THIS
#define FORM_THIS forecast_import_form
FORM_TABLE(forecast_import, FORECAST_IMPORT_FORM)
#undef FORM_THIS
#define FORM_THIS forecast_forget_form
FORM_TABLE(forecast_forget, FORECAST_FORGET_FORM)
#undef FORM_THIS

#define VIEW_THIS forecast_imported_view
VIEW_TABLE(forecast_imported, FORECAST_IMPORTED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS forecast_row_view
VIEW_TABLE(forecast_row, FORECAST_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS forecast_look_view
VIEW_TABLE(forecast_look, FORECAST_LOOK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS forecast_brought_view
VIEW_TABLE(forecast_brought, FORECAST_BROUGHT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS forecast_admin_view
VIEW_TABLE(forecast_admin, FORECAST_ADMIN_VIEW)
