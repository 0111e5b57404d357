-- cases_held.sql -- what is held about one resident's applications; see platform/held.h.

-- name: list_held_cases :many
select reference, item, state, outcome, opened_at, closed_at, division, channel, name_sealed,
       phone_sealed
  from case_now
 where owner_id = :owner_id
 order by case_id
 limit 5000;

-- name: list_held_answers :many
select c.reference, a.field, a.answer_sealed
  from case_answer a
  join case_now c on c.case_id = a.case_id
 where c.owner_id = :owner_id
 order by a.case_id, a.seq, a.field
 limit 50000;

-- What officers say among themselves is not the applicant's to read, here as on the case's page.
-- name: list_held_steps :many
select c.reference, s.at, s.outcome, s.words_sealed
  from case_step s
  join case_now c on c.case_id = s.case_id
 where c.owner_id = :owner_id
   and s.outcome not in ('urged', 'noted', 'declined', 'unanswered', 'recalled', 'returned',
       'joined', 'parted', 'ordered', 'order_answered', 'order_ended', 'part_asked', 'part_given',
       'part_ended')
 order by s.case_id, s.seq
 limit 50000;

-- name: list_held_papers :many
select c.reference, p.at, p.file_name, p.type, p.bytes_count
  from case_paper p
  join case_now c on c.case_id = p.case_id
 where c.owner_id = :owner_id and p.dropped_at = 0
 order by p.case_id, p.file_id
 limit 20000;

-- name: list_held_visits :many
select c.reference, v.starts_at, v.state, v.place_sealed, v.words_sealed, v.end_sealed
  from case_visit v
  join case_now c on c.case_id = v.case_id
 where c.owner_id = :owner_id
 order by v.case_id, v.visit_id
 limit 5000;

-- name: list_held_originals :many
select c.reference, o.taken_at, o.given_at, o.what_sealed, o.pages_count
  from case_original o
  join case_now c on c.case_id = o.case_id
 where c.owner_id = :owner_id
 order by o.case_id, o.original_id
 limit 10000;

-- Those to the applicant: officers and lawyers are told of the case too, on numbers of their own.
-- name: list_held_case_notices :many
select c.reference, n.template, n.made_at, n.sent_at, n.to_sealed
  from notice n
  join case_now c on c.case_id = n.case_id
 where c.owner_id = :owner_id and n.case_id <> 0
   and n.template in ('case-news', 'case-waits', 'case-visit', 'case-visit-off')
 order by n.notice_id
 limit 20000;

-- name: list_held_case_lines :many
select c.reference, j.at, j.act,
       case when j.actor_id <> c.owner_id then ''
            when j.origin <> '' then j.origin else j.address end as address
  from journal j
  join case_now c on c.case_id = j.case_id
 where c.owner_id = :owner_id and j.case_id <> 0 and j.said = 0
 order by j.seq
 limit 50000;

-- name: count_erase_under_way :one
select count(*) as under_way_count from case_now
 where owner_id = :owner_id and under_way = 1;

-- name: count_erase_kept :one
select count(*) as kept_count, cast(coalesce(max(closed_at), 0) as bigint) as closed_at
  from case_now
 where owner_id = :owner_id and under_way = 0;
