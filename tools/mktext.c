/* mktext.c -- makes the table behind text_in() from every T("…") and po/zh.
 *
 *     mktext [--strict] OUT.c PO_DIR FILES...
 *
 * FILES are C sources and headers, and .html files, whose texts are only looked up (tools/mkhtml.c
 * compiles them).  A text without a translation fails, all of them at once, in a form to paste into
 * a .po file.  Translations that nothing uses are warned about if templates are among FILES
 * (without them nobody could tell), and fail with --strict.
 */
#include <stdio.h>
#include <string.h>

#include "tools/mkhtml_parse.h"
#include "tools/mktext_scan.h"

enum { ARENA_BYTES_MAX = 512 << 20 };

static void complain(const char *before, const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        fprintf(stderr, "%s%.*s\n", before, STR_ARGS(problems->texts[i]));
}

static void look_up(struct po *po, const char *path, const struct step *step)
{
    for (; step; step = step->next) {
        struct str chinese;

        if (step->kind == STEP_WORDS) po_find(po, path, step->line, step->text, &chinese);
    }
}

static void read_file(struct texts *texts, struct problems *problems, struct po *po,
                      const char *path)
{
    struct template_file file = {.path = path};

    if (!file_read(texts->arena, problems, path, &file.bytes)) return;
    if (!str_ends(str_of(path), S(".html"))) {
        mktext_scan(texts, problems, path, file.bytes);
        return;
    }
    mkhtml_parse(texts->arena, problems, &file);
    look_up(po, path, file.title);
    look_up(po, path, file.body);
}

static bool run(struct arena *arena, bool strict, const char *out_path, const char *po_folder,
                char **paths)
{
    struct problems problems = {.arena = arena}, unused = {.arena = arena};
    struct texts texts = {.arena = arena};
    struct buffer out = buffer_open(arena);
    struct str missing;
    struct po po;
    bool failed, has_templates = strict;

    po_open(&po, arena);
    po_read_folder(&po, &problems, po_folder);
    for (char **path = paths; *path; path++)
        if (str_ends(str_of(*path), S(".po"))) po_read_file(&po, &problems, *path);
    for (; *paths; paths++) {
        if (str_ends(str_of(*paths), S(".po"))) continue;
        read_file(&texts, &problems, &po, *paths);
        has_templates = has_templates || str_ends(str_of(*paths), S(".html"));
    }
    mktext_sort(&texts);
    mktext_write(&out, &texts, &po);
    if (has_templates) po_report_unused(&po, &unused);
    failed = problems.count > 0 || po.missing_count > 0 || (strict && unused.count > 0);
    if (!failed) failed = !file_write(&problems, out_path, buffer_text(&out));
    complain("", &problems);
    complain(strict ? "" : "warning: ", &unused);
    missing = po_missing_text(&po, "mktext");
    fprintf(stderr, "%.*s", STR_ARGS(missing));
    return !failed;
}

int main(int argc, char **argv)
{
    bool strict = argc > 1 && strcmp(argv[1], "--strict") == 0;
    struct arena *arena;
    bool done;

    argv += strict;
    argc -= strict;
    if (argc < 3) {
        fprintf(stderr, "mktext [--strict] OUT.c PO_DIR FILES... (X.po: read too)\n");
        return 2;
    }
    arena = arena_open(ARENA_BYTES_MAX);
    done = run(arena, strict, argv[1], argv[2], argv + 3);
    arena_close(&arena);
    return !done;
}
