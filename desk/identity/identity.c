/* identity.c -- see identity.h. */
#include "desk/identity/identity.h"

const struct reason identity_wrong = {
    "session.wrong",
    T("That name and password do not fit together. Please check both and type the password again."),
    401};
const struct reason identity_wait = {
    "session.wait",
    T("There were several wrong tries from here. Please wait %1 minutes, then try again."), 429};
const struct reason identity_guarded = {
    "session.guarded",
    T("Somebody has been guessing this account's password. Please sign in on the computer or phone "
      "you used before, or also give the code from your authenticator app. Otherwise try again in "
      "an hour."),
    429, SECONDS_PER_HOUR};
const struct reason identity_totp_needed = {
    "session.totp-needed", T("Please also give the code from your authenticator app."), 401};
const struct reason identity_totp_wrong = {
    "session.totp-wrong",
    T("That code is not right. Please wait for the next code in your app and type that one."), 422,
    .field = "code"};
const struct reason identity_totp_set = {
    "session.totp-set", T("Your account has a second step already. Remove it first."), 409};
const struct reason identity_start_again = {
    "session.start-again", T("That took too long. Please sign in with your password again."), 401};
const struct reason identity_code_soon = {
    "session.code-soon",
    T("We have just sent you a code. If it does not arrive, you can ask for another in %1 "
      "seconds."),
    429};
const struct reason identity_code_often = {
    "session.code-often",
    T("We have sent several codes to this number. Please wait an hour, or call 12348."), 429};
const struct reason identity_code_daily = {
    "session.code-daily",
    T("We have sent as many codes to this number as we may in a day. Please try again tomorrow, or "
      "call 12348."),
    429};
const struct reason identity_code_wrong = {
    "session.code-wrong",
    T("That is not the code we sent. Please look at the newest message again. Tries left: %1."),
    422};
const struct reason identity_code_over = {
    "session.code-over", T("This code is no longer good. Please ask for a new one."), 422};
const struct reason identity_code_phone = {
    "session.code-phone", T("Please tell us your mobile number first."), 422, .field = "phone"};
const struct reason identity_no_sms = {
    "session.no-sms",
    T("This number cannot receive messages. Please give a mobile number, or call 12348."), 422,
    .field = "phone"};
const struct reason identity_suspended = {
    "session.suspended", T("This account cannot be used at the moment. Please call 12348."), 403};
const struct reason identity_password_wrong = {
    "password.wrong", T("That is not your present password. Please type it again."), 422};
const struct reason identity_password_short = {
    "password.short",
    T("Please choose a longer password: at least 10 letters, digits or signs, or 4 Chinese "
      "characters."),
    422};
const struct reason identity_password_name = {
    "password.name", T("Please choose a password that does not contain your sign-in name."), 422};
const struct reason identity_password_demo = {
    "password.demo", T("Everybody knows this password. Please choose another."), 422};
const struct reason identity_password_guessed = {
    "password.guessed",
    T("Whoever guesses would soon come to this password. Please take several words that do not "
      "belong together, or a sentence of your own."),
    422};
const struct reason identity_password_same = {
    "password.same", T("This is the password you have now. Please choose another."), 422,
    .field = "new_password"};
const struct reason identity_login_taken = {
    "person.login-taken", T("Somebody has this sign-in name already. Please choose another."), 409};
const struct reason identity_login_shape = {
    "person.login-shape",
    T("A sign-in name is 2 to 40 small letters, digits and - _ . and begins with a letter."), 422};
const struct reason identity_role_unknown = {"person.role-unknown",
                                             T("There is no role of this name."), 422};
const struct reason identity_unknown_login = {
    "person.unknown-login", T("Nobody signs in under the name “%1”. Please check the name."), 404};
const struct reason identity_unknown_person = {"person.unknown",
                                               T("There is nobody under this number."), 404};

/* ---- who may try ---- */

int64_t identity_wait_seconds(int64_t failures_here)
{
    int64_t wait = SECONDS_PER_MINUTE;

    if (failures_here < IDENTITY_FAILURES_FREE) return 0;
    for (int64_t i = IDENTITY_FAILURES_FREE; i < failures_here && wait < IDENTITY_WAIT_SECONDS_MAX;
         i++)
        wait *= 2;
    return wait < IDENTITY_WAIT_SECONDS_MAX ? wait : IDENTITY_WAIT_SECONDS_MAX;
}

struct outcome identity_may_try(struct arena *arena, const struct identity_tries *tries, moment now)
{
    bool is_vouched = tries->is_known_device || tries->is_second_right;

    if (now < tries->until_at) {
        int64_t minutes = (tries->until_at - now + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE;

        return REFUSE_FOR(identity_wait, arena_print(arena, "%lld", (long long)minutes),
                          tries->until_at - now);
    }
    if (is_vouched) return DONE;
    if (tries->of_login > IDENTITY_LOGIN_FAILURES_MAX ||
        tries->of_address > IDENTITY_ADDRESS_FAILURES_MAX)
        return REFUSE(identity_guarded);
    return DONE;
}

/* The first four groups of an IPv6 address; "::" may stand for some of them. */
struct str identity_place(struct arena *arena, struct str address)
{
    struct str rest = address, place = S("");
    int64_t gap = str_find(address, S("::"));
    int groups = 0;

    if (str_find(address, S(":")) < 0 || str_find(address, S(".")) >= 0) return address;
    if (gap >= 0) rest.len = (size_t)gap;
    while (rest.len && groups < 4) {
        struct str group = str_cut(rest, ':', &rest);

        while (group.len > 1 && group.at[0] == '0') group.at++, group.len--;
        place = arena_print(arena, "%.*s%.*s:", STR_ARGS(place), STR_ARGS(group));
        groups++;
    }
    for (; groups < 4; groups++) place = arena_print(arena, "%.*s0:", STR_ARGS(place));
    return arena_print(arena, "%.*s:/64", STR_ARGS(place));
}

/* ---- codes to a phone ---- */

static bool is_same_hour(const struct identity_code *code, moment now)
{
    return code->hour_at > 0 && now < code->hour_at + SECONDS_PER_HOUR;
}

static bool is_same_day(const struct identity_code *code, moment now)
{
    return code->day_at > 0 && now < code->day_at + SECONDS_PER_DAY;
}

struct outcome identity_may_send(struct arena *arena, const struct identity_code *code, moment now)
{
    int64_t left = code->made_at + IDENTITY_CODE_PAUSE_SECONDS - now;

    if (is_same_day(code, now) && code->day_count >= IDENTITY_CODES_A_DAY_MAX)
        return REFUSE_FOR(identity_code_daily, S(""), code->day_at + SECONDS_PER_DAY - now);
    if (is_same_hour(code, now) && code->sent_count >= IDENTITY_CODES_AN_HOUR_MAX)
        return REFUSE_FOR(identity_code_often, S(""), code->hour_at + SECONDS_PER_HOUR - now);
    if (code->made_at > 0 && left > 0)
        return REFUSE_FOR(identity_code_soon, arena_print(arena, "%lld", (long long)left), left);
    return DONE;
}

struct identity_code identity_sent(const struct identity_code *before, moment now)
{
    bool same_hour = is_same_hour(before, now), same_day = is_same_day(before, now);

    return (struct identity_code){.made_at = now,
                                  .expires_at = now + IDENTITY_CODE_SECONDS,
                                  .sent_count = same_hour ? before->sent_count + 1 : 1,
                                  .hour_at = same_hour ? before->hour_at : now,
                                  .day_count = same_day ? before->day_count + 1 : 1,
                                  .day_at = same_day ? before->day_at : now};
}

struct outcome identity_may_enter(const struct identity_code *code, moment now)
{
    if (code->expires_at <= now || code->tries >= IDENTITY_CODE_TRIES_MAX)
        return REFUSE(identity_code_over);
    return DONE;
}

struct str identity_digits(struct arena *arena, struct str typed)
{
    char *digits = arena_take(arena, 1, typed.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < typed.len; i++) {
        const unsigned char *at = (const unsigned char *)typed.at + i;

        if (*at >= '0' && *at <= '9') {
            digits[len++] = (char)*at;
        } else if (typed.len - i >= 3 && at[0] == 0xEF && at[1] == 0xBC && at[2] >= 0x90 &&
                   at[2] <= 0x99) { /* U+FF10 to U+FF19 */
            digits[len++] = (char)('0' + (at[2] - 0x90));
            i += 2;
        } else if (*at != ' ' && *at != '-') {
            return S("");
        }
    }
    return (struct str){digits, len};
}

/* ---- the rest ---- */

struct str identity_login(struct arena *arena, struct str typed)
{
    struct str text = str_trim(typed);
    char *login = arena_take(arena, 1, text.len + 1);

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        login[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct str){login, text.len};
}

bool identity_login_is_good(struct str login)
{
    if (login.len < 2 || login.len > IDENTITY_LOGIN_BYTES_MAX) return false;
    if (login.at[0] < 'a' || login.at[0] > 'z') return false;
    for (size_t i = 0; i < login.len; i++) {
        char c = login.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
            return false;
    }
    return true;
}

struct str identity_next(struct str next)
{
    if (next.len == 0 || next.len > 300 || next.at[0] != '/') return S("");
    if (next.len > 1 && next.at[1] == '/') return S("");
    for (size_t i = 0; i < next.len; i++) {
        /* A browser reads '\' as '/'; blanks and bytes beyond ASCII are never in ours. */
        if (next.at[i] <= ' ' || next.at[i] > '~' || next.at[i] == '\\') return S("");
    }
    return next;
}

struct str identity_device_name(struct arena *arena, struct str agent)
{
    static const struct {
        const char *mark, *name;
    } browsers[] = {{"MicroMessenger", "WeChat"},
                    {"AlipayClient", "Alipay"},
                    {"HuaweiBrowser", "Huawei"},
                    {"Edg", "Edge"},
                    {"OPR/", "Opera"},
                    {"Firefox", "Firefox"},
                    {"Chrome", "Chrome"},
                    {"Safari", "Safari"},
                    {"curl", "curl"}},
      systems[] = {{"Android", "Android"}, {"HarmonyOS", "HarmonyOS"}, {"iPhone", "iPhone"},
                   {"iPad", "iPad"},       {"Windows", "Windows"},     {"Mac OS", "macOS"},
                   {"Linux", "Linux"}};
    const char *browser = "", *system = "";

    for (size_t i = 0; i < COUNT(browsers) && !browser[0]; i++) {
        if (str_find(agent, str_of(browsers[i].mark)) >= 0) browser = browsers[i].name;
    }
    for (size_t i = 0; i < COUNT(systems) && !system[0]; i++) {
        if (str_find(agent, str_of(systems[i].mark)) >= 0) system = systems[i].name;
    }
    return arena_print(arena, "%s%s%s", browser, browser[0] && system[0] ? " · " : "", system);
}

moment identity_slides_to(moment made_at, moment now)
{
    moment slid = now + IDENTITY_STAFF_SECONDS, last = made_at + IDENTITY_STAFF_SECONDS_MAX;

    return slid < last ? slid : last;
}
