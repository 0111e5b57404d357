/* view.h -- what is shown, declared once: the HTML page and the JSON answer both follow.
 *
 *     #define CONSULTATION_TALK_VIEW(V)                                          \
 *         V(api, text, reference, _)                                             \
 *         V(api, list, messages, consultation_message)                           \
 *         V(page, list, canned, consultation_canned)
 *     VIEW_STRUCT(consultation_talk, CONSULTATION_TALK_VIEW)     in X_views.h
 *     #define VIEW_THIS consultation_talk_view
 *     VIEW_TABLE(consultation_talk, CONSULTATION_TALK_VIEW)      in one .c file
 *
 * `api` members are in both; `page` members only in the HTML.
 */
#ifndef PLATFORM_VIEW_H
#define PLATFORM_VIEW_H

#include "platform/form.h"

/* kind     C type                          JSON
 * text     struct str                      string
 * maybe    struct str                      string, or null when empty
 * number   int64_t                         number
 * some     int64_t                         number, or null when negative
 * flag     bool                            true, false
 * time     moment                          ISO 8601, or null when 0
 * ident    id                              string of digits, or null when 0
 * list     const struct OF_view *, size_t  array (name and name_count)
 * part     const struct OF_view *          object, or null when NULL
 * choices  const struct choice *, size_t   array of {value, label}
 * drawing  const struct template *, void * a page's only: {{draw name}} draws name_view by it */
enum view_kind {
    VIEW_text,
    VIEW_maybe,
    VIEW_words,
    VIEW_number,
    VIEW_some,
    VIEW_flag,
    VIEW_time,
    VIEW_ident,
    VIEW_list,
    VIEW_part,
    VIEW_choices,
    VIEW_drawing
};

struct template;
struct view;
struct view_member {
    const char *name;
    enum view_kind kind;
    bool in_api;
    size_t at, count_at;
    const struct view *of;
};
struct view {
    const char *name;
    const struct view_member *members;
    size_t members_count;
    size_t size;
};

#define VIEW_DECLARE_text(name, of) struct str name;
#define VIEW_DECLARE_maybe(name, of) struct str name;
#define VIEW_DECLARE_words(name, of) struct str name;
#define VIEW_DECLARE_number(name, of) int64_t name;
#define VIEW_DECLARE_some(name, of) int64_t name;
#define VIEW_DECLARE_flag(name, of) bool name;
#define VIEW_DECLARE_time(name, of) moment name;
#define VIEW_DECLARE_ident(name, of) id name;
#define VIEW_DECLARE_list(name, of)                                                                \
    const struct of##_view *name;                                                                  \
    size_t name##_count;
#define VIEW_DECLARE_part(name, of) const struct of##_view *name;
#define VIEW_DECLARE_choices(name, of)                                                             \
    const struct choice *name;                                                                     \
    size_t name##_count;
#define VIEW_DECLARE_drawing(name, of)                                                             \
    const struct template *name;                                                                   \
    const void *name##_view;
#define VIEW_MEMBER(where, kind, name, of) VIEW_DECLARE_##kind(name, of)
#define VIEW_STRUCT(view_name, LIST)                                                               \
    struct view_name##_view {                                                                      \
        LIST(VIEW_MEMBER)                                                                          \
    };                                                                                             \
    extern const struct view view_name##_view;

#define VIEW_WHERE_api true
#define VIEW_WHERE_page false
#define VIEW_OF_text(name, of)
#define VIEW_OF_maybe(name, of)
#define VIEW_OF_words(name, of)
#define VIEW_OF_number(name, of)
#define VIEW_OF_some(name, of)
#define VIEW_OF_flag(name, of)
#define VIEW_OF_time(name, of)
#define VIEW_OF_ident(name, of)
#define VIEW_OF_list(name, of_)                                                                    \
    .of = &of_##_view, .count_at = offsetof(struct VIEW_THIS, name##_count),
#define VIEW_OF_part(name, of_) .of = &of_##_view,
#define VIEW_OF_choices(name, of_) .count_at = offsetof(struct VIEW_THIS, name##_count),
#define VIEW_OF_drawing(name, of)
#define VIEW_ROW(where, kind_, name_, of_)                                                         \
    {.name = #name_,                                                                               \
     .kind = VIEW_##kind_,                                                                         \
     .in_api = VIEW_WHERE_##where,                                                                 \
     .at = offsetof(struct VIEW_THIS, name_),                                                      \
     VIEW_OF_##kind_(name_, of_)},
#define VIEW_TABLE(view_name, LIST)                                                                \
    static const struct view_member view_name##_members[] = {LIST(VIEW_ROW)};                      \
    const struct view view_name##_view = {.name = #view_name,                                      \
                                          .members = view_name##_members,                          \
                                          .members_count = COUNT(view_name##_members),             \
                                          .size = sizeof(struct view_name##_view)};

void view_json(struct out *out, const struct view *view, const void *values);

/* A compiled template: made by tools/mkhtml.c from X/NAME.html as html_X_NAME. */
struct template
{
    void (*title)(struct out *out, const struct face *face, const void *view);
    void (*body)(struct out *out, const struct face *face, const void *view);
};

#endif
