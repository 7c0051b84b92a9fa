import { createClockGuard, fireDeadline, fireDueDeadlines, type FireDependencies } from '../casework/fire-deadlines.ts';
import type { WakeUps } from '../casework/ports.ts';
import { replanDeadlines } from '../casework/replan-deadlines.ts';
import type { House } from '../compose.ts';
import type { Calendar } from '../domain/calendar.ts';
import { suspendFiring, tick } from '../store/deadlines.ts';

export function escalationDependencies(house: House, wakeUps: Pick<WakeUps, 'deadline'>): FireDependencies {
  return { transact: house.store.fire, timing: house.timing, wakeDeadline: wakeUps.deadline };
}

/** Fires nothing while the database's clock cannot be trusted, until a person says that it can. */
export function createEscalation(house: House, dependencies: FireDependencies) {
  const guard = createClockGuard(() => performance.now());
  async function trusted(): Promise<boolean> {
    const { now, last, suspended } = await tick(house.database.db);
    if (suspended !== null) return false;
    const judged = guard(now, last);
    if (judged === 'normal') return true;
    await suspendFiring(house.database.db, judged);
    house.log.error({ judged }, 'the clock jumped: deadlines are held until `shouli doctor --trust-clock`');
    return false;
  }
  async function replan(): Promise<void> {
    const moved = await replanDeadlines({ transact: house.store.replan, timing: house.timing }, house.shutdown.signal);
    if (moved > 0) house.log.info({ moved }, 'deadlines planned again by the calendar of today');
  }
  let plannedBy: Calendar | null = null;
  return {
    async sweep(): Promise<void> {
      if (!(await trusted())) return;
      // At the start, and whenever other rules come into force: that is when a newly published year can move a date.
      const { calendar } = house.timing;
      if (calendar !== plannedBy) await replan();
      plannedBy = calendar;
      const fired = await fireDueDeadlines(dependencies, house.shutdown.signal);
      if (fired > 0) house.log.info({ fired }, 'ladder steps taken');
    },
    async ring(deadlineId: number): Promise<void> {
      if (await trusted()) await fireDeadline(dependencies, deadlineId);
    },
  };
}
