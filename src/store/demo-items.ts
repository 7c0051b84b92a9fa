import { sql } from 'kysely';
import type { Category, Disposition, Lane } from '../domain/vocabulary.ts';
import type { ItemFlag } from '../intake/item.ts';
import type { Db } from './database.ts';

/** What became of one item, in codes: what the demo prints. */
export type DemoItem = {
  readonly item: number;
  readonly disposition: Disposition;
  readonly number: string | null;
  readonly category: Category | null;
  readonly unit: string | null;
  readonly lane: Lane | null;
  readonly target: string | null;
  readonly urgent: boolean;
  readonly flags: readonly ItemFlag[];
  readonly automatic: string | null;
  readonly denied: readonly string[];
  readonly ackSend: boolean | null;
  readonly ackReason: string | null;
};

export async function lastItemId(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number }>`select coalesce(max(id), 0) as id from intake_items`.execute(db);
  return rows[0]?.id ?? 0;
}

/** Settled items that came after this one, oldest first. */
export async function settledAfter(db: Db, after: number): Promise<DemoItem[]> {
  const { rows } = await sql<DemoItem>`
    select i.id as item, i.disposition, c.number, c.category, c.unit, c.lane, c.target_name as target, coalesce(c.urgent, false) as urgent,
      i.flags, i.automatic, array(select unit from case_denials d where d.case_id = c.id order by unit) as denied,
      i.ack_send as "ackSend", i.ack_reason as "ackReason"
    from intake_items i left join cases c on c.id = i.case_id
    where i.id > ${after} and i.state = 'settled' order by i.id`.execute(db);
  return rows;
}

/** How the letters of all email items stand: sent, or waiting for their turn. */
export async function countAcknowledgements(db: Db): Promise<{ sent: number; waiting: number; underway: number }> {
  const { rows } = await sql<{ sent: number; waiting: number; underway: number }>`
    select count(*) filter (where state in ('sent', 'merged'))::int as sent, count(*) filter (where state = 'held')::int as waiting,
      count(*) filter (where state in ('pending', 'claimed', 'data'))::int as underway from letters where kind = 'acknowledgement'`.execute(
    db,
  );
  return rows[0] ?? { sent: 0, waiting: 0, underway: 0 };
}
