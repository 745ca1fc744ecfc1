-- Messages that are to go out, one for each event and person: identifiers, times and codes, no address, name or text.
create schema if not exists mail;

create table mail.outbox (
    id          uuid        primary key,
    association uuid        not null,
    -- The event that asks for the message.
    event       uuid        not null,
    meeting     uuid        not null,
    person      uuid        not null,
    asked       timestamptz not null,
    state       text        not null default 'waiting' check (state in ('waiting', 'accepted', 'refused', 'unaddressed', 'lapsed')),
    attempts    int         not null default 0,
    first_tried timestamptz,
    due         timestamptz not null,
    -- A host has it in hand until then; afterwards that host is taken to be gone.
    held_until  timestamptz,
    -- When its fate was known, and why, as a code; of a message that was taken over its Message-ID.
    decided     timestamptz,
    reason      text,
    -- The last thing that went wrong, as a code.
    fault       text,
    faulted     timestamptz,
    -- Its fate is recorded in the log.
    settled     boolean     not null default false,
    unique (association, event, person),
    check ((state = 'waiting') = (decided is null)),
    check (not settled or state <> 'waiting')
);

create index outbox_due on mail.outbox (due) where not settled;
create index outbox_of_meeting on mail.outbox (association, meeting, person);
