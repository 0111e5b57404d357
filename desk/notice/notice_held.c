/* notice_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/notice_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"notice", HELD_LISTED, "to_sealed -words"},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"notice", "notice_id", "to_sealed", "notice.to"},
    {"notice", "notice_id", "words", "notice.words"},
    {0},
};

static struct outcome drop(struct scene *scene, moment before, struct held_gone *gone)
{
    TRY(notice_drop_kept(scene->store, before));
    gone->count = store_changes(scene->store);
    return DONE;
}

static const struct held_kept kept[] = {
    {"notice", "messages that were sent", "notice.count_kept", NULL, drop},
    {0},
};

const struct held notice_holds = {tables, NULL,   notice_queries, NULL, NULL,
                                  NULL,   sealed, kept};
