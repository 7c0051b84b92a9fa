import type { CaseEvent } from '../domain/case-events.ts';
import { planDeadline, type DeadlineKind, type PlannedDeadline } from '../domain/deadlines.ts';
import type { Profile } from '../domain/vocabulary.ts';
import { createCaseDesk, type Timing } from './case-change.ts';
import { SYSTEM } from './open-case.ts';
import type { CaseChange, JournalEntry } from './records.ts';

/** A clock that is running, as its row has it. */
export type RunningClock = {
  readonly id: number;
  readonly caseId: number;
  readonly kind: DeadlineKind;
  readonly profile: Profile;
  readonly amount: number | null;
  readonly triggerAt: Date;
  readonly dueRaw: Date;
  readonly dueAt: Date;
  readonly provisional: boolean;
};

/** `due`: only those whose next step is due. */
export type WhichClocks = 'all' | 'due';

export type ReplanTransaction = {
  now(): Promise<Date>;
  /** Running clocks with an id above `after`, in order. Nothing is locked: the case is, before anything is written. */
  runningClocks(after: number, limit: number, which: WhichClocks): Promise<readonly RunningClock[]>;
  loadCaseEvents(caseIds: readonly number[]): Promise<ReadonlyMap<number, CaseEvent[]>>;
  writeCases(changes: readonly CaseChange[]): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type ReplanDependencies = {
  transact<T>(work: (tx: ReplanTransaction) => Promise<T>): Promise<T>;
  readonly timing: Timing;
};

const BATCH = 500;

/**
 * Plans every running clock once more by the calendar of now: a year was published, or changed afterwards. What comes out the
 * same is left alone; each other change is an event of its case. Answers how many clocks moved. Run again it moves none.
 */
export async function replanDeadlines(
  { transact, timing }: ReplanDependencies,
  signal: AbortSignal,
  which: WhichClocks = 'all',
): Promise<number> {
  let moved = 0;
  for (let after = 0; !signal.aborted;) {
    const batch = await transact(async (tx) => {
      const clocks = await tx.runningClocks(after, BATCH, which);
      const changed = clocks.flatMap((clock) => changedPlan(timing, clock));
      if (changed.length === 0) return { last: clocks.at(-1)?.id ?? null, moved: 0 };
      const desk = createCaseDesk(timing, await tx.loadCaseEvents(changed.map(({ caseId }) => caseId)));
      const at = await tx.now();
      const done = changed.filter(({ caseId, plan }) => {
        // Refused: the clock was met while we looked.
        const result = desk.give(caseId, { type: 'replan-deadline', deadline: plan, by: SYSTEM, at });
        return result.kind === 'changed';
      });
      const changes = desk.changes();
      await tx.writeCases(changes);
      await tx.appendJournal(changes.flatMap(({ journal }) => journal));
      return { last: clocks.at(-1)?.id ?? null, moved: done.length };
    });
    moved += batch.moved;
    if (batch.last === null) return moved;
    after = batch.last;
  }
  return moved;
}

function changedPlan(
  timing: Timing,
  clock: RunningClock,
): readonly { readonly caseId: number; readonly plan: PlannedDeadline }[] {
  const plan = planAgain(timing, clock);
  return plan === null ? [] : [{ caseId: clock.caseId, plan }];
}

/** The plan of a clock by these clocks and this calendar; null: it comes out as it is. */
export function planAgain(
  { clocks, calendar }: Pick<Timing, 'clocks' | 'calendar'>,
  clock: Omit<RunningClock, 'id' | 'caseId'>,
): PlannedDeadline | null {
  const { kind, profile, triggerAt, amount } = clock;
  const plan = planDeadline(clocks, calendar, kind, profile, triggerAt, amount);
  const same =
    plan.dueRaw.getTime() === clock.dueRaw.getTime() &&
    plan.dueAt.getTime() === clock.dueAt.getTime() &&
    plan.provisional === clock.provisional;
  return same ? null : plan;
}
