-- Versions of the rules: proposed by one person, judged by another, put in force, and the way back.
-- Locking: adds columns to a small table that only starting processes touch, and creates the rest.

-- All files of one version, under the hash of them all. What came with the program was proposed by the machine itself.
alter table rule_versions rename column loaded_at to proposed_at;
alter table rule_versions
  add column proposed_by bigint not null default 1 references users,
  add column why         text not null default 'came with the program',
  add column state       text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected')),
  add column judged_by   bigint references users,
  add column judged_at   timestamptz,
  add column judgement   text,
  add constraint rule_versions_judged check ((state = 'proposed') = (judged_by is null)),
  add constraint rule_versions_two_persons check (state <> 'approved' or judged_by <> proposed_by);

-- Files and author of a version never change: a verdict that names it can always be explained.
create function refuse_other_rules() returns trigger language plpgsql as $$
begin
  raise exception 'a version of the rules never changes' using errcode = 'SH004';
end $$;
create trigger rule_versions_immutable before update of version, files, proposed_by, why, proposed_at on rule_versions
  for each row execute function refuse_other_rules();
create trigger rule_versions_kept before delete on rule_versions for each row execute function refuse_other_rules();

-- How a version came into force. `instead_of`: what was in force before, and where a rollback leads.
create table rule_activations (
  n          bigint generated always as identity primary key,
  version    text not null references rule_versions,
  how        text not null check (how in ('installed', 'activated', 'rolled-back')),
  instead_of text references rule_versions,
  by_user    bigint not null references users,
  reason     text not null,
  at         timestamptz not null default now()
);

-- One row: which version is in force everywhere.
create table rules_in_force (
  one        boolean primary key default true check (one),
  version    text not null references rule_versions,
  activation bigint not null references rule_activations
);

-- At most one row: which version is tried beside it, on what comes in from then on.
create table rules_shadow (
  one        boolean primary key default true check (one),
  version    text not null references rule_versions,
  by_user    bigint not null references users,
  since      timestamptz not null default now(),
  after_item bigint not null                         -- the newest item at that moment
);

-- What the shadow would have said. Nothing acts on it.
create table shadow_verdicts (
  version text not null references rule_versions,
  item_id bigint not null references intake_items,
  body    jsonb not null,
  at      timestamptz not null default now(),
  primary key (version, item_id)
);

-- The processes that judge, and by what. `refused`: the version in force does not check there, and `version` goes on.
create table rule_followers (
  process  uuid primary key,
  version  text not null,
  refused  text,
  problems int not null default 0,
  seen_at  timestamptz not null default now()
);

create function announce_rules() returns trigger language plpgsql as $$
begin
  perform pg_notify('shouli_rules', '');
  return null;
end $$;
create trigger rules_in_force_announced after insert or update on rules_in_force
  for each statement execute function announce_rules();
