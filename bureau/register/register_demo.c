/* register_demo.c -- applications in each state for the demo city, and the check of evidence.
 *
 * Nobody real is meant: numbers of phones begin with 1990000, which nobody is given. */
#include "bureau/register/register_parts.h"
#include "desk/identity/identity_acts.h"
#include "platform/files.h"
#include "platform/secret.h"

/* A grey square: a picture that any program can show. */
static const char picture[] =
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55"
    "\0\0\0\nIDAT\x08\xd7\x63\x68\0\0\0\x82\0\x81\xdd\x43\x6a\xf4\0\0\0\0IEND\xae\x42\x60\x82";

static const struct demo {
    const char *name, *profession, *division, *licence;
    enum register_state state;
    int days_ago, due_in_days; /* 0: nothing is due */
    const char *words;
} demos[] = {
    {"沈秋月", "lawyer", "310104", "13101201910000001", REGISTER_SUBMITTED, 12, -1, ""},
    {"顾立群", "notary", "310101", "G3101201910000002", REGISTER_SUBMITTED, 5, 9, ""},
    {"唐晓梅", "mediator", "310115", "T3101201910000003", REGISTER_SUBMITTED, 1, 12, ""},
    {"方志远", "lawyer", "310106", "13101201910000004", REGISTER_MISSING, 8, 0,
     "执业证照片看不清年度考核页，请重新拍一张。"},
    {"袁海涛", "forensic", "310110", "J3101201910000005", REGISTER_REFUSED, 30, 0,
     "证书号与官方登记信息不一致，请向发证机关核实后再申请。"},
    {"宋佳", "lawyer", "310112", "13101201910000006", REGISTER_WITHDRAWN, 20, 0, ""},
    {"邹明", "legal_aid", "310113", "Y3101201910000007", REGISTER_DRAFT, 0, 0, ""},
};

static struct outcome add_evidence(struct scene *scene, id application_id)
{
    struct str bytes = {picture, sizeof picture - 1}, file, hash;

    TRY(files_put(scene->arena, bytes, &file, &hash));
    return register_add_file(scene->store, scene_new_id(scene), application_id, S("执业证.png"),
                             S("image/png"), (int64_t)bytes.len, file, hash, scene->now);
}

static struct outcome add_one(struct scene *scene, const struct demo *demo, int number)
{
    moment at = scene->now - demo->days_ago * (int64_t)SECONDS_PER_DAY;
    id person_id, application_id = scene_new_id(scene);
    bool is_over = !register_is_open(demo->state);

    TRY(identity_resident_of_phone(scene, arena_print(scene->arena, "1990000%04d", 1000 + number),
                                   &person_id));
    TRY(register_add_application(
        scene->store, &(struct register_add_application_values){
                          .application_id = application_id,
                          .reference = secret_reference(scene->arena),
                          .person_id = person_id,
                          .state = register_state_word(REGISTER_DRAFT),
                          .person_name = str_of(demo->name),
                          .profession = str_of(demo->profession),
                          .division = str_of(demo->division),
                          .licence = str_of(demo->licence),
                          .licence_until = scene->now + (400 + number) * (int64_t)SECONDS_PER_DAY,
                          .fields = S("labour family"),
                          .languages = S("zh"),
                          .associations = S(""),
                          .statement_sealed = secret_seal(scene->arena, REGISTER_USE_STATEMENT,
                                                          S("执业多年，周末可以参加值班。")),
                          .made_at = at}));
    if (demo->state == REGISTER_DRAFT) return DONE;
    TRY(add_evidence(scene, application_id));
    return register_set_application_state(
        scene->store, register_state_word(demo->state),
        secret_seal(scene->arena, REGISTER_USE_WORDS, str_of(demo->words)), at,
        demo->due_in_days ? calendar_day_begins(calendar_day_of(scene->now) + demo->due_in_days + 1)
                          : 0,
        is_over ? scene->now - SECONDS_PER_DAY : 0, 0, 0, application_id);
}

/* Whoever serves in the team of an association is its member; somebody was warned once. */
static struct outcome add_memberships(struct scene *scene)
{
    const struct people_list_some_consultants_row *people;
    const struct register_list_associations_row *teams;
    size_t people_count, teams_count;

    TRY(people_some_consultants(scene, &people, &people_count));
    TRY(register_list_associations(scene->arena, scene->store, &teams, &teams_count));
    for (size_t i = 0; i < people_count; i++) {
        for (size_t k = 0; k < teams_count; k++) {
            if (people[i].team_id == teams[k].team_id)
                TRY(register_add_membership(scene->store, people[i].person_id, teams[k].team_id));
        }
    }
    if (people_count == 0) return DONE;
    return register_publish(scene,
                            &(struct register_sanction){
                                .sanction_id = scene_new_id(scene),
                                .person_id = people[people_count - 1].person_id,
                                .measure = S("warning"),
                                .ground = S("书面咨询两次超过期限未答复。"),
                                .from_at = scene->now - 40 * (int64_t)SECONDS_PER_DAY,
                                .published_until = scene->now + 325 * (int64_t)SECONDS_PER_DAY});
}

struct outcome register_demo(struct scene *scene)
{
    for (size_t i = 0; i < COUNT(demos); i++) TRY(add_one(scene, &demos[i], (int)i));
    return add_memberships(scene);
}

/* Those behind `after`, as many as are read at a time. */
static struct outcome check_some(struct arena *arena, struct store *store, id *after, size_t *count,
                                 int64_t *files)
{
    const struct register_list_all_files_row *rows;

    TRY(register_list_all_files(arena, store, *after, &rows, count));
    for (size_t i = 0; i < *count; i++) {
        bool is_same;

        TRY(files_check(rows[i].file, rows[i].bytes_count, rows[i].hash, &is_same));
        if (!is_same)
            return FAULT("evidence of an application is not as it was when it was handed in");
        *after = rows[i].file_id;
        ++*files;
    }
    return DONE;
}

struct outcome register_check_files(struct scene *scene, int64_t *files)
{
    return files_check_rows(scene->store, check_some, files);
}
