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
    last_seq       bigint  not null, -- this and the next five stand in `exchange` since migration 4
    last_at        bigint  not null,
    last_side      text    not null,
    messages_count integer not null,
    resident_read  bigint  not null,
    consultant_read bigint not null,
    warned         integer not null, -- 0, 1 half, 2 four fifths, 3 overdue: told to the leader
    outcome        text    not null,
    summary        text    not null
);
create unique index consultation_reference on consultation (reference);
create index consultation_queue on consultation (state, profession, rank_at);
create index consultation_spoken on consultation (state, profession, language, rank_at);
create index consultation_owner on consultation (owner_id, asked_at);
create index consultation_phone on consultation (phone_index, asked_at) where phone_index <> '';
create index consultation_mine on consultation (consultant_id, state, due_at);
create index consultation_due on consultation (state, due_at);
create index consultation_closed on consultation (closed_at);
create index consultation_handled on consultation (state, profession, closed_at) where talk_at > 0;
create index consultation_answered on consultation (answered_at) where answered_at > 0;

create table message (
    consultation_id bigint not null references consultation,
    seq            bigint  not null, -- of the journal line that brought it
    at             bigint  not null,
    side           text    not null, -- resident, consultant, system
    author_id      bigint  not null,
    author_name    text    not null, -- as it was then
    text           text    not null,
    attachment_id  bigint  not null, -- 0 none
    internal       integer not null, -- 1: a note between consultants, never shown to the resident
    primary key (consultation_id, seq)
);

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
create unique index attachment_file on attachment (file);

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
    owner_id       bigint  not null, -- 0: everybody's; else a team's or a consultant's
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
    against_sealed text    not null,
    division       text    not null,
    language       text    not null,
    phone_sealed   text    not null,
    mode           text    not null,
    priority       integer not null,
    at             bigint  not null
);
create index draft_at on draft (at);

-- How long talks took lately, by profession; worked out anew when a talk ends.
create table pace (
    profession     text    not null primary key,
    low_seconds    bigint  not null,
    high_seconds   bigint  not null,
    samples        integer not null,
    at             bigint  not null
);

-- Leave to read a case one is no party to, given by an act and so in the journal.
create table look_in (
    person_id      bigint  not null,
    consultation_id bigint not null references consultation,
    until_at       bigint  not null,
    primary key (person_id, consultation_id)
);

-- Left in writing, and somebody would rather talk: both must want, see consultation_again.c.
create table live_again (
    consultation_id bigint not null primary key references consultation,
    wished_at      bigint  not null, -- by the resident; 0: not
    offered_at     bigint  not null, -- by the consultant who has it; 0: not
    offered_by     bigint  not null
);
create index live_again_wished on live_again (wished_at);

-- migrate: 1
-- Every version of the ready answers that many share, see consultation_ready.sql.
create table ready_version (
    canned_id      bigint  not null,
    version_number bigint  not null,
    owner_id       bigint  not null, -- 0: everybody's, else a team's
    field          text    not null, -- '' any
    title          text    not null,
    text           text    not null,
    is_active      integer not null, -- 0: with this version it was put out of use
    made_at        bigint  not null,
    by_id          bigint  not null, -- 0: it came with the installation
    primary key (canned_id, version_number)
);
create index ready_version_active on ready_version (is_active, made_at);

-- migrate: 2
-- Given to a team or a district as such, which finds somebody itself: see consultation_handed.sql.
create table handing (
    handing_id     bigint  not null primary key,
    consultation_id bigint not null references consultation,
    state          text    not null, -- waiting, accepted, placed, returned, lapsed
    to_team        bigint  not null, -- 0: a district or street as such
    to_division    text    not null, -- that one, or the team's
    from_team      bigint  not null, -- the sender's; 0: a supervisor's
    from_division  text    not null, -- the supervisor's scope, or the team's
    by_id          bigint  not null,
    reason         text    not null,
    at             bigint  not null,
    accept_by      bigint  not null,
    moved_at       bigint  not null, -- into the state it has
    moved_by       bigint  not null, -- 0: the clock
    answer         text    not null, -- why it was sent back
    ended_at       bigint  not null  -- 0: it stands
);
create unique index handing_open on handing (consultation_id) where ended_at = 0;
create index handing_stands on handing (ended_at, state, accept_by);
create index handing_of on handing (consultation_id, at);

-- migrate: 3
-- Who has how many written questions open is asked at each new one.
create index consultation_written on consultation (state, consultant_id) where state = 'message';

-- migrate: 4
-- What each word said changes lies close together, apart from the long rows of the cases: those who
-- talk at one time share few pages, and each page changed is written to the log at every commit.
-- The columns it had there stay, unread: each one dropped would write the whole table anew.
create table exchange (
    consultation_id bigint not null primary key references consultation,
    last_seq       bigint  not null, -- newest message
    last_at        bigint  not null,
    last_side      text    not null,
    messages_count integer not null, -- with notes; kept, since counting them at every word is slow
    resident_read  bigint  not null, -- newest message the resident has seen
    consultant_read bigint not null
);
insert into exchange (consultation_id, last_seq, last_at, last_side, messages_count, resident_read,
       consultant_read)
select consultation_id, last_seq, last_at, last_side, messages_count, resident_read, consultant_read
  from consultation;

-- migrate: 5
-- Whom a visitor chose in the directory: asked first.
alter table draft add column wants_id bigint not null default 0;

-- migrate: 6
-- A long talk that moved on: what was said below this number is still to be put into the journal's
-- indexes, piece by piece, so that nobody waits for all of it.  Gone within seconds.
create table said_left (
    consultation_id bigint not null primary key references consultation,
    below_seq      bigint  not null
);

-- name: find_case :one
select c.consultation_id, c.reference, c.state, c.owner_id, c.phone_sealed, c.phone_index, c.field,
       c.profession, c.division, c.language, c.channel, c.priority, c.wants_id, c.asked_at,
       c.waiting_at, c.rank_at, c.due_at, c.due_provisional, c.consultant_id, c.team_id,
       c.offer_until, c.offers_count, c.talk_at, c.answered_at, c.closed_at, c.warned, c.outcome,
       c.summary, e.last_seq, e.last_at, e.last_side, e.messages_count, e.resident_read,
       e.consultant_read
  from consultation c join exchange e on e.consultation_id = c.consultation_id
 where c.consultation_id = :consultation_id;

-- name: find_reference :one
select consultation_id from consultation where reference = :reference;

-- What saying something in a case needs of it: this is asked at every word.
-- name: find_talk :one
select c.consultation_id, c.state, c.owner_id, c.phone_index, c.division, c.consultant_id,
       c.team_id, e.messages_count
  from consultation c join exchange e on e.consultation_id = c.consultation_id
 where c.reference = :reference;

-- name: add_case :exec
insert into consultation (consultation_id, reference, state, owner_id, phone_sealed, phone_index,
       field, profession, division, language, channel, priority, wants_id, asked_at, waiting_at,
       rank_at, due_at, due_provisional, consultant_id, team_id, offer_until, offers_count, talk_at,
       answered_at, closed_at, warned, outcome, summary, last_seq, last_at, last_side,
       messages_count, resident_read, consultant_read)
values (:consultation_id, :reference, :state, :owner_id, :phone_sealed, :phone_index,
       :field, :profession, :division, :language, :channel, :priority, :wants_id, :asked_at,
       :waiting_at, :rank_at, 0, 0, 0, 0, 0, 0, 0,
       0, 0, 0, '', '', 0, 0, '', 0, 0, 0);

-- name: add_exchange :exec
insert into exchange (consultation_id, last_seq, last_at, last_side, messages_count, resident_read,
       consultant_read)
values (:consultation_id, 0, 0, '', 0, 0, 0);

-- name: save_case :exec
update consultation
   set state = :state, profession = :profession, wants_id = :wants_id, waiting_at = :waiting_at,
       rank_at = :rank_at, due_at = :due_at, due_provisional = :due_provisional,
       consultant_id = :consultant_id, team_id = :team_id, offer_until = :offer_until,
       offers_count = :offers_count, talk_at = :talk_at, answered_at = :answered_at,
       closed_at = :closed_at, warned = :warned, outcome = :outcome, summary = :summary
 where consultation_id = :consultation_id;

-- name: set_last_message :exec
update exchange set last_seq = :last_seq, last_at = :last_at, last_side = :last_side,
       messages_count = messages_count + 1
 where consultation_id = :consultation_id;

-- name: set_one_note_more :exec
update exchange set messages_count = messages_count + 1
 where consultation_id = :consultation_id;

-- name: set_resident_read :exec
update exchange set resident_read = :resident_read
 where consultation_id = :consultation_id and resident_read < :resident_read;

-- name: set_consultant_read :exec
update exchange set consultant_read = :consultant_read
 where consultation_id = :consultation_id and consultant_read < :consultant_read;

-- name: set_owner :exec
update consultation set owner_id = :owner_id where owner_id = :owner_id__before;

-- A slip opens no question that somebody has proved to be theirs.
-- name: drop_slip_codes :exec
update hall_ticket set code_hash = '', code_until = 0
 where case_id in (select consultation_id from consultation where owner_id = :owner_id);

-- Is it somebody who proved a number, and which?  A guest's number has no person behind it.
-- name: find_holder :one
select count(*) as people_count, coalesce(max(phone_index), '') as phone_index from person
 where person_id = :owner_id;

-- name: set_case_owner :exec
update consultation set owner_id = :owner_id where consultation_id = :consultation_id;

-- name: drop_number :exec
update consultation set phone_sealed = '', phone_index = ''
 where consultation_id = :consultation_id;

-- name: count_open_of :one
select count(*) as open_count from consultation
 where owner_id = :owner_id and state in ('waiting', 'offered', 'talking', 'message', 'hall');

-- name: count_asked_from :one
select count(*) as asked_count from consultation
 where phone_index = :phone_index and phone_index <> '' and asked_at > :asked_at;

-- name: count_ahead :one
select count(*) as ahead_count from consultation
 where state = 'waiting' and profession = :profession
   and (rank_at < :rank_at or (rank_at = :rank_at and consultation_id < :consultation_id));

-- Who waits, first come first after head starts; a drain looks at the first few.
-- name: list_waiting :many
select consultation_id from consultation
 where state = 'waiting' and profession = :profession order by rank_at, consultation_id limit 20;

-- The same of one language, after a place in the queue.
-- name: list_queue :many
select consultation_id, rank_at from consultation
 where state = 'waiting' and profession = :profession and language = :language
   and (rank_at > :rank_at or (rank_at = :rank_at and consultation_id > :consultation_id))
 order by rank_at, consultation_id limit 20;

-- name: find_again :one
select wished_at, offered_at, offered_by from live_again where consultation_id = :consultation_id;

-- name: set_wish :exec
insert into live_again (consultation_id, wished_at, offered_at, offered_by)
values (:consultation_id, :wished_at, 0, 0)
on conflict (consultation_id) do update set wished_at = excluded.wished_at;

-- name: set_offer :exec
insert into live_again (consultation_id, wished_at, offered_at, offered_by)
values (:consultation_id, 0, :offered_at, :offered_by)
on conflict (consultation_id) do update
   set offered_at = excluded.offered_at, offered_by = excluded.offered_by;

-- name: drop_again :exec
delete from live_again where consultation_id = :consultation_id;

-- name: list_wishes :many
select a.consultation_id from live_again a
  join consultation c on c.consultation_id = a.consultation_id
 where c.state = 'message' and c.profession = :profession
   and substr(c.division, 1, 6) = :division and a.wished_at > :wished_at
   and not exists (select 1 from handing h
                    where h.consultation_id = c.consultation_id and h.ended_at = 0
                      and h.state in ('waiting', 'returned', 'lapsed'))
 order by a.wished_at limit 10;

-- What waits for one desk of the ladder, and since when the first.
-- name: find_desk_queue :one
select count(*) as waiting_count, coalesce(min(waiting_at), 0) as waiting_at from consultation
 where state = 'waiting' and profession = :profession and substr(division, 1, 6) = :division;

-- name: list_desks_waiting :many
select distinct profession, substr(division, 1, 6) as division from consultation
 where state = 'waiting' limit 400;

-- name: list_professions_waiting :many
select distinct profession from consultation where state = 'waiting' limit 20;

-- name: list_loads :many
select consultant_id, count(*) as talks from consultation
 where state in ('offered', 'talking') and consultant_id > :consultant_id
 group by consultant_id order by consultant_id limit 4096;

-- name: count_talks_of :one
select count(*) as talks from consultation
 where consultant_id = :consultant_id and state = 'talking';

-- name: list_written_loads :many
select consultant_id, count(*) as talks from consultation
 where state = 'message' and consultant_id > :consultant_id
 group by consultant_id order by consultant_id limit 4096;

-- name: find_last_talk_of :one
select consultant_id from consultation
 where owner_id = :owner_id and talk_at > 0 and state = 'closed' order by asked_at desc limit 1;

-- name: add_message :exec
insert into message (seq, consultation_id, at, side, author_id, author_name, text, attachment_id,
       internal)
values (:seq, :consultation_id, :at, :side, :author_id, :author_name, :text, :attachment_id,
       :internal);

-- Messages after a number, oldest first; :internal is the most that may be seen (0 or 1).
-- name: list_messages :many
select seq, at, side, author_name, text, internal, attachment_id from message
 where consultation_id = :consultation_id and seq > :seq and internal <= :internal
 order by seq limit :max_rows; -- max: 100

-- The newest before a number, newest first.
-- name: list_messages_before :many
select seq, at, side, author_name, text, internal, attachment_id from message
 where consultation_id = :consultation_id and seq < :seq and internal <= :internal
 order by seq desc limit :max_rows; -- max: 100

-- name: add_attachment :exec
insert into attachment (attachment_id, consultation_id, attachment_name, type, bytes_count, file,
       hash, at, author_id)
values (:attachment_id, :consultation_id, :attachment_name, :type, :bytes_count, :file,
       :hash, :at, :author_id);

-- name: find_attachment :one
select attachment_name, type, bytes_count, file, hash from attachment
 where attachment_id = :attachment_id and consultation_id = :consultation_id;

-- name: list_attachments :many
select attachment_id, file, bytes_count, hash from attachment
 where attachment_id > :attachment_id order by attachment_id limit 1;

-- name: find_newest_file :one
select file from attachment order by attachment_id desc limit 1;

-- name: find_file :one
select attachment_id from attachment where file = :file;

-- name: count_attachments :one
select count(*) as attachments_count from attachment where consultation_id = :consultation_id;

-- name: add_rating :exec
insert into rating (consultation_id, consultant_id, team_id, stars, patience, courtesy, efficiency,
       correctness, text, at)
values (:consultation_id, :consultant_id, :team_id, :stars, :patience, :courtesy, :efficiency,
       :correctness, :text, :at);

-- name: find_rating :one
select stars, patience, courtesy, efficiency, correctness, text, at from rating
 where consultation_id = :consultation_id;

-- name: list_handling :many
select closed_at - talk_at as seconds from consultation
 where profession = :profession and state = 'closed' and talk_at > 0
 order by closed_at desc limit 60;

-- name: set_pace :exec
insert into pace (profession, low_seconds, high_seconds, samples, at)
values (:profession, :low_seconds, :high_seconds, :samples, :at)
on conflict (profession) do update set low_seconds = excluded.low_seconds,
       high_seconds = excluded.high_seconds, samples = excluded.samples, at = excluded.at;

-- name: find_pace :one
select low_seconds, high_seconds, samples from pace where profession = :profession;

-- Who talks at a window is not at the screen.
-- name: list_deserted :many
select c.consultation_id from consultation c
  join presence p on p.person_id = c.consultant_id
 where c.state = 'talking' and p.seen_at < :seen_at
   and not exists (select 1 from hall_ticket t
                    where t.case_id = c.consultation_id and t.state = 'serving')
 limit 20;

-- What is in the hands of somebody who is not in service any more: goes to somebody else.
-- name: list_left_behind :many
select c.consultation_id from consultant k
  join consultation c on c.consultant_id = k.person_id and c.state in ('offered', 'message')
 where k.standing = 'barred' limit 5;

-- name: list_offers_over :many
select consultation_id from consultation
 where state = 'offered' and offer_until <= :offer_until limit 50;

-- The next written question whose promise was counted without the calendar of its year.
-- name: find_provisional :one
select consultation_id from consultation
 where state = 'message' and due_provisional = 1 and consultation_id > :consultation_id
 order by consultation_id limit 1;

-- name: list_offered_to :many
select consultation_id from consultation
 where state = 'offered' and consultant_id = :consultant_id limit 20;

-- name: set_look_in :exec
insert into look_in (person_id, consultation_id, until_at)
values (:person_id, :consultation_id, :until_at)
on conflict (person_id, consultation_id) do update set until_at = excluded.until_at;

-- name: find_look_in :one
select until_at from look_in where person_id = :person_id and consultation_id = :consultation_id;

-- ---- the visitor's draft ----

-- name: find_draft :one
select field, text_sealed, against_sealed, division, language, phone_sealed, mode, priority,
       wants_id
  from draft where visitor_hash = :visitor_hash;

-- name: set_draft :exec
insert into draft (visitor_hash, field, text_sealed, against_sealed, division, language,
       phone_sealed, mode, priority, wants_id, at)
values (:visitor_hash, :field, :text_sealed, :against_sealed, :division, :language,
       :phone_sealed, :mode, :priority, :wants_id, :at)
on conflict (visitor_hash) do update set field = excluded.field, text_sealed = excluded.text_sealed,
       against_sealed = excluded.against_sealed,
       division = excluded.division, language = excluded.language,
       phone_sealed = excluded.phone_sealed, mode = excluded.mode, priority = excluded.priority,
       wants_id = excluded.wants_id, at = excluded.at;

-- name: drop_draft :exec
delete from draft where visitor_hash = :visitor_hash;

-- name: drop_drafts_before :exec
delete from draft where at < :at;

-- ---- what somebody has asked, newest first: their own, and those of the number they proved ----

-- name: list_asked_by :many
select c.consultation_id, c.reference, c.state, c.field, c.asked_at, c.due_at, c.closed_at,
       (select count(*) from message u where u.consultation_id = c.consultation_id
           and u.seq > e.resident_read and u.side = 'consultant' and u.internal = 0) as unread,
       coalesce((select substr(f.text, 1, 200) from message f
         where f.consultation_id = c.consultation_id and f.side = 'resident'
         order by f.seq limit 1), '') as first_text
  from consultation c join exchange e on e.consultation_id = c.consultation_id
 where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
   and c.consultation_id < :consultation_id
 order by c.consultation_id desc limit :max_rows; -- max: 100

-- The same of one of them, for whoever holds the token of that one alone.
-- name: find_asked :one
select c.consultation_id, c.reference, c.state, c.field, c.asked_at, c.due_at, c.closed_at,
       (select count(*) from message u where u.consultation_id = c.consultation_id
           and u.seq > e.resident_read and u.side = 'consultant' and u.internal = 0) as unread,
       coalesce((select substr(f.text, 1, 200) from message f
         where f.consultation_id = c.consultation_id and f.side = 'resident'
         order by f.seq limit 1), '') as first_text
  from consultation c join exchange e on e.consultation_id = c.consultation_id
 where c.consultation_id = :consultation_id;

-- ---- the desk's reading ----

-- What a consultant has in hand: offers, talks, written questions by due time.
-- name: list_desk :many
select c.consultation_id, c.reference, c.state, c.owner_id, c.field, c.division, c.language,
       c.wants_id, c.asked_at, c.waiting_at, c.due_at, c.offer_until, c.talk_at, e.last_side,
       c.warned,
       (select count(*) from message u where u.consultation_id = c.consultation_id
           and u.seq > e.consultant_read and u.side = 'resident') as unread,
       coalesce((select substr(f.text, 1, 200) from message f
         where f.consultation_id = c.consultation_id and f.side = 'resident'
         order by f.seq limit 1), '') as first_text,
       coalesce((select substr(n.text, 1, 200) from message n
         where n.consultation_id = c.consultation_id and n.seq = e.last_seq), '')
         as newest_text,
       (select count(*) from consultant_field k
         where k.person_id = c.consultant_id and k.field = c.field) as field_count
  from consultation c join exchange e on e.consultation_id = c.consultation_id
 where c.consultant_id = :consultant_id and c.state in ('offered', 'talking', 'message')
 order by c.state, c.due_at, c.talk_at, c.consultation_id limit 200;

-- What a consultant finished lately, newest first; one case may come twice.
-- name: list_lately :many
select c.reference, c.state, c.field from assignment a
  join consultation c on c.consultation_id = a.case_id
 where a.person_id = :consultant_id and a.result = 'accepted'
   and c.consultant_id = :consultant_id and c.state in ('answered', 'closed')
 order by a.offered_at desc limit 20;

-- name: count_waiting_for :one
select count(*) as waiting_count from consultation
 where state = 'waiting' and profession = :profession;

-- name: count_unread :one
select count(*) as unread from message
 where consultation_id = :consultation_id and seq > :seq and side = 'resident';

-- ---- a hall's window ----

-- What is open in a hall, the next first.
-- name: list_numbers :many
select t.ticket_id, t.ticket, t.state, t.priority, t.taken_at, t.called_at, t.calls_count,
       t.window_id, l.letter, c.reference, c.field, c.language,
       coalesce(w.window_number, 0) as window_number
  from hall_ticket t join hall_line l on l.line_id = t.line_id
  join consultation c on c.consultation_id = t.case_id
  left join hall_window w on w.window_id = nullif(t.window_id, 0)
 where t.hall_id = :hall_id and t.state in ('waiting', 'called', 'serving', 'missed')
 order by t.rank_at, t.ticket_id limit 400;
