import { sql, type RawBuilder } from 'kysely';
import type { QueueFilter, QueuePage } from '../casework/views.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { viewCondition } from './queue-views.ts';

/** `soon`: the instant up to which a case is due soon. */
export type QueueEnds = { readonly soon: Date };

/**
 * As the index cases_queue has it: urgent first, then by the earliest running deadline. Who has none waits for nobody and stands
 * behind all who wait.
 */
export const QUEUE_ORDER = sql`(not c.urgent or c.next_due_at is null), coalesce(c.next_due_at, 'infinity'::timestamptz), c.id`;

/** Cases `c` that are in the queue, are this viewer's to see and pass the filter, its search apart. `and` goes on from here. */
export function queueOf(viewer: Viewer, filter: QueueFilter, ends: QueueEnds): RawBuilder<unknown> {
  return sql`cases c join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId} where ${conditions(viewer, filter, ends)}`;
}

/** Behind the last row of the page before. */
export function afterCursor({ after }: QueuePage): RawBuilder<unknown> {
  if (after === null) return sql`true`;
  return sql`((not c.urgent or c.next_due_at is null), coalesce(c.next_due_at, 'infinity'::timestamptz), c.id) >
    (${!after.urgent || after.dueAt === null}::boolean, coalesce(${after.dueAt}::timestamptz, 'infinity'), ${after.id}::bigint)`;
}

const COLUMNS = {
  category: 'category',
  unit: 'unit',
  lane: 'lane',
  kind: 'kind',
  channel: 'channel',
  state: 'state',
  assignedUnit: 'assigned_unit',
  urgent: 'urgent',
  review: 'review',
  confirmed: 'confirmed',
} as const satisfies Partial<Record<keyof QueueFilter, string>>;
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

function conditions(viewer: Viewer, filter: QueueFilter, { soon }: QueueEnds): RawBuilder<unknown> {
  const equal = NAMES.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [sql`c.${sql.ref(COLUMNS[name])} = ${value}`];
  });
  const { overdue, view } = filter;
  if (overdue === true) equal.push(sql`c.next_due_at <= now()`);
  if (overdue === false) equal.push(sql`(c.next_due_at is null or c.next_due_at > now())`);
  if (view !== undefined) equal.push(viewCondition(view, viewer, soon));
  return sql.join([sql`not c.provisional`, sql`c.folded_as is null`, ...equal], sql` and `);
}
