/* check.c -- the rules of the house that a compiler does not know.
 *
 *     check FILE...          (run from the root; reads main/modules.h)
 *     check --tree           (10) and (11) alone: a service is complete before documents tell of it
 *
 *  (1) Rules are pure: X/X.[ch] include platform/base.h and other rules, no clock, no files, no
 *      threads.  A channel has no rules, only adapters.
 *  (2) Folders look one way only, as the table `sights` says.
 *  (3) Modules meet at X.h, X_acts.h and X_load.h (what its rules need, read from the store), and
 *      only look at modules listed before them in main/modules.h -- which is therefore also the
 *      order to read them in.  Every other header is its folder's own.
 *  (4) A function is at most 60 lines, a line at most 100 columns, a file at most 600 lines.
 *  (5) Memory comes from arenas: malloc and friends stay out of service/, bureau/ and desk/, their
 *      tests excepted.
 *  (6) What was made from X.sql and X/NAME.html is seen by X alone.
 *  (7) A library is met in one place: microhttpd in platform/http, SQLite and PostgreSQL's in
 *      platform/store.
 *  (8) A file opens with its name and what it is, SQL too.
 *  (9) What cannot be used safely is not used, and nothing is left for later.
 * (10) The tree in README.md names every module.
 * (11) docs/proof.md names files there are, and in each line tests that one of its files has.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FUNCTION_LINES_MAX = 60, COLUMNS_MAX = 100, FILE_LINES_MAX = 600, MODULES_MAX = 128 };
enum { PROOF_FILES_MAX = 8, PROOF_FILE_BYTES_MAX = 100000 }; /* of one line; of one file */

/* A folder may look into itself and into these.  "gen" is code made while building. */
static const struct {
    const char *from;
    const char *into;
} sights[] = {
    {"main", " main service bureau desk channel platform gen web "},
    {"service", " service bureau desk platform gen "},
    {"bureau", " bureau desk platform gen "},
    {"desk", " desk platform gen "},
    {"channel", " channel platform gen web "},
    {"platform", " platform gen "},
    {"tools", " tools desk platform gen "},
    {"bench", " bench "},
};

static char modules[MODULES_MAX][64];
static int modules_count;
static int complaints;

static void complain(const char *path, int line, const char *what)
{
    complaints++;
    fprintf(stderr, "%s:%d: %s\n", path, line, what);
}

static void learn_modules(void)
{
    char text[512];
    FILE *in = fopen("main/modules.h", "r");

    if (!in) {
        perror("main/modules.h");
        exit(EXIT_FAILURE);
    }
    while (modules_count < MODULES_MAX && fgets(text, sizeof text, in))
        modules_count += sscanf(text, "MODULE(%63[^)])", modules[modules_count]) == 1;
    fclose(in);
}

static int place_of(const char *module)
{
    int i = 0;

    while (i < modules_count && strcmp(modules[i], module) != 0) i++;
    return i;
}

/* service/mediation/mediation_acts.c is folder "service", module "mediation", role "acts";
 * the rules themselves have the role "", and what is of no module has the role "?". */
struct place {
    char folder[64], module[64], role[64];
};

static struct place place_parse(const char *path)
{
    struct place place = {"", "", "?"};
    char base[64] = "";
    size_t len;

    sscanf(path, "%63[^/]/%63[^/]/%63[^.]", place.folder, place.module, base);
    if (!base[0]) place.module[0] = '\0';
    len = strlen(place.module);
    if (len && strncmp(base, place.module, len) == 0 && (base[len] == '_' || !base[len]))
        snprintf(place.role, sizeof place.role, "%s", base[len] ? base + len + 1 : "");
    return place;
}

static bool is_one_of(const char *word, const char *words)
{
    char spaced[70];

    snprintf(spaced, sizeof spaced, " %s ", word);
    return strstr(words, spaced) != NULL;
}

static bool is_room(const struct place *place)
{
    return place->module[0] && is_one_of(place->folder, " service bureau desk ");
}

static bool is_rules(const struct place *place)
{
    return is_room(place) && !place->role[0];
}

static bool may_look(const char *from, const char *into)
{
    for (size_t i = 0; i < sizeof sights / sizeof *sights; i++) {
        if (strcmp(sights[i].from, from) == 0) return is_one_of(into, sights[i].into);
    }
    return true;
}

static bool is_test(const char *path)
{
    size_t len = strlen(path);

    return len > 7 && strcmp(path + len - 7, "_test.c") == 0;
}

/* "gen/consultation_sql.h" was made from the module consultation. */
static void check_made(const char *path, int line, const struct place *from, const char *included)
{
    const char *name = included + strlen("gen/");
    const char *owner = from->module[0] ? from->module : from->folder;
    size_t len = strlen(owner);

    /* A test lays out whatever tables its modules need. */
    if (strcmp(from->folder, "main") == 0 || is_test(path)) return;
    if (is_rules(from)) complain(path, line, "(1) rules may not see what is stored or drawn");
    if (strncmp(name, owner, len) != 0 || name[len] != '_')
        complain(path, line, "(6) made from another module");
}

static void check_include(const char *path, int line, const char *included)
{
    struct place from = place_parse(path), into = place_parse(included);
    bool same_folder = strcmp(from.folder, into.folder) == 0;
    bool is_public = !into.role[0] || is_one_of(into.role, " acts load ");

    if (!strchr(included, '/')) return; /* beside it */
    if (!may_look(from.folder, into.folder)) complain(path, line, "(2) looks the wrong way");
    if (strcmp(into.folder, "gen") == 0) {
        check_made(path, line, &from, included);
        return;
    }
    if (is_rules(&from) && strcmp(included, "platform/base.h") != 0 && into.role[0])
        complain(path, line, "(1) rules may include only platform/base.h and other rules");
    if (!into.module[0] || (same_folder && strcmp(from.module, into.module) == 0)) return;
    if (strcmp(from.folder, "tools") == 0) return; /* a tool is made of parts of what it makes */
    if (!is_public && strcmp(from.folder, "main") != 0) {
        complain(path, line, "(3) modules meet at X.h, X_acts.h and X_load.h");
        return;
    }
    if (!is_public && is_room(&into)) complain(path, line, "(3) a header of its folder's own");
    if (from.module[0] && place_of(into.module) >= place_of(from.module))
        complain(path, line, "(3) looks at a module that main/modules.h lists later");
}

static void check_library(const char *path, int line, const char *included)
{
    static const char worldly[] = " time.h unistd.h fcntl.h pthread.h threads.h signal.h ";
    struct place place = place_parse(path);

    if (strcmp(included, "microhttpd.h") == 0 && strncmp(path, "platform/http/", 14) != 0)
        complain(path, line, "(7) only platform/http knows microhttpd");
    if (strcmp(included, "sqlite3.h") == 0 && strncmp(path, "platform/store", 14) != 0 &&
        strncmp(path, "tools/mksql", 11) != 0 && strncmp(path, "bench/", 6) != 0)
        complain(path, line, "(7) only platform/store knows SQLite");
    if (strcmp(included, "libpq-fe.h") == 0 && strncmp(path, "platform/store_postgres", 23) != 0)
        complain(path, line, "(7) only platform/store_postgres knows PostgreSQL");
    if (is_rules(&place) && (is_one_of(included, worldly) || strncmp(included, "sys/", 4) == 0))
        complain(path, line, "(1) rules ask neither the clock nor the machine");
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Does `word` stand in `text` by itself, and a bracket behind it if it is to be `called`? */
static bool has_word(const char *text, const char *word, bool called)
{
    size_t len = strlen(word);

    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        if ((at > text && is_letter(at[-1])) || is_letter(at[len])) continue;
        if (!called || at[len] == '(') return true;
    }
    return false;
}

static void check_words(const char *path, int line, const char *text)
{
    static const char *const memory[] = {"malloc", "calloc", "realloc",
                                         "free",   "strdup", "strndup"};
    static const char *const unsafe[] = {"strcpy", "strcat", "sprintf", "vsprintf",
                                         "gets",   "strtok", "atoi"};
    static const char *const shells[] = {"system", "popen"};
    /* Certificates are looked at, and an answer leads nowhere else: both are the library's way. */
    static const char *const loose[] = {"CURLOPT_SSL_VERIFYPEER", "CURLOPT_SSL_VERIFYHOST",
                                        "CURLOPT_FOLLOWLOCATION"};
    /* In two halves, or this file would be refused. */
    static const char *const later[] = {"TO"
                                        "DO",
                                        "FIX"
                                        "ME",
                                        "X"
                                        "XX"};
    struct place place = place_parse(path);

    for (size_t i = 0; is_room(&place) && !is_test(path) && i < sizeof memory / sizeof *memory;
         i++) {
        if (has_word(text, memory[i], true)) complain(path, line, "(5) take it from the arena");
    }
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++) {
        if (has_word(text, unsafe[i], true)) complain(path, line, "(9) there is a safe way");
    }
    for (size_t i = 0; !is_test(path) && i < sizeof shells / sizeof *shells; i++) {
        if (has_word(text, shells[i], true)) complain(path, line, "(9) no shell is called");
    }
    for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
        if (strcmp(place.folder, "tools") == 0) break; /* this file would be refused */
        if (has_word(text, loose[i], false)) complain(path, line, "(9) leave it as it is");
    }
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
        if (has_word(text, later[i], false)) complain(path, line, "(9) do it now, or leave it");
    }
}

/* Columns as seen: a byte that continues a UTF-8 character takes no place. */
static int columns_of(const char *text)
{
    int columns = 0;

    for (; *text && *text != '\n'; text++) columns += (*text & 0xC0) != 0x80;
    return columns;
}

static bool is_sql(const char *path)
{
    size_t len = strlen(path);

    return len > 4 && strcmp(path + len - 4, ".sql") == 0;
}

static void check_first_line(const char *path, const char *text)
{
    const char *base = strrchr(path, '/');
    char wanted[300];

    snprintf(wanted, sizeof wanted, "%s %s -- ", is_sql(path) ? "--" : "/*",
             base ? base + 1 : path);
    if (strncmp(text, wanted, strlen(wanted)) != 0)
        complain(path, 1, "(8) opens without its name and what it is");
}

static void check_file(const char *path)
{
    char text[4096], included[256];
    int line = 0, opened = 0;
    FILE *in = fopen(path, "r");

    if (!in) {
        complain(path, 0, "cannot read");
        return;
    }
    while (fgets(text, sizeof text, in)) {
        line++;
        if (line == 1) check_first_line(path, text);
        if (columns_of(text) > COLUMNS_MAX) complain(path, line, "(4) line too long");
        if (sscanf(text, " # include \"%255[^\"]", included) == 1)
            check_include(path, line, included);
        if (sscanf(text, " # include <%255[^>]", included) == 1)
            check_library(path, line, included);
        check_words(path, line, text);
        if (text[0] == '{') opened = line;
        if (text[0] == '}' && opened && line - opened - 1 > FUNCTION_LINES_MAX)
            complain(path, line, "(4) function too long");
        if (text[0] == '}') opened = 0;
    }
    if (line == 0) complain(path, 0, "(8) empty");
    if (line > FILE_LINES_MAX) complain(path, line, "(4) file too long");
    fclose(in);
}

static void check_tree(void)
{
    bool in_tree = false, is_named[MODULES_MAX + 1] = {false};
    char text[4096], word[64];
    int len = 0;
    FILE *in = fopen("README.md", "r");

    while (in && fgets(text, sizeof text, in)) {
        if (strncmp(text, "## ", 3) == 0) in_tree = strncmp(text, "## The tree", 11) == 0;
        for (const char *at = text; in_tree && sscanf(at, "%63s%n", word, &len) == 1; at += len)
            is_named[place_of(word)] = true; /* what is no module counts as one behind the last */
    }
    if (in) fclose(in);
    for (int i = 0; i < modules_count; i++) {
        if (!is_named[i]) complain("README.md", 0, "(10) the tree does not name every module");
        if (!is_named[i]) fprintf(stderr, "    %s\n", modules[i]);
    }
}

static char *read_whole(const char *path)
{
    FILE *in = fopen(path, "rb");
    char *text = in ? calloc(PROOF_FILE_BYTES_MAX + 1, 1) : NULL;

    if (text && fread(text, 1, PROOF_FILE_BYTES_MAX, in) == 0) *text = 0;
    if (in) fclose(in);
    return text;
}

/* "](../PATH)" is a file from the root; `a_word_like_this` a test in one of the line's files. */
static void check_proof_line(const char *text, int line)
{
    char *files[PROOF_FILES_MAX] = {NULL}, name[256];
    int count = 0;

    for (const char *at = text; (at = strstr(at, "](../")) && count < PROOF_FILES_MAX; at++) {
        snprintf(name, sizeof name, "%.*s", (int)strcspn(at + 5, ")#"), at + 5);
        files[count] = read_whole(name);
        if (!files[count++]) complain("docs/proof.md", line, "(11) a file that is not there");
    }
    for (const char *at = strchr(text, '`'), *end; at; at = strchr(end + 1, '`')) {
        bool is_there = false;

        end = strchr(at + 1, '`');
        if (!end) break;
        snprintf(name, sizeof name, "%.*s", (int)(end - at - 1), at + 1);
        if (!strchr(name, '_') || strpbrk(name, " /.")) continue;
        for (int i = 0; i < count; i++) is_there |= files[i] && strstr(files[i], name);
        if (!is_there) complain("docs/proof.md", line, "(11) a test that none of its files has");
    }
    for (int i = 0; i < count; i++) free(files[i]);
}

static void check_proof(void)
{
    char text[4096];
    FILE *in = fopen("docs/proof.md", "r");

    for (int line = 1; in && fgets(text, sizeof text, in); line++) check_proof_line(text, line);
    if (in) fclose(in);
}

int main(int argc, char **argv)
{
    bool is_tree = argc == 2 && strcmp(argv[1], "--tree") == 0;

    learn_modules();
    if (is_tree) check_tree();
    if (is_tree) check_proof();
    for (int i = 1; i < argc && !is_tree; i++) check_file(argv[i]);
    return complaints ? EXIT_FAILURE : EXIT_SUCCESS;
}
