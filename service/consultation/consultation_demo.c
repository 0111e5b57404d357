/* consultation_demo.c -- a month of history for the demo city, and the check of attached files. */
#include <dirent.h>

#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "platform/files.h"
#include "platform/secret.h"
#include "service/consultation/consultation_case.h"

enum { DEMO_DAYS = 30, DEMO_WRITTEN = 18, DEMO_OWNERS = 50, DEMO_MESSAGES_MAX = 2000 };

/* When people ask: more in the morning, fewer after work; a third of it on days off. */
static const int minutes[] = {490, 530, 545, 560, 572, 585, 600, 612, 625, 640,  660,  690,
                              780, 805, 830, 850, 870, 890, 915, 945, 980, 1030, 1110, 1200};

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

/* Ready answers for everybody: what is said many times a day. */
static const struct {
    const char *field, *title, *text;
} ready[] = {
    {"", "请稍等", "请您稍等几分钟，我看一下您写的内容。"},
    {"", "请补充材料", "请把合同、聊天记录或转账凭证拍成照片发给我，身份证号码可以先遮住。"},
    {"", "申请法律援助",
     "如果您经济困难，可以到区法律援助中心免费申请律师，带上身份证和收入证明就行。"},
    {"labour", "申请劳动仲裁",
     "您可以到单位所在地的区劳动仲裁院申请仲裁，不收费。一般要在一年内提出，请先保存好工资和考勤记"
     "录。"},
    {"family", "离婚财产", "婚后取得的财产一般由双方共有。请先列一张清单：房子、存款、车和欠款。"},
    {"housing", "押金不退", "请先找出租房合同和交押金的凭证，再请居委会调解；调解不成可以起诉。"},
};

struct history {
    id owners[DEMO_OWNERS];
    id seq; /* a message of history carries a number of its own from far below the journal's */
    int number;
    const struct people_list_some_consultants_row *by;
};

/* As of a moment of the past. */
static struct outcome save(struct scene *scene, struct consultation_case *c, const char *state,
                           moment at)
{
    moment now = scene->now;
    struct outcome outcome;

    scene->now = at;
    c->row.state = str_of(state);
    c->state = consultation_state_of(c->row.state);
    outcome = case_save(scene, c);
    scene->now = now;
    return outcome;
}

static struct outcome add_case(struct scene *scene, const struct history *history,
                               const char *state, moment asked_at, struct consultation_case *c)
{
    static const char *const channels[] = {"web", "web", "hotline", "miniprogram", "web", "window"};
    size_t number = (size_t)history->number;
    id case_id = scene_new_id(scene);

    TRY(consultation_add_case(
        scene->store, &(struct consultation_add_case_values){
                          .consultation_id = case_id,
                          .reference = secret_reference(scene->arena),
                          .state = str_of(state),
                          .owner_id = history->owners[number % DEMO_OWNERS],
                          .field = str_of(talks[number % COUNT(talks)].field),
                          .profession = S("lawyer"),
                          .division = history->by->division,
                          .language = S("zh"),
                          .channel = str_of(channels[number / COUNT(talks) % COUNT(channels)]),
                          .phone_sealed = S(""),
                          .phone_index = S(""),
                          .asked_at = asked_at,
                          .waiting_at = asked_at,
                          .rank_at = asked_at,
                      }));
    TRY(consultation_add_exchange(scene->store, case_id));
    TRY(case_of_id(scene, case_id, c));
    return save(scene, c, state, asked_at);
}

static struct outcome add_text(struct scene *scene, struct history *history, id case_id, moment at,
                               const char *text, bool is_answer)
{
    struct str side = is_answer ? S("consultant") : S("resident");

    ++history->seq;
    assert(history->seq < DEMO_MESSAGES_MAX);
    TRY(consultation_add_message(scene->store,
                                 &(struct consultation_add_message_values){
                                     .seq = history->seq,
                                     .consultation_id = case_id,
                                     .at = at,
                                     .side = side,
                                     .author_id = is_answer ? history->by->person_id : 0,
                                     .author_name = is_answer ? history->by->person_name : S(""),
                                     .text = str_of(text),
                                 }));
    return consultation_set_last_message(scene->store, history->seq, at, side, case_id);
}

static struct outcome add_stars(struct scene *scene, const struct history *history,
                                const struct consultation_case *c)
{
    struct record_rating given = {.case_id = c->row.consultation_id,
                                  .stars = history->number % 17 == 0 ? 2 : 4 + history->number % 2,
                                  .patience = 5,
                                  .courtesy = 5,
                                  .efficiency = 4,
                                  .correctness = 5,
                                  .at = c->row.closed_at + 60};

    TRY(record_rate(scene, &given));
    return consultation_add_rating(scene->store, &(struct consultation_add_rating_values){
                                                     .consultation_id = given.case_id,
                                                     .consultant_id = c->row.consultant_id,
                                                     .team_id = c->row.team_id,
                                                     .stars = given.stars,
                                                     .patience = given.patience,
                                                     .courtesy = given.courtesy,
                                                     .efficiency = given.efficiency,
                                                     .correctness = given.correctness,
                                                     .text = S(""),
                                                     .at = given.at,
                                                 });
}

/* What the case was served by, and how it ended. */
static struct outcome add_end(struct scene *scene, struct history *history,
                              struct consultation_case *c, moment from)
{
    moment answered_at = from + 60;

    c->row.closed_at = from + 240 + history->number * 37 % 900;
    c->row.outcome = S("advised");
    c->row.summary = S("示例记录");
    TRY(add_text(scene, history, c->row.consultation_id, answered_at,
                 talks[(size_t)history->number % COUNT(talks)].answer, true));
    if (c->state == CONSULTATION_MESSAGE) {
        c->row.answered_at = answered_at;
        TRY(save(scene, c, "answered", answered_at));
    }
    TRY(save(scene, c, "closed", c->row.closed_at));
    return history->number % 3 == 0 ? DONE : add_stars(scene, history, c);
}

/* One in 25 gives up, one in 12 leaves it in writing; the others talk. */
static struct outcome add_closed(struct scene *scene, struct history *history, moment asked_at)
{
    int number = history->number;
    int64_t waited = 3 + number * 7 % 40 + (number % 9 == 0 ? 45 : 0);
    size_t which = (size_t)number % COUNT(talks);
    struct consultation_case c;

    TRY(add_case(scene, history, "waiting", asked_at, &c));
    TRY(add_text(scene, history, c.row.consultation_id, asked_at, talks[which].question, false));
    if (number % 25 == 7) {
        c.row.closed_at = asked_at + 40 + number * 13 % 150;
        c.row.outcome = S("resident");
        return save(scene, &c, "closed", c.row.closed_at);
    }
    c.row.offers_count = number % 10 == 3 ? 2 : 1;
    c.row.consultant_id = history->by->person_id;
    c.row.team_id = history->by->team_id;
    if (number % 12 == 5 && asked_at < scene->now - 7 * SECONDS_PER_HOUR) {
        c.row.due_at = asked_at + 3 * (int64_t)SECONDS_PER_DAY;
        TRY(save(scene, &c, "message", asked_at + 30 + number % 60));
        return add_end(scene, history, &c, asked_at + (2 + number % 5) * SECONDS_PER_HOUR);
    }
    c.row.talk_at = asked_at + waited;
    TRY(save(scene, &c, "talking", c.row.talk_at));
    return add_end(scene, history, &c, c.row.talk_at);
}

static struct outcome add_written(struct scene *scene, struct history *history, int number)
{
    moment asked_at = scene->now - number * 4 * (int64_t)SECONDS_PER_HOUR - 600;
    struct consultation_case c;

    history->number = number;
    TRY(add_case(scene, history, "message", asked_at, &c));
    TRY(add_text(scene, history, c.row.consultation_id, asked_at,
                 talks[(size_t)number % COUNT(talks)].question, false));
    c.row.consultant_id = history->by->person_id;
    c.row.team_id = history->by->team_id;
    c.row.due_at = asked_at + 3 * (int64_t)SECONDS_PER_DAY;
    c.row.warned = number > 8 ? 1 : 0;
    if (number > 14)
        TRY(clock_set(scene, "consultation.warn_late", c.row.consultation_id, scene->now));
    TRY(clock_set(scene, "consultation.warn_over", c.row.consultation_id, c.row.due_at));
    return save(scene, &c, "message", asked_at);
}

/* Some are there much more than others: every third case goes to one of four, whose ratings are
 * then enough to say something of them. */
static size_t who_serves(size_t number, size_t count)
{
    size_t third = number / 3;

    return number % 3 == 1 ? (third + third / 4) % 4 * 3 % count : number * 7 % count;
}

static struct outcome add_day(struct scene *scene, struct history *history, calendar_day day,
                              const struct people_list_some_consultants_row *by, size_t count)
{
    size_t step = calendar_weekday_of(day) >= CALENDAR_SATURDAY ? 3 : 1;

    for (size_t i = 0; i < COUNT(minutes); i += step) {
        int number = ++history->number;
        moment asked_at =
            calendar_day_begins(day) + minutes[i] * (int64_t)SECONDS_PER_MINUTE + number * 41 % 600;

        if (asked_at > scene->now - SECONDS_PER_HOUR) return DONE;
        history->by = &by[who_serves((size_t)number, count)];
        TRY(add_closed(scene, history, asked_at));
    }
    return DONE;
}

static struct outcome add_ready(struct scene *scene)
{
    for (size_t i = 0; i < COUNT(ready); i++)
        TRY(consultation_add_canned(scene->store, scene_new_id(scene), 0, str_of(ready[i].field),
                                    S("zh"), str_of(ready[i].title), str_of(ready[i].text)));
    return DONE;
}

struct outcome consultation_demo(struct scene *scene)
{
    const struct people_list_some_consultants_row *by;
    calendar_day today = calendar_day_of(scene->now);
    struct history history = {0};
    size_t count;

    TRY(people_some_consultants(scene, &by, &count));
    if (count == 0) return DONE;
    for (size_t i = 0; i < DEMO_OWNERS; i++) history.owners[i] = scene_new_id(scene);
    /* History takes numbers below 2,000 of the messages; the journal goes on after them. */
    for (calendar_day day = today - DEMO_DAYS; day <= today; day++)
        TRY(add_day(scene, &history, day, by, count));
    for (int number = 1; number <= DEMO_WRITTEN; number++) {
        history.by = &by[(size_t)number * 11 % count];
        TRY(add_written(scene, &history, number));
    }
    TRY(add_ready(scene));
    scene->seq += DEMO_MESSAGES_MAX;
    return wait_measure(scene, S("lawyer"));
}

/* Those behind `after`, as many as are read at a time. */
static struct outcome check_some(struct arena *arena, struct store *store, id *after, size_t *count,
                                 int64_t *files)
{
    const struct consultation_list_attachments_row *rows;

    TRY(consultation_list_attachments(arena, store, *after, &rows, count));
    for (size_t i = 0; i < *count; i++) {
        bool is_same;

        TRY(files_check(rows[i].file, rows[i].bytes_count, rows[i].hash, &is_same));
        if (!is_same) return FAULT("an attached file is not as it was when it was sent");
        *after = rows[i].attachment_id;
        ++*files;
    }
    return DONE;
}

struct outcome consultation_check_files(struct scene *scene, const char *folder, int64_t *files,
                                        int64_t *orphans)
{
    struct dirent *entry;
    DIR *listing;

    *orphans = 0;
    TRY(files_check_rows(scene->store, check_some, files));
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
