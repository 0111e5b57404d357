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

-- name: count_erase_account :one
select count(*) as account_count from person where person_id = :person_id and kind = 'resident';

-- name: count_erase_sessions :one
select count(*) as sessions_count from session where person_id = :person_id;

-- The number of a person stays, so that the journal still says one and the same did this and that;
-- it leads to nobody.
-- name: erase_person :exec
update person
   set person_name = '', password_hash = '', totp_sealed = '', phone_sealed = '',
       phone_index = '', identity_sealed = '', identity_index = '', standing = 'erased'
 where person_id = :person_id and kind = 'resident';

-- name: erase_language :exec
delete from person_language where person_id = :person_id;

-- name: erase_devices :exec
delete from known_device where person_id = :person_id;

-- name: erase_sessions :exec
delete from session where person_id = :person_id;

-- name: erase_code :exec
delete from phone_code where phone_index = :phone_index;
