import { replanDeadlines, type ReplanDependencies } from './replan-deadlines.ts';

export type PlanKeeping = ReplanDependencies & {
  /** Names the clocks and the calendar of this moment, the same in every process that plans by the same ones. */
  version(): string;
  /** The version by which every running clock is planned; null: nobody knows. */
  readPlannedBy(): Promise<string | null>;
  markPlannedBy(version: string): Promise<void>;
  /** Milliseconds of a clock that never jumps. */
  monotonicMs(): number;
};

/** By then every process has heard of a new calendar (they look every half minute) and ended what it began by the old one. */
const SETTLES_AFTER_MS = 600_000;

/**
 * Keeps running clocks at the dates of the calendar in force. Planning all of them again takes minutes when there are a million, so
 * it is done only after the calendar or the clocks changed, and beside the firing: what is due is planned again first, by itself.
 */
export function createPlanKeeper(keeping: PlanKeeping) {
  type Known = {
    readonly version: string;
    readonly since: number;
    readonly passed: boolean;
    readonly settled: boolean;
  };
  let known: Known | null = null;

  async function look(): Promise<Known> {
    const version = keeping.version();
    if (known?.version === version) return known;
    const settled = (await keeping.readPlannedBy()) === version;
    return (known = { version, since: keeping.monotonicMs(), passed: false, settled });
  }

  return {
    /** Before anything is fired, so that no step is taken by the date of an older calendar. Answers how many clocks moved. */
    async planDue(signal: AbortSignal): Promise<number> {
      return (await look()).settled ? 0 : replanDeadlines(keeping, signal, 'due');
    },
    /**
     * At the first call after a change, and once more when everybody knows of it: what a process planned by the old calendar in
     * between is found too. Only that second pass is remembered. Answers how many clocks moved.
     */
    async planAll(signal: AbortSignal): Promise<number> {
      const before = await look();
      const everybodyKnows = keeping.monotonicMs() - before.since >= SETTLES_AFTER_MS;
      if (before.settled || (before.passed && !everybodyKnows)) return 0;
      const moved = await replanDeadlines(keeping, signal, 'all');
      if (signal.aborted || keeping.version() !== before.version) return moved;
      if (everybodyKnows) await keeping.markPlannedBy(before.version);
      known = { ...before, passed: true, settled: everybodyKnows };
      return moved;
    },
  };
}
