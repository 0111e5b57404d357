-- mediation.sql -- the two sides of a dispute, who is between them, what was said and agreed.
--
-- The case itself (who applied, where it is, by when) is desk/cases'.  `side` is '' for both sides,
-- 'applicant' or 'respondent' for that one and the mediator alone: every query a side can reach
-- names it.

create table mediation_now (
    case_id        bigint  not null primary key references case_now,
    part_id        bigint  not null, -- what the other side's token opens instead of the case
    respondent_id  bigint  not null, -- the other side, once it takes part; 0
    name_sealed    text    not null, -- as the other side gave it
    phone_sealed   text    not null,
    code_sealed    text    not null, -- of the invitation
    invited_at     bigint  not null,
    joined_at      bigint  not null,
    mediator_id    bigint  not null, -- proposed or at work; 0: nobody
    proposed_at    bigint  not null,
    object_until   bigint  not null, -- the first moment that is too late
    applicant_at   bigint  not null, -- when this side agreed to the mediator; 0
    respondent_at  bigint  not null,
    begun_at       bigint  not null,
    effective_at   bigint  not null, -- of the agreement
    confirm_until  bigint  not null
);
create index mediation_now_respondent on mediation_now (respondent_id) where respondent_id > 0;
create index mediation_now_mediator on mediation_now (mediator_id) where mediator_id > 0;

create table mediation_proposal (
    case_id        bigint  not null references case_now,
    seq            bigint  not null,
    mediator_id    bigint  not null,
    by_id          bigint  not null,
    at             bigint  not null,
    words_sealed   text    not null, -- why: both sides read it
    ended_at       bigint  not null, -- 0: stands
    ended_side     text    not null, -- who objected; 'mediator': stepped back
    end_sealed     text    not null, -- why: for the committee
    primary key (case_id, seq)
);

create table mediation_session (
    session_id     bigint  not null primary key,
    case_id        bigint  not null references case_now,
    side           text    not null,
    state          text    not null, -- planned, held, off
    starts_at      bigint  not null,
    ends_at        bigint  not null,
    place_sealed   text    not null,
    words_sealed   text    not null, -- what those who come should know
    record_sealed  text    not null,
    by_id          bigint  not null,
    at             bigint  not null,
    ended_at       bigint  not null
);
create index mediation_session_of on mediation_session (case_id, starts_at);

create table mediation_agreement (
    case_id        bigint  not null references case_now,
    version        integer not null,
    form           text    not null, -- written, oral
    facts_sealed   text    not null,
    terms_sealed   text    not null,
    perform_day    text    not null, -- by when everything is done; ''
    is_status      integer not null, -- about marriage, parentage …: no court confirms it
    by_id          bigint  not null,
    at             bigint  not null,
    applicant_at   bigint  not null, -- signed; 0
    respondent_at  bigint  not null,
    applicant_how  text    not null, -- web, paper
    respondent_how text    not null,
    primary key (case_id, version)
);

-- What has happened, for whom it is told; never with words of anybody.
create table mediation_event (
    case_id        bigint  not null references case_now,
    seq            bigint  not null,
    event          text    not null,
    side           text    not null,
    at             bigint  not null,
    primary key (case_id, seq, event)
);

-- migrate: 1
-- What comes after: each side asks for the court, how it stands there, whether it is kept.
alter table mediation_now add column ask_applicant_at bigint not null default 0;
alter table mediation_now add column ask_respondent_at bigint not null default 0;
alter table mediation_now add column court text not null default ''; -- see mediation.h
alter table mediation_now add column court_at bigint not null default 0;
alter table mediation_now add column performed text not null default ''; -- yes, partly, no
alter table mediation_now add column performed_at bigint not null default 0;
create table mediation_follow (
    case_id        bigint  not null references case_now,
    seq            bigint  not null,
    at             bigint  not null,
    performed      text    not null,
    words_sealed   text    not null, -- for the committee
    by_id          bigint  not null,
    primary key (case_id, seq)
);

-- migrate: 2
-- A row from the application on: what figures are made from, and when to ask next whether the
-- agreement is kept (0: no more).
alter table mediation_now add column opened_at bigint not null default 0;
alter table mediation_now add column kind text not null default ''; -- of dispute, as chosen
alter table mediation_now add column ask_at bigint not null default 0;
insert into mediation_now (case_id, part_id, respondent_id, name_sealed, phone_sealed, code_sealed,
       invited_at, joined_at, mediator_id, proposed_at, object_until, applicant_at, respondent_at,
       begun_at, effective_at, confirm_until)
select c.case_id, 0 - c.case_id, 0, '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  from case_now c join item_version v on v.version_id = c.version_id
 where v.process = 'mediation'
   and not exists (select 1 from mediation_now n where n.case_id = c.case_id);
update mediation_now
   set opened_at = coalesce((select c.opened_at from case_now c
                              where c.case_id = mediation_now.case_id), 0),
       ask_at = case when effective_at = 0 then 0
                     when performed = 'yes' then effective_at + 31536000
                     else effective_at + 2592000 end;
create index mediation_now_opened on mediation_now (opened_at);
create index mediation_now_ask on mediation_now (ask_at) where ask_at > 0;
create index mediation_now_court on mediation_now (court_at) where court in ('sent', 'accepted');

-- ---- the case ----

-- name: find_now :one
select case_id, part_id, respondent_id, name_sealed, phone_sealed, code_sealed, invited_at,
       joined_at, mediator_id, proposed_at, object_until, applicant_at, respondent_at, begun_at,
       effective_at, confirm_until, ask_applicant_at, ask_respondent_at, court, court_at,
       performed, performed_at, ask_at
  from mediation_now where case_id = :case_id;

-- name: set_counted :exec
insert into mediation_now (case_id, part_id, respondent_id, name_sealed, phone_sealed, code_sealed,
       invited_at, joined_at, mediator_id, proposed_at, object_until, applicant_at, respondent_at,
       begun_at, effective_at, confirm_until, opened_at, kind)
values (:case_id, :part_id, 0, '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, :opened_at, :kind)
on conflict (case_id) do update set kind = excluded.kind;

-- name: save_now :exec
update mediation_now
   set respondent_id = :respondent_id, name_sealed = :name_sealed, phone_sealed = :phone_sealed,
       code_sealed = :code_sealed, invited_at = :invited_at, joined_at = :joined_at,
       mediator_id = :mediator_id, proposed_at = :proposed_at, object_until = :object_until,
       applicant_at = :applicant_at, respondent_at = :respondent_at, begun_at = :begun_at,
       effective_at = :effective_at, confirm_until = :confirm_until,
       ask_applicant_at = :ask_applicant_at, ask_respondent_at = :ask_respondent_at,
       court = :court, court_at = :court_at, performed = :performed,
       performed_at = :performed_at, ask_at = :ask_at
 where case_id = :case_id;

-- name: set_respondent :exec
update mediation_now set respondent_id = :respondent_id
 where respondent_id = :respondent_id__before and respondent_id > 0;

-- What somebody takes part in as the other side, newest first.
-- name: list_of_respondent :many
select c.reference, c.version_id, c.opened_at, c.turn
  from mediation_now m join case_now c on c.case_id = m.case_id
 where m.respondent_id = :respondent_id and m.respondent_id > 0
 order by c.case_id desc limit 50;

-- ---- events ----

-- name: add_event :exec
insert into mediation_event (case_id, seq, event, side, at)
values (:case_id, :seq, :event, :side, :at)
on conflict (case_id, seq, event) do nothing;

-- name: list_events :many
select event, side, at from mediation_event
 where case_id = :case_id order by seq, event limit 300;

-- name: list_events_of_side :many
select event, side, at from mediation_event
 where case_id = :case_id and (side = '' or side = :side) order by seq, event limit 300;

-- ---- who mediates ----

-- Those of a district whose licence holds (or one of them), who is idle first.
-- name: list_mediators :many
select c.person_id, p.person_name, c.division,
       (select count(*) from mediation_now n join case_now k on k.case_id = n.case_id
         where n.mediator_id = c.person_id and n.mediator_id > 0 and k.under_way = 1) as open_count,
       (select count(*) from mediation_proposal b
         where b.case_id = :case_id and b.mediator_id = c.person_id
           and b.ended_at > 0) as before_count,
       (select count(*) from case_link l join service_record s on s.case_id = l.other_id
         where l.case_id = :case_id and l.kind = 'talk'
           and s.consultant_id = c.person_id) as advised_count,
       (select count(*) from case_now k join case_party y on y.case_id = k.case_id
         where k.agent_id = c.person_id and k.agent_id > 0 and k.agent_at > 0
           and y.name_index in (select z.name_index from case_party z
                                 where z.case_id = :case_id)) as acts_count,
       (select count(*) from unlisted u where u.person_id = c.person_id) as unlisted_count,
       t.team_zh, t.team_en,
       (select count(*) from consultant_field f
         where f.person_id = c.person_id and f.field = :field) as knows_count
  from consultant c
  join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
 where c.profession = 'mediator' and c.standing = 'active' and p.standing = 'active'
   and c.verified_at > 0 and (c.licence_until = 0 or c.licence_until > :licence_until)
   and c.division = :division and (:person_id = 0 or c.person_id = :person_id)
 order by before_count, knows_count desc, open_count, c.person_id limit 60;

-- name: list_mediator_fields :many
select f.person_id, f.field from consultant_field f join consultant c on c.person_id = f.person_id
 where c.profession = 'mediator' and c.division = :division
 order by f.person_id, f.field limit 1000;

-- name: list_mediator_languages :many
select l.person_id, l.language from consultant_language l
  join consultant c on c.person_id = l.person_id
 where c.profession = 'mediator' and c.division = :division
 order by l.person_id, l.language limit 1000;

-- How the sides are called, as keyed indexes of names.
-- name: list_parties :many
select name_index from case_party where case_id = :case_id order by side limit 4;

-- name: add_proposal :exec
insert into mediation_proposal (case_id, seq, mediator_id, by_id, at, words_sealed, ended_at,
       ended_side, end_sealed)
values (:case_id, :seq, :mediator_id, :by_id, :at, :words_sealed, 0, '', '');

-- name: end_proposal :exec
update mediation_proposal
   set ended_at = :ended_at, ended_side = :ended_side, end_sealed = :end_sealed
 where case_id = :case_id and ended_at = 0;

-- name: list_proposals :many
select r.mediator_id, r.at, r.words_sealed, r.ended_at, r.ended_side, r.end_sealed,
       coalesce(p.person_name, '') as person_name
  from mediation_proposal r left join person p on p.person_id = r.mediator_id
 where r.case_id = :case_id order by r.seq limit 21;

-- ---- sessions ----

-- name: add_session :exec
insert into mediation_session (session_id, case_id, side, state, starts_at, ends_at, place_sealed,
       words_sealed, record_sealed, by_id, at, ended_at)
values (:session_id, :case_id, :side, 'planned', :starts_at, :ends_at, :place_sealed,
       :words_sealed, '', :by_id, :at, 0);

-- name: end_session :exec
update mediation_session set state = :state, record_sealed = :record_sealed, ended_at = :ended_at
 where session_id = :session_id;

-- name: drop_planned :exec
update mediation_session set state = 'off', ended_at = :ended_at
 where case_id = :case_id and state = 'planned';

-- name: count_sessions :one
select count(*) as sessions_count from mediation_session where case_id = :case_id;

-- name: add_held :exec
insert into mediation_session (session_id, case_id, side, state, starts_at, ends_at, place_sealed,
       words_sealed, record_sealed, by_id, at, ended_at)
values (:session_id, :case_id, :side, 'held', :starts_at, :starts_at, '', '', :record_sealed,
       :by_id, :at, :ended_at);

-- name: find_session :one
select session_id, case_id, side, state, starts_at from mediation_session
 where session_id = :session_id;

-- For the mediator of the case alone.
-- name: list_sessions :many
select session_id, side, state, starts_at, ends_at, place_sealed, words_sealed, record_sealed
  from mediation_session where case_id = :case_id order by starts_at, session_id limit 41;

-- For one side: those for both, and its own.  With '' those for both only.
-- name: list_sessions_of_side :many
select session_id, side, state, starts_at, ends_at, place_sealed, words_sealed, record_sealed
  from mediation_session
 where case_id = :case_id and (side = '' or side = :side)
 order by starts_at, session_id limit 41;

-- ---- the agreement ----

-- name: add_agreement :exec
insert into mediation_agreement (case_id, version, form, facts_sealed, terms_sealed, perform_day,
       is_status, by_id, at, applicant_at, respondent_at, applicant_how, respondent_how)
values (:case_id, :version, :form, :facts_sealed, :terms_sealed, :perform_day, :is_status,
       :by_id, :at, 0, 0, '', '');

-- The last version.
-- name: find_agreement :one
select version, form, facts_sealed, terms_sealed, perform_day, is_status, at, applicant_at,
       respondent_at, applicant_how, respondent_how
  from mediation_agreement where case_id = :case_id order by version desc limit 1;

-- The version of that moment.
-- name: find_agreement_at :one
select a.version, a.form, a.facts_sealed, a.terms_sealed, a.perform_day, a.is_status,
       a.applicant_at, a.respondent_at, a.applicant_how, a.respondent_how,
       coalesce(p.person_name, '') as person_name
  from mediation_agreement a left join person p on p.person_id = a.by_id
 where a.case_id = :case_id and a.at <= :at order by a.version desc limit 1;

-- name: sign_agreement :exec
update mediation_agreement
   set applicant_at = :applicant_at, respondent_at = :respondent_at,
       applicant_how = :applicant_how, respondent_how = :respondent_how
 where case_id = :case_id and version = :version;

-- ---- whether it is kept ----

-- name: add_follow :exec
insert into mediation_follow (case_id, seq, at, performed, words_sealed, by_id)
values (:case_id, :seq, :at, :performed, :words_sealed, :by_id);

-- name: list_follows :many
select f.at, f.performed, f.words_sealed, coalesce(p.person_name, '') as person_name
  from mediation_follow f left join person p on p.person_id = f.by_id
 where f.case_id = :case_id order by f.seq limit 21;
