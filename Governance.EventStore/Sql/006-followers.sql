-- Associations that a follower no longer follows, since one of their events could not be handled.
create table governance.parked_tenant (
    follower    varchar collate "C" not null,
    tenant_id   varchar collate "C" not null,
    seq_id      bigint              not null,
    error       text                not null,
    parked_at   timestamptz         not null default now(),
    retry_asked boolean             not null default false,
    constraint parked_tenant_once primary key (follower, tenant_id)
);
