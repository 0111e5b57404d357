/* web.h -- the frame of every page, the home page, how pages look, and what is said when something
 * did not work.
 *
 * main/ hands the first three to the platform (struct page_hooks): rooms draw what stands inside
 * <main>, this channel draws what stands around it.
 */
#ifndef WEB_H
#define WEB_H

#include "platform/page.h"

extern const struct module web_module;

/* The whole document, with the page drawn in its place. */
void web_layout(struct out *out, const struct face *face, const struct template *page,
                const void *page_view);

/* What went wrong in words, and what to do next.  Drawn inside web_layout(). */
void web_trouble(struct out *out, const struct face *face, const struct reason *reason,
                 struct str detail);

/* Only the present version of a file is found, since what is found is kept by browsers for ever. */
bool web_asset(struct str path, struct str accept_encoding, struct str *bytes, struct str *type,
               struct str *encoding);

/* `back` if it is an address of this site that a browser may be sent to, else `otherwise`. */
struct str web_back(struct str back, struct str otherwise);

struct str web_version(void);

/* What is stored for a year when somebody chooses how pages look. */
#define WEB_PREFERENCES_FORM(F)                                                                    \
    F(word, language, OPTIONAL, 2, 2, T("Language"), "")                                           \
    F(word, mode, OPTIONAL, 5, 6, T("Size of text"), "")                                           \
    F(word, theme, OPTIONAL, 4, 8, T("Colours"), "")                                               \
    F(text, back, OPTIONAL, 1, 2000, "", "")
FORM_STRUCT(web_preferences, WEB_PREFERENCES_FORM)

#define WEB_BACK_FORM(F) F(text, back, OPTIONAL, 1, 2000, "", "")
FORM_STRUCT(web_back, WEB_BACK_FORM)

/* Told which language somebody chose; main ties it to whoever writes to people. */
void web_language_hook(struct outcome (*keep)(struct scene *scene, enum language language));
extern const struct act web_preferences;
extern const struct reason web_preference_unknown;

#endif
