/* danger_acts.h -- whom to call, as a page shows it first to whoever may be in danger. */
#ifndef DANGER_ACTS_H
#define DANGER_ACTS_H

#include "desk/danger/danger.h"
#include "platform/act.h"

#define DANGER_NUMBER_VIEW(V)                                                                      \
    V(api, text, number, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(api, text, source, _)
VIEW_STRUCT(danger_number, DANGER_NUMBER_VIEW)

/* Made in the scene's arena, in its language; gives how many. */
size_t danger_show(const struct scene *scene, enum danger danger,
                   const struct danger_number_view **numbers);

#endif
