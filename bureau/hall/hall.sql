-- hall.sql -- halls, their lines and windows, who works there, and the numbers people wait with.
-- Opening hours are those of the desk 'hall.N' (bureau/people), N the hall's number.

create table hall (
    hall_id        bigint  not null primary key,
    hall_zh        text    not null,
    hall_en        text    not null,
    address_zh     text    not null,
    address_en     text    not null,
    hall_phone     text    not null, -- '' none
    division       text    not null, -- where it stands
    is_active      integer not null
);
create index hall_division on hall (division);

-- A letter, and what people come for who get it.
create table hall_line (
    line_id        bigint  not null primary key,
    hall_id        bigint  not null references hall,
    letter         text    not null, -- A … Z
    line_zh        text    not null,
    line_en        text    not null,
    profession     text    not null, -- whose questions belong here; '' any
    is_active      integer not null
);
create unique index hall_line_letter on hall_line (hall_id, letter);

create table hall_window (
    window_id      bigint  not null primary key,
    hall_id        bigint  not null references hall,
    window_number  integer not null, -- as it stands above it
    is_active      integer not null,
    person_id      bigint  not null, -- who sits there now; 0 nobody
    since_at       bigint  not null
);
create unique index hall_window_of on hall_window (hall_id, window_number);
create index hall_window_person on hall_window (person_id) where person_id <> 0;

create table hall_window_line (
    window_id      bigint  not null references hall_window,
    line_id        bigint  not null references hall_line,
    primary key (window_id, line_id)
);
create index hall_window_line_of on hall_window_line (line_id, window_id);

-- Who works at which hall: one at a time.
create table hall_staff (
    person_id      bigint  not null primary key references person,
    hall_id        bigint  not null references hall
);
create index hall_staff_of on hall_staff (hall_id, person_id);

-- The last number given in a line on a day.
create table hall_count (
    line_id        bigint  not null references hall_line,
    day            text    not null, -- YYYY-MM-DD
    last_number    integer not null,
    primary key (line_id, day)
);

create table hall_ticket (
    ticket_id      bigint  not null primary key,
    hall_id        bigint  not null references hall,
    line_id        bigint  not null references hall_line, -- now; its letter may be another's
    day            text    not null,
    ticket         text    not null, -- A017
    case_id        bigint  not null, -- of the service
    state          text    not null, -- a word of hall_state_word()
    priority       integer not null,
    rank_at        bigint  not null, -- taken_at less the head start of its priority: the line
    taken_at       bigint  not null,
    taken_by       bigint  not null, -- the clerk
    called_at      bigint  not null, -- last; 0 never
    first_called_at bigint not null,
    calls_count    integer not null,
    served_at      bigint  not null, -- first at a window; 0
    ended_at       bigint  not null,
    window_id      bigint  not null, -- called to, or served at; 0
    served_by      bigint  not null, -- who serves or served it; 0
    name_sealed    text    not null, -- of whoever came, if they said it
    code_hash      text    not null, -- of the code on the slip; '' none
    code_until     bigint  not null
);
create unique index hall_ticket_of on hall_ticket (hall_id, day, ticket);
create index hall_ticket_line on hall_ticket (line_id, state, rank_at);
create index hall_ticket_open on hall_ticket (hall_id, state, called_at);
create index hall_ticket_case on hall_ticket (case_id);
create index hall_ticket_taken on hall_ticket (hall_id, taken_at);

-- migrate: 1
create index hall_ticket_named on hall_ticket (taken_at) where name_sealed <> '';

-- name: count_kept :one
select count(*) as kept_count from hall_ticket
 where name_sealed <> '' and taken_at < :taken_at
   and case_id not in (select h.case_id from retention_hold h
                        where h.lifted_at = 0 and h.case_id > 0);

-- The ticket itself is counted by, and stays.
-- name: drop_kept :exec
update hall_ticket set name_sealed = '', code_hash = '' where ticket_id in (
    select t.ticket_id from hall_ticket t
     where t.name_sealed <> '' and t.taken_at < :taken_at
       and t.case_id not in (select h.case_id from retention_hold h
                              where h.lifted_at = 0 and h.case_id > 0)
     order by t.taken_at limit 200);

-- ---- halls ----

-- name: find_hall :one
select hall_id, hall_zh, hall_en, address_zh, address_en, hall_phone, division, is_active
  from hall where hall_id = :hall_id;

-- In use, and within a division; '' everywhere.
-- name: list_halls :many
select hall_id, hall_zh, hall_en, address_zh, address_en, hall_phone, division from hall
 where is_active = 1 and substr(division, 1, length(:division)) = :division
 order by division, hall_id limit 400;

-- name: list_all_halls :many
select h.hall_id, h.hall_zh, h.hall_en, h.address_zh, h.address_en, h.hall_phone, h.division,
       h.is_active,
       (select count(*) from hall_window w where w.hall_id = h.hall_id and w.is_active = 1)
           as windows_count,
       (select count(*) from hall_staff s where s.hall_id = h.hall_id) as staff_count
  from hall h where substr(h.division, 1, length(:division)) = :division
 order by h.division, h.hall_id limit 400;

-- name: add_hall :exec
insert into hall (hall_id, hall_zh, hall_en, address_zh, address_en, hall_phone, division,
       is_active)
values (:hall_id, :hall_zh, :hall_en, :address_zh, :address_en, :hall_phone, :division, 1);

-- name: save_hall :exec
update hall set hall_zh = :hall_zh, hall_en = :hall_en, address_zh = :address_zh,
       address_en = :address_en, hall_phone = :hall_phone, division = :division,
       is_active = :is_active
 where hall_id = :hall_id;

-- ---- lines ----

-- name: list_lines :many
select l.line_id, l.letter, l.line_zh, l.line_en, l.profession, l.is_active,
       (select count(*) from hall_ticket t where t.line_id = l.line_id and t.state = 'waiting')
           as waiting_count,
       coalesce((select min(t.taken_at) from hall_ticket t
                  where t.line_id = l.line_id and t.state = 'waiting'), 0) as taken_at,
       (select count(*) from hall_window_line k join hall_window w on w.window_id = k.window_id
         where k.line_id = l.line_id and w.is_active = 1 and w.person_id <> 0) as windows_count
  from hall_line l where l.hall_id = :hall_id order by l.letter limit 26;

-- name: find_line :one
select line_id, hall_id, letter, line_zh, line_en, profession, is_active from hall_line
 where line_id = :line_id;

-- name: add_line :exec
insert into hall_line (line_id, hall_id, letter, line_zh, line_en, profession, is_active)
values (:line_id, :hall_id, :letter, :line_zh, :line_en, :profession, 1);

-- name: save_line :exec
update hall_line set line_zh = :line_zh, line_en = :line_en, profession = :profession,
       is_active = :is_active
 where line_id = :line_id;

-- name: count_open_of_line :one
select count(*) as tickets_count from hall_ticket
 where line_id = :line_id and state in ('waiting', 'called', 'serving', 'missed');

-- ---- windows ----

-- name: list_windows :many
select w.window_id, w.window_number, w.is_active, w.person_id, w.since_at, p.person_name,
       coalesce((select min(t.ticket) from hall_ticket t
                  where t.window_id = w.window_id and t.state in ('called', 'serving')), '')
           as ticket
  from hall_window w left join person p on p.person_id = w.person_id
 where w.hall_id = :hall_id order by w.window_number limit 99;

-- name: list_window_lines :many
select k.window_id, l.line_id, l.letter, l.line_zh, l.line_en
  from hall_window w join hall_window_line k on k.window_id = w.window_id
  join hall_line l on l.line_id = k.line_id
 where w.hall_id = :hall_id order by w.window_number, l.letter limit 2600;

-- name: find_window :one
select window_id, hall_id, window_number, is_active, person_id from hall_window
 where window_id = :window_id;

-- name: add_window :exec
insert into hall_window (window_id, hall_id, window_number, is_active, person_id, since_at)
values (:window_id, :hall_id, :window_number, 1, 0, 0);

-- name: save_window :exec
update hall_window set window_number = :window_number, is_active = :is_active
 where window_id = :window_id;

-- name: drop_window_lines :exec
delete from hall_window_line where window_id = :window_id;

-- name: add_window_line :exec
insert into hall_window_line (window_id, line_id) values (:window_id, :line_id);

-- name: set_seat :exec
update hall_window set person_id = :person_id, since_at = :since_at where window_id = :window_id;

-- name: leave_seats :exec
update hall_window set person_id = 0, since_at = :since_at where person_id = :person_id;

-- name: empty_seats :exec
update hall_window set person_id = 0, since_at = :since_at
 where hall_id = :hall_id and person_id <> 0 and since_at < :since_at__before;

-- ---- who works there ----

-- name: list_staff :many
select s.person_id, p.person_name, p.login,
       coalesce((select min(w.window_number) from hall_window w
                  where w.person_id = s.person_id and w.person_id <> 0), 0)
           as window_number
  from hall_staff s join person p on p.person_id = s.person_id
 where s.hall_id = :hall_id order by p.person_name, s.person_id limit 200;

-- name: find_staff :one
select hall_id from hall_staff where person_id = :person_id;

-- name: add_staff :exec
insert into hall_staff (person_id, hall_id) values (:person_id, :hall_id);

-- name: drop_staff :exec
delete from hall_staff where person_id = :person_id and hall_id = :hall_id;

-- The hall where somebody works, and the window they sit at: 0 none.
-- name: find_place :one
select h.hall_id, h.hall_zh, h.hall_en, h.division, h.is_active,
       coalesce(w.window_id, 0) as window_id, coalesce(w.window_number, 0) as window_number
  from hall_staff s join hall h on h.hall_id = s.hall_id
  left join hall_window w on w.hall_id = s.hall_id and w.person_id = s.person_id
 where s.person_id = :person_id;

-- name: find_role_at_hall :one
select count(*) as roles_count from role
 where person_id = :person_id and role in ('clerk', 'consultant');

-- ---- numbers ----

-- name: next_number :exec
insert into hall_count (line_id, day, last_number) values (:line_id, :day, 1)
on conflict (line_id, day) do update set last_number = hall_count.last_number + 1;

-- name: find_number :one
select last_number from hall_count where line_id = :line_id and day = :day;

-- name: add_ticket :exec
insert into hall_ticket (ticket_id, hall_id, line_id, day, ticket, case_id, state, priority,
       rank_at, taken_at, taken_by, called_at, first_called_at, calls_count, served_at, ended_at,
       window_id, served_by, name_sealed, code_hash, code_until)
values (:ticket_id, :hall_id, :line_id, :day, :ticket, :case_id, 'waiting', :priority,
       :rank_at, :taken_at, :taken_by, 0, 0, 0, 0, 0,
       0, 0, '', '', 0);

-- name: find_ticket :one
select t.*, w.window_number, l.letter, l.line_zh, l.line_en
  from hall_ticket t left join hall_window w on w.window_id = nullif(t.window_id, 0)
  join hall_line l on l.line_id = t.line_id
 where t.ticket_id = :ticket_id;

-- The number a case waits with, or the last one it had.
-- name: find_ticket_of_case :one
select ticket_id from hall_ticket where case_id = :case_id order by ticket_id desc limit 1;

-- name: save_ticket :exec
update hall_ticket
   set line_id = :line_id, state = :state, rank_at = :rank_at, called_at = :called_at,
       first_called_at = :first_called_at, calls_count = :calls_count, served_at = :served_at,
       ended_at = :ended_at, window_id = :window_id, served_by = :served_by
 where ticket_id = :ticket_id and state = :state__before;

-- name: set_name :exec
update hall_ticket set name_sealed = :name_sealed where ticket_id = :ticket_id;

-- name: set_code :exec
update hall_ticket set code_hash = :code_hash, code_until = :code_until
 where ticket_id = :ticket_id;

-- Who is next for a window.
-- name: find_next :one
select t.ticket_id from hall_window_line k
  join hall_ticket t on t.line_id = k.line_id and t.state = 'waiting'
 where k.window_id = :window_id order by t.rank_at, t.ticket_id limit 1;

-- name: find_at_window :one
select ticket_id, ticket from hall_ticket
 where window_id = :window_id and state in ('called', 'serving') order by ticket_id limit 1;

-- name: list_ranks :many
select rank_at from hall_ticket where line_id = :line_id and state = 'waiting'
 order by rank_at, ticket_id limit 3;

-- Ahead of a number: whoever a window of its line calls first, whichever line they wait in.
-- name: count_ahead :one
select count(*) as ahead_count from hall_ticket t
 where t.hall_id = :hall_id and t.state = 'waiting'
   and (t.rank_at < :rank_at or (t.rank_at = :rank_at and t.ticket_id < :ticket_id))
   and exists (select 1 from hall_window_line a
                 join hall_window_line b on b.window_id = a.window_id
                 join hall_window w on w.window_id = a.window_id
                where a.line_id = :line_id and b.line_id = t.line_id and w.person_id <> 0);

-- The same where nobody sits at a window of the line: its own line only.
-- name: count_ahead_in_line :one
select count(*) as ahead_count from hall_ticket t
 where t.line_id = :line_id and t.state = 'waiting'
   and (t.rank_at < :rank_at or (t.rank_at = :rank_at and t.ticket_id < :ticket_id));

-- name: count_windows_open :one
select count(*) as windows_count from hall_window_line k
  join hall_window w on w.window_id = k.window_id
 where k.line_id = :line_id and w.is_active = 1 and w.person_id <> 0;

-- How long people were at a window of this line lately.
-- name: list_handling :many
select ended_at - served_at as seconds from hall_ticket
 where line_id = :line_id and state = 'served' and served_at > 0
 order by ticket_id desc limit 60;

-- For the display: called last first.
-- name: list_called :many
select t.ticket_id, t.ticket, t.state, t.called_at, w.window_number
  from hall_ticket t join hall_window w on w.window_id = t.window_id
 where t.hall_id = :hall_id and t.state in ('called', 'serving')
 order by t.called_at desc, t.ticket_id desc limit 40;

-- name: list_open_tickets :many
select t.ticket_id, t.ticket, t.case_id, t.state, t.priority, t.taken_at, t.called_at,
       t.calls_count, t.window_id, t.line_id, l.letter, w.window_number
  from hall_ticket t join hall_line l on l.line_id = t.line_id
  left join hall_window w on w.window_id = nullif(t.window_id, 0)
 where t.hall_id = :hall_id and t.state in ('waiting', 'called', 'serving', 'missed')
 order by t.rank_at, t.ticket_id limit 400;

-- What is still open of a hall, taken first before taken later.
-- name: list_left_open :many
select ticket_id, case_id, state, day from hall_ticket
 where hall_id = :hall_id and state in ('waiting', 'called', 'serving', 'missed')
 order by ticket_id limit 20;

-- ---- figures of a hall between two moments ----

-- name: find_figures :one
select count(*) as taken_count,
       coalesce(sum(case when state = 'served' then 1 else 0 end), 0) as served_count,
       coalesce(sum(case when state in ('missed', 'no_show') then 1 else 0 end), 0)
           as no_show_count,
       coalesce(sum(case when state = 'left' then 1 else 0 end), 0) as left_count,
       coalesce(sum(case when state = 'waiting' then 1 else 0 end), 0) as waiting_count,
       coalesce(sum(case when state in ('called', 'serving') then 1 else 0 end), 0) as now_count,
       coalesce(sum(case when served_at > 0 then 1 else 0 end), 0) as waits_count,
       cast(coalesce(sum(case when served_at > 0 then served_at - taken_at else 0 end), 0)
           as bigint) as wait_seconds_sum,
       coalesce(max(case when served_at > 0 then served_at - taken_at else 0 end), 0)
           as wait_seconds_max,
       coalesce(min(case when state = 'waiting' then taken_at end), 0) as taken_at
  from hall_ticket
 where hall_id = :hall_id and taken_at >= :taken_at__from and taken_at < :taken_at__until;

-- name: count_windows :one
select count(*) as windows_count,
       coalesce(sum(case when person_id <> 0 then 1 else 0 end), 0) as open_count
  from hall_window where hall_id = :hall_id and is_active = 1;
