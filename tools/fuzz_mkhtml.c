/* fuzz_mkhtml.c -- any bytes as a template, a catalogue or a C source: no crash, no silence.
 *
 *     clang -fsanitize=fuzzer,address,undefined -I. tools/fuzz_mkhtml.c … tools/golden
 *
 * The first byte chooses the reader.  Beside what the sanitizers see it is checked that
 * 1. what does not build says why;
 * 2. what builds is the same when it is built again;
 * 3. every value in it is written by a function that escapes, in a C text whose quotes match.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/mkhtml_write.h"
#include "tools/mktext_scan.h"

enum { ARENA_BYTES_MAX = 256 << 20, INPUT_BYTES_MAX = 64 << 10 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth)
{
    if (!truth) abort();
}

/* Literals end on their line, and outside of them there is nothing but ASCII code. */
static void check_c(struct str code)
{
    bool quoted = false;

    for (size_t i = 0; i < code.len; i++) {
        unsigned char byte = (unsigned char)code.at[i];

        if (quoted && byte == '\\') {
            i++;
            check(i < code.len);
        } else if (byte == '"') {
            quoted = !quoted;
        } else {
            check(!(quoted && (byte == '\n' || byte < 0x20)));
            check(quoted || byte < 0x80);
        }
    }
    check(!quoted);
}

static bool compile(struct arena *arena, struct str bytes, struct po *po, struct buffer *source)
{
    struct problems problems = {.arena = arena};
    struct template_file file = {.path = "page.html", .bytes = bytes};
    struct mkhtml_module module = {"room", "room", "room.h", "room.c", &file, 1};
    struct buffer header = buffer_open(arena);
    bool done;

    *source = buffer_open(arena);
    done = mkhtml_compile(arena, &problems, po, &module, &header, source);
    check(done == (problems.count == 0 && po->missing_count == 0));
    return done;
}

/* What is asked for can be read again; every text is its own translation. */
static void answer(struct arena *arena, struct po *asked, struct po *answered)
{
    struct problems problems = {.arena = arena};
    struct str rest, missing = po_missing_text(asked, "mkhtml");

    po_open(answered, arena);
    str_cut(missing, '\n', &rest);
    po_add(answered, &problems, "zh.po", rest);
    check(problems.count == 0);
    answered->entries = NEW_MANY(arena, struct po_entry, asked->missing_count);
    for (size_t i = 0; i < asked->missing_count; i++)
        answered->entries[answered->count++] = (struct po_entry){
            .source = asked->missing[i].source, .translation = asked->missing[i].source};
    po_sort(answered, &problems);
}

static void try_template(struct arena *arena, struct str bytes)
{
    struct buffer first, second;
    struct po po, answered;
    bool done;

    po_open(&po, arena);
    done = compile(arena, bytes, &po, &first);
    if (!done && po.missing_count == 0) return;
    answer(arena, &po, &answered);
    if (!compile(arena, bytes, &answered, &first)) return; /* values that do not fit the words */
    check(compile(arena, bytes, &answered, &second));
    check(str_same(buffer_text(&first), buffer_text(&second)));
    check_c(buffer_text(&first));
}

static void try_catalogue(struct arena *arena, struct str bytes)
{
    struct problems problems = {.arena = arena};
    struct po po;

    po_open(&po, arena);
    po_add(&po, &problems, "zh.po", bytes);
    po_sort(&po, &problems);
    for (size_t i = 0; i < po.count; i++) {
        struct str found;

        check(po_find(&po, "a.c", 1, po.entries[i].source, &found));
        check(found.len > 0);
    }
}

static void try_source(struct arena *arena, struct str bytes)
{
    struct problems problems = {.arena = arena};
    struct texts texts = {.arena = arena};
    struct buffer out = buffer_open(arena);
    struct po po;

    po_open(&po, arena);
    po_sort(&po, &problems);
    mktext_scan(&texts, &problems, "a.c", bytes);
    mktext_sort(&texts);
    mktext_write(&out, &texts, &po);
    check(po.missing_count == texts.count);
    check_c(buffer_text(&out));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena;
    struct str bytes;

    if (size == 0 || size > INPUT_BYTES_MAX) return 0;
    bytes = (struct str){(const char *)data + 1, size - 1};
    arena = arena_open(ARENA_BYTES_MAX);
    if (data[0] == 'P')
        try_catalogue(arena, bytes);
    else if (data[0] == 'C')
        try_source(arena, bytes);
    else
        try_template(arena, bytes);
    arena_close(&arena);
    return 0;
}
