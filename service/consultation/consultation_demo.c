/* consultation_demo.c -- a month of history for the demo city, and the check of attached files. */
#include <dirent.h>

#include "bureau/people/people_acts.h"
#include "platform/files.h"
#include "platform/secret.h"
#include "service/consultation/consultation_case.h"

enum { DEMO_CLOSED = 360, DEMO_WRITTEN = 18, DEMO_DAYS = 30 };

static const struct {
    const char *field, *question, *answer;
} talks[] = {
    {"labour", "公司拖欠我两个月工资，一直说下个月发，我该怎么办？",
     "您可以先向劳动监察大队投诉，也可以直接申请劳动仲裁。请保存好劳动合同、考勤和工资流水。"},
    {"housing", "房东不退押金，说墙面有磨损，这样合理吗？",
     "正常使用造成的磨损不应扣押金。可以先请居委会调解，调解不成再到法院起诉。"},
    {"family", "父亲去世后，继母要把房子卖掉，我们子女有份吗？",
     "要看房产登记和购买时间。属于父亲的份额由配偶、子女、父母共同继承，未经同意不能单方出售。"},
    {"debt", "朋友借了我五万元，只有微信聊天记录，能起诉吗？",
     "可以。聊天记录和转账凭证都是证据，请保留原始手机，不要删除聊天。"},
    {"consumer", "在健身房办的卡，现在关门了，钱能要回来吗？",
     "可以要求退还未消费的金额，先向市场监管部门投诉，人数多可以一起起诉。"},
    {"injury", "骑电动车被汽车撞了，对方只愿意赔医药费。",
     "除医药费外，还可以要求误工费、护理费、交通费；构成伤残的还有伤残赔偿金。"},
};

static struct outcome add_case(struct scene *scene, int number, const char *state, moment asked_at,
                               const struct people_list_some_consultants_row *by, id *case_id,
                               struct str *reference)
{
    size_t which = (size_t)number % COUNT(talks);

    *case_id = scene_new_id(scene);
    *reference = secret_reference(scene->arena);
    return consultation_add_case(scene->store, &(struct consultation_add_case_values){
                                                   .consultation_id = *case_id,
                                                   .reference = *reference,
                                                   .state = str_of(state),
                                                   .owner_id = scene_new_id(scene),
                                                   .field = str_of(talks[which].field),
                                                   .profession = S("lawyer"),
                                                   .division = by->division,
                                                   .language = S("zh"),
                                                   .channel = S("web"),
                                                   .phone_sealed = S(""),
                                                   .phone_index = S(""),
                                                   .asked_at = asked_at,
                                                   .waiting_at = asked_at,
                                                   .rank_at = asked_at,
                                               });
}

/* A message of history carries a number of its own from far below the journal's. */
static struct outcome add_text(struct scene *scene, id case_id, id *seq, moment at,
                               const char *side, id author_id, struct str name, const char *text)
{
    ++*seq;
    TRY(consultation_add_message(scene->store, &(struct consultation_add_message_values){
                                                   .seq = *seq,
                                                   .consultation_id = case_id,
                                                   .at = at,
                                                   .side = str_of(side),
                                                   .author_id = author_id,
                                                   .author_name = name,
                                                   .text = str_of(text),
                                               }));
    return consultation_set_last_message(scene->store, *seq, at, str_of(side), case_id);
}

static struct outcome add_closed(struct scene *scene, int number, id *seq,
                                 const struct people_list_some_consultants_row *by)
{
    int64_t span = DEMO_DAYS * (int64_t)SECONDS_PER_DAY;
    moment asked_at = scene->now - SECONDS_PER_HOUR - span * number / DEMO_CLOSED;
    moment talk_at = asked_at + 5 + number * 7 % 50, closed_at = talk_at + 240 + number * 37 % 900;
    size_t which = (size_t)number % COUNT(talks);
    struct consultation_case c;
    struct str reference;
    id case_id;

    TRY(add_case(scene, number, "closed", asked_at, by, &case_id, &reference));
    TRY(add_text(scene, case_id, seq, asked_at, "resident", 0, S(""), talks[which].question));
    TRY(add_text(scene, case_id, seq, talk_at + 60, "consultant", by->person_id, by->person_name,
                 talks[which].answer));
    TRY(case_of_id(scene, case_id, &c));
    c.row.consultant_id = by->person_id;
    c.row.team_id = by->team_id;
    c.row.talk_at = talk_at;
    c.row.closed_at = closed_at;
    c.row.outcome = S("advised");
    c.row.summary = S("示例记录");
    TRY(case_save(scene, &c));
    if (number % 3 == 0) return DONE;
    return consultation_add_rating(scene->store, &(struct consultation_add_rating_values){
                                                     .consultation_id = case_id,
                                                     .consultant_id = by->person_id,
                                                     .team_id = by->team_id,
                                                     .stars = number % 17 == 0 ? 2 : 4 + number % 2,
                                                     .patience = 5,
                                                     .courtesy = 5,
                                                     .efficiency = 4,
                                                     .correctness = 5,
                                                     .text = S(""),
                                                     .at = closed_at + 60,
                                                 });
}

static struct outcome add_written(struct scene *scene, int number, id *seq,
                                  const struct people_list_some_consultants_row *by)
{
    moment asked_at = scene->now - number * 4 * (int64_t)SECONDS_PER_HOUR - 600;
    size_t which = (size_t)number % COUNT(talks);
    struct consultation_case c;
    struct str reference;
    id case_id;

    TRY(add_case(scene, number, "message", asked_at, by, &case_id, &reference));
    TRY(add_text(scene, case_id, seq, asked_at, "resident", 0, S(""), talks[which].question));
    TRY(case_of_id(scene, case_id, &c));
    c.row.consultant_id = by->person_id;
    c.row.team_id = by->team_id;
    c.row.due_at = asked_at + 3 * (int64_t)SECONDS_PER_DAY;
    c.row.warned = number > 14 ? 2 : number > 8 ? 1 : 0;
    TRY(clock_set(scene, "consultation.warn_over", case_id, c.row.due_at));
    return case_save(scene, &c);
}

struct outcome consultation_demo(struct scene *scene)
{
    const struct people_list_some_consultants_row *by;
    size_t count;
    id seq = 0;

    TRY(people_some_consultants(scene, &by, &count));
    if (count == 0) return DONE;
    /* History takes numbers 1 to 2,000 of the messages; the journal goes on after them. */
    for (int number = 0; number < DEMO_CLOSED; number++)
        TRY(add_closed(scene, number, &seq, &by[(size_t)number * 7 % count]));
    for (int number = 1; number <= DEMO_WRITTEN; number++)
        TRY(add_written(scene, number, &seq, &by[(size_t)number * 11 % count]));
    scene->seq += 2000;
    return wait_measure(scene, S("lawyer"));
}

struct outcome consultation_check_files(struct scene *scene, const char *folder, int64_t *files,
                                        int64_t *orphans)
{
    const struct consultation_list_attachments_row *rows;
    struct dirent *entry;
    DIR *listing;
    size_t count;
    id after = 0;

    *files = *orphans = 0;
    do {
        TRY(consultation_list_attachments(scene->arena, scene->store, after, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            struct str bytes;

            TRY(files_get(scene->arena, rows[i].file, rows[i].bytes_count, &bytes));
            if (!str_same(files_hash(scene->arena, bytes), rows[i].hash))
                return FAULT("an attached file is not as it was when it was sent");
            after = rows[i].attachment_id;
            ++*files;
        }
    } while (count);
    listing = opendir(folder);
    while (listing && (entry = readdir(listing))) {
        struct consultation_find_file_row row;
        bool found;

        if (entry->d_name[0] == '.') continue;
        TRY(consultation_find_file(scene->store, str_of(entry->d_name), &row, &found));
        *orphans += !found;
    }
    if (listing) closedir(listing);
    return DONE;
}
