-- referral.sql -- what a consultant suggests out of a talk, and whether it was taken over.

create table referral_now (
    consultation_id bigint  not null,
    kind            text    not null,
    reference       text    not null, -- of the talk
    code            text    not null, -- on the paper; '' before the resident agreed
    division        text    not null, -- where the resident is
    by_id           bigint  not null,
    at              bigint  not null,
    state           text    not null, -- see referral.h
    moved_at        bigint  not null,
    known_sealed    text    not null, -- what is handed over; goes after days
    other_sealed    text    not null, -- the other side of a dispute
    visitor_hash    text    not null, -- the browser that agreed; ''
    case_id         bigint  not null, -- what was applied for; 0
    receipt_sealed  text    not null, -- who received it, and their number
    primary key (consultation_id, kind)
);
create unique index referral_now_code on referral_now (code) where code <> '';
create index referral_now_visitor on referral_now (visitor_hash) where visitor_hash <> '';

-- migrate: 1
-- Where to go, as administrators write it: the nearest stands on the paper.
create table referral_office (
    kind            text    not null, -- see referral.h
    division        text    not null, -- serves there, and in every place within it
    office_name     text    not null,
    office_address  text    not null,
    office_phone    text    not null,
    office_hours    text    not null, -- ''
    office_source   text    not null, -- where that is known from
    by_id           bigint  not null,
    at              bigint  not null,
    primary key (kind, division)
);

-- migrate: 2
-- Any item of the service list, by its word: with the answers that are known to its questions.
alter table referral_now add column answers_sealed text not null default '';
update referral_now set kind = 'mediation-one-thing' where kind = 'mediation';
create index referral_now_case on referral_now (case_id) where case_id <> 0;

-- The nearest: of the place itself, else of what it lies in.
-- name: find_office :one
select division, office_name, office_address, office_phone, office_hours from referral_office
 where kind = :kind and substr(:division, 1, length(division)) = division
   and trim(office_address) <> '' and trim(office_name) <> ''
 order by length(division) desc limit 1;

-- name: list_offices :many
select kind, division, office_name, office_address, office_phone, office_hours, office_source, at
  from referral_office where substr(division, 1, length(:division)) = :division
 order by division, kind limit 1000;

-- name: set_office :exec
insert into referral_office (kind, division, office_name, office_address, office_phone,
       office_hours, office_source, by_id, at)
values (:kind, :division, :office_name, :office_address, :office_phone, :office_hours,
       :office_source, :by_id, :at)
on conflict (kind, division) do update
   set office_name = excluded.office_name, office_address = excluded.office_address,
       office_phone = excluded.office_phone, office_hours = excluded.office_hours,
       office_source = excluded.office_source, by_id = excluded.by_id, at = excluded.at;

-- name: drop_office :exec
delete from referral_office where kind = :kind and division = :division;

-- name: list_of_talk :many
select r.kind, r.reference, r.code, r.division, r.by_id, r.at, r.state, r.moved_at, r.known_sealed,
       r.other_sealed, r.answers_sealed, r.case_id, r.receipt_sealed,
       coalesce(p.person_name, '') as person_name,
       coalesce(c.reference, '') as reference__case
  from referral_now r
  left join person p on p.person_id = r.by_id
  left join case_now c on c.case_id = r.case_id
 where r.consultation_id = :consultation_id order by r.moved_at, r.kind limit 20;

-- name: find_of_code :one
select consultation_id, kind, reference, division, at, state, moved_at from referral_now
 where code = :code and code <> '';

-- What this browser has agreed to and not applied for yet.
-- name: find_of_visitor :one
select consultation_id, kind, reference, division, known_sealed, other_sealed, answers_sealed
  from referral_now
 where visitor_hash = :visitor_hash and visitor_hash <> '' and state = 'agreed' and kind = :kind
 order by moved_at desc limit 1;

-- The case that was applied for, while nobody has taken it on.
-- name: find_of_case :one
select consultation_id, kind, reference, state from referral_now
 where case_id = :case_id and case_id <> 0 and state = 'applied' limit 1;

-- name: set_offer :exec
insert into referral_now (consultation_id, kind, reference, code, division, by_id, at, state,
       moved_at, known_sealed, other_sealed, answers_sealed, visitor_hash, case_id, receipt_sealed)
values (:consultation_id, :kind, :reference, '', :division, :by_id, :at, 'offered', :at,
       :known_sealed, '', :answers_sealed, '', 0, '')
on conflict (consultation_id, kind) do update
   set by_id = excluded.by_id, at = excluded.at, state = 'offered', moved_at = excluded.at,
       known_sealed = excluded.known_sealed, other_sealed = '', case_id = 0, receipt_sealed = '',
       answers_sealed = excluded.answers_sealed;

-- name: set_state :exec
update referral_now
   set state = :state, moved_at = :moved_at, code = :code, visitor_hash = :visitor_hash
 where consultation_id = :consultation_id and kind = :kind;

-- The words are the case's from now on.
-- name: set_applied :exec
update referral_now
   set state = 'applied', moved_at = :moved_at, case_id = :case_id, known_sealed = '',
       other_sealed = '', answers_sealed = '', visitor_hash = ''
 where consultation_id = :consultation_id and kind = :kind;

-- name: set_after :exec
update referral_now set state = :state, moved_at = :moved_at
 where consultation_id = :consultation_id and kind = :kind;

-- name: set_taken :exec
update referral_now
   set state = 'taken', moved_at = :moved_at, receipt_sealed = :receipt_sealed
 where consultation_id = :consultation_id and kind = :kind;

-- name: drop_unanswered :exec
delete from referral_now
 where consultation_id = :consultation_id and state in ('offered', 'declined') and at <= :at;

-- name: drop_words :exec
update referral_now
   set known_sealed = '', other_sealed = '', answers_sealed = '', visitor_hash = '',
       receipt_sealed = ''
 where consultation_id = :consultation_id and at <= :at;
