-- Tables whose pages may still hold former rows that have to go: an entry for each thing that was destroyed, written with it, and gone once the table was
-- written anew without the rows.
create table governance.purge_due (
    id         bigint generated always as identity,
    table_name text   not null,
    constraint purge_due_id primary key (id)
);
