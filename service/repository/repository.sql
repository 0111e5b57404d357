-- repository.sql -- questions and answers for everybody, made of talks that ended.

-- What a resident said about others learning from a talk; nothing: was not asked, or did not say.
create table repository_consent (
    case_id        bigint  not null primary key,
    answer         text    not null, -- yes, no
    at             bigint  not null
);

create table repository_entry (
    entry_id       bigint  not null primary key,
    case_id        bigint  not null, -- the talk it was made of
    reference      text    not null, -- of that talk: for editors, never shown to others
    state          text    not null, -- a word of repository_state_word()
    division       text    not null, -- where it was asked: whose editors keep it
    proposed_by    bigint  not null,
    proposed_at    bigint  not null,
    version_number integer not null, -- the newest
    shown_version  integer not null, -- the one everybody may read while it is published; 0 none
    published_at   bigint  not null,
    valid_until    bigint  not null, -- the first moment at which it is over; 0: no day was set
    reason_sealed  text    not null, -- why it was refused, withdrawn or put back
    useful_count   integer not null,
    useless_count  integer not null,
    moved_at       bigint  not null, -- into the state it has
    moved_by       bigint  not null  -- 0: the clock
);
create unique index repository_entry_case on repository_entry (case_id);
create index repository_entry_state on repository_entry (state, entry_id);
create index repository_entry_valid on repository_entry (state, valid_until);
create index repository_entry_proposed on repository_entry (proposed_by, entry_id);

-- Every version is kept.  Sealed, since a name may have been overlooked until somebody confirms.
create table repository_version (
    entry_id       bigint  not null references repository_entry,
    version_number integer not null,
    field          text    not null,
    title_sealed   text    not null,
    question_sealed text   not null,
    answer_sealed  text    not null,
    made_at        bigint  not null,
    by_id          bigint  not null,
    primary key (entry_id, version_number)
);

-- The articles an answer cited when it was published, and how they read then.
create table repository_cite (
    entry_id       bigint  not null references repository_entry,
    version_number integer not null,
    law_id         bigint  not null references law,
    number         integer not null,
    number_sub     integer not null,
    version_id     bigint  not null, -- of the law, when it was last compared
    words_hash     text    not null,
    primary key (entry_id, version_number, law_id, number, number_sub)
);
create index repository_cite_law on repository_cite (law_id, version_id);

-- One row each time an answer begins or ceases to be shown: what the index of texts reads on in.
create table repository_change (
    change_id      bigint  not null primary key,
    entry_id       bigint  not null references repository_entry,
    version_number integer not null,
    is_shown       integer not null
);

-- Somebody is known by a person's number or a browser's own, and neither can be read back.
create table repository_vote (
    entry_id       bigint  not null references repository_entry,
    voter_hash     text    not null,
    address_hash   text    not null,
    is_useful      integer not null,
    is_counted     integer not null, -- 0: a browser whose word is counted as a person's
    voted_at       bigint  not null,
    primary key (entry_id, voter_hash)
);
create index repository_vote_address on repository_vote (entry_id, address_hash);

-- ---- consent ----

-- name: set_consent :exec
insert into repository_consent (case_id, answer, at) values (:case_id, :answer, :at)
on conflict (case_id) do update set answer = excluded.answer, at = excluded.at;

-- name: find_consent :one
select answer from repository_consent where case_id = :case_id;

-- ---- entries ----

-- name: add_entry :exec
insert into repository_entry (entry_id, case_id, reference, state, division, proposed_by,
       proposed_at, version_number, shown_version, published_at, valid_until, reason_sealed,
       useful_count, useless_count, moved_at, moved_by)
values (:entry_id, :case_id, :reference, 'proposed', :division, :proposed_by,
        :proposed_at, 0, 0, 0, 0, '', 0, 0, :proposed_at, :proposed_by);

-- name: find_entry :one
select * from repository_entry where entry_id = :entry_id;

-- name: find_entry_of_case :one
select entry_id, state from repository_entry where case_id = :case_id;

-- name: move_entry :exec
update repository_entry
   set state = :state, shown_version = :shown_version, published_at = :published_at,
       valid_until = :valid_until, reason_sealed = :reason_sealed, moved_at = :moved_at,
       moved_by = :moved_by
 where entry_id = :entry_id;

-- name: add_version :exec
insert into repository_version (entry_id, version_number, field, title_sealed, question_sealed,
       answer_sealed, made_at, by_id)
values (:entry_id, :version_number, :field, :title_sealed, :question_sealed, :answer_sealed,
        :made_at, :by_id);

-- name: set_version_number :exec
update repository_entry set version_number = :version_number where entry_id = :entry_id;

-- name: find_version :one
select field, title_sealed, question_sealed, answer_sealed, made_at, by_id from repository_version
 where entry_id = :entry_id and version_number = :version_number;

-- name: list_versions :many
select v.version_number, v.made_at, v.by_id, coalesce(p.person_name, '') as person_name
  from repository_version v left join person p on p.person_id = v.by_id
 where v.entry_id = :entry_id order by v.version_number desc limit 50;

-- What an editor has before them: of one state, in the places they watch.
-- name: list_queue :many
select e.entry_id, e.state, e.version_number, e.shown_version, e.division, e.moved_at,
       e.useful_count, e.useless_count, v.field, v.title_sealed
  from repository_entry e
  join repository_version v on v.entry_id = e.entry_id and v.version_number = e.version_number
 where e.state = :state and substr(e.division, 1, length(:division)) = :division
   and e.entry_id < :entry_id
 order by e.entry_id desc limit 50;

-- name: count_state :one
select count(*) as entries_count from repository_entry
 where state = :state and substr(division, 1, length(:division)) = :division;

-- name: list_proposed_by :many
select e.entry_id, e.state, e.reference, e.reason_sealed, e.moved_at, v.field, v.title_sealed
  from repository_entry e
  join repository_version v on v.entry_id = e.entry_id and v.version_number = e.version_number
 where e.proposed_by = :proposed_by and e.entry_id < :entry_id
 order by e.entry_id desc limit 50;

-- ---- what everybody reads ----

-- name: list_published :many
select e.entry_id, e.shown_version, e.published_at, e.valid_until, e.useful_count, v.field,
       v.title_sealed
  from repository_entry e
  join repository_version v on v.entry_id = e.entry_id and v.version_number = e.shown_version
 where e.state = 'published' and e.entry_id < :entry_id and (:field = '' or v.field = :field)
 order by e.entry_id desc limit 100;

-- name: list_newest :many
select entry_id from repository_entry
 where state = 'published' and substr(division, 1, length(:division)) = :division
 order by entry_id desc limit 100;

-- name: add_change :exec
insert into repository_change (change_id, entry_id, version_number, is_shown)
values (:change_id, :entry_id, :version_number, :is_shown);

-- name: list_changes_after :many
select c.change_id, c.entry_id, c.version_number, c.is_shown, v.title_sealed, v.question_sealed,
       v.answer_sealed
  from repository_change c
  join repository_version v on v.entry_id = c.entry_id and v.version_number = c.version_number
 where c.change_id > :change_id order by c.change_id limit 200;

-- ---- articles ----

-- name: add_cite :exec
insert into repository_cite (entry_id, version_number, law_id, number, number_sub, version_id,
       words_hash)
values (:entry_id, :version_number, :law_id, :number, :number_sub, :version_id, :words_hash)
on conflict (entry_id, version_number, law_id, number, number_sub) do nothing;

-- name: drop_cites :exec
delete from repository_cite where entry_id = :entry_id and version_number = :version_number;

-- name: list_cites :many
select law_id, number, number_sub, version_id, words_hash from repository_cite
 where entry_id = :entry_id and version_number = :version_number
 order by law_id, number, number_sub limit 20;

-- name: set_cite_version :exec
update repository_cite set version_id = :version_id
 where entry_id = :entry_id and version_number = :version_number and law_id = :law_id;

-- The versions of laws that published answers were compared with, law by law.
-- name: list_watched :many
select distinct c.law_id, c.version_id
  from repository_cite c
  join repository_entry e on e.entry_id = c.entry_id and e.shown_version = c.version_number
 where e.state = 'published' and c.law_id > :law_id
 order by c.law_id, c.version_id limit 400;

-- name: list_citing :many
select distinct c.entry_id
  from repository_cite c
  join repository_entry e on e.entry_id = c.entry_id and e.shown_version = c.version_number
 where e.state = 'published' and c.law_id = :law_id and c.version_id = :version_id
 order by c.entry_id limit 100;

-- name: list_over :many
select entry_id from repository_entry
 where state = 'published' and valid_until > 0 and valid_until <= :valid_until
 order by entry_id limit 100;

-- ---- votes ----

-- name: find_vote :one
select is_useful, is_counted from repository_vote
 where entry_id = :entry_id and voter_hash = :voter_hash;

-- name: set_vote :exec
insert into repository_vote (entry_id, voter_hash, address_hash, is_useful, is_counted, voted_at)
values (:entry_id, :voter_hash, :address_hash, :is_useful, :is_counted, :voted_at)
on conflict (entry_id, voter_hash) do update
   set is_useful = excluded.is_useful, is_counted = excluded.is_counted,
       voted_at = excluded.voted_at;

-- name: count_votes_from :one
select count(*) as votes_count from repository_vote
 where entry_id = :entry_id and address_hash = :address_hash;

-- name: count_votes :one
select cast(coalesce(sum(is_useful), 0) as bigint) as useful_count, count(*) as votes_count
  from repository_vote where entry_id = :entry_id and is_counted = 1;

-- name: set_votes :exec
update repository_entry set useful_count = :useful_count, useless_count = :useless_count
 where entry_id = :entry_id;
