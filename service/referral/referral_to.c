/* referral_to.c -- where a referral leads: the police, counselling, any item of the service list.
 *
 *  (1) What people apply for on this site is applied for there, with what is known filled in; what
 *      is done at a window goes along on paper.  Legal aid has a way of its own beside the talk.
 *      What is open to everybody needs no handing over.
 *  (2) Of an item that has left the list the name is its word, and nothing can be done with it. */
#include <string.h>

#include "desk/items/items_acts.h"
#include "platform/page.h"
#include "service/referral/referral_views.h"

static struct str in(const struct scene *scene, struct str zh, struct str en)
{
    return scene->language == LANGUAGE_EN && en.len ? en : zh;
}

/* (1) */
static enum referral_way way_of(const struct process *process)
{
    if (!process) return REFERRAL_NOWHERE;
    if (strcmp(process->word, "aid") == 0) return REFERRAL_AID;
    if (strcmp(process->word, "window") == 0) return REFERRAL_PAPER;
    return process->check && strstr(process->path, "{item}") ? REFERRAL_SITE : REFERRAL_NOWHERE;
}

/* Lines as a sentence. */
static struct str joined(struct scene *scene, struct str lines)
{
    struct str text = S("");

    while (lines.len) {
        struct str line = str_trim(str_cut(lines, '\n', &lines));

        if (!line.len) continue;
        text = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(text),
                           !text.len                        ? ""
                           : scene->language == LANGUAGE_EN ? "; "
                                                            : "；",
                           STR_ARGS(line));
    }
    return text;
}

static struct outcome item_of(struct scene *scene, struct referral_to *to)
{
    const struct process *process;
    struct items_item item;
    struct str lines;
    id version_id;
    bool found;

    to->name = to->kind;
    to->is_item = true;
    TRY(items_now(scene, to->kind, &version_id, &item, &found));
    if (!found) return DONE; /* (2) */
    process = items_process(item.process);
    to->way = way_of(process);
    to->process = process ? process->word : NULL;
    to->name = in(scene, item.name_zh, item.name_en);
    to->office = joined(scene, in(scene, item.provider_zh, item.provider_en));
    to->place = joined(scene, in(scene, item.place_zh, item.place_en));
    to->law = joined(scene, in(scene, item.basis_zh, item.basis_en));
    to->phone = S("12348");
    lines = in(scene, item.materials_zh, item.materials_en);
    while (lines.len && to->bring_count < REFERRAL_BRING_MAX) {
        struct str line = str_trim(str_cut(lines, '\n', &lines));

        if (line.len) to->bring[to->bring_count++] = line;
    }
    return DONE;
}

struct outcome referral_to_of(struct scene *scene, struct str kind, struct referral_to *to)
{
    const struct referral_kind *known = referral_kind_of(kind);

    *to = (struct referral_to){.kind = kind};
    if (!known) return item_of(scene, to);
    to->way = REFERRAL_PAPER;
    to->name = text_in(scene->language, known->name);
    to->office = text_in(scene->language, known->office);
    to->phone = str_of(known->phone);
    to->law = text_in(scene->language, known->law);
    for (size_t i = 0; i < REFERRAL_BRING_MAX && known->bring[i]; i++)
        to->bring[to->bring_count++] = text_in(scene->language, known->bring[i]);
    return DONE;
}
