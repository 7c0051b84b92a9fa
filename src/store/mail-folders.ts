import { sql } from 'kysely';
import type { Db, OpenDatabase } from './database.ts';

export type FolderRow = { readonly id: number; readonly generation: number; readonly uidValidity: bigint | null };

/** What the poller remembers of a folder. The work list is "listed minus stored", never \Seen and never "last UID + 1". */
export function createFolderStore(database: OpenDatabase) {
  const { db } = database;
  return {
    lockMailbox: (name: string) => lockMailbox(database, name),
    folder: (mailbox: string, path: string, spam: boolean) => findFolder(db, mailbox, path, spam),
    newGeneration: (folderId: number, uidValidity: bigint | null) => newGeneration(db, folderId, uidValidity),
    adoptUidValidity: (folderId: number, uidValidity: bigint) => adoptUidValidity(db, folderId, uidValidity),
    storedAmong: (folder: FolderRow, uids: readonly number[]) => storedAmong(db, folder, uids),
    markMoved: (folder: FolderRow, uids: readonly number[]) => markMoved(db, folder, uids),
    notePoll: (folderId: number, listed: number) => notePoll(db, folderId, listed),
  };
}

/**
 * Takes the mailbox for this process until `release`: politeness between pollers, the unique key is the guarantee.
 * Null when another process holds it. `lost` tells when the connection that carries the lock died.
 */
async function lockMailbox(
  database: OpenDatabase,
  name: string,
): Promise<{ release(): Promise<void>; lost: Promise<void> } | null> {
  const client = await database.connect();
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 7)) as got', [
    name,
  ]);
  if (rows[0]?.got !== true) {
    await client.end();
    return null;
  }
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  return { release: () => client.end(), lost };
}

async function findFolder(db: Db, mailbox: string, path: string, spam: boolean): Promise<FolderRow> {
  await db
    .insertInto('mail_folders')
    .values({ mailbox, path, spam })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('mail_folders')
    .select(['id', 'generation', 'uidvalidity'])
    .where('mailbox', '=', mailbox)
    .where('path', '=', path)
    .executeTakeFirstOrThrow();
  const { id, generation, uidvalidity } = row;
  return { id, generation, uidValidity: uidvalidity === null ? null : BigInt(uidvalidity) };
}

/** UIDs mean nothing any more (RFC 3501 2.3.1.1): start a new numbering beside the old one. */
async function newGeneration(db: Db, folderId: number, uidValidity: bigint | null): Promise<FolderRow> {
  const row = await db
    .updateTable('mail_folders')
    .set((eb) => ({
      generation: eb('generation', '+', 1),
      uidvalidity: uidValidity === null ? null : String(uidValidity),
    }))
    .where('id', '=', folderId)
    .returning(['id', 'generation'])
    .executeTakeFirstOrThrow();
  return { ...row, uidValidity };
}

async function adoptUidValidity(db: Db, folderId: number, uidValidity: bigint): Promise<void> {
  await db
    .updateTable('mail_folders')
    .set({ uidvalidity: String(uidValidity) })
    .where('id', '=', folderId)
    .execute();
}

/** Which of the listed UIDs are stored in this numbering, and how large the server said they were then. */
async function storedAmong(
  db: Db,
  folder: FolderRow,
  uids: readonly number[],
): Promise<Map<number, { readonly announcedBytes: number }>> {
  const { rows } = await sql<{ uid: number; announced_bytes: number }>`
    select uid, announced_bytes from raw_messages
    where folder_id = ${folder.id} and generation = ${folder.generation} and uid = any(${[...uids]}::bigint[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.uid, { announcedBytes: row.announced_bytes }]));
}

async function markMoved(db: Db, folder: FolderRow, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return;
  await sql`update raw_messages set moved_at = now()
            where folder_id = ${folder.id} and generation = ${folder.generation} and uid = any(${[...uids]}::bigint[])`.execute(
    db,
  );
}

async function notePoll(db: Db, folderId: number, listed: number): Promise<void> {
  await db
    .updateTable('mail_folders')
    .set({ listed, last_polled_at: sql<Date>`now()`, last_error: null })
    .where('id', '=', folderId)
    .execute();
}

/** What keeps a mailbox from being read: a fault code, shown by the doctor until the next round that goes well. */
export async function noteTrouble(db: Db, mailbox: string, code: string): Promise<void> {
  await db
    .insertInto('mail_folders')
    .values({ mailbox, path: 'INBOX' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db.updateTable('mail_folders').set({ last_error: code }).where('mailbox', '=', mailbox).execute();
}

/** Every folder that is watched, for the doctor and the desk. */
export async function listFolders(db: Db) {
  return db.selectFrom('mail_folders').selectAll().orderBy('mailbox').orderBy('path').execute();
}
