import { sql } from 'kysely';
import type { BulkAnswer, BulkPlace } from '../casework/bulk-orders.ts';
import type { Db, Tx } from './database.ts';

/** Whether this key is new, or was used for the very same order. */
export async function openBulkOrder(db: Db, userId: number, key: string, requestHash: Buffer): Promise<boolean> {
  await sql`insert into bulk_orders (user_id, key, request_hash) values (${userId}, ${key}, ${requestHash})
            on conflict do nothing`.execute(db);
  const { rows } = await sql`
    select 1 from bulk_orders where user_id = ${userId} and key = ${key} and request_hash = ${requestHash}`.execute(db);
  return rows.length > 0;
}

/** Of two at once the second waits here for the first, and finds its answer. null: this is the first. */
export async function reserveAnswer(tx: Tx, { userId, key, caseId }: BulkPlace): Promise<BulkAnswer | null> {
  const { numAffectedRows } = await sql`
    insert into bulk_answers (user_id, key, case_id, answer) values (${userId}, ${key}, ${caseId}, '{}')
    on conflict do nothing`.execute(tx);
  if (numAffectedRows === 1n) return null;
  const { rows } = await sql<{ answer: BulkAnswer }>`
    select answer from bulk_answers where user_id = ${userId} and key = ${key} and case_id = ${caseId}`.execute(tx);
  return rows[0]?.answer ?? null;
}

export async function keepAnswer(tx: Tx, { userId, key, caseId }: BulkPlace, answer: BulkAnswer): Promise<void> {
  await sql`update bulk_answers set answer = ${JSON.stringify(answer)}::jsonb
            where user_id = ${userId} and key = ${key} and case_id = ${caseId}`.execute(tx);
}

/** Whether the rules are not sure of the case, or some unit may not have it. */
export async function needsOwnLook(tx: Tx, caseId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from cases c where c.id = ${caseId}
      and (c.review or exists (select 1 from case_denials d where d.case_id = c.id)) for update of c`.execute(tx);
  return rows.length > 0;
}
