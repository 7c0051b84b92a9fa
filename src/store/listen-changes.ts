import { sql } from 'kysely';
import type { Db, OpenDatabase } from './database.ts';
import { listen } from './listen.ts';

/** A case changed, something without a case did (`caseId` null), or a session ended. */
export type Change = { readonly caseId?: number | null; readonly ended?: string };

/**
 * Hears every change that is committed, by whichever process, until `signal`. After a lost connection it begins with a change of
 * everything, since nobody knows what was missed.
 */
export function listenToChanges(
  database: Pick<OpenDatabase, 'connect'>,
  signal: AbortSignal,
  onChange: (change: Change) => void,
): void {
  void listen(database, 'shouli_changes', signal, {
    onNotice: (payload) => onChange(JSON.parse(payload) as Change), // written by our own trigger
    onListening: (again) => {
      if (again) onChange({ caseId: null });
    },
  });
}

/** Which of these viewers may know of which of these cases. */
export async function whoSees(
  db: Db,
  viewerIds: readonly number[],
  caseIds: readonly number[],
): Promise<ReadonlySet<string>> {
  if (viewerIds.length === 0 || caseIds.length === 0) return new Set();
  const { rows } = await sql<{ pair: string }>`
    select viewer_id || ' ' || case_id as pair from visible_cases
    where viewer_id = any(${[...viewerIds]}::bigint[]) and case_id = any(${[...caseIds]}::bigint[])`.execute(db);
  return new Set(rows.map(({ pair }) => pair));
}
