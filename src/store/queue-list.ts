import { sql, type RawBuilder } from 'kysely';
import { searchTerms } from '../casework/search-terms.ts';
import type { QueueCounts, QueueFilter, QueuePage, QueueRow } from '../casework/views.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { CLAIM, openedClaim, STANDING_CLAIM, type StoredClaim } from './case-claims.ts';
import type { Db } from './database.ts';
import { viewCondition } from './queue-views.ts';

/** `soon`: the instant up to which a case is due soon. */
export type QueueEnds = { readonly soon: Date };

/**
 * Urgent first, then by the earliest running deadline. At most `limit` (1 to 200) rows, only what the viewer may see. The page
 * is found before its texts are read, so that rows passed over cost an index entry each and no more.
 */
export async function listQueue(
  db: Db,
  viewer: Viewer,
  filter: QueueFilter,
  page: QueuePage & QueueEnds,
): Promise<QueueRow[]> {
  const after =
    page.after === null
      ? sql`true`
      : sql`(not c.urgent, coalesce(c.next_due_at, 'infinity'::timestamptz), c.id) >
            (not ${page.after.urgent}::boolean, coalesce(${page.after.dueAt}::timestamptz, 'infinity'), ${page.after.id}::bigint)`;
  const { rows } = await sql<Omit<QueueRow, 'claim'> & { claim: StoredClaim }>`
    with page as materialized (
      select c.* from cases c join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
      where ${conditions(viewer, filter, page)} and ${after} order by ${ORDER} limit ${page.limit} offset ${page.offset ?? 0})
    select c.id, c.number, c.state, c.channel, c.received_at as "receivedAt", c.category, c.secondary, c.kind, c.lane, c.unit,
           c.target_name as "targetName", c.urgent, c.confidence, c.review, c.confirmed, c.assigned_unit as "assignedUnit",
           c.next_due_at as "nextDueAt", coalesce(c.next_due_at <= now(), false) as overdue, c.version, coalesce(t.subject, '') as subject, coalesce(left(t.body, 120), '') as snippet, ${CLAIM} as claim
    from page c
    ${FOUNDING_TEXT}
    ${STANDING_CLAIM}
    order by ${ORDER}`.execute(db);
  return rows.map((row) => ({ ...row, claim: openedClaim(row.claim) }));
}

/** `t`: the text that founded the case `c`. */
export const FOUNDING_TEXT = sql`
    left join lateral (select x.subject, x.body from intake_items i join item_texts x on x.item_id = i.id
                       where i.case_id = c.id and i.disposition in ('case', 'quarantined') order by i.id limit 1) t on true`;

/** As the index cases_queue has it. */
const ORDER = sql`(not c.urgent), coalesce(c.next_due_at, 'infinity'::timestamptz), c.id`;

/** How many rows the filter has, and how many of them are urgent, unconfirmed and overdue. */
export async function countQueue(db: Db, viewer: Viewer, filter: QueueFilter, ends: QueueEnds): Promise<QueueCounts> {
  const { rows } = await sql<QueueCounts>`
    select count(*)::int as total, count(*) filter (where c.urgent)::int as urgent, count(*) filter (where not c.confirmed)::int as unconfirmed,
           count(*) filter (where c.next_due_at <= now())::int as overdue
    from cases c join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
    where ${conditions(viewer, filter, ends)}`.execute(db);
  return rows[0] ?? { total: 0, urgent: 0, unconfirmed: 0, overdue: 0 };
}

function conditions(viewer: Viewer, filter: QueueFilter, { soon }: QueueEnds): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`not c.provisional`, sql`c.folded_as is null`];
  const equal = (column: string, value: string | number | boolean | undefined) => {
    if (value !== undefined) parts.push(sql`c.${sql.ref(column)} = ${value}`);
  };
  equal('category', filter.category);
  equal('unit', filter.unit);
  equal('lane', filter.lane);
  equal('kind', filter.kind);
  equal('channel', filter.channel);
  equal('state', filter.state);
  equal('assigned_unit', filter.assignedUnit);
  equal('urgent', filter.urgent);
  equal('review', filter.review);
  equal('confirmed', filter.confirmed);
  if (filter.overdue === true) parts.push(sql`c.next_due_at <= now()`);
  if (filter.overdue === false) parts.push(sql`(c.next_due_at is null or c.next_due_at > now())`);
  if (filter.view !== undefined) parts.push(viewCondition(filter.view, viewer, soon));
  if (filter.search !== undefined) parts.push(searchCondition(filter.search));
  return sql.join(parts, sql` and `);
}

/** The index finds texts that have all pairs; the second look makes sure that they stand together. */
function searchCondition(search: string): RawBuilder<unknown> {
  const digits = search.normalize('NFKC').replaceAll(/\D/g, '');
  const byNumber = digits.length === 9 ? sql`c.number = ${digits}` : sql`false`;
  const words = search.normalize('NFKC').toLowerCase().trim();
  const terms = searchTerms(words);
  if (terms.length === 0) return byNumber;
  return sql`(${byNumber} or c.id in (
    select i.case_id from item_texts x join intake_items i on i.id = x.item_id
    where x.bigrams @> ${terms}::int[]
      and position(${words} in lower(normalize(x.subject || E'\n' || x.body, NFKC))) > 0))`;
}
