/* mediation_acts.h -- what main introduces to the engine of cases. */
#ifndef MEDIATION_ACTS_H
#define MEDIATION_ACTS_H

#include "desk/cases/cases_acts.h"

/* What is due in all mediations, and what they are counted by. */
extern const struct cases_all mediation_all;

#endif
