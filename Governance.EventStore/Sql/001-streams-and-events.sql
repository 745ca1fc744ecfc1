-- The tables of Marten 9 (string stream identity, conjoined tenancy, all metadata), so that a .NET team can open the same database with it.
create schema if not exists {events};

create table {events}.mt_streams (
    tenant_id   varchar     not null default '*DEFAULT*',
    id          varchar     not null,
    type        varchar,
    version     bigint,
    timestamp   timestamptz not null default now(),
    created     timestamptz not null default now(),
    is_archived boolean     default false,
    constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id)
);

create table {events}.mt_events (
    seq_id         bigint,
    id             uuid         not null,
    stream_id      varchar,
    version        bigint       not null,
    data           jsonb        not null,
    bdata          bytea,
    type           varchar(500) not null,
    timestamp      timestamptz  not null,
    tenant_id      varchar      default '*DEFAULT*',
    mt_dotnet_type varchar,
    correlation_id varchar,
    causation_id   varchar,
    headers        jsonb,
    is_archived    boolean      default false,
    constraint pkey_mt_events_seq_id primary key (seq_id),
    constraint fkey_mt_events_stream_id_tenant_id foreign key (tenant_id, stream_id)
        references {events}.mt_streams (tenant_id, id) on delete cascade
);

create unique index pk_mt_events_stream_and_version on {events}.mt_events (tenant_id, stream_id, version);

-- The name that Marten gives this index when unique event ids are asked for.
create unique index idx_mt_events_event_id on {events}.mt_events (id);

create table {events}.mt_event_progression (
    name         varchar primary key,
    last_seq_id  bigint,
    last_updated timestamptz default transaction_timestamp()
);
