/* register_bureau_test.c -- see register_bureau_test.h. */
#include "bureau/register/register_bureau_test.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "bureau/directory/directory_acts.h"
#include "bureau/record/record_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/people_sql.h"
#include "platform/files.h"
#include "platform/folder_test.h"

struct bureau bureau;
static struct scene *scene;
static char folder[FOLDER_LEN];

static struct outcome add_staff(const char *login, const char *role, const char *scope,
                                id *person_id)
{
    TRY(identity_person_add(
        scene, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        person_id));
    return identity_role_add(scene, *person_id, str_of(role), str_of(scope));
}

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};
    struct store *store = scene->store;

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    TRY(people_first_field(scene,
                           (const struct str[7]){S("labour"), S("劳动"), S("Labour"), S(""), S(""),
                                                 S("lawyer"), S("")},
                           1));
    TRY(people_first_hours(scene, false));
    bureau.team_id = scene_new_id(scene), bureau.far_team_id = scene_new_id(scene),
    bureau.bar_id = scene_new_id(scene);
    TRY(people_add_team(store, bureau.team_id, S("t1"), S("一队"), S("One"), S("district"),
                        S("310101")));
    TRY(people_add_team(store, bureau.far_team_id, S("t2"), S("二队"), S("Two"), S("district"),
                        S("310104")));
    TRY(people_add_team(store, bureau.bar_id, S("bar"), S("律协"), S("Bar"), S("association"),
                        S("31")));
    TRY(identity_resident_of_phone(scene, S("13900000001"), &bureau.applicant_id));
    TRY(identity_resident_of_phone(scene, S("13900000002"), &bureau.other_id));
    TRY(add_staff("admin", "admin", "310101", &bureau.admin_id));
    TRY(add_staff("cityadmin", "admin", "31", &bureau.city_admin_id));
    return add_staff("faradmin", "admin", "310104", &bureau.far_admin_id);
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

void be_resident(id person_id, const char *phone)
{
    scene->actor = (struct actor){.is = WHO_RESIDENT | WHO_ANYONE,
                                  .person_id = person_id,
                                  .phone_index = identity_phone_index(scene->arena, str_of(phone))};
}
void be_applicant(void)
{
    be_resident(bureau.applicant_id, "13900000001");
}
void be_admin(id person_id, const char *scope)
{
    scene->actor = (struct actor){.is = WHO_ADMIN | WHO_ANYONE,
                                  .person_id = person_id,
                                  .scopes = scopes_of(str_of(scope)),
                                  .name = S("Admin")};
}

void bureau_open(void)
{
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &people_module,
                                                 &directory_module, &record_module,
                                                 &register_module, NULL});
    bureau.scene = scene;
    folder_make(folder);
    cr_assert(test_done(files_open(folder)));
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    be_applicant();
}
void bureau_close(void)
{
    files_close();
    folder_drop(folder);
    test_scene_close(&scene);
    bureau.scene = NULL;
}
