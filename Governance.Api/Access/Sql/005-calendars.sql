-- Secret addresses of calendars: whoever holds one reads, without signing in, what its account may read. Kept as a hash.
create table access.calendar (
    id            uuid        primary key,
    account       uuid        not null references access.account (id) on delete cascade,
    association   uuid        not null,
    hash          bytea       not null unique,
    kind          text        not null check (kind in ('everything', 'group', 'duties')),
    working_group uuid,
    created       timestamptz not null,
    check ((kind = 'group') = (working_group is not null))
);
create index on access.calendar (account, association);
