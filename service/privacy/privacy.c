/* privacy.c -- see privacy.h. */
#include "service/privacy/privacy.h"

const struct reason privacy_paper_missing = {
    "privacy.paper-missing", T("Please choose what the person showed you to prove who they are."),
    .field = "paper"};
const struct reason privacy_no_right = {
    "privacy.no-right",
    T("An administrator of the city must first allow you to make copies for people. Until then, "
      "please send the person to whoever may."),
    403};
const struct reason privacy_no_clerk = {
    "privacy.no-clerk",
    T("There is no clerk with the sign-in name %1. Please look it up under People."),
    .field = "login"};
const struct reason privacy_is_clerk = {"privacy.is-clerk",
                                        T("This clerk may make copies already."), 409};
const struct reason privacy_copy_too_long = {
    "privacy.copy-too-long",
    T("More is held than fits into one copy. Please call 12348 or ask at a window: the bureau then "
      "hands it over in another way."),
    0};

const struct privacy_paper privacy_papers[PRIVACY_PAPERS] = {
    {"identity_card", T("Identity card")},
    {"passport", T("Passport or travel permit")},
    {"mandate", T("A signed mandate, with the identity cards of both")},
    {"kin", T("Proof of being next of kin of somebody who died")}};

const char *privacy_paper_name(struct str paper)
{
    for (size_t i = 0; i < PRIVACY_PAPERS; i++)
        if (str_same(str_of(privacy_papers[i].paper), paper)) return privacy_papers[i].name;
    return NULL;
}
