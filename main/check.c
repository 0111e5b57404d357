/* check.c -- gongdao check: is everything as it should be? */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bureau/register/register_acts.h"
#include "desk/calendar/calendar.h"
#include "desk/cases/cases_acts.h"
#include "desk/seal/seal_acts.h"
#include "main/install.h"
#include "main/keys.h"
#include "main/rooms.h"
#include "main/stamps.h"
#include "platform/files.h"
#include "platform/journal.h"
#include "service/aid/aid_acts.h"
#include "service/consultation/consultation_acts.h"
#include "service/privacy/privacy_acts.h"

static int fail(const char *what, struct str why)
{
    fprintf(stderr, "gongdao: %s: %.*s\n", what, STR_ARGS(why));
    return EXIT_FAILURE;
}

static struct str words_of(struct arena *arena, struct outcome outcome)
{
    if (outcome.fault) return str_of(outcome.fault);
    return text_fill(arena, LANGUAGE_EN, outcome.refusal->text, outcome.detail, S(""), S(""));
}

/* Every finding is told, not only the first: which lines they are is what somebody will ask. */
static struct outcome check_seals(struct scene *scene, struct str head, struct seal_report *report)
{
    TRY(seal_check(scene, head, report));
    for (size_t i = 0; i < report->findings_count; i++) {
        struct seal_finding *finding = &report->findings[i];
        struct str words = seal_words(scene->arena, finding);
        char day[11];

        fprintf(stderr, "check: %.*s", STR_ARGS(words));
        calendar_day_print(calendar_day_of(finding->sealed_at), day);
        if (finding->sealed_at) fprintf(stderr, " (sealed on %s)", day);
        fprintf(stderr, "\n");
    }
    return report->findings_count ? FAULT("the journal is not as it was sealed") : DONE;
}

/* Nobody can mend it afterwards, and whether a line was changed is what the seals say: so it is
 * told, and what is left is looked at. */
static struct outcome tell_backward(struct scene *scene)
{
    int64_t places;

    TRY(journal_backward(scene->store, &places));
    if (places)
        printf("The clock was set back while it served: at %lld places the times of the journal "
               "do not rise. Its order is that of its numbers.\n",
               (long long)places);
    return DONE;
}

static void tell_seals(struct arena *arena, const struct seal_report *report)
{
    printf("The journal is as it was sealed: %lld lines under %lld seals, %lld newer lines not "
           "sealed yet.\n",
           (long long)report->lines, (long long)report->seals, (long long)report->unsealed);
    if (report->seals)
        printf("Its newest seal, to be kept elsewhere and asked for with --head:\n%s\n",
               seal_told(arena, report->last_seq, report->head).at);
}

static struct outcome check_erased(struct scene *scene, int64_t *erased)
{
    int64_t found;

    TRY(privacy_check_erased(scene, consultation_found_erased, erased, &found));
    if (!found) return DONE;
    fprintf(stderr,
            "check: of people who were erased %lld things can still be found; was a backup "
            "restored without gongdao erasures --from?\n",
            (long long)found);
    return FAULT("what was erased is not gone");
}

int install_check(struct arena *arena, const struct settings *settings)
{
    struct scene scene = {.arena = arena, .now = time(NULL), .actor = {.is = WHO_SYSTEM}};
    struct outcome outcome = install_open(arena, settings, false);
    int64_t files = 0, orphans = 0, evidence = 0, papers = 0, closing = 0, erased = 0;
    int64_t here_first, here, far;
    struct seal_report seals;

    if (settings->head.len && !seal_is_head(settings->head))
        return fail("check", S("--head is a number, a colon and 64 digits, as check prints it"));
    if (IS_DONE(outcome)) outcome = install_store(arena, settings, STORE_READ, &scene.store);
    if (IS_DONE(outcome)) outcome = store_check(scene.store);
    if (IS_DONE(outcome)) outcome = tell_backward(&scene);
    if (IS_DONE(outcome)) outcome = check_seals(&scene, settings->head, &seals);
    if (IS_DONE(outcome)) outcome = stamps_check(&scene, settings);
    if (IS_DONE(outcome))
        outcome = consultation_check_files(&scene, install_path(arena, settings->data, "files").at,
                                           &files, &orphans);
    files_count_read(&here_first, &far);
    if (IS_DONE(outcome)) outcome = register_check_files(&scene, &evidence);
    if (IS_DONE(outcome)) outcome = cases_check_files(&scene, &papers);
    if (IS_DONE(outcome)) outcome = aid_check_files(&scene, &closing);
    privacy_learn(rooms_held);
    if (IS_DONE(outcome)) outcome = check_erased(&scene, &erased);
    if (IS_DONE(outcome)) outcome = keys_tell(&scene);
    files_count_read(&here, &far);
    store_close(&scene.store);
    if (!IS_DONE(outcome)) return fail("check", words_of(arena, outcome));
    printf("The database is sound, its journal can be read, %lld attached files are as they "
           "were; %lld files belong to no case.\n",
           (long long)(files + evidence + papers + closing),
           (long long)(orphans - (here - here_first)));
    if (files_are_far())
        printf("Of the files %lld are in the data folder, %lld in the store.\n", (long long)here,
               (long long)far);
    printf("People who were erased: %lld; nothing of them can be found.\n", (long long)erased);
    tell_seals(arena, &seals);
    return EXIT_SUCCESS;
}
