/* page.h -- routes: what can be read and done, by whom, and how it looks.
 *
 * A table of pages is the router, the permission list and the OpenAPI document.  Every path is
 * served twice: as HTML, and as JSON under /api/v1 with the same rights (see shared view and
 * form).  Pages only read; what changes something is an act.
 */
#ifndef PLATFORM_PAGE_H
#define PLATFORM_PAGE_H

#include "platform/act.h"

struct request {
    struct scene *scene;
    struct face *face;
    bool is_api;
    /* Set by show() when the browser should go elsewhere instead: a path of ours. */
    struct str go;
};

enum method { GET = 1, POST, DELETE, STREAM, WHISPER };

/* A file to be sent as it is; `type` is one of a fixed list. */
struct file_answer {
    struct str bytes, type, name;
    bool inline_safe; /* an image we checked: may be shown in the page */
};

/* An event stream: whose journal lines it tells, and how a line becomes an event.  */
struct seat {
    id case_id;        /* tells lines of this case, or 0 */
    id for_id;         /* and lines that concern this person, or 0 */
    bool all;          /* and every line (boards): told a few times a second at most */
    id after;          /* the last journal number told */
    bool waiting;      /* wants tick() each time the queue moved */
    int64_t memory[6]; /* of the stream's own: what tick() told last */
    struct actor actor;
    enum language language;
};
struct stream {
    /* May this person listen?  Fills the seat from the query form. */
    struct outcome (*sit)(struct scene *scene, const void *query, struct seat *seat);
    /* Writes the events after seat->after, at most STREAM_EVENTS_MAX, and moves seat->after. */
    struct outcome (*tell)(struct scene *scene, struct seat *seat, struct out *out);
    /* Something that has no journal line of its own, as a place in the queue; or NULL. */
    struct outcome (*tick)(struct scene *scene, struct seat *seat, struct out *out);
};
/* Said to listeners of a case at once and kept nowhere: "typing". */
struct whisper {
    id case_id, for_id; /* listeners with either; the speaker's own person is left out */
    const char *event;
    struct str data; /* JSON */
};

/* How soon when more come than can be served, see admission.h: as others of its kind; as a part of
 * a conversation under way; as work of somebody signed in, or who signs in. */
enum load { LOAD_PLAIN, LOAD_LIVING, LOAD_WORK };
/* Something that may be wanted `now` or `later`: when too many want it now, later is offered.
 * `first` is the flag of who is served before others. */
struct page_instead {
    const char *field, *now, *later, *first;
    const char *later_label; /* marked with T() */
};

struct page {
    enum method method;
    const char *path; /* "/consultations/{reference}": places are fields of the form */
    unsigned who;
    const char *about; /* one English sentence, for OpenAPI */
    /* GET, STREAM, WHISPER: what may stand in the path and behind '?'. */
    const struct form *query;
    const struct view *view;
    const struct template *html; /* NULL: JSON only */
    struct outcome (*show)(struct request *request, const void *query, void *view);
    struct outcome (*file)(struct request *request, const void *query, struct file_answer *file);
    bool is_kept; /* file() reads what files.h keeps: it may wait for a store on the network */
    /* POST, DELETE */
    const struct act *act;
    const char *then;  /* where a browser goes when done; NULL: JSON only */
    const char *again; /* path of the GET page drawn again, with what is wrong, when refused */
    const char *said;  /* "Saved.": what that page says above itself, once; NULL: it shows it */
    int status;        /* of the JSON answer; 0 means 200 */
    int64_t body_bytes_max; /* 0: BODY_BYTES_MAX */
    /* STREAM */
    const struct stream *stream;
    /* WHISPER: runs on a worker, changes nothing. */
    struct outcome (*say)(struct scene *scene, const void *query, struct whisper *whisper);
    bool page_only;      /* has no JSON twin (a preference cookie) */
    int per_minute; /* how often one person may, or one address without; 0: no limit of its own */
    enum load load;
    const struct page_instead *instead; /* POST */
    int refresh_seconds; /* GET: a browser takes it anew so often, also without scripts; 0: never */
};

/* Something a person can begin with a room: an item of the service list names it by its word. */
struct process {
    const char *word; /* "consultation" */
    const char *name; /* marked with T() */
    const char *path; /* where it begins, {item} in it stands for the item; "": not on this site */
    /* Whether a case can run by the table an item brings; NULL: it runs by none. */
    struct outcome (*check)(struct arena *arena, struct str flow);
    /* Where the room goes on with what was begun, {reference} in it: for whoever began it and for
     * the office; NULL: nowhere.  And what that is called, marked with T(). */
    const char *own_path, *office_path, *room_name;
    /* What the room knows for letters: the {room.places} its table may use, NULL the last, and the
     * value of one for the letter of that moment, in Chinese; "" leaves the line out. */
    const char *const *places;
    struct outcome (*place)(struct scene *scene, id case_id, moment at, struct str name,
                            struct str *value);
};

/* A module is one folder of service/, bureau/, desk/ or channel/. */
struct migration;
struct module {
    const char *name;
    const char *schema; /* NULL: no tables */
    const struct migration *migrations;
    const struct page *pages; /* ends with {0} */
    /* Further tables of a large room, each ending with {0}; ends with NULL. */
    const struct page *const *more_pages;
    const struct act *const *clock_acts; /* acts the clock may perform; ends with NULL */
    const struct process *processes;     /* ends with {0} */
    /* Of the clock's acts, those that write down what this process has noted in memory: where
     * several nodes serve one database each performs them, once a minute.  Ends with NULL. */
    const struct act *const *noting_acts;
    /* Reads on in what the room keeps in memory of what is stored (an index of texts), a part at a
     * time; `more`: at once again.  On a thread of its own, see follow.h. */
    struct outcome (*follow)(struct scene *scene, bool *more);
    /* Gauges in Prometheus text, or NULL. */
    struct outcome (*metrics)(struct scene *scene, struct out *out);
    /* Writes problems an operator should know as sentences, one a line. */
    struct outcome (*health)(struct scene *scene, struct out *out);
    /* What was a guest's of this browser becomes the resident's who proved a number in it. */
    struct outcome (*merge)(struct scene *scene, id guest_id, id person_id);
};

/* Escapes nothing, chooses nothing: what the page layer is told once by main. */
struct page_hooks {
    /* Who is this?  `token` is a Bearer or cookie value; unknown tokens give WHO_ANYONE. */
    struct outcome (*identify)(struct scene *scene, struct str token, struct actor *actor);
    /* Draws the whole document around a body. */
    void (*layout)(struct out *out, const struct face *face, const struct template *page,
                   const void *page_view);
    /* A page for people that says what went wrong and what to do next. */
    void (*trouble)(struct out *out, const struct face *face, const struct reason *reason,
                    struct str detail);
    /* Is this session still good?  Asked of open streams when sessions or people change. */
    struct outcome (*still)(struct scene *scene, const struct actor *actor, bool *good);
    /* A file of the program itself (style sheet, script) under /static/; false: there is none. */
    bool (*asset)(struct str path, struct str accept_encoding, struct str *bytes, struct str *type,
                  struct str *encoding);
};

/* {name} parts of a route's path, and matching.  `values` are slices of `path`. */
enum { PLACES_MAX = 4 };
struct places {
    struct str names[PLACES_MAX], values[PLACES_MAX];
    size_t count;
};
bool page_match(const char *route, struct str path, struct places *places);

#endif
