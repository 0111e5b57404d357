-- supervision_mail.sql -- reports by e-mail: who wants them where, and the letters.

-- Tried twice in vain, or given up after a try.
-- name: count_stuck_mails :one
select (select count(*) from report_mail where next_at <> 0 and state <> 'sending' and tries >= 2)
       + (select count(*) from report_mail
           where state = 'failed' and tries > 0 and made_at >= :made_at) as stuck_count;

-- name: set_subscription :exec
insert into subscription (person_id, period, address_sealed, language, made_at, confirmed_at,
       proof_hash, proof_id, proof_tries, proof_next_at)
values (:person_id, :period, :address_sealed, :language, :made_at, :confirmed_at, '', :proof_id, 0,
       :proof_next_at)
on conflict (person_id, period) do update set address_sealed = excluded.address_sealed,
       language = excluded.language, made_at = excluded.made_at,
       confirmed_at = excluded.confirmed_at, proof_hash = '', proof_id = excluded.proof_id,
       proof_tries = 0, proof_next_at = excluded.proof_next_at;

-- name: add_letter :exec
insert into subscription_letter (letter_id, person_id, period, address_index, at)
values (:letter_id, :person_id, :period, :address_index, :at);

-- name: drop_letters_before :exec
delete from subscription_letter where at < :at;

-- name: count_letters_of :one
select count(*) as letters_count,
       coalesce(max(case when period = :period then at else 0 end), 0) as at_last
  from subscription_letter where person_id = :person_id;

-- name: count_letters_to :one
select count(*) as letters_count from subscription_letter where address_index = :address_index;

-- name: list_due_proofs :many
select proof_id from subscription where proof_next_at <> 0 and proof_next_at <= :proof_next_at
 order by proof_next_at, proof_id limit 20;

-- name: find_proof :one
select person_id, period, address_sealed, language, proof_tries, proof_next_at from subscription
 where proof_id = :proof_id and proof_id <> 0;

-- name: set_proof :exec
update subscription set proof_hash = :proof_hash, proof_tries = :proof_tries,
       proof_next_at = :proof_next_at
 where proof_id = :proof_id and proof_id <> 0;

-- name: set_proof_settled :exec
update subscription set proof_next_at = :proof_next_at
 where proof_id = :proof_id and proof_id <> 0;

-- name: find_proven :one
select person_id, period, made_at, confirmed_at from subscription
 where proof_hash = :proof_hash and proof_hash <> '';

-- name: set_confirmed :exec
update subscription set confirmed_at = :confirmed_at, proof_next_at = 0
 where person_id = :person_id and period = :period;

-- name: drop_subscription :exec
delete from subscription where person_id = :person_id and period = :period;

-- name: list_own_subscriptions :many
select period, address_sealed, confirmed_at, made_at from subscription
 where person_id = :person_id
 order by period limit 10;

-- name: list_subscriptions :many
select s.person_id, s.address_sealed, s.language
  from subscription s join person p on p.person_id = s.person_id
 where s.period = :period and s.confirmed_at > 0 and p.standing = 'active'
 order by s.person_id limit 500;

-- name: add_mail :exec
insert into report_mail (mail_id, person_id, report_id, address_sealed, language, state, tries,
       next_at, made_at)
values (:mail_id, :person_id, :report_id, :address_sealed, :language, 'queued', 0, :next_at,
       :made_at);

-- name: list_due_mails :many
select mail_id from report_mail where next_at <> 0 and next_at <= :next_at
 order by next_at, mail_id limit 20;

-- name: find_mail :one
select person_id, report_id, address_sealed, language, tries, next_at from report_mail
 where mail_id = :mail_id;

-- name: set_mail :exec
update report_mail set state = :state, tries = :tries, next_at = :next_at
 where mail_id = :mail_id;

-- name: list_reader_roles :many
select r.role, r.scope from role r join person p on p.person_id = r.person_id
 where r.person_id = :person_id and r.role in ('leader', 'supervisor') and p.standing = 'active'
 order by r.role limit 4;
