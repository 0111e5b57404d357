/* people_demo.c -- the demo city: sixteen districts, 21 teams, 400 consultants.
 *
 * Names are made of common syllables; nobody real is meant.  Every account has the password that
 * the public API document names, so `serve` refuses to leave the machine with them. */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

enum { DEMO_CONSULTANTS = 400, DEMO_ON_DUTY = 116, NINE = 9 * 60, SEVENTEEN = 17 * 60 };

struct outcome people_first_hours(struct scene *scene, bool round_the_clock)
{
    struct str desk = S("consultation");

    TRY(people_add_first_hours(scene->store, desk, round_the_clock, scene->now));
    for (int weekday = CALENDAR_MONDAY; weekday <= CALENDAR_FRIDAY; weekday++)
        TRY(people_add_first_opening(scene->store, desk, weekday, NINE, SEVENTEEN));
    return DONE;
}

struct outcome people_first_field(struct scene *scene, const struct str c[7], int64_t position)
{
    return people_add_first_field(scene->store, c[0], c[1], c[2], c[3], c[4], c[5], c[6], position);
}

struct outcome people_some_consultants(struct scene *scene,
                                       const struct people_list_some_consultants_row **rows,
                                       size_t *count)
{
    return people_list_some_consultants(scene->arena, scene->store, rows, count);
}

static struct str name_of(struct arena *arena, int number)
{
    static const char *const families[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄",
                                           "周", "吴", "徐", "孙", "胡", "朱", "高", "林"};
    static const char *const first[] = {"建", "秀", "志", "海", "文", "丽", "国", "晓", "明", "静"};
    static const char *const second[] = {"华", "英", "强", "敏", "军", "芳", "平",
                                         "燕", "杰", "兰", "勇", "洁", "涛"};

    return arena_print(arena, "%s%s%s", families[number % (int)COUNT(families)],
                       first[number / 3 % (int)COUNT(first)], second[number % (int)COUNT(second)]);
}

struct city {
    struct str password_hash;
    id teams[32];
    struct str divisions[32];
    size_t teams_count, districts_count;
};

static struct outcome add_person(struct scene *scene, const struct city *city, struct str login,
                                 struct str name, const char *role, struct str scope, id *person_id)
{
    TRY(identity_person_add(
        scene,
        &(struct identity_new_person){
            .login = login, .name = name, .password_hash = city->password_hash, .is_demo = true},
        person_id));
    return identity_role_add(scene, *person_id, str_of(role), scope);
}

static struct outcome add_team(struct scene *scene, struct city *city, struct str code,
                               struct str zh, struct str en, const char *kind, struct str division)
{
    id leader_id, team_id = scene_new_id(scene);
    int number = (int)city->teams_count + 1;

    TRY(add_person(scene, city, arena_print(scene->arena, "leader%02d", number),
                   name_of(scene->arena, 700 + number), "leader", division, &leader_id));
    TRY(people_add_demo_team(scene->store, team_id, code, zh, en, str_of(kind), division,
                             leader_id));
    city->divisions[city->teams_count] = division;
    city->teams[city->teams_count++] = team_id;
    return DONE;
}

static struct outcome add_teams(struct scene *scene, struct city *city)
{
    static const struct {
        const char *code, *zh, *en, *kind;
    } others[] = {
        {"bar", "市律师协会志愿团队", "Bar Association volunteers", "association"},
        {"notaries", "市公证协会志愿团队", "Notaries' Association volunteers", "association"},
        {"mediators", "市人民调解协会志愿团队", "Mediators' Association volunteers", "association"},
        {"forensic", "市司法鉴定协会志愿团队", "Forensic Association volunteers", "association"},
        {"portal", "全国平台值班团队", "National portal duty team", "channel"},
    };
    const struct people_list_districts_row *rows;
    size_t count;

    TRY(people_list_districts(scene->arena, scene->store, &rows, &count));
    if (count > 16) count = 16; /* teams[] has room; the demo city has sixteen */
    for (size_t i = 0; i < count; i++)
        TRY(add_team(scene, city, rows[i].division,
                     arena_print(scene->arena, "%.*s志愿团队", STR_ARGS(rows[i].division_zh)),
                     arena_print(scene->arena, "%.*s volunteers", STR_ARGS(rows[i].division_en)),
                     "district", rows[i].division));
    city->districts_count = count;
    for (size_t i = 0; i < COUNT(others); i++)
        TRY(add_team(scene, city, str_of(others[i].code), str_of(others[i].zh),
                     str_of(others[i].en), others[i].kind, S("31")));
    /* The first association of the city, the Bar's, is the layer above the districts'. */
    for (size_t i = 0; i < count; i++)
        TRY(people_set_layer(scene, city->teams[i], city->teams[count]));
    return DONE;
}

/* One in two is a lawyer; the other professions share the rest. */
static const char *profession_of(int number)
{
    static const char *const others[] = {"notary", "mediator", "legal_aid", "forensic",
                                         "correction"};

    /* The first sixty are lawyers, so that any of the well-known accounts can answer. */
    return number <= 60 || number % 2 ? "lawyer" : others[number / 2 % (int)COUNT(others)];
}

static struct outcome add_fields(struct scene *scene, id person_id, int number)
{
    const struct people_list_fields_row *fields;
    size_t count;

    TRY(people_fields(scene, &fields, &count));
    for (size_t i = 0; i < count; i++) {
        bool is_own = str_same(fields[i].profession, str_of(profession_of(number)));
        /* Everybody knows a third of their profession's fields, the first sixty all. */
        if (is_own && (number <= 60 || (i + (size_t)number) % 3 == 0))
            TRY(people_add_demo_field(scene->store, person_id, fields[i].field));
    }
    return people_add_demo_field(scene->store, person_id, S("other"));
}

static struct outcome add_consultant(struct scene *scene, const struct city *city, int number)
{
    size_t team = (size_t)number % city->teams_count;
    struct str division = team < city->districts_count
                              ? city->divisions[team]
                              : city->divisions[(size_t)number % city->districts_count];
    /* The last three ran out a while ago, a few before them end this week. */
    int64_t days = number > 397 ? -number % 7 - 1 : number > 390 ? 400 - number : 20 + number;
    moment licence_until = scene->now + days * (int64_t)SECONDS_PER_DAY;
    id person_id;

    TRY(add_person(scene, city, arena_print(scene->arena, "consultant%03d", number),
                   name_of(scene->arena, number), "consultant", division, &person_id));
    TRY(people_add_demo_consultant(scene->store, person_id, str_of(profession_of(number)),
                                   city->teams[team], division,
                                   arena_print(scene->arena, "1310120%010d", number * 7919),
                                   scene->now - 400 * (int64_t)SECONDS_PER_DAY, licence_until));
    TRY(add_fields(scene, person_id, number));
    TRY(people_add_demo_language(scene->store, person_id, S("zh")));
    if (number % 3 == 1) TRY(people_add_demo_language(scene->store, person_id, S("en")));
    if (number % 4 == 1) TRY(people_add_demo_language(scene->store, person_id, S("wuu")));
    /* On today's roster and not at the screen yet: nobody is offered work before they say so. */
    if (number > DEMO_ON_DUTY) return DONE;
    return people_set_presence_row(scene->store, person_id, S("away"), 3,
                                   scene->now - SECONDS_PER_HOUR, scene->now - SECONDS_PER_HOUR);
}

struct outcome people_demo_answerer(struct scene *scene, struct str profession, struct str field,
                                    struct str *login)
{
    struct people_find_demo_answerer_row row;
    bool found;

    TRY(people_find_demo_answerer(scene->arena, scene->store, profession, field, scene->now, &row,
                                  &found));
    *login = found ? row.login : S("");
    return DONE;
}

struct outcome people_demo(struct scene *scene)
{
    struct city city = {.password_hash = secret_password_hash(scene->arena, S("demo-gongdao"))};
    id person_id;

    TRY(add_teams(scene, &city));
    for (int number = 1; number <= DEMO_CONSULTANTS; number++)
        TRY(add_consultant(scene, &city, number));
    TRY(add_person(scene, &city, S("supervisor"), S("市局指挥中心"), "supervisor", S("31"),
                   &person_id));
    return add_person(scene, &city, S("admin"), S("系统管理员"), "admin", S("31"), &person_id);
}
