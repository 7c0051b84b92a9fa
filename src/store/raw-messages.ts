import { sql } from 'kysely';
import type { NewRaw, SameBytes } from '../casework/records.ts';
import type { Db, Tx } from './database.ts';

/** A statement takes at most 65,535 parameters. */
const PIECES_AT_ONCE = 1_000;

/**
 * After a UIDVALIDITY change the same mail comes under another UID. A row of an older numbering of this folder with the
 * same bytes is that mail: it takes the new UID, and nothing else happens. Returns the UIDs found so.
 */
export async function rehomeRaw(
  tx: Tx,
  folder: { readonly id: number; readonly generation: number; readonly uidValidity: bigint | null },
  candidates: readonly { readonly uid: number; readonly sha256: Buffer; readonly announcedBytes: number }[],
): Promise<Set<number>> {
  const found = new Set<number>();
  if (folder.generation === 1) return found;
  for (const { uid, sha256, announcedBytes } of candidates) {
    const { rows } = await sql<{ id: number }>`
      update raw_messages set generation = ${folder.generation}, uid = ${uid}, announced_bytes = ${announcedBytes}, moved_at = null,
             uidvalidity = ${folder.uidValidity === null ? null : String(folder.uidValidity)}::bigint
      where id = (select id from raw_messages where folder_id = ${folder.id} and sha256 = ${sha256} and generation < ${folder.generation}
                  order by id limit 1 for update)
      returning id`.execute(tx);
    if (rows.length > 0) found.add(uid);
  }
  return found;
}

/** Where these bytes are stored already: hex of the hash -> the first raw row with its item and case. */
export async function findSameBytes(tx: Tx, hashes: readonly Buffer[]): Promise<Map<string, SameBytes>> {
  const { rows } = await sql<{ hash: string; raw_id: number; item_id: number; case_id: number | null }>`
    select distinct on (r.sha256) encode(r.sha256, 'hex') as hash, r.id as raw_id, i.id as item_id,
           coalesce(i.case_id, i.provisional_case_id) as case_id
    from raw_messages r join intake_items i on i.raw_id = r.id
    where r.sha256 = any(${[...hashes]}::bytea[]) and r.same_as is null order by r.sha256, r.id`.execute(tx);
  return new Map(rows.map((row) => [row.hash, { rawId: row.raw_id, itemId: row.item_id, caseId: row.case_id }]));
}

/** Inserts rows and their pieces. Rows that another poller stored in the meantime are left out of the answer. */
export async function insertRaw(tx: Tx, rows: readonly NewRaw[]): Promise<Set<number>> {
  const of = <K extends keyof NewRaw>(key: K) => rows.map((row) => row[key]);
  const inserted = await sql<{ id: number }>`
    insert into raw_messages (id, source, folder_id, generation, uidvalidity, uid, name, internal_at, announced_bytes, stored_bytes,
                              sha256, same_as, headers_only)
    select * from unnest(${of('id')}::bigint[], ${of('source')}::text[], ${rows.map((r) => r.folder?.id ?? null)}::bigint[],
      ${rows.map((r) => r.folder?.generation ?? null)}::int[],
      ${rows.map((r) => (r.folder?.uidValidity === null || r.folder?.uidValidity === undefined ? null : String(r.folder.uidValidity)))}::bigint[],
      ${of('uid')}::bigint[], ${of('name')}::text[], ${of('internalAt')}::timestamptz[], ${of('announcedBytes')}::bigint[],
      ${rows.map((r) => r.storedBytes)}::bigint[], ${of('sha256')}::bytea[], ${of('sameAs')}::bigint[], ${of('headersOnly')}::boolean[])
    on conflict (folder_id, generation, uid) do nothing returning id`.execute(tx);
  const ids = new Set(inserted.rows.map((row) => row.id));
  const pieces = rows
    .filter((row) => ids.has(row.id))
    .flatMap((row) => row.sealedChunks.map((sealed, n) => ({ id: row.id, n, sealed })));
  // One parameter a piece and not one array of all: single values travel as bytes, an array of bytea as text of twice the size.
  for (let at = 0; at < pieces.length; at += PIECES_AT_ONCE) {
    const rowsAtOnce = pieces
      .slice(at, at + PIECES_AT_ONCE)
      .map(({ id, n, sealed }) => sql`(${id}::bigint, ${n}::int, ${sealed}::bytea)`);
    await sql`insert into raw_chunks (raw_id, n, sealed) values ${sql.join(rowsAtOnce)}`.execute(tx);
  }
  return ids;
}

export type SealedRaw = { readonly ownerId: number; readonly pieces: readonly Buffer[] };

/** The sealed pieces of raw messages, in order, and the row that holds them: its own, or the one whose bytes it repeats. */
export async function readSealedChunks(db: Db, rawIds: readonly number[]): Promise<Map<number, SealedRaw>> {
  const { rows } = await sql<{ id: number; owner: number; sealed: Buffer }>`
    select r.id, c.raw_id as owner, c.sealed from raw_messages r join raw_chunks c on c.raw_id = coalesce(r.same_as, r.id)
    where r.id = any(${[...rawIds]}::bigint[]) order by r.id, c.n`.execute(db);
  const found = new Map<number, { ownerId: number; pieces: Buffer[] }>();
  for (const { id, owner, sealed } of rows) {
    const raw = found.get(id) ?? { ownerId: owner, pieces: [] };
    raw.pieces.push(sealed);
    found.set(id, raw);
  }
  return found;
}

/** Whether these very bytes came in before from the same kind of source. */
export async function hasRaw(db: Db, source: 'mail' | 'transcript', sha256: Buffer): Promise<boolean> {
  const { rows } =
    await sql`select 1 from raw_messages where source = ${source} and sha256 = ${sha256} limit 1`.execute(db);
  return rows.length > 0;
}
