/* secret_test.c -- keys, seals, hashes and codes keep the promises of secret.c. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "platform/folder_test.h"
#include "platform/secret.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena *arena;
static char folder[FOLDER_LEN];

static bool done(struct outcome outcome)
{
    return IS_DONE(outcome); /* a macro that names its argument twice */
}

static void set_up(void)
{
    arena = arena_open((size_t)64 << 20);
    folder_make(folder);
    secret_open_for_tests();
}

static const char *path_of(const char *name)
{
    return arena_c(arena, arena_print(arena, "%s/%s", folder, name));
}

static void tear_down(void)
{
    static const char *const names[] = {"field.key", "index.key", "csrf.key"};

    for (size_t i = 0; i < COUNT(names); i++) unlink(path_of(names[i]));
    cr_expect_eq(folder_drop(folder), 0, "something else was left in the folder of keys");
    secret_close();
    arena_close(&arena);
}

TestSuite(secret, .init = set_up, .fini = tear_down);

static void write_file(const char *name, const char *text, mode_t mode)
{
    FILE *file = fopen(path_of(name), "w");

    cr_assert(file);
    fputs(text, file);
    fclose(file);
    cr_assert_eq(chmod(path_of(name), mode), 0);
}

static struct str read_file(const char *name)
{
    char text[200];
    FILE *file = fopen(path_of(name), "r");
    size_t len;

    cr_assert(file);
    len = fread(text, 1, sizeof text, file);
    fclose(file);
    return arena_copy(arena, (struct str){text, len});
}

static void expect_refused(const char *words)
{
    struct outcome outcome = secret_open(folder, false);

    cr_assert(outcome.fault, "it was taken: %s", words);
    cr_expect(strstr(outcome.fault, words), "\"%s\" does not say \"%s\"", outcome.fault, words);
    cr_expect(strstr(outcome.fault, folder), "\"%s\" does not say where", outcome.fault);
}

/* ---- keys ---- */

Test(secret, keys_are_made_once_and_closed_to_others)
{
    static const char *const names[] = {"field.key", "index.key", "csrf.key"};
    struct str before[3];
    struct stat found;

    cr_assert(done(secret_open(folder, true)));
    for (size_t i = 0; i < COUNT(names); i++) {
        before[i] = read_file(names[i]);
        cr_expect_eq(before[i].len, 45u, "base64 of 32 bytes and a line end");
        cr_expect_eq(stat(path_of(names[i]), &found), 0);
        cr_expect_eq(found.st_mode & 0777, 0600u);
    }
    cr_expect(!str_same(before[0], before[1]) && !str_same(before[1], before[2]));
    cr_assert(done(secret_open(folder, true)));
    for (size_t i = 0; i < COUNT(names); i++)
        cr_expect(str_same(before[i], read_file(names[i])), "%s was written again", names[i]);
}

Test(secret, a_folder_that_is_missing_is_made_with_mode_0700)
{
    struct stat found;

    cr_assert_eq(rmdir(folder), 0);
    expect_refused("cannot be opened");
    cr_assert(done(secret_open(folder, true)));
    cr_assert_eq(stat(folder, &found), 0);
    cr_expect_eq(found.st_mode & 0777, 0700u);
}

Test(secret, what_was_sealed_opens_after_a_restart_and_not_with_another_key)
{
    struct str sealed, plain, kept;

    cr_assert(done(secret_open(folder, true)));
    sealed = secret_seal(arena, "person.phone", S("13812345678"));
    cr_assert(done(secret_open(folder, false)));
    cr_expect(secret_unseal(arena, "person.phone", sealed, &plain));
    cr_expect(str_same(plain, S("13812345678")));

    kept = read_file("field.key");
    unlink(path_of("field.key"));
    cr_assert(done(secret_open(folder, true)));
    cr_expect(!str_same(kept, read_file("field.key")));
    cr_expect(!secret_unseal(arena, "person.phone", sealed, &plain));
}

Test(secret, a_key_that_is_missing_is_refused_with_its_name)
{
    cr_assert(done(secret_open(folder, true)));
    unlink(path_of("index.key"));
    expect_refused("index.key is missing");
}

Test(secret, a_key_that_others_can_read_is_refused)
{
    static const mode_t modes[] = {0640, 0604, 0620, 0601, 0666};

    cr_assert(done(secret_open(folder, true)));
    for (size_t i = 0; i < COUNT(modes); i++) {
        cr_assert_eq(chmod(path_of("csrf.key"), modes[i]), 0);
        expect_refused("chmod 600");
    }
    cr_assert_eq(chmod(path_of("csrf.key"), 0600), 0);
    cr_assert_eq(chmod(folder, 0750), 0);
    expect_refused("chmod 700");
    cr_assert_eq(chmod(folder, 0700), 0);
    cr_expect(done(secret_open(folder, false)));
}

Test(secret, a_key_of_the_wrong_length_or_form_is_refused)
{
    static const char *const wrong[] = {
        "",
        "\n",
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ==\n", /* 31 bytes */
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\n", /* 33 bytes */
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=extra\n",
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU?=\n",
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=\nQUFB\n", /* a second line */
    };

    cr_assert(done(secret_open(folder, true)));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        write_file("field.key", wrong[i], 0600);
        expect_refused("damaged");
    }
    write_file("field.key", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=\n", 0600);
    cr_expect(done(secret_open(folder, false)), "32 bytes");
}

Test(secret, a_key_that_is_a_link_is_refused)
{
    cr_assert(done(secret_open(folder, true)));
    unlink(path_of("field.key"));
    cr_assert_eq(symlink(path_of("index.key"), path_of("field.key")), 0);
    expect_refused("field.key cannot be opened");
}

/* ---- sealed fields (1) (2) ---- */

Test(secret, a_sealed_value_opens_for_its_use_only)
{
    struct str phone = S("13812345678"), plain;
    struct str sealed = secret_seal(arena, "person.phone", phone);

    cr_expect(str_begins(sealed, S("x1.")));
    cr_expect_eq(str_find(sealed, phone), -1);
    cr_assert(secret_unseal(arena, "person.phone", sealed, &plain));
    cr_expect(str_same(plain, phone));
    cr_expect(!secret_unseal(arena, "person.card", sealed, &plain));
    cr_expect_eq(plain.len, 0u, "a refusal hands nothing out");
    cr_expect(!str_same(sealed, secret_seal(arena, "person.phone", phone)), "two seals differ");
}

Test(secret, bytes_of_every_kind_survive_sealing)
{
    char bytes[256];
    struct str plain, sealed;

    for (int i = 0; i < 256; i++) bytes[i] = (char)i;
    for (size_t len = 1; len <= sizeof bytes; len++) {
        sealed = secret_seal(arena, "test.bytes", (struct str){bytes, len});
        cr_assert(secret_unseal(arena, "test.bytes", sealed, &plain));
        cr_assert(str_same(plain, (struct str){bytes, len}));
    }
}

Test(secret, nothing_stays_nothing)
{
    static const char *const none[] = {"",       "x2",  "x2a", "y2.a", "x0.a",
                                       "x123.a", "x.a", "x12", "x99.a"};
    struct str plain = S("before");

    /* What no key has sealed is said to be of none, and there is no key of such a number. */
    for (size_t i = 0; i < COUNT(none); i++)
        cr_expect_eq(secret_key_of(str_of(none[i])), 0, "%s", none[i]);
    cr_expect_eq(secret_key_of(S("x2.a")), 2);
    cr_expect(secret_write_with(0).fault && secret_write_with(1000).fault);
    cr_expect_not(secret_has_key(0) || secret_has_key(1000));

    cr_expect_eq(secret_seal(arena, "person.phone", S("")).len, 0u);
    cr_expect_eq(secret_index(arena, "person.phone", S("")).len, 0u);
    cr_expect_eq(secret_token_hash(arena, S("")).len, 0u);
    cr_expect_eq(secret_csrf(arena, S("")).len, 0u);
    cr_expect(secret_unseal(arena, "person.phone", S(""), &plain));
    cr_expect_eq(plain.len, 0u);
}

static void flip_every_bit(struct str sealed)
{
    char *bytes = arena_take(arena, 1, sealed.len);
    struct str text = {bytes, sealed.len}, plain;

    memcpy(bytes, sealed.at, sealed.len);
    for (size_t i = 0; i < sealed.len * 8; i++) {
        bytes[i / 8] = (char)(bytes[i / 8] ^ 1 << i % 8);
        cr_expect(!secret_unseal(arena, "person.phone", text, &plain), "bit %zu", i);
        bytes[i / 8] = (char)(bytes[i / 8] ^ 1 << i % 8);
    }
    cr_expect(secret_unseal(arena, "person.phone", text, &plain));
}

/* Many seals, so that every character of base64 is met. */
Test(secret, every_flipped_bit_is_refused)
{
    for (int i = 0; i < 40; i++)
        flip_every_bit(secret_seal(arena, "person.phone", S("13812345678")));
}

Test(secret, every_part_of_a_seal_is_refused)
{
    struct str sealed = secret_seal(arena, "person.phone", S("13812345678")), plain;

    for (size_t len = 1; len < sealed.len; len++)
        cr_expect(!secret_unseal(arena, "person.phone", (struct str){sealed.at, len}, &plain));
    cr_expect(!secret_unseal(arena, "person.phone", arena_print(arena, "%.*sA", STR_ARGS(sealed)),
                             &plain));
    cr_expect(!secret_unseal(arena, "person.phone", arena_print(arena, "%.*s\n", STR_ARGS(sealed)),
                             &plain));
    cr_expect(!secret_unseal(arena, "person.phone", S("13812345678"), &plain));
}

Test(secret, an_index_meets_for_equal_values_of_one_use)
{
    struct str one = secret_index(arena, "person.phone", S("13812345678"));

    cr_expect_eq(one.len, 43u);
    cr_expect(str_same(one, secret_index(arena, "person.phone", S("13812345678"))));
    cr_expect(!str_same(one, secret_index(arena, "person.phone", S("13812345679"))));
    cr_expect(!str_same(one, secret_index(arena, "person.card", S("13812345678"))));
    cr_expect(!str_same(secret_index(arena, "ab", S("c")), secret_index(arena, "a", S("bc"))));
}

Test(secret, an_index_cannot_be_made_without_the_key)
{
    struct str tests = secret_index(arena, "person.phone", S("13812345678"));

    cr_assert(done(secret_open(folder, true)));
    cr_expect(!str_same(tests, secret_index(arena, "person.phone", S("13812345678"))));
}

/* ---- tokens, references, codes ---- */

Test(secret, tokens_are_long_and_differ)
{
    struct str one = secret_token(arena), two = secret_token(arena);

    cr_expect_eq(one.len, (size_t)TOKEN_LEN);
    cr_expect(!str_same(one, two));
    cr_expect(!str_same(secret_token_hash(arena, one), one));
    cr_expect(!str_same(secret_token_hash(arena, one), secret_token_hash(arena, two)));
    cr_expect(str_same(secret_token_hash(arena, one), secret_token_hash(arena, one)));
    cr_expect_neq(secret_random(), secret_random());
}

Test(secret, a_csrf_value_belongs_to_one_browser)
{
    struct str one = secret_csrf(arena, S("cookie-one"));

    cr_expect(str_same(one, secret_csrf(arena, S("cookie-one"))));
    cr_expect(!str_same(one, secret_csrf(arena, S("cookie-two"))));
}

static int compare(const void *a, const void *b)
{
    return memcmp(((const struct str *)a)->at, ((const struct str *)b)->at, REFERENCE_LEN);
}

Test(secret, references_keep_to_their_alphabet_and_hardly_ever_meet)
{
    static const char alphabet[] = "23456789ABCDEFGHJKLMNPRSTUVWXY";
    enum { MADE = 10000 };
    struct str *made = NEW_MANY(arena, struct str, MADE);
    int seen[REFERENCE_LEN][256] = {0}, twice = 0;

    for (int i = 0; i < MADE; i++) {
        made[i] = secret_reference(arena);
        cr_assert_eq(made[i].len, (size_t)REFERENCE_LEN);
        for (int j = 0; j < REFERENCE_LEN; j++) seen[j][(unsigned char)made[i].at[j]]++;
    }
    for (int j = 0; j < REFERENCE_LEN; j++) {
        bool digit = j == 2 || j == 5;

        for (int byte = 0; byte < 256; byte++) {
            bool allowed = byte && strchr(alphabet, byte) && (!digit || byte <= '9');
            int even = digit ? MADE / 8 : MADE / 30;

            cr_expect(allowed || !seen[j][byte], "%c in place %d", byte, j + 1);
            /* A fair alphabet strays this far less than once in 10^9 runs. */
            if (allowed) cr_expect(abs(seen[j][byte] - even) < even / 2, "%c: uneven", byte);
        }
    }
    qsort(made, MADE, sizeof *made, compare);
    for (int i = 1; i < MADE; i++) twice += str_same(made[i - 1], made[i]);
    cr_expect_leq(twice, 1, "%d references came twice", twice);
}

Test(secret, a_code_is_digits_of_all_kinds)
{
    int seen[10] = {0};

    for (int i = 0; i < 1000; i++) {
        struct str code = secret_digits(arena, 6);

        cr_assert_eq(code.len, 6u);
        for (size_t j = 0; j < code.len; j++) {
            cr_assert(code.at[j] >= '0' && code.at[j] <= '9');
            seen[code.at[j] - '0']++;
        }
    }
    for (int i = 0; i < 10; i++) cr_expect(seen[i] > 400 && seen[i] < 800, "%d: %d", i, seen[i]);
}

Test(secret, sameness_is_of_every_byte_and_never_of_nothing)
{
    cr_expect(secret_same(S("abc"), S("abc")));
    cr_expect(!secret_same(S("abc"), S("abd")));
    cr_expect(!secret_same(S("xbc"), S("abc")));
    cr_expect(!secret_same(S("abc"), S("abcd")));
    cr_expect(!secret_same(S("abcd"), S("abc")));
    cr_expect(!secret_same(S("abc"), S("ABC")));
    cr_expect(!secret_same(S(""), S("abc")));
    cr_expect(!secret_same(S(""), S("")), "an empty secret opens nothing");
    cr_expect(!secret_same((struct str){0}, (struct str){0}));
}

/* ---- passwords ---- */

Test(secret, a_password_costs_what_owasp_asks)
{
    struct str hash;

    cr_assert(done(secret_open(folder, true)));
    hash = secret_password_hash(arena, S("demo-gongdao"));
    cr_expect(str_begins(hash, S("$argon2id$v=19$m=19456,t=2,p=1$")), "%.*s", STR_ARGS(hash));
    cr_expect(secret_password_right(hash, S("demo-gongdao")));
    cr_expect(!secret_password_right(hash, S("demo-gongdaO")));
}

Test(secret, only_the_password_itself_is_right)
{
    struct str hash = secret_password_hash(arena, S("一二三 four"));

    cr_expect(secret_password_right(hash, S("一二三 four")));
    cr_expect(!secret_password_right(hash, S("一二三 four ")));
    cr_expect(!secret_password_right(hash, S("一二三 fou")));
    cr_expect(!secret_password_right(hash, S("")));
    cr_expect(!str_same(hash, secret_password_hash(arena, S("一二三 four"))), "each has its salt");
}

Test(secret, no_password_is_right_for_a_hash_that_is_none)
{
    struct str long_hash = {arena_take(arena, 1, 4096), 4096};

    cr_expect(!secret_password_right(S(""), S("")));
    cr_expect(!secret_password_right(S(""), S("demo-gongdao")));
    cr_expect(!secret_password_right(S("demo-gongdao"), S("demo-gongdao")));
    cr_expect(!secret_password_right(S("$argon2id$"), S("")));
    cr_expect(!secret_password_right(S("$argon2i$v=19$m=8,t=3,p=1$AAAAAAAAAAA$AAAA"), S("")));
    cr_expect(!secret_password_right(long_hash, S("")));
}

#define SALT "AAECAwQFBgcICQoLDA0ODw"

static struct str as_written(const char *limits, const char *salt, const char *sum)
{
    return arena_print(arena, "$argon2id$v=19$%s$%s$%s", limits, salt, sum);
}

Test(secret, a_hash_is_read_strictly)
{
    struct str hash = secret_password_hash(arena, S("one"));
    const char *sum = arena_print(arena, "%.*s", 43, hash.at + hash.len - 43).at;
    const char *salt = arena_print(arena, "%.*s", 22, hash.at + hash.len - 66).at;
    char limits[32] = "";

    sscanf(hash.at, "$argon2id$v=19$%31[^$]", limits);
    cr_expect(secret_password_right(as_written(limits, salt, sum), S("one")), "it is this form");
    cr_expect_eq(crypto_pwhash_argon2id_str_verify(hash.at, "one", 3), 0, "which others read too");
    cr_expect(!secret_password_right(as_written(limits, SALT, sum), S("one")));
    cr_expect(!secret_password_right(as_written(limits, salt + 1, sum), S("one")));
    cr_expect(!secret_password_right(as_written(limits, salt, sum + 1), S("one")));
    cr_expect(!secret_password_right(as_written(limits, "!!", sum), S("one")));
    cr_expect(!secret_password_right(as_written(limits, salt, "!!"), S("one")));
    cr_expect(!secret_password_right(as_written(limits, salt, "AAAA"), S("one")));
    cr_expect(!secret_password_right(as_written(limits, "AAAA", sum), S("one")));
    cr_expect(!secret_password_right(arena_print(arena, "%.*s$", STR_ARGS(hash)), S("one")));
    cr_expect(!secret_password_right(as_written("m=7,t=2,p=1", salt, sum), S("one")));
    cr_expect(!secret_password_right(as_written("m=9999999,t=2,p=1", salt, sum), S("one")));
    cr_expect(!secret_password_right(as_written("m=65537,t=2,p=1", salt, sum), S("one")));
    cr_expect(!secret_password_right(as_written("m=-1,t=2,p=1", salt, sum), S("one")));
    cr_expect(!secret_password_right(as_written("m=8,t=0,p=1", salt, sum), S("one")));
    cr_expect(!secret_password_right(as_written("m=8,t=2,p=2", salt, sum), S("one")));
}

struct flood {
    pthread_t thread;
    atomic_bool *stop;
    bool right;
};

static void *hash_until_stopped(void *mine)
{
    struct flood *flood = mine;
    struct arena *own = arena_open(1 << 20);
    struct str hash = secret_password_hash(own, S("one"));

    flood->right = true;
    do {
        flood->right &= secret_password_right(hash, S("one"));
        flood->right &= !secret_password_right(hash, S("two"));
    } while (!atomic_load(flood->stop));
    arena_close(&own);
    return NULL;
}

/* (7) Two hash and sixteen wait: the nineteenth is told so, and the gate is open afterwards. */
Test(secret, the_gate_says_when_too_many_wait, .timeout = 60)
{
    atomic_bool stop = false;
    struct flood floods[18];

    cr_assert(secret_may_hash());
    for (size_t i = 0; i < COUNT(floods); i++) {
        floods[i].stop = &stop;
        cr_assert_eq(pthread_create(&floods[i].thread, NULL, hash_until_stopped, &floods[i]), 0);
    }
    while (secret_may_hash()) sched_yield();
    atomic_store(&stop, true);
    for (size_t i = 0; i < COUNT(floods); i++) {
        pthread_join(floods[i].thread, NULL);
        cr_expect(floods[i].right);
    }
    cr_expect(secret_may_hash());
}

/* ---- one-time codes (5) ---- */

/* RFC 6238, appendix B: SHA-1, the secret "12345678901234567890"; the last six of eight digits. */
Test(secret, the_vectors_of_rfc_6238_are_right)
{
    static const struct {
        moment at;
        struct str code;
    } vectors[] = {
        {59, {"287082", 6}},         {1111111109, {"081804", 6}}, {1111111111, {"050471", 6}},
        {1234567890, {"005924", 6}}, {2000000000, {"279037", 6}}, {20000000000, {"353130", 6}},
    };
    struct str secret = S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

    for (size_t i = 0; i < COUNT(vectors); i++) {
        moment at = vectors[i].at;
        int64_t step = -1;

        cr_expect(secret_totp_right(secret, vectors[i].code, at, 0, &step), "%lld", (long long)at);
        cr_expect_eq(step, at / 30);
        cr_expect(secret_totp_right(secret, vectors[i].code, at + 30, 0, &step), "a step late");
        cr_expect_eq(step, at / 30, "the step of the code, not of the clock");
        cr_expect(secret_totp_right(secret, vectors[i].code, at - 30, -1, &step), "a step early");
        cr_expect(!secret_totp_right(secret, vectors[i].code, at + 60, 0, &step), "two late");
        if (at >= 60)
            cr_expect(!secret_totp_right(secret, vectors[i].code, at - 60, 0, &step), "two early");
    }
}

Test(secret, a_one_time_code_is_taken_once)
{
    struct str secret = S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), code = S("050471");
    int64_t step = 0;

    cr_assert(secret_totp_right(secret, code, 1111111111, 0, &step));
    cr_expect(!secret_totp_right(secret, code, 1111111111, step, &step), "the same again");
    cr_expect(!secret_totp_right(secret, S("081804"), 1111111111, step, &step), "the one before");
    cr_expect(secret_totp_right(secret, S("081804"), 1111111111, step - 2, &step));
}

Test(secret, what_is_no_code_is_refused)
{
    static const struct str wrong[] = {{"", 0},       {"28708", 5},  {"2870822", 7},
                                       {"28708x", 6}, {"287083", 6}, {" 287082", 7}};
    static const char far_too_long[] =
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    struct str secret = S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    int64_t step = 7;

    for (size_t i = 0; i < COUNT(wrong); i++)
        cr_expect(!secret_totp_right(secret, wrong[i], 59, -1, &step));
    cr_expect(!secret_totp_right(S(""), S("287082"), 59, -1, &step));
    cr_expect(!secret_totp_right(S("1!"), S("287082"), 59, -1, &step));
    cr_expect(!secret_totp_right((struct str){far_too_long, 64}, S("287082"), 59, -1, &step));
    cr_expect_eq(step, 7, "a refusal takes no step");
}

Test(secret, a_new_secret_is_for_an_authenticator_app)
{
    struct str one = secret_totp_new(arena), uri;

    cr_expect_eq(one.len, 32u, "20 bytes in base32");
    for (size_t i = 0; i < one.len; i++)
        cr_expect(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", one.at[i]));
    cr_expect(!str_same(one, secret_totp_new(arena)));
    uri = secret_totp_uri(arena, S("ABC"), S("li9?&李"));
    cr_expect(str_same(uri, S("otpauth://totp/Gongdao:li9%3F%26%E6%9D%8E?secret=ABC&issuer=Gongdao"
                              "&algorithm=SHA1&digits=6&period=30")),
              "%.*s", STR_ARGS(uri));
}

/* ---- masks ---- */

Test(secret, a_mask_shows_too_little_to_guess_the_rest)
{
    static const struct {
        const char *whole, *shown;
    } masks[] = {
        {"13812345678", "138****5678"},
        {"31010119491001123X", "310*************3X"},
        {"310101491001123", "310**********23"},
        {"057112345678", "057*****5678"},
        {"12345678", "12****78"},
        {"12348", "***48"},
        {"1234", "****"},
        {"1", "*"},
        {"", ""},
        {"张三", "**"},
        {"欧阳建国华", "***国华"},
    };

    for (size_t i = 0; i < COUNT(masks); i++) {
        struct str shown = secret_mask(arena, str_of(masks[i].whole));

        cr_expect(str_same(shown, str_of(masks[i].shown)), "%s: %.*s", masks[i].whole,
                  STR_ARGS(shown));
    }
}
