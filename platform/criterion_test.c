/* criterion_test.c -- what Criterion does at the start of each test's process and no test needs.
 *
 * It brings libgit2, to show how two texts differ, and that reads every certificate authority of
 * the machine when it begins: a quarter of what an empty test costs.  Nothing here speaks TLS by
 * that library (mbedtls; ours is libcurl's).
 */
#include <stdlib.h>

int mbedtls_x509_crt_parse_file(void *chain, const char *path);
int __lsan_is_turned_off(void);

/* The runner itself once left 48 bytes behind, which nobody can mend here; what a test leaves is
 * looked for in the test's own process, which boxfort tells where its box is. */
int __lsan_is_turned_off(void)
{
    return getenv("BXFI_MAP") == NULL;
}

/* In the place of the library's: none was read, and none failed. */
int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
    (void)chain;
    (void)path;
    return 0;
}
