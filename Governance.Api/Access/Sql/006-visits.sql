-- When an account last looked at the home page of an association, and the visit before that one: two times, nothing of what was read.
create table access.visit (
    account     uuid        not null references access.account (id) on delete cascade,
    association uuid        not null,
    last        timestamptz not null,
    before      timestamptz,
    primary key (account, association)
);
