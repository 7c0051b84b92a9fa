import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { JournalEntry } from '../casework/records.ts';
import type { Db, Tx } from './database.ts';

/**
 * Appends to the hash-chained journal. It locks the head of the chain until the transaction ends: call it last.
 * `data` holds no personal data, only ids, codes and hashes.
 */
export async function appendJournal(tx: Tx, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql`select append_journal(${JSON.stringify(entries)}::jsonb)`.execute(tx);
}

export type ChainCheck =
  { readonly kind: 'intact'; readonly entries: number } | { readonly kind: 'broken'; readonly at: number };

const PAGE = 5_000;

/** Recomputes the whole chain here, not in the database that is being checked. Reads every entry. */
export async function checkJournal(db: Db): Promise<ChainCheck> {
  let previous = createHash('sha256').update('shouli journal').digest();
  let n = 0;
  for (;;) {
    const { rows } = await sql<{ n: number; canonical: Buffer; prev_hash: Buffer; hash: Buffer }>`
      select n, journal_canonical(n, at, actor, kind, case_id, item_id, data) as canonical, prev_hash, hash
      from journal where n > ${n} order by n limit ${PAGE}`.execute(db);
    for (const row of rows) {
      const expected = createHash('sha256').update(previous).update(row.canonical).digest();
      if (row.n !== n + 1 || !row.prev_hash.equals(previous) || !row.hash.equals(expected))
        return { kind: 'broken', at: n + 1 };
      previous = expected;
      n = row.n;
    }
    if (rows.length < PAGE) break;
  }
  const head = await db.selectFrom('journal_head').select(['n', 'hash']).executeTakeFirstOrThrow();
  return head.n === n && head.hash.equals(previous) ? { kind: 'intact', entries: n } : { kind: 'broken', at: n };
}
