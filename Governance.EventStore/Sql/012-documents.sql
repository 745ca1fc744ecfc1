-- Contents of documents, sealed in parts under a key of their own, which is wrapped by the master key, or by the key of the one person whom the content is
-- about. A content is named by its hash once it is whole; of one association and person it is there once, however many documents have it.
create table governance.document_content (
    id          uuid                not null,
    tenant_id   varchar collate "C" not null,
    person_id   uuid,
    wrapped_key bytea               not null,
    sha256      bytea,
    size        bigint,
    created     timestamptz         not null default now(),
    constraint document_content_id primary key (id),
    constraint document_content_whole check ((sha256 is null) = (size is null))
);

create unique index document_content_once on governance.document_content (tenant_id, sha256, person_id) nulls not distinct where sha256 is not null;

create index document_content_unfinished on governance.document_content (created) where sha256 is null;

create table governance.document_chunk (
    content_id uuid  not null,
    number     int   not null,
    sealed     bytea not null,
    constraint document_chunk_once primary key (content_id, number),
    constraint document_chunk_content foreign key (content_id) references governance.document_content (id) on delete cascade
);

-- What is sealed does not become shorter.
alter table governance.document_chunk alter column sealed set storage external;

-- Which documents have which contents: written with the content, before the event that names it, and confirmed after. A content goes with its last claim.
create table governance.document_claim (
    tenant_id   varchar collate "C" not null,
    document_id uuid                not null,
    content_id  uuid                not null,
    claimed     timestamptz         not null default now(),
    confirmed   boolean             not null default false,
    constraint document_claim_once primary key (tenant_id, document_id, content_id),
    constraint document_claim_content foreign key (content_id) references governance.document_content (id)
);

create index document_claim_of_content on governance.document_claim (content_id);

create index document_claim_unconfirmed on governance.document_claim (claimed) where not confirmed;
