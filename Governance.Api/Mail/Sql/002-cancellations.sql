-- A message that says that the meeting is cancelled, to somebody who was convened to it by a message.
alter table mail.outbox add column cancels boolean not null default false;
