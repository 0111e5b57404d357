/* mkhtml_tag.c -- one {{tag}}: from its words to a step.
 *
 * Names are turned into C here: `c.member` of a loop is `each_c->member`, `face.member` is
 * `face->member`, anything else is a member of the view.  Whether it exists is for the C compiler
 * to say, at the line of the .html file.
 */
#include <string.h>

#include "tools/mkhtml_parse.h"

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_TEXT, TOKEN_NUMBER, TOKEN_COMMA, TOKEN_BAD };

struct token {
    enum token_kind kind;
    struct str text; /* TOKEN_TEXT: without quotes, escapes resolved */
};

struct reader {
    struct arena *arena;
    struct problems *problems;
    const char *path;
    unsigned line;
    const struct loops *loops;
    struct str rest;
    struct token now; /* the next token, not yet taken */
    bool failed;
};

#define WRONG(...)                                                                                 \
    (reader->failed = true, problem(reader->problems, reader->path, reader->line, __VA_ARGS__))

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct str take(struct reader *reader, size_t len)
{
    struct str taken = {reader->rest.at, len};

    reader->rest = (struct str){reader->rest.at + len, reader->rest.len - len};
    return taken;
}

static struct token read_text(struct reader *reader)
{
    struct buffer text = buffer_open(reader->arena);
    struct str rest = reader->rest;
    size_t i = 1;

    for (; i < rest.len && rest.at[i] != '"'; i++) {
        char c = rest.at[i];

        if (c == '\\' && i + 1 < rest.len) {
            c = rest.at[++i];
            if (c == 'n') c = '\n';
        }
        buffer_add(&text, (struct str){&c, 1});
    }
    if (i >= rest.len) {
        take(reader, rest.len);
        return (struct token){.kind = TOKEN_BAD};
    }
    take(reader, i + 1);
    return (struct token){TOKEN_TEXT, buffer_text(&text)};
}

static struct token read_token(struct reader *reader)
{
    size_t len = 0;
    struct str rest;

    reader->rest = str_trim(reader->rest);
    rest = reader->rest;
    if (rest.len == 0) return (struct token){.kind = TOKEN_END};
    if (rest.at[0] == '"') return read_text(reader);
    if (rest.at[0] == ',') return (struct token){TOKEN_COMMA, take(reader, 1)};
    if (is_digit(rest.at[0]) || (rest.at[0] == '-' && rest.len > 1 && is_digit(rest.at[1]))) {
        len = 1;
        while (len < rest.len && is_digit(rest.at[len])) len++;
        return (struct token){TOKEN_NUMBER, take(reader, len)};
    }
    while (len < rest.len &&
           (is_letter(rest.at[len]) || is_digit(rest.at[len]) ||
            (rest.at[len] == '.' && len > 0 && len + 1 < rest.len && is_letter(rest.at[len + 1]))))
        len++;
    if (len == 0) return (struct token){TOKEN_BAD, take(reader, 1)};
    return (struct token){TOKEN_NAME, take(reader, len)};
}

static struct token next(struct reader *reader)
{
    struct token now = reader->now;

    reader->now = read_token(reader);
    return now;
}

static bool is_word(const struct token *token, const char *word)
{
    return token->kind == TOKEN_NAME && str_same(token->text, str_of(word));
}

static bool takes(struct reader *reader, const char *word)
{
    if (!is_word(&reader->now, word)) return false;
    next(reader);
    return true;
}

static struct str one_name(struct reader *reader, const char *what)
{
    struct token token = next(reader);

    if (token.kind == TOKEN_NAME && !memchr(token.text.at, '.', token.text.len)) return token.text;
    WRONG("expected %s", what);
    return S("");
}

/* a.b.c as C: only the first name decides where to begin. */
static struct str code_of(struct reader *reader, struct str dotted)
{
    struct buffer code = buffer_open(reader->arena);
    struct str rest = dotted, first = str_cut(dotted, '.', &rest);
    bool begun = false;

    for (size_t i = 0; i < reader->loops->count; i++) {
        if (!str_same(reader->loops->names[i], first)) continue;
        buffer_print(&code, "each_%.*s", STR_ARGS(first));
        begun = true;
    }
    if (!begun && str_same(first, S("face"))) {
        buffer_add(&code, S("face"));
        if (rest.len == 0) WRONG("face.what?");
        begun = true;
    }
    if (!begun) buffer_print(&code, "v->%.*s", STR_ARGS(first));
    while (rest.len > 0) {
        struct str member = str_cut(rest, '.', &rest);

        buffer_print(&code, "->%.*s", STR_ARGS(member));
    }
    return buffer_text(&code);
}

static struct step_value value_of(struct reader *reader)
{
    static const struct {
        const char *word;
        enum value_kind kind;
    } kinds[] = {{"moment", VALUE_MOMENT}, {"day", VALUE_DAY}, {"date", VALUE_DATE},
                 {"clock", VALUE_CLOCK},   {"iso", VALUE_ISO}, {"url", VALUE_URL},
                 {"link", VALUE_LINK}};
    struct step_value value = {.kind = VALUE_ANY};
    struct token token = next(reader);

    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (!is_word(&token, kinds[i].word) || reader->now.kind != TOKEN_NAME) continue;
        value.kind = kinds[i].kind;
        token = next(reader);
        break;
    }
    if (token.kind != TOKEN_NAME) {
        WRONG("expected a name such as reference or c.reference");
        return value;
    }
    if (value.kind == VALUE_ANY && str_ends(token.text, S("_count"))) value.kind = VALUE_COUNT;
    value.code = code_of(reader, token.text);
    return value;
}

static void read_test(struct reader *reader, struct step *step)
{
    struct step_test test = {0};
    struct token token;

    if (step->tests_count == STEP_TESTS_MAX) {
        WRONG("more than %d conditions: give the view a flag", STEP_TESTS_MAX);
        return;
    }
    test.negated = takes(reader, "not");
    token = next(reader);
    if (token.kind != TOKEN_NAME) WRONG("{{if …}}: expected a name");
    if (token.kind != TOKEN_NAME) return;
    test.code = code_of(reader, token.text);
    if (takes(reader, "is")) {
        if (takes(reader, "not")) test.negated = !test.negated;
        token = next(reader);
        test.has_word = token.kind == TOKEN_TEXT;
        test.has_number = token.kind == TOKEN_NUMBER;
        test.word = token.text;
        if (!test.has_word && !test.has_number)
            WRONG("{{if x is …}}: expected \"word\" or a number");
    }
    step->tests[step->tests_count++] = test;
}

static void read_if(struct reader *reader, struct step *step)
{
    bool all = false;

    read_test(reader, step);
    while (!reader->failed && (is_word(&reader->now, "and") || is_word(&reader->now, "or"))) {
        bool any = is_word(&reader->now, "or");

        if (step->tests_count > 1 && any == all)
            WRONG("`and` beside `or`: give the view a flag for one of them");
        all = !any;
        step->any = any;
        next(reader);
        read_test(reader, step);
    }
}

static void read_words(struct reader *reader, struct step *step, struct str text)
{
    step->kind = STEP_WORDS;
    step->text = text;
    if (text.len == 0) WRONG("{{\"\"}}: nothing to translate");
    while (reader->now.kind == TOKEN_COMMA) {
        next(reader);
        if (step->values_count == STEP_VALUES_MAX) {
            WRONG("more than %d values", STEP_VALUES_MAX);
            return;
        }
        step->values[step->values_count] = value_of(reader);
        if (step->values[step->values_count].kind >= VALUE_URL)
            WRONG("{{url}} and {{link}} do not belong among words");
        step->values_count++;
    }
}

static void read_form(struct reader *reader, struct step *step, enum step_kind kind)
{
    step->kind = kind;
    step->form = one_name(reader, "the name of a form: {{field FORM NAME}}");
    step->name = one_name(reader, "the name of a field: {{field FORM NAME}}");
    if (kind == STEP_FIELD && takes(reader, "of")) {
        step->kind = STEP_FIELD_OF;
        step->key = one_name(reader, "what the field is of: {{field FORM NAME of KEY x}}");
    } else if (kind == STEP_FIELD) {
        if (!takes(reader, "with")) return;
        step->kind = STEP_FIELD_WITH;
    } else if (!takes(reader, "from")) {
        WRONG("expected `from LIST`");
        return;
    }
    step->values[step->values_count++] = value_of(reader);
}

static void read_each(struct reader *reader, struct step *step)
{
    step->kind = STEP_EACH;
    step->name = one_name(reader, "{{each NAME in LIST}}");
    if (!takes(reader, "in")) WRONG("expected {{each NAME in LIST}}");
    if (reader->failed) return;
    step->values[step->values_count++] = value_of(reader);
    if (str_same(step->name, S("face"))) WRONG("`face` is taken");
    for (size_t i = 0; i < reader->loops->count; i++) {
        if (str_same(reader->loops->names[i], step->name))
            WRONG("`%.*s` is the name of an outer {{each}} already", STR_ARGS(step->name));
    }
    if (reader->loops->count == LOOPS_MAX) WRONG("{{each}} nested deeper than %d", LOOPS_MAX);
}

static bool read_control(struct reader *reader, struct step *step)
{
    if (takes(reader, "if")) {
        step->kind = STEP_IF;
        read_if(reader, step);
    } else if (takes(reader, "else")) {
        step->kind = STEP_ELSE;
        if (takes(reader, "if")) {
            step->kind = STEP_ELSE_IF;
            read_if(reader, step);
        }
    } else if (takes(reader, "end")) {
        step->kind = STEP_END;
    } else if (takes(reader, "each")) {
        read_each(reader, step);
    } else {
        return false;
    }
    return true;
}

/* A view may well have a member called `field`: alone, the word is a name. */
static bool takes_before(struct reader *reader, const char *word)
{
    return str_trim(reader->rest).len > 0 && takes(reader, word);
}

static bool read_markup(struct reader *reader, struct step *step)
{
    if (takes(reader, "csrf")) {
        step->kind = STEP_CSRF;
    } else if (takes(reader, "errors")) {
        step->kind = STEP_ERRORS;
    } else if (takes_before(reader, "field")) {
        read_form(reader, step, STEP_FIELD);
    } else if (takes_before(reader, "choices")) {
        read_form(reader, step, STEP_CHOICES);
    } else if (takes_before(reader, "select")) {
        read_form(reader, step, STEP_SELECT);
    } else if (takes_before(reader, "part")) {
        step->kind = STEP_PART;
        step->name = one_name(reader, "{{part NAME x}}");
        if (!reader->failed) step->values[step->values_count++] = value_of(reader);
    } else if (takes_before(reader, "draw")) {
        step->kind =
            takes(reader, "title") && reader->now.kind == TOKEN_NAME ? STEP_DRAW_TITLE : STEP_DRAW;
        step->values[step->values_count++] = value_of(reader);
    } else {
        return false;
    }
    return true;
}

static enum html_wish wish_of(enum value_kind kind)
{
    switch (kind) {
    case VALUE_URL: return HTML_WISH_URL;
    case VALUE_LINK: return HTML_WISH_LINK;
    case VALUE_MOMENT:
    case VALUE_DAY:
    case VALUE_DATE:
    case VALUE_CLOCK:
    case VALUE_ISO: return HTML_WISH_WORDS;
    default: return HTML_WISH_VALUE;
    }
}

bool mkhtml_tag(struct arena *arena, struct problems *problems, const char *path, unsigned line,
                const struct loops *loops, struct str inside, struct tag *tag)
{
    struct reader state = {.arena = arena,
                           .problems = problems,
                           .path = path,
                           .line = line,
                           .loops = loops,
                           .rest = inside};
    struct reader *reader = &state;
    struct step *step = &tag->step;

    *tag = (struct tag){.step.line = line, .writes = true, .wish = HTML_WISH_MARKUP};
    next(reader);
    if (reader->now.kind == TOKEN_TEXT) {
        read_words(reader, step, next(reader).text);
        tag->wish = HTML_WISH_WORDS;
    } else if (takes(reader, "lang")) {
        step->kind = STEP_LANG;
        tag->wish = HTML_WISH_LANG;
    } else if (read_control(reader, step)) {
        tag->writes = false;
    } else if (!read_markup(reader, step)) {
        step->kind = STEP_PUT;
        step->values[step->values_count++] = value_of(reader);
        tag->wish = wish_of(step->values[0].kind);
    }
    if (step->kind == STEP_DRAW_TITLE) tag->wish = HTML_WISH_VALUE;
    if (!reader->failed && reader->now.kind != TOKEN_END)
        WRONG("{{%.*s}} is not a tag", STR_ARGS(str_trim(inside)));
    return !reader->failed;
}

int64_t mkhtml_tag_end(struct str text)
{
    bool quoted = false;

    for (size_t i = 0; i < text.len; i++) {
        if (quoted && text.at[i] == '\\')
            i++;
        else if (text.at[i] == '"')
            quoted = !quoted;
        else if (!quoted && text.at[i] == '}' && i + 1 < text.len && text.at[i + 1] == '}')
            return (int64_t)i;
    }
    return -1;
}
