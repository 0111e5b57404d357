/* appointment_demo.c -- times at the halls of the demo city. */
#include "bureau/appointment/appointment_parts.h"

static const struct {
    const char *letter;
    int64_t minutes, places;
    const char *items[4];
} plans[] = {
    {"A", 30, 2, {"window-consultation", "online-consultation"}},
    {"B", 30, 2, {"legal-aid-civil", "legal-aid-labour", "legal-aid-criminal", "legal-aid-minors"}},
    {"C", 40, 1, {"notary-consultation", "notary-one-trip"}},
    {"D", 60, 1, {"people-mediation"}},
};

static struct outcome of_line(struct scene *scene, id hall_id,
                              const struct hall_list_lines_row *line)
{
    for (size_t p = 0; p < COUNT(plans); p++) {
        if (!str_same(line->letter, str_of(plans[p].letter))) continue;
        TRY(appointment_set_plan(scene->store, line->line_id, hall_id, plans[p].minutes,
                                 plans[p].places, 14, 1));
        for (size_t i = 0; i < COUNT(plans[p].items) && plans[p].items[i]; i++)
            TRY(appointment_add_plan_item(scene->store, str_of(plans[p].items[i]), line->line_id));
    }
    return DONE;
}

struct outcome appointment_demo(struct scene *scene)
{
    const struct hall_list_halls_row *halls;
    size_t halls_count;

    TRY(hall_list_halls(scene->arena, scene->store, S(""), &halls, &halls_count));
    for (size_t h = 0; h < halls_count; h++) {
        const struct hall_list_lines_row *lines;
        size_t count;

        TRY(hall_list_lines(scene->arena, scene->store, halls[h].hall_id, &lines, &count));
        for (size_t i = 0; i < count; i++) TRY(of_line(scene, halls[h].hall_id, &lines[i]));
        TRY(clock_set(scene, "appointment.settle", halls[h].hall_id, scene->now));
    }
    return DONE;
}
