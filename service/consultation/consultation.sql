-- consultation.sql -- one case from question to rating, on every channel.

create table consultation (
    consultation_id bigint not null primary key,
    reference      text    not null, -- what a resident reads aloud
    state          text    not null, -- a word of consultation_state_word()
    owner_id       bigint  not null, -- resident or guest
    phone_sealed   text    not null,
    phone_index    text    not null,
    field          text    not null,
    profession     text    not null,
    division       text    not null, -- where the resident is: '31' if not said
    language       text    not null,
    channel        text    not null,
    priority       integer not null, -- 0 normal, 1 cared for (elderly, disabled), 2 urgent
    wants_id       bigint  not null, -- a consultant asked for by name; 0: anyone fitting
    asked_at       bigint  not null,
    waiting_at     bigint  not null, -- since when it waits for a consultant
    rank_at        bigint  not null, -- waiting_at less the head start of its priority: the queue
    due_at         bigint  not null, -- written: the promise; 0 none
    due_provisional integer not null, -- 1: the calendar of that year was not published yet
    consultant_id  bigint  not null, -- offered to, talking, or answering; 0 nobody
    team_id        bigint  not null, -- of the consultant, or responsible for a written question
    offer_until    bigint  not null,
    offers_count   integer not null,
    talk_at        bigint  not null, -- first accepted
    answered_at    bigint  not null,
    closed_at      bigint  not null,
    last_seq       bigint  not null, -- newest message
    last_at        bigint  not null,
    last_side      text    not null,
    resident_read  bigint  not null, -- newest message the resident has seen
    consultant_read bigint not null,
    warned         integer not null, -- 0, 1 half, 2 four fifths, 3 overdue: told to the leader
    outcome        text    not null,
    summary        text    not null
);
create unique index consultation_reference on consultation (reference);
create index consultation_queue on consultation (state, profession, rank_at);
create index consultation_owner on consultation (owner_id, asked_at);
create index consultation_phone on consultation (phone_index, asked_at) where phone_index <> '';
create index consultation_mine on consultation (consultant_id, state, due_at);
create index consultation_due on consultation (state, due_at);
create index consultation_closed on consultation (closed_at);

create table message (
    seq            bigint  not null primary key, -- of the journal line that brought it
    consultation_id bigint not null references consultation,
    at             bigint  not null,
    side           text    not null, -- resident, consultant, system
    author_id      bigint  not null,
    author_name    text    not null, -- as it was then
    text           text    not null,
    attachment_id  bigint  not null, -- 0 none
    internal       integer not null  -- 1: a note between consultants, never shown to the resident
);
create index message_of on message (consultation_id, seq);

create table attachment (
    attachment_id  bigint  not null primary key,
    consultation_id bigint not null references consultation,
    attachment_name text   not null, -- as the sender called it
    type           text    not null, -- by content, of a fixed list
    bytes_count    bigint  not null,
    file           text    not null, -- random name in the folder of files
    hash           text    not null, -- BLAKE2b-256 of the bytes
    at             bigint  not null,
    author_id      bigint  not null
);
create index attachment_of on attachment (consultation_id);

-- Why a case went to whom: every offer, with those who could have had it.
create table assignment (
    seq            bigint  not null primary key,
    consultation_id bigint not null references consultation,
    consultant_id  bigint  not null,
    at             bigint  not null,
    ended_at       bigint  not null, -- 0 while it stands
    result         text    not null, -- open, accepted, declined, expired, withdrawn, transferred
    reason         text    not null, -- of a decline or transfer
    why            text    not null, -- the points of the chosen and the next in line
    candidates     integer not null
);
create index assignment_of on assignment (consultation_id, seq);
create index assignment_consultant on assignment (consultant_id, at);

create table rating (
    consultation_id bigint not null primary key references consultation,
    consultant_id  bigint  not null,
    team_id        bigint  not null,
    stars          integer not null,
    patience       integer not null, -- 0: not given
    courtesy       integer not null,
    efficiency     integer not null,
    correctness    integer not null,
    text           text    not null,
    at             bigint  not null
);
create index rating_consultant on rating (consultant_id, at);
create index rating_at on rating (at);

create table canned (
    canned_id      bigint  not null primary key,
    owner_id       bigint  not null, -- 0: everybody's
    field          text    not null, -- '' any
    language       text    not null,
    title          text    not null,
    text           text    not null
);
create index canned_owner on canned (owner_id, field);

-- What a visitor has typed so far on the way to a question; gone when it is asked.
create table draft (
    visitor_hash   text    not null primary key,
    field          text    not null,
    text_sealed    text    not null,
    division       text    not null,
    language       text    not null,
    phone_sealed   text    not null,
    mode           text    not null,
    priority       integer not null,
    at             bigint  not null
);
create index draft_at on draft (at);
