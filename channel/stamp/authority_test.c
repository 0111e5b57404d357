/* authority_test.c -- see authority_test.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "channel/stamp/authority_test.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { BYTES_MAX = 64 * 1024 };

static struct arena *arena;
static const char *folder;

void authority_begin(struct arena *own, const char *here)
{
    arena = own;
    folder = here;
}

void authority_shell(const char *command)
{
    struct str line = arena_print(arena, "cd %s && { %s ; } >log 2>&1", folder, command);

    cr_assert_eq(system(line.at), 0, "%s", line.at);
}

struct str authority_path(const char *name)
{
    return arena_print(arena, "%s/%s", folder, name);
}

struct str authority_read(const char *name)
{
    char *bytes = arena_take(arena, 1, BYTES_MAX);
    FILE *file = fopen(authority_path(name).at, "rb");
    struct str read = {bytes, 0};

    cr_assert(file != NULL, "%s", name);
    read.len = fread(bytes, 1, BYTES_MAX, file);
    fclose(file);
    return read;
}

void authority_write(const char *name, struct str bytes)
{
    FILE *file = fopen(authority_path(name).at, "wb");

    cr_assert(file != NULL && fwrite(bytes.at, 1, bytes.len, file) == bytes.len);
    fclose(file);
}

void authority_make(const char *name)
{
    const char *conf = "[tsa]\ndefault_tsa = t\n[t]\nserial = %s.serial\nsigner_digest = sha256\n"
                       "default_policy = 1.2.3.4.1\nother_policies = 1.2.3.4.2\ndigests = sha256\n"
                       "ess_cert_id_alg = sha256\n";

    authority_write(arena_print(arena, "%s.conf", name).at, arena_print(arena, conf, name));
    authority_write(arena_print(arena, "%s.serial", name).at, S("01"));
    authority_write("ext", S("extendedKeyUsage = critical,timeStamping\n"));
    authority_shell(
        arena_print(arena,
                    "n=%s; k='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'; "
                    "openssl req -x509 $k -subj /CN=$n-root -days 30 -keyout $n-ca.key -out "
                    "$n-ca.pem && openssl req $k -subj /CN=$n -keyout $n.key -out $n.csr && "
                    "openssl x509 -req -in $n.csr -CA $n-ca.pem -CAkey $n-ca.key -set_serial 7 "
                    "-days 20 -extfile ext -out $n.pem",
                    name)
            .at);
}

struct str authority_reply(const char *name, struct str request)
{
    authority_write("request", request);
    authority_shell(
        arena_print(arena,
                    "n=%s; openssl ts -reply -config $n.conf -queryfile request -signer $n.pem "
                    "-inkey $n.key -out reply",
                    name)
            .at);
    return authority_read("reply");
}
