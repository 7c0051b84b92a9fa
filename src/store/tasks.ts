import { sql } from 'kysely';
import type { NewTask } from '../casework/records.ts';
import type { Db, Tx } from './database.ts';

/** Opens tasks; one that is open already for the same reason is not opened twice. */
export async function openTasks(tx: Tx, tasks: readonly NewTask[]): Promise<void> {
  if (tasks.length === 0) return;
  await sql`insert into tasks (kind, reason, case_id, item_id, user_id)
            select * from unnest(${tasks.map((t) => t.kind)}::text[], ${tasks.map((t) => t.reason)}::text[],
              ${tasks.map((t) => t.caseId)}::bigint[], ${tasks.map((t) => t.itemId)}::bigint[],
              ${tasks.map((t) => t.userId ?? null)}::bigint[])
            on conflict do nothing`.execute(tx);
}

/** Marks a task done and answers the case it is about, if any; null when it is unknown or done already. */
export async function finishTask(
  db: Db | Tx,
  taskId: number,
  userId: number,
): Promise<{ readonly caseId: number | null } | null> {
  const row = await db
    .updateTable('tasks')
    .set({ done_at: sql<Date>`now()`, done_by: userId })
    .where('id', '=', taskId)
    .where('done_at', 'is', null)
    .returning('case_id as caseId')
    .executeTakeFirst();
  return row ?? null;
}
