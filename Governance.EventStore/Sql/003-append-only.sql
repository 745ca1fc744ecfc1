-- Events are only ever added. These triggers refuse every ordinary statement of every role, the owner's and the superuser's too, also when
-- session_replication_role says replica. What is left is changing the tables themselves (alter, drop), which the Merkle log then shows.
create function governance.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% of %.% is refused: the log is only ever added to', lower(tg_op), tg_table_schema, tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;

create function governance.refuse_step_back() returns trigger language plpgsql as $$
begin
    raise exception '% of %.% is refused: it only moves forward', lower(tg_op), tg_table_schema, tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;

-- The head moves with each group, and a trigger's condition is read anew for each statement: a look inside the function costs less.
create function governance.refuse_step_back_of_head() returns trigger language plpgsql as $$
begin
    if new.only_row and new.last_position >= old.last_position and new.last_timestamp >= old.last_timestamp then
        return new;
    end if;
    raise exception '% of %.% is refused: it only moves forward', lower(tg_op), tg_table_schema, tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$;

create trigger append_only before update or delete or truncate on {events}.mt_events
    for each statement execute function governance.refuse_change();
alter table {events}.mt_events enable always trigger append_only;

create trigger append_only before update or delete or truncate on governance.leaf_run
    for each statement execute function governance.refuse_change();
alter table governance.leaf_run enable always trigger append_only;

create trigger never_removed before delete or truncate on {events}.mt_streams
    for each statement execute function governance.refuse_change();
alter table {events}.mt_streams enable always trigger never_removed;

create trigger moves_forward before update on {events}.mt_streams
    for each row when (new.version is null or new.version <= old.version or new.id <> old.id or new.tenant_id <> old.tenant_id)
    execute function governance.refuse_step_back();
alter table {events}.mt_streams enable always trigger moves_forward;

create trigger never_another before insert or delete or truncate on governance.log_head
    for each statement execute function governance.refuse_change();
alter table governance.log_head enable always trigger never_another;

create trigger moves_forward before update on governance.log_head
    for each row execute function governance.refuse_step_back_of_head();
alter table governance.log_head enable always trigger moves_forward;
