import type { RawTurn } from './transcript-rows.ts';

export type TimedTurns = {
  readonly turns: readonly RawTurn[];
  /** A time was no number, negative, or before its own start. */
  readonly wrong: boolean;
  /** A turn began before the one before it had ended. */
  readonly overlapping: boolean;
};

/**
 * Puts turns into the order in which they were spoken and makes their times possible: afterwards none is negative and
 * none lies before an earlier one. Starts are kept where they can be, because a person seeks in the recording by them;
 * it is the end of the earlier turn that gives way.
 */
export function orderInTime(turns: readonly RawTurn[]): TimedTurns {
  const ordered = canSort(turns) ? turns.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0)) : turns;
  let overlapping = false;
  let earliest = 0;
  const started = ordered.map((turn) => {
    const claimed = usable(turn.startMs);
    if (claimed !== null && claimed < earliest) overlapping = true;
    earliest = Math.max(claimed ?? earliest, earliest);
    return { turn, startMs: turn.startMs === null ? null : earliest, notBefore: earliest };
  });
  let latest = Number.POSITIVE_INFINITY;
  const ended = started.toReversed().map(({ turn, startMs, notBefore }) => {
    const claimed = usable(turn.endMs);
    if (claimed !== null && claimed > latest) overlapping = true;
    const endMs = turn.endMs === null ? null : Math.max(notBefore, Math.min(claimed ?? notBefore, latest));
    latest = startMs ?? endMs ?? latest;
    return { ...turn, startMs, endMs };
  });
  return { turns: ended.toReversed(), wrong: turns.some(hasWrongTime), overlapping };
}

function usable(ms: number | null): number | null {
  return ms !== null && Number.isFinite(ms) && ms >= 0 ? ms : null;
}

function hasWrongTime(turn: RawTurn): boolean {
  const start = usable(turn.startMs);
  const end = usable(turn.endMs);
  if (start === null && turn.startMs !== null) return true;
  if (end === null && turn.endMs !== null) return true;
  return start !== null && end !== null && end < start;
}

/**
 * Dual-channel results often list all of one end of the line and then all of the other: each speaker's own times rise,
 * and sorting weaves them together. Times that fall within one speaker are two recordings in one file, or nonsense;
 * then the order of the file is the better guess.
 */
function canSort(turns: readonly RawTurn[]): boolean {
  const last = new Map<string, number>();
  for (const turn of turns) {
    const start = usable(turn.startMs);
    const speaker = turn.channel ?? turn.label ?? '';
    if (start === null || start < (last.get(speaker) ?? 0)) return false;
    last.set(speaker, start);
  }
  return true;
}
