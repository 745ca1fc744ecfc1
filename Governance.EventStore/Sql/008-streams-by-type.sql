-- The few streams of one type (the bodies of an association) are found without reading through the many of another: votes are left out.
create index ix_governance_streams_by_type on {events}.mt_streams (tenant_id, type, id) where type <> 'vote';
