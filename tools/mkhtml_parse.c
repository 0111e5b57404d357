/* mkhtml_parse.c -- see mkhtml_parse.h.
 *
 * 1. White space: indentation and blank lines go, and so does the line of a {{tag}} that only
 *    steers or writes whole elements.  One line break stays one.  In pre, textarea and values of
 * attributes all of it stays.
 * 2. Comments go, with whatever is in them.
 * 3. At {{else}} and {{end}} every branch must have come to the same place in the page.
 */
#include "tools/mkhtml_parse.h"

#include <string.h>

enum { BLOCKS_MAX = 32 };

struct block {
    enum step_kind kind; /* STEP_IF or STEP_EACH */
    unsigned line;
    bool has_else, has_branch;
    struct html_context before; /* at {{if}} */
    struct html_context merged; /* of the branches that have ended */
    size_t floor;
    bool line_start_before, line_start; /* of the branches that have ended */
};

struct parser {
    struct arena *arena;
    struct problems *problems;
    const char *path;
    struct html_context context;
    struct str rest;
    struct step *first, **last;
    struct buffer text; /* literal bytes not yet a step */
    bool line_start;    /* nothing was written yet on this line */
    bool was_blank;     /* in a tag, between attributes */
    struct loops loops;
    struct block *blocks;
    size_t depth;
};

#define WRONG(...) problem(parser->problems, parser->path, parser->context.line, __VA_ARGS__)

static void add_step(struct parser *parser, struct step step)
{
    struct step *made = NEW(parser->arena, struct step);

    *made = step;
    *parser->last = made;
    parser->last = &made->next;
}

static void flush_text(struct parser *parser)
{
    if (parser->text.len == 0) return;
    add_step(parser, (struct step){.kind = STEP_TEXT,
                                   .line = parser->context.line,
                                   .text = buffer_text(&parser->text)});
    parser->text = buffer_open(parser->arena);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* One literal byte: the context hears it; whether it is written depends on invariant 1. */
static void put_byte(struct parser *parser, const char *at)
{
    enum html_place before = parser->context.place;
    bool verbatim = html_is_verbatim(&parser->context);

    html_byte(&parser->context, at);
    if (!verbatim && *at == '\r') return;
    if (verbatim) {
        buffer_add(&parser->text, (struct str){at, 1});
    } else if (before == HTML_TEXT) {
        if (parser->line_start && (is_blank(*at) || *at == '\n')) return;
        while (*at == '\n' && parser->text.len > 0 &&
               is_blank(parser->text.at[parser->text.len - 1]))
            parser->text.len--;
        buffer_add(&parser->text, (struct str){at, 1});
    } else if (is_blank(*at) || *at == '\n') {
        if (parser->was_blank) return;
        buffer_add(&parser->text, S(" "));
    } else {
        buffer_add(&parser->text, (struct str){at, 1});
    }
    parser->line_start = !verbatim && before == HTML_TEXT && *at == '\n';
    parser->was_blank = !verbatim && before != HTML_TEXT && (is_blank(*at) || *at == '\n');
}

static void begin_branch(struct parser *parser, const struct block *block)
{
    unsigned line = parser->context.line;

    parser->context = block->before;
    parser->context.line = line;
    parser->context.floor = block->before.depth;
    parser->line_start = block->line_start_before;
    parser->was_blank = false;
}

static bool standalone(struct str rest)
{
    while (rest.len > 0 && is_blank(rest.at[0])) rest = (struct str){rest.at + 1, rest.len - 1};
    return rest.len == 0 || rest.at[0] == '\n';
}

static void open_block(struct parser *parser, const struct step *step)
{
    struct block *block;

    if (parser->depth == BLOCKS_MAX) {
        WRONG("{{if}} and {{each}} nested deeper than %d", BLOCKS_MAX);
        return;
    }
    block = &parser->blocks[parser->depth++];
    *block = (struct block){.kind = step->kind,
                            .line = step->line,
                            .before = parser->context,
                            .floor = parser->context.floor,
                            .line_start_before = parser->line_start,
                            .line_start = true};
    if (step->kind == STEP_EACH) {
        parser->loops.names[parser->loops.count++] = step->name;
        block->line_start = parser->line_start;
        block->line_start_before = parser->line_start && standalone(parser->rest);
    }
    begin_branch(parser, block);
}

static void end_branch(struct parser *parser, struct block *block)
{
    const char *name = block->kind == STEP_EACH ? "{{each}}" : "{{if}}";

    while (parser->context.depth > block->before.depth) {
        const struct html_element *element = &parser->context.open[--parser->context.depth];

        WRONG("<%.*s> of line %u is still open where this branch of %s ends",
              STR_ARGS(element->name), element->line, name);
    }
    if (block->has_branch) {
        if (!html_merge(&block->merged, &parser->context))
            WRONG("the branches of %s of line %u end in different places of a tag", name,
                  block->line);
    } else {
        block->merged = parser->context;
    }
    block->has_branch = true;
    block->line_start = block->line_start && parser->line_start;
}

static void close_block(struct parser *parser)
{
    struct block *block = &parser->blocks[parser->depth - 1];
    unsigned line = parser->context.line;

    end_branch(parser, block);
    if (!block->has_else) { /* a loop may run no time at all, and an {{if}} not be taken */
        begin_branch(parser, block);
        if (block->kind == STEP_EACH) parser->line_start = block->line_start;
        end_branch(parser, block);
    }
    if (block->kind == STEP_EACH) parser->loops.count--;
    parser->context = block->merged;
    parser->context.line = line;
    parser->context.floor = block->floor;
    parser->line_start = block->line_start;
    parser->was_blank = false;
    parser->depth--;
}

static void steer(struct parser *parser, const struct step *step, const char *at)
{
    struct block *block = parser->depth > 0 ? &parser->blocks[parser->depth - 1] : NULL;

    html_may_branch(&parser->context, at);
    if (step->kind == STEP_IF || step->kind == STEP_EACH) {
        open_block(parser, step);
        return;
    }
    if (!block) {
        WRONG("{{%s}} without {{if}} or {{each}}", step->kind == STEP_END ? "end" : "else");
        return;
    }
    if (step->kind == STEP_END) {
        close_block(parser);
        return;
    }
    if (block->kind == STEP_EACH || block->has_else) {
        WRONG("{{else}} in %s of line %u",
              block->kind == STEP_EACH ? "{{each}}" : "an {{if}} that had its {{else}}, ",
              block->line);
        return;
    }
    end_branch(parser, block);
    block->has_else = step->kind == STEP_ELSE;
    begin_branch(parser, block);
}

static void count_lines(struct parser *parser, struct str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) parser->context.line += bytes.at[i] == '\n';
}

static void skip(struct parser *parser, size_t len)
{
    count_lines(parser, (struct str){parser->rest.at, len});
    parser->rest = (struct str){parser->rest.at + len, parser->rest.len - len};
}

static void write_tag(struct parser *parser, struct tag *tag)
{
    enum html_how how = html_may_write(&parser->context, tag->wish);

    if (how == HTML_NUMBER_ONLY) {
        if (tag->step.values[0].kind == VALUE_ANY) tag->step.values[0].kind = VALUE_NUMBER;
    }
    parser->was_blank = false;
    parser->line_start =
        parser->line_start && tag->wish == HTML_WISH_MARKUP && standalone(parser->rest);
}

static void read_tag(struct parser *parser)
{
    const char *at = parser->rest.at;
    unsigned line = parser->context.line;
    int64_t end = mkhtml_tag_end((struct str){at + 2, parser->rest.len - 2});
    struct str inside = {at + 2, end < 0 ? 0 : (size_t)end};
    struct tag tag;

    if (end < 0) {
        WRONG("{{ without }}");
        skip(parser, parser->rest.len);
        return;
    }
    skip(parser, (size_t)end + 4);
    if (!mkhtml_tag(parser->arena, parser->problems, parser->path, line, &parser->loops, inside,
                    &tag)) {
        if (tag.writes) return;
        if (tag.step.kind == STEP_EACH) { /* keep the {{end}}s in step */
            tag.step.kind = STEP_IF;
        }
    }
    flush_text(parser);
    if (tag.writes)
        write_tag(parser, &tag);
    else
        steer(parser, &tag.step, at);
    add_step(parser, tag.step);
}

static void skip_comment(struct parser *parser)
{
    int64_t end = str_find(parser->rest, S("-->"));

    if (end < 0) WRONG("<!-- without -->");
    skip(parser, end < 0 ? parser->rest.len : (size_t)end + 3);
}

/* Reads until the end, or until `stop` is found in plain text. */
static struct step *read_steps(struct parser *parser, struct str stop)
{
    parser->first = NULL;
    parser->last = &parser->first;
    parser->text = buffer_open(parser->arena);
    parser->line_start = true;
    while (parser->rest.len > 0) {
        bool in_text = parser->context.place == HTML_TEXT;

        if (stop.len > 0 && str_begins(parser->rest, stop)) break;
        if (str_begins(parser->rest, S("{{"))) {
            read_tag(parser);
        } else if (in_text && str_begins(parser->rest, S("<!--"))) {
            skip_comment(parser);
        } else {
            put_byte(parser, parser->rest.at);
            skip(parser, 1);
        }
    }
    for (; parser->depth > 0; close_block(parser)) {
        const struct block *block = &parser->blocks[parser->depth - 1];

        problem(parser->problems, parser->path, block->line, "%s without {{end}}",
                block->kind == STEP_EACH ? "{{each}}" : "{{if}}");
    }
    flush_text(parser);
    return parser->first;
}

static void skip_before(struct parser *parser)
{
    for (;;) {
        if (str_begins(parser->rest, S("<!--")))
            skip_comment(parser);
        else if (parser->rest.len > 0 &&
                 (is_blank(parser->rest.at[0]) || parser->rest.at[0] == '\n'))
            skip(parser, 1);
        else
            return;
    }
}

static void read_title(struct parser *parser, struct template_file *file)
{
    static const struct str open = {"<title>", 7}, shut = {"</title>", 8};

    if (!str_begins(parser->rest, open)) return;
    skip(parser, open.len);
    parser->context.open[parser->context.depth++] =
        (struct html_element){{open.at + 1, 5}, parser->context.line};
    file->title = read_steps(parser, shut);
    if (parser->rest.len == 0) WRONG("<title> without </title>");
    if (parser->rest.len > 0) skip(parser, shut.len);
    parser->context.depth = 0;
    parser->context.place = HTML_TEXT;
}

static struct str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str rest;

    return str_cut(str_of(slash ? slash + 1 : path), '.', &rest);
}

static bool is_repeated(const struct step *steps, struct str code)
{
    for (; steps; steps = steps->next)
        if (steps->kind == STEP_EACH && str_same(steps->values[0].code, code)) return true;
    return false;
}

/* A list without rows may stand somewhere all the same: what is asked is how many it has. */
static void check_lists(struct parser *parser, const struct step *steps)
{
    for (const struct step *step = steps; step; step = step->next)
        for (size_t i = 0; i < step->tests_count; i++) {
            const struct step_test *test = &step->tests[i];

            if (test->has_word || test->has_number || !is_repeated(steps, test->code)) continue;
            problem(parser->problems, parser->path, step->line,
                    "{{if LIST}}: a list is there without rows too; ask {{if LIST_count}}");
        }
}

static bool is_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];

        if (!((c >= 'a' && c <= 'z') || c == '_' || (i > 0 && c >= '0' && c <= '9'))) return false;
    }
    return name.len > 0;
}

void mkhtml_parse(struct arena *arena, struct problems *problems, struct template_file *file)
{
    struct parser parser = {.arena = arena, .problems = problems, .path = file->path};

    file->name = name_of(file->path);
    if (!is_name(file->name)) problem(problems, file->path, 0, "a name is lower_snake.html");
    if (!str_is_utf8(file->bytes)) {
        problem(problems, file->path, 0, "is not UTF-8");
        return;
    }
    parser.blocks = NEW_MANY(arena, struct block, BLOCKS_MAX);
    parser.rest = file->bytes;
    parser.context = html_begin(problems, file->path);
    skip_before(&parser);
    read_title(&parser, file);
    file->body = read_steps(&parser, S(""));
    check_lists(&parser, file->body);
    html_finish(&parser.context);
}
