import { sql } from 'kysely';
import type { FolderView, ReadinessCause } from '../casework/views.ts';
import type { House } from '../compose.ts';
import { Fault } from '../platform/fault.ts';
import { listFolders } from '../store/mail-folders.ts';

/** Ten minutes without one whole listing: something is wrong that nobody has seen (promise P36). */
const SILENT_MS = 10 * 60_000;

export async function folderViews(house: Pick<House, 'database'>): Promise<FolderView[]> {
  return (await listFolders(house.database.db)).map((row) => ({
    mailbox: row.mailbox,
    path: row.path,
    spam: row.spam,
    listed: row.listed,
    lastPolledAt: row.last_polled_at,
    lastError: row.last_error,
    health: row.last_error !== null ? 'failing' : isSilent(row.last_polled_at) ? 'silent' : 'ok',
  }));
}

function isSilent(polledAt: Date | null): boolean {
  return polledAt === null || Date.now() - polledAt.getTime() > SILENT_MS;
}

/**
 * What is wrong with this process. Only its database stops it: a mailbox that is away is shown, and where the rules in force do
 * not check the last good ones go on.
 */
export async function notReady({ database, rules }: Pick<House, 'database' | 'rules'>): Promise<ReadinessCause[]> {
  const causes: ReadinessCause[] =
    rules.refused === null ? [] : [{ part: 'rules', code: 'rules.invalid', stops: false }];
  try {
    await sql`select 1`.execute(database.db);
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'database.unreachable';
    causes.push({ part: 'database', code, stops: true });
  }
  return causes;
}
