/* referral_acts.h -- what others are told of referrals. */
#ifndef REFERRAL_ACTS_H
#define REFERRAL_ACTS_H

#include "desk/cases/cases_acts.h"
#include "service/consultation/consultation_acts.h"
#include "service/referral/referral.h"

/* For main: the address of the site, for papers; what stands beside a talk; what is known already
 * of whoever applies, and that it was applied for. */
void referral_use_site(struct str public_url);
struct outcome referral_beside(struct scene *scene, id case_id, struct str reference,
                               bool is_consultant, struct consultation_beside *lines,
                               size_t *count);
struct outcome referral_known(struct scene *scene, struct str item, struct cases_known *known,
                              bool *found);
struct outcome referral_applied(struct scene *scene, struct str item, struct str reference);
struct outcome referral_went_on(struct scene *scene, id case_id, struct str reference,
                                enum cases_went went);

struct module;
extern const struct module referral_module;

#endif
