-- seal.sql -- the seals of the journal: one row for the lines of a minute, tied to the one before.

create table seal (
    last_seq   bigint  not null primary key, -- of the journal: the newest line it covers
    first_seq  bigint  not null,
    lines      integer not null,
    made_at    bigint  not null,
    root       text    not null, -- Merkle tree hash of its lines, hexadecimal
    leaves     text    not null, -- the first SEAL_SHORT_LEN digits of each line's hash, in order
    head       text    not null, -- ties it to the seal before
    mark       text    not null  -- of the head, with the key of the installation
);

-- migrate: 1
-- Time stamps of heads by an authority outside (RFC 3161): one covers every seal up to its own.
create table seal_stamp (
    last_seq   bigint  not null primary key, -- of the seal whose head was stamped
    digest     text    not null,             -- that head
    token      text    not null,             -- as it came, DER in base64
    stamped_at bigint  not null,             -- by the clock of the authority
    made_at    bigint  not null              -- by ours
);


-- name: find_last :one
select last_seq, head, made_at from seal order by last_seq desc limit 1;

-- name: find_head :one
select head from seal where last_seq = :last_seq;

-- name: list_seals :many
select last_seq, first_seq, lines, made_at, root, leaves, head, mark
  from seal
 where last_seq > :last_seq
 order by last_seq
 limit 20;

-- One more than a seal holds: a line too many shows.
-- name: list_lines :many
select seq, at, act, actor_id, case_id, for_id, channel, address, detail, origin
  from journal
 where seq > :seq__after and seq <= :seq__last
 order by seq
 limit 1001;

-- name: add_seal :exec
insert into seal (last_seq, first_seq, lines, made_at, root, leaves, head, mark)
values (:last_seq, :first_seq, :lines, :made_at, :root, :leaves, :head, :mark);

-- A hundred thousand and one: very many; asked each time somebody looks whether all is well.
-- name: count_unsealed :one
select count(*) as unsealed, coalesce(min(j.at), 0) as oldest_at
  from (select at from journal where seq > :seq order by seq limit 100001) j;

-- name: find_last_stamp :one
select last_seq, made_at from seal_stamp order by last_seq desc limit 1;

-- The oldest head no stamp covers.
-- name: find_unstamped :one
select made_at from seal where last_seq > :last_seq order by last_seq limit 1;

-- name: add_stamp :exec
insert into seal_stamp (last_seq, digest, token, stamped_at, made_at)
values (:last_seq, :digest, :token, :stamped_at, :made_at);

-- name: list_stamps :many
select t.last_seq, t.digest, t.token, t.stamped_at, coalesce(s.head, '') as head,
       cast(coalesce(s.made_at, 0) as bigint) as made_at
  from seal_stamp t
  left join seal s on s.last_seq = t.last_seq
 where t.last_seq > :last_seq
 order by t.last_seq
 limit 50;
