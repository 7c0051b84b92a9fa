import { planDeadline } from '../domain/deadlines.ts';
import { forecastSteps, replaySteps, type ForecastStep } from '../domain/forecast-ladder.ts';
import { ladderSteps, nextStep, type LadderStep, type SkippedStep } from '../domain/ladder.ts';
import type { Timing } from './case-change.ts';
import { planAgain, type RunningClock } from './replan-deadlines.ts';

/** A running clock with what a forecast needs of its case. */
export type ForecastClock = RunningClock & {
  /** null: the case is provisional, and its number is told to nobody. */
  readonly caseNumber: string | null;
  readonly lastStep: LadderStep | null;
  readonly step: LadderStep | null;
  readonly stepAt: Date | null;
};

/** One step to come, of one case. */
export type ForecastLine = ForecastStep & Pick<ForecastClock, 'caseId' | 'caseNumber' | 'kind' | 'dueRaw' | 'dueAt'>;

export type ForecastPage = {
  readonly from: Date;
  readonly until: Date;
  readonly lines: readonly ForecastLine[];
  /** There is more than was looked at. */
  readonly more: boolean;
};

/**
 * What these clocks will do until then, in order of time, by the given rules of time: as if those came into force now, so that
 * running clocks are planned again first. Pure: nothing is written, and firing itself takes the same decisions.
 */
export function forecastDeadlines(
  timing: Timing,
  clocks: readonly ForecastClock[],
  span: { readonly now: Date; readonly until: Date },
): readonly ForecastLine[] {
  return clocks.flatMap((clock) => forecastOne(timing, clock, span)).toSorted(byTime);
}

function forecastOne(
  timing: Timing,
  clock: ForecastClock,
  span: { readonly now: Date; readonly until: Date },
): readonly ForecastLine[] {
  const { ladders, calendar } = timing;
  const { kind, lastStep, caseId, caseNumber, step, stepAt } = clock;
  const moved = planAgain(timing, clock);
  const { dueRaw, dueAt } = moved ?? clock;
  const asItStands = step === null || stepAt === null ? null : { step, at: stepAt };
  const pending =
    moved === null ? asItStands : nextStep(ladderSteps(ladders, calendar, { kind, dueAt }), lastStep, span.now).next;
  const waiting = { kind, dueAt, lastStep, pending };
  return forecastSteps(ladders, calendar, waiting, span).map((one) => ({
    ...one,
    caseId,
    caseNumber,
    kind,
    dueRaw,
    dueAt,
  }));
}

/** A clock that ran within the period, with the steps that were really taken then. */
export type RanClock = Omit<RunningClock, 'provisional'> & {
  readonly caseNumber: string | null;
  readonly armedAt: Date;
  readonly endedAt: Date | null;
  readonly fired: readonly { readonly step: LadderStep; readonly firedAt: Date }[];
};

/** One step of the past: when it was taken, and when it would have been under the other rules. Never both null. */
export type ReplayLine = {
  readonly caseId: number;
  readonly caseNumber: string | null;
  readonly kind: RanClock['kind'];
  readonly step: LadderStep;
  readonly was: Date | null;
  readonly would: ForecastStep | null;
  /** Under the other rules. */
  readonly dueRaw: Date;
  readonly dueAt: Date;
};

export type ReplayReport = {
  readonly lines: readonly ReplayLine[];
  readonly skipped: readonly (SkippedStep & Pick<RanClock, 'caseId' | 'caseNumber' | 'kind'>)[];
};

/**
 * What these clocks would have done within a period of the past by the given rules of time, beside what they did. People are
 * taken to have acted when they did: a clock that somebody stopped stops at the same instant.
 */
export function replayDeadlines(
  timing: Timing,
  clocks: readonly RanClock[],
  period: { readonly from: Date; readonly until: Date },
): ReplayReport {
  const replayed = clocks.map((clock) => replayOne(timing, clock, period));
  return {
    lines: replayed
      .flatMap(({ lines }) => lines)
      .toSorted((a, b) => instantOf(a) - instantOf(b) || a.caseId - b.caseId),
    skipped: replayed.flatMap(({ skipped }) => skipped),
  };
}

function replayOne(
  { clocks, ladders, calendar }: Timing,
  clock: RanClock,
  period: { readonly from: Date; readonly until: Date },
): ReplayReport {
  const { caseId, caseNumber, kind, profile, triggerAt, amount, armedAt, endedAt, fired } = clock;
  const { dueRaw, dueAt } = planDeadline(clocks, calendar, kind, profile, triggerAt, amount);
  const { taken, skipped } = replaySteps(ladders, calendar, { kind, dueAt, armedAt, endedAt }, period);
  const whose = { caseId, caseNumber, kind };
  const steps = new Set([...fired.map(({ step }) => step), ...taken.map(({ step }) => step)]);
  return {
    lines: [...steps].map((step) => ({
      ...whose,
      step,
      was: fired.find((one) => one.step === step)?.firedAt ?? null,
      would: taken.find((one) => one.step === step) ?? null,
      dueRaw,
      dueAt,
    })),
    skipped: [...skipped, ...taken.flatMap((one) => one.skipped)].map((one) => ({ ...one, ...whose })),
  };
}

const instantOf = ({ was, would }: ReplayLine): number => (would?.firesAt ?? was ?? new Date(0)).getTime();

function byTime(a: ForecastLine, b: ForecastLine): number {
  return a.firesAt.getTime() - b.firesAt.getTime() || a.caseId - b.caseId || (a.kind < b.kind ? -1 : 1);
}
