-- Whom an erasure has parted from their account: nobody is given one any more. Identifiers alone.
create table access.forgotten (
    association uuid not null,
    person      uuid not null,
    primary key (association, person)
);
