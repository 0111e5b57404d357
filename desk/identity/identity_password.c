/* identity_password.c -- what no password may be: short, somebody's name, or soon guessed.
 *
 * How soon is zxcvbn's to say: it knows the passwords that leaked most often, names, words, dates,
 * rows of keys, and what people do to them.  It asks for no kinds of characters, so neither do we
 * (ASVS 5.0, 6.2.4, 6.2.5, 6.2.11).
 */
#include <string.h>
#include <zxcvbn.h>

#include "desk/identity/identity.h"

/* What is guessed first of people here, by way of words that zxcvbn does not know. */
static const char *const usual[] = {
    "gongdao",  "12348",   "12348gov", "sifa",      "sifaju",   "falv",      "falvyuanzhu",
    "yuanzhu",  "lvshi",   "gongzheng", "tiaojie",  "renmin",   "shehui",    "zhengfu",
    "shanghai", "pudong",  "zhongguo", "woaini",    "woaiwojia", "woaizhongguo", "mima",
    "wodemima", "nihao",   "aini",     "laopo",     "laogong",  "baobao",    "baobei",
    "5201314",  "1314520", "520520",   "168168",    "888888",   "666666",    "xiexie"};

static bool contains_plain(struct str text, struct str part)
{
    if (part.len == 0) return false;
    for (size_t i = 0; i + part.len <= text.len; i++) {
        if (str_same_plain((struct str){text.at + i, part.len}, part)) return true;
    }
    return false;
}

static double guesses_bits(struct str login, struct str password)
{
    const char *words[COUNT(usual) + 2] = {0};
    char text[IDENTITY_PASSWORD_BYTES_MAX + 1], name[IDENTITY_LOGIN_BYTES_MAX + 1];
    size_t len = password.len < sizeof text ? password.len : sizeof text - 1;
    size_t name_len = login.len < sizeof name ? login.len : sizeof name - 1;
    double bits;

    memcpy(text, password.at, len);
    text[len] = '\0';
    memcpy(name, login.at, name_len);
    name[name_len] = '\0';
    memcpy(words, usual, sizeof usual);
    if (name_len) words[COUNT(usual)] = name;
    bits = ZxcvbnMatch(text, words, NULL);
    explicit_bzero(text, sizeof text);
    return bits;
}

struct outcome identity_may_have_password(struct str login, struct str password)
{
    if (password.len < IDENTITY_PASSWORD_BYTES_MIN) return REFUSE(identity_password_short);
    if (str_same_plain(password, S(IDENTITY_DEMO_PASSWORD))) return REFUSE(identity_password_demo);
    if (contains_plain(password, login)) return REFUSE(identity_password_name);
    if (guesses_bits(login, password) < IDENTITY_PASSWORD_BITS_MIN)
        return REFUSE(identity_password_guessed);
    return DONE;
}
