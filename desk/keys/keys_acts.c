/* keys_acts.c -- see keys_acts.h.
 *
 *  (1) What is sealed anew was opened before, and is written only where it still stands.
 *  (2) The walk's place is kept in the transaction that writes: a kill passes nothing over.
 *  (3) A value that cannot be opened is left as it is, counted, and told in the log.
 *  (4) A node that has not got the key goes on with the one before and says so: it does not stop.
 *  (5) A process writes with a key no sooner than the database has kept that one does: whatever
 *      fails until then, the key before is written with.
 */
#include "desk/keys/keys_acts.h"

#include <stdio.h>
#include <string.h>

#include "platform/column.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/mark.h"
#include "platform/page.h"
#include "platform/secret.h"

#define TURN "keys.turn"
#define KEY_MARK S("seal_key")   /* "2 1795305600": which is written with, since when */
#define WALK_MARK S("seal_walk") /* "person.phone_sealed 1200 0 17", or "": it is at its end */
#define OWN_USE "installation.keys"

static struct str name_of(struct arena *arena, size_t place)
{
    const struct held_sealed *sealed = column_at(place);

    return arena_print(arena, "%s.%s", sealed->table, sealed->column);
}

/* ---- which is written with ---- */

static struct outcome find_current(struct arena *arena, struct store *store, int64_t *number,
                                   moment *since)
{
    struct str value, first, rest;
    bool found;

    *number = *since = 0;
    TRY(mark_find(arena, store, KEY_MARK, &value, &found));
    if (!found) return DONE;
    first = str_cut(value, ' ', &rest);
    if (!str_to_int(first, number) || !str_to_int(rest, since) || *number < 1 ||
        *number > KEYS_MAX)
        return FAULT("which key is written with cannot be read from the database");
    return DONE;
}

static struct outcome heed_number(int64_t number)
{
    if (!number || number == secret_writes_with()) return DONE;
    return secret_write_with((int)number);
}

struct outcome keys_heed(struct arena *arena, struct store *store)
{
    int64_t number;
    moment since;

    TRY(find_current(arena, store, &number, &since));
    return heed_number(number);
}

static struct outcome begin_walk(struct scene *scene)
{
    TRY(mark_set(
        scene->store, WALK_MARK,
        arena_print(scene->arena, "%.*s 0 0 ", STR_ARGS(name_of(scene->arena, 0)))));
    return clock_set(scene, TURN, 0, scene->now);
}

/* So that who starts with another key of that number is refused at once (main/install.c). */
static struct outcome seal_own(struct scene *scene)
{
    struct str value, plain;
    bool found;

    TRY(mark_find(scene->arena, scene->store, S("keys"), &value, &found));
    if (!found) return DONE;
    if (!secret_unseal(scene->arena, OWN_USE, value, &plain))
        return FAULT("the keys in this folder are not those of this database");
    return mark_set(scene->store, S("keys"), secret_seal(scene->arena, OWN_USE, plain));
}

static struct outcome write_down(struct scene *scene, int64_t number)
{
    TRY(mark_set(scene->store, KEY_MARK,
                 arena_print(scene->arena, "%lld %lld", (long long)number, (long long)scene->now)));
    TRY(seal_own(scene));
    scene->detail = arena_print(scene->arena, "%lld", (long long)number);
    return begin_walk(scene);
}

static struct outcome rotate(struct scene *scene, const void *form, void *result)
{
    const struct keys_rotate_form *f = form;
    int before = secret_writes_with();
    struct outcome outcome;
    int64_t number;
    moment since;

    (void)result;
    TRY(find_current(scene->arena, scene->store, &number, &since));
    if (f->number <= number || f->number <= secret_writes_with())
        return FAULT("this key, or a newer one, is written with already");
    TRY(secret_write_with((int)f->number));
    outcome = write_down(scene, f->number);
    TRY(secret_write_with(before)); /* (5) */
    return outcome;
}

const struct act keys_rotate = {.name = "keys.rotate", .who = WHO_SYSTEM, .run = rotate};

static struct outcome again(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    return begin_walk(scene);
}

const struct act keys_again = {.name = "keys.again", .who = WHO_SYSTEM, .run = again};

static struct outcome retire(struct scene *scene, const void *form, void *result)
{
    (void)result;
    scene->detail = arena_print(scene->arena, "%lld",
                                (long long)((const struct keys_rotate_form *)form)->number);
    return DONE;
}

const struct act keys_retire = {.name = "keys.retire", .who = WHO_SYSTEM, .run = retire};

/* ---- the walk ---- */

struct walk {
    size_t place;
    int64_t written, left; /* sealed anew; could not be opened */
    struct str after;
};

/* A column of that name may have gone with a new version of the program: then from the first. */
static struct outcome find_walk(struct scene *scene, struct walk *walk, bool *found)
{
    struct str value, name, written, left;

    *walk = (struct walk){.after = S("")};
    TRY(mark_find(scene->arena, scene->store, WALK_MARK, &value, found));
    if (!*found || !value.len) {
        *found = false;
        return DONE;
    }
    name = str_cut(value, ' ', &walk->after);
    written = str_cut(walk->after, ' ', &walk->after);
    left = str_cut(walk->after, ' ', &walk->after);
    if (!str_to_int(written, &walk->written) || !str_to_int(left, &walk->left))
        return FAULT("how far the keys are turned over cannot be read from the database");
    while (walk->place < columns_count() && !str_same(name_of(scene->arena, walk->place), name))
        walk->place++;
    if (walk->place == columns_count()) walk->place = 0, walk->after = S("");
    return DONE;
}

static struct outcome keep_walk(struct scene *scene, const struct walk *walk)
{
    if (walk->place == columns_count()) return mark_set(scene->store, WALK_MARK, S(""));
    return mark_set(
        scene->store, WALK_MARK,
        arena_print(scene->arena, "%.*s %lld %lld %.*s",
                    STR_ARGS(name_of(scene->arena, walk->place)), (long long)walk->written,
                    (long long)walk->left, STR_ARGS(walk->after)));
}

static struct outcome turn_row(struct scene *scene, struct walk *walk, const struct column_row *row)
{
    int key = secret_key_of(row->value);
    const char *use = column_at(walk->place)->use;
    struct str plain;
    bool written;

    if (!key || key == secret_writes_with()) return DONE;
    if (!secret_unseal(scene->arena, use, row->value, &plain)) {
        log_warning("keys", "%.*s of %.*s cannot be opened with key %d",
                    STR_ARGS(name_of(scene->arena, walk->place)), STR_ARGS(row->key), key);
        walk->left++;
        return DONE;
    }
    TRY(column_write(scene->store, walk->place, row, secret_seal(scene->arena, use, plain),
                     &written));
    walk->written += written;
    return DONE;
}

/* Several short columns in one act, as long as few rows were read. */
static struct outcome turn_some(struct scene *scene, struct walk *walk)
{
    size_t left = KEYS_ROWS_MAX, count;
    const struct column_row *rows;
    struct str to;

    while (walk->place < columns_count() && left > 1) {
        TRY(column_read(scene->arena, scene->store, walk->place, walk->after, left, &rows, &count,
                        &to));
        for (size_t i = 0; i < count; i++) TRY(turn_row(scene, walk, &rows[i]));
        walk->after = to;
        if (!to.len) walk->place++;
        left = count < left ? left - count : 0;
    }
    return DONE;
}

static struct outcome turn(struct scene *scene, const void *form, void *result)
{
    struct outcome heeded;
    struct walk walk;
    int64_t number;
    moment since;
    bool found;

    (void)form, (void)result;
    scene->quiet = true;
    TRY(find_current(scene->arena, scene->store, &number, &since));
    heeded = heed_number(number);
    if (heeded.fault) { /* (4) */
        log_fault("keys", heeded.fault);
        return clock_set(scene, TURN, 0, scene->now + SECONDS_PER_MINUTE);
    }
    TRY(find_walk(scene, &walk, &found));
    if (!found) return DONE;
    TRY(turn_some(scene, &walk));
    TRY(keep_walk(scene, &walk));
    if (walk.place < columns_count()) return clock_set(scene, TURN, 0, scene->now);
    scene->quiet = false;
    scene->detail = arena_print(scene->arena, "%d %lld %lld", secret_writes_with(),
                                (long long)walk.written, (long long)walk.left);
    return DONE;
}

const struct act keys_turn = {.name = TURN, .who = WHO_SYSTEM, .run = turn};

/* ---- counting ---- */

static void count_row(struct scene *scene, size_t place, const struct column_row *row,
                      struct keys_report *report, struct arena *outer)
{
    int key = secret_key_of(row->value);
    struct str plain;

    if (!key) return;
    if (!report->rows[key]++) report->where[key] = name_of(outer, place);
    if (secret_unseal(scene->arena, column_at(place)->use, row->value, &plain)) return;
    if (!report->unreadable++)
        report->unreadable_where = arena_print(
            outer, "%.*s of %.*s", STR_ARGS(name_of(scene->arena, place)), STR_ARGS(row->key));
}

/* The last key of a batch is read again with the next one: counted then. */
static struct outcome count_column(struct scene *scene, size_t place, struct keys_report *report,
                                   struct arena *outer)
{
    char after[256] = "";
    struct outcome outcome;
    const struct column_row *rows;
    struct str to;
    size_t count;

    do {
        outcome = column_read(scene->arena, scene->store, place, str_of(after), 1000, &rows, &count,
                              &to);
        for (size_t i = 0; IS_DONE(outcome) && i < count; i++)
            if (!to.len || !str_same(rows[i].key, to))
                count_row(scene, place, &rows[i], report, outer);
        if (!IS_DONE(outcome)) break;
        snprintf(after, sizeof after, "%.*s", STR_ARGS(to));
        arena_reset(scene->arena);
    } while (*after);
    return outcome;
}

struct outcome keys_count(struct scene *scene, struct keys_report *report)
{
    struct arena *outer = scene->arena;
    struct outcome outcome = DONE;
    struct walk walk;
    int64_t number;

    *report = (struct keys_report){.unreadable_where = S("")};
    TRY(find_current(outer, scene->store, &number, &report->since));
    report->writes_with = number ? (int)number : secret_writes_with();
    TRY(find_walk(scene, &walk, &report->is_turning));
    scene->arena = arena_open(ARENA_BYTES_MAX);
    for (size_t place = 0; IS_DONE(outcome) && place < columns_count(); place++)
        outcome = count_column(scene, place, report, outer);
    arena_close(&scene->arena);
    scene->arena = outer;
    return outcome;
}

/* ---- every node ---- */

static struct outcome heed(struct scene *scene, const void *form, void *result)
{
    struct outcome outcome;
    int64_t number;
    moment since;

    (void)form, (void)result;
    scene->quiet = true;
    TRY(find_current(scene->arena, scene->store, &number, &since));
    outcome = heed_number(number);
    if (outcome.fault) log_fault("keys", outcome.fault); /* (4) */
    return DONE;
}

static const struct act act_heed = {.name = "keys.heed", .who = WHO_SYSTEM, .run = heed};

static bool backups_in_clear;

void keys_backups_in_clear(bool are_clear)
{
    backups_in_clear = are_clear;
}

static struct outcome health(struct scene *scene, struct out *out)
{
    int64_t number;
    moment since;

    if (backups_in_clear)
        OUT_LITERAL(out, "Backups are not sealed: whoever takes one reads what people wrote. Make "
                         "a key with gongdao keys backup and name it in [backup] recipients, or "
                         "write none there.\n");
    TRY(find_current(scene->arena, scene->store, &number, &since));
    if (!number || secret_has_key((int)number)) return DONE;
    OUT_LITERAL(out, "The key that is written with is not in the folder of keys of this machine: "
                     "field");
    out_int(out, number);
    OUT_LITERAL(out, ".key\n");
    return DONE;
}

static struct outcome metrics(struct scene *scene, struct out *out)
{
    struct walk walk;
    bool is_turning;

    TRY(find_walk(scene, &walk, &is_turning));
    OUT_LITERAL(out, "# HELP gongdao_seal_key Number of the key sealed fields are written with.\n"
                     "# TYPE gongdao_seal_key gauge\n"
                     "gongdao_seal_key ");
    out_int(out, secret_writes_with());
    OUT_LITERAL(out, "\n# HELP gongdao_seal_turning Sealed fields are being sealed anew: 1 yes.\n"
                     "# TYPE gongdao_seal_turning gauge\n"
                     "gongdao_seal_turning ");
    out_int(out, is_turning);
    OUT_LITERAL(out, "\n");
    return DONE;
}

static const struct act *const clock_acts[] = {&keys_turn, NULL};
static const struct act *const noting_acts[] = {&act_heed, NULL};

const struct module keys_module = {
    .name = "keys",
    .clock_acts = clock_acts,
    .noting_acts = noting_acts,
    .health = health,
    .metrics = metrics,
};
