/* mkasset.c -- puts files into the binary: mkasset OUT.S OUT.c FILE...
 *
 * Writes an assembler file that takes in the bytes of each FILE, FILE.gz and FILE.br, and a table
 * of them (channel/web/asset.h).  The assembler reads a megabyte in 10 ms, where the same bytes as
 * a C array take the compiler seconds.
 *
 * 1. The address of a file holds a digest of its bytes: what is cached for ever never changes.
 * 2. The table is in the order of the addresses, so that it can be searched by halves.
 * 3. A packed form that is not smaller than the file is left out.
 * 4. Only names that need no escaping anywhere are taken: letters, digits, '-', '_' and one dot.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 256, PATH_MAX_BYTES = 512, URL_MAX_BYTES = 256 };

struct file {
    const char *path;
    const char *name; /* in path, after the last '/' */
    const char *type;
    char url[URL_MAX_BYTES];
    uint64_t digest;
    size_t raw_bytes, gz_bytes, br_bytes; /* 0: this form is left out */
};

static const struct {
    const char *end, *type;
} types[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/vnd.microsoft.icon"},
    {".txt", "text/plain; charset=utf-8"},
    {".json", "application/json"},
};

__attribute__((noreturn, format(printf, 1, 2))) static void stop(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    fputs("mkasset: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    exit(1);
}

/* FNV-1a: it tells versions of our own files apart, nobody is kept out by it. */
static uint64_t digest_more(uint64_t digest, unsigned char byte)
{
    return (digest ^ byte) * UINT64_C(1099511628211);
}

/* The number of bytes at `path`, or -1 when there is no such file. */
static long long measure(const char *path, uint64_t *digest)
{
    FILE *in = fopen(path, "rb");
    uint64_t sum = UINT64_C(14695981039346656037);
    long long bytes = 0;

    if (!in) {
        if (errno == ENOENT) return -1;
        stop("%s: %s", path, strerror(errno));
    }
    for (int byte; (byte = getc(in)) != EOF; bytes++) sum = digest_more(sum, (unsigned char)byte);
    if (ferror(in)) stop("%s: cannot be read", path);
    fclose(in);
    if (digest) *digest = sum;
    return bytes;
}

static size_t measure_packed(const struct file *file, const char *end)
{
    char path[PATH_MAX_BYTES];
    long long bytes;

    if (snprintf(path, sizeof path, "%s%s", file->path, end) >= (int)sizeof path)
        stop("%s: the path is too long", file->path);
    bytes = measure(path, NULL);
    return bytes > 0 && (size_t)bytes < file->raw_bytes ? (size_t)bytes : 0;
}

static void check_path(const char *path, const char *name, const char *dot)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    if (strpbrk(path, "\"\\\n")) stop("%s: a path with such characters is not taken", path);
    if (!dot || dot == name || strspn(name, plain) != (size_t)(dot - name) ||
        strspn(dot + 1, plain) != strlen(dot + 1))
        stop("%s: a name is letters, digits, '-', '_' and one dot", path);
}

static struct file look_at(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct file file = {.path = path, .name = slash ? slash + 1 : path};
    const char *dot = strrchr(file.name, '.');
    long long bytes;

    check_path(path, file.name, dot);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(dot, types[i].end) == 0) file.type = types[i].type;
    if (!file.type) stop("%s: no media type is known for %s", path, dot);
    bytes = measure(path, &file.digest);
    if (bytes < 0) stop("%s: there is no such file", path);
    if (bytes == 0) stop("%s: the file is empty", path);
    file.raw_bytes = (size_t)bytes;
    file.gz_bytes = measure_packed(&file, ".gz");
    file.br_bytes = measure_packed(&file, ".br");
    if (snprintf(file.url, sizeof file.url, "/static/%.*s.%08" PRIx32 "%s", (int)(dot - file.name),
                 file.name, (uint32_t)(file.digest >> 32), dot) >= (int)sizeof file.url)
        stop("%s: the name is too long", path);
    return file;
}

static int by_url(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->url, ((const struct file *)b)->url);
}

static void write_bytes(FILE *out, size_t place, const char *form, const char *path,
                        const char *end, size_t bytes)
{
    if (!bytes) return;
    fprintf(out, "    .global asset_%zu_%s\nasset_%zu_%s:\n    .incbin \"%s%s\"\n    .byte 0\n",
            place, form, place, form, path, end);
}

static void write_assembler(FILE *out, const struct file *files, size_t count)
{
    fputs("    .section .rodata\n", out);
    for (size_t i = 0; i < count; i++) {
        write_bytes(out, i, "raw", files[i].path, "", files[i].raw_bytes);
        write_bytes(out, i, "gz", files[i].path, ".gz", files[i].gz_bytes);
        write_bytes(out, i, "br", files[i].path, ".br", files[i].br_bytes);
    }
    /* No stack of this file needs to be executable. */
    fputs("    .section .note.GNU-stack,\"\",%progbits\n", out);
}

static void write_declaration(FILE *out, size_t place, const char *form, size_t bytes)
{
    if (bytes) fprintf(out, "extern const char asset_%zu_%s[];\n", place, form);
}

static void write_form(FILE *out, size_t place, const char *form, size_t bytes)
{
    if (bytes) fprintf(out, "     .%s = {asset_%zu_%s, %zu},\n", form, place, form, bytes);
}

static void write_table(FILE *out, const struct file *files, size_t count)
{
    fputs("/* Made by tools/mkasset.c: change that, or the files it was given. */\n"
          "#include \"channel/web/asset.h\"\n\n",
          out);
    for (size_t i = 0; i < count; i++) {
        write_declaration(out, i, "raw", files[i].raw_bytes);
        write_declaration(out, i, "gz", files[i].gz_bytes);
        write_declaration(out, i, "br", files[i].br_bytes);
    }
    fputs("\nconst struct asset assets[] = {\n", out);
    for (size_t i = 0; i < count; i++) {
        const struct file *file = &files[i];

        fprintf(out, "    {.name = {\"%s\", %zu},\n", file->name, strlen(file->name));
        fprintf(out, "     .url = {\"%s\", %zu},\n", file->url, strlen(file->url));
        fprintf(out, "     .type = {\"%s\", %zu},\n", file->type, strlen(file->type));
        fprintf(out, "     .etag = {\"\\\"%016" PRIx64 "\\\"\", 18},\n", file->digest);
        write_form(out, i, "raw", file->raw_bytes);
        write_form(out, i, "gz", file->gz_bytes);
        write_form(out, i, "br", file->br_bytes);
        fputs("    },\n", out);
    }
    fprintf(out, "};\nconst size_t assets_count = %zu;\n", count);
}

static void save(const char *path, const struct file *files, size_t count,
                 void (*write)(FILE *out, const struct file *files, size_t count))
{
    FILE *out = fopen(path, "w");

    if (!out) stop("%s: %s", path, strerror(errno));
    write(out, files, count);
    if (ferror(out) | fclose(out)) stop("%s: cannot be written", path);
}

int main(int argc, char **argv)
{
    static struct file files[FILES_MAX];
    size_t count = 0;

    if (argc < 4) stop("usage: mkasset OUT.S OUT.c FILE...");
    if (argc - 3 > FILES_MAX) stop("more than %d files", FILES_MAX);
    for (int i = 3; i < argc; i++) files[count++] = look_at(argv[i]);
    qsort(files, count, sizeof *files, by_url);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (strcmp(files[i].name, files[j].name) == 0)
                stop("%s and %s have one name", files[i].path, files[j].path);
    save(argv[1], files, count, write_assembler);
    save(argv[2], files, count, write_table);
    return 0;
}
