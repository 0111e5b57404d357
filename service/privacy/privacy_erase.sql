-- privacy_erase.sql -- asking to be erased, deciding about it, and what was done.

-- name: add_erasure :exec
insert into erasure (erasure_id, person_id, phone_index, state, by_id, paper, reason_sealed,
                     asked_at, due_at, reminded, decided_at, decided_by, words_sealed, keep_until,
                     is_again, pieces, done_at)
values (:erasure_id, :person_id, :phone_index, :state, :by_id, :paper, :reason_sealed,
        :asked_at, :due_at, 0, :decided_at, 0, '', 0, :is_again, 0, 0);

-- name: find_erasure :one
select * from erasure where erasure_id = :erasure_id;

-- The newest that is not over, of the account or of the number.
-- name: find_open_erasure :one
select erasure_id from erasure
 where ((person_id = :person_id and person_id <> 0)
        or (phone_index = :phone_index and phone_index <> ''))
   and state in ('asked', 'granted', 'erasing', 'waiting')
 order by asked_at desc, erasure_id desc limit 1;

-- The newest that the person may still read.
-- name: find_last_erasure :one
select erasure_id from erasure
 where (person_id = :person_id and person_id <> 0)
    or (phone_index = :phone_index and phone_index <> '')
 order by asked_at desc, erasure_id desc limit 1;

-- name: set_erasure_state :exec
update erasure set state = :state where erasure_id = :erasure_id;

-- name: set_erasure_asked :exec
update erasure set state = 'asked', due_at = :due_at, decided_at = 0
 where erasure_id = :erasure_id;

-- name: set_erasure_decided :exec
update erasure
   set state = :state, decided_at = :decided_at, decided_by = :decided_by,
       words_sealed = :words_sealed, keep_until = :keep_until
 where erasure_id = :erasure_id;

-- name: set_erasure_reminded :exec
update erasure set reminded = 1 where erasure_id = :erasure_id;

-- name: add_erasure_piece :exec
update erasure set state = :state, pieces = pieces + 1 where erasure_id = :erasure_id;

-- name: add_erasure_case :exec
insert into erasure_case (erasure_id, case_id) values (:erasure_id, :case_id)
on conflict (erasure_id, case_id) do nothing;

-- name: set_erasure_done :exec
update erasure
   set state = 'done', done_at = :done_at, reason_sealed = '', words_sealed = ''
 where erasure_id = :erasure_id;

-- name: drop_erasure :exec
delete from erasure where erasure_id = :erasure_id;

-- name: list_erasures :many
select erasure_id, state, paper, asked_at, due_at, reminded, pieces, done_at
  from erasure
 where state in ('asked', 'granted', 'erasing', 'waiting')
 order by state, due_at, erasure_id
 limit 200;

-- name: list_erasures_over :many
select erasure_id, state, paper, asked_at, due_at, reminded, pieces, done_at
  from erasure
 where state in ('done', 'refused', 'withdrawn')
 order by asked_at desc, erasure_id desc
 limit 50;

-- name: count_erasures_late :one
select count(*) as late_count from erasure where state = 'asked' and due_at <= :due_at;

-- name: count_erase_copies :one
select count(*) as copies_count from data_copy
 where (person_id = :person_id and person_id <> 0)
    or (phone_index = :phone_index and phone_index <> '');

-- name: count_erase_lines :one
select count(*) as lines_count from journal where for_id = :for_id and for_id <> 0
   and said = 0;

-- name: erase_copies :exec
delete from data_copy
 where (person_id = :person_id and person_id <> 0)
    or (phone_index = :phone_index and phone_index <> '');

-- ---- the journal: from where lines came, six months later ----
--
-- Lines that are `said` (platform.sql) are of cases that go on, and for who serves there: none is
-- of an account or a case that was erased.

-- name: erase_own_origins :exec
update journal set origin = ''
 where for_id = :for_id and for_id <> 0 and said = 0 and origin <> '';

-- Those of staff stay: who opened a case from where is what the journal is for.
-- name: erase_case_origins :exec
update journal set origin = ''
 where case_id in (select e.case_id from erasure_case e where e.erasure_id = :erasure_id)
   and case_id <> 0 and said = 0 and origin <> ''
   and not exists (select 1 from person p
                    where p.person_id = journal.actor_id and p.kind = 'staff');

-- ---- for the copy of what is held, and to look whether all is gone ----

-- name: list_held_erasures :many
select asked_at, state, paper, due_at, decided_at, reason_sealed, words_sealed
  from erasure
 where (person_id = :person_id and person_id <> 0)
    or (phone_index = :phone_index and phone_index <> '')
 order by asked_at
 limit 100;

-- name: list_erasures_done :many
select erasure_id, person_id, phone_index, done_at
  from erasure
 where erasure_id > :erasure_id and state = 'done'
 order by erasure_id
 limit 500;

-- Whether something that was there before can still be found by the number.
-- name: count_found_people :one
select count(*) as found_count from person
 where phone_index = :phone_index and phone_index <> '' and kind = 'resident'
   and made_at < :made_at;

-- name: count_found_accounts :one
select count(*) as found_count from person
 where person_id = :person_id and kind = 'resident'
   and (phone_sealed <> '' or person_name <> '' or identity_sealed <> '');

-- name: count_found_copies :one
select count(*) as found_count from data_copy
 where phone_index = :phone_index and phone_index <> '' and at < :at;
