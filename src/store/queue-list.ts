import { sql, type RawBuilder } from 'kysely';
import { excerptAround, markWords } from '../casework/found-words.ts';
import type { QueueSearch } from '../casework/queue-search.ts';
import type { QueueCounts, QueueFilter, QueuePage, QueueRow } from '../casework/views.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { CLAIM, openedClaim, STANDING_CLAIM, type StoredClaim } from './case-claims.ts';
import type { Db } from './database.ts';
import { afterCursor, QUEUE_ORDER, queueOf, type QueueEnds } from './queue-order.ts';
import { countFound, findPage } from './queue-search.ts';

/**
 * In the order of the queue. At most `limit` (1 to 200) rows, only what the viewer may see. The page is found before its texts
 * are read, so that rows passed over cost an index entry each and no more.
 */
export async function listQueue(
  db: Db,
  viewer: Viewer,
  filter: QueueFilter,
  page: QueuePage & QueueEnds,
  search: QueueSearch | null,
): Promise<QueueRow[]> {
  if (search !== null) return readRows(db, sql`${await findPage(db, viewer, filter, page, search)}::bigint[]`, search);
  const ids = sql`array(select c.id from ${queueOf(viewer, filter, page)} and ${afterCursor(page)}
                        order by ${QUEUE_ORDER} limit ${page.limit} offset ${page.offset ?? 0})`;
  return readRows(db, ids, search);
}

type FoundRow = Omit<QueueRow, 'snippet' | 'marks' | 'claim'> & {
  readonly passage: string;
  readonly claim: StoredClaim;
};

async function readRows(db: Db, ids: RawBuilder<unknown>, search: QueueSearch | null): Promise<QueueRow[]> {
  const looksInTexts = search !== null && search.terms.length > 0;
  const passage = looksInTexts ? sql`coalesce(p.passage, left(t.body, 120))` : sql`left(t.body, 120)`;
  const { rows } = await sql<FoundRow>`
    select c.id, c.number, c.state, c.channel, c.received_at as "receivedAt", c.category, c.secondary, c.kind, c.lane, c.unit,
           c.target_name as "targetName", c.urgent, c.confidence, c.review, c.confirmed, c.assigned_unit as "assignedUnit",
           c.next_due_at as "nextDueAt", coalesce(c.next_due_at <= now(), false) as overdue, c.version,
           coalesce(t.subject, '') as subject, coalesce(${passage}, '') as passage,
           ${CLAIM} as claim
    from unnest(${ids}) as page(id)
    join cases c on c.id = page.id
    ${FOUNDING_TEXT}
    ${STANDING_CLAIM}
    ${looksInTexts ? passageWith(search) : sql``}
    order by ${QUEUE_ORDER}`.execute(db);
  const words = search?.words ?? [];
  return rows.map(({ passage: whole, ...row }) => {
    const snippet = words.length === 0 ? whole : excerptAround(whole, words);
    return {
      ...row,
      claim: openedClaim(row.claim),
      snippet,
      marks: { subject: markWords(row.subject, words), snippet: markWords(snippet, words) },
    };
  });
}

/** Characters around the first word; the rest of a long text is not read. */
const PASSAGE = 400;

/** `p`: the first text of the case `c` that has the first word in it, from shortly before it on. */
function passageWith({ words, terms }: QueueSearch): RawBuilder<unknown> {
  const word = words.find(({ length }) => length > 1) ?? '';
  return sql`left join lateral (
    select substr(s.text, greatest(1, s.at - ${PASSAGE / 4}::int), ${PASSAGE}::int) as passage
    from (select 0 as rank, i.id, x.body as text, position(${word} in lower(normalize(x.body, NFKC))) as at
          from intake_items i join item_texts x on x.item_id = i.id where i.case_id = c.id and x.bigrams @> ${terms}::int[]
          union all
          select 1, n.id, n.text, position(${word} in lower(normalize(n.text, NFKC)))
          from notes n where n.case_id = c.id and n.pairs @> ${terms}::int[]) s
    where s.at > 0 order by s.rank, s.id limit 1) p on true`;
}

/** `t`: the text that founded the case `c`. */
export const FOUNDING_TEXT = sql`
    left join lateral (select x.subject, x.body from intake_items i join item_texts x on x.item_id = i.id
                       where i.case_id = c.id and i.disposition in ('case', 'quarantined') order by i.id limit 1) t on true`;

/** Above this nobody reads a list to its end, and counting on would read every case. */
const MOST_COUNTED = 5_000;

/** How many rows the filter has, and how many of them are urgent, unconfirmed and overdue; each up to 5,000. */
export async function countQueue(
  db: Db,
  viewer: Viewer,
  filter: QueueFilter,
  ends: QueueEnds,
  search: QueueSearch | null,
): Promise<QueueCounts> {
  if (search !== null) return countFound(db, viewer, filter, ends, search, MOST_COUNTED);
  const queue = queueOf(viewer, filter, ends);
  const count = (and: RawBuilder<unknown>, order: RawBuilder<unknown>) =>
    sql`(select count(*)::int from (select 1 from ${queue} and ${and} order by ${order} limit ${MOST_COUNTED + 1}) q)`;
  const { rows } = await sql<Omit<QueueCounts, 'more'>>`
    select ${count(sql`true`, QUEUE_ORDER)} as total, ${count(sql`c.urgent`, QUEUE_ORDER)} as urgent,
           ${count(sql`not c.confirmed`, QUEUE_ORDER)} as unconfirmed,
           ${count(sql`c.next_due_at <= now()`, sql`c.next_due_at`)} as overdue`.execute(db);
  const { total = 0, urgent = 0, unconfirmed = 0, overdue = 0 } = rows[0] ?? {};
  return {
    total: Math.min(total, MOST_COUNTED),
    urgent: Math.min(urgent, MOST_COUNTED),
    unconfirmed: Math.min(unconfirmed, MOST_COUNTED),
    overdue: Math.min(overdue, MOST_COUNTED),
    more: {
      total: total > MOST_COUNTED,
      urgent: urgent > MOST_COUNTED,
      unconfirmed: unconfirmed > MOST_COUNTED,
      overdue: overdue > MOST_COUNTED,
    },
  };
}
