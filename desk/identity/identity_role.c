/* identity_role.c -- the words of roles, and where each begins its day. */
#include "desk/identity/identity_acts.h"

static const struct {
    unsigned who;
    const char *word, *home;
} roles[] = {
    /* a person with several begins where most is waiting for an eye */
    {WHO_ADMIN, "admin", "/admin/people"}, {WHO_SUPERVISOR, "supervisor", "/board"},
    {WHO_LEADER, "leader", "/board"},      {WHO_CONSULTANT, "consultant", "/desk"},
    {WHO_CLERK, "clerk", "/window"},
};

unsigned identity_role_who(struct str role)
{
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (str_same(role, str_of(roles[i].word))) return roles[i].who;
    }
    return WHO_NOBODY;
}

const char *identity_role_word(unsigned who_bit)
{
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (roles[i].who == who_bit) return roles[i].word;
    }
    return NULL;
}

struct str identity_role_words(struct arena *arena, unsigned who)
{
    struct str words = S("");

    if (who & WHO_RESIDENT) words = S("resident");
    if (who & WHO_GUEST) words = S("guest");
    for (size_t i = COUNT(roles); i-- > 0;) {
        if (who & roles[i].who)
            words = arena_print(arena, "%.*s%s%s", STR_ARGS(words), words.len ? " " : "",
                                roles[i].word);
    }
    return words;
}

const char *identity_home(unsigned who)
{
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (who & roles[i].who) return roles[i].home;
    }
    return who & WHO_ASKER ? "/my" : "/";
}
