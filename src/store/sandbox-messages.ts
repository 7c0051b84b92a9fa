import { sql } from 'kysely';
import type { FetchedMessage, ListedMessage } from '../casework/ports.ts';
import type { Db } from './database.ts';

/** The sandbox mailbox kept in the database: a mail program that got its 250 finds its mail after any crash. */
export function createSandboxStore(db: Db) {
  return {
    async append(folder: string, bytes: Buffer): Promise<number> {
      const row = await db
        .insertInto('sandbox_messages')
        .values({ folder, bytes })
        .returning('uid')
        .executeTakeFirstOrThrow();
      return row.uid;
    },
    async list(folder: string): Promise<ListedMessage[]> {
      return db
        .selectFrom('sandbox_messages')
        .select(['uid', 'flags', 'internal_at as internalDate', sql<number>`length(bytes)`.as('sizeBytes')])
        .where('folder', '=', folder)
        .orderBy('uid')
        .execute();
    },
    async read(folder: string, uids: readonly number[]): Promise<FetchedMessage[]> {
      const rows = await db
        .selectFrom('sandbox_messages')
        .select(['uid', 'internal_at as internalDate', 'bytes as source'])
        .where('folder', '=', folder)
        .where('uid', 'in', uids.length === 0 ? [-1] : [...uids])
        .orderBy('uid')
        .execute();
      return rows.map((row) => ({ ...row, sizeBytes: row.source.length }));
    },
    async addFlag(folder: string, uids: readonly number[], flag: string): Promise<void> {
      await sql`update sandbox_messages set flags = array_append(array_remove(flags, ${flag}), ${flag})
                where folder = ${folder} and uid = any(${[...uids]}::bigint[])`.execute(db);
    },
    /** Keeps the UID: the folder has no other writer, so it stays unique. */
    async move(folder: string, uids: readonly number[], toFolder: string): Promise<Set<number>> {
      const { rows } = await sql<{ uid: number }>`update sandbox_messages set folder = ${toFolder}
                where folder = ${folder} and uid = any(${[...uids]}::bigint[]) returning uid`.execute(db);
      return new Set(rows.map((row) => row.uid));
    },
    /** One for ever: the numbering never restarts while the database lives. */
    async uidValidity(): Promise<bigint> {
      return Promise.resolve(1n);
    },
  };
}
