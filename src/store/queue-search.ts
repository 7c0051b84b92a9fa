import { sql, type RawBuilder } from 'kysely';
import type { QueueSearch } from '../casework/queue-search.ts';
import type { QueueCounts, QueueFilter, QueuePage } from '../casework/views.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db } from './database.ts';
import { afterCursor, QUEUE_ORDER, queueOf, type QueueEnds } from './queue-order.ts';
import { termShares } from './similar.ts';

export type SearchLimits = {
  /** In more texts than this, walking the queue meets a page of them sooner than the index has gathered and sorted them all. */
  readonly common: number;
  /** Cases a walk looks into before it gives up: the words stand where nobody is looking. */
  readonly walked: number;
};

const MOST_WALKED = 15_000;
/** Texts a count looks into. */
const MOST_LOOKED = 10_000;

/**
 * For words in n of all texts, a walk to a page of `wanted` looks into wanted * texts / n cases and the index gathers n texts; both
 * take about as long for one (measured beside 100,000 cases: 60 µs on a busy machine).
 */
function usualLimits(wanted: number, texts: number): SearchLimits {
  return { common: Math.sqrt(wanted * texts), walked: MOST_WALKED };
}

/**
 * The cases of one page that a search finds, in the order of the queue. Rare words are taken from the index of pairs and sorted;
 * for common ones the queue is walked in its order and each case asked, until the page is full.
 */
export async function findPage(
  db: Db,
  viewer: Viewer,
  filter: QueueFilter,
  page: QueuePage & QueueEnds,
  search: QueueSearch,
  limits?: SearchLimits,
): Promise<number[]> {
  const place: Place = { viewer, filter, page, wanted: page.limit + (page.offset ?? 0) };
  const share = await shareOfTexts(db, search);
  const texts = share === 0 ? 0 : await countTexts(db);
  const { common, walked } = limits ?? usualLimits(place.wanted, texts);
  if (share * texts > common) {
    const met = await walk(db, place, search, walked);
    if (met.length === place.wanted)
      return pageOf(db, place, sql`select unnest(${met}::bigint[]) as id union all ${byName(place, search)}`);
  }
  return pageOf(db, place, sql`${byIndex(search)} union all ${byName(place, search)}`);
}

type Place = {
  readonly viewer: Viewer;
  readonly filter: QueueFilter;
  readonly page: QueuePage & QueueEnds;
  readonly wanted: number;
};

/** `offset 0` in what follows keeps PostgreSQL from reading a whole table where one row at a time is looked up. */
async function pageOf(db: Db, { viewer, filter, page }: Place, found: RawBuilder<unknown>): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with found as materialized (select distinct id from (${found}) f)
    select c.id from found f
    cross join lateral (select c.id, c.urgent, c.next_due_at from ${queueOf(viewer, filter, page)} and c.id = f.id and ${afterCursor(page)} offset 0) c
    order by ${QUEUE_ORDER} limit ${page.limit} offset ${page.offset ?? 0}`.execute(db);
  return rows.map(({ id }) => id);
}

/** All that there are, as PostgreSQL estimates them. */
async function countTexts(db: Db): Promise<number> {
  const { rows } = await sql<{ texts: number }>`
    select greatest(reltuples, 0)::float8 as texts from pg_class where oid = 'item_texts'::regclass`.execute(db);
  return rows[0]?.texts ?? 0;
}

/** Of all texts, those that may hold the words: the share of their rarest pair. 0 where no word has a pair. */
async function shareOfTexts(db: Db, { terms }: QueueSearch): Promise<number> {
  if (terms.length === 0) return 0;
  const shareOf = await termShares(db);
  return Math.min(...terms.map(shareOf));
}

/** Through the index, in no order. Nothing when no word has a pair. */
function byIndex({ words, terms }: QueueSearch): RawBuilder<unknown> {
  if (terms.length === 0) return NOBODY;
  return sql`
    select i.case_id as id from item_texts x
    cross join lateral (select i.case_id from intake_items i where i.id = x.item_id and i.case_id is not null offset 0) i
    where x.bigrams @> ${terms}::int[] ${literally(words, ITEM_TEXT)}
    union all
    select n.case_id from notes n where n.pairs @> ${terms}::int[] ${literally(words, NOTE_TEXT)}`;
}

/** In the order of the queue, until enough are met. `is true` keeps the pairs from being looked up again for every case. */
async function walk(
  db: Db,
  { viewer, filter, page, wanted }: Place,
  { words, terms }: QueueSearch,
  walked: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select w.id from (
       select c.id, (not c.urgent or c.next_due_at is null) as idle, coalesce(c.next_due_at, 'infinity'::timestamptz) as due
       from ${queueOf(viewer, filter, page)} and ${afterCursor(page)} order by ${QUEUE_ORDER} limit ${walked}) w
     cross join lateral (
       select 1 from (
         select 1 from intake_items i join item_texts x on x.item_id = i.id
         where i.case_id = w.id and (x.bigrams @> ${terms}::int[]) is true ${literally(words, ITEM_TEXT)}
         union all
         select 1 from notes n where n.case_id = w.id and (n.pairs @> ${terms}::int[]) is true ${literally(words, NOTE_TEXT)}) s
       limit 1) hit
     order by w.idle, w.due, w.id limit ${wanted}`.execute(db);
  return rows.map(({ id }) => id);
}

const ITEM_TEXT = sql`x.subject || E'\n' || x.body`;
const NOTE_TEXT = sql`n.text`;
const NOBODY = sql`select null::bigint as id where false`;

/** A word of two units is its one pair; of longer ones the pairs must also stand together. */
function literally(words: readonly string[], text: RawBuilder<unknown>): RawBuilder<unknown> {
  const longer = words.filter(({ length }) => length !== 2);
  return sql.join(
    longer.map((word) => sql`and position(${word} in lower(normalize(${text}, NFKC))) > 0`),
    sql` `,
  );
}

/** By number, by person and by unit: of each only as many as a page can show, where there may be many. */
function byName({ viewer, filter, page, wanted }: Place, search: QueueSearch): RawBuilder<unknown> {
  const queue = sql`${queueOf(viewer, filter, page)} and ${afterCursor(page)}`;
  const ofUnit = (column: 'unit' | 'assigned_unit') =>
    sql`select c.id from unnest(${[...search.units]}::text[]) as u(id)
        cross join lateral (select c.id from ${queue} and c.${sql.ref(column)} = u.id order by ${QUEUE_ORDER} limit ${wanted}) c`;
  return sql`
    select id from cases where number = ${search.caseNumber}
    union all select case_id from documents where number = ${search.documentNumber}
    union all select case_id from register_rows where old_number = ${search.documentNumber}
    union all select case_id from case_keys where key = any(${[...search.personKeys]}::bytea[])
    union all ${ofUnit('unit')} union all ${ofUnit('assigned_unit')}`;
}

/** Exact up to `most`, as long as the words stand in few enough texts; beyond that a count of at least so many. */
export async function countFound(
  db: Db,
  viewer: Viewer,
  filter: QueueFilter,
  { soon }: QueueEnds,
  search: QueueSearch,
  most: number,
): Promise<QueueCounts> {
  const page = { limit: most + 1, after: null, soon };
  const place: Place = { viewer, filter, page, wanted: most + 1 };
  const { rows } = await sql<Omit<QueueCounts, 'more'> & { looked: number }>`
    with texts as materialized (select id from (${byIndex(search)}) t limit ${MOST_LOOKED}),
    found as materialized (select distinct id from (select id from texts union all ${byName(place, search)}) f),
    rows as materialized (
      select c.* from found f
      cross join lateral (select c.urgent, c.confirmed, c.next_due_at from ${queueOf(viewer, filter, page)} and c.id = f.id offset 0) c
      limit ${most + 1})
    select count(*)::int as total, count(*) filter (where urgent)::int as urgent,
           count(*) filter (where not confirmed)::int as unconfirmed,
           count(*) filter (where next_due_at <= now())::int as overdue, (select count(*)::int from texts) as looked
    from rows`.execute(db);
  const { looked = 0, total = 0, urgent = 0, unconfirmed = 0, overdue = 0 } = rows[0] ?? {};
  const more = total > most || looked === MOST_LOOKED;
  return {
    total: Math.min(total, most),
    urgent: Math.min(urgent, most),
    unconfirmed: Math.min(unconfirmed, most),
    overdue: Math.min(overdue, most),
    more: { total: more, urgent: more, unconfirmed: more, overdue: more },
  };
}
