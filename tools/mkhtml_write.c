/* mkhtml_write.c -- see mkhtml_write.h.
 *
 * 1. Only literals of a template and translations, escaped here, reach out_raw(); every value goes
 *    through out_put() or another function that escapes.
 * 2. #line leads what the compiler has to say back to the .html file.
 */
#include "tools/mkhtml_write.h"

#include <string.h>

/* Longer string literals are outside of what C promises. */
enum { LITERAL_BYTES_MAX = 4000 };

enum { ZH, EN, LANGUAGES_COUNT };
static const char *const language_names[] = {"zh", "en"};

struct writer {
    struct arena *arena;
    struct problems *problems;
    struct po *po;
    const struct mkhtml_module *module;
    const struct template_file *file;
    struct buffer *out;
    int language;
    struct buffer text; /* literal bytes not yet written */
    unsigned depth;
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static struct str quoted(struct writer *writer, struct str text)
{
    struct buffer buffer = buffer_open(writer->arena);

    buffer_literal(&buffer, text, 4);
    return buffer_text(&buffer);
}

/* Not inside of a UTF-8 sequence, where that can be helped. */
static size_t piece_len(struct str rest)
{
    size_t len = rest.len;

    if (len <= LITERAL_BYTES_MAX) return len;
    len = LITERAL_BYTES_MAX;
    while (len > LITERAL_BYTES_MAX - 4 && ((unsigned char)rest.at[len] & 0xc0) == 0x80) len--;
    return len;
}

static void flush(struct writer *writer)
{
    struct str rest = buffer_text(&writer->text);

    while (rest.len > 0) {
        size_t len = piece_len(rest);
        unsigned indent = writer->depth * 4;

        buffer_print(writer->out, "%*sout_raw(out,\n%*s", (int)indent, "", (int)indent + 8, "");
        buffer_literal(writer->out, (struct str){rest.at, len}, indent + 8);
        buffer_print(writer->out, ", %zu);\n", len);
        rest = (struct str){rest.at + len, rest.len - len};
    }
    writer->text = buffer_open(writer->arena);
}

static void write_line(struct writer *writer, unsigned line, const char *path)
{
    buffer_print(writer->out, "#line %u ", line);
    buffer_literal(writer->out, str_of(path), 0);
    buffer_add(writer->out, S("\n"));
}

__attribute__((format(printf, 3, 4))) static void write_code(struct writer *writer, unsigned line,
                                                             const char *format, ...)
{
    va_list list;

    flush(writer);
    write_line(writer, line, writer->file->path);
    buffer_print(writer->out, "%*s", (int)writer->depth * 4, "");
    va_start(list, format);
    buffer_print_list(writer->out, format, list);
    va_end(list);
    buffer_add(writer->out, S("\n"));
}

static void add_escaped(struct buffer *text, struct str words)
{
    for (size_t i = 0; i < words.len; i++) {
        switch (words.at[i]) {
        case '&': buffer_add(text, S("&amp;")); break;
        case '<': buffer_add(text, S("&lt;")); break;
        case '>': buffer_add(text, S("&gt;")); break;
        case '"': buffer_add(text, S("&quot;")); break;
        case '\'': buffer_add(text, S("&#39;")); break;
        default: buffer_add(text, (struct str){words.at + i, 1});
        }
    }
}

static void write_value(struct writer *writer, const struct step *step,
                        const struct step_value *value)
{
    struct str code = value->code;
    const char *language = writer->language == ZH ? "LANGUAGE_ZH" : "LANGUAGE_EN";

    switch (value->kind) {
    case VALUE_ANY: write_code(writer, step->line, "out_put(out, %.*s);", STR_ARGS(code)); break;
    case VALUE_NUMBER:
        write_code(writer, step->line, "html_put_number(out, %.*s);", STR_ARGS(code));
        break;
    case VALUE_COUNT:
        write_code(writer, step->line, "out_int(out, (int64_t)%.*s);", STR_ARGS(code));
        break;
    case VALUE_MOMENT:
        write_code(writer, step->line, "out_moment(out, %s, %.*s);", language, STR_ARGS(code));
        break;
    case VALUE_DAY:
        write_code(writer, step->line, "out_day(out, %s, %.*s);", language, STR_ARGS(code));
        break;
    case VALUE_DATE:
        write_code(writer, step->line, "out_date(out, %s, %.*s);", language, STR_ARGS(code));
        break;
    case VALUE_CLOCK:
        write_code(writer, step->line, "out_clock(out, %.*s);", STR_ARGS(code));
        break;
    case VALUE_ISO: write_code(writer, step->line, "out_iso(out, %.*s);", STR_ARGS(code)); break;
    case VALUE_URL: write_code(writer, step->line, "out_url(out, %.*s);", STR_ARGS(code)); break;
    case VALUE_LINK: write_code(writer, step->line, "html_link(out, %.*s);", STR_ARGS(code)); break;
    }
}

/* Every %n has a value and every value a %n. */
static void check_places(struct writer *writer, const struct step *step, struct str words)
{
    unsigned want = (1u << step->values_count) - 1;

    if (po_places(words) != want && (step->values_count > 0 || po_places(words) != 0))
        problem(writer->problems, writer->file->path, step->line,
                "\"%.*s\" has %zu values: it must name %%1 … and nothing else", STR_ARGS(words),
                step->values_count);
}

static void write_words(struct writer *writer, const struct step *step)
{
    struct str words = step->text;
    size_t from = 0;

    if (writer->language == ZH)
        po_find(writer->po, writer->file->path, step->line, step->text, &words);
    else
        check_places(writer, step, words);
    for (size_t i = 0; i + 1 < words.len; i++) {
        size_t place = (size_t)(unsigned char)words.at[i + 1] - '1';

        if (words.at[i] != '%' || place >= step->values_count) continue;
        add_escaped(&writer->text, (struct str){words.at + from, i - from});
        write_value(writer, step, &step->values[place]);
        from = i + 2;
        i++;
    }
    add_escaped(&writer->text, (struct str){words.at + from, words.len - from});
}

static struct str test_code(struct writer *writer, const struct step_test *test)
{
    const char *no = test->negated ? "!" : "";
    struct str word = quoted(writer, test->word);

    if (test->has_word)
        return arena_print(writer->arena, "%sstr_same(%.*s, S(%.*s))", no, STR_ARGS(test->code),
                           STR_ARGS(word));
    if (test->has_number)
        return arena_print(writer->arena, "%.*s %s %.*s", STR_ARGS(test->code),
                           test->negated ? "!=" : "==", STR_ARGS(test->word));
    return arena_print(writer->arena, "%shtml_true(%.*s)", no, STR_ARGS(test->code));
}

static void write_if(struct writer *writer, const struct step *step, const char *start)
{
    struct buffer code = buffer_open(writer->arena);

    for (size_t i = 0; i < step->tests_count; i++) {
        if (i > 0) buffer_add(&code, step->any ? S(" || ") : S(" && "));
        buffer_add(&code, test_code(writer, &step->tests[i]));
    }
    write_code(writer, step->line, "%sif (%.*s) {", start, STR_ARGS(buffer_text(&code)));
    writer->depth++;
}

static void write_each(struct writer *writer, const struct step *step)
{
    struct str name = step->name, list = step->values[0].code;

    write_code(writer, step->line, "for (size_t at_%.*s = 0; at_%.*s < %.*s_count; at_%.*s++) {",
               STR_ARGS(name), STR_ARGS(name), STR_ARGS(list), STR_ARGS(name));
    writer->depth++;
    write_code(writer, step->line, "__typeof__(&%.*s[0]) each_%.*s = &%.*s[at_%.*s];",
               STR_ARGS(list), STR_ARGS(name), STR_ARGS(list), STR_ARGS(name));
    write_code(writer, step->line, "(void)each_%.*s;", STR_ARGS(name));
}

static void write_part(struct writer *writer, const struct step *step)
{
    for (size_t i = 0; i < writer->module->files_count; i++) {
        if (!str_same(writer->module->files[i].name, step->name)) continue;
        write_code(writer, step->line, "%.*s_body_%s(out, face, %.*s);", STR_ARGS(step->name),
                   language_names[writer->language], STR_ARGS(step->values[0].code));
        return;
    }
    if (writer->language == ZH)
        problem(writer->problems, writer->file->path, step->line,
                "{{part %.*s …}}: there is no %.*s.html here", STR_ARGS(step->name),
                STR_ARGS(step->name));
}

static void write_form(struct writer *writer, const struct step *step, const char *function)
{
    struct str form = step->form, name = step->name, value = step->values[0].code;

    if (writer->language == ZH)
        write_code(writer, step->line,
                   "_Static_assert(sizeof((struct %.*s_form *)0)->%.*s > 0, \"\");", STR_ARGS(form),
                   STR_ARGS(name));
    if (writer->language == ZH && step->kind == STEP_FIELD_OF)
        write_code(writer, step->line,
                   "_Static_assert(sizeof((struct %.*s_form *)0)->%.*s > 0, \"\");", STR_ARGS(form),
                   STR_ARGS(step->key));
    if (step->kind == STEP_FIELD)
        write_code(writer, step->line, "%s(out, face, &%.*s_form, \"%.*s\");", function,
                   STR_ARGS(form), STR_ARGS(name));
    else if (step->kind == STEP_FIELD_WITH)
        write_code(writer, step->line, "%s(out, face, &%.*s_form, \"%.*s\", %.*s);", function,
                   STR_ARGS(form), STR_ARGS(name), STR_ARGS(value));
    else if (step->kind == STEP_FIELD_OF)
        write_code(writer, step->line, "%s(out, face, &%.*s_form, \"%.*s\", \"%.*s\", %.*s);",
                   function, STR_ARGS(form), STR_ARGS(name), STR_ARGS(step->key), STR_ARGS(value));
    else
        write_code(writer, step->line, "%s(out, face, &%.*s_form, \"%.*s\", %.*s, %.*s_count);",
                   function, STR_ARGS(form), STR_ARGS(name), STR_ARGS(value), STR_ARGS(value));
}

static void write_draw(struct writer *writer, const struct step *step, const char *what)
{
    struct str code = step->values[0].code;

    write_code(writer, step->line, "%.*s->%s(out, face, %.*s_view);", STR_ARGS(code), what,
               STR_ARGS(code));
}

static void write_step(struct writer *writer, const struct step *step)
{
    switch (step->kind) {
    case STEP_TEXT: buffer_add(&writer->text, step->text); break;
    case STEP_WORDS: write_words(writer, step); break;
    case STEP_LANG: buffer_add(&writer->text, writer->language == ZH ? S("zh-CN") : S("en")); break;
    case STEP_PUT: write_value(writer, step, &step->values[0]); break;
    case STEP_IF: write_if(writer, step, ""); break;
    case STEP_ELSE_IF:
        flush(writer);
        writer->depth--;
        write_if(writer, step, "} else ");
        break;
    case STEP_ELSE:
        flush(writer);
        writer->depth--;
        write_code(writer, step->line, "} else {");
        writer->depth++;
        break;
    case STEP_END:
        flush(writer);
        writer->depth--;
        write_code(writer, step->line, "}");
        break;
    case STEP_EACH: write_each(writer, step); break;
    case STEP_PART: write_part(writer, step); break;
    case STEP_DRAW: write_draw(writer, step, "body"); break;
    case STEP_DRAW_TITLE: write_draw(writer, step, "title"); break;
    case STEP_CSRF: write_code(writer, step->line, "form_csrf(out, face);"); break;
    case STEP_ERRORS: write_code(writer, step->line, "form_errors(out, face);"); break;
    case STEP_FIELD: write_form(writer, step, "form_field"); break;
    case STEP_FIELD_WITH: write_form(writer, step, "form_field_with"); break;
    case STEP_FIELD_OF: write_form(writer, step, "form_field_of"); break;
    case STEP_CHOICES: write_form(writer, step, "form_choices"); break;
    case STEP_SELECT: write_form(writer, step, "form_select"); break;
    }
}

static void write_head(struct writer *writer, const struct template_file *file, const char *what,
                       const char *end)
{
    struct str name = file->name;
    const char *module = writer->module->name;

    buffer_print(writer->out,
                 "static void %.*s_%s_%s(struct out *out, const struct face *face,\n"
                 "    const struct %s_%.*s_view *v)%s",
                 STR_ARGS(name), what, language_names[writer->language], module, STR_ARGS(name),
                 end);
}

static void write_function(struct writer *writer, const struct template_file *file,
                           const char *what, const struct step *step)
{
    write_head(writer, file, what, "\n{\n    (void)out, (void)face, (void)v;\n");
    writer->file = file;
    writer->depth = 1;
    writer->text = buffer_open(writer->arena);
    for (; step; step = step->next) write_step(writer, step);
    flush(writer);
    write_line(writer, writer->out->line + 1, writer->module->source_path);
    buffer_add(writer->out, S("}\n\n"));
}

static void write_dispatch(struct writer *writer, const struct template_file *file,
                           const char *what)
{
    struct str name = file->name;
    const char *module = writer->module->name;

    buffer_print(writer->out,
                 "void html_%s_%.*s_%s(struct out *out, const struct face *face,\n"
                 "    const struct %s_%.*s_view *v)\n{\n"
                 "    if (face->language == LANGUAGE_ZH)\n"
                 "        %.*s_%s_zh(out, face, v);\n"
                 "    else\n"
                 "        %.*s_%s_en(out, face, v);\n}\n",
                 module, STR_ARGS(name), what, module, STR_ARGS(name), STR_ARGS(name), what,
                 STR_ARGS(name), what);
    buffer_print(writer->out,
                 "static void %.*s_%s(struct out *out, const struct face *face, const void *v)\n"
                 "{\n    html_%s_%.*s_%s(out, face, v);\n}\n\n",
                 STR_ARGS(name), what, module, STR_ARGS(name), what);
}

static void write_header(struct buffer *header, const struct mkhtml_module *module)
{
    buffer_print(header,
                 "/* Made by tools/mkhtml.c from %s/.  Do not edit. */\n"
                 "#ifndef HTML_%s_H\n#define HTML_%s_H\n\n#include \"platform/view.h\"\n"
                 "#include \"%s/%s_views.h\"\n\n",
                 module->folder, module->name, module->name, module->folder, module->name);
    for (size_t i = 0; i < module->files_count; i++) {
        struct str name = module->files[i].name;

        buffer_print(header, "extern const struct template html_%s_%.*s;\n", module->name,
                     STR_ARGS(name));
        for (int body = 0; body < 2; body++)
            buffer_print(header,
                         "void html_%s_%.*s_%s(struct out *out, const struct face *face,\n"
                         "    const struct %s_%.*s_view *v);\n",
                         module->name, STR_ARGS(name), body ? "body" : "title", module->name,
                         STR_ARGS(name));
    }
    buffer_add(header, S("\n#endif\n"));
}

static void write_start(struct buffer *source, const struct mkhtml_module *module)
{
    buffer_print(source,
                 "/* Made by tools/mkhtml.c from %s/.  Do not edit. */\n"
                 "#include \"%s\"\n\n#include \"platform/html.h\"\n"
                 "#if __has_include(\"%s/%s_acts.h\")\n#include \"%s/%s_acts.h\"\n#endif\n\n",
                 module->folder, base_name(module->header_path), module->folder, module->name,
                 module->folder, module->name);
}

void mkhtml_write(struct arena *arena, struct problems *problems, struct po *po,
                  const struct mkhtml_module *module, struct buffer *header, struct buffer *source)
{
    struct writer writer = {
        .arena = arena, .problems = problems, .po = po, .module = module, .out = source};

    write_header(header, module);
    write_start(source, module);
    for (size_t i = 0; i < module->files_count; i++) {
        for (writer.language = 0; writer.language < LANGUAGES_COUNT; writer.language++)
            write_head(&writer, &module->files[i], "body", ";\n");
    }
    buffer_add(source, S("\n"));
    for (size_t i = 0; i < module->files_count; i++) {
        const struct template_file *file = &module->files[i];

        for (writer.language = 0; writer.language < LANGUAGES_COUNT; writer.language++) {
            write_function(&writer, file, "title", file->title);
            write_function(&writer, file, "body", file->body);
        }
        write_dispatch(&writer, file, "title");
        write_dispatch(&writer, file, "body");
        buffer_print(source,
                     "const struct template html_%s_%.*s = {.title = %.*s_title, "
                     ".body = %.*s_body};\n\n",
                     module->name, STR_ARGS(file->name), STR_ARGS(file->name),
                     STR_ARGS(file->name));
    }
}

bool mkhtml_compile(struct arena *arena, struct problems *problems, struct po *po,
                    const struct mkhtml_module *module, struct buffer *header,
                    struct buffer *source)
{
    for (size_t i = 0; i < module->files_count; i++)
        mkhtml_parse(arena, problems, &module->files[i]);
    /* Steps of a file with problems may not fit together; nothing is written from them. */
    if (problems->count > 0) return false;
    mkhtml_write(arena, problems, po, module, header, source);
    return problems->count == 0 && po->missing_count == 0;
}
