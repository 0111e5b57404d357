-- identity.sql -- who people are to the system, and the sessions they hold.
--
-- Numbers of phones and identity cards are sealed (platform/secret.h) and found by a keyed index.

create table person (
    person_id      bigint  not null primary key,
    kind           text    not null, -- staff, resident
    login          text    not null, -- what staff sign in with; '' for residents
    person_name    text    not null,
    password_hash  text    not null, -- Argon2id; '' cannot sign in by password
    totp_sealed    text    not null, -- '' while no second factor is set
    totp_step      bigint  not null, -- the last step taken: a code counts once
    phone_sealed   text    not null,
    phone_index    text    not null,
    identity_sealed text   not null, -- identity-card number
    identity_index text    not null,
    standing       text    not null, -- active, suspended
    is_demo        integer not null, -- 1: has the published password; loopback only
    made_at        bigint  not null
);
create unique index person_login on person (login) where login <> '';
create unique index person_phone on person (phone_index) where kind = 'resident' and phone_index <> '';
create index person_kind on person (kind, person_id);

create table role (
    person_id      bigint  not null references person,
    role           text    not null, -- consultant, leader, supervisor, admin
    scope          text    not null, -- division code: '31' the city, '310104' one district
    primary key (person_id, role)
);

create table session (
    session_id     bigint  not null primary key,
    token_hash     text    not null,
    session_kind   text    not null, -- staff, resident, guest (a browser), case (one consultation)
    person_id      bigint  not null, -- of a guest: a number without a person behind it
    case_id        bigint  not null, -- of kind case: the only consultation it opens
    made_at        bigint  not null,
    seen_at        bigint  not null,
    expires_at     bigint  not null,
    ended_at       bigint  not null, -- 0 while it lives
    address        text    not null,
    agent          text    not null  -- what the browser calls itself, shortened
);
create unique index session_token on session (token_hash);
create index session_person on session (person_id, made_at);

create table phone_code (
    phone_index    text    not null primary key, -- one code at a time for a number
    code_hash      text    not null,
    made_at        bigint  not null,
    expires_at     bigint  not null,
    tries          integer not null,
    sent_count     integer not null, -- in the hour that began at hour_at
    hour_at        bigint  not null
);

create table sign_in_failure (
    login_index    text    not null,
    address        text    not null,
    failures       integer not null,
    until_at       bigint  not null, -- no password is looked at before this moment
    failed_at      bigint  not null,
    primary key (login_index, address)
);

create table known_device (
    device_hash    text    not null primary key,
    person_id      bigint  not null references person,
    made_at        bigint  not null
);

create table division (
    division       text    not null primary key, -- 31, 310104, 310104003, 310104003001
    parent         text    not null,
    level          text    not null, -- city, district, street, village
    division_zh    text    not null,
    division_en    text    not null
);
create index division_parent on division (parent);
