-- classics.sql -- rounds in which the ten best cases are collected, screened and voted.

create table classics_round (
    round_id       bigint  not null primary key,
    division       text    not null, -- whose answers it is about
    title          text    not null,
    vote_from      bigint  not null,
    vote_until     bigint  not null, -- the first moment at which the vote is over
    made_by        bigint  not null,
    made_at        bigint  not null,
    counted_at     bigint  not null, -- 0: not yet
    votes_count    bigint  not null  -- once counted
);

create table classics_nomination (
    round_id       bigint  not null references classics_round,
    entry_id       bigint  not null references repository_entry,
    division       text    not null, -- where it was asked: whose leader screens it
    why            text    not null, -- for whoever screens it
    nominated_by   bigint  not null,
    nominated_at   bigint  not null,
    state          text    not null, -- nominated, accepted, refused
    reason         text    not null, -- of whoever screened it
    screened_by    bigint  not null,
    screened_at    bigint  not null,
    place          integer not null, -- among the ten, from 1; 0: not, or not counted yet
    votes_count    bigint  not null, -- once counted
    primary key (round_id, entry_id)
);
create index classics_nomination_entry on classics_nomination (entry_id, round_id);

-- Somebody is known by a keyed hash of the round and their number, which cannot be read back.
create table classics_vote (
    round_id       bigint  not null references classics_round,
    voter_hash     text    not null,
    entry_id       bigint  not null,
    voted_at       bigint  not null,
    primary key (round_id, voter_hash)
);
create index classics_vote_entry on classics_vote (round_id, entry_id);

-- ---- rounds ----

-- name: add_round :exec
insert into classics_round (round_id, division, title, vote_from, vote_until, made_by, made_at,
       counted_at, votes_count)
values (:round_id, :division, :title, :vote_from, :vote_until, :made_by, :made_at, 0, 0);

-- name: set_round :exec
update classics_round set title = :title, vote_from = :vote_from, vote_until = :vote_until
 where round_id = :round_id;

-- name: find_round :one
select * from classics_round where round_id = :round_id;

-- name: list_rounds :many
select * from classics_round where round_id < :round_id order by round_id desc limit 20;

-- name: set_counted :exec
update classics_round set counted_at = :counted_at, votes_count = :votes_count
 where round_id = :round_id;

-- ---- nominations ----

-- name: add_nomination :exec
insert into classics_nomination (round_id, entry_id, division, why, nominated_by, nominated_at,
       state, reason, screened_by, screened_at, place, votes_count)
values (:round_id, :entry_id, :division, :why, :nominated_by, :nominated_at, 'nominated', '', 0, 0,
       0, 0);

-- name: find_nomination :one
select * from classics_nomination where round_id = :round_id and entry_id = :entry_id;

-- name: list_nominations :many
select n.*, coalesce(p.person_name, '') as person_name,
       coalesce(s.person_name, '') as person_name__screened
  from classics_nomination n
  left join person p on p.person_id = n.nominated_by
  left join person s on s.person_id = n.screened_by
 where n.round_id = :round_id order by n.entry_id limit 100;

-- name: count_nominations :one
select count(*) as nominations_count from classics_nomination where round_id = :round_id;

-- name: set_screened :exec
update classics_nomination
   set state = :state, reason = :reason, screened_by = :screened_by, screened_at = :screened_at
 where round_id = :round_id and entry_id = :entry_id;

-- What everybody may vote for.
-- name: list_accepted :many
select entry_id from classics_nomination
 where round_id = :round_id and state = 'accepted' order by entry_id limit 100;

-- name: set_place :exec
update classics_nomination set place = :place, votes_count = :votes_count
 where round_id = :round_id and entry_id = :entry_id;

-- name: list_best :many
select entry_id, place, votes_count from classics_nomination
 where round_id = :round_id and place > 0 order by place limit 10;

-- The last round in which it came among the ten.
-- name: find_best_of :one
select n.round_id, n.place, r.title
  from classics_nomination n join classics_round r on r.round_id = n.round_id
 where n.entry_id = :entry_id and n.place > 0 order by n.round_id desc limit 1;

-- ---- votes ----

-- name: find_vote :one
select entry_id from classics_vote where round_id = :round_id and voter_hash = :voter_hash;

-- name: set_vote :exec
insert into classics_vote (round_id, voter_hash, entry_id, voted_at)
values (:round_id, :voter_hash, :entry_id, :voted_at)
on conflict (round_id, voter_hash) do update
   set entry_id = excluded.entry_id, voted_at = excluded.voted_at;

-- name: list_tallies :many
select entry_id, count(*) as votes_count from classics_vote
 where round_id = :round_id group by entry_id order by entry_id limit 100;
