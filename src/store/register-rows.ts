import { sql } from 'kysely';
import type { KnownRow, NewRegisterRow } from '../casework/import-register.ts';
import type { Db, Tx } from './database.ts';

/** Which of these rows were taken before, by their key in hex. */
export async function knownRows(db: Db | Tx, keys: readonly string[]): Promise<ReadonlyMap<string, KnownRow>> {
  const { rows } = await sql<KnownRow & { key: string }>`
    select encode(r.key, 'hex') as key, encode(r.row_sha256, 'hex') as "rowHash" from register_rows r
    where r.key = any(${keys.map((key) => Buffer.from(key, 'hex'))}::bytea[])`.execute(db);
  return new Map(rows.map(({ key, rowHash }) => [key, { rowHash }]));
}

export async function insertRegisterRows(tx: Tx, rows: readonly NewRegisterRow[]): Promise<void> {
  await sql`insert into register_rows (key, case_id, old_number, row_sha256)
            select * from unnest(${rows.map(({ key }) => Buffer.from(key, 'hex'))}::bytea[], ${rows.map((r) => r.caseId)}::bigint[],
              ${rows.map((r) => r.oldNumber)}::text[], ${rows.map((r) => Buffer.from(r.rowHash, 'hex'))}::bytea[])`.execute(
    tx,
  );
}
