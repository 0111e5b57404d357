/* referral_sheet.c -- the paper that goes along: what happened, what to bring, where to, and a code
 * with which whoever receives it says so.
 *
 *  (1) It is in Chinese, whatever language the pages are in: another office reads it.
 *  (2) It is drawn after the resident has agreed, and while the words are kept. */
#include "desk/identity/identity_acts.h"
#include "platform/paper.h"
#include "service/referral/referral_views.h"

enum { FACTS_BYTES_MAX = 4000 };

static struct str site_address;

void referral_use_site(struct str public_url)
{
    site_address = public_url;
}

static struct str day_of(struct scene *scene, moment at)
{
    struct out *out = out_open(scene->arena, 64);

    out_day(out, LANGUAGE_ZH, at);
    return out_text(out);
}

static void pair(struct out *out, const char *label, struct str value)
{
    if (!value.len) return;
    if (out_text(out).len) OUT_LITERAL(out, "\n");
    out_raw_str(out, str_of(label));
    OUT_LITERAL(out, "：");
    out_raw_str(out, value);
}

static void draw_bring(struct scene *scene, const struct referral_to *to, struct paper *paper)
{
    struct out *list = out_open(scene->arena, FACTS_BYTES_MAX);

    if (!to->bring_count) return;
    for (size_t i = 0; i < to->bring_count; i++) {
        if (i) OUT_LITERAL(list, "\n");
        OUT_LITERAL(list, "□ ");
        out_raw_str(list, to->bring[i]);
    }
    paper_heading(paper, S("请带上这些材料"));
    paper_text(paper, out_text(list));
}

static void draw_code(struct scene *scene, const referral_row *row, struct paper *paper)
{
    struct str under = arena_print(scene->arena, "转介码：%.*s", STR_ARGS(row->code));

    if (!site_address.len) {
        paper_text(paper, under);
        return;
    }
    paper_code(paper,
               arena_print(scene->arena, "%.*s/referrals/%.*s", STR_ARGS(site_address),
                           STR_ARGS(row->code)),
               arena_print(scene->arena, "接收单位扫描二维码，可以核验本单，并告知已经接收。%.*s",
                           STR_ARGS(under)));
}

static struct outcome draw_facts(struct scene *scene, const struct referral_to *to,
                                 const referral_row *row, struct paper *paper)
{
    struct out *facts = out_open(scene->arena, FACTS_BYTES_MAX);
    const struct referral_where_view *nearest;
    struct str district, known;

    TRY(identity_division_name(scene, row->division, &district));
    TRY(referral_unseal(scene, row->known_sealed, &known));
    if (!known.len) return REFUSE(act_unknown); /* (2) */
    pair(facts, "咨询编号", row->reference);
    pair(facts, "转出单位",
         arena_print(scene->arena, "%.*s公共法律服务（12348）", STR_ARGS(district)));
    pair(facts, "经办人", row->person_name);
    pair(facts, "接收单位", to->office);
    pair(facts, "电话", to->phone);
    pair(facts, "地点", to->place);
    TRY(referral_nearest(scene, row->kind, row->division, &nearest));
    if (nearest)
        pair(facts, "最近的单位",
             arena_print(scene->arena, "%.*s，%.*s，电话%.*s%s%.*s", STR_ARGS(nearest->name),
                         STR_ARGS(nearest->address), STR_ARGS(nearest->phone),
                         nearest->hours.len ? "，" : "", STR_ARGS(nearest->hours)));
    pair(facts, "依据", to->law);
    paper_text(paper, out_text(facts));
    paper_heading(paper, S("情况说明"));
    paper_text(paper, known);
    paper_text(paper, arena_print(scene->arena, "当事人%.*s在网上阅读以上内容，同意转交。",
                                  STR_ARGS(day_of(scene, row->moved_at))));
    return DONE;
}

static struct outcome draw(struct scene *scene, const referral_row *row, struct file_answer *file)
{
    struct referral_to to;
    struct paper *paper;

    TRY(referral_to_of(scene, row->kind, &to));
    if (to.way != REFERRAL_PAPER || !referral_may(false, row->state, REFERRAL_PRINT))
        return REFUSE(act_unknown);
    TRY(paper_open_letter(scene->arena,
                          arena_print(scene->arena, "转介单 %.*s", STR_ARGS(row->code)), &paper));
    paper_title(paper, arena_print(scene->arena, "转介单（%.*s）", STR_ARGS(to.name)));
    TRY(draw_facts(scene, &to, row, paper));
    draw_bring(scene, &to, paper);
    paper_signed(paper, S("接收人：＿＿＿＿＿＿　日期：＿＿＿＿＿＿"));
    draw_code(scene, row, paper);
    file->type = S("application/pdf");
    file->name = arena_print(scene->arena, "转介单-%.*s.pdf", STR_ARGS(row->reference));
    return paper_close(&paper, &file->bytes);
}

/* (1) */
struct outcome referral_draw(struct scene *scene, const referral_row *row, struct file_answer *file)
{
    enum language reads = scene->language;
    struct outcome outcome;

    scene->language = LANGUAGE_ZH;
    outcome = draw(scene, row, file);
    scene->language = reads;
    return outcome;
}
