-- The whole life of a case: what the queue and the case page show of it. Everything here follows from the journal.
-- Locking: adds columns with constant defaults, which rewrites nothing; the new check is on a column that is new.

alter table cases
  add column owner text not null default 'office' check (owner in ('machine', 'office', 'officer', 'unit', 'nobody')),
  add column flags text[] not null default '{}',
  add column told boolean not null default false,
  add column helper_units text[] not null default '{}',
  add column extended_days int not null default 0,
  add column finding text check (finding in ('true', 'partly', 'untrue', 'open')),
  add column satisfaction text check (satisfaction in ('satisfied', 'fair', 'dissatisfied', 'unrated')),
  add column closed_as text check (closed_as in ('done', 'retracted')),
  add column review_stage text check (review_stage in ('asked', 'answered', 'recheck-asked', 'final')),
  add column clue text check (clue in ('talk', 'verify', 'hold', 'end'));
create index cases_flags on cases using gin (flags);

-- The wall of 0001 looks at every row: a helping unit is kept out like a leading one.
alter table assignments add column part text not null default 'lead' check (part in ('lead', 'helper'));

-- Where a person set the length of a clock (延期, 反馈期限), in the unit of the clock.
alter table deadlines add column amount int;

-- What the text is: an officer's note, or one of the texts that a decision needs.
alter table notes add column about text not null default 'note'
  check (about in ('note', 'request', 'reason', 'inquiry', 'findings', 'grounds', 'measures', 'answer'));
