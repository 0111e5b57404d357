/* repository_mask.c -- see repository_mask.h. */
#include <string.h>

#include "service/repository/repository_mask.h"

#include "platform/out.h"
#include "service/repository/repository_number.h"

enum { HAN_BYTES = 3, STREET_POINTS_MAX = 8, FIRM_POINTS_MAX = 12 };

/* A rule says how much it takes from `at` on; 0: nothing.  `begin`: and how much before it. */
static struct str rest_of(const struct repository_look *look)
{
    return (struct str){look->text.at + look->at, look->text.len - look->at};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* One character of 一 to 龥. */
static bool is_han(struct str text)
{
    const unsigned char *at = (const unsigned char *)text.at;

    return text.len >= HAN_BYTES && at[0] >= 0xe4 && at[0] <= 0xe9 && (at[1] & 0xc0) == 0x80 &&
           (at[2] & 0xc0) == 0x80;
}

/* ---- plates, mail, handles ---- */

static struct str from(struct str text, size_t at)
{
    return (struct str){text.at + at, text.len - at};
}

/* A letter of a plate, ASCII or full width: how many bytes. */
static size_t plate_letter(struct str text)
{
    const unsigned char *at = (const unsigned char *)text.at;

    if (text.len && is_letter(text.at[0])) return 1;
    if (text.len < 3 || at[0] != 0xef) return 0;
    return (at[1] == 0xbc && at[2] >= 0xa1 && at[2] <= 0xba) ||
                   (at[1] == 0xbd && at[2] >= 0x81 && at[2] <= 0x9a)
               ? 3
               : 0;
}

static size_t take_plate(const struct repository_look *look)
{
    static const char *const places[] = {"京", "津", "沪", "渝", "冀", "豫", "云", "辽",
                                         "黑", "湘", "皖", "鲁", "新", "苏", "浙", "赣",
                                         "鄂", "桂", "甘", "晋", "蒙", "陕", "吉", "闽",
                                         "贵", "粤", "青", "藏", "川", "宁", "琼"};
    static const char *const marks[] = {"·", "•", "・", "．", ".", "-", "－", " ", "　"};
    static const char *const last[] = {"警", "学", "挂", "港", "澳", "领", "试", "超"};
    struct str text = rest_of(look);
    size_t at = repository_begins_with(text, places, COUNT(places)), count = 0, digits = 0, took;
    char value;

    if (!at) return 0;
    at += repository_begins_with(from(text, at), marks, COUNT(marks));
    if (!(took = plate_letter(from(text, at)))) return 0;
    at += took;
    at += repository_begins_with(from(text, at), marks, COUNT(marks));
    while (count < 6) {
        bool is_figure = (took = repository_digit(from(text, at), &value)) > 0;

        if (!is_figure && !(took = plate_letter(from(text, at)))) break;
        at += took, count++, digits += is_figure;
    }
    if (count == 4 && digits >= 2 &&
        (took = repository_begins_with(from(text, at), last, COUNT(last))))
        return at + took;
    return count >= 5 && digits >= 2 ? at : 0;
}

static bool is_of_mail(char c)
{
    return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

static size_t take_mail(const struct repository_look *look)
{
    static const char *const ats[] = {"@", "＠"};
    struct str text = rest_of(look);
    size_t at = 0, host, took;

    if (look->at > look->done && is_of_mail(look->text.at[look->at - 1])) return 0;
    while (at < text.len && is_of_mail(text.at[at])) at++;
    if (!at || !(took = repository_begins_with(from(text, at), ats, COUNT(ats)))) return 0;
    for (host = at += took; at < text.len && is_of_mail(text.at[at]);) at++;
    return at > host ? at : 0;
}

/* 微信号 abc_123, QQ：12345678 */
static size_t take_handle(const struct repository_look *look)
{
    static const char *const words[] = {"微信号", "微信", "QQ号", "QQ",     "qq",
                                        "账号",   "帐号", "卡号", "护照号", "护照"};
    static const char *const between[] = {"号码", "：", ":", "是", "为", " "};
    struct str text = rest_of(look);
    struct str before = {look->text.at, look->at};
    size_t at = 0, count = 0, len;
    char value;

    for (int parts = 0; !repository_ends_with(before, words, COUNT(words)); parts++) {
        len = repository_ends_with(before, between, COUNT(between));
        if (!len || parts == 3) return 0;
        before.len -= len;
    }
    for (; at < text.len; at += len, count++)
        if (!(len = is_of_mail(text.at[at]) ? 1 : repository_digit(from(text, at), &value))) break;
    return count >= 5 ? at : 0;
}

/* ---- names ---- */

static const char *const surnames[] = {
    "欧阳", "司马", "诸葛", "上官", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "王", "李",
    "张",   "刘",   "陈",   "杨",   "黄",   "赵",   "吴",   "周",   "徐",   "孙",   "马", "朱",
    "胡",   "郭",   "何",   "林",   "高",   "罗",   "郑",   "梁",   "谢",   "宋",   "唐", "许",
    "韩",   "邓",   "冯",   "曹",   "彭",   "曾",   "肖",   "萧",   "田",   "董",   "袁", "潘",
    "蒋",   "蔡",   "余",   "杜",   "叶",   "程",   "魏",   "苏",   "吕",   "丁",   "任", "卢",
    "姚",   "沈",   "钟",   "姜",   "崔",   "谭",   "陆",   "范",   "汪",   "廖",   "石", "金",
    "韦",   "贾",   "夏",   "付",   "傅",   "方",   "邹",   "熊",   "白",   "孟",   "秦", "邱",
    "侯",   "江",   "尹",   "薛",   "闫",   "阎",   "段",   "雷",   "龙",   "黎",   "史", "陶",
    "贺",   "毛",   "郝",   "顾",   "龚",   "邵",   "万",   "覃",   "武",   "钱",   "戴", "严",
    "莫",   "孔",   "向",   "常",   "汤",   "康",   "易",   "乔",   "赖",   "殷",   "施", "庄",
    "章",   "鲁",   "倪",   "庞",   "邢",   "俞",   "翟",   "蓝",   "聂",   "齐",   "葛", "柴",
    "伍",   "骆",   "关",   "焦",   "柳",   "欧",   "祝",   "纪",   "尚",   "毕",   "耿", "芦",
    "左",   "季",   "管",   "符",   "辛",   "苗",   "詹",   "曲",   "梅",   "童",   "盛", "霍",
    "甘",   "卞",   "虞"};

/* What is said before a name; a name of two or three characters follows. */
static const char *const leads[] = {
    "我叫",       "名叫",     "叫做",   "姓名是", "姓名：", "姓名:",  "姓名",     "名字叫",
    "名字是",     "本人是",   "被告人", "被告",   "原告",   "申请人", "被申请人", "第三人",
    "法定代表人", "法人代表", "负责人", "借款人", "担保人", "出借人", "联系人",   "收款人",
    "户主",       "丈夫",     "老公",   "妻子",   "老婆",   "前夫",   "前妻",     "儿子",
    "女儿",       "父亲",     "母亲",   "房东",   "房客",   "中介",   "老板",     "经理",
    "同事",       "朋友",     "邻居",   "对方叫", "司机",   "包工头", "我是",     "叫",
    "房东：",     "老板："};

/* What is said behind one. */
static const char *const titles[] = {"先生", "女士", "小姐", "老师", "律师", "经理", "老板",
                                     "师傅", "医生", "阿姨", "主任", "法官", "警官", "总监"};

/* Words that begin like a name behind such a lead. */
static const char *const no_names[] = {
    "高中", "高利", "高考",   "白血", "夏天", "方面", "方法", "马上", "任何", "向我",
    "向法", "向公", "向他",   "万元", "常常", "常年", "关于", "余款", "金额", "白天",
    "黄金", "石头", "江苏",   "江西", "龙华", "严重", "经常", "钱款", "钱不", "钱都",
    "付款", "付了", "付清",   "管理", "管不", "温和", "康复", "易货", "季度", "章程",
    "何时", "何人", "何种",   "许多", "和",   "齐全", "童年", "施工", "史上", "任职",
    "任意", "周一", "周二",   "周三", "周四", "周五", "周六", "周日", "周末", "周年",
    "方便", "严格", "向法院", "曾经", "曾在", "曾向", "曾多", "钱",   "石油", "武汉",
    "苏州", "常州", "贺卡",   "左右", "关系", "关门", "毕业", "盛大", "向"};

static size_t han_run(struct str text, size_t points_max)
{
    size_t at = 0;

    while (points_max-- && is_han(from(text, at))) at += HAN_BYTES;
    return at;
}

static bool is_between_names(struct str text)
{
    static const char *const ends[] = {
        "，", "。", "、", "；", "：", "（", "）", "的", "是", "在", "和", "与", "说", "把",
        "将", "因", "于", "有", "欠", "借", "向", "没", "不", "已", "为", "给", "跟", "也",
        "就", "都", "要", "从", "被", "对", "今", "住", "身", "电", "名", "签", "某", "！",
        "？", "“",  "”",  "同", "打", "拒", "现", "去", "来", "到", "未", "拖"};

    return !text.len || !is_han(text) || repository_begins_with(text, ends, COUNT(ends)) > 0;
}

/* How long the name is that begins here: a surname and one or two characters, up to a word that
 * ends it. */
static size_t name_at(struct str text)
{
    size_t surname = repository_begins_with(text, surnames, COUNT(surnames)), given;

    if (!surname || repository_begins_with(text, no_names, COUNT(no_names))) return 0;
    given = han_run(from(text, surname), 2);
    if (!given || str_begins(from(text, surname), S("某"))) return 0;
    if (is_between_names(from(text, surname))) return 0;
    for (size_t len = HAN_BYTES; len < given; len += HAN_BYTES)
        if (is_between_names(from(text, surname + len))) return surname + len;
    return surname + given;
}

static size_t take_name(const struct repository_look *look)
{
    struct str text = rest_of(look), before = {look->text.at, look->at};
    size_t surname, given;

    if (repository_ends_with(before, leads, COUNT(leads))) {
        size_t len = name_at(text);

        if (len) return len;
    }
    surname = repository_begins_with(text, surnames, COUNT(surnames));
    if (!surname) return 0;
    for (given = 0; given <= 2 * HAN_BYTES; given += HAN_BYTES) {
        if (repository_begins_with(from(text, surname + given), titles, COUNT(titles)))
            return repository_begins_with(text, no_names, COUNT(no_names)) ? 0 : surname + given;
        if (!is_han(from(text, surname + given)) || is_between_names(from(text, surname + given)))
            return 0;
    }
    return 0;
}

/* Mr Smith, Ms. Li Hua, my name is John Smith */
static size_t take_english_name(const struct repository_look *look)
{
    static const char *const words[] = {"Mr ",  "Mr. ",  "Mrs ",     "Mrs. ",  "Ms ",
                                        "Ms. ", "Miss ", "name is ", "named ", "called "};
    struct str text = rest_of(look), before = {look->text.at, look->at};
    size_t at = 0, end = 0;

    if (!repository_ends_with(before, words, COUNT(words))) return 0;
    for (int parts = 0; parts < 3 && at < text.len; parts++) {
        if (text.at[at] < 'A' || text.at[at] > 'Z') break;
        while (at < text.len && (is_letter(text.at[at]) || text.at[at] == '-')) at++;
        end = at;
        if (at < text.len && text.at[at] == ' ')
            at++;
        else
            break;
    }
    return end;
}

static size_t take_known(const struct repository_look *look, const struct str *names, size_t count)
{
    struct str text = rest_of(look);

    for (size_t i = 0; i < count; i++)
        if (str_points(names[i]) >= 2 && str_begins(text, names[i])) return names[i].len;
    return 0;
}

/* ---- streets and firms: known by their end, so looked for backwards ---- */

static const char *const stops[] = {
    "在", "住", "于", "是", "到", "的", "了", "和", "与", "我", "给", "把", "向", "从",
    "叫", "为", "区", "市", "省", "县", "，", "。", "、", "：", "；", "将", "对", "去",
    "被", "由", "跟", "某", "因", "该", "这", "家", "每", "同", "让", "找", "告", "个"};

/* How far back a name of so many characters at most begins before `at`. */
static size_t begins_before(struct str text, size_t at, size_t points_max)
{
    size_t begin = at;

    while (points_max-- && begin >= HAN_BYTES &&
           is_han((struct str){text.at + begin - HAN_BYTES, HAN_BYTES}) &&
           !repository_ends_with((struct str){text.at, begin}, stops, COUNT(stops)))
        begin -= HAN_BYTES;
    return begin;
}

/* 12弄3号601室, and not a phone number behind it. */
static size_t house_number(struct str text)
{
    static const char *const units[] = {"支弄", "弄",   "号楼", "号", "室", "栋",
                                        "幢",   "单元", "楼",   "层", "座", "组"};
    size_t at = 0, end = 0;

    for (int parts = 0; parts < 6; parts++) {
        size_t digits = 0, unit;
        enum repository_kind kind;
        char value;

        if (repository_take_number(&(struct repository_look){text, at, 0}, &kind)) break;
        while (digits < 15 && repository_digit(from(text, at + digits), &value))
            digits += repository_digit(from(text, at + digits), &value);
        if (!digits) break;
        unit = repository_begins_with(from(text, at + digits), units, COUNT(units));
        if (!unit) {
            if (parts) end = at + digits; /* …号601 */
            break;
        }
        at += digits + unit;
        end = at;
    }
    return end;
}

static size_t take_street(const struct repository_look *look, size_t *begin)
{
    static const char *const kinds[] = {"路",   "街", "大道", "巷", "村", "小区", "花园", "公寓",
                                        "新村", "苑", "道",   "里", "城", "广场", "大厦"};
    struct str text = rest_of(look);
    size_t kind = repository_begins_with(text, kinds, COUNT(kinds)), number;

    if (!kind) return 0;
    number = house_number(from(text, kind));
    if (!number) return 0;
    *begin = begins_before(look->text, look->at, STREET_POINTS_MAX);
    return kind + number;
}

static size_t take_firm(const struct repository_look *look, size_t *begin)
{
    static const char *const kinds[] = {"有限责任公司", "股份有限公司", "有限公司",
                                        "律师事务所",   "集团公司",     "分公司"};
    size_t kind = repository_begins_with(rest_of(look), kinds, COUNT(kinds));

    if (!kind) return 0;
    *begin = begins_before(look->text, look->at, FIRM_POINTS_MAX);
    return *begin < look->at ? kind : 0;
}

/* ---- all of it ---- */

static size_t take_certain(const struct repository_look *look, enum repository_kind *kind)
{
    size_t took;

    if ((took = take_mail(look))) return *kind = REPOSITORY_MAIL, took;
    if ((took = repository_take_number(look, kind))) return took;
    if ((took = take_handle(look))) return *kind = REPOSITORY_ACCOUNT, took;
    if ((took = take_plate(look))) return *kind = REPOSITORY_PLATE, took;
    return 0;
}

static size_t take(const struct repository_look *look, const struct str *names, size_t names_count,
                   size_t *begin, enum repository_kind *kind)
{
    size_t took;

    *begin = look->at;
    if ((took = take_certain(look, kind))) return took;
    if ((took = take_known(look, names, names_count))) return *kind = REPOSITORY_NAME, took;
    if ((took = take_street(look, begin))) return *kind = REPOSITORY_STREET, took;
    if ((took = take_firm(look, begin))) return *kind = REPOSITORY_FIRM, took;
    if ((took = take_name(look))) return *kind = REPOSITORY_NAME, took;
    if ((took = take_english_name(look))) return *kind = REPOSITORY_NAME, took;
    return 0;
}

static size_t next_point(struct str text, size_t at)
{
    at++;
    while (at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80) at++;
    return at;
}

/* However long the text is, and whatever a guess would have taken with it. */
bool repository_find_certain(struct str text, struct repository_place *place)
{
    for (size_t at = 0; at < text.len; at = next_point(text, at)) {
        enum repository_kind kind;
        size_t took = take_certain(&(struct repository_look){text, at, 0}, &kind);

        if (!took) continue;
        *place = (struct repository_place){at, at + took, kind};
        return true;
    }
    return false;
}

static size_t find_by(struct str text, const struct str *names, size_t names_count,
                      struct repository_place *places, size_t max)
{
    size_t count = 0, done = 0;

    for (size_t at = 0; at < text.len && count < max;) {
        struct repository_look look = {text, at, done};
        enum repository_kind kind = REPOSITORY_NAME;
        size_t begin, took = take(&look, names, names_count, &begin, &kind);

        if (!took) {
            at = next_point(text, at);
            continue;
        }
        if (begin < done) begin = done;
        places[count++] = (struct repository_place){begin, at + took, kind};
        at += took;
        done = at;
    }
    return count;
}

/* Who was named once is found wherever the name stands again. */
size_t repository_find(struct str text, const struct str *names, size_t names_count,
                       struct repository_place *places, size_t max)
{
    enum { KNOWN_MAX = 60 };
    struct str known[KNOWN_MAX];
    size_t known_count = 0, first = find_by(text, names, names_count, places, max);

    for (size_t i = 0; i < names_count && known_count < KNOWN_MAX; i++)
        known[known_count++] = names[i];
    for (size_t i = 0; i < first && known_count < KNOWN_MAX; i++)
        if (places[i].kind == REPOSITORY_NAME)
            known[known_count++] =
                (struct str){text.at + places[i].at, places[i].end - places[i].at};
    return find_by(text, known, known_count, places, max);
}

static const struct {
    const char *name, *zh, *en;
    bool is_certain;
} kinds[REPOSITORY_KINDS] = {
    [REPOSITORY_NAME] = {T("A name"), "某某", "[name]", false},
    [REPOSITORY_FIRM] = {T("A firm"), "某公司", "[firm]", false},
    [REPOSITORY_STREET] = {T("An address"), "某处", "[address]", false},
    [REPOSITORY_IDENTITY] = {T("An identity-card number"), "【证件号】", "[identity number]", true},
    [REPOSITORY_PHONE] = {T("A phone number"), "【电话】", "[phone]", true},
    [REPOSITORY_PLATE] = {T("A number plate"), "【车牌】", "[plate]", true},
    [REPOSITORY_ACCOUNT] = {T("An account number"), "【账号】", "[account]", true},
    [REPOSITORY_MAIL] = {T("A mail address"), "【邮箱】", "[mail]", true},
};

bool repository_is_certain(enum repository_kind kind)
{
    return kinds[kind].is_certain;
}

const char *repository_kind_name(enum repository_kind kind)
{
    return kinds[kind].name;
}

static bool is_chinese(struct str text)
{
    for (size_t at = 0; at < text.len; at++)
        if ((unsigned char)text.at[at] >= 0xe3) return true; /* 。, ０ and 一, but not é or ’ */
    return false;
}

struct str repository_mask(struct arena *arena, struct str text, const struct str *names,
                           size_t names_count)
{
    struct repository_place *places =
        NEW_MANY(arena, struct repository_place, REPOSITORY_PLACES_MAX);
    size_t count = repository_find(text, names, names_count, places, REPOSITORY_PLACES_MAX);
    struct out *out;
    bool chinese = is_chinese(text);
    size_t done = 0;

    if (!count) return text;
    out = out_open(arena, text.len + count * 24 + 64);
    for (size_t i = 0; i < count; i++) {
        out_raw_str(out, (struct str){text.at + done, places[i].at - done});
        out_raw_str(out, str_of(chinese ? kinds[places[i].kind].zh : kinds[places[i].kind].en));
        done = places[i].end;
    }
    out_raw_str(out, from(text, done));
    return out_text(out);
}
