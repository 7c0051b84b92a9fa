import type { Chance } from './kill-chance.ts';
import type { Environment, KillableWorker, KillPlan } from './kill-worker.ts';

/** How many kills landed at which effect, counted by the last effect that the worker told of. */
export type Histogram = ReadonlyMap<string, number>;

export type CourseOptions = {
  readonly worker: KillableWorker;
  readonly plans: readonly KillPlan[];
  environment(life: number): Environment;
  /** Work for the next life. `during` goes on while it lives. */
  before(life: number): Promise<void>;
  during?(life: number): Promise<void>;
};

/**
 * For every effect the same number of kills right before it and in the middle of it, and some at any instant at all, in a
 * random order. `withinMs`: how long the middle of an effect is taken to be.
 */
export function planKills(
  chance: Chance,
  effects: readonly string[],
  counts: { readonly before: number; readonly within: number; readonly anytime: number },
  spans: { readonly withinMs: number; readonly anytimeMs: number },
): KillPlan[] {
  const many = (count: number, plan: () => KillPlan): KillPlan[] => Array.from({ length: count }, plan);
  return chance.shuffled([
    ...effects.flatMap((effect) => [
      ...many(counts.before, () => ({ kind: 'before', effect, nth: 1 })),
      ...many(counts.within, () => ({ kind: 'within', effect, afterMs: chance.below(spans.withinMs) })),
    ]),
    ...many(counts.anytime, () => ({ kind: 'anytime', afterMs: chance.below(spans.anytimeMs) })),
  ]);
}

/** One life after another, each killed as planned. */
export async function killByPlan(options: CourseOptions): Promise<Histogram> {
  const histogram = new Map<string, number>();
  for (const [life, plan] of options.plans.entries()) {
    await options.before(life);
    const meanwhile = options.during?.(life);
    const last = await options.worker.killOnce(options.environment(life), plan);
    await meanwhile;
    histogram.set(last, (histogram.get(last) ?? 0) + 1);
  }
  return histogram;
}

export function showHistogram(histogram: Histogram): string {
  return [...histogram].map(([effect, kills]) => `${effect} ${kills}`).join(', ');
}
