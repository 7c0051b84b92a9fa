import type { CaseEvent } from '../domain/case-events.ts';
import { RIGHTS, type DeadlineKind } from '../domain/deadlines.ts';
import { judgeTick, ladderSteps, takeDueStep, type LadderStep, type Tick } from '../domain/ladder.ts';
import { Fault } from '../platform/fault.ts';
import { createCaseDesk, type CaseDesk, type Timing } from './case-change.ts';
import { SYSTEM } from './open-case.ts';
import type { CaseChange, JournalEntry, NewTask } from './records.ts';

/** A deadline whose next step is due, locked for this transaction. */
export type DueDeadline = {
  readonly id: number;
  readonly caseId: number;
  readonly kind: DeadlineKind;
  readonly dueAt: Date;
  readonly step: LadderStep;
  readonly stepAt: Date;
};

export type FiredStep = {
  readonly id: number;
  readonly step: LadderStep;
  readonly stepAt: Date;
  readonly late: boolean;
  readonly effect: 'task' | 'none';
  /** The step that follows, for the alarm clock; null when the ladder ends here. */
  readonly next: { readonly step: LadderStep; readonly at: Date } | null;
};

export type FireTransaction = {
  /** The database's clock: the only one that fires anything. */
  now(): Promise<Date>;
  /** Due steps, oldest first, skipping those that another worker holds. `only` narrows it to these deadlines. */
  dueDeadlines(limit: number, only: readonly number[] | null): Promise<DueDeadline[]>;
  loadCaseEvents(caseIds: readonly number[]): Promise<ReadonlyMap<number, CaseEvent[]>>;
  writeCases(changes: readonly CaseChange[]): Promise<void>;
  fireSteps(fired: readonly FiredStep[]): Promise<void>;
  openTasks(tasks: readonly NewTask[]): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type FireDependencies = {
  transact<T>(work: (tx: FireTransaction) => Promise<T>): Promise<T>;
  readonly timing: Timing;
  /** Rings for the next step if it is due soon. */
  wakeDeadline(id: number, at: Date): void;
};

const BATCH = 100;

/**
 * Takes every ladder step that is due, each in the transaction that has its effect, so that any number of alarms, sweepers
 * and repeats have one. Answers how many were taken.
 */
export async function fireDueDeadlines(dependencies: FireDependencies, signal: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const fired = await fire(dependencies, BATCH, null);
    total += fired;
    if (fired < BATCH) return total;
  }
  return total;
}

/**
 * The same for deadlines whose alarms ring, in one transaction. Where that fails each is tried by itself, so that one that cannot be
 * taken holds up no other. Answers those that failed, each with what was thrown.
 */
export async function fireDeadlines(
  dependencies: FireDependencies,
  ids: readonly number[],
): Promise<ReadonlyMap<number, unknown>> {
  const failed = new Map<number, unknown>();
  try {
    await fire(dependencies, ids.length, ids);
  } catch (error) {
    if (ids.length === 1 || (error instanceof Fault && error.retryable)) return new Map(ids.map((id) => [id, error]));
    for (const id of ids) for (const [one, cause] of await fireDeadlines(dependencies, [id])) failed.set(one, cause);
  }
  return failed;
}

async function fire(dependencies: FireDependencies, limit: number, only: readonly number[] | null): Promise<number> {
  const { fired } = await dependencies.transact(async (tx) => {
    const due = await tx.dueDeadlines(limit, only);
    if (due.length === 0) return { fired: [] };
    const now = await tx.now();
    const desk = createCaseDesk(dependencies.timing, await tx.loadCaseEvents(due.map(({ caseId }) => caseId)));
    const steps = due.map((one) => takeStep(dependencies.timing, desk, one, now));
    const changes = desk.changes();
    await tx.writeCases(changes);
    await tx.fireSteps(steps);
    await tx.openTasks(steps.flatMap((step, n) => (step.effect === 'task' ? taskFor(due[n], step) : [])));
    await tx.appendJournal(changes.flatMap(({ journal }) => journal));
    return { fired: steps };
  });
  for (const { id, next } of fired) if (next !== null) dependencies.wakeDeadline(id, next.at);
  return fired.length;
}

function takeStep(timing: Timing, desk: CaseDesk, due: DueDeadline, now: Date): FiredStep {
  const steps = ladderSteps(timing.ladders, timing.calendar, due);
  const { taken, late, skipped, next } = takeDueStep(steps, { step: due.step, at: due.stepAt }, now);
  const result = desk.give(due.caseId, {
    type: 'take-step',
    kind: due.kind,
    step: taken.step,
    late,
    skipped,
    by: SYSTEM,
    at: now,
  });
  return {
    id: due.id,
    step: taken.step,
    stepAt: taken.at,
    late,
    // Refused: the case was folded or the clock met in between. The row moves on, nobody is bothered; nor by a right that lapses.
    effect: result.kind === 'changed' && !RIGHTS.includes(due.kind) ? 'task' : 'none',
    next,
  };
}

function taskFor(due: DueDeadline | undefined, { step }: FiredStep): NewTask[] {
  if (due === undefined) return [];
  const kind = due.kind === 'ACK_MAIL' ? 'tell-by-phone' : 'deadline';
  return [{ kind, reason: `${due.kind}.${step}`, caseId: due.caseId, itemId: null }];
}

/**
 * Watches the database's clock for jumps. A long outage is no jump: only a clock that runs away from the monotonic one while
 * this process is up, or one that is behind what was seen before, stops the firing until a person has looked.
 */
export function createClockGuard(monotonicMs: () => number) {
  let last: { readonly wall: Date; readonly monotonic: number } | null = null;
  return (now: Date, lastEver: Date | null): Tick => {
    const monotonic = monotonicMs();
    const seen = last;
    last = { wall: now, monotonic };
    if (seen === null) {
      const behind = judgeTick({ lastTick: lastEver, now });
      return behind === 'jumped-back' ? behind : 'normal';
    }
    const expected = new Date(seen.wall.getTime() + (monotonic - seen.monotonic));
    return judgeTick({ lastTick: expected, now });
  };
}
