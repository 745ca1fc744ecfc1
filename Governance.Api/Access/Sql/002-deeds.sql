-- What was done to an account, by whom and when: only ever added to, and kept when the account is gone.
create table access.deed (
    id          bigint      generated always as identity primary key,
    account     uuid        not null,
    kind        text        not null check (kind in ('made', 'linked', 'link-made', 'link-used', 'password-changed')),
    -- The account that did it; null for the installation itself, and for a link used by somebody who was not signed in.
    by_account  uuid,
    at          timestamptz not null,
    association uuid,
    person      uuid,
    check ((association is null) = (person is null))
);

create index deed_of_account on access.deed (account, id);

create function access.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'access.deed is only ever added to';
end $$;

create trigger deed_is_append_only before update or delete or truncate on access.deed
    for each statement execute function access.refuse_change();

-- The last deed of others that the owner has read.
alter table access.account add column told bigint not null default 0;
