-- What Marten does not know of: a Marten that is allowed to migrate drops columns it does not know, so all of this lives in tables of our own.

-- One row: whoever appends holds it. Positions and times are given under this lock, so order of append, of lock and of commit are the same.
create table governance.log_head (
    only_row       boolean     primary key default true check (only_row),
    last_position  bigint      not null check (last_position >= 0),
    last_timestamp timestamptz not null
) with (fillfactor = 10);
insert into governance.log_head (last_position, last_timestamp) values (0, '-infinity');

-- Each association's own dense index, the leaf numbers of its Merkle tree.
create table governance.leaf_index (
    seq_id       bigint             not null,
    tenant_index bigint             not null check (tenant_index > 0),
    tenant_id    varchar collate "C" not null,
    constraint leaf_index_position primary key (seq_id),
    constraint leaf_index_tenant unique (tenant_id, tenant_index)
);

create table governance.command_key (
    tenant_id      varchar collate "C" not null,
    actor          varchar collate "C" not null,
    key            varchar collate "C" not null,
    request_hash   bytea               not null,
    answer         bytea               not null,
    first_position bigint              not null,
    last_position  bigint              not null,
    created        timestamptz         not null,
    constraint command_key_once primary key (tenant_id, actor, key)
);
