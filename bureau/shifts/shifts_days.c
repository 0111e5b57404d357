/* shifts_days.c -- days of the week as bits, words and text. */
#include "bureau/shifts/shifts_views.h"

enum { NAMES = 8, HOLIDAY_BIT = 7 };

static const struct {
    const char *word, *name;
} names[NAMES] = {
    {"mon", T("Monday")},    {"tue", T("Tuesday")},
    {"wed", T("Wednesday")}, {"thu", T("Thursday")},
    {"fri", T("Friday")},    {"sat", T("Saturday")},
    {"sun", T("Sunday")},    {"holiday", T("Public holidays")},
};

static int place_of(struct str word)
{
    int place = 0;

    while (place < NAMES && !str_same(str_of(names[place].word), word)) place++;
    return place;
}

bool shifts_weekdays_read(struct str words, unsigned *bits)
{
    *bits = 0;
    while (words.len) {
        struct str word = str_cut(words, ' ', &words);
        int place = place_of(word);

        if (!word.len) continue;
        if (place == NAMES) return false;
        *bits |= 1U << place;
    }
    return *bits != 0;
}

struct str shifts_weekdays_words(struct arena *arena, unsigned bits)
{
    struct str made = S("");

    for (int i = 0; i < NAMES; i++) {
        if (bits >> i & 1U)
            made =
                arena_print(arena, "%.*s%s%s", STR_ARGS(made), made.len ? " " : "", names[i].word);
    }
    return made;
}

struct str shifts_weekdays_text(struct scene *scene, unsigned bits)
{
    struct str made = S("");

    if (bits == (SHIFTS_EVERY_WEEKDAY | SHIFTS_HOLIDAYS))
        return text_in(scene->language, T("Every day"));
    if (bits == 0x1f) return text_in(scene->language, T("Working days"));
    for (int i = 0; i < NAMES; i++) {
        if (!(bits >> i & 1U)) continue;
        made = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(made), made.len ? " · " : "",
                           STR_ARGS(text_in(scene->language, names[i].name)));
    }
    return made;
}

struct shifts_choice_list shifts_weekday_choices(struct scene *scene, unsigned offered,
                                                 unsigned chosen)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, NAMES);
    size_t count = 0;

    for (int i = 0; i < NAMES; i++) {
        if (!(offered >> i & 1U)) continue;
        made[count++] = (struct choice){.value = str_of(names[i].word),
                                        .label = text_in(scene->language, names[i].name),
                                        .chosen = chosen >> i & 1U};
    }
    return (struct shifts_choice_list){made, count};
}

bool shifts_makeup_read(struct str word, int *makeup_as)
{
    *makeup_as = word.len ? place_of(word) : CALENDAR_MONDAY;
    if (str_same(word, S("none"))) *makeup_as = SHIFTS_MAKEUP_NONE;
    return *makeup_as < HOLIDAY_BIT || str_same(word, S("none"));
}

struct shifts_choice_list shifts_makeup_choices(struct scene *scene, int chosen)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, NAMES);

    for (int i = 0; i < HOLIDAY_BIT; i++)
        made[i] = (struct choice){.value = str_of(names[i].word),
                                  .label = text_in(scene->language, names[i].name),
                                  .chosen = i == chosen};
    made[HOLIDAY_BIT] = (struct choice){.value = S("none"),
                                        .label = text_in(scene->language, T("Not worked")),
                                        .chosen = chosen == SHIFTS_MAKEUP_NONE};
    return (struct shifts_choice_list){made, NAMES};
}
