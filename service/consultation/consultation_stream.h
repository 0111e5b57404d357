/* consultation_stream.h -- live events of a case and of a consultant's desk. */
#ifndef CONSULTATION_STREAM_H
#define CONSULTATION_STREAM_H

#include "platform/page.h"
#include "service/consultation/consultation_acts.h"

#define CONSULTATION_FOLLOW_FORM(F)                                                                \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(consultation_follow, CONSULTATION_FOLLOW_FORM)

#define CONSULTATION_FOLLOW_DESK_FORM(F) F(number, after, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(consultation_follow_desk, CONSULTATION_FOLLOW_DESK_FORM)

/* Events message, state, place, typing, read; for the resident of the case. */
extern const struct stream consultation_stream;
/* Events offer, message, state, due, typing, read; for a consultant, all work in one stream. */
extern const struct stream consultation_desk_stream;

/* "typing": said to the other side, kept nowhere.  Query form: consultation_reference. */
struct outcome consultation_typing(struct scene *scene, const void *query,
                                   struct whisper *whisper);

#endif
