-- aid.sql -- what a visitor has answered on the way to legal aid, and the rules taken in as files.
--
-- Rules are never changed: what begins under some can keep them.  Without any, those hold that the
-- program brings along.

create table aid_draft (
    visitor_hash    text    not null primary key, -- of the browser's own cookie
    answers_sealed  text    not null,
    at              bigint  not null
);
create index aid_draft_at on aid_draft (at);

create table aid_rules (
    rules_id    bigint  not null primary key,
    made_at     bigint  not null
);

create table aid_rules_file (
    rules_id    bigint  not null references aid_rules,
    position    integer not null,
    file_name   text    not null,
    file_text   text    not null,
    primary key (rules_id, position)
);

-- migrate: 1
-- A consultant suggests legal aid out of a talk: what goes along, if the resident agrees.
create table aid_referral (
    consultation_id bigint  not null primary key,
    reference       text    not null, -- of the consultation
    by_id           bigint  not null,
    at              bigint  not null,
    state           text    not null, -- draft, offered, agreed, declined, applied
    moved_at        bigint  not null,
    answers_sealed  text    not null, -- to the questions; '' when they have become the case's
    what_sealed     text    not null, -- what happened, in the consultant's words
    visitor_hash    text    not null, -- the browser that agreed; ''
    case_id         bigint  not null  -- what was applied for; 0: nothing yet
);
create index aid_referral_visitor on aid_referral (visitor_hash) where visitor_hash <> '';
create index aid_referral_case on aid_referral (case_id) where case_id > 0;
create index aid_referral_moved on aid_referral (state, moved_at);

-- migrate: 2
-- What follows when a lawyer is done: the closing file, its marks, and what is paid for it.
create table aid_closing (
    case_id        bigint  not null primary key,
    reference      text    not null,
    lawyer_id      bigint  not null,
    division       text    not null,
    kind           text    not null, -- of work
    ended          text    not null, -- what came of it
    sheets         bigint  not null, -- which papers it holds, bits
    without_sealed text    not null, -- why one that must be there is not
    report_sealed  text    not null,
    state          text    not null, -- handed_in, returned, archived
    handed_at      bigint  not null,
    due_at         bigint  not null, -- to be checked, or handed in again; 0: done
    back_sealed    text    not null, -- what is missing, when it was returned
    checked_by     bigint  not null,
    checked_at     bigint  not null,
    archive_number text    not null, -- in the archive
    is_drawn       integer not null, -- to be marked
    quality        text    not null, -- '' until it was
    marks          text    not null, -- five numbers
    marked_by      bigint  not null,
    marked_at      bigint  not null,
    mark_sealed    text    not null,
    fen            bigint  not null, -- what is paid
    payable_at     bigint  not null  -- since when; 0: not yet
);
create index aid_closing_office on aid_closing (state, division, due_at);
create index aid_closing_payable on aid_closing (payable_at) where payable_at > 0;
create table aid_rates (
    rates_id       bigint  not null primary key,
    at             bigint  not null,
    by_id          bigint  not null,
    draw_every     integer not null -- one of so many files is marked; 0: none
);
create index aid_rates_at on aid_rates (at);
create table aid_rate (
    rates_id       bigint  not null references aid_rates,
    kind           text    not null,
    fen            bigint  not null,
    primary key (rates_id, kind)
);

-- migrate: 3
-- The papers themselves in a closing file, added by who acts.
create table aid_paper (
    file_id        bigint  not null primary key,
    case_id        bigint  not null,
    sheet          text    not null, -- which of those a file holds
    by_id          bigint  not null,
    file_name      text    not null, -- as it was called
    type           text    not null,
    bytes_count    bigint  not null,
    file           text    not null, -- in the folder of files
    hash           text    not null,
    at             bigint  not null,
    dropped_at     bigint  not null  -- taken back; 0
);
create index aid_paper_of on aid_paper (case_id);

-- name: find_draft :one
select answers_sealed from aid_draft where visitor_hash = :visitor_hash and at >= :at;

-- name: set_draft :exec
insert into aid_draft (visitor_hash, answers_sealed, at)
values (:visitor_hash, :answers_sealed, :at)
on conflict (visitor_hash) do update set answers_sealed = excluded.answers_sealed, at = excluded.at;

-- name: drop_draft :exec
delete from aid_draft where visitor_hash = :visitor_hash;

-- name: drop_drafts_before :exec
delete from aid_draft where at < :at;

-- ---- suggested out of a talk ----

-- name: find_referral :one
select r.consultation_id, r.reference, r.by_id, r.at, r.state, r.moved_at, r.answers_sealed,
       r.what_sealed, r.case_id, coalesce(p.person_name, '') as person_name,
       coalesce(c.reference, '') as reference__case, coalesce(c.outcome, '') as outcome
  from aid_referral r
  left join person p on p.person_id = r.by_id
  left join case_now c on c.case_id = r.case_id
 where r.consultation_id = :consultation_id;

-- What this browser has agreed to and not applied for yet.
-- name: find_referral_of_visitor :one
select consultation_id, reference, what_sealed from aid_referral
 where visitor_hash = :visitor_hash and visitor_hash <> '' and state = 'agreed'
   and moved_at >= :moved_at
 order by moved_at desc limit 1;

-- name: set_referral :exec
insert into aid_referral (consultation_id, reference, by_id, at, state, moved_at, answers_sealed,
       what_sealed, visitor_hash, case_id)
values (:consultation_id, :reference, :by_id, :at, :state, :at, :answers_sealed, :what_sealed,
       '', 0)
on conflict (consultation_id) do update
   set by_id = excluded.by_id, at = excluded.at, state = excluded.state, moved_at = excluded.at,
       answers_sealed = excluded.answers_sealed, what_sealed = excluded.what_sealed,
       visitor_hash = '', case_id = 0;

-- The case that was applied for, while nobody has taken it over.
-- name: find_referral_of_case :one
select consultation_id from aid_referral
 where case_id = :case_id and case_id > 0 and state = 'applied' order by consultation_id limit 1;

-- name: move_referral :exec
update aid_referral set state = :state, moved_at = :moved_at, visitor_hash = :visitor_hash
 where consultation_id = :consultation_id;

-- The words are the case's from now on.
-- name: apply_referral :exec
update aid_referral
   set state = 'applied', moved_at = :moved_at, case_id = :case_id, answers_sealed = '',
       what_sealed = '', visitor_hash = ''
 where consultation_id = :consultation_id;

-- name: drop_referrals_before :exec
delete from aid_referral
 where state in ('draft', 'offered', 'agreed', 'declined') and moved_at < :moved_at;

-- Where this installation is: the one division that is part of no other.
-- name: find_top_division :one
select division from division where parent = '' order by division limit 1;

-- ---- rules ----

-- name: find_last_rules :one
select rules_id, made_at from aid_rules order by made_at desc, rules_id desc limit 1;

-- name: list_rules_files :many
select file_name, file_text from aid_rules_file where rules_id = :rules_id
 order by position limit 40;

-- name: add_rules :exec
insert into aid_rules (rules_id, made_at) values (:rules_id, :made_at);

-- name: add_rules_file :exec
insert into aid_rules_file (rules_id, position, file_name, file_text)
values (:rules_id, :position, :file_name, :file_text);

-- ---- who acts: verified lawyers, with what speaks for and against each ----

-- One of them, or of a district ('': all) who knows a field ('': any): idle ones first.
-- name: list_lawyers :many
select c.person_id, p.person_name, c.division, t.team_zh, t.team_en,
       (select count(*) from case_agent o
         where o.agent_id = c.person_id and o.ended_at = 0) as open_count,
       (select count(*) from case_agent b
         where b.case_id = :case_id and b.agent_id = c.person_id
           and b.ended_at > 0) as before_count,
       (select count(*) from case_agent a join case_party x on x.case_id = a.case_id
         where a.agent_id = c.person_id and (a.taken_at > 0 or a.ended_at = 0)
           and a.case_id <> :case_id
           and ((x.side = 'applicant' and x.name_index = :name_index__other)
                or (x.side = 'other' and x.name_index = :name_index))) as against_count
  from consultant c
  join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
 where c.profession = 'lawyer' and c.standing = 'active' and p.standing = 'active'
   and c.verified_at > 0 and (c.licence_until = 0 or c.licence_until > :licence_until)
   and (:person_id = 0 or c.person_id = :person_id)
   and (:division = '' or c.division = :division)
   and (:field = '' or exists (select 1 from consultant_field f
                                where f.person_id = c.person_id and f.field = :field))
 order by before_count, open_count, c.person_id limit 60;
