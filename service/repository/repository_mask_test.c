/* repository_mask_test.c -- what tells who somebody is, in whatever way it is written. */
#include "service/repository/repository_mask.h"

#include <string.h>

#include <criterion/criterion.h>

#include "platform/out.h"

static struct arena *arena;

static void open_arena(void)
{
    arena = arena_open(8 << 20);
}
static void close_arena(void)
{
    arena_close(&arena);
}
TestSuite(repository_mask, .init = open_arena, .fini = close_arena);

static const char *masked(const char *text)
{
    static const struct str names[] = {{"赵铁柱", 9}};

    return arena_c(arena, repository_mask(arena, str_of(text), names, COUNT(names)));
}

Test(repository_mask, numbers_by_which_somebody_is_found_are_taken_out)
{
    cr_expect_str_eq(masked("电话138 1234 5678。"), "电话【电话】。");
    cr_expect_str_eq(masked("电话+86-13812345678"), "电话+【电话】");
    cr_expect_str_eq(masked("打 021-62345678 转 2"), "打 【电话】 转 2");
    cr_expect_str_eq(masked("身份证31010119500101002X号"), "身份证【证件号】号");
    cr_expect_str_eq(masked("卡6222 0212 3456 7890 123"), "卡【账号】");
    cr_expect_str_eq(masked("车牌沪A·D12345，撞了我"), "车牌【车牌】，撞了我");
    cr_expect_str_eq(masked("沪A12345"), "【车牌】");
    cr_expect_str_eq(masked("发到 li.hua@example.com 吧"), "发到 【邮箱】 吧");
    cr_expect_str_eq(masked("微信号：abc_1234，加我"), "微信号：【账号】，加我");
    cr_expect_str_eq(masked("１３８１２３４５６７８"), "【电话】");
}

Test(repository_mask, a_number_is_taken_out_whatever_stands_behind_it)
{
    cr_expect_str_eq(masked("Call me at 13812345678."), "Call me at [phone].");
    cr_expect_str_eq(masked("Call me at 13812345678.\nNot at night."),
                     "Call me at [phone].\nNot at night.");
    cr_expect_str_eq(masked("我的电话13812345678平时开机"), "我的电话【电话】平时开机");
    cr_expect_str_eq(masked("卡号 6222021234567890123."), "卡号 【账号】.");
    cr_expect_str_eq(masked("卡6222021234567890123万一丢了"), "卡【账号】万一丢了");
    cr_expect_str_eq(masked("账号622202123456万一丢了"), "账号【账号】万一丢了");
    cr_expect_str_eq(masked("转5万6222021234567890123"), "转5万【账号】");
    cr_expect_str_eq(masked("打62345678股东会见"), "打【电话】股东会见");
    cr_expect_str_eq(masked("打62345678元旦休息"), "打【电话】元旦休息");
    cr_expect_str_eq(masked("13812345678元"), "【电话】元");
    cr_expect_str_eq(masked("13812345678 3元"), "【电话】 3元");
    cr_expect_str_eq(masked("138 1234 5678 3元"), "【电话】 3元");
    cr_expect_str_eq(masked("打62345678 3次"), "打【电话】 3次");
    cr_expect_str_eq(masked("打62345678-1。"), "打【电话】-1。");
    cr_expect_str_eq(masked("31010119500101002X."), "[identity number].");
    cr_expect_str_eq(masked("310101195001010021万"), "【证件号】万");
    cr_expect_str_eq(masked("打13812345678 13912345678 13712345678"), "打【账号】");
    cr_expect_str_eq(masked("沪A12345613812345678"), "【车牌】【电话】");
}

Test(repository_mask, a_number_is_taken_out_however_it_is_written)
{
    static const char *const phones[] = {"138.1234.5678",
                                         "138/1234/5678",
                                         "138 - 1234 - 5678",
                                         "138  1234  5678",
                                         "138–1234–5678",
                                         "138\xc2\xa0"
                                         "1234\xc2\xa0"
                                         "5678",
                                         "１３８－１２３４－５６７８",
                                         "１３８　１２３４　５６７８",
                                         "1 3 8 1 2 3 4 5678",
                                         "1.3.8.1.2.3.4.5.6.7.8",
                                         "一三八一二三四五六七八",
                                         "幺三八 一二三四 五六七八",
                                         "86 138 1234 5678",
                                         "86（138）1234-5678",
                                         "0571-88888888",
                                         "021 6234 5678",
                                         "021）62345678",
                                         "021.6234.5678",
                                         "400-820-8820",
                                         "138,1234,5678",
                                         "138，1234，5678",
                                         "138、1234、5678",
                                         "一三八、一二三四、五六七八",
                                         "1、3、8、1、2、3、4、5、6、7、8",
                                         "138一二三四5678",
                                         "一三八12345678",
                                         "138 一二三四 5678"};
    static const char *const others[][2] = {{"打0086-13812345678", "打【账号】"},
                                            {"打86-21-62345678", "打【账号】"},
                                            {"电话8765432", "电话【电话】"},
                                            {"电话号码是：6234-5678", "电话号码是：【电话】"},
                                            {"Tel. 6234 5678", "Tel. [phone]"},
                                            {"账号 6228 480", "账号 【账号】"},
                                            {"QQ：１２３４５６７８９", "QQ：【账号】"},
                                            {"护照号码：EA1234567", "护照号码：【账号】"},
                                            {"卡6222.0212.3456.7890.123", "卡【账号】"},
                                            {"我310101 19500101 002X。", "我【证件号】。"},
                                            {"我31010119500101002Ｘ。", "我【证件号】。"},
                                            {"我310101-19500101-002 x。", "我【证件号】。"},
                                            {"我310101/1950/01/01/002x。", "我【证件号】。"},
                                            {"我3101 0119 5001 0100 21。", "我【证件号】。"},
                                            {"沪A 12345", "【车牌】"},
                                            {"沪A-12345", "【车牌】"},
                                            {"沪A．D12345", "【车牌】"},
                                            {"沪Ａ１２３４５", "【车牌】"},
                                            {"沪·A12345", "【车牌】"},
                                            {"沪A1234警", "【车牌】"},
                                            {"发到li.hua＠example.com吧", "发到【邮箱】吧"},
                                            {"北京路8号138 1234 5678", "某处【电话】"}};

    for (size_t i = 0; i < COUNT(phones); i++)
        cr_expect_str_eq(masked(arena_print(arena, "打%s。", phones[i]).at),
                         phones[i][0] == '8' && strstr(phones[i], "（") ? "打86（【电话】。"
                                                                        : "打【电话】。",
                         "%s", phones[i]);
    for (size_t i = 0; i < COUNT(others); i++) cr_expect_str_eq(masked(others[i][0]), others[i][1]);
}

Test(repository_mask, what_is_certain_is_found_behind_any_number_of_guesses)
{
    struct out *out = out_open(arena, 1 << 16);
    struct repository_place place;

    cr_expect(repository_find_certain(S("住北京路8号138 1234 5678"), &place));
    cr_expect_eq(place.kind, REPOSITORY_PHONE);
    for (int i = 0; i < 2 * REPOSITORY_PLACES_MAX; i++) out_raw_str(out, S("王先生，"));
    cr_expect(!repository_find_certain(out_text(out), &place));
    out_raw_str(out, S("13812345678"));
    cr_assert(repository_find_certain(out_text(out), &place));
    cr_expect_eq(place.end, out_text(out).len);
    cr_expect_eq(place.end - place.at, 11u);
}

Test(repository_mask, names_streets_and_firms_are_guessed_by_what_stands_beside_them)
{
    cr_expect_str_eq(masked("我叫王建华，老板张三拖欠工资"), "我叫某某，老板某某拖欠工资");
    cr_expect_str_eq(masked("被告李四不还钱。李四说没钱"), "被告某某不还钱。某某说没钱");
    cr_expect_str_eq(masked("陈律师您好"), "某某律师您好");
    cr_expect_str_eq(masked("住在徐汇区漕溪北路12弄3号601室"), "住在徐汇区某处");
    cr_expect_str_eq(masked("我在上海大众食品有限公司上班"), "我在某公司上班");
    cr_expect_str_eq(masked("赵铁柱答应过"), "某某答应过");
    cr_expect_str_eq(masked("my name is John Smith, call Ms. Wang"),
                     "my name is [name], call Ms. [name]");
}

Test(repository_mask, what_tells_nobody_stays)
{
    static const char *const plain[] = {"民法典第1079条规定，感情破裂的应准予离婚。",
                                        "2021年3月5日借了50000元，年利率15.4%",
                                        "老板周末让我加班，工资3000元没有发",
                                        "我的父亲向我借了10000元",
                                        "公司没有签合同，已经工作两年",
                                        "注册资本30000000元，持有10000000股",
                                        "还了100000000.50元，不是180000000.00元",
                                        "面积20000000平方米",
                                        "月薪3000-5000元，2019-2021",
                                        "2021/03/05-2021/04/05，05/03/2021 14:00",
                                        "手机5999元，电话里说3000-5000元",
                                        "一、二、三、四、五、六、七、八、九，二〇二一年",
                                        "1800.00 18000.00 2500.00",
                                        "（2021）沪0101民初12345号",
                                        "请拨打12348",
                                        "1,380,000,000元，10,000元和20,000元",
                                        "第一、二、三、四、五、六、七、八、九、十、十一条",
                                        "1、2、3、4、5、6、7、8、9、10、11号楼",
                                        "2021,2022,2023年",
                                        "根据劳动合同法第三十八条和第四十六条",
                                        "",
                                        "@"};

    for (size_t i = 0; i < COUNT(plain); i++) cr_expect_str_eq(masked(plain[i]), plain[i]);
}

Test(repository_mask, a_masked_text_is_not_masked_again)
{
    const char *once = masked("我叫王建华，电话13812345678，住北京路8号2室，微信abcdef1，沪A12345");

    cr_expect_str_eq(masked(once), once);
}
