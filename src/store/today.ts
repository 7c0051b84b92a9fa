import { sql, type RawBuilder } from 'kysely';
import type { DueClock, LetterCounts, Waiting } from '../casework/today.ts';
import type { Channel, Viewer } from '../domain/vocabulary.ts';
import type { Db } from './database.ts';
import { LATE_STEPS } from './doctor.ts';
import { FOUNDING_TEXT } from './queue-list.ts';
import { tasksFor } from './task-list.ts';

/** Cases that are the viewer's to see and are in the queue. */
const queueOf = (viewer: Viewer): RawBuilder<unknown> =>
  sql`cases c join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
      where not c.provisional and c.folded_as is null`;

/** `today` and `soon` are the instants at which today and the last of the coming working days end. */
export async function countWaitingFor(db: Db, viewer: Viewer, ends: { today: Date; soon: Date }): Promise<Waiting> {
  const queue = queueOf(viewer);
  const { rows } = await sql<Waiting>`
    select (select count(*)::int from ${queue} and not c.confirmed) as unconfirmed,
      (select count(*)::int from ${queue} and c.urgent) as urgent,
      due."dueToday", due."dueSoon", due.overdue,
      (select count(*)::int from ${tasksFor(viewer)} and t.done_at is null) as "openTasks",
      (select count(*)::int from call_drafts d where d.user_id = ${viewer.userId}) as drafts
    from (select count(*) filter (where c.next_due_at > now() and c.next_due_at <= ${ends.today})::int as "dueToday",
                 count(*) filter (where c.next_due_at > now())::int as "dueSoon",
                 count(*) filter (where c.next_due_at <= now())::int as overdue
          from ${queue} and c.next_due_at <= ${ends.soon}) due`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('unreachable: an aggregate query has one row');
  return row;
}

/** The running clocks that end first. */
export async function listDueClocks(db: Db, viewer: Viewer, limit: number): Promise<DueClock[]> {
  const { rows } = await sql<DueClock>`
    select d.case_id as "caseId", c.number, d.kind, d.due_at as "dueAt", d.legal,
           coalesce(t.subject, '') as subject
    from deadlines d join cases c on c.id = d.case_id
    join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
    ${FOUNDING_TEXT}
    where d.state = 'armed' and not c.provisional and c.folded_as is null
    order by d.due_at, d.id limit ${limit}`.execute(db);
  return rows;
}

export type IntakeCount = { readonly hour: Date; readonly channel: Channel; readonly count: number };

/** What came in since `from`, by hour: hours begin alike in Beijing time and in UTC. What was folded into nothing counts too. */
export async function countIntake(db: Db, viewer: Viewer, from: Date): Promise<IntakeCount[]> {
  const { rows } = await sql<IntakeCount>`
    select date_trunc('hour', i.received_at, 'UTC') as hour, i.channel, count(*)::int as count
    from intake_items i
    left join visible_cases v on v.case_id = coalesce(i.case_id, i.provisional_case_id) and v.viewer_id = ${viewer.userId}
    where i.received_at >= ${from} and (v.case_id is not null or coalesce(i.case_id, i.provisional_case_id) is null)
    group by 1, 2`.execute(db);
  return rows;
}

/** `since`: the instant at which today began. */
export async function countLettersFor(db: Db, viewer: Viewer, since: Date): Promise<LetterCounts> {
  const visible = sql`exists (select 1 from visible_cases v where v.case_id = l.case_id and v.viewer_id = ${viewer.userId})`;
  const { rows } = await sql<LetterCounts>`
    select (select count(*)::int from letters l where l.data_at >= ${since}::timestamptz - interval '1 day' and l.sent_at >= ${since} and ${visible}) as "sentToday",
      (select count(*)::int from letters l where l.state in ('pending', 'held') and ${visible}) as waiting,
      (select count(*)::int from tasks t join visible_cases v on v.case_id = t.case_id and v.viewer_id = ${viewer.userId}
       where t.done_at is null and t.kind = 'delivery-failed') as problems`.execute(db);
  return rows[0] ?? { sentToday: 0, waiting: 0, problems: 0 };
}

/** What the health lines rest on, over all cases: counts that name none. */
export async function readTroubles(
  db: Db,
): Promise<{ stuckItems: number; lateSteps: number; lateLetters: number; clockSuspended: boolean }> {
  const { rows } = await sql<{ stuckItems: number; lateSteps: number; lateLetters: number; clockSuspended: boolean }>`
    select (select count(*)::int from intake_items where state = 'received' and created_at < now() - interval '10 minutes') as "stuckItems",
      ${LATE_STEPS} as "lateSteps",
      (select count(*)::int from letters where state = 'pending' and not_before < now() - interval '30 minutes') as "lateLetters",
      exists (select 1 from clock_ticks where suspended is not null) as "clockSuspended"`.execute(db);
  return rows[0] ?? { stuckItems: 0, lateSteps: 0, lateLetters: 0, clockSuspended: false };
}
