-- Rows of an office's old register (台账), each taken once. The number that a case had there finds it here.
-- `key` is what tells a row from every other: SHA-256 of office and old number, or of what was reported, when and by whom.
-- Locking: creates a table; the check is not looked at again for the rows that are there, because it allows more than the old one.

alter table raw_messages drop constraint raw_messages_source_check;
alter table raw_messages add constraint raw_messages_source_check check (source in ('mail', 'transcript', 'register')) not valid;

create table register_rows (
  key        bytea primary key,
  case_id    bigint not null unique references cases,
  old_number text,
  row_sha256 bytea not null,                    -- of the raw row: says whether the register was changed afterwards
  taken_at   timestamptz not null default now()
);
create index register_rows_old_number on register_rows (old_number) where old_number is not null;
