-- governance.append_with_papers, and in the same transaction the keys of people that the events of a written item are sealed with: neither is there without the
-- other, so that what was refused leaves no key of anybody. Somebody who has a key by now, or was erased, keeps the row that there is: the violation of
-- person_key_once undoes the append.
create function governance.append_with_keys(
    p_now              timestamptz,
    p_recheck          boolean,
    p_tenant           text[],
    p_stream_tenant    text[],
    p_stream_id        text[],
    p_stream_type      text[],
    p_item_tenant      text[],
    p_item_tenant_at   int[],
    p_item_checks      int[],
    p_item_events      int[],
    p_item_command     uuid[],
    p_item_hash        bytea[],
    p_item_answer      bytea[],
    p_check_stream_at  int[],
    p_check_version    bigint[],
    p_event_tenant     text[],
    p_event_stream     text[],
    p_event_stream_at  int[],
    p_event_id         uuid[],
    p_event_type       text[],
    p_event_dotnet     text[],
    p_event_data       jsonb[],
    p_event_headers    jsonb[],
    p_event_correlation text[],
    p_event_causation  text[],
    p_paper_item       int[],
    p_paper_ballot     uuid[],
    p_paper_key        bytea[],
    p_paper            bytea[],
    p_key_item         int[],
    p_key_person       uuid[],
    p_key_wrapped      bytea[],
    out recorded_at    timestamptz,
    out head           bigint,
    out outcome        int[],
    out first_position bigint[],
    out conflict_at    int[],
    out actual_version bigint[])
language plpgsql as $$
begin
    select a.recorded_at, a.head, a.outcome, a.first_position, a.conflict_at, a.actual_version
    into strict recorded_at, head, outcome, first_position, conflict_at, actual_version
    from governance.append_with_papers(
        p_now, p_recheck, p_tenant, p_stream_tenant, p_stream_id, p_stream_type, p_item_tenant, p_item_tenant_at, p_item_checks, p_item_events,
        p_item_command, p_item_hash, p_item_answer, p_check_stream_at, p_check_version, p_event_tenant, p_event_stream, p_event_stream_at,
        p_event_id, p_event_type, p_event_dotnet, p_event_data, p_event_headers, p_event_correlation, p_event_causation, p_paper_item,
        p_paper_ballot, p_paper_key, p_paper) a;

    insert into governance.person_key (tenant_id, person_id, wrapped_key)
    select p_item_tenant[k.item], k.person, k.wrapped from unnest(p_key_item, p_key_person, p_key_wrapped) k(item, person, wrapped) where outcome[k.item] = 0;
end $$;
