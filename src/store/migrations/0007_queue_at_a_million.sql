-- The queue, its search and the page of one case with a million cases: every list is read along an index in its own order and
-- ends with its last row. Why it is searched like this is in docs/adr/0029-search-at-a-million.md.
-- Locking: index builds hold up writers of their table for about a minute a million rows; notes are written anew (few and short).

-- The order of the queue. A case without a running deadline waits for nobody: urgent or not, it stands behind those that wait.
drop index cases_queue;
create index cases_queue on cases ((not urgent or next_due_at is null), (coalesce(next_due_at, 'infinity'::timestamptz)), id)
  where not provisional and folded_as is null;
-- The same order within what the desk narrows by.
create index cases_queue_category on cases (category, (not urgent or next_due_at is null), (coalesce(next_due_at, 'infinity'::timestamptz)), id)
  where not provisional and folded_as is null;
create index cases_queue_unit on cases (unit, (not urgent or next_due_at is null), (coalesce(next_due_at, 'infinity'::timestamptz)), id)
  where not provisional and folded_as is null;
create index cases_queue_assigned on cases (assigned_unit, (not urgent or next_due_at is null), (coalesce(next_due_at, 'infinity'::timestamptz)), id)
  where not provisional and folded_as is null and assigned_unit is not null;
create index cases_queue_state on cases (state, (not urgent or next_due_at is null), (coalesce(next_due_at, 'infinity'::timestamptz)), id)
  where not provisional and folded_as is null;
create index cases_queue_urgent on cases ((not urgent or next_due_at is null), (coalesce(next_due_at, 'infinity'::timestamptz)), id)
  where not provisional and folded_as is null and urgent;
create index cases_queue_unconfirmed on cases ((not urgent or next_due_at is null), (coalesce(next_due_at, 'infinity'::timestamptz)), id)
  where not provisional and folded_as is null and not confirmed;
create index cases_queue_sealed on cases ((not urgent or next_due_at is null), (coalesce(next_due_at, 'infinity'::timestamptz)), id)
  where not provisional and folded_as is null and lane = 'sealed';
create index cases_due on cases (next_due_at) where not provisional and folded_as is null and next_due_at is not null;

-- What the page of one case and the page of today look up.
create index intake_items_provisional_case on intake_items (provisional_case_id) where case_id is null;
create index intake_items_received on intake_items (received_at);
create index letters_case on letters (case_id);
create index digest_cases_case on digest_cases (case_id);
create index tasks_case on tasks (case_id) where case_id is not null;

-- The pairs of a text, as src/casework/search-terms.ts packs them: neighbouring UTF-16 units, none of them a space.
create function search_pairs(words text) returns int[] language sql immutable parallel safe as $$
  with signs as (
    select at, ascii(sign) as code
    from unnest(string_to_array(lower(normalize(words, NFKC)), null)) with ordinality as s(sign, at)
  ), units as (
    select at * 2 as at, case when code < 65536 then code else 55296 + ((code - 65536) >> 10) end as unit from signs
    union all
    select at * 2 + 1, 56320 + ((code - 65536) & 1023) from signs where code >= 65536
  ), pairs as (
    select unit, lag(unit) over (order by at) as before from units
  )
  select coalesce(array_agg(distinct (before << 16) | unit), '{}') from pairs where before > 32 and unit > 32
$$;
alter table notes add column pairs int[] not null generated always as (search_pairs(text)) stored;
create index notes_pairs on notes using gin (pairs);

-- How common a pair is decides how it is looked for: the usual hundred would know only the commonest.
alter table item_texts alter column bigrams set statistics 400;
