import { sql } from 'kysely';
import type { DueDeadline, FiredStep } from '../casework/fire-deadlines.ts';
import type { RunningClock, WhichClocks } from '../casework/replan-deadlines.ts';
import type { Db, Tx } from './database.ts';

export async function databaseNow(db: Db | Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('unreachable: select now() has one row');
  return row.now;
}

/** Locks due steps, oldest first. Those that another worker holds are passed over. */
export async function dueDeadlines(tx: Tx, limit: number, only: readonly number[] | null): Promise<DueDeadline[]> {
  const { rows } = await sql<DueDeadline>`
    select id, case_id as "caseId", kind, due_at as "dueAt", step, step_at as "stepAt" from deadlines
    where state = 'armed' and step_at <= now() and ${only === null ? sql`true` : sql`id = any(${[...only]}::bigint[])`}
    order by step_at, id limit ${limit} for update skip locked`.execute(tx);
  return rows;
}

/** Moves each row on to its next step and writes down the one that was taken: a second attempt finds nothing to do. */
export async function fireSteps(tx: Tx, fired: readonly FiredStep[]): Promise<void> {
  const of = <K extends keyof FiredStep>(key: K) => fired.map((step) => step[key]);
  await sql`update deadlines d set step = t.next_step, step_at = t.next_at,
              fired_at = case when d.fired_at is null and d.due_at <= now() then now() else d.fired_at end
            from unnest(${of('id')}::bigint[], ${fired.map(({ next }) => next?.step ?? null)}::text[],
              ${fired.map(({ next }) => next?.at ?? null)}::timestamptz[]) as t(id, next_step, next_at) where d.id = t.id`.execute(
    tx,
  );
  await sql`insert into ladder_firings (deadline_id, step, step_at, late, effect)
            select * from unnest(${of('id')}::bigint[], ${of('step')}::text[], ${of('stepAt')}::timestamptz[],
              ${of('late')}::boolean[], ${of('effect')}::text[])`.execute(tx);
}

/** Running clocks with an id above `after`, in order. */
export async function runningClocks(tx: Tx, after: number, limit: number, which: WhichClocks): Promise<RunningClock[]> {
  const { rows } = await sql<RunningClock>`
    select d.id, d.case_id as "caseId", d.kind, c.profile, d.amount, d.trigger_at as "triggerAt", d.due_raw as "dueRaw",
           d.due_at as "dueAt", d.provisional
    from deadlines d join cases c on c.id = d.case_id where d.state = 'armed' and d.id > ${after}
      and ${which === 'due' ? sql`d.step_at <= now()` : sql`true`}
    order by d.id limit ${limit}`.execute(tx);
  return rows;
}

/** Steps due within the horizon, soonest first, for the alarm clock. */
export async function dueSoon(db: Db, horizonMs: number, limit: number): Promise<{ id: number; stepAt: Date }[]> {
  const { rows } = await sql<{ id: number; stepAt: Date }>`
    select id, step_at as "stepAt" from deadlines
    where state = 'armed' and step_at <= now() + make_interval(secs => ${horizonMs / 1000}) order by step_at, id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Notes that the sweeper was here. Answers the database's time, the tick before, and whether a person stopped the firing. */
export async function tick(db: Db): Promise<{ now: Date; last: Date; suspended: string | null }> {
  const { rows } = await sql<{ now: Date; last: Date; suspended: string | null }>`
    update clock_ticks t set last_tick = case when t.suspended is null then greatest(t.last_tick, now()) else t.last_tick end
    from (select last_tick from clock_ticks for update) before
    returning now() as now, before.last_tick as last, t.suspended`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('unreachable: clock_ticks has one row');
  return row;
}

/** Stops all firing until `resumeFiring`: the clock cannot be trusted. */
export async function suspendFiring(db: Db, why: 'jumped-ahead' | 'jumped-back'): Promise<void> {
  await sql`update clock_ticks set suspended = ${why}`.execute(db);
}

/** A person has looked at the clock. */
export async function resumeFiring(db: Db): Promise<void> {
  await sql`update clock_ticks set suspended = null, last_tick = now()`.execute(db);
}

/** The version of clocks and calendar by which every running clock is planned; null: nobody knows. */
export async function readPlannedBy(db: Db): Promise<string | null> {
  const row = await db.selectFrom('clock_ticks').select('planned_by').executeTakeFirstOrThrow();
  return row.planned_by;
}

export async function markPlannedBy(db: Db, version: string): Promise<void> {
  await sql`update clock_ticks set planned_by = ${version}`.execute(db);
}
