-- Papers of secret ballots while the ballot is open: ciphertext under a key that is derived from the ballot's secret, which no database holds.
-- A row is found by a key that only the secret can make from the elector. Nothing here is older than the opening or outlives the publication.
-- Half of each page is left free, so that a changed paper takes the place beside the one before it.
create table governance.sealed_paper (
    tenant_id varchar collate "C" not null,
    ballot    uuid                not null,
    key       bytea               not null,
    paper     bytea               not null,
    constraint sealed_paper_once primary key (tenant_id, ballot, key)
) with (fillfactor = 50);

-- governance.append, and in the same transaction the papers of those items that are written: put in or replaced; or dropped with all of their
-- ballot, where there is no key. Papers are in the order of the items: of two for one elector the later stands.
create function governance.append_with_papers(
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
    from governance.append(
        p_now, p_recheck, p_tenant, p_stream_tenant, p_stream_id, p_stream_type, p_item_tenant, p_item_tenant_at, p_item_checks, p_item_events,
        p_item_command, p_item_hash, p_item_answer, p_check_stream_at, p_check_version, p_event_tenant, p_event_stream, p_event_stream_at, p_event_id,
        p_event_type, p_event_dotnet, p_event_data, p_event_headers, p_event_correlation, p_event_causation) a;

    for i in 1 .. cardinality(p_paper_item) loop
        if outcome[p_paper_item[i]] <> 0 then
            continue;
        end if;
        if p_paper_key[i] is null then
            delete from governance.sealed_paper s where s.tenant_id = p_item_tenant[p_paper_item[i]] and s.ballot = p_paper_ballot[i];
        else
            insert into governance.sealed_paper (tenant_id, ballot, key, paper)
            values (p_item_tenant[p_paper_item[i]], p_paper_ballot[i], p_paper_key[i], p_paper[i])
            on conflict (tenant_id, ballot, key) do update set paper = excluded.paper;
        end if;
    end loop;
end $$;
