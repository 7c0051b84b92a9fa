-- The terms by which a case is found when another one like it comes in: the rarest of its text, a fixed number of them, newest
-- case first. The index over whole texts gave the oldest of all that hold a term, and took longer with every case.
-- How rare a term is, PostgreSQL's statistics say: of ten times as many terms as they are told to keep.
-- Locking: creates a table; the statistics hold up neither readers nor writers. Filling it reads every text once; nothing waits for it
-- but the start of the new program.

alter table item_texts alter column bigrams set statistics 500;
analyze item_texts (bigrams);

create table case_terms (
  term    int not null,
  case_id bigint not null references cases,
  primary key (term, case_id)
);

-- As src/store/link-search.ts chooses them from then on: the rarest first, among those that are equally rare by their hash.
create temporary table common_terms (term int primary key, share real not null) on commit drop;
insert into common_terms
select s.term, s.share
from pg_stats p cross join lateral unnest(p.most_common_elems::text::int[], p.most_common_elem_freqs) as s(term, share)
where p.schemaname = current_schema() and p.tablename = 'item_texts' and p.attname = 'bigrams' and s.term is not null;
analyze common_terms;

insert into case_terms (term, case_id)
select t.term, f.case_id
from (select i.case_id, min(i.id) as item_id from intake_items i join cases c on c.id = i.case_id
      where i.disposition = 'case' and c.links_sought_at is not null group by 1) f
join item_texts x on x.item_id = f.item_id
cross join lateral (
  select u.term from unnest(x.bigrams[1:2000]) as u(term)
  order by coalesce((select share from common_terms c where c.term = u.term), 0), (u.term::bigint * 2654435761) & 4294967295
  limit 32
) t
on conflict do nothing;
