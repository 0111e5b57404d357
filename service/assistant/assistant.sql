-- assistant.sql -- talks of visitors with the assistant, on the way to an answer or a person.

create table assistant_talk (
    visitor_hash    text    not null primary key, -- of the browser's cookie, or a program's token
    talk_sealed     text    not null,
    at              bigint  not null
);
create index assistant_talk_at on assistant_talk (at);

-- name: find_talk :one
select talk_sealed from assistant_talk where visitor_hash = :visitor_hash and at >= :at;

-- name: set_talk :exec
insert into assistant_talk (visitor_hash, talk_sealed, at)
values (:visitor_hash, :talk_sealed, :at)
on conflict (visitor_hash) do update set talk_sealed = excluded.talk_sealed, at = excluded.at;

-- name: drop_talk :exec
delete from assistant_talk where visitor_hash = :visitor_hash;

-- name: drop_talks_before :exec
delete from assistant_talk where at < :at;
