-- assignment.sql -- who got which case and why, of every service; the policy in its versions; who
-- was on line when.

-- Every offer, and every written question given out, with all who could have had it.
create table assignment (
    assignment_id  bigint  not null primary key,
    service        text    not null, -- whose case it is: consultation, …
    case_id        bigint  not null,
    profession     text    not null,
    field          text    not null,
    person_id      bigint  not null, -- who was chosen
    next_id        bigint  not null, -- who would have been next; 0 nobody
    points         integer not null,
    next_points    integer not null,
    candidates_count integer not null, -- weighed
    fit_count      integer not null,
    candidates     text    not null, -- assignment_keep(); '' once it is too old
    policy_version bigint  not null,
    is_written     integer not null,
    offered_at     bigint  not null,
    taken_at       bigint  not null, -- accepted; 0 not (yet)
    ended_at       bigint  not null, -- 0 while it stands
    result         text    not null, -- open, accepted, declined, expired, withdrawn, transferred
    reason         text    not null  -- of a decline or transfer
);
create index assignment_of on assignment (case_id, assignment_id);
create index assignment_person on assignment (person_id, offered_at);
create index assignment_lately on assignment (profession, offered_at);
create index assignment_kept on assignment (offered_at) where candidates <> '';

-- When somebody was on line, and for how many conversations at once.
create table assignment_spell (
    person_id      bigint  not null references consultant,
    from_at        bigint  not null,
    until_at       bigint  not null, -- 0: still
    capacity       integer not null,
    primary key (person_id, from_at)
);
create index assignment_spell_until on assignment_spell (until_at);

-- The sums of the window, so that a decision reads one row a person; counted anew every night.
create table assignment_share (
    person_id      bigint  not null primary key references consultant,
    offers_count   integer not null,
    talks_count    integer not null,
    online_seconds bigint  not null -- of spells that ended
);

-- Policy, version by version; the greatest is in force.  Never changed, never removed.
create table assignment_policy (
    policy_version bigint  not null primary key,
    made_at        bigint  not null,
    by_id          bigint  not null,
    why            text    not null,
    numbers        text    not null -- name=value, as assignment_policy_read() takes them
);

-- ---- deciding ----

-- name: find_policy :one
select policy_version, numbers from assignment_policy order by policy_version desc limit 1;

-- Everybody of a profession who is on line, by number.
-- name: list_floor :many
select c.person_id, p.person_name, c.team_id, c.division, pr.capacity, c.verified_at,
       c.licence_until, c.last_offer_at, coalesce(sp.from_at, pr.since_at) as from_at,
       coalesce(s.talks_count, 0) as talks_count, coalesce(s.online_seconds, 0) as online_seconds
  from presence pr
  join consultant c on c.person_id = pr.person_id
  join person p on p.person_id = pr.person_id
  left join assignment_share s on s.person_id = pr.person_id
  left join assignment_spell sp on sp.person_id = pr.person_id and sp.until_at = 0
 where pr.presence = 'online' and pr.seen_at >= :seen_at and c.profession = :profession
   and c.standing = 'active' and p.standing = 'active'
 order by c.person_id limit 2048;

-- name: list_floor_fields :many
select f.person_id, f.field
  from presence pr
  join consultant c on c.person_id = pr.person_id
  join consultant_field f on f.person_id = pr.person_id
 where pr.presence = 'online' and pr.seen_at >= :seen_at and c.profession = :profession
 order by f.person_id limit 32768;

-- name: list_floor_languages :many
select l.person_id, l.language
  from presence pr
  join consultant c on c.person_id = pr.person_id
  join consultant_language l on l.person_id = pr.person_id
 where pr.presence = 'online' and pr.seen_at >= :seen_at and c.profession = :profession
 order by l.person_id limit 16384;

-- Everybody who knows the field, on line or not: for an answer in writing.
-- name: list_knowing :many
select c.person_id, p.person_name, c.team_id, c.division, c.written_capacity, c.verified_at,
       c.licence_until, c.last_offer_at,
       (select count(*) from consultant_language l
         where l.person_id = c.person_id and l.language = :language) as language_count
  from consultant_field f
  join consultant c on c.person_id = f.person_id
  join person p on p.person_id = c.person_id
 where f.field = :field and c.profession = :profession and c.standing = 'active'
   and p.standing = 'active'
 order by c.person_id limit 2048;

-- name: list_had_it :many
select distinct person_id from assignment
 where case_id = :case_id and result in ('declined', 'expired', 'transferred') limit 256;

-- ---- writing down ----

-- name: add_assignment :exec
insert into assignment (assignment_id, service, case_id, profession, field, person_id, next_id, points,
       next_points, candidates_count, fit_count, candidates, policy_version, is_written, offered_at,
       taken_at, ended_at, result, reason)
values (:assignment_id, :service, :case_id, :profession, :field, :person_id, :next_id, :points,
       :next_points, :candidates_count, :fit_count, :candidates, :policy_version, :is_written,
       :offered_at, 0, 0, 'open', '');

-- It stands until the talk ends or moves on, and then says which.
-- name: set_accepted :exec
update assignment set result = 'accepted', taken_at = :taken_at
 where case_id = :case_id and ended_at = 0;

-- name: set_ended :exec
update assignment set ended_at = :ended_at, result = :result, reason = :reason
 where case_id = :case_id and ended_at = 0;

-- name: find_standing :one
select assignment_id, person_id, is_written from assignment
 where case_id = :case_id and ended_at = 0 order by assignment_id desc limit 1;

-- name: list_assignments :many
select a.assignment_id, a.person_id, p.person_name, a.next_id, a.points, a.next_points,
       a.candidates_count, a.fit_count, a.candidates, a.policy_version, a.is_written, a.offered_at,
       a.taken_at, a.ended_at, a.result, a.reason
  from assignment a left join person p on p.person_id = a.person_id
 where a.case_id = :case_id order by a.assignment_id limit 100;

-- ---- shares ----

-- name: add_share_offer :exec
insert into assignment_share (person_id, offers_count, talks_count, online_seconds)
values (:person_id, 1, 0, 0)
on conflict (person_id) do update set offers_count = assignment_share.offers_count + 1;

-- name: add_share_talk :exec
insert into assignment_share (person_id, offers_count, talks_count, online_seconds)
values (:person_id, 0, 1, 0)
on conflict (person_id) do update set talks_count = assignment_share.talks_count + 1;

-- name: add_share_seconds :exec
insert into assignment_share (person_id, offers_count, talks_count, online_seconds)
values (:person_id, 0, 0, :online_seconds)
on conflict (person_id) do update
   set online_seconds = assignment_share.online_seconds + excluded.online_seconds;

-- ---- who was on line ----

-- name: find_spell :one
select from_at, capacity from assignment_spell
 where person_id = :person_id and until_at = 0 order by from_at desc limit 1;

-- name: find_now :one
select presence, capacity from presence where person_id = :person_id;

-- name: add_spell :exec
insert into assignment_spell (person_id, from_at, until_at, capacity)
values (:person_id, :from_at, 0, :capacity)
on conflict (person_id, from_at) do update set until_at = 0, capacity = excluded.capacity;

-- name: end_spell :exec
update assignment_spell set until_at = :until_at where person_id = :person_id and until_at = 0;
