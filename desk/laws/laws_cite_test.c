/* laws_cite_test.c -- citations in what people write: laws_cite.h and laws_link.c. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/identity/identity_acts.h"
#include "desk/laws/laws_cite.h"
#include "desk/laws/laws_views.h"
#include "platform/scene_test.h"

extern const struct module laws_module, identity_module;

static struct scene *scene;

static const char table[] = "1\t民法典\t第一千零七十九条\t\t甲\n"
                            "2\t民法典\t第一千零八十条\t\t依照本法第一千零七十九条和第九条。\n"
                            "3\t刑法\t第一百二十条\t\t乙\n"
                            "4\t刑法\t第一百二十条之一\t\t丙\n"
                            "5\t劳动合同法\t第三十八条\t\t丁\n"
                            "6\t劳动合同法\t第四十六条\t\t戊\n"
                            "7\t废止法\t第一条\t\t己\t2030-01-01\n";
static const char names[] = "民法典\tCivil Code\n劳动合同法\tLabor Contract Law\t劳合法\n";

static void set_up(void)
{
    struct laws_document documents[4];
    struct laws_take_form form = {
        .documents = documents, .source = S("test.tsv"), .names = str_of(names)};
    struct laws_taken told;
    int64_t line = 1;
    size_t at = 0;

    scene = test_scene(WHO_SYSTEM, (const struct module *[]){&identity_module, &laws_module, NULL});
    for (; form.count < COUNT(documents); form.count++)
        cr_assert(IS_DONE(
            laws_read_table(scene->arena, str_of(table), &at, &line, &documents[form.count])));
    cr_assert(test_done(test_act(scene, &laws_take, &form, &told)));
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(laws_cite, .init = set_up, .fini = tear_down);

/* What became links, as "text=article" with blanks between. */
static struct str links(const char *text, id own_id)
{
    const struct laws_snippet_view *pieces = NULL;
    struct str made = S(""), whole = S("");
    size_t count;

    cr_assert(test_done(laws_link(scene, str_of(text), own_id, &pieces, &count)));
    for (size_t i = 0; i < count; i++) {
        whole = arena_print(scene->arena, "%.*s%.*s", STR_ARGS(whole), STR_ARGS(pieces[i].text));
        if (!pieces[i].url.len) continue;
        made = arena_print(scene->arena, "%.*s%s%.*s=%s", STR_ARGS(made), made.len ? "|" : "",
                           STR_ARGS(pieces[i].text),
                           strrchr(arena_c(scene->arena, pieces[i].url), '/') + 1);
    }
    if (count) cr_expect(str_same(whole, str_of(text)), "the pieces are the text: %s", text);
    return made;
}

Test(laws_cite, a_text_whose_citations_lead_nowhere_is_in_no_pieces)
{
    const struct laws_snippet_view *pieces = &(struct laws_snippet_view){0};
    size_t count = 1;

    cr_assert(test_done(laws_link(scene, S("民法典第九千条说不"), 0, &pieces, &count)));
    cr_expect(count == 0 && pieces == NULL);
}

static void expect(const char *text, const char *wanted)
{
    struct str made = links(text, 0);

    cr_expect(str_same(made, str_of(wanted)), "%s: %.*s", text, STR_ARGS(made));
}

Test(laws_cite, a_citation_becomes_a_link_however_it_is_written)
{
    expect("民法典第1079条", "民法典第1079条=1079");
    expect("根据民法典第一千零七十九条，可以离婚", "民法典第一千零七十九条=1079");
    expect("《民法典》第 1079 条第三款", "《民法典》第 1079 条第三款=1079");
    expect("《中华人民共和国民法典》第一〇七九条", "《中华人民共和国民法典》第一〇七九条=1079");
    expect("中华人民共和国劳动合同法第38条", "中华人民共和国劳动合同法第38条=38");
    expect("劳动合同法38条", "劳动合同法38条=38");
    expect("劳合法第三十八条第一款第（二）项的规定", "劳合法第三十八条第一款第（二）项=38");
    expect("刑法第一百二十条之一", "刑法第一百二十条之一=120-1");
    expect("刑法第120条之一般规定", "刑法第120条=120");
    expect("按照劳动合同法第３８条", "劳动合同法第３８条=38");
}

Test(laws_cite, english_citations_are_found_on_either_side_of_the_number)
{
    expect("See Article 1079 of the Civil Code.", "Article 1079 of the Civil Code=1079");
    expect("Article 38 of the Labor Contract Law says so",
           "Article 38 of the Labor Contract Law=38");
    expect("the Labor Contract Law, Art. 38", "Labor Contract Law, Art. 38=38");
    expect("civil code article 1079", "civil code article 1079=1079");
    expect("An article 38 times longer", "");
    expect("Particle 38 of the Civil Code", "");
}

Test(laws_cite, a_number_after_another_belongs_to_the_same_law)
{
    expect("劳动合同法第三十八条、第四十六条", "劳动合同法第三十八条=38|第四十六条=46");
    expect("劳动合同法第38条和第46条", "劳动合同法第38条=38|第46条=46");
    expect("劳动合同法第38条。另外第46条", "劳动合同法第38条=38");
}

Test(laws_cite, what_does_not_exist_or_does_not_apply_yet_is_no_link)
{
    expect("民法典第1261条", "");
    expect("没有这部法第1条", "");
    expect("废止法第一条", "");
    expect("第1079条", "");
    expect("我有三条建议，一条路走到黑", "");
    expect("条条大路通罗马，条", "");
    expect("", "");
}

Test(laws_cite, a_law_speaks_of_itself)
{
    id law_id;

    cr_assert(test_done(laws_find_named(scene, S("民法典"), &law_id)));
    cr_expect(
        str_same(links("依照本法第一千零七十九条和第九条。", law_id), S("第一千零七十九条=1079")));
    cr_expect(str_same(links("依照第一千零八十条", law_id), S("")), "not of an unknown run");
    cr_expect(str_same(links("第一千零八十条", law_id), S("第一千零八十条=1080")));
}

Test(laws_cite, markup_around_a_citation_stays_text)
{
    expect("<b>劳动合同法</b>第38条", "");
    expect("<劳动合同法第38条>", "劳动合同法第38条=38");
}

Test(laws_cite, no_more_than_its_bound_is_found_in_one_text)
{
    struct laws_citation found[3];
    struct str text = S("第1条第2条第3条第4条");

    cr_expect_eq(laws_citations(text, found, COUNT(found)), 3);
    cr_expect_eq(found[2].label.number, 3);
}

Test(laws_cite, a_citation_typed_into_the_box_for_laws_leads_to_its_article)
{
    struct laws_list_view v = {0};
    struct str go;

    cr_assert(test_done(test_show(scene, &laws_module, "/laws", "q=劳动合同法38条", &v, &go)));
    cr_expect(str_ends(go, S("/articles/38")));
}
