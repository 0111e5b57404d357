-- review.sql -- how good the work is: complaints, samples, measures, flagged wording, subsidies.

-- The numbers and rules appraisal goes by.  A change is a new version; an old one never changes.
create table review_policy (
    policy_version integer not null primary key,
    made_at        bigint  not null,
    by_id          bigint  not null,
    window_days    integer not null, -- how far back figures count
    prior_milli    integer not null, -- what is expected while nobody was rated, in thousandths
    prior_weight   integer not null, -- how many ratings that expectation is worth
    acknowledge_days integer not null, -- working days to acknowledge a complaint
    decide_days    integer not null, -- working days to decide it
    sample_count   integer not null, -- answers drawn a week
    sample_days    integer not null, -- working days a colleague has to mark one
    appeal_days    integer not null, -- working days to appeal
    appeal_decide_days integer not null,
    suspend_days   integer not null, -- days a suspension lasts
    warn_days      integer not null, -- days a warning stands
    widen_live     integer not null, -- conversations more at once
    widen_written  integer not null, -- written questions more
    commend_rated_min integer not null, -- in a month; a quarter asks for three times as many
    commend_answered_min integer not null,
    commend_milli  integer not null,
    commend_count  integer not null
);

create table review_rule (
    policy_version integer not null references review_policy,
    rule           integer not null,
    measure        text    not null, -- widen, warn, suspend, remove
    score_below    integer not null, -- thousandths; 0 asks for nothing, here and below
    score_from     integer not null,
    rated_min      integer not null,
    upheld_min     integer not null,
    upheld_max     integer not null, -- -1 asks for nothing
    money_min      integer not null,
    late_min       integer not null, -- thousandths
    answered_min   integer not null,
    sampled_below  integer not null, -- thousandths
    sampled_from   integer not null,
    sampled_min    integer not null,
    warnings_min   integer not null,
    primary key (policy_version, rule)
);

-- What somebody said against how a case was served, or what a flag made one look into.
create table complaint (
    complaint_id   bigint  not null primary key,
    case_id        bigint  not null,
    service        text    not null,
    reference      text    not null,
    consultant_id  bigint  not null,
    team_id        bigint  not null,
    division       text    not null, -- where the resident is
    source         text    not null, -- resident, wording
    kind           text    not null, -- money, conduct, wrong, late, other
    state          text    not null, -- received, acknowledged, decided
    text_sealed    text    not null,
    phone_sealed   text    not null, -- who is told, '' nobody
    language       text    not null,
    made_at        bigint  not null,
    acknowledge_by bigint  not null,
    decide_by      bigint  not null,
    acknowledged_at bigint not null,
    handler_id     bigint  not null, -- who has it in hand; 0 nobody
    question_sealed text   not null, -- what the consultant was asked
    asked_at       bigint  not null,
    statement_sealed text  not null, -- what the consultant said to it
    statement_at   bigint  not null,
    is_upheld      integer not null,
    decided_at     bigint  not null,
    decided_by     bigint  not null,
    reply_sealed   text    not null, -- to the resident
    warned         integer not null  -- 1: not acknowledged in time, 2: not decided in time
);
create unique index complaint_case on complaint (case_id, source);
create index complaint_open on complaint (state, decide_by);
create index complaint_consultant on complaint (consultant_id, decided_at);

create table complaint_note (
    note_id        bigint  not null primary key,
    complaint_id   bigint  not null references complaint,
    at             bigint  not null,
    by_id          bigint  not null,
    text_sealed    text    not null
);
create index complaint_note_of on complaint_note (complaint_id, note_id);

create table wording_pattern (
    pattern_id     bigint  not null primary key,
    wording        text    not null, -- money, contact, service, allowed
    pattern        text    not null, -- as it was written
    plain          text    not null  -- as it is compared
);
create unique index wording_pattern_plain on wording_pattern (wording, plain);

-- A text of a consultant that somebody should look at.  The text itself stays where it is.
create table wording_flag (
    flag_id        bigint  not null primary key,
    case_id        bigint  not null,
    service        text    not null,
    reference      text    not null,
    seq            bigint  not null, -- of the message
    consultant_id  bigint  not null,
    team_id        bigint  not null,
    division       text    not null,
    wording        text    not null, -- words of kinds, joined by blanks
    pattern        text    not null, -- the first that matched
    at             bigint  not null,
    state          text    not null, -- open, cleared, investigated
    settled_at     bigint  not null,
    settled_by     bigint  not null,
    complaint_id   bigint  not null
);
create index wording_flag_open on wording_flag (state, flag_id);
create index wording_flag_case on wording_flag (case_id, state);

-- A week's draw, so that anybody can repeat it.
create table sample_draw (
    week           text    not null primary key, -- its Monday, YYYY-MM-DD
    seed           text    not null,
    at             bigint  not null,
    from_at        bigint  not null,
    until_at       bigint  not null,
    cases_count    integer not null,
    drawn_count    integer not null
);

create table sample (
    sample_id      bigint  not null primary key,
    week           text    not null references sample_draw,
    case_id        bigint  not null,
    consultant_id  bigint  not null, -- who answered
    team_id        bigint  not null,
    division       text    not null,
    field          text    not null,
    profession     text    not null,
    peer_id        bigint  not null, -- who marks it; 0: nobody of another team is there
    due_at         bigint  not null,
    turns          integer not null, -- how often it went to another peer
    state          text    not null, -- open, marked, lapsed
    correctness    integer not null,
    completeness   integer not null,
    clarity        integer not null,
    courtesy       integer not null,
    comment_sealed text    not null,
    marked_at      bigint  not null
);
create unique index sample_case on sample (case_id);
create index sample_peer on sample (peer_id, state, due_at);
create index sample_consultant on sample (consultant_id, state, marked_at);

create table measure (
    measure_id     bigint  not null primary key,
    person_id      bigint  not null references consultant,
    team_id        bigint  not null,
    division       text    not null, -- where the consultant serves
    measure        text    not null,
    policy_version integer not null,
    rule           integer not null, -- 0: proposed by a person
    figures        text    not null, -- what was known then: rated=… score=… …
    reason_sealed  text    not null, -- of whoever proposed it
    state          text    not null, -- a word of review_state_word()
    proposed_at    bigint  not null,
    proposed_by    bigint  not null, -- 0: a rule
    decided_at     bigint  not null,
    decided_by     bigint  not null,
    notice_sealed  text    not null, -- what the consultant is told
    appeal_until   bigint  not null,
    appealed_at    bigint  not null,
    appeal_sealed  text    not null,
    appeal_decide_by bigint not null,
    appeal_decided_at bigint not null,
    appeal_decided_by bigint not null,
    reply_sealed   text    not null, -- to the appeal
    until_at       bigint  not null, -- when its effect ends by itself; 0: never
    ended_at       bigint  not null  -- when it did; 0: not yet
);
create index measure_person on measure (person_id, state);
create index measure_state on measure (state, measure_id);

-- ---- policy ----

-- name: find_policy :one
select * from review_policy order by policy_version desc limit 1;

-- name: list_policies :many
select v.policy_version, v.made_at, coalesce(p.person_name, '') as person_name
  from review_policy v left join person p on p.person_id = v.by_id
 order by v.policy_version desc limit 20;

-- name: add_policy :exec
insert into review_policy (policy_version, made_at, by_id, window_days, prior_milli, prior_weight,
       acknowledge_days, decide_days, sample_count, sample_days, appeal_days, appeal_decide_days,
       suspend_days, warn_days, widen_live, widen_written, commend_rated_min, commend_answered_min,
       commend_milli, commend_count)
values (:policy_version, :made_at, :by_id, :window_days, :prior_milli, :prior_weight,
       :acknowledge_days, :decide_days, :sample_count, :sample_days, :appeal_days,
       :appeal_decide_days, :suspend_days, :warn_days, :widen_live, :widen_written,
       :commend_rated_min, :commend_answered_min, :commend_milli, :commend_count);

-- name: list_rules :many
select * from review_rule where policy_version = :policy_version order by rule limit 40;

-- name: find_rule :one
select * from review_rule where policy_version = :policy_version and rule = :rule;

-- name: add_rule :exec
insert into review_rule (policy_version, rule, measure, score_below, score_from, rated_min,
       upheld_min, upheld_max, money_min, late_min, answered_min, sampled_below, sampled_from,
       sampled_min, warnings_min, figure, threshold_milli, counted_min, window_days)
values (:policy_version, :rule, :measure, :score_below, :score_from, :rated_min,
       :upheld_min, :upheld_max, :money_min, :late_min, :answered_min, :sampled_below,
       :sampled_from, :sampled_min, :warnings_min, :figure, :threshold_milli, :counted_min,
       :window_days);

-- ---- figures ----

-- The mean of everybody's ratings in the window: what an unknown person is expected to be like.
-- name: sum_ratings :one
select count(*) as rated_count, cast(coalesce(sum(stars), 0) as bigint) as stars_sum
  from service_record where rated_at >= :rated_at and rated_at < :rated_at__until;

-- The next consultants by number, to look at a few at a time.
-- name: list_next_people :many
select person_id from consultant where person_id > :person_id order by person_id limit 100;

-- Figures of the consultants after one and up to another; each figure counts by its own moment.
-- name: list_figures :many
select c.person_id, p.person_name, c.profession, c.team_id, c.division, c.standing,
       t.team_zh, t.team_en,
       coalesce(w.rated_count, 0) as rated_count, coalesce(w.stars_sum, 0) as stars_sum,
       coalesce(w.answered_count, 0) as answered_count, coalesce(w.late_count, 0) as late_count,
       coalesce(w.patience_count, 0) as patience_count, coalesce(w.patience_sum, 0) as patience_sum,
       coalesce(w.courtesy_count, 0) as courtesy_count, coalesce(w.courtesy_sum, 0) as courtesy_sum,
       coalesce(w.efficiency_count, 0) as efficiency_count,
       coalesce(w.efficiency_sum, 0) as efficiency_sum,
       coalesce(w.correctness_count, 0) as correctness_count,
       coalesce(w.correctness_sum, 0) as correctness_sum,
       coalesce(w.due_count, 0) as due_count, coalesce(w.kept_count, 0) as kept_count,
       coalesce(o.offers_count, 0) as offers_count, coalesce(o.taken_count, 0) as taken_count,
       coalesce(o.first_count, 0) as first_count, coalesce(o.first_sum, 0) as first_sum,
       (select count(*) from complaint k where k.consultant_id = c.person_id and k.is_upheld = 1
          and k.decided_at >= :at__from and k.decided_at < :at__until) as upheld_count,
       (select count(*) from complaint k where k.consultant_id = c.person_id and k.is_upheld = 1
          and k.kind = 'money'
          and k.decided_at >= :at__from and k.decided_at < :at__until) as money_count,
       (select count(*) from sample s where s.consultant_id = c.person_id and s.state = 'marked'
          and s.marked_at >= :at__from and s.marked_at < :at__until) as sampled_count,
       (select cast(coalesce(sum(s.correctness + s.completeness + s.clarity + s.courtesy), 0)
                    as bigint)
          from sample s where s.consultant_id = c.person_id and s.state = 'marked'
          and s.marked_at >= :at__from and s.marked_at < :at__until) as marks_sum,
       (select count(*) from measure m where m.person_id = c.person_id and m.measure = 'warn'
          and m.state in ('in_force', 'appealed', 'kept') and m.ended_at = 0) as warnings_count,
       (select count(*) from measure m where m.person_id = c.person_id and m.measure <> 'widen'
          and m.state in ('in_force', 'appealed', 'kept') and m.decided_at < :at__until
          and (m.ended_at = 0 or m.ended_at >= :at__from)) as measured_count
  from consultant c
  join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
  left join (select r.consultant_id,
                    sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                             then 1 else 0 end) as rated_count,
                    cast(sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                             then r.stars else 0 end) as bigint) as stars_sum,
                    sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                              and r.patience > 0 then 1 else 0 end) as patience_count,
                    cast(sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                             then r.patience else 0 end) as bigint) as patience_sum,
                    sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                              and r.courtesy > 0 then 1 else 0 end) as courtesy_count,
                    cast(sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                             then r.courtesy else 0 end) as bigint) as courtesy_sum,
                    sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                              and r.efficiency > 0 then 1 else 0 end) as efficiency_count,
                    cast(sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                             then r.efficiency else 0 end) as bigint) as efficiency_sum,
                    sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                              and r.correctness > 0 then 1 else 0 end) as correctness_count,
                    cast(sum(case when r.rated_at >= :at__from and r.rated_at < :at__until
                             then r.correctness else 0 end) as bigint) as correctness_sum,
                    sum(case when r.due_at >= :at__from and r.due_at < :at__until
                              and r.written_at > 0 and (r.answered_at > 0 or r.phase = 'written')
                             then 1 else 0 end) as due_count,
                    sum(case when r.due_at >= :at__from and r.due_at < :at__until
                              and r.written_at > 0 and r.answered_at > 0 and r.is_late = 0
                             then 1 else 0 end) as kept_count,
                    sum(case when r.served_at >= :at__from and r.served_at < :at__until
                             then 1 else 0 end) as answered_count,
                    cast(sum(case when r.served_at >= :at__from and r.served_at < :at__until
                             then r.is_late else 0 end) as bigint) as late_count
               from service_record r
              where r.consultant_id > :person_id and r.consultant_id <= :person_id__last
              group by r.consultant_id) w on w.consultant_id = c.person_id
  left join (select a.person_id, count(*) as offers_count,
                    sum(case when a.taken_at > 0 then 1 else 0 end) as taken_count,
                    sum(case when a.first_at > 0 then 1 else 0 end) as first_count,
                    cast(sum(case when a.first_at > 0 then a.first_at - a.offered_at else 0 end)
                         as bigint) as first_sum
               from assignment a
              where a.person_id > :person_id and a.person_id <= :person_id__last
                and a.offered_at >= :at__from and a.offered_at < :at__until
                and a.is_written = 0 and (a.taken_at > 0 or a.result = 'expired')
              group by a.person_id) o on o.person_id = c.person_id
 where c.person_id > :person_id and c.person_id <= :person_id__last
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0 or c.team_id = :team_id__scope)
 order by c.person_id limit 5000;

-- The four marks residents give.
-- name: sum_marks :one
select coalesce(sum(case when patience > 0 then 1 else 0 end), 0) as patience_count,
       cast(coalesce(sum(patience), 0) as bigint) as patience_sum,
       coalesce(sum(case when courtesy > 0 then 1 else 0 end), 0) as courtesy_count,
       cast(coalesce(sum(courtesy), 0) as bigint) as courtesy_sum,
       coalesce(sum(case when efficiency > 0 then 1 else 0 end), 0) as efficiency_count,
       cast(coalesce(sum(efficiency), 0) as bigint) as efficiency_sum,
       coalesce(sum(case when correctness > 0 then 1 else 0 end), 0) as correctness_count,
       cast(coalesce(sum(correctness), 0) as bigint) as correctness_sum
  from service_record
 where consultant_id = :consultant_id and rated_at >= :rated_at and rated_at < :rated_at__until;

-- Ratings one by one, newest first: what the score is made of.  Never what was written with them.
-- name: list_rated :many
select reference, rated_at, stars, patience, courtesy, efficiency, correctness, division
  from service_record
 where consultant_id = :consultant_id and rated_at >= :rated_at and rated_at < :rated_at__until
   and substr(division, 1, length(:division__scope)) = :division__scope
 order by rated_at desc limit 100;

-- ---- complaints ----

-- For the demo: cases that are over, the newest first.
-- name: list_some_ended :many
select case_id, service, reference, consultant_id, team_id, division, language from service_record
 where ended_at > 0 and consultant_id > 0 order by ended_at desc limit 12;

-- name: add_complaint :exec
insert into complaint (complaint_id, case_id, service, reference, consultant_id, team_id, division,
       source, kind, state, text_sealed, phone_sealed, language, made_at, acknowledge_by, decide_by,
       acknowledged_at, handler_id, question_sealed, asked_at, statement_sealed, statement_at,
       is_upheld, decided_at, decided_by, reply_sealed, warned)
values (:complaint_id, :case_id, :service, :reference, :consultant_id, :team_id, :division,
       :source, :kind, 'received', :text_sealed, :phone_sealed, :language, :made_at,
       :acknowledge_by, :decide_by, 0, 0, '', 0, '', 0, 0, 0, 0, '', 0);

-- name: find_complaint :one
select * from complaint where complaint_id = :complaint_id;

-- name: find_complaint_of_case :one
select complaint_id from complaint where case_id = :case_id and source = :source;

-- name: save_complaint :exec
update complaint
   set state = :state, acknowledged_at = :acknowledged_at, handler_id = :handler_id,
       question_sealed = :question_sealed, asked_at = :asked_at,
       statement_sealed = :statement_sealed, statement_at = :statement_at,
       is_upheld = :is_upheld, decided_at = :decided_at, decided_by = :decided_by,
       reply_sealed = :reply_sealed, warned = :warned
 where complaint_id = :complaint_id;

-- name: list_complaints_about :many
select complaint_id, reference, kind, state, made_at, asked_at, statement_at, decided_at,
       is_upheld, question_sealed, statement_sealed
  from complaint where consultant_id = :consultant_id and asked_at > 0
 order by complaint_id desc limit 50;

-- name: add_complaint_note :exec
insert into complaint_note (note_id, complaint_id, at, by_id, text_sealed)
values (:note_id, :complaint_id, :at, :by_id, :text_sealed);

-- name: list_complaint_notes :many
select n.at, n.text_sealed, coalesce(p.person_name, '') as person_name
  from complaint_note n left join person p on p.person_id = n.by_id
 where n.complaint_id = :complaint_id order by n.note_id limit 100;

-- name: count_complaint_notes :one
select count(*) as notes_count from complaint_note where complaint_id = :complaint_id;

-- Where a consultant served, when the complaint was made about nobody in particular.
-- name: find_team_leader :one
select leader_id from team where team_id = :team_id;

-- ---- wording ----

-- name: list_patterns :many
select pattern_id, wording, pattern, plain from wording_pattern
 order by wording, pattern_id limit 400;

-- name: count_patterns :one
select count(*) as patterns_count from wording_pattern;

-- name: add_pattern :exec
insert into wording_pattern (pattern_id, wording, pattern, plain)
values (:pattern_id, :wording, :pattern, :plain) on conflict (wording, plain) do nothing;

-- name: drop_pattern :exec
delete from wording_pattern where pattern_id = :pattern_id;

-- name: find_pattern :one
select pattern_id from wording_pattern where wording = :wording and plain = :plain;

-- name: add_flag :exec
insert into wording_flag (flag_id, case_id, service, reference, seq, consultant_id, team_id,
       division, wording, pattern, at, state, settled_at, settled_by, complaint_id)
values (:flag_id, :case_id, :service, :reference, :seq, :consultant_id, :team_id,
       :division, :wording, :pattern, :at, 'open', 0, 0, 0);

-- name: find_flag :one
select * from wording_flag where flag_id = :flag_id;

-- name: find_open_flag :one
select flag_id, wording from wording_flag where case_id = :case_id and state = 'open'
 order by case when ' ' || wording || ' ' like '% money %' then 0 else 1 end, flag_id limit 1;

-- name: settle_flag :exec
update wording_flag set state = :state, settled_at = :settled_at, settled_by = :settled_by,
       complaint_id = :complaint_id
 where flag_id = :flag_id and state = 'open';

-- ---- samples ----

-- name: find_draw :one
select week from sample_draw where week = :week;

-- name: list_draws :many
select week, seed, at, from_at, until_at, cases_count, drawn_count from sample_draw
 order by week desc limit 12;

-- name: add_draw :exec
insert into sample_draw (week, seed, at, from_at, until_at, cases_count, drawn_count)
values (:week, :seed, :at, :from_at, :until_at, :cases_count, :drawn_count);

-- All that was served and is over in a week, by number.
-- name: list_drawable :many
select r.case_id from service_record r
 where r.served_at >= :served_at and r.served_at < :served_at__until and r.consultant_id > 0
   and (r.answered_at > 0 or r.ended_at > 0)
   and not exists (select 1 from sample s where s.case_id = r.case_id)
 order by r.case_id limit 20000;

-- name: find_drawn :one
select case_id, consultant_id, team_id, division, field, profession from service_record
 where case_id = :case_id;

-- Who could mark it: in service, of the same profession, of another team, free of conflict with the
-- case (review_handling.sql); who has fewest first.
-- name: list_peers :many
select c.person_id,
       (select count(*) from sample s where s.peer_id = c.person_id and s.state = 'open')
           as open_count
  from consultant c join person p on p.person_id = c.person_id
 where c.profession = :profession and c.team_id <> :team_id and c.person_id <> :person_id
   and c.person_id <> :person_id__before
   and c.standing = 'active' and p.standing = 'active' and c.verified_at > 0
   and not exists (select 1 from assignment a
                    where a.case_id = :case_id and a.person_id = c.person_id and a.taken_at > 0)
   and not exists (select 1 from journal j
                    where j.case_id = :case_id and j.case_id <> 0 and j.said = 0
                      and j.actor_id = c.person_id
                      and (j.act like '%.reassign' or j.act like '%.take_over'
                           or j.act like '%.whisper' or j.act like '%.hand'
                           or j.act like '%.place'))
   and not exists (select 1 from assignment_party y join assignment_bar b
                       on b.party_hash = y.party_hash
                    where y.case_id = :case_id and b.person_id = c.person_id)
   and not exists (select 1 from assignment_party y join person i
                       on i.phone_index = y.party_hash
                    where y.case_id = :case_id and i.person_id = c.person_id)
   and not exists (select 1 from assignment_party y
                     join assignment_party o on o.party_hash = y.party_hash and o.side <> y.side
                     join assignment a on a.case_id = o.case_id
                    where y.case_id = :case_id and o.case_id <> :case_id
                      and a.person_id = c.person_id and a.result = 'accepted')
 order by open_count, c.person_id limit 500;

-- name: add_sample :exec
insert into sample (sample_id, week, case_id, consultant_id, team_id, division, field, profession,
       peer_id, due_at, turns, state, correctness, completeness, clarity, courtesy, comment_sealed,
       marked_at)
values (:sample_id, :week, :case_id, :consultant_id, :team_id, :division, :field, :profession,
       :peer_id, :due_at, 0, 'open', 0, 0, 0, 0, '', 0);

-- name: find_sample :one
select * from sample where sample_id = :sample_id;

-- name: mark_sample :exec
update sample set state = 'marked', correctness = :correctness, completeness = :completeness,
       clarity = :clarity, courtesy = :courtesy, comment_sealed = :comment_sealed,
       marked_at = :marked_at
 where sample_id = :sample_id and state = 'open';

-- migrate: 1
-- Until when whoever marks it may read it: given by an act and so in the journal; 0: not opened.
alter table sample add column read_until bigint not null default 0;

-- migrate: 2
-- One figure a rule asks for, of the days it looks back on: the threshold as it is typed, in
-- thousandths (a mark of 5, a count, minutes or per cent); '' and 0 ask for nothing.
alter table review_rule add column figure text not null default '';
alter table review_rule add column threshold_milli bigint not null default 0;
alter table review_rule add column counted_min integer not null default 0;
alter table review_rule add column window_days integer not null default 0; -- 0: of the policy

-- migrate: 3
-- Who said themselves that they must not handle it.
create table complaint_away (
    complaint_id   bigint  not null references complaint,
    person_id      bigint  not null references person,
    at             bigint  not null,
    primary key (complaint_id, person_id)
);

-- migrate: 4
create table flag_away (
    flag_id        bigint  not null references wording_flag,
    person_id      bigint  not null references person,
    at             bigint  not null,
    primary key (flag_id, person_id)
);

-- name: open_sample :exec
update sample set read_until = :read_until where sample_id = :sample_id and state = 'open';

-- name: pass_sample :exec
update sample set peer_id = :peer_id, due_at = :due_at, turns = turns + 1, state = :state,
       read_until = 0
 where sample_id = :sample_id and state = 'open';

-- name: list_samples_for :many
select sample_id, case_id, week, field, due_at, state, marked_at from sample
 where peer_id = :peer_id and (state = 'open' or marked_at >= :marked_at)
 order by state desc, due_at limit 100;

-- name: list_samples_of :many
select sample_id, week, state, correctness, completeness, clarity, courtesy, marked_at,
       comment_sealed
  from sample
 where consultant_id = :consultant_id and state = 'marked' and marked_at >= :marked_at
 order by marked_at desc limit 50;

-- ---- measures ----

-- name: add_measure :exec
insert into measure (measure_id, person_id, team_id, division, measure, policy_version, rule,
       figures, reason_sealed, state, proposed_at, proposed_by, decided_at, decided_by,
       notice_sealed, appeal_until, appealed_at, appeal_sealed, appeal_decide_by,
       appeal_decided_at, appeal_decided_by, reply_sealed, until_at, ended_at)
values (:measure_id, :person_id, :team_id, :division, :measure, :policy_version, :rule,
       :figures, :reason_sealed, 'proposed', :proposed_at, :proposed_by, 0, 0,
       '', 0, 0, '', 0, 0, 0, '', 0, 0);

-- name: find_measure :one
select * from measure where measure_id = :measure_id;

-- name: save_measure :exec
update measure
   set state = :state, decided_at = :decided_at, decided_by = :decided_by,
       notice_sealed = :notice_sealed, appeal_until = :appeal_until, appealed_at = :appealed_at,
       appeal_sealed = :appeal_sealed, appeal_decide_by = :appeal_decide_by,
       appeal_decided_at = :appeal_decided_at, appeal_decided_by = :appeal_decided_by,
       reply_sealed = :reply_sealed, until_at = :until_at, ended_at = :ended_at
 where measure_id = :measure_id;

-- A measure of a kind is not proposed again while one waits or stands, or was decided lately.
-- name: count_measures_like :one
select count(*) as measures_count from measure
 where person_id = :person_id and measure = :measure
   and (state in ('proposed', 'appealed')
        or (state in ('in_force', 'kept') and ended_at = 0)
        or decided_at >= :decided_at);

-- name: count_barring :one
select count(*) as measures_count from measure
 where person_id = :person_id and measure in ('suspend', 'remove') and measure_id <> :measure_id
   and state in ('in_force', 'appealed', 'kept') and ended_at = 0;

-- name: list_measures :many
select m.measure_id, m.person_id, m.measure, m.state, m.proposed_at, m.decided_at, m.appealed_at,
       m.appeal_decide_by, m.ended_at, m.until_at, m.rule, p.person_name, t.team_zh, t.team_en
  from measure m
  join person p on p.person_id = m.person_id
  left join team t on t.team_id = m.team_id
 where substr(m.division, 1, length(:division__scope)) = :division__scope
   and m.person_id <> :person_id__not
   and ((:state = 'open' and m.state in ('proposed', 'appealed'))
        or (:state <> 'open' and m.state not in ('proposed', 'appealed')))
   and (:measure_id = 0 or m.measure_id < :measure_id)
 order by m.measure_id desc limit :max_rows; -- max: 101

-- name: list_measures_of :many
select * from measure where person_id = :person_id and state <> 'proposed' and state <> 'dismissed'
 order by measure_id desc limit 50;
