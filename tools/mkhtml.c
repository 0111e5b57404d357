/* mkhtml.c -- compiles the .html files of one module to C.
 *
 *     mkhtml MODULE FOLDER OUT.h OUT.c PO_DIR FILE.html... [ROOM.po...]
 *
 * NAME.html of MODULE is shown a struct MODULE_NAME_view, declared in FOLDER/MODULE_views.h, and
 * becomes html_MODULE_NAME.  What may stand in a template is told in tools/mkhtml.md.
 */
#include <stdio.h>

#include "tools/mkhtml_write.h"

enum { ARENA_BYTES_MAX = 512 << 20 };

static void complain(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        fprintf(stderr, "%.*s\n", STR_ARGS(problems->texts[i]));
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_open(ARENA_BYTES_MAX);
    struct problems problems = {.arena = arena};
    struct buffer header = buffer_open(arena), source = buffer_open(arena);
    struct mkhtml_module module = {0};
    struct str missing;
    struct po po;
    bool failed;

    if (argc < 6) {
        arena_close(&arena);
        fprintf(stderr, "mkhtml MODULE FOLDER OUT.h OUT.c PO_DIR FILE.html...\n");
        return 2;
    }
    module = (struct mkhtml_module){.name = argv[1],
                                    .folder = argv[2],
                                    .header_path = argv[3],
                                    .source_path = argv[4],
                                    .files = NEW_MANY(arena, struct template_file, (size_t)argc)};
    po_open(&po, arena);
    po_read_folder(&po, &problems, argv[5]);
    for (int i = 6; i < argc; i++) {
        struct template_file *file = &module.files[module.files_count];

        if (str_ends(str_of(argv[i]), S(".po"))) {
            po_read_file(&po, &problems, argv[i]);
            continue;
        }
        file->path = argv[i];
        file_read(arena, &problems, argv[i], &file->bytes);
        module.files_count++;
    }
    if (mkhtml_compile(arena, &problems, &po, &module, &header, &source)) {
        file_change(&problems, module.header_path, buffer_text(&header));
        file_write(&problems, module.source_path, buffer_text(&source));
    }
    complain(&problems);
    missing = po_missing_text(&po, "mkhtml");
    fprintf(stderr, "%.*s", STR_ARGS(missing));
    failed = problems.count > 0 || po.missing_count > 0;
    arena_close(&arena);
    return failed;
}
