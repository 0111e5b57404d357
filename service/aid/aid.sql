-- aid.sql -- what a visitor has answered on the way to legal aid, until it is sent or forgotten.

create table aid_draft (
    visitor_hash    text    not null primary key, -- of the browser's own cookie
    answers_sealed  text    not null,
    at              bigint  not null
);
create index aid_draft_at on aid_draft (at);

-- name: find_draft :one
select answers_sealed from aid_draft where visitor_hash = :visitor_hash and at >= :at;

-- name: set_draft :exec
insert into aid_draft (visitor_hash, answers_sealed, at)
values (:visitor_hash, :answers_sealed, :at)
on conflict (visitor_hash) do update set answers_sealed = excluded.answers_sealed, at = excluded.at;

-- name: drop_draft :exec
delete from aid_draft where visitor_hash = :visitor_hash;

-- name: drop_drafts_before :exec
delete from aid_draft where at < :at;

-- Where this installation is: the one division that is part of no other.
-- name: find_top_division :one
select division from division where parent = '' order by division limit 1;
