/* identity_picture.c -- the key of a second step as a picture, for the camera of a phone.
 *
 * Typing 32 letters from a screen is where people give up.  The picture holds the same address as
 * the page does in words, so whoever has no camera, or sees no pictures, misses nothing.
 *
 *  (1) Only the person an offer was made to gets its picture, as long as the offer is good; for
 *      anybody else there is none.
 */
#include "desk/identity/identity_parts.h"
#include "platform/page.h"
#include "platform/picture.h"

#define FORM_THIS identity_picture_form
FORM_TABLE(identity_picture, IDENTITY_PICTURE_FORM)
#undef FORM_THIS

struct outcome identity_send_picture(struct request *request, const void *query,
                                     struct file_answer *file)
{
    const struct identity_picture_form *f = query;
    struct scene *scene = request->scene;
    struct identity_find_person_row row;
    struct str secret;
    id person_id;
    bool found;

    TRY(identity_by_person(scene));
    TRY(identity_find_person(scene->arena, scene->store, scene->actor.person_id, &row, &found));
    if (!found || row.totp_sealed.len) return REFUSE(act_unknown);
    if (!identity_note_open(scene, "person.totp.offer", f->offer, &person_id, &secret) ||
        person_id != row.person_id)
        return REFUSE(act_unknown);
    return picture_answer(scene->arena, secret_totp_uri(scene->arena, secret, row.login), "key.svg",
                          file);
}
