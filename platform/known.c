/* known.c -- see known.h. */
#include "platform/known.h"

const struct reason query_unknown = {
    "query.unknown",
    T("The address asks for “%1”, and there is no such thing here. Go back and choose again."),
    422};

static bool is_one_of(const char *words, struct str value)
{
    struct str rest = str_of(words);

    while (rest.len) {
        if (str_same(str_cut(rest, ' ', &rest), value)) return true;
    }
    return false;
}

struct outcome query_need_known(struct scene *scene, const struct form *form,
                                const struct query_known *known, const void *query)
{
    for (; known->field; known++) {
        int place = form_place(form, str_of(known->field));
        struct str value;
        bool is_known;

        assert(place >= 0);
        value = *(const struct str *)((const char *)query + form->fields[place].at);
        if (!value.len) continue;
        if (known->words)
            is_known = is_one_of(known->words, value);
        else
            TRY(known->knows(scene, value, &is_known));
        if (!is_known)
            return REFUSE_WITH(query_unknown, arena_print(scene->arena, "%s=%.*s", known->field,
                                                          STR_ARGS(value)));
    }
    return DONE;
}
