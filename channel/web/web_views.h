/* web_views.h -- what the pages of this channel are shown. */
#ifndef WEB_VIEWS_H
#define WEB_VIEWS_H

#include "channel/web/web.h"

/* One entry of the main menu. */
struct web_entry_view {
    struct str path, label;
    bool is_here;   /* this very page */
    bool is_within; /* a page below it */
};

/* The document around a page: not a view of the API, so a plain struct. */
struct web_layout_view {
    const struct template *page; /* draws the title and body that were made before */
    const void *page_view;
    const struct web_entry_view *entries;
    size_t entries_count;
    struct str style, script, favicon;
    struct str mark, letters, contrast, phone; /* pictures */
    struct str back;                           /* where the switches come back to */
    struct str version;
    bool is_bare, is_wide, is_english, is_elder, is_contrast, is_known, is_staff;
};

struct web_trouble_view {
    struct str text;
    struct str phone;
    struct str home; /* of the staff: where their work is */
    bool is_missing, is_refused, is_sign_in, is_busy, is_fault, is_staff;
};

#define WEB_HOME_VIEW(V)                                                                           \
    V(page, text, question, _)                                                                     \
    V(page, text, magnifier, _)                                                                    \
    V(page, text, document, _)                                                                     \
    V(page, text, phone, _)                                                                        \
    V(page, text, people, _)                                                                       \
    V(page, flag, is_elder, _)                                                                     \
    V(page, text, one, _) /* "%1": for scripts to fill in */
VIEW_STRUCT(web_home, WEB_HOME_VIEW)

#define WEB_PREFERENCES_VIEW(V)                                                                    \
    V(page, choices, languages, _)                                                                 \
    V(page, choices, modes, _)                                                                     \
    V(page, choices, themes, _)                                                                    \
    V(page, text, back, _)
VIEW_STRUCT(web_preferences, WEB_PREFERENCES_VIEW)

#define WEB_ABOUT_VIEW(V) V(page, text, version, _)
VIEW_STRUCT(web_about, WEB_ABOUT_VIEW)

#define WEB_ACCESSIBILITY_VIEW(V) V(page, flag, is_elder, _)
VIEW_STRUCT(web_accessibility, WEB_ACCESSIBILITY_VIEW)

/* What the act answers with: the address the browser goes to. */
#define WEB_CHOSEN_VIEW(V) V(page, text, to, _)
VIEW_STRUCT(web_chosen, WEB_CHOSEN_VIEW)

#endif
