/* html_context.c -- see html_context.h.
 *
 * 1. Nothing that a value could turn into a name, a script or a style is accepted, nor any inline
 *    script or style: the pages' content security policy would not run it.
 * 2. An address with a value in it begins with a literal that settles where it leads: a path of
 *    this site, a query, a fragment, a telephone or a letter.  A whole address from data is checked
 *    when the page is written ({{link x}}).
 * 3. Elements nest.  End tags are never left out; only void elements have none.
 */
#include "tools/html_context.h"

#include <string.h>

#define WRONG(...) problem(context->problems, context->path, context->line, __VA_ARGS__)

static bool is_one_of(struct str name, const char *const *names)
{
    for (; *names; names++) {
        if (str_same_plain(name, str_of(*names))) return true;
    }
    return false;
}

static bool is_void(struct str name)
{
    static const char *const names[] = {"area", "br",   "col",    "embed", "hr",  "img", "input",
                                        "link", "meta", "source", "track", "wbr", NULL};
    return is_one_of(name, names);
}

static bool ends_paragraph(struct str name)
{
    static const char *const names[] = {
        "address",  "article", "aside",   "blockquote", "details", "dialog", "div", "dl",
        "fieldset", "figure",  "footer",  "form",       "h1",      "h2",     "h3",  "h4",
        "h5",       "h6",      "header",  "hr",         "main",    "menu",   "nav", "ol",
        "p",        "pre",     "section", "table",      "ul",      NULL};
    return is_one_of(name, names);
}

static bool is_url(struct str name)
{
    static const char *const names[] = {"href",           "src",
                                        "action",         "formaction",
                                        "poster",         "cite",
                                        "data-stream",    "data-post",
                                        "data-url",       "ping",
                                        "xlink:href",     "background",
                                        "data-hx-get",    "data-hx-post",
                                        "data-hx-put",    "data-hx-patch",
                                        "data-hx-delete", NULL};
    return is_one_of(name, names);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':' || c == '.';
}

struct html_context html_begin(struct problems *problems, const char *path)
{
    return (struct html_context){.problems = problems, .path = path, .line = 1};
}

static struct str top(const struct html_context *context)
{
    return context->depth > 0 ? context->open[context->depth - 1].name : S("");
}

static bool is_inside(const struct html_context *context, const char *name)
{
    for (size_t i = 0; i < context->depth; i++) {
        if (str_same_plain(context->open[i].name, str_of(name))) return true;
    }
    return false;
}

static bool holds_no_elements(struct str name)
{
    static const char *const names[] = {"title", "textarea", "script", "style", "option", NULL};
    return is_one_of(name, names);
}

bool html_is_verbatim(const struct html_context *context)
{
    if (context->place == HTML_VALUE_DOUBLE || context->place == HTML_VALUE_SINGLE) return true;
    return context->place == HTML_TEXT &&
           (is_inside(context, "pre") || is_inside(context, "textarea"));
}

static void begin_element(struct html_context *context)
{
    static const char *const banned[] = {"style",  "base",  "object",   "embed",
                                         "applet", "frame", "frameset", NULL};
    static const char *const alone[] = {"a", "button", "form", "label", "option", NULL};
    struct str name = context->element;

    if (is_one_of(name, banned)) WRONG("<%.*s> is not used here", STR_ARGS(name));
    if (holds_no_elements(top(context)))
        WRONG("<%.*s> cannot hold <%.*s>", STR_ARGS(top(context)), STR_ARGS(name));
    for (size_t i = 0; i < context->depth; i++) {
        if (is_one_of(name, alone) && str_same_plain(context->open[i].name, name))
            WRONG("<%.*s> inside another (line %u)", STR_ARGS(name), context->open[i].line);
    }
    if (ends_paragraph(name) && is_inside(context, "p"))
        WRONG("<p> cannot hold <%.*s>", STR_ARGS(name));
    context->has_source = context->is_refresh = context->fills_content = false;
}

static void open_element(struct html_context *context, bool closes_itself)
{
    struct str name = context->element;
    bool is_drawing = is_inside(context, "svg") || is_inside(context, "math");

    if (str_same_plain(name, S("script")) && !context->has_source)
        WRONG("a script without src: the policy of our pages does not run it");
    if (context->is_refresh && context->fills_content)
        WRONG("a value in the content of <meta http-equiv>");
    context->place = HTML_TEXT;
    if (is_void(name)) return;
    if (closes_itself && !is_drawing)
        WRONG("<%.*s/> does not close itself in HTML", STR_ARGS(name));
    if (closes_itself) return;
    if (context->depth == HTML_DEPTH_MAX)
        WRONG("elements nest deeper than %d", HTML_DEPTH_MAX);
    else
        context->open[context->depth++] = (struct html_element){name, context->line};
}

static void close_element(struct html_context *context, struct str name)
{
    size_t depth = context->depth;

    if (is_void(name)) {
        WRONG("<%.*s> has no end tag", STR_ARGS(name));
        return;
    }
    if (depth > context->floor && str_same_plain(top(context), name)) {
        context->depth--;
        return;
    }
    if (depth > context->floor)
        WRONG("</%.*s> while <%.*s> of line %u is open", STR_ARGS(name), STR_ARGS(top(context)),
              context->open[depth - 1].line);
    else if (context->floor > 0)
        WRONG("</%.*s> closes what was opened outside of this {{if}} or {{each}}", STR_ARGS(name));
    else
        WRONG("</%.*s> closes nothing", STR_ARGS(name));
    while (depth > context->floor && !str_same_plain(context->open[depth - 1].name, name)) depth--;
    if (depth > context->floor) context->depth = depth - 1;
}

static void name_attribute(struct html_context *context, const char *at)
{
    struct str name = {context->mark, (size_t)(at - context->mark)};

    context->attribute = name;
    if (name.len > 2 && str_same_plain((struct str){name.at, 2}, S("on")))
        WRONG("%.*s=: inline handlers are not run; listen in a script", STR_ARGS(name));
    if (str_same_plain(name, S("style")) || str_same_plain(name, S("srcdoc")))
        WRONG("%.*s= is refused by the policy of our pages", STR_ARGS(name));
    if (str_begins(name, S("data-hx-on")) || str_begins(name, S("hx-on")))
        WRONG("%.*s=: inline handlers are not run", STR_ARGS(name));
    if (str_same_plain(name, S("src"))) context->has_source = true;
    if (str_same_plain(name, S("http-equiv"))) context->is_refresh = true;
}

static void begin_value(struct html_context *context, enum html_place place)
{
    context->place = place;
    context->prefix_len = context->value_len = 0;
    context->url = URL_LITERAL;
    context->fragment = false;
}

static bool prefix_begins(const struct html_context *context, const char *start)
{
    size_t len = strlen(start);

    return context->prefix_len >= len &&
           str_same_plain((struct str){context->prefix, len}, str_of(start));
}

static void value_byte(struct html_context *context, char byte)
{
    context->value_len++;
    if (context->url == URL_OVER && is_url(context->attribute)) {
        WRONG("nothing may follow {{link …}}, or branches that differ, in one address");
        context->url = URL_PLAIN; /* once is enough */
    }
    if (byte == '#') context->fragment = true;
    if (context->url == URL_PATH && byte == '#') context->url = URL_FRAGMENT;
    if (context->url == URL_LITERAL && context->prefix_len < HTML_PREFIX_MAX)
        context->prefix[context->prefix_len++] = byte;
}

/* The literal before the first tag settles what the address is. */
static void settle_url(struct html_context *context)
{
    static const char *const bad[] = {"javascript:", "vbscript:", "data:", "//", "/\\", NULL};

    if (context->url != URL_LITERAL) return;
    for (size_t i = 0; bad[i]; i++) {
        if (!prefix_begins(context, bad[i])) continue;
        WRONG("an address that begins with %s", bad[i]);
        context->prefix_len = 0; /* once is enough */
    }
    if (prefix_begins(context, "tel:") || prefix_begins(context, "mailto:"))
        context->url = URL_PLAIN;
    else if (prefix_begins(context, "#"))
        context->url = URL_FRAGMENT;
    else if (prefix_begins(context, "?") ||
             (prefix_begins(context, "/") && context->prefix_len > 1))
        context->url = context->fragment ? URL_FRAGMENT : URL_PATH;
}

static void finish_value(struct html_context *context)
{
    if (is_url(context->attribute)) settle_url(context);
    context->place = HTML_BETWEEN;
    context->blank = false;
}

static void between_byte(struct html_context *context, const char *at)
{
    if (is_blank(*at)) {
        context->blank = true;
    } else if (*at == '>') {
        open_element(context, false);
    } else if (*at == '/') {
        context->place = HTML_SELF_CLOSE;
    } else if (!is_name(*at)) {
        WRONG("a stray '%c' in <%.*s>", *at, STR_ARGS(context->element));
    } else {
        if (!context->blank) WRONG("a blank is missing before an attribute");
        context->mark = at;
        context->place = HTML_NAME;
    }
}

static void name_byte(struct html_context *context, const char *at)
{
    if (is_name(*at)) return;
    name_attribute(context, at);
    if (*at == '=') {
        context->place = HTML_VALUE_START;
        return;
    }
    context->place = HTML_BETWEEN;
    context->blank = false;
    between_byte(context, at);
}

static void tag_start_byte(struct html_context *context, const char *at)
{
    if (*at == '/') {
        context->mark = at + 1;
        context->place = HTML_END_NAME;
    } else if (*at == '!') {
        context->place = HTML_DECLARATION;
    } else if (is_name(*at)) {
        context->mark = at;
        context->place = HTML_TAG_NAME;
    } else {
        WRONG("a '<' that opens nothing: write &lt;");
        context->place = HTML_TEXT;
    }
}

static void tag_name_byte(struct html_context *context, const char *at)
{
    if (is_name(*at)) return;
    context->element = (struct str){context->mark, (size_t)(at - context->mark)};
    begin_element(context);
    context->place = HTML_BETWEEN;
    context->blank = false;
    between_byte(context, at);
}

static void end_name_byte(struct html_context *context, const char *at)
{
    if (is_name(*at)) return;
    context->element = (struct str){context->mark, (size_t)(at - context->mark)};
    close_element(context, context->element);
    context->place = *at == '>' ? HTML_TEXT : HTML_END_REST;
    if (*at != '>' && !is_blank(*at)) WRONG("a stray '%c' in an end tag", *at);
}

static void text_byte(struct html_context *context, char byte)
{
    if (byte == '<')
        context->place = HTML_TAG_START;
    else if (!is_blank(byte) && str_same_plain(top(context), S("script")) &&
             context->script_line != context->line) {
        WRONG("text inside <script>: put it into a file of its own");
        context->script_line = context->line; /* once a line is enough */
    }
}

static void bare_byte(struct html_context *context, char byte)
{
    if (is_blank(byte) || byte == '>') {
        finish_value(context);
        between_byte(context, &byte);
    } else if (strchr("\"'`=<", byte)) {
        WRONG("a value with %c needs quotes", byte);
    } else {
        value_byte(context, byte);
    }
}

void html_byte(struct html_context *context, const char *at)
{
    switch (context->place) {
    case HTML_TEXT: text_byte(context, *at); break;
    case HTML_TAG_START: tag_start_byte(context, at); break;
    case HTML_TAG_NAME: tag_name_byte(context, at); break;
    case HTML_END_NAME: end_name_byte(context, at); break;
    case HTML_END_REST:
    case HTML_DECLARATION:
        if (*at == '>') context->place = HTML_TEXT;
        break;
    case HTML_BETWEEN: between_byte(context, at); break;
    case HTML_NAME: name_byte(context, at); break;
    case HTML_VALUE_START:
        begin_value(context, *at == '"'    ? HTML_VALUE_DOUBLE
                             : *at == '\'' ? HTML_VALUE_SINGLE
                                           : HTML_VALUE_BARE);
        if (context->place == HTML_VALUE_BARE) bare_byte(context, *at);
        break;
    case HTML_VALUE_DOUBLE:
        if (*at == '"')
            finish_value(context);
        else
            value_byte(context, *at);
        break;
    case HTML_VALUE_SINGLE:
        if (*at == '\'')
            finish_value(context);
        else
            value_byte(context, *at);
        break;
    case HTML_VALUE_BARE: bare_byte(context, *at); break;
    case HTML_SELF_CLOSE:
        if (*at != '>') WRONG("a stray '/' in <%.*s>", STR_ARGS(context->element));
        open_element(context, *at == '>');
        break;
    }
}

static enum html_how may_write_url(struct html_context *context, enum html_wish wish)
{
    if (wish == HTML_WISH_LINK) {
        bool alone = context->value_len == 0 && context->url == URL_LITERAL;

        if (!alone) WRONG("{{link …}} must stand alone in its attribute");
        context->url = URL_OVER;
        return alone ? HTML_ESCAPED : HTML_REFUSED;
    }
    settle_url(context);
    if (context->url == URL_LITERAL) {
        WRONG("%.*s= must begin with /word, #, ?, tel: or mailto: before a value, or be "
              "{{link x}} alone",
              STR_ARGS(context->attribute));
        return HTML_REFUSED;
    }
    if (context->url == URL_OVER) {
        WRONG("nothing may follow {{link …}}, or branches that differ, in one address");
        return HTML_REFUSED;
    }
    if (wish == HTML_WISH_WORDS) {
        WRONG("words for people inside an address");
        return HTML_REFUSED;
    }
    return wish == HTML_WISH_VALUE && context->url == URL_PATH ? HTML_NUMBER_ONLY : HTML_ESCAPED;
}

static enum html_how may_write_value(struct html_context *context, enum html_wish wish)
{
    static const char *const literal[] = {"srcset", "sandbox", "http-equiv", "type", "rel", NULL};

    if (wish == HTML_WISH_MARKUP) {
        WRONG("elements inside of an attribute");
        return HTML_REFUSED;
    }
    if (is_url(context->attribute)) {
        enum html_how how = may_write_url(context, wish);

        context->value_len++;
        return how;
    }
    if (wish == HTML_WISH_LINK || is_one_of(context->attribute, literal)) {
        WRONG(wish == HTML_WISH_LINK ? "{{link …}} in %.*s=, which is no address"
                                     : "%.*s= must be written out, without values",
              STR_ARGS(context->attribute));
        return HTML_REFUSED;
    }
    if (str_same_plain(context->attribute, S("content"))) context->fills_content = true;
    return HTML_ESCAPED;
}

enum html_how html_may_write(struct html_context *context, enum html_wish wish)
{
    switch (context->place) {
    case HTML_TEXT:
        if (str_same_plain(top(context), S("script")) || str_same_plain(top(context), S("style")))
            WRONG("a tag inside <%.*s>", STR_ARGS(top(context)));
        else if (wish == HTML_WISH_MARKUP && holds_no_elements(top(context)))
            WRONG("<%.*s> holds text only", STR_ARGS(top(context)));
        else if (wish == HTML_WISH_LINK)
            WRONG("{{link …}} belongs into an address");
        else
            return HTML_ESCAPED;
        return HTML_REFUSED;
    case HTML_VALUE_DOUBLE: return may_write_value(context, wish);
    case HTML_VALUE_SINGLE: WRONG("a value inside '…': write \"…\""); return HTML_REFUSED;
    case HTML_VALUE_START:
    case HTML_VALUE_BARE: WRONG("a value in an attribute without quotes"); return HTML_REFUSED;
    case HTML_DECLARATION: WRONG("a tag inside <!…>"); return HTML_REFUSED;
    default: WRONG("a value in the name of an element or attribute"); return HTML_REFUSED;
    }
}

bool html_may_branch(struct html_context *context, const char *at)
{
    switch (context->place) {
    case HTML_TEXT:
        if (!str_same_plain(top(context), S("script"))) return true;
        WRONG("a tag inside <script>");
        return false;
    case HTML_TAG_NAME:
        context->element = (struct str){context->mark, (size_t)(at - context->mark)};
        begin_element(context);
        break;
    case HTML_NAME: name_attribute(context, at); break;
    case HTML_BETWEEN: return true;
    case HTML_VALUE_DOUBLE:
        if (is_url(context->attribute) && context->value_len > 0) settle_url(context);
        return true;
    default: WRONG("a tag in the middle of a name or of an unquoted value"); return false;
    }
    context->place = HTML_BETWEEN;
    context->blank = false;
    return true;
}

bool html_merge(struct html_context *into, const struct html_context *other)
{
    bool fits = into->place == other->place && into->depth == other->depth;

    if (into->place != HTML_TEXT && !str_same(into->element, other->element)) fits = false;
    if (into->place == HTML_VALUE_DOUBLE && !str_same(into->attribute, other->attribute))
        fits = false;
    into->blank = into->blank && other->blank;
    into->has_source = into->has_source && other->has_source;
    into->is_refresh = into->is_refresh || other->is_refresh;
    into->fills_content = into->fills_content || other->fills_content;
    if (into->place != HTML_VALUE_DOUBLE || !fits) return fits;
    if (into->url != other->url ||
        (into->url == URL_LITERAL && into->prefix_len != other->prefix_len))
        into->url = URL_OVER; /* nothing more may be added to either */
    into->fragment = into->fragment || other->fragment;
    if (other->value_len > into->value_len) into->value_len = other->value_len;
    return fits;
}

void html_finish(struct html_context *context)
{
    if (context->place != HTML_TEXT) WRONG("the file ends inside of a tag");
    while (context->depth > 0) {
        const struct html_element *element = &context->open[--context->depth];

        context->line = element->line;
        WRONG("<%.*s> is never closed", STR_ARGS(element->name));
    }
}
