/* view_test.c -- a view as JSON: every kind, what is not there, and what is for pages only. */
#include "platform/view.h"

#include <criterion/criterion.h>

#define LEAF_VIEW(V)                                                                               \
    V(api, text, name, _)                                                                          \
    V(page, text, secret, _)                                                                       \
    V(api, number, age, _)
VIEW_STRUCT(leaf, LEAF_VIEW)
#define VIEW_THIS leaf_view
VIEW_TABLE(leaf, LEAF_VIEW)
#undef VIEW_THIS

#define TREE_VIEW(V)                                                                               \
    V(page, number, hidden, _)                                                                     \
    V(api, text, text, _)                                                                          \
    V(api, maybe, maybe, _)                                                                        \
    V(api, words, words, _)                                                                        \
    V(api, number, number, _)                                                                      \
    V(api, some, some, _)                                                                          \
    V(api, flag, flag, _)                                                                          \
    V(api, time, time, _)                                                                          \
    V(api, ident, ident, _)                                                                        \
    V(api, list, leaves, leaf)                                                                     \
    V(api, part, part, leaf)                                                                       \
    V(api, choices, choices, _)
VIEW_STRUCT(tree, TREE_VIEW)
#define VIEW_THIS tree_view
VIEW_TABLE(tree, TREE_VIEW)
#undef VIEW_THIS

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open((size_t)8 << 20);
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(view, .init = set_up, .fini = tear_down);

static void expect_json(const struct tree_view *tree, const char *expected)
{
    struct out *out = out_open(arena, 64 * 1024);

    view_json(out, &tree_view, tree);
    cr_expect(str_same(out_text(out), str_of(expected)), "got\n%.*s", STR_ARGS(out_text(out)));
}

Test(view, what_is_not_there_is_null_or_empty)
{
    struct tree_view tree = {.hidden = 7, .some = -1};

    expect_json(&tree, "{\"text\":\"\",\"maybe\":null,\"words\":[],\"number\":0,\"some\":null,"
                       "\"flag\":false,\"time\":null,\"ident\":null,\"leaves\":[],\"part\":null,"
                       "\"choices\":[]}");
}

Test(view, every_kind_is_written_and_page_members_are_not)
{
    struct leaf_view leaves[] = {{.name = S("a\"b"), .secret = S("no"), .age = -1},
                                 {.name = S("公"), .age = 2}};
    struct choice choices[] = {{.value = S("v"), .label = S("l\n"), .hint = S("h")},
                               {.value = S("w"), .label = S("m")}};
    struct tree_view tree = {.text = S("t"),
                             .maybe = S("m"),
                             .words = S("one  two "),
                             .number = -5,
                             .some = 0,
                             .flag = true,
                             .time = 1795309200,
                             .ident = 9007199254740993,
                             .leaves = leaves,
                             .leaves_count = 2,
                             .part = &leaves[1],
                             .choices = choices,
                             .choices_count = 2};

    expect_json(&tree,
                "{\"text\":\"t\",\"maybe\":\"m\",\"words\":[\"one\",\"two\"],\"number\":-5,"
                "\"some\":0,\"flag\":true,\"time\":\"2026-11-22T09:00:00+08:00\","
                "\"ident\":\"9007199254740993\",\"leaves\":[{\"name\":\"a\\\"b\",\"age\":-1},"
                "{\"name\":\"公\",\"age\":2}],\"part\":{\"name\":\"公\",\"age\":2},"
                "\"choices\":[{\"value\":\"v\",\"label\":\"l\\n\"},"
                "{\"value\":\"w\",\"label\":\"m\"}]}");
}
