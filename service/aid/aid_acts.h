/* aid_acts.h -- legal aid, for other rooms and for main. */
#ifndef AID_ACTS_H
#define AID_ACTS_H

#include "platform/act.h"
#include "service/aid/aid.h"

/* The rules that hold where this installation is. */
struct outcome aid_rules_now(struct scene *scene, struct aid_rules *rules);
/* In the reader's language. */
struct str aid_in(const struct scene *scene, const struct aid_text *text);

#endif
