import { sql } from 'kysely';
import type { CaseView, ItemView, RawRef, SealedIdentity } from '../casework/views.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';

const MOST_ITEMS = 100;
/** Of a mail or transcript that came after the first item, in characters: a flood of them must not make a case too large to open. */
const MOST_BODY = 20_000;

/** The items of one case, the founding one first. Whoever calls has already made sure that the viewer may see the case. */
export async function readCaseItems(
  tx: Tx,
  caseId: number,
): Promise<{ readonly items: CaseView['items']; readonly omitted: number }> {
  type Row = Omit<ItemView, 'acknowledgement'> & { ackSend: boolean | null; ackReason: string | null; total: number };
  const founding = sql`coalesce(i.disposition in ('case', 'quarantined'), true)`;
  const shown = sql`case when ${founding} or i.raw_id is null then 2147483647 else ${MOST_BODY}::int end`;
  const { rows } = await sql<Row>`
    select i.id, i.channel, i.disposition, i.received_at as "receivedAt", coalesce(t.subject, '') as subject,
           left(coalesce(t.body, ''), ${shown}) as body, greatest(0, length(coalesce(t.body, '')) - ${shown}) as "bodyOmitted",
           i.flags, coalesce(t.parts, '[]') as parts, coalesce(t.attachments, '[]') as attachments,
           t.turns, i.automatic, i.ack_send as "ackSend", i.ack_reason as "ackReason", i.raw_id is not null as raw,
           count(*) over () as total
    from intake_items i left join item_texts t on t.item_id = i.id
    where i.case_id = ${caseId} or (i.case_id is null and i.provisional_case_id = ${caseId})
    order by not ${founding}, i.id
    limit ${MOST_ITEMS}`.execute(tx);
  const items = rows.map(({ ackSend, ackReason, total: _total, ...item }) => ({
    ...item,
    acknowledgement: ackSend === null || ackReason === null ? null : { send: ackSend, reason: ackReason },
  }));
  return { items, omitted: (rows[0]?.total ?? 0) - items.length };
}

/** Where the bytes of an item are stored. null: unknown, not for this viewer, or typed by an operator. */
export async function findItemRaw(db: Db, viewer: Viewer, itemId: number): Promise<RawRef | null> {
  const { rows } = await sql<RawRef>`
    select r.id as "rawId", r.source, i.channel, coalesce(t.attachments, '[]') as attachments
    from intake_items i
    join raw_messages r on r.id = i.raw_id
    left join item_texts t on t.item_id = i.id
    join visible_cases v on v.case_id = coalesce(i.case_id, i.provisional_case_id) and v.viewer_id = ${viewer.userId}
    where i.id = ${itemId}`.execute(db);
  return rows[0] ?? null;
}

/** Who wrote the items of a case, sealed. null: no such case for this viewer. */
export async function readSealedIdentities(
  db: Db,
  viewer: Viewer,
  caseId: number,
): Promise<readonly SealedIdentity[] | null> {
  const { rows } = await sql<{ itemId: number | null; channel: SealedIdentity['channel']; sealed: Buffer | null }>`
    select i.id as "itemId", i.channel, d.sealed
    from visible_cases v
    left join intake_items i on i.case_id = v.case_id
    left join item_identities d on d.item_id = i.id
    where v.case_id = ${caseId} and v.viewer_id = ${viewer.userId} order by i.id limit ${MOST_ITEMS}`.execute(db);
  if (rows.length === 0) return null;
  return rows.flatMap(({ itemId, channel, sealed }) =>
    itemId === null || sealed === null ? [] : [{ itemId, channel, sealed }],
  );
}
