/* items_store.c -- words, versions and releases, as they are kept.
 *
 *  1. What holds on a day is the release with the latest date up to it, of those with one date the
 *     newest; a withdrawn one never held.
 *  2. A version is never changed once it is listed.
 */
#include "desk/items/items_parts.h"
#include "platform/page.h"

enum { PROCESSES_MAX = 64 };

static struct items_known processes[PROCESSES_MAX];
static const struct process *learnt[PROCESSES_MAX];
static size_t processes_count;

void items_learn(const struct module *const *rooms)
{
    processes_count = 0;
    for (; *rooms; rooms++) {
        for (const struct process *p = (*rooms)->processes; p && p->word; p++) {
            assert(processes_count < PROCESSES_MAX);
            learnt[processes_count] = p;
            processes[processes_count++] = (struct items_known){str_of(p->word), p->name};
        }
    }
}

const struct process *items_process(struct str word)
{
    for (size_t i = 0; i < processes_count; i++)
        if (str_same(processes[i].word, word)) return learnt[i];
    return NULL;
}

struct str items_process_path(struct str word)
{
    const struct process *process = items_process(word);

    return process ? str_of(process->path) : S("");
}

static struct outcome check_flow(struct arena *arena, struct str process, struct str flow)
{
    for (size_t i = 0; i < processes_count; i++)
        if (str_same(processes[i].word, process) && learnt[i]->check)
            return learnt[i]->check(arena, flow);
    return flow.len ? REFUSE(items_no_flow) : DONE;
}

struct outcome items_words_load(struct scene *scene, struct items_words *words)
{
    const struct items_list_words_row *rows;
    struct items_word *made;
    size_t count;

    TRY(items_list_words(scene->arena, scene->store, &rows, &count));
    made = NEW_MANY(scene->arena, struct items_word, count + 1);
    for (size_t i = 0; i < count; i++)
        made[i] = (struct items_word){rows[i].word_kind, rows[i].word,    rows[i].word_zh,
                                      rows[i].word_en,   rows[i].hint_zh, rows[i].hint_en,
                                      rows[i].calendar};
    *words =
        (struct items_words){made, count, processes, processes_count, check_flow, scene->arena};
    return DONE;
}

/* ---- versions ---- */

#define TAKE(kind, name, must, min, max, label, hint) said->name = row.name;
struct outcome items_version(struct scene *scene, id version_id, struct items_item *said,
                             bool *found)
{
    struct items_find_version_row row;

    TRY(items_find_version(scene->arena, scene->store, version_id, &row, found));
    if (*found) {
        ITEMS_ITEM_LIST(TAKE)
    }
    return DONE;
}

#define GIVE(kind, name_, must, min, max, label, hint) .name_ = item->name_,
struct outcome items_keep(struct scene *scene, const struct items_item *item, id *version_id)
{
    *version_id = scene_new_id(scene);
    return items_add_version(scene->store,
                             &(struct items_add_version_values){.version_id = *version_id,
                                                                .made_at = scene->now,
                                                                .by_id = scene->actor.person_id,
                                                                ITEMS_ITEM_LIST(GIVE)});
}

/* ---- releases ---- */

calendar_day items_today(const struct scene *scene)
{
    return calendar_day_of(scene->now);
}

struct outcome items_find_now(struct scene *scene, struct items_find_release_on_row *release,
                              bool *found)
{
    return items_find_release_on(scene->arena, scene->store, items_today(scene), release, found);
}

struct outcome items_now(struct scene *scene, struct str item, id *version_id,
                         struct items_item *said, bool *found)
{
    struct items_find_release_on_row release;
    struct items_find_listed_row listed;

    TRY(items_find_now(scene, &release, found));
    if (!*found) return DONE;
    TRY(items_find_listed(scene->store, release.release_id, item, &listed, found));
    if (!*found) return DONE;
    *version_id = listed.version_id;
    return items_version(scene, listed.version_id, said, found);
}

struct outcome items_roll_of(struct scene *scene, id release_id, struct items_roll *roll)
{
    const struct items_list_versions_of_row *rows;
    size_t count;

    roll->lines = NEW_MANY(scene->arena, struct items_line, ITEMS_MAX);
    roll->count = 0;
    TRY(items_list_versions_of(scene->arena, scene->store, release_id, &rows, &count));
    for (size_t i = 0; i < count && i < ITEMS_MAX; i++)
        roll->lines[roll->count++] = (struct items_line){rows[i].item, rows[i].version_id};
    return DONE;
}

bool items_roll_set(struct items_roll *roll, struct str item, id version_id)
{
    size_t at = 0;

    while (at < roll->count && !str_same(roll->lines[at].item, item)) at++;
    if (at == roll->count) {
        if (!version_id) return true;
        if (roll->count == ITEMS_MAX) return false;
        roll->lines[roll->count++] = (struct items_line){item, version_id};
    } else if (version_id) {
        roll->lines[at].version_id = version_id;
    } else {
        for (roll->count--; at < roll->count; at++) roll->lines[at] = roll->lines[at + 1];
    }
    return true;
}

id items_roll_get(const struct items_roll *roll, struct str item)
{
    for (size_t i = 0; i < roll->count; i++)
        if (str_same(roll->lines[i].item, item)) return roll->lines[i].version_id;
    return 0;
}

struct outcome items_day_check(struct scene *scene, struct str text, calendar_day *day)
{
    struct items_find_last_release_row last;
    char written[ITEMS_DAY_LEN];
    bool found;

    *day = items_today(scene);
    if (text.len && !calendar_day_parse(text, day)) return REFUSE(items_day_wrong);
    if (*day < items_today(scene)) return REFUSE(items_day_past);
    TRY(items_find_last_release(scene->store, &last, &found));
    if (!found || last.holds_day <= *day) return DONE;
    calendar_day_print(last.holds_day, written);
    return REFUSE_WITH(items_day_too_early, arena_copy(scene->arena, str_of(written)));
}

struct outcome items_release_add(struct scene *scene, const struct items_roll *roll,
                                 calendar_day holds_day, struct str note, int64_t *number)
{
    struct items_find_last_number_row last;
    id release_id = scene_new_id(scene);
    bool found;

    TRY(items_find_last_number(scene->store, &last, &found));
    *number = last.release_number + 1;
    TRY(items_add_release(scene->store, release_id, *number, holds_day, scene->now,
                          scene->actor.person_id, note));
    for (size_t i = 0; i < roll->count; i++)
        TRY(items_add_listed(scene->store, release_id, roll->lines[i].item,
                             roll->lines[i].version_id));
    scene->detail = arena_print(scene->arena, "release %lld", (long long)*number);
    return DONE;
}
