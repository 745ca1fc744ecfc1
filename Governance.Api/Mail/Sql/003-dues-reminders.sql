-- A message is about a meeting, or about the dues of a member in a campaign; who represents two members gets one for each.
alter table mail.outbox
    alter column meeting drop not null,
    add column campaign uuid,
    add column member uuid,
    drop constraint outbox_association_event_person_key,
    add constraint outbox_about_one_thing check ((meeting is null) = (campaign is not null) and (campaign is null) = (member is null));

create unique index outbox_once on mail.outbox (association, event, person, coalesce(member, '00000000-0000-0000-0000-000000000000'));
