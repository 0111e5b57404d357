/* po.c -- see po.h. */
#include "tools/po.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

void po_open(struct po *po, struct arena *arena)
{
    *po = (struct po){.arena = arena};
}

static int order_bytes(struct str a, struct str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len > 0 ? memcmp(a.at, b.at, len) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int order_entries(const void *left, const void *right)
{
    const struct po_entry *a = left, *b = right;

    return order_bytes(a->source, b->source);
}

unsigned po_places(struct str text)
{
    unsigned places = 0;

    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.at[i] == '%' && text.at[i + 1] >= '1' && text.at[i + 1] <= '9')
            places |= 1u << (text.at[i + 1] - '1');
    }
    return places;
}

/* What is being read of one file. */
struct reading {
    struct po *po;
    struct problems *problems;
    const char *path;
    unsigned line, entry_line;
    enum { BEFORE, IN_SOURCE, IN_TRANSLATION } where;
    bool fuzzy, next_fuzzy;
    struct buffer source, translation;
};

static void add_entry(struct po *po, struct po_entry entry)
{
    if (po->count == po->room) {
        struct po_entry *entries;

        po->room = po->room * 2 + 64;
        entries = NEW_MANY(po->arena, struct po_entry, po->room);
        if (po->count > 0) memcpy(entries, po->entries, po->count * sizeof *entries);
        po->entries = entries;
    }
    po->entries[po->count++] = entry;
}

static void finish_entry(struct reading *reading)
{
    struct str source = buffer_text(&reading->source);
    struct str translation = buffer_text(&reading->translation);

    if (reading->where == IN_SOURCE)
        problem(reading->problems, reading->path, reading->entry_line, "msgid without msgstr");
    if (reading->where == IN_TRANSLATION && source.len > 0 && translation.len > 0 &&
        !reading->fuzzy) {
        if (po_places(source) != po_places(translation))
            problem(reading->problems, reading->path, reading->entry_line,
                    "the translation must name the same places (%%1, …) as the text");
        add_entry(reading->po, (struct po_entry){.source = source,
                                                 .translation = translation,
                                                 .path = reading->path,
                                                 .line = reading->entry_line});
    }
    reading->where = BEFORE;
    reading->fuzzy = false;
}

static void add_quoted(struct reading *reading, struct str quoted)
{
    struct buffer *into = reading->where == IN_SOURCE ? &reading->source : &reading->translation;

    if (reading->where == BEFORE || quoted.len < 2 || quoted.at[0] != '"' ||
        quoted.at[quoted.len - 1] != '"') {
        problem(reading->problems, reading->path, reading->line,
                "expected msgid \"…\", msgstr \"…\" or a line that starts with #");
        return;
    }
    for (size_t i = 1; i + 1 < quoted.len; i++) {
        char c = quoted.at[i];

        if (c == '"') {
            problem(reading->problems, reading->path, reading->line, "write \\\" for a quote");
            return;
        }
        if (c == '\\') {
            c = i + 2 < quoted.len ? quoted.at[++i] : '\0';
            if (c == 'n')
                c = '\n';
            else if (c != '"' && c != '\\') {
                problem(reading->problems, reading->path, reading->line,
                        "only \\\", \\\\ and \\n are known");
                return;
            }
        }
        buffer_add(into, (struct str){&c, 1});
    }
}

static bool takes_word(struct str *line, struct str word)
{
    if (!str_begins(*line, word)) return false;
    *line = str_trim((struct str){line->at + word.len, line->len - word.len});
    return line->len > 0 && line->at[0] == '"';
}

static void read_line(struct reading *reading, struct str line)
{
    if (line.len == 0) return;
    if (line.at[0] == '#') {
        if (str_begins(line, S("#,")) && str_find(line, S("fuzzy")) >= 0)
            reading->next_fuzzy = true;
        return;
    }
    if (takes_word(&line, S("msgid"))) {
        finish_entry(reading);
        reading->fuzzy = reading->next_fuzzy;
        reading->next_fuzzy = false;
        reading->entry_line = reading->line;
        reading->where = IN_SOURCE;
        reading->source = buffer_open(reading->po->arena);
        reading->translation = buffer_open(reading->po->arena);
    } else if (takes_word(&line, S("msgstr"))) {
        if (reading->where != IN_SOURCE)
            problem(reading->problems, reading->path, reading->line, "msgstr without msgid");
        if (reading->where != IN_SOURCE) return;
        reading->where = IN_TRANSLATION;
    }
    add_quoted(reading, line);
}

void po_add(struct po *po, struct problems *problems, const char *path, struct str bytes)
{
    struct reading reading = {.po = po, .problems = problems, .path = path};

    if (str_begins(bytes, S("\xef\xbb\xbf"))) bytes = (struct str){bytes.at + 3, bytes.len - 3};
    if (!str_is_utf8(bytes)) {
        problem(problems, path, 0, "is not UTF-8");
        return;
    }
    while (bytes.len > 0) {
        reading.line++;
        read_line(&reading, str_trim(str_cut(bytes, '\n', &bytes)));
    }
    finish_entry(&reading);
}

void po_sort(struct po *po, struct problems *problems)
{
    size_t kept = 0;

    if (po->count > 1) qsort(po->entries, po->count, sizeof *po->entries, order_entries);
    for (size_t i = 0; i < po->count; i++) {
        const struct po_entry *before = kept > 0 ? &po->entries[kept - 1] : NULL;
        struct po_entry entry = po->entries[i];

        if (!before || !str_same(before->source, entry.source)) {
            po->entries[kept++] = entry;
        } else if (!str_same(before->translation, entry.translation)) {
            problem(problems, entry.path, entry.line,
                    "\"%.*s\" is translated in another way at %s:%u", STR_ARGS(entry.source),
                    before->path, before->line);
        }
    }
    po->count = kept;
}

static int is_po(const struct dirent *entry)
{
    return str_ends(str_of(entry->d_name), S(".po"));
}

bool po_read_folder(struct po *po, struct problems *problems, const char *folder)
{
    const char *zh = arena_print(po->arena, "%s/zh", folder).at;
    struct dirent **names;
    size_t before = problems->count;
    int count = scandir(zh, &names, is_po, alphasort);

    if (count < 0) {
        problem(problems, zh, 0, "cannot be read");
        return false;
    }
    for (int i = 0; i < count; i++) {
        const char *path = arena_print(po->arena, "%s/%s", zh, names[i]->d_name).at;
        struct str bytes;

        free(names[i]);
        if (file_read(po->arena, problems, path, &bytes)) po_add(po, problems, path, bytes);
    }
    free(names);
    po_sort(po, problems);
    return problems->count == before;
}

bool po_read_file(struct po *po, struct problems *problems, const char *path)
{
    size_t before = problems->count;
    struct str bytes;

    if (file_read(po->arena, problems, path, &bytes)) po_add(po, problems, path, bytes);
    po_sort(po, problems);
    return problems->count == before;
}

static void remember_missing(struct po *po, struct po_missing missing)
{
    for (size_t i = 0; i < po->missing_count; i++) {
        if (str_same(po->missing[i].source, missing.source)) return;
    }
    if (po->missing_count == po->missing_room) {
        struct po_missing *all;

        po->missing_room = po->missing_room * 2 + 64;
        all = NEW_MANY(po->arena, struct po_missing, po->missing_room);
        if (po->missing_count > 0) memcpy(all, po->missing, po->missing_count * sizeof *all);
        po->missing = all;
    }
    po->missing[po->missing_count++] = missing;
}

bool po_find(struct po *po, const char *path, unsigned line, struct str source,
             struct str *translation)
{
    struct po_entry key = {.source = source};
    struct po_entry *found =
        po->count > 0 ? bsearch(&key, po->entries, po->count, sizeof key, order_entries) : NULL;

    if (found) {
        found->used = true;
        *translation = found->translation;
        return true;
    }
    *translation = source;
    if (line > 0) remember_missing(po, (struct po_missing){source, path, line});
    return false;
}

static void write_quoted(struct buffer *buffer, struct str text)
{
    buffer_add(buffer, S("\""));
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\n')
            buffer_add(buffer, S("\\n"));
        else if (text.at[i] == '"' || text.at[i] == '\\')
            buffer_print(buffer, "\\%c", text.at[i]);
        else
            buffer_add(buffer, (struct str){text.at + i, 1});
    }
    buffer_add(buffer, S("\"\n"));
}

struct str po_missing_text(struct po *po, const char *tool)
{
    struct buffer buffer = buffer_open(po->arena);

    if (po->missing_count == 0) return S("");
    buffer_print(&buffer, "%s: %zu without a translation; fill in and add to po/zh/*.po:\n", tool,
                 po->missing_count);
    for (size_t i = 0; i < po->missing_count; i++) {
        buffer_print(&buffer, "\n#: %s:%u\nmsgid ", po->missing[i].path, po->missing[i].line);
        write_quoted(&buffer, po->missing[i].source);
        buffer_add(&buffer, S("msgstr \"\"\n"));
    }
    return buffer_text(&buffer);
}

void po_report_unused(const struct po *po, struct problems *problems)
{
    for (size_t i = 0; i < po->count; i++) {
        if (!po->entries[i].used)
            problem(problems, po->entries[i].path, po->entries[i].line, "nothing uses \"%.*s\"",
                    STR_ARGS(po->entries[i].source));
    }
}
