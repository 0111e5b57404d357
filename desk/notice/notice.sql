-- notice.sql -- the outbox: what people are to be told outside the page, and whether they were.

create table notice (
    notice_id  bigint  not null primary key, -- also told to the gateway, which drops a second one
    template   text    not null, -- a word of notice_template_word()
    to_sealed  text    not null, -- the number, sealed as "notice.to"; '' once it is settled
    words      text    not null, -- what fills the template, sealed; '' once it is settled
    language   text    not null, -- zh, en
    case_id    bigint  not null, -- 0: no case (a sign-in code)
    state      text    not null, -- a word of notice_state_word()
    urgent     integer not null, -- 1: somebody waits for it at a screen
    tries      integer not null, -- how often a sender took it
    next_at    bigint  not null, -- when it is due; 0: settled
    made_at    bigint  not null,
    sent_at    bigint  not null, -- when the gateway took it; 0: it has not
    problem    text    not null  -- of the last try, for an operator
);
create index notice_due  on notice (next_at) where next_at <> 0;
create index notice_case on notice (case_id) where case_id <> 0;
create index notice_failed on notice (made_at) where state = 'failed';

-- migrate: 1
-- Whoever is erased is not to be found in what was sent years ago.
update notice set to_sealed = '' where next_at = 0;

-- migrate: 2
create index notice_over on notice (made_at) where next_at = 0;

-- name: count_kept :one
select count(*) as kept_count from notice
 where next_at = 0 and made_at < :made_at
   and case_id not in (select h.case_id from retention_hold h
                        where h.lifted_at = 0 and h.case_id > 0);

-- name: drop_kept :exec
delete from notice where notice_id in (
    select n.notice_id from notice n
     where n.next_at = 0 and n.made_at < :made_at
       and n.case_id not in (select h.case_id from retention_hold h
                              where h.lifted_at = 0 and h.case_id > 0)
     order by n.made_at limit 200);

-- name: add_notice :exec
insert into notice (notice_id, template, to_sealed, words, language, case_id, state, urgent, tries,
                    next_at, made_at, sent_at, problem)
values (:notice_id, :template, :to_sealed, :words, :language, :case_id, :state, :urgent, 0,
        :next_at, :made_at, 0, :problem);

-- name: find_notice :one
select template, to_sealed, words, language, case_id, state, tries, next_at, made_at
  from notice
 where notice_id = :notice_id;

-- name: list_due :many
select notice_id
  from notice
 where next_at <> 0 and next_at <= :next_at
 order by urgent desc, next_at, notice_id
 limit 20;

-- name: list_case_notices :many
select notice_id, template, to_sealed, state, tries, next_at, made_at, sent_at, problem
  from notice
 where case_id = :case_id and case_id <> 0
 order by made_at, notice_id
 limit 100;

-- name: set_taken :exec
update notice
   set state = :state, tries = tries + 1, next_at = :next_at
 where notice_id = :notice_id;

-- name: set_put_off :exec
update notice
   set state = :state, next_at = :next_at, problem = :problem
 where notice_id = :notice_id;

-- name: set_settled :exec
update notice
   set state = :state, to_sealed = '', words = '', next_at = 0, sent_at = :sent_at,
       problem = :problem
 where notice_id = :notice_id;

-- name: find_waiting :one
select count(*) as waiting, coalesce(min(made_at), 0) as made_at
  from notice
 where next_at <> 0;

-- name: count_failed :one
select count(*) as failed from notice where state = 'failed' and made_at >= :made_at;
