-- Who read personal data of others: identifiers and times, no text. Only ever added to; a row goes once it is older than a year.
create table access.read (
    id          bigint      generated always as identity primary key,
    association uuid        not null,
    account     uuid        not null,
    page        text        not null,
    -- Whose; null where there were too many to name.
    people      uuid[],
    number      int         not null,
    at          timestamptz not null,
    check (people is null or cardinality(people) = number)
);

create index read_of_association on access.read (association, at);
create index read_of_people on access.read using gin (people);

create function access.refuse_change_of_reads() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.at < now() - interval '1 year' then
        return old;
    end if;
    raise exception 'access.read is only ever added to';
end $$;

create trigger read_is_append_only before update or delete on access.read for each row execute function access.refuse_change_of_reads();
create trigger read_is_not_truncated before truncate on access.read for each statement execute function access.refuse_change();
