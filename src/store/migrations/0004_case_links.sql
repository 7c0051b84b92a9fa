-- Cases that may belong together: suggested by the machine, accepted or dismissed by a person, never merged by either.
-- Locking: `cases` gets a nullable column (no rewrite) and a partial index; the index holds up writers for as long as it is built.

-- What two cases of one person or about one school have in common. MACs: good for comparing, say nothing by themselves.
create table case_keys (
  case_id bigint not null references cases,
  kind    text not null check (kind in ('sender', 'phone', 'name-place', 'school')),
  key     bytea not null,
  primary key (case_id, kind, key)
);
create index case_keys_key on case_keys (key, case_id desc);

-- When the other cases were looked through for this one; null: not yet.
alter table cases add column links_sought_at timestamptz;
create index cases_links_unsought on cases (id) where links_sought_at is null and not provisional and folded_as is null;

create table case_suggestions (
  id           bigint generated always as identity primary key,
  case_id      bigint not null references cases,   -- the later of the two
  other_id     bigint not null references cases,
  kind         text not null check (kind in ('same-person', 'same-matter', 'campaign')),
  likeness     real not null check (likeness between 0 and 1),
  why          jsonb not null,                     -- codes and counts, never words of a text
  cluster_id   bigint references cases,            -- the first case of the cluster that both are in; null for one person's two letters
  state        text not null default 'open' check (state in ('open', 'accepted', 'dismissed')),
  reason       text,
  decided_by   bigint references users,
  decided_at   timestamptz,
  suggested_at timestamptz not null default now(),
  check (case_id <> other_id),
  check ((state = 'open') = (decided_at is null)),
  check ((kind = 'same-person') = (cluster_id is null))
);
create unique index case_suggestions_pair on case_suggestions (least(case_id, other_id), greatest(case_id, other_id));
create index case_suggestions_case on case_suggestions (case_id);
create index case_suggestions_other on case_suggestions (other_id);
create index case_suggestions_cluster on case_suggestions (cluster_id) where cluster_id is not null;

-- Which cases tell of one matter. A dismissed suggestion takes its case out.
create view clusters as
  select cluster_id, case_id from case_suggestions where cluster_id is not null and state <> 'dismissed'
  union
  select cluster_id, cluster_id from case_suggestions where cluster_id is not null and state <> 'dismissed';

-- What a person has linked. Who may see only one of the two never learns of the link.
create table case_links (
  case_id  bigint not null references cases,
  other_id bigint not null references cases,
  kind     text not null check (kind in ('same-person', 'same-matter', 'campaign', 'split')),
  by_user  bigint not null references users,
  at       timestamptz not null default now(),
  primary key (case_id, other_id),
  check (case_id <> other_id)
);
create index case_links_other on case_links (other_id);
