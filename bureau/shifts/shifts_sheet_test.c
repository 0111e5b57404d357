/* shifts_sheet_test.c -- what the team sheet says of whom.  Cites shifts_sheet.c. */
#include <criterion/criterion.h>

#include "bureau/shifts/shifts_test.h"

extern const struct module shifts_module;

TestSuite(shifts_sheet, .init = city_open, .fini = city_close);

enum { WEEKDAYS = 31 };

static const struct shifts_sheet_cell_view *monday_of(const struct shifts_sheet_view *v,
                                                      id person_id)
{
    for (size_t i = 0; i < v->teams_count; i++)
        for (size_t k = 0; k < v->teams[i].people_count; k++)
            if (v->teams[i].people[k].person == person_id) return &v->teams[i].people[k].days[0];
    cr_assert_fail("nobody of that number is on the sheet");
    return NULL;
}

/* (2) */
Test(shifts_sheet, what_nobody_is_sure_to_cover_says_why_in_words)
{
    struct shifts_sheet_view view = {0};
    id sure = city_plan(540, 720, WEEKDAYS, 1), asked = city_plan(780, 1020, WEEKDAYS, 1);

    city_member(sure, city.cid, WEEKDAYS, true);
    city_member(asked, city.ann, WEEKDAYS, false);
    city_plan(1080, 1200, WEEKDAYS, 1); /* has nobody */
    city_watch();
    city_be(city.leader);
    cr_assert(test_done(
        test_show(city.scene, &shifts_module, "/roster/sheet", "day=2026-11-23", &view, NULL)));
    cr_expect(str_same(monday_of(&view, city.cid)->text, S("09:00–12:00")));
    cr_expect(str_same(monday_of(&view, city.cid)->gap, S("")), "confirmed");
    cr_expect(str_same(monday_of(&view, city.ann)->text, S("13:00–17:00")));
    cr_expect(str_same(monday_of(&view, city.ann)->gap,
                       text_in(city.scene->language, T("Not confirmed"))));
    cr_expect(str_same(monday_of(&view, 0)->text, S("18:00–20:00")));
    cr_expect(str_same(monday_of(&view, 0)->gap, text_in(city.scene->language, T("Nobody"))));
}
