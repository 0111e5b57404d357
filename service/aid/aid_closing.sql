-- aid_closing.sql -- closing files of legal aid, their marks, and what is paid for them.

-- name: find_closing :one
select * from aid_closing where case_id = :case_id;

-- name: set_closing :exec
insert into aid_closing (case_id, reference, lawyer_id, division, kind, ended, sheets,
       without_sealed, report_sealed, state, handed_at, due_at, back_sealed, checked_by,
       checked_at, archive_number, is_drawn, quality, marks, marked_by, marked_at, mark_sealed,
       fen, payable_at)
values (:case_id, :reference, :lawyer_id, :division, :kind, :ended, :sheets, :without_sealed,
       :report_sealed, 'handed_in', :handed_at, :due_at, '', 0, 0, '', 0, '', '', 0, 0, '', 0, 0)
on conflict (case_id) do update
   set kind = excluded.kind, ended = excluded.ended, sheets = excluded.sheets,
       without_sealed = excluded.without_sealed, report_sealed = excluded.report_sealed,
       state = 'handed_in', handed_at = excluded.handed_at, due_at = excluded.due_at;

-- name: return_closing :exec
update aid_closing
   set state = 'returned', back_sealed = :back_sealed, checked_by = :checked_by,
       checked_at = :checked_at, due_at = :due_at
 where case_id = :case_id;

-- name: archive_closing :exec
update aid_closing
   set state = 'archived', back_sealed = '', checked_by = :checked_by, checked_at = :checked_at,
       due_at = 0, archive_number = :archive_number, is_drawn = :is_drawn, fen = :fen,
       payable_at = :payable_at
 where case_id = :case_id;

-- name: mark_closing :exec
update aid_closing
   set quality = :quality, marks = :marks, marked_by = :marked_by, marked_at = :marked_at,
       mark_sealed = :mark_sealed, fen = :fen, payable_at = :payable_at
 where case_id = :case_id;

-- Of a district in a year: the next number is one more.
-- name: count_numbers :one
select count(*) as numbers_count from aid_closing
 where division = :division and state = 'archived' and checked_at >= :checked_at;

-- What a district or city has to do, or has done: the nearest day first.
-- name: list_closings :many
select f.case_id, f.reference, f.division, f.kind, f.state, f.handed_at, f.due_at, f.archive_number,
       f.is_drawn, f.quality, f.checked_at, coalesce(p.person_name, '') as person_name
  from aid_closing f left join person p on p.person_id = f.lawyer_id
 where f.state = :state and f.division >= :scope and f.division < :division__end
   and (:quality = '' or (f.is_drawn = 1 and f.quality = ''))
 order by f.due_at, f.case_id desc limit 200;

-- A lawyer's own: what is over or being closed, with the file if there is one.
-- name: list_own_closings :many
select c.case_id, c.reference, c.division, c.since_at, coalesce(f.kind, '') as kind,
       coalesce(f.state, '') as state, coalesce(f.due_at, 0) as due_at,
       coalesce(f.archive_number, '') as archive_number, coalesce(f.is_drawn, 0) as is_drawn,
       coalesce(f.quality, '') as quality, coalesce(f.fen, 0) as fen,
       coalesce(f.payable_at, 0) as payable_at
  from case_now c left join aid_closing f on f.case_id = c.case_id
 where c.agent_id = :agent_id and c.agent_id > 0 and c.agent_at > 0
   and c.outcome in ('closing', 'completed')
 order by c.case_id desc limit 100;

-- ---- papers ----

-- name: add_paper :exec
insert into aid_paper (file_id, case_id, sheet, by_id, file_name, type, bytes_count, file, hash,
       at, dropped_at)
values (:file_id, :case_id, :sheet, :by_id, :file_name, :type, :bytes_count, :file, :hash, :at, 0);

-- name: list_papers :many
select file_id, sheet, file_name, type, bytes_count, at from aid_paper
 where case_id = :case_id and dropped_at = 0 order by file_id limit 100;

-- name: find_paper :one
select file_id, sheet, file_name, type, bytes_count, file, hash from aid_paper
 where file_id = :file_id and case_id = :case_id and dropped_at = 0;

-- name: set_paper_dropped :exec
update aid_paper set dropped_at = :dropped_at where file_id = :file_id;

-- name: find_dropped_paper :one
select case_id, file from aid_paper where file_id = :file_id and dropped_at > 0;

-- name: list_all_papers :many
select file_id, file, bytes_count, hash, dropped_at from aid_paper
 where file_id > :file_id order by file_id limit 100;

-- name: drop_paper :exec
delete from aid_paper where file_id = :file_id;

-- ---- rates ----

-- name: find_rates :one
select rates_id, at, by_id, draw_every from aid_rates where at <= :at
 order by at desc, rates_id desc limit 1;

-- name: list_rates :many
select kind, fen from aid_rate where rates_id = :rates_id order by kind limit 20;

-- name: add_rates :exec
insert into aid_rates (rates_id, at, by_id, draw_every)
values (:rates_id, :at, :by_id, :draw_every);

-- name: add_rate :exec
insert into aid_rate (rates_id, kind, fen) values (:rates_id, :kind, :fen);

-- ---- what is paid ----

-- name: list_payments :many
select f.case_id, f.archive_number, f.division, f.kind, f.quality, f.fen, f.payable_at, f.lawyer_id,
       coalesce(p.person_name, '') as person_name, coalesce(p.login, '') as login
  from aid_closing f left join person p on p.person_id = f.lawyer_id
 where f.payable_at > 0 and f.payable_at >= :payable_at and f.payable_at < :payable_at__until
 order by f.lawyer_id, f.payable_at, f.case_id limit 5000;
