-- register_held.sql -- what is held about a resident who applied as a volunteer; platform/held.h.

-- name: list_held_applications :many
select reference, state, made_at, handed_in_at, decided_at, person_name, profession, division,
       licence, statement_sealed, words_sealed
  from application
 where person_id = :person_id
 order by application_id
 limit 1000;

-- name: list_held_application_files :many
select a.reference, f.at, f.file_name, f.type, f.bytes_count
  from application_file f
  join application a on a.application_id = f.application_id
 where a.person_id = :person_id
 order by f.file_id
 limit 10000;
