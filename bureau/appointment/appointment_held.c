/* appointment_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "bureau/appointment/appointment.h"
#include "gen/appointment_sql.h"
#include "platform/held.h"

static struct str state_name(enum language language, struct str word)
{
    return text_in(language, appointment_state_name(appointment_state_of(word)));
}

static const struct held_table tables[] = {
    {"appointment_plan", HELD_NOBODY, ""},
    {"appointment_plan_item", HELD_NOBODY, ""},
    {"appointment_now", HELD_LISTED,
     "-owner_id name_sealed phone_sealed -phone_index words_sealed -origin_index"},
    {0},
};

static const struct held_list lists[] = {
    {.query = "appointment.list_held_appointments",
     .title = T("Your appointments"),
     .why = T("To keep a time for you, and to keep times fairly for all."),
     .until = HELD_NO_PERIOD,
     .kind = "appointment",
     .columns = {{"reference", T("Reference")},
                 {"item", T("Item")},
                 {"starts_at", T("At")},
                 {"state", T("State"), .say = state_name},
                 {"name_sealed", T("Name"), "appointment.name"},
                 {"phone_sealed", T("Phone number"), "appointment.phone"},
                 {"words_sealed", T("What was said"), "appointment.words"}}},
    {.query = "appointment.list_held_appointment_notices",
     .title = T("Messages sent to you about your appointments"),
     .why = T("To tell you when there is news."),
     .until = HELD_NO_PERIOD,
     .kind = "notice",
     .columns = {{"reference", T("Reference")},
                 {"template", T("Message")},
                 {"made_at", T("Made at")},
                 {"sent_at", T("Sent at")},
                 {"to_sealed", T("Sent to"), "notice.to"}}},
    {0},
};

static const struct held_matter matters[] = {
    {.query = "appointment.count_erase_appointments",
     .fate = HELD_GOES,
     .title = T("Your appointments; those to come are cancelled by it")},
    {.query = "appointment.count_erase_held",
     .fate = HELD_WAITS,
     .title = T("Appointments that a lawsuit or an inquiry still needs"),
     .why = HELD_FOR_A_LAWSUIT,
     .law = HELD_LAWSUIT_LAW},
    {0},
};

static struct outcome erase(struct scene *scene, const struct held_erasing *erasing, bool *found,
                            id *case_id)
{
    struct appointment_find_erase_next_row row;

    *found = false;
    if (!erasing->person.person_id) return DONE;
    TRY(appointment_find_erase_next(scene->store, erasing->person.person_id, erasing->is_again,
                                    &row, found));
    if (!*found) return DONE;
    *case_id = row.appointment_id;
    return appointment_erase_appointment(scene->store, row.appointment_id);
}

static const struct held_sealed sealed[] = {
    {"appointment_now", "appointment_id", "name_sealed", "appointment.name", false},
    {"appointment_now", "appointment_id", "phone_sealed", "appointment.phone", false},
    {"appointment_now", "appointment_id", "words_sealed", "appointment.words", false},
    {0},
};

static struct outcome drop(struct scene *scene, moment before, struct held_gone *gone)
{
    TRY(appointment_drop_kept(scene->store, before));
    gone->count = store_changes(scene->store);
    return DONE;
}

static const struct held_kept kept[] = {
    {"appointment", "appointments, who came and who did not", "appointment.count_kept",
     "appointment.find_kept", drop},
    {0},
};

const struct held appointment_holds = {tables, lists, appointment_queries, matters, erase, NULL,
                                       sealed, kept};
