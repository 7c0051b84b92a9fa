import { countMoves, verdictChanges, type ReplayChange, type ReplayField } from './replay-rules.ts';
import type { Verdict } from './verdict.ts';

/** A unit that the rules in force keep away from a case, and the shadow would let in. */
export type LostDenial = { readonly itemId: number; readonly units: readonly string[] };

export type ShadowReport = {
  readonly items: number;
  readonly changed: number;
  /** The one change that can hand a case to whom it accuses: looked at first. */
  readonly lostDenials: readonly LostDenial[];
  readonly moves: readonly {
    readonly field: ReplayField;
    readonly before: string;
    readonly after: string;
    readonly texts: number;
  }[];
  readonly changes: readonly ReplayChange[];
};

/** Compares what two versions said about the same texts. */
export function reportShadow(
  pairs: readonly { readonly itemId: number; readonly inForce: Verdict; readonly shadow: Verdict }[],
): ShadowReport {
  const changes = pairs.flatMap(({ itemId, inForce, shadow }) => verdictChanges(itemId, inForce, shadow) ?? []);
  const lostDenials = pairs.flatMap(({ itemId, inForce, shadow }) => {
    const units = inForce.deny.filter((unit) => !shadow.deny.includes(unit));
    return units.length === 0 ? [] : [{ itemId, units }];
  });
  return { items: pairs.length, changed: changes.length, lostDenials, moves: countMoves(changes), changes };
}
