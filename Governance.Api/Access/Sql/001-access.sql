-- Accounts of the installation: technical, apart from the log. What names somebody is sealed; logins are found by a keyed hash.
create schema if not exists access;

create table access.account (
    id               uuid        primary key,
    login_hash       bytea       not null unique,
    sealed_login     bytea       not null,
    password_hash    text,
    security_stamp   text        not null,
    is_administrator boolean     not null,
    is_sample        boolean     not null,
    failed_attempts  int         not null,
    locked_until     timestamptz,
    created          timestamptz not null
);

-- Who an account is in an association.
create table access.account_person (
    account     uuid not null references access.account (id) on delete cascade,
    association uuid not null,
    person      uuid not null,
    primary key (account, association),
    unique (association, person)
);

create table access.token (
    id      uuid        primary key,
    account uuid        not null references access.account (id) on delete cascade,
    hash    bytea       not null unique,
    label   text        not null,
    created timestamptz not null,
    expires timestamptz not null
);

-- Links that work once: the first administrator's, and recovery's.
create table access.link (
    hash    bytea       primary key,
    kind    text        not null check (kind in ('setup', 'recover')),
    account uuid        references access.account (id) on delete cascade,
    expires timestamptz not null,
    check ((kind = 'recover') = (account is not null))
);

-- Keys of cookies and forms, shared by every host on this database, sealed.
create table access.protection_key (
    id     bigint generated always as identity primary key,
    sealed bytea not null
);
