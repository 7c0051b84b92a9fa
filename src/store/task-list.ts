import { sql, type RawBuilder } from 'kysely';
import type { TaskView } from '../casework/views.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';

const MOST_TASKS = 500;

/** Tasks that this viewer may see; `and` goes on from here. A task without a case is the office's own; one for a single person is his alone, as long as he may see its case. */
export const tasksFor = (viewer: Viewer): RawBuilder<unknown> =>
  sql`tasks t left join visible_cases v on v.case_id = t.case_id and v.viewer_id = ${viewer.userId}
      left join cases c on c.id = v.case_id
      where (t.case_id is null or v.case_id is not null) and (t.user_id is null or t.user_id = ${viewer.userId})`;

/** Open tasks, oldest first: of one case, or all of those that this viewer may see. */
export async function listTasks(db: Db | Tx, viewer: Viewer, caseId: number | null): Promise<TaskView[]> {
  const { rows } = await sql<TaskView>`
    select t.id, t.kind, t.reason, t.case_id as "caseId", case when c.provisional then null else c.number end as "caseNumber",
           t.item_id as "itemId", t.opened_at as "openedAt"
    from ${tasksFor(viewer)} and t.done_at is null
      and ${caseId === null ? sql`true` : sql`t.case_id = ${caseId}`}
    order by t.opened_at, t.id limit ${MOST_TASKS}`.execute(db);
  return rows;
}

/** Whether this viewer may see the task at all. */
export async function isTaskVisible(db: Db | Tx, viewer: Viewer, taskId: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${tasksFor(viewer)} and t.id = ${taskId}`.execute(db);
  return rows.length > 0;
}
