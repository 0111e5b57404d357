-- retention.sql -- how long each kind of what is kept stays, and what must not go meanwhile.

create table retention_rule (
    kind       text    not null primary key,
    days       integer not null, -- after it is over; 0: until a period is set
    law        text    not null, -- the rule it follows
    set_at     bigint  not null,
    from_at    bigint  not null, -- today's run: until here it went through
    run_at     bigint  not null, -- when a run last ended; 0 never
    gone       bigint  not null  -- how many went, ever
);

create table retention_hold (
    hold_id    bigint  not null primary key,
    kind       text    not null, -- all of it; '' one case
    case_id    bigint  not null, -- 0: the whole kind
    reason_sealed text not null,
    made_at    bigint  not null,
    lifted_at  bigint  not null  -- 0: it holds
);
create index retention_hold_on on retention_hold (case_id) where lifted_at = 0;

-- name: find_rule :one
select days, law, set_at, from_at, run_at, gone from retention_rule where kind = :kind;

-- name: set_rule :exec
insert into retention_rule (kind, days, law, set_at, from_at, run_at, gone)
values (:kind, :days, :law, :set_at, 0, 0, 0)
on conflict (kind) do update
   set days = excluded.days, law = excluded.law, set_at = excluded.set_at, from_at = 0;

-- name: set_went :exec
update retention_rule set from_at = :from_at, run_at = :run_at, gone = gone + :gone
 where kind = :kind;

-- name: add_hold :exec
insert into retention_hold (hold_id, kind, case_id, reason_sealed, made_at, lifted_at)
values (:hold_id, :kind, :case_id, :reason_sealed, :made_at, 0);

-- name: lift_hold :exec
update retention_hold set lifted_at = :lifted_at where hold_id = :hold_id and lifted_at = 0;

-- name: list_holds :many
select hold_id, kind, case_id, reason_sealed, made_at from retention_hold
 where lifted_at = 0 order by hold_id limit 1000;

-- name: count_holds :one
select count(*) as holds_count from retention_hold
 where kind = :kind and case_id = 0 and lifted_at = 0;
