-- identity_held.sql -- what is held about one resident, for a copy of it; see platform/held.h.

-- name: list_held_person :many
select p.made_at, p.standing, p.person_name, p.phone_sealed, p.identity_sealed,
       coalesce(l.language, '') as language
  from person p
  left join person_language l on l.person_id = p.person_id
 where p.person_id = :person_id
 limit 1;

-- name: list_held_sessions :many
select made_at, expires_at, ended_at, address, agent
  from session
 where person_id = :person_id
 order by made_at
 limit 5000;
