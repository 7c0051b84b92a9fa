import type { Calendar } from './calendar.ts';
import { type DeadlineKind, RIGHTS } from './deadlines.ts';
import {
  LADDER_STEPS,
  type Ladders,
  ladderSteps,
  type LadderStep,
  nextStep,
  type PlannedStep,
  type SkippedStep,
  takeDueStep,
} from './ladder.ts';

/** What a step does when it is taken, and how a person reads it. */
export const STEP_EFFECTS = {
  task: '生成提醒任务',
  lapse: '权利期满，自行失效',
  none: '不再提醒',
} as const;
export type StepEffect = keyof typeof STEP_EFFECTS;

/** A running clock with the step that its row waits for; `pending` null: its ladder has ended. */
export type WaitingClock = {
  readonly kind: DeadlineKind;
  readonly dueAt: Date;
  /** The last step that took effect; null: none. */
  readonly lastStep: LadderStep | null;
  readonly pending: PlannedStep | null;
};

export type ForecastStep = PlannedStep & {
  /** When it is taken: at its instant, or at once where that is past. */
  readonly firesAt: Date;
  readonly late: boolean;
  readonly effect: StepEffect;
  readonly skipped: readonly SkippedStep[];
};

/**
 * Every step that a clock takes from now until then, both ends included, when somebody is always there to take it and nobody
 * touches the case. It takes the very decisions that firing takes, with time as the only thing that moves.
 */
export function forecastSteps(
  ladders: Ladders,
  calendar: Calendar,
  clock: WaitingClock,
  { now, until }: { readonly now: Date; readonly until: Date },
): readonly ForecastStep[] {
  const steps = ladderSteps(ladders, calendar, clock);
  const found: ForecastStep[] = [];
  let { pending, lastStep } = clock;
  while (pending !== null) {
    const firesAt: Date = pending.at.getTime() > now.getTime() ? pending.at : now;
    if (firesAt.getTime() > until.getTime()) return found;
    const { taken, late, skipped, next } = takeDueStep(steps, pending, firesAt);
    const effect = effectOf(clock.kind, taken.step, lastStep);
    found.push({ ...taken, firesAt, late, effect, skipped });
    if (effect === 'lapse') return found; // the clock is cancelled with it
    if (effect === 'task') lastStep = taken.step;
    pending = next;
  }
  return found;
}

/** A case refuses a step that is not above the last one: another ladder may ask for it again. */
function effectOf(kind: DeadlineKind, step: LadderStep, lastStep: LadderStep | null): StepEffect {
  if (lastStep !== null && LADDER_STEPS.indexOf(step) <= LADDER_STEPS.indexOf(lastStep)) return 'none';
  return RIGHTS.includes(kind) ? 'lapse' : 'task';
}

/** A clock as it once ran; `endedAt` null: it still does. */
export type PastClock = {
  readonly kind: DeadlineKind;
  readonly dueAt: Date;
  readonly armedAt: Date;
  readonly endedAt: Date | null;
};

/** The steps that a clock would have taken within the period, both ends included, and those that it would have passed over. */
export function replaySteps(
  ladders: Ladders,
  calendar: Calendar,
  clock: PastClock,
  { from, until }: { readonly from: Date; readonly until: Date },
): { readonly taken: readonly ForecastStep[]; readonly skipped: readonly SkippedStep[] } {
  const { kind, dueAt, armedAt, endedAt } = clock;
  const first = nextStep(ladderSteps(ladders, calendar, clock), null, armedAt);
  const end = endedAt !== null && endedAt.getTime() < until.getTime() ? endedAt : until;
  const waiting = { kind, dueAt, lastStep: null, pending: first.next };
  const all = forecastSteps(ladders, calendar, waiting, { now: armedAt, until: end });
  const inPeriod = (at: Date): boolean => at.getTime() >= from.getTime() && at.getTime() <= end.getTime();
  return {
    taken: all.filter(({ firesAt }) => inPeriod(firesAt)),
    skipped: inPeriod(armedAt) ? first.skipped : [],
  };
}
