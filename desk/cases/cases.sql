-- cases.sql -- what people apply for: where each case is, its steps, answers, materials, breaches.
--
-- Whose turn it is follows from the state and the table of the item's version; it is kept beside
-- the state because lists are made by it.

create table case_now (
    case_id       bigint  not null primary key,
    reference     text    not null,
    item          text    not null,
    version_id    bigint  not null references item_version, -- the table it began under
    owner_id      bigint  not null, -- a resident, or a guest of a browser
    name_sealed   text    not null,
    phone_sealed  text    not null,
    division      text    not null, -- of the office that has it
    language      text    not null,
    channel       text    not null,
    state         text    not null,
    turn          text    not null, -- applicant, officer, or '' when it is over
    outcome       text    not null, -- of the last step
    opened_at     bigint  not null,
    since_at      bigint  not null, -- in this state
    due_at        bigint  not null, -- of the state; 0: no days
    promise_at    bigint  not null, -- of the whole case; 0: not counting, or paused
    left_days     integer not null, -- of the promise while it is paused; -1: it is not
    closed_at     bigint  not null,
    handler_id    bigint  not null, -- who of the office opened it; 0: nobody yet
    touched_at    bigint  not null, -- when somebody of the office last did
    answers_seq   bigint  not null, -- the answers that hold now
    steps_count   integer not null
);
create unique index case_now_reference on case_now (reference);
create index case_now_owner on case_now (owner_id);
create index case_now_office on case_now (turn, division, due_at);

create table case_step (
    case_id       bigint  not null references case_now,
    seq           bigint  not null, -- of the journal
    at            bigint  not null,
    action        text    not null, -- '' of the first
    state         text    not null, -- led to
    turn          text    not null, -- whose step it was: a word of cases_who_word()
    by_id         bigint  not null,
    division      text    not null, -- which office had it afterwards
    outcome       text    not null,
    words_sealed  text    not null,
    due_at        bigint  not null, -- by when whoever comes next must act
    primary key (case_id, seq)
);

create table case_answer (
    case_id       bigint  not null references case_now,
    seq           bigint  not null,
    field         text    not null,
    answer_sealed text    not null,
    primary key (case_id, seq, field)
);

create table case_paper (
    file_id       bigint  not null primary key,
    case_id       bigint  not null references case_now,
    material      text    not null, -- of the table, or ''
    file_name     text    not null,
    type          text    not null,
    bytes_count   bigint  not null,
    file          text    not null,
    hash          text    not null,
    at            bigint  not null
);
create index case_paper_of on case_paper (case_id);

-- An officer opened a case: the act is in the journal, this lets the page be shown.
create table case_look (
    case_id       bigint  not null references case_now,
    by_id         bigint  not null,
    at            bigint  not null,
    primary key (case_id, by_id)
);

-- A day that was not kept, and by whom.
create table case_breach (
    case_id       bigint  not null references case_now,
    due_at        bigint  not null,
    state         text    not null,
    turn          text    not null,
    division      text    not null,
    handler_id    bigint  not null,
    at            bigint  not null,
    primary key (case_id, due_at)
);

-- migrate: 1
-- Who acts for the applicant; whose profession it is to act as the office; and by when whoever must
-- act has to, as one number lists are sorted by: of what is over, how long ago it ended.
alter table case_now add column agent_id bigint not null default 0; -- asked, or acting
alter table case_now add column agent_at bigint not null default 0; -- since when; 0: only asked
alter table case_now add column officers text not null default '';
alter table case_now add column under_way integer not null default 1;
alter table case_now add column by_at bigint not null default 0;
update case_now
   set under_way = case when turn = '' then 0 else 1 end,
       by_at = case when turn = '' then 0 - closed_at
                    when due_at = 0 and promise_at = 0 then 9000000000000000
                    when due_at = 0 or (promise_at > 0 and promise_at < due_at) then promise_at
                    else due_at end;
drop index case_now_office;
create index case_now_district on case_now (under_way, division, by_at, case_id);
create index case_now_city on case_now (under_way, by_at, case_id);
create index case_now_agent on case_now (agent_id, under_way, by_at) where agent_id > 0;

-- Who is on which side, as keyed indexes of names: nobody acts for both.
create table case_party (
    case_id       bigint  not null references case_now,
    side          text    not null, -- applicant, other
    name_index    text    not null,
    primary key (case_id, side)
);
create index case_party_name on case_party (name_index);

-- Everybody who was asked to act, and how it went on.
create table case_agent (
    case_id       bigint  not null references case_now,
    seq           bigint  not null, -- of the step
    agent_id      bigint  not null,
    asked_at      bigint  not null,
    taken_at      bigint  not null, -- 0: has not taken it on
    ended_at      bigint  not null, -- 0: not yet
    outcome       text    not null, -- by which it ended
    primary key (case_id, seq)
);
create index case_agent_who on case_agent (agent_id, ended_at);

-- What was written on paper: which letter, after which step, and when the applicant first read it.
create table case_letter (
    case_id       bigint  not null references case_now,
    seq           bigint  not null, -- of the step
    letter        text    not null,
    at            bigint  not null,
    read_at       bigint  not null, -- 0: not yet
    primary key (case_id, seq)
);

-- migrate: 2
-- What the applicant took back is not shown from then on; the clock removes file and row later.
alter table case_paper add column dropped_at bigint not null default 0;

-- What is asked of an office in a case by a day: an order of whoever supervises it (督办), of the
-- office that has the case; or a part, contributed by another office (协办).
create table case_task (
    task_id       bigint  not null primary key,
    case_id       bigint  not null references case_now,
    kind          text    not null, -- order, part
    state         text    not null, -- open, answered, ended
    division      text    not null, -- of the office that has to answer
    officers      text    not null, -- whose profession it is there, as of the case; ''
    from_division text    not null, -- of who asked
    by_id         bigint  not null,
    handler_id    bigint  not null, -- who of the asked office opened it first; 0: nobody yet
    words_sealed  text    not null,
    at            bigint  not null,
    due_at        bigint  not null, -- the first moment that is too late
    late_at       bigint  not null, -- when the clock found it not answered; 0: in time so far
    answered_by   bigint  not null,
    answered_at   bigint  not null,
    answer_sealed text    not null,
    ended_by      bigint  not null, -- 0 with ended_at: with the case, or by itself
    ended_at      bigint  not null,
    end_sealed    text    not null
);
create index case_task_of on case_task (case_id);
create index case_task_office on case_task (state, division, due_at);
create index case_task_from on case_task (state, from_division, due_at);

-- migrate: 3
-- Papers that can be verified: a decision (`letter`), or the sheet that goes along when another
-- office gets the case (letter ''). The code stands on the paper; whoever holds that may ask.
create table case_sheet (
    code          text    not null primary key,
    case_id       bigint  not null references case_now,
    seq           bigint  not null, -- of the step
    letter        text    not null,
    at            bigint  not null,
    by_id         bigint  not null,
    from_division text    not null,
    to_division   text    not null, -- of a decision the same
    papers_count  integer not null
);
create unique index case_sheet_step on case_sheet (case_id, seq, letter);
create index case_sheet_from on case_sheet (letter, from_division, at);
create index case_sheet_to on case_sheet (letter, to_division, at);

-- migrate: 4
-- Served before others, and somebody should come: as the answers say.
alter table case_now add column is_first integer not null default 0;
alter table case_now add column wants_visit integer not null default 0;
create index case_now_visit on case_now (division, by_at) where wants_visit = 1 and under_way = 1;

-- Typed in by somebody of an office or a window: from paper, or from a notice of a court,
-- procuratorate or the police (`notice_sealed`, which of them and its number).
create table case_typed (
    case_id       bigint  not null primary key references case_now,
    by_id         bigint  not null,
    at            bigint  not null,
    notice_sealed text    not null
);
create index case_typed_by on case_typed (by_id, at);

-- Somebody of the office goes to the applicant.
create table case_visit (
    visit_id      bigint  not null primary key,
    case_id       bigint  not null references case_now,
    visitor_id    bigint  not null,
    starts_at     bigint  not null,
    ends_at       bigint  not null,
    state         text    not null, -- planned, done, cancelled
    place_sealed  text    not null,
    words_sealed  text    not null, -- what the applicant should know
    by_id         bigint  not null,
    at            bigint  not null,
    end_sealed    text    not null, -- what came of it, or why nobody came
    ended_at      bigint  not null
);
create index case_visit_of on case_visit (case_id, starts_at);
create index case_visit_who on case_visit (visitor_id, starts_at) where state = 'planned';

-- migrate: 5
-- What else belongs to a case: the talk it came out of, another case about the same, a case that
-- was split off it.  Of two cases each has a row.
create table case_link (
    case_id       bigint  not null references case_now,
    kind          text    not null, -- talk, same, split (off it), whole (it was split off that)
    other_id      bigint  not null, -- a case, or of a talk the consultation
    reference     text    not null, -- of the other
    by_id         bigint  not null,
    at            bigint  not null,
    primary key (case_id, kind, other_id)
);

-- migrate: 6
-- An original on paper that an office took in.  Who holds it is who confirmed it last.
create table case_original (
    original_id   bigint  not null primary key,
    case_id       bigint  not null references case_now,
    what_sealed   text    not null,
    pages_count   integer not null,
    held_by       bigint  not null,
    division      text    not null, -- of the office where it lies
    place_sealed  text    not null, -- there
    taken_at      bigint  not null,
    since_at      bigint  not null, -- with who holds it, or given back
    given_at      bigint  not null  -- 0: the applicant does not have it back yet
);
create index case_original_of on case_original (case_id);
create index case_original_held on case_original (division, since_at) where given_at = 0;

-- migrate: 7
-- For counting what an office has to do without reading its cases.
create index case_now_turn on case_now (turn, division, officers) where under_way = 1;
create index case_now_untouched on case_now (division, officers)
 where under_way = 1 and turn = 'officer' and touched_at < since_at;
create index case_now_late on case_now (by_at, division, officers)
 where under_way = 1 and turn = 'officer';

-- migrate: 8
-- For counting what was handed in in a month.
create index case_now_opened on case_now (opened_at);

-- migrate: 9
-- The same again, so that every row that is read is one that is counted, however many others there
-- are.  `under_way` stands first where it says nothing new, since SQLite takes the index of which a
-- query settles the most columns.
drop index case_now_turn;
drop index case_now_untouched;
drop index case_now_late;
create index case_now_turn on case_now (turn, division, officers, by_at) where under_way = 1;
create index case_now_untouched on case_now (under_way, turn, division, officers)
 where under_way = 1 and turn = 'officer' and touched_at < since_at;
create index case_now_late on case_now (turn, by_at, division)
 where under_way = 1 and turn = 'officer';

-- ---- one case ----

-- name: find_reference :one
select case_id from case_now where reference = :reference;

-- name: find_case :one
select case_id, reference, item, version_id, owner_id, name_sealed, phone_sealed,
       division, language, channel, state, turn, outcome, opened_at, since_at, due_at, promise_at,
       left_days, closed_at, handler_id, touched_at, answers_seq, steps_count, agent_id, agent_at,
       officers, is_first, wants_visit
  from case_now where case_id = :case_id;

-- name: add_case :exec
insert into case_now (case_id, reference, item, version_id, owner_id, name_sealed, phone_sealed,
       division, language, channel, state, turn, outcome, opened_at, since_at, due_at,
       promise_at, left_days, closed_at, handler_id, touched_at, answers_seq, steps_count,
       agent_id, agent_at, officers, under_way, by_at)
values (:case_id, :reference, :item, :version_id, :owner_id, :name_sealed, :phone_sealed,
       :division, :language, :channel, :state, :turn, :outcome, :opened_at,
       :since_at, :due_at, :promise_at, :left_days, 0, 0, 0, :answers_seq, 0,
       0, 0, :officers, 1, 0);

-- name: save_case :exec
update case_now
   set name_sealed = :name_sealed, phone_sealed = :phone_sealed,
       division = :division, state = :state, turn = :turn, outcome = :outcome,
       since_at = :since_at, due_at = :due_at, promise_at = :promise_at, left_days = :left_days,
       closed_at = :closed_at, handler_id = :handler_id, touched_at = :touched_at,
       answers_seq = :answers_seq, steps_count = :steps_count, agent_id = :agent_id,
       agent_at = :agent_at, under_way = :under_way, by_at = :by_at,
       is_first = :is_first, wants_visit = :wants_visit
 where case_id = :case_id;

-- name: set_owner :exec
update case_now set owner_id = :owner_id where owner_id = :owner_id__before;

-- Somebody of the office opened it.
-- name: set_touched :exec
update case_now set handler_id = :handler_id, touched_at = :touched_at where case_id = :case_id;

-- name: count_open_of :one
select count(*) as open_count from case_now where owner_id = :owner_id and turn <> '';

-- name: count_opened_of :one
select count(*) as opened_count from case_now
 where owner_id = :owner_id and opened_at > :opened_at;

-- ---- steps and answers ----

-- name: add_step :exec
insert into case_step (case_id, seq, at, action, state, turn, by_id, division, outcome,
       words_sealed, due_at)
values (:case_id, :seq, :at, :action, :state, :turn, :by_id, :division, :outcome, :words_sealed,
       :due_at);

-- name: list_steps :many
select s.seq, s.at, s.action, s.state, s.turn, s.by_id, s.division, s.outcome, s.words_sealed,
       s.due_at, coalesce(p.person_name, '') as person_name
  from case_step s left join person p on p.person_id = s.by_id
 where s.case_id = :case_id order by s.seq limit 301;

-- name: add_answer :exec
insert into case_answer (case_id, seq, field, answer_sealed)
values (:case_id, :seq, :field, :answer_sealed);

-- name: list_answers :many
select field, answer_sealed from case_answer
 where case_id = :case_id and seq = :seq order by field limit 20;

-- ---- materials ----

-- name: add_paper :exec
insert into case_paper (file_id, case_id, material, file_name, type, bytes_count, file, hash, at)
values (:file_id, :case_id, :material, :file_name, :type, :bytes_count, :file, :hash, :at);

-- name: list_papers :many
select file_id, material, file_name, type, bytes_count, at from case_paper
 where case_id = :case_id and dropped_at = 0 order by file_id limit 21;

-- name: find_paper :one
select file_id, material, file_name, type, bytes_count, file, hash from case_paper
 where file_id = :file_id and case_id = :case_id and dropped_at = 0;

-- name: set_paper_dropped :exec
update case_paper set dropped_at = :dropped_at where file_id = :file_id;

-- name: find_dropped_paper :one
select case_id, file from case_paper where file_id = :file_id and dropped_at > 0;

-- What somebody has handed in already, the latest first.
-- name: list_papers_of :many
select p.material, p.at, p.case_id, c.reference
  from case_now c join case_paper p on p.case_id = c.case_id
 where c.owner_id = :owner_id and p.dropped_at = 0 and p.material <> ''
 order by p.at desc, p.file_id limit 200;

-- For `gongdao check`.
-- name: list_all_papers :many
select file_id, file, bytes_count, hash, dropped_at from case_paper
 where file_id > :file_id order by file_id limit 100;

-- name: drop_paper :exec
delete from case_paper where file_id = :file_id;

-- name: set_party :exec
insert into case_party (case_id, side, name_index) values (:case_id, :side, :name_index)
on conflict (case_id, side) do update set name_index = excluded.name_index;

-- name: find_party :one
select name_index from case_party where case_id = :case_id and side = :side;

-- In how many other cases somebody acts or acted for whoever is the other side of this one.
-- name: count_against :one
select count(*) as against_count
  from case_party m
  join case_party x on x.name_index = m.name_index
  join case_agent a on a.case_id = x.case_id
 where m.case_id = :case_id and x.case_id <> :case_id and x.side <> m.side
   and a.agent_id = :agent_id and a.taken_at > 0;

-- name: add_agent :exec
insert into case_agent (case_id, seq, agent_id, asked_at, taken_at, ended_at, outcome)
values (:case_id, :seq, :agent_id, :asked_at, 0, 0, '');

-- name: set_agent_taken :exec
update case_agent set taken_at = :taken_at where case_id = :case_id and ended_at = 0;

-- name: set_agent_ended :exec
update case_agent set ended_at = :ended_at, outcome = :outcome
 where case_id = :case_id and ended_at = 0;

-- name: list_agents :many
select a.agent_id, a.asked_at, a.taken_at, a.ended_at, a.outcome,
       coalesce(p.person_name, '') as person_name
  from case_agent a left join person p on p.person_id = a.agent_id
 where a.case_id = :case_id order by a.seq limit 100;

-- ---- letters ----

-- name: add_letter :exec
insert into case_letter (case_id, seq, letter, at, read_at)
values (:case_id, :seq, :letter, :at, 0);

-- name: list_letters :many
select seq, letter, at, read_at from case_letter where case_id = :case_id order by seq limit 201;

-- name: find_last_letter :one
select seq from case_letter where case_id = :case_id order by seq desc limit 1;

-- With the step it was written after.
-- name: find_letter :one
select l.letter, l.at, l.read_at, s.by_id, s.division, s.turn, s.words_sealed
  from case_letter l join case_step s on s.case_id = l.case_id and s.seq = l.seq
 where l.case_id = :case_id and l.seq = :seq;

-- name: set_letter_read :exec
update case_letter set read_at = :read_at where case_id = :case_id and seq = :seq and read_at = 0;

-- ---- looks and breaches ----

-- name: set_look :exec
insert into case_look (case_id, by_id, at) values (:case_id, :by_id, :at)
on conflict (case_id, by_id) do update set at = excluded.at;

-- name: find_look :one
select at from case_look where case_id = :case_id and by_id = :by_id;

-- name: drop_looks :exec
delete from case_look where case_id = :case_id;

-- name: add_breach :exec
insert into case_breach (case_id, due_at, state, turn, division, handler_id, at)
values (:case_id, :due_at, :state, :turn, :division, :handler_id, :at)
on conflict (case_id, due_at) do nothing;

-- name: count_breaches :one
select count(*) as breaches_count from case_breach where case_id = :case_id;

-- ---- lists ----

-- name: list_own :many
select case_id, reference, item, version_id, state, turn, outcome, opened_at, due_at, promise_at
  from case_now where owner_id = :owner_id
 order by case_id desc limit 50;

-- Those an office sees: by nearest day, of what is over by what ended last.  Of one district, and
-- of the whole city; `officers` is who of an office asks by profession, '' who leads it.
-- name: list_district :many
select c.case_id, c.reference, c.item, c.version_id, c.division, c.state, c.turn, c.outcome,
       c.opened_at, c.since_at, c.due_at, c.promise_at, c.touched_at, c.handler_id,
       c.is_first, c.wants_visit,
       coalesce(p.person_name, '') as person_name
  from case_now c left join person p on p.person_id = c.handler_id
 where c.under_way = :under_way and c.division = :division
   and (:turn = '' or c.turn = :turn) and (:officers = '' or c.officers = :officers)
 order by c.by_at, c.case_id
 limit :max_rows; -- max: 201

-- name: list_city :many
select c.case_id, c.reference, c.item, c.version_id, c.division, c.state, c.turn, c.outcome,
       c.opened_at, c.since_at, c.due_at, c.promise_at, c.touched_at, c.handler_id,
       c.is_first, c.wants_visit,
       coalesce(p.person_name, '') as person_name
  from case_now c left join person p on p.person_id = c.handler_id
 where c.under_way = :under_way and (:turn = '' or c.turn = :turn)
   and (:officers = '' or c.officers = :officers)
   and substr(c.division, 1, length(:scope)) = :scope
 order by c.by_at, c.case_id
 limit :max_rows; -- max: 201

-- What somebody acts in, or is asked to.
-- name: list_agent :many
select c.case_id, c.reference, c.item, c.version_id, c.division, c.state, c.turn, c.outcome,
       c.opened_at, c.since_at, c.due_at, c.promise_at, c.touched_at, c.handler_id,
       c.is_first, c.wants_visit,
       coalesce(p.person_name, '') as person_name
  from case_now c left join person p on p.person_id = c.handler_id
 where c.agent_id > 0 and c.agent_id = :agent_id
 order by c.under_way desc, c.by_at, c.case_id
 limit :max_rows; -- max: 201

-- At the end of a day: what came in and nobody has touched, and what is due before the next.
-- name: list_day :many
select c.case_id, c.reference, c.item, c.version_id, c.division, c.state, c.turn, c.outcome,
       c.opened_at, c.since_at, c.due_at, c.promise_at, c.touched_at, c.handler_id,
       c.is_first, c.wants_visit,
       coalesce(p.person_name, '') as person_name
  from case_now c left join person p on p.person_id = c.handler_id
 where c.under_way = 1 and c.division >= :scope and c.division < :division__end
   and c.turn = 'officer' and (c.touched_at < c.since_at or c.by_at <= :by_at)
   and (:officers = '' or c.officers = :officers)
 order by c.is_first desc, c.since_at, c.case_id
 limit :max_rows; -- max: 201

-- How many an office has, counted up to the first so many and read from an index alone: a number
-- nobody can work off is said as "1,000 and more".  Of one district for all professions, or six
-- times the same for one; of the whole city for all.
-- name: count_turn :one
select count(*) as cases_count from (
    select c.case_id from case_now c
     where c.under_way = 1 and c.turn = :turn and c.division = :division
       and c.officers in (:officers, :officers__2, :officers__3, :officers__4, :officers__5,
           :officers__6)
     limit 1001) as counted;

-- name: count_untouched :one
select count(*) as cases_count from (
    select c.case_id from case_now c
     where c.under_way = 1 and c.turn = 'officer' and c.touched_at < c.since_at
       and c.division = :division
       and c.officers in (:officers, :officers__2, :officers__3, :officers__4, :officers__5,
           :officers__6)
     limit 1001) as counted;

-- name: count_late :one
select count(*) as cases_count from (
    select c.case_id from case_now c
     where c.under_way = 1 and c.turn = 'officer' and c.by_at <= :by_at
       and c.division = :division
       and c.officers in (:officers, :officers__2, :officers__3, :officers__4, :officers__5,
           :officers__6)
     limit 1001) as counted;

-- name: count_turn_city :one
select count(*) as cases_count from (
    select c.case_id from case_now c
     where c.under_way = 1 and c.turn = :turn and c.division >= :scope
       and c.division < :division__end
     limit 1001) as counted;

-- name: count_untouched_city :one
select count(*) as cases_count from (
    select c.case_id from case_now c
     where c.under_way = 1 and c.turn = 'officer' and c.touched_at < c.since_at
       and c.division >= :scope and c.division < :division__end
     limit 1001) as counted;

-- name: count_late_city :one
select count(*) as cases_count from (
    select c.case_id from case_now c
     where c.under_way = 1 and c.turn = 'officer' and c.by_at > 0
       and c.by_at <= :by_at and c.division >= :scope and c.division < :division__end
     order by c.by_at limit 1001) as counted;
