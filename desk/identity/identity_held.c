/* identity_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "desk/identity/identity_parts.h"
#include "gen/identity_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"person", HELD_LISTED,
     "person_name -password_hash -totp_sealed phone_sealed phone_index identity_sealed "
     "identity_index"},
    {"person_language", HELD_LISTED, ""},
    {"role", HELD_STAFF, ""},
    {"session", HELD_LISTED, "token_hash address agent"},
    {"phone_code", HELD_PASSING, "phone_index code_hash"},
    {"sign_in_failure", HELD_PASSING, "login_index address"},
    {"known_device", HELD_LISTED, "device_hash"},
    {"division", HELD_NOBODY, ""},
    {0},
};

static const struct held_list lists[] = {
    {.query = "identity.list_held_person",
     .title = T("Your account"),
     .why = T("To know you again when you sign in, and to send you what you ask to be told."),
     .until = T("Until you have it erased."),
     .columns = {{"made_at", T("Made at")},
                 {"standing", T("Standing")},
                 {"person_name", T("Name")},
                 {"phone_sealed", T("Phone number"), "person.phone"},
                 {"identity_sealed", T("Identity-card number"), "person.identity"},
                 {"language", T("Language")}}},
    {.query = "identity.list_held_sessions",
     .title = T("Where you signed in"),
     .why = T("So that you and we see when somebody else signs in as you."),
     .until = T("Until some days after it has ended."),
     .columns = {{"made_at", T("Made at")},
                 {"expires_at", T("Good until")},
                 {"ended_at", T("Ended at")},
                 {"address", T("Your network address")},
                 {"agent", T("Browser")}}},
    {0},
};

static const struct held_matter matters[] = {
    {.query = "identity.count_erase_account",
     .fate = HELD_GOES,
     .title = T("Your account: name, phone number, identity-card number, language")},
    {.query = "identity.count_erase_sessions",
     .fate = HELD_GOES,
     .title = T("Where you signed in")},
    {0},
};

static struct outcome erase_last(struct scene *scene, const struct held_erasing *erasing)
{
    id person_id = erasing->person.person_id;

    if (erasing->person.phone_index.len)
        TRY(identity_erase_code(scene->store, erasing->person.phone_index));
    if (!person_id) return DONE;
    TRY(identity_erase_sessions(scene->store, person_id));
    TRY(identity_erase_language(scene->store, person_id));
    TRY(identity_erase_devices(scene->store, person_id));
    TRY(identity_erase_person(scene->store, person_id));
    return identity_tell(scene, "person.standing", person_id);
}

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"person", "person_id", "totp_sealed", "person.totp"},
    {"person", "person_id", "phone_sealed", "person.phone"},
    {"person", "person_id", "identity_sealed", "person.identity"},
    {0},
};

const struct held identity_holds = {
    tables, lists, identity_queries, matters, NULL, erase_last, sealed};
