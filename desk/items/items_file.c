/* items_file.c -- reads an item's file and says where it is wrong.
 *
 *  1. A file is named after its item: legal-aid.yaml holds the item legal-aid.
 *  2. Unknown, repeated or mistyped keys are refused with their line; YAML aliases too.
 *  3. An entry of a list is one line, however it stands in the file.
 */
#include "desk/items/items_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "platform/yaml.h"

const struct reason items_file_malformed = {
    "items.file_malformed",
    T("A file of the service list is not written as expected (file, line and problem: %1). "
      "Compare it with another file."),
    0};
const struct reason items_file_misnamed = {
    "items.file_misnamed",
    T("A file must be named after its item, such as legal-aid.yaml; this one is not: %1."), 0};
const struct reason items_file_too_large = {
    "items.file_too_large", T("A file may have at most 64 KB; this one has more: %1."), 0};
const struct reason items_folder_empty = {"items.folder_empty",
                                          T("There are no .yaml files in this folder: %1."), 0};

/* ---- the files as libcyaml sees them ---- */

struct file_text {
    char *zh, *en;
};

struct file_limit {
    unsigned days;
    char *calendar, *zh, *en;
};

struct file_item {
    char *item, *branch, *category, *process, *department, *field, *source, *flow;
    unsigned sorting;
    char **needs, **offices, **channels;
    unsigned needs_count, offices_count, channels_count;
    struct file_text *name, *object, *content, *method, *provider, *fee, *place, *search;
    struct file_text *basis, *materials, *steps;
    unsigned basis_count, materials_count, steps_count;
    struct file_limit *limit;
};

struct file_word {
    char *word, *zh, *en, *hint_zh, *hint_en, *calendar;
};

struct file_words {
    struct file_word *categories, *needs, *offices, *departments;
    unsigned categories_count, needs_count, offices_count, departments_count;
};

enum { WORD = CYAML_FLAG_POINTER, MAYBE = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL };
#define TEXT_FIELD(flags, type, name) CYAML_FIELD_STRING_PTR(#name, flags, type, name, 0, 4000)

static const cyaml_schema_field_t TEXT_FIELDS[] = {TEXT_FIELD(MAYBE, struct file_text, zh),
                                                   TEXT_FIELD(MAYBE, struct file_text, en),
                                                   CYAML_FIELD_END};
static const cyaml_schema_value_t TEXT = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_text, TEXT_FIELDS)};
static const cyaml_schema_value_t CODE = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 60)};
static const cyaml_schema_field_t LIMIT_FIELDS[] = {
    CYAML_FIELD_UINT("days", CYAML_FLAG_DEFAULT, struct file_limit, days),
    TEXT_FIELD(WORD, struct file_limit, calendar), TEXT_FIELD(MAYBE, struct file_limit, zh),
    TEXT_FIELD(MAYBE, struct file_limit, en), CYAML_FIELD_END};

#define CODES(name)                                                                                \
    CYAML_FIELD_SEQUENCE(#name, MAYBE, struct file_item, name, &CODE, 0, ITEMS_LINES_MAX)
#define PAIRS(name) CYAML_FIELD_SEQUENCE(#name, MAYBE, struct file_item, name, &TEXT, 0, 200)
#define PAIR(flags, name) CYAML_FIELD_MAPPING_PTR(#name, flags, struct file_item, name, TEXT_FIELDS)

static const cyaml_schema_field_t ITEM_FIELDS[] = {
    TEXT_FIELD(WORD, struct file_item, item),
    TEXT_FIELD(WORD, struct file_item, branch),
    TEXT_FIELD(WORD, struct file_item, category),
    CYAML_FIELD_UINT("sorting", CYAML_FLAG_OPTIONAL, struct file_item, sorting),
    TEXT_FIELD(WORD, struct file_item, process),
    TEXT_FIELD(WORD, struct file_item, department),
    TEXT_FIELD(MAYBE, struct file_item, field),
    CODES(needs),
    CODES(offices),
    CODES(channels),
    PAIR(WORD, name),
    PAIR(WORD, object),
    PAIR(WORD, content),
    PAIR(WORD, method),
    PAIR(WORD, provider),
    PAIRS(basis),
    PAIRS(materials),
    PAIR(MAYBE, fee),
    CYAML_FIELD_MAPPING_PTR("limit", MAYBE, struct file_item, limit, LIMIT_FIELDS),
    PAIR(MAYBE, place),
    PAIRS(steps),
    PAIR(MAYBE, search),
    TEXT_FIELD(MAYBE, struct file_item, source),
    CYAML_FIELD_STRING_PTR("flow", MAYBE, struct file_item, flow, 0, 32000),
    CYAML_FIELD_END};
static const cyaml_schema_value_t ITEM = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct file_item, ITEM_FIELDS)};

static const cyaml_schema_field_t WORD_FIELDS[] = {TEXT_FIELD(WORD, struct file_word, word),
                                                   TEXT_FIELD(WORD, struct file_word, zh),
                                                   TEXT_FIELD(WORD, struct file_word, en),
                                                   TEXT_FIELD(MAYBE, struct file_word, hint_zh),
                                                   TEXT_FIELD(MAYBE, struct file_word, hint_en),
                                                   TEXT_FIELD(MAYBE, struct file_word, calendar),
                                                   CYAML_FIELD_END};
static const cyaml_schema_value_t WORD_ROW = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_word, WORD_FIELDS)};
#define WORDS(name) CYAML_FIELD_SEQUENCE(#name, WORD, struct file_words, name, &WORD_ROW, 1, 100)
static const cyaml_schema_field_t WORDS_FIELDS[] = {WORDS(categories), WORDS(needs), WORDS(offices),
                                                    WORDS(departments), CYAML_FIELD_END};
static const cyaml_schema_value_t ALL_WORDS = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct file_words, WORDS_FIELDS)};

static struct outcome load(struct arena *arena, const struct items_source *source,
                           const cyaml_schema_value_t *schema, void **file)
{
    struct yaml_trouble trouble;

    if (source->text.len > ITEMS_FILE_BYTES_MAX)
        return REFUSE_WITH(items_file_too_large, arena_copy(arena, source->name));
    if (!str_is_utf8(source->text))
        return REFUSE_WITH(items_file_malformed,
                           arena_print(arena, "%.*s, not UTF-8", STR_ARGS(source->name)));
    *file = yaml_file_read(source->text, schema, &trouble);
    if (*file) return DONE;
    return REFUSE_WITH(
        items_file_malformed,
        trouble.line
            ? arena_print(arena, "%.*s:%d, %s", STR_ARGS(source->name), trouble.line, trouble.words)
            : arena_print(arena, "%.*s, %s", STR_ARGS(source->name), trouble.words));
}

/* ---- as the program keeps it ---- */

static struct str one_line(struct arena *arena, const char *text)
{
    struct str copy = arena_copy(arena, str_trim(str_of(text)));
    char *bytes = arena_take(arena, 1, copy.len + 1);

    for (size_t i = 0; i < copy.len; i++) {
        char c = copy.at[i];

        bytes[i] = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return (struct str){bytes, copy.len};
}

static struct str join(struct arena *arena, struct str all, struct str next, const char *mark)
{
    if (!all.len) return next;
    return arena_print(arena, "%.*s%s%.*s", STR_ARGS(all), mark, STR_ARGS(next));
}

static struct str codes(struct arena *arena, char *const *words, unsigned count)
{
    struct str all = S("");

    for (unsigned i = 0; i < count; i++) all = join(arena, all, one_line(arena, words[i]), " ");
    return all;
}

static void take_pair(struct arena *arena, const struct file_text *from, struct str *zh,
                      struct str *en)
{
    if (!from) return;
    *zh = arena_copy(arena, str_trim(str_of(from->zh)));
    *en = arena_copy(arena, str_trim(str_of(from->en)));
}

static void take_pairs(struct arena *arena, const struct file_text *from, unsigned count,
                       struct str *zh, struct str *en)
{
    for (unsigned i = 0; i < count; i++) {
        *zh = join(arena, *zh, one_line(arena, from[i].zh), "\n");
        *en = join(arena, *en, one_line(arena, from[i].en), "\n");
    }
}

static void take_item(struct arena *arena, const struct file_item *file, struct items_item *item)
{
    *item = (struct items_item){.item = one_line(arena, file->item),
                                .branch = one_line(arena, file->branch),
                                .category = one_line(arena, file->category),
                                .process = one_line(arena, file->process),
                                .department = one_line(arena, file->department),
                                .field = one_line(arena, file->field),
                                .source = one_line(arena, file->source),
                                .flow = arena_copy(arena, str_trim(str_of(file->flow)))};
    if (file->sorting) item->sorting = arena_print(arena, "%u", file->sorting);
    item->needs = codes(arena, file->needs, file->needs_count);
    item->offices = codes(arena, file->offices, file->offices_count);
    item->channels = codes(arena, file->channels, file->channels_count);
    take_pair(arena, file->name, &item->name_zh, &item->name_en);
    take_pair(arena, file->object, &item->object_zh, &item->object_en);
    take_pair(arena, file->content, &item->content_zh, &item->content_en);
    take_pair(arena, file->method, &item->method_zh, &item->method_en);
    take_pair(arena, file->provider, &item->provider_zh, &item->provider_en);
    take_pair(arena, file->fee, &item->fee_zh, &item->fee_en);
    take_pair(arena, file->place, &item->place_zh, &item->place_en);
    take_pair(arena, file->search, &item->search_zh, &item->search_en);
    take_pairs(arena, file->basis, file->basis_count, &item->basis_zh, &item->basis_en);
    take_pairs(arena, file->materials, file->materials_count, &item->materials_zh,
               &item->materials_en);
    take_pairs(arena, file->steps, file->steps_count, &item->steps_zh, &item->steps_en);
    if (!file->limit) return;
    item->limit_days = arena_print(arena, "%u", file->limit->days);
    item->calendar = one_line(arena, file->limit->calendar);
    item->limit_zh = one_line(arena, file->limit->zh);
    item->limit_en = one_line(arena, file->limit->en);
}

bool items_file_is_words(struct str name)
{
    return str_same(name, S("words.yaml"));
}

struct outcome items_file_parse(struct arena *arena, const struct items_source *source,
                                struct items_item *item)
{
    struct str stem = source->name;
    void *file;

    TRY(load(arena, source, &ITEM, &file));
    take_item(arena, file, item);
    yaml_file_free(&ITEM, file);
    stem.len -= str_ends(stem, S(".yaml")) ? 5 : 0;
    if (!str_same(stem, item->item))
        return REFUSE_WITH(
            items_file_misnamed,
            arena_print(arena, "%.*s (%.*s)", STR_ARGS(source->name), STR_ARGS(item->item)));
    return DONE;
}

static void take_words(struct arena *arena, struct str kind, const struct file_word *from,
                       unsigned count, struct items_word *rows, size_t *rows_count)
{
    for (unsigned i = 0; i < count && *rows_count < ITEMS_WORDS_MAX; i++)
        rows[(*rows_count)++] = (struct items_word){.kind = kind,
                                                    .word = one_line(arena, from[i].word),
                                                    .zh = one_line(arena, from[i].zh),
                                                    .en = one_line(arena, from[i].en),
                                                    .hint_zh = one_line(arena, from[i].hint_zh),
                                                    .hint_en = one_line(arena, from[i].hint_en),
                                                    .calendar = one_line(arena, from[i].calendar)};
}

struct outcome items_file_words(struct arena *arena, const struct items_source *source,
                                struct items_words *words)
{
    struct items_word *rows = NEW_MANY(arena, struct items_word, ITEMS_WORDS_MAX);
    const struct file_words *file;
    void *loaded;
    size_t count = 0;

    TRY(load(arena, source, &ALL_WORDS, &loaded));
    file = loaded;
    take_words(arena, ITEMS_CATEGORY, file->categories, file->categories_count, rows, &count);
    take_words(arena, ITEMS_NEED, file->needs, file->needs_count, rows, &count);
    take_words(arena, ITEMS_OFFICE, file->offices, file->offices_count, rows, &count);
    take_words(arena, ITEMS_DEPARTMENT, file->departments, file->departments_count, rows, &count);
    yaml_file_free(&ALL_WORDS, loaded);
    words->rows = rows;
    words->count = count;
    return DONE;
}

/* ---- lines ---- */

/* `name_en` stands under the key `name`, as `en:` behind it or on a line below. */
int items_file_line(struct str text, enum items_field field)
{
    struct str name = str_of(items_field_name(field)), key = name, part = S("");
    int line = 0, found = 0;

    if (str_ends(name, S("_zh")) || str_ends(name, S("_en"))) {
        key.len -= 3;
        part = (struct str){name.at + name.len - 2, 2};
    } else if (field == ITEMS_AT_limit_days || field == ITEMS_AT_calendar) {
        key = S("limit");
        part = field == ITEMS_AT_calendar ? name : S("days");
    }
    while (text.len) {
        struct str now = str_cut(text, '\n', &text), code = str_trim(now);
        bool is_top = now.len && now.at[0] != ' ' && now.at[0] != '-' && now.at[0] != '#';

        line++;
        if (is_top && found) break;
        if (is_top && now.len > key.len && str_begins(now, key) && now.at[key.len] == ':')
            found = line;
        else if (found && part.len && code.len > part.len && str_begins(code, part) &&
                 code.at[part.len] == ':')
            return line;
    }
    return found;
}

int items_file_word_line(struct str text, struct str word)
{
    int line = 0;

    while (text.len) {
        struct str now = str_cut(text, '\n', &text), left = now;
        int64_t at = str_find(now, S("word:"));

        line++;
        if (at < 0) continue;
        left.at += at + 5;
        left.len -= (size_t)at + 5;
        left = str_trim(str_cut(str_cut(left, ',', NULL), '}', NULL));
        if (str_same(left, word)) return line;
    }
    return 0;
}

/* ---- folders and bundles ---- */

static struct outcome read_source(struct arena *arena, const char *folder, struct str name,
                                  struct items_source *source)
{
    enum { ROOM = ITEMS_FILE_BYTES_MAX + 1 }; /* one more, to see that it is too large */
    const char *path = arena_print(arena, "%s/%.*s", folder, STR_ARGS(name)).at;
    char *bytes = arena_take(arena, 1, ROOM);
    FILE *file = fopen(path, "rb");
    bool broken;

    if (!file) return FAULT(arena_print(arena, "open %s: %s", path, strerror(errno)).at);
    *source = (struct items_source){arena_copy(arena, name), {bytes, fread(bytes, 1, ROOM, file)}};
    broken = ferror(file);
    fclose(file);
    return broken ? FAULT(arena_print(arena, "read %s: it broke off", path).at) : DONE;
}

static bool is_before(struct str a, struct str b)
{
    int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);

    return order < 0 || (order == 0 && a.len < b.len);
}

static struct outcome put_source(struct arena *arena, const char *folder, struct str name,
                                 struct items_source *rows, size_t *count)
{
    struct items_source source;
    size_t at = *count;

    if (!str_ends(name, S(".yaml")) && !str_ends(name, S(".yml"))) return DONE;
    if (!str_ends(name, S(".yaml")))
        return REFUSE_WITH(items_file_misnamed, arena_copy(arena, name));
    if (*count == ITEMS_MAX + 1) return FAULT("too many files in this folder");
    TRY(read_source(arena, folder, name, &source));
    for (; at > 0 && is_before(source.name, rows[at - 1].name); at--) rows[at] = rows[at - 1];
    rows[at] = source;
    ++*count;
    return DONE;
}

struct outcome items_folder_read(struct arena *arena, const char *folder,
                                 const struct items_source **sources, size_t *count)
{
    struct items_source *rows = NEW_MANY(arena, struct items_source, ITEMS_MAX + 1);
    DIR *directory = opendir(folder);
    struct outcome outcome = DONE;
    struct dirent *entry;

    *count = 0;
    *sources = rows;
    if (!directory) return FAULT(arena_print(arena, "open %s: %s", folder, strerror(errno)).at);
    while (IS_DONE(outcome) && (entry = readdir(directory)))
        outcome = put_source(arena, folder, str_of(entry->d_name), rows, count);
    closedir(directory);
    if (IS_DONE(outcome) && *count == 0)
        return REFUSE_WITH(items_folder_empty, arena_copy(arena, str_of(folder)));
    return outcome;
}

void items_bundle_read(struct arena *arena, struct str bundle, const struct items_source **sources,
                       size_t *count)
{
    struct items_source *rows = NEW_MANY(arena, struct items_source, ITEMS_MAX + 1);

    *count = 0;
    str_cut(bundle, '\001', &bundle);
    while (bundle.len && *count <= ITEMS_MAX) {
        struct str file = str_cut(bundle, '\001', &bundle), text;
        struct str name = str_cut(file, '\n', &text);

        rows[(*count)++] = (struct items_source){name, text};
    }
    *sources = rows;
}
