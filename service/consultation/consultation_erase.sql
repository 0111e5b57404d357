-- consultation_erase.sql -- what becomes of a resident's questions when they ask to be erased.
--
-- What is counted by (how many, when, which outcome, how many stars) stays, without a word of what
-- was said and without whose it was.  What is not over waits, and so does what is complained of.

-- name: count_erase_over :one
select count(*) as over_count
  from consultation c
 where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
   and c.state = 'closed'
   and not exists (select 1 from complaint p where p.case_id = c.consultation_id)
   and not exists (select 1 from retention_hold h
                    where h.lifted_at = 0 and h.case_id in (0, c.consultation_id)
                      and (h.case_id > 0 or h.kind in ('question', 'notice', 'ticket')));

-- name: count_erase_open :one
select count(*) as open_count
  from consultation c
 where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
   and (c.state <> 'closed'
        or exists (select 1 from complaint p
                    where p.case_id = c.consultation_id and p.state <> 'decided'));

-- name: count_erase_judged :one
select count(*) as judged_count
  from consultation c
 where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
   and c.state = 'closed'
   and exists (select 1 from complaint p where p.case_id = c.consultation_id)
   and not exists (select 1 from complaint p
                    where p.case_id = c.consultation_id and p.state <> 'decided')
   and not exists (select 1 from retention_hold h
                    where h.lifted_at = 0 and h.case_id in (0, c.consultation_id)
                      and (h.case_id > 0 or h.kind in ('question', 'notice', 'ticket')));

-- Closed, and held for a lawsuit: it waits. With all notices or all names on tickets held, so is
-- what has some of them.
-- name: count_erase_held :one
select count(*) as held_count
  from consultation c
 where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
   and c.state = 'closed'
   and not exists (select 1 from complaint p
                    where p.case_id = c.consultation_id and p.state <> 'decided')
   and exists (select 1 from retention_hold h
                    where h.lifted_at = 0 and h.case_id in (0, c.consultation_id)
                      and (h.case_id > 0 or h.kind in ('question', 'notice', 'ticket')));

-- The next one: :internal__any = 1 also what is not over or held, :internal__kept = 1 not what was
-- complained of.
-- name: find_erase_next :one
select c.consultation_id
  from consultation c
 where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
   and (c.state = 'closed' or :internal__any = 1)
   and (:internal__any = 1
        or not exists (select 1 from complaint p
                        where p.case_id = c.consultation_id
                          and (p.state <> 'decided' or :internal__kept = 1)))
   and (:internal__any = 1
        or not exists (select 1 from retention_hold h
                         where h.lifted_at = 0 and h.case_id in (0, c.consultation_id)
                           and (h.case_id > 0 or h.kind in ('question', 'notice', 'ticket'))))
 order by c.consultation_id
 limit 1;

-- name: list_erase_files :many
select file from attachment where consultation_id = :consultation_id order by attachment_id
 limit 1000;

-- name: erase_messages :exec
delete from message where consultation_id = :consultation_id;

-- name: erase_attachments :exec
delete from attachment where consultation_id = :consultation_id;

-- name: erase_rating :exec
update rating set text = '' where consultation_id = :consultation_id;

-- name: erase_handings :exec
update handing set reason = '', answer = '' where consultation_id = :consultation_id;

-- name: erase_again :exec
delete from live_again where consultation_id = :consultation_id;

-- name: erase_looks :exec
delete from look_in where consultation_id = :consultation_id;

-- name: erase_parties :exec
delete from assignment_party where case_id = :case_id;

-- name: erase_assignments :exec
update assignment set reason = '' where case_id = :case_id;

-- name: erase_complaint_notes :exec
update complaint_note set text_sealed = ''
 where complaint_id in (select p.complaint_id from complaint p where p.case_id = :case_id);

-- name: erase_complaints :exec
update complaint
   set text_sealed = '', phone_sealed = '', question_sealed = '', statement_sealed = '',
       reply_sealed = ''
 where case_id = :case_id;

-- name: erase_sample :exec
update sample set comment_sealed = '' where case_id = :case_id;

-- name: erase_tickets :exec
update hall_ticket set name_sealed = '', code_hash = '' where case_id = :case_id;

-- name: erase_notices :exec
delete from notice where case_id = :case_id and case_id <> 0;

-- name: erase_case_sessions :exec
delete from session where case_id = :case_id and case_id <> 0;

-- A text made of it, published or not: what was published is withdrawn before.
-- name: erase_entries :exec
update repository_version set title_sealed = '', question_sealed = '', answer_sealed = ''
 where entry_id in (select e.entry_id from repository_entry e where e.case_id = :case_id);

-- Nobody's from now on: 0 would be whoever has not signed in.
-- name: erase_case :exec
update consultation
   set owner_id = -1, phone_sealed = '', phone_index = '', summary = '', state = 'closed'
 where consultation_id = :consultation_id;

-- name: erase_said_left :exec
delete from said_left where consultation_id = :consultation_id;

-- name: erase_exchange :exec
update exchange set messages_count = 0 where consultation_id = :consultation_id;

-- name: count_erase_found :one
select count(*) as found_count from consultation
 where phone_index = :phone_index and phone_index <> '' and asked_at < :asked_at;

-- ---- when its period is over ----
-- What is erased already is nobody's, -1; a complaint that is not decided keeps it.

-- name: count_kept :one
select count(*) as kept_count from consultation c
 where c.state = 'closed' and c.closed_at > 0 and c.closed_at < :closed_at and c.owner_id <> -1
   and not exists (select 1 from complaint p
                    where p.case_id = c.consultation_id and p.state <> 'decided')
   and not exists (select 1 from retention_hold h
                    where h.lifted_at = 0 and h.case_id in (0, c.consultation_id)
                      and (h.case_id > 0 or h.kind in ('question', 'notice', 'ticket')));

-- name: find_kept_next :one
select c.consultation_id, c.closed_at from consultation c
 where c.state = 'closed' and c.closed_at > 0 and c.closed_at >= :closed_at__from
   and c.closed_at < :closed_at and c.owner_id <> -1
   and not exists (select 1 from complaint p
                    where p.case_id = c.consultation_id and p.state <> 'decided')
   and not exists (select 1 from retention_hold h
                    where h.lifted_at = 0 and h.case_id in (0, c.consultation_id)
                      and (h.case_id > 0 or h.kind in ('question', 'notice', 'ticket')))
 order by c.closed_at limit 1;

-- name: find_kept :one
select consultation_id from consultation where reference = :reference;
