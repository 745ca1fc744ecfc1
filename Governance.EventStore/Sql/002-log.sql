-- What Marten does not know of: a Marten that is allowed to migrate drops columns it does not know, so all of this lives in tables of our own.

-- A number that counts from one. Its check is a domain's and not a table's: PostgreSQL reads a table's checks anew for each statement.
create domain governance.ordinal as bigint check (value > 0);

-- One row (see 003): whoever appends holds it. Positions and times are given under this lock, so order of append, of lock and of commit are the
-- same.
create table governance.log_head (
    only_row       boolean     primary key default true,
    last_position  bigint      not null,
    last_timestamp timestamptz not null
) with (fillfactor = 10);
insert into governance.log_head (last_position, last_timestamp) values (0, '-infinity');

-- Each association's own dense index, the leaf numbers of its Merkle tree: one row for each run of neighbours in the log that belong to one
-- association. The event at position first_position + i has index first_index + i. A group is sorted by association, so a busy log writes
-- few rows here.
create table governance.leaf_run (
    first_position bigint              not null,
    first_index    governance.ordinal  not null,
    length         governance.ordinal  not null,
    tenant_id      varchar collate "C" not null,
    constraint leaf_run_position primary key (first_position),
    constraint leaf_run_tenant unique (tenant_id, first_index)
);

-- Commands that are in the log. The id is that of association, actor and key together (see CommandId in the store).
create table governance.command (
    id             uuid        not null,
    request_hash   bytea       not null,
    answer         bytea       not null,
    first_position bigint      not null,
    last_position  bigint      not null,
    created        timestamptz not null,
    constraint command_once primary key (id)
);
create index command_created on governance.command using brin (created);
