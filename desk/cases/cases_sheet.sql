-- cases_sheet.sql -- papers that can be verified: decisions, and sheets that go along with a case.

-- name: add_sheet :exec
insert into case_sheet (code, case_id, seq, letter, at, by_id, from_division, to_division,
       papers_count)
values (:code, :case_id, :seq, :letter, :at, :by_id, :from_division, :to_division, :papers_count);

-- name: find_sheet :one
select s.code, s.case_id, s.seq, s.letter, s.at, s.by_id, s.from_division, s.to_division,
       s.papers_count, c.reference, c.version_id, c.officers, t.words_sealed,
       coalesce(p.person_name, '') as person_name
  from case_sheet s join case_now c on c.case_id = s.case_id
       join case_step t on t.case_id = s.case_id and t.seq = s.seq
       left join person p on p.person_id = s.by_id
 where s.code = :code;

-- name: find_sheet_code :one
select code from case_sheet where case_id = :case_id and seq = :seq and letter = :letter;

-- name: list_sheets_from :many
select s.code, s.at, s.from_division, s.to_division, c.reference, c.version_id,
       coalesce(p.person_name, '') as person_name
  from case_sheet s join case_now c on c.case_id = s.case_id
       left join person p on p.person_id = s.by_id
 where s.letter = '' and s.from_division >= :scope and s.from_division < :division__end
   and (:officers = '' or c.officers = :officers)
 order by s.at desc limit 101;

-- name: list_sheets_to :many
select s.code, s.at, s.from_division, s.to_division, c.reference, c.version_id,
       coalesce(p.person_name, '') as person_name
  from case_sheet s join case_now c on c.case_id = s.case_id
       left join person p on p.person_id = s.by_id
 where s.letter = '' and s.to_division >= :scope and s.to_division < :division__end
   and (:officers = '' or c.officers = :officers)
 order by s.at desc limit 101;
