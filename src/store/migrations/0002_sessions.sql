-- Somebody at the desk in a browser. The cookie's value is known to that browser alone.
create table sessions (
  id_hash    bytea primary key,                      -- SHA-256 of 256 random bits
  token_id   bigint not null references api_tokens,  -- opened with it, and ended when it is revoked
  created_at timestamptz not null default now(),
  seen_at    timestamptz not null default now()      -- the last time its owner did something
);
create index sessions_seen on sessions (seen_at);

-- What an open desk hears of: ids only. Whoever listens asks visible_cases before telling anybody.
create function announce_journal() returns trigger language plpgsql as $$
begin
  perform pg_notify('shouli_changes', json_build_object('caseId', n.case_id)::text)
  from (select distinct case_id from fresh
        where (case_id is not null or kind = 'task.done') and kind not like '%.read') n; -- looking at a case changes nothing
  return null;
end $$;
create trigger journal_announced after insert on journal
  referencing new table as fresh for each statement execute function announce_journal();

create function announce_session_end() returns trigger language plpgsql as $$
begin
  perform pg_notify('shouli_changes', json_build_object('ended', encode(old.id_hash, 'hex'))::text);
  return null;
end $$;
create trigger session_ended after delete on sessions for each row execute function announce_session_end();
