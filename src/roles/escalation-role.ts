import {
  createClockGuard,
  fireDeadlines,
  fireDueDeadlines,
  type FireDependencies,
} from '../casework/fire-deadlines.ts';
import { createPlanKeeper } from '../casework/keep-plans.ts';
import type { WakeUps } from '../casework/ports.ts';
import { createBell } from '../casework/ring-together.ts';
import type { House } from '../compose.ts';
import { timingVersion, type OfficeRules } from '../office-rules.ts';
import { markPlannedBy, readPlannedBy, suspendFiring, tick } from '../store/deadlines.ts';

export function escalationDependencies(house: House, wakeUps: Pick<WakeUps, 'deadline'>): FireDependencies {
  return { transact: house.store.fire, timing: house.timing, wakeDeadline: wakeUps.deadline };
}

/** Fires nothing while the database's clock cannot be trusted, until a person says that it can. */
export function createEscalation(house: House, dependencies: FireDependencies) {
  const { signal } = house.shutdown;
  const guard = createClockGuard(() => performance.now());
  const plans = planKeeperOf(house);
  async function trusted(): Promise<boolean> {
    const { now, last, suspended } = await tick(house.database.db);
    if (suspended !== null) return false;
    const judged = guard(now, last);
    if (judged === 'normal') return true;
    await suspendFiring(house.database.db, judged);
    house.log.error({ judged }, 'the clock jumped: deadlines are held until `shouli doctor --trust-clock`');
    return false;
  }
  function tell(moved: number): void {
    if (moved > 0) house.log.info({ moved }, 'deadlines planned again by the calendar of today');
  }
  return {
    async sweep(): Promise<void> {
      if (!(await trusted())) return;
      tell(await plans.planDue(signal));
      const fired = await fireDueDeadlines(dependencies, signal);
      if (fired > 0) house.log.info({ fired }, 'ladder steps taken');
    },
    /** Beside the sweeps, which must not wait for it. */
    async plan(): Promise<void> {
      if (await trusted()) tell(await plans.planAll(signal));
    },
    ring: createBell(async (ids) => {
      if (!(await trusted())) return new Map<number, unknown>();
      tell(await plans.planDue(signal));
      return fireDeadlines(dependencies, ids);
    }),
  };
}

function planKeeperOf({ store, timing, rules, database: { db } }: House) {
  let known: { readonly office: OfficeRules; readonly version: string } | null = null;
  return createPlanKeeper({
    transact: store.replan,
    timing,
    version() {
      const office = rules.current();
      if (known?.office !== office) known = { office, version: timingVersion(office) };
      return known.version;
    },
    readPlannedBy: () => readPlannedBy(db),
    markPlannedBy: (version) => markPlannedBy(db, version),
    monotonicMs: () => performance.now(),
  });
}
