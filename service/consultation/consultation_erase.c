/* consultation_erase.c -- one question at a time leaves the tables when its resident is erased.
 *
 *  (1) Of one question all goes at once: words, files, complaint, name on a ticket, notices, the
 *      token that opened it.
 *  (2) An answer of it that everybody may read is withdrawn: it was made of what goes.
 *  (3) What is counted stays, and leads to nobody.
 */
#include "gen/consultation_sql.h"
#include "platform/files.h"
#include "platform/held.h"
#include "service/consultation/consultation_acts.h"
#include "service/repository/repository_acts.h"

static struct outcome erase_files(struct scene *scene, id case_id)
{
    const struct consultation_list_erase_files_row *rows;
    size_t count;

    TRY(consultation_list_erase_files(scene->arena, scene->store, case_id, &rows, &count));
    for (size_t i = 0; i < count; i++) TRY(files_going(scene, rows[i].file));
    return consultation_erase_attachments(scene->store, case_id);
}

static struct outcome erase_around(struct scene *scene, id case_id)
{
    struct store *store = scene->store;

    TRY(repository_say_consent(scene, case_id, false));
    TRY(consultation_erase_entries(store, case_id));
    TRY(consultation_erase_parties(store, case_id));
    TRY(consultation_erase_assignments(store, case_id));
    TRY(consultation_erase_complaint_notes(store, case_id));
    TRY(consultation_erase_complaints(store, case_id));
    TRY(consultation_erase_sample(store, case_id));
    TRY(consultation_erase_tickets(store, case_id));
    TRY(consultation_erase_notices(store, case_id));
    return consultation_erase_case_sessions(store, case_id);
}

static struct outcome erase_one(struct scene *scene, id case_id)
{
    struct store *store = scene->store;

    TRY(erase_files(scene, case_id));
    TRY(erase_around(scene, case_id));
    /* While there are messages to find them by. */
    TRY(consultation_index_said(store, case_id, 0, scene->seq));
    TRY(consultation_erase_said_left(store, case_id));
    TRY(consultation_erase_messages(store, case_id));
    TRY(consultation_erase_rating(store, case_id));
    TRY(consultation_erase_handings(store, case_id));
    TRY(consultation_erase_again(store, case_id));
    TRY(consultation_erase_looks(store, case_id));
    TRY(consultation_erase_exchange(store, case_id));
    return consultation_erase_case(store, case_id);
}

struct outcome consultation_erase(struct scene *scene, const struct held_erasing *erasing,
                                  bool *found, id *case_id)
{
    struct store *store = scene->store;
    id owner_id = erasing->person.person_id ? erasing->person.person_id : -2;
    struct consultation_find_erase_next_row row;

    TRY(consultation_find_erase_next(store, owner_id, erasing->person.phone_index,
                                     erasing->is_again, erasing->keep_judged, &row, found));
    if (!*found) return DONE;
    *case_id = row.consultation_id;
    return erase_one(scene, *case_id);
}

/* The oldest whose period is over: what was gone through in this run is not read again. */
struct outcome consultation_drop_kept(struct scene *scene, moment before, struct held_gone *gone)
{
    struct consultation_find_kept_next_row row;
    bool found;

    TRY(consultation_find_kept_next(scene->store, gone->from, before, &row, &found));
    gone->count = found;
    if (!found) return DONE;
    gone->from = row.closed_at;
    return erase_one(scene, row.consultation_id);
}

struct outcome consultation_found_erased(struct scene *scene, struct str phone_index, moment before,
                                         int64_t *found)
{
    struct consultation_count_erase_found_row row;
    bool is_there;

    TRY(consultation_count_erase_found(scene->store, phone_index, before, &row, &is_there));
    *found = row.found_count;
    return DONE;
}
