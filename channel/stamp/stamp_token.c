/* stamp_token.c -- see stamp_token.h; the work is libcrypto's. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "channel/stamp/stamp_token.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NONCE_BYTES = 8, PATH_BYTES_MAX = 4096, POLICY_BYTES_MAX = 200 };

struct stamp_trust {
    X509_STORE *store;
    ASN1_OBJECT *policy; /* NULL: any */
};
struct stamp_request {
    TS_REQ *asked;
    unsigned char *bytes;
    int len;
};

static const char *why(void)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());

    return reason ? reason : "of a kind that is not understood";
}

/* ---- who is believed ---- */

static struct outcome open_policy(struct stamp_trust *trust, struct str policy)
{
    char text[POLICY_BYTES_MAX + 1];

    if (!policy.len) return DONE;
    if (policy.len > POLICY_BYTES_MAX) return FAULT("[journal] stamp_policy is too long");
    memcpy(text, policy.at, policy.len);
    text[policy.len] = '\0';
    trust->policy = OBJ_txt2obj(text, 1);
    return trust->policy ? DONE
                         : FAULT("[journal] stamp_policy is an object identifier, as 1.2.3.4.1");
}

struct outcome stamp_trust_open(struct str file, struct str policy, struct stamp_trust **opened)
{
    struct stamp_trust *trust = calloc(1, sizeof *trust);
    struct outcome outcome = trust ? DONE : FAULT("no memory for time stamps");
    char path[PATH_BYTES_MAX + 1];

    *opened = trust;
    if (!trust) return outcome;
    snprintf(path, sizeof path, "%.*s", STR_ARGS(file));
    trust->store = X509_STORE_new();
    if (!file.len || !trust->store || X509_STORE_load_file(trust->store, path) != 1)
        outcome = FAULT("[journal] stamp_ca has to name a file with the certificates (PEM) that "
                        "the authority of time stamps is known by");
    if (IS_DONE(outcome)) outcome = open_policy(trust, policy);
    ERR_clear_error();
    if (!IS_DONE(outcome)) stamp_trust_close(opened);
    return outcome;
}

void stamp_trust_close(struct stamp_trust **closing)
{
    struct stamp_trust *trust = *closing;

    if (!trust) return;
    X509_STORE_free(trust->store);
    ASN1_OBJECT_free(trust->policy);
    free(trust);
    *closing = NULL;
}

/* ---- asking ---- */

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_digest(struct str text, unsigned char digest[WITNESS_DIGEST_LEN])
{
    if (text.len != 2 * WITNESS_DIGEST_LEN) return false;
    for (size_t i = 0; i < WITNESS_DIGEST_LEN; i++) {
        int high = digit(text.at[2 * i]), low = digit(text.at[2 * i + 1]);

        if (high < 0 || low < 0) return false;
        digest[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static bool put_imprint(TS_REQ *asked, unsigned char *digest)
{
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *with = X509_ALGOR_new();
    bool good = imprint && with &&
                X509_ALGOR_set0(with, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
                TS_MSG_IMPRINT_set_algo(imprint, with) == 1 &&
                TS_MSG_IMPRINT_set_msg(imprint, digest, WITNESS_DIGEST_LEN) == 1 &&
                TS_REQ_set_msg_imprint(asked, imprint) == 1;

    X509_ALGOR_free(with);
    TS_MSG_IMPRINT_free(imprint);
    return good;
}

static bool put_nonce(TS_REQ *asked)
{
    unsigned char bytes[NONCE_BYTES];
    BIGNUM *number =
        RAND_bytes(bytes, sizeof bytes) == 1 ? BN_bin2bn(bytes, sizeof bytes, NULL) : NULL;
    ASN1_INTEGER *nonce = number ? BN_to_ASN1_INTEGER(number, NULL) : NULL;
    bool good = nonce && TS_REQ_set_nonce(asked, nonce) == 1;

    ASN1_INTEGER_free(nonce);
    BN_free(number);
    return good;
}

struct outcome stamp_request_open(const struct stamp_trust *trust, struct str digest,
                                  struct stamp_request **opened)
{
    struct stamp_request *request = calloc(1, sizeof *request);
    unsigned char bytes[WITNESS_DIGEST_LEN];

    *opened = request;
    if (!request) return FAULT("no memory for time stamps");
    if (read_digest(digest, bytes) && (request->asked = TS_REQ_new()) &&
        TS_REQ_set_version(request->asked, 1) == 1 && put_imprint(request->asked, bytes) &&
        put_nonce(request->asked) && TS_REQ_set_cert_req(request->asked, 1) == 1 &&
        (!trust->policy || TS_REQ_set_policy_id(request->asked, trust->policy) == 1))
        request->len = i2d_TS_REQ(request->asked, &request->bytes);
    ERR_clear_error();
    if (request->len > 0) return DONE;
    stamp_request_close(opened);
    return FAULT("a request for a time stamp cannot be made");
}

void stamp_request_close(struct stamp_request **closing)
{
    struct stamp_request *request = *closing;

    if (!request) return;
    TS_REQ_free(request->asked);
    OPENSSL_free(request->bytes);
    free(request);
    *closing = NULL;
}

struct str stamp_request_bytes(const struct stamp_request *request)
{
    return (struct str){(const char *)request->bytes, (size_t)request->len};
}

/* ---- believing ---- */

static bool time_of(TS_TST_INFO *info, moment *at)
{
    const ASN1_GENERALIZEDTIME *said = info ? TS_TST_INFO_get_time(info) : NULL;
    struct tm utc;

    if (!said || ASN1_TIME_to_tm(said, &utc) != 1) return false;
    *at = timegm(&utc);
    return *at > 0;
}

/* (2) As of the moment in the stamp. */
static bool use_store(struct stamp_trust *trust, TS_VERIFY_CTX *context, moment at)
{
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(trust->store), (time_t)at);
    if (X509_STORE_up_ref(trust->store) != 1) return false;
    TS_VERIFY_CTX_set_store(context, trust->store);
    TS_VERIFY_CTX_add_flags(context, TS_VFY_SIGNATURE);
    return true;
}

static struct str encode(struct arena *arena, PKCS7 *token)
{
    unsigned char *bytes = NULL;
    int len = i2d_PKCS7(token, &bytes);
    char *text;

    if (len <= 0) return S("");
    text = arena_take(arena, 1, (size_t)len * 4 / 3 + 8);
    len = EVP_EncodeBlock((unsigned char *)text, bytes, len);
    OPENSSL_free(bytes);
    return (struct str){text, (size_t)len};
}

/* RFC 3161, section 2.4.2: 0 granted, 1 granted with changes. */
static bool is_granted(TS_RESP *response, struct arena *arena, struct str *problem)
{
    const ASN1_INTEGER *said = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response));
    int64_t status = -1;

    if (said && ASN1_INTEGER_get_int64(&status, said) == 1 && (status == 0 || status == 1))
        return true;
    *problem = arena_print(arena, "the stamp was not granted, status %lld", (long long)status);
    return false;
}

static bool take(struct stamp_trust *trust, struct arena *arena,
                 const struct stamp_request *request, TS_RESP *response, moment now,
                 struct stamp *stamp, struct str *problem)
{
    TS_VERIFY_CTX *context = TS_REQ_to_TS_VERIFY_CTX(request->asked, NULL);
    PKCS7 *token = TS_RESP_get_token(response);
    bool has_time = token && time_of(TS_RESP_get_tst_info(response), &stamp->at), good = false;

    *problem = S("the answer cannot be looked at");
    if (context && use_store(trust, context, has_time ? stamp->at : now))
        good = TS_RESP_verify_response(context, response) == 1; /* (1) */
    if (context && !good) *problem = arena_print(arena, "the answer is refused: %s", why());
    TS_VERIFY_CTX_free(context);
    if (!good || !has_time) return false;
    if (stamp->at > now + STAMP_SECONDS_OFF || stamp->at < now - STAMP_SECONDS_OFF) { /* (3) */
        *problem = arena_print(arena, "the clock of the authority and ours are %lld s apart",
                               (long long)(stamp->at - now));
        return false;
    }
    stamp->token = encode(arena, token);
    return stamp->token.len > 0;
}

bool stamp_reply_take(struct stamp_trust *trust, struct arena *arena,
                      const struct stamp_request *request, struct str reply, moment now,
                      struct stamp *stamp, struct str *problem)
{
    const unsigned char *at = (const unsigned char *)reply.at;
    TS_RESP *response = NULL;
    bool good;

    *stamp = (struct stamp){.token = S("")};
    *problem = S("the answer is not a time stamp (RFC 3161)");
    if (reply.len <= STAMP_REPLY_BYTES_MAX) response = d2i_TS_RESP(NULL, &at, (long)reply.len);
    good = response && at == (const unsigned char *)reply.at + reply.len &&
           is_granted(response, arena, problem) &&
           take(trust, arena, request, response, now, stamp, problem);
    TS_RESP_free(response);
    ERR_clear_error();
    return good;
}

static PKCS7 *decode(struct arena *arena, struct str text)
{
    unsigned char *bytes = arena_take(arena, 1, text.len + 4);
    const unsigned char *at = bytes;
    int len;

    if (!text.len || text.len > STAMP_REPLY_BYTES_MAX * 2 || text.len % 4) return NULL;
    len = EVP_DecodeBlock(bytes, (const unsigned char *)text.at, (int)text.len);
    for (size_t i = text.len; len > 0 && i > 0 && text.at[i - 1] == '='; i--) len--;
    return len > 0 ? d2i_PKCS7(NULL, &at, len) : NULL;
}

static bool is_good(struct stamp_trust *trust, unsigned char *digest, PKCS7 *token, moment *at)
{
    TS_TST_INFO *info = PKCS7_to_TS_TST_INFO(token);
    TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
    unsigned char *own = OPENSSL_memdup(digest, WITNESS_DIGEST_LEN); /* the context frees it */
    bool good = false;

    if (context && own && time_of(info, at) && use_store(trust, context, *at)) {
        TS_VERIFY_CTX_add_flags(context, TS_VFY_VERSION | TS_VFY_IMPRINT);
        TS_VERIFY_CTX_set_imprint(context, own, WITNESS_DIGEST_LEN);
        own = NULL;
        good = TS_RESP_verify_token(context, token) == 1;
    }
    OPENSSL_free(own);
    TS_VERIFY_CTX_free(context);
    TS_TST_INFO_free(info);
    return good;
}

bool stamp_token_is_good(struct stamp_trust *trust, struct arena *arena, struct str digest,
                         struct str text, moment *at, struct str *problem)
{
    unsigned char bytes[WITNESS_DIGEST_LEN];
    PKCS7 *token = decode(arena, text);
    bool good;

    *at = 0;
    good = token && read_digest(digest, bytes) && is_good(trust, bytes, token, at);
    *problem = good ? S("") : arena_print(arena, "%s", token ? why() : "it is not a time stamp");
    PKCS7_free(token);
    ERR_clear_error();
    return good;
}
