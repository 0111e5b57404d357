/* hall_demo.c -- two halls of the demo city, with windows, lines and clerks. */
#include "bureau/hall/hall_acts.h"
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

static const struct {
    const char *zh, *en, *address_zh, *address_en, *phone, *division;
} halls[] = {
    {"黄浦区公共法律服务中心", "Huangpu Public Legal Service Centre", "示例路 100 号一楼",
     "100 Example Road, ground floor", "02112348", "310101"},
    {"徐汇区公共法律服务中心", "Xuhui Public Legal Service Centre", "示范大道 8 号二楼",
     "8 Model Avenue, first floor", "02112348", "310104"},
};

static const struct {
    const char *letter, *zh, *en, *profession;
} lines[] = {
    {"A", "法律咨询", "Legal advice", ""},
    {"B", "法律援助", "Legal aid", "legal_aid"},
    {"C", "公证", "Notary", "notary"},
    {"D", "人民调解", "Mediation", "mediator"},
};

/* Letters a window serves, window 1 first. */
static const char *const windows[] = {"A", "A B", "A B C D", "C D"};

static struct outcome add_clerk(struct scene *scene, struct str password_hash, int number,
                                const char *name, struct str division, id hall_id)
{
    id person_id;

    TRY(identity_person_add(
        scene,
        &(struct identity_new_person){.login = arena_print(scene->arena, "clerk%03d", number),
                                      .name = str_of(name),
                                      .password_hash = password_hash,
                                      .is_demo = true},
        &person_id));
    TRY(identity_role_add(scene, person_id, S("clerk"), division));
    return hall_add_staff(scene->store, person_id, hall_id);
}

static struct outcome add_windows(struct scene *scene, id hall_id)
{
    id line_ids[COUNT(lines)];

    for (size_t i = 0; i < COUNT(lines); i++) {
        line_ids[i] = scene_new_id(scene);
        TRY(hall_add_line(scene->store, line_ids[i], hall_id, str_of(lines[i].letter),
                          str_of(lines[i].zh), str_of(lines[i].en), str_of(lines[i].profession)));
    }
    for (size_t w = 0; w < COUNT(windows); w++) {
        id window_id = scene_new_id(scene);

        TRY(hall_add_window(scene->store, window_id, hall_id, (int64_t)w + 1));
        for (size_t i = 0; i < COUNT(lines); i++)
            if (people_has_word(str_of(windows[w]), str_of(lines[i].letter)))
                TRY(hall_add_window_line(scene->store, window_id, line_ids[i]));
    }
    return DONE;
}

/* Two of the city's consultants advise at each hall, so that a window has a lawyer too. */
static struct outcome add_lawyers(struct scene *scene, int first, id hall_id)
{
    for (int number = first; number < first + 2; number++) {
        id person_id;
        bool found;

        TRY(identity_person_of_login(scene, arena_print(scene->arena, "consultant%03d", number),
                                     &person_id, &found));
        if (found) TRY(hall_add_staff(scene->store, person_id, hall_id));
    }
    return DONE;
}

struct outcome hall_demo(struct scene *scene, bool round_the_clock)
{
    static const char *const names[] = {"何秀兰", "罗建平", "郑晓燕", "梁志明"};
    struct people_week week = {.round_the_clock = round_the_clock};
    struct str password_hash = secret_password_hash(scene->arena, S("demo-gongdao"));

    for (int day = CALENDAR_MONDAY; day <= CALENDAR_FRIDAY; day++)
        week.days[day] = S("09:00-11:30, 13:30-17:00");
    week.days[CALENDAR_SATURDAY] = S("09:00-11:30");
    for (size_t i = 0; i < COUNT(halls); i++) {
        struct str division = str_of(halls[i].division);
        id hall_id = scene_new_id(scene);

        TRY(hall_add_hall(scene->store, hall_id, str_of(halls[i].zh), str_of(halls[i].en),
                          str_of(halls[i].address_zh), str_of(halls[i].address_en),
                          str_of(halls[i].phone), division));
        TRY(people_keep_week(scene, hall_desk(scene->arena, hall_id), &week));
        TRY(add_windows(scene, hall_id));
        for (int k = 0; k < 2; k++)
            TRY(add_clerk(scene, password_hash, (int)i * 2 + k + 1, names[i * 2 + (size_t)k],
                          division, hall_id));
        TRY(add_lawyers(scene, 101 + (int)i * 2, hall_id));
    }
    return DONE;
}
