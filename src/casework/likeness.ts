/** Share of all texts that hold a term: the rarer a pair of characters, the more it says when two texts share it. */
export type TermShares = (term: number) => number;

/** Texts of fewer pairs than this say too little to be compared: 您好 stands in all of them. */
export const FEWEST_TERMS = 12;
/** Below this two texts are about the same kind of thing at best, not about the same thing: nothing to suggest. */
export const LEAST_LIKENESS = 0.4;
/** What a term counts for at most, so that one misspelt name does not stand for a whole text. */
const RAREST_SHARE = 0.0005;

export function termWeight(share: number): number {
  return -Math.log(Math.min(1, Math.max(RAREST_SHARE, share)));
}

/**
 * How much of the shorter text, by the weight of its terms, stands in the other: 0 to 1. A text is compared as if it had at
 * least twice the fewest terms, so that a line of greeting is not contained in everything.
 */
export function likeness(a: readonly number[], b: readonly number[], shareOf: TermShares): number {
  const weigh = (terms: readonly number[]): number => terms.reduce((sum, term) => sum + termWeight(shareOf(term)), 0);
  const inB = new Set(b);
  const shared = a.filter((term) => inB.has(term));
  const least = 2 * FEWEST_TERMS * termWeight(0.05);
  const whole = Math.max(least, Math.min(weigh(a), weigh(b)));
  return Math.min(1, weigh(shared) / whole);
}
