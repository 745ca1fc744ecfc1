-- The Merkle tree over each association's events. Everything here can be made again from the events; what cannot, the keys and what was published, lies
-- outside of the database.
create table governance.tree_head (
    tenant_id  varchar collate "C" not null,
    size       bigint              not null,
    root       bytea               not null,
    checkpoint text,
    constraint tree_head_once primary key (tenant_id)
);

-- Up to 256 neighbouring hashes of one level, 32 bytes each; only the last of a level is shorter, and grows.
create table governance.tree_tile (
    tenant_id varchar collate "C" not null,
    level     smallint            not null,
    tile      bigint              not null,
    hashes    bytea               not null,
    constraint tree_tile_once primary key (tenant_id, level, tile)
);
-- Hashes cannot be compressed.
alter table governance.tree_tile alter column hashes set storage external;
