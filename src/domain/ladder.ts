import { addWorkingDays, type Calendar } from './calendar.ts';
import { dayNumber, dayOf } from './calendar-date.ts';
import type { DeadlineKind, PlannedDeadline } from './deadlines.ts';

/**
 * The steps of an escalation, in the only order they can have. `due` is the whole ladder of a clock that just hands over to
 * a person; the others are 预警, 催办, 黄牌, 红牌督办, 提请约谈.
 */
export const LADDER_STEPS = ['due', 'warn', 'urge', 'yellow', 'red', 'raise'] as const;
export type LadderStep = (typeof LADDER_STEPS)[number];

export const LADDER_STEP_NAMES: Readonly<Record<LadderStep, string>> = {
  due: '到时转人工',
  warn: '预警',
  urge: '催办',
  yellow: '黄牌',
  red: '红牌督办',
  raise: '提请约谈或通报批评',
};

/** `workingDays` from the due day: negative before it, 0 at the due instant itself. */
export type Rung = { readonly step: LadderStep; readonly workingDays: number };
export type Ladders = Readonly<Record<DeadlineKind, readonly Rung[]>>;

export type PlannedStep = { readonly step: LadderStep; readonly at: Date };

/** Why a step will never be taken, and how a person reads it. */
export const SKIP_REASONS = {
  'past-when-armed': '计时开始时已过该步骤的时间',
  overtaken: '更高一级的步骤也已到时，直接执行后者',
} as const;
export type SkipReason = keyof typeof SKIP_REASONS;
export type SkippedStep = PlannedStep & { readonly reason: SkipReason };

/** `late`: its time is already past, take it now. */
export type NextStep = {
  readonly next: (PlannedStep & { readonly late: boolean }) | null;
  readonly skipped: readonly SkippedStep[];
};

const DAY_MS = 86_400_000;

/** All steps of a deadline in order of time: each as many working days from the due instant as the ladder says. */
export function ladderSteps(
  ladders: Ladders,
  calendar: Calendar,
  plan: Pick<PlannedDeadline, 'kind' | 'dueAt'>,
): readonly PlannedStep[] {
  // A due instant at 24:00 belongs to the day it ends.
  const dueDay = dayOf(new Date(plan.dueAt.getTime() - 1));
  return ladders[plan.kind].map(({ step, workingDays }) => {
    if (workingDays === 0) return { step, at: plan.dueAt };
    const day = addWorkingDays(calendar, dueDay, workingDays).rolled;
    return { step, at: new Date(plan.dueAt.getTime() + (dayNumber(day) - dayNumber(dueDay)) * DAY_MS) };
  });
}

/**
 * The step to arm once `after` is done (null: the clock was just armed), and the steps that will never be taken. Steps whose
 * time is past do not fire in a burst: only the highest of them is taken, late; a mere warning that is past is not.
 */
export function nextStep(steps: readonly PlannedStep[], after: LadderStep | null, now: Date): NextStep {
  const done = after === null ? -1 : LADDER_STEPS.indexOf(after);
  const rest = steps.filter(({ step }) => LADDER_STEPS.indexOf(step) > done);
  const past = rest.filter(({ at }) => at.getTime() <= now.getTime());
  const highest = past.at(-1);
  if (highest !== undefined && highest.step !== 'warn') {
    const overtaken = past.slice(0, -1).map((step) => ({ ...step, reason: 'overtaken' as const }));
    return { next: { ...highest, late: true }, skipped: overtaken };
  }
  const coming = rest[past.length];
  return {
    next: coming === undefined ? null : { ...coming, late: false },
    skipped: past.map((step) => ({ ...step, reason: 'past-when-armed' as const })),
  };
}

/** Later than this after its instant a step counts as late: the sweeper alone is never slower than half a minute. */
const LATE_MS = 60_000;

/** What comes of a step whose time has come. */
export type TakenStep = {
  /** The step that is taken: the one that was due, or the highest that was overtaken together with it. */
  readonly taken: PlannedStep;
  readonly late: boolean;
  readonly skipped: readonly SkippedStep[];
  readonly next: PlannedStep | null;
};

/** Takes `due`, or the highest step that has fallen due since: what nobody could take in time never goes in a burst. */
export function takeDueStep(steps: readonly PlannedStep[], due: PlannedStep, now: Date): TakenStep {
  const after = nextStep(steps, due.step, now);
  const overtaking = after.next?.late === true ? after.next : null;
  const taken = overtaking === null ? due : { step: overtaking.step, at: overtaking.at };
  const { next } = overtaking === null ? after : nextStep(steps, taken.step, now);
  return {
    taken,
    late: overtaking !== null || now.getTime() - due.at.getTime() > LATE_MS,
    skipped: overtaking === null ? [] : [{ ...due, reason: 'overtaken' as const }, ...after.skipped],
    next: next === null ? null : { step: next.step, at: next.at },
  };
}

export type Tick = 'normal' | 'jumped-ahead' | 'jumped-back';

const MOST_AHEAD_MS = 2 * 3_600_000;
const MOST_BACK_MS = 60_000;

/**
 * Whether the clock can be trusted between two sweeps. More than 2 hours ahead or 60 seconds back: fire nothing until a
 * person has looked, or a wrong clock would escalate every case at once. `lastTick` is null on the very first sweep.
 */
export function judgeTick({ lastTick, now }: { readonly lastTick: Date | null; readonly now: Date }): Tick {
  if (lastTick === null) return 'normal';
  const passedMs = now.getTime() - lastTick.getTime();
  if (passedMs > MOST_AHEAD_MS) return 'jumped-ahead';
  return passedMs < -MOST_BACK_MS ? 'jumped-back' : 'normal';
}
