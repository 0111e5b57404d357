/* cage_test.c -- what strangers may send: kept, refused, and mistakes planted in what reads it.
 *
 * The planted mistakes do what somebody would who has found one in a library: each is tried with
 * all fences and stopped, and without any and gets through (negative control), so that it is the
 * fence that stops it. */
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <gd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include "platform/cage.h"
#include "platform/cage_inside.h"
#include "platform/folder_test.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/scene_test.h"

static struct arena *arena;
static void set_up(void)
{
    arena = arena_open(ARENA_BYTES_MAX);
    log_quiet(true);
}
static void tear_down(void)
{
    cage_left_open = "";
    arena_close(&arena);
}
TestSuite(cage, .init = set_up, .fini = tear_down);

/* ---- inside: what a file that begins so makes the process do ---- */

static bool opens_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}
static bool begins_process(void)
{
    pid_t child = fork();

    if (child == 0) _exit(0);
    return child > 0 && waitpid(child, NULL, 0) == child;
}
static bool runs_program(void)
{
    /* It answers in our place: a good verdict, a PDF, four bytes. */
    char *const words[] = {(char *)"sh", (char *)"-c",
                           (char *)"printf '\\001\\000\\000\\000\\004\\000\\000\\000"
                                   "\\004\\000\\000\\000\\000\\000\\000\\000here' >&4",
                           NULL};
    char *const around[] = {NULL};

    execve("/bin/sh", words, around);
    return false;
}
static bool writes_file(void)
{
    return open("/tmp", O_TMPFILE | O_WRONLY, 0600) >= 0;
}
static bool makes_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}
static bool signals_parent(void)
{
    return kill(getppid(), 0) == 0;
}
static bool looks_into_parent(void)
{
    return syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0) == 0;
}
static bool makes_ring(void)
{
    char room[256] = "";

    return syscall(SYS_io_uring_setup, 1, room) >= 0 || errno == ENOSYS || errno == EPERM;
}
static bool waits_for_ever(void)
{
    for (volatile bool ever = true; ever;) {
    }
    return false;
}

static const struct {
    const char *name;
    bool (*run)(void);
} plants[] = {
    {"opens-socket", opens_socket},     {"begins-process", begins_process},
    {"writes-file", writes_file},       {"makes-code", makes_code},
    {"signals-parent", signals_parent}, {"looks-into-parent", looks_into_parent},
    {"makes-ring", makes_ring},         {"runs-program", runs_program},
    {"waits-for-ever", waits_for_ever},
};

static enum cage_verdict reads_key(struct str path, struct str *clean)
{
    static char key[64], name[256];
    int file;
    ssize_t got;

    if (path.len >= sizeof name) return CAGE_UNREADABLE;
    memcpy(name, path.at, path.len);
    file = open(name, O_RDONLY);
    if (file < 0) return CAGE_TOO_MUCH; /* the file system said no */
    got = read(file, key, sizeof key);
    *clean = (struct str){key, got > 0 ? (size_t)got : 0};
    return CAGE_GOOD;
}

enum cage_verdict cage_plant(struct str bytes, struct str *clean)
{
    struct str word, rest;

    if (!str_begins(bytes, S("plant:"))) return 0;
    word = (struct str){bytes.at + 6, bytes.len - 6};
    word = str_cut(word, ':', &rest);
    if (str_same(word, S("reads-key"))) return reads_key(rest, clean);
    if (str_same(word, S("lies-of-length"))) {
        struct cage_reply reply = {CAGE_GOOD, CAGE_PNG, UINT64_MAX};

        _exit(write(CAGE_OUT, &reply, sizeof reply) < 0);
    }
    for (size_t i = 0; i < COUNT(plants); i++) {
        if (!str_same(word, str_of(plants[i].name))) continue;
        *clean = S("it got through");
        return plants[i].run() ? CAGE_GOOD : CAGE_UNREADABLE;
    }
    return CAGE_UNREADABLE;
}

/* ---- outside ---- */

static struct outcome read_it(struct str bytes, struct str *type, struct str *clean)
{
    return cage_read(arena, bytes, type, clean);
}
static bool gets_through(struct str bytes, struct str *clean)
{
    struct str type;

    return IS_DONE(read_it(bytes, &type, clean)) && clean->len > 0;
}
static struct str planted(const char *name)
{
    return arena_print(arena, "plant:%s", name);
}

Test(cage, each_planted_mistake_is_stopped_and_gets_through_without_the_fences)
{
    struct str clean;

    for (size_t i = 0; i + 1 < COUNT(plants); i++) { /* the last has a test of its own */
        cr_expect(!gets_through(planted(plants[i].name), &clean), "%s", plants[i].name);
        cage_left_open = "all";
        cr_expect(gets_through(planted(plants[i].name), &clean), "%s without", plants[i].name);
        cage_left_open = "";
    }
}

Test(cage, the_key_is_not_read_by_either_fence_alone)
{
    char folder[FOLDER_LEN], path[FOLDER_LEN + 8];
    struct str clean, type;
    FILE *key;

    folder_make(folder);
    snprintf(path, sizeof path, "%s/key", folder);
    key = fopen(path, "w");
    fputs("the secret of all", key);
    fclose(key);
    cr_expect_eq(read_it(arena_print(arena, "plant:reads-key:%s", path), &type, &clean).refusal,
                 &cage_unreadable); /* it was stopped */
    cage_left_open = "calls";       /* without seccomp: the file system itself says no */
    cr_expect_eq(read_it(arena_print(arena, "plant:reads-key:%s", path), &type, &clean).refusal,
                 &cage_too_much);
    cage_left_open = "all";
    cr_assert(gets_through(arena_print(arena, "plant:reads-key:%s", path), &clean));
    cr_expect(str_same(clean, S("the secret of all")));
    folder_drop(folder);
}

Test(cage, what_never_ends_is_ended, .timeout = 120)
{
    struct str type, clean;

    cr_expect_eq(read_it(planted("waits-for-ever"), &type, &clean).refusal, &cage_unreadable);
}

Test(cage, an_answer_that_lies_is_not_believed)
{
    struct str type, clean;

    cr_expect_eq(read_it(planted("lies-of-length"), &type, &clean).refusal, &cage_unreadable);
    cr_expect_eq(clean.len, 0);
}

/* ---- pictures ---- */

static struct str drawn(int kind, int wide, int high)
{
    gdImagePtr picture = gdImageCreateTrueColor(wide, high);
    struct str bytes;
    int len = 0;
    void *at;

    gdImageFilledRectangle(picture, 0, 0, wide / 2, high, 0xFF0000);
    at = kind == CAGE_PNG    ? gdImagePngPtr(picture, &len)
         : kind == CAGE_GIF  ? gdImageGifPtr(picture, &len)
         : kind == CAGE_WEBP ? gdImageWebpPtr(picture, &len)
                             : gdImageJpegPtr(picture, &len, 90);
    bytes = arena_copy(arena, (struct str){at, (size_t)len});
    gdFree(at);
    gdImageDestroy(picture);
    return bytes;
}
static struct str joined(struct str a, struct str b)
{
    char *at = arena_take(arena, 1, a.len + b.len);

    memcpy(at, a.at, a.len);
    memcpy(at + a.len, b.at, b.len);
    return (struct str){at, a.len + b.len};
}

Test(cage, pictures_are_drawn_anew_and_what_was_hidden_in_them_is_gone)
{
    struct str page = S("<script>alert(1)</script>PK\3\4%PDF-1.4");

    for (int kind = CAGE_JPEG; kind <= CAGE_WEBP; kind++) {
        struct str type, clean, sent = joined(drawn(kind, 40, 30), page);

        cr_assert(IS_DONE(read_it(sent, &type, &clean)), "%s", cage_types[kind]);
        cr_expect_str_eq(type.at, cage_types[kind]);
        cr_expect(cage_is_image(type));
        cr_expect_neq(str_find(sent, S("<script>")), -1); /* it was there */
        cr_expect_eq(str_find(clean, S("<script>")), -1, "%s", cage_types[kind]);
        cr_expect_eq(str_find(clean, S("%PDF")), -1);
    }
}

/* A photograph held on its side, with where it was taken in its notes. */
static const unsigned char notes[] = {
    0xFF, 0xE1, 0,    34 + 16, 'E', 'x', 'i', 'f', 0,   0,   'M', 'M', 0,   42,  0,   0,  0, 8,
    0,    1,    0x01, 0x12,    0,   3,   0,   0,   0,   1,   0,   6,   0,   0,   0,   0,  0, 0,
    'G',  'P',  'S',  ':',     '3', '1', '.', '2', '3', 'N', '1', '2', '1', '.', '4', 'E'};

Test(cage, a_photograph_is_turned_upright_and_does_not_say_where_it_was_taken)
{
    struct str plain = drawn(CAGE_JPEG, 80, 40), type, clean, sent;
    gdImagePtr picture;

    sent =
        joined(joined((struct str){plain.at, 2}, (struct str){(const char *)notes, sizeof notes}),
               (struct str){plain.at + 2, plain.len - 2});
    cr_assert_neq(str_find(sent, S("GPS:31")), -1);
    cr_assert(IS_DONE(read_it(sent, &type, &clean)));
    cr_expect_eq(str_find(clean, S("GPS")), -1);
    picture = gdImageCreateFromJpegPtr((int)clean.len, (void *)clean.at);
    cr_assert_not_null(picture);
    cr_expect_eq(gdImageSX(picture), 40);
    cr_expect_eq(gdImageSY(picture), 80);
    cr_expect_gt(gdTrueColorGetRed(gdImageGetTrueColorPixel(picture, 20, 10)), 200);
    cr_expect_lt(gdTrueColorGetRed(gdImageGetTrueColorPixel(picture, 20, 70)), 60);
    gdImageDestroy(picture);
}

Test(cage, a_picture_that_unpacks_to_very_much_is_refused_before_it_is_unpacked)
{
    struct str type, clean, bomb = drawn(CAGE_PNG, 40, 30);

    memcpy((char *)bomb.at + 16, "\0\0\xFF\xFF\0\0\xFF\xFF", 8); /* 4,294 million points, it says */
    cr_expect_eq(read_it(bomb, &type, &clean).refusal, &cage_too_much);
    bomb = drawn(CAGE_GIF, 40, 30);
    memcpy((char *)bomb.at + 6, "\xFF\xFF\xFF\xFF", 4);
    cr_expect_eq(read_it(bomb, &type, &clean).refusal, &cage_too_much);
}

Test(cage, every_shortened_or_spoilt_picture_is_answered)
{
    for (int kind = CAGE_JPEG; kind <= CAGE_WEBP; kind++) {
        struct str whole = drawn(kind, 40, 30), type, clean;

        for (size_t i = 1; i < 5; i++) {
            struct str part = {whole.at, whole.len * i / 6};
            struct outcome outcome = read_it(part, &type, &clean);

            cr_expect_null(outcome.fault, "%s: %s", cage_types[kind], outcome.fault);
        }
    }
}

/* ---- documents ---- */

static struct str archive(const char *extra, size_t bytes)
{
    zip_source_t *into = zip_source_buffer_create(NULL, 0, 0, NULL);
    const char *const names[] = {"[Content_Types].xml", "_rels/.rels", "word/document.xml", extra};
    zip_t *zip = zip_open_from_source(into, ZIP_TRUNCATE, NULL);
    char *room = calloc(1, bytes + 1), *out;
    zip_stat_t size;

    zip_source_keep(into);
    for (size_t i = 0; i < COUNT(names) && names[i]; i++) {
        zip_source_t *part = zip_source_buffer(zip, i == 3 ? room : "<?xml version=\"1.0\"?><a/>",
                                               i == 3 ? bytes : 25, 0);
        cr_assert_geq(zip_file_add(zip, names[i], part, ZIP_FL_ENC_UTF_8), 0);
    }
    cr_assert_eq(zip_close(zip), 0);
    cr_assert_eq(zip_source_stat(into, &size), 0);
    out = arena_take(arena, 1, size.size);
    zip_source_open(into);
    cr_assert_eq(zip_source_read(into, out, size.size), (zip_int64_t)size.size);
    zip_source_close(into);
    zip_source_free(into);
    free(room);
    return (struct str){out, size.size};
}

Test(cage, a_word_file_is_kept_as_it_came)
{
    struct str sent = archive(NULL, 0), type, clean;

    cr_assert(IS_DONE(read_it(sent, &type, &clean)));
    cr_expect_str_eq(type.at, cage_types[CAGE_DOCX]);
    cr_expect(str_same(clean, sent));
    cr_expect(!cage_is_image(type));
}

Test(cage, word_files_that_unpack_to_much_leave_their_folder_or_hold_programs_are_refused)
{
    struct str type, clean;
    struct outcome outcome;

    cr_expect_eq(read_it(archive("word/a.bin", CAGE_UNPACKED_BYTES_MAX + 1), &type, &clean).refusal,
                 &cage_too_much);
    cr_expect_eq(read_it(archive("../../etc/cron.d/a", 9), &type, &clean).refusal,
                 &cage_unreadable);
    cr_expect_eq(read_it(archive("word\\..\\a", 9), &type, &clean).refusal, &cage_unreadable);
    cr_expect_eq(read_it(archive("/etc/passwd", 9), &type, &clean).refusal, &cage_unreadable);
    outcome = read_it(archive("word/vbaProject.bin", 9), &type, &clean);
    cr_assert_not_null(outcome.refusal);
    cr_expect_str_eq(outcome.refusal->key, "file.active");
}

Test(cage, what_is_not_taken_has_no_type)
{
    struct str type, clean;

    cr_assert(IS_DONE(read_it(S("<html><script>alert(1)</script></html>"), &type, &clean)));
    cr_expect_eq(type.len, 0);
    cr_assert(IS_DONE(
        read_it(S("<svg xmlns='http://www.w3.org/2000/svg' onload='a()'/>"), &type, &clean)));
    cr_expect_eq(type.len, 0);
    cr_assert(IS_DONE(read_it(S("%PDF-1.4\n"), &type, &clean)));
    cr_expect_str_eq(type.at, "application/pdf");
    cr_expect(str_same(clean, S("%PDF-1.4\n")));
}
