/* limits.h -- every bound of the program, each with its reason. */
#ifndef PLATFORM_LIMITS_H
#define PLATFORM_LIMITS_H

enum {
    /* A form of ours is a few thousand characters; a Chinese character is 3 bytes, 9 as %XX. */
    BODY_BYTES_MAX = 128 * 1024,
    /* A phone photograph or a scanned contract; larger is refused with the size in the text. */
    ATTACHMENT_BYTES_MAX = 10 * 1024 * 1024,
    /* Of the process that reads one: a photograph of 40 million points takes 4 bytes each, twice
     * while it is turned upright; the program itself and its libraries the rest. */
    CAGE_MEMORY_BYTES = 640 * 1024 * 1024,
    CAGE_POINTS_MAX = 40 * 1000 * 1000,
    /* A large photograph takes two seconds to be drawn anew on a slow machine; the longer time is
     * for a machine that is busy with other things. */
    CAGE_CPU_SECONDS = 10,
    CAGE_WAIT_MS = 30 * 1000,
    /* A Word file has some dozens of parts, and unpacks to some ten times its size. */
    CAGE_PARTS_MAX = 5000,
    CAGE_UNPACKED_BYTES_MAX = 200 * 1024 * 1024,
    /* The same with the envelope of a multipart form around it. */
    ATTACHMENT_BODY_BYTES_MAX = ATTACHMENT_BYTES_MAX + 64 * 1024,
    /* All bodies under way together: what a small machine can spare. */
    BODIES_BYTES_MAX = 256 * 1024 * 1024,
    /* Largest page: a board of 116 on duty or 100 messages of 2,000 characters. */
    PAGE_BYTES_MAX = 4 * 1024 * 1024,
    /* Memory of one request or act: the largest page, its rows and its text. */
    ARENA_BYTES_MAX = 48 * 1024 * 1024,
    /* Lines of the log about who was refused: enough to see an attack, too few to fill a disk. */
    REFUSED_TOLD_PER_MINUTE_MAX = 120,
    /* Requests waiting for a worker: a second of work; beyond it waiting only makes it worse. */
    WORK_WAITING_MAX = 8192,
    /* How long what can wait may wait for a worker: a page is made in a few milliseconds, and when
     * there are too many, nobody is let in behind a wait of half of it: 100 ms. */
    WORKER_WAIT_MS = 200,
    /* … and for the disk: several syncs of a slow one. */
    DISK_WAIT_MS = 500,
    /* Conversations under way are turned away only when an answer would come too late to be
     * believed: browsers send again by themselves. */
    LIVING_WAIT_MS = 3000,
    /* Threads for what takes long (passwords), and how much may wait for them: two cores are busy
     * with two, and whoever is behind sixty others is better told to come again. */
    SLOW_THREADS = 2,
    SLOW_WAITING_MAX = 60,
    /* Threads for attached files that lie in a store on the network, so that neither pages nor
     * sign-ins wait for it, and how many may wait for them. */
    FILES_THREADS = 4,
    FILES_WAITING_MAX = 60,
    /* Requests to the store under way: those threads, the one that removes, and one to spare. */
    FILES_STORE_CALLS_MAX = 6,
    /* A store is in the same house or town: a connection takes milliseconds.  The largest file
     * comes there within this at 700 kB/s; people wait for it. */
    FILES_STORE_CONNECT_SECONDS = 3,
    FILES_STORE_STALL_SECONDS = 5,
    FILES_STORE_PUT_SECONDS = 20,
    FILES_STORE_GET_SECONDS = 15,
    /* After a request without an answer nobody asks for so long, and then one does. */
    FILES_STORE_SILENT_SECONDS = 5,
    /* Requests to a language model under way: each holds a worker, of which there are four. */
    MODEL_CALLS_MAX = 2,
    /* A few sentences said again: anything longer is no such answer. */
    MODEL_ANSWER_BYTES = 64 * 1024,
    /* After an answer that cannot be used, or none, nobody asks for so long. */
    MODEL_SILENT_SECONDS = 20,
    /* What could not be removed from it is tried again after this. */
    FILES_GONE_SECONDS = 15,
    /* Streams of one session: windows and tabs of one person; beyond it somebody hoards them. */
    STREAMS_PER_SESSION_MAX = 64,
    /* Acts waiting for the writer: as above. */
    WRITER_WAITING_MAX = 8192,
    /* Acts in one commit: bounds how long the first of them waits for the last. */
    WRITER_BATCH_MAX = 256,
    /* Bytes of events a slow reader may leave lying before it is cut off. */
    STREAM_BYTES_MAX = 256 * 1024,
    /* Bytes told to one stream in one go: whoever was away for long is told the rest a second
     * later, or a slow reader would be cut off each time it came back. */
    STREAM_TELL_BYTES = 64 * 1024,
    /* Journal lines told to one stream in one go. */
    STREAM_EVENTS_MAX = 100,
    /* Boards are told at most so often that something moved: with the page's own pause and the
     * time to make it, what they show is less than a second old. */
    STREAM_BOARD_MS = 250,
    /* While the database is away, or only a copy of it is there, streams look so often. */
    STREAM_AWAY_MS = 200,
    /* A comment line on quiet streams, so that proxies do not close them. */
    STREAM_COMMENT_SECONDS = 20,
    /* Open streams: 10,000 residents and a city's desks. */
    STREAMS_MAX = 16384,
    /* An idempotency key is answered again for at least this long (API.md: 24 hours). */
    ONCE_SECONDS_MIN = 48 * 3600,
    /* Deadlines performed in one look of the clock. */
    CLOCK_ACTS_MAX = 100
};

#endif
