import type { NewNote } from '../casework/records.ts';
import type { Tx } from './database.ts';

export async function insertNote(tx: Tx, { id, caseId, byUser, about, text }: NewNote): Promise<void> {
  await tx.insertInto('notes').values({ id, case_id: caseId, by_user: byUser, about, text }).execute();
}
