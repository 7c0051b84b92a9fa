import { sql } from 'kysely';
import type { Tx } from './database.ts';

/** Ids drawn before their rows exist, because a letter's Message-ID and the seal of its bytes hold the id. Gaps are normal. */
export async function nextIds(
  tx: Tx,
  table: 'raw_messages' | 'cases' | 'intake_items' | 'letters' | 'notes' | 'note_files' | 'documents',
  count: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence(${table}, 'id')) as id from generate_series(1, ${count}::int)`.execute(tx);
  return rows.map((row) => row.id);
}
