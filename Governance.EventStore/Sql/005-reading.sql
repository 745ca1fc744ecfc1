-- Times never go back along the log, so the last position at or before an instant is found by halving: no index on time is needed.
create function governance.position_at(p_instant timestamptz) returns bigint language plpgsql as $$
declare
    v_low  bigint := 0;
    v_high bigint;
    v_last timestamptz;
    v_mid  bigint;
    v_time timestamptz;
begin
    select last_position, last_timestamp into strict v_high, v_last from governance.log_head;
    if p_instant >= v_last then
        -- An append in hand may have been given a time before this instant: wait for it, so that the same question always has one answer.
        select last_position, last_timestamp into strict v_high, v_last from governance.log_head for share;
        if p_instant >= v_last then
            return v_high;
        end if;
    end if;
    while v_low < v_high loop
        v_mid := (v_low + v_high + 1) / 2;
        select e.timestamp into strict v_time from {events}.mt_events e where e.seq_id = v_mid;
        if v_time <= p_instant then
            v_low := v_mid;
        else
            v_high := v_mid - 1;
        end if;
    end loop;
    return v_low;
end $$;

-- How many events an association has at or before a position. Runs of one association are in order of index and of position alike.
create function governance.tenant_index_at(p_tenant text, p_position bigint) returns bigint language plpgsql stable as $$
declare
    v_low  bigint := 0;
    v_high bigint;
    v_mid  bigint;
    v_run  governance.leaf_run;
begin
    select r.first_index + r.length - 1 into v_high from governance.leaf_run r where r.tenant_id = p_tenant order by r.first_index desc limit 1;
    while v_low < v_high loop
        v_mid := (v_low + v_high + 1) / 2;
        select * into strict v_run from governance.leaf_run r where r.tenant_id = p_tenant and r.first_index <= v_mid order by r.first_index desc limit 1;
        if v_run.first_position + v_mid - v_run.first_index <= p_position then
            v_low := v_mid;
        else
            v_high := v_mid - 1;
        end if;
    end loop;
    return v_low;
end $$;
