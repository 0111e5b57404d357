/* consultation_index.c -- what was said goes into the journal's indexes when a case moves on.
 *
 * Its lines lie all over the journal, and an act is run while all others wait.  So of a long talk
 * the act only notes that it is to be done, and the clock does it, a piece in each act of its own:
 * see docs/decisions/0065.
 *
 *  (1) In between every line is found, once: by the index, or by `said_left` and its message.
 *  (2) A kill loses nothing: the deadline and the row stand in the same transaction as the piece.
 */
#include "service/consultation/consultation_case.h"

enum { AT_ONCE_MAX = 100 }; /* messages; as many as find_said_piece finds */

static const char more[] = "consultation.index_more";

struct outcome case_index_said(struct scene *scene, const struct consultation_case *c)
{
    id case_id = c->row.consultation_id;

    if (c->row.messages_count < AT_ONCE_MAX)
        return consultation_index_said(scene->store, case_id, 0, scene->seq);
    TRY(consultation_set_said_left(scene->store, case_id, scene->seq));
    return clock_set(scene, more, case_id, scene->now);
}

static struct outcome index_more(struct scene *scene, const void *form, void *result)
{
    id case_id = ((const struct clock_form *)form)->case_id;
    struct consultation_find_said_left_row left;
    struct consultation_find_said_piece_row piece;
    bool found;

    (void)result;
    scene->quiet = true;
    TRY(consultation_find_said_left(scene->store, case_id, &left, &found));
    if (!found) return DONE;
    TRY(consultation_find_said_piece(scene->store, case_id, left.below_seq, &piece, &found));
    TRY(consultation_index_said(scene->store, case_id, piece.first_seq, left.below_seq));
    if (piece.messages_count < AT_ONCE_MAX)
        return consultation_drop_said_left(scene->store, case_id);
    TRY(consultation_set_said_left(scene->store, case_id, piece.first_seq));
    return clock_set(scene, more, case_id, scene->now);
}

const struct act consultation_index_more = {
    .name = more, .who = WHO_SYSTEM, .run = index_more};
