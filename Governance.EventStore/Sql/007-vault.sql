-- One key for each person, wrapped by a master key that is not in the database. An erased person keeps the row without the key, so that no
-- new key is made for the same person by mistake.
create table governance.person_key (
    tenant_id   varchar collate "C" not null,
    person_id   uuid                not null,
    wrapped_key bytea,
    created     timestamptz         not null default now(),
    erased      timestamptz,
    constraint person_key_once primary key (tenant_id, person_id),
    constraint person_key_or_erased check ((wrapped_key is null) = (erased is not null))
);
