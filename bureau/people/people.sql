-- people.sql -- who serves: consultants, their fields, languages, teams and presence; and the
-- fields of law and opening hours an administrator keeps.

create table law_field (
    field          text    not null primary key, -- labour, family, housing, …
    field_zh       text    not null,
    field_en       text    not null,
    hint_zh        text    not null,
    hint_en        text    not null,
    profession     text    not null, -- who answers it unless the resident wants another
    words          text    not null, -- what people say when they mean it, for the search box
    position       integer not null,
    is_active      integer not null
);

create table team (
    team_id        bigint  not null primary key,
    team_code      text    not null,
    team_zh        text    not null,
    team_en        text    not null,
    team_kind      text    not null, -- district, association, channel
    division       text    not null, -- whose team: a district, or 31
    leader_id      bigint  not null, -- 0: nobody yet
    is_active      integer not null
);
create unique index team_by_code on team (team_code);

create table consultant (
    person_id      bigint  not null primary key references person,
    profession     text    not null, -- lawyer, notary, forensic, mediator, legal_aid, correction
    team_id        bigint  not null references team,
    division       text    not null, -- the district where this person serves
    capacity       integer not null, -- conversations at once
    written_capacity integer not null, -- open written questions at once
    licence        text    not null, -- number of the qualification
    verified_at    bigint  not null, -- 0: not checked yet
    licence_until  bigint  not null, -- 0: does not expire
    standing       text    not null, -- active, suspended
    last_offer_at  bigint  not null  -- for fairness: who has been idle longest
);
create index consultant_team on consultant (team_id);
create index consultant_profession on consultant (profession, standing);

create table consultant_field (
    person_id      bigint  not null references consultant,
    field          text    not null references law_field,
    primary key (person_id, field)
);
create index consultant_field_field on consultant_field (field, person_id);

create table consultant_language (
    person_id      bigint  not null references consultant,
    language       text    not null, -- zh, en, wuu (Shanghainese), yue, sign
    primary key (person_id, language)
);

create table presence (
    person_id      bigint  not null primary key references consultant,
    presence       text    not null, -- online, away, off
    capacity       integer not null, -- conversations at once, for now
    seen_at        bigint  not null, -- the last sign of life
    since_at       bigint  not null
);
create index presence_state on presence (presence, seen_at);

-- Opening hours of a desk; desk 'consultation' is the city's.
create table desk_hours (
    desk           text    not null primary key,
    round_the_clock integer not null,
    changed_at     bigint  not null
);
create table desk_opening (
    desk           text    not null references desk_hours,
    weekday        integer not null, -- 0 Monday … 6 Sunday, 7 holidays
    from_minute    integer not null,
    to_minute      integer not null, -- 1440 is midnight
    primary key (desk, weekday, from_minute)
);
create table desk_exception (
    desk           text    not null references desk_hours,
    day            text    not null, -- YYYY-MM-DD
    from_minute    integer not null, -- both 0: closed all day
    to_minute      integer not null,
    why            text    not null,
    primary key (desk, day, from_minute)
);
