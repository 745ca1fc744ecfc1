-- Appends a group. Each item of the group is judged by itself, in order, and sees what those before it wrote.
-- Arrays named p_stream_* have an entry for each distinct stream of the group, p_item_* for each append, p_check_* for each expected version
-- and p_event_* for each event, the last two in the order of the items. Streams and tenants are named by their place in p_stream_* and p_tenant; a place is kept for items without a command, which is null.
-- Outcome of each item: 0 written, 1 command repeated, 2 command key used for another request, 3 version conflict, 4 was written before
-- (asked only when p_recheck says that the answer to an earlier try was lost).
create function governance.append(
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
    out recorded_at    timestamptz,
    out head           bigint,
    out outcome        int[],
    out first_position bigint[],
    out conflict_at    int[],
    out actual_version bigint[])
language plpgsql as $$
declare
    v_items       constant int := coalesce(cardinality(p_item_checks), 0);
    v_events      constant int := coalesce(cardinality(p_event_id), 0);
    v_streams     constant int := coalesce(cardinality(p_stream_id), 0);
    v_start       bigint;
    v_last        timestamptz;
    v_before      bigint[];
    v_version     bigint[];
    v_leaf        bigint[];
    v_known       int[];
    v_present     bigint[];
    v_position_of bigint[] := array_fill(null::bigint, array[v_events]);
    v_version_of  bigint[] := array_fill(null::bigint, array[v_events]);
    v_run_tenant  int[] := '{}';
    v_run_index   bigint[] := '{}';
    v_run_start   bigint[] := '{}';
    v_run_length  int[] := '{}';
    v_runs        int := 0;
    v_run_of      int := 0;
    v_check       int := 0;
    v_event       int := 0;
    v_stream      int;
    v_outcome     int;
    v_written     boolean := false;
    v_moved       int := 0;
    v_rows        int;
begin
    select last_position, last_timestamp into strict v_start, v_last from governance.log_head for update;
    recorded_at := greatest(coalesce(p_now, clock_timestamp()), v_last);
    head := v_start;

    -- A statement of its own, so that it sees all that was committed before the lock was given. By index, one by one: a join planned without
    -- statistics would scan the tables. Arrays are read by subscript here and below: unnesting many at once costs far more for a small group.
    select
        array(
            select coalesce((select s.version from {events}.mt_streams s where s.tenant_id = p_stream_tenant[i] and s.id = p_stream_id[i]), 0)
            from generate_series(1, v_streams) i),
        array(
            select coalesce((
                select r.first_index + r.length - 1 from governance.leaf_run r where r.tenant_id = p_tenant[i] order by r.first_index desc limit 1), 0)
            from generate_series(1, cardinality(p_tenant)) i),
        array(
            select coalesce((select case when c.request_hash = p_item_hash[i] then 1 else 2 end from governance.command c where c.id = p_item_command[i]), 0)
            from generate_series(1, v_items) i)
    into v_before, v_leaf, v_known;
    v_version := v_before;
    if p_recheck then
        v_present := array(
            select (
                select e.seq_id from {events}.mt_events e
                where e.id = p_event_id[i] and e.tenant_id = p_event_tenant[i] and e.stream_id = p_event_stream[i])
            from generate_series(1, v_events) i);
    end if;

    outcome := v_known;
    first_position := array_fill(0::bigint, array[v_items]);
    conflict_at := array_fill(0, array[v_items]);
    actual_version := array_fill(0::bigint, array[v_items]);

    for i in 1 .. v_items loop
        v_outcome := v_known[i];
        if p_recheck and p_item_events[i] > 0 then
            if v_present[v_event + 1] is not null then
                v_outcome := 4;
                outcome[i] := 4;
                first_position[i] := v_present[v_event + 1];
            end if;
        end if;
        if v_outcome = 0 then
            for c in v_check + 1 .. v_check + p_item_checks[i] loop
                if v_version[p_check_stream_at[c]] <> p_check_version[c] then
                    v_outcome := 3;
                    outcome[i] := 3;
                    conflict_at[i] := c - v_check;
                    actual_version[i] := v_version[p_check_stream_at[c]];
                    exit;
                end if;
            end loop;
        end if;
        if v_outcome = 0 then
            v_written := true;
            first_position[i] := head + 1;
            if p_item_events[i] > 0 then
                if v_run_of <> p_item_tenant_at[i] then
                    v_run_of := p_item_tenant_at[i];
                    v_runs := v_runs + 1;
                    v_run_tenant[v_runs] := v_run_of;
                    v_run_index[v_runs] := v_leaf[v_run_of] + 1;
                    v_run_start[v_runs] := head + 1;
                    v_run_length[v_runs] := 0;
                end if;
                v_run_length[v_runs] := v_run_length[v_runs] + p_item_events[i];
                v_leaf[v_run_of] := v_leaf[v_run_of] + p_item_events[i];
                for e in v_event + 1 .. v_event + p_item_events[i] loop
                    v_stream := p_event_stream_at[e];
                    v_version[v_stream] := v_version[v_stream] + 1;
                    head := head + 1;
                    v_position_of[e] := head;
                    v_version_of[e] := v_version[v_stream];
                    if v_before[v_stream] > 0 and v_version[v_stream] = v_before[v_stream] + 1 then
                        v_moved := v_moved + 1;
                    end if;
                end loop;
            end if;
        end if;
        v_check := v_check + p_item_checks[i];
        v_event := v_event + p_item_events[i];
    end loop;

    if v_moved > 0 then
        update {events}.mt_streams s set version = v_version[i], timestamp = recorded_at
        from generate_series(1, v_streams) i
        where v_before[i] > 0 and v_version[i] > v_before[i] and s.tenant_id = p_stream_tenant[i] and s.id = p_stream_id[i];
        get diagnostics v_rows = row_count;
        if v_rows <> v_moved then
            raise exception 'moved % streams where % were to move', v_rows, v_moved;
        end if;
    end if;

    -- One statement, since each costs as much to begin as some appends to write.
    if head > v_start then
        with streams as (
            insert into {events}.mt_streams (tenant_id, id, type, version, timestamp, created)
            select p_stream_tenant[i], p_stream_id[i], p_stream_type[i], v_version[i], recorded_at, recorded_at
            from generate_series(1, v_streams) i
            where v_before[i] = 0 and v_version[i] > 0
        ), events as (
            insert into {events}.mt_events
                (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers)
            select v_position_of[i], p_event_id[i], p_event_stream[i], v_version_of[i], p_event_data[i], p_event_type[i], recorded_at,
                p_event_tenant[i], p_event_dotnet[i], p_event_correlation[i], p_event_causation[i], p_event_headers[i]
            from generate_series(1, v_events) i
            where v_position_of[i] is not null
        ), leaves as (
            insert into governance.leaf_run (first_position, first_index, length, tenant_id)
            select v_run_start[i], v_run_index[i], v_run_length[i], p_tenant[v_run_tenant[i]]
            from generate_series(1, v_runs) i
        ), commands as (
            insert into governance.command (id, request_hash, answer, first_position, last_position, created)
            select p_item_command[i], p_item_hash[i], p_item_answer[i], first_position[i], first_position[i] + p_item_events[i] - 1, recorded_at
            from generate_series(1, v_items) i
            where outcome[i] = 0 and p_item_command[i] is not null
        )
        update governance.log_head set last_position = head, last_timestamp = recorded_at;
    elsif v_written then
        insert into governance.command (id, request_hash, answer, first_position, last_position, created)
        select p_item_command[i], p_item_hash[i], p_item_answer[i], first_position[i], first_position[i] + p_item_events[i] - 1, recorded_at
        from generate_series(1, v_items) i
        where outcome[i] = 0 and p_item_command[i] is not null;
    end if;
end $$;

-- Appends one event alone, when nothing stands in its way: what a lone caller asks most, without the arrays and loops of a group, which cost
-- it more than the rows do. It judges nothing. A stream that has moved, one that exists already, a command or an event that is known raise an
-- error. Then nothing is written, and the same append goes through governance.append, which says what it is.
create function governance.append_one(
    p_now              timestamptz,
    p_tenant           text,
    p_stream           text,
    p_stream_type      text,
    p_version          bigint,
    p_read_stream      text[],
    p_read_version     bigint[],
    p_command          uuid,
    p_hash             bytea,
    p_answer           bytea,
    p_event_id         uuid,
    p_event_type       text,
    p_event_dotnet     text,
    p_event_data       jsonb,
    p_event_headers    jsonb,
    p_correlation      text,
    p_causation        text,
    out recorded_at    timestamptz,
    out first_position bigint)
language plpgsql as $$
declare
    v_moved bigint;
begin
    if p_read_stream is not null then
        perform from governance.log_head for update;
        -- This statement sees all that was committed before the lock was given.
        if exists (
            select from generate_series(1, cardinality(p_read_stream)) i
            where p_read_version[i] <> coalesce((select s.version from {events}.mt_streams s where s.tenant_id = p_tenant and s.id = p_read_stream[i]), 0))
        then
            raise exception 'a stream that was read has moved' using errcode = 'unique_violation';
        end if;
    end if;

    -- One statement, since each costs as much to begin as some rows to write. Taking a position locks the head. Whoever had to wait for that may
    -- see the association's last run as it was before: the index is then taken, which is an error too.
    with head as (
        update governance.log_head set
            last_position = last_position + 1,
            last_timestamp = greatest(coalesce(p_now, clock_timestamp()), last_timestamp)
        returning last_position as position, last_timestamp as at
    ), created as (
        insert into {events}.mt_streams (tenant_id, id, type, version, timestamp, created)
        select p_tenant, p_stream, p_stream_type, 1, at, at from head where p_version = 0
        returning version
    ), moved as (
        update {events}.mt_streams s set version = p_version + 1, timestamp = at
        from head
        where p_version > 0 and s.tenant_id = p_tenant and s.id = p_stream and s.version = p_version
        returning s.version
    ), events as (
        insert into {events}.mt_events
            (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers)
        select position, p_event_id, p_stream, p_version + 1, p_event_data, p_event_type, at,
            p_tenant, p_event_dotnet, p_correlation, p_causation, p_event_headers
        from head, (select from created union all select from moved) stream
    ), leaves as (
        insert into governance.leaf_run (first_position, first_index, length, tenant_id)
        select position, coalesce((
            select r.first_index + r.length from governance.leaf_run r where r.tenant_id = p_tenant order by r.first_index desc limit 1), 1), 1, p_tenant
        from head
    ), commands as (
        insert into governance.command (id, request_hash, answer, first_position, last_position, created)
        select p_command, p_hash, p_answer, position, position, at
        from head where p_command is not null
    )
    select head.at, head.position, coalesce((select version from created), (select version from moved))
    into strict recorded_at, first_position, v_moved
    from head;
    if v_moved is null then
        raise exception 'the stream has moved' using errcode = 'unique_violation';
    end if;
end $$;
